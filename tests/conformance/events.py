"""What a stream has carried, kept in memory so that a client may come back for the rest."""

from __future__ import annotations

from mcp.server.streamable_http import EventCallback, EventId, EventMessage, EventStore, StreamId
from mcp_types import JSONRPCMessage


class Events(EventStore):
    def __init__(self) -> None:
        self._sent: list[tuple[StreamId, JSONRPCMessage | None]] = []

    async def store_event(self, stream_id: StreamId, message: JSONRPCMessage | None) -> EventId:
        self._sent.append((stream_id, message))
        return str(len(self._sent))

    async def replay_events_after(self, last_event_id: EventId, send_callback: EventCallback) -> StreamId | None:
        number = int(last_event_id)
        if not 0 < number <= len(self._sent):
            return None
        stream = self._sent[number - 1][0]
        for id, (other, message) in enumerate(self._sent[number:], number + 1):
            if other == stream and message is not None:
                await send_callback(EventMessage(message, str(id)))
        return stream
