"""The studio's extensions, what survives a restart, several studios on one folder, and its limits."""

from __future__ import annotations

import errno
import io
import tracemalloc
from collections.abc import AsyncIterator
from pathlib import Path
from typing import TYPE_CHECKING

import anyio
import anyio.to_thread
import httpx
import pytest
from PIL import Image

from nemovideo_mcp.studio.app import Studio
from nemovideo_mcp.studio.database import Database, NewerData
from nemovideo_mcp.studio.files import Files
from nemovideo_mcp.studio.policy import Policy
from nemovideo_mcp.studio.server import NotLoopback, listening, serve

if TYPE_CHECKING:
    from support.studio import Api, World

pytest_plugins = ["support.studio"]
pytestmark = pytest.mark.anyio


@pytest.fixture(scope="module", autouse=True)
async def one_loop(anyio_backend: str) -> AsyncIterator[None]:
    """One event loop for the module, so that the workers that look into files are started once."""
    yield  # noqa: PT022 - the loop lives as long as the generator


async def film(api: Api, world: World, count: int = 2, seconds: float = 2) -> None:
    await api.upload(*((f"{n}.jpg", world.photo(n * 20)) for n in range(1, count + 1)))
    said = await api.say(operations=[{"op": "set_total_length", "seconds": seconds}])
    assert said.outcome["applied"], said.outcome


# Projects


async def test_projects_are_listed_renamed_and_deleted(world: World) -> None:
    async with world.open() as api:
        await api.new_session("Second")
        one = f"/api/studio/projects/{api.session}"
        renamed = await api.http.patch(one, json={"name": " Summer "}, headers=api.headers)
        blank = await api.http.patch(one, json={"name": " "}, headers=api.headers)
        listed = (await api.get("/api/studio/projects")).json()["data"]["projects"]
        deleted = await api.http.delete(one, headers=api.headers)
        left = (await api.get("/api/studio/projects")).json()["data"]["projects"]
        gone = await api.get(f"/api/state/nemo_agent/me/{api.session}/latest")
    assert renamed.json()["data"]["name"] == "Summer"
    assert (blank.status_code, blank.json()["code"]) == (400, 400)
    assert [project["name"] for project in listed] == ["Summer", "project"]
    assert set(listed[0]) >= {"session_id", "task_id", "name", "created", "updated"}
    assert deleted.json()["data"]["deleted"] is True
    assert [project["name"] for project in left] == ["project"]
    assert gone.json()["code"] == 1002


async def test_a_deleted_project_takes_its_files_but_not_those_that_others_use(near: World) -> None:
    async with near.open() as api:
        await api.upload(("a.jpg", near.photo(1)), ("b.jpg", near.photo(2)))
        first = api.session
        await api.new_session("Second")
        await api.upload(("a.jpg", near.photo(1)))
        await api.http.delete(f"/api/studio/projects/{first}", headers=api.headers)
        infos = (await api.state())["state"]["video_infos"]
        link = await api.get(infos[0]["cdn_url"])
    assert link.content == near.photo(1)
    assert len(list((near.folder / "media").rglob("*.jpg"))) == 1


async def test_deleting_a_project_stops_its_renders(near: World) -> None:
    renderer = near.gated_renderer(opened=False)
    async with near.open(renderer=renderer) as api:
        await film(api, near)
        await api.submit("r1")
        await api.until("r1", "processing")
        await api.http.delete(f"/api/studio/projects/{api.session}", headers=api.headers)
        answer = await api.get("/api/render/proxy/lambda/r1")
    assert renderer.stopped == 1
    assert answer.status_code == 404


# Versions


async def test_edits_are_undone_and_redone_in_words_and_nothing_is_lost(world: World) -> None:
    async with world.open() as api:
        await film(api, world, seconds=2)
        await api.say("make it 10 seconds long")
        await api.say("make it 20 seconds long")
        seen = []
        for said in ("undo", "撤销", "redo", "redo", "undo 2 steps", "start over", "undo"):
            assert (await api.say(said)).outcome["applied"], said
            seen.append((await api.draft())["d"])
        nothing = (await api.say(operations=[{"op": "restore", "to": "redo", "steps": 9}])).outcome
        versions = (await api.get(f"/api/studio/versions/{api.session}")).json()["data"]["versions"]
    assert seen == [10_000, 2000, 10_000, 20_000, 2000, 0, 2000]
    assert "nothing to redo" in nothing["not_understood"][0]["reason"]
    assert len(versions) == 11


