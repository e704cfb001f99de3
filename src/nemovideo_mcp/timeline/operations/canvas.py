"""The frame of the film: shape, platform, size."""

from dataclasses import replace
from typing import Literal

from pydantic import Field, model_validator

from nemovideo_mcp.timeline.model import Canvas, Timeline
from nemovideo_mcp.timeline.operations.base import BaseOperation, Pool, Step

Ratio = Literal["16:9", "9:16", "1:1", "4:5", "5:4", "4:3", "3:4", "3:2", "2:3", "21:9"]
Platform = Literal[
    "youtube", "bilibili", "tiktok", "douyin", "kuaishou", "reels", "shorts", "stories", "snapchat", "instagram",
    "instagram_square", "facebook", "x", "linkedin", "pinterest", "xiaohongshu", "wechat_channels",
]  # fmt: skip
Resolution = Literal["480p", "720p", "1080p", "1440p", "4k"]

PLATFORM_RATIO: dict[Platform, Ratio] = {
    "youtube": "16:9",
    "bilibili": "16:9",
    "tiktok": "9:16",
    "douyin": "9:16",
    "kuaishou": "9:16",
    "reels": "9:16",
    "shorts": "9:16",
    "stories": "9:16",
    "snapchat": "9:16",
    "instagram": "4:5",
    "instagram_square": "1:1",
    "facebook": "4:5",
    "x": "16:9",
    "linkedin": "4:5",
    "pinterest": "2:3",
    "xiaohongshu": "3:4",
    "wechat_channels": "9:16",
}
"""The shape that fills most of the screen where the platform shows a film, from each platform's upload guide."""

SHORT_SIDE: dict[Resolution, int] = {"480p": 480, "720p": 720, "1080p": 1080, "1440p": 1440, "4k": 2160}
"""Pixels of the shorter side: ``1080p`` names the height of a landscape film and the width of a portrait one."""


def size_of(ratio: Ratio, short_side: int) -> tuple[int, int]:
    """Width and height in even pixels for a shape and the length of its shorter side."""
    w, h = (int(part) for part in ratio.split(":"))
    scale = short_side / min(w, h)
    return round(w * scale / 2) * 2, round(h * scale / 2) * 2


class SetCanvas(BaseOperation):
    """The frame's shape and size."""

    op: Literal["set_canvas"] = "set_canvas"
    needs_clips = False
    ratio: Ratio | None = Field(None, description="width:height")
    platform: Platform | None = None
    resolution: Resolution | None = Field(None, description="shorter side")
    width: int | None = Field(None, ge=64, le=4096, multiple_of=2, description="px, with height")
    height: int | None = Field(None, ge=64, le=4096, multiple_of=2)
    fps: Literal[24, 25, 30, 50, 60] | None = None

    @model_validator(mode="after")
    def _asks_for_something(self) -> "SetCanvas":
        if all(v is None for v in (self.ratio, self.platform, self.resolution, self.width, self.height, self.fps)):
            raise ValueError("set_canvas needs a ratio, a platform, a resolution or fps.")
        if (self.width is None) != (self.height is None):
            raise ValueError("set_canvas needs width and height together.")
        return self

    def apply(self, film: Timeline, pool: Pool) -> Step:
        old = film.canvas
        short = SHORT_SIDE[self.resolution] if self.resolution else min(old.width, old.height)
        ratio = self.ratio or (PLATFORM_RATIO[self.platform] if self.platform else None)
        if self.width and self.height:
            width, height, ratio = self.width, self.height, None
        elif ratio:
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
