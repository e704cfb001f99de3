"""What is told of operations that were said to a backend in words: done, not done, otherwise, or not to be seen."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings

from nemovideo_mcp.timeline.check_words import Language, Report, report
from nemovideo_mcp.timeline.checked import TOUCHED, Seen, check
from nemovideo_mcp.timeline.checks import CHECKS
from nemovideo_mcp.timeline.draft import encode
from nemovideo_mcp.timeline.model import Media, Timeline
from nemovideo_mcp.timeline.operations import (
    ApplyTemplate,
    BaseOperation,
    CutOnBeats,
    OperationError,
    PairPhotos,
    Restore,
    SetFit,
    SetMotion,
    SetMusic,
    UnpairPhotos,
    parse,
)
from test_timeline import NEW, OPERATIONS, SAMPLES, SONG, pool_of, timelines

NOT_IN_A_DRAFT = (SetMotion, SetFit, ApplyTemplate)
"""What `auto` comes to is the renderer's matter."""


def test_every_operation_can_be_checked() -> None:
    assert {kind.model_fields["op"].default for kind in OPERATIONS} == {*CHECKS, "restore"} == {*TOUCHED, "restore"}


def named(film: Timeline) -> Timeline:
    """The film with a name of its own for each clip, as uploads have."""
    return film.with_clips(tuple(replace(clip, name=f"{clip.media}.jpg") for clip in film.clips))


@pytest.mark.parametrize("kind", [kind for kind in OPERATIONS if kind is not Restore], ids=lambda kind: kind.__name__)
@given(film=timelines(least=2, most=4))
@settings(max_examples=6)
def test_what_was_done_exactly_is_never_doubted(kind: type[BaseOperation], film: Timeline) -> None:
    film = named(film)
    operation, pool = SAMPLES[kind](), pool_of(film, SONG, NEW)
    try:
        after = operation.apply(film, pool).film
    except OperationError:
        return
    found = check([operation], Seen(encode(film)), Seen(encode(after)), pool)
    assert found.verdicts[0].state in ("done", "unseen"), found
    assert found.unasked == (), found


@pytest.mark.parametrize("kind", [kind for kind in OPERATIONS if kind is not Restore], ids=lambda kind: kind.__name__)
@given(film=timelines(least=2, most=4))
@settings(max_examples=6)
def test_what_was_not_done_is_never_called_done(kind: type[BaseOperation], film: Timeline) -> None:
    film = named(film)
    operation, pool = SAMPLES[kind](), pool_of(film, SONG, NEW)
    try:
        after = operation.apply(film, pool).film
    except OperationError:
        return
    if encode(after) == encode(film):
        return
    found = check([operation], Seen(encode(film)), Seen(encode(film)), pool)
    done = [one for one in found.verdicts[0].findings if one.state == "done"]
    assert found.verdicts[0].state != "done" or all(one.asked in (one.was, one.got) for one in done), found
    assert found.unasked == ()


# --- A cloud's own drafts: few fields, no ids, words of its own ----------------------------------------------------------


def draft(
    *clips: str,
    each: int = 4000,
    titles: tuple[Any, ...] = (),
    songs: tuple[Any, ...] = (),
    **fields: Any,
) -> dict[str, Any]:
    """A draft as the API documents it, and nothing more than is given."""
    segments = [{"d": each, "m": {"title": name}} for name in clips]
    tracks = [(0, segments), (1, list(songs)), (7, list(titles))]
    return {"t": [{"tt": kind, "sg": found} for kind, found in tracks if found], "d": each * len(clips), **fields}


def title(words: str, start: int = 0, length: int = 3000, **more: Any) -> dict[str, Any]:
    return {"st": start, "d": length, "m": {"title": words}, **more}


LOFI = {"st": 0, "d": 12_000, "m": {"title": "Lo-fi"}}
ABC = draft("a.jpg", "b.jpg", "c.jpg")
POOL = [Media(id=name, name=name, kind="image") for name in ("a.jpg", "b.jpg", "c.jpg", "d.jpg")]


def told(*operations: dict[str, Any], before: Any = ABC, after: Any, language: Language = "en", **more: Any) -> Report:
    return report(check(parse(list(operations)), Seen(before), Seen(after), POOL, **more), language)


