"""Opens a finished film and checks that it is what was asked for. Heavy: for worker processes."""

from collections.abc import Sequence
from pathlib import Path

import av
import av.container
import av.error
import numpy as np
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from nemovideo_mcp.media.errors import MediaError
from nemovideo_mcp.media.info import FilmInfo
from nemovideo_mcp.media.probe import digest, picture_stream

_BLACK_MEAN, _BLACK_SPREAD = 20.0, 3.0
"""Mean luma (16 is black) and its spread, in code values, up to which a frame counts as black."""


def verify(
    path: Path,
    *,
    width: int | None = None,
    height: int | None = None,
    duration_ms: int | None = None,
    fps: float | None = None,
    audio: bool | None = None,
    expect_picture_at: Sequence[int] = (),
) -> FilmInfo:
    """Opens the film, decodes its first, middle and last frame and those at ``expect_picture_at`` (ms).

    Only what is not None is checked; the duration may be one frame off.

    Raises:
        MediaError: it cannot be opened or decoded, differs from what was asked for, or is black where a picture must be.
    """
    try:
        with av.open(path, mode="r") as container:
            info, black = _look(container, path, expect_picture_at)
    except (av.error.FFmpegError, OSError, ValueError) as error:
        raise MediaError(f"cannot be played: {getattr(error, 'strerror', None) or error}") from error
    if width is not None and height is not None and (info.width, info.height) != (width, height):
        raise MediaError(f"is {info.width}×{info.height} where {width}×{height} was asked for")
    frame_ms = 1000 / (fps or info.fps)
    if duration_ms is not None and abs(info.duration_ms - duration_ms) > frame_ms + 0.5:
        raise MediaError(f"lasts {info.duration_ms / 1000:.2f} s where {duration_ms / 1000:.2f} s were asked for")
    if fps is not None and abs(info.fps - fps) > 0.01:
        raise MediaError(f"has {info.fps:g} frames a second where {fps:g} were asked for")
    if audio is not None and audio != (info.audio_codec is not None):
        raise MediaError(
            "has no sound although there should be some" if audio else "has sound although none was asked for"
        )
    if black:
        raise MediaError(f"is black at {black[0] / 1000:.1f} s, where a picture should be")
    return info


def _look(
    container: av.container.InputContainer, path: Path, expected: Sequence[int]
) -> tuple[FilmInfo, tuple[int, ...]]:
    """What the film is, and the expected times at which it is black."""
    video = picture_stream(container)
    if video is None or video.time_base is None:
        raise MediaError("has no picture")
    audio = next(iter(container.streams.audio), None)
    fps = float(video.average_rate or video.guessed_rate or 0)
    seconds = float((video.duration or 0) * video.time_base) or (container.duration or 0) / av.time_base
    if not fps or not seconds:
        raise MediaError("has no length")
    duration_ms = round(seconds * 1000)
    last = max(0, round(duration_ms - 1000 / fps))
    black = {
        ms for ms in {0, duration_ms // 2, last, *expected} if is_black(_frame_at(container, video, min(ms, last)))
    }
    info = FilmInfo(
        width=video.codec_context.width,
        height=video.codec_context.height,
        duration_ms=duration_ms,
        fps=round(fps, 3),
        frames=video.frames or round(seconds * fps),
        video_codec=video.codec_context.name,
        audio_codec=audio.codec_context.name if audio else None,
        size_bytes=path.stat().st_size,
        sha256=digest(path),
        black_ms=tuple(sorted(black)),
    )
    return info, tuple(sorted(black.intersection(expected)))


def _frame_at(container: av.container.InputContainer, video: VideoStream, ms: int) -> VideoFrame:
    """The frame on screen at ``ms``, decoded from the key frame before it."""
    assert video.time_base is not None
    start = video.start_time or 0
    container.seek(start + int(ms / 1000 / video.time_base), stream=video)
    shown: VideoFrame | None = None
    for frame in container.decode(video):
        if shown is not None and frame.pts is not None and (frame.pts - start) * video.time_base * 1000 > ms + 0.5:
            break
        shown = frame
    if shown is None:
        raise MediaError(f"cannot be decoded at {ms / 1000:.1f} s")
    return shown


def is_black(frame: VideoFrame) -> bool:
    """Whether nothing can be seen on the frame: dark on average, and even."""
    grey = frame.reformat(width=160, height=90, format="gray", dst_color_range="MPEG").to_ndarray().astype(np.float32)
    return bool(grey.mean() <= _BLACK_MEAN and grey.std() <= _BLACK_SPREAD)
