"""The timeline: the draft codec, every operation as a property, the summary and the diff."""

import json
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from types import MappingProxyType
from typing import Any, Literal, get_args

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from nemovideo_mcp.timeline.diff import diff
from nemovideo_mcp.timeline.draft import DraftError, decode, encode, is_exportable
from nemovideo_mcp.timeline.history import History, Version
from nemovideo_mcp.timeline.layout import fit_of, motion_of
from nemovideo_mcp.timeline.model import (
    ALIGNS,
    ANIMATIONS,
    FILTERS,
    FITS,
    FONTS,
    MAX_FILM_MS,
    MIN_CLIP_MS,
    MOTIONS,
    POSITIONS,
    TEXT_STYLES,
    TRANSITIONS,
    Beside,
    Canvas,
    Clip,
    Extra,
    Fade,
    Look,
    Media,
    Music,
    Overlay,
    Text,
    Timeline,
    Transition,
)
from nemovideo_mcp.timeline.operations import (
    AddClips,
    AddSubtitles,
    AddText,
    ApplyTemplate,
    BaseOperation,
    CaptionClips,
    CutOnBeats,
    DuplicateClips,
    KeepClips,
    MoveClip,
    Operation,
    OperationError,
    OrderClips,
    PairPhotos,
    RemoveCards,
    RemoveClips,
    RemoveMusic,
    RemoveOverlays,
    RemoveTexts,
    ReplaceClip,
    Restore,
    ReverseClips,
    SetCanvas,
    SetCard,
    SetClipLength,
    SetClipVolume,
    SetFade,
    SetFit,
    SetLook,
    SetMotion,
    SetMusic,
    SetOverlay,
    SetSpeed,
    SetText,
    SetTotalLength,
    SetTransition,
    ShuffleClips,
    SortClips,
    SplitClip,
    Step,
    SwapClips,
    TrimClip,
    UnpairPhotos,
    apply_all,
    lay_out,
    parse,
    problem,
)
from nemovideo_mcp.timeline.operations.base import settle
from nemovideo_mcp.timeline.operations.say import say
from nemovideo_mcp.timeline.outline import outline
from nemovideo_mcp.timeline.summary import summarize
from nemovideo_mcp.timeline.time import frame_at, spoken, to_ms, to_seconds

OPERATIONS: tuple[type[BaseOperation], ...] = get_args(get_args(Operation)[0])

# --- What timelines may look like ------------------------------------------------------------------------------------

# Names that no version of the draft format uses, so that they are unknown to the codec.
UNKNOWN: list[dict[str, Any]] = [
    {},
    {"x_speed": 1.5},
    {"x_mask": {"points": [[0, 1], [2, 3]], "soft": None}},
    {"x_lut": "teal", "x_on": False},
]
extras = st.sampled_from(UNKNOWN).map(lambda found: MappingProxyType(dict(found)))


@st.composite
def segment_extras(draw: st.DrawFn) -> Extra:
    """Unknown fields of a segment and of its metadata."""
    found: dict[str, Any] = dict(draw(extras))
    if meta := draw(extras):
        found["m"] = dict(meta)
    return MappingProxyType(found)


names = st.sampled_from(
    ["a.jpg", "IMG_0001.HEIC", "海边 日落.jpg", "", 'say "hi".png', "naïve – café 🎈.webp", "a.jpg"]
)
colors = st.sampled_from(["#000000", "#ffcc00", "#ffffff"])
shares = st.integers(0, 100).map(lambda percent: percent / 100)
signed = st.integers(-100, 100).map(lambda percent: percent / 100)
points = st.tuples(shares, shares)
fades = st.builds(Fade, duration_ms=st.integers(1, 5000), color=colors, extra=extras)
besides = st.builds(Beside, media=st.just("m9"), name=st.just("right.jpg"), width=st.just(3000), extra=extras)
looks = st.just(Look()) | st.builds(
    Look,
    filter=st.sampled_from(FILTERS),
    strength=shares,
    brightness=signed,
    saturation=signed,
    vignette=shares,
    extra=extras,
)
gains = st.integers(0, 100).map(lambda percent: percent / 100)
lengths = st.integers(MIN_CLIP_MS, 20_000)
transitions = st.builds(Transition, kind=st.sampled_from(TRANSITIONS), duration_ms=st.integers(1, 25_000), extra=extras)


@st.composite
def clips(draw: st.DrawFn, number: int) -> Clip:
    kind: Literal["image", "video"] = "video" if draw(st.integers(0, 3)) == 3 else "image"
    size = draw(st.sampled_from([(0, 0), (4000, 3000), (3000, 4000), (1080, 1080), (1920, 1080)]))
    return Clip(
        id=f"c{number}",
        media=f"m{number}",
        name=draw(names),
        kind=kind,
        duration_ms=draw(lengths),
        width=size[0],
        height=size[1],
        in_ms=draw(st.integers(0, 5000)) if kind == "video" else 0,
        volume=draw(gains) if kind == "video" else 1.0,
        transition_in=draw(st.none() | transitions) if number > 1 else None,
        motion=draw(st.sampled_from(["auto", *MOTIONS])),
        fit=draw(st.sampled_from(["auto", *FITS])),
        strength=draw(st.sampled_from([1.0, 0.5, 2.0])),
        focus=draw(st.none() | points),
        background=draw(st.none() | colors),
        beside=draw(st.none() | besides),
        speed=draw(st.sampled_from([1.0, 0.25, 4.0])),
        look=draw(looks),
        extra=draw(segment_extras()),
    )


