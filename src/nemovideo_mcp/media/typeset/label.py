"""One line of words as a mask, for what is looked at and not filmed: the names under the pictures of a contact sheet."""

import math

import numpy as np
import uharfbuzz as hb
from PIL import Image

from nemovideo_mcp.media import fonts
from nemovideo_mcp.media.typeset import clusters
from nemovideo_mcp.media.typeset.shape import Typesetter, typesetter

_WEIGHT = 600
_ABOVE, _BELOW = 1.1, 0.4
"""What a line takes above and below its baseline, in ems: room for marks and for what hangs."""
_UNKNOWN = "□"


def height(size: int) -> int:
    """Pixels of a label's mask from top to bottom, whatever its words."""
    return round(_ABOVE * size) + round(_BELOW * size)


def label(text: str, size: int, width: int) -> Image.Image:
    """The words in type of ``size`` pixels as a mask (L) no wider than ``width``; their middle gives way where they are too
    long, for names differ at their ends. Emoji are line drawings.

    Raises:
        MediaError: a font's package is not there.
    """
    text = " ".join(clusters.tidy(text))
    setter = typesetter("sans", _WEIGHT, float(size), 0.0, fonts.language(text), None)
    missing, _ = setter.lacks(text)
    words = _shortened(setter, [_UNKNOWN if c in missing else c for c in clusters.split(text)], width / size)
    # From left to right whatever the script: the numbers of a list stand in front.
    line = setter.line(words, 0)
    across, down = max(1, min(width, math.ceil((line.right - line.left) * size))), height(size)
    draw = hb.RasterDraw()
    for glyph in line.glyphs:
        scale = size / glyph.face.upem
        x, y = (glyph.x - line.left) * size, round(_BELOW * size) + glyph.y * size
        draw.transform = (scale, 0, 0, scale, x, y)
        draw.draw_glyph(glyph.face.font, glyph.id)
    if not line.glyphs:
        return Image.new("L", (1, down))
    draw.extents = hb.RasterExtents(0, 0, across, down, 0)
    made = draw.render()
    lines = np.frombuffer(made.buffer, np.uint8).reshape(down, made.extents.stride)
    return Image.fromarray(np.ascontiguousarray(lines[::-1, :across]))


def _shortened(setter: Typesetter, letters: list[str], room: float) -> str:
    """As many of the first and of the last letters as fit (ems)."""
    words, length = "".join(letters), len(letters)
    while setter.width(words) > room and length > 2:
        length -= 1
        words = "".join(letters[: (length + 1) // 2]) + "…" + "".join(letters[len(letters) - length // 2 :])
    return words
