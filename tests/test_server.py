"""The tools through an MCP client: what they answer when all is well, and what they say when it is not."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from mcp import Client
from PIL import Image

from support.backend import error
from support.clouds import AFTER, BEFORE, QUICK, cloud, cut_short
from support.hosts import TINY, Host, draw, in_memory, over
from support.sockets import serving

pytestmark = pytest.mark.anyio

PARAMETERS = {
    "upload_images": ["paths", "urls", "project"],
    "edit": ["instruction", "operations", "project", "wait_seconds"],
    "get_state": ["project", "history", "first"],
    "credits": [],
    "export": ["format", "quality", "resolution", "filename", "fps", "preset", "poster", "project", "wait_seconds"],
    "preview": ["at", "project"],
    "projects": ["action", "name", "project"],
    "batch": ["items", "instruction", "format", "quality", "resolution", "preset", "job", "wait_seconds"],
    "wait": ["job", "wait_seconds"],
    "cancel": ["job"],
}


async def test_the_tools_have_exactly_their_parameters_and_say_what_they_do(tmp_path: Path) -> None:
    async with in_memory(tmp_path) as host:
        tools = (await host.client.list_tools()).tools
    assert {tool.name: list(tool.input_schema.get("properties", {})) for tool in tools} == PARAMETERS
    for tool in tools:
        assert tool.title, tool.name
        assert len(tool.description or "") > 40, tool.name
        assert tool.annotations is not None
        assert tool.output_schema is not None
        assert tool.input_schema["additionalProperties"] is False
    read_only = {tool.name for tool in tools if tool.annotations and tool.annotations.read_only_hint}
    assert read_only == {"get_state", "credits", "preview", "wait"}
    assert sum(len(tool.model_dump_json(by_alias=True, exclude_none=True)) for tool in tools) / 4 < 9_500


async def test_one_bad_file_never_loses_the_good_ones(tmp_path: Path) -> None:
    folder = tmp_path / "photos"
    good = draw(folder, "red", "green")
    (folder / "notes.jpg").write_text("milk, eggs")
    (folder / "empty.jpg").write_bytes(b"")
    (folder / "cut.jpg").write_bytes(Path(good[0]).read_bytes()[:900])
    (folder / ".hidden.jpg").write_bytes(Path(good[0]).read_bytes())
    huge = folder / "huge.mp4"
    with huge.open("wb") as file:
        file.write(b"\x00\x00\x00\x18ftypmp42")
        file.truncate(201 * 1024 * 1024)
    names = ["notes.jpg", "empty.jpg", "cut.jpg", ".hidden.jpg", "huge.mp4", "missing.jpg"]
    async with in_memory(tmp_path) as host:
        answer = await host.call(
            "upload_images", paths=[*good, *(str(folder / name) for name in names), "/mnt/data/x.png"]
        )
    assert [file["name"] for file in answer["stored"]] == ["1-red.jpg", "2-green.jpg"]
    why = {file["name"]: file["reason"] for file in answer["skipped"]}
    assert "not a photo" in why["notes.jpg"]
    assert "0 bytes" in why["empty.jpg"]
    assert "cut off" in why["cut.jpg"]
    assert "hidden" in why[".hidden.jpg"]
    assert "200 MB" in why["huge.mp4"]
    assert "no such file" in why[str(folder / "missing.jpg")]
    assert "sandbox" in why["/mnt/data/x.png"]


async def test_a_folder_gives_its_media_in_natural_order(tmp_path: Path) -> None:
    paths = draw(tmp_path / "photos", "red", "green", "blue")
    for source, name in zip(paths, ("IMG_10.jpg", "IMG_9.jpg", "img_1.jpg"), strict=True):
        Path(source).rename(tmp_path / "photos" / name)
    (tmp_path / "photos" / "readme.txt").write_text("no picture")
    async with in_memory(tmp_path) as host:
        answer = await host.call("upload_images", paths=str(tmp_path / "photos"))
        again = await host.call("upload_images", paths=[str(tmp_path / "photos" / "*.jpg")])
    assert [file["name"] for file in answer["stored"]] == ["img_1.jpg", "IMG_9.jpg", "IMG_10.jpg"]
    assert answer["skipped"] == []
    assert again["stored"] == []
    assert again["already_there"] == 3
    assert all("already" in file["reason"] for file in again["skipped"])


async def test_a_new_project_that_gets_no_file_is_not_kept(tmp_path: Path) -> None:
    async with in_memory(tmp_path) as host:
        kept = await host.call("upload_images", paths=draw(tmp_path / "photos", "red"))
        await host.fail("upload_images", paths=["/nowhere/at/all.jpg"], project="new")
        listed = await host.call("projects")
    assert [row["id"] for row in listed["projects"]] == [kept["project"]["id"]]
    assert listed["current"] == kept["project"]["id"]


BAD_CALLS: list[tuple[str, dict[str, Any], str]] = [
    ("upload_images", {}, "No files were named"),
    ("upload_images", {"urls": ["http://127.0.0.1/a.jpg"]}, "private"),
    ("upload_images", {"urls": ["http://169.254.169.254/latest"]}, "private"),
    ("upload_images", {"urls": ["ftp://example.com/a.jpg"]}, "http"),
    ("edit", {}, "instruction is empty"),
    ("edit", {"instruction": "   "}, "instruction is empty"),
    ("edit", {"instruction": "x" * 30_000}, "20000"),
    ("edit", {"operations": [{"op": "set_total_length", "seconds": 0}]}, "more than 0"),
    ("edit", {"operations": [{"op": "sing"}]}, "'sing'"),
    ("edit", {"project": "nowhere", "instruction": "30 seconds"}, 'no project "nowhere"'),
    ("export", {}, "upload_images first"),
    ("export", {"aspect": "9:16"}, "no argument 'aspect'"),
    ("export", {"qualty": "high"}, "Did you mean 'quality'"),
    ("export", {"format": "wmv"}, "mp4, mov, webm, mkv, avi, gif"),
    ("export", {"format": "gif", "fps": 60}, "for a gif 10 to 30"),
    ("export", {"fps": 120}, "24, 25, 30, 50 or 60"),
    ("export", {"preset": "tictoc"}, "tiktok"),
    ("export", {"preset": "myspace"}, "youtube, shorts, tiktok"),
    ("export", {"preset": "tiktok", "format": "webm"}, "mp4 or mov"),
    ("export", {"preset": "tiktok", "resolution": "1920x1080"}, "720p, 1080p or 4k"),
    ("export", {"preset": "x", "fps": 60}, "40 frames a second at most"),
    ("batch", {"items": [{"media": ["a.jpg"]}], "preset": "nowhere"}, "no preset"),
    ("export", {"quality": "best"}, "draft, standard, high"),
    ("export", {"resolution": "huge"}, "not a resolution"),
    ("export", {"resolution": "1081x720"}, "even numbers"),
    ("export", {"filename": "../film.mp4"}, "bare name"),
    ("export", {"filename": "film.avi"}, "another format"),
    ("preview", {}, "nothing to show"),
    ("projects", {"action": "rename"}, "new name"),
    ("projects", {"action": "delete"}, "Which project"),
    ("projects", {"action": "destroy"}, "must be one of"),
    ("wait", {"job": "edit_nothing"}, "no job"),
    ("cancel", {"job": "edit_nothing"}, "no job"),
    ("wait", {"job": "x", "wait_seconds": -1}, "at least 0"),
    ("batch", {"items": []}, "no items"),
    ("batch", {"items": [{"instruction": "x"}]}, "media"),
]


@pytest.mark.parametrize(("tool", "arguments", "words"), BAD_CALLS, ids=lambda value: str(value)[:40])
async def test_a_bad_call_fails_with_what_to_do_and_changes_nothing(
    tmp_path: Path, tool: str, arguments: dict[str, Any], words: str
) -> None:
    async with in_memory(tmp_path) as host:
        text = await host.fail(tool, **arguments)
        state = await host.call("get_state")
    assert words in text
    assert state["clips"] == []
    assert state["media"] == []
    assert state["jobs"] == []
    assert not (tmp_path / "films").exists()


async def test_good_and_bad_answers_fit_the_schema_that_their_tool_declares(tmp_path: Path) -> None:
    async with in_memory(tmp_path) as host:
        schemas = {tool.name: tool.output_schema for tool in (await host.client.list_tools()).tools}
        good: list[tuple[str, dict[str, Any]]] = [("get_state", {}), ("credits", {}), ("projects", {})]
        for tool, arguments in (*good, *((tool, arguments) for tool, arguments, _ in BAD_CALLS)):
            result = await host.client.call_tool(tool, arguments)
            jsonschema.validate(result.structured_content, schemas[tool] or {})
            assert result.is_error is ((tool, arguments) not in good)


async def started(host: Host, folder: Path, *colors: str) -> dict[str, Any]:
    await host.call("upload_images", paths=draw(folder / "photos", *(colors or ("red", "green", "blue"))))
    return await host.call("edit", instruction="6 seconds long")


async def test_what_cannot_be_done_is_reported_and_the_rest_is_done(tmp_path: Path) -> None:
    async with in_memory(tmp_path) as host:
        await started(host, tmp_path)
        answer = await host.call("edit", instruction="make it 9 seconds long, delete photo 9")
        assert "9 s" in answer["reply"]
        (missed,) = answer["not_understood"]
        assert "photo 9" in missed["clause"]
        assert "numbered 1 to 3" in missed["reason"]
        assert (await host.call("get_state"))["duration_seconds"] == 9
        told = await host.client.call_tool("edit", {"instruction": "make it 8 seconds long, delete photo 9"})
        assert "For the assistant: what operations can say" in told.content[0].text  # type: ignore[union-attr]
        told = await host.client.call_tool("edit", {"instruction": "make it 7 seconds long"})
        assert "For the assistant" not in told.content[0].text  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "instruction",
    [
        "make it 0 seconds long",
        "make it ten hours long",
        "delete photo 9",
        "ajoute une musique douce, s'il te plaît",
        "frobnicate",
    ],
)
async def test_an_edit_of_which_nothing_can_be_done_fails_and_changes_nothing(tmp_path: Path, instruction: str) -> None:
    async with in_memory(tmp_path) as host:
        await started(host, tmp_path)
        before = (await host.call("get_state"))["clips"]
        text = await host.fail("edit", instruction=instruction)
        assert "Nothing was changed" in text
        assert "For the assistant: what operations can say of the parts not done, send now as operations" in text
        assert (await host.call("get_state"))["clips"] == before


async def test_typed_operations_are_all_or_nothing(tmp_path: Path) -> None:
    async with in_memory(tmp_path) as host:
        await started(host, tmp_path)
        good = {"op": "set_total_length", "seconds": 12}
        text = await host.fail("edit", operations=[good, {"op": "remove_clips", "clips": [9]}])
        assert "numbered 1 to 3" in text
        assert (await host.call("get_state"))["duration_seconds"] == 6
        answer = await host.call("edit", operations=[good, {"op": "add_text", "text": "夏日旅行"}])
        assert [change["operation"] for change in answer["changes"]] == ["set_total_length", "add_text"]
        state = await host.call("get_state")
    assert state["duration_seconds"] == 12
    assert state["texts"][0]["text"] == "夏日旅行"


async def test_a_mixed_instruction_edits_first_and_then_exports(tmp_path: Path) -> None:
    async with in_memory(tmp_path, wait_seconds=120) as host:
        await host.call("upload_images", paths=draw(tmp_path / "photos", "red", "green"))
        await host.call("edit", operations=[{"op": "set_canvas", "resolution": "720p"}])
        answer = await host.call("edit", instruction="make it 1 second long and export it")
        assert answer["routed_to"] == ["export"]
        film = answer["routed"]["export"]
        assert Path(film["path"]).exists()
        assert film["duration_seconds"] == 1
        credits = await host.call("edit", instruction="how many credits do I have?")
        assert credits["routed"]["credits"]["available"] is None
        assert (await host.call("edit", instruction="show tracks"))["routed"]["get_state"]["duration_seconds"] == 1


async def test_projects_are_kept_apart_and_found_by_name(tmp_path: Path) -> None:
    async with in_memory(tmp_path) as host:
        first = await host.call("upload_images", paths=draw(tmp_path / "a", "red"), project="new")
        second = await host.call("upload_images", paths=draw(tmp_path / "b", "green", "blue"), project="new")
        assert first["project"]["id"] != second["project"]["id"]
        assert (await host.call("get_state"))["project"] == second["project"]
        await host.call("projects", action="rename", project=first["project"]["id"], name="Summer 2026")
        state = await host.call("get_state", project="Summer 2026")
        assert [file["name"] for file in state["media"]] == ["1-red.jpg"]
        assert (await host.call("get_state"))["project"]["name"] == "Summer 2026"
        text = await host.fail("projects", action="create", name="summer 2026")
        assert "already" in text
        listed = await host.call("projects", action="delete", name="Summer 2026")
        assert [row["id"] for row in listed["projects"]] == [second["project"]["id"]]
        assert "no project" in await host.fail("get_state", project="Summer 2026")


async def test_a_preview_is_one_small_picture_of_the_film(tmp_path: Path) -> None:
    async with in_memory(tmp_path) as host:
        await started(host, tmp_path)
        result = await host.client.call_tool("preview", {"at": [1, 5]})
        assert not result.is_error
        image = next(block for block in result.content if block.type == "image")
        assert image.mime_type == "image/jpeg"
        assert len(image.data) * 3 / 4 < 700_000
        assert result.structured_content is not None
        assert result.structured_content["times"] == [1, 5]
        assert "6 s long" in await host.fail("preview", at=[7])


async def test_a_batch_makes_every_film_that_can_be_made(tmp_path: Path) -> None:
    draw(tmp_path / "one", "red", "green")
    draw(tmp_path / "two", "blue", "red")
    (tmp_path / "none").mkdir()
    items = [
        {"media": [str(tmp_path / "one")], "instruction": "1 second long", "name": "One"},
        {"media": [str(tmp_path / "none")], "instruction": "1 second long", "name": "None"},
        {"media": [str(tmp_path / "two")], "instruction": "2 seconds long, no transitions", "name": "Two"},
    ]
    async with in_memory(tmp_path) as host:
        answer = await host.call("batch", items=items, resolution=TINY, wait_seconds=120)
        names = [row["name"] for row in (await host.call("projects"))["projects"]]
    assert answer["status"] == "completed"
    assert [item["status"] for item in answer["items"]] == ["completed", "failed", "completed"]
    assert "no photos" in answer["items"][1]["error"]
    assert [item["duration_seconds"] for item in answer["items"]] == [1, None, 2]
    assert sorted(names) == ["None", "One", "Two"]
    assert sorted(path.name for path in (tmp_path / "films").iterdir()) == ["One.mp4", "Two.mp4"]


async def test_an_export_overwrites_nothing_and_is_readable_as_a_resource(tmp_path: Path) -> None:
    async with in_memory(tmp_path) as host:
        await started(host, tmp_path)
        await host.call("edit", instruction="1 second long")
        films = [await host.call("export", resolution=TINY, filename="a.mp4", wait_seconds=60) for _ in range(2)]
        assert [Path(film["path"]).name for film in films] == ["a.mp4", "a (2).mp4"]
        read = await host.client.read_resource(f"nemovideo://exports/{films[0]['export']}")
        assert read.contents[0].mime_type == "video/mp4"
        project = films[0]["project"]["id"]
        timeline = await host.client.read_resource(f"nemovideo://projects/{project}/timeline")
        assert "Timeline (1 track)" in timeline.contents[0].text  # type: ignore[union-attr]
        draft = await host.client.read_resource(f"nemovideo://projects/{project}/draft")
        assert '"tt"' in draft.contents[0].text  # type: ignore[union-attr]
        picture = await host.client.read_resource(f"nemovideo://projects/{project}/preview.jpg")
        assert picture.contents[0].mime_type == "image/jpeg"
        listed = await host.client.read_resource("nemovideo://projects")
        assert project in listed.contents[0].text  # type: ignore[union-attr]
        state = await host.call("get_state")
        assert len(state["exports"]) == 2


async def test_what_a_title_could_not_show_is_told_with_the_film(tmp_path: Path) -> None:
    async with in_memory(tmp_path) as host:
        await started(host, tmp_path)
        await host.call(
            "edit", operations=[{"op": "set_total_length", "seconds": 1}, {"op": "add_text", "text": "Party 𒀀"}]
        )
        film = await host.call("export", resolution=TINY, wait_seconds=60)
    assert any("𒀀" in warning for warning in film["warnings"])


async def test_an_output_folder_that_cannot_be_written_is_said_before_rendering(tmp_path: Path) -> None:
    (tmp_path / "films").write_text("a file is where the folder should be")
    async with in_memory(tmp_path) as host:
        await started(host, tmp_path)
        text = await host.fail("export", resolution=TINY, wait_seconds=60)
    assert "cannot be saved" in text
    assert "NEMO_OUTPUT_DIR" in text


async def test_a_photo_that_is_gone_from_the_studio_is_named(tmp_path: Path) -> None:
    async with in_memory(tmp_path) as host:
        await started(host, tmp_path)
        shutil.rmtree(tmp_path / "data" / "studio" / "media", ignore_errors=True)
        text = await host.fail("export", resolution=TINY, wait_seconds=60)
    assert "1-red.jpg" in text


async def test_cancelling_an_export_leaves_no_file(tmp_path: Path) -> None:
    async with in_memory(tmp_path) as host:
        await started(host, tmp_path)
        await host.call("edit", instruction="600 seconds long")
        running = await host.call("export", wait_seconds=0.2)
        assert running["status"] in ("queued", "running")
        assert running["job"] in running["message"]
        ended = await host.call_any("cancel", job=running["job"])
        assert ended["status"] == "cancelled"
        again = await host.call_any("cancel", job=running["job"])
        assert "ended before" in again["message"]
    assert list((tmp_path / "films").glob("*")) == []


async def test_a_silent_cloud_edit_is_reported_as_what_changed(tmp_path: Path) -> None:
    backend = cloud(BEFORE, AFTER, chunks=[b": working\n\n"])
    with serving(backend.app) as url:
        async with in_memory(tmp_path, over(url), backend="cloud", web_url="https://nemovideo.com") as host:
            answer = await host.call("edit", instruction="add a title Urban Dreams")
    assert 'Added the title "Urban Dreams" (0-3s).' in answer["reply"]
    assert "Urban Dreams" in answer["summary"]
    assert (answer["credits_before"], answer["credits_after"]) == (90, 90)
    assert len(backend.asked("/run_sse")) == 1


async def test_a_cloud_edit_that_does_nothing_in_silence_is_a_failure_and_says_what_it_cost(tmp_path: Path) -> None:
    with serving(cloud(BEFORE, BEFORE, chunks=[]).app) as url:
        async with in_memory(tmp_path, over(url), backend="cloud") as host:
            text = await host.fail("edit", instruction="add a title")
    assert "timeline is as it was" in text
    assert "Credits before: 90, now: 90" in text


async def test_both_stages_of_the_cloud_are_told_and_its_screen_is_not(tmp_path: Path) -> None:
    chunks = [
        b'data: {"content":{"parts":[{"text":"The raw video is "}]},"partial":true}\n\n',
        b'data: {"content":{"parts":[{"text":"ready. It is 12 s long."}]},"partial":true}\n\n',
        b'data: {"content":{"parts":[{"text":"The raw video is ready. It is 12 s long."}]},"partial":false}\n\n',
        b'data: {"content":{"parts":[{"functionCall":{"id":"1","name":"add_bgm","args":{}}}]}}\n\n',
        b'data: {"type":"text","content":"I added calm music. Click the Export button to download it."}\n\n',
        b'data: {"type":"text","content":"I encountered a temporary issue, please try again."}\n\n',
    ]
    with serving(cloud(BEFORE, AFTER, chunks=chunks).app) as url:
        async with in_memory(tmp_path, over(url), backend="cloud") as host:
            answer = await host.call("edit", instruction="make a film")
    reply = answer["reply"]
    assert reply.count("raw video") == 1
    assert "calm music" in reply
    assert "Export button" not in reply
    assert "temporary issue" not in reply
    assert "add_bgm" not in reply
    assert "Call export" in reply


async def test_operations_go_to_the_cloud_as_exact_sentences(tmp_path: Path) -> None:
    backend = cloud(BEFORE, AFTER)
    with serving(backend.app) as url:
        async with in_memory(tmp_path, over(url), backend="cloud") as host:
            await host.call("edit", operations=[{"op": "set_total_length", "seconds": 30}])
    (sent,) = backend.asked("/run_sse")
    assert sent.json["new_message"]["parts"] == [{"text": "Make the whole video exactly 30 seconds long."}]
    assert "custom_metadata" not in sent.json


async def test_a_broken_cloud_stream_is_looked_into_and_never_sent_again(tmp_path: Path) -> None:
    found = cloud(BEFORE, BEFORE, AFTER, chunks=[b'data: {"text": "I am at'])
    found.then = "hang"
    with serving(found.app) as url:
        async with in_memory(tmp_path, cut_short(url), backend="cloud", **QUICK) as host:
            answer = await host.call("edit", instruction="add a title", wait_seconds=60)
    assert "Urban Dreams" in answer["reply"]
    assert len(found.asked("/run_sse")) == 1
    lost = cloud(*[BEFORE] * 8, chunks=[])
    lost.then = "hang"
    with serving(lost.app) as url:
        async with in_memory(tmp_path / "b", cut_short(url), backend="cloud", **QUICK) as host:
            text = await host.fail("edit", instruction="add a title", wait_seconds=60)
    assert "may or may not have been charged" in text
    assert len(lost.asked("/run_sse")) == 1


async def test_an_edit_without_credits_is_not_sent(tmp_path: Path) -> None:
    from starlette.responses import JSONResponse

    backend = cloud(BEFORE)
    empty = {"code": 0, "data": {"available": 0, "frozen": 0, "total": 100}}
    backend.script("GET /api/credits/balance/simple", *(JSONResponse(empty) for _ in range(2)))
    with serving(backend.app) as url:
        async with in_memory(tmp_path, over(url), backend="cloud", web_url="https://nemovideo.com") as host:
            text = await host.fail("edit", instruction="add a title")
            credits = await host.call("credits")
    assert "no credits left" in text
    assert "Top up" in text
    assert backend.asked("/run_sse") == []
    assert credits["available"] == 0
    assert "Top up" in credits["advice"]


async def test_a_plan_that_blocks_the_export_is_not_mistaken_for_credits(tmp_path: Path) -> None:
    backend = cloud(BEFORE, BEFORE, BEFORE)
    backend.script("POST /api/render/proxy/lambda", error(402, status=402))
    with serving(backend.app) as url:
        async with in_memory(tmp_path, over(url), backend="cloud") as host:
            await host.services_link()
            text = await host.fail("export", wait_seconds=30)
    assert "not about credits" in text
    assert "Register or upgrade" in text


async def test_what_a_cloud_draft_does_not_tell_is_null(tmp_path: Path) -> None:
    with serving(cloud(AFTER).app) as url:
        async with in_memory(tmp_path, over(url), backend="cloud", web_url="https://nemovideo.com") as host:
            await host.services_link()
            state = await host.call("get_state")
    assert state["clips"][0] == {
        "index": 1, "name": "beach", "kind": None, "start_seconds": 0, "duration_seconds": 5, "transition_in": None,
        "motion": None, "fit": None, "filter": None,
    }  # fmt: skip
    assert state["canvas"] == {"width": None, "height": None, "fps": None}
    assert state["web_url"] == "https://nemovideo.com/workspace/claim?ct=clm_abc"


async def test_more_than_ten_images_bring_a_hint(tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir()
    for number in range(11):
        Image.new("RGB", (64, 36), (number * 20, 0, 0)).save(tmp_path / "photos" / f"{number}.png")
    async with in_memory(tmp_path) as host:
        await host.call("upload_images", paths=[str(tmp_path / "photos")])
        answer = await host.call("edit", instruction="22 seconds long")
    assert any("ten or fewer" in warning for warning in answer["warnings"])


async def test_a_backend_that_says_nothing_for_long_is_told_to_be_at_work(tmp_path: Path) -> None:
    backend = cloud(BEFORE, BEFORE, AFTER, chunks=[])
    backend.then = "heartbeats"
    heard: list[str] = []

    async def listen(progress: float, total: float | None, message: str | None) -> None:
        heard.append(message or "")

    with serving(backend.app) as url:
        async with in_memory(tmp_path, cut_short(url), backend="cloud", still_working_seconds=0.05, **QUICK) as host:
            result = await host.client.call_tool(
                "edit", {"instruction": "a film", "wait_seconds": 60}, progress_callback=listen
            )
    assert not result.is_error
    assert heard[0] == "Connecting…"
    assert any(message.startswith("Still working…") for message in heard)


async def test_a_batch_with_a_bad_name_starts_nothing(tmp_path: Path) -> None:
    async with in_memory(tmp_path) as host:
        text = await host.fail("batch", items=[{"media": ["a"], "name": "Good"}, {"media": ["b"], "name": "x" * 200}])
        assert (await host.call("projects"))["projects"] == []
    assert "100 characters" in text


@pytest.mark.parametrize("tool", ["edit", "export", "get_state", "upload_images"])
async def test_a_project_that_the_backend_forgot_is_begun_again_with_its_files(tmp_path: Path, tool: str) -> None:
    arguments: dict[str, dict[str, Any]] = {
        "edit": {"instruction": "9 seconds long"},
        "upload_images": {"paths": draw(tmp_path / "more", "blue", size=(320, 180))},
    }
    async with in_memory(tmp_path, wait_seconds=30) as host:
        await started(host, tmp_path)
        assert host.services is not None
        project = await host.services.projects.resolve(None)
        assert project.session_id is not None
        await (await host.services.client()).delete_project(project.session_id)
        (tmp_path / "photos" / "2-green.jpg").unlink()
        text = await host.fail(tool, **arguments.get(tool, {}))
        assert "2 of 3 files again" in text
        assert "Not sent again: 2-green.jpg" in text
        assert "Photos: 1-red.jpg, 2-green.jpg, 3-blue.jpg (0-6s)" in text
        state = await host.call("get_state")
        assert [file["name"] for file in state["media"]] == ["1-red.jpg", "3-blue.jpg"]
        assert "4 s" in (await host.call("edit", instruction="4 seconds long"))["reply"]


async def test_paths_that_lead_nowhere_lose_no_good_file(tmp_path: Path) -> None:
    (good,) = draw(tmp_path / "photos", "red")
    loop = tmp_path / "loop.jpg"
    loop.symlink_to(loop)
    (tmp_path / "photos" / "[x] 100%.jpg").write_bytes(Path(draw(tmp_path / "b", "blue")[0]).read_bytes())
    odd = ["~nobody-here/x.jpg", "/" + "x" * 300 + ".jpg", str(loop), "/*/*/*/nothing-here", "a\x00b.jpg", ""]
    url = (tmp_path / "photos" / "[x] 100%.jpg").as_uri()
    async with in_memory(tmp_path) as host:
        answer = await host.call("upload_images", paths=[*odd, good, url], urls=["http://["])
    assert [file["name"] for file in answer["stored"]] == ["1-red.jpg", "[x] 100%.jpg"]
    assert len(answer["skipped"]) == len(odd) + 1
    assert all(len(file["reason"]) > 10 for file in answer["skipped"])


async def test_outside_the_allowed_folders_nothing_is_told_of_what_is_there(tmp_path: Path) -> None:
    (inside,) = draw(tmp_path / "open", "red")
    (secret,) = draw(tmp_path / "secret", "blue")
    (tmp_path / "open" / "link.jpg").symlink_to(secret)
    named = [
        inside,
        secret,
        str(tmp_path / "secret" / "none.jpg"),
        str(tmp_path / "secret" / "*"),
        str(tmp_path / "o*" / "*"),
    ]
    async with in_memory(tmp_path, allowed_dirs=(tmp_path / "open",)) as host:
        answer = await host.call("upload_images", paths=[*named, str(tmp_path / "open")])
    assert [file["name"] for file in answer["stored"]] == ["1-red.jpg"]
    reasons = {file["reason"] for file in answer["skipped"]}
    assert reasons == {"it is outside the folders that NEMO_ALLOWED_DIRS allows"}
    assert len(answer["skipped"]) == 5, answer["skipped"]


async def test_a_name_is_a_name_even_when_it_reads_like_json(tmp_path: Path) -> None:
    async with in_memory(tmp_path) as host:
        made = await host.call("projects", action="create", name="null")
        assert made["project"]["name"] == "null"
        assert (await host.call("get_state", project="null"))["project"]["name"] == "null"
        assert 'no project "[1]"' in await host.fail("get_state", project="[1]")


async def test_an_edit_whose_export_fails_is_told_as_done(tmp_path: Path) -> None:
    async with in_memory(tmp_path, wait_seconds=60) as host:
        await started(host, tmp_path)
        (tmp_path / "films").write_text("no folder")
        answer = await host.call("edit", instruction="2 seconds long, and export it")
        assert "The edit is done, but the export failed" in answer["message"]
        assert answer["routed"]["export"]["status"] == "failed"
        assert (await host.call("get_state"))["duration_seconds"] == 2


async def test_names_of_any_script_become_files(tmp_path: Path) -> None:
    async with in_memory(tmp_path, wait_seconds=60) as host:
        await started(host, tmp_path)
        await host.call("edit", instruction="1 second long")
        await host.call("projects", action="rename", name="中" * 90)
        film = await host.call("export", resolution=TINY)
        assert Path(film["path"]).name.startswith("中中")
        assert "bare name" in await host.fail("export", filename="😀" * 80)


async def test_records_that_cannot_be_kept_are_named_with_the_setting_that_mends_it(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file is where the folder should be")
    async with in_memory(tmp_path) as host:
        text = await host.fail("get_state")
    assert str(tmp_path / "data") in text
    assert "NEMO_DATA_DIR" in text


async def test_a_batch_outlives_the_project_of_one_of_its_films(tmp_path: Path) -> None:
    for name in ("one", "two"):
        draw(tmp_path / name, "red", "blue")
    items = [
        {"media": [str(tmp_path / name)], "instruction": "4 seconds long", "name": name} for name in ("one", "two")
    ]
    async with in_memory(tmp_path) as host:
        running = await host.call("batch", items=items, resolution="320x180", wait_seconds=0)
        await host.call("projects", action="delete", name="one")
        ended = await host.call("wait", job=running["job"], wait_seconds=60)
    assert [item["status"] for item in ended["result"]["items"]] == ["failed", "completed"]


async def test_two_clients_may_enter_one_server(tmp_path: Path) -> None:
    from nemovideo_mcp.server.app import create_server

    async with in_memory(tmp_path) as host:
        assert host.services is not None
        server = create_server(host.services)
        for _ in range(2):
            async with Client(server) as client:
                assert len((await client.list_tools()).tools) == 10
