"""Exports in every format and for platforms: through an MCP client, the studio's HTTP face and the command line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import av
import numpy as np
import pytest
from PIL import Image

from nemovideo_mcp.media.formats import FILM_FORMATS, FILMS, FORMATS, FilmFormat
from nemovideo_mcp.media.presets import LEAST_BITS, PRESETS
from nemovideo_mcp.media.verify import verify
from nemovideo_mcp.studio.files import Files
from nemovideo_mcp.studio.render import process
from nemovideo_mcp.studio.render.job import RenderJob
from nemovideo_mcp.studio.render.limits import ceiling, sound_of
from nemovideo_mcp.timeline.model import Canvas
from nemovideo_mcp.timeline.operations.canvas import PLATFORM_RATIO, size_of
from support.backend import Backend
from support.films import streams
from support.hosts import TINY, Host, draw, in_memory, over
from support.sockets import serving

if TYPE_CHECKING:
    from support.studio import World

pytest_plugins = ["support.studio"]
pytestmark = pytest.mark.anyio


async def one_second(host: Host, folder: Path, *more: str, **arguments: Any) -> None:
    photos = draw(folder / "photos", "red", "green")
    await host.call("upload_images", paths=[*photos, *more], project="new")
    await host.call("edit", instruction="1 second long", **arguments)


async def test_one_project_is_exported_in_every_format(tmp_path: Path) -> None:
    async with in_memory(tmp_path) as host:
        await one_second(host, tmp_path)
        for format in FILM_FORMATS:
            film = await host.call(
                "export", format=format, quality="draft", resolution=TINY, filename=f"a.{format}", wait_seconds=60
            )
            path = Path(film["path"])
            assert path.name == f"a.{format}"
            assert (film["format"], film["width"], film["height"]) == (format, 256, 144)
            assert film["duration_seconds"] == pytest.approx(1, abs=0.1)
            verify(path, format=format, width=256, height=144, audio=False, exact=True)
            result = await host.client.call_tool("get_state", {})
            assert not result.is_error
        assert sorted(path.name for path in (tmp_path / "films").iterdir()) == sorted(f"a.{f}" for f in FILM_FORMATS)


async def test_a_host_gets_a_link_that_says_what_kind_of_film_it_is(tmp_path: Path) -> None:
    async with in_memory(tmp_path) as host:
        await one_second(host, tmp_path)
        arguments = {"format": "GIF ", "resolution": TINY, "wait_seconds": 60}
        result = await host.client.call_tool("export", arguments)
        assert result.structured_content is not None
        read = await host.client.read_resource(f"nemovideo://exports/{result.structured_content['export']}")
    assert read.contents[0].mime_type == "image/gif"
    (link,) = [block for block in result.content if block.type == "resource_link"]
    assert (link.mime_type, link.name.endswith(".gif")) == ("image/gif", True)


async def test_a_frame_rate_and_a_preset_lay_the_film_out_anew(tmp_path: Path) -> None:
    async with in_memory(tmp_path) as host:
        await one_second(host, tmp_path)
        film = await host.call("export", preset="TikTok", resolution="720p", quality="draft", wait_seconds=60)
        assert (film["width"], film["height"], film["fps"]) == (720, 1280, 30)
        fast = await host.call("export", fps=50, resolution=TINY, quality="draft", wait_seconds=60)
        assert fast["fps"] == 50
        state = await host.call("get_state")
        assert (state["canvas"]["width"], state["canvas"]["height"]) == (1920, 1080), "the project is as it was"


async def test_a_film_that_is_longer_than_its_platform_takes_is_exported_with_a_word(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(PRESETS, "x", PRESETS["x"].__class__(256, 144, 40, 25_000_000, 512_000_000, 1))
    async with in_memory(tmp_path) as host:
        await one_second(host, tmp_path)
        await host.call("edit", instruction="2 seconds long")
        film = await host.call("export", preset="x", quality="draft", wait_seconds=60)
        assert any("x takes films of up to 1 s" in warning for warning in film["warnings"])
        monkeypatch.setitem(PRESETS, "x", PRESETS["x"].__class__(1920, 1080, 40, 25_000_000, 60_000, 140))
        text = await host.fail("export", preset="x", quality="draft", wait_seconds=60)
    assert "do not fit into 0.06 MB" in text
    assert len(list((tmp_path / "films").iterdir())) == 1


async def test_a_gif_of_more_than_a_minute_is_refused_with_the_way_out(tmp_path: Path) -> None:
    async with in_memory(tmp_path) as host:
        await one_second(host, tmp_path)
        await host.call("edit", instruction="90 seconds long")
        text = await host.fail("export", format="gif", wait_seconds=60)
    assert "60 s at most" in text
    assert "webm or mp4" in text
    assert list((tmp_path / "films").iterdir()) == []


async def test_a_batch_makes_all_its_films_in_the_format_that_was_asked_for(tmp_path: Path) -> None:
    photos = draw(tmp_path / "photos", "red", "green")
    items = [
        {"media": [photo], "instruction": "1 second long", "name": name}
        for photo, name in zip(photos, "AB", strict=True)
    ]
    async with in_memory(tmp_path) as host:
        answer = await host.call("batch", items=items, format="webm", quality="draft", resolution=TINY, wait_seconds=60)
    assert [Path(item["path"]).name for item in answer["items"]] == ["A.webm", "B.webm"]
    assert streams(answer["items"][0]["path"]) == {"video": "vp9"}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"format": "webm"}, "makes mp4 and no webm"),
        ({"preset": "tiktok"}, "cannot keep a film within a platform's limits"),
        ({"fps": 50}, "own frame rate"),
        ({"resolution": "4k"}, "up to 1080x1920"),
    ],
    ids=str,
)
async def test_a_backend_that_takes_no_wishes_says_so_before_anything_is_sent(
    tmp_path: Path, arguments: dict[str, Any], words: str
) -> None:
    from starlette.responses import JSONResponse

    backend = Backend()
    session = {"code": 0, "data": {"task_id": "t1", "session_id": "s1"}}
    backend.script("POST /api/tasks/me/with-session/nemo_agent", JSONResponse(session))
    draft = {"t": [{"tt": 0, "sg": [{"d": 5000, "m": {"title": "beach"}}]}]}
    backend.script(
        "GET /api/state/nemo_agent/me/s1/latest",
        JSONResponse({"code": 0, "data": {"session_id": "s1", "state": {"draft": draft}}}),
    )
    with serving(backend.app) as url:
        async with in_memory(tmp_path, over(url), backend="cloud") as host:
            await host.services_link()
            text = await host.fail("export", **arguments)
    assert words in text
    assert backend.asked("/api/render/proxy/lambda") == []


def test_presets_are_films_that_can_be_made_and_agree_with_the_frames_of_the_platforms() -> None:
    for name, preset in PRESETS.items():
        width, height = preset.frame(1920, 1080)
        assert width % 2 == height % 2 == 0
        assert 128 <= min(width, height) <= max(width, height) <= 3840
        for fps in (24, 25, 30, 50, 60):
            assert preset.rate(fps) in (fps, fps // 2, 30)
            assert preset.rate(fps) <= preset.fps
        # A minute fits at least, in good quality.
        assert preset.size * 8 / 60 > LEAST_BITS * width * height * 30 + 192_000, name
    for name, ratio in PLATFORM_RATIO.items():
        if name in PRESETS:
            assert size_of(ratio, min(PRESETS[name].frame(1920, 1080))) == PRESETS[name].frame(1920, 1080), name


def test_a_long_film_for_a_messenger_gets_a_smaller_frame_so_that_it_fits() -> None:
    preset, lengths = PRESETS["whatsapp"], (60, 180, 300, 420, 600)
    found = [preset.frame(1920, 1080, seconds, 30) for seconds in lengths]
    assert found == [(1280, 720), (1280, 720), (960, 540), (854, 480), (640, 360)]
    assert preset.frame(1080, 1920, 420, 30) == (480, 854)
    for (width, height), seconds in zip(found, lengths, strict=True):
        job = RenderJob(draft={}, files={}, output=Path("a.mp4"), max_bytes=preset.size)
        canvas = Canvas(width=width, height=height, fps=30)
        pictures, sound = ceiling(job, canvas, seconds * 30), sound_of(job, canvas, seconds * 30)
        assert pictures is not None
        assert 96_000 <= sound <= 256_000
        assert (pictures + sound) * seconds / 8 < preset.size
    assert PRESETS["tiktok"].frame(1920, 1080, 600, 30) == (1080, 1920)


@pytest.mark.parametrize("name", ["tiktok", "whatsapp", "discord"])
async def test_a_film_for_a_platform_keeps_to_its_bit_rate_and_its_size(tmp_path: Path, name: str) -> None:
    rng = np.random.default_rng(3)
    photo = tmp_path / "noise.png"
    Image.fromarray(rng.integers(0, 255, (360, 640, 3), np.uint8)).save(photo)
    async with in_memory(tmp_path) as host:
        await host.call("upload_images", paths=[str(photo)], project="new")
        await host.call("edit", instruction="2 seconds long")
        film = await host.call("export", preset=name, resolution="720p", wait_seconds=120)
    preset = PRESETS[name]
    assert film["size_bytes"] <= preset.size
    assert peak_bits(Path(film["path"])) <= preset.bits * 1.5
    assert film["size_bytes"] * 8 / film["duration_seconds"] <= preset.bits * 1.3


def peak_bits(path: Path) -> float:
    """The most bits in any second of the film."""
    with av.open(str(path)) as container:
        sizes = [packet.size * 8 for packet in container.demux(video=0) if packet.size]
        rate = int(container.streams.video[0].average_rate or 30)
    return max(sum(sizes[at : at + rate]) for at in range(max(1, len(sizes) - rate + 1)))


@pytest.mark.parametrize("format", FILM_FORMATS)
async def test_the_studio_serves_a_film_as_what_it_is(near: World, format: FilmFormat) -> None:
    async with near.open(renderer=process.render) as api:
        await api.upload(("a.jpg", near.photo(1)))
        await api.say(operations=[{"op": "set_total_length", "seconds": 1}])
        await api.submit("r1", await api.draft(), format=format, resolution="256x144", quality="draft", filename="夏天")
        done = await api.until("r1", "completed", "failed")
        assert done["error"] is None
        answer = await api.get(done["output"]["url"])
    output = done["output"]
    assert answer.headers["content-type"] == FORMATS[format].mime
    assert f".{format}" in answer.headers["content-disposition"]
    assert (output["format"], output["width"], output["height"], output["audio"]) == (format, 256, 144, False)
    assert output["frames"] == output["fps"] * 1
    film = Files(near.folder).film("r1", format)
    assert film.read_bytes() == answer.content
    assert verify(film, format=format, exact=True).video_codec == FILMS[format].picture


async def test_a_deleted_project_takes_its_films_of_every_format_along(near: World) -> None:
    renderer = near.gated_renderer()
    async with near.open(renderer=renderer) as api:
        await api.upload(("a.jpg", near.photo(1)))
        for number, format in enumerate(FILM_FORMATS):
            await api.submit(f"r{number}", {}, format=format)
            await api.until(f"r{number}", "completed")
        folder = Files(near.folder).film("r0").parent
        assert len(list(folder.iterdir())) == len(FILM_FORMATS)
        await api.http.delete(f"/api/studio/projects/{api.session}", headers=api.headers)
        assert list(folder.iterdir()) == []


async def test_the_name_of_a_project_is_the_title_of_its_film(near: World) -> None:
    renderer = near.gated_renderer()
    async with near.open(renderer=renderer) as api:
        await api.upload(("a.jpg", near.photo(1)))
        await api.submit("r1", {})
        await api.until("r1", "completed")
        await api.new_session("Sommer in Paris")
        await api.upload(("a.jpg", near.photo(1)))
        await api.submit("r2", {})
        await api.until("r2", "completed")
    assert [job.title for job in renderer.jobs] == ["", "Sommer in Paris"]
