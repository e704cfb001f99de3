"""Looks into one file and says what it is, or why it cannot be used. Heavy: for worker processes."""

import hashlib
from fractions import Fraction
from pathlib import Path

import av
import av.container
import av.error
import av.stream
from av.audio.stream import AudioStream
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from nemovideo_mcp.media import pictures, taken
from nemovideo_mcp.media.errors import MediaError
from nemovideo_mcp.media.formats import FORMATS, MAX_BYTES, MAX_PIXELS, Format
from nemovideo_mcp.media.info import MediaInfo
from nemovideo_mcp.media.sniff import HEAD_BYTES, foreign, is_text, sniff

_MB = 1024 * 1024
_COUNTED = {"mp3", "aac"}
"""Formats without a trustworthy length in their header: their packets are counted."""
_TAIL = Fraction(3, 2)
"""Seconds that a video may end before its header says so; more means that the file is cut off."""


def probe(path: Path) -> MediaInfo:
    """What the file is.

    Raises:
        MediaError: it is missing, empty, too large, of no known kind, cut off or broken; the reason says which.
    """
    size = _size(path)
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    found = sniff(head)
    if found is None:
        if (what := foreign(head)) is not None:
            raise MediaError(f"is {what}")
        if is_text(head):
            raise MediaError("is not a picture, video or sound: its content is text")
        raise MediaError("is not a picture, video or sound of a known format; convert it to jpg, png, mp4 or mp3")
    if found.kind == "image":
        width, height = pictures.check(path)
        with pictures.open_picture(path) as image:
            told = taken.of_picture(image)
        return MediaInfo(
            kind="image",
            format=found.name,
            mime=found.mime,
            size_bytes=size,
            sha256=digest(path),
            width=width,
            height=height,
            taken_at=told.at,
            place=told.place,
        )
    return _probe_av(path, found, size)


def digest(path: Path) -> str:
    """SHA-256 of the file, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def picture_stream(container: av.container.InputContainer) -> VideoStream | None:
    """The first stream of moving pictures; the cover of a song is none.

    Raises:
        MediaError: there is one, in a form that cannot be decoded.
    """
    covers = av.stream.Disposition.attached_pic
    found = next((s for s in container.streams.video if not s.disposition & covers), None)
    if found is not None and not _has_decoder(found):
        raise MediaError("is a video in a form that cannot be read; convert it to mp4 (H.264)")
    return found


def upright_size(video: VideoStream, frame: VideoFrame) -> tuple[int, int]:
    """Width and height of a video as a person sees it: after the aspect of its pixels and its rotation."""
    width, height = max(1, round(frame.width * (video.sample_aspect_ratio or 1))), frame.height
    return (height, width) if frame.rotation % 180 else (width, height)


def _size(path: Path) -> int:
    try:
        size = path.stat().st_size
    except OSError as error:
        raise MediaError(f"cannot be read: {error.strerror or error}") from error
    if not path.is_file():
        raise MediaError("is not a file")
    if size > MAX_BYTES:
        raise MediaError(f"is too large: {size / _MB:.0f} MB, and at most {MAX_BYTES // _MB} MB can be used")
    if size == 0:
        raise MediaError("is empty: it has 0 bytes")
    return size


def _probe_av(path: Path, found: Format, size: int) -> MediaInfo:
    noun = "sound" if found.kind == "audio" else "video"
    try:
        with av.open(path, mode="r") as container:
            video = picture_stream(container)
            audio = next((s for s in container.streams.audio if _has_decoder(s)), None)
            if video is None and audio is None:
                raise MediaError(f"is a broken {noun}: there is neither picture nor sound in it")
            width, height = _look(container, video) if video else (0, 0)
            if audio and not video:
                _listen(container, audio)
            duration = _duration(container, video or audio, found)
            if video:
                duration = _checked_end(container, video, duration)
            fps = float(video.average_rate or video.guessed_rate or 0) if video else 0.0
            told = taken.of_video(container.metadata) if video else taken.Taken()
    except (av.error.FFmpegError, OSError, ValueError) as error:
        raise MediaError(f"is a broken {noun}: {_said(error)}") from error
    if video is None:
        found = _as_sound(found)
    return MediaInfo(
        kind="video" if video else "audio",
        format=found.name,
        mime=found.mime,
        size_bytes=size,
        sha256=digest(path),
        width=width,
        height=height,
        duration_ms=round(duration * 1000),
        fps=round(fps, 3),
        has_audio=audio is not None,
        taken_at=told.at,
    )


def _has_decoder(stream: av.stream.Stream) -> bool:
    # Its type does not say so, but a stream of an unknown codec has no context.
    return getattr(stream, "codec_context", None) is not None


def _as_sound(found: Format) -> Format:
    """A container for films that holds only sound."""
    if found.name in ("mp4", "mov"):
        return FORMATS["m4a"]
    if found.kind == "audio":
        return found
    return Format(found.name, "audio", found.mime.replace("video/", "audio/"), found.suffix)


def _look(container: av.container.InputContainer, video: VideoStream) -> tuple[int, int]:
    """Decodes the first frame; the size as a person sees it."""
    if video.codec_context.width * video.codec_context.height > MAX_PIXELS:
        raise MediaError(f"has too large a picture: more than {MAX_PIXELS // 1_000_000} million pixels")
    frame = next(iter(container.decode(video)), None)
    if frame is None:
        raise MediaError("is a broken video: not one frame of it can be decoded")
    return upright_size(video, frame)


def _listen(container: av.container.InputContainer, audio: AudioStream) -> None:
    if next((f for f in container.decode(audio) if f.samples), None) is None:
        raise MediaError("is a broken sound: not one sample of it can be decoded")


def _duration(
    container: av.container.InputContainer, stream: VideoStream | AudioStream | None, found: Format
) -> Fraction:
    """Seconds, from the header where it can be trusted, else from the packets."""
    assert stream is not None
    assert stream.time_base is not None
    if found.name not in _COUNTED:
        if stream.duration:
            return stream.duration * stream.time_base
        if container.duration:
            return Fraction(container.duration, av.time_base)
    container.seek(0)
    end = Fraction(0)
    counted = Fraction(0)
    for packet in container.demux(stream):
        if packet.pts is None:
            continue
        length = (packet.duration or 0) * stream.time_base
        counted += length
        end = max(end, packet.pts * stream.time_base + length)
    return counted if found.name in _COUNTED and counted else end


def _checked_end(container: av.container.InputContainer, video: VideoStream, duration: Fraction) -> Fraction:
    """The duration, after a look at the packets near the end, without decoding them: a file that is cut off has none.

    A Matroska file that was cut out of a longer one may count its length from that one's beginning; then it is as long as
    its pictures last.

    Raises:
        MediaError: the pictures end long before the header says so.
    """
    if duration < 2 * _TAIL or video.time_base is None:
        return duration
    start = video.start_time or 0
    container.seek(start + int((duration - 1) / video.time_base), stream=video)
    last = Fraction(0)
    for packet in container.demux(video):
        if packet.pts is not None and packet.size:
            last = max(last, (packet.pts - start + (packet.duration or 0)) * video.time_base)
    if last >= duration - _TAIL:
        return duration
    if video.duration is None and last and last + start * video.time_base >= duration - _TAIL:
        return last
    raise MediaError(f"is cut off: only {float(last):.1f} s of its {float(duration):.1f} s are there")


def _said(error: Exception) -> str:
    if isinstance(error, av.error.InvalidDataError):
        return "its content makes no sense"
    return getattr(error, "strerror", None) or str(error) or type(error).__name__
