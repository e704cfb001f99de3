"""`docs/transitions.jpg`: every transition at five moments; `docs/text.jpg`: the styles of words and the scripts that they are
written in. All on photographs that `examples/draw_photos.py` draws; colour emoji are those of the machine that runs this.

python scripts/contact_sheets.py
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
from av.video.frame import VideoFrame

from nemovideo_mcp.studio.render import decode, planes
from nemovideo_mcp.studio.render.fit import fitted, wanted_size
from nemovideo_mcp.studio.render.text import titles
from nemovideo_mcp.studio.render.transitions import TRANSITIONS
from nemovideo_mcp.timeline.model import Canvas, Text

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "examples"))

from draw_photos import draw_all  # noqa: E402 - found by the line above

FRAME, SHOWN = (640, 360), (160, 90)
MOMENTS = (0.1, 0.3, 0.5, 0.7, 0.9)
COLUMNS = 2
TEXT_FRAME, TEXT_SHOWN, TEXT_COLUMNS = (1280, 720), (416, 234), 3
TEXTS: tuple[dict[str, Any], ...] = (
    {"text": "Summer in the Alps"},
    {"text": "Ten days between Zermatt and Lugano", "style": "subtitle"},
    {"text": "We left before dawn, and the valley was still asleep.", "style": "caption", "position": "bottom"},
    {"text": "Anna Lindqvist\nPhotographer, Stockholm", "style": "lower_third", "position": "bottom_left"},
    {"text": "Thank you for watching\nPhotos by Anna & Tom", "style": "end_card"},
    {"text": "Summer in the Alps", "font": "serif"},
    {"text": "Day 3: Lugano", "style": "subtitle", "box": "#f2c14e", "color": "#1d1d1f", "position": "top_left"},
    {"text": "Hello, sunshine", "stroke": "#1b2a6b", "color": "#ffd166", "position": "bottom"},
    {"text": "Sea ✈️ 👨‍👩‍👧 🇮🇹 👍🏽"},
    {"text": "云南的夏天，从大理开始"},
    {"text": "夏の終わり、海辺の町で"},
    {"text": "제주도에서 보낸 여름"},
    {"text": "صيف 2024 في مراكش"},
    {"text": "קיץ 2024 (תל אביב)"},
    {"text": "ฤดูร้อนที่เชียงใหม่"},
    {"text": "जयपुर में गर्मियाँ"},
    {"text": "Mùa hè ở Đà Lạt", "font": "serif"},
    {"text": "Лето · Καλοκαίρι", "style": "end_card"},
)

Pixels = npt.NDArray[np.uint8]


def photo(path: Path, size: tuple[int, int] = FRAME) -> planes.Planes:
    """A photo that fills the frame."""
    picture = decode.photo(path, lambda width, height: wanted_size("fill", (width, height), size))
    return planes.middle(fitted("fill", picture, size), *size)


def shown(frame: VideoFrame, size: tuple[int, int] = SHOWN) -> Pixels:
    small = frame.reformat(
        *size, format="bgr24", src_colorspace="ITU709", src_color_range="MPEG", dst_color_range="JPEG"
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


def cell(background: planes.Planes, given: dict[str, Any]) -> Pixels:
    """Words over a photo, once they have come."""
    frame = VideoFrame(*TEXT_FRAME, "yuv420p")
    planes.copy(background, planes.views(frame))
    (title,) = titles([Text(id="t", **given)], Canvas(width=TEXT_FRAME[0], height=TEXT_FRAME[1]))
    title.draw(45, planes.views(frame))
    return shown(frame, TEXT_SHOWN)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        photos = draw_all(Path(folder), size=0.3)
        a, b, *_ = (photo(path) for path in photos)
        backgrounds = [photo(path, TEXT_FRAME) for path in photos]
    cells = [cell(backgrounds[i % len(backgrounds)], given) for i, given in enumerate(TEXTS)]
    grid = [np.concatenate(cells[i : i + TEXT_COLUMNS], axis=1) for i in range(0, len(cells), TEXT_COLUMNS)]
    cv2.imwrite(str(ROOT / "docs" / "text.jpg"), np.concatenate(grid), [cv2.IMWRITE_JPEG_QUALITY, 72])
    rows = [row(kind, a, b) for kind in TRANSITIONS]
    rows += [np.full_like(rows[0], 255)] * (-len(rows) % COLUMNS)
    length = len(rows) // COLUMNS
    gap = np.full((length * rows[0].shape[0], 12, 3), 255, np.uint8)
    columns = [np.concatenate(rows[i * length : (i + 1) * length]) for i in range(COLUMNS)]
    sheet = np.concatenate([columns[0], gap, columns[1]], axis=1)
    cv2.imwrite(str(ROOT / "docs" / "transitions.jpg"), sheet, [cv2.IMWRITE_JPEG_QUALITY, 55])


if __name__ == "__main__":
    main()
