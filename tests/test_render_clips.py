"""Video clips beside photos: every kind of file, encoded on the spot, and the pixels that the film shows of it at its times."""

from __future__ import annotations

import io
from collections.abc import Iterable
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import av
import numpy as np
import numpy.typing as npt
import pytest
from av.video.frame import VideoFrame
from PIL import Image

from nemovideo_mcp.media.workers import probe_file
from nemovideo_mcp.studio.render import process
from nemovideo_mcp.timeline.model import Timeline
from support.pictures import DISPLAY_P3, SRGB, linear_to_srgb, srgb_to_linear

if TYPE_CHECKING:
    from support.render import Kit, Pixels, Rgb

pytest_plugins = ["support.render"]
pytestmark = pytest.mark.anyio

RED, GREEN, BLUE, WHITE, BLACK = (200, 30, 30), (30, 180, 40), (40, 50, 200), (240, 240, 240), (0, 0, 0)
BASE = Fraction(1, 1000)


def close(color: Any, wanted: Any, by: float = 8) -> bool:
    return bool(np.abs(np.asarray(color, float) - np.asarray(wanted, float)).max() <= by)


def color(frame: Pixels, x: float = 0.5, y: float = 0.5, size: int = 8) -> list[int]:
    """The mean colour around a point, 0 to 1 across and down."""
    row, column = round(y * (frame.shape[0] - size)), round(x * (frame.shape[1] - size))
    return [round(v) for v in frame[row : row + size, column : column + size].mean(axis=(0, 1))]


async def look(kit: Kit, film: Timeline, times: Iterable[int]) -> list[Pixels]:
    """The film's frames at these times."""
    jpegs = await process.frames(kit.job(film), list(times))
    return [np.asarray(Image.open(io.BytesIO(jpeg)).convert("RGB")) for jpeg in jpegs]


def flat(rgb: Rgb, size: tuple[int, int] = (320, 180)) -> VideoFrame:
    return VideoFrame.from_ndarray(np.full((size[1], size[0], 3), rgb, np.uint8))


def quarters() -> Pixels:
    """Red, green, blue and white quarters, from the upper left in reading order."""
    image = np.empty((180, 320, 3), np.uint8)
    image[:90, :160], image[:90, 160:], image[90:, :160], image[90:, 160:] = RED, GREEN, BLUE, WHITE
    return image


def corners(frame: Pixels) -> list[list[int]]:
    return [color(frame, x, y) for y in (0.25, 0.75) for x in (0.25, 0.75)]


def encode(
    kit: Kit, name: str, frames: Iterable[tuple[int, VideoFrame]], *, codec: str = "libx264", form: str = "yuv420p",
    options: dict[str, str] | None = None, muxer: dict[str, str] | None = None, **stream_fields: Any,
) -> str:  # fmt: skip
    """A video of frames, each at its time in ms."""
    path = kit.folder / name
    with av.open(str(path), "w", options=muxer or {}) as container:
        stream: Any = None
        for ms, frame in frames:
            if stream is None:
                stream = container.add_stream(codec, rate=stream_fields.pop("rate", 25))
                stream.width, stream.height, stream.pix_fmt = frame.width, frame.height, form
                if codec != "mpeg2video":  # it knows the rates of television only
                    stream.codec_context.time_base = BASE
                stream.options = options if options is not None else {"crf": "10"}
                for key, value in stream_fields.items():
                    setattr(stream.codec_context, key, value)
            frame.pts, frame.time_base = ms, BASE
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return kit.add(path)


async def test_a_clip_begins_at_its_place_and_runs_at_its_speed(kit: Kit) -> None:
    name = kit.video("v.mp4", [RED] * 10 + [GREEN] * 10 + [BLUE] * 10 + [WHITE] * 10)
    fast = kit.clip(name, 1000, in_ms=1000, speed=2.0)
    slow = kit.clip(name, 2000, in_ms=500, speed=0.5, id="slow")
    quickest = kit.clip(name, 400, speed=10.0, id="quickest")
    frames = await look(kit, kit.film(fast, slow, quickest), range(0, 3400, 100))
    wanted = [GREEN] * 5 + [BLUE] * 5 + [RED] * 10 + [GREEN] * 10 + [RED, GREEN, BLUE, WHITE]
    assert [close(color(f), w) for f, w in zip(frames, wanted, strict=True)] == [True] * 34


