"""Numbers with what they count: durations, percentages, spans of time, frame rates, ordinals."""

from dataclasses import replace

from nemovideo_mcp.studio.editor.tokens import Token, joined, kinds


class AtMost(float):
    """A length in seconds that is a limit: 不超过15秒."""


def combine(tokens: list[Token]) -> list[Token]:
    """The tokens with each number and its unit as one."""
    return _points(_deltas(_spans(_sums(_units(_numbers(_more(_hedged(tokens))))))))


def _hedged(tokens: list[Token]) -> list[Token]:
    """十来秒, 20多秒: about that many; 2、3秒 is between the two; 5、3、6秒 are lengths one after the other."""
    out: list[Token] = []
    done = 0
    for at, token in enumerate(tokens):
        if at < done:
            continue
        if token.kind == "NUM" and not kinds(out, len(out) - 1, "CLIP|ORD_MARK|COMMA"):
            end = _lengths(tokens, at)
            if end:
                many = [t.value * tokens[end].value for t in tokens[at:end] if t.kind == "NUM"]
                out.append(joined("DURS", tokens[at : end + 1], tuple(many)))
                done = end + 1
                continue
        if out and out[-1].kind == "NUM" and token.text in _ABOUT and kinds(tokens, at + 1, "UNIT"):
            continue
        listed = kinds(out, len(out) - 2, "NUM", "COMMA") and kinds(tokens, at, "NUM", "UNIT")
        if listed and out[-1].value == "、" and token.value == out[-2].value + 1:
            first = out[-2]
            out[-2:] = [joined("NUM", [first, out[-1], token], (first.value + token.value) / 2)]
            continue
        out.append(token)
    return out


def _lengths(tokens: list[Token], at: int) -> int:
    """Where the unit of a list of numbers stands that is no length between two; 0 where there is none."""
    end = at + 1
    while end - at < MOST_LENGTHS and kinds(tokens, end, "COMMA", "NUM"):
        end += 2
    count = (end - at + 1) // 2
    between = count == 2 and tokens[at + 2].value == tokens[at].value + 1
    chinese = kinds(tokens, end, "UNIT") and "一" <= tokens[end].text[:1] <= "鿿"
    return end if count > 1 and chinese and not between else 0


MOST_LENGTHS = 200
"""Tokens of a list of lengths at most."""
_ABOUT = ("来", "多", "几")


def _points(tokens: list[Token]) -> list[Token]:
    """第5秒 is a moment, 5秒 a length."""
    return [replace(t, kind="POINT") if t.kind == "DUR" and t.text.startswith("第") else t for t in tokens]


def _more(tokens: list[Token]) -> list[Token]:
    """``two more seconds``: the number stands with its unit, the "more" behind them."""
    out = list(tokens)
    for at in range(len(out) - 2):
        extra = kinds(out, at, "NUM", "UNKNOWN", "UNIT") and out[at + 1].text.lower() in (
            "additional",
            "extra",
            "further",
        )
        if extra:  # "3 additional seconds"
            out[at + 1] = replace(out[at + 1], kind="MORE")
        if kinds(out, at, "NUM", "MORE", "UNIT"):
            out[at + 1], out[at + 2] = out[at + 2], out[at + 1]
    return out


def _numbers(tokens: list[Token]) -> list[Token]:
    """Number words of several parts as one: twenty-five, one hundred and twenty; and minus signs."""
    out: list[Token] = []
    for at, token in enumerate(tokens):
        last = out[-1] if out else None
        if token.kind == "NUM" and last is not None and last.kind == "NUM" and _is_word(token) and _is_word(last):
            if last.value % 10 == 0 and last.value % 100 >= 20 and token.value < 10:
                out[-1] = joined("NUM", [last, token], last.value + token.value)
                continue
            if token.value == 100 and 1 <= last.value <= 9:
                out[-1] = joined("NUM", [last, token], last.value * 100)
                continue
            if last.value >= 100 and last.value % 100 == 0 and token.value < 100:
                out[-1] = joined("NUM", [last, token], last.value + token.value)
                continue
        if token.kind == "NUM" and last is not None and last.text == "+" and last.end == token.start:
            out[-1] = joined("NUM", [last, token], token.value)
            continue
        if token.kind == "NUM" and last is not None and last.kind == "DASH" and last.end == token.start:
            before = out[-2] if len(out) > 1 else None
            apart = (
                before is None
                or before.end < last.start
                or before.kind == "PROP"
                or (before.kind in ("TO", "MAKE") and not before.text.isascii())
            )
            if apart and (before is None or before.kind not in ("NUM", "DUR")):
                out[-1] = joined("NUM", [last, token], -token.value)
                continue
        if token.text.lower() == "and" and last is not None and last.kind == "NUM" and _is_word(last):
            follows = tokens[at + 1] if at + 1 < len(tokens) else None
            if last.value >= 100 and follows is not None and follows.kind == "NUM" and _is_word(follows):
                continue
        out.append(token)
    return out


def _is_word(token: Token) -> bool:
    return token.text[0].isalpha() and token.text[0].isascii()


