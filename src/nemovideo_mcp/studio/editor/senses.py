"""Words that are one thing here and another there, told by their neighbours before anything is read: "last" lasts or is the last,
"like" is a hedge or a likeness, "second" counts or measures, "keep" shows or spares, "right" is a side or only close.

One pass over the tokens as they were written; each rule looks at a few neighbours, so the time is linear. A rule gives the tokens
that stand in the place of the first so many; nothing when it does not hold.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from nemovideo_mcp.studio.editor.circumstances import harmless
from nemovideo_mcp.studio.editor.tokens import Token, joined, kinds

Reading = tuple[list[Token], int]
_ENDS = ("AND", "THEN", "COMMA", "STOP", "CORRECTION", "BECAUSE")
_NEAR = 8
"""Tokens that a rule looks at on either side."""


def told_apart(tokens: Sequence[Token]) -> list[Token]:
    """The tokens with each of the words above as what it is here."""
    out: list[Token] = []
    at = 0
    while at < len(tokens):
        rule = _RULES.get(tokens[at].kind)
        found = next((found for one in rule if (found := one(tokens, at, out)) is not None), None) if rule else None
        if found is None:
            out.append(tokens[at])
            at += 1
        else:
            out += found[0]
            at += found[1]
    return out


def _text(tokens: Sequence[Token], at: int) -> str:
    return tokens[at].text.lower() if 0 <= at < len(tokens) else ""


def _ends(tokens: Sequence[Token], at: int) -> bool:
    return at >= len(tokens) or tokens[at].kind in _ENDS


def _rest(tokens: Sequence[Token], at: int) -> list[Token]:
    """The next tokens of the same part."""
    found = []
    for token in tokens[at : at + _NEAR]:
        if token.kind in _ENDS:
            break
        found.append(token)
    return found


def _part(out: list[Token]) -> list[Token]:
    """The tokens before in the same part, the nearest last."""
    found: list[Token] = []
    for token in reversed(out[-_NEAR:]):
        if token.kind in _ENDS:
            break
        found.append(token)
    return found[::-1]


_THINGS = (
    "CLIP",
    "FILM",
    "FILE",
    "IT",
    "EACH",
    "TITLE",
    "NUM",
    "ALL_CLIPS",
    "POSITION",
    "MUSIC",
    "TRANSITION",
    "CROSSFADE",
    "CAPTION",
)


def _last(tokens: Sequence[Token], at: int, out: list[Token]) -> Reading | None:
    """``the rocket photo should last longer``: it lasts; ``put it last, longer``: the last."""
    before = _part(out)
    while before and before[-1].kind in ("NOISE", "POLITE") and before[-1].text.lower() not in ("the", "a", "my"):
        before = before[:-1]
    if not before or before[-1].kind not in _THINGS:
        return None
    follows = _rest(tokens, at + 1)
    while follows and (
        follows[0].kind in ("DEGREE", "NOISE", "FOR", "TIMES", "MORE", "UNTIL") or follows[0].text.lower() == "as"
    ):
        follows = follows[1:]
    if follows and (
        follows[0].kind in ("RELATIVE", "DUR", "DELTA", "LONG", "TOO") or (follows[0].kind == "TO" and len(follows) > 1)
    ):
        return [replace(tokens[at], kind="BE")], 1
    return None


_HEDGED = ("NUM", "DUR", "PERCENT", "SPAN", "DEGREE", "HALF", "DELTA", "TIMES")


def _like(tokens: Sequence[Token], at: int, out: list[Token]) -> Reading | None:
    """``like 20 seconds``, ``like this: 2, 1, 3``, ``, like the first one for 6 s``: a hedge or an example."""
    if _text(tokens, at) not in ("like", "something like", "say"):
        return None
    here = at + 1
    while _text(tokens, here) in ("about", "around", "maybe", "a", "roughly", "say"):
        here += 1
    if kinds(tokens, here, "|".join(_HEDGED)):
        return [], 1
    if _text(tokens, at + 1) in ("this", "so", "that") and (
        kinds(tokens, at + 2, "COLON|COMMA|DASH") or kinds(tokens, at + 2, "NUM")
    ):
        return [], 2 if not kinds(tokens, at + 2, "COMMA|DASH") else 3
    if not _part(out) and kinds(tokens, here, "NOISE|DET|ORD|FIRST|LAST|CLIP") and len(_rest(tokens, here)) > 2:
        return [], 1
    return None


def _something(tokens: Sequence[Token], at: int, out: list[Token]) -> Reading | None:
    """``something like 20 seconds``, ``something around 4 s``."""
    if _text(tokens, at) != "something" or not kinds(tokens, at + 1, "GUARD|NOISE"):
        return None
    here = at + 2
    while _text(tokens, here) in ("about", "around", "a"):
        here += 1
    return ([], here - at) if kinds(tokens, here, "NUM|DUR") else None


_NOW = frozenset(
    (
        "now",
        "before",
        "it is",
        "currently",
        "at the moment",
        "is",
        "it",
        "they",
        "are",
        "this",
        "that",
        "right now",
        "usual",
        "was",
        "were",
        "has",
        "the way it is",
        "as it is",
        "so far",
        "at present",
        "today",
    )
)


def _than(tokens: Sequence[Token], at: int, out: list[Token]) -> Reading | None:
    """``two seconds longer than now``: what it is compared with is what there is."""
    if _text(tokens, at) != "than":
        return None
    here = at + 1
    while here < len(tokens) and _text(tokens, here) in _NOW:
        here += 1
    return ([], here - at) if here > at + 1 and _ends(tokens, here) else None


_ON_SCREEN = ("up", "up for", "on screen", "on the screen", "there", "visible", "around")
_NO_TIME = frozenset(
    (
        "under",
        "below",
        "at least",
        "at most",
        "less than",
        "more than",
        "up to",
        "maximum",
        "max",
        "within",
        "to",
        "at",
        "only",
        "no longer than",
    )
)


def _keep(tokens: Sequence[Token], at: int, out: list[Token]) -> Reading | None:
    """``keep each picture up for four seconds``: it is shown so long."""
    if _text(tokens, at) not in ("keep", "leave", "hold", "have"):
        return None
    rest = _rest(tokens, at + 1)
    if any(token.text.lower() in _NO_TIME for token in rest) or not any(
        token.kind in ("DUR", "WHOLE") for token in rest
    ):
        return None
    thing = next(
        (
            token
            for token in rest
            if token.kind in _THINGS or token.kind in ("ORD", "FIRST", "LAST", "QUOTE", "REF", "LOGO", "ALL", "SHOWN")
        ),
        None,
    )
    lasting = any(token.kind in ("FOR", "WHOLE") or token.text.lower() in _ON_SCREEN for token in rest)
    if (
        thing is None
        or not lasting
        or thing.kind in ("FILM", "IT")
        or any(token.kind in ("FIRST", "LAST") for token in rest[-2:])
    ):
        return None
    return [replace(tokens[at], kind="SHOW")], 1


def _still(tokens: Sequence[Token], at: int, out: list[Token]) -> Reading | None:
    """``it's still too dark``: as before, not motionless."""
    if _text(tokens, at) != "still":
        return None
    follows = _rest(tokens, at + 1)
    if follows and (
        follows[0].kind in ("TOO", "NOT", "DEGREE", "RELATIVE", "ADJ", "MORE")
        or follows[0].text.lower()
        in ("a", "needs", "not", "looks", "quite", "so", "very", "really", "too", "is", "has")
    ):
        return [replace(tokens[at], kind="NOISE")], 1
    return None