@st.composite
def timelines(draw: st.DrawFn, least: int = 0, most: int = 6) -> Timeline:
    """Any settled film: what the public functions produce and take."""
    count = draw(st.integers(least, most))
    texts = [
        Text(
            id=f"t{i}",
            text=draw(names),
            start_ms=draw(st.integers(0, 60_000)),
            duration_ms=draw(st.integers(MIN_CLIP_MS, 30_000)),
            position=draw(st.sampled_from(POSITIONS)),
            color="#ffcc00",
            style=draw(st.sampled_from(TEXT_STYLES)),
            font=draw(st.sampled_from(FONTS)),
            size=draw(st.sampled_from([1.0, 0.5, 2.5])),
            at=draw(st.none() | points),
            align=draw(st.sampled_from(ALIGNS)),
            stroke=draw(st.none() | colors),
            box=draw(st.none() | colors),
            enter=draw(st.none() | st.sampled_from(ANIMATIONS)),
            leave=draw(st.none() | st.sampled_from(ANIMATIONS)),
            extra=draw(segment_extras()),
        )
        for i in range(1, draw(st.integers(0, 2)) + 1)
    ]
    music = [
        Music(
            id=f"m{i}",
            media="song",
            name=draw(names),
            start_ms=draw(st.integers(0, 60_000)),
            duration_ms=draw(st.none() | st.integers(MIN_CLIP_MS, 60_000)),
            volume=draw(gains),
            fade_in_ms=draw(st.integers(0, 3000)),
            fade_out_ms=draw(st.integers(0, 3000)),
            offset_ms=draw(st.integers(0, 9000)),
            loops=draw(st.booleans()),
            ducks=draw(st.booleans()),
            seed=draw(st.integers(0, 9)),
            extra=draw(segment_extras()),
        )
        for i in range(1, draw(st.integers(0, 1)) + 1)
    ]
    overlays = [
        Overlay(
            id=f"o{i}",
            media=f"logo{i}",
            name=draw(names),
            width=draw(st.sampled_from([0, 800])),
            height=300,
            position=draw(st.sampled_from(POSITIONS)),
            at=draw(st.none() | points),
            size=draw(st.none() | st.sampled_from([0.01, 0.2, 1.0])),
            opacity=draw(gains),
            start_ms=draw(st.integers(0, 60_000)),
            duration_ms=draw(st.none() | st.integers(MIN_CLIP_MS, 60_000)),
            extra=draw(segment_extras()),
        )
        for i in range(1, draw(st.integers(0, 2)) + 1)
    ]
    film = Timeline(
        overlays=tuple(replace(o, height=o.height if o.width else 0) for o in overlays),
        canvas=Canvas(**draw(st.sampled_from([{}, {"width": 1080, "height": 1920}, {"fps": 25}]))),
        fade_in=draw(st.none() | fades),
        fade_out=draw(st.none() | fades),
        clips=tuple(draw(clips(number)) for number in range(1, count + 1)),
        texts=tuple(texts),
        music=tuple(music),
        tracks=tuple(draw(st.lists(st.just({"tt": 9, "sg": [{"effect": "rain"}], "locked": True}), max_size=1))),
        extra=draw(extras),
    )
    return settle(film)[0]


films = timelines(least=2)


def pool_of(film: Timeline, *more: Media) -> list[Media]:
    """The media that a film's clips came from, long enough for any of them."""
    shots = ((c.media, c.kind) for c in film.clips if c.kind != "card")
    return [Media(id=media, name=f"{media}.jpg", kind=kind, duration_ms=60_000) for media, kind in shots] + [*more]


SONG = Media(id="song", name="Song.mp3", kind="audio", duration_ms=90_000)


def photos(count: int, each_ms: int = 4000) -> Timeline:
    """A plain film of photos p1.jpg, p2.jpg, …"""
    pool = [Media(id=f"m{i}", name=f"p{i}.jpg", kind="image", width=4000, height=3000) for i in range(1, count + 1)]
    film = lay_out(Timeline(), pool)
    return film.with_clips(tuple(replace(clip, duration_ms=each_ms) for clip in film.clips))


def shown(film: Timeline) -> list[str]:
    return [clip.name for clip in film.clips]


def assert_settled(film: Timeline) -> None:
    """What holds for every film that an operation returns."""
    starts = film.starts()
    assert film.duration_ms == sum(clip.duration_ms for clip in film.clips)
    assert all(start + clip.duration_ms == end for (start, clip), end in zip(film.placed(), starts[1:], strict=False))
    if film.clips:
        assert film.clips[0].transition_in is None
        assert starts[-1] + film.clips[-1].duration_ms == film.duration_ms
    for before, clip in pairwise(film.clips):
        if clip.transition_in:
            assert 0 < clip.transition_in.duration_ms <= min(before.duration_ms, clip.duration_ms)
    assert len({clip.id for clip in film.clips}) == len(film.clips)
    if film.clips:
        assert all(text.duration_ms > 0 and text.start_ms + text.duration_ms <= film.duration_ms for text in film.texts)
        assert all(0 <= piece.start_ms < film.duration_ms for piece in film.music)
        assert all(0 <= overlay.start_ms < film.duration_ms for overlay in film.overlays)
    assert settle(film) == (film, ())


# --- Time ------------------------------------------------------------------------------------------------------------


@given(st.integers(0, 10**8))
def test_seconds_and_milliseconds_are_the_same_time(ms: int) -> None:
    assert to_ms(to_seconds(ms)) == ms


@given(st.lists(st.integers(1, 9000), min_size=1), st.sampled_from([24, 25, 30, 50, 60]))
def test_frames_of_clips_add_up_without_drift(parts: list[int], fps: int) -> None:
    ends = [sum(parts[: i + 1]) for i in range(len(parts))]
    boundaries = [0, *(frame_at(end, fps) for end in ends)]
    assert sum(b - a for a, b in pairwise(boundaries)) == frame_at(ends[-1], fps)
    assert all(abs(frame_at(end, fps) - end * fps / 1000) <= 0.5 for end in ends)


@pytest.mark.parametrize(
    ("ms", "words"),
    [(600, "0.6 s"), (30_000, "30 s"), (119_999, "120 s"), (125_000, "2 min 5 s"), (120_000, "2 min"), (0, "0 s")],
)
def test_lengths_are_written_as_people_write_them(ms: int, words: str) -> None:
    assert spoken(ms) == words


# --- The draft codec -------------------------------------------------------------------------------------------------


@given(timelines())
def test_a_timeline_survives_its_draft(film: Timeline) -> None:
    assert decode(encode(film)) == film


