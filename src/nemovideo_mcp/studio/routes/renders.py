"""Renders: submit, status, cancel, download. These calls answer without the envelope, as the API's do."""

from __future__ import annotations

import re
from typing import Any

import anyio
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route

from nemovideo_mcp.media.formats import FORMATS
from nemovideo_mcp.studio.exports import film_of, options_of
from nemovideo_mcp.studio.refusals import bad_request, duplicate_render, not_found, plan_required
from nemovideo_mcp.studio.render_records import RenderRecord
from nemovideo_mcp.studio.routes.calls import ATTRIBUTION, json_body, text_of, user_of
from nemovideo_mcp.studio.services import Services

# Also the name of the film's file, so nothing that means something to a file system.
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,99}")


class RenderRoutes:
    def __init__(self, services: Services) -> None:
        self._services = services

    def routes(self) -> list[Route]:
        return [
            Route("/api/render/proxy/lambda", self.submit, methods=["POST"]),
            Route("/api/render/proxy/lambda/{id}", self.status, methods=["GET"]),
            Route("/api/render/proxy/lambda/{id}/cancel", self.cancel, methods=["POST"]),
            Route("/api/render/proxy/{id}/download", self.download, methods=["GET"]),
        ]

    async def submit(self, request: Request) -> Response:
        user_id = await user_of(request, self._services.accounts)
        self._check_plan(request)
        body = await json_body(request)
        id = text_of(body, "id")
        if not _ID.fullmatch(id):
            raise bad_request("id must consist of at most 100 letters, digits, _ and -.")
        project = await self._services.projects.get(user_id, text_of(body, "sessionId"))
        # Asked before the film is laid out: a repeated submission must change nothing.
        if await self._services.records.exists(id):
            raise duplicate_render(id)
        draft, output = _object(body, "draft"), _object(body, "output")
        chosen, film = await film_of(self._services.projects, project.session_id, draft)
        options = options_of(output, film)
        await self._services.records.add(id, project.session_id, user_id, chosen, options)
        self._services.queue.wake()
        return await self._answer(request, await self._services.records.get(user_id, id))

    async def status(self, request: Request) -> Response:
        return await self._answer(request, await self._record(request))

    async def cancel(self, request: Request) -> Response:
        """Stops a waiting or a running render. One that is finished stays as it is, and the answer says so."""
        record = await self._record(request)
        await self._services.queue.cancel(record.id)
        return await self._answer(request, await self._record(request))

    async def download(self, request: Request) -> Response:
        record = await self._record(request)
        format = record.options.format
        path = self._services.files.film(record.id, format)
        if record.status != "completed" or not await anyio.Path(path).is_file():
            raise not_found(f"The render {record.id} has no film: it is {record.status}.")
        return FileResponse(path, media_type=FORMATS[format].mime, filename=_download_name(record))

    def _check_plan(self, request: Request) -> None:
        missing = [name for name in ATTRIBUTION if not request.headers.get(name, "").strip()]
        if missing:
            raise plan_required(f"Export is blocked: the header {missing[0]} is missing.")
        if not self._services.policy.plan_allows_export:
            raise plan_required("Export is not part of this plan. Register or upgrade to unlock it.")

    async def _record(self, request: Request) -> RenderRecord:
        user_id = await user_of(request, self._services.accounts)
        return await self._services.records.get(user_id, request.path_params["id"])

    async def _answer(self, request: Request, record: RenderRecord) -> JSONResponse:
        ahead = await self._services.records.ahead(record) if record.status == "pending" else 0
        return JSONResponse(_out(request, record, ahead))


def _out(request: Request, record: RenderRecord, ahead: int) -> dict[str, Any]:
    """The top-level form of the API, times in epoch ms; ``message`` is for the user."""
    done = record.status == "completed"
    output = {
        "url": f"{request.base_url}api/render/proxy/{record.id}/download",
        "duration": (record.duration_ms or 0) / 1000,
        "size": record.size,
        "width": record.width,
        "height": record.height,
        "fps": record.fps,
        "frames": record.frames,
        "audio": record.has_audio,
        "format": record.options.format,
    }
    waiting = f"Waiting for {ahead} other export{'' if ahead == 1 else 's'} of this project." if ahead else None
    return {
        "id": record.id,
        "sessionId": record.session_id,
        "status": record.status,
        "progress": round(record.progress, 4),
        "output": output if done else None,
        "error": record.error,
        "message": waiting or record.message or None,
        "notes": list(record.notes),
        "createdAt": round(record.created * 1000),
        "completedAt": round(record.finished * 1000) if record.finished else None,
    }


def _object(body: dict[str, Any], key: str) -> dict[str, Any]:
    value = body.get(key)
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise bad_request(f"{key} is not an object.")
    return value


def _download_name(record: RenderRecord) -> str:
    name, suffix = record.options.filename or record.id, f".{record.options.format}"
    return name if name.lower().endswith(suffix) else name + suffix
