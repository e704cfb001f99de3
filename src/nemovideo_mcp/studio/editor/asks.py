"""Clauses → asks: what each phrase of an instruction wants, with its additions, and what was not understood.

Nothing is dropped without a word: a token either belongs to a phrase, or is one of the words that say nothing here
(`phrases.SOFT`), or is reported. Nothing is guessed: a phrase beside words that are not understood is done only if they
cannot change its sense (see ``level`` in `phrases`).
"""

import re
from dataclasses import dataclass, field, replace
from typing import Any

from nemovideo_mcp.studio.editor import alone, carried, circumstances, lexicon, passing
from nemovideo_mcp.studio.editor.clauses import Clause, asking
from nemovideo_mcp.studio.editor.matcher import match, needed
from nemovideo_mcp.studio.editor.phrases import BY_FIRST, SOFT, Phrase
from nemovideo_mcp.studio.editor.selections import has_rule
from nemovideo_mcp.studio.editor.tokens import Token

_WORDY = ("title", "retitle", "restyle", "captions", "number", "subtitles")
_STYLED = ("+color", "+place", "+size", "+font", "+stroke", "+box", "+align", "+enter", "+leave", "+at")
ACCEPTS: dict[str, tuple[str, ...]] = {
    "+text": ("title",),
    "+window": ("title", "retitle", "restyle", "subtitles", "overlay"),
    **dict.fromkeys(_STYLED, _WORDY),
    **dict.fromkeys(("+place", "+at", "+size"), (*_WORDY, "overlay")),
    "+opacity": ("overlay",),
    "+clips": ("title", "overlay", "captions", "number", "motion", "fit", "look", "transition"),
    "+all": ("overlay", "motion", "fit", "look", "captions", "number", "transition"),
    "+cuts": ("transition",),
    "+desc": ("sort",),
    "+all_cuts": ("transition",),
    "+volume": ("music", "volume", "sound"),
    "+fade_in": ("music", "volume", "musicset", "title", "restyle"),
    "+fade_out": ("music", "volume", "musicset", "title", "restyle"),
    "+fades": ("music", "volume", "musicset", "title", "restyle"),
}
"""The topics that an addition can belong to."""

REFUSED = ("cloud", "later", "publish", "genre", "poster", "export", "account", "unreverse")
"""Topics that are understood and cannot be done by an edit."""

_PUTS = ("put", "place", "stick", "write", "print", "放上")
"""Verbs of adding that also move what is there."""
BLOCKING = {
    "NOT": "negated", "GUARD": "guarded", "ONLY": "guarded", "EXCEPT": "guarded", "KEEP": "guarded",
    "INSTEAD": "guarded", "DISLIKE": "negated", "FINE": "statement", "QUESTION": "question", "WHICH": "which_clip", "OPEN_QUOTE": "open_quote",
}  # fmt: skip
_QUIET_KINDS = "CLIP ALL_CLIPS COUNT DET AUDIENCE FOR PICTURE_FORMAT FROM OF IN TO AS ON AT IT COLON DASH"
_QUIET = frozenset(_QUIET_KINDS.split())


@dataclass(slots=True)
class Ask:
    """One wish: its topic, its values, and the clause (by number) that it stands in."""

    topic: str
    slots: dict[str, Any]
    clause: int
    first: int
    last: int
    level: int
    corrects: bool = False
    then: bool = False
    complains: bool = False


