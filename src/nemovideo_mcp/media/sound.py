"""Sound out of a file, in blocks, so that memory does not grow with its length. Heavy: for worker processes."""

from collections.abc import Iterator
from pathlib import Path
from typing import TypeAlias

import av
import av.error
import numpy as np
import numpy.typing as npt
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.container import InputContainer

from nemovideo_mcp.media.errors import MediaError
from nemovideo_mcp.media.probe import picture_stream

Samples: TypeAlias = npt.NDArray[np.float32]
"""A row for each channel; full scale is ±1."""

_PREROLL = 0.2
"""Seconds decoded before the wanted place: a coded frame is whole only with the one before it."""
_HOLE = 0.05
"""Seconds without sound from which on they are a gap, beside a picture; less is the rounding of times in containers."""
_SEEKS_WELL = {"mov,mp4,m4a,3gp,3g2,mj2", "wav", "flac", "matroska,webm", "aiff", "ogg"}
"""Containers that know where a time lies. An mp3 of variable rate does not, and is decoded from its beginning."""


def has_sound(path: Path) -> bool:
    """Whether there is a stream of sound in the file.

    Raises:
        MediaError: the file cannot be opened.
    """
    try:
        with av.open(path, mode="r") as container:
            return bool(container.streams.audio)
    except FileNotFoundError:
        raise MediaError("is no longer where it was: the file has vanished") from None
    except (av.error.FFmpegError, OSError, ValueError) as error:
        raise MediaError(f"cannot be opened: {error}") from error


def blocks(
    path: Path, rate: int, *, mono: bool = False, skip: float = 0.0, beside_picture: bool = False
) -> Iterator[Samples]:
    """The file's first sound from ``skip`` seconds on, in blocks of two rows (one when ``mono``) at ``rate`` samples a second.

    A damaged packet is a gap of some milliseconds, no error. ``beside_picture``: seconds count from the first picture, not the
    first sound, and where sound is missing there is silence, so that both stay together.

    Raises:
        MediaError: the sound cannot be decoded.
    """
    try:
        with av.open(path, mode="r") as container:
            stream = container.streams.audio[0]
            picture = picture_stream(container) if beside_picture else None
            begin = skip + (
                _start(stream) if picture is None else float((picture.start_time or 0) * (picture.time_base or 0))
            )
            drop = 0
            resampler = _resampler(rate, mono)
            form: tuple[object, ...] = ()
            due = begin
            for frame in _frames(container, stream, begin if skip or beside_picture else None):
                now = (frame.format.name, frame.layout.name, frame.sample_rate)
                time = due if frame.time is None else frame.time
                hole = _HOLE if form else 0.0
                if not form:
                    drop = max(0, round((begin - time) * rate)) if skip or beside_picture else 0
                elif now != form:
                    # Some streams change their form on the way; a resampler is made for one.
                    resampler = _resampler(rate, mono)
                form = now
                if beside_picture and time - due > hole:
                    yield from _silence(round((time - due) * rate), rate, mono)
                due = max(begin, time + frame.samples / frame.sample_rate)
                for out in resampler.resample(frame):
                    samples = np.asarray(out.to_ndarray(), np.float32)
                    cut = min(drop, samples.shape[1])
                    drop -= cut
                    yield samples[:, cut:]
            for out in resampler.resample(None) if form else ():
                yield np.asarray(out.to_ndarray(), np.float32)[:, drop:]
    except (av.error.FFmpegError, OSError, ValueError, IndexError) as error:
        raise MediaError(f"has sound that cannot be decoded: {error}") from error


def _start(stream: AudioStream) -> float:
    """When the sound begins, in seconds of its file; what lies before 0 is for the decoder to get going."""
    return float(max(0, stream.start_time or 0) * (stream.time_base or 0))


def _frames(container: InputContainer, stream: AudioStream, begin: float | None) -> Iterator[AudioFrame]:
    """The frames from a little before ``begin`` (seconds of the file) on; None: from the first."""
    if (
        begin is not None
        and begin - _start(stream) > _PREROLL
        and stream.time_base
        and container.format.name in _SEEKS_WELL
    ):
        container.seek(int((begin - _PREROLL) / stream.time_base), stream=stream)
    for packet in container.demux(stream):
        try:
            yield from packet.decode()
        except av.error.InvalidDataError:
            continue


def _silence(count: int, rate: int, mono: bool) -> Iterator[Samples]:
    """``count`` samples of nothing, a second at a time: a file may claim hours of them."""
    while count > 0:
        yield np.zeros((1 if mono else 2, min(count, rate)), np.float32)
        count -= rate


def _resampler(rate: int, mono: bool) -> av.AudioResampler:
    return av.AudioResampler(format="fltp", layout="mono" if mono else "stereo", rate=rate)