async def test_a_clip_and_its_transitions_at_another_speed_do_not_show_what_was_cut_away(kit: Kit) -> None:
    name = kit.video("v.mp4", [RED] * 5 + [GREEN] * 20 + [RED] * 15)
    film = kit.film(kit.clip(name, 1000, in_ms=500, speed=2.0))
    frames = await look(kit, film, range(0, 1000, 50))
    assert [close(color(f), GREEN) for f in frames] == [True] * 20


def with_matrix(kit: Kit, name: str, a: int, b: int, c: int, d: int) -> None:
    """Writes a display matrix into the track header (ISO/IEC 14496-12, 8.3.2)."""
    path = kit.files[name]
    raw = bytearray(path.read_bytes())
    at = raw.index(b"tkhd") + 4 + 40
    numbers = (a << 16, b << 16, 0, c << 16, d << 16, 0, 0, 0, 1 << 30)
    raw[at : at + 36] = b"".join(n.to_bytes(4, "big", signed=True) for n in numbers)
    path.write_bytes(bytes(raw))


# By the matrix that a camera writes: what the sensor saw when the upright picture is the quarters.
TURNS: dict[tuple[int, int, int, int], Any] = {
    (1, 0, 0, 1): lambda p: p,
    (-1, 0, 0, 1): lambda p: p[:, ::-1],
    (-1, 0, 0, -1): lambda p: p[::-1, ::-1],
    (1, 0, 0, -1): lambda p: p[::-1],
    (0, 1, 1, 0): lambda p: p.transpose(1, 0, 2),
    (0, 1, -1, 0): lambda p: np.rot90(p),
    (0, -1, -1, 0): lambda p: np.rot90(p, 2).transpose(1, 0, 2),
    (0, -1, 1, 0): lambda p: np.rot90(p, -1),
}


async def test_a_video_stands_upright_however_the_camera_was_held_and_mirrored(kit: Kit) -> None:
    names = []
    for number, (matrix, stored) in enumerate(TURNS.items()):
        seen = VideoFrame.from_ndarray(np.ascontiguousarray(stored(quarters())))
        names.append(encode(kit, f"{number}.mp4", [(0, seen)]))
        with_matrix(kit, names[-1], *matrix)
    clips = [kit.clip(name, 200, fit="contain") for name in names]
    for matrix, frame in zip(TURNS, await look(kit, kit.film(*clips), range(100, 1600, 200)), strict=True):
        found = corners(frame)
        assert all(close(f, w, 10) for f, w in zip(found, (RED, GREEN, BLUE, WHITE), strict=True)), (matrix, found)


async def test_frames_of_a_variable_rate_are_shown_at_their_own_times(kit: Kit) -> None:
    times = [0, 40, 500, 540, 580, 1400, 1900]
    colors = [RED, GREEN, BLUE, WHITE, RED, GREEN, BLUE]
    frames = [(ms, flat(c)) for ms, c in zip(times, colors, strict=True)]
    for name in ("v.mp4", "v.mkv"):
        clip = kit.clip(encode(kit, name, list(frames)), 1900, kind="video")
        asked = range(0, 1900, 20)
        for ms, frame in zip(asked, await look(kit, kit.film(clip, fps=50), asked), strict=True):
            # A frame of the film shows what is there in its middle.
            wanted = max((t, c) for t, c in zip(times, colors, strict=True) if t <= ms + 10)[1]
            assert close(color(frame), wanted), (name, ms)


