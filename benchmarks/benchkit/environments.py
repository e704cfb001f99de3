"""What the renderers are compared with, each in an environment of its own, with pinned versions."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

PINNED: dict[str, tuple[str, ...]] = {
    "ffmpeg": ("imageio-ffmpeg==0.8.1",),
    "moviepy": ("moviepy==2.2.1", "imageio-ffmpeg==0.8.1"),
}
"""Packages by environment."""


def python(name: str, folder: Path) -> Path:
    """The interpreter of the environment ``name`` under ``folder``, made and filled on first use.

    Raises:
        subprocess.CalledProcessError: the environment cannot be made or the registry not be reached.
    """
    home = folder / name
    found = home / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    stamp = home / "installed"
    wanted = "\n".join(PINNED[name])
    if not stamp.exists() or stamp.read_text() != wanted:
        print(f"Installing {', '.join(PINNED[name])}", file=sys.stderr)
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(home)], check=True)
        subprocess.run(
            [str(found), "-m", "pip", "install", "-q", "--disable-pip-version-check", *PINNED[name]], check=True
        )
        stamp.write_text(wanted)
    return found


def ffmpeg(folder: Path) -> Path:
    """The FFmpeg of imageio-ffmpeg: with x264 and, on Linux, with libvmaf."""
    words = "import imageio_ffmpeg; print(imageio_ffmpeg.get_ffmpeg_exe())"
    asked = subprocess.run([str(python("ffmpeg", folder)), "-c", words], check=True, capture_output=True, text=True)
    return Path(asked.stdout.strip())
