"""What leaves the machine: photos without their place, with their date and every pixel, and in a format that is read."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import av
import numpy as np
import pillow_heif
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from starlette.responses import JSONResponse

from nemovideo_mcp.media.privacy import copy_without_location
from support.backend import error
from support.clouds import BEFORE, cloud
from support.hosts import draw, in_memory, over
from support.sockets import serving

pytestmark = pytest.mark.anyio

DATE = "2026:07:01 12:00:00"
GPS = {1: "N", 2: (68.0, 12.0, 34.0), 3: "E", 4: (13.0, 33.0, 21.0), 6: 12.0}


def exif() -> bytes:
    tags = Image.Exif()
    tags[0x010F] = "Maker"
    tags[0x0132] = DATE
    tags.get_ifd(0x8769)[0x9003] = DATE
    tags.get_ifd(0x8825).update(GPS)
    return tags.tobytes()


def photo(path: Path) -> Path:
    pixels = np.random.default_rng(1).integers(0, 255, (48, 64, 3), np.uint8)
    xmp = (
        b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:Description exif:GPSLatitude="68,12.5N" dc:title="Sea"/></x:xmpmeta>'
    )
    options = {"quality": 95, "xmp": xmp} if path.suffix in (".jpg", ".webp") else {}
    Image.fromarray(pixels).save(path, exif=exif(), **options)  # type: ignore[arg-type]
    return path


@pytest.mark.parametrize("suffix", [".jpg", ".png", ".webp", ".heic"])
def test_the_place_goes_and_date_and_pixels_stay(tmp_path: Path, suffix: str) -> None:
    pillow_heif.register_heif_opener()
    before, after = photo(tmp_path / f"a{suffix}"), tmp_path / f"b{suffix}"
    assert copy_without_location(before, after)
    assert after.stat().st_size == before.stat().st_size
    with Image.open(before) as old, Image.open(after) as new:
        assert dict(old.getexif().get_ifd(0x8825))
        assert not dict(new.getexif().get_ifd(0x8825))
        assert new.getexif()[0x0132] == DATE
        assert new.getexif().get_ifd(0x8769)[0x9003] == DATE
        assert np.array_equal(np.asarray(old.convert("RGB")), np.asarray(new.convert("RGB")))
    assert b"GPSLatitude" not in after.read_bytes()
    assert not copy_without_location(after, tmp_path / f"c{suffix}")


@given(st.binary(max_size=400), st.integers(0, 300), st.integers(0, 255))
def test_no_bytes_make_it_fail(tmp_path_factory: pytest.TempPathFactory, noise: bytes, at: int, value: int) -> None:
    folder = tmp_path_factory.getbasetemp()
    data = bytearray(b"\xff\xd8\xff\xe1" + exif() + noise)
    data[at % len(data)] = value
    (folder / "in").write_bytes(bytes(data))
    copy_without_location(folder / "in", folder / "out")


def sent(body: bytes) -> bytes:
    """The file in a multipart body."""
    return body.split(b"\r\n\r\n", 1)[1].rsplit(b"\r\n--", 1)[0]


async def test_photos_go_to_the_cloud_without_their_place_and_to_the_studio_as_they_are(tmp_path: Path) -> None:
    path = photo(tmp_path / "sea.jpg")
    backend = cloud(BEFORE)
    with serving(backend.app) as url:
        async with in_memory(tmp_path, over(url), backend="cloud", remove_location=True) as host:
            await host.call("upload_images", paths=[str(path)])
    (upload,) = backend.asked("/api/upload-video/nemo_agent/me/s1")
    with Image.open(io.BytesIO(sent(upload.body))) as image:
        assert not dict(image.getexif().get_ifd(0x8825))
        assert image.getexif()[0x0132] == DATE
    assert list((tmp_path / "data" / "outgoing").iterdir()) == []
    async with in_memory(tmp_path / "local") as host:
        await host.call("upload_images", paths=[str(path)])
        (kept,) = (path for path in (tmp_path / "local" / "data" / "studio" / "media").rglob("*.jpg"))
        assert kept.read_bytes() == path.read_bytes()


async def test_a_heic_that_the_cloud_refuses_is_sent_again_as_jpeg(tmp_path: Path) -> None:
    pillow_heif.register_heif_opener()
    path = photo(tmp_path / "IMG_1.heic")
    backend = cloud(BEFORE)
    backend.script("POST /api/upload-video/nemo_agent/me/s1", error(4001))
    with serving(backend.app) as url:
        async with in_memory(tmp_path, over(url), backend="cloud", remove_location=True) as host:
            answer = await host.call("upload_images", paths=[str(path)])
    assert [file["name"] for file in answer["stored"]] == ["IMG_1.jpg"]
    assert len(backend.asked("/api/upload-video/nemo_agent/me/s1")) == 2
    with Image.open(io.BytesIO(backend.uploaded[-1][2])) as image:
        assert image.format == "JPEG"
        assert image.getexif()[0x0132] == DATE
        assert not dict(image.getexif().get_ifd(0x8825))


async def test_a_flac_that_the_cloud_refuses_is_sent_again_as_m4a(tmp_path: Path) -> None:
    path = tmp_path / "song.flac"
    samples = np.sin(np.arange(2 * 44_100) * 2 * np.pi * 440 / 44_100) * 16_000
    with av.open(str(path), "w") as container:
        stream = container.add_stream("flac", rate=44_100, layout="mono")
        frame = av.AudioFrame.from_ndarray(samples[None].astype(np.int16), format="s16", layout="mono")
        frame.sample_rate = 44_100
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    backend = cloud(BEFORE)
    backend.script("POST /api/upload-video/nemo_agent/me/s1", error(4001))
    with serving(backend.app) as url:
        async with in_memory(tmp_path, over(url), backend="cloud") as host:
            answer = await host.call("upload_images", paths=[str(path)])
    assert [file["name"] for file in answer["stored"]] == ["song.m4a"]
    with av.open(io.BytesIO(backend.uploaded[-1][2]), mode="r") as container:
        sound = np.concatenate([frame.to_ndarray() for frame in container.decode(audio=0)], axis=1)[0]
    spectrum = np.abs(np.fft.rfft(sound[4800 : 4800 + 48_000]))
    assert spectrum.argmax() == 440
    assert sound.size / 48_000 == pytest.approx(2, abs=0.05)


async def test_a_file_that_the_cloud_refuses_does_not_stop_the_others(tmp_path: Path) -> None:
    photos = draw(tmp_path / "photos", "red", "green")
    backend = cloud(BEFORE)
    backend.script("POST /api/upload-video/nemo_agent/me/s1", error(4002))
    backend.script(
        "POST /api/upload-video/nemo_agent/me/s1",
        JSONResponse({"code": 0, "data": {"files": [{"filename": "2-green.jpg", "file_type": "image"}]}}),
    )
    with serving(backend.app) as url:
        async with in_memory(tmp_path, over(url), backend="cloud") as host:
            answer = await host.call("upload_images", paths=photos)
    assert [file["name"] for file in answer["stored"]] == ["2-green.jpg"]
    assert re.search("too large.*200 MB", json.dumps(answer["skipped"]))
