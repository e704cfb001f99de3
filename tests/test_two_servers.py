"""Two server processes on one data folder, as two hosts on one machine start them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import anyio
import pytest

from support.backend import Backend
from support.hosts import Host, draw, over_stdio
from support.sockets import serving

pytestmark = pytest.mark.anyio


@asynccontextmanager
async def two(folder: Path, **env: str) -> AsyncIterator[tuple[Host, Host]]:
    async with over_stdio(folder, **env) as one, over_stdio(folder, **env) as other:
        yield one, other


async def test_edits_of_two_processes_in_one_project_are_both_made_one_after_the_other(tmp_path: Path) -> None:
    async with two(tmp_path) as (one, other):
        project = (await one.call("upload_images", paths=draw(tmp_path, "red", "green", "blue")))["project"]["id"]
        await one.call("edit", instruction="9-second slideshow", project=project)
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(lambda: one.call("edit", instruction='add a title "One" at the top', project=project))
            tasks.start_soon(lambda: other.call("edit", instruction="delete photo 2", project=project))
        states = [await host.call("get_state", project=project) for host in (one, other)]
    for state in states:
        assert [text["text"] for text in state["texts"]] == ["One"]
        assert [clip["name"] for clip in state["clips"]] == ["1-red.jpg", "3-blue.jpg"]
        assert len(state["history"]) == 3


async def test_two_processes_that_start_at_once_sign_in_once(tmp_path: Path) -> None:
    backend = Backend()
    with serving(backend.app) as url:
        async with (
            two(tmp_path, NEMO_BACKEND="cloud", NEMO_API_URL=url) as (one, other),
            anyio.create_task_group() as tasks,
        ):
            tasks.start_soon(lambda: one.call("credits"))
            tasks.start_soon(lambda: other.call("credits"))
    assert len(backend.asked("/api/auth/anonymous-token")) == 1
    assert len(backend.asked("/api/credits/balance/simple")) == 2
