"""The work of an export: render, follow, download, check, save. Asked for once, it is rendered once."""

from __future__ import annotations

import hashlib
import json
import uuid
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import anyio
import anyio.to_thread

from nemovideo_mcp.api.capabilities import Capability
from nemovideo_mcp.api.errors import BackendFault, BadInput, NemoError, NotFound, RenderFailed, Unreachable
from nemovideo_mcp.media.errors import MediaError
from nemovideo_mcp.media.presets import PRESETS
from nemovideo_mcp.media.workers import poster_of, verify_film
from nemovideo_mcp.server.files import LEAST_FREE, bare_name, check_output, free_path, safe_stem
from nemovideo_mcp.server.ids import mint
from nemovideo_mcp.server.jobs.output import output_of, poster_times, size_of, suffix_of
from nemovideo_mcp.server.jobs.runner import Run
from nemovideo_mcp.server.places import told
from nemovideo_mcp.timeline.draft import is_exportable
from nemovideo_mcp.timeline.outline import Outline

if TYPE_CHECKING:
    from nemovideo_mcp.api.models import Render
    from nemovideo_mcp.client import NemoVideoClient
    from nemovideo_mcp.media.info import FilmInfo
    from nemovideo_mcp.server.projects import Project
    from nemovideo_mcp.server.services import Services

POLLS_AWAY = 20
"""Looks at a render that may fail one after the other, each repeated by the client, before the export gives up."""


async def run_export(services: Services, run: Run) -> dict[str, Any]:
    """``params``: ``format``, ``quality``, ``resolution``, ``fps``, ``preset``, ``filename``, ``poster``, ``folder`` (the films
    folder if there is none)."""
    await run.tell(0.01, "Connecting…")
    client = await services.client()
    project = await services.projects.by_id(run.project)
    lock = services.exporting(project.id)
    if lock.taken():
        await run.tell(message="Waiting for the export before this one…")
    async with lock:
        try:
            render = await _submitted(services, run, client, project)
            render = await _followed(services, run, client, render)
        except anyio.get_cancelled_exc_class():
            if run.cancelled and "render_id" in run.checkpoint:
                # The user's word; a process that merely stops leaves the render to the next one.
                with anyio.CancelScope(shield=True), anyio.move_on_after(5), suppress(NemoError):
                    await client.cancel_render(run.checkpoint["render_id"])
            raise
        await run.save(rendered=True)
        try:
            saved = await _saved(services, run, client, render, project)
        except RenderFailed:
            # It is not the film that was asked for: asking again renders again.
            await run.save(rendered=False)
            raise
    await services.announce("nemovideo://projects", f"nemovideo://exports/{saved['export']}")
    return saved


async def _submitted(services: Services, run: Run, client: NemoVideoClient, project: Project) -> Render:
    """The render as the backend has it: submitted now, or by a process before this one."""
    render_id: str | None = run.checkpoint.get("render_id")
    if render_id is not None:
        try:
            return await client.render(render_id)
        except NotFound:
            # Its submission never arrived; the same id makes a second arrival harmless.
            pass
    await anyio.to_thread.run_sync(partial(_check_folder, services, run))
    lock = services.editing(project.id)
    if lock.taken():
        await run.tell(message="Waiting for the edit to finish…")
    async with lock:
        project, draft, film = await exportable(services, project)
        output = output_of(run.params, film, project)
        asked = fingerprint(draft, output)
        size = {"width": film.width, "height": film.height, "wanted": output.get("resolution"), "asked": asked}
        if run.params.get("poster") is not None:
            size["stills"] = poster_times(run.params["poster"], film)
        if render_id is None and (made := await _made_before(services, run, client, asked)) is not None:
            await run.save(render_id=made.id, **size)
            return made
        render_id = render_id or f"render_{uuid.uuid4().hex}"
        await run.save(render_id=render_id, **size)
        await run.tell(0.03, "Starting the render…")
        return await _submit(services, run, project, draft, output)


def fingerprint(draft: dict[str, Any], output: dict[str, Any]) -> str:
    """What a render is asked for, as a short text: the same for the same film in the same form."""
    return hashlib.sha256(json.dumps([draft, output], sort_keys=True).encode()).hexdigest()


async def _made_before(services: Services, run: Run, client: NemoVideoClient, asked: str) -> Render | None:
    """The render of the export before this one, when it asked for the same and only its download failed."""
    jobs = [job for job in await services.journal.of_project(run.project) if job.kind == "export" and job.id != run.id]
    before = jobs[0].checkpoint if jobs and jobs[0].status == "failed" else {}
    if before.get("asked") != asked or not before.get("rendered"):
        return None
    try:
        render = await client.render(before["render_id"])
    except NotFound:
        return None
    return render if render.status == "completed" else None


