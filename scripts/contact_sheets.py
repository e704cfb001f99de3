"""`docs/transitions.jpg`: every transition at five moments, on photographs that `examples/draw_photos.py` draws.

python scripts/contact_sheets.py
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
from av.video.frame import VideoFrame

from nemovideo_mcp.studio.render import decode, planes
from nemovideo_mcp.studio.render.fit import fitted, wanted_size
from nemovideo_mcp.studio.render.transitions import TRANSITIONS

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "examples"))

from draw_photos import draw_all  # noqa: E402 - found by the line above

FRAME, SHOWN = (640, 360), (160, 90)
MOMENTS = (0.1, 0.3, 0.5, 0.7, 0.9)
COLUMNS = 2

Pixels = npt.NDArray[np.uint8]


def photo(path: Path) -> planes.Planes:
    """A photo that fills the frame."""
    picture = decode.photo(path, lambda width, height: wanted_size("fill", (width, height), FRAME))
    return planes.middle(fitted("fill", picture, FRAME), *FRAME)


def shown(frame: VideoFrame) -> Pixels:
    small = frame.reformat(
        *SHOWN, format="bgr24", src_colorspace="ITU709", src_color_range="MPEG", dst_color_range="JPEG"
    )
    return np.asarray(small.to_ndarray(), np.uint8)


def row(kind: str, a: planes.Planes, b: planes.Planes) -> Pixels:
    frame = VideoFrame(*FRAME, "yuv420p")
    parts = []
    for moment in MOMENTS:
        TRANSITIONS[kind](a, b, moment, planes.views(frame))  # type: ignore[index]
        parts.append(shown(frame))
    strip = np.concatenate(parts, axis=1)
    label = np.full((22, strip.shape[1], 3), 255, np.uint8)
    cv2.putText(label, kind, (4, 16), cv2.FONT_HERSHEY_SIMPLEX, 0.5, (40, 40, 40), 1, cv2.LINE_AA)
    return np.concatenate([label, strip], axis=0)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        first, second, *_ = draw_all(Path(folder), size=0.3)
        a, b = photo(first), photo(second)
    rows = [row(kind, a, b) for kind in TRANSITIONS]
    rows += [np.full_like(rows[0], 255)] * (-len(rows) % COLUMNS)
    length = len(rows) // COLUMNS
    gap = np.full((length * rows[0].shape[0], 12, 3), 255, np.uint8)
    columns = [np.concatenate(rows[i * length : (i + 1) * length]) for i in range(COLUMNS)]
    sheet = np.concatenate([columns[0], gap, columns[1]], axis=1)
    cv2.imwrite(str(ROOT / "docs" / "transitions.jpg"), sheet, [cv2.IMWRITE_JPEG_QUALITY, 55])


if __name__ == "__main__":
    main()
