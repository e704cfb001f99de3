"""What a file is, asked through the doors that the rest of the program uses: the functions of `media.workers`."""

from __future__ import annotations

import hashlib
import io
import subprocess
import sys
import wave
import zlib
from collections.abc import AsyncIterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import anyio
import av
import numpy as np
import pillow_heif
import pytest
import skimage.data
from av.video.frame import VideoFrame
from PIL import Image

from nemovideo_mcp.media.errors import MediaError
from nemovideo_mcp.media.formats import ACCEPTED, MAX_BYTES
from nemovideo_mcp.media.sheet import first_frame
from nemovideo_mcp.media.sniff import sniff
from nemovideo_mcp.media.typeset import label as typeset
from nemovideo_mcp.media.workers import contact_sheet, probe_file, verify_film

pytestmark = pytest.mark.anyio

RATE = 48_000
DATA: Any = skimage.data


def picture(path: Path, size: tuple[int, int] = (320, 200), **save: Any) -> Path:
    pillow_heif.register_heif_opener()
    Image.fromarray(DATA.coffee()).resize(size).save(path, **save)
    return path


def tone(path: Path, seconds: float = 2.0, codec: str | None = None, form: str | None = None) -> Path:
    samples = np.repeat(np.sin(np.arange(round(seconds * RATE)) * 0.06)[None].astype(np.float32) * 0.4, 2, axis=0)
    if codec is None:
        with wave.open(str(path), "wb") as file:
            file.setnchannels(2)
            file.setsampwidth(2)
            file.setframerate(RATE)
            file.writeframes((samples.T * 32767).astype("<i2").tobytes())
        return path
    with av.open(str(path), "w", format=form) as container:
        stream: Any = container.add_stream(codec, rate=RATE, layout="stereo")
        size = 1152 if codec == "libmp3lame" else 960 if codec == "libopus" else 1024
        for at in range(0, samples.shape[1], size):
            block = np.ascontiguousarray(samples[:, at : at + size])
            kind = {"libmp3lame": "fltp", "aac": "fltp", "libopus": "flt", "flac": "s16"}[codec]
            if kind != "fltp":
                block = np.ascontiguousarray(block.T.reshape(1, -1))
            if kind == "s16":
                block = (block * 32767).astype(np.int16)
            frame = av.AudioFrame.from_ndarray(block, format=kind, layout="stereo")
            frame.sample_rate, frame.pts, frame.time_base = RATE, at, Fraction(1, RATE)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def film(
    path: Path, frames: int = 50, *, codec: str = "libx264", size: tuple[int, int] = (320, 180), form: str | None = None,
    black_from: int | None = None, black_till: int = 0,
) -> Path:  # fmt: skip
    noise = np.random.default_rng(1).integers(0, 255, (frames, 18, 32, 3), np.uint8)
    with av.open(str(path), "w", format=form) as container:
        stream: Any = container.add_stream(codec, rate=25)
        stream.width, stream.height, stream.pix_fmt = *size, "yuv420p"
        if black_till:  # one key frame for all, as in short drafts
            stream.options = {"x264-params": "scenecut=0:keyint=250"}
        for n in range(frames):
            image = np.asarray(Image.fromarray(noise[n]).resize(size, Image.Resampling.NEAREST))
            if n < black_till or (black_from is not None and n >= black_from):
                image = np.zeros_like(image)
            frame = VideoFrame.from_ndarray(np.asarray(image, np.uint8))
            frame.pts, frame.time_base = n, Fraction(1, 25)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


@pytest.fixture(scope="module", autouse=True)
async def one_loop() -> AsyncIterator[None]:
    """One event loop for the module, and so one set of worker processes."""
    yield  # noqa: PT022 - the loop lives as long as the generator


async def reason(path: Path) -> str:
    with pytest.raises(MediaError) as caught:
        await probe_file(path)
    return caught.value.reason


