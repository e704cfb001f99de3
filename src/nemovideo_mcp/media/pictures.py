"""Still pictures through Pillow: opened with a limit, turned upright, decoded whole. Heavy: for worker processes."""

import io
import warnings
from pathlib import Path

import pillow_heif
from PIL import Image, ImageOps, UnidentifiedImageError

from nemovideo_mcp.media.errors import MediaError
from nemovideo_mcp.media.formats import MAX_PIXELS

pillow_heif.register_heif_opener()
# Our own limit speaks first, and in our own words.
Image.MAX_IMAGE_PIXELS = None

_ORIENTATION = 0x0112
_TURNED = {5, 6, 7, 8}


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
        value = image.getexif().get(_ORIENTATION, 1)
    except (OSError, ValueError, SyntaxError, TypeError):
        return 1
    return value if value in range(1, 9) else 1


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


def open_upright(source: Path | bytes, box: tuple[int, int] | None = None) -> Image.Image:
    """The decoded picture, upright, as RGB or RGBA; no larger than needed to cover ``box`` (pixels) where that is cheap.

    Raises:
        MediaError: it cannot be read, is cut off or is too large.
    """
    with open_picture(source) as image:
        if box:
            side = max(box)
            image.draft("RGB", (side, side))
        load(image)
        turned = ImageOps.exif_transpose(image)
        # "P" and "LA" may carry transparency; 16-bit grey has no direct way to RGB.
        if turned.mode.startswith("I"):
            turned = turned.point(lambda value: value / 256).convert("L")
        alpha = turned.mode in ("RGBA", "LA", "PA", "RGBa") or "transparency" in turned.info
        return turned.convert("RGBA" if alpha else "RGB")


def _said(error: BaseException) -> str:
    if isinstance(error, UnidentifiedImageError):
        return "its content cannot be read"
    return str(error).strip().split("\n")[0] or type(error).__name__
