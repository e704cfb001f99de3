"""An httpx transport that calls an ASGI application in this process and streams both ways.

httpx's own ``ASGITransport`` runs the whole call before it returns the response; here the response is returned when its
head has come, and its body is passed on chunk by chunk while the application is still at work. Request bodies are read
as the application asks for them.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, MutableMapping
from contextlib import suppress
from types import TracebackType
from typing import Any

import anyio
import httpx
from anyio.streams.memory import MemoryObjectReceiveStream, MemoryObjectSendStream

Message = MutableMapping[str, Any]
ASGIApp = Callable[
    [MutableMapping[str, Any], Callable[[], Awaitable[Message]], Callable[[Message], Awaitable[None]]], Awaitable[None]
]

CHUNKS_AHEAD = 8
"""How many body chunks the application may be ahead of the reader."""

TIDY_SECONDS = 1.0
"""How long the application may go on after the last chunk of its answer."""

_log = logging.getLogger(__name__)


class StreamingASGITransport(httpx.AsyncBaseTransport):
    """Calls ``app`` in this process.

    Each call runs in an asyncio task of its own, which belongs to its response: closing the response ends the call, as a
    closed connection would (a ``http.disconnect`` message, then cancellation). Plain tasks and not an anyio task group,
    because a group must be entered and left by the same task, and httpx lets anybody close a response. `aclose` ends all
    calls that are left; closing the client does that. It needs asyncio, as uvicorn does. httpx's timeouts do not apply.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._calls: set[_Call] = set()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """
        Raises:
            httpx.RemoteProtocolError: the application ended within the body (from the response's stream).
        """
        call = _Call(request)
        self._calls.add(call)
        try:
            status, headers = await call.start(self._app)
        except BaseException:
            self._calls.discard(call)
            await call.close()
            raise
        return httpx.Response(status, headers=headers, stream=_Body(call, self._calls.discard), request=request)

    async def aclose(self) -> None:
        calls, self._calls = self._calls, set()
        for call in calls:
            await call.close()

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None = None,
        exc_value: BaseException | None = None,
        traceback: TracebackType | None = None,
    ) -> None:
        await self.aclose()


class _Call:
    """One call of the application: its task, what it is given and what it gives."""

    def __init__(self, request: httpx.Request) -> None:
        assert isinstance(request.stream, httpx.AsyncByteStream)
        self._request = request
        self._sent = aiter(request.stream)
        self._gone = asyncio.Event()
        self._head: asyncio.Future[tuple[int, list[tuple[bytes, bytes]]]] = asyncio.get_running_loop().create_future()
        self._task: asyncio.Task[None] | None = None
        self._writer: MemoryObjectSendStream[bytes]
        self.body: MemoryObjectReceiveStream[bytes]
        self._writer, self.body = anyio.create_memory_object_stream[bytes](CHUNKS_AHEAD)
        self._body_read = False
        self.complete = False
        """Whether the application has said that the body is at its end."""

    async def start(self, app: ASGIApp) -> tuple[int, list[tuple[bytes, bytes]]]:
        """Begin the call; the status and the headers, as soon as there are any."""
        self._task = asyncio.create_task(self._run(app), name=f"asgi {self._request.method} {self._request.url.path}")
        return await asyncio.shield(self._head)

    async def close(self) -> None:
        """End the call: the application hears that the client is gone, and is cancelled where it does not leave."""
        self._gone.set()
        self.body.close()
        if self._task is None or self._task is asyncio.current_task():
            return
        if self.complete:
            # The answer is out: the application only tidies up, and may do so.
            await asyncio.wait([self._task], timeout=TIDY_SECONDS)
        self._task.cancel()
        # `wait` and not the task itself: how the call ended is of no interest to who closes it.
        await asyncio.wait([self._task])

    async def _run(self, app: ASGIApp) -> None:
        try:
            await app(self._scope(), self._receive, self._send)
            failed = None if self._head.done() else "The application gave no answer."
        except asyncio.CancelledError:
            failed = "The call was cancelled."
            raise
        except Exception as error:
            failed = f"The application failed: {type(error).__name__}."
            if not self.complete and not self._gone.is_set():
                _log.exception("The application failed in %s %s", self._request.method, self._request.url.path)
        finally:
            with suppress(Exception):
                await self._close_request()
            if not self._head.done():
                self._fail_head(failed or "")
            self._writer.close()

    def _fail_head(self, reason: str) -> None:
        if self._gone.is_set():
            self._head.cancel()
            return
        self._writer.send_nowait(reason.encode())
        self.complete = True
        self._head.set_result((500, [(b"content-type", b"text/plain; charset=utf-8")]))

    async def _close_request(self) -> None:
        closing = getattr(self._sent, "aclose", None)
        if closing is not None:
            await closing()

    def _scope(self) -> dict[str, Any]:
        url = self._request.url
        return {
            "type": "http",
            # 2.4: `send` raises OSError when the client is gone.
            "asgi": {"version": "3.0", "spec_version": "2.4"},
            "http_version": "1.1",
            "method": self._request.method,
            "scheme": url.scheme,
            "path": url.path,
            "raw_path": url.raw_path.split(b"?")[0],
            "query_string": url.query,
            "root_path": "",
            "headers": [(key.lower(), value) for key, value in self._request.headers.raw],
            "client": ("127.0.0.1", 0),
            "server": (url.host, url.port or (443 if url.scheme == "https" else 80)),
        }

    async def _receive(self) -> Message:
        if not self._body_read:
            async for chunk in self._sent:
                if chunk:
                    return {"type": "http.request", "body": bytes(chunk), "more_body": True}
            self._body_read = True
            return {"type": "http.request", "body": b"", "more_body": False}
        await self._gone.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            if not self._head.done():
                self._head.set_result((message["status"], list(message.get("headers", ()))))
        elif message["type"] == "http.response.body" and not self.complete:
            if chunk := message.get("body", b""):
                try:
                    await self._writer.send(bytes(chunk))
                except anyio.BrokenResourceError:
                    raise OSError("The client has closed the response.") from None
            if not message.get("more_body", False):
                self.complete = True
                self._writer.close()


class _Body(httpx.AsyncByteStream):
    def __init__(self, call: _Call, forget: Callable[[_Call], None]) -> None:
        self._call = call
        self._forget = forget

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for chunk in self._call.body:
            yield chunk
        if not self._call.complete:
            raise httpx.RemoteProtocolError("The application ended within its answer.")

    async def aclose(self) -> None:
        self._forget(self._call)
        await self._call.close()
