"""What was left over of a clause: whether its wishes may be done all the same, and how the rest was written."""

import re

from nemovideo_mcp.studio.editor import carried, circumstances_zh
from nemovideo_mcp.studio.editor.asks import REFUSED, Ask, Reading
from nemovideo_mcp.studio.editor.phrases import SOFT

_RULING = ("UNKNOWN", "REPLACE", "SWAP", "REMOVE", "MOVE", "RENAME", "SPLIT", "DUPLICATE", "TRIMWORD", "SORT")


def held(reading: Reading, ask: Ask) -> bool:
    """Whether the words that were not understood leave this ask as it is."""
    if ask.topic == "canvas" and any(a.topic in ("cloud", "publish") and a.first == 0 for a in reading.asks):
        return False  # "upscale to 4k", "post it on instagram": an order of another kind
    troubles = list(reading.left) + [a.first for a in reading.asks if a.topic in REFUSED and a is not ask]
    if any(reading.clause.tokens[at].kind in ("REF", "NEW", "REST") for at in reading.left):
        return False  # "make photo 2 vertical": what is said of one clip is not done to the film
    if not troubles or ask.level == 2:
        return True
    if reading.left and reading.left[0] == 0 and reading.clause.tokens[0].kind in _RULING:
        return False  # an unknown verb rules all that follows: "sync the photos with the music"
    if ask.level == 0:
        return False
    tokens = reading.clause.tokens
    for at in troubles:
        # "with a dog singing" is a wish beside this one; other words that follow may narrow it down.
        beside = any(tokens[i].kind == "USE" for i in range(ask.last, at + 1))
        if at >= ask.last and not beside:
            return False
    return True


def left_texts(reading: Reading, text: str) -> list[str]:
    """The unused words of a clause as they were written, neighbours together."""
    tokens = reading.clause.tokens
    groups: list[list[int]] = []
    for at in reading.left:
        if groups and all(tokens[i].kind in SOFT for i in range(groups[-1][-1] + 1, at)):
            groups[-1].append(at)
        else:
            groups.append([at])
    return [_written(reading, group[0], group[-1], text) for group in groups]


_ARTICLES = ("a", "an", "the", "some", "very", "really")


def _written(reading: Reading, first: int, last: int, text: str) -> str:
    """Tokens as they stand in the text, with an article before them."""
    tokens = reading.clause.tokens
    start = tokens[first].start
    if first and tokens[first - 1].end <= start:
        between = text[tokens[first - 1].end : start]
        if between.strip().lower() in _ARTICLES:
            start -= len(between.lstrip())
    return text[start : tokens[last].end].strip()


_NAMED = frozenset(
    "FILE CUTS NEW REST QUOTE QUOTES OPEN_QUOTE CLOUD LATER GENRE PUBLISH EXPORT DUR PERCENT SPAN".split()
)
"""What a clause that only tells how things are does not hold."""


def circumstances(readings: list[Reading], done: set[int]) -> set[int]:
    """The clauses, by number, that ask for nothing and only tell why, for whom or when, beside those that are ``done``."""
    found: set[int] = set()
    for number in range(len(readings) - 1, -1, -1):  # a complaint may lead to a complaint that leads to the remedy
        reading = readings[number]
        if number in done or (reading.asks and not reading.left) or not done:
            continue
        if {token.kind for token in reading.clause.tokens} & _NAMED or not _same(readings, number):
            continue
        if (
            circumstances_zh.states(reading.raw)
            or _said_already(readings, number)
            or (number + 1 in (done | found) and _remedied(reading, readings[number + 1]))
        ):
            found.add(number)
    return found


