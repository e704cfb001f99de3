"""Plays a score: tones from the instruments, placed, sent into the room, and held together at the end."""

from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from nemovideo_mcp.studio.render.music import tones
from nemovideo_mcp.studio.render.music.drums import DRUMS, TAKES
from nemovideo_mcp.studio.render.music.room import HOP, Room
from nemovideo_mcp.studio.render.music.score import Note, Score
from nemovideo_mcp.studio.render.sound.samples import RATE, Samples

_KEPT_BYTES = 96_000_000
"""Of tones that are kept for the next time."""
_LENGTHS = (0.5, 1.0, 2.1, 4.2)
"""Seconds of struck tones: of the beginning that a note needs, or of all of it."""
_RELEASE = 0.12
"""Seconds in which a struck tone is damped."""
_HARDS = (0.3, 0.55, 0.85)
"""How hard tones are made; a note takes the nearest."""
_SENDS = (0.0, 0.3, 0.85)
"""How much of a note goes into the room, by its wetness."""
_DIP_SECONDS = 0.22
_CELL = 512
"""Samples over which the compressor's gain goes in a straight line."""
_OVER_DB, _RATIO = -17.0, 2.0
_CATCH, _LET_GO = 0.02, 0.25
_FADE = 0.55
"""From this part of the last ring on, all of it fades to nothing."""


@dataclass(slots=True)
class _Sounding:
    """A tone that is being heard, from sample ``start`` on, with the gains of its sides."""

    start: int
    tone: Samples
    gains: Samples
    wet: int


