"""What the SDK has no public way to yet. It reaches into mcp 2.3, so `pyproject.toml` keeps mcp below the next minor version."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import anyio
from mcp.server.context import ServerRequestContext
from mcp.server.mcpserver import MCPServer
from mcp_types import EmptyResult, SubscribeRequestParams, UnsubscribeRequestParams

if TYPE_CHECKING:
    from mcp.server.connection import Connection
    from mcp.shared.dispatcher import Outbound

PATIENCE_SECONDS = 2.0
"""How long a host may take to accept a notification; one that has stopped reading must not hold up a job."""


def connection_of(ctx: ServerRequestContext[Any, Any]) -> Connection:
    """The connection that a request came over; in the newest protocol over HTTP each request has its own."""
    return ctx.session._connection


def channel_of(ctx: ServerRequestContext[Any, Any]) -> Outbound | None:
    """What a host's requests and notifications have in common; None where nothing ties them together (2026-07-28 over HTTP)."""
    connection = connection_of(ctx)
    return connection.outbound if connection.has_standalone_channel else None


class Subscriptions:
    """`resources/subscribe` and `resources/unsubscribe` for hosts of the protocols before 2026-07-28.

    Newer hosts open `subscriptions/listen`, which the SDK serves.
    """

    def __init__(self, server: MCPServer[Any]) -> None:
        self._wanted: dict[Connection, set[str]] = {}
        low = server._lowlevel_server
        low.add_request_handler("resources/subscribe", SubscribeRequestParams, self._subscribe)
        low.add_request_handler("resources/unsubscribe", UnsubscribeRequestParams, self._unsubscribe)

    async def _subscribe(self, ctx: ServerRequestContext[Any, Any], params: SubscribeRequestParams) -> EmptyResult:
        connection = connection_of(ctx)
        if connection not in self._wanted:
            self._wanted[connection] = set()
            connection.exit_stack.callback(self._wanted.pop, connection, None)
        self._wanted[connection].add(str(params.uri))
        return EmptyResult()

    async def _unsubscribe(self, ctx: ServerRequestContext[Any, Any], params: UnsubscribeRequestParams) -> EmptyResult:
        self._wanted.get(connection_of(ctx), set()).discard(str(params.uri))
        return EmptyResult()

    async def updated(self, uri: str) -> None:
        """Tell everybody who subscribed to a resource that it has changed."""
        for connection in [c for c, uris in self._wanted.items() if uri in uris]:
            with anyio.move_on_after(PATIENCE_SECONDS):
                await connection.send_resource_updated(uri)
