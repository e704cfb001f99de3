"""Cards in the grammar: their words, how they are found among the tokens, and their rows of the table.

A ``CARD`` token stands for the clip with words on a background of its own: "title card", "end screen", 片尾卡片; its value is
its place (``start``, ``end``, ``any``), its numbers, or ``all``. What only becomes a card by the words around it ("a blue slide
with 'Chapter 2'", "end with 'Thanks' on black") is made one here, before clips are looked for.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from nemovideo_mcp.studio.editor.phrase import Phrase
from nemovideo_mcp.studio.editor.tokens import Token, joined, kinds

ENGLISH: dict[str, str] = {
    "BLANK": "blank|empty|without words|without text|no words",
    "GRADIENT": "gradient|gradient background|color gradient|colour gradient|two-tone",
}
CHINESE: dict[str, str] = {
    "BLANK": "空白|无文字",
    "SUBTITLE": "副标题|小标题",
    "GRADIENT": "渐变|渐变色|渐变背景|渐变到",
}
VALUES: dict[str, dict[str, Any]] = {
    "CARD": {
        "title card|title screen|title slide|title page|intro card|intro slide|intro screen|opening card|opening screen|opener card|"
        "opening title card|opening title screen|opening title slide|intro title card|start card|start screen|cover card|cover slide|"
        "cover page|welcome card|welcome screen|welcome slide|"
        "片头卡|片头卡片|片头字幕卡|标题卡|标题卡片|标题页|开场卡|开场卡片|开场页|开头卡片|片头页|首页卡片": "start",
        "end card|end screen|end slide|end page|closing card|closing screen|outro card|outro slide|outro screen|final card|final screen|"
        "ending card|ending screen|ending slide|credits card|credits screen|credits slide|credit screen|end credits screen|closing credits screen|closing credits card|end credits card|closing title card|"
        "end title card|thank you card|thank you screen|thank you slide|thank-you card|thank-you slide|thanks card|thanks screen|thanks slide|"
        "end with a card|ends with a card|end on a card|finish with a card|close with a card|end it with a card|end with a text card|"
        "end with a closing card|片尾卡|片尾卡片|片尾字幕卡|结尾卡片|结尾卡|结束卡|结束卡片|结束页|片尾页|结尾页|尾页|片尾画面|结束画面": "end",
        "card|text card|text slide|text screen|chapter card|chapter slide|chapter screen|section card|section slide|divider card|divider slide|"
        "intertitle|interstitial|卡片|字幕卡|文字卡|文字卡片|章节卡|章节卡片|章节页|过渡页|文字页|插卡": "any",
        "blank screen|blank slide|blank card|empty slide|blank page|空白卡片|空白页|空白画面": "blank",
        "black screen|black slide|黑屏|黑色画面|纯黑画面": "#000000",
        "white screen|white slide|白屏|白色画面|纯白画面": "#ffffff",
    },
}  # fmt: skip

_PARTING = ("COMMA", "STOP", "AND", "THEN", "CORRECTION", "BECAUSE")
_STYLE = frozenset(
    "COLOR BACKGROUND BOX TITLE FONTWORD FONT LOOKWORD ON IN USE BE AS DET OF FOR SHOW DUR LONG GRADIENT TO FROM ADJ BLUR CAPTION".split()
)
_PUTTING = frozenset("ADD USE SHOW STARTWITH ENDWITH MAKE MOVE".split())
_POINTED = frozenset("ON EACH ALL FIRST LAST ORD NUM TO EVERY_OTHER DET REF".split())
_SAID_OF_CARDS = frozenset(
    "QUOTE COLOR REMOVE NOT MOVE DUR FONT BIGGER GRADIENT SAY RESAY BACKGROUND BLUR TITLE NUM START END BEFORE AFTER".split()
)


def find(tokens: list[Token]) -> list[Token]:
    """The tokens with every card as one, numbers and all, and what is said of it in the same part."""
    if not any(t.kind in ("CARD", "GRADIENT", "BLANK", "QUOTE", "COLOR", "REMOVE") for t in tokens):
        return tokens
    out: list[Token] = []
    for part, end in _parts(tokens):
        made = _numbered(_made(part))
        before = _last_part(out)
        told = {t.kind for t in before}
        follows = out and out[-1].kind in ("COMMA", "AND") and "CARD" in told
        if follows and "QUOTE" in told and _dresses(part):
            out.pop()  # "title card 'Trip', white text on black": one wish
            made = part
        elif out and out[-1].kind in ("COMMA", "AND") and _goes_on(before, part):
            del out[-len(before) - 1 :]  # 加个片头，写着“云南”，蓝色背景
            made = _numbered(_made([*before, *(t for t in part if t.kind not in ("PLACE", "ADD", "IT"))]))
        elif follows and [t.kind for t in made] == ["NUM"] and before[-1].kind == "CARD" and _has_numbers(before[-1]):
            card = before[-1]
            out[-2:] = [joined("CARD", [card, made[0]], (*card.value, int(made[0].value)))]
            made = []
        elif follows and [t.kind for t in made] == ["CARD"] and _has_numbers(made[0]) and _has_numbers(before[-1]):
            out[-2:] = [joined("CARD", [before[-1], made[0]], (*before[-1].value, *made[0].value))]
            made = []
        out += made
        out += end
    return out


def _parts(tokens: Sequence[Token]) -> Iterator[tuple[list[Token], list[Token]]]:
    part: list[Token] = []
    for at, token in enumerate(tokens):
        if token.kind in _PARTING and not _between_numbers(tokens, at):
            yield part, [token]
            part = []
        else:
            part.append(token)
    yield part, []


def _between_numbers(tokens: Sequence[Token], at: int) -> bool:
    """``between photo 2 and 3``: one part."""
    return kinds(tokens, at - 1, "NUM", "AND", "NUM") and any(t.kind == "BETWEEN" for t in tokens[max(0, at - 3) : at])


_FARTHEST = 60
"""Tokens that are looked back over: nobody says more of one card, and it keeps the work linear."""


def _last_part(out: list[Token]) -> list[Token]:
    at = len(out) - 1
    while at > 0 and len(out) - at < _FARTHEST and (out[at - 1].kind not in _PARTING or _between_numbers(out, at - 1)):
        at -= 1
    return out[at:-1] if out else []


_AT_AN_EDGE = frozenset(
    "AT TO OF DET FOR START END CARD ADD MAKE IN QUOTE SAY USE COLOR BACKGROUND ON STARTWITH ENDWITH".split()
)


def _goes_on(before: list[Token], part: list[Token]) -> bool:
    """Whether a part tells the words of a card, or the ground of words at an edge, that the part before it asks for."""
    told, said = {t.kind for t in before}, {t.kind for t in part}
    if not told & {"START", "END", "CARD"} or not told <= _AT_AN_EDGE:
        return False
    if "QUOTE" in told:
        return said == {"COLOR", "BACKGROUND"}
    # 上面写着“…”, "write 'X' on it"
    above = all(t.text.startswith("上") for t in part if t.kind == "PLACE")
    above = above and all("写" in t.text or t.text.lower() == "write" for t in part if t.kind == "ADD")
    if "CARD" in told and "QUOTE" in said:
        return above and said <= {*_STYLE, "QUOTE", "SAY", "RESAY", "PLACE", "ADD", "IT"} - {"TO", "FROM"}
    return "ADD" in told and above and said in ({"SAY", "QUOTE"}, {"SAY", "QUOTE", "PLACE"})


def _has_numbers(token: Token) -> bool:
    return token.kind == "CARD" and isinstance(token.value, tuple) and isinstance(token.value[0], int)


_SHORT = 6
"""Seconds up to which a time alone behind a card is the card's: "title card 'Trip', 2 seconds"; a longer one is the film's."""


def _dresses(part: list[Token]) -> bool:
    """Whether a part says nothing but how a card looks: "white on black", "with the subtitle '2024'", 白底黑字."""
    said = {t.kind for t in part}
    if (
        part
        and part[0].kind in ("SUBTITLE", "USE")
        and said <= {"SUBTITLE", "QUOTE", "USE", "SAY", "COLON"}
        and "QUOTE" in said
    ):
        return "SUBTITLE" in said
    if said == {"DUR"}:
        return bool(part[0].value <= _SHORT)
    dressed = said & {"COLOR", "FONT", "GRADIENT"} or ("DUR" in said and part[0].kind in ("FOR", "SHOW"))
    return bool(dressed) and said <= _STYLE


_GROUND = re.compile("background|背景", re.IGNORECASE)
_INTROS = ("intro", "outro", "opening", "closing", "片头", "片尾")


def _made(part: list[Token]) -> list[Token]:
    """The part with a ``CARD`` where its words make one, and without one where they do not."""
    said = {t.kind for t in part}
    cards = [at for at, t in enumerate(part) if t.kind == "CARD"]
    if cards:
        bare = part[cards[0]].text.lower() in ("card", "cards") and len(part) > 2 and not said & _SAID_OF_CARDS
        if bare:
            return [replace(t, kind="UNKNOWN") if t.kind == "CARD" else t for t in part]
        # The background of a photo takes AI to change; that of a card does not.
        return [replace(t, kind="BACKGROUND") if t.kind == "CLOUD" and _GROUND.search(t.text) else t for t in part]
    others = {"GRADIENT": "LATER", "BLANK": "UNKNOWN"}
    part = [replace(t, kind=others.get(t.kind, t.kind)) for t in part]
    if [t.kind for t in part] in (["REMOVE", "START"], ["REMOVE", "END"]) and part[1].text.lower() in _INTROS:
        return [part[0], replace(part[1], kind="CARD", value="start" if part[1].kind == "START" else "end")]
    for at, token in enumerate(part):
        if token.kind == "CLIP" and token.text.lower() in ("slide", "page") and _new_slide(part, at, said):
            return [*part[:at], replace(token, kind="CARD", value="any"), *part[at + 1 :]]
        if token.kind in ("START", "END", "STARTWITH", "ENDWITH") and "QUOTE" in said and _edge_card(part, at, said):
            value = "start" if token.kind.startswith("START") else "end"
            return [*part[: at + 1], Token("CARD", token.text, token.end, token.end, value), *part[at + 1 :]]
        if token.kind == "QUOTE" and _between_clips(part, said):
            return [*part[:at], Token("CARD", token.text, token.start, token.start, "any"), *part[at:]]
    return part


def _between_clips(part: list[Token], said: set[str]) -> bool:
    """``show "Chapter 1" on a black background before photo 1``: what has a ground and a place between photos is no title."""
    placed = any(kinds(part, i, "BEFORE|AFTER|BETWEEN", "CLIP|ORD|FIRST|LAST") for i in range(len(part))) or any(
        kinds(part, i, "CLIP", "BEFORE|AFTER|BETWEEN") for i in range(len(part))
    )
    return placed and bool(said & _PUTTING) and not said & _OTHER_WORDS and _has_ground(part)


def _new_slide(part: list[Token], at: int, said: set[str]) -> bool:
    """``put a blue slide with "Chapter 2" after photo 3``: no photo is meant."""
    before = part[at - 1].kind if at else ""
    if before in _POINTED or kinds(part, at + 1, "NUM|REF") or not said & _PUTTING:
        return False
    return "QUOTE" in said or (before == "COLOR" and not said & {"TITLE", "CAPTION"})


_OTHER_WORDS = frozenset(("CAPTION", "SUBTITLE", "LOWER_THIRD", "END_CARD"))


def _edge_card(part: list[Token], at: int, said: set[str]) -> bool:
    """``end with "Thanks" on a black background``, ``outro "Bye"``, 黑底白字的片头“…”: words with a ground of their own."""
    token = part[at]
    if said & {*_OTHER_WORDS, "REF", "CLIP"}:
        return False
    if any(t.kind == "TITLE" and t.text != "字" for t in part):
        return False
    if token.text.lower() in ("outro", "closing slide", "opening slide") and kinds(part, at + 1, "QUOTE"):
        return True
    return _has_ground(part)


def _has_ground(part: list[Token]) -> bool:
    return any(
        kinds(part, i, "COLOR", "BACKGROUND|BOX")
        or kinds(part, i, "BACKGROUND", "COLOR")
        or kinds(part, i, "ON", "COLOR")
        for i in range(len(part))
    )


def _numbered(part: list[Token]) -> list[Token]:
    """``card 2``, ``the second card``, ``all cards``, 第2张卡片, 卡片2; 一张卡片 is one, not a number of photos."""
    if not any(t.kind == "CARD" for t in part):
        return list(part)
    out = _counted(part)
    at = next(i for i, t in enumerate(out) if t.kind == "CARD")
    card = out[at]
    first, end, value = at, at + 1, card.value
    noun = at - 1 if kinds(out, at - 1, "CLIP") else at
    if kinds(out, noun - 2, "FROM_LAST", "ORD"):
        first, value = noun - 2, (-int(out[noun - 1].value),)
    elif kinds(out, noun - 1, "ORD"):
        first, value = noun - 1, (int(out[noun - 1].value),)
    elif kinds(out, noun - 2, "LAST|FIRST", "NUM") and noun < at:
        first, value = noun - 2, (-1 if out[noun - 2].kind == "LAST" else 1,)
    elif kinds(out, noun - 1, "LAST|FIRST"):
        first, value = noun - 1, (-1 if out[noun - 1].kind == "LAST" else 1,)
    elif kinds(out, noun - 1, "ALL|EACH"):
        first, value = noun - 1, "all"
    elif kinds(out, noun - 1, "NUM") and (noun < at or card.text.lower() == "cards"):
        first, value = noun - 1, ("count", int(out[noun - 1].value))
    elif noun < at:
        first = noun
    elif kinds(out, at + 1, "NUM") and not kinds(out, at + 2, "UNIT|CLIP"):
        end, value = at + 2, (int(out[at + 1].value),)
    elif card.text.lower() == "cards":
        value = "all"
    return [*out[:first], replace(joined("CARD", out[first:end], value), text=card.text), *out[end:]]


def _counted(part: list[Token]) -> list[Token]:
    """The part without 一张, which says of a card what "a" does; 最后一张 and 第一张 stay."""
    out: list[Token] = []
    for at, token in enumerate(part):
        one = kinds(part, at, "NUM", "CLIP") and token.value == 1 and token.text == "一"
        measured = token.kind == "CLIP" and kinds(part, at - 1, "NUM") and part[at - 1].text == "一"
        first = at if one else at - 1
        if (one or measured) and not kinds(part, first - 1, "LAST|FIRST|FROM_LAST|BEFORE|AFTER|ORD_MARK"):
            continue
        out.append(token)
    return out


_SAID_OF_IT = frozenset("COLOR BACKGROUND BOX GRADIENT FONT FONTWORD BIGGER REMOVE OFF".split())
_BESIDE_IT = frozenset("IT MAKE USE BE IN TO ON AS DET DEGREE FROM".split())


def of_it(before: Sequence[Token], tokens: Sequence[Token]) -> tuple[Token, ...] | None:
    """``add a title card "Trip" and make it blue``: the tokens with the card in the place of "it"; None: no card is meant."""
    card = next((t for t in before if t.kind == "CARD"), None)
    at = next((i for i, t in enumerate(tokens) if t.kind == "IT"), None)
    said = {t.kind for t in tokens} - _BESIDE_IT
    if card is None or at is None or not said or not said <= _SAID_OF_IT:
        return None
    words = next((t.value for t in before if t.kind == "QUOTE"), None)
    meant = replace(tokens[at], kind="CARD", value=card.value if words is None else ("says", words))
    return (*tokens[:at], meant, *tokens[at + 1 :])


_LOOKS = (
    "COLOR|BACKGROUND|BOX|GRADIENT|TITLE|FONTWORD|LOOKWORD|ON|IN|BE|DUR|FONT|REF|CUTS|AFTER|BEFORE|START|END|FIRST|LAST|ADJ|BLUR|"
    "SUBTITLE|BLANK|"
    "ADD|MAKE|USE|SHOW|MOVE|REPLACE|RENAME|RESAY|RESIZE|STARTWITH|ENDWITH*:parts"
)
_AROUND = "AT FOR FROM TO OF WITH_PREP AS COLON IT ALL DET SAY LONG CLIP"


def _rows(topic: str, *patterns: str, **says: Any) -> list[Phrase]:
    return [Phrase(f"& {pattern} ; {_AROUND}", topic, says, 0) for pattern in patterns]


FRAMES: tuple[Phrase, ...] = (
    *_rows("card", f"CARD*:parts QUOTE*:parts ; {_LOOKS}"),
    *_rows("card", *(f"CARD*:parts {what}*:parts ; {_LOOKS}" for what in ("COLOR", "DUR", "FONT", "BLUR", "ADJ", "GRADIENT", "MOVE", "ADD", "USE|SHOW"))),
    *_rows("card", f"CARD*:parts STARTWITH|ENDWITH|START|END|FIRST|LAST*:parts ; {_LOOKS}", f"CARD*:parts BIGGER:bigger ; DEGREE:degree {_LOOKS}", f"CARD*:parts RELATIVE:rel ; DEGREE:degree {_LOOKS}"),
    *_rows("card", f"CARD*:parts TITLE|FONTWORD*:parts ZOOM_IN|MORE ; DEGREE:degree {_LOOKS}", bigger=1.3),
    *_rows("uncard", "REMOVE|NOT*:parts CARD*:parts ; ADD|USE|SHOW|REF|AFTER|BEFORE|CUTS|START|END|FROM|IN|AT*:parts", "CARD*:parts OFF|OUT ; USE|MAKE*:parts"),
)  # fmt: skip
"""What is said of cards, in any order; the builder reads the parts."""
