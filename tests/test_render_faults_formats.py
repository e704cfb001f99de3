"""Interrupted work in every format, in one piece and in several: a plain error, no half file, nothing that goes on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import anyio
import numpy as np
import pytest

from nemovideo_mcp.media.formats import FILM_FORMATS, FilmFormat
from nemovideo_mcp.studio.render import process
from nemovideo_mcp.studio.render.job import RenderError, RenderJob
from nemovideo_mcp.timeline.model import Timeline
from support.hosts import TINY, draw, in_memory
from support.processes import alive, linux, until, workers_of

if TYPE_CHECKING:
    from support.render import Kit

pytest_plugins = ["support.render"]
pytestmark = pytest.mark.anyio

WAYS: list[tuple[FilmFormat, int | None]] = [(format, None) for format in FILM_FORMATS] + [
    (format, 2) for format in FILM_FORMATS if format != "gif"
]
ways = pytest.mark.parametrize(("format", "pieces"), WAYS, ids=lambda value: str(value or ""))


def long_job(kit: Kit, format: FilmFormat, pieces: int | None, **more: Any) -> RenderJob:
    """A film that takes minutes to make."""
    noise = np.random.default_rng(1).integers(0, 255, (720, 1280, 3), np.uint8)
    length = 60_000 if format == "gif" else 600_000
    clip = kit.clip(kit.picture("noise.jpg", noise), length, motion="zoom_in")
    size = {"width": 1280, "height": 720, "fps": 30} if format == "gif" else {}
    film = kit.film(clip, size=(1280, 720), fps=30)
    return kit.job(film, format=format, pieces=pieces, **size).model_copy(update=more)


def left(folder: Path) -> list[str]:
    """What is in the folder beside the material."""
    return sorted(path.name for path in folder.iterdir() if path.suffix not in (".jpg", ".png"))


@linux
@ways
async def test_a_cancelled_render_frees_the_processor_and_leaves_no_file(
    kit: Kit, format: FilmFormat, pieces: int | None
) -> None:
    started = anyio.Event()
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(process.render, long_job(kit, format, pieces), lambda *_: started.set())
        with anyio.fail_after(20):
            await started.wait()
        workers = workers_of(os.getpid())
        tasks.cancel_scope.cancel()
    assert len(workers) == (pieces or 1)
    # Nothing is waited for: they are gone when the call has returned.
    assert not any(alive(pid) for pid in workers)
    assert left(kit.folder) == []


@linux
@ways
@pytest.mark.parametrize(
    ("sign", "words"), [(signal.SIGKILL, "was killed"), (signal.SIGSEGV, r"crashed \(SIGSEGV\)")], ids=["kill", "crash"]
)
async def test_a_worker_that_is_killed_or_crashes_is_a_plain_error(
    kit: Kit, format: FilmFormat, pieces: int | None, sign: signal.Signals, words: str
) -> None:
    def hit(progress: float, message: str) -> None:
        for pid in workers_of(os.getpid())[:1]:
            os.kill(pid, sign)

    with pytest.raises(RenderError, match=words):
        await process.render(long_job(kit, format, pieces), hit)
    assert left(kit.folder) == []
    assert workers_of(os.getpid()) == []


@ways
async def test_a_photo_that_vanishes_or_breaks_during_the_render_is_named(
    kit: Kit, format: FilmFormat, pieces: int | None
) -> None:
    names = [kit.picture(f"{n}.jpg", (90, 90, 90)) for n in range(3)]
    clips = [kit.clip(name, 3000, motion="zoom_in", width=320, height=180) for name in names]
    film = kit.film(*clips, size=(960, 540), fps=30)

    def vanish(progress: float, message: str) -> None:
        kit.files["2.jpg"].unlink(missing_ok=True)

    def spoil(progress: float, message: str) -> None:
        kit.files["2.jpg"].write_bytes(b"\xff\xd8\xff\xe0 no more a photo")

    if pieces:
        # The last piece asks for it at its start, so it is gone before.
        vanish(0, "")
    for act in (vanish, spoil):
        if not pieces and act is spoil:
            kit.picture("2.jpg", (90, 90, 90))
        with pytest.raises(RenderError, match=r"2\.jpg"):
            await process.render(kit.job(film, format=format, pieces=pieces), act)
        assert left(kit.folder) == []


@pytest.mark.parametrize("format", FILM_FORMATS)
async def test_a_film_without_clips_or_of_ten_hours_is_refused(kit: Kit, format: FilmFormat) -> None:
    with pytest.raises(RenderError, match="no clips"):
        await process.render(kit.job(Timeline(), format=format))
    name = kit.picture("a.png", (90, 90, 90))
    with pytest.raises(RenderError, match=r"2 hours|60 s at most"):
        await process.render(kit.job(kit.film(kit.clip(name, 36_000_000)), format=format))
    assert left(kit.folder) == []


@pytest.fixture
def small_disk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder on a disk of 256 kB."""
    disk = tmp_path_factory.mktemp("disk")
    mount = ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(disk)]
    if sys.platform != "linux" or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("needs the right to mount a small disk")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


@ways
async def test_a_full_disk_is_said_to_be_full(
    kit: Kit, small_disk: Path, format: FilmFormat, pieces: int | None
) -> None:
    small = {"width": 320, "height": 180} if format == "gif" else {}
    job = long_job(kit, format, pieces, output=small_disk / f"film.{format}", **small)
    with pytest.raises(RenderError, match="no space left on the disk"):
        await process.render(job)
    assert list(small_disk.iterdir()) == []


@linux
@pytest.mark.parametrize("format", ["webm", "gif"])
async def test_a_server_outlives_its_renderer_and_renders_again(tmp_path: Path, format: FilmFormat) -> None:
    async with in_memory(tmp_path) as host:
        await host.call("upload_images", paths=draw(tmp_path / "photos", "red"), project="new")
        await host.call("edit", instruction="40 seconds long")
        running = await host.call("export", format=format, resolution="720p", fps=30, wait_seconds=0)
        await until(lambda: bool(workers_of(os.getpid())))
        for pid in workers_of(os.getpid()):
            os.kill(pid, signal.SIGKILL)
        text = await host.fail("wait", job=running["job"], wait_seconds=60)
        assert "was killed" in text
        await host.call("edit", instruction="1 second long")
        again = await host.call("export", format=format, resolution=TINY, wait_seconds=60)
        assert Path(again["path"]).exists()
    assert len(list((tmp_path / "films").iterdir())) == 1
