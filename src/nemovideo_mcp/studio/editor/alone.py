"""What stands on its own in a clause and belongs to what was said before: a length, a length for each, "smooth"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nemovideo_mcp.studio.editor.asks import Ask, Reading


def earlier(readings: list[Reading], number: int, ask: Ask) -> Ask | None:
    """The ask before this one."""
    here = [a for a in readings[number].asks if a.first < ask.first]
    before = here or next((r.asks for r in reversed(readings[max(0, number - 4) : number]) if r.asks), [])
    return before[-1] if before else None


_OF_THE_FILM = (
    "wish",
    "canvas",
    "total",
    "no_music",
    "unmusic",
    "no_title",
    "untitle",
    "music",
    "template",
    "filmfade",
    "format",
    "card",
)
"""Topics after which a length on its own is still the film's."""
LONGEST_FILM_FADE = 5
"""Seconds that a length behind a fade of the film may have to be its length."""
LONGEST_FADE = 2
"""Seconds that a length behind transitions may have to be theirs: "wipes, 1 second"; more is the film's or nobody's."""


def bare(readings: list[Reading], number: int, ask: Ask) -> None:
    """A length on its own: of the title before it, or of the film when nothing else was said yet."""
    reading = readings[number]
    last = earlier(readings, number, ask)
    if (
        last is not None
        and last.topic == "transition"
        and "seconds" not in last.slots
        and ask.slots["seconds"] <= LONGEST_FADE
    ):
        reading.asks.remove(ask)
        last.slots["seconds"] = ask.slots["seconds"]
        last.slots.pop("rel", None)  # "the transitions are too long, 0.3 s"
        return
    if (
        last is not None
        and last.topic == "filmfade"
        and "seconds" not in last.slots
        and not any(_length(readings[last.clause], last))
        and len(reading.clause.tokens) == 1
        and ask.slots["seconds"] <= LONGEST_FILM_FADE
    ):
        reading.asks.remove(ask)
        last.slots["seconds"] = ask.slots["seconds"]
        last.slots.setdefault("clauses", []).append(number)
        return
    paced = last is not None and last.topic == "relative" and "each" in last.slots and _vague(last)
    if last is not None and paced and number - last.clause <= 2:
        ask.topic = "each"
        readings[last.clause].asks.remove(last)
        return  # "the photos should last longer, six seconds would be fine"
    if (
        last is not None
        and last.topic == "relative"
        and "clips" in last.slots
        and _vague(last)
        and number - last.clause == 1
    ):
        ask.topic, ask.slots["clips"] = "length", last.slots["clips"]
        return  # "give photo 2 more time, say 8 seconds"
    near = readings[max(0, number - 2) : number]
    if any(r.left and any(t.kind in _NAMED for t in r.clause.tokens) for r in near):
        reading.asks.remove(ask)
        reading.left += range(ask.first, ask.last)
        return  # "how can I get the photos to last longer? six seconds would be fine": not the film's
    calm = all(
        a.topic in _OF_THE_FILM or (a.topic in ("relative", "look") and "clips" not in a.slots)
        for r in readings[:number]
        for a in r.asks
    )
    if last is not None and last.topic == "title" and last.clause == number:
        reading.asks.remove(ask)
        reading.additions.append(replace(ask, topic="+window", slots={"long": ask.slots["seconds"]}))
    elif (calm or reading.clause.item) and (len(reading.clause.tokens) == 1 or _beside_frame(reading, ask)):
        ask.topic = "total"
    else:
        reading.asks.remove(ask)
        reading.left += range(ask.first, ask.last)


LONGEST_FILM_FADE = 5
"""Seconds that a length behind a fade of the film may have to be the fade's."""


def _length(reading: Reading, ask: Ask) -> Iterator[bool]:
    """Whether a length was said in what was read as this ask."""
    return (token.kind == "DUR" for token in reading.clause.tokens[ask.first : ask.last])


def _vague(ask: Ask) -> bool:
    """Whether how much longer or shorter was not said."""
    return (
        not ask.slots.keys() & {"delta", "by", "times", "half", "share"} and ask.slots.get("rel", ("",))[0] == "length"
    )


_NAMED = ("CLIP", "ALL_CLIPS", "REF", "EACH", "TITLE", "MUSIC", "TRANSITION", "CROSSFADE")
LONGEST_EACH = 1.5
"""Seconds that "each" behind transitions may have to be theirs."""


def each_cut(readings: list[Reading], number: int, ask: Ask) -> None:
    """``crossfade between the photos, 1 second each``: each transition, where nothing else is named."""
    reading, last = readings[number], earlier(readings, number, ask)
    kinds = {t.kind for t in reading.clause.tokens}
    faded = [a for r in readings[:number] for a in r.asks if a.topic == "filmfade"]
    if (
        last
        and faded
        and faded[-1].clause == last.clause
        and kinds <= {"DUR", "EACH", "LONG", "BE", "FOR", "OF", "SHOW", "WITH_PREP"}
    ):
        reading.asks.remove(ask)  # "fade in and out, each lasting 1.5 seconds"
        for fade in faded:
            fade.slots["seconds"] = ask.slots["seconds"]
        return
    alone = kinds <= {"DUR", "EACH", "LONG", "BE", "WITH_PREP"}
    free = last and last.topic == "transition" and "seconds" not in last.slots
    if alone and last and free and ask.slots["seconds"] <= LONGEST_EACH:
        reading.asks.remove(ask)
        last.slots["seconds"] = ask.slots["seconds"]


def of_music(readings: list[Reading], number: int, ask: Ask) -> None:
    """``music at 40%, fading out over the last 3 seconds``: the music fades, where no film and no colour is named."""
    reading, last = readings[number], earlier(readings, number, ask)
    way = ask.slots.get("way")
    said = {t.kind for t in reading.clause.tokens}
    near = last is not None and last.topic in ("music", "volume", "musicset") and number - last.clause <= 2
    alike = near and readings[last.clause].clause.sentence == reading.clause.sentence  # type: ignore[union-attr]
    if (
        not alike
        or way not in ("in", "out")
        or said & {"FILM", "COLOR", "FILM_FADE", "CLIP", "ALL_CLIPS"}
        or "LAST" not in said
    ):
        return
    reading.asks.remove(ask)
    seconds = {f"fade_{way}": ask.slots["seconds"]} if "seconds" in ask.slots else {f"fade_{way}": LONGEST_FADE}
    reading.additions.append(replace(ask, topic=f"+fade_{way}", slots=seconds))


def smooth(reading: Reading, ask: Ask) -> None:
    """``make it smooth`` speaks of the cuts when it says nothing else: "soft music" does not."""
    if len(reading.asks) == 1 and not reading.additions and not reading.left:
        ask.topic, ask.slots = "transition", {"kind": "crossfade", "smooth": True}
    else:
        reading.asks.remove(ask)
        reading.left += range(ask.first, ask.last)


def _beside_frame(reading: Reading, ask: Ask) -> bool:
    """``30s vertical video``, ``竖屏 20秒``: the frame right after the length, or the length right after it and then no more."""
    first, last = ask.first == 0, ask.last == len(reading.clause.tokens)
    listed = {a.topic for a in reading.asks} <= {"bare", "canvas", "wish", "music", "template", "filmfade", "total"}
    frames = [a for a in reading.asks if a.topic == "canvas"]
    if any((first and a.first == ask.last) or ((last or listed) and a.last == ask.first) for a in frames):
        return True
    # "6 seconds with music": what follows "with" is in the film, and the length is the film's.
    return first and not last and reading.clause.tokens[ask.last].kind == "USE"
