"""Clips doubled, exchanged for other material, cut in two and cut shorter; two photos side by side."""

from dataclasses import replace
from typing import Literal

from pydantic import Field, model_validator

from nemovideo_mcp.timeline.layout import pair_portraits
from nemovideo_mcp.timeline.model import MAX_FILM_MS, MIN_CLIP_MS, Beside, Clip, Timeline
from nemovideo_mcp.timeline.operations.base import (
    BaseOperation,
    Clips,
    OperationError,
    Pool,
    Step,
    fresh_id,
    named,
    number_of,
    pick,
    plural,
    relay,
)
from nemovideo_mcp.timeline.operations.order import find_media
from nemovideo_mcp.timeline.time import spoken, to_ms


class DuplicateClips(BaseOperation):
    """Show clips again, right after themselves."""

    op: Literal["duplicate_clips"] = "duplicate_clips"
    clips: Clips
    copies: int = Field(1, ge=1, le=20)

    def apply(self, film: Timeline, pool: Pool) -> Step:
        chosen = pick(film, self.clips)
        clips: list[Clip] = []
        ids = [clip.id for clip in film.clips]
        for index, clip in enumerate(film.clips):
            clips.append(clip)
            for _ in range(self.copies if index in chosen else 0):
                ids.append(fresh_id("c", ids))
                clips.append(replace(clip, id=ids[-1]))
        after = relay(film, clips)
        if after.duration_ms > MAX_FILM_MS:
            raise OperationError(
                f"The film would be {spoken(after.duration_ms)} long; the limit is {spoken(MAX_FILM_MS)}."
            )
        times = f" {self.copies} times" if self.copies > 1 else ""
        text = f"Duplicated {named(film, chosen)}{times}; the film is now {spoken(after.duration_ms)} long."
        return self.done(after, text, len(film.clips), len(clips))


class ReplaceClip(BaseOperation):
    """Show another uploaded file in the place of a clip, as long and graded like it."""

    op: Literal["replace_clip"] = "replace_clip"
    clip: int
    media: str = Field(description="file name")

    def apply(self, film: Timeline, pool: Pool) -> Step:
        (index,) = pick(film, [self.clip])
        found = find_media([media for media in pool if media.kind != "audio"], self.media)
        if not found:
            raise OperationError(f'No uploaded photo or video is called "{self.media}". Upload it first.')
        new, old = found[0], film.clips[index]
        video = new.kind == "video"
        clip = replace(
            old,
            media=new.id,
            name=new.name,
            kind="video" if video else "image",
            width=new.width,
            height=new.height,
            in_ms=0,
            speed=1.0,
            focus=None,
            duration_ms=min(old.duration_ms, max(MIN_CLIP_MS, new.duration_ms)) if video else old.duration_ms,
        )
        clips = [*film.clips[:index], clip, *film.clips[index + 1 :]]
        text = f"Clip {number_of(film, index)} now shows {new.name} instead of {old.name}."
        return self.done(film.with_clips(tuple(clips)), text, old.name, new.name)


class SplitClip(BaseOperation):
    """Cut a clip in two, with a plain cut between."""

    op: Literal["split_clip"] = "split_clip"
    clip: int
    at_seconds: float | None = Field(None, gt=0, description="s into the clip; the middle if left out")

    def apply(self, film: Timeline, pool: Pool) -> Step:
        (index,) = pick(film, [self.clip])
        clip = film.clips[index]
        at = to_ms(self.at_seconds) if self.at_seconds is not None else clip.duration_ms // 2
        if not MIN_CLIP_MS <= at <= clip.duration_ms - MIN_CLIP_MS:
            raise OperationError(
                f"Clip {number_of(film, index)} is {spoken(clip.duration_ms)} long; it cannot be split at {spoken(at)}."
            )
        first = replace(clip, duration_ms=at)
        second = replace(
            clip,
            id=fresh_id("c", (c.id for c in film.clips)),
            duration_ms=clip.duration_ms - at,
            in_ms=clip.in_ms + round(at * clip.speed) if clip.kind == "video" else clip.in_ms,
            transition_in=None,
        )
        clips = (*film.clips[:index], first, second, *film.clips[index + 1 :])
        text = f"Split {clip.name} at {spoken(at)}; the film now has {plural(len(film.numbered()) + 1)}."
        return self.done(film.with_clips(clips), text, len(film.clips), len(clips))


