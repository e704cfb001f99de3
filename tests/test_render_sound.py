"""What a film sounds like: measured from the samples of the MP4."""

from __future__ import annotations

import wave
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import av
import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nemovideo_mcp.media.loudness import measure, true_peak
from nemovideo_mcp.studio.render import process
from nemovideo_mcp.studio.render.job import RenderError
from nemovideo_mcp.studio.render.sound.limiter import limited
from nemovideo_mcp.studio.render.sound.mix import DUCK_DB
from nemovideo_mcp.studio.render.sound.sources import paced
from nemovideo_mcp.timeline.model import BUILT_IN, Music, Timeline, Transition

if TYPE_CHECKING:
    from support.render import Film, Kit

pytest_plugins = ["support.render"]
pytestmark = pytest.mark.anyio

RATE = 48_000
TARGET = -14.0
Sound = npt.NDArray[np.float32]


def level(film: Film, start: float, end: float) -> float:
    """The amplitude of a sine between two times in seconds: the root mean square times √2, of the louder channel."""
    assert film.sound is not None
    part = film.sound[:, int(start * RATE) : int(end * RATE)]
    return float(np.sqrt((part**2).mean(axis=1)).max() * 2**0.5)


def at_pitch(film: Film, hertz: float, start: float, end: float) -> float:
    """The amplitude of one frequency between two times in seconds."""
    assert film.sound is not None
    part = film.sound[0, int(start * RATE) : int(end * RATE)]
    window = np.hanning(part.size)
    turning = np.exp(-2j * np.pi * hertz * np.arange(part.size) / RATE)
    return float(2 * np.abs((part * window * turning).sum()) / window.sum())


def pitch(film: Film, start: float, end: float) -> float:
    """The strongest frequency between two times in seconds."""
    assert film.sound is not None
    part = film.sound[0, int(start * RATE) : int(end * RATE)]
    spectrum = np.abs(np.fft.rfft(part * np.hanning(part.size), 1 << 17))
    return float(spectrum.argmax() * RATE / (1 << 17))


def silent(kit: Kit, ms: int, **more: Any) -> Timeline:
    return kit.film(kit.clip(kit.picture("a.png", (90, 90, 90), (64, 36)), ms), size=(64, 36), **more)


def music_of(media: str, **more: Any) -> Music:
    return Music(id=media, media=media, name=media, **({"fade_in_ms": 0, "fade_out_ms": 0} | more))


def sine(seconds: float, hertz: float = 440, size: float = 0.5) -> Sound:
    wave_ = np.sin(2 * np.pi * hertz * np.arange(round(seconds * RATE)) / RATE) * size
    return np.repeat(wave_[None].astype(np.float32), 2, axis=0)


def recorded(kit: Kit, name: str, sound: Sound) -> str:
    """A file of music with these samples."""
    with wave.open(str(kit.folder / name), "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes((np.clip(sound.T, -1, 1) * 32767).astype("<i2").tobytes())
    return kit.add(kit.folder / name)


def encoded(kit: Kit, name: str, sound: Sound, codec: str, form: str) -> str:
    with av.open(str(kit.folder / name), "w", format=form) as container:
        # FFmpeg's own Vorbis encoder calls itself an experiment.
        stream: Any = container.add_stream(codec, rate=RATE, layout="stereo", options={"strict": "experimental"})
        resampler = av.AudioResampler(format=stream.format.name, layout="stereo", rate=RATE, frame_size=960)
        frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(sound), format="fltp", layout="stereo")
        frame.sample_rate, frame.pts, frame.time_base = RATE, 0, Fraction(1, RATE)
        for ready in [*resampler.resample(frame), *resampler.resample(None)]:
            container.mux(stream.encode(ready))
        container.mux(stream.encode(None))
    return kit.add(kit.folder / name)


async def test_a_film_without_sounds_has_no_sound_stream(kit: Kit) -> None:
    film = await kit.render(silent(kit, 500))
    assert film.sound is None
    assert not film.result.has_audio


