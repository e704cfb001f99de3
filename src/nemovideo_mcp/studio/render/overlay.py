"""A picture over the film, such as a logo: scaled once, kept as premultiplied planes and blended only inside its box."""

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from PIL import Image

from nemovideo_mcp.media import pictures
from nemovideo_mcp.media.errors import MediaError
from nemovideo_mcp.studio.render.job import RenderError
from nemovideo_mcp.studio.render.planes import Planes
from nemovideo_mcp.studio.render.text.raster import Floats, Layer, layers, premultiplied_yuv
from nemovideo_mcp.timeline.layout import overlay_box
from nemovideo_mcp.timeline.model import Canvas, Overlay
from nemovideo_mcp.timeline.time import frame_at

_FADE_MS = 300
"""How long a picture comes and goes that is not there from the film's beginning to its end."""
_FINER = 3
"""How many times larger than wanted a picture is still decoded at least: so a division by a whole number is not seen in it."""
_COARSE = 1.5
"""How many times larger than it is a picture may be drawn before its owner is told."""


class Overlaid:
    """One overlay of a film of ``frames`` frames. ``notes`` is what could not be drawn as asked.

    Raises:
        RenderError: its file cannot be used.
    """

    def __init__(self, overlay: Overlay, path: Path, canvas: Canvas, frames: int) -> None:
        self._start = min(frame_at(overlay.start_ms, canvas.fps), frames)
        lasts = overlay.duration_ms
        self._end = frames if lasts is None else min(frames, frame_at(overlay.start_ms + lasts, canvas.fps))
        fade = max(1, frame_at(_FADE_MS, canvas.fps))
        length = max(0, self._end - self._start)
        self._in = min(fade, length // 2) if self._start > 0 else 0
        self._out = min(fade, length // 2) if self._end < frames else 0
        box = overlay_box(overlay, canvas)
        try:
            rgb, alpha, larger = _scaled(path, box[2], box[3])
            moves = pictures.plays(path)
        except (MediaError, OSError) as error:
            reason = error.reason if isinstance(error, MediaError) else f"cannot be read: {error}"
            raise RenderError(f"The film cannot be rendered: the overlay {overlay.name} {reason}.") from error
        soft = f"The overlay {overlay.name} is drawn {larger:.1f} times as large as it is and looks soft."
        still = f"The overlay {overlay.name} stands still: of a moving picture the first frame is shown."
        self.notes = (*([soft] if larger > _COARSE else ()), *([still] if moves else ()))
        strength = np.float32(overlay.opacity)
        self._layers = _laid(rgb * strength, alpha * strength, box[0], box[1])

    def draw(self, n: int, out: Planes) -> None:
        """Blends it over frame ``n`` where it is to be seen."""
        if share := self._share(n):
            for layer, plane in zip(self._layers, out, strict=True):
                layer.blend(plane, share)

    def until(self, n: int) -> int:
        """The first frame after ``n`` at which it may look different."""
        if n >= self._end:
            return sys.maxsize
        if n < self._start:
            return self._start
        held = self._end - self._out
        if self._start + self._in <= n < held:
            return held if self._out else self._end
        return n + 1

    def _share(self, n: int) -> float:
        if not self._start <= n < self._end:
            return 0.0
        coming = (n + 0.5 - self._start) / self._in if self._in else 1.0
        going = (self._end - n - 0.5) / self._out if self._out else 1.0
        t = min(1.0, coming, going)
        return t * t * (3 - 2 * t)


def overlaid(overlays: Sequence[Overlay], files: Mapping[str, Path], canvas: Canvas, frames: int) -> list[Overlaid]:
    """The film's overlays, the lowest first.

    Raises:
        RenderError: a file cannot be used.
    """
    return [Overlaid(overlay, files[overlay.media], canvas, frames) for overlay in overlays]


def _scaled(path: Path, width: int, height: int) -> tuple[Floats, Floats, float]:
    """The picture in premultiplied RGB and its coverage, 0 to 1, and how many times larger than stored it is.

    Raises:
        MediaError: it cannot be decoded.
    """
    with pictures.open_upright(path, box=(width * _FINER, height * _FINER)) as picture:
        larger = width / picture.width
        # Premultiplied while it is scaled: the colours that transparent pixels hide must not bleed into the edges.
        small = picture.convert("RGBA").convert("RGBa").resize((width, height), Image.Resampling.LANCZOS)
    values = np.asarray(small, np.float32) / np.float32(255)
    alpha = values[..., 3]
    # The filter overshoots at edges.
    return np.minimum(values[..., :3], alpha[..., None]), alpha, larger


def _laid(rgb: Floats, alpha: Floats, x: int, y: int) -> tuple[Layer, Layer, Layer]:
    """The picture in three planes, on a paper of even size."""
    room = [(0, side % 2) for side in alpha.shape]
    color, cover = np.pad(rgb, [*room, (0, 0)]), np.pad(alpha, room)
    return layers(premultiplied_yuv(color, cover), cover, x, y)
