"""The fonts of the project. They come from packages, so that every machine draws the same; only colour emoji are the machine's own.

Inter and Source Serif 4 for Latin, Greek and Cyrillic, Noto Sans CJK for Chinese, Japanese and Korean, Noto Sans for
twenty other scripts, Noto Emoji (in one colour) where the machine has no colour emoji. All under the SIL Open Font License.
Heavy: loads HarfBuzz.
"""

from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from unicodedata import category

import uharfbuzz as hb
from noto_cjk import FontNotInstalled, font_path

from nemovideo_mcp.media.errors import MediaError
from nemovideo_mcp.timeline.model import Font

EMOJI_FILES = (
    "/System/Library/Fonts/Apple Color Emoji.ttc",
    "C:/Windows/Fonts/seguiemj.ttf",
    "~/.local/share/fonts/NotoColorEmoji.ttf",
    "/usr/share/fonts/truetype/noto/NotoColorEmoji.ttf",
    "/usr/share/fonts/noto/NotoColorEmoji.ttf",
    "/usr/share/fonts/noto-emoji/NotoColorEmoji.ttf",
    "/usr/share/fonts/google-noto-emoji/NotoColorEmoji.ttf",
    "/usr/share/fonts/google-noto-color-emoji-fonts/NotoColorEmoji.ttf",
    "/usr/share/fonts/google-noto-color-emoji-fonts/Noto-COLRv1.ttf",
    "/usr/local/share/fonts/NotoColorEmoji.ttf",
)
"""Where macOS, Windows and the Linux distributions keep their colour emoji."""

_SCRIPTS = (
    "Arabic", "Hebrew", "Devanagari", "Thai", "Bengali", "Tamil", "Telugu", "Gujarati", "Gurmukhi", "Kannada", "Malayalam",
    "Oriya", "Sinhala", "Khmer", "Lao", "Myanmar", "Georgian", "Armenian", "Ethiopic", "Symbols",
)  # fmt: skip
_BOLD = 550
"""From this weight on, Noto Sans CJK is bold: its package has two weights."""


class Typeface:
    """One font at one weight. Its outlines and advances are in units of ``upem`` to the type size."""

    def __init__(self, path: Path, **axes: float) -> None:
        face = hb.Face(hb.Blob.from_file_path(str(path)))
        self.font = hb.Font(face)
        if axes:
            self.font.set_variations(axes)
        self.upem: int = face.upem
        self.has_bitmaps = bool(face.has_color_png)
        self.has_color = self.has_bitmaps or bool(face.has_color_layers or face.has_color_paint)
        self._characters = face.unicodes

    def has(self, character: str) -> bool:
        # Characters of private use mean something else in every font.
        return ord(character) in self._characters and category(character) != "Co"


def chain(font: Font, weight: int, optical: float) -> Iterator[Typeface]:
    """The fonts to look in for a letter, the best first. ``optical`` is the type size in points to whose look letters are cut.

    Raises:
        MediaError: a font's package is not there.
    """
    if font == "serif":
        # What is cut for display is reached at 32 points in Inter and at 60 in Source Serif.
        display = 60.0 if optical >= 30 else optical
        yield packaged("fontpkg_source_serif_4/files/SourceSerif4[opsz,wght].ttf", weight, display)
    yield packaged("fontpkg_inter/files/Inter[opsz,wght].ttf", weight, optical)
    yield han(weight)
    for script in ("", *_SCRIPTS):
        yield packaged(f"manimgx_fonts/NotoSans{script}[wght].ttf", weight, optical)


@cache
def han(weight: int) -> Typeface:
    """Chinese, Japanese and Korean.

    Raises:
        MediaError: the font's package is not there.
    """
    try:
        return Typeface(Path(font_path("sans", "jp", "bold" if weight >= _BOLD else "regular")))
    except FontNotInstalled:
        raise _missing("noto-cjk[sans-jp]") from None


@cache
def color_emoji() -> Typeface | None:
    """The machine's own colour emoji, if it has any in a form that can be drawn (bitmaps or layers, not SVG)."""
    for name in EMOJI_FILES:
        path = Path(name).expanduser()
        if path.is_file():
            face = Typeface(path)
            if face.has_color:
                return face
    return None


def plain_emoji(weight: int) -> Typeface:
    """Emoji as line drawings, for machines without colour emoji."""
    return packaged("manimgx_fonts/NotoEmoji[wght].ttf", weight, 0)


@cache
def packaged(name: str, weight: int, optical: float) -> Typeface:
    """A font from a package: ``name`` is the package's and the file's path in it.

    Raises:
        MediaError: the package is not there.
    """
    package, _, rest = name.partition("/")
    # Found without importing: some of the packages run code of their own, and all that is wanted is the file.
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise _missing(package.replace("_", "-"))
    return Typeface(Path(spec.origin).parent / rest, wght=weight, opsz=optical)


def _missing(package: str) -> MediaError:
    return MediaError(f"cannot be drawn: the font package {package} is missing; install nemovideo-mcp again")


def language(text: str) -> str | None:
    """The OpenType language that picks the right forms of Han characters (BCP 47); None where there are none.

    Kana mean Japanese and hangul Korean. Else the characters tell: those that only the simplified set (GB 2312) or only the
    traditional one (Big5) has; some have neither and are Japan's own.
    """
    if any("\u3040" <= c <= "\u30ff" for c in text):
        return "ja"
    if any("\uac00" <= c <= "\ud7af" or "\u1100" <= c <= "\u11ff" for c in text):
        return "ko"
    han = [c for c in text if "\u3400" <= c <= "\u9fff" or "\uf900" <= c <= "\ufaff"]
    if not han:
        return None
    simplified, traditional = ([_encodes(c, code) for c in han] for code in ("gb2312", "big5"))
    if any(not s and not t and _encodes(c, "shift_jis") for c, s, t in zip(han, simplified, traditional, strict=True)):
        return "ja"
    only_traditional = sum(t and not s for s, t in zip(simplified, traditional, strict=True))
    only_simplified = sum(s and not t for s, t in zip(simplified, traditional, strict=True))
    return "zh-Hant" if only_traditional > only_simplified else "zh-Hans"


def _encodes(character: str, code: str) -> bool:
    try:
        character.encode(code)
    except UnicodeEncodeError:
        return False
    return True
