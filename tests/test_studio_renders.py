"""Exports against the studio: the calls, the queue, cancelling, and what survives the death of a process."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import anyio
import httpx
import pytest
from filelock import FileLock

from nemovideo_mcp.studio.files import Files
from nemovideo_mcp.studio.policy import Policy
from nemovideo_mcp.studio.render import process
from nemovideo_mcp.studio.render.job import RenderError, RenderJob, RenderResult

if TYPE_CHECKING:
    from support.studio import Api, World

pytest_plugins = ["support.studio"]
pytestmark = pytest.mark.anyio


@pytest.fixture(scope="module", autouse=True)
async def one_loop(anyio_backend: str) -> AsyncIterator[None]:
    """One event loop for the module, so that the workers that look into files are started once."""
    yield  # noqa: PT022 - the loop lives as long as the generator


async def film(api: Api, world: World) -> dict[str, Any]:
    """The draft of a film of two photos and two seconds."""
    await api.upload(("a.jpg", world.photo(1)), ("b.jpg", world.photo(2)))
    said = await api.say(operations=[{"op": "set_total_length", "seconds": 2}])
    assert said.outcome["applied"], said.outcome
    return await api.draft()


async def test_a_render_goes_from_pending_to_a_film_that_can_be_downloaded(world: World) -> None:
    renderer = world.gated_renderer(opened=False)
    async with world.open(renderer=renderer) as api:
        answer = await api.submit("render_1", await film(api, world), filename="夏天")

        async def half_way() -> bool:
            return bool((await api.render("render_1"))["progress"] >= 0.5)

        await world.eventually(half_way)
        running = await api.render("render_1")
        early = await api.get("/api/render/proxy/render_1/download")
        renderer.gate.set()
        done = await api.until("render_1", "completed")
        whole = await api.get(done["output"]["url"])
        part = await api.http.get(done["output"]["url"], headers={**api.headers, "Range": "bytes=5-6"})
    assert (answer.status_code, answer.json()["id"]) == (200, "render_1")
    assert "code" not in answer.json()
    assert answer.json()["status"] in ("pending", "processing")
    assert (running["message"], running["output"], running["completedAt"]) == ("Half way", None, None)
    assert early.status_code == 404
    assert (done["progress"], done["error"]) == (1, None)
    assert (done["output"]["duration"], done["output"]["size"]) == (2.0, len(whole.content))
    assert done["createdAt"] <= done["completedAt"]
    assert whole.content.startswith(b"film of render_1")
    assert whole.headers["content-type"] == "video/mp4"
    assert "filename" in whole.headers["content-disposition"]
    assert (part.status_code, part.content) == (206, whole.content[5:7])


async def test_a_missing_attribution_header_is_402(world: World) -> None:
    async with world.open() as api:
        draft = await film(api, world)
        body = {"id": "r1", "sessionId": api.session, "draft": draft, "output": {}}
        for missing in ("X-Skill-Source", "X-Skill-Version", "X-Skill-Platform"):
            headers = {name: value for name, value in api.headers.items() if name != missing}
            answer = await api.http.post("/api/render/proxy/lambda", json=body, headers=headers)
            assert (answer.status_code, answer.json()["code"]) == (402, 402)
            assert missing in answer.json()["message"]
        assert (await api.submit("r1", draft)).status_code == 200


async def test_a_plan_without_export_is_402(world: World) -> None:
    async with world.open(Policy(plan_allows_export=False)) as api:
        answer = await api.submit("r1", await film(api, world))
    assert (answer.status_code, answer.json()["code"]) == (402, 402)
    assert "plan" in answer.json()["message"]


async def test_a_render_id_can_be_used_once(world: World) -> None:
    async with world.open() as api:
        draft = await film(api, world)
        await api.submit("render_1", draft)
        again = await api.submit("render_1", draft)
        other = await api.submit("render_2", draft)
    assert again.status_code == 409
    assert "duplicate render id" in again.json()["message"]
    assert other.status_code == 200


async def test_an_unknown_render_is_404_also_when_it_is_another_users(world: World) -> None:
    async with world.open() as api:
        await api.submit("render_1", await film(api, world))
        unknown = await api.get("/api/render/proxy/lambda/none")
        await api.until("render_1", "completed")
        api.client_id = "somebody-else"
        await api.sign_in()
        answers = [
            await api.get("/api/render/proxy/lambda/render_1"),
            await api.get("/api/render/proxy/render_1/download"),
            await api.post("/api/render/proxy/lambda/render_1/cancel"),
        ]
    assert [a.status_code for a in (unknown, *answers)] == [404] * 4


@pytest.mark.parametrize(
    ("output", "word"),
    [
        ({"format": "wmv"}, "mp4, mov, webm, mkv, avi or gif"),
        ({"format": "gif", "fps": 50}, "30 frames a second"),
        ({"format": "gif", "resolution": "1080p"}, "1280 pixels"),
        ({"format": "webm", "max_bytes": 1000}, "mp4, mov, mkv"),
        ({"max_bitrate": -5}, "max_bitrate"),
        ({"max_bytes": True}, "max_bytes"),
        ({"quality": "best"}, "quality"),
        ({"resolution": "big"}, "resolution"),
        ({"resolution": "321x180"}, "even"),
        ({"resolution": "64x64"}, "128"),
        ({"resolution": "8000x4000"}, "4096"),
        ({"fps": 7}, "fps"),
        ({"fps": True}, "fps"),
        ({"filename": 5}, "filename"),
    ],
    ids=str,
)
async def test_an_output_that_cannot_be_is_refused_with_the_reason(
    near: World, output: dict[str, Any], word: str
) -> None:
    async with near.open() as api:
        answer = await api.submit("r1", await film(api, near), **output)
        unknown = await api.get("/api/render/proxy/lambda/r1")
    assert (answer.status_code, answer.json()["code"]) == (400, 400)
    assert word in answer.json()["message"]
    assert unknown.status_code == 404


@pytest.mark.parametrize(
    ("resolution", "size"),
    [
        ("720p", (720, 1280)),
        ("1080p", (1080, 1920)),
        ("4k", (2160, 3840)),
        ("320x180", (320, 180)),
        (None, (None, None)),
    ],
)
async def test_a_resolution_keeps_the_shape_of_the_film(near: World, resolution: str | None, size: Any) -> None:
    renderer = near.gated_renderer()
    async with near.open(renderer=renderer) as api:
        await film(api, near)
        await api.say(operations=[{"op": "set_canvas", "ratio": "9:16"}])
        await api.submit("r1", await api.draft(), resolution=resolution, fps=24, quality="draft")
        await api.until("r1", "completed")
    (job,) = renderer.jobs
    assert (job.width, job.height) == size
    assert (job.fps, job.quality) == (24, "draft")


@pytest.mark.parametrize(
    "draft",
    [
        {"t": 5},
        {"t": [{"tt": 0, "sg": [{"media": "md_none", "d": 1000, "m": {"title": "lost.jpg"}}]}]},
        {"t": [{"tt": 0, "sg": [{"media": "md_none", "d": -1}]}]},
        {"t": [{"tt": 0, "sg": [{"media": "md_none", "d": 8_000_000}]}]},
    ],
    ids=["no draft", "unknown media", "negative length", "too long"],
)
async def test_a_draft_that_cannot_be_rendered_is_400(near: World, draft: Any) -> None:
    async with near.open() as api:
        await film(api, near)
        answer = await api.submit("r1", draft)
    assert (answer.status_code, answer.json()["code"]) == (400, 400)


async def test_an_export_without_media_is_400(world: World) -> None:
    async with world.open() as api:
        answer = await api.submit("r1", await api.draft())
    assert answer.status_code == 400
    assert "no media on the timeline" in answer.json()["message"]


async def test_the_first_export_lays_out_all_media(world: World) -> None:
    renderer = world.gated_renderer()
    async with world.open(renderer=renderer) as api:
        await api.upload(("a.jpg", world.photo(1)), ("b.jpg", world.photo(2)))
        await api.submit("r1", await api.draft())
        await api.until("r1", "completed")
        draft = await api.draft()
        # The stored film is what an empty draft means from now on.
        await api.submit("r2", {})
        await api.until("r2", "completed")
        versions = (await api.get(f"/api/studio/versions/{api.session}")).json()["data"]
    assert [clip["m"]["title"] for clip in draft["t"][0]["sg"]] == ["a.jpg", "b.jpg"]
    assert [job.draft for job in renderer.jobs] == [draft, draft]
    assert versions["current"] == 1


async def test_one_export_of_a_session_runs_and_the_others_wait_in_order(world: World) -> None:
    renderer = world.gated_renderer(opened=False)
    async with world.open(renderer=renderer, renders_at_once=4) as api:
        draft = await film(api, world)
        for id in ("r1", "r2", "r3"):
            await api.submit(id, draft)
        await api.until("r1", "processing")
        waiting = await api.render("r3")
        renderer.gate.set()
        for id in ("r1", "r2", "r3"):
            await api.until(id, "completed")
    assert waiting["status"] == "pending"
    assert "2 other exports" in waiting["message"]
    assert [job.output.stem for job in renderer.jobs] == ["r1", "r2", "r3"]
    assert renderer.most_at_once == 1


async def test_sessions_render_side_by_side_up_to_the_limit(near: World) -> None:
    renderer = near.gated_renderer(opened=False)
    async with near.open(renderer=renderer, renders_at_once=2) as api:
        for number in range(3):
            await api.new_session()
            await api.submit(f"r{number}", await film(api, near))
        await api.until("r0", "processing")
        await api.until("r1", "processing")
        third = await api.render("r2")
        renderer.gate.set()
        await api.until("r2", "completed")
    assert third["status"] == "pending"
    assert renderer.most_at_once == 2


async def test_cancelling_stops_a_running_render_at_once_and_a_waiting_one_before_it_starts(world: World) -> None:
    renderer = world.gated_renderer(opened=False)
    async with world.open(renderer=renderer) as api:
        draft = await film(api, world)
        for id in ("r1", "r2", "r3"):
            await api.submit(id, draft)
        await api.until("r1", "processing")
        waiting = await api.post("/api/render/proxy/lambda/r2/cancel")
        running = await api.post("/api/render/proxy/lambda/r1/cancel")
        assert renderer.stopped == 1
        await api.until("r3", "processing")
        renderer.gate.set()
        await api.until("r3", "completed")
        late = await api.post("/api/render/proxy/lambda/r3/cancel")
    assert [a.json()["status"] for a in (waiting, running, late)] == ["cancelled", "cancelled", "completed"]
    assert [job.output.stem for job in renderer.jobs] == ["r1", "r3"]


async def test_a_render_that_fails_says_why(world: World) -> None:
    async def broken(job: RenderJob, on_progress: Any, /) -> RenderResult:
        raise RenderError("The photo a.jpg is broken; remove it.")

    async with world.open(renderer=broken) as api:
        await api.submit("r1", await film(api, world))
        failed = await api.until("r1", "failed")
    assert failed["error"] == "The photo a.jpg is broken; remove it."
    assert failed["output"] is None


async def test_a_fault_of_the_renderer_fails_the_render_and_not_the_queue(near: World) -> None:
    async def faulty(job: RenderJob, on_progress: Any, /) -> RenderResult:
        if job.output.stem == "r1":
            raise ZeroDivisionError("secret detail")
        return await near.gated_renderer()(job, on_progress)

    async with near.open(renderer=faulty) as api:
        draft = await film(api, near)
        await api.submit("r1", draft)
        await api.submit("r2", draft)
        failed = await api.until("r1", "failed")
        await api.until("r2", "completed")
    assert failed["error"]
    assert "secret" not in failed["error"]


async def test_a_render_that_a_stopped_studio_left_is_finished_by_the_next(near: World) -> None:
    first, second = near.gated_renderer(opened=False), near.gated_renderer()
    async with near.open(renderer=first) as api:
        draft = await film(api, near)
        await api.submit("r1", draft)
        await api.submit("r2", draft)
        await api.until("r1", "processing")
    async with near.open(api=api, renderer=second):
        for id in ("r1", "r2"):
            done = await api.until(id, "completed")
            assert (await api.get(done["output"]["url"])).content == b"film of " + id.encode() + b".mp4"
    assert first.stopped == 1
    assert [job.output.stem for job in second.jobs] == ["r1", "r2"]


async def test_two_studios_on_one_folder_never_work_on_the_same_render(near: World) -> None:
    ours, theirs = near.gated_renderer(opened=False), near.gated_renderer()
    async with near.open(renderer=ours) as api:
        await api.submit("r1", await film(api, near))
        await api.until("r1", "processing")
        async with near.open(renderer=theirs, signed_in=False) as other:
            other.token, other.session = api.token, api.session
            await other.submit("r2", await api.draft())
            assert (await other.render("r2"))["status"] == "pending"
            assert theirs.jobs == []
            # Cancelled through the other studio, it stops in the one that works on it.
            await other.post("/api/render/proxy/lambda/r1/cancel")

            async def stopped() -> bool:
                return ours.stopped == 1

            await near.eventually(stopped)
            ours.gate.set()
            await other.until("r2", "completed")
    assert len(ours.jobs) + len(theirs.jobs) == 2


async def test_a_render_whose_process_has_died_is_taken_over(near: World) -> None:
    renderer = near.gated_renderer()
    # The lock stands for the process that works on it: it falls to whoever waits when that process dies.
    async with near.open(renderer=renderer) as api:
        draft = await film(api, near)
        lock = FileLock(Files(near.folder).lock(api.session))
        lock.acquire(blocking=False)
        await api.submit("r1", draft)
        assert (await api.render("r1"))["status"] == "pending"
        assert renderer.jobs == []
        Path(Files(near.folder).film("r1").parent / ".r1.mp4.dead.part").write_bytes(b"half")
        lock.release()
        await api.until("r1", "completed")
    assert [p.name for p in Files(near.folder).film("r1").parent.iterdir()] == ["r1.mp4"]


KILLED = """
import anyio, sys
from pathlib import Path
from nemovideo_mcp.studio.app import Studio

