"""The whole line over stdio, as a host runs it: photos in, an instruction, a checked MP4 out."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.films import frames, mean_color, near, streams
from support.hosts import COLORS, TINY, draw, over_stdio, song

pytestmark = pytest.mark.anyio


async def test_photos_become_the_film_that_was_asked_for(tmp_path: Path) -> None:
    photos = draw(tmp_path / "photos", "red", "green", "blue")
    tune = song(tmp_path / "photos" / "song.wav")
    async with over_stdio(tmp_path) as host:
        uploaded = await host.call("upload_images", paths=[*photos, tune], project="new")
        assert [file["name"] for file in uploaded["stored"]] == ["1-red.jpg", "2-green.jpg", "3-blue.jpg", "song.wav"]
        edited = await host.call(
            "edit",
            instruction="make it a 6-second slideshow with 1 second crossfades, use song.wav as background music at 50%",
        )
        assert edited["not_understood"] == []
        state = await host.call("get_state")
        assert [clip["duration_seconds"] for clip in state["clips"]] == [2, 2, 2]
        assert state["clips"][1]["transition_in"] == {"kind": "crossfade", "seconds": 1}
        assert state["music"][0]["volume"] == 0.5
        film = await host.call("export", resolution=TINY, filename="my film.mp4", wait_seconds=120)

    path = Path(film["path"])
    assert path == tmp_path / "films" / "my film.mp4"
    assert film["status"] == "completed"
    assert (film["width"], film["height"], film["duration_seconds"]) == (256, 144, 6.0)
    assert film["size_bytes"] == path.stat().st_size
    assert streams(path) == {"video": "h264", "audio": "aac"}
    shown = frames(path)
    assert len(shown) == 180
    for second, color in ((0.5, "red"), (3.0, "green"), (5.5, "blue")):
        assert near(mean_color(shown[int(second * 30)]), COLORS[color]), second
    # The middle of a crossfade is the cut itself: half of each.
    half = tuple((a + b) / 2 for a, b in zip(COLORS["red"], COLORS["green"], strict=True))
    assert near(mean_color(shown[60]), half, 12)


async def test_progress_reaches_the_host_and_only_ever_rises(tmp_path: Path) -> None:
    photos = draw(tmp_path / "photos", "red", "green")
    heard: list[tuple[float, float | None, str | None]] = []

    async def listen(progress: float, total: float | None, message: str | None) -> None:
        heard.append((progress, total, message))

    async with over_stdio(tmp_path) as host:
        await host.call("upload_images", paths=photos)
        for tool, arguments in (("edit", {"instruction": "4 seconds long"}), ("export", {"resolution": TINY})):
            heard.clear()
            result = await host.client.call_tool(tool, arguments, progress_callback=listen)
            assert not result.is_error
            numbers = [progress for progress, _, _ in heard]
            assert numbers == sorted(set(numbers)), numbers
            assert heard[0][2] == "Connecting…"
            assert all(message and total == 100 for _, total, message in heard)
            assert numbers[-1] < 100


async def test_the_seeds_sentences_work_word_for_word(tmp_path: Path) -> None:
    photos = draw(tmp_path / "photos", "red", "green", "blue", "red", "green")
    async with over_stdio(tmp_path) as host:
        for sentence, seconds in (
            ("convert five product photos in JPG format into a 1080p MP4", 20.0),
            ("turn these photos into a 30-second slideshow video with smooth transitions", 30.0),
            (
                "turning photo collections into shareable slideshow videos for marketers, social media creators, photographers",
                20.0,
            ),
        ):
            # The same colours twice are other files only by their bytes, so each is told apart by name here.
            await host.call("upload_images", paths=photos, project="new")
            edited = await host.call("edit", instruction=sentence)
            assert edited["not_understood"] == [], sentence
            state = await host.call("get_state")
            assert (state["canvas"]["width"], state["canvas"]["height"]) == (1920, 1080)
            assert state["duration_seconds"] == pytest.approx(
                seconds * len(state["clips"]) / 5 if seconds == 20 else 30
            )