async def test_pixels_that_are_not_square_are_made_so(kit: Kit) -> None:
    disc = np.zeros((180, 160, 3), np.uint8)
    y, x = np.mgrid[0:180, 0:160]
    disc[np.hypot((x - 79.5) * 2, y - 89.5) < 70] = 255
    name = encode(kit, "v.mp4", [(0, VideoFrame.from_ndarray(disc))], sample_aspect_ratio=Fraction(2, 1))
    assert ((await probe_file(kit.files[name])).width, (await probe_file(kit.files[name])).height) == (320, 180)
    (frame,) = await look(kit, kit.film(kit.clip(name, fit="contain")), [0])
    rows, columns = np.nonzero(frame[..., 0] > 128)
    assert abs(np.ptp(columns) - np.ptp(rows)) <= 3
    assert 134 <= np.ptp(columns) <= 142


@pytest.mark.parametrize(("name", "codec"), [("v.mkv", "mpeg2video"), ("v.mp4", "libx264")])
async def test_interlaced_video_shows_no_combs(kit: Kit, name: str, codec: str) -> None:
    def frames() -> Iterable[tuple[int, VideoFrame]]:
        for n in range(12):
            pixels = np.full((180, 320, 3), 30, np.uint8)
            for field in (0, 1):
                left = 20 + (2 * n + field) * 8
                pixels[field::2, left : left + 60] = 220
            yield n * 40, VideoFrame.from_ndarray(pixels)

    more: dict[str, Any] = {"options": {"flags": "+ilme+ildct", "x264-params": "tff=1"}}
    if codec == "mpeg2video":
        more = {"options": {"flags": "+ilme+ildct"}, "bit_rate": 4_000_000}
    clip = kit.clip(encode(kit, name, frames(), codec=codec, **more), 480, kind="video")
    shown = await look(kit, kit.film(clip, fps=25), [200, 240, 280])
    lefts = []
    for frame in shown:
        grey = frame[..., 1].astype(float)
        combs = np.abs(2 * grey[1:-1] - grey[:-2] - grey[2:]).mean()
        assert combs < 1, "the lines of a field do not stand out"
        lefts.append(int(np.argmax(grey[90] > 128)))
    assert np.diff(lefts).tolist() == [16, 16], "every frame comes at its time"


async def test_odd_sizes_and_unusual_pixels_are_drawn(kit: Kit) -> None:
    names = [
        encode(kit, "odd.mkv", [(0, flat(GREEN, (321, 181)))], codec="ffv1", form="yuv444p", options={}),
        encode(kit, "ten.mkv", [(0, flat(GREEN))], codec="ffv1", form="yuv420p10le", options={}),
        encode(kit, "rgb.mkv", [(0, flat(GREEN))], codec="ffv1", form="bgr0", options={}),
        encode(kit, "vp9.webm", [(0, flat(GREEN))], codec="libvpx-vp9", options={"crf": "10", "b": "0"}),
        encode(kit, "av1.mp4", [(0, flat(GREEN))], codec="libsvtav1", options={"crf": "20", "preset": "10"}),
        encode(kit, "old.avi", [(0, flat(GREEN))], codec="mpeg4", options={"qscale": "2"}, bit_rate=4_000_000),
    ]
    clips = [kit.clip(name, 200, kind="video") for name in names]
    found = [color(f) for f in await look(kit, kit.film(*clips), range(100, 1200, 200))]
    assert [close(f, GREEN) for f in found] == [True] * len(names), found


