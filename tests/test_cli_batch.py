"""`batch` on the command line: tables as people write them, films beside their report, and going on after any end."""

from __future__ import annotations

import csv
import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import anyio
import pytest
from pydantic import SecretStr

from faults.cloud import Cloud
from nemovideo_mcp.cli.batch import batch
from nemovideo_mcp.cli.batch.table import TableError, read_table
from nemovideo_mcp.cli.make import make
from support.films import frames, streams
from support.hosts import TINY, draw, settings_in, song
from support.processes import alive, linux, until, workers_of
from support.sockets import serving

SMALL = {"quality": "draft", "resolution": TINY}


def run(folder: Path, *inputs: str, out: str | None = "out", **more: Any) -> int:
    """The exit code of a batch with everything in a folder of the test's own."""
    common = {**SMALL, **more.pop("common", {})}
    output = folder / out if out else None
    return batch(settings_in(folder), inputs, output, more.pop("each", None), common, **more)


def report(folder: Path) -> dict[str, dict[str, Any]]:
    written = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    return {film["name"]: film for film in written["films"]}


def films_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.name not in ("report.json", "report.csv"))


def trips(folder: Path, *names: str) -> str:
    for name in names:
        draw(folder / "trips" / name, "red", size=(320, 180))
    return str(folder / "trips")


ROWS = "文件夹,指令,输出\n旅行/罗马,10秒，加标题“罗马”,罗马\n"


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("utf8.csv", ROWS.encode()),
        ("excel utf8.csv", b"\xef\xbb\xbf" + ROWS.replace("\n", "\r\n").encode()),
        ("excel unicode.txt", ROWS.replace(",", "\t").encode("utf-16")),
        ("excel in china.csv", ROWS.encode("gb18030")),
        ("semicolons.csv", ROWS.replace(",", ";").encode()),
        ("excel sep.csv", b"sep=;\r\n" + ROWS.replace(",", ";").encode()),
        ("list.yaml", "- 文件夹: 旅行/罗马\n  指令: 10秒，加标题“罗马”\n  输出: 罗马\n".encode()),
        ("mapping.yml", "films:\n- {folder: 旅行/罗马, instruction: 10秒，加标题“罗马”, name: 罗马}\n".encode()),
    ],
)
def test_a_table_is_read_as_people_and_excel_write_it(tmp_path: Path, name: str, raw: bytes) -> None:
    (tmp_path / name).write_bytes(raw)
    (row,) = read_table(tmp_path / name).rows
    assert row.cells == {"folder": "旅行/罗马", "instruction": "10秒，加标题“罗马”", "name": "罗马"}


def test_a_western_table_without_a_mark_keeps_its_accents(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes('folder;instruction\nGröße/café;"10 s; title ""Été"""\n'.encode("cp1252"))
    table = read_table(tmp_path / "a.csv")
    assert table.rows[0].cells == {"folder": "Größe/café", "instruction": '10 s; title "Été"'}
    assert "Windows-1252" in table.notes[0]


def test_yaml_values_are_taken_as_they_are_written(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("aspect: 9:16\nfilms:\n- folder: [2024, b]\n  name: no\n- trips/oslo\n")
    table = read_table(tmp_path / "a.yaml")
    assert table.common == {"aspect": "9:16"}
    assert [row.cells for row in table.rows] == [{"folder": "2024\nb", "name": "no"}, {"folder": "trips/oslo"}]
    assert [row.line for row in table.rows] == [3, 5]
    (tmp_path / "b.yaml").write_text("folders: [a, b]\ninstruction: 10 s\n")
    assert [row.cells for row in read_table(tmp_path / "b.yaml").rows] == [{"folder": "a"}, {"folder": "b"}]


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("a.csv", "trips,10 seconds\n", "line 1: the first line must name the columns"),
        ("a.csv", "folder,instrution\na,b\n", 'no column "instrution". Did you mean "instruction"?'),
        ("a.csv", "folder,path\na,b\n", 'two columns for "folder"'),
        ("a.csv", "folder,instruction\na,10 s, music\n", "line 2: there are more cells than columns"),
        ("a.csv", "folder,instruction\n", "names no films"),
        ("a.yaml", "- folder: a\n  instruction: [x", "line 2: this is not YAML"),
        ("a.yaml", "- folder: a\n  wish: {b: c}\n", 'line 2: "wish" takes a text'),
        ("a.yaml", "- folder: a\n  colour: red\n", 'line 2: there is no key "colour"'),
        ("a.yaml", "- folder: a\n  folder: b\n", 'line 2: "folder" is given twice'),
        ("a.yaml", "folders\n", "give a list of films"),
        ("a.xlsx", "", 'save it as "CSV UTF-8"'),
    ],
)
def test_what_is_wrong_with_a_table_is_said_with_its_line(tmp_path: Path, name: str, text: str, words: str) -> None:
    (tmp_path / name).write_text(text)
    with pytest.raises(TableError) as error:
        read_table(tmp_path / name)
    assert words in str(error.value)


