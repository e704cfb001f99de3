"""The editing language, measured on what people type; see `language`."""

import json
import runpy
from dataclasses import replace
from pathlib import Path
from typing import Literal, cast, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from language import (
    cards,
    chatted_one,
    chatted_two,
    chinese,
    english,
    everyday_one,
    everyday_three,
    everyday_two,
    fresh_five,
    fresh_four,
    fresh_one,
    fresh_six,
    fresh_three,
    fresh_two,
    heard,
    host_one,
    host_three,
    host_two,
    host_zh,
    refused,
    viewed,
)
from language.generated import EVERY
from language.stage import PHOTOS, PLAIN, SONG, Row, judge
from language.stage import POOL as TALK_POOL
from language.talks import TALKS
from nemovideo_mcp.server.services import Services
from nemovideo_mcp.server.tools.edit import edit_tool
from nemovideo_mcp.studio.editor import NeedsHistory, edit
from nemovideo_mcp.studio.editor.asks import possible
from nemovideo_mcp.studio.editor.clauses import split
from nemovideo_mcp.studio.editor.lexer import tokenize
from nemovideo_mcp.studio.editor.phrases import TABLE
from nemovideo_mcp.timeline.history import History, Version
from nemovideo_mcp.timeline.model import Media, Timeline
from nemovideo_mcp.timeline.operations import (
    AddText,
    BaseOperation,
    Operation,
    OperationError,
    Restore,
    SetCard,
    SetMusic,
    SetOverlay,
    apply_all,
    lay_out,
)
from nemovideo_mcp.timeline.operations.say import say

ROOT = Path(__file__).resolve().parent.parent
ENOUGH = 0.95
"""The share of clauses that must come out as a reasonable person expects."""


@pytest.mark.parametrize(
    ("rows", "least"),
    [
        (english.ROWS, 200),
        (chinese.ROWS, 100),
        (refused.ROWS, 40),
        (heard.ROWS, 200),
        (heard.REFUSED, 40),
        (fresh_one.ROWS, 200),
        (fresh_two.ROWS, 200),
        (fresh_three.ROWS, 150),
        (fresh_four.ROWS, 150),
        (fresh_five.ROWS, 60),
        (fresh_six.ROWS, 140),
        (viewed.ROWS, 25),
        (everyday_one.ROWS, 140),
        (everyday_two.ROWS, 100),
        (everyday_three.ROWS, 100),
        (chatted_one.ROWS, 50),
        (chatted_two.ROWS, 50),
        (cards.ROWS, 60),
        (host_one.ROWS, 140),
        (host_two.ROWS, 160),
        (host_three.ROWS, 180),
        (host_zh.ROWS, 300),
    ],
    ids=[
        "english",
        "chinese",
        "refused",
        "heard",
        "heard in part",
        "fresh one",
        "fresh two",
        "fresh three",
        "fresh four",
        "fresh five",
        "fresh six",
        "viewed",
        "everyday one",
        "everyday two",
        "everyday three",
        "chatted one",
        "chatted two",
        "cards",
        "host one",
        "host two",
        "host three",
        "host zh",
    ],
)
def test_nearly_all_that_people_type_is_done_and_nothing_else(rows: list[Row], least: int) -> None:
    assert len(rows) >= least
    verdicts = [(row, judge(row)) for row in rows]
    wrong = [verdict.told for row, verdict in verdicts if verdict.right < row.clauses]
    said = "\n".join(wrong)
    print(said)
    assert not [verdict.told for _, verdict in verdicts if verdict.unasked], said
    assert not [verdict.told for _, verdict in verdicts if verdict.silent], said
    right, clauses = sum(v.right for _, v in verdicts), sum(row.clauses for row in rows)
    assert right / clauses >= ENOUGH, f"{right} of {clauses} clauses\n{said}"


