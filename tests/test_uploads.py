"""Files side by side on their way to the backend: bounded, and in the user's order whichever arrives first."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import anyio
import pytest

from nemovideo_mcp.api.errors import ApiError, Unreachable, UnsupportedFile
from nemovideo_mcp.cli.compose import open_client
from nemovideo_mcp.client import NemoVideoClient
from nemovideo_mcp.server.uploads import AT_ONCE
from support.clouds import BEFORE, cloud
from support.hosts import OpenClient, draw, in_memory, over, settings_in
from support.sockets import serving

pytestmark = pytest.mark.anyio

COLORS = ("red", "green", "blue", "red", "green", "blue", "red")


class Road:
    """What lies between the server and its backend: each file waits here until ``AT_ONCE`` are on the road, then the last one
    that set out goes first."""

    def __init__(self, files: int, refused: tuple[str, ...] = (), broken: tuple[str, ...] = ()) -> None:
        self._left = files
        self._refused, self._broken = refused, broken
        self._waiting: list[anyio.Event] = []
        self.most = 0
        self.arrived: list[str] = []

    def over(self, opened: OpenClient) -> OpenClient:
        @asynccontextmanager
        async def wrapped() -> AsyncIterator[NemoVideoClient]:
            async with opened() as client:
                usual = client.upload_files

                async def upload_files(session_id: str, parts: Any, *rest: Any, **more: Any) -> Any:
                    await self._wait()
                    name = parts[0].name
                    try:
                        if name in self._refused:
                            raise UnsupportedFile("It is not a picture.", code=4001)
                        if name in self._broken:
                            raise Unreachable("The connection broke.")
                        self.arrived.append(name)
                        return await usual(session_id, parts, *rest, **more)
                    finally:
                        self._next()

                client.upload_files = upload_files  # type: ignore[assignment, method-assign]
                yield client

        return wrapped

    async def _wait(self) -> None:
        turn = anyio.Event()
        self._waiting.append(turn)
        self.most = max(self.most, len(self._waiting))
        self._left -= 1
        if len(self._waiting) == AT_ONCE or not self._left:
            self._waiting[-1].set()
        await turn.wait()
        self._waiting.remove(turn)

    def _next(self) -> None:
        if self._waiting and not self._left:
            self._waiting[-1].set()


async def test_the_film_is_in_the_users_order_whichever_file_arrives_first(tmp_path: Path) -> None:
    paths = draw(tmp_path, *COLORS)
    for number, path in enumerate(paths):
        Path(path).write_bytes(Path(path).read_bytes() + bytes(number))
    names = [Path(path).name for path in paths]
    road = Road(len(paths))
    settings = settings_in(tmp_path)
    async with in_memory(tmp_path, road.over(lambda: open_client(settings))) as host:
        answer = await host.call("upload_images", paths=paths)
        assert road.most == AT_ONCE
        assert road.arrived != names
        assert [row["name"] for row in answer["stored"]] == names
        await host.call("edit", instruction="7-second slideshow")
        state = await host.call("get_state")
        assert [clip["name"] for clip in state["clips"]] == names
        assert [row["name"] for row in state["media"]] == names


async def test_a_file_that_is_refused_or_lost_does_not_take_the_others_with_it(tmp_path: Path) -> None:
    paths = draw(tmp_path, "red", "green", "blue")
    names = [Path(path).name for path in paths]
    settings = settings_in(tmp_path)
    road = Road(3, refused=(names[1],))
    async with in_memory(tmp_path, road.over(lambda: open_client(settings))) as host:
        answer = await host.call("upload_images", paths=paths)
        assert [row["name"] for row in answer["stored"]] == [names[0], names[2]]
        assert [row["name"] for row in answer["skipped"]] == [names[1]]
    road = Road(3, broken=(names[1],))
    async with in_memory(tmp_path / "b", road.over(lambda: open_client(settings_in(tmp_path / "b")))) as host:
        answer = await host.call("upload_images", paths=paths)
        assert [row["name"] for row in answer["stored"]] == [names[0], names[2]]
        assert "The connection broke" in answer["skipped"][0]["reason"]


async def test_to_a_backend_without_positions_a_file_sets_out_when_the_one_before_has_left(tmp_path: Path) -> None:
    backend = cloud(BEFORE)
    paths = draw(tmp_path, *COLORS)
    for number, path in enumerate(paths):
        Path(path).write_bytes(Path(path).read_bytes() + bytes(number))
    with serving(backend.app) as url:
        async with in_memory(tmp_path, over(url)) as host:
            await host.call("upload_images", paths=paths)
    assert [name for name, _, _ in backend.uploaded] == [Path(path).name for path in paths]
    sent = [seen for seen in backend.seen if "/upload-video/" in seen.path]
    assert all("x-upload-position" not in seen.headers for seen in sent)


async def test_the_studio_sorts_its_pool_by_position_and_puts_files_without_one_last(tmp_path: Path) -> None:
    async with open_client(settings_in(tmp_path)) as client:
        session = (await client.create_session()).session_id
        red, green, blue = (Path(path) for path in draw(tmp_path, "red", "green", "blue"))
        await client.upload_files(session, [red], position=20)
        await client.upload_files(session, [green], position=10)
        await client.upload_files(session, [blue])
        pool = (await client.state(session)).state.video_infos or []
        assert [file["filename"] for file in pool] == [green.name, red.name, blue.name]
        with pytest.raises(ApiError, match="whole number"):
            await client.upload_files(session, [red], position=-1)
