"""Projects (the API calls them sessions), their media and the versions of their timeline."""

from __future__ import annotations

import json
import secrets
import sqlite3
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from nemovideo_mcp.media.formats import FORMATS
from nemovideo_mcp.media.info import MediaInfo
from nemovideo_mcp.studio.database import Database
from nemovideo_mcp.studio.files import Files, remove
from nemovideo_mcp.studio.refusals import no_session
from nemovideo_mcp.timeline.draft import Draft, encode
from nemovideo_mcp.timeline.model import Media, MediaKind, Timeline

UNNAMED = "project"
"""The name of a project that its maker gave none: the API's default."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """Times are epoch seconds."""

    session_id: str
    task_id: str
    user_id: str
    name: str
    language: str
    created: float
    updated: float


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredMedia:
    """One file of a project's pool. Pixels as a person sees them, ``size`` in bytes, ``fps`` 0 for a picture."""

    id: str
    name: str
    kind: MediaKind
    format: str
    mime: str
    width: int
    height: int
    duration_ms: int
    fps: float
    sha256: str
    size: int
    suffix: str
    created: float
    beats_ms: tuple[int, ...] = ()
    """The beats of music, in ms of the file, when they are certain."""
    taken_at: str | None = None
    place: str | None = None
    """When and where it was taken; see `media.info.MediaInfo`."""
    already_there: bool = False
    """Whether an upload met content that the project had before."""

    @property
    def media(self) -> Media:
        """As the timeline knows it."""
        return Media(
            id=self.id,
            name=self.name,
            kind=self.kind,
            width=self.width,
            height=self.height,
            duration_ms=self.duration_ms if self.kind != "image" else 0,
            beats_ms=self.beats_ms,
            taken_at=self.taken_at,
            place=self.place,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """What one edit made of the timeline. Number 0 is the empty one that every project begins with."""

    n: int
    instruction: str
    draft: Draft
    created: float
    restores: int | None = None
    """The version whose film this is again, when it came of going back or forth."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """A spooled file that was looked into and is to be stored."""

    name: str
    path: Path
    info: MediaInfo
    beats_ms: tuple[int, ...] = ()


class Conflict(Exception):
    """Another edit made a version in the meantime."""


class Projects:
    def __init__(self, database: Database, files: Files) -> None:
        self._database = database
        self._files = files

    async def create(self, user_id: str, name: str, language: str) -> Project:
        now = time.time()
        project = Project(
            session_id="ses_" + secrets.token_hex(12),
            task_id="task_" + secrets.token_hex(12),
            user_id=user_id,
            name=name,
            language=language,
            created=now,
            updated=now,
        )

        def work(db: sqlite3.Connection) -> None:
            columns = "session_id, task_id, user_id, name, language, created, updated"
            row = (project.session_id, project.task_id, user_id, name, language, now, now)
            db.execute(f"INSERT INTO projects ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?)", row)

        await self._database.run(work)
        return project

    async def get(self, user_id: str, session_id: str) -> Project:
        """
        Raises:
            Refused: 1002, there is no such project, or it is another user's.
        """
        return await self._database.read(lambda db: _project(db, user_id, session_id))

    async def of_user(self, user_id: str) -> list[Project]:
        """The user's projects, the one that changed last first."""

        def work(db: sqlite3.Connection) -> list[Project]:
            query = "SELECT * FROM projects WHERE user_id = ? ORDER BY updated DESC, rowid DESC"
            return [Project(**row) for row in db.execute(query, (user_id,))]

        return await self._database.read(work)

    async def rename(self, user_id: str, session_id: str, name: str) -> Project:
        """
        Raises:
            Refused: 1002.
        """

        def work(db: sqlite3.Connection) -> Project:
            project = replace(_project(db, user_id, session_id), name=name, updated=time.time())
            row = (project.name, project.updated, session_id)
            db.execute("UPDATE projects SET name = ?, updated = ? WHERE session_id = ?", row)
            return project

        return await self._database.run(work)

    async def delete(self, user_id: str, session_id: str) -> None:
        """Remove the project with its versions, renders and films, and the media that no other project uses.

        Raises:
            Refused: 1002.
        """

        def work(db: sqlite3.Connection) -> None:
            _project(db, user_id, session_id)
            stored = db.execute("SELECT sha256, suffix FROM media WHERE session_id = ?", (session_id,)).fetchall()
            films = db.execute("SELECT id FROM renders WHERE session_id = ?", (session_id,)).fetchall()
            db.execute("DELETE FROM projects WHERE session_id = ?", (session_id,))
            used = "SELECT 1 FROM media WHERE sha256 = ? AND suffix = ?"
            unused = [row for row in stored if db.execute(used, tuple(row)).fetchone() is None]
            # Inside the transaction: an upload of the same content in another process waits for the write lock.
            made = [path for row in films for path in self._files.films(row["id"])]
            remove([self._files.media(*row) for row in unused] + made)

        await self._database.run(work)

    async def store(
        self, session_id: str, incoming: Sequence[Incoming], position: int | None = None
    ) -> list[StoredMedia]:
        """Take spooled files into the project's pool, all or none; content that is there already is not stored twice.

        ``position`` sorts them among the others; without one they come last.

        Raises:
            Refused: 1002, the project was deleted meanwhile.
        """

        def work(db: sqlite3.Connection) -> list[StoredMedia]:
            if db.execute("SELECT 1 FROM projects WHERE session_id = ?", (session_id,)).fetchone() is None:
                raise no_session()
            stored = [self._store(db, session_id, item, position) for item in incoming]
            _touch(db, session_id, time.time())
            return stored

        return await self._database.run(work)

    def _store(self, db: sqlite3.Connection, session_id: str, item: Incoming, position: int | None) -> StoredMedia:
        info = item.info
        query = "SELECT * FROM media WHERE session_id = ? AND sha256 = ?"
        if row := db.execute(query, (session_id, info.sha256)).fetchone():
            # What was uploaded before dates were read has none yet.
            db.execute(
                "UPDATE media SET taken_at = ?, place = ? WHERE session_id = ? AND id = ?",
                (info.taken_at, info.place, session_id, row["id"]),
            )
            return replace(_media(row), already_there=True, taken_at=info.taken_at, place=info.place)
        media = StoredMedia(
            id=f"md_{info.sha256[:16]}",
            name=item.name,
            kind=info.kind,
            format=info.format,
            mime=info.mime,
            width=info.width,
            height=info.height,
            duration_ms=info.duration_ms,
            fps=info.fps,
            sha256=info.sha256,
            size=info.size_bytes,
            suffix=FORMATS[info.format].suffix,
            created=time.time(),
            beats_ms=item.beats_ms,
            taken_at=info.taken_at,
            place=info.place,
        )
        self._files.adopt(item.path, media.sha256, media.suffix)
        if position is None:
            query = "SELECT coalesce(max(position), 0) + 1 AS next FROM media WHERE session_id = ?"
            position = db.execute(query, (session_id,)).fetchone()["next"]
        row = (
            session_id, media.id, position, media.name, media.kind, media.format, media.mime, media.width, media.height,
            media.duration_ms, media.fps, media.sha256, media.size, media.suffix, media.created, json.dumps(media.beats_ms), media.taken_at,
            media.place,
        )  # fmt: skip
        db.execute(f"INSERT INTO media VALUES ({', '.join('?' * len(row))})", row)
        return media

    async def media(self, session_id: str) -> list[StoredMedia]:
        """The project's pool, in upload order."""

        return await self._database.read(lambda db: _pool(db, session_id))

    async def latest(self, session_id: str) -> Version:
        """The version that is the timeline now."""
        return await self._database.read(lambda db: _latest(db, session_id))

    async def now(self, user_id: str, session_id: str) -> tuple[Project, Version, list[StoredMedia]]:
        """A project with its timeline and its pool, of one moment and in one look.

        Raises:
            Refused: 1002.
        """
        return await self._database.read(
            lambda db: (_project(db, user_id, session_id), _latest(db, session_id), _pool(db, session_id))
        )

    async def versions(self, session_id: str) -> list[Version]:
        """All versions, the oldest (number 0, the empty timeline) first."""

        def work(db: sqlite3.Connection) -> list[Version]:
            query = "SELECT * FROM versions WHERE session_id = ? ORDER BY n"
            return [EMPTY, *(_version(row) for row in db.execute(query, (session_id,)))]

        return await self._database.read(work)

    async def add_version(
        self, session_id: str, after: int, instruction: str, draft: Draft, restores: int | None = None
    ) -> Version:
        """The version that follows number ``after``.

        Raises:
            Conflict: ``after`` is no longer the latest.
            Refused: 1002, the project was deleted meanwhile.
        """
        version = Version(n=after + 1, instruction=instruction, draft=draft, created=time.time(), restores=restores)

        def work(db: sqlite3.Connection) -> None:
            if db.execute("SELECT 1 FROM projects WHERE session_id = ?", (session_id,)).fetchone() is None:
                raise no_session()
            query = "SELECT coalesce(max(n), 0) AS latest FROM versions WHERE session_id = ?"
            if db.execute(query, (session_id,)).fetchone()["latest"] != after:
                raise Conflict
            row = (session_id, version.n, instruction, json.dumps(draft, ensure_ascii=False), version.created, restores)
            columns = "session_id, n, instruction, draft, created, restores"
            db.execute(f"INSERT INTO versions ({columns}) VALUES (?, ?, ?, ?, ?, ?)", row)
            _touch(db, session_id, version.created)

        await self._database.run(work)
        return version


EMPTY = Version(n=0, instruction="", draft=encode(Timeline()), created=0.0)
"""The timeline of a project before its first edit."""


def _project(db: sqlite3.Connection, user_id: str, session_id: str) -> Project:
    query = "SELECT * FROM projects WHERE session_id = ? AND user_id = ?"
    row = db.execute(query, (session_id, user_id)).fetchone()
    if row is None:
        raise no_session()
    return Project(**row)


def _latest(db: sqlite3.Connection, session_id: str) -> Version:
    query = "SELECT * FROM versions WHERE session_id = ? ORDER BY n DESC LIMIT 1"
    row = db.execute(query, (session_id,)).fetchone()
    return _version(row) if row else EMPTY


def _pool(db: sqlite3.Connection, session_id: str) -> list[StoredMedia]:
    query = "SELECT * FROM media WHERE session_id = ? ORDER BY position, rowid"
    return [_media(row) for row in db.execute(query, (session_id,))]


def _media(row: sqlite3.Row) -> StoredMedia:
    values: dict[str, Any] = dict(row)
    del values["session_id"], values["position"]
    return StoredMedia(**values | {"beats_ms": tuple(json.loads(values.pop("beats")))})


def _version(row: sqlite3.Row) -> Version:
    return Version(
        n=row["n"],
        instruction=row["instruction"],
        draft=json.loads(row["draft"]),
        created=row["created"],
        restores=row["restores"],
    )


def _touch(db: sqlite3.Connection, session_id: str, now: float) -> None:
    db.execute("UPDATE projects SET updated = ? WHERE session_id = ?", (now, session_id))
