"""Which pictures, and which clip, are meant, told by the neighbours: "the dark ones", "all but", "the video". See `senses`."""

from collections.abc import Sequence
from dataclasses import replace

from nemovideo_mcp.studio.editor.neighbours import NEAR, Found, before_in, rest_of, text
from nemovideo_mcp.studio.editor.tokens import Token, joined, kinds


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
    while here < at + 6 and kinds(tokens, here, "NOISE|DET|ALL"):
        here += 1
    starts = not before_in(out) or out[-1].kind in ("MAKE", "ON", "FOR")
    photos = kinds(tokens, here, "CLIP|IT") and (of or (starts and text(tokens, here).endswith("s")))
    return ([replace(tokens[at], kind="GUARD", value=None)], 1) if text(tokens, at) == "some" and photos else None


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
    leaves = (
        not rest
        and text(tokens, at) == "leave"
        and any(t.kind in ("CLIP", "NUM", "ORD", "FILE", "FIRST", "LAST", "IT") for t in before_in(out))
    )
    if leaves:  # "photos 3, 4 and 5 have to leave"
        return [replace(tokens[at], kind="REMOVE")], 1
    gone = bool(rest) and rest[-1].text.lower() in ("out", "away", "off") and len(rest) > 1
    return ([replace(tokens[at], kind="REMOVE")], 1) if gone and text(tokens, at) in ("leave", "keep") else None


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
