"""Words of look, sound and talk told apart by their neighbours: "still", "so", "cool", "something". See `senses`."""

from collections.abc import Sequence
from dataclasses import replace

from nemovideo_mcp.studio.editor.manners import FASTER
from nemovideo_mcp.studio.editor.neighbours import Found, before_in, ends, rest_of, text
from nemovideo_mcp.studio.editor.tokens import Token, joined, kinds

_DARK = {"dark": "#000000", "black": "#000000", "light": "#ffffff", "bright": "#ffffff"}


def shade(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``in bright yellow``, ``a dark box``: of a colour or a plate, not of the picture."""
    said = text(tokens, at)
    if kinds(tokens, at + 1, "COLOR"):
        return [], 1
    if said in _DARK and kinds(tokens, at + 1, "BOX|STROKE"):
        return [replace(tokens[at], kind="COLOR", value=_DARK[said])], 1
    return None


def grey(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``turn photo 5 grey``: the picture."""
    said = {token.kind for token in (*before_in(out), *rest_of(tokens, at + 1))}
    pictures = said & {"CLIP", "ALL_CLIPS", "EVERYTHING", "FILE", "ALL", "FILM", "REF", "IT"} and "MAKE" in said
    others = said & {
        "TITLE",
        "QUOTE",
        "BOX",
        "STROKE",
        "BARS",
        "BORDER",
        "BACKGROUND",
        "CAPTION",
        "FONTWORD",
        "SHOWN",
        "LOGO",
    }
    return (
        ([replace(tokens[at], kind="FILTER", value="black_white")], 1)
        if text(tokens, at) in ("grey", "gray") and pictures and not others
        else None
    )


def quieter_at_end(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``the music should get quieter towards the end``: it fades out."""
    here = at + 1
    while kinds(tokens, here, "NOISE|DET|AT|TO|IN|ON") or text(tokens, here) in ("towards", "toward", "near"):
        here += 1
    heard = any(token.kind in ("MUSIC", "SONG") for token in before_in(out))
    heard = heard and any(token.text.lower() in ("towards", "toward") for token in tokens[at + 1 : here])
    return (
        ([replace(tokens[at], kind="FADE_OUT", value=None)], here + 1 - at)
        if heard and here > at + 1 and kinds(tokens, here, "END")
        else None
    )


def bring(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``bring the music up to 80%``: how loud, not where."""
    rest = rest_of(tokens, at + 1)
    much = any(token.kind in ("MUSIC", "VOLUME", "SOUND", "PROP") for token in rest) and not any(
        token.kind in ("START", "END", "CLIP", "BEFORE", "AFTER") for token in rest
    )
    return (
        ([replace(tokens[at], kind="MAKE")], 1)
        if text(tokens, at) in ("bring", "shift", "pull", "push", "pop", "slide") and much
        else None
    )


def color_word(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``in yellow color``; ``let us look at it for 12 seconds``."""
    if text(tokens, at) in ("color", "colour") and out and out[-1].kind == "COLOR":
        return [], 1
    looked = (
        text(tokens, at) == "look"
        and kinds(tokens, at + 1, "AT|ON")
        and any(t.kind == "DUR" for t in rest_of(tokens, at + 1))
    )
    return ([replace(tokens[at], kind="SHOW")], 2) if looked else None


def speed_up(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``speed everything up by 20%``: faster."""
    rest = rest_of(tokens, at + 1)[:5]
    found = next((i for i, token in enumerate(rest) if token.text.lower() == "up"), None)
    if (
        text(tokens, at) != "speed"
        or not found
        or not any(
            t.kind in ("FILM", "EVERYTHING", "CLIP", "IT", "NUM", "ORD", "FIRST", "LAST", "ALL") for t in rest[:found]
        )
    ):
        return None
    return [replace(tokens[at], kind="RELATIVE", value=("speed", FASTER)), *rest[:found], *rest[found + 1 :]], 1 + len(
        rest
    )


def still(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``it's still too dark``: as before, not motionless."""
    if text(tokens, at) != "still":
        return None
    follows = rest_of(tokens, at + 1)
    if follows and (
        follows[0].kind in ("TOO", "NOT", "DEGREE", "RELATIVE", "ADJ", "MORE")
        or follows[0].text.lower()
        in ("a", "needs", "not", "looks", "quite", "so", "very", "really", "too", "is", "has")
    ):
        return [replace(tokens[at], kind="NOISE")], 1
    return None


_HOW = (
    "fast",
    "quick",
    "quickly",
    "slow",
    "slowly",
    "dark",
    "bright",
    "loud",
    "quiet",
    "small",
    "big",
    "tiny",
    "long",
    "short",
    "soft",
    "dim",
    "blurry",
    "pale",
    "dull",
)


def so_much(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``these go by so fast``: too fast."""
    if text(tokens, at) not in ("so", "way", "really", "very", "pretty") or text(tokens, at + 1) not in _HOW:
        return None
    told = any(token.kind in ("COMES", "BE") or token.text.lower() in _COPULAS for token in before_in(out))
    wished = any(
        token.kind in ("MAKE", "ADD", "USE")
        or token.text.lower() in ("should", "please", "want", "i want", "be", "have")
        for token in before_in(out)
    )
    return ([replace(tokens[at], kind="TOO")], 1) if told and not wished else None


_COPULAS = (
    "is",
    "are",
    "it's",
    "was",
    "were",
    "looks",
    "look",
    "they're",
    "go",
    "goes",
    "plays",
    "play",
    "seems",
    "feels",
)


def intense_colors(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``make the colors more intense``: saturation, not the pace of something."""
    colors = any(token.text.lower() in ("color", "colors", "colour", "colours") for token in before_in(out))
    if not colors or tokens[at].value < 1 or not out or out[-1].kind not in ("MORE", "LESS"):
        return None
    way = -0.2 if out[-1].kind == "LESS" else 0.2
    start = out.pop().start
    return [replace(tokens[at], kind="ADJ", start=start, value=("saturation", way))], 1


def rise(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``the song comes in suddenly, let it rise over 4 seconds``."""
    heard = any(token.kind in ("MUSIC", "SONG") for token in out[-14:])
    words = any(token.kind in ("TITLE", "CAPTION", "QUOTE") for token in out[-14:])
    return (
        ([replace(tokens[at], kind="FADE_IN")], 1)
        if heard and not words and text(tokens, at) in ("rise", "rises", "rising", *_SWELLS)
        else None
    )


_FINE = ("old", "thin", "thick", "fine", "slim", "subtle")


def fine(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``old brownish tones``, ``a thin white outline``: adjectives of what is named anyway."""
    here = at + 1 + (1 if kinds(tokens, at + 1, "COLOR") else 0)
    if text(tokens, at) == "old":
        return ([], 1) if kinds(tokens, at + 1, "FILTER") else None
    return ([], 1) if text(tokens, at) in _FINE and kinds(tokens, here, "STROKE|BORDER|BARS") else None


def cool_down(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``cool it down a little``, ``warm the photos up``: a grade, not the filter."""
    particle, step = {"cool": ("down", -0.2), "warm": ("up", 0.2)}.get(text(tokens, at), ("", 0.0))
    rest = rest_of(tokens, at + 1)[:6]
    found = next((i for i, token in enumerate(rest) if token.text.lower() == particle), None)
    if not particle or found is None:
        return None
    kept = [token for i, token in enumerate(rest) if i != found]
    return [replace(tokens[at], kind="ADJ", value=("warmth", step)), *kept], 1 + len(rest)


def tone(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``tone it down``."""
    down = any(token.text.lower() == "down" for token in rest_of(tokens, at + 1)[:5])
    return ([replace(tokens[at], kind="MAKE")], 1) if text(tokens, at) == "tone" and down else None


_SWELLS = ("swell", "swells", "build", "builds", "grow", "grows", "build up", "builds up")


def look_like(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``let it look like doors opening``: the kind of the transition."""
    return ([], 1) if text(tokens, at) in ("look", "looks") and kinds(tokens, at + 1, "TKIND|CUT|BLACKNESS") else None


def color_out(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``take some of the color out of photo 2``."""
    taken = any(token.text.lower() in ("take", "pull", "drain", "suck", "get", "remove") for token in before_in(out))
    if (
        not taken
        or text(tokens, at) not in ("color", "colour", "colors", "colours")
        or not kinds(tokens, at + 1, "OUT")
    ):
        return None
    return [joined("ADJ", tokens[at : at + 2], ("saturation", -0.2))], 2


def not_loud(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``not too loud``: softer."""
    here = at + 1
    while kinds(tokens, here, "TOO|DEGREE|NOISE") or text(tokens, here) in ("so", "that"):
        here += 1
    loud = kinds(tokens, here, "LOUDER") and text(tokens, here) in ("loud", "noisy") and text(tokens, at) == "not"
    heard = any(token.kind in ("MUSIC", "SONG", "MANNER", "SOUND") for token in out[-12:])
    return (
        ([replace(tokens[here], kind="QUIETER", start=tokens[at].start)], here + 1 - at)
        if loud and heard and ends(tokens, here + 1)
        else None
    )
