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
Motion = Literal[
    "none", "zoom_in", "zoom_out", "pan_left", "pan_right", "pan_up", "pan_down",
    "pan_up_left", "pan_up_right", "pan_down_left", "pan_down_right",
]  # fmt: skip
"""A pan goes where its name says: the window moves there over the picture."""
Fit = Literal["fill", "contain", "blur"]
TransitionKind = Literal[
    "crossfade", "fade_black", "fade_white", "luma", "blur", "pixelate",
    "wipe_left", "wipe_right", "wipe_up", "wipe_down",
    "wipe_up_left", "wipe_up_right", "wipe_down_left", "wipe_down_right",
    "slide_left", "slide_right", "slide_up", "slide_down",
    "push_left", "push_right", "push_up", "push_down",
    "cover_left", "cover_right", "cover_up", "cover_down",
    "zoom_in", "zoom_out", "circle_open", "circle_close", "diamond_open", "diamond_close",
    "clock", "blinds", "blinds_vertical", "checker", "doors", "doors_vertical",
]  # fmt: skip
"""A direction is the one in which things move. Slide: the old picture leaves and uncovers the new one; push: both move;
cover: the new picture comes over the old one."""
Filter = Literal["none", "black_white", "sepia", "vintage", "warm", "cool", "vivid", "faded", "cinematic", "noir"]
TextStyle = Literal["title", "subtitle", "caption", "lower_third", "end_card", "card"]
"""``card``: the words of a card, drawn into it and not over it."""
Font = Literal["sans", "serif"]
Animation = Literal["none", "fade", "rise", "typewriter"]
Align = Literal["auto", "left", "center", "right"]
Mood = Literal["upbeat", "calm", "lofi", "cinematic", "acoustic", "corporate", "happy", "romantic"]
Position = Literal[
    "top_left", "top", "top_right", "left", "center", "right", "bottom_left", "bottom", "bottom_right"
]  # fmt: skip

MOTIONS: tuple[Motion, ...] = get_args(Motion)
FITS: tuple[Fit, ...] = get_args(Fit)
TRANSITIONS: tuple[TransitionKind, ...] = get_args(TransitionKind)
FILTERS: tuple[Filter, ...] = get_args(Filter)
TEXT_STYLES: tuple[TextStyle, ...] = get_args(TextStyle)
FONTS: tuple[Font, ...] = get_args(Font)
ANIMATIONS: tuple[Animation, ...] = get_args(Animation)
ALIGNS: tuple[Align, ...] = get_args(Align)
MOODS: tuple[Mood, ...] = get_args(Mood)
POSITIONS: tuple[Position, ...] = get_args(Position)

