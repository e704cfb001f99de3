"""Cuts that are named by the clips beside them: before the last photo, after photo 2, into photo 3, at the last cut."""

from collections.abc import Sequence

from nemovideo_mcp.studio.editor.tokens import Token, joined, kinds

_SPOKEN_OF = frozenset(("TKIND", "TRANSITION", "CROSSFADE", "CUT", "FADE", "FILM_FADE"))
_NOT_WITH = frozenset(("MOVE", "SWAP", "QUOTE", "TITLE", "CAPTION", "MUSIC"))


def beside(tokens: Sequence[Token]) -> list[Token]:
    """The tokens of a clause with the cuts that it names as one token each, where it speaks of transitions at all."""
    said = {token.kind for token in tokens}
    last = any(kinds(tokens, at, "AT|ON", "FIRST|LAST|ORD", "TRIMWORD|CUT") for at in range(len(tokens)))
    if not (said & _SPOKEN_OF or last) or said & _NOT_WITH:
        return list(tokens)
    out: list[Token] = []
    at = 0
    while at < len(tokens):
        token, used = _cut(tokens, at)
        out.append(token)
        at += used
    return out


def _cut(tokens: Sequence[Token], at: int) -> tuple[Token, int]:
    here = tokens[at]
    if (
        kinds(tokens, at, "FROM", "REF", "TO", "ORD|LAST")
        and len(tokens[at + 1].value) == 1
        and (at + 4 == len(tokens) or not kinds(tokens, at + 4, "DUR|CLIP"))
    ):
        other = -1 if tokens[at + 3].kind == "LAST" else int(tokens[at + 3].value)
        return joined(
            "CUTS", tokens[at : at + 4], (*tokens[at + 1].value, other)
        ), 4  # "from the first picture into the second"
    pair = here.kind == "REF" and len(here.value) == 2 and any(c in here.text for c in "到至")
    if pair and kinds(tokens, at + 1, "USE|MAKE|BE", "TKIND|CROSSFADE|FILM_FADE"):
        return joined("CUTS", tokens[at : at + 1], here.value), 1  # 第1张到第2张使用圆形展开
    if kinds(tokens, at, "BEFORE|TO|AFTER|ON|FROM", "REF"):
        side = {"BEFORE": "into", "TO": "into", "ON": "into", "AFTER": "after", "FROM": "after"}[here.kind]
        return _named(tokens[at : at + 2], side, tokens[at + 1])
    if kinds(tokens, at, "REF", "BEFORE|AFTER"):  # 第二张之前
        return _named(tokens[at : at + 2], "into" if tokens[at + 1].kind == "BEFORE" else "after", here)
    if kinds(tokens, at, "FIRST|LAST|ORD", "TRIMWORD|CUT") and (
        at == 0 or tokens[at - 1].kind in ("AT", "ON", "IN", "TO")
    ):
        number = {"FIRST": 1, "LAST": -1}.get(here.kind) or int(here.value)
        return joined("CUTS", tokens[at : at + 2], ("cut", number)), 2
    return here, 1


def _named(tokens: Sequence[Token], side: str, clips: Token) -> tuple[Token, int]:
    """Of several clips the cuts between them are meant, of one the cut on this side of it."""
    value = clips.value if len(clips.value) > 1 else (side, *clips.value)
    return joined("CUTS", tokens, value), len(tokens)
