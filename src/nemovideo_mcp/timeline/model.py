"""The timeline as frozen values. An edit returns a new timeline; nothing here is ever changed in place.

Times are whole milliseconds, sizes are pixels, volumes are linear gains from 0 to 1. Clips on the picture track **abut**:
a clip starts where the one before it ends, so the clips' lengths add up to the film's length. A transition belongs to
the clip that it leads into, is centred on the cut and takes half of its length from each side.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import accumulate
from types import MappingProxyType
from typing import Any, Literal, get_args

Extra = Mapping[str, Any]
"""Fields that came with a draft and that we do not know: carried through unchanged."""

MediaKind = Literal["image", "video", "audio"]
Motion = Literal["none", "zoom_in", "zoom_out", "pan_left", "pan_right", "pan_up", "pan_down"]
Fit = Literal["fill", "contain", "blur"]
TransitionKind = Literal["crossfade"]
Position = Literal[
    "top_left", "top", "top_right", "left", "center", "right", "bottom_left", "bottom", "bottom_right"
]  # fmt: skip

MOTIONS: tuple[Motion, ...] = get_args(Motion)
FITS: tuple[Fit, ...] = get_args(Fit)
POSITIONS: tuple[Position, ...] = get_args(Position)

MIN_CLIP_MS = 200
"""The shortest clip: six frames at 30 fps; less cannot be seen as a picture."""
MAX_FILM_MS = 2 * 60 * 60 * 1000
"""The longest film: two hours."""
DEFAULT_CLIP_MS = 4000
"""How long a photo stays when nobody said."""
DEFAULT_TRANSITION_MS = 600


def no_extra() -> Extra:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Canvas:
    """The frame of the film: width and height in pixels (even), frames per second."""

    width: int = 1920
    height: int = 1080
    fps: int = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Transition:
    kind: str = "crossfade"
    duration_ms: int = DEFAULT_TRANSITION_MS
    extra: Extra = field(default_factory=no_extra)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clip:
    """A photo or a piece of a video on the picture track.

    ``motion`` and ``fit`` may be ``auto``: `layout` decides, from the clip's place and shape. ``width`` and ``height``
    are the upright size of the material, 0 when it is not known. ``in_ms`` is where a video's piece starts in its file.
    """

    id: str
    media: str
    name: str
    kind: Literal["image", "video"] = "image"
    duration_ms: int = DEFAULT_CLIP_MS
    width: int = 0
    height: int = 0
    in_ms: int = 0
    volume: float = 1.0
    transition_in: Transition | None = None
    motion: Motion | Literal["auto"] = "auto"
    fit: Fit | Literal["auto"] = "auto"
    extra: Extra = field(default_factory=no_extra)


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """Words over the picture. ``color`` is ``#rrggbb``.

    ``end_offset_ms`` is how long before the end of the film the text goes, when it belongs to the end and moves with it.
    """

    id: str
    text: str
    start_ms: int = 0
    duration_ms: int = 3000
    position: Position = "center"
    color: str = "#ffffff"
    end_offset_ms: int | None = None
    extra: Extra = field(default_factory=no_extra)


@dataclass(frozen=True, slots=True, kw_only=True)
class Music:
    """Sound under the film. ``duration_ms`` of ``None`` lasts to the end of the film; the material repeats as needed."""

    id: str
    media: str
    name: str
    start_ms: int = 0
    duration_ms: int | None = None
    volume: float = 0.8
    fade_in_ms: int = 500
    fade_out_ms: int = 2000
    extra: Extra = field(default_factory=no_extra)


@dataclass(frozen=True, slots=True, kw_only=True)
class Media:
    """One file of a project's pool, as far as the timeline needs to know it. ``duration_ms`` is 0 for a picture."""

    id: str
    name: str
    kind: MediaKind
    width: int = 0
    height: int = 0
    duration_ms: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    canvas: Canvas = Canvas()
    clips: tuple[Clip, ...] = ()
    texts: tuple[Text, ...] = ()
    music: tuple[Music, ...] = ()
    tracks: tuple[Mapping[str, Any], ...] = ()
    """Tracks of a draft that we do not know, as they came."""
    track_extra: Mapping[int, Extra] = field(default_factory=lambda: MappingProxyType({}))
    """Unknown fields of the known tracks, by track type."""
    extra: Extra = field(default_factory=no_extra)

    @property
    def duration_ms(self) -> int:
        """The film's length: what the clips add up to."""
        return sum(clip.duration_ms for clip in self.clips)

    def starts(self) -> tuple[int, ...]:
        """The cut before each clip, in ms from the start of the film."""
        return tuple(accumulate((clip.duration_ms for clip in self.clips[:-1]), initial=0)) if self.clips else ()

    def placed(self) -> Iterator[tuple[int, Clip]]:
        """Each clip with its start in ms."""
        return zip(self.starts(), self.clips, strict=True)

    def with_clips(self, clips: tuple[Clip, ...]) -> Timeline:
        return replace(self, clips=clips)

    def music_end_ms(self, music: Music) -> int:
        """Where a piece of music ends on the timeline, never after the film."""
        if music.duration_ms is None:
            return self.duration_ms
        return min(self.duration_ms, music.start_ms + music.duration_ms)
