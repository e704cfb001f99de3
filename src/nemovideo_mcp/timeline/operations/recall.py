"""Going back and forth in a film's history."""

from typing import Literal

from pydantic import Field, model_validator

from nemovideo_mcp.timeline.history import History, Topic, Version
from nemovideo_mcp.timeline.model import Timeline
from nemovideo_mcp.timeline.operations.base import BaseOperation, Change, OperationError, Pool, Step, how_many, plural
from nemovideo_mcp.timeline.time import spoken


class Restore(BaseOperation):
    """Go back to an earlier version, or forth again. Alone; nothing is lost by it."""

    op: Literal["restore"] = "restore"
    needs_clips = False
    to: Literal["undo", "redo", "start", "version", "before"] = Field(
        "undo", description="start: the first edit; before: the last change of part"
    )
    steps: int = Field(1, ge=1, le=1000, description="for undo and redo")
    version: int | None = Field(None, ge=0)
    part: Topic | None = None

    @property
    def walks(self) -> bool:
        """Whether it moves along the line of undo and redo; going to a version is an edit like others, and can be undone."""
        return self.to in ("undo", "redo")

    @model_validator(mode="after")
    def _names_what_it_needs(self) -> "Restore":
        if (self.to == "version") != (self.version is not None) or (self.to == "before") != (self.part is not None):
            raise ValueError('restore needs a version with to="version" only, and a part with to="before" only.')
        return self

    def apply(self, film: Timeline, pool: Pool) -> Step:
        raise OperationError("There is no history here to go back in.")

    def recalled(self, history: History) -> Version:
        """The version that is meant.

        Raises:
            OperationError: there is none.
        """
        match self.to:
            case "undo":
                found, why = history.back(self.steps), "There is nothing to undo" + _count(self.steps, history)
            case "redo":
                found, why = history.forth(self.steps), "There is nothing to redo."
            case "start":
                found, why = history.numbered(0), "There is no beginning to go back to."
            case "version":
                last = history.versions[-1].n if history.versions else 0
                found = history.numbered(self.version or 0)
                why = f"There is no version {self.version}; the last one is {last}."
            case "before":
                found = history.before(self.part) if self.part else None
                why = f"No edit has changed the {self.part}."
        if found is None:
            raise OperationError(why)
        return found

    def restored(self, history: History) -> tuple[Step, Version]:
        """The step back (or forth), and the version that it led to."""
        found = self.recalled(history)
        film = found.film
        short = found.instruction if len(found.instruction) <= 60 else found.instruction[:59] + "…"
        said = f' ("{short}")' if short else ""
        state = f"{how_many(film)}, {spoken(film.duration_ms)}" if film.clips else "before the first edit"
        text = f"Back at version {found.n}{said}: {state}."
        before = history.versions[-1].n if history.versions else None
        return Step(film, Change(operation=self.op, text=text, before=before, after=found.n)), found


def _count(steps: int, history: History) -> str:
    return "." if steps == 1 else f": not {plural(steps, 'edit')} back."
