"""The chat stream's events, decoded from every form that is known, and folded into a reply. Both are pure."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from nemovideo_mcp.api.errors import ApiError, error_for

_CODE = re.compile(r"-?[0-9]{1,9}")
NOISE = ("i encountered a temporary issue", "encountered a temporary issue")
"""How the backend's closing apology begins: after a normal answer it means nothing."""


@dataclass(frozen=True, slots=True)
class TextEvent:
    """Words for the user. ``partial`` ones are repeated by the whole text that follows them."""

    text: str
    partial: bool = False


@dataclass(frozen=True, slots=True)
class ToolCall:
    """The backend's agent calls one of its own functions."""

    name: str
    args: Mapping[str, Any] = field(default_factory=dict)
    id: str | None = None


@dataclass(frozen=True, slots=True)
class ToolResult:
    name: str
    result: Any = None
    id: str | None = None


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """The backend is alive and at work."""


@dataclass(frozen=True, slots=True)
class ErrorEvent:
    """A failure inside the stream, already as the error to raise."""

    error: ApiError


@dataclass(frozen=True, slots=True)
class UnknownEvent:
    """Something that we do not understand: kept, counted, never fatal."""

    raw: str


Event = TextEvent | ToolCall | ToolResult | Heartbeat | ErrorEvent | UnknownEvent


def decode(name: str, data: str) -> tuple[Event, ...]:
    """The events in one server-sent event: ``name`` is its ``event`` field, ``data`` its data lines joined.

    One ADK event can hold text and function calls, hence a tuple; it is never empty.
    """
    if name == "heartbeat" or not data.strip():
        return (Heartbeat(),)
    try:
        raw = json.loads(data)
    except (ValueError, RecursionError):
        return (UnknownEvent(data),)
    if not isinstance(raw, dict):
        return (UnknownEvent(data),)
    return tuple(_read(raw, name)) or (UnknownEvent(data),)


def _read(raw: dict[str, Any], name: str) -> Iterator[Event]:
    if (failure := _failure(raw, name)) is not None:
        yield ErrorEvent(failure)
        return
    kind = raw.get("type")
    content = raw.get("content")
    if isinstance(content, dict):
        yield from _parts(content, partial=raw.get("partial") is True)
    elif kind == "text" or (kind is None and isinstance(raw.get("text"), str)):
        text = content if isinstance(content, str) else raw.get("text")
        if isinstance(text, str):
            yield TextEvent(text, partial=raw.get("partial") is True)
    elif kind == "tool_call":
        yield ToolCall(str(raw.get("name", "")), _mapping(raw.get("args")), _id(raw))
    elif kind == "tool_result":
        yield ToolResult(str(raw.get("name", "")), raw.get("result"), _id(raw))
    elif kind == "heartbeat":
        yield Heartbeat()


def _parts(content: Mapping[str, Any], *, partial: bool) -> Iterator[Event]:
    parts = content.get("parts")
    for part in parts if isinstance(parts, list) else ():
        if not isinstance(part, dict):
            continue
        # ADK's "thought" parts are the model talking to itself.
        if isinstance(part.get("text"), str) and part["text"] and not part.get("thought"):
            yield TextEvent(part["text"], partial)
        call = part.get("functionCall") or part.get("function_call")
        if isinstance(call, dict):
            yield ToolCall(str(call.get("name", "")), _mapping(call.get("args")), _id(call))
        answer = part.get("functionResponse") or part.get("function_response")
        if isinstance(answer, dict):
            yield ToolResult(str(answer.get("name", "")), answer.get("response"), _id(answer))


def _failure(raw: Mapping[str, Any], name: str) -> ApiError | None:
    error = raw.get("error")
    code = raw.get("code", raw.get("errorCode", raw.get("error_code")))
    number = _number(code)
    message = raw.get("message") or raw.get("errorMessage") or raw.get("error_message")
    if isinstance(error, dict):
        message = error.get("message") or message
        inner = _number(error.get("code"))
        number = number if inner is None else inner
    elif isinstance(error, str) and error:
        message = error
    # ADK names why the model stopped, instead of an answer.
    stopped = not raw.get("content") and bool(raw.get("errorCode") or raw.get("error_code"))
    failed = bool(error) or stopped or raw.get("type") == "error" or name == "error" or (number not in (None, 0, 200))
    if not failed:
        return None
    content = raw.get("content")
    text = next((said for said in (message, content, code) if isinstance(said, str) and said), "")
    details = raw.get("data")
    return error_for(number or 0, text[:500], details=details if isinstance(details, dict) else None)


def _number(code: Any) -> int | None:
    """A code as a number; ADK's own are names (``MALFORMED_FUNCTION_CALL``)."""
    return int(str(code)) if isinstance(code, (int, str)) and _CODE.fullmatch(str(code)) else None


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _id(raw: Mapping[str, Any]) -> str | None:
    value = raw.get("id")
    return value if isinstance(value, str) else None


@dataclass(frozen=True, slots=True)
class Reply:
    """What a stream has said so far."""

    said: tuple[str, ...] = ()
    """Whole texts, in order."""
    pending: str = ""
    """Partial text whose whole has not come yet."""
    calls: tuple[ToolCall, ...] = ()
    results: tuple[ToolResult, ...] = ()
    error: ApiError | None = None
    unknown: int = 0

    @property
    def text(self) -> str:
        """Everything for the user, the stages one after the other, without the trailing apology after an answer."""
        texts = [t.strip() for t in (*self.said, self.pending) if t.strip()]
        while len(texts) > 1 and texts[-1].lower().startswith(NOISE):
            texts.pop()
        return "\n\n".join(texts)

    def result_of(self, name: str) -> Any:
        """The last result of a function of the backend's agent, or None."""
        return next((r.result for r in reversed(self.results) if r.name == name), None)


def fold(reply: Reply, event: Event) -> Reply:
    """The reply after one more event."""
    match event:
        case TextEvent(text, partial=True):
            return replace(reply, pending=reply.pending + text)
        case TextEvent(text):
            said = reply.said
            if reply.pending.strip() and not text.strip().startswith(reply.pending.strip()):
                # Not the whole of what was pending, so what was pending was a text of its own.
                said = (*said, reply.pending)
            return replace(reply, said=(*said, text), pending="")
        case ToolCall():
            return replace(reply, calls=(*reply.calls, event))
        case ToolResult():
            return replace(reply, results=(*reply.results, event))
        case ErrorEvent(error):
            return replace(reply, error=error)
        case UnknownEvent():
            return replace(reply, unknown=reply.unknown + 1)
        case Heartbeat():
            return reply
