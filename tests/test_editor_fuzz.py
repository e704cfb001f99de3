"""Any text gets an honest answer in bounded time, and what an operation says in its own words comes back as it was."""

import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from language import chinese, english, refused
from nemovideo_mcp.studio.editor import edit
from nemovideo_mcp.timeline.history import History, Version
from nemovideo_mcp.timeline.model import Media, Timeline
from nemovideo_mcp.timeline.operations import (
    BaseOperation,
    MoveClip,
    RemoveClips,
    SetCanvas,
    SetClipLength,
    SetTotalLength,
    SetTransition,
    lay_out,
)

POOL = [Media(id=f"m{i}", name=f"p{i}.jpg", kind="image", width=4000, height=3000) for i in range(1, 7)]
FILM = lay_out(Timeline(), POOL)
PAST = History([Version(n=0, instruction="", film=FILM), Version(n=1, instruction="", film=FILM)])
PIECES = [
    "make", "it", "30", "seconds", "photo", "2", "and", "then", ",", "。", "“", "”", '"', "'", "-", ":", "title", "delete",
    "crossfade", "no", "不要", "把", "第", "张", "一", "半", "秒", "移到", "最后", "😀", "\u202e", "\x00", "from", "to", "%", "9:16",
    "music", "music volume", "swap", "between", "each", "first", "last", "half", "a", "1m30", "#ff0", "p1.jpg", "١٢", "½", "。。",
]  # fmt: skip


def honest(text: str) -> None:
    outcome = edit(text, FILM, POOL, PAST)
    assert outcome.reply
    assert outcome.applied or (outcome.missed and outcome.film == FILM and not outcome.changes)
    assert sum(clip.duration_ms for clip in outcome.film.clips) == outcome.film.duration_ms > 0


@settings(max_examples=250, deadline=2000)
@given(st.text(max_size=300))
def test_any_text_gets_an_honest_answer(text: str) -> None:
    honest(text)


@settings(max_examples=350, deadline=2000)
@given(st.lists(st.sampled_from(PIECES), max_size=25), st.sampled_from(["", " "]))
def test_any_mixture_of_known_words_gets_an_honest_answer(pieces: list[str], glue: str) -> None:
    honest(glue.join(pieces))


@pytest.mark.parametrize(
    "piece", ["foo bar, ", "“", "'a ", "1 and ", "photo 2 and ", "把", "1:1", "title ", "a", "\u202e", "-1"]
)
def test_long_text_is_answered_in_bounded_time(piece: str) -> None:
    for size in (19_999, 100_000):
        started = time.process_time()
        honest((piece * size)[:size])
        assert time.process_time() - started < 5


def test_random_and_mutated_instructions_get_an_honest_answer(pytestconfig: pytest.Config) -> None:
    """2,000 of them; ``--fuzz 20000`` for as many as that."""
    chance = random.Random(20_24)
    said = [row.said for row in (*english.ROWS, *chinese.ROWS, *refused.ROWS)]
    for _round in range(int(pytestconfig.getoption("--fuzz"))):
        text = chance.choice(said)
        for _ in range(chance.randint(1, 6)):
            at = chance.randint(0, len(text))
            match chance.randint(0, 3):
                case 0:
                    text = text[:at] + text[at + chance.randint(1, 4) :]
                case 1:
                    text = text[:at] + chance.choice(PIECES) + text[at:]
                case 2:
                    text = (
                        text[:at]
                        + chr(chance.choice([0, 9, 0x202E, 0x1F600, 0x4E00, 0x661, 0x2019, 0x30, 0x41]))
                        + text[at:]
                    )
                case _:
                    other = chance.choice(said)
                    text = text[:at] + " " + other[chance.randint(0, len(other)) :]
        honest(text)


def test_long_random_text_is_answered_in_bounded_time() -> None:
    words = random.Random(1)
    started = time.process_time()
    honest("".join(words.choice(PIECES) for _ in range(5000)))
    assert time.process_time() - started < 5


SECONDS = st.integers(2, 300).map(lambda tenths: tenths / 10)
CLIP = st.integers(1, 6)
SAID: list[tuple[st.SearchStrategy[BaseOperation], dict[str, str]]] = [
    (st.builds(SetTotalLength, seconds=st.integers(10, 600)), {"en": "make it {seconds} seconds long", "zh": "总长{seconds}秒"}),
    (st.builds(SetClipLength, seconds=SECONDS), {"en": "{seconds} seconds per photo", "zh": "每张{seconds}秒"}),
    (
        st.builds(SetClipLength, seconds=SECONDS, clips=st.lists(CLIP, min_size=1, max_size=1)),
        {"en": "show photo {clips[0]} for {seconds} seconds", "zh": "第{clips[0]}张显示{seconds}秒"},
    ),
    (
        st.builds(SetTransition, seconds=st.integers(1, 40).map(lambda n: n / 10)),
        {"en": "crossfades of {seconds} seconds", "zh": "交叉淡化{seconds}秒"},
    ),
    (st.builds(MoveClip, clip=CLIP, to=CLIP), {"en": "move photo {clip} to position {to}", "zh": "把第{clip}张移到第{to}张"}),
    (
        st.builds(RemoveClips, clips=st.lists(CLIP, min_size=2, max_size=3, unique=True)),
        {"en": "delete photos {clips}", "zh": "删除照片{clips}"},
    ),
    (
        st.builds(SetCanvas, ratio=st.sampled_from(["16:9", "9:16", "1:1", "4:5"]), resolution=st.sampled_from(["720p", "4k"])),
        {"en": "make it {ratio} in {resolution}", "zh": "改成{ratio}，{resolution}"},
    ),
]  # fmt: skip


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("row", SAID, ids=[row[1]["en"] for row in SAID])
@settings(max_examples=40, deadline=2000)
@given(data=st.data())
def test_an_operation_said_in_words_does_what_it_does(
    row: tuple[st.SearchStrategy[BaseOperation], dict[str, str]], language: str, data: st.DataObject
) -> None:
    operation = data.draw(row[0])
    values = operation.model_dump()
    if isinstance(operation, RemoveClips):
        values["clips"] = (", " if language == "en" else "、").join(map(str, operation.clips))
    outcome = edit(row[1][language].format(**values), FILM, POOL)
    assert not outcome.missed
    assert outcome.film == operation.apply(FILM, POOL).film
