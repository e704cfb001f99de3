"""Words of time and amount told apart by their neighbours: "last", "second", "keep", "like 20 seconds". See `senses`."""

from collections.abc import Sequence
from dataclasses import replace

from nemovideo_mcp.studio.editor.neighbours import Found, before_in, ends, rest_of, text
from nemovideo_mcp.studio.editor.tokens import Token, joined, kinds

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


def lasts(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``the rocket photo should last longer``: it lasts; ``put it last, longer``: the last."""
    before = before_in(out)
    while before and before[-1].kind in ("NOISE", "POLITE") and before[-1].text.lower() not in ("the", "a", "my"):
        before = before[:-1]
    if not before or before[-1].kind not in _THINGS:
        return None
    follows = rest_of(tokens, at + 1)
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


def likened(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``like 20 seconds``, ``like this: 2, 1, 3``, ``, like the first one for 6 s``: a hedge or an example."""
    if text(tokens, at) not in ("like", "something like", "say"):
        return None
    here = at + 1
    while text(tokens, here) in ("about", "around", "maybe", "a", "roughly", "say"):
        here += 1
    if kinds(tokens, here, "|".join(_HEDGED)):
        return [], 1
    if text(tokens, at + 1) in ("this", "so", "that") and (
        kinds(tokens, at + 2, "COLON|COMMA|DASH") or kinds(tokens, at + 2, "NUM")
    ):
        return [], 2 if not kinds(tokens, at + 2, "COMMA|DASH") else 3
    named = here + (1 if kinds(tokens, here, "NOISE|DET") else 0)
    if not before_in(out) and kinds(tokens, named, "ORD|FIRST|LAST|CLIP") and len(rest_of(tokens, here)) > 2:
        return [], 1
    return None


def something(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``something like 20 seconds``, ``something around 4 s``."""
    if text(tokens, at) != "something" or not kinds(tokens, at + 1, "GUARD|NOISE"):
        return None
    here = at + 2
    while text(tokens, here) in ("about", "around", "a"):
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


def than_now(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``two seconds longer than now``: what it is compared with is what there is."""
    if text(tokens, at) != "than":
        return None
    here = at + 1
    while here < len(tokens) and text(tokens, here) in _NOW:
        here += 1
    return ([], here - at) if here > at + 1 and ends(tokens, here) else None


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


def kept_on(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``keep each picture up for four seconds``: it is shown so long."""
    if text(tokens, at) not in ("keep", "leave", "hold", "have"):
        return None
    rest = rest_of(tokens, at + 1)
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


def moment_of(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``until second 8``, ``from second 2 to second 5``: a moment, not the second of several."""
    if (
        text(tokens, at) not in ("second", "sec", "minute")
        or not kinds(tokens, at + 1, "NUM")
        or kinds(tokens, at + 2, "CLIP|UNIT")
    ):
        return None
    if text(out, len(out) - 1) in ("the", "my", "our", "photo", "picture"):
        return None
    scale = 60 if text(tokens, at) == "minute" else 1
    return [joined("POINT", tokens[at : at + 2], tokens[at + 1].value * scale)], 2


def up_on_screen(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``keep it up for 4 seconds``, ``stay up until the end``: on the screen."""
    if text(tokens, at) not in ("up", "around", "there", "out") or not kinds(tokens, at + 1, "FOR|UNTIL|WHOLE|TO|DUR"):
        return None
    shown = any(
        token.kind in ("SHOW", "KEEP", "BE") or token.text.lower() in ("stays", "stay", "staying")
        for token in before_in(out)
    )
    timed = kinds(tokens, at + 1, "WHOLE|UNTIL|DUR") or any(
        token.kind in ("DUR", "WHOLE", "END") for token in rest_of(tokens, at + 1)
    )
    return ([], 1) if shown and timed else None


def deep_in(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``start 3 seconds in``: the moment after that time."""
    if (
        text(tokens, at) not in ("in", "into it", "in to it")
        or not out
        or out[-1].kind != "DUR"
        or not ends(tokens, at + 1)
    ):
        return None
    length = out.pop()
    return [Token("AFTER", tokens[at].text, length.start, length.start), replace(length, end=tokens[at].end)], 1


_UNTIL = ("until", "till", "til", "up until", "'til", "all the way until", "through to")


def until(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``until the end``, ``until second 8``, ``until 8 seconds``."""
    if text(tokens, at) not in _UNTIL and not (
        text(tokens, at) == "to" and _end_of_film(tokens, at + 1) and _moment(before_in(out))
    ):
        return None
    rest = [token for token in rest_of(tokens, at + 1) if token.kind not in ("NOISE", "POLITE")]
    timed = rest and rest[0].kind in ("END", "DUR", "POINT", "NUM", "ORD", "WHOLE")
    return ([replace(tokens[at], kind="UNTIL")], 1) if timed else None


def _end_of_film(tokens: Sequence[Token], at: int) -> bool:
    rest = [token for token in rest_of(tokens, at) if token.kind != "NOISE"]
    return bool(rest) and rest[0].kind == "END"


def _moment(before: list[Token]) -> bool:
    return any(token.kind in ("DUR", "POINT") for token in before) and any(
        token.kind in ("FROM", "AT", "AFTER", "START_AT") for token in before
    )


def skipped(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``the title should come in after 2 seconds``: words begin, the song goes on."""
    said = {token.kind for token in before_in(out)}
    words = said & {"TITLE", "LOGO", "QUOTE", "CAPTION"} and "MUSIC" not in said
    return ([replace(tokens[at], kind="AFTER")], 1) if words and kinds(tokens, at + 1, "DUR|NUM|POINT") else None


def for_example(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``, say 8 seconds``: for example."""
    return (
        ([], 1)
        if text(tokens, at) == "say" and kinds(tokens, at + 1, "NUM|DUR|PERCENT") and not before_in(out)
        else None
    )


def more_times(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``two more times``: so many copies."""
    if kinds(tokens, at, "NUM", "MORE", "TIMES_UNIT") or (
        kinds(tokens, at, "NUM", "MORE") and text(tokens, at + 2) in ("time", "times")
    ):
        return [joined("COPIES", tokens[at : at + 3], int(tokens[at].value))], 3
    return None


def only_matters(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``only the first three matter``: these stay."""
    here = tokens[at]
    matters = any(token.kind == "MATTERS" for token in rest_of(tokens, at + 1)) and not before_in(out)
    return ([Token("KEEP", here.text, here.start, here.start), here], 1) if matters else None


def only_then(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``the music should only start after 3 seconds``: not before."""
    later = kinds(tokens, at + 1, "START|COMES|SKIP|AFTER|FROM|START_AT|FADE_IN|ENTER")
    return ([], 1) if text(tokens, at) in ("only", "just") and later and before_in(out) else None


_BY = ("by", "x", "times")


def size_by(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``1080 by 1350 pixels``, ``nine by sixteen``: a size or a shape of the frame."""
    if not (kinds(tokens, at + 2, "NUM") and text(tokens, at + 1) in _BY):
        return None
    first, second = tokens[at].value, tokens[at + 2].value
    if first != int(first) or second != int(second) or min(first, second) < 1:
        return None
    if min(first, second) >= 100:
        return [joined("SIZE", tokens[at : at + 3], (int(first), int(second)))], 3
    ratio = f"{int(first)}:{int(second)}"
    return ([joined("RATIO", tokens[at : at + 3], ratio)], 3) if ratio in _RATIOS else None


_RATIOS = ("16:9", "9:16", "1:1", "4:5", "5:4", "4:3", "3:4", "21:9", "2:3", "3:2")


def utmost(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``crank the music all the way up``."""
    heard = any(
        token.kind in ("MUSIC", "VOLUME", "SOUND", "SONG") for token in (*before_in(out), *rest_of(tokens, at + 1))
    )
    if not heard or text(tokens, at) not in ("all the way up", "to the max", "all the way"):
        return None
    used = 2 if text(tokens, at) == "all the way" and text(tokens, at + 1) == "up" else 1
    if text(tokens, at) == "all the way" and used == 1:
        return None
    here = tokens[at]
    return [Token("TO", here.text, here.start, here.start), replace(here, kind="PERCENT", value=1.0)], used


def half_the_time(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``half the time``, ``twice the time``: a length."""
    much = any(token.kind in ("HALF", "TIMES") for token in (*out[-2:], *rest_of(tokens, at + 1)))
    return ([replace(tokens[at], kind="LENGTH")], 1) if text(tokens, at) == "time" and much else None


def one_to_five(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``number them 1 to 5``."""
    numbered = any(token.kind == "NUMBERING" for token in before_in(out))
    return ([], 3) if numbered and kinds(tokens, at, "NUM", "TO", "NUM") and tokens[at].value == 1 else None


def as_now(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``twice as long as it is now``."""
    lengths = ("LONG", "RELATIVE", "INTENSITY", "LOUDER", "BIGGER", "TIMES", "ADJ", "QUIETER", "SIZE_WORD", "NOISE")
    if (
        text(tokens, at) in ("as it is", "as they are")
        and any(token.kind in lengths for token in out[-1:])
        and any(t.kind in ("TIMES", "HALF") for t in out[-4:])
    ):
        return [], 1
    if text(tokens, at) != "as" or not any(token.kind in lengths for token in out[-3:]):
        return None
    here = at + 1
    while here < len(tokens) and text(tokens, here) in _NOW:
        here += 1
    return ([], here - at) if here > at + 1 and ends(tokens, here) else None


def only_have(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``I only have 20 seconds``: so long it may be."""
    here = at + 1
    while text(tokens, here) in ("have", "got", "get", "about", "around", "a", "an"):
        here += 1
    alone = not [token for token in before_in(out) if token.kind not in ("POLITE", "NOISE")]
    return (
        ([], here - at)
        if text(tokens, at) == "only" and here > at + 1 and alone and kinds(tokens, here, "DUR")
        else None
    )


def of_a_second(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``over a second``: a length of one; ``its tenth second``: a moment."""
    if (
        text(tokens, at + 1) == "second"
        and kinds(tokens, at + 1, "ORD|UNIT")
        and text(tokens, at) != "second"
        and tokens[at].value != 2
    ):
        return [joined("POINT", tokens[at : at + 2], tokens[at].value)], 2
    article = text(out, len(out) - 1) in ("a", "one")
    if text(tokens, at) == "second" and article and (ends(tokens, at + 1) or kinds(tokens, at + 1, "LONG|EACH")):
        return [replace(tokens[at], kind="DUR", value=1)], 1
    return None


def into_the_film(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``5 seconds into the film``: that moment."""
    here = at + 1
    while kinds(tokens, here, "NOISE|DET"):
        here += 1
    film = kinds(tokens, here, "FILM|IT|WHOLE") and ends(tokens, here + 1)
    if text(tokens, at) != "into" or not film or not out or out[-1].kind != "DUR":
        return None
    length = out.pop()
    return [
        Token("AFTER", tokens[at].text, length.start, length.start),
        replace(length, end=tokens[here].end),
    ], here + 1 - at


def seconds_from(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``seconds 2 to 5``: a span."""
    if text(tokens, at) not in ("seconds", "second", "sec", "secs") or not kinds(
        tokens, at + 1, "NUM", "TO|DASH", "NUM"
    ):
        return None
    return [joined("SPAN", tokens[at : at + 4], (tokens[at + 1].value, tokens[at + 3].value))], 4


_DECADES = frozenset((*range(20, 100, 10), *range(1900, 2000, 10)))


def decade(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``like from the 1920s``, ``an 80s look``: an age, not a length."""
    said = text(tokens, at).replace(" ", "")
    looks = {"like", "look", "looks", "feel", "style", "from", "vibe", "feeling"} & {
        token.text.lower() for token in (*out[-4:], *rest_of(tokens, at + 1)[:2])
    }
    if (
        not (said.endswith("s") and said[:-1].isdigit() and int(said[:-1]) in _DECADES)
        or not looks
        or kinds(tokens, at + 1, "CLIP|FILM|LONG|EACH")
    ):
        return None
    if text(out, len(out) - 1) not in ("the", "a", "an", "like", "from") and not {"look", "style", "vibe"} & {
        t.text.lower() for t in rest_of(tokens, at + 1)[:1]
    }:
        return None
    while out and out[-1].text.lower() in ("the", "from", "in", "like", "a", "an", "it's", "its"):
        out.pop()
    return [replace(tokens[at], kind="FILTER", value="vintage")], 1
