"""Draws six sample photographs, so that the project can be tried without photos of one's own.

    python examples/draw_photos.py [FOLDER] [--size PART]

Nothing is downloaded and nothing is random: fractal noise, a small height-field renderer and some optics, always from
the same seeds. The files are what a phone would give: 12 megapixels, JPEG, EXIF, one of them stored lying on its side.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import ArrayLike, NDArray
from PIL import Image

Array = NDArray[np.float32]
FOLDER = Path(__file__).resolve().parent / "photos"

DETAIL = 0.6
"""Scenes are computed at this part of the final width and sharpened up: finer than a lens resolves, and a third of the time."""


# --- Noise ---------------------------------------------------------------------------------------------------------


def f32(value: ArrayLike) -> Array:
    return np.asarray(value, np.float32)


def noise(seed: int, w: int, h: int, cells: float, gain: float = 0.5, octaves: int = 12, stretch: float = 1) -> Array:
    """Fractal noise with mean 0 and deviation about 1; ``cells`` across the width, ``stretch`` flattens its features.

    Built as a pyramid: each octave doubles the grid and adds finer noise, so all octaves cost little more than the last.
    """
    rng = np.random.default_rng(seed)
    gx, gy = max(2, round(cells)), max(2, round(cells * h / w * stretch))
    field = f32(rng.standard_normal((gy, gx)))
    amplitude, power = 1.0, 1.0
    for _ in range(octaves - 1):
        if gx * 2 > w or gy * 2 > h:
            break
        gx, gy, amplitude = gx * 2, gy * 2, amplitude * gain
        field = f32(cv2.resize(field, (gx, gy), interpolation=cv2.INTER_CUBIC))
        field += amplitude * rng.standard_normal((gy, gx), dtype=np.float32)
        power += amplitude**2
    # Interpolation takes about a third of the power of white noise.
    return f32(cv2.resize(field, (w, h), interpolation=cv2.INTER_CUBIC) / (0.75 * power**0.5))


def profile(seed: int, w: int, cells: float, gain: float = 0.5) -> Array:
    """Fractal noise along a line."""
    rng = np.random.default_rng(seed)
    count, line, amplitude, power = max(2, round(cells)), np.zeros(w, np.float32), 1.0, 0.0
    while count < w:
        knots = rng.standard_normal((1, count + 1), dtype=np.float32)
        line += amplitude * cv2.resize(knots, (w, 1), interpolation=cv2.INTER_CUBIC)[0]
        power, count, amplitude = power + amplitude**2, count * 2, amplitude * gain
    return f32(line / (0.85 * power**0.5))


def periodic(seed: int, n: int, power: float, low: float = 1, high: float = 1e9) -> Array:
    """An endless ``n`` × ``n`` tile of noise whose amplitude falls as 1/f**power between two spatial frequencies."""
    rng = np.random.default_rng(seed)
    f = np.hypot(*np.meshgrid(np.fft.rfftfreq(n) * n, np.fft.fftfreq(n) * n))
    amplitude = np.where((f >= low) & (f <= high), np.maximum(f, 1) ** -power, 0)
    tile = np.fft.irfft2(np.fft.rfft2(rng.standard_normal((n, n))) * amplitude, (n, n))
    return f32(tile / tile.std())


def smooth(x: Array, low: float, high: float) -> Array:
    """0 below ``low``, 1 above ``high``, an S between."""
    t = np.clip((x - low) / (high - low), 0, 1)
    return f32(t * t * (3 - 2 * t))


def mix(a: Array, b: Array | tuple[float, float, float], t: Array | float) -> Array:
    """From ``a`` to ``b``; a single-channel ``t`` serves all three colours."""
    weight = t[..., None] if isinstance(t, np.ndarray) and t.ndim == 2 else t
    return f32(a + (f32(np.array(b)) - a) * weight)


def grid(w: int, h: int) -> tuple[Array, Array]:
    """Coordinates: x from 0 to 1 across, y from 0 at the top in the same unit."""
    return f32(np.arange(w) / w)[None, :], f32(np.arange(h) / w)[:, None]


def gradient(y: Array, stops: list[tuple[float, tuple[float, float, float]]], w: int) -> Array:
    """A vertical run of colours: ``stops`` are (height, linear RGB)."""
    at = [s[0] for s in stops]
    column = np.stack([np.interp(y[:, 0], at, [s[1][c] for s in stops]) for c in range(3)], axis=-1)
    return f32(np.repeat(column[:, None, :], w, axis=1))


def blur(image: Array, sigma: float) -> Array:
    """A wide Gaussian blur, computed small: nobody sees the difference."""
    h, w = image.shape[:2]
    shrink = max(1, int(sigma / 3))
    small = cv2.resize(image, (max(8, w // shrink), max(8, h // shrink)), interpolation=cv2.INTER_AREA)
    small = cv2.GaussianBlur(small, (0, 0), max(0.3, sigma / shrink))
    return f32(cv2.resize(small, (w, h), interpolation=cv2.INTER_LINEAR))


# --- A height field seen in perspective ------------------------------------------------------------------------------


@dataclass(frozen=True)
class View:
    """What the camera sees of a height field: per pixel the distance, the place, and whether it is ground at all."""

    z: Array
    x: Array
    ground: NDArray[np.bool_]

    def look_up(self, tile: Array, size: float) -> Array:
        """A tile of ``size`` world units, sampled where each pixel looks."""
        n = tile.shape[0] / size
        return f32(cv2.remap(tile, self.x * f32(n), self.z * f32(n), cv2.INTER_LINEAR, borderMode=cv2.BORDER_WRAP))


def view(tile: Array, size: float, w: int, h: int, *, eye: float, horizon: float, near: float, far: float,
         wide: float = 0.9, steps: int = 1400, x0: float = 0) -> View:  # fmt: skip
    """Looks over ``tile`` (heights in world units, repeated every ``size``) from ``eye`` above zero.

    Marches all columns front to back at once. The highest line so far hides what is behind it, so for each pixel the
    first step that reaches its row is what it sees: a histogram over rows and a running sum give that step.
    """
    focal = w / (2 * wide)
    depth = f32(np.geomspace(near, far, steps))[:, None]
    across = f32((np.arange(w) - w / 2) / focal)[None, :]
    n = tile.shape[0] / size
    x, z = across * depth + f32(x0), np.broadcast_to(depth, (steps, w))
    heights = cv2.remap(tile, f32(x * n), f32(z * n), cv2.INTER_CUBIC, borderMode=cv2.BORDER_WRAP)
    rows = f32(horizon * h - focal * (heights - eye) / depth)
    top = np.clip(np.ceil(np.minimum.accumulate(rows, axis=0)), 0, h).astype(np.int32)
    counts = np.bincount((top * w + np.arange(w, dtype=np.int32)).ravel(), minlength=(h + 1) * w).reshape(h + 1, w)
    # A step whose line lies at row r hides the rows from r downwards, so row y is seen at step #(lines below y).
    seen = np.cumsum(counts[::-1], axis=0, dtype=np.int32)[::-1][1:]
    ground = seen < steps
    hit = np.clip(seen, 1, steps - 1)
    behind, front = np.take_along_axis(rows, hit, 0), np.take_along_axis(rows, hit - 1, 0)
    y = f32(np.arange(h))[:, None]
    part = np.clip((front - y) / np.maximum(front - behind, 1e-3), 0, 1)
    flat = depth[:, 0]
    distance = f32(flat[hit - 1] + (flat[hit] - flat[hit - 1]) * part)
    return View(z=distance, x=f32(across * distance + x0), ground=ground)


def slopes(tile: Array, size: float) -> tuple[Array, Array]:
    """The rise per unit across and into the picture."""
    step = 2 * size / tile.shape[0]
    return f32((np.roll(tile, -1, 1) - np.roll(tile, 1, 1)) / step), f32(
        (np.roll(tile, -1, 0) - np.roll(tile, 1, 0)) / step
    )


def lit(tile: Array, size: float, sun: tuple[float, float, float]) -> Array:
    """Lambert's light on a height field; ``sun`` is (across, up, into the picture), not normalised."""
    dx, dz = slopes(tile, size)
    length = float(np.linalg.norm(sun))
    return f32(np.clip((sun[1] - sun[0] * dx - sun[2] * dz) / (length * np.sqrt(1 + dx * dx + dz * dz)), 0, 1))


