"""Projects: which one a call means, its session on the backend, and the media that went into it."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Sequence
from dataclasses import dataclass

from nemovideo_mcp.api.errors import BadInput
from nemovideo_mcp.server.database import Database, dump
from nemovideo_mcp.server.ids import mint

NEW = "new"


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """``session_id`` is None until something is sent to the backend. Times are seconds since the epoch.

    ``summary`` is the film as it was last seen, in words: what is left to tell when the backend has forgotten it.
    """

    id: str
    name: str
    session_id: str | None
    task_id: str | None
    capabilities: frozenset[str]
    updated: float
    summary: str = ""

    def can(self, capability: str) -> bool:
        return capability in self.capabilities


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolFile:
    """A file that was uploaded into a project. ``path`` is where it lay on this machine, None for a URL."""

    name: str
    kind: str
    size: int | None = None
    width: int | None = None
    height: int | None = None
    duration_ms: int | None = None
    sha256: str | None = None
    path: str | None = None
    taken_at: str | None = None


class Projects:
    """The project records of one backend (``origin``) and one user (``identity``)."""

    def __init__(self, database: Database, origin: str, identity: str = "") -> None:
        self._database = database
        self._origin = origin
        self._identity = identity

    async def resolve(self, wanted: str | None, *, new: bool = True) -> Project:
        """The project that a call means, and from now on the current one.

        ``None`` is the one last used (made on first use), ``"new"`` a new one (where ``new`` says that one can begin with
        this call), anything else an id or an exact name.

        Raises:
            BadInput: there is none of that name, or several.
        """
        if wanted is not None:
            wanted = wanted.strip()
        if wanted == NEW and not new:
            raise BadInput("A new project has nothing in it yet.", 'Begin it with upload_images(project="new").')

        def work(db: sqlite3.Connection) -> Project:
            current = self._current(db)
            if wanted == NEW:
                row = self._insert(db, None)
            elif wanted:
                row = self._find(db, wanted)
            else:
                row = current or self._insert(db, None)
            # Most calls read, and a write would have them wait for one another.
            if current is None or current["id"] != row["id"]:
                self._make_current(db, row["id"])
            return _project(row)

        return await self._database.run(work)

    async def find(self, wanted: str) -> Project:
        """A project by id or exact name, without making it the current one. Raises BadInput as `resolve` does."""
        return await self._database.run(lambda db: _project(self._find(db, wanted)))

    async def peek(self, wanted: str | None) -> Project | None:
        """The project that a call means, with nothing made or opened; None where there is none yet. Raises BadInput as
        `resolve` does."""

        def work(db: sqlite3.Connection) -> Project | None:
            row = self._find(db, wanted.strip()) if wanted else self._current(db)
            return _project(row) if row else None

        return await self._database.run(work)

    async def by_id(self, id: str) -> Project:
        """Raises BadInput when there is none."""
        return await self.find(id)

    async def create(self, name: str | None, *, current: bool = True) -> Project:
        """A new project, ``current`` from now on. Raises BadInput when the name is taken or not a name."""
        clean = clean_name(name) if name else None

        def work(db: sqlite3.Connection) -> Project:
            if clean and self._named(db, clean):
                raise BadInput(f'There is a project called "{clean}" already.', "Open it, or choose another name.")
            row = self._insert(db, clean)
            if current:
                self._make_current(db, row["id"])
            return _project(row)

        return await self._database.run(work)

    async def adopt(self, session_id: str, task_id: str | None, name: str, capabilities: frozenset[str]) -> None:
        """Record a project that the backend has and we did not know."""

        def work(db: sqlite3.Connection) -> None:
            known = db.execute(
                "SELECT id FROM projects WHERE origin = ? AND session_id = ?", (self._origin, session_id)
            ).fetchone()
            if known is None:
                row = self._insert(db, name or None)
                self._link(db, row["id"], session_id, task_id, capabilities)

        await self._database.run(work)

    async def link(
        self,
        id: str,
        session_id: str,
        task_id: str | None,
        capabilities: Sequence[str],
        *,
        instead_of: str | None = None,
    ) -> Project:
        """The project with its session on the backend: this one, unless another process was faster.

        It replaces the session ``instead_of`` (None: there was none) and no other.
        """

        def work(db: sqlite3.Connection) -> Project:
            row = self._find(db, id)
            if row["session_id"] == instead_of:
                self._link(db, id, session_id, task_id, frozenset(capabilities))
            return _project(self._find(db, id))

        return await self._database.run(work)

    async def rename(self, id: str, name: str) -> Project:
        clean = clean_name(name)

        def work(db: sqlite3.Connection) -> Project:
            if any(row["id"] != id for row in self._named(db, clean)):
                raise BadInput(f'There is a project called "{clean}" already.', "Choose another name.")
            db.execute("UPDATE projects SET name = ?, updated = ? WHERE id = ?", (clean, time.time(), id))
            return _project(self._find(db, id))

        return await self._database.run(work)

    async def delete(self, id: str, then: str | None = None) -> None:
        """Forget a project. ``then`` is the project that becomes the current one."""

        def work(db: sqlite3.Connection) -> None:
            db.execute("DELETE FROM projects WHERE id = ?", (id,))
            db.execute("DELETE FROM current WHERE project = ?", (id,))
            if then is not None:
                self._make_current(db, then)

        await self._database.run(work)

    async def touch(self, id: str) -> None:
        await self._database.run(
            lambda db: db.execute("UPDATE projects SET updated = ? WHERE id = ?", (time.time(), id))
        )

    async def all(self) -> list[Project]:
        """Every project, the last used first."""

        def work(db: sqlite3.Connection) -> list[Project]:
            rows = db.execute(
                "SELECT * FROM projects WHERE origin = ? AND identity = ? ORDER BY updated DESC",
                (self._origin, self._identity),
            )
            return [_project(row) for row in rows]

        return await self._database.run(work)

    async def current_id(self) -> str | None:
        def work(db: sqlite3.Connection) -> str | None:
            row = self._current(db)
            return row["id"] if row else None

        return await self._database.run(work)

    async def pool(self, id: str) -> list[PoolFile]:
        """The files that went into a project through this server, in order."""
        return await self._database.run(lambda db: pool_of(db, id))

    async def remember(self, id: str, summary: str) -> None:
        """Keep the film's summary."""
        await self._database.run(lambda db: db.execute("UPDATE projects SET summary = ? WHERE id = ?", (summary, id)))

    async def empty_pool(self, id: str) -> None:
        await self._database.run(lambda db: db.execute("DELETE FROM media WHERE project = ?", (id,)))

    async def add_to_pool(self, id: str, file: PoolFile, place: float | None = None) -> None:
        """Record a file, behind those with a smaller ``place`` (seconds since the epoch; now if None).

        Raises:
            BadInput: the project was deleted meanwhile.
        """

        def work(db: sqlite3.Connection) -> None:
            names = tuple(PoolFile.__dataclass_fields__)
            marks = ", ".join("?" * (len(names) + 2))
            self._find(db, id)
            db.execute(
                f"INSERT INTO media (project, added, {', '.join(names)}) VALUES ({marks})",
                (id, time.time() if place is None else place, *(getattr(file, name) for name in names)),
            )

        await self._database.run(work)

    def _find(self, db: sqlite3.Connection, wanted: str) -> sqlite3.Row:
        row: sqlite3.Row | None = db.execute(
            "SELECT * FROM projects WHERE id = ? AND origin = ? AND identity = ?",
            (wanted, self._origin, self._identity),
        ).fetchone()
        if row is not None:
            return row
        rows = self._named(db, wanted)
        if len(rows) > 1:
            ids = ", ".join(r["id"] for r in rows)
            raise BadInput(f'Several projects are called "{wanted}".', f"Name one by its id: {ids}.")
        if not rows:
            raise BadInput(
                f'There is no project "{wanted}".',
                'Use projects(action="list") to see them, or project="new" for a new film.',
            )
        return rows[0]

    def _named(self, db: sqlite3.Connection, name: str) -> list[sqlite3.Row]:
        rows = db.execute(
            "SELECT * FROM projects WHERE origin = ? AND identity = ?", (self._origin, self._identity)
        ).fetchall()
        exact = [row for row in rows if row["name"] == name]
        return exact or [row for row in rows if row["name"].casefold() == name.casefold()]

    def _current(self, db: sqlite3.Connection) -> sqlite3.Row | None:
        row: sqlite3.Row | None = db.execute(
            "SELECT projects.* FROM projects JOIN current ON current.project = projects.id "
            "WHERE current.origin = ? AND current.identity = ?",
            (self._origin, self._identity),
        ).fetchone()
        return row

    def _make_current(self, db: sqlite3.Connection, id: str) -> None:
        db.execute("INSERT OR REPLACE INTO current VALUES (?, ?, ?)", (self._origin, self._identity, id))

    def _insert(self, db: sqlite3.Connection, name: str | None) -> sqlite3.Row:
        id, now = mint("film"), time.time()
        if name is None:
            taken = {row["name"] for row in db.execute("SELECT name FROM projects WHERE origin = ?", (self._origin,))}
            number = 1
            while (name := f"Film {number}") in taken:
                number += 1
        db.execute(
            "INSERT INTO projects (id, origin, identity, name, created, updated) VALUES (?, ?, ?, ?, ?, ?)",
            (id, self._origin, self._identity, name, now, now),
        )
        row: sqlite3.Row = db.execute("SELECT * FROM projects WHERE id = ?", (id,)).fetchone()
        return row

    def _link(
        self, db: sqlite3.Connection, id: str, session_id: str, task_id: str | None, capabilities: frozenset[str]
    ) -> None:
        db.execute(
            "UPDATE projects SET session_id = ?, task_id = ?, capabilities = ?, updated = ? WHERE id = ?",
            (session_id, task_id, dump(sorted(capabilities)), time.time(), id),
        )


def pool_of(db: sqlite3.Connection, id: str) -> list[PoolFile]:
    """See `Projects.pool`."""
    rows = db.execute("SELECT * FROM media WHERE project = ? ORDER BY added, id", (id,))
    return [PoolFile(**{name: row[name] for name in PoolFile.__dataclass_fields__}) for row in rows]


def _project(row: sqlite3.Row) -> Project:
    return Project(
        id=row["id"],
        name=row["name"],
        session_id=row["session_id"],
        task_id=row["task_id"],
        capabilities=frozenset(json.loads(row["capabilities"])),
        updated=row["updated"],
        summary=row["summary"],
    )


def clean_name(name: str) -> str:
    """A project's name without surplus spaces. Raises BadInput when it cannot be one."""
    clean = " ".join(name.split())
    if not clean or len(clean) > 100 or clean.casefold() == NEW:
        raise BadInput(
            "That cannot be a project's name.", 'Use 1 to 100 characters; "new" is kept for making a new project.'
        )
    return clean
