"""A cloud whose every answer a row of the table can choose: no capabilities, drafts before and after, renders that go wrong."""

from __future__ import annotations

import asyncio
import io
import json
import re
import zlib
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import av
import numpy as np
from starlette.responses import JSONResponse, Response

from support.backend import Backend, error

Draft = dict[str, Any]
Walk = tuple[Mapping[str, Any], ...]
"""What a render's status call says, time after time; the last for ever."""

BEFORE: Draft = {"t": [{"tt": 0, "sg": [{"d": 5000, "m": {"title": "beach"}}]}]}
TITLE = {"tt": 7, "sg": [{"d": 3000, "st": 0, "m": {"title": "Urban Dreams"}}]}
MUSIC = {"tt": 1, "sg": [{"d": 5000, "st": 0, "m": {"title": "Lo-fi"}}]}
AFTER: Draft = {"t": [*BEFORE["t"], TITLE]}
BOTH_STAGES: Draft = {"t": [*BEFORE["t"], TITLE, MUSIC]}

DONE = b'data: {"text": "It is all set."}\n\n'
ADDRESS = "/films/a.mp4"
PENDING = {"status": "pending", "progress": 0}
READY = {"status": "completed", "progress": 100, "output": {"url": ADDRESS, "duration": 2.0}}


@cache
def film() -> bytes:
    """Two seconds of moving colour, as MP4."""
    out = io.BytesIO()
    with av.open(out, "w", format="mp4") as container:
        stream = container.add_stream("libx264", rate=10)
        stream.width, stream.height, stream.pix_fmt = 256, 144, "yuv420p"
        noise = np.random.default_rng(7)
        for number in range(20):
            picture = noise.integers(0, 255, (144, 256, 3), dtype=np.uint8)
            picture[:, :, 0] = 10 * number
            container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        container.mux(stream.encode(None))
    return out.getvalue()


@dataclass
class Cloud(Backend):
    """``late``: how many looks at the state after a message still show the draft from before it."""

    chunks: list[bytes] = field(default_factory=lambda: [DONE])
    before: Draft = field(default_factory=lambda: BEFORE)
    after: Draft = field(default_factory=lambda: AFTER)
    late: int = 0
    credits: float | None = 90
    cost: float = 10
    walks: tuple[Walk, ...] = ((PENDING, READY),)
    enveloped: bool = False
    """Whether render answers come as ``{"success": true, "data": …}``."""
    film: bytes = field(default_factory=film)
    editions: tuple[bytes, ...] = ()
    """The films that are at the address, one request after the other, the last for ever; else always ``film``."""
    ranges: bool = False
    """Whether a part of the film can be asked for."""
    rendered: list[str] = field(default_factory=list)
    sessions: int = 0
    looks: int = 0
    linger: float = 0.0
    """How long a message is worked on, in seconds."""
    most_at_once: int = 0
    most_renders_at_once: int = 0
    _at_work: int = 0
    _open: set[str] = field(default_factory=set)
    _at: dict[str, int] = field(default_factory=dict)

    @property
    def messages(self) -> int:
        return len(self.asked("/run_sse"))

    async def _stream(self) -> AsyncIterator[bytes]:
        self._at_work += 1
        self.most_at_once = max(self.most_at_once, self._at_work)
        try:
            await asyncio.sleep(self.linger)
            async for chunk in super()._stream():
                yield chunk
        finally:
            self._at_work -= 1

    def _usual(self, call: str, body: bytes) -> Response:
        match call.split("/")[1:]:
            case ["api", "render", "proxy", _, "download"] | ["films", _]:
                return self._film()
            case ["api", "render", "proxy", "lambda"]:
                return self._submitted(json.loads(body)["id"])
            case ["api", "render", "proxy", "lambda", id]:
                return self._status(id)
            case ["api", "render", "proxy", "lambda", id, "cancel"]:
                return JSONResponse({"status": "cancelled", "progress": 0})
        return super()._usual(call, body)

    def _film(self) -> Response:
        asked = self.seen[-1].headers
        number = sum("/films/" in seen.path for seen in self.seen)
        content = self.editions[min(number, len(self.editions)) - 1] if self.editions else self.film
        if not self.ranges:
            return Response(content, media_type="video/mp4")
        headers = {"Accept-Ranges": "bytes", "ETag": f'"{zlib.crc32(content)}"'}
        part = re.fullmatch(r"bytes=(\d+)-", asked.get("range", ""))
        if part is None or asked.get("if-range", headers["ETag"]) != headers["ETag"]:
            return Response(content, media_type="video/mp4", headers=headers)
        begin = int(part[1])
        headers["Content-Range"] = f"bytes {begin}-{len(content) - 1}/{len(content)}"
        return Response(content[begin:], 206, headers, "video/mp4")

    def _submitted(self, id: str) -> Response:
        if id in self.rendered:
            return error(409, message="duplicate render id")
        self.rendered.append(id)
        self._open.add(id)
        self.most_renders_at_once = max(self.most_renders_at_once, len(self._open))
        return self._render({**PENDING, "id": id})

    def _status(self, id: str) -> Response:
        if id not in self.rendered:
            return error(404, status=404, message="There is no such render.")
        walk = self.walks[min(self.rendered.index(id), len(self.walks) - 1)]
        at = self._at[id] = self._at.get(id, -1) + 1
        told = walk[min(at, len(walk) - 1)]
        if told["status"] in ("completed", "failed"):
            self._open.discard(id)
        return self._render({**told, "id": id})

    def _render(self, told: dict[str, Any]) -> Response:
        if not self.enveloped:
            return JSONResponse(told)
        output = told.pop("output", {})
        if "url" in output:
            told["outputUrl"] = output["url"]
        return JSONResponse({"success": True, "data": {**told, "createdAt": 1, "completedAt": 2}})

    def _data(self, call: str) -> Any:
        match call.split("/")[1:]:
            case ["api", "tasks", *_]:
                self.sessions += 1
                return {"task_id": f"t{self.sessions}", "session_id": f"s{self.sessions}"}
            case ["api", "credits", *_]:
                if self.credits is None:
                    return {"available": 1, "unlimited": True}
                left = self.credits - self.cost * self.messages
                return {"available": max(0, left), "frozen": 0, "total": 100}
            case ["api", "state", _, _, session, "latest"]:
                draft = self.before
                if self.messages:
                    self.looks += 1
                    draft = self.after if self.looks > self.late else self.before
                return {"session_id": session, "state": {"draft": draft}}
        return super()._data(call)
