"""`preview`: a look at the film before it is rendered."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Annotated

import anyio
from mcp_types import ContentBlock, ImageContent
from pydantic import Field, PrivateAttr

from nemovideo_mcp.api.capabilities import Capability
from nemovideo_mcp.api.errors import BadInput, NemoError
from nemovideo_mcp.media.errors import MediaError
from nemovideo_mcp.server.asking import Chosen, chosen_of, which_project
from nemovideo_mcp.server.projects import PoolFile, Project
from nemovideo_mcp.server.results import ProjectRef, Result, lines
from nemovideo_mcp.server.services import Services
from nemovideo_mcp.server.tooling import NemoTool, make_tool
from nemovideo_mcp.server.tools.common import ProjectArg, ref
from nemovideo_mcp.timeline.outline import Outline
from nemovideo_mcp.timeline.time import clock

MOST_BYTES = 700_000
MOST_FRAMES = 12


class PreviewResult(Result):
    project: ProjectRef
    times: list[float] = Field(description="s; where in the film the frames are from")
    notes: list[str] = []
    _image: bytes = PrivateAttr(b"")

    def words(self) -> str:
        at = ", ".join(f"{time:g}" for time in self.times)
        return lines(
            f"Frames at {at} s." if self.times else "A contact sheet of the media.",
            *self.notes,
            f'Project: "{self.project.name}" ({self.project.id}).',
        )

    def more_content(self) -> list[ContentBlock]:
        data = base64.b64encode(self._image).decode()
        return [ImageContent(type="image", data=data, mime_type="image/jpeg")]


async def read_preview(
    services: Services, project: Project, at: list[float] | None
) -> tuple[bytes, list[float], list[str]]:
    """The picture (JPEG), the times of its frames in seconds, and notes for the reader.

    Raises:
        BadInput: there is nothing to show, or a time is outside the film.
    """
    draft, canvas = await services.draft(project)
    film = services.outline(project, draft, canvas)
    if project.can(Capability.PREVIEW) and project.session_id is not None and film.clips:
        times = _times(film, at)
        return await (await services.client()).preview(project.session_id, times), times, []
    picture, notes = await _sheet(services, project, film)
    return picture, [], notes


def _times(film: Outline, at: list[float] | None) -> list[float]:
    length = (film.duration_ms or 0) / 1000
    if at:
        outside = [time for time in at if not 0 <= time <= length]
        if outside:
            raise BadInput(
                f"The film is {length:g} s long; there is no frame at {outside[0]:g} s.", "Ask for earlier times."
            )
        if len(at) > MOST_FRAMES:
            raise BadInput(f"{len(at)} frames are too many for one picture.", f"Ask for at most {MOST_FRAMES} times.")
        return list(at)
    clips = [c for c in film.clips if c.start_ms is not None and c.duration_ms is not None]
    step = max(1, -(-len(clips) // MOST_FRAMES))
    return [((c.start_ms or 0) + (c.duration_ms or 0) / 2) / 1000 for c in clips[::step]]


async def _sheet(services: Services, project: Project, film: Outline) -> tuple[bytes, list[str]]:
    """The media in the order of the draft, as far as the files are known here."""
    pool = await services.projects.pool(project.id)
    by_name = {file.name: file for file in pool}
    notes = []
    if film.clips:
        rows: list[tuple[PoolFile | None, str]] = []
        for clip in film.clips:
            span = f" · {clock(clip.start_ms)} s" if clip.start_ms is not None else ""
            rows.append((by_name.get(clip.name or ""), f"{clip.number or ''} · {clip.name or 'clip'}{span}"))
        notes.append("These are the media in the order of the film, not frames of it: this backend cannot show frames.")
    else:
        rows = [(file, f"{number} · {file.name}") for number, file in enumerate(pool, 1) if file.kind != "audio"]
        notes.append("The timeline is empty; these are the uploaded media. Call edit to make a film of them.")
    named = [(Path(file.path), label) for file, label in rows if file is not None and file.path]
    known = [(path, label) for path, label in named if await anyio.Path(path).exists()]
    if len(known) < len(rows):
        notes.append(f"{len(rows) - len(known)} of {len(rows)} are not on this machine and cannot be shown.")
    if not known:
        raise BadInput(
            f'There is nothing to show in "{project.name}" yet.', "Call upload_images first, then edit, then preview."
        )
    from nemovideo_mcp.media.workers import contact_sheet

    try:
        return await contact_sheet(known, max_bytes=MOST_BYTES), notes
    except MediaError as error:
        raise NemoError(
            f"No preview could be made: {error.reason}.", "Call get_state for the timeline in words."
        ) from None


def preview_tool(services: Services) -> NemoTool:
    async def preview(
        which: Chosen,
        at: Annotated[
            list[float] | None,
            Field(max_length=MOST_FRAMES, description="s from the start; the middle of each clip if left out"),
        ] = None,
        project: ProjectArg = None,
    ) -> PreviewResult:
        """Look at the film before exporting: one image of frames at these times."""
        found = await services.projects.resolve(chosen_of(which), new=False)
        picture, times, notes = await read_preview(services, found, at)
        result = PreviewResult(project=ref(found), times=times, notes=notes)
        result._image = picture
        return result

    return make_tool(
        preview,
        title="Preview",
        read_only=True,
        idempotent=True,
        open_world=True,
        asks={"which": which_project(services)},
    )
