"""The difference of two drafts: nothing where there is none, every change of a value in words, ours or not."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from nemovideo_mcp.timeline.diff import UNEXPLAINED, diff, differences, lines
from nemovideo_mcp.timeline.diff_zh import chinese
from nemovideo_mcp.timeline.draft import encode
from nemovideo_mcp.timeline.model import Timeline
from test_timeline import timelines

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text("abc", min_size=1, max_size=2), inner, max_size=3)
    ),
    max_leaves=6,
)
FIELDS = st.dictionaries(st.sampled_from(["id", "st", "d", "m", "style", "volume", "motion", "x"]), JSON, max_size=4)
TRACKS = st.fixed_dictionaries(
    {"tt": st.sampled_from([0, 1, 7, 4]), "sg": st.lists(FIELDS, max_size=3)}, optional={"x": JSON}
)
FOREIGN = st.fixed_dictionaries({"t": st.lists(TRACKS, max_size=3)}, optional={"d": JSON, "m": JSON, "revision": JSON})
"""Drafts of somebody else: the outer form is the API's, the rest may be anything."""


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to each value that holds no other."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in inner:
        yield from places(part, (*path, key))
    if not isinstance(value, (dict, list)):
        yield path


def changed(draft: Any, path: tuple[Any, ...], value: Any) -> Any:
    draft = copy.deepcopy(draft)
    at = draft
    for key in path[:-1]:
        at = at[key]
    at[path[-1]] = value
    return draft


@given(FOREIGN)
def test_equal_drafts_have_no_difference(draft: dict[str, Any]) -> None:
    assert diff(draft, copy.deepcopy(draft)) == ()
    assert differences(draft, copy.deepcopy(draft)) == ()


@given(st.one_of(timelines().map(encode), FOREIGN), st.data())
def test_every_change_of_a_value_is_said(draft: dict[str, Any], data: st.DataObject) -> None:
    ways = [way for way in places(draft) if way and way[-1] != "tt"]
    if not ways:
        return
    way = data.draw(st.sampled_from(ways))
    old = draft
    for key in way:
        old = old[key]
    news = st.sampled_from(["other", 7, 123_456, 0.5, True, None, {"a": 1}])
    new = data.draw(news.filter(lambda value: value != old or isinstance(value, bool) != isinstance(old, bool)))
    said = diff(draft, changed(draft, way, new))
    assert said
    assert UNEXPLAINED not in said
    assert all("\x00" not in line for line in said)


@given(timelines(), timelines())
@settings(max_examples=30)
def test_the_lines_hold_the_values_as_data(one: Timeline, other: Timeline) -> None:
    found = differences(encode(one), encode(other))
    told = lines(found)
    assert len(told) <= len(found)
    assert bool(told) == (encode(one) != encode(other))


def test_a_field_without_a_meaning_is_named_with_its_values() -> None:
    def draft(speed: int, fill: str, revision: int) -> dict[str, Any]:
        segment = {"d": 4000, "ext": {"shake": {"power": speed}}}
        words = {"d": 3000, "st": 0, "m": {"title": "Hi"}, "style": "title", "fill": fill}
        tracks = [{"tt": 0, "sg": [{"d": 4000, "m": {"title": "a"}}, segment]}, {"tt": 7, "sg": [words]}]
        return {"t": [*tracks, {"tt": 5, "sg": [{"fx": fill}]}], "revision": revision}

    assert diff(draft(1, "red", 7), draft(2, "blue", 8)) == (
        "Field ext.shake.power of clip 2: 1 → 2.",
        'Field fill of the title "Hi": "red" → "blue".',
        'Field sg[0].fx of the track of type 5: "red" → "blue".',
        "Field revision of the film: 7 → 8.",
    )
    (first, *_) = differences(draft(1, "red", 7), draft(2, "red", 7))
    assert (first.aspect, first.name, first.before, first.after) == ("field", "clip 2", 1, 2)


