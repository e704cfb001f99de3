"""Cuts that are moved onto the beats of the music."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nemovideo_mcp.timeline.beats_cut import cut_on_beats, cut_to_music, film_beats
from nemovideo_mcp.timeline.model import BUILT_IN, MIN_CLIP_MS, MOODS, Clip, Media, Mood, Music, Timeline


def photos(*lengths: int, music: tuple[Music, ...] = ()) -> Timeline:
    return Timeline(
        clips=tuple(Clip(id=str(n), media=str(n), name=str(n), duration_ms=ms) for n, ms in enumerate(lengths)),
        music=music,
    )


def as_video(film: Timeline, *numbers: int) -> Timeline:
    clips = [replace(clip, kind="video") if n in numbers else clip for n, clip in enumerate(film.clips)]
    return film.with_clips(tuple(clips))


def lengths(film: Timeline) -> list[int]:
    return [clip.duration_ms for clip in film.clips]


def test_each_cut_goes_to_the_nearest_beat_and_the_film_stays_as_long() -> None:
    film = cut_on_beats(photos(2100, 2300, 1900, 2200), range(0, 10_000, 500))
    assert film.starts() == (0, 2000, 4500, 6500)
    assert film.duration_ms == 8500


def test_what_a_cut_was_moved_by_does_not_add_up() -> None:
    film = cut_on_beats(photos(*[2700] * 20), range(0, 60_000, 500))
    moved = [abs(after - 2700 * n) for n, after in enumerate(film.starts())]
    assert max(moved) <= 250
    assert film.duration_ms == 54_000


def test_clips_that_are_shorter_than_a_beat_share_it() -> None:
    film = cut_on_beats(photos(*[310] * 8), range(0, 5000, 600))
    assert {start % 300 for start in film.starts()} == {0}
    assert film.duration_ms == 2480


def test_a_cut_with_no_beat_near_stays() -> None:
    film = cut_on_beats(photos(2100, 5000, 2000, 2000), range(0, 4000, 500))
    assert film.starts() == (0, 2000, 7100, 9100)


def test_a_video_never_gets_longer_and_the_film_may_end_sooner_for_it() -> None:
    film = cut_on_beats(as_video(photos(2400, 2400, 2400, 2400), 0, 1, 2, 3), range(0, 12_000, 500))
    assert lengths(film) == [2000, 2000, 2000, 2400]
    mixed = cut_on_beats(as_video(photos(2400, 2400, 2400, 2400), 0, 1, 2), range(0, 12_000, 500))
    assert mixed.starts() == (0, 2000, 4000, 6000)
    assert mixed.duration_ms == 9600, "a photo takes up what the videos gave away"


@pytest.mark.parametrize("beats", [(), (700,)])
def test_without_beats_nothing_moves(beats: tuple[int, ...]) -> None:
    film = photos(2100, 2300)
    assert cut_on_beats(film, beats) is film


@given(
    st.lists(st.tuples(st.integers(1, 9000), st.booleans()), min_size=1, max_size=30),
    st.lists(st.integers(0, 90_000), max_size=120),
)
def test_the_clips_stay_clips_whatever_the_beats(clips: list[tuple[int, bool]], beats: list[int]) -> None:
    before = as_video(photos(*[ms for ms, _ in clips]), *[n for n, (_, video) in enumerate(clips) if video])
    after = cut_on_beats(before, beats)
    assert [c.id for c in after.clips] == [c.id for c in before.clips]
    for old, new in zip(before.clips, after.clips, strict=True):
        assert new.duration_ms >= min(MIN_CLIP_MS, old.duration_ms)
        assert new.kind == "image" or new.duration_ms <= old.duration_ms
    assert after.duration_ms <= before.duration_ms
    if before.clips[-1].kind == "image":
        assert after.duration_ms == before.duration_ms


@given(st.lists(st.integers(1000, 8000), min_size=2, max_size=30), st.integers(250, 1200), st.integers(0, 200))
def test_with_a_steady_beat_every_cut_lies_on_one_or_on_a_part_of_one(clips: list[int], gap: int, first: int) -> None:
    beats = set(range(first, sum(clips) + gap, gap))
    film = cut_on_beats(photos(*clips), sorted(beats))
    parts = beats | {(a + b) // 2 for a, b in pairwise(sorted(beats))}
    assert set(film.starts()[1:]) <= parts


def music_of(media: str, **more: Any) -> Music:
    return Music(id="m", media=media, name=media, **more)


@pytest.mark.parametrize("mood", MOODS)
def test_built_in_music_knows_its_beats(mood: Mood) -> None:
    film = cut_to_music(photos(*[3000] * 8, music=(music_of(f"{BUILT_IN}{mood}", seed=4),)), ())
    beats = film_beats(film, ())
    assert set(film.starts()) <= set(beats)
    assert film.duration_ms == 24_000
    gaps = [b - a for a, b in pairwise(beats)]
    assert max(gaps) - min(gaps) <= 1
    assert 450 <= gaps[0] <= 1000


def test_the_music_of_a_film_that_became_shorter_is_planned_anew() -> None:
    before = as_video(photos(*[3100] * 7, music=(music_of(f"{BUILT_IN}calm", seed=1),)), *range(7))
    film = cut_to_music(before, ())
    assert film.duration_ms < before.duration_ms
    assert set(film.starts()) <= set(film_beats(film, ()))


def test_the_beats_of_a_file_lie_where_it_is_heard() -> None:
    song = Media(id="s", name="s.mp3", kind="audio", duration_ms=4000, beats_ms=tuple(range(100, 4000, 500)))
    once = photos(10_000, music=(music_of("s", start_ms=2000, offset_ms=1000, loops=False),))
    assert film_beats(once, (song,)) == (2100, 2600, 3100, 3600, 4100, 4600)
    again = photos(10_000, music=(music_of("s", duration_ms=6000),))
    assert film_beats(again, (song,)) == tuple(range(100, 6000, 500))


def test_a_film_without_certain_beats_is_left_alone() -> None:
    talk = Media(id="s", name="talk.mp3", kind="audio", duration_ms=60_000)
    film = photos(2100, 2300, music=(music_of("s"),))
    assert film_beats(film, (talk,)) == ()
    assert cut_to_music(film, (talk,)) is film
