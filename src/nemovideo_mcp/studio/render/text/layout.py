"""Words to a block of lines that fits the frame, and the block to its place in it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from nemovideo_mcp.media import fonts
from nemovideo_mcp.media.errors import MediaError
from nemovideo_mcp.media.typeset import bidi, clusters
from nemovideo_mcp.media.typeset.shape import Line, Typesetter, typesetter
from nemovideo_mcp.studio.render.job import RenderError
from nemovideo_mcp.studio.render.text import wrap
from nemovideo_mcp.studio.render.text.styles import BOX, STYLES, Plate, Style
from nemovideo_mcp.timeline.layout import SAFE, overlay_box
from nemovideo_mcp.timeline.model import Canvas, Overlay, Text

_LEAST = 0.034
"""The smallest type size that words are set at for the sake of few lines, in parts of the frame's short side."""
_TALLEST = 0.55
"""The part of the frame's height that a text may take before it is set smaller."""
_CAP, _DESCENT = 0.73, 0.2
"""How far capitals stand above the baseline and how much room is left under it, in ems: what a block is measured by."""
_STEP = 0.94
_SOLID = 0.4
"""From this opacity on words make way for an overlay; a fainter one they may cross."""
_GAP = 0.4
"""What is kept free between two texts that would lie over each other, in type sizes."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line at its type size; ``x`` and ``baseline`` in pixels from the upper left of the block's words."""

    line: Line
    size: float
    x: float
    baseline: float


@dataclass(frozen=True, slots=True)
class Block:
    """Words that are set: the rows, the size of the type and of the words in pixels, and how far the ink goes beyond these
    (left, top, right, bottom). With a plate the padding is part of the block."""

    rows: tuple[Row, ...]
    style: Style
    plate: Plate | None
    size: float
    width: float
    height: float
    over: tuple[float, float, float, float]
    rtl: bool
    notes: tuple[str, ...] = ()
    x: float = 0.0
    y: float = 0.0
    """The upper left corner in the frame."""

    @property
    def pad(self) -> tuple[float, float]:
        return (self.plate.pad_x * self.size, self.plate.pad_y * self.size) if self.plate else (0.0, 0.0)

    @property
    def clusters(self) -> int:
        return sum(row.line.clusters for row in self.rows)

    @property
    def taken(self) -> "Taken":
        return Taken(self.x, self.y, self.width, self.height)


class Taken(NamedTuple):
    """A part of the frame that is in use, in pixels."""

    x: float
    y: float
    width: float
    height: float

    def meets(self, other: "Taken") -> bool:
        return (
            self.x < other.x + other.width
            and other.x < self.x + self.width
            and self.y < other.y + other.height
            and other.y < self.y + self.height
        )


def arranged(texts: Sequence[Text], canvas: Canvas, overlays: Sequence[Overlay] = ()) -> list[Block | None]:
    """A block for each text (None: there is nothing to draw). Of texts that would lie over each other at some time, the later
    ones make way, up from the bottom and down from elsewhere, unless they were put at a point or there is no room. All make
    way for overlays.

    Raises:
        RenderError: a font is missing.
    """
    blocks: list[Block | None] = []
    for text in texts:
        try:
            block = laid(text, canvas)
        except MediaError as error:
            raise RenderError(f'The title "{text.text[:40]}" {error.reason}.') from error
        if block is not None and text.at is None:
            others = [
                (before.start_ms, before.duration_ms, other.taken)
                for before, other in zip(texts, blocks, strict=False)
                if other is not None
            ]
            logos = [
                (logo.start_ms, logo.duration_ms, Taken(*overlay_box(logo, canvas)))
                for logo in overlays
                if logo.opacity >= _SOLID
            ]
            beside = [
                taken
                for start, lasts, taken in (*logos, *others)
                if start < text.start_ms + text.duration_ms and (lasts is None or text.start_ms < start + lasts)
            ]
            block = _out_of_the_way(block, beside, canvas, up="bottom" in text.position)
        blocks.append(block)
    return blocks


def laid(text: Text, canvas: Canvas) -> Block | None:
    """The words at the largest type size, up to their style's, at which they stand in few lines inside the safe area."""
    paragraphs = clusters.tidy(text.text)
    if not paragraphs:
        return None
    style = STYLES[text.style]
    plate = replace(style.plate or BOX, color=text.box, alpha=1.0) if text.box else style.plate
    language = fonts.language(text.text)
    first, second = (
        typesetter(text.font, weight, style.optical * scale, style.tracking * scale, language, fonts.color_emoji())
        for weight, scale in ((style.weight, 1.0), (style.second_weight or style.weight, style.second))
    )
    setters = [first, *([second] * (len(paragraphs) - 1))]
    short = min(canvas.width, canvas.height)
    size = style.size * text.size * short * (style.upright if canvas.height > canvas.width else 1.0)
    least = min(_LEAST * short, size)
    # An upright frame has height to give, and no width.
    most = round(style.lines * min(2.4, max(1.0, 1.6 * canvas.height / canvas.width))) + len(paragraphs) - 1
    while True:
        block = _set(paragraphs, setters, text, style, plate, size, canvas)
        few = len(block.rows) <= most and block.height <= canvas.height * _TALLEST
        if (_inside(block, canvas) and (few or size <= least)) or size < 1:
            break
        size *= _STEP
    block = replace(block, notes=tuple(_notes(paragraphs, setters)))
    if not any(row.line.glyphs for row in block.rows):
        return replace(block, rows=())
    return _at_its_place(block, text, canvas)


