"""A server for each identity: its own records, jobs, files and sessions, so that nobody can even name another's.

They are opened when somebody asks, at the start also those with work that a process before this one left, and closed when
nothing was asked of them for long.
"""

from __future__ import annotations

import logging
import sqlite3
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import anyio
import anyio.abc
from mcp.server.mcpserver import MCPServer
from mcp.server.transport_security import TransportSecuritySettings

from nemovideo_mcp.server.app import create_server
from nemovideo_mcp.server.services import Services

log = logging.getLogger("nemovideo_mcp.http")

SESSION_IDLE_SECONDS = 30 * 60.0
CLOSED_AFTER_SECONDS = 2 * SESSION_IDLE_SECONDS
"""Without a request; by then the sessions of a tenant have ended too."""
LOOK_SECONDS = 60.0
CLOSING_SECONDS = 10.0


@dataclass
class Tenant:
    """An open server of one identity."""

    services: Services
    server: MCPServer[None]
    asked: float = field(default_factory=time.monotonic)
    asking: int = 0
    closing: anyio.Event = field(default_factory=anyio.Event)

    @asynccontextmanager
    async def in_use(self) -> AsyncIterator[None]:
        """Held while a request is answered: until then the tenant is not closed."""
        self.asking += 1
        try:
            yield
        finally:
            self.asking -= 1
            self.asked = time.monotonic()

    def idle(self, now: float) -> bool:
        return not self.asking and not self.services.jobs.busy and now - self.asked > CLOSED_AFTER_SECONDS


class Tenants:
    """Enter it before use. ``services_of`` makes the services of an identity, not entered yet."""

    def __init__(
        self,
        services_of: Callable[[str], Services],
        security: TransportSecuritySettings,
        *,
        most_sessions: int,
        most_bytes: int,
    ) -> None:
        self._services_of = services_of
        self._security = security
        self._limits: dict[str, Any] = {"max_sessions": most_sessions, "max_request_body_size": most_bytes}
        self._open: dict[str, Tenant] = {}
        self._opening = anyio.Lock()
        self._looking: anyio.CancelScope | None = None
        self._group: anyio.abc.TaskGroup | None = None

    async def __aenter__(self) -> Tenants:
        self._looking = anyio.CancelScope()
        self._group = await anyio.create_task_group().__aenter__()
        self._group.start_soon(self._close_idle)
        return self

    async def __aexit__(self, *exc: Any) -> None:
        assert self._group is not None
        assert self._looking is not None
        self._looking.cancel()
        for tenant in self._open.values():
            tenant.closing.set()
        # In order first: records are closed and jobs left to the next process. What hangs is cut off.
        self._group.cancel_scope.deadline = anyio.current_time() + CLOSING_SECONDS
        await self._group.__aexit__(None, None, None)

    def stop_waiting(self) -> None:
        """The server is about to be stopped: calls that wait for a job are answered with where it is now."""
        for tenant in self._open.values():
            tenant.services.jobs.stop_waiting()

    async def of(self, identity: str) -> Tenant:
        """The server of an identity.

        Raises:
            NemoError: its records cannot be used.
        """
        tenant = self._open.get(identity)
        if tenant is None:
            assert self._group is not None, "tenants are used before they are entered"
            async with self._opening:
                tenant = self._open.get(identity) or await self._group.start(self._keep, identity)
        return tenant

    async def resume(self, folders: Path) -> None:
        """Open the servers of those whose work a process before this one left unfinished."""
        for identity in await anyio.to_thread.run_sync(_unfinished, folders):
            try:
                await self.of(identity)
            except Exception:
                log.exception("the work of %s cannot be taken up", identity)

    async def _keep(self, identity: str, *, task_status: anyio.abc.TaskStatus[Tenant]) -> None:
        # A task of its own, because what a server holds (task groups) must be left where it was entered.
        told = False
        try:
            async with self._services_of(identity) as services:
                server = create_server(services)
                server.streamable_http_app(
                    transport_security=self._security, session_idle_timeout=SESSION_IDLE_SECONDS, **self._limits
                )
                async with server.session_manager.run():
                    tenant = self._open[identity] = Tenant(services, server)
                    told = True
                    task_status.started(tenant)
                    await tenant.closing.wait()
        except Exception:
            if not told:
                raise  # to whoever asked for it
            # One that breaks must not take the others along; the next request opens it again.
            log.exception("the server of %s broke", identity)
        finally:
            if told and self._open.get(identity) is tenant:
                del self._open[identity]

    async def _close_idle(self) -> None:
        assert self._looking is not None
        with self._looking:
            while True:
                await anyio.sleep(LOOK_SECONDS)
                now = time.monotonic()
                for identity, tenant in list(self._open.items()):
                    if tenant.idle(now):
                        del self._open[identity]
                        tenant.closing.set()


def _unfinished(folders: Path) -> list[str]:
    found = []
    for records in sorted(folders.glob("*/server.db")):
        try:
            with closing(sqlite3.connect(f"{records.as_uri()}?mode=ro", uri=True, timeout=5)) as db:
                if db.execute("SELECT 1 FROM jobs WHERE finished IS NULL LIMIT 1").fetchone():
                    found.append(records.parent.name)
        except sqlite3.Error as error:
            log.error("the records of %s cannot be read: %s", records.parent.name, error)
    return found
