"""The render queue: which render is worked on when, by which process, and how it ends.

Renders of one session run one after the other, in the order of their submission; over all sessions at most ``at_once``
run in this process. The process that works for a session holds the session's file lock. When it dies the lock is free,
and whichever studio looks next at the shared folder finds the unfinished render and starts it again.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Protocol

import anyio
import anyio.abc
import anyio.to_thread
from filelock import FileLock, Timeout

from nemovideo_mcp.studio.files import Files, remove
from nemovideo_mcp.studio.projects import UNNAMED, Projects
from nemovideo_mcp.studio.render.job import RenderError, RenderJob, RenderResult
from nemovideo_mcp.studio.render_records import RenderRecord, RenderRecords

PROGRESS_SECONDS = 0.25
"""Between two looks at a running render: its progress is written, and a cancellation by another process is seen."""

_log = logging.getLogger(__name__)


class Renderer(Protocol):
    """Makes the film of a job, calling back with the progress, 0 to 1, and a word for a person; `render.process.render`."""

    def __call__(self, job: RenderJob, on_progress: Callable[[float, str], None], /) -> Awaitable[RenderResult]:
        """
        Raises:
            RenderError: the film cannot be made.
        """
        ...


@dataclass
class _Running:
    scope: anyio.CancelScope = field(default_factory=anyio.CancelScope)
    done: anyio.Event = field(default_factory=anyio.Event)
    progress: float = 0.0
    message: str = ""


class RenderQueue:
    def __init__(
        self,
        records: RenderRecords,
        projects: Projects,
        files: Files,
        renderer: Renderer,
        *,
        at_once: int = 1,
        look_seconds: float = 2.0,
    ) -> None:
        self._records = records
        self._projects = projects
        self._files = files
        self._renderer = renderer
        self._at_once = at_once
        self._look_seconds = look_seconds
        self._running: dict[str, _Running] = {}
        self._busy: set[str] = set()
        self._wake = anyio.Event()

    def wake(self) -> None:
        """There may be something to do: a render was submitted, or one ended."""
        self._wake.set()

    async def run(self) -> None:
        """Work on renders until cancelled. A running render is then stopped and left for whoever comes next."""
        async with anyio.create_task_group() as group:
            while True:
                self._wake = anyio.Event()
                try:
                    await self._start_what_can(group)
                except Exception:
                    # A full disk or a locked database must not end the queue: the next look tries again.
                    _log.exception("The render queue could not be read")
                with anyio.move_on_after(self._look_seconds):
                    await self._wake.wait()

    async def cancel(self, id: str) -> bool:
        """Stop a render that waits or runs, in whichever process; False when it was finished already.

        One that runs in this process has stopped when this returns.
        """
        cancelled = await self._records.cancel(id)
        await self.stopped(id)
        self.wake()
        return cancelled

    async def stopped(self, id: str) -> None:
        """Stop the work on a render in this process, if there is any, and wait for its end."""
        if (running := self._running.get(id)) is not None:
            running.scope.cancel()
            await running.done.wait()

    async def cancel_session(self, session_id: str) -> None:
        for id in await self._records.open_of(session_id):
            await self.cancel(id)

    async def _start_what_can(self, group: anyio.abc.TaskGroup) -> None:
        elsewhere: set[str] = set()
        for record in await self._records.open():
            if len(self._running) >= self._at_once:
                return
            if record.session_id in self._busy or record.session_id in elsewhere:
                continue
            lock = FileLock(self._files.lock(record.session_id), thread_local=False)
            if not await _acquire(lock):
                # The session's later renders wait behind this one, though the lock may become free at any moment.
                elsewhere.add(record.session_id)
                continue
            running = _Running()
            self._running[record.id] = running
            self._busy.add(record.session_id)
            group.start_soon(self._work, record, running, lock)

    async def _work(self, record: RenderRecord, running: _Running, lock: FileLock) -> None:
        try:
            with running.scope:
                # Read before the lock was ours: the process that had it may have finished this one since.
                if await self._records.begin(record.id):
                    await self._render(record, running)
        except Exception as error:
            _log.exception("The render %s could not be carried out", record.id)
            with suppress(Exception):
                await self._records.fail(record.id, f"The film could not be rendered: {type(error).__name__}.")
        finally:
            lock.release()
            del self._running[record.id]
            self._busy.discard(record.session_id)
            running.done.set()
            self.wake()

    async def _render(self, record: RenderRecord, running: _Running) -> None:
        job = await self._job(record)
        # We hold the lock, so whatever is there was left by a process that died in the middle of this render.
        await anyio.to_thread.run_sync(remove, self._files.leftovers(record.id))

        def on_progress(progress: float, message: str) -> None:
            running.progress, running.message = min(1.0, max(running.progress, progress)), message

        failure: RenderError | None = None
        async with anyio.create_task_group() as group:
            group.start_soon(self._report, record.id, running)
            try:
                result = await self._renderer(job, on_progress)
            except RenderError as error:
                failure = error
            group.cancel_scope.cancel()
        if failure is not None:
            await self._records.fail(record.id, str(failure))
        elif not await self._records.complete(record.id, result):
            await anyio.to_thread.run_sync(remove, [job.output])

    async def _report(self, id: str, running: _Running) -> None:
        while True:
            if not await self._records.advance(id, running.progress, running.message):
                running.scope.cancel()
            await anyio.sleep(PROGRESS_SECONDS)

    async def _job(self, record: RenderRecord) -> RenderJob:
        media = await self._projects.media(record.session_id)
        project = await self._projects.get(record.user_id, record.session_id)
        options = record.options
        return RenderJob(
            draft=record.draft,
            files={m.id: self._files.media(m.sha256, m.suffix) for m in media},
            output=self._files.film(record.id, options.format),
            format=options.format,
            quality=options.quality,
            width=options.width,
            height=options.height,
            fps=options.fps,
            max_bitrate=options.max_bitrate,
            max_bytes=options.max_bytes,
            title="" if project.name == UNNAMED else project.name,
            token=record.id,
        )


async def _acquire(lock: FileLock) -> bool:
    def acquire() -> bool:
        try:
            lock.acquire(blocking=False)
        except Timeout:
            return False
        return True

    return await anyio.to_thread.run_sync(acquire)
