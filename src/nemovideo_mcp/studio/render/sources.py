"""What each clip shows at a frame, and the store that loads clips just before they are needed."""

import math
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Protocol

from nemovideo_mcp.media import pictures
from nemovideo_mcp.media.errors import MediaError
from nemovideo_mcp.studio.render import decode, planes
from nemovideo_mcp.studio.render.animation import Animation
from nemovideo_mcp.studio.render.card import Card
from nemovideo_mcp.studio.render.fit import even, fitted, ground_of, wanted_size
from nemovideo_mcp.studio.render.footage import Footage
from nemovideo_mcp.studio.render.job import RenderError
from nemovideo_mcp.studio.render.look import graded
from nemovideo_mcp.studio.render.motion import Move, Subject, Wish, around, window_at
from nemovideo_mcp.studio.render.plan import Placed, Plan, half_of, halves_of
from nemovideo_mcp.studio.render.planes import Planes
from nemovideo_mcp.studio.render.sampling import Scratch, with_margin
from nemovideo_mcp.studio.render.subject import find
from nemovideo_mcp.studio.render.text import yuv
from nemovideo_mcp.timeline.layout import fit_of, is_long, sweeps
from nemovideo_mcp.timeline.model import Canvas, Clip

_AIR = 0.84
"""The part of the frame's sides that a logo fills."""
_SHORT = 0.25
"""Seconds that a last picture may stay without a word: lengths in headers are not exact."""


class Source(Protocol):
    """A clip that can be drawn at any frame where it can be seen; the planes are valid until the next call."""

    still: bool
    """Whether it looks the same at every frame."""

    @property
    def notes(self) -> Sequence[str]:
        """What could not be shown as it should, so far; each completes the clip's name."""
        ...

    def at(self, n: int, scratch: Scratch) -> Planes: ...

    def close(self) -> None: ...


class Photo:
    """A photo, moving or not."""

    notes: Sequence[str] = ()

    def __init__(self, path: Path, placed: Placed, canvas: Canvas) -> None:
        ground = decode.ground(path, placed.clip.background)
        placed = as_drawn(placed, ground)
        clip, fit, frame = placed.clip, placed.fit, (canvas.width, canvas.height)
        long = fit == "fill" and sweeps(placed.motion, clip, canvas)
        seconds = (placed.last - placed.first) / canvas.fps
        wish = Wish(placed.motion, seconds, clip.strength, whole=fit != "fill", sweeps=long)
        working = _working(frame, wish)
        room = room_for(placed, ground, working)
        raw = decode.photo(path, lambda w, h: wanted_size(fit, (w, h), room, wish.room), ground or "#000000")
        subject = _subject(raw, clip, wish, working)
        if not wish.whole and ground is None and fit_of(clip, canvas, subject.faces) != fit:
            # Now that the faces are known it turns out that to fill the frame would cut one.
            fit, wish = "blur", replace(wish, whole=True)
            working = _working(frame, wish)
            width, height = wanted_size(fit, planes.size(raw), working, wish.room)
            raw = planes.scale(raw, _even(width), _even(height))
        # The look is for what a cut-out lies on, too: its edges must not show.
        picture = raw if ground else graded(raw, clip.look)
        if wish.whole:
            picture = fitted(fit, picture, working, color=ground or clip.background)
        if ground:
            picture = graded(picture, clip.look)
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

    @property
    def notes(self) -> Sequence[str]:
        return [note for half in self._halves for note in half.notes]

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


class Animated:
    """A picture that moves by itself: it plays at its own rate, over and over, from the moment it can be seen."""

    still = False

    def __init__(self, path: Path, placed: Placed, canvas: Canvas) -> None:
        self._ground = decode.ground(path, placed.clip.background)
        if placed.clip.fit == "auto" and is_long(placed.clip, canvas):
            # Nothing pans over it, so it is shown whole.
            placed = replace(placed, fit="blur")
        self._placed = as_drawn(placed, self._ground)
        self._fps = canvas.fps
        self._frame = (canvas.width, canvas.height)
        self._room = room_for(placed, self._ground, self._frame)
        self._animation = Animation(path, self._fitted, self._laid, self._ground or "#000000")

    @property
    def notes(self) -> Sequence[str]:
        return ("is broken in the middle: the frames before that place are played.",) if self._animation.broken else ()

    def at(self, n: int, scratch: Scratch) -> Planes:
        return self._animation.at((n + 0.5 - self._placed.first) / self._fps * self._placed.clip.speed)

    def close(self) -> None:
        self._animation.close()

    def _fitted(self, width: int, height: int) -> tuple[int, int]:
        return wanted_size(self._placed.fit, (width, height), self._room)

    def _laid(self, picture: Planes) -> Planes:
        clip = self._placed.clip
        color = self._ground or clip.background
        return graded(fitted(self._placed.fit, picture, self._frame, clip.focus, color), clip.look)


