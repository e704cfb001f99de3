"""A colour emoji font made on the spot: four squares, as layers (COLR) or as bitmaps (sbix), and one of them a family."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from fontTools.feaLib.builder import addOpenTypeFeaturesFromString
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import newTable
from fontTools.ttLib.tables.sbixGlyph import Glyph
from fontTools.ttLib.tables.sbixStrike import Strike
from PIL import Image

GRIN, MAN, GIRL, FAMILY = "😀", "👨", "👧", "👨\u200d👧"
COLORS = {"grin": (230, 180, 20), "man": (200, 40, 40), "girl": (40, 60, 200), "family": (30, 170, 60)}
_CODES = {0x1F600: "grin", 0x1F468: "man", 0x1F467: "girl", 0x200D: "joiner", 0x20: "space"}


def emoji_font(path: Path, kind: str) -> Path:
    """The font, with ``kind`` "layers" or "bitmaps"."""
    names = [".notdef", "space", "joiner", *COLORS, "square"]
    builder: Any = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap(_CODES)
    empty, square = TTGlyphPen(None), TTGlyphPen(None)
    for i, point in enumerate([(0, -100), (0, 800), (900, 800), (900, -100)]):
        (square.lineTo if i else square.moveTo)(point)
    square.closePath()
    blank, full = empty.glyph(), square.glyph()
    shapes = {name: full if name in COLORS or name == "square" else blank for name in names}
    builder.setupGlyf(shapes)
    builder.setupHorizontalMetrics(
        {name: (1000 if name in COLORS else 300 if name == "space" else 0, 0) for name in names}
    )
    builder.setupHorizontalHeader(ascent=900, descent=-200)
    builder.setupNameTable({"familyName": "Squares", "styleName": "Regular"})
    builder.setupOS2()
    builder.setupPost()
    addOpenTypeFeaturesFromString(builder.font, "feature liga { sub man joiner girl by family; } liga;")
    if kind == "layers":
        builder.setupCPAL([[(r / 255, g / 255, b / 255, 1.0) for r, g, b in COLORS.values()]])
        builder.setupCOLR({name: [("square", i)] for i, name in enumerate(COLORS)}, version=0)
    else:
        builder.font["sbix"] = _bitmaps(names)
    builder.save(path)
    return path


def _bitmaps(names: list[str]) -> Any:
    table: Any = newTable("sbix")
    table.version, table.flags = 1, 1
    strike = Strike(ppem=128, resolution=72)
    for name in names:
        if name in COLORS:
            out = io.BytesIO()
            Image.new("RGBA", (115, 115), (*COLORS[name], 255)).save(out, "PNG")
            strike.glyphs[name] = Glyph(
                glyphName=name, graphicType="png ", originOffsetX=0, originOffsetY=-13, imageData=out.getvalue()
            )
        else:
            strike.glyphs[name] = Glyph(glyphName=name)
    table.strikes = {128: strike}
    return table
