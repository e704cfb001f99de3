"""What platforms take: the frame, the rate and the size of a film that is uploaded there. Plain values.

The numbers are those that the platforms name to uploaders: YouTube Help "recommended upload encoding settings" (answer
1722171: the bit rates of 1080p); Meta for Developers "IG User Media", reel and story specifications (300 MB and 100 MB, 25 Mbit/s,
23 to 60 frames a second); TikTok (72 MB from Android, which is the least: 287 MB from iOS, 500 MB on the web); X "Media best
practices" (512 MB, 140 s, 40 frames a second, 25 Mbit/s); LinkedIn Help "video ads specifications"; Pinterest Help "review file
specs"; Snapchat Business Help; WhatsApp Business "supported media types" (16 MB); Discord Support "file attachments FAQ" (10 MB).
Those of Xiaohongshu, WeChat Channels, Douyin, Kuaishou and Bilibili are on the safe side of what their creator centres take, which
change often. Where there are several (telephone and web), the smallest stands here. Bit rates are of pictures and sound together.
"""

from __future__ import annotations

from dataclasses import dataclass

_MB = 1_000_000


@dataclass(frozen=True, slots=True)
class Preset:
    """``width`` and ``height`` in pixels, 0 and 0 for the film's own shape with a short side of 720; ``fps`` is the most frames
    a second, ``bits`` the most bits a second, ``size`` the most bytes, ``seconds`` the longest film."""

    width: int
    height: int
    fps: int
    bits: int
    size: int
    seconds: int

    def frame(self, width: int, height: int) -> tuple[int, int]:
        """The frame of a film that has this one."""
        if self.width:
            return self.width, self.height
        scale = 720 / min(width, height)
        return round(width * scale / 2) * 2, round(height * scale / 2) * 2

    def rate(self, fps: int) -> int:
        """Frames a second of a film that has ``fps``: the same, every second one, or 30."""
        return next((rate for rate in (fps, fps // 2) if rate <= self.fps), 30)


PRESETS: dict[str, Preset] = {
    "youtube": Preset(1920, 1080, 60, 12 * _MB, 256_000 * _MB, 12 * 3600),
    "shorts": Preset(1080, 1920, 60, 12 * _MB, 256_000 * _MB, 180),
    "tiktok": Preset(1080, 1920, 60, 10 * _MB, 72 * _MB, 600),
    "reels": Preset(1080, 1920, 60, 25 * _MB, 300 * _MB, 900),
    "stories": Preset(1080, 1920, 60, 25 * _MB, 100 * _MB, 60),
    "instagram": Preset(1080, 1350, 60, 25 * _MB, 300 * _MB, 900),
    "instagram_portrait": Preset(1080, 1350, 60, 25 * _MB, 300 * _MB, 900),
    "instagram_square": Preset(1080, 1080, 60, 25 * _MB, 300 * _MB, 900),
    "facebook": Preset(1080, 1350, 30, 8 * _MB, 4000 * _MB, 240 * 60),
    "x": Preset(1920, 1080, 40, 25 * _MB, 512 * _MB, 140),
    "linkedin": Preset(1080, 1350, 30, 30 * _MB, 500 * _MB, 600),
    "pinterest": Preset(1000, 1500, 60, 25 * _MB, 2000 * _MB, 900),
    "snapchat": Preset(1080, 1920, 60, 16 * _MB, 32 * _MB, 60),
    "xiaohongshu": Preset(1080, 1440, 60, 20 * _MB, 5000 * _MB, 900),
    "wechat_channels": Preset(1080, 1920, 30, 10 * _MB, 1000 * _MB, 3600),
    "douyin": Preset(1080, 1920, 60, 16 * _MB, 4000 * _MB, 900),
    "kuaishou": Preset(1080, 1920, 60, 16 * _MB, 4000 * _MB, 600),
    "bilibili": Preset(1920, 1080, 60, 12 * _MB, 4000 * _MB, 3600),
    "whatsapp": Preset(0, 0, 30, 8 * _MB, 16 * _MB, 600),
    "discord": Preset(0, 0, 60, 8 * _MB, 10 * _MB, 600),
}
