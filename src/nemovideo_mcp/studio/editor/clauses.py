"""The parts of an instruction that stand for themselves: split at commas, stops, "and", "then", 然后, 并.

Quotes, spans of time, numbers and lists of clips are single tokens by now, so nothing inside them is ever split.
"""

from dataclasses import dataclass, replace

from nemovideo_mcp.studio.editor import references
from nemovideo_mcp.studio.editor.manners import BIGGER, FASTER, SHORTER, SLOWER
from nemovideo_mcp.studio.editor.tokens import Token, kinds

_SPLITS = ("AND", "THEN", "COMMA", "STOP", "CORRECTION")
_EMPTY = ("NOISE", "POLITE")


@dataclass(frozen=True, slots=True)
class Clause:
    """``then``: it follows the ones before it, so it counts the clips as they left them. ``corrects``: it takes back
    what was said before about the same thing. ``joined``: by "and" to the clause before. ``sentence`` counts full stops,
    ``start`` is where it begins in the text, ``but``
    whether it takes something out of what was said before."""

    tokens: tuple[Token, ...]
    then: bool = False
    corrects: bool = False
    sentence: int = 0
    joined: bool = False
    start: int = 0
    but: bool = False


def split(tokens: list[Token]) -> list[Clause]:
    """The clauses that say something, in order."""
    clauses: list[Clause] = []
    current: list[Token] = []
    then = corrects = linked = but = False
    sentence = 0

    def close() -> None:
        nonlocal then, corrects, linked, but
        if current:
            clauses.append(Clause(tuple(current), then, corrects, sentence, linked, current[0].start, but))
            current.clear()
            then = corrects = linked = but = False

    for token in references.find(_prepared(tokens)):
        if token.kind not in _SPLITS:
            current.append(token)
            continue
        close()
        then = then or token.kind == "THEN"
        corrects = corrects or token.kind == "CORRECTION"
        linked = linked or token.kind == "AND" or token.value == "、"
        but = but or token.text.lower() in ("but", "但", "但是", "不过")
        sentence += token.kind == "STOP"
    close()
    return clauses


def _prepared(tokens: list[Token]) -> list[Token]:
    """Without the words that say nothing; descriptions of the photos and the film ("product photos") told apart."""
    tokens = [_correction(tokens, at) for at in range(len(tokens))]
    kept = _too([t for t in tokens if t.kind not in _EMPTY])
    out = list(kept)
    for at in range(len(kept) - 1, -1, -1):
        here = kept[at]
        follows = out[at + 1].kind if at + 1 < len(out) else ""
        if here.kind == "KIND":
            described = follows in ("CLIP", "FILM", "DESCRIPTION")
            out[at] = Token("DESCRIPTION" if described else "UNKNOWN", here.text, here.start, here.end)
    for at, here in enumerate(out):
        # "these sunset photos": the photos are all there are, whatever they show.
        if here.kind in ("DET", "NUM"):
            count = 0
            while count < 3 and kinds(out, at + 1 + count, "UNKNOWN|DESCRIPTION|SHAPE"):
                count += 1
            if count and kinds(out, at + 1 + count, "CLIP") and (here.kind == "DET" or kinds(out, at - 1, "DET")):
                for i in range(at + 1, at + 1 + count):
                    out[i] = Token("DESCRIPTION", out[i].text, out[i].start, out[i].end)
    # A description between a number and its noun would hide "five photos".
    return [t for t in out if t.kind != "DESCRIPTION"]


_INVERSE = {
    "LOUDER": "QUIETER", "QUIETER": "LOUDER", "BIGGER": "BIGGER", "ADJ": "ADJ", "INTENSITY": "RELATIVE", "LONG": "RELATIVE",
    "SIZE_WORD": "BIGGER",
}  # fmt: skip
_PACE = {
    "fast": ("speed", SLOWER), "quick": ("speed", SLOWER), "quickly": ("speed", SLOWER), "rapid": ("speed", SLOWER),
    "slow": ("speed", FASTER), "slowly": ("speed", FASTER), "long": ("length", SHORTER), "快": ("speed", SLOWER), "长": ("length", SHORTER),
}  # fmt: skip
"""What a pace or a length that is too much asks for; "too strong" asks for nothing that is known."""


def _too(tokens: list[Token]) -> list[Token]:
    """``too dark``, ``not so dark`` ask for brighter, ``too loud`` for quieter; what else is too much is not guessed. At an
    end it is "also"."""
    out: list[Token] = []
    at = 0
    while at < len(tokens):
        here = tokens[at]
        if here.kind != "TOO":
            out.append(here)
        elif kinds(tokens, at + 1, "|".join(_INVERSE)) and not (
            _INVERSE[tokens[at + 1].kind] == "RELATIVE" and tokens[at + 1].text.lower() not in _PACE
        ):
            follows = tokens[at + 1]
            value = _PACE.get(follows.text.lower(), follows.value)
            if follows.kind == "ADJ":
                value = (value[0], -value[1])
            elif follows.kind == "BIGGER":
                value = 1 / value
            elif follows.kind == "SIZE_WORD":
                value = 1 / BIGGER if value > 1 else BIGGER
            out.append(replace(follows, kind=_INVERSE[follows.kind], start=here.start, value=value))
            at += 1
        elif at + 1 < len(tokens) and not kinds(tokens, at + 1, "|".join(_SPLITS)):
            out.append(replace(here, kind="GUARD"))
        at += 1
    return out


def _correction(tokens: list[Token], at: int) -> Token:
    """``no, make it 20 seconds``: a "no" that stands alone takes back what was said."""
    token = tokens[at]
    if token.kind == "NOT" and token.text.lower() in ("no", "不"):
        alone = at == 0 or tokens[at - 1].kind in ("COMMA", "STOP", "DASH", "AND", "CORRECTION")
        if alone and kinds(tokens, at + 1, "COMMA|STOP|DASH|CORRECTION"):
            return Token("CORRECTION", token.text, token.start, token.end)
    return token
