"""The timeline in frames: which clip is on screen when, and how far a transition has gone. Pure.

Every boundary is rounded from its absolute time (`timeline.time.frame_at`), so rounding never adds up.
"""

import sys
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from nemovideo_mcp.studio.render.job import RenderError
from nemovideo_mcp.timeline.cards import label, numbers
from nemovideo_mcp.timeline.layout import fit_of, motions_of
from nemovideo_mcp.timeline.model import MAX_FILM_MS, Canvas, Clip, Fit, Motion, Timeline
from nemovideo_mcp.timeline.time import frame_at

_GAP = 0.006
"""The gap between two pictures, as a part of the frame's width: 12 pixels of 1920."""
_GENTLE = 0.6
"""How strongly two pictures move that stand side by side: the eye has two things to look at."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A clip in frames: it owns ``start`` ≤ n < ``end`` and can be seen for ``first`` ≤ n < ``last``, transitions included."""

    index: int
    clip: Clip
    motion: Motion
    fit: Fit
    start: int
    end: int
    first: int
    last: int
    number: int
    """As people count, cards by themselves."""

    @property
    def label(self) -> str:
        """How the clip is called in an error."""
        return label(self.clip, self.number)


@dataclass(frozen=True, slots=True)
class Window:
    """A transition in frames, ``start`` ≤ n < ``end``, into the clip ``into``."""

    into: int
    kind: str
    start: int
    end: int

    def progress(self, n: int) -> float:
        """From 0 to 1, taken at the middle of the frame's time, so that a transition looks the same both ways."""
        return (n + 0.5 - self.start) / (self.end - self.start)


class Shot(NamedTuple):
    """What is on screen at a frame: one clip, or two with the transition between them."""

    clip: int
    into: int | None = None
    kind: str = ""
    progress: float = 0.0


@dataclass(frozen=True, slots=True)
class Dip:
    """The film coming out of a colour, or going into it: all of the colour at frame ``full``, none of it from ``none`` on."""

    color: str
    full: int
    none: int

    def share(self, n: int) -> float:
        """How much of the colour there is at frame ``n``, 0 to 1."""
        t = min(1.0, max(0.0, (n - self.full) / (self.none - self.full)))
        return 1 - t * t * (3 - 2 * t)

    def until(self, n: int) -> int:
        """The first frame after ``n`` at which it may look different."""
        first, last = sorted((self.full, self.none))
        return first if n < first else n + 1 if n <= last else sys.maxsize


@dataclass(frozen=True, slots=True)
class Plan:
    canvas: Canvas
    frames: int
    placed: tuple[Placed, ...]
    windows: tuple[Window, ...]
    dips: tuple[Dip, ...] = ()

    def at(self, n: int) -> Shot:
        """The shot at frame ``n``, 0 ≤ n < ``frames``."""
        i = bisect_right(self.windows, n, key=lambda window: window.start) - 1
        if i >= 0 and n < (window := self.windows[i]).end:
            return Shot(window.into - 1, window.into, window.kind, window.progress(n))
        # Of clips shorter than a frame only the last can start at or before n and still own it.
        return Shot(bisect_right(self.placed, n, key=lambda placed: placed.start) - 1)

    def cuts(self) -> tuple[int, ...]:
        """The frames from which on other clips are on screen than before, or a transition is or is no more."""
        into = {window.into for window in self.windows}
        plain = (placed.start for placed in self.placed if placed.index not in into)
        return tuple(sorted({*plain, *(n for window in self.windows for n in (window.start, window.end))}))

    def until(self, n: int) -> int:
        """The frame from which on other clips are on screen than at frame ``n``, or a transition is."""
        i = bisect_right(self.windows, n, key=lambda window: window.start)
        if i and n < (window := self.windows[i - 1]).end:
            return window.end
        following = self.windows[i].start if i < len(self.windows) else self.frames
        return min(following, max(n + 1, self.placed[self.at(n).clip].end))


def make_plan(timeline: Timeline) -> Plan:
    """The plan of a film whose clips know their sizes.

    Raises:
        RenderError: there is nothing to render, or more than a film can hold.
    """
    if not timeline.clips:
        raise RenderError("The film has no clips; upload photos and add them first.")
    if timeline.duration_ms > MAX_FILM_MS:
        raise RenderError(f"The film is longer than {MAX_FILM_MS // 3_600_000} hours; shorten it.")
    fps = timeline.canvas.fps
    frames = frame_at(timeline.duration_ms, fps)
    if frames == 0:
        raise RenderError("The film is shorter than one frame; make it longer.")
    windows = _windows(timeline)
    visible = {w.into: w for w in windows}
    placed = []
    motions, counted = motions_of(timeline), numbers(timeline)
    for index, (start_ms, clip) in enumerate(timeline.placed()):
        start, end = frame_at(start_ms, fps), frame_at(start_ms + clip.duration_ms, fps)
        first = visible[index].start if index in visible else start
        last = visible[index + 1].end if index + 1 in visible else end
        fit = fit_of(clip, timeline.canvas)
        placed.append(Placed(index, clip, motions[index], fit, start, end, first, last, counted[index]))
    return Plan(timeline.canvas, frames, tuple(placed), windows, tuple(_dips(timeline, frames)))


def half_of(canvas: Canvas) -> Canvas:
    """The frame of each of two pictures that stand side by side, with a thin gap between them."""
    gap = max(2, round(canvas.width * _GAP))
    return replace(canvas, width=(canvas.width - gap) // 4 * 2)


def halves_of(placed: Placed, canvas: Canvas) -> tuple[Placed, Placed]:
    """The two pictures of a clip that has one ``beside`` it, each for `half_of` the canvas. They move gently, and together."""
    clip, other, half = placed.clip, placed.clip.beside, half_of(canvas)
    assert other is not None
    left = replace(clip, strength=clip.strength * _GENTLE)
    right = replace(
        left, media=other.media, name=other.name, kind="image", width=other.width, height=other.height, focus=None
    )
    return replace(placed, clip=left, fit=fit_of(left, half)), replace(placed, clip=right, fit=fit_of(right, half))


def _dips(timeline: Timeline, frames: int) -> Iterator[Dip]:
    """The film's own fades, which never meet: each takes at most half of it. The first and the last frame are all colour."""
    fps, half = timeline.canvas.fps, max(1, frames // 2)
    if (fade := timeline.fade_in) is not None:
        yield Dip(fade.color, 0, min(half, max(1, frame_at(fade.duration_ms, fps))))
    if (fade := timeline.fade_out) is not None:
        yield Dip(fade.color, frames - 1, frames - 1 - min(half, max(1, frame_at(fade.duration_ms, fps))))


def _windows(timeline: Timeline) -> tuple[Window, ...]:
    """The transitions, centred on their cuts, each side at most half of its clip so that two never meet."""
    windows = []
    starts, clips, fps = timeline.starts(), timeline.clips, timeline.canvas.fps
    for i in range(1, len(clips)):
        transition = clips[i].transition_in
        if transition is None:
            continue
        half = min(transition.duration_ms, clips[i - 1].duration_ms, clips[i].duration_ms) // 2
        start, end = frame_at(starts[i] - half, fps), frame_at(starts[i] + half, fps)
        if end > start:
            windows.append(Window(i, transition.kind, start, end))
    return tuple(windows)
