"""Chords by their Roman numerals, and voices that lead from one to the next."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

MAJOR = (0, 2, 4, 5, 7, 9, 11)
MINOR = (0, 2, 3, 5, 7, 8, 10)
PENTATONIC = (0, 2, 4, 7, 9)

_NUMERALS = ("I", "II", "III", "IV", "V", "VI", "VII")
_QUALITIES: dict[str, tuple[int, ...]] = {
    "": (0, 4, 7), "m": (0, 3, 7), "7": (0, 4, 7, 10), "m7": (0, 3, 7, 10), "maj7": (0, 4, 7, 11), "maj9": (0, 4, 7, 11, 14),
    "m9": (0, 3, 7, 10, 14), "9": (0, 4, 7, 10, 14), "6": (0, 4, 7, 9), "m6": (0, 3, 7, 9), "add9": (0, 4, 7, 14),
    "madd9": (0, 3, 7, 14), "sus2": (0, 2, 7), "sus4": (0, 5, 7), "7sus4": (0, 5, 7, 10), "dim": (0, 3, 6),
    "m7b5": (0, 3, 6, 10),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Chord:
    """``root`` in semitones over the tonic, ``tones`` in semitones over the root, ``bass`` over the tonic."""

    root: int
    tones: tuple[int, ...]
    bass: int

    @property
    def classes(self) -> frozenset[int]:
        """The pitch classes, over the tonic."""
        return frozenset((self.root + tone) % 12 for tone in self.tones)


@lru_cache(256)
def chord(symbol: str) -> Chord:
    """A chord by its numeral in major (``I``, ``vi7``, ``bVII``, ``IVmaj7``; lower case is minor); ``V/3`` has its third in
    the bass, ``IV/1`` the tonic."""
    match = re.fullmatch(r"(b?)([ivIV]+)([a-z0-9]*?)(?:/([135b]+))?", symbol)
    assert match is not None, symbol
    flat, numeral, quality, under = match.groups()
    minor = numeral.islower() and quality not in ("dim", "m7b5")
    tones = _QUALITIES[f"m{quality}" if minor else quality]
    root = (MAJOR[_NUMERALS.index(numeral.upper())] - bool(flat)) % 12
    bass = {None: root, "1": 0, "3": root + tones[1], "5": root + 7}[under]
    return Chord(root, tones, bass % 12)


def voiced(chord: Chord, tonic: int, before: Sequence[int] | None, middle: float, count: int) -> tuple[int, ...]:
    """``count`` pitches of the chord (MIDI numbers) around ``middle``, each near to one of ``before``."""
    best: tuple[float, tuple[int, ...]] = (1e9, ())
    for tones, dislike in _spread(chord, count):
        for turn in range(len(tones)):
            turned = tones[turn:] + tones[:turn]
            for octave in range(2, 7):
                pitches = [12 * octave + (tonic + turned[0]) % 12]
                for tone in turned[1:]:
                    step = (tonic + tone - pitches[-1]) % 12
                    pitches.append(pitches[-1] + (step or 12))
                cost = dislike + 1.5 * abs(sum(pitches) / count - middle)
                if before is not None and len(before) == count:
                    cost += sum(abs(a - b) for a, b in zip(pitches, before, strict=True))
                # A second low down is mud, and one at the top is shrill.
                cost += sum(3.0 for a, b in pairwise(pitches) if b - a < 3 and (a < 55 or b == pitches[-1]))
                if cost < best[0]:
                    best = cost, tuple(pitches)
    return best[1]


def near(pitch: float, classes: frozenset[int], tonic: int) -> int:
    """The pitch nearest to ``pitch`` of which the class over the tonic is one of ``classes``."""
    options = range(round(pitch) - 7, round(pitch) + 8)
    return min((p for p in options if (p - tonic) % 12 in classes), key=lambda p: (abs(p - pitch), p))


@lru_cache(256)
def _spread(chord: Chord, count: int) -> tuple[tuple[tuple[int, ...], float], ...]:
    """As many tones (pitch classes over the tonic, upwards) as wanted, in each way of choosing them, with how little it is liked:
    of too many the fifth goes first; of too few the root is doubled, rather than the fifth, rather than the third."""
    tones = list(chord.tones)
    if len(tones) > count and 7 in tones:
        tones.remove(7)
    if len(tones) > count:
        tones.remove(0)
    tones = tones[:count]
    if len(tones) == count:
        return ((tuple((chord.root + tone) % 12 for tone in tones), 0.0),)
    ways = []
    for doubled, dislike in zip((0, 2, 1), (0.0, 1.0, 3.0), strict=True):
        # The double stands at the top, or beside its octave within the chord.
        more = tones + [tones[(doubled + n) % len(tones)] for n in range(count - len(tones))]
        for order in dict.fromkeys((tuple(sorted(more)), tuple(more))):
            ways.append((tuple((chord.root + tone) % 12 for tone in order), dislike))
    return tuple(sorted(ways, key=lambda way: way[1]))
