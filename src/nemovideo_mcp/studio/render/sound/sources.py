"""Where samples come from: a file, once or again and again."""

import math
from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import chain, pairwise
from pathlib import Path

import av.error
import av.filter
import numpy as np
from av.audio.frame import AudioFrame

from nemovideo_mcp.media.errors import MediaError
from nemovideo_mcp.media.sound import blocks
from nemovideo_mcp.studio.render.job import RenderError
from nemovideo_mcp.studio.render.sound.heard import Loop
from nemovideo_mcp.studio.render.sound.samples import RATE, Samples

_PIECE = 8192
_EARLY = 1024
"""Samples by which atempo is ahead: it puts the beginning of its window, of 2048, where the middle belongs."""


class Reader:
    """Takes what is wanted of sound that comes in blocks of any length."""

    def __init__(self, stream: Iterator[Samples]) -> None:
        self._stream = stream
        self._left: Samples = np.empty((2, 0), np.float32)

    def read(self, count: int) -> Samples:
        """The next ``count`` samples; fewer at the end."""
        parts, have = [self._left], self._left.shape[1]
        while have < count:
            fresh = next(self._stream, None)
            if fresh is None:
                break
            parts.append(fresh)
            have += fresh.shape[1]
        samples = parts[0] if len(parts) == 1 else np.concatenate(parts, axis=1)
        self._left = samples[:, count:]
        return samples[:, :count]


def once(path: Path, skip: float, speed: float = 1.0, *, beside_picture: bool = False) -> Iterator[Samples]:
    """The file's sound from ``skip`` seconds on, ``speed`` times as fast (0.1 to 10) at the same pitch. ``beside_picture``:
    seconds from the file's first picture, which it stays together with.

    Raises:
        RenderError: it cannot be decoded.
    """
    try:
        if speed == 1:
            yield from blocks(path, RATE, skip=skip, beside_picture=beside_picture)
        else:
            ahead = min(skip, _EARLY / RATE)
            silence = np.zeros((2, _EARLY - round(ahead * RATE)), np.float32)
            stream = blocks(path, RATE, skip=skip - ahead, beside_picture=beside_picture)
            yield from paced(chain([silence], stream), speed)
    except MediaError as error:
        raise RenderError(f"The sound of {path.name} cannot be used: it {error.reason}.") from error


def paced(stream: Iterable[Samples], speed: float) -> Iterator[Samples]:
    """Sound ``speed`` times as fast at the same pitch: FFmpeg's atempo (overlap and add of waves that match). What happens in
    it comes `_EARLY` samples too early, of the source."""
    graph = av.filter.Graph()
    source = graph.add_abuffer(format="fltp", sample_rate=RATE, layout="stereo", time_base=Fraction(1, RATE))
    filters = [graph.add("atempo", f"{factor:.9f}") for factor in _factors(speed)]
    # atempo works on interleaved samples.
    rows, sink = graph.add("aformat", "sample_fmts=fltp"), graph.add("abuffersink")
    for one, next_ in pairwise([source, *filters, rows, sink]):
        one.link_to(next_)
    graph.configure()
    at = 0
    for block in stream:
        if not block.shape[1]:
            continue
        frame = AudioFrame.from_ndarray(np.ascontiguousarray(block), format="fltp", layout="stereo")
        frame.sample_rate, frame.pts, frame.time_base = RATE, at, Fraction(1, RATE)
        at += block.shape[1]
        graph.push(frame)
        yield from _pulled(graph)
    graph.push(None)
    yield from _pulled(graph)


def _pulled(graph: av.filter.Graph) -> Iterator[Samples]:
    """What has come through the filters so far."""
    while True:
        try:
            frame = graph.pull()
        except (av.error.BlockingIOError, av.error.EOFError):
            return
        yield np.asarray(frame.to_ndarray(), np.float32)


def _factors(speed: float) -> list[float]:
    """Factors that make up ``speed``, each within what atempo does without leaving anything out: a half to two."""
    count = max(1, math.ceil(abs(math.log2(speed)) - 1e-9))
    return [speed ** (1 / count)] * count


def looped(path: Path, skip: float, loop: Loop) -> Iterator[Samples]:
    """The file's sound from ``skip`` seconds on, without end.

    Raises:
        RenderError: it cannot be decoded.
    """
    start, end, fade = round(loop.start * RATE), round(loop.end * RATE), max(1, round(loop.fade * RATE))
    reader = Reader(once(path, skip))
    yield from _pieces(reader, end - fade - round(skip * RATE))
    while True:
        tail = reader.read(fade)
        reader = Reader(once(path, max(0, start - fade) / RATE))
        head = reader.read(fade)
        if not head.shape[1]:
            raise RenderError(f"The sound of {path.name} is empty or broken; use another file.")
        yield blended(_filled(tail, fade), _filled(head, fade))
        yield from _pieces(reader, end - fade - max(start, fade))


def blended(leaving: Samples, coming: Samples) -> Samples:
    """A crossfade of steady power, also when the two sounds are alike: sines and cosines alone would swell there."""
    t = np.linspace(0, np.pi / 2, leaving.shape[1], endpoint=False, dtype=np.float32)
    down, up = np.cos(t), np.sin(t)
    both = float(np.sqrt((leaving**2).sum() * (coming**2).sum()))
    alike = float(np.clip((leaving * coming).sum() / both, -0.5, 1)) if both > 0 else 0.0
    return np.asarray((leaving * down + coming * up) / np.sqrt(1 + 2 * alike * down * up), np.float32)


def _pieces(reader: Reader, count: int) -> Iterator[Samples]:
    while count > 0:
        piece = reader.read(min(count, _PIECE))
        if not piece.shape[1]:
            return
        count -= piece.shape[1]
        yield piece


def _filled(samples: Samples, count: int) -> Samples:
    return np.pad(samples, ((0, 0), (0, count - samples.shape[1])))
