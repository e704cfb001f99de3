"""The versions of a film, and which of them "undo", "redo" and "before the title" mean.

Nothing is ever taken out of a history: going back makes a new version that holds an old one's film and remembers whose it
is. So the way that undo and redo walk is a line of versions with a place on it: an edit cuts off what lies ahead of the
place and becomes its end, going back or forth only moves the place.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from nemovideo_mcp.timeline.model import Timeline

Topic = Literal["titles", "music", "transitions", "looks", "motion", "length", "order", "frame", "overlays", "cards"]


@dataclass(frozen=True, slots=True)
class Version:
    """One version: its number, what was said, its film, and the version that it went back to, if it did."""

    n: int
    instruction: str
    film: Timeline
    restores: int | None = None


_PARTS: dict[Topic, Callable[[Timeline], Any]] = {
    "titles": lambda film: [(t.text, t.style, t.position, t.color, t.size) for t in film.texts],
    "music": lambda film: [(m.media, m.volume, m.fade_in_ms, m.fade_out_ms, m.offset_ms) for m in film.music],
    "transitions": lambda film: [c.transition_in and c.transition_in.kind for c in film.clips],
    "looks": lambda film: {c.id: c.look for c in film.clips},
    "motion": lambda film: {c.id: (c.motion, c.strength) for c in film.clips},
    "length": lambda film: film.duration_ms,
    "order": lambda film: [c.id for c in film.clips],
    "overlays": lambda film: film.overlays,
    "cards": lambda film: [(c.id, c.background, c.gradient, c.media) for c in film.clips if c.kind == "card"],
    "frame": lambda film: (film.canvas, [c.fit for c in film.clips]),
}


class History:
    """A film's versions, the oldest first; the last one is the film as it is now."""

    def __init__(self, versions: Sequence[Version]) -> None:
        self.versions = tuple(versions)
        self._line, self._place = _walked(self.versions)

    def back(self, steps: int = 1) -> Version | None:
        """The version that so many undos lead to; None when the film has not that many edits behind it."""
        at = self._place - steps
        return self._line[at] if at >= 0 else None

    def forth(self, steps: int = 1) -> Version | None:
        """The version that so many redos lead to."""
        at = self._place + steps
        return self._line[at] if at < len(self._line) else None

    def numbered(self, n: int) -> Version | None:
        return next((version for version in self.versions if version.n == n), None)

    def before(self, topic: Topic) -> Version | None:
        """The version before the last edit that changed this part of the film."""
        part = _PARTS[topic]
        for at in range(self._place, 0, -1):
            if part(self._line[at].film) != part(self._line[at - 1].film):
                return self._line[at - 1]
        return None


def _walked(versions: Sequence[Version]) -> tuple[list[Version], int]:
    line: list[Version] = []
    place = -1
    for version in versions:
        known = next((i for i, old in enumerate(line) if old.n == version.restores), None)
        if version.restores is not None and known is not None:
            place = known
        else:
            line = [*line[: place + 1], version]
            place += 1
    return line, place
