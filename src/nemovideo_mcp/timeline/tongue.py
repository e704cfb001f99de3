"""The language in which a person is answered: the one that they wrote in."""

import re
from typing import Literal

Tongue = Literal["en", "zh"]

_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_WORD = re.compile(r"[A-Za-z]+")
_QUOTED = re.compile(r"\"[^\"]*\"|“[^”]*”|「[^」]*」|『[^』]*』|《[^》]*》")


def tongue_of(text: str) -> Tongue:
    """Chinese where two characters of it, outside quotation marks, stand against each Latin word; else English."""
    plain = _QUOTED.sub(" ", text)
    han = len(_HAN.findall(plain))
    return "zh" if han and 2 * han >= len(_WORD.findall(plain)) else "en"