def _point(tokens: Sequence[Token], at: int, out: list[Token]) -> Reading | None:
    """``until second 8``, ``from second 2 to second 5``: a moment, not the second of several."""
    if (
        _text(tokens, at) not in ("second", "sec", "minute")
        or not kinds(tokens, at + 1, "NUM")
        or kinds(tokens, at + 2, "CLIP|UNIT")
    ):
        return None
    if _text(out, len(out) - 1) in ("the", "my", "our", "photo", "picture"):
        return None
    scale = 60 if _text(tokens, at) == "minute" else 1
    return [joined("POINT", tokens[at : at + 2], tokens[at + 1].value * scale)], 2


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


def _close(tokens: Sequence[Token], at: int, out: list[Token]) -> Reading | None:
    """``right at the beginning``, ``down to the bottom``, ``over in the corner``: it tells nothing more of the place."""
    if _text(tokens, at) not in _CLOSE:
        return None
    here = at + 1
    if _text(tokens, at) == "right" and _text(tokens, here) in ("now", "away", "here", "there"):
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


def _up(tokens: Sequence[Token], at: int, out: list[Token]) -> Reading | None:
    """``keep it up for 4 seconds``, ``stay up until the end``: on the screen."""
    if _text(tokens, at) not in ("up", "around", "there", "out") or not kinds(tokens, at + 1, "FOR|UNTIL|WHOLE|TO|DUR"):
        return None
    shown = any(
        token.kind in ("SHOW", "KEEP", "BE") or token.text.lower() in ("stays", "stay", "staying")
        for token in _part(out)
    )
    timed = kinds(tokens, at + 1, "WHOLE|UNTIL|DUR") or any(
        token.kind in ("DUR", "WHOLE", "END") for token in _rest(tokens, at + 1)
    )
    return ([], 1) if shown and timed else None


def _in(tokens: Sequence[Token], at: int, out: list[Token]) -> Reading | None:
    """``start 3 seconds in``: the moment after that time."""
    if (
        _text(tokens, at) not in ("in", "into it", "in to it")
        or not out
        or out[-1].kind != "DUR"
        or not _ends(tokens, at + 1)
    ):
        return None
    length = out.pop()
    return [Token("AFTER", tokens[at].text, length.start, length.start), replace(length, end=tokens[at].end)], 1


_UNTIL = ("until", "till", "til", "up until", "'til", "all the way until", "through to")


def _until(tokens: Sequence[Token], at: int, out: list[Token]) -> Reading | None:
    """``until the end``, ``until second 8``, ``until 8 seconds``."""
    if _text(tokens, at) not in _UNTIL and not (
        _text(tokens, at) == "to" and _end_of_film(tokens, at + 1) and _moment(_part(out))
    ):
        return None
    rest = [token for token in _rest(tokens, at + 1) if token.kind not in ("NOISE", "POLITE")]
    timed = rest and rest[0].kind in ("END", "DUR", "POINT", "NUM", "ORD", "WHOLE")
    return ([replace(tokens[at], kind="UNTIL")], 1) if timed else None


def _end_of_film(tokens: Sequence[Token], at: int) -> bool:
    rest = [token for token in _rest(tokens, at) if token.kind != "NOISE"]
    return bool(rest) and rest[0].kind == "END"


