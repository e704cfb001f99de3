"""Calls of tools and the jobs that they began: a call that its host cancels takes its jobs along.

Three things end a call before its answer, and they do not mean the same:

- The host says `notifications/cancelled`: somebody no longer wants the work. It stops.
- The host says so because its own patience is over (the SDKs then give a timeout as the reason): nobody has decided
  anything. The work goes on, and `get_state` and `wait` lead to its result.
- The connection closes, which over HTTP is all that a host of the newest protocol can do. The work goes on as well: it may
  have been paid for, and a host that really wants it stopped has `cancel` and `tasks/cancel`.
"""

from __future__ import annotations

import logging
import re
from collections import OrderedDict
from collections.abc import MutableMapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

import anyio
from mcp.server.context import CallNext, HandlerResult, ServerRequestContext

from nemovideo_mcp.api.errors import NemoError
from nemovideo_mcp.server.connections import channel_of
from nemovideo_mcp.server.jobs.journal import Job

if TYPE_CHECKING:
    from mcp.shared.dispatcher import Outbound

    from nemovideo_mcp.server.services import Services

log = logging.getLogger("nemovideo_mcp.server")

REMEMBERED = 64
"""Calls of one connection that were cut off and of which the host has not said why; the oldest are forgotten."""

_TIMED_OUT = re.compile(r"time[ds]?[ -]?out|-32001", re.IGNORECASE)
"""The reason that the official SDKs give when a request took longer than the host allowed."""


@dataclass
class Call:
    """A call of a tool while it is being answered."""

    jobs: list[str] = field(default_factory=list)
    """What it began, in order."""
    patience: float | None = None
    """Seconds that it waits for its jobs, whatever it was asked; None: as asked."""
    unwanted: bool = False


_current: ContextVar[Call | None] = ContextVar("call", default=None)


def current_call() -> Call | None:
    """The call that is being answered; None outside of one."""
    return _current.get()


async def begin(services: Services, kind: str, project: str | None, params: dict[str, Any]) -> Job:
    """Start a job for the call that is being answered. Raises BadInput when its project was deleted meanwhile."""
    job = await services.jobs.start(kind, project, params)
    call = _current.get()
    if call is not None:
        call.jobs.append(job.id)
        if call.unwanted:
            # The host cancelled while the job was being written down.
            with anyio.CancelScope(shield=True):
                await services.jobs.stop(job.id)
    return job


class Cancellation:
    """Middleware: knows for each call which jobs it began, and stops them when the host cancels it."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._calls: MutableMapping[Outbound, OrderedDict[str, Call]] = WeakKeyDictionary()

    async def __call__(self, ctx: ServerRequestContext[Any, Any], call_next: CallNext) -> HandlerResult:
        if ctx.method == "notifications/cancelled":
            await self._cancelled(ctx)
        if ctx.method != "tools/call":
            return await call_next(ctx)
        channel = channel_of(ctx)
        calls: OrderedDict[str, Call] = OrderedDict()
        if channel is not None:
            calls = self._calls.setdefault(channel, calls)
        id, call = str(ctx.request_id), Call()
        calls[id] = call
        token = _current.set(call)
        try:
            result = await call_next(ctx)
        except anyio.get_cancelled_exc_class():
            # Whether the host cancelled, and why, is told by a notification that comes after this.
            while len(calls) > REMEMBERED:
                calls.popitem(last=False)
            raise
        except BaseException:
            calls.pop(id, None)
            raise
        finally:
            _current.reset(token)
        calls.pop(id, None)
        return result

    async def _cancelled(self, ctx: ServerRequestContext[Any, Any]) -> None:
        params = ctx.params or {}
        channel = channel_of(ctx)
        calls = self._calls.get(channel) if channel is not None else None
        call = calls.get(str(params.get("requestId"))) if calls else None
        if call is None:
            return
        if _TIMED_OUT.search(str(params.get("reason") or "")):
            log.info("the host waits no longer for %s; the work goes on", ", ".join(call.jobs) or "a call")
            return
        call.unwanted = True
        for job in call.jobs:
            try:
                ended = await self._services.jobs.stop(job)
            except NemoError as error:
                log.warning("the host cancelled %s, but it goes on: %s", job, error)
            else:
                log.info("the host cancelled %s: %s", job, ended.message)
