"""The Ken Burns move: which window of the picture is on screen at a time. Pure geometry; `sampling` makes the pixels.

A move goes from one window of the picture to another, and every window on the way lies between the two. So what both of
them show is on screen all the time: no face is cut in the middle of a move when none is cut at its ends.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from nemovideo_mcp.timeline.layout import Box
from nemovideo_mcp.timeline.model import Motion

Size = tuple[float, float]
"""Width and height, in working pixels: those of the picture that a move travels over."""

FINER = 1.07
"""Working pixels per output pixel at the closest zoom: a little more than one, for sharpness and for quick sampling."""

_REACH, _BREATH = 0.13, 0.04
"""How much closer a move goes in `_USUAL` seconds; a picture that is shown whole only breathes."""
_TRAVEL = 0.16
"""How far a pan goes in that time, in frames (the root of width times height): 58 pixels a second in 1080p."""
_SWEEP = 0.2
"""How fast a pan goes over a picture that is shown piece by piece, in frames a second along the way: what comes in at one side is
seen for five seconds before it leaves at the other."""
_USUAL, _POWER = 4.0, 0.8
"""Longer clips move farther, but more slowly: by this power of their time, so that none of them rushes or crawls."""
_FARTHEST, _LIMIT = 0.28, 0.42
"""The most that a move goes closer at strength 1, and at any: beyond that too little of the picture is seen at once."""
_FLOAT = 0.97
"""The part of the frame that a whole picture takes at the closest: it never touches the edge, so it never seems to miss it."""
_SOFT = 0.2
"""The part of the move at each end that speeds up or slows down."""
_EYES = 0.42
"""Where faces are put in a frame that has the choice, from its top: in the middle a head looks sunk."""


_NEXT = 0.05
"""How far around a point of focus a picture is kept, as a fraction of its sides."""


class Rect(NamedTuple):
    """A window in working pixels (luma)."""

    x: float
    y: float
    width: float
    height: float

    def moved(self, dx: float, dy: float) -> "Rect":
        return Rect(self.x + dx, self.y + dy, self.width, self.height)


@dataclass(frozen=True, slots=True)
class Move:
    """From one window to another of the same shape."""

    start: Rect
    end: Rect

    @property
    def still(self) -> bool:
        return max(abs(a - b) for a, b in zip(self.start, self.end, strict=True)) < 0.01

    def moved(self, dx: float, dy: float) -> "Move":
        return Move(self.start.moved(dx, dy), self.end.moved(dx, dy))


@dataclass(frozen=True, slots=True)
class Subject:
    """What a picture is about, as fractions of its width and height: a point, and the faces, the largest first."""

    point: tuple[float, float] = (0.5, 0.5)
    faces: tuple[Box, ...] = ()


def around(x: float, y: float) -> Subject:
    """A point that stays in the picture, and what lies next to it."""
    x, y = min(1.0, max(0.0, x)), min(1.0, max(0.0, y))
    near = (max(0.0, x - _NEXT), max(0.0, y - _NEXT), min(1.0, x + _NEXT), min(1.0, y + _NEXT))
    return Subject((x, y), (near,))


@dataclass(frozen=True, slots=True)
class Wish:
    """A move as it is wanted: which, for how many ``seconds`` on screen, how strong (0 to 2), and whether the picture is
    shown ``whole``, with a margin to move in, or fills the frame. A pan that ``sweeps`` shows a long picture piece by piece."""

    motion: Motion
    seconds: float
    strength: float = 1.0
    whole: bool = False
    sweeps: bool = False

    @property
    def zoom(self) -> float:
        """The closest zoom; 1 shows as much as the frame can hold."""
        if self.motion == "none":
            return 1.0
        reach = min(_FARTHEST, (_BREATH if self.whole else _REACH) * self._time)
        return 1 + min(_LIMIT, reach * self.strength)

    @property
    def density(self) -> float:
        """Working pixels per output pixel at zoom 1 that keep the move sharp to its end; 1 for a picture that stands still."""
        if self.zoom == 1:
            return 1.0
        return FINER if self.sweeps else self.zoom * FINER

    @property
    def room(self) -> tuple[float, float]:
        """The parts of the frame's width and height, at zoom 1, for a picture that is to be seen whole all the time."""
        if self.zoom == 1:
            return 1.0, 1.0
        across, down = _direction(self.motion)
        seen = 1 / self.zoom
        return _FLOAT * (seen - (1 - seen) * abs(across)), _FLOAT * (seen - (1 - seen) * abs(down))

    @property
    def _time(self) -> float:
        return math.pow(self.seconds / _USUAL, _POWER)

    def move(self, picture: Size, frame: Size, subject: Subject | None = None) -> Move:
        """The move over a picture that is at least as large as the frame (both in working pixels, at zoom 1).

        Zooms go towards the subject and away from it, pans go to it. Faces stay inside all the time: the move gets smaller
        where it must. Where not all of them can be seen at once, those are that take the most room together.
        """
        subject = subject or Subject()
        far = _Framing(picture, frame, subject)
        if self.zoom == 1:
            return Move(far.middle, far.middle)
        zoom = min(self.zoom, far.closest)
        near = far.closer(zoom)
        if self.motion == "zoom_in":
            return Move(far.middle, near.middle)
        if self.motion == "zoom_out":
            return Move(near.middle, far.middle)
        across, down = _direction(self.motion)
        if self.sweeps:
            return far.sweep(across, down, _SWEEP * self.seconds * self.strength)
        travel = (
            _TRAVEL * self._time * self.strength * math.sqrt(near.frame[0] * near.frame[1]) / math.hypot(across, down)
        )
        x, y = near.path(0, across, travel), near.path(1, down, travel)
        return Move(Rect(x[0], y[0], *near.frame), Rect(x[1], y[1], *near.frame))


