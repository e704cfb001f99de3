"""Takes the place where a photo was made out of it, without touching the picture: same bytes, same length, no GPS.

The GPS directory of EXIF (Exif 3.0, 4.6.3: tag 0x8825 of the first directory points to it) is unlinked and blanked, and what
XMP says of it is blanked. Everything else, the date among it, stays.
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
_XMP = re.compile(rb'(?:exif|drone-dji):(?:GPS|Gps|gps)\w*="[^"]{0,200}"|<(exif:GPS\w{1,40})>[^<]{0,200}</\1>')
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
