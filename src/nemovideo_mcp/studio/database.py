"""SQLite for the studio's records. Several processes may share one data folder."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import anyio.to_thread

_T = TypeVar("_T")

_SCHEMA: tuple[tuple[str, ...], ...] = (
    (
        """CREATE TABLE users (
            id TEXT PRIMARY KEY, spent INTEGER NOT NULL DEFAULT 0, created REAL NOT NULL)""",
        """CREATE TABLE tokens (
            hash TEXT PRIMARY KEY, user_id TEXT NOT NULL REFERENCES users (id), created REAL NOT NULL,
            expires REAL NOT NULL)""",
        "CREATE INDEX tokens_user ON tokens (user_id, created)",
        """CREATE TABLE reservations (
            id TEXT PRIMARY KEY, user_id TEXT NOT NULL REFERENCES users (id), amount INTEGER NOT NULL,
            expires REAL NOT NULL)""",
        """CREATE TABLE projects (
            session_id TEXT PRIMARY KEY, task_id TEXT NOT NULL, user_id TEXT NOT NULL REFERENCES users (id),
            name TEXT NOT NULL, language TEXT NOT NULL, created REAL NOT NULL, updated REAL NOT NULL)""",
        "CREATE INDEX projects_user ON projects (user_id, updated)",
        """CREATE TABLE media (
            session_id TEXT NOT NULL REFERENCES projects (session_id) ON DELETE CASCADE, id TEXT NOT NULL,
            position INTEGER NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL, format TEXT NOT NULL, mime TEXT NOT NULL,
            width INTEGER NOT NULL, height INTEGER NOT NULL, duration_ms INTEGER NOT NULL, fps REAL NOT NULL,
            sha256 TEXT NOT NULL, size INTEGER NOT NULL, suffix TEXT NOT NULL, created REAL NOT NULL,
            PRIMARY KEY (session_id, id), UNIQUE (session_id, sha256))""",
        "CREATE INDEX media_content ON media (sha256)",
        """CREATE TABLE versions (
            session_id TEXT NOT NULL REFERENCES projects (session_id) ON DELETE CASCADE, n INTEGER NOT NULL,
            instruction TEXT NOT NULL, draft TEXT NOT NULL, created REAL NOT NULL,
            PRIMARY KEY (session_id, n))""",
        """CREATE TABLE renders (
            id TEXT PRIMARY KEY, session_id TEXT NOT NULL REFERENCES projects (session_id) ON DELETE CASCADE,
            user_id TEXT NOT NULL, draft TEXT NOT NULL, options TEXT NOT NULL, status TEXT NOT NULL,
            progress REAL NOT NULL DEFAULT 0, message TEXT NOT NULL DEFAULT '', duration_ms INTEGER, width INTEGER, height INTEGER, size INTEGER,
            notes TEXT NOT NULL DEFAULT '[]', error TEXT, created REAL NOT NULL, finished REAL)""",
        "CREATE INDEX renders_session ON renders (session_id, created)",
        "CREATE INDEX renders_open ON renders (created) WHERE finished IS NULL",
    ),
    (
        "ALTER TABLE renders ADD COLUMN fps INTEGER",
        "ALTER TABLE renders ADD COLUMN frames INTEGER",
        "ALTER TABLE renders ADD COLUMN has_audio INTEGER",
    ),
    ("ALTER TABLE media ADD COLUMN beats TEXT NOT NULL DEFAULT '[]'",),
    # The version whose film a version is again, when it came of "undo" and the like.
    ("ALTER TABLE versions ADD COLUMN restores INTEGER",),
    ("ALTER TABLE media ADD COLUMN taken_at TEXT", "ALTER TABLE media ADD COLUMN place TEXT"),
)
"""The statements of each version of the schema; ``PRAGMA user_version`` says how many versions a file has."""

BUSY_SECONDS = 15.0
"""How long a writer waits for another process. Transactions take milliseconds, so this is far more than enough."""


class NewerData(RuntimeError):
    """The data folder was written by a newer version of this program."""


class Database:
    """One connection, used from worker threads one at a time. In WAL mode other processes read meanwhile."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._connection: sqlite3.Connection | None = None

    async def run(self, work: Callable[[sqlite3.Connection], _T]) -> _T:
        """Run ``work`` in one write transaction, off the event loop: all of it is kept, or none when it raises.

        Raises:
            NewerData: the file is of a newer version.
            sqlite3.OperationalError: the disk is full or another process holds the file for too long.
        """
        # Not abandoned on cancellation: what has begun is finished, so that the caller's files and rows agree.
        # IMMEDIATE: the lock is taken at once, so that what is read is still true when it is written.
        return await anyio.to_thread.run_sync(self._transact, "BEGIN IMMEDIATE", work)

    async def read(self, work: Callable[[sqlite3.Connection], _T]) -> _T:
        """Run ``work``, which only reads, on one state of the data. It waits for no writer of another process.

        Raises:
            NewerData, sqlite3.OperationalError: as in `run`.
        """
        return await anyio.to_thread.run_sync(self._transact, "BEGIN", work)

    async def close(self) -> None:
        await anyio.to_thread.run_sync(self._close)

    def _transact(self, begin: str, work: Callable[[sqlite3.Connection], _T]) -> _T:
        with self._lock:
            connection = self._connection or self._open()
            connection.execute(begin)
            try:
                result = work(connection)
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise
            return result

    def _open(self) -> sqlite3.Connection:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(self._path, timeout=BUSY_SECONDS, check_same_thread=False, isolation_level=None)
        try:
            connection.row_factory = sqlite3.Row
            for pragma in ("journal_mode = WAL", "synchronous = NORMAL", "foreign_keys = ON"):
                connection.execute(f"PRAGMA {pragma}")
            _migrate(connection)
        except BaseException:
            connection.close()
            raise
        self._connection = connection
        return connection

    def _close(self) -> None:
        with self._lock:
            if self._connection is not None:
                self._connection.close()
                self._connection = None


def _migrate(connection: sqlite3.Connection) -> None:
    # Two processes may start at once: the first to get the write lock makes the tables.
    connection.execute("BEGIN IMMEDIATE")
    try:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version > len(_SCHEMA):
            raise NewerData(
                "The studio's data folder was written by a newer nemovideo-mcp. Update, or use another folder."
            )
        for statements in _SCHEMA[version:]:
            for statement in statements:
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {len(_SCHEMA)}")
        connection.execute("COMMIT")
    except BaseException:
        # A full disk has rolled it back already.
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
