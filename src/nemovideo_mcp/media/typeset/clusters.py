"""What a reader takes for one character: a letter with its accents, a flag, a family of emoji. Pure.

Clusters are those of UAX #29, as the `regex` package finds them.
"""

from unicodedata import normalize

import regex

_CLUSTER = regex.compile(r"\X")
_EMOJI = regex.compile(r"\p{Emoji_Presentation}|\p{Emoji}\uFE0F|\p{Regional_Indicator}|\u20E3")
_INVISIBLE = regex.compile(r"\p{Default_Ignorable_Code_Point}")
_STRIPPED = regex.compile(r"\p{Cc}|\p{Cs}|(?![\u200c\u200d\U000E0020-\U000E007F])\p{Cf}")
"""Control and format characters have no shape; of the latter, joiners and the tags in flags have a use."""
_PILED = regex.compile(r"(\p{Mn}{4})\p{Mn}+")
"""Writing piles up to four marks on a letter; more is a prank that climbs out of the line."""


def split(text: str) -> list[str]:
    return list(_CLUSTER.findall(text))


def is_emoji(cluster: str) -> bool:
    """Whether the cluster is meant as a picture rather than as a sign: ``❤`` followed by U+FE0F is, ``©`` is not."""
    return bool(_EMOJI.search(cluster)) and "\ufe0e" not in cluster


def visible(cluster: str) -> str:
    """The characters that a font has to have."""
    return str(_INVISIBLE.sub("", cluster))


def tidy(text: str) -> list[str]:
    """The paragraphs, composed (NFC), without characters that have no shape, each space a single one."""
    lines = normalize("NFC", text).splitlines()
    spaced = (" ".join(line.replace("\u200b", " ").split()) for line in lines)
    tidied = (str(_PILED.sub(r"\1", _STRIPPED.sub("", line))).strip() for line in spaced)
    return [line for line in tidied if line]
