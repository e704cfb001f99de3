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
from av.container import OutputContainer
from av.packet import Packet
from av.video.frame import PictureType, VideoFrame
from av.video.stream import VideoStream

from nemovideo_mcp.studio.render.h264 import Repeats
from nemovideo_mcp.studio.render.job import Quality
from nemovideo_mcp.studio.render.planes import Planes, tag, views
from nemovideo_mcp.studio.render.sound.samples import RATE, Samples
from nemovideo_mcp.timeline.model import Canvas


@dataclass(frozen=True, slots=True)
class Setting:
    """x264's preset, its constant rate factor (0 to 51, lower is better), and what is changed in the preset."""

    preset: str
    crf: float
    params: str


_TUNED = (
    "ref=1:b-pyramid=none:b-adapt=0:bframes=3:mbtree=1:rc-lookahead=12:aq-mode=1:aq-strength=0.5:chroma-qp-offset=1"
)
"""For photographs that move slowly and fade into one another: see docs/performance.md, which has the search behind it. What
superfast saves on the search for motion is not missed by motion that is the same all over the picture; a fixed pattern of B
pictures and the tree of what later pictures refer to give the quality back. `h264.Repeats` needs the first two."""

SETTINGS: dict[Quality, Setting] = {
    "draft": Setting("superfast", 26.0, _TUNED),
    "standard": Setting("superfast", 21.2, _TUNED),
    "high": Setting("superfast", 18.2, _TUNED),
}

_AUDIO_BITS = 192_000
_REFINED = 12
"""Times that x264 gets a held picture: it sees that it stays, and spends what that is worth on it."""
_QUEUE = 6
_RING = _QUEUE + 3
"""Frames in use: those that wait, one that is drawn, one that is encoded, and one to spare."""


class SoundTrack:
    """The film's sound in a container, encoded as far as the picture has come, so that both lie side by side in the file."""

    def __init__(self, container: OutputContainer, blocks: Iterator[Samples]) -> None:
        self._container, self._blocks, self._heard = container, blocks, 0
        # Its coder stays the default (twoloop): "fast" takes half the time, but a loud pure tone of 0.9 came back as 0.66.
        self._stream = container.add_stream("aac", rate=RATE, layout="stereo")
        self._stream.bit_rate = _AUDIO_BITS

    def until(self, sample: int) -> None:
        """Writes the sound up to that sample."""
        while self._heard < sample:
            block = next(self._blocks, None)
            if block is None:
                return
            frame = AudioFrame.from_ndarray(np.ascontiguousarray(block), format="fltp", layout="stereo")
            frame.sample_rate, frame.pts, frame.time_base = RATE, self._heard, Fraction(1, RATE)
            self._heard += block.shape[1]
            self._container.mux(self._stream.encode(frame))

    def finish(self, sample: int) -> None:
        """Writes what is left of the sound up to that sample."""
        self.until(sample)
        self._container.mux(self._stream.encode(None))


def opened(path: Path, title: str) -> OutputContainer:
    """A film's file. Its name ends in .part, so the container has to be told."""
    container = av.open(str(path), "w", format="mp4", options={"movflags": "+faststart"})
    if title:
        container.metadata["title"] = title
    return container


