"""What each clip shows at a frame, and the store that loads clips just before they are needed."""

import math
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Protocol

from nemovideo_mcp.media.errors import MediaError
from nemovideo_mcp.studio.render import decode, planes
from nemovideo_mcp.studio.render.fit import even, fitted, ground_of, wanted_size
from nemovideo_mcp.studio.render.footage import Footage
from nemovideo_mcp.studio.render.job import RenderError
from nemovideo_mcp.studio.render.look import graded
from nemovideo_mcp.studio.render.motion import Move, Subject, Wish, around, window_at
from nemovideo_mcp.studio.render.plan import Placed, Plan, half_of, halves_of
from nemovideo_mcp.studio.render.planes import Planes
from nemovideo_mcp.studio.render.sampling import Scratch, with_margin
from nemovideo_mcp.studio.render.subject import find
from nemovideo_mcp.timeline.layout import fit_of
from nemovideo_mcp.timeline.model import Canvas, Clip


class Source(Protocol):
    """A clip that can be drawn at any frame where it can be seen; the planes are valid until the next call."""

    still: bool
    """Whether it looks the same at every frame."""

    def at(self, n: int, scratch: Scratch) -> Planes: ...

    def close(self) -> None: ...


class Photo:
    """A photo, moving or not."""

    def __init__(self, path: Path, placed: Placed, canvas: Canvas) -> None:
        clip, fit, frame = placed.clip, placed.fit, (canvas.width, canvas.height)
        wish = Wish(placed.motion, (placed.last - placed.first) / canvas.fps, clip.strength, whole=fit != "fill")
        working = _working(frame, wish)
        raw = decode.photo(path, lambda width, height: wanted_size(fit, (width, height), working, wish.room))
        subject = _subject(raw, clip, wish, working)
        if not wish.whole and fit_of(clip, canvas, subject.faces) != fit:
            # Now that the faces are known it turns out that to fill the frame would cut one.
            fit, wish = "blur", replace(wish, whole=True)
            working = _working(frame, wish)
            width, height = wanted_size(fit, planes.size(raw), working, wish.room)
            raw = planes.scale(raw, _even(width), _even(height))
        picture = graded(raw, clip.look)
        if wish.whole:
            picture = fitted(fit, picture, working, color=clip.background)
        move = wish.move(planes.size(picture), working, subject)
        self._placed = placed
        self.still = move.still
        picture, self._move = _shown(picture, move)
        if self.still:
            self._planes = picture if planes.size(picture) == frame else planes.scale(picture, *frame)
        else:
            self._planes = with_margin(picture)

    def at(self, n: int, scratch: Scratch) -> Planes:
        if self.still:
            return self._planes
        placed = self._placed
        t = (n - placed.first) / max(1, placed.last - placed.first - 1)
        return scratch.sample(self._planes, window_at(self._move, t))

    def close(self) -> None:
        """Nothing is open."""


class Pair:
    """Two pictures side by side, each in its half of the frame, moving as one."""

    def __init__(self, halves: tuple[Source, Source], canvas: Canvas, color: str | None) -> None:
        self._halves = halves
        self._scratch = Scratch(half_of(canvas).width, canvas.height)
        self._planes = ground_of(color, (canvas.width, canvas.height))
        self.still = all(half.still for half in halves)
        self._drawn = False

    def at(self, n: int, scratch: Scratch) -> Planes:
        if not (self.still and self._drawn):
            width, height = self._scratch.frame
            for half, left in zip(self._halves, (0, planes.size(self._planes)[0] - width), strict=True):
                planes.copy(half.at(n, self._scratch), planes.crop(self._planes, left, 0, width, height))
            self._drawn = True
        return self._planes

    def close(self) -> None:
        for half in self._halves:
            half.close()


class Video:
    """A piece of a video at the film's frame rate; before its piece it holds the first frame, after its end the last."""

    still = False

    def __init__(self, path: Path, placed: Placed, canvas: Canvas) -> None:
        self._placed = placed
        self._canvas = canvas
        self._frame = (canvas.width, canvas.height)
        self._footage = Footage(path, self._fitted, self._laid)

    def at(self, n: int, scratch: Scratch) -> Planes:
        clip, fps = self._placed.clip, self._canvas.fps
        begin, end = clip.in_ms / 1000, (clip.in_ms + clip.duration_ms) / 1000 - 0.5 / fps
        seconds = begin + (n + 0.5 - self._placed.start) / fps
        # The handles of a transition must not show what was cut away: they hold the first and the last frame.
        return self._footage.at(max(begin, min(seconds, end)))

    def close(self) -> None:
        self._footage.close()

    def _fitted(self, width: int, height: int) -> tuple[int, int]:
        return wanted_size(self._placed.fit, (width, height), self._frame)

    def _laid(self, picture: Planes) -> Planes:
        clip = self._placed.clip
        return graded(fitted(self._placed.fit, picture, self._frame, clip.focus, clip.background), clip.look)


