"""What a Chinese clause that names nothing speaks of: the thing that the clause before finds fault with or only tells of.

谁让你加字的，去掉 takes the words away; 第一张是全景，镜头往右慢慢移过去 moves over the first photo.
"""

from dataclasses import replace
from itertools import pairwise

from nemovideo_mcp.studio.editor.clauses import Clause
from nemovideo_mcp.studio.editor.tokens import Token

DOING = frozenset(("MAKE", "ADD", "USE", "REMOVE", "MOVE", "SWAP", "KEEP", "SHOW", "RESIZE", "REPLACE", "TRIMWORD"))
"""Verbs of editing."""
OF_PICTURES = frozenset(("ZOOM_IN", "ZOOM_OUT", "PAN", "MOTION", "KEN_BURNS", "BLUR", "FILL", "STATIC", "FILTER"))
"""What is said of pictures only, not of the words on them."""


def taken_over(before: Clause, clause: Clause) -> Clause:
    """The clause with the thing that the one before was about; the same clause where it speaks of nothing that was."""
    for step in (_of_what_is_wrong, _of_the_topic, _of_the_words):
        if (meant := step(before, clause)) is not clause:
            return meant
    return clause


def _of_the_words(before: Clause, clause: Clause) -> Clause:
    """``“Only $5”移到左上角，字改红``: the words that were spoken of, where there are several on the screen."""
    named = [
        after
        for title, after in pairwise(before.tokens)
        if title.kind == "TITLE" and not title.text and after.kind == "QUOTE"
    ]
    titles = [at for at, t in enumerate(clause.tokens) if t.kind == "TITLE" and t.text in ("字", "文字", "标题", "")]
    if len(named) != 1 or len(titles) != 1 or any(t.kind in ("QUOTE", "ADD") for t in clause.tokens):
        return clause
    at = titles[0] + 1
    return replace(clause, tokens=(*clause.tokens[:at], named[0], *clause.tokens[at:]))


_OUT = frozenset("REF REMOVE NOT UNKNOWN DISLIKE MAKE GUARD TOO ADJ".split())
_IN = frozenset("REF USE INSTEAD REPLACE MAKE ADD".split())
_ONLY_FIRST = frozenset("ONLY KEEP FIRST DUR SHOW MAKE".split())
_PLACED = frozenset(("START", "END", "FIRST", "LAST"))
_CUT_AWAY = frozenset("TRIMWORD REMOVE MAKE".split())


def completed(before: Clause, clause: Clause) -> Clause | None:
    """The clause before with what this one says of it: ``第二张不要了，用beach那张顶上``, ``视频前面3秒没用，剪掉``."""
    kinds, there = {t.kind for t in clause.tokens}, {t.kind for t in before.tokens}
    if not in_chinese(before) or before.sentence < 0:
        return None
    news = [t for t in clause.tokens if t.kind == "REF" and len(t.value) == 1 and isinstance(t.value[0], str)]
    olds = [t for t in before.tokens if t.kind == "REF" and len(t.value) == 1]
    files = [t for t in olds if isinstance(t.value[0], str)]
    placed = bool(kinds & _PLACED) and kinds <= {"MOVE", "ADD", "IN", "TO", "AT", *_PLACED}
    if len(news) == len(olds) == 1 and there <= _OUT and kinds <= _IN and kinds & {"INSTEAD", "REPLACE", "MAKE"}:
        verb = Token("REPLACE", "", before.start, before.start)
        return replace(before, tokens=(verb, *olds, *news))
    if (
        "FIRST" in kinds
        and "DUR" in kinds <= _ONLY_FIRST
        and kinds & {"ONLY", "KEEP"}
        and len(olds) == 1
        and not there & DOING
    ):
        rest = tuple(t for t in clause.tokens if t.kind in ("FIRST", "DUR"))
        return replace(before, tokens=(Token("KEEP", "", before.start, before.start), *olds, *rest))
    if (
        len(files) == 1
        and there <= {"MAKE", "REF", "ADD", "USE", "MOVE"}
        and there & {"ADD", "USE"}
        and placed
        and not before.then
    ):
        return replace(before, tokens=(*before.tokens, *(t for t in clause.tokens if t.kind in _PLACED)))
    length = any(t.kind == "DUR" for t in before.tokens) and there & {"FIRST", "LAST"}
    if length and kinds <= _CUT_AWAY and kinds & {"TRIMWORD", "REMOVE"} and not there & DOING:
        kept = tuple(t for t in before.tokens if t.kind not in ("UNKNOWN", "NOT", "TOO", "GUARD"))
        return replace(before, tokens=(*clause.tokens, *kept))
    return None