@given(timelines())
def test_a_draft_is_json_and_survives_it(film: Timeline) -> None:
    draft = encode(film)
    assert encode(decode(json.loads(json.dumps(draft)))) == draft


def test_what_the_codec_does_not_know_comes_back_where_it_was() -> None:
    draft: dict[str, Any] = {
        "t": [
            {
                "tt": 0,
                "muted": True,
                "sg": [
                    {
                        "id": "c1",
                        "media": "m1",
                        "d": 5000,
                        "mask": 1.5,
                        "m": {"title": "a.mp4", "width": 1920, "height": 1080, "camera": "GoPro"},
                        "transition": {"kind": "whip_pan", "d": 300, "easing": "out"},
                    },
                ],
            },
            {"tt": 3, "sg": [{"sticker": "star"}]},
            {"tt": 7, "z": 4, "sg": [{"id": "t1", "d": 900, "m": {"title": "Hi", "face": "Inter"}, "glow": 2}]},
        ],
        "d": 5000,
        "m": {"width": 1080, "height": 1920, "author": "somebody"},
        "version": {"schema": 12},
    }
    written = encode(decode(draft))

    def held(part: Any, whole: Any) -> bool:
        if isinstance(part, dict):
            return isinstance(whole, dict) and all(k in whole and held(v, whole[k]) for k, v in part.items())
        return bool(part == whole)

    by_type = {track["tt"]: track for track in written["t"]}
    assert {k: v for k, v in written.items() if k == "version"} == {"version": {"schema": 12}}
    assert held(draft["m"], written["m"])
    video, stickers, text = draft["t"]
    assert by_type[3] == stickers
    assert by_type[0]["muted"] is True
    assert by_type[7]["z"] == 4
    assert held(video["sg"][0], by_type[0]["sg"][0])
    assert held(text["sg"][0], by_type[7]["sg"][0])
    assert encode(decode(written)) == written


@pytest.mark.parametrize(
    ("draft", "where"),
    [
        ({"t": 3}, "'t' is not a list"),
        ({"t": ["x"]}, "track 1 is not an object"),
        ({"t": [{"tt": 0, "sg": [7]}]}, "track 1 holds a segment that is not an object"),
        ({"t": [{"tt": 0, "sg": [{"d": 0}]}]}, "track 1, clip 1: 'd'"),
        ({"t": [{"tt": 0, "sg": [{"d": "long"}]}]}, "track 1, clip 1: 'd'"),
        ({"t": [{"tt": 0, "sg": [{"d": 900}, {"d": 900, "fit": "stretch"}]}]}, "track 1, clip 2: 'fit'"),
        ({"t": [{"tt": 0, "sg": [{"d": 900, "transition": "fade"}]}]}, "the transition is not an object"),
        ({"t": [{"tt": 1, "sg": [{"d": 900, "volume": 3}]}]}, "track 1, sound 1: 'volume'"),
        ({"t": [{"tt": 7, "sg": [{"d": 900, "position": "behind"}]}]}, "track 1, text 1: 'position'"),
        ({"m": {"width": -4}}, "draft: 'width'"),
    ],
)
def test_a_draft_that_cannot_be_says_which_part(draft: dict[str, Any], where: str) -> None:
    with pytest.raises(DraftError, match=where):
        decode(draft)


@given(timelines())
def test_a_draft_can_be_exported_when_something_is_on_a_track(film: Timeline) -> None:
    assert is_exportable(encode(film)) == bool(film.clips or film.overlays or film.texts or film.music or film.tracks)


def test_no_draft_and_empty_tracks_cannot_be_exported() -> None:
    assert not is_exportable(None)
    assert not is_exportable({"t": [{"tt": 0, "sg": []}]})


# --- Settling --------------------------------------------------------------------------------------------------------


@given(timelines())
def test_settling_twice_changes_nothing_more(film: Timeline) -> None:
    assert_settled(film)


def test_a_transition_gives_way_to_the_shorter_of_its_clips_and_says_so() -> None:
    film = photos(3, 1000)
    long = film.with_clips(
        tuple(replace(c, transition_in=c.transition_in and Transition(duration_ms=4000)) for c in film.clips)
    )
    settled, warnings = settle(long)
    assert [c.transition_in and c.transition_in.duration_ms for c in settled.clips] == [None, 1000, 1000]
    assert warnings == ("2 transitions shortened to 1 s to fit the clips.",)


@given(films, st.integers(0, 200_000), st.integers(MIN_CLIP_MS, 60_000))
def test_a_text_is_moved_or_cut_into_the_film_never_dropped(film: Timeline, start: int, length: int) -> None:
    text = Text(id="late", text="late", start_ms=start, duration_ms=length)
    settled, warnings = settle(replace(film, texts=(text,)))
    assert_settled(settled)
    assert (settled.texts[0] == text) == (not warnings)


# --- Operations ------------------------------------------------------------------------------------------------------

