"""A block of words as pixels: coverage masks of letters, outline, shadow and plate, laid over each other as premultiplied YUV."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

import cv2
import numpy as np
import numpy.typing as npt
import uharfbuzz as hb
from PIL import ImageColor

from nemovideo_mcp.media.fonts import Typeface
from nemovideo_mcp.media.typeset.shape import Glyph, extents
from nemovideo_mcp.studio.render.planes import Plane
from nemovideo_mcp.studio.render.text.layout import Block

Weights: TypeAlias = npt.NDArray[np.uint16]
Floats: TypeAlias = npt.NDArray[np.float32]
Yuv: TypeAlias = tuple[float, float, float]

_STROKE = 0.055
"""Width of an outline that was asked for, in ems."""
_GLOW = 1.3
"""How much stronger a light ground is than a dark one: light around letters is noticed less."""
_TURNS = 24
"""An outline is the letters drawn in so many directions from their place: the gaps between are below what can be seen."""
_BITMAP = 128
"""Pixels of the bitmaps to choose in fonts that have them at several sizes."""


@dataclass(frozen=True, slots=True)
class Layer:
    """One plane of a raster: colour times alpha and what is left of the picture, both in 1/256, at a place of the plane,
    which it may hang over."""

    x: int
    y: int
    color: Weights
    rest: Weights

    def blend(self, plane: Plane, opacity: float = 1.0) -> None:
        height, width = self.color.shape
        left, top = max(0, -self.x), max(0, -self.y)
        right, bottom = min(width, plane.shape[1] - self.x), min(height, plane.shape[0] - self.y)
        if left >= right or top >= bottom:
            return
        box = plane[self.y + top : self.y + bottom, self.x + left : self.x + right]
        # At most 255 · 256 + 128: the sum stays inside 16 bits.
        mixed = box * self.rest[top:bottom, left:right]
        mixed += self.color[top:bottom, left:right]
        mixed += np.uint16(128)
        if opacity == 1:
            np.right_shift(mixed, 8, out=box, casting="unsafe")
        else:
            cv2.addWeighted((mixed >> 8).astype(np.uint8), opacity, box, 1 - opacity, 0, dst=box)

    def lowered(self, by: float) -> "Layer":
        """Moved down by a part of a pixel, too: letters that move in whole ones are seen to step."""
        whole = math.floor(by)
        if by == whole:
            return Layer(self.x, self.y + whole, self.color, self.rest)
        kernel = _between(by - whole)

        def moved(values: Weights) -> Weights:
            room = cv2.copyMakeBorder(values, 2, 2, 0, 0, cv2.BORDER_CONSTANT)
            return np.asarray(cv2.filter2D(room, -1, kernel, anchor=(0, 2)), np.uint16)

        alpha = np.minimum(moved(256 - self.rest), 256)
        # The filter overshoots at edges.
        return Layer(self.x, self.y + whole - 2, np.minimum(moved(self.color), alpha * 255), 256 - alpha)

    def trimmed(self) -> "Layer":
        """Without the empty rows and columns around it."""
        rows, columns = (np.flatnonzero((self.rest < 256).any(axis=axis)) for axis in (1, 0))
        if not len(rows):
            return Layer(self.x, self.y, self.color[:0, :0], self.rest[:0, :0])
        part = slice(rows[0], rows[-1] + 1), slice(columns[0], columns[-1] + 1)
        return Layer(self.x + int(columns[0]), self.y + int(rows[0]), self.color[part].copy(), self.rest[part].copy())


def raster(block: Block, color: str, stroke: str | None, visible: int) -> tuple[Layer, Layer, Layer]:
    """The block's words, of which the first ``visible`` clusters are there, in three planes. Colours are ``#rrggbb``."""
    shadow, plate = block.style.shadow, block.plate
    ground = ground_for(color)
    reach = max(2.5 * shadow.blur + shadow.drop, shadow.edge, _STROKE if stroke else 0)
    paper = _Paper(block, math.ceil(reach * block.size) + 2)
    letters = paper.letters(visible)
    pictures, covered = paper.pictures(visible)
    ink = np.maximum(letters, covered)
    if plate is not None:
        inside = paper.plate()
        paper.lay(inside * np.float32(plate.alpha), yuv(plate.color) if plate.color else ground)
        if plate.bar:
            paper.lay(inside * paper.bar(), yuv(color))
    else:
        alpha = shadow.alpha if ground[0] < 100 else min(1.0, shadow.alpha * _GLOW)
        paper.lay(paper.shadow(ink) * np.float32(alpha), ground)
        if not stroke:
            paper.lay(paper.letters(visible, shadow.edge * block.size) * np.float32(shadow.edge_alpha), ground)
    if stroke:
        paper.lay(paper.letters(visible, _STROKE * block.size), yuv(stroke))
    paper.lay(letters, yuv(color))
    paper.lay_picture(pictures, covered)
    return paper.layers()