ADDED = ("MANNER", "QUOTES")
_SUNG = frozenset("MANNER DEGREE MORE USE ADD MAKE TOO".split())


def adds_to(before: Clause, clause: Clause) -> bool:
    """``加首歌，抒情的``, ``每张配个说明，分别是爸爸、妈妈``: the kind of music, the words that were announced."""
    kinds, there = {t.kind for t in clause.tokens}, {t.kind for t in before.tokens}
    if not in_chinese(before) or clause.joined or clause.then:
        return False
    if "MANNER" in kinds <= _SUNG:
        return (
            "MUSIC" in there
            and bool(there & {"ADD", "USE"})
            and not there & {"MANNER", "SONG", "UNKNOWN", "NOT", "GENRE"}
        )
    announced = there & {"CAPTION", "SUBTITLE", "TITLE"} and not there & {"QUOTE", "QUOTES"}
    return bool(announced) and "QUOTES" in kinds <= {"QUOTES", "BE", "USE", "MAKE", "CAPTION"}


_NAMES_A_THING = frozenset(
    "REF FILM TITLE QUOTE MUSIC SONG TRANSITION CROSSFADE TKIND CUTS ALL_CUTS LENGTH EACH ALL_CLIPS CLIP LOGO SUBTITLE CAPTION SOUND EVERYTHING REST NEW COUNT BACKGROUND MOTION IT".split()
)
_SAYS_OF_A_THING: tuple[tuple[frozenset[str], frozenset[str], str], ...] = (
    (frozenset(("REMOVE",)), frozenset(("REMOVE", "ALL", "MAKE")), "TITLE MUSIC SUBTITLE LOGO TRANSITION CROSSFADE"),
    (frozenset(("MANNER",)), frozenset("MANNER USE ADD MAKE REPLACE DEGREE MORE TO".split()), "MUSIC GENRE SONG"),
    (frozenset(("REPLACE",)), frozenset("REPLACE NEW".split()), "MUSIC SONG"),
    (frozenset(("POINT",)), frozenset("FROM POINT START MOVE SHOW USE START_AT".split()), "MUSIC SONG"),
    (frozenset(("FADE_OUT", "FADE_IN")), frozenset("FADE_OUT FADE_IN LAST END START FIRST DUR ADD USE".split()), "MUSIC SONG"),
    (frozenset(("DUR",)), frozenset("DUR MAKE TO USE BE RESIZE".split()), "TRANSITION CROSSFADE"),
    (frozenset(("STROKE", "BOX", "COLOR", "FONT", "BIGGER", "SIZE_WORD", "PLACE", "LOWER", "HIGHER")), frozenset("STROKE BOX COLOR FONT BIGGER SIZE_WORD PLACE LOWER HIGHER MAKE ADD USE MOVE TO IN AT DEGREE".split()), "TITLE"),
    (frozenset(("RELATIVE",)), frozenset("RELATIVE SHOW DEGREE MORE MAKE LENGTH".split()), "TITLE SUBTITLE CAPTION"),
    (frozenset(("QUOTE",)), frozenset("QUOTE MAKE REPLACE TO SAY BE".split()), "TITLE"),
)  # fmt: skip
"""Of what is said of a thing by a clause that names none: one of these kinds, no others than those, and the things."""


_AT_FAULT = frozenset(("UNKNOWN", "NOT", "TOO", "GUARD", "DISLIKE"))