SAMPLES: dict[type[BaseOperation], Callable[[], BaseOperation]] = {
    SetCanvas: lambda: SetCanvas(ratio="9:16"),
    SetTotalLength: lambda: SetTotalLength(seconds=5),
    SetClipLength: lambda: SetClipLength(seconds=2),
    AddClips: lambda: AddClips(media=["new.jpg"]),
    RemoveClips: lambda: RemoveClips(clips=[-1]),
    MoveClip: lambda: MoveClip(clip=1, to=2),
    SwapClips: lambda: SwapClips(first=1, second=2),
    ReverseClips: ReverseClips,
    SetTransition: lambda: SetTransition(seconds=1),
    SetMotion: lambda: SetMotion(motion="zoom_in"),
    SetLook: lambda: SetLook(filter="sepia", contrast=0.2),
    SetFade: lambda: SetFade(in_seconds=1, out_seconds=2),
    SetFit: lambda: SetFit(fit="blur"),
    AddText: lambda: AddText(text="Hello", end_seconds=1),
    RemoveTexts: RemoveTexts,
    SetMusic: lambda: SetMusic(volume=0.3),
    SetOverlay: lambda: SetOverlay(media="new.jpg", opacity=0.5),
    RemoveOverlays: lambda: RemoveOverlays(),
    RemoveMusic: RemoveMusic,
    SetSpeed: lambda: SetSpeed(speed=2),
    KeepClips: lambda: KeepClips(clips=[1]),
    DuplicateClips: lambda: DuplicateClips(clips=[1], copies=2),
    ReplaceClip: lambda: ReplaceClip(clip=1, media="new.jpg"),
    SplitClip: lambda: SplitClip(clip=1),
    TrimClip: lambda: TrimClip(clip=1, to_seconds=1),
    OrderClips: lambda: OrderClips(order=[-1, *range(1, 4)]),
    ShuffleClips: lambda: ShuffleClips(seed=3),
    SortClips: lambda: SortClips(descending=True),
    PairPhotos: lambda: PairPhotos(left=1, right=2),
    UnpairPhotos: UnpairPhotos,
    SetText: lambda: SetText(color="#00FF00", size=1.5),
    SetCard: lambda: SetCard(text="Hello\nthere", after=1, background="#FFFFFF"),
    RemoveCards: RemoveCards,
    CaptionClips: lambda: CaptionClips(use="number"),
    AddSubtitles: lambda: AddSubtitles(text="1\n00:00:00,000 --> 00:00:00,900\n<i>Hello</i>\nthere\n"),
    SetClipVolume: lambda: SetClipVolume(volume=0.4),
    CutOnBeats: CutOnBeats,
    ApplyTemplate: lambda: ApplyTemplate(template="calm", music=True),
    Restore: Restore,
}
MAY_REFUSE = (
    RemoveTexts, RemoveMusic, SetTotalLength, SetSpeed, SplitClip, TrimClip, OrderClips, PairPhotos, UnpairPhotos, SetText,
    SetClipVolume, Restore, CutOnBeats, RemoveOverlays, RemoveCards,
)  # fmt: skip
"""What needs a title, a card, music, video, a pair, a history or a long clip to work on."""
NEW = Media(id="new", name="new.jpg", kind="image", width=4000, height=3000)


def test_every_operation_has_a_sample_here() -> None:
    assert set(SAMPLES) == set(OPERATIONS)


@pytest.mark.parametrize("kind", OPERATIONS, ids=lambda kind: kind.__name__)
def test_every_operation_has_its_own_apply_and_a_name_and_a_description(kind: type[BaseOperation]) -> None:
    assert "apply" in vars(kind)
    assert kind.model_fields["op"].default
    assert kind.__doc__


def test_operation_names_are_unique() -> None:
    assert len({kind.model_fields["op"].default for kind in OPERATIONS}) == len(OPERATIONS)


@pytest.mark.parametrize("kind", OPERATIONS, ids=lambda kind: kind.__name__)
@given(film=timelines(least=2, most=4))
@settings(max_examples=25)
def test_every_operation_leaves_a_settled_film_and_says_what_it_did(kind: type[BaseOperation], film: Timeline) -> None:
    operation = SAMPLES[kind]()
    try:
        step = operation.apply(film, pool_of(film, SONG, NEW))
    except OperationError:
        assert kind in MAY_REFUSE
        return
    assert_settled(step.film)
    assert step.change.operation == operation.op
    assert step.change.text.endswith((".", ")"))
    assert "None" not in step.change.text
    assert decode(encode(step.film)) == step.film


@pytest.mark.parametrize("kind", OPERATIONS, ids=lambda kind: kind.__name__)
def test_every_operation_travels_as_json(kind: type[BaseOperation]) -> None:
    operation = SAMPLES[kind]()
    assert parse([json.loads(operation.model_dump_json())]) == [operation]


def after(film: Timeline, *operations: BaseOperation, more: tuple[Media, ...] = ()) -> Timeline:
    return apply_all(film, operations, pool_of(film, *more))[0]


@given(films, st.floats(2, 7200, allow_nan=False).map(lambda seconds: round(seconds, 3)))
def test_the_total_length_is_exactly_what_was_asked_for(film: Timeline, seconds: float) -> None:
    try:
        made = after(film, SetTotalLength(seconds=seconds))
    except OperationError:
        # Only video keeps a film from becoming longer.
        assert any(clip.kind == "video" for clip in film.clips)
        return
    assert made.duration_ms == to_ms(seconds)
    assert min(clip.duration_ms for clip in made.clips) >= MIN_CLIP_MS
    assert shown(made) == shown(film)


@given(st.integers(1, 40), st.integers(1, 600))
def test_equal_photos_share_a_length_equally_to_the_millisecond(count: int, seconds: int) -> None:
    assume(seconds * 1000 >= count * MIN_CLIP_MS)
    each = {clip.duration_ms for clip in after(photos(count), SetTotalLength(seconds=seconds)).clips}
    assert max(each) - min(each) <= 1


def test_photos_keep_their_proportions_when_the_film_gets_another_length() -> None:
    film = photos(3)
    uneven = after(film, SetClipLength(seconds=8, clips=[2]))
    assert [c.duration_ms for c in after(uneven, SetTotalLength(seconds=8)).clips] == [2000, 4000, 2000]


def test_a_film_too_short_for_its_clips_is_refused_with_the_least_length() -> None:
    with pytest.raises(OperationError, match=r"at least 0\.2 s, so 1 s in all"):
        after(photos(5), SetTotalLength(seconds=0.9))


def test_video_is_not_stretched() -> None:
    film = photos(2)
    video = film.with_clips(tuple(replace(clip, kind="video") for clip in film.clips))
    with pytest.raises(OperationError, match="cannot be stretched"):
        after(video, SetTotalLength(seconds=60))


