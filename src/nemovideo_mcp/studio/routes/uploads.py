"""Uploads: by multipart and by URL. A call stores all of its files or none."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import anyio
import anyio.to_thread
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from nemovideo_mcp.api.capabilities import UPLOAD_POSITION
from nemovideo_mcp.api.models import AGENT
from nemovideo_mcp.media.errors import MediaError
from nemovideo_mcp.media.workers import beats_of, probe_file
from nemovideo_mcp.studio import multipart
from nemovideo_mcp.studio.multipart import Spooled
from nemovideo_mcp.studio.projects import Incoming
from nemovideo_mcp.studio.refusals import bad_request, not_found, unsupported
from nemovideo_mcp.studio.routes.calls import json_body, ok, user_of
from nemovideo_mcp.studio.routes.media import file_out
from nemovideo_mcp.studio.services import Services

MAX_URLS = 100


class UploadRoutes:
    def __init__(self, services: Services) -> None:
        self._services = services

    def routes(self) -> list[Route]:
        return [
            Route(f"/api/upload-video/{AGENT}/me/{{session_id}}", self.upload, methods=["POST"]),
            Route("/api/studio/media/{session_id}/{id}", self.download, methods=["GET"]),
        ]

    async def upload(self, request: Request) -> Response:
        user_id = await user_of(request, self._services.accounts)
        project = await self._services.projects.get(user_id, request.path_params["session_id"])
        position = _position(request)
        folder = await anyio.to_thread.run_sync(self._services.files.new_spool)
        try:
            spooled = await self._receive(request, folder)
            incoming = [await _looked_into(item) for item in spooled]
            stored = await self._services.projects.store(project.session_id, incoming, position)
        finally:
            with anyio.CancelScope(shield=True):
                await anyio.to_thread.run_sync(lambda: shutil.rmtree(folder, ignore_errors=True))
        files = [file_out(request, project.session_id, media) for media in stored]
        return ok({"files": files, "session_state_applied": True})

    async def _receive(self, request: Request, folder: Path) -> Sequence[Spooled]:
        limit = self._services.policy.max_upload_bytes
        content_type = request.headers.get("Content-Type", "")
        if not content_type.lower().startswith("application/json"):
            return await multipart.receive(content_type, request.stream(), folder, limit)
        urls = (await json_body(request)).get("urls")
        if not isinstance(urls, list) or not urls or not all(isinstance(url, str) for url in urls):
            raise bad_request("urls must be a list of one or more addresses.")
        if len(urls) > MAX_URLS:
            raise bad_request(f"At most {MAX_URLS} urls can be fetched in one call.")
        return [await self._services.fetcher.fetch(url, folder / str(number), limit) for number, url in enumerate(urls)]

    async def download(self, request: Request) -> Response:
        user_id = await user_of(request, self._services.accounts)
        project = await self._services.projects.get(user_id, request.path_params["session_id"])
        pool = await self._services.projects.media(project.session_id)
        media = next((m for m in pool if m.id == request.path_params["id"]), None)
        if media is None:
            raise not_found("There is no such file in this project.")
        path = self._services.files.media(media.sha256, media.suffix)
        return FileResponse(path, media_type=media.mime, filename=media.name)


def _position(request: Request) -> int | None:
    said = request.headers.get(UPLOAD_POSITION)
    if said is None:
        return None
    if not said.isascii() or not said.isdecimal() or int(said) > 2**53:
        raise bad_request(f"{UPLOAD_POSITION} must be a whole number up to 2^53.")
    return int(said)


async def _looked_into(spooled: Spooled) -> Incoming:
    try:
        info = await probe_file(spooled.path)
    except MediaError as error:
        raise unsupported(spooled.name, error.reason) from None
    beats: tuple[int, ...] = ()
    if info.kind == "audio":
        # What is damaged further on than the probe looks is played as far as it goes; it just has no beats.
        with suppress(MediaError):
            beats = await beats_of(spooled.path)
    return Incoming(spooled.name, spooled.path, info, beats)
