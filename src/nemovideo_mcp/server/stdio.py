"""The server over stdio. A line that is no message is answered too: a host that waits for its answer must not wait for ever."""

from __future__ import annotations

import json
import re
from typing import Any

import anyio
from mcp.server.mcpserver import MCPServer
from mcp.server.stdio import stdio_server
from mcp.shared._stream_protocols import ReadStream, WriteStream
from mcp.shared.message import SessionMessage
from mcp_types import INVALID_REQUEST, PARSE_ERROR, ErrorData, JSONRPCError
from pydantic import ValidationError

_ID = re.compile(
    r'\s*\{(?:(?!"(?:params|result|error)")[^{}\[\]]){0,200}?"id"\s*:\s*(0|-?[1-9]\d{0,17}|"[^"\\\x00-\x1f]{0,200}")\s*[,}]'
)
"""The id of a message that cannot be parsed, where it stands before anything that could hold another one."""


async def run_stdio(server: MCPServer[None]) -> None:
    """Serve until stdin ends."""
    async with stdio_server() as (read, write):
        # The SDK's own run_stdio_async passes over what it cannot read, in silence.
        low = server._lowlevel_server
        await low.run(_Answered(read, write), write, low.create_initialization_options())


class _Answered:
    """A stream of messages without those that are none: these are answered with what is wrong with them."""

    def __init__(self, read: ReadStream[SessionMessage | Exception], write: WriteStream[SessionMessage]) -> None:
        self._read = read
        self._write = write

    @property
    def last_context(self) -> Any:
        return getattr(self._read, "last_context", None)

    async def receive(self) -> SessionMessage | Exception:
        while True:
            item = await self._read.receive()
            if not isinstance(item, Exception):
                return item
            answer = _refusal(item)
            if answer is not None:
                await self._write.send(SessionMessage(answer))

    async def aclose(self) -> None:
        await self._read.aclose()

    def __aiter__(self) -> _Answered:
        return self

    async def __anext__(self) -> SessionMessage | Exception:
        try:
            return await self.receive()
        except anyio.EndOfStream:
            raise StopAsyncIteration from None

    async def __aenter__(self) -> _Answered:
        return self

    async def __aexit__(self, *exc: Any) -> None:
        await self.aclose()


def _refusal(problem: Exception) -> JSONRPCError | None:
    """The error that answers a line; None where none is due: an empty line, a notification or answer that is malformed."""
    inputs = [error["input"] for error in problem.errors()] if isinstance(problem, ValidationError) else []
    message = next((part for part in inputs if isinstance(part, dict) and "jsonrpc" in part), None)
    if message is None:
        text = next((part for part in inputs if isinstance(part, str)), None)
        if text is not None and not text.strip():
            return None
        message = {} if text is None else _lenient(text)
        if message is None:
            found = _ID.match(text or "")
            return _error(json.loads(found[1]) if found else None, PARSE_ERROR, "The line is not JSON.")
    if "id" not in message and "method" in message:
        return None
    if "method" not in message and ("result" in message or "error" in message):
        return None
    id = message.get("id")
    known = id if isinstance(id, (int, str)) and not isinstance(id, bool) else None
    return _error(known, INVALID_REQUEST, "The message is not one of JSON-RPC 2.0.")


def _lenient(text: str) -> dict[str, Any] | None:
    """What Python reads of JSON that has half characters in it, which cannot be sent on."""
    try:
        read = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return read if isinstance(read, dict) else {}


def _error(id: int | str | None, code: int, words: str) -> JSONRPCError:
    if isinstance(id, str) and id.encode(errors="ignore").decode() != id:
        id = None  # half a character could not be written
    return JSONRPCError(jsonrpc="2.0", id=id, error=ErrorData(code=code, message=words))