class _Framing:
    """The windows of one size into a picture that show what must be seen."""

    def __init__(self, picture: Size, frame: Size, subject: Subject, kept: Sequence[Box] | None = None) -> None:
        self.picture, self.frame, self._subject = picture, frame, subject
        self._kept = _together(subject.faces, (frame[0] / picture[0], frame[1] / picture[1])) if kept is None else kept
        self._keep = _around(self._kept)

    @property
    def closest(self) -> float:
        """How much smaller the window may be and still show all that is kept."""
        if self._keep is None:
            return math.inf
        sides = [(self._keep[axis + 2] - self._keep[axis]) * self.picture[axis] for axis in (0, 1)]
        return max(1.0, min(self.frame[axis] / max(1e-9, sides[axis]) for axis in (0, 1)))

    def closer(self, zoom: float) -> "_Framing":
        return _Framing(self.picture, (self.frame[0] / zoom, self.frame[1] / zoom), self._subject, self._kept)

    @property
    def middle(self) -> Rect:
        """The window with the subject in the middle, or as near to that as the picture allows."""
        return Rect(self._best(0), self._best(1), *self.frame)

    def path(self, axis: int, direction: int, travel: float) -> tuple[float, float]:
        """From where to where the window goes along an axis (0 across, 1 down): to the subject if there is way for it."""
        # Where there is much to be seen beside the frame, more of it is shown.
        return self._way(axis, direction, travel * (1 + min(1.0, self.picture[axis] / self.frame[axis] - 1)))

    def sweep(self, across: int, down: int, frames: float) -> Move:
        """Over so many frames of the picture, or all of it, towards the subject; faces come and go with the rest."""
        free = _Framing(self.picture, self.frame, self._subject, ())
        ends = [free._way(axis, way, frames * self.frame[axis]) for axis, way in ((0, across), (1, down))]
        return Move(*(Rect(ends[0][n], ends[1][n], *self.frame) for n in (0, 1)))

    def _way(self, axis: int, direction: int, travel: float) -> tuple[float, float]:
        first, last = self._bounds(axis)
        best = self._best(axis)
        if not direction:
            return best, best
        travel = min(last - first, travel)
        if direction > 0:
            end = max(best, first + travel)
            return end - travel, end
        end = min(best, last - travel)
        return end + travel, end

    def _bounds(self, axis: int) -> tuple[float, float]:
        """The first and the last place of the window along an axis."""
        first, last = 0.0, max(0.0, self.picture[axis] - self.frame[axis])
        if self._keep is not None:
            low, high = (self._keep[axis + end] * self.picture[axis] for end in (0, 2))
            first, last = max(first, high - self.frame[axis]), min(last, low)
        # When what is kept fills the window to a rounding error, they may cross.
        return min(first, last), max(first, last)

    def _best(self, axis: int) -> float:
        first, last = self._bounds(axis)
        share = _EYES if axis == 1 and self._keep is not None else 0.5
        point = self._subject.point if self._keep is None else _center(self._keep)
        return min(max(point[axis] * self.picture[axis] - share * self.frame[axis], first), last)


def _together(faces: Sequence[Box], window: Size) -> tuple[Box, ...]:
    """The faces that a window of this size (as fractions of the picture) can show at once: those that take the most room."""
    groups = [_with(first, faces, window) for first in faces]
    return max(groups, key=lambda group: sum((face[2] - face[0]) * (face[3] - face[1]) for face in group), default=())


def _with(first: Box, faces: Sequence[Box], window: Size) -> tuple[Box, ...]:
    """One face and those that can be shown with it, the largest first; none if it is too large itself."""
    kept: tuple[Box, ...] = ()
    for face in (first, *faces):
        around = _around((*kept, face))
        assert around is not None
        if face not in kept and around[2] - around[0] <= window[0] and around[3] - around[1] <= window[1]:
            kept = (*kept, face)
    return kept if first in kept else ()


def _around(boxes: Sequence[Box]) -> Box | None:
    if not boxes:
        return None
    left, top, right, bottom = zip(*boxes, strict=True)
    return min(left), min(top), max(right), max(bottom)


def _center(box: Box) -> tuple[float, float]:
    return (box[0] + box[2]) / 2, (box[1] + box[3]) / 2


def _direction(motion: Motion) -> tuple[int, int]:
    """Where the window goes: -1, 0 or 1 across and down."""
    ways = motion.split("_")[1:] if motion.startswith("pan_") else []
    return ("right" in ways) - ("left" in ways), ("down" in ways) - ("up" in ways)


def ease(t: float) -> float:
    """Even speed with soft ends: the speed rises over the first `_SOFT` of the move and falls over the last."""
    if t < _SOFT:
        return t * t / (2 * _SOFT * (1 - _SOFT))
    if t > 1 - _SOFT:
        return 1 - (1 - t) ** 2 / (2 * _SOFT * (1 - _SOFT))
    return (t - _SOFT / 2) / (1 - _SOFT)


def window_at(move: Move, t: float) -> Rect:
    """The window at ``t`` (0 to 1)."""
    e = ease(min(1.0, max(0.0, t)))
    start, end = move.start, move.end
    share = e
    if abs(end.width - start.width) > 1e-6 * start.width:
        # A zoom feels even when each second multiplies by the same factor. Its other numbers follow the width, so that
        # one point of the picture stands still.
        share = (start.width * (end.width / start.width) ** e - start.width) / (end.width - start.width)
    return Rect(*(a + (b - a) * share for a, b in zip(start, end, strict=True)))
