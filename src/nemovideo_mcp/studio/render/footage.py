"""A video file as pictures at any time, decoded forwards; upright, without interlacing and in the film's colours."""

import struct
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple, cast

import av
import av.error
from av.filter import Graph
from av.sidedata.sidedata import SideDataContainer, Type
from av.video.frame import VideoFrame

from nemovideo_mcp.media.errors import MediaError
from nemovideo_mcp.media.probe import picture_stream
from nemovideo_mcp.studio.render import planes, tone
from nemovideo_mcp.studio.render.planes import BLACK, Code, Planes

_SEEK_SECONDS = 2.0
"""A jump ahead by more than this is a seek; less is decoded through."""
_BROKEN = "is a broken video: not one frame of it can be decoded"
_LEAST_WOVEN = 16
"""Pixels of a side: smaller pictures are not made free of interlacing; the filter refuses them."""


class Timed(NamedTuple):
    """A frame and when it comes on screen, in seconds from the video's start."""

    seconds: float
    frame: VideoFrame


class Footage:
    """The pictures of a video.

    ``size_for`` answers the size wanted for an upright size (pixels); ``lay`` puts that picture into the frame; ``ground`` is
    under what is transparent. The first question is expected at ``start`` (seconds).

    Raises:
        MediaError: the file cannot be opened or decoded.
    """

    def __init__(
        self,
        path: Path,
        size_for: Callable[[int, int], tuple[int, int]],
        lay: Callable[[Planes], Planes],
        *,
        ground: Code = BLACK,
        start: float = 0.0,
    ) -> None:
        self._path, self._size_for, self._lay, self._ground = path, size_for, lay, ground
        self.damaged = 0
        """How many times something could not be decoded; what was shown before it stayed on screen."""
        self.ends: float | None = None
        """Where the video ends, in seconds, once it was read so far."""
        self._open()
        self._asked = 0.0
        self._laid: tuple[VideoFrame, Planes] | None = None
        if start > _SEEK_SECONDS:
            self._seek(start)
        if self._next is None and self._shown is None:
            self.close()
            raise MediaError(_BROKEN)

    def at(self, seconds: float) -> Planes:
        """The picture on screen at ``seconds`` from the video's start; the first before it, the last after its end.

        Raises:
            MediaError: the file has vanished or is broken since it was opened.
        """
        frame = self._frame(seconds)
        if self._laid is None or self._laid[0] is not frame:
            self._laid = (frame, self._lay(self._drawn(frame)))
        return self._laid[1]

    def close(self) -> None:
        self._container.close()

    def _open(self) -> None:
        try:
            self._container = av.open(self._path, mode="r")
        except FileNotFoundError:
            raise MediaError("is no longer where it was: the file has vanished") from None
        except (av.error.FFmpegError, OSError, ValueError) as error:
            raise MediaError(f"cannot be opened as a video: {error}") from error
        stream = picture_stream(self._container)
        if stream is None or stream.time_base is None:
            self._container.close()
            raise MediaError("has no picture")
        self._stream, self._base = stream, stream.time_base
        stream.thread_type = "AUTO"
        self._origin = stream.start_time or 0
        self._begin()

    def _begin(self) -> None:
        """Reads on from where the container stands."""
        self._frames: Iterator[VideoFrame] = unwoven(self._whole())
        self._shown: Timed | None = None
        self._next: Timed | None = None
        self._next = self._pull()

    def _frame(self, seconds: float) -> VideoFrame:
        reached = self._shown.seconds if self._shown else 0.0
        # Backwards only when the question goes backwards: after a seek the first frame may lie behind what was asked for.
        # Forwards only while there is more: past its end a video is asked for the same last frame again and again.
        if seconds < self._asked or (self._next is not None and seconds > reached + _SEEK_SECONDS):
            self._seek(seconds)
        self._asked = seconds
        while self._next is not None and (self._shown is None or self._next.seconds <= seconds):
            self._shown, self._next = self._next, self._pull()
        if self._shown is None:
            # It was good when it was opened.
            raise MediaError(_BROKEN)
        if self._next is None:
            self.ends = self._shown.seconds + self._lasts(self._shown.frame)
        return self._shown.frame

    def _seek(self, seconds: float) -> None:
        """To the key frame before ``seconds``, or where there is no way to it, to the beginning."""
        kept = self._shown, self._next
        try:
            self._container.seek(self._origin + int(seconds / self._base), stream=self._stream)
            self._begin()
        except av.error.FFmpegError:
            self._next = None
        if self._next is not None and self._next.seconds <= max(seconds, 0.0):
            return
        if self._shown_serves(kept[0], seconds):
            # Beyond the end there may be nothing to decode: what was shown last stays.
            self._shown, self._next = kept[0], None
            return
        # No index, or a wrong one: the whole way is decoded then.
        self._container.close()
        self._open()

    @staticmethod
    def _shown_serves(shown: Timed | None, seconds: float) -> bool:
        return shown is not None and shown.seconds <= seconds

    def _pull(self) -> Timed | None:
        frame = next(self._frames, None)
        if frame is None:
            return None
        if frame.pts is None:
            before = self._next or self._shown
            return Timed(before.seconds + self._lasts(before.frame) if before else 0.0, frame)
        return Timed(float((frame.pts - self._origin) * self._base), frame)

    def _lasts(self, frame: VideoFrame) -> float:
        """For how many seconds the frame is meant to be on screen."""
        rate = self._stream.average_rate or self._stream.guessed_rate or Fraction(25)
        return float(frame.duration * self._base if frame.duration else 1 / rate)

    def _whole(self) -> Iterator[VideoFrame]:
        """The frames that can be decoded, without those that the decoder knows to be damaged."""
        packets = self._container.demux(self._stream)
        while True:
            try:
                packet = next(packets, None)
                if packet is None:
                    return
                frames = packet.decode()
            except av.error.EOFError:
                return
            except av.error.InvalidDataError:
                # A damaged packet costs its own frames and no more: the decoder goes on behind it.
                self.damaged += 1
                continue
            except av.error.BlockingIOError:
                # A decoder of several threads that failed takes nothing more until it is emptied.
                self.damaged += 1
                self._stream.codec_context.flush_buffers()
                continue
            except av.error.FFmpegError:
                self.damaged += 1
                return
            for frame in frames:
                if frame.is_corrupt:
                    self.damaged += 1
                else:
                    yield frame

    def _drawn(self, frame: VideoFrame) -> Planes:
        turned = orientation(frame)
        aspect = self._stream.sample_aspect_ratio or Fraction(1)
        upright = (max(1, round(frame.width * aspect)), frame.height)
        if turned >= 5:
            upright = upright[::-1]
        width, height = (max(2, round(v / 2) * 2) for v in self._size_for(*upright))
        stored = (height, width) if turned >= 5 else (width, height)
        if tone.exceeds(frame):
            return planes.turn(tone.reduced(frame, *stored), turned)
        return planes.turn(planes.from_frame(frame, *stored, ground=self._ground), turned)