def ground_for(color: str) -> Yuv:
    """What sets letters off is what they are not: dark behind light ones, light behind dark ones."""
    return yuv("#000000" if yuv(color)[0] > 100 else "#f4f4f4")


def dim(plane: Plane, value: float, share: float) -> None:
    """Takes a whole plane towards a value; by table, which is five times as fast as to reckon."""
    codes = np.arange(256, dtype=np.float32)
    table = np.rint(codes * (1 - share) + value * share).astype(np.uint8)
    cv2.LUT(plane, table, dst=plane)


def layers(planes: Sequence[Floats], alpha: Floats, x: int, y: int) -> tuple[Layer, Layer, Layer]:
    """Premultiplied Y, U and V of one even size, with their coverage, as layers at an even place of the frame."""
    luma, u, v = (
        Layer(
            x // half,
            y // half,
            np.rint(scaled(plane) * 256).astype(np.uint16),
            (256 - np.rint(scaled(alpha) * 256)).astype(np.uint16),
        ).trimmed()
        for plane, half, scaled in zip(planes, (1, 2, 2), (_same, _halved, _halved), strict=True)
    )
    return luma, u, v


class _Paper:
    """The part of the frame around a block, at whole and even pixels: what is laid on it adds up."""

    def __init__(self, block: Block, margin: int) -> None:
        left, top, right, bottom = block.over
        self._block = block
        self._x = math.floor(block.x - left - margin) // 2 * 2
        self._y = math.floor(block.y - top - margin) // 2 * 2
        width = math.ceil(block.x + block.width + right + margin) - self._x
        height = math.ceil(block.y + block.height + bottom + margin) - self._y
        self._size = (height + 1) // 2 * 2, (width + 1) // 2 * 2
        self._alpha = np.zeros(self._size, np.float32)
        self._planes = [np.zeros(self._size, np.float32) for _ in range(3)]

    def lay(self, mask: Floats, color: Yuv) -> None:
        rest = 1 - mask
        self._alpha = self._alpha * rest + mask
        self._planes = [
            plane * rest + mask * np.float32(value) for plane, value in zip(self._planes, color, strict=True)
        ]

    def lay_picture(self, rgb: Floats | None, alpha: Floats) -> None:
        """A picture with its colours (0 to 1, premultiplied) and coverage."""
        if rgb is None:
            return
        rest = 1 - alpha
        self._alpha = self._alpha * rest + alpha
        self._planes = [plane * rest + v for plane, v in zip(self._planes, premultiplied_yuv(rgb, alpha), strict=True)]

    def letters(self, visible: int, spread: float = 0.0) -> Floats:
        """How much of each pixel the letters cover, 0 to 1, made wider by ``spread`` pixels all around."""
        turns = [(0.0, 0.0)]
        if spread > 0:
            angles = [2 * math.pi * i / _TURNS for i in range(_TURNS)]
            turns += [(spread * math.cos(a), spread * math.sin(a)) for a in angles]
        height, width = self._size
        draw = hb.RasterDraw()
        drawn = False
        for glyph, size, x, y in self._glyphs(visible):
            if glyph.face.has_color:
                continue
            scale = size / glyph.face.upem
            for dx, dy in turns:
                draw.transform = (scale, 0, 0, scale, x + dx, height - y + dy)
                draw.draw_glyph(glyph.face.font, glyph.id)
            drawn = True
        if not drawn:
            return np.zeros(self._size, np.float32)
        draw.extents = hb.RasterExtents(0, 0, width, height, 0)
        image = draw.render()
        lines = np.frombuffer(image.buffer, np.uint8).reshape(height, image.extents.stride)
        return lines[::-1, :width].astype(np.float32) / np.float32(255)

    def pictures(self, visible: int) -> tuple[Floats | None, Floats]:
        """The colour emoji: RGB and coverage."""
        rgb: Floats | None = None
        alpha = np.zeros(self._size, np.float32)
        for glyph, size, x, y in self._glyphs(visible):
            if not glyph.face.has_color:
                continue
            left, top, width, height = (value * size for value in extents(glyph.face, glyph.id))
            if width <= 0 or height <= 0:
                continue
            column, row = round(x + left), round(y - top)
            image = _picture(glyph.face, glyph.id, max(1, round(width)), max(1, round(height)))
            if image is None:
                continue
            rgb = np.zeros((*self._size, 3), np.float32) if rgb is None else rgb
            part = slice(max(0, row), row + image.shape[0]), slice(max(0, column), column + image.shape[1])
            piece = image[part[0].start - row :, part[1].start - column :][: self._size[0] - part[0].start]
            piece = piece[:, : self._size[1] - part[1].start]
            rest = 1 - piece[..., 3]
            rgb[part] = rgb[part] * rest[..., None] + piece[..., :3]
            alpha[part] = alpha[part] * rest + piece[..., 3]
        return rgb, alpha

    def shadow(self, ink: Floats) -> Floats:
        shadow, size = self._block.style.shadow, self._block.size
        matrix = np.array([[1, 0, 0], [0, 1, shadow.drop * size]], np.float32)
        dropped = cv2.warpAffine(ink, matrix, self._size[::-1], flags=cv2.INTER_LINEAR)
        soft = cv2.GaussianBlur(dropped, (0, 0), max(0.4, shadow.blur * size))
        # The blurred shadow of thin strokes is faint; doubled it is as dark around them as around bold ones.
        return np.minimum(np.asarray(soft, np.float32) * 2, 1)

    def plate(self) -> Floats:
        block, plate = self._block, self._block.plate
        assert plate is not None
        return self._rounded(block.x, block.y, block.width, block.height, plate.radius * block.size)

    def bar(self) -> Floats:
        block, plate = self._block, self._block.plate
        assert plate is not None
        wide = plate.bar * block.size
        x = block.x + block.width - wide if block.rtl else block.x
        return self._rounded(x, block.y - 1, wide, block.height + 2, 0)

    def _rounded(self, x: float, y: float, width: float, height: float, radius: float) -> Floats:
        """Coverage of a rectangle with round corners, from the distance to its edge."""
        rows = np.abs(np.arange(self._size[0], dtype=np.float32)[:, None] + 0.5 + self._y - y - height / 2) - height / 2
        columns = np.abs(np.arange(self._size[1], dtype=np.float32)[None] + 0.5 + self._x - x - width / 2) - width / 2
        outside = np.hypot(np.maximum(rows + radius, 0), np.maximum(columns + radius, 0))
        inside = np.minimum(np.maximum(rows, columns) + radius, 0)
        return np.asarray((0.5 + radius - outside - inside).clip(0, 1), np.float32)

    def layers(self) -> tuple[Layer, Layer, Layer]:
        return layers(self._planes, self._alpha, self._x, self._y)

    def _glyphs(self, visible: int) -> Iterator[tuple[Glyph, float, float, float]]:
        """Each glyph that is to be seen, its type size and its place on the paper in pixels, y down to its baseline."""
        block, before = self._block, 0
        for row in block.rows:
            # On a whole pixel the baseline is sharp.
            y = round(block.y + row.baseline) - self._y
            x = block.x + row.x - self._x
            for glyph in row.line.glyphs:
                if before + glyph.cluster < visible:
                    yield glyph, row.size, x + glyph.x * row.size, y - glyph.y * row.size
            before += row.line.clusters


