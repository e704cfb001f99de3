"""How long the film and its clips are."""

from dataclasses import replace
from typing import Literal

from pydantic import Field, model_validator

from nemovideo_mcp.timeline.model import MAX_FILM_MS, MIN_CLIP_MS, Clip, Timeline
from nemovideo_mcp.timeline.operations.base import (
    BaseOperation,
    Clips,
    OperationError,
    Pool,
    Step,
    named,
    pick,
    plural,
)
from nemovideo_mcp.timeline.time import spoken, to_ms, to_seconds

LONGEST = MAX_FILM_MS // 1000


class SetTotalLength(BaseOperation):
    """Length of the whole film, absolute or relative. Photos share the time in proportion."""

    op: Literal["set_total_length"] = "set_total_length"
    seconds: float | None = Field(None, gt=0, le=LONGEST, description="s")
    by_seconds: float | None = Field(None, ge=-LONGEST, le=LONGEST, description="s longer; negative: shorter")
    times: float | None = Field(None, ge=0.05, le=20, description="factor")

    @model_validator(mode="after")
    def _asks_for_one_length(self) -> "SetTotalLength":
        self.one_of("seconds", "by_seconds", "times")
        return self

    def wanted_ms(self, film: Timeline) -> int:
        """The length that is asked for, in ms.

        Raises:
            OperationError: it would be none, or over two hours.
        """
        if self.seconds is not None:
            return to_ms(self.seconds)
        before = film.duration_ms
        total = round(before * self.times) if self.times is not None else before + to_ms(self.by_seconds or 0)
        if total <= 0:
            raise OperationError(f"The film is {spoken(before)} long; that would leave nothing of it.")
        if total > MAX_FILM_MS:
            raise OperationError(f"The film would be {spoken(total)} long; the limit is {spoken(MAX_FILM_MS)}.")
        return total

    def apply(self, film: Timeline, pool: Pool) -> Step:
        total, before = self.wanted_ms(film), film.duration_ms
        photos = [i for i, clip in enumerate(film.clips) if clip.kind == "image"]
        # A card keeps its length, as a video does; where there is no photo, the cards take the time.
        photos = photos or [i for i, clip in enumerate(film.clips) if clip.kind == "card"]
        fixed = sum(clip.duration_ms for i, clip in enumerate(film.clips) if i not in photos)
        least = MIN_CLIP_MS * len(film.clips)
        if total < least:
            raise OperationError(
                f"{spoken(total)} is too short for {plural(len(film.clips))}: each needs at least {spoken(MIN_CLIP_MS)}, "
                f"so {spoken(least)} in all. Remove clips or ask for a longer film."
            )
        if photos and total - fixed >= MIN_CLIP_MS * len(photos):
            lengths = _share([film.clips[i].duration_ms for i in photos], total - fixed)
            new = dict(zip(photos, lengths, strict=True))
        elif total <= before:
            new = dict(enumerate(_share([clip.duration_ms for clip in film.clips], total)))
        else:
            raise OperationError(
                f"The video clips hold only {spoken(fixed)}; they cannot be stretched to {spoken(total)}. "
                "Add photos or more clips, or ask for a shorter film."
            )
        clips = tuple(replace(clip, duration_ms=new.get(i, clip.duration_ms)) for i, clip in enumerate(film.clips))
        each = {clip.duration_ms for i, clip in enumerate(clips) if i in photos}
        detail = f", {spoken(round(sum(each) / len(each)))} for each photo" if len(photos) > 1 and _equal(each) else ""
        text = f"Film set to {spoken(total)}{detail}."
        return self.done(film.with_clips(clips), text, to_seconds(before), to_seconds(total))


def _equal(lengths: set[int]) -> bool:
    return bool(lengths) and max(lengths) - min(lengths) <= 1


def _share(weights: list[int], total: int) -> list[int]:
    """``total`` split in proportion to ``weights``, whole numbers that add up to it, none below the shortest clip."""
    free, left, lengths = list(range(len(weights))), total, [0] * len(weights)
    while True:
        whole = sum(weights[i] for i in free)
        short = [i for i in free if weights[i] * left < MIN_CLIP_MS * whole]
        if not short:
            break
        for i in short:
            lengths[i] = MIN_CLIP_MS
        left -= MIN_CLIP_MS * len(short)
        free = [i for i in free if i not in short]
    done = seen = 0
    for i in free:
        seen += weights[i]
        end = (2 * seen * left + whole) // (2 * whole)
        lengths[i] = end - done
        done = end
    return lengths