BUILT_IN = "built-in:"
"""What the ``media`` of music begins with that the studio composes; the mood follows."""

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
class Look:
    """How a picture is graded. ``strength`` (0 to 1) is the filter's; ``brightness``, ``contrast``, ``saturation`` and
    ``warmth`` go from -1 to 1, 0 changing nothing; ``vignette``, ``sharpen`` and ``blur`` from 0 to 1."""

    filter: Filter = "none"
    strength: float = 1.0
    brightness: float = 0.0
    contrast: float = 0.0
    saturation: float = 0.0
    warmth: float = 0.0
    vignette: float = 0.0
    sharpen: float = 0.0
    blur: float = 0.0
    extra: Extra = field(default_factory=no_extra)


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """A second photo that stands to the right of the clip's own, each filling half of the frame."""

    media: str
    name: str
    width: int = 0
    height: int = 0
    extra: Extra = field(default_factory=no_extra)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fade:
    """The film comes out of a colour, or goes into it (``#rrggbb``)."""

    duration_ms: int = 1000
    color: str = "#000000"
    extra: Extra = field(default_factory=no_extra)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clip:
    """A photo or a piece of a video on the picture track.

    ``motion`` and ``fit`` may be ``auto``: `layout` decides, from the clip's place and shape. ``width`` and ``height``
    are the upright size of the material, 0 when it is not known. ``in_ms`` is where a video's piece starts in its file, and
    ``speed`` (0.1 to 10) how fast it plays: it uses ``duration_ms`` · ``speed`` of the file. ``strength`` (0 to 2) scales the
    motion. ``focus`` is the point that stays in the picture, as fractions of its width and height; None: the renderer looks
    for it. ``background`` (``#rrggbb``) lies beside a contained picture and under a transparent one; None: the renderer's choice.

    A **card** is a clip of its own background, with a `Text` of the style ``card`` in it: a colour (``background``; None: black), which
    may go over into another (``gradient``), or, where it has ``media``, that picture blurred and dimmed. Cards have no number: people
    count photos and videos, and "photo 2" stays the same one when a card is put before it.
    """

    id: str
    media: str
    name: str
    kind: Literal["image", "video", "card"] = "image"
    duration_ms: int = DEFAULT_CLIP_MS
    width: int = 0
    height: int = 0
    in_ms: int = 0
    volume: float = 1.0
    transition_in: Transition | None = None
    motion: Motion | Literal["auto"] = "auto"
    fit: Fit | Literal["auto"] = "auto"
    strength: float = 1.0
    focus: tuple[float, float] | None = None
    background: str | None = None
    gradient: str | None = None
    beside: Beside | None = None
    speed: float = 1.0
    look: Look = Look()
    extra: Extra = field(default_factory=no_extra)


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """Words over the picture. Colours are ``#rrggbb``.

    ``at`` puts the middle of the words at fractions of the frame's width and height, and wins over ``position``. ``size`` (0.3 to 3) scales the style's type size. ``box`` is the colour of a plate behind the
    words. ``enter`` and ``leave`` are how they come and go; None: as the style does. ``end_offset_ms`` is how long before the end of the film the text goes, when it belongs to the end and moves with it.
    ``clip`` is the id of the clip whose time it has, when it belongs to a clip and goes with it.
    """

    id: str
    text: str
    start_ms: int = 0
    duration_ms: int = 3000
    position: Position = "center"
    color: str = "#ffffff"
    style: TextStyle = "title"
    font: Font = "sans"
    size: float = 1.0
    at: tuple[float, float] | None = None
    align: Align = "auto"
    stroke: str | None = None
    box: str | None = None
    enter: Animation | None = None
    leave: Animation | None = None
    end_offset_ms: int | None = None
    clip: str | None = None
    extra: Extra = field(default_factory=no_extra)


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlay:
    """A picture over the film, such as a logo: above the photos and their transitions, below the words.

    ``at`` puts its middle at fractions of the frame's width and height, and wins over ``position``. ``size`` (0.01 to 1) is its
    width as a part of the frame's; None: `layout.overlay_box` chooses. ``duration_ms`` of ``None`` lasts to the end of the film.
    ``end_offset_ms`` is as in `Text`. ``width`` and ``height`` are the upright size of the material, 0 when it is not known.
    """

    id: str
    media: str
    name: str
    width: int = 0
    height: int = 0
    position: Position = "bottom_right"
    at: tuple[float, float] | None = None
    size: float | None = None
    opacity: float = 1.0
    start_ms: int = 0
    duration_ms: int | None = None
    end_offset_ms: int | None = None
    extra: Extra = field(default_factory=no_extra)


@dataclass(frozen=True, slots=True, kw_only=True)
class Music:
    """Sound under the film. ``duration_ms`` of ``None`` lasts to the end of the film.

    ``media`` is a file's id, or `BUILT_IN` and a mood, composed anew for each ``seed``. The material begins at ``offset_ms`` and
    repeats as needed when it ``loops``; while a clip is heard the music is turned down when it ``ducks``.
    """

    id: str
    media: str
    name: str
    start_ms: int = 0
    duration_ms: int | None = None
    volume: float = 0.8
    fade_in_ms: int = 500
    fade_out_ms: int = 2000
    offset_ms: int = 0
    loops: bool = True
    ducks: bool = True
    seed: int = 0
    extra: Extra = field(default_factory=no_extra)


@dataclass(frozen=True, slots=True, kw_only=True)
class Media:
    """One file of a project's pool, as far as the timeline needs to know it. ``duration_ms`` is 0 for a picture.

    ``beats_ms`` are the beats of a piece of music (ms of the file), when they are certain. ``taken_at`` (see `dates`) and ``place`` are
    when and where it was taken, where its file says so.
    """

    id: str
    name: str
    kind: MediaKind
    width: int = 0
    height: int = 0
    duration_ms: int = 0
    beats_ms: tuple[int, ...] = ()
    taken_at: str | None = None
    place: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    canvas: Canvas = Canvas()
    fade_in: Fade | None = None
    fade_out: Fade | None = None
    clips: tuple[Clip, ...] = ()
    overlays: tuple[Overlay, ...] = ()
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

    def numbered(self) -> tuple[int, ...]:
        """The indexes of the clips that have a number, from 1: all but the cards."""
        return tuple(index for index, clip in enumerate(self.clips) if clip.kind != "card")

    def starts(self) -> tuple[int, ...]:
        """The cut before each clip, in ms from the start of the film."""
        return tuple(accumulate((clip.duration_ms for clip in self.clips[:-1]), initial=0)) if self.clips else ()

    def placed(self) -> Iterator[tuple[int, Clip]]:
        """Each clip with its start in ms."""
        return zip(self.starts(), self.clips, strict=True)

    def with_clips(self, clips: tuple[Clip, ...]) -> Timeline:
        return replace(self, clips=clips)

    def end_ms(self, part: Music | Overlay) -> int:
        """Where a piece of music or an overlay ends on the timeline, never after the film."""
        if part.duration_ms is None:
            return self.duration_ms
        return min(self.duration_ms, part.start_ms + part.duration_ms)
