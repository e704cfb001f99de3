"""The frame of the film: shape, platform, size."""

from dataclasses import replace
from typing import Literal

from pydantic import Field, model_validator

from nemovideo_mcp.timeline.model import Canvas, Timeline
from nemovideo_mcp.timeline.operations.base import BaseOperation, Pool, Step

Ratio = Literal["16:9", "9:16", "1:1", "4:5", "4:3", "3:4", "21:9"]
Platform = Literal[
    "youtube", "bilibili", "tiktok", "douyin", "reels", "shorts", "stories", "instagram", "instagram_square",
    "facebook", "xiaohongshu", "wechat_channels",
]  # fmt: skip
Resolution = Literal["720p", "1080p", "4k"]

PLATFORM_RATIO: dict[Platform, Ratio] = {
    "youtube": "16:9",
    "bilibili": "16:9",
    "tiktok": "9:16",
    "douyin": "9:16",
    "reels": "9:16",
    "shorts": "9:16",
    "stories": "9:16",
    "instagram": "4:5",
    "instagram_square": "1:1",
    "facebook": "4:5",
    "xiaohongshu": "3:4",
    "wechat_channels": "9:16",
}
"""The shape that fills most of the screen where the platform shows a film, from each platform's upload guide."""

SHORT_SIDE: dict[Resolution, int] = {"720p": 720, "1080p": 1080, "4k": 2160}
"""Pixels of the shorter side: ``1080p`` names the height of a landscape film and the width of a portrait one."""


def size_of(ratio: Ratio, short_side: int) -> tuple[int, int]:
    """Width and height in even pixels for a shape and the length of its shorter side."""
    w, h = (int(part) for part in ratio.split(":"))
    scale = short_side / min(w, h)
    return round(w * scale / 2) * 2, round(h * scale / 2) * 2


class SetCanvas(BaseOperation):
    """Set the frame's shape and size."""

    op: Literal["set_canvas"] = "set_canvas"
    needs_clips = False
    ratio: Ratio | None = Field(None, description="shape, width:height")
    platform: Platform | None = Field(None, description="the shape that suits a platform")
    resolution: Resolution | None = Field(None, description="shorter side: 720, 1080 or 2160 px")
    fps: Literal[24, 25, 30, 50, 60] | None = Field(None, description="frames per second")

    @model_validator(mode="after")
    def _asks_for_something(self) -> "SetCanvas":
        if self.ratio is None and self.platform is None and self.resolution is None and self.fps is None:
            raise ValueError("set_canvas needs a ratio, a platform, a resolution or fps.")
        return self

    def apply(self, film: Timeline, pool: Pool) -> Step:
        old = film.canvas
        short = SHORT_SIDE[self.resolution] if self.resolution else min(old.width, old.height)
        ratio = self.ratio or (PLATFORM_RATIO[self.platform] if self.platform else None)
        if ratio:
            width, height = size_of(ratio, short)
        else:
            scale = short / min(old.width, old.height)
            width, height = round(old.width * scale / 2) * 2, round(old.height * scale / 2) * 2
        new = Canvas(width=width, height=height, fps=self.fps or old.fps)
        shape = f" ({ratio})" if ratio else ""
        rate = f", {new.fps} frames per second" if new.fps != old.fps else ""
        return self.done(
            replace(film, canvas=new),
            f"Frame set to {width}×{height}{shape}{rate}.",
            f"{old.width}x{old.height}@{old.fps}",
            f"{width}x{height}@{new.fps}",
        )
