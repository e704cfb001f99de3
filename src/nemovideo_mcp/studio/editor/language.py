"""Which language an instruction is in: English, Chinese, or one that the grammar does not know."""

import re
from collections.abc import Sequence
from typing import Literal

from nemovideo_mcp.studio.editor import lexicon
from nemovideo_mcp.studio.editor.tokens import Token
from nemovideo_mcp.studio.editor.vocabulary import FOREIGN

Language = Literal["en", "zh", "unknown"]

_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_KANA_HANGUL = re.compile(r"[\u3041-\u3096\u30a1-\u30fa\uac00-\ud7a3]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]+(?:['’][A-Za-z\u00c0-\u024f]+)?")


def language_of(text: str, tokens: Sequence[Token]) -> Language:
    """The language of what stands outside quotation marks and file names."""
    outside = list(text)
    for token in tokens:
        if token.kind in ("QUOTE", "FILE", "SONG"):
            outside[token.start : token.end] = " " * (token.end - token.start)
    plain = "".join(outside)
    han = len(_HAN.findall(plain))
    words = [word.lower().replace("’", "'") for word in _LATIN.findall(plain)]
    latin = sum(map(len, words))
    if len(_KANA_HANGUL.findall(plain)) > 1:
        return "unknown"
    letters = sum(c.isalpha() for c in plain)
    if letters - han - latin > han + latin:
        return "unknown"
    if han and 2 * han >= len(words):
        return "zh"
    return "unknown" if _foreign(words) else "en"


def _foreign(words: list[str]) -> bool:
    if not words:
        return False
    # "d'un", "l'amour": an elided article before an apostrophe.
    foreign = sum((w in FOREIGN and w not in lexicon.WORDS) or w[:2] in ("d'", "l'", "j'", "c'") for w in words)
    known = sum(lexicon.meaning(w) is not None for w in words)
    accents = sum(not w.isascii() for w in words)
    share = known / len(words)
    return (foreign >= 2 and foreign * 6 >= len(words)) or (
        foreign + 2 * accents >= min(2, len(words) - 1) > 0 and share < 0.5
    )
