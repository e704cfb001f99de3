"""Takes the place where a photo was made out of it, without touching the picture: same bytes, same length, no GPS and no names.

The GPS directory of EXIF (Exif 3.0, 4.6.3: tag 0x8825 of the first directory points to it) is unlinked and blanked, and what
XMP says of it is blanked. So are the names of places, in XMP and in IPTC's older records (IIM 4.2). Everything else, the date
among it, stays.
"""

import re
import struct
import zlib
from pathlib import Path

_GPS_POINTER = 0x8825
_TYPE_BYTES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4, 129: 1}
"""Bytes of a value by its EXIF type."""

_EXIF = re.compile(
    rb"Exif\x00\x00(?=II\*\x00|MM\x00\*)|eXIf(?=II\*\x00|MM\x00\*)|EXIF....(?=II\*\x00|MM\x00\*)", re.DOTALL
)
"""Where a TIFF block begins: after JPEG's and HEIC's mark, in PNG's chunk, in WebP's chunk."""
_NAMED = (
    rb"photoshop:(?:City|State|Country)|Iptc4xmpCore:(?:Location|CountryCode)|Iptc4xmpExt:Location(?:Created|Shown)"
)
_XMP = re.compile(
    rb"""(?:(?:exif|drone-dji):(?:GPS|Gps|gps)\w*|%(named)s)=(?:"[^"]{0,200}"|'[^']{0,200}')"""
    rb"""|<(exif:GPS\w{1,40})>[^<]{0,200}</\1>|<(%(named)s)(?:\s[^<>]{0,200})?>.{0,8000}?</\2>""" % {b"named": _NAMED},
    re.DOTALL,
)
_IPTC = re.compile(rb"8BIM\x04\x04\x00\x00(....)", re.DOTALL)
"""Where IPTC's records begin in a JPEG: Photoshop's resource 0x0404 without a name, and its length."""
_PLACES = {26, 27, 90, 92, 95, 100, 101}
"""Datasets of record 2 that hold a place: location code and name, city, sublocation, state, country code and country."""
_PNG = b"\x89PNG\r\n\x1a\n"


def copy_without_location(source: Path, target: Path) -> bool:
    """Write ``source`` to ``target`` without its location. Returns False, and writes nothing, when it holds none.

    Raises:
        OSError: it cannot be read, or ``target`` cannot be written.
    """
    data = bytearray(source.read_bytes())
    found = [_unlink_gps(data, match.end()) for match in _EXIF.finditer(bytes(data))]
    for match in list(_XMP.finditer(bytes(data))):
        data[match.start() : match.end()] = b" " * (match.end() - match.start())
        found.append(True)
    found += [
        _blank_names(data, match.end(), struct.unpack(">I", match[1])[0]) for match in _IPTC.finditer(bytes(data))
    ]
    if not any(found):
        return False
    if data.startswith(_PNG):
        _mend_checksums(data)
    target.write_bytes(data)
    return True


def _unlink_gps(data: bytearray, tiff: int) -> bool:
    """Blank the GPS directory of the TIFF block at ``tiff`` and close the gap that its pointer leaves."""
    order = "<" if data[tiff : tiff + 2] == b"II" else ">"
    try:
        (first,) = struct.unpack_from(f"{order}I", data, tiff + 4)
        (count,) = struct.unpack_from(f"{order}H", data, tiff + first)
        for index in range(count):
            entry = tiff + first + 2 + 12 * index
            (tag,) = struct.unpack_from(f"{order}H", data, entry)
            if tag != _GPS_POINTER:
                continue
            (pointer,) = struct.unpack_from(f"{order}I", data, entry + 8)
            _blank(data, tiff, pointer, order)
            # The entries behind it and the link to the next directory move up; the freed bytes are zero.
            end = tiff + first + 2 + 12 * count + 4
            data[entry:end] = data[entry + 12 : end] + bytes(12)
            struct.pack_into(f"{order}H", data, tiff + first, count - 1)
            return True
    except struct.error:
        return False  # a damaged block: no reader finds a place in it either
    return False


def _blank_names(data: bytearray, at: int, length: int) -> bool:
    """Blank the places among IPTC's records: a marker, record, dataset, a length of two bytes, the words."""
    found, end = False, min(len(data), at + length)
    while at + 5 <= end and data[at] == 0x1C:
        record, dataset, size = struct.unpack_from(">BBH", data, at + 1)
        at += 5
        if size & 0x8000 or at + size > end:
            break
        if record == 2 and dataset in _PLACES and data[at : at + size].strip():
            data[at : at + size] = b" " * size
            found = True
        at += size
    return found


def _blank(data: bytearray, tiff: int, directory: int, order: str) -> None:
    (count,) = struct.unpack_from(f"{order}H", data, tiff + directory)
    for index in range(count):
        entry = tiff + directory + 2 + 12 * index
        _, kind, values, where = struct.unpack_from(f"{order}HHII", data, entry)
        size = _TYPE_BYTES.get(kind, 1) * values
        if 4 < size <= len(data) - tiff - where:
            data[tiff + where : tiff + where + size] = bytes(size)
        data[entry : entry + 12] = bytes(12)
    struct.pack_into(f"{order}H", data, tiff + directory, 0)


def _mend_checksums(data: bytearray) -> None:
    """PNG guards each chunk by a CRC over its type and content (PNG 3rd edition, 5.3)."""
    at = len(_PNG)
    while at + 12 <= len(data):
        (length,) = struct.unpack_from(">I", data, at)
        end = at + 8 + length
        if end + 4 > len(data):
            return
        struct.pack_into(">I", data, end, zlib.crc32(data[at + 4 : end]))
        at = end + 4