@given(films, st.data())
def test_clip_lengths_are_set_where_asked_and_nowhere_else(film: Timeline, data: st.DataObject) -> None:
    chosen = data.draw(st.sets(st.integers(1, len(film.clips)), min_size=1))
    ms = data.draw(lengths)
    film = film.with_clips(tuple(replace(c, speed=1.0) for c in film.clips))
    made = after(film, SetClipLength(seconds=ms / 1000, clips=sorted(chosen)))
    for number, (old, new) in enumerate(zip(film.clips, made.clips, strict=True), 1):
        assert new.duration_ms == (ms if number in chosen else old.duration_ms)


def test_a_video_clip_is_never_longer_than_its_material() -> None:
    film = photos(1).with_clips((replace(photos(1).clips[0], kind="video", in_ms=1000),))
    step = SetClipLength(seconds=30).apply(film, [Media(id="m1", name="v.mp4", kind="video", duration_ms=6000)])
    assert step.film.duration_ms == 5000
    assert "shorter than 30 s" in step.warnings[0]


def test_a_film_over_two_hours_is_refused() -> None:
    with pytest.raises(OperationError, match="the limit is 120 min"):
        after(photos(2), SetClipLength(seconds=MAX_FILM_MS / 1000))


@given(films, st.data())
def test_swapping_twice_is_as_if_nothing_had_happened(film: Timeline, data: st.DataObject) -> None:
    first, second = data.draw(st.permutations(range(1, len(film.clips) + 1)))[:2]
    once = SwapClips(first=first, second=second)
    # Transitions stay with the cuts; where none has to give way, everything comes back.
    calm = without_transitions(film)
    assert after(calm, once, once) == calm
    assert shown(after(film, once, once)) == shown(film)


@given(films)
def test_reversing_twice_is_as_if_nothing_had_happened(film: Timeline) -> None:
    calm = without_transitions(film)
    assert after(calm, ReverseClips(), ReverseClips()) == calm
    assert shown(after(film, ReverseClips())) == shown(film)[::-1]


def without_transitions(film: Timeline) -> Timeline:
    return film.with_clips(tuple(replace(clip, transition_in=None) for clip in film.clips))


@given(st.integers(2, 6), st.integers(200, 1000))
def test_transitions_stay_with_the_cuts_when_clips_move(count: int, ms: int) -> None:
    film = after(photos(count), SetTransition(kind="none"), SetTransition(seconds=ms / 1000, cuts=[1]))
    expected = [None, ms, *[None] * (count - 2)]
    for operation in (ReverseClips(), SwapClips(first=1, second=-1), MoveClip(clip=1, to=count)):
        made = after(film, operation)
        assert [c.transition_in and c.transition_in.duration_ms for c in made.clips] == expected


@given(films, st.data())
def test_a_moved_clip_gets_its_number_and_the_others_keep_their_order(film: Timeline, data: st.DataObject) -> None:
    count = len(film.clips)
    source, target = data.draw(st.integers(1, count)), data.draw(st.integers(1, count))
    made = [clip.id for clip in after(film, MoveClip(clip=source, to=target)).clips]
    moved = film.clips[source - 1].id
    assert made[target - 1] == moved
    assert [i for i in made if i != moved] == [clip.id for clip in film.clips if clip.id != moved]


@given(films, st.data())
def test_removed_clips_are_gone_and_the_film_shorter_by_them(film: Timeline, data: st.DataObject) -> None:
    gone = data.draw(st.sets(st.integers(1, len(film.clips)), min_size=1, max_size=len(film.clips) - 1))
    made = after(film, RemoveClips(clips=sorted(gone)))
    assert film.duration_ms - made.duration_ms == sum(film.clips[i - 1].duration_ms for i in gone)
    assert [c.id for c in made.clips] == [c.id for i, c in enumerate(film.clips, 1) if i not in gone]


@pytest.mark.parametrize(
    ("operation", "why"),
    [
        (RemoveClips(clips=[9]), "There is no clip 9: the timeline has 5 clips, numbered 1 to 5"),
        (RemoveClips(clips=[0]), "There is no clip 0"),
        (RemoveClips(clips=[-6]), "There is no clip -6"),
        (RemoveClips(clips=[1, 2, 3, 4, 5]), "leave no film"),
        (SwapClips(first=2, second=2), "swapped with itself"),
        (SwapClips(first=5, second=-1), "swapped with itself"),
        (MoveClip(clip=1, to=6), "There is no clip 6"),
        (SetTransition(cuts=[5]), "There is no cut 5"),
        (AddClips(), "on the timeline already"),
        (AddClips(media=["holiday.jpg"]), '"holiday.jpg". Upload it first'),
        (AddText(text="x", start_seconds=2, end_seconds=2), "give it more time"),
        (AddText(text="x", start_seconds=300), "after the film's end at 20 s"),
        (RemoveTexts(), "no such title"),
        (SetMusic(), "no music in this project"),
        (SetMusic(mood="calm", start_seconds=30), "after the film's end"),
        (KeepClips(clips=[7]), "There is no clip 7"),
        (OrderClips(order=[1, 2, 3]), "each of the 5 clips once"),
        (OrderClips(order=[1, 2, 3, 4, 5, 5]), "each of the 5 clips once"),
        (SplitClip(clip=1, at_seconds=4), "cannot be split at 4 s"),
        (TrimClip(clip=1, from_seconds=4), "nothing would be left"),
        (SetSpeed(speed=2), "Photos have no speed"),
        (SetClipVolume(volume=0), "Photos have no sound"),
        (PairPhotos(left=1, right=-5), "cannot stand beside itself"),
        (UnpairPhotos(), "No photos stand side by side"),
        (SetText(text="x"), "no such title to change"),
        (CaptionClips(captions=["a"]), "1 caption for 5 clips"),
        (AddSubtitles(text="hello"), "no line of times"),
        (AddSubtitles(text="00:02.000 --> 00:01.000\nx"), "ends before it begins"),
        (AddSubtitles(text="01:00.000 --> 01:02.000\nx"), "after the film's end"),
        (ReplaceClip(clip=1, media="none.jpg"), '"none.jpg". Upload it first'),
        (SetTotalLength(by_seconds=-20), "leave nothing"),
        (SetTotalLength(seconds=0.9), "too short"),
        (Restore(), "no history"),
        (PairPhotos(), "no neighbouring portraits"),
        (CutOnBeats(), "no music whose beats"),
        (SetMusic(media="song.mp3"), 'No uploaded music is called "song.mp3"'),
        (RemoveMusic(), "no music on the timeline"),
    ],
    ids=lambda value: value.op if isinstance(value, BaseOperation) else "",
)
def test_what_cannot_be_done_is_refused_with_the_reason(operation: BaseOperation, why: str) -> None:
    with pytest.raises(OperationError) as refused:
        after(photos(5), operation)
    assert why in str(refused.value)


