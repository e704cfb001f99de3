"""Films in every format: opened again, decoded, and held against what was drawn."""

from __future__ import annotations

import io
import wave
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import av
import numpy as np
import pytest
import skimage.data
from av.video.frame import VideoFrame
from PIL import Image, ImageSequence

from nemovideo_mcp.media.errors import MediaError
from nemovideo_mcp.media.formats import FILM_FORMATS, FILMS, FilmFormat
from nemovideo_mcp.media.verify import verify
from nemovideo_mcp.studio.render import film, process
from nemovideo_mcp.studio.render.compose import Compositor
from nemovideo_mcp.studio.render.job import Quality, RenderError
from nemovideo_mcp.studio.render.limits import GIF_FRAMES
from nemovideo_mcp.studio.render.planes import from_frame, views
from nemovideo_mcp.timeline.model import Music, Text, Timeline, Transition

if TYPE_CHECKING:
    from support.render import Kit, Pixels

pytest_plugins = ["support.render"]
pytestmark = pytest.mark.anyio

data: Any = skimage.data
FILM_LIKE: tuple[FilmFormat, ...] = ("mp4", "mov", "mkv", "webm", "avi")
RED, GREEN, BLUE = (200, 30, 30), (30, 160, 40), (30, 40, 200)


def three(kit: Kit, **more: Any) -> Timeline:
    """Red, green and blue: 1 s, 0.5 s and 1 s."""
    names = [kit.picture(f"{n}.png", color) for n, color in enumerate((RED, GREEN, BLUE))]
    return kit.film(*(kit.clip(name, ms) for name, ms in zip(names, (1000, 500, 1000), strict=True)), **more)


def photos(kit: Kit, **more: Any) -> Timeline:
    """Two photographs, the first moving, with a crossfade and a title."""
    a = kit.picture("a.png", np.asarray(Image.fromarray(data.coffee()).resize((1280, 854))))
    b = kit.picture("b.png", np.asarray(Image.fromarray(data.rocket()).resize((1280, 854))))
    clips = (
        kit.clip(a, 800, motion="zoom_in"),
        kit.clip(b, 800, motion="pan_left", transition_in=Transition(duration_ms=400)),
    )
    return kit.film(*clips, size=(640, 360), texts=(Text(id="t", text="Summer", duration_ms=600),), **more)


def with_song(kit: Kit, timeline: Timeline) -> Timeline:
    song = kit.song(seconds=5)
    return replace(timeline, music=(Music(id="m", media=song, name=song, fade_in_ms=0, fade_out_ms=0),))


@pytest.mark.parametrize("format", FILM_LIKE)
async def test_a_film_of_any_format_shows_each_photo_in_its_time_and_sounds_as_long_as_it_shows(
    kit: Kit, format: FilmFormat
) -> None:
    made = await kit.render(with_song(kit, three(kit)), format=format)
    assert made.path.suffix == f".{format}"
    assert len(made.frames) == 25
    for n, color in enumerate([RED] * 10 + [GREEN] * 5 + [BLUE] * 10):
        # Players take AVI as BT.601 at this height; `decoded` takes everything as BT.709.
        assert format == "avi" or np.abs(made.color(n) - color).max() < 7, (n, made.color(n))
    assert made.sound is not None
    assert made.sound.shape[1] == pytest.approx(2.5 * 48_000, abs=3000)
    with av.open(str(made.path)) as container:
        names = [stream.codec_context.name for stream in container.streams]
        picture = container.streams.video[0]
        assert names == [FILMS[format].picture, FILMS[format].sound]
        assert (picture.codec_context.width, picture.codec_context.height) == (320, 180)
        assert picture.average_rate == 10
        assert picture.codec_context.pix_fmt == "yuv420p"
        if FILMS[format].tagged:
            context = picture.codec_context
            assert {context.color_range, context.colorspace, context.color_primaries, context.color_trc} == {1}


async def test_an_avi_has_the_colours_that_players_expect_of_a_small_and_of_a_large_one(kit: Kit) -> None:
    for size, matrix in (((320, 180), "ITU601"), ((1280, 720), "ITU709")):
        made = await kit.render(three(kit, size=size), format="avi")
        with av.open(str(made.path)) as container:
            frame = next(container.decode(video=0))
        shown = frame.to_ndarray(format="rgb24", src_colorspace=matrix)[90, 100]
        assert np.abs(shown.astype(int) - RED).max() < 7, size


@pytest.mark.parametrize("format", FILM_LIKE)
async def test_sound_comes_with_its_picture_in_every_format(kit: Kit, format: FilmFormat) -> None:
    song = kit.song(seconds=2)
    music = Music(id="m", media=song, name=song, start_ms=1000, fade_in_ms=0, fade_out_ms=0)
    made = await kit.render(three(kit, music=(music,)), format=format, quality="draft")
    with av.open(str(made.path)) as container:
        sounds = [frame for frame in container.decode(audio=0) if isinstance(frame, av.AudioFrame)]
    start = float((sounds[0].pts or 0) * (sounds[0].time_base or 1))
    samples = [np.asarray(sound.to_ndarray()).reshape(-1, 1 if sound.format.is_planar else 2)[:, 0][: sound.samples]
               for sound in sounds]  # fmt: skip
    heard = start + int(np.argmax(np.abs(np.concatenate(samples)) > 0.1)) / 48_000
    assert abs(heard - 1) < 0.004


