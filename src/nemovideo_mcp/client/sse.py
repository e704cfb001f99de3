"""From the bytes of a stream to events. Pure, and bounded before anything is decoded."""

from __future__ import annotations

import re
from collections.abc import Iterator

import httpx
from httpx_sse import EventSource

from nemovideo_mcp.api.events import Event, Heartbeat, UnknownEvent, decode

MAX_EVENT_BYTES = 8 * 1024 * 1024
"""The largest event that is taken, in bytes."""

_HEARTBEAT_BYTES = 256
"""No heartbeat is longer, so an unfinished event that is longer is an answer on its way."""
_LINE_END = re.compile(rb"\r\n|\n|\r")
_HEADERS = {"content-type": "text/event-stream; charset=utf-8"}


class EventTooLarge(Exception):
    """One event is larger than the bound."""


class Framer:
    """Cuts a stream into the blocks of its events, at any chunking.

    httpx-sse decodes what is in a block but drops comments, has no bound and lets one bad byte pass for text, so the cutting
    is done here, on bytes (https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream).
    """

    def __init__(self, max_event_bytes: int = MAX_EVENT_BYTES) -> None:
        self._max = max_event_bytes
        self._lines: list[bytes] = []
        self._size = 0
        self._line = bytearray()
        self._after_cr = False
        self._first = True

    def feed(self, data: bytes) -> Iterator[Event]:
        """The events that these bytes complete. A comment line is a heartbeat.

        Raises:
            EventTooLarge: after the events before it.
        """
        if self._after_cr:
            # The second half of a line end that was cut in two.
            data, self._after_cr = data.removeprefix(b"\n"), not data
        if not data:
            return
        self._after_cr = data.endswith(b"\r")
        *complete, rest = _LINE_END.split(data)
        for piece in complete:
            self._line += piece
            yield from self._take(bytes(self._line))
            self._line.clear()
        self._line += rest
        self._check()

    def end(self) -> Iterator[Event]:
        """What the closed stream left without its blank line; an unknown event there was cut off."""
        if self._line:
            self._lines.append(bytes(self._line))
            self._line.clear()
        yield from self._block()

    @property
    def midway(self) -> bool:
        """Whether an event that cannot be a heartbeat is still coming in."""
        return self._size + len(self._line) > _HEARTBEAT_BYTES

    def _take(self, line: bytes) -> Iterator[Event]:
        if self._first:
            self._first = False
            line = line.removeprefix(b"\xef\xbb\xbf")
        if not line:
            yield from self._block()
        elif line.startswith(b":"):
            yield Heartbeat()
        else:
            self._lines.append(line)
            self._size += len(line) + 1
            self._check()

    def _check(self) -> None:
        if self._size + len(self._line) > self._max:
            raise EventTooLarge

    def _block(self) -> Iterator[Event]:
        lines, self._lines, self._size = self._lines, [], 0
        if lines:
            yield from _events(b"\n".join(lines) + b"\n\n")


def _events(block: bytes) -> Iterator[Event]:
    try:
        block.decode("utf-8")
    except UnicodeDecodeError:
        yield UnknownEvent(block.decode("utf-8", errors="replace"))
        return
    # Its decoder classes are private; this is the public door to them (31 µs an event).
    for sse in EventSource(httpx.Response(200, headers=_HEADERS, content=block)).iter_sse():
        yield from decode(sse.event, sse.data)
