"""How one clip becomes the next."""

from dataclasses import replace
from typing import Literal

from pydantic import Field

from nemovideo_mcp.timeline.model import DEFAULT_TRANSITION_MS, Timeline, Transition, TransitionKind
from nemovideo_mcp.timeline.operations.base import BaseOperation, OperationError, Pool, Step, plural
from nemovideo_mcp.timeline.time import spoken, to_ms


class SetTransition(BaseOperation):
    """The transition at cuts: cut 1 is between clips 1 and 2."""

    op: Literal["set_transition"] = "set_transition"
    kind: Literal["none", TransitionKind] = Field("crossfade", description="none is a plain cut")
    seconds: float | None = Field(None, ge=0.1, le=10, description="length, s; 0.6 or the present one if left out")
    cuts: list[int] | None = Field(None, min_length=1, description="cut numbers from 1; all if left out")

    def apply(self, film: Timeline, pool: Pool) -> Step:
        count = len(film.clips) - 1
        if count < 1:
            raise OperationError("A transition needs two clips; the timeline has only one. Upload another photo.")
        for cut in self.cuts or ():
            if not 1 <= cut <= count:
                raise OperationError(f"There is no cut {cut}: the film has {plural(count, 'cut')}.")
        cuts = set(self.cuts or range(1, count + 1))
        clips = list(film.clips)
        before = [_said(clips[cut].transition_in) for cut in sorted(cuts)]
        for cut in cuts:
            old = clips[cut].transition_in
            if self.kind == "none":
                new = None
            else:
                length = to_ms(self.seconds) if self.seconds else (old.duration_ms if old else DEFAULT_TRANSITION_MS)
                new = Transition(kind=self.kind, duration_ms=length, extra=old.extra if old else Transition().extra)
            clips[cut] = replace(clips[cut], transition_in=new)
        step = self.done(film.with_clips(tuple(clips)), "")
        made = [step.film.clips[cut].transition_in for cut in sorted(cuts)]
        where = "at every cut" if len(cuts) == count else "at cut " + ", ".join(str(c) for c in sorted(cuts))
        text = f"Plain cuts {where}." if self.kind == "none" else f"{_said(made[0]).capitalize()} {where}."
        return replace(step, change=replace(step.change, text=text, before=before, after=[_said(t) for t in made]))


def _said(transition: Transition | None) -> str:
    return f"{transition.kind.replace('_', ' ')} of {spoken(transition.duration_ms)}" if transition else "plain cut"
