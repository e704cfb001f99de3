"""Words of place and of which picture told apart by their neighbours: "right", "down", "change", "the video". See `senses`."""

from collections.abc import Sequence
from dataclasses import replace

from nemovideo_mcp.studio.editor.neighbours import NEAR, Found, before_in, ends, rest_of, text, whole_rest
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


def all_but(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``throw away all pictures but the first two``: these stay."""
    part = before_in(out)
    all_of = (
        len(part) > 1
        and part[-1].kind in ("CLIP", "ALL_CLIPS", "EVERYTHING")
        and any(t.kind in ("ALL", "EACH", "EVERYTHING", "ALL_CLIPS") for t in part[-3:])
    )
    all_of = all_of or (bool(part) and part[-1].kind in ("EVERYTHING", "ALL_CLIPS"))
    here = at + 1
    while kinds(tokens, here, "NOISE|DET"):
        here += 1
    named = kinds(tokens, here, "ORD|FIRST|LAST|NUM|CLIP|FILE|POSITION")
    return ([replace(tokens[at], kind="EXCEPT")], 1) if all_of and named and text(tokens, at) == "but" else None


def which_look(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``remove all the black and white photos``, ``brighten the dark ones``: those that look so, which nobody has named."""
    part = before_in(out)
    photos = (
        kinds(tokens, at + 1, "CLIP")
        or text(tokens, at + 1) == "ones"
        or (text(tokens, at + 1) == "one" and bool(part) and part[-1].text.lower() == "the")
    )
    if not photos:
        return None
    chosen = any(token.kind in ("REMOVE", "KEEP", "ONLY") for token in part) and not any(
        token.kind in ("OF", "FROM") for token in part
    )
    the = bool(part) and part[-1].text.lower() in ("the", "all", "any", "most", "all the", "every", "only", "just the")
    return ([replace(tokens[at], kind="GUARD", value=None)], 1) if chosen or the else None


def which_title(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``the second title``: of several, which are not told apart by their number."""
    return (
        ([replace(tokens[at], kind="GUARD", value=None)], 1)
        if kinds(tokens, at + 1, "TITLE|CAPTION") and not any(t.kind in ("ADD", "SAY") for t in before_in(out))
        else None
    )


def during(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``softer during the title``: a time that sound has none of."""
    here = at + 1
    while kinds(tokens, here, "NOISE|DET"):
        here += 1
    heard = any(token.kind in ("MUSIC", "VOLUME", "LOUDER", "QUIETER", "MUTE") for token in before_in(out))
    spoken = text(tokens, at) in ("during", "while", "under", "at") and kinds(
        tokens, here, "TITLE|CAPTION|CLIP|ORD|QUOTE|LOGO"
    )
    return ([replace(tokens[at], kind="GUARD", value=None)], 1) if heard and spoken else None


def not_all(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``not all of them should be black and white``: which, is not said."""
    here = at + 1
    while kinds(tokens, here, "NOISE|DEGREE"):
        here += 1
    return (
        ([replace(tokens[at], kind="GUARD", value=None)], 1)
        if text(tokens, at) == "not" and kinds(tokens, here, "ALL|EACH|EVERYTHING")
        else None
    )


def some_of(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``some of the pictures should zoom in``: which, is not said."""
    here = at + 1
    if kinds(tokens, here, "FRAME_WORD") and text(tokens, here).startswith("of the p") and text(tokens, at) == "some":
        return [replace(tokens[at], kind="GUARD", value=None)], 1
    here += 1 if kinds(tokens, here, "OF") else 0
    of = here > at + 1
    while kinds(tokens, here, "NOISE|DET|ALL"):
        here += 1
    starts = not before_in(out) or out[-1].kind in ("MAKE", "ON", "FOR")
    photos = kinds(tokens, here, "CLIP|IT") and (of or (starts and text(tokens, here).endswith("s")))
    return ([replace(tokens[at], kind="GUARD", value=None)], 1) if text(tokens, at) == "some" and photos else None


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


def drop_the_rest(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``we only need pictures two and four drop the rest``: a wish of its own."""
    here = at + 1
    while kinds(tokens, here, "NOISE|ALL"):
        here += 1
    kept = (
        any(token.kind in ("ONLY", "KEEP") for token in out[-16:])
        and bool(out)
        and out[-1].kind in ("NUM", "CLIP", "ORD", "LAST", "REF", "FILE")
    )
    if not kept or not kinds(tokens, here, "REST|NEW"):
        return None
    return [Token("COMMA", "", tokens[at].start, tokens[at].start), *tokens[at : here + 1]], here + 1 - at


def where_it_is(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``put photo 4 where photo 1 is``."""
    rest = whole_rest(tokens, at + 1)
    if text(tokens, at) != "where" or not rest or rest[-1].text.lower() not in ("is", "are", "was", "were", "now"):
        return None
    placed = any(token.kind in ("ADD", "MOVE") for token in before_in(out)) and any(
        token.kind in ("CLIP", "FILE", "NUM", "ORD", "FIRST", "LAST") for token in rest
    )
    return ([replace(tokens[at], kind="TO")], 1) if placed else None


def time_slot(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``a 45 second slot``: of time."""
    return ([], 1) if out and out[-1].kind == "DUR" and text(tokens, at) in ("slot", "spot") else None


def position_number(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``write the number on each picture``."""
    shown = any(token.kind in ("ADD", "SHOW") for token in before_in(out)) and not kinds(tokens, at + 1, "NUM")
    each = any(token.kind in ("EACH", "ALL", "ALL_CLIPS") for token in rest_of(tokens, at + 1))
    return (
        ([replace(tokens[at], kind="NUMBERING")], 1)
        if shown and each and text(tokens, at).startswith("number")
        else None
    )


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


def dropped(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``drop my song under it``, ``drop the volume to 20%``: neither takes anything away."""
    if text(tokens, at) not in ("drop", "throw", "pop"):
        return None
    rest = rest_of(tokens, at + 1)
    under = any(
        token.text.lower()
        in ("under it", "underneath it", "behind it", "under", "underneath", "in", "on top", "over it", "into it")
        for token in rest
    )
    if under and any(token.kind in ("MUSIC", "SONG", "QUOTE", "LOGO", "TITLE") for token in rest):
        return [replace(tokens[at], kind="ADD")], 1
    if (
        any(token.kind in ("PERCENT", "NUM") for token in rest)
        and any(token.kind in ("VOLUME", "MUSIC") for token in rest)
        and any(token.kind == "TO" for token in rest)
    ):
        return [replace(tokens[at], kind="LESS")], 1
    return None


def end_photo(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``the intro photo``, ``the closing picture``: the first and the last."""
    if not kinds(tokens, at + 1, "CLIP") or text(tokens, at) not in (
        "intro",
        "opening",
        "starting",
        "closing",
        "ending",
        "end",
        "start",
    ):
        return None
    kind = "FIRST" if text(tokens, at) in ("intro", "opening", "starting", "start") else "LAST"
    return [replace(tokens[at], kind=kind)], 1


def whole_heads(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``don't cut off grandma's feet``: nothing is to be cropped."""
    here = at + 1
    if text(tokens, here) not in ("cut off", "chop off", "crop", "crop off", "cut", "chop", "crop out", "cut out"):
        return None
    rest = rest_of(tokens, here + 1)
    if not rest or not any(token.kind in ("UNKNOWN", "FACE", "BORDER") for token in rest):
        return None
    if any(
        token.kind not in ("UNKNOWN", "DET", "FACE", "NOISE", "AUDIENCE", "OFF", "KIND", "BORDER", "OF", "CLIP")
        for token in rest
    ):
        return None
    return [joined("CONTAIN", tokens[at : here + 1 + len(rest)])], 2 + len(rest)


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


def just_want(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``I just want pictures 1, 2 and 3 in there``: only these."""
    said = text(tokens, at)
    if not said.endswith(("just want", "only want", "just need", "only need", "really only want")):
        return None
    rest = rest_of(tokens, at + 1)
    here = at + 1
    while kinds(tokens, here, "NOISE|DET"):
        here += 1
    far = tokens[at + 1 : at + 16]
    within = any(token.text.lower() in ("in", "in there", "in it") for token in far) and not any(
        token.kind in ("LOOKWORD", "FILTER", "COLOR", "SHAPE") for token in far
    )
    named = kinds(tokens, here, "CLIP|ORD|FIRST|LAST|NUM|POSITION") and bool(rest)
    first = tokens[at]
    return (
        ([Token("KEEP", first.text, first.start, first.start), replace(first, kind="ONLY")], 1)
        if named and within
        else None
    )


def leave_out(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``leave it away``, ``leave photo 2 out``: it goes."""
    rest = rest_of(tokens, at + 1)
    gone = bool(rest) and rest[-1].text.lower() in ("out", "away", "off") and len(rest) > 1
    return ([replace(tokens[at], kind="REMOVE")], 1) if gone and text(tokens, at) in ("leave", "keep") else None


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


_MOVING = ("video", "clip", "footage", "movie clip", "recording")
_OF_ITS_SOUND = ("SOUND", "MUTE", "TRIMWORD", "STARTWITH", "ENDWITH", "SPEED", "SLOWMO")


def moving(tokens: Sequence[Token]) -> list[Token]:
    """The tokens for a film that has one moving clip among its photos: "the video" is that clip where it is trimmed, muted, opened
    with or set beside the photos; "make the video 30 seconds long" still speaks of the film."""
    out: list[Token] = []
    for at, token in enumerate(tokens):
        if token.kind in ("FILM", "CLIP") and token.text.lower() in _MOVING and _one_of_them(tokens, at):
            out.append(Token("VIDEO_CLIP", token.text, token.start, token.end))
        else:
            out.append(token)
    return out


def _one_of_them(tokens: Sequence[Token], at: int) -> bool:
    if tokens[at].kind == "CLIP":
        return (
            text(tokens, at - 1) == "the" and not kinds(tokens, at + 1, "NUM|POSITION") and text(tokens, at) == "clip"
        )
    near = [*before_in(list(tokens[max(0, at - NEAR) : at])), *rest_of(tokens, at + 1)]
    said = {token.kind for token in near}
    cut = (
        bool(said & {"FIRST", "LAST", "START", "END"})
        and "DUR" in said
        and bool(said & {"REMOVE", "TRIMWORD", "USE", "ONLY", "KEEP"})
    )
    paced = "TIMES" in said and bool(said & {"INTENSITY", "RELATIVE", "SPEED"})
    here = at + 1
    while kinds(tokens, here, "NOISE|BE|COMES|POLITE"):
        here += 1
    ends = kinds(tokens, here, "AT|IN|TO", "START|END|FIRST|LAST|NOISE", "START|END|FIRST|LAST") or kinds(
        tokens, here, "AT|IN|TO", "START|END|FIRST|LAST"
    )
    placed = (
        kinds(tokens, at + 1, "FIRST|LAST")
        or (ends and here > at + 1)
        or (kinds(tokens, at + 1, "TO|AT|BEFORE|AFTER") and ("MOVE" in said or "ADD" in said))
    )
    trimmed = kinds(tokens, at + 1, "TO", "DUR") and "TRIMWORD" in said
    between = kinds(tokens, at + 1, "BETWEEN", "NOISE|COUNT|NUM") or kinds(tokens, at + 1, "BETWEEN")
    out = ("REMOVE" in said and kinds(tokens, at + 1, "OUT")) or "SPLIT" in said
    return out or cut or placed or trimmed or paced or between or bool(said & (set(_OF_ITS_SOUND) - {"TRIMWORD"}))
