"""Jobs outlive calls and processes: waited for again, taken up by the next server, ended within seconds with their host."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import anyio
import pytest

from nemovideo_mcp.server.database import RecordsError
from support.hosts import TINY, draw, in_memory, over_stdio
from support.kills import killed_at

pytestmark = pytest.mark.anyio

DEADLINE = 60.0


async def until(true: Callable[[], bool]) -> None:
    with anyio.fail_after(DEADLINE):
        while not true():
            await anyio.sleep(0.02)


async def test_a_bounded_wait_returns_the_job_and_waiting_again_brings_the_film(tmp_path: Path) -> None:
    async with in_memory(tmp_path) as host:
        await host.call("upload_images", paths=draw(tmp_path / "photos", "red", "green"))
        await host.call("edit", instruction="3 seconds long")
        started = await host.call("export", resolution=TINY, wait_seconds=0)
        assert started["status"] in ("queued", "running")
        assert started["path"] is None
        ended = await host.call("wait", job=started["job"], wait_seconds=DEADLINE)
        assert ended["status"] == "completed"
        assert ended["progress"] == 1
        assert Path(ended["result"]["path"]).exists()
        # It stays as it is, however often it is asked for.
        assert (await host.call("wait", job=started["job"]))["result"] == ended["result"]


async def test_a_job_that_cannot_be_recorded_is_tried_once_and_said_so_and_goes_on_when_it_can(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with in_memory(tmp_path) as host:
        assert host.services is not None
        await host.call("upload_images", paths=draw(tmp_path / "photos", "red", "green"))
        tries = 0

        async def full(id: str, **values: Any) -> None:
            nonlocal tries
            tries += 1
            raise RecordsError("The disk is full, so nothing can be recorded.", "Free some space.")

        with monkeypatch.context() as patch:
            patch.setattr(host.services.jobs.journal, "write", full)
            said = await host.fail("edit", instruction="2 seconds long")
        assert said.startswith("The disk is full, so nothing can be recorded. Free some space.")
        assert tries == 1
        (job,) = [job for job in await host.services.jobs.journal.open_jobs() if job.kind == "edit"]
        ended = await host.call("wait", job=job.id, wait_seconds=DEADLINE)
        assert ended["status"] == "completed"


async def test_a_studio_whose_folder_cannot_be_used_says_which_and_why(tmp_path: Path) -> None:
    async with in_memory(tmp_path) as host:
        (tmp_path / "data").mkdir(exist_ok=True)
        (tmp_path / "data" / "studio").write_text("a file where a folder belongs")
        said = await host.fail("upload_images", paths=draw(tmp_path / "photos", "red"))
        assert said.startswith(f"The studio cannot work in {tmp_path / 'data' / 'studio'}: ")
        assert "NEMO_DATA_DIR" in said
        (tmp_path / "data" / "studio").unlink()
        await host.call("upload_images", paths=draw(tmp_path / "photos", "red"))


async def test_the_next_server_finishes_the_export_that_the_last_one_left(tmp_path: Path) -> None:
    async with over_stdio(tmp_path) as host:
        await host.call("upload_images", paths=draw(tmp_path / "photos", "red", "green"))
        await host.call("edit", instruction="20 seconds long")
        started = await host.call("export", resolution="640x360", wait_seconds=0)
        assert started["status"] in ("queued", "running")
    assert list((tmp_path / "films").glob("*.mp4")) == []
    async with over_stdio(tmp_path) as host:
        ended = await host.call("wait", job=started["job"], wait_seconds=DEADLINE)
    assert ended["status"] == "completed"
    assert ended["result"]["duration_seconds"] == 20
    assert [path.name for path in (tmp_path / "films").iterdir()] == [Path(ended["result"]["path"]).name]


async def test_a_batch_goes_on_in_the_next_server_where_it_stopped(tmp_path: Path) -> None:
    lengths = {"one": "2 seconds long", "two": "2 seconds long", "three": "90 seconds long, zoom in on every photo"}
    for name in lengths:
        draw(tmp_path / name, "red", "blue")
    items = [{"media": [str(tmp_path / name)], "instruction": wish, "name": name} for name, wish in lengths.items()]
    films = tmp_path / "films"
    async with over_stdio(tmp_path) as host:
        started = await host.call("batch", items=items, resolution="640x360", wait_seconds=0)
        assert started["status"] in ("queued", "running")
        await until((films / "one.mp4").exists)
        assert not (films / "three.mp4").exists()
    made = (films / "one.mp4").stat()
    async with over_stdio(tmp_path) as host:
        ended = await host.call("wait", job=started["job"], wait_seconds=DEADLINE)
    assert [item["status"] for item in ended["result"]["items"]] == ["completed"] * 3
    assert sorted(path.name for path in films.iterdir()) == ["one.mp4", "three.mp4", "two.mp4"]
    # What was there is left as it was.
    assert ((films / "one.mp4").stat().st_ino, (films / "one.mp4").stat().st_mtime_ns) == (
        made.st_ino,
        made.st_mtime_ns,
    )


async def test_an_upload_that_was_interrupted_is_finished_by_the_next_server(tmp_path: Path) -> None:
    photos = draw(tmp_path / "photos", "red", "green", "blue")
    async with in_memory(tmp_path) as host:
        await host.call("upload_images", paths=photos[:1])
        assert host.services is not None
        project = (await host.call("get_state"))["project"]["id"]
        # As a process leaves it that was killed after the first file.
        job = await host.services.journal.add("upload", project, {"paths": photos, "urls": []})
    async with in_memory(tmp_path) as host:
        ended = await host.call("wait", job=job.id, wait_seconds=DEADLINE)
        assert [file["name"] for file in ended["result"]["stored"]] == ["2-green.jpg", "3-blue.jpg"]
        assert [file["name"] for file in (await host.call("get_state"))["media"]] == [
            Path(photo).name for photo in photos
        ]


def rpc(process: subprocess.Popen[bytes], id: int, method: str, params: dict[str, Any]) -> dict[str, Any]:
    """One request over stdio; notifications before its answer are passed over."""
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(json.dumps({"jsonrpc": "2.0", "id": id, "method": method, "params": params}).encode() + b"\n")
    process.stdin.flush()
    while True:
        line = process.stdout.readline()
        assert line, "the server is gone"
        answer: dict[str, Any] = json.loads(line)
        assert answer["jsonrpc"] == "2.0"
        if answer.get("id") == id:
            return answer


def raw_server(folder: Path, **more: Any) -> subprocess.Popen[bytes]:
    env = {
        **os.environ,
        "NEMO_DATA_DIR": str(folder / "data"),
        "NEMO_OUTPUT_DIR": str(folder / "films"),
        "NEMO_LOG": "debug",
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "nemovideo_mcp"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=env,
        **more,
    )
    hello = {"protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}}
    assert rpc(process, 0, "initialize", hello)["result"]["serverInfo"]["name"] == "nemovideo"
    assert process.stdin is not None
    process.stdin.write(b'{"jsonrpc":"2.0","method":"notifications/initialized"}\n')
    return process


def call(process: subprocess.Popen[bytes], id: int, tool: str, **arguments: Any) -> dict[str, Any]:
    result: dict[str, Any] = rpc(process, id, "tools/call", {"name": tool, "arguments": arguments})["result"]
    return result


def rendering(process: subprocess.Popen[bytes], folder: Path) -> list[int]:
    """Start a long render and give the process ids below the server."""
    call(process, 1, "upload_images", paths=draw(folder / "photos", "red", "green"))
    call(process, 2, "edit", instruction="600 seconds long")
    answer = call(process, 3, "export", wait_seconds=2)
    assert answer["structuredContent"]["status"] == "running", answer
    return children(process.pid)


def children(pid: int) -> list[int]:
    below = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[1]) == pid:
                below.append(int(entry.name))
    return below


def alive(pid: int) -> bool:
    try:
        return (Path("/proc") / str(pid) / "stat").read_text().rpartition(")")[2].split()[0] not in ("Z", "X")
    except OSError:
        return False


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks into /proc")
@pytest.mark.parametrize("how", ["stdin closed", "killed"])
async def test_a_server_that_ends_in_mid_render_takes_its_workers_along(tmp_path: Path, how: str) -> None:
    process = raw_server(tmp_path)
    workers = rendering(process, tmp_path)
    assert workers
    began = time.monotonic()
    if how == "stdin closed":
        assert process.stdin is not None
        process.stdin.close()
    else:
        process.kill()
    process.wait(10)
    assert time.monotonic() - began < 5
    await until(lambda: not any(alive(pid) for pid in workers))
    assert process.stdout is not None
    process.stdout.close()
    assert [path for path in (tmp_path / "films").glob("*") if not path.name.startswith(".")] == []


async def test_a_host_that_never_reads_does_not_keep_the_server_alive(tmp_path: Path) -> None:
    process = raw_server(tmp_path)
    assert process.stdin is not None
    for id in range(10, 400):
        # The answers fill the pipe, for nobody takes them out.
        frame = {"jsonrpc": "2.0", "id": id, "method": "tools/list", "params": {}}
        if id > 60:
            break
        process.stdin.write(json.dumps(frame).encode() + b"\n")
    process.stdin.flush()
    process.stdin.close()
    began = time.monotonic()
    process.wait(10)
    assert time.monotonic() - began < 5
    assert process.stdout is not None
    process.stdout.close()


async def test_an_interrupted_edit_is_not_sent_again_but_looked_into(tmp_path: Path) -> None:
    async with in_memory(tmp_path) as host:
        await host.call("upload_images", paths=draw(tmp_path / "photos", "red", "green"))
        await host.call("edit", instruction="5 seconds long")
        assert host.services is not None
        project = (await host.call("get_state"))["project"]["id"]
        found = await host.services.projects.by_id(project)
        draft, _ = await host.services.draft(found)
        job = await host.services.journal.add("edit", project, {"instruction": "8 seconds long", "operations": []})
        # As a process leaves it that was killed after sending.
        await host.services.journal.write(job.id, status="running", checkpoint={"sent": True, "draft_before": draft})
    async with in_memory(tmp_path, recover_first_seconds=0.01, recover_every_seconds=0.01) as host:
        text = await host.fail("wait", job=job.id, wait_seconds=DEADLINE)
        assert "not sent again" in text
        assert (await host.call("get_state"))["duration_seconds"] == 5


@pytest.mark.skipif(sys.platform == "win32", reason="kills with SIGKILL and selects on pipes")
def test_a_server_killed_at_any_moment_leaves_everything_finished_or_told(tmp_path: Path, kill_seed: int) -> None:
    assert killed_at(tmp_path, kill_seed)
