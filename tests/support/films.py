"""Looking into finished films."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray


def frames(path: str | Path) -> list[NDArray[np.uint8]]:
    """Every frame of a film as RGB, height x width x 3."""
    with av.open(str(path)) as container:
        return [frame.to_ndarray(format="rgb24").astype(np.uint8, copy=False) for frame in container.decode(video=0)]


def mean_color(frame: NDArray[np.uint8]) -> tuple[float, float, float]:
    """The mean RGB of the middle of a frame."""
    height, width = frame.shape[:2]
    middle = frame[height // 4 : -height // 4, width // 4 : -width // 4]
    r, g, b = middle.reshape(-1, 3).mean(axis=0)
    return float(r), float(g), float(b)


def near(found: tuple[float, ...], wanted: tuple[float, ...], most: float = 8) -> bool:
    return all(abs(a - b) <= most for a, b in zip(found, wanted, strict=True))


def streams(path: str | Path) -> dict[str, str]:
    """Stream type to codec name."""
    with av.open(str(path)) as container:
        return {stream.type: stream.codec_context.name for stream in container.streams}
