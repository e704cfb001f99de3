"""The order of the clips as a whole."""

import random
import re
from dataclasses import replace
from typing import Literal

from pydantic import Field

from nemovideo_mcp.timeline.dates import comparable, moment, names
from nemovideo_mcp.timeline.model import Timeline
from nemovideo_mcp.timeline.operations.base import (
    BaseOperation,
    Clips,
    OperationError,
    Pool,
    Step,
    counted,
    named,
    pick,
    plural,
    relay,
    reordered,
)
from nemovideo_mcp.timeline.time import spoken

_DIGITS = re.compile(r"(\d+)")


def natural(name: str) -> tuple[tuple[int, int, str], ...]:
    """A key that sorts names as people do: ``p2`` before ``p10``, whatever the case."""
    parts = _DIGITS.split(name.casefold())
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts if part)


class ReverseClips(BaseOperation):
    """Turn the order of all clips around."""

    op: Literal["reverse_clips"] = "reverse_clips"

    def apply(self, film: Timeline, pool: Pool) -> Step:
        clips = counted(film)[::-1]
        before, after = [c.name for c in counted(film)], [c.name for c in clips]
        return self.done(reordered(film, clips), f"Reversed the order of {plural(len(clips))}.", before, after)


class ShuffleClips(BaseOperation):
    """A random order, the same one for a seed."""

    op: Literal["shuffle_clips"] = "shuffle_clips"
    seed: int = Field(1, ge=0, le=1_000_000)

    def apply(self, film: Timeline, pool: Pool) -> Step:
        clips, old = counted(film), counted(film)
        random.Random(self.seed).shuffle(clips)
        if clips == old:
            # A shuffle that changes nothing is none to the one who asked for it.
            clips = [*clips[1:], *clips[:1]]
        before, after = [c.name for c in old], [c.name for c in clips]
        return self.done(reordered(film, clips), f"Shuffled {plural(len(clips))}: {_order(after)}.", before, after)


class SortClips(BaseOperation):
    """Put the clips in order by file name, by the date they were taken, or as they were uploaded."""

    op: Literal["sort_clips"] = "sort_clips"
    by: Literal["name", "date", "upload"] = "name"
    descending: bool = False

    def apply(self, film: Timeline, pool: Pool) -> Step:
        if self.by == "date":
            return self._by_date(film, pool)
        place = {media.id: number for number, media in enumerate(pool)}
        clips = sorted(
            counted(film),
            key=lambda c: natural(c.name) if self.by == "name" else ((0, place.get(c.media, len(place)), ""),),
            reverse=self.descending,
        )
        before, after = [c.name for c in counted(film)], [c.name for c in clips]
        how = "name" if self.by == "name" else "upload"
        way = ", last first" if self.descending else ""
        return self.done(reordered(film, clips), f"Sorted by {how}{way}: {_order(after)}.", before, after)

    def _by_date(self, film: Timeline, pool: Pool) -> Step:
        told = {media.id: date for media in pool if (date := moment(media.taken_at)) is not None}
        used = {clip.media: told[clip.media] for clip in counted(film) if clip.media in told}
        if not used:
            raise OperationError("None of the photos says when it was taken. Sort by name, or say the order.")
        dates, mixed = comparable(used)
        dated = sorted(
            (c for c in counted(film) if c.media in dates), key=lambda c: dates[c.media], reverse=self.descending
        )
        undated = [clip for clip in counted(film) if clip.media not in dates]
        clips = [*dated, *undated]
        before, after = [c.name for c in counted(film)], [c.name for c in clips]
        way = ", latest first" if self.descending else ""
        step = self.done(reordered(film, clips), f"Sorted by date taken{way}: {_order(after)}.", before, after)
        notes = [f"No date in {names(c.name for c in undated)}: left at the end, in the old order."] if undated else []
        if mixed:
            notes.append("Some photos do not say their time zone: sorted by what the cameras' clocks showed.")
        return replace(step, warnings=(*step.warnings, *notes))


class OrderClips(BaseOperation):
    """Say the whole order: the present numbers of the clips, each once."""

    op: Literal["order_clips"] = "order_clips"
    order: list[int] = Field(min_length=1)

    def apply(self, film: Timeline, pool: Pool) -> Step:
        wanted = pick(film, self.order)
        if len(wanted) != len(counted(film)) or len(self.order) != len(wanted):
            raise OperationError(f"The order must name each of the {plural(len(counted(film)))} once.")
        clips = [film.clips[index] for index in wanted]
        before, after = [c.name for c in counted(film)], [c.name for c in clips]
        return self.done(reordered(film, clips), f"The order is now {_order(after)}.", before, after)


class KeepClips(BaseOperation):
    """Take all other clips off the timeline."""

    op: Literal["keep_clips"] = "keep_clips"
    clips: Clips

    def apply(self, film: Timeline, pool: Pool) -> Step:
        kept = sorted(pick(film, self.clips))
        stay = [clip for index, clip in enumerate(film.clips) if index in kept or clip.kind == "card"]
        after = relay(film, stay)
        gone = len(film.clips) - len(stay)
        text = f"Kept {named(film, kept)}, removed {gone}; the film is now {spoken(after.duration_ms)} long."
        return self.done(after, text, len(counted(film)), len(kept))


def _order(names: list[str]) -> str:
    return ", ".join(names[:10]) + (f" and {len(names) - 10} more" if len(names) > 10 else "")
