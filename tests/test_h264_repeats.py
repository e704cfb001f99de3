"""Repeats written into an H.264 stream: a decoder that forgives nothing must show the same picture again, bit by bit."""

from __future__ import annotations

import io
from fractions import Fraction
from typing import NamedTuple

import av
import cv2
import numpy as np
import numpy.typing as npt
import pytest
from av.bitstream import BitStreamFilterContext
from av.codec.context import Flags
from av.video.codeccontext import VideoCodecContext
from av.video.frame import PictureType, VideoFrame
from hypothesis import given, settings
from hypothesis import strategies as st

from nemovideo_mcp.studio.render.h264 import NotRepeatable, Repeats

RATE = 30
PARAMS = "ref=1:b-pyramid=none:threads=1"


def pictures(width: int, height: int, count: int, seed: int) -> list[npt.NDArray[np.uint8]]:
    """Soft noise that moves, as yuv420p arrays."""
    rng = np.random.default_rng(seed)
    base = np.asarray(cv2.GaussianBlur(rng.integers(30, 220, (height + 64, width + 64), np.uint8), (0, 0), 2), np.uint8)
    made = []
    for i in range(count):
        picture = np.full((height * 3 // 2, width), 128 + i % 20, np.uint8)
        picture[:height] = base[i % 60 : i % 60 + height, i * 2 % 60 : i * 2 % 60 + width]
        made.append(picture)
    return made


def encoder(width: int, height: int, params: str) -> VideoCodecContext:
    context = av.CodecContext.create("libx264", "w")
    assert isinstance(context, VideoCodecContext)
    context.width, context.height, context.pix_fmt = width, height, "yuv420p"
    context.time_base = Fraction(1, RATE)
    context.flags |= Flags.global_header
    context.options = {"preset": "veryfast", "crf": "23", "x264-params": params}
    context.open()
    return context


class Streams(NamedTuple):
    """One encoder's stream as it made it, and with the repeats; and the bytes of one of them."""

    plain: bytes
    held: bytes
    size: int


def streams(fed: list[npt.NDArray[np.uint8]], held: int, repeats: int, params: str = PARAMS) -> Streams:
    """The fed pictures as H.264, and the same with ``repeats`` of picture ``held`` behind it."""
    height, width = fed[0].shape[0] * 2 // 3, fed[0].shape[1]
    context = encoder(width, height, params)
    head = bytes(context.extradata or b"")
    writer, plain, out, size = Repeats(head), io.BytesIO(), io.BytesIO(), 0
    for i, picture in enumerate([*fed, None]):
        frame = None
        if picture is not None:
            frame = VideoFrame.from_ndarray(picture, "yuv420p")
            frame.pts = i
            # Nothing that is shown before may come behind it in the stream.
            frame.pict_type = PictureType.P if i and i in (held, held - 1) else PictureType.NONE
        for packet in context.encode(frame):
            plain.write(bytes(packet))
            out.write(writer.taken(bytes(packet)))
            if packet.pts == held:
                made = [writer.repeat() for _ in range(repeats)]
                size = len(made[0]) if made else 0
                out.write(b"".join(made))
    return Streams(head + plain.getvalue(), head + out.getvalue(), size)


def decoded(data: bytes) -> list[npt.NDArray[np.uint8]]:
    with av.open(io.BytesIO(data), "r", format="h264") as container:
        video = container.streams.video[0]
        video.codec_context.options = {"err_detect": "explode"}
        video.thread_count = 1
        return [np.asarray(frame.to_ndarray(), np.uint8) for frame in container.decode(video)]


@settings(max_examples=40)
@given(
    width=st.integers(2, 20).map(lambda n: n * 16 - 2),
    height=st.integers(2, 14).map(lambda n: n * 16 - 4),
    before=st.integers(1, 12),
    repeats=st.integers(0, 150),
    after=st.integers(0, 12),
    params=st.sampled_from(
        [
            "",
            ":b-adapt=0",
            ":bframes=2:b-adapt=0",
            ":weightp=0:b-adapt=0",
            ":keyint=8",
            ":subme=1:partitions=none:aq-mode=0",
            ":bframes=8",
            ":b-adapt=0:scenecut=0:direct=temporal",
        ]
    ),
)
def test_a_held_picture_stands_for_as_long_as_wanted_and_the_film_goes_on_behind_it(
    width: int, height: int, before: int, repeats: int, after: int, params: str
) -> None:
    fed = pictures(width, height, before + after, seed=width)
    # Twice in the stream: the second of them is what is held.
    fed.insert(before, fed[before - 1])
    made = streams(fed, before, repeats, PARAMS + params)
    expected, shown = decoded(made.plain), decoded(made.held)
    assert len(shown) == len(expected) + repeats
    held = expected[before]
    assert all(np.array_equal(picture, held) for picture in shown[before : before + repeats + 1])
    rest = [*shown[: before + 1], *shown[before + repeats + 1 :]]
    assert all(np.array_equal(picture, wanted) for picture, wanted in zip(rest, expected, strict=True))


def test_a_repeat_of_a_full_hd_picture_takes_less_than_a_hundred_bytes() -> None:
    fed = pictures(1920, 1080, 1, seed=1)
    assert 0 < streams([fed[0], fed[0]], 1, 3).size < 100


def pieces(data: bytes) -> list[bytes]:
    return [piece.rstrip(b"\0") for piece in data.split(b"\0\0\1")]


def test_the_headers_are_those_of_the_standard() -> None:
    fed = pictures(320, 176, 6, seed=2)
    data = streams([*fed[:3], fed[2], *fed[3:]], 3, 30).held
    with av.open(io.BytesIO(data), "r", format="h264") as container:
        # This filter takes every header apart and writes it anew; it refuses what is out of order.
        strict = BitStreamFilterContext("h264_metadata", container.streams.video[0])
        kept = [bytes(out) for packet in container.demux(video=0) if packet.size for out in strict.filter(packet)]
    assert pieces(b"".join(kept)) == pieces(data)


@pytest.mark.parametrize(
    ("params", "why"),
    [("cabac=0", "CABAC"), ("bframes=0:b-pyramid=none", "order"), ("interlaced=1", "interlaced")],
)
def test_a_stream_of_another_kind_is_refused(params: str, why: str) -> None:
    context = encoder(128, 96, params)
    with pytest.raises(NotRepeatable, match=why):
        Repeats(bytes(context.extradata or b""))
    with pytest.raises(NotRepeatable):
        Repeats(b"")