@given(films)
def test_all_operations_apply_or_none_does(film: Timeline) -> None:
    with pytest.raises(OperationError):
        after(film, ReverseClips(), RemoveClips(clips=[99]))


def test_new_photos_join_at_their_place_and_stay_as_long_as_their_neighbours() -> None:
    film = photos(3, 2500)
    made = after(film, AddClips(media=["new"], at=2), more=(NEW,))
    assert shown(made) == ["p1.jpg", "new.jpg", "p2.jpg", "p3.jpg"]
    assert made.clips[1].duration_ms == 2500
    assert shown(after(film, AddClips(), more=(NEW,))) == ["p1.jpg", "p2.jpg", "p3.jpg", "new.jpg"]


def test_laying_out_takes_the_pictures_in_upload_order_and_leaves_the_sound() -> None:
    video = Media(id="v", name="v.mp4", kind="video", duration_ms=7000)
    film = lay_out(Timeline(), [NEW, SONG, video])
    assert [(c.name, c.kind, c.duration_ms) for c in film.clips] == [
        ("new.jpg", "image", 4000),
        ("v.mp4", "video", 7000),
    ]
    assert_settled(film)


@given(films, st.integers(100, 10_000))
def test_transitions_are_set_at_every_cut_as_long_as_the_clips_allow(film: Timeline, ms: int) -> None:
    made = after(film, SetTransition(seconds=ms / 1000))
    for before, clip in pairwise(made.clips):
        assert clip.transition_in is not None
        assert clip.transition_in.duration_ms == min(ms, before.duration_ms, clip.duration_ms)
    assert made.duration_ms == film.duration_ms
    assert all(clip.transition_in is None for clip in after(film, SetTransition(kind="none")).clips)


@given(films, st.sampled_from(["auto", *MOTIONS]), st.sampled_from(["auto", *FITS]), st.data())
def test_motion_and_fit_are_set_where_asked(film: Timeline, motion: Any, fit: Any, data: st.DataObject) -> None:
    number = data.draw(st.integers(1, len(film.clips)))
    made = after(film, SetMotion(motion=motion, clips=[number]), SetFit(fit=fit, clips=[number]))
    assert (made.clips[number - 1].motion, made.clips[number - 1].fit) == (motion, fit)
    assert [c for i, c in enumerate(made.clips, 1) if i != number] == [
        c for i, c in enumerate(film.clips, 1) if i != number
    ]


@given(films)
def test_auto_always_comes_to_a_motion_and_a_fit(film: Timeline) -> None:
    made = after(film, SetMotion(motion="auto"), SetFit(fit="auto"))
    for index, clip in enumerate(made.clips):
        assert motion_of(index, made) in MOTIONS
        assert fit_of(clip, made.canvas) in FITS
        assert clip.kind == "image" or motion_of(index, made) == "none"


@given(films, st.floats(0, 100), st.floats(0.2, 100), st.booleans())
def test_a_title_has_its_window_inside_the_film(film: Timeline, start: float, more: float, from_end: bool) -> None:
    start, end = round(start, 2), round(start + more, 2)
    try:
        made = after(film, AddText(text="Hi", start_seconds=start, end_seconds=end, from_end=from_end))
    except OperationError:
        assert to_ms(start) >= film.duration_ms or to_ms(end) - to_ms(start) < MIN_CLIP_MS
        return
    assert_settled(made)
    text = made.texts[-1]
    total = film.duration_ms
    if from_end:
        assert total - text.start_ms - text.duration_ms == to_ms(start)
    elif to_ms(start) < total - MIN_CLIP_MS:
        assert (text.start_ms, text.start_ms + text.duration_ms) == (to_ms(start), min(to_ms(end), total))


@given(films, gains, gains)
def test_music_is_put_under_the_film_changed_and_taken_away(film: Timeline, first: float, second: float) -> None:
    silent = replace(film, music=())
    made = after(silent, SetMusic(volume=first, fade_in_seconds=1.5), more=(SONG,))
    assert [(m.media, m.volume, m.fade_in_ms) for m in made.music] == [("song", first, 1500)]
    assert made.end_ms(made.music[0]) == film.duration_ms
    louder = after(made, SetMusic(volume=second), more=(SONG,))
    assert louder.music == (replace(made.music[0], volume=second),)
    assert after(louder, RemoveMusic()) == silent


def test_titles_are_removed_by_their_words() -> None:
    film = after(photos(2), AddText(text="Urban Dreams"), AddText(text="The End", from_end=True))
    assert [t.text for t in after(film, RemoveTexts(text="urban")).texts] == ["The End"]
    assert after(film, RemoveTexts()).texts == ()


@pytest.mark.parametrize(
    ("asked", "size"),
    [
        (SetCanvas(ratio="9:16"), (1080, 1920)),
        (SetCanvas(ratio="4:5"), (1080, 1350)),
        (SetCanvas(ratio="21:9"), (2520, 1080)),
        (SetCanvas(platform="tiktok"), (1080, 1920)),
        (SetCanvas(platform="instagram_square"), (1080, 1080)),
        (SetCanvas(resolution="4k"), (3840, 2160)),
        (SetCanvas(ratio="9:16", resolution="720p"), (720, 1280)),
        (SetCanvas(fps=60), (1920, 1080)),
    ],
)
def test_the_frame_follows_shape_platform_and_resolution(asked: SetCanvas, size: tuple[int, int]) -> None:
    canvas = after(Timeline(), asked).canvas
    assert (canvas.width, canvas.height) == size
    assert canvas.fps == (asked.fps or 30)


