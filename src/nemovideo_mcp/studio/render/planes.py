"""A picture as three planes of 8-bit code values: Y at full size, U and V at half, BT.709 limited range, as x264 wants them."""

from typing import TypeAlias

import av
import cv2
import numpy as np
import numpy.typing as npt
from av.video.frame import VideoFrame
from av.video.reformatter import ColorRange, Colorspace, Interpolation

Plane: TypeAlias = npt.NDArray[np.uint8]
Planes: TypeAlias = tuple[Plane, Plane, Plane]

Code: TypeAlias = tuple[float, float, float]
"""A colour in limited range: Y, U, V."""

BLACK = (16, 128, 128)


def plane(frame: VideoFrame, index: int) -> Plane:
    """One plane of a frame as an array on the frame's own memory, without the padding of its lines."""
    source = frame.planes[index]
    lines: Plane = np.frombuffer(memoryview(source), np.uint8).reshape(source.height, source.line_size)
    return lines[:, : source.width]


def views(frame: VideoFrame) -> Planes:
    """The planes of a yuv420p frame, on the frame's own memory: writing to them writes the frame."""
    return plane(frame, 0), plane(frame, 1), plane(frame, 2)


def blank(width: int, height: int, values: Code = BLACK) -> Planes:
    """Planes of one colour; ``width`` and ``height`` are even."""
    y, u, v = (round(value) for value in values)
    half = (height // 2, width // 2)
    return np.full((height, width), y, np.uint8), np.full(half, u, np.uint8), np.full(half, v, np.uint8)


def size(planes: Planes) -> tuple[int, int]:
    """Width and height of the luma plane."""
    height, width = planes[0].shape
    return width, height


def crop(planes: Planes, x: int, y: int, width: int, height: int) -> Planes:
    """A part of the picture, on the same memory; all numbers are even."""
    u = planes[1][y // 2 : (y + height) // 2, x // 2 : (x + width) // 2]
    v = planes[2][y // 2 : (y + height) // 2, x // 2 : (x + width) // 2]
    return planes[0][y : y + height, x : x + width], u, v


def middle(planes: Planes, width: int, height: int) -> Planes:
    """The centred part of at most this size, on the same memory."""
    have_w, have_h = size(planes)
    width, height = min(width, have_w) // 2 * 2, min(height, have_h) // 2 * 2
    return crop(planes, (have_w - width) // 4 * 2, (have_h - height) // 4 * 2, width, height)


def copy(source: Planes, out: Planes) -> None:
    for a, b in zip(source, out, strict=True):
        np.copyto(b, a)


def scale(planes: Planes, width: int, height: int) -> Planes:
    """The picture at another size, smooth both ways."""

    def one(source: Plane, w: int, h: int) -> Plane:
        shrinks = w < source.shape[1]
        mode = cv2.INTER_AREA if shrinks else cv2.INTER_CUBIC
        return np.asarray(cv2.resize(source, (w, h), interpolation=mode), np.uint8)

    half = (width // 2, height // 2)
    return one(planes[0], width, height), one(planes[1], *half), one(planes[2], *half)


def turn(planes: Planes, orientation: int) -> Planes:
    """The planes of a stored picture turned upright, for an EXIF orientation from 1 to 8 (Exif 2.32, tag 0x0112)."""

    def one(p: Plane) -> Plane:
        if orientation >= 5:
            p = p.T
        # What is left after the transposition of 5 to 8 is a mirroring of columns, of rows or of both.
        columns, rows = orientation in (2, 3, 6, 7), orientation in (3, 4, 7, 8)
        return np.ascontiguousarray(p[:: -1 if rows else 1, :: -1 if columns else 1])

    if orientation == 1:
        return planes
    return one(planes[0]), one(planes[1]), one(planes[2])


def from_frame(
    frame: VideoFrame, width: int, height: int, *, full_range: bool | None = None, ground: Code = BLACK
) -> Planes:
    """A decoded frame of any format, scaled and converted to BT.709 limited range in one pass of swscale.

    ``full_range`` of None believes the frame. Transparent parts are laid over ``ground``. ``width`` and ``height`` are even.
    """
    transparent = any(component.is_alpha for component in frame.format.components) or frame.format.name == "pal8"
    scaled = rescaled(frame, width, height, "yuva420p" if transparent else "yuv420p", full_range=full_range)
    planes = views(scaled)
    return _over(planes, plane(scaled, 3), ground) if transparent else planes


def rescaled(frame: VideoFrame, width: int, height: int, form: str, *, full_range: bool | None = None) -> VideoFrame:
    """The frame at another size in a pixel format (``form``) of swscale: RGB and grey in full range, YUV as BT.709 limited range."""
    if full_range is None:
        full_range = frame.color_range == ColorRange.JPEG or frame.format.name.startswith("yuvj")
    return frame.reformat(
        width=width,
        height=height,
        format=form,
        src_colorspace=_matrix(frame),
        dst_colorspace=Colorspace.ITU709,
        src_color_range=ColorRange.JPEG if full_range else ColorRange.MPEG,
        dst_color_range=ColorRange.MPEG if form.startswith("yuv") else ColorRange.JPEG,
        # Without the last of these, colours lose a code value or two on the way, and white is grey.
        interpolation=Interpolation.BICUBIC | Interpolation.ACCURATE_RND | Interpolation.FULL_CHR_H_INT,
        threads=1,
    )


def from_rgb(array: Plane, width: int, height: int) -> Planes:
    """An RGB or RGBA picture (height × width × 3 or 4) scaled and converted."""
    if min(array.shape[:2]) < 8:
        # swscale refuses pictures of a few pixels.
        array = np.asarray(cv2.resize(array, (width, height), interpolation=cv2.INTER_LINEAR), np.uint8)
    frame = VideoFrame.from_ndarray(np.ascontiguousarray(array), format="rgba" if array.shape[2] == 4 else "rgb24")
    return from_frame(frame, width, height)


def tag(frame: VideoFrame | av.VideoCodecContext) -> None:
    """Marks a frame or an encoder as BT.709 limited range; on frames alone the marks do not reach the file."""
    frame.color_range, frame.colorspace, frame.color_primaries, frame.color_trc = 1, 1, 1, 1


def _matrix(frame: VideoFrame) -> Colorspace:
    """The matrix between RGB and YUV that the frame was made with; where it does not say, what its size suggests."""
    known = {
        1: Colorspace.ITU709, 4: Colorspace.FCC, 5: Colorspace.ITU601, 6: Colorspace.SMPTE170M,
        7: Colorspace.SMPTE240M, 9: Colorspace.BT2020, 10: Colorspace.BT2020,
    }  # fmt: skip
    told = known.get(int(frame.colorspace))
    if told is not None:
        return told
    return Colorspace.ITU709 if frame.height >= 720 else Colorspace.ITU601


def _over(planes: Planes, alpha: Plane, ground: Code) -> Planes:
    small = np.asarray(cv2.resize(alpha, planes[1].shape[::-1], interpolation=cv2.INTER_AREA), np.uint8)

    def one(source: Plane, weight: Plane, under: float) -> Plane:
        mixed = under + (source.astype(np.float32) - np.float32(under)) * (weight * np.float32(1 / 255))
        return np.asarray(mixed + np.float32(0.5), np.uint8)

    return one(planes[0], alpha, ground[0]), one(planes[1], small, ground[1]), one(planes[2], small, ground[2])
