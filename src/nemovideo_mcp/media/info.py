"""What is known of a file after looking into it. Plain values that cross process boundaries."""

from dataclasses import dataclass

from nemovideo_mcp.timeline.model import MediaKind


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaInfo:
    """A usable file.

    ``format`` is a name of `formats.FORMATS`. ``width`` and ``height`` are pixels as a person sees them: after EXIF
    orientation, rotation and pixel aspect; 0 for sound. ``duration_ms`` and ``fps`` are 0 for a picture. ``taken_at`` (see
    `timeline.dates`) and ``place`` are when and where it was taken, as far as the file says so in words.
    """

    kind: MediaKind
    format: str
    mime: str
    size_bytes: int
    sha256: str
    width: int = 0
    height: int = 0
    duration_ms: int = 0
    fps: float = 0.0
    has_audio: bool = False
    taken_at: str | None = None
    place: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FilmInfo:
    """A finished film that was opened and looked at. ``black_ms`` are the looked-at times with a black frame."""

    width: int
    height: int
    duration_ms: int
    fps: float
    frames: int
    video_codec: str
    audio_codec: str | None
    size_bytes: int
    sha256: str
    black_ms: tuple[int, ...] = ()
