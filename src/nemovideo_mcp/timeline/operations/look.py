"""How a picture meets the frame and moves in it."""

from dataclasses import replace
from typing import Literal

from pydantic import Field

from nemovideo_mcp.timeline.model import Motion, Timeline
from nemovideo_mcp.timeline.operations.base import BaseOperation, Pool, Step, named, pick


class SetMotion(BaseOperation):
    """How photos move while they are shown."""

    op: Literal["set_motion"] = "set_motion"
    motion: Literal["auto", Motion] = Field(description="auto varies it from photo to photo")
    clips: list[int] | None = Field(None, min_length=1, description="clip numbers from 1; all if left out")

    def apply(self, film: Timeline, pool: Pool) -> Step:
        chosen = pick(film, self.clips)
        clips = tuple(replace(c, motion=self.motion) if i in chosen else c for i, c in enumerate(film.clips))
        before = [film.clips[i].motion for i in chosen]
        words = {"none": "Held still", "auto": "Gentle, varied motion"}.get(self.motion, self.motion.replace("_", " "))
        text = f"{words.capitalize()}: {named(film, chosen)}."
        return self.done(film.with_clips(clips), text, before, self.motion)


class SetFit(BaseOperation):
    """How pictures of another shape meet the frame."""

    op: Literal["set_fit"] = "set_fit"
    fit: Literal["auto", "fill", "contain", "blur"] = Field(
        description="fill crops; contain adds black bars; blur shows the whole picture over a blurred copy"
    )
    clips: list[int] | None = Field(None, min_length=1, description="clip numbers from 1; all if left out")

    def apply(self, film: Timeline, pool: Pool) -> Step:
        chosen = pick(film, self.clips)
        clips = tuple(replace(c, fit=self.fit) if i in chosen else c for i, c in enumerate(film.clips))
        words = {
            "auto": "Fit chosen for each picture",
            "fill": "Cropped to fill the frame",
            "contain": "Shown whole with bars",
            "blur": "Shown whole over a blurred background",
        }[self.fit]
        before = [film.clips[i].fit for i in chosen]
        return self.done(film.with_clips(clips), f"{words}: {named(film, chosen)}.", before, self.fit)
