"""Templates: named bundles of edits that give a film one manner."""

from collections.abc import Callable, Sequence
from typing import Literal

from pydantic import Field

from nemovideo_mcp.timeline.model import BUILT_IN, Mood, Timeline
from nemovideo_mcp.timeline.operations.base import BaseOperation, Pool, Step
from nemovideo_mcp.timeline.operations.grade import SetFade, SetLook
from nemovideo_mcp.timeline.operations.look import SetMotion
from nemovideo_mcp.timeline.operations.music import SetMusic
from nemovideo_mcp.timeline.operations.transitions import SetTransition

Template = Literal["energetic", "calm", "cinematic", "romantic", "vintage", "corporate", "polished"]

_BUNDLES: dict[Template, Callable[[], Sequence[BaseOperation]]] = {
    "energetic": lambda: (
        SetTransition(kind="push_left", seconds=0.3),
        SetMotion(motion="auto", strength=1.6),
        SetLook(reset=True, filter="vivid"),
    ),
    "calm": lambda: (
        SetTransition(kind="crossfade", seconds=1.2),
        SetMotion(motion="auto", strength=0.6),
        SetLook(reset=True, filter="faded", strength=0.5),
        SetFade(in_seconds=1, out_seconds=1.5),
    ),
    "cinematic": lambda: (
        SetTransition(kind="crossfade", seconds=0.8),
        SetMotion(motion="auto", strength=0.8),
        SetLook(reset=True, filter="cinematic", vignette=0.25),
        SetFade(in_seconds=1, out_seconds=1.5),
    ),
    "romantic": lambda: (
        SetTransition(kind="luma", seconds=1.2),
        SetMotion(motion="auto", strength=0.7),
        SetLook(reset=True, filter="warm", strength=0.8, vignette=0.2),
        SetFade(in_seconds=1, out_seconds=1.5),
    ),
    "vintage": lambda: (
        SetTransition(kind="fade_black", seconds=0.8),
        SetMotion(motion="auto", strength=0.6),
        SetLook(reset=True, filter="vintage", vignette=0.35),
        SetFade(in_seconds=1, out_seconds=1.5),
    ),
    "corporate": lambda: (
        SetTransition(kind="slide_left", seconds=0.5),
        SetMotion(motion="auto", strength=0.5),
        SetLook(reset=True, contrast=0.05, sharpen=0.2),
    ),
    "polished": lambda: (
        SetTransition(kind="crossfade", seconds=0.8),
        SetMotion(motion="auto", strength=1),
        SetLook(brightness=0.03, contrast=0.08, saturation=0.08, sharpen=0.15),
    ),
}
MOOD_OF: dict[Template, Mood] = {
    "energetic": "upbeat",
    "calm": "calm",
    "cinematic": "cinematic",
    "romantic": "romantic",
    "vintage": "acoustic",
    "corporate": "corporate",
    "polished": "happy",
}


class ApplyTemplate(BaseOperation):
    """Give the film a manner: transitions, motion and colours at once."""

    op: Literal["apply_template"] = "apply_template"
    template: Template
    music: bool = Field(False, description="built-in music of that mood too, unless a song is there")

    def apply(self, film: Timeline, pool: Pool) -> Step:
        after, warnings, told = film, list[str](), list[str]()
        for operation in self.operations(film):
            step = operation.apply(after, pool)
            after = step.film
            warnings += step.warnings
            told.append(step.change.text.rstrip(".").replace(": every clip", "").replace(" at every cut", ""))
        text = f"The {self.template} template: {'; '.join(told).lower()}."
        step = self.done(after, text, None, self.template)
        return Step(step.film, step.change, (*warnings, *step.warnings))

    def operations(self, film: Timeline) -> list[BaseOperation]:
        """The edits of the bundle, as far as the film has something to edit."""
        made = list(_BUNDLES[self.template]())
        if len(film.clips) < 2:
            made = [operation for operation in made if not isinstance(operation, SetTransition)]
        song = film.music and not film.music[0].media.startswith(BUILT_IN)
        return [*made, SetMusic(mood=MOOD_OF[self.template])] if self.music and not song else made
