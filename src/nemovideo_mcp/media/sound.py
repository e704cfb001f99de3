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

Samples: TypeAlias = npt.NDArray[np.float32]
"""A row for each channel; full scale is ±1."""

_PREROLL = 0.2
"""Seconds decoded before the wanted place: a coded frame is whole only with the one before it."""
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


def blocks(path: Path, rate: int, *, mono: bool = False, skip: float = 0.0) -> Iterator[Samples]:
    """The file's first sound from ``skip`` seconds on, in blocks of two rows (one when ``mono``) at ``rate`` samples a second.

    A damaged packet is a gap of some milliseconds, no error.

    Raises:
        MediaError: the sound cannot be decoded.
    """
    try:
        with av.open(path, mode="r") as container:
            drop = 0
            resampler = _resampler(rate, mono)
            form: tuple[object, ...] = ()
            for frame in _frames(container, container.streams.audio[0], skip):
                now = (frame.format.name, frame.layout.name, frame.sample_rate)
                if not form:
                    drop = max(0, round((skip - (frame.time or 0.0)) * rate)) if skip else 0
                elif now != form:
                    # Some streams change their form on the way; a resampler is made for one.
                    resampler = _resampler(rate, mono)
                form = now
                for out in resampler.resample(frame):
                    samples = np.asarray(out.to_ndarray(), np.float32)
                    cut = min(drop, samples.shape[1])
                    drop -= cut
                    yield samples[:, cut:]
            for out in resampler.resample(None) if form else ():
                yield np.asarray(out.to_ndarray(), np.float32)[:, drop:]
    except (av.error.FFmpegError, OSError, ValueError, IndexError) as error:
        raise MediaError(f"has sound that cannot be decoded: {error}") from error


def _frames(container: InputContainer, stream: AudioStream, skip: float) -> Iterator[AudioFrame]:
    if skip > _PREROLL and stream.time_base and container.format.name in _SEEKS_WELL:
        container.seek(int((skip - _PREROLL) / stream.time_base) + (stream.start_time or 0), stream=stream)
    for packet in container.demux(stream):
        try:
            yield from packet.decode()
        except av.error.InvalidDataError:
            continue


def _resampler(rate: int, mono: bool) -> av.AudioResampler:
    return av.AudioResampler(format="fltp", layout="mono" if mono else "stereo", rate=rate)
