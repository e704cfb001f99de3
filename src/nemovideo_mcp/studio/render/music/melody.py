"""The tune: a motif of two bars, said again over other chords, varied, and brought to rest."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from nemovideo_mcp.studio.render.music.theory import Chord, near

_STEPS = (-3, -2, -2, -1, -1, -1, 0, 1, 1, 1, 2, 2, 3)
_TOPS = (2, 3, 3, 4, -2, -3)
"""Steps of the scale from the first tone of a motif to its furthest."""
_RANGE = 9
"""Semitones that the tune keeps within, on either side of its middle."""
_FORMS = {1: "C", 2: "AC", 3: "AAC", 4: "AVAC"}
"""Of two-bar groups: the motif, the motif with another end, and the close."""


@dataclass(frozen=True, slots=True)
class Tone:
    """``step`` and ``length`` in sixteenths, from the beginning of the section."""

    step: int
    length: int
    pitch: int


@dataclass(frozen=True, slots=True)
class Motif:
    """Where tones begin (sixteenths), how long they are, and by how many steps of the scale each lies over the one before."""

    starts: tuple[int, ...]
    lengths: tuple[int, ...]
    moves: tuple[int, ...]


def motif(rhythm: str, chance: random.Random) -> Motif:
    """A motif of that rhythm (two bars; ``x`` a tone, ``-`` holds it)."""
    rhythm = rhythm.replace(" ", "")
    starts = [i for i, mark in enumerate(rhythm) if mark == "x"]
    lengths = []
    for start in starts:
        end = start + 1
        while end < len(rhythm) and rhythm[end] == "-":
            end += 1
        lengths.append(end - start)
    # An arch: out to its highest (or lowest) tone, and back. Of some steps by chance the one that follows it best is taken.
    top, turn = chance.choice(_TOPS), chance.uniform(0.4, 0.7) * len(starts)
    moves: list[int] = []
    height = 0
    for n in range(len(starts)):
        goal = top * (n + 1) / turn if n < turn else top * (len(starts) - n) / max(1.0, len(starts) - turn)
        move = min((chance.choice(_STEPS) for _ in range(3)), key=lambda m: abs(height + m - goal))
        height += move
        moves.append(move)
    return Motif(tuple(starts), tuple(lengths), tuple(moves))


def tune(
    idea: Motif,
    *,
    bars: int,
    bar_steps: int,
    chord_at: Callable[[int], Chord],
    tonic: int,
    scale: Sequence[int],
    middle: float,
    busy: float,
    chance: random.Random,
) -> list[Tone]:
    """The tune of a section. ``chord_at`` gives the chord at a sixteenth of it; ``tonic`` is a pitch class."""
    classes = frozenset(scale)
    ladder = [p for p in range(round(middle) - _RANGE, round(middle) + _RANGE + 1) if (p - tonic) % 12 in classes]
    groups = max(1, -(-bars // 2))
    form = "".join(_FORMS[min(4, groups - g)] for g in range(0, groups, 4))
    tones: list[Tone] = []
    last = near(middle, chord_at(0).classes, tonic)
    for group in range(groups):
        offset = group * 2 * bar_steps
        letter = form[group]
        moves = list(idea.moves)
        if letter == "V" and len(moves) > 2:
            moves[-2:] = [-moves[-2] or 1, -moves[-1] or -1]
        place = _nearest(ladder, last if group % 2 else near(middle, chord_at(offset).classes, tonic))
        for i, (start, length) in enumerate(zip(idea.starts, idea.lengths, strict=True)):
            step = offset + start
            if letter == "C" and start >= bar_steps:
                break
            if step >= bars * bar_steps:
                break
            strong = start % 4 == 0
            if not strong and i and chance.random() > busy:
                continue
            place = _kept(place + moves[i], len(ladder))
            wish = ladder[place]
            pitch = _fitting(wish, chord_at(step), tonic, settled=strong or length > 2)
            if pitch == last and moves[i] and tones:
                # A tone that moves is not drawn back to where it came from: it goes on to the chord's next one.
                pitch = _onwards(pitch, moves[i], chord_at(step), tonic, ladder)
            place = _nearest(ladder, pitch)
            tones.append(Tone(step, length, pitch))
            last = pitch
        rest = offset + bar_steps
        if letter == "C" and rest < bars * bar_steps:
            # To rest on a tone of the chord, from above or below by a step.
            chord = chord_at(rest)
            goal = near(last - 1, frozenset({chord.root, (chord.root + chord.tones[1]) % 12}), tonic)
            tones.append(Tone(rest, bar_steps * 3 // 4, goal))
            last = goal
    return tones


def _fitting(pitch: int, chord: Chord, tonic: int, *, settled: bool) -> int:
    """The pitch, or the chord's tone next to it where it would rub."""
    over = (pitch - tonic) % 12
    if over in chord.classes:
        return pitch
    rubs = any((over - tone) % 12 in (1, 11) for tone in chord.classes)
    return near(pitch, chord.classes, tonic) if settled or rubs else pitch


def _onwards(pitch: int, move: int, chord: Chord, tonic: int, ladder: Sequence[int]) -> int:
    """The chord's next tone in the direction of the move; the same pitch at the end of the range."""
    further = [p for p in ladder if (p - pitch) * move > 0 and (p - tonic) % 12 in chord.classes]
    return min(further, key=lambda p: abs(p - pitch), default=pitch)


def _nearest(ladder: Sequence[int], pitch: float) -> int:
    return min(range(len(ladder)), key=lambda i: abs(ladder[i] - pitch))


def _kept(place: int, count: int) -> int:
    """Turned back at the ends of the range."""
    if place < 0:
        place = -place
    if place >= count:
        place = 2 * count - 2 - place
    return min(count - 1, max(0, place))
