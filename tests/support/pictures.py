"""Parts of picture files that no encoder at hand writes: ICC profiles, HEIC of tiles as phones make it, CMYK of Adobe's kind."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Sequence

import av
import numpy as np
import numpy.typing as npt
import pillow_heif
from PIL import Image

Matrix = tuple[tuple[float, float, float], ...]

# The colorants (X, Y, Z under D50) of red, green and blue, as the profiles of Apple and Adobe hold them.
DISPLAY_P3: Matrix = ((0.51512, 0.24120, -0.00105), (0.29198, 0.69225, 0.04189), (0.15710, 0.06657, 0.78407))
ADOBE_RGB: Matrix = ((0.60974, 0.31111, 0.01947), (0.20528, 0.62567, 0.06087), (0.14919, 0.06322, 0.74457))
SRGB: Matrix = ((0.43607, 0.22249, 0.01392), (0.38515, 0.71687, 0.09708), (0.14307, 0.06061, 0.71410))


def srgb_to_linear(code: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """IEC 61966-2-1, 0 to 1."""
    part = np.asarray(code, float)
    return np.asarray(np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4))


def linear_to_srgb(linear: npt.ArrayLike) -> npt.NDArray[np.float64]:
    light = np.clip(np.asarray(linear, float), 0, 1)
    return np.asarray(np.where(light <= 0.0031308, light * 12.92, 1.055 * light ** (1 / 2.4) - 0.055))


def rgb_profile(colorants: Matrix, gamma: float | None = None) -> bytes:
    """A profile of three primaries and one curve: a power, or sRGB's."""
    curve = _power(gamma) if gamma else _curve(srgb_to_linear(np.arange(1024) / 1023))
    tags = {b"rXYZ": _xyz(colorants[0]), b"gXYZ": _xyz(colorants[1]), b"bXYZ": _xyz(colorants[2])}
    return _profile(b"RGB ", b"XYZ ", tags | dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), curve))


def gray_profile(gamma: float) -> bytes:
    return _profile(b"GRAY", b"XYZ ", {b"kTRC": _power(gamma)})


def cmyk_profile(inks: Sequence[tuple[float, float, float]]) -> bytes:
    """A profile that knows the L*a*b* of all sixteen solid overprints, from none to all four; K changes fastest."""
    linear = bytes(range(256))
    corners = b"".join(bytes((round(light * 2.55), round(a + 128), round(b + 128))) for light, a, b in inks)
    identity = b"".join(_fixed(float(i % 4 == 0)) for i in range(9))
    table = b"mft1" + bytes(4) + bytes((4, 3, 2, 0)) + identity + linear * 4 + corners + linear * 3
    return _profile(b"CMYK", b"Lab ", {b"A2B0": table}, kind=b"prtr")


def ycck(jpeg: bytes) -> bytes:
    """A CMYK JPEG, written by Pillow from the right numbers, as one that says its first three channels are YCbCr (Adobe's APP14)."""
    at = jpeg.index(b"Adobe") + 11
    assert jpeg[at] == 0
    return jpeg[:at] + b"\x02" + jpeg[at + 1 :]


def signalled_heic(codes: npt.NDArray[np.float64], primaries: int, transfer: int, matrix: int = 6) -> bytes:
    """A HEIC of RGB codes (0 to 1) in 10 bits that names what they mean by numbers of ITU-T H.273, and has no profile."""
    height, width = codes.shape[:2]
    words = np.round(codes * 65535).astype(np.uint16).tobytes()
    out = io.BytesIO()
    pillow_heif.from_bytes(mode="RGB;16", size=(width, height), data=words).save(
        out, quality=95, save_nclx_profile=True, color_primaries=primaries, transfer_characteristics=transfer,
        matrix_coefficients=matrix, full_range_flag=1,
    )  # fmt: skip
    return out.getvalue()


