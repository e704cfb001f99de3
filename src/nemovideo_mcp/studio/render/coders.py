"""How the pictures of a film become a stream: H.264 with repeats, and the plainer VP9 and MPEG-4. GIF has a module of its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Protocol

import av.codec
from av.container import OutputContainer
from av.packet import Packet
from av.video.frame import PictureType, VideoFrame
from av.video.reformatter import ColorRange, Colorspace
from av.video.stream import VideoStream

from nemovideo_mcp.media.formats import FilmFormat
from nemovideo_mcp.studio.render.gif import Gif
from nemovideo_mcp.studio.render.h264 import Repeats
from nemovideo_mcp.studio.render.job import Quality, RenderError
from nemovideo_mcp.studio.render.machine import cores
from nemovideo_mcp.studio.render.planes import tag
from nemovideo_mcp.timeline.model import Canvas


class Pictures(Protocol):
    """The film's pictures in a container, one after the other."""

    def add(self, frame: VideoFrame, times: int, cut: bool) -> None:
        """The next picture, shown for that many frames; the frame may be drawn over afterwards. ``cut``: it is another scene."""

    def finish(self) -> None:
        """No more pictures come: writes what is left."""


@dataclass(frozen=True, slots=True)
class Style:
    """How a film is written. ``ceiling`` is the most bits a second that its pictures may take, over any second or so; None for
    as many as the quality asks for. ``cuts`` are the frames at which other clips come on screen, which a GIF changes its colours at."""

    format: FilmFormat = "mp4"
    quality: Quality = "high"
    ceiling: int | None = None
    cuts: tuple[int, ...] = ()
    sound_bits: int | None = None
    """Bits a second of its sound; None for as many as the format has as a rule."""


@dataclass(frozen=True, slots=True)
class Setting:
    """x264's preset, its constant rate factor (0 to 51, lower is better), and what is changed in the preset."""

    preset: str
    crf: float
    params: str


_TUNED = "ref=1:b-pyramid=none:b-adapt=0:bframes=2:mbtree=1:rc-lookahead=3:scenecut=0:aq-mode=1:aq-strength=0.5:chroma-qp-offset=1"
"""For photographs that move slowly and fade into one another: see docs/performance.md, which has the search behind it. What
is saved on the search for motion is not missed by motion that is the same all over the picture; a fixed pattern of B pictures
and the tree of what later pictures refer to give the quality back. More B pictures, or direct=temporal, would spare bytes and shake
what moves by a tenth of a pixel. Where scenes change is told, so x264 need not look for it. `h264.Repeats` needs the first two."""

SETTINGS: dict[Quality, Setting] = {
    "draft": Setting("superfast", 24.8, _TUNED),
    "standard": Setting("superfast", 19.8, _TUNED),
    "high": Setting("superfast", 16.8, _TUNED),
}

_VP9: dict[Quality, dict[str, str]] = {
    "draft": {"cpu-used": "8", "crf": "42"},
    "standard": {"cpu-used": "6", "crf": "32"},
    "high": {"cpu-used": "6", "crf": "24"},
}
"""libvpx's speed and its quality (0 to 63, lower is better), of the real-time kind: as fast as our x264 at the same size and PSNR,
where "good" at its fastest takes five times as long for 3 % of the bytes."""

_MPEG4: dict[Quality, int] = {"draft": 8, "standard": 4, "high": 2}
"""The quantiser, 1 to 31, the same for all pictures."""

_KEYS_SECONDS = 10
"""The longest that a held picture goes on without a key frame: players can only jump to these."""
_KEYS_A_SECOND = 2
"""How many key frames scenes that change may have."""
_REFINED = 12
"""Times that x264 gets a held picture: it sees that it stays, and spends what that is worth on it."""


def pictures_for(container: OutputContainer, style: Style, canvas: Canvas) -> Pictures:
    """The pictures of a film in a container that was opened for the style's format.

    Raises:
        RenderError: this machine's FFmpeg cannot make them.
    """
    match style.format:
        case "webm":
            return Plain(container, canvas, "libvpx-vp9", _vp9(style, canvas))
        case "avi":
            # "XVID" is the name that players of AVI know MPEG-4 by.
            return Plain(container, canvas, "mpeg4", _mpeg4(style), "XVID")
        case "gif":
            return Gif(container, canvas, style.quality, style.cuts)
        case _:
            return H264(container, canvas, SETTINGS[style.quality], style.ceiling)


def _vp9(style: Style, canvas: Canvas) -> dict[str, str]:
    # A bit rate beside the quality is taken for the most that may be spent (libvpx's "constrained quality").
    bits = {"b": str(style.ceiling or 0)}
    # A key frame every four seconds: browsers seek to the one before.
    bits["g"] = str(4 * canvas.fps)
    return {"deadline": "realtime", "row-mt": "1", "tile-columns": "2", **bits, **_VP9[style.quality]}


def _mpeg4(style: Style) -> dict[str, str]:
    quantiser = str(_MPEG4[style.quality])
    return {"bf": "0", "g": "250", "qmin": quantiser, "qmax": quantiser}


def _threads() -> str:
    """For x264, that on few cores it have a picture ready to go on with while a thread of ours has a core."""
    return ":threads=4" if cores() < 3 else ""


