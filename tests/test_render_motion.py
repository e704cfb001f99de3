"""How photos move and how they are cropped: smooth, each unlike its neighbours, and never through a face."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
import numpy.typing as npt
import pytest
import skimage.data
from hypothesis import given
from hypothesis import strategies as st

from nemovideo_mcp.studio.render import planes, process, sources
from nemovideo_mcp.studio.render.compose import Compositor
from nemovideo_mcp.studio.render.job import RenderError
from nemovideo_mcp.studio.render.motion import Move, Rect, Subject, Wish, around, window_at
from nemovideo_mcp.studio.render.plan import make_plan
from nemovideo_mcp.studio.render.planes import Planes
from nemovideo_mcp.studio.render.subject import find
from nemovideo_mcp.timeline.layout import Box, fit_of, motions_of, pair_portraits
from nemovideo_mcp.timeline.model import MOTIONS, Beside, Canvas, Clip, Look, Motion, Timeline, Transition

if TYPE_CHECKING:
    from support.render import Kit, Pixels

pytest_plugins = ["support.render"]

data: Any = skimage.data
MOVING: list[Motion] = [motion for motion in MOTIONS if motion != "none"]
WIDE, TALL, SQUARE = (1920, 1080), (1080, 1920), (1080, 1080)
RED, GREEN = (200, 30, 30), (30, 160, 40)
FACE: Box = (0.34, 0.10, 0.54, 0.36)
"""Where the face is in the picture of the astronaut."""


def drawn(kit: Kit, film: Timeline) -> Iterator[Planes]:
    """Every frame of a film as it goes to the encoder."""
    plan = make_plan(film)
    with Compositor(plan, film.texts, kit.files, ahead=False) as compositor:
        for n in range(plan.frames):
            out = planes.blank(film.canvas.width, film.canvas.height)
            compositor.draw(n, out)
            yield out


def photo(kit: Kit, name: str, pixels: Pixels, ms: int = 1000, **more: Any) -> Clip:
    """A clip of a picture that knows its size, as those in a film do."""
    return kit.clip(kit.picture(name, pixels), ms, width=pixels.shape[1], height=pixels.shape[0], **more)


def plain(size: tuple[int, int], color: tuple[int, int, int]) -> Pixels:
    return np.full((size[1], size[0], 3), color, np.uint8)


def yuv(pixels: Pixels) -> Planes:
    height, width = pixels.shape[:2]
    return planes.from_rgb(pixels, width // 2 * 2, height // 2 * 2)


def with_astronauts(size: tuple[int, int], *places: tuple[float, float], side: int = 512) -> tuple[Pixels, list[Box]]:
    """A soft ground with the astronaut in it, ``places`` being fractions of the way from corner to corner; and the faces."""
    width, height = size
    x, y = np.meshgrid(np.linspace(90, 200, width), np.linspace(0, 50, height))
    picture = np.dstack([x, x - y, 255 - x]).astype(np.uint8)
    astronaut = cv2.resize(data.astronaut(), (side, side), interpolation=cv2.INTER_AREA)
    boxes = []
    for across, down in places:
        left, top = round((width - side) * across), round((height - side) * down)
        picture[top : top + side, left : left + side] = astronaut
        boxes.append(
            (
                (left + FACE[0] * side) / width,
                (top + FACE[1] * side) / height,
                (left + FACE[2] * side) / width,
                (top + FACE[3] * side) / height,
            )
        )
    return picture, boxes


# --- Smooth ----------------------------------------------------------------------------------------------------------


def dotted(size: tuple[int, int]) -> Pixels:
    """Three soft white dots on dark grey, around the middle."""
    width, height = size
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    image = np.full((height, width), 30, np.float32)
    for across, down in ((0.33, 0.4), (0.5, 0.52), (0.66, 0.62)):
        image += 200 * np.exp(-((x - across * width) ** 2 + (y - down * height) ** 2) / (2 * 9**2))
    return np.asarray(cv2.merge([image.clip(0, 255).astype(np.uint8)] * 3), np.uint8)


def centroids(luma: npt.NDArray[np.uint8]) -> list[tuple[float, float]]:
    _, _, boxes, _ = cv2.connectedComponentsWithStats((luma > 80).astype(np.uint8))
    found = []
    for left, top, width, height, _ in boxes[1:]:
        x, y = max(0, left - 9), max(0, top - 9)
        light = np.clip(luma[y : top + height + 9, x : left + width + 9].astype(float) - 46, 0, None)
        total = light.sum()
        found.append(
            (
                x + float((light.sum(axis=0) * np.arange(light.shape[1])).sum() / total),
                y + float((light.sum(axis=1) * np.arange(light.shape[0])).sum() / total),
            )
        )
    return sorted(found)


@pytest.mark.parametrize("strength", [0.3, 1.0, 2.0])
@pytest.mark.parametrize("size", [(480, 270), (270, 480), (300, 300)], ids=["16:9", "9:16", "1:1"])
def test_every_motion_is_smooth_to_a_fraction_of_a_pixel(kit: Kit, size: tuple[int, int], strength: float) -> None:
    picture = dotted((size[0] * 3, size[1] * 3))
    for motion in MOVING:
        clip = photo(kit, "dots.png", picture, 1600, motion=motion, strength=strength)
        tracks = np.array([centroids(frame[0]) for frame in drawn(kit, kit.film(clip, size=size, fps=30))])
        assert tracks.shape == (48, 3, 2)
        assert np.abs(tracks[-1] - tracks[0]).max() > 4 * strength, motion
        # Against its own cubic over nine frames (Savitzky and Golay, 1964) a smooth path shows no difference.
        cubic = np.array([-21, 14, 39, 54, 59, 54, 39, 14, -21]) / 231
        paths = tracks.reshape(len(tracks), -1).T
        shake = np.diff([path[4:-4] - np.convolve(path, cubic, "valid") for path in paths], axis=1)
        assert np.sqrt((shake**2).mean()) <= 0.07, motion


@pytest.mark.parametrize("motion", MOVING)
def test_a_motion_goes_where_its_name_says(kit: Kit, motion: Motion) -> None:
    clip = photo(kit, "dots.png", dotted((960, 540)), 2000, motion=motion)
    frames = list(drawn(kit, kit.film(clip, size=(320, 180))))
    first, last = (np.array(centroids(frame[0])) for frame in (frames[0], frames[-1]))
    grows = np.ptp(last[:, 0]) / np.ptp(first[:, 0])
    # The window goes to the right: what is in the picture goes to the left.
    across, down = first.mean(axis=0) - last.mean(axis=0)
    if motion.startswith("zoom"):
        assert grows > 1.05 if motion == "zoom_in" else grows < 0.95
        return
    assert abs(grows - 1) < 0.005
    ways = motion.split("_")[1:]
    for way, gone in (("right", across), ("left", -across), ("down", down), ("up", -down)):
        assert gone > 3 if way in ways else gone < 0.1


# --- Inside the picture, and around what matters ---------------------------------------------------------------------

SIDES = st.integers(100, 4000).map(float)


@st.composite
def boxes(draw: st.DrawFn) -> Box:
    left, top = draw(st.floats(0, 0.95)), draw(st.floats(0, 0.95))
    return left, top, draw(st.floats(left + 0.02, 1)), draw(st.floats(top + 0.02, 1))


@st.composite
def moves(draw: st.DrawFn) -> tuple[tuple[float, float], tuple[float, float], Subject, Move]:
    """A picture, a frame that fits into it, what it is about, and a move."""
    frame = draw(SIDES), draw(SIDES)
    picture = frame[0] * draw(st.sampled_from([1.0, 1.2, 4.0])), frame[1] * draw(st.sampled_from([1.0, 1.5]))
    subject = Subject((draw(st.floats(0, 1)), draw(st.floats(0, 1))), tuple(draw(st.lists(boxes(), max_size=3))))
    wish = Wish(draw(st.sampled_from(MOTIONS)), draw(st.floats(0.2, 60)), draw(st.floats(0, 2)))
    return picture, frame, subject, wish.move(picture, frame, subject)


def inside(inner: tuple[float, ...], outer: tuple[float, ...], by: float = 1e-3) -> bool:
    """Whether a box (left, top, right, bottom) lies in another."""
    return all(a >= b - by for a, b in zip(inner[:2], outer[:2], strict=True)) and all(
        a <= b + by for a, b in zip(inner[2:], outer[2:], strict=True)
    )


def corners(window: Rect) -> tuple[float, float, float, float]:
    return window.x, window.y, window.x + window.width, window.y + window.height


@given(moves(), st.floats(-0.1, 1.1))
def test_no_window_leaves_the_picture_or_changes_its_shape(made: Any, t: float) -> None:
    picture, frame, _, move = made
    window = window_at(move, t)
    assert inside(corners(window), (0, 0, *picture))
    assert window.width / window.height == pytest.approx(frame[0] / frame[1])
    assert window.width <= frame[0] + 1e-6


@given(moves(), st.floats(0, 1))
def test_as_much_of_the_faces_as_can_be_seen_at_once_is_in_every_window(made: Any, t: float) -> None:
    picture, frame, subject, move = made
    window = corners(window_at(move, t))
    sizes, seen = [], 0.0
    for face in subject.faces:
        left, top, right, bottom = (value * picture[i % 2] for i, value in enumerate(face))
        size = (right - left) * (bottom - top)
        if right - left <= frame[0] and bottom - top <= frame[1]:
            sizes.append(size)
        if inside((left, top, right, bottom), window):
            seen += size
    assert seen >= max(sizes, default=0) * 0.999
    if fits_at_once(subject.faces, picture, frame):
        assert seen >= sum(sizes) * 0.999


def fits_at_once(faces: tuple[Box, ...], picture: tuple[float, float], frame: tuple[float, float]) -> bool:
    return all(
        max((face[axis + 2] for face in faces), default=0) - min((face[axis] for face in faces), default=0)
        <= frame[axis] / picture[axis]
        for axis in (0, 1)
    )


@pytest.mark.parametrize("frame", [WIDE, TALL, SQUARE], ids=["16:9", "9:16", "1:1"])
@pytest.mark.parametrize("place", [(0, 0), (1, 0), (0, 1), (1, 1), (0.5, 0.9)])
def test_a_face_in_the_corner_stays_in_the_picture_through_every_motion(
    frame: tuple[int, int], place: tuple[float, float]
) -> None:
    pixels, (face,) = with_astronauts((1500, 1000), place)
    subject = find(yuv(pixels))
    assert len(subject.faces) == 1
    assert np.abs(np.subtract(subject.faces[0], face)).max() < 0.03
    scale = max(frame[0] / 1500, frame[1] / 1000)
    for motion in MOVING:
        for seconds, strength in ((1, 1), (4, 1), (4, 2), (20, 2)):
            wish = Wish(motion, seconds, strength)
            window = frame[0] * wish.density, frame[1] * wish.density
            size = 1500 * scale * wish.density, 1000 * scale * wish.density
            move = wish.move(size, window, subject)
            # The detector's own box, which is what a face is; ``subject`` has it with some room around it.
            there = tuple(value * size[i % 2] for i, value in enumerate(face))
            assert all(inside(there, corners(window_at(move, t)), by=0.02 * size[0]) for t in np.linspace(0, 1, 25))


@pytest.mark.parametrize("motion", ["zoom_in", "pan_right", "pan_down_left"])
def test_the_face_is_whole_in_the_frames_too(kit: Kit, motion: Motion) -> None:
    pixels, _ = with_astronauts((1500, 1000), (0, 1), side=400)
    film = kit.film(photo(kit, "a.png", pixels, 3000, motion=motion, fit="fill"), size=(180, 320), fps=5)
    for frame in drawn(kit, film):
        (face,) = find(frame).faces
        assert inside(face, (0.01, 0.01, 0.99, 0.99), by=0)


def test_zooms_go_towards_the_face() -> None:
    face = (0.7, 0.1, 0.8, 0.25)
    move = Wish("zoom_in", 4).move((1600, 900), (1600, 900), Subject((0.75, 0.175), (face,)))
    assert move.start == Rect(0, 0, 1600, 900)
    right, bottom = move.end.x + move.end.width, move.end.y + move.end.height
    assert (right, move.end.y) == pytest.approx((1600, 0))
    assert bottom < 900
    out = Wish("zoom_out", 4).move((1600, 900), (1600, 900), Subject((0.75, 0.175), (face,)))
    assert (out.start, out.end) == (move.end, move.start)


def test_a_close_portrait_is_moved_only_as_far_as_the_face_allows() -> None:
    face = (0.3, 0.03, 0.7, 0.97)
    zoom = Wish("zoom_in", 4).move((1600, 900), (1600, 900), Subject((0.5, 0.5), (face,)))
    assert zoom.end.height == pytest.approx(0.94 * 900)
    pan = Wish("pan_up", 4).move((1600, 900), (1600, 900), Subject((0.5, 0.5), (face,)))
    assert pan.still


# --- Speed -----------------------------------------------------------------------------------------------------------


def speeds(move: Move, seconds: float, frame: tuple[int, int]) -> npt.NDArray[np.float64]:
    """How fast the corners of what is on screen move over it, in pixels a second; one number for each moment."""
    found = []
    times = np.linspace(0, 1, 61)
    for a, b in pairwise(times):
        one, other = window_at(move, a), window_at(move, b)
        gone = [
            np.hypot(
                (one.x + fx * one.width - other.x) / other.width * frame[0] - fx * frame[0],
                (one.y + fy * one.height - other.y) / other.height * frame[1] - fy * frame[1],
            )
            for fx in (0, 1)
            for fy in (0, 1)
        ]
        found.append(max(gone) / ((b - a) * seconds))
    return np.array(found)


@pytest.mark.parametrize("frame", [WIDE, TALL, SQUARE], ids=["16:9", "9:16", "1:1"])
@pytest.mark.parametrize("motion", MOVING)
def test_no_clip_rushes_and_none_crawls(motion: Motion, frame: tuple[int, int]) -> None:
    for seconds in (1, 2, 4, 8, 15, 20):
        wish = Wish(motion, seconds)
        move = wish.move(frame, frame)
        speed = speeds(move, seconds, frame)
        assert speed.max() < 120, seconds
        assert np.median(speed) > 9, seconds
        assert speed[0] < speed.max() / 3 > speed[-1], "it starts and ends softly"


def test_strength_scales_a_motion_and_none_is_none() -> None:
    def gone(strength: float, motion: Motion) -> float:
        move = Wish(motion, 2, strength).move(WIDE, WIDE)
        return max(abs(a - b) for a, b in zip(move.start, move.end, strict=True))

    for motion in MOVING:
        half, usual, double = (gone(strength, motion) for strength in (0.5, 1, 2))
        assert half < usual < double
        assert 1.7 < double / usual < 2.1
        assert Wish(motion, 2, 0).move(WIDE, WIDE).still
    assert Wish("none", 2, 2).move(WIDE, WIDE).still


def test_a_picture_that_does_not_move_is_held_at_no_cost(kit: Kit) -> None:
    pixels, _ = with_astronauts((600, 400), (0.2, 0.5), side=200)
    still = photo(kit, "a.png", pixels, fit="fill")
    clips = [still, replace(still, motion="zoom_in", strength=0.0), replace(still, fit="contain")]
    clips.append(replace(still, beside=Beside(media="a.png", name="a.png", width=600, height=400)))
    film = kit.film(*clips)
    with Compositor(make_plan(film), (), kit.files, ahead=False) as compositor:
        assert [compositor.until(n) for n in (0, 10, 20, 30)] == [10, 20, 30, 40]
    moving = film.with_clips(tuple(replace(clip, motion="zoom_in", strength=1.0) for clip in clips))
    with Compositor(make_plan(moving), (), kit.files, ahead=False) as compositor:
        assert [compositor.until(n) for n in (0, 10, 20, 30)] == [1, 11, 21, 31]


# --- Unlike its neighbours -------------------------------------------------------------------------------------------

clips_of_any_kind = st.builds(
    lambda kind, size, motion, fit: Clip(
        id="c", media="m", name="n", kind=kind, width=size[0], height=size[1], motion=motion, fit=fit
    ),
    st.sampled_from(["image", "image", "image", "video"]),
    st.sampled_from([(3000, 2000), (4000, 3000), (1920, 1080), (2000, 3000), (12000, 1500), (1000, 1000), (0, 0)]),
    st.sampled_from(["auto", "auto", "auto", *MOTIONS]),
    st.sampled_from(["auto", "auto", "fill", "contain", "blur"]),
)


@given(st.lists(clips_of_any_kind, min_size=1, max_size=12), st.sampled_from([WIDE, TALL, SQUARE]))
def test_no_clip_moves_like_its_neighbours_unless_told_to(clips: list[Clip], size: tuple[int, int]) -> None:
    film = Timeline(canvas=Canvas(width=size[0], height=size[1]), clips=tuple(clips))
    motions = motions_of(film)
    assert [m for m, c in zip(motions, clips, strict=True) if c.motion != "auto"] == [
        c.motion for c in clips if c.motion != "auto"
    ]
    for (one, a), (other, b) in pairwise(zip(clips, motions, strict=True)):
        ours = [clip for clip in (one, other) if clip.motion == "auto" and clip.kind == "image"]
        if ours and a.startswith("pan") and b.startswith("pan"):
            assert not set(a.split("_")[1:]) & set(b.split("_")[1:])
        elif ours:
            assert a != b


def test_panoramas_are_panned_over_and_come_back() -> None:
    wide = Clip(id="c", media="m", name="n", width=4_000, height=1_500, fit="fill")
    assert motions_of(Timeline(clips=(wide,) * 4)) == ("pan_right", "zoom_in", "pan_left", "zoom_out")
    high = replace(wide, width=2_000, height=4_000)
    assert motions_of(Timeline(clips=(high,) * 4)) == ("pan_up", "zoom_in", "pan_down", "zoom_out")


LONG = Clip(id="c", media="m", name="n", width=12_000, height=1_500)


def test_long_panoramas_and_columns_fill_the_frame_and_are_panned_over_and_nothing_else_is() -> None:
    assert motions_of(Timeline(clips=(LONG,) * 3)) == ("pan_right", "pan_left", "pan_right")
    column = replace(LONG, width=1_000, height=8_000)
    assert motions_of(Timeline(clips=(column,) * 2)) == ("pan_down", "pan_up")
    lying, standing = Canvas(), Canvas(width=1080, height=1920)
    faces = ((0.05, 0.2, 0.1, 0.4), (0.9, 0.2, 0.95, 0.4))
    assert [fit_of(clip, lying, faces) for clip in (LONG, column)] == ["fill", "fill"]
    assert fit_of(replace(LONG, width=4_000), standing) == "fill"
    whole = [
        (replace(LONG, width=1_080, height=2_400), lying),  # a phone's screen
        (replace(LONG, width=4_000, height=2_250), standing),  # a photo
        (replace(LONG, height=200, width=1_400), lying),  # too few pixels
        (replace(LONG, kind="video"), lying),
        (replace(LONG, motion="none"), lying),
        (replace(LONG, motion="zoom_in"), lying),
        (replace(LONG, motion="pan_up"), lying),
    ]
    assert [fit_of(clip, canvas) for clip, canvas in whole] == ["blur"] * len(whole)
    assert fit_of(replace(LONG, motion="pan_left"), lying) == "fill"
    assert fit_of(replace(LONG, width=30_000, height=200), lying) == "fill", "whole it would be a thread"


@pytest.mark.parametrize("seconds", [2, 4, 12, 60])
@pytest.mark.parametrize("motion", ["pan_right", "pan_left"])
def test_a_long_picture_is_gone_over_without_haste_and_past_its_subject(motion: Motion, seconds: float) -> None:
    picture = (5.0 * WIDE[0], float(WIDE[1]))
    subject = Subject((0.7, 0.5), ((0.68, 0.3, 0.72, 0.6), (0.1, 0.3, 0.14, 0.6)))
    move = Wish(motion, seconds, sweeps=True).move(picture, WIDE, subject)
    assert [move.end.width, move.end.height] == [*WIDE], "no zoom: all of its height is seen"
    gone = abs(move.end.x - move.start.x) / WIDE[0]
    assert gone == pytest.approx(min(4.0, 0.2 * seconds))
    assert speeds(move, seconds, WIDE).max() < 0.26 * WIDE[0]
    left, right = sorted((move.start.x, move.end.x))
    assert left <= 0.68 * picture[0] < 0.72 * picture[0] <= right + WIDE[0], "the subject is seen on the way"


def test_a_panorama_passes_through_the_frame(kit: Kit) -> None:
    pixels = np.zeros((500, 4000, 3), np.uint8)
    pixels[:] = np.linspace(20, 230, 4000)[None, :, None]
    film = kit.film(photo(kit, "pano.png", pixels, 4000, motion="auto", fit="auto"))
    shown = [frame[0].astype(float) for n, frame in enumerate(drawn(kit, film)) if n in (0, 20, 39)]
    assert all(np.ptp(frame.mean(axis=1)) < 2 for frame in shown), "it fills the frame from top to bottom"
    means = [frame.mean() for frame in shown]
    assert means[0] < means[1] - 5 < means[2] - 10


# --- Finding what matters --------------------------------------------------------------------------------------------


def test_faces_are_found_and_nothing_else_is_taken_for_one() -> None:
    found = []
    for crop in (data.lfw_subset() * 255).astype(np.uint8):
        large = np.pad(cv2.resize(crop, (150, 150), interpolation=cv2.INTER_CUBIC), 50, mode="edge")
        found.append(len(find(yuv(np.dstack([large] * 3))).faces))
    faces, others = found[:100], found[100:]
    assert sum(n > 0 for n in faces) >= 80
    assert sum(others) == 0
    for name in ("coffee", "chelsea", "rocket", "retina", "brick", "grass", "gravel", "coins", "page", "clock", "moon",
                 "hubble_deep_field", "immunohistochemistry"):  # fmt: skip
        image = getattr(data, name)()
        assert find(yuv(image if image.ndim == 3 else np.dstack([image] * 3))).faces == (), name
    assert find(yuv(data.stereo_motorcycle()[0])).faces == ()
    camera = find(yuv(np.dstack([data.camera()] * 3)))
    assert len(camera.faces) == 1, "from the side"


def test_what_is_found_is_the_same_each_time() -> None:
    for pixels in (data.astronaut(), data.coffee()):
        assert find(yuv(pixels)) == find(yuv(pixels))


def test_without_a_face_what_stands_out_is_the_subject() -> None:
    picture = np.full((300, 400, 3), 120, np.uint8)
    picture += np.random.default_rng(1).integers(0, 12, picture.shape, np.uint8)
    cv2.circle(picture, (280, 100), 25, (230, 60, 40), -1)
    x, y = find(yuv(picture)).point
    assert abs(x - 0.7) < 0.08
    assert abs(y - 0.33) < 0.08
    assert find(yuv(np.full((300, 400, 3), 120, np.uint8))) == Subject()


def test_nothing_is_looked_for_where_it_would_change_nothing(kit: Kit, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(picture: Planes) -> Subject:
        raise AssertionError("looked for")

    monkeypatch.setattr(sources, "find", refuse)
    pixels = data.astronaut()
    clips = [
        photo(kit, "a.png", pixels, 200, fit="contain", motion="zoom_in"),
        photo(kit, "a.png", pixels, 200, fit="blur"),
        photo(kit, "a.png", pixels, 200, fit="fill", motion="zoom_in", focus=(0.5, 0.5)),
        photo(kit, "b.png", pixels[:288], 200),
    ]
    assert len(list(drawn(kit, kit.film(*clips)))) == 8
    with pytest.raises(AssertionError, match="looked for"):
        list(drawn(kit, kit.film(photo(kit, "a.png", pixels, 200, fit="fill"))))


# --- Fit -------------------------------------------------------------------------------------------------------------


def test_filling_crops_around_the_face(kit: Kit) -> None:
    pixels, _ = with_astronauts((1200, 700), (0.9, 0.5), side=500)
    (frame,) = drawn(kit, kit.film(photo(kit, "a.png", pixels, 100, fit="fill"), size=(180, 320)))
    (face,) = find(frame).faces
    assert (face[0] + face[2]) / 2 == pytest.approx(0.5, abs=0.03)


def test_filling_crops_around_the_focus_that_was_given(kit: Kit) -> None:
    picture = np.full((200, 600, 3), 90, np.uint8)
    cv2.circle(picture, (480, 100), 10, RED, -1)
    for focus, wanted in (((0.8, 0.5), 0.5), ((1.0, 0.5), None), ((0.0, 0.0), None)):
        (frame,) = drawn(kit, kit.film(photo(kit, "a.png", picture, 100, fit="fill", focus=focus), size=(160, 200)))
        columns = np.nonzero((frame[2] > 180).any(axis=0))[0]
        if wanted is not None:
            assert columns.mean() / 80 == pytest.approx(wanted, abs=0.02)
        elif focus[0] == 1:
            assert columns.mean() / 80 == pytest.approx((480 - 440) / 160, abs=0.02)
        else:
            assert columns.size == 0


def test_the_focus_is_kept_by_every_motion() -> None:
    for motion in MOVING:
        subject = around(0.97, 0.2)
        move = Wish(motion, 6, 2).move((3000, 1080), WIDE, subject)
        for t in np.linspace(0, 1, 9):
            window = window_at(move, t)
            assert window.x <= 0.97 * 3000 <= window.x + window.width
            assert window.y <= 0.2 * 1080 <= window.y + window.height


def test_a_picture_whose_faces_would_be_cropped_is_shown_whole() -> None:
    clip = Clip(id="c", media="m", name="n", width=1200, height=900)
    canvas = Canvas()
    assert fit_of(clip, canvas) == "fill"
    one, other = (0.1, 0.05, 0.3, 0.25), (0.6, 0.75, 0.8, 0.95)
    assert fit_of(clip, canvas, (one,)) == fit_of(clip, canvas, (other,)) == "fill"
    assert fit_of(clip, canvas, (one, other)) == "blur"
    assert fit_of(replace(clip, fit="fill"), canvas, (one, other)) == "fill"
    side_by_side = ((0.0, 0.3, 0.2, 0.5), (0.8, 0.3, 1.0, 0.5))
    assert fit_of(clip, canvas, side_by_side) == "fill"
    assert fit_of(clip, replace(canvas, width=720), side_by_side) == "blur"


def test_both_faces_are_seen_when_filling_would_cut_one_off(kit: Kit) -> None:
    for places, whole in (([(0.1, 0.0), (0.9, 1.0)], True), ([(0.1, 0.0), (0.9, 0.0)], False)):
        pixels, _ = with_astronauts((1200, 1000), *places, side=420)
        pixels[:, :12] = pixels[:, -12:] = 255
        for motion in ("none", "zoom_in", "pan_up"):
            clip = photo(kit, "a.png", pixels, 400, fit="auto", motion=motion)
            for frame in drawn(kit, kit.film(clip, size=(320, 180), fps=5)):
                bright = np.nonzero((frame[0] > 190).mean(axis=0) > 0.8)[0]
                # The white edges of the picture stand inside of the frame.
                assert (bright.size > 0 and 20 < bright.min() < 120 and 200 < bright.max() < 300) == whole


@pytest.mark.parametrize("fit", ["contain", "blur"])
@pytest.mark.parametrize("motion", MOVING)
def test_a_picture_shown_whole_stays_whole_while_it_moves(kit: Kit, fit: Any, motion: Motion) -> None:
    picture = np.full((400, 250, 3), 40, np.uint8)
    cv2.rectangle(picture, (0, 0), (249, 399), (250, 250, 250), 8)
    clip = photo(kit, "a.png", picture, 600, fit=fit, motion=motion, strength=2.0)
    for frame in drawn(kit, kit.film(clip, size=(320, 180), fps=5)):
        rows, columns = np.nonzero(frame[0] > 200)
        # A white border, seen all around: what is outside of it is dark.
        assert 0 < rows.min() < rows.max() < 179
        assert 0 < columns.min() < columns.max() < 319
        assert (rows.max() - rows.min()) / (columns.max() - columns.min()) == pytest.approx(1.6, abs=0.06)


def test_beside_a_contained_picture_lies_the_colour_that_was_asked_for(kit: Kit) -> None:
    pixels = plain((250, 400), RED)
    for color, values in (
        ("#1e5aa0", planes.from_rgb(np.full((16, 16, 3), (30, 90, 160), np.uint8), 16, 16)),
        (None, None),
    ):
        clip = photo(kit, "a.png", pixels, 100, fit="contain", background=color)
        (frame,) = drawn(kit, kit.film(clip))
        wanted = [int(plane[0, 0]) for plane in values] if values else list(planes.BLACK)
        for x, y in ((4, 4), (60, 90), (310, 170)):
            assert abs(int(frame[0][y, x]) - wanted[0]) <= 1
            assert abs(int(frame[1][y // 2, x // 2]) - wanted[1]) <= 1
            assert abs(int(frame[2][y // 2, x // 2]) - wanted[2]) <= 1
        assert frame[2][45, 80] > 180


def test_the_blurred_background_goes_on_where_the_picture_ends(kit: Kit) -> None:
    picture = np.empty((600, 400, 3), np.uint8)
    picture[:300], picture[300:] = (90, 140, 230), (60, 120, 40)
    (frame,) = drawn(kit, kit.film(photo(kit, "a.png", picture, 100, fit="blur")))
    luma, blue = frame[0].astype(int), frame[1].astype(int)
    assert blue[10, 5] > 140 > 110 > blue[80, 5], "the sky is beside the sky, the meadow beside the meadow"
    assert luma[20, 10] < 0.8 * luma[20, 160], "it is darker than the picture"
    assert luma[20, 92] < luma[20, 10], "there is a shadow at the picture's edge"
    assert np.abs(np.diff(luma[:, :60], axis=0)).max() < 6, "it is soft"


@pytest.mark.parametrize("fit", ["auto", "fill", "contain", "blur"])
def test_pictures_and_frames_of_any_shape_meet(kit: Kit, fit: Any) -> None:
    shapes = [(1, 1), (2, 300), (300, 2), (17, 31), (1500, 30)]
    noise = np.random.default_rng(1)
    photos = [
        photo(kit, f"{n}.png", noise.integers(0, 255, (height, width, 3), np.uint8), 200, fit=fit, strength=2.0)
        for n, (width, height) in enumerate(shapes)
    ]
    for size in ((16, 16), (320, 180), (18, 320)):
        for motion in ("none", "zoom_in", "pan_up_left"):
            clips = [replace(clip, motion=motion) for clip in photos]
            clips += [replace(clip, focus=(0.9, 0.1)) for clip in clips]
            clips += [
                replace(clip, beside=Beside(media=other.media, name="b", width=other.width, height=other.height))
                for clip, other in pairwise(clips[:5])
            ]
            assert len(list(drawn(kit, kit.film(*clips, size=size)))) == 28


# --- Side by side ----------------------------------------------------------------------------------------------------


def pair(kit: Kit, one: Pixels, other: Pixels, **more: Any) -> Clip:
    left = photo(kit, "left.png", one, **more)
    right = kit.picture("right.png", other)
    return replace(left, beside=Beside(media=right, name="Right", width=other.shape[1], height=other.shape[0]))


def test_two_portraits_stand_side_by_side_with_a_thin_gap(kit: Kit) -> None:
    clip = pair(kit, plain((450, 600), RED), plain((450, 600), GREEN), ms=200, fit="auto", background="#ffffff")
    for motion in ("none", "zoom_in", "pan_up_left"):
        for frame in drawn(kit, kit.film(replace(clip, motion=motion))):
            luma = frame[0]
            left, right = int(luma[90, 0]), int(luma[90, 319])
            assert left != right
            gap = np.nonzero(luma[90] > 230)[0]
            assert gap.tolist() == list(range(gap[0], gap[-1] + 1))
            assert len(gap) in (2, 4)
            assert gap[0] == 319 - gap[-1], "in the middle"
            assert (np.abs(luma[:, : gap[0]].astype(int) - left) <= 1).all()
            assert (np.abs(luma[:, gap[-1] + 1 :].astype(int) - right) <= 1).all()


def test_in_a_pair_both_are_cropped_to_their_faces_and_move_together(kit: Kit) -> None:
    one, _ = with_astronauts((600, 900), (0.2, 0.9), side=400)
    other, _ = with_astronauts((600, 900), (0.8, 0.1), side=400)
    clip = pair(kit, one, other, ms=4000, fit="auto", motion="zoom_in", strength=1.5)
    sizes = []
    for frame in drawn(kit, kit.film(clip, size=(640, 360), fps=2)):
        faces = sorted(find(frame).faces)
        assert len(faces) == 2
        assert faces[0][2] < 0.49
        assert faces[1][0] > 0.51
        sizes.append([face[2] - face[0] for face in faces])
    assert all(sizes[-1][i] > sizes[0][i] * 1.02 for i in (0, 1))


@pytest.mark.anyio
async def test_a_pair_whose_second_photo_is_gone_or_broken_says_which(kit: Kit) -> None:
    tall = np.full((300, 200, 3), 90, np.uint8)
    film = kit.film(pair(kit, tall, tall))
    kit.files["right.png"].write_bytes(b"\x89PNG\r\n\x1a\nno picture")
    with pytest.raises(RenderError, match=r"clip 1 \(Right\)"):
        await process.render(kit.job(film))
    kit.files["right.png"].unlink()
    with pytest.raises(RenderError, match="Right in clip 1 is missing"):
        await process.render(kit.job(film))


@pytest.mark.anyio
async def test_a_pair_is_measured_when_the_draft_does_not_tell_its_sizes(kit: Kit) -> None:
    clip = pair(kit, plain((300, 900), RED), plain((300, 900), GREEN), fit="auto")
    assert clip.beside is not None
    film = await kit.render(kit.film(replace(clip, width=0, height=0, beside=replace(clip.beside, width=0, height=0))))
    # Three times as high as wide: each is shown whole in its half, over a blur.
    assert np.abs(film.color(3, 0.25, 0.5) - RED).max() < 8
    assert np.abs(film.color(3, 0.75, 0.5) - GREEN).max() < 8
    assert film.color(3, 0.02, 0.1)[0] < 170


def portrait(n: int, **more: Any) -> Clip:
    plain: dict[str, Any] = {"width": 900, "height": 1200, "duration_ms": 4000}
    return Clip(id=f"c{n}", media=f"m{n}", name=f"{n}.jpg", **(plain | more))


def shown(film: Timeline) -> list[str]:
    return [clip.name + (f"|{clip.beside.name}" if clip.beside else "") for clip in film.clips]


def test_neighbouring_portraits_are_paired_two_and_two() -> None:
    wide = replace(portrait(9), width=1600, height=900)
    cut = Transition(kind="luma")
    clips = (portrait(1), portrait(2, duration_ms=6000, transition_in=cut), portrait(3, transition_in=cut), wide,
             portrait(4), wide, portrait(5, transition_in=cut), portrait(6))  # fmt: skip
    paired = pair_portraits(Timeline(clips=clips))
    assert shown(paired) == ["1.jpg|2.jpg", "3.jpg", "9.jpg", "4.jpg", "9.jpg", "5.jpg|6.jpg"]
    first, third = paired.clips[0], paired.clips[-1]
    assert first.beside == Beside(media="m2", name="2.jpg", width=900, height=1200)
    assert (first.id, first.media, first.duration_ms, first.transition_in) == ("c1", "m1", 6000, None)
    assert third.transition_in == cut
    assert pair_portraits(paired) == paired


def test_what_cannot_be_a_pair_is_left_alone() -> None:
    for film in (
        Timeline(clips=(portrait(1), portrait(2)), canvas=Canvas(width=1080, height=1920)),
        Timeline(clips=(portrait(1), portrait(2)), canvas=Canvas(width=1080, height=1080)),
        Timeline(clips=(portrait(1), portrait(2, kind="video"))),
        Timeline(clips=(portrait(1), portrait(2, width=1200))),
        Timeline(clips=(portrait(1), portrait(2, width=0, height=0))),
        Timeline(clips=(portrait(1), portrait(2, look=Look(filter="sepia")))),
        Timeline(clips=(portrait(1), portrait(2, focus=(0.5, 0.2)))),
        Timeline(clips=(portrait(1, motion="none"), portrait(2))),
        Timeline(),
    ):
        assert pair_portraits(film) is film


@given(st.lists(clips_of_any_kind, max_size=12))
def test_no_picture_is_lost_by_pairing(clips: list[Clip]) -> None:
    clips = [replace(clip, id=str(i), media=str(i)) for i, clip in enumerate(clips)]
    paired = pair_portraits(Timeline(clips=tuple(clips)))
    media = [name for clip in paired.clips for name in (clip.media, clip.beside and clip.beside.media) if name]
    assert media == [clip.media for clip in clips]
