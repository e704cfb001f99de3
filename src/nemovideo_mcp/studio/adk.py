"""The chat stream as the Agent Development Kit sends it: events as server-sent JSON, and failures inside the stream."""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from nemovideo_mcp.api.models import AGENT

HEARTBEAT = b"event: heartbeat\ndata: {}\n\n"


@dataclass(frozen=True, slots=True)
class Invocation:
    """The events of one answer; all carry its id."""

    id: str = field(default_factory=lambda: "e-" + secrets.token_hex(8))

    def text(self, text: str) -> bytes:
        return self._event({"text": text})

    def call(self, id: str, name: str, args: Mapping[str, Any]) -> bytes:
        return self._event({"functionCall": {"id": id, "name": name, "args": args}})

    def response(self, id: str, name: str, response: Mapping[str, Any]) -> bytes:
        return self._event({"functionResponse": {"id": id, "name": name, "response": response}})

    def _event(self, part: Mapping[str, Any]) -> bytes:
        event = {
            "content": {"role": "model", "parts": [part]},
            "partial": False,
            "author": AGENT,
            "invocationId": self.id,
            "id": secrets.token_hex(8),
            "timestamp": time.time(),
        }
        return _data(event)


def failure(code: int, message: str) -> bytes:
    """A failure after the stream has begun."""
    return _data({"error": message, "code": code, "message": message})


def _data(event: Mapping[str, Any]) -> bytes:
    return b"data: " + json.dumps(event, ensure_ascii=False).encode() + b"\n\n"
