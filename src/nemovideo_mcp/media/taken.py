"""When and where a photo was taken, as far as its file says so in words. Heavy: for worker processes.

The date is EXIF's (Exif 3.0, 4.6.6: DateTimeOriginal with SubSecTimeOriginal and OffsetTimeOriginal), else XMP's. The place is text that
somebody wrote: of XMP (IPTC Photo Metadata Standard 2023.2: Location Created, else City and Country), else of IPTC's older
records (IIM 4.2, 2:90 to 2:101). Coordinates are never read.
"""

import re
import struct
import warnings
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from PIL import Image, ImageFile, IptcImagePlugin

from nemovideo_mcp.media import pictures

_EXIF_IFD, _ORIGINAL, _SUBSEC, _OFFSET = 0x8769, 0x9003, 0x9291, 0x9011
_EXIF_DATE = re.compile(r"(\d{4})[:\-/](\d\d)[:\-/](\d\d)[ T](\d\d):(\d\d):(\d\d)")
_EXIF_OFFSET = re.compile(r"[+-]\d\d:\d\d")
_FIRST_YEAR = 1826
"""That of the oldest photograph there is: an earlier date is none."""
_FIRST_VIDEO = "1991"
"""QuickTime counts from 1904: a clock that was never set says that."""

_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_PHOTOSHOP = "{http://ns.adobe.com/photoshop/1.0/}"
_EXIF_XMP = "{http://ns.adobe.com/exif/1.0/}"
_CORE = "{http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/}"
_EXT = "{http://iptc.org/std/Iptc4xmpExt/2008-02-29/}"
_MOST_XMP = 4_000_000
_MOST_WORDS = 80
"""Characters of a place at most: more is no name."""

Words = tuple[str | None, str | None, str | None, str | None]
"""City, a place inside it, the state, the country."""


class Taken(NamedTuple):
    at: str | None = None
    """ISO 8601; see `timeline.dates`."""
    place: str | None = None


def of_picture(image: Image.Image) -> Taken:
    """What an opened picture says. What cannot be read is taken for what is not there."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        xmp = _xmp(image)
        return Taken(_exif_date(image) or _xmp_date(xmp), _place(_xmp_place(xmp)) or _place(_iptc_place(image)))


def of_video(metadata: Mapping[str, str]) -> Taken:
    """What a container's metadata say; Apple's date has the offset from UTC, the other one is UTC."""
    for name in ("com.apple.quicktime.creationdate", "creation_time"):
        date = _iso(metadata.get(name, ""))
        if date is not None and date >= _FIRST_VIDEO:
            return Taken(date)
    return Taken()


def _exif_date(image: Image.Image) -> str | None:
    try:
        tags = pictures.exif(image).get_ifd(_EXIF_IFD)
        date = _EXIF_DATE.match(_text(tags.get(_ORIGINAL)))
        if date is None:
            return None
        subsec = re.match(r"\d{1,6}", _text(tags.get(_SUBSEC)))
        offset = _EXIF_OFFSET.match(_text(tags.get(_OFFSET)))
    except (OSError, ValueError, SyntaxError, TypeError, KeyError, struct.error):
        return None
    parts = f"{date[1]}-{date[2]}-{date[3]}T{date[4]}:{date[5]}:{date[6]}"
    return _iso(f"{parts}{f'.{subsec[0]}' if subsec else ''}{offset[0] if offset else ''}")


def _iso(raw: str) -> str | None:
    """The date in one form; None for what is none, such as the zeros of a camera that was never set."""
    fraction = re.search(r"\.(\d{1,9})", raw)
    raw = raw.replace(fraction[0], f".{fraction[1][:6]:0<6}", 1) if fraction else raw
    try:
        date = datetime.fromisoformat(raw.strip())
    except ValueError:
        return None
    if date.year < _FIRST_YEAR:
        return None
    return date.isoformat(timespec="milliseconds" if date.microsecond else "seconds")


def _text(value: Any) -> str:
    return value.decode("ascii", "replace").strip("\0 ") if isinstance(value, bytes) else str(value or "").strip("\0 ")


def _xmp(image: Image.Image) -> Element | None:
    raw = image.info.get("xmp") or image.info.get("XML:com.adobe.xmp")
    if isinstance(raw, str):
        raw = raw.encode()
    if not isinstance(raw, bytes) or len(raw) > _MOST_XMP:
        return None
    try:
        # A stranger's XML: no entities, no declarations.
        root: Element = fromstring(raw.strip(b"\0 \n\r\t"), forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        return None
    return root


def _xmp_date(root: Element | None) -> str | None:
    if root is None:
        return None
    found = (_property(root, name) for name in (f"{_EXIF_XMP}DateTimeOriginal", f"{_PHOTOSHOP}DateCreated"))
    return next((date for raw in found if raw and (date := _iso(raw))), None)


def _property(root: Element, name: str) -> str | None:
    """A property of XMP, in whichever of its forms: an attribute, an element, or the first item of a list in one."""
    for element in root.iter():
        if value := element.attrib.get(name):
            return value
        if element.tag == name:
            texts: Iterator[str | None] = (item.text for item in (element, *element.iter(f"{_RDF}li")))
            return next((text for text in texts if text and text.strip()), None)
    return None


def _xmp_place(root: Element | None) -> Words | None:
    if root is None:
        return None
    created = next(root.iter(f"{_EXT}LocationCreated"), None)
    if created is not None:
        names = ("City", "Sublocation", "ProvinceState", "CountryName")
        city, inside, state, country = (_property(created, f"{_EXT}{name}") for name in names)
        if any((city, inside, state, country)):
            return city, inside, state, country
    adobe = [_property(root, f"{_PHOTOSHOP}{name}") for name in ("City", "State", "Country")]
    return adobe[0], _property(root, f"{_CORE}Location"), adobe[1], adobe[2]


def _iptc_place(image: Image.Image) -> Words | None:
    if not isinstance(image, ImageFile.ImageFile):
        return None
    try:
        records = IptcImagePlugin.getiptcinfo(image) or {}
    except (OSError, ValueError, SyntaxError, TypeError, KeyError, IndexError, struct.error):
        return None

    def words(number: int) -> str | None:
        value = records.get((2, number))
        value = value[0] if isinstance(value, list) and value else value
        if not isinstance(value, bytes):
            return None
        try:
            return value.decode("utf-8")
        except UnicodeDecodeError:
            return value.decode("latin-1")

    return words(90), words(92), words(95), words(101)


def _place(words: Words | None) -> str | None:
    """``Reine, Norway``: the city, or else what is nearest to it, and the country."""
    city, inside, state, country = (_clean(part) for part in words or (None,) * 4)
    parts = dict.fromkeys(part for part in (city or inside or state, country) if part)
    return ", ".join(parts) or None


def _clean(words: str | None) -> str | None:
    line = " ".join("".join(c if c.isprintable() else " " for c in words or "").split())[:_MOST_WORDS].strip()
    # Numbers alone are coordinates, and no name.
    return line if sum(c.isalpha() for c in line) > 1 else None
