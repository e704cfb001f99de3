"""The one font of the project: Noto Sans CJK Bold, from a package, so that every machine draws the same. Heavy: loads Pillow."""

from functools import cache

from noto_cjk import font_path
from PIL import ImageFont, features


@cache
def bold(size: int) -> ImageFont.FreeTypeFont:
    """Latin, Greek, Cyrillic, Chinese, Japanese and Korean at ``size`` pixels, shaped by raqm where Pillow has it."""
    return ImageFont.truetype(str(font_path("sans", "jp", "bold")), size)


def language(text: str) -> str | None:
    """The OpenType language that picks the right forms of Han characters: Chinese, unless kana or hangul say otherwise."""
    if not features.check("raqm"):
        # Without raqm Pillow cannot shape, and refuses to be told a language.
        return None
    if any("\u3040" <= c <= "\u30ff" for c in text):
        return "ja"
    if any("\uac00" <= c <= "\ud7af" or "\u1100" <= c <= "\u11ff" for c in text):
        return "ko"
    return "zh-Hans" if any("\u3400" <= c <= "\u9fff" or "\uf900" <= c <= "\ufaff" for c in text) else None


@cache
def has_glyph(character: str) -> bool:
    """Whether the font draws the character as itself and not as the box for a missing one."""
    if character.isspace():
        return True
    font = bold(32)
    drawn, missing = font.getmask(character), font.getmask("\U0010fffe")
    return bool(drawn.size != missing.size or bytes(drawn) != bytes(missing))