class H264:
    """x264's pictures; those that stay are repeated without it."""

    def __init__(self, container: OutputContainer, canvas: Canvas, setting: Setting, ceiling: int | None) -> None:
        self._container, self._fps = container, canvas.fps
        limit = f":vbv-maxrate={ceiling // 1000}:vbv-bufsize={ceiling // 1000}" if ceiling else ""
        options = {
            "preset": setting.preset,
            "crf": str(setting.crf),
            "x264-params": setting.params + limit + _threads(),
            "forced-idr": "1",
        }
        self._video = _stream(container, canvas, "libx264", options)
        self._repeats = Repeats(bytes(self._video.codec_context.extradata or b""))
        self._fed = self._repeated = self._shown = self._key = 0
        self._holds: dict[int, int] = {}

    def add(self, frame: VideoFrame, times: int, cut: bool) -> None:
        longest = _KEYS_SECONDS * self._fps
        parts = -(-times // longest)
        # Where scenes flicker, a key frame each would be waste.
        cut = cut and self._shown - self._key >= self._fps // _KEYS_A_SECOND
        for i in range(parts):
            part = times * (i + 1) // parts - times * i // parts
            # x264 counts what it gets, not what is repeated: of its own it would have no key frame for minutes.
            key = (part > _REFINED and self._shown + part - self._key > longest) or (cut and not i)
            if key:
                self._key = self._shown
            self._hold(frame, part, key)
            self._shown += part

    def _hold(self, frame: VideoFrame, times: int, key: bool) -> None:
        encoded = min(times, _REFINED)
        for left in reversed(range(encoded)):
            # The last two as P pictures: then nothing that is shown before them comes behind them in the stream.
            held = times > encoded and left < 2
            frame.pict_type = PictureType.P if held else PictureType.NONE
            if key and left == encoded - 1:
                frame.pict_type = PictureType.I
            frame.pts, frame.time_base = self._fed, Fraction(1, self._fps)
            if times > encoded and not left:
                self._holds[self._fed] = times - encoded
            self._fed += 1
            self._written(self._video.encode(frame))

    def finish(self) -> None:
        self._written(self._video.encode(None))

    def _written(self, packets: "Sequence[Packet[Any]]") -> None:
        """Pictures as x264 gives them, with the repeats that belong behind them. Times are frames until the container."""
        for packet in packets:
            assert packet.pts is not None
            assert packet.dts is not None
            fed = packet.pts
            pts, dts = fed + self._repeated, packet.dts + self._repeated
            if packet.is_keyframe:
                self._key = max(self._key, pts)
            self._put(self._repeats.taken(bytes(packet)), pts, dts, packet.is_keyframe)
            times = self._holds.pop(fed, 0)
            for n in range(1, times + 1):
                self._put(self._repeats.repeat(), pts + n, dts + n, False)
            self._repeated += times

    def _put(self, data: bytes, pts: int, dts: int, key: bool) -> None:
        packet = Packet(data)
        packet.stream, packet.time_base = self._video, Fraction(1, self._fps)
        packet.pts, packet.dts, packet.duration, packet.is_keyframe = pts, dts, 1, key
        self._container.mux(packet)


class Plain:
    """An encoder that gets every picture as often as it is shown."""

    def __init__(
        self, container: OutputContainer, canvas: Canvas, codec: str, options: dict[str, str], fourcc: str | None = None
    ) -> None:
        self._container, self._fps, self._shown = container, canvas.fps, 0
        # Where the stream cannot say how its colours are meant, players go by its height.
        self._matrix = Colorspace.ITU601 if fourcc and canvas.height < 720 else None
        self._video = _stream(container, canvas, codec, options, fourcc)

    def add(self, frame: VideoFrame, times: int, cut: bool) -> None:
        if self._matrix is not None:
            frame = frame.reformat(
                format="yuv420p",
                src_colorspace=Colorspace.ITU709,
                dst_colorspace=self._matrix,
                src_color_range=ColorRange.MPEG,
                dst_color_range=ColorRange.MPEG,
            )
        for i in range(times):
            frame.pict_type = PictureType.I if cut and not i else PictureType.NONE
            frame.pts, frame.time_base = self._shown, Fraction(1, self._fps)
            self._shown += 1
            self._container.mux(self._video.encode(frame))

    def finish(self) -> None:
        self._container.mux(self._video.encode(None))


def _stream(
    container: OutputContainer, canvas: Canvas, codec: str, options: dict[str, str], fourcc: str | None = None
) -> VideoStream:
    try:
        stream = container.add_stream(codec, rate=canvas.fps)
    except av.codec.codec.UnknownCodecError:
        raise RenderError(
            f"This installation of PyAV has no {codec}; reinstall its wheel, or use another format."
        ) from None
    assert isinstance(stream, VideoStream)
    stream.width, stream.height, stream.pix_fmt = canvas.width, canvas.height, "yuv420p"
    stream.options = dict(options)
    context = stream.codec_context
    if fourcc is not None:
        context.codec_tag = fourcc
    # Slices would cost quality; PyAV's default allows them.
    context.thread_type = "FRAME"
    tag(context)
    context.open()
    return stream
