"""Several films at once: the words that ask for them, one film for each photo or folder, and going on without paying twice."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from nemovideo_mcp.client import AnonymousTokens, Attribution, NemoVideoClient
from nemovideo_mcp.server.films import joined
from nemovideo_mcp.server.several import several
from nemovideo_mcp.studio.app import Studio
from nemovideo_mcp.studio.policy import Policy
from nemovideo_mcp.studio.transport import StreamingASGITransport
from support.films import frames, mean_color, near
from support.hosts import COLORS, TINY, OpenClient, draw, in_memory, song

pytestmark = pytest.mark.anyio

SMALL: dict[str, Any] = {"quality": "draft", "resolution": TINY, "wait_seconds": 60}

ASKED = [
    ("make one video for each photo", "photo", ""),
    ("one video per folder", "folder", ""),
    ("a 10 second video per photo", "photo", "a 10 second video"),
    ("make a separate 5 second video of each photo with a zoom in", "photo", "make a 5 second video with a zoom in"),
    ("turn each photo into a 5 second video", "photo", "a 5 second video"),
    ("each photo as its own video, fade to black", "photo", "a video, fade to black"),
    ("give every picture its own video", "photo", ""),
    ("make 3 videos, one per photo", "photo", ""),
    ("separate videos of these photos, 5s long", "photo", "videos, 5s long"),
    ("one photo per video", "photo", ""),
    ("for each folder, create a 20-second slideshow with music", "folder", "create a 20-second slideshow with music"),
    ("I want a film for each subfolder, slow zoom", "folder", "I want a film, slow zoom"),
    ("for every picture in here make a little video", "photo", "make a little video"),
    ("could you make each of these photos into its own 3-second video?", "photo", "could you make a 3-second video?"),
    ("split into one video per photo", "photo", ""),
    ("make 10 videos from these 10 photos", "photo", ""),
    ("videos for all the folders", "folder", ""),
    # Said of the films, "each" is no length of a photo.
    ("one video per folder, 10 seconds each", "folder", "a video, 10 seconds long"),
    ("one video for each folder, each 10 seconds long", "folder", "a video, 10 seconds long"),
    ("one video per folder, 3 seconds per photo", "folder", "a video, 3 seconds per photo"),
    ('one video per photo, title "one video per photo"', "photo", 'a video, title "one video per photo"'),
    ("每张照片做一个视频", "photo", ""),
    ("每个文件夹一个视频", "folder", ""),
    ("每张照片生成一个5秒的视频，加背景音乐", "photo", "做一个5秒的视频，加背景音乐"),
    ("把每张图片分别做成5秒的短视频", "photo", "做一个5秒的短视频"),
    ("一张照片一个视频，每个5秒", "photo", "总长5秒"),
    ("给每个文件夹各做一个竖屏视频", "folder", "做一个竖屏视频"),
    ("分别给每张照片做视频", "photo", ""),
    ("照片一张一个视频", "photo", ""),
    ("一图一视频", "photo", ""),
    ("帮我把每个文件夹里的照片剪成一个视频", "folder", ""),
    ("按文件夹分别生成视频", "folder", ""),
    ("把这些照片分别做成视频，放大", "photo", "放大"),
    ("为每张照片制作一个视频，标题“每张照片一个视频”", "photo", "标题“每张照片一个视频”"),
]
ONE_FILM = [
    "show each photo for 3 seconds",
    "a video with each photo for 2 seconds",
    "make one video of all photos, 3 seconds for each photo",
    "turn each photo into a 5 second clip",
    "give each photo its own title",
    'title "one video for each photo"',
    "make a film, one photo per slide",
    "caption each photo with its file name",
    "add a video of the beach",
    "make a video for all photos",
    "make 3 videos from these 10 photos",
    "not one video for each photo, a single film",
    "zoom in on each photo of the video",
    "每张照片3秒",
    "不要每张照片一个视频",
    "视频里每张照片3秒",
    "每张照片都加一个标题，做成视频",
    "每张照片显示3秒，做成一个视频",
    "每张照片3秒的视频",
    "使用每张照片做成30秒的视频",
    "加标题“每张照片一个视频”",
]


@pytest.mark.parametrize(("words", "each", "left"), ASKED)
def test_words_for_several_films_are_told_from_what_each_of_them_shall_be(words: str, each: str, left: str) -> None:
    found = several(words)
    assert found is not None
    assert (found.each, found.instruction) == (each, left)


@pytest.mark.parametrize("words", ONE_FILM)
def test_words_about_one_film_ask_for_no_batch(words: str) -> None:
    assert several(words) is None


def test_a_films_own_words_correct_those_for_all_of_them() -> None:
    assert joined("30 seconds, export it", "") == "30 seconds"
    assert joined("30 seconds", 'title "A"') == '30 seconds. Actually, title "A"'
    assert joined("总长30秒。", "总长10秒") == "总长30秒。不对，总长10秒"


async def test_an_edit_that_asks_for_several_films_changes_nothing_and_says_the_call_that_makes_them(
    tmp_path: Path,
) -> None:
    photos = draw(tmp_path / "photos", "red", "green", size=(320, 180))
    async with in_memory(tmp_path) as host:
        assert "the photos, or their folder" in await host.fail("edit", instruction="one video for each photo")
        assert (await host.call("projects"))["projects"] == []
        await host.call("upload_images", paths=photos)
        text = await host.fail("edit", instruction="one video for each photo, 1 second long")
        folders = await host.fail("edit", instruction="每个文件夹一个视频")
        assert (await host.call("get_state"))["clips"] == []
    assert "2 films" in text
    assert f'Call batch(items=[{{"media": ["{photos[0]}", "{photos[1]}"], "instruction": "one video' in text
    assert f'"media": ["{tmp_path / "photos"}"], "instruction": "每个文件夹一个视频"' in folders


async def test_one_film_is_made_for_each_photo_and_each_folder_with_common_and_own_words(tmp_path: Path) -> None:
    draw(tmp_path / "photos", "red", "green", size=(320, 180))
    song(tmp_path / "photos" / "tune.wav", 1)
    draw(tmp_path / "trips" / "a", "blue", size=(320, 180))
    (tmp_path / "trips" / "empty").mkdir()
    items = [
        {"media": [str(tmp_path / "photos")], "instruction": "one video for each photo, add tune.wav"},
        {"media": [str(tmp_path / "trips")], "instruction": "每个文件夹一个视频，每个2秒", "name": "Trip"},
    ]
    async with in_memory(tmp_path) as host:
        answer = await host.call("batch", items=items, instruction="1 second long, sing my name", **SMALL)
        states = [await host.call("get_state", project=row["project"]["id"]) for row in answer["items"]]
        current = (await host.client.call_tool("batch", {"job": answer["job"]})).content[0].text  # type: ignore[union-attr]
    assert [row["project"]["name"] for row in answer["items"]] == ["1-red", "2-green", "Trip - a"]
    assert [row["duration_seconds"] for row in answer["items"]] == [1, 1, 2]
    assert [row["not_understood"][0]["clause"] for row in answer["items"]] == ["sing my name"] * 3
    assert near(mean_color(frames(answer["items"][2]["path"])[10]), COLORS["blue"])
    # A song goes into the film of every photo beside it.
    assert [[music["name"] for music in state["music"]] for state in states] == [["tune.wav"], ["tune.wav"], []]
    assert [file["name"] for file in answer["skipped"]] == ["empty"]
    assert "All films of that batch are ready" in current


def studio_with(folder: Path, credits: int) -> OpenClient:
    """A client of a studio in which an edit costs ten credits of so many."""

    @asynccontextmanager
    async def opened() -> AsyncIterator[NemoVideoClient]:
        tokens = AnonymousTokens(
            client_id_file=folder / "client_id", legacy_client_id_file=None, token_file=folder / "token.json"
        )
        async with (
            Studio(folder, Policy(credits=credits)) as studio,
            NemoVideoClient(
                base_url="http://studio.local",
                transport=StreamingASGITransport(studio.app),
                tokens=tokens,
                attribution=Attribution(version="0"),
            ) as client,
        ):
            yield client

    return opened


async def test_a_batch_ends_with_the_credits_and_goes_on_with_new_ones_paying_nothing_twice(tmp_path: Path) -> None:
    names = ("red", "green", "blue")
    items = [
        {"media": draw(tmp_path / name, name, size=(320, 180)), "instruction": "1 second long", "name": name}
        for name in names
    ]
    async with in_memory(tmp_path, studio_with(tmp_path / "studio", 10)) as host:
        first = await host.call("batch", items=items, **SMALL)
    assert [row["status"] for row in first["items"]] == ["completed", "failed", "queued"]
    assert "Not begun: blue." in first["message"]
    assert f'batch(job="{first["job"]}")' in first["message"]
    async with in_memory(tmp_path, studio_with(tmp_path / "studio", 100)) as host:
        second = await host.call("batch", job=first["job"], **SMALL)
        assert [row["status"] for row in second["items"]] == ["completed", "completed"]
        # Three films are three edits.
        assert (await host.call("credits"))["available"] == 70
        text = await host.fail("batch", job=second["job"])
    assert "are ready" in text
    assert sorted(path.name for path in (tmp_path / "films").iterdir()) == ["blue.mp4", "green.mp4", "red.mp4"]


async def test_an_edit_whose_stream_broke_is_not_paid_again_when_it_was_done_after_all(tmp_path: Path) -> None:
    async with in_memory(tmp_path) as host:
        assert host.services is not None
        await host.call("upload_images", paths=draw(tmp_path / "photos", "red", size=(320, 180)))
        project = (await host.call("edit", instruction="3 seconds long"))["project"]
        # As they are left when the stream breaks and the state shows nothing for a while.
        journal = host.services.journal
        edit = await journal.add("edit", project["id"], {"instruction": "3 seconds long"})
        await journal.write(edit.id, status="failed", checkpoint={"sent": True, "draft_before": {"t": []}})
        item = {"project": project, "media": ["x"], "instruction": "3 seconds long"}
        record = {"status": "failed", "uploaded": True, "edit_job": edit.id, "error_type": "Interrupted"}
        job = await journal.add("batch", None, {"items": [item], "quality": "draft", "resolution": TINY})
        await journal.write(job.id, status="failed", result={"items": [record]})
        (row,) = (await host.call("batch", job=job.id, wait_seconds=60))["items"]
        history = (await host.call("get_state"))["history"]
    assert row["duration_seconds"] == 3
    assert "had broken" in row["reply"]
    assert len(history) == 2
