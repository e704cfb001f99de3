"""Words of look, sound and talk told apart by their neighbours: "still", "so", "cool", "something". See `senses`."""

from collections.abc import Sequence
from dataclasses import replace

from nemovideo_mcp.studio.editor.circumstances import harmless
from nemovideo_mcp.studio.editor.manners import FASTER
from nemovideo_mcp.studio.editor.neighbours import Found, before_in, ends, rest_of, text, whole_rest
from nemovideo_mcp.studio.editor.tokens import Token, joined, kinds

_PRAISE = frozenset(
    "better nicer prettier awesome amazing stunning impressive cute cuter interesting special lovelier happier elegant wow".split()
)
_BEINGS = (
    "that's",
    "it's",
    "is",
    "are",
    "was",
    "looks",
    "look",
    "sounds",
    "looks much",
    "this is",
    "they're",
    "feels",
    "its",
)
_STYLES = ("LOOKWORD", "TEMPLATE_WORD", "MUSIC", "MOOD", "BEATS", "SONG", "GENRE", "MANNER")


def praise(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``that's better``, ``I love it``, ``it's for a party``: no manner of the film."""
    said, part = text(tokens, at), before_in(out)
    words = [token.text.lower() for token in part]
    wished = any(
        token.kind in ("MAKE", "ADD", "USE", "TO")
        or token.text.lower() in ("should", "could", "would", "can", "want", "i want", "be")
        for token in part
    )
    if said in _PRAISE and any(word in _BEINGS for word in words) and not wished and ends(tokens, at + 1):
        return [replace(tokens[at], kind="FINE", value=None)], 1
    if (
        said == "love"
        and words
        and words[-1] in ("i", "we", "they", "you", "she", "he", "really", "just", "kids", "would")
    ):
        return [replace(tokens[at], kind="NOISE", value=None)], 1
    if (
        said == "party"
        and words
        and words[-1] in ("a", "the", "our", "my", "his", "her", "birthday", "for", "at")
        and not kinds(tokens, at + 1, "|".join(_STYLES))
    ):
        return [replace(tokens[at], kind="UNKNOWN", value=None)], 1
    return None


def a_story(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``it's a long story``, ``the story of our trip``: not what a phone shows."""
    if text(tokens, at) not in ("story", "stories", "status", "pin", "x"):
        return None
    before = out[-1] if out else None
    told = kinds(tokens, at + 1, "OF") or (
        before is not None and before.kind in ("LONG", "RELATIVE", "ADJ", "UNKNOWN", "SIZE_WORD", "MANNER", "QUIETER")
    )
    named = any(token.kind in ("PLATFORM", "FOR", "AS") for token in before_in(out))
    return ([replace(tokens[at], kind="UNKNOWN", value=None)], 1) if told and not named else None


def completely(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``show photo 2 completely``: all of the picture."""
    part = before_in(out)
    shown = any(
        token.kind == "SHOW" and token.text.lower() in ("show", "see", "display", "showing", "shown") for token in part
    )
    named = any(token.kind in ("CLIP", "NUM", "FILE", "IT", "ALL", "EACH", "REF") for token in part)
    said = text(tokens, at) in ("completely", "entirely", "fully", "wholly")
    return (
        ([replace(tokens[at], kind="CONTAIN", value=None)], 1)
        if said and shown and named and ends(tokens, at + 1)
        else None
    )


def no_order(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``pictures 2 to 4 are duplicates``, ``I'm not in the mood``: told of something."""
    last = out[-1].text.lower() if out else ""
    copula = tokens[at].kind == "DUPLICATE" and last in ("are", "is", "were", "was", "nearly", "almost", "just", "the")
    person = tokens[at].kind == "NOT" and last in ("i'm", "im", "we're", "i am", "he's", "she's", "you're", "we are")
    return ([replace(tokens[at], kind="UNKNOWN", value=None)], 1) if copula or person else None


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


def like_kind(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``a clock-like transition``."""
    named = (
        bool(out)
        and out[-1].kind in ("TKIND", "MANNER", "FILTER")
        and kinds(tokens, at + 1, "TRANSITION|MUSIC|LOOKWORD|CLIP|EFFECTS")
    )
    return ([], 1) if text(tokens, at) == "like" and named else None


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


def so_it_says(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``change the title so it says "Hi"``: its new words."""
    here = at + 1
    here += 1 if text(tokens, here) == "that" else 0
    says = text(tokens, at) == "so" and kinds(tokens, here, "IT", "SAY|RESAY", "QUOTE")
    return ([replace(tokens[here + 1], kind="RESAY")], here + 2 - at) if says else None


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


_VERBS = "MAKE|ADD|REMOVE|MOVE|SWAP|USE|SHOW|KEEP|RESIZE|REPLACE|SORT|SHUFFLE|REVERSE|TRIMWORD|SPLIT|ZOOM_IN|ZOOM_OUT|PAN|LOUDER|QUIETER|MUTE|NOT|RELATIVE|UNDO"


def slip(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``can yuo make it vertical``: a misspelt "you"."""
    asked = bool(out) and out[-1].text.lower() in ("can", "could", "would", "will", "cud", "cuold")
    return ([], 1) if asked and len(tokens[at].text) <= 4 and kinds(tokens, at + 1, _VERBS) else None


def so_that(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``so my students can follow``, ``so that it fits``: a purpose behind a wish."""
    if text(tokens, at) not in ("so", "so that", "such that", "in order to", "in order that", "so as to"):
        return None
    if not [token for token in before_in(out) if token.kind not in ("POLITE", "NOISE")]:
        return None
    follows = rest_of(tokens, at + 1)
    used = 2 if text(tokens, at) == "so" and text(tokens, at + 1) == "that" else 1
    subject = follows and (
        follows[0].kind in ("DET", "UNKNOWN", "AUDIENCE", "IT", "FACE") or follows[0].text.lower() in _PERSONS
    )
    why = [token for token in whole_rest(tokens, at + used) if token.kind not in ("POLITE", "NOISE")]
    return ([joined("WHY", tokens[at : at + used])], used) if subject and len(follows) > 1 and harmless(why) else None


_PERSONS = frozenset("one i we he she they you everyone everybody people nobody that the a an it it's".split())


def to_read(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``too small to read``."""
    much = any(
        token.kind == "TOO" or token.text.lower() in ("hard", "difficult", "easy", "easier", "impossible")
        for token in before_in(out)
    )
    return ([], 1) if much and text(tokens, at) == "to read" and not kinds(tokens, at + 1, "QUOTE") else None


def or_something(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``piano or something soft``: of two that are both welcome, the one that is there."""
    if text(tokens, at) != "or" or text(tokens, at + 1) not in ("something", "anything", "whatever"):
        return None
    if not any(token.kind in ("MUSIC", "GENRE", "MANNER", "SONG") for token in before_in(out)):
        return None
    if ends(tokens, at + 2) or text(tokens, at + 2) in ("like that", "similar", "like this", "so"):
        return [], 3 if at + 2 < len(tokens) and not ends(tokens, at + 2) else 2
    soft = kinds(tokens, at + 2, "SMOOTH")
    if soft:
        return [replace(tokens[at + 2], kind="MANNER", value=_SOFT)], 3
    return ([], 2) if kinds(tokens, at + 2, "MANNER|MORE|DEGREE") else None


_SOFT = {"template": "calm", "mood": "calm", "filter": None}
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


def likeness(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``look like an old sepia photograph``: the look that is named."""
    if text(tokens, at) != "like" or not any(
        token.text.lower() in ("look", "looks", "be", "appear") for token in before_in(out)
    ):
        return None
    here = at + 1
    while here < at + 5 and kinds(tokens, here, "NOISE|UNKNOWN|DET|DEGREE"):
        here += 1
    if not kinds(tokens, here, "FILTER|MANNER"):
        return None
    end = here + 1
    end += 1 if kinds(tokens, end, "CLIP|FILM") else 0
    return ([tokens[here]], end - at) if ends(tokens, end) else None


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


def instead_just(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``instead of fading just jump``: what is meant begins a part of its own."""
    part = before_in(out)
    begins = bool(part) and part[0].kind == "INSTEAD" and len(part) > 1
    return (
        ([Token("COMMA", "", tokens[at].start, tokens[at].start)], 1)
        if begins and text(tokens, at) in ("just", "simply", "please", "use", "i want", "i'd like")
        else None
    )


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


def something_looking(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``something corporate looking``: a look, not music."""
    if text(tokens, at) != "something":
        return None
    here = at + 1
    while kinds(tokens, here, "DEGREE|MORE|NOISE"):
        here += 1
    return ([], 1) if kinds(tokens, here, "MANNER", "LOOKWORD|TEMPLATE_WORD") else None


_SAID = (
    "wants",
    "would like",
    "asked for",
    "prefers",
    "demands",
    "insists on",
    "says",
    "said",
    "thinks",
    "thought",
    "finds",
    "complains",
    "complained",
    "tells me",
    "told me",
    "keeps saying",
    "feels",
)


def reported(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``my sister says it's too quick``: what she says is what is wished."""
    if before_in(out) and any(token.kind not in ("POLITE", "NOISE", "AND") for token in before_in(out)):
        return None
    here = at + 1
    while here < at + 4 and kinds(tokens, here, "UNKNOWN|AUDIENCE|DET"):
        here += 1
    if here > at + 1 and text(tokens, here - 1) == "asked" and kinds(tokens, here, "FOR"):
        return [], here + 1 - at
    if here == at + 1 or text(tokens, here) not in _SAID or kinds(tokens, here + 1, "QUOTE|COLON"):
        return None
    here += 1
    here += 1 if text(tokens, here) in ("that", "me") else 0
    return ([], here - at) if not ends(tokens, here) else None


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


def soft_something(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``put music under it, something gentle``: calm music."""
    heard = any(token.kind in ("MUSIC", "SONG") for token in out[-10:])
    if text(tokens, at) != "something" or not kinds(tokens, at + 1, "SMOOTH") or not heard or not ends(tokens, at + 2):
        return None
    here = tokens[at + 1]
    return [replace(here, kind="MANNER", value=_SOFT), Token("MUSIC", here.text, here.end, here.end)], 2
