"""Words of a clause that take nothing away from it: what is meant instead of what, where music plays, how a complaint goes.

Works on tokens before references are found, part by part (a part ends at a comma, a stop, "and", "then").
"""

from collections.abc import Iterator
from dataclasses import replace

from nemovideo_mcp.studio.editor.manners import SLOWER
from nemovideo_mcp.studio.editor.tokens import Token, kinds

_OF_ONE_SORT = tuple(
    frozenset(group.split())
    for group in (
        "DUR NUM LONG",
        "PERCENT NUM",
        "TRANSITION CROSSFADE TKIND CUT FADE SMOOTH VARIED DET ALL FADE_BOTH",
        "SHAPE RATIO PLATFORM RES FRAME_WORD FILM FPS",
        "BARS BORDER BLUR FILL CROP CONTAIN COLOR BACKGROUND DET",
        "FILTER ADJ RESETLOOK COLOR LOOKWORD MANNER",
        "MUSIC MANNER SONG SMOOTH GENRE DET",
        "ZOOM_IN ZOOM_OUT PAN STATIC MOTION KEN_BURNS SLOWZOOM",
        "PLACE CORNER START END",
        "DUR START FROM",
    )
)
"""Kinds of words of which one can stand instead of another: "15 seconds instead of 20", "wipes instead of fades"."""
_SOUNDS = ("MUSIC", "SONG", "MANNER", "GENRE")
_COMPARED = ("than", "compared to", "compared with", "in comparison to", "in comparison with", "relative to")
_BY_ITSELF = frozenset(
    "REMOVE FILTER LOOKWORD FADE_IN FADE_OUT RELATIVE ADJ BIGGER LOUDER QUIETER TRANSITION SHAPE RATIO DUR RESETLOOK UNDO".split()
)
"""Beside these "again" only tells that it was so before."""
_UNDER = ("under", "below", "beneath", "underneath")


def without(tokens: list[Token], ends: tuple[str, ...]) -> list[Token]:
    """The tokens without what says nothing more; ``ends`` are the kinds that divide the parts."""
    parts = list(_parts(tokens, ends))
    out: list[Token] = []
    for number, part in enumerate(parts):
        follows = parts[number + 2] if number + 2 < len(parts) else []
        if part and part[0].kind == "INSTEAD" and _exchanged(part[1:], follows):
            parts[number + 1] = []  # "instead of black bars, use a blurred background"
            continue
        out += _part(part, parts[number - 2] if number > 1 else [])
    return out


def _parts(tokens: list[Token], ends: tuple[str, ...]) -> Iterator[list[Token]]:
    """The parts and, between them, what divides them."""
    part: list[Token] = []
    for token in tokens:
        if token.kind in ends:
            yield part
            yield [token]
            part = []
        else:
            part.append(token)
    yield part


def _exchanged(old: list[Token], new: list[Token]) -> bool:
    """Whether what is not meant and what is meant are of one sort."""
    tail = {token.kind for token in old} - {"IT", "CLIP", "OF", "ON", "AT", "DEGREE"}
    tail -= {"NUM"} if any(token.text.lower() == "ones" for token in old) else set()
    return bool(tail) and any(tail <= sort and any(t.kind in sort for t in new) for sort in _OF_ONE_SORT)