def test_every_bad_row_is_named_before_anything_is_made(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    trips(tmp_path, "rome")
    (tmp_path / "trips" / "empty").mkdir()
    (tmp_path / "jobs.csv").write_text(
        "folder,instruction,output,format,aspect,fps,each\n"
        "trips/rome,1 second,good,,,,\n"
        "trips/oslo,1 second,,,,,\n"
        "trips/empty,1 second,,,,,\n"
        "trips/rome,,,,,,\n"
        ",1 second,,,,,\n"
        "trips/rome,1 second,a.mp4,webm,17:3,fast,\n"
        "trips/rome,1 second,x/y,wmv,,,nobody\n"
    )
    assert run(tmp_path, str(tmp_path / "jobs.csv")) == 1
    lines = capsys.readouterr().err.splitlines()
    assert [(" ".join(line.split()[1:4]), words in line) for line, words in zip(lines, WRONG, strict=True)] == [
        (f"jobs.csv, line {number}:", True) for number in (3, 4, 5, 6, 7, 7, 7, 8)
    ] + [("8 things are", True)]
    assert not (tmp_path / "out").exists()


WRONG = (
    "no such file", "no photos", "no instruction", "folder is missing", "no frame rate", "called mp4 and asked for as webm", "no shape",
    "each takes photo or folder", "nothing was begun",
)  # fmt: skip


@pytest.mark.parametrize(
    ("inputs", "words"),
    [
        (["{trips}/rome", "10 seconds"], "For a film of each one: nemovideo-mcp batch"),
        (["{trips}"], "Say what the films should become"),
        (["{trips}/nowhere", "10 seconds"], "no such file or folder"),
        (["{trips}/rome/1-red.jpg", "{trips}/rome", "10 seconds"], "say --each photo"),
        (["{trips}/rome/none", "{trips}/rome", "10 seconds"], "no such file or folder"),
    ],
)
def test_what_cannot_be_a_batch_is_answered_with_what_can(
    tmp_path: Path, inputs: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = trips(tmp_path, "rome")
    assert run(tmp_path, *(part.format(trips=folder) for part in inputs)) == 1
    assert words in capsys.readouterr().err


def test_each_folder_becomes_a_film_and_only_what_changed_is_made_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = trips(tmp_path, "rome", "oslo", "CON")
    (tmp_path / "trips" / "oslo" / "2.jpg").write_text("no photo")
    (tmp_path / "trips" / "notes").mkdir()
    out = tmp_path / "out"
    out.mkdir()
    (out / "rome.mp4").write_text("somebody else's")
    asked = (folder, '1 second, title "{name}", sing my name')
    assert run(tmp_path, *asked) == 0
    said = capsys.readouterr()
    # A name that Windows takes, and beside a file that is not ours.
    assert films_in(out) == ["CON film.mp4", "oslo.mp4", "rome (2).mp4", "rome.mp4"]
    assert [line.split()[0] for line in said.out.splitlines()] == ["Film", "CON", "oslo", "rome"]
    assert "3 films to make" in said.err
    assert "Not used: notes" in said.err
    assert 'Not done: "sing my name"' in said.err
    assert "Skipped 2.jpg" in said.err
    first = report(out)
    assert {name: film["status"] for name, film in first.items()} == dict.fromkeys(
        ("CON film", "oslo", "rome"), "ready"
    )
    assert first["CON film"]["instruction"] == '1 second, title "CON", sing my name'
    with (out / "report.csv").open(encoding="utf-8-sig", newline="") as sheet:
        assert [(row["film"], row["file"], row["seconds"]) for row in csv.DictReader(sheet)][2] == (
            "rome", "rome (2).mp4", "1.0",
        )  # fmt: skip

    os.utime(tmp_path / "trips" / "rome" / "1-red.jpg")
    (out / "oslo.mp4").unlink()
    draw(tmp_path / "trips" / "CON", "blue", "green", size=(320, 180))
    assert run(tmp_path, *asked) == 0
    assert "3 films: 1 ready and unchanged, 2 to make" in capsys.readouterr().err
    second = report(out)
    assert second["rome"]["job"] == first["rome"]["job"]
    assert films_in(out) == ["CON film.mp4", "oslo.mp4", "rome (2).mp4", "rome.mp4"]
    assert second["CON film"]["sha256"] != first["CON film"]["sha256"]
    assert (out / "rome.mp4").read_text() == "somebody else's"

    assert run(tmp_path, *asked) == 0
    assert "all ready and unchanged" in capsys.readouterr().err
    # The folder is that batch's; another one is sent away.
    shutil.copytree(folder, tmp_path / "others")
    assert run(tmp_path, str(tmp_path / "others"), "1 second") == 1
    assert "holds the films of another batch" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["report.json", "report.csv"])
def test_a_report_of_somebody_else_is_never_written_over(
    tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = (trips(tmp_path, "rome"), "1 second")
    for folder in ("out", "films/trips"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / name).write_text('["mine"]')
    assert run(tmp_path, *asked) == 1
    assert f"holds a {name} that is no report of a batch. Choose another folder with -o." in capsys.readouterr().err
    assert run(tmp_path, *asked, out=None, dry_run=True) == 0
    assert f"into {tmp_path / 'films' / 'trips (2)'}" in capsys.readouterr().err


def test_the_rows_of_a_table_have_their_own_words_forms_and_songs(tmp_path: Path) -> None:
    trips(tmp_path, "rome", "oslo")
    song(tmp_path / "songs" / "tune.wav", 1)
    (tmp_path / "jobs.yaml").write_text(
        "instruction: 1 second\naspect: vertical\nfilms:\n"
        "- folder: trips/rome\n  instruction: 2 seconds\n  music: songs/tune.wav\n  resolution: 720p\n"
        f"- folder: trips/oslo\n  output: Fjord.gif\n  resolution: {TINY}\n"
    )
    assert run(tmp_path, str(tmp_path / "jobs.yaml")) == 0
    assert streams(tmp_path / "out" / "rome.mp4") == {"video": "h264", "audio": "aac"}
    assert frames(tmp_path / "out" / "rome.mp4")[0].shape == (1280, 720, 3)
    films = report(tmp_path / "out")
    assert [(film["seconds"], film["file"]) for film in films.values()] == [(2, "rome.mp4"), (1, "Fjord.gif")]


def test_one_film_that_fails_stops_no_other_unless_that_is_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = trips(tmp_path, "a", "b")
    (tmp_path / "jobs.csv").write_text("folder,instruction\ntrips/a,sing my name\ntrips/b,1 second\n")
    assert run(tmp_path, str(tmp_path / "jobs.csv"), keep_going=False) == 1
    assert [film["status"] for film in report(tmp_path / "out").values()] == ["failed", "left"]
    assert run(tmp_path, str(tmp_path / "jobs.csv")) == 1
    assert [film["status"] for film in report(tmp_path / "out").values()] == ["failed", "ready"]
    assert "1 of 2 films are ready" in capsys.readouterr().err
    assert films_in(tmp_path / "out") == ["b.mp4"]
    assert folder


def test_make_hands_several_films_on_to_a_batch(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    photos = draw(tmp_path / "photos", "red", size=(320, 180))
    asked = [*photos, "每张照片做一个视频，每个1秒"]
    assert make(settings_in(tmp_path), asked, tmp_path / "one.mp4", [], SMALL) == 1
    assert "several films" in capsys.readouterr().err
    assert make(settings_in(tmp_path), asked, None, [], SMALL) == 0
    assert films_in(tmp_path / "films" / "photos") == ["1-red.mp4"]


def test_options_may_stand_between_the_folder_and_the_instruction(tmp_path: Path) -> None:
    photos = draw(tmp_path / "photos", "red", "green", size=(320, 180))
    asked = (str(tmp_path / "photos"), "--each", "photo", "1 second", "--dry-run", "-o", str(tmp_path / "out"))
    process = command(tmp_path, *asked)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 0, said
    assert [line.split(":")[0].strip() for line in said.splitlines()[1:]] == ["1-red.mp4", "2-green.mp4"]
    assert "2 films to make" in said
    assert len(photos) == 2
    assert not (tmp_path / "out").exists()


def command(folder: Path, *more: str) -> subprocess.Popen[str]:
    env = {name: value for name, value in os.environ.items() if not name.startswith("NEMO_")}
    env |= {
        "NEMO_DATA_DIR": str(folder / "data"),
        "NEMO_OUTPUT_DIR": str(folder / "films"),
        "NEMO_POLL_SECONDS": "0.05",
    }
    return subprocess.Popen(
        [sys.executable, "-m", "nemovideo_mcp", "batch", *more, "--quality", "draft", "--resolution", "320x180"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=env,
    )


def until_rendering(process: subprocess.Popen[str], films: Path) -> list[int]:
    """Wait until the first film is there and the second is being rendered; the workers that do it."""
    workers: list[int] = []

    def rendering() -> bool:
        assert process.poll() is None, process.communicate()
        workers[:] = workers_of(process.pid) if (films / "a.mp4").exists() and "b" in _begun(films) else []
        return bool(workers)

    anyio.run(until, rendering, 60)
    return workers


def _begun(films: Path) -> list[str]:
    return [name for name, film in report(films).items() if film["status"] == "running"]


def ended(process: subprocess.Popen[str], how: signal.Signals, workers: list[int]) -> str:
    """End a batch in the middle; what it said. Its workers end with it."""
    process.send_signal(how)
    _, said = process.communicate(timeout=20)
    anyio.run(until, lambda: not any(map(alive, workers)))
    return said


@linux
def test_a_batch_that_was_ended_in_the_middle_goes_on_without_doubles_or_gaps(tmp_path: Path) -> None:
    trips(tmp_path, "a", "b", "c")
    table = tmp_path / "jobs.csv"
    table.write_text('folder,instruction\ntrips/a,1 second\ntrips/b,"90 seconds, zoom in"\ntrips/c,1 second\n')
    films = tmp_path / "films" / "jobs"
    process = command(tmp_path, str(table))
    ended(process, signal.SIGKILL, until_rendering(process, films))
    before, made = report(films), (films / "a.mp4").stat()

    process = command(tmp_path, str(table))
    said = ended(process, signal.SIGINT, until_rendering(process, films))
    assert process.returncode == 130
    assert "3 films: 1 ready and unchanged, 2 to make (1 begun before)" in said
    assert "Stopped. 1 of 3 films are ready. Run the same command again to go on." in said
    assert "Traceback" not in said
    # The film that was begun before is the same job.
    assert [report(films)[name]["job"] for name in "ab"] == [before[name]["job"] for name in "ab"]

    # A film that is no longer wanted as it was is not made so.
    table.write_text("folder,instruction\ntrips/a,1 second\ntrips/b,2 seconds\ntrips/c,1 second\n")
    process = command(tmp_path, str(table))
    out, said = process.communicate(timeout=100)
    assert process.returncode == 0, said
    assert films_in(films) == ["a.mp4", "b.mp4", "c.mp4"]
    after = report(films)
    assert [(film["status"], film["seconds"]) for film in after.values()] == [("ready", 1), ("ready", 2), ("ready", 1)]
    assert (after["a"]["job"], (films / "a.mp4").stat().st_mtime_ns) == (before["a"]["job"], made.st_mtime_ns)
    assert [line.split()[:2] for line in out.splitlines()[1:]] == [[name, "ready"] for name in "abc"]


def test_the_cloud_is_told_each_film_once_and_paid_for_it_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = trips(tmp_path, "a", "b", "c")
    cloud = Cloud(credits=20)
    with serving(cloud.app) as url:
        settings = settings_in(
            tmp_path, api_url=url, api_url_given=True, token=SecretStr("nmv_usr_test"), poll_seconds=0.01
        )
        asked = [folder, "30 seconds"]
        assert batch(settings, asked, tmp_path / "out", None, {"aspect": "9:16"}) == 1
        said = capsys.readouterr().err
        assert "3 films to make" in said
        assert "Each film is an edit that spends credits; 20 are available." in said
        assert "c: left: There are no credits left" in said
        assert "took 20 credits" in said
        assert [film["status"] for film in report(tmp_path / "out").values()] == ["ready", "ready", "left"]
        cloud.credits = 30
        (tmp_path / "out" / "b.mp4").unlink()
        # As a run leaves it that was killed just before its job was in the journal.
        written = json.loads((tmp_path / "out" / "report.json").read_text())
        written["films"][1] |= {"job": "batch_never", "job_before": written["films"][1]["job"]}
        (tmp_path / "out" / "report.json").write_text(json.dumps(written))
        assert batch(settings, asked, tmp_path / "out", None, {"aspect": "9:16"}) == 0
        told = [part["text"] for seen in cloud.asked("/run_sse") for part in seen.json["new_message"]["parts"]]
    # The film that was deleted is rendered once more; its edit is not paid again.
    assert len(told) == 3
    assert all("9:16" in words and words.endswith("30 seconds") for words in told)
    assert films_in(tmp_path / "out") == ["a.mp4", "b.mp4", "c.mp4"]
    assert "took 30 credits" in capsys.readouterr().err
