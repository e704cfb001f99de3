"""How loud a film must be at each moment, remembered while its sound is mixed, and its file held against that."""

from collections.abc import Iterator
from pathlib import Path

import av
import av.error
import numpy as np
from av.audio.frame import AudioFrame

from nemovideo_mcp.media.errors import MediaError
from nemovideo_mcp.studio.render.sound.samples import RATE, Samples

_SPAN = RATE // 2
"""Samples whose power is one number."""
_AUDIBLE = 1e-5 * _SPAN
"""Energy of a span (full scale is 1 for each sample) of -50 dBFS: below, what a coder does is not heard."""
_MOST_DB = 3.0
"""By how much a coder may change how loud something is; AAC, Opus and MP3 at our rates stay below 1."""
_STRAYS = 10
"""One span in so many may be off by more: a beat that lies on the border of two may have moved into the other."""


class Hearing:
    """The blocks of a film's sound as they come, and the energy of each half second of them: 16 bytes a second.

    ``notes`` is what cannot be heard as asked.
    """

    def __init__(self, blocks: Iterator[Samples], notes: tuple[str, ...] = ()) -> None:
        self._blocks, self._at = blocks, 0
        self.notes = notes
        self._mixed: list[float] = []

    def __iter__(self) -> Iterator[Samples]:
        return self

    def __next__(self) -> Samples:
        block = next(self._blocks)
        _add(self._mixed, self._at, block)
        self._at += block.shape[1]
        return block

    def hold(self, path: Path) -> None:
        """Decodes the sound of the file.

        Raises:
            MediaError: it cannot be decoded, or is not as loud as what was mixed.
        """
        found: list[float] = []
        try:
            with av.open(path, mode="r") as container:
                for frame in container.decode(audio=0):
                    at = round(float((frame.pts or 0) * (frame.time_base or 0)) * RATE)
                    if at >= 0:
                        _add(found, at, _samples(frame))
        except (av.error.FFmpegError, OSError) as error:
            raise MediaError(
                f"has sound that cannot be decoded: {getattr(error, 'strerror', None) or error}"
            ) from error
        mixed, heard = np.array(self._mixed), np.zeros(len(self._mixed))
        heard[: len(found)] = found[: len(mixed)]
        if abs(_apart(mixed.sum(), heard.sum())) > _MOST_DB and max(mixed.sum(), heard.sum()) > _AUDIBLE:
            raise MediaError(f"sounds {_apart(mixed.sum(), heard.sum()):+.1f} dB from what was mixed")
        audible = np.flatnonzero(np.maximum(mixed, heard) > _AUDIBLE)
        wrong = [n for n in audible if abs(_apart(mixed[n], heard[n])) > _MOST_DB]
        if len(wrong) > 1 + len(audible) // _STRAYS:
            raise MediaError(f"does not sound as it was mixed, at {wrong[0] * _SPAN / RATE:.1f} s")


def _add(energies: list[float], at: int, samples: Samples) -> None:
    """Adds the energy of samples that begin at sample ``at`` of the film."""
    done, count = 0, samples.shape[1]
    while done < count:
        span = (at + done) // _SPAN
        taken = min(count - done, (span + 1) * _SPAN - at - done)
        energies += [0.0] * (span + 1 - len(energies))
        part = samples[:, done : done + taken].ravel()
        energies[span] += float(np.dot(part, part))
        done += taken


def _samples(frame: AudioFrame) -> Samples:
    """The frame as rows of floats, whatever the decoder gives."""
    array = frame.to_ndarray()
    rows = array if frame.format.is_planar else array.reshape(-1, frame.layout.nb_channels).T
    scale = 1.0 if rows.dtype.kind == "f" else 2.0 ** (8 * rows.dtype.itemsize - 1)
    return np.ascontiguousarray(rows, np.float32) / np.float32(scale)


def _apart(mixed: float, heard: float) -> float:
    """How much louder (dB) the one energy is than the other."""
    return float(10 * np.log10((heard + 1e-9) / (mixed + 1e-9)))