class Gallery:
    """The sources of a film. With ``ahead``, the next clip is loaded in a thread while this one is shown."""

    def __init__(self, plan: Plan, files: Mapping[str, Path], *, ahead: bool) -> None:
        self._plan, self._files, self._ahead = plan, files, ahead
        self._loading: dict[int, Future[Source]] = {}
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="photos")

    def __enter__(self) -> "Gallery":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pool.shutdown(wait=True, cancel_futures=True)
        self._keep(range(0))

    def get(self, index: int) -> Source:
        """The source of the clip at ``index``.

        Raises:
            RenderError: its file cannot be used; the reason names it.
        """
        # In a transition the clip before and the clip after are asked for in turn: neither may push out the third.
        self._keep(range(index - 1, index + 3))
        source = self._load(index)
        if self._ahead and index + 1 < len(self._plan.placed):
            self._load(index + 1)
        return source.result()

    def _load(self, index: int) -> Future[Source]:
        if index not in self._loading:
            self._loading[index] = self._pool.submit(self._open, self._plan.placed[index])
        return self._loading[index]

    def _open(self, placed: Placed) -> Source:
        if placed.clip.beside is None:
            return self._one(placed, self._plan.canvas)
        left, right = halves_of(placed, self._plan.canvas)
        half = half_of(self._plan.canvas)
        return Pair((self._one(left, half), self._one(right, half)), self._plan.canvas, placed.clip.background)

    def _one(self, placed: Placed, canvas: Canvas) -> Source:
        kind = Video if placed.clip.kind == "video" else Photo
        try:
            return kind(self._files[placed.clip.media], placed, canvas)
        except MediaError as error:
            raise RenderError(f"The film cannot be rendered: {placed.label} {error.reason}.") from error
        except OSError as error:
            raise RenderError(f"The film cannot be rendered: {placed.label} cannot be read: {error}.") from error

    def _keep(self, indexes: range) -> None:
        for index in [i for i in self._loading if i not in indexes]:
            future = self._loading.pop(index)
            if not future.cancel() and future.exception() is None:
                future.result().close()


def _working(frame: tuple[int, int], wish: Wish) -> tuple[int, int]:
    return _even(frame[0] * wish.density), _even(frame[1] * wish.density)


def _subject(raw: Planes, clip: Clip, wish: Wish, working: tuple[int, int]) -> Subject:
    """What the picture must not lose, looked for only where it could."""
    if wish.whole:
        return Subject()
    width, height = planes.size(raw)
    if clip.focus is not None:
        # A picture that was cut to its middle is not as long as the one that the fractions are of.
        long = max(1.0, clip.width / max(1, clip.height) * height / width)
        high = max(1.0, clip.height / max(1, clip.width) * width / height)
        return around((clip.focus[0] - 0.5) * long + 0.5, (clip.focus[1] - 0.5) * high + 0.5)
    if wish.zoom == 1 and max(width - working[0], height - working[1]) <= 2:
        return Subject()
    return find(raw)


def _shown(picture: Planes, move: Move) -> tuple[Planes, Move]:
    """The part of the picture that the move goes over, and the move over that part."""
    (left, width), (top, height) = (_span(move, axis, planes.size(picture)[axis]) for axis in (0, 1))
    return planes.crop(picture, left, top, width, height), move.moved(-left, -top)


def _span(move: Move, axis: int, whole: int) -> tuple[int, int]:
    """The even pixels that the move goes over along an axis (0 across, 1 down): the first, and how many."""
    starts = move.start[axis], move.end[axis]
    if move.still:
        length = even(move.start[axis + 2], whole)
        return even(starts[0], whole - length), length
    ends = (start + window[axis + 2] for start, window in zip(starts, (move.start, move.end), strict=True))
    first = int(min(starts)) // 2 * 2
    return first, min(whole, math.ceil(max(ends) / 2) * 2) - first


def _even(value: float) -> int:
    return round(value / 2) * 2
