"""Every row of the table, over a real socket: what the user gets, what the journal says, how often the message went out."""

from __future__ import annotations

import importlib.util
import logging
import tomllib
from collections.abc import AsyncIterator
from pathlib import Path
from types import ModuleType

import anyio
import pytest

from faults.acts import ACTS, prepare
from faults.row import EDITS, Row
from faults.stage import staged
from faults.table import ROWS

pytestmark = pytest.mark.anyio

ROOT = Path(__file__).resolve().parent.parent.parent
DEADLINE = 60.0
ADK = importlib.util.find_spec("google") is not None and importlib.util.find_spec("google.adk") is not None


def adk_is_promised() -> bool:
    """Whether the extra `test` brings the Agent Development Kit: then its rows are never skipped."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return any(need.startswith("google-adk") for need in project["optional-dependencies"]["test"])


@pytest.fixture(scope="module", autouse=True)
async def one_loop(anyio_backend: str) -> AsyncIterator[None]:
    """All rows share one event loop, and with it the worker processes that look into films and photos."""
    # An async fixture that is not over keeps its loop.
    yield  # noqa: PT022


def marked(row: Row) -> object:
    marks: list[pytest.MarkDecorator] = []
    if row.known:
        marks.append(pytest.mark.xfail(reason=row.known, strict=True))
    if row.backend == "adk" and not ADK and not adk_is_promised():
        marks.append(pytest.mark.skip(reason="NOT RUN: the package google-adk is not installed"))
    return pytest.param(row, id=row.id, marks=marks)


@pytest.mark.parametrize("row", [marked(row) for row in ROWS])
async def test_each_fault_leads_to_what_the_table_says(
    row: Row, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "nemovideo_mcp")
    with anyio.fail_after(DEADLINE):
        async with staged(row, tmp_path) as stage:
            await prepare(stage)
            stage.begin()
            heard = await ACTS[row.act](stage)
            counts = {name: stage.counts()[name] for name in row.counts}
    print(heard.text, stage.counts(), stage.jobs(), sep="\n")
    assert [words for words in row.says if words.lower() not in heard.text.lower()] == [], heard.text
    assert [words for words in row.hides if words.lower() in heard.text.lower()] == [], heard.text
    assert "Traceback" not in heard.text
    assert heard.error is row.error, heard.text
    assert counts == dict(row.counts)
    job = stage.jobs()[-1] if stage.jobs() else None
    assert (job["status"] if job else None) == row.job
    for name, value in row.saved.items():
        assert job is not None
        assert job["checkpoint"].get(name) == value, name
    assert stage.remains() == []
    said = "".join([*stage.returned, *(record.getMessage() for record in caplog.records)]).encode()
    for secret in stage.secrets():
        assert secret not in said
        assert secret not in stage.written()


def test_the_table_is_whole() -> None:
    assert len({row.id for row in ROWS}) == len(ROWS) >= 60
    for row in ROWS:
        assert row.says, row.id
        assert row.place, row.id
        if row.act in EDITS:
            edits = 2 if row.act.startswith("two ") or ", then" in row.act else 1
            sent, out = row.counts["sent"], row.counts["out"]
            assert sent <= edits, f"{row.id}: a message arrives once"
            refused = any(strike.call == "chat" and "1001" in str(strike.fault) for strike in row.strikes)
            assert out <= edits or refused, f"{row.id}: a message leaves twice only when it was refused"


def test_the_document_of_the_faults_is_current() -> None:
    document = (ROOT / "docs" / "reliability.md").read_text(encoding="utf-8")
    assert script("reliability").document() == document, "run: python scripts/reliability.py"


def script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "scripts" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
