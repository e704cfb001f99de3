"""What a file is by its first bytes, never by its name."""

from nemovideo_mcp.media.formats import FORMATS, Format

HEAD_BYTES = 4096
"""How much of a file `sniff` wants to see."""

_HEIC = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
_AVIF = {b"avif", b"avis"}
_M4A = {b"M4A ", b"M4B ", b"M4P "}
_OLD_MOV = {b"moov", b"mdat", b"wide", b"pnot"}
_ID3_HEADER = 10


_FOREIGN: tuple[tuple[int, bytes, str, str], ...] = (
    (0, b"II*\0", "a TIFF or a camera's raw picture", "jpg"),
    (0, b"MM\0*", "a TIFF or a camera's raw picture", "jpg"),
    (4, b"ftypcrx ", "a camera's raw picture", "jpg"),
    (0, b"FUJIFILMCCD-RAW", "a camera's raw picture", "jpg"),
    (0, b"8BPS", "a Photoshop file", "jpg"),
    (0, b"%PDF", "a PDF", "jpg"),
    (0, b"\xff\x0a", "a JPEG XL picture", "jpg"),
    (4, b"JXL ", "a JPEG XL picture", "jpg"),
    (4, b"jP  ", "a JPEG 2000 picture", "jpg"),
    (6, b"\0\0\0\0", "a BMP picture", "png"),
    (0, b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "a Windows Media file", "mp4 or mp3"),
    (0, b"FLV", "a Flash video", "mp4"),
    (0, b"\0\0\1\xba", "an MPEG video of a DVD", "mp4"),
    (188, b"\x47", "a camcorder's video (MPEG-TS)", "mp4"),
    (196, b"\x47", "a camcorder's video (MPEG-TS)", "mp4"),
    (8, b"AIFF", "an AIFF sound", "wav"),
    (8, b"AIFC", "an AIFF sound", "wav"),
    (0, b"MThd", "a MIDI file, which holds notes and no sound", "mp3"),
)
"""Formats that people have and that cannot be used: where which bytes stand, what it is, and what to save it as."""
_BEGINS = {6: (0, b"BM"), 188: (0, b"\x47"), 196: (4, b"\x47"), 8: (0, b"FORM")}
"""What else has to be there, by the first place: one or four bytes alone are no proof."""


def sniff(head: bytes) -> Format | None:
    """The format of a file that starts with ``head`` (`HEAD_BYTES` are enough), or None when it is none that we know.

    A container is named by its usual content: whether an mp4 holds a picture is found out by `probe`.
    """
    name = _name(head)
    return FORMATS[name] if name else None


def foreign(head: bytes) -> str | None:
    """Of a file that is none that we know: what it is and what to do about it, as "a TIFF …; save it as jpg", if that is known."""
    for at, magic, what, instead in _FOREIGN:
        begin, proof = _BEGINS.get(at, (0, b""))
        if head[at : at + len(magic)] == magic and head[begin : begin + len(proof)] == proof:
            return f"{what}; save it as {instead}"
    return "a drawing (SVG); save it as png" if b"<svg" in head[:1024] and is_text(head) else None


def is_text(head: bytes) -> bool:
    """Whether the bytes read as text: no zero bytes and valid UTF-8, but for a character cut off at the end."""
    if not head or b"\0" in head:
        return False
    try:
        head.decode()
    except UnicodeDecodeError as error:
        return error.start > len(head) - 4 and error.start > 0
    return True


def _name(head: bytes) -> str | None:
    for magic, name in ((b"\xff\xd8\xff", "jpg"), (b"\x89PNG\r\n\x1a\n", "png"), (b"fLaC", "flac"), (b"OggS", "ogg")):
        if head.startswith(magic):
            return name
    if head.startswith((b"GIF87a", b"GIF89a")):
        return "gif"
    if head.startswith(b"RIFF"):
        return {b"WEBP": "webp", b"WAVE": "wav", b"AVI ": "avi"}.get(head[8:12])
    if head.startswith(b"\x1a\x45\xdf\xa3"):
        return _ebml(head)
    if head[4:8] == b"ftyp":
        return _ftyp(head)
    if head[4:8] in _OLD_MOV:
        return "mov"
    return _mpeg_audio(head)


def _ebml(head: bytes) -> str | None:
    # The document type is a short string in the EBML header (RFC 8794, section 11.2.7).
    header = head[:128]
    return "webm" if b"webm" in header else "mkv" if b"matroska" in header else None


def _ftyp(head: bytes) -> str | None:
    size = int.from_bytes(head[:4], "big")
    brands = [head[8:12], *(head[i : i + 4] for i in range(16, min(size, len(head)) - 3, 4))]
    major = brands[0]
    # mif1 and msf1 only say "HEIF"; which codec is inside stands among the compatible brands.
    if major in _AVIF or (major in {b"mif1", b"msf1"} and _AVIF.intersection(brands)):
        return "avif"
    if major in _HEIC:
        return "heic"
    if major == b"crx ":
        return None
    if major == b"qt  ":
        return "mov"
    return "m4a" if major in _M4A else "mp4"


def _mpeg_audio(head: bytes) -> str | None:
    if head.startswith(b"ID3"):
        # Four bytes of seven bits each (ID3v2.4, section 6.2). A tag with a cover outgrows the head; it is an mp3 then.
        size = sum((byte & 0x7F) << shift for byte, shift in zip(head[6:10], (21, 14, 7, 0), strict=False))
        after = head[_ID3_HEADER + size :]
        return (_mpeg_audio(after) if after else None) or "mp3"
    if len(head) < 4 or head[0] != 0xFF:
        return None
    if head[1] & 0xF6 == 0xF0 and (head[2] >> 2) & 0xF < 13:
        return "aac"
    layer_three = head[1] & 0xE6 == 0xE2 and head[1] & 0x18 != 0x08
    return "mp3" if layer_three and head[2] >> 4 not in (0, 15) and head[2] & 0x0C != 0x0C else None
