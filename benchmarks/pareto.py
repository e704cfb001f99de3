"""The search for x264's settings: speed, size and likeness over several kinds of picture, each beside the bare reference.

    python benchmarks/pareto.py [--kinds textured scenes …] [--frames 150] [--rounds 3] ["superfast 21 subq=1:aq-mode=0" …]

Each candidate is ``preset crf [params]`` in x264's own words; without any, the renderer's own three and those of `CANDIDATES` are
tried. Frames are composed once by our renderer and kept; every encoder gets the same. Speed is the reference's CPU time by the
candidate's, over all rounds (wall time is the same on an idle machine; CPU time is steadier on a shared one); size is the file's bytes by the reference's; VMAF, its 5th percentile,
SSIM and CAMBI (bands in smooth parts, 0 is none) are differences to the reference's. The last block sums up: geometric means of the
ratios, means of the differences, and whether another candidate is better in everything (then it is not on the front).
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from math import exp, log
from pathlib import Path

from benchkit import environments, jobs, measure, x264
from benchkit.frames import Ready, ready
from benchkit.quality import Quality, quality
from benchkit.x264 import BARE, Setting
from render import CACHE

from nemovideo_mcp.studio.render.coders import SETTINGS

CANDIDATES = (
    "veryfast 20 subq=1:partitions=none",
    "veryfast 19 subq=1:aq-mode=0",
    "veryfast 21 aq-mode=0",
    "superfast 23 mbtree=1",
    "superfast 21",
    "ultrafast 20",
    "faster 21.5",
    "medium 22",
)
"""Those that others advise, and the presets around the reference."""


@dataclass(frozen=True)
class Row:
    """A candidate on one kind of picture, beside the reference."""

    speed: float
    size: float
    vmaf: float
    vmaf_low: float
    ssim: float
    cambi: float


def rows(kind: str, settings: list[Setting], options: argparse.Namespace) -> list[Row]:
    frames = jobs_ready(kind, options.frames)
    kept = frames.frames()
    binary = environments.ffmpeg(CACHE)
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{i}.mp4" for i in range(len(settings))]

        def run(i: int) -> Callable[[], object]:
            return lambda: x264.encode(kept, settings[i], paths[i], frames.fps)

        took = measure.interleaved({str(i): run(i) for i in range(len(settings))}, options.rounds)
        seen = [quality(binary, path, frames.path, every=2) for path in paths]
        sizes = [path.stat().st_size for path in paths]
    base = took["0"]
    return [
        _row(
            statistics.median(b.cpu / t.cpu for b, t in zip(base, took[str(i)], strict=True)),
            sizes[i] / sizes[0],
            seen[i],
            seen[0],
        )
        for i in range(len(settings))
    ]


def jobs_ready(kind: str, count: int) -> Ready:
    return ready(jobs.of_kind(kind, count, CACHE / "photos"), CACHE / "frames")


def _row(speed: float, size: float, seen: Quality, base: Quality) -> Row:
    return Row(
        speed,
        size,
        seen.vmaf - base.vmaf,
        seen.vmaf_low - base.vmaf_low,
        seen.ssim - base.ssim,
        seen.cambi - base.cambi,
    )


def summed(rows: list[Row]) -> Row:
    def mean(values: list[float]) -> float:
        return sum(values) / len(values)

    def geometric(values: list[float]) -> float:
        return exp(mean([log(value) for value in values]))

    return Row(
        geometric([r.speed for r in rows]), geometric([r.size for r in rows]), mean([r.vmaf for r in rows]),
        mean([r.vmaf_low for r in rows]), mean([r.ssim for r in rows]), mean([r.cambi for r in rows]),
    )  # fmt: skip


def beaten(row: Row, others: list[Row]) -> bool:
    """Whether another is at least as fast, as small and as like, and better in one of them."""
    return any(
        o.speed >= row.speed
        and o.size <= row.size
        and o.vmaf >= row.vmaf
        and (o.speed, -o.size, o.vmaf) != (row.speed, -row.size, row.vmaf)
        for o in others
    )


def show(title: str, settings: list[Setting], found: list[Row], *, front: bool = False) -> None:
    print(f"\n{title}\n{'speed':>7}{'size':>7}{'VMAF':>8}{'low':>8}{'SSIM':>9}{'CAMBI':>8}")
    for setting, row in zip(settings, found, strict=True):
        mark = "  front" if front and not beaten(row, found) else ""
        print(
            f"{row.speed:7.2f}{row.size:7.3f}{row.vmaf:+8.2f}{row.vmaf_low:+8.2f}{row.ssim:+9.5f}{row.cambi:+8.3f}  {setting}{mark}",
            flush=True,
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("candidates", nargs="*")
    parser.add_argument("--kinds", nargs="+", choices=list(jobs.KINDS), default=list(jobs.KINDS))
    parser.add_argument("--frames", type=int, default=150)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    ours = [Setting(s.preset, s.crf, s.params) for s in SETTINGS.values()]
    tried = [Setting.parsed(text) for text in options.candidates] or [*ours, *map(Setting.parsed, CANDIDATES)]
    settings = [BARE, *tried]
    CACHE.mkdir(exist_ok=True)
    found = {kind: rows(kind, settings, options) for kind in options.kinds}
    for kind, of in found.items():
        show(kind, settings, of)
    show("all kinds", settings, [summed([of[i] for of in found.values()]) for i in range(len(settings))], front=True)


if __name__ == "__main__":
    main()
