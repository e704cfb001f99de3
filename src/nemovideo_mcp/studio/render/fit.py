"""How a picture meets the frame: cropped to fill it, whole on black, or whole over a blurred copy of itself.

Each fit answers with the planes that a move then travels over, foreground and background in one piece: so the edges of the
foreground are sampled between pixels like everything else.
"""

from typing import TypeAlias

import cv2
import numpy as np
import numpy.typing as npt

from nemovideo_mcp.studio.render import planes
from nemovideo_mcp.studio.render.planes import Code, Plane, Planes
from nemovideo_mcp.timeline.model import Fit

Floats: TypeAlias = npt.NDArray[np.float32]

_WIDEST = 1.75
"""How much of an overhang is kept for a pan, in frames: more would pan too fast or never be seen."""
_SMALL = 240
"""Width of the picture that is blurred: a blur needs no detail, and at a tenth of the size costs a hundredth."""
_BLUR = _SMALL / 36
_SHADOW = 0.5
_DIM, _FADE = 0.55, 0.65
"""What is left of the background's luma and colour: it must not compete with the picture."""


def wanted_size(fit: Fit, source: tuple[int, int], frame: tuple[int, int]) -> tuple[int, int]:
    """The size at which a source fills the frame, or fits into it."""
    across, down = frame[0] / source[0], frame[1] / source[1]
    scale = max(across, down) if fit == "fill" else min(across, down)
    width, height = round(source[0] * scale), round(source[1] * scale)
    if fit == "fill":
        # A pixel lost to rounding would leave a bare line at the edge of the frame.
        return max(width, frame[0]), max(height, frame[1])
    return max(width, 2), max(height, 2)


def fitted(fit: Fit, picture: Planes, frame: tuple[int, int], beside: Code = planes.BLACK) -> Planes:
    """A picture of `wanted_size` as planes that cover the frame: exactly its size, or with an overhang when it fills.

    ``beside`` is the colour around a contained one.
    """
    if fit == "fill":
        width, height = planes.size(picture)
        return planes.middle(picture, _kept(width, frame[0]), _kept(height, frame[1]))
    front = planes.middle(picture, *frame)
    ground = planes.blank(*frame, beside) if fit == "contain" else _ground(picture, planes.size(front), frame)
    width, height = planes.size(front)
    place = planes.crop(ground, (frame[0] - width) // 4 * 2, (frame[1] - height) // 4 * 2, width, height)
    planes.copy(front, place)
    return ground


def _kept(have: int, frame: int) -> int:
    """How much of a side is kept; what is cut off is a multiple of four, so that the middle stays the middle in 4:2:0."""
    return have - max(0, have - round(frame * _WIDEST)) // 4 * 4


def _ground(picture: Planes, front: tuple[int, int], frame: tuple[int, int]) -> Planes:
    """The middle of the picture covering the frame, blurred and dimmed, with the shadow of a front of that size."""
    width, height = planes.size(picture)
    scale = min(width / frame[0], height / frame[1])
    part = planes.middle(picture, max(2, round(frame[0] * scale)), max(2, round(frame[1] * scale)))
    small = (_SMALL, max(4, round(_SMALL * frame[1] / frame[0] / 2) * 2))
    y, u, v = planes.scale(part, *small)
    light = _DIM * (1 - _SHADOW * _shadow(front, frame, small))

    def one(plane: Plane, sigma: float, black: int, gain: float | Floats) -> Plane:
        soft = cv2.GaussianBlur(plane.astype(np.float32), (0, 0), sigma, borderType=cv2.BORDER_REPLICATE)
        return np.asarray(np.clip(black + (soft - black) * gain + 0.5, 0, 255), np.uint8)

    blurred = one(y, _BLUR, 16, light), one(u, _BLUR / 2, 128, _FADE), one(v, _BLUR / 2, 128, _FADE)
    return planes.scale(blurred, *frame)


def _shadow(front: tuple[int, int], frame: tuple[int, int], small: tuple[int, int]) -> Floats:
    """How much of the front's shadow lies where, 0 to 1: it lifts the picture off its own background."""
    mask = np.zeros(small[::-1], np.float32)
    width, height = round(front[0] * small[0] / frame[0]), round(front[1] * small[1] / frame[1])
    left, top = (small[0] - width) // 2, (small[1] - height) // 2
    mask[top : top + height, left : left + width] = 1
    return np.asarray(cv2.GaussianBlur(mask, (0, 0), _BLUR / 2, borderType=cv2.BORDER_REPLICATE), np.float32)
