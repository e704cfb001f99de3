"""The pixels of a window into a picture, at the size of the frame, without shaking.

A move is slow, a fraction of a pixel a frame, so the window lies between pixels, and every frame must hit its place to about
a twentieth of a pixel. ``cv2.warpAffine`` does that in 5 to 10 ms for a plane of 1080p. ``cv2.resize`` takes a quarter of that
but knows whole pixels only; `_lattice` finds a whole-pixel window and overscan whose result, cut to size, lands on the
wanted place all the same. Where there is none within `_TOLERANCE`, ``warpAffine`` does the frame.
"""

from functools import cache
from typing import NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

from nemovideo_mcp.studio.render.motion import Rect
from nemovideo_mcp.studio.render.planes import Plane, Planes

MARGIN = 64
"""Repeated edge pixels around the luma plane (half for chroma): room for the overscan where the window touches the edge."""

# One plane is too little work to share out, and the encoder wants the other cores.
cv2.setNumThreads(1)
# Where OpenCV carries Intel's IPP, its resize takes half the time and is nearer to the true values than OpenCV's own, which it is
# not bound to bit by bit.
cv2.ipp.setUseIPP_NotExact(True)

_OVERSCAN = 32
_TOLERANCE = 0.06


def with_margin(picture: Planes) -> Planes:
    """The planes with `MARGIN` around them, as `Sampler` wants them."""

    def one(plane: Plane, margin: int) -> Plane:
        return np.asarray(cv2.copyMakeBorder(plane, margin, margin, margin, margin, cv2.BORDER_REPLICATE), np.uint8)

    return one(picture[0], MARGIN), one(picture[1], MARGIN // 2), one(picture[2], MARGIN // 2)


class Scratch:
    """Room for one frame with overscan, reused from frame to frame."""

    def __init__(self, width: int, height: int) -> None:
        self.frame = (width, height)
        self._planes = tuple(
            np.empty((h + _OVERSCAN, w + _OVERSCAN), np.uint8)
            for w, h in ((width, height), (width // 2, height // 2), (width // 2, height // 2))
        )

    def sample(self, picture: Planes, window: Rect) -> Planes:
        """The window of the picture (with margin), at frame size. Valid until the next call."""
        out = []
        width, height = self.frame
        for index, (plane, room) in enumerate(zip(picture, self._planes, strict=True)):
            half = 2 if index else 1
            margin = MARGIN // half
            if index < 2:
                across = _Axis(window.width / width, window.x / half + margin, width // half, plane.shape[1])
                down = _Axis(window.height / height, window.y / half + margin, height // half, plane.shape[0])
                lattices = _lattice(across), _lattice(down)
            out.append(_sampled(plane, room, across, down, *lattices))
        return out[0], out[1], out[2]


class _Axis(NamedTuple):
    """One axis of a sampling: output pixel x lies at scale · (x + ½) − ½ + offset of the source (length in pixels)."""

    scale: float
    offset: float
    pixels: int
    length: int


class _Lattice(NamedTuple):
    """Source pixels start…start+taken, resized to ``made`` pixels, of which ``skip``…skip+count are the frame."""

    start: int
    taken: int
    made: int
    skip: int


def _sampled(
    plane: Plane, room: Plane, across: _Axis, down: _Axis, columns: _Lattice | None, rows: _Lattice | None
) -> Plane:
    if columns and rows:
        source = plane[rows.start : rows.start + rows.taken, columns.start : columns.start + columns.taken]
        made = room[: rows.made, : columns.made]
        cv2.resize(source, (columns.made, rows.made), dst=made, interpolation=cv2.INTER_LINEAR)
        return made[rows.skip : rows.skip + down.pixels, columns.skip : columns.skip + across.pixels]
    made = room[: down.pixels, : across.pixels]
    matrix = np.array(
        [
            [across.scale, 0, across.offset + across.scale / 2 - 0.5],
            [0, down.scale, down.offset + down.scale / 2 - 0.5],
        ]
    )
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    cv2.warpAffine(plane, matrix, (across.pixels, down.pixels), dst=made, flags=flags, borderMode=cv2.BORDER_REPLICATE)
    return made


@cache
def _grid(count: int) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64], npt.NDArray[np.bool_]]:
    """All overscans and all cuts for an axis of ``count`` pixels; and which pairs cannot be, the cut being too far in."""
    made = np.arange(count, count + _OVERSCAN + 1, dtype=np.float64)[:, None]
    skip = np.arange(0, _OVERSCAN + 1, dtype=np.float64)[None, :]
    return made, skip, skip > made - count


def _lattice(axis: _Axis) -> _Lattice | None:
    """The whole-pixel resize that comes closest to ``axis``; None when it misses by more than `_TOLERANCE` pixels."""
    scale, offset, count, length = axis
    made, skip, impossible = _grid(count)
    taken = np.rint(scale * made)
    step = taken / made
    # Where output pixel 0 lands, before the source window is moved by whole pixels to bring the middle into place.
    first = (skip + 0.5) * step - 0.5 - (0.5 * scale - 0.5 + offset)
    drift = (step - scale) * (count - 1)
    start = np.rint(-(first + drift / 2))
    miss = np.maximum(np.abs(first + start), np.abs(first + start + drift))
    miss[impossible | (start < 0) | (start + taken > length)] = np.inf
    best = int(np.argmin(miss))
    row, column = divmod(best, miss.shape[1])
    if miss[row, column] > _TOLERANCE:
        return None
    return _Lattice(int(start[row, column]), int(taken[row, 0]), int(made[row, 0]), column)