def _of_what_is_wrong(before: Clause, clause: Clause) -> Clause:
    """``谁让你加字的，去掉``, ``转场太拖了，0.3秒就行``, ``字看不清，加个黑色描边``: the thing that the clause before finds fault with
    or only tells of."""
    kinds, there = {t.kind for t in clause.tokens}, {t.kind for t in before.tokens}
    if kinds & (_NAMES_A_THING - {"QUOTE"}) or before.sentence < 0 or not in_chinese(before):
        return clause
    if "FADE_BOTH" in kinds <= {"FADE_BOTH", "ADD", "USE", "MAKE", "REPLACE"} and there & {"TRANSITION", "CROSSFADE"}:
        return replace(
            clause, tokens=tuple(replace(t, kind="CROSSFADE") if t.kind == "FADE_BOTH" else t for t in clause.tokens)
        )
    told = "POINT" in kinds  # 用那首歌，从第20秒开始放: said of what is done
    if there & {"REMOVE", "SWAP", "REF", "QUOTE", "QUOTES"} or (
        not told and there & DOING and not there & {"UNKNOWN", "NOT", "GUARD", "GENRE"}
    ):
        return clause
    for said, only, things in _SAYS_OF_A_THING:
        thing = next((t for t in before.tokens if t.kind in things.split()), None)
        if thing is None or not kinds & said or not kinds <= only:
            continue
        wrong = there & _AT_FAULT or any(t.complains or t.text.startswith("太") for t in before.tokens)
        if thing.kind == "TITLE" and not (wrong or said & {"REMOVE", "QUOTE"}):
            return clause  # 标题“新店开业”，红底黄字，放中间: its looks are added to the title that is made
        if said == {"DUR"} and any(t.value > 2 for t in clause.tokens if t.kind == "DUR"):
            return clause
        kind = "MUSIC" if thing.kind in ("GENRE", "SONG") else "TRANSITION" if thing.kind == "CROSSFADE" else thing.kind
        here = clause.tokens[0].start
        return replace(clause, tokens=(Token(kind, "", here, here), *clause.tokens))
    return clause


_OF_THE_TOPIC_KINDS = (
    "ADJ PROP FILTER MORE LESS DEGREE INTENSITY ZOOM_IN ZOOM_OUT PAN PLACE STATIC CONTAIN FILL BARS BLUR BORDER CROP NOT CAMERA MOVE MAKE USE SHOW ADD TO IN AT "
    "START END FIRST LAST REMOVE DUPLICATE LOOKWORD SLOWZOOM KEN_BURNS"
)
_OF_THE_TOPIC = frozenset(_OF_THE_TOPIC_KINDS.split())
_EXACTLY = frozenset("DUR MAKE TO SHOW BE".split())
_LASTS = frozenset("REF UNKNOWN RELATIVE SHOW MORE LESS DEGREE LENGTH TOO MAKE LONG BE".split())
_LOOKED_AT = frozenset("REF UNKNOWN NOT CROP CLIP FINE IT BE ALL COUNT".split())


def _of_the_topic(before: Clause, clause: Clause) -> Clause:
    """``第一张是全景，镜头往右慢慢移过去``, ``刚又传了一张beach，加到最后面``: a photo that was only told of stays the topic."""
    subjects = [t for t in before.tokens if t.kind == "REF"]
    kinds = {t.kind for t in clause.tokens}
    if len(subjects) != 1 or before.sentence < 0 or not in_chinese(before):
        return clause
    there = {t.kind for t in before.tokens}
    sliced = kinds == {"DUR", "COUNT"} and all(t.value == 1 for t in clause.tokens if t.kind == "COUNT")
    if sliced and "RELATIVE" in there <= _LASTS:
        lengths = (t for t in clause.tokens if t.kind == "DUR")
        return replace(clause, tokens=(subjects[0], *lengths))  # 头两张快点过，一秒一张
    if (
        [t.kind for t in clause.tokens] == ["SWAP"]
        and len(subjects[0].value) == 2
        and "SWAP" not in {t.kind for t in before.tokens}
    ):
        return replace(clause, tokens=(*clause.tokens, subjects[0]))  # 第三张和第四张反了，换过来
    if len(subjects[0].value) != 1:
        return clause
    there = {t.kind for t in before.tokens}
    if kinds <= _EXACTLY and "DUR" in kinds and there & {"RELATIVE"} and there <= _LASTS:
        return replace(clause, tokens=(subjects[0], *clause.tokens))  # 第一张多停会儿，五秒
    if not there <= _LOOKED_AT or not kinds <= _OF_THE_TOPIC:
        return clause
    placed = bool(kinds & {"MOVE", "ADD"} and kinds & _PLACED)
    if not (placed or kinds & OF_PICTURES or kinds & {"ADJ", "BARS", "CONTAIN", "CAMERA"}):
        return clause
    first = next((i + 1 for i, t in enumerate(clause.tokens[:1]) if placed), 0)
    return replace(clause, tokens=(*clause.tokens[:first], subjects[0], *clause.tokens[first:]))


def in_chinese(clause: Clause) -> bool:
    return any("一" <= token.text[:1] <= "鿿" for token in clause.tokens)