def test_the_canvas_of_the_state_counts_where_the_draft_has_no_size() -> None:
    clip = {"t": [{"tt": 0, "sg": [{"d": 4000, "m": {"title": "a"}}]}]}
    sized = {**clip, "m": {"width": 1920, "height": 1080}}
    wide, tall = {"width": 1920, "height": 1080}, {"width": 1080, "height": 1920}
    (frame,) = differences(clip, clip, wide, tall)
    assert (frame.before, frame.after) == ("1920x1080", "1080x1920")
    assert differences(clip, clip, wide, {**wide, "ratio": "16:9"}) == ()
    assert differences(sized, sized, None, tall) == ()


def test_what_only_follows_is_no_news() -> None:
    def draft(*lengths: int, ids: str = "a") -> dict[str, Any]:
        starts = [sum(lengths[:index]) for index in range(len(lengths))]
        clips = [
            {"id": f"{ids}{index}", "st": start, "d": length, "m": {"title": f"{index}.jpg"}, "motion": "auto"}
            for index, (start, length) in enumerate(zip(starts, lengths, strict=True))
        ]
        song = {"st": 0, "d": sum(lengths), "to_end": True, "m": {"title": "Song"}, "volume": 0.8}
        return {"t": [{"tt": 0, "sg": clips}, {"tt": 1, "sg": [song]}], "d": sum(lengths)}

    assert diff(draft(4000, 4000, 4000), draft(2000, 4000, 4000)) == (
        "0.jpg: now 2 s long.",
        "The film is now 10 s long, was 12 s.",
    )
    assert diff(draft(4000, 4000), draft(4000, 4000, ids="b")) == (
        'Field id of 0.jpg: "a0" → "b0".',
        'Field id of 1.jpg: "a1" → "b1".',
    )


def test_titles_and_sounds_say_which_of_their_settings_changed() -> None:
    def draft(words: str, volume: float, more: dict[str, Any]) -> dict[str, Any]:
        text = {"id": "t1", "st": 0, "d": 3000, "m": {"title": words}, **more}
        sound = {"id": "m1", "st": 0, "d": 5000, "m": {"title": "Lo-fi"}, "volume": volume}
        return {"t": [{"tt": 7, "sg": [text]}, {"tt": 1, "sg": [sound]}]}

    assert diff(draft("Hi", 0.8, {}), draft("Hello", 0.3, {"color": "#ff0000", "d": 2000})) == (
        'The title "Hi": now says "Hello".',
        'The title "Hi": now from 0 to 2 s.',
        'The title "Hi": colour is now #ff0000.',
        "The music Lo-fi: now at 30%.",
    )


def test_a_difference_is_said_in_chinese_as_well() -> None:
    def draft(length: int, more: dict[str, Any]) -> dict[str, Any]:
        clips = [{"d": length, "m": {"title": name}, **more} for name in ("a.jpg", "b.jpg")]
        return {
            "t": [
                {"tt": 0, "sg": clips},
                *([{"tt": 1, "sg": [{"m": {"title": "Lo-fi"}, "volume": 0.4}]}] if more else []),
            ]
        }

    look = {
        "look": {"filter": "sepia", "contrast": 0.2},
        "motion": "zoom_in",
        "transition": {"kind": "crossfade", "d": 800},
        "fx": 1,
    }
    said = [chinese(line) for line in diff(draft(4000, {}), draft(2000, look))]
    assert said == [
        "所有画面：现在2秒。",
        "所有画面：之前的转场现在是交叉淡化0.8秒。",
        "所有画面：运镜现在是慢慢放大。",
        "所有画面：滤镜现在是棕褐色滤镜、对比度+20%。",
        "所有画面的字段 fx：无 → 1。",
        "加了音乐：Lo-fi（音量40%）。",
        "影片现在4秒（原来8秒）。",
    ]
    assert chinese("The draft says something new.") == "The draft says something new."
