"""A server of one file on a real socket, which hangs up where it is told to and knows ranges as well or as badly as told."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

FILM = bytes(range(251)) * 12_000
"""3 MB in which every place looks different from those around it."""


@dataclass
class FilmHost:
    """``cuts``: after how many bytes of the body each of the next answers breaks off. ``answers``: sent before the film's.

    ``heeds_if_range`` and ``ranges`` are what the server is capable of; ``lies`` are headers that win over the right ones.
    """

    content: bytes = FILM
    etag: str | None = '"v1"'
    modified: str | None = None
    ranges: bool = True
    heeds_if_range: bool = True
    lies: dict[str, str] = field(default_factory=dict)
    cuts: list[int] = field(default_factory=list)
    answers: list[bytes] = field(default_factory=list)
    asked: list[dict[str, str]] = field(default_factory=list)
    url: str = ""

    @property
    def begins(self) -> list[str | None]:
        """Which range each request asked for."""
        return [headers.get("range") for headers in self.asked]

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[FilmHost]:
        server = await asyncio.start_server(self._handle, "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        try:
            yield self
        finally:
            server.close()

    async def _handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                lines = head.decode().split("\r\n")
                pairs = (line.partition(": ") for line in lines[1:] if line)
                headers = {name.lower(): value for name, _, value in pairs}
                self.asked.append({**headers, "path": lines[0].split()[1]})
                answer, whole = self._answer(headers)
                writer.write(answer)
                await writer.drain()
                if not whole:
                    break
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    def _answer(self, asked: dict[str, str]) -> tuple[bytes, bool]:
        if self.answers:
            return self.answers.pop(0), True
        status, begin, size = "200 OK", 0, len(self.content)
        headers = {"Content-Type": "video/mp4"}
        if self.etag:
            headers["ETag"] = self.etag
        if self.modified:
            headers["Last-Modified"] = self.modified
        if "range" in asked and self.ranges and self._still(asked.get("if-range")):
            begin = int(asked["range"].removeprefix("bytes=").removesuffix("-"))
            if begin >= size:
                return f"HTTP/1.1 416 No\r\nContent-Range: bytes */{size}\r\nContent-Length: 0\r\n\r\n".encode(), True
            status, headers["Content-Range"] = "206 Partial Content", f"bytes {begin}-{size - 1}/{size}"
        body = self.content[begin:]
        headers = {**headers, "Content-Length": str(len(body)), **self.lies}
        head = "".join(f"{name}: {value}\r\n" for name, value in headers.items() if value)
        cut = self.cuts.pop(0) if self.cuts else len(body)
        return f"HTTP/1.1 {status}\r\n{head}\r\n".encode() + body[:cut], cut >= len(body)

    def _still(self, if_range: str | None) -> bool:
        return if_range is None or not self.heeds_if_range or if_range in (self.etag, self.modified)
