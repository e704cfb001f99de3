"""When and where photos were taken: read from their files, kept, sorted by, written on them, and not sent away."""

from __future__ import annotations

import base64
import io
import json
import struct
from pathlib import Path
from typing import Any

import numpy as np
import pillow_heif
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from nemovideo_mcp.media import pictures, taken
from nemovideo_mcp.media.privacy import copy_without_location
from nemovideo_mcp.media.probe import probe
from nemovideo_mcp.studio.editor import edit
from nemovideo_mcp.timeline.model import Media, Timeline
from nemovideo_mcp.timeline.operations import CaptionClips, OperationError, SortClips, lay_out
from support.clouds import BEFORE, cloud
from support.hosts import in_memory, over
from support.sockets import serving

pytestmark = pytest.mark.anyio

ORIGINAL, SUBSEC, OFFSET = 0x9003, 0x9291, 0x9011
GPS = {1: "N", 2: (68.0, 12.0, 34.0), 3: "E", 4: (13.0, 33.0, 21.0)}


def exif(date: str | None, *, subsec: str | None = None, offset: str | None = None) -> bytes:
    tags = Image.Exif()
    tags[0x0132] = "2030:01:01 00:00:00"  # when the file was changed: not when the photo was taken
    for tag, value in ((ORIGINAL, date), (SUBSEC, subsec), (OFFSET, offset)):
        if value is not None:
            tags.get_ifd(0x8769)[tag] = value
    tags.get_ifd(0x8825).update(GPS)
    return tags.tobytes()


def xmp(*inside: str, **attributes: str) -> bytes:
    spaces = {
        "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "photoshop": "http://ns.adobe.com/photoshop/1.0/",
        "exif": "http://ns.adobe.com/exif/1.0/", "Iptc4xmpCore": "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/",
        "Iptc4xmpExt": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
    }  # fmt: skip
    named = " ".join(f'xmlns:{prefix}="{space}"' for prefix, space in spaces.items())
    told = " ".join(f'{name.replace("_", ":")}="{value}"' for name, value in attributes.items())
    return (
        f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF {named}><rdf:Description {told}>{"".join(inside)}'
        "</rdf:Description></rdf:RDF></x:xmpmeta>"
    ).encode()


CREATED = (
    "<Iptc4xmpExt:LocationCreated><rdf:Bag><rdf:li rdf:parseType='Resource'><Iptc4xmpExt:City>Å i Lofoten</Iptc4xmpExt:City>"
    "<Iptc4xmpExt:CountryName>Norge</Iptc4xmpExt:CountryName></rdf:li></rdf:Bag></Iptc4xmpExt:LocationCreated>"
)


def with_iptc(jpeg: bytes, **records: bytes) -> bytes:
    """A JPEG with IPTC's older records in it, by number: ``r90=b"Reine"``."""
    data = b"".join(struct.pack(">BBBH", 0x1C, 2, int(name[1:]), len(value)) + value for name, value in records.items())
    block = b"Photoshop 3.0\x008BIM\x04\x04\x00\x00" + struct.pack(">I", len(data)) + data + b"\0" * (len(data) % 2)
    return jpeg[:2] + b"\xff\xed" + struct.pack(">H", len(block) + 2) + block + jpeg[2:]


def photo(path: Path, color: str = "red", **save: Any) -> Path:
    pillow_heif.register_heif_opener()
    Image.new("RGB", (64, 48), color).save(path, **save)
    return path


# What files say


@pytest.mark.parametrize("suffix", [".jpg", ".png", ".webp", ".heic"])
def test_the_date_is_the_one_of_the_shutter(tmp_path: Path, suffix: str) -> None:
    path = photo(tmp_path / f"a{suffix}", exif=exif("2024:07:01 12:00:05", subsec="25", offset="+02:00"))
    info = probe(path)
    assert info.taken_at == "2024-07-01T12:00:05.250+02:00"
    assert info.place is None


@pytest.mark.parametrize(
    ("date", "told"),
    [
        ("2024:07:01 12:00:05", "2024-07-01T12:00:05"),
        ("2024-07-01 12:00:05", "2024-07-01T12:00:05"),
        ("0000:00:00 00:00:00", None),
        ("2024:13:41 12:00:05", None),
        ("    :  :     :  :  ", None),
        (None, None),
    ],
)
def test_a_clock_that_was_never_set_gives_no_date(tmp_path: Path, date: str | None, told: str | None) -> None:
    assert probe(photo(tmp_path / "a.jpg", exif=exif(date))).taken_at == told