async def test_pictures_are_known_by_their_content_whatever_their_name(tmp_path: Path) -> None:
    for coder, mime in (("jpeg", "image/jpeg"), ("png", "image/png"), ("gif", "image/gif"), ("webp", "image/webp")):
        info = await probe_file(picture(tmp_path / f"{coder}.mp3", format=coder))
        assert (info.kind, info.mime, info.width, info.height) == ("image", mime, 320, 200)
        assert (info.duration_ms, info.fps, info.has_audio) == (0, 0, False)
    heic = await probe_file(picture(tmp_path / "phone.heic"))
    assert (heic.format, heic.mime, heic.width, heic.height) == ("heic", "image/heic", 320, 200)


async def test_size_and_hash_are_those_of_the_file(tmp_path: Path) -> None:
    path = picture(tmp_path / "a.jpg")
    info = await probe_file(path)
    assert info.size_bytes == path.stat().st_size
    assert info.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize("orientation", range(1, 9))
async def test_a_picture_is_as_wide_as_it_stands(tmp_path: Path, orientation: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    info = await probe_file(picture(tmp_path / "a.jpg", exif=exif.tobytes()))
    assert (info.width, info.height) == ((320, 200) if orientation < 5 else (200, 320))


async def test_films_tell_their_size_length_and_rate(tmp_path: Path) -> None:
    for name, codec, form in (
        ("mp4", "libx264", None), ("mov", "libx264", None), ("mkv", "libx264", "matroska"),
        ("webm", "libvpx", None), ("avi", "mpeg4", None),
    ):  # fmt: skip
        info = await probe_file(film(tmp_path / f"film.{name}", codec=codec, form=form, size=(160, 90)))
        assert (info.kind, info.format, info.width, info.height, info.fps) == ("video", name, 160, 90, 25)
        assert info.duration_ms == pytest.approx(2000, abs=45)
        assert not info.has_audio


async def test_sounds_tell_their_length(tmp_path: Path) -> None:
    for name, codec, form in (
        ("wav", None, None), ("mp3", "libmp3lame", None), ("m4a", "aac", "ipod"), ("aac", "aac", "adts"),
        ("flac", "flac", None), ("ogg", "libopus", None),
    ):  # fmt: skip
        info = await probe_file(tone(tmp_path / f"song.{name}", codec=codec, form=form))
        assert (info.kind, info.format, info.width, info.has_audio) == ("audio", name, 0, True)
        assert info.duration_ms == pytest.approx(2000, abs=80), name


async def test_an_mp4_with_only_sound_is_sound(tmp_path: Path) -> None:
    info = await probe_file(tone(tmp_path / "a.mp4", codec="aac", form="mp4"))
    assert (info.kind, info.format, info.mime) == ("audio", "m4a", "audio/mp4")


async def test_every_accepted_format_is_one_that_is_known() -> None:
    heads = {
        "mp4": b"\0\0\0\x20ftypisom\0\0\2\0isomiso2", "mov": b"\0\0\0\x14ftypqt  \0\0\0\0qt  ",
        "avi": b"RIFF\0\0\0\0AVI LIST", "webm": b"\x1a\x45\xdf\xa3\x9f\x42\x82\x84webm",
        "mkv": b"\x1a\x45\xdf\xa3\xa3\x42\x82\x88matroska", "jpg": b"\xff\xd8\xff\xe1", "png": b"\x89PNG\r\n\x1a\n",
        "gif": b"GIF89a", "webp": b"RIFF\0\0\0\0WEBPVP8 ", "heic": b"\0\0\0\x18ftypheic\0\0\0\0mif1heic",
        "mp3": b"\xff\xfb\x90\x44", "wav": b"RIFF\0\0\0\0WAVEfmt ", "m4a": b"\0\0\0\x18ftypM4A \0\0\0\0M4A ",
        "aac": b"\xff\xf1\x4c\x80",
    }  # fmt: skip
    assert set(heads) == set(ACCEPTED)
    found = {name: sniff(head) for name, head in heads.items()}
    assert {name: f and f.name for name, f in found.items()} == {name: name for name in heads}
    assert sniff(b"\0\0\0\x1cftypmif1\0\0\0\0mif1avif") == sniff(b"\0\0\0\x1cftypavif\0\0\0\0avif")
    assert sniff(b"ID3\x04\0\0\0\0\0\0\xff\xfb\x90\x44") == sniff(heads["mp3"])
    assert sniff(b"") is sniff(b"hello") is sniff(b"\xff\xfe" + "hello".encode("utf-16-le")) is None


async def test_bad_files_are_refused_in_plain_words(tmp_path: Path) -> None:
    empty, text, noise, huge = (tmp_path / name for name in ("empty.jpg", "text.jpg", "noise.bin", "huge.mp4"))
    empty.touch()
    text.write_text("Dear diary, 你好")
    noise.write_bytes(bytes(range(256)) * 20)
    with huge.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    assert await reason(empty) == "is empty: it has 0 bytes"
    assert await reason(text) == "is not a picture, video or sound: its content is text"
    assert "of a known format" in await reason(noise)
    assert await reason(huge) == "is too large: 200 MB, and at most 200 MB can be used"
    assert "cannot be read" in await reason(tmp_path / "nowhere.jpg")
    assert await reason(tmp_path) == "is not a file"


@pytest.mark.parametrize(
    ("name", "save"), [("a.jpg", {}), ("b.jpg", {"progressive": True}), ("c.png", {}), ("d.webp", {}), ("e.heic", {})]
)
async def test_a_picture_that_is_cut_off_is_refused(tmp_path: Path, name: str, save: dict[str, Any]) -> None:
    path = picture(tmp_path / name, (800, 600), **save)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) * 2 // 3])
    said = await reason(path)
    assert said.startswith(("is cut off: ", "is a broken picture")), said
    if path.suffix in (".jpg", ".png"):
        assert said.startswith("is cut off: ")


