"""How a picture is graded: filters and adjustments, done on code values by tables, so that they cost next to nothing.

A photo is graded once, when it is loaded; a video frame by frame. Luma goes through one table; colour, which is what U and V
are away from 128, is turned, scaled and shifted, and tinted by how bright its place is.
"""

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, TypeAlias

import cv2
import numpy as np
import numpy.typing as npt

from nemovideo_mcp.studio.render.planes import Plane, Planes, size
from nemovideo_mcp.timeline.model import Filter, Look

Floats: TypeAlias = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Recipe:
    """What a filter does at full strength. ``contrast``, ``brightness`` and ``saturation`` are as in `Look`.

    ``lift`` raises black and ``drop`` lowers white, in parts of the range. ``shadows`` and ``highlights`` are tints of dark and of
    bright places, (U, V) in code values. ``vignette`` and ``grain`` go from 0 to 1.
    """

    brightness: float = 0.0
    contrast: float = 0.0
    saturation: float = 0.0
    lift: float = 0.0
    drop: float = 0.0
    shadows: tuple[float, float] = (0.0, 0.0)
    highlights: tuple[float, float] = (0.0, 0.0)
    vignette: float = 0.0
    grain: float = 0.0


RECIPES: dict[Filter, Recipe] = {
    "none": Recipe(),
    "black_white": Recipe(saturation=-1, contrast=0.12),
    "noir": Recipe(saturation=-1, contrast=0.5, brightness=-0.06, vignette=0.45, grain=0.35),
    "sepia": Recipe(saturation=-1, contrast=0.05, lift=0.03, shadows=(-9, 8), highlights=(-20, 13)),
    "vintage": Recipe(
        saturation=-0.3,
        contrast=-0.12,
        lift=0.08,
        drop=0.05,
        shadows=(4, 2),
        highlights=(-12, 7),
        vignette=0.3,
        grain=0.25,
    ),
    "warm": Recipe(saturation=0.06, shadows=(-5, 4), highlights=(-11, 7)),
    "cool": Recipe(saturation=-0.02, shadows=(7, -4), highlights=(8, -6)),
    "vivid": Recipe(saturation=0.38, contrast=0.16),
    "faded": Recipe(saturation=-0.28, contrast=-0.2, lift=0.1, drop=0.03, shadows=(3, -1)),
    "cinematic": Recipe(contrast=0.14, saturation=-0.04, lift=0.025, shadows=(8, -7), highlights=(-9, 7), vignette=0.2),
}
"""The filters by name."""

_GRAIN = 9.0
"""Standard deviation of full grain, in code values."""
_SHARPEN, _SHARPEN_SIGMA = 1.4, 1.2
_BLUR = 0.02
"""Sigma of a full blur, in parts of the longer side."""


def graded(picture: Planes, look: Look) -> Planes:
    """The picture with its look but for the vignette, which belongs to the frame. The same planes when it has none."""
    if look == _PLAIN:
        return picture
    recipe = _blend(RECIPES[look.filter], look)
    y, u, v = picture
    light = np.asarray(cv2.LUT(y, _luma_table(recipe)), np.uint8)
    if look.blur:
        sigma = look.blur * _BLUR * max(size(picture))
        light, u, v = _soft(light, sigma), _soft(u, sigma / 2), _soft(v, sigma / 2)
    if look.sharpen:
        crisp = _SHARPEN * look.sharpen
        light = _limited(cv2.addWeighted(light, 1 + crisp, _soft(light, _SHARPEN_SIGMA), -crisp, 0))
    if recipe.grain:
        light = _grained(light, recipe.grain)
    half = np.asarray(cv2.resize(y, u.shape[::-1], interpolation=cv2.INTER_AREA), np.uint8)
    return light, _color(u, half, recipe, 0), _color(v, half, recipe, 1)


_PLAIN = Look()
_ABOVE_BLACK = np.clip(np.arange(256) - 16, 0, 255).astype(np.uint8)
_ON_BLACK = np.clip(np.arange(256) + 16, 0, 255).astype(np.uint8)


def vignette(look: Look) -> float:
    """How dark the frame's corners become, 0 to 1."""
    return max(look.vignette, RECIPES[look.filter].vignette * look.strength)


def darkened(frame: Planes, strength: float) -> Planes:
    """A frame with its corners darkened."""
    # 16 is black: what is above it is scaled.
    y = cv2.multiply(cv2.LUT(frame[0], _ABOVE_BLACK), _falloff(*size(frame), strength), scale=1 / 255)
    return np.asarray(cv2.LUT(y, _ON_BLACK), np.uint8), frame[1], frame[2]


