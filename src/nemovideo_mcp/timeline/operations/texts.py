"""Words over the picture."""

from dataclasses import replace
from typing import Literal

from pydantic import Field

from nemovideo_mcp.timeline.model import MAX_FILM_MS, MIN_CLIP_MS, Position, Text, Timeline
from nemovideo_mcp.timeline.operations.base import BaseOperation, OperationError, Pool, Step, fresh_id, plural
from nemovideo_mcp.timeline.time import clock, spoken, to_ms

DEFAULT_TEXT_MS = 3000
_FREE: tuple[Position, ...] = ("center", "bottom", "top")
"""Where a title goes when nobody said: the first of these that no other title has at that time."""


class AddText(BaseOperation):
    """Show a title over the film."""

    op: Literal["add_text"] = "add_text"
    text: str = Field(min_length=1, max_length=500)
    start_seconds: float = Field(0, ge=0, le=MAX_FILM_MS / 1000, description="s from the start of the film")
    end_seconds: float | None = Field(
        None, gt=0, le=MAX_FILM_MS / 1000, description="s; 3 s after the start if left out"
    )
    from_end: bool = Field(False, description="the window is counted back from the end of the film")
    position: Position | None = Field(None, description="center if left out, or where no other title is")
    color: str = Field("#ffffff", pattern="^#[0-9a-fA-F]{6}$")

    def apply(self, film: Timeline, pool: Pool) -> Step:
        start = to_ms(self.start_seconds)
        end = to_ms(self.end_seconds) if self.end_seconds is not None else start + DEFAULT_TEXT_MS
        total = film.duration_ms
        if end - start < MIN_CLIP_MS:
            raise OperationError(f"The text would be shown from {spoken(start)} to {spoken(end)}: give it more time.")
        if start >= total:
            raise OperationError(f"The text would start at {spoken(start)}, after the film's end at {spoken(total)}.")
        offset = start if self.from_end else None
        if self.from_end:
            start, end = max(0, total - end), total - start
        taken = {t.position for t in film.texts if t.start_ms < end and start < t.start_ms + t.duration_ms}
        free = [spot for spot in _FREE if spot not in taken]
        place: Position = self.position or (free[0] if free else "center")
        text = Text(
            id=fresh_id("t", (t.id for t in film.texts)),
            text=self.text,
            start_ms=start,
            duration_ms=end - start,
            position=place,
            color=self.color.lower(),
            end_offset_ms=offset,
        )
        step = self.done(replace(film, texts=(*film.texts, text)), "")
        made = step.film.texts[-1]
        where = "" if place == "center" else f" at the {place.replace('_', ' ')}"
        color = "" if made.color == "#ffffff" else f", {made.color}"
        window = f"{clock(made.start_ms)} to {clock(made.start_ms + made.duration_ms)} s"
        said = f'Title "{made.text}" from {window}{where}{color}.'
        overlap = f'The title "{made.text}" lies over another one at the {place}.' if place in taken else None
        warnings = (*step.warnings, overlap) if overlap else step.warnings
        return replace(step, change=replace(step.change, text=said, after=made.text), warnings=warnings)


class RemoveTexts(BaseOperation):
    """Take titles away: all, or those with these words."""

    op: Literal["remove_texts"] = "remove_texts"
    text: str | None = Field(None, description="the words of the title; all titles if left out")

    def apply(self, film: Timeline, pool: Pool) -> Step:
        wanted = self.text.casefold() if self.text is not None else None
        kept = tuple(t for t in film.texts if wanted is not None and wanted not in t.text.casefold())
        gone = len(film.texts) - len(kept)
        if not gone:
            have = ", ".join(f'"{t.text}"' for t in film.texts) or "none"
            raise OperationError(f"There is no such title to remove; the film has {have}.")
        before = [t.text for t in film.texts]
        text = f"Removed {plural(gone, 'title')}."
        return self.done(replace(film, texts=kept), text, before, [t.text for t in kept])