class TrimClip(BaseOperation):
    """Keep only a part of a clip, in seconds of the clip as it is now."""

    op: Literal["trim_clip"] = "trim_clip"
    clip: int
    from_seconds: float = Field(0, ge=0)
    to_seconds: float | None = Field(None, gt=0, description="its end if left out")

    def apply(self, film: Timeline, pool: Pool) -> Step:
        (index,) = pick(film, [self.clip])
        clip = film.clips[index]
        start = to_ms(self.from_seconds)
        end = min(clip.duration_ms, to_ms(self.to_seconds)) if self.to_seconds is not None else clip.duration_ms
        if end - start < MIN_CLIP_MS:
            raise OperationError(
                f"Clip {number_of(film, index)} is {spoken(clip.duration_ms)} long; nothing would be left from {spoken(start)} to "
                f"{spoken(end)}."
            )
        begun = clip.in_ms + round(start * clip.speed) if clip.kind == "video" else clip.in_ms
        clips = list(film.clips)
        clips[index] = replace(clip, in_ms=begun, duration_ms=end - start)
        after = film.with_clips(tuple(clips))
        text = f"Trimmed {clip.name} to {spoken(end - start)}; the film is now {spoken(after.duration_ms)} long."
        return self.done(after, text, clip.duration_ms / 1000, (end - start) / 1000)


class PairPhotos(BaseOperation):
    """Show two photos side by side for one clip's time; without numbers, neighbouring portraits."""

    op: Literal["pair_photos"] = "pair_photos"
    left: int | None = None
    right: int | None = None

    @model_validator(mode="after")
    def _both_or_none(self) -> "PairPhotos":
        if (self.left is None) != (self.right is None):
            raise ValueError("pair_photos needs left and right, or neither.")
        return self

    def apply(self, film: Timeline, pool: Pool) -> Step:
        if self.left is None or self.right is None:
            return self._portraits(film)
        (left,), (right,) = pick(film, [self.left]), pick(film, [self.right])
        one, two = film.clips[left], film.clips[right]
        if left == right:
            raise OperationError("A photo cannot stand beside itself. Name two different photos.")
        for clip in (one, two):
            if clip.kind != "image" or clip.beside is not None:
                raise OperationError(f"{clip.name} cannot be paired: only single photos stand side by side.")
        beside = Beside(media=two.media, name=two.name, width=two.width, height=two.height)
        clips = [
            replace(clip, beside=beside) if index == left else clip
            for index, clip in enumerate(film.clips)
            if index != right
        ]
        after = relay(film, clips)
        text = f"{one.name} and {two.name} side by side; the film is now {spoken(after.duration_ms)} long."
        return self.done(after, text, len(film.clips), len(clips))

    def _portraits(self, film: Timeline) -> Step:
        after = pair_portraits(film)
        pairs = len(film.clips) - len(after.clips)
        if not pairs:
            raise OperationError("There are no neighbouring portraits alike that a wide frame has room for.")
        after = relay(film, after.clips)
        text = f"{plural(pairs, 'pair')} of portraits side by side; the film is now {spoken(after.duration_ms)} long."
        return self.done(after, text, len(film.clips), len(after.clips))


class UnpairPhotos(BaseOperation):
    """Show photos that stand side by side one after the other again."""

    op: Literal["unpair_photos"] = "unpair_photos"
    clips: Clips | None = None

    def apply(self, film: Timeline, pool: Pool) -> Step:
        chosen = [index for index in pick(film, self.clips) if film.clips[index].beside is not None]
        if not chosen:
            raise OperationError("No photos stand side by side there.")
        ids = [clip.id for clip in film.clips]
        clips: list[Clip] = []
        for index, clip in enumerate(film.clips):
            beside = clip.beside if index in chosen else None
            clips.append(replace(clip, beside=None) if beside else clip)
            if beside:
                ids.append(fresh_id("c", ids))
                size = (beside.width, beside.height) if beside.width and beside.height else (0, 0)
                clips.append(
                    replace(
                        clip, id=ids[-1], media=beside.media, name=beside.name, width=size[0], height=size[1],
                        beside=None, focus=None,
                    )
                )  # fmt: skip
        after = relay(film, clips)
        text = f"{plural(len(chosen), 'pair')} taken apart; the film is now {spoken(after.duration_ms)} long."
        return self.done(after, text, len(film.clips), len(clips))
