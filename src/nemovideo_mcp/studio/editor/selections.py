"""Clips that are meant by a rule: every other photo, all but the first, the rest; cuts and whole orders by their numbers.

The value of such a ``REF`` holds a `Rule` in the place of a number; `resolve` makes numbers of it when the film is known.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from nemovideo_mcp.studio.editor.tokens import Token, joined, kinds
from nemovideo_mcp.timeline.operations.base import OperationError, plural


@dataclass(frozen=True, slots=True)
class Rule:
    """``every``: of each ``step`` clips the one at ``first`` (from 1). ``except``: all but these. ``half``: the first (1) or second.
    ``video``: the moving ones. ``before``, ``after``: all on that side of the one in ``others``. ``middle``: the one that has as many before as behind it."""

    kind: Literal["every", "except", "half", "video", "before", "after", "middle"]
    step: int = 2
    first: int = 1
    others: tuple["int | str | Rule", ...] = ()


def resolve(wanted: Sequence["int | str | Rule"], clips: Sequence[str], names: Sequence[str]) -> list[int | str]:
    """Numbers (from 1) and file names, the rules worked out for a film of clips of these kinds and names.

    Raises:
        OperationError: what is left out is not in the film.
    """
    found: list[int | str] = []
    count = len(clips)
    for want in wanted:
        if not isinstance(want, Rule):
            found.append(want)
        elif want.kind == "every":
            found += range(want.first, count + 1, want.step)
        elif want.kind == "half":
            middle = (count + 1) // 2
            found += range(1, middle + 1) if want.first == 1 else range(middle + 1, count + 1)
        elif want.kind == "middle":
            found += [(count + 1) // 2] if count % 2 else []
        elif want.kind == "video":
            found += [n for n, kind in enumerate(clips, 1) if kind == "video"]
        else:
            out = _numbered(resolve(want.others, clips, names), names)
            edge = list(out)
            if want.kind == "except":
                found += [n for n in range(1, count + 1) if n not in out]
            elif edge:
                found += range(1, min(edge)) if want.kind == "before" else range(max(edge) + 1, count + 1)
    return found


def _numbered(wanted: Sequence["int | str"], names: Sequence[str]) -> set[int]:
    """The numbers, from 1, of the clips that are meant by numbers (negative: from the end) or by names."""
    found: set[int] = set()
    for want in wanted:
        if isinstance(want, int):
            found.add(want if want > 0 else want + len(names) + 1)
            continue
        mine = {n for n, name in enumerate(names, 1) if name.casefold() == want.casefold()}
        if not mine:
            raise OperationError(f'"{want}" is not on the timeline: it has {plural(len(names))}.')
        found |= mine
    return found


def has_rule(value: Sequence["int | str | Rule"]) -> bool:
    """Whether a reference leaves out some clips."""
    return any(isinstance(want, Rule) and want.kind == "except" for want in value)


def halves(tokens: list[Token]) -> list[Token]:
    """``the first half of the photos``, 前半部分: before numbers of photos are looked for further."""
    out: list[Token] = []
    at = 0
    while at < len(tokens):
        if kinds(tokens, at, "FIRST|LAST", "HALF"):
            used = 3 if kinds(tokens, at + 2, "CLIP|ALL_CLIPS|IT|FILM") else 2
            used = 4 if kinds(tokens, at + 2, "OF", "CLIP|ALL_CLIPS|IT|FILM") else used
            used = 5 if kinds(tokens, at + 2, "OF", "DET", "CLIP") else used
            which = 1 if tokens[at].kind == "FIRST" else 2
            out.append(joined("REF", tokens[at : at + used], (Rule("half", first=which),)))
            at += used
            continue
        out.append(tokens[at])
        at += 1
    return out


def find(tokens: list[Token]) -> list[Token]:
    """The tokens with every rule, every list of cuts and every whole order as one."""
    out: list[Token] = []
    mentioned: tuple[int | str | Rule, ...] = ()
    at = 0
    while at < len(tokens):
        if kinds(tokens, at, "COMMA", "EXCEPT"):
            at += 1  # what is left out belongs to what was said before the comma
            continue
        if kinds(tokens, at, "COMMA", "REF", "EXCEPT") and (at + 3 == len(tokens) or kinds(tokens, at + 3, _ENDS)):
            # 全部变亮，第二张除外: as well where the exception is behind
            out.append(joined("REF", tokens[at + 1 : at + 3], (Rule("except", others=tokens[at + 1].value),)))
            at += 3
            continue
        if tokens[at].kind == "OTHER_CUTS":
            out.append(_other_cuts(tokens[at], out))
            at += 1
            continue
        token, used = _one(tokens, at, mentioned)
        if token.kind == "REF" and not any(isinstance(v, Rule) and v.kind == "except" for v in token.value):
            mentioned += token.value
        out.append(token)
        at += used
    return out


def _other_cuts(token: Token, before: list[Token]) -> Token:
    """其余转场: all cuts but those that were named, where only one place was."""
    named = [t.value for t in before if t.kind == "CUTS"]
    return replace(token, kind="CUTS", value=("others", *named[0])) if len(named) == 1 else replace(token, kind="GUARD")


_MIDDLE = ("middle", "中间", "正中间")


def _one(tokens: list[Token], at: int, mentioned: tuple["int | str | Rule", ...]) -> tuple[Token, int]:
    here = tokens[at]
    match here.kind:
        case "EVERY_OTHER" | "ODD" | "EVEN":
            noun = 1 if kinds(tokens, at + 1, "CLIP|NUM") else 0
            if noun or here.kind != "EVERY_OTHER" or not here.text.isascii():
                rule = Rule("every", first=2 if here.kind == "EVEN" else 1)
                return joined("REF", tokens[at : at + 1 + noun], (rule,)), 1 + noun
        case "BETWEEN" if kinds(tokens, at + 1, "ALL_CLIPS|EVERYTHING"):
            return joined("ALL_CUTS", tokens[at : at + 2]), 2
        case "PLACE" if here.value == "center" and kinds(tokens, at + 1, "CLIP|IT") and here.text in _MIDDLE:
            return joined("REF", tokens[at : at + 2], (Rule("middle"),)), 2
        case "VIDEO_CLIP":
            return Token("REF", here.text, here.start, here.end, (Rule("video"),)), 1
        case "ALL_CLIPS" | "EVERYTHING" | "CLIP" if kinds(tokens, at + 1, "BEFORE|AFTER", "REF"):
            side: Any = tokens[at + 1].kind.lower()
            return joined("REF", tokens[at : at + 3], (Rule(side, others=tokens[at + 2].value),)), 3
        case "EXCEPT":
            return _except(tokens, at, at)
        case "ALL_CLIPS" | "EVERYTHING" | "ALL" | "CLIP" | "EACH" if kinds(tokens, at + 1, "EXCEPT"):
            return _except(tokens, at, at + 1)
        case "REST":
            noun = 2 if kinds(tokens, at + 1, "OF", "CLIP|ALL_CLIPS|IT") else 1 if kinds(tokens, at + 1, "CLIP") else 0
            noun = 3 if kinds(tokens, at + 1, "OF", "DET", "CLIP") else noun
            if not mentioned:
                return joined("NEW", tokens[at : at + 1 + noun]), 1 + noun
            return joined("REF", tokens[at : at + 1 + noun], (Rule("except", others=mentioned),)), 1 + noun
        case "ONLY" if at and kinds(tokens, at + 1, "ON|FOR|IN|AT", "REF") and not kinds(tokens, at - 1, _ENDS):
            return tokens[at + 1], 2  # "the title only on photo 1"
        case "REF" | "CUTS" if kinds(tokens, at + 1, "ONLY") and not kinds(
            tokens, at - 1, "KEEP|USE|SHOW"
        ):  # "photo 3 only"
            return joined(here.kind, tokens[at : at + 2], here.value), 2
        case "ONLY" if (
            kinds(tokens, at + 1, "REF") and not kinds(tokens, at - 1, "KEEP|SHOW|USE") and not _alone(tokens, at)
        ):
            return joined("REF", tokens[at : at + 2], tokens[at + 1].value), 2
        case "CUTWORD" if kinds(tokens, at + 1, "NUM"):
            numbers, end = _numbers(tokens, at + 1)
            return joined("CUTS", tokens[at:end], ("cut", *numbers)), end - at
        case "REF" if kinds(tokens, at + 1, "TRANSITION|CROSSFADE") and here.text.lower().startswith(("first", "last")):
            return Token("CUTS", here.text, here.start, here.end, ("cut", *sorted(here.value))), 1
        case "FIRST" | "LAST" if kinds(tokens, at + 1, "NUM", "TRANSITION|CROSSFADE"):
            many = range(1, int(tokens[at + 1].value) + 1)
            chosen = many if here.kind == "FIRST" else range(-len(many), 0)
            return joined("CUTS", tokens[at : at + 2], ("cut", *chosen)), 2
        case "ORD" | "FIRST" | "LAST" if kinds(tokens, at + 1, "TRANSITION|CROSSFADE"):
            number = {"FIRST": 1, "LAST": -1}.get(here.kind) or int(here.value)
            return Token("CUTS", here.text, here.start, here.end, ("cut", number)), 1
        case "NUM" if kinds(tokens, at - 1, "IT|CLIP|ALL_CLIPS|COLON|SORT|COMES") and any(
            t.kind in ("SORT", "ORDER", "ADD", "MOVE", "COMES") for t in tokens[max(0, at - 6) : at]
        ):
            numbers, end = _numbers(tokens, at)
            if len(numbers) > 2:
                return joined("ORDERLIST", tokens[at:end], tuple(numbers)), end - at
        case "NUM" if kinds(tokens, at - 2, "CLIP|ALL_CLIPS|ORDER|IT", "TO") and any(
            t.kind == "SORT" for t in tokens[max(0, at - 5) : at]
        ):
            numbers, end = _numbers(tokens, at)
            if len(numbers) > 2:  # "reorder the photos to 5, 3, 1, 2, 4"
                return joined("ORDERLIST", tokens[at:end], tuple(numbers)), end - at
        case "REF" if kinds(tokens, at - 1, "COLON|CLIP|ALL_CLIPS|IT") and any(
            t.kind in ("SORT", "ORDER") for t in tokens[max(0, at - 5) : at]
        ):
            names, end = _names(tokens, at)
            if len(names) > 2:
                return joined("ORDERLIST", tokens[at:end], names), end - at
        case "REF" if kinds(tokens, at + 1, "FIRST"):
            turns, end = _in_turn(tokens, at)
            if len(turns) > 2:  # "photo 2 first, then photo 5, then photos 1, 3 and 4"
                return joined("ORDERLIST", tokens[at:end], turns), end - at
        case "QUOTE" if any(t.kind == "CAPTION" for t in tokens[max(0, at - 8) : at]):
            words, end = _quotes(tokens, at)
            if len(words) > 1:
                return joined("QUOTES", tokens[at:end], words), end - at
        case "ORDER":
            skip = 1
            while kinds(tokens, at + skip, "TO|COLON|BE|MAKE|AS|OF|CLIP|ALL_CLIPS") and skip < 5:
                skip += 1
            if kinds(tokens, at + skip, "REF") and len(tokens[at + skip].value) > 2:
                named = tokens[at + skip].value
                if all(isinstance(number, int) for number in named):  # 顺序改为第3张、第1张、第2张
                    return joined("ORDERLIST", tokens[at : at + skip + 1], named), skip + 1
            if kinds(tokens, at + skip, "NUM"):
                numbers, end = _numbers(tokens, at + skip)
                if len(numbers) > 1:
                    return joined("ORDERLIST", tokens[at:end], tuple(numbers)), end - at
    return here, 1


_ENDS = "AND|THEN|COMMA|STOP|BECAUSE|CORRECTION"


def _alone(tokens: list[Token], at: int) -> bool:
    """``only the first four``: nothing else is said of them."""
    starts = at == 0 or kinds(tokens, at - 1, _ENDS)
    return starts and (at + 2 == len(tokens) or kinds(tokens, at + 2, _ENDS))


def _names(tokens: list[Token], at: int) -> tuple[tuple["int | str | Rule", ...], int]:
    """Single clips that are listed, each called by its name or its number."""
    names: list[int | str | Rule] = []
    end = at
    while kinds(tokens, end, "REF") and len(tokens[end].value) == 1:
        names.append(tokens[end].value[0])
        skip = (
            2 if kinds(tokens, end + 1, "COMMA", "AND|THEN") else 1 if kinds(tokens, end + 1, "COMMA|AND|THEN") else 0
        )
        end += 1
        if not skip or not kinds(tokens, end + skip, "REF"):
            break
        end += skip
    return tuple(names), end


def _in_turn(tokens: list[Token], at: int) -> tuple[tuple["int | str | Rule", ...], int]:
    """Clips that are named one after the other, "then" between them."""
    numbers, end = list(tokens[at].value), at + 2
    while True:
        skip = 2 if kinds(tokens, end, "COMMA|AND", "THEN") else 1 if kinds(tokens, end, "THEN") else 0
        if not skip or not kinds(tokens, end + skip, "REF"):
            return tuple(numbers), end
        numbers += tokens[end + skip].value
        end += skip + 1


def _quotes(tokens: list[Token], at: int) -> tuple[tuple[str, ...], int]:
    words = [str(tokens[at].value)]
    end = at + 1
    while True:
        skip = 2 if kinds(tokens, end, "COMMA", "AND") else 1 if kinds(tokens, end, "COMMA|AND") else 0
        if not kinds(tokens, end + skip, "QUOTE"):
            return tuple(words), end
        words.append(str(tokens[end + skip].value))
        end += skip + 1


def _except(tokens: list[Token], start: int, at: int) -> tuple[Token, int]:
    """``all photos except 2 and 3``, ``all but the last``, 除了第2张以外的照片."""
    end = at + 1
    others: tuple[int | str | Rule, ...] = ()
    if kinds(tokens, end, "REF"):
        others, end = tokens[end].value, end + 1
    elif kinds(tokens, end, "FIRST|LAST|ORD"):
        number = {"FIRST": 1, "LAST": -1}.get(tokens[end].kind) or int(tokens[end].value)
        others, end = (number,), end + 1
    elif kinds(tokens, end, "NUM"):
        numbers, end = _numbers(tokens, end)
        others = tuple(numbers)
    if not others:
        return tokens[start], 1
    while kinds(tokens, end, "EXCEPT|ALL_CLIPS|CLIP|REST") or kinds(tokens, end, "ALL"):
        end += 1
    if kinds(tokens, end, "COMMA", "REST"):  # 除了第三张，其他都2秒
        end += 2
        while kinds(tokens, end, "CLIP"):
            end += 1
    return joined("REF", tokens[start:end], (Rule("except", others=others),)), end - start


def _numbers(tokens: list[Token], at: int) -> tuple[list[int], int]:
    """Whole numbers divided by commas, "and" or nothing, and where they end."""
    found = [int(tokens[at].value)]
    end = at + 1
    while True:
        skip = 2 if kinds(tokens, end, "COMMA", "AND") else 1 if kinds(tokens, end, "COMMA|AND|DASH") else 0
        if not kinds(tokens, end + skip, "NUM") or len(found) > 500:
            return found, end
        found.append(int(tokens[end + skip].value))
        end += skip + 1
