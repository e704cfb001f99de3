"""Percussion, made of noise and a few partials. Each sound is two rows, with a peak of about 0.9."""

from collections.abc import Callable, Mapping

import numpy as np
import numpy.typing as npt

from nemovideo_mcp.studio.render.sound.samples import RATE, Samples

Curve = npt.NDArray[np.float64]


def _time(seconds: float) -> Curve:
    return np.arange(round(seconds * RATE)) / RATE


def _noise(seconds: float, low: float, high: float, seed: int, *, steep: float = 2.0, wide: float = 0.6) -> Curve:
    """Noise between two frequencies, two rows that share a part, with a deviation of one."""
    count = round(seconds * RATE)
    bins = np.fft.rfftfreq(count, 1 / RATE)
    rng = np.random.default_rng(seed)
    shape = 1 / np.sqrt(1 + (low / np.maximum(bins, 1)) ** (2 * steep)) / np.sqrt(1 + (bins / high) ** (2 * steep))
    phase = rng.uniform(0, 2 * np.pi, bins.size) + wide * rng.uniform(-1.5, 1.5, (2, bins.size))
    noise = np.fft.irfft(shape * np.exp(1j * phase), count, axis=1)
    return np.asarray(noise / noise.std())


def _swept(seconds: float, start: float, end: float, pace: float) -> Curve:
    """A sine that falls from one frequency to another within about ``pace`` seconds."""
    t = _time(seconds)
    return np.sin(2 * np.pi * (end * t + (start - end) * pace * (1 - np.exp(-t / pace))))


def _done(sound: Curve, fade: float = 0.02) -> Samples:
    sound = np.broadcast_to(sound, (2, sound.shape[-1])).astype(np.float32)
    fall = min(sound.shape[1], round(fade * RATE))
    sound[:, -fall:] *= np.linspace(1, 0, fall, dtype=np.float32)
    rise = 24
    sound[:, :rise] *= np.linspace(0, 1, rise, dtype=np.float32)
    return np.asarray(sound * (0.9 / np.abs(sound).max()), np.float32)


def _kick(take: int) -> Samples:
    t = _time(0.42)
    body = _swept(0.42, 165, 49, 0.028) * np.exp(-t / 0.12)
    click = _noise(0.42, 1500, 5000, 1 + take)[0] * np.exp(-t / 0.003) * 0.06
    return _done(np.tanh(1.6 * body) + click)


def _soft_kick(take: int) -> Samples:
    t = _time(0.4)
    body = _swept(0.4, 110, 50, 0.03) * np.exp(-t / 0.11)
    return _done(body + _noise(0.4, 300, 1200, 3 + take)[0] * np.exp(-t / 0.006) * 0.05)


def _stomp(take: int) -> Samples:
    t = _time(0.35)
    return _done(
        _swept(0.35, 120, 62, 0.02) * np.exp(-t / 0.08) + _noise(0.35, 80, 600, 5 + take)[0] * np.exp(-t / 0.02) * 0.15
    )


def _snare(take: int) -> Samples:
    t = _time(0.3)
    shell = (_swept(0.3, 230, 185, 0.02) + 0.6 * np.sin(2 * np.pi * 330 * t)) * np.exp(-t / 0.05)
    wires = _noise(0.3, 1200, 7500, 11 + take, steep=1.5) * np.exp(-t / 0.075)
    return _done(0.8 * shell + 0.36 * wires)


def _soft_snare(take: int) -> Samples:
    t = _time(0.26)
    shell = _swept(0.26, 210, 170, 0.02) * np.exp(-t / 0.05)
    return _done(0.8 * shell + 0.24 * _noise(0.26, 700, 4200, 21 + take, steep=1.5) * np.exp(-t / 0.06))


def _rim(take: int) -> Samples:
    t = _time(0.12)
    wood = sum(np.sin(2 * np.pi * f * t) * a for f, a in ((820, 1.0), (1270, 0.7), (1790, 0.4))) * np.exp(-t / 0.014)
    return _done(wood + 0.1 * _noise(0.12, 1500, 5000, 31 + take) * np.exp(-t / 0.006))


def _clap(take: int) -> Samples:
    t = _time(0.26)
    hands = sum(
        np.where(t >= d, np.exp(-np.maximum(t - d, 0) / 0.007), 0) for d in (0, 0.011 + 0.001 * take, 0.021, 0.032)
    )
    tail = np.where(t >= 0.032, np.exp(-np.maximum(t - 0.032, 0) / 0.05), 0)
    return _done(_noise(0.26, 900, 3800, 41 + take) * (hands * 0.8 + tail * 0.55))