class Player:
    """The instruments, and the tones that they have made already."""

    def __init__(self) -> None:
        self._made: OrderedDict[tuple[object, ...], Samples] = OrderedDict()
        self._bytes = 0
        self._strokes: dict[str, int] = {}

    def tone(self, note: Note) -> Samples:
        """The sound of a note, without its loudness and its place."""
        if note.pitch < 0:
            take = self._strokes.get(note.sound, 0)
            self._strokes[note.sound] = take + 1
            return self._kept((note.sound, take % TAKES))
        if note.sound in tones.HELD:
            start = (note.pitch * 7919 + round(note.start * 1000) * 31) % (1 << 17)
            return tones.held(self._kept((note.sound, note.pitch, "loop")), note.sound, note.seconds, start)
        hard = min(_HARDS, key=lambda h: abs(h - note.hard))
        needed = next((n for n in _LENGTHS if n >= note.seconds + _RELEASE), _LENGTHS[-1])
        tone = self._kept((note.sound, note.pitch, hard, needed))
        length, fall = round(note.seconds * RATE), round(_RELEASE * RATE)
        if length + fall >= tone.shape[1]:
            return tone
        tone = tone[:, : length + fall].copy()
        tone[:, length:] *= np.cos(np.linspace(0, np.pi / 2, fall, dtype=np.float32)) ** 2
        return tone

    def _kept(self, key: tuple[object, ...]) -> Samples:
        if key in self._made:
            self._made.move_to_end(key)
            return self._made[key]
        match key:
            case (str(name), int(take)):
                made = DRUMS[name](take)
            case (str(name), int(pitch), str()):
                made = tones.table(name, pitch)
            case (str(name), int(pitch), float(hard), float(seconds)):
                made = tones.struck(name, pitch, hard, seconds)
                fall = min(made.shape[1], RATE // 20 if seconds < _LENGTHS[-1] else RATE // 4)
                made[:, -fall:] *= np.linspace(1, 0, fall, dtype=np.float32)
            case _:
                raise KeyError(key)
        self._made[key] = made
        self._bytes += made.nbytes
        while self._bytes > _KEPT_BYTES and len(self._made) > 1:
            self._bytes -= self._made.popitem(last=False)[1].nbytes
        return made


def played(score: Score, count: int) -> Iterator[Samples]:
    """The sound of a score in blocks, ``count`` samples in all; the last ones are silent."""
    style, plan = score.style, score.plan
    room = Room(style.room[0], style.room[1], style.warm)
    glue = _Glue()
    player = Player()
    bars = iter(score)
    ahead: list[Note] = []
    ready = 0.0
    done = 0
    sounding: list[_Sounding] = []
    for at in range(0, count, HOP):
        end = (at + HOP) / RATE
        # A bar's notes may begin a little before it.
        while ready < end + 0.1 and done <= plan.bars:
            ahead += next(bars)
            done += 1
            ready = done * plan.beat * plan.meter
        begun = [note for note in ahead if note.start < end]
        ahead = [note for note in ahead if note.start >= end]
        sounding += [_begun(note, player.tone(note), style.pump) for note in begun]
        dry, sent = np.zeros((2, HOP), np.float32), np.zeros((2, HOP), np.float32)
        for sound in sounding:
            _mixed(sound, at, dry, sent)
        sounding = [s for s in sounding if s.start + s.tone.shape[1] > at + HOP]
        block = glue.held(room.played(dry, sent * np.float32(style.room[2])) * np.float32(style.gain))
        yield _ended(block, at, plan.end, count)[:, : count - at]


def _begun(note: Note, tone: Samples, pump: float) -> _Sounding:
    angle = (1 + max(-1.0, min(1.0, note.pan))) * np.pi / 4
    sides = np.array([[np.cos(angle)], [np.sin(angle)]], np.float32) * np.float32(2**0.5 * note.loud)
    start = round(note.start * RATE)
    dips = [
        round(dip * RATE) - start
        for dip in note.dips
        if -_DIP_SECONDS * RATE < round(dip * RATE) - start < tone.shape[1]
    ]
    if dips:
        tone = tone * _dipped(dips, tone.shape[1], pump)
    return _Sounding(start, tone, sides, note.wet)


def _dipped(dips: list[int], count: int, pump: float) -> Samples:
    """The gain that goes down under each kick and comes back."""
    curve = np.ones(count, np.float32)
    length = round(_DIP_SECONDS * RATE)
    t = np.linspace(0, 1, length, dtype=np.float32)
    # Down within 5 ms, then up along half a cosine.
    dip = 1 - (1 - 10 ** (-pump / 20)) * np.minimum(1, t * _DIP_SECONDS / 0.005) * (0.5 + 0.5 * np.cos(np.pi * t))
    for at in dips:
        low, high = max(0, at), min(count, at + length)
        if high > low:
            np.minimum(curve[low:high], dip[low - at : high - at], out=curve[low:high])
    return curve


def _mixed(sound: _Sounding, at: int, dry: Samples, sent: Samples) -> None:
    begin, end = max(at, sound.start), min(at + HOP, sound.start + sound.tone.shape[1])
    if begin >= end:
        return
    part = sound.tone[:, begin - sound.start : end - sound.start] * sound.gains
    place = slice(begin - at, end - at)
    dry[:, place] += part
    if sound.wet:
        part *= np.float32(_SENDS[sound.wet])
        sent[:, place] += part


class _Glue:
    """A gentle compressor over all of it, and a rounding of the highest peaks."""

    def __init__(self) -> None:
        self._power = 0.0
        self._gain = 1.0

    def held(self, block: Samples) -> Samples:
        powers = (block.reshape(2, -1, _CELL) ** 2).mean(axis=(0, 2))
        gains = [self._gain]
        for power in powers.tolist():
            seconds = _CATCH if power > self._power else _LET_GO
            self._power += (power - self._power) * (1 - np.exp(-_CELL / RATE / seconds))
            over = 10 * np.log10(self._power + 1e-12) - _OVER_DB
            # A knee of 8 dB.
            over = 0.0 if over < -4 else (over + 4) ** 2 / 16 if over < 4 else over
            gains.append(float(10 ** (-over * (1 - 1 / _RATIO) / 20)))
        self._gain = gains[-1]
        edges = np.array(gains, np.float32)
        along = np.linspace(0, 1, _CELL, endpoint=False, dtype=np.float32)
        curve = edges[:-1, None] + np.diff(edges)[:, None] * along
        block = block * curve.reshape(-1)
        if float(np.abs(block).max(initial=0)) > 0.6:
            over = np.abs(block) - np.float32(0.6)
            block = np.where(over > 0, np.sign(block) * (0.6 + 0.35 * np.tanh(over / 0.35)), block).astype(np.float32)
        return block


def _ended(block: Samples, at: int, end: float, count: int) -> Samples:
    """The block, faded where the music ends."""
    first = round(end * RATE + (count - end * RATE) * _FADE)
    if at + block.shape[1] <= first:
        return block
    part = (np.arange(at, at + block.shape[1], dtype=np.float32) - first) / max(1, count - 64 - first)
    return np.asarray(block * np.cos(np.clip(part, 0, 1) * (np.pi / 2)) ** 2, np.float32)
