"""What ``auto`` means: the fit and the motion of a clip, from its shape and its place; and which portraits go together."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import accumulate

from nemovideo_mcp.timeline.model import (
    POSITIONS,
    Beside,
    Canvas,
    Clip,
    Fit,
    Motion,
    Overlay,
    Position,
    Timeline,
)

Box = tuple[float, float, float, float]
"""A part of a picture: left, top, right and bottom, as fractions of its width and height."""

_NEAR: tuple[Motion, ...] = (
    "zoom_in", "pan_right", "zoom_out", "pan_up_left", "zoom_in", "pan_left", "zoom_out", "pan_down_right",
)  # fmt: skip
"""For pictures about as wide as the frame. A pan is answered by one in the other direction."""
_WIDE: tuple[Motion, ...] = ("pan_right", "zoom_in", "pan_left", "zoom_out")
"""For pictures whose hidden part is beside the frame."""
_TALL: tuple[Motion, ...] = ("pan_up", "zoom_in", "pan_down", "zoom_out")
"""For pictures whose hidden part is above and below."""
_WHOLE: tuple[Motion, ...] = ("zoom_in", "zoom_out")
"""For pictures that are shown whole, and for pairs: they only breathe."""
_ELSE: tuple[Motion, ...] = ("pan_right", "pan_left")
"""For a whole picture between a zoom in and a zoom out that were asked for."""
_ALONG: tuple[Motion, ...] = ("pan_right", "pan_left")
_DOWN: tuple[Motion, ...] = ("pan_down", "pan_up")
"""For pictures that are shown piece by piece, from one end towards the other."""

_NEAR_RATIO = 1.3
"""Up to this many times as wide (or tall) as the frame a picture is no panorama (and no column)."""

MAX_CROP = 0.35
"""A picture is cropped to fill the frame while at most this part of it is lost; else it is shown whole over a blur."""

_LONG, _LONGER = 2.4, 2.5
"""A photo at least so many times as long as wide (no screen of a phone is), and so much longer than the frame, is shown piece by
piece, for whole it would be a strip."""
_LEAST_SIDE, _THREAD, _LEAST_OF_THREAD = 480, 8.0, 120
"""Unless it has fewer pixels across than can fill a frame; fewer will do where the strip would be a thread."""

SAFE = 0.9
"""Words and overlays stay inside this part of the frame: the title-safe area of SMPTE ST 2046-1."""

_LOGO, _LOGO_SIDE = 0.016, 0.34
"""The parts of the frame's area, and at most of each of its sides, that an overlay has which nobody gave a size: logos of one area look
equally large, long words and round seals alike."""

_PORTRAIT, _LANDSCAPE = 5 / 6, 1.3
"""Width by height: up to here a picture is a portrait, from there on two of them have room in a frame."""


def fit_of(clip: Clip, canvas: Canvas, faces: Sequence[Box] = ()) -> Fit:
    """How the clip meets the frame: cropped to fill it, or whole over a blurred copy of itself.

    ``faces`` are those that the renderer found in the picture: none of them is cropped.
    """
    if clip.fit != "auto":
        return clip.fit
    if clip.kind == "card" or not clip.width or not clip.height:
        return "fill"
    if is_long(clip, canvas):
        # Any other motion that was asked for needs the picture as a whole.
        return "fill" if clip.motion == "auto" or sweeps(clip.motion, clip, canvas) else "blur"
    picture, frame = clip.width / clip.height, canvas.width / canvas.height
    lost = 1 - min(picture, frame) / max(picture, frame)
    return "fill" if lost <= MAX_CROP and _extent(faces, 0 if picture > frame else 1) <= 1 - lost else "blur"


def is_long(clip: Clip, canvas: Canvas) -> bool:
    """Whether the clip is a panorama, or a column, of which a frame that it fills shows less than half."""
    if clip.kind != "image" or clip.beside is not None or not clip.width or not clip.height:
        return False
    picture, frame = clip.width / clip.height, canvas.width / canvas.height
    longer = max(picture / frame, frame / picture)
    least = _LEAST_SIDE if longer < _THREAD else _LEAST_OF_THREAD
    return max(picture, 1 / picture) >= _LONG and longer >= _LONGER and min(clip.width, clip.height) >= least


def sweeps(motion: Motion, clip: Clip, canvas: Canvas) -> bool:
    """Whether the motion goes along a picture that is shown piece by piece."""
    ways = ("left", "right") if clip.width > clip.height else ("up", "down")
    return is_long(clip, canvas) and not {*motion.split("_")}.isdisjoint(ways)


def _extent(faces: Iterable[Box], axis: int) -> float:
    """From the first face to the last along the axis: 0 across, 1 down."""
    ends = [(face[axis], face[axis + 2]) for face in faces]
    return max(end for _, end in ends) - min(start for start, _ in ends) if ends else 0.0


def overlay_box(overlay: Overlay, canvas: Canvas) -> tuple[int, int, int, int]:
    """Where an overlay lies: left, top (both even), width and height in pixels. It is never cut off by the frame.

    On the nine-field grid of the safe area, or with its middle at a point; one that is too large for that area is centred.
    """
    shape = overlay.width / overlay.height if overlay.width and overlay.height else 1.0
    if overlay.size is None:
        across, down = _LOGO_SIDE * canvas.width, _LOGO_SIDE * canvas.height
        width = min((_LOGO * canvas.width * canvas.height * shape) ** 0.5, across, down * shape)
    else:
        width = min(overlay.size * canvas.width, canvas.width, canvas.height * shape)
    width, height = max(1, round(width)), max(1, min(canvas.height, round(width / shape)))
    x, y = overlay.at or _GRID[overlay.position]
    left = _placed(x, width, canvas.width, overlay.at is None)
    top = _placed(y, height, canvas.height, overlay.at is None)
    return left, top, width, height


_GRID: dict[Position, tuple[float, float]] = {
    place: (
        0.0 if "left" in place else 1.0 if "right" in place else 0.5,
        0.0 if "top" in place else 1.0 if "bottom" in place else 0.5,
    )
    for place in POSITIONS
}


def _placed(where: float, size: int, frame: int, on_grid: bool) -> int:
    """The first pixel along an axis; ``where`` is a place between the margins, or of the middle."""
    room = frame - size
    margin = min(frame * (1 - SAFE) / 2, room / 2)
    start = margin + where * (room - 2 * margin) if on_grid else where * frame - size / 2
    # Even, as colour is kept for two pixels by two.
    return min(max(0, round(start / 2) * 2), room // 2 * 2)


def motion_of(index: int, timeline: Timeline) -> Motion:
    """The movement of the clip at ``index`` (from 0)."""
    return motions_of(timeline)[index]


def motions_of(timeline: Timeline) -> tuple[Motion, ...]:
    """The movement of each clip. Where the choice is ours, no clip moves like the one before it or after it. Cards change no
    choice."""
    places = accumulate((clip.kind != "card" for clip in timeline.clips), initial=0)
    fixed = [_settled(clip) for clip in timeline.clips]
    found: list[Motion] = []
    for index, (clip, own, place) in enumerate(zip(timeline.clips, fixed, places, strict=False)):
        beside = [other for other in (*found[-1:], *fixed[index + 1 : index + 2]) if other is not None]
        ours = (m for m in _choice(clip, timeline.canvas, place) if not any(_alike(m, other) for other in beside))
        found.append(own if own is not None else next(ours))
    return tuple(found)


def _settled(clip: Clip) -> Motion | None:
    """The motion that is not ours to choose. Video moves by itself and gets none; cards stand still."""
    if clip.motion != "auto":
        return clip.motion
    return None if clip.kind == "image" else "none"


def _choice(clip: Clip, canvas: Canvas, index: int) -> tuple[Motion, ...]:
    """The motions that suit the clip, the first choice first."""
    if clip.beside is not None or fit_of(clip, canvas) != "fill":
        cycle, others = _WHOLE, _ELSE
    elif is_long(clip, canvas):
        cycle, others = _ALONG if clip.width > clip.height else _DOWN, _WHOLE
    else:
        ratio = (clip.width / clip.height) / (canvas.width / canvas.height) if clip.width and clip.height else 1.0
        cycle, others = _WIDE if ratio > _NEAR_RATIO else _TALL if ratio < 1 / _NEAR_RATIO else _NEAR, ()
    start = index % len(cycle)
    return (*cycle[start:], *cycle[:start], *others)


def _alike(one: Motion, other: Motion) -> bool:
    """The same zoom, or pans that share a direction."""
    return one == other or (
        one.startswith("pan_")
        and other.startswith("pan_")
        and not {*one.split("_")[1:]}.isdisjoint(other.split("_")[1:])
    )


def pair_portraits(film: Timeline) -> Timeline:
    """The film with neighbouring portraits side by side, two and two, where its frame has room for them.

    A pair stays for as long as the longer of the two did, so the film gets shorter; it comes in as the first one did. What
    the owner set for the second alone (a look, a focus, a motion) cannot be kept in a pair, so such clips stay alone.
    """
    canvas = film.canvas
    if canvas.width < _LANDSCAPE * canvas.height:
        return film
    clips: list[Clip] = []
    for clip in film.clips:
        if clips and _pairs(clips[-1], clip):
            other = Beside(media=clip.media, name=clip.name, width=clip.width, height=clip.height)
            clips[-1] = replace(clips[-1], beside=other, duration_ms=max(clips[-1].duration_ms, clip.duration_ms))
        else:
            clips.append(clip)
    return film if len(clips) == len(film.clips) else film.with_clips(tuple(clips))


def _pairs(one: Clip, other: Clip) -> bool:
    def own(clip: Clip) -> tuple[object, ...]:
        return clip.motion, clip.fit, clip.strength, clip.background, clip.look

    return _portrait(one) and _portrait(other) and own(one) == own(other) and other.focus is None and not other.extra


def _portrait(clip: Clip) -> bool:
    known = clip.kind == "image" and clip.beside is None and clip.width > 0
    return known and clip.width <= _PORTRAIT * clip.height
