"""Words that are on the screen, spoken of in Chinese: Coffee这几个字, 那个hello, Hello改成你好, 价格改了，现在是Only $7."""

import re
from collections.abc import Mapping, Sequence

from rapidfuzz import fuzz, process

from nemovideo_mcp.studio.editor.tokens import Token

LONGEST = 600
"""Characters of a text that are looked for."""
_NEW_WORDS = frozenset(
    "TITLE ADD SAY CAPTION MAKE OLD_WORDS LOWER_THIRD END_CARD SUBTITLE ALLTEXTS COLON RESAY USE REPLACE NUMBERING".split()
)
_TAKING = ("把", "将", "让", "给", "使")
"""Behind these stands what is there already."""
MOST_SHOWN = 40
"""Texts of the film that are looked for in an instruction."""


def shown(plain: str, texts: list[str]) -> dict[int, tuple[int, str]]:
    """Where the words of a title that is on the screen are spoken of, Coffee这几个字, “Coffee”挪到下面: the end, and the words."""
    found: dict[int, tuple[int, str]] = {}
    behind = r"(?:这|那)(?:几个|个|行|句|一行|一句|两个)(?:字|文字|标题|话)?|的?(?:字样|这行字)"
    for old in sorted(set(texts), key=len)[-MOST_SHOWN:]:
        if len(old.strip()) < 2:
            continue
        words = re.escape(old.strip()[:LONGEST])
        form = re.compile(
            rf"(?<![A-Za-z0-9])[\"“'‘「『《]?{words}[\"”'’」』》]?(?:{behind})?(?![A-Za-z0-9])(?!(?:这|那)?(?:张|幅|照片|图))",
            re.IGNORECASE,
        )
        found |= {match.start(): (match.end(), old) for match in form.finditer(plain)}
    return found


ALIKE = 70
"""How much of 100 the new words have to be like those on the screen, to be put in their place without their name."""
_NOW = re.compile(r"(?:现在是|应该是|要改成|改成|改为|变成|换成)\s?([^，。,\n“”\"「」]{2,60})")


def updated(plain: str, texts: list[str]) -> dict[int, tuple[int, str, str]]:
    """价格改了，现在是Only $7: new words that are almost those of one title, where they begin: the end, the old and the new."""
    found: dict[int, tuple[int, str, str]] = {}
    for match in _NOW.finditer(plain):
        new = match[1].strip()
        alike = process.extract(new, texts[:MOST_SHOWN], scorer=fuzz.ratio, score_cutoff=ALIKE, limit=2)
        if len(alike) == 1 and alike[0][0] != new:
            found[match.start(1)] = (match.end(1), str(alike[0][0]), new)
    return found


def tokens(
    text: str,
    at: int,
    named: Mapping[int, tuple[int, str]],
    renewed: Mapping[int, tuple[int, str, str]],
    before: Sequence[Token],
    announced: bool,
) -> list[Token]:
    """What stands at a place as a title and its words, with the new ones where they are given; nothing where no words of the
    screen are spoken of there. ``announced``: words without quotation marks begin there."""
    if at in renewed:
        end, old, new = renewed[at]
        words = [Token("TITLE", "", at, at), Token("OLD_WORDS", "", at, at, old), Token("MAKE", "", at, at)]
        return [*words, Token("QUOTE", text[at:end], at, end, new)]
    fresh = bool(before) and before[-1].kind in _NEW_WORDS and before[-1].text not in _TAKING
    if at not in named or announced or fresh:
        return []
    end, old = named[at]
    return [Token("TITLE", "", at, at), Token("QUOTE", text[at:end], at, end, old)]