@dataclass(slots=True)
class Reading:
    """A clause as it was read. ``left`` are the tokens that carry meaning and were not used."""

    clause: Clause
    text: str
    asks: list[Ask] = field(default_factory=list)
    additions: list[Ask] = field(default_factory=list)
    left: list[int] = field(default_factory=list)
    film: bool = False
    unclear: bool = False
    held_back: bool = False
    """Whether an exception that cannot be made stands in its way."""
    aside: tuple[str, ...] = ()
    """What was left out of it to read it: for whom, why, for what day."""
    raw: str = ""
    """The clause as it was written, with the words that say nothing."""
    passing: bool = False
    """Whether the whole of it is such a thing, or tells of something outside the film."""

    @property
    def blocked(self) -> str | None:
        """Why nothing of this clause may be done, whatever it holds."""
        if any(ask.topic == "export" for ask in self.asks):
            return "export"
        if self.unclear:
            return "which"
        if self.held_back:
            return "guarded"
        if len(self.asks) > 1 and any(ask.topic == "keep" for ask in self.asks):
            return "guarded"
        if len(self.asks) > 1 and any(ask.topic == "recall" for ask in self.asks):
            return "whole_edits"
        tokens = self.clause.tokens
        if sum(t.kind == "DUR" for t in tokens) > 1 and any(t.kind == "REF" and has_rule(t.value) for t in tokens):
            return "guarded"  # "5 s each except the first, which is 10 s": whose are the 10 s?
        for at in self.left:
            kind = self.clause.tokens[at].kind
            if kind == "GUARD" and asking(self.clause.tokens[at], at):
                return "question"
            if kind in BLOCKING:
                return BLOCKING[kind]
        return None


def read(clauses: list[Clause], text: str, said: Clause | None = None) -> list[Reading]:
    """Every clause read, additions joined to what they add to. ``said`` is what the instruction before spoke of."""
    readings: list[Reading] = []
    for number, clause in enumerate(carried.carry(clauses, said)):
        readings.append(_beside_circumstances(_scan(clause, number, text), number, text))
    _attach(readings)
    for number in range(1, len(readings)):
        readings[number].passing = readings[number].passing or passing.goes_on(readings, number)
    low = 0
    for number, reading in enumerate(readings):
        high = readings[number + 1].clause.start if number + 1 < len(readings) else len(text)
        reading.raw = _written(text, reading.clause, low, high)
        low = max(low, reading.clause.tokens[-1].end)
    return readings


_STOPS = "，。,.!！?？;；、\n"


def _written(text: str, clause: Clause, low: int, high: int) -> str:
    """The clause with all that stands beside it up to a stop, or to the clause before (``low``) or behind it (``high``)."""
    first, last = clause.start, clause.tokens[-1].end
    while first > low and text[first - 1] not in _STOPS:
        first -= 1
    while last < min(high, len(text)) and text[last] not in _STOPS:
        last += 1
    return text[first:last].strip().removeprefix("了")


_TAKING = ("remove", "unwanted", "keep", "replace", "trim", "shave", "untitle", "unmusic", "unlook", "overlay_gone")
"""Topics that take something away: what stands beside them might tell which."""
_OF_THE_WHOLE = ("canvas", "total", "template", "shuffle", "reverse", "sort", "wish", "described")
"""Topics that are said of the whole film, so that no place and no occasion beside them tells which part."""


def _beside_circumstances(reading: Reading, number: int, text: str) -> Reading:
    """The clause read without its circumstances, where that is what it takes to read all of it."""
    if not reading.left and (reading.asks or reading.additions or reading.film):
        return reading
    clause = reading.clause
    whole = bool(reading.asks) and all(ask.topic in _OF_THE_WHOLE for ask in reading.asks)
    found = circumstances.without(clause.tokens, reading.left, whole)
    if found is None:
        reading.passing = passing.in_passing(reading)
        return reading
    kept, spans = found
    again = _scan(replace(clause, tokens=kept), number, text)
    openers = {clause.tokens[start].kind for start, _ in spans}
    which = any(ask.topic in _TAKING for ask in again.asks) and not openers <= {"WHY", "GUARD", "UNKNOWN", "TO"}
    if again.left or which or not (again.asks or again.additions or again.film):
        reading.passing = passing.in_passing(reading)
        return reading
    again.text = reading.text
    again.aside = tuple(text[clause.tokens[start].start : clause.tokens[end - 1].end] for start, end in spans)
    return again


