"""Files that are called by a word of their names: "the cat" is ``chelsea_the_cat.jpg`` where no other file is called so.

A word counts only where it points at a picture ("the rocket", "the retina photo", "the photo with the cat") and means
nothing else in the editing language; Chinese names count whole (日落 is ``日落.jpg``).
"""

import re
from collections import Counter
from collections.abc import Iterable

from nemovideo_mcp.studio.editor import lexicon
from nemovideo_mcp.studio.editor.tokens import Token

_POINTING = frozenset(("the", "my", "our", "this", "that", "your"))
_NOUNS = frozenset(("photo", "picture", "pic", "image", "shot", "snap", "clip", "slide", "one"))
_LINKS = frozenset(("of", "with", "showing"))
_WORD = re.compile(r"[A-Za-z]{3,30}")
_HAN_STEM = re.compile(r"[\u3400-\u9fff]{2,12}")
_SOUND = (".mp3", ".wav", ".m4a", ".aac", ".flac", ".ogg", ".oga", ".opus")


def words_of(names: Iterable[str]) -> dict[str, str]:
    """The words that call one file each, in small letters, with that file's name."""
    seen: Counter[str] = Counter()
    found: dict[str, str] = {}
    for name in names:
        stem = name.rpartition(".")[0]
        if name.lower().endswith(_SOUND):
            continue
        for word in {word.lower() for word in _WORD.findall(stem)}:
            seen[word] += 1
            found[word] = name
    return {word: name for word, name in found.items() if seen[word] == 1 and not _ours(word)}


def _ours(word: str) -> bool:
    return word in _POINTING or word in _NOUNS or lexicon.meaning(word) is not None


def stems_of(names: Iterable[str]) -> dict[str, str]:
    """Whole Chinese names without their ending, with the file's name."""
    stems = [(name.rpartition(".")[0], name) for name in names if not name.lower().endswith(_SOUND)]
    once = Counter(stem for stem, _ in stems)
    return {s: name for s, name in stems if _HAN_STEM.fullmatch(s) and once[s] == 1 and s not in lexicon.HAN}


def read(tokens: list[Token], words: dict[str, str]) -> list[Token]:
    """The tokens with every picture that is called by a word of its name as one file."""
    if not words:
        return tokens
    out: list[Token] = []
    at = 0
    while at < len(tokens):
        here = tokens[at]
        name = words.get(here.text.lower().removesuffix("'s")) if here.kind == "WORD" else None
        noun = at + 1 < len(tokens) and _is(tokens[at + 1], _NOUNS)
        beside = _chinese(tokens, at + 1) or _chinese(tokens, at - 1)
        if name is None or not (noun or beside or (out and _is(out[-1], _POINTING | _LINKS))):
            out.append(here)
            at += 1
            continue
        start = _before(out)
        first = out[start] if start < len(out) else here
        del out[start:]
        out.append(Token("FILE", here.text, first.start, tokens[at + noun].end, name))
        at += 2 if noun else 1
    return out


def _chinese(tokens: list[Token], at: int) -> bool:
    """Whether a Chinese word stands there: beside one, rocket那张, a word of a name points by itself."""
    return 0 <= at < len(tokens) and "一" <= tokens[at].text[:1] <= "鿿"


def _is(token: Token, words: frozenset[str]) -> bool:
    return token.kind == "WORD" and token.text.lower() in words


def _before(out: list[Token]) -> int:
    """Where "the photo with the" begins at the end of ``out``; the end itself when it is not there."""
    at = len(out)
    article = at - 1 if at and (_is(out[at - 1], _POINTING) or out[at - 1].text.lower() in ("a", "an")) else at
    if article and _is(out[article - 1], _LINKS) and article > 1 and _is(out[article - 2], _NOUNS):
        return article - 2
    return at
