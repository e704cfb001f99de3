"""Transitions: a table from kind to one small function of two frames and a progress.

A transition writes into ``out`` the picture between ``a`` (progress 0) and ``b`` (progress 1), all three as planes. Most are an
*order*: a map that says when each point of the frame turns from one picture to the other, with a soft edge between.
"""

import math
from collections.abc import Callable
from functools import lru_cache, partial
from typing import Any, TypeAlias

import cv2
import numpy as np
import numpy.typing as npt

from nemovideo_mcp.studio.render.planes import BLACK, Plane, Planes, copy, size
from nemovideo_mcp.timeline.model import TransitionKind

Blend = Callable[[Planes, Planes, float, Planes], None]
Floats: TypeAlias = npt.NDArray[np.float32]
Order: TypeAlias = npt.NDArray[np.int16]
Shape = Callable[[Floats, Floats, float], Any]
"""When each point turns, 0 to 1, from its place (x and y, 0 to 1) and the frame's width by its height."""

_WHITE = (235, 128, 128)
_FINE = 32_000
"""What an order goes up to: fine enough that an edge moves smoothly over a frame of 8192 pixels."""
_SHADE, _SHADE_WIDTH = 0.55, 0.03
"""How dark the shadow of a moving edge begins, and its width in parts of the frame's longer side."""
_CLOSE = 2.0
"""How far a picture has come up to the viewer in a zoom when it is gone."""
_BLOCKS, _BLURRED = 14, 7
"""The coarsest raster of a pixelation, in blocks across the shorter side; and the strongest blur, in the lines that are left of it."""
_TURN = 0.4
"""The part of a blur, a pixelation or a zoom before and after which one picture is seen alone. Between, where they change places,
neither can be made out: nothing looks exposed twice."""


def ease(t: float) -> float:
    """Slow at both ends: ``3t² − 2t³``."""
    return t * t * (3 - 2 * t)


def crossfade(a: Planes, b: Planes, progress: float, out: Planes) -> None:
    """One picture shines through the other."""
    _blended(a, b, ease(progress), out)


def _blended(a: Planes, b: Planes, share: float, out: Planes) -> None:
    """``share`` of the second picture, and the rest of the first."""
    for plane_a, plane_b, plane in zip(a, b, out, strict=True):
        cv2.addWeighted(plane_a, 1 - share, plane_b, share, 0, dst=plane)


def _dip(a: Planes, b: Planes, progress: float, out: Planes, *, color: tuple[int, int, int]) -> None:
    """Into a colour, and out of it."""
    source, left = (a, 1 - 2 * progress) if progress < 0.5 else (b, 2 * progress - 1)
    for plane, value, made in zip(source, color, out, strict=True):
        cv2.addWeighted(plane, ease(left), plane, 0, value * (1 - ease(left)), dst=made)


# --- By order ----------------------------------------------------------------------------------------------------------


def _ordered(a: Planes, b: Planes, progress: float, out: Planes, *, shape: Shape, soft: float) -> None:  # fmt: skip
    orders = _orders(shape, *size(a))
    for index, (plane_a, plane_b, plane) in enumerate(zip(a, b, out, strict=True)):
        _mixed(plane_a, plane_b, _weights(orders[min(index, 1)], ease(progress), soft), plane)


def _weights(order: Order, progress: float, soft: float) -> Plane:
    """How much of the second picture is there, 0 to 255, when the edge has come ``progress`` of the way."""
    slope = 255 / soft
    # One pass: it saturates at both ends by itself.
    return np.asarray(
        cv2.addWeighted(order, -slope / _FINE, order, 0, slope * progress * (1 + soft), dtype=cv2.CV_8U), np.uint8
    )


def _mixed(a: Plane, b: Plane, weight: Plane, out: Plane) -> None:
    cv2.multiply(b, weight, dst=out, scale=1 / 255)
    cv2.add(out, cv2.multiply(a, cv2.bitwise_not(weight), scale=1 / 255), dst=out)


