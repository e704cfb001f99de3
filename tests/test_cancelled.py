"""A call that its host cancels stops its work; one whose host lost patience, or the connection, loses nothing."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import anyio
import pytest
from mcp.shared.exceptions import MCPError

from support.backend import Backend
from support.clouds import AFTER, BEFORE, cloud
from support.hosts import Host, draw, over, over_http, over_stdio
from support.sockets import serving

pytestmark = pytest.mark.anyio

EVERYWHERE = [("stdio", "legacy"), ("stdio", "2026-07-28"), ("http", "legacy"), ("http", "2026-07-28")]
TOLD = EVERYWHERE[:3]
"""Where a host can say that it cancels a call; in the newest protocol over HTTP it can only close the connection."""
DEADLINE = 30.0


@asynccontextmanager
async def connected(way: tuple[str, str], folder: Path, url: str) -> AsyncIterator[Host]:
    """A host of a server whose cloud is at a URL."""
    transport, mode = way
    if transport == "stdio":
        env = {"NEMO_API_URL": url, "NEMO_TOKEN": "nmv_usr_test"}
        async with over_stdio(folder, hosted={"mode": mode}, **env) as host:
            yield host
    else:
        async with over_http(folder, over(url), backend="cloud", hosted={"mode": mode}) as host:
            yield host


@pytest.fixture
def endless() -> Iterator[tuple[Backend, str]]:
    """A cloud whose edit does not end by itself."""
    backend = cloud(BEFORE, BEFORE, AFTER, chunks=[b'data: {"text": "At work."}\n\n'])
    backend.then = "heartbeats"
    with serving(backend.app) as url:
        yield backend, url


async def leave(host: Host, tool: str, **arguments: Any) -> None:
    """Call a tool, and cancel the call once its job is at work."""
    async with anyio.create_task_group() as tasks:

        async def heard(progress: float, total: float | None, message: str | None) -> None:
            if message == "At work.":
                tasks.cancel_scope.cancel()

        async def call() -> None:
            await host.client.call_tool(tool, arguments, progress_callback=heard)

        tasks.start_soon(call)


async def job_of(host: Host, *statuses: str) -> dict[str, Any]:
    """The latest job, as soon as it is in one of these states."""
    with anyio.fail_after(DEADLINE):
        while True:
            job: dict[str, Any] = (await host.call("get_state"))["jobs"][0]
            if job["status"] in statuses:
                return job
            await anyio.sleep(0.02)


@pytest.mark.parametrize("way", TOLD, ids=" ".join)
async def test_a_cancelled_call_stops_its_edit_and_says_that_the_cloud_may_go_on(
    tmp_path: Path, endless: tuple[Backend, str], way: tuple[str, str]
) -> None:
    async with connected(way, tmp_path, endless[1]) as host:
        await leave(host, "edit", instruction="a film")
        job = await job_of(host, "cancelled", "completed")
        assert job["status"] == "cancelled"
        assert "may still be carried out" in job["message"]
    assert len(endless[0].asked("/run_sse")) == 1


async def test_a_host_that_closes_the_connection_loses_no_job(tmp_path: Path, endless: tuple[Backend, str]) -> None:
    async with connected(("http", "2026-07-28"), tmp_path, endless[1]) as host:
        await leave(host, "edit", instruction="a film")
        job = await job_of(host, "running", "cancelled")
        assert job["status"] == "running"
        assert (await host.call_any("cancel", job=job["job"]))["status"] == "cancelled"


@pytest.mark.parametrize("way", [("stdio", "2026-07-28"), ("http", "legacy")], ids=" ".join)
async def test_a_host_that_waits_no_longer_finds_the_result_later(
    tmp_path: Path, endless: tuple[Backend, str], way: tuple[str, str]
) -> None:
    async with connected(way, tmp_path, endless[1]) as host:
        await host.call("get_state")
        with pytest.raises(MCPError, match="timed out"):
            await host.client.call_tool("edit", {"instruction": "a film"}, read_timeout_seconds=1.5)
        job = await job_of(host, "running", "cancelled")
        assert job["status"] == "running"
        assert job["message"] == "At work."


@pytest.mark.parametrize("way", EVERYWHERE, ids=" ".join)
async def test_progress_reaches_the_host_and_does_so_again_when_it_waits_a_second_time(
    tmp_path: Path, endless: tuple[Backend, str], way: tuple[str, str]
) -> None:
    heard: list[tuple[float, str | None]] = []

    async def listen(progress: float, total: float | None, message: str | None) -> None:
        heard.append((progress, message))

    async with connected(way, tmp_path, endless[1]) as host:
        started = await host.call("edit", instruction="a film", wait_seconds=0)
        await leave(host, "wait", job=started["job"])
        again = await host.client.call_tool(
            "wait", {"job": started["job"], "wait_seconds": 0.3}, progress_callback=listen
        )
        assert again.structured_content is not None
        assert again.structured_content["status"] == "running"
        # What is sent last overtakes nothing, but the host may be told after the answer.
        with anyio.fail_after(DEADLINE):
            while not heard:
                await anyio.sleep(0.01)
    # A wait that was cancelled has stopped nothing.
    assert heard[-1][1] == "At work."
    assert [progress for progress, _ in heard] == sorted({progress for progress, _ in heard})
    assert 0 < heard[-1][0] < 100


async def test_a_cancelled_export_stops_the_render(tmp_path: Path) -> None:
    async with over_stdio(tmp_path, hosted={"mode": "legacy"}) as host:
        await host.call("upload_images", paths=draw(tmp_path / "photos", "red", "green"))
        await host.call("edit", instruction="600 seconds long")
        with anyio.move_on_after(0.3):
            await host.client.call_tool("export", {})
        assert (await job_of(host, "cancelled", "completed"))["status"] == "cancelled"
        # Nothing is in the way of the next one.
        await host.call("edit", instruction="1 second long")
        assert (await host.call("export", resolution="256x144", wait_seconds=60))["status"] == "completed"
    assert len(list((tmp_path / "films").iterdir())) == 1
