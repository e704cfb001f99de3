"""Clauses that complete another one: corrections of a part of it, a clip that is named before it is spoken of, a late verb."""

from dataclasses import replace

from nemovideo_mcp.studio.editor.clauses import Clause
from nemovideo_mcp.studio.editor.tokens import Token

_PARTS = frozenset("REF QUOTE DUR NUM PERCENT COLOR RATIO SHAPE PLATFORM FILTER PLACE".split())
_NUMBERS = ("DUR", "PERCENT", "NUM")


def corrected(before: Clause, clause: Clause) -> Clause | None:
    """``delete photo 2. no, photo 3``: what was said before with the part that is said anew; None where it is not that."""
    if not clause.corrects or len(clause.tokens) != 1 or clause.tokens[0].kind not in _PARTS:
        return None
    new = clause.tokens[0]
    same = [i for i, t in enumerate(before.tokens) if t.kind == new.kind or (new.kind == "NUM" and t.kind in _NUMBERS)]
    if len(same) != 1:
        return None
    old = before.tokens[same[0]]
    if new.kind == "NUM" and old.kind != "NUM":  # "20 seconds, actually 15"
        scale = _unit(old)
        if scale is None:
            return None
        new = replace(new, kind=old.kind, value=new.value * scale)
    tokens = (*before.tokens[: same[0]], new, *before.tokens[same[0] + 1 :])
    return replace(before, tokens=tokens, start=before.start)


def _unit(old: Token) -> float | None:
    """What one of the unit of a duration or a share is worth; None for "1m30" and the like."""
    digits = "".join(c for c in old.text if c.isdigit() or c == ".")
    try:
        return float(old.value) / float(digits)
    except (ValueError, ZeroDivisionError):
        return None


def spoken_of(clause: Clause) -> Token | None:
    """The clip that a clause does no more than name: "photo 2, 4 seconds"."""
    (first, *more) = clause.tokens
    return first if first.kind == "REF" and not more else None


def with_verb(clause: Clause, follows: Clause | None, nouns: frozenset[str]) -> Clause:
    """``标题和音乐都去掉``: the verb behind the last of several things counts for all."""
    named = clause.tokens[1:] if clause.tokens[0].text in ("把", "将") else clause.tokens
    bare = 0 < len(named) <= 2 and all(t.kind in nouns for t in named)
    if not bare or follows is None or not follows.joined or follows.sentence != clause.sentence:
        return clause
    *things, verb = follows.tokens
    if verb.kind != "REMOVE" or not things or any(t.kind not in nouns for t in things):
        return clause
    return replace(clause, tokens=(verb, *named))
