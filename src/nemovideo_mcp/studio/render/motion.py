"""The Ken Burns move: which window of the picture is on screen at a time, and its pixels, without shaking.

A move is slow, a fraction of a pixel a frame, so the window lies between pixels, and every frame must hit its place to about
a twentieth of a pixel. ``cv2.warpAffine`` does that in 5 to 10 ms for a plane of 1080p. ``cv2.resize`` takes a quarter of that
but knows whole pixels only; `_lattice` finds a whole-pixel window and overscan whose result, cut to size, lands on the
wanted place all the same. Where there is none within `_TOLERANCE`, ``warpAffine`` does the frame.
"""

from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

from nemovideo_mcp.studio.render.planes import Plane, Planes, size
from nemovideo_mcp.timeline.model import Fit, Motion

MARGIN = 64
"""Repeated edge pixels around the luma plane (half for chroma): room for the overscan where the window touches the edge."""

# One plane is too little work to share out, and the encoder wants the other cores.
cv2.setNumThreads(1)

_OVERSCAN = 32
_TOLERANCE = 0.06
_FINER = 1.07
"""Working pixels per output pixel at the closest zoom: a little more than one, for sharpness and for the lattice."""

_ZOOM_PER_SECOND, _LEAST_ZOOM, _MOST_ZOOM = 0.04, 0.05, 0.14
_BREATH = 0.04
"""How far a picture that is shown whole zooms: it only breathes."""
_PAN_PER_SECOND = 0.06
"""The fastest pan, in frames' widths (or heights) a second."""
_SOFT = 0.2
"""The part of the move at each end that speeds up or slows down."""


class Rect(NamedTuple):
    """A window in working pixels (luma)."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Move:
    """From and to: zoom (1 shows all), and the window's place as a part of the way it could go, across and down."""

    zoom: tuple[float, float] = (1.0, 1.0)
    across: tuple[float, float] = (0.5, 0.5)
    down: tuple[float, float] = (0.5, 0.5)

    @property
    def closest(self) -> float:
        return max(self.zoom)

    @property
    def still(self) -> bool:
        return self == Move()


def density(motion: Motion, fit: Fit, seconds: float) -> float:
    """Working pixels per output pixel at zoom 1 that keep the move sharp to its end; 1 for a picture that stands still."""
    return 1.0 if motion == "none" else (1 + zoom_amount(fit, seconds)) * _FINER


def zoom_amount(fit: Fit, seconds: float) -> float:
    """How much closer the move goes: more for a longer clip, so that short ones are not hectic."""
    if fit != "fill":
        return _BREATH
    return min(_MOST_ZOOM, max(_LEAST_ZOOM, _ZOOM_PER_SECOND * seconds))


def move_for(motion: Motion, fit: Fit, seconds: float, overhang: tuple[float, float]) -> Move:
    """The move of a clip that can be seen for ``seconds``.

    ``overhang`` is how much larger the picture is than the frame, across and down, at zoom 1, in frames' widths and heights
    (0 where it just fits).
    """
    close = 1 + zoom_amount(fit, seconds)
    if motion == "zoom_in":
        return Move(zoom=(1.0, close))
    if motion == "zoom_out":
        return Move(zoom=(close, 1.0))
    if motion == "none":
        return Move()
    horizontal = motion in ("pan_left", "pan_right")
    # At zoom z the picture is z times as wide in frames; what is beyond the frame is the way that the window can go.
    way = (1 + overhang[0 if horizontal else 1]) * close - 1
    part = min(1.0, max(_MOST_ZOOM, _PAN_PER_SECOND * seconds) / way) / 2
    ends = (0.5 - part, 0.5 + part)
    if motion in ("pan_left", "pan_up"):
        ends = ends[::-1]
    return Move(zoom=(close, close), across=ends) if horizontal else Move(zoom=(close, close), down=ends)


def ease(t: float) -> float:
    """Even speed with soft ends: the speed rises over the first `_SOFT` of the move and falls over the last."""
    if t < _SOFT:
        return t * t / (2 * _SOFT * (1 - _SOFT))
    if t > 1 - _SOFT:
        return 1 - (1 - t) ** 2 / (2 * _SOFT * (1 - _SOFT))
    return (t - _SOFT / 2) / (1 - _SOFT)


def window_at(move: Move, t: float, frame: tuple[int, int], picture: tuple[int, int], density: float) -> Rect:
    """The window at ``t`` (0 to 1) into a picture of that size, for a frame of that size (both luma pixels)."""
    e = ease(min(1.0, max(0.0, t)))
    # A zoom feels even when each second multiplies by the same factor.
    zoom = move.zoom[0] * (move.zoom[1] / move.zoom[0]) ** e
    width, height = frame[0] * density / zoom, frame[1] * density / zoom
    across = move.across[0] + (move.across[1] - move.across[0]) * e
    down = move.down[0] + (move.down[1] - move.down[0]) * e
    return Rect((picture[0] - width) * across, (picture[1] - height) * down, width, height)


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


def overhang(picture: Planes, frame: tuple[int, int], density: float) -> tuple[float, float]:
    """How much larger than the frame the picture is, in frames' widths and heights."""
    width, height = size(picture)
    return max(0.0, width / (frame[0] * density) - 1), max(0.0, height / (frame[1] * density) - 1)
