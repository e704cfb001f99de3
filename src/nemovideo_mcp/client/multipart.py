"""A multipart body that streams files from disk, read in a worker thread, with its length known beforehand."""

from __future__ import annotations

import re
import secrets
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import httpx
from anyio.to_thread import run_sync

from nemovideo_mcp.api.errors import BadInput

OnBytes = Callable[[int], None]
"""Is told how many bytes have moved in all; it starts again at 0 when a transfer is repeated."""

_CHUNK = 1024 * 1024
_CHUNKS_AT_ONCE = 4
"""So many are read in one hop to a thread: a hop costs as much as reading a third of one."""

MIME_TYPES = {
    ".mp4": "video/mp4", ".mov": "video/quicktime", ".avi": "video/x-msvideo", ".webm": "video/webm",
    ".mkv": "video/x-matroska", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png", ".gif": "image/gif",
    ".webp": "image/webp", ".heic": "image/heic", ".heif": "image/heif", ".mp3": "audio/mpeg", ".wav": "audio/wav",
    ".m4a": "audio/mp4", ".aac": "audio/aac", ".flac": "audio/flac", ".ogg": "audio/ogg", ".oga": "audio/ogg",
    ".opus": "audio/ogg",
}  # fmt: skip
"""By suffix; Python's own table depends on the system and lacks half of them."""

# What the WHATWG form encoding escapes in a name: nothing else, non-ASCII goes as UTF-8
# (https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#multipart-form-data).
_ESCAPED = re.compile(r'[\x00-\x1f"\x7f]')


@dataclass(frozen=True, slots=True)
class FilePart:
    """A file to upload. ``name`` and ``mime`` are taken from the path when they are not given."""

    path: Path
    name: str | None = None
    mime: str | None = None

    def head(self, boundary: str) -> bytes:
        name = _ESCAPED.sub(lambda match: f"%{ord(match[0]):02X}", self.name or self.path.name)
        mime = self.mime or MIME_TYPES.get(Path(name).suffix.lower(), "application/octet-stream")
        disposition = f'Content-Disposition: form-data; name="files"; filename="{name}"'
        head = f"--{boundary}\r\n{disposition}\r\nContent-Type: {mime}\r\n\r\n"
        return head.encode("utf-8", errors="replace")


class FilesBody(httpx.AsyncByteStream):
    """The body of one upload request. It can be sent again: each iteration opens the files anew."""

    def __init__(self, parts: Sequence[tuple[FilePart, int]], on_bytes: OnBytes | None = None) -> None:
        """``parts``: each file with its size in bytes."""
        boundary = secrets.token_hex(16)
        self._parts = [(part, part.head(boundary), size) for part, size in parts]
        self._tail = f"--{boundary}--\r\n".encode()
        self._on_bytes = on_bytes or (lambda _: None)
        self.whole = False
        """Whether it was handed over to its last byte: before that no backend can have stored anything of it."""
        length = sum(len(head) + size + 2 for _, head, size in self._parts) + len(self._tail)
        self.headers = {"Content-Type": f"multipart/form-data; boundary={boundary}", "Content-Length": str(length)}

    @classmethod
    async def of(cls, files: Sequence[Path | FilePart], on_bytes: OnBytes | None = None) -> FilesBody:
        """Raises: BadInput, when there is no file, or one cannot be read."""
        if not files:
            raise BadInput("No file was given to upload.")
        parts = [file if isinstance(file, FilePart) else FilePart(file) for file in files]
        return cls(await run_sync(lambda: [(part, _size(part.path)) for part in parts]), on_bytes)

    async def __aiter__(self) -> AsyncIterator[bytes]:
        sent = 0
        self.whole = False
        self._on_bytes(0)
        for part, head, size in self._parts:
            yield head
            file = await run_sync(_open, part.path)
            try:
                left = size
                while left:
                    for chunk in await run_sync(_read, file, part.path, left):
                        left -= len(chunk)
                        yield chunk
                        sent += len(chunk)
                        self._on_bytes(sent)
            finally:
                # Nothing was written to it, so there is nothing to wait for.
                file.close()
            yield b"\r\n"
        self.whole = True
        yield self._tail


def _open(path: Path) -> BinaryIO:
    try:
        return path.open("rb", buffering=0)
    except OSError as error:
        raise _unreadable(path, error) from None


def _read(file: BinaryIO, path: Path, left: int) -> list[bytes]:
    """The next chunks of the ``left`` bytes that are still to be sent.

    Raises:
        BadInput: it cannot be read, or there are fewer.
    """
    chunks: list[bytes] = []
    try:
        while left and len(chunks) < _CHUNKS_AT_ONCE:
            chunk = file.read(min(_CHUNK, left))
            if not chunk:
                raise BadInput(f"{path.name} became shorter while it was being uploaded.", "Try again.")
            chunks.append(chunk)
            left -= len(chunk)
    except OSError as error:
        raise _unreadable(path, error) from None
    return chunks


def _size(path: Path) -> int:
    try:
        with path.open("rb") as file:
            return file.seek(0, 2)
    except OSError as error:
        raise _unreadable(path, error) from None


def _unreadable(path: Path, error: OSError) -> BadInput:
    return BadInput(f"{path.name} cannot be read: {error.strerror}.", "Check that the file exists and may be read.")
