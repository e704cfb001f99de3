"""Instruments with a pitch, made of partials. Each gives one tone, two rows, about as loud as the others."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from nemovideo_mcp.studio.render.sound.samples import RATE, Samples

_TOP = 11_000.0
"""Hz above which no partial is made."""
_TABLE = 1 << 17
"""Samples of a held tone's loop: 2.7 s."""

Curve = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Struck:
    """A plucked or struck thing: partials that die away each at its own pace.

    ``tilt`` is how fast the partials fall (a power of their number) and ``bright`` by how much less when struck hard; ``ring``
    is the seconds in which the first one of middle C falls by 60 dB, ``damp`` how much sooner the higher ones do; ``pluck``
    where it is hit, as a part of the length (0: everywhere); ``stiff`` is the inharmonicity of a string; ``ratios`` replaces the
    harmonic series. ``noise`` is the level of the knock, ``knock`` its pitch in Hz. ``body`` are resonances, as Hz and gain.
    """

    tilt: float = 1.2
    bright: float = 0.6
    ring: float = 3.0
    damp: float = 0.3
    pluck: float = 0.0
    stiff: float = 0.0
    attack: float = 0.002
    noise: float = 0.0
    knock: float = 1800.0
    after: float = 0.0
    wide: float = 0.5
    most: int = 32
    ratios: tuple[tuple[float, float, float], ...] = ()
    body: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Held:
    """A section of players or voices: harmonics smeared over a band (P. Nasca's PADsynth), ``spread`` cents wide.

    ``cut`` is the Hz from which on the harmonics fall faster, with the pitch when ``follow`` is 1. ``attack`` and ``release``
    are seconds.
    """

    tilt: float = 1.0
    cut: float = 2500.0
    follow: float = 0.5
    spread: float = 25.0
    attack: float = 0.5
    release: float = 0.8
    odd: float = 1.0
    body: tuple[tuple[float, float], ...] = ()


_WOOD = ((110.0, 0.9), (210.0, 0.7), (420.0, 0.3))
_STRUCK: Mapping[str, Struck] = {
    "piano": Struck(tilt=1.35, bright=0.55, ring=6.0, damp=0.22, pluck=0.12, stiff=4e-4, noise=0.02, knock=900, after=0.25),
    "felt": Struck(
        tilt=1.9, bright=0.4, ring=5.0, damp=0.35, pluck=0.12, stiff=3e-4, attack=0.006, noise=0.03, knock=400, after=0.3
    ),
    "guitar": Struck(
        tilt=1.05, bright=0.5, ring=3.2, damp=0.12, pluck=0.19, stiff=6e-5, noise=0.03, knock=2600, body=_WOOD, wide=0.35
    ),
    "nylon": Struck(
        tilt=1.55, bright=0.4, ring=2.4, damp=0.22, pluck=0.27, stiff=3e-5, noise=0.02, knock=1300, body=_WOOD, wide=0.3
    ),
    "ukulele": Struck(
        tilt=1.35, bright=0.4, ring=1.1, damp=0.16, pluck=0.3, stiff=3e-5, noise=0.03, knock=1700, body=((290.0, 0.8), (520.0, 0.4)),
        wide=0.3,
    ),
    "muted": Struck(tilt=1.25, bright=0.4, ring=0.55, damp=0.4, pluck=0.15, stiff=6e-5, noise=0.04, knock=1500, wide=0.3),
    "pluck": Struck(tilt=1.1, bright=0.5, ring=0.9, damp=0.5, wide=0.6, noise=0.0, attack=0.003),
    "bass": Struck(tilt=1.5, bright=0.35, ring=2.6, damp=0.6, pluck=0.22, noise=0.012, knock=700, wide=0.0, most=14, attack=0.004),
    "upright": Struck(
        tilt=1.9, bright=0.3, ring=1.7, damp=0.5, pluck=0.3, noise=0.03, knock=300, wide=0.0, most=12, attack=0.006
    ),
    "synth_bass": Struck(tilt=1.15, bright=0.3, ring=1.6, damp=1.4, wide=0.0, most=20, attack=0.004),
    "epiano": Struck(
        attack=0.003, wide=0.5, noise=0.012, knock=1100,
        ratios=((1, 1, 3.2), (2, 0.28, 1.8), (3, 0.1, 1.2), (4, 0.05, 0.8), (5, 0.02, 0.5), (7.03, 0.05, 0.22), (13.9, 0.012, 0.1)),
    ),
    "vibes": Struck(
        attack=0.003, wide=0.5, noise=0.006, knock=800, ratios=((1, 1, 3.0), (4, 0.16, 0.9), (9.9, 0.03, 0.25)),
    ),
    "marimba": Struck(attack=0.002, wide=0.4, noise=0.02, knock=500, ratios=((1, 1, 0.7), (3.93, 0.22, 0.25), (9.2, 0.05, 0.1))),
    "kalimba": Struck(
        attack=0.002, wide=0.4, noise=0.02, knock=1500, ratios=((1, 1, 1.4), (2, 0.1, 0.8), (5.4, 0.07, 0.25), (8.9, 0.02, 0.15)),
    ),
    "bell": Struck(
        attack=0.001, wide=0.6, noise=0.004, knock=3000, ratios=((1, 1, 2.4), (2.76, 0.25, 1.0), (5.4, 0.08, 0.4), (8.9, 0.02, 0.2)),
    ),
    "music_box": Struck(
        attack=0.001, wide=0.6, noise=0.008, knock=2500, ratios=((1, 1, 2.0), (2.0, 0.2, 1.0), (3.0, 0.1, 0.6), (6.2, 0.05, 0.3)),
    ),
}  # fmt: skip
_HELD: Mapping[str, Held] = {
    "pad": Held(tilt=1.1, cut=1300, spread=22, attack=0.6, release=1.2),
    "glow": Held(tilt=1.6, cut=900, spread=14, attack=1.0, release=1.6),
    "strings": Held(
        tilt=1.0, cut=2600, spread=26, attack=0.28, release=0.6, body=((300.0, 0.6), (700.0, 0.5), (1200.0, 0.4), (2600.0, 0.4)),
    ),
    "low_strings": Held(tilt=1.05, cut=1500, spread=24, attack=0.22, release=0.6, body=((180.0, 0.6), (420.0, 0.5), (900.0, 0.3))),
    "spiccato": Held(tilt=0.95, cut=2400, spread=20, attack=0.018, release=0.12, body=((300.0, 0.6), (800.0, 0.5))),
    "choir": Held(
        tilt=1.2, cut=1800, spread=30, attack=0.5, release=1.0, body=((600.0, 1.2), (1050.0, 0.9), (2700.0, 0.3)),
    ),
    "horns": Held(tilt=1.3, cut=900, spread=16, attack=0.15, release=0.5, body=((350.0, 0.6),)),
    "flute": Held(tilt=2.2, cut=1800, spread=7, attack=0.07, release=0.16, odd=0.8),
}  # fmt: skip

