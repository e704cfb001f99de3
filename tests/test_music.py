"""The studio's own music, heard with numbers: its form, key, colour, loudness, and that nothing clicks or clips."""

from __future__ import annotations

import random
from functools import lru_cache
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nemovideo_mcp.media.loudness import Meter, true_peak
from nemovideo_mcp.studio.render.music import composed, music
from nemovideo_mcp.studio.render.music.melody import motif, tune
from nemovideo_mcp.studio.render.music.room import HOP
from nemovideo_mcp.studio.render.music.score import Note, Score
from nemovideo_mcp.studio.render.music.styles import STYLES
from nemovideo_mcp.studio.render.music.theory import chord, voiced
from nemovideo_mcp.studio.render.music.tones import HELD, table
from nemovideo_mcp.studio.render.sound.mix import Voice, mixed
from nemovideo_mcp.timeline.model import BUILT_IN, MAX_FILM_MS, MOODS, Mood
from nemovideo_mcp.timeline.music_plan import PACES, make_music_plan, mood_of, title_of

RATE = 48_000
SECONDS = 45
Sound = npt.NDArray[np.float32]
each_mood = pytest.mark.parametrize("mood", MOODS)
lengths = st.one_of(st.floats(3, 90), st.floats(3, MAX_FILM_MS / 1000))


@lru_cache(len(MOODS))
def sound_of(mood: Mood) -> Sound:
    return np.concatenate(list(music(mood, 5, SECONDS * RATE)), axis=1)


