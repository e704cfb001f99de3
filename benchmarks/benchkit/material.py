"""Pictures, a song and video clips to make films of, drawn by this script: 12-megapixel JPEGs of the kinds that people film.

Photographs of that size are in no package, so most are synthetic, each hard in its own way; `scene` follows the dead-leaves
model, whose statistics are those of natural images (Lee, Mumford and Huang, "Occlusion models for natural images", 2001).
"""

from __future__ import annotations

import wave
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import cv2
import numpy as np
import numpy.typing as npt
from av.audio.frame import AudioFrame
from av.video.frame import VideoFrame

Picture = npt.NDArray[np.uint8]
Floats = npt.NDArray[np.float32]

WIDTH, HEIGHT = 4000, 3000
RATE = 48_000


def landscape(seed: int) -> Picture:
    """Soft shapes under grain of several sizes: the texture of meadows and leaves, the hardest for an encoder."""
    rng = np.random.default_rng(seed)
    image = np.zeros((HEIGHT, WIDTH, 3), np.float32)
    for cells, strength in ((6, 90), (40, 40), (300, 22), (1500, 14)):
        noise = rng.normal(0, strength, (cells * 3 // 4, cells, 3)).astype(np.float32)
        image += cv2.resize(noise, (WIDTH, HEIGHT), interpolation=cv2.INTER_CUBIC)
    return _bytes(image + 120)


def scene(seed: int) -> Picture:
    """Discs that hide one another, of sizes r^-3, each with its own colour and texture, under light from one side."""
    rng = np.random.default_rng(seed)
    count, least, most = 12_000, 12.0, 900.0
    # The inverse of the distribution function of r^-3 between the two radii.
    radii = (least**-2 - rng.random(count) * (least**-2 - most**-2)) ** -0.5
    colours = np.full((HEIGHT, WIDTH, 3), 90, np.uint8)
    rough = np.zeros((HEIGHT, WIDTH), np.uint8)
    palette = 120 + 0.7 * (rng.integers(20, 235, (40, 3)) - 120)
    for radius in radii:
        at = (int(rng.integers(0, WIDTH)), int(rng.integers(0, HEIGHT)))
        colour = np.clip(palette[rng.integers(40)] + rng.normal(0, 18, 3), 0, 255)
        cv2.circle(colours, at, int(radius), [float(c) for c in colour], -1, cv2.LINE_AA)
        cv2.circle(rough, at, int(radius), float(rng.choice([0, 10, 30, 60])), -1, cv2.LINE_AA)
    light = cv2.resize(
        rng.uniform(0.6, 1.25, (2, 3)).astype(np.float32), (WIDTH, HEIGHT), interpolation=cv2.INTER_LINEAR
    )
    texture = _octaves(rng, (400, 1000, 2000)) * (rough[..., None] / 60.0)
    lit = colours.astype(np.float32) * light[..., None] + texture * 22
    return _bytes(cv2.GaussianBlur(lit, (0, 0), 1.0) + rng.normal(0, 2, (HEIGHT, WIDTH, 1)).astype(np.float32))


def sky(seed: int) -> Picture:
    """Smooth light, where bands show first: dusk with a little grain, a night nearly black, a clean pastel without any."""
    rng = np.random.default_rng(seed)
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float32)
    y, x = y / HEIGHT, x / WIDTH
    kind = seed % 3
    if kind == 0:
        top, low = np.array((70, 35, 20), np.float32), np.array((90, 150, 245), np.float32)
        glow = np.exp(-(((x - 0.3) / 0.5) ** 2 + ((y - 0.8) / 0.35) ** 2))[..., None]
        image = top + (low - top) * (y[..., None] ** 1.6) + glow * 30
    elif kind == 1:
        glow = np.exp(-(((x - 0.7) / 0.45) ** 2 + ((y - 0.4) / 0.5) ** 2))[..., None]
        image = np.array((14, 9, 8), np.float32) + glow * np.array((46, 30, 22), np.float32)
    else:
        image = np.stack([200 - 30 * y, 190 + 20 * np.sin(2 * x + y), 215 + 20 * x * y], -1)
    grain = (1.5, 0.8, 0.0)[kind]
    image = image + rng.normal(0, 1, (HEIGHT, WIDTH, 1)).astype(np.float32) * grain
    # Without dither a camera's own quantisation would already be a band.
    return _bytes(image + rng.uniform(-0.5, 0.5, (HEIGHT, WIDTH, 1)).astype(np.float32))


def portrait(seed: int) -> Picture:
    """A face or an animal, enlarged, with the grain of a camera; the third stands upright, so that a film blurs its sides."""
    import skimage.data

    source = np.asarray(getattr(skimage.data, ("astronaut", "chelsea", "astronaut")[seed % 3])(), np.uint8)
    if seed % 3 == 2:
        source = source[0:400, 70:370]
    return _enlarged(source, seed)


def photo(seed: int) -> Picture:
    """The photographs that come with scikit-image, enlarged; what they lack in detail, a natural texture gives them."""
    import skimage.data

    names = ("coffee", "rocket", "hubble_deep_field", "retina")
    return _enlarged(getattr(skimage.data, names[seed % len(names)])(), seed, detail=True)


def slide(seed: int) -> Picture:
    """Words, bars and lines on a plain ground: sharp edges, nothing else. Light and dark in turn."""
    rng = np.random.default_rng(seed)
    ground, ink = ((240, 248, 250), (60, 40, 30)) if seed % 2 == 0 else ((48, 34, 26), (235, 230, 225))
    image = np.full((HEIGHT, WIDTH, 3), ground, np.uint8)
    cv2.putText(image, f"Quarterly report {seed + 1}", (220, 420), cv2.FONT_HERSHEY_DUPLEX, 7, ink, 14, cv2.LINE_AA)
    for line in range(9):
        words = (
            f"Item {line + 1}: growth of {rng.integers(99)} % in region {rng.integers(20)}, plan {rng.integers(900)}"
        )
        cv2.putText(image, words, (220, 780 + line * 150), cv2.FONT_HERSHEY_DUPLEX, 2.6, ink, 5, cv2.LINE_AA)
    for bar in range(12):
        colour = [float(c) for c in rng.integers(40, 230, 3)]
        top = 2700 - int(rng.integers(100, 500))
        cv2.rectangle(image, (300 + bar * 280, top), (480 + bar * 280, 2700), colour, -1)
    cv2.line(image, (220, 2702), (3780, 2702), ink, 5, cv2.LINE_AA)
    return image


def save(picture: Picture, path: Path) -> Path:
    """As a JPEG of a camera's quality; one that is there already is kept."""
    if not path.exists():
        cv2.imwrite(str(path), picture, [cv2.IMWRITE_JPEG_QUALITY, 92])
    return path


def drawn(kind: Callable[[int], Picture], count: int, folder: Path) -> list[Path]:
    """``count`` pictures of a kind as files, drawn only where they are missing."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"{kind.__name__}{i}.jpg" for i in range(count)]
    for i, path in enumerate(paths):
        if not path.exists():
            save(kind(i), path)
    return paths


def song(path: Path, seconds: int = 20) -> Path:
    """Three sines, 44.1 kHz stereo."""
    if path.exists():
        return path
    t = np.arange(seconds * 44_100) / 44_100
    tone = np.sin(2 * np.pi * np.outer(t, (220.0, 277.2, 329.6))).sum(axis=1) / 4
    with wave.open(str(path), "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(44_100)
        file.writeframes((np.repeat(tone[:, None], 2, axis=1) * 32_000).astype("<i2").tobytes())
    return path


def clip(path: Path, seed: int, seconds: int = 4, fps: int = 30) -> Path:
    """A video of 1080p as a phone takes it: the camera wanders over a scene; with a tone."""
    if path.exists():
        return path
    picture = cv2.resize(scene(seed), (2400, 1800), interpolation=cv2.INTER_AREA)
    partial = path.with_suffix(".part.mp4")
    with av.open(str(partial), "w") as container:
        video = container.add_stream("libx264", rate=fps)
        video.width, video.height, video.pix_fmt = 1920, 1080, "yuv420p"
        video.options = {"preset": "veryfast", "crf": "18"}
        sound = container.add_stream("aac", rate=RATE, layout="stereo")
        for n in range(seconds * fps):
            t = n / fps
            dx, dy = 240 + 200 * np.sin(t * 0.9 + seed), 360 + 200 * np.cos(t * 0.7)
            move = np.array([[1, 0, -dx], [0, 1, -dy]], np.float32)
            frame = VideoFrame.from_ndarray(np.asarray(cv2.warpAffine(picture, move, (1920, 1080)), np.uint8), "bgr24")
            frame.pts, frame.time_base = n, Fraction(1, fps)
            container.mux(video.encode(frame))
        container.mux(video.encode(None))
        _tone(container, sound, seconds)
    return partial.replace(path)


def _tone(container: Any, sound: Any, seconds: int) -> None:
    t = np.arange(seconds * RATE) / RATE
    samples = np.repeat((0.2 * np.sin(2 * np.pi * 330 * t))[None], 2, axis=0).astype(np.float32)
    for at in range(0, samples.shape[1], 1024):
        block = AudioFrame.from_ndarray(
            np.ascontiguousarray(samples[:, at : at + 1024]), format="fltp", layout="stereo"
        )
        block.sample_rate, block.pts, block.time_base = RATE, at, Fraction(1, RATE)
        container.mux(sound.encode(block))
    container.mux(sound.encode(None))


def _octaves(rng: np.random.Generator, cells: tuple[int, ...]) -> Floats:
    """Noise of several sizes, standard deviation about 1."""
    total = np.zeros((HEIGHT, WIDTH, 1), np.float32)
    for n in cells:
        noise = rng.normal(0, 1, (n * 3 // 4, n)).astype(np.float32)
        total[..., 0] += cv2.resize(noise, (WIDTH, HEIGHT), interpolation=cv2.INTER_CUBIC)
    return np.asarray(total / len(cells) ** 0.5, np.float32)


def _enlarged(source: Picture, seed: int, *, detail: bool = False) -> Picture:
    height, width = source.shape[:2]
    scale = WIDTH / max(width, height)
    size = (round(width * scale), round(height * scale))
    image = cv2.resize(source[..., ::-1], size, interpolation=cv2.INTER_LANCZOS4).astype(np.float32)
    rng = np.random.default_rng(seed)
    if detail:
        fine = cv2.resize(_octaves(rng, (700, 1600))[..., 0], size)
        image += fine[..., None] * 9 * (image.mean(axis=2, keepdims=True) / 160)
    return _bytes(image + rng.normal(0, 4, (*image.shape[:2], 1)).astype(np.float32))


def _bytes(image: npt.NDArray[Any]) -> Picture:
    return np.asarray(np.clip(np.round(image), 0, 255), np.uint8)
