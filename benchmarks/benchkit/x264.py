"""The bare encoder: nothing but x264 and the file, fed from memory."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
from av.video.frame import VideoFrame

from nemovideo_mcp.studio.render.planes import tag


@dataclass(frozen=True)
class Setting:
    """A preset of x264, a constant rate factor, and what is changed of the preset, in x264's own words (``a=1:b=2``)."""

    preset: str
    crf: float
    params: str = ""

    def __str__(self) -> str:
        return f"{self.preset} crf {self.crf:g}" + (f" {self.params}" if self.params else "")

    @classmethod
    def parsed(cls, text: str) -> Setting:
        """From ``preset crf [params]``."""
        preset, crf, *params = text.split()
        return cls(preset, float(crf), ":".join(params))

    @property
    def options(self) -> dict[str, Any]:
        return {"preset": self.preset, "crf": f"{self.crf:g}"} | ({"x264-params": self.params} if self.params else {})


BARE = Setting("veryfast", 21)
"""What everything is compared with."""


def encode(frames: list[VideoFrame], setting: Setting, path: Path, fps: int = 30) -> None:
    with av.open(str(path), "w", format="mp4", options={"movflags": "+faststart"}) as container:
        stream = container.add_stream("libx264", rate=fps)
        stream.width, stream.height, stream.pix_fmt = frames[0].width, frames[0].height, "yuv420p"
        stream.options = setting.options
        stream.codec_context.thread_type = "FRAME"
        tag(stream.codec_context)
        for n, frame in enumerate(frames):
            frame.pts, frame.time_base = n, Fraction(1, fps)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
