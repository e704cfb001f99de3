"""Running jobs: started by a call, outliving it, taken up again by the next process.

A job's work is a function in a table by kind. It gets a `Run`: the job's parameters, its checkpoint, and a way to tell how
far it is. Calls never hold a job; they subscribe to it for a bounded time.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import anyio
import anyio.abc
from filelock import FileLock, Timeout

from nemovideo_mcp.api.errors import BadInput, NemoError
from nemovideo_mcp.server.jobs.journal import Job, Journal, Status

log = logging.getLogger("nemovideo_mcp.jobs")

Work = Callable[["Run"], Awaitable[dict[str, Any]]]
"""Does a job and returns its result; raises NemoError when it fails."""


class Crashed(NemoError):
    """A fault of ours, not of what was asked; the log has the details."""


LOOK_AT_OTHERS_SECONDS = 0.5
"""How often a job that another process runs is looked at."""
STOPPING = "The server is being stopped; the work goes on when it runs again."
WRITE_PROGRESS_SECONDS = 0.5
"""Progress goes to the journal at most this often; subscribers in this process hear all of it."""


@dataclass
class _Live:
    """A job that this process runs."""

    job: Job
    begun: bool = False
    """Whether a call of this process began it; else it was taken up."""
    scope: anyio.CancelScope = field(default_factory=anyio.CancelScope)
    changed: anyio.Event = field(default_factory=anyio.Event)
    progress: float = 0.0
    message: str = "Connecting…"
    status: Status = "running"
    sign: float = field(default_factory=time.monotonic)
    cancelled: bool = False
    if_cancelled: str = "Cancelled."
    left_open: NemoError | None = None
    """Why the run ended although the job did not."""
    written: float = 0.0
    asked: dict[str, Any] = field(default_factory=dict)
    """What the host is asked and has not answered yet, by key."""
    answers: dict[str, Any] = field(default_factory=dict)

    def announce(self) -> None:
        self.changed.set()
        self.changed = anyio.Event()


class Run:
    """What the work of a job sees of it."""

    def __init__(self, live: _Live, journal: Journal) -> None:
        self._live = live
        self._journal = journal
        self.id = live.job.id
        self.kind = live.job.kind
        self.project = live.job.project or ""
        self.params = live.job.params
        self.checkpoint = dict(live.job.checkpoint)

    async def save(self, **values: Any) -> None:
        """Write values to the checkpoint, on disk before this returns: the next process goes on from there."""
        self.checkpoint.update(values)
        await self._journal.write(self.id, checkpoint=self.checkpoint)

    async def tell(self, progress: float | None = None, message: str | None = None) -> None:
        """How far the job is, from 0 to 1 (never backwards), and what it is doing, for a person."""
        live = self._live
        live.sign = time.monotonic()
        live.progress = max(live.progress, min(1.0, progress or 0.0))
        new_words = message is not None and message != live.message
        live.message = message or live.message
        live.announce()
        if new_words or live.sign - live.written >= WRITE_PROGRESS_SECONDS:
            live.written = live.sign
            await self._journal.write(self.id, progress=live.progress, message=live.message)

    @property
    def cancelled(self) -> bool:
        """Whether the user cancelled the job; otherwise a cancellation means that the process stops."""
        return self._live.cancelled

    def if_cancelled(self, words: str) -> None:
        """What the user is told when the job is cancelled from here on."""
        self._live.if_cancelled = words

    def alive(self) -> None:
        """The backend gave a sign of life that is nothing to tell about."""
        self._live.sign = time.monotonic()

    async def ask(self, requests: dict[str, Any], message: str) -> dict[str, Any]:
        """Ask the host, and wait for all its answers. A question that was answered to an earlier process is not asked again.

        ``requests`` are requests of the protocol (``method``, ``params``) by key; a key is used for one question only.
        """
        live = self._live
        live.answers = dict(self.checkpoint.get("answers", {}))
        live.asked = {key: request for key, request in requests.items() if key not in live.answers}
        words = live.message
        await self.tell(message=message)
        while live.asked:
            await live.changed.wait()
            await self.save(answers=live.answers)
        await self.tell(message=words)
        return {key: live.answers[key] for key in requests}

    async def uncertain(self, message: str) -> None:
        """The work may or may not have been done, and is being looked at."""
        self._live.status = "uncertain"
        self._live.message = message
        self._live.announce()
        await self._journal.write(self.id, status="uncertain", message=message)


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """A look at a job while it is being waited for. ``idle_seconds`` is since the last sign of life.

    ``asked`` is what its host has been asked and has not answered yet, by key.
    """

    job: Job
    idle_seconds: float = 0.0
    asked: dict[str, Any] = field(default_factory=dict)


class Jobs:
    """The jobs of one data folder. Enter it before use; leaving it stops the runs and keeps the journal as it is."""

    def __init__(self, journal: Journal, work: Mapping[str, Work], locks: Path, still_working_seconds: float) -> None:
        self.journal = journal
        self._work = work
        self._locks = locks
        self._still_working = still_working_seconds
        self._live: dict[str, _Live] = {}
        self._left_open: dict[str, NemoError | None] = {}
        """Jobs whose run here ended although they did not, and why, where the call that began them was not told yet."""
        self._stopping = False
        self._tasks: anyio.abc.TaskGroup | None = None

    async def __aenter__(self) -> Jobs:
        self._tasks = await anyio.create_task_group().__aenter__()
        return self

    async def __aexit__(self, *exc: Any) -> None:
        assert self._tasks is not None
        self._tasks.cancel_scope.cancel()
        await self._tasks.__aexit__(None, None, None)

    @property
    def busy(self) -> bool:
        """Whether a job runs in this process."""
        return bool(self._live)

    def stop_waiting(self) -> None:
        """The server is about to be stopped: calls that wait for a job are answered with where it is now."""
        self._stopping = True
        for live in self._live.values():
            live.announce()

    async def start(self, kind: str, project: str | None, params: dict[str, Any], id: str | None = None) -> Job:
        """A new job of a kind, in the journal and running when this returns. With an ``id`` it is started only once."""
        # A job is in the journal and running, or it is not there: a caller that is cancelled in between would leave one
        # that surprises the next process.
        with anyio.CancelScope(shield=True):
            job = await self.journal.add(kind, project, params, id)
            if not job.ended and job.id not in self._live:
                self._take(job, begun=True)
        return job

    async def resume(self) -> int:
        """Go on with every open job that no living process works on. Returns how many."""
        return sum([self._take(job) for job in await self.journal.open_jobs() if job.id not in self._live])

    def _take(self, job: Job, *, begun: bool = False) -> bool:
        """Run a job if its lock can be had: then no other process runs it."""
        assert self._tasks is not None, "jobs are used before they are entered"
        self._locks.mkdir(parents=True, exist_ok=True)
        lock = FileLock(self._locks / f"{job.id}.lock", thread_local=False)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            return False
        live = _Live(job, begun)
        self._live[job.id] = live
        self._left_open.pop(job.id, None)
        self._tasks.start_soon(self._run, live, lock, name=job.id)
        return True

    async def _run(self, live: _Live, lock: FileLock) -> None:
        id = live.job.id
        try:
            with live.scope:
                await self._do(live)
            if live.cancelled:
                with anyio.CancelScope(shield=True):
                    await self.journal.write(id, status="cancelled", message=live.if_cancelled)
        except NemoError as error:
            # The journal itself cannot be written: the job stays open, for this process or the next to take up again.
            log.error("job %s is left open: %s", id, error)
            live.left_open = error
            self._left_open[id] = error if live.begun else None
        else:
            with suppress(OSError):
                # Only an ended job's lock is removed: under an open one another process could take a second lock.
                await anyio.Path(lock.lock_file).unlink(missing_ok=True)
        finally:
            # Leaving without an end (the process stops) keeps the job open for the next one.
            del self._live[id]
            live.announce()
            lock.release()

    async def _do(self, live: _Live) -> None:
        id = live.job.id
        # The lock is ours now, and what another process did until then is in the journal.
        try:
            live.job = await self.journal.get(id)
        except BadInput:
            return  # its project was deleted, and the job with it
        if live.job.ended:
            return
        # Imported here: the server starts without its client. Each job runs in a task of its own, so nothing leaks.
        from nemovideo_mcp.client.context import job_id

        job_id.set(id)
        run = Run(live, self.journal)
        await self.journal.write(id, status="running", message=live.message)
        try:
            async with anyio.create_task_group() as clock:
                clock.start_soon(self._keep_telling, live)
                result = await self._work[live.job.kind](run)
                clock.cancel_scope.cancel()
        except BaseExceptionGroup as group:
            # The clock's task group wraps what the work raised.
            _, rest = group.split(NemoError)
            if rest is not None:
                await self._failed(id, _crash(group))
                return
            errors = [e for e in _leaves(group) if isinstance(e, NemoError)]
            await self._failed(id, errors[0])
            return
        live.progress = 1.0
        await self.journal.write(
            id, status=result.get("status", "completed"), progress=1.0, message="Done.", result=result
        )

    async def _failed(self, id: str, error: NemoError) -> None:
        log.info("job %s failed: %s", id, type(error).__name__)
        record = {"type": type(error).__name__, "message": str(error), "next_step": error.next_step}
        extra = getattr(error, "result", None)
        await self.journal.write(id, status="failed", message=str(error), error=record, result=extra)

    async def _keep_telling(self, live: _Live) -> None:
        """The job's own clock: say that it goes on when nothing else was said for a while."""
        started = time.monotonic()
        words = live.message
        while self._still_working > 0:
            await anyio.sleep(self._still_working)
            if live.message == words:
                minutes = (time.monotonic() - started) / 60
                live.message = f"Still working… {minutes:.0f} min so far." if minutes >= 1 else "Still working…"
                live.announce()
                await self.journal.write(live.job.id, message=live.message)
            words = live.message

    async def watch(
        self, id: str, seconds: float, report: Callable[[float, str], Awaitable[None]] | None = None
    ) -> Snapshot:
        """Wait until a job ends, ``seconds`` at most, reporting what it tells. Returns how it stands then.

        Raises:
            BadInput: there is no such job.
            NemoError: what it does cannot be recorded; it is tried again when it is watched again.
        """
        job = await self.journal.get(id)
        if (untold := self._left_open.get(id)) is not None:
            # It was left open before the call that began it came to watch.
            self._left_open[id] = None
            raise untold
        with anyio.move_on_after(max(0.0, seconds)):
            while not job.ended and not self._stopping:
                if id not in self._live:
                    # Perhaps the process that ran it is gone: then it is ours.
                    self._take(job)
                live = self._live.get(id)
                if live is not None:
                    changed = live.changed
                    if report is not None:
                        await report(live.progress, live.message)
                    await changed.wait()
                    if id in self._live:
                        continue
                    if live.left_open is not None:
                        self._left_open[id] = None
                        raise live.left_open
                else:
                    if report is not None:
                        await report(job.progress, job.message)
                    await anyio.sleep(LOOK_AT_OTHERS_SECONDS)
                job = await self.journal.get(id)
        return Snapshot(job=job) if job.ended else await self.look(id)

    async def look(self, id: str) -> Snapshot:
        """How a job stands now. Raises BadInput when there is no such job."""
        job = await self.journal.get(id)
        if not job.ended and id not in self._live and id not in self._left_open:
            # Perhaps the process that ran it is gone: then it is ours. A host may do nothing but look.
            self._take(job)
        live = self._live.get(id)
        if live is None or job.ended:
            return Snapshot(job=job)
        return Snapshot(job=self.now(job), idle_seconds=round(time.monotonic() - live.sign, 1), asked=dict(live.asked))

    def now(self, job: Job) -> Job:
        """A job that was just read from the journal, with what this process knows better of it."""
        live = self._live.get(job.id)
        if live is None or job.ended:
            return job
        message = f"{live.message} {STOPPING}" if self._stopping else live.message
        return replace(job, progress=live.progress, message=message, status=live.status)

    async def cancel(self, id: str) -> Job:
        """Stop a job. One that has ended stays as it is.

        Raises:
            BadInput: there is no such job, or another process runs it.
        """
        job = await self.journal.get(id)
        if job.ended:
            return job
        if id not in self._live and not self._take(job):
            raise BadInput(
                f"The job {id} is run by another server on this machine.", "Cancel it in the chat that started it."
            )
        live = self._live[id]
        live.cancelled = True
        live.scope.cancel()
        while id in self._live:
            await live.changed.wait()
        return await self.journal.get(id)

    async def stop(self, id: str) -> Job:
        """Cancel a job, or the export that it began if it has ended itself. Raises BadInput as `cancel` does."""
        job = await self.cancel(id)
        then = (job.result or {}).get("then_job") or job.checkpoint.get("then_job")
        return await self.cancel(then) if then else job

    async def answer(self, id: str, answers: dict[str, Any]) -> None:
        """Give a job what it asked. Answers to what was not asked, or is answered already, are passed over.

        Raises:
            BadInput: there is no such job.
        """
        await self.journal.get(id)
        live = self._live.get(id)
        given = {key: value for key, value in answers.items() if live is not None and key in live.asked}
        if live is not None and given:
            live.answers.update(given)
            live.asked = {key: request for key, request in live.asked.items() if key not in given}
            live.announce()


def _leaves(group: BaseExceptionGroup[BaseException]) -> list[BaseException]:
    found: list[BaseException] = []
    for error in group.exceptions:
        found += _leaves(error) if isinstance(error, BaseExceptionGroup) else [error]
    return found


def _crash(group: BaseExceptionGroup[BaseException]) -> NemoError:
    log.error("a job crashed", exc_info=group)
    return Crashed(
        "Something went wrong inside the server; the details are in its log.",
        "Try again; if it happens again, please report it.",
    )