def _units(tokens: list[Token]) -> list[Token]:
    out: list[Token] = []
    at = 0
    while at < len(tokens):
        edge = bool(out) and out[-1].kind in ("FIRST", "LAST") and tokens[at].kind == "UNIT"
        if edge and not kinds(tokens, at + 1, "CLIP"):  # "the first second"
            out.append(replace(tokens[at], kind="DUR"))
            at += 1
            continue
        token, used = _unit(tokens, at)
        out.append(token)
        at += used
    return out


def _unit(tokens: list[Token], at: int) -> tuple[Token, int]:
    here = tokens[at]
    article = here.kind == "NOISE" and here.text.lower() in ("a", "an")
    if here.kind == "NUM":
        return _counted(tokens, at)
    if here.text == "帧率" and kinds(tokens, at + 1, "NUM") and not kinds(tokens, at + 2, "FPS_UNIT|UNIT"):
        return joined("FPS", tokens[at : at + 2], tokens[at + 1].value), 2
    if here.kind == "ABOUT":  # 五六秒; of clips it would be a guess
        known = kinds(tokens, at + 1, "UNIT|HALF|PCT")
        return _counted([replace(here, kind="NUM"), *tokens[at + 1 : at + 5]], 0) if known else (_guard(here), 1)
    if here.kind == "HALF":
        skip = 2 if kinds(tokens, at + 1, "NOISE", "UNIT") and tokens[at + 1].text.lower() in ("a", "an") else 1
        if kinds(tokens, at + skip, "UNIT"):
            unit = tokens[at + skip]
            return joined("DUR", tokens[at : at + skip + 1], unit.value / 2), skip + 1
    if article and kinds(tokens, at + 1, "UNIT", "OFF|RELATIVE|MORE|LESS"):  # "take a second off"
        return joined("DUR", tokens[at : at + 2], tokens[at + 1].value), 2
    if article and kinds(tokens, at + 1, "UNIT") and tokens[at + 1].value >= 60 and len(tokens[at + 1].text) > 1:
        seconds = tokens[at + 1].value
        if _and_a_half(tokens, at + 2):
            return joined("DUR", tokens[at : at + 5], seconds * 1.5), 5
        return joined("DUR", tokens[at : at + 2], seconds), 2
    factor = here.text.lower() == "factor" and kinds(tokens, at + 1, "OF", "NUM")
    if factor:  # "by a factor of 4"
        return joined("TIMES", tokens[at : at + 3], float(tokens[at + 2].value)), 3
    seconds = here.kind == "UNIT" and here.text.lower() == "seconds" and kinds(tokens, at + 1, "NUM", "TO|DASH", "NUM")
    if seconds:  # "seconds 2 to 6"
        return joined("SPAN", tokens[at : at + 4], (tokens[at + 1].value, tokens[at + 3].value)), 4
    if here.kind == "PCT_OF" and kinds(tokens, at + 1, "NUM"):
        return joined("PERCENT", tokens[at : at + 2], tokens[at + 1].value / 100), 2
    if here.kind == "ORD_MARK" and kinds(tokens, at + 1, "NUM"):
        if kinds(tokens, at + 2, "UNIT"):  # 第2秒: a point in time
            return joined("DUR", tokens[at : at + 3], tokens[at + 1].value * tokens[at + 2].value), 3
        return joined("ORD", tokens[at : at + 2], tokens[at + 1].value), 2
    if (
        here.kind == "UNIT"
        and here.text.lower() == "second"
        and kinds(tokens, at + 1, "NUM")
        and tokens[at + 1].text.lower() not in ("one", "ones")  # "the second one"
        and kinds(tokens, at - 1, _MOMENT)
    ):
        return joined("DUR", tokens[at : at + 2], tokens[at + 1].value), 2  # "from second 4 to second 8"
    if here.kind == "UNIT":  # without a number: "the second photo", "a few seconds"
        return (Token("ORD", here.text, here.start, here.end, 2) if here.text.lower() == "second" else _odd(here)), 1
    return here, 1


def _guard(token: Token) -> Token:
    return replace(token, kind="GUARD", value=None)


_MOMENT = "FROM|TO|AT|START_AT|BETWEEN|NOISE|AND|UNTIL"
"""What stands before a moment, and not before "the second photo"."""


def _odd(token: Token) -> Token:
    return Token("UNKNOWN", token.text, token.start, token.end)


def _and_a_half(tokens: list[Token], at: int) -> bool:
    return kinds(tokens, at, "AND", "NOISE", "HALF")