HELD = frozenset(_HELD)


def struck(name: str, pitch: int, hard: float, most: float) -> Samples:
    """The tone of a struck instrument, at most ``most`` seconds of it (not less than 0.25). ``hard`` from 0 to 1 is how it is
    struck, and changes its colour, not its level."""
    kind = _STRUCK[name]
    hertz = _hertz(pitch)
    partials = _partials(kind, hertz, hard)
    seconds = min(most, float(max(partials[2])) * 6.91)
    tone = _summed(*partials, seconds, kind.wide)
    tone *= 0.5 / max(1e-6, _rms(tone[:, : round(0.25 * RATE)]) * 2)
    if kind.noise:
        knock = _knock(kind.knock, hard)
        tone[:, : knock.shape[1]] += knock * (kind.noise * (0.4 + hard))
    rise = max(1, round(kind.attack * RATE))
    tone[:, :rise] *= np.sin(np.linspace(0, np.pi / 2, rise, dtype=np.float32)) ** 2
    fall = min(tone.shape[1] // 2, RATE // 20)
    tone[:, -fall:] *= np.linspace(1, 0, fall, dtype=np.float32)
    return tone


def table(name: str, pitch: int) -> Samples:
    """The loop of a held tone: `_TABLE` samples without beginning or end."""
    kind = _HELD[name]
    hertz = _hertz(pitch)
    power = np.zeros(_TABLE // 2 + 1)
    bins = np.arange(power.size) * RATE / _TABLE
    cut = kind.cut * (hertz / 262) ** kind.follow
    count = max(1, int(min(_TOP, 8 * cut + hertz) / hertz))
    body = _formed(np.arange(1.0, count + 1) * hertz, kind.body)
    for n in range(1, count + 1):
        level = n**-kind.tilt / (1 + (n * hertz / cut) ** 2) * (kind.odd if n % 2 == 0 else 1.0) * body[n - 1]
        # The band of a harmonic is as wide, in cents, as that of the first one; a little less high up.
        width = max(0.35, (2 ** (kind.spread / 1200) - 1) * hertz * n**0.9)
        near = slice(*np.searchsorted(bins, (n * hertz - 4 * width, n * hertz + 4 * width)))
        power[near] += level / math.sqrt(width) * np.exp(-0.5 * ((bins[near] - n * hertz) / width) ** 2)
    rng = np.random.default_rng(pitch * 31 + len(name))
    # The two sides hear half the same, and low down nearly all the same: a bass without a place.
    some = np.flatnonzero(power)
    common, sides = rng.uniform(0, 2 * np.pi, some.size), rng.uniform(-1, 1, (2, some.size))
    spectrum = np.zeros((2, power.size), np.complex64)
    spectrum[:, some] = power[some] * np.exp(1j * (common + sides * np.clip(bins[some] / 350, 0.2, 1)))
    loop = np.asarray(np.fft.irfft(spectrum, _TABLE, axis=1), np.float32)
    return np.asarray(loop * (0.25 / _rms(loop)), np.float32)


def held(loop: Samples, name: str, seconds: float, start: int) -> Samples:
    """A tone from a loop, begun somewhere in it, with its attack and its release (which follows after ``seconds``)."""
    kind = _HELD[name]
    attack = min(kind.attack, 0.6 * seconds + 0.01)
    length, rise, fall = (max(1, round(t * RATE)) for t in (seconds + kind.release, attack, kind.release))
    places = np.arange(start, start + length) % _TABLE
    tone = np.take(loop, places, axis=1)
    tone[:, :rise] *= np.sin(np.linspace(0, np.pi / 2, rise, dtype=np.float32)) ** 2
    tone[:, length - fall :] *= np.cos(np.linspace(0, np.pi / 2, fall, dtype=np.float32)) ** 2
    return np.asarray(tone, np.float32)


def _partials(kind: Struck, hertz: float, hard: float) -> tuple[Curve, Curve, Curve]:
    """Frequencies (Hz), amplitudes, and times to fall to 1/e (seconds)."""
    if kind.ratios:
        rows = np.array([(r, a, t) for r, a, t in kind.ratios if r * hertz < _TOP] or kind.ratios[:1], float)
        loud = rows[:, 1] * np.where(rows[:, 0] > 1.5, 0.45 + 0.9 * hard, 1.0)
        return rows[:, 0] * hertz, loud, rows[:, 2] * (262 / hertz) ** 0.4 / 6.91 * 2
    n = np.arange(1, min(kind.most, max(1, int(_TOP / hertz))) + 1)
    frequency = n * hertz * np.sqrt(1 + kind.stiff * n**2)
    level = n ** -(kind.tilt + kind.bright * (0.5 - hard))
    if kind.pluck:
        level = level * (0.08 + np.abs(np.sin(np.pi * n * kind.pluck)))
    level = level * _formed(frequency, kind.body)
    fall = kind.ring * (262 / hertz) ** 0.55 / 6.91 / (1 + kind.damp * (n - 1) * (hertz / 262) ** 0.3)
    if not kind.after:
        return frequency, level, fall
    # Strings in pairs: most of it dies fast, and a rest, a little out of tune, rings on.
    return (
        np.concatenate([frequency, frequency * 1.0004]),
        np.concatenate([level * (1 - kind.after), level * kind.after]),
        np.concatenate([fall * 0.45, fall * 1.2]),
    )


def _summed(frequency: Curve, level: Curve, fall: Curve, seconds: float, wide: float) -> Samples:
    """Decaying partials, as one product of matrices: exp(z·(a·K + b)) = exp(z·a·K) · exp(z·b)."""
    width = 512
    rows = max(1, math.ceil(seconds * RATE / width))
    rate = (2j * np.pi * frequency - 1 / fall) / RATE
    rng = np.random.default_rng(round(frequency[0] * 100))
    along = np.exp(np.outer(np.arange(rows) * width, rate))
    inside = np.exp(np.outer(rate, np.arange(width)))
    right = np.concatenate([inside.real, inside.imag]).astype(np.float32)
    many = max(1, 260_000 // right.size)
    sides = []
    lean = rng.uniform(-wide, wide, frequency.size) * 0.4
    start = rng.uniform(-0.5, 0.5, frequency.size)
    lean[0] *= 0.4
    for sign in (-1, 1):
        bent = along * (
            level * (1 + sign * lean) * np.exp(1j * (start + sign * wide * rng.uniform(-0.5, 0.5, start.size)))
        )
        left = np.concatenate([bent.imag, bent.real], axis=1).astype(np.float32)
        # Piece by piece: for a large product BLAS would wake threads that the encoder needs more.
        sides.append(np.concatenate([left[row : row + many] @ right for row in range(0, rows, many)]))
    return np.stack(sides).reshape(2, -1)


@lru_cache(64)
def _knock(hertz: float, hard: float) -> Samples:
    """The noise of a hammer, a pick or a finger: 40 ms around ``hertz``."""
    size = 4096
    bins = np.fft.rfftfreq(size, 1 / RATE)
    rng = np.random.default_rng(int(hertz))
    shape = np.exp(-0.5 * (np.log2(np.maximum(bins, 20) / (hertz * (0.8 + 0.5 * hard))) / 0.9) ** 2)
    noise = np.fft.irfft(shape * np.exp(1j * rng.uniform(0, 2 * np.pi, (2, bins.size))), size, axis=1)
    noise *= np.exp(-np.arange(size) / (0.006 * RATE)) / np.abs(noise).max()
    return np.asarray(noise[:, :2048] * np.linspace(1, 0, 2048), np.float32)


def _formed(hertz: Curve, body: tuple[tuple[float, float], ...]) -> Curve:
    """The gain of a body with such resonances, a third of an octave wide."""
    gain = np.ones_like(hertz)
    for centre, height in body:
        gain += height * np.exp(-0.5 * (np.log2(np.maximum(hertz, 1) / centre) / 0.3) ** 2)
    return gain


def _hertz(pitch: int) -> float:
    return float(440 * 2 ** ((pitch - 69) / 12))


def _rms(samples: Samples) -> float:
    return float(np.sqrt((samples**2).mean()))
