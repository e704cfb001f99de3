"""Files into a project's pool: looked at here first, then sent. One that is bad never loses the others."""

from __future__ import annotations

import uuid
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import anyio
import anyio.to_thread

from nemovideo_mcp.api.errors import ApiError, FileTooLarge, NemoError, SessionNotFound, Unauthorized, UnsupportedFile
from nemovideo_mcp.media.errors import MediaError
from nemovideo_mcp.media.info import MediaInfo
from nemovideo_mcp.media.workers import as_jpeg, probe_file, without_location
from nemovideo_mcp.server.files import Refused, check_url, find_files, url_name
from nemovideo_mcp.server.progress import Report
from nemovideo_mcp.server.projects import PoolFile, Project

if TYPE_CHECKING:
    from nemovideo_mcp.api.models import Upload, UploadedFile
    from nemovideo_mcp.client import FilePart, NemoVideoClient
    from nemovideo_mcp.server.services import Services


@dataclass
class Uploaded:
    """What an upload came to."""

    project: Project
    already_there: int = 0
    stored: list[PoolFile] = field(default_factory=list)
    skipped: list[Refused] = field(default_factory=list)


async def upload(
    services: Services, project: Project, paths: Sequence[str], urls: Sequence[str], report: Report | None = None
) -> Uploaded:
    """Look at the files, send those that are good, and record them in the project's pool.

    Raises:
        NemoError: the backend cannot be reached, or refuses more than one file's content.
    """
    pool = await services.projects.pool(project.id)
    outcome = Uploaded(project, already_there=len(pool))
    tell = report or _nothing
    await tell(0.0, "Connecting…")
    files, outcome.skipped = await anyio.to_thread.run_sync(partial(find_files, paths, services.options))
    good = await _probed(files, outcome, tell)
    known = {file.sha256: file.name for file in pool if file.sha256}
    fresh: list[tuple[Path, MediaInfo]] = []
    for path, info in good:
        if info.sha256 in known:
            same = known[info.sha256]
            reason = "it is in the project already" + (f", as {same}" if same != path.name else "")
            outcome.skipped.append(Refused(path.name, reason))
        else:
            known[info.sha256] = path.name
            fresh.append((path, info))
    addresses = []
    for url in urls:
        refusal = check_url(url, services.options)
        if refusal:
            outcome.skipped.append(Refused(url_name(url), refusal))
        else:
            addresses.append(url.strip())
    if fresh or addresses:
        outcome.project = project = await services.with_session(project)
    async with services.kept(project):
        await _send_files(services, project, fresh, outcome, tell)
        for url in addresses:
            await tell(0.95, f"Fetching {url_name(url)}…")
            await _send_url(services, project, url, outcome)
    if outcome.stored:
        await services.projects.touch(project.id)
        await services.announce("nemovideo://projects")
    return outcome


async def _nothing(progress: float, message: str) -> None:
    pass


async def _probed(files: Sequence[Path], outcome: Uploaded, tell: Report) -> list[tuple[Path, MediaInfo]]:
    """Look into the files, two at a time (the workers' own limit), keeping their order."""
    found: dict[Path, MediaInfo | str] = {}

    async def look(path: Path) -> None:
        try:
            found[path] = await probe_file(path)
        except MediaError as error:
            found[path] = f"it {error.reason}"
        await tell(0.3 * len(found) / len(files), f"Looking at {path.name} ({len(found)} of {len(files)})…")

    async with anyio.create_task_group() as tasks:
        for path in files:
            tasks.start_soon(look, path)
    good = []
    for path in files:
        info = found[path]
        if isinstance(info, str):
            outcome.skipped.append(Refused(path.name, info))
        else:
            good.append((path, info))
    return good