def ten_bits(codes: npt.NDArray[np.float64], *, transfer: int, primaries: int = 9, matrix: int = 9) -> VideoFrame:
    """A frame of 10 bits in limited range from R'G'B' (height × width × 3, 0 to 1), by the matrix of BT.2020 or BT.709."""
    kr, kb = (0.2627, 0.0593) if matrix == 9 else (0.2126, 0.0722)
    red, green, blue = (codes[..., i] for i in range(3))
    y = kr * red + (1 - kr - kb) * green + kb * blue
    channels = (y, (blue - y) / (2 * (1 - kb)), (red - y) / (2 * (1 - kr)))
    frame = VideoFrame(codes.shape[1], codes.shape[0], "yuv444p10le")
    for index, channel in enumerate(channels):
        plane = frame.planes[index]
        lines = np.frombuffer(memoryview(plane), np.uint16).reshape(plane.height, plane.line_size // 2)
        lines[:, : plane.width] = np.round(64 + 876 * channel if index == 0 else 512 + 896 * channel)
    frame.colorspace, frame.color_primaries, frame.color_trc, frame.color_range = matrix, primaries, transfer, 1
    return frame


def hdr(kit: Kit, name: str, codes: npt.NDArray[np.float64], transfer: int, primaries: int = 9, matrix: int = 9) -> str:
    frame = ten_bits(codes, transfer=transfer, primaries=primaries, matrix=matrix)
    tags: dict[str, Any] = {"colorspace": matrix, "color_primaries": primaries, "color_trc": transfer, "color_range": 1}
    return encode(kit, name, [(0, frame)], codec="ffv1", form="yuv444p10le", options={}, **tags)


PQ, HLG = 16, 18


def pq(light: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """cd/m² to the code of SMPTE ST 2084."""
    y = (np.asarray(light, float) / 10_000) ** 0.1593017578125
    return np.asarray(((0.8359375 + 18.8515625 * y) / (1 + 18.6875 * y)) ** 78.84375)


def grey(codes: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """A picture whose columns have these grey codes."""
    return np.repeat(np.tile(codes, (180, 1))[..., None], 3, axis=2)


async def test_hdr_is_toned_down_and_its_mid_grey_stays_where_it_was(kit: Kit) -> None:
    light = np.geomspace(0.05, 4000, 320)
    names = [hdr(kit, "pq.mkv", grey(pq(light)), PQ), hdr(kit, "hlg.mkv", grey(np.linspace(0, 1, 320)), HLG)]
    clips = [kit.clip(name, 200, kind="video") for name in names]
    for frame in await look(kit, kit.film(*clips), [0, 200]):
        columns = frame.astype(float).mean(axis=0)
        assert np.abs(columns - columns.mean(axis=1, keepdims=True)).max() < 2, "grey stays grey"
        assert np.diff(columns.mean(axis=1)).min() > -1.5, "what is brighter stays brighter"
        assert columns[0].max() < 12
        assert columns[-1].min() > 252
    # Flat fields, so that nothing but the curve decides. A grey of 18 % under HDR's reference white of 203 cd/m² is
    # 18 % of SDR's white; up to there BT.2390 changes nothing.
    asked = {36.54: float(linear_to_srgb(0.18)), 10.15: float(linear_to_srgb(0.05)), 81.2: float(linear_to_srgb(0.4))}
    clips = [
        kit.clip(hdr(kit, f"{nits}.mkv", np.full((180, 320, 3), pq(nits)), PQ), 200, kind="video") for nits in asked
    ]
    found = [color(f)[0] for f in await look(kit, kit.film(*clips), range(0, 600, 200))]
    assert close(found, [255 * v for v in asked.values()], 3), found
    # Reference white keeps room above it for what shines; in HLG it is 75 % of the signal (BT.2408), and looks the same.
    whites = [
        hdr(kit, "white.mkv", np.full((180, 320, 3), pq(203)), PQ),
        hdr(kit, "hlg75.mkv", np.full((180, 320, 3), 0.75), HLG),
        hdr(kit, "peak.mkv", np.full((180, 320, 3), pq(1000)), PQ),
    ]
    frames = await look(kit, kit.film(*(kit.clip(name, 200, kind="video") for name in whites)), [0, 200, 400])
    white, hlg, peak = (color(f)[1] for f in frames)
    assert close(white, 229, 4), white
    assert close(hlg, white, 3), hlg
    assert peak >= 254


async def test_colours_of_hdr_are_those_of_the_scene(kit: Kit) -> None:
    # A surface of BT.709's colours under a white of 203 cd/m², written in BT.2020 and PQ.
    wanted: list[Rgb] = [(120, 60, 50), (60, 110, 60), (60, 70, 120)]
    to_2020 = np.array([[0.6274, 0.3293, 0.0433], [0.0691, 0.9195, 0.0114], [0.0164, 0.0880, 0.8956]])
    names = []
    for number, rgb in enumerate(wanted):
        code = pq(203 * (to_2020 @ srgb_to_linear(np.array(rgb) / 255)))
        names.append(hdr(kit, f"{number}.mkv", np.broadcast_to(code, (180, 320, 3)).copy(), PQ))
    clips = [kit.clip(name, 200, kind="video") for name in names]
    found = [color(f) for f in await look(kit, kit.film(*clips), [0, 200, 400])]
    assert [close(f, w, 5) for f, w in zip(found, wanted, strict=True)] == [True] * 3, found


async def test_the_wide_colours_of_a_phones_video_are_shown_as_they_were_seen(kit: Kit) -> None:
    p3 = np.array((200, 100, 80)) / 255
    name = hdr(kit, "p3.mkv", np.broadcast_to(p3, (180, 320, 3)).copy(), 1, primaries=12, matrix=1)
    wanted = 255 * linear_to_srgb(srgb_to_linear(p3) @ np.array(DISPLAY_P3) @ np.linalg.inv(np.array(SRGB)))
    (frame,) = await look(kit, kit.film(kit.clip(name, kind="video")), [0])
    assert close(color(frame), wanted, 4)


async def test_a_video_of_transparent_pixels_lies_on_its_background(kit: Kit) -> None:
    pixels = np.full((180, 320, 4), 0, np.uint8)
    pixels[:, :160] = (*RED, 255)
    name = encode(
        kit, "a.mov", [(0, VideoFrame.from_ndarray(pixels, format="rgba"))], codec="qtrle", form="argb", options={}
    )
    clips = kit.clip(name, 200), kit.clip(name, 200, background="#2050a0")
    plain, blue = await look(kit, kit.film(*clips), [100, 300])
    assert close(color(plain, 0.25), RED)
    assert close(color(plain, 0.75), BLACK)
    assert close(color(blue, 0.75), (32, 80, 160))


async def test_a_video_that_does_not_know_its_length_plays(kit: Kit) -> None:
    frames = [(40 * n, flat(RED if n < 50 else GREEN)) for n in range(100)]
    name = encode(kit, "live.mkv", frames, muxer={"live": "1"}, options={"crf": "10", "g": "25"})
    with av.open(str(kit.files[name])) as container:
        assert container.duration is None
    assert (await probe_file(kit.files[name])).duration_ms == pytest.approx(4000, abs=60)
    clip = kit.clip(name, 1500, in_ms=1500, kind="video")
    found = [color(f) for f in await look(kit, kit.film(clip), [100, 400, 600, 1400])]
    assert [close(f, w) for f, w in zip(found, (RED, RED, GREEN, GREEN), strict=True)] == [True] * 4
    # And backwards, which a file without an index makes hard.
    back = kit.clip(name, 500, in_ms=3400, kind="video"), kit.clip(name, 500, in_ms=200, kind="video", id="b")
    assert [
        close(color(f), w) for f, w in zip(await look(kit, kit.film(*back), [100, 700]), (GREEN, RED), strict=True)
    ] == [True] * 2


async def test_a_video_whose_times_begin_late_is_as_long_as_its_pictures(kit: Kit) -> None:
    frames = [(5000 + 40 * n, flat(RED if n < 50 else GREEN)) for n in range(100)]
    name = encode(kit, "cut.mkv", frames)
    with av.open(str(kit.files[name])) as container:
        assert container.duration == pytest.approx(9_000_000, abs=50_000)
    assert (await probe_file(kit.files[name])).duration_ms == pytest.approx(4000, abs=60)
    found = [color(f) for f in await look(kit, kit.film(kit.clip(name, 4000, kind="video")), [1900, 2100])]
    assert [close(f, w) for f, w in zip(found, (RED, GREEN), strict=True)] == [True] * 2


async def test_a_video_too_short_for_its_place_holds_its_last_picture_and_says_so(kit: Kit) -> None:
    name = kit.video("v.mp4", [RED] * 5 + [GREEN] * 5)
    film = await kit.render(kit.film(kit.clip(name, 2000), kit.clip(name, 500, in_ms=9000, id="beyond")))
    assert [close(film.color(n), GREEN) for n in range(5, 25)] == [True] * 20
    assert film.result.notes == (
        "Clip 1 (v.mp4) is too short for its place: its last picture stays for 1.0 s.",
        "Clip 2 (v.mp4) is too short for its place: its last picture stays for 0.5 s.",
    )
    enough = await kit.render(kit.film(kit.clip(name, 1000)))
    assert enough.result.notes == ()


def packets(kit: Kit, name: str) -> list[tuple[int, int, float]]:
    """Where each packet lies in the file, its size, and its time in seconds."""
    with av.open(str(kit.files[name])) as container:
        found = [(p.pos, p.size, float(p.pts * p.time_base)) for p in container.demux(video=0) if p.pts is not None]
    return [(pos, size, seconds) for pos, size, seconds in found if pos is not None and size]


def spoil(kit: Kit, name: str, first: float, last: float) -> None:
    """Makes nonsense of the pictures from ``first`` up to ``last`` seconds."""
    raw = bytearray(kit.files[name].read_bytes())
    for pos, size, seconds in packets(kit, name):
        if first <= seconds < last:
            raw[pos : pos + size] = bytes(size)
    kit.files[name].write_bytes(bytes(raw))


def noisy(seconds: float, colors: list[Rgb], *, fps: int = 25) -> Iterable[tuple[int, VideoFrame]]:
    """Frames of some grain, in so many colours one after the other."""
    grain = np.random.default_rng(1).integers(-12, 12, (180, 320, 1))
    count = round(seconds * fps)
    for n in range(count):
        pixels = np.clip(np.array(colors[n * len(colors) // count]) + np.roll(grain, n, axis=1), 0, 255)
        yield n * 1000 // fps, VideoFrame.from_ndarray(pixels.astype(np.uint8))


KEYS = {"crf": "23", "g": "5", "bf": "0"}


async def test_where_a_video_is_damaged_the_last_good_picture_stays(kit: Kit) -> None:
    name = encode(kit, "v.mp4", noisy(4, [RED, GREEN, BLUE, WHITE]), options=KEYS)
    spoil(kit, name, 1.4, 2.6)
    film = await kit.render(kit.film(kit.clip(name, 4000)))
    shown = [film.color(n, size=40) for n in range(40)]
    wanted = [RED] * 10 + [GREEN] * 16 + [BLUE] * 4 + [WHITE] * 10
    assert [close(s, w, 12) for s, w in zip(shown, wanted, strict=True)] == [True] * 40
    assert film.result.notes == ("Clip 1 (v.mp4) is damaged in places: there the last good picture stays on screen.",)


async def test_a_video_whose_decoder_gets_stuck_on_damage_goes_on_at_the_next_key_frame(kit: Kit) -> None:
    fast = {"g": "25", "b": "1M", "deadline": "realtime", "cpu-used": "8", "lag-in-frames": "0"}
    name = encode(kit, "v.webm", noisy(4, [RED, GREEN, BLUE, WHITE]), codec="libvpx-vp9", options=fast)
    raw = bytearray(kit.files[name].read_bytes())
    for pos, size, seconds in packets(kit, name):
        if 1.2 <= seconds < 1.6:
            raw[pos + size // 4 : pos + size] = b"\xff" * (size - size // 4)
    kit.files[name].write_bytes(bytes(raw))
    film = await kit.render(kit.film(kit.clip(name, 4000, kind="video")))
    shown = [film.color(n, size=40) for n in (2, 8, 22, 28, 32, 38)]
    wanted = [RED, RED, BLUE, BLUE, WHITE, WHITE]
    assert [close(s, w, 14) for s, w in zip(shown, wanted, strict=True)] == [True] * 6, shown
    assert film.result.notes == ("Clip 1 (v.webm) is damaged in places: there the last good picture stays on screen.",)


async def test_decoding_begins_near_the_clips_place_and_not_at_the_files_start(kit: Kit) -> None:
    name = encode(kit, "v.mp4", noisy(8, [RED, GREEN, BLUE, WHITE]), options=KEYS)
    # Were the way there decoded, there would be a word about the damage.
    spoil(kit, name, 0.9, 5.0)
    film = await kit.render(kit.film(kit.clip(name, 1000, in_ms=6500)))
    assert [close(film.color(n, size=40), WHITE, 12) for n in range(10)] == [True] * 10
    assert film.result.notes == ()