@lru_cache(maxsize=4)
def _falloff(width: int, height: int, strength: float) -> Plane:
    x = (np.arange(width, dtype=np.float32)[None] + 0.5) / width * 2 - 1
    y = (np.arange(height, dtype=np.float32)[:, None] + 0.5) / height * 2 - 1
    away = np.clip((np.sqrt((x * x + y * y) / 2) - 0.35) / 0.65, 0, 1)
    return np.asarray(np.rint(255 * (1 - 0.75 * strength * away * away * (3 - 2 * away))), np.uint8)


def _blend(recipe: Recipe, look: Look) -> Recipe:
    """The filter at its strength, with the look's own adjustments on top."""
    s = look.strength

    def pair(values: tuple[float, float]) -> tuple[float, float]:
        # Warmth takes blue away and gives red, as a lower colour temperature does.
        return values[0] * s - 14 * look.warmth, values[1] * s + 10 * look.warmth

    saturation = (1 + recipe.saturation * s) * (1 + look.saturation) - 1
    return replace(
        recipe,
        brightness=recipe.brightness * s + look.brightness,
        contrast=recipe.contrast * s + look.contrast,
        saturation=saturation,
        lift=recipe.lift * s,
        drop=recipe.drop * s,
        shadows=pair(recipe.shadows),
        highlights=pair(recipe.highlights),
        grain=recipe.grain * s,
    )


@lru_cache(maxsize=32)
def _luma_table(recipe: Recipe) -> Plane:
    """Code value to code value, within 16 to 235."""
    t = np.clip((np.arange(256, dtype=np.float64) - 16) / 219, 0, 1)
    if recipe.brightness:
        # A gamma: black and white stay where they are, so nothing is cut off.
        t = t ** (2 ** (-1.2 * recipe.brightness))
    if recipe.contrast > 0:
        curve = np.where(t < 0.5, 4 * t**3, 1 - 4 * (1 - t) ** 3)
        t = t + (curve - t) * min(1.0, recipe.contrast)
    elif recipe.contrast:
        t = 0.5 + (t - 0.5) * (1 + 0.7 * max(-1.0, recipe.contrast))
    t = recipe.lift + t * (1 - recipe.lift - recipe.drop)
    return np.asarray(np.rint(16 + 219 * np.clip(t, 0, 1)), np.uint8)


def _color(plane: Plane, light: Plane, recipe: Recipe, index: int) -> Plane:
    """One chroma plane scaled about 128, with the tint that its brightness gets."""
    dark, bright = recipe.shadows[index], recipe.highlights[index]
    scaled = cv2.LUT(plane, _chroma_table(recipe.saturation))
    if not dark and not bright:
        return np.asarray(scaled, np.uint8)
    # The tint of black and of white is none: they stay neutral.
    t = np.clip((np.arange(256, dtype=np.float64) - 16) / 219, 0, 1)
    weight = np.minimum(1, np.minimum(t, 1 - t) * 6)
    tint = np.rint(128 + (dark * (1 - t) + bright * t) * weight).astype(np.uint8)
    return np.clip(cv2.addWeighted(scaled, 1, cv2.LUT(light, tint), 1, -128), 16, 240).astype(np.uint8)


@lru_cache(maxsize=32)
def _chroma_table(saturation: float) -> Plane:
    away = (np.arange(256, dtype=np.float64) - 128) * max(0.0, 1 + saturation)
    # Strong colours give way towards the edge of what there is instead of being cut off.
    room = 112.0
    soft = np.where(
        np.abs(away) > 80, np.sign(away) * (80 + (room - 80) * np.tanh((np.abs(away) - 80) / (room - 80))), away
    )
    return np.clip(np.rint(128 + (soft if saturation > 0 else away)), 16, 240).astype(np.uint8)


def _soft(plane: Plane, sigma: float) -> Plane:
    return np.asarray(cv2.GaussianBlur(plane, (0, 0), sigma, borderType=cv2.BORDER_REPLICATE), np.uint8)


def _grained(light: Plane, strength: float) -> Plane:
    """Grain of two pixels' size; the same on every run."""
    height, width = light.shape
    noise = np.random.default_rng(7).normal(128, _GRAIN * strength, (height // 2 + 1, width // 2 + 1)).clip(0, 255)
    grain = cv2.resize(noise.astype(np.uint8), (width, height), interpolation=cv2.INTER_LINEAR)
    return _limited(cv2.addWeighted(light, 1, grain, 1, -128))


def _limited(light: npt.NDArray[Any]) -> Plane:
    return np.asarray(np.clip(light, 16, 235), np.uint8)
