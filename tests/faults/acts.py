"""What the host does in a row, and what it heard."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import anyio
import anyio.abc
import pytest

from faults.row import Act
from faults.stage import QUICK, Stage
from support.backend import BEARER
from support.hosts import TINY, Host

DEADLINE = 40.0
INSTRUCTION = "2 seconds long"


@dataclass
class Heard:
    """A tool's answer, whichever way it came. ``text`` holds the words, ``data`` the structured answer."""

    text: str
    error: bool
    data: dict[str, Any]


Call = Callable[..., Awaitable[Heard]]


async def tool(stage: Stage, host: Host, name: str, **arguments: Any) -> Heard:
    result = await host.client.call_tool(name, arguments)
    words = "".join(block.text for block in result.content if block.type == "text")
    data = result.structured_content or {}
    stage.returned += [words, json.dumps(data)]
    return Heard(words, bool(result.is_error), data)


async def good(stage: Stage, host: Host, name: str, **arguments: Any) -> None:
    heard = await tool(stage, host, name, **arguments)
    assert not heard.error, heard.text


async def prepare(stage: Stage) -> None:
    """What lies before the row: for an export or an edit of the studio, a project with a photo."""
    act, row = stage.row.act, stage.row
    if row.address or "upload" in act or act in ("two servers sign in",):
        return
    if row.backend == "studio":
        async with stage.host() as host:
            await good(stage, host, "upload_images", paths=stage.photos("red"))
    elif "export" in act or act in ("get_state", "two servers edit", "two servers take up"):
        async with stage.host() as host:
            await host.services_link()
    if row.before == "token expires":
        with sqlite3.connect(stage.folder / "studio" / "studio.sqlite3") as db:
            assert db.execute("DELETE FROM tokens").rowcount
    if row.before.startswith("session"):
        with sqlite3.connect(stage.folder / "studio" / "studio.sqlite3") as db:
            db.execute("PRAGMA foreign_keys = ON")
            assert db.execute("DELETE FROM projects").rowcount == 1
    if row.before == "session and file are gone":
        shutil.rmtree(stage.folder / "photos")
    if row.before == "an edit was left behind":
        async with stage.host() as host:
            assert host.services is not None
            project = await host.services.projects.resolve(None)
            draft, _ = await host.services.draft(project)
            job = await host.services.journal.add("edit", project.id, {"instruction": INSTRUCTION, "operations": []})
            await host.services.journal.write(
                job.id, status="running", checkpoint={"sent": True, "draft_before": draft, "credits_before": 90}
            )


def _asked(stage: Stage, act: str) -> tuple[str, dict[str, Any]]:
    """The tool call of a simple act."""
    match act:
        case "edit":
            return "edit", {"instruction": INSTRUCTION, "wait_seconds": stage.row.wait}
        case "export":
            size = {"resolution": TINY} if stage.row.backend == "studio" else {}
            return "export", {"filename": "a.mp4", "wait_seconds": stage.row.wait, **size}
        case "upload":
            return "upload_images", {"paths": stage.photos("red")}
        case "upload two":
            return "upload_images", {"paths": stage.photos("red", "green")}
        case "upload url":
            return "upload_images", {"urls": ["https://example.com/a.jpg"]}
    return act, {}


async def simple(stage: Stage) -> Heard:
    name, arguments = _asked(stage, stage.row.act)
    async with stage.host() as host:
        return await tool(stage, host, name, **arguments)


async def after_a_good_one(stage: Stage) -> Heard:
    """The same twice; the first has to succeed."""
    name, arguments = _asked(stage, stage.row.act.removeprefix("two ").removesuffix("s"))
    if stage.row.act == "two credits":
        name, arguments = "credits", {}
    async with stage.host() as host:
        await good(stage, host, name, **arguments)
        return await tool(stage, host, name, **arguments)


async def again(stage: Stage) -> Heard:
    """The same twice, whatever comes of the first."""
    name, arguments = _asked(stage, stage.row.act.partition(",")[0])
    async with stage.host() as host:
        await tool(stage, host, name, **arguments)
        return await tool(stage, host, name, **arguments)


async def cancel(stage: Stage) -> Heard:
    """Start it, and stop it when the fault has struck."""
    name, arguments = _asked(stage, stage.row.act.removeprefix("cancel "))
    async with stage.host() as host:
        heard = await tool(stage, host, name, **{**arguments, "wait_seconds": 0})
        with anyio.fail_after(DEADLINE):
            await stage.proxy.struck.wait()
        return await tool(stage, host, "cancel", job=heard.data["job"])


async def killed(stage: Stage) -> Heard:
    """Start it in a process of its own, kill that when the fault has struck, and ask the next server what became of it."""
    act = stage.row.act.removeprefix("kill ")
    name, arguments = _asked(stage, act)
    async with server(stage) as (process, _):
        await request(process, 1, name, arguments)
        with anyio.fail_after(DEADLINE):
            await stage.proxy.struck.wait()
        process.kill()
        await process.wait()
    async with stage.host() as host:
        if act == "upload":
            return await tool(stage, host, name, **arguments)
        return await tool(stage, host, "wait", job=stage.jobs()[-1]["id"], wait_seconds=stage.row.wait)


