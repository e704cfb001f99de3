"""Opens a finished film and checks that it is what was asked for. Heavy: for worker processes."""

import re
from collections.abc import Sequence
from pathlib import Path

import av
import av.container
import av.error
import numpy as np
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from nemovideo_mcp.media import streams
from nemovideo_mcp.media.errors import MediaError
from nemovideo_mcp.media.formats import FilmFormat
from nemovideo_mcp.media.info import FilmInfo
from nemovideo_mcp.media.probe import digest, picture_stream

_BLACK_MEAN, _BLACK_SPREAD = 20.0, 3.0
"""Mean luma (16 is black) and its spread, in code values, up to which a frame counts as black."""


def verify(
    path: Path,
    *,
    format: FilmFormat | None = None,
    width: int | None = None,
    height: int | None = None,
    duration_ms: int | None = None,
    fps: float | None = None,
    frames: int | None = None,
    audio: bool | None = None,
    exact: bool = False,
    decode: bool = True,
    expect_picture_at: Sequence[int] = (),
) -> FilmInfo:
    """Opens the film, decodes its first and last frame, one near its middle, and those at ``expect_picture_at`` (ms).

    Only what is not None is checked; the duration may be one frame off. ``exact`` also holds the file to what our own
    encoders make of its ``format``: codecs, colours, every frame there, sound as long as the picture, index in front.
    Without ``decode`` no frame is looked at.

    Raises:
        MediaError: it cannot be opened or decoded, differs from what was asked for, or is black where a picture must be.
    """
    try:
        with av.open(path, mode="r") as container:
            if format is not None:
                streams.check_format(path, format, exact=exact)
            info, black = _look(container, path, expect_picture_at, decode=decode)
            if exact and format is not None:
                streams.check(container, path, format, frames)
    except (av.error.FFmpegError, OSError, ValueError) as error:
        raise MediaError(f"cannot be played: {getattr(error, 'strerror', None) or error}") from error
    if width is not None and height is not None and (info.width, info.height) != (width, height):
        raise MediaError(f"is {info.width}×{info.height} where {width}×{height} was asked for")
    frame_ms = 1000 / (fps or info.fps)
    if duration_ms is not None and abs(info.duration_ms - duration_ms) > frame_ms + 0.5:
        raise MediaError(f"lasts {info.duration_ms / 1000:.2f} s where {duration_ms / 1000:.2f} s were asked for")
    # A GIF has no rate, only how long each picture stays.
    if fps is not None and info.video_codec != "gif" and abs(info.fps - fps) > 0.01:
        raise MediaError(f"has {info.fps:g} frames a second where {fps:g} were asked for")
    if audio is not None and audio != (info.audio_codec is not None):
        raise MediaError(
            "has no sound although there should be some" if audio else "has sound although none was asked for"
        )
    if black:
        raise MediaError(f"is black at {black[0] / 1000:.1f} s, where a picture should be")
    return info


def _look(
    container: av.container.InputContainer, path: Path, expected: Sequence[int], *, decode: bool
) -> tuple[FilmInfo, tuple[int, ...]]:
    """What the film is, and the expected times at which it is black."""
    video = picture_stream(container)
    if video is None or video.time_base is None:
        raise MediaError("has no picture")
    # Frames too: what lies between two key frames is decoded on all cores.
    video.thread_type = "AUTO"
    audio = next(iter(container.streams.audio), None)
    fps = float(video.average_rate or video.guessed_rate or 0)
    seconds = _seconds(container, video)
    if not fps or not seconds:
        raise MediaError("has no length")
    duration_ms = round(seconds * 1000)
    black = _black(container, video, duration_ms, fps, expected) if decode else set()
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


def _seconds(container: av.container.InputContainer, video: VideoStream) -> float:
    """How long the picture lasts; of the whole film, where that is all that is known."""
    if video.duration and video.time_base:
        return float(video.duration * video.time_base)
    # Matroska keeps it as a tag: hours, minutes and seconds.
    if told := re.fullmatch(r"(\d+):(\d\d):(\d\d\.\d+)", video.metadata.get("DURATION", "").strip()):
        return int(told[1]) * 3600 + int(told[2]) * 60 + float(told[3])
    return (container.duration or 0) / av.time_base


def _black(
    container: av.container.InputContainer, video: VideoStream, duration_ms: int, fps: float, expected: Sequence[int]
) -> set[int]:
    """The times, of those that are looked at, at which the film is black."""
    last = max(0, round(duration_ms - 1000 / fps))
    black = {ms for ms in {0, *expected} if is_black(shown_at(container, video, min(ms, last)))}
    # At the end any frame will do that others lead to: those between need not be decoded.
    video.codec_context.skip_frame = "NONREF"
    if last not in expected and is_black(shown_at(container, video, last)):
        black.add(last)
    video.codec_context.skip_frame = "DEFAULT"
    # The middle is for a hint only, so the key frame before it does, which costs one frame to decode. It may be the one
    # that the film is faded in from: where it is black, the middle itself is looked at.
    middle = duration_ms // 2
    looks = (is_black(shown_at(container, video, middle, roughly=roughly)) for roughly in (True, False))
    if middle not in expected and all(looks):
        black.add(middle)
    return black


def shown_at(
    container: av.container.InputContainer, video: VideoStream, ms: int, *, roughly: bool = False
) -> VideoFrame:
    """The frame on screen at ``ms``, decoded from the key frame before it; or ``roughly`` that key frame.

    Raises:
        MediaError: there is none.
    """
    assert video.time_base is not None
    start = video.start_time or 0
    container.seek(start + int(ms / 1000 / video.time_base), stream=video)
    shown: VideoFrame | None = None
    for frame in container.decode(video):
        if shown is not None and frame.pts is not None and (frame.pts - start) * video.time_base * 1000 > ms + 0.5:
            break
        shown = frame
        if roughly:
            break
    if shown is None:
        raise MediaError(f"cannot be decoded at {ms / 1000:.1f} s")
    return shown


def is_black(frame: VideoFrame) -> bool:
    """Whether nothing can be seen on the frame: dark on average, and even."""
    grey = frame.reformat(width=160, height=90, format="gray", dst_color_range="MPEG").to_ndarray().astype(np.float32)
    return bool(grey.mean() <= _BLACK_MEAN and grey.std() <= _BLACK_SPREAD)
