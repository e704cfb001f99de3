"""Going back and forth, and looking back, through an MCP client."""

from __future__ import annotations

from pathlib import Path

import pytest

from faults.cloud import Cloud
from nemovideo_mcp.server.routing import route
from support.clouds import QUICK
from support.hosts import draw, in_memory, over
from support.sockets import serving
from test_checked import ABC, draft

pytestmark = pytest.mark.anyio


async def test_every_edit_is_a_version_and_going_back_loses_none(tmp_path: Path) -> None:
    async with in_memory(tmp_path) as host:
        await host.call("upload_images", paths=draw(tmp_path / "photos", "red", "green"))
        for wish in ("10 seconds", 'add a title "Summer"', "make it 20 seconds", "undo", "redo"):
            await host.call("edit", instruction=wish)
        back = await host.call("edit", instruction="go back to before the title")
        before = await host.call("get_state", history=True)
        await host.call("edit", operations=[{"op": "restore", "to": "version", "version": 3}])
        after = await host.call("get_state", history=True)
    assert back["reply"].startswith("Back at version 1")
    rows = before["versions"]
    assert [(row["version"], row["instruction"], row["restores"]) for row in rows] == [
        (0, "", None),
        (1, "10 seconds", None),
        (2, 'add a title "Summer"', None),
        (3, "make it 20 seconds", None),
        (4, "undo", 2),
        (5, "redo", 3),
        (6, "go back to before the title", None),
    ]
    assert [row["current"] for row in rows] == [False] * 6 + [True]
    assert "Summer" in rows[3]["summary"]
    assert "Summer" not in before["summary"]
    assert len(after["versions"]) == len(rows) + 1
    assert (after["duration_seconds"], after["texts"][0]["text"]) == (20, "Summer")


async def test_going_back_from_an_empty_film_lays_nothing_out(tmp_path: Path) -> None:
    async with in_memory(tmp_path) as host:
        await host.call("upload_images", paths=draw(tmp_path / "photos", "red", "green"))
        await host.call("edit", operations=[{"op": "set_total_length", "seconds": 9}, {"op": "reverse_clips"}])
        await host.call("edit", instruction="start over")
        back = await host.call("edit", instruction="go back to version 1")
        rows = (await host.call("get_state", history=True))["versions"]
    assert [change["operation"] for change in back["changes"]] == ["restore"]
    assert back["reply"].startswith("Back at version 1 (")
    assert rows[1]["instruction"].endswith("4.5 s for each photo. Reversed the order of 2 clips.")


@pytest.mark.parametrize("asked", ["show me the history", "What did I change?", "看一下历史"])
async def test_asking_for_the_history_answers_with_it_and_makes_no_version(tmp_path: Path, asked: str) -> None:
    async with in_memory(tmp_path) as host:
        await host.call("upload_images", paths=draw(tmp_path / "photos", "red", "green"))
        await host.call("edit", instruction="10 seconds")
        answer = await host.client.call_tool("edit", {"instruction": asked})
        versions = (await host.call("get_state", history=True))["versions"]
        plain = await host.call("get_state")
    assert answer.structured_content is not None
    assert answer.structured_content["routed_to"] == ["get_state"]
    assert answer.structured_content["job"] is None
    text = answer.content[0].text  # type: ignore[union-attr]
    assert "Version 1 (now): “10 seconds”. Timeline (1 track)" in text
    assert "go back to version 2" in text
    assert [row["version"] for row in versions] == [0, 1]
    assert plain["versions"] is None


async def test_a_backend_without_versions_tells_of_the_edits_made_from_here_and_says_so(tmp_path: Path) -> None:
    backend = Cloud(before=ABC, after=draft("a.jpg", each=3000))
    with serving(backend.app) as url:
        async with in_memory(tmp_path, over(url), backend="cloud", **QUICK) as host:
            await host.services_link()
            empty = await host.client.call_tool("get_state", {"history": True})
            await host.call("edit", instruction="only the beach")
            answer = await host.client.call_tool("edit", {"instruction": "show me the history"})
    assert "Nothing has been edited yet." in empty.content[0].text  # type: ignore[union-attr]
    text = answer.content[0].text  # type: ignore[union-attr]
    assert "Edit (now): “only the beach”. Timeline (1 track): 1. Video: a.jpg (0-3s)" in text
    assert "keeps no versions" in text
    assert backend.messages == 1


@pytest.mark.parametrize(
    "wish",
    [
        "change it", "what can you change", "add a title 'history'", "go back to version 2", "undo", "make some changes", "修改一下",
        "回到版本2", "add a caption about the history of Rome",
    ],
)  # fmt: skip
def test_a_wish_that_only_sounds_like_it_is_an_edit(wish: str) -> None:
    assert route(wish).routes == ()


def test_a_question_about_the_history_may_stand_beside_an_edit() -> None:
    assert route("make it 30 seconds and show me the history") == route("make it 30 seconds, show the history")
    assert route("make it 30 seconds and show me the history").instruction == "make it 30 seconds"
