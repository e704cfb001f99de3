"""The words that the editor knows, in both languages, and the concept that each one stands for.

The grammar (`phrases`) is written in concepts, so one phrase serves English and Chinese. Words of several parts win over
shorter ones ("fade out" before "fade", 最后面 before 最后). Adding a way to say something is adding it to a line here.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

import webcolors
from rapidfuzz import process
from rapidfuzz.distance import OSA

from nemovideo_mcp.studio.editor import built, cardwords, careful, formal, idioms, manners, sayings, vocabulary

Meaning = tuple[str, Any]


def _split(words: str) -> Iterator[str]:
    return (word.strip() for word in words.split("|") if word.strip())


_SHADES = (
    "light",
    "dark",
    "medium",
    "deep",
    "pale",
    "hot",
    "sky",
    "royal",
    "forest",
    "sea",
    "steel",
    "slate",
    "lime",
    "midnight",
)


def _colors() -> dict[str, Meaning]:
    """The colours of CSS, also as people write them: ``light blue``, ``sky blue``."""
    table: dict[str, Meaning] = {}
    for name in webcolors.names("css3"):
        value = webcolors.name_to_hex(name)
        table[name] = ("COLOR", value)
        for shade in _SHADES:
            if name.startswith(shade) and len(name) > len(shade):
                table[f"{shade} {name[len(shade) :]}"] = ("COLOR", value)
    return table


def _table(latin: bool) -> dict[str, Meaning]:
    table: dict[str, Meaning] = _colors() if latin else {word: (kind, value) for word, kind, value in built.forms()}
    for source in (sayings, vocabulary, manners, idioms, formal, careful, cardwords):
        for concept, words in (source.ENGLISH if latin else source.CHINESE).items():
            table |= dict.fromkeys(_split(words), (concept, None))
        for concept, values in source.VALUES.items():
            found = {w: (concept, value) for words, value in values.items() for w in _split(words)}
            table |= {word: meaning for word, meaning in found.items() if word.isascii() == latin}
    return table


WORDS: dict[str, Meaning] = _table(latin=True)
HAN: dict[str, Meaning] = _table(latin=False)
LONGEST_HAN = max(map(len, HAN))
LONGEST_PHRASE = max(word.count(" ") + 1 for word in WORDS)
PARTS = {part for word in WORDS for part in word.split(" ")}
STARTS = {word.split(" ", 1)[0] for word in WORDS if " " in word}


def meaning(word: str) -> Meaning | None:
    """The concept of an English word, also as a plural or with a possessive ending. ``None``: not a word we know."""
    for form in (word, word.removesuffix("'s"), word.removesuffix("s"), word.removesuffix("es")):
        if form in WORDS:
            return WORDS[form]
    return None


_LOGO = re.compile(r"logo|water ?mark|wordmark|brand|badge|emblem|标志|徽标|水印|台标|商标|角标", re.IGNORECASE)


def is_logo(names: Sequence[Any]) -> bool:
    """Whether one file is named, and its name says that it is a logo: ``add logo.png`` means over the film."""
    return len(names) == 1 and isinstance(names[0], str) and bool(_LOGO.search(names[0]))


REAL = frozenset(
    "bored bores board boxes scared score shared allows allow knows grown shown brother cousins uncle aunt nephew niece boring bear beer bird board boat boats coast coat cost court cover crowd dance dream dress drink earth flower flowers foot forest "
    "garden grass hands happen heart hearts horse horses house kids light lights love mountain mountains month night ocean party "
    "people person plate plane please river roses sailing scene school smile smiles snow spring stage star stars street "
    "summer sunset table there these thing things three tower train trains travel trees water waves weather white winter women "
    "world family friend friends letter letters paint panda paper phone phones piano place places plant plants point shirt shoes "
    "short shots since skirt slice sport spots stand state steps stone storm story style sugar sweet swing think those tiger "
    "title total touch tracks trail trash truck voice watch wheel where which while whole windy wings woman words works write "
    "wrong young bread brown build burst cards chain chair check child class clean clear climb clock cloud coffee corner dinner "
    "doors dragon during faces farms field final fires first flash floor focus force frame fresh front fruit games ghost glass "
    "green group guest hotel image islands inner jokes juice knife large later laugh layer learn lemon level lunch magic major "
    "match metal model money month morning motor mouse mouth movie music never nurse onion order other owner paste peace photo "
    "picture pieces pilot pizza power price prize proud queen quiet radio raise range reach right robot rough round sauce serve "
    "shade shake shape share sheep sheet shift sight skill sleep slide small smart smell smoke snake sound south space speak "
    "spend spoon staff start steal steam steel stick store stormy tired today toast tooth topic truth uncle under union until "
    "upper urban usual video visit waste wedding beach beaches better father mother brother sister dancing singing living".split()
)
"""Frequent words that are near to one of ours and are not meant as it."""


@lru_cache(maxsize=4096)
def meant(word: str) -> str | None:
    """The word of ours that a misspelt one is meant as: at most one slip (two in long words), the first letter right.

    A slip is a letter too many, too few, another, or two exchanged (optimal string alignment).
    """
    if len(word) < 4 or not word.isascii() or not word.isalpha() or word in REAL or word.removesuffix("s") in REAL:
        return None
    slips = 2 if len(word) >= 8 else 1
    near = [known for known in _BY_LETTER.get(word[0], ()) if abs(len(known) - len(word)) <= slips]
    found = process.extractOne(word, near, scorer=OSA.distance, score_cutoff=slips)
    return str(found[0]) if found and len(found[0]) >= 4 else None


def _by_letter() -> dict[str, list[str]]:
    table: dict[str, list[str]] = {}
    for word in WORDS:
        for part in word.split(" "):
            known = meaning(part)
            # What cannot be done is no better for being guessed at.
            if len(part) > 4 and part.isalpha() and known and known[0] not in ("LATER", "CLOUD", "PUBLISH"):
                table.setdefault(part[0], []).append(part)
    return {letter: sorted(set(words)) for letter, words in table.items()}


_BY_LETTER = _by_letter()