def _scan(clause: Clause, number: int, text: str) -> Reading:
    tokens = clause.tokens
    reading = Reading(clause, text[clause.start : tokens[-1].end].strip())
    at = 0
    soft: set[str] = set()
    rows = possible(tokens)
    photos = any(_photos(token) for token in tokens)
    adds = any(token.kind == "ADD" and token.text.lower() not in _PUTS for token in tokens)
    while at < len(tokens):
        room = at < LONGEST_CLAUSE and len(reading.asks) + len(reading.additions) < MOST_ASKS
        found = _best(tokens, at, rows) if room else None
        if found is None:
            if tokens[at].kind in SOFT:
                soft.add(tokens[at].kind)
            else:
                reading.left.append(at)
            at += 1
            continue
        phrase, used, length, slots = found
        reading.left += [i for i in range(at, at + length) if i not in used]
        values = {**phrase.says, **slots}
        if photos and phrase.topic in _OF_PHOTOS:
            values["photos"] = True
        if phrase.topic in ("title", "overlay"):
            values["adds"] = adds
        over = phrase.topic == "join" and "at" not in values and lexicon.is_logo(values["media"])
        topic = "overlay" if over else phrase.topic
        complains = any(map(_complains, tokens[at : at + length]))
        ask = Ask(topic, values, number, at, at + length, phrase.level, clause.corrects, clause.then, complains)
        (reading.additions if phrase.topic.startswith("+") else reading.asks).append(ask)
        at += length
    _one_title(reading)
    reading.film = "FILM" in soft or any(
        ask.topic == "wish" or (ask.topic == "total" and ask.level == 2) for ask in reading.asks
    )
    if not reading.asks and not reading.additions and not reading.left and not reading.film:
        spoken = soft - _QUIET
        if spoken and not (spoken == {"USE"} and soft & {"CLIP", "ALL_CLIPS", "COUNT"}):
            reading.left = list(range(len(tokens)))
    return reading


def _one_title(reading: Reading) -> None:
    """``text at the bottom: follow us``: the title that is announced and the one that has the words are one."""
    titles = [ask for ask in reading.asks if ask.topic == "title"]
    if len(titles) == 2 and "text" not in titles[0].slots and "text" in titles[1].slots:
        titles[1].slots = {**titles[0].slots, **titles[1].slots}
        titles[1].first = titles[0].first
        reading.asks.remove(titles[0])


MOST_ASKS = 40
"""Wishes in one part of an instruction at most; nobody says more without a comma, and it keeps the work linear."""
LONGEST_CLAUSE = 400
"""Words of one part that are read at most; what follows is reported as not understood."""


def _complains(token: Token) -> bool:
    hardly = token.kind == "LOUDER" and "hear" in token.text.lower()
    return token.complains or token.text.startswith("too ") or "太" in token.text or hardly


_OF_PHOTOS = ("look", "motion", "fit", "each", "number", "unlook")
_COUNTED = re.compile(r"^(?:\d+|[一二两三四五六七八九十]+) 张(?=[照图相])")
_PHOTO_WORDS = ("photo", "pic", "image", "img", "snap", "foto", "照片", "图", "相片")


def _photos(token: Token) -> bool:
    """Whether the photos are named, and not all clips."""
    said = (
        _COUNTED.sub("", token.text.lower())
        .removeprefix("all ")
        .removeprefix("所有 ")
        .removeprefix("every ")
        .removeprefix("both ")
    )
    return token.kind in ("CLIP", "ALL_CLIPS", "COUNT") and said.startswith(_PHOTO_WORDS)


def possible(tokens: tuple[Token, ...]) -> dict[str, list[Phrase]]:
    """The phrases that may match in a clause, by the kind that they begin with: those whose needed kinds are all in it."""
    present = frozenset(token.kind for token in tokens)
    return {
        kind: [
            row for row in BY_FIRST.get(kind, ()) if not any(present.isdisjoint(kinds) for kinds in needed(row.pattern))
        ]
        for kind in present
    }


def _best(
    tokens: tuple[Token, ...], at: int, rows: dict[str, list[Phrase]]
) -> tuple[Phrase, tuple[int, ...], int, dict[str, Any]] | None:
    """The longest phrase that begins here; of equally long ones the first in the table."""
    best: tuple[Phrase, tuple[int, ...], int, dict[str, Any]] | None = None
    for phrase in rows.get(tokens[at].kind, ()):
        found = match(phrase.pattern, tokens, at)
        if found and (best is None or found.length > best[2]):
            best = (phrase, found.used, found.length, found.slots)
    return best


