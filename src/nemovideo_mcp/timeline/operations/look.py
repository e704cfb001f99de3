"""How a picture meets the frame and moves in it."""

from dataclasses import replace
from typing import Literal

from pydantic import Field, model_validator

from nemovideo_mcp.timeline.model import Motion, Timeline
from nemovideo_mcp.timeline.operations.base import BaseOperation, Clips, Color, Point, Pool, Step, named, pick


class SetMotion(BaseOperation):
    """How photos move while they are shown."""

    op: Literal["set_motion"] = "set_motion"
    motion: Literal["auto", Motion] | None = Field(None, description="auto varies from photo to photo")
    strength: float | None = Field(None, ge=0, le=2, description="1 is usual")
    clips: Clips | None = None

    @model_validator(mode="after")
    def _asks_for_something(self) -> "SetMotion":
        self.some_of("motion", "strength")
        return self

    def apply(self, film: Timeline, pool: Pool) -> Step:
        chosen = pick(film, self.clips)
        given = {k: v for k, v in (("motion", self.motion), ("strength", self.strength)) if v is not None}
        clips = tuple(replace(c, **given) if i in chosen else c for i, c in enumerate(film.clips))  # type: ignore[arg-type]
        before = [(film.clips[i].motion, film.clips[i].strength) for i in chosen]
        motion = self.motion or "movement"
        words = {"none": "Held still", "auto": "Gentle, varied motion"}.get(motion, motion.replace("_", " "))
        much = f" at {self.strength:g}× strength" if self.strength is not None else ""
        text = f"{words.capitalize()}{much}: {named(film, chosen)}."
        return self.done(film.with_clips(clips), text, before, given)


FIT_WORDS = {
    "auto": "Fit chosen for each picture",
    "fill": "Cropped to fill the frame",
    "contain": "Shown whole with bars",
    "blur": "Shown whole over a blurred background",
}


class SetFit(BaseOperation):
    """How pictures of another shape meet the frame."""

    op: Literal["set_fit"] = "set_fit"
    fit: Literal["auto", "fill", "contain", "blur"] | None = Field(
        None, description="fill crops; contain: bars; blur: bars of a blurred copy"
    )
    focus: Point | None = Field(None, description="what stays in view when cropped")
    background: Color | None = Field(None, description="colour of the bars")
    clips: Clips | None = None

    @model_validator(mode="after")
    def _asks_for_something(self) -> "SetFit":
        self.some_of("fit", "focus", "background")
        return self

    def apply(self, film: Timeline, pool: Pool) -> Step:
        chosen = pick(film, self.clips)
        color = self.background.lower() if self.background else None
        given = {k: v for k, v in (("fit", self.fit), ("focus", self.focus), ("background", color)) if v is not None}
        clips = tuple(replace(c, **given) if i in chosen else c for i, c in enumerate(film.clips))  # type: ignore[arg-type]
        words = [
            FIT_WORDS[self.fit] if self.fit else "",
            f"focus at {self.focus[0]:.0%} across, {self.focus[1]:.0%} down" if self.focus else "",
            f"background {color}" if color else "",
        ]
        text = ", ".join(word for word in words if word)
        before = [film.clips[i].fit for i in chosen]
        return self.done(
            film.with_clips(clips), f"{text[:1].upper()}{text[1:]}: {named(film, chosen)}.", before, self.fit
        )
