"""Multipart bodies, streamed to disk: memory stays flat however large the files are."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import anyio.to_thread
import python_multipart
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import parse_options_header

from nemovideo_mcp.studio.refusals import Refused, bad_request, too_large

BUFFER_BYTES = 512 * 1024
"""Bytes that are gathered before a write: a trip to a thread for every network chunk would cost more than the write."""
FIELD = "files"
MAX_FILES = 500


@dataclass(frozen=True, slots=True)
class Spooled:
    """A file as it came: its name as the client said it (without folders), and where it lies."""

    name: str
    path: Path


async def receive(content_type: str, body: AsyncIterator[bytes], folder: Path, max_bytes: int) -> list[Spooled]:
    """The files of the body's ``files`` fields, written into ``folder``.

    A refused body is read to its end all the same: a client that is still sending would not see the answer otherwise.

    Raises:
        Refused: 4002, a file has more than ``max_bytes``; 400, the body is not multipart or has no files.
    """
    kind, options = parse_options_header(content_type)
    boundary = options.get(b"boundary")
    if kind != b"multipart/form-data" or not boundary:
        raise bad_request("The body is neither multipart/form-data with a boundary nor JSON.")
    parts = _Parts(boundary, folder, max_bytes)
    try:
        async for chunk in body:
            parts.feed(chunk)
            if parts.waiting >= BUFFER_BYTES:
                await anyio.to_thread.run_sync(parts.flush)
        await anyio.to_thread.run_sync(parts.finish)
    finally:
        parts.close()
    if parts.refused is not None:
        raise parts.refused
    if not parts.files:
        raise bad_request('The body holds no file: send one or more in the field "files".')
    return parts.files


class _Parts:
    """Parses on the event loop, which is quick, and writes in `flush`, which is for a thread."""

    def __init__(self, boundary: bytes, folder: Path, max_bytes: int) -> None:
        self.files: list[Spooled] = []
        self.refused: Refused | None = None
        self.waiting = 0
        self._folder = folder
        self._max_bytes = max_bytes
        self._headers: dict[bytes, bytes] = {}
        self._field = self._value = b""
        self._size = 0
        self._taken = self._ended = False
        self._writes: list[tuple[Path, bytes]] = []
        self._open: tuple[Path, BinaryIO] | None = None
        self._parser = python_multipart.MultipartParser(
            boundary,
            {
                "on_part_begin": self._headers.clear,
                "on_header_field": self._on_field,
                "on_header_value": self._on_value,
                "on_header_end": self._on_header_end,
                "on_headers_finished": self._on_headers,
                "on_part_data": self._on_data,
                "on_end": self._on_end,
            },
        )

    def feed(self, chunk: bytes) -> None:
        if self.refused is not None:
            return
        try:
            self._parser.write(chunk)
        except FormParserError:
            self._refuse(bad_request("The multipart body cannot be read."))

    def finish(self) -> None:
        # The parser takes the end of the body for the end of the last file; only the closing boundary is.
        if self.refused is None and not self._ended:
            self._refuse(bad_request("The multipart body ends too early."))
        self.flush()

    def flush(self) -> None:
        """Write what has come. For a thread."""
        writes, self._writes, self.waiting = self._writes, [], 0
        for path, data in writes:
            if self._open is None or self._open[0] != path:
                self.close()
                self._open = (path, path.open("ab"))
            self._open[1].write(data)

    def close(self) -> None:
        if self._open is not None:
            self._open[1].close()
            self._open = None

    def _refuse(self, refused: Refused) -> None:
        self.refused = refused
        self._writes, self.waiting = [], 0

    def _on_field(self, data: bytes, start: int, end: int) -> None:
        self._field += data[start:end]

    def _on_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def _on_header_end(self) -> None:
        self._headers[self._field.lower()] = self._value
        self._field = self._value = b""

    def _on_headers(self) -> None:
        _, options = parse_options_header(self._headers.get(b"content-disposition"))
        self._taken = options.get(b"name") == FIELD.encode() and b"filename" in options
        self._size = 0
        if not self._taken or self.refused is not None:
            return
        if len(self.files) == MAX_FILES:
            self._refuse(bad_request(f"At most {MAX_FILES} files can be sent in one call."))
            return
        path = self._folder / str(len(self.files))
        self.files.append(Spooled(clean_name(options[b"filename"].decode(errors="replace")), path))
        # An empty file is a file: it must be there to be refused by its content.
        self._writes.append((path, b""))

    def _on_end(self) -> None:
        self._ended = True

    def _on_data(self, data: bytes, start: int, end: int) -> None:
        if not self._taken or self.refused is not None:
            return
        self._size += end - start
        self.waiting += end - start
        if self._size > self._max_bytes:
            self._refuse(too_large(self.files[-1].name, self._max_bytes))
            return
        self._writes.append((self.files[-1].path, data[start:end]))


def clean_name(name: str) -> str:
    """A file name without folders and control characters, at most 200 characters, never empty."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    shown = "".join(c for c in last if c.isprintable()).strip()
    return shown[-200:] or "file"


__all__ = ["Spooled", "clean_name", "receive"]
