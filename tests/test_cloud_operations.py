"""Typed operations on a backend that takes only words: one message with exact sentences, and an account that is true."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from faults.cloud import Cloud
from support.clouds import QUICK
from support.hosts import Host, in_memory, over
from support.sockets import serving
from test_checked import ABC, LENGTH, LOFI, REMOVE, draft, title

pytestmark = pytest.mark.anyio

SAID = b'data: {"text": "Sure, I took care of everything!"}\n\n'
EXACT = draft("a.jpg", "b.jpg", "c.jpg", each=10_000)


@asynccontextmanager
async def hosted(
    folder: Path, after: Any, *chunks: bytes, language: str = "en", **more: Any
) -> AsyncIterator[tuple[Host, Cloud]]:
    backend = Cloud(chunks=list(chunks), before=ABC, after=after, **more)
    with serving(backend.app) as url:
        async with in_memory(folder, over(url), backend="cloud", language=language, **QUICK) as host:
            await host.services_link()
            yield host, backend


def sent(backend: Cloud) -> list[str]:
    return [seen.json["new_message"]["parts"][0]["text"] for seen in backend.asked("/run_sse")]


async def test_several_operations_are_one_message_and_what_was_done_is_told_with_numbers(tmp_path: Path) -> None:
    after = draft("a.jpg", "c.jpg", each=14_850)
    async with hosted(tmp_path, after, SAID) as (host, backend):
        answer = await host.call("edit", operations=[REMOVE, LENGTH])
    assert sent(backend) == ["Remove clip 2 from the video. Make the whole video exactly 30 seconds long."]
    assert answer["reply"].startswith("Sure, I took care of everything!\nChecked on the timeline: ")
    assert "b.jpg is no longer on the timeline. The length of the film is 29.7 s (30 s asked for)." in answer["reply"]
    assert [(change["operation"], change["before"], change["after"]) for change in answer["changes"]] == [
        ("remove_clips", None, 0),
        ("set_total_length", 12.0, 29.7),
    ]
    assert (answer["not_understood"], answer["warnings"]) == ([], [])
    assert answer["credits_spent"] == 10


async def test_what_the_backend_claims_and_its_draft_does_not_show_is_told_as_not_done(tmp_path: Path) -> None:
    async with hosted(tmp_path, EXACT, SAID) as (host, _):
        told = await host.client.call_tool("edit", {"operations": [REMOVE, LENGTH]})
    answer: Any = told.structured_content
    assert "For the assistant" not in told.content[0].text  # type: ignore[union-attr]  # another edit would cost again
    assert 'Not done: "Remove clip 2 from the video." b.jpg is still on the timeline.' in answer["reply"]
    assert [miss["clause"] for miss in answer["not_understood"]] == ["Remove clip 2 from the video."]
    assert [change["operation"] for change in answer["changes"]] == ["set_total_length"]


async def test_a_silent_edit_is_told_by_what_the_draft_shows(tmp_path: Path) -> None:
    after = draft("a.jpg", "b.jpg", "c.jpg", each=8_000)
    async with hosted(tmp_path, after, b": working\n\n") as (host, backend):
        answer = await host.call("edit", operations=[LENGTH])
    assert "The length of the film is 24 s, not 30 s." in answer["reply"]
    (warning,) = answer["warnings"]
    assert warning.startswith("Not as asked")
    assert len(sent(backend)) == 1


async def test_what_came_unasked_is_named(tmp_path: Path) -> None:
    after = draft("a.jpg", "b.jpg", "c.jpg", each=10_000, songs=(LOFI,), titles=(title("Urban Dreams", fill="red"),))
    async with hosted(tmp_path, after, SAID) as (host, _):
        answer = await host.call("edit", operations=[LENGTH])
    assert "Note: Changed without being asked for: Added music: Lo-fi." in answer["reply"]
    assert [change["text"] for change in answer["changes"] if change["operation"] is None] == [
        'Added the title "Urban Dreams" (0-3s).',
        "Added music: Lo-fi.",
    ]


async def test_words_beside_the_operations_go_in_the_same_message_and_their_changes_are_not_called_unasked(
    tmp_path: Path,
) -> None:
    after = draft("a.jpg", "b.jpg", "c.jpg", each=10_000, songs=(LOFI,))
    async with hosted(tmp_path, after, SAID) as (host, backend):
        answer = await host.call("edit", operations=[LENGTH], instruction="add some calm music")
    assert sent(backend) == ["Make the whole video exactly 30 seconds long. add some calm music"]
    assert "without being asked" not in answer["reply"]
    assert "Added music: Lo-fi." in [change["text"] for change in answer["changes"]]


async def test_a_project_in_chinese_is_spoken_to_and_told_of_in_chinese(tmp_path: Path) -> None:
    async with hosted(tmp_path, EXACT, SAID, language="zh") as (host, backend):
        answer = await host.call("edit", operations=[REMOVE, LENGTH])
    assert sent(backend) == ["删除第2张。总长30秒。"]
    assert "已核对：影片时长为30秒。" in answer["reply"]
    assert "未完成：“删除第2张。”：b.jpg仍在时间线上。" in answer["reply"]


async def test_a_state_that_is_late_is_looked_at_again_and_nothing_is_sent_twice(tmp_path: Path) -> None:
    async with hosted(tmp_path, EXACT, SAID, late=1) as (host, backend):
        answer = await host.call("edit", operations=[LENGTH])
    assert "The length of the film is 30 s." in answer["reply"]
    assert len(sent(backend)) == 1


async def test_nothing_done_and_nothing_said_is_a_failure_that_names_what_was_not_done(tmp_path: Path) -> None:
    async with hosted(tmp_path, ABC, b": working\n\n") as (host, backend):
        text = await host.fail("edit", operations=[LENGTH])
    assert "timeline is as it was" in text
    assert "still 12 s, not 30 s" in text
    assert len(sent(backend)) == 1


async def test_a_broken_stream_is_checked_like_a_whole_one(tmp_path: Path) -> None:
    broken = b'data: {"error": "upstream timed out"}\n\n'
    async with hosted(tmp_path, EXACT, broken) as (host, backend):
        answer = await host.call("edit", operations=[REMOVE, LENGTH], wait_seconds=60)
    assert "The length of the film is 30 s." in answer["reply"]
    assert answer["not_understood"][0]["reason"] == "b.jpg is still on the timeline"
    assert len(sent(backend)) == 1


async def test_an_undo_is_recognised_by_what_was_there_before(tmp_path: Path) -> None:
    async with hosted(tmp_path, EXACT, SAID) as (host, backend):
        await host.call("edit", operations=[LENGTH])
        backend.before, backend.after = EXACT, ABC
        backend.looks, backend.late = 0, 1
        answer = await host.call("edit", operations=[{"op": "restore"}])
    assert sent(backend)[-1] == "Undo."
    assert "The film is as it was before an earlier edit." in answer["reply"]


async def test_a_draft_with_fields_of_its_own_comes_through_an_operation(tmp_path: Path) -> None:
    strange = json.loads(json.dumps(EXACT))
    strange["t"][0]["sg"][1] |= {"motion": ["ken", "burns"], "fx": {"glow": 3}, "transition": "swoosh"}
    async with hosted(tmp_path, strange, SAID) as (host, _):
        answer = await host.call("edit", operations=[LENGTH, {"op": "set_motion", "motion": "zoom_in"}])
    assert "The length of the film is 30 s." in answer["reply"]
    assert "Could not be checked" in answer["reply"]
    assert "Field fx.glow of b.jpg: nothing → 3" in answer["reply"]


async def test_an_operation_on_a_clip_that_is_not_there_is_refused_before_anything_is_sent(tmp_path: Path) -> None:
    async with hosted(tmp_path, EXACT, SAID) as (host, backend):
        text = await host.fail("edit", operations=[LENGTH, {"op": "remove_clips", "clips": [7]}])
    assert "There is no clip 7: the timeline has 3 clips, numbered 1 to 3. Nothing was sent." in text
    assert sent(backend) == []


async def test_words_after_which_nothing_is_different_are_told_as_that(tmp_path: Path) -> None:
    async with hosted(tmp_path, ABC, SAID) as (host, _):
        answer = await host.call("edit", instruction="make it calmer")
    assert "Note: The timeline shows no change." in answer["reply"]
    assert answer["changes"] == []


async def test_a_silent_edit_asked_for_in_chinese_is_told_of_in_chinese(tmp_path: Path) -> None:
    async with hosted(tmp_path, EXACT, b": working\n\n") as (host, _):
        answer = await host.call("edit", instruction="慢一点")
    assert answer["reply"] == "所有画面：现在10秒。影片现在30秒（原来12秒）。"
