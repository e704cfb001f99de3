"""A scripted backend that answers every call of the API page, and remembers what it was asked."""

from __future__ import annotations

import asyncio
import json
import threading
from collections import defaultdict, deque
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any, Literal

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

BEARER = "nmv_usr_sEcReT-0123456789"
JPEG = b"\xff\xd8\xff\xe0 a picture"
FILM = bytes(range(256)) * 40


@dataclass(frozen=True)
class Seen:
    """One request. Header names are in lower case."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Backend:
    """``script`` puts answers before the usual ones; ``chunks`` and ``then`` are what the chat stream says and does."""

    chunks: list[bytes] = field(default_factory=lambda: [b'data: {"text": "Done."}\n\n'])
    then: Literal["close", "hang", "heartbeats"] = "close"
    anonymous: dict[str, Any] = field(default_factory=lambda: {"token": BEARER, "user_id": "anon_1", "credits": 100})
    seen: list[Seen] = field(default_factory=list)
    uploaded: list[tuple[str, str, bytes]] = field(default_factory=list)
    stream_closed: threading.Event = field(default_factory=threading.Event)
    _scripts: dict[str, deque[Response]] = field(default_factory=lambda: defaultdict(deque))

    def script(self, call: str, *answers: Response) -> None:
        """``call`` as ``"GET /path"``, or ``"*"`` for whatever comes next."""
        self._scripts[call].extend(answers)

    def asked(self, path: str) -> list[Seen]:
        return [seen for seen in self.seen if seen.path == path]

    @property
    def app(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/api/upload-video/nemo_agent/me/huge", self._swallow, methods=["POST"]),
                Route("/bytes/{count:int}", self._bytes),
                Route("/{path:path}", self._answer, methods=["GET", "POST", "PATCH", "DELETE"]),
            ]
        )

    async def _answer(self, request: Request) -> Response:
        body = await request.body()
        call = f"{request.method} {request.url.path}"
        self.seen.append(Seen(request.method, request.url.path, dict(request.headers), body))
        for key in ("*", call):
            if self._scripts[key]:
                return self._scripts[key].popleft()
        if "/upload-video/" in call and "multipart" in request.headers["content-type"]:
            async with request.form() as form:
                for part in form.getlist("files"):
                    assert not isinstance(part, str)
                    self.uploaded.append((part.filename or "", part.content_type or "", await part.read()))
        return self._usual(call, body)

    def _usual(self, call: str, body: bytes) -> Response:
        match call.split("/")[1:]:
            case ["run_sse"]:
                return StreamingResponse(self._stream(), media_type="text/event-stream")
            case ["api", "render", "proxy", _, "download"]:
                return Response(FILM, media_type="video/mp4")
            case ["api", "studio", "preview", _]:
                return Response(JPEG, media_type="image/jpeg")
            case ["api", "render", "proxy", "lambda", "r1"]:
                data = {"id": "r1", "status": "completed", "progress": 100, "outputUrl": "/films/r1.mp4"}
                return JSONResponse({"success": True, "data": data})
            case ["api", "render", "proxy", "lambda", *rest]:
                return JSONResponse({"status": "cancelled" if "cancel" in rest else "pending", "progress": 0})
        return JSONResponse({"code": 0, "message": "ok", "data": self._data(call)})

    def _data(self, call: str) -> Any:
        match call.split("/")[1:]:
            case ["api", "auth", "anonymous-token"]:
                return self.anonymous
            case ["api", "tasks", *_]:
                return {"task_id": "t1", "session_id": "s1", "capabilities": ["operations"], "newer": 1}
            case ["api", "auth", "claim-token"]:
                return {"claim_token": "clm_abc", "expires_in": 600}
            case ["api", "upload-video", *_]:
                files = [{"filename": name, "file_type": "image"} for name, _, _ in self.uploaded]
                return {"files": files, "session_state_applied": True}
            case ["api", "credits", *_]:
                return {"available": 90, "frozen": 10, "total": 100}
            case ["api", "state", _, _, session, "latest"]:
                return {"session_id": session, "state": {"draft": {"t": []}}}
            case ["api", "studio", "projects"]:
                return [{"session_id": "s1", "name": "Lofoten"}]
            case ["api", "studio", "versions", _]:
                return {"versions": [{"n": 0}, {"n": 1, "instruction": "shorter"}]}
        return None

    async def _stream(self) -> AsyncIterator[bytes]:
        try:
            for chunk in self.chunks:
                yield chunk
            while self.then != "close":
                await asyncio.sleep(0.01)
                if self.then == "heartbeats":
                    yield b": ping\n\n"
        finally:
            self.stream_closed.set()

    async def _swallow(self, request: Request) -> Response:
        size = 0
        async for chunk in request.stream():
            size += len(chunk)
        return JSONResponse({"code": 0, "data": {"files": [], "size": size}})

    async def _bytes(self, request: Request) -> Response:
        count = request.path_params["count"]
        self.seen.append(Seen(request.method, request.url.path, dict(request.headers), b""))

        async def body() -> AsyncIterator[bytes]:
            block, left = bytes(1024 * 1024), count
            while left > 0:
                yield block[:left]
                left -= len(block)

        return StreamingResponse(body(), media_type="video/mp4", headers={"Content-Length": str(count)})


def error(code: int, *, status: int = 200, message: str = "", **headers: str) -> Response:
    """An envelope that says no."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return JSONResponse({"code": code, "message": message}, status_code=status, headers=named)
