"""The faults that a network and a backend can have, for `support.proxy`: small values, so that a table can name them."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import anyio

from support.proxy import Exchange

End = Literal["reset", "closed", "finished"]
"""How a connection ends: with a reset, with a farewell in mid-answer, or as if all had been said."""

Where = Callable[[bytes], int | None]
"""Looks at what an answer has brought so far and says after how many bytes to break it, or None: not yet."""


def after(count: int) -> Where:
    """After so many bytes of the body."""
    return lambda seen: count if len(seen) >= count else None


def inside(marker: bytes, deep: int = 0) -> Where:
    """``deep`` bytes into the marker."""
    return lambda seen: seen.index(marker) + deep if marker in seen else None


def past(marker: bytes) -> Where:
    """At the end of the event that holds the marker."""

    def look(seen: bytes) -> int | None:
        at = seen.find(marker)
        end = seen.find(b"\n\n", at) if at >= 0 else -1
        return end + 2 if end >= 0 else None

    return look


@dataclass(frozen=True)
class Drop:
    """The connection breaks without an answer: before the backend saw the request, or when it had done its work."""

    end: Literal["reset", "closed"] = "reset"
    delivered: bool = False

    async def strike(self, exchange: Exchange) -> None:
        await exchange.body()
        if self.delivered:
            async with exchange.forwarded() as answer:
                async for _ in answer.body:
                    pass
        if self.end == "reset":
            await exchange.reset()


@dataclass(frozen=True)
class DropUpload:
    """The connection breaks while the request's body is on its way."""

    after_bytes: int = 200

    async def strike(self, exchange: Exchange) -> None:
        await exchange.reader.readexactly(self.after_bytes)
        await exchange.reset()


@dataclass(frozen=True)
class Mute:
    """A half-open connection: the request is taken, and nothing comes back for as long as the client waits."""

    delivered: bool = False

    async def strike(self, exchange: Exchange) -> None:
        await exchange.body()
        if self.delivered:
            async with exchange.forwarded() as answer:
                async for _ in answer.body:
                    pass
        exchange.proxy.struck.set()
        await exchange.client_gone()


@dataclass(frozen=True)
class Say:
    """An answer in the backend's place."""

    status: int = 200
    body: bytes = b""
    kind: str = "application/json"
    headers: tuple[tuple[str, str], ...] = ()

    async def strike(self, exchange: Exchange) -> None:
        await exchange.body()
        length = ("content-length", str(len(self.body)))
        await exchange.head(self.status, [("content-type", self.kind), length, *self.headers])
        exchange.writer.write(self.body)
        await exchange.writer.drain()


def code(number: int, message: str = "", *, status: int = 200, retry_after: int | None = None) -> Say:
    """An envelope that says no."""
    headers = (("retry-after", str(retry_after)),) if retry_after is not None else ()
    return Say(status, json.dumps({"code": number, "message": message, "data": None}).encode(), headers=headers)


PAGE = Say(502, b"<html><body>Bad gateway</body></html>", "text/html")
"""What a gateway says when there is nothing behind it."""
LOGIN_PAGE = Say(200, b"<html><body>Welcome to the hotel</body></html>", "text/html; charset=utf-8")
"""What a captive portal says to everything."""


@dataclass(frozen=True)
class Cut:
    """The backend's answer breaks off at a place in its body."""

    where: Where
    end: End = "reset"

    async def strike(self, exchange: Exchange) -> None:
        async with exchange.forwarded() as answer:
            await exchange.head(answer.status, answer.headers, answer.reason)
            seen = b""
            async for block in answer.body:
                sent, seen = len(seen), seen + block
                at = self.where(seen)
                await exchange.send(seen[sent:at], answer)
                if at is not None:
                    break
            if self.end == "reset":
                await exchange.reset()
            elif self.end == "finished":
                await exchange.finish(answer)


@dataclass(frozen=True)
class Hold:
    """The answer stops at a place in its body, until the client is gone or the proxy's gate opens. ``where`` None: at once."""

    where: Where | None = None

    async def strike(self, exchange: Exchange) -> None:
        async with exchange.forwarded() as answer:
            seen = b""
            if self.where is not None:
                await exchange.head(answer.status, answer.headers, answer.reason)
                async for block in answer.body:
                    sent, seen = len(seen), seen + block
                    at = self.where(seen)
                    await exchange.send(seen[sent:at], answer)
                    if at is not None:
                        break
            exchange.proxy.struck.set()
            async with anyio.create_task_group() as tasks:

                async def gone() -> None:
                    await exchange.client_gone()
                    tasks.cancel_scope.cancel()

                tasks.start_soon(gone)
                await exchange.proxy.gate.wait()
                tasks.cancel_scope.cancel()


@dataclass(frozen=True)
class Slow:
    """The answer comes late (``wait`` seconds before its head), in pieces of ``size`` bytes with ``pause`` between them."""

    wait: float = 0.0
    size: int = 65536
    pause: float = 0.0

    async def strike(self, exchange: Exchange) -> None:
        async with exchange.forwarded() as answer:
            await anyio.sleep(self.wait)
            await exchange.head(answer.status, answer.headers, answer.reason)
            async for block in answer.body:
                for start in range(0, len(block), self.size):
                    await exchange.send(block[start : start + self.size], answer)
                    await anyio.sleep(self.pause)
            await exchange.finish(answer)


@dataclass(frozen=True)
class Retell:
    """The backend's answer with other or without some headers, and with something before or in the place of its body."""

    headers: tuple[tuple[str, str], ...] = ()
    without: tuple[str, ...] = ()
    before: bytes = b""
    body: bytes | None = None

    async def strike(self, exchange: Exchange) -> None:
        async with exchange.forwarded() as answer:
            named = {*self.without, *(name for name, _ in self.headers)}
            answer.headers = [*((n, v) for n, v in answer.headers if n not in named), *self.headers]
            await exchange.head(answer.status, answer.headers, answer.reason)
            await exchange.send(self.before, answer)
            async for block in answer.body:
                if self.body is None:
                    await exchange.send(block, answer)
            await exchange.send(self.body or b"", answer)
            await exchange.finish(answer)


@dataclass(frozen=True)
class HangUp:
    """This call is answered; after it nobody listens at the address any more."""

    async def strike(self, exchange: Exchange) -> None:
        exchange.proxy.hang_up()
        await exchange.pass_on()
