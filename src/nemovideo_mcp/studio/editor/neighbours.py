"""Rules that put tokens in the place of others by what stands around them, and what they look at: the tokens of the same part,
which ends at a comma, a stop, "and", "then".
"""

from collections.abc import Callable, Mapping, Sequence

from nemovideo_mcp.studio.editor.tokens import Token, kinds

Found = tuple[list[Token], int]
"""What stands in the place of the first so many tokens."""
Rule = Callable[[list[Token], int, list[Token]], Found | None]
"""Of the tokens, the place in them, and what came out so far: what stands there instead, or ``None`` where it does not hold."""
ENDS = ("AND", "THEN", "COMMA", "STOP", "CORRECTION", "BECAUSE")
NEAR = 8
"""Tokens that a rule looks at on either side, unless it says otherwise: so the work is linear."""


def rewritten(tokens: Sequence[Token], rules: Mapping[str, Sequence[Rule]], at: int = 0) -> list[Token]:
    """The tokens from ``at`` on, each as the first of the rules of its kind that holds has it."""
    whole = list(tokens)
    out: list[Token] = []
    while at < len(whole):
        found = next((found for rule in rules.get(whole[at].kind, ()) if (found := rule(whole, at, out))), None)
        instead, used = found or ([whole[at]], 1)
        out += instead
        at += used
    return out


def text(tokens: Sequence[Token], at: int) -> str:
    return tokens[at].text.lower() if 0 <= at < len(tokens) else ""


def ends(tokens: Sequence[Token], at: int) -> bool:
    return at >= len(tokens) or tokens[at].kind in ENDS


def rest_of(tokens: Sequence[Token], at: int, far: int = NEAR, ends: Sequence[str] = ENDS) -> list[Token]:
    """The next tokens of the same part."""
    found = []
    for token in tokens[at : at + far]:
        if token.kind in ends:
            break
        found.append(token)
    return found


def before_in(out: Sequence[Token], far: int = NEAR, ends: Sequence[str] = ENDS) -> list[Token]:
    """The tokens before in the same part, the nearest last."""
    return rest_of(out[: -far - 1 : -1], 0, far, ends)[::-1]


LONGEST = 16
"""Tokens of a purpose at most."""


def whole_rest(tokens: Sequence[Token], at: int) -> list[Token]:
    """All of the part from here; a token more than a purpose may have when it is longer."""
    return rest_of(tokens, at, LONGEST + 1)


MOST_SKIPPED = 6
"""Words between two that belong together at most, which keeps the work linear."""


def skip(tokens: Sequence[Token], at: int, wanted: str) -> int:
    """The place behind the words of these kinds, a few at most."""
    end = at
    while end < at + MOST_SKIPPED and kinds(tokens, end, wanted):
        end += 1
    return end
