"""Words of place and of which picture told apart by their neighbours: "right", "down", "change", "the video". See `senses`."""

from collections.abc import Sequence
from dataclasses import replace

from nemovideo_mcp.studio.editor.neighbours import Found, before_in, ends, rest_of, text, whole_rest
from nemovideo_mcp.studio.editor.tokens import Token, joined, kinds

_CLOSE = frozenset(
    (
        "right",
        "down",
        "up",
        "over",
        "way",
        "all the way",
        "straight",
        "all the way down",
        "all the way up",
        "back",
        "just",
        "smack",
    )
)
_WHERE = ("START", "END", "FIRST", "LAST", "PLACE", "CORNER", "BEFORE", "AFTER", "REF", "CLIP")


def not_right(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``the title isn't right``: no side of the frame."""
    told = bool(out) and (
        out[-1].kind == "NOT" or out[-1].text.lower() in ("is", "are", "was", "looks", "not", "quite")
    )
    return (
        ([replace(tokens[at], kind="UNKNOWN", value=None)], 1)
        if text(tokens, at) == "right" and told and ends(tokens, at + 1)
        else None
    )


def over_one(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``slide over photo 5 from right to left``: the camera, not a transition."""
    here = at + 1
    while kinds(tokens, here, "NOISE|DET|ON|ACROSS"):
        here += 1
    one = (
        kinds(tokens, here, "CLIP", "NUM")
        or kinds(tokens, here, "ORD|FIRST|LAST", "CLIP")
        or kinds(tokens, here, "FILE")
    )
    way = any(token.kind == "PLACE" for token in rest_of(tokens, here))
    return (
        ([replace(tokens[at], kind="PAN", value=None)], 1)
        if text(tokens, at) in ("slide over", "sliding", "slide", "slide across") and one and way
        else None
    )


def frames(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``24 frames``: of a second."""
    rate = tokens[at].value in (24, 25, 30, 50, 60) and text(tokens, at + 1) == "frames"
    return ([joined("FPS", tokens[at : at + 2], tokens[at].value)], 2) if rate else None


def at_once(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``show pictures 3 and 5 at the same time``: side by side."""
    part = out[-8:]
    several = (
        any(token.kind == "AND" for token in part)
        and any(token.kind == "SHOW" for token in part)
        and any(token.kind in ("CLIP", "FILE") for token in part)
    )
    said = text(tokens, at) in ("at the same time", "together", "at once", "simultaneously")
    return ([replace(tokens[at], kind="BESIDE")], 1) if said and several and ends(tokens, at + 1) else None


def goes_at(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``the title goes at the bottom left``: there it stands."""
    words = any(token.kind in ("TITLE", "QUOTE", "LOGO", "CAPTION", "SHOWN") for token in before_in(out))
    here = at + 1
    while kinds(tokens, here, "IN|AT|TO|ON|NOISE|DET"):
        here += 1
    return (
        ([], 1)
        if words
        and kinds(tokens, here, "PLACE|CORNER")
        and text(tokens, at) in ("go", "goes", "comes", "come", "belongs", "went")
        else None
    )


def a_change(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``between the photos a soft change``: the transitions."""
    soft = (
        bool(out)
        and out[-1].kind in ("SMOOTH", "VARIED")
        and any(token.kind in ("BETWEEN", "ALL_CUTS") for token in before_in(out))
    )
    return (
        ([replace(tokens[at], kind="TRANSITION")], 1)
        if soft and text(tokens, at) in ("change", "changes", "switch")
        else None
    )


def after_the_last(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``after the last picture the screen should go black``: at the end."""
    here = at + 1
    while kinds(tokens, here, "NOISE|DET"):
        here += 1
    faded = any(
        token.kind in ("FILM_FADE", "FADE_OUT", "QUOTE", "BLACKNESS")
        for token in (*before_in(out), *rest_of(tokens, here))
    )
    if not (kinds(tokens, here, "LAST", "CLIP") and faded):
        return None
    first = tokens[at]
    return [replace(first, kind="AT"), replace(tokens[here], kind="END")], here + 2 - at


def from_below(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``from below``: from the bottom."""
    side = {"below": "bottom", "underneath": "bottom", "beneath": "bottom", "above": "top"}.get(text(tokens, at))
    return ([replace(tokens[at], kind="PLACE", value=side)], 1) if side and out and out[-1].kind == "FROM" else None


def slide_them(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``slide them in from below``: how the photos come."""
    first = not [token for token in before_in(out) if token.kind not in ("POLITE", "NOISE")]
    return (
        ([replace(tokens[at], kind="TKIND", value="slide")], 1)
        if first and text(tokens, at) == "slide" and kinds(tokens, at + 1, "IT", "IN|OUT")
        else None
    )


_OPPOSITE = {"left": "right", "right": "left", "top": "bottom", "bottom": "top"}


def panned_from(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``let the camera glide over photo 5 from the left``: to the right."""
    here = at + 1
    while kinds(tokens, here, "NOISE|DET"):
        here += 1
    moved = any(token.kind in ("PAN", "CAMERA") for token in before_in(out)) and kinds(tokens, here, "PLACE")
    if (
        not moved
        or tokens[here].value not in _OPPOSITE
        or any(t.kind in ("TO", "PLACE") for t in rest_of(tokens, here + 1))
    ):
        return None
    return [replace(tokens[here], value=_OPPOSITE[tokens[here].value])], here + 1 - at


def close_by(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``right at the beginning``, ``down to the bottom``, ``over in the corner``: it tells nothing more of the place."""
    if text(tokens, at) not in _CLOSE:
        return None
    here = at + 1
    if text(tokens, at) == "right" and text(tokens, here) in ("now", "away", "here", "there"):
        return [], 2
    if tokens[at].kind == "PLACE" and tokens[at].value != "right":
        return None
    place = kinds(tokens, here, "PLACE") and tokens[here].text.lower().startswith(("to ", "at ", "in ", "on "))
    if place:
        return ([], 1) if tokens[at].kind != "PLACE" else None
    if not kinds(tokens, here, "AT|TO|IN|ON|INTO"):
        return None
    here += 1
    while here < len(tokens) and here < at + 6 and tokens[here].kind in ("NOISE", "DET"):
        here += 1
    return (
        ([], 1)
        if kinds(tokens, here, "|".join(_WHERE)) and not (tokens[at].kind == "MORE" and kinds(tokens, here, "REF|CLIP"))
        else None
    )


_CHANGE = (
    "change",
    "changes",
    "switch",
    "switches",
    "jump",
    "jumps",
    "changeover",
    "changeovers",
    "passage",
    "passages",
    "shift",
    "shifts",
    "cut",
    "cuts",
    "moves",
)


def changes(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``every change between pictures``: the transitions."""
    if text(tokens, at) not in _CHANGE or not kinds(tokens, at + 1, "BETWEEN"):
        return None
    before = before_in(out)
    noun = before and (
        before[-1].kind in ("EACH", "ALL", "DET", "VARIED", "SMOOTH", "INTENSITY")
        or before[-1].text.lower() in ("the", "a", "all", "these")
    )
    return ([replace(tokens[at], kind="TRANSITION")], 1) if noun or text(tokens, at).endswith("s") else None


_NEXT = ("next", "another", "other", "following", "next one", "the next", "the next one")


def one_to_the_next(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``from one picture to the next``, ``from picture to picture``, with ``when it goes`` before: the cuts."""
    if text(tokens, at) not in ("from", "one"):
        return None
    here = at + (1 if text(tokens, at) == "from" else 0)
    one = text(tokens, here) in ("one", "each", "a", "every")
    here += 1 if one else 0
    if not kinds(tokens, here, "CLIP") and not (one and kinds(tokens, here, "TO")):
        return None
    here += 1 if kinds(tokens, here, "CLIP") else 0
    if not kinds(tokens, here, "TO"):
        return None
    here += 1
    while text(tokens, here) in ("the", "an", "a"):
        here += 1
    if not (text(tokens, here) in _NEXT or (not one and kinds(tokens, here, "CLIP"))):
        return None
    here += 1
    here += 1 if kinds(tokens, here, "CLIP") or text(tokens, here) == "one" else 0
    while (
        out
        and out[-1].kind in ("COMES", "IT", "FILM", "SWAP", "MOVE", "BE", "NOISE", "CLIP")
        and any(_when(token) for token in out[-4:])
    ):
        out.pop()
    if out and _when(out[-1]):
        out.pop()
    return [joined("ALL_CUTS", tokens[at:here])], here - at


def _when(token: Token) -> bool:
    said = token.text.lower()
    return said in ("every time", "each time") or said.startswith(("when", "while")) or said == "as"


def where_it_is(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``put photo 4 where photo 1 is``."""
    rest = whole_rest(tokens, at + 1)
    if text(tokens, at) != "where" or not rest or rest[-1].text.lower() not in ("is", "are", "was", "were", "now"):
        return None
    placed = any(token.kind in ("ADD", "MOVE") for token in before_in(out)) and any(
        token.kind in ("CLIP", "FILE", "NUM", "ORD", "FIRST", "LAST") for token in rest
    )
    return ([replace(tokens[at], kind="TO")], 1) if placed else None


def from_to(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``when it changes from 3 to 4``: the cut between these photos."""
    first, second = tokens[at].value
    noun = bool(out) and out[-1].kind in ("TRANSITION", "CROSSFADE", "TKIND")
    if noun and text(tokens, at).split()[-1].isdigit() and tokens[at].value[1] == tokens[at].value[0] + 1:
        return [replace(tokens[at], kind="CUTS", value=(int(tokens[at].value[0]), int(tokens[at].value[1])))], 1
    changes = any(_when(token) for token in out[-5:]) and text(tokens, at).split()[-1].isdigit()
    if not changes or first != int(first) or second != first + 1:
        return None
    while out and not _when(out[-1]):
        out.pop()
    out.pop()
    return [replace(tokens[at], kind="CUTS", value=(int(first), int(second)))], 1


_ON_PICTURES = frozenset(
    "BARS BORDER FILL CONTAIN BLUR ZOOM_IN ZOOM_OUT QUOTE FILTER ADJ STATIC MOTION PAN CROP".split()
)


def there(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``no cropping on photo 4, black bars there``: on that photo."""
    if text(tokens, at) not in ("there", "on there") or not ends(tokens, at + 1):
        return None
    part = before_in(out)
    if not any(token.kind in _ON_PICTURES for token in part) or any(
        token.kind in ("CLIP", "NUM", "FILE", "ALL", "EACH") for token in part
    ):
        return None
    here = tokens[at]
    return [Token("ON", here.text, here.start, here.start), replace(here, kind="IT")], 1


def higher(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``shift the headline up a bit``: its place, not its size."""
    said = {token.kind for token in before_in(out)}
    kind = {
        "up": "HIGHER",
        "down": "LOWER",
        "upwards": "HIGHER",
        "downwards": "LOWER",
        "higher": "HIGHER",
        "lower": "LOWER",
    }.get(text(tokens, at))
    moved = "MOVE" in said and said & {"TITLE", "CAPTION", "SHOWN", "IT"}
    return (
        ([replace(tokens[at], kind=kind, value=None)], 1)
        if kind and moved and not kinds(tokens, at + 1, "TO|AT|IN|ON|NUM|DUR|PERCENT|PLACE")
        else None
    )


def backwards(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``backwards please``: the order of the photos."""
    alone = not before_in(out) and all(token.kind in ("POLITE", "NOISE") for token in rest_of(tokens, at + 1))
    return ([replace(tokens[at], kind="REVERSE")], 1) if alone and text(tokens, at) == "backwards" else None


def next_one(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``melt into the next one``: that is what transitions do."""
    if text(tokens, at) != "next" or not any(token.kind in ("CROSSFADE", "TKIND", "FADE", "CUT") for token in out[-4:]):
        return None
    return [], 2 if text(tokens, at + 1) in ("one", "ones") or kinds(tokens, at + 1, "CLIP") else 1


def up_to(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``move it up to the top``."""
    here = at + 1
    while kinds(tokens, here, "NOISE|DET"):
        here += 1
    return (
        ([replace(tokens[at], kind="TO")], 1)
        if text(tokens, at) == "up to" and kinds(tokens, here, "PLACE|START|END|FIRST|LAST|CORNER")
        else None
    )


def corner(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``down in the left corner``: bottom left."""
    here = at + 1
    while kinds(tokens, here, "IN|AT|ON|NOISE|TO") and here < at + 4:
        here += 1
    if (
        text(tokens, at) not in ("down", "up")
        or not kinds(tokens, here, "PLACE")
        or tokens[here].value not in ("left", "right")
    ):
        return None
    row = "bottom" if text(tokens, at) == "down" else "top"
    return [replace(tokens[here], value=f"{row}_{tokens[here].value}")], here + 1 - at


def bars_at_sides(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``the black stripes at the sides``, ``make the edges blurry``."""
    if out and out[-1].kind in ("NOISE", "AT", "ON") and any(token.kind == "BARS" for token in out[-4:]):
        return [], 1
    if (
        kinds(tokens, at + 1, "ADJ")
        and tokens[at + 1].value[0] == "blur"
        and not any(t.kind in ("FILTER", "PROP") for t in before_in(out))
    ):
        return [joined("BLUR", tokens[at : at + 2])], 2
    return None


def from_side(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``move from the left to the right over photo 2``: the camera does."""
    here = at + 2
    while kinds(tokens, here, "NOISE|DET"):
        here += 1
    return (
        ([replace(tokens[at], kind="PAN")], 1)
        if kinds(tokens, at + 1, "FROM") and kinds(tokens, here, "PLACE")
        else None
    )
