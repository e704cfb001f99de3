"""Sessions, and the state of one."""

from __future__ import annotations

from math import gcd
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from nemovideo_mcp.api.capabilities import Capability
from nemovideo_mcp.api.models import AGENT
from nemovideo_mcp.studio.routes.calls import json_body, ok, text_of, user_of
from nemovideo_mcp.studio.routes.media import file_out
from nemovideo_mcp.studio.services import Services
from nemovideo_mcp.timeline.draft import canvas_of
from nemovideo_mcp.timeline.model import Canvas


class SessionRoutes:
    def __init__(self, services: Services) -> None:
        self._services = services

    def routes(self) -> list[Route]:
        return [
            Route(f"/api/tasks/me/with-session/{AGENT}", self.create, methods=["POST"]),
            Route(f"/api/state/{AGENT}/me/{{session_id}}/latest", self.state, methods=["GET"]),
        ]

    async def create(self, request: Request) -> Response:
        user_id = await user_of(request, self._services.accounts)
        body = await json_body(request)
        name, language = text_of(body, "task_name", "project"), text_of(body, "language", "en", longest=35)
        project = await self._services.projects.create(user_id, name, language)
        data = {
            "task_id": project.task_id,
            "session_id": project.session_id,
            "user_id": user_id,
            "task_name": project.name,
            "capabilities": [str(capability) for capability in Capability],
        }
        return ok(data)

    async def state(self, request: Request) -> Response:
        user_id = await user_of(request, self._services.accounts)
        project, version, pool = await self._services.projects.now(user_id, request.path_params["session_id"])
        state = {
            "draft": version.draft,
            "video_infos": [file_out(request, project.session_id, media) for media in pool],
            "canvas_config": _canvas_out(canvas_of(version.draft)),
            "generated_media": [],
            "video_analyses": [],
            "version": version.n,
        }
        data = {
            "session_id": project.session_id,
            "task_id": project.task_id,
            "task_name": project.name,
            "state": state,
            "capabilities": [str(capability) for capability in Capability],
        }
        return ok(data)


def _canvas_out(canvas: Canvas) -> dict[str, Any]:
    common = gcd(canvas.width, canvas.height)
    ratio = f"{canvas.width // common}:{canvas.height // common}"
    return {"width": canvas.width, "height": canvas.height, "ratio": ratio, "fps": canvas.fps}
