"""How one clip becomes the next."""

from dataclasses import replace
from typing import Literal

from pydantic import Field

from nemovideo_mcp.timeline.model import DEFAULT_TRANSITION_MS, Timeline, Transition, TransitionKind
from nemovideo_mcp.timeline.operations.base import BaseOperation, OperationError, Pool, Step, plural
from nemovideo_mcp.timeline.time import spoken, to_ms

VARIED: tuple[TransitionKind, ...] = (
    "crossfade", "push_left", "zoom_in", "wipe_right", "circle_open", "slide_up", "luma", "cover_left",
)  # fmt: skip
"""What ``varied`` goes through, cut by cut: neighbours differ in kind and direction."""


class SetTransition(BaseOperation):
    """The transition at cuts: cut 1 is between clips 1 and 2."""

    op: Literal["set_transition"] = "set_transition"
    kind: Literal["none", "varied", TransitionKind] | None = Field(
        None, description="none: plain cut; crossfade, or what is there, if left out"
    )
    seconds: float | None = Field(None, ge=0.1, le=10, description="0.6 or what is there if left out")
    cuts: list[int] | None = Field(None, min_length=1, description="cut numbers from 1; all if left out")

    def apply(self, film: Timeline, pool: Pool) -> Step:
        places = film.numbered()
        count = len(places) - 1
        if len(film.clips) < 2:
            raise OperationError("A transition needs two clips; the timeline has only one. Upload another photo.")
        for cut in self.cuts or ():
            if not 1 <= cut <= count:
                raise OperationError(f"There is no cut {cut}: the film has {plural(max(0, count), 'cut')}.")
        # Where a card stands between two clips, their cut is the one before it and the one behind it.
        said = sorted(set(self.cuts or ()))
        cuts = {at for cut in said for at in range(places[cut - 1] + 1, places[cut] + 1)} or set(
            range(1, len(film.clips))
        )
        clips = list(film.clips)
        before = [_said(clips[cut].transition_in) for cut in sorted(cuts)]
        for cut in cuts:
            old = clips[cut].transition_in
            kind: str = self.kind or (old.kind if old else "crossfade")
            if kind == "none":
                new = None
            else:
                kind = VARIED[(cut - 1) % len(VARIED)] if kind == "varied" else kind
                length = to_ms(self.seconds) if self.seconds else (old.duration_ms if old else DEFAULT_TRANSITION_MS)
                new = Transition(kind=kind, duration_ms=length, extra=old.extra if old else Transition().extra)
            clips[cut] = replace(clips[cut], transition_in=new)
        step = self.done(film.with_clips(tuple(clips)), "")
        made = [step.film.clips[cut].transition_in for cut in sorted(cuts)]
        where = "at every cut" if len(cuts) == len(film.clips) - 1 else "at cut " + ", ".join(map(str, said))
        lengths = sorted({t.duration_ms for t in made if t})
        text = f"{_said(made[0]).capitalize()} {where}."
        if self.kind == "none":
            text = f"Plain cuts {where}."
        elif len({t.kind for t in made if t}) > 1:
            text = f"Varied transitions of {spoken(lengths[0])} {where}."
        return replace(step, change=replace(step.change, text=text, before=before, after=[_said(t) for t in made]))


def _said(transition: Transition | None) -> str:
    if transition is None:
        return "plain cut"
    return f"{_CALLED.get(transition.kind, transition.kind.replace('_', ' '))} of {spoken(transition.duration_ms)}"


_CALLED = {"luma": "luma fade", "fade_black": "fade through black", "fade_white": "fade through white"}
"""Kinds whose names alone would not say to a reader what they look like."""
