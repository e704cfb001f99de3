"""The film's sounds together: placed, faded, the music under the voices, and nothing too loud."""

from collections import deque
from collections.abc import Iterator, Sequence

import numpy as np

from nemovideo_mcp.studio.render.sound.envelope import Slopes
from nemovideo_mcp.studio.render.sound.limiter import limited
from nemovideo_mcp.studio.render.sound.samples import BLOCK, RATE, Samples
from nemovideo_mcp.studio.render.sound.sources import Reader

_CHUNK = 4 * BLOCK
"""Samples that are mixed at a time: 85 ms."""
_CHUNK_SECONDS = _CHUNK / RATE

DUCK_DB = 10.0
"""By how much music goes down under a clip that is heard."""
_ATTACK, _HOLD, _RELEASE = 0.3, 0.4, 0.8
"""Seconds: down, ahead of the sound; kept down through the pauses of speech; up again."""
_FROM_DB, _FULL_DB = -46.0, -32.0
"""dBFS (rms) of a clip's sound from which on music gives way, and from which on it does so fully."""


class Voice:
    """One sound on the timeline, from sample ``first`` up to ``last``, with its gain (linear) and fades (samples).

    ``leads`` is for the sound of clips: other voices that ``ducks`` go down under it. What is over before ``last`` is followed
    by silence. ``note`` is for the film's owner: what of it cannot be heard.
    """

    def __init__(
        self,
        source: Iterator[Samples],
        *,
        first: int,
        last: int,
        gain: float,
        fades: tuple[int, int],
        leads: bool = False,
        ducks: bool = False,
        note: str = "",
    ) -> None:
        self.leads, self.ducks, self.note = leads, ducks, note
        self._first, self._last, self._volume = first, last, gain
        # Fades that would meet share the length in proportion.
        share = min(1.0, (last - first) / max(1, sum(fades)))
        self._up, self._down = max(1, round(fades[0] * share)), max(1, round(fades[1] * share))
        self._reader = Reader(source)

    def add(self, block: Samples, at: int) -> None:
        """Mixes what lies in the block, which starts at sample ``at``, into it; to be called with blocks in order."""
        begin, end = max(at, self._first), min(at + block.shape[1], self._last)
        if begin >= end:
            return
        samples = self._reader.read(end - begin)
        count = samples.shape[1]
        block[:, begin - at : begin - at + count] += samples * self._gain(begin, count)

    def _gain(self, begin: int, count: int) -> "Samples | np.float32":
        if begin >= self._first + self._up and begin + count <= self._last - self._down:
            return np.float32(self._volume)
        at = np.arange(begin, begin + count, dtype=np.float32) + np.float32(0.5)
        part = np.clip(np.minimum((at - self._first) / self._up, (self._last - at) / self._down), 0, 1)
        # Clips cross over at steady power; music comes and goes without a corner in its loudness.
        curve = np.sin(part * (np.pi / 2)) if self.leads else 0.5 - 0.5 * np.cos(part * np.pi)
        return np.asarray(curve * self._volume, np.float32)


def mixed(voices: Sequence[Voice], total: int) -> Iterator[Samples]:
    """The film's sound in blocks of `BLOCK` samples, limited; in all at most ``total`` samples.

    A last part of a block (21 ms at most) is left out: AAC would round it up, and the file would outlast its picture.
    """
    whole = max(1, total // BLOCK) * BLOCK
    reader = Reader(limited(_together(voices, whole)))
    for _ in range(0, whole, BLOCK):
        yield reader.read(BLOCK)


def _together(voices: Sequence[Voice], total: int) -> Iterator[Samples]:
    leading = [voice for voice in voices if voice.leads]
    ducking = [voice for voice in voices if voice.ducks]
    others = [voice for voice in voices if not voice.leads and not voice.ducks]
    if not leading or not ducking:
        for at in range(0, total, _CHUNK):
            yield _added(voices, at, min(_CHUNK, total - at))
        return
    ahead = deque[Samples]()
    at = 0
    for before, after in _ducked(leading, total, ahead):
        lead = ahead.popleft()
        music = _added(ducking, at, lead.shape[1])
        if before < 0 or after < 0:
            along = np.linspace(before, after, lead.shape[1], endpoint=False, dtype=np.float32)
            music *= 10 ** (along / 20)
        yield lead + music + _added(others, at, lead.shape[1])
        at += lead.shape[1]


def _ducked(leading: Sequence[Voice], total: int, ahead: deque[Samples]) -> Iterator[tuple[float, float]]:
    """The music's gain (dB) at the beginning and at the end of each chunk. The chunks of the clips go to ``ahead``."""
    slopes = Slopes(
        down=DUCK_DB * _CHUNK_SECONDS / _ATTACK,
        up=DUCK_DB * _CHUNK_SECONDS / _RELEASE,
        ahead=round(_ATTACK / _CHUNK_SECONDS),
    )
    recent = deque[float](maxlen=1 + round(_HOLD / _CHUNK_SECONDS))
    last: float | None = None
    for at in range(0, total, _CHUNK):
        chunk = _added(leading, at, min(_CHUNK, total - at))
        ahead.append(chunk)
        level = 10 * np.log10(float((chunk**2).mean()) + 1e-12)
        recent.append(-DUCK_DB * float(np.clip((level - _FROM_DB) / (_FULL_DB - _FROM_DB), 0, 1)))
        for gain in slopes.push(np.array([min(recent)])):
            yield gain if last is None else last, gain
            last = gain
    for gain in slopes.finish():
        yield gain if last is None else last, gain
        last = gain


def _added(voices: Sequence[Voice], at: int, count: int) -> Samples:
    chunk = np.zeros((2, count), np.float32)
    for voice in voices:
        voice.add(chunk, at)
    return chunk
