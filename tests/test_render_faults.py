"""What happens when a render cannot go on: bad files, full disks, cancelled calls, dead parents and dead workers."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import anyio
import av
import numpy as np
import pytest
from PIL import Image

from nemovideo_mcp.studio.render import process
from nemovideo_mcp.studio.render.job import RenderError, RenderJob
from nemovideo_mcp.timeline import draft
from nemovideo_mcp.timeline.model import Timeline
from support.processes import alive, linux, until, workers_of

if TYPE_CHECKING:
    from support.render import Kit

pytest_plugins = ["support.render"]
pytestmark = pytest.mark.anyio


def long_job(kit: Kit) -> RenderJob:
    """A film that takes minutes to make."""
    noise = np.random.default_rng(1).integers(0, 255, (1080, 1920, 3), np.uint8)
    clips = [kit.clip(kit.picture("noise.jpg", noise), 600_000, motion="zoom_in")]
    return kit.job(kit.film(*clips, size=(1920, 1080), fps=30))


def left_behind(folder: Path) -> list[str]:
    return sorted(p.name for p in folder.iterdir() if p.suffix in (".mp4", ".part"))


async def test_progress_rises_to_one_and_says_what_is_done(kit: Kit) -> None:
    said: list[tuple[float, str]] = []
    names = [kit.picture(f"{n}.png", (n * 50, 90, 90)) for n in range(3)]
    clips = [kit.clip(name, 4000, motion="zoom_in") for name in names]

    async def listen(progress: float, message: str) -> None:
        said.append((progress, message))

    await process.render(kit.job(kit.film(*clips, size=(640, 360), fps=30)), listen)
    progress = [p for p, _ in said]
    assert progress == sorted(progress)
    assert progress[-1] == 1
    assert len(progress) > 2
    assert said[0][1] == "Rendering clip 1 of 3"


@linux
async def test_a_film_is_made_at_low_priority_so_that_the_machine_stays_usable(kit: Kit) -> None:
    seen: set[int] = set()

    def look(progress: float, message: str) -> None:
        seen.update(os.getpriority(os.PRIO_PROCESS, pid) for pid in workers_of(os.getpid()))

    clip = kit.clip(kit.picture("a.png", (50, 90, 90)), 1000)
    await process.render(kit.job(kit.film(clip, size=(320, 180), fps=10)), look)
    assert seen == {min(19, os.getpriority(os.PRIO_PROCESS, 0) + 10)}


@linux
async def test_a_cancelled_render_ends_its_process_and_leaves_no_file(kit: Kit) -> None:
    started = anyio.Event()
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(process.render, long_job(kit), lambda *_: started.set())
        with anyio.fail_after(20):
            await started.wait()
        (worker,) = workers_of(os.getpid())
        assert len(left_behind(kit.folder)) == 1
        cancelled = time.monotonic()
        tasks.cancel_scope.cancel()
    assert time.monotonic() - cancelled < 2
    assert not alive(worker)
    assert left_behind(kit.folder) == []


PARENT = """
import sys, anyio
from nemovideo_mcp.studio.render import process
from nemovideo_mcp.studio.render.job import RenderJob
job = RenderJob.model_validate_json(sys.stdin.read())
anyio.run(process.render, job, lambda *_: print("going", flush=True))
"""


@linux
async def test_a_worker_ends_with_its_parent_even_if_that_is_killed(kit: Kit) -> None:
    parent = await anyio.open_process([sys.executable, "-c", PARENT], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert parent.stdin
    assert parent.stdout
    async with parent:
        await parent.stdin.send(long_job(kit).model_dump_json().encode())
        await parent.stdin.aclose()
        with anyio.fail_after(30):
            await parent.stdout.receive()
        (worker,) = workers_of(parent.pid)
        os.kill(parent.pid, signal.SIGKILL)
        await until(lambda: not alive(worker))
        await until(lambda: left_behind(kit.folder) == [])


@linux
async def test_a_killed_worker_is_a_plain_error(kit: Kit) -> None:
    def kill(progress: float, message: str) -> None:
        for pid in workers_of(os.getpid()):
            os.kill(pid, signal.SIGKILL)

    with pytest.raises(RenderError, match="was killed"):
        await process.render(long_job(kit), kill)
    assert left_behind(kit.folder) == []


async def test_an_error_of_the_listener_ends_the_render(kit: Kit) -> None:
    def refuse(progress: float, message: str) -> None:
        raise LookupError("nobody listens")

    with pytest.raises(LookupError, match="nobody listens"):
        await process.render(long_job(kit), refuse)
    assert left_behind(kit.folder) == []


async def test_a_broken_photo_in_the_middle_is_named(kit: Kit) -> None:
    good = kit.picture("good.jpg", (90, 90, 90))
    noise = np.random.default_rng(1).integers(0, 255, (600, 800, 3), np.uint8)
    broken = kit.picture("broken.jpg", noise)
    whole = kit.files[broken].read_bytes()
    kit.files[broken].write_bytes(whole[: len(whole) // 2])
    clips = kit.clip(good), kit.clip(broken, width=800, height=600), kit.clip(good, id="c")
    with pytest.raises(RenderError, match=r"clip 2 \(broken\.jpg\) is cut off"):
        await process.render(kit.job(kit.film(*clips)))
    kit.files[broken].write_bytes(b"hello")
    with pytest.raises(RenderError, match=r"clip 2 \(broken\.jpg\) is a broken picture"):
        await process.render(kit.job(kit.film(*clips)))
    assert left_behind(kit.folder) == []


async def test_a_photo_that_vanishes_during_the_render_is_named(kit: Kit) -> None:
    names = [kit.picture(f"{n}.jpg", (90, 90, 90)) for n in range(3)]
    clips = [kit.clip(name, 3000, motion="zoom_in", width=320, height=180) for name in names]

    def vanish(progress: float, message: str) -> None:
        kit.files["2.jpg"].unlink(missing_ok=True)

    with pytest.raises(RenderError, match=r"2\.jpg"):
        await process.render(kit.job(kit.film(*clips, size=(960, 540), fps=30)), vanish)
    assert left_behind(kit.folder) == []


@pytest.mark.parametrize("what", ["photo", "animation", "video"])
@pytest.mark.parametrize("how", ["vanishes", "is overwritten"])
async def test_a_file_that_was_good_and_is_not_when_its_turn_comes_is_named(kit: Kit, what: str, how: str) -> None:
    first = [kit.picture(f"{n}.jpg", (90, 90, 90)) for n in range(2)]
    if what == "photo":
        bad = kit.picture("bad.png", (90, 90, 90))
    elif what == "video":
        bad = kit.video("bad.mp4", [(90, 90, 90)] * 10)
    else:
        frames = [Image.new("RGB", (320, 180), (n, 90, 90)) for n in range(3)]
        frames[0].save(kit.folder / "bad.gif", save_all=True, append_images=frames[1:], duration=100)
        bad = kit.add(kit.folder / "bad.gif")
    clips = [kit.clip(name, 3000, motion="zoom_in", width=320, height=180) for name in (*first, bad)]

    def spoil(progress: float, message: str) -> None:
        if how == "vanishes":
            kit.files[bad].unlink(missing_ok=True)
        else:
            kit.files[bad].write_bytes(bytes(range(256)) * 8)

    with pytest.raises(RenderError, match=re.escape(f"clip 3 ({bad}) ")) as caught:
        await process.render(kit.job(kit.film(*clips, size=(960, 540), fps=30)), spoil)
    assert "Traceback" not in caught.value.reason
    assert left_behind(kit.folder) == (["bad.mp4"] if kit.files[bad].exists() and what == "video" else [])


async def test_a_video_cut_off_while_it_plays_holds_what_it_showed_last(kit: Kit) -> None:
    grain = np.random.default_rng(1).integers(0, 255, (60, 180, 320, 3), np.uint8)
    path = kit.folder / "long.mkv"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("mjpeg", rate=10)
        stream.width, stream.height, stream.pix_fmt = 320, 180, "yuvj420p"
        for n in range(60):
            container.mux(stream.encode(av.VideoFrame.from_ndarray(grain[n])))
        container.mux(stream.encode(None))
    clip = kit.clip(kit.add(path), 6000, kind="video")
    whole = path.stat().st_size

    def cut(progress: float, message: str) -> None:
        if progress < 0.3:
            os.truncate(path, whole // 2)

    result = await process.render(kit.job(kit.film(clip, size=(960, 540), fps=30)), cut)
    assert result.frames == 180
    assert any("too short for its place" in note or "damaged" in note for note in result.notes), result.notes


async def test_what_cannot_be_rendered_says_why(kit: Kit) -> None:
    with pytest.raises(RenderError, match="no clips"):
        await process.render(kit.job(Timeline()))
    good = kit.picture("good.jpg", (90, 90, 90))
    with pytest.raises(RenderError, match=r"clip 1 \(gone\.jpg\) is missing"):
        await process.render(kit.job(kit.film(kit.clip("gone.jpg"))))
    job = kit.job(kit.film(kit.clip(good)))
    with pytest.raises(RenderError, match="does not exist"):
        await process.render(job.model_copy(update={"output": kit.folder / "nowhere" / "film.mp4"}))
    with pytest.raises(RenderError, match="cannot be rendered"):
        await process.render(job.model_copy(update={"draft": {"t": 5}}))
    with pytest.raises(RenderError, match="longer than 2 hours"):
        await process.render(kit.job(kit.film(kit.clip(good, 36_000_000))))
    assert left_behind(kit.folder) == []


@pytest.fixture
def small_disk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder on a disk of 256 kB."""
    disk = tmp_path_factory.mktemp("disk")
    mount = ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(disk)]
    if sys.platform != "linux" or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("needs the right to mount a small disk")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


