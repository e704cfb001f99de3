"""What the reading of an instruction passes from step to step."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of an instruction.

    ``kind`` is what it is (``DUR``, ``QUOTE``, ``REF``, or a concept of the `lexicon` such as ``MUSIC``), ``text`` how
    it was written, ``start`` and ``end`` where, and ``value`` what it means: seconds for ``DUR`` and ``SPAN``, a share
    of 1 for ``PERCENT``, clip numbers or file names for ``REF``.
    """

    kind: str
    text: str
    start: int
    end: int
    value: Any = None
    read_as: str | None = None
    """The word that a misspelt one was taken for."""
    complains: bool = False
    """Whether it was said as too much of something ("too dark" asks for brighter)."""


ENDS = ("COMMA", "STOP", "AND", "THEN", "CORRECTION", "BECAUSE")
"""Kinds that divide the parts of an instruction."""
NOTHING = ("POLITE", "NOISE", "ASIDE")
"""Kinds that say nothing for an edit."""


def chinese(token: Token) -> bool:
    """Whether a token begins with a Chinese character."""
    return "一" <= token.text[:1] <= "鿿"


def joined(kind: str, parts: Sequence[Token], value: Any = None) -> Token:
    """One token over several neighbours."""
    text = " ".join(part.text for part in parts[:8])
    return Token(kind, text, parts[0].start, parts[-1].end, value, next((p.read_as for p in parts if p.read_as), None))


def kinds(tokens: Sequence[Token], at: int, *wanted: str) -> bool:
    """Whether the tokens from ``at`` on are of these kinds; each may list several, as in ``"AND|COMMA"``."""
    if at < 0 or at + len(wanted) > len(tokens):
        return False
    return all(tokens[at + i].kind in _several(want) for i, want in enumerate(wanted))


@cache
def _several(want: str) -> frozenset[str]:
    return frozenset(want.split("|"))