async def _submit(
    services: Services, run: Run, project: Project, draft: dict[str, Any], output: dict[str, Any]
) -> Render:
    """The render, submitted. A new id is used once, when the backend says that it had this one and it failed or is lost."""
    assert project.session_id is not None
    client = await services.client()
    for last in (False, True):
        async with services.kept(project):
            try:
                render = await client.submit_render(run.checkpoint["render_id"], project.session_id, draft, output)
            except NotFound:
                render = None
        if render is not None and (last or render.status != "failed"):
            return render
        if not last:
            await run.save(render_id=f"render_{uuid.uuid4().hex}")
    raise RenderFailed("The backend lost the film twice while it was asked for.", "Call export again in a minute.")


async def exportable(services: Services, project: Project) -> tuple[Project, dict[str, Any], Outline]:
    """The project, its draft and what is in it.

    Raises:
        BadInput: there is nothing to render yet.
    """
    pool = await services.projects.pool(project.id)
    project = await services.with_session(project) if pool or project.session_id else project
    draft, canvas = await services.draft(project)
    if not is_exportable(draft):
        visual = any(file.kind != "audio" for file in pool)
        if not visual:
            raise BadInput(
                f'There is nothing to export in "{project.name}" yet: it has no photos or clips.',
                "Call upload_images first, then edit, then export.",
            )
        if not project.can(Capability.OPERATIONS):
            raise BadInput(
                "The timeline is still empty.", "Call edit first and say what film the photos should become."
            )
        # A backend that takes operations lays the media out in upload order by itself.
        draft = {"t": []}
    return project, draft or {"t": []}, services.outline(project, draft, canvas)


async def _followed(services: Services, run: Run, client: NemoVideoClient, render: Render) -> Render:
    """The render when it is completed.

    Raises:
        RenderFailed: it failed, or was cancelled on the backend.
    """
    render_id: str = run.checkpoint["render_id"]
    away = 0
    while render.status in ("pending", "processing"):
        waiting = render.status == "pending"
        words = "Waiting for the renderer…" if waiting else render.message or "Rendering…"
        await run.tell(0.05 + 0.83 * render.progress, words)
        await anyio.sleep(services.options.poll_seconds)
        try:
            render = await client.render(render_id)
            away = 0
        except (Unreachable, BackendFault) as error:
            # The render goes on without us; giving up here would have it made a second time.
            away += 1
            if away >= POLLS_AWAY:
                raise
            await run.tell(message=f"{error} The render goes on; asking again…")
    if render.status != "completed":
        why = (
            render.error
            or render.message
            or ("it was cancelled" if render.status == "cancelled" else "no reason given")
        )
        raise RenderFailed(f"The film could not be rendered: {why.rstrip('.')}.", "Mend that, then call export again.")
    return render


async def _saved(
    services: Services, run: Run, client: NemoVideoClient, render: Render, project: Project
) -> dict[str, Any]:
    """The film in the films folder and in the records. What is known is on disk before each step, so that a process that
    takes over finishes the step and does not repeat it."""
    folder = _folder(services, run)
    part = folder / f".{run.id}.part{suffix_of(run.params)}"
    try:
        if not await _placed(run):
            await anyio.to_thread.run_sync(partial(_check_folder, services, run, render.output.size or 0))
            await run.tell(0.9, "Saving the film…")
            await anyio.to_thread.run_sync(_removed, part)
            # A process that stops leaves what has come so far, and the next one goes on from there.
            got = await client.download(render.output.url, run.checkpoint["render_id"], part, keep_partial=True)
            if render.output.size not in (None, 0, got.size_bytes):
                raise RenderFailed(
                    f"The film came with {got.size_bytes} bytes where the backend said {render.output.size}.",
                    "Call export again.",
                )
            await run.tell(0.96, "Checking the film…")
            facts = await _verified(run, render, part)
            name = _name(run, project)
            while True:
                target = await anyio.to_thread.run_sync(free_path, folder, name)
                await run.save(target=str(target), facts=facts)
                if await anyio.to_thread.run_sync(_place, part, target):
                    break
        poster = await _poster(run, Path(run.checkpoint["target"]))
    except NemoError:
        await anyio.to_thread.run_sync(_cleaned, folder, run.id)
        raise
    except anyio.get_cancelled_exc_class():
        if run.cancelled:
            with anyio.CancelScope(shield=True):
                await anyio.to_thread.run_sync(_cleaned, folder, run.id)
        raise
    await anyio.to_thread.run_sync(_cleaned, folder, run.id)
    path, facts = Path(run.checkpoint["target"]), run.checkpoint["facts"] | poster
    export = run.checkpoint.get("export") or mint("video")
    await run.save(export=export)
    await services.journal.add_export(export, project.id, run.id, str(path), facts)
    return {"export": export, "path": str(path), "file_uri": path.as_uri(), **facts}


