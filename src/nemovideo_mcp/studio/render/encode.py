"""The MP4: H.264 by x264 and AAC, in a thread of its own behind a short queue, so that composing and encoding overlap."""

import queue
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import Any

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.packet import Packet
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from nemovideo_mcp.studio.render.audio import RATE, Samples
from nemovideo_mcp.studio.render.job import Quality
from nemovideo_mcp.studio.render.planes import Planes, tag, views
from nemovideo_mcp.timeline.model import Canvas


@dataclass(frozen=True, slots=True)
class Setting:
    """x264's speed and its constant rate factor (0 to 51, lower is better)."""

    preset: str
    crf: int


SETTINGS: dict[Quality, Setting] = {
    "draft": Setting("superfast", 26),
    "standard": Setting("veryfast", 21),
    "high": Setting("veryfast", 18),
}

_AUDIO_BITS = 192_000
_QUEUE = 6
_RING = _QUEUE + 3
"""Frames in use: those that wait, one that is drawn, one that is encoded, and one to spare."""


class Encoder:
    """A film being written to ``path``. Take a frame with `blank`, draw into it, hand it back with `push`; then `finish`.

    ``sound`` gives the blocks of the film's sound, or is None for a silent film. Errors of the encoding thread are raised
    by the next call here.
    """

    def __init__(
        self, path: Path, canvas: Canvas, quality: Quality, sound: Iterator[Samples] | None, title: str = ""
    ) -> None:
        # The name ends in .part, so the container has to be told.
        self._container = av.open(str(path), "w", format="mp4", options={"movflags": "+faststart"})
        if title:
            self._container.metadata["title"] = title
        self._video = self._picture_stream(canvas, SETTINGS[quality])
        self._sound, self._heard, self._audio = sound, 0, self._sound_stream() if sound is not None else None
        self._fps = canvas.fps
        self._pushed = 0
        self._error: BaseException | None = None
        self._ring: queue.Queue[tuple[VideoFrame, Planes]] = queue.Queue()
        for _ in range(_RING):
            frame = VideoFrame(canvas.width, canvas.height, "yuv420p")
            tag(frame)
            self._ring.put((frame, views(frame)))
        self._waiting: queue.Queue[tuple[VideoFrame, Planes] | None] = queue.Queue(_QUEUE)
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

    def push(self, frame: tuple[VideoFrame, Planes]) -> None:
        """Hands the next frame of the film to the encoder."""
        frame[0].pts, frame[0].time_base = self._pushed, Fraction(1, self._fps)
        self._pushed += 1
        self._waiting.put(frame)

    def finish(self) -> None:
        """Waits until everything is written and the file is closed."""
        self._waiting.put(None)
        self._thread.join()
        if self._error:
            raise self._error

    def _picture_stream(self, canvas: Canvas, setting: Setting) -> VideoStream:
        stream = self._container.add_stream("libx264", rate=canvas.fps)
        stream.width, stream.height, stream.pix_fmt = canvas.width, canvas.height, "yuv420p"
        stream.options = {"preset": setting.preset, "crf": str(setting.crf)}
        # Slices would cost quality; PyAV's default allows them.
        stream.codec_context.thread_type = "FRAME"
        tag(stream.codec_context)
        return stream

    def _sound_stream(self) -> AudioStream:
        stream = self._container.add_stream("aac", rate=RATE, layout="stereo")
        stream.bit_rate = _AUDIO_BITS
        # Its coder stays the default (twoloop): "fast" takes half the time, but a loud pure tone of 0.9 came back as 0.66.
        return stream

    def _work(self) -> None:
        try:
            while (item := self._waiting.get()) is not None:
                if self._error is None:
                    try:
                        self._encode(item[0])
                    except BaseException as error:
                        self._error = error
                # Also after an error: the drawing thread may be waiting for a frame.
                self._ring.put(item)
            if self._error is None:
                self._flush()
        except BaseException as error:
            self._error = error
        finally:
            self._close()

    def _encode(self, frame: VideoFrame) -> None:
        self._mux(self._video.encode(frame))
        assert frame.pts is not None
        self._sing((frame.pts + 1) * RATE // self._fps)

    def _sing(self, until: int) -> None:
        """Encodes the sound up to that sample, so that picture and sound lie side by side in the file."""
        while self._sound is not None and self._audio is not None and self._heard < until:
            block = next(self._sound, None)
            if block is None:
                return
            frame = AudioFrame.from_ndarray(np.ascontiguousarray(block), format="fltp", layout="stereo")
            frame.sample_rate, frame.pts, frame.time_base = RATE, self._heard, Fraction(1, RATE)
            self._heard += block.shape[1]
            self._mux(self._audio.encode(frame))

    def _flush(self) -> None:
        self._sing(self._pushed * RATE // self._fps)
        self._mux(self._video.encode(None))
        if self._audio:
            self._mux(self._audio.encode(None))

    def _mux(self, packets: "Sequence[Packet[Any]]") -> None:
        for packet in packets:
            self._container.mux(packet)

    def _close(self) -> None:
        try:
            self._container.close()
        except BaseException as error:
            self._error = self._error or error
