"""The neighbours of a token that a rule of `hanplain` looks at."""

from collections.abc import Callable, Sequence

from nemovideo_mcp.studio.editor.tokens import Token

ENDS = ("COMMA", "STOP", "AND", "THEN", "CORRECTION", "BECAUSE", "PURPOSE")
NEAR = 12
"""Tokens that a rule looks at on either side."""
Found = tuple[list[Token], int]
Rule = Callable[[Sequence[Token], int, list[Token]], Found | None]


def part(out: Sequence[Token]) -> list[Token]:
    """The tokens before in the same part, the nearest last."""
    found: list[Token] = []
    for token in reversed(out[-NEAR:]):
        if token.kind in ENDS:
            break
        found.append(token)
    return found[::-1]


def rest(tokens: Sequence[Token], at: int) -> list[Token]:
    """The next tokens of the same part."""
    found: list[Token] = []
    for token in tokens[at : at + NEAR]:
        if token.kind in ENDS:
            break
        found.append(token)
    return found


def moving(token: Token) -> bool:
    """Whether a token names a moving clip."""
    return token.kind == "VIDEO_CLIP" or (token.kind == "FILE" and str(token.value).lower().endswith(VIDEOS))


VIDEOS = (".mp4", ".mov", ".webm", ".mkv", ".avi")
