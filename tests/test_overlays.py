"""Pictures over the film: what the operations do, where a logo lies, and how it looks on the frames."""

from __future__ import annotations

import base64
import io
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from nemovideo_mcp.studio.editor import edit
from nemovideo_mcp.studio.render import planes
from nemovideo_mcp.studio.render.job import RenderError
from nemovideo_mcp.studio.render.overlay import Overlaid
from nemovideo_mcp.timeline.diff import diff
from nemovideo_mcp.timeline.draft import decode, encode
from nemovideo_mcp.timeline.history import History, Version
from nemovideo_mcp.timeline.layout import SAFE, overlay_box
from nemovideo_mcp.timeline.model import POSITIONS, Canvas, Media, Overlay, Text, Timeline, Transition
from nemovideo_mcp.timeline.operations import (
    AddClips,
    OperationError,
    PairPhotos,
    RemoveOverlays,
    SetOverlay,
    SetTotalLength,
    apply_all,
    lay_out,
)
from nemovideo_mcp.timeline.outline import outline
from nemovideo_mcp.timeline.summary import summarize
from support.hosts import draw, in_memory

if TYPE_CHECKING:
    from support.render import Film, Kit

pytest_plugins = ["support.render"]
pytestmark = pytest.mark.anyio

PHOTOS = [Media(id=f"m{i}", name=f"p{i}.jpg", kind="image", width=4000, height=3000) for i in (1, 2, 3)]
LOGO = Media(id="l", name="logo.png", kind="image", width=800, height=200)
POOL = [*PHOTOS, LOGO]
FILM = lay_out(Timeline(), POOL)
WHITE, GREY, BLUE = (255, 255, 255), (90, 90, 90), (20, 60, 160)


def laid(*operations: Any, film: Timeline = FILM) -> Timeline:
    return apply_all(film, operations, POOL)[0]


# The timeline


def test_a_picture_that_is_laid_over_the_film_leaves_the_clips_and_that_is_said() -> None:
    step = SetOverlay(media="logo.png", opacity=0.5, end_seconds=10).apply(FILM, POOL)
    assert [clip.name for clip in step.film.clips] == ["p1.jpg", "p2.jpg", "p3.jpg"]
    assert step.change.text == (
        "logo.png over the film at the bottom right, 50% opaque, from 0 to 10 s. It is no longer one of the clips; the film is "
        "now 12 s long."
    )
    assert summarize(outline(encode(step.film))) == (
        "Timeline (2 tracks): 1. Photos: p1.jpg, p2.jpg, p3.jpg (0-12s) 2. Overlay: logo.png (0-10s, bottom right, 50%)"
    )


def test_what_stood_beside_the_picture_stays() -> None:
    paired = laid(PairPhotos(left=3, right=4))
    (last,) = laid(SetOverlay(media="logo.png"), film=paired).clips[2:]
    assert (last.name, last.beside) == ("p3.jpg", None)
    turned = laid(PairPhotos(left=4, right=3))
    (last,) = laid(SetOverlay(media="logo.png"), film=turned).clips[2:]
    assert (last.name, last.beside, last.width) == ("p3.jpg", None, 4000)


def test_an_overlay_is_no_new_photo_and_its_end_goes_with_the_film() -> None:
    film = laid(SetOverlay(media="logo.png", start_seconds=0, end_seconds=3, from_end=True))
    with pytest.raises(OperationError, match="on the timeline already"):
        AddClips().apply(film, POOL)
    (overlay,) = laid(SetTotalLength(seconds=30), film=film).overlays
    assert (overlay.start_ms, overlay.duration_ms) == (27_000, 3000)


def test_an_overlay_is_changed_in_what_was_said_only_and_taken_away() -> None:
    film = laid(SetOverlay(media="logo.png", opacity=0.5, start_seconds=2))
    changed = laid(SetOverlay(position="top_left"), SetOverlay(media="logo", size=0.3), film=film)
    (overlay,) = changed.overlays
    assert (overlay.position, overlay.size, overlay.opacity, overlay.start_ms) == ("top_left", 0.3, 0.5, 2000)
    assert diff(encode(film), encode(changed)) == (
        "The overlay logo.png: place is now top left.",
        "The overlay logo.png: size is now 0.3.",
    )
    gone = laid(RemoveOverlays(), film=changed)
    assert diff(encode(changed), encode(gone)) == ("Removed the overlay logo.png.",)
    longer = laid(SetTotalLength(seconds=30), film=film)
    assert not any("overlay" in line for line in diff(encode(film), encode(longer)))


