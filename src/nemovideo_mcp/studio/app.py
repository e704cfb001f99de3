"""The studio: a backend of its own behind the API of the cloud. It stores projects and renders films on this machine."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import AsyncExitStack
from pathlib import Path
from types import TracebackType

import anyio
import anyio.abc
import anyio.to_thread
from starlette.applications import Starlette

from nemovideo_mcp.studio import editor as words
from nemovideo_mcp.studio import routes
from nemovideo_mcp.studio.accounts import Accounts
from nemovideo_mcp.studio.agent import Agent, Editor
from nemovideo_mcp.studio.database import Database
from nemovideo_mcp.studio.fetch import Fetcher
from nemovideo_mcp.studio.files import Files
from nemovideo_mcp.studio.policy import Policy
from nemovideo_mcp.studio.preview import FrameSource, Previewer
from nemovideo_mcp.studio.projects import Projects
from nemovideo_mcp.studio.render import process
from nemovideo_mcp.studio.render_records import RenderRecords
from nemovideo_mcp.studio.renders import Renderer, RenderQueue
from nemovideo_mcp.studio.services import Services


class Studio:
    """An async context manager around the ASGI application `app`, which answers only while the studio is entered.

    Everything lies under ``data_dir`` and survives a restart; several studios, in one process or in several, may share
    the folder. ``allowed_hosts`` are private hosts (``host`` or ``host:port``) that media URLs may name. ``renders_at_once``
    bounds the render processes of this studio. ``editor``, ``renderer`` and ``frames`` are the three workers behind it.
    """

    def __init__(
        self,
        data_dir: Path,
        policy: Policy | None = None,
        *,
        allowed_hosts: Collection[str] = (),
        renders_at_once: int = 1,
        heartbeat_seconds: float = 5.0,
        look_seconds: float = 2.0,
        editor: Editor = words,
        renderer: Renderer = process.render,
        frames: FrameSource = process.frames,
    ) -> None:
        self._files = Files(data_dir)
        self._database = Database(self._files.database)
        self._stack = AsyncExitStack()
        self._group: anyio.abc.TaskGroup | None = None
        policy = policy or Policy()
        projects = Projects(self._database, self._files)
        records = RenderRecords(self._database)
        accounts = Accounts(self._database, policy)
        self._queue = RenderQueue(
            records, projects, self._files, renderer, at_once=renders_at_once, look_seconds=look_seconds
        )
        self._services = Services(
            policy=policy,
            files=self._files,
            accounts=accounts,
            projects=projects,
            records=records,
            queue=self._queue,
            agent=Agent(accounts, projects, editor, self._start_soon, heartbeat_seconds),
            fetcher=Fetcher(allowed_hosts),
            previewer=Previewer(self._files, frames),
        )
        self.app: Starlette = routes.application(self._services)

    async def __aenter__(self) -> Studio:
        """Start the work on renders, also on those that a dead process left.

        Raises:
            OSError: the data folder cannot be written.
            NewerData: the data folder is of a newer version of this program.
        """
        await anyio.to_thread.run_sync(self._files.prepare)
        async with AsyncExitStack() as stack:
            stack.push_async_callback(self._close_database)
            await self._database.run(lambda db: None)
            self._group = await stack.enter_async_context(anyio.create_task_group())
            stack.callback(self._group.cancel_scope.cancel)
            self._group.start_soon(self._queue.run)
            self._stack = stack.pop_all()
        return self

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc_value: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Stop all work: unfinished renders are left for the next start, edits that are under way are dropped whole."""
        try:
            # Without the block's exception, which the task group would wrap.
            await self._stack.aclose()
        finally:
            self._group = None

    async def _close_database(self) -> None:
        with anyio.CancelScope(shield=True):
            await self._database.close()

    def _start_soon(self, *work: object) -> None:
        if self._group is None:
            raise RuntimeError("The studio is not running.")
        self._group.start_soon(*work)  # type: ignore[arg-type]
