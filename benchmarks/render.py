"""Whole renders beside the bare encoder and beside what a user could take instead, interleaved in one run.

    python benchmarks/render.py [--jobs landscape portrait stills hundred 4k clips] [--frames 900] [--rounds 3] [--rivals all]

Every job is a film of 12-megapixel photos that this benchmark draws, with motion, crossfades, a title and music. The **bare encoder** is x264
`veryfast` at crf 21 and the file, fed the very frames of our film, ready in memory: no decoding, no drawing, no sound. Ratios are
frames a second over those of the bare encoder in the same round; what counts is their median. FFmpeg's command line (zoompan and
xfade, as they are usually written, and with the recipe that scales up first) and MoviePy make the same films their own way, in
environments of their own that are made on first use; MoviePy, which is slow, makes a shorter one, the figure is frames a second
all the same. VMAF is that of the file against the ready frames, by the libvmaf of imageio-ffmpeg's FFmpeg.
"""

from __future__ import annotations

import argparse
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import anyio
from benchkit import environments, jobs, material, measure, rivals, x264
from benchkit.frames import Ready, ready
from benchkit.jobs import Film
from benchkit.quality import quality

from nemovideo_mcp.studio.render import process
from nemovideo_mcp.studio.render.plan import make_plan

CACHE = Path(tempfile.gettempdir()) / "nemovideo-benchmarks"
SHORT_FRAMES = 90
BIG = 300
"""Frames of the 4K job: 900 would take 11 GB."""


def photos(count: int) -> list[Path]:
    """Photos of several kinds in turn; of more than ten, the ten again."""
    kinds = (material.scene, material.landscape, material.photo, material.sky, material.scene)
    drawn = {kind: material.drawn(kind, 4, CACHE / "photos") for kind in dict.fromkeys(kinds)}
    ten = [drawn[kinds[i % 5]][i // 5 + (2 if i % 5 == 4 else 0)] for i in range(10)]
    return [ten[i % 10] for i in range(count)]


def films(frames: int) -> dict[str, Callable[[int], Film]]:
    """The jobs by name; each makes a film of that many frames (of its photos, the share that fits)."""
    song = material.song(CACHE / "song.wav")

    def share(count: int, made: int) -> list[Path]:
        return photos(max(2, round(count * made / frames)))

    def clips(made: int) -> Film:
        videos = [material.clip(CACHE / f"clip{i}.mp4", i, seconds=6) for i in range(3)]
        mixed = [p for pair in zip(photos(3), videos, strict=True) for p in pair]
        return jobs.slideshow("clips", mixed[: max(2, 6 * made // frames)], made, song=song)

    return {
        "landscape": lambda n: jobs.slideshow("landscape", share(10, n), n, song=song),
        "portrait": lambda n: jobs.slideshow("portrait", share(10, n), n, size=(1080, 1920), fit="blur", song=song),
        "stills": lambda n: jobs.slideshow("stills", share(10, n), n, motion="none", song=song),
        "hundred": lambda n: jobs.slideshow("hundred", share(100, n), n, song=song),
        "4k": lambda n: jobs.slideshow("4k", share(10, n), min(n, BIG), size=(3840, 2160), song=song),
        "clips": clips,
    }


@dataclass(frozen=True)
class Runner:
    """One way to make a film: the work, its file, and how many frames it makes."""

    work: Callable[[], object]
    output: Path
    frames: int


def runners(
    make: Callable[[int], Film], film: Film, frames: Ready, folder: Path, names: list[str]
) -> dict[str, Runner]:
    count = len(frames)
    kept = frames.frames()
    ours, bare = folder / "ours.mp4", folder / "bare.mp4"
    found = {
        "bare encoder": Runner(lambda: x264.encode(kept, x264.BARE, bare, frames.fps), bare, count),
        "nemovideo": Runner(lambda: anyio.run(process.render, film.job(ours)), ours, count),
    }

    def command(words: list[str]) -> Callable[[], object]:
        return lambda: subprocess.run(words, check=True)

    if "ffmpeg" in names:
        binary = environments.ffmpeg(CACHE)
        for title, first in (("ffmpeg zoompan", False), ("ffmpeg scaled first", True)):
            output = folder / f"{first}.mp4"
            found[title] = Runner(
                command(rivals.ffmpeg_command(binary, film, output, scale_first=first)), output, count
            )
    if "moviepy" in names:
        short = make(min(SHORT_FRAMES, count))
        output = folder / "moviepy.mp4"
        python = environments.python("moviepy", CACHE)
        found["MoviePy"] = Runner(
            command(rivals.moviepy_command(python, short, output)), output, make_plan(short.timeline).frames
        )
    return found


def run(name: str, make: Callable[[int], Film], options: argparse.Namespace) -> None:
    film = make(options.frames)
    frames = ready(film, CACHE / "frames")
    with tempfile.TemporaryDirectory() as folder:
        found = runners(make, film, frames, Path(folder), options.rivals)
        took = measure.interleaved({what: runner.work for what, runner in found.items()}, options.rounds)
        print(
            f"\n{name}: {len(frames)} frames of {frames.width}×{frames.height}, median of {options.rounds} interleaved rounds"
        )
        print(f"{'':22}{'fps':>8}{'ratio':>8}{'CPU s':>8}{'MB':>8}{'VMAF':>8}{'low 5 %':>8}   ratio in each round")
        base = took["bare encoder"]
        for what, runner in found.items():
            sizes = (len(frames), runner.frames)
            each = [measure.ratio([b], [t], sizes) for b, t in zip(base, took[what], strict=True)]
            middle = sorted(took[what])[len(took[what]) // 2]
            seen = ""
            if what in ("bare encoder", "nemovideo") and options.vmaf:
                of = quality(environments.ffmpeg(CACHE), runner.output, frames.path, every=3, bands=False)
                seen = f"{of.vmaf:8.2f}{of.vmaf_low:8.2f}"
            size = runner.output.stat().st_size / 1e6
            print(
                f"{what:22}{runner.frames / middle.wall:8.1f}{measure.ratio(base, took[what], sizes):8.2f}{middle.cpu:8.1f}"
                f"{size:8.2f}{seen or ' ' * 16}   " + " ".join(f"{one:.2f}" for one in each),
                flush=True,
            )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    known = ["landscape", "portrait", "stills", "hundred", "4k", "clips"]
    parser.add_argument("--jobs", nargs="+", choices=known, default=known)
    parser.add_argument("--frames", type=int, default=900)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--rivals", nargs="*", choices=["ffmpeg", "moviepy"], default=["ffmpeg", "moviepy"])
    parser.add_argument("--no-vmaf", dest="vmaf", action="store_false")
    options = parser.parse_args()
    CACHE.mkdir(exist_ok=True)
    found = films(options.frames)
    for name in options.jobs:
        run(name, found[name], options)


if __name__ == "__main__":
    main()
