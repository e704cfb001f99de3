"""One difference between two drafts, and how several of them are said together."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from nemovideo_mcp.timeline.leaves import MISSING, Path, shown, spelt

Aspect = Literal[
    "frame", "length", "clips", "order", "transition", "motion", "fit", "look", "speed", "sound", "piece", "pair", "fade",
    "title", "music",
    "overlay", "field",
]  # fmt: skip
"""What a difference is about. ``sound`` is that of clips, ``piece`` the part of the material that they show; a ``field`` is
something whose meaning is not known."""

WHO = "\x00"
"""Stands in a sentence for the name of what it speaks of."""
SHOWN = 5
"""Names in one sentence; the others are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """``said`` is a sentence, with `WHO` where the name of the clip, title or sound goes. ``of`` is how many clips there are
    now, for what is said of a clip. ``before`` and ``after`` are plain JSON values, times in seconds."""

    aspect: Aspect
    said: str
    name: str = ""
    of: int = 0
    before: Any = None
    after: Any = None


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence about one or more differences. For several, the values are lists, one for each."""

    text: str
    before: Any = None
    after: Any = None


def field(path: Path, before: Any, after: Any, name: str, of: int = 0) -> Difference:
    """A change in a field whose meaning is not known."""
    values = [None if value is MISSING else value for value in (before, after)]
    said = f"Field {spelt(path)} of {WHO}: {shown(before)} → {shown(after)}."
    return Difference(aspect="field", said=said, name=name, of=of, before=values[0], after=values[1])


def lines(found: Iterable[Difference]) -> tuple[Line, ...]:
    """The differences in sentences: what has changed in the same way for several clips is said once."""
    groups: dict[str, list[Difference]] = {}
    for one in found:
        groups.setdefault(one.said, []).append(one)
    return tuple(_line(said, group) for said, group in groups.items())


def _line(said: str, group: Sequence[Difference]) -> Line:
    if group[0].of == len(group) > 1:
        who = "Every clip" if said.startswith(WHO) else "every clip"
    else:
        who = listed([one.name for one in group])
    before, after = [one.before for one in group], [one.after for one in group]
    return Line(said.replace(WHO, who), *((before[0], after[0]) if len(group) == 1 else (before, after)))


def listed(names: Sequence[str]) -> str:
    """Names in a row, as many as a reader takes in."""
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return ", ".join(names[:SHOWN]) + more
