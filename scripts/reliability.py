"""`docs/reliability.md`, from the table of the fault suite: `python scripts/reliability.py` writes it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DOCUMENT = ROOT / "docs" / "reliability.md"

if str(ROOT / "tests") not in sys.path:
    sys.path.insert(0, str(ROOT / "tests"))

from faults.row import Row  # noqa: E402 - found by the line above
from faults.table import CHAPTERS, ROWS  # noqa: E402

HEAD = """\
# What each fault leads to

Written by `scripts/reliability.py` from the table in `tests/faults/`; do not edit it here.

{count} faults, each of them made for real: our server, a fault-injecting proxy on a socket, and behind it the studio, a scripted
cloud, or the server of Google's Agent Development Kit. For each: what the user is told (words that are in the answer), how the
job ends in the journal, how many times a chat message left us, and how many times one arrived at the backend. It leaves twice
for one edit in one case only: when it was refused with 1001 before its stream began. (`two edits` and the like are two edits.)

In every row also: no unfinished file is left in the folder of films, the journal is whole, and the token is in no answer, log
line or file but the one that keeps it.
"""
OPEN = "**Open** rows do not hold yet; the suite expects them to fail, and fails when one of them begins to hold."


def document() -> str:
    """The whole document, as it should be today."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield HEAD.format(count=len(ROWS))
    if any(row.known for row in ROWS):
        yield f"{OPEN}\n"
    for number, (title, rows) in enumerate(CHAPTERS.items()):
        if number:
            yield ""
        yield f"## {title}\n"
        yield "| Fault | Where; what is done | The user is told | Job | Left | Arrived |"
        yield "| --- | --- | --- | --- | --- | --- |"
        yield from (_row(row) for row in rows)


def _row(row: Row) -> str:
    told = ", ".join(f'"{words}"' for words in row.says)
    if row.hides:
        told += "; never " + ", ".join(f'"{words.strip()}"' for words in row.hides)
    kind = "failure" if row.error else "answer"
    fault = f"{row.fault} (**open**: {row.known[0].lower()}{row.known[1:].rstrip('.')})" if row.known else row.fault
    cells = (fault, f"{row.place}; {row.act}", f"{kind}: {told}", row.job or "none", *_messages(row))
    return "| " + " | ".join(_escaped(cell) for cell in cells) + " |"


def _messages(row: Row) -> tuple[str, str]:
    counts = row.counts
    return (str(counts["out"]), str(counts["sent"])) if "sent" in counts else ("–", "–")


def _escaped(cell: str) -> str:
    return cell.replace("|", "\\|").replace("<", "&lt;").replace("\n", " ")


if __name__ == "__main__":
    DOCUMENT.parent.mkdir(exist_ok=True)
    DOCUMENT.write_text(document(), encoding="utf-8")
