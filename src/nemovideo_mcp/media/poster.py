"""A still of a finished film, to stand for it. Heavy: for worker processes."""

import math
from collections.abc import Sequence
from pathlib import Path

import av
import av.error
import cv2
import numpy as np
from av.video.frame import VideoFrame
from av.video.reformatter import ColorRange, Colorspace
from PIL import Image

from nemovideo_mcp.media.errors import MediaError
from nemovideo_mcp.media.probe import picture_stream
from nemovideo_mcp.media.verify import is_black, shown_at

QUALITY = 92
_SEEN = 480
"""Width at which stills are compared: what is sharp there is sharp to who looks at a thumbnail."""
_FLAT, _DARK, _BRIGHT = 55.0, 45.0, 215.0
"""Standard deviation of luma (0 to 255) that is contrast enough, and means that are too dark and too bright for a good picture."""


def poster(film: Path, target: Path, times_ms: Sequence[int]) -> int:
    """Write the best frame of those at ``times_ms``, in the film's full size, as JPEG; the time (ms) of the one that was taken.

    The best is sharp, has contrast, and is neither dark nor bright. Of several that are black, the first is taken.

    Raises:
        MediaError: the film cannot be decoded, or there is no such time.
        OSError: ``target`` cannot be written.
    """
    try:
        with av.open(film, mode="r") as container:
            video = picture_stream(container)
            if video is None or not times_ms:
                raise MediaError("has no picture to take a still of")
            video.thread_type = "AUTO"
            best: tuple[float, int, VideoFrame] | None = None
            for ms in times_ms:
                frame = shown_at(container, video, ms)
                merit = _merit(frame) if len(times_ms) > 1 else 0.0
                if best is None or merit > best[0]:
                    best = merit, ms, frame
            assert best is not None
            _rgb(best[2]).save(target, "JPEG", quality=QUALITY)
            return best[1]
    except (av.error.FFmpegError, ValueError) as error:
        raise MediaError(f"cannot be decoded: {getattr(error, 'strerror', None) or error}") from error


def _rgb(frame: VideoFrame) -> Image.Image:
    # What does not say how its colours are meant is what its size suggests.
    told = int(frame.colorspace)
    matrix = Colorspace.ITU709 if told == 1 or (told == 2 and frame.height >= 720) else Colorspace.ITU601
    full = ColorRange.JPEG if frame.color_range == ColorRange.JPEG else ColorRange.MPEG
    made = frame.reformat(
        format="rgb24", src_colorspace=matrix, src_color_range=full, dst_color_range=ColorRange.JPEG
    ).to_ndarray()
    return Image.fromarray(made).rotate(frame.rotation, expand=True)


def _merit(frame: VideoFrame) -> float:
    """How good a still is, from 0; the variance of the Laplacian tells how sharp (Pech-Pacheco et al., 2000)."""
    if is_black(frame):
        return 0.0
    height = max(2, round(frame.height * _SEEN / frame.width / 2) * 2)
    grey = frame.reformat(width=_SEEN, height=height, format="gray").to_ndarray()
    sharp = math.log1p(float(cv2.Laplacian(grey, cv2.CV_32F).var()))
    mean, spread = float(grey.mean()), float(np.std(grey))
    lit = min(1.0, mean / _DARK, (255 - mean) / (255 - _BRIGHT))
    return 0.01 + sharp * min(1.0, spread / _FLAT) * lit