def _said_already(readings: list[Reading], number: int) -> bool:
    """只要那段视频，照片都不要; 学校投影仪是4:3的，改一下比例: whether the clause before has said it all."""
    topics = {ask.topic for reading in readings[max(0, number - 2) : number] for ask in reading.asks}
    kinds = {token.kind for token in readings[number].clause.tokens}
    if "keep" in topics and "NOT" in kinds:
        return kinds <= {"NOT", "CLIP", "ALL_CLIPS", "REST", "NEW", "ALL", "EVERYTHING"}
    if re.fullmatch(
        r"(?:都|全|全部|就|统一)*(?:用|要|选)(?:那个|这个|那种|这种|它|这样|那样)(?:吧|就行|的)?", readings[number].raw
    ):
        return bool(topics)
    if "reverse" in topics and "REF" in kinds:  # 倒过来放，最后一张变第一张
        ends = all(set(t.value) <= {1, -1} for t in readings[number].clause.tokens if t.kind == "REF")
        return ends and kinds <= {"REF", "MAKE", "MOVE", "TO", "FIRST", "LAST", "START", "END"}
    if "pair" in topics and kinds == {"BESIDE"}:
        return True
    if "music" in topics and "WHOLE" in kinds:
        return kinds <= {"WHOLE", "SHOW", "USE", "LOOP", "MUSIC"}
    return "canvas" in topics and "FRAME_WORD" in kinds and kinds <= {"FRAME_WORD", "MAKE", "FILM", "IT"}


def _same(readings: list[Reading], number: int) -> bool:
    """第三张糊了，不要了: whether a photo that is named is the one that something is done to in the next clause."""
    named = [token.value for token in readings[number].clause.tokens if token.kind == "REF"]
    follows = readings[number + 1].clause.tokens if number + 1 < len(readings) else ()
    return not named or any(token.kind == "REF" and token.value == named[0] for token in follows)


def _remedied(reading: Reading, follows: Reading) -> bool:
    """歌收尾太突然，最后5秒慢慢变小声; 不要那些花里胡哨的切换，直接切就行: what is wrong, and then what it should be."""
    unwanted = any(token.kind in ("NOT", "DISLIKE", "TOO", "GUARD") for token in reading.clause.tokens)
    if unwanted and carried.of_one_thing(reading.clause, follows.clause) and not reading.asks:
        return "一" <= reading.raw[:1] <= "鿿"
    return circumstances_zh.complains(reading.raw) and _remedies(reading, follows)


_ON_ITS_OWN = frozenset("MUSIC SONG TITLE TRANSITION CROSSFADE TKIND SOUND LOGO CAPTION SUBTITLE LENGTH".split())


def _remedies(complaint: Reading, remedy: Reading) -> bool:
    """Whether the next clause speaks of what a complaint is about: it names no thing of its own, or the same in a character."""
    said = (token.text for token in remedy.clause.tokens if token.kind in _ON_ITS_OWN)
    subjects = [text for text in said if text and text not in carried.FILM_TOO]
    return not subjects or any(character in complaint.raw for subject in subjects for character in subject)


_SEEMS = ("看着", "看上去", "看起来", "显得", "感觉", "这样看")


def _no_song(here: Reading, follows: Reading | None) -> bool:
    """我没歌，你给个开心的: that there is none is no wish for none."""
    none = any(token.text in ("没", "没有") for token in here.clause.tokens if token.kind == "NOT")
    asked = follows is not None and any(ask.topic == "music" for ask in follows.asks)
    return none and asked and {ask.topic for ask in here.asks} == {"no_music"}


def seeming(readings: list[Reading]) -> set[int]:
    """The clauses that were read as a wish and are none: 色调暖一些，看着温馨 is no template, 我没歌，你给个开心的 no wish for silence,
    那个标题挡住娃的脸了，挪到下面去 says why. Their asks are taken from them."""
    found: set[int] = set()
    for number, here in enumerate(readings):
        before = readings[number - 1] if number else None
        follows = readings[number + 1] if number + 1 < len(readings) else None
        topics = {ask.topic for ask in here.asks}
        looked = before is not None and any(ask.topic == "look" for ask in before.asks)
        if (here.raw.startswith(_SEEMS) and topics == {"template"} and looked) or _no_song(here, follows):
            here.asks.clear()
            here.left.clear()
            found.add(number)
        elif topics == {"title"} and here.left and follows is not None and _in_the_way(here, follows):
            here.left.clear()
    return found


def _in_the_way(here: Reading, follows: Reading) -> bool:
    """Whether a clause names words on the screen and tells what is wrong with them, and the next one says what to do."""
    named = all(ask.slots.get("text") and "elsewhere" in ask.slots for ask in here.asks)
    return named and not follows.asks and circumstances_zh.complains(here.raw)
