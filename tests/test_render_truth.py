"""A film that is not what was planned is never handed out: broken coders, files that lie, and what checking costs nothing to allow."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import anyio
import av
import numpy as np
import pytest
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from nemovideo_mcp.cli.compose import open_client
from nemovideo_mcp.media.errors import MediaError
from nemovideo_mcp.media.formats import FILM_FORMATS, FILMS, FilmFormat
from nemovideo_mcp.media.verify import verify
from nemovideo_mcp.studio.app import Studio
from nemovideo_mcp.studio.render import coders, film, gif, mux, process
from nemovideo_mcp.studio.render.job import JoinJob, RenderError, RenderJob, RenderResult
from nemovideo_mcp.studio.render.planes import tag, views
from nemovideo_mcp.studio.server import listening
from nemovideo_mcp.timeline.model import Fade, Music, Timeline, Transition
from support.hosts import TINY, draw, in_memory, settings_in

if TYPE_CHECKING:
    from support.render import Kit

pytest_plugins = ["support.render"]
pytestmark = pytest.mark.anyio

CODERS: dict[str, type[Any]] = {"avi": coders.Plain, "webm": coders.Plain, "gif": gif.Gif}


def moving(kit: Kit, **more: Any) -> Timeline:
    noise = np.kron(np.random.default_rng(1).integers(60, 200, (9, 16, 3)), np.ones((20, 20, 1))).astype(np.uint8)
    clips = [kit.clip(kit.picture(name, pixels), 1000) for name, pixels in (("a.png", noise), ("b.png", noise[::-1]))]
    return kit.film(*clips, **more)


def left(kit: Kit) -> list[str]:
    return sorted(path.name for path in kit.folder.iterdir() if path.suffix not in (".png", ".wav"))


def black(frame: VideoFrame) -> None:
    for plane, value in zip(views(frame), (16, 128, 128), strict=True):
        plane[:] = value


def upside_down(frame: VideoFrame) -> None:
    for plane in views(frame):
        plane[:] = plane[::-1].copy()


@pytest.mark.parametrize("format", FILM_FORMATS)
@pytest.mark.parametrize(
    ("spoil", "words"),
    [(black, "is black at"), (upside_down, "does not show what it should at")],
    ids=["black", "wrong"],
)
def test_a_coder_that_shows_something_else_fails_the_film(
    kit: Kit, monkeypatch: pytest.MonkeyPatch, format: FilmFormat, spoil: Callable[[VideoFrame], None], words: str
) -> None:
    coder = CODERS.get(format, coders.H264)
    add = coder.add

    def spoilt(self: Any, frame: VideoFrame, times: int, cut: bool) -> None:
        spoil(frame)
        add(self, frame, times, cut)

    monkeypatch.setattr(coder, "add", spoilt)
    with pytest.raises(RenderError, match=words):
        film.render(kit.job(moving(kit), format=format), lambda *_: None)
    assert left(kit) == []


@pytest.mark.parametrize("format", FILM_FORMATS)
def test_a_coder_that_loses_the_end_fails_the_film(
    kit: Kit, monkeypatch: pytest.MonkeyPatch, format: FilmFormat
) -> None:
    coder = CODERS.get(format, coders.H264)
    add = coder.add

    def lost(self: Any, frame: VideoFrame, times: int, cut: bool) -> None:
        if times > 6:
            add(self, frame, times - 6, cut)

    monkeypatch.setattr(coder, "add", lost)
    with pytest.raises(RenderError, match=r"last frame|lasts|does not show"):
        film.render(kit.job(moving(kit), format=format), lambda *_: None)
    assert left(kit) == []


@pytest.mark.parametrize("format", [format for format in FILM_FORMATS if FILMS[format].sound])
@pytest.mark.parametrize("gain", [0.0, 0.5], ids=["silent", "too soft"])
def test_a_coder_that_loses_the_sound_or_its_loudness_fails_the_film(
    kit: Kit, monkeypatch: pytest.MonkeyPatch, format: FilmFormat, gain: float
) -> None:
    encode = mux.SoundTrack._encode
    song = kit.song(seconds=5)
    timeline = moving(kit, music=(Music(id="m", media=song, name=song),))
    assert film.render(kit.job(timeline, format=format), lambda *_: None).has_audio
    (kit.folder / f"film.{format}").unlink()
    monkeypatch.setattr(mux.SoundTrack, "_encode", lambda self, block: encode(self, block * np.float32(gain)))
    with pytest.raises(RenderError, match="from what was mixed"):
        film.render(kit.job(timeline, format=format), lambda *_: None)
    assert left(kit) == []
    job = kit.job(timeline, format=format, pieces=2)
    pieces = process.in_pieces(job)
    for piece in pieces:
        film.render_piece(piece, lambda *_: None)
    with pytest.raises(RenderError, match="from what was mixed"):
        film.join(JoinJob(film=job, pieces=pieces), lambda *_: None)
    assert left(kit) == sorted(piece.partial.name for piece in pieces)


async def test_sound_of_every_kind_passes_as_it_is_mixed(kit: Kit) -> None:
    for level, hertz in ((0.003, 440.0), (0.9, 60.0), (0.3, 12_000.0)):
        song = kit.song(f"{hertz}.wav", seconds=1, level=level, hertz=hertz)
        music = Music(id="m", media=song, name=song, start_ms=498, fade_in_ms=700, volume=1.0)
        for format in FILM_FORMATS:
            await process.render(kit.job(moving(kit, music=(music,)), format=format, quality="draft"))


async def test_a_piece_that_shows_something_else_is_found_before_it_is_joined(
    kit: Kit, monkeypatch: pytest.MonkeyPatch
) -> None:
    add = coders.H264.add

    def spoilt(self: Any, frame: VideoFrame, times: int, cut: bool) -> None:
        black(frame)
        add(self, frame, times, cut)

    monkeypatch.setattr(coders.H264, "add", spoilt)
    pieces = process.in_pieces(kit.job(moving(kit), pieces=2))
    with pytest.raises(RenderError, match=r"is black at 1\.0 s"):
        film.render_piece(pieces[1], lambda *_: None)
    assert left(kit) == []


@pytest.mark.parametrize("format", FILM_FORMATS)
async def test_black_that_is_planned_is_no_fault(kit: Kit, format: FilmFormat) -> None:
    black_photo, white = kit.picture("black.png", (0, 0, 0)), kit.picture("white.png", (255, 255, 255))
    clips = (
        kit.clip(black_photo, 500),
        kit.clip(white, 500, transition_in=Transition(kind="fade_black", duration_ms=400)),
    )
    timeline = kit.film(*clips, fade_in=Fade(duration_ms=300), fade_out=Fade(duration_ms=300))
    made = await process.render(kit.job(timeline, format=format, quality="draft"))
    assert made.frames == 10


def written(path: Path, *, frames: int = 20, sound: float = 0.0, tagged: bool = True, pixels: str = "yuv420p") -> Path:
    """A film of 10 frames a second, its sound ``sound`` seconds long, as somebody else might make it."""
    with av.open(str(path), "w", options={"movflags": "+faststart"}) as container:
        stream = container.add_stream("libx264", rate=10)
        assert isinstance(stream, VideoStream)
        stream.width, stream.height, stream.pix_fmt = 320, 180, pixels
        if tagged:
            tag(stream.codec_context)
        track = container.add_stream("aac", rate=48_000, layout="stereo") if sound else None
        for n in range(frames):
            frame = VideoFrame.from_ndarray(np.full((180, 320, 3), 90, np.uint8))
            frame.pts, frame.time_base = n, Fraction(1, 10)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
        if track is not None:
            for at in range(0, round(sound * 48_000), 1024):
                block = av.AudioFrame.from_ndarray(np.zeros((2, 1024), np.float32), format="fltp", layout="stereo")
                block.sample_rate, block.pts, block.time_base = 48_000, at, Fraction(1, 48_000)
                container.mux(track.encode(block))
            container.mux(track.encode(None))
    return path


def test_files_that_are_not_as_our_films_are_refused_with_the_reason(tmp_path: Path) -> None:
    good = written(tmp_path / "good.mp4", sound=2.0)
    assert verify(good, format="mp4", frames=20, audio=True, exact=True).frames == 20
    cases: list[tuple[Path, dict[str, Any], str]] = [
        (good, {"format": "webm"}, "is mp4 where webm was asked for"),
        (good, {"format": "mov", "exact": True}, "is mp4 where mov was asked for"),
        (good, {"format": "mp4", "frames": 21, "exact": True}, "has 20 frames where 21 were made"),
        (
            written(tmp_path / "short.mp4", sound=1.5),
            {"format": "mp4", "exact": True},
            "ends 0.49 s before its picture",
        ),
        (written(tmp_path / "long.mp4", sound=2.5), {"format": "mp4", "exact": True}, "ends 0.5. s after its picture"),
        (written(tmp_path / "grey.mp4", tagged=False), {"format": "mp4", "exact": True}, "how its colours are meant"),
        (written(tmp_path / "444.mp4", pixels="yuv444p"), {"format": "mp4", "exact": True}, "yuv444p"),
        (written(tmp_path / "a.mkv"), {"format": "webm", "exact": True}, "is mkv where webm was asked for"),
    ]
    for path, asked, words in cases:
        with pytest.raises(MediaError, match=words):
            verify(path, **asked)
    # What others make is as good, when only the format is asked about.
    assert verify(tmp_path / "444.mp4", format="mp4").frames == 20
    whole = good.read_bytes()
    good.write_bytes(whole[: len(whole) * 2 // 3])
    with pytest.raises(MediaError, match=r"cut off|cannot be"):
        verify(good, format="mp4", frames=20, exact=True)


@pytest.mark.parametrize("fault", ["another format", "cut off", "another size", "shorter"])
async def test_a_false_film_of_a_backend_fails_the_export_and_is_not_kept(kit: Kit, tmp_path: Path, fault: str) -> None:
    asked: dict[str, Any] = {"another format": {"format": "webm"}, "another size": {"width": 128, "height": 128}}
    more = asked.get(fault, {})

    async def false(job: RenderJob, on_progress: Any, /) -> RenderResult:
        made = await process.render(job.model_copy(update=more))
        path = anyio.Path(job.output)
        content = await path.read_bytes()
        if fault == "cut off":
            content = content[: len(content) // 2]
            await path.write_bytes(content)
        told = {"width": job.width, "height": job.height, "size_bytes": len(content)}
        return made.model_copy(update=told | ({"duration_ms": 9000} if fault == "shorter" else {}))

    async with Studio(tmp_path / "backend", renderer=false, look_seconds=0.05) as studio, listening(studio) as url:
        settings = settings_in(tmp_path, api_url=url, api_url_given=True)
        async with in_memory(tmp_path, lambda: open_client(settings)) as host:
            await host.call("upload_images", paths=draw(tmp_path / "photos", "red"), project="new")
            await host.call("edit", instruction="1 second long")
            text = await host.fail("export", resolution=TINY, quality="draft", wait_seconds=60)
    assert "The finished film" in text
    assert list((tmp_path / "films").iterdir()) == []
