"""What the tools work with: the backend's client, the project records, the jobs. One for a process, made by `cli`."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import anyio
import anyio.abc

from nemovideo_mcp.api.capabilities import Capability
from nemovideo_mcp.api.errors import NemoError, SessionNotFound
from nemovideo_mcp.server.database import Database
from nemovideo_mcp.server.jobs.journal import Job, Journal, exports_of, jobs_of
from nemovideo_mcp.server.jobs.runner import Jobs, Run, Work
from nemovideo_mcp.server.locks import SharedLock
from nemovideo_mcp.server.options import Options
from nemovideo_mcp.server.places import told
from nemovideo_mcp.server.projects import PoolFile, Project, Projects, pool_of
from nemovideo_mcp.server.sessions import begin_again

if TYPE_CHECKING:
    from nemovideo_mcp.client import NemoVideoClient
    from nemovideo_mcp.timeline.outline import Outline

log = logging.getLogger("nemovideo_mcp.server")

OUTLINES = 16
"""Projects whose last draft is remembered with what is in it; a draft of a film of thousands of clips is a megabyte."""

OpenClient = Callable[[], "AbstractAsyncContextManager[NemoVideoClient]"]


class Services:
    """Enter it before use. The client (and with it an embedded studio) is opened when it is first needed.

    ``more_work`` are further kinds of jobs and what does them.
    """

    def __init__(self, options: Options, open_client: OpenClient, more_work: Mapping[str, Work] | None = None) -> None:
        self.options = options
        self._open_client = open_client
        self._database = Database(options.data_dir / "server.db", told(options, options.data_dir, "the server"))
        self.projects = Projects(self._database, options.origin)
        self.journal = Journal(self._database)
        self.jobs = Jobs(
            self.journal,
            {**dict.fromkeys(("upload", "edit", "export", "batch"), self._work), **(more_work or {})},
            options.data_dir / "locks",
            options.still_working_seconds,
        )
        self.changed: Callable[[str], Any] | None = None
        """Told the URI of a resource that changed; set by the app."""
        self.asked: set[tuple[Any, ...]] = set()
        """Edits that were refused until the user agrees to the credits, by hosts that cannot ask them."""
        self._client: NemoVideoClient | None = None
        self._opening = anyio.Lock()
        self._sessions: dict[str, anyio.Lock] = {}
        self._locks: dict[str, SharedLock] = {}
        self._links: dict[str, str] = {}
        self._outlines: dict[str, tuple[tuple[Any, Any], Outline]] = {}
        self._keeper: anyio.abc.TaskGroup | None = None

    async def __aenter__(self) -> Services:
        self._keeper = await anyio.create_task_group().__aenter__()
        await self.jobs.__aenter__()
        # Jobs of a process that is gone; looking costs nothing when no data folder exists yet.
        if (self.options.data_dir / "server.db").exists():
            resumed = await self.jobs.resume()
            if resumed:
                log.info("resumed %d jobs of an earlier process", resumed)
        return self

    async def __aexit__(self, *exc: Any) -> None:
        assert self._keeper is not None
        await self.jobs.__aexit__(None, None, None)
        self._keeper.cancel_scope.cancel()
        await self._keeper.__aexit__(None, None, None)
        await self._database.close()

    async def _work(self, run: Run) -> dict[str, Any]:
        """Do a job. What the kinds of work need is imported when the first one is done: a host waits for the start."""
        from nemovideo_mcp.server.jobs.batch import run_batch
        from nemovideo_mcp.server.jobs.edit import run_edit
        from nemovideo_mcp.server.jobs.export import run_export
        from nemovideo_mcp.server.jobs.upload import run_upload

        work = {"upload": run_upload, "edit": run_edit, "export": run_export, "batch": run_batch}
        return await work[run.kind](self, run)

    async def client(self) -> NemoVideoClient:
        """The client of the backend, opened on first use.

        It is kept open by a task of its own, because what it holds (task groups) must be left where it was entered.
        """
        assert self._keeper is not None, "services are used before they are entered"
        async with self._opening:
            if self._client is None:
                self._client = await self._keeper.start(self._keep_client)
            return self._client

    async def _keep_client(self, *, task_status: anyio.abc.TaskStatus[NemoVideoClient]) -> None:
        async with self._open_client() as client:
            task_status.started(client)
            await anyio.sleep_forever()

    async def with_session(self, project: Project) -> Project:
        """The project with a session on the backend; one is made when it has none yet."""
        if project.session_id is not None:
            return project
        async with self.linking(project.id):
            project = await self.projects.by_id(project.id)
            if project.session_id is not None:
                return project
            client = await self.client()
            session = await client.create_session(language=self.options.language, name=project.name)
            linked = await self.projects.link(project.id, session.session_id, session.task_id, session.capabilities)
            if linked.session_id != session.session_id and Capability.PROJECTS in session.capabilities:
                # Another process was faster; an empty project must not stay behind.
                with suppress(NemoError):
                    await client.delete_project(session.session_id)
            return linked

    def linking(self, project: str) -> anyio.Lock:
        """Held while a project gets a session."""
        return self._sessions.setdefault(project, anyio.Lock())

    def editing(self, project: str) -> SharedLock:
        """Held while a project's timeline is being changed or read for a render: one at a time, in order."""
        return self._lock(f"{project}.edit")

    def exporting(self, project: str) -> SharedLock:
        """Held while a project's film is being exported: a backend renders one film of a session at a time."""
        return self._lock(f"{project}.export")

    def _lock(self, name: str) -> SharedLock:
        if name not in self._locks:
            folder = self.options.data_dir / "locks"
            folder.mkdir(parents=True, exist_ok=True)
            self._locks[name] = SharedLock(folder / f"{name}.lock")
        return self._locks[name]

    def inline_folder(self, project: str) -> Path:
        """Where the files of a project are kept that came inside calls."""
        return self.options.data_dir / "inline" / project

    async def draft(self, project: Project) -> tuple[dict[str, Any] | None, dict[str, Any] | None]:
        """The project's draft and the state's canvas, None where there is none yet.

        Raises:
            SessionLost: the backend had forgotten the project; it has a new session now.
        """
        if project.session_id is None:
            return None, None
        from nemovideo_mcp.timeline.summary import summarize  # not needed for the start, for which a host waits

        async with self.kept(project):
            state = (await (await self.client()).state(project.session_id)).state
        if state.draft:
            summary = summarize(self.outline(project, state.draft, state.canvas_config))
            if summary != project.summary:
                await self.projects.remember(project.id, summary)
        return state.draft, state.canvas_config

    def outline(self, project: Project, draft: dict[str, Any] | None, canvas: dict[str, Any] | None) -> Outline:
        """What is in a project's draft. Hosts look often, and a draft that is as it was is not read again."""
        from nemovideo_mcp.timeline.outline import outline

        drawn = (draft, canvas)
        known = self._outlines.pop(project.id, None)
        if known is None or known[0] != drawn:
            known = drawn, outline(draft, canvas)
            if len(self._outlines) >= OUTLINES:
                del self._outlines[next(iter(self._outlines))]
        self._outlines[project.id] = known
        return known[1]

    async def records(self, project: Project) -> tuple[list[PoolFile], list[Job], list[dict[str, Any]]]:
        """A project's files, its jobs and its exports, as `Projects.pool`, `Journal.of_project` and `Journal.exports` give them,
        in one look."""
        return await self._database.run(
            lambda db: (pool_of(db, project.id), jobs_of(db, project.id), exports_of(db, project.id))
        )

    @asynccontextmanager
    async def kept(self, project: Project) -> AsyncIterator[None]:
        """Calls about a project's session: when the backend no longer knows it, the project is begun again.

        Raises:
            SessionLost: that happened; what is in the block was not done.
        """
        try:
            yield
        except SessionNotFound:
            raise await begin_again(self, project) from None

    async def web_link(self, project: Project) -> str | None:
        """A link that opens the project in a browser, where the backend has such a thing."""
        if self.options.web_url is None or project.session_id is None or project.task_id is None:
            return None
        if project.id not in self._links:
            try:
                claim = await (await self.client()).claim_token(project.task_id, project.session_id)
            except NemoError as error:
                log.warning("no link to the project: %s", error)
                return None
            # A claim token opens this one project in a browser and nothing else.
            self._links[project.id] = (
                f"{self.options.web_url}/workspace/claim?ct={claim.claim_token.get_secret_value()}"
            )
        return self._links[project.id]

    async def announce(self, *uris: str) -> None:
        """Tell the subscribers of resources that these have changed."""
        if self.changed is not None:
            for uri in uris:
                await self.changed(uri)