def test_xmp_tells_the_date_where_exif_does_not(tmp_path: Path) -> None:
    words = xmp(photoshop_DateCreated="2019-05-04T08:09:10+01:00")
    assert probe(photo(tmp_path / "a.jpg", xmp=words)).taken_at == "2019-05-04T08:09:10+01:00"


@pytest.mark.parametrize("suffix", [".jpg", ".webp"])
def test_the_place_is_read_from_the_words_of_xmp(tmp_path: Path, suffix: str) -> None:
    shown = xmp(photoshop_City="Reine", photoshop_Country="Norway")
    assert probe(photo(tmp_path / f"a{suffix}", xmp=shown)).place == "Reine, Norway"
    made = xmp(CREATED, photoshop_City="Oslo")
    assert probe(photo(tmp_path / f"b{suffix}", xmp=made)).place == "Å i Lofoten, Norge"
    inside = xmp("<Iptc4xmpCore:Location>Louvre</Iptc4xmpCore:Location>")
    assert probe(photo(tmp_path / f"c{suffix}", xmp=inside)).place == "Louvre"


def test_the_place_is_read_from_old_records_too(tmp_path: Path) -> None:
    plain = photo(tmp_path / "a.jpg").read_bytes()
    (tmp_path / "b.jpg").write_bytes(with_iptc(plain, r90="北京".encode(), r101=b"China"))
    (tmp_path / "c.jpg").write_bytes(with_iptc(plain, r95="Møre".encode("latin-1")))
    assert probe(tmp_path / "b.jpg").place == "北京, China"
    assert probe(tmp_path / "c.jpg").place == "Møre"


@pytest.mark.parametrize("words", ["68.2094, 13.5558", "  ", "68°12'34\"N", "7"])
def test_coordinates_are_no_place(tmp_path: Path, words: str) -> None:
    assert (
        probe(photo(tmp_path / "a.jpg", exif=exif(None), xmp=xmp(photoshop_City=words.replace('"', "″")))).place is None
    )


BOMB = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>' + xmp(photoshop_City="&b;")


@pytest.mark.parametrize("words", [BOMB, b"<x", b"\xff\xfe\x00", xmp()[:-20]])
def test_words_that_do_harm_or_make_no_sense_are_taken_for_none(tmp_path: Path, words: bytes) -> None:
    info = probe(photo(tmp_path / "a.jpg", xmp=words))
    assert (info.taken_at, info.place) == (None, None)


@given(st.binary(max_size=300), st.integers(0, 400), st.integers(0, 255))
def test_no_bytes_make_the_reading_fail(
    tmp_path_factory: pytest.TempPathFactory, noise: bytes, at: int, value: int
) -> None:
    path = photo(tmp_path_factory.getbasetemp() / "n.jpg", exif=exif("2024:07:01 12:00:05"), xmp=xmp(CREATED) + noise)
    data = bytearray(with_iptc(path.read_bytes(), r90=noise[:100] or b"x"))
    data[20 + at % (len(data) - 20)] = value
    try:
        image = pictures.open_picture(bytes(data))
    except Exception:
        return  # not a picture any more: the probe says so
    taken.of_picture(image)


def test_a_video_says_when_it_was_recorded() -> None:
    apple = {
        "com.apple.quicktime.creationdate": "2024-07-01T12:00:00+0200",
        "creation_time": "2024-07-01T10:00:00.000000Z",
    }
    assert taken.of_video(apple).at == "2024-07-01T12:00:00+02:00"
    assert taken.of_video({"creation_time": "2024-07-01T10:00:00.000000Z"}).at == "2024-07-01T10:00:00+00:00"
    assert taken.of_video({"creation_time": "1904-01-01T00:00:00.000000Z"}).at is None
    assert taken.of_video({}).at is None


# In order


def pool(*dates: str | None, **more: Any) -> list[Media]:
    return [
        Media(id=f"m{n}", name=f"{n}.jpg", kind="image", width=64, height=48, taken_at=date, **more)
        for n, date in enumerate(dates, 1)
    ]


def order(by: SortClips, media: list[Media]) -> tuple[list[str], tuple[str, ...]]:
    step = by.apply(lay_out(Timeline(), media), media)
    return [clip.name[0] for clip in step.film.clips], step.warnings


