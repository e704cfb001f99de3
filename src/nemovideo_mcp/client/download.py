"""A film from the backend to the disk: streamed, checked, and never over another file."""

from __future__ import annotations

import errno
import hashlib
import os
import secrets
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

import anyio
import httpx
from anyio.to_thread import run_sync
from pydantic import SecretStr

from nemovideo_mcp.api.errors import ApiError, BadAnswer, BadInput, NemoError, Unreachable
from nemovideo_mcp.client.calls import Call
from nemovideo_mcp.client.multipart import OnBytes
from nemovideo_mcp.client.wire import Wire, payload_of

_WRITE_BYTES = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Download:
    """A finished download. ``path`` is where it is: beside the wished one if that was taken. ``sha256`` is in hex."""

    path: Path
    size_bytes: int
    sha256: str


async def download(wire: Wire, sources: list[tuple[Call, str]], target: Path, on_bytes: OnBytes | None) -> Download:
    """Fetch the first source that works to ``target``, or to ``name (2).mp4`` and so on where that exists.

    Raises:
        BadInput: the target cannot be written, or the disk is full; nothing is left there.
        NemoError: no source works; what the last one said.
    """
    last: NemoError = BadAnswer("There is nothing to download.")
    for call, address in sources:
        try:
            return await _from(wire, call, address, target, on_bytes)
        except (Unreachable, ApiError, BadAnswer) as error:
            last = error
    raise last


async def _from(wire: Wire, call: Call, address: str, target: Path, on_bytes: OnBytes | None) -> Download:
    url = wire.url(address)

    async def once(token: SecretStr | None, attempt: int) -> Download:
        async with wire.get(call, url, token, attempt) as response:
            await _check(response)
            return await _save(response, target, on_bytes)

    return await wire.perform(call, once)


async def _check(response: httpx.Response) -> None:
    """A file is a file: pages and envelopes are what a backend says instead of one."""
    kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    if not response.is_success or kind == "application/json":
        await payload_of(response)
    if not response.is_success or kind.startswith("text/") or kind == "application/json":
        raise BadAnswer("The address of the film answers with something that is not a film.")


async def _save(response: httpx.Response, target: Path, on_bytes: OnBytes | None) -> Download:
    partial = _Partial(target)
    try:
        await run_sync(partial.open)
        buffer = bytearray()
        async for data in response.aiter_bytes():
            buffer += data
            if len(buffer) >= _WRITE_BYTES:
                await run_sync(partial.write, bytes(buffer))
                buffer.clear()
                if on_bytes:
                    on_bytes(partial.size)
        await run_sync(partial.write, bytes(buffer))
        if on_bytes:
            on_bytes(partial.size)
        _check_length(response, partial.size)
        return await run_sync(partial.publish)
    except OSError as error:
        raise _unwritable(target, error) from None
    finally:
        with anyio.CancelScope(shield=True):
            await run_sync(partial.discard)


def _check_length(response: httpx.Response, size: int) -> None:
    promised = response.headers.get("content-length", "")
    if "content-encoding" not in response.headers and promised.isdecimal() and int(promised) != size:
        raise Unreachable(f"The download broke off after {size:,} of {int(promised):,} bytes.", uncertain=True)
    if size == 0:
        raise BadAnswer("The film that the backend sent is empty.")


@dataclass
class _Partial:
    """The file while it is being written: under a hidden name beside its target. All of it blocks."""

    target: Path
    size: int = 0
    _file: BinaryIO | None = None
    _path: Path = field(init=False)

    def __post_init__(self) -> None:
        self._path = self.target.with_name(f".{self.target.name}.{secrets.token_hex(4)}.part")
        self._hash = hashlib.sha256()

    def open(self) -> None:
        self.target.parent.mkdir(parents=True, exist_ok=True)
        self._file = self._path.open("xb", buffering=0)

    def write(self, data: bytes) -> None:
        assert self._file is not None
        view = memoryview(data)
        while view:
            view = view[self._file.write(view) :]
        self._hash.update(data)
        self.size += len(data)

    def publish(self) -> Download:
        assert self._file is not None
        os.fsync(self._file.fileno())
        self._file.close()
        names = _names(self.target)
        while not _moved_to_new(self._path, path := next(names)):
            pass
        return Download(path, self.size, self._hash.hexdigest())

    def discard(self) -> None:
        """Close and remove what is left; nothing is, after ``publish``."""
        if self._file is not None:
            self._file.close()
        with suppress(OSError):
            self._path.unlink(missing_ok=True)


def _names(target: Path) -> Iterator[Path]:
    yield target
    number = 2
    while True:
        yield target.with_name(f"{target.stem} ({number}){target.suffix}")
        number += 1


def _moved_to_new(source: Path, target: Path) -> bool:
    """Rename in one step; False, and nothing is changed, when the target exists."""
    try:
        # A hard link is the one rename that POSIX refuses when the target exists.
        target.hardlink_to(source)
    except FileExistsError:
        return False
    except OSError:
        # No hard links here (FAT, some network drives): reserve the name, then replace our own empty file.
        try:
            target.touch(exist_ok=False)
        except FileExistsError:
            return False
        source.replace(target)
    else:
        source.unlink()
    return True


def _unwritable(target: Path, error: OSError) -> BadInput:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return BadInput(f"The disk that holds {target.parent} is full.", "Free some space there and export again.")
    return BadInput(
        f"The film cannot be written to {target.parent}: {error.strerror}.",
        "Choose a folder that can be written (NEMO_OUTPUT_DIR).",
    )
