"""Which clips there are and in what order."""

from fnmatch import fnmatchcase
from typing import Literal

from pydantic import Field

from nemovideo_mcp.timeline.model import DEFAULT_CLIP_MS, MAX_FILM_MS, MIN_CLIP_MS, Clip, Media, Timeline
from nemovideo_mcp.timeline.operations.base import (
    BaseOperation,
    Clips,
    OperationError,
    Pool,
    Step,
    counted,
    fresh_id,
    named,
    number_of,
    pick,
    plural,
    relay,
    reordered,
)
from nemovideo_mcp.timeline.time import spoken


def lay_out(film: Timeline, pool: Pool) -> Timeline:
    """The film with all photos and videos of the pool on the picture track, in upload order: how a project begins."""
    return _append(film, [media for media in pool if media.kind != "audio"], len(film.clips))


def find_media(pool: Pool, name: str) -> list[Media]:
    """The media that a name means: an id, a file name with or without its ending, or a pattern such as ``*.jpg``."""
    exact = [m for m in pool if name in (m.id, m.name)]
    if exact:
        return exact
    wanted = name.casefold()
    return [
        m
        for m in pool
        if wanted in (m.name.casefold(), m.name.casefold().rsplit(".", 1)[0]) or fnmatchcase(m.name.casefold(), wanted)
    ]


def _append(film: Timeline, media: list[Media], at: int) -> Timeline:
    clips = list(film.clips)
    photos = [clip.duration_ms for clip in film.clips if clip.kind == "image"]
    # A photo that joins a film stays as long as its neighbours do.
    usual = sorted(photos)[len(photos) // 2] if photos else DEFAULT_CLIP_MS
    for offset, item in enumerate(media):
        clip = Clip(
            id=fresh_id("c", (c.id for c in clips)),
            media=item.id,
            name=item.name,
            kind="video" if item.kind == "video" else "image",
            duration_ms=max(MIN_CLIP_MS, item.duration_ms) if item.kind == "video" else usual,
            width=item.width,
            height=item.height,
        )
        clips.insert(at + offset, clip)
    return relay(film, clips)


class AddClips(BaseOperation):
    """Put uploaded photos or videos on the timeline."""

    op: Literal["add_clips"] = "add_clips"
    needs_clips = False
    media: list[str] | None = Field(None, min_length=1, description="file names; left out: all not in the film yet")
    at: int | None = Field(None, ge=1, description="number that the first gets; the end if left out")

    def apply(self, film: Timeline, pool: Pool) -> Step:
        visual = [m for m in pool if m.kind != "audio"]
        if self.media is None:
            used = {clip.media for clip in counted(film)} | {overlay.media for overlay in film.overlays}
            chosen = [m for m in visual if m.id not in used]
            if not chosen:
                raise OperationError(
                    "Everything that was uploaded is on the timeline already. Upload more files first."
                )
        else:
            chosen = []
            for name in self.media:
                found = find_media(visual, name)
                if not found:
                    raise OperationError(f'No uploaded photo or video is called "{name}". Upload it first.')
                chosen += found
        places = film.numbered()
        number = len(places) + 1 if self.at is None else self.at
        if number > len(places) + 1:
            raise OperationError(f"Clip number {self.at} is past the end: the timeline has {plural(len(places))}.")
        # What joins at the end comes before the card that the film ends with.
        at = places[number - 1] if number <= len(places) else places[-1] + 1 if places else len(film.clips)
        after = _append(film, chosen, at)
        if after.duration_ms > MAX_FILM_MS:
            raise OperationError(
                f"The film would be {spoken(after.duration_ms)} long; the limit is {spoken(MAX_FILM_MS)}."
            )
        where = "at the end" if number > len(places) else f"as clip {number}"
        names = ", ".join(m.name for m in chosen[:5]) + (f" and {len(chosen) - 5} more" if len(chosen) > 5 else "")
        return self.done(after, f"Added {names} {where}.", len(film.clips), len(after.clips))


class RemoveClips(BaseOperation):
    """Take clips off the timeline. The files stay in the project."""

    op: Literal["remove_clips"] = "remove_clips"
    clips: Clips

    def apply(self, film: Timeline, pool: Pool) -> Step:
        gone = pick(film, self.clips)
        if len(gone) == len(film.numbered()):
            raise OperationError("That would remove every clip and leave no film. Keep at least one.")
        kept = [clip for index, clip in enumerate(film.clips) if index not in gone]
        names = ", ".join(film.clips[i].name for i in gone)
        after = relay(film, kept)
        text = f"Removed {named(film, gone)} ({names}); the film is now {spoken(after.duration_ms)} long."
        return self.done(after, text, len(counted(film)), len(counted(after)))


class MoveClip(BaseOperation):
    """Move one clip to another place."""

    op: Literal["move_clip"] = "move_clip"
    clip: int = Field(description="number from 1")
    to: int = Field(description="number that it gets")

    def apply(self, film: Timeline, pool: Pool) -> Step:
        source, target = (number_of(film, pick(film, [number])[0]) - 1 for number in (self.clip, self.to))
        clips = counted(film)
        name = clips[source].name
        clips.insert(target, clips.pop(source))
        moved = f"Moved {name} from {source + 1} to {target + 1}."
        said = moved if source != target else f"{name} is number {target + 1} already."
        return self.done(reordered(film, clips), said, source + 1, target + 1)


class SwapClips(BaseOperation):
    """Exchange two clips."""

    op: Literal["swap_clips"] = "swap_clips"
    first: int = Field(description="number from 1")
    second: int

    def apply(self, film: Timeline, pool: Pool) -> Step:
        (a,), (b,) = pick(film, [self.first]), pick(film, [self.second])
        if a == b:
            raise OperationError("A clip cannot be swapped with itself. Name two different clips.")
        clips = list(film.clips)
        clips[a], clips[b] = clips[b], clips[a]
        one, two = number_of(film, a), number_of(film, b)
        text = f"Swapped {film.clips[a].name} ({one}) and {film.clips[b].name} ({two})."
        return self.done(relay(film, clips), text, [one, two], [two, one])
