"""Words over the picture: drawn once with Pillow, kept as premultiplied planes, blended only inside their box."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageColor, ImageDraw, ImageFilter

from nemovideo_mcp.media import fonts
from nemovideo_mcp.studio.render.planes import Plane, Planes
from nemovideo_mcp.timeline.model import Canvas, Text
from nemovideo_mcp.timeline.time import frame_at

SAFE = 0.9
"""Words stay inside this part of the frame: the title-safe area of SMPTE ST 2046-1."""

_SIZE, _LEAST_SIZE = 0.09, 0.03
"""Type size of a title, and the smallest that long words are shrunk to, in parts of the frame's short side."""
_TALLEST = 0.5
"""The part of the frame's height that a text may take before it is shrunk."""
_MOST_LINES = 3
_LEADING = 1.25
_FADE_MS = 400
_STROKE, _STROKE_ALPHA = 0.02, 0.5
_SHADOW, _SHADOW_DROP, _SHADOW_ALPHA = 0.13, 0.04, 0.6
"""Blur and drop of the shadow in type sizes: soft enough not to be seen as such, dark enough to read on snow."""
_WIDE = "\u2e80"
"""From here on (CJK radicals), lines may be broken between characters."""
_NO_LINE_START = set("，。、；：？！）】》」』”’…,.;:?!)%")

Weights: TypeAlias = npt.NDArray[np.uint16]
Floats: TypeAlias = npt.NDArray[np.float32]


