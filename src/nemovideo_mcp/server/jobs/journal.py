"""The journal of jobs: what was asked, how far it is, what came of it. It is written before anything is sent."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

from nemovideo_mcp.api.errors import BadInput
from nemovideo_mcp.server.database import Database, dump
from nemovideo_mcp.server.ids import mint

Status = Literal["queued", "running", "completed", "uncertain", "failed", "cancelled"]
OPEN: tuple[Status, ...] = ("queued", "running", "uncertain")
"""A job in one of these has not ended."""


@dataclass(frozen=True, kw_only=True)
class Job:
    """A row of the journal. ``progress`` is from 0 to 1, times are seconds since the epoch.

    What is kept as JSON is read when it is asked for: the checkpoint of an edit holds the whole draft of its film.
    """

    id: str
    kind: str
    project: str | None
    """None for a batch: it belongs to no single project."""
    status: Status
    progress: float
    message: str
    created: float
    updated: float
    finished: float | None
    texts: Mapping[str, str | None] = field(repr=False)

    @cached_property
    def params(self) -> dict[str, Any]:
        return self._read("params") or {}

    @cached_property
    def checkpoint(self) -> dict[str, Any]:
        return self._read("checkpoint") or {}

    @cached_property
    def result(self) -> dict[str, Any] | None:
        return self._read("result")

    @cached_property
    def error(self) -> dict[str, Any] | None:
        return self._read("error")

    def _read(self, name: str) -> dict[str, Any] | None:
        text = self.texts[name]
        return json.loads(text) if text else None

    @property
    def ended(self) -> bool:
        return self.status not in OPEN

    @property
    def elapsed_seconds(self) -> float:
        return round((self.finished or time.time()) - self.created, 1)


class Journal:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, kind: str, project: str | None, params: dict[str, Any], id: str | None = None) -> Job:
        """A new job; the one that there is when ``id`` (minted beforehand and kept somewhere) was added already.

        Raises:
            BadInput: the project was deleted meanwhile.
        """
        id, now = id or mint(kind), time.time()

        def work(db: sqlite3.Connection) -> None:
            known = project is None or db.execute("SELECT 1 FROM projects WHERE id = ?", (project,)).fetchone()
            if not known:
                raise BadInput("The project was deleted.", 'Start a new one with project="new".')
            db.execute(
                "INSERT OR IGNORE INTO jobs (id, kind, project, status, params, created, updated) "
                "VALUES (?, ?, ?, 'queued', ?, ?, ?)",
                (id, kind, project, dump(params), now, now),
            )

        await self._database.run(work)
        return await self.get(id)

    async def get(self, id: str) -> Job:
        """Raises BadInput when there is no such job."""
        row = await self._database.run(lambda db: db.execute("SELECT * FROM jobs WHERE id = ?", (id,)).fetchone())
        if row is None:
            recent = await self._database.run(
                lambda db: db.execute("SELECT id FROM jobs ORDER BY created DESC LIMIT 3").fetchall()
            )
            known = ", ".join(r["id"] for r in recent)
            raise BadInput(
                f'There is no job "{id}".',
                f"The latest jobs are {known}." if known else "No job was started yet: edit or export starts one.",
            )
        return _job(row)

    async def write(
        self,
        id: str,
        *,
        status: Status | None = None,
        progress: float | None = None,
        message: str | None = None,
        checkpoint: dict[str, Any] | None = None,
        result: dict[str, Any] | None = None,
        error: dict[str, Any] | None = None,
    ) -> None:
        """Record what is given. A job that has ended stays as it is, so a late writer changes nothing."""
        now = time.time()
        values: dict[str, Any] = {"updated": now}
        plain = {"status": status, "progress": progress, "message": message}
        values.update({name: value for name, value in plain.items() if value is not None})
        objects = {"checkpoint": checkpoint, "result": result, "error": error}
        values.update({name: dump(value) for name, value in objects.items() if value is not None})
        if status is not None and status not in OPEN:
            values["finished"] = now
        columns = ", ".join(f"{name} = ?" for name in values)
        await self._database.run(
            lambda db: db.execute(
                f"UPDATE jobs SET {columns} WHERE id = ? AND finished IS NULL", (*values.values(), id)
            )
        )

    async def open_jobs(self) -> list[Job]:
        rows = await self._database.run(
            lambda db: db.execute("SELECT * FROM jobs WHERE finished IS NULL ORDER BY created").fetchall()
        )
        return [_job(row) for row in rows]

    async def of_project(self, project: str, limit: int = 20) -> list[Job]:
        """The project's jobs, the latest first; open ones are never left out."""
        return await self._database.run(lambda db: jobs_of(db, project, limit))

    async def add_export(self, id: str, project: str, job: str, path: str, facts: dict[str, Any]) -> None:
        await self._database.run(
            lambda db: db.execute(
                "INSERT OR REPLACE INTO exports VALUES (?, ?, ?, ?, ?, ?)",
                (id, project, job, path, dump(facts), time.time()),
            )
        )

    async def moved(self, path: str, target: str) -> None:
        """A finished export lies elsewhere now."""
        await self._database.run(lambda db: db.execute("UPDATE exports SET path = ? WHERE path = ?", (target, path)))

    async def exports(self, project: str | None = None, id: str | None = None) -> Sequence[dict[str, Any]]:
        """Finished exports, the latest first: ``id``, ``project``, ``job``, ``path``, ``created`` and the facts."""
        return await self._database.run(lambda db: exports_of(db, project, id))


def jobs_of(db: sqlite3.Connection, project: str, limit: int = 20) -> list[Job]:
    """See `Journal.of_project`."""
    rows = db.execute(
        "SELECT * FROM jobs WHERE project = ? ORDER BY finished IS NULL DESC, created DESC LIMIT "
        "max(?, (SELECT count(*) FROM jobs WHERE project = ? AND finished IS NULL))",
        (project, limit, project),
    )
    return sorted(map(_job, rows), key=lambda job: job.created, reverse=True)


def exports_of(db: sqlite3.Connection, project: str | None = None, id: str | None = None) -> list[dict[str, Any]]:
    """See `Journal.exports`."""
    rows = db.execute(
        "SELECT * FROM exports WHERE (? IS NULL OR project = ?) AND (? IS NULL OR id = ?) ORDER BY created DESC",
        (project, project, id, id),
    )
    return [
        {**json.loads(row["facts"]), **{k: row[k] for k in ("id", "project", "job", "path", "created")}} for row in rows
    ]


_PLAIN = ("id", "kind", "project", "status", "progress", "message", "created", "updated", "finished")
_JSON = ("params", "checkpoint", "result", "error")


def _job(row: sqlite3.Row) -> Job:
    return Job(**{name: row[name] for name in _PLAIN}, texts={name: row[name] for name in _JSON})
