"""The chat: a message in, a stream of events out."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from nemovideo_mcp.api.models import AGENT
from nemovideo_mcp.studio.agent import Message
from nemovideo_mcp.studio.refusals import bad_request
from nemovideo_mcp.studio.routes.calls import json_body, user_of
from nemovideo_mcp.studio.services import Services

MAX_TEXT = 20_000
MAX_OPERATIONS = 500

# No proxy may hold the events back.
_HEADERS = {"Cache-Control": "no-cache", "X-Accel-Buffering": "no"}


class ChatRoutes:
    def __init__(self, services: Services) -> None:
        self._services = services

    def routes(self) -> list[Route]:
        return [Route("/run_sse", self.run, methods=["POST"])]

    async def run(self, request: Request) -> Response:
        """Refusals (1001, 1002, 2001, 400) answer in the envelope, before any stream begins."""
        user_id = await user_of(request, self._services.accounts)
        body = await json_body(request)
        app_name = _either(body, "app_name", "appName")
        if app_name != AGENT:
            raise bad_request(f"app_name must be {AGENT}.")
        project = await self._services.projects.get(user_id, str(_either(body, "session_id", "sessionId") or ""))
        message = Message(user_id, project.session_id, _text(body), _operations(body))
        if not message.text.strip() and not message.operations:
            raise bad_request("The message is empty: say what to do with the film.")
        events = await self._services.agent.answer(message)
        return StreamingResponse(events, media_type="text/event-stream", headers=_HEADERS)


def _text(body: dict[str, Any]) -> str:
    message = _either(body, "new_message", "newMessage")
    parts = message.get("parts") if isinstance(message, dict) else None
    if not isinstance(parts, list):
        raise bad_request("new_message.parts is missing.")
    texts = [part["text"] for part in parts if isinstance(part, dict) and isinstance(part.get("text"), str)]
    text = "\n".join(texts)
    if len(text) > MAX_TEXT:
        raise bad_request(f"The message is too long: at most {MAX_TEXT} characters.")
    return text


def _operations(body: dict[str, Any]) -> tuple[Any, ...]:
    metadata = _either(body, "custom_metadata", "customMetadata") or {}
    operations = metadata.get("operations") if isinstance(metadata, dict) else None
    if operations is None:
        return ()
    if not isinstance(operations, list) or len(operations) > MAX_OPERATIONS:
        raise bad_request(f"custom_metadata.operations must be a list of at most {MAX_OPERATIONS}.")
    return tuple(operations)


def _either(body: dict[str, Any], snake: str, camel: str) -> Any:
    # The ADK's own server takes both spellings.
    return body.get(snake, body.get(camel))