@lru_cache(64)
def _picture(face: Typeface, glyph: int, width: int, height: int) -> Floats | None:
    """A colour glyph in RGB and alpha, 0 to 1, premultiplied, at a size in pixels; None if the font has none there."""
    if face.has_bitmaps:
        face.font.ppem = (_BITMAP, _BITMAP)
        png = face.font.get_glyph_color_png(glyph)
        stored = (
            cv2.imdecode(np.frombuffer(bytes(png.data), np.uint8), cv2.IMREAD_UNCHANGED) if png and png.data else None
        )
        if stored is None:
            return None
        if stored.shape[2] == 3:
            stored = cv2.cvtColor(stored, cv2.COLOR_BGR2BGRA)
        image = stored.astype(np.float32) / 255
        image[..., :3] *= image[..., 3:]
    else:
        # Painted at twice the size: the corners of flat shapes come out smoother.
        box = face.font.get_glyph_extents(glyph)
        paint = hb.RasterPaint()
        x, y = 2 * width / box.width, -2 * height / box.height
        paint.transform = (x, 0, 0, y, -box.x_bearing * x, -(box.y_bearing + box.height) * y)
        paint.extents = hb.RasterExtents(0, 0, 2 * width, 2 * height, 0)
        if not paint.paint_glyph_or_fail(face.font, glyph):
            return None
        made = paint.render()
        lines = np.frombuffer(made.buffer, np.uint8).reshape(2 * height, made.extents.stride // 4, 4)
        image = lines[::-1, : 2 * width].astype(np.float32) / 255
    shrinks = width < image.shape[1]
    sized = cv2.resize(image, (width, height), interpolation=cv2.INTER_AREA if shrinks else cv2.INTER_CUBIC).clip(0, 1)
    return np.ascontiguousarray(sized[..., [2, 1, 0, 3]], np.float32)


def _between(t: float) -> Floats:
    """The weights of four rows for the one that is ``t`` of the way back from the third to the second (Catmull and Rom, 1974)."""
    a, b, c, d = (-t + 2 * t**2 - t**3, 2 - 5 * t**2 + 3 * t**3, t + 4 * t**2 - 3 * t**3, -(t**2) + t**3)
    return np.array([[d], [c], [b], [a]], np.float32) * np.float32(0.5)


def _same(values: Floats) -> Floats:
    return values


def _halved(values: Floats) -> Floats:
    height, width = values.shape
    mean: Floats = values.reshape(height // 2, 2, width // 2, 2).mean(axis=(1, 3), dtype=np.float32)
    return mean


def yuv(color: str) -> Yuv:
    """A colour (``#rrggbb``, or a name of CSS; white if it is none) in BT.709 limited range."""
    try:
        rgb = ImageColor.getrgb(color)[:3]
    except ValueError:
        # A draft from elsewhere may name colours in its own way.
        rgb = (255, 255, 255)
    y, u, v = (
        float(value)
        for value in premultiplied_yuv(np.asarray(rgb, np.float32) / np.float32(255), np.ones((), np.float32))
    )
    return y, u, v


def premultiplied_yuv(rgb: Floats, alpha: Floats) -> tuple[Floats, Floats, Floats]:
    """Y, U and V of premultiplied RGB, 0 to 1, in BT.709 limited range (ITU-R BT.709-6, items 3.2 to 3.5)."""
    red, green, blue = rgb[..., 0], rgb[..., 1], rgb[..., 2]
    luma = np.float32(0.2126) * red + np.float32(0.7152) * green + np.float32(0.0722) * blue
    u = np.float32(128) * alpha + np.float32(224 / 1.8556) * (blue - luma)
    v = np.float32(128) * alpha + np.float32(224 / 1.5748) * (red - luma)
    return np.float32(16) * alpha + np.float32(219) * luma, u, v
