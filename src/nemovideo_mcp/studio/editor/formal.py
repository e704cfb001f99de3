"""Whole, careful sentences, as a host's model writes them for its user: their words, and turns that say the same as plainer ones.

"Move the rocket photo to the first position", "fade it in over 1 second", "display each of the two photos for 3 seconds":
`plainer` rewrites such turns, token by token, before clauses are told apart. These words win over those of `idioms`.
"""

from dataclasses import replace
from typing import Any

from nemovideo_mcp.studio.editor.tokens import Token, joined, kinds

ENGLISH: dict[str, str] = {
    "NOISE": "ensure|ensure that|ensure the|please ensure|make sure|make sure that|make sure the|be sure to|be sure that|be sure|current|"
    "currently|existing|respectively|overall|the user wants to|the user wants|the user would like to|the user would like|user wants|"
    "user wants to|in total|suitable|suited|appropriate|accordingly|as well|throughout|visible|clearly|smoothly|seamlessly|consistently|"
    "uniformly|evenly|individually",
    "PURPOSE": "so that|such that|in order that|in such a way that",
    "STEP": "edits|adjustments|modifications|updates|alterations|edit|instructions",
    "OWN": "its|their|whose",
    "BOTH": "both|both of them|both of these|both of the",
    "TITLE": "title overlay|text overlay|overlay text|title text|on screen text|on-screen text|text layer|heading|headline",
    "FRAME_WORD": "inside the frame|within the frame|inside frame",
    "MOTION": "motion effects|motion effect|movement effects|movement effect|animation effects|camera effects|motion animations",
}
CHINESE: dict[str, str] = {}
VALUES: dict[str, dict[str, Any]] = {}

_RANKS = "FIRST|LAST|ORD"
_ENDS = ("COMMA", "STOP", "AND", "THEN", "CORRECTION", "BECAUSE", "PURPOSE")
_ANNOUNCING = frozenset("MAKE ADD USE SHOW AFTER STEP DET TO FILM IT OF IN ON NUM COUNT UNKNOWN FOR CLIP NEW REST".split())


def plainer(tokens: list[Token]) -> list[Token]:
    """The tokens of an instruction with careful turns as the plain ones that the grammar knows."""
    out: list[Token] = []
    at = _announced(tokens)
    while at < len(tokens):
        here, before = tokens[at], out[-1].kind if out else "STOP"
        used = 1
        if here.kind == "POSITION" and before in _RANKS and not kinds(tokens, at + 1, "NUM|CLIP"):
            pass  # "to the first position"
        elif here.kind == "POSITION" and before in _ENDS and kinds(tokens, at + 1, "IT|TITLE|QUOTE|LOGO|CAPTION|OWN"):
            out.append(replace(here, kind="MOVE"))  # "position it at the top"
        elif here.kind == "UNKNOWN" and here.text.lower() in ("mark", "point") and before == "DUR":
            pass  # "from the 20-second mark"
        elif here.kind == "FADE" and kinds(tokens, at + 1, "IT|MUSIC|SONG|TITLE", "IN|OUT"):
            way = tokens[at + 2]
            out += [joined(f"FADE_{way.kind}", [here, way]), tokens[at + 1]]  # "fade it in"
            used = 3
        elif here.kind == "BEATS" and here.text.lower() == "to the music" and before in ("FADE_IN", "FADE_OUT", "FADE_BOTH"):
            out.append(replace(here, kind="MUSIC"))  # "add a fade-in to the music"
        elif (here.kind, before) in (("OFSONG", "BEATS"), ("EFFECTS", "MOTION"), ("MOTION", "ANIM")):
            pass  # "to the beat of the music", "a typewriter animation"
        elif here.kind == "OVERLAY" and before == "TITLE":
            pass
        elif here.kind == "EACH" and (noun := _each_of(tokens, at)):
            out += [here, tokens[noun]]  # "each of the two photos"
            used = noun + 1 - at
        elif here.kind == "NUM" and here.text.lower() == "one" and before == "EACH":
            pass  # "each one"
        elif here.kind == "BOTH":
            noun = 1 if kinds(tokens, at + 1, "CLIP") else 0
            out.append(joined("ALL_CLIPS" if noun else "BOTH", tokens[at : at + 1 + noun], 2))
            used += noun
        elif here.kind == "KEEP" and _set_to(tokens, at + 1):
            out.append(replace(here, kind="MAKE"))  # "keep the volume at 50%"
        else:
            out.append(here)
        at += used
    return out


def _announced(tokens: list[Token]) -> int:
    """Where the order begins behind "Please make the following changes:"."""
    for at, token in enumerate(tokens[:12]):
        if token.kind == "COLON" or (token.kind == "STOP" and token.text in ":\n"):
            said = {t.kind for t in tokens[:at]}
            return at + 1 if "STEP" in said and said <= _ANNOUNCING | {"NOISE", "POLITE"} else 0
        if token.kind in ("STOP", "COMMA"):
            break
    return 0


def _each_of(tokens: list[Token], at: int) -> int:
    """Where the noun of "each of the two photos" stands, or 0."""
    here = at + 1
    if not kinds(tokens, here, "OF"):
        return 0
    here += 1
    while kinds(tokens, here, "DET|NOISE|NUM"):
        here += 1
    return here if kinds(tokens, here, "CLIP") else 0


def _set_to(tokens: list[Token], at: int) -> bool:
    """Whether what is kept is kept at a value: that is an order to set it."""
    here = at
    while here < len(tokens) and tokens[here].kind not in _ENDS:
        if kinds(tokens, here, "AT|TO", "PERCENT|DUR"):
            return here > at
        here += 1
    return False
