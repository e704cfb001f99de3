"""Cuts on the beat of the music. Pure.

``film_beats(film, pool)`` says where the beats of the film's music lie, ``cut_on_beats(film, beats_ms)`` moves the cuts onto
beats, and ``cut_to_music(film, pool)`` does both, also where the music's beats move with the film's length.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate, pairwise
from statistics import median

from nemovideo_mcp.timeline.model import MIN_CLIP_MS, Clip, Media, Music, Timeline
from nemovideo_mcp.timeline.music_plan import make_music_plan, mood_of

_FINEST = 3
"""How often beats are halved, at most, for clips that are shorter than a beat: down to eighths of one."""
_REACH = 1.5
"""Beats that a cut is moved by, at most: where the music has none, a cut stays where it is."""
_ROUNDS = 8
"""Times that built-in music is planned anew for a film that became shorter."""


def cut_on_beats(film: Timeline, beats_ms: Sequence[int]) -> Timeline:
    """The film with its cuts on beats (ms of the film, rising).

    Clips keep their order and at least `MIN_CLIP_MS`. Each cut goes to the beat nearest to where it was, so lengths are the
    same in all but for the odd beat, and the film's length stays; only a video never gets longer, for there may be no more of
    it, and a film that ends with one may become a little shorter. Clips that are shorter than a beat share it: they are cut
    on halves, quarters or eighths. A cut with no beat near stays at its time, and so do all when there are fewer than two
    beats. Transitions, centred on their cuts, may have to be shortened afterwards (`operations.base.settle`).
    """
    beats = sorted(set(beats_ms))
    if len(beats) < 2 or len(film.clips) < 2:
        return film
    gap = median(b - a for a, b in pairwise(beats))
    for _ in range(_FINEST):
        if film.duration_ms / len(film.clips) >= gap or gap < 2 * MIN_CLIP_MS:
            break
        beats = sorted({*beats, *((a + b) // 2 for a, b in pairwise(beats))})
        gap /= 2
    ends = _ends(film.clips, beats, round(_REACH * gap))
    lengths = [end - start for start, end in pairwise([0, *ends])]
    return film.with_clips(
        tuple(replace(clip, duration_ms=length) for clip, length in zip(film.clips, lengths, strict=True))
    )


def film_beats(film: Timeline, pool: Sequence[Media]) -> tuple[int, ...]:
    """Where the beats of the film's first piece of music that has any lie, in ms of the film.

    Those of built-in music come from its plan. Those of a file are its ``beats_ms``; where it repeats, they go on at its pace.
    Empty: there is no music, or none with a beat that is certain.
    """
    files = {media.id: media for media in pool}
    for music in film.music:
        start, end = music.start_ms, film.end_ms(music)
        if end <= start:
            continue
        if (mood := mood_of(music.media)) is not None:
            seconds = (end - start + music.offset_ms) / 1000
            plan = make_music_plan(mood, music.seed, seconds)
            # They go on while the last chord rings.
            inside = [round(1000 * plan.beat * n) for n in range(int(seconds / plan.beat) + 1)]
        else:
            inside = list(_played(files[music.media], music, end - start)) if music.media in files else []
        found = tuple(start + beat - music.offset_ms for beat in inside if 0 <= beat - music.offset_ms < end - start)
        if len(found) > 1:
            return found
    return ()


def cut_to_music(film: Timeline, pool: Sequence[Media]) -> Timeline:
    """The film with its cuts on the beats of its own music; the same film when it has none that are certain."""
    length = film.duration_ms
    after = film
    for _ in range(_ROUNDS):
        # Built-in music has a new tempo for a new length.
        after = cut_on_beats(film, film_beats(_ending_at(after, length), pool))
        if after.duration_ms >= length:
            return _ending_at(after, length)
        length = after.duration_ms
    return after


def _ending_at(film: Timeline, length_ms: int) -> Timeline:
    """The film with its last clip shortened so that it is no longer than that."""
    last = film.clips[-1:]
    over = film.duration_ms - length_ms
    if over <= 0:
        return film
    return film.with_clips((*film.clips[:-1], *(replace(c, duration_ms=max(1, c.duration_ms - over)) for c in last)))


def _ends(clips: Sequence[Clip], beats: Sequence[int], reach: int) -> Iterator[int]:
    """Where each clip ends, one after the other. Times are those of before, so that what is moved does not add up."""
    least = [min(MIN_CLIP_MS, clip.duration_ms) for clip in clips]
    wanted = list(accumulate(clip.duration_ms for clip in clips))
    behind = sum(least)
    at = 0
    for n, (clip, wish, shortest) in enumerate(zip(clips, wanted, least, strict=True), 1):
        behind -= shortest
        lowest, highest = at + shortest, wanted[-1] - behind
        if clip.kind == "video":
            highest = min(highest, at + clip.duration_ms)
        wish = min(max(wish, lowest), highest)
        if n < len(clips):
            wish = _nearest(beats, wish, max(lowest, wish - reach), min(highest, wish + reach))
        at = wish
        yield at


def _nearest(beats: Sequence[int], wish: int, lowest: int, highest: int) -> int:
    """The beat nearest to ``wish`` within the bounds; ``wish`` when there is none."""
    place = bisect_left(beats, wish)
    near = [beat for beat in beats[max(0, place - 1) : place + 1] if lowest <= beat <= highest]
    if not near:
        # Both neighbours are out of bounds: the next one inside, on whichever side there is room.
        first = bisect_left(beats, lowest)
        near = [beat for beat in beats[first : first + 1] if beat <= highest]
    return min(near, key=lambda beat: abs(beat - wish)) if near else wish


def _played(media: Media, music: Music, length_ms: int) -> Iterator[int]:
    """The beats of a file as far as it is played, in ms of the file, going on at the pace of its last ones where it repeats."""
    beats = media.beats_ms
    yield from beats
    if len(beats) < 2 or not music.loops:
        return
    last = beats[-9:]
    step = (last[-1] - last[0]) / (len(last) - 1)
    n = 1
    while step >= 1 and beats[-1] + n * step < music.offset_ms + length_ms:
        yield round(beats[-1] + n * step)
        n += 1
