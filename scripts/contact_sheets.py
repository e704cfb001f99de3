"""`docs/transitions.jpg`: every transition at five moments; `docs/motion.jpg`: every motion at three, and every fit. On
photographs that `examples/draw_photos.py` draws, and the portrait of an astronaut (NASA, in scikit-image).

python scripts/contact_sheets.py
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
import skimage.data
from av.video.frame import VideoFrame

from nemovideo_mcp.studio.render import decode, planes
from nemovideo_mcp.studio.render.compose import Compositor
from nemovideo_mcp.studio.render.fit import fitted, wanted_size
from nemovideo_mcp.studio.render.plan import make_plan
from nemovideo_mcp.studio.render.transitions import TRANSITIONS
from nemovideo_mcp.timeline.layout import pair_portraits
from nemovideo_mcp.timeline.model import MOTIONS, Canvas, Clip, Timeline

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "examples"))

from draw_photos import draw_all  # noqa: E402 - found by the line above

FRAME, SHOWN = (640, 360), (160, 90)
MOMENTS = (0.1, 0.3, 0.5, 0.7, 0.9)
COLUMNS = 2
WHITE = (255, 255, 255)

Pixels = npt.NDArray[np.uint8]


def photo(path: Path) -> planes.Planes:
    """A photo that fills the frame."""
    picture = decode.photo(path, lambda width, height: wanted_size("fill", (width, height), FRAME))
    return fitted("fill", picture, FRAME)


def shown(frame: VideoFrame, size: tuple[int, int] = SHOWN) -> Pixels:
    small = frame.reformat(
        *size, format="bgr24", src_colorspace="ITU709", src_color_range="MPEG", dst_color_range="JPEG"
    )
    return np.asarray(small.to_ndarray(), np.uint8)


def labelled(words: str, parts: Sequence[Pixels], gap: int = 0) -> Pixels:
    """The pictures in a row, under a line of words."""
    strip = np.concatenate(
        [cv2.copyMakeBorder(part, 0, 0, 0, gap, cv2.BORDER_CONSTANT, value=WHITE) for part in parts], 1
    )
    label = np.full((22, strip.shape[1], 3), 255, np.uint8)
    cv2.putText(label, words, (4, 16), cv2.FONT_HERSHEY_SIMPLEX, 0.45, (40, 40, 40), 1, cv2.LINE_AA)
    return np.concatenate([label, strip], axis=0)


def columns(rows: list[Pixels], count: int) -> Pixels:
    rows = rows + [np.full_like(rows[0], 255)] * (-len(rows) % count)
    length = len(rows) // count
    gap = np.full((length * rows[0].shape[0], 12, 3), 255, np.uint8)
    found = [np.concatenate(rows[i * length : (i + 1) * length]) for i in range(count)]
    return np.concatenate([part for column in found for part in (column, gap)][:-1], axis=1)


def transition(kind: str, a: planes.Planes, b: planes.Planes) -> Pixels:
    frame = VideoFrame(*FRAME, "yuv420p")
    parts = []
    for moment in MOMENTS:
        TRANSITIONS[kind](a, b, moment, planes.views(frame))  # type: ignore[index]
        parts.append(shown(frame))
    return labelled(kind, parts)


def clip(path: Path) -> Clip:
    picture = decode.photo(path, lambda width, height: (width, height))
    width, height = planes.size(picture)
    return Clip(id=path.name, media=str(path), name=path.name, width=width, height=height)


def moments(film: Timeline, times: Sequence[float], size: tuple[int, int]) -> list[list[Pixels]]:
    """For each clip its frames at the times, which are parts of its length."""
    plan = make_plan(film)
    media = [c.media for c in film.clips] + [c.beside.media for c in film.clips if c.beside]
    found = []
    with Compositor(plan, (), {name: Path(name) for name in media}, ahead=False) as compositor:
        for placed in plan.placed:
            row = []
            for time in times:
                frame = VideoFrame(film.canvas.width, film.canvas.height, "yuv420p")
                compositor.draw(placed.start + round(time * (placed.end - placed.start - 1)), planes.views(frame))
                row.append(shown(frame, size))
            found.append(row)
    return found


def motions(photos: Sequence[Clip], astronaut: Clip) -> Pixels:
    """Every motion at its start, its middle and its end; below, how pictures of other shapes meet the frame."""
    sunrise, forest, _, balloons, *_, city = photos
    wide, tall = Canvas(width=FRAME[0], height=FRAME[1]), Canvas(width=FRAME[1], height=FRAME[0])
    moving = [motion for motion in MOTIONS if motion != "none"]
    film = Timeline(canvas=wide, clips=tuple(replace(city, motion=motion) for motion in moving))
    rows = [labelled(m, row, 2) for m, row in zip(moving, moments(film, (0, 0.5, 1), (200, 112)), strict=True)]
    upper = columns(rows, 2)
    fits = [
        ("fill", replace(astronaut, fit="fill")),
        ("blur", replace(balloons, fit="blur")),
        ("contain, on a colour", replace(balloons, fit="contain", background="#22384c")),
        *(("two portraits side by side", one) for one in pair_portraits(Timeline(clips=(balloons, forest))).clips),
    ]
    film = Timeline(canvas=wide, clips=tuple(one for _, one in fits))
    frames = [row[0] for row in moments(film, [0.5], (300, 168))]
    lower = [labelled(words, [frame]) for (words, _), frame in zip(fits, frames, strict=True)]
    film = Timeline(canvas=tall, clips=(replace(sunrise, fit="blur"), replace(astronaut, fit="fill")))
    upright = [
        labelled(words, row, 8) for words, row in zip(("blur", "fill"), moments(film, [0.5], (214, 380)), strict=True)
    ]
    below = np.concatenate(
        [columns(lower, 2), np.full((380, 12, 3), 255, np.uint8), *(part[:380] for part in upright)], axis=1
    )
    side = (upper.shape[1] - below.shape[1]) // 2
    below = cv2.copyMakeBorder(
        below, 12, 0, side, upper.shape[1] - below.shape[1] - side, cv2.BORDER_CONSTANT, value=WHITE
    )
    return np.concatenate([upper, below])


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        paths = draw_all(Path(folder), size=0.3)
        a, b = photo(paths[0]), photo(paths[1])
        sheet = columns([transition(kind, a, b) for kind in TRANSITIONS], COLUMNS)
        cv2.imwrite(str(ROOT / "docs" / "transitions.jpg"), sheet, [cv2.IMWRITE_JPEG_QUALITY, 55])
        person = Path(folder) / "astronaut.png"
        cv2.imwrite(str(person), cv2.cvtColor(skimage.data.astronaut(), cv2.COLOR_RGB2BGR))
        sheet = motions([clip(path) for path in paths], clip(person))
        cv2.imwrite(str(ROOT / "docs" / "motion.jpg"), sheet, [cv2.IMWRITE_JPEG_QUALITY, 75])


if __name__ == "__main__":
    main()
