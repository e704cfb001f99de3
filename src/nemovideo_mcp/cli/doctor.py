"""`doctor`: is everything here that making films needs, and if not, how to mend it."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import anyio

from nemovideo_mcp import __version__
from nemovideo_mcp.api.errors import NemoError
from nemovideo_mcp.cli.compose import open_client, options_of
from nemovideo_mcp.settings import Settings

LEAST_FREE = 1_000_000_000
"""Bytes below which a film or two may fill the disk."""

_CODECS = """
import av
found = {name for name in ("libx264", "aac", "mjpeg", "h264") if name in av.codecs_available}
missing = {"libx264", "aac", "mjpeg", "h264"} - found
print(f"PyAV {av.__version__}, FFmpeg {av.ffmpeg_version_info}")
raise SystemExit(f"missing codecs: {', '.join(sorted(missing))}" if missing else 0)
"""
_PICTURES = """
import cv2, numpy, PIL, pillow_heif
from PIL import features
print(f"OpenCV {cv2.__version__}, numpy {numpy.__version__}, Pillow {PIL.__version__}, pillow-heif {pillow_heif.__version__}")
raise SystemExit(0 if features.check("raqm") else "Pillow has no text shaping (raqm)")
"""
_FONT = """
import noto_cjk
path = noto_cjk.font_path("sans", "jp", "bold")
print(path.name)
raise SystemExit(0 if path.exists() else "the font file is missing")
"""

Check = tuple[str, Callable[[], str], str]
"""What is checked, how (it returns what is good, and raises with what is not), and how to mend it."""


def doctor(settings: Settings) -> int:
    """Print a line for each check; 0 when all is well, 1 when something needs mending."""
    worst = 0
    for name, check, mend in _checks(settings):
        try:
            print(f"  ok    {name}: {check()}")
        except Exception as error:
            worst = 1
            said = f"{error} {error.next_step}" if isinstance(error, NemoError) else str(error)
            print(f"  FAIL  {name}: {said.strip()}")
            if mend:
                print(f"        {mend}")
    print("Everything is in place." if worst == 0 else "Something needs mending; see above.")
    return worst


def _checks(settings: Settings) -> Iterator[Check]:
    reinstall = "Reinstall with: pip install --force-reinstall nemovideo-mcp"
    yield "versions", _versions, "Install Python 3.11 or newer and the packages anew."
    yield "video codecs", lambda: _in_child(_CODECS), reinstall
    yield "pictures", lambda: _in_child(_PICTURES), reinstall
    yield "font", lambda: _in_child(_FONT), reinstall
    yield "data folder", lambda: _writable(settings.data_dir), "Set NEMO_DATA_DIR to a folder that can be written."
    yield "films folder", lambda: _writable(settings.output_dir), "Set NEMO_OUTPUT_DIR to a folder that can be written."
    backend = options_of(settings).backend
    yield f"backend ({backend})", lambda: anyio.run(_backend, settings), ""


def _versions() -> str:
    mcp = importlib.metadata.version("mcp")
    return f"nemovideo-mcp {__version__}, Python {platform.python_version()}, MCP SDK {mcp}, {platform.system()}"


def _in_child(code: str) -> str:
    # A library that crashes on import must not take the doctor with it.
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120, check=False)
    if done.returncode != 0:
        raise RuntimeError((done.stderr.strip().splitlines() or ["it does not start"])[-1])
    return done.stdout.strip()


def _writable(folder: Path) -> str:
    probe = folder / f".nemovideo-doctor-{os.getpid()}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe.write_bytes(b"x")
        probe.unlink()
    except OSError as error:
        raise RuntimeError(f"{folder} cannot be written: {error.strerror}") from None
    free = shutil.disk_usage(folder).free
    if free < LEAST_FREE:
        raise RuntimeError(f"the disk with {folder} has only {free / 1e6:.0f} MB left")
    return f"{folder} ({free / 1e9:.0f} GB free)"


async def _backend(settings: Settings) -> str:
    """Signing in and reading the credits shows that the backend answers and that the token is valid."""
    async with open_client(settings) as client:
        credits = await client.credits()
    if not settings.uses_cloud:
        return "on this machine, no account needed, nothing is sent anywhere"
    token = "your token is valid" if settings.token else "signed in without an account"
    left = "no limit on credits" if credits.unlimited else f"{credits.available:g} credits"
    return f"{settings.api_url}, {token}, {left}"
