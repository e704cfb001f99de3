"""Sound under the film."""

from dataclasses import replace
from typing import Literal

from pydantic import Field

from nemovideo_mcp.timeline.model import Music, Timeline
from nemovideo_mcp.timeline.operations.base import BaseOperation, OperationError, Pool, Step, fresh_id
from nemovideo_mcp.timeline.operations.order import find_media
from nemovideo_mcp.timeline.time import spoken, to_ms

Volume = Field(None, ge=0, le=1, description="0 silent to 1 full; 0.8 if left out")
FadeIn = Field(None, ge=0, le=60, description="s; 0.5 if left out")
FadeOut = Field(None, ge=0, le=60, description="s; 2 if left out")


class SetMusic(BaseOperation):
    """Put uploaded music under the film, or change what is there. It repeats to fill the film."""

    op: Literal["set_music"] = "set_music"
    media: str | None = Field(None, description="file name; the music that is there, or the one uploaded, if left out")
    volume: float | None = Volume
    fade_in_seconds: float | None = FadeIn
    fade_out_seconds: float | None = FadeOut

    def apply(self, film: Timeline, pool: Pool) -> Step:
        old = film.music[0] if film.music else None
        songs = [m for m in pool if m.kind == "audio"]
        if self.media is not None:
            found = find_media(songs, self.media)
            if not found:
                have = ", ".join(m.name for m in songs) or "none"
                raise OperationError(f'No uploaded music is called "{self.media}"; there is {have}. Upload it first.')
            song = found[0]
        elif old is not None:
            song = None
        elif songs:
            song = songs[-1]
        else:
            raise OperationError("There is no music in this project. Upload a song first (mp3, wav, m4a or aac).")
        music = old or Music(id=fresh_id("m", ()), media="", name="")
        if song is not None:
            music = replace(music, media=song.id, name=song.name)
        if self.volume is not None:
            music = replace(music, volume=self.volume)
        if self.fade_in_seconds is not None:
            music = replace(music, fade_in_ms=to_ms(self.fade_in_seconds))
        if self.fade_out_seconds is not None:
            music = replace(music, fade_out_ms=to_ms(self.fade_out_seconds))
        text = (
            f"Music {music.name} at {round(music.volume * 100)}%, fading in over {spoken(music.fade_in_ms)} "
            f"and out over {spoken(music.fade_out_ms)}."
        )
        before = f"{old.name} at {round(old.volume * 100)}%" if old else None
        return self.done(replace(film, music=(music, *film.music[1:])), text, before, music.name)


class RemoveMusic(BaseOperation):
    """Take the music away."""

    op: Literal["remove_music"] = "remove_music"

    def apply(self, film: Timeline, pool: Pool) -> Step:
        if not film.music:
            raise OperationError("There is no music on the timeline to remove.")
        names = [m.name for m in film.music]
        return self.done(replace(film, music=()), f"Removed the music {', '.join(names)}.", names, [])