@lru_cache(maxsize=3)
def _orders(shape: Shape, width: int, height: int) -> tuple[Order, Order]:
    """When each point turns, from 0 to `_FINE`, for luma and for chroma."""

    def one(w: int, h: int) -> Order:
        x: Floats = (np.arange(w, dtype=np.float32)[None] + np.float32(0.5)) / np.float32(w)
        y: Floats = (np.arange(h, dtype=np.float32)[:, None] + np.float32(0.5)) / np.float32(h)
        when = np.broadcast_to(shape(x, y, width / height), (h, w))
        return np.ascontiguousarray(np.clip(when, 0, 1) * _FINE).astype(np.int16)

    return one(width, height), one(width // 2, height // 2)


def _across(x: Floats, y: Floats, aspect: float) -> Any:
    return x


def _down(x: Floats, y: Floats, aspect: float) -> Any:
    return y


def _diagonal(x: Floats, y: Floats, aspect: float) -> Any:
    return (x + y) / 2


def _other_diagonal(x: Floats, y: Floats, aspect: float) -> Any:
    return (x + 1 - y) / 2


def _circle(x: Floats, y: Floats, aspect: float) -> Any:
    return np.hypot((x - 0.5) * aspect, y - 0.5) / np.float32(math.hypot(0.5 * aspect, 0.5))


def _diamond(x: Floats, y: Floats, aspect: float) -> Any:
    return (np.abs(x - 0.5) * aspect + np.abs(y - 0.5)) / np.float32(0.5 * aspect + 0.5)


def _clock(x: Floats, y: Floats, aspect: float) -> Any:
    """From twelve o'clock around."""
    return np.mod(np.arctan2((x - 0.5) * aspect, 0.5 - y) / np.float32(2 * math.pi), 1)


def _slats(x: Floats, y: Floats, aspect: float) -> Any:
    return np.mod(y * 9, 1)


def _upright_slats(x: Floats, y: Floats, aspect: float) -> Any:
    return np.mod(x * max(4, round(9 * aspect)), 1)


def _checker(x: Floats, y: Floats, aspect: float) -> Any:
    """Every second square first, each from its left to its right."""
    column, row = x * max(3, round(6 * aspect)), y * 6
    return (np.mod(np.floor(column) + np.floor(row), 2) + np.mod(column, 1)) / 2


def _doors(x: Floats, y: Floats, aspect: float) -> Any:
    return np.abs(x - 0.5) * 2


def _upright_doors(x: Floats, y: Floats, aspect: float) -> Any:
    return np.abs(y - 0.5) * 2


@lru_cache
def _backwards(shape: Shape) -> Shape:
    return lambda x, y, aspect: 1 - shape(x, y, aspect)


def _wipe(shape: Shape, *, back: bool = False, soft: float = 0.12) -> Blend:
    return partial(_ordered, shape=_backwards(shape) if back else shape, soft=soft)


def _luma(a: Planes, b: Planes, progress: float, out: Planes) -> None:
    """What is bright in the old picture goes first."""
    width, height = size(a)
    small = cv2.resize(a[0], (max(2, width // 8), max(2, height // 8)), interpolation=cv2.INTER_AREA)
    small = cv2.GaussianBlur(small, (0, 0), 2)
    # A share of the place keeps even pictures from turning all at once.
    tilt = np.linspace(0, 60, small.shape[1], dtype=np.float32)[None]
    late = tilt - small.astype(np.float32)
    late -= late.min()
    fine = (late * (_FINE / max(1.0, float(late.max())))).astype(np.int16)
    for plane_a, plane_b, plane in zip(a, b, out, strict=True):
        here = np.asarray(cv2.resize(fine, plane.shape[::-1], interpolation=cv2.INTER_LINEAR), np.int16)
        _mixed(plane_a, plane_b, _weights(here, ease(progress), 0.35), plane)


# --- By moving ---------------------------------------------------------------------------------------------------------


def _moving(
    a: Planes, b: Planes, progress: float, out: Planes, *, way: tuple[int, int], old_moves: bool, new_moves: bool
) -> None:
    """``way``: across and down, -1, 0 or 1. The picture that moves lies on top; where both do, they are side by side."""
    width, height = size(a)
    gone = round(ease(progress) * (width if way[0] else height) / 2) * 2
    for index, (plane_a, plane_b, plane) in enumerate(zip(a, b, out, strict=True)):
        half = 2 if index else 1
        step = gone // half
        # Turned so that everything moves to the right: then there is one case instead of four.
        to, old, new = (_turned(p, way) for p in (plane, plane_a, plane_b))
        length = to.shape[1]
        to[:, step:] = old[:, : length - step] if old_moves else old[:, step:]
        to[:, :step] = new[:, length - step :] if new_moves else new[:, :step]
        if index == 0 and old_moves != new_moves:
            # It comes and goes with the edge.
            _shade(to, step, _SHADE * min(1.0, 8 * progress, 8 * (1 - progress)), under_left=old_moves)


def _turned(plane: Plane, way: tuple[int, int]) -> Plane:
    """A view in which the direction ``way`` goes to the right."""
    across, down = way
    if down:
        plane = plane.T
    return plane[:, ::-1] if -1 in (across, down) else plane


def _shade(luma: Plane, edge: int, strength: float, *, under_left: bool) -> None:
    """The shadow that the picture on top casts at its edge onto the one below."""
    reach = max(2, round(max(luma.shape) * _SHADE_WIDTH))
    dark = 1 - strength * (1 - np.arange(reach, dtype=np.float32) / reach) ** 2
    if under_left:
        part, ramp = luma[:, max(0, edge - reach) : edge], dark[::-1]
        ramp = ramp[reach - part.shape[1] :]
    else:
        part = luma[:, edge : edge + reach]
        ramp = dark[: part.shape[1]]
    part[...] = (BLACK[0] + (part - np.float32(BLACK[0])) * ramp).clip(0, 255).astype(np.uint8)


# --- By scale ----------------------------------------------------------------------------------------------------------


def _nearer(planes: Planes, zoom: float) -> Planes:
    """The middle of a picture, larger."""

    def one(plane: Plane) -> Plane:
        height, width = plane.shape
        matrix = np.array(
            [[1 / zoom, 0, (width - 1) * (1 - 1 / zoom) / 2], [0, 1 / zoom, (height - 1) * (1 - 1 / zoom) / 2]]
        )
        flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
        return np.asarray(
            cv2.warpAffine(plane, matrix, (width, height), flags=flags, borderMode=cv2.BORDER_REPLICATE), np.uint8
        )

    return one(planes[0]), one(planes[1]), one(planes[2])


def _turned_over(progress: float) -> float:
    """How much of the second picture there is when they change places in the middle, 0 to 1."""
    return ease(min(1.0, max(0.0, (progress - _TURN) / (1 - 2 * _TURN))))


def _zoom_in(a: Planes, b: Planes, progress: float, out: Planes) -> None:
    """The old picture comes up, faster and faster, and gives way while it rushes past."""
    share = _turned_over(progress)
    if share == 1:
        copy(b, out)
        return
    _blended(_nearer(a, _CLOSE ** ((progress / (1 - _TURN)) ** 3)), b, share, out)


def _zoom_out(a: Planes, b: Planes, progress: float, out: Planes) -> None:
    """The new picture settles from close by: the same backwards."""
    _zoom_in(b, a, 1 - progress, out)


def _coarse(a: Planes, b: Planes, progress: float, out: Planes, *, blocks: bool) -> None:
    """Both pictures lose their detail towards the middle, where one becomes the other: in blocks, block by block, or softly."""
    width, height = size(a)
    short = min(width, height)
    fewest = _BLOCKS if blocks else _BLURRED
    # Geometric: each frame is coarser than the one before by the same factor.
    lines = short * (fewest / short) ** ease(min(1.0, min(progress, 1 - progress) / _TURN))
    if not blocks:
        # What a Gaussian leaves of so many lines.
        lines = min(short, 2 * lines)
    small = max(2, round(width * lines / short)), max(2, round(height * lines / short))
    share = _turned_over(progress)
    # In two steps, the first by a whole number: that is several times as fast.
    first = max(1, int(short / lines / 2))
    for plane_a, plane_b, plane in zip(a, b, out, strict=True):
        parts = [p for p, weight in ((plane_a, 1 - share), (plane_b, share)) if weight > 0]
        near = plane.shape[1] // first, plane.shape[0] // first
        nearer = [cv2.resize(p, near, interpolation=cv2.INTER_AREA) if first > 1 else p for p in parts]
        shrunk = [np.asarray(cv2.resize(p, small, interpolation=cv2.INTER_AREA), np.uint8) for p in nearer]
        mixed = shrunk[0] if len(shrunk) == 1 else _exchanged(shrunk[0], shrunk[1], share, blocks=blocks)
        if blocks:
            cv2.resize(mixed, plane.shape[::-1], dst=plane, interpolation=cv2.INTER_NEAREST)
        else:
            soft = cv2.GaussianBlur(mixed, (0, 0), 1.2) if lines < short else mixed
            cv2.resize(soft, plane.shape[::-1], dst=plane, interpolation=cv2.INTER_CUBIC)


def _exchanged(a: Plane, b: Plane, share: float, *, blocks: bool) -> Plane:
    if blocks:
        return np.where(_scattered(*a.shape) < share, b, a)
    return np.asarray(cv2.addWeighted(a, 1 - share, b, share, 0), np.uint8)


@lru_cache(maxsize=4)
def _scattered(rows: int, columns: int) -> Floats:
    """When each block turns, 0 to 1, in no order that can be seen, and the same each time."""
    order = np.random.default_rng(3).permutation(rows * columns).reshape(rows, columns)
    return np.asarray((order + 0.5) / order.size, np.float32)


_pixelate = partial(_coarse, blocks=True)
_blur = partial(_coarse, blocks=False)

LEFT, RIGHT, UP, DOWN = (-1, 0), (1, 0), (0, -1), (0, 1)
_slide = partial(partial, _moving, old_moves=True, new_moves=False)
_push = partial(partial, _moving, old_moves=True, new_moves=True)
_cover = partial(partial, _moving, old_moves=False, new_moves=True)

TRANSITIONS: dict[TransitionKind, Blend] = {
    "crossfade": crossfade,
    "fade_black": partial(_dip, color=BLACK),
    "fade_white": partial(_dip, color=_WHITE),
    "luma": _luma,
    "blur": _blur,
    "pixelate": _pixelate,
    "wipe_left": _wipe(_across, back=True),
    "wipe_right": _wipe(_across),
    "wipe_up": _wipe(_down, back=True),
    "wipe_down": _wipe(_down),
    "wipe_up_left": _wipe(_diagonal, back=True),
    "wipe_up_right": _wipe(_other_diagonal),
    "wipe_down_left": _wipe(_other_diagonal, back=True),
    "wipe_down_right": _wipe(_diagonal),
    "slide_left": _slide(way=LEFT),
    "slide_right": _slide(way=RIGHT),
    "slide_up": _slide(way=UP),
    "slide_down": _slide(way=DOWN),
    "push_left": _push(way=LEFT),
    "push_right": _push(way=RIGHT),
    "push_up": _push(way=UP),
    "push_down": _push(way=DOWN),
    "cover_left": _cover(way=LEFT),
    "cover_right": _cover(way=RIGHT),
    "cover_up": _cover(way=UP),
    "cover_down": _cover(way=DOWN),
    "zoom_in": _zoom_in,
    "zoom_out": _zoom_out,
    "circle_open": _wipe(_circle, soft=0.06),
    "circle_close": _wipe(_circle, back=True, soft=0.06),
    "diamond_open": _wipe(_diamond, soft=0.05),
    "diamond_close": _wipe(_diamond, back=True, soft=0.05),
    "clock": _wipe(_clock, soft=0.04),
    "blinds": _wipe(_slats, soft=0.25),
    "blinds_vertical": _wipe(_upright_slats, soft=0.25),
    "checker": _wipe(_checker, soft=0.2),
    "doors": _wipe(_doors, soft=0.06),
    "doors_vertical": _wipe(_upright_doors, soft=0.06),
}


def blend_for(kind: str) -> Blend:
    """The transition of that name; a draft from elsewhere may hold one that is not known here, and gets a crossfade."""
    return next((blend for name, blend in TRANSITIONS.items() if name == kind), crossfade)
