"""Beats that are found in recordings, and the honesty about those that are not there."""

from __future__ import annotations

import wave
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nemovideo_mcp.media.beats import RATE, Beats, track
from nemovideo_mcp.media.errors import MediaError
from nemovideo_mcp.media.workers import beats_of
from nemovideo_mcp.studio.database import Database
from nemovideo_mcp.studio.files import Files
from nemovideo_mcp.studio.projects import Projects
from nemovideo_mcp.studio.render.music import music
from nemovideo_mcp.timeline.model import MOODS, Mood
from nemovideo_mcp.timeline.music_plan import make_music_plan

if TYPE_CHECKING:
    from support.studio import World

pytest_plugins = ["support.studio"]
pytestmark = pytest.mark.anyio

Row = npt.NDArray[np.float64]


def clicks(bpm: float, seconds: float, *, first: float = 0.3, accent: float = 1.0, rate: int = RATE) -> tuple[Row, Row]:
    """Clicks, those between each fourth as strong as ``accent``; and their times."""
    times = np.arange(first, seconds - 0.1, 60 / bpm)
    row = np.zeros(round(seconds * rate))
    t = np.arange(rate // 20) / rate
    click = np.sin(2 * np.pi * 1000 * t) * np.exp(-t / 0.01) * 0.8
    for n, time in enumerate(times):
        at = round(time * rate)
        row[at : at + click.size] += click[: row.size - at] * (1 if n % 4 == 0 else accent)
    return row, times


def heard(row: Row) -> Beats:
    """What is found in a row of samples at `RATE`, given in blocks as a decoder gives them."""
    samples = row.astype(np.float32)[None]
    return track(samples[:, at : at + 1000] for at in range(0, samples.shape[1], 1000))


def written(path: Path, row: Row, rate: int) -> Path:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes((np.clip(row, -1, 1) * 32767).astype("<i2").tobytes())
    return path


def apart(found: Beats, times: Row) -> Row:
    """How far each found beat is from the nearest true one, in seconds."""
    return np.asarray([np.abs(times - time).min() for time in found.times])


@pytest.mark.parametrize("bpm", range(60, 181, 12))
@pytest.mark.parametrize("accent", [1.0, 0.6])
def test_every_click_of_a_metronome_is_a_beat(bpm: int, accent: float) -> None:
    row, times = clicks(bpm, 20, accent=accent)
    found = heard(row)
    assert found.sure
    assert found.bpm == pytest.approx(bpm, rel=0.005)
    assert len(found.times) == len(times)
    assert apart(found, times).max() < 0.012


@settings(max_examples=15)
@given(st.floats(70, 170), st.floats(0.12, 0.7), st.integers(0, 1000))
def test_a_metronome_is_followed_through_noise(bpm: float, first: float, seed: int) -> None:
    row, times = clicks(bpm, 15, first=first)
    found = heard(row + np.random.default_rng(seed).normal(0, 0.01, row.size))
    assert found.sure
    assert np.median(apart(found, times)) < 0.012


def noise(rng: np.random.Generator) -> Row:
    return np.asarray(rng.normal(0, 0.1, 20 * RATE))


def pad(rng: np.random.Generator) -> Row:
    t = np.arange(20 * RATE) / RATE
    slow = [0.6 + 0.4 * np.sin(2 * np.pi * rng.uniform(0.05, 0.2) * t) for _ in range(3)]
    return np.asarray(sum(np.sin(2 * np.pi * f * t) * s * 0.1 for f, s in zip((220, 277, 330), slow, strict=True)))


def speech(rng: np.random.Generator) -> Row:
    """Syllables of uneven length with gliding pitch, some with a hiss before them, and pauses for breath."""
    row, at = np.zeros(20 * RATE), 0
    while at < row.size - RATE:
        count = int(rng.uniform(0.08, 0.32) * RATE)
        phase = 2 * np.pi * np.cumsum(np.linspace(rng.uniform(90, 150), rng.uniform(90, 150), count)) / RATE
        formants = rng.uniform(300, 2500, 3)
        voice = sum(
            np.sin(h * phase) / h * np.exp(-0.5 * ((h * 120 - formants) / 500) ** 2).sum() for h in range(1, 25)
        ) * np.hanning(count)
        if rng.random() < 0.4:
            voice[: count // 3] += rng.normal(0, 0.2, count // 3)
        row[at : at + count] += 0.2 * voice
        at += count + int(rng.exponential(0.03) * RATE) + (rng.random() < 0.15) * int(rng.uniform(0.2, 0.9) * RATE)
    return row


def rain(rng: np.random.Generator) -> Row:
    row = np.zeros(20 * RATE)
    drop = np.sin(np.arange(600) * 0.5) * np.exp(-np.arange(600) / 120) * 0.5
    for at in rng.integers(0, row.size - 600, 70):
        row[at : at + 600] += drop
    return row


@pytest.mark.parametrize("made", [noise, pad, speech, rain])
@pytest.mark.parametrize("seed", range(3))
def test_what_has_no_beat_is_not_said_to_have_one(made: Callable[[np.random.Generator], Row], seed: int) -> None:
    found = heard(made(np.random.default_rng(seed)))
    assert not found.sure
    assert found.confidence < 0.35


@pytest.mark.parametrize("row", [np.zeros(0), np.zeros(20 * RATE), np.full(5 * RATE, 0.3), clicks(120, 1)[0]])
def test_silence_and_a_moment_of_sound_have_no_beats(row: Row) -> None:
    assert heard(row).confidence == 0


@pytest.mark.parametrize("mood", MOODS)
def test_the_beats_of_the_studios_own_music_are_found_where_its_plan_has_them(mood: Mood) -> None:
    samples = np.concatenate(list(music(mood, 2, 40 * 48_000)), axis=1).mean(axis=0)
    # Four to one, behind a low pass of 5 kHz.
    at = np.arange(-64, 65)
    low = np.sinc(at / 4.8) * np.hamming(129) / 4.8
    found = heard(np.convolve(samples, low, "same")[::4])
    plan = make_music_plan(mood, 2, 40)
    true = np.array(plan.beats())
    doubled = found.bpm > 1.5 * plan.bpm
    if doubled:
        # Its eighths are as good to cut on.
        true = np.sort(np.concatenate([true, (true[1:] + true[:-1]) / 2]))
    assert found.bpm == pytest.approx(plan.bpm * (2 if doubled else 1), rel=0.005)
    assert found.sure
    # The last ones lie in the ring of the last chord, where there is none to find.
    assert np.median(apart(found, true)) < 0.025
    assert (apart(found, true) < 0.06).mean() > 0.85


async def test_the_beats_of_a_file_come_from_a_worker_and_only_when_they_are_certain(tmp_path: Path) -> None:
    row, times = clicks(100, 12, rate=44_100)
    found = await beats_of(written(tmp_path / "a.wav", row, 44_100))
    assert len(found) == len(times)
    assert np.abs(np.array(found) - 1000 * times).max() < 12
    assert await beats_of(written(tmp_path / "b.wav", speech(np.random.default_rng(1)), RATE)) == ()
    (tmp_path / "c.wav").write_bytes(b"RIFF")
    with pytest.raises(MediaError):
        await beats_of(tmp_path / "c.wav")


async def test_the_studio_knows_the_beats_of_uploaded_music(near: World, tmp_path: Path) -> None:
    song = written(tmp_path / "a.wav", clicks(120, 8)[0], RATE)
    async with near.open() as api:
        await api.upload(("photo.jpg", near.photo(1)), ("song.wav", song.read_bytes()))
        files = Files(near.folder)
        database = Database(files.database)
        pool = [stored.media for stored in await Projects(database, files).media(api.session)]
        await database.close()
    assert [media.kind for media in pool] == ["image", "audio"]
    assert pool[0].beats_ms == ()
    gaps = np.diff(pool[1].beats_ms)
    assert len(gaps) >= 14
    assert np.abs(gaps - 500).max() <= 15
