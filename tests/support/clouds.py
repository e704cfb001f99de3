"""Clouds for tests of the server: scripted, with a timeline before an edit and one after it."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import Any

from starlette.responses import JSONResponse

from nemovideo_mcp.client import Attribution, Backoff, ChatClocks, FixedToken, NemoVideoClient
from support.backend import Backend


def cloud(*drafts: dict[str, Any], chunks: list[bytes] | None = None) -> Backend:
    """A cloud whose state answers with these drafts, one after the other, the last one for ever."""
    backend = Backend(chunks=chunks if chunks is not None else [b'data: {"text": "Done."}\n\n'])
    session = {"code": 0, "data": {"task_id": "t1", "session_id": "s1"}}
    backend.script("POST /api/tasks/me/with-session/nemo_agent", JSONResponse(session))
    for draft in drafts:
        body = {"code": 0, "data": {"session_id": "s1", "state": {"draft": draft}}}
        backend.script("GET /api/state/nemo_agent/me/s1/latest", JSONResponse(body))
    return backend


QUICK = {"recover_first_seconds": 0.01, "recover_every_seconds": 0.01}

BEFORE: dict[str, Any] = {"t": [{"tt": 0, "sg": [{"d": 5000, "m": {"title": "beach"}}]}]}
AFTER: dict[str, Any] = {
    "t": [*BEFORE["t"], {"tt": 7, "sg": [{"d": 3000, "st": 0, "m": {"title": "Urban Dreams"}}]}],
    "x": "unknown",
}


def cut_short(url: str) -> Any:
    """A client whose patience with a silent stream is a moment."""

    @asynccontextmanager
    async def opened() -> Any:
        async with NemoVideoClient(
            base_url=url,
            tokens=FixedToken("nmv_usr_test"),
            attribution=Attribution(version="0"),
            clocks=ChatClocks(total_seconds=5, silence_seconds=0.2),
            backoff=Backoff(first=0, rate_limited=0),
        ) as client:
            yield client

    return opened
