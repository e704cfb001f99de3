"""A film's file, written in a thread of its own behind a short queue, so that composing and encoding overlap."""

import queue
import threading
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

from av.video.frame import VideoFrame

from nemovideo_mcp.studio.render.coders import Style, pictures_for
from nemovideo_mcp.studio.render.mux import SoundTrack, opened
from nemovideo_mcp.studio.render.planes import Planes, tag, views
from nemovideo_mcp.studio.render.sound.samples import RATE, Samples
from nemovideo_mcp.timeline.model import Canvas

_QUEUE = 6
_RING = _QUEUE + 3
"""Frames in use: those that wait, one that is drawn, one that is encoded, and one to spare."""


class Encoder:
    """A film being written to ``path``. Take a frame with `blank`, draw into it, hand it back with `push`; then `finish`.

    ``sound`` gives the blocks of the film's sound, or is None for a silent film. Errors of the encoding thread are raised
    by the next call here.
    """

    def __init__(
        self, path: Path, canvas: Canvas, style: Style, sound: Iterator[Samples] | None, title: str = ""
    ) -> None:
        self._container = opened(path, style.format, title)
        self._pictures = pictures_for(self._container, style, canvas)
        self._sound = SoundTrack(self._container, style.format, sound, style.sound_bits) if sound is not None else None
        self._fps = canvas.fps
        self._shown = 0
        self._error: BaseException | None = None
        self._ring: queue.Queue[tuple[VideoFrame, Planes]] = queue.Queue()
        for _ in range(_RING):
            frame = VideoFrame(canvas.width, canvas.height, "yuv420p")
            tag(frame)
            self._ring.put((frame, views(frame)))
        self._waiting: queue.Queue[tuple[VideoFrame, Planes, int, bool] | None] = queue.Queue(_QUEUE)
        self._thread = threading.Thread(target=self._work, name="encoder", daemon=True)
        self._thread.start()

    def __enter__(self) -> "Encoder":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._thread.is_alive():
            # Leaving early: what waits is dropped, not encoded.
            self._error = self._error or error or RuntimeError("the film was not finished")
            self._waiting.put(None)
            self._thread.join()

    def blank(self) -> tuple[VideoFrame, Planes]:
        """A frame to draw into, with its planes; waits while the encoder is behind."""
        got = self._ring.get()
        if self._error:
            raise self._error
        return got

    def push(self, frame: tuple[VideoFrame, Planes], times: int = 1, cut: bool = False) -> None:
        """Hands the next picture of the film to the encoder, to be shown for that many frames. ``cut``: it is another scene."""
        self._waiting.put((*frame, times, cut))

    def finish(self) -> None:
        """Waits until everything is written and the file is closed."""
        self._waiting.put(None)
        self._thread.join()
        if self._error:
            raise self._error

    def _work(self) -> None:
        try:
            while (item := self._waiting.get()) is not None:
                if self._error is None:
                    try:
                        self._encode(item[0], item[2], item[3])
                    except BaseException as error:
                        self._error = error
                # Also after an error: the drawing thread may be waiting for a frame.
                self._ring.put(item[:2])
            if self._error is None:
                self._flush()
        except BaseException as error:
            self._error = error
        finally:
            self._close()

    def _encode(self, frame: VideoFrame, times: int, cut: bool) -> None:
        self._pictures.add(frame, times, cut)
        self._shown += times
        if self._sound:
            self._sound.until(self._shown * RATE // self._fps)

    def _flush(self) -> None:
        self._pictures.finish()
        if self._sound:
            self._sound.finish(self._shown * RATE // self._fps)

    def _close(self) -> None:
        try:
            self._container.close()
        except BaseException as error:
            self._error = self._error or error
