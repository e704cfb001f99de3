"""What a batch tells while it works: bars in a terminal, plain lines anywhere else; and the table at its end."""

from __future__ import annotations

from collections.abc import Sequence
from types import TracebackType
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn
from rich.table import Column, Table
from rich.text import Text

_WIDE = 10_000
"""Columns of a file or a pipe, which breaks no lines."""
_STYLES = {"ready": "green", "failed": "red", "left": "yellow", "running": "yellow"}


class Show:
    """Lines and bars on stderr, so that what is on stdout is the table alone."""

    def __init__(self, films: int, skipped: int) -> None:
        self.console = Console(stderr=True)
        self._films, self._done = films, skipped
        self._bars: Progress | None = None
        if self.console.is_terminal:
            self._bars = Progress(
                TextColumn("{task.description}", table_column=Column(no_wrap=True, overflow="ellipsis", max_width=24)),
                BarColumn(bar_width=None, table_column=Column(ratio=1, min_width=6, max_width=30)),
                TaskProgressColumn(),
                TimeElapsedColumn(),
                TextColumn("{task.fields[words]}", table_column=Column(ratio=2, no_wrap=True, overflow="ellipsis")),
                console=self.console,
                expand=True,
                transient=True,
            )
            self._whole = self._bars.add_task(self._count(), total=films * 100, completed=skipped * 100, words="")
            self._film = self._bars.add_task("", total=100, words="", visible=False)

    def __enter__(self) -> Show:
        if self._bars:
            self._bars.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bars:
            self._bars.stop()

    def _count(self) -> str:
        return f"{self._done} of {self._films} films"

    def line(self, words: str, style: str | None = None, *, whole: bool = False) -> None:
        """A line for a person, above the bars. ``whole``: it has a path in it that somebody may copy."""
        wraps = self.console.is_terminal and not whole
        self.console.print(Text(plain(words), style=style or ""), soft_wrap=not wraps)

    def begin(self, name: str) -> None:
        if self._bars:
            self._bars.reset(self._film, total=100, description=plain(name), words="", visible=True)
        else:
            self.line(f"[{self._done + 1} of {self._films}] {name}…")

    def progress(self, share: float, words: str) -> None:
        if self._bars:
            self._bars.update(self._film, completed=share * 100, words=plain(words))
            self._bars.update(self._whole, completed=(self._done + share) * 100)

    def end(self, record: dict[str, Any]) -> None:
        """A film has come to an end, good or bad."""
        self._done += 1
        if self._bars:
            self._bars.update(self._whole, completed=self._done * 100, description=self._count())
            self._bars.update(self._film, visible=False)
        for line, style in told(record):
            self.line(line, style)


def plain(words: str) -> str:
    """On one line, without what a terminal would take for a command: names of files are other people's words."""
    return "".join(char if char.isprintable() else " " if char.isspace() else "\ufffd" for char in words)


def told(record: dict[str, Any]) -> list[tuple[str, str | None]]:
    """What came of a film, line by line, each with its style."""
    name = record["name"]
    if record["status"] == "ready":
        frame = f"{record['width']}×{record['height']}, " if record.get("width") else ""
        lines: list[tuple[str, str | None]] = [
            (
                f"{name}: ready, {record['seconds']:g} s, {frame}{size_of(record)}: {record['file']}",
                "green",
            )
        ]
    else:
        lines = [(f"{name}: {record['status']}: {record.get('error') or ''}", _STYLES[record["status"]])]
    for miss in record.get("not_understood", ()):
        near = f' Try: "{miss["nearest"]}".' if miss.get("nearest") else ""
        lines.append((f'  Not done: "{miss["clause"]}": {miss["reason"].rstrip(".")}.{near}', "yellow"))
    lines += [(f"  Skipped {f['name']}: {f['reason'].rstrip('.')}.", "yellow") for f in record.get("skipped", ())]
    lines += [(f"  Note: {warning}", None) for key in ("edit_warnings", "warnings") for warning in record.get(key, ())]
    return lines


def size_of(record: dict[str, Any]) -> str:
    size: int = record["size_bytes"]
    return f"{size / 1e6:.1f} MB" if size >= 1_000_000 else f"{max(1, round(size / 1000))} kB"


def print_table(records: Sequence[dict[str, Any]]) -> None:
    """The table of all films on stdout."""
    console = Console()
    if not console.is_terminal:
        console = Console(width=_WIDE)
    table = Table(box=None, pad_edge=False, header_style="bold" if console.is_terminal else "")
    table.add_column("Film", overflow="fold", ratio=None)
    table.add_column("Status", no_wrap=True)
    table.add_column("Length", justify="right", no_wrap=True)
    table.add_column("Size", justify="right", no_wrap=True)
    table.add_column("File, or what is wrong", overflow="fold")
    for record in records:
        ready = record["status"] == "ready"
        missed = len(record.get("not_understood", ()))
        note = f" ({missed} part{'s' if missed > 1 else ''} of the instruction not done)" if missed else ""
        table.add_row(
            Text(plain(record["name"])),
            Text(record["status"], style=_STYLES.get(record["status"], "")),
            f"{record['seconds']:g} s" if ready else "",
            size_of(record) if ready else "",
            Text(plain(record["file"]) + note if ready else plain(record.get("error") or "")),
        )
    if console.is_terminal:
        console.print(table)
        return
    with console.capture() as written:
        console.print(table)
    print(*(line.rstrip() for line in written.get().splitlines()), sep="\n")
