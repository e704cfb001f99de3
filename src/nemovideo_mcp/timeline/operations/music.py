"""Sound: music under the film, and what the clips themselves sound like."""

from dataclasses import replace
from typing import Literal

from pydantic import Field, model_validator

from nemovideo_mcp.timeline.beats_cut import cut_to_music, film_beats
from nemovideo_mcp.timeline.model import BUILT_IN, Mood, Music, Timeline
from nemovideo_mcp.timeline.operations.base import (
    BaseOperation,
    Clips,
    OperationError,
    Pool,
    Share,
    Step,
    fresh_id,
    named,
)
from nemovideo_mcp.timeline.operations.length import videos
from nemovideo_mcp.timeline.operations.order import find_media
from nemovideo_mcp.timeline.time import spoken, to_ms


class SetMusic(BaseOperation):
    """Put music under the film, or change what is there."""

    op: Literal["set_music"] = "set_music"
    media: str | None = Field(None, description="uploaded file; what is there if left out")
    mood: Mood | None = Field(None, description="built-in music")
    volume: Share | None = Field(None, description="0.8 if left out")
    fade_in_seconds: float | None = Field(None, ge=0, le=60, description="0.5 if left out")
    fade_out_seconds: float | None = Field(None, ge=0, le=60, description="2 if left out")
    offset_seconds: float | None = Field(None, ge=0, le=36_000, description="into the song")
    start_seconds: float | None = Field(None, ge=0, le=7200, description="into the film")
    loop: bool | None = Field(None, description="true if left out")
    duck: bool | None = Field(None, description="softer while clips are heard")
    seed: int | None = Field(None, ge=0, description="of built-in music")

    @model_validator(mode="after")
    def _one_source(self) -> "SetMusic":
        if self.media is not None and self.mood is not None:
            raise ValueError("set_music takes a file or a mood, not both.")
        return self

    def apply(self, film: Timeline, pool: Pool) -> Step:
        old = film.music[0] if film.music else None
        music = self._source(old, pool)
        values = {
            "volume": self.volume,
            "fade_in_ms": _ms(self.fade_in_seconds),
            "fade_out_ms": _ms(self.fade_out_seconds),
            "offset_ms": _ms(self.offset_seconds),
            "start_ms": _ms(self.start_seconds),
            "loops": self.loop,
            "ducks": self.duck,
            "seed": self.seed,
        }
        music = replace(music, **{k: v for k, v in values.items() if v is not None})  # type: ignore[arg-type]
        length = next((m.duration_ms for m in pool if m.id == music.media), 0)
        if length and music.offset_ms >= length:
            raise OperationError(
                f"{music.name} is only {spoken(length)} long; it cannot begin at {spoken(music.offset_ms)}."
            )
        if music.start_ms and music.start_ms >= film.duration_ms > 0:
            raise OperationError(f"The music would begin at {spoken(music.start_ms)}, after the film's end.")
        more = [
            f", from {spoken(music.offset_ms)} of it" if music.offset_ms else "",
            f", beginning at {spoken(music.start_ms)}" if music.start_ms else "",
            "" if music.loops else ", once",
            "" if music.ducks else ", as loud while clips are heard",
        ]
        what = f"Built-in {music.name} music" if music.media.startswith(BUILT_IN) else f"Music {music.name}"
        text = (
            f"{what} at {round(music.volume * 100)}%, fading in over {spoken(music.fade_in_ms)} "
            f"and out over {spoken(music.fade_out_ms)}{''.join(more)}."
        )
        before = f"{old.name} at {round(old.volume * 100)}%" if old else None
        return self.done(replace(film, music=(music, *film.music[1:])), text, before, music.name)

    def _source(self, old: Music | None, pool: Pool) -> Music:
        songs = [m for m in pool if m.kind == "audio"]
        music = old or Music(id=fresh_id("m", ()), media="", name="")
        if self.mood is not None:
            return replace(music, media=f"{BUILT_IN}{self.mood}", name=self.mood, offset_ms=0)
        if self.media is not None:
            found = find_media(songs, self.media)
            if not found:
                have = ", ".join(m.name for m in songs) or "none"
                raise OperationError(f'No uploaded music is called "{self.media}"; there is {have}. Upload it first.')
            return replace(music, media=found[0].id, name=found[0].name)
        if old is not None:
            return music
        if not songs:
            raise OperationError(
                "There is no music in this project. Upload a song (mp3, wav, m4a or aac), or give a mood for built-in music."
            )
        return replace(music, media=songs[-1].id, name=songs[-1].name)


def _ms(seconds: float | None) -> int | None:
    return None if seconds is None else to_ms(seconds)


class RemoveMusic(BaseOperation):
    """Take the music away."""

    op: Literal["remove_music"] = "remove_music"

    def apply(self, film: Timeline, pool: Pool) -> Step:
        if not film.music:
            raise OperationError("There is no music on the timeline to remove.")
        names = [m.name for m in film.music]
        return self.done(replace(film, music=()), f"Removed the music {', '.join(names)}.", names, [])


class CutOnBeats(BaseOperation):
    """Move the cuts onto the beats of the music that is there."""

    op: Literal["cut_on_beats"] = "cut_on_beats"

    def apply(self, film: Timeline, pool: Pool) -> Step:
        if not film.music:
            raise OperationError("There is no music whose beats the cuts could follow. Add music first.")
        if len(film_beats(film, pool)) < 2:
            raise OperationError(f"The beats of {film.music[0].name} are not known, so the cuts stay where they are.")
        after = cut_to_music(film, pool)
        moved = sum(a != b for a, b in zip(film.starts(), after.starts(), strict=True))
        text = f"Cuts are on the beats of {film.music[0].name}: {moved} moved; the film is {spoken(after.duration_ms)} long."
        before = [clip.duration_ms / 1000 for clip in film.clips]
        return self.done(after, text, before, [clip.duration_ms / 1000 for clip in after.clips])


class SetClipVolume(BaseOperation):
    """How loud the sound of video clips is; 0 mutes."""

    op: Literal["set_clip_volume"] = "set_clip_volume"
    volume: Share
    clips: Clips | None = None

    def apply(self, film: Timeline, pool: Pool) -> Step:
        chosen = videos(film, self.clips, "Photos have no sound.")
        clips = list(film.clips)
        before = [clips[index].volume for index in chosen]
        for index in chosen:
            clips[index] = replace(clips[index], volume=self.volume)
        what = "muted" if self.volume == 0 else f"at {round(self.volume * 100)}% volume"
        name = named(film, chosen)
        return self.done(film.with_clips(tuple(clips)), f"{name.capitalize()} {what}.", before, self.volume)