@pytest.mark.parametrize(
    ("operation", "why"),
    [
        (SetOverlay(media="cat.png"), 'No uploaded picture is called "cat.png"'),
        (SetOverlay(media="p*.jpg"), "3 pictures"),
        (SetOverlay(media="clip.mp4"), r"clip\.mp4 is no picture"),
        (SetOverlay(opacity=0.5), "no picture over the film"),
        (SetOverlay(media="logo.png", start_seconds=20), "more time in the film"),
        (RemoveOverlays(), "there is none"),
    ],
)
def test_what_cannot_be_laid_over_the_film_is_refused(operation: Any, why: str) -> None:
    with pytest.raises(OperationError, match=why):
        operation.apply(FILM, [*POOL, Media(id="v", name="clip.mp4", kind="video", duration_ms=5000)])


def test_the_only_picture_of_a_film_is_not_laid_over_nothing() -> None:
    alone = lay_out(Timeline(), [LOGO])
    with pytest.raises(OperationError, match=r"only picture.*Upload photos"):
        SetOverlay(media="logo.png").apply(alone, [LOGO])


def test_a_second_picture_track_of_others_is_no_overlay() -> None:
    draft = encode(laid(SetOverlay(media="logo.png")))
    draft["t"].append({"tt": 0, "role": "pip", "sg": [{"id": "x", "media": "m1", "d": 500, "blend": "add"}]})
    draft["t"][1] |= {"z": 4}
    draft["t"][1]["sg"][0]["glow"] = 2
    film = decode(draft)
    assert [overlay.name for overlay in film.overlays] == ["logo.png"]
    assert encode(film) == draft


ROWS: list[tuple[str, dict[str, Any]]] = [
    ("add logo.png in the bottom right corner at 50% opacity for the first 10 seconds", {"opacity": 0.5, "duration_ms": 10_000}),
    ("use logo.png as a watermark in the bottom right corner at 60% opacity", {"opacity": 0.6}),
    ("use logo.png as a watermark top left at 60% opacity", {"opacity": 0.6, "position": "top_left"}),
    ("add logo.png as a watermark at 40% opacity", {"opacity": 0.4}),
    ("put my logo top left", {"position": "top_left"}),
    ("watermark logo.png", {"opacity": 0.5}),
    ("add a small watermark in the corner", {"opacity": 0.5, "size": 0.133}),
    ("overlay logo.png at the bottom left, 20% of the width", {"position": "bottom_left", "size": 0.2}),
    ("use photo 4 as the logo, 30% transparent", {"opacity": 0.7}),
    ("make a slideshow with logo.png in the top right corner", {"position": "top_right"}),
    ("add logo.png from 2 to 6 seconds", {"start_ms": 2000, "duration_ms": 4000}),
    ("show the logo only for the last 5 seconds", {"end_offset_ms": 0, "duration_ms": 5000, "start_ms": 7000}),
    ("把logo.png放在右上角，半透明", {"position": "top_right", "opacity": 0.5}),
    ("给视频加上logo，放在左下角，透明度30%，显示前5秒", {"position": "bottom_left", "opacity": 0.7, "duration_ms": 5000}),
    ("加水印", {"opacity": 0.5}),
    ("视频右上角加上公司logo", {"position": "top_right"}),
    ("put my logo on the first photo only", {"duration_ms": 4000}),
    ("add my logo on photo 2", {"start_ms": 4000, "duration_ms": 4000}),
    ("use logo.png as a watermark with 40% opacity in the center", {"position": "center", "opacity": 0.4}),
]  # fmt: skip


@pytest.mark.parametrize(("said", "looks"), ROWS, ids=[said for said, _ in ROWS])
def test_a_logo_is_laid_over_the_film_as_it_is_said(said: str, looks: dict[str, Any]) -> None:
    outcome = edit(said, Timeline(), POOL)
    assert not outcome.missed, outcome.reply
    assert len(outcome.film.clips) == 3
    plain = Overlay(id="o1", media="l", name="logo.png", width=800, height=200)
    assert outcome.film.overlays == (replace(plain, **looks),)


