"""Pictures of more light or colour than sRGB holds, made to fit: HDR (PQ, HLG) by a tone curve, wide gamuts by a matrix. Heavy.

The FFmpeg in PyAV's wheel has no zscale or libplacebo, and swscale's own conversion takes a second a frame. Done here on
R'G'B' of 10 bits: a table to linear light, a matrix of the primaries, a table to the code values of sRGB, which are the
film's. That takes about 30 ms of one core for a frame of 1080p.

What a picture means is told by its code points (ITU-T H.273): a pair of its colour primaries and its transfer.

The curve is the EETF of ITU-R BT.2390-11 (5.4), for each of R, G and B, from a peak of `PEAK` to SDR's white at HDR's
reference white (BT.2408-7: 203 cd/m²). Up to 91 cd/m² nothing changes, mid grey among it; brighter light is rolled off.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import TypeAlias

import cv2
import numpy as np
import numpy.typing as npt
from av.video.frame import VideoFrame
from av.video.reformatter import ColorPrimaries, ColorTrc
from PIL import Image

Bytes: TypeAlias = npt.NDArray[np.uint8]
Words: TypeAlias = npt.NDArray[np.uint16]
Floats: TypeAlias = npt.NDArray[np.float32]
Doubles: TypeAlias = npt.NDArray[np.float64]
CodePoints: TypeAlias = tuple[int, int]
"""Colour primaries and transfer, by the numbers of ITU-T H.273."""

PEAK, WHITE = 1000.0, 203.0
"""cd/m²: the brightest light that is told apart (the usual peak of mastering and of HLG's nominal screen), and SDR's white."""

_CODES = 1024
_LINEAR = 16384
"""Entries of the table from linear light: so fine that its steps near black are a quarter of a code value."""
_STRIP = 64
"""Rows at a time: what is between the tables then stays in the processor's cache."""

_TO_BT709 = {
    # ITU-R BT.2087-0, and SMPTE EG 432-1 by way of XYZ.
    ColorPrimaries.BT2020: ((1.6605, -0.5876, -0.0728), (-0.1246, 1.1329, -0.0083), (-0.0182, -0.1006, 1.1187)),
    ColorPrimaries.SMPTE432: ((1.2249, -0.2247, 0.0), (-0.0420, 1.0419, 0.0), (-0.0197, -0.0786, 1.0979)),
}


def points_of(frame: VideoFrame) -> CodePoints:
    return int(frame.color_primaries), int(frame.color_trc)


def exceeds(points: CodePoints) -> bool:
    """Whether there may be more than sRGB holds."""
    return _brighter(points) or points[0] in _TO_BT709


def reduced(codes: Sequence[Words], points: CodePoints, out: Sequence[Bytes]) -> None:
    """Such a picture toned and converted to sRGB: from planes of 10-bit code values of R, G and B to planes of 8 bits."""
    curve, matrix = _recipe(*points)
    red, green, blue = codes
    for top in range(0, red.shape[0], _STRIP):
        rows = slice(top, top + _STRIP)
        r, g, b = (np.take(curve, part[rows]) for part in (red, green, blue))
        for target, (of_r, of_g, of_b) in zip(out, matrix, strict=True):
            mixed = cv2.addWeighted(r, of_r, g, of_g, 0.5)
            mixed = cv2.scaleAdd(b, of_b, mixed)
            np.take(_to_code(), mixed.astype(np.int16), mode="clip", out=target[rows])


def to_srgb(picture: Image.Image, points: CodePoints) -> Image.Image:
    """Such a picture (8 bits: RGB or RGBA) toned and converted to sRGB."""
    rgb = np.asarray(picture.convert("RGB"))
    made = reduced_rgb(np.asarray((rgb.astype(np.uint16) << 2) | (rgb >> 6), np.uint16), points)
    if picture.mode == "RGBA":
        made.putalpha(picture.getchannel("A"))
    return made


def reduced_rgb(codes: Words, points: CodePoints) -> Image.Image:
    """`reduced` for one array of height × width × 3."""
    planes = [np.empty(codes.shape[:2], np.uint8) for _ in range(3)]
    reduced([np.ascontiguousarray(codes[..., index]) for index in range(3)], points, planes)
    return Image.fromarray(np.dstack(planes))


def eetf(light: Doubles) -> Doubles:
    """The light (cd/m²) that a screen with a white of `WHITE` shows for light of a scene with a peak of `PEAK`.

    ITU-R BT.2390-11, 5.4.1, with black at 0 on both sides.
    """
    peak = _pq(np.array(PEAK))
    code = np.minimum(_pq(light) / peak, 1)
    most = _pq(np.array(WHITE)) / peak
    knee = 1.5 * most - 0.5
    t = np.clip((code - knee) / (1 - knee), 0, 1)
    bent = (2 * t**3 - 3 * t**2 + 1) * knee + (t**3 - 2 * t**2 + t) * (1 - knee) + (3 * t**2 - 2 * t**3) * most
    return _pq_light(np.where(code < knee, code, bent) * peak)


@lru_cache(maxsize=8)
def _recipe(primaries: int, transfer: int) -> tuple[Floats, tuple[tuple[float, float, float], ...]]:
    """From code values to linear light in entries of the last table, and the matrix between."""
    code = np.arange(_CODES) / (_CODES - 1)
    if transfer == ColorTrc.SMPTE2084:
        linear = eetf(_pq_light(code)) / WHITE
    elif transfer == ColorTrc.ARIB_STD_B67:
        linear = eetf(_hlg_light(code)) / WHITE
    else:
        # IEC 61966-2-1: code values of SDR are shown alike, whatever curve they name.
        linear = np.where(code <= 0.04045, code / 12.92, ((code + 0.055) / 1.055) ** 2.4)
    # HDR that does not name its primaries has those of BT.2100.
    known = ColorPrimaries(primaries) if primaries in _TO_BT709 else ColorPrimaries.BT2020
    return (linear * (_LINEAR - 1)).astype(np.float32), _TO_BT709[known]


@lru_cache(maxsize=1)
def _to_code() -> Bytes:
    """Linear light to the 8-bit code values of sRGB (IEC 61966-2-1), which are those of the photos beside it."""
    linear = np.arange(_LINEAR) / (_LINEAR - 1)
    code = np.where(linear <= 0.0031308, linear * 12.92, 1.055 * linear ** (1 / 2.4) - 0.055)
    return np.asarray(np.round(code * 255), np.uint8)


def _pq(light: Doubles) -> Doubles:
    """cd/m² to the code of SMPTE ST 2084 (ITU-R BT.2100-2, table 4)."""
    y = (np.maximum(light, 0) / 10_000) ** (2610 / 16384)
    return np.asarray(((3424 / 4096 + 2413 / 128 * y) / (1 + 2392 / 128 * y)) ** (2523 / 32))


def _pq_light(code: Doubles) -> Doubles:
    n = np.maximum(code, 0) ** (32 / 2523)
    y = np.maximum(n - 3424 / 4096, 0) / (2413 / 128 - 2392 / 128 * n)
    return np.asarray(10_000 * y ** (16384 / 2610))


def _hlg_light(code: Doubles) -> Doubles:
    """The code of HLG to cd/m² on a screen of 1000 (BT.2100-2, table 5); its gamma of 1.2 for each colour, exact for grey."""
    a, b, c = 0.17883277, 0.28466892, 0.55991073
    scene = np.where(code <= 0.5, code**2 / 3, (np.exp((code - c) / a) + b) / 12)
    return np.asarray(1000 * scene**1.2)


def _brighter(points: CodePoints) -> bool:
    return points[1] in (ColorTrc.SMPTE2084, ColorTrc.ARIB_STD_B67)