async def test_an_older_version_can_be_restored_and_that_can_be_undone(world: World) -> None:
    async with world.open() as api:
        await film(api, world, seconds=2)
        await api.say("make it 10 seconds long")
        path = f"/api/studio/versions/{api.session}"
        listed = (await api.get(path)).json()["data"]
        restored = (await api.post(f"{path}/1/restore")).json()["data"]
        back = (await api.draft())["d"]
        await api.post(f"{path}/2/restore")
        forth = (await api.draft())["d"]
        unknown = await api.post(f"{path}/9/restore")
    assert listed["current"] == 2
    assert [(v["n"], v["duration"], v["current"]) for v in listed["versions"]] == [
        (0, 0, False),
        (1, 2, False),
        (2, 10, True),
    ]
    assert listed["versions"][2]["instruction"] == "make it 10 seconds long"
    assert "Timeline" in listed["versions"][2]["summary"]
    assert (restored["n"], restored["restored"], restored["draft"]["d"]) == (3, 1, 2000)
    assert (back, forth) == (2000, 10_000)
    assert (unknown.status_code, unknown.json()["code"]) == (404, 404)
    assert "0 to 4" in unknown.json()["message"]


# Preview


async def test_a_preview_shows_the_middle_of_each_clip(world: World) -> None:
    async with world.open() as api:
        await film(api, world, seconds=2)
        answer = await api.post(f"/api/studio/preview/{api.session}")
    assert answer.headers["content-type"] == "image/jpeg"
    assert answer.headers["X-Preview-Times"] == "0.5,1.5"
    assert len(answer.content) < 700_000
    with Image.open(io.BytesIO(answer.content)) as sheet:
        assert sheet.format == "JPEG"
        assert sheet.width > sheet.height


async def test_a_preview_of_given_times(world: World) -> None:
    async with world.open() as api:
        await film(api, world, seconds=2)
        path = f"/api/studio/preview/{api.session}"
        good = await api.post(path, {"times": [0, 2]})
        late = await api.post(path, {"times": [2.5]})
        bad = [await api.post(path, {"times": times}) for times in (["a"], [], 5, [-1], [True], [0.1] * 13)]
    assert good.headers["content-type"] == "image/jpeg"
    assert (late.status_code, late.json()["code"]) == (400, 400)
    assert "2 s" in late.json()["message"]
    assert [answer.status_code for answer in bad] == [400] * 6


