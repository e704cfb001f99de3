"""Which clips are meant: photo 2, the first three, photos 2-4, 第2张和第4张, 最后一张, beach.jpg.

A reference becomes one ``REF`` token; its value holds clip numbers (from 1, -1 is the last) and file names. A number of
photos that names none of them ("five photos") becomes ``COUNT``; the cuts between clips ``CUTS`` or ``ALL_CUTS``.
"""

from nemovideo_mcp.studio.editor import selections
from nemovideo_mcp.studio.editor.tokens import Token, joined, kinds

MOST = 500
"""The longest list or range of clips that one reference may name."""

_ORDINALS = "ORD|FIRST|LAST"
_VERBS = ("SWAP", "REMOVE", "MOVE", "KEEP")
_LOOKS = ("FILTER", "ADJ", "MOTION", "ZOOM_IN", "ZOOM_OUT", "KEN_BURNS", "BLUR")


def find(tokens: list[Token]) -> list[Token]:
    """The tokens with every reference as one."""
    out: list[Token] = []
    at = 0
    tokens = _bare_ends(tokens)
    while at < len(tokens):
        token, used = _reference(tokens, at, out)
        out.append(token)
        at += used
    return selections.find(_cuts(_merged(selections.halves(out))))


def _reference(tokens: list[Token], at: int, before: list[Token]) -> tuple[Token, int]:
    here = tokens[at]
    moving = any(token.kind in ("MOVE", "SWAP") for token in before[-2:])
    match here.kind:
        case "CLIP" if kinds(tokens, at + 1, "REF"):  # photo #4
            return joined("REF", tokens[at : at + 2], tokens[at + 1].value), 2
        case "CLIP":
            return _after_noun(tokens, at, moving)
        case "ORD" | "FIRST" | "LAST" | "FROM_LAST" | "BEFORE" | "AFTER":
            ends = at + 1 == len(tokens) or kinds(tokens, at + 1, "AND|COMMA|STOP|THEN")
            if (
                ends
                and here.kind in ("ORD", "FIRST", "LAST")
                and before
                and before[-1].kind in ("ON", "FOR", "CAPTION")
                and any(t.kind in ("REF", "QUOTE") for t in before)
            ):
                return Token("REF", here.text, here.start, here.end, (_value(here),)), 1  # "and zoom out on the last"
            if here.kind in ("FIRST", "LAST") and before and before[-1].kind == "REF" and kinds(tokens, at + 1, "AND"):
                return here, 1  # "put photo 5 first and photo 1 last": a place
            return _ordinal(tokens, at, bool(before) and before[-1].kind == "SWAP") or (here, 1)
        case "NUM":
            return _number(tokens, at, before, moving)
        case "POSITION" if kinds(tokens, at + 1, "NUM") and (
            not before
            or before[-1].kind in (*_VERBS, "ADD", "COMMA", "AND")
            or (here.text.lower() in ("number", "no.", "nr") and before[-1].kind not in _NOT_OF_PHOTOS)
        ):
            return joined("REF", tokens[at : at + 2], (int(tokens[at + 1].value),)), 2
        case "ALL" if kinds(tokens, at + 1, "CLIP"):
            used = 2 + _run(tokens, at + 2, "CLIP")
            return joined("ALL_CLIPS", tokens[at : at + used]), used
        case "FILE":
            return Token("REF", here.text, here.start, here.end, (here.value,)), 1
    return here, 1


def _bare_ends(tokens: list[Token]) -> list[Token]:
    """``between 2 and 3``, ``between photo 2 and 3``: photos; ``the last two changes``: a number of steps."""
    out: list[Token] = []
    at = 0
    while at < len(tokens):
        noun = 1 if kinds(tokens, at + 1, "CLIP") else 0
        ends = kinds(tokens, at, "BETWEEN") and kinds(tokens, at + 1, "ORD|FIRST|LAST", "AND", "ORD|LAST")
        if ends and not kinds(tokens, at + 4, "CLIP"):  # "between the fourth and fifth"
            pair = (_value(tokens[at + 1]), _value(tokens[at + 3]))
            out += [tokens[at], joined("REF", tokens[at + 1 : at + 4], pair)]
            at += 4
        elif kinds(tokens, at, "BETWEEN") and kinds(tokens, at + 1 + noun, "NUM", "AND", "NUM"):
            first = at + 1 + noun
            pair = (int(tokens[first].value), int(tokens[first + 2].value))
            out += [tokens[at], joined("REF", tokens[at + 1 : first + 3], pair)]
            at = first + 3
        elif kinds(tokens, at, "LAST", "NUM", "STEP"):
            out += tokens[at + 1 : at + 3]
            at += 3
        elif (found := _numbers_of_photos(tokens, at, out)) is not None:
            out += found[0]
            at += found[1]
        else:
            out.append(tokens[at])
            at += 1
    return out