@pytest.mark.parametrize("size", [0.1, 1.0])
async def test_music_is_as_loud_as_the_platforms_play_it_however_loud_its_file_is(kit: Kit, size: float) -> None:
    beat = np.where(np.arange(10 * RATE) % (RATE // 2) < RATE // 4, 1, 0.3)
    chord = sum(sine(10, hertz, 0.2) for hertz in (110, 220, 277, 330, 660))
    song = recorded(kit, "a.wav", np.asarray(size * chord * beat, np.float32))
    film = await kit.render(silent(kit, 10_000, music=(music_of(song),)))
    found = measure(film.path)
    assert found.lufs == pytest.approx(TARGET, abs=0.5)
    assert found.true_peak_db <= -1
    assert found.seconds == pytest.approx(10, abs=0.03)


async def test_a_film_of_sharp_peaks_keeps_a_decibel_of_room_when_it_is_decoded(kit: Kit) -> None:
    rng = np.random.default_rng(2)
    # Impulses over a soft bed: turned up to the target their peaks would lie far above full scale.
    hard = 0.02 * rng.normal(0, 1, (2, 6 * RATE)).astype(np.float32)
    hard[:, rng.integers(0, 6 * RATE, 90)] = 1.0
    square = np.asarray(np.sign(sine(6, 97)) * 0.9, np.float32)
    for name, sound in (("a.wav", hard), ("b.wav", square)):
        song = recorded(kit, name, sound)
        film = await kit.render(silent(kit, 6000, music=(music_of(song, volume=1),)))
        assert measure(film.path).true_peak_db <= -1


async def test_volume_changes_the_music_by_as_much_as_it_says(kit: Kit) -> None:
    song = kit.song(seconds=4, level=0.6)
    films = [await kit.render(silent(kit, 4000, music=(music_of(song, volume=v),))) for v in (0.8, 0.4)]
    assert level(films[1], 1, 3) == pytest.approx(level(films[0], 1, 3) / 2, rel=0.03)


async def test_music_has_its_fades_and_is_as_long_as_the_film(kit: Kit) -> None:
    song = kit.song(seconds=12, level=0.6)
    music = Music(id="m", media=song, name=song, fade_in_ms=1000, fade_out_ms=2000)
    film = await kit.render(silent(kit, 8000, music=(music,)))
    assert film.sound is not None
    assert abs(film.sound.shape[1] / RATE - 8) < 0.03
    full = level(film, 3, 4)
    assert level(film, 0.45, 0.55) == pytest.approx(full / 2, rel=0.1)
    assert level(film, 0, 0.05) < full / 20
    assert level(film, 6.95, 7.05) == pytest.approx(full / 2, rel=0.1)
    assert level(film, 7.95, 8) < full / 20


async def test_music_repeats_to_fill_its_place_and_is_heard_nowhere_else(kit: Kit) -> None:
    song = kit.song(seconds=0.7, level=0.5)
    film = await kit.render(silent(kit, 5000, music=(music_of(song, start_ms=1000, duration_ms=3000),)))
    assert level(film, 0.1, 0.9) < 0.01
    levels = [level(film, s, s + 0.05) for s in np.arange(1.05, 3.9, 0.05)]
    assert max(levels) / min(levels) < 1.3, "no seam sticks out"
    assert level(film, 4.1, 4.9) < 0.01
    once = await kit.render(silent(kit, 3000, music=(music_of(song, loops=False),)))
    assert level(once, 0.1, 0.6) > 0.1
    assert level(once, 0.8, 2.9) < 0.01


def band(seconds: float, bpm: float) -> Sound:
    """A drum on each beat, a lower one on the first of four, over a chord that changes with the bar."""
    count = round(seconds * RATE)
    t = np.arange(count) / RATE
    chords = [(220, 277, 330), (196, 247, 294), (175, 220, 262), (196, 247, 330)]
    bar = (t * bpm / 240).astype(int)
    sound = sum(
        0.02 * np.sin(2 * np.pi * np.array([chords[b % 4][i] for b in range(bar[-1] + 1)])[bar] * t) for i in range(3)
    )
    for n in range(int(seconds * bpm / 60) + 1):
        at = round(n * 60 / bpm * RATE)
        length = min(count - at, RATE // 5)
        s = np.arange(max(0, length)) / RATE
        sound[at : at + length] += 0.5 * np.sin(2 * np.pi * (60 if n % 4 == 0 else 180) * s) * np.exp(-s / 0.03)
    return np.repeat(np.asarray(sound, np.float32)[None], 2, axis=0)


async def test_music_with_a_beat_repeats_at_a_bar_so_that_the_beat_goes_on(kit: Kit) -> None:
    # Ten bars and a half: repeated as it is, it would stumble.
    song = recorded(kit, "band.wav", band(21, 120))
    film = await kit.render(silent(kit, 45_000, music=(music_of(song, ducks=False),), fps=10), quality="draft")
    assert film.sound is not None
    cells = (film.sound[0][: film.sound.shape[1] // 240 * 240].reshape(-1, 240) ** 2).mean(axis=1)
    late = [int(cells[at : at + 60].argmax()) - 20 for at in range(80, cells.size - 60, 100)]
    assert len(late) == 89
    assert set(late) <= {0, 1, 2}, "each beat is where it is due, to 10 ms, over every seam"
    # The low drum stays on the first beat of the bar.
    low = [at_pitch(film, 60, b, b + 0.08) > at_pitch(film, 180, b, b + 0.08) for b in np.arange(0.01, 44, 0.5)]
    assert {n % 4 for n, is_low in enumerate(low) if is_low} == {0}
    assert sum(low) == 22


async def test_music_that_will_not_be_heard_is_said_so(kit: Kit) -> None:
    hiss = np.random.default_rng(1).normal(0, 0.0005, (2, 2 * RATE)).astype(np.float32)
    songs = [recorded(kit, "hiss.wav", hiss), recorded(kit, "blip.wav", sine(0.05)), recorded(kit, "song.wav", sine(2))]
    notes = [(await kit.render(silent(kit, 4000, music=(music_of(song),)))).result.notes for song in songs]
    assert notes == [
        ("The music hiss.wav is silent, or so soft that it is hardly heard; it was not made louder.",),
        ("The music blip.wav lasts 0.05 s, which is too short to be repeated; after that there is silence.",),
        (),
    ]


async def test_music_begins_where_it_is_told_to(kit: Kit) -> None:
    song = recorded(kit, "two.wav", np.concatenate([sine(2, 440), sine(3, 880)], axis=1))
    film = await kit.render(silent(kit, 2000, music=(music_of(song, offset_ms=2100),)))
    assert pitch(film, 0.05, 1) == pytest.approx(880, abs=2)
    late = await kit.render(silent(kit, 2000, music=(music_of(song, offset_ms=60_000),)))
    assert pitch(late, 0.05, 1) == pytest.approx(440, abs=2), (
        "behind its end there is nothing: it begins at its beginning"
    )


@pytest.mark.parametrize(
    ("name", "codec", "form"),
    [
        ("a.mp3", "libmp3lame", "mp3"),
        ("a.m4a", "aac", "ipod"),
        ("a.aac", "aac", "adts"),
        ("a.flac", "flac", "flac"),
        ("a.ogg", "vorbis", "ogg"),
        ("a.opus", "libopus", "ogg"),
    ],
)
async def test_music_of_every_format_is_played(kit: Kit, name: str, codec: str, form: str) -> None:
    song = encoded(kit, name, sine(2), codec, form)
    film = await kit.render(silent(kit, 1500, music=(music_of(song),)))
    assert pitch(film, 0.2, 1.3) == pytest.approx(440, abs=2)
    assert measure(film.path).lufs == pytest.approx(TARGET, abs=0.7)


async def test_loud_sounds_together_do_not_clip_and_do_not_distort(kit: Kit) -> None:
    songs = [kit.song(f"{n}.wav", level=0.9) for n in range(5)]
    film = await kit.render(silent(kit, 3000, music=tuple(music_of(song, volume=1) for song in songs)))
    assert film.sound is not None
    assert np.abs(film.sound).max() < 10 ** (-1 / 20)
    assert level(film, 1, 2) > 0.75
    spectrum = np.abs(np.fft.rfft(film.sound[0, RATE : 2 * RATE] * np.hanning(RATE)))
    harmonics = max(spectrum[880 - 5 : 880 + 5].max(), spectrum[1320 - 5 : 1320 + 5].max())
    assert harmonics < spectrum[440] / 300, "the limiter turns down, it does not bend"


async def test_the_own_sound_of_a_video_is_mixed_in_at_its_place_and_volume(kit: Kit) -> None:
    video = kit.video("v.mp4", [(90, 90, 90)] * 20, size=(64, 36), tone=0.3)
    picture = kit.picture("a.png", (90, 90, 90), (64, 36))
    clips = (kit.clip(picture, 1000), kit.clip(video, 1000, in_ms=500), kit.clip(picture, 1000, id="c"))
    film = await kit.render(kit.film(*clips, size=(64, 36)))
    full = level(film, 1.2, 1.8)
    assert 0.2 < full < 0.3, "brought nearer to what the platforms play"
    assert max(level(film, 0.1, 0.9), level(film, 2.1, 2.9)) < 0.01
    soft = await kit.render(kit.film(clips[0], replace(clips[1], volume=0.5), clips[2], size=(64, 36)))
    assert level(soft, 1.2, 1.8) == pytest.approx(full / 2, rel=0.05)
    clips = (clips[0], clips[1], replace(clips[2], transition_in=Transition(duration_ms=800)))
    faded = await kit.render(kit.film(*clips, size=(64, 36)))
    assert level(faded, 1.75, 1.85) < 0.75 * full, "under a transition the sound goes with the picture"


async def test_a_muted_video_makes_no_sound(kit: Kit) -> None:
    video = kit.video("v.mp4", [(90, 90, 90)] * 5, size=(64, 36), tone=0.5)
    film = await kit.render(kit.film(kit.clip(video, 500, volume=0.0), size=(64, 36)))
    assert film.sound is None


async def test_a_video_that_was_cut_in_two_sounds_as_if_it_had_not_been(kit: Kit) -> None:
    video = kit.video("v.mp4", [(90, 90, 90)] * 30, size=(64, 36), tone=0.3)
    halves = (kit.clip(video, 1000), kit.clip(video, 1000, in_ms=1000, id="b"))
    film = await kit.render(kit.film(*halves, size=(64, 36)))
    levels = [level(film, s, s + 0.01) for s in np.arange(0.9, 1.1, 0.01)]
    assert max(levels) / min(levels) < 1.1
    apart = await kit.render(kit.film(halves[0], replace(halves[1], in_ms=1500), size=(64, 36)))
    assert level(apart, 0.995, 1.005) < 0.5 * level(apart, 0.5, 0.9), "another place of it comes in softly"


@pytest.mark.parametrize("speed", [0.5, 3.0])
async def test_a_faster_or_slower_video_keeps_the_pitch_of_its_sound(kit: Kit, speed: float) -> None:
    video = kit.video("v.mp4", [(90, 90, 90)] * 40, size=(64, 36), tone=0.3)
    film = await kit.render(kit.film(kit.clip(video, 1200, speed=speed), size=(64, 36)))
    assert pitch(film, 0.2, 1.1) == pytest.approx(440, abs=3)
    assert level(film, 0.1, 0.6) == pytest.approx(level(film, 0.6, 1.1), rel=0.05)


def clapped(kit: Kit, name: str, *, picture_from: float = 0.0, sound_from: float = 0.0, hole: float = 0.0) -> str:
    """A video of 3 s at 20 frames a second, white from 1 s on and again from 2 s on for a fifth of a second, with a tone as long
    as that. Picture and sound begin at these seconds; what comes before, and the ``hole`` seconds from 0.3 s on, is missing."""
    t = np.arange(3 * RATE) / RATE
    tone = (0.5 * np.sin(2 * np.pi * 800 * t) * (t >= 1) * (t % 1 < 0.2)).astype(np.float32)
    with av.open(str(kit.folder / name), "w") as container:
        video = container.add_stream("libx264", rate=20, options={"crf": "10"})
        video.width, video.height, video.pix_fmt = 64, 36, "yuv420p"
        sound = container.add_stream("pcm_s16le" if name.endswith("mov") else "aac", rate=RATE, layout="stereo")
        for n in range(round(picture_from * 20), 60):
            white = n >= 20 and n % 20 < 4
            frame = av.VideoFrame.from_ndarray(np.full((36, 64, 3), 235 if white else 20, np.uint8))
            frame.pts, frame.time_base = n, Fraction(1, 20)
            container.mux(video.encode(frame))
        container.mux(video.encode(None))
        for at in range(round(sound_from * RATE), tone.size, 1024):
            if not 0.3 <= at / RATE < 0.3 + hole:
                block = av.AudioFrame.from_ndarray(np.repeat(tone[None, at : at + 1024], 2, axis=0), format="fltp")
                block.sample_rate, block.pts, block.time_base = RATE, at, Fraction(1, RATE)
                for ready in av.AudioResampler(format=sound.format.name, layout="stereo", rate=RATE).resample(block):
                    container.mux(sound.encode(ready))
        container.mux(sound.encode(None))
    return kit.add(kit.folder / name)


def onsets(film: Film) -> tuple[list[float], list[float]]:
    """When the picture turns white, and when a tone begins, in seconds."""
    assert film.sound is not None
    bright = np.array([frame.mean() > 128 for frame in film.frames])
    around = np.convolve(np.abs(film.sound[0]), np.ones(480) / 480, "same")
    loud = around[::48] > around.max() / 2
    white, heard = (np.flatnonzero(on[1:] & ~on[:-1]) + 1 for on in (bright, loud))
    # A tone at half its speed is put together from pieces that do not always match.
    first = [float(n) / 1000 for i, n in enumerate(heard) if not i or n - heard[i - 1] > 300]
    return [float(n) / film.result.fps for n in white], first


@pytest.mark.parametrize("speed", [0.5, 1.0, 2.0])
@pytest.mark.parametrize(
    "made",
    [
        {"name": "whole.mp4"},
        {"name": "late_sound.mp4", "sound_from": 0.5},
        {"name": "late_picture.mov", "picture_from": 0.5},
        {"name": "hole.mp4", "hole": 0.4},
    ],
    ids=lambda made: made["name"],
)
async def test_a_clips_sound_stays_with_its_picture_to_a_frame(kit: Kit, made: dict[str, Any], speed: float) -> None:
    video = clapped(kit, **made)
    length = 3 - made.get("picture_from", 0.0)
    clip = kit.clip(video, round(1000 * (length - 0.2) / speed), in_ms=200, speed=speed)
    film = await kit.render(kit.film(clip, size=(64, 36), fps=20))
    white, heard = onsets(film)
    assert white == pytest.approx([(length - 2.2) / speed, (length - 1.2) / speed], abs=0.06)
    assert heard == pytest.approx(white, abs=0.05)


@pytest.mark.parametrize("speed", [0.1, 0.4, 0.75, 1.5, 2.0, 7.0, 10.0])
def test_a_moment_comes_at_its_time_at_every_speed(speed: float) -> None:
    sound = np.concatenate([0.1 * sine(3), sine(1, size=0.8)], axis=1)
    out = np.concatenate(
        list(paced((sound[:, at : at + 1000] for at in range(0, sound.shape[1], 1000)), speed)), axis=1
    )
    assert out.shape[1] / RATE == pytest.approx(4 / speed, abs=0.03 / min(1, speed))
    rise = int(np.flatnonzero(np.abs(out[0]) > 0.3)[0]) / RATE
    assert rise == pytest.approx(3 / speed, abs=0.05 / min(1, speed))


async def test_music_goes_down_under_a_video_that_is_heard_and_comes_back(kit: Kit) -> None:
    video = kit.video("v.mp4", [(90, 90, 90)] * 20, size=(64, 36), tone=0.3)
    picture = kit.picture("a.png", (90, 90, 90), (64, 36))
    clips = (kit.clip(picture, 3000), kit.clip(video, 2000), kit.clip(picture, 4000, id="c"))
    song = recorded(kit, "song.wav", sine(9, 1320))

    async def made(**more: Any) -> Film:
        shown = (clips[0], replace(clips[1], volume=more.pop("clip_volume", 1.0)), clips[2])
        return await kit.render(kit.film(*shown, size=(64, 36), music=(music_of(song, **more),)))

    film = await made()
    before, under, after = (at_pitch(film, 1320, s, s + 1) for s in (1, 3.5, 7.5))
    assert 20 * np.log10(under / before) == pytest.approx(-DUCK_DB, abs=1)
    assert after == pytest.approx(before, rel=0.03)
    assert at_pitch(film, 1320, 2.9, 3.1) < 0.6 * before, "it is down when the video begins"
    assert at_pitch(film, 440, 3.5, 4.5) > 2 * under
    assert at_pitch(await made(ducks=False), 1320, 3.5, 4.5) == pytest.approx(before, rel=0.03)
    assert at_pitch(await made(clip_volume=0.0), 1320, 3.5, 4.5) == pytest.approx(before, rel=0.03)


async def test_built_in_music_needs_no_file_and_ends_with_the_film(kit: Kit) -> None:
    film = await kit.render(silent(kit, 9000, music=(Music(id="m", media=f"{BUILT_IN}happy", name="Happy", seed=3),)))
    found = measure(film.path)
    assert film.sound is not None
    assert found.lufs == pytest.approx(TARGET, abs=0.7)
    assert found.true_peak_db <= -1
    assert np.abs(film.sound[:, -RATE // 20 :]).max() < 0.01
    assert level(film, 7, 7.5) > 0.01


async def test_built_in_music_of_an_unknown_mood_is_refused_by_name(kit: Kit) -> None:
    with pytest.raises(RenderError, match=r"built-in:polka.*built-in:upbeat"):
        await process.render(kit.job(silent(kit, 500, music=(music_of(f"{BUILT_IN}polka"),))))


async def test_music_that_is_no_sound_is_refused_by_name(kit: Kit) -> None:
    picture = kit.picture("b.png", (1, 2, 3), (64, 36))
    film = silent(kit, 500, music=(Music(id="m", media=picture, name="my song.mp3"),))
    with pytest.raises(RenderError, match=r"my song\.mp3 has no sound"):
        await process.render(kit.job(film))


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 2**32 - 1), st.floats(0.05, 8), st.lists(st.integers(1, 40), min_size=1, max_size=6))
def test_whatever_comes_in_no_true_peak_passes_the_limiter(seed: int, size: float, cells: list[int]) -> None:
    rng = np.random.default_rng(seed)
    blocks = [(rng.standard_t(2, (2, 64 * count)) * size * rng.choice((0.01, 1))).astype(np.float32) for count in cells]
    out = np.concatenate(list(limited(iter(blocks))), axis=1)
    whole = np.concatenate(blocks, axis=1)
    assert out.shape == whole.shape
    assert true_peak(out) <= 10 ** (-1 / 20)
    if true_peak(whole) < 0.3:
        assert np.array_equal(out, whole), "what is soft is not touched"
