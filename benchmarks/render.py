"""How fast a whole render is, measured against the bare encoder on the same frames.

The job: 12-megapixel photos that this script draws, 1080p at 30 frames a second, motion on every photo, crossfades, a title;
with and without sound. The bare encoder gets the very same frames, ready in memory, with the same settings and threads.
Rounds are interleaved, so that whatever else the machine does hits both alike; what counts is the ratio.

    python benchmarks/render.py [--frames 900] [--photos 10] [--rounds 3] [--quality standard]
"""

import argparse
import os
import statistics
import tempfile
import time
import wave
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import anyio
import av
import cv2
import numpy as np
from av.video.frame import VideoFrame

from nemovideo_mcp.studio.render import process
from nemovideo_mcp.studio.render.coders import SETTINGS
from nemovideo_mcp.studio.render.compose import Compositor
from nemovideo_mcp.studio.render.film import prepared
from nemovideo_mcp.studio.render.job import Quality, RenderJob
from nemovideo_mcp.studio.render.planes import tag, views
from nemovideo_mcp.timeline import draft
from nemovideo_mcp.timeline.model import Clip, Music, Text, Timeline, Transition

FPS = 30


def draw_photo(path: Path, seed: int) -> None:
    """A textured 12-megapixel JPEG: soft shapes under grain of several sizes, about as hard to encode as a landscape."""
    rng = np.random.default_rng(seed)
    image = np.zeros((3000, 4000, 3), np.float32)
    for cells, strength in ((6, 90), (40, 40), (300, 22), (1500, 14)):
        noise = rng.normal(0, strength, (cells * 3 // 4, cells, 3)).astype(np.float32)
        image += cv2.resize(noise, (4000, 3000), interpolation=cv2.INTER_CUBIC)
    cv2.imwrite(str(path), np.clip(image + 120, 0, 255).astype(np.uint8), [cv2.IMWRITE_JPEG_QUALITY, 92])


def draw_song(path: Path) -> None:
    """Twenty seconds of three sines, 44.1 kHz stereo."""
    t = np.arange(20 * 44_100) / 44_100
    tone = np.sin(2 * np.pi * np.outer(t, (220.0, 277.2, 329.6))).sum(axis=1) / 4
    with wave.open(str(path), "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(44_100)
        file.writeframes((np.repeat(tone[:, None], 2, axis=1) * 32_000).astype("<i2").tobytes())


def make_job(folder: Path, frames: int, photos: int, quality: Quality, *, sound: bool) -> RenderJob:
    total = frames * 1000 // FPS
    cuts = [round(total * i / photos) for i in range(photos + 1)]
    clips = tuple(
        Clip(
            id=f"c{i}",
            media=f"p{i}",
            name=f"{i}.jpg",
            duration_ms=cuts[i + 1] - cuts[i],
            width=4000,
            height=3000,
            transition_in=Transition(duration_ms=600) if i else None,
        )
        for i in range(photos)
    )
    film = Timeline(
        clips=clips,
        texts=(Text(id="t", text="Summer Journey 2026", duration_ms=min(3000, total), position="bottom"),),
        music=(Music(id="m", media="song", name="song.wav"),) if sound else (),
    )
    files = {f"p{i}": folder / f"{i}.jpg" for i in range(photos)} | {"song": folder / "song.wav"}
    return RenderJob(draft=draft.encode(film), files=files, output=folder / "ours.mp4", quality=quality)


def ready_frames(job: RenderJob) -> list[VideoFrame]:
    """All frames of the film, composed: about 3 MB each."""
    film, plan = prepared(job)
    made = []
    with Compositor(plan, film.texts, job.files, ahead=True) as compositor:
        for n in range(plan.frames):
            frame = VideoFrame(plan.canvas.width, plan.canvas.height, "yuv420p")
            tag(frame)
            compositor.draw(n, views(frame))
            frame.pts = n
            made.append(frame)
    return made


def bare(frames: list[VideoFrame], path: Path, quality: Quality) -> None:
    """Nothing but x264 and the file."""
    setting = SETTINGS[quality]
    with av.open(str(path), "w", options={"movflags": "+faststart"}) as container:
        stream = container.add_stream("libx264", rate=FPS)
        stream.width, stream.height, stream.pix_fmt = frames[0].width, frames[0].height, "yuv420p"
        stream.options = {"preset": setting.preset, "crf": str(setting.crf)}
        stream.codec_context.thread_type = "FRAME"
        tag(stream.codec_context)
        for frame in [*frames, None]:
            container.mux(stream.encode(frame))


class Took(NamedTuple):
    """Seconds on the wall, and of all cores together (this process and its ended children)."""

    wall: float
    cpu: float


def timed(work: Callable[[], object]) -> Took:
    wall, cpu = time.perf_counter(), sum(os.times()[:4])
    work()
    return Took(time.perf_counter() - wall, sum(os.times()[:4]) - cpu)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--frames", type=int, default=900)
    parser.add_argument("--photos", type=int, default=10)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--quality", choices=list(SETTINGS), default="standard")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for i in range(asked.photos):
            draw_photo(folder / f"{i}.jpg", i)
        draw_song(folder / "song.wav")
        silent = make_job(folder, asked.frames, asked.photos, asked.quality, sound=False)
        with_sound = make_job(folder, asked.frames, asked.photos, asked.quality, sound=True)
        frames = ready_frames(silent)
        runs: dict[str, Callable[[], object]] = {
            "bare encoder": lambda: bare(frames, folder / "bare.mp4", asked.quality),
            "whole job, silent": lambda: anyio.run(process.render, silent),
            "whole job, with music": lambda: anyio.run(process.render, with_sound),
        }
        took: dict[str, list[Took]] = {what: [] for what in runs}
        for _ in range(asked.rounds):
            for what, run in runs.items():
                took[what].append(timed(run))
        report(took, len(frames), asked.rounds)


def report(took: dict[str, list[Took]], frames: int, rounds: int) -> None:
    print(
        f"{frames} frames of 1920×1080, median of {rounds} interleaved rounds; ratios are the bare encoder's time by ours"
    )
    print(f"{'':24}{'s':>8}{'fps':>8}{'ratio':>8}{'CPU s':>8}{'ratio':>8}   ratio in each round")
    base = took["bare encoder"]
    for what, rounds_of in took.items():
        walls = [b.wall / t.wall for b, t in zip(base, rounds_of, strict=True)]
        cpus = [b.cpu / t.cpu for b, t in zip(base, rounds_of, strict=True)]
        wall, cpu = (statistics.median(values) for values in zip(*rounds_of, strict=True))
        print(
            f"{what:24}{wall:8.2f}{frames / wall:8.1f}{statistics.median(walls):8.2f}"
            f"{cpu:8.2f}{statistics.median(cpus):8.2f}   " + " ".join(f"{ratio:.2f}" for ratio in walls)
        )


if __name__ == "__main__":
    main()