def test_a_resolution_keeps_the_shape_that_is_there() -> None:
    canvas = after(Timeline(), SetCanvas(ratio="9:16"), SetCanvas(resolution="720p")).canvas
    assert (canvas.width, canvas.height) == (720, 1280)


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ({"op": "set_total_length", "seconds": 0}, "seconds must be more than 0."),
        ({"op": "set_total_length", "seconds": 36_000}, "seconds must be at most 7200."),
        ({"op": "set_clip_length", "seconds": 0.1}, "seconds must be at least 0.2."),
        ({"op": "set_motion", "motion": "spin"}, "motion must be one of"),
        ({"op": "swap_clips", "first": 1}, "second is missing."),
        ({"op": "swap_clips", "first": 1, "second": 2, "third": 3}, "third is not known here."),
        ({"op": "set_canvas"}, "set_canvas needs a ratio, a platform, a resolution or fps."),
    ],
)
def test_an_operation_that_is_none_is_explained(raw: dict[str, Any], words: str) -> None:
    with pytest.raises(ValidationError) as refused:
        parse([raw])
    assert words in problem(refused.value)


# --- Summary and diff ------------------------------------------------------------------------------------------------


def test_the_summary_has_the_form_that_users_know() -> None:
    film = Timeline(
        clips=(Clip(id="c1", media="m1", name="city timelapse", kind="video", duration_ms=10_000),),
        music=(Music(id="m1", media="song", name="Lo-fi", volume=0.35),),
        texts=(Text(id="t1", text="Urban Dreams", duration_ms=3000),),
    )
    assert summarize(outline(encode(film))) == (
        'Timeline (3 tracks): 1. Video: city timelapse (0-10s) 2. BGM: Lo-fi (0-10s, 35%) 3. Title: "Urban Dreams" (0-3s)'
    )


def test_the_summary_of_a_long_slideshow_names_its_ends() -> None:
    assert (
        summarize(outline(encode(photos(6, 5000))))
        == "Timeline (1 track): 1. Photos: 6 clips, p1.jpg to p6.jpg (0-30s)"
    )
    captioned = after(photos(6, 5000), CaptionClips(use="number"))
    assert summarize(outline(encode(captioned))).endswith('2. Titles: 6, "1" to "6" (0-30s)')
    assert summarize(outline(None)) == "The timeline is empty."


def test_a_draft_that_tells_little_is_summarised_without_inventing() -> None:
    draft = {"t": [{"tt": 0, "sg": [{"m": {"title": "beach"}}]}, {"tt": 1, "sg": [{}]}, {"tt": 4, "sg": [{}]}]}
    assert summarize(outline(draft)) == "Timeline (3 tracks): 1. Video: beach 2. BGM: music 3. Other tracks: 1"


@given(timelines())
def test_an_outline_tells_what_the_timeline_holds(film: Timeline) -> None:
    told = outline(encode(film))
    assert told.duration_ms == film.duration_ms
    assert [(c.start_ms, c.duration_ms) for c in told.clips] == [(start, c.duration_ms) for start, c in film.placed()]
    assert [c.motion for c in told.clips] == [motion_of(i, film) for i in range(len(film.clips))]
    for row, piece in zip(told.music, film.music, strict=True):
        assert row.end_ms is not None
        assert min(row.end_ms, film.duration_ms) == film.end_ms(piece) or not film.clips
    assert summarize(told)


@given(st.recursive(st.none() | st.integers() | st.text(), lambda x: st.lists(x) | st.dictionaries(st.text(), x)))
def test_any_segment_whatever_can_be_outlined(value: Any) -> None:
    draft = {
        "t": [{"tt": 0, "sg": [value]}, {"tt": 1, "sg": [{"m": value, "d": value}]}, value],
        "m": value,
        "d": value,
    }
    assert summarize(outline(draft))


@given(timelines(), timelines())
def test_the_diff_is_empty_exactly_for_equal_drafts(one: Timeline, other: Timeline) -> None:
    a, b = encode(one), encode(other)
    assert diff(a, a) == ()
    assert (diff(a, b) == ()) == (a == b)


@pytest.mark.parametrize("kind", OPERATIONS, ids=lambda kind: kind.__name__)
def test_every_edit_shows_in_the_diff(kind: type[BaseOperation]) -> None:
    film = after(photos(4), SetMusic(volume=0.9), AddText(text="Hi"), more=(SONG,))
    if kind is Restore:
        return  # what it leads to is a matter of the history
    if kind is UnpairPhotos:
        film = after(film, PairPhotos(left=1, right=2))
    if kind is RemoveOverlays:
        film = after(film, SetOverlay(media="new.jpg"), more=(NEW,))
    if kind is RemoveCards:
        film = after(film, SetCard(text="Hi"))
    if kind is CutOnBeats:
        film = after(film, SetMusic(mood="upbeat"))
    if kind in (SetSpeed, SetClipVolume):
        film = film.with_clips((replace(film.clips[0], kind="video"), *film.clips[1:]))
    step: Step = SAMPLES[kind]().apply(film, pool_of(film, SONG, NEW))
    lines = diff(encode(film), encode(step.film))
    assert lines
    assert "does not explain" not in lines[0]


def test_the_diff_says_what_changed_in_words() -> None:
    film = photos(2)
    made = after(film, SetTotalLength(seconds=10), SetTransition(seconds=1), AddText(text="Hi"))
    assert diff(encode(film), encode(made)) == (
        "Every clip: now 5 s long.",
        "p2.jpg: now comes in with a crossfade of 1 s.",
        'Added the title "Hi" (0-3s).',
        "The film is now 10 s long, was 8 s.",
    )
    assert diff(encode(film), encode(after(film, ReverseClips())))[0] == "The order is now p2.jpg, p1.jpg."
    assert diff(None, encode(film))[0] == "Added 2 clips: p1.jpg, p2.jpg."


# --- Inverses, words that go with clips, and the history ---------------------------------------------------------------