def _set(
    paragraphs: list[str],
    setters: list[Typesetter],
    text: Text,
    style: Style,
    plate: Plate | None,
    size: float,
    canvas: Canvas,
) -> Block:
    pad_x, pad_y = (plate.pad_x * size, plate.pad_y * size) if plate else (0.0, 0.0)
    room = canvas.width * SAFE * min(1.0, style.room * max(1.0, text.size)) - 2 * pad_x
    if canvas.width <= canvas.height:
        # Upright frames have no width to give away.
        room = canvas.width * SAFE - 2 * pad_x
    rtl = bool(bidi.base(paragraphs[0]))
    found: list[tuple[Line, float]] = []
    for index, (paragraph, setter) in enumerate(zip(paragraphs, setters, strict=True)):
        scaled = size * (style.second if index else 1.0)
        base = bidi.base(paragraph)
        for words in wrap.lines(paragraph, fonts.language(text.text), max(1.0, room / scaled), setter.width):
            found.append((setter.line(words, base), scaled))
    widest = max(line.width * scaled for line, scaled in found)
    side = _side(text, rtl)
    rows: list[Row] = []
    baseline = pad_y + _CAP * found[0][1]
    for index, (line, scaled) in enumerate(found):
        if index:
            leading = max(style.leading, line.leading, found[index - 1][0].leading)
            # From one size to another, half of the distance is measured by each.
            baseline += leading * (scaled + found[index - 1][1]) / 2
        rows.append(Row(line, scaled, pad_x + (widest - line.width * scaled) * side, baseline))
    width, height = widest + 2 * pad_x, baseline + _DESCENT * found[-1][1] + pad_y
    over = (
        max(0.0, *(-row.x - row.line.left * row.size for row in rows)),
        max(0.0, *(row.line.top * row.size - row.baseline for row in rows)),
        max(0.0, *(row.x + row.line.right * row.size - width for row in rows)),
        max(0.0, *(row.baseline - row.line.bottom * row.size - height for row in rows)),
    )
    return Block(tuple(rows), style, plate, size, width, height, over, rtl)


def _inside(block: Block, canvas: Canvas) -> bool:
    left, top, right, bottom = block.over
    return block.width + left + right <= canvas.width * SAFE and block.height + top + bottom <= canvas.height * SAFE


def _side(text: Text, rtl: bool) -> float:
    """0: lines begin at the left, 0.5: they are centred, 1: they end at the right."""
    if text.align != "auto":
        return {"left": 0.0, "center": 0.5, "right": 1.0}[text.align]
    if text.at is None and ("left" in text.position or "right" in text.position):
        return 0.0 if "left" in text.position else 1.0
    return 0.5 if text.style != "lower_third" else float(rtl)


def _at_its_place(block: Block, text: Text, canvas: Canvas) -> Block:
    """On the nine-field grid of the safe area, or with its middle at a point, but never outside."""
    margin_x, margin_y = canvas.width * (1 - SAFE) / 2, canvas.height * (1 - SAFE) / 2
    x, y = (canvas.width - block.width) / 2, (canvas.height - block.height) / 2
    if text.at is not None:
        x, y = text.at[0] * canvas.width - block.width / 2, text.at[1] * canvas.height - block.height / 2
    else:
        if "left" in text.position:
            x = margin_x
        elif "right" in text.position:
            x = canvas.width - margin_x - block.width
        if "top" in text.position:
            y = margin_y
        elif "bottom" in text.position:
            y = canvas.height - margin_y - block.height
    left, top, right, bottom = block.over
    x = max(margin_x + left, min(x, canvas.width - margin_x - block.width - right))
    y = max(margin_y + top, min(y, canvas.height - margin_y - block.height - bottom))
    return replace(block, x=x, y=y)


def _out_of_the_way(block: Block, others: list[Taken], canvas: Canvas, *, up: bool) -> Block:
    gap = _GAP * block.size
    above = [replace(block, y=other.y - gap - block.height - block.over[3]) for other in others]
    below = [replace(block, y=other.y + other.height + gap + block.over[1]) for other in others]
    margin = canvas.height * (1 - SAFE) / 2
    for tried in (block, *((*above, *below) if up else (*below, *above))):
        inside = tried.y - tried.over[1] >= margin and tried.y + tried.height + tried.over[3] <= canvas.height - margin
        if inside and not any(tried.taken.meets(other) for other in others):
            return tried
    return block


def _notes(paragraphs: list[str], setters: list[Typesetter]) -> Iterator[str]:
    lacks = [setter.lacks(paragraph) for paragraph, setter in zip(paragraphs, setters, strict=True)]
    if missing := "".join(dict.fromkeys("".join(characters for characters, _ in lacks))):
        yield f"No font has {missing!r}: left out of a title."
    if plain := " ".join(dict.fromkeys(emoji for _, found in lacks for emoji in found)):
        if fonts.color_emoji() is None:
            yield (
                f"This machine has no colour emoji font: {plain} in a title is drawn in one colour. "
                "Install one (on Linux the package fonts-noto-color-emoji) and render again."
            )
        else:
            yield f"The colour emoji font of this machine does not have {plain}: drawn in one colour in a title."
