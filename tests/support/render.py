"""What the render tests share, as a fixture: material drawn on the spot, films of it, and a look into the MP4 that comes out.

The modules that use it name it in ``pytest_plugins``.
"""

from __future__ import annotations

import wave
from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import cv2
import numpy as np
import numpy.typing as npt
import pytest
from av.video.frame import VideoFrame
from av.video.stream import VideoStream
from PIL import Image

from nemovideo_mcp.studio.render import process
from nemovideo_mcp.studio.render.job import RenderJob, RenderResult
from nemovideo_mcp.timeline import draft
from nemovideo_mcp.timeline.model import Canvas, Clip, Timeline

Rgb = tuple[int, int, int]
Pixels = npt.NDArray[np.uint8]
Sound = npt.NDArray[np.float32]

RATE = 48_000


@dataclass
class Film:
    """A film that was made and decoded again: RGB frames, and its sound (2 × samples) or None."""

    result: RenderResult
    path: Path
    frames: list[Pixels]
    sound: Sound | None

    def color(self, n: int, x: float = 0.5, y: float = 0.5, size: int = 8) -> npt.NDArray[np.float64]:
        """The mean colour around a point of frame ``n``; x and y from 0 to 1."""
        frame = self.frames[n]
        row, column = round(y * (frame.shape[0] - size)), round(x * (frame.shape[1] - size))
        mean: npt.NDArray[np.float64] = frame[row : row + size, column : column + size].mean(axis=(0, 1))
        return mean


@dataclass
class Kit:
    folder: Path
    files: dict[str, Path] = field(default_factory=dict)

    def add(self, path: Path) -> str:
        """A file as media of the film; its name is its id."""
        self.files[path.name] = path
        return path.name

    def picture(self, name: str, pixels: Pixels | Rgb, size: tuple[int, int] = (320, 180), **save: Any) -> str:
        array = np.full((size[1], size[0], 3), pixels, np.uint8) if isinstance(pixels, tuple) else pixels
        path = self.folder / name
        if path.suffix == ".jpg":
            save = {"quality": 95, "subsampling": 0} | save
        Image.fromarray(array).save(path, **save)
        return self.add(path)

    def song(self, name: str = "song.wav", *, seconds: float = 3.0, level: float = 0.5, hertz: float = 440) -> str:
        """A stereo sine."""
        t = np.arange(round(seconds * RATE)) / RATE
        wavelet = np.repeat(np.sin(2 * np.pi * hertz * t)[:, None] * level * 32767, 2, axis=1)
        with wave.open(str(self.folder / name), "wb") as file:
            file.setnchannels(2)
            file.setsampwidth(2)
            file.setframerate(RATE)
            file.writeframes(wavelet.astype("<i2").tobytes())
        return self.add(self.folder / name)

    def video(
        self, name: str, colors: list[Rgb], *, fps: int = 10, size: tuple[int, int] = (320, 180), tone: float = 0.0
    ) -> str:
        """A video that shows each colour for one frame; with a sine of level ``tone`` if that is above 0."""
        path = self.folder / name
        with av.open(str(path), "w") as container:
            stream = container.add_stream("libx264", rate=fps)
            stream.width, stream.height, stream.pix_fmt = *size, "yuv420p"
            stream.options = {"crf": "10"}
            sound = container.add_stream("aac", rate=RATE, layout="stereo") if tone else None
            for n, color in enumerate(colors):
                frame = VideoFrame.from_ndarray(np.full((size[1], size[0], 3), color, np.uint8))
                frame.pts, frame.time_base = n, Fraction(1, fps)
                container.mux(stream.encode(frame))
            container.mux(stream.encode(None))
            if sound is not None:
                t = np.arange(len(colors) * RATE // fps) / RATE
                samples = np.repeat(np.sin(2 * np.pi * 440 * t)[None].astype(np.float32) * tone, 2, axis=0)
                for at in range(0, samples.shape[1], 1024):
                    block = av.AudioFrame.from_ndarray(
                        np.ascontiguousarray(samples[:, at : at + 1024]), format="fltp", layout="stereo"
                    )
                    block.sample_rate, block.pts, block.time_base = RATE, at, Fraction(1, RATE)
                    container.mux(sound.encode(block))
                container.mux(sound.encode(None))
        return self.add(path)

    def clip(self, media: str, ms: int = 1000, **more: Any) -> Clip:
        """A clip that stands still and fills the frame, unless told otherwise."""
        kind = "video" if media.endswith((".mp4", ".mov")) else "image"
        plain: dict[str, Any] = {"id": media, "name": media, "kind": kind, "motion": "none"}
        return Clip(media=media, duration_ms=ms, **(plain | more))

    def job(self, film: Timeline, **more: Any) -> RenderJob:
        output = self.folder / f"film.{more.get('format', 'mp4')}"
        return RenderJob(draft=draft.encode(film), files=self.files, output=output, **more)

    def film(self, *clips: Clip, size: tuple[int, int] = (320, 180), fps: int = 10, **more: Any) -> Timeline:
        return Timeline(canvas=Canvas(width=size[0], height=size[1], fps=fps), clips=clips, **more)

    async def render(self, film: Timeline, **more: Any) -> Film:
        job = self.job(film, **more)
        result = await process.render(job)
        return Film(result, job.output, *decoded(job.output))


def decoded(path: Path) -> tuple[list[Pixels], Sound | None]:
    frames: list[Pixels] = []
    blocks: list[Sound] = []
    with av.open(str(path)) as container:
        for frame in container.decode(*container.streams.video, *container.streams.audio):
            if isinstance(frame, VideoFrame):
                frames.append(np.asarray(frame.to_ndarray(format="rgb24", src_colorspace="ITU709"), np.uint8))
            else:
                assert isinstance(frame, av.AudioFrame)
                blocks.append(np.asarray(frame.to_ndarray(), np.float32))
    return frames, np.concatenate(blocks, axis=1) if blocks else None


def video_stream(path: Path, look: Callable[[VideoStream], Any]) -> Any:
    """What ``look`` says of the film's picture stream."""
    with av.open(str(path)) as container:
        return look(container.streams.video[0])


@pytest.fixture
def kit(tmp_path: Path) -> Kit:
    return Kit(tmp_path)


@pytest.fixture(scope="session")
def dots() -> tuple[Pixels, list[tuple[int, int]]]:
    """Three soft white dots on dark grey, 2000×1125, and their centres."""
    centers = [(450, 450), (1000, 562), (1550, 760)]
    y, x = np.mgrid[0:1125, 0:2000].astype(np.float32)
    image = np.full((1125, 2000), 30, np.float32)
    for cx, cy in centers:
        image += 200 * np.exp(-((x + 0.5 - cx) ** 2 + (y + 0.5 - cy) ** 2) / (2 * 14**2))
    return np.asarray(cv2.merge([np.clip(image, 0, 255).astype(np.uint8)] * 3), np.uint8), centers