def _counted(tokens: list[Token], at: int) -> tuple[Token, int]:
    number = tokens[at]
    if _and_a_half(tokens, at + 1) and kinds(tokens, at + 4, "UNIT"):  # two and a half minutes
        return joined("DUR", tokens[at : at + 5], (number.value + 0.5) * tokens[at + 4].value), 5
    if kinds(tokens, at + 1, "HALF", "UNIT"):  # 两个半小时 without 个
        return joined("DUR", tokens[at : at + 3], (number.value + 0.5) * tokens[at + 2].value), 3
    if kinds(tokens, at + 1, "UNIT"):
        seconds = tokens[at + 1].value * number.value
        if _and_a_half(tokens, at + 2):  # one minute and a half
            return joined("DUR", tokens[at : at + 5], seconds + tokens[at + 1].value / 2), 5
        if kinds(tokens, at + 2, "HALF") and tokens[at + 2].text == "半":  # 一分半
            used = 4 if kinds(tokens, at + 3, "NOISE") and tokens[at + 3].text == "钟" else 3
            return joined("DUR", tokens[at : at + used], seconds + tokens[at + 1].value / 2), used
        return joined("DUR", tokens[at : at + 2], seconds), 2
    if kinds(tokens, at + 1, "TO") and tokens[at + 1].text == "成" and number.text in tuple("一二两三四五六七八九"):
        return joined("PERCENT", tokens[at : at + 2], number.value / 10), 2  # 三成
    if kinds(tokens, at + 1, "PCT"):
        return joined("PERCENT", tokens[at : at + 2], number.value / 100), 2
    if kinds(tokens, at + 1, "TIMES_UNIT"):
        return joined("TIMES", tokens[at : at + 2], float(number.value)), 2
    if kinds(tokens, at + 1, "FPS_UNIT"):
        return joined("FPS", tokens[at : at + 2], number.value), 2
    return number, 1


def _sums(tokens: list[Token]) -> list[Token]:
    """``1 minute 30 seconds``, ``1 min and 30 s``, ``1 min 30``: one duration."""
    out: list[Token] = []
    at = 0
    while at < len(tokens):
        here = tokens[at]
        if here.kind == "DUR" and here.value >= 60 and here.value % 60 == 0:
            skip = 2 if kinds(tokens, at + 1, "AND", "DUR") else 1
            if kinds(tokens, at + skip, "DUR") and 0 < tokens[at + skip].value < 60:
                out.append(joined("DUR", tokens[at : at + skip + 1], here.value + tokens[at + skip].value))
                at += skip + 1
                continue
            if kinds(tokens, at + 1, "NUM") and 0 < tokens[at + 1].value < 60 and not kinds(tokens, at + 2, "CLIP"):
                out.append(joined("DUR", tokens[at : at + 2], here.value + tokens[at + 1].value))
                at += 2
                continue
        out.append(here)
        at += 1
    return out


def _spans(tokens: list[Token]) -> list[Token]:
    """``0-3 s``, ``from 0 to 3 seconds``, ``between 2 s and 5 s``, 0到3秒: a span of time, in seconds."""
    out: list[Token] = []
    at = 0
    while at < len(tokens):
        lead = 1 if kinds(tokens, at, "FROM|START_AT|BETWEEN") else 0
        link = "AND" if lead and tokens[at].kind == "BETWEEN" else "DASH|TO"
        first, second = at + lead, at + lead + 2
        numbered = bool(out) and out[-1].kind == "CLIP" and not lead and not out[-1].text.lower().endswith("s")
        numbered = numbered and out[-1].text.isascii()  # 每张2到3秒 names no photo
        if numbered and kinds(tokens, at, "NUM", "TO", "DUR"):
            out.append(tokens[at])  # "set photo 3 to 5 seconds": the photo's number
            at += 1
        elif kinds(tokens, first, "NUM|DUR", link, "DUR"):
            out.append(joined("SPAN", tokens[at : second + 1], (tokens[first].value, tokens[second].value)))
            at = second + 1
        elif lead and link != "AND" and kinds(tokens, first, "NUM", link, "NUM"):
            # "from 0 to 3": without a unit it is seconds only where a window can be; photos are named as such.
            out.append(joined("SPAN", tokens[at : second + 1], (tokens[first].value, tokens[second].value)))
            at = second + 1
        else:
            out.append(tokens[at])
            at += 1
    return out


def _deltas(tokens: list[Token]) -> list[Token]:
    """``5 seconds longer``, ``10% shorter``, ``add 5 seconds``, 延长5秒 (not 延长到): a difference, not a length."""
    out: list[Token] = []
    for token in tokens:
        last = out[-1] if out else None
        if token.kind == "RELATIVE" and last is not None and last.kind in ("DUR", "PERCENT"):
            less = token.value[1] < 1
            value = (last.kind, -last.value if less else last.value, token.value[0])
            out[-1] = joined("DELTA", [last, token], value)
        elif token.kind == "DUR" and last is not None and last.kind == "RESIZE" and last.text in _BY:
            out[-1] = joined("DELTA", [last, token], ("DUR", token.value * _BY[last.text], "length"))
        elif (
            token.kind == "DUR"
            and last is not None
            and last.kind in ("MORE", "LESS")
            and last.text in ("加", "减少", "增加", "减", "减去", "减掉")
        ):
            out[-1] = joined(
                "DELTA", [last, token], ("DUR", token.value * (1 if last.kind == "MORE" else -1), "length")
            )
        else:
            out.append(token)
    return out


_BY = {"延长": 1, "拉长": 1, "缩短": -1}
"""Chinese verbs that, without 到, are followed by a difference."""
