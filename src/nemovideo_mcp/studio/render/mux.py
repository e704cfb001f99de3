"""Containers: a film's file, its sound beside its pictures, and pieces joined to a film."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.container import OutputContainer
from av.video.stream import VideoStream

from nemovideo_mcp.media.formats import FilmFormat
from nemovideo_mcp.studio.render.limits import SOUND_BITS
from nemovideo_mcp.studio.render.sound.samples import RATE, Samples

_MUXERS: dict[FilmFormat, str] = {
    "mp4": "mp4", "mov": "mov", "mkv": "matroska", "webm": "webm", "avi": "avi", "gif": "gif",
}  # fmt: skip
_FASTSTART = {"movflags": "+faststart"}
"""The index goes before the pictures: a film on the web begins to play before all of it is there."""
_OPTIONS: dict[FilmFormat, dict[str, str]] = {
    "mp4": _FASTSTART,
    "mov": _FASTSTART,
    # Its index before the pictures, too; kept free for it is what a film of two hours needs.
    "webm": {"reserve_index_space": "50000"},
    "mkv": {"reserve_index_space": "50000"},
    # AVI has no times before 0, and what MP3 begins with there must not push the pictures back: `_LEAD` is left out instead.
    "avi": {"avoid_negative_ts": "disabled"},
}
_SOUND: dict[FilmFormat, str] = {
    "mp4": "aac", "mov": "aac", "mkv": "aac", "webm": "libopus", "avi": "libmp3lame",
}  # fmt: skip
"""The encoders. AAC's coder stays the default (twoloop): "fast" takes half the time, but a loud pure tone of 0.9 came back as 0.66."""
_AAC: dict[str, Any] = {"cutoff": "18000"}
"""Hz. What lies above is heard by few, and leaving it out keeps the coder from overshooting: of 12 pieces of built-in music the
highest true peak fell from -1.05 to -1.24 dBTP, and that of most by half a decibel."""


_LEAD: dict[FilmFormat, int] = {"avi": 1105}
"""Samples by which decoders are late where the container cannot tell them to catch up: 576 of LAME and 529 of the decoder."""


def opened(path: Path, format: FilmFormat, title: str = "") -> OutputContainer:
    """A film's file, with its title and the time of its making (UTC), and nothing of what the photos' files tell.

    Its name ends in .part, so the container has to be told what it is.
    """
    container = av.open(str(path), "w", format=_MUXERS[format], options=_OPTIONS.get(format, {}))
    container.metadata["creation_time"] = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.000000Z")
    if title:
        container.metadata["title"] = title
    return container


class SoundTrack:
    """The film's sound in a container, encoded as far as the picture has come, so that both lie side by side in the file.

    ``bits`` a second; None: as many as the format has as a rule.
    """

    def __init__(
        self, container: OutputContainer, format: FilmFormat, blocks: Iterator[Samples], bits: int | None = None
    ) -> None:
        self._container, self._blocks, self._heard = container, blocks, 0
        self._lead = _LEAD.get(format, 0)
        stream = container.add_stream(_SOUND[format], rate=RATE, layout="stereo")
        assert isinstance(stream, AudioStream)
        stream.bit_rate = SOUND_BITS[format] if bits is None else bits
        if _SOUND[format] == "aac":
            stream.options = _AAC
        self._stream = stream

    def until(self, sample: int) -> None:
        """Writes the sound up to that sample."""
        while self._heard < sample:
            block = next(self._blocks, None)
            if block is None:
                return
            cut, self._lead = min(self._lead, block.shape[1]), max(0, self._lead - block.shape[1])
            if cut < block.shape[1]:
                self._encode(block[:, cut:])

    def _encode(self, block: Samples) -> None:
        frame = AudioFrame.from_ndarray(np.ascontiguousarray(block), format="fltp", layout="stereo")
        frame.sample_rate, frame.pts, frame.time_base = RATE, self._heard, Fraction(1, RATE)
        self._heard += block.shape[1]
        self._container.mux(self._stream.encode(frame))

    def finish(self, sample: int) -> None:
        """Writes what is left of the sound up to that sample."""
        self.until(sample)
        self._container.mux(self._stream.encode(None))


def join(
    path: Path,
    format: FilmFormat,
    pieces: Sequence[Path],
    fps: int,
    sound: Iterator[Samples] | None,
    title: str,
    bits: int | None = None,
) -> Iterator[int]:
    """Writes pieces, one behind the other and without encoding them again, into one film with its sound.

    Every piece begins with a picture that refers to none before it. Yields the frames that are written so far.
    """
    written = 0
    with opened(path, format, title) as container:
        video: VideoStream | None = None
        track: SoundTrack | None = None
        for piece in pieces:
            before = written
            with av.open(piece, mode="r") as source:
                stream = source.streams.video[0]
                if video is None:
                    video = container.add_stream_from_template(stream)
                    track = SoundTrack(container, format, sound, bits) if sound is not None else None
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