async def in_a_small_place(stage: Stage) -> Heard:
    """Export from a process whose folder of films has 60 MB, or that may write 1 MB into a file."""
    stage.films.mkdir()
    python = f"exec {shlex.quote(sys.executable)} -m nemovideo_mcp"
    if stage.row.act == "export past a limit":
        command = ["sh", "-c", f"ulimit -f 2048; {python}"]
    else:
        small = f"mount -t tmpfs -o size=60m tmpfs {shlex.quote(str(stage.films))}"
        command = ["unshare", "--map-root-user", "--mount", "sh", "-c"]
        if not shutil.which("unshare") or subprocess.run([*command, small], capture_output=True).returncode:
            pytest.skip("no file system of 60 MB can be mounted here; the same without one: export past a limit")
        command.append(f"{small} && {python}")
    name, arguments = _asked(stage, "export")
    async with server(stage, command) as (process, lines):
        await request(process, 1, name, arguments)
        with anyio.fail_after(DEADLINE):
            while (answer := json.loads(await lines())).get("id") != 1:
                pass
    result = answer["result"]
    stage.returned.append(json.dumps(result))
    return Heard(result["content"][0]["text"], bool(result.get("isError")), result["structuredContent"])


Lines = Callable[[], Awaitable[bytes]]


@asynccontextmanager
async def server(stage: Stage, command: list[str] | None = None) -> AsyncIterator[tuple[anyio.abc.Process, Lines]]:
    """Our server as a process, greeted; and what reads a line of it."""
    env = {
        "PATH": os.environ["PATH"],
        "HOME": str(stage.folder),
        "NEMO_BACKEND": "cloud",
        "NEMO_TOKEN": BEARER,
        "NEMO_API_URL": stage.url,
        "NEMO_DATA_DIR": str(stage.folder / "data"),
        "NEMO_OUTPUT_DIR": str(stage.films),
        **{f"NEMO_{name.upper()}": str(value) for name, value in QUICK.items()},
    }
    command = command or [sys.executable, "-m", "nemovideo_mcp"]
    async with await anyio.open_process(command, env=env, stderr=subprocess.DEVNULL) as process:
        try:
            lines = _lines(process)
            hello = {"protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": {"name": "t", "version": "1"}}
            await _write(process, {"jsonrpc": "2.0", "id": 0, "method": "initialize", "params": hello})
            with anyio.fail_after(DEADLINE):
                assert json.loads(await lines())["id"] == 0
            await _write(process, {"jsonrpc": "2.0", "method": "notifications/initialized"})
            yield process, lines
        finally:
            if process.returncode is None:
                process.kill()


def _lines(process: anyio.abc.Process) -> Lines:
    buffer = bytearray()

    async def line() -> bytes:
        assert process.stdout is not None
        while b"\n" not in buffer:
            buffer.extend(await process.stdout.receive())
        found, _, rest = bytes(buffer).partition(b"\n")
        buffer[:] = rest
        return found

    return line


async def _write(process: anyio.abc.Process, frame: dict[str, Any]) -> None:
    assert process.stdin is not None
    await process.stdin.send(json.dumps(frame).encode() + b"\n")


async def request(process: anyio.abc.Process, id: int, name: str, arguments: dict[str, Any]) -> None:
    params = {"name": name, "arguments": arguments}
    await _write(process, {"jsonrpc": "2.0", "id": id, "method": "tools/call", "params": params})


async def both(stage: Stage) -> Heard:
    """Two servers on one data folder do it at once; both answers together."""
    heard: list[Heard] = []

    async def one(host: Host) -> None:
        match stage.row.act:
            case "two servers edit":
                name, arguments = _asked(stage, "edit")
            case "two servers export":
                name, arguments = _asked(stage, "export")
            case "two servers take up":
                name, arguments = "wait", {"job": stage.jobs()[-1]["id"], "wait_seconds": stage.row.wait}
            case _:
                name, arguments = "credits", {}
        heard.append(await tool(stage, host, name, **arguments))

    async with stage.host() as first, stage.host() as second, anyio.create_task_group() as tasks:
        tasks.start_soon(one, first)
        tasks.start_soon(one, second)
    return Heard("\n".join(answer.text for answer in heard), any(answer.error for answer in heard), {})


ACTS: dict[Act, Callable[[Stage], Awaitable[Heard]]] = {
    "edit": simple,
    "two edits": after_a_good_one,
    "edit, then edit": again,
    "export": simple,
    "export, then export": again,
    "upload": simple,
    "upload two": simple,
    "upload url": simple,
    "credits": simple,
    "get_state": simple,
    "two credits": after_a_good_one,
    "cancel edit": cancel,
    "cancel export": cancel,
    "kill edit": killed,
    "kill export": killed,
    "kill upload": killed,
    "two servers edit": both,
    "two servers export": both,
    "two servers sign in": both,
    "two servers take up": both,
    "export to a full disk": in_a_small_place,
    "export past a limit": in_a_small_place,
}
