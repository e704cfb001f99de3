"""The order of letters on a line that mixes directions: the Unicode Bidirectional Algorithm (UAX #9), pure.

Of its rules, all but those for explicit embeddings and isolates (X1 to X8): `clusters.tidy` takes such marks out of titles.
"""

from itertools import groupby
from unicodedata import bidirectional

_PAIRS = "()[]{}（）［］｛｝「」『』【】〔〕〈〉《》⟨⟩⟪⟫⟦⟧"
_CLOSES = dict(zip(_PAIRS[::2], _PAIRS[1::2], strict=True))
_FIRST_RTL = "\u0590"
"""Below are no letters that run from right to left, and nothing is to be done."""
_NUMBERS = ("EN", "AN")
_NEUTRAL = ("B", "S", "WS", "ON")


def base(text: str) -> int:
    """The level of a paragraph: 1 if its first strong letter is written from right to left, else 0 (P2, P3)."""
    strong = next((kind for c in text if (kind := bidirectional(c)) in ("L", "R", "AL")), "L")
    return int(strong != "L")


def levels(text: str, base: int) -> list[int]:
    """The level of each character of a line; odd ones run from right to left."""
    if base == 0 and max(text, default="") < _FIRST_RTL:
        return [0] * len(text)
    whole = [bidirectional(c) or "L" for c in text]
    at = [i for i, kind in enumerate(whole) if kind != "BN"]
    kinds = _weak([whole[i] for i in at], "RL"[base == 0])
    _brackets([text[i] for i in at], kinds, base)
    kinds = _neutral(kinds, base)
    found = dict(zip(at, (_level(kind, base) for kind in kinds), strict=True))
    result: list[int] = []
    for i in range(len(text)):
        # What has no direction of its own (joiners and the like) goes with what is before it.
        result.append(found.get(i, result[-1] if result else base))
    for i in range(len(text) - 1, -1, -1):
        if whole[i] not in ("WS", "BN"):
            break
        result[i] = base
    return result


def visual(levels: list[int]) -> list[int]:
    """The characters' indices from left to right (L2)."""
    order = list(range(len(levels)))
    for level in range(max(levels, default=0), 0, -1):
        i = 0
        for raised, group in groupby([levels[k] >= level for k in order]):
            length = len(list(group))
            if raised:
                order[i : i + length] = order[i : i + length][::-1]
            i += length
    return order


def _weak(kinds: list[str], start: str) -> list[str]:
    """W1 to W7."""
    before = start
    for i, kind in enumerate(kinds):
        kinds[i] = before = before if kind == "NSM" else kind
    strong = start
    for i, kind in enumerate(kinds):
        strong = kind if kind in ("L", "R", "AL") else strong
        if kind == "EN" and strong == "AL":
            kinds[i] = "AN"
    kinds = ["R" if kind == "AL" else kind for kind in kinds]
    for i in range(1, len(kinds) - 1):
        sides = kinds[i - 1], kinds[i + 1]
        if sides in (("EN", "EN"), ("AN", "AN")) and (kinds[i] == "CS" or (kinds[i], sides[0]) == ("ES", "EN")):
            kinds[i] = sides[0]
    _terminators(kinds)
    kinds = ["ON" if kind in ("ES", "ET", "CS") else kind for kind in kinds]
    strong = start
    for i, kind in enumerate(kinds):
        strong = kind if kind in ("L", "R") else strong
        if kind == "EN" and strong == "L":
            kinds[i] = "L"
    return kinds


def _terminators(kinds: list[str]) -> None:
    """W5: a row of currency and percent signs beside a number belongs to it."""
    i = 0
    for kind, group in groupby(list(kinds)):
        end = i + len(list(group))
        if kind == "ET" and "EN" in (*kinds[max(0, i - 1) : i], *kinds[end : end + 1]):
            kinds[i:end] = ["EN"] * (end - i)
        i = end


def _brackets(letters: list[str], kinds: list[str], base: int) -> None:
    """N0: brackets, with their accents, go the way of what they hold, or else of what is before them."""
    own, other = ("L", "R") if base == 0 else ("R", "L")
    for first, last in _pairs(letters, kinds):
        inside = {_side(kind) for kind in kinds[first + 1 : last]}
        if own not in inside and other not in inside:
            continue
        before = next((side for kind in reversed(kinds[:first]) if (side := _side(kind))), own)
        side = own if own in inside else before
        for i in (first, last):
            end = i + 1
            while end < len(letters) and bidirectional(letters[end]) == "NSM":
                end += 1
            kinds[i:end] = [side] * (end - i)


def _pairs(letters: list[str], kinds: list[str]) -> list[tuple[int, int]]:
    """Matching brackets in the order of the opening ones (BD16)."""
    stack: list[tuple[str, int]] = []
    found = []
    for i, c in enumerate(letters):
        if kinds[i] != "ON":
            continue
        if c in _CLOSES:
            stack.append((_CLOSES[c], i))
            continue
        at = next((k for k in range(len(stack) - 1, -1, -1) if stack[k][0] == c), None)
        if at is not None:
            found.append((stack[at][1], i))
            del stack[at:]
    return sorted(found)


def _side(kind: str) -> str:
    return "R" if kind in _NUMBERS else kind if kind in ("L", "R") else ""


def _neutral(kinds: list[str], base: int) -> list[str]:
    """N1 and N2: neutrals go the way of both sides if these agree, else the line's way."""
    own = "L" if base == 0 else "R"
    result: list[str] = []
    i = 0
    for neutral, group in groupby(kinds, lambda kind: kind in _NEUTRAL):
        run = list(group)
        if neutral:
            before = _side(kinds[i - 1]) if i else own
            after = _side(kinds[i + len(run)]) if i + len(run) < len(kinds) else own
            run = [before if before == after else own] * len(run)
        result += run
        i += len(run)
    return result


def _level(kind: str, base: int) -> int:
    """I1 and I2."""
    if base % 2 == 0:
        return base + {"L": 0, "R": 1}.get(kind, 2)
    return base + int(kind != "R")
