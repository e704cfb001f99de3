"""Whole, careful sentences, as a host's model writes them for its user: their words, and turns that say the same as plainer ones.

"Move the rocket photo to the first position", "fade it in over 1 second", "display each of the two photos for 3 seconds":
`plainer` rewrites such turns, token by token, before clauses are told apart. These words win over those of `idioms`.
"""

from dataclasses import replace
from typing import Any

from nemovideo_mcp.studio.editor.manners import SLOWER
from nemovideo_mcp.studio.editor.tokens import Token, joined, kinds

ENGLISH: dict[str, str] = {
    "NOISE": "ensure|ensure that|ensure the|please ensure|make sure|make sure that|make sure the|be sure to|be sure that|be sure|current|"
    "currently|existing|respectively|overall|the user wants to|the user wants|the user would like to|the user would like|user wants|"
    "user wants to|in total|suitable|suited|appropriate|accordingly|as well|throughout|visible|clearly|smoothly|seamlessly|consistently|"
    "uniformly|evenly|individually|resulting|final video|for an equal amount of time|for the same amount of time|for an equal time|always visible",
    "PURPOSE": "so that|such that|in order that|in such a way that",
    "STEP": "edits|adjustments|modifications|updates|alterations|edit|instructions",
    "OWN": "its|their|whose",
    "BOTH": "both|both of them|both of these|both of the",
    "BESIDE": "side by side in one frame|side by side in a single frame|side by side on one screen|side by side in the same frame|next to each other in one frame|side by side on screen",
    "TITLE": "title overlays|title overlay|text overlay|overlay text|title text|on screen text|on-screen text|text layer|heading|headline",
    "SHOW": "held|hold|is held|be held|stays|remains|is on screen|remain visible|remains visible|is visible|is shown|are shown|is displayed|are displayed|remain on screen|"
    "stay on the screen|appears on screen|be on screen|is used|are used|is kept|are kept",
    "UNCHANGED": "as they are now|as it is now|as they currently are|untouched|as before",
    "BEATS": "align the cuts to the beat|align the cuts with the beat|align cuts to the beat|align cuts with the beat|match the cuts to the beat|match cuts to the beat|"
    "time the cuts to the beat|sync cuts to the beat|sync the cuts with the beat|sync cuts with the beat|synchronize the cuts with the beat|synchronize the cuts to the beat|"
    "synchronize cuts with the beat|synchronize cuts to the beat|sync the cuts with the music|sync the cuts to the music|synchronize the cuts with the music|"
    "align the cuts with the music|align the transitions with the beat|sync the transitions to the beat|sync the transitions with the beat|time the transitions to the beat|"
    "match the transitions to the beat|sync the photo changes to the beat",
    "CONTAIN": "full image is visible|entire image is visible|whole image is visible|full photo is visible|entire photo is visible|whole photo is visible|"
    "full image is always visible|entire image is always visible|whole image is always visible|full image remains visible|entire image remains visible|"
    "whole image remains visible|the full image stays visible|full picture is visible|nothing gets cropped|nothing is cropped|no part is cropped|no cropping occurs|"
    "avoid cropping|without any cropping|uncropped|nobody's head is cut off|no heads are cut off|no one's head is cut off|heads are not cut off|faces are not cut off|"
    "no faces are cut off|are fully visible|is fully visible|are shown in full|is shown in full|are shown completely|remain fully visible",
    "FILL": "filling the screen|filling the frame|fill the screen edge to edge|filling the whole frame|filling the entire frame|fill the entire canvas|fill the canvas|"
    "focusing on the faces|focusing on faces|focused on the faces|with faces in view|keeping the faces in view|keeping faces in view|cover the frame|cover the entire frame",
    "SPEED": "pacing|overall pace|overall pacing|tempo of the video|playback speed",
    "SHUFFLE": "random order|into a random order|in a random order|in random order|randomly",
    "BYDATE": "by the date they were taken|by the date taken|by date taken|by date they were taken|by the dates they were taken|by capture date|by their capture date|"
    "by their date|in the order they were taken|in the order in which they were taken|chronologically|in chronological order|chronological order",
    "NAME": "by file name|by their file names|by their file name|by filename|by filenames|by the file name",
    "VERSION": "project to version|video to version|timeline to version|edit to version",
    "MATCHED": "including matching music|with matching music|including music|and matching music|with music to match|with fitting music|with suitable music|including fitting music",
    "FRAME_WORD": "inside the frame|within the frame|inside frame",
    "MOTION": "motion effects|motion effect|movement effects|movement effect|animation effects|camera effects|motion animations",
}
CHINESE: dict[str, str] = {}
VALUES: dict[str, dict[str, Any]] = {
    "PLACE": {
        "to the bottom centre|at the bottom centre|in the bottom centre|bottom centre|to the lower center|lower center|lower centre|bottom middle": "bottom",
        "to the top centre|at the top centre|in the top centre|top centre|upper center|upper centre|top middle|in the upper third|to the upper third|upper third": "top",
        "in the centre|to the centre|at the centre|centre|in the middle of the frame|in the center of the frame|centred|center aligned": "center",
    },
    "TKIND": {
        "circle opening|opening circle|circle-opening|iris|iris in|circular opening": "circle_open",
    },
}