@pytest.mark.parametrize("quality", ["draft", "standard", "high"])
async def test_a_gif_plays_at_its_pace_in_the_colours_of_each_photo(kit: Kit, quality: Quality) -> None:
    made = await kit.render(with_song(kit, three(kit, size=(1920, 1080), fps=30)), format="gif", quality=quality)
    side, fps = GIF_FRAMES[quality]
    assert (made.result.width, made.result.height, made.result.fps) == (side, side * 9 // 16 // 2 * 2, fps)
    assert not made.result.has_audio
    assert any("sound" in note for note in made.result.notes)
    image = Image.open(made.path)
    assert image.info["loop"] == 0
    shown = [
        (frame.convert("RGB").getpixel((100, 60)), frame.info["duration"]) for frame in ImageSequence.Iterator(image)
    ]
    assert sum(ms for _, ms in shown) == pytest.approx(2500, abs=1000 / fps)
    at, colors = 0, []
    for color, ms in shown:
        colors.append((at, color))
        at += ms
    for ms, wanted in ((0, RED), (990, RED), (1100, GREEN), (1400, GREEN), (1600, BLUE), (2490, BLUE)):
        color = [color for start, color in colors if start <= ms][-1]
        assert np.abs(np.subtract(np.asarray(color), wanted)).max() < 12, (ms, color)
    assert len(shown) <= 6, "a picture that stays is written once"


async def test_a_gif_of_photographs_is_near_to_them(kit: Kit) -> None:
    timeline = photos(kit, fps=10)
    made = await kit.render(timeline, format="gif")
    drawn = await process.frames(kit.job(timeline, format="gif"), [0, 400, 800, 1500], max_width=640)
    frames = [frame.convert("RGB") for frame in ImageSequence.Iterator(Image.open(made.path))]
    assert len(frames) == 16
    for jpeg, n in zip(drawn, (0, 4, 8, 15), strict=True):
        assert psnr(np.asarray(Image.open(io.BytesIO(jpeg))), np.asarray(frames[n])) > 26


@pytest.mark.parametrize("format", FILM_LIKE)
async def test_what_is_decoded_is_what_was_drawn(kit: Kit, format: FilmFormat) -> None:
    timeline = photos(kit, fps=25)
    made = await kit.render(timeline, format=format, quality="standard")
    assert min(psnr(a, b) for a, b in zip(drawn(kit, timeline), lumas(made.path), strict=True)) >= 34


def drawn(kit: Kit, timeline: Timeline) -> list[Pixels]:
    """The luma of all frames as they are composed."""
    job = kit.job(timeline)
    measured, plan = film.prepared(job)
    found = []
    with Compositor(plan, measured.texts, job.files, ahead=False) as compositor:
        for n in range(plan.frames):
            frame = VideoFrame(plan.canvas.width, plan.canvas.height, "yuv420p")
            compositor.draw(n, views(frame))
            found.append(views(frame)[0].copy())
    return found


def lumas(path: Path) -> list[Pixels]:
    """The luma of all frames as a player takes it."""
    with av.open(str(path)) as container:
        return [from_frame(frame, frame.width, frame.height)[0].copy() for frame in container.decode(video=0)]


def psnr(a: Any, b: Any) -> float:
    error = float(((np.asarray(a, float) - np.asarray(b, float)) ** 2).mean())
    return float(10 * np.log10(255**2 / max(error, 1e-9)))


@pytest.mark.parametrize("format", FILM_LIKE)
async def test_a_film_of_any_format_can_be_made_in_pieces(kit: Kit, format: FilmFormat) -> None:
    timeline = with_song(kit, three(kit))
    whole = await kit.render(timeline, format=format)
    joined = await kit.render(timeline, format=format, pieces=3)
    assert len(joined.frames) == len(whole.frames) == 25
    for a, b in zip(whole.frames, joined.frames, strict=True):
        assert np.abs(a.astype(int) - b).mean() < 3
    assert joined.sound is not None


@pytest.mark.parametrize("format", FILM_LIKE)
@pytest.mark.parametrize("fps", [24, 25, 30, 50, 60])
async def test_odd_lengths_come_out_to_a_frame_at_every_rate(kit: Kit, format: FilmFormat, fps: int) -> None:
    name = kit.picture("a.png", GREEN, (64, 36))
    timeline = with_song(kit, kit.film(kit.clip(name, 733), kit.clip(name, 501, id="b"), size=(64, 36), fps=fps))
    made = await kit.render(timeline, format=format, quality="draft")
    frames = round(1.234 * fps)
    assert (made.result.frames, len(made.frames)) == (frames, frames)
    info = verify(made.path, format=format, fps=fps, frames=frames, duration_ms=1234, audio=True, exact=True)
    assert info.duration_ms == pytest.approx(1234, abs=1000 / fps)


async def test_a_film_can_be_as_large_as_4k_lying_and_standing(kit: Kit) -> None:
    name = kit.picture("a.png", GREEN, (64, 36))
    for format in ("mp4", "webm"):
        for size in ((3840, 2160), (2160, 3840)):
            made = await process.render(
                kit.job(kit.film(kit.clip(name, 200), size=size), format=format, quality="draft")
            )
            assert (made.width, made.height, made.frames) == (*size, 2)


@pytest.mark.parametrize("format", ["mp4", "mov"])
@pytest.mark.parametrize("pieces", [None, 2])
async def test_a_film_for_the_web_begins_with_its_index(kit: Kit, format: FilmFormat, pieces: int | None) -> None:
    made = await kit.render(three(kit), format=format, pieces=pieces)
    raw = made.path.read_bytes()
    assert raw.index(b"moov") < raw.index(b"mdat")
    # The same file with its index at the end is refused.
    with av.open(str(made.path)) as source, av.open(str(kit.folder / f"late.{format}"), "w") as late:
        stream = late.add_stream_from_template(source.streams.video[0])
        for packet in source.demux(video=0):
            if packet.dts is not None:
                packet.stream = stream
                late.mux(packet)
    with pytest.raises(MediaError, match="index behind"):
        verify(kit.folder / f"late.{format}", format=format, exact=True)


@pytest.mark.parametrize("format", FILM_FORMATS)
async def test_a_film_tells_its_title_and_when_it_was_made_and_nothing_of_the_photos(
    kit: Kit, format: FilmFormat
) -> None:
    exif = Image.Exif()
    exif[0x010F], exif[0x0110], exif[0x9286] = "SecretCam", "Model 7", "a private remark"
    exif.get_ifd(0x8825).update({1: "N", 2: (48.0, 51.0, 29.9), 3: "E", 4: (2.0, 17.0, 40.2)})
    name = kit.picture("a.jpg", GREEN, exif=exif.tobytes(), comment=b"home address")
    before = datetime.now(UTC).replace(microsecond=0)
    made = await kit.render(kit.film(kit.clip(name)), format=format, title="Sommer in 巴黎")
    raw = made.path.read_bytes()
    for private in (b"SecretCam", b"Model 7", b"private remark", b"home address", b"GPS", b"\xa9xyz", b"loci", b"Exif"):
        assert private not in raw, private
    if format == "gif":
        return
    with av.open(str(made.path)) as container:
        told = dict(container.metadata)
    assert told["title"] == "Sommer in 巴黎"
    if format != "avi":
        assert before <= datetime.fromisoformat(told["creation_time"]) <= datetime.now(UTC)


async def test_a_film_keeps_below_the_bit_rate_and_the_size_that_its_platform_takes(kit: Kit) -> None:
    noise = np.random.default_rng(1).integers(0, 255, (180, 320, 3), np.uint8)
    name = kit.picture("noise.png", noise)
    timeline = with_song(kit, kit.film(*(kit.clip(name, 2000, id=str(n), motion=m) for n, m in
                                         enumerate(("zoom_in", "pan_left"))), fps=30))  # fmt: skip
    free = (await kit.render(timeline)).result.size_bytes
    for pieces in (None, 2):
        small = await kit.render(timeline, max_bytes=free // 3, pieces=pieces)
        assert small.result.size_bytes <= free // 3
        assert len(small.frames) == 120
        slow = await kit.render(timeline, max_bitrate=1_500_000, pieces=pieces)
        assert slow.result.size_bytes * 8 / 4 <= 1_500_000 * 1.3
    with pytest.raises(RenderError, match=r"do not fit into 0\.05 MB"):
        await process.render(kit.job(timeline, max_bytes=50_000))


async def test_the_sound_of_a_film_that_must_be_small_leaves_room_for_its_pictures(kit: Kit) -> None:
    path = kit.folder / "noise.wav"
    with wave.open(str(path), "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(48_000)
        file.writeframes(np.random.default_rng(2).integers(-9000, 9000, 48_000 * 8, np.int16).tobytes())
    music = Music(id="m", media=kit.add(path), name="noise")
    still = kit.film(kit.clip(kit.picture("a.png", GREEN), 4000), music=(music,))
    bits = {}
    for most in (None, 100_000):
        made = await kit.render(still, max_bytes=most)
        with av.open(str(made.path)) as container:
            bits[most] = sum(packet.size for packet in container.demux(audio=0)) * 8 / 4
    assert bits[None] > 220_000
    assert 80_000 < bits[100_000] < 115_000


async def test_a_gif_that_would_be_too_much_is_refused(kit: Kit) -> None:
    name = kit.picture("a.png", GREEN)
    with pytest.raises(RenderError, match="60 s at most and the film lasts 61 s"):
        await process.render(kit.job(kit.film(kit.clip(name, 61_000)), format="gif"))
    with pytest.raises(RenderError, match="1280 pixels"):
        await process.render(kit.job(kit.film(kit.clip(name)), format="gif", width=1920, height=1080))
    assert [path.name for path in kit.folder.iterdir()] == ["a.png"]
