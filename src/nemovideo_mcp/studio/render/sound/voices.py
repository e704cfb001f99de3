"""The sounds of a film as voices: each found, measured and brought to its level."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from nemovideo_mcp.media.errors import MediaError
from nemovideo_mcp.media.sound import blocks, has_sound
from nemovideo_mcp.studio.render.job import RenderError
from nemovideo_mcp.studio.render.music import composed
from nemovideo_mcp.studio.render.plan import Placed, Plan
from nemovideo_mcp.studio.render.sound import heard
from nemovideo_mcp.studio.render.sound.heard import Heard
from nemovideo_mcp.studio.render.sound.mix import Voice
from nemovideo_mcp.studio.render.sound.samples import RATE, Samples, samples_of
from nemovideo_mcp.studio.render.sound.sources import looped, once
from nemovideo_mcp.timeline.model import Music, Timeline
from nemovideo_mcp.timeline.music_plan import mood_of

TARGET = -14.0
"""LUFS of a film, as the platforms play it: that of music at its default volume, and what clips are brought towards."""
_DEFAULT = Music(id="", media="", name="")
_MOST_LOUDER_DB = 24.0
_CLIPS_DB = 6.0
"""dB by which the sound of a clip is changed, at most: a whisper stays softer than a band."""
_LISTENED = 600.0
"""Seconds of a video's sound that tell how loud it is."""
_GOES_ON_MS = 2
"""Two pieces of a video that lie no further apart were one."""
_SOFT_MS = 15
"""Fade of a clip's own sound at a plain cut, so that it does not click."""
_EDGE_MS = 4
"""The least fade of music, where it is cut into a sound."""


def voices(timeline: Timeline, plan: Plan, files: Mapping[str, Path]) -> list[Voice]:
    """All sounds of the film.

    Raises:
        RenderError: a file of music cannot be used; the reason names it.
    """
    found = [_music(music, timeline, files) for music in timeline.music]
    clips = _Clips(plan, files)
    found += [clips.voice(placed) for placed in plan.placed]
    return [voice for voice in found if voice is not None]


def _music(music: Music, timeline: Timeline, files: Mapping[str, Path]) -> Voice | None:
    first, last = samples_of(music.start_ms), samples_of(timeline.end_ms(music))
    if first >= last or music.volume <= 0:
        return None
    note = ""
    if (mood := mood_of(music.media)) is not None:
        source, part = composed(mood, music.seed, last - first, samples_of(music.offset_ms))
        # It ends by itself: a fade that nobody asked for would only take its last chord away.
        down = 0 if music.fade_out_ms == _DEFAULT.fade_out_ms else samples_of(music.fade_out_ms)
    else:
        try:
            source, part, last = _recorded(files[music.media], music, first, last)
        except MediaError as error:
            raise RenderError(f"The music {music.name or music.media} {error.reason}.") from error
        down = samples_of(music.fade_out_ms)
        note = _unheard(music, part, whole=last == samples_of(timeline.end_ms(music)))
    return Voice(
        source,
        first=first,
        last=last,
        gain=_linear(part.gain_to(TARGET, most_louder=_MOST_LOUDER_DB, most_softer=60.0))
        * music.volume
        / _DEFAULT.volume,
        fades=(
            max(samples_of(music.fade_in_ms), samples_of(_EDGE_MS) if music.offset_ms else 0),
            max(down, samples_of(_EDGE_MS)),
        ),
        ducks=music.ducks,
        note=note,
    )


def _unheard(music: Music, part: Heard, *, whole: bool) -> str:
    """What the film's owner should know of the sound of a file before wondering why there is none."""
    name = music.name or music.media
    if part.loudness < heard.UNHEARD:
        return f"The music {name} is silent, or so soft that it is hardly heard; it was not made louder."
    if not whole and music.loops:
        return f"The music {name} lasts {part.seconds:.2g} s, which is too short to be repeated; after that there is silence."
    return ""


def _recorded(path: Path, music: Music, first: int, last: int) -> tuple[Iterator[Samples], Heard, int]:
    """The sound of the file, what it is like, and where it ends."""
    if not has_sound(path):
        raise MediaError("has no sound")
    skip = music.offset_ms / 1000
    part = heard.listen(blocks(path, RATE, skip=skip), (last - first) / RATE)
    if part.seconds == 0 and skip:
        # Begun behind its end: it begins at its beginning.
        skip = 0.0
        part = heard.listen(blocks(path, RATE), (last - first) / RATE)
    if part.seconds == 0:
        raise MediaError("is empty or broken; use another file")
    loop = heard.loop_of(path, skip, part) if part.ended and music.loops else None
    if loop is not None:
        return looped(path, skip, loop), part, last
    return once(path, skip), part, min(last, first + round(part.seconds * RATE))


class _Clips:
    """The own sound of the film's videos. Each file is listened to once, so that all pieces of it keep their proportion."""

    def __init__(self, plan: Plan, files: Mapping[str, Path]) -> None:
        self._plan, self._files = plan, files
        self._gains: dict[Path, float | None] = {}

    def voice(self, placed: Placed) -> Voice | None:
        """
        Raises:
            RenderError: its file cannot be opened.
        """
        clip, fps = placed.clip, self._plan.canvas.fps
        if clip.kind != "video" or clip.volume <= 0 or placed.end <= placed.start:
            return None
        path = self._files[clip.media]
        try:
            gain = self._gain(path)
        except MediaError as error:
            raise RenderError(f"The sound of {placed.label} {error.reason}.") from error
        if gain is None:
            return None
        before, after = placed.index - 1, placed.index + 1
        # Under a transition the sound goes with the picture.
        up = (placed.start - placed.first) * RATE // fps or self._edge(before, placed.index)
        down = (placed.last - placed.end) * RATE // fps or self._edge(placed.index, after)
        return Voice(
            once(path, clip.in_ms / 1000, clip.speed, beside_picture=True),
            first=placed.start * RATE // fps,
            last=placed.end * RATE // fps,
            gain=gain * clip.volume,
            fades=(up, down),
            leads=True,
        )

    def _gain(self, path: Path) -> float | None:
        """What brings a file nearer to the target; None when it has no sound."""
        if path not in self._gains:
            self._gains[path] = None
            if has_sound(path):
                part = heard.listen(blocks(path, RATE), _LISTENED)
                gain = part.gain_to(TARGET, most_louder=_CLIPS_DB, most_softer=_CLIPS_DB)
                self._gains[path] = _linear(gain)
        return self._gains[path]

    def _edge(self, before: int, after: int) -> int:
        """The fade at a plain cut; none where a video goes on as if it had not been cut."""
        placed = self._plan.placed
        if before >= 0 and after < len(placed):
            one, other = placed[before].clip, placed[after].clip
            same = (one.media, one.speed, one.volume) == (other.media, other.speed, other.volume)
            if same and abs(one.in_ms + one.duration_ms * one.speed - other.in_ms) <= _GOES_ON_MS:
                return 0
        return samples_of(_SOFT_MS)


def _linear(db: float) -> float:
    return float(10 ** (db / 20))