async def _send_files(
    services: Services, project: Project, files: Sequence[tuple[Path, MediaInfo]], outcome: Uploaded, tell: Report
) -> None:
    """Send the files one by one: a file that the backend refuses is reported, the others go on."""
    assert project.session_id is not None or not files
    client = await services.client() if files else None
    total = sum(info.size_bytes for _, info in files) or 1
    sent = 0
    for number, (path, info) in enumerate(files):
        await tell(0.3 + 0.65 * sent / total, f"Uploading {path.name}…")
        assert client is not None
        assert project.session_id is not None

        async def moved(count: int, path: Path = path, info: MediaInfo = info, before: int = sent) -> None:
            size = f"{count / 1e6:.0f} of {info.size_bytes / 1e6:.0f} MB"
            await tell(0.3 + 0.65 * (before + count) / total, f"Uploading {path.name}… {size}")

        try:
            answer = await send(services, client, project.session_id, path, info, moved)
        except (UnsupportedFile, FileTooLarge) as error:
            outcome.skipped.append(Refused(path.name, f"{error} {error.next_step}"))
        except NemoError as error:
            if not outcome.stored or isinstance(error, SessionNotFound):
                raise
            # What is stored is stored: the rest is reported, and another call can send it.
            why = f"it was not sent: {error} {error.next_step}".strip()
            outcome.skipped += [Refused(left.name, why) for left, _ in files[number:]]
            return
        else:
            told = answer.files[0] if answer.files else None
            file = PoolFile(
                # The backend may have renamed it so that no two are called the same.
                name=told.filename if told else path.name,
                kind=info.kind,
                size=info.size_bytes,
                width=info.width or None,
                height=info.height or None,
                duration_ms=info.duration_ms or None,
                sha256=info.sha256,
                path=str(path),
            )
            await services.projects.add_to_pool(project.id, file)
            outcome.stored.append(file)
        sent += info.size_bytes


PHONE_FORMATS = ("heic", "avif")
"""What phones write and not every backend reads."""


LOOK_SECONDS = 0.5
"""How often the bytes of a file on its way are told."""


async def send(
    services: Services,
    client: NemoVideoClient,
    session_id: str,
    path: Path,
    info: MediaInfo,
    moved: Callable[[int], Awaitable[None]],
) -> Upload:
    """Send one file as it may leave this machine: without its place where that is wanted, as JPEG where it must be.

    ``moved`` is told now and then how many of its bytes are on their way.

    Raises:
        NemoError: the backend refuses it.
    """
    # Imported here: the server starts without its client.
    from nemovideo_mcp.client import FilePart

    folder = services.options.data_dir / "outgoing"
    with scratch_file(folder, path.suffix) as clean, scratch_file(folder, ".jpg") as jpeg:
        part = FilePart(path, name=path.name)
        try:
            if info.kind == "image" and services.options.remove_location and await without_location(path, clean):
                part = FilePart(clean, name=path.name)
            return await _watched(client, session_id, part, moved)
        except UnsupportedFile:
            if info.format not in PHONE_FORMATS:
                raise
            await as_jpeg(path, jpeg)
            return await client.upload_files(session_id, [FilePart(jpeg, name=f"{path.stem}.jpg")])


async def _watched(
    client: NemoVideoClient, session_id: str, part: FilePart, moved: Callable[[int], Awaitable[None]]
) -> Upload:
    """The upload of a file, its bytes told from a clock: they move far more often than anybody wants to hear."""
    bytes_now = 0

    def count(total: int) -> None:
        nonlocal bytes_now
        bytes_now = total

    async def tell() -> None:
        while True:
            await anyio.sleep(LOOK_SECONDS)
            await moved(bytes_now)

    failure: NemoError | None = None
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(tell)
        try:
            answer = await client.upload_files(session_id, [part], count)
        except NemoError as error:
            failure = error  # out of the group before it is raised: a group would wrap it
        tasks.cancel_scope.cancel()
    if failure is not None:
        raise failure
    return answer


@contextmanager
def scratch_file(folder: Path, suffix: str) -> Iterator[Path]:
    """A name for a file that is gone afterwards. The folder is made when it is missing."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{uuid.uuid4().hex}{suffix}"
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)


async def _send_url(services: Services, project: Project, url: str, outcome: Uploaded) -> None:
    assert project.session_id is not None
    try:
        answer = await (await services.client()).upload_urls(project.session_id, [url])
    except (Unauthorized, SessionNotFound):
        raise
    except ApiError as error:
        outcome.skipped.append(Refused(url_name(url), f"{error} {error.next_step}".strip()))
        return
    for told in answer.files:
        file = _from_answer(told)
        await services.projects.add_to_pool(project.id, file)
        outcome.stored.append(file)


def _from_answer(told: UploadedFile) -> PoolFile:
    return PoolFile(
        name=told.filename,
        kind=told.file_type,
        width=told.width,
        height=told.height,
        duration_ms=round(told.duration * 1000) if told.duration else None,
        sha256=told.hash,
    )
