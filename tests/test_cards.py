"""Cards: clips with a background of their own, from the timeline to the picture."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from nemovideo_mcp.studio.editor import edit
from nemovideo_mcp.studio.preview import label_of, middles
from nemovideo_mcp.timeline.cards import READABLE, called, cards, ink_on, legible, words_of
from nemovideo_mcp.timeline.checked import Seen, check
from nemovideo_mcp.timeline.diff import diff
from nemovideo_mcp.timeline.draft import decode, encode
from nemovideo_mcp.timeline.history import History, Version
from nemovideo_mcp.timeline.layout import motions_of
from nemovideo_mcp.timeline.model import Clip, Look, Media, Timeline
from nemovideo_mcp.timeline.operations import (
    AddClips,
    AddText,
    ApplyTemplate,
    BaseOperation,
    CaptionClips,
    CutOnBeats,
    DuplicateClips,
    KeepClips,
    MoveClip,
    OperationError,
    OrderClips,
    RemoveCards,
    RemoveClips,
    RemoveTexts,
    ReplaceClip,
    ReverseClips,
    SetCard,
    SetClipLength,
    SetFit,
    SetLook,
    SetMotion,
    SetMusic,
    SetText,
    SetTotalLength,
    SetTransition,
    ShuffleClips,
    SortClips,
    SplitClip,
    SwapClips,
    TrimClip,
    apply_all,
    lay_out,
)
from nemovideo_mcp.timeline.operations.base import settle
from nemovideo_mcp.timeline.outline import outline
from nemovideo_mcp.timeline.summary import summarize
from support.hosts import draw, in_memory

PHOTOS = [Media(id=f"m{i}", name=f"p{i}.jpg", kind="image", width=4000, height=3000) for i in range(1, 6)]
NEW = Media(id="m9", name="new.jpg", kind="image", width=4000, height=3000)
FILM = lay_out(Timeline(), PHOTOS)


def after(film: Timeline, *operations: BaseOperation) -> Timeline:
    return apply_all(film, operations, [*PHOTOS, NEW])[0]


def without_cards(film: Timeline) -> Timeline:
    return film.with_clips(tuple(film.clips[index] for index in film.numbered()))


def said(film: Timeline) -> list[str | None]:
    """The words of each card, in the order of the film."""
    return [words.text if (words := words_of(film, film.clips[i])) else None for i in cards(film)]


colors = st.sampled_from(["#000000", "#ffffff", "#0000ff", "#ffd700", "#808080", "#ff6b9d"])
made = st.builds(
    SetCard,
    text=st.sampled_from(["Our Trip", "Kapitel 2\nOslo", "谢谢观看"]),
    after=st.sampled_from([0, 1, 2, 4, 5, -1]),
    seconds=st.none() | st.sampled_from([0.2, 2, 7.5]),
    background=st.none() | colors,
    gradient=st.none() | colors,
    color=st.none() | colors,
)
carded = st.lists(made, min_size=1, max_size=4).map(lambda operations: after(FILM, *operations))

SPOKEN_OF: dict[str, Callable[[], BaseOperation]] = {
    "length": lambda: SetClipLength(seconds=2, clips=[2, -1]),
    "each": lambda: SetClipLength(seconds=3),
    "add": lambda: AddClips(media=["new.jpg"]),
    "add second": lambda: AddClips(media=["new.jpg"], at=2),
    "remove": lambda: RemoveClips(clips=[1, -1]),
    "keep": lambda: KeepClips(clips=[2, 4]),
    "duplicate": lambda: DuplicateClips(clips=[3]),
    "replace": lambda: ReplaceClip(clip=2, media="new.jpg"),
    "split": lambda: SplitClip(clip=5),
    "trim": lambda: TrimClip(clip=4, to_seconds=1),
    "move": lambda: MoveClip(clip=5, to=1),
    "swap": lambda: SwapClips(first=1, second=-1),
    "order": lambda: OrderClips(order=[3, 1, 2, 5, 4]),
    "reverse": ReverseClips,
    "shuffle": lambda: ShuffleClips(seed=7),
    "sort": lambda: SortClips(descending=True),
    "motion": lambda: SetMotion(motion="zoom_in", clips=[3]),
    "fit": lambda: SetFit(fit="contain"),
    "look": lambda: SetLook(filter="sepia", clips=[1]),
}


@pytest.mark.parametrize("name", SPOKEN_OF)
@given(film=carded)
@settings(max_examples=10)
def test_photos_are_counted_and_edited_as_if_the_cards_were_not_there(name: str, film: Timeline) -> None:
    operation = SPOKEN_OF[name]()
    step = operation.apply(film, [*PHOTOS, NEW])
    plain = operation.apply(FILM, [*PHOTOS, NEW])

    def kept(clip: Clip) -> Clip:
        return replace(clip, transition_in=None, id="")

    assert [kept(c) for c in without_cards(step.film).clips] == [kept(c) for c in plain.film.clips]
    assert sorted(map(str, said(step.film))) == sorted(map(str, said(film)))
    for index in cards(step.film):
        clip = step.film.clips[index]
        assert clip in film.clips or replace(clip, transition_in=None) in [
            replace(old, transition_in=None) for old in film.clips
        ]
    assert settle(step.film) == (step.film, ())
    assert decode(encode(step.film)) == step.film
    for edge in (0, -1):
        assert film.clips[edge].kind != "card" or step.film.clips[edge].kind == "card"


@given(made, carded)
def test_a_card_adds_its_length_and_takes_it_away_again(operation: SetCard, film: Timeline) -> None:
    more = after(film, operation)
    assert more.duration_ms == film.duration_ms + round(1000 * (operation.seconds or 3))
    (new,) = [i for i in cards(more) if more.clips[i].id not in {clip.id for clip in film.clips}]
    words = words_of(more, more.clips[new])
    assert words is not None
    assert words.text == operation.text
    assert (words.start_ms, words.duration_ms) == (more.starts()[new], more.clips[new].duration_ms)
    gone = after(more, RemoveCards(cards=[cards(more).index(new) + 1]))
    assert gone.texts == film.texts
    assert [replace(c, transition_in=None) for c in gone.clips] == [replace(c, transition_in=None) for c in film.clips]


@given(carded)
def test_cards_do_not_change_how_the_photos_move(film: Timeline) -> None:
    motions = motions_of(film)
    assert [motions[index] for index in film.numbered()] == list(motions_of(FILM))
    assert {motions[index] for index in cards(film)} == {"none"}


@given(colors, st.none() | colors)
def test_words_can_be_read_on_any_card(background: str, gradient: str | None) -> None:
    card = Clip(id="c", media="", name="card", kind="card", background=background, gradient=gradient)
    assert legible(ink_on(card), card) >= READABLE


def test_a_card_has_a_place_by_the_photo_before_it_and_people_call_it_by_that() -> None:
    film = after(FILM, SetCard(text="A"), SetCard(text="B", after=3), SetCard(text="C", after=-1))
    assert [clip.kind == "card" for clip in film.clips] == [True, *[False] * 3, True, *[False] * 2, True]
    assert [called(film, index) for index in cards(film)] == ["title card", "card", "end card"]
    assert [clip.transition_in is not None for clip in film.clips] == [False, *[True] * 7]


def test_plain_cuts_stay_plain_beside_a_new_card() -> None:
    film = after(FILM, SetTransition(kind="none"), SetCard(text="A"), SetCard(text="B", after=2))
    assert [clip.transition_in for clip in film.clips] == [None] * 7


def test_a_transition_between_two_photos_is_at_both_sides_of_the_card_between_them() -> None:
    film = after(FILM, SetCard(text="A"), SetCard(text="B", after=2), SetTransition(kind="push_left", cuts=[2]))
    kinds = [clip.transition_in.kind if clip.transition_in else "" for clip in film.clips]
    assert kinds == ["", "crossfade", "crossfade", "push_left", "push_left", "crossfade", "crossfade"]


def test_the_length_of_the_film_is_shared_by_the_photos_and_cards_keep_theirs() -> None:
    film = after(FILM, SetCard(text="A", seconds=2), SetTotalLength(seconds=22))
    assert [clip.duration_ms for clip in film.clips] == [2000, *[4000] * 5]


def test_a_card_that_is_changed_keeps_what_was_not_spoken_of() -> None:
    film = after(FILM, SetCard(text="A", color="#ff0000", font="serif", seconds=2))
    made = after(film, SetCard(card=1, background="#FFFFFF"))
    words = words_of(made, made.clips[0])
    assert (made.clips[0].background, made.clips[0].duration_ms) == ("#ffffff", 2000)
    assert words is not None
    assert (words.text, words.color, words.font) == ("A", "#ff0000", "serif")


def test_words_whose_colour_nobody_chose_turn_dark_on_a_card_that_turns_light() -> None:
    film = after(FILM, SetCard(text="A"), SetCard(card=1, background="#ffffff"))
    assert film.texts[0].color == "#000000"
    assert after(film, SetCard(card=1, photo=2)).texts[0].color == "#ffffff"


def test_a_photo_behind_a_card_stays_when_the_photo_goes() -> None:
    film = after(FILM, SetCard(text="A", photo=2), RemoveClips(clips=[2]))
    assert film.clips[0].media == "m2"
    # Nor does it keep the photo from being added again.
    assert [c.name for c in after(film, AddClips(media=None)).clips][-2:] == ["p2.jpg", "new.jpg"]


def test_a_look_of_the_whole_film_is_one_of_the_pictures_behind_its_cards_and_not_of_their_colours() -> None:
    film = after(FILM, SetCard(text="A", photo=2), SetCard(text="B", after=-1, background="#0000ff"))
    graded = after(film, ApplyTemplate(template="vintage"))
    assert graded.clips[0].look.filter == "vintage"
    assert graded.clips[-1].look == Look()


def test_a_card_goes_with_its_words_and_words_over_the_photos_stay() -> None:
    film = after(FILM, SetCard(text="A"), CaptionClips(use="number"), RemoveTexts(text="A"))
    assert cards(film) == ()
    # Numbers are those of the photos.
    assert [text.text for text in film.texts] == ["1", "2", "3", "4", "5"]


def test_cards_may_be_cut_on_the_beat_like_everything_else() -> None:
    film = after(FILM, SetCard(text="A"), SetMusic(mood="upbeat"), CutOnBeats())
    assert settle(film) == (film, ())
    assert said(film) == ["A"]


@pytest.mark.parametrize(
    ("operation", "why"),
    [
        (SetCard(card=3, text="x"), "There is no card 3: the film has 1 card"),
        (SetCard(text="x", after=9), "There is no clip 9"),
        (SetCard(card=1, text="x", after=6), "There is no clip 6"),
        (RemoveCards(cards=[2]), "There is no card 2"),
        (SetText(which="A", end_seconds=2), "shown with it and as long as it is"),
        (RemoveClips(clips=[1, 2, 3, 4, 5]), "leave no film"),
        (SetCard(color="#ffffff"), "has no words"),
        (SetCard(text="x", seconds=7200), "the limit is"),
    ],
)
def test_what_cannot_be_is_refused_in_words(operation: BaseOperation, why: str) -> None:
    with pytest.raises(OperationError, match=why):
        after(FILM, SetCard(text="A"), operation)


def test_a_film_without_cards_says_so() -> None:
    with pytest.raises(OperationError, match="The film has no card"):
        after(FILM, RemoveCards())


def test_a_background_is_a_photo_or_colours() -> None:
    with pytest.raises(ValidationError, match="not both"):
        SetCard(text="x", photo=1, background="#ffffff")
    with pytest.raises(ValidationError, match="at least one of"):
        SetCard(after=0)


def test_what_was_done_is_told_with_numbers() -> None:
    film = after(FILM, SetCard(text="Our Trip\nOslo", background="#0000ff"))
    told = SetCard(text="Fin", after=-1, background="#ffffff", color="#fffff0").apply(film, PHOTOS)
    assert told.change.text == 'Added an end card "Fin": 3 s, #fffff0 on #ffffff; the film is now 26 s long.'
    assert told.warnings == ("The words of the end card are hard to read: #fffff0 on #ffffff.",)
    assert summarize(outline(encode(told.film))) == (
        'Timeline (2 tracks): 1. Photos: 5 clips, p1.jpg to p5.jpg and 2 cards (0-26s) 2. Card: "Our Trip / Oslo" (0-3s) '
        '3. Card: "Fin" (23-26s)'
    )
    assert [row.number for row in outline(encode(told.film)).clips] == [None, 1, 2, 3, 4, 5, None]


def test_the_difference_of_two_drafts_speaks_of_cards() -> None:
    film = after(FILM, SetCard(text="A"))
    assert diff(encode(FILM), encode(film)) == (
        "Added 1 card.",
        'Added the title "A" (0-3s).',
        "The film is now 23 s long, was 20 s.",
    )
    assert "card: background is now #ffffff." in diff(
        encode(film), encode(after(film, SetCard(card=1, background="#ffffff")))
    )


@pytest.mark.parametrize("done", [True, False])
def test_whether_a_backend_made_the_card_is_seen_in_its_draft(done: bool) -> None:
    operation = SetCard(text="A", seconds=2, background="#ffffff")
    made = encode(after(FILM, operation))
    found = check([operation], Seen(encode(FILM)), Seen(made if done else encode(FILM)), PHOTOS)
    assert {one.state for one in found.verdicts[0].findings} == {"done" if done else "not_done"}
    assert not found.unasked


def test_a_card_of_a_backend_that_calls_it_otherwise_is_no_change_that_nobody_asked_for() -> None:
    draft = encode(after(FILM, SetCard(text="A")))
    clip = draft["t"][0]["sg"][0]
    draft["t"][0]["sg"][0] = {"d": clip["d"], "st": 0, "kind": "image", "m": {"title": "solid black"}}
    found = check([SetCard(text="A")], Seen(encode(FILM)), Seen(draft), PHOTOS)
    assert [one.state for one in found.verdicts[0].findings] == ["done"]
    assert not [line.text for line in found.unasked if "solid" in line.text]


def test_a_new_film_has_its_cards_at_once() -> None:
    outcome = edit("20 seconds, title card 'Hi', end card 'Bye'", Timeline(), PHOTOS)
    assert said(outcome.film) == ["Hi", "Bye"]
    assert outcome.film.duration_ms == 20_000
    assert outcome.changes[0].text.startswith("Laid out 5 photos")


@pytest.mark.anyio
async def test_a_host_sees_cards_without_a_number_and_the_photos_counted_as_before(tmp_path: Path) -> None:
    async with in_memory(tmp_path) as host:
        await host.call("upload_images", paths=draw(tmp_path / "photos", "red", "green"))
        operations = [{"op": "set_card", "text": "Our Trip\nOslo"}, {"op": "set_card", "text": "Fin", "after": -1}]
        answer = await host.call("edit", operations=operations)
        state = await host.call("get_state")
        shown = (await host.client.call_tool("get_state", {})).content[0].text  # type: ignore[union-attr]
        assert (await host.call("preview"))["times"] == [1.5, 5.0, 9.0, 12.5]
        await host.call("edit", instruction="make photo 2 black and white")
        graded = await host.call("get_state")
        await host.call("edit", instruction="undo the last two steps")
        undone = await host.call("get_state")
    assert "Photos: 1-red.jpg, 2-green.jpg and 2 cards" in answer["summary"]
    assert [(row["index"], row["name"], row["kind"]) for row in state["clips"]] == [
        (None, "card 1: Our Trip / Oslo", "card"),
        (1, "1-red.jpg", "image"),
        (2, "2-green.jpg", "image"),
        (None, "card 2: Fin", "card"),
    ]
    assert "\n  card 1: Our Trip / Oslo 0-3 s\n  1. 1-red.jpg 3-7 s" in shown
    assert [row["filter"] for row in graded["clips"]] == [None, None, "black and white", None]
    assert [row["kind"] for row in undone["clips"]] in ([], ["image", "image"])


PIECES = [
    "make", "add", "title card", "end card", "card", "card 2", "the last card", "all", "blank", "gradient", "black screen", "slide",
    "blue", "background", "text", "on", "in", "to", "after", "before", "photo 2", "photo 9", "'Hi'", "2 seconds", "remove", "no",
    "move", "put", "change", "bigger", "longer", "it", "start", "end", "intro", "blurred", "and", ",", ".", "undo", "片头卡片", "卡片",
    "一张", "第2张", "后面", "加", "去掉", "背景", "渐变", "蓝色", "改成", "“你好”", "写着", "，", "黑屏", "模糊", "字",
]  # fmt: skip


@settings(max_examples=200, deadline=2000)
@given(st.lists(st.sampled_from(PIECES), max_size=9), st.sampled_from(["", " "]))
def test_any_mixture_of_words_about_cards_gets_an_honest_answer(pieces: list[str], glue: str) -> None:
    film = after(FILM, SetCard(text="A"), SetCard(after=2, background="#ff0000"), SetCard(text="B", after=-1))
    past = History([Version(n=0, instruction="", film=FILM), Version(n=1, instruction="title card 'A'", film=film)])
    outcome = edit(glue.join(pieces), film, PHOTOS, past)
    assert outcome.reply
    assert outcome.applied or (outcome.missed and outcome.film == film)
    assert settle(outcome.film) == (outcome.film, ())
    assert decode(encode(outcome.film)) == outcome.film


def test_what_a_preview_writes_under_its_frames_counts_as_people_do() -> None:
    film = after(FILM, SetCard(text="A"), SetCard(text="B", after=2), SetCard(text="C", after=-1))
    labels = [label_of(film, ms) for ms in middles(film)]
    assert labels[0] == "1.5 s · title card"
    assert labels[2:5] == ["9 s · 2 p2.jpg", "12.5 s · card", "16 s · 3 p3.jpg"]
    assert labels[-1] == "27.5 s · end card"


def test_words_over_the_first_photo_stay_over_it_when_a_title_card_comes_before_it() -> None:
    last = AddText(text="Bye", start_seconds=0, end_seconds=3, from_end=True)
    film = apply_all(FILM, [AddText(text="Trip"), last], PHOTOS)[0]

    after = SetCard(text="Rosa").apply(film, PHOTOS).film

    assert [(t.text, t.start_ms) for t in after.texts if t.style != "card"] == [("Trip", 3000), ("Bye", 20_000)]