async def _poster(run: Run, film: Path) -> dict[str, Any]:
    """A still of the film beside it and named after it, where one was asked for. The film is there, whatever comes of this."""
    times = run.checkpoint.get("stills")
    if times is None:
        return {}
    made: dict[str, Any] | None = run.checkpoint.get("poster")
    if made is not None and await anyio.Path(made["poster"]).exists():
        return made
    part = film.with_name(f".{run.id}.part.jpg")
    try:
        at = await poster_of(film, part, times)
    except (MediaError, OSError) as error:
        why = error.reason if isinstance(error, MediaError) else error.strerror
        facts = run.checkpoint["facts"]
        return {"warnings": [*facts["warnings"], f"No poster could be made: the film {why}."]}
    while True:
        target = await anyio.to_thread.run_sync(free_path, film.parent, f"{film.stem}.jpg")
        made = {"poster": str(target), "poster_seconds": at / 1000}
        await run.save(poster=made)
        if await anyio.to_thread.run_sync(_place, part, target):
            return made


def _folder(services: Services, run: Run) -> Path:
    """Where the film goes. It is the job's own, so that a process with another films folder puts it there as well."""
    return Path(run.params.get("folder") or services.options.output_dir)


def _check_folder(services: Services, run: Run, least_free: int = LEAST_FREE) -> None:
    folder = _folder(services, run)
    check_output(folder, least_free, told(services.options, folder, "the server's folder"))


async def _placed(run: Run) -> bool:
    """Whether a process before this one had put the film at its place already."""
    target, facts = run.checkpoint.get("target"), run.checkpoint.get("facts")
    if target is None or facts is None:
        return False
    try:
        film = await verify_film(Path(target))
    except MediaError:
        return False
    return bool(film.sha256 == facts["sha256"])


def _removed(path: Path) -> None:
    path.unlink(missing_ok=True)


def _cleaned(folder: Path, job: str) -> None:
    """Take away what the job's download left under hidden names."""
    for path in folder.glob(f".*{job}.part*"):
        path.unlink(missing_ok=True)


async def _verified(run: Run, render: Render, path: Path) -> dict[str, Any]:
    """What the file is, having opened it. Raises RenderFailed when it is not the film that was asked for."""
    made = render.output
    width, height = run.checkpoint.get("width"), run.checkpoint.get("height")
    if wanted := run.checkpoint.get("wanted"):
        width, height = size_of(wanted, width or 1920, height or 1080)
    elif run.params.get("format") == "gif":
        # How large one is that nobody gave a size is the backend's choice.
        width, height = made.width, made.height
    try:
        film = await verify_film(
            path,
            format=run.params.get("format") or "mp4",
            width=width,
            height=height,
            duration_ms=round(made.duration * 1000) if made.duration else None,
            fps=made.fps,
            audio=made.audio,
        )
    except MediaError as error:
        raise RenderFailed(f"The finished film {error.reason}.", "Call export again.") from None
    black = ["The film looks black at its start, middle and end: look at it."] if len(film.black_ms) >= 3 else []
    return {
        "warnings": [*render.notes, *black, *_too_much(run.params.get("preset"), film)],
        "size_bytes": film.size_bytes,
        "duration_seconds": film.duration_ms / 1000,
        "width": film.width,
        "height": film.height,
        "fps": film.fps,
        "format": run.params.get("format") or "mp4",
        "sha256": film.sha256,
    }


def _too_much(name: str | None, film: FilmInfo) -> list[str]:
    """What the platform that the film is for will not take of it.

    Raises:
        RenderFailed: the file is larger than it takes.
    """
    preset = PRESETS.get(name or "")
    if preset is None:
        return []
    if film.size_bytes > preset.size:
        raise RenderFailed(
            f"The film has {film.size_bytes / 1e6:.1f} MB, and {name} takes {preset.size / 1e6:g} MB.",
            "Make it shorter, or export at a lower resolution.",
        )
    if film.duration_ms > preset.seconds * 1000:
        return [f"{name} takes films of up to {preset.seconds} s; this one lasts {film.duration_ms / 1000:g} s."]
    return []


def _name(run: Run, project: Project) -> str:
    chosen: str | None = run.params.get("filename")
    suffix = suffix_of(run.params)
    return bare_name(chosen, suffix) if chosen else safe_stem(project.name) + suffix


def _place(part: Path, target: Path) -> bool:
    """Give the finished file its name; False when another file has taken it. No file is ever replaced."""
    try:
        # A link is there whole or not at all, and refuses a name that is taken.
        target.hardlink_to(part)
    except FileExistsError:
        return False
    except OSError:
        # A file system without links: the name is taken by creating it, and the film put over it.
        try:
            target.open("xb").close()
        except FileExistsError:
            return False
        part.replace(target)
    return True
