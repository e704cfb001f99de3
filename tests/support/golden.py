"""Golden frames: how pictures looked when somebody last looked at them, small enough to be kept as text.

A frame is kept as 64 × 36 code values of luma and 16 × 9 of each chroma (turned for upright frames), deflated and in
base 85, one line of ``tests/golden/<group>.txt`` each. After a change that is meant, and looked at, they are written anew:

    NEMO_GOLDEN=write pytest tests/test_golden.py -n 0
"""

from __future__ import annotations

import base64
import os
import zlib
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt

from nemovideo_mcp.studio.render.planes import Plane, Planes

FOLDER = Path(__file__).resolve().parent.parent / "golden"
MEAN, MOST = 2.0, 25
"""How far a frame may be off, in code values, on the whole and anywhere: codecs and scalers differ a little by machine."""

_LUMA, _CHROMA = (64, 36), (16, 9)


def check(group: str, name: str, frame: Planes) -> None:
    """Fails unless the frame looks as it did."""
    kept, seen = _read(group), _small(frame)
    if os.environ.get("NEMO_GOLDEN") == "write":
        _write(group, kept | {name: seen})
        return
    assert name in kept, f"{group}/{name} has no golden frame: see tests/support/golden.py"
    off = np.abs(seen.astype(int) - kept[name])
    assert off.mean() <= MEAN, f"{group}/{name} differs by {off.mean():.1f} on the mean"
    assert off.max() <= MOST, f"{group}/{name} differs by up to {off.max()}"


def _small(frame: Planes) -> npt.NDArray[np.uint8]:
    height, width = frame[0].shape
    turned = height > width

    def one(plane: Plane, size: tuple[int, int]) -> npt.NDArray[np.uint8]:
        return np.asarray(cv2.resize(plane, size[::-1] if turned else size, interpolation=cv2.INTER_AREA), np.uint8)

    return np.concatenate(
        [one(frame[0], _LUMA).ravel(), one(frame[1], _CHROMA).ravel(), one(frame[2], _CHROMA).ravel()]
    )


def _read(group: str) -> dict[str, npt.NDArray[np.uint8]]:
    path = FOLDER / f"{group}.txt"
    if not path.exists():
        return {}
    rows = (line.split(" ", 1) for line in path.read_text(encoding="ascii").splitlines())
    return {name: np.frombuffer(zlib.decompress(base64.b85decode(data)), np.uint8) for name, data in rows}


def _write(group: str, frames: dict[str, npt.NDArray[np.uint8]]) -> None:
    FOLDER.mkdir(exist_ok=True)
    rows = [f"{name} {base64.b85encode(zlib.compress(seen.tobytes(), 9)).decode()}" for name, seen in frames.items()]
    (FOLDER / f"{group}.txt").write_text("\n".join(sorted(rows)) + "\n", encoding="ascii")
