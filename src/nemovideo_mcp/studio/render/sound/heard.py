"""What a sound is like before it is used: how loud, how long, and where it can be repeated."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt

from nemovideo_mcp.media import beats
from nemovideo_mcp.media.errors import MediaError
from nemovideo_mcp.media.loudness import SILENCE, Meter, gated
from nemovideo_mcp.studio.render.sound.limiter import KEPT_DB, RISE_DB
from nemovideo_mcp.studio.render.sound.samples import RATE, Samples

UNHEARD = -50.0
"""LUFS under which a sound is left as it is: it is silence, and turned up it would be hiss."""
_PUSHED = 3.0
"""dB by which a sound is turned up further for what the limiter takes; more would flatten it."""
_ROUNDS = 4
_CELL = RATE // 100
_AUDIBLE = 1e-6
"""Weighted power (-60 LUFS) from which on something is heard."""
_STEADY = 0.015
"""Seconds that beats may lie beside an even pace to be taken for one."""
_SEAM = 0.08
"""Seconds of crossfade at a seam that lies on a bar: done shortly before it, so that its attack stays whole."""
_LEAD = 0.012
_BLEND = 1.5
"""Seconds of crossfade, at most, where no bar was found."""
_SHORTEST = 0.1
"""Seconds of a sound that can be repeated."""

Curve = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Heard:
    """``powers`` is the weighted mean square of each 100 ms, ``peaks`` the largest sample of each 10 ms; ``seconds`` how much
    there was; ``ended`` whether it was all."""

    loudness: float
    seconds: float
    powers: Curve
    peaks: Curve
    ended: bool

    def gain_to(self, target: float, *, most_louder: float, most_softer: float) -> float:
        """The gain (dB) that brings it to ``target`` LUFS when its peaks have been limited, within these bounds."""
        if self.loudness < UNHEARD:
            return 0.0
        wish = target - self.loudness
        gain = wish
        for _ in range(_ROUNDS if self.powers.size >= 4 else 0):
            lost = gated(self.powers) - gated(self.powers * self._kept(gain))
            gain = min(wish + _PUSHED, wish + lost)
        return min(most_louder, max(-most_softer, gain))

    def _kept(self, gain: float) -> Curve:
        """What the limiter leaves of the power of each 100 ms after that gain (dB)."""
        cells = np.zeros(10 * self.powers.size)
        heights = self.peaks[: cells.size]
        cells[: heights.size] = np.minimum(0.0, KEPT_DB - gain - 20 * np.log10(np.maximum(heights, 1e-6)))
        slope = RISE_DB / 100 * np.arange(cells.size)
        down = np.minimum(0.0, np.minimum.accumulate(cells - slope) + slope)
        return np.asarray((10 ** (down / 10)).reshape(-1, 10).mean(axis=1), np.float64)

    def audible(self) -> tuple[float, float]:
        """Where the first and the last thing are heard, in seconds; all of it when nothing is."""
        loud = np.flatnonzero(self.powers > _AUDIBLE)
        return (loud[0] / 10, min(self.seconds, (loud[-1] + 1) / 10)) if loud.size else (0.0, self.seconds)


@dataclass(frozen=True, slots=True)
class Loop:
    """From ``end`` on the sound goes on at ``start``; the crossfade takes ``fade`` and is over at both. Seconds of the file."""

    start: float
    end: float
    fade: float


def listen(blocks: Iterable[Samples], seconds: float) -> Heard:
    """Measures sound until ``seconds`` of it are heard or it ends.

    Raises:
        MediaError: it cannot be decoded.
    """
    meter, peaks = Meter(), _Peaks()
    left = round(seconds * RATE)
    for block in blocks:
        block = block[:, :left]
        meter.add(block)
        peaks.add(block)
        left -= block.shape[1]
        if left <= 0:
            break
    return Heard(meter.loudness(), meter.seconds, meter.powers(), peaks.found(), left > 0)


class _Peaks:
    """The largest sample of each 10 ms of sound that comes in blocks."""

    def __init__(self) -> None:
        self._rest = np.zeros(0, np.float32)
        self._found: list[npt.NDArray[np.float32]] = []

    def add(self, block: Samples) -> None:
        heights = np.concatenate([self._rest, np.abs(block).max(axis=0)])
        whole = heights.size // _CELL * _CELL
        self._found.append(heights[:whole].reshape(-1, _CELL).max(axis=1))
        self._rest = heights[whole:]

    def found(self) -> Curve:
        return np.asarray(np.concatenate([*self._found, [self._rest.max(initial=0.0)]]), np.float64)


def loop_of(path: Path, skip: float, heard: Heard) -> Loop | None:
    """Where to go on when the file, heard from ``skip`` to its end, is over; None when there is too little to repeat.

    With beats that are sure, from the start of one bar to that of another, four or more whole ones apart where there are so
    many, and without a last part that fades or rings out. Otherwise from where sound is heard to where it ends, blended.
    """
    first, last = heard.audible()
    if last - first < _SHORTEST or heard.loudness <= SILENCE:
        return None
    try:
        found = beats.find(path)
    except MediaError:
        found = beats.NONE
    if found.sure:
        bars = np.array([t for t in found.bars if skip + first - 0.05 <= t <= skip + last])
        loop = _bars_apart(bars, heard, skip) if bars.size > 2 else None
        if loop:
            return loop
    fade = min(_BLEND, (last - first) / 4)
    return Loop(skip + first + fade, skip + last, fade)


def _bars_apart(bars: npt.NDArray[np.float64], heard: Heard, skip: float) -> Loop | None:
    even = np.asarray(np.polyval(np.polyfit(np.arange(bars.size), bars, 1), np.arange(bars.size)), np.float64)
    if np.abs(even - bars).max() < _STEADY * 3 and np.sqrt(((even - bars) ** 2).mean()) < _STEADY:
        bars = even
    steps = np.clip(((bars - skip) * 10).round().astype(int), 0, heard.powers.size)
    levels = np.array([heard.powers[a:b].mean() if a < b else 0.0 for a, b in pairwise(steps)])
    full = np.flatnonzero(levels > np.median(levels) / 4)
    if not full.size:
        return None
    start, count = int(full[0]), int(full[-1] + 1 - full[0])
    for whole in (8, 4, 2):
        if count >= 2 * whole or (count >= whole and count % whole == 0):
            count = count // whole * whole
            break
    a, b = float(bars[start]), float(bars[start + count])
    return Loop(max(0.0, a - _LEAD), b - _LEAD, min(_SEAM, a)) if b - a > 4 * _SEAM else None