@pytest.mark.parametrize(
    ("said", "looks"),
    [
        ("move the logo to the top left", {"position": "top_left"}),
        ("make the watermark 30% transparent", {"opacity": 0.7}),
        ("logo at 30% opacity", {"opacity": 0.3}),
        ("make the logo bigger", {"size": 0.246}),
        ("标志宽度20%", {"size": 0.2}),
        ("make the logo twice as big", {"size": 0.379}),
        ("the logo is too big", {"size": 0.146}),
        ("logo放大一点", {"size": 0.216}),
        ("logo小一点", {"size": 0.146}),
        ("only show the logo at the end", {"start_ms": 9000, "duration_ms": 3000, "end_offset_ms": 0}),
        ("remove the watermark", None),
        ("remove logo.png", None),
        ("去掉水印", None),
    ],
)
def test_a_logo_that_is_there_is_changed_as_it_is_said(said: str, looks: dict[str, Any] | None) -> None:
    film = laid(SetOverlay(media="logo.png"))
    outcome = edit(said, film, POOL)
    assert not outcome.missed, outcome.reply
    wanted = () if looks is None else (replace(film.overlays[0], **looks),)
    assert outcome.film == replace(film, overlays=wanted)


@pytest.mark.parametrize("said", ["go back to before the logo", "回到加水印之前"])
def test_the_film_goes_back_to_before_its_logo(said: str) -> None:
    film = laid(SetOverlay(media="logo.png"))
    films = [Timeline(), FILM, film, laid(SetTotalLength(seconds=9), film=film)]
    past = History([Version(n=n, instruction="", film=was) for n, was in enumerate(films)])
    assert edit(said, films[-1], POOL, past).film == FILM


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("replace the logo with brand.png", ["brand.png"]),
        ("use brand.png as the logo", ["brand.png"]),
        ("把水印换成brand.png", ["brand.png"]),
        ("add brand.png as a logo at the top", ["logo.png", "brand.png"]),
    ],
)
def test_another_logo_takes_the_place_of_the_first_unless_it_is_added(said: str, names: list[str]) -> None:
    film = laid(SetOverlay(media="logo.png", position="top_left", opacity=0.5, start_seconds=1, end_seconds=3))
    outcome = edit(said, film, [*POOL, replace(LOGO, id="b", name="brand.png")])
    assert [overlay.name for overlay in outcome.film.overlays] == names, outcome.reply
    if len(names) == 1:
        (now,), (old,) = outcome.film.overlays, film.overlays
        assert replace(now, id=old.id, media="l", name="logo.png") == old


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("put photo 2 in the middle", "did not understand"),
        ("remove the watermark", "no picture lies over the film"),
        ("make the logo bigger", "no picture lies over the film"),
        ("去掉水印", "影片上还没有叠加图片"),
    ],
)
def test_what_may_mean_something_else_lays_nothing_over_the_film(said: str, why: str) -> None:
    outcome = edit(said, FILM, POOL)
    assert not outcome.applied
    assert why in outcome.reply
    nameless = edit("add a watermark", lay_out(Timeline(), PHOTOS), PHOTOS)
    assert not nameless.applied
    assert "name its file" in nameless.reply


# Its place


@given(
    st.sampled_from(POSITIONS),
    st.none() | st.tuples(st.floats(0, 1), st.floats(0, 1)),
    st.none() | st.floats(0.01, 1),
    st.sampled_from([(0, 0), (1, 1), (800, 200), (30, 4000), (9000, 3), (1920, 1080)]),
    st.sampled_from([(1920, 1080), (1080, 1920), (320, 180), (1080, 1080)]),
)
def test_an_overlay_lies_inside_the_frame_and_on_the_grid_inside_its_safe_area(
    position: Any, at: Any, size: float | None, picture: tuple[int, int], frame: tuple[int, int]
) -> None:
    overlay = Overlay(
        id="o", media="l", name="", position=position, at=at, size=size, width=picture[0], height=picture[1]
    )
    left, top, width, height = overlay_box(overlay, Canvas(width=frame[0], height=frame[1]))
    assert left % 2 == top % 2 == 0
    for start, length, whole in ((left, width, frame[0]), (top, height, frame[1])):
        assert length >= 1
        assert start >= 0
        assert start + length <= whole
        if at is None and length <= SAFE * whole:
            assert start >= whole * (1 - SAFE) / 2 - 2
            assert start + length <= whole * (1 + SAFE) / 2 + 2


