"""What a film must look like, remembered in a few points of every frame while it is drawn, and its file held against that."""

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import av
import av.error
import numpy as np
import numpy.typing as npt
from av.container import InputContainer
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from nemovideo_mcp.media.errors import MediaError
from nemovideo_mcp.studio.render.planes import Plane, from_frame

_ROWS, _COLUMNS, _EACH = 9, 16, 4
"""Cells of a frame; each is the mean of 4 × 4 points that lie evenly in it."""
_FAR = 8.0
"""Mean difference of two frames' cells, in code values, up to which they are the same: a draft's are 2 apart."""
_ALIKE = 0.5
"""Correlation of the cells from which on two frames show the same thing although they differ: coarse coding, few colours."""
_LOOKS = 5
_BLACK = 20.0
"""Mean luma in code values, up to which a frame is called black; 16 is black."""

Cells = npt.NDArray[np.uint8]


def cells(luma: Plane) -> Cells:
    """The means of the cells, in reading order."""
    height, width = luma.shape
    rows = (np.arange(_ROWS * _EACH) * height + height // 2) // (_ROWS * _EACH)
    columns = (np.arange(_COLUMNS * _EACH) * width + width // 2) // (_COLUMNS * _EACH)
    points = luma[rows[:, None], columns].reshape(_ROWS, _EACH, _COLUMNS, _EACH)
    return np.asarray(points.mean(axis=(1, 3)).ravel(), np.uint8)


class Proof:
    """Of those frames of a film, which are what one file shows: 144 bytes each."""

    def __init__(self, frames: range) -> None:
        self._frames = frames
        self._cells = np.zeros((len(frames), _ROWS * _COLUMNS), np.uint8)

    def saw(self, n: int, until: int, luma: Plane) -> bool:
        """Frames ``n`` up to ``until`` of the film look like this; whether that is another scene than the frame before."""
        first, seen = n - self._frames.start, cells(luma)
        self._cells[first : until - self._frames.start] = seen
        if not first:
            return False
        before, now = self._cells[first - 1].astype(np.float32), seen.astype(np.float32)
        return bool(np.abs(now - before).mean() > _FAR) and _correlation(before, now) < _ALIKE

    def hold(self, path: Path, fps: int) -> None:
        """Decodes the first and the last frame of the file and some key frames between them; a GIF's all.

        Raises:
            MediaError: one of them cannot be decoded, or is not what was drawn.
        """
        try:
            with av.open(path, mode="r") as container:
                stream = container.streams.video[0]
                stream.thread_type = "AUTO"
                if stream.codec_context.name == "gif":
                    for frame in container.decode(stream):
                        self._compare(frame, stream, fps)
                else:
                    for look in range(_LOOKS):
                        self._compare(
                            self._first(container, stream, look * len(self._frames) // _LOOKS, fps), stream, fps
                        )
                    self._hold_last(container, stream, fps)
        except (av.error.FFmpegError, OSError) as error:
            raise MediaError(f"cannot be played: {getattr(error, 'strerror', None) or error}") from error

    def _first(self, container: InputContainer, stream: VideoStream, n: int, fps: int) -> VideoFrame:
        """The key frame at or before frame ``n`` of the file."""
        for frame in _from(container, stream, n, fps):
            return frame
        raise MediaError(f"cannot be decoded at {n / fps:.1f} s")

    def _hold_last(self, container: InputContainer, stream: VideoStream, fps: int) -> None:
        last = len(self._frames) - 1
        shown = None
        # What nothing refers to needs no decoding on the way; the last picture of a stream has nothing behind it to refer to,
        # so x264 makes it a P picture.
        stream.codec_context.skip_frame = "NONREF"
        for shown in _from(container, stream, last, fps):  # noqa: B007 - the last one is meant
            pass
        if shown is None or _number(shown, stream, fps) != last:
            raise MediaError("has no last frame that can be decoded")
        self._compare(shown, stream, fps)

    def _compare(self, frame: VideoFrame, stream: VideoStream, fps: int) -> None:
        n = _number(frame, stream, fps)
        if not 0 <= n < len(self._frames):
            raise MediaError(f"shows a frame at {n / fps:.1f} s, where none was made")
        drawn, shown = self._cells[n].astype(np.float32), cells(_luma(frame)).astype(np.float32)
        if np.abs(drawn - shown).mean() > _FAR and _correlation(drawn, shown) < _ALIKE:
            at = (self._frames.start + n) / fps
            what = "is black" if shown.mean() < _BLACK else "does not show what it should"
            raise MediaError(f"{what} at {at:.1f} s")


def _from(container: InputContainer, stream: VideoStream, n: int, fps: int) -> Iterator[VideoFrame]:
    """The frames of the file, from the key frame at or before frame ``n`` on."""
    assert stream.time_base is not None
    container.seek((stream.start_time or 0) + int(Fraction(n, fps) / stream.time_base), stream=stream)
    return container.decode(stream)


def _number(frame: VideoFrame, stream: VideoStream, fps: int) -> int:
    """Which frame of the file it is."""
    if frame.pts is None or frame.time_base is None:
        raise MediaError("has frames without a time")
    return round((frame.pts - (stream.start_time or 0)) * frame.time_base * fps)


def _luma(frame: VideoFrame) -> Plane:
    return from_frame(frame, frame.width, frame.height)[0]


def _correlation(a: npt.NDArray[np.float32], b: npt.NDArray[np.float32]) -> float:
    a, b = a - a.mean(), b - b.mean()
    norm = float(np.linalg.norm(a) * np.linalg.norm(b))
    return float(a @ b) / norm if norm else 0.0
