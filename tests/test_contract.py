"""The API of the page, call by call, against a backend that is reached in process and over a socket."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Any

import anyio
import anyio.to_thread
import pytest

from nemovideo_mcp.api.capabilities import Capability
from nemovideo_mcp.studio.policy import Policy

if TYPE_CHECKING:
    from support.studio import Api, World

pytest_plugins = ["support.studio"]
pytestmark = pytest.mark.anyio

# The signature and the rest of a picture that is cut off.
TRUNCATED = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00" + b"\x00" * 40


@pytest.fixture(scope="module", autouse=True)
async def one_loop(anyio_backend: str) -> AsyncIterator[None]:
    """One event loop for the module, so that the workers that look into files are started once."""
    yield  # noqa: PT022 - the loop lives as long as the generator


async def with_photos(api: Api, world: World, count: int = 2) -> None:
    answer = await api.upload(*((f"{n}.jpg", world.photo(n * 40)) for n in range(1, count + 1)))
    assert answer.json()["code"] == 0, answer.text


async def laid_out(api: Api, world: World, count: int = 2) -> dict[str, Any]:
    await with_photos(api, world, count)
    said = await api.say(operations=[{"op": "set_total_length", "seconds": count}])
    assert said.outcome["applied"], said.outcome
    return await api.draft()


# Tokens


async def test_an_anonymous_token_needs_a_client_id(world: World) -> None:
    async with world.open(signed_in=False) as api:
        answer = await api.http.post("/api/auth/anonymous-token")
    assert answer.status_code == 400
    assert answer.json()["code"] == 400
    assert "X-Client-Id" in answer.json()["message"]


async def test_the_same_client_id_is_the_same_user(world: World) -> None:
    async with world.open(Policy(credits=100)) as api:
        answer = await api.http.post("/api/auth/anonymous-token", headers={"X-Client-Id": api.client_id})
        other = await api.http.post("/api/auth/anonymous-token", headers={"X-Client-Id": "somebody-else"})
    envelope = answer.json()
    assert (envelope["code"], envelope["message"]) == (0, "ok")
    assert envelope["data"]["token"].startswith("nmv_usr_")
    assert envelope["data"]["token"] != api.token
    assert envelope["data"]["user_id"] == api.user_id
    assert envelope["data"]["user_id"].startswith("anon_")
    assert envelope["data"]["credits"] == 100
    assert envelope["data"]["expires_at"].endswith("Z")
    assert other.json()["data"]["user_id"] != api.user_id


async def test_a_client_that_had_its_token_gets_429_with_the_time_to_wait(world: World) -> None:
    async with world.open(Policy(tokens_per_client=1)) as api:
        answer = await api.http.post("/api/auth/anonymous-token", headers={"X-Client-Id": api.client_id})
        other = await api.http.post("/api/auth/anonymous-token", headers={"X-Client-Id": "somebody-else"})
    assert answer.status_code == 429
    assert answer.json()["code"] == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 7 * 86_400
    assert other.status_code == 200


CALLS = (
    ("POST", "/api/tasks/me/with-session/nemo_agent"),
    ("POST", "/api/auth/claim-token"),
    ("POST", "/run_sse"),
    ("POST", "/api/upload-video/nemo_agent/me/ses_x"),
    ("GET", "/api/credits/balance/simple"),
    ("GET", "/api/state/nemo_agent/me/ses_x/latest"),
    ("GET", "/api/render/proxy/lambda/r1"),
    ("POST", "/api/render/proxy/lambda"),
    ("POST", "/api/render/proxy/lambda/r1/cancel"),
    ("GET", "/api/render/proxy/r1/download"),
    ("GET", "/api/studio/projects"),
    ("PATCH", "/api/studio/projects/ses_x"),
    ("DELETE", "/api/studio/projects/ses_x"),
    ("POST", "/api/studio/preview/ses_x"),
    ("GET", "/api/studio/versions/ses_x"),
    ("POST", "/api/studio/versions/ses_x/1/restore"),
    ("GET", "/api/studio/media/ses_x/md_x"),
)


async def test_every_call_but_one_refuses_a_bad_token_with_1001_under_401(world: World) -> None:
    async with world.open(signed_in=False) as api:
        for token in ("", "Bearer", "Bearer nmv_usr_wrong", "Basic eDp5"):
            for method, path in CALLS:
                headers = {
                    "Authorization": token,
                    "X-Skill-Source": "s",
                    "X-Skill-Version": "1",
                    "X-Skill-Platform": "p",
                }
                if not token:
                    del headers["Authorization"]
                answer = await api.http.request(method, path, headers=headers)
                assert (answer.status_code, answer.json()["code"]) == (401, 1001), (method, path, token)


async def test_an_expired_token_is_a_bad_one(world: World) -> None:
    async with world.open(Policy(token_lifetime_seconds=0), signed_in=False) as api:
        await api.sign_in()
        answer = await api.get("/api/credits/balance/simple")
    assert (answer.status_code, answer.json()["code"]) == (401, 1001)


# Sessions


async def test_a_session_says_what_the_backend_is_capable_of(world: World) -> None:
    async with world.open() as api:
        data = await api.new_session("Summer")
        state = await api.state()
    assert data["user_id"] == api.user_id
    assert set(data["capabilities"]) == set(Capability)
    assert (state["session_id"], state["task_id"], state["task_name"]) == (api.session, api.task, "Summer")
    assert state["state"]["draft"] == {"t": [], "d": 0, "m": {"width": 1920, "height": 1080, "fps": 30}}
    assert state["state"]["canvas_config"] == {"width": 1920, "height": 1080, "ratio": "16:9", "fps": 30}
    assert state["state"]["video_infos"] == []


async def test_a_claim_token_belongs_to_a_session(world: World) -> None:
    async with world.open() as api:
        good = await api.post("/api/auth/claim-token", {"task_id": api.task, "session_id": api.session})
        bad = await api.post("/api/auth/claim-token", {"task_id": api.task, "session_id": "ses_none"})
    assert good.json()["data"]["claim_token"].startswith("clm_")
    assert good.json()["data"]["expires_in"] > 0
    assert bad.json()["code"] == 1002


async def test_an_unknown_session_and_that_of_another_user_are_1002(world: World) -> None:
    async with world.open() as api:
        mine = api.session
        await with_photos(api, world, 1)
        api.client_id = "somebody-else"
        await api.sign_in()
        for session in ("ses_none", mine):
            api.session = session
            upload = f"/api/upload-video/nemo_agent/me/{session}"
            answers = [
                await api.get(f"/api/state/nemo_agent/me/{session}/latest"),
                await api.post("/run_sse", api.message("10 seconds")),
                await api.upload(("1.jpg", world.photo(1))),
                await api.post(upload, {"urls": ["https://example.com/a.jpg"], "source_type": "url"}),
                await api.submit("r1"),
                await api.post("/api/auth/claim-token", {"task_id": api.task, "session_id": session}),
                await api.http.patch(f"/api/studio/projects/{session}", json={"name": "x"}, headers=api.headers),
                await api.http.delete(f"/api/studio/projects/{session}", headers=api.headers),
                await api.post(f"/api/studio/preview/{session}"),
                await api.get(f"/api/studio/versions/{session}"),
                await api.post(f"/api/studio/versions/{session}/0/restore"),
            ]
            assert [(a.status_code, a.json()["code"]) for a in answers] == [(200, 1002)] * len(answers)


# Uploads


async def test_uploaded_files_are_described_and_join_the_pool(world: World) -> None:
    async with world.open() as api:
        answer = await api.upload(("夏 1.jpg", world.photo(1, (96, 64))), ("b.png", world.photo(2, (40, 60), "PNG")))
        infos = (await api.state())["state"]["video_infos"]
        link = await api.get(infos[0]["cdn_url"])
    data = answer.json()["data"]
    assert data["session_state_applied"] is True
    first, second = data["files"]
    assert (first["filename"], first["file_type"], first["width"], first["height"]) == ("夏 1.jpg", "image", 96, 64)
    assert (second["filename"], second["width"], second["height"], second["duration"]) == ("b.png", 40, 60, 0)
    assert len(first["hash"]) == 64
    assert [info["filename"] for info in infos] == ["夏 1.jpg", "b.png"]
    assert link.content == world.photo(1, (96, 64))


async def test_the_same_content_is_stored_once(world: World) -> None:
    async with world.open() as api:
        await api.upload(("a.jpg", world.photo(1)))
        again = await api.upload(("again.jpg", world.photo(1)), ("b.jpg", world.photo(2)))
        infos = (await api.state())["state"]["video_infos"]
    assert [(f["filename"], f["already_there"]) for f in again.json()["data"]["files"]] == [
        ("a.jpg", True),
        ("b.jpg", False),
    ]
    assert len(infos) == 2


@pytest.mark.parametrize(
    ("name", "content"),
    [("notes.jpg", b"just words"), ("cut.jpg", TRUNCATED), ("empty.png", b"")],
    ids=lambda v: str(v)[:9],
)
async def test_a_file_that_is_no_media_fails_its_call_with_4001_and_its_name(
    world: World, name: str, content: bytes
) -> None:
    async with world.open() as api:
        bad = await api.upload(("good.jpg", world.photo(1)), (name, content))
        after_bad = (await api.state())["state"]["video_infos"]
        good = await api.upload(("good.jpg", world.photo(1)))
    assert (bad.status_code, bad.json()["code"]) == (200, 4001)
    assert name in bad.json()["message"]
    assert after_bad == []
    assert good.json()["code"] == 0


async def test_a_file_above_the_limit_is_4002(world: World) -> None:
    async with world.open(Policy(max_upload_bytes=100_000)) as api:
        big = await api.upload(("big.jpg", world.photo(1) + bytes(2_000_000)), ("small.jpg", world.photo(2)))
        small = await api.upload(("small.jpg", world.photo(2)))
    assert big.json()["code"] == 4002
    assert "big.jpg" in big.json()["message"]
    assert small.json()["code"] == 0


async def test_an_upload_without_files_is_400(world: World) -> None:
    async with world.open() as api:
        path = f"/api/upload-video/nemo_agent/me/{api.session}"
        answers = [
            await api.http.post(path, files=[("other", ("a.jpg", world.photo(1)))], headers=api.headers),
            await api.http.post(path, content=b"plain", headers={**api.headers, "Content-Type": "text/plain"}),
            await api.post(path, {"urls": [], "source_type": "url"}),
            await api.post(path, {"urls": [5]}),
        ]
    assert [(a.status_code, a.json()["code"]) for a in answers] == [(400, 400)] * 4


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://example.com/a.jpg", "http://127.0.0.1:9/a.jpg", "http://[::1]/a.jpg", "x"]
)
async def test_a_url_that_is_not_public_is_refused(world: World, url: str) -> None:
    async with world.open() as api:
        path = f"/api/upload-video/nemo_agent/me/{api.session}"
        answer = await api.post(path, {"urls": [url], "source_type": "url"})
    assert (answer.status_code, answer.json()["code"]) == (400, 400)


# The chat


async def test_operations_are_applied_and_reported(world: World) -> None:
    async with world.open() as api:
        await with_photos(api, world)
        said = await api.say(
            operations=[{"op": "set_total_length", "seconds": 6}, {"op": "set_canvas", "ratio": "9:16"}]
        )
        draft = await api.draft()
    assert [c["operation"] for c in said.outcome["changes"]][-2:] == ["set_total_length", "set_canvas"]
    assert set(said.outcome["changes"][-1]) == {"clause", "operation", "text", "before", "after"}
    assert said.outcome["applied"] is True
    assert said.text
    assert (draft["d"], draft["m"]["width"], draft["m"]["height"]) == (6000, 1080, 1920)
    assert len(draft["t"][0]["sg"]) == 2


async def test_an_event_has_the_form_of_the_development_kit(world: World) -> None:
    async with world.open() as api:
        await with_photos(api, world)
        said = await api.say("make it a 10-second slideshow")
    for event in said.events:
        assert event["content"]["role"] == "model"
        assert (event["author"], event["partial"]) == ("nemo_agent", False)
        assert event["id"]
        assert event["timestamp"] > 0
    assert len({event["invocationId"] for event in said.events}) == 1
    call, answer = said.parts[0]["functionCall"], said.parts[1]["functionResponse"]
    assert (call["id"], call["name"]) == (answer["id"], answer["name"])
    assert call["args"] == {"instruction": "make it a 10-second slideshow", "operations": []}
    assert said.text


async def test_words_are_understood_or_said_not_to_be(world: World) -> None:
    async with world.open() as api:
        await with_photos(api, world)
        good = await api.say("make it a 10-second slideshow")
        length = (await api.draft())["d"]
        bad = await api.say("xyzzy plugh")
        after = (await api.draft())["d"]
    assert good.outcome["applied"] is True
    assert (length, after) == (10_000, 10_000)
    assert bad.outcome["applied"] is False
    assert bad.outcome["not_understood"]
    assert set(bad.outcome["not_understood"][0]) == {"clause", "reason", "nearest"}
    assert bad.text


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ({"op": "remove_clips", "clips": [9]}, "9"),
        ({"op": "set_total_length", "seconds": 36_000}, "seconds"),
        ({"op": "explode"}, "explode"),
        ({"op": "set_canvas", "aspect": "9:16"}, "aspect"),
        ("not an object", "operation 2"),
    ],
    ids=str,
)
async def test_operations_are_all_or_nothing_and_the_bad_one_is_named(world: World, bad: Any, reason: str) -> None:
    async with world.open() as api:
        before = await laid_out(api, world)
        said = await api.say("make it 10 seconds long", operations=[{"op": "set_canvas", "ratio": "1:1"}, bad])
        after = await api.draft()
    assert said.outcome["applied"] is False
    assert said.outcome["changes"] == []
    (missed,) = said.outcome["not_understood"]
    assert missed["clause"].startswith("operation 2")
    assert reason in missed["clause"] + missed["reason"]
    assert "operation 2" in said.text.lower()
    assert after == before


async def test_operations_and_words_of_one_message_make_one_version(world: World) -> None:
    async with world.open() as api:
        await with_photos(api, world)
        await api.say("make it 10 seconds long", operations=[{"op": "set_canvas", "ratio": "1:1"}])
        draft = await api.draft()
        versions = (await api.get(f"/api/studio/versions/{api.session}")).json()["data"]["versions"]
    assert (draft["d"], draft["m"]["width"], draft["m"]["height"]) == (10_000, 1080, 1080)
    assert [version["n"] for version in versions] == [0, 1]


async def test_a_message_without_anything_in_it_is_400(world: World) -> None:
    async with world.open() as api:
        bodies = [
            api.message(""),
            api.message("  ", operations=[]),
            {**api.message("x"), "app_name": "other"},
            {**api.message("x"), "new_message": "x"},
            {**api.message("x"), "custom_metadata": {"operations": "x"}},
        ]
        answers = [await api.post("/run_sse", body) for body in bodies]
        # Not JSON: cut off, a number that JSON does not have, half of a character.
        for raw in (b"{", b'{"session_id": NaN}', b'{"app_name": "\\ud800"}', b"[]"):
            answers.append(await api.http.post("/run_sse", content=raw, headers=api.headers))
    assert [(a.status_code, a.json()["code"]) for a in answers] == [(400, 400)] * 9


async def test_the_first_event_arrives_while_the_work_is_still_running(world: World) -> None:
    editor = world.gated_editor()
    async with world.open(editor=editor) as api:
        await with_photos(api, world)
        async with api.stream("make it 10 seconds long") as response:
            lines = response.aiter_lines()
            first = await anext(lines)
            assert "functionCall" in first
            assert await anyio.to_thread.run_sync(editor.started.wait, 10)
            # Alive, and nothing done yet.
            while "heartbeat" not in await anext(lines):
                pass
            assert (await api.draft())["d"] == 0
            editor.gate.set()
            rest = [line async for line in lines]
        assert any("functionResponse" in line for line in rest)
        assert (await api.draft())["d"] == 10_000


async def test_an_edit_whose_listener_leaves_is_carried_out(world: World) -> None:
    editor = world.gated_editor()
    async with world.open(editor=editor) as api:
        await with_photos(api, world)
        async with api.stream("make it 10 seconds long") as response:
            await anext(response.aiter_lines())
        editor.gate.set()

        async def edited() -> bool:
            return bool((await api.draft())["d"] == 10_000)

        await world.eventually(edited)


async def test_two_edits_of_one_session_both_count(world: World) -> None:
    async with world.open() as api:
        await with_photos(api, world)
        async with anyio.create_task_group() as group:
            for operation in ({"op": "set_total_length", "seconds": 7}, {"op": "set_canvas", "ratio": "1:1"}):
                group.start_soon(api.say, "", [operation])
        draft = await api.draft()
        versions = (await api.get(f"/api/studio/versions/{api.session}")).json()["data"]["versions"]
    assert (draft["d"], draft["m"]["width"], draft["m"]["height"]) == (7000, 1080, 1080)
    assert len(versions) == 3


# Credits


async def test_credits_without_a_limit_say_so(world: World) -> None:
    async with world.open() as api:
        data = (await api.get("/api/credits/balance/simple")).json()["data"]
    assert data == {"available": 1_000_000, "frozen": 0, "total": 1_000_000, "unlimited": True}


async def test_credits_are_frozen_while_an_edit_runs_and_charged_at_its_end(world: World) -> None:
    editor = world.gated_editor()

    async def credits(api: Api) -> tuple[int, int, int]:
        data = (await api.get("/api/credits/balance/simple")).json()["data"]
        return data["available"], data["frozen"], data["total"]

    async with world.open(Policy(credits=25, edit_cost=10), editor=editor) as api:
        await with_photos(api, world)
        assert await credits(api) == (25, 0, 25)
        async with api.stream("make it 10 seconds long") as response:
            lines = response.aiter_lines()
            await anext(lines)
            assert await credits(api) == (15, 10, 25)
            editor.gate.set()
            assert [line async for line in lines]
        assert await credits(api) == (15, 0, 15)
        await api.say("xyzzy plugh")
        assert await credits(api) == (15, 0, 15)
        await api.say("make it 8 seconds long")
        assert await credits(api) == (5, 0, 5)
        refused = await api.post("/run_sse", api.message("make it 6 seconds long"))
        assert (refused.status_code, refused.json()["code"]) == (200, 2001)
        assert (await api.draft())["d"] == 8000


async def test_an_unknown_call_answers_in_the_envelope(world: World) -> None:
    async with world.open() as api:
        unknown, wrong = await api.get("/api/nothing"), await api.get("/run_sse")
    assert (unknown.status_code, unknown.json()["code"]) == (404, 404)
    assert (wrong.status_code, wrong.json()["code"]) == (405, 405)
