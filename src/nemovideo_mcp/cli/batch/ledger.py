"""`report.json` beside the films: what each was made of and what came of it. A rerun goes by it, so it is written before
anything is begun, and whole or not at all."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

REPORT = "report.json"
SHEET = "report.csv"
VERSION = 1

Standing = Literal["ready", "unfinished", "new"]
"""A film that need not be made again, one to go on with, and one to make."""

_COLUMNS = ("film", "status", "file", "seconds", "width", "height", "bytes", "instruction", "not understood", "skipped", "error", "credits")  # fmt: skip


class LedgerError(Exception):
    """The films' folder cannot be used; the text says why and what to do."""


@dataclass
class Ledger:
    """``records`` are by film name: ``status`` (``ready``, ``failed``, ``left``, ``running``), ``file``, and how it came to it."""

    folder: Path
    source: tuple[str, ...]
    records: dict[str, dict[str, Any]] = field(default_factory=dict)
    started: str = ""
    backend: str = ""

    @classmethod
    def open(cls, folder: Path, source: Sequence[str]) -> Ledger:
        """The folder's ledger as it was left, or a new one.

        Raises:
            LedgerError: another batch's films are in the folder, or somebody else's report.
        """
        if why := taken(folder, source):
            raise LedgerError(f"{why} Choose another folder with -o.")
        ledger = cls(folder, tuple(source), started=_now())
        written = _read(folder)
        if written is None:
            return ledger
        ledger.records = {record["name"]: record for record in written.get("films", ())}
        ledger.started = written.get("started", ledger.started)
        return ledger

    def save(self, status: str) -> None:
        """Raises LedgerError when it cannot be written."""
        told = {
            "nemovideo_batch": VERSION,
            "status": status,
            "source": list(self.source),
            "backend": self.backend,
            "started": self.started,
            "updated": _now(),
            "films": list(self.records.values()),
        }
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            _replace(self.folder / REPORT, json.dumps(told, ensure_ascii=False, indent=1))
        except OSError as error:
            raise LedgerError(f"The report cannot be written in {self.folder}: {error.strerror}.") from None

    def save_sheet(self) -> str | None:
        """The same as a table for people; why it could not be written, or None."""
        out = io.StringIO(newline="")
        sheet = csv.writer(out)
        sheet.writerow(_COLUMNS)
        sheet.writerows(_row(record) for record in self.records.values())
        try:
            # Excel takes a file without the mark for the machine's code page.
            _replace(self.folder / SHEET, out.getvalue(), "utf-8-sig")
        except OSError as error:
            return f"{SHEET} cannot be written ({error.strerror}); is it open in another program?"
        return None

    def file_of(self, record: dict[str, Any]) -> Path | None:
        """The film of a record if it is there and is the one that was made."""
        path = self.folder / record["file"] if record.get("file") else None
        return path if path and is_film(path, record.get("size_bytes"), record.get("sha256")) else None


def taken(folder: Path, source: Sequence[str]) -> str | None:
    """Why the films of a batch cannot go into a folder, or None: nothing that is not its own is written over."""
    written = _read(folder)
    if written is not None:
        others = ", ".join(map(str, written.get("source", ())))
        same = written.get("source") == list(source)
        return None if same else f"{folder} holds the films of another batch ({others})."
    for name in (REPORT, SHEET):
        if (folder / name).exists():
            return f"{folder} holds a {name} that is no report of a batch."
    return None


def source_of(folder: Path | str) -> list[str] | None:
    """What the batch was made of whose films are in a folder, None when there are none."""
    written = _read(Path(folder))
    return written.get("source") if written else None


def _read(folder: Path) -> dict[str, Any] | None:
    try:
        written = json.loads((folder / REPORT).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return written if isinstance(written, dict) and "nemovideo_batch" in written else None


def _replace(path: Path, text: str, encoding: str = "utf-8") -> None:
    part = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        # File names may hold what is no text.
        with part.open("w", encoding=encoding, errors="backslashreplace", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _now() -> str:
    return datetime.now(UTC).astimezone().isoformat(timespec="seconds")


def _row(record: dict[str, Any]) -> list[Any]:
    missed = "; ".join(f"{miss['clause']} ({miss['reason']})" for miss in record.get("not_understood", ()))
    skipped = "; ".join(f"{file['name']} ({file['reason']})" for file in record.get("skipped", ()))
    keys = ("name", "status", "file", "seconds", "width", "height", "size_bytes", "instruction")
    return [
        *(_plain(record.get(key)) for key in keys),
        _plain(missed),
        _plain(skipped),
        _plain(record.get("error")),
        record.get("credits_spent"),
    ]


def _plain(value: Any) -> Any:
    """A cell that a spreadsheet shows and does not calculate: file names are other people's words."""
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@") else value


def hash_of(path: Path) -> str:
    """SHA-256 of a file's content. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def is_film(path: Path, size: int | None, sha256: str | None) -> bool:
    """Whether a file is there and has this content."""
    try:
        return path.is_file() and path.stat().st_size == size and hash_of(path) == sha256
    except OSError:
        return False


def inputs_of(files: Iterable[Path], before: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """What a film is made of: ``path``, ``size`` (bytes), ``modified`` (ns) and ``sha256`` of each file.

    A file whose size and time are as they were is not read again. Raises OSError when one is gone.
    """
    known = {(old["path"], old["size"], old["modified"]): old["sha256"] for old in before}
    inputs = []
    for file in files:
        stat = file.stat()
        key = (str(file), stat.st_size, stat.st_mtime_ns)
        inputs.append({"path": key[0], "size": key[1], "modified": key[2], "sha256": known.get(key) or hash_of(file)})
    return inputs


def fingerprint(*parts: Any) -> str:
    return hashlib.sha256(json.dumps(parts, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:32]
