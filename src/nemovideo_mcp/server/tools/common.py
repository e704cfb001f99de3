"""What several tools share: the common parameters, and following a job for a bounded time."""

from __future__ import annotations

from contextlib import suppress
from typing import Annotated, Any

from pydantic import Field

from nemovideo_mcp.api.capabilities import Capability
from nemovideo_mcp.api.errors import NemoError, NotFound, SessionNotFound
from nemovideo_mcp.server.calls import current_call
from nemovideo_mcp.server.jobs.journal import Job
from nemovideo_mcp.server.jobs.runner import Snapshot
from nemovideo_mcp.server.progress import Report
from nemovideo_mcp.server.projects import PoolFile, Project
from nemovideo_mcp.server.results import ProjectRef, Stored
from nemovideo_mcp.server.services import Services

ProjectArg = Annotated[
    str | None,
    Field(description='project id, exact name, or "new" for a new film; the last used if left out'),
]
WaitArg = Annotated[
    float | None, Field(ge=0, le=3600, description="s to wait for the end; the work goes on after that")
]


class JobFailed(NemoError):
    """A job ended badly. ``more`` goes into the structured answer."""

    def __init__(self, job: Job, project: ProjectRef | None) -> None:
        error = job.error or {"message": job.message or f"The {job.kind} was {job.status}.", "next_step": ""}
        super().__init__(error["message"], error["next_step"])
        self.more: dict[str, Any] = {"job": job.id, **(job.result or {}), "status": job.status}
        if project is not None:
            self.more["project"] = project.model_dump()


def stored(file: PoolFile) -> Stored:
    """A file of the pool as results show it."""
    return Stored(
        name=file.name,
        kind=file.kind,
        size_bytes=file.size,
        width=file.width,
        height=file.height,
        duration_seconds=file.duration_ms / 1000 if file.duration_ms else None,
        taken_at=file.taken_at,
    )


def ref(project: Project) -> ProjectRef:
    return ProjectRef(id=project.id, name=project.name)


async def follow(services: Services, report: Report | None, job: str, wait_seconds: float | None) -> Snapshot:
    """The job as it stands after a bounded wait, its progress told to the host meanwhile."""
    seconds = services.options.wait_seconds if wait_seconds is None else wait_seconds
    call = current_call()
    if call is not None and call.patience is not None:
        seconds = min(seconds, call.patience)
    return await services.jobs.watch(job, seconds, report)


async def discard(services: Services, project: Project, then: str | None = None) -> None:
    """Delete a project here and on the backend, its open jobs first. ``then`` becomes the current project."""
    for job in await services.journal.of_project(project.id):
        if not job.ended:
            await services.jobs.cancel(job.id)
    project = await services.projects.by_id(project.id)
    if project.can(Capability.PROJECTS) and project.session_id is not None:
        with suppress(SessionNotFound, NotFound):  # gone there already is what is wanted
            await (await services.client()).delete_project(project.session_id)
    await services.projects.delete(project.id, then)
