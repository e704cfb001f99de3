"""A text in time: how it comes, stays and goes."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from nemovideo_mcp.studio.render.plan import Placed
from nemovideo_mcp.studio.render.planes import Planes
from nemovideo_mcp.studio.render.text.layout import Block, arranged
from nemovideo_mcp.studio.render.text.raster import Layer, dim, ground_for, raster
from nemovideo_mcp.studio.render.text.styles import NO_SHADOW
from nemovideo_mcp.timeline.model import Animation, Canvas, Overlay, Text
from nemovideo_mcp.timeline.time import frame_at

_RISE = 0.45
"""How far words rise, in type sizes."""
_FINE = 16
"""Words move in steps of this part of a pixel: too small to be seen as such."""
_TYPED_MS, _UNTYPED_MS = 55, 25
"""Milliseconds for each character that is typed, and that is taken back."""
_MOST_TYPED = 0.6, 0.3
"""The parts of the text's time that typing and taking back may use."""


class _Look(NamedTuple):
    """All that a frame shows of a text: two frames with the same look are the same."""

    opacity: int
    """0 to 256."""
    drop: int
    """How far the words are below their place, in parts of a pixel."""
    visible: int
    """How many clusters are there."""


class Title:
    """One text of the film. ``notes`` is what could not be drawn as asked; ``card`` the index of the clip that it is
    drawn into, None for words over the film."""

    def __init__(self, text: Text, block: Block | None, canvas: Canvas, card: Placed | None = None) -> None:
        self._text, self._block = text, block
        self.notes = block.notes if block else ()
        self.card = None if card is None else card.index
        self._start = frame_at(text.start_ms, canvas.fps) if card is None else card.first
        self._end = frame_at(text.start_ms + text.duration_ms, canvas.fps) if card is None else card.last
        self._kept = False
        self._drawn = block is not None and bool(block.rows) and self._end > self._start
        if block is None:
            return
        self._enter: Animation = text.enter or block.style.enter
        self._leave: Animation = text.leave or block.style.leave
        length = self._end - self._start
        enter_ms, leave_ms = float(block.style.enter_ms), float(block.style.leave_ms)
        if self._enter == "typewriter":
            enter_ms = min(block.clusters * _TYPED_MS, _MOST_TYPED[0] * text.duration_ms)
        if self._leave == "typewriter":
            leave_ms = min(block.clusters * _UNTYPED_MS, _MOST_TYPED[1] * text.duration_ms)
        self._in = 0 if self._enter == "none" else max(1, frame_at(round(enter_ms), canvas.fps))
        self._out = 0 if self._leave == "none" else max(1, frame_at(round(leave_ms), canvas.fps))
        if self._in + self._out > length:
            # A text that is too short for both shares its time.
            self._in = length * self._in // (self._in + self._out)
            self._out = min(self._out, length - self._in)
        self._layers = lru_cache(2)(self._rastered)
        self._moved = lru_cache(1)(self._lowered)

    def draw(self, n: int, out: Planes) -> None:
        """Blends the words over frame ``n`` where they are to be seen."""
        self.dim(n, out)
        self.write(n, out)

    def dim(self, n: int, out: Planes) -> None:
        """Takes the light off frame ``n`` where the style wants the whole picture behind its words darker."""
        if not self._drawn or not self._start <= n < self._end:
            return
        assert self._block is not None
        if (share := self._block.style.dim) and self._block.plate is None:
            for value, plane in zip(ground_for(self._text.color), out, strict=True):
                dim(plane, value, share * self._look(n).opacity / 256)

    def write(self, n: int, out: Planes) -> None:
        """The words alone, over what was dimmed before."""
        if not self._drawn or not self._start <= n < self._end:
            if self._kept:
                # A film with subtitles has hundreds of texts: each keeps its pixels only while it is shown.
                self._layers.cache_clear()
                self._moved.cache_clear()
                self._kept = False
            return
        assert self._block is not None
        self._kept = True
        look = self._look(n)
        if look.opacity and look.visible:
            for layer, plane in zip(self._moved(look.visible, look.drop), out, strict=True):
                layer.blend(plane, look.opacity / 256)

    def until(self, n: int) -> int:
        """The first frame after ``n`` at which it may look different."""
        if not self._drawn or n >= self._end:
            return sys.maxsize
        if n < self._start:
            return self._start
        look = self._look(n)
        held = self._end - self._out
        following = held if self._start + self._in <= n < held - 1 else n + 1
        while following < self._end and self._look(following) == look:
            following += 1
        return following

    def _look(self, n: int) -> _Look:
        assert self._block is not None
        coming = min(1.0, (n + 0.5 - self._start) / self._in) if self._in else 1.0
        going = min(1.0, (self._end - n - 0.5) / self._out) if self._out else 1.0
        opacity, drop, visible = 1.0, 0.0, self._block.clusters
        for kind, t, way in ((self._enter, coming, 1), (self._leave, going, -1)):
            if t >= 1:
                continue
            if kind == "typewriter":
                visible = min(visible, round(t * self._block.clusters))
            else:
                opacity = min(opacity, t * t * (3 - 2 * t))
            if kind == "rise":
                # Fast at first and slow towards its place, as things that come to rest are.
                drop += way * (1 - t) ** 3 * _RISE * self._block.size
        return _Look(round(256 * opacity), round(drop * _FINE), visible)

    def _rastered(self, visible: int) -> tuple[Layer, ...]:
        assert self._block is not None
        return raster(self._block, self._text.color, self._text.stroke, visible)

    def _lowered(self, visible: int, drop: int) -> tuple[Layer, ...]:
        layers, by = self._layers(visible), drop / _FINE
        return tuple(layer.lowered(by / (2 if index else 1)) for index, layer in enumerate(layers)) if drop else layers


def titles(
    texts: Sequence[Text], canvas: Canvas, overlays: Sequence[Overlay] = (), cards: Mapping[str, Placed] | None = None
) -> list[Title]:
    """The film's texts, out of each other's way and of that of overlays. Those in ``cards`` (by the id of the clip) are there for
    as long as their card can be seen.

    Raises:
        RenderError: a font is missing.
    """
    made = []
    for text, block in zip(texts, arranged(texts, canvas, overlays), strict=True):
        card = (cards or {}).get(text.clip or "") if text.style == "card" else None
        if block is not None and card is not None and not card.clip.media:
            block = replace(block, style=replace(block.style, shadow=NO_SHADOW))
        made.append(Title(text, block, canvas, card))
    return made