def spectrum(sound: Sound, size: int = 1 << 15) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Frequencies, and the mean power at them."""
    windows = [sound[:, at : at + size] * np.hanning(size) for at in range(0, sound.shape[1] - size, size // 2)]
    power = np.mean([(np.abs(np.fft.rfft(window, axis=1)) ** 2).sum(axis=0) for window in windows], axis=0)
    return np.asarray(np.fft.rfftfreq(size, 1 / RATE), np.float64), np.asarray(power)


def share(sound: Sound, low: float, high: float) -> float:
    """The part of the power between two frequencies, in dB."""
    hertz, power = spectrum(sound)
    return float(10 * np.log10(power[(hertz >= low) & (hertz < high)].sum() / power.sum()))


def rms(sound: Sound) -> float:
    return float(np.sqrt((sound**2).mean()))


# The plan


@settings(max_examples=150)
@given(st.sampled_from(MOODS), st.integers(0, 10**6), lengths)
def test_a_plan_fills_any_length_with_whole_bars_and_a_last_chord(mood: Mood, seed: int, seconds: float) -> None:
    plan, pace = make_music_plan(mood, seed, seconds), PACES[mood]
    assert plan == make_music_plan(mood, seed, seconds)
    assert sum(section.bars for section in plan.sections) == plan.bars
    assert [s.first for s in plan.sections] == [
        sum(s.bars for s in plan.sections[:i]) for i in range(len(plan.sections))
    ]
    assert plan.end == pytest.approx(plan.bars * plan.meter * plan.beat)
    assert 0 < seconds - plan.end <= max(1.6 * pace.ring, plan.meter * plan.beat)
    if plan.bars:
        assert 0.93 * pace.slow <= plan.bpm <= 1.07 * pace.fast
    if seconds >= 10:
        assert plan.bars >= 2
        assert seconds - plan.end >= 0.5 * min(pace.ring, 0.4 * seconds)


def test_moods_have_names_and_files_are_no_moods() -> None:
    assert [mood_of(BUILT_IN + mood) for mood in MOODS] == list(MOODS)
    assert [mood_of(media) for media in ("calm", "md_123", f"{BUILT_IN}polka", BUILT_IN)] == [None] * 4
    assert title_of("lofi") == "Lo-fi (built-in)"
    assert title_of("calm") == "Calm (built-in)"


# The notes


def notes_of(mood: Mood, seed: int, seconds: float = 120) -> tuple[Score, list[list[Note]]]:
    score = Score(make_music_plan(mood, seed, seconds))
    return score, list(score)


@each_mood
@pytest.mark.parametrize("seed", range(4))
def test_every_note_belongs_to_its_chord_or_its_scale(mood: Mood, seed: int) -> None:
    score, bars = notes_of(mood, seed)
    strange = 0
    for number, notes in enumerate(bars):
        borrowed = {tone for _, c in score.chords(number) for tone in c.classes}
        allowed = {(score.tonic + tone) % 12 for tone in borrowed | set(score.style.scale)}
        strange += sum(note.pitch % 12 not in allowed for note in notes if note.pitch >= 0)
    assert strange == 0
    pitches = [note.pitch for notes in bars for note in notes if note.pitch >= 0]
    assert min(pitches) >= 26
    assert max(pitches) <= 100


@each_mood
def test_players_are_human_within_bounds(mood: Mood) -> None:
    score, bars = notes_of(mood, 1)
    step = score.plan.beat / 4
    off = np.array([(note.start + step / 2) % step - step / 2 for notes in bars[:-1] for note in notes])
    assert off.std() > 0.0005, "nobody plays like a clock"
    assert len({round(note.loud, 4) for notes in bars for note in notes}) > 100, "nor each stroke as strong as the last"


@settings(max_examples=40)
@given(st.sampled_from(MOODS), st.integers(0, 999), st.data())
def test_voices_move_by_small_steps_from_chord_to_chord(mood: Mood, seed: int, data: st.DataObject) -> None:
    style = STYLES[mood]
    progression = data.draw(st.sampled_from(style.a + style.b + style.pause))
    tonic = data.draw(st.sampled_from(style.keys))
    hand: tuple[int, ...] | None = None
    for symbol in progression.replace("|", " ").split() * 2:
        now = chord(symbol)
        taken = voiced(now, tonic, hand, 62, 4)
        assert {(pitch - tonic) % 12 for pitch in taken} <= now.classes
        assert list(taken) == sorted(set(taken))
        if hand is not None:
            assert np.mean([abs(a - b) for a, b in zip(hand, taken, strict=True)]) <= 5
        hand = taken


@settings(max_examples=60)
@given(st.sampled_from(MOODS), st.integers(0, 10**6), st.sampled_from([2, 4, 8]))
def test_a_tune_moves_stays_in_reach_and_comes_to_rest_on_its_chord(mood: Mood, seed: int, bars: int) -> None:
    style, chance = STYLES[mood], random.Random(seed)
    steps = PACES[mood].meter * 4
    chords = [chord(symbol.split()[0]) for symbol in chance.choice(style.a).split("|")]
    tones = tune(
        motif(chance.choice(style.rhythms), chance), bars=bars, bar_steps=steps, tonic=2, scale=style.tune, middle=74,
        chord_at=lambda step: chords[step // steps % len(chords)], busy=1.0, chance=chance,
    )  # fmt: skip
    assert all(0 <= a.step < b.step for a, b in pairwise(tones))
    assert {tone.pitch for tone in tones} <= set(range(60, 89))
    last = tones[-1]
    assert (last.pitch - 2) % 12 in chords[last.step // steps % len(chords)].classes


# The sound


@pytest.mark.parametrize("count", [3 * RATE, 3 * RATE + 1, 11 * RATE + 12_345])
def test_music_has_the_length_that_was_asked_for_to_the_sample(count: int) -> None:
    for mood in MOODS:
        sound = np.concatenate(list(music(mood, 1, count)), axis=1)
        assert sound.shape == (2, count)
        assert np.isfinite(sound).all()
        assert rms(sound) > 0.01


def test_a_seed_gives_the_same_piece_and_another_seed_another_one() -> None:
    pieces = [np.concatenate(list(music("acoustic", seed, 8 * RATE)), axis=1) for seed in (1, 1, 2)]
    assert np.array_equal(pieces[0], pieces[1])
    assert np.abs(np.corrcoef(pieces[0][0], pieces[2][0])[0, 1]) < 0.5


def test_music_can_begin_further_on() -> None:
    whole = np.concatenate(list(music("calm", 3, 10 * RATE)), axis=1)
    part, heard = composed("calm", 3, 6 * RATE, 4 * RATE)
    assert np.array_equal(np.concatenate(list(part), axis=1), whole[:, 4 * RATE :])
    assert heard.seconds == 6


@each_mood
def test_the_key_is_heard(mood: Mood) -> None:
    """The strength of the twelve pitch classes fits the scale of the piece better than that of any other key but its neighbours
    on the circle of fifths, which share six of its seven tones."""
    hertz, power = spectrum(sound_of(mood))
    heard = (hertz > 100) & (hertz < 2000)
    place = 69 + 12 * np.log2(hertz[heard] / 440)
    pure = np.abs(place - np.round(place)) < 0.25
    classes = np.bincount(np.round(place[pure]).astype(int) % 12, np.asarray(power[heard] ** 0.5)[pure], 12)
    tonic, scale = Score(make_music_plan(mood, 5, SECONDS)).tonic, STYLES[mood].scale
    inside = [classes[[(key + tone) % 12 for tone in scale]].sum() / classes.sum() for key in range(12)]
    best = int(np.argmax(inside))
    assert (best - tonic) % 12 in (0, 5, 7)
    assert inside[tonic] > 0.72
    assert inside[tonic] > np.mean(inside) + 0.1


@each_mood
def test_the_sound_is_balanced(mood: Mood) -> None:
    sound = sound_of(mood)
    assert share(sound, 10_000, 24_000) < -20, "no hiss"
    assert share(sound, 0, 40) < -25, "no rumble"
    assert -16 < share(sound, 40, 120) < -2, "a bass, and more than a bass"
    assert share(sound, 800, 6000) > -17, "and something that small loudspeakers play"
    assert float((sound[0] * sound[1]).mean()) > 0, "it holds together in mono"
    assert rms(sound[:1] - sound[1:]) > 0.05 * rms(sound[:1] + sound[1:]), "and is wide in stereo"


def test_moods_have_their_own_colour() -> None:
    def centre(mood: Mood) -> float:
        hertz, power = spectrum(sound_of(mood))
        return float((np.sqrt(power) * hertz).sum() / np.sqrt(power).sum())

    centres = {mood: centre(mood) for mood in MOODS}
    soft, bright = ("calm", "romantic", "cinematic"), ("upbeat", "happy", "corporate", "acoustic")
    assert max(centres[m] for m in MOODS if m in soft) < 0.7 * min(centres[m] for m in MOODS if m in bright)
    assert max(centres.values()) < 5000


@each_mood
def test_loudness_moves_but_not_too_much(mood: Mood) -> None:
    sound = sound_of(mood)
    meter = Meter()
    meter.add(sound)
    assert meter.loudness() == pytest.approx(-18, abs=2)
    assert true_peak(sound) < 0.95
    short = np.convolve(meter.powers(), np.full(30, 1 / 30), "valid")
    decibels = 10 * np.log10(short[short > short.mean() / 100])
    # As EBU Tech 3342 takes the range: from the tenth to the ninety-fifth part.
    assert 1.5 < np.percentile(decibels, 95) - np.percentile(decibels, 10) < 10


@each_mood
def test_in_a_film_it_has_the_loudness_of_the_platforms(mood: Mood) -> None:
    source, heard = composed(mood, 5, 12 * RATE)
    gain = 10 ** (heard.gain_to(-14, most_louder=24, most_softer=60) / 20)
    voice = Voice(source, first=0, last=12 * RATE, gain=gain, fades=(1, 1))
    sound = np.concatenate(list(mixed([voice], 12 * RATE)), axis=1)
    meter = Meter()
    meter.add(sound)
    assert meter.loudness() == pytest.approx(-14, abs=0.5)
    assert true_peak(sound) < 10 ** (-1 / 20)


@each_mood
def test_the_ending_is_an_ending(mood: Mood) -> None:
    sound, plan = sound_of(mood), make_music_plan(mood, 5, SECONDS)
    rest = sound[:, round(plan.end * RATE) :]
    parts = [rms(part) for part in np.array_split(rest[:, : rest.shape[1] // 8 * 8], 8, axis=1)]
    before = rms(sound[:, round((plan.end - 4) * RATE) : round(plan.end * RATE)])
    assert 0.3 * before < parts[0] < 2 * before, "the last chord sounds"
    assert parts[5] < parts[1]
    assert parts[7] < 0.12 * parts[0], "and dies away"
    assert np.abs(sound[:, -64:]).max() < 1e-4, "to nothing"


@each_mood
def test_nothing_clicks_where_blocks_meet_or_where_it_begins_and_ends(mood: Mood) -> None:
    sound = sound_of(mood)
    bend = np.abs(np.diff(sound, 2, axis=1)).max(axis=0)
    for seam in range(HOP, bend.size - 2000, HOP):
        near = np.concatenate([bend[seam - 1500 : seam - 4], bend[seam + 4 : seam + 1500]])
        assert bend[seam - 4 : seam + 4].max() <= 1.3 * near.max() + 1e-4
    assert np.abs(sound[:, :2]).max() < 0.02
    assert bend[-3000:].max() < 1e-3


@pytest.mark.parametrize("name", sorted(HELD))
def test_the_loop_of_a_held_tone_has_no_seam(name: str) -> None:
    loop = table(name, 60)
    bend = np.abs(np.diff(np.concatenate([loop, loop[:, :100]], axis=1), 2, axis=1))
    assert bend[:, -110:].max() <= bend[:, :-110].max()
    assert np.abs(loop.mean()) < 1e-4


@each_mood
def test_the_parts_differ_and_the_intro_is_softer_than_what_it_leads_to(mood: Mood) -> None:
    plan = make_music_plan(mood, 5, 100)
    names = [section.part for section in plan.sections]
    assert names[:3] == ["intro", "a", "b"]
    assert "break" in names
    _, bars = notes_of(mood, 5, 100)
    counts = {s.part: np.mean([len(bars[b]) for b in range(s.first, s.first + s.bars)]) for s in plan.sections[:4]}
    assert counts["intro"] < counts["a"] <= 1.1 * counts["b"]
    assert counts["break"] < counts["b"]
    strengths = {
        s.part: np.mean([sum(n.loud**2 for n in bars[b]) for b in range(s.first, s.first + s.bars)])
        for s in plan.sections[:4]
    }
    assert strengths["intro"] < strengths["b"]
    starts = [(s.first, s.bars) for s in plan.sections]
    bodies = [tuple(n.pitch for b in range(f, f + c) for n in bars[b]) for f, c in starts]
    assert len(set(bodies)) == len(bodies), "no part is a copy of another"