def signalled_png(codes: npt.NDArray[np.float64], primaries: int, transfer: int) -> bytes:
    """A PNG of RGB codes (0 to 1) in 16 bits with the chunk cICP."""
    height, width = codes.shape[:2]
    words = np.round(codes * 65535).astype(">u2").reshape(height, -1)
    lines = b"".join(b"\0" + line.tobytes() for line in words)
    head = struct.pack(">2I5B", width, height, 16, 2, 0, 0, 0)
    parts = (
        (b"IHDR", head),
        (b"cICP", bytes((primaries, transfer, 0, 1))),
        (b"IDAT", zlib.compress(lines, 1)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in parts
    )


def signalled_avif(codes: npt.NDArray[np.float64], primaries: int, transfer: int, matrix: int) -> bytes:
    """An AVIF of RGB codes (0 to 1) in 10 bits that names what they mean."""
    height, width = codes.shape[:2]
    words = np.round(codes * 65535).astype(np.uint16)
    wanted = {"color_range": 2, "colorspace": matrix, "color_primaries": primaries, "color_trc": transfer}
    frame = av.VideoFrame.from_ndarray(words, format="rgb48le").reformat(
        format="yuv420p10le", dst_colorspace=matrix, src_color_range=2, dst_color_range=2
    )
    out = io.BytesIO()
    with av.open(out, "w", format="avif") as container:
        stream = container.add_stream("libsvtav1", rate=1, options={"crf": "10", "preset": "12"})
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p10le"
        for name, value in wanted.items():
            setattr(stream.codec_context, name, value)
            setattr(frame, name, value)
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return out.getvalue()


def heic_of_tiles(pixels: npt.NDArray[np.uint8], side: int, *, quarters: int = 0, exif: bytes = b"") -> bytes:
    """A HEIC whose picture is a grid of square tiles (ISO/IEC 23008-12, 6.6.2.3), cut to size, to be turned counter-clockwise
    by so many quarters (``irot``)."""
    height, width = pixels.shape[:2]
    rows, columns = -(-height // side), -(-width // side)
    padded = np.pad(pixels, ((0, rows * side - height), (0, columns * side - width), (0, 0)), mode="edge")
    files = [
        _heic(padded[r * side : (r + 1) * side, c * side : (c + 1) * side]) for r in range(rows) for c in range(columns)
    ]
    data = [file[file.index(b"mdat") + 4 :] for file in files]
    grid, number = len(data) + 1, 2 if exif else 1
    payload = struct.pack(">4B2H", 0, 0, rows - 1, columns - 1, width, height)
    codec = _inner(files[0], b"hvcC")
    items = [_infe(i + 1, b"hvc1", hidden=True) for i in range(len(data))] + [_infe(grid, b"grid")]
    props = [codec, _full(b"ispe", struct.pack(">2I", side, side)), _full(b"ispe", struct.pack(">2I", width, height))]
    props.append(_box(b"irot", bytes((quarters,))))
    links = b"".join(struct.pack(">HBBB", i + 1, 2, 0x81, 2) for i in range(len(data)))
    links += struct.pack(">HBBB", grid, 2, 3, 0x84)
    refs = _box(b"dimg", struct.pack(f">HH{len(data)}H", grid, len(data), *range(1, grid)))
    if exif:
        items.append(_infe(grid + 1, b"Exif"))
        refs += _box(b"cdsc", struct.pack(">HHH", grid + 1, 1, grid))
        data.append(struct.pack(">I", 0) + exif)

    def meta(start: int) -> bytes:
        places = b""
        for index, part in enumerate(data):
            item = index + 1 if index + 1 < grid else grid + 1
            places += struct.pack(">HHHHII", item, 0, 0, 1, start, len(part))
            start += len(part)
        places += struct.pack(">HHHHII", grid, 1, 0, 1, 0, len(payload))
        return _full(
            b"meta",
            _full(b"hdlr", bytes(4) + b"pict" + bytes(13))
            + _full(b"pitm", struct.pack(">H", grid))
            + _full(b"iinf", struct.pack(">H", len(items)) + b"".join(items))
            + _full(b"iref", refs)
            + _box(b"iprp", _box(b"ipco", b"".join(props)) + _full(b"ipma", struct.pack(">I", grid) + links))
            + _box(b"idat", payload)
            + _full(b"iloc", struct.pack(">BBH", 0x44, 0, grid + number - 1) + places, version=1),
        )

    head = _box(b"ftyp", b"heic" + bytes(4) + b"mif1heic")
    start = len(head) + len(meta(0)) + 8
    return head + meta(start) + _box(b"mdat", b"".join(data))


def _heic(pixels: npt.NDArray[np.uint8]) -> bytes:
    pillow_heif.register_heif_opener()
    out = io.BytesIO()
    Image.fromarray(pixels).save(out, "HEIF", quality=95)
    return out.getvalue()


def _inner(file: bytes, kind: bytes) -> bytes:
    at = file.index(kind) - 4
    return file[at : at + int.from_bytes(file[at : at + 4], "big")]


def _infe(item: int, kind: bytes, *, hidden: bool = False) -> bytes:
    return _full(b"infe", struct.pack(">HH4sB", item, 0, kind, 0), version=2, flags=int(hidden))


def _box(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content) + 8) + kind + content


def _full(kind: bytes, content: bytes, version: int = 0, flags: int = 0) -> bytes:
    return _box(kind, struct.pack(">I", version << 24 | flags) + content)


def _profile(space: bytes, connection: bytes, tags: dict[bytes, bytes], kind: bytes = b"mntr") -> bytes:
    """A profile of version 2.4 (ICC.1:2001-04)."""
    description = b"desc" + bytes(4) + struct.pack(">I", 5) + b"Test\0" + bytes(78)
    tags = {b"desc": description, b"cprt": b"text" + bytes(4) + b"none\0", b"wtpt": _xyz((0.9642, 1, 0.8249))} | tags
    table, body = struct.pack(">I", len(tags)), b""
    for name, content in tags.items():
        table += name + struct.pack(">2I", 128 + 4 + 12 * len(tags) + len(body), len(content))
        body += content + bytes(-len(content) % 4)
    head = struct.pack(">I4sI4s4s4s", 128 + len(table + body), b"none", 0x02400000, kind, space, connection)
    head += bytes(12) + b"acsp" + bytes(28) + _fixed(0.9642) + _fixed(1) + _fixed(0.8249)
    return head.ljust(128, b"\0") + table + body


def _xyz(values: Sequence[float]) -> bytes:
    return b"XYZ " + bytes(4) + b"".join(_fixed(value) for value in values)


def _fixed(value: float) -> bytes:
    return struct.pack(">i", round(value * 65536))


def _power(gamma: float) -> bytes:
    return b"curv" + bytes(4) + struct.pack(">IH", 1, round(gamma * 256))


def _curve(values: npt.NDArray[np.float64]) -> bytes:
    return b"curv" + bytes(4) + struct.pack(">I", len(values)) + np.round(values * 65535).astype(">u2").tobytes()