class Video:
    """A piece of a video at the film's frame rate; before its piece it holds the first frame, after its end the last."""

    still = False

    def __init__(self, path: Path, placed: Placed, canvas: Canvas) -> None:
        self._placed = placed
        self._canvas = canvas
        self._frame = (canvas.width, canvas.height)
        under = yuv(placed.clip.background or "#000000")
        self._footage = Footage(path, self._fitted, self._laid, ground=under, start=placed.clip.in_ms / 1000)

    @property
    def notes(self) -> Sequence[str]:
        clip, found = self._placed.clip, []
        if self._footage.damaged:
            found.append("is damaged in places: there the last good picture stays on screen.")
        missing = 0.0 if self._footage.ends is None else (self._end - self._footage.ends) / clip.speed
        if missing > _SHORT:
            stays = min(missing, clip.duration_ms / 1000)
            found.append(f"is too short for its place: its last picture stays for {stays:.1f} s.")
        return found

    @property
    def _end(self) -> float:
        """Where its piece ends in the file, in seconds."""
        clip = self._placed.clip
        return (clip.in_ms + clip.duration_ms * clip.speed) / 1000

    def at(self, n: int, scratch: Scratch) -> Planes:
        clip, fps = self._placed.clip, self._canvas.fps
        begin, end = clip.in_ms / 1000, self._end - 0.5 / fps * clip.speed
        seconds = begin + (n + 0.5 - self._placed.start) / fps * clip.speed
        # The handles of a transition must not show what was cut away: they hold the first and the last frame.
        return self._footage.at(max(begin, min(seconds, end)))

    def close(self) -> None:
        self._footage.close()

    def _fitted(self, width: int, height: int) -> tuple[int, int]:
        return wanted_size(self._placed.fit, (width, height), self._frame)

    def _laid(self, picture: Planes) -> Planes:
        clip = self._placed.clip
        return graded(fitted(self._placed.fit, picture, self._frame, clip.focus, clip.background), clip.look)


def as_drawn(placed: Placed, ground: str | None) -> Placed:
    """The clip as its picture has to be shown: one with transparent parts whole, on its ``ground``, unless told to fill."""
    # A logo must not lose its edges, and there is nothing to blur around it.
    keeps = ground is None or placed.clip.fit in ("fill", "contain")
    return placed if keeps else replace(placed, fit="contain")


def room_for(placed: Placed, ground: str | None, frame: tuple[int, int]) -> tuple[int, int]:
    """The part of the frame for a clip's picture: a cut-out that nobody told how to fit gets some air around it."""
    share = _AIR if ground and placed.clip.fit == "auto" else 1.0
    return round(frame[0] * share), round(frame[1] * share)


class Gallery:
    """The sources of a film. With ``ahead``, the next clip is loaded in a thread while this one is shown."""

    def __init__(self, plan: Plan, files: Mapping[str, Path], *, ahead: bool) -> None:
        self._plan, self._files, self._ahead = plan, files, ahead
        self._loading: dict[int, Future[Source]] = {}
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="photos")
        self._notes: dict[int, Sequence[str]] = {}

    def __enter__(self) -> "Gallery":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pool.shutdown(wait=True, cancel_futures=True)
        self._keep(range(0))

    @property
    def notes(self) -> tuple[str, ...]:
        """What could not be shown as it should, of the clips that were shown."""
        return tuple(
            f"{self._plan.placed[index].label.capitalize()} {note}"
            for index in sorted(self._notes)
            for note in self._notes[index]
        )

    def at(self, index: int, n: int, scratch: Scratch) -> Planes:
        """What the clip at ``index`` shows at frame ``n``; valid until the next call.

        Raises:
            RenderError: its file cannot be used; the reason names it.
        """
        source = self.get(index)
        with self._named(self._plan.placed[index]):
            return source.at(n, scratch)

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
        canvas, clip = self._plan.canvas, placed.clip
        if clip.kind == "card":
            with self._named(placed):
                return Card(self._files[clip.media] if clip.media else None, clip, canvas)
        if clip.beside is None:
            return self._one(placed, canvas)
        half = half_of(canvas)
        left, right = (self._one(one, half) for one in halves_of(placed, canvas))
        return Pair((left, right), canvas, clip.background)

    def _one(self, placed: Placed, canvas: Canvas) -> Source:
        path = self._files[placed.clip.media]
        with self._named(placed):
            kind: type[Photo | Animated | Video] = Photo
            if placed.clip.kind == "video":
                kind = Video
            elif pictures.plays(path):
                kind = Animated
            return kind(path, placed, canvas)

    @staticmethod
    @contextmanager
    def _named(placed: Placed) -> Iterator[None]:
        """Says in an error of the file which clip it belongs to."""
        try:
            yield
        except MediaError as error:
            raise RenderError(f"The film cannot be rendered: {placed.label} {error.reason}.") from error
        except OSError as error:
            raise RenderError(f"The film cannot be rendered: {placed.label} cannot be read: {error}.") from error

    def _keep(self, indexes: range) -> None:
        for index in [i for i in self._loading if i not in indexes]:
            future = self._loading.pop(index)
            if not future.cancel() and future.exception() is None:
                source = future.result()
                if source.notes:
                    self._notes[index] = source.notes
                source.close()


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
