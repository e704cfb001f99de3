"""What the fuzz tests let a worker process do with a spoiled file."""

from __future__ import annotations

from pathlib import Path

from nemovideo_mcp.media.errors import MediaError
from nemovideo_mcp.media.probe import probe
from nemovideo_mcp.studio.render.job import FramesJob, RenderError, RenderJob


def probed(path: Path) -> str | None:
    """Why the file is refused, or None when it is taken."""
    try:
        probe(path)
    except MediaError as error:
        return error.reason
    return None


def drawn(job: RenderJob, times_ms: tuple[int, ...]) -> str | None:
    """Why the film cannot be drawn at these times, or None when it can."""
    from nemovideo_mcp.studio.render import film

    try:
        film.frames(FramesJob(film=job, times_ms=times_ms, max_width=64))
    except RenderError as error:
        return error.reason
    return None
