"""Making the films of a plan one after the other, each as a durable job of its own; what is ready is left as it is."""

from __future__ import annotations

import math
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import anyio
import anyio.to_thread

from nemovideo_mcp.api.errors import BadInput, NemoError
from nemovideo_mcp.cli.batch.ledger import Ledger, Standing, fingerprint, inputs_of, is_film
from nemovideo_mcp.cli.batch.plan import Planned
from nemovideo_mcp.cli.batch.show import Show
from nemovideo_mcp.server.files import find_files
from nemovideo_mcp.server.ids import mint
from nemovideo_mcp.server.jobs.batch import ENDS_ALL, carried
from nemovideo_mcp.server.jobs.journal import Job
from nemovideo_mcp.server.parts import is_url
from nemovideo_mcp.server.projects import NEW
from nemovideo_mcp.server.services import Services

_FACTS = {
    "seconds": "duration_seconds",
    "size_bytes": "size_bytes",
    "width": "width",
    "height": "height",
    "sha256": "sha256",
}
_OUTCOME = ("reply", "changes", "not_understood", "skipped", "edit_warnings", "warnings", "credits_spent")


@dataclass(frozen=True, slots=True)
class Todo:
    """A film of the plan and how it stands. ``record`` is its new record, ``old`` the one of the run before."""

    film: Planned
    standing: Standing
    record: dict[str, Any]
    old: dict[str, Any]


def look(films: Sequence[Planned], ledger: Ledger, services: Services, *, again: bool) -> list[Todo]:
    """How each film stands: by its inputs and words, as they are now and as they were, and by its file.

    Raises:
        BadInput: an input cannot be read.
    """
    return [_standing(film, ledger, services, again=again) for film in films]


def _standing(film: Planned, ledger: Ledger, services: Services, *, again: bool) -> Todo:
    old = ledger.records.get(film.name, {})
    paths = [name for name in film.media if not is_url(name)] + ([film.music] if film.music else [])
    try:
        files = [path.absolute() for path in find_files(paths, services.options)[0]]
        inputs = inputs_of(files, old.get("inputs", ()))
    except OSError as error:
        raise BadInput(f"{film.name}: {error.filename} cannot be read: {error.strerror}.") from None
    urls = [name for name in film.media if is_url(name)]
    content = [[Path(file["path"]).name, file["sha256"]] for file in inputs]
    record = {
        "name": film.name,
        "status": "left",
        "file": None,
        "instruction": film.instruction,
        "aspect": film.aspect,
        "music": film.music,
        **film.wish,
        "inputs": inputs,
        "made_of": fingerprint(content, urls, film.instruction, film.operations, bool(film.music)),
        "made_as": fingerprint(film.filename, dict(film.wish)),
    }
    record["replaces"] = _replaced(old, ledger)
    same = not again and all(record[key] == old.get(key) for key in ("made_of", "made_as"))
    if same and old.get("status") == "ready" and ledger.file_of(old) is not None:
        return Todo(film, "ready", old | {"inputs": inputs}, old)
    return Todo(film, "unfinished" if same and old.get("job") else "new", record, old)


def _replaced(old: dict[str, Any], ledger: Ledger) -> dict[str, Any] | None:
    """The film of the run before, which a new one takes the place of; nothing else is ever replaced."""
    if old.get("status") == "ready" and ledger.file_of(old) is not None:
        return {key: old[key] for key in ("file", "size_bytes", "sha256")}
    return old.get("replaces")


def _not_begun(todo: Todo) -> dict[str, Any]:
    """What is written of a film until it is begun: what the run before had of it must not be lost when this one is killed."""
    if todo.standing == "ready":
        return todo.record
    kept = {key: todo.old[key] for key in ("job", "job_before", "made_of", "made_as") if key in todo.old}
    return todo.record | kept


