"""The formats that can be used, and the limits of a file."""

from dataclasses import dataclass
from typing import Literal, get_args

from nemovideo_mcp.timeline.model import MediaKind

MAX_BYTES = 200 * 1024 * 1024
"""The largest file that the API takes."""

MAX_PIXELS = 200_000_000
"""The largest picture that is decoded: above that a small file can fill the memory (a decompression bomb)."""


@dataclass(frozen=True, slots=True)
class Format:
    """A file format. ``suffix`` has its dot; ``kind`` of a container is what it usually holds."""

    name: str
    kind: MediaKind
    mime: str
    suffix: str


FORMATS: dict[str, Format] = {
    f.name: f
    for f in (
        Format("mp4", "video", "video/mp4", ".mp4"),
        Format("mov", "video", "video/quicktime", ".mov"),
        Format("avi", "video", "video/x-msvideo", ".avi"),
        Format("webm", "video", "video/webm", ".webm"),
        Format("mkv", "video", "video/x-matroska", ".mkv"),
        Format("jpg", "image", "image/jpeg", ".jpg"),
        Format("png", "image", "image/png", ".png"),
        Format("gif", "image", "image/gif", ".gif"),
        Format("webp", "image", "image/webp", ".webp"),
        Format("heic", "image", "image/heic", ".heic"),
        Format("avif", "image", "image/avif", ".avif"),
        Format("mp3", "audio", "audio/mpeg", ".mp3"),
        Format("wav", "audio", "audio/wav", ".wav"),
        Format("m4a", "audio", "audio/mp4", ".m4a"),
        Format("aac", "audio", "audio/aac", ".aac"),
        Format("flac", "audio", "audio/flac", ".flac"),
        Format("ogg", "audio", "audio/ogg", ".ogg"),
    )
}

ACCEPTED: tuple[str, ...] = (
    "mp4", "mov", "avi", "webm", "mkv", "jpg", "png", "gif", "webp", "heic", "mp3", "wav", "m4a", "aac",
)  # fmt: skip
"""What the API promises to take (its format list); the studio also knows the rest of `FORMATS`."""

FilmFormat = Literal["mp4", "mov", "webm", "mkv", "avi", "gif"]
"""What a film can be made as: the films of the API's format list, and GIF."""


@dataclass(frozen=True, slots=True)
class FilmStreams:
    """What is in a film of a format, by FFmpeg's names for what decodes it; ``sound`` of None: the format has no place for it.

    ``tagged``: whether it says how its colours are meant.
    """

    picture: str
    sound: str | None
    tagged: bool = True


FILMS: dict[FilmFormat, FilmStreams] = {
    "mp4": FilmStreams("h264", "aac"),
    "mov": FilmStreams("h264", "aac"),
    "mkv": FilmStreams("h264", "aac"),
    "webm": FilmStreams("vp9", "opus"),
    "avi": FilmStreams("mpeg4", "mp3float", tagged=False),
    "gif": FilmStreams("gif", None, tagged=False),
}
"""H.264 with AAC wherever the container takes it: nothing else plays in so many places.

WebM has VP9: AV1 (SVT, preset 10) was a third faster and half as large on two cores, but does not play on iPhones before the 15 Pro, Macs before
the M3 and most televisions, and who asks for WebM wants it to play. AVI has MPEG-4 part 2 without B pictures and MP3: the container
keeps no presentation times, and its players know nothing newer.
"""

FILM_FORMATS: tuple[FilmFormat, ...] = get_args(FilmFormat)
