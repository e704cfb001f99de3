"""A small pattern language over tokens, in which the phrases of the grammar are written.

A pattern is a row of elements divided by spaces. An element is one kind or several (``FILM|IT``), may be left out
(``FOR?``) or repeated (``TO*``), and may store the token's value under a name (``DUR:seconds``). ``~`` passes over at
most two words that are not known and leaves them to be reported. Elements are taken greedily and never given back, so
matching is linear.

A **frame** takes its parts in any order, as the two languages and people differ in it: ``& needed ; allowed ; around``. All
of the needed elements must be there, each of the allowed ones may be once (or, with ``*``, collected: their tokens are kept
in order), and words of the kinds around may stand anywhere between. A frame begins with a needed or allowed part, or with a verb.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any

from nemovideo_mcp.studio.editor.phrase import SOFT
from nemovideo_mcp.studio.editor.tokens import Token

VERBS = frozenset(("MAKE", "ADD", "USE", "SHOW", "MOVE", "KEEP"))
"""What stands around a frame and may begin it: so that the longest reading is found from the verb on."""
UNKNOWN_PASSED = 2
MOST_REPEATS = 6
"""Tokens that a repeated element takes at most: nobody says more, and it keeps the work linear."""


@dataclass(frozen=True, slots=True)
class Element:
    kinds: frozenset[str]
    optional: bool
    repeated: bool
    name: str | None


@dataclass(frozen=True, slots=True)
class Match:
    """``used`` are the indexes of the tokens that the pattern took; ``length`` how far it reached."""

    length: int
    used: tuple[int, ...]
    slots: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Frame:
    needs: tuple[Element, ...]
    may: tuple[Element, ...]
    around: frozenset[str]


@cache
def frame(pattern: str) -> Frame:
    needs, may, around = (part.strip() for part in pattern.removeprefix("&").split(";"))
    return Frame(compiled(needs), compiled(may), frozenset(around.split()))


@cache
def compiled(pattern: str) -> tuple[Element, ...]:
    elements = []
    for part in pattern.split():
        kinds, _, name = part.partition(":")
        optional, repeated = kinds.endswith("?"), kinds.endswith("*")
        elements.append(Element(frozenset(kinds.rstrip("?*").split("|")), optional or repeated, repeated, name or None))
    return tuple(elements)


def first_kinds(pattern: str) -> frozenset[str]:
    """The kinds that a match of the pattern can begin with."""
    found: set[str] = set()
    if pattern.startswith("&"):
        whole = frame(pattern)
        parts = frozenset().union(*(element.kinds for element in (*whole.needs, *whole.may)))
        return parts | (whole.around & VERBS)
    for element in compiled(pattern):
        if "~" in element.kinds:
            continue
        found |= element.kinds
        if not element.optional:
            break
    return frozenset(found)


@cache
def needed(pattern: str) -> tuple[frozenset[str], ...]:
    """Of each of these sets of kinds one must be in a clause for the pattern to match in it."""
    elements = frame(pattern).needs if pattern.startswith("&") else compiled(pattern)
    return tuple(e.kinds for e in elements if not e.optional and "~" not in e.kinds)


def match(pattern: str, tokens: tuple[Token, ...], at: int) -> Match | None:
    """The pattern at a place, or ``None``."""
    if pattern.startswith("&"):
        return _match_frame(frame(pattern), tokens, at)
    here = at
    used: list[int] = []
    slots: dict[str, Any] = {}
    for element in compiled(pattern):
        if "~" in element.kinds:
            passed = 0
            while passed < UNKNOWN_PASSED and here < len(tokens) and tokens[here].kind == "UNKNOWN":
                here += 1
                passed += 1
            continue
        taken = 0
        while here < len(tokens) and tokens[here].kind in element.kinds:
            if element.name:
                slots[element.name] = tokens[here].value
            used.append(here)
            here += 1
            taken += 1
            if not element.repeated or taken == MOST_REPEATS:
                break
        if not taken and not element.optional:
            return None
    return Match(here - at, tuple(used), slots) if used else None


LONGEST_FRAME = 40
"""Tokens that a frame reaches over at most."""
MOST_AROUND = 6
"""Tokens between two parts of a frame at most."""


def _match_frame(whole: Frame, tokens: tuple[Token, ...], at: int) -> Match | None:
    needs, may = list(whole.needs), list(whole.may)
    used: list[int] = []
    slots: dict[str, Any] = {}
    end = last = at
    for here in range(at, min(len(tokens), at + LONGEST_FRAME)):
        token = tokens[here]
        element = next((e for e in (*needs, *may) if token.kind in e.kinds), None)
        if element is None and (token.kind not in whole.around or (here == at and token.kind not in VERBS)):
            break
        used.append(here)
        if element is None:
            if here - last > MOST_AROUND:
                break
            # Words that say something are part of the frame even behind its last part.
            end = here + 1 if token.kind not in SOFT else end
            continue
        end, last = here + 1, here
        if element.repeated:
            slots.setdefault(element.name or "parts", []).append(token)
        elif element.name:
            slots[element.name] = token.kind if token.value is None else token.value
        if element in needs:
            needs.remove(element)
            if element.repeated:
                may.append(element)
        elif not element.repeated:
            may.remove(element)
    if needs or end == at:
        return None
    return Match(end - at, tuple(i for i in used if i < end), slots)