class Batch:
    """``keep_going`` is whether a film that fails stops no other."""

    def __init__(self, services: Services, ledger: Ledger, show: Show, *, again: bool, keep_going: bool) -> None:
        self._services, self._ledger, self._show = services, ledger, show
        self._again, self._keep_going = again, keep_going
        self.stopped: str | None = None
        """Why it ended before its last film, if it did."""

    async def run(self, todos: Sequence[Todo]) -> None:
        """Make what is to be made. The ledger is written before and after each film.

        Raises:
            LedgerError: it cannot be written.
        """
        for record in self._ledger.records.values():
            if record["name"] not in {todo.film.name for todo in todos}:
                await self._drop(record)
        self._ledger.records = {todo.film.name: _not_begun(todo) for todo in todos}
        await self._save("running")
        for todo in todos:
            if todo.standing == "ready":
                continue
            if self.stopped is not None:
                self._ledger.records[todo.film.name]["error"] = "Not begun."
                continue
            await self._film(todo)
        await self._save("stopped" if self.stopped else "done")

    async def _film(self, todo: Todo) -> None:
        name, record = todo.film.name, todo.record
        self._show.begin(name)
        try:
            job = await self._job(todo)
            snapshot = await self._services.jobs.watch(job.id, math.inf, self._told)
            await self._settle(todo, snapshot.job)
        except NemoError as error:
            record = record if "job" in record else self._ledger.records[name]
            record |= {"status": "failed", "error": f"{error} {error.next_step}".strip()}
        self._ledger.records[name] = record
        if record.get("error_type") in ENDS_ALL:
            record["status"] = "left"
            self.stopped = record["error"]
        elif record["status"] == "failed" and not self._keep_going:
            self.stopped = f"{name} failed."
        await self._save("running")
        self._show.end(record)

    async def _told(self, share: float, words: str) -> None:
        self._show.progress(share, words)

    async def _job(self, todo: Todo) -> Job:
        """The job that makes the film: the one of the run before if it is open, else a new one that begins with what that one
        had done. Its id is in the ledger before it is in the journal: however a run ends, the next one finds it."""
        record, old = todo.record, todo.old
        before = await self._before(old)
        same = not self._again and record["made_of"] == old.get("made_of")
        if before is not None and not before.ended:
            if todo.standing == "unfinished":
                record |= {"job": before.id, "status": "running"}
                await self._begun(record)
                return before
            await self._services.jobs.cancel(before.id)
            before = await self._services.journal.get(before.id)
        if (
            before is not None
            and todo.standing == "unfinished"
            and before.status == "completed"
            and await anyio.to_thread.run_sync(self._made, before, old)
        ):
            # It had ended before its end could be written down here.
            record["job"] = before.id
            return before
        # Until the new job is in the journal, what the one before had done is known by its own id.
        record |= {"job": mint("batch"), "job_before": before.id if before and same else None, "status": "running"}
        await self._begun(record)
        item = await self._item(todo.film, before if same else None)
        wish = {**todo.film.wish, "filename": todo.film.filename, "folder": str(self._ledger.folder)}
        return await self._services.jobs.start("batch", None, {"items": [item], **wish}, record["job"])

    async def _before(self, old: dict[str, Any]) -> Job | None:
        for id in (old.get("job"), old.get("job_before")):
            if id:
                with suppress(BadInput):  # another data folder, or it was never begun
                    return await self._services.journal.get(id)
        return None

    def _made(self, job: Job, old: dict[str, Any]) -> bool:
        made = _item_of(job)
        wanted = old.get("replaces")
        places = [Path(made["path"])] + ([self._ledger.folder / wanted["file"]] if wanted else [])
        return any(is_film(path, made.get("size_bytes"), made.get("sha256")) for path in places)

    async def _item(self, film: Planned, before: Job | None) -> dict[str, Any]:
        """The item of a one-film batch, in the project of the run before where there is one to go on with."""
        kept: dict[str, Any] = {}
        about: dict[str, Any] | None = None
        if before is not None:
            with suppress(BadInput):  # its project was deleted meanwhile
                project = await self._services.projects.by_id(before.params["items"][0]["project"]["id"])
                about = {"id": project.id, "name": project.name}
                kept = carried(_item_of(before))
        if about is None:
            project = await self._services.projects.create(await self._free(film.name), current=False)
            about = {"id": project.id, "name": project.name}
        return {
            "project": about,
            "media": list(film.media),
            "instruction": film.instruction,
            "operations": film.operations,
            "music": film.music,
            "before": kept,
        }

    async def _free(self, name: str) -> str:
        taken = {NEW, *(project.name.casefold() for project in await self._services.projects.all())}
        free, number = name[:90], 2
        while free.casefold() in taken:
            free, number = f"{name[:90]} ({number})", number + 1
        return free

    async def _settle(self, todo: Todo, job: Job) -> None:
        """What a job came to, in the film's record."""
        record, made = todo.record, _item_of(job)
        record |= {key: made[key] for key in _OUTCOME if made.get(key) is not None}
        if made.get("status") != "completed":
            error = (job.error or {}).get("message") or made.get("error") or job.message
            record |= {"status": "failed", "error": error, "error_type": made.get("error_type")}
            return
        record |= {key: made.get(name) for key, name in _FACTS.items()}
        path = await anyio.to_thread.run_sync(partial(self._in_place, Path(made["path"]), record))
        if path != Path(made["path"]):
            await self._services.journal.moved(made["path"], str(path))
        record |= {"status": "ready", "file": path.name, "ended": job.finished}
        for key in ("replaces", "job_before"):
            record.pop(key, None)

    def _in_place(self, path: Path, record: dict[str, Any]) -> Path:
        """Where the new film is, having taken the place of the old one: that is ours, and nobody has changed it since."""
        old = record.get("replaces")
        if not old:
            return path
        place: Path = self._ledger.folder / old["file"]
        if not path.exists() and is_film(place, record["size_bytes"], record["sha256"]):
            return place  # a run before this one had come as far as here
        if place == path or place.suffix != path.suffix or self._ledger.file_of(old) is None:
            return path
        try:
            return path.replace(place)
        except OSError:
            return path  # it is being watched, on a system that then lets nobody move it

    async def _drop(self, record: dict[str, Any]) -> None:
        """A film that is no longer asked for is not made."""
        job = await self._before(record)
        if job is not None and not job.ended:
            with suppress(BadInput):
                await self._services.jobs.cancel(job.id)

    async def _begun(self, record: dict[str, Any]) -> None:
        self._ledger.records[record["name"]] = record
        await self._save("running")

    async def _save(self, status: str) -> None:
        await anyio.to_thread.run_sync(self._ledger.save, status)


def _item_of(job: Job) -> dict[str, Any]:
    """The record of the one film of a job, as far as it came."""
    items = (job.result or {}).get("items") or job.checkpoint.get("items") or [{}]
    item: dict[str, Any] = items[0]
    return item
