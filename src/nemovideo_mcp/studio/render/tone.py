"""Video of more light or colour than BT.709 holds, made to fit: HDR (PQ, HLG) by a tone curve, wide gamuts by a matrix.

The FFmpeg in PyAV's wheel has no zscale or libplacebo, and swscale's own conversion takes a second a frame. Done here on
R'G'B' of 10 bits at the size that is shown: a table to linear light, a matrix of the primaries, a table to the film's code
values. That takes about 30 ms of one core for a frame of 1080p.

The curve is the EETF of ITU-R BT.2390-11 (5.4), for each of R, G and B, from a peak of `PEAK` to SDR's white at HDR's
reference white (BT.2408-7: 203 cd/m²). Up to 91 cd/m² nothing changes, mid grey among it; brighter light is rolled off.
"""

from functools import lru_cache
from typing import TypeAlias

import cv2
import numpy as np
import numpy.typing as npt
from av.video.frame import VideoFrame
from av.video.reformatter import ColorPrimaries, ColorTrc

from nemovideo_mcp.studio.render import planes
from nemovideo_mcp.studio.render.planes import Planes

Floats: TypeAlias = npt.NDArray[np.float32]
Doubles: TypeAlias = npt.NDArray[np.float64]

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


def exceeds(frame: VideoFrame) -> bool:
    """Whether the frame says that it holds more than BT.709 does."""
    return _brighter(frame) or frame.color_primaries in _TO_BT709


def reduced(frame: VideoFrame, width: int, height: int) -> Planes:
    """Such a frame scaled, toned and converted to BT.709 limited range; ``width`` and ``height`` are even."""
    curve, matrix = _recipe(frame.color_trc if _brighter(frame) else 0, frame.color_primaries)
    source = planes.rescaled(frame, width, height, "gbrp10le")
    green, blue, red = (_wide(source, index) for index in range(3))
    result = VideoFrame(width, height, "gbrp")
    # Planar RGB comes as G, B, R.
    targets = [planes.plane(result, index) for index in (2, 0, 1)]
    for top in range(0, height, _STRIP):
        rows = slice(top, top + _STRIP)
        r, g, b = (np.take(curve, part[rows]) for part in (red, green, blue))
        for target, (of_r, of_g, of_b) in zip(targets, matrix, strict=True):
            mixed = cv2.addWeighted(r, of_r, g, of_g, 0.5)
            mixed = cv2.scaleAdd(b, of_b, mixed)
            np.take(_to_code(), mixed.astype(np.int16), mode="clip", out=target[rows])
    return planes.from_frame(result, width, height, full_range=True)


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
def _recipe(transfer: int, primaries: int) -> tuple[Floats, tuple[tuple[float, float, float], ...]]:
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
def _to_code() -> planes.Plane:
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


def _brighter(frame: VideoFrame) -> bool:
    return frame.color_trc in (ColorTrc.SMPTE2084, ColorTrc.ARIB_STD_B67)


def _wide(frame: VideoFrame, index: int) -> npt.NDArray[np.uint16]:
    """A plane of 10-bit code values."""
    source = frame.planes[index]
    lines = np.frombuffer(memoryview(source), np.uint16).reshape(source.height, source.line_size // 2)
    return lines[:, : source.width]
