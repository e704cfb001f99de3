"""Turns of talk told apart by their neighbours: "my sister says", "so my students", "that's better". See `senses`."""

from collections.abc import Sequence
from dataclasses import replace

from nemovideo_mcp.studio.editor.circumstances import harmless
from nemovideo_mcp.studio.editor.manners import SHORTER
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
        and any(token.kind in ("FOR", "AT") for token in part)
        and not kinds(tokens, at + 1, "|".join(_STYLES))
    ):
        return [replace(tokens[at], kind="UNKNOWN", value=None)], 1
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
    part = before_in(out)
    told = any(
        token.text.lower() in ("it's", "is", "are", "was", "were", "that's", "its", "they're", "looks like", "seems")
        for token in part
    )
    copula = tokens[at].kind == "DUPLICATE" and told and not any(token.kind in ("MAKE", "ADD", "USE") for token in part)
    person = tokens[at].kind == "NOT" and last in ("i'm", "im", "we're", "i am", "he's", "she's", "you're", "we are")
    return ([replace(tokens[at], kind="UNKNOWN", value=None)], 1) if copula or person else None


def like_kind(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``a clock-like transition``."""
    named = (
        bool(out)
        and out[-1].kind in ("TKIND", "MANNER", "FILTER")
        and kinds(tokens, at + 1, "TRANSITION|MUSIC|LOOKWORD|CLIP|EFFECTS")
    )
    return ([], 1) if text(tokens, at) == "like" and named else None


def so_it_says(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``change the title so it says "Hi"``: its new words."""
    here = at + 1
    here += 1 if text(tokens, here) == "that" else 0
    says = text(tokens, at) == "so" and kinds(tokens, here, "IT", "SAY|RESAY", "QUOTE")
    return ([replace(tokens[here + 1], kind="RESAY")], here + 2 - at) if says else None


_VERBS = "MAKE|ADD|REMOVE|MOVE|SWAP|USE|SHOW|KEEP|RESIZE|REPLACE|SORT|SHUFFLE|REVERSE|TRIMWORD|SPLIT|ZOOM_IN|ZOOM_OUT|PAN|LOUDER|QUIETER|MUTE|NOT|RELATIVE|UNDO"


def cut_short(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``cut it short``, ``keep it short``: shorter."""
    brief = text(tokens, at) in ("short", "brief") and any(
        token.kind in ("TRIMWORD", "KEEP", "MAKE") for token in before_in(out)
    )
    it = bool(out) and out[-1].kind == "IT"
    return (
        ([replace(tokens[at], kind="RELATIVE", value=("length", SHORTER))], 1)
        if brief and it and ends(tokens, at + 1)
        else None
    )


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


def instead_just(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``instead of fading just jump``: what is meant begins a part of its own."""
    part = before_in(out)
    begins = bool(part) and part[0].kind == "INSTEAD" and len(part) > 1
    return (
        ([Token("COMMA", "", tokens[at].start, tokens[at].start)], 1)
        if begins and text(tokens, at) in ("just", "simply", "please", "use", "i want", "i'd like")
        else None
    )


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


def soft_something(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``put music under it, something gentle``: calm music."""
    heard = any(token.kind in ("MUSIC", "SONG") for token in out[-10:])
    if text(tokens, at) != "something" or not kinds(tokens, at + 1, "SMOOTH") or not heard or not ends(tokens, at + 2):
        return None
    here = tokens[at + 1]
    return [replace(here, kind="MANNER", value=_SOFT), Token("MUSIC", here.text, here.end, here.end)], 2