async def test_a_full_disk_is_said_to_be_full(kit: Kit, small_disk: Path) -> None:
    noise = np.random.default_rng(1).integers(0, 255, (360, 640, 3), np.uint8)
    clip = kit.clip(kit.picture("noise.png", noise), 20_000, motion="zoom_in")
    job = kit.job(kit.film(clip, size=(640, 360), fps=30)).model_copy(update={"output": small_disk / "film.mp4"})
    with pytest.raises(RenderError, match="no space left on the disk"):
        await process.render(job)
    assert list(small_disk.iterdir()) == []


async def test_an_older_film_of_that_name_stays_until_the_new_one_is_finished(kit: Kit) -> None:
    picture = kit.picture("a.jpg", (90, 90, 90))
    job = kit.job(kit.film(kit.clip(picture)))
    job.output.write_bytes(b"the older film")
    broken = job.model_copy(update={"draft": draft.encode(kit.film(kit.clip(picture), kit.clip("gone.jpg")))})
    with pytest.raises(RenderError):
        await process.render(broken)
    assert job.output.read_bytes() == b"the older film"
    await process.render(job)
    assert job.output.read_bytes()[4:8] == b"ftyp"


def test_the_servers_side_loads_no_decoder() -> None:
    code = (
        "import sys, nemovideo_mcp.studio.render.process, nemovideo_mcp.media.workers;"
        "print([m for m in ('av', 'numpy', 'cv2', 'PIL', 'pillow_heif') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
