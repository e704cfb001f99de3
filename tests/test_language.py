"""The editing language, measured on what people type; see `language`."""

import pytest
from language import chinese, english, refused
from language.stage import Row, judge

ENOUGH = 0.95
"""The share of clauses that must come out as a reasonable person expects."""


@pytest.mark.parametrize(
    ("rows", "least"), [(english.ROWS, 200), (chinese.ROWS, 100), (refused.ROWS, 40)], ids=["english", "chinese", "refused"]
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
