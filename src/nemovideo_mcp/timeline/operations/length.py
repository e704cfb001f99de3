"""How long the film and its clips are."""

from dataclasses import replace
from typing import Literal

from pydantic import Field

from nemovideo_mcp.timeline.model import MAX_FILM_MS, MIN_CLIP_MS, Timeline
from nemovideo_mcp.timeline.operations.base import BaseOperation, OperationError, Pool, Step, named, pick, plural
from nemovideo_mcp.timeline.time import spoken, to_ms, to_seconds

LONGEST = MAX_FILM_MS // 1000


class SetTotalLength(BaseOperation):
    """Make the whole film this long. Photos share the time in proportion to their present lengths."""

    op: Literal["set_total_length"] = "set_total_length"
    seconds: float = Field(gt=0, le=LONGEST, description="length of the film, s")

    def apply(self, film: Timeline, pool: Pool) -> Step:
        total, before = to_ms(self.seconds), film.duration_ms
        photos = [i for i, clip in enumerate(film.clips) if clip.kind == "image"]
        fixed = sum(clip.duration_ms for clip in film.clips if clip.kind == "video")
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
        return self.done(film.with_clips(clips), text, to_seconds(before), self.seconds)


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
    """Show each of these clips (all by default) for this long."""

    op: Literal["set_clip_length"] = "set_clip_length"
    seconds: float = Field(ge=MIN_CLIP_MS / 1000, le=LONGEST, description="length of each clip, s")
    clips: list[int] | None = Field(
        None, min_length=1, description="clip numbers from 1; -1 is the last; all if left out"
    )

    def apply(self, film: Timeline, pool: Pool) -> Step:
        chosen, length = pick(film, self.clips), to_ms(self.seconds)
        material = {media.id: media.duration_ms for media in pool if media.kind == "video"}
        new = []
        held = 0
        for index, clip in enumerate(film.clips):
            if index in chosen:
                room = material.get(clip.media, 0) - clip.in_ms
                if clip.kind == "video" and room > 0 and length > room:
                    held += 1
                    clip = replace(clip, duration_ms=room)
                else:
                    clip = replace(clip, duration_ms=length)
            new.append(clip)
        after = film.with_clips(tuple(new))
        if after.duration_ms > MAX_FILM_MS:
            raise OperationError(
                f"The film would be {spoken(after.duration_ms)} long; the limit is {spoken(MAX_FILM_MS)}."
            )
        whole = f"; the film is now {spoken(after.duration_ms)} long" if after.duration_ms != film.duration_ms else ""
        step = self.done(
            after,
            f"{named(film, chosen).capitalize()} set to {spoken(length)}{whole}.",
            [to_seconds(film.clips[i].duration_ms) for i in chosen],
            [to_seconds(new[i].duration_ms) for i in chosen],
        )
        if held:
            warning = f"{plural(held, 'video clip')} left as long as the material: it is shorter than {spoken(length)}."
            return replace(step, warnings=(*step.warnings, warning))
        return step