def _attach(readings: list[Reading]) -> None:
    for number, reading in enumerate(readings):
        for ask in [a for a in reading.asks if a.topic == "bare"]:
            alone.bare(readings, number, ask)
        for ask in [a for a in reading.asks if a.topic == "filmfade"]:
            alone.of_music(readings, number, ask)
        for ask in [a for a in reading.asks if a.topic in ("each", "total")]:
            alone.each_cut(readings, number, ask)
        for ask in [a for a in reading.asks if a.topic == "smooth"]:
            alone.smooth(reading, ask)
        reading.unclear = any(_unclear(readings, number, ask) for ask in reading.asks)
        for addition in reading.additions:
            if _a_thing(reading, addition, _worded(readings, reading)):
                reading.left += range(addition.first - 1, addition.last)
                continue
            owner = _owner(readings, number, addition)
            if owner is not None and owner.clause != number and any(ask.topic in REFUSED for ask in reading.asks):
                owner = None  # "rotate the rocket to the left": not the place of the title before
            if owner is not None and owner.clause != number and reading.blocked:
                owner = None  # 所有转场设为无，仅在最后一张前使用淡入黑场
            bare = owner is None and addition.topic in _STYLED and _pronoun(reading)
            if bare and not _worded(readings, reading) and _of_words(readings[: number + 1]):
                named = {"noun": True} if any(t.kind == "TITLE" for t in reading.clause.tokens) else {}
                owner = Ask("restyle", named, number, addition.first, addition.last, 0, reading.clause.corrects, False)
                reading.asks.append(owner)
            if owner is None and (fade := _film_fade(reading, addition)):
                reading.asks.append(fade)
            elif owner is None:
                reading.left += range(addition.first, addition.last)
            else:
                if any(t.kind == "BOTH" for t in reading.clause.tokens):  # "both at the top"
                    for other in _others(readings, reading, owner):
                        other.slots = addition.slots | other.slots
                owner.slots |= addition.slots
                if owner.clause != number:
                    owner.slots.setdefault("elsewhere", []).append(number)
                owner.complains = owner.complains or addition.complains
                owner.slots.setdefault("added", []).append((addition.topic, tuple(addition.slots)))
        reading.left.sort()


def _others(readings: list[Reading], reading: Reading, owner: Ask) -> list[Ask]:
    """The other wishes of the sentence about the same sort of thing."""
    same = [r for r in readings if r.clause.sentence == reading.clause.sentence]
    return [ask for r in same for ask in r.asks if ask.topic == owner.topic and ask is not owner]


def _a_thing(reading: Reading, addition: Ask, worded: bool) -> bool:
    """``add snow``: the name of a colour that something is asked for by; behind a title, 用黄色 is its colour."""
    tokens = reading.clause.tokens
    return (
        addition.topic == "+color"
        and tokens[addition.first].kind == "COLOR"
        and addition.first > 0
        and tokens[addition.first - 1].kind in ("ADD", "GENERATE", *(() if worded else ("USE",)))
        and len(tokens) == 2
    )


def _of_words(readings: list[Reading]) -> bool:
    """Whether nothing but words on the screen was spoken of last: "zoom in on photo 1, blue" says nothing of a title."""
    spoken = [ask for reading in readings for ask in reading.asks]
    return not spoken or spoken[-1].topic in _WORDY


def _worded(readings: list[Reading], reading: Reading) -> bool:
    """Whether the sentence speaks of words on the screen already."""
    same = [r for r in readings if r.clause.sentence == reading.clause.sentence]
    return any(ask.topic in _WORDY and ask.topic != "restyle" for r in same for ask in r.asks)