def orientation(frame: VideoFrame) -> int:
    """How the frame has to be turned, as an EXIF orientation (1 to 8), by its display matrix (ISO/IEC 14496-12, 6.2.2).

    A matrix that turns by anything but quarters counts as the nearest of those.
    """
    try:
        matrix = cast(SideDataContainer, frame.side_data).get(Type.DISPLAYMATRIX)
    except ValueError:
        # PyAV stumbles over kinds of side data that it does not know; the angle, counter-clockwise, it tells all the same.
        return {90: 8, 180: 3, 270: 6}.get(frame.rotation % 360, 1)
    if matrix is None:
        return 1
    a, b, _, c, d = struct.unpack_from("=5i", bytes(matrix))
    if abs(a) >= abs(b):
        return {(True, True): 1, (False, True): 2, (False, False): 3, (True, False): 4}[a > 0, d > 0]
    return {(True, True): 5, (True, False): 6, (False, False): 7, (False, True): 8}[b > 0, c > 0]


def unwoven(frames: Iterator[VideoFrame]) -> Iterator[VideoFrame]:
    """The frames, those that say they are interlaced made whole (bwdif); nothing is done while none does."""
    weaver: _Weaver | None = None
    for frame in frames:
        if weaver is not None and not weaver.takes(frame):
            yield from weaver.rest()
            weaver = None
        if weaver is None and frame.interlaced_frame and min(frame.width, frame.height) >= _LEAST_WOVEN:
            weaver = _Weaver(frame)
        if weaver is None:
            yield frame
        else:
            yield from weaver.feed(frame)
    if weaver is not None:
        yield from weaver.rest()


class _Weaver:
    """FFmpeg's bwdif for frames of one form. It looks a frame ahead, and so answers one frame late."""

    def __init__(self, first: VideoFrame) -> None:
        self._form = _form(first)
        base = first.time_base or Fraction(1, 1000)
        self._graph = Graph()
        self._graph.threads = 1
        self._graph.link_nodes(
            self._graph.add(
                "buffer",
                f"video_size={first.width}x{first.height}:pix_fmt={first.format.name}:time_base={base}"
                f":colorspace={int(first.colorspace)}:range={int(first.color_range)}",
            ),
            self._graph.add("bwdif", "mode=send_frame:deint=interlaced"),
            # The filter counts in fields.
            self._graph.add("settb", str(base)),
            self._graph.add("buffersink"),
        ).configure()

    def takes(self, frame: VideoFrame) -> bool:
        return _form(frame) == self._form

    def feed(self, frame: VideoFrame | None) -> Iterator[VideoFrame]:
        self._graph.vpush(frame)
        while True:
            try:
                yield self._graph.vpull()
            except (av.error.BlockingIOError, av.error.EOFError):
                return

    def rest(self) -> Iterator[VideoFrame]:
        return self.feed(None)


def _form(frame: VideoFrame) -> tuple[int, int, str]:
    return frame.width, frame.height, frame.format.name
