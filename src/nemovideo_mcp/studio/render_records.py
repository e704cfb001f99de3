"""The renders as records: what was asked for, how far it is, what came out."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from nemovideo_mcp.media.formats import FilmFormat
from nemovideo_mcp.studio.database import Database
from nemovideo_mcp.studio.refusals import duplicate_render, no_session, not_found
from nemovideo_mcp.studio.render.job import Quality, RenderResult
from nemovideo_mcp.timeline.draft import Draft

Status = Literal["pending", "processing", "completed", "failed", "cancelled"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderOptions:
    """How a film is to be rendered; None is what the draft's canvas says, or no limit. Pixels, frames a second,
    bits a second, bytes."""

    format: FilmFormat = "mp4"
    quality: Quality = "high"
    width: int | None = None
    height: int | None = None
    fps: int | None = None
    max_bitrate: int | None = None
    max_bytes: int | None = None
    filename: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderRecord:
    """One render. ``progress`` is from 0 to 1, times are epoch seconds, ``size`` is in bytes."""

    id: str
    session_id: str
    user_id: str
    draft: Draft
    options: RenderOptions
    status: Status
    progress: float
    message: str
    """What the renderer is doing, for a person."""
    duration_ms: int | None
    width: int | None
    height: int | None
    size: int | None
    fps: int | None
    frames: int | None
    has_audio: bool | None
    notes: tuple[str, ...]
    error: str | None
    created: float
    finished: float | None


class RenderRecords:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, id: str, session_id: str, user_id: str, draft: Draft, options: RenderOptions) -> None:
        """
        Raises:
            Refused: 409, a render with this id was accepted before; 1002, the project was deleted meanwhile.
        """
        given = {name: getattr(options, name) for name in RenderOptions.__dataclass_fields__}
        texts = json.dumps(draft, ensure_ascii=False), json.dumps(given)

        def work(db: sqlite3.Connection) -> None:
            if db.execute("SELECT 1 FROM renders WHERE id = ?", (id,)).fetchone():
                raise duplicate_render(id)
            if db.execute("SELECT 1 FROM projects WHERE session_id = ?", (session_id,)).fetchone() is None:
                raise no_session()
            columns = "id, session_id, user_id, draft, options, status, created"
            row = (id, session_id, user_id, *texts, "pending", time.time())
            db.execute(f"INSERT INTO renders ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?)", row)

        await self._database.run(work)

    async def exists(self, id: str) -> bool:
        query = "SELECT 1 FROM renders WHERE id = ?"
        return await self._database.read(lambda db: db.execute(query, (id,)).fetchone() is not None)

    async def get(self, user_id: str, id: str) -> RenderRecord:
        """
        Raises:
            Refused: 404, there is no such render, or it is another user's.
        """

        def work(db: sqlite3.Connection) -> RenderRecord:
            row = db.execute("SELECT * FROM renders WHERE id = ? AND user_id = ?", (id, user_id)).fetchone()
            if row is None:
                raise not_found(f"There is no render {id}.")
            return _record(row)

        return await self._database.read(work)

    async def open(self) -> list[RenderRecord]:
        """All renders that are not finished, of every user, the oldest first."""

        def work(db: sqlite3.Connection) -> list[RenderRecord]:
            query = "SELECT * FROM renders WHERE finished IS NULL ORDER BY created, rowid"
            return [_record(row) for row in db.execute(query)]

        return await self._database.read(work)

    async def ahead(self, record: RenderRecord) -> int:
        """How many unfinished renders of the same session were there before this one."""

        def work(db: sqlite3.Connection) -> int:
            query = (
                "SELECT count(*) AS n FROM renders WHERE session_id = ? AND finished IS NULL "
                "AND rowid < (SELECT rowid FROM renders WHERE id = ?)"
            )
            n: int = db.execute(query, (record.session_id, record.id)).fetchone()["n"]
            return n

        return await self._database.read(work)

    async def begin(self, id: str) -> bool:
        """Mark as being worked on, from the start; False when it was finished or cancelled meanwhile."""
        return await self._update(id, "status = 'processing', progress = 0, message = ''", ())

    async def advance(self, id: str, progress: float, message: str) -> bool:
        """Note the progress; False when the render was cancelled or deleted and the work is to stop."""
        return await self._update(id, "progress = ?, message = ?", (progress, message))

    async def complete(self, id: str, result: RenderResult) -> bool:
        """Note the result; False when the render was cancelled or deleted meanwhile, and the film is not wanted."""
        values = (
            result.duration_ms, result.width, result.height, result.size_bytes, result.fps, result.frames,
            result.has_audio, json.dumps(list(result.notes)), time.time(),
        )  # fmt: skip
        columns = "duration_ms = ?, width = ?, height = ?, size = ?, fps = ?, frames = ?, has_audio = ?, notes = ?, finished = ?"
        return await self._update(id, f"status = 'completed', progress = 1, message = '', {columns}", values)

    async def fail(self, id: str, reason: str) -> bool:
        return await self._update(id, "status = 'failed', error = ?, finished = ?", (reason, time.time()))

    async def cancel(self, id: str) -> bool:
        """False when it was finished already."""
        return await self._update(id, "status = 'cancelled', finished = ?", (time.time(),))

    async def open_of(self, session_id: str) -> list[str]:
        """The ids of a session's unfinished renders."""

        def work(db: sqlite3.Connection) -> list[str]:
            query = "SELECT id FROM renders WHERE session_id = ? AND finished IS NULL"
            return [row["id"] for row in db.execute(query, (session_id,))]

        return await self._database.read(work)

    async def _update(self, id: str, what: str, values: tuple[Any, ...]) -> bool:
        # Only what is unfinished changes: whoever finishes or cancels first has decided, in whichever process.
        query = f"UPDATE renders SET {what} WHERE id = ? AND finished IS NULL"
        return await self._database.run(lambda db: db.execute(query, (*values, id)).rowcount == 1)


def _record(row: sqlite3.Row) -> RenderRecord:
    values: dict[str, Any] = dict(row)
    options: Mapping[str, Any] = json.loads(values.pop("options"))
    known = {name: value for name, value in options.items() if name in RenderOptions.__dataclass_fields__}
    draft, notes = json.loads(values.pop("draft")), json.loads(values.pop("notes"))
    heard = values.pop("has_audio")
    return RenderRecord(
        **values,
        has_audio=None if heard is None else bool(heard),
        draft=draft,
        options=RenderOptions(**known),
        notes=tuple(notes),
    )