class SetClipLength(BaseOperation):
    """How long each of these clips is shown, absolute or relative."""

    op: Literal["set_clip_length"] = "set_clip_length"
    seconds: float | None = Field(None, ge=MIN_CLIP_MS / 1000, le=LONGEST, description="s")
    by_seconds: float | None = Field(None, ge=-LONGEST, le=LONGEST, description="s longer; negative: shorter")
    times: float | None = Field(None, ge=0.05, le=20, description="factor")
    clips: Clips | None = None

    @model_validator(mode="after")
    def _asks_for_one_length(self) -> "SetClipLength":
        self.one_of("seconds", "by_seconds", "times")
        return self

    def _length(self, clip: Clip) -> int:
        if self.seconds is not None:
            return to_ms(self.seconds)
        wanted = round(clip.duration_ms * self.times) if self.times is not None else None
        wanted = clip.duration_ms + to_ms(self.by_seconds or 0) if wanted is None else wanted
        if wanted < MIN_CLIP_MS:
            raise OperationError(f"{clip.name} would be shown for less than {spoken(MIN_CLIP_MS)}.")
        return wanted

    def apply(self, film: Timeline, pool: Pool) -> Step:
        chosen = pick(film, self.clips)
        material = {media.id: media.duration_ms for media in pool if media.kind == "video"}
        new = []
        held = 0
        for index, clip in enumerate(film.clips):
            if index in chosen:
                length = self._length(clip)
                room = round((material.get(clip.media, 0) - clip.in_ms) / clip.speed)
                short = clip.kind == "video" and MIN_CLIP_MS <= room < length
                held += short
                clip = replace(clip, duration_ms=room if short else length)
            new.append(clip)
        after = film.with_clips(tuple(new))
        if after.duration_ms > MAX_FILM_MS:
            raise OperationError(
                f"The film would be {spoken(after.duration_ms)} long; the limit is {spoken(MAX_FILM_MS)}."
            )
        whole = f"; the film is now {spoken(after.duration_ms)} long" if after.duration_ms != film.duration_ms else ""
        lengths = sorted({new[i].duration_ms for i in chosen})
        told = spoken(lengths[0]) if len(lengths) == 1 else f"{spoken(lengths[0])} to {spoken(lengths[-1])}"
        if self.seconds is not None:
            told = spoken(to_ms(self.seconds))
        step = self.done(
            after,
            f"{named(film, sorted(chosen)).capitalize()} set to {told}{whole}.",
            [to_seconds(film.clips[i].duration_ms) for i in chosen],
            [to_seconds(new[i].duration_ms) for i in chosen],
        )
        if held:
            warning = f"{plural(held, 'video clip')} left as long as the material: it is shorter than {told}."
            return replace(step, warnings=(*step.warnings, warning))
        return step


class SetSpeed(BaseOperation):
    """How fast video clips play; they get shorter or longer by it."""

    op: Literal["set_speed"] = "set_speed"
    speed: float = Field(ge=0.1, le=10, description="1 as filmed, 2 twice as fast, 0.5 slow motion")
    clips: Clips | None = None

    def apply(self, film: Timeline, pool: Pool) -> Step:
        chosen = videos(film, self.clips, "Photos have no speed; say how long they are shown instead.")
        clips = list(film.clips)
        for index in chosen:
            clip = clips[index]
            length = max(MIN_CLIP_MS, round(clip.duration_ms * clip.speed / self.speed))
            clips[index] = replace(clip, speed=self.speed, duration_ms=length)
        after = film.with_clips(tuple(clips))
        if after.duration_ms > MAX_FILM_MS:
            raise OperationError(
                f"The film would be {spoken(after.duration_ms)} long; the limit is {spoken(MAX_FILM_MS)}."
            )
        before = [film.clips[i].speed for i in chosen]
        text = f"Speed {self.speed:g}× for {named(film, chosen)}; the film is now {spoken(after.duration_ms)} long."
        return self.done(after, text, before, self.speed)


def videos(film: Timeline, numbers: list[int] | None, why: str) -> list[int]:
    """The video clips among these, as indexes.

    Raises:
        OperationError: there is none; the text is ``why``.
    """
    chosen = [index for index in pick(film, numbers) if film.clips[index].kind == "video"]
    if not chosen:
        raise OperationError(f"There is no video among {'them' if numbers else 'the clips'}. {why}")
    return chosen
