"""Keeps the true peaks of the film's sound under a ceiling, without bending what is below it."""

from collections.abc import Iterator

import numpy as np

from nemovideo_mcp.media.loudness import oversampled
from nemovideo_mcp.studio.render.sound.envelope import Decibels, Slopes
from nemovideo_mcp.studio.render.sound.samples import RATE, Samples

CEILING_DB = -1.0
"""dBTP that the film keeps to (EBU R 128, and what the platforms ask for)."""
_CODING_DB = 0.8
"""dB left for what AAC at 192 kbit/s adds to a peak."""
KEPT_DB = CEILING_DB - _CODING_DB
"""dBTP that nothing passes before it is coded."""
_CELL = 64
"""Samples of a cell, in which the gain goes in a straight line."""
_AHEAD = 5
"""Cells: 6.7 ms, in which the gain sinks before a peak."""
_DOWN = 2.0
"""dB a cell."""
RISE_DB = 20.0
"""dB a second by which the gain comes back: slow enough not to follow the waves of a bass."""
_UP = RISE_DB * _CELL / RATE
"""The same, a cell."""
_CONTEXT = 16
"""Samples before a window that its peaks depend on."""
_HARMLESS = 0.4
"""Between samples below this no peak hides that reaches the ceiling."""


def limited(blocks: Iterator[Samples]) -> Iterator[Samples]:
    """The blocks, each a multiple of `_CELL` long, turned down ahead of what would be too loud, and slowly up again.

    They come out in other lengths, but as many samples in all.
    """
    slopes = Slopes(down=_DOWN, up=_UP, ahead=_AHEAD)
    edge: Samples = np.zeros((2, _CONTEXT), np.float32)
    held: Samples = np.empty((2, 0), np.float32)
    gains: Decibels = np.zeros(1)
    for block in blocks:
        held = np.concatenate([held, block], axis=1)
        window = np.concatenate([edge, block], axis=1)
        edge = window[:, -_CONTEXT - _CELL :]
        gains = np.concatenate([gains, slopes.push(_allowed(window))])
        # A cell is decided with the one behind it: the gain at their border is the lower of the two.
        if gains.size > 2:
            count = (gains.size - 2) * _CELL
            yield _turned(held[:, :count], gains)
            held, gains = held[:, count:], gains[-2:]
    if held.shape[1]:
        last = _allowed(np.pad(edge, ((0, 0), (0, _CELL))))
        gains = np.concatenate([gains, slopes.push(last), slopes.finish(), [0.0]])
        yield _turned(held, gains)


def _allowed(window: Samples) -> Decibels:
    """The gain (dB) that each cell may have, between the context at the beginning and the cell at the end."""
    inner = slice(_CONTEXT, window.shape[1] - _CELL)
    count = max(0, window.shape[1] - _CELL - _CONTEXT) // _CELL
    loudest = float(np.abs(window).max(initial=0.0))
    if loudest < _HARMLESS:
        return np.zeros(count)
    if not np.isfinite(loudest):
        window = np.nan_to_num(window)
    peaks = oversampled(window)[:, inner].max(axis=0).reshape(count, _CELL).max(axis=1)
    return np.asarray(np.minimum(0.0, KEPT_DB - 20 * np.log10(np.maximum(peaks, 1e-6))), np.float64)


def _turned(samples: Samples, gains: Decibels) -> Samples:
    """``samples`` of n cells, under n + 2 gains: that of the cell before them, theirs, and that of the one behind."""
    if not gains.any():
        return samples
    borders = 10 ** (np.minimum(gains[:-1], gains[1:]) / 20)
    along = np.linspace(0, 1, _CELL, endpoint=False)
    curve = borders[:-1, None] + (borders[1:] - borders[:-1])[:, None] * along
    return np.asarray(samples * curve.reshape(-1).astype(np.float32), np.float32)
