"""What a render submission asks for: which film, at what size. Anything that cannot be rendered is refused here."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, get_args

from nemovideo_mcp.media.formats import FILM_FORMATS
from nemovideo_mcp.studio.multipart import clean_name
from nemovideo_mcp.studio.projects import Conflict, Projects, StoredMedia
from nemovideo_mcp.studio.refusals import bad_request
from nemovideo_mcp.studio.render.job import Quality, RenderError
from nemovideo_mcp.studio.render.limits import LIMITED, canvas_of, check_length
from nemovideo_mcp.studio.render_records import RenderOptions
from nemovideo_mcp.timeline.draft import Draft, DraftError, decode, encode, is_exportable
from nemovideo_mcp.timeline.model import MAX_FILM_MS, Canvas, Timeline
from nemovideo_mcp.timeline.music_plan import mood_of
from nemovideo_mcp.timeline.operations import lay_out
from nemovideo_mcp.timeline.operations.base import settle
from nemovideo_mcp.timeline.time import spoken

QUALITIES: tuple[Quality, ...] = get_args(Quality)
SHORT_SIDES = {"720p": 720, "1080p": 1080, "4k": 2160}
"""Pixels of the frame's shorter side; the shape stays that of the timeline."""
MIN_SIDE, MAX_SIDE = 128, 4096
MIN_FPS, MAX_FPS = 10, 60
LAID_OUT = "all photos and videos, in upload order"
"""The instruction of the version that an export of an empty timeline makes."""

_SIZE = re.compile(r"(\d{2,5})\s*[x×*]\s*(\d{2,5})")


async def film_of(projects: Projects, session_id: str, draft: Mapping[str, Any]) -> tuple[Draft, Timeline]:
    """The draft to render and its timeline.

    The submitted draft decides. When there are no clips in it, it is the stored timeline, and when that is empty too, all
    the project's photos and videos are laid out, which makes a version.

    Raises:
        Refused: 400, there is nothing to render, or the draft is broken or needs media that the project does not have.
    """
    try:
        film = decode(draft)
    except DraftError as error:
        raise bad_request(f"The draft cannot be read: {error}.") from None
    pool = await projects.media(session_id)
    if film.duration_ms > MAX_FILM_MS:
        raise bad_request(f"The film is {spoken(film.duration_ms)} long; the limit is {spoken(MAX_FILM_MS)}.")
    if film.clips:
        _check_media(film, pool)
        return dict(draft), film
    while True:
        stored = await projects.latest(session_id)
        kept = decode(stored.draft)
        if kept.clips:
            _check_media(kept, pool)
            return stored.draft, kept
        # What is in the draft besides clips (a title, music) belongs into the film that is laid out.
        begun = film if is_exportable(draft) else kept
        _check_media(begun, pool)
        laid, _ = settle(lay_out(begun, [stored.media for stored in pool]))
        if not laid.clips:
            raise bad_request("There is no media on the timeline: upload photos or videos first.")
        try:
            version = await projects.add_version(session_id, stored.n, LAID_OUT, encode(laid))
        except Conflict:
            continue
        return version.draft, laid


def _check_media(film: Timeline, pool: Sequence[StoredMedia]) -> None:
    known = {media.id for media in pool}
    songs = [music for music in film.music if mood_of(music.media) is None]
    shown = [clip for clip in film.clips if clip.media or clip.kind != "card"]
    used = [(clip.media, clip.name) for clip in shown] + [(music.media, music.name) for music in songs]
    used += [(overlay.media, overlay.name) for overlay in film.overlays]
    for id, name in used:
        if id not in known:
            raise bad_request(f"The draft uses {name or id or 'a file'}, which this project does not have.")


def options_of(output: Mapping[str, Any], film: Timeline) -> RenderOptions:
    """The options of a submission's ``output`` for a film. Unknown names are left alone, as the API does.

    Raises:
        Refused: 400, an option has a value that cannot be.
    """
    canvas = film.canvas
    format = next(f for f in FILM_FORMATS if f == _one_of(output, "format", FILM_FORMATS, "mp4"))
    quality = next(q for q in QUALITIES if q == _one_of(output, "quality", QUALITIES, "high"))
    width, height = _size(output.get("resolution"), canvas)
    fps = output.get("fps")
    rate = canvas.fps if fps is None else fps
    if (
        isinstance(rate, bool)
        or not isinstance(rate, (int, float))
        or rate != int(rate)
        or not MIN_FPS <= rate <= MAX_FPS
    ):
        raise bad_request(f"fps must be a whole number from {MIN_FPS} to {MAX_FPS}.")
    filename = output.get("filename")
    if filename is not None and not isinstance(filename, str):
        raise bad_request("filename must be text.")
    limits = {name: _limit(output, name) for name in ("max_bitrate", "max_bytes")}
    if any(limits.values()) and format not in LIMITED:
        raise bad_request(f"max_bitrate and max_bytes can be kept in {', '.join(LIMITED)}, not in {format}.")
    try:
        canvas_of(canvas, format, quality, width, height, None if fps is None else int(fps))
        check_length(format, film.duration_ms)
    except RenderError as error:
        raise bad_request(error.reason) from None
    return RenderOptions(
        format=format,
        quality=quality,
        width=width,
        height=height,
        fps=None if fps is None else int(fps),
        **limits,
        filename=clean_name(filename) if filename else None,
    )


def _limit(output: Mapping[str, Any], name: str) -> int | None:
    value = output.get(name)
    if value is None or (isinstance(value, int) and not isinstance(value, bool) and value > 0):
        return value
    raise bad_request(f"{name} must be a whole number above 0.")


def _one_of(output: Mapping[str, Any], name: str, choices: Sequence[str], default: str) -> str:
    value = output.get(name)
    if value is None:
        return default
    if value not in choices:
        raise bad_request(
            f"{name} {str(value)[:40]!r} is not available here: use {', '.join(choices[:-1])} or {choices[-1]}."
        )
    return str(value)


def _size(resolution: Any, canvas: Canvas) -> tuple[int | None, int | None]:
    """The overrides of the canvas; None and None when it stays as it is."""
    width, height = canvas.width, canvas.height
    if resolution is not None:
        width, height = _parsed(resolution, canvas)
    if width % 2 or height % 2:
        raise bad_request(f"{width}x{height} cannot be encoded: width and height must be even.")
    if not all(MIN_SIDE <= side <= MAX_SIDE for side in (width, height)):
        raise bad_request(
            f"{width}x{height} is out of range: width and height go from {MIN_SIDE} to {MAX_SIDE} pixels."
        )
    return (None, None) if resolution is None else (width, height)


def _parsed(resolution: Any, canvas: Canvas) -> tuple[int, int]:
    text = resolution.strip().lower() if isinstance(resolution, str) else ""
    if short := SHORT_SIDES.get(text):
        scale = short / min(canvas.width, canvas.height)
        return round(canvas.width * scale / 2) * 2, round(canvas.height * scale / 2) * 2
    if match := _SIZE.fullmatch(text):
        return int(match[1]), int(match[2])
    raise bad_request("resolution must be 720p, 1080p, 4k or WIDTHxHEIGHT, such as 1080x1920.")