_NOT_OF_PHOTOS = ("TITLE", "QUOTE", "VERSION", "MUSIC", "CUTWORD", "CLIP", "FILE", "NUMBERING", "BACK_TO")
_SAID_OF_PHOTOS = "ADJ|FILTER|RELATIVE|STATIC|ZOOM_IN|ZOOM_OUT|FOR"
_PARTED = ("AND", "COMMA", "STOP", "THEN", "CORRECTION", "BECAUSE")


def _numbers_of_photos(tokens: list[Token], at: int, before: list[Token]) -> tuple[list[Token], int] | None:
    """``three goes after five``, ``flip the order of two and three``, ``pictures two three and four``: numbers that are photos."""
    starts = not before or before[-1].kind in (*_PARTED, "ADD", "MOVE", "MAKE", "KEEP")
    if (
        kinds(tokens, at, "NUM", "USE", "POSITION", "NUM") and tokens[at].text.lower() == "one"
    ):  # "the one with number 3"
        photo = _photo(tokens[at + 3])
        return ([photo], 4) if photo else None
    beside = kinds(tokens, at, "NUM", "AND", "NUM", "BESIDE")
    if (
        starts
        and (beside or kinds(tokens, at, "NUM", "AND", "NUM", "SWAP"))
        and all(pair := (_photo(tokens[at]), _photo(tokens[at + 2])))
    ):
        value = pair[0].value + pair[1].value  # type: ignore[union-attr]
        return [joined("REF", tokens[at : at + 3], value)], 3  # "could 4 and 5 trade places"
    if (
        kinds(tokens, at, "NUM")
        and before
        and before[-1].kind in ("MAKE", "SHOW")
        and (listed := _list(tokens, at, "NUM", False))
    ):
        follows = kinds(tokens, listed[1], _SAID_OF_PHOTOS) and not kinds(tokens, listed[1], "FOR", "EACH")
        if follows and all(n > 0 for n in listed[0]):
            return [joined("REF", tokens[at : listed[1]], listed[0])], listed[
                1
            ] - at  # "make 1 and 3 warmer", "show 1 and 2 for 3 s"
    placed = kinds(tokens, at, "NUM", "FIRST|LAST|ORD") and (
        at + 2 == len(tokens) or kinds(tokens, at + 2, "AND|COMMA|STOP|THEN")
    )
    if placed and starts and _photo(tokens[at]):
        return [_photo(tokens[at]), tokens[at + 1]], 2  # type: ignore[list-item]  # "make 3 the first and 1 the third"
    if kinds(tokens, at, "NUM") and starts:
        verb = 1 if kinds(tokens, at + 1, "COMES|MOVE|ADD|BE") else 0
        if kinds(tokens, at + 1 + verb, "BEFORE|AFTER", "NUM"):
            both = [_photo(tokens[at]), _photo(tokens[at + 2 + verb])]
            if all(both):
                return [both[0], *tokens[at + 1 : at + 2 + verb], both[1]], 3 + verb  # type: ignore[list-item]
    listed_on = len(before) > 1 and before[-1].kind == "COMMA" and before[-2].kind in ("NUM", "REF")
    if (
        kinds(tokens, at, "NUM")
        and not listed_on
        and (not before or before[-1].kind in ("STOP", "COMMA", "CORRECTION"))
    ):
        listed = _list(tokens, at, "NUM", False)
        if listed and kinds(tokens, listed[1], "OUT|REMOVE|OFF") and all(n > 0 for n in listed[0]):
            return [joined("REF", tokens[at : listed[1]], listed[0])], listed[1] - at  # "1, 3 and 5 out"
    if kinds(tokens, at, "REVERSE|SWAP"):
        skip = at + 1
        while kinds(tokens, skip, "ORDER|OF|POSITION"):
            skip += 1
        noun = 1 if kinds(tokens, skip, "CLIP") else 0
        if kinds(tokens, skip + noun, "NUM", "AND", "NUM") and not kinds(tokens, skip + noun + 3, "CLIP|UNIT"):
            first = skip + noun
            pair = (_photo(tokens[first]), _photo(tokens[first + 2]))
            if all(pair):
                value = pair[0].value + pair[1].value  # type: ignore[union-attr]
                verb_token = Token("SWAP", tokens[at].text, tokens[at].start, tokens[at].end)
                return [verb_token, joined("REF", tokens[skip : first + 3], value)], first + 3 - at
    if kinds(tokens, at, "CLIP", "NUM", "NUM") and tokens[at].text.lower().endswith("s"):
        end = at + 1
        numbers: list[int] = []
        while kinds(tokens, end, "NUM") or (kinds(tokens, end, "AND", "NUM") and end > at + 2):
            end += 1 if kinds(tokens, end, "AND") else 0
            photo = _photo(tokens[end])
            if photo is None or len(numbers) > MOST:
                return None
            numbers += photo.value
            end += 1
        return [joined("REF", tokens[at:end], tuple(numbers))], end - at
    return None


