"""Files into a project's pool: looked at here first, then sent. One that is bad never loses the others."""

from __future__ import annotations

import time
import uuid
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import anyio
import anyio.to_thread

from nemovideo_mcp.api.capabilities import Capability
from nemovideo_mcp.api.errors import ApiError, FileTooLarge, NemoError, SessionNotFound, Unauthorized, UnsupportedFile
from nemovideo_mcp.media.errors import MediaError
from nemovideo_mcp.media.info import MediaInfo
from nemovideo_mcp.media.workers import as_jpeg, as_m4a, probe_file, without_location
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
        if fresh:
            await _Sending(services, project, fresh, outcome, tell).run()
        for url in addresses:
            await tell(0.95, f"Fetching {url_name(url)}…")
            await _send_url(services, project, url, outcome)
    if outcome.stored:
        await services.projects.touch(project.id)
        await services.announce("nemovideo://projects", f"nemovideo://projects/{project.id}/timeline")
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


AT_ONCE = 3
"""Files on their way at a time: enough to hide the backend's look into each, and no more than a home's line can bear."""


class _Sending:
    """The files of one upload on their way. They keep their order: in our own records, and on the backend.

    A backend that can sort by position gets them side by side. To any other the next file starts when the one before has left
    this machine whole: so they arrive in order, and only the backend's answers are waited for side by side.
    """

    def __init__(
        self,
        services: Services,
        project: Project,
        files: Sequence[tuple[Path, MediaInfo]],
        outcome: Uploaded,
        tell: Report,
    ) -> None:
        self._services, self._project, self._files, self._outcome, self._tell = services, project, files, outcome, tell
        self._sorted = project.can(Capability.UPLOAD_ORDER)
        self._place = time.time()
        self._moved = [0] * len(files)
        self._answers: dict[int, PoolFile | Refused] = {}
        self._failure: NemoError | None = None

    async def run(self) -> None:
        """Send them all: one that the backend refuses is reported, the others go on.

        Raises:
            NemoError: nothing could be stored, or the session is gone.
        """
        client = await self._services.client()
        slots = anyio.Semaphore(AT_ONCE)
        async with anyio.create_task_group() as tasks:
            for number, (path, _) in enumerate(self._files):
                await slots.acquire()
                if self._failure is not None:
                    break
                await self._say(f"Uploading {path.name}…")
                left = anyio.Event()
                tasks.start_soon(self._one, client, number, slots, left)
                if not self._sorted:
                    await left.wait()
        for number in sorted(self._answers):
            answer = self._answers[number]
            if isinstance(answer, Refused):
                self._outcome.skipped.append(answer)
            else:
                self._outcome.stored.append(answer)
        if (error := self._failure) is None:
            return
        if not self._outcome.stored or isinstance(error, SessionNotFound):
            raise error
        # What is stored is stored: the rest is reported, and another call can send it.
        why = f"it was not sent: {error} {error.next_step}".strip()
        unsent = [path for number, (path, _) in enumerate(self._files) if number not in self._answers]
        self._outcome.skipped += [Refused(path.name, why) for path in unsent]

    async def _one(self, client: NemoVideoClient, number: int, slots: anyio.Semaphore, left: anyio.Event) -> None:
        path, info = self._files[number]
        assert self._project.session_id is not None

        async def moved(count: int) -> None:
            self._moved[number] = max(self._moved[number], min(count, info.size_bytes))
            await self._say(f"Uploading {path.name}… {count / 1e6:.0f} of {info.size_bytes / 1e6:.0f} MB")

        place = self._place + number / 1000
        position = round(place * 1000) if self._sorted else None
        try:
            answer = await send(
                self._services, client, self._project.session_id, path, info, moved, gone=left.set, position=position
            )
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
                taken_at=info.taken_at,
            )
            await self._services.projects.add_to_pool(self._project.id, file, place)
            self._answers[number] = file
        except (UnsupportedFile, FileTooLarge) as error:
            self._answers[number] = Refused(path.name, f"{error} {error.next_step}")
        except MediaError as error:
            self._answers[number] = Refused(path.name, f"it {error.reason}")
        except NemoError as error:
            # Files that are on their way already may still arrive; no other is begun.
            self._failure = self._failure or error
        finally:
            self._moved[number] = info.size_bytes
            left.set()
            slots.release()

    async def _say(self, words: str) -> None:
        total = sum(info.size_bytes for _, info in self._files) or 1
        await self._tell(0.3 + 0.65 * sum(self._moved) / total, words)


_PLAINER: Mapping[str, tuple[Callable[[Path, Path], Awaitable[None]], str]] = {
    **dict.fromkeys(("heic", "avif"), (as_jpeg, ".jpg")),
    **dict.fromkeys(("flac", "ogg"), (as_m4a, ".m4a")),
}
"""Formats that not every backend reads: what makes of them one that it does, and that one's suffix."""


LOOK_SECONDS = 0.5
"""How often the bytes of a file on its way are told."""


async def send(
    services: Services,
    client: NemoVideoClient,
    session_id: str,
    path: Path,
    info: MediaInfo,
    moved: Callable[[int], Awaitable[None]],
    *,
    gone: Callable[[], object] = lambda: None,
    position: int | None = None,
) -> Upload:
    """Send one file as it may leave this machine: without its place where that is wanted, as JPEG or M4A where it must be.

    ``moved`` is told now and then how many of its bytes are on their way, ``gone`` when all of them are.

    Raises:
        NemoError: the backend refuses it.
    """
    # Imported here: the server starts without its client.
    from nemovideo_mcp.client import FilePart

    folder = services.options.data_dir / "outgoing"
    convert, suffix = _PLAINER.get(info.format, (None, path.suffix))
    with scratch_file(folder, path.suffix) as clean, scratch_file(folder, suffix) as plainer:
        part = FilePart(path, name=path.name)
        try:
            if info.kind == "image" and services.options.remove_location and await without_location(path, clean):
                part = FilePart(clean, name=path.name)
            return await _watched(client, session_id, part, moved, gone, position)
        except UnsupportedFile:
            if convert is None:
                raise
            await convert(path, plainer)
            part = FilePart(plainer, name=path.stem + suffix)
            return await client.upload_files(session_id, [part], position=position)


async def _watched(
    client: NemoVideoClient,
    session_id: str,
    part: FilePart,
    moved: Callable[[int], Awaitable[None]],
    gone: Callable[[], object],
    position: int | None,
) -> Upload:
    """The upload of a file, its bytes told from a clock: they move far more often than anybody wants to hear."""
    bytes_now = 0
    size = await anyio.to_thread.run_sync(_size, part.path)

    def count(total: int) -> None:
        nonlocal bytes_now
        bytes_now = total
        if total >= size:
            gone()

    async def tell() -> None:
        while True:
            await anyio.sleep(LOOK_SECONDS)
            await moved(bytes_now)

    failure: NemoError | None = None
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(tell)
        try:
            answer = await client.upload_files(session_id, [part], count, position=position)
        except NemoError as error:
            failure = error  # out of the group before it is raised: a group would wrap it
        tasks.cancel_scope.cancel()
    if failure is not None:
        raise failure
    return answer


def _size(path: Path) -> int:
    """Bytes; 0 for a file that is gone, which the client says better."""
    try:
        return path.stat().st_size
    except OSError:
        return 0


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