def test_photos_are_sorted_by_the_moment_both_ways_and_those_without_a_date_come_last() -> None:
    # The second is the earliest by its clock, and the latest by the sun.
    media = pool("2024-07-01T12:00:00+02:00", "2024-07-01T11:00:00-05:00", None, "2024-07-01T10:30:00+01:00", None)
    note = "No date in 3.jpg, 5.jpg: left at the end, in the old order."
    assert order(SortClips(by="date"), media) == (["4", "1", "2", "3", "5"], (note,))
    assert order(SortClips(by="date", descending=True), media) == (["2", "1", "4", "3", "5"], (note,))


def test_where_time_zones_are_missing_the_clocks_decide_and_that_is_said() -> None:
    names, notes = order(SortClips(by="date"), pool("2024-07-01T12:00:00", "2024-07-01T11:00:00-05:00"))
    assert names == ["2", "1"]
    assert "time zone" in notes[0]


def test_photos_of_one_second_keep_their_order() -> None:
    same = ["2024-07-01T12:00:00"] * 3
    assert order(SortClips(by="date"), pool(*same))[0] == ["1", "2", "3"]
    assert order(SortClips(by="date", descending=True), pool(*same))[0] == ["1", "2", "3"]


def test_without_any_date_nothing_is_sorted() -> None:
    with pytest.raises(OperationError, match=r"None of the photos says.*Sort by name"):
        order(SortClips(by="date"), pool(None, None))


DATED = pool("2024-07-03T10:00:00", "2024-07-01T10:00:00", None)


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("sort the photos by date", "213"),
        ("sort by date taken, newest first", "123"),
        ("put them in chronological order", "213"),
        ("in reverse chronological order", "123"),
        ("oldest first", "213"),
        ("按拍摄时间排序", "213"),
        ("照片按日期排序，最新的在前", "123"),
    ],
)
def test_dates_are_sorted_by_as_it_is_said(said: str, names: str) -> None:
    outcome = edit(said, lay_out(Timeline(), [*DATED[2:], *DATED[:2]]), DATED)
    assert not outcome.missed, outcome.reply
    assert "".join(clip.name[0] for clip in outcome.film.clips) == names
    assert len(outcome.changes) == 1
    assert ("没有拍摄时间" if "排序" in said else "No date in 3.jpg") in outcome.reply


def test_a_logo_is_not_sorted_with_the_photos() -> None:
    logo = Media(id="l", name="logo.png", kind="image", width=64, height=48)
    outcome = edit("sort by date, my logo top right", Timeline(), [logo, *DATED[:2]])
    assert not outcome.missed
    assert [clip.name for clip in outcome.film.clips] == ["2.jpg", "1.jpg"]
    assert "logo.png:" not in outcome.reply


# As words


def test_each_photo_gets_its_date_as_people_write_it() -> None:
    step = CaptionClips(use="date").apply(lay_out(Timeline(), DATED), DATED)
    assert [(text.text, text.clip, text.position) for text in step.film.texts] == [
        ("3 July 2024", "c1", "bottom_right"),
        ("1 July 2024", "c2", "bottom_right"),
    ]
    assert step.change.text == "Dates on clips 1, 2 at the bottom right."
    assert step.warnings == ("No date in 3.jpg: left without.",)


def test_place_and_date_go_together() -> None:
    media = [*pool("2024-07-03T10:00:00", place="Reine, Norway"), *pool(None, None, place="Oslo")[1:]]
    film = lay_out(Timeline(), media)
    both = CaptionClips(use="date_place", language="zh").apply(film, media)
    assert [text.text for text in both.film.texts] == ["Reine, Norway · 2024年7月3日", "Oslo"]
    places = CaptionClips(use="place").apply(film, media)
    assert [text.text for text in places.film.texts] == ["Reine, Norway", "Oslo"]


def test_coordinates_are_not_looked_up_and_that_is_said() -> None:
    with pytest.raises(OperationError, match=r"Coordinates are not looked up: that would take the network"):
        CaptionClips(use="place").apply(lay_out(Timeline(), DATED), DATED)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("show the date on each photo", ["3 July 2024", "1 July 2024"]),
        ("add the date to every photo in yellow", ["3 July 2024", "1 July 2024"]),
        ("put the date in the bottom left of each photo", ["3 July 2024", "1 July 2024"]),
        ("给照片加日期水印", ["2024年7月3日", "2024年7月1日"]),
        ("show the date on photo 2", ["1 July 2024"]),
        ("caption each photo with its date", ["3 July 2024", "1 July 2024"]),
        ("show where each photo was taken", ["Reine", "Reine", "Reine"]),
        ("show the date and place", ["Reine · 3 July 2024", "Reine · 1 July 2024", "Reine"]),
        ("在每张照片上显示日期", ["2024年7月3日", "2024年7月1日"]),
        ("显示拍摄地点", ["Reine", "Reine", "Reine"]),
        ("给每张照片加上日期和地点", ["Reine · 2024年7月3日", "Reine · 2024年7月1日", "Reine"]),
    ],
)
def test_dates_and_places_are_shown_as_it_is_said(said: str, words: list[str]) -> None:
    media = pool("2024-07-03T10:00:00", "2024-07-01T10:00:00", None, place="Reine")
    outcome = edit(said, lay_out(Timeline(), media), media)
    assert not outcome.missed, outcome.reply
    assert [text.text for text in outcome.film.texts] == words


