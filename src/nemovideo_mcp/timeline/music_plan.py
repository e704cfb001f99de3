"""When the studio's own music has its bars and beats, and how it is built. Arithmetic only: a cut can be laid on a beat
without a note being played, and the composer plays by the same plan.
"""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate, cycle
from typing import Literal

from nemovideo_mcp.timeline.model import BUILT_IN, MOODS, Mood

Part = Literal["intro", "a", "b", "break"]


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast a mood goes (beats a minute), how many beats a bar has, and how long its last chord rings (seconds)."""

    slow: float
    fast: float
    ring: float
    meter: int = 4


PACES: Mapping[Mood, Pace] = {
    "upbeat": Pace(112, 126, 2.6),
    "calm": Pace(66, 78, 4.5),
    "lofi": Pace(72, 86, 3.4),
    "cinematic": Pace(78, 92, 4.5),
    "acoustic": Pace(92, 108, 3.0),
    "corporate": Pace(104, 118, 2.8),
    "happy": Pace(112, 128, 2.0),
    "romantic": Pace(92, 108, 4.0, meter=3),
}

_FORM: tuple[tuple[Part, int], ...] = (
    ("a", 8),
    ("b", 8),
    ("break", 4),
    ("a", 8),
    ("b", 8),
    ("a", 8),
    ("break", 4),
    ("b", 8),
)
"""Parts and their bars, over and over; phrases are four bars long."""
_RING_SHARE = 0.4
"""Of a very short film, what the last chord takes."""
_RINGS = (1.0, 0.8, 1.25, 0.6, 1.5)
"""How much longer or shorter the last chord may ring, to let whole bars fit."""
_STRETCH = 0.06
"""How far the tempo may leave its range for whole phrases."""


@dataclass(frozen=True, slots=True)
class Section:
    """``bars`` bars from bar ``first`` on. ``turn`` counts the sections of its part, from 0: no two turns are quite alike."""

    part: Part
    first: int
    bars: int
    turn: int


@dataclass(frozen=True, slots=True)
class MusicPlan:
    """Times are seconds. After ``bars`` bars the last chord sounds, at ``end``, and rings until ``seconds``."""

    mood: Mood
    seed: int
    seconds: float
    bpm: float
    meter: int
    bars: int
    end: float
    sections: tuple[Section, ...]

    @property
    def beat(self) -> float:
        """The length of a beat."""
        return 60 / self.bpm

    def beats(self) -> tuple[float, ...]:
        """Each beat, the last chord's being the last."""
        return tuple(self.beat * n for n in range(self.bars * self.meter + 1))

    def section(self, bar: int) -> Section:
        """The section that a bar lies in."""
        return next(s for s in self.sections if s.first <= bar < s.first + s.bars)


def mood_of(media: str) -> Mood | None:
    """The mood that music's ``media`` names; None for a file or an unknown mood."""
    name = media.removeprefix(BUILT_IN)
    return next((mood for mood in MOODS if mood == name and media != name), None)


def title_of(mood: Mood) -> str:
    """What the music of a mood is called: ``Calm (built-in)``."""
    return f"{'Lo-fi' if mood == 'lofi' else mood.capitalize()} (built-in)"


def make_music_plan(mood: Mood, seed: int, seconds: float) -> MusicPlan:
    """The plan of music of that length. Its tempo is the one of the mood's range at which whole phrases fill it."""
    pace = PACES[mood]
    wish = random.Random(f"{mood}/{seed}/tempo").uniform(pace.slow, pace.fast)
    bars, bpm = 0, wish
    for times in _RINGS:
        ring = min(pace.ring, _RING_SHARE * seconds) * times
        if fitted := _fitted(pace, wish, seconds - ring):
            bars, bpm = fitted
            break
    end = bars * pace.meter * 60 / bpm
    return MusicPlan(mood, seed, seconds, bpm, pace.meter, bars, end, tuple(_sections(bars)))


def _fitted(pace: Pace, wish: float, body: float) -> tuple[int, float] | None:
    """The number of bars and the tempo that fill ``body`` seconds; None when it is too short for the tempo to give way."""
    about = body * wish / (60 * pace.meter)
    best: tuple[float, int, float] | None = None
    for bars in range(max(1, int(about * 0.8) - 1), int(about * 1.25) + 3):
        bpm = bars * pace.meter * 60 / body
        if not pace.slow * (1 - _STRETCH) <= bpm <= pace.fast * (1 + _STRETCH):
            continue
        odd = 0.0 if bars % 8 == 0 else 0.03 if bars % 4 == 0 else 0.08 if bars % 2 == 0 else 0.15
        cost = abs(bpm / wish - 1) + odd
        if best is None or cost < best[0]:
            best = cost, bars, bpm
    return best[1:] if best else None


def _sections(bars: int) -> Iterator[Section]:
    # What is left after the lead-in are whole phrases.
    intro = bars % 4 if bars >= 5 else 0
    if not intro and bars >= 12:
        intro = 4
    parts: list[tuple[Part, int]] = [("intro", intro)] if intro else []
    left = bars - intro
    if left == 8:
        parts += [("a", 4), ("b", 4)]
        left = 0
    for part, length in cycle(_FORM):
        if left <= 0:
            break
        length = min(length, left)
        if part == "break" and left < 12:
            # It must lead somewhere.
            continue
        parts.append((part, length))
        left -= length
    turns: dict[Part, int] = {}
    for (part, length), first in zip(parts, accumulate((n for _, n in parts), initial=0), strict=False):
        turn = turns.get(part, 0)
        turns[part] = turn + 1
        yield Section(part, first, length, turn)