class Title:
    """One text of the film. ``missing`` are the characters that the font does not have; they are left out."""

    def __init__(self, text: Text, canvas: Canvas) -> None:
        self._start = frame_at(text.start_ms, canvas.fps)
        self._end = frame_at(text.start_ms + text.duration_ms, canvas.fps)
        self._fade = max(1, min(frame_at(_FADE_MS, canvas.fps), (self._end - self._start) // 2))
        self.missing = "".join(dict.fromkeys(c for c in text.text if not fonts.has_glyph(c)))
        drawn = "".join(c for c in text.text if fonts.has_glyph(c))
        words = "\n".join(" ".join(line.split()) for line in drawn.strip().splitlines())
        self._layers = _raster(words, text, canvas) if words else ()
        self._faded = (256, self._layers)

    def draw(self, n: int, out: Planes) -> None:
        """Blends the words over frame ``n`` where they are to be seen."""
        if not self._layers or not self._start <= n < self._end:
            return
        for layer, plane in zip(self._at(self._opacity(n)), out, strict=True):
            layer.blend(plane)

    def until(self, n: int) -> int:
        """The first frame after ``n`` at which it may look different."""
        steady = self._start + self._fade, self._end - self._fade
        if not self._layers or n >= self._end:
            return sys.maxsize
        if n < self._start:
            return self._start
        return steady[1] if steady[0] <= n < steady[1] else n + 1

    def _opacity(self, n: int) -> int:
        """0 to 256: up over the first frames, down over the last."""
        t = min(1.0, (n + 0.5 - self._start) / self._fade, (self._end - n - 0.5) / self._fade)
        return round(256 * t * t * (3 - 2 * t))

    def _at(self, opacity: int) -> "tuple[Layer, ...]":
        if self._faded[0] != opacity:
            self._faded = (opacity, tuple(layer.faded(opacity) for layer in self._layers))
        return self._faded[1]


@dataclass(frozen=True, slots=True)
class Layer:
    """One plane of a raster: colour times alpha and what is left of the picture, both in 1/256, at a place of the plane."""

    x: int
    y: int
    color: Weights
    rest: Weights

    def blend(self, plane: Plane) -> None:
        height, width = self.color.shape
        box = plane[self.y : self.y + height, self.x : self.x + width]
        # At most 255 · 256 + 128: the sum stays inside 16 bits.
        box[...] = (box * self.rest + self.color + np.uint16(128)) >> 8

    def faded(self, opacity: int) -> "Layer":
        part = np.uint32(opacity)
        color = (self.color * part >> 8).astype(np.uint16)
        rest = (256 - ((256 - self.rest.astype(np.uint32)) * part >> 8)).astype(np.uint16)
        return Layer(self.x, self.y, color, rest)


@dataclass(frozen=True, slots=True)
class _Block:
    """Wrapped words: lines, type size and the width of the widest line in pixels."""

    lines: tuple[str, ...]
    size: int
    width: int

    @property
    def height(self) -> int:
        return round(self.size * _LEADING * len(self.lines))


def _raster(words: str, text: Text, canvas: Canvas) -> tuple[Layer, ...]:
    block = _fitting(words, canvas)
    # Room for the shadow; even, so that chroma falls into place.
    pad = (round(block.size * (2 * _SHADOW + _SHADOW_DROP)) + 2) // 2 * 2
    x, y = _place(text.position, block, canvas)
    x, y = (x - pad) // 2 * 2, (y - pad) // 2 * 2
    width, height = (block.width + 2 * pad + 1) // 2 * 2, (block.height + 2 * pad + 1) // 2 * 2
    side = "left" if "left" in text.position else "right" if "right" in text.position else "center"
    fill, stroke, shadow = _masks(block, side, (width, height), pad)
    # The shadow may reach beyond the frame; the raster may not.
    left, top, right, bottom = max(0, -x), max(0, -y), min(width, canvas.width - x), min(height, canvas.height - y)
    masks = [mask[top:bottom, left:right] for mask in (fill, stroke, shadow)]
    return _layers(x + left, y + top, *masks, color=text.color)


def _fitting(words: str, canvas: Canvas) -> _Block:
    """The words at the largest type size at which they stand in few lines inside the safe area."""
    short = min(canvas.width, canvas.height)
    room, least = int(canvas.width * SAFE), max(6, round(short * _LEAST_SIZE))
    size = max(least, round(short * _SIZE))
    while True:
        block = _wrapped(words, size, room)
        fits = len(block.lines) <= _MOST_LINES + words.count("\n") and block.height <= canvas.height * _TALLEST
        if (fits and block.width <= room) or size <= least:
            return block
        size = max(least, round(size * 0.92))


def _wrapped(words: str, size: int, room: int) -> _Block:
    """The words in as few lines as ``room`` pixels allow."""
    lines = [line for paragraph in words.splitlines() for line in _balanced(paragraph, size, room)]
    return _Block(tuple(lines), size, round(max(_length(line, size) for line in lines)) + 1)


def _balanced(paragraph: str, size: int, room: int) -> list[str]:
    """Lines of about equal length; broken behind punctuation where that takes no more lines."""
    tokens = list(_tokens(paragraph))
    best = _lines(tokens, size, room)
    phrases = _lines(_phrases(tokens), size, room)
    if len(phrases) <= len(best) and max(_length(line, size) for line in phrases) <= room:
        tokens, best = _phrases(tokens), phrases
    low, high = 0, room
    while len(best) > 1 and high - low > size // 4:
        width = (low + high) // 2
        narrow = _lines(tokens, size, width)
        if len(narrow) <= len(best) and max(_length(line, size) for line in narrow) <= width:
            best, high = narrow, width
        else:
            low = width
    return best


def _lines(tokens: list[str], size: int, room: int) -> list[str]:
    lines = [""]
    for token in tokens:
        if lines[-1] and _length((lines[-1] + token).rstrip(), size) > room:
            lines[-1] = lines[-1].rstrip()
            lines.append(token.lstrip())
        else:
            lines[-1] += token
    return [line.strip() for line in lines]


def _tokens(paragraph: str) -> Iterator[str]:
    """What a line must not be broken inside: a word, or one Han or kana character, with the punctuation that follows."""
    token = ""
    for c in paragraph:
        wide = c >= _WIDE or (token != "" and token[-1] >= _WIDE)
        if token and (wide or c == " ") and c not in _NO_LINE_START:
            yield token
            token = ""
        token += c
    if token:
        yield token


def _phrases(tokens: list[str]) -> list[str]:
    """The tokens joined up to each punctuation mark."""
    joined = [""]
    for token in tokens:
        joined[-1] += token
        if token[-1] in _NO_LINE_START:
            joined.append("")
    return [phrase for phrase in joined if phrase]


def _length(line: str, size: int) -> float:
    return fonts.bold(size).getlength(line, language=fonts.language(line))


def _place(position: str, block: _Block, canvas: Canvas) -> tuple[int, int]:
    """The upper left corner of the words on the nine-field grid inside the safe area."""
    margin_x, margin_y = round(canvas.width * (1 - SAFE) / 2), round(canvas.height * (1 - SAFE) / 2)
    x = (canvas.width - block.width) // 2
    y = (canvas.height - block.height) // 2
    if "left" in position:
        x = margin_x
    elif "right" in position:
        x = canvas.width - margin_x - block.width
    if "top" in position:
        y = margin_y
    elif "bottom" in position:
        y = canvas.height - margin_y - block.height
    return x, y


def _masks(block: _Block, side: str, size: tuple[int, int], pad: int) -> tuple[Floats, Floats, Floats]:
    """Coverage, 0 to 1, of the letters, of their outline and of their shadow."""
    font = fonts.bold(block.size)
    stroke_width = max(1, round(block.size * _STROKE))
    fill, stroke = Image.new("L", size), Image.new("L", size)
    for index, line in enumerate(block.lines):
        language = fonts.language(line)
        spare = block.width - font.getlength(line, language=language)
        x = pad + spare * {"left": 0.0, "center": 0.5, "right": 1.0}[side]
        # Noto's capitals stand 0.73 high on the baseline: this centres them on their line.
        y = pad + block.size * (_LEADING * (index + 0.5) + 0.365)
        ImageDraw.Draw(fill).text((x, y), line, 255, font, anchor="ls", language=language)
        ImageDraw.Draw(stroke).text((x, y), line, 255, font, anchor="ls", language=language, stroke_width=stroke_width)
    soft = stroke.filter(ImageFilter.GaussianBlur(block.size * _SHADOW))
    shadow = Image.new("L", size)
    shadow.paste(soft, (0, round(block.size * _SHADOW_DROP)))
    return _coverage(fill), _coverage(stroke), _coverage(shadow)


def _coverage(mask: Image.Image) -> Floats:
    return np.asarray(mask, np.float32) / np.float32(255)


def _layers(x: int, y: int, fill: Floats, stroke: Floats, shadow: Floats, *, color: str) -> tuple[Layer, ...]:
    luma = yuv(color)
    # Dark letters get a light outline: what sets them off must be what they are not.
    ground = (16.0, 128.0, 128.0) if luma[0] > 90 else (225.0, 128.0, 128.0)
    # The blurred shadow of thin strokes is faint; doubled it is as dark around them as around bold ones.
    dark = 1 - (1 - stroke * _STROKE_ALPHA) * (1 - np.minimum(1, shadow * 2) * _SHADOW_ALPHA)
    behind = np.asarray(dark * (1 - fill), np.float32)
    layers = []
    for index in range(3):
        alpha = np.asarray(fill + behind, np.float32)
        tinted = np.asarray(fill * luma[index] + behind * ground[index], np.float32)
        if index:
            alpha, tinted = _halved(alpha), _halved(tinted)
        half = 2 if index else 1
        layers.append(
            Layer(
                x // half,
                y // half,
                np.rint(tinted * 256).astype(np.uint16),
                (256 - np.rint(alpha * 256)).astype(np.uint16),
            )
        )
    return tuple(layers)


def _halved(values: Floats) -> Floats:
    height, width = values.shape
    mean: Floats = values.reshape(height // 2, 2, width // 2, 2).mean(axis=(1, 3), dtype=np.float32)
    return mean


def _rgb(color: str) -> tuple[int, int, int]:
    try:
        red, green, blue = ImageColor.getrgb(color)[:3]
    except ValueError:
        # A draft from elsewhere may name colours in its own way.
        return 255, 255, 255
    return red, green, blue


def yuv(color: str) -> tuple[float, float, float]:
    """A colour (``#rrggbb``, or a name of CSS; white if it is none) in BT.709 limited range (ITU-R BT.709-6, items 3.2 to 3.5)."""
    red, green, blue = (value / 255 for value in _rgb(color))
    luma = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return 16 + 219 * luma, 128 + 224 * (blue - luma) / 1.8556, 128 + 224 * (red - luma) / 1.5748