def _moment(before: list[Token]) -> bool:
    return any(token.kind in ("DUR", "POINT") for token in before) and any(
        token.kind in ("FROM", "AT", "AFTER", "START_AT") for token in before
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


def _change(tokens: Sequence[Token], at: int, out: list[Token]) -> Reading | None:
    """``every change between pictures``: the transitions."""
    if _text(tokens, at) not in _CHANGE or not kinds(tokens, at + 1, "BETWEEN"):
        return None
    before = _part(out)
    noun = before and (
        before[-1].kind in ("EACH", "ALL", "DET", "VARIED", "SMOOTH", "INTENSITY")
        or before[-1].text.lower() in ("the", "a", "all", "these")
    )
    return ([replace(tokens[at], kind="TRANSITION")], 1) if noun or _text(tokens, at).endswith("s") else None


_NEXT = ("next", "another", "other", "following", "next one", "the next", "the next one")


def _one_to_the_next(tokens: Sequence[Token], at: int, out: list[Token]) -> Reading | None:
    """``from one picture to the next``, ``from picture to picture``, with ``when it goes`` before: the cuts."""
    if _text(tokens, at) not in ("from", "one"):
        return None
    here = at + (1 if _text(tokens, at) == "from" else 0)
    one = _text(tokens, here) in ("one", "each", "a", "every")
    here += 1 if one else 0
    if not kinds(tokens, here, "CLIP") and not (one and kinds(tokens, here, "TO")):
        return None
    here += 1 if kinds(tokens, here, "CLIP") else 0
    if not kinds(tokens, here, "TO"):
        return None
    here += 1
    while _text(tokens, here) in ("the", "an", "a"):
        here += 1
    if not (_text(tokens, here) in _NEXT or (not one and kinds(tokens, here, "CLIP"))):
        return None
    here += 1
    here += 1 if kinds(tokens, here, "CLIP") or _text(tokens, here) == "one" else 0
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
    return token.text.lower() in ("when", "whenever", "as", "every time", "each time", "while")


_VERBS = "MAKE|ADD|REMOVE|MOVE|SWAP|USE|SHOW|KEEP|RESIZE|REPLACE|SORT|SHUFFLE|REVERSE|TRIMWORD|SPLIT|ZOOM_IN|ZOOM_OUT|PAN|LOUDER|QUIETER|MUTE|NOT|RELATIVE|UNDO"


def _slip(tokens: Sequence[Token], at: int, out: list[Token]) -> Reading | None:
    """``can yuo make it vertical``: a misspelt "you"."""
    asked = bool(out) and out[-1].text.lower() in ("can", "could", "would", "will", "cud", "cuold")
    return ([], 1) if asked and len(tokens[at].text) <= 4 and kinds(tokens, at + 1, _VERBS) else None


def _so(tokens: Sequence[Token], at: int, out: list[Token]) -> Reading | None:
    """``so my students can follow``, ``so that it fits``: a purpose behind a wish."""
    if _text(tokens, at) not in ("so", "so that", "such that", "in order to", "in order that", "so as to"):
        return None
    if not [token for token in _part(out) if token.kind not in ("POLITE", "NOISE")]:
        return None
    follows = _rest(tokens, at + 1)
    used = 2 if _text(tokens, at) == "so" and _text(tokens, at + 1) == "that" else 1
    subject = follows and (
        follows[0].kind in ("DET", "UNKNOWN", "AUDIENCE", "IT", "FACE") or follows[0].text.lower() in _PERSONS
    )
    why = [token for token in _whole(tokens, at + used) if token.kind not in ("POLITE", "NOISE")]
    return ([joined("WHY", tokens[at : at + used])], used) if subject and len(follows) > 1 and harmless(why) else None


_LONGEST = 16
"""Tokens of a purpose at most."""


def _whole(tokens: Sequence[Token], at: int) -> list[Token]:
    """All of the part from here; a token more than a purpose may have when it is longer."""
    found = []
    for token in tokens[at : at + _LONGEST + 1]:
        if token.kind in _ENDS:
            break
        found.append(token)
    return found


_PERSONS = frozenset("one i we he she they you everyone everybody people nobody that the a an it it's".split())


def _skip(tokens: Sequence[Token], at: int, out: list[Token]) -> Reading | None:
    """``the title should come in after 2 seconds``: words begin, the song goes on."""
    said = {token.kind for token in _part(out)}
    words = said & {"TITLE", "LOGO", "QUOTE", "CAPTION"} and "MUSIC" not in said
    return ([replace(tokens[at], kind="AFTER")], 1) if words and kinds(tokens, at + 1, "DUR|NUM|POINT") else None


def _to_read(tokens: Sequence[Token], at: int, out: list[Token]) -> Reading | None:
    """``too small to read``."""
    much = any(
        token.kind == "TOO" or token.text.lower() in ("hard", "difficult", "easy", "easier", "impossible")
        for token in _part(out)
    )
    return ([], 1) if much and _text(tokens, at) == "to read" and not kinds(tokens, at + 1, "QUOTE") else None


def _or_something(tokens: Sequence[Token], at: int, out: list[Token]) -> Reading | None:
    """``piano or something soft``: of two that are both welcome, the one that is there."""
    if _text(tokens, at) != "or" or _text(tokens, at + 1) not in ("something", "anything", "whatever"):
        return None
    if not any(token.kind in ("MUSIC", "GENRE", "MANNER", "SONG") for token in _part(out)):
        return None
    if _ends(tokens, at + 2) or _text(tokens, at + 2) in ("like that", "similar", "like this", "so"):
        return [], 3 if at + 2 < len(tokens) and not _ends(tokens, at + 2) else 2
    soft = kinds(tokens, at + 2, "SMOOTH")
    if soft:
        return [replace(tokens[at + 2], kind="MANNER", value=_SOFT)], 3
    return ([], 2) if kinds(tokens, at + 2, "MANNER|MORE|DEGREE") else None


_SOFT = {"template": "calm", "mood": "calm", "filter": None}


def _drop_the_rest(tokens: Sequence[Token], at: int, out: list[Token]) -> Reading | None:
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


def _so_much(tokens: Sequence[Token], at: int, out: list[Token]) -> Reading | None:
    """``these go by so fast``: too fast."""
    if _text(tokens, at) not in ("so", "way", "really", "very", "pretty") or _text(tokens, at + 1) not in _HOW:
        return None
    told = any(token.kind in ("COMES", "BE") or token.text.lower() in _COPULAS for token in _part(out))
    wished = any(
        token.kind in ("MAKE", "ADD", "USE")
        or token.text.lower() in ("should", "please", "want", "i want", "be", "have")
        for token in _part(out)
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


def _say(tokens: Sequence[Token], at: int, out: list[Token]) -> Reading | None:
    """``, say 8 seconds``: for example."""
    return (
        ([], 1) if _text(tokens, at) == "say" and kinds(tokens, at + 1, "NUM|DUR|PERCENT") and not _part(out) else None
    )


def _more_times(tokens: Sequence[Token], at: int, out: list[Token]) -> Reading | None:
    """``two more times``: so many copies."""
    if kinds(tokens, at, "NUM", "MORE", "TIMES_UNIT") or (
        kinds(tokens, at, "NUM", "MORE") and _text(tokens, at + 2) in ("time", "times")
    ):
        return [joined("COPIES", tokens[at : at + 3], int(tokens[at].value))], 3
    return None


def _only_then(tokens: Sequence[Token], at: int, out: list[Token]) -> Reading | None:
    """``the music should only start after 3 seconds``: not before."""
    later = kinds(tokens, at + 1, "START|COMES|SKIP|AFTER|FROM|START_AT|FADE_IN|ENTER")
    return ([], 1) if _text(tokens, at) in ("only", "just") and later and _part(out) else None


def _where(tokens: Sequence[Token], at: int, out: list[Token]) -> Reading | None:
    """``put photo 4 where photo 1 is``."""
    rest = list(_whole(tokens, at + 1))
    if _text(tokens, at) != "where" or not rest or rest[-1].text.lower() not in ("is", "are", "was", "were", "now"):
        return None
    placed = any(token.kind in ("ADD", "MOVE") for token in _part(out)) and any(
        token.kind in ("CLIP", "FILE", "NUM", "ORD", "FIRST", "LAST") for token in rest
    )
    return ([replace(tokens[at], kind="TO")], 1) if placed else None


def _intense_colors(tokens: Sequence[Token], at: int, out: list[Token]) -> Reading | None:
    """``make the colors more intense``: saturation, not the pace of something."""
    colors = any(token.text.lower() in ("color", "colors", "colour", "colours") for token in _part(out))
    if not colors or tokens[at].value < 1 or not out or out[-1].kind not in ("MORE", "LESS"):
        return None
    way = -0.2 if out[-1].kind == "LESS" else 0.2
    start = out.pop().start
    return [replace(tokens[at], kind="ADJ", start=start, value=("saturation", way))], 1


def _position_number(tokens: Sequence[Token], at: int, out: list[Token]) -> Reading | None:
    """``write the number on each picture``."""
    shown = any(token.kind in ("ADD", "SHOW") for token in _part(out)) and not kinds(tokens, at + 1, "NUM")
    each = any(token.kind in ("EACH", "ALL", "ALL_CLIPS") for token in _rest(tokens, at + 1))
    return (
        ([replace(tokens[at], kind="NUMBERING")], 1)
        if shown and each and _text(tokens, at).startswith("number")
        else None
    )


_BY = ("by", "x", "times")


def _by(tokens: Sequence[Token], at: int, out: list[Token]) -> Reading | None:
    """``1080 by 1350 pixels``, ``nine by sixteen``: a size or a shape of the frame."""
    if not (kinds(tokens, at + 2, "NUM") and _text(tokens, at + 1) in _BY):
        return None
    first, second = tokens[at].value, tokens[at + 2].value
    if first != int(first) or second != int(second) or min(first, second) < 1:
        return None
    if min(first, second) >= 100:
        return [joined("SIZE", tokens[at : at + 3], (int(first), int(second)))], 3
    ratio = f"{int(first)}:{int(second)}"
    return ([joined("RATIO", tokens[at : at + 3], ratio)], 3) if ratio in _RATIOS else None


_RATIOS = ("16:9", "9:16", "1:1", "4:5", "5:4", "4:3", "3:4", "21:9", "2:3", "3:2")


def _from_to(tokens: Sequence[Token], at: int, out: list[Token]) -> Reading | None:
    """``when it changes from 3 to 4``: the cut between these photos."""
    first, second = tokens[at].value
    changes = any(_when(token) for token in out[-5:]) and _text(tokens, at).split()[-1].isdigit()
    if not changes or first != int(first) or second != first + 1:
        return None
    while out and not _when(out[-1]):
        out.pop()
    out.pop()
    return [replace(tokens[at], kind="CUTS", value=(int(first), int(second)))], 1


_ON_PICTURES = frozenset(
    "BARS BORDER FILL CONTAIN BLUR ZOOM_IN ZOOM_OUT QUOTE FILTER ADJ STATIC MOTION PAN CROP".split()
)


def _there(tokens: Sequence[Token], at: int, out: list[Token]) -> Reading | None:
    """``no cropping on photo 4, black bars there``: on that photo."""
    if _text(tokens, at) not in ("there", "on there") or not _ends(tokens, at + 1):
        return None
    part = _part(out)
    if not any(token.kind in _ON_PICTURES for token in part) or any(
        token.kind in ("CLIP", "NUM", "FILE", "ALL", "EACH") for token in part
    ):
        return None
    here = tokens[at]
    return [Token("ON", here.text, here.start, here.start), replace(here, kind="IT")], 1


def _utmost(tokens: Sequence[Token], at: int, out: list[Token]) -> Reading | None:
    """``crank the music all the way up``."""
    heard = any(token.kind in ("MUSIC", "VOLUME", "SOUND", "SONG") for token in (*_part(out), *_rest(tokens, at + 1)))
    if not heard or _text(tokens, at) not in ("all the way up", "to the max", "all the way"):
        return None
    used = 2 if _text(tokens, at) == "all the way" and _text(tokens, at + 1) == "up" else 1
    if _text(tokens, at) == "all the way" and used == 1:
        return None
    here = tokens[at]
    return [Token("TO", here.text, here.start, here.start), replace(here, kind="PERCENT", value=1.0)], used


def _likeness(tokens: Sequence[Token], at: int, out: list[Token]) -> Reading | None:
    """``look like an old sepia photograph``: the look that is named."""
    if _text(tokens, at) != "like" or not any(
        token.text.lower() in ("look", "looks", "be", "appear") for token in _part(out)
    ):
        return None
    here = at + 1
    while here < at + 5 and kinds(tokens, here, "NOISE|UNKNOWN|DET|DEGREE"):
        here += 1
    if not kinds(tokens, here, "FILTER|MANNER"):
        return None
    end = here + 1
    end += 1 if kinds(tokens, end, "CLIP|FILM") else 0
    return ([tokens[here]], end - at) if _ends(tokens, end) else None


def _drop(tokens: Sequence[Token], at: int, out: list[Token]) -> Reading | None:
    """``drop my song under it``, ``drop the volume to 20%``: neither takes anything away."""
    if _text(tokens, at) not in ("drop", "throw", "pop"):
        return None
    rest = _rest(tokens, at + 1)
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


def _rise(tokens: Sequence[Token], at: int, out: list[Token]) -> Reading | None:
    """``the song comes in suddenly, let it rise over 4 seconds``."""
    heard = any(token.kind in ("MUSIC", "SONG") for token in out[-14:])
    words = any(token.kind in ("TITLE", "CAPTION", "QUOTE") for token in out[-14:])
    return (
        ([replace(tokens[at], kind="FADE_IN")], 1)
        if heard and not words and _text(tokens, at) in ("rise", "rises", "rising", *_SWELLS)
        else None
    )


def _half_the_time(tokens: Sequence[Token], at: int, out: list[Token]) -> Reading | None:
    """``half the time``, ``twice the time``: a length."""
    much = any(token.kind in ("HALF", "TIMES") for token in (*out[-2:], *_rest(tokens, at + 1)))
    return ([replace(tokens[at], kind="LENGTH")], 1) if _text(tokens, at) == "time" and much else None


def _end_photo(tokens: Sequence[Token], at: int, out: list[Token]) -> Reading | None:
    """``the intro photo``, ``the closing picture``: the first and the last."""
    if not kinds(tokens, at + 1, "CLIP") or _text(tokens, at) not in (
        "intro",
        "opening",
        "starting",
        "closing",
        "ending",
        "end",
        "start",
    ):
        return None
    kind = "FIRST" if _text(tokens, at) in ("intro", "opening", "starting", "start") else "LAST"
    return [replace(tokens[at], kind=kind)], 1


_FINE = ("old", "thin", "thick", "fine", "slim", "subtle")


def _fine(tokens: Sequence[Token], at: int, out: list[Token]) -> Reading | None:
    """``old brownish tones``, ``a thin white outline``: adjectives of what is named anyway."""
    here = at + 1 + (1 if kinds(tokens, at + 1, "COLOR") else 0)
    if _text(tokens, at) == "old":
        return ([], 1) if kinds(tokens, at + 1, "FILTER") else None
    return ([], 1) if _text(tokens, at) in _FINE and kinds(tokens, here, "STROKE|BORDER|BARS") else None


def _cool_down(tokens: Sequence[Token], at: int, out: list[Token]) -> Reading | None:
    """``cool it down a little``, ``warm the photos up``: a grade, not the filter."""
    particle, step = {"cool": ("down", -0.2), "warm": ("up", 0.2)}.get(_text(tokens, at), ("", 0.0))
    rest = _rest(tokens, at + 1)[:6]
    found = next((i for i, token in enumerate(rest) if token.text.lower() == particle), None)
    if not particle or found is None:
        return None
    kept = [token for i, token in enumerate(rest) if i != found]
    return [replace(tokens[at], kind="ADJ", value=("warmth", step)), *kept], 1 + len(rest)


def _tone(tokens: Sequence[Token], at: int, out: list[Token]) -> Reading | None:
    """``tone it down``."""
    down = any(token.text.lower() == "down" for token in _rest(tokens, at + 1)[:5])
    return ([replace(tokens[at], kind="MAKE")], 1) if _text(tokens, at) == "tone" and down else None


def _whole_heads(tokens: Sequence[Token], at: int, out: list[Token]) -> Reading | None:
    """``don't cut off grandma's feet``: nothing is to be cropped."""
    here = at + 1
    if _text(tokens, here) not in ("cut off", "chop off", "crop", "crop off", "cut", "chop", "crop out", "cut out"):
        return None
    rest = _rest(tokens, here + 1)
    if not rest or not any(token.kind in ("UNKNOWN", "FACE") for token in rest):
        return None
    if any(token.kind not in ("UNKNOWN", "DET", "FACE", "NOISE", "AUDIENCE", "OFF", "KIND") for token in rest):
        return None
    return [joined("CONTAIN", tokens[at : here + 1 + len(rest)])], 2 + len(rest)


def _one_to_five(tokens: Sequence[Token], at: int, out: list[Token]) -> Reading | None:
    """``number them 1 to 5``."""
    numbered = any(token.kind == "NUMBERING" for token in _part(out))
    return ([], 3) if numbered and kinds(tokens, at, "NUM", "TO", "NUM") and tokens[at].value == 1 else None


def _higher(tokens: Sequence[Token], at: int, out: list[Token]) -> Reading | None:
    """``shift the headline up a bit``: its place, not its size."""
    said = {token.kind for token in _part(out)}
    kind = {
        "up": "HIGHER",
        "down": "LOWER",
        "upwards": "HIGHER",
        "downwards": "LOWER",
        "higher": "HIGHER",
        "lower": "LOWER",
    }.get(_text(tokens, at))
    moved = "MOVE" in said and said & {"TITLE", "CAPTION", "SHOWN", "IT"}
    return (
        ([replace(tokens[at], kind=kind, value=None)], 1)
        if kind and moved and not kinds(tokens, at + 1, "TO|AT|IN|ON|NUM|DUR|PERCENT|PLACE")
        else None
    )


_SWELLS = ("swell", "swells", "build", "builds", "grow", "grows", "build up", "builds up")


def _backwards(tokens: Sequence[Token], at: int, out: list[Token]) -> Reading | None:
    """``backwards please``: the order of the photos."""
    alone = not _part(out) and all(token.kind in ("POLITE", "NOISE") for token in _rest(tokens, at + 1))
    return ([replace(tokens[at], kind="REVERSE")], 1) if alone and _text(tokens, at) == "backwards" else None


def _as_now(tokens: Sequence[Token], at: int, out: list[Token]) -> Reading | None:
    """``twice as long as it is now``."""
    lengths = ("LONG", "RELATIVE", "INTENSITY", "LOUDER", "BIGGER", "TIMES", "ADJ", "QUIETER", "SIZE_WORD", "NOISE")
    if (
        _text(tokens, at) in ("as it is", "as they are")
        and any(token.kind in lengths for token in out[-1:])
        and any(t.kind in ("TIMES", "HALF") for t in out[-4:])
    ):
        return [], 1
    if _text(tokens, at) != "as" or not any(token.kind in lengths for token in out[-3:]):
        return None
    here = at + 1
    while here < len(tokens) and _text(tokens, here) in _NOW:
        here += 1
    return ([], here - at) if here > at + 1 and _ends(tokens, here) else None


def _only_have(tokens: Sequence[Token], at: int, out: list[Token]) -> Reading | None:
    """``I only have 20 seconds``: so long it may be."""
    here = at + 1
    while _text(tokens, here) in ("have", "got", "get", "about", "around"):
        here += 1
    alone = not [token for token in _part(out) if token.kind not in ("POLITE", "NOISE")]
    return (
        ([], here - at)
        if _text(tokens, at) == "only" and here > at + 1 and alone and kinds(tokens, here, "DUR")
        else None
    )


def _just_want(tokens: Sequence[Token], at: int, out: list[Token]) -> Reading | None:
    """``I just want pictures 1, 2 and 3 in there``: only these."""
    said = _text(tokens, at)
    if not said.endswith(("just want", "only want", "just need", "only need", "really only want")):
        return None
    rest = _rest(tokens, at + 1)
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


def _second(tokens: Sequence[Token], at: int, out: list[Token]) -> Reading | None:
    """``over a second``: a length of one; ``its tenth second``: a moment."""
    if (
        _text(tokens, at + 1) == "second"
        and kinds(tokens, at + 1, "ORD|UNIT")
        and _text(tokens, at) != "second"
        and tokens[at].value != 2
    ):
        return [joined("POINT", tokens[at : at + 2], tokens[at].value)], 2
    article = _text(out, len(out) - 1) in ("a", "one")
    if _text(tokens, at) == "second" and article and (_ends(tokens, at + 1) or kinds(tokens, at + 1, "LONG|EACH")):
        return [replace(tokens[at], kind="DUR", value=1)], 1
    return None


def _instead_just(tokens: Sequence[Token], at: int, out: list[Token]) -> Reading | None:
    """``instead of fading just jump``: what is meant begins a part of its own."""
    part = _part(out)
    begins = bool(part) and part[0].kind == "INSTEAD" and len(part) > 1
    return (
        ([Token("COMMA", "", tokens[at].start, tokens[at].start)], 1)
        if begins and _text(tokens, at) in ("just", "simply", "please", "use", "i want", "i'd like")
        else None
    )


def _look_like(tokens: Sequence[Token], at: int, out: list[Token]) -> Reading | None:
    """``let it look like doors opening``: the kind of the transition."""
    return ([], 1) if _text(tokens, at) in ("look", "looks") and kinds(tokens, at + 1, "TKIND|CUT|BLACKNESS") else None


def _color_out(tokens: Sequence[Token], at: int, out: list[Token]) -> Reading | None:
    """``take some of the color out of photo 2``."""
    taken = any(token.text.lower() in ("take", "pull", "drain", "suck", "get", "remove") for token in _part(out))
    if (
        not taken
        or _text(tokens, at) not in ("color", "colour", "colors", "colours")
        or not kinds(tokens, at + 1, "OUT")
    ):
        return None
    return [joined("ADJ", tokens[at : at + 2], ("saturation", -0.2))], 2


def _into_the_film(tokens: Sequence[Token], at: int, out: list[Token]) -> Reading | None:
    """``5 seconds into the film``: that moment."""
    here = at + 1
    while kinds(tokens, here, "NOISE|DET"):
        here += 1
    film = kinds(tokens, here, "FILM|IT|WHOLE") and _ends(tokens, here + 1)
    if _text(tokens, at) != "into" or not film or not out or out[-1].kind != "DUR":
        return None
    length = out.pop()
    return [
        Token("AFTER", tokens[at].text, length.start, length.start),
        replace(length, end=tokens[here].end),
    ], here + 1 - at


def _seconds_from(tokens: Sequence[Token], at: int, out: list[Token]) -> Reading | None:
    """``seconds 2 to 5``: a span."""
    if _text(tokens, at) not in ("seconds", "second", "sec", "secs") or not kinds(
        tokens, at + 1, "NUM", "TO|DASH", "NUM"
    ):
        return None
    return [joined("SPAN", tokens[at : at + 4], (tokens[at + 1].value, tokens[at + 3].value))], 4


def _something_looking(tokens: Sequence[Token], at: int, out: list[Token]) -> Reading | None:
    """``something corporate looking``: a look, not music."""
    if _text(tokens, at) != "something":
        return None
    here = at + 1
    while kinds(tokens, here, "DEGREE|MORE|NOISE"):
        here += 1
    return ([], 1) if kinds(tokens, here, "MANNER", "LOOKWORD|TEMPLATE_WORD") else None


_SAID = (
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


def _reported(tokens: Sequence[Token], at: int, out: list[Token]) -> Reading | None:
    """``my sister says it's too quick``: what she says is what is wished."""
    if _part(out) and any(token.kind not in ("POLITE", "NOISE", "AND") for token in _part(out)):
        return None
    here = at + 1
    while here < at + 4 and kinds(tokens, here, "UNKNOWN|AUDIENCE|DET"):
        here += 1
    if here == at + 1 or _text(tokens, here) not in _SAID or kinds(tokens, here + 1, "QUOTE|COLON"):
        return None
    here += 1
    here += 1 if _text(tokens, here) in ("that", "me") else 0
    return ([], here - at) if not _ends(tokens, here) else None


def _leave_out(tokens: Sequence[Token], at: int, out: list[Token]) -> Reading | None:
    """``leave it away``, ``leave photo 2 out``: it goes."""
    rest = _rest(tokens, at + 1)
    gone = bool(rest) and rest[-1].text.lower() in ("out", "away", "off") and len(rest) > 1
    return ([replace(tokens[at], kind="REMOVE")], 1) if gone and _text(tokens, at) in ("leave", "keep") else None


def _next_one(tokens: Sequence[Token], at: int, out: list[Token]) -> Reading | None:
    """``melt into the next one``: that is what transitions do."""
    if _text(tokens, at) != "next" or not any(
        token.kind in ("CROSSFADE", "TKIND", "FADE", "CUT") for token in out[-4:]
    ):
        return None
    return [], 2 if _text(tokens, at + 1) in ("one", "ones") or kinds(tokens, at + 1, "CLIP") else 1


def _up_to(tokens: Sequence[Token], at: int, out: list[Token]) -> Reading | None:
    """``move it up to the top``."""
    here = at + 1
    while kinds(tokens, here, "NOISE|DET"):
        here += 1
    return (
        ([replace(tokens[at], kind="TO")], 1)
        if _text(tokens, at) == "up to" and kinds(tokens, here, "PLACE|START|END|FIRST|LAST|CORNER")
        else None
    )


def _corner(tokens: Sequence[Token], at: int, out: list[Token]) -> Reading | None:
    """``down in the left corner``: bottom left."""
    here = at + 1
    while kinds(tokens, here, "IN|AT|ON|NOISE|TO") and here < at + 4:
        here += 1
    if (
        _text(tokens, at) not in ("down", "up")
        or not kinds(tokens, here, "PLACE")
        or tokens[here].value not in ("left", "right")
    ):
        return None
    row = "bottom" if _text(tokens, at) == "down" else "top"
    return [replace(tokens[here], value=f"{row}_{tokens[here].value}")], here + 1 - at


def _not_loud(tokens: Sequence[Token], at: int, out: list[Token]) -> Reading | None:
    """``not too loud``: softer."""
    here = at + 1
    while kinds(tokens, here, "TOO|DEGREE|NOISE") or _text(tokens, here) in ("so", "that"):
        here += 1
    loud = kinds(tokens, here, "LOUDER") and _text(tokens, here) in ("loud", "noisy") and _text(tokens, at) == "not"
    heard = any(token.kind in ("MUSIC", "SONG", "MANNER", "SOUND") for token in out[-12:])
    return (
        ([replace(tokens[here], kind="QUIETER", start=tokens[at].start)], here + 1 - at)
        if loud and heard and _ends(tokens, here + 1)
        else None
    )


def _soft_something(tokens: Sequence[Token], at: int, out: list[Token]) -> Reading | None:
    """``put music under it, something gentle``: calm music."""
    heard = any(token.kind in ("MUSIC", "SONG") for token in out[-10:])
    if (
        _text(tokens, at) != "something"
        or not kinds(tokens, at + 1, "SMOOTH")
        or not heard
        or not _ends(tokens, at + 2)
    ):
        return None
    here = tokens[at + 1]
    return [replace(here, kind="MANNER", value=_SOFT), Token("MUSIC", here.text, here.end, here.end)], 2


def _bars_at_sides(tokens: Sequence[Token], at: int, out: list[Token]) -> Reading | None:
    """``the black stripes at the sides``, ``make the edges blurry``."""
    if out and out[-1].kind in ("NOISE", "AT", "ON") and any(token.kind == "BARS" for token in out[-4:]):
        return [], 1
    if (
        kinds(tokens, at + 1, "ADJ")
        and tokens[at + 1].value[0] == "blur"
        and not any(t.kind in ("FILTER", "PROP") for t in _part(out))
    ):
        return [joined("BLUR", tokens[at : at + 2])], 2
    return None


_DECADES = frozenset((*range(20, 100, 10), *range(1900, 2000, 10)))


def _decade(tokens: Sequence[Token], at: int, out: list[Token]) -> Reading | None:
    """``like from the 1920s``, ``an 80s look``: an age, not a length."""
    said = _text(tokens, at).replace(" ", "")
    looks = {"like", "look", "looks", "feel", "style", "from", "vibe", "feeling"} & {
        token.text.lower() for token in (*out[-4:], *_rest(tokens, at + 1)[:2])
    }
    if (
        not (said.endswith("s") and said[:-1].isdigit() and int(said[:-1]) in _DECADES)
        or not looks
        or kinds(tokens, at + 1, "CLIP|FILM|LONG|EACH")
    ):
        return None
    if _text(out, len(out) - 1) not in ("the", "a", "an", "like", "from") and not {"look", "style", "vibe"} & {
        t.text.lower() for t in _rest(tokens, at + 1)[:1]
    }:
        return None
    while out and out[-1].text.lower() in ("the", "from", "in", "like", "a", "an", "it's", "its"):
        out.pop()
    return [replace(tokens[at], kind="FILTER", value="vintage")], 1


def _from_side(tokens: Sequence[Token], at: int, out: list[Token]) -> Reading | None:
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
            _text(tokens, at - 1) == "the" and not kinds(tokens, at + 1, "NUM|POSITION") and _text(tokens, at) == "clip"
        )
    near = [*_part(list(tokens[max(0, at - _NEAR) : at])), *_rest(tokens, at + 1)]
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
        or (kinds(tokens, at + 1, "TO|AT|BEFORE|AFTER") and "MOVE" in said)
    )
    trimmed = kinds(tokens, at + 1, "TO", "DUR") and "TRIMWORD" in said
    between = kinds(tokens, at + 1, "BETWEEN", "NOISE|COUNT|NUM") or kinds(tokens, at + 1, "BETWEEN")
    out = ("REMOVE" in said and kinds(tokens, at + 1, "OUT")) or "SPLIT" in said
    return out or cut or placed or trimmed or paced or between or bool(said & (set(_OF_ITS_SOUND) - {"TRIMWORD"}))


Rule = Callable[[Sequence[Token], int, list[Token]], Reading | None]
_RULES: dict[str, tuple[Rule, ...]] = {
    "LAST": (_last,), "GUARD": (_up_to, _soft_something, _than, _something_looking, _something, _likeness, _like, _or_something, _where, _utmost), "ONLY": (_only_have, _only_then, _instead_just), "AS": (_as_now,), "DUR": (_decade,), "INTENSITY": (_intense_colors,), "SAY": (_say,), "POSITION": (_position_number,), "KEEP": (_leave_out, _keep), "SHOW": (_keep,), "STATIC": (_still,), "ORD": (_point, _second),
    "UNIT": (_point,), "PLACE": (_close, _higher), "MORE": (_corner, _higher, _up, _close), "LESS": (_corner, _higher, _close), "START": (_end_photo,), "END": (_end_photo,), "FILTER": (_cool_down,), "LOOKWORD": (_tone, _look_like, _color_out), "NOT": (_whole_heads, _not_loud), "DET": (_reported,), "BORDER": (_bars_at_sides,), "DESCENDING": (_backwards,), "UNCHANGED": (_as_now,), "ON": (_close,), "IN": (_in,), "TO": (_until, _into_the_film),
    "FROM": (_one_to_the_next,), "NUM": (_one_to_the_next, _more_times, _by, _one_to_five), "SPAN": (_from_to,), "STEP": (_half_the_time, _change), "MAKE": (_change,), "SWAP": (_change,), "MOVE": (_from_side, _change),
    "TRIMWORD": (_change,), "CUT": (_change,), "UNKNOWN": (_reported, _seconds_from, _slip, _change, _close, _up, _fine, _end_photo, _rise), "POLITE": (_next_one, _just_want, _instead_just, _so_much, _there, _so, _close, _up), "NOISE": (_instead_just, _so_much, _so, _only_then, _up),
    "COMES": (_so,), "SKIP": (_skip,), "RESAY": (_to_read,), "REMOVE": (_drop_the_rest, _drop), "ANIM": (_rise,), "DEGREE": (_so_much, _close), "OUT": (_up,), "USE": (_until,),
}  # fmt: skip
"""The rules of each kind of token, in the order in which they are tried."""
