"""What a film looks like: decoded from the MP4 that the worker made."""

from __future__ import annotations

import io
from itertools import combinations, pairwise
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
import pillow_heif
import pytest
import skimage.data
from PIL import Image, ImageOps

from nemovideo_mcp.studio.render import process
from nemovideo_mcp.timeline.model import MOTIONS, POSITIONS, Position, Text, Transition

if TYPE_CHECKING:
    from support.render import Kit, Pixels

pytest_plugins = ["support.render"]
pytestmark = pytest.mark.anyio

data: Any = skimage.data
RED, GREEN, BLUE, WHITE, GREY = (200, 30, 30), (30, 180, 40), (40, 50, 200), (240, 240, 240), (120, 120, 120)


def close(color: Any, wanted: Any, by: float = 4) -> bool:
    return bool(np.abs(np.asarray(color, float) - np.asarray(wanted, float)).max() <= by)


def grey(frame: Pixels) -> Any:
    return cv2.cvtColor(frame, cv2.COLOR_RGB2GRAY).astype(float)


def drift(a: Pixels, b: Pixels) -> float:
    """The mean difference of two frames, in code values."""
    return float(np.abs(grey(a) - grey(b)).mean())


def quarters() -> Pixels:
    """Red, green, blue and white quarters, from the upper left in reading order."""
    image = np.empty((180, 320, 3), np.uint8)
    image[:90, :160], image[:90, 160:], image[90:, :160], image[90:, 160:] = RED, GREEN, BLUE, WHITE
    return image


# What to do to the upright picture so that the orientation, applied to the result, gives it back.
STORED = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


async def test_each_photo_is_on_screen_in_its_own_time(kit: Kit) -> None:
    names = [kit.picture(f"{n}.jpg", color) for n, color in enumerate((RED, GREEN, BLUE))]
    film = await kit.render(kit.film(*(kit.clip(name, ms) for name, ms in zip(names, (500, 300, 700), strict=True))))
    assert [frame.shape for frame in film.frames] == [(180, 320, 3)] * 15
    wanted = [RED] * 5 + [GREEN] * 3 + [BLUE] * 7
    assert [close(film.color(n), color) for n, color in enumerate(wanted)] == [True] * 15


async def test_thirty_seconds_at_thirty_frames_are_exactly_nine_hundred_frames(kit: Kit) -> None:
    names = [kit.picture(f"{n}.jpg", color, (64, 36)) for n, color in enumerate((RED, GREEN, BLUE))]
    # Lengths that are no whole number of frames, so that rounding could add up.
    lengths = [1_428] * 20 + [1_440]
    clips = [kit.clip(names[i % 3], ms, id=str(i)) for i, ms in enumerate(lengths)]
    film = await kit.render(kit.film(*clips, size=(64, 36), fps=30), quality="draft")
    assert (film.result.frames, len(film.frames), film.result.duration_ms) == (900, 900, 30_000)


async def test_the_middle_of_a_crossfade_is_the_blend_of_both_photos(kit: Kit) -> None:
    first, second = (np.asarray(Image.fromarray(a).resize((320, 180))) for a in (data.coffee(), data.rocket()))
    clips = (
        kit.clip(kit.picture("a.png", first)),
        kit.clip(kit.picture("b.png", second), transition_in=Transition(duration_ms=600)),
    )
    film = await kit.render(kit.film(*clips, fps=15))
    # From 0.7 s to 1.3 s are frames 11 to 19 at 15 frames a second, and 15 is the one in their middle.
    blend = (film.frames[8].astype(float) + film.frames[22].astype(float)) / 2
    assert np.abs(film.frames[15] - blend).mean() < 3
    assert drift(film.frames[15], film.frames[8]) > 10
    assert drift(film.frames[10], film.frames[0]) < 1.5
    assert drift(film.frames[20], film.frames[-1]) < 1.5


@pytest.mark.parametrize("coder", ["jpg", "png"])
async def test_a_photo_stands_upright_whatever_its_exif_orientation(kit: Kit, coder: str) -> None:
    names = []
    for orientation in range(1, 9):
        stored = Image.fromarray(quarters())
        if orientation > 1:
            stored = stored.transpose(STORED[orientation])
        exif = Image.Exif()
        exif[0x0112] = orientation
        names.append(kit.picture(f"{orientation}.{coder}", np.asarray(stored), exif=exif.tobytes()))
    film = await kit.render(kit.film(*(kit.clip(name, 200) for name in names)))
    for n in range(1, 16, 2):
        corners = [film.color(n, x, y) for y in (0.25, 0.75) for x in (0.25, 0.75)]
        assert [close(c, w) for c, w in zip(corners, (RED, GREEN, BLUE, WHITE), strict=True)] == [True] * 4, n


