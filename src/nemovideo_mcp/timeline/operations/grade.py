"""How pictures are graded, and how the film comes and goes."""

from dataclasses import replace
from typing import Literal

from pydantic import Field, model_validator

from nemovideo_mcp.timeline.looks import described
from nemovideo_mcp.timeline.model import Fade, Filter, Look, Timeline
from nemovideo_mcp.timeline.operations.base import BaseOperation, Clips, Color, Pool, Share, Signed, Step, named, pick
from nemovideo_mcp.timeline.time import spoken, to_ms

ADJUSTMENTS = ("strength", "brightness", "contrast", "saturation", "warmth", "vignette", "sharpen", "blur")


class SetLook(BaseOperation):
    """Filter and adjust clips; what is left out stays as it is."""

    op: Literal["set_look"] = "set_look"
    filter: Filter | None = None
    strength: Share | None = Field(None, description="of the filter")
    brightness: Signed | None = None
    contrast: Signed | None = None
    saturation: Signed | None = None
    warmth: Signed | None = None
    vignette: Share | None = None
    sharpen: Share | None = None
    blur: Share | None = None
    reset: bool = Field(False, description="begin from the picture as it is")
    clips: Clips | None = None

    @model_validator(mode="after")
    def _asks_for_something(self) -> "SetLook":
        if not self.given() and not self.reset:
            raise ValueError("set_look needs a filter or an adjustment.")
        return self

    def given(self) -> dict[str, str | float]:
        """What is to be set, by name."""
        values = {name: getattr(self, name) for name in ("filter", *ADJUSTMENTS)}
        return {name: value for name, value in values.items() if value is not None}

    def apply(self, film: Timeline, pool: Pool) -> Step:
        chosen, given = pick(film, self.clips), self.given()
        # A look of the whole film is one of the pictures behind its cards, too; their colours stay.
        behind = [i for i, c in enumerate(film.clips) if c.kind == "card" and c.media and self.clips is None]
        clips = tuple(
            replace(clip, look=self._graded(clip.look)) if index in chosen or index in behind else clip
            for index, clip in enumerate(film.clips)
        )
        before = [film.clips[index].look.filter for index in chosen]
        text = f"{described(given) or 'Colours as photographed'}: {named(film, chosen)}."
        return self.done(film.with_clips(clips), text[:1].upper() + text[1:], before, given)

    def _graded(self, look: Look) -> Look:
        base = Look(extra=look.extra) if self.reset else look
        return replace(base, **self.given())  # type: ignore[arg-type]


class SetFade(BaseOperation):
    """Let the film come out of a colour and go into it; 0 removes."""

    op: Literal["set_fade"] = "set_fade"
    in_seconds: float | None = Field(None, ge=0, le=10)
    out_seconds: float | None = Field(None, ge=0, le=10)
    color: Color = "#000000"

    @model_validator(mode="after")
    def _asks_for_something(self) -> "SetFade":
        if self.in_seconds is None and self.out_seconds is None:
            raise ValueError("set_fade needs in_seconds or out_seconds.")
        return self

    def apply(self, film: Timeline, pool: Pool) -> Step:
        color = self.color.lower()
        name = {"#000000": "black", "#ffffff": "white"}.get(color, color)
        said = []
        before = [fade and fade.duration_ms for fade in (film.fade_in, film.fade_out)]
        if self.in_seconds is not None:
            film = replace(film, fade_in=_fade(self.in_seconds, color))
            said.append(
                f"fade in from {name} over {spoken(to_ms(self.in_seconds))}" if self.in_seconds else "no fade in"
            )
        if self.out_seconds is not None:
            film = replace(film, fade_out=_fade(self.out_seconds, color))
            said.append(
                f"fade out to {name} over {spoken(to_ms(self.out_seconds))}" if self.out_seconds else "no fade out"
            )
        text = ", ".join(said)
        after = [fade and fade.duration_ms for fade in (film.fade_in, film.fade_out)]
        return self.done(film, f"{text[:1].upper()}{text[1:]}.", before, after)


def _fade(seconds: float, color: str) -> Fade | None:
    return Fade(duration_ms=to_ms(seconds), color=color) if seconds else None
