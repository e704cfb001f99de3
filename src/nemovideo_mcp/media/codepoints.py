"""What a picture without a profile says of its colours: the code points (ITU-T H.273) that HEIC, AVIF and PNG may hold. Heavy."""

import io
import struct
from contextlib import suppress
from pathlib import Path
from typing import Any

import av
import av.error
import cv2
import numpy as np
import numpy.typing as npt
import pillow_heif
from av.video.reformatter import ColorRange
from PIL import Image

from nemovideo_mcp.media.light import CodePoints, Words

_HEAD = 1 << 17
"""Bytes of an AVIF in which its properties stand: all but the pictures themselves, unless these come first."""
_MOST_DEEP = 30_000_000
"""Pixels up to which a picture of more than 8 bits is decoded with all of them: a larger one would take 600 MB on the way."""


def of_picture(image: Image.Image) -> CodePoints | None:
    """Colour primaries and transfer of an open picture whose pixels were not read yet; None where it names none, or has a
    profile, which says more."""
    if image.info.get("icc_profile"):
        return None
    if image.format == "HEIF":
        said = image.info.get("nclx_profile")
        return (said["color_primaries"], said["transfer_characteristics"]) if said else None
    file = getattr(image, "fp", None)
    if file is None or image.format not in ("AVIF", "PNG"):
        return None
    place = file.tell()
    try:
        file.seek(0)
        head = file.read(_HEAD)
    finally:
        file.seek(place)
    return _in_avif(head) if image.format == "AVIF" else _in_png(head)


def deep(source: Path | bytes, image: Image.Image, times: int) -> Words | None:
    """The RGB of a picture that is stored with more than 8 bits, as 10 bits, height × width × 3, divided by a whole number and
    oriented as Pillow shows it; None where there are not more bits, or no way to them."""
    if image.width * image.height > _MOST_DEEP:
        return None
    with suppress(av.error.FFmpegError, OSError, ValueError, RuntimeError, StopIteration):
        file = io.BytesIO(source) if isinstance(source, bytes) else source
        if image.format == "HEIF" and image.info.get("bit_depth", 8) > 8:
            opened = pillow_heif.open_heif(file, convert_hdr_to_8bit=False)
            return _ten_bits(np.asarray(opened), times)
        if image.format == "AVIF":
            return _deep_avif(file, image.size, times)
    return None


def _ten_bits(words: npt.NDArray[Any], times: int) -> Words:
    """16-bit RGB made smaller first: a large one is there twice only as long as it must."""
    if times > 1:
        size = words.shape[1] // times, words.shape[0] // times
        words = np.asarray(cv2.resize(words, size, interpolation=cv2.INTER_AREA), np.uint16)
    return np.asarray(words, np.uint16) >> np.uint16(6)


def _deep_avif(file: io.BytesIO | Path, size: tuple[int, int], times: int) -> Words | None:
    with av.open(file, mode="r") as container:
        frame = next(container.decode(video=0))
        # Of a picture of tiles this is only one.
        if frame.format.components[0].bits <= 8 or (frame.width, frame.height) != size:
            return None
        wide = frame.reformat(
            format="rgb48le", src_color_range=frame.color_range or ColorRange.MPEG, dst_color_range=ColorRange.JPEG
        )
        return _ten_bits(wide.to_ndarray(), times)


def _in_avif(head: bytes) -> CodePoints | None:
    """The first colour information of type nclx (ISO/IEC 14496-12, 12.1.5)."""
    at = head.find(b"colrnclx")
    return _two(head, ">2H", at + 8) if at >= 0 else None


def _in_png(head: bytes) -> CodePoints | None:
    """The chunk cICP (PNG 3rd edition, 11.3.2.6), which stands before the pixels."""
    at = 8
    while len(chunk := head[at : at + 8]) == 8:
        length, kind = struct.unpack(">I4s", chunk)
        if kind == b"cICP":
            return _two(head, ">2B", at + 8)
        if kind == b"IDAT":
            return None
        at += length + 12
    return None


def _two(data: bytes, form: str, at: int) -> CodePoints | None:
    with suppress(struct.error):
        first, second = struct.unpack_from(form, data, at)
        return first, second
    return None