@given(films, st.data())
def test_a_pair_taken_apart_is_two_photos_again(film: Timeline, data: st.DataObject) -> None:
    film = film.with_clips(tuple(replace(c, kind="image", beside=None) for c in film.clips))
    left, right = data.draw(st.lists(st.integers(1, len(film.clips)), min_size=2, max_size=2, unique=True))
    paired = after(film, PairPhotos(left=left, right=right))
    apart = after(paired, UnpairPhotos())
    assert len(paired.clips) == len(film.clips) - 1
    assert sorted(c.media for c in apart.clips) == sorted(c.media for c in film.clips)


@given(films, st.integers(0, 50))
def test_shuffling_changes_the_order_and_loses_nothing(film: Timeline, seed: int) -> None:
    made = after(film, ShuffleClips(seed=seed))
    assert made == after(film, ShuffleClips(seed=seed))
    assert [c.id for c in made.clips] != [c.id for c in film.clips]
    assert {c.id for c in made.clips} == {c.id for c in film.clips}


def test_names_are_sorted_as_people_count() -> None:
    pool = [Media(id=n, name=n, kind="image") for n in ("p10.jpg", "P2.jpg", "p1.jpg")]
    film = lay_out(Timeline(), pool)
    assert shown(SortClips().apply(film, pool).film) == ["p1.jpg", "P2.jpg", "p10.jpg"]
    assert shown(SortClips(descending=True).apply(film, pool).film) == ["p10.jpg", "P2.jpg", "p1.jpg"]
    sorted_film = SortClips().apply(film, pool).film
    assert shown(SortClips(by="upload").apply(sorted_film, pool).film) == ["p10.jpg", "P2.jpg", "p1.jpg"]


@given(films, st.data())
def test_a_split_clip_is_as_long_as_it_was(film: Timeline, data: st.DataObject) -> None:
    number = data.draw(st.integers(1, len(film.clips)))
    film = after(film, SetClipLength(seconds=3, clips=[number]))
    length = film.clips[number - 1].duration_ms
    at = data.draw(st.integers(MIN_CLIP_MS, length - MIN_CLIP_MS))
    made = after(film, SplitClip(clip=number, at_seconds=at / 1000))
    assert made.duration_ms == film.duration_ms
    assert len(made.clips) == len(film.clips) + 1


def test_slow_motion_shows_the_same_material_for_longer() -> None:
    video = Media(id="v", name="v.mp4", kind="video", duration_ms=4000)
    film = lay_out(Timeline(), [video])
    slow = SetSpeed(speed=0.5).apply(film, [video]).film
    assert (slow.clips[0].speed, slow.duration_ms) == (0.5, 8000)
    assert SetSpeed(speed=1).apply(slow, [video]).film == film


def test_captions_go_with_their_clips() -> None:
    film = after(photos(3), CaptionClips(use="number"))
    assert [(t.text, t.start_ms, t.duration_ms) for t in film.texts] == [
        ("1", 0, 4000),
        ("2", 4000, 4000),
        ("3", 8000, 4000),
    ]
    moved = after(film, MoveClip(clip=3, to=1), SetClipLength(seconds=2))
    assert sorted((t.start_ms, t.text, t.duration_ms) for t in moved.texts) == [
        (0, "3", 2000),
        (2000, "1", 2000),
        (4000, "2", 2000),
    ]
    assert [t.text for t in after(moved, RemoveClips(clips=[1])).texts] == ["1", "2"]
    assert [t.text for t in after(film, CaptionClips(use="number")).texts] == ["1", "2", "3"]


def test_subtitles_are_read_in_both_formats() -> None:
    srt = "\ufeff1\r\n00:00:01,500 --> 00:00:03,000\r\n<b>One</b>\r\n\r\n2\r\n00:00:04,000 --> 00:00:05,000\r\nTwo\r\nlines\r\n"
    vtt = "WEBVTT\n\nintro\n00:01.500 --> 00:03.000 align:start\nOne\n\n00:04.000 --> 00:05.000\nTwo\nlines"
    for text in (srt, vtt):
        film = after(photos(3), AddSubtitles(text=text))
        assert [(t.text, t.start_ms, t.duration_ms, t.style) for t in film.texts] == [
            ("One", 1500, 1500, "subtitle"),
            ("Two\nlines", 4000, 1000, "subtitle"),
        ]


def test_the_history_goes_back_and_forth_and_forgets_what_an_edit_cut_off() -> None:
    films = [Timeline(), photos(2), photos(2, 3000), photos(2, 2000)]
    versions = [Version(n=i, instruction=f"edit {i}", film=film) for i, film in enumerate(films)]
    history = History(versions)
    assert history.back() is versions[2]
    assert history.back(3) is versions[0]
    assert history.back(4) is None
    assert history.forth() is None
    undone = Version(n=4, instruction="undo", film=films[2], restores=2)
    history = History([*versions, undone])
    assert history.back() is versions[1]
    assert history.forth() is versions[3]
    history = History([*versions, undone, Version(n=5, instruction="edit 5", film=photos(3))])
    assert history.forth() is None
    assert history.back() is versions[2]


def test_restoring_names_the_version_that_it_leads_to() -> None:
    titled = after(photos(2), AddText(text="Hi"))
    faster = after(titled, SetTotalLength(seconds=4))
    films = [Timeline(), photos(2), titled, faster]
    history = History([Version(n=i, instruction="", film=film) for i, film in enumerate(films)])
    assert Restore(to="before", part="titles").recalled(history).n == 1
    assert Restore(to="version", version=2).restored(history)[0].film == titled
    assert Restore(to="start").recalled(history).n == 0
    with pytest.raises(OperationError, match="No edit has changed the music"):
        Restore(to="before", part="music").recalled(history)
    with pytest.raises(OperationError, match="nothing to redo"):
        Restore(to="redo").recalled(history)


def test_an_operation_is_said_in_both_languages() -> None:
    for sample in SAMPLES.values():
        assert say(sample()).endswith(".")
        assert say(sample(), "zh").endswith("。")