LENGTH = {"op": "set_total_length", "seconds": 30}
REMOVE = {"op": "remove_clips", "clips": [2]}
HELLO = {"op": "add_text", "text": "Hello"}
ROWS: list[tuple[str, list[dict[str, Any]], Any, Any, list[str]]] = [
    ("right", [LENGTH], ABC, draft("a.jpg", "b.jpg", "c.jpg", each=10_000), ["The length of the film is 30 s."]),
    (
        "near enough",
        [LENGTH],
        ABC,
        draft("a.jpg", "b.jpg", "c.jpg", each=9_900),
        ["The length of the film is 29.7 s (30 s asked for)."],
    ),
    (
        "another length",
        [LENGTH],
        ABC,
        draft("a.jpg", "b.jpg", "c.jpg", each=8_000),
        ["Not as asked:", "The length of the film is 24 s, not 30 s."],
    ),
    ("not done", [LENGTH], ABC, ABC, ["Not done:", "The length of the film is still 12 s, not 30 s."]),
    ("removed", [REMOVE], ABC, draft("a.jpg", "c.jpg"), ["b.jpg is no longer on the timeline."]),
    ("still there", [REMOVE], ABC, ABC, ['Not done: "Remove clip 2 from the video."', "b.jpg is still on the timeline"]),
    (
        "the wrong one",
        [REMOVE],
        ABC,
        draft("b.jpg", "c.jpg"),
        ["b.jpg is still on the timeline", "Changed without being asked for: Removed 1 clip: a.jpg."],
    ),
    (
        "swapped",
        [{"op": "swap_clips", "first": 1, "second": 3}],
        ABC,
        draft("c.jpg", "b.jpg", "a.jpg"),
        ["The order of the clips is c.jpg, b.jpg, a.jpg."],
    ),
    (
        "added under another name",
        [{"op": "add_clips", "media": ["d.jpg"]}],
        ABC,
        draft("a.jpg", "b.jpg", "c.jpg", "D"),
        ["d.jpg is on the timeline."],
    ),
    ("a title", [HELLO], ABC, draft("a.jpg", "b.jpg", "c.jpg", titles=(title("Hello"),)), ['The title "Hello" is on the timeline.']),
    (
        "a colour that is not shown",
        [{**HELLO, "color": "#ff0000"}],
        ABC,
        draft("a.jpg", "b.jpg", "c.jpg", titles=(title("Hello"),)),
        ["Could not be checked:", 'The timeline does not show the colour of the title "Hello".'],
    ),
    (
        "another colour",
        [{**HELLO, "color": "#ff0000"}],
        ABC,
        draft("a.jpg", "b.jpg", "c.jpg", titles=(title("Hello", color="#00ff00"),)),
        ['The colour of the title "Hello" is #00ff00, not #ff0000.'],
    ),
    (
        "another time",
        [{**HELLO, "start_seconds": 2, "end_seconds": 5}],
        ABC,
        draft("a.jpg", "b.jpg", "c.jpg", titles=(title("Hello"),)),
        ['The time of the title "Hello" is 0–3 s, not 2–5 s.'],
    ),
    ("a title that is missing", [HELLO], ABC, ABC, ["Not done:", 'The title "Hello" is not on the timeline']),
    (
        "a transition by another name",
        [{"op": "set_transition", "kind": "crossfade"}],
        ABC,
        {"t": [{"tt": 0, "sg": [{"d": 4000, "m": {"title": n}, "transition": {"kind": "dissolve_v2"}} for n in ("a.jpg", "b.jpg", "c.jpg")]}]},
        ['The transition into b.jpg, c.jpg is called "dissolve v2" there, which cannot be compared with crossfade.'],
    ),
    (
        "music of its own accord",
        [LENGTH],
        ABC,
        draft("a.jpg", "b.jpg", "c.jpg", each=10_000, songs=(LOFI,), titles=(title("Urban Dreams"),)),
        [
            "The length of the film is 30 s.",
            "Changed without being asked for: Added music: Lo-fi.",
            'Changed without being asked for: Added the title "Urban Dreams" (0-3s).',
        ],
    ),
    (
        "volume",
        [{"op": "set_music", "volume": 0.3}],
        draft("a.jpg", songs=({**LOFI, "volume": 0.8},)),
        draft("a.jpg", songs=({**LOFI, "volume": 0.5},)),
        ["The volume of the music is 50%, not 30%."],
    ),
    ("no music", [{"op": "remove_music"}], draft("a.jpg", songs=(LOFI,)), draft("a.jpg"), ["The music Lo-fi is no longer on the timeline."]),
    (
        "the frame",
        [{"op": "set_canvas", "ratio": "9:16"}],
        draft("a.jpg", m={"width": 1920, "height": 1080}),
        draft("a.jpg", m={"width": 1080, "height": 1080}),
        ["The shape of the frame is 1080x1080, not 9:16."],
    ),
    (
        "a field of unknown meaning",
        [LENGTH],
        {**ABC, "revision": 1},
        {**draft("a.jpg", "b.jpg", "c.jpg", each=10_000), "revision": 2},
        ["The length of the film is 30 s.", "Also changed, meaning unknown here: Field revision of the film: 1 → 2."],
    ),
    (
        "one clip only",
        [{"op": "set_clip_length", "seconds": 2, "clips": [1]}],
        ABC,
        draft("a.jpg", "b.jpg", "c.jpg", each=2_000),
        ["The length of a.jpg is 2 s.", "Changed without being asked for: b.jpg, c.jpg: now 2 s long."],
    ),
    (
        "several at once",
        [LENGTH, REMOVE, HELLO],
        ABC,
        draft("a.jpg", "c.jpg", each=10_000),
        [
            "The length of the film is 20 s",
            "b.jpg is no longer on the timeline.",
            'The title "Hello" is not on the timeline.',
        ],
    ),
    (
        "the first edit",
        [LENGTH],
        None,
        draft("a", "b", "c", "d", each=7_500),
        ["The length of the film is 30 s."],
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("operations", "before", "after", "words"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS]
)
def test_a_draft_of_somebody_else_is_read_for_what_was_asked(
    operations: list[dict[str, Any]], before: Any, after: Any, words: list[str]
) -> None:
    found = told(*operations, before=before, after=after)
    text = "\n".join(found.lines)
    assert [part for part in words if part not in text] == [], text
    asked_for = [part for part in words if part.startswith("Changed without")]
    assert text.count("Changed without being asked for") == len(asked_for), text
    assert len(found.changes) + len(found.not_done) + len(found.warnings) > 0


def test_the_account_is_data_as_well() -> None:
    found = told(LENGTH, HELLO, before=ABC, after=draft("a.jpg", "b.jpg", "c.jpg", each=9_900))
    assert found.changes == [
        {
            "clause": "Make the whole video exactly 30 seconds long.",
            "operation": "set_total_length",
            "text": "The length of the film is 29.7 s (30 s asked for).",
            "before": 12.0,
            "after": 29.7,
        }
    ]
    assert found.not_done == [
        {
            "clause": 'Add the title "Hello" from 0 to 3 seconds.',
            "reason": 'The title "Hello" is not on the timeline',
            "nearest": None,
        }
    ]
    assert found.warnings == []


def test_the_account_is_in_the_language_of_the_project() -> None:
    found = told(LENGTH, REMOVE, before=ABC, after=draft("a.jpg", "b.jpg", "c.jpg", each=8_000), language="zh")
    assert "与要求不同：“总长30秒。”：影片时长是24秒，不是30秒。" in "\n".join(found.lines)
    assert "未完成：“删除第2张。”：b.jpg仍在时间线上。" in "\n".join(found.lines)


def test_going_back_is_recognised_by_an_earlier_draft() -> None:
    undo = {"op": "restore"}
    assert "as it was before an earlier edit" in told(undo, after=draft("a.jpg"), past=[draft("a.jpg")]).lines[0]
    assert "which version it is cannot be seen" in told(undo, after=draft("b.jpg"), past=[draft("a.jpg")]).lines[0]
    assert told(undo, after=ABC).not_done[0]["reason"] == "The film is as it was before this edit"


STRANGE: list[Any] = [
    {"t": [{"tt": 0, "sg": [{"d": "long", "m": 5, "motion": ["x"], "transition": "fade", "look": 3}, {}]}], "d": None},
    {"t": [{"tt": 7, "sg": [{"m": {"title": 4}, "color": 9}]}, {"tt": 1, "sg": [{"volume": "loud"}]}], "m": [1]},
    {"t": []},
    {},
    None,
]


@pytest.mark.parametrize("kind", OPERATIONS, ids=lambda kind: kind.__name__)
def test_a_draft_of_any_kind_breaks_no_check(kind: type[BaseOperation]) -> None:
    for before in [*STRANGE, ABC]:
        for after in [*STRANGE, ABC]:
            for language in ("en", "zh"):
                found = report(check([SAMPLES[kind]()], Seen(before), Seen(after), POOL), language)
                assert found.lines or found.changes or found.warnings


@pytest.mark.parametrize("kind", [PairPhotos, UnpairPhotos, CutOnBeats, SetMusic], ids=lambda kind: kind.__name__)
def test_what_cannot_be_tried_here_is_not_called_done(kind: type[BaseOperation]) -> None:
    found = check([SAMPLES[kind]()], Seen(draft("only.jpg")), Seen(draft("only.jpg")), [])
    assert found.verdicts[0].state in ("unseen", "not_done")
