"""Colour profiles: what a picture's numbers mean, said again in sRGB. Heavy: for worker processes.

The film's numbers are those of sRGB pictures: BT.709 has the same primaries, and screens show both alike. So a picture without
a profile, or with sRGB's, is left alone.
"""

import io
from functools import lru_cache

from PIL import Image, ImageCms

_SRGB = ImageCms.createProfile("sRGB")
_SPACES = {"RGB": "RGB", "L": "GRAY", "CMYK": "CMYK"}
"""The colour space that a profile for each mode has to name (ICC.1:2022, 7.2.6)."""
_SAME = 2
"""Code values: profiles that differ from sRGB by no more are sRGB in other words."""


def to_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """An 8-bit picture (L, RGB, RGBA or CMYK) as RGB or RGBA in sRGB; a profile that is broken or no fit for it is ignored."""
    alpha = image.mode == "RGBA"
    converter = conversion(profile, "RGB" if alpha else image.mode) if profile else None
    if converter is None:
        return image if image.mode in ("RGB", "RGBA") else image.convert("RGB")
    converted = ImageCms.applyTransform(image.convert("RGB") if alpha else image, converter)
    assert converted is not None
    if alpha:
        converted.putalpha(image.getchannel("A"))
    return converted


@lru_cache(maxsize=16)
def conversion(profile: bytes, mode: str) -> ImageCms.ImageCmsTransform | None:
    """The way from pictures of ``mode`` (L, RGB or CMYK) with an ICC profile to RGB in sRGB.

    None where there is none to go: the profile means sRGB, is broken, or is for pictures of another kind.
    """
    try:
        found = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        if found.profile.xcolor_space.strip() != _SPACES.get(mode):
            return None
        converter = ImageCms.buildTransform(found, _SRGB, mode, "RGB")
        return None if mode != "CMYK" and _changes_little(converter, mode) else converter
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return None


def _changes_little(converter: ImageCms.ImageCmsTransform, mode: str) -> bool:
    """Tried on colours from all over the cube: names and numbers in profiles are written in too many ways to be compared."""
    steps = (0, 40, 80, 128, 176, 216, 255)
    if mode == "L":
        asked = [(v, v, v) for v in range(256)]
        probe = Image.frombytes("L", (256, 1), bytes(range(256)))
    else:
        asked = [(r, g, b) for r in steps for g in steps for b in steps]
        probe = Image.frombytes("RGB", (len(asked), 1), bytes(v for color in asked for v in color))
    answer = ImageCms.applyTransform(probe, converter)
    assert answer is not None
    wanted = bytes(v for color in asked for v in color)
    return all(abs(a - b) <= _SAME for a, b in zip(answer.tobytes(), wanted, strict=True))