async def test_a_preview_of_many_clips_shows_twelve_of_them(near: World) -> None:
    async def frames(job: object, times_ms: list[int], max_width: int, /) -> list[bytes]:
        return [near.photo(ms // 100) for ms in times_ms]

    async with near.open(frames=frames) as api:
        await film(api, near, count=30, seconds=30)
        answer = await api.post(f"/api/studio/preview/{api.session}")
    times = answer.headers["X-Preview-Times"].split(",")
    assert (len(times), times[0], times[-1]) == (12, "0.5", "29.5")


async def test_a_preview_of_an_empty_timeline_is_400(world: World) -> None:
    async with world.open() as api:
        answer = await api.post(f"/api/studio/preview/{api.session}")
    assert (answer.status_code, answer.json()["code"]) == (400, 400)
    assert "empty" in answer.json()["message"]


# Restarts, several studios


async def test_everything_survives_a_restart(world: World) -> None:
    async with world.open(Policy(credits=30)) as api:
        await film(api, world, seconds=2)
        await api.submit("r1")
        await api.until("r1", "completed")
        before = await api.state()
    async with world.open(Policy(credits=30), api=api):
        after = await api.state()
        film_after = await api.get("/api/render/proxy/r1/download")
        credits = (await api.get("/api/credits/balance/simple")).json()["data"]
        again = await api.submit("r1")
    assert after["state"]["draft"] == before["state"]["draft"]
    assert [i["hash"] for i in after["state"]["video_infos"]] == [i["hash"] for i in before["state"]["video_infos"]]
    assert film_after.content.startswith(b"film of r1")
    assert credits["available"] == 20
    assert again.status_code == 409


async def test_an_edit_that_a_stopping_studio_interrupts_changes_nothing_and_costs_nothing(near: World) -> None:
    editor = near.gated_editor()
    async with near.open(Policy(credits=30), editor=editor) as api:
        await api.upload(("a.jpg", near.photo(1)))
        async with api.stream("make it 10 seconds long") as response:
            await anext(response.aiter_lines())
            await anyio.to_thread.run_sync(editor.started.wait, 10)
    editor.gate.set()
    async with near.open(Policy(credits=30), api=api):
        assert (await api.draft())["d"] == 0
        assert (await api.get("/api/credits/balance/simple")).json()["data"]["available"] == 30


async def test_edits_of_one_session_through_two_studios_both_count(near: World) -> None:
    editor = near.gated_editor()
    async with near.open(editor=editor) as api, near.open(signed_in=False) as other:
        await api.upload(("a.jpg", near.photo(1)), ("b.jpg", near.photo(2)))
        other.token, other.session = api.token, api.session
        async with api.stream(operations=[{"op": "set_total_length", "seconds": 7}]) as response:
            lines = response.aiter_lines()
            await anext(lines)
            await anyio.to_thread.run_sync(editor.started.wait, 10)
            # The first has read the timeline by now; the second is quicker.
            await other.say(operations=[{"op": "set_canvas", "ratio": "1:1"}])
            editor.gate.set()
            assert [line async for line in lines]
        draft = await api.draft()
    assert (draft["d"], draft["m"]["width"], draft["m"]["height"]) == (7000, 1080, 1080)


async def test_a_folder_of_a_newer_version_is_not_touched(tmp_path: Path) -> None:
    database = Database(Files(tmp_path).database)
    await database.run(lambda db: db.execute("SELECT 1"))
    await database.close()
    newer = Database(Files(tmp_path).database)
    await newer.run(lambda db: db.execute("PRAGMA user_version = 99"))
    await newer.close()
    with pytest.raises(NewerData, match="newer"):
        async with Studio(tmp_path):
            pass


async def test_a_studio_that_is_not_entered_can_be_thrown_away(tmp_path: Path) -> None:
    Studio(tmp_path / "new")
    assert not (tmp_path / "new").exists()


async def test_no_token_is_kept_in_clear(near: World) -> None:
    async with near.open() as api:
        await film(api, near)
    kept = b"".join(path.read_bytes() for path in near.folder.iterdir() if path.is_file())
    assert api.token.encode() not in kept
    assert api.client_id.encode() not in kept


# Uploads


async def test_a_large_upload_keeps_memory_flat(world: World) -> None:
    size, chunk = 60_000_000, bytes(65_536)

    async def body() -> AsyncIterator[bytes]:
        yield b'--b\r\nContent-Disposition: form-data; name="files"; filename="big.jpg"\r\n\r\n' + world.photo(1)
        for _ in range(size // len(chunk)):
            yield chunk
        yield b"\r\n--b--\r\n"

    async with world.open() as api:
        await api.upload(("small.jpg", world.photo(2)))
        headers = {**api.headers, "Content-Type": "multipart/form-data; boundary=b"}
        tracemalloc.start()
        try:
            path = f"/api/upload-video/nemo_agent/me/{api.session}"
            answer = await api.http.post(path, content=body(), headers=headers)
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
        spool = list(Files(world.folder).spool.iterdir())
    (stored,) = answer.json()["data"]["files"]
    assert (stored["filename"], stored["width"]) == ("big.jpg", 96)
    assert stored["size"] > 59_000_000
    assert peak < 8_000_000
    assert spool == []


async def test_a_broken_multipart_body_is_400_and_leaves_nothing(world: World) -> None:
    async with world.open() as api:
        headers = {**api.headers, "Content-Type": "multipart/form-data; boundary=b"}
        path = f"/api/upload-video/nemo_agent/me/{api.session}"
        part = b'--b\r\nContent-Disposition: form-data; name="files"; filename="../../a.jpg"\r\n\r\n'
        cut = await api.http.post(path, content=part + world.photo(1), headers=headers)
        noise = await api.http.post(path, content=b"noise", headers=headers)
        named = await api.http.post(path, content=part + world.photo(1) + b"\r\n--b--\r\n", headers=headers)
        left = list(Files(world.folder).spool.iterdir())
    assert [answer.status_code for answer in (cut, noise)] == [400, 400]
    assert named.json()["data"]["files"][0]["filename"] == "a.jpg"
    assert left == []


async def test_a_full_disk_is_said_and_nothing_is_left(near: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    async with near.open() as api:
        with monkeypatch.context() as patch:
            patch.setattr(Files, "adopt", full)
            answer = await api.upload(("a.jpg", near.photo(1)))
        infos = (await api.state())["state"]["video_infos"]
        again = await api.upload(("a.jpg", near.photo(1)))
        left = list(Files(near.folder).spool.iterdir())
    assert (answer.status_code, answer.json()["code"]) == (507, 507)
    assert "disk is full" in answer.json()["message"]
    assert (infos, left) == ([], [])
    assert again.json()["code"] == 0


# The socket


async def test_what_goes_wrong_in_the_block_comes_out_as_it_is(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError):
        async with Studio(tmp_path) as studio, listening(studio):
            raise ZeroDivisionError


async def test_a_studio_listens_on_this_machine_only(tmp_path: Path) -> None:
    async with Studio(tmp_path) as studio:
        for host in ("0.0.0.0", "::", "192.168.1.5", "example.com", ""):
            with pytest.raises(NotLoopback, match="this machine only"):
                async with listening(studio, host):
                    pass


async def test_a_page_that_points_its_own_name_at_the_studio_is_refused(tmp_path: Path) -> None:
    async with Studio(tmp_path) as studio, listening(studio, "localhost") as url, httpx.AsyncClient() as http:
        token = f"{url}/api/auth/anonymous-token"
        evil = await http.post(token, headers={"X-Client-Id": "c", "Host": "evil.example"})
        good = await http.post(token, headers={"X-Client-Id": "c"})
    assert evil.status_code == 400
    assert good.status_code == 200


async def test_serve_says_where_it_is_and_stops_when_cancelled(tmp_path: Path) -> None:
    async with Studio(tmp_path) as studio, anyio.create_task_group() as group, httpx.AsyncClient() as http:
        url = await group.start(serve, studio)
        answer = await http.post(f"{url}/api/auth/anonymous-token", headers={"X-Client-Id": "c"})
        group.cancel_scope.cancel()
    assert answer.status_code == 200
    async with httpx.AsyncClient() as http:
        with pytest.raises(httpx.ConnectError):
            await http.get(url)
