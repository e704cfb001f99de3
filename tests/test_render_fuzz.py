"""Files that were cut off or scribbled on: a plain word, or the part that is good; never a crash."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import anyio
import anyio.to_process
import av
import numpy as np
import pillow_heif
import pytest
import skimage.data
from anyio.from_thread import BlockingPortal, start_blocking_portal
from av.video.frame import VideoFrame
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from PIL import Image

from nemovideo_mcp.studio.render.job import RenderJob
from nemovideo_mcp.timeline import draft
from nemovideo_mcp.timeline.model import Canvas, Clip, Timeline
from support.spoiled import drawn, probed

T = TypeVar("T")
data: Any = skimage.data


def pictures() -> dict[str, bytes]:
    pillow_heif.register_heif_opener()
    photo = Image.fromarray(data.coffee()).resize((96, 64))
    frames = [photo.rotate(20 * n) for n in range(4)]
    more = {"save_all": True, "append_images": frames[1:], "duration": 100}
    saves: dict[str, tuple[Image.Image, str, dict[str, Any]]] = {
        "a.jpg": (photo, "JPEG", {}), "p.jpg": (photo, "JPEG", {"progressive": True}),
        "k.jpg": (photo.convert("CMYK"), "JPEG", {}), "a.png": (photo.convert("RGBA"), "PNG", {}),
        "p.png": (photo.quantize(), "PNG", {}), "m.png": (frames[0], "PNG", more), "m.gif": (frames[0], "GIF", more),
        "a.webp": (photo, "WEBP", {}), "m.webp": (frames[0], "WEBP", more), "a.heic": (photo, "HEIF", {}),
        "a.avif": (photo, "AVIF", {}),
    }  # fmt: skip
    found = {}
    for name, (image, form, save) in saves.items():
        out = io.BytesIO()
        image.save(out, form, **save)
        found[name] = out.getvalue()
    return found


def videos() -> dict[str, bytes]:
    found = {}
    for name, form, codec in (
        ("v.mp4", "mp4", "libx264"), ("v.mkv", "matroska", "libx264"), ("v.webm", "webm", "libvpx-vp9"), ("v.avi", "avi", "mpeg4"),
    ):  # fmt: skip
        out = io.BytesIO()
        with av.open(out, "w", format=form) as container:
            stream: Any = container.add_stream(codec, rate=10)
            stream.width, stream.height, stream.pix_fmt = 96, 64, "yuv420p"
            stream.options = {"g": "4"}
            for n in range(16):
                frame = VideoFrame.from_ndarray(
                    np.asarray(Image.fromarray(data.coffee()).resize((96, 64)).rotate(5 * n))
                )
                frame.pts, frame.time_base = n, Fraction(1, 10)
                container.mux(stream.encode(frame))
            container.mux(stream.encode(None))
        found[name] = out.getvalue()
    return found


WHOLE = pictures() | videos()


@pytest.fixture(scope="module")
def portal() -> Iterator[BlockingPortal]:
    """One event loop, and so one worker process for all examples, as the server has it."""
    with start_blocking_portal() as portal:
        yield portal


def worked(portal: BlockingPortal, work: Callable[[], T]) -> T:
    """The answer of a worker process; a worker that dies raises BrokenWorkerProcess."""

    async def run() -> T:
        with anyio.fail_after(60):
            return await anyio.to_process.run_sync(work, cancellable=True)

    return portal.call(run)


@st.composite
def spoiled(draw: st.DrawFn) -> tuple[str, bytes]:
    """A file's name, and its content with bytes changed, left out, doubled or cut off."""
    name = draw(st.sampled_from(sorted(WHOLE)))
    raw = bytearray(WHOLE[name])
    for _ in range(draw(st.integers(1, 4))):
        # Most of what can go wrong goes wrong in the head.
        at = draw(st.one_of(st.integers(0, min(400, len(raw))), st.integers(0, len(raw))))
        size = draw(st.integers(1, 40))
        match draw(st.sampled_from(("change", "leave out", "double", "cut", "blank"))):
            case "change":
                raw[at : at + size] = draw(st.binary(min_size=1, max_size=8))
            case "leave out":
                del raw[at : at + size]
            case "double":
                raw[at:at] = raw[at : at + size]
            case "cut":
                del raw[max(16, at) :]
            case "blank":
                raw[at : at + size] = bytes(size)
    return name, bytes(raw)


@settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(spoiled())
@example(("a.jpg", b""))
@example(("v.mp4", WHOLE["v.mp4"][:60]))
@example(("v.avi", WHOLE["v.avi"].replace(b"FMP4", b"\0\0\0\0")))
def test_a_spoiled_file_is_taken_as_far_as_it_is_good_or_refused_in_plain_words(
    portal: BlockingPortal, tmp_path_factory: pytest.TempPathFactory, file: tuple[str, bytes]
) -> None:
    name, content = file
    folder: Path = tmp_path_factory.getbasetemp()
    path = folder / name
    path.write_bytes(content)
    plain(worked(portal, partial(probed, path)))
    kind: Any = "video" if name.startswith("v.") else "image"
    # The size is known, as in a project: what is broken is found when its turn comes.
    clip = Clip(id="a", media="a", name=name, kind=kind, duration_ms=1200, width=96, height=64)
    film = Timeline(canvas=Canvas(width=64, height=36, fps=10), clips=(clip,))
    job = RenderJob(draft=draft.encode(film), files={"a": path}, output=folder / "film.mp4")
    reason = worked(portal, partial(drawn, job, (0, 700, 1100)))
    plain(reason)
    assert reason is None or f"clip 1 ({name})" in reason


def plain(reason: str | None) -> None:
    """Fails on what nobody could read: nothing, a class's name, an address, an essay."""
    if reason is not None:
        assert 5 < len(reason) < 250, reason
        assert "\n" not in reason
        assert "object at 0x" not in reason
        assert "Traceback" not in reason
