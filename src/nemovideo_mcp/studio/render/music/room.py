"""The room that the music is played in, and its colour: one fast convolution for both."""

import numpy as np
import numpy.typing as npt

from nemovideo_mcp.studio.render.sound.samples import RATE, Samples

HOP = 32_768
"""Samples that come out at a time."""
_SIZE = 2 * HOP

Spectrum = npt.NDArray[np.complex64]


class Room:
    """Adds a reverb to what is sent to it, and takes highs off all of it. Feed it `HOP` samples at a time.

    ``seconds`` is the time in which the reverb falls by 60 dB, ``bright`` the Hz from which on it is duller, ``warm`` the Hz from
    which on everything falls by 6 dB an octave. Uniformly partitioned overlap-save.
    """

    def __init__(self, seconds: float, bright: float, warm: float) -> None:
        color = _color(warm)
        self._dry: Spectrum = np.fft.rfft(color, _SIZE).astype(np.complex64)
        response = _response(seconds, bright)
        size = -(-(response.shape[1] + color.size) // HOP) * HOP
        response = np.fft.irfft(np.fft.rfft(response, size) * np.fft.rfft(color, size), size)
        parts = response.reshape(2, -1, HOP)
        self._wet: Spectrum = np.fft.rfft(parts, _SIZE, axis=2).astype(np.complex64).swapaxes(0, 1)
        self._past: list[Spectrum] = []
        self._before: tuple[Samples, Samples] = (np.zeros((2, HOP), np.float32), np.zeros((2, HOP), np.float32))

    def played(self, dry: Samples, sent: Samples) -> Samples:
        """The next `HOP` samples, of the direct sound and of what goes to the reverb."""
        direct = np.fft.rfft(np.concatenate([self._before[0], dry], axis=1), axis=1)
        echo: Spectrum = np.fft.rfft(np.concatenate([self._before[1], sent], axis=1), axis=1).astype(np.complex64)
        self._before = dry, sent
        self._past.insert(0, echo)
        del self._past[len(self._wet) :]
        spectrum = direct * self._dry
        for past, part in zip(self._past, self._wet, strict=False):
            spectrum += past * part
        return np.asarray(np.fft.irfft(spectrum, _SIZE, axis=1)[:, HOP:], np.float32)


def _response(seconds: float, bright: float) -> npt.NDArray[np.float64]:
    """Noise that dies away, the highs sooner (two rows, little alike), after some single echoes; of energy one a row."""
    count = round(min(seconds * 1.1, 2.7) * RATE)
    rng = np.random.default_rng(5)
    bins = np.fft.rfftfreq(count, 1 / RATE)
    t = np.arange(count) / RATE
    made = np.zeros((2, count))
    # Three bands, each with its own time.
    for low, high, times in ((140, 900, 1.0), (900, 3200, 0.8), (3200, 12_000, 0.5)):
        shape = (
            1
            / (1 + (low / np.maximum(bins, 1)) ** 4) ** 0.5
            / (1 + (bins / high) ** 4) ** 0.5
            / (1 + (bins / bright) ** 2)
        )
        noise = np.fft.irfft(shape * np.exp(1j * rng.uniform(0, 2 * np.pi, (2, bins.size))), count, axis=1)
        made += noise / noise.std() * np.sqrt((shape**2).sum() / bins.size) * 10 ** (-3 * t / (seconds * times))
    made *= np.minimum(1, np.maximum(0, t - 0.014) / 0.03)
    for delay, level in ((0.011, 0.5), (0.017, -0.4), (0.023, 0.36), (0.031, -0.3), (0.041, 0.22)):
        for row in range(2):
            made[row, round((delay + 0.0013 * row * (1 + 10 * delay)) * RATE)] += level * np.abs(made).max()
    made *= np.minimum(1, np.linspace(12, 0, count))
    return np.asarray(made / np.sqrt((made**2).sum(axis=1, keepdims=True)))


def _color(warm: float) -> npt.NDArray[np.float64]:
    """A short filter without delay (minimum phase): nothing under 28 Hz, and softer from ``warm`` on."""
    size = 8192
    bins = np.fft.rfftfreq(size, 1 / RATE)
    gain = 1 / np.sqrt(1 + (bins / warm) ** 2) / np.sqrt(1 + (28 / np.maximum(bins, 1)) ** 4)
    # The phase of the smallest delay is the Hilbert transform of the log of the gain (through the cepstrum).
    cepstrum = np.fft.irfft(np.log(np.maximum(gain, 1e-3)), size)
    cepstrum[1 : size // 2] *= 2
    cepstrum[size // 2 + 1 :] = 0
    response = np.fft.irfft(np.exp(np.fft.rfft(cepstrum)), size)[:2400]
    response[-400:] *= np.linspace(1, 0, 400)
    return np.asarray(response)