_SUBJECTS = {
    "FILM", "CLIP", "ALL_CLIPS", "REF", "COUNT", "EACH", "BACKGROUND", "MUSIC", "TRANSITION", "MOTION", "BARS", "BORDER",
    "SOUND", "CROSSFADE", "EVERYTHING",
}  # fmt: skip


def _pronoun(reading: Reading) -> bool:
    """Whether the clause speaks of something said before: "make it blue", "bigger"."""
    kinds = {token.kind for token in reading.clause.tokens}
    return not kinds & _SUBJECTS


def _film_fade(reading: Reading, addition: Ask) -> Ask | None:
    """``fade out at the end`` beside no music and no title: the film's own fade."""
    way = {"+fade_in": "in", "+fade_out": "out", "+fades": "both"}.get(addition.topic)
    if way is None:
        return None
    said = addition.slots.get("fade_in", addition.slots.get("fade_out", addition.slots.get("fades")))
    explicit = any(t.kind == "DUR" for t in reading.clause.tokens[addition.first : addition.last])
    slots = {"way": way, "seconds": said if explicit else 1.0}
    return replace(addition, topic="filmfade", slots=slots)


def _unclear(readings: list[Reading], number: int, ask: Ask) -> bool:
    """``add a title "Summer" and make it 5 seconds``: the film or the title?"""
    if ask.topic in ("relative", "motion") and _beside(readings[number].clause.tokens, ask):
        return True
    if ask.topic == "relative" and any(
        other.topic in ("motion", "transition", "music", "volume", "title") and other.first < ask.first
        for other in readings[number].asks
    ):
        return True  # "the slow zoom is too slow"
    if ask.topic != "total" or ask.level == 2 or readings[number].clause.item:
        return False
    last = alone.earlier(readings, number, ask)
    said = {token.kind for token in readings[number].clause.tokens[ask.first : ask.last]}
    named = bool(said & {"FILM", "LENGTH"})
    if last is not None and last.topic == "music" and last.clause == number:
        return last.level == 0  # "make the music 30 seconds long"
    return last is not None and last.topic == "title" and (last.clause == number or not named)


_PACELESS = ("MUSIC", "TITLE", "CAPTION", "SUBTITLE", "SOUND", "FONTWORD")


def _beside(tokens: tuple[Token, ...], ask: Ask) -> bool:
    """``make the music faster``: a pace or a length said of something that is not the film."""
    around = (ask.first - 1, ask.last)
    return any(0 <= at < len(tokens) and tokens[at].kind in _PACELESS for at in around)


def _owner(readings: list[Reading], number: int, addition: Ask) -> Ask | None:
    """What an addition belongs to: the nearest fitting ask before it, else the nearest after it."""
    wanted = ACCEPTS[addition.topic]
    sentence = readings[number].clause.sentence
    near = [a for r in readings if r.clause.sentence == sentence for a in r.asks]
    if any(ask.topic in REFUSED for ask in readings[number].asks):
        near = readings[
            number
        ].asks  # "remove the background of photo 1, and make all vivid": it is said of what cannot be done
    before = [a for a in near if (a.clause, a.first) < (number, addition.first)]
    after = [a for a in near if (a.clause, a.first) > (number, addition.first)]
    for candidates in (before[::-1], after):
        for ask in candidates:
            if ask.topic in wanted:
                if _free(ask, addition):
                    return ask
                if ask.clause == number and candidates is not after:
                    return None  # "in white and in blue": the second is not said of what comes later
            elif ask.topic in ("title", "music") and addition.topic.startswith("+fade"):
                break
    return None


def _free(ask: Ask, addition: Ask) -> bool:
    if addition.topic == "+window":
        taken = {key for topic, keys in ask.slots.get("added", ()) if topic == "+window" for key in keys}
        new = set(addition.slots)
        # "for 5 s starting at 2 s" and "at the end for 4 s" are one window in two parts.
        return not taken or (
            (new | taken) in ({"long", "start"}, {"long", "edge"}, {"start", "until"}) and not new & taken
        )
    said = [topic for topic, _ in ask.slots.get("added", ())]
    return addition.topic not in said and not any(key in ask.slots for key in addition.slots)
