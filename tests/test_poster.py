"""A still beside the film: the best moment or the one that was named, in full size, from whatever backend the film came."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import av
import cv2
import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image
from starlette.responses import JSONResponse

from nemovideo_mcp.api.errors import BadInput
from nemovideo_mcp.media.errors import MediaError
from nemovideo_mcp.media.poster import poster
from nemovideo_mcp.server.jobs.output import poster_times
from nemovideo_mcp.studio.editor import edit
from nemovideo_mcp.timeline.draft import encode
from nemovideo_mcp.timeline.model import Fade, Media, Timeline
from nemovideo_mcp.timeline.operations import SetClipLength, lay_out
from nemovideo_mcp.timeline.outline import Outline, outline
from support.clouds import cloud
from support.films import near
from support.hosts import COLORS, TINY, draw, in_memory, over
from support.sockets import serving
from test_cli import run

if TYPE_CHECKING:
    from support.render import Kit

pytest_plugins = ["support.render"]
pytestmark = pytest.mark.anyio


def pixels(path: Path | str) -> npt.NDArray[np.uint8]:
    with Image.open(path) as image:
        assert image.format == "JPEG"
        return np.asarray(image.convert("RGB"))


def film_of(path: Path, *pictures: npt.NDArray[np.uint8]) -> Path:
    """A film that shows each picture for a second."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=10, options={"crf": "10"})
        stream.width, stream.height, stream.pix_fmt = pictures[0].shape[1], pictures[0].shape[0], "yuv420p"
        for picture in pictures:
            for _ in range(10):
                container.mux(stream.encode(av.VideoFrame.from_ndarray(picture)))
        container.mux(stream.encode(None))
    return path