@pytest.mark.parametrize("talk", TALKS, ids=[talk[0][0] for talk in TALKS])
def test_it_and_that_one_reach_back_to_the_edit_before(talk: list[tuple[str, list[BaseOperation]]]) -> None:
    film, versions = PLAIN, [Version(n=0, instruction="", film=Timeline()), Version(n=1, instruction="", film=PLAIN)]
    for said, expected in talk:
        outcome = edit(said, film, TALK_POOL, History(versions))
        wanted = apply_all(film, expected, TALK_POOL)[0]
        assert outcome.film == wanted, (said, outcome.reply)
        assert outcome.applied == bool(expected)
        if outcome.applied:
            film = outcome.film
            versions.append(Version(n=len(versions), instruction=said, film=film))


def test_what_was_said_before_is_looked_up_only_where_it_matters() -> None:
    assert edit("make it 30 seconds", PLAIN, TALK_POOL).applied
    with pytest.raises(NeedsHistory):
        edit("move it to the front", PLAIN, TALK_POOL)


VIDEO = Media(id="v1", name="clip.mp4", kind="video", width=1920, height=1080, duration_ms=8000)
LOGO = Media(id="l1", name="logo.png", kind="image", width=800, height=200)
TAKEN = {"p2.jpg": "2024-07-03T10:00:00", "p4.jpg": "2024-07-01T10:00:00"}
POOL = [*(replace(m, taken_at=TAKEN.get(m.name), place="Reine") for m in PHOTOS), VIDEO, SONG, LOGO]
BARE = lay_out(Timeline(), POOL[:-1])
FILM = apply_all(BARE, [AddText(text="Hello"), SetMusic(volume=0.5), SetOverlay(media="logo.png")], POOL)[0]
CARDED = apply_all(FILM, [SetCard(text="One"), SetCard(text="Two", after=2), SetCard(text="End", after=-1)], POOL)[0]
PAST = History(
    [
        Version(n=0, instruction="", film=Timeline()),
        Version(n=1, instruction="", film=BARE),
        Version(n=2, instruction="", film=FILM),
        Version(n=3, instruction="", film=BARE, restores=1),
        Version(n=4, instruction="", film=FILM, restores=2),
        Version(n=5, instruction="", film=BARE, restores=1),
    ]
)


@pytest.mark.parametrize("film", [FILM, CARDED], ids=["", "with cards"])
@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", EVERY)
@settings(max_examples=20)
@given(data=st.data())
def test_an_operation_said_in_words_is_read_as_the_same_operation(
    name: str, language: Literal["en", "zh"], film: Timeline, data: st.DataObject
) -> None:
    operation = data.draw(EVERY[name])
    sentence = say(operation, language)
    outcome = edit(sentence, film, POOL, PAST)
    try:
        back = isinstance(operation, Restore)
        wanted = operation.restored(PAST)[0].film if back else operation.apply(film, POOL).film  # type: ignore[attr-defined]
    except OperationError:
        assert not outcome.applied, sentence
        return
    assert not outcome.missed, (sentence, outcome.missed)
    assert outcome.film == wanted, (sentence, [change.text for change in outcome.changes])


def test_the_document_of_the_language_is_as_the_tables_have_it() -> None:
    script = ROOT / "scripts" / "editing.py"
    module = runpy.run_path(str(script))
    assert (ROOT / "docs" / "editing.md").read_text(encoding="utf-8") == module["document"](), f"run python {script}"
    kinds = {kind.model_fields["op"].default for kind in get_args(get_args(Operation)[0])}
    assert {example.op for example in module["EXAMPLES"]} == kinds


def test_the_schema_of_edit_is_small_enough_for_every_chat() -> None:
    schema = edit_tool(cast(Services, None)).parameters
    assert len(json.dumps(schema, ensure_ascii=False)) / 4 < 5_000
    assert set(schema["properties"]) == {"instruction", "operations", "project", "wait_seconds"}


def test_a_typical_instruction_takes_little_work() -> None:
    """Bounded by counting, not by the clock: no phrase is tried where its needed words are not in the clause."""
    tokens = tuple(split(tokenize("make photo 2 black and white"))[0].tokens)
    rows = possible(tokens)
    assert sum(map(len, rows.values())) < len(TABLE)
