"""GIF: 256 colours at a time, chosen anew for each scene and transition, so that every photo gets all of them.

The colours are chosen by FFmpeg's palettegen (median cut over all pictures of the scene) and laid on by its paletteuse.
"""

from collections.abc import Sequence
from fractions import Fraction

import av.error
from av.container import OutputContainer
from av.filter import Graph
from av.filter.context import FilterContext
from av.video.format import VideoFormat
from av.video.frame import VideoFrame
from av.video.reformatter import ColorRange, Colorspace

from nemovideo_mcp.studio.render.job import Quality
from nemovideo_mcp.timeline.model import Canvas

_MOST = 90
"""Pictures that are kept until their colours are chosen, for a scene that does not end: 83 MB at 640×360."""

_DITHER: dict[Quality, str] = {
    "draft": "dither=none",
    "standard": "dither=bayer:bayer_scale=3",
    "high": "dither=sierra2_4a",
}

_HUNDREDTHS = Fraction(1, 100)
"""Seconds: what GIF counts time in."""


class Gif:
    """The pictures of a GIF. One that stays is written once and waits."""

    def __init__(self, container: OutputContainer, canvas: Canvas, quality: Quality, cuts: Sequence[int]) -> None:
        self._container, self._canvas, self._dither = container, canvas, _DITHER[quality]
        self._cuts = sorted(cuts, reverse=True)
        self._scene: list[tuple[VideoFrame, int]] = []
        self._shown = 0
        self._stream = container.add_stream("gif", rate=canvas.fps)
        self._stream.width, self._stream.height, self._stream.pix_fmt = canvas.width, canvas.height, "pal8"
        self._stream.codec_context.time_base = _HUNDREDTHS

    def add(self, frame: VideoFrame, times: int, cut: bool) -> None:
        while self._cuts and self._cuts[-1] <= self._shown:
            if self._cuts.pop() == self._shown:
                self._write()
        if len(self._scene) == _MOST:
            self._write()
        # The frame will be drawn over: kept is a copy, in the colours that the filters want.
        picture = frame.reformat(
            format="bgra",
            src_colorspace=Colorspace.ITU709,
            src_color_range=ColorRange.MPEG,
            dst_color_range=ColorRange.JPEG,
        )
        self._scene.append((picture, self._shown))
        self._shown += times

    def finish(self) -> None:
        if self._scene and self._scene[-1][1] < self._shown - 1:
            # The last frame comes once more in its own time: how long the last picture of a file stays is set beforehand.
            self._scene.append((self._scene[-1][0], self._shown - 1))
        self._write()
        self._container.mux(self._stream.encode(None))

    def _write(self) -> None:
        """Writes what is kept, in the colours that suit it best."""
        if not self._scene:
            return
        for picture, at in zip(self._reduced(), (at for _, at in self._scene), strict=True):
            picture.pts, picture.time_base = round(Fraction(at * 100, self._canvas.fps)), _HUNDREDTHS
            self._container.mux(self._stream.encode(picture))
        self._scene.clear()

    def _reduced(self) -> list[VideoFrame]:
        """The kept pictures in 256 colours."""
        pictures = [picture for picture, _ in self._scene]
        choosing = Graph()
        source = self._source(choosing, self._canvas.width, self._canvas.height)
        chosen = choosing.add("palettegen", "stats_mode=full:reserve_transparent=1")
        sink = choosing.add("buffersink")
        source.link_to(chosen)
        chosen.link_to(sink)
        choosing.configure()
        for n, picture in enumerate(pictures):
            picture.pts, picture.time_base = n, Fraction(1, self._canvas.fps)
            source.push(picture)
        source.push(None)
        palette = _pulled(sink)[0]
        using = Graph()
        source = self._source(using, self._canvas.width, self._canvas.height)
        colors = self._source(using, palette.width, palette.height)
        used = using.add("paletteuse", f"{self._dither}:diff_mode=rectangle")
        sink = using.add("buffersink")
        source.link_to(used, 0, 0)
        colors.link_to(used, 0, 1)
        used.link_to(sink)
        using.configure()
        palette.pts, palette.time_base = 0, Fraction(1, self._canvas.fps)
        colors.push(palette)
        colors.push(None)
        done: list[VideoFrame] = []
        for picture in pictures:
            source.push(picture)
            done += _pulled(sink)
        source.push(None)
        return done + _pulled(sink)

    def _source(self, graph: Graph, width: int, height: int) -> FilterContext:
        return graph.add_buffer(
            width=width, height=height, format=VideoFormat("bgra"), time_base=Fraction(1, self._canvas.fps)
        )


def _pulled(sink: FilterContext) -> list[VideoFrame]:
    """What has come out of a graph."""
    found: list[VideoFrame] = []
    while True:
        try:
            frame = sink.pull()
        except (av.error.BlockingIOError, av.error.EOFError):
            return found
        assert isinstance(frame, VideoFrame)
        found.append(frame)
