"""The token is nowhere but in the Authorization header: not in answers, logs, errors, resources, journal or files."""

from __future__ import annotations

import json
import logging
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from mcp import MCPError
from starlette.responses import Response

from support.backend import error
from support.clouds import AFTER, BEFORE, QUICK, cloud
from support.hosts import TINY, Host, draw, in_memory, over
from support.sockets import serving

pytestmark = pytest.mark.anyio

TOKEN = "nmv_usr_test"

CALLS: list[tuple[str, dict[str, Any]]] = [
    ("upload_images", {"paths": ["{photo}"], "project": "new"}),
    ("upload_images", {"urls": ["https://example.com/a.jpg?signature=s3cr3t-query"]}),
    ("edit", {"instruction": "a title, please"}),
    ("edit", {"instruction": "another title"}),
    ("get_state", {}),
    ("credits", {}),
    ("preview", {}),
    ("export", {"resolution": TINY, "wait_seconds": 20}),
    ("projects", {}),
    ("wait", {"job": "nothing"}),
]

FAULTS: dict[str, Response] = {
    "401": error(1001, status=401, message=f"bad token {TOKEN}"),
    "500": Response(f"<html>Authorization: Bearer {TOKEN}</html>", 500, media_type="text/html"),
    "2001": error(2001, message="no credits"),
    "garbage": Response(b"\xff\xfe not json", 200, media_type="application/json"),
    "moved": Response(status_code=302, headers={"Location": f"https://example.com/?token={TOKEN}"}),
}


async def everything(host: Host, photo: str) -> list[str]:
    """All that a run of the tools and resources answers, good and bad."""
    said = []
    for tool, arguments in CALLS:
        given = {k: [x.format(photo=photo) for x in v] if isinstance(v, list) else v for k, v in arguments.items()}
        said.append((await host.client.call_tool(tool, given)).model_dump_json())
    project = (await host.client.call_tool("projects", {})).structured_content
    assert project is not None
    for uri in (
        "nemovideo://projects",
        *(f"nemovideo://projects/{project['current']}/{p}" for p in ("timeline", "draft")),
    ):
        try:
            said.append((await host.client.read_resource(uri)).model_dump_json())
        except MCPError as problem:
            said.append(repr(problem))
    return said


@pytest.mark.parametrize("fault", [None, *FAULTS])
async def test_the_token_shows_in_nothing_that_a_run_says_or_writes(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, fault: str | None
) -> None:
    caplog.set_level(logging.DEBUG)
    for library in ("httpx", "httpcore"):  # as the command line sets them
        caplog.set_level(logging.WARNING, library)
    (photo,) = draw(tmp_path / "photos", "red")
    backend = cloud(BEFORE, AFTER, AFTER)
    if fault:
        # Each call strikes the fault once, at its first request after signing in.
        for call in (
            "POST /run_sse",
            "POST /api/render/proxy/lambda",
            "GET /api/credits/balance/simple",
            "POST /api/upload-video/nemo_agent/me/s1",
        ):
            backend.script(call, FAULTS[fault])
    with serving(backend.app) as url:
        async with in_memory(tmp_path, over(url), backend="cloud", web_url="https://nemovideo.com", **QUICK) as host:
            said = await everything(host, photo)
            assert host.services is not None
            said.append(repr(await host.services.client()))
    assert any(TOKEN in seen.headers["authorization"] for seen in backend.seen)
    for text in (*said, caplog.text):
        assert TOKEN not in text
        assert "s3cr3t-query" not in text or text is said[1]
        assert "Traceback" not in text
    for path in tmp_path.rglob("*"):
        with suppress(IsADirectoryError, PermissionError):
            assert TOKEN.encode() not in path.read_bytes(), path


async def test_the_studios_anonymous_token_is_kept_in_one_file_that_only_its_owner_reads(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    (photo,) = draw(tmp_path / "photos", "red")
    async with in_memory(tmp_path) as host:
        said = await everything(host, photo)
    kept = tmp_path / "data" / "studio" / "token.json"
    assert kept.stat().st_mode & 0o077 == 0

    token = json.loads(kept.read_text())["token"]
    assert all(token not in text for text in (*said, caplog.text))
    for path in tmp_path.rglob("*"):
        if path.is_file() and path != kept:
            assert token.encode() not in path.read_bytes(), path
