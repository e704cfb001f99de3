"""A proxy of our own between the client and a backend. It knows the API's calls, and breaks the ones it is told to.

Every call has a connection of its own on both sides, so that what one fault does to a line hurts that call and no other.
What the faults are is in `support.faults`.
"""

from __future__ import annotations

import asyncio
import contextlib
import re
import socket
import ssl
import struct
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Protocol
from urllib.parse import urlsplit

import anyio
import h11

from nemovideo_mcp.client.calls import CALLS, OUTPUT

_ROUTES = [
    (call.name, call.method, re.compile(re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(call.route)) + "$"))
    for call in CALLS
    if call is not OUTPUT
]
_BLOCK = 65536
TLS_HELLO = b"\x16"
"""How a client begins that speaks TLS."""
SETTLE_SECONDS = 0.02
"""Bytes that were sent get this long to be read before a connection is reset, which throws away what was not."""


def call_named(method: str, path: str) -> str:
    """The name of the call, as the client's table has it; what is no call of the API is a film's own address."""
    path = path.partition("?")[0]
    return next((name for name, verb, route in _ROUTES if verb == method and route.fullmatch(path)), OUTPUT.name)


class Fault(Protocol):
    """What happens to an exchange instead of its being passed on."""

    async def strike(self, exchange: Exchange) -> None: ...


@dataclass(frozen=True)
class Strike:
    """A fault, and the calls that it strikes: from the ``nth`` (from 1) of that name on, ``times`` of them."""

    call: str
    fault: Fault
    nth: int = 1
    times: int = 1


@dataclass
class Answer:
    """A backend's answer, its framing taken off."""

    status: int
    reason: str
    headers: list[tuple[str, str]]
    body: AsyncIterator[bytes]

    def header(self, name: str) -> str:
        return next((value for key, value in self.headers if key == name), "")


@dataclass
class Exchange:
    """One request, and the line on which it came."""

    proxy: Proxy
    method: str
    target: str
    headers: list[tuple[str, str]]
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    call: str
    number: int
    _body: bytes | None = None

    async def body(self) -> bytes:
        """All of the request's body; it is read when it is first asked for."""
        if self._body is None:
            length = next((int(value) for name, value in self.headers if name == "content-length"), 0)
            self._body = await self.reader.readexactly(length)
        return self._body

    @asynccontextmanager
    async def forwarded(self) -> AsyncIterator[Answer]:
        """The backend's answer to this request, as it comes in."""
        body = await self.body()
        self.proxy.arrived[self.call] += 1
        reader, writer = await asyncio.open_connection(*self.proxy.upstream)
        try:
            kept = [(n, v) for n, v in self.headers if n not in ("connection", "host")]
            lines = [("host", "{}:{}".format(*self.proxy.upstream)), *kept, ("connection", "close")]
            head = "".join(f"{name}: {value}\r\n" for name, value in lines)
            writer.write(f"{self.method} {self.target} HTTP/1.1\r\n{head}\r\n".encode() + body)
            await writer.drain()
            yield await _answer(self.method, reader)
        finally:
            writer.close()
            with contextlib.suppress(OSError):
                await writer.wait_closed()

    async def pass_on(self) -> None:
        """What a proxy is for."""
        async with self.forwarded() as answer:
            await self.head(answer.status, answer.headers, answer.reason)
            async for block in answer.body:
                await self.send(block, answer)
            await self.finish(answer)

    async def head(self, status: int, headers: Sequence[tuple[str, str]], reason: str = "") -> None:
        """Status and headers; a body without a length goes in chunks, so that its end can be told from a break."""
        sized = any(name == "content-length" for name, _ in headers)
        lines = [*headers, ("connection", "close"), *([] if sized else [("transfer-encoding", "chunked")])]
        text = "".join(f"{name}: {value}\r\n" for name, value in lines)
        self.writer.write(f"HTTP/1.1 {status} {reason or 'Said'}\r\n{text}\r\n".encode())
        await self.writer.drain()

    async def send(self, data: bytes, answer: Answer) -> None:
        """Some of a body, framed as `head` promised."""
        if data:
            framed = data if answer.header("content-length") else b"%x\r\n%b\r\n" % (len(data), data)
            self.writer.write(framed)
            await self.writer.drain()

    async def finish(self, answer: Answer) -> None:
        if not answer.header("content-length"):
            self.writer.write(b"0\r\n\r\n")
            await self.writer.drain()

    async def reset(self) -> None:
        """End the connection with a reset instead of a farewell."""
        await anyio.sleep(SETTLE_SECONDS)
        line: socket.socket | None = self.writer.get_extra_info("socket")
        if line is not None and not self.proxy.tls:
            line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.writer.transport.abort()

    async def client_gone(self) -> None:
        """Wait until the client hangs up."""
        with contextlib.suppress(OSError):
            while await self.reader.read(_BLOCK):
                pass


