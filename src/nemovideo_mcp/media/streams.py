"""Holds a film's file to what our own encoders make of its format. Heavy: for worker processes."""

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av.container
from av.stream import Stream
from av.video.stream import VideoStream

from nemovideo_mcp.media.errors import MediaError
from nemovideo_mcp.media.formats import FILMS, FilmFormat
from nemovideo_mcp.media.sniff import HEAD_BYTES, sniff

_APART = Fraction(1024 + 1152, 48_000)
"""Seconds that sound and picture may differ in length: the AAC frame that the last samples do not fill, and what the
encoder of MP3 rounds up to (1152 samples)."""
_BT709 = (1, 1, 1, 1)
"""Limited range; BT.709 matrix, primaries and transfer, by the numbers of ITU-T H.273."""
_SAME = {"mov": "mp4", "m4a": "mp4"}
"""Formats whose files differ by a label only."""


@dataclass(frozen=True, slots=True)
class _Packets:
    """What is in a stream: how many packets, and when the last of them ends (seconds)."""

    count: int
    end: Fraction


def check_format(path: Path, format: FilmFormat, *, exact: bool) -> None:
    """
    Raises:
        MediaError: the file is of another format, by its content.
    """
    with path.open("rb") as file:
        found = sniff(file.read(HEAD_BYTES))
    name = found.name if found else "of no known format"
    if name != format and (exact or _SAME.get(name, name) != _SAME.get(format, format)):
        raise MediaError(f"is {name} where {format} was asked for")


def check(container: av.container.InputContainer, path: Path, format: FilmFormat, frames: int | None) -> None:
    """Looks at the streams, and reads all packets without decoding them.

    Raises:
        MediaError: codecs, pixels, colours, the number of frames or the length of the sound are not as they are made.
    """
    made = FILMS[format]
    pictures, sounds = container.streams.video, container.streams.audio
    if len(pictures) != 1 or len(sounds) > 1 or len(container.streams) != len(pictures) + len(sounds):
        raise MediaError(f"has {len(container.streams)} streams where one of pictures and one of sound belong")
    names = [stream.codec_context.name for stream in (*pictures, *sounds)]
    if names[0] != made.picture or names[1:] not in ([], [made.sound]):
        raise MediaError(f"is coded as {' and '.join(names)}")
    context = pictures[0].codec_context
    if made.tagged and _tags(pictures[0]) != _BT709:
        raise MediaError("does not say how its colours are meant")
    if format != "gif" and context.pix_fmt != "yuv420p":
        raise MediaError(f"has pixels of the kind {context.pix_fmt}, which few players show")
    if format in ("mp4", "mov"):
        _check_index_in_front(path)
    packets = _packets(container)
    picture = packets[pictures[0].index]
    if frames is not None and format != "gif" and picture.count != frames:
        raise MediaError(f"has {picture.count} frames where {frames} were made")
    for stream in sounds:
        if abs(packets[stream.index].end - picture.end) > _APART:
            apart = float(packets[stream.index].end - picture.end)
            raise MediaError(f"has sound that ends {abs(apart):.2f} s {'after' if apart > 0 else 'before'} its picture")


def _tags(stream: VideoStream) -> tuple[int, int, int, int]:
    context = stream.codec_context
    return context.color_range, context.colorspace, context.color_primaries, context.color_trc


def _packets(container: av.container.InputContainer) -> dict[int, _Packets]:
    container.seek(0)
    found = {stream.index: _Packets(0, Fraction(0)) for stream in container.streams}
    for packet in container.demux():
        if packet.pts is not None and packet.size:
            before = found[packet.stream.index]
            end = (packet.pts - _start(packet.stream) + (packet.duration or 0)) * packet.time_base
            found[packet.stream.index] = _Packets(before.count + 1, max(before.end, end))
    return found


def _start(stream: Stream) -> int:
    # What lies before 0 is for the decoder to get going.
    return max(0, stream.start_time or 0)


def _check_index_in_front(path: Path) -> None:
    """
    Raises:
        MediaError: the boxes of an MP4 or MOV (ISO/IEC 14496-12, 4.2) are not whole, or their index lies behind the pictures.
    """
    size = path.stat().st_size
    seen: list[bytes] = []
    with path.open("rb") as file:
        at = 0
        while at < size:
            file.seek(at)
            head = file.read(16)
            length = int.from_bytes(head[:4])
            if length == 1:
                length = int.from_bytes(head[8:])
            if length < 8 or at + length > size:
                raise MediaError("is cut off")
            seen.append(head[4:8])
            at += length
    if b"moov" not in seen or b"mdat" not in seen or seen.index(b"moov") > seen.index(b"mdat"):
        raise MediaError("has its index behind its pictures, so that it cannot play while it loads")