def _photo(token: Token) -> Token | None:
    whole = token.value == int(token.value) and 0 < token.value <= MOST
    return Token("REF", token.text, token.start, token.end, (int(token.value),)) if whole else None


def _run(tokens: list[Token], at: int, kind: str) -> int:
    count = 0
    while kinds(tokens, at + count, kind):
        count += 1
    return count


def _after_noun(tokens: list[Token], at: int, moving: bool) -> tuple[Token, int]:
    """``photos 2, 4 and 6``; without numbers, the noun alone."""
    nouns = _run(tokens, at, "CLIP")
    first = at + nouns + (1 if kinds(tokens, at + nouns, "POSITION", "NUM") else 0)
    if kinds(tokens, first, "SPAN"):
        low, high = tokens[first].value
        numbers = _range(low, high)
        if numbers and not tokens[first].text.lower().endswith(("s", "秒", "second")):
            return joined("REF", tokens[at : first + 1], numbers), first + 1 - at
    if kinds(tokens, first, "NUM") and not kinds(tokens, first + 1, "CLIP"):
        found = _list(tokens, first, "NUM", moving)
        if found:
            numbers, end = found
            return joined("REF", tokens[at:end], numbers), end - at
    return joined("CLIP", tokens[at : at + nouns]), nouns


def _ordinal(tokens: list[Token], at: int, bare: bool) -> tuple[Token, int] | None:
    """``the second photo``, ``first and last photos``, ``the last two``, 第2、4张, 前三张, 倒数第二张."""
    here = tokens[at]
    sign = 1
    if here.kind == "FROM_LAST":
        at, sign = at + 1, -1
        if not kinds(tokens, at, "ORD"):
            return None
    start = at - (1 if sign < 0 else 0)
    chinese = here.text in ("前", "后", "前面", "后面")
    if (here.kind in ("FIRST", "LAST") or chinese) and kinds(tokens, at + 1, "NUM"):
        count, from_end = int(tokens[at + 1].value), here.kind in ("LAST", "AFTER")
        used = 2 + _run(tokens, at + 2, "CLIP")
        if not 1 <= count <= MOST or (chinese and used == 2):
            return None
        numbers = tuple(range(-1, -count - 1, -1)) if from_end else tuple(range(1, count + 1))
        return joined("REF", tokens[at : at + used], numbers), used
    if here.kind in ("BEFORE", "AFTER"):
        return None
    found = _list(tokens, at, _ORDINALS, False)
    if not found:
        return None
    numbers, end = found
    nouns = _run(tokens, end, "CLIP")
    if not nouns and kinds(tokens, end, "NUM") and tokens[end].text.lower() in ("one", "ones"):
        nouns = 1
    if not nouns and not (bare and len(numbers) > 1):
        return None
    end += nouns
    return joined("REF", tokens[start:end], tuple(sign * number for number in numbers)), end - start


def _number(tokens: list[Token], at: int, before: list[Token], moving: bool) -> tuple[Token, int]:
    here = tokens[at]
    if kinds(tokens, at + 1, "POSITION", "CLIP"):  # 2号照片
        return joined("REF", tokens[at : at + 3], (int(here.value),)), 3
    if kinds(tokens, at + 1, "CLIP"):
        used = 1 + _run(tokens, at + 1, "CLIP")
        return joined("COUNT", tokens[at : at + used], here.value), used
    if before and before[-1].kind == "CORRECTION" and any(token.kind == "REF" for token in before[-6:]):
        found = _list(tokens, at, "NUM", False)  # "remove photos 2 and 3, sorry 2 and 4"
        if found and not kinds(tokens, found[1], "UNIT|PCT|CLIP"):
            return joined("REF", tokens[at : found[1]], found[0]), found[1] - at
    if before and before[-1].kind in _VERBS and not (before[-1].kind == "MOVE" and len(before) > 1):
        found = _list(tokens, at, "NUM", moving)
        if found and not kinds(tokens, found[1], "CLIP"):
            return joined("REF", tokens[at : found[1]], found[0]), found[1] - at
    if before and before[-1].kind in ("FOR", "ON") and any(token.kind in _LOOKS for token in before):
        found = _list(tokens, at, "NUM", False)  # "sepia for 1, 2 and 4"
        if found and not kinds(tokens, found[1], "CLIP|UNIT|PCT"):
            return joined("REF", tokens[at : found[1]], found[0]), found[1] - at
    return here, 1


