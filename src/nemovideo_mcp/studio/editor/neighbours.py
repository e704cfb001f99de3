"""What stands around a token in its part of an instruction; a part ends at a comma, a stop, "and", "then"."""

from collections.abc import Sequence

from nemovideo_mcp.studio.editor.tokens import Token

Found = tuple[list[Token], int]
ENDS = ("AND", "THEN", "COMMA", "STOP", "CORRECTION", "BECAUSE")
NEAR = 8
"""Tokens that a rule looks at on either side."""


def text(tokens: Sequence[Token], at: int) -> str:
    return tokens[at].text.lower() if 0 <= at < len(tokens) else ""


def ends(tokens: Sequence[Token], at: int) -> bool:
    return at >= len(tokens) or tokens[at].kind in ENDS


def rest_of(tokens: Sequence[Token], at: int) -> list[Token]:
    """The next tokens of the same part."""
    found = []
    for token in tokens[at : at + NEAR]:
        if token.kind in ENDS:
            break
        found.append(token)
    return found


def before_in(out: list[Token]) -> list[Token]:
    """The tokens before in the same part, the nearest last."""
    found: list[Token] = []
    for token in reversed(out[-NEAR:]):
        if token.kind in ENDS:
            break
        found.append(token)
    return found[::-1]


LONGEST = 16
"""Tokens of a purpose at most."""


def whole_rest(tokens: Sequence[Token], at: int) -> list[Token]:
    """All of the part from here; a token more than a purpose may have when it is longer."""
    found = []
    for token in tokens[at : at + LONGEST + 1]:
        if token.kind in ENDS:
            break
        found.append(token)
    return found
