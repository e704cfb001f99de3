"""What platforms take: the frame, the rate and the size of a film that is uploaded there. Plain values.

The platforms change these numbers often and give different ones for telephone and web, so they are set on the safe side, the smallest of
those that were known in 2026: frames and bit rates as the platforms' help pages advise uploaders (YouTube's "recommended upload
encoding settings", Meta's specifications of reels and stories, X's "media best practices", TikTok's 72 MB from Android), file sizes as
they refuse above. Those of Xiaohongshu, WeChat Channels, Douyin, Kuaishou and Bilibili are the most cautious ones.
Bit rates are of pictures and sound together.
"""

from __future__ import annotations

from dataclasses import dataclass

_MB = 1_000_000

LEAST_BITS = 0.012
"""Bits a pixel of the film below which x264's pictures fall apart into blocks."""
CONTAINER = 0.98
"""What is left of a file's size when its tables are taken off."""
_SHORT_SIDES = (720, 540, 480, 360)
"""Pixels of the short side of films that keep their own shape: smaller where a long one would not fit otherwise."""
_EASE = 1.2
"""How much more than the least pictures should have."""
_SOUND, _LEAST_SOUND, _SHARE = 256_000, 96_000, 0.25
"""Bits a second of sound: as a rule; at least, which AAC makes still well of music; and between them this part of a small file."""


@dataclass(frozen=True, slots=True)
class Preset:
    """``width`` and ``height`` in pixels, 0 and 0 for the film's own shape with a short side of 720 or less; ``fps`` is the most frames
    a second, ``bits`` the most bits a second, ``size`` the most bytes, ``seconds`` the longest film."""

    width: int
    height: int
    fps: int
    bits: int
    size: int
    seconds: int

    def frame(self, width: int, height: int, seconds: float = 0.0, fps: int = 30) -> tuple[int, int]:
        """The frame of a film that has this one, as large as ``seconds`` of it fit."""
        if self.width:
            return self.width, self.height
        bits = self.size * 8 * CONTAINER / (seconds + 1) - sound_bits(self.size, max(1.0, seconds), _SOUND)
        sizes = [_with_short_side(side, width, height) for side in _SHORT_SIDES]
        return next((size for size in sizes if bits >= _EASE * LEAST_BITS * size[0] * size[1] * fps), sizes[-1])

    def rate(self, fps: int) -> int:
        """Frames a second of a film that has ``fps``: the same, every second one, or 30."""
        return next((rate for rate in (fps, fps // 2) if rate <= self.fps), 30)


def sound_bits(size: int | None, seconds: float, most: int) -> int:
    """Bits a second of the sound of a film that may have ``size`` bytes (None: any number), of ``most`` that it has as a rule."""
    if size is None:
        return most
    return min(most, max(_LEAST_SOUND, int(size * 8 / seconds * _SHARE)))


def _with_short_side(side: int, width: int, height: int) -> tuple[int, int]:
    scale = side / min(width, height)
    return round(width * scale / 2) * 2, round(height * scale / 2) * 2


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
