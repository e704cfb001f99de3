"""`batch`: several films at once, each with its own media and its own instruction."""

from __future__ import annotations

from typing import Annotated, Any

from mcp.server.mcpserver.context import Context
from pydantic import BaseModel, ConfigDict, Field

from nemovideo_mcp.api.errors import BadInput
from nemovideo_mcp.server.jobs.runner import Snapshot
from nemovideo_mcp.server.places import placed
from nemovideo_mcp.server.progress import reporter
from nemovideo_mcp.server.projects import clean_name
from nemovideo_mcp.server.results import NotUnderstood, ProjectRef, Result, Skipped, Status, lines, running
from nemovideo_mcp.server.services import Services
from nemovideo_mcp.server.tooling import NemoTool, make_tool
from nemovideo_mcp.server.tools.common import JobFailed, WaitArg, follow
from nemovideo_mcp.server.tools.export import FormatArg, parse_wish

MOST_FILMS = 100


class BatchItem(BaseModel):
    """One film."""

    model_config = ConfigDict(extra="forbid")

    media: list[str] = Field(min_length=1, description="paths, folders, patterns or URLs")
    instruction: str = Field("", description="as for edit")
    name: str | None = Field(None, description="of the project and the file")


class BatchRow(BaseModel):
    project: ProjectRef
    status: Status
    path: str | None = None
    url: str | None = None
    duration_seconds: float | None = None
    size_bytes: int | None = None
    reply: str | None = None
    not_understood: list[NotUnderstood] = []
    skipped: list[Skipped] = []
    error: str | None = None


class BatchResult(Result):
    status: Status
    project: ProjectRef | None = Field(None, description="of the first film")
    job: str
    items: list[BatchRow] = []
    message: str = ""

    def words(self) -> str:
        done = sum(item.status == "completed" for item in self.items)
        return lines(
            self.message or f"{done} of {len(self.items)} films are ready.",
            *(f"  {item.project.name}: {item.path or item.url or item.error or item.status}" for item in self.items),
        )


def batch_tool(services: Services) -> NemoTool:
    async def batch(
        ctx: Context[Any, Any],
        items: list[BatchItem],
        format: FormatArg = "mp4",
        quality: Annotated[str, Field(description="draft, standard or high")] = "high",
        resolution: Annotated[str | None, Field(description="720p, 1080p, 4k or WxH")] = None,
        preset: Annotated[str | None, Field(description="as for export")] = None,
        wait_seconds: WaitArg = None,
    ) -> BatchResult:
        """Make several films, each from its own media with its own instruction, as its own project. A film that fails does not
        stop the others. If status is running, call wait with the job."""
        if not items:
            raise BadInput("There are no items.", "Give one item for each film: its media and its instruction.")
        if len(items) > MOST_FILMS:
            raise BadInput(f"{len(items)} films are too many for one batch.", f"Give at most {MOST_FILMS} at a time.")
        wish = parse_wish(format, quality, resolution, preset=preset)
        names = await _free_names(services, [item.name for item in items])
        films: list[dict[str, Any]] = []
        for item, name in zip(items, names, strict=True):
            made = await services.projects.create(name)
            films.append(
                {
                    "project": {"id": made.id, "name": made.name},
                    "media": item.media,
                    "instruction": item.instruction,
                }
            )
        job = await services.jobs.start("batch", None, {"items": films, **wish})
        return batch_result(services, await follow(services, reporter(ctx), job.id, wait_seconds))

    return make_tool(batch, title="Several films at once", open_world=True)


async def _free_names(services: Services, wanted: list[str | None]) -> list[str | None]:
    """The names, numbered where they are taken. Raises BadInput, before anything is made, when one cannot be a name."""
    taken = {project.name.casefold() for project in await services.projects.all()}
    names: list[str | None] = []
    for name in wanted:
        if name is None:
            names.append(None)
            continue
        clean, number = clean_name(name), 2
        free = clean
        while free.casefold() in taken:
            free = clean_name(f"{clean[:90]} ({number})")
            number += 1
        taken.add(free.casefold())
        names.append(free)
    return names


def batch_result(services: Services, snapshot: Snapshot) -> BatchResult:
    """The result of a batch as it stands. Raises JobFailed when it was cancelled or could not run at all."""
    job = snapshot.job
    films: list[dict[str, Any]] = job.params["items"]
    records = (job.result or {}).get("items") or job.checkpoint.get("items") or [{"status": "queued"} for _ in films]
    rows = [
        BatchRow.model_validate(
            {
                "project": film["project"],
                **{
                    k: v
                    for k, v in placed(services.options, record).items()
                    if k in BatchRow.model_fields and k != "project"
                },
            }
        )
        for film, record in zip(films, records, strict=True)
    ]
    first = ProjectRef.model_validate(films[0]["project"])
    if job.status == "cancelled" or (job.status == "failed" and not job.result):
        raise JobFailed(job, first)
    message = ""
    if not job.ended:
        message = running(job.id, job.status, job.progress, job.message, job.elapsed_seconds, snapshot.idle_seconds)
    return BatchResult(status=job.status, project=first, job=job.id, items=rows, message=message)