async def test_colours_come_out_as_they_went_in(kit: Kit) -> None:
    colors = [RED, GREEN, BLUE, WHITE, GREY, (255, 255, 255), (0, 0, 0), (250, 200, 20)]
    saves: list[tuple[str, dict[str, Any]]] = [
        ("{}.jpg", {}),
        ("{}-420.jpg", {"subsampling": 2}),
        ("{}.png", {}),
        ("{}.webp", {"quality": 95}),
        ("{}-lossless.webp", {"lossless": True}),
    ]
    names = [kit.picture(form.format(n), color, **save) for form, save in saves for n, color in enumerate(colors)]
    film = await kit.render(kit.film(*(kit.clip(name, 200) for name in names)))
    shown = {name: film.color(2 * n + 1) for n, name in enumerate(names)}
    wrong = {name: shown[name] for name, color in zip(names, colors * len(saves), strict=True)
             if not close(shown[name], color)}  # fmt: skip
    assert wrong == {}


async def test_pictures_of_every_kind_are_drawn(kit: Kit) -> None:
    pillow_heif.register_heif_opener()
    rgba = np.dstack([quarters(), np.full((180, 320), 255, np.uint8)])
    rgba[:, 160:, 3] = 0
    names = [
        kit.picture("a.heic", GREEN, quality=95),
        kit.picture("b.gif", GREEN),
        kit.picture("c.png", rgba),
        kit.picture("d.jpg", np.full((180, 320), 90, np.uint8), subsampling="4:2:0"),
        kit.picture("e.png", np.full((180, 320), 90 * 257, np.uint16).astype(np.uint16)),
        kit.picture("f.png", GREEN, (1, 1)),
        kit.picture("g.png", GREEN, (3, 400)),
    ]
    Image.new("RGB", (320, 180), GREEN).convert("CMYK").save(kit.folder / "h.jpg", quality=95)
    names.append(kit.add(kit.folder / "h.jpg"))
    film = await kit.render(kit.film(*(kit.clip(name, 200, fit="fill") for name in names)))
    shown = [film.color(2 * n + 1, 0.25, 0.25).round().tolist() for n in range(len(names))]
    wanted = [GREEN, GREEN, RED, (90, 90, 90), (90, 90, 90), GREEN, GREEN, GREEN]
    assert [close(s, w, 6) for s, w in zip(shown, wanted, strict=True)] == [True] * len(names), shown
    assert close(film.color(5, 0.75, 0.25), (255, 255, 255)), "what is transparent is white"


async def test_fit_fills_contains_or_blurs(kit: Kit) -> None:
    tall = kit.picture("tall.jpg", data.astronaut()[:, 128:384])
    clips = [kit.clip(tall, 200, fit=fit, id=fit) for fit in ("fill", "contain", "blur", "auto")]
    film = await kit.render(kit.film(*clips))
    fill, contain, blur, auto = (film.frames[n] for n in (1, 3, 5, 7))
    upright = ImageOps.contain(Image.fromarray(data.astronaut()[:, 128:384]), (320, 180))
    # In 4:2:0 a picture stands on even columns.
    side = (320 - upright.width) // 4 * 2
    assert grey(contain)[:, : side - 4].max() < 4
    assert np.abs(grey(contain)[:, 116:204] - grey(np.asarray(upright))[:, 116 - side : 204 - side]).mean() < 6
    left = grey(blur)[:, : side - 4]
    assert left.mean() > 20, "no black bars"
    assert np.abs(np.diff(left, axis=1)).mean() < 2, "the background is soft"
    assert drift(blur, auto) < 1, "a tall photo in a wide film is shown whole by itself"
    tall_one = Image.fromarray(data.astronaut()[:, 128:384])
    crops = {
        c: drift(fill, np.asarray(ImageOps.fit(tall_one, (320, 180), centering=(0.5, c / 100)))) for c in range(30)
    }
    best = min(crops, key=lambda c: crops[c])
    assert crops[best] < 9
    assert 8 <= best <= 20, "filling crops around the face"


async def test_motion_is_smooth_to_a_fraction_of_a_pixel(kit: Kit, dots: Any) -> None:
    name = kit.picture("dots.png", dots[0])
    motions = [motion for motion in MOTIONS if motion != "none"]
    film = await kit.render(kit.film(*(kit.clip(name, 1600, id=m, motion=m) for m in motions), size=(640, 360), fps=30))
    for index, motion in enumerate(motions):
        tracks = np.array([centers(frame) for frame in film.frames[48 * index : 48 * index + 48]])
        assert np.abs(tracks[-1] - tracks[0]).max() > 8, f"{motion} moves"
        # Against its own cubic over nine frames (Savitzky and Golay, 1964) a smooth path shows no difference.
        cubic = np.array([-21, 14, 39, 54, 59, 54, 39, 14, -21]) / 231
        flat = tracks.reshape(len(tracks), -1).T
        shake = np.diff([track[4:-4] - np.convolve(track, cubic, "valid") for track in flat], axis=1)
        assert np.sqrt((shake**2).mean()) <= 0.07, motion


