"""Words into glyphs: for each piece of a line a font that has it, shaped by HarfBuzz, in the order in which it is seen."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby

import uharfbuzz as hb

from nemovideo_mcp.media import fonts
from nemovideo_mcp.media.fonts import Typeface
from nemovideo_mcp.media.typeset import bidi, clusters
from nemovideo_mcp.timeline.model import Font

_WIDE = "\u2e80"
"""From here on (CJK radicals) letters stand in squares."""
_SHARED = "“”‘’…—·"
"""Punctuation that Chinese and Japanese set in squares of their own and the Latin script does not."""
_LEADING = {"han": 1.3, "other": 1.5}
"""The closest that lines may follow each other, in ems: scripts other than Latin stand taller, or hang lower."""

_REMEMBERED = 20_000
"""Widths that are kept at a time."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """A glyph at a place of its line, in ems from its beginning and up from the baseline; ``cluster`` counts as one reads."""

    face: Typeface
    id: int
    x: float
    y: float
    cluster: int


@dataclass(frozen=True, slots=True)
class Line:
    """A shaped line, all in ems. The ink reaches from ``left`` to ``right`` and from ``bottom`` (below 0) to ``top``."""

    glyphs: tuple[Glyph, ...]
    width: float
    clusters: int
    leading: float
    left: float
    right: float
    top: float
    bottom: float


class Typesetter:
    """Sets lines in one font, and in others what that does not have."""

    def __init__(
        self, font: Font, weight: int, optical: float, tracking: float, language: str | None, color: Typeface | None
    ) -> None:
        self._font, self._weight, self._optical = font, weight, optical
        self._tracking, self._language = tracking, language
        self._latin = next(fonts.chain(font, weight, optical))
        self._color, self._plain = color, fonts.plain_emoji(weight)
        self._widths: dict[str, float] = {}
        self._choices: dict[str, tuple[Typeface | None, str]] = {}

    def width(self, text: str) -> float:
        """How wide the words are, in ems."""
        if text not in self._widths:
            if len(self._widths) > _REMEMBERED:
                self._widths.clear()
            self._widths[text] = self.line(text, bidi.base(text)).width
        return self._widths[text]

    def lacks(self, text: str) -> tuple[str, list[str]]:
        """The characters that no font has, and the emoji that are there in one colour only."""
        missing, plain = "", []
        for cluster in clusters.split(text):
            face, drawn = self._choose(cluster)
            missing += cluster[len(drawn) :]
            if face is self._plain:
                plain.append(cluster)
        return missing, plain

    def line(self, text: str, base: int) -> Line:
        """The words on one line of a paragraph whose level is ``base`` (`bidi.base`)."""
        cast = list(self._cast(text))
        glyphs: list[Glyph] = []
        pen = 0.0
        for face, level, piece, numbers in _runs(cast, base):
            for glyph, advance in self._shaped(face, level, piece, numbers, pen):
                glyphs.append(glyph)
                pen += advance
        leading = max((_LEADING[kind] for face, _ in cast if (kind := self._kind(face)) in _LEADING), default=1.0)
        return Line(tuple(glyphs), pen, len(cast), leading, *_ink(glyphs, pen))

    def _cast(self, text: str) -> Iterator[tuple[Typeface, str]]:
        """A font for each cluster; what no font has is left out."""
        found = clusters.split(text)
        face = self._latin
        for i, cluster in enumerate(found):
            if cluster == " ":
                # A space belongs to the word before it, so that it does not cut a run in two.
                face = face if self._kind(face) == "other" and face.has(" ") else self._latin
            elif cluster in _SHARED and any(c[0] >= _WIDE for c in found[max(0, i - 1) : i + 2]):
                face = fonts.han(self._weight)
            else:
                choice, cluster = self._choose(cluster)
                if choice is None:
                    continue
                face = choice
            yield face, cluster

    def _choose(self, cluster: str) -> tuple[Typeface | None, str]:
        """The font for a cluster, and what is drawn of it: all, or if no font has its accents, the letter alone."""
        if cluster not in self._choices:
            parts = ((face, part) for part in (cluster, cluster[0]) if (face := self._found(part)))
            self._choices[cluster] = next(parts, (None, "" if clusters.visible(cluster) else cluster))
        return self._choices[cluster]

    def _found(self, cluster: str) -> Typeface | None:
        wanted = clusters.visible(cluster)
        if not wanted:
            return None
        pictures = [face for face in (self._color, self._plain) if face is not None and all(map(face.has, wanted))]
        if clusters.is_emoji(cluster) and pictures:
            # A font may have the parts of a flag or a family and not the whole: another one's whole is better.
            return next((face for face in pictures if self._is_one(face, cluster)), pictures[0])
        letters = fonts.chain(self._font, self._weight, self._optical)
        return next((face for face in letters if all(map(face.has, wanted))), None) or next(iter(pictures), None)

    def _is_one(self, face: Typeface, cluster: str) -> bool:
        return sum(advance > 0 for _, advance in self._shaped(face, 0, cluster, [0] * len(cluster), 0.0)) == 1

    def _kind(self, face: Typeface) -> str:
        if face is self._latin or face in (self._color, self._plain):
            return "latin"
        return "han" if face is fonts.han(self._weight) else "other"

    def _shaped(
        self, face: Typeface, level: int, piece: str, numbers: list[int], pen: float
    ) -> Iterator[tuple[Glyph, float]]:
        """The glyphs of a run and how far each moves the pen; ``numbers`` are the clusters of its characters."""
        buffer = hb.Buffer()
        buffer.add_str(piece)
        buffer.direction = "rtl" if level % 2 else "ltr"
        if self._language:
            buffer.language = self._language
        buffer.guess_segment_properties()
        hb.shape(face.font, buffer)
        tracking = self._tracking if face is self._latin else 0.0
        for info, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
            x, y = pen + place.x_offset / face.upem, place.y_offset / face.upem
            advance = place.x_advance / face.upem + (tracking if place.x_advance else 0.0)
            yield Glyph(face, info.codepoint, x, y, numbers[info.cluster]), advance
            pen += advance


@lru_cache(32)
def typesetter(
    font: Font, weight: int, optical: float, tracking: float, language: str | None, color: Typeface | None
) -> Typesetter:
    """A typesetter, the same one for the same type, since it remembers what it has measured; ``color`` is the font of emoji.

    Raises:
        MediaError: a font's package is not there.
    """
    return Typesetter(font, weight, optical, tracking, language, color)


def _runs(cast: list[tuple[Typeface, str]], base: int) -> Iterator[tuple[Typeface, int, str, list[int]]]:
    """Pieces of one font and one direction, from left to right: font, level, characters, and the cluster of each character."""
    text = "".join(cluster for _, cluster in cast)
    levels = bidi.levels(text, base)
    of_character = [(face, number) for number, (face, cluster) in enumerate(cast) for _ in cluster]
    runs = []
    for (face, level), group in groupby(range(len(text)), lambda i: (of_character[i][0], levels[i])):
        at = list(group)
        runs.append((face, level, text[at[0] : at[-1] + 1], [of_character[i][1] for i in at]))
    for i in bidi.visual([run[1] for run in runs]):
        yield runs[i]


def _ink(glyphs: list[Glyph], width: float) -> tuple[float, float, float, float]:
    """Left, right, top and bottom of what is drawn."""
    left, right, top, bottom = 0.0, width, 0.0, 0.0
    for glyph in glyphs:
        x, y, w, h = extents(glyph.face, glyph.id)
        left, right = min(left, glyph.x + x), max(right, glyph.x + x + w)
        top, bottom = max(top, glyph.y + y), min(bottom, glyph.y + y - h)
    return left, right, top, bottom


@cache
def extents(face: Typeface, glyph: int) -> tuple[float, float, float, float]:
    """Left edge, top edge, width and height of a glyph in ems, the edges from its origin."""
    box = face.font.get_glyph_extents(glyph)
    if box is None:
        return 0.0, 0.0, 0.0, 0.0
    em = face.upem
    return box.x_bearing / em, box.y_bearing / em, box.width / em, -box.height / em
