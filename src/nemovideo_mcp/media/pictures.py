"""Still pictures through Pillow: opened with a limit, turned upright, decoded whole. Heavy: for worker processes."""

import io
import struct
import warnings
from collections.abc import Generator
from pathlib import Path

import pillow_heif
from PIL import Image, UnidentifiedImageError

from nemovideo_mcp.media import codepoints, colors, light
from nemovideo_mcp.media.errors import MediaError
from nemovideo_mcp.media.formats import MAX_PIXELS

pillow_heif.register_heif_opener()
# Our own limit speaks first, and in our own words.
Image.MAX_IMAGE_PIXELS = None

_ORIENTATION = 0x0112
_TURNED = {5, 6, 7, 8}
_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What to do to a stored picture of each orientation (Exif 3.0, tag 0x0112)."""
_MOST_EXIF = 1 << 16
_MOVING = {"GIF", "WEBP", "PNG"}
_HASTE_MS, _HASTY_MS = 10, 100
"""Frames with no more time than the first are shown for the second, as browsers do: makers of such files rely on it."""


def open_picture(source: Path | bytes) -> Image.Image:
    """The picture, header read and pixels not yet.

    Raises:
        MediaError: it is no picture that can be read, or has more than `MAX_PIXELS` pixels.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image = Image.open(io.BytesIO(source) if isinstance(source, bytes) else source)
    except FileNotFoundError:
        raise MediaError("is no longer where it was: the file has vanished") from None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, RuntimeError) as error:
        if "truncated" in str(error).lower():
            raise MediaError("is cut off: only a part of the picture is there") from error
        raise MediaError(f"is a broken picture: {_said(error)}") from error
    width, height = image.size
    if width * height > MAX_PIXELS:
        image.close()
        raise MediaError(
            f"is too large a picture: {width}×{height} is more than {MAX_PIXELS // 1_000_000} million pixels"
        )
    return image


def orientation(image: Image.Image) -> int:
    """The EXIF orientation, 1 to 8; 1 when there is none. pillow-heif turns HEIC itself and says 1."""
    try:
        value = exif(image).get(_ORIENTATION, 1)
    except (OSError, ValueError, SyntaxError, TypeError, struct.error):
        return 1
    return value if value in range(1, 9) else 1


def exif(image: Image.Image) -> Image.Exif:
    """The EXIF of a picture, empty when there is none.

    Raises:
        OSError, ValueError, SyntaxError, TypeError, struct.error: it is broken.
    """
    if image.format == "PNG":
        # Asked in the usual way, Pillow decodes the whole picture in search of a chunk behind the pixels.
        _find_late_exif(image)
        return Image.Image.getexif(image)
    return image.getexif()


def _find_late_exif(image: Image.Image) -> None:
    """Notes the EXIF of a PNG that stands behind its pixels (PNG 3rd edition, 5.3: length, type, content, checksum)."""
    file = getattr(image, "fp", None)
    if file is None or "exif" in image.info:
        return
    place = file.tell()
    try:
        file.seek(8)
        while len(head := file.read(8)) == 8:
            length, kind = struct.unpack(">I4s", head)
            if kind == b"eXIf":
                image.info["exif"] = b"Exif\0\0" + file.read(min(length, _MOST_EXIF))
                return
            file.seek(length + 4, io.SEEK_CUR)
    finally:
        file.seek(place)


def upright_size(image: Image.Image) -> tuple[int, int]:
    """Width and height in pixels as a person sees the picture."""
    width, height = image.size
    return (height, width) if orientation(image) in _TURNED else (width, height)


