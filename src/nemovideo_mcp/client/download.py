"""A film from the backend to the disk: streamed, continued where it broke off, checked, and never over another file."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing, suppress
from dataclasses import dataclass
from pathlib import Path

import anyio
import httpcore
import httpx
from anyio.to_thread import run_sync
from pydantic import SecretStr

from nemovideo_mcp.api.errors import ApiError, BadAnswer, NemoError, TimedOut, Unreachable
from nemovideo_mcp.client.calls import Call
from nemovideo_mcp.client.multipart import OnBytes
from nemovideo_mcp.client.partial import Partial, unwritable
from nemovideo_mcp.client.ranges import content_range, continues, identity_of, length_of, rest_headers
from nemovideo_mcp.client.wire import Wire, payload_of

_READ_BYTES = 256 * 1024
"""As much as asyncio reads from a socket at once."""
_BATCH_BYTES = 1024 * 1024
"""What is written at once: each hop to a thread costs as much as writing 100 kB."""
_WAITING_BYTES = 4 * 1024 * 1024
"""So much may wait for the disk before the network has to; as much again is being written."""


@dataclass(frozen=True, slots=True)
class Download:
    """A finished download. ``path`` is where it is: beside the wished one if that was taken.

    ``resumed_bytes`` were here already when the last request was sent, from a connection that broke.
    """

    path: Path
    size_bytes: int
    resumed_bytes: int = 0


class _Changed(Exception):
    """What was asked for is not the rest of what is here."""


async def download(
    wire: Wire,
    sources: list[tuple[Call, str]],
    target: Path,
    on_bytes: OnBytes | None,
    *,
    render_id: str,
    keep_partial: bool = False,
) -> Download:
    """Fetch the first source that works to ``target``, or to ``name (2).mp4`` and so on where that exists.

    Raises:
        BadInput: the target cannot be written, or the disk is too small.
        NemoError: no source works; what the last one said.
    """
    partial = Partial(target)
    try:
        await run_sync(partial.open, render_id)
        return await _from_any(_Fetch(wire, partial, on_bytes, render_id), sources)
    except OSError as error:
        raise unwritable(target, error) from None
    finally:
        with anyio.CancelScope(shield=True), suppress(OSError):
            await run_sync(lambda: partial.close(keep=keep_partial))


async def _from_any(fetch: _Fetch, sources: list[tuple[Call, str]]) -> Download:
    last: NemoError = BadAnswer("There is nothing to download.")
    for call, address in sources:
        try:
            return await fetch.run(call, address)
        except (Unreachable, ApiError, BadAnswer) as error:
            last = error
    raise last


@dataclass
class _Fetch:
    """One file from one of several addresses, each asked as often as the retry table says."""

    wire: Wire
    partial: Partial
    on_bytes: OnBytes | None
    render_id: str

    async def run(self, call: Call, address: str) -> Download:
        url = self.wire.url(address)
        kept = 0

        async def once(token: SecretStr | None, attempt: int) -> None:
            nonlocal kept
            while True:
                try:
                    kept = await self._exchange(call, url, token, attempt)
                    break
                except _Changed:
                    # Cannot come twice in a row: without a beginning nothing is asked for but the whole.
                    await run_sync(self.partial.restart, None)
            await run_sync(self._check)

        try:
            await self.wire.perform(call, once)
        except Unreachable as error:
            raise self._broken(error) from None
        path = await run_sync(self.partial.publish)
        return Download(path, self.partial.size, kept)

    async def _exchange(self, call: Call, url: httpx.URL, token: SecretStr | None, attempt: int) -> int:
        """Ask for what is missing and save it. Returns how many bytes did not have to come again."""
        partial = self.partial
        wanted = rest_headers(partial.identity, partial.size, call)
        async with self.wire.get(call, url, token, attempt, headers=wanted) as response:
            if response.status_code == 416 and wanted:
                # The whole file is here already, unless the one over there has another length.
                if content_range(response) != (None, partial.size):
                    raise _Changed
                return partial.size
            await _check_kind(response)
            begin = 0
            if response.status_code == 206:
                if not wanted or not continues(response, partial.identity, partial.size, call):
                    raise _Changed if wanted else BadAnswer("The backend sent a part of the film, unasked.")
                begin = partial.size
            else:
                await run_sync(partial.restart, identity_of(response, self.render_id, call))
            length = length_of(response, begin)
            if length is not None:
                await run_sync(partial.check_space, length)
            if self.on_bytes:
                self.on_bytes(partial.size)
            await self._pour(response, call.read_seconds)
            await self._check_length(length)
        return begin

    async def _pour(self, response: httpx.Response, read_seconds: float | None) -> None:
        """From the network to the disk, each at its own pace: while one thread writes and hashes, the next reads come in.

        What arrived before a connection broke is written; then the error is raised.
        """
        failure: Exception | None = None
        async with anyio.create_task_group() as tasks:
            writing = _Writing(self.partial, self.on_bytes)
            tasks.start_soon(writing.run)
            try:
                async with aclosing(_body(response, read_seconds)) as chunks:
                    async for chunk in chunks:
                        await writing.take(chunk)
                        if writing.failure is not None:
                            break
            except Exception as error:
                # Raised outside, for the group would wrap it.
                failure = error
            writing.end()
        failure = writing.failure or failure
        if failure is not None:
            raise failure

    async def _check_length(self, length: int | None) -> None:
        size = self.partial.size
        if length is not None and size != length:
            if size > length:
                await run_sync(self.partial.restart, None)
                raise BadAnswer("The film that the backend sent is longer than it said.")
            raise Unreachable("The download broke off.", uncertain=True)
        if size == 0:
            raise BadAnswer("The film that the backend sent is empty.")

    def _check(self) -> None:
        """Raises: Unreachable, when the bytes are not those that the server has; they are dropped."""
        if not self.partial.intact():
            self.partial.restart(None)
            raise Unreachable("The film arrived damaged: it does not have the checksum that was sent.", uncertain=True)

    def _broken(self, error: Unreachable) -> Unreachable:
        """The same error, saying how far it came."""
        identity = self.partial.identity
        if error.uncertain and identity and identity.length and self.partial.size:
            what = f"The download broke off after {self.partial.size:,} of {identity.length:,} bytes."
            kind = TimedOut if isinstance(error, TimedOut) else Unreachable
            return kind(what, error.next_step, uncertain=True)
        return error


class _Writing:
    """The disk's side of a download, as a task. ``failure`` is what stopped it."""

    def __init__(self, partial: Partial, on_bytes: OnBytes | None) -> None:
        self.failure: Exception | None = None
        self._partial = partial
        self._on_bytes = on_bytes
        self._waiting: list[bytes] = []
        self._size = 0
        self._ended = False
        self._news = anyio.Event()
        self._room = anyio.Event()

    async def take(self, chunk: bytes) -> None:
        """Let it be written some time; waits only while too much waits already."""
        self._waiting.append(chunk)
        self._size += len(chunk)
        if self._size >= _BATCH_BYTES:
            self._news.set()
        if self._size >= _WAITING_BYTES and self.failure is None:
            self._room = anyio.Event()
            await self._room.wait()

    def end(self) -> None:
        """Nothing more will come."""
        self._ended = True
        self._news.set()

    async def run(self) -> None:
        """Write until the end. Everything that waits goes in one hop to the thread."""
        try:
            while self._waiting or not self._ended:
                if self._size < _BATCH_BYTES and not self._ended:
                    self._news = anyio.Event()
                    await self._news.wait()
                chunks, self._waiting, self._size = self._waiting, [], 0
                self._room.set()
                await run_sync(self._partial.write, chunks)
                if self._on_bytes:
                    self._on_bytes(self._partial.size)
        except Exception as error:
            self.failure = error
            self._room.set()