_RANKS = "FIRST|LAST|ORD"
_LOOKS_OF_WORDS = ("FONTWORD", "LOOKWORD", "FRAME_WORD")
_ENDS = ("COMMA", "STOP", "AND", "THEN", "CORRECTION", "BECAUSE", "PURPOSE")
_ANNOUNCING = frozenset(
    "MAKE ADD USE SHOW AFTER STEP DET TO FILM IT OF IN ON NUM COUNT UNKNOWN FOR CLIP NEW REST".split()
)
_ANNOUNCED = frozenset(("CAPTION", "TITLE", "TRANSITION"))


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
        elif (
            here.kind == "BEATS"
            and here.text.lower() == "to the music"
            and before in ("FADE_IN", "FADE_OUT", "FADE_BOTH")
        ):
            out.append(replace(here, kind="MUSIC"))  # "add a fade-in to the music"
        elif (here.kind, before) in (("OFSONG", "BEATS"), ("EFFECTS", "MOTION"), ("MOTION", "ANIM")):
            pass  # "to the beat of the music", "a typewriter animation"
        elif here.kind == "OVERLAY" and before == "TITLE":
            pass
        elif (
            here.kind in ("EACH", "ALL")
            and kinds(tokens, at + 1, "TRIMWORD|CUT")
            and tokens[at + 1].text.lower() in ("cut", "cuts")
        ):
            out.append(joined("ALL_CUTS", tokens[at : at + 2]))  # "at every cut"
            used = 2
        elif here.kind in _LOOKS_OF_WORDS and kinds(
            tokens, at + 1, "OF", "TITLE|CAPTION|SUBTITLE|LOWER_THIRD|END_CARD"
        ):
            out += [tokens[at + 2], _size(here)]  # "the font of the title"
            used = 3
        elif (
            here.kind == "FRAME_WORD"
            and here.text.lower() == "size"
            and before in ("TITLE", "CAPTION", "FONTWORD", "OWN")
        ):
            out.append(_size(here))
        elif here.kind == "AS" and kinds(tokens, at + 1, _WORDS) and before == "QUOTE":
            out = _called(out, tokens[at + 1])  # "add the text "Anna" as a lower third"
            used = 2
        elif (
            here.kind == "GUARD"
            and here.text.lower() in ("while", "whenever", "as long as")
            and _on_screen(tokens, at + 1)
        ):
            out.append(replace(here, kind="ON"))  # "while the second photo is on screen"
        elif (
            here.kind == "UNKNOWN"
            and here.text.lower() in ("was", "were")
            and _happened(tokens, at + 1)
            and _dated(out)
        ):
            used = 2  # "before the title was added"
        elif here.kind == "RELATIVE" and here.text.lower() in ("speed it up", "slow it down"):
            out += [replace(here, text=here.text.replace(" it", "")), Token("IT", "it", here.start, here.end)]
        elif here.kind == "GUARD" and here.text.lower() == "up to" and kinds(tokens, at + 1, "TIMES"):
            out.append(replace(here, kind="TO"))
        elif (
            here.kind in ("START", "END")
            and kinds(tokens, at + 1, "OF", "FILM")
            and any(t.kind == "MOVE" for t in out[-6:])
        ):
            out.append(here)  # "move it to the beginning of the film"
            used = 3
        elif (here.kind, before) == ("FONTWORD", "FONT"):
            pass  # "a serif typeface"
        elif here.kind == "IT" and here.text.lower() in ("this", "that") and kinds(tokens, at + 1, "FRAME_WORD"):
            out.append(here)
            used = 2
        elif here.kind == "RESIZE" and (more := _by(tokens, at)):
            out.append(replace(here, kind=more))  # "extend the time of each photo by 1.5 seconds"
        elif here.kind == "TO" and here.text.lower() == "into" and before == "DUR" and kinds(tokens, at + 1, "FILM"):
            out.append(joined("INTO_FILM", tokens[at : at + 2]))  # "2 seconds into the video"
            used = 2
        elif (
            here.kind == "INTENSITY"
            and here.text.lower() == "slow"
            and before in _ENDS
            and kinds(tokens, at + 1, "SPEED")
        ):
            out.append(replace(here, kind="RELATIVE", value=("speed", SLOWER)))  # "slow the overall pacing"
            used = 2
            if kinds(tokens, at + 2, "FILM|IT", "BE|SHOW|LAST", "DUR"):  # "so the video runs 40 seconds"
                out.append(Token("COMMA", ",", here.end, here.end))
        elif here.kind == "BLUR" and here.text.lower().startswith("soft") and kinds(tokens, at + 1, "MUSIC"):
            out.append(replace(here, kind="SMOOTH", text="soft", value=None))  # "soft background music"
        elif here.kind == "FOR" and here.text.lower() == "fit" and before in _ENDS:
            out.append(replace(here, kind="MAKE"))
        elif here.kind == "NEW" and before == "ADD" and kinds(tokens, at + 1, "COMMA", "QUOTE") and _worded(out):
            out.append(replace(here, kind="TITLE"))  # "drop the title and add a new one, "Iceland""
            used = 2
        elif here.kind == "FONTLESS" and here.text.lower() in ("bold", "boldface"):
            pass  # titles are set in bold
        elif here.kind == "WITH_PREP" and here.text.lower() == "by" and (end := _means(tokens, at + 1)):
            used = end - at  # "by increasing the display time of each photo"
        elif (
            here.kind == "COLON"
            and kinds(tokens, at + 1, "QUOTE")
            and _last(tokens, at + 1)
            and (to := _noun_before(out))
        ):
            out.insert(to, tokens[at + 1])  # "add subtitles in white: "Hello""
            used = 2
        elif here.kind == "COLON" and _says_more(tokens, at):
            out.append(replace(here, kind="COMMA"))
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
            usual = all(t.value == "bottom" for t in tokens[:at] if t.kind == "PLACE")
            follows = "STEP" in said or (said & _ANNOUNCED and "AFTER" in said and usual)
            return at + 1 if follows and said <= _ANNOUNCING | _ANNOUNCED | {"PLACE"} else 0
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


