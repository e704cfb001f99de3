"""Photographs as they are: every kind of picture file, drawn on the spot, and the pixels that the film shows of it."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pillow_heif
import pytest
import skimage.data
from PIL import Image

from nemovideo_mcp.media.errors import MediaError
from nemovideo_mcp.media.workers import probe_file
from nemovideo_mcp.studio.render import process
from nemovideo_mcp.studio.render.job import RenderError
from nemovideo_mcp.timeline.model import Clip, Timeline
from support.pictures import (
    ADOBE_RGB,
    DISPLAY_P3,
    SRGB,
    cmyk_profile,
    gray_profile,
    heic_of_tiles,
    linear_to_srgb,
    rgb_profile,
    signalled_avif,
    signalled_heic,
    signalled_png,
    srgb_to_linear,
    ycck,
)
from support.processes import linux

if TYPE_CHECKING:
    from support.render import Kit, Pixels, Rgb

pytest_plugins = ["support.render"]
pytestmark = pytest.mark.anyio

pillow_heif.register_heif_opener()
data: Any = skimage.data
RED, GREEN, BLUE, WHITE, GREY = (200, 30, 30), (30, 180, 40), (40, 50, 200), (240, 240, 240), (120, 120, 120)


def close(color: Any, wanted: Any, by: float = 5) -> bool:
    return bool(np.abs(np.asarray(color, float) - np.asarray(wanted, float)).max() <= by)


def color(frame: Pixels, x: float = 0.5, y: float = 0.5, size: int = 8) -> list[int]:
    """The mean colour around a point, 0 to 1 across and down."""
    row, column = round(y * (frame.shape[0] - size)), round(x * (frame.shape[1] - size))
    return [round(v) for v in frame[row : row + size, column : column + size].mean(axis=(0, 1))]


async def look(kit: Kit, film: Timeline, times: list[int]) -> list[Pixels]:
    """The film's frames at these times."""
    jpegs = await process.frames(kit.job(film), times)
    return [np.asarray(Image.open(io.BytesIO(jpeg)).convert("RGB")) for jpeg in jpegs]


