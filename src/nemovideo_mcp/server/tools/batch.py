"""`batch`: several films at once, each with its own media and its own instruction."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Any

import anyio.to_thread
from mcp.server.mcpserver.context import Context
from pydantic import BaseModel, ConfigDict, Field

from nemovideo_mcp.api.errors import BadInput
from nemovideo_mcp.server.asking import can_ask
from nemovideo_mcp.server.calls import begin, current_call
from nemovideo_mcp.server.films import Wanted, wanted_films
from nemovideo_mcp.server.jobs.batch import carried
from nemovideo_mcp.server.jobs.runner import Snapshot
from nemovideo_mcp.server.progress import reporter
from nemovideo_mcp.server.projects import clean_name
from nemovideo_mcp.server.results import NotUnderstood, ProjectRef, Result, Skipped, Status, lines, running
from nemovideo_mcp.server.services import Services
from nemovideo_mcp.server.tooling import NemoTool, make_tool
from nemovideo_mcp.server.tools.common import JobFailed, WaitArg, follow
from nemovideo_mcp.server.tools.export import FormatArg, parse_wish


class BatchItem(BaseModel):
    """One film; several where the instruction says "one video for each photo" or "each folder"."""

    model_config = ConfigDict(extra="forbid")

    media: list[str] = Field(min_length=1, description="paths, folders, patterns or URLs")
    instruction: str = Field("", description="as for edit; {name} stands for the film's name")
    name: str | None = Field(None, description="of the project and the file")


class BatchRow(BaseModel):
    project: ProjectRef
    status: Status
    path: str | None = None
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
    skipped: list[Skipped] = []
    message: str = ""

    def words(self) -> str:
        done = sum(item.status == "completed" for item in self.items)
        return lines(
            self.message,
            None if self.status == "running" else f"{done} of {len(self.items)} films are ready.",
            *(line for item in self.items for line in _told(item)),
            *(f"Not used: {file.name}: {file.reason.rstrip('.')}." for file in self.skipped),
        )


def _told(item: BatchRow) -> list[str]:
    missed = (f'    Not done: "{miss.clause}": {miss.reason}.' for miss in item.not_understood)
    skipped = (f"    Skipped {file.name}: {file.reason.rstrip('.')}." for file in item.skipped)
    return [f"  {item.project.name}: {item.path or item.error or item.status}", *missed, *skipped]


def batch_tool(services: Services) -> NemoTool:
    async def batch(
        ctx: Context[Any, Any],
        items: list[BatchItem] = [],  # noqa: B006 - the SDK reads the default for the schema; nothing changes it
        instruction: Annotated[str, Field(description="for all films; an item's own is added and wins")] = "",
        format: FormatArg = "mp4",
        quality: Annotated[str, Field(description="draft, standard or high")] = "high",
        resolution: Annotated[str | None, Field(description="720p, 1080p, 4k or WxH")] = None,
        preset: Annotated[str | None, Field(description="as for export")] = None,
        job: Annotated[str | None, Field(description="of an earlier batch, without items: make what it left")] = None,
        wait_seconds: WaitArg = None,
    ) -> BatchResult:
        """Make several films, each from its own media with its own instruction, as its own project. A film that fails does not
        stop the others. If status is running, call wait with the job."""
        call = current_call()
        # Only a task can be asked while it works.
        asks = call is not None and call.patience is not None and can_ask(ctx)
        if job is not None:
            if items or instruction:
                raise BadInput("A batch that goes on has its films and words.", "Give job alone, or items without job.")
            params = await _left(services, job.strip())
            started = await begin(services, "batch", None, {**params, "asks": asks})
            return batch_result(await follow(services, reporter(ctx), started.id, wait_seconds))
        if not items:
            raise BadInput("There are no items.", "Give one item for each film: its media and its instruction.")
        wish = parse_wish(format, quality, resolution, preset=preset)
        wanted = [Wanted(tuple(item.media), item.instruction, item.name) for item in items]
        films, unused = await anyio.to_thread.run_sync(partial(wanted_films, wanted, instruction, services.options))
        if not films:
            reasons = "; ".join(f"{name.name}: {name.reason}" for name in unused)
            raise BadInput(
                f"There is nothing to make films of. {reasons}".strip(), "Name folders or files with photos."
            )
        names = await _free_names(services, [film.name for film in films])
        made: list[dict[str, Any]] = []
        for film, name in zip(films, names, strict=True):
            project = await services.projects.create(name)
            about = {"id": project.id, "name": project.name}
            made.append(
                {"project": about, "media": list(film.media), "instruction": film.told(film.name or project.name)}
            )
        skipped = [{"name": name.name, "reason": name.reason} for name in unused]
        started = await begin(services, "batch", None, {"items": made, "skipped": skipped, "asks": asks, **wish})
        return batch_result(await follow(services, reporter(ctx), started.id, wait_seconds))

    return make_tool(batch, title="Several films at once", open_world=True)


async def _left(services: Services, id: str) -> dict[str, Any]:
    """The parameters of a batch that makes what an earlier one did not, without sending or paying anything twice.

    Raises:
        BadInput: it is no batch, still at work, or all of it was made.
    """
    job = await services.journal.get(id)
    if job.kind != "batch":
        raise BadInput(f"{id} is no batch.", "Give the job of a batch.")
    if not job.ended:
        raise BadInput(f"The batch {id} is still at work.", f'Call wait(job="{id}").')
    records = (job.result or {}).get("items") or job.checkpoint.get("items") or [{} for _ in job.params["items"]]
    left = [
        {**item, "before": carried(record)}
        for item, record in zip(job.params["items"], records, strict=True)
        if record.get("status") != "completed"
    ]
    if not left:
        raise BadInput("All films of that batch are ready.", "Start a new batch with items.")
    return {**job.params, "items": left}


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


def batch_result(snapshot: Snapshot) -> BatchResult:
    """The result of a batch as it stands. Raises JobFailed when it was cancelled or could not run at all."""
    job = snapshot.job
    films: list[dict[str, Any]] = job.params["items"]
    records = (job.result or {}).get("items") or job.checkpoint.get("items") or [{"status": "queued"} for _ in films]
    rows = [
        BatchRow.model_validate(
            {
                "project": film["project"],
                **{k: v for k, v in record.items() if k in BatchRow.model_fields and k != "project" and v is not None},
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
    elif stopped := (job.result or {}).get("stopped"):
        left = ", ".join(row.project.name for row in rows if row.status == "queued")
        message = lines(
            f"The batch ended early: {stopped}",
            f"Not begun: {left}." if left else None,
            f'Then call batch(job="{job.id}") to go on; nothing is paid twice.',
        )
    skipped = [Skipped.model_validate(name) for name in job.params.get("skipped", ())]
    return BatchResult(status=job.status, project=first, job=job.id, items=rows, skipped=skipped, message=message)
