"""The contact sheet: many pictures in one small JPEG, each over its label. Heavy: for worker processes."""

import io
import math
from collections.abc import Sequence
from pathlib import Path

import av
import av.error
import numpy as np
from av.video.frame import VideoFrame
from PIL import Image, ImageDraw

from nemovideo_mcp.media import light
from nemovideo_mcp.media.errors import MediaError
from nemovideo_mcp.media.pictures import open_upright
from nemovideo_mcp.media.probe import picture_stream, upright_size
from nemovideo_mcp.media.sniff import HEAD_BYTES, sniff
from nemovideo_mcp.media.typeset.label import height as label_height
from nemovideo_mcp.media.typeset.label import label
from nemovideo_mcp.media.verify import is_black

MOST = 60
"""Pictures on a sheet; of more, an even selection is shown."""

_BACKGROUND, _PLACE, _TEXT, _FAINT = (22, 23, 26), (38, 40, 45), (222, 224, 228), (120, 124, 132)
_WIDTH = 1600
_GAP = 16
_QUALITIES = (88, 80, 70, 60, 50, 40)


def sheet(pictures: Sequence[tuple[Path | bytes, str]], max_bytes: int = 700_000) -> bytes:
    """A JPEG of at most ``max_bytes`` with the pictures in a grid.

    A picture is a file (photo or video: its first frame) or the bytes of an encoded picture. One that cannot be read is an
    empty place with its label.

    Raises:
        MediaError: there are no pictures.
    """
    if not pictures:
        raise MediaError("cannot be made: there are no pictures to show")
    chosen = _spread(pictures)
    columns = _columns(len(chosen))
    cell = (_WIDTH - _GAP * (columns + 1)) // columns
    thumbs = [_thumb(source, cell) for source, _ in chosen]
    image = _draw(thumbs, [label for _, label in chosen], columns, cell)
    return _packed(image, max_bytes)


def first_frame(path: Path, side: int) -> Image.Image:
    """The first frame of a video, or one from its middle where that is black, upright, its pixels square and HDR toned; about ``side`` pixels wide or high.

    Raises:
        MediaError: it cannot be decoded.
    """
    try:
        with av.open(path, mode="r") as container:
            video = picture_stream(container)
            frame = next(iter(container.decode(video)), None) if video else None
            if video is None or frame is None:
                raise MediaError("has no picture")
            if is_black(frame) and container.duration:
                container.seek(container.duration // 2)
                frame = next(iter(container.decode(video)), frame)
            across, down = upright_size(video, frame)
            share = side / max(across, down)
            size = max(1, round(across * share)), max(1, round(down * share))
            return _rgb(frame, size[::-1] if frame.rotation % 180 else size).rotate(frame.rotation, expand=True)
    except (av.error.FFmpegError, OSError, ValueError) as error:
        raise MediaError(f"cannot be decoded: {error}") from error


def _rgb(frame: VideoFrame, size: tuple[int, int]) -> Image.Image:
    points = light.points_of(frame)
    if not light.exceeds(points):
        return Image.fromarray(frame.to_ndarray(format="rgb24", width=size[0], height=size[1]))
    wide = np.asarray(frame.to_ndarray(format="rgb48le", width=size[0], height=size[1]), np.uint16)
    return light.reduced_rgb(wide >> np.uint16(6), points)


def _spread(pictures: Sequence[tuple[Path | bytes, str]]) -> list[tuple[Path | bytes, str]]:
    count = len(pictures)
    if count <= MOST:
        return list(pictures)
    return [pictures[round(i * (count - 1) / (MOST - 1))] for i in range(MOST)]


def _columns(count: int) -> int:
    # A little wider than square, as screens are; a few pictures stand in one row.
    return count if count <= 3 else max(2, min(8, math.ceil(math.sqrt(count * 1.3))))


def _thumb(source: Path | bytes, side: int) -> Image.Image | None:
    try:
        image = _opened(source, side)
    except MediaError:
        return None
    image.thumbnail((side, side), Image.Resampling.LANCZOS)
    if image.mode == "RGBA":
        ground = Image.new("RGB", image.size, _PLACE)
        ground.paste(image, mask=image.getchannel("A"))
        return ground
    return image.convert("RGB")


def _opened(source: Path | bytes, side: int) -> Image.Image:
    if isinstance(source, Path):
        try:
            with source.open("rb") as file:
                found = sniff(file.read(HEAD_BYTES))
        except OSError as error:
            raise MediaError(f"cannot be read: {error}") from error
        if found is None or found.kind == "audio":
            raise MediaError("has no picture")
        if found.kind == "video":
            return first_frame(source, side)
    return open_upright(source, (side, side))


def _draw(thumbs: Sequence[Image.Image | None], labels: Sequence[str], columns: int, cell: int) -> Image.Image:
    size = max(13, min(22, cell // 13))
    line = label_height(size) + size // 2
    # Rows are as tall as their tallest picture, so that a row of landscapes leaves no hole.
    rows = [range(i, min(i + columns, len(thumbs))) for i in range(0, len(thumbs), columns)]
    tallest = [max(t.height if (t := thumbs[i]) else cell * 9 // 16 for i in row) for row in rows]
    image = Image.new("RGB", (_WIDTH, _GAP + sum(h + line + _GAP for h in tallest)), _BACKGROUND)
    draw = ImageDraw.Draw(image)
    top = _GAP
    for row, height in zip(rows, tallest, strict=True):
        for column, index in enumerate(row):
            left = _GAP + column * (cell + _GAP)
            thumb = thumbs[index]
            if thumb:
                image.paste(thumb, (left + (cell - thumb.width) // 2, top + (height - thumb.height) // 2))
            else:
                draw.rectangle((left, top, left + cell, top + height), fill=_PLACE)
                _label(image, "no picture", left, top + height // 2 - size, cell, size, _FAINT)
            _label(image, labels[index], left, top + height + size // 4, cell, size, _TEXT)
        top += height + line + _GAP
    return image


def _label(
    image: Image.Image, text: str, left: int, top: int, width: int, size: int, color: tuple[int, int, int]
) -> None:
    """The text centred in ``width``."""
    mask = label(text, size, width)
    image.paste(color, (left + (width - mask.width) // 2, top), mask)


def _packed(image: Image.Image, max_bytes: int) -> bytes:
    """As good as fits: first the quality goes down, then the size."""
    while True:
        for quality in _QUALITIES:
            out = io.BytesIO()
            image.save(out, "JPEG", quality=quality, optimize=True)
            if out.tell() <= max_bytes:
                return out.getvalue()
        if image.width <= 64:
            raise MediaError(f"cannot be made: {max_bytes} bytes are too few for a picture")
        image = image.resize((image.width * 3 // 4, max(1, image.height * 3 // 4)), Image.Resampling.LANCZOS)