async def hang(job, on_progress):
    on_progress(0.3, "")
    print("rendering", flush=True)
    await anyio.sleep_forever()

async def main():
    async with Studio(Path(sys.argv[1]), renderer=hang, look_seconds=0.05):
        await anyio.sleep_forever()

anyio.run(main)
"""


async def test_a_render_of_a_killed_process_falls_to_a_studio_that_runs(near: World) -> None:
    renderer = near.gated_renderer()
    # No renders of its own until the other process has taken this one.
    async with near.open(renderer=renderer, renders_at_once=0) as api:
        await api.submit("r1", await film(api, near))
        command = [sys.executable, "-c", KILLED, str(near.folder)]
        async with await anyio.open_process(command, stderr=None) as other:
            assert other.stdout is not None
            with anyio.fail_after(20):
                assert b"rendering" in await other.stdout.receive()
            assert (await api.render("r1"))["status"] == "processing"
            async with near.open(renderer=renderer, signed_in=False):
                assert renderer.jobs == []
                other.kill()
                await api.until("r1", "completed")
    assert len(renderer.jobs) == 1


async def test_a_real_film_is_rendered_and_a_real_render_can_be_cancelled(world: World) -> None:
    async with world.open(renderer=process.render) as api:
        draft = await film(api, world)
        await api.submit("r1", draft, resolution="320x180", quality="draft")
        done = await api.until("r1", "completed", "failed")
        assert done["error"] is None
        content = (await api.get(done["output"]["url"])).content
        await api.submit("r2", draft, resolution="4k")
        await api.until("r2", "processing")
        answer = await api.post("/api/render/proxy/lambda/r2/cancel")
        left = [path.name for path in Files(world.folder).film("r2").parent.iterdir()]
    assert (done["output"]["width"], done["output"]["height"], done["output"]["duration"]) == (320, 180, 2.0)
    assert content[4:8] == b"ftyp"
    assert len(content) == done["output"]["size"]
    assert answer.json()["status"] == "cancelled"
    assert left == ["r1.mp4"]


async def test_credits_are_not_touched_by_an_export(near: World) -> None:
    async with near.open(Policy(credits=10, edit_cost=10)) as api:
        await api.submit("r1", await film(api, near))
        await api.until("r1", "completed")
        data = (await api.get("/api/credits/balance/simple")).json()["data"]
    assert data == {"available": 0, "frozen": 0, "total": 0, "unlimited": False}


async def test_a_body_that_is_no_submission_is_400(near: World) -> None:
    async with near.open() as api:
        path = "/api/render/proxy/lambda"
        bodies: list[dict[str, Any]] = [
            {},
            {"id": "../x", "sessionId": api.session},
            {"id": "r1", "sessionId": api.session, "draft": "x"},
            {"id": "r1", "sessionId": api.session, "output": []},
        ]
        answers: list[httpx.Response] = [await api.post(path, body) for body in bodies]
    assert [answer.status_code for answer in answers] == [400] * 4


async def test_a_film_with_built_in_music_needs_no_file_of_it(world: World) -> None:
    renderer = world.gated_renderer()
    async with world.open(renderer=renderer) as api:
        draft = await film(api, world)
        draft["t"].append(
            {"tt": 1, "sg": [{"id": "m1", "media": "built-in:calm", "to_end": True, "d": 2000, "seed": 7}]}
        )
        assert (await api.submit("render_1", draft)).status_code == 200
        await api.until("render_1", "completed")
        draft["t"][-1]["sg"][0]["media"] = "built-in:polka"
        refused = await api.submit("render_2", draft)
    assert set(renderer.jobs[0].files) == {segment["media"] for segment in draft["t"][0]["sg"]}
    assert refused.status_code == 400
    assert "built-in:polka" in refused.json()["message"]
