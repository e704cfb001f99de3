"""Where the beats of a recording lie: onsets, their period, and the chain of onsets that fits both. Heavy: for worker processes.

After D. P. W. Ellis, *Beat Tracking by Dynamic Programming*, Journal of New Music Research 36 (2007).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from nemovideo_mcp.media import sound
from nemovideo_mcp.media.errors import MediaError
from nemovideo_mcp.media.sound import Samples

RATE = 12_000
"""Samples a second that are looked at: attacks show below 6 kHz as well."""
FRAMES = 100
"""Frames a second of the onset curve."""
CONFIDENT = 0.5
"""From this confidence on the beats can be relied on."""

_HOP = RATE // FRAMES
_WINDOW = 512
_BANDS = 28
_LOW_BANDS = 6
"""Up to some 250 Hz: kick drum and bass, which mark the bar."""
_KICK_BANDS = 3
"""Up to some 150 Hz: kick drum more than bass."""
_SLOWEST, _FASTEST = 50, 210
"""Beats a minute."""
_USUAL = 110.0
"""Beats a minute that people tap most readily to, and how far around it, in octaves."""
_SPREAD = 1.0
_TIGHT = 300.0
"""How much a chain of beats is kept from changing its pace."""
_EVEN = 0.9
"""From this share of the period's correlation on, half of the period may be it as well."""
_TOLD = 1.2
"""How much more bass there is where the beats are."""
_EARLY = 0.011
"""Seconds by which a window sees an attack before its middle has come to it."""
_LONGEST = 1200.0
"""Seconds of a file that are looked at."""

Curve = npt.NDArray[np.float64]
Rows = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Beats:
    """``times`` and ``bars`` (the beats that begin one) in seconds; ``bpm`` is 0 when there are none. ``confidence`` from 0 to
    1: noise and speech stay below `CONFIDENT`."""

    times: tuple[float, ...]
    bars: tuple[float, ...]
    bpm: float
    confidence: float

    @property
    def sure(self) -> bool:
        return self.confidence >= CONFIDENT


NONE = Beats((), (), 0.0, 0.0)


def find(path: Path) -> Beats:
    """The beats of a file's sound (of its first 20 minutes).

    Raises:
        MediaError: there is no sound in it, or it cannot be decoded.
    """
    if not sound.has_sound(path):
        raise MediaError("has no sound")
    return track(sound.blocks(path, RATE, mono=True))


def certain(path: Path) -> tuple[int, ...]:
    """The beats of a file's sound in ms; none when they cannot be relied on.

    Raises:
        MediaError: as `find`.
    """
    found = find(path)
    return tuple(round(1000 * time) for time in found.times) if found.sure else ()


def track(blocks: Iterable[Samples]) -> Beats:
    """The beats of sound of one row at `RATE`."""
    bands = _bands(blocks)
    onsets = _curve(bands)
    if onsets.size < 2 * FRAMES or not onsets.any():
        return NONE
    period, periodic, even = _period(onsets)
    frames, told = _by_the_bass(bands, _chain(onsets, period))
    if even and not told:
        # Nothing tells every other onset from its neighbours: each is a beat.
        frames = _chain(onsets, period / 2)
    if frames.size < 4:
        return NONE
    confidence = _confidence(onsets, frames, periodic)
    bpm = 60 * FRAMES / float(np.polyfit(np.arange(frames.size), frames, 1)[0])
    first = _downbeat(bands, frames)
    times = [round(float(t), 3) for t in frames / FRAMES + _EARLY]
    return Beats(tuple(times), tuple(times[first::4]), round(bpm, 2), round(confidence, 3))