_WORDS = "TITLE|CAPTION|SUBTITLE|LOWER_THIRD|END_CARD"
_SPOKEN = frozenset(_WORDS.split("|"))


def _size(token: Token) -> Token:
    return replace(token, kind="SIZEOF") if token.text.lower() == "size" else token


def _called(out: list[Token], style: Token) -> list[Token]:
    """The tokens with what their words are called: "as a lower third" counts, and not the "text" before them."""
    *before, quote = out
    if before and before[-1].kind in _SPOKEN:
        before.pop()
    return [*before, style, quote]


def _part(tokens: list[Token], at: int) -> list[Token]:
    """The tokens up to the end of the part."""
    end = at
    while end < len(tokens) and tokens[end].kind not in _ENDS:
        end += 1
    return tokens[at:end]


def _on_screen(tokens: list[Token], at: int) -> bool:
    part = _part(tokens, at)
    return (
        len(part) > 1
        and part[-1].kind == "SHOW"
        and {t.kind for t in part[:-1]} <= {"CLIP", "ORD", "FIRST", "LAST", "NUM", "FILE", "BE"}
    )


_DONE = ("added", "changed", "applied", "made", "set", "taken", "introduced", "inserted", "put in", "uploaded")


def _happened(tokens: list[Token], at: int) -> bool:
    """Whether this is the end of "before the title was added"."""
    return at < len(tokens) and tokens[at].text.lower() in _DONE and len(_part(tokens, at)) == 1