# Its pixels


def logo(kit: Kit, name: str = "logo.png", *, hidden: tuple[int, int, int] = (255, 0, 0), side: int = 400) -> str:
    """A white disc; the transparent pixels around it hide another colour."""
    image = Image.new("RGBA", (side, side), (*hidden, 0))
    ImageDraw.Draw(image).ellipse((0, 0, side - 1, side - 1), fill=(*WHITE, 255))
    image.save(kit.folder / name)
    return kit.add(kit.folder / name)


def over(media: str, **looks: Any) -> Overlay:
    return Overlay(id="o", **{"media": media, "name": media, "position": "top_left", "size": 0.2, **looks})


async def shown(kit: Kit, *overlays: Overlay, **more: Any) -> Film:
    ground = kit.picture("ground.png", GREY)
    return await kit.render(kit.film(kit.clip(ground), overlays=overlays), **more)


async def test_a_logo_has_clean_edges_and_the_rest_of_the_film_is_as_it_was(kit: Kit) -> None:
    film = await shown(kit, over(logo(kit)))
    left, top, width, height = overlay_box(over("logo.png", width=1, height=1), Canvas(width=320, height=180))
    frame = film.frames[3].astype(int)
    box = frame[top : top + height, left : left + width]
    assert box[height // 2, width // 2].min() > 245
    # What is transparent shows the film, and no edge shows the red that transparent pixels hide.
    assert np.abs(box[0, 0] - GREY).max() <= 6
    assert (box.max(axis=2) - box.min(axis=2)).max() <= 20
    outside = frame.copy()
    outside[top - 4 : top + height + 4, left - 4 : left + width + 4] = GREY
    assert np.abs(outside - GREY).max() <= 6


def drawn(kit: Kit, overlay: Overlay, n: int = 5, frames: int = 20) -> npt.NDArray[np.int_]:
    """The luma of frame ``n`` of a grey film of that many frames, ten a second, with an overlay."""
    out = planes.blank(320, 180, (100, 128, 128))
    Overlaid(overlay, kit.files[overlay.media], Canvas(width=320, height=180, fps=10), frames).draw(n, out)
    return out[0].astype(int)


def test_fine_lines_stay_lines_when_a_logo_is_made_small(kit: Kit) -> None:
    stripes = np.zeros((1024, 1024, 4), np.uint8)
    stripes[..., :3] = 255
    stripes[:, (np.arange(1024) // 64) % 2 == 0, 3] = 255
    Image.fromarray(stripes).save(kit.folder / "stripes.png")
    row = drawn(kit, over(kit.add(kit.folder / "stripes.png")))[40, 16:80]
    assert row.max() > 225
    assert row.min() < 110
    assert (np.abs(np.diff(np.sign(row - 170))) > 0).sum() == 15


@pytest.mark.parametrize("opacity", [0.0, 0.25, 0.5, 1.0])
def test_opacity_mixes_the_logo_with_the_film(kit: Kit, opacity: float) -> None:
    white = over(kit.picture("white.jpg", WHITE, (64, 36)), opacity=opacity)
    assert abs(drawn(kit, white)[28, 40] - (100 + 135 * opacity)) <= 1


def test_a_logo_is_there_in_its_time_and_comes_and_goes_softly(kit: Kit) -> None:
    white = over(kit.picture("white.jpg", WHITE, (64, 36)), start_ms=500, duration_ms=1000)
    seen = [int(drawn(kit, white, n)[28, 40]) for n in range(20)]
    assert set(seen[:5] + seen[15:]) == {100}
    assert set(seen[8:12]) == {235}
    assert 100 < seen[5] < seen[6] < 235
    assert 235 > seen[13] > seen[14] > 100


async def test_a_transition_moves_the_photos_and_not_the_logo(kit: Kit) -> None:
    first, second = kit.picture("a.png", BLUE), kit.picture("b.png", GREY)
    push = Transition(kind="push_left", duration_ms=800)
    clips = (kit.clip(first), kit.clip(second, transition_in=push))
    film = await kit.render(kit.film(*clips, overlays=(over(kit.picture("white.jpg", WHITE, (64, 36))),)))
    assert min(float(film.color(n, 0.12, 0.14).min()) for n in range(20)) > 240


async def test_words_make_way_for_a_logo_and_an_end_card_does_not_dim_it(kit: Kit) -> None:
    white = kit.picture("white.jpg", WHITE, (64, 36))
    logo = over(white, position="bottom_right")
    number = Text(
        id="t", text="7", style="caption", position="bottom_right", duration_ms=1000, enter="none", leave="none"
    )
    ground = kit.picture("ground.png", GREY)
    card = replace(number, text="Fin", style="end_card", position="center")
    film = await kit.render(kit.film(kit.clip(ground), overlays=(logo,), texts=(number, card)))
    left, top, width, height = overlay_box(replace(logo, width=64, height=36), Canvas(width=320, height=180))
    assert film.frames[5][top + 2 : top + height - 2, left + 2 : left + width - 2].min() > 240
    assert film.frames[5][top - 24 : top - 2, left + width // 2 : left + width].max() > 200
    assert film.color(5, 0.1, 0.1).max() < 60


def test_a_still_film_with_a_logo_is_drawn_once(kit: Kit) -> None:
    path = kit.files[logo(kit)]
    canvas = Canvas(width=320, height=180, fps=10)
    whole = Overlaid(over("logo.png"), path, canvas, 100)
    assert whole.until(0) == 100
    part = Overlaid(over("logo.png", start_ms=2000, duration_ms=6000), path, canvas, 100)
    steps, n = [], 0
    while n < 100:
        n = min(100, part.until(n))
        steps.append(n)
    assert steps == [20, 21, 22, 23, 77, 78, 79, 80, 100]


def test_what_cannot_be_drawn_as_asked_is_noted(kit: Kit) -> None:
    frames = [Image.new("RGB", (16, 9), color) for color in ("red", "blue")]
    frames[0].save(kit.folder / "moves.gif", save_all=True, append_images=frames[1:], duration=100)
    drawn = Overlaid(over(kit.add(kit.folder / "moves.gif")), kit.files["moves.gif"], Canvas(width=320, height=180), 9)
    assert "4.0 times as large as it is" in drawn.notes[0]
    assert "stands still" in drawn.notes[1]


@pytest.mark.parametrize("format", ["webm", "gif"])
async def test_other_formats_have_the_logo_too(kit: Kit, format: str) -> None:
    film = await shown(kit, over(kit.picture("white.jpg", WHITE, (64, 36))), format=format)
    assert film.color(-1, 0.12, 0.14).min() > 235


async def test_a_logo_that_is_gone_or_broken_is_named(kit: Kit) -> None:
    path = kit.files[logo(kit)]
    film = kit.film(kit.clip(kit.picture("ground.png", GREY)), overlays=(over("logo.png"),))
    path.write_bytes(path.read_bytes()[:200])
    with pytest.raises(RenderError, match=r"the overlay logo\.png is cut off"):
        await kit.render(film)
    path.unlink()
    with pytest.raises(RenderError, match=r"the overlay logo\.png is missing"):
        await kit.render(film)


# From a sentence to a picture


async def test_a_sentence_puts_a_logo_on_the_film(tmp_path: Path) -> None:
    photos = draw(tmp_path / "photos", "red", "green")
    Image.new("RGB", (400, 400), "white").save(tmp_path / "logo.png")
    async with in_memory(tmp_path) as host:
        await host.call("upload_images", paths=[*photos, str(tmp_path / "logo.png")])
        said = await host.call("edit", instruction="6 seconds, my logo in the top right corner at 80% opacity")
        assert not said["not_understood"], said
        state = await host.call("get_state")
        assert [clip["name"] for clip in state["clips"]] == ["1-red.jpg", "2-green.jpg"]
        (overlay,) = state["overlays"]
        assert (overlay["name"], overlay["position"], overlay["opacity"]) == ("logo.png", "top_right", 0.8)
        preview = await host.client.call_tool("preview", {"at": [1, 5]})
        picture = next(block for block in preview.content if block.type == "image")
        sheet: npt.NDArray[np.int_] = np.asarray(Image.open(io.BytesIO(base64.b64decode(picture.data)))).astype(int)
        # Two frames side by side, red and green, each with a bright square in its upper right.
        assert (sheet.min(axis=2) > 180).sum() > 500
        undone = await host.call("edit", instruction="remove the logo")
        assert undone["changes"][0]["text"] == "logo.png no longer lies over the film."
        assert not (await host.call("get_state"))["overlays"]