async def _check_kind(response: httpx.Response) -> None:
    """A file is a file: pages and envelopes are what a backend says instead of one."""
    kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    if not response.is_success or kind == "application/json":
        await payload_of(response)
    if not response.is_success or kind == "application/json" or kind.startswith(("text/", "multipart/")):
        raise BadAnswer("The address of the film answers with something that is not a film.")


async def _body(response: httpx.Response, read_seconds: float | None) -> AsyncGenerator[bytes, None]:
    """What the answer holds, decoded.

    httpcore passes a body on 64 KiB at a time, copied three times in HTTP's parser. A body that is nothing but
    ``Content-Length`` bytes needs no parser: after its first piece, which is all that the parser holds, the rest is taken
    from the connection itself, as asyncio read it. The connection counts as unfinished then, so that it is closed
    afterwards and not used again. Were a byte ever left behind in the parser, the length would not be reached.
    """
    stream = response.extensions.get("network_stream")
    promised = response.headers.get("content-length", "")
    bare = not {"content-encoding", "transfer-encoding"} & response.headers.keys() and promised.isdecimal()
    chunks = response.aiter_bytes()
    if stream is None or not bare or response.http_version != "HTTP/1.1":
        async for chunk in chunks:
            yield chunk
        return
    data = await anext(chunks, b"")
    left = int(promised)
    while data:
        yield data
        left -= len(data)
        try:
            data = await stream.read(min(left, _READ_BYTES), timeout=read_seconds) if left > 0 else b""
        except httpcore.TimeoutException as error:
            raise httpx.ReadTimeout(str(error)) from None
        except httpcore.NetworkError as error:
            raise httpx.ReadError(str(error)) from None
