"""The tasks extension: edits and exports are tasks for hosts that take them, on the jobs that everybody else waits for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import anyio
import pytest
from mcp.client import ClientSession
from mcp.shared.exceptions import MCPError
from mcp_types import Request, RequestParams, Result

from support.clouds import AFTER, BEFORE, cloud, cut_short
from support.hosts import TINY, Host, draw, in_memory, over_stdio
from support.sockets import serving
from support.taskhost import TaskHost, ask

pytestmark = pytest.mark.anyio


async def started(host: Host, folder: Path, seconds: int = 10) -> None:
    """A film that is not rendered in a moment: every frame is another."""
    await host.call("upload_images", paths=draw(folder / "photos", "red", "green"))
    await host.call("edit", instruction=f"{seconds} seconds long, zoom in on every photo")


async def test_an_export_is_a_task_whose_result_is_the_film(tmp_path: Path) -> None:
    taker = TaskHost()
    async with in_memory(tmp_path, hosted={"extensions": [taker]}) as host:
        await started(host, tmp_path)
        film = await host.call("export", resolution="640x360", wait_seconds=3600)
        assert Path(film["path"]).exists()
        task = taker.created[-1]
        assert (task.task_id, task.status) == (film["job"], "working")
        assert task.ttl_ms == 7 * 24 * 3600 * 1000
        assert 500 <= task.poll_interval_ms <= 10_000
        assert taker.seen[-1]["result"]["structuredContent"] == film
        assert any(block["type"] == "resource_link" for block in taker.seen[-1]["result"]["content"])
        # It is the job that anybody may wait for.
        assert (await host.call("wait", job=task.task_id))["result"] == film


async def test_a_task_is_found_by_the_next_server(tmp_path: Path) -> None:
    async def leave(session: ClientSession, task: str) -> None:
        with anyio.fail_after(30):
            while (await ask(session, "tasks/get", task))["statusMessage"] != "At work.":
                await anyio.sleep(0.02)
        raise ConnectionAbortedError

    gone = TaskHost(leave, of="edit")
    backend = cloud(BEFORE, AFTER, chunks=[b'data: {"text": "At work."}\n\n'])
    backend.then = "heartbeats"
    with serving(backend.app) as url:
        env = {"NEMO_API_URL": url, "NEMO_TOKEN": "nmv_usr_test", "NEMO_RECOVER_FIRST_SECONDS": "0.01"}
        async with over_stdio(tmp_path, hosted={"extensions": [gone]}, **env) as host:
            with pytest.raises(ConnectionAbortedError):
                await host.call("edit", instruction="add a title")
        async with over_stdio(tmp_path, hosted={"extensions": [TaskHost()]}, **env) as host:
            answer: dict[str, Any] = {"status": "working"}
            with anyio.fail_after(30):
                while answer["status"] == "working":
                    answer = await ask(host.client.session, "tasks/get", gone.created[-1].task_id)
    assert "Urban Dreams" in answer["result"]["structuredContent"]["reply"]
    assert len(backend.asked("/run_sse")) == 1


async def test_an_edit_that_exports_is_one_task_with_both_results(tmp_path: Path) -> None:
    taker = TaskHost()
    async with in_memory(tmp_path, hosted={"extensions": [taker]}) as host:
        await started(host, tmp_path)
        answer = await host.call("edit", instruction="make it 1 second long and export it")
    assert taker.created[-1].task_id == answer["job"]
    assert answer["job"].startswith("edit_")
    assert "1 s" in answer["reply"]
    assert Path(answer["routed"]["export"]["path"]).exists()


async def test_what_fails_at_once_is_answered_at_once(tmp_path: Path) -> None:
    taker = TaskHost()
    async with in_memory(tmp_path, hosted={"extensions": [taker]}) as host:
        assert "upload_images first" in await host.fail("export")
        assert taker.created == []


async def test_a_tool_that_fails_later_completes_its_task_with_an_error(tmp_path: Path) -> None:
    taker = TaskHost()
    backend = cloud(*[BEFORE] * 8, chunks=[])
    backend.then = "heartbeats"
    with serving(backend.app) as url:
        options = {"recover_first_seconds": 0.4, "recover_every_seconds": 0.3, "recover_looks": 2}
        async with in_memory(
            tmp_path, cut_short(url), backend="cloud", hosted={"extensions": [taker]}, **options
        ) as host:
            text = await host.fail("edit", instruction="add a title")
    assert "not sent again" in text
    assert taker.seen[-1]["status"] == "completed"
    assert taker.seen[-1]["result"]["isError"] is True


async def test_a_cancelled_task_stops_its_job(tmp_path: Path) -> None:
    async def cancel(session: ClientSession, task: str) -> None:
        assert await ask(session, "tasks/cancel", task) == {"resultType": "complete"}
        # Once more does no harm.
        assert await ask(session, "tasks/cancel", task) == {"resultType": "complete"}

    taker = TaskHost(cancel)
    async with in_memory(tmp_path, hosted={"extensions": [taker]}) as host:
        await started(host, tmp_path, seconds=600)
        answer = await host.call_any("export")
        assert answer["status"] == "cancelled"
        assert (await host.call("get_state"))["jobs"][0]["status"] == "cancelled"


async def test_hosts_that_do_not_take_tasks_wait_as_before_and_are_refused_the_rest(tmp_path: Path) -> None:
    async with in_memory(tmp_path) as host:
        await started(host, tmp_path)
        film = await host.call("export", resolution=TINY)
        with pytest.raises(MCPError) as refused:
            await ask(host.client.session, "tasks/get", film["job"])
    assert refused.value.error.code == -32021


async def test_an_unknown_task_is_an_error_in_the_parameters(tmp_path: Path) -> None:
    async with in_memory(tmp_path, hosted={"extensions": [TaskHost()]}) as host:
        for method in ("tasks/get", "tasks/cancel", "tasks/update"):
            more: dict[str, Any] = {"input_responses": {}} if method == "tasks/update" else {}
            with pytest.raises(MCPError) as refused:
                await ask(host.client.session, method, "export_nothing", **more)
            assert refused.value.error.code == -32602


async def test_who_wants_to_be_told_of_tasks_says_that_they_take_them(tmp_path: Path) -> None:
    async with in_memory(tmp_path) as host:
        params = ListenParams(notifications={"taskIds": ["export_x"]})
        with pytest.raises(MCPError) as refused:
            await host.client.session.send_request(Request(method="subscriptions/listen", params=params), Result)
    assert refused.value.error.code == -32021


class ListenParams(RequestParams):
    notifications: dict[str, list[str]]
