"""How near a film is to its frames: VMAF 0.6.1, PSNR, SSIM, and CAMBI for bands in smooth parts, by FFmpeg's libvmaf."""

from __future__ import annotations

import json
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np

_FEATURES = "name=psnr|name=float_ssim"
_BANDS = "name=cambi"


@dataclass(frozen=True)
class Quality:
    """Means over the frames; ``vmaf_low`` is the 5th percentile. Higher is better, but for ``cambi`` (0: no bands)."""

    vmaf: float
    vmaf_low: float
    psnr: float
    psnr_chroma: float
    ssim: float
    cambi: float


def quality(ffmpeg: Path, film: Path, reference: Path, *, every: int = 1, bands: bool = True) -> Quality:
    """Compares an encoded film with its ready frames (YUV4MPEG2). ``every`` looks at each n-th frame only.

    Raises:
        RuntimeError: FFmpeg cannot do it; with its words.
    """
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "vmaf.json"
        features = f"{_FEATURES}|{_BANDS}" if bands else _FEATURES
        # The timestamps of both are made whole numbers: else frames are paired wrongly where a rounding falls between them.
        # And both are said to have the same colours: FFmpeg converts ready frames, which do not say theirs, from BT.601.
        alike = "setparams=range=tv:colorspace=bt709:color_primaries=bt709:color_trc=bt709,settb=1/30,setpts=N"
        graph = (
            f"[0:v]{alike}[a];[1:v]{alike}[b];"
            f"[a][b]libvmaf=n_threads=2:n_subsample={every}:feature='{features}':log_fmt=json:log_path={log}"
        )
        command = [
            str(ffmpeg),
            "-hide_banner",
            "-i",
            str(film),
            "-i",
            str(reference),
            "-lavfi",
            graph,
            "-f",
            "null",
            "-",
        ]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode or not log.exists():
            raise RuntimeError(done.stderr[-2000:])
        frames = [frame["metrics"] for frame in json.loads(log.read_text())["frames"]]
    rows = {name: np.array([frame[name] for frame in frames if name in frame]) for name in frames[0]}
    return Quality(
        vmaf=float(rows["vmaf"].mean()),
        vmaf_low=float(np.percentile(rows["vmaf"], 5)),
        psnr=float(rows["psnr_y"].mean()),
        psnr_chroma=float((rows["psnr_cb"].mean() + rows["psnr_cr"].mean()) / 2),
        ssim=float(rows["float_ssim"].mean()),
        cambi=float(rows["cambi"].mean()) if bands else float("nan"),
    )
