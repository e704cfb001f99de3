"""What an export asks of a backend: format, quality, size, rate and limits, from the wishes of the tool's caller."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nemovideo_mcp.api.capabilities import Capability
from nemovideo_mcp.api.errors import NotCapable
from nemovideo_mcp.media.presets import PRESETS
from nemovideo_mcp.timeline.operations.canvas import SHORT_SIDE
from nemovideo_mcp.timeline.outline import Outline

if TYPE_CHECKING:
    from nemovideo_mcp.server.projects import Project

CLOUD_LARGEST = (1080, 1920)
"""What the API renders at most: short and long side in pixels."""


def output_of(params: dict[str, Any], film: Outline, project: Project) -> dict[str, Any]:
    """The ``output`` of a render request.

    Raises:
        NotCapable: the backend cannot make that format, rate or size.
    """
    output = {"format": params.get("format") or "mp4", "quality": params.get("quality") or "high"}
    asked = {key: params[key] for key in ("resolution", "fps") if params.get(key) is not None}
    wanted = _for_platform(params["preset"], film, asked) if params.get("preset") else asked
    if project.can(Capability.OUTPUT):
        return {**output, **wanted}
    _check_plain(output["format"], wanted, film)
    return output


def _for_platform(name: str, film: Outline, asked: dict[str, Any]) -> dict[str, Any]:
    """Frame, rate and limits of the platform that the film is for; what is asked for beside it counts within its shape."""
    preset = PRESETS[name]
    fps = asked.get("fps") or preset.rate(film.fps or 30)
    width, height = preset.frame(film.width or 1920, film.height or 1080, (film.duration_ms or 0) / 1000, fps)
    if "resolution" in asked:
        width, height = size_of(asked["resolution"], width, height)
    return {
        "resolution": f"{width}x{height}",
        "fps": fps,
        "max_bitrate": preset.bits,
        "max_bytes": preset.size,
    }


def _check_plain(format: str, wanted: dict[str, Any], film: Outline) -> None:
    """
    Raises:
        NotCapable: it is more than a backend makes that takes no wishes for its output.
    """
    if format != "mp4":
        raise NotCapable(f"This backend makes mp4 and no {format}.", 'Leave format out, or use "mp4".')
    if "max_bytes" in wanted:
        raise NotCapable(
            "This backend cannot keep a film within a platform's limits.",
            'Leave preset out; set the frame with edit (for example "make it vertical for TikTok") and export.',
        )
    if wanted.get("fps") not in (None, film.fps):
        raise NotCapable("This backend renders at the film's own frame rate.", "Leave fps out.")
    resolution = wanted.get("resolution")
    if resolution is None:
        return
    width, height = size_of(resolution, film.width or 1920, film.height or 1080)
    if (width, height) != (film.width, film.height):
        largest = max(width, height) > max(CLOUD_LARGEST) or min(width, height) > min(CLOUD_LARGEST)
        limit = " It renders up to 1080x1920." if largest else ""
        raise NotCapable(
            f"This backend renders at the film's own size and cannot make {resolution}.{limit}",
            'Leave resolution out, or ask for another frame with edit (for example "make it vertical").',
        )


def suffix_of(params: dict[str, Any]) -> str:
    return f".{params.get('format') or 'mp4'}"


def size_of(resolution: str, width: int, height: int) -> tuple[int, int]:
    """Pixels of a resolution name for a frame of that shape."""
    if "x" in resolution:
        wide, high = resolution.split("x")
        return int(wide), int(high)
    short = SHORT_SIDE[resolution]  # type: ignore[index]
    scale = short / min(width, height)
    return round(width * scale / 2) * 2, round(height * scale / 2) * 2