async def test_formats_that_people_have_and_cannot_use_are_called_by_their_names(tmp_path: Path) -> None:
    image = Image.fromarray(DATA.coffee()).resize((64, 40))
    for name, format in (("a.tif", "TIFF"), ("b.bmp", "BMP"), ("c.jp2", "JPEG2000"), ("d.pdf", "PDF")):
        image.save(tmp_path / name, format)
    (tmp_path / "e.svg").write_text('<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>')
    (tmp_path / "f.mts").write_bytes((b"\x47" + bytes(187)) * 20)
    (tmp_path / "g.cr3").write_bytes(b"\0\0\0\x18ftypcrx \0\0\0\1crx isom" + bytes(100))
    found = [await reason(path) for path in sorted(tmp_path.iterdir())]
    assert found == [
        "is a TIFF or a camera's raw picture; save it as jpg",
        "is a BMP picture; save it as png",
        "is a JPEG 2000 picture; save it as jpg",
        "is a PDF; save it as jpg",
        "is a drawing (SVG); save it as png",
        "is a camcorder's video (MPEG-TS); save it as mp4",
        "is a camera's raw picture; save it as jpg",
    ]


async def test_a_film_that_is_cut_off_or_broken_is_refused(tmp_path: Path) -> None:
    path = film(tmp_path / "a.mp4", 100, size=(160, 90))
    whole = path.read_bytes()
    # The index is at the end here: without it nothing can be played.
    path.write_bytes(whole[: len(whole) // 2])
    assert (await reason(path)).startswith("is a broken video")
    cut = film(tmp_path / "b.mkv", 100, size=(160, 90), form="matroska")
    cut.write_bytes(cut.read_bytes()[: cut.stat().st_size // 2])
    assert (await reason(cut)).startswith("is cut off: only")
    path.write_bytes(whole[:40] + bytes(len(whole) - 40))
    assert (await reason(path)).startswith("is a broken video")


async def test_a_decompression_bomb_is_refused_before_it_is_decoded(tmp_path: Path) -> None:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")

    side = 30_000
    header = side.to_bytes(4, "big") * 2 + bytes((8, 2, 0, 0, 0))
    bomb = tmp_path / "bomb.png"
    bomb.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)))
    assert "too large a picture: 30000×30000" in await reason(bomb)


async def test_a_file_that_crashes_the_decoder_is_an_error_of_that_file(tmp_path: Path) -> None:
    path = tmp_path / "pipe.jpg"
    path.write_bytes(b"\xff\xd8\xff")
    # A worker that dies: here it is made to, by a module in the place of the prober.
    code = (
        "import anyio, os, sys\n"
        "from functools import partial\n"
        "from nemovideo_mcp.media import workers\n"
        "async def main():\n"
        "    try:\n"
        "        await workers._run(partial(os._exit, 11))\n"
        "    except workers.MediaError as error:\n"
        "        print(error.reason)\n"
        "if __name__ == '__main__': anyio.run(main)\n"
    )
    script = tmp_path / "crash.py"
    script.write_text(code)
    done = await anyio.run_process([sys.executable, str(script)], stderr=subprocess.STDOUT)
    assert b"crashed the decoder" in done.stdout


async def test_a_film_is_verified_against_what_was_asked_for(tmp_path: Path) -> None:
    path = film(tmp_path / "film.mp4", 50)
    info = await verify_film(
        path, width=320, height=180, duration_ms=2000, fps=25, audio=False, expect_picture_at=[0, 1500]
    )
    assert (info.frames, info.video_codec, info.audio_codec, info.black_ms) == (50, "h264", None, ())
    assert info.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    asked: list[tuple[dict[str, Any], str]] = [
        ({"width": 640, "height": 360}, "is 320×180 where 640×360 was asked for"),
        ({"duration_ms": 3000}, "lasts 2.00 s where 3.00 s were asked for"),
        ({"fps": 30}, "25 frames a second"),
        ({"audio": True}, "has no sound"),
    ]
    for wrong, words in asked:
        with pytest.raises(MediaError, match=words):
            await verify_film(path, **wrong)


async def test_a_short_film_that_fades_from_and_to_black_is_not_black_in_its_middle(tmp_path: Path) -> None:
    info = await verify_film(film(tmp_path / "film.mp4", 50, black_till=2, black_from=48))
    assert info.black_ms == (0, 1960)
    dark = await verify_film(film(tmp_path / "dark.mp4", 50, black_till=50))
    assert dark.black_ms == (0, 1000, 1960)


async def test_a_film_that_is_black_where_a_picture_should_be_is_refused(tmp_path: Path) -> None:
    path = film(tmp_path / "film.mp4", 50, black_from=25)
    info = await verify_film(path, expect_picture_at=[500])
    assert info.black_ms
    assert min(info.black_ms) >= 1000
    with pytest.raises(MediaError, match=r"is black at 1\.6 s"):
        await verify_film(path, expect_picture_at=[500, 1600])
    path.write_bytes(b"no film at all")
    with pytest.raises(MediaError, match="cannot be played"):
        await verify_film(path)


async def test_a_contact_sheet_shows_photos_and_films_over_their_names(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    pictures: list[tuple[Path | bytes, str]] = [
        (picture(tmp_path / "a.jpg"), "1 · 海滩.jpg · 0-5 s"),
        (picture(tmp_path / "b.heic"), "2 · b.heic"),
        (picture(tmp_path / "c.jpg", exif=exif.tobytes()), "3 · turned.jpg"),
        (film(tmp_path / "d.mp4", 3), "4 · d.mp4"),
        (picture(tmp_path / "e.png").read_bytes(), "5 · in memory"),
        (tmp_path / "gone.jpg", "6 · gone.jpg"),
    ]
    sheet = Image.open(io.BytesIO(await contact_sheet(pictures)))
    assert sheet.format == "JPEG"
    light = np.asarray(sheet.convert("L"), float)
    third = light.shape[1] // 3
    assert all(light[: light.shape[0] // 3, c * third + 100 : (c + 1) * third - 100].std() > 15 for c in range(3))


async def test_labels_of_a_contact_sheet_are_written_in_every_script(tmp_path: Path) -> None:
    names = ["مراكش", "תל אביב", "เชียงใหม่", "दिल्ली", "გამარჯობა", "Ελλάδα", "夏の終わり", "🌊", "\U00012000"]
    made = [typeset.label(f"{n} · {name}.jpg", 22, 400) for n, name in enumerate(names)]
    ink = [np.asarray(mask.crop((mask.width // 4, 0, mask.width * 3 // 4, mask.height)), float) for mask in made]
    assert [bool(part.max() > 200 and part.std() > 20) for part in ink] == [True] * len(names)
    assert len({mask.tobytes() for mask in made}) == len(names), "no two are the same row of boxes"
    long = typeset.label("9 · the first words of a very long name IMG_1233.jpg", 22, 200)
    assert 150 < long.width <= 200
    picture_of = picture(tmp_path / "a.jpg")
    sheet = Image.open(io.BytesIO(await contact_sheet([(picture_of, name) for name in names])))
    assert sheet.format == "JPEG"


async def test_a_film_on_a_contact_sheet_has_its_shape_and_its_light(tmp_path: Path) -> None:
    wide = VideoFrame.from_ndarray(np.full((144, 120, 3), 90, np.uint8))
    path = tmp_path / "hdr.mkv"
    with av.open(str(path), "w") as container:
        stream: Any = container.add_stream("libx264", rate=10, options={"crf": "1"})
        stream.width, stream.height, stream.pix_fmt = 120, 144, "yuv444p10le"
        stream.codec_context.sample_aspect_ratio = Fraction(2, 1)
        context = stream.codec_context
        context.color_primaries, context.color_trc, context.colorspace, context.color_range = 9, 16, 9, 1
        frame = wide.reformat(format="yuv444p10le", dst_colorspace=9)
        plane = np.frombuffer(memoryview(frame.planes[0]), np.uint16)
        # 203 cd/m² in PQ: white of SDR, which a screen that knows nothing of it would show as grey.
        plane[:] = 64 + round(876 * 0.58)
        frame.pts, frame.time_base = 0, Fraction(1, 10)
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    shown = first_frame(path, 300)
    blank = tmp_path / "from_black.mp4"
    with av.open(str(blank), "w") as container:
        stream = container.add_stream("libx264", rate=10, options={"g": "5"})
        stream.width, stream.height, stream.pix_fmt = 64, 36, "yuv420p"
        for n in range(40):
            frame = VideoFrame.from_ndarray(np.full((36, 64, 3), 10 if n < 10 else 180, np.uint8))
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    assert np.asarray(first_frame(blank, 64)).mean() > 150, "a film that comes out of black is known by its middle"
    assert shown.size == (300, 180)
    assert np.asarray(shown)[60:120, 100:200].min() > 215


async def test_a_contact_sheet_stays_small_however_many_pictures_there_are(tmp_path: Path) -> None:
    noise = np.random.default_rng(1).integers(0, 255, (300, 400, 3), np.uint8)
    file = io.BytesIO()
    Image.fromarray(noise).save(file, "PNG")
    sheet = await contact_sheet([(file.getvalue(), f"{n} · noise.png") for n in range(70)], max_bytes=200_000)
    assert len(sheet) <= 200_000
    with pytest.raises(MediaError, match="no pictures"):
        await contact_sheet([])


async def test_a_cancelled_look_ends_at_once(tmp_path: Path) -> None:
    path = picture(tmp_path / "a.jpg")
    noise = np.random.default_rng(1).integers(0, 255, (2000, 3000, 3), np.uint8)
    Image.fromarray(noise).save(tmp_path / "large.png", compress_level=1)
    # Far more work than a moment: a second and more of decoding.
    with anyio.move_on_after(0.02) as scope:
        await contact_sheet([(tmp_path / "large.png", str(n)) for n in range(20)])
    assert scope.cancelled_caught
    assert (await probe_file(path)).width == 320
