"""The sound of the film: music and the clips' own sound, mixed in blocks, so that memory does not grow with the length."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

import av
import av.error
import numpy as np
import numpy.typing as npt

from nemovideo_mcp.media.errors import MediaError
from nemovideo_mcp.studio.render.job import RenderError
from nemovideo_mcp.studio.render.plan import Plan
from nemovideo_mcp.timeline.model import Timeline

RATE = 48_000
"""Samples a second, stereo."""
BLOCK = 1024
"""Samples of a block: one AAC frame."""

_CEILING = 0.891
"""−1 dBFS: what AAC adds to a peak still fits under full scale."""
_RELEASE = 0.02
"""How much of the gain the limiter gives back in a block: from half to full in about half a second."""
_SOFT_MS = 15
"""Fade of a clip's own sound at a plain cut, so that it does not click."""

Samples: TypeAlias = npt.NDArray[np.float32]
"""Two rows, left and right; full scale is ±1."""


class Voice:
    """One sound on the timeline, from sample ``first`` up to ``last``, with its volume (linear gain) and fades (samples).

    It repeats to fill its place when ``loops``; else it is followed by silence.
    """

    def __init__(
        self, path: Path, *, first: int, last: int, volume: float, fades: tuple[int, int], skip: float, loops: bool
    ) -> None:
        self._first, self._last, self._volume = first, last, volume
        # Fades that would meet share the length in proportion.
        share = min(1.0, (last - first) / max(1, sum(fades)))
        self._up, self._down = max(1, round(fades[0] * share)), max(1, round(fades[1] * share))
        self._stream = _decoded(path, skip, loops)
        self._left: Samples = np.empty((2, 0), np.float32)

    def add(self, block: Samples, at: int) -> None:
        """Mixes what lies in the block, which starts at sample ``at``, into it; to be called with blocks in order."""
        begin, end = max(at, self._first), min(at + block.shape[1], self._last)
        if begin >= end:
            return
        samples = self._read(end - begin)
        count = samples.shape[1]
        block[:, begin - at : begin - at + count] += samples * self._gain(begin, count)

    def _read(self, count: int) -> Samples:
        parts, have = [self._left], self._left.shape[1]
        while have < count:
            fresh = next(self._stream, None)
            if fresh is None:
                break
            parts.append(fresh)
            have += fresh.shape[1]
        samples = np.concatenate(parts, axis=1)
        self._left = samples[:, count:]
        return samples[:, :count]

    def _gain(self, begin: int, count: int) -> Samples:
        at = np.arange(begin, begin + count, dtype=np.float32) + np.float32(0.5)
        up, down = (at - self._first) / self._up, (self._last - at) / self._down
        return np.asarray(np.clip(np.minimum(up, down), 0, 1) * self._volume, np.float32)


def voices(timeline: Timeline, plan: Plan, files: Mapping[str, Path]) -> list[Voice]:
    """All sounds of the film.

    Raises:
        RenderError: a file of music cannot be used; the reason names it.
    """
    found = []
    for music in timeline.music:
        first, last = _samples(music.start_ms), _samples(timeline.music_end_ms(music))
        if first >= last or music.volume <= 0:
            continue
        path = files[music.media]
        try:
            if not has_sound(path):
                raise MediaError("has no sound")
        except MediaError as error:
            raise RenderError(f"The music {music.name or music.media} {error.reason}.") from error
        fades = _samples(music.fade_in_ms), _samples(music.fade_out_ms)
        found.append(Voice(path, first=first, last=last, volume=music.volume, fades=fades, skip=0.0, loops=True))
    for placed in plan.placed:
        clip, fps = placed.clip, plan.canvas.fps
        if clip.kind != "video" or clip.volume <= 0 or placed.end <= placed.start or not has_sound(files[clip.media]):
            continue
        soft = _samples(_SOFT_MS)
        # Under a transition the sound goes with the picture.
        up = max(soft, (placed.start - placed.first) * RATE // fps)
        down = max(soft, (placed.last - placed.end) * RATE // fps)
        found.append(
            Voice(
                files[clip.media],
                first=placed.start * RATE // fps,
                last=placed.end * RATE // fps,
                volume=clip.volume,
                fades=(up, down),
                skip=clip.in_ms / 1000,
                loops=False,
            )
        )
    return found


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


def mixed(voices: Sequence[Voice], total: int) -> Iterator[Samples]:
    """The film's sound in blocks of `BLOCK` samples, limited; in all at most ``total`` samples.

    A last part of a block (21 ms at most) is left out: AAC would round it up, and the file would outlast its picture.
    """

    def raw() -> Iterator[Samples]:
        for at in range(0, max(1, total // BLOCK) * BLOCK, BLOCK):
            block = np.zeros((2, BLOCK), np.float32)
            for voice in voices:
                voice.add(block, at)
            yield block

    return limited(raw())


def limited(blocks: Iterator[Samples]) -> Iterator[Samples]:
    """The blocks with their gain turned down ahead of what would be too loud, and slowly up again.

    The gain at the border of two blocks is at most what either of them allows, and goes in a straight line between borders:
    so no sample is above the ceiling, and nothing is bent that is below it.
    """
    before = 1.0
    held: Samples | None = None
    allowed = 1.0
    for block in blocks:
        peak = float(np.abs(block).max(initial=0.0))
        allows = min(1.0, _CEILING / peak) if peak else 1.0
        if held is not None:
            after = min(allowed, allows, before + _RELEASE)
            yield _ramped(held, before, after)
            before = after
        else:
            before = allows
        held, allowed = block, allows
    if held is not None:
        yield _ramped(held, before, min(allowed, before + _RELEASE))


def _ramped(block: Samples, before: float, after: float) -> Samples:
    if before == after == 1.0:
        return block
    return np.asarray(block * np.linspace(before, after, block.shape[1], endpoint=False, dtype=np.float32), np.float32)


def _decoded(path: Path, skip: float, loops: bool) -> Iterator[Samples]:
    """The file's sound from ``skip`` seconds on, again and again when it ``loops``."""
    while True:
        got = 0
        try:
            for samples in _once(path, skip):
                got += samples.shape[1]
                yield samples
        except (av.error.FFmpegError, OSError, ValueError) as error:
            raise RenderError(f"The sound of {path.name} cannot be decoded: {error}.") from error
        if not loops:
            return
        if got == 0:
            raise RenderError(f"The sound of {path.name} is empty or broken; use another file.")


def _once(path: Path, skip: float) -> Iterator[Samples]:
    with av.open(path, mode="r") as container:
        stream = container.streams.audio[0]
        resampler = av.AudioResampler(format="fltp", layout="stereo", rate=RATE)
        drop = 0
        if skip and stream.time_base:
            container.seek(int(skip / stream.time_base) + (stream.start_time or 0), stream=stream)
        placed = not skip
        for packet in container.demux(stream):
            try:
                frames = packet.decode()
            except av.error.InvalidDataError:
                # A damaged packet is a gap of some milliseconds; the rest is as good as before.
                continue
            for frame in frames:
                if not placed:
                    # A seek lands at or before the wanted place.
                    drop = max(0, round((skip - (frame.time or 0.0)) * RATE))
                    placed = True
                for out in resampler.resample(frame):
                    samples = np.asarray(out.to_ndarray(), np.float32)
                    cut = min(drop, samples.shape[1])
                    drop -= cut
                    yield samples[:, cut:]
        for out in resampler.resample(None):
            yield np.asarray(out.to_ndarray(), np.float32)


def _samples(ms: int) -> int:
    return ms * RATE // 1000
