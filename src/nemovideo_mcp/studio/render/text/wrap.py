"""Where lines are broken: between words, by the rules of Chinese and Japanese typesetting, and so that they come out even."""

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import accumulate

import budoux

from nemovideo_mcp.media.typeset import clusters

Measure = Callable[[str], float]
"""How wide words are."""

_WIDE = "\u2e80"
_HANGUL = ("\u1100", "\u11ff"), ("\u3130", "\u318f"), ("\uac00", "\ud7af")
"""Korean puts spaces between its words, and is broken there."""
_NO_START = set(
    "，。、；：？！）】》〉」』”’…‥—～〜,.;:?!)]}%‰℃°·・ーヽヾゝゞ々ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ،؛؟।"
)
"""Never the first of a line, and its counterpart, never the last (JIS X 4051; GB/T 15834)."""
_NO_END = set("（【《〈「『“‘([{$¥￥€£#№")
_GLUED = _NO_START | {" "}
_CLOSING = set("”’")
_BREAK_AFTER = set("-–—/")
_MARKS = set("，。、；：？！…,.;:?!،؛؟।")

_SHORT = 0.4
"""A line that is shorter than this part of the longest is worse than a break in the middle of a phrase."""


def lines(paragraph: str, language: str | None, room: float, measure: Measure) -> list[str]:
    """The paragraph in as few lines as fit ``room``, of about equal length, broken where a reader would pause if it can be."""
    tokens = list(_tokens(paragraph))
    phrases = _phrases(paragraph, tokens, language)
    best = _filled(tokens, room, measure)
    for coarse in (_joined(tokens, lambda token: token.rstrip()[-1:] in _MARKS), phrases):
        if all(measure(token.strip()) <= room for token in coarse):
            tried = _filled(coarse, room, measure)
            if len(tried) <= len(best) and min(map(measure, tried)) > _SHORT * max(map(measure, tried)):
                tokens, best = coarse, tried
                break
    low, high = 0.0, room
    while len(best) > 1 and high - low > 0.2:
        width = (low + high) / 2
        if all(measure(token.strip()) <= width for token in tokens):
            tried = _filled(tokens, width, measure)
            if len(tried) <= len(best):
                best, high = tried, width
                continue
        low = width
    return best


def _filled(tokens: Sequence[str], room: float, measure: Measure) -> list[str]:
    """Each line as full as it gets."""
    found = [""]
    width = 0.0
    for piece in (piece for token in tokens for piece in _pieces(token, room, measure)):
        if found[-1] and width + measure(piece.rstrip()) > room:
            found.append("")
            width = 0.0
        found[-1] += piece
        width += measure(piece)
    return [line.strip() for line in found if line.strip()]


def _pieces(token: str, room: float, measure: Measure) -> Iterator[str]:
    """The token, or what fits a line each if it is too long for one."""
    if measure(token.rstrip()) <= room:
        yield token
        return
    piece = ""
    for cluster in clusters.split(token):
        if piece and measure(piece + cluster) > room:
            yield piece
            piece = ""
        piece += cluster
    yield piece


def _tokens(paragraph: str) -> Iterator[str]:
    """What a line is not broken inside, with the space behind it."""
    thai = any("\u0e00" <= c <= "\u0e7f" for c in paragraph)
    # Thai has no spaces between its words: they have to be known.
    words = set(accumulate(map(len, _thai().parse(paragraph)))) if thai else set()
    token, at = "", 0
    for cluster in clusters.split(paragraph):
        if token and (_may_break(token[-1], cluster[0]) or (at in words and cluster[0] not in _GLUED)):
            yield token
            token = ""
        token += cluster
        at += len(cluster)
    if token:
        yield token


def _may_break(before: str, after: str) -> bool:
    if after == " " or after in _NO_START or before in _NO_END:
        return False
    quoted = before in _CLOSING and after in _NO_END
    return before == " " or quoted or _wide(before) or _wide(after) or (before in _BREAK_AFTER and after.isalpha())


def _wide(c: str) -> bool:
    return c >= _WIDE and not any(first <= c <= last for first, last in _HANGUL)


def _joined(tokens: Sequence[str], ends: Callable[[str], bool]) -> list[str]:
    joined = [""]
    for token in tokens:
        joined[-1] += token
        if ends(token):
            joined.append("")
    return [phrase for phrase in joined if phrase]


def _phrases(paragraph: str, tokens: list[str], language: str | None) -> list[str]:
    """The tokens joined to the phrases that BudouX finds in Chinese and Japanese."""
    parser = _parser(language)
    if parser is None:
        return tokens
    ends = set(accumulate(map(len, parser.parse(paragraph))))
    reached = 0

    def whole(token: str) -> bool:
        nonlocal reached
        reached += len(token)
        return reached in ends or token.endswith(" ")

    return _joined(tokens, whole)


@cache
def _parser(language: str | None) -> budoux.Parser | None:
    load = {
        "ja": budoux.load_default_japanese_parser,
        "zh-Hans": budoux.load_default_simplified_chinese_parser,
        "zh-Hant": budoux.load_default_traditional_chinese_parser,
    }.get(language or "")
    return load() if load else None


@cache
def _thai() -> budoux.Parser:
    return budoux.load_default_thai_parser()