def shadow(tile: Array, size: float, fall: float) -> Array:
    """1 where a light from the left reaches the ground; ``fall`` is how much its rays sink per unit."""
    n = tile.shape[0]
    ray, out = np.full(n, -1e9, np.float32), np.empty_like(tile)
    drop = fall * size / n
    for column in range(2 * n):  # twice round: the tile repeats, so its first column is shaded by its last
        here = tile[:, column % n]
        ray = np.maximum(ray - drop, here)
        if column >= n:
            out[:, column % n] = ray - here
    return f32(np.exp(-out * 40 / size * (n / 300)))


# --- Light and film --------------------------------------------------------------------------------------------------


def glow(x: Array, y: Array, at: tuple[float, float], disc: float, halo: float) -> tuple[Array, Array]:
    """A sun: its disc, and the light that the air scatters around it."""
    d = f32(np.hypot(x - at[0], y - at[1]))
    return smooth(-d, -disc * 1.12, -disc * 0.92), f32(np.exp(-d / halo))


def develop(light: Array, w: int, h: int, seed: int, *, exposure: float = 1, warmth: float = 0, grain: float = 5,
            vignette: float = 0.45, bloom: float = 0.08) -> NDArray[np.uint8]:  # fmt: skip
    """Linear light to a finished 8-bit picture of ``w`` × ``h``: bloom, vignette, film curve, sharpening, grain."""
    sh, sw = light.shape[:2]
    if bloom:
        light = light + bloom * (blur(np.minimum(light, 6), sw * 0.006) + blur(np.minimum(light, 6), sw * 0.03))
    x, y = np.linspace(-1, 1, sw, dtype=np.float32)[None, :], np.linspace(-1, 1, sh, dtype=np.float32)[:, None]
    light = f32(light * (exposure / (1 + vignette * (x * x + y * y) / 2))[..., None])
    light *= f32([1 + warmth, 1, 1 - warmth])
    # Narkowicz's fit of the ACES curve, then the display's gamma, through a table over the square root of light.
    v = np.linspace(0, 4, 4096) ** 2
    curve = np.clip(v * (2.51 * v + 0.03) / (v * (2.43 * v + 0.59) + 0.14), 0, 1) ** (1 / 2.2)
    code = np.sqrt(np.clip(light, 0, 16)) * (4095 / 4)
    film = f32(curve * 255)[code.astype(np.int16)]
    film = f32(cv2.addWeighted(film, 1.6, cv2.GaussianBlur(film, (0, 0), 1.1), -0.6, 0))
    film = f32(cv2.resize(film, (w, h), interpolation=cv2.INTER_CUBIC))
    picture = np.empty((h, w, 3), np.uint8)
    rng = np.random.default_rng(seed)
    n = 1024
    speck = cv2.GaussianBlur(rng.standard_normal((n, n), dtype=np.float32), (0, 0), 0.8) * (grain * 2)
    for top in range(0, h, n):
        for left in range(0, w, n):
            part = film[top : top + n, left : left + n]
            k, m = part.shape[:2]
            # Rolled and turned, or the eye finds the tile.
            tile = np.roll(np.rot90(speck, int(rng.integers(4))), tuple(rng.integers(n, size=2)), (0, 1))[:k, :m]
            picture[top : top + k, left : left + m] = np.clip(part + tile[..., None] + 0.5, 0, 255)
    return picture


def clouds(
    x: Array, y: Array, horizon: float, seed: int, scale: float, cover: float, soft: float
) -> tuple[Array, Array]:
    """Clouds on a flat ceiling seen from below: how dense they are, and how lit their edges are."""
    w, h = x.shape[1], y.shape[0]
    tile = periodic(seed, 1024, 1.75, 2) + 0.15 * periodic(seed + 1, 1024, 1.0, 16)
    up = np.maximum(horizon - y, 0.012)
    u, v = f32((x - 0.5) / up), f32(np.broadcast_to(1 / up, (h, w)))

    def at(shift: float) -> Array:
        return f32(cv2.remap(tile, u * f32(scale * 60) + f32(shift), v * f32(scale * 130) + f32(shift), cv2.INTER_LINEAR,
                             borderMode=cv2.BORDER_WRAP))  # fmt: skip

    here = at(0)
    density = smooth(here, cover, cover + soft)
    fade = smooth(up + 0 * x, 0.01, 0.09)
    return f32(density * fade), f32(np.clip(0.5 + (here - at(6)) * 1.2, 0, 1))


# --- The pictures ----------------------------------------------------------------------------------------------------


