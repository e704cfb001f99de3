"""Files as what every backend can read: a photo as JPEG, a piece of music as M4A. Heavy: for worker processes."""

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.audio.frame import AudioFrame

from nemovideo_mcp.media import pictures, sound

QUALITY = 95
_RATE = 48_000
_BITS = 256_000
"""Bits a second of AAC, from which nobody hears a difference."""


def to_jpeg(source: Path, target: Path) -> None:
    """Write ``source`` (HEIC, AVIF, …) as an upright JPEG with its date, its colours and no place.

    Raises:
        MediaError: it cannot be decoded.
        OSError: ``target`` cannot be written.
    """
    with pictures.open_upright(source, srgb=False) as image:
        exif = image.getexif()
        exif.pop(0x0112, None)  # it is upright now
        exif.pop(0x8825, None)
        image.convert("RGB").save(
            target, "JPEG", quality=QUALITY, exif=exif.tobytes(), icc_profile=image.info.get("icc_profile")
        )


def to_m4a(source: Path, target: Path) -> None:
    """Write the sound of ``source`` (FLAC, Ogg, …) as AAC in an M4A, in stereo at 48 kHz.

    Raises:
        MediaError: it cannot be decoded.
        OSError: ``target`` cannot be written.
    """
    with av.open(str(target), "w", format="ipod") as container:
        stream = container.add_stream("aac", rate=_RATE, layout="stereo")
        stream.bit_rate = _BITS
        at = 0
        for block in sound.blocks(source, _RATE):
            frame = AudioFrame.from_ndarray(np.ascontiguousarray(block), format="fltp", layout="stereo")
            frame.sample_rate, frame.pts, frame.time_base = _RATE, at, Fraction(1, _RATE)
            at += block.shape[1]
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