def test_dates_are_taken_away_again() -> None:
    film = CaptionClips(use="date").apply(lay_out(Timeline(), DATED), DATED).film
    for said in ("remove the dates", "remove the date captions", "去掉日期"):
        outcome = edit(said, film, DATED)
        assert not outcome.missed, outcome.reply
        assert outcome.film.texts == ()


# Through the server


async def test_the_studio_keeps_the_date_and_shows_it_on_the_film(tmp_path: Path) -> None:
    late = photo(tmp_path / "a.jpg", exif=exif("2024:07:03 10:00:00"))
    early = photo(tmp_path / "b.jpg", "blue", exif=exif("2024:07:01 10:00:00"), xmp=xmp(photoshop_City="Reine"))
    async with in_memory(tmp_path) as host:
        told = await host.call("upload_images", paths=[str(late), str(early)])
        assert [file["taken_at"] for file in told["stored"]] == ["2024-07-03T10:00:00", "2024-07-01T10:00:00"]
        before = await host.client.call_tool("preview", {"at": [1]})
        await host.call("edit", instruction="sort by date and show the date and place on each photo, 4 seconds")
        state = await host.call("get_state")
        assert [clip["name"] for clip in state["clips"]] == ["b.jpg", "a.jpg"]
        assert [text["text"] for text in state["texts"]] == ["Reine · 1 July 2024", "3 July 2024"]
        shown = await host.client.call_tool("preview", {"at": [1]})
        assert "68" not in json.dumps(state["media"])
    # The upload alone has no film: its sheet shows photos. The film's frame is blue, with white words in its lower left.
    assert before.content
    image = next(block for block in shown.content if block.type == "image")
    frame = np.asarray(Image.open(io.BytesIO(base64.b64decode(image.data))).convert("RGB")).astype(int)
    height, width = frame.shape[:2]
    assert (frame[height // 2 :, : width // 2].min(axis=2) > 200).sum() > 200
    assert (frame[: height // 3].min(axis=2) > 200).sum() < 50


async def test_a_backend_that_knows_no_dates_is_not_asked_to_sort_by_them(tmp_path: Path) -> None:
    path = photo(tmp_path / "a.jpg", exif=exif("2024:07:03 10:00:00"))
    backend = cloud(BEFORE)
    with serving(backend.app) as url:
        async with in_memory(tmp_path, over(url), backend="cloud") as host:
            await host.call("upload_images", paths=[str(path)])
            for operation in ({"op": "sort_clips", "by": "date"}, {"op": "caption_clips", "use": "place"}):
                text = await host.fail("edit", operations=[operation])
                assert "does not say when or where photos were taken" in text
                assert "order_clips" in text
    assert not backend.asked("/run_sse")


@pytest.mark.parametrize("suffix", [".jpg", ".webp"])
def test_names_of_places_do_not_leave_with_a_photo_and_its_date_does(tmp_path: Path, suffix: str) -> None:
    words = xmp(CREATED, photoshop_City="Reine", photoshop_Country="Norway", photoshop_Credit="Ann")
    path = photo(tmp_path / f"a{suffix}", exif=exif("2024:07:01 12:00:05"), xmp=words)
    if suffix == ".jpg":
        path.write_bytes(with_iptc(path.read_bytes(), r90=b"Reine", r101=b"Norway", r80=b"Ann"))
    clean = tmp_path / f"b{suffix}"
    assert copy_without_location(path, clean)
    data = clean.read_bytes()
    assert len(data) == path.stat().st_size
    assert not any(word in data for word in (b"Reine", b"Norway", b"Lofoten", b"Norge"))
    assert data.count(b"Ann") == path.read_bytes().count(b"Ann")
    assert (probe(clean).taken_at, probe(clean).place) == ("2024-07-01T12:00:05", None)
    with Image.open(path) as old, Image.open(clean) as new:
        assert np.array_equal(np.asarray(old), np.asarray(new))
    assert not copy_without_location(clean, tmp_path / "c")
