"""Hosts that do what no host should: odd lines, huge frames, sudden ends, connections that break at random."""

from __future__ import annotations

import asyncio
import gc
import json
import random
from pathlib import Path
from typing import Any

import anyio
import httpx
import pytest

from support.hosts import Host, draw
from support.processes import linux, until
from support.raw import HELLO, raw_host
from support.web import inline, site

pytestmark = pytest.mark.anyio


def test_a_mark_before_the_first_line_and_windows_line_ends_are_no_trouble(tmp_path: Path) -> None:
    with raw_host(tmp_path) as host:
        assert "result" in host.open(mark=b"\xef\xbb\xbf", end="\r\n")
        host.frame({"jsonrpc": "2.0", "id": 7, "method": "ping"}, end="\r\n")
        assert host.answer(7)["result"] == {}


LINES: list[tuple[bytes, int | str | None, int]] = [
    (b"hello", None, -32700),
    (b"\x00\xff\xfe", None, -32700),
    (b'{"jsonrpc":"2.0","id":"a","method":"tools/call","params":{"arguments":' + b"[" * 50_000, "a", -32700),
    (b'{"method":"x","params":{"id":5}', None, -32700),
    (b'{"jsonrpc":"2.0","id":07,"method":"ping"}', None, -32700),
    (b"[]", None, -32600),
    (b"3", None, -32600),
    (b'{"jsonrpc":"2.0"}', None, -32600),
    (b'{"jsonrpc":"1.0","id":5,"method":"ping"}', 5, -32600),
    (b'{"jsonrpc":"2.0","id":6,"method":"tools/call","params":[]}', 6, -32600),
    (b'{"jsonrpc":"2.0","id":7,"method":"ping","params":{"a":"\\ud800"}}', 7, -32600),
    (b'{"jsonrpc":"2.0","id":"\\ud800","method":"ping"}', None, -32600),
    (b'{"jsonrpc":"2.0","id":8,"method":"tools/call","params":{"name":3}}', 8, -32602),
    (b'{"jsonrpc":"2.0","id":9,"method":"no/such"}', 9, -32601),
]


def test_every_line_that_is_no_message_is_answered_and_the_next_one_is_heard(tmp_path: Path) -> None:
    with raw_host(tmp_path) as host:
        host.open()
        for raw, id, code in LINES:
            host.send(raw + b"\n")
            assert host.answer(id)["error"]["code"] == code, raw[:60]
        # Nothing is due to these.
        host.send(
            b'\n\r\n{"jsonrpc":"2.0","method":"notifications/x","params":[]}\n{"jsonrpc":"2.0","id":3,"result":5}\n'
        )
        assert host.ask("ping")["result"] == {}


def test_a_frame_of_50_megabytes_is_answered(tmp_path: Path) -> None:
    with raw_host(tmp_path) as host:
        host.open()
        answer = host.call("edit", {"instruction": "x" * 50_000_000})["result"]
        assert answer["isError"]
        assert "20000 is the limit" in answer["content"][0]["text"]
        assert len(json.dumps(answer)) < 2_000


async def test_stdin_that_closes_in_mid_frame_ends_the_server_and_keeps_what_was_asked_before(tmp_path: Path) -> None:
    with raw_host(tmp_path) as host:
        host.open()
        photos = draw(tmp_path / "photos", "red")
        assert not host.call("upload_images", {"paths": photos})["result"]["isError"]
        host.frame({"jsonrpc": "2.0", "id": 90, "method": "tools/call", "params": {"name": "edit", "arguments": {}}})
        host.send(b'{"jsonrpc":"2.0","id":91,"method":"tools/call","params":{"na')
    with raw_host(tmp_path) as host:
        host.open()
        state = host.call("get_state", {})["result"]["structuredContent"]
        assert [file["name"] for file in state["media"]] == ["1-red.jpg"]


def left_behind() -> tuple[int, int]:
    """Open files and unfinished tasks of this process, which the server is a part of."""
    gc.collect()
    tasks = [found for found in gc.get_objects() if isinstance(found, asyncio.Task) and not found.done()]
    return len(list(Path("/proc/self/fd").iterdir())), len(tasks)


async def vanish(url: str, headers: dict[str, str], body: dict[str, Any], after: float) -> None:
    """Ask, and hang up after a while, wherever the answer is by then."""
    async with httpx.AsyncClient() as http:
        with anyio.move_on_after(after):
            await http.post(url, json=body, headers=headers)


async def jobs_ended(host: Host) -> None:
    """Every job of the project comes to a good end."""
    for job in (await host.call("get_state"))["jobs"]:
        ended = await host.call_any("wait", job=job["job"], wait_seconds=60)
        assert ended["status"] == "completed", ended


@linux
async def test_clients_that_hang_up_at_random_lose_no_job_and_leave_nothing_behind(tmp_path: Path) -> None:
    chance = random.Random(7)
    with site(tmp_path, "anna") as here:
        headers = {**here.headers("anna"), "Accept": "application/json, text/event-stream"}
        async with here.host("anna") as host:
            await host.call("upload_images", files=inline("red", "blue"))
            await host.call("edit", instruction="2 seconds long")

            def call(tool: str, **arguments: Any) -> dict[str, Any]:
                named = {"name": tool, "arguments": arguments}
                return {"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": named}

            async def visitor(number: int) -> None:
                opened = here.ask("POST", "/mcp", "anna", json=HELLO, headers=headers)
                session = {**headers, "Mcp-Session-Id": opened.headers["mcp-session-id"]}
                bodies = [
                    call("get_state"),
                    call("edit", instruction=f"{number + 2} seconds long"),
                    call("export", resolution="256x144", wait_seconds=30),
                ]
                for body in bodies:
                    await vanish(here.mcp, session, body, chance.uniform(0.0, 0.3))
                await asyncio.to_thread(here.ask, "DELETE", "/mcp", "anna", headers=session)

            # The first one starts what stays: the worker of the media, the watcher of the stream's library.
            await visitor(0)
            await jobs_ended(host)
            before = left_behind()
            async with anyio.create_task_group() as visitors:
                for number in range(1, 4):
                    visitors.start_soon(visitor, number)
            await jobs_ended(host)

            def settled() -> bool:
                files, tasks = left_behind()
                return files <= before[0] and tasks <= before[1]

            await until(settled, 20)
    assert not list((tmp_path / "films").rglob(".*")), "a part of a film was left"
