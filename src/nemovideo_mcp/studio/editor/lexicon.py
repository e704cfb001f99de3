"""The words that the editor knows, in both languages, and the concept that each one stands for.

The grammar (`phrases`) is written in concepts, so one phrase serves English and Chinese. Words of several parts win over
shorter ones ("fade out" before "fade", 最后面 before 最后). Adding a way to say something is adding it to a line here.
"""

from collections.abc import Iterator
from typing import Any

from nemovideo_mcp.studio.editor.vocabulary import CHINESE, ENGLISH, VALUES

Meaning = tuple[str, Any]


def _split(words: str) -> Iterator[str]:
    return (word.strip() for word in words.split("|") if word.strip())


def _english() -> dict[str, Meaning]:
    table: dict[str, Meaning] = {}
    for concept, words in ENGLISH.items():
        table |= dict.fromkeys(_split(words), (concept, None))
    for concept, values in VALUES.items():
        table |= {word: (concept, value) for words, value in values.items() for word in _split(words) if word.isascii()}
    return table


def _chinese() -> dict[str, Meaning]:
    table: dict[str, Meaning] = {}
    for concept, words in CHINESE.items():
        table |= dict.fromkeys(_split(words), (concept, None))
    for concept, values in VALUES.items():
        found = {w: (concept, value) for words, value in values.items() for w in _split(words) if not w.isascii()}
        table |= found
    return table


WORDS: dict[str, Meaning] = _english()
HAN: dict[str, Meaning] = _chinese()
LONGEST_HAN = max(map(len, HAN))
LONGEST_PHRASE = max(word.count(" ") + 1 for word in WORDS)
STARTS = {word.split(" ", 1)[0] for word in WORDS if " " in word}


def meaning(word: str) -> Meaning | None:
    """The concept of an English word, also as a plural or with a possessive ending. ``None``: not a word we know."""
    for form in (word, word.removesuffix("'s"), word.removesuffix("s"), word.removesuffix("es")):
        if form in WORDS:
            return WORDS[form]
    return None