def load(image: Image.Image) -> None:
    """Decodes all pixels.

    Raises:
        MediaError: the data end too early or make no sense.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image.load()
    except (OSError, ValueError, SyntaxError, EOFError, RuntimeError, IndexError) as error:
        text = str(error).lower()
        if "truncated" in text or "end of" in text or "eof" in text or isinstance(error, EOFError):
            raise MediaError(f"is cut off: only a part of the picture is there ({_said(error)})") from error
        raise MediaError(f"is a broken picture: {_said(error)}") from error


def check(source: Path | bytes) -> tuple[int, int]:
    """Decodes the picture, as small as its format allows, only to know that it can be; its upright size.

    Raises:
        MediaError: it cannot be read, is cut off or is too large.
    """
    with open_picture(source) as image:
        size = upright_size(image)
        # JPEG can be decoded at an eighth of its size; every byte is read all the same, so a cut-off file is found.
        image.draft("RGB", (max(1, image.width // 8), max(1, image.height // 8)))
        load(image)
    return size


def open_upright(source: Path | bytes, box: tuple[int, int] | None = None, *, srgb: bool = True) -> Image.Image:
    """The decoded picture, upright, as RGB or RGBA; at least as large as ``box`` (pixels), and smaller than it is stored where
    that is cheap. Its colours are sRGB's, HDR among them toned; without ``srgb`` they stay those of its profile, if it has one.

    Raises:
        MediaError: it cannot be read, is cut off or is too large.
    """
    with open_picture(source) as image:
        turned = orientation(image)
        if box:
            box = box[::-1] if turned in _TURNED else box
            image.draft("RGB", box)
        points = codepoints.of_picture(image)
        load(image)
        if points is not None and light.exceeds(points):
            plain = _toned(source, image, points, box)
        else:
            plain = _smaller(_eight_bits(image), box)
            plain = colors.to_srgb(plain, image.info.get("icc_profile") if srgb else None)
        return plain.transpose(_UPRIGHT[turned]) if turned > 1 else plain


def has_alpha(image: Image.Image) -> bool:
    """Whether parts of it may be transparent, from the header alone."""
    return image.mode in ("RGBA", "LA", "PA", "RGBa", "La") or "transparency" in image.info


def plays(path: Path) -> bool:
    """Whether it is a picture that moves: a GIF, WebP or PNG of several frames. Of a burst or a sequence the first one counts.

    Raises:
        MediaError: it is no picture that can be read.
    """
    with open_picture(path) as image:
        try:
            return image.format in _MOVING and getattr(image, "n_frames", 1) - _apart(image) > 1
        except (OSError, ValueError, SyntaxError, EOFError, struct.error):
            # Broken behind its first frame: that one can still be shown.
            return False


def frames(source: Path) -> Generator[tuple[int, Image.Image]]:
    """The frames of a picture that moves: for how many ms each is shown, and the whole picture as RGB or RGBA.

    One after the other, and only one of them in memory.

    Raises:
        MediaError: a frame is broken or missing; those before it have been given.
    """
    with open_picture(source) as image:
        profile, turned = image.info.get("icc_profile"), orientation(image)
        for number in range(_apart(image), getattr(image, "n_frames", 1)):
            try:
                image.seek(number)
            except (OSError, ValueError, SyntaxError, EOFError, RuntimeError, IndexError, struct.error) as error:
                raise MediaError(f"is a broken picture: {_said(error)}") from error
            load(image)
            # The next frame is drawn over this one.
            plain = colors.to_srgb(_eight_bits(image).copy(), profile)
            ms = round(image.info.get("duration") or 0)
            yield (ms if ms > _HASTE_MS else _HASTY_MS), plain.transpose(_UPRIGHT[turned]) if turned > 1 else plain


def _apart(image: Image.Image) -> int:
    """1 for a moving PNG whose first picture is only for programs that cannot play it (PNG 3rd edition, 4.9), else 0."""
    return int(bool(image.info.get("default_image")))


def _eight_bits(image: Image.Image) -> Image.Image:
    """The picture as L, RGB, RGBA or CMYK, whatever it is stored as, and itself where it is one of these already."""
    # 16-bit grey has no direct way to 8 bits that would not clip.
    if image.mode.startswith("I"):
        return image.point(lambda value: value / 256).convert("L")
    if has_alpha(image):
        return image if image.mode == "RGBA" else image.convert("RGBA")
    if image.mode in ("L", "RGB", "CMYK"):
        return image
    return image.convert("L" if image.mode == "1" else "RGB")


def _toned(
    source: Path | bytes, image: Image.Image, points: light.CodePoints, box: tuple[int, int] | None
) -> Image.Image:
    """A picture of more light or colour than sRGB holds, in sRGB; from all its bits, so that skies have no steps."""
    if not has_alpha(image) and (codes := codepoints.deep(source, image, _times(image, box))) is not None:
        return light.reduced_rgb(codes, points)
    plain = _smaller(_eight_bits(image), box)
    return light.to_srgb(plain if plain.mode == "RGBA" else plain.convert("RGB"), points)


def _smaller(image: Image.Image, box: tuple[int, int] | None) -> Image.Image:
    """The picture divided by a whole number, still covering ``box``; what is transparent lends no colour to its neighbours."""
    times = _times(image, box)
    if times < 2:
        return image
    if image.mode == "RGBA":
        return image.convert("RGBa").reduce(times).convert("RGBA")
    return image.reduce(times)


def _times(image: Image.Image, box: tuple[int, int] | None) -> int:
    """The whole number by which the picture can be divided and still cover ``box``."""
    return max(1, min(image.width // box[0], image.height // box[1])) if box else 1


def _said(error: BaseException) -> str:
    if isinstance(error, UnidentifiedImageError):
        return "its content cannot be read"
    return str(error).strip().split("\n")[0] or type(error).__name__