SHARP: npt.NDArray[np.uint8] = (
    np.random.default_rng(1).integers(40, 220, (90, 160, 1)).astype(np.uint8).repeat(4, 0).repeat(4, 1).repeat(3, 2)
)
"""Squares of four pixels in any grey."""
SOFT = np.asarray(cv2.GaussianBlur(SHARP, (0, 0), 6), np.uint8)
NIGHT = np.zeros_like(SHARP)
DIM = np.asarray(SHARP // 12, np.uint8)


def test_the_best_still_is_sharp_and_not_black_and_as_large_as_the_film(tmp_path: Path) -> None:
    film = film_of(tmp_path / "a.mp4", NIGHT, SOFT, SHARP, DIM)
    assert poster(film, tmp_path / "a.jpg", [500, 1500, 2500, 3500]) == 2500
    shown = pixels(tmp_path / "a.jpg")
    assert shown.shape == (360, 640, 3)
    assert np.abs(shown.astype(int) - SHARP).mean() < 6
    assert poster(film, tmp_path / "b.jpg", [1500]) == 1500
    dark = film_of(tmp_path / "dark.mp4", NIGHT, NIGHT)
    assert poster(dark, tmp_path / "c.jpg", [500, 1500]) == 500


def test_what_is_no_film_gives_no_still(tmp_path: Path) -> None:
    broken = tmp_path / "a.mp4"
    broken.write_bytes(b"no film")
    with pytest.raises(MediaError, match="cannot be decoded"):
        poster(broken, tmp_path / "a.jpg", [0])
    assert not (tmp_path / "a.jpg").exists()


def row_of(film: Timeline) -> Outline:
    return outline(encode(film))


def test_moments_keep_clear_of_transitions_and_fades() -> None:
    media = [Media(id=f"m{n}", name=f"{n}.jpg", kind="image", width=64, height=48) for n in range(3)]
    film = SetClipLength(seconds=1).apply(lay_out(Timeline(), media), media).film
    # Crossfades of 0.6 s: what is left of a second is 0 to 0.7 s, 1.3 to 1.7 s and 2.3 to 3 s.
    assert poster_times(True, row_of(film)) == [350, 1500, 2650]
    faded = Timeline(clips=film.clips, fade_in=Fade(duration_ms=500), fade_out=Fade(duration_ms=800))
    assert poster_times(True, row_of(faded)) == [600, 1500]
    assert poster_times(2.25, row_of(film)) == [2250]
    assert poster_times(3, row_of(film)) == [2967]
    with pytest.raises(BadInput, match=r"3 s long; there is no still at 3\.5 s"):
        poster_times(3.5, row_of(film))
    many = SetClipLength(seconds=1).apply(lay_out(Timeline(), media * 20), media).film
    assert len(poster_times(True, row_of(many))) == 10
    assert poster_times(True, Outline(duration_ms=10_000)) == [500 + 1000 * n for n in range(10)]


async def test_an_export_puts_a_still_beside_the_film_and_replaces_none(tmp_path: Path) -> None:
    async with in_memory(tmp_path) as host:
        await host.call("projects", action="create", name="Lofoten")
        await host.call("upload_images", paths=draw(tmp_path / "photos", "red", "green"))
        await host.call("edit", instruction="2 seconds, plain cuts")
        asked: dict[str, Any] = {"resolution": TINY, "quality": "draft", "wait_seconds": 60}
        text = await host.fail("export", poster=7, **asked)
        assert "there is no still at 7 s" in text
        assert not (tmp_path / "films").exists() or not list((tmp_path / "films").iterdir())
        plain = await host.call("export", **asked)
        assert plain["poster"] is None
        made = await host.call("export", poster=1.5, **asked)
        film, still = Path(made["path"]), Path(made["poster"])
        assert still == film.with_suffix(".jpg")
        assert made["poster_seconds"] == 1.5
        assert pixels(still).shape == (144, 256, 3)
        assert near(tuple(pixels(still).mean(axis=(0, 1))), COLORS["green"])
        taken = tmp_path / "films" / "best.jpg"
        taken.write_bytes(b"mine")
        best = await host.call("export", poster=True, filename="best.mp4", **asked)
        assert Path(best["poster"]).name == "best (2).jpg"
        assert taken.read_bytes() == b"mine"
        assert near(tuple(pixels(best["poster"]).mean(axis=(0, 1))), COLORS["red"])
        left = sorted(path.name for path in (tmp_path / "films").iterdir())
        assert left == ["Lofoten (2).jpg", "Lofoten (2).mp4", "Lofoten.mp4", "best (2).jpg", "best.jpg", "best.mp4"]
        with av.open(str(film)) as container:
            assert container.metadata["title"] == "Lofoten"
            assert container.metadata["creation_time"].endswith("Z")


async def test_a_film_of_the_cloud_gets_its_still_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kit: Kit
) -> None:
    monkeypatch.setattr("support.backend.FILM", film_of(kit.folder / "f.mp4", NIGHT, SHARP).read_bytes())
    clips = [{"d": 1000, "m": {"title": "a"}}, {"d": 1000, "m": {"title": "b"}}]
    backend = cloud(*[{"t": [{"tt": 0, "sg": clips}]}] * 4)
    backend.script("POST /api/render/proxy/lambda", JSONResponse({"id": "r", "status": "completed"}))
    with serving(backend.app) as url:
        async with in_memory(tmp_path, over(url), backend="cloud") as host:
            await host.services_link()
            made = await host.call("export", poster=True, wait_seconds=60)
    assert made["poster_seconds"] == 1.5
    assert np.abs(pixels(made["poster"]).astype(int) - SHARP).mean() < 6


def test_the_command_line_puts_the_still_beside_the_output(tmp_path: Path) -> None:
    photos = draw(tmp_path / "photos", "red", "green", size=(320, 180))
    out = tmp_path / "out.mp4"
    asked = [
        "make",
        *photos,
        "1 second long",
        "-o",
        str(out),
        "--resolution",
        TINY,
        "--quality",
        "draft",
        "--poster",
        "0.1",
    ]
    done = run(tmp_path, *asked)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == str(out)
    assert f"Poster: {tmp_path / 'out.jpg'}" in done.stderr
    assert near(tuple(pixels(tmp_path / "out.jpg").mean(axis=(0, 1))), COLORS["red"])
    out.unlink()
    again = run(tmp_path, *asked)
    assert again.returncode == 1
    assert "out.jpg is there already" in again.stderr


@pytest.mark.parametrize("said", ["add a thumbnail", "做一张封面"])
def test_who_asks_an_edit_for_a_still_hears_where_it_is_made(said: str) -> None:
    media = [Media(id="m", name="a.jpg", kind="image", width=64, height=48)]
    outcome = edit(said, lay_out(Timeline(), media), media)
    assert not outcome.applied
    assert "poster" in outcome.reply