def centers(frame: Pixels) -> list[tuple[float, float]]:
    """The centroids of the three dots, left to right."""
    light = np.clip(grey(frame) - 60, 0, None)
    count, _, stats, _ = cv2.connectedComponentsWithStats((light > 0).astype(np.uint8))
    assert count == 4
    found = []
    for label in range(1, count):
        x, y, w, h = stats[label, :4]
        x0, y0 = max(0, x - 12), max(0, y - 12)
        part = np.clip(grey(frame)[y0 : y + h + 12, x0 : x + w + 12] - 36, 0, None)
        total = part.sum()
        cx = (part.sum(axis=0) * np.arange(part.shape[1])).sum() / total
        cy = (part.sum(axis=1) * np.arange(part.shape[0])).sum() / total
        found.append((x0 + cx, y0 + cy))
    return sorted(found)


async def test_a_photo_without_motion_stands_still_and_neighbours_move_differently(kit: Kit, dots: Any) -> None:
    name = kit.picture("dots.png", dots[0])
    still = kit.clip(name, 600, id="still")
    moving = [kit.clip(name, 600, id=str(i), motion="auto", width=2000, height=1125) for i in range(4)]
    film = await kit.render(kit.film(still, *moving, fps=10))
    assert drift(film.frames[0], film.frames[5]) < 0.3
    ways = [np.array(centers(film.frames[s + 5])) - np.array(centers(film.frames[s])) for s in (6, 12, 18, 24)]
    for a, b in pairwise(ways):
        assert np.abs(a - b).max() > 2


async def test_motion_goes_on_through_the_transitions(kit: Kit, dots: Any) -> None:
    name = kit.picture("dots.png", dots[0])
    black = kit.picture("black.png", (30, 30, 30))
    clips = (
        kit.clip(name, 1000, motion="pan_left"),
        kit.clip(black, 1000, transition_in=Transition(duration_ms=800)),
    )
    film = await kit.render(kit.film(*clips, fps=10, size=(640, 360)))
    # Half-way through the crossfade and beyond the cut the dots are faint, and still on their way.
    xs = [centers((frame.astype(float) * gain).clip(0, 255).astype(np.uint8))[0][0] for frame, gain in
          ((film.frames[8], 1.3), (film.frames[11], 1.9))]  # fmt: skip
    assert abs(xs[1] - xs[0]) > 2


async def test_a_title_is_seen_in_its_time_and_only_then(kit: Kit) -> None:
    text = Text(id="t", text="Summer Journey", start_ms=1000, duration_ms=2000)
    film = await kit.render(kit.film(kit.clip(kit.picture("a.png", GREY), 4000), texts=(text,)))
    plain = film.frames[0]
    seen = [drift(frame, plain) > 0.5 for frame in film.frames]
    assert seen == [False] * 10 + [seen[10]] + [True] * 18 + [seen[29]] + [False] * 10
    strength = [drift(frame, plain) for frame in film.frames]
    assert strength[11] < strength[12] < strength[15], "it fades in"
    assert strength[28] < strength[27] < strength[20], "it fades out"
    assert grey(film.frames[20]).max() > 240, "white letters"


async def test_a_title_reads_on_white_as_on_black(kit: Kit) -> None:
    for name, ground in (("white.png", (255, 255, 255)), ("black.png", (0, 0, 0))):
        text = Text(id="t", text="HI", duration_ms=1000)
        film = await kit.render(kit.film(kit.clip(kit.picture(name, ground), 1000), texts=(text,)))
        light = grey(film.frames[5])
        assert light.max() > 225
        assert light.min() < 110


async def words_on_black(kit: Kit, texts: list[tuple[str, Position]]) -> list[Any]:
    """A grey frame for each text."""
    titles = tuple(
        Text(id=str(i), text=text, start_ms=2000 * i, duration_ms=2000, position=position)
        for i, (text, position) in enumerate(texts)
    )
    film = kit.film(kit.clip(kit.picture("black.png", (0, 0, 0)), 2000 * len(texts)), texts=titles)
    jpegs = await process.frames(kit.job(film), [2000 * i + 1000 for i in range(len(texts))])
    return [grey(np.asarray(Image.open(io.BytesIO(jpeg)))) for jpeg in jpegs]


