"""Pictures over the film: logos and watermarks."""

from dataclasses import replace
from typing import Any, Literal

from pydantic import Field, model_validator

from nemovideo_mcp.timeline.model import MIN_CLIP_MS, Clip, Media, Overlay, Timeline
from nemovideo_mcp.timeline.operations.base import (
    BaseOperation,
    OperationError,
    Point,
    Pool,
    Share,
    Step,
    fresh_id,
    plural,
    relay,
)
from nemovideo_mcp.timeline.operations.order import find_media
from nemovideo_mcp.timeline.operations.texts import Place
from nemovideo_mcp.timeline.time import clock, spoken, to_ms


class SetOverlay(BaseOperation):
    """Lay an uploaded picture (logo, watermark) over the film, or change one there; it is no clip any more."""

    op: Literal["set_overlay"] = "set_overlay"
    media: str | None = Field(None, description="file; what is there if left out")
    position: Place | None = Field(None, description="bottom_right if left out")
    at: Point | None = Field(None, description="its middle")
    size: float | None = Field(None, ge=0.01, le=1, description="share of the frame's width")
    opacity: Share | None = None
    start_seconds: float | None = Field(None, ge=0)
    end_seconds: float | None = Field(None, gt=0)
    from_end: bool = False

    @model_validator(mode="after")
    def _asks_for_something(self) -> "SetOverlay":
        self.some_of("media", "position", "at", "size", "opacity", "start_seconds", "end_seconds")
        return self

    def apply(self, film: Timeline, pool: Pool) -> Step:
        if self.media is None:
            return self._change(film)
        pictures = [m for m in pool if m.kind == "image"]
        found = find_media(pictures, self.media)
        if not found and (other := find_media(pool, self.media)):
            raise OperationError(f"{other[0].name} is no picture: only pictures can lie over the film.")
        if not found:
            raise OperationError(f'No uploaded picture is called "{self.media}". Upload it first.')
        if len(found) > 1:
            raise OperationError(f'"{self.media}" means {plural(len(found), "picture")}. Name one of them.')
        (picture,) = found
        if any(overlay.media == picture.id for overlay in film.overlays):
            return self._change(film, picture.id)
        left, shown = _without(film, picture)
        if film.clips and not left.numbered():
            raise OperationError(
                f"{picture.name} is the only picture of the film: there is nothing to lay it over. Upload photos first."
            )
        overlay = Overlay(
            id=fresh_id("o", (o.id for o in film.overlays)),
            media=picture.id,
            name=picture.name,
            width=picture.width,
            height=picture.height,
        )
        overlay = replace(overlay, **self._given(left.duration_ms, 0))
        step = self.done(replace(left, overlays=(*left.overlays, overlay)), "")
        made = step.film.overlays[-1]
        gone = f" It is no longer one of the clips; the film is now {spoken(left.duration_ms)} long." if shown else ""
        said = f"{made.name} over the film{described(made, step.film)}.{gone}"
        return replace(step, change=replace(step.change, text=said, after=made.name))

    def _change(self, film: Timeline, media: str | None = None) -> Step:
        chosen = [o for o in film.overlays if media in (None, o.media)]
        if not chosen:
            raise OperationError("There is no picture over the film to change; name the uploaded file to lay over it.")
        changed = tuple(
            replace(o, **self._given(film.duration_ms, o.start_ms)) if o in chosen else o for o in film.overlays
        )
        step = self.done(replace(film, overlays=changed), "")
        made = [new for old, new in zip(film.overlays, step.film.overlays, strict=True) if old in chosen]
        timed = all(value is None for value in (self.position, self.at, self.size, self.opacity))
        said = " ".join(
            f"{o.name} is shown {_when(o, step.film)}."
            if timed
            else f"{o.name} now lies over the film{described(o, step.film)}."
            for o in made
        )
        return replace(step, change=replace(step.change, text=said, after=[o.name for o in made]))

    def _given(self, total: int, begins: int) -> dict[str, Any]:
        """The fields of `Overlay` that are given."""
        names = ("position", "at", "size", "opacity")
        given: dict[str, Any] = {name: getattr(self, name) for name in names if getattr(self, name) is not None}
        if self.position is not None and self.at is None:
            given["at"] = None
        if self.start_seconds is None and self.end_seconds is None:
            return given
        start = to_ms(self.start_seconds) if self.start_seconds is not None else 0 if self.from_end else begins
        end = to_ms(self.end_seconds) if self.end_seconds is not None else total
        if end - start < MIN_CLIP_MS or start >= total:
            raise OperationError(
                f"The picture would be shown from {spoken(start)} to {spoken(end)}: give it more time in the film."
            )
        offset = start if self.from_end else None
        if self.from_end:
            start, end = max(0, total - end), total - start
        lasts = None if end >= total and not self.from_end else end - start
        return given | {"start_ms": start, "duration_ms": lasts, "end_offset_ms": offset}


class RemoveOverlays(BaseOperation):
    """Take pictures away that lie over the film: all, or one."""

    op: Literal["remove_overlays"] = "remove_overlays"
    media: str | None = Field(None, description="file name")

    def apply(self, film: Timeline, pool: Pool) -> Step:
        ids = None if self.media is None else {m.id for m in find_media(pool, self.media)}
        gone = [o for o in film.overlays if ids is None or o.media in ids or o.name == self.media]
        if not gone:
            have = ", ".join(o.name for o in film.overlays) or "none"
            raise OperationError(f"There is no such picture over the film to remove; there is {have}.")
        kept = tuple(o for o in film.overlays if o not in gone)
        names = ", ".join(o.name for o in gone)
        text = f"{names} no longer {'lies' if len(gone) == 1 else 'lie'} over the film."
        return self.done(replace(film, overlays=kept), text, [o.name for o in film.overlays], [o.name for o in kept])


def described(overlay: Overlay, film: Timeline) -> str:
    """Where, how large, how faint and when, in words, the first after a space and the others each after a comma."""
    x, y = overlay.at or (0.0, 0.0)
    place = f" at {x:.0%} across and {y:.0%} down" if overlay.at else f" at the {overlay.position.replace('_', ' ')}"
    timed = overlay.start_ms > 0 or film.end_ms(overlay) < film.duration_ms
    return "".join(
        (
            place,
            f", {round(overlay.size * 100, 1):g}% of the frame's width" if overlay.size is not None else "",
            f", {round(overlay.opacity * 100)}% opaque" if overlay.opacity != 1 else "",
            f", {_when(overlay, film)}" if timed else "",
        )
    )


def _when(overlay: Overlay, film: Timeline) -> str:
    return f"from {clock(overlay.start_ms)} to {clock(film.end_ms(overlay))} s"


def _without(film: Timeline, picture: Media) -> tuple[Timeline, bool]:
    """The film without the clips that show a picture, and whether there were any; what stood beside it stays."""
    clips: list[Clip] = []
    for clip in film.clips:
        other = clip.beside
        if clip.kind != "card" and clip.media == picture.id and other is not None and other.media != picture.id:
            clips.append(
                replace(
                    clip, media=other.media, name=other.name, width=other.width, height=other.height, beside=None, focus=None
                )
            )  # fmt: skip
        elif clip.media != picture.id or clip.kind == "card":
            alone = other is not None and other.media == picture.id
            clips.append(replace(clip, beside=None) if alone else clip)
    if tuple(clips) == film.clips:
        return film, False
    return relay(film, clips), True