def sunrise(w: int, h: int) -> Array:
    """Mountain ranges one behind the other, fog between them, the sun just up."""
    x, y = grid(w, h)
    light = gradient(y, [(0, (0.045, 0.12, 0.34)), (0.15, (0.12, 0.20, 0.42)), (0.27, (0.44, 0.30, 0.34)),
                         (0.36, (1.0, 0.44, 0.20)), (0.45, (1.1, 0.52, 0.24))], w)  # fmt: skip
    sun = (0.63, 0.335)
    disc, halo = glow(x, y, sun, 0.0135, 0.105)
    density, edge = clouds(x, y, 0.52, 11, 1.1, 0.25, 1.3)
    toward = f32(np.exp(-np.hypot(x - sun[0], y - sun[1]) / 0.28))
    cloud = mix(mix(np.zeros((h, w, 3), np.float32) + f32([0.15, 0.14, 0.24]), (1.55, 0.46, 0.20), toward),
                (1.15, 0.55, 0.42), edge * 0.45)  # fmt: skip
    light = mix(light, cloud, density * 0.75)
    light += halo[..., None] * f32([1.7, 0.66, 0.17]) + disc[..., None] * f32([14, 8.5, 3.2])
    ranges = 7
    for i in range(ranges):
        t = i / (ranges - 1)
        rough = profile(100 + i, w, 3 + 1.5 * i, 0.46)
        ridge = 1 - np.abs(profile(140 + i, w, 3 + 1.6 * i, 0.48))
        crest = 0.395 + 0.30 * t**1.2 - (0.034 + 0.022 * t) * (0.8 * ridge + 0.5 * rough)
        if i == ranges - 1:
            crest = crest + 0.055 - 0.17 * smooth(x[0], 0.42, 0.0) - 0.07 * smooth(x[0], 0.8, 1.0)
        below = y - crest[None, :]
        inside = smooth(below, -0.4 / w, 0.9 / w)
        if i >= ranges - 3:
            inside = np.maximum(inside, firs(w, h, f32(crest), 170 + i, (0.012, 0.026, 0.068)[i - ranges + 3]))
        # Gullies: noise drawn out along the fall line.
        relief = noise(200 + i, w, h, 26 + 5 * i, gain=0.62, stretch=0.55)
        shade = 1 + 0.15 * relief * (0.35 + t)
        rock = f32([0.30, 0.20, 0.22]) * (1 - t) ** 1.6 + f32([0.011, 0.015, 0.021])
        warm = f32(np.exp(-np.abs(x - sun[0]) / 0.19)) * np.ones_like(y)
        haze = mix(np.zeros((h, w, 3), np.float32) + f32([0.17, 0.18, 0.28]), (1.25, 0.56, 0.24), warm)
        deep = smooth(below, 0.005, 0.11 + 0.07 * t)
        banks = 0.5 + 0.5 * noise(230 + i, w, h, 4, stretch=5)
        fog = (1 - t) ** 1.25 * 0.66 + deep * (0.62 - 0.52 * t) + deep * banks * 0.16 * (1 - t)
        light = mix(light, mix(shade[..., None] * rock, haze, f32(np.clip(fog, 0.02, 0.97))), inside)
    return f32(light + (halo**1.5)[..., None] * f32([0.50, 0.20, 0.06]))


def firs(w: int, h: int, crest: Array, seed: int, size: float) -> Array:
    """A wood along a ridge: where its trees cover the picture. Sizes in picture widths."""
    rng = np.random.default_rng(seed)
    mask = np.zeros((h, w), np.uint8)
    for _ in range(int(9 / size)):
        at, tall = rng.uniform(-0.02, 1.02), size * rng.uniform(0.35, 1.1)
        foot = crest[int(np.clip(at, 0, 0.9999) * w)] + size * rng.uniform(0.05, 0.5)
        wide = tall * rng.uniform(0.13, 0.19)
        tiers = int(rng.integers(9, 15))
        sides = []
        for side in (-1, 1):
            outline = [(at, foot - tall)]
            for tier in range(1, tiers + 1):
                # Each tier of boughs hangs out beyond the next one's start.
                part = tier / tiers
                reach = wide * part**0.85 * rng.uniform(0.72, 1.15)
                outline.append((at + side * reach, foot - tall * (1 - part) + tall * 0.02))
                outline.append((at + side * reach * 0.5, foot - tall * (1 - part) - tall * 0.005))
            sides.append(outline)
        points = np.array(sides[0] + sides[1][::-1]) * w * 16
        cv2.fillPoly(mask, [points.astype(np.int32)], 255, cv2.LINE_AA, 4)
    return f32(mask / np.float32(255))


def ocean(w: int, h: int) -> Array:
    """Open water under summer clouds: a wind sea from its spectrum, every wave reflecting the sky that it faces."""
    horizon = 0.345
    x, y = grid(w, h)
    sky = gradient(
        y,
        [(0, (0.05, 0.19, 0.55)), (0.2, (0.19, 0.42, 0.80)), (horizon, (0.72, 0.80, 0.88)), (1, (0.72, 0.80, 0.88))],
        w,
    )
    density, edge = clouds(x, y, horizon + 0.06, 27, 0.9, -0.05, 2.1)
    _, halo = glow(x, y, (0.20, 0.02), 0.02, 0.22)
    puff = mix(np.zeros((h, w, 3), np.float32) + f32([0.42, 0.48, 0.60]), (1.40, 1.33, 1.24), smooth(edge, 0.0, 1.0))
    light = mix(sky + halo[..., None] * f32([0.8, 0.72, 0.55]), puff, density * 0.85)
    size, n = 60.0, 1024
    tile = wind_sea(n, size, 8)
    v = view(tile, size, w, h, eye=3.4, horizon=horizon * w / h, near=3.2, far=2500, steps=1500)
    dx, dz = slopes(tile, size)
    far = smooth(v.z, 15, 260)
    sx, sz = (v.look_up(s, size) * (1 - 0.86 * far) for s in (dx, dz))
    fine = periodic(77, 1024, 0.9, 8, 300)
    fx, fz = slopes(fine, 9.0)
    near = 1 - smooth(v.z, 8, 70)
    sx, sz = sx + v.look_up(fx, 9.0) * near * 0.0030, sz + v.look_up(fz, 9.0) * near * 0.0030
    across = (x - 0.5) * 1.8
    down = f32(np.clip((y - horizon) * 1.8, 0.004, None)) * np.ones_like(across)
    # The facet's normal is (-sx, 1, -sz); the eye looks along (across, -down, 1).
    cosine = np.clip((down + sx * across + sz) / np.sqrt((1 + sx * sx + sz * sz) * (across**2 + down**2 + 1)), 0.0, 1)
    mirror = 0.02 + 0.98 * (1 - cosine) ** 5
    up = np.clip(2 * sz * 0.55 + down + 0.05 + 0.35 * far, 0, 1)
    reflected = mix(
        np.zeros((h, w, 3), np.float32) + f32([0.68, 0.76, 0.84]), (0.10, 0.27, 0.60), smooth(f32(up), 0.0, 0.9)
    )
    height = v.look_up(tile, size)
    body = mix(np.zeros((h, w, 3), np.float32) + f32([0.006, 0.050, 0.085]), (0.03, 0.22, 0.22),
               smooth(height, 0.0, 1.1) * near * 0.8)  # fmt: skip
    water = mix(f32(body), reflected, f32(np.clip(mirror * 0.95, 0, 1)))
    # The sun's road: facets that tip the ray toward the sun.
    aim = np.exp(-(((across + 0.36 + sx * 2.2) / 0.22) ** 2) - ((sz + 0.16 + down * 0.5) / 0.16) ** 2)
    water += (aim * 0.75)[..., None] * f32([1.0, 0.93, 0.78])
    crest = smooth(height - 0.9 * v.look_up(dz, size), 0.95, 1.35)
    torn = smooth(v.look_up(periodic(31, 1024, 0.7, 6), 14.0), -0.1, 1.1)
    water = mix(f32(water), (0.95, 0.98, 1.0), f32(crest * torn * (1 - far) * 0.9))
    water = mix(water, (0.60, 0.70, 0.80), smooth(v.z, 200, 2500) * 0.75)
    return f32(np.where(v.ground[..., None], water, light))


