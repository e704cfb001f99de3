"""How a picture meets the frame: cropped to fill it, whole on a colour, or whole over a blurred copy of itself.

Each fit answers with the planes that a move then travels over, foreground and background in one piece: so the edges of the
foreground are sampled between pixels like everything else.
"""

from functools import cache
from typing import TypeAlias

import cv2
import numpy as np
import numpy.typing as npt

from nemovideo_mcp.studio.render import planes
from nemovideo_mcp.studio.render.planes import Plane, Planes
from nemovideo_mcp.studio.render.text import yuv
from nemovideo_mcp.timeline.model import Fit

Floats: TypeAlias = npt.NDArray[np.float32]

_SMALL = 240
"""Width of the picture that is blurred: a blur needs no detail, and at a tenth of the size costs a hundredth."""
_BLUR = _SMALL / 16
"""So soft that nothing in it can be made out: only light and colour are left."""
_STRETCH = 3.0
"""How far the background may be stretched one way more than the other."""
_SHADOW = 0.5
_BEHIND_BLUR, _BEHIND_DIM = _SMALL / 32, 0.5
"""Behind words the picture may still be known again, but is darker: white must be read on its sky."""
_GRAIN = 128
"""The side of the patch of grain that is laid over the background, in pixels."""
_DIM, _COLOR = 0.64, 0.85
"""What becomes of the background's luma and colour: it must not compete with the picture, nor be grey beside it."""


def wanted_size(
    fit: Fit, source: tuple[int, int], frame: tuple[int, int], room: tuple[float, float] = (1.0, 1.0)
) -> tuple[int, int]:
    """The size at which a source fills the frame, or fits into the part of it that it is given (``room``, 1 for all)."""
    across, down = frame[0] / source[0], frame[1] / source[1]
    scale = max(across, down) if fit == "fill" else min(across * room[0], down * room[1])
    width, height = round(source[0] * scale), round(source[1] * scale)
    if fit == "fill":
        # A pixel lost to rounding would leave a bare line at the edge of the frame.
        return max(width, frame[0]), max(height, frame[1])
    return max(width, 2), max(height, 2)


def fitted(
    fit: Fit,
    picture: Planes,
    frame: tuple[int, int],
    focus: tuple[float, float] | None = None,
    color: str | None = None,
) -> Planes:
    """A picture of `wanted_size` in the frame: cropped around ``focus`` (fractions of its size; None: the middle), on
    ``color`` (None: black), or over a blurred copy of itself."""
    if fit == "fill":
        left, top = (
            even(point * whole - part / 2, whole - part)
            for point, whole, part in zip(focus or (0.5, 0.5), planes.size(picture), frame, strict=True)
        )
        return planes.crop(picture, left, top, *frame)
    front = planes.middle(picture, *frame)
    width, height = planes.size(front)
    ground = ground_of(color, frame) if fit == "contain" else _ground(picture, (width, height), frame)
    place = planes.crop(ground, (frame[0] - width) // 4 * 2, (frame[1] - height) // 4 * 2, width, height)
    planes.copy(front, place)
    return ground


def ground_of(color: str | None, frame: tuple[int, int]) -> Planes:
    """A frame of one colour (``#rrggbb``; None: black)."""
    y, u, v = yuv(color or "#000000")
    return planes.blank(*frame, (round(y), round(u), round(v)))


def gradient(first: str | None, second: str, frame: tuple[int, int]) -> Planes:
    """A frame that goes over from one colour, at its upper left, into another, at its lower right."""
    width, height = frame

    def one(start: float, end: float, part: int) -> Plane:
        across = (np.arange(width // part, dtype=np.float32) + 0.5) * part / width
        down = (np.arange(height // part, dtype=np.float32) + 0.5) * part / height
        return _grained(np.asarray(start + (end - start) * (across[None] + down[:, None]) / 2, np.float32))

    colors = list(zip(yuv(first or "#000000"), yuv(second), strict=True))
    return one(*colors[0], 1), one(*colors[1], 2), one(*colors[2], 2)


def backdrop(picture: Planes, frame: tuple[int, int]) -> Planes:
    """A picture that covers the frame, out of focus and dimmed, for words to be read on."""
    small = _small(frame)
    y, u, v = planes.scale(planes.middle(picture, *frame), *small)
    return _soft((y, u, v), _BEHIND_BLUR, np.float32(_BEHIND_DIM), frame)


def even(value: float, most: int) -> int:
    """The nearest even number from 0 to ``most``: colour is kept for two pixels by two."""
    return min(max(round(value / 2) * 2, 0), most // 2 * 2)


def _ground(picture: Planes, front: tuple[int, int], frame: tuple[int, int]) -> Planes:
    """The picture covering the frame, blurred and dimmed, with the shadow of a front of that size.

    It is stretched, not cropped: then its sky is beside the sky, and its ground beside the ground.
    """
    width, height = planes.size(picture)
    shape = frame[0] / frame[1]
    longest = round(height * shape * _STRETCH), round(width / shape * _STRETCH)
    part = planes.middle(picture, max(2, longest[0]), max(2, longest[1]))
    small = _small(frame)
    light = _DIM * (1 - _SHADOW * _shadow(front, frame, small))
    return _soft(planes.scale(part, *small), _BLUR, light, frame)


def _small(frame: tuple[int, int]) -> tuple[int, int]:
    """The size at which a background for the frame is blurred."""
    return _SMALL, max(4, round(_SMALL * frame[1] / frame[0] / 2) * 2)


def _soft(picture: Planes, blur: float, light: np.float32 | Floats, frame: tuple[int, int]) -> Planes:
    """A small picture at the size of the frame, blurred, its luma times ``light``."""

    def one(plane: Plane, sigma: float, black: int, gain: float | np.float32 | Floats, part: int) -> Plane:
        soft = cv2.GaussianBlur(plane.astype(np.float32), (0, 0), sigma, borderType=cv2.BORDER_REPLICATE)
        size = frame[0] // part, frame[1] // part
        wide = cv2.resize(black + (soft - black) * gain, size, interpolation=cv2.INTER_LINEAR)
        return _grained(np.asarray(wide, np.float32))

    y, u, v = picture
    return one(y, blur, 16, light, 1), one(u, blur / 2, 128, _COLOR, 2), one(v, blur / 2, 128, _COLOR, 2)


def _grained(values: Floats) -> Plane:
    """Code values made whole. Rounded alike everywhere, so slow a slope would show as steps."""
    height, width = values.shape
    grain = np.tile(_grain(), (height // _GRAIN + 1, width // _GRAIN + 1))[:height, :width]
    return np.asarray(np.clip(cv2.add(values, grain), 0, 255), np.uint8)


@cache
def _grain() -> Floats:
    """What is added before a number is cut to a whole one: anything from 0 to 1, the same each time."""
    return np.asarray(np.random.default_rng(1).random((_GRAIN, _GRAIN)), np.float32)


def _shadow(front: tuple[int, int], frame: tuple[int, int], small: tuple[int, int]) -> Floats:
    """How much of the front's shadow lies where, 0 to 1: it lifts the picture off its own background."""
    mask = np.zeros(small[::-1], np.float32)
    width, height = round(front[0] * small[0] / frame[0]), round(front[1] * small[1] / frame[1])
    left, top = (small[0] - width) // 2, (small[1] - height) // 2
    mask[top : top + height, left : left + width] = 1
    return np.asarray(cv2.GaussianBlur(mask, (0, 0), _BLUR / 2, borderType=cv2.BORDER_REPLICATE), np.float32)
