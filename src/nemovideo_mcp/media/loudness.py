"""Integrated loudness as ITU-R BS.1770-4 defines it, and the true peak of its annex 2. Heavy: for worker processes."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from nemovideo_mcp.media import sound
from nemovideo_mcp.media.errors import MediaError
from nemovideo_mcp.media.sound import Samples

RATE = 48_000
"""Samples a second that are measured: the filters of the standard are given for it."""
SILENCE = -70.0
"""LUFS of the absolute gate: what lies below is not heard, and a sound of nothing else has this loudness."""

_OFFSET = -0.691
_RELATIVE_GATE = -10.0
_STEP = RATE // 10
"""100 ms: the 400 ms blocks of the standard overlap by 75 %."""

_HOP = 5 * _STEP

OVERSAMPLING = 4
_TAPS = 12
"""Of each of the four phases, as in annex 2."""
_PIECE = RATE
"""Samples that are oversampled at a time."""


@dataclass(frozen=True, slots=True)
class Loudness:
    """How loud a file's sound is: integrated loudness (LUFS; `SILENCE` when nothing passes the gate), true peak (dBTP; -120
    when there is nothing), and how much of it there is (seconds)."""

    lufs: float
    true_peak_db: float
    seconds: float


def measure(path: Path) -> Loudness:
    """The loudness of a file's sound, as it comes out of its decoder.

    Raises:
        MediaError: there is no sound in it, or it cannot be decoded.
    """
    if not sound.has_sound(path):
        raise MediaError("has no sound")
    meter, peak = Meter(), 0.0
    edge: Samples = np.zeros((2, _TAPS), np.float32)
    for piece in _pieces(sound.blocks(path, RATE)):
        meter.add(piece)
        # With the end of the piece before: a peak may lie between the two.
        window = np.concatenate([edge, piece], axis=1)
        peak, edge = max(peak, true_peak(window)), window[:, -_TAPS:]
    return Loudness(meter.loudness(), 20 * float(np.log10(max(peak, 1e-6))), meter.seconds)


def _pieces(blocks: Iterator[Samples]) -> Iterator[Samples]:
    """The blocks, put together to longer ones."""
    kept: list[Samples] = []
    count = 0
    for block in blocks:
        kept.append(block)
        count += block.shape[1]
        if count >= _PIECE:
            yield np.concatenate(kept, axis=1)
            kept, count = [], 0
    if count:
        yield np.concatenate(kept, axis=1)


class Meter:
    """Measures sound that comes in blocks of two rows at `RATE`."""

    def __init__(self) -> None:
        # The K weighting is a convolution by overlap-save; what it remembers of the past is gone after one step.
        self._rest: Samples = np.zeros((2, _STEP), np.float32)
        self._powers: list[npt.NDArray[np.float64]] = []
        self._count = 0

    def add(self, samples: Samples) -> None:
        """Takes the next samples."""
        self._count += samples.shape[1]
        samples = np.concatenate([self._rest, samples], axis=1)
        at = 0
        while samples.shape[1] - at >= _STEP + _HOP:
            self._powers.append(_weighted_power(samples[:, at : at + _STEP + _HOP]))
            at += _HOP
        self._rest = samples[:, at:]

    @property
    def seconds(self) -> float:
        """How much was measured."""
        return self._count / RATE

    def powers(self) -> npt.NDArray[np.float64]:
        """The weighted mean square of each 100 ms."""
        last = _weighted_power(np.pad(self._rest, ((0, 0), (0, _STEP + _HOP - self._rest.shape[1]))))
        return np.concatenate([*self._powers, last])[: -(-self._count // _STEP)]

    def loudness(self) -> float:
        """LUFS, gated; `SILENCE` when nothing passes the gate."""
        powers, whole = self.powers(), self._count // _STEP
        if whole < 4:
            # Shorter than a block of the standard: what there is counts, spread over what there is.
            return _gated(np.atleast_1d(powers.sum() * _STEP / max(1, self._count)))
        return gated(powers[:whole])


def gated(powers: npt.NDArray[np.float64]) -> float:
    """LUFS of sound by its weighted mean square in each 100 ms (four or more), through both gates; `SILENCE` when nothing passes."""
    return _gated(np.convolve(powers, np.full(4, 0.25), "valid"))


def _gated(blocks: npt.NDArray[np.float64]) -> float:
    heard = blocks[_lufs(blocks) > SILENCE]
    if heard.size:
        heard = heard[_lufs(heard) > _lufs(heard.mean()) + _RELATIVE_GATE]
    return float(_lufs(heard.mean())) if heard.size else SILENCE


def true_peak(samples: Samples) -> float:
    """The largest value of the sound between its samples, found by oversampling four times; linear."""
    return float(oversampled(samples).max(initial=0.0))


def oversampled(samples: Samples) -> Samples:
    """For each sample of each channel the largest magnitude within the four phases around it (2 × n)."""
    count = samples.shape[1]
    if not count:
        return np.abs(samples)
    padded = np.pad(samples, ((0, 0), (_TAPS // 2, _TAPS // 2 - 1)))
    peaks = np.abs(samples)
    for phase in _phases()[1:]:
        for row, source in zip(peaks, padded, strict=True):
            np.maximum(row, np.abs(np.convolve(source, phase, "valid")), out=row)
    return peaks


@lru_cache(1)
def _phases() -> npt.NDArray[np.float32]:
    """A Kaiser-windowed sinc at the fourfold rate, taken apart into its phases."""
    at = np.arange(-_TAPS // 2, _TAPS // 2) + 1
    rows = []
    for phase in range(OVERSAMPLING):
        # np.convolve turns the row round.
        t = (at - phase / OVERSAMPLING)[::-1]
        window = np.i0(5.0 * np.sqrt(np.maximum(0, 1 - (t / (_TAPS / 2)) ** 2))) / np.i0(5.0)
        row = np.sinc(t) * window
        rows.append((row / row.sum())[::-1])
    return np.asarray(rows, np.float32)


def _weighted_power(samples: Samples) -> npt.NDArray[np.float64]:
    """The mean square after K weighting, both channels together, of each step but the first."""
    weighted = np.fft.irfft(np.fft.rfft(samples, axis=1) * _weights(), samples.shape[1], axis=1)[:, _STEP:]
    return np.asarray((weighted.reshape(2, -1, _STEP) ** 2).sum(axis=0, dtype=np.float32).mean(axis=1), np.float64)


def _lufs(power: npt.NDArray[np.float64] | np.floating) -> npt.NDArray[np.float64]:
    return _OFFSET + 10 * np.log10(np.maximum(power, 1e-20))


@lru_cache(1)
def _weights() -> npt.NDArray[np.complex64]:
    """The two filters of BS.1770-4 (tables 1 and 2, for 48 kHz) at the frequencies of the convolution."""
    shelf = (1.53512485958697, -2.69169618940638, 1.19839281085285), (1.0, -1.69065929318241, 0.73248077421585)
    high_pass = (1.0, -2.0, 1.0), (1.0, -1.99004745483398, 0.99007225036621)
    back = np.exp(-2j * np.pi * np.arange((_STEP + _HOP) // 2 + 1) / (_STEP + _HOP))
    response = np.ones_like(back)
    for above, below in (shelf, high_pass):
        response *= np.polyval(above[::-1], back) / np.polyval(below[::-1], back)
    return np.asarray(response, np.complex64)
