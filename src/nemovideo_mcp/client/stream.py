"""The chat stream: events as they come, clocks of its own, and the closing of the connection."""

from __future__ import annotations

from collections import deque
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

import anyio
import httpx
from pydantic import SecretStr

from nemovideo_mcp.api.errors import BackendFault, BadAnswer, Interrupted, NemoError, Unreachable
from nemovideo_mcp.api.events import ErrorEvent, Event, Heartbeat, Reply, UnknownEvent, fold
from nemovideo_mcp.client.calls import CHAT
from nemovideo_mcp.client.errors import masked, translated
from nemovideo_mcp.client.sse import MAX_EVENT_BYTES, EventTooLarge, Framer
from nemovideo_mcp.client.wire import Wire, payload_of


@dataclass(frozen=True, slots=True)
class ChatClocks:
    """The longest that a chat may take in all, and with nothing at all or nothing but heartbeats; in seconds."""

    total_seconds: float = 900.0
    silence_seconds: float = 600.0


class ChatStream:
    """The answer to one chat message: ``async with`` opens and closes it, ``async for`` yields its events once.

    ``reply`` is the fold of the events that were yielded, also after an error. The message is sent once, on entering.

    Raises:
        Interrupted: sent, but the answer broke off, fell silent, took too long or grew too large.
        BadAnswer, BackendFault: the answer was no stream; ``uncertain`` is set, for a gateway may have said it.
        ApiError: the backend refused the message, or reported a failure inside the stream.
        Unreachable: there was no connection; nothing was sent.
    """

    def __init__(
        self, wire: Wire, message: dict[str, Any], clocks: ChatClocks, max_event_bytes: int = MAX_EVENT_BYTES
    ) -> None:
        self.reply = Reply()
        self._wire = wire
        self._message = message
        self._clocks = clocks
        self._framer = Framer(max_event_bytes)
        self._ready: deque[Event] = deque()
        self._failure: NemoError | None = None
        self._ended = False
        self._token: SecretStr | None = None
        self._stack = AsyncExitStack()
        self._bytes: AsyncIterator[bytes] | None = None

    async def __aenter__(self) -> Self:
        self._deadline = anyio.current_time() + self._clocks.total_seconds
        self._silence_left = self._clocks.silence_seconds
        with anyio.move_on_after(self._patience()) as clock:
            self._stack, response = await self._wire.perform(CHAT, self._send)
            self._bytes = response.aiter_bytes()
        if clock.cancelled_caught:
            await self._stack.aclose()
            raise self._timeout()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended = True
        await self._stack.__aexit__(kind, error, trace)

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> Event:
        while not self._ready:
            if self._failure is not None:
                failure, self._failure = self._failure, None
                raise failure
            if self._ended:
                raise StopAsyncIteration
            await self._receive()
        event = self._ready.popleft()
        self.reply = fold(self.reply, event)
        if isinstance(event, ErrorEvent):
            self._end()
            self._ready.clear()
            raise masked(event.error, self._token.get_secret_value() if self._token else None)
        return event

    async def _send(self, token: SecretStr | None, attempt: int) -> tuple[AsyncExitStack, httpx.Response]:
        headers = {"Accept": "text/event-stream", "Cache-Control": "no-store", "Accept-Encoding": "identity"}
        url = self._wire.url(CHAT.path())
        async with AsyncExitStack() as stack:
            sent = self._wire.exchange(CHAT, url, token, attempt, json=self._message, headers=headers)
            try:
                response = await stack.enter_async_context(sent)
                if not _is_stream(response):
                    await _explain(response)
            except Unreachable as error:
                failure: NemoError = Interrupted(str(error)) if error.uncertain else error
            except (BackendFault, BadAnswer) as error:
                error.uncertain = True
                failure = error
            else:
                self._token = token
                return stack.pop_all(), response
            raise failure
        raise AssertionError("unreachable")

    async def _receive(self) -> None:
        """Wait for bytes, for as long as the clocks allow, and decode them."""
        assert self._bytes is not None, "a chat stream is used inside its own async with"
        began = anyio.current_time()
        data: bytes | None = None
        try:
            with anyio.move_on_after(self._patience()) as clock, translated():
                data = await anext(self._bytes, None)
        except NemoError as error:
            self._end(Interrupted(str(error)))
            return
        if clock.cancelled_caught:
            self._end(self._timeout())
            return
        # Only the waiting counts: a slow reader of the events is no silence of the backend.
        self._silence_left -= anyio.current_time() - began
        self._decode(data)

    def _decode(self, data: bytes | None) -> None:
        try:
            for event in self._framer.feed(data) if data is not None else self._framer.end():
                if data is None and isinstance(event, UnknownEvent):
                    self._end(Interrupted("The answer broke off inside an event."))
                    return
                self._ready.append(event)
                if not isinstance(event, Heartbeat):
                    self._silence_left = self._clocks.silence_seconds
        except EventTooLarge:
            self._end(Interrupted("The backend sent an event that is too large to be one."))
            return
        if data is None:
            self._end()
        elif self._framer.midway:
            self._silence_left = self._clocks.silence_seconds

    def _end(self, failure: NemoError | None = None) -> None:
        """No more bytes are read; a failure is raised once the events before it were yielded."""
        self._ended = True
        self._failure = failure

    def _patience(self) -> float:
        return max(0.0, min(self._silence_left, self._deadline - anyio.current_time()))

    def _timeout(self) -> Interrupted:
        if anyio.current_time() >= self._deadline:
            return Interrupted(f"The answer took longer than {_duration(self._clocks.total_seconds)}.")
        silence = _duration(self._clocks.silence_seconds)
        return Interrupted(f"The backend sent nothing but heartbeats, or nothing at all, for {silence}.")


def _is_stream(response: httpx.Response) -> bool:
    kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    return response.is_success and kind == "text/event-stream"


async def _explain(response: httpx.Response) -> None:
    """Raise what an answer that is no stream says."""
    await payload_of(response)
    raise BadAnswer("The backend answered the message with something that is not a stream of events.")


def _duration(seconds: float) -> str:
    return f"{seconds / 60:g} minutes" if seconds >= 120 else f"{seconds:g} seconds"
