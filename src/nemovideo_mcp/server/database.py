"""SQLite for the server's own records: projects, their media, jobs and exports. Several processes may share the file."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import anyio.to_thread

from nemovideo_mcp.api.errors import NemoError

_T = TypeVar("_T")

_SCHEMA = (
    """
    CREATE TABLE projects (
        id TEXT PRIMARY KEY, origin TEXT NOT NULL, identity TEXT NOT NULL DEFAULT '', name TEXT NOT NULL,
        session_id TEXT, task_id TEXT, capabilities TEXT NOT NULL DEFAULT '[]',
        summary TEXT NOT NULL DEFAULT '', created REAL NOT NULL, updated REAL NOT NULL);
    CREATE UNIQUE INDEX projects_session ON projects (origin, session_id) WHERE session_id IS NOT NULL;
    CREATE TABLE current (origin TEXT, identity TEXT, project TEXT NOT NULL, PRIMARY KEY (origin, identity));
    CREATE TABLE media (
        id INTEGER PRIMARY KEY, project TEXT NOT NULL REFERENCES projects (id) ON DELETE CASCADE, name TEXT NOT NULL,
        kind TEXT NOT NULL, size INTEGER, width INTEGER, height INTEGER, duration_ms INTEGER, sha256 TEXT, path TEXT,
        added REAL NOT NULL);
    CREATE INDEX media_project ON media (project);
    CREATE TABLE jobs (
        id TEXT PRIMARY KEY, kind TEXT NOT NULL, project TEXT REFERENCES projects (id) ON DELETE CASCADE,
        status TEXT NOT NULL, progress REAL NOT NULL DEFAULT 0, message TEXT NOT NULL DEFAULT '',
        params TEXT NOT NULL, checkpoint TEXT NOT NULL DEFAULT '{}', result TEXT, error TEXT,
        created REAL NOT NULL, updated REAL NOT NULL, finished REAL);
    CREATE INDEX jobs_project ON jobs (project, created);
    CREATE INDEX jobs_open ON jobs (status) WHERE finished IS NULL;
    CREATE TABLE exports (
        id TEXT PRIMARY KEY, project TEXT NOT NULL REFERENCES projects (id) ON DELETE CASCADE, job TEXT NOT NULL,
        path TEXT NOT NULL, facts TEXT NOT NULL, created REAL NOT NULL);
    """,
    "ALTER TABLE media ADD COLUMN taken_at TEXT;",
)
"""One script for each version of the schema; `PRAGMA user_version` says how many have run."""


class RecordsError(NemoError):
    """The server's own records cannot be read or written."""


class Database:
    """One connection, used from worker threads one at a time; transactions are short.

    WAL lets other processes read meanwhile; a writer waits up to 10 s for another one.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._connection: sqlite3.Connection | None = None

    async def run(self, work: Callable[[sqlite3.Connection], _T]) -> _T:
        """Run ``work`` in one transaction, off the event loop.

        Raises:
            RecordsError: the database cannot be read or written.
        """
        # A write that has begun is finished: half a record would be worse than a moment's wait.
        return await anyio.to_thread.run_sync(self._transact, work)

    def _transact(self, work: Callable[[sqlite3.Connection], _T]) -> _T:
        with self._lock:
            try:
                connection = self._connection or self._open()
                try:
                    result = work(connection)
                    connection.commit()
                except BaseException:
                    connection.rollback()
                    raise
            except (sqlite3.Error, OSError) as error:
                raise self._explained(error) from error
            return result

    def _explained(self, error: sqlite3.Error | OSError) -> RecordsError:
        folder = self._path.parent
        why = getattr(error, "strerror", None) or str(error)
        if "disk is full" in why or "No space" in why:
            return RecordsError(f"The disk with {folder} is full, so nothing can be recorded.", "Free some space.")
        if "locked" in why:
            return RecordsError("Another program holds the records of projects for too long.", "Try again in a moment.")
        return RecordsError(
            f"The records of projects in {folder} cannot be used: {why}.",
            "Set NEMO_DATA_DIR to a folder that can be written, or mend this one.",
        )

    def _open(self) -> sqlite3.Connection:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(self._path, timeout=10, check_same_thread=False, isolation_level=None)
        connection.row_factory = sqlite3.Row
        for pragma in ("journal_mode = WAL", "synchronous = NORMAL", "foreign_keys = ON"):
            connection.execute(f"PRAGMA {pragma}")
        # Two processes may start at once: the first to get the write lock makes the tables.
        connection.execute("BEGIN IMMEDIATE")
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        for number, script in enumerate(_SCHEMA[version:], version + 1):
            for statement in script.split(";"):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {number}")
        connection.execute("COMMIT")
        connection.isolation_level = "IMMEDIATE"
        self._connection = connection
        return connection

    async def close(self) -> None:
        def close() -> None:
            with self._lock:
                if self._connection is not None:
                    self._connection.close()
                    self._connection = None

        await anyio.to_thread.run_sync(close)


def dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