def _part(part: list[Token], before: list[Token]) -> list[Token]:
    at = next((i for i, token in enumerate(part) if token.kind == "INSTEAD"), 0)
    if at and _exchanged(part[at + 1 :], part[:at]):
        heard = any(t.kind in ("MUSIC", "SONG") for t in part[at + 1 :])
        part = [replace(t, kind="MUSIC") if heard and t.text.lower() == "something" else t for t in part[:at]]
    said = {token.kind for token in part}
    times = next((i for i, token in enumerate(part) if token.kind == "TIMES"), -1)
    out: list[Token] = []
    for i, token in enumerate(part):
        if token.kind == "GUARD" and token.text.lower() in _COMPARED and _all_others(part[i + 1 :]):
            break  # "a bit longer than the others"
        if 0 <= times < i and _as_the_others(part, i):
            break  # "twice as long as the rest"
        if token.text.lower() == "slow" and any(t.text.lower() == "down" for t in part[i + 1 :]):
            out.append(replace(token, kind="RELATIVE", value=("speed", SLOWER)))
            continue  # "slow the slideshow down"
        if token.text.lower() == "down" and out and any(t.text.lower() == "slow" for t in part[:i]):
            continue
        if token.kind == "TO" and not out and kinds(part, i + 1, "START|END", "USE"):
            continue  # "i want to start with photo 3"
        if token.text.lower() == "up to" and said & {"VOLUME", "MUSIC", "SOUND"}:
            out.append(replace(token, kind="TO"))
            continue  # "turn the volume up to 80%"
        if token.kind == "VARIED" and out and out[-1].kind == "VARIED":
            continue  # "a mix of different transitions"
        if token.kind == "SOUND" and "MUSIC" in (
            out[-1].kind if out else "",
            part[i + 1].kind if i + 1 < len(part) else "",
        ):
            out.append(replace(token, kind="VOLUME"))
            continue  # 音乐声音
        if token.kind == "EACH" and not out and kinds(part, i + 1, "CLIP") and said & _OF_EVERY_CLIP:
            out.append(replace(token, kind="ALL"))
            continue  # 每张用不同的转场
        if token.kind in ("MOVE", "COMES") and _paced(part, i + 1):
            continue  # "everything should move a bit faster"
        if token.text.lower() == "reduce" and said & {"PROP", "VOLUME", "MUSIC", "MOTION", "SOUND"}:
            out.append(replace(token, kind="LESS"))
            continue
        if token.kind == "COMES" and token.text.lower() == "go" and i + 1 == len(part) and said & _CLIPS:
            out.append(replace(token, kind="REMOVE"))
            continue  # "photo 3 can go"
        if token.kind == "KEEP" and kinds(part, i + 1, "TITLE|CAPTION") and said & {"WHOLE", "DUR", "FILM"}:
            out.append(replace(token, kind="SHOW"))
            continue  # "keep the title for the entire video"
        if token.kind == "AGAIN" and said & _BY_ITSELF:
            continue  # "remove the filters again"
        if token.kind == "CLIP" and token.text.lower() in _SLIDES and _named_transition(part, i):
            out.append(replace(token, kind="TKIND", value="slide"))
            continue  # "change the transitions to slide"
        if token.kind == "COMES" and kinds(part, i + 1, "TOO"):
            continue  # "it goes too fast"
        if token.kind == "GUARD" and token.text.lower() == "something" and _manner(part, i + 1):
            if any(t.kind == "MUSIC" for t in part):
                continue  # "change the music to something calm"
            heard = any(t.kind == "MUSIC" for t in before) or kinds(part, len(part) - 2, "IN", "BACKGROUND")
            out.append(replace(token, kind="MUSIC") if heard else token)
            continue  # "different music, something calm"
        if token.text.lower() in _UNDER and i + 1 == len(part) and said & _WRITTEN - {"QUOTE", "QUOTES"}:
            continue  # "every photo should have its file name below"
        if token.kind == "GUARD" and token.text.lower() in _UNDER and said & _WRITTEN:
            upon = kinds(part, i + 1, "CLIP|ORD|FIRST|LAST|EACH|ALL|FILE|IT")
            kind = (
                "GUARD"
                if not upon
                else "ON"
                if not said & {"QUOTE", "QUOTES"} or said & {"CAPTION", "TITLE"}
                else "CAPTION"
            )
            out.append(replace(token, kind=kind))
            continue  # "write "Rome" under photo 2"
        out.append(token)
    while kinds(out, len(out) - 2, "IN", "BACKGROUND") and any(t.kind in _SOUNDS for t in out):
        heard = any(t.kind in ("MUSIC", "SONG") for t in out)
        out[-2:] = [] if heard else [replace(out[-1], kind="MUSIC")]  # "soft piano in the background"
    return out


_WRITTEN = frozenset("QUOTE QUOTES FILENAME NUMBERING DATE WHERE DATE_PLACE NAME".split())
_OF_EVERY_CLIP = frozenset("TRANSITION ZOOM_IN ZOOM_OUT PAN FILTER MOTION QUOTES VARIED".split())
_CLIPS = frozenset("CLIP ORD FIRST LAST FILE ODD EVEN EVERY_OTHER POSITION".split())
_SLIDES = ("slide", "slides")


def _named_transition(part: list[Token], at: int) -> bool:
    last = at + 1 == len(part)
    if (
        last
        and any(t.kind in ("COMES", "ENTER") for t in part)
        and any(t.kind in ("EACH", "ALL", "CLIP", "ALL_CLIPS") for t in part[:at])
        and kinds(part, at - 1, "USE|WITH_PREP|IN")
    ):
        return True  # "each picture should come in with a slide"
    enters = kinds(part, at + 1, "IN|OUT|ACROSS") and at > 0 and kinds(part, at - 1, "CLIP|IT|ALL_CLIPS|EACH|TO|MAKE")
    if enters and not any(t.kind in ("TITLE", "LOGO", "QUOTE") for t in part):
        return True  # "the photos should slide in from the right"
    return last and kinds(part, at - 1, "TO|AS|BE|USE|MAKE|COLON") and any(t.kind == "TRANSITION" for t in part)


def _paced(part: list[Token], at: int) -> bool:
    while kinds(part, at, "DEGREE|MORE"):
        at += 1
    return kinds(part, at, "RELATIVE")


def _as_the_others(part: list[Token], at: int) -> bool:
    """``twice as long as the rest``."""
    return (
        part[at].kind in ("AS", "GUARD")
        and part[at].text.lower() in ("as", "than")
        and 0 < len(part) - at - 1 < 8
        and _all_others(part[at + 1 :])
    )


def _all_others(tail: list[Token]) -> bool:
    return bool(tail) and {token.kind for token in tail} <= {
        "REST",
        "ALL",
        "CLIP",
        "OF",
        "IT",
        "NEW",
        "EVERYTHING",
        "BEFORE",
    }


def _manner(part: list[Token], at: int) -> bool:
    while kinds(part, at, "MORE|DEGREE|LESS"):
        at += 1
    return kinds(part, at, "MANNER")