def join(path: Path, pieces: Sequence[Path], fps: int, sound: Iterator[Samples] | None, title: str) -> Iterator[int]:
    """Writes pieces, one behind the other and without encoding them again, into one film with its sound.

    Every piece begins with a picture that refers to none before it. Yields the frames that are written so far.
    """
    written = 0
    with opened(path, title) as container:
        video: VideoStream | None = None
        track: SoundTrack | None = None
        for piece in pieces:
            before = written
            with av.open(piece, mode="r") as source:
                stream = source.streams.video[0]
                if video is None:
                    video = container.add_stream_from_template(stream)
                    track = SoundTrack(container, sound) if sound is not None else None
                for packet in source.demux(stream):
                    if packet.pts is None or packet.dts is None:
                        continue
                    frames = Fraction(fps) * packet.time_base
                    packet.pts, packet.dts = round(packet.pts * frames) + before, round(packet.dts * frames) + before
                    packet.duration, packet.time_base, packet.stream = 1, Fraction(1, fps), video
                    container.mux(packet)
                    written += 1
                    if track:
                        track.until(written * RATE // fps)
                    yield written
        if track:
            track.finish(written * RATE // fps)


class Encoder:
    """A film being written to ``path``. Take a frame with `blank`, draw into it, hand it back with `push`; then `finish`.

    ``sound`` gives the blocks of the film's sound, or is None for a silent film. Errors of the encoding thread are raised
    by the next call here.
    """

    def __init__(
        self, path: Path, canvas: Canvas, quality: Quality, sound: Iterator[Samples] | None, title: str = ""
    ) -> None:
        self._container = opened(path, title)
        self._video = self._picture_stream(canvas, SETTINGS[quality])
        self._sound = SoundTrack(self._container, sound) if sound is not None else None
        self._fps = canvas.fps
        self._pushed = 0
        self._repeats = Repeats(bytes(self._video.codec_context.extradata or b""))
        self._fed = self._shown = self._repeated = 0
        self._holds: dict[int, int] = {}
        self._error: BaseException | None = None
        self._ring: queue.Queue[tuple[VideoFrame, Planes]] = queue.Queue()
        for _ in range(_RING):
            frame = VideoFrame(canvas.width, canvas.height, "yuv420p")
            tag(frame)
            self._ring.put((frame, views(frame)))
        self._waiting: queue.Queue[tuple[VideoFrame, Planes, int] | None] = queue.Queue(_QUEUE)
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

    def push(self, frame: tuple[VideoFrame, Planes], times: int = 1) -> None:
        """Hands the next picture of the film to the encoder, to be shown for that many frames."""
        self._pushed += times
        self._waiting.put((*frame, times))

    def finish(self) -> None:
        """Waits until everything is written and the file is closed."""
        self._waiting.put(None)
        self._thread.join()
        if self._error:
            raise self._error

    def _picture_stream(self, canvas: Canvas, setting: Setting) -> VideoStream:
        stream = self._container.add_stream("libx264", rate=canvas.fps)
        stream.width, stream.height, stream.pix_fmt = canvas.width, canvas.height, "yuv420p"
        stream.options = {"preset": setting.preset, "crf": str(setting.crf), "x264-params": setting.params}
        # Slices would cost quality; PyAV's default allows them.
        stream.codec_context.thread_type = "FRAME"
        tag(stream.codec_context)
        stream.codec_context.open()
        return stream

    def _work(self) -> None:
        try:
            while (item := self._waiting.get()) is not None:
                if self._error is None:
                    try:
                        self._encode(item[0], item[2])
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

    def _encode(self, frame: VideoFrame, times: int) -> None:
        encoded = min(times, _REFINED)
        for left in reversed(range(encoded)):
            # The last two as P pictures: then nothing that is shown before them comes behind them in the stream.
            held = times > encoded and left < 2
            frame.pict_type = PictureType.P if held else PictureType.NONE
            frame.pts, frame.time_base = self._fed, Fraction(1, self._fps)
            if times > encoded and not left:
                self._holds[self._fed] = times - encoded
            self._fed += 1
            self._written(self._video.encode(frame))
        self._shown += times
        if self._sound:
            self._sound.until(self._shown * RATE // self._fps)

    def _written(self, packets: "Sequence[Packet[Any]]") -> None:
        """Pictures as x264 gives them, with the repeats that belong behind them. Times are frames until the container."""
        for packet in packets:
            assert packet.pts is not None
            assert packet.dts is not None
            fed = packet.pts
            pts, dts = fed + self._repeated, packet.dts + self._repeated
            self._put(self._repeats.taken(bytes(packet)), pts, dts, packet.is_keyframe)
            times = self._holds.pop(fed, 0)
            for n in range(1, times + 1):
                self._put(self._repeats.repeat(), pts + n, dts + n, False)
            self._repeated += times

    def _put(self, data: bytes, pts: int, dts: int, key: bool) -> None:
        packet = Packet(data)
        packet.stream, packet.time_base = self._video, Fraction(1, self._fps)
        packet.pts, packet.dts, packet.duration, packet.is_keyframe = pts, dts, 1, key
        self._container.mux(packet)

    def _flush(self) -> None:
        self._written(self._video.encode(None))
        if self._sound:
            self._sound.finish(self._shown * RATE // self._fps)

    def _close(self) -> None:
        try:
            self._container.close()
        except BaseException as error:
            self._error = self._error or error
