"""Frames of more light or colour than BT.709 holds, at the size that is shown: `media.light` for video."""

import numpy as np
import numpy.typing as npt
from av.video.frame import VideoFrame

from nemovideo_mcp.media import light
from nemovideo_mcp.studio.render import planes
from nemovideo_mcp.studio.render.planes import Planes


def exceeds(frame: VideoFrame) -> bool:
    """Whether the frame says that it holds more than BT.709 does."""
    return light.exceeds(light.points_of(frame))


def reduced(frame: VideoFrame, width: int, height: int) -> Planes:
    """Such a frame scaled, toned and converted to BT.709 limited range; ``width`` and ``height`` are even."""
    source = planes.rescaled(frame, width, height, "gbrp10le")
    result = VideoFrame(width, height, "gbrp")
    # Planar RGB comes as G, B, R.
    light.reduced(
        [_wide(source, index) for index in (2, 0, 1)],
        light.points_of(frame),
        [planes.plane(result, index) for index in (2, 0, 1)],
    )
    return planes.from_frame(result, width, height, full_range=True)


def _wide(frame: VideoFrame, index: int) -> npt.NDArray[np.uint16]:
    """A plane of 10-bit code values."""
    source = frame.planes[index]
    lines = np.frombuffer(memoryview(source), np.uint16).reshape(source.height, source.line_size // 2)
    return lines[:, : source.width]
