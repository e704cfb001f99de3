"""The neighbours of a token that a rule of `hanplain` looks at."""

from collections.abc import Sequence

from nemovideo_mcp.studio.editor import neighbours
from nemovideo_mcp.studio.editor.tokens import Token

ENDS = (*neighbours.ENDS, "PURPOSE")
NEAR = 12
"""Tokens that a rule looks at on either side."""


def part(out: Sequence[Token]) -> list[Token]:
    """The tokens before in the same part, the nearest last."""
    return neighbours.before_in(out, NEAR, ENDS)


def rest(tokens: Sequence[Token], at: int) -> list[Token]:
    """The next tokens of the same part."""
    return neighbours.rest_of(tokens, at, NEAR, ENDS)


def moving(token: Token) -> bool:
    """Whether a token names a moving clip."""
    return token.kind == "VIDEO_CLIP" or (token.kind == "FILE" and str(token.value).lower().endswith(VIDEOS))


VIDEOS = (".mp4", ".mov", ".webm", ".mkv", ".avi")
