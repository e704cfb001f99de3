"""A part that is not done, and the reason that names what stands in its way."""

from dataclasses import dataclass, replace

from nemovideo_mcp.studio.editor.asks import Reading


@dataclass(frozen=True, slots=True)
class Trouble:
    """A part that is not done: the clause's number, how it was written, the key of the reason, its words, the topic."""

    clause: int
    text: str
    key: str
    words: str = ""
    topic: str | None = None
    passing: bool = False
    """Whether it was only told, beside a wish that is done: it is noted, and not asked about."""


_TURNED = frozenset("rotate rotation mirror mirrored flip flipped tilt straighten".split())
_DRAWN = frozenset(
    "sticker stickers emoji emojis confetti sparkles sparkle particles snow rain hearts heart fireworks fireflies arrow arrows bokeh neon grain".split()
)
_SEVERAL = frozenset(("collage", "grid", "picture in picture", "pip"))
_CONDITIONS = ("if", "unless", "when", "whether", "while", "as long as", "in case", "if possible")
_NEAR = {"turned": "instead_file", "effects": "overlay", "many_at_once": "beside", "twice": "doubled"}
"""The phrasing that works beside a reason of its own."""


def _specific(trouble: Trouble, reading: Reading) -> Trouble:
    """The reason that names what stands in the way, where it is known."""
    said = [token.text.lower() for token in reading.clause.tokens]
    kinds = [token.kind for token in reading.clause.tokens]
    key = trouble.key
    if key == "later":
        words = {word for text in said for word in (text, *text.split())}
        key = (
            "turned"
            if words & _TURNED
            else "effects"
            if words & _DRAWN
            else "many_at_once"
            if words & _SEVERAL
            else key
        )
    elif (
        key in ("guarded", "question")
        and "something" in said
        and "MANNER" in kinds
        and not {"MUSIC", "FILM"} & set(kinds)
    ):
        key = "music_or_look"
    elif key == "guarded" and "or" in said:
        key = "choice"
    elif key == "guarded" and any(word in _CONDITIONS for word in said):
        key = "condition"
    elif (
        key == "unknown"
        and "TIMES" in kinds
        and set(kinds) <= {"USE", "SHOW", "CLIP", "ALL_CLIPS", "TIMES", "EVERYTHING", "DET", "ALL"}
    ):
        key = "twice"
    elif key == "unknown" and ("sideways" in said or "upside" in said):
        key = "turned"
    return replace(trouble, key=key, topic=_NEAR.get(key, trouble.topic)) if key != trouble.key else trouble


_ITS_OWN = {"FONTWORD": "font", "FONTLESS": "font"}
"""Things whose choices are few, so that the reason names them."""


def plainer(trouble: Trouble, reading: Reading) -> Trouble:
    kinds = [t.kind for t in reading.clause.tokens]
    trouble = _specific(trouble, reading)
    key = next((_ITS_OWN[kind] for kind in kinds if kind in _ITS_OWN), None)
    return replace(trouble, key=key) if key and trouble.key in ("unknown", "beside", "guarded", "part") else trouble
