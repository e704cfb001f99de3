"""What an export asks of a backend: format, quality, size, rate and limits, from the wishes of the tool's caller."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from nemovideo_mcp.api.capabilities import Capability
from nemovideo_mcp.api.errors import BadInput, NotCapable
from nemovideo_mcp.media.presets import PRESETS
from nemovideo_mcp.timeline.operations.canvas import SHORT_SIDE
from nemovideo_mcp.timeline.outline import Outline
from nemovideo_mcp.timeline.time import spoken

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


STILLS = 10
"""Moments of a film that are looked at for the best one."""


def poster_times(wish: bool | float, film: Outline) -> list[int]:
    """The moments (ms) of which a poster may be: the one that was asked for, or clips when no transition and no fade is near.

    Raises:
        BadInput: the film has no such moment.
    """
    length = film.duration_ms or 0
    last = max(0, length - round(1000 / (film.fps or 30)))
    if not isinstance(wish, bool):
        if not 0 <= wish * 1000 <= length:
            raise BadInput(
                f"The film is {spoken(length)} long; there is no still at {wish:g} s.", "Ask for an earlier one."
            )
        return [min(round(wish * 1000), last)]
    first, end = film.fade_in_ms or 0, length - (film.fade_out_ms or 0)
    found = []
    for clip, following in zip_longest(film.clips, film.clips[1:]):
        if clip.start_ms is None or clip.duration_ms is None:
            continue
        come = clip.start_ms + (clip.transition_ms or 0) // 2
        go = clip.start_ms + clip.duration_ms - ((following.transition_ms or 0) // 2 if following else 0)
        middle = (max(come, first) + min(go, end)) // 2
        if max(come, first) < min(go, end):
            found.append(middle)
    # A draft that does not tell its clips' times, or is all fade: moments spread over it.
    found = found or [length * (2 * n + 1) // (2 * STILLS) for n in range(STILLS)]
    step = -(-len(found) // STILLS)
    return [min(ms, last) for ms in found[::step]]


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