async def shown(kit: Kit, *clips: Clip | str, size: tuple[int, int] = (320, 180)) -> list[Pixels]:
    """The middle of each clip (or file, shown for a second, filling the frame)."""
    film = kit.film(*(kit.clip(c, fit="fill") if isinstance(c, str) else c for c in clips), size=size)
    return await look(kit, film, [start + clip.duration_ms // 2 for start, clip in film.placed()])


def quarters() -> Pixels:
    """Red, green, blue and white quarters, from the upper left in reading order."""
    image = np.empty((180, 320, 3), np.uint8)
    image[:90, :160], image[:90, 160:], image[90:, :160], image[90:, 160:] = RED, GREEN, BLUE, WHITE
    return image


def corners(frame: Pixels) -> list[list[int]]:
    return [color(frame, x, y) for y in (0.25, 0.75) for x in (0.25, 0.75)]


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


def exif(orientation: int) -> bytes:
    tags = Image.Exif()
    tags[0x0112] = orientation
    return tags.tobytes()


def add(kit: Kit, name: str, image: Image.Image | bytes, **save: Any) -> str:
    path = kit.folder / name
    if isinstance(image, bytes):
        path.write_bytes(image)
    else:
        image.save(path, **({"quality": 95} if path.suffix in (".jpg", ".webp", ".heic", ".avif") else {}) | save)
    return kit.add(path)


@pytest.mark.parametrize("coder", ["webp", "heic", "avif"])
async def test_a_picture_of_any_format_stands_upright_in_all_eight_orientations(kit: Kit, coder: str) -> None:
    names = []
    for orientation in range(1, 9):
        stored = Image.fromarray(quarters())
        if orientation > 1:
            stored = stored.transpose(STORED[orientation])
        names.append(add(kit, f"{orientation}.{coder}", stored, exif=exif(orientation)))
    for number, frame in enumerate(await shown(kit, *names), 1):
        found = corners(frame)
        good = [close(f, w, 8) for f, w in zip(found, (RED, GREEN, BLUE, WHITE), strict=True)]
        assert all(good), (number, found)


async def test_the_orientation_of_a_png_is_found_behind_its_pixels(kit: Kit) -> None:
    out = io.BytesIO()
    Image.fromarray(quarters()).transpose(STORED[6]).save(out, "PNG")
    whole, tags = out.getvalue(), exif(6).removeprefix(b"Exif\0\0")
    chunk = len(tags).to_bytes(4, "big") + b"eXIf" + tags + zlib.crc32(b"eXIf" + tags).to_bytes(4, "big")
    name = add(kit, "late.png", whole[:-12] + chunk + whole[-12:])
    (frame,) = await shown(kit, name)
    assert all(close(f, w, 8) for f, w in zip(corners(frame), (RED, GREEN, BLUE, WHITE), strict=True))


async def test_a_phones_heic_of_tiles_is_put_together_and_turned_once(kit: Kit) -> None:
    upright = np.asarray(Image.fromarray(quarters()).resize((300, 200), Image.Resampling.NEAREST))
    plain = add(kit, "plain.heic", heic_of_tiles(upright, 128))
    # A phone says it twice: in the box of the container that counts, and in EXIF for those who read nothing else.
    stored = np.ascontiguousarray(np.rot90(upright))
    turned = add(kit, "turned.heic", heic_of_tiles(stored, 128, quarters=3, exif=exif(6)))
    for frame in await shown(kit, plain, turned):
        found = corners(frame)
        assert all(close(f, w, 8) for f, w in zip(found, (RED, GREEN, BLUE, WHITE), strict=True)), found
    info = await probe_file(kit.files[turned])
    assert (info.width, info.height) == (300, 200)


async def test_of_a_burst_the_main_picture_is_shown(kit: Kit) -> None:
    first, second = (Image.new("RGB", (320, 180), c) for c in (GREEN, RED))
    names = [
        add(kit, "burst.heic", first, save_all=True, append_images=[second]),
        add(kit, "burst.avif", first, save_all=True, append_images=[second]),
        # Two pictures in one JPEG: the form of phones' depth and HDR photos.
        add(kit, "pair.jpg", first, format="MPO", save_all=True, append_images=[second]),
    ]
    for frame in await shown(kit, *names):
        assert close(color(frame), GREEN, 6)


def seen(code: Rgb, colorants: Any, gamma: float | None = None) -> list[int]:
    """What sRGB writes for a colour of a profile: by its curve to light, by its colorants to XYZ, and back by sRGB's."""
    part = np.array(code) / 255
    light = part**gamma if gamma else srgb_to_linear(part)
    return [round(float(v) * 255) for v in linear_to_srgb(light @ np.array(colorants) @ np.linalg.inv(np.array(SRGB)))]


@pytest.mark.parametrize("coder", ["jpg", "png", "webp", "heic", "avif"])
async def test_colours_of_display_p3_and_adobe_rgb_are_shown_as_the_camera_saw_them(kit: Kit, coder: str) -> None:
    colors: list[Rgb] = [(200, 100, 80), (90, 160, 90), (60, 80, 170), (128, 128, 128)]
    p3, adobe = rgb_profile(DISPLAY_P3), rgb_profile(ADOBE_RGB, 2.199)
    for profile, colorants, gamma in ((p3, DISPLAY_P3, None), (adobe, ADOBE_RGB, 2.199)):
        names = [
            add(kit, f"{n}.{coder}", Image.new("RGB", (320, 180), c), icc_profile=profile) for n, c in enumerate(colors)
        ]
        wanted = [seen(c, colorants, gamma) for c in colors]
        found = [color(frame) for frame in await shown(kit, *names)]
        assert [close(f, w) for f, w in zip(found, wanted, strict=True)] == [True] * 4, (found, wanted)
        assert not close(found[1], colors[1], 10), "the profile makes a difference"


async def test_wide_colours_are_shown_as_they_were_seen_where_only_numbers_name_them(kit: Kit) -> None:
    p3 = np.array((200, 100, 80)) / 255
    flat = np.broadcast_to(p3, (180, 320, 3)).copy()
    made = Image.fromarray(np.round(255 * flat).astype(np.uint8))
    names = [
        add(kit, "p3.heic", signalled_heic(flat, 12, 13)),
        add(kit, "p3.avif", signalled_avif(flat, 12, 13, 1)),
        add(kit, "p3.png", signalled_png(flat, 12, 13)),
    ]
    wanted = seen((200, 100, 80), DISPLAY_P3)
    found = [color(frame) for frame in await shown(kit, *names)]
    assert [close(f, wanted, 4) for f in found] == [True] * 3, (found, wanted)
    # A profile says more than the numbers.
    both = add(kit, "both.heic", made, icc_profile=rgb_profile(SRGB))
    assert close(color((await shown(kit, both))[0]), (200, 100, 80), 4)


def pq(light: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """cd/m² to the code of SMPTE ST 2084."""
    y = (np.asarray(light, float) / 10_000) ** 0.1593017578125
    return np.asarray(((0.8359375 + 18.8515625 * y) / (1 + 18.6875 * y)) ** 78.84375)


async def test_hdr_photos_are_toned_down_and_have_the_colours_of_the_scene(kit: Kit) -> None:
    # A surface of sRGB's colours under a white of 203 cd/m², written in BT.2020 and PQ, with a lamp of 4000 cd/m².
    to_2020 = np.array([[0.6274, 0.3293, 0.0433], [0.0691, 0.9195, 0.0114], [0.0164, 0.0880, 0.8956]])
    code = np.broadcast_to(pq(203 * (to_2020 @ srgb_to_linear(np.array((120, 60, 50)) / 255))), (180, 320, 3)).copy()
    code[:90] = pq(4000)
    slope = np.repeat(np.tile(pq(np.geomspace(0.5, 400, 320)), (180, 1))[..., None], 3, axis=2)
    coders: list[tuple[str, Any]] = [
        ("heic", lambda codes: signalled_heic(codes, 9, 16, 9)),
        ("avif", lambda codes: signalled_avif(codes, 9, 16, 9)),
        ("png", lambda codes: signalled_png(codes, 9, 16)),
    ]
    for coder, coded in coders:
        names = [add(kit, f"{n}.{coder}", coded(codes)) for n, codes in enumerate((code, slope))]
        scene, grey = await shown(kit, *names)
        assert close(color(scene, 0.5, 0.75), (120, 60, 50), 5), (coder, color(scene, 0.5, 0.75))
        assert min(color(scene, 0.5, 0.25)) >= 252, coder
        columns = grey.astype(float).mean(axis=(0, 2))
        assert np.diff(columns).min() > -1.5, (coder, "what is brighter stays brighter")
        assert np.diff(columns).max() < 5, (coder, "no steps in a sky")


async def test_a_grey_profile_is_applied(kit: Kit) -> None:
    linear = gray_profile(1.0)
    image = Image.new("L", (320, 180), 55)
    names = [add(kit, f"a.{coder}", image, icc_profile=linear) for coder in ("jpg", "png")]
    wanted = round(float(linear_to_srgb(55 / 255)) * 255)
    for frame in await shown(kit, *names):
        assert close(color(frame), (wanted,) * 3), wanted


async def test_a_profile_that_is_broken_or_for_other_pictures_or_srgbs_own_changes_nothing(kit: Kit) -> None:
    image = Image.fromarray(data.astronaut()).resize((320, 180))
    good = rgb_profile(DISPLAY_P3)
    profiles = {
        "none": None, "srgb": rgb_profile(SRGB), "cut": good[:200], "noise": bytes(range(256)) * 4,
        "empty": b"x", "grey": gray_profile(1.0), "cmyk": cmyk_profile([(50, 0, 0)] * 16),
    }  # fmt: skip
    names = [add(kit, f"{name}.jpg", image, **({"icc_profile": icc} if icc else {})) for name, icc in profiles.items()]
    plain, *others = await shown(kit, *names)
    for name, other in zip(names[1:], others, strict=True):
        assert np.array_equal(plain, other), name
    for name in names:
        assert (await probe_file(kit.files[name])).kind == "image"


async def test_cmyk_is_shown_as_it_would_be_printed(kit: Kit) -> None:
    # Cyan, magenta, yellow, black: from 0 to 255, as Pillow gives them; Adobe's files hold them upside down.
    inks = {"c.jpg": (255, 0, 0, 0), "m.jpg": (0, 255, 0, 0), "y.jpg": (0, 0, 255, 0), "k.jpg": (0, 0, 0, 128)}
    plain = {"c.jpg": (0, 255, 255), "m.jpg": (255, 0, 255), "y.jpg": (255, 255, 0), "k.jpg": (127, 127, 127)}
    names = [add(kit, name, Image.new("CMYK", (320, 180), ink)) for name, ink in inks.items()]
    for name, frame in zip(names, await shown(kit, *names), strict=True):
        assert close(color(frame), plain[name]), name
    # L*a*b* of paper and of each ink as on coated paper; whatever lies over another is dark.
    lab = [(25.0, 0.0, 0.0)] * 16
    lab[0], lab[8], lab[4], lab[2], lab[1] = (95, 0, 0), (55, -37, -50), (48, 74, -3), (89, -5, 93), (16, 0, 0)
    profile = cmyk_profile(lab)
    names = [
        add(kit, f"p{name}", Image.new("CMYK", (320, 180), ink), icc_profile=profile) for name, ink in inks.items()
    ]
    cyan, magenta, yellow, _ = (color(frame) for frame in await shown(kit, *names))
    # sRGB of those L*a*b* (ISO 12647-2's inks), to the percent.
    assert close(cyan, (0, 145, 216), 8), cyan
    assert close(magenta, (206, 0, 122), 12), magenta
    assert close(yellow, (245, 221, 0), 14), yellow


async def test_cmyk_stored_as_ycck_is_turned_back(kit: Kit) -> None:
    # Y, Cb, Cr stand in the place of C, M and Y: those of the inks, while the black is stored upside down.
    red, green, blue = (255 - value for value in GREEN)
    y = 0.299 * red + 0.587 * green + 0.114 * blue
    stored = (y, 128 + (blue - y) * 0.564, 128 + (red - y) * 0.713, 255.0)
    out = io.BytesIO()
    Image.new("CMYK", (320, 180), tuple(255 - round(v) for v in stored)).save(out, "JPEG", quality=95)
    (frame,) = await shown(kit, add(kit, "a.jpg", ycck(out.getvalue())))
    assert close(color(frame), GREEN)


def ramp() -> npt.NDArray[np.uint16]:
    return np.tile(np.linspace(0, 65535, 320).round().astype(np.uint16), (180, 1))


def png16(pixels: npt.NDArray[np.uint16]) -> bytes:
    """A PNG of 16 bits for each channel: grey, RGB or RGBA by the shape."""
    channels = pixels.shape[2] if pixels.ndim == 3 else 1
    lines = b"".join(b"\0" + row.astype(">u2").tobytes() for row in pixels)
    return png(pixels.shape[1], pixels.shape[0], 16, {1: 0, 3: 2, 4: 6}[channels], zlib.compress(lines))


def png(width: int, height: int, bits: int, kind: int, content: bytes) -> bytes:
    def chunk(name: bytes, body: bytes) -> bytes:
        return len(body).to_bytes(4, "big") + name + body + zlib.crc32(name + body).to_bytes(4, "big")

    header = width.to_bytes(4, "big") + height.to_bytes(4, "big") + bytes((bits, kind, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", content) + chunk(b"IEND", b"")


async def test_pictures_of_16_bits_are_neither_clipped_nor_banded(kit: Kit) -> None:
    grey, full = ramp(), np.full((180, 320), 65535, np.uint16)
    names = [
        add(kit, "grey.png", png16(grey)),
        add(kit, "rgb.png", png16(np.dstack([grey, grey, grey]))),
        add(kit, "rgba.png", png16(np.dstack([grey, grey, grey, full]))),
    ]
    wanted = np.linspace(0, 255, 320)
    for name, frame in zip(names, await shown(kit, *names), strict=True):
        columns = frame.astype(float).mean(axis=(0, 2))
        assert np.abs(columns - wanted).max() < 3, name
        # On average a step of 0.8, and the preview's JPEG adds its own: a conversion that loses bits shows jumps.
        assert np.abs(np.diff(columns)).max() < 3.5, name


def logo(ink: Rgb, hidden: Rgb = (0, 255, 0), size: tuple[int, int] = (1280, 720)) -> Image.Image:
    """A soft-edged disc of one colour; what cannot be seen of the picture has another."""
    y, x = np.mgrid[0 : size[1], 0 : size[0]]
    distance = np.hypot(x - size[0] / 2, y - size[1] / 2)
    alpha = np.clip(size[1] * 0.48 - distance, 0, 1)
    pixels = np.where(alpha[..., None] > 0, np.array(ink), np.array(hidden))
    return Image.fromarray(np.dstack([pixels, alpha * 255]).astype(np.uint8))


@pytest.mark.parametrize("coder", ["png", "webp"])
async def test_what_is_transparent_lies_on_the_ground_that_shows_it(kit: Kit, coder: str) -> None:
    save: dict[str, Any] = {"lossless": True, "exact": True} if coder == "webp" else {}
    dark, light, orange = (
        add(kit, f"{name}.{coder}", logo(ink), **save)
        for name, ink in (("dark", (20, 20, 60)), ("light", (250, 250, 245)), ("orange", (240, 130, 30)))
    )
    inks: list[Rgb] = [(20, 20, 60), (250, 250, 245), (240, 130, 30), (250, 250, 245)]
    frames = await shown(kit, dark, light, orange, kit.clip(light, background="#102040"))
    grounds = [(255, 255, 255), (0, 0, 0), (255, 255, 255), (16, 32, 64)]
    for frame, ink, ground in zip(frames, inks, grounds, strict=True):
        assert close(color(frame, 0.02, 0.02), ground)
        assert close(color(frame), ink)
    # Of the green that transparency hides nothing is seen, at the edges neither.
    clean = add(kit, f"clean.{coder}", logo(inks[0], hidden=inks[0]), **save)
    (other,) = await shown(kit, clean)
    assert np.abs(frames[0].astype(int) - other).max() <= 2


async def test_a_transparent_logo_keeps_its_edges_and_an_opaque_picture_with_an_alpha_channel_fills(kit: Kit) -> None:
    name = add(kit, "logo.png", logo((20, 20, 60), size=(600, 450)))
    opaque = add(kit, "shot.png", Image.new("RGBA", (600, 450), (*GREEN, 255)))
    film = kit.film(kit.clip(name, fit="auto", motion="auto"), kit.clip(opaque, fit="auto"))
    whole, filled = await look(kit, film, [500, 1500])
    rows, columns = np.nonzero(whole[..., 0] < 128)
    assert rows.min() > 0
    assert rows.max() < 179
    assert close(np.ptp(columns), np.ptp(rows), 4), "the disc is round and whole"
    assert close(color(whole, 0.01, 0.5), (255, 255, 255)), "the bars are of the same white"
    assert close(color(filled, 0.01, 0.5), GREEN)


FRAMES: list[tuple[Rgb, int]] = [(RED, 100), (GREEN, 300), (BLUE, 200)]


def moving(kit: Kit, name: str, **save: Any) -> str:
    first, *rest = (Image.new("RGB", (320, 180), c) for c, _ in FRAMES)
    if name.endswith(".webp"):
        save["lossless"] = True
    return add(kit, name, first, save_all=True, append_images=rest, duration=[ms for _, ms in FRAMES], loop=1, **save)


@pytest.mark.parametrize("coder", ["gif", "webp", "png"])
async def test_a_picture_that_moves_plays_at_its_own_rate_over_and_over(kit: Kit, coder: str) -> None:
    black = kit.picture("black.png", (0, 0, 0))
    film = kit.film(kit.clip(black, 500), kit.clip(moving(kit, f"a.{coder}"), 1800), fps=50)
    times = list(range(0, 1800, 40))
    for ms, frame in zip(times, await look(kit, film, [500 + ms for ms in times]), strict=True):
        # A frame of 20 ms shows what is there in its middle.
        at = (ms + 10) % 600
        wanted = RED if at < 100 else GREEN if at < 400 else BLUE
        assert close(color(frame), wanted, 8), ms


async def test_a_moving_picture_is_put_together_from_its_parts(kit: Kit) -> None:
    """A GIF stores what changed: frames that keep the one before, clear their place, or are transparent in part."""
    base = Image.new("RGBA", (320, 180), (*BLUE, 255))
    patches = []
    for number in range(3):
        patch = Image.new("RGBA", (320, 180), (0, 0, 0, 0))
        patch.paste((*RED, 255), (number * 100, 0, number * 100 + 60, 180))
        patches.append(patch)
    keeps = add(kit, "keep.gif", base, save_all=True, append_images=patches, duration=100, disposal=1)
    clears = add(kit, "clear.gif", patches[0], save_all=True, append_images=patches[1:], duration=100, disposal=2)
    film = kit.film(kit.clip(keeps, 400), kit.clip(clears, 300), fps=20)
    *_, last, one, two = await look(kit, film, [50, 150, 350, 450, 550])
    assert [
        close(color(last, x), w, 8) for x, w in ((0.09, RED), (0.4, RED), (0.72, RED), (0.25, BLUE), (0.95, BLUE))
    ] == [True] * 5
    # Where nothing is, there is the ground: white, for red is not light.
    assert [close(color(one, x), w, 8) for x, w in ((0.09, RED), (0.4, (255,) * 3), (0.72, (255,) * 3))] == [True] * 3
    assert [close(color(two, x), w, 8) for x, w in ((0.09, (255,) * 3), (0.4, RED), (0.72, (255,) * 3))] == [True] * 3


async def test_a_long_picture_that_moves_is_shown_whole(kit: Kit) -> None:
    frames = [Image.new("RGB", (2600, 500), c) for c in (RED, GREEN)]
    for n, frame in enumerate(frames):
        frame.paste(BLUE, (0, 0, 400, 500))
        frame.paste(WHITE, (2200, 0, 2600, 500 - n))
    name = add(kit, "banner.webp", frames[0], save_all=True, append_images=frames[1:], duration=500, lossless=True)
    (seen_whole,) = await shown(kit, kit.clip(name, fit="auto", motion="auto", width=2600, height=500), size=(320, 180))
    assert close(color(seen_whole, 0.05), BLUE, 8)
    assert close(color(seen_whole, 0.95), WHITE, 8)


async def test_frames_in_a_hurry_get_a_tenth_of_a_second_as_in_browsers(kit: Kit) -> None:
    first, second = (Image.new("RGB", (320, 180), c) for c in (RED, GREEN))
    name = add(kit, "a.gif", first, save_all=True, append_images=[second], duration=0)
    frames = await look(kit, kit.film(kit.clip(name), fps=20), [50, 150, 250])
    assert [close(color(f), c, 8) for f, c in zip(frames, (RED, GREEN, RED), strict=True)] == [True] * 3


async def test_a_moving_picture_that_breaks_off_plays_what_is_there_and_says_so(kit: Kit) -> None:
    noise = np.random.default_rng(1)
    frames = [Image.fromarray(noise.integers(0, 255, (180, 320, 3), np.uint8)) for _ in range(4)]
    name = add(kit, "a.webp", frames[0], save_all=True, append_images=frames[1:], duration=100, lossless=True)
    whole = kit.files[name].read_bytes()
    # The last frame's pixels are not what they were; its place in the file is.
    at = whole.rindex(b"VP8L") + 12
    kit.files[name].write_bytes(whole[:at] + bytes(2000) + whole[at + 2000 :])
    film = await kit.render(kit.film(kit.clip(name)))
    assert film.result.notes == ("Clip 1 (a.webp) is broken in the middle: the frames before that place are played.",)
    assert len(film.frames) == 10


async def test_a_panorama_is_whole_when_it_is_contained_and_sharp_when_it_fills(kit: Kit) -> None:
    wide = np.zeros((1500, 12000, 3), np.uint8)
    wide[:] = GREY
    wide[:, :600], wide[:, -600:], wide[:, 5950:6050] = RED, BLUE, WHITE
    name = add(kit, "wide.jpg", Image.fromarray(wide))
    whole, filled = await shown(kit, kit.clip(name, fit="contain"), kit.clip(name, fit="fill", motion="pan_right"))
    assert close(color(whole, 0.02), RED, 8)
    assert close(color(whole, 0.98), BLUE, 8)
    assert close(color(whole, 0.5, 0.1), (0, 0, 0))
    stripe = filled[90, :, :].astype(float).mean(axis=1) > 180
    assert 8 <= stripe.sum() <= 20, "the stripe in the middle is 12 pixels wide, and a little more as the picture moves"
    assert filled[90].min(axis=1).max() > 230, "white stays white: the stripe is sharp"
    assert not close(color(filled, 0.5, 0.02), (0, 0, 0), 60), "no bars"


async def test_pictures_of_one_pixel_and_of_one_line_are_drawn(kit: Kit) -> None:
    sizes = [(1, 1), (2, 1), (1, 3000), (3000, 1), (15, 15), (17, 5)]
    names = [
        add(kit, f"{w}x{h}.{coder}", Image.new("RGB", (w, h), GREEN))
        for w, h in sizes
        for coder in ("png", "jpg", "gif")
    ]
    for fit in ("fill", "contain", "blur"):
        clips = [kit.clip(name, 200, fit=fit) for name in names]
        for name, frame in zip(names, await shown(kit, *clips), strict=True):
            # A line of two pixels stands on even columns and rows, and the preview, a JPEG, blurs its colour.
            assert close(frame[88:91, 158:161].reshape(-1, 3).max(axis=0), GREEN, 24), (fit, name)


async def test_a_picture_that_claims_billions_of_pixels_is_refused_in_plain_words(kit: Kit) -> None:
    bomb = add(kit, "bomb.png", png(60_000, 60_000, 8, 2, zlib.compress(bytes(1000))))
    words = "is too large a picture: 60000×60000 is more than 200 million pixels"
    with pytest.raises(MediaError, match=words):
        await probe_file(kit.files[bomb])
    for known in ({}, {"width": 60_000, "height": 60_000}):
        with pytest.raises(RenderError, match=re.escape(f"clip 1 (bomb.png) {words}")):
            await shown(kit, kit.clip(bomb, **known))


MEASURED = """
import sys
from pathlib import Path
from nemovideo_mcp.studio.render import film
from nemovideo_mcp.studio.render.job import RenderJob
film.render(RenderJob.model_validate_json(sys.stdin.read()), lambda *_: None)
print(next(line.split()[1] for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM")))
"""


def most_kilobytes(kit: Kit, film: Timeline) -> int:
    """What a process that makes the film takes at most. (ru_maxrss would begin with what this one holds at the fork.)"""
    command = [sys.executable, "-c", MEASURED]
    done = subprocess.run(command, input=kit.job(film).model_dump_json(), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return int(done.stdout)


@linux
async def test_a_photo_of_100_megapixels_takes_little_memory_and_is_sharp(kit: Kit) -> None:
    path = kit.folder / "huge.jpg"
    huge = Image.fromarray(quarters()).resize((11_600, 8_700), Image.Resampling.NEAREST)
    huge.save(path, quality=90)
    huge.close()
    clip = kit.clip(kit.add(path), 500, motion="zoom_in")
    assert most_kilobytes(kit, kit.film(clip, size=(1920, 1080))) < 450 * 1024
    (frame,) = await shown(kit, kit.clip("huge.jpg"), size=(1280, 720))
    assert all(close(f, w, 6) for f, w in zip(corners(frame), (RED, GREEN, BLUE, WHITE), strict=True))
    edge = frame[180, 600:680, 1].astype(int)
    assert np.count_nonzero((edge > 50) & (edge < 160)) <= 4, "the edge in the middle is as sharp as a pixel"


@linux
def test_a_long_animation_is_never_in_memory_as_a_whole(kit: Kit) -> None:
    frames = [Image.new("L", (640, 360), n % 250) for n in range(500)]
    name = add(kit, "long.gif", frames[0], save_all=True, append_images=frames[1:], duration=20)
    # Its 500 pictures together would take 460 MB.
    assert most_kilobytes(kit, kit.film(kit.clip(name, 10_000), fps=5)) < 300 * 1024


def test_a_path_is_enough_to_know_whether_a_picture_moves(tmp_path: Path) -> None:
    from nemovideo_mcp.media.pictures import plays

    still, moves = tmp_path / "still.gif", tmp_path / "moves.gif"
    Image.new("RGB", (8, 8)).save(still)
    Image.new("RGB", (8, 8)).save(moves, save_all=True, append_images=[Image.new("RGB", (8, 8), RED)])
    assert (plays(still), plays(moves)) == (False, True)
