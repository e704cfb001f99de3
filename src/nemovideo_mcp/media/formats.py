"""The formats that can be used, and the limits of a file."""

from dataclasses import dataclass

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
