"""A look at a film without rendering it: single frames, on one sheet."""

from __future__ import annotations

from collections.abc import Awaitable, Sequence
from pathlib import Path
from typing import Any, Protocol

from nemovideo_mcp.media.errors import MediaError
from nemovideo_mcp.media.workers import contact_sheet
from nemovideo_mcp.studio.files import Files
from nemovideo_mcp.studio.projects import StoredMedia
from nemovideo_mcp.studio.refusals import Refused, bad_request
from nemovideo_mcp.studio.render.job import RenderError, RenderJob
from nemovideo_mcp.timeline.cards import called
from nemovideo_mcp.timeline.draft import Draft, decode
from nemovideo_mcp.timeline.model import Timeline
from nemovideo_mcp.timeline.operations.base import number_of
from nemovideo_mcp.timeline.time import clock, spoken, to_ms

MAX_FRAMES = 12
"""As many frames as fit on a sheet and can still be made out."""
MAX_BYTES = 700_000
_SINGLE_WIDTH, _MANY_WIDTH = 1280, 640
"""Pixels of a frame that is alone on the sheet, and of one among others."""


class FrameSource(Protocol):
    """The frames of a job's film at times in ms, as JPEG; `render.process.frames` is the real one."""

    def __call__(self, job: RenderJob, times_ms: Sequence[int], max_width: int, /) -> Awaitable[Sequence[bytes]]:
        """
        Raises:
            RenderError: they cannot be made.
        """
        ...


class Previewer:
    def __init__(self, files: Files, frames: FrameSource) -> None:
        self._files = files
        self._frames = frames

    async def sheet(self, draft: Draft, pool: Sequence[StoredMedia], times: Any) -> tuple[bytes, list[float]]:
        """A JPEG of at most `MAX_BYTES` with the film's frames at ``times`` (seconds; None: the middle of each clip).

        Raises:
            Refused: 400, the timeline is empty, or a time is none or lies outside of the film.
        """
        film = decode(draft)
        if not film.clips:
            raise bad_request("The timeline is empty: there is nothing to see yet.")
        times_ms = middles(film) if times is None else _read(times, film)
        job = RenderJob(
            draft=draft,
            files={m.id: self._files.media(m.sha256, m.suffix) for m in pool},
            output=Path("unused.mp4"),
            quality="draft",
        )
        width = _SINGLE_WIDTH if len(times_ms) == 1 else _MANY_WIDTH
        try:
            frames = await self._frames(job, times_ms, width)
            labelled = [(frame, label_of(film, ms)) for frame, ms in zip(frames, times_ms, strict=True)]
            return await contact_sheet(labelled, max_bytes=MAX_BYTES), [ms / 1000 for ms in times_ms]
        except (RenderError, MediaError) as error:
            raise Refused(500, f"The preview could not be made: {error}.") from None


def middles(film: Timeline) -> list[int]:
    """The middle of each clip in ms; of many clips, `MAX_FRAMES` that are spread evenly, with the first and the last."""
    found = [start + clip.duration_ms // 2 for start, clip in film.placed()]
    if len(found) <= MAX_FRAMES:
        return found
    return [found[round(i * (len(found) - 1) / (MAX_FRAMES - 1))] for i in range(MAX_FRAMES)]


def _read(times: Any, film: Timeline) -> list[int]:
    if not isinstance(times, list) or not times:
        raise bad_request("times must be a list of seconds, or left out.")
    if len(times) > MAX_FRAMES:
        raise bad_request(f"At most {MAX_FRAMES} frames fit on one sheet; {len(times)} were asked for.")
    length = film.duration_ms
    # The end of the film is a point in time without a frame of its own: its last frame stands for it.
    last = max(0, length - 1000 // film.canvas.fps)
    found: list[int] = []
    for value in times:
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value * 1000 <= length:
            raise bad_request(f"{str(value)[:20]} s is not in the film: it goes from 0 to {spoken(length)}.")
        found.append(min(to_ms(value), last))
    return found


def label_of(film: Timeline, ms: int) -> str:
    """What is written under the frame at a time: when it is, and the number and name of its clip."""
    index = next(i for i, start in reversed(list(enumerate(film.starts()))) if start <= ms)
    if film.clips[index].kind == "card":
        return f"{clock(ms)} s · {called(film, index)}"
    return f"{clock(ms)} s · {number_of(film, index)} {film.clips[index].name}".strip()