def _snap(take: int) -> Samples:
    t = _time(0.14)
    return _done(_noise(0.14, 1700, 4200, 51 + take) * (np.exp(-t / 0.006) + 0.3 * np.exp(-t / 0.03)))


def _hat(take: int) -> Samples:
    t = _time(0.09)
    return _done(_noise(0.09, 6500, 11500, 61 + take, wide=0.3) * np.exp(-t / (0.014 + 0.003 * take)))


def _open_hat(take: int) -> Samples:
    t = _time(0.4)
    return _done(_noise(0.4, 6000, 11000, 71 + take, wide=0.3) * np.exp(-t / 0.11))


def _shaker(take: int) -> Samples:
    t = _time(0.14)
    swing = np.minimum(1, t / 0.03) * np.exp(-np.maximum(t - 0.03, 0) / 0.022)
    return _done(_noise(0.14, 4500, 9500, 81 + take, wide=0.4) * swing)


def _tambourine(take: int) -> Samples:
    t = _time(0.25)
    jingles = _noise(0.25, 6000, 11000, 91 + take) * (np.exp(-t / 0.02) + 0.3 * np.exp(-t / 0.07))
    ring = sum(np.sin(2 * np.pi * f * t + f) for f in (4180, 5230, 6870, 7740)) * np.exp(-t / 0.06) * 0.12
    return _done(jingles + ring)


def _brush(take: int) -> Samples:
    t = _time(0.3)
    return _done(_noise(0.3, 1500, 6000, 101 + take) * np.minimum(1, t / 0.02) * np.exp(-t / 0.06))


def _tom(take: int) -> Samples:
    t = _time(0.6)
    return _done(
        _swept(0.6, 150, 92, 0.04) * np.exp(-t / 0.16)
        + _noise(0.6, 200, 1500, 111 + take)[0] * np.exp(-t / 0.012) * 0.08
    )


def _taiko(take: int) -> Samples:
    t = _time(1.4)
    skin = _swept(1.4, 92, 54, 0.05) * np.exp(-t / 0.32) + 0.4 * np.sin(2 * np.pi * 118 * t) * np.exp(-t / 0.14)
    return _done(np.tanh(1.3 * skin) + 0.16 * _noise(1.4, 150, 1400, 121 + take) * np.exp(-t / 0.03))


def _crash(take: int) -> Samples:
    t = _time(2.6)
    wash = _noise(2.6, 3000, 9500, 131 + take, steep=1.4, wide=1.0)
    return _done(wash * (np.exp(-t / 0.55) + 0.4 * np.exp(-t / 0.05)) * np.minimum(1, t / 0.004), 0.3)


def _swell(take: int) -> Samples:
    """Two seconds that grow and stop: its end is to fall on a bar."""
    t = _time(SWELL)
    return _done(
        _noise(SWELL, 2200, 7500, 141 + take, steep=1.4, wide=1.0)
        * (t / SWELL) ** 3
        * np.minimum(1, (SWELL - t) / 0.06)
    )


def _vinyl(take: int) -> Samples:
    """Four seconds of a record's surface: a faint rustle and a few ticks."""
    rng = np.random.default_rng(151 + take)
    rustle = _noise(4.0, 500, 5000, 152 + take, steep=1.0) * 0.02
    for _ in range(26):
        at, side = rng.integers(0, rustle.shape[1] - 400), rng.integers(0, 2)
        tick = np.exp(-np.arange(200) / rng.uniform(6, 30)) * rng.choice((-1, 1)) * rng.uniform(0.1, 0.5) ** 1.5
        rustle[side, at : at + 200] += tick * np.minimum(1, np.arange(200) / 6)
    return _done(rustle, 0.3)


SWELL = 2.0
"""Seconds of a swell."""
TAKES = 3
"""Versions of each sound, played in turn: no two strokes are the same."""
DRUMS: Mapping[str, Callable[[int], Samples]] = {
    "kick": _kick, "soft_kick": _soft_kick, "stomp": _stomp, "snare": _snare, "soft_snare": _soft_snare, "rim": _rim,
    "clap": _clap, "snap": _snap, "hat": _hat, "open_hat": _open_hat, "shaker": _shaker, "tambourine": _tambourine,
    "brush": _brush, "tom": _tom, "taiko": _taiko, "crash": _crash, "swell": _swell, "vinyl": _vinyl,
}  # fmt: skip
