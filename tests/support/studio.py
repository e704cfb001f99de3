"""What the studio's tests share, as fixtures: a studio behind plain httpx, in process or over a socket, and its workers.

The modules that use it name it in ``pytest_plugins``.
"""

from __future__ import annotations

import io
import json
import threading
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import anyio
import httpx
import pytest
from PIL import Image

from nemovideo_mcp.api.capabilities import APPLY_OPERATIONS
from nemovideo_mcp.studio import editor
from nemovideo_mcp.studio.app import Studio
from nemovideo_mcp.studio.policy import Policy
from nemovideo_mcp.studio.render.job import RenderJob, RenderResult
from nemovideo_mcp.studio.server import listening
from nemovideo_mcp.studio.transport import StreamingASGITransport
from nemovideo_mcp.timeline.history import History
from nemovideo_mcp.timeline.model import Media, Timeline
from nemovideo_mcp.timeline.operations import BaseOperation

DEADLINE = 20.0
ATTRIBUTION = {
    "X-Skill-Source": "image-to-video-converter",
    "X-Skill-Version": "0.1.0",
    "X-Skill-Platform": "unknown",
}


def photo(shade: int = 0, size: tuple[int, int] = (96, 64), format: str = "JPEG") -> bytes:
    """A small picture; another shade is another content."""
    out = io.BytesIO()
    Image.new("RGB", size, (shade % 256, 120, 255 - shade % 256)).save(out, format)
    return out.getvalue()


@dataclass
class Api:
    """Plain calls of the API, as one client id."""

    http: httpx.AsyncClient
    client_id: str = field(default_factory=lambda: str(uuid.uuid4()))
    token: str = ""
    user_id: str = ""
    session: str = ""
    task: str = ""

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}", **ATTRIBUTION}

    async def get(self, path: str, **more: Any) -> httpx.Response:
        return await self.http.get(path, headers=self.headers, **more)

    async def post(self, path: str, body: Any = None, **more: Any) -> httpx.Response:
        return await self.http.post(path, json=body, headers=self.headers, **more)

    async def sign_in(self) -> Api:
        answer = await self.http.post("/api/auth/anonymous-token", headers={"X-Client-Id": self.client_id})
        data = answer.json()["data"]
        self.token, self.user_id = data["token"], data["user_id"]
        return self

    async def new_session(self, name: str = "project") -> dict[str, Any]:
        answer = await self.post("/api/tasks/me/with-session/nemo_agent", {"task_name": name, "language": "en"})
        data: dict[str, Any] = answer.json()["data"]
        self.session, self.task = data["session_id"], data["task_id"]
        return data

    async def upload(self, *files: tuple[str, bytes], session: str = "") -> httpx.Response:
        parts = [("files", (name, content, "application/octet-stream")) for name, content in files]
        path = f"/api/upload-video/nemo_agent/me/{session or self.session}"
        return await self.http.post(path, files=parts, headers=self.headers)

    def message(self, text: str = "", operations: Sequence[Any] | None = None, session: str = "") -> dict[str, Any]:
        body: dict[str, Any] = {
            "app_name": "nemo_agent",
            "user_id": "me",
            "session_id": session or self.session,
            "new_message": {"parts": [{"text": text}]},
        }
        return body if operations is None else {**body, "custom_metadata": {"operations": list(operations)}}

    def stream(
        self, text: str = "", operations: Sequence[Any] | None = None
    ) -> AbstractAsyncContextManager[httpx.Response]:
        headers = {**self.headers, "Accept": "text/event-stream"}
        return self.http.stream("POST", "/run_sse", json=self.message(text, operations), headers=headers)

    async def say(self, text: str = "", operations: Sequence[Any] | None = None) -> Said:
        """Send a message and read the stream to its end."""
        said = Said()
        async with self.stream(text, operations) as response:
            assert response.headers["content-type"].startswith("text/event-stream"), await response.aread()
            async for line in response.aiter_lines():
                said.take(line)
        return said

    async def state(self) -> dict[str, Any]:
        answer = await self.get(f"/api/state/nemo_agent/me/{self.session}/latest")
        data: dict[str, Any] = answer.json()["data"]
        return data

    async def draft(self) -> dict[str, Any]:
        draft: dict[str, Any] = (await self.state())["state"]["draft"]
        return draft

    async def submit(self, id: str, draft: Any = None, **output: Any) -> httpx.Response:
        body = {"id": id, "sessionId": self.session, "draft": draft or {}, "output": {"format": "mp4", **output}}
        return await self.post("/api/render/proxy/lambda", body)

    async def render(self, id: str) -> dict[str, Any]:
        answer: dict[str, Any] = (await self.get(f"/api/render/proxy/lambda/{id}")).json()
        return answer

    async def until(self, id: str, *statuses: str) -> dict[str, Any]:
        """Poll a render until it has one of these statuses."""
        with anyio.fail_after(DEADLINE):
            while True:
                job = await self.render(id)
                if job["status"] in statuses:
                    return job
                await anyio.sleep(0.02)


