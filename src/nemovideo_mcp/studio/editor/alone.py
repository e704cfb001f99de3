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
)
"""Topics after which a length on its own is still the film's."""
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
        return
    if (
        last is not None
        and last.topic == "filmfade"
        and not any(_length(readings[last.clause], last))
        and len(reading.clause.tokens) == 1
        and ask.slots["seconds"] <= LONGEST_FILM_FADE
    ):
        reading.asks.remove(ask)
        last.slots["seconds"] = ask.slots["seconds"]
        last.slots.setdefault("clauses", []).append(number)
        return
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


LONGEST_EACH = 1.5
"""Seconds that "each" behind transitions may have to be theirs."""


def each_cut(readings: list[Reading], number: int, ask: Ask) -> None:
    """``crossfade between the photos, 1 second each``: each transition, where nothing else is named."""
    reading, last = readings[number], earlier(readings, number, ask)
    alone = {t.kind for t in reading.clause.tokens} in ({"DUR", "EACH"}, {"DUR", "LONG"})
    free = last and last.topic == "transition" and "seconds" not in last.slots
    if alone and last and free and ask.slots["seconds"] <= LONGEST_EACH:
        reading.asks.remove(ask)
        last.slots["seconds"] = ask.slots["seconds"]


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
