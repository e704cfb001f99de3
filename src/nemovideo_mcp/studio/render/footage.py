"""A video file as pictures at any time, decoded forwards; upright and in the film's colours."""

from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path

import av
import av.error
import numpy as np
from av.video.frame import VideoFrame

from nemovideo_mcp.media.errors import MediaError
from nemovideo_mcp.media.probe import picture_stream
from nemovideo_mcp.studio.render import planes
from nemovideo_mcp.studio.render.planes import Plane, Planes

_SEEK_SECONDS = 2.0
"""A jump ahead by more than this is a seek; less is decoded through."""


class Footage:
    """The pictures of a video.

    ``size_for`` answers the size wanted for an upright size (pixels); ``lay`` puts that picture into the frame.

    Raises:
        MediaError: the file cannot be opened or decoded.
    """

    def __init__(
        self, path: Path, size_for: Callable[[int, int], tuple[int, int]], lay: Callable[[Planes], Planes]
    ) -> None:
        self._size_for, self._lay = size_for, lay
        try:
            self._container = av.open(path, mode="r")
        except (av.error.FFmpegError, OSError, ValueError) as error:
            raise MediaError(f"cannot be opened as a video: {error}") from error
        stream = picture_stream(self._container)
        if stream is None or stream.time_base is None:
            self._container.close()
            raise MediaError("has no picture")
        self._stream, self._base = stream, stream.time_base
        stream.thread_type = "AUTO"
        self._origin = stream.start_time or 0
        self._frames: Iterator[VideoFrame] = iter(self._container.decode(stream))
        self._shown: VideoFrame | None = None
        self._next: VideoFrame | None = self._pull()
        if self._next is None:
            self._container.close()
            raise MediaError("is a broken video: not one frame of it can be decoded")
        self._asked = 0.0
        self._laid: tuple[VideoFrame, Planes] | None = None

    def at(self, seconds: float) -> Planes:
        """The picture on screen at ``seconds`` from the video's start; the first before it, the last after its end."""
        frame = self._frame(seconds)
        if self._laid is None or self._laid[0] is not frame:
            self._laid = (frame, self._lay(self._drawn(frame)))
        return self._laid[1]

    def close(self) -> None:
        self._container.close()

    def _frame(self, seconds: float) -> VideoFrame:
        reached = self._time(self._shown) if self._shown else 0.0
        # Backwards only when the question goes backwards: after a seek the first frame may lie behind what was asked for.
        # Forwards only while there is more: past its end a video is asked for the same last frame again and again.
        if seconds < self._asked or (self._next is not None and seconds > reached + _SEEK_SECONDS):
            self._seek(seconds)
        self._asked = seconds
        while self._next is not None and (self._shown is None or self._time(self._next) <= seconds):
            self._shown, self._next = self._next, self._pull()
        assert self._shown is not None
        return self._shown

    def _seek(self, seconds: float) -> None:
        kept = self._shown
        try:
            self._container.seek(self._origin + int(seconds / self._base), stream=self._stream)
        except av.error.FFmpegError:
            return
        self._frames = iter(self._container.decode(self._stream))
        first = self._pull()
        if first is None:
            # Beyond the end there may be nothing to decode: what was shown last stays.
            self._shown, self._next = kept, None
        else:
            self._shown, self._next = first, self._pull()

    def _pull(self) -> VideoFrame | None:
        while True:
            try:
                return next(self._frames, None)
            except av.error.InvalidDataError:
                # A damaged packet costs its own frames and no more: the decoder goes on behind it.
                self._frames = iter(self._container.decode(self._stream))
            except av.error.FFmpegError:
                return None

    def _time(self, frame: VideoFrame) -> float:
        return float(((frame.pts or 0) - self._origin) * self._base)

    def _drawn(self, frame: VideoFrame) -> Planes:
        aspect = self._stream.sample_aspect_ratio or Fraction(1)
        turned = frame.rotation % 360
        upright = (max(1, round(frame.width * aspect)), frame.height)
        if turned % 180:
            upright = upright[::-1]
        width, height = (max(2, round(v / 2) * 2) for v in self._size_for(*upright))
        stored = (height, width) if turned % 180 else (width, height)
        return _rotated(planes.from_frame(frame, *stored), turned)


def _rotated(picture: Planes, degrees: int) -> Planes:
    """Turned counter-clockwise by a multiple of 90 degrees."""

    def one(plane: Plane) -> Plane:
        return np.ascontiguousarray(np.rot90(plane, degrees // 90))

    return picture if degrees == 0 else (one(picture[0]), one(picture[1]), one(picture[2]))