@dataclass
class Said:
    """What a stream said."""

    events: list[dict[str, Any]] = field(default_factory=list)
    heartbeats: int = 0

    def take(self, line: str) -> None:
        if line == "event: heartbeat":
            self.heartbeats += 1
        elif line.startswith("data: ") and line != "data: {}":
            self.events.append(json.loads(line[6:]))

    @property
    def parts(self) -> list[dict[str, Any]]:
        return [part for event in self.events for part in event.get("content", {}).get("parts", ())]

    @property
    def text(self) -> str:
        return "\n".join(part["text"] for part in self.parts if "text" in part)

    @property
    def outcome(self) -> dict[str, Any]:
        (answer,) = [part["functionResponse"] for part in self.parts if "functionResponse" in part]
        assert answer["name"] == APPLY_OPERATIONS
        response: dict[str, Any] = answer["response"]
        return response


class GatedEditor:
    """The real editor behind a gate that a test opens."""

    def __init__(self) -> None:
        self.gate = threading.Event()
        self.started = threading.Event()

    def edit(
        self, instruction: str, film: Timeline, pool: Sequence[Media], history: History | None = None
    ) -> editor.Outcome:
        self._wait()
        return editor.edit(instruction, film, pool, history)

    def edit_operations(
        self,
        operations: Sequence[BaseOperation],
        film: Timeline,
        pool: Sequence[Media],
        history: History | None = None,
    ) -> editor.Outcome:
        self._wait()
        return editor.edit_operations(operations, film, pool, history)

    def _wait(self) -> None:
        self.started.set()
        assert self.gate.wait(DEADLINE)


class GatedRenderer:
    """Writes a file where a film would be, when the gate is open. ``stopped`` counts the renders that were cancelled."""

    def __init__(self, *, opened: bool = True) -> None:
        self.jobs: list[RenderJob] = []
        self.at_once = self.most_at_once = self.stopped = 0
        self.gate = anyio.Event()
        if opened:
            self.gate.set()

    async def __call__(self, job: RenderJob, on_progress: Callable[[float, str], None], /) -> RenderResult:
        self.jobs.append(job)
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            on_progress(0.5, "Half way")
            await self.gate.wait()
        except anyio.get_cancelled_exc_class():
            self.stopped += 1
            raise
        finally:
            self.at_once -= 1
        await anyio.Path(job.output).write_bytes(b"film of " + job.output.name.encode())
        size = (await anyio.Path(job.output).stat()).st_size
        return RenderResult(
            duration_ms=2000, frames=60, fps=30, width=320, height=180, size_bytes=size, has_audio=False
        )


async def eventually(check: Callable[[], Awaitable[object]]) -> None:
    """Ask again and again until the answer is true."""
    with anyio.fail_after(DEADLINE):
        while True:
            if await check():
                return
            await anyio.sleep(0.01)


@asynccontextmanager
async def reached(studio: Studio, *, socket: bool) -> AsyncIterator[httpx.AsyncClient]:
    """A client of an entered studio."""
    if socket:
        async with listening(studio) as url, httpx.AsyncClient(base_url=url, timeout=DEADLINE) as http:
            yield http
    else:
        transport = StreamingASGITransport(studio.app)
        async with httpx.AsyncClient(transport=transport, base_url="http://studio", timeout=DEADLINE) as http:
            yield http


@dataclass(frozen=True)
class World:
    """Opens studios on one data folder."""

    folder: Path
    socket: bool = False

    gated_editor = GatedEditor
    gated_renderer = GatedRenderer
    photo = staticmethod(photo)
    reached = staticmethod(reached)
    eventually = staticmethod(eventually)

    @asynccontextmanager
    async def open(
        self, policy: Policy | None = None, *, api: Api | None = None, signed_in: bool = True, **workers: Any
    ) -> AsyncIterator[Api]:
        """A studio that runs within the block, and a signed-in client of it with a session.

        With ``api`` the same client comes back to the folder, with the token and the session that it had.
        """
        workers = {"look_seconds": 0.05, "heartbeat_seconds": 0.05, "renderer": GatedRenderer(), **workers}
        async with Studio(self.folder, policy, **workers) as studio, reached(studio, socket=self.socket) as http:
            if api is not None:
                api.http = http
                yield api
                return
            fresh = Api(http)
            if signed_in:
                await fresh.sign_in()
                await fresh.new_session()
            yield fresh


@pytest.fixture(params=["in process", "socket"])
def world(request: pytest.FixtureRequest, tmp_path: Path) -> World:
    return World(tmp_path, socket=request.param == "socket")


@pytest.fixture
def near(tmp_path: Path) -> World:
    """Like `world`, in process only: for what does not depend on the way there."""
    return World(tmp_path)