def wind_sea(n: int, size: float, seed: int) -> Array:
    """Heights of a wind sea in metres, from Phillips' spectrum (Tessendorf, Simulating Ocean Water, 2001)."""
    rng = np.random.default_rng(seed)
    k = 2 * np.pi * np.fft.fftfreq(n, size / n)
    kx, kz = np.meshgrid(k, k)
    length = np.hypot(kx, kz)
    length[0, 0] = 1
    wind = 5.6**2 / 9.81
    spectrum = np.exp(-1 / (length * wind) ** 2 - (length * 0.06) ** 2) / length**4
    spectrum *= 0.25 + 0.75 * ((kx * 0.45 + kz * 0.9) / length) ** 2
    spectrum[0, 0] = 0
    waves = np.fft.ifft2(np.fft.fft2(rng.standard_normal((n, n))) * np.sqrt(spectrum)).real
    waves /= waves.std()
    return f32(0.34 * (waves + 0.12 * waves**2))  # crests sharper than troughs


def forest(w: int, h: int) -> Array:
    """Beeches in the morning fog; the sun stands behind them and draws rays."""
    x, y = grid(w, h)
    tall = h / w
    sun = (0.60, 0.40)
    d = f32(np.hypot((x - sun[0]) * 1.0, (y - sun[1]) * 0.8))
    bright = f32(np.exp(-d / 0.42))
    fog = mix(np.zeros((h, w, 3), np.float32) + f32([0.060, 0.100, 0.095]), (1.20, 0.95, 0.48), bright)
    fog += (np.exp(-((d / 0.13) ** 2)) * 1.5)[..., None] * f32([1.0, 0.85, 0.55])
    light, open_sky = fog.copy(), np.ones((h, w), np.float32)
    rng = np.random.default_rng(4)
    ground_at = 0.80 * tall
    for layer in range(6):
        t = layer / 5
        mask = np.zeros((h, w), np.uint8)
        wide = 0.012 + 0.052 * t**1.7
        foot = ground_at + 0.065 + 0.05 * (layer // 2) * 2
        for _ in range(int(17 - 12.5 * t)):
            at = rng.uniform(-0.05, 1.05)
            if layer >= 4 and abs(at - sun[0]) < 0.2:
                at = at + 0.34 if at > sun[0] else at - 0.34
            trunk(mask, rng, at, foot + abs(rng.normal()) * 0.012, wide * rng.uniform(0.65, 1.25), t)
        leaves = noise(300 + layer, w, h, 7 + 3 * (1 - t), gain=0.72, octaves=9)
        leaf_drift = noise(310 + layer, w, h, 5)
        crown = (
            smooth(y + 0 * x, (0.50 - 0.10 * t) * tall, -0.05)
            + 0.55 * smooth(np.abs(x - sun[0]) + 0 * y, 0.2, 0.6)
            - 0.25
        )
        foliage = smooth(leaves + 2.4 * f32(crown), 1.35, 1.75) * (0.92 if layer else 0.6)
        foliage = foliage * smooth(y + 0.03 * leaf_drift, 0.62 * tall, 0.46 * tall)
        wood = np.maximum(f32(mask) / 255, foliage)
        bark = noise(320 + layer, w, h, 60 * (1.3 - t), gain=0.7, stretch=0.18)
        leaf = noise(340 + layer, w, h, 90, gain=0.8)
        tone = f32([0.030, 0.027, 0.018]) * (1 + 0.45 * bark)[..., None]
        tone = mix(tone, f32([0.022, 0.040, 0.010]) * (1.2 + 0.6 * leaf)[..., None], foliage)
        # Thin leaves between us and the sun glow.
        tone += (
            (foliage * bright**1.2 * np.clip(0.5 + 0.5 * leaf, 0, 2))[..., None]
            * f32([0.32, 0.34, 0.045])
            * (0.35 + 0.5 * t)
        )
        veil = 0.92 - 0.90 * t**0.8
        light = mix(light, mix(f32(tone), fog, veil), wood)
        open_sky *= 1 - wood * (0.35 + 0.5 * t)
        if layer in (1, 3, 5):
            light = mix(light, *undergrowth(x, y, 0.80 * tall + 0.05 * layer, fog, veil, bright, 360 + layer))
    rays = open_sky * smooth(-d, -0.42, -0.02)
    size = (w // 4, h // 4)
    rays = f32(cv2.resize(rays, size, interpolation=cv2.INTER_AREA))
    cx, cy = sun[0] * size[0], sun[1] * w / 4
    for step in range(7):  # each pass doubles the length over which light is dragged away from the sun
        scale = 1 - 0.0055 * 2**step
        pull = f32(np.array([[1 / scale, 0, cx - cx / scale], [0, 1 / scale, cy - cy / scale]]))
        rays = f32(0.5 * rays + 0.5 * cv2.warpAffine(rays, pull, size, borderMode=cv2.BORDER_REPLICATE))
    rays = f32(cv2.resize(rays, (w, h), interpolation=cv2.INTER_CUBIC))
    return f32(light + (rays * (0.5 + 0.7 * bright))[..., None] * f32([1.15, 0.86, 0.42]))


def trunk(mask: NDArray[np.uint8], rng: np.random.Generator, at: float, foot: float, wide: float, near: float) -> None:
    """One tree into a mask: a trunk that leans and tapers, a flare at its foot, boughs that reach up."""
    w = mask.shape[1]
    ys = np.linspace(foot, -0.05, 60)
    up = foot - ys
    lean, wave, phase = rng.normal() * 0.035, rng.uniform(0.003, 0.010), rng.uniform(0, 6)
    centre = at + lean * up + wave * np.sin(up * 5 + phase) * (0.4 + near)
    half = wide / 2 * (1 - 0.38 * up / max(foot, 0.1)) + wide * 0.55 * np.exp(-up / (wide * 0.8))
    half *= 1 + 0.05 * np.sin(up * 37 + phase) + 0.03 * np.sin(up * 91)
    outline = np.concatenate([np.stack([centre - half, ys], 1), np.stack([centre + half, ys], 1)[::-1]])
    cv2.fillPoly(mask, [(outline * w * 16).astype(np.int32)], 255, cv2.LINE_AA, 4)
    for _ in range(int(rng.integers(4, 9))):
        start = int(rng.integers(22, 58))
        side, length = rng.choice([-1, 1]), rng.uniform(0.08, 0.26) * (0.5 + near)
        t = np.linspace(0, 1, 14)
        bx = centre[start] + side * length * t
        by = ys[start] - length * (0.9 * t - 0.35 * t * t) + 0.010 * np.sin(t * 9 + phase)
        thick = np.maximum(half[start] * 0.38 * (1 - t) ** 0.9, 0.0006)
        for i in range(13):
            a, b = (bx[i] * w, by[i] * w), (bx[i + 1] * w, by[i + 1] * w)
            cv2.line(mask, (int(a[0] * 16), int(a[1] * 16)), (int(b[0] * 16), int(b[1] * 16)), 255,
                     max(1, round(2 * thick[i] * w)), cv2.LINE_AA, 4)  # fmt: skip


def undergrowth(
    x: Array, y: Array, foot: float, fog: Array, veil: float, bright: Array, seed: int
) -> tuple[Array, Array]:
    """Ferns and fallen leaves on the forest floor: the picture of them, and where they are."""
    w, h = x.shape[1], y.shape[0]
    rng = np.random.default_rng(seed)
    edge = foot + 0.012 * profile(seed, w, 6)
    blades = np.repeat(rng.standard_normal(w // 3 + 2).astype(np.float32), 3)[:w]
    edge = (
        edge
        - 0.006 * np.abs(cv2.GaussianBlur(blades[None, :], (0, 0), 1.5)[0]) * 2
        - 0.008 * np.abs(profile(seed + 50, w, 40, 0.75))
    )
    below = y - edge[None, :]
    # Closer together toward the horizon, as ground is.
    litter = noise(seed + 1, w, h, 150, gain=0.85, stretch=2.2) + 0.8 * noise(seed + 2, w, h, 22, stretch=3)
    base = mix(
        np.zeros((h, w, 3), np.float32) + f32([0.034, 0.030, 0.012]), (0.035, 0.060, 0.012), smooth(litter, -1, 1.5)
    )
    base *= np.clip(1 + 0.5 * litter, 0.15, 3)[..., None]
    base += (bright**1.5 * np.clip(litter + 0.2, 0, 3) * 0.6)[..., None] * f32([0.30, 0.25, 0.07])
    depth = np.clip(veil - 0.12 - 2.0 * np.clip(below, 0, 0.3), 0, 1)
    return mix(base, fog, f32(depth)), smooth(below, 0, 2.5 / w)


def dunes(w: int, h: int) -> Array:
    """Sand sea in the last light: crests, long shadows, wind ripples, the first stars and a young moon."""
    horizon = 0.335
    x, y = grid(w, h)
    light = gradient(y, [(0, (0.030, 0.055, 0.16)), (0.13, (0.10, 0.14, 0.30)), (0.24, (0.40, 0.25, 0.32)),
                         (horizon, (1.05, 0.46, 0.24)), (1, (1.05, 0.46, 0.24))], w)  # fmt: skip
    density, edge = clouds(x, y, 0.50, 41, 0.6, 0.5, 2.2)
    light = mix(light, mix(np.zeros_like(light) + f32([0.30, 0.20, 0.26]), (1.5, 0.62, 0.38), edge), density * 0.5)
    rng = np.random.default_rng(6)
    for _ in range(130):
        sx, sy, power = rng.uniform(), rng.uniform(0, 0.19), rng.pareto(1.6) * 0.16 + 0.07
        light[int(sy * w), int(sx * w)] += f32(min(power, 1.6) * (1 - sy / 0.2) * 2.2)
    moon = (0.79, 0.165)
    disc = smooth(-f32(np.hypot(x - moon[0], y - moon[1])), -0.0155, -0.0143)
    dark = smooth(-f32(np.hypot(x - moon[0] + 0.0075, y - moon[1] + 0.0045)), -0.0160, -0.0138)
    light += (disc * (1 - dark))[..., None] * f32([3.2, 3.0, 2.6])
    size, n = 900.0, 1024
    a, b = periodic(61, n, 2.6, 2, 9), periodic(62, n, 2.4, 2, 14)
    tile = (1 - np.abs(a)) * 17 + (1 - np.abs(b)) * 6
    tile = f32(cv2.GaussianBlur(np.tile(tile, (3, 3)), (0, 0), 1.2)[n : 2 * n, n : 2 * n]) - 14
    v = view(tile, size, w, h, eye=22, horizon=horizon * w / h, near=16, far=5200, wide=0.8, steps=1700, x0=330)
    sun = (-1.0, 0.30, 0.30)
    facing = v.look_up(lit(tile, size, sun), size)
    shade = v.look_up(shadow(tile, size, 0.34), size)
    ripples = v.look_up(wind_ripples(n), 26.0) * (1 - smooth(v.z, 40, 230))
    speckle = v.look_up(periodic(64, 1024, 0.35, 20), 9.0) * (1 - smooth(v.z, 20, 120))
    direct = np.clip(facing * (1 + 0.42 * ripples) + 0.10 * ripples * facing**0.5, 0, 2) * np.clip(shade, 0, 1)
    sand = f32([0.78, 0.47, 0.25]) * (1 + 0.06 * speckle)[..., None]
    ambient = f32([0.16, 0.16, 0.27]) * (1 + 0.10 * ripples)[..., None]
    ground = sand * (direct[..., None] * f32([2.9, 1.50, 0.66]) + ambient * 1.0)
    ground = mix(f32(ground), (0.95, 0.47, 0.30), f32(1 - np.exp(-np.maximum(v.z - 60, 0) / 1900)))
    return f32(np.where(v.ground[..., None], ground, light))


def wind_ripples(n: int) -> Array:
    """Ripples in sand: bands that wander, fork and fade."""
    u = np.arange(n, dtype=np.float32)[None, :] * np.ones((n, 1), np.float32)
    v = u.T
    bent = 46 * (v + 0.0 * u) / n * 2 * np.pi + 10 * 2 * np.pi / n * u + 3.2 * periodic(66, n, 1.6, 2, 40)
    return f32(np.sin(bent + 0.5 * np.sin(bent)) * np.clip(0.75 + 0.35 * periodic(67, n, 1.5, 2, 30), 0.1, 1.4))


def city(w: int, h: int) -> Array:
    """A skyline at the blue hour across a river: lit windows, haze of light, long reflections."""
    x, y = grid(w, h)
    shore = 0.455
    light = gradient(y, [(0, (0.010, 0.022, 0.075)), (0.22, (0.035, 0.075, 0.20)), (0.375, (0.20, 0.20, 0.30)),
                         (shore, (0.60, 0.27, 0.15)), (1, (0.60, 0.27, 0.15))], w)  # fmt: skip
    density, edge = clouds(x, y, 0.515, 91, 0.8, -0.1, 1.8)
    lower = mix(
        np.zeros_like(light) + f32([0.03, 0.04, 0.09]), (0.42, 0.21, 0.17), f32(edge * smooth(y + 0 * x, 0.05, 0.42))
    )
    light = mix(light, lower, density * 0.75)
    rng = np.random.default_rng(12)
    for layer in range(4):
        t = layer / 3
        at = -0.02
        while at < 1.02:
            wide = rng.uniform(0.020, 0.045) * (0.6 + 0.75 * t)
            centre = np.exp(-(((at - 0.36) / 0.15) ** 2)) + 0.8 * np.exp(-(((at - 0.76) / 0.10) ** 2))
            tall = (0.055 + 0.21 * centre * (1 - 0.35 * t)) * rng.uniform(0.45, 1.15) * (1.15 - 0.45 * t) + 0.012
            tower(light, rng, at, shore - tall, wide, shore, t)
            at += wide * rng.uniform(0.85, 1.35 if layer < 3 else 2.6)
    bank = int(shore * w)
    street = 0.0045
    light[bank - int(street * w) : bank] = light[bank - int(street * w) : bank] * 0.3 + f32([0.03, 0.022, 0.016])
    for _ in range(170):
        lamp = (int(rng.uniform() * (w - 4)), bank - int(rng.uniform(0.3, 2.4) * street * w))
        warm = f32([1.0, 0.62, 0.26]) if rng.uniform() < 0.85 else f32([0.6, 0.85, 1.0])
        cv2.circle(light, lamp, max(1, round(w * 0.0005)), (warm * rng.uniform(3, 11)).tolist(), -1, cv2.LINE_AA)
    light += blur(np.clip(light - 0.4, 0, 6), 0.006 * w) * 0.45 + blur(np.clip(light - 0.4, 0, 6), 0.04 * w) * 0.35
    # The river: each point mirrors the city, smeared upright and broken by wavelets that shrink with distance.
    below = np.clip(y - shore, 0, None) * np.ones_like(x)
    deep = np.maximum(below, 1e-4)
    ripple = periodic(95, 1024, 1.15, 4, 260)
    u, v = f32((x - 0.5) / (deep + 0.02) * 26), f32(7.5 / (deep + 0.02) + 0 * x)
    swell = f32(cv2.remap(ripple, u, f32(v * 3.2), cv2.INTER_LINEAR, borderMode=cv2.BORDER_WRAP))
    chop = f32(cv2.remap(ripple, f32(u * 3.1 + 300), f32(v * 9), cv2.INTER_LINEAR, borderMode=cv2.BORDER_WRAP))
    swell, chop = swell * smooth(below, 0, 0.05), chop * smooth(below, 0.02, 0.12)
    smeared = f32(0.45 * light + 0.55 * cv2.blur(cv2.blur(light, (max(1, w // 900), w // 34)), (1, w // 40)))
    lift = below * (1 + 0.42 * swell + 0.20 * chop) + 0.010 * np.abs(swell)
    mapx = f32((x + 0.0035 * chop * (0.4 + 4 * below)) * w)
    mirrored = cv2.remap(smeared, mapx, f32((shore - lift) * w), cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT)
    fresnel = np.clip(0.80 - 0.85 * below + 0.14 * swell + 0.10 * chop, 0.12, 1)
    water = mirrored * fresnel[..., None] * f32([0.86, 0.93, 1.0]) + f32([0.002, 0.006, 0.012])
    return mix(light, f32(water), smooth(y + 0 * x, shore - 0.5 / w, shore + 0.5 / w))


def tower(light: Array, rng: np.random.Generator, at: float, top: float, wide: float, shore: float, t: float) -> None:
    """One building: a dark face with rows of windows, some of them lit, and often something on its roof."""
    w = light.shape[1]
    x0, x1, y0, y1 = int(at * w), int((at + wide) * w), int(top * w), int(shore * w)
    left, right = max(0, x0), min(w, x1)
    if right - left < 4:
        return
    haze = f32([0.085, 0.070, 0.105]) * (1 - t)
    face = f32([0.012, 0.016, 0.028]) * (0.6 + 0.9 * rng.uniform()) + haze
    rows = (np.arange(y0, y1)[:, None] - y0) / max(1, y1 - y0)
    side = np.linspace(0.8, 1.35, x1 - x0)[None, left - x0 : right - x0]
    block = f32(face * (side * (1 - 0.25 * rows))[..., None]) + f32([0.06, 0.030, 0.013]) * f32(rows**3)[..., None]
    storey, bay = max(4, round(w * rng.uniform(0.0030, 0.0042))), max(3, round(w * rng.uniform(0.0022, 0.0040)))
    count = ((y1 - y0) // storey + 1, (x1 - x0) // bay + 1)
    office = rng.uniform() < 0.45
    lit_part = rng.uniform(0.10, 0.5)
    on = rng.uniform(size=count) < lit_part
    if office:  # whole storeys are lit together
        on = (rng.uniform(size=(count[0], 1)) < lit_part) & (rng.uniform(size=count) < 0.85)
    palette = f32([[1.0, 0.50, 0.16], [1.0, 0.64, 0.30], [1.0, 0.80, 0.52], [0.62, 0.80, 1.0]])
    chosen = palette[rng.choice(4, size=count, p=[0.2, 0.2, 0.4, 0.2] if office else [0.45, 0.3, 0.2, 0.05])]
    power = on * rng.gamma(2.0, 0.30, size=count) * (0.55 + 0.75 * t)
    glass = (0.030 * rng.uniform(size=count))[..., None] * f32([0.4, 0.6, 1.0])
    windows = f32(chosen * power[..., None] + glass)
    iy, ix = np.arange(y1 - y0), np.arange(left - x0, right - x0)
    pane = f32((iy % storey < storey * 0.62)[:, None] * (ix % bay < bay * (0.9 if office else 0.62))[None, :])
    margin = max(1, bay // 2)
    pane *= ((ix >= margin) & (ix < (x1 - x0) - margin))[None, :] * (iy > storey)[:, None]
    block += windows[iy // storey][:, ix // bay] * pane[..., None]
    light[y0:y1, left:right] = block
    kind, middle = rng.uniform(), (x0 + x1) // 2
    dark = face.tolist()
    if kind < 0.3:  # set-back storeys
        for step, part in enumerate((0.66, 0.36), 1):
            half = int((x1 - x0) * part / 2)
            cv2.rectangle(light, (middle - half, y0 - step * storey * 3), (middle + half, y0), dark, -1)
    elif kind < 0.5:  # a mast with a red lamp
        mast = y0 - int(0.035 * w * rng.uniform(0.4, 1))
        cv2.line(light, (middle, y0), (middle, mast), dark, max(1, w // 1300), cv2.LINE_AA)
        cv2.circle(light, (middle, mast), max(1, w // 1100), (7.0, 0.6, 0.4), -1, cv2.LINE_AA)
    elif kind < 0.62:  # a lit crown
        light[y0 : y0 + storey, left:right] += f32([1.3, 0.85, 0.42])


def balloons(w: int, h: int) -> Array:
    """Hot-air balloons at dawn over hills with mist in their folds."""
    x, y = grid(w, h)
    horizon = 0.97
    light = gradient(y, [(0, (0.11, 0.27, 0.62)), (0.45, (0.34, 0.50, 0.76)), (0.75, (0.86, 0.70, 0.62)),
                         (0.95, (1.45, 0.92, 0.58)), (2, (1.45, 0.92, 0.58))], w)  # fmt: skip
    density, edge = clouds(x, y, 1.12, 23, 1.6, 0.2, 2.4)
    light = mix(light, mix(np.zeros_like(light) + f32([0.62, 0.55, 0.62]), (1.55, 1.05, 0.80), edge), density * 0.55)
    sun = (0.08, 0.90)
    _, halo = glow(x, y, sun, 0.02, 0.30)
    light += halo[..., None] * f32([1.1, 0.60, 0.22])
    size, n = 1500.0, 1024
    rolling = periodic(51, n, 2.3, 2, 60)
    tile = f32(46 * rolling + 26 * (1 - np.abs(periodic(52, n, 2.1, 3, 90))))
    v = view(tile, size, w, h, eye=175, horizon=horizon * w / h, near=120, far=9000, wide=0.62, steps=1500, x0=240)
    facing = v.look_up(lit(tile, size, (-1.0, 0.42, 0.55)), size) * np.clip(
        v.look_up(shadow(tile, size, 0.42), size), 0, 1
    )
    woods = smooth(
        v.look_up(periodic(53, n, 1.25, 4), size) + 0.25 * v.look_up(periodic(54, n, 0.3, 30), 420), 0.25, 0.6
    )
    meadow = v.look_up(periodic(55, n, 1.1, 6), 640)
    grass = mix(
        np.zeros((h, w, 3), np.float32) + f32([0.10, 0.155, 0.035]), (0.27, 0.22, 0.07), smooth(meadow, -0.6, 1.3)
    )
    leafy = f32([0.022, 0.050, 0.018]) * (1 + 0.5 * v.look_up(periodic(56, n, 0.2, 60), 420))[..., None]
    ground = mix(grass, f32(leafy), woods)
    ground = ground * (facing[..., None] * f32([4.2, 2.5, 1.25]) + f32([0.34, 0.42, 0.60]))
    low = np.exp(-(v.look_up(tile, size) + 26) / 26) * (1 + 0.35 * v.look_up(periodic(57, n, 1.7, 2), 900))
    mist = np.clip(1 - np.exp(-v.z / 5200) + smooth(v.z, 250, 1500) * np.clip(low, 0, 1.4) * 0.60, 0, 0.96)
    ground = mix(ground, (1.20, 0.84, 0.62), f32(mist))
    light = f32(np.where(v.ground[..., None], ground, light))
    light += (halo**1.2)[..., None] * f32([0.5, 0.26, 0.08])
    dyes: list[list[tuple[float, float, float]]] = [
        [(0.80, 0.035, 0.03), (0.95, 0.55, 0.03), (0.85, 0.80, 0.70)],
        [(0.03, 0.13, 0.55), (0.80, 0.80, 0.82), (0.85, 0.25, 0.03)],
        [(0.90, 0.62, 0.04), (0.75, 0.10, 0.03)],
        [(0.02, 0.33, 0.30), (0.85, 0.78, 0.55), (0.80, 0.30, 0.05)],
        [(0.38, 0.05, 0.36), (0.90, 0.35, 0.22), (0.95, 0.75, 0.35)],
    ]
    fleet = [(0.12, 0.83, 0.020, 3, 2), (0.89, 0.79, 0.025, 1, 1), (0.72, 0.83, 0.016, 4, 0), (0.80, 0.53, 0.055, 2, 1),
             (0.17, 0.49, 0.070, 3, 0), (0.62, 0.245, 0.088, 1, 2), (0.385, 0.60, 0.205, 0, 0)]  # fmt: skip
    for bx, by, radius, dye, style in fleet:
        balloon(light, (bx, by), radius, dyes[dye], style)
    return light


def balloon(
    light: Array, at: tuple[float, float], radius: float, dyes: list[tuple[float, float, float]], style: int
) -> None:
    """One balloon: an envelope of gores in the morning sun, its basket on four ropes."""
    h, w = light.shape[:2]
    reach = radius * 2.0
    x0, x1 = max(0, int((at[0] - reach) * w)), min(w, int((at[0] + reach) * w))
    y0, y1 = max(0, int((at[1] - reach) * w)), min(h, int((at[1] + reach) * w))
    px = f32((np.arange(x0, x1)[None, :] / w - at[0]) / radius)
    py = f32((np.arange(y0, y1)[:, None] / w - at[1]) / radius)
    # A ball above, drawn in to a mouth below.
    t = np.clip(py / 1.36, 0, 1)
    half = np.where(
        py < 0,
        np.sqrt(np.clip(1 - py * py, 0, None)),
        np.sqrt(np.clip(1 - t**1.7, 0, None)) * (1 - 0.55 * t) + 0.16 * t,
    )
    half = f32(np.where((py > 1.30) | (py < -1), 0, half))
    inside = smooth(half - np.abs(px), -0.6 / (radius * w), 1.2 / (radius * w)) * (half > 0)
    across = np.clip(px / np.maximum(half, 1e-3), -1, 1)
    gores = 22
    angle = np.arcsin(across) / np.pi + 0.5
    place = angle * gores * 0.5 + 0.23
    within = place - np.floor(place)
    bulge = np.sin(within * np.pi)
    nx = across + 0.30 * (within - 0.5)
    nz = np.sqrt(np.clip(1 - across * across, 0, 1))
    ny = np.where(py < 0, -py, -0.75 * py)
    length = np.sqrt(nx * nx + ny * ny + nz * nz) + 1e-6
    sun = f32([-0.80, 0.26, 0.54])
    facing = np.clip((nx * sun[0] + ny * sun[1] + nz * sun[2]) / length, 0, 1)
    lower = np.clip(py / 1.3, 0, 1)
    band = np.floor(place).astype(np.int32) + np.zeros_like(px, np.int32)
    if style == 1:
        band = np.floor((py + 1) * 4.2 + within * 0.0).astype(np.int32) + np.zeros_like(band)
    elif style == 2:
        band = band + np.floor((py + 1) * 4.5).astype(np.int32)
    colours = f32(np.array(dyes))
    cloth = colours[band % len(colours)]
    if style == 0:
        belt = ((np.abs(py - 0.18) < 0.17) & (np.abs(py - 0.18) > 0.03))[..., None]
        cloth = np.where(belt, colours[(band + 1) % len(colours)] * 0.9, cloth)
    cloth = f32(cv2.GaussianBlur(f32(cloth), (0, 0), 0.9))  # or the dyes meet in stairs
    cloth = f32(cloth * (0.74 + 0.26 * bulge**0.5)[..., None])
    weave = noise(70, px.shape[1], py.shape[0], 14, gain=0.6)
    glow_through = np.exp(-(((py - 0.75) / 0.6) ** 2)) * 0.35  # the burner lights the cloth from inside
    shine = facing[..., None] * f32([2.7, 1.85, 1.15]) + f32([0.20, 0.25, 0.38]) * (1 - 0.35 * lower)[..., None]
    body = cloth * (shine + (glow_through * nz)[..., None] * f32([1.5, 0.8, 0.3])) * (1 + 0.035 * weave)[..., None]
    rim = (1 - nz) ** 4 * (across < 0)
    body = body + rim[..., None] * f32([0.9, 0.6, 0.35])
    distance = float(np.clip(0.030 / radius - 0.12, 0, 1)) * 0.55
    body = mix(f32(body), (0.95, 0.76, 0.66), distance)
    patch = light[y0:y1, x0:x1]
    patch[:] = mix(patch, body, inside)

    def spot(dx: float, dy: float) -> tuple[int, int]:
        return int((at[0] + dx * radius) * w * 16), int((at[1] + dy * radius) * w * 16)

    haze = f32([0.95, 0.76, 0.66])
    rope = (f32([0.05, 0.04, 0.04]) * (1 - distance) + haze * distance).tolist()
    wicker = (f32([0.26, 0.13, 0.055]) * (1 - distance) + haze * distance).tolist()
    shaded = (f32([0.075, 0.042, 0.03]) * (1 - distance) + haze * distance).tolist()
    for side in (-1.0, -0.35, 0.35, 1.0):
        cv2.line(
            light,
            spot(0.155 * side, 1.28),
            spot(0.105 * side, 1.60),
            rope,
            max(1, round(radius * w / 130)),
            cv2.LINE_AA,
            4,
        )
    box = np.array([spot(-0.115, 1.60), spot(0.115, 1.60), spot(0.10, 1.78), spot(-0.10, 1.78)], np.int32)
    cv2.fillPoly(light, [box], shaded, cv2.LINE_AA, 4)
    box = np.array([spot(-0.115, 1.60), spot(0.0, 1.60), spot(0.0, 1.78), spot(-0.10, 1.78)], np.int32)
    cv2.fillPoly(light, [box], wicker, cv2.LINE_AA, 4)
    cv2.line(light, spot(-0.125, 1.60), spot(0.125, 1.60), shaded, max(1, round(radius * w / 45)), cv2.LINE_AA, 4)
    flame = np.array([spot(-0.028, 1.46), spot(0.028, 1.46), spot(0.0, 1.27)], np.int32)
    cv2.fillPoly(light, [flame], (9.0, 4.5, 1.2), cv2.LINE_AA, 4)


# --- The files -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Photo:
    name: str
    scene: Callable[[int, int], Array]
    taken: datetime
    lens: tuple[float, float, int]
    """Focal length in mm, f-number, ISO."""
    portrait: bool = False
    on_its_side: bool = False
    """Stored as the sensor lies, with the EXIF orientation that says how to turn it."""
    exposure: float = 1.0
    warmth: float = 0.0
    grain: float = 4.0


DAY = datetime(2025, 9, 12)
PHOTOS = (
    Photo("01-sunrise.jpg", sunrise, DAY + timedelta(hours=6, minutes=41), (52, 8, 100), exposure=0.85),
    Photo("02-forest.jpg", forest, DAY + timedelta(days=1, hours=7, minutes=58), (35, 4, 400), True, True, 0.80),
    Photo("03-ocean.jpg", ocean, DAY + timedelta(days=2, hours=11, minutes=12), (28, 9, 100), exposure=0.80),
    Photo(
        "04-balloons.jpg", balloons, DAY + timedelta(days=3, hours=6, minutes=27), (40, 5.6, 200), True, exposure=0.66
    ),
    Photo("05-dunes.jpg", dunes, DAY + timedelta(days=4, hours=18, minutes=49), (35, 7.1, 160), exposure=0.80),
    Photo("06-city.jpg", city, DAY + timedelta(days=5, hours=19, minutes=33), (30, 2.8, 800), exposure=1.1, grain=5),
)


def draw(photo: Photo, path: Path, size: float = 1.0) -> None:
    """One picture into a file; ``size`` 1 is 12 megapixels, less scales both sides."""
    w, h = (3000, 4000) if photo.portrait else (4000, 3000)
    w, h = max(64, round(w * size)), max(64, round(h * size))
    detail = DETAIL if size > 0.3 else 1.0
    light = photo.scene(round(w * detail), round(h * detail))
    picture = develop(light, w, h, len(photo.name), exposure=photo.exposure, warmth=photo.warmth, grain=photo.grain)
    if photo.on_its_side:
        picture = np.ascontiguousarray(np.rot90(picture))
    exif = Image.Exif()
    when = photo.taken.strftime("%Y:%m:%d %H:%M:%S")
    focal, aperture, iso = photo.lens
    exif[0x010F], exif[0x0110], exif[0x0131] = "nemovideo-mcp", "sample", "draw_photos.py"
    exif[0x0112] = 6 if photo.on_its_side else 1
    exif[0x0132] = when
    details = exif.get_ifd(0x8769)
    details[0x9003] = details[0x9004] = when
    details[0x829D], details[0x8827], details[0x920A] = aperture, iso, focal
    details[0xA001], details[0xA002], details[0xA003] = 1, picture.shape[1], picture.shape[0]
    part = path.with_suffix(".part")
    Image.fromarray(picture).save(part, "JPEG", quality=92, subsampling="4:2:0", exif=exif)
    part.replace(path)


def draw_all(folder: Path, size: float = 1.0, report: Callable[[str], object] = lambda _: None) -> list[Path]:
    """All six into ``folder``, in order; those that are there already are left alone."""
    folder.mkdir(parents=True, exist_ok=True)
    paths: list[Path] = []
    for photo in PHOTOS:
        path = folder / photo.name
        if path.exists():
            report(f"{path.name} is there already")
        else:
            start = time.perf_counter()
            draw(photo, path, size)
            report(f"{path.name} drawn in {time.perf_counter() - start:.1f} s")
        paths.append(path)
    return paths


def main() -> None:
    parser = argparse.ArgumentParser(description="Draws six sample photographs.")
    parser.add_argument("folder", nargs="?", type=Path, default=FOLDER, help="where to put them (default: %(default)s)")
    parser.add_argument("--size", type=float, default=1.0, help="1 is 12 megapixels, less scales both sides")
    options = parser.parse_args()
    try:
        draw_all(options.folder, options.size, report=print)
    except OSError as error:
        sys.exit(f"The photos could not be written: {error}")
    print(f"Six photos in {options.folder}")


if __name__ == "__main__":
    main()
