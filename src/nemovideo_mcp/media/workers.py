"""The doors of this room for async code: each runs the heavy function in a worker process.

A file that crashes the decoder takes its worker with it and nothing else; a cancelled call frees the CPU at once.
"""

import importlib
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import anyio
import anyio.to_process
from anyio.lowlevel import RunVar

from nemovideo_mcp.media.errors import MediaError
from nemovideo_mcp.media.formats import FilmFormat
from nemovideo_mcp.media.info import FilmInfo, MediaInfo

AT_ONCE = 2
"""Worker processes at a time: decoding is memory-hungry, and a render wants the other cores."""

_TRIES = 2

_limiter: RunVar[anyio.CapacityLimiter] = RunVar("media_workers")

_T = TypeVar("_T")


async def probe_file(path: Path) -> MediaInfo:
    """What the file is.

    Raises:
        MediaError: it cannot be used; the reason says why.
    """
    return await _run(partial(_call, "probe", "probe", path))


async def verify_film(
    path: Path,
    *,
    format: FilmFormat | None = None,
    width: int | None = None,
    height: int | None = None,
    duration_ms: int | None = None,
    fps: float | None = None,
    audio: bool | None = None,
    expect_picture_at: Sequence[int] = (),
) -> FilmInfo:
    """Opens a finished film and checks what is not None: its format by content, pixels, ms (± 1 frame), frames a second, sound,
    pictures at ms.

    Raises:
        MediaError: it is not what was asked for; the reason says how.
    """
    size = {"width": width, "height": height}
    asked = {"format": format, **size, "duration_ms": duration_ms, "fps": fps, "audio": audio}
    return await _run(partial(_call, "verify", "verify", path, **asked, expect_picture_at=tuple(expect_picture_at)))


async def contact_sheet(pictures: Sequence[tuple[Path | bytes, str]], *, max_bytes: int = 700_000) -> bytes:
    """A JPEG of at most ``max_bytes`` with the pictures (files, or encoded pictures) in a grid, each over its label.

    Raises:
        MediaError: there are no pictures. One that cannot be read is drawn as an empty place with its label.
    """
    return await _run(partial(_call, "sheet", "sheet", list(pictures), max_bytes=max_bytes))


async def poster_of(film: Path, target: Path, times_ms: Sequence[int]) -> int:
    """Write the best frame of a finished film, of those at these times, as JPEG; the time in ms of the one that was taken.

    Raises:
        MediaError: the film cannot be decoded.
    """
    return await _run(partial(_call, "poster", "poster", film, target, tuple(times_ms)))


async def beats_of(path: Path) -> tuple[int, ...]:
    """The beats of a piece of music in ms (of its first 20 minutes); none when they are not certain.

    Raises:
        MediaError: there is no sound in it, or it cannot be decoded.
    """
    return await _run(partial(_call, "beats", "certain", path))


async def without_location(source: Path, target: Path) -> bool:
    """Write a photo to ``target`` without the place where it was made; False, and nothing written, when it tells none."""
    return await _run(partial(_call, "privacy", "copy_without_location", source, target))


async def as_jpeg(source: Path, target: Path) -> None:
    """Write a photo to ``target`` as an upright JPEG.

    Raises:
        MediaError: it cannot be decoded.
    """
    await _run(partial(_call, "convert", "to_jpeg", source, target))


async def as_m4a(source: Path, target: Path) -> None:
    """Write a piece of music to ``target`` as M4A.

    Raises:
        MediaError: it cannot be decoded.
    """
    await _run(partial(_call, "convert", "to_m4a", source, target))


async def _run(work: Callable[[], _T]) -> _T:
    try:
        limiter = _limiter.get()
    except LookupError:
        limiter = anyio.CapacityLimiter(AT_ONCE)
        _limiter.set(limiter)
    for _ in range(_TRIES):
        try:
            return await anyio.to_process.run_sync(work, cancellable=True, limiter=limiter)
        except anyio.BrokenWorkerProcess:
            # Either the file did it, and will do it again, or an idle worker was killed behind our back.
            continue
    raise MediaError("crashed the decoder: it is damaged or made to do harm; convert it and try again")


def _call(module: str, function: str, *args: object, **options: object) -> Any:
    # Imported here, in the worker: this process never loads a decoder.
    return getattr(importlib.import_module(f"nemovideo_mcp.media.{module}"), function)(*args, **options)
