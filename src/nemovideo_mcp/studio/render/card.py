"""What is behind the words of a card: a colour, two that go over into each other, or a photo out of focus."""

from collections.abc import Sequence
from pathlib import Path

from nemovideo_mcp.studio.render import decode
from nemovideo_mcp.studio.render.fit import backdrop, gradient, ground_of, wanted_size
from nemovideo_mcp.studio.render.look import graded
from nemovideo_mcp.studio.render.planes import Planes
from nemovideo_mcp.studio.render.sampling import Scratch
from nemovideo_mcp.timeline.model import Canvas, Clip


class Card:
    """A card's background, which stands still; its words are drawn into it by the compositor."""

    still = True
    notes: Sequence[str] = ()

    def __init__(self, path: Path | None, clip: Clip, canvas: Canvas) -> None:
        frame = canvas.width, canvas.height
        if path is not None:
            picture = decode.photo(path, lambda w, h: wanted_size("fill", (w, h), frame), clip.background or "#000000")
            self._planes = backdrop(graded(picture, clip.look), frame)
        elif clip.gradient is not None:
            self._planes = gradient(clip.background, clip.gradient, frame)
        else:
            self._planes = ground_of(clip.background, frame)

    def at(self, n: int, scratch: Scratch) -> Planes:
        return self._planes

    def close(self) -> None:
        """Nothing is open."""