@dataclass
class Proxy:
    """``out`` counts the requests that the client sent, ``arrived`` those of them that were passed on; by call name.

    ``struck`` is set when the first fault strikes, ``gate`` is what a fault may wait for.
    """

    upstream: tuple[str, int]
    tls: ssl.SSLContext | None = None
    strikes: Sequence[Strike] = ()
    out: Counter[str] = field(default_factory=Counter)
    arrived: Counter[str] = field(default_factory=Counter)
    struck: anyio.Event = field(default_factory=anyio.Event)
    gate: anyio.Event = field(default_factory=anyio.Event)
    _server: asyncio.Server | None = None
    _lines: set[asyncio.Task[None]] = field(default_factory=set)

    def arm(self, strikes: Sequence[Strike]) -> None:
        """Break these calls from now on; counting starts anew."""
        self.strikes = strikes
        self.out.clear()
        self.arrived.clear()

    def hang_up(self) -> None:
        """Take no connection any more; those that are open go on."""
        assert self._server is not None
        self._server.close()

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[str]:
        self._server = await asyncio.start_server(self._line, "127.0.0.1", 0, ssl=self.tls)
        port = self._server.sockets[0].getsockname()[1]
        try:
            yield f"{'https' if self.tls else 'http'}://127.0.0.1:{port}"
        finally:
            self._server.close()
            for line in self._lines:
                line.cancel()
            await asyncio.gather(*self._lines, return_exceptions=True)

    async def _line(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._lines.add(task)
        try:
            await self._exchange(reader, writer)
        except (OSError, asyncio.IncompleteReadError, h11.RemoteProtocolError):
            pass  # one of both ends is gone, which is what this is about
        except asyncio.CancelledError:
            writer.transport.abort()
        finally:
            self._lines.discard(task)
            writer.close()

    async def _exchange(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readexactly(1)
        if head == TLS_HELLO:
            writer.write(b"HTTP/1.1 400 This is not TLS\r\nconnection: close\r\n\r\n")
            return
        head += await reader.readuntil(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        method, target, _ = first.split(" ", 2)
        headers = [(name.strip().lower(), value.strip()) for name, _, value in (x.partition(":") for x in lines if x)]
        call = call_named(method, target)
        self.out[call] += 1
        exchange = Exchange(self, method, target, headers, reader, writer, call, self.out[call])
        for strike in self.strikes:
            if strike.call == call and 0 <= exchange.number - strike.nth < strike.times:
                await strike.fault.strike(exchange)
                self.struck.set()
                return
        await exchange.pass_on()


async def _answer(method: str, reader: asyncio.StreamReader) -> Answer:
    """The head of an answer, and its body unframed."""
    parser = h11.Connection(h11.CLIENT)
    # Only a parser that has seen the request knows how its answer is framed.
    parser.send(h11.Request(method=method, target="/", headers=[("host", "backend"), ("connection", "close")]))
    parser.send(h11.EndOfMessage())

    async def following() -> h11.Event | type[h11.PAUSED]:
        while True:
            event = parser.next_event()
            if event is not h11.NEED_DATA:
                return event  # type: ignore[return-value]
            parser.receive_data(await reader.read(_BLOCK))

    head = await following()
    while isinstance(head, h11.InformationalResponse):
        head = await following()
    assert isinstance(head, h11.Response)

    async def body() -> AsyncIterator[bytes]:
        while isinstance(event := await following(), h11.Data):
            yield bytes(event.data)

    hop = ("connection", "transfer-encoding", "keep-alive")
    headers = [(name.decode(), value.decode()) for name, value in head.headers if name.decode() not in hop]
    return Answer(head.status_code, head.reason.decode(), headers, body())


@asynccontextmanager
async def proxied(url: str, tls: ssl.SSLContext | None = None) -> AsyncIterator[tuple[str, Proxy]]:
    """A proxy before the backend at ``url``, and its own address."""
    parts = urlsplit(url)
    proxy = Proxy((parts.hostname or "127.0.0.1", parts.port or 80), tls)
    async with proxy.listening() as address:
        yield address, proxy
