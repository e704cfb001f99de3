"""A picture that moves (GIF, WebP, PNG): its frames at their own times, over and over, one of them in memory."""

from collections.abc import Callable
from pathlib import Path

from nemovideo_mcp.media import pictures
from nemovideo_mcp.media.errors import MediaError
from nemovideo_mcp.studio.render import decode
from nemovideo_mcp.studio.render.decode import SizeFor
from nemovideo_mcp.studio.render.planes import Planes


class Animation:
    """The frames of a moving picture.

    ``size_for`` answers the size wanted for an upright size (pixels), ``lay`` puts that picture into the frame, and
    ``background`` (``#rrggbb``) is under what is transparent.

    Raises:
        MediaError: not one frame can be decoded.
    """

    def __init__(self, path: Path, size_for: SizeFor, lay: Callable[[Planes], Planes], background: str) -> None:
        self._path, self._size_for, self._lay, self._background = path, size_for, lay, background
        self.broken = False
        """Whether it ends early, at a frame that cannot be decoded."""
        self._length = 0.0
        """Seconds of one round; known after the first."""
        self._laid: Planes | None = None
        self._frames = pictures.frames(path)
        self._rewind()

    def at(self, seconds: float) -> Planes:
        """The picture on screen ``seconds`` after it began to play.

        Raises:
            MediaError: the file has vanished or is broken since it was opened.
        """
        if self._length:
            seconds %= self._length
        if seconds < self._begins:
            self._rewind()
        while seconds >= self._ends:
            if not self._step():
                self._length = self._ends
                seconds %= self._length
                self._rewind()
        if self._laid is None:
            self._laid = self._lay(decode.laid(self._shown, self._size_for, self._background))
        return self._laid

    def close(self) -> None:
        self._frames.close()

    def _rewind(self) -> None:
        self._frames.close()
        self._frames = pictures.frames(self._path)
        self._begins = self._ends = 0.0
        duration, self._shown = next(self._frames)
        self._ends, self._laid = duration / 1000, None

    def _step(self) -> bool:
        """On to the next frame; False when there is none."""
        try:
            duration, self._shown = next(self._frames)
        except StopIteration:
            return False
        except MediaError:
            self.broken = True
            return False
        self._begins, self._ends, self._laid = self._ends, self._ends + duration / 1000, None
        return True
