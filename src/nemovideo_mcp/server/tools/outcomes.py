"""What a job came to, as the result of the tool that began it: for `wait`, `cancel` and tasks."""

from __future__ import annotations

from typing import Any

from nemovideo_mcp.server.jobs.runner import Snapshot
from nemovideo_mcp.server.progress import Report
from nemovideo_mcp.server.results import ProjectRef, Result, Status
from nemovideo_mcp.server.services import Services
from nemovideo_mcp.server.tools.batch import batch_result
from nemovideo_mcp.server.tools.common import JobFailed, ref
from nemovideo_mcp.server.tools.edit import edit_outcome
from nemovideo_mcp.server.tools.export import export_result
from nemovideo_mcp.server.tools.upload_images import upload_result


class Done(Result):
    """The result of a kind of job that has no tool of its own."""

    status: Status
    job: str
    message: str
    data: dict[str, Any] = {}

    def words(self) -> str:
        return self.message


async def outcome(
    services: Services, snapshot: Snapshot, report: Report | None = None, wait_seconds: float = 0
) -> Result:
    """The result of a job that has ended. An export that an edit began is waited for, ``wait_seconds`` at most.

    Raises:
        JobFailed: it failed, or was cancelled.
        BadInput: its project was deleted.
    """
    job = snapshot.job
    if job.kind == "batch":
        return batch_result(snapshot)
    project: ProjectRef | None = None
    if job.project is not None:
        project = ref(await services.projects.by_id(job.project))
    if job.status != "completed":
        raise JobFailed(job, project)
    data = job.result or {}
    if project is not None:
        match job.kind:
            case "upload":
                return upload_result(job, project)
            case "edit":
                return await edit_outcome(services, snapshot, project, report, wait_seconds)
            case "export":
                return export_result(snapshot, project)
    return Done(status=job.status, job=job.id, message=str(data.get("message") or job.message), data=data)