async def test_words_stay_inside_the_safe_area_at_their_position(kit: Kit) -> None:
    words = "A rather long title that has to be wrapped and made smaller to stay on the screen, 夏日的旅行，很长的标题"
    asked = [(text, position) for text in (words, "Hi") for position in POSITIONS]
    for (text, position), frame in zip(asked, await words_on_black(kit, asked), strict=True):
        rows, columns = np.nonzero(frame > 128)
        assert rows.min() >= 9 - 3
        assert rows.max() <= 171 + 3
        assert columns.min() >= 16 - 3
        assert columns.max() <= 304 + 3
        if text == "Hi":
            x, y = (columns.min() + columns.max()) / 2, (rows.min() + rows.max()) / 2
            assert ("left" in position, "right" in position) == (x < 80, x > 240)
            assert ("top" in position, "bottom" in position) == (y < 60, y > 120)


async def test_chinese_letters_are_drawn_and_not_the_boxes_for_missing_ones(kit: Kit) -> None:
    *shapes, missing = await words_on_black(
        kit, [(c, "center") for c in ("夏夏夏", "日日日", "旅旅旅", "\ue123\ue124")]
    )
    assert all(shape.max() > 200 for shape in shapes)
    for a, b in combinations(shapes, 2):
        assert np.abs(a - b).mean() > 1, "each looks different, as boxes would not"
    # Characters of private use, which no font has: left out, and said so.
    assert missing.max() < 40
    film = await kit.render(kit.film(kit.clip("black.png", 500), texts=(Text(id="t", text="Sun \ue123"),)))
    assert "\\ue123" in film.result.notes[0]


async def test_a_video_clip_plays_from_its_place_at_the_films_rate_and_holds_its_last_frame(kit: Kit) -> None:
    name = kit.video("v.mp4", [RED] * 5 + [GREEN] * 5 + [BLUE] * 5)
    film = await kit.render(kit.film(kit.clip(name, 1500, in_ms=500), fps=20))
    wanted = [GREEN] * 10 + [BLUE] * 20
    assert [close(film.color(n), color, 8) for n, color in enumerate(wanted)] == [True] * 30
    assert not film.result.has_audio


async def test_the_transitions_of_a_video_do_not_show_what_was_cut_away(kit: Kit) -> None:
    name = kit.video("v.mp4", [RED] * 5 + [GREEN] * 10 + [RED] * 5)
    black = kit.picture("black.png", (0, 0, 0))
    clips = (
        kit.clip(black),
        kit.clip(name, 1000, in_ms=500, transition_in=Transition(duration_ms=800)),
        kit.clip(black, id="c", transition_in=Transition(duration_ms=800)),
    )
    film = await kit.render(kit.film(*clips))
    for n in (7, 8, 9, 20, 21, 22):
        red, green, _ = film.color(n)
        assert green > 10
        assert red < 60


async def test_a_video_is_turned_as_its_file_says(kit: Kit) -> None:
    name = kit.video("v.mp4", [RED] * 5)
    # A quarter turn clockwise, written into the track header's matrix (ISO/IEC 14496-12, 8.3.2).
    path = kit.files[name]
    raw = bytearray(path.read_bytes())
    at = raw.index(b"tkhd") + 4 + 40
    one, minus = (0x10000).to_bytes(4, "big"), (-0x10000).to_bytes(4, "big", signed=True)
    raw[at : at + 36] = b"".join(
        (b"\0" * 4, one, b"\0" * 4, minus, b"\0" * 4, b"\0" * 4, b"\0" * 8, (1 << 30).to_bytes(4, "big"))
    )
    path.write_bytes(bytes(raw))
    film = await kit.render(kit.film(kit.clip(name, 500, fit="contain")))
    assert close(film.color(2, 0.5, 0.5), RED, 8)
    assert close(film.color(2, 0.1, 0.5), (0, 0, 0), 8), "upright it is tall, so there are bars beside it"


async def test_the_output_may_have_another_size_and_rate(kit: Kit) -> None:
    name = kit.picture("a.jpg", quarters())
    film = await kit.render(kit.film(kit.clip(name, 1000)), width=180, height=320, fps=24, title="Our film")
    assert (film.result.width, film.result.height, len(film.frames)) == (180, 320, 24)
    assert film.frames[0].shape == (320, 180, 3)


async def test_preview_frames_are_those_of_the_film(kit: Kit) -> None:
    names = [kit.picture("a.jpg", np.asarray(data.coffee())), kit.picture("b.jpg", np.asarray(data.rocket()))]
    clips = kit.clip(names[0]), kit.clip(names[1], transition_in=Transition(duration_ms=500))
    film = await kit.render(kit.film(*clips))
    times = [0, 900, 1500, 99_000]
    jpegs = await process.frames(kit.job(kit.film(*clips)), times)
    for jpeg, n in zip(jpegs, (0, 9, 15, 19), strict=True):
        assert drift(np.asarray(Image.open(io.BytesIO(jpeg))), film.frames[n]) < 3
    small = await process.frames(kit.job(kit.film(*clips)), [0], max_width=160)
    assert Image.open(io.BytesIO(small[0])).size == (160, 90)
