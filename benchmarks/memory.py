"""What a render takes as films grow: the most memory of its worker, and time, for 10 to 500 photos and for a film of ten minutes.

    python benchmarks/memory.py [--photos 10 50 200 500] [--minutes 10]

Every photo is a 12-megapixel JPEG and stays for a second, in motion, in 1080p at 30 frames a second. Each film is made by a process
of its own, which tells the peak of its worker's resident memory. Linux and macOS: it asks `getrusage`.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SECONDS = 1.0


def one(photos: int, seconds: float) -> None:
    """Makes the film and prints its figures as JSON; run in a process of its own."""
    import resource

    import anyio
    from benchkit import jobs
    from render import photos as drawn

    from nemovideo_mcp.studio.render import process

    with tempfile.TemporaryDirectory() as folder:
        film = jobs.slideshow("memory", drawn(photos), round(seconds * jobs.FPS))
        begun = time.perf_counter()
        made = anyio.run(process.render, film.job(Path(folder) / "film.mp4"))
        took = time.perf_counter() - begun
    # Kilobytes on Linux, bytes on macOS.
    unit = 1 if sys.platform == "darwin" else 1024
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * unit / 1e6
    print(json.dumps({"seconds": took, "frames": made.frames, "peak": peak, "megabytes": made.size_bytes / 1e6}))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--photos", type=int, nargs="+", default=[10, 50, 200, 500])
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--one", nargs=2, type=float, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        one(int(options.one[0]), options.one[1])
        return
    cases = [(count, count * SECONDS) for count in options.photos] + [(10, options.minutes * 60)]
    print(f"{'photos':>7}{'film':>9}{'peak MB':>9}{'took s':>9}{'frames/s':>10}{'file MB':>9}")
    for count, seconds in cases:
        words = [sys.executable, __file__, "--one", str(count), str(seconds)]
        told = json.loads(subprocess.run(words, check=True, capture_output=True, text=True).stdout)
        print(
            f"{count:>7}{seconds:>7.0f} s{told['peak']:>9.0f}{told['seconds']:>9.1f}"
            f"{told['frames'] / told['seconds']:>10.1f}{told['megabytes']:>9.1f}",
            flush=True,
        )


if __name__ == "__main__":
    main()
