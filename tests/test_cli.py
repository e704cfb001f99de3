"""The command line: one-shot films, the HTTP servers, the doctor, and settings that cannot be."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from mcp import Client

from support.films import frames, mean_color, near, streams
from support.hosts import COLORS, draw, over_stdio, song
from support.processes import linux

pytestmark = pytest.mark.anyio


def environment(folder: Path, **more: str) -> dict[str, str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("NEMO_")}
    return {
        **clean,
        "NEMO_DATA_DIR": str(folder / "data"),
        "NEMO_OUTPUT_DIR": str(folder / "films"),
        "HOME": str(folder),
        **more,
    }


def run(folder: Path, *arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "nemovideo_mcp", *arguments],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env=environment(folder, **env),
        stdin=subprocess.DEVNULL,
    )


def test_make_turns_photos_and_a_chinese_instruction_into_the_film_at_the_path_that_was_asked_for(
    tmp_path: Path,
) -> None:
    photos = draw(tmp_path / "photos", "red", "green", size=(240, 320))
    out = tmp_path / "out.mp4"
    done = run(tmp_path, "make", *photos, "做成总长2秒的竖屏视频，不要转场", "-o", str(out), "--quality", "draft")
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == str(out)
    shown = frames(out)
    assert len(shown) == 60
    assert shown[0].shape == (1920, 1080, 3)
    assert near(mean_color(shown[10]), COLORS["red"])
    assert near(mean_color(shown[50]), COLORS["green"])


def test_a_song_that_is_named_is_in_the_film_without_being_asked_for_again(tmp_path: Path) -> None:
    photos = draw(tmp_path / "photos", "red", "green", size=(320, 180))
    tune = song(tmp_path / "song.wav")
    done = run(tmp_path, "make", *photos, "1 second long", "--audio", tune, "--quality", "draft")
    assert done.returncode == 0, done.stderr
    assert streams(done.stdout.strip()) == {"video": "h264", "audio": "aac"}
    assert "song.wav at 80%" in done.stderr
    missing = run(tmp_path, "make", *photos, "1 second long", "--audio", str(tmp_path / "typo.mp3"))
    assert missing.returncode == 1
    assert "typo.mp3 cannot be used" in missing.stderr


def test_the_ending_of_the_output_names_the_format_also_when_the_instruction_exports_by_itself(tmp_path: Path) -> None:
    photos = draw(tmp_path / "photos", "red", "green", size=(320, 180))
    out = tmp_path / "out.webm"
    asked = ["make", *photos, "1 second long, then export it", "-o", str(out), "--fps", "25", "--resolution", "256x144"]
    done = run(tmp_path, *asked, "--quality", "draft")
    assert done.returncode == 0, done.stderr
    assert streams(out) == {"video": "vp9"}
    shown = frames(out)
    assert (len(shown), shown[0].shape) == (25, (144, 256, 3))


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["make", "a.jpg"], "then an instruction"),
        (["make", "/nowhere/a.jpg", "10 seconds"], "no such file"),
        (["make", "{photo}", "sing my name"], "sing my name"),
        (["make", "{photo}", "2 seconds long", "-o", "film.wmv"], "must end in one of .mp4, .mov, .webm"),
        (["make", "{photo}", "2 seconds long", "-o", "{photo}"], "must end in one of .mp4"),
        (["make", "{photo}", "2 seconds long", "-o", "film.gif", "--format", "webm"], "asked for as webm"),
        (["make", "{photo}", "2 seconds long", "--preset", "myspace"], "no preset"),
        (["serve", "--http", "--host", "0.0.0.0"], "127.0.0.1"),
        (["studio", "--host", "192.168.1.5"], "127.0.0.1"),
        (["studio", "--credits", "-1"], "credits"),
    ],
    ids=lambda value: " ".join(value)[:40] if isinstance(value, list) else "",
)
def test_what_is_wrong_is_said_in_one_line_and_a_failing_exit_code(
    tmp_path: Path, arguments: list[str], words: str
) -> None:
    (photo,) = draw(tmp_path / "photos", "red")
    done = run(tmp_path, *(part.format(photo=photo) for part in arguments))
    assert done.returncode == 1
    assert done.stdout == ""
    last = done.stderr.strip().splitlines()[-1]
    assert last.startswith("nemovideo-mcp: ")
    assert words in last
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("variable", "value"), [("NEMO_BACKEND", "moon"), ("NEMO_WAIT_SECONDS", "soon"), ("NEMO_API_URL", "file:///etc")]
)
def test_a_setting_that_cannot_be_is_named(tmp_path: Path, variable: str, value: str) -> None:
    done = run(tmp_path, "doctor", **{variable: value})
    assert done.returncode == 1
    assert variable in done.stderr
    assert "Traceback" not in done.stderr


def test_the_doctor_finds_all_in_place_and_says_how_to_mend_what_is_not(tmp_path: Path) -> None:
    well = run(tmp_path, "doctor")
    assert well.returncode == 0, well.stdout + well.stderr
    assert "Everything is in place" in well.stdout
    (tmp_path / "blocked").write_text("a file")
    ill = run(tmp_path, "doctor", NEMO_OUTPUT_DIR=str(tmp_path / "blocked"))
    assert ill.returncode == 1
    assert "Set NEMO_OUTPUT_DIR" in ill.stdout
    bad = run(tmp_path, "doctor", NEMO_TOKEN="nmv_usr_s3cret", NEMO_API_URL="http://127.0.0.1:1")
    assert bad.returncode == 1
    assert "s3cret" not in bad.stdout + bad.stderr


@contextmanager
def started(folder: Path, *arguments: str, **env: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """The URL that a serving command prints, and its process, while it runs."""
    process = subprocess.Popen(
        [sys.executable, "-m", "nemovideo_mcp", *arguments],
        stderr=subprocess.PIPE,
        text=True,
        env=environment(folder, **env),
    )
    try:
        assert process.stderr is not None
        line = process.stderr.readline()
        yield next(word for word in line.split() if word.startswith("http://")), process
    finally:
        process.terminate()
        process.wait(10)
        assert process.stderr is not None
        process.stderr.close()


@contextmanager
def serving(folder: Path, *arguments: str, **env: str) -> Iterator[str]:
    """The URL that a serving command prints, while it runs."""
    with started(folder, *arguments, **env) as (url, _):
        yield url


@linux
async def test_a_call_that_waits_while_the_server_is_stopped_is_told_so_and_that_the_work_goes_on(
    tmp_path: Path,
) -> None:
    photos = draw(tmp_path / "photos", "red", "green")
    with started(tmp_path, "serve", "--http", "--port", "0", NEMO_ALLOWED_DIRS=str(tmp_path)) as (url, process):
        async with Client(url) as client:
            await client.call_tool("upload_images", {"paths": photos})
            await client.call_tool("edit", {"instruction": "900 seconds long, zoom in on every photo"})

            async def stop(progress: float, total: float | None, message: str | None) -> None:
                if "Rendering" in (message or ""):
                    process.terminate()

            answer = await client.call_tool("export", {"wait_seconds": 60}, progress_callback=stop)
    assert answer.structured_content is not None
    assert answer.structured_content["status"] == "running"
    assert "The server is being stopped; the work goes on when it runs again." in answer.content[0].text  # type: ignore[union-attr]


async def test_the_server_speaks_http_on_loopback_and_reads_only_allowed_folders_there(tmp_path: Path) -> None:
    (photo,) = draw(tmp_path / "photos", "red")
    (secret,) = draw(tmp_path / "private", "blue")
    with serving(tmp_path, "serve", "--http", "--port", "0", NEMO_ALLOWED_DIRS=str(tmp_path / "photos")) as url:
        async with Client(url) as client:
            answer = await client.call_tool("upload_images", {"paths": [photo, secret]})
            assert answer.structured_content is not None
            assert [file["name"] for file in answer.structured_content["stored"]] == ["1-red.jpg"]
            assert "NEMO_ALLOWED_DIRS" in answer.structured_content["skipped"][0]["reason"]
    with serving(tmp_path, "serve", "--http", "--port", "0") as url:
        async with Client(url) as client:
            refused = await client.call_tool("upload_images", {"paths": [photo]})
    assert refused.is_error
    assert "over HTTP" in refused.content[0].text  # type: ignore[union-attr]


async def test_the_studio_serves_others_over_a_socket_with_the_credits_it_was_given(tmp_path: Path) -> None:
    photos = draw(tmp_path / "photos", "red", "green")
    with serving(tmp_path / "backend", "studio", "--port", "0", "--credits", "10") as url:
        async with httpx.AsyncClient() as anybody:
            assert (await anybody.get(f"{url}/api/credits/balance/simple")).status_code == 401
        async with over_stdio(tmp_path, NEMO_API_URL=url, NEMO_WAIT_SECONDS="60") as host:
            await host.call("upload_images", paths=photos)
            first = await host.call("edit", instruction="2 seconds long")
            assert (first["credits_before"], first["credits_after"], first["credits_spent"]) == (10, 0, 10)
            text = await host.fail("edit", instruction="3 seconds long")
            assert "no credits left" in text
            assert "register?bind=" in text
            history = (await host.call("get_state"))["history"]
            assert [(row["instruction"], row["status"], row["credits_spent"]) for row in history] == [
                ("3 seconds long", "failed", None),
                ("2 seconds long", "completed", 10),
            ]
            film = await host.call("export", resolution="256x144", wait_seconds=60)
    assert Path(film["path"]).exists()