def _value(token: Token) -> int:
    return {"FIRST": 1, "LAST": -1}.get(token.kind) or int(token.value)


def _range(low: float, high: float) -> tuple[int, ...]:
    whole = low == int(low) and high == int(high) and 0 < low <= high
    return tuple(range(int(low), int(high) + 1)) if whole and high - low < MOST else ()


def _list(tokens: list[Token], at: int, kind: str, moving: bool) -> tuple[tuple[int, ...], int] | None:
    """The numbers of a list such as ``2, 4 and 6-8``, and where it ends. ``None`` when a part cannot be a clip."""
    numbers: list[int] = []
    while True:
        if kinds(tokens, at, kind) and tokens[at].value not in (None, int(tokens[at].value or 0)):
            return None
        first = _value(tokens[at])
        end = at + 1
        span = "DASH" if moving else "DASH|TO"
        backwards = kinds(tokens, end, "TO", "NUM") and (tokens[end + 1].value or 0) < first  # "cut photo 3 into two"
        if kinds(tokens, end, span, kind + "|NUM") and not backwards:
            if tokens[end + 1].value != int(tokens[end + 1].value or 0):
                return None
            many = _range(first, _value(tokens[end + 1]))
            if not many:
                return None
            numbers += many
            end += 2
        else:
            numbers.append(first)
        if len(numbers) > MOST:
            return None
        comma = 2 if kinds(tokens, end, "COMMA", "AND") else 1
        if not (kinds(tokens, end, "COMMA|AND") and kinds(tokens, end + comma, kind + "|NUM")):
            return tuple(numbers), end
        follows = end + comma + 1
        if kind == "NUM" and kinds(tokens, follows, "CLIP") and not tokens[follows].text.startswith(("张", "幅")):
            return tuple(numbers), end  # "photo 2, 5 photos": the second number counts
        at = end + comma
        kind = kind if kinds(tokens, at, kind) else "NUM"


def _merged(tokens: list[Token]) -> list[Token]:
    """``photo 2 and photo 4``, 第2张、第4张, 第2张到第4张: one reference."""
    out: list[Token] = []
    for token in tokens:
        if token.kind == "REF" and len(out) > 1 and out[-2].kind == "REF":
            link, first = out[-1], out[-2]
            moving = any(t.kind == "MOVE" for t in out[-4:-2])
            if len(first.value) + len(token.value) <= MOST:
                if link.kind == "AND" or (link.kind == "COMMA" and link.value == "、"):
                    out[-2:] = [joined("REF", [first, link, token], first.value + token.value)]
                    continue
                single = len(first.value) == len(token.value) == 1
                ints = all(isinstance(n, int) for n in first.value + token.value)
                if link.kind in ("TO", "DASH") and single and ints and not moving:
                    many = _range(first.value[0], token.value[0])
                    if many:
                        out[-2:] = [joined("REF", [first, link, token], many)]
                        continue
        out.append(token)
    return out


def _cuts(tokens: list[Token]) -> list[Token]:
    """``between photos 2 and 3``, 第2张和第3张之间, ``between each photo``: the cuts."""
    out: list[Token] = []
    at = 0
    while at < len(tokens):
        lead = 1 if kinds(tokens, at, "BETWEEN") else 0
        every = 1 if kinds(tokens, at + lead, "EACH|ALL|DET", "CLIP|IT") else 0
        noun = at + lead + every
        behind = 0 if lead else 1
        used = noun + 1 + behind - at
        # "put photo 4 between photos 1 and 2": what follows is between, not what comes before.
        inner = not lead and kinds(tokens, noun + 2, "REF") and kinds(tokens, noun, "REF")
        between = lead or (kinds(tokens, noun + 1, "BETWEEN") and not inner)
        if between and kinds(tokens, noun, "REF|CLIP|ALL_CLIPS|COUNT|EACH|IT"):
            thing = tokens[noun]
            kind = "CUTS" if thing.kind == "REF" else "ALL_CUTS"
            out.append(joined(kind, tokens[at : at + used], thing.value if kind == "CUTS" else None))
            at += used
            continue
        out.append(tokens[at])
        at += 1
    return out