def _dated(out: list[Token]) -> bool:
    """Whether the part so far speaks of a time before something."""
    for token in reversed(out[-_FAR:]):
        if token.kind in _ENDS:
            return False
        if token.kind in ("BEFORE", "AFTER", "BACK_TO", "BACK_BEFORE", "BYDATE", "DATE"):
            return True
    return False


_FAR = 8


def _by(tokens: list[Token], at: int) -> str | None:
    """MORE or LESS, where something is made longer or shorter by so much."""
    part = _part(tokens, at)
    much = any(kinds(part, i, "WITH_PREP", "DUR") and part[i].text.lower() == "by" for i in range(1, len(part)))
    if not much or not any(t.kind in ("LENGTH", "CLIP", "FILM", "IT", "ALL") for t in part):
        return None
    said = tokens[at].text.lower()
    return "MORE" if said in ("extend", "lengthen", "prolong") else "LESS" if said in ("shorten", "reduce") else None


def _noun_before(out: list[Token]) -> int:
    """The place behind the title or the caption of this part that has no words yet and more said of it; 0: there is none."""
    for back, token in enumerate(reversed(out)):
        if token.kind in (*_ENDS, "QUOTE", "QUOTES"):
            return 0
        if token.kind in _SPOKEN:
            return len(out) - back if back > 1 else 0
    return 0


def _last(tokens: list[Token], at: int) -> bool:
    """Whether a quote is not the first of several."""
    return not kinds(tokens, at + 1, "COMMA|AND", "QUOTE") and not kinds(tokens, at + 1, "COMMA", "AND", "QUOTE")


def _worded(out: list[Token]) -> bool:
    return any(t.kind in _SPOKEN for t in out)


_MEANS = (
    "increasing",
    "extending",
    "lengthening",
    "shortening",
    "reducing",
    "adjusting",
    "decreasing",
    "changing",
    "slowing",
    "showing",
)
_PACE = frozenset("MORE LESS RESIZE RELATIVE LENGTH EACH CLIP ALL OF SHOW FOR LONG IT DET SPEED UNKNOWN".split())


def _means(tokens: list[Token], at: int) -> int:
    """Where "by increasing the display time of each photo" ends: it only tells how a length comes about. 0: it is no such thing."""
    part = _part(tokens, at)
    if not part or part[0].text.lower().split()[0] not in _MEANS or len(part) < 2:
        return 0
    return (
        at + len(part) if {t.kind for t in part[1:]} <= _PACE and not any(t.kind == "UNKNOWN" for t in part[1:]) else 0
    )


_ORDERS = frozenset("MAKE ADD USE SHOW REMOVE MOVE RESIZE EACH FOR SWAP".split())


def _says_more(tokens: list[Token], at: int) -> bool:
    """Whether what stands behind a colon is an order of its own: "slow down the pace: show each photo for 6 seconds"."""
    before = at
    while before and tokens[before - 1].kind not in _ENDS:
        before -= 1
    after = _part(tokens, at + 1)
    return (
        at - before > 1
        and len(after) > 2
        and after[0].kind in _ORDERS
        and not any(t.kind == "QUOTE" for t in after[:2])
    )