def _bands(blocks: Iterable[Samples]) -> Rows:
    """Frames × bands: by how many dB each band grew since the frame before."""
    rest = np.zeros(_WINDOW // 2 + _HOP, np.float32)
    levels: list[Rows] = []
    count = 0
    for block in blocks:
        rest = np.concatenate([rest, block[0]])
        frames = (rest.size - _WINDOW) // _HOP + 1
        if frames < FRAMES:
            continue
        levels.append(_levels(rest, frames))
        rest = rest[frames * _HOP :]
        count += frames
        if count > _LONGEST * FRAMES:
            break
    frames = (rest.size + _WINDOW // 2 - _WINDOW) // _HOP + 1
    if frames > 0:
        levels.append(_levels(np.pad(rest, (0, _WINDOW // 2)), frames))
    if not levels:
        return np.zeros((0, _BANDS))
    level = np.concatenate(levels)
    # 80 dB below the loudest is silence: what stirs there is no onset.
    level = np.maximum(level, level.max(initial=-200.0) - 60)
    return np.asarray(np.maximum(0.0, level[1:] - level[:-1]))


def _levels(samples: Samples, frames: int) -> Rows:
    windows = np.lib.stride_tricks.sliding_window_view(samples, _WINDOW)[::_HOP][:frames]
    spectrum = np.abs(np.fft.rfft(windows * np.hanning(_WINDOW).astype(np.float32), axis=1)) ** 2
    return np.asarray(10 * np.log10(spectrum @ _filters() + 1e-10), np.float64)


@lru_cache(1)
def _filters() -> npt.NDArray[np.float32]:
    """Triangles of equal width on the mel scale, overlapping by half (bins × bands)."""
    edges = 700 * (np.exp(np.linspace(np.log1p(30 / 700), np.log1p(5500 / 700), _BANDS + 2)) - 1)
    bins = np.arange(_WINDOW // 2 + 1)[:, None] * RATE / _WINDOW
    low, middle, high = edges[:-2], edges[1:-1], edges[2:]
    width = np.maximum(middle - low, RATE / _WINDOW), np.maximum(high - middle, RATE / _WINDOW)
    rows = np.maximum(0, np.minimum(1 - (middle - bins) / width[0], 1 - (bins - middle) / width[1]))
    return np.asarray(rows, np.float32)


def _curve(bands: Rows) -> Curve:
    """The strength of the onset in each frame, without its slow changes, scaled to a deviation of one."""
    if not bands.size:
        return np.zeros(0)
    raw = np.minimum(bands, 30).mean(axis=1)
    width = FRAMES
    slow = np.convolve(
        np.pad(raw, width, mode="reflect") if raw.size > width else np.pad(raw, width), _bell(width), "same"
    )
    curve = np.maximum(0.0, raw - slow[width:-width])
    deviation = curve.std()
    return np.asarray(curve / deviation if deviation > 1e-6 else np.zeros_like(curve))


def _bell(width: int) -> Curve:
    bell = np.hanning(width)
    return np.asarray(bell / bell.sum())


def _period(onsets: Curve) -> tuple[float, float, bool]:
    """The period of the beat in frames, how periodic the onsets are with it (0 to 1), and whether they are so with half of it."""
    most = 4 * FRAMES
    size = 1 << (2 * onsets.size - 1).bit_length()
    smooth = np.convolve(onsets, _bell(7), "same")
    centred = smooth - smooth.mean()
    spectrum = np.fft.rfft(centred, size)
    correlation = np.fft.irfft(np.abs(spectrum) ** 2, size)[: 4 * most]
    # Fewer pairs are compared at longer lags.
    correlation = correlation / np.maximum(1, onsets.size - np.arange(correlation.size)) * onsets.size
    correlation[min(correlation.size, onsets.size // 2) :] = 0
    correlation = np.pad(correlation, (0, max(0, 4 * most - correlation.size))) / max(1e-9, correlation[0])
    lags = np.arange(round(60 * FRAMES / _FASTEST), round(60 * FRAMES / _SLOWEST) + 1)
    near = np.maximum.reduce([correlation[2 * lags + d] for d in (-1, 0, 1)])
    far = np.maximum.reduce([correlation[4 * lags + d] for d in (-2, -1, 0, 1, 2)])
    taste = np.exp(-0.5 * (np.log2(lags * _USUAL / (60 * FRAMES)) / _SPREAD) ** 2)
    scores = taste * (correlation[lags] + 0.5 * near + 0.25 * far)
    lag = int(lags[np.argmax(scores)])
    half = round(lag / 2)
    even = half >= lags[0] and bool(correlation[half - 1 : half + 2].max() > _EVEN * near[lag - lags[0]])
    # A multiple of the period tells it to a fraction of a frame.
    best = float(lag)
    for times in (2, 4, 8):
        around = np.arange(round(best * times) - 2, round(best * times) + 3)
        if around[-1] < correlation.size - 1 and correlation[around].max() > 0.1:
            best = float(around[np.argmax(correlation[around])]) / times
    return best, float(np.clip(np.mean([correlation[lag], near[lag - lags[0]]]), 0, 1)), even


def _chain(onsets: Curve, period: float) -> Places:
    """The frames of the beats: the chain of strong onsets with the steadiest steps of about a period."""
    smooth = np.convolve(onsets, np.exp(-0.5 * (np.arange(-8, 9) / max(1.0, period / 32)) ** 2), "same")
    steps = np.arange(round(period / 2), round(period * 2) + 1)
    cost = -_TIGHT * np.log(steps / period) ** 2
    reach = int(steps[-1])
    best = np.zeros(onsets.size + reach)
    came = np.full(onsets.size, -1)
    back = reach - steps
    for frame in range(onsets.size):
        scores = best[frame + back] + cost
        k = int(scores.argmax())
        best[frame + reach] = smooth[frame] + scores[k]
        if frame >= steps[k]:
            came[frame] = frame - steps[k]
    tail = best[-max(1, round(period)) :]
    frame = onsets.size - tail.size + int(tail.argmax())
    found = []
    while frame >= 0:
        found.append(frame)
        frame = int(came[frame])
    frames = np.array(found[::-1])
    # What lies before the first sound and behind the last one are no beats.
    loud = np.flatnonzero(onsets > 0.1)
    inside = (frames >= loud[0] - period / 4) & (frames <= loud[-1] + period / 4)
    return np.asarray(frames[inside], np.int64)


def _by_the_bass(bands: Rows, frames: Places) -> tuple[Places, bool]:
    """The beats, moved by half of one where the bass is between them (a cymbal off the beat can sound in more bands than a kick
    drum on it), and whether the bass tells beats from what is between them."""
    if frames.size < 4:
        return frames, False
    low = np.minimum(bands, 30)[:, :_KICK_BANDS].mean(axis=1)
    strength = np.maximum.reduce([np.roll(low, shift) for shift in (-1, 0, 1)])
    between = (frames[:-1] + frames[1:]) // 2
    on, off = float(strength[np.minimum(frames, low.size - 1)].mean()), float(strength[between].mean())
    if off > _TOLD * on:
        return between, True
    return frames, on > _TOLD * off


def _confidence(onsets: Curve, frames: Places, periodic: float) -> float:
    """How far the beats stand out of what lies between them, and how periodic it is."""
    nearby = np.maximum.reduce([np.roll(onsets, shift) for shift in range(-3, 4)])
    on = nearby[frames].mean()
    # The same chain, shifted to where no beat is.
    gap = float(np.median(np.diff(frames)))
    off = np.mean(
        [nearby[np.clip(frames + round(gap * part), 0, onsets.size - 1)].mean() for part in (0.33, 0.42, 0.6)]
    )
    contrast = float(np.clip((on - off) / (on + off + 1e-9), 0, 1))
    steady = float(np.clip(1 - 4 * np.abs(np.diff(frames) / gap - 1).mean(), 0, 1))
    return float(np.clip((contrast * periodic) ** 0.5 * (0.5 + 0.5 * steady), 0, 1))


def _downbeat(bands: Rows, frames: Places) -> int:
    """Which of the first four beats begins a bar: where bass and harmony change most."""
    low = bands[:, :_LOW_BANDS].sum(axis=1)
    strength = np.maximum.reduce([np.roll(low, shift) for shift in range(-3, 4)])[np.clip(frames, 0, low.size - 1)]
    return int(np.argmax([strength[phase::4].mean() for phase in range(min(4, frames.size))]))
