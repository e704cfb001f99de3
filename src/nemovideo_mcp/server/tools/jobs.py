"""`wait` and `cancel`: a job by its id."""

from __future__ import annotations

import time
from contextlib import suppress
from typing import Annotated, Any

from mcp.server.mcpserver.context import Context
from mcp_types import ContentBlock
from pydantic import Field, PrivateAttr

from nemovideo_mcp.api.errors import BadInput
from nemovideo_mcp.server.jobs.runner import Snapshot
from nemovideo_mcp.server.progress import Report, reporter
from nemovideo_mcp.server.results import ProjectRef, Result, Status, lines, running
from nemovideo_mcp.server.services import Services
from nemovideo_mcp.server.tooling import NemoTool, make_tool
from nemovideo_mcp.server.tools.common import WaitArg, follow, ref
from nemovideo_mcp.server.tools.outcomes import outcome

JobArg = Annotated[str, Field(description="id of a job, from edit, export or batch")]


class JobResult(Result):
    job: str
    kind: str
    project: ProjectRef | None
    status: Status
    progress: float = Field(description="0-1")
    message: str
    elapsed_seconds: float
    result: dict[str, Any] | None = Field(None, description="of the tool that started it, when completed")
    _inner: Result | None = PrivateAttr(None)

    def words(self) -> str:
        if self._inner is not None:
            return lines(self._inner.words(), f"Job {self.job} is {self.status}.")
        return lines(self.message, f"Job {self.job} ({self.kind}) is {self.status}.")

    def more_content(self) -> list[ContentBlock]:
        return self._inner.more_content() if self._inner is not None else []


def wait_tool(services: Services) -> NemoTool:
    async def wait(ctx: Context[Any, Any], job: JobArg, wait_seconds: WaitArg = None) -> JobResult:
        """Follow a running job until it ends or the wait is over. Call it again while status is running."""
        report = reporter(ctx)
        started = time.monotonic()
        snapshot = await follow(services, report, job.strip(), wait_seconds)
        patience = services.options.wait_seconds if wait_seconds is None else wait_seconds
        left = max(0.0, patience - (time.monotonic() - started))
        return await _job_result(services, snapshot, report, left)

    return make_tool(wait, title="Wait for a job", read_only=True, idempotent=True, open_world=True)


def cancel_tool(services: Services) -> NemoTool:
    async def cancel(job: JobArg) -> JobResult:
        """Stop a running job. A cloud edit that was already sent may still be carried out there."""
        before = await services.journal.get(job.strip())
        ended = await services.jobs.stop(before.id)
        result = await _job_result(services, Snapshot(job=ended))
        if before.ended and ended.id == before.id:
            result.message = f"The job had ended before; nothing was stopped. {result.message}".strip()
        return result

    return make_tool(cancel, title="Cancel a job", destructive=True, idempotent=True, open_world=True)


async def _job_result(
    services: Services, snapshot: Snapshot, report: Report | None = None, wait_seconds: float = 0
) -> JobResult:
    job = snapshot.job
    project = None
    if job.project is not None:
        with suppress(BadInput):  # the project was deleted meanwhile
            project = ref(await services.projects.by_id(job.project))
    inner: Result | None = None
    message, status = job.message, job.status
    if not job.ended:
        message = running(job.id, job.status, job.progress, job.message, job.elapsed_seconds, snapshot.idle_seconds)
    elif job.status == "failed" and job.error is not None:
        message = f"{job.error['message']} {job.error['next_step']}".strip()
    if (job.kind == "batch" and job.result) or (job.status == "completed" and project is not None):
        inner = await outcome(services, snapshot, report, wait_seconds)
        # The export that an edit began may still be at work.
        status = getattr(inner, "status", status)
    made = JobResult(
        job=job.id,
        kind=job.kind,
        project=project,
        status=status,
        progress=round(job.progress, 3),
        message=message,
        elapsed_seconds=job.elapsed_seconds,
        result=inner.model_dump(mode="json") if inner is not None else job.result,
    )
    made._inner = inner
    return made
