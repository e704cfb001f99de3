"""`edit`: an instruction in plain words, typed operations, or both."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

from mcp.server.mcpserver.context import Context
from pydantic import Field

from nemovideo_mcp.api.errors import BadInput
from nemovideo_mcp.server.asking import (
    AGREED,
    Agreed,
    Chosen,
    about_credits,
    agreed_to,
    chosen_of,
    whether_to_spend,
    which_project,
)
from nemovideo_mcp.server.calls import begin
from nemovideo_mcp.server.jobs.journal import Job
from nemovideo_mcp.server.jobs.runner import Snapshot
from nemovideo_mcp.server.progress import Report, part, reporter
from nemovideo_mcp.server.projects import NEW
from nemovideo_mcp.server.results import Changed, NotUnderstood, ProjectRef, Result, Status, lines, running
from nemovideo_mcp.server.routing import Route, route
from nemovideo_mcp.server.services import Services
from nemovideo_mcp.server.several import Several, several
from nemovideo_mcp.server.tooling import NemoTool, make_tool
from nemovideo_mcp.server.tools.common import JobFailed, ProjectArg, WaitArg, discard, follow, ref
from nemovideo_mcp.server.tools.credits import read_credits
from nemovideo_mcp.server.tools.export import ExportResult, export_result, start_export
from nemovideo_mcp.server.tools.get_state import read_state
from nemovideo_mcp.timeline.operations import Operation
from nemovideo_mcp.timeline.tongue import tongue_of

LONGEST_INSTRUCTION = 20_000
ASSISTANT = "For the assistant: what operations can say of the parts not done, send now as operations, without the rest; tell the user what is left."
"""A host's model reads people better than any grammar. Not said where edits cost credits: that is for the user to decide."""


class EditResult(Result):
    status: Status
    project: ProjectRef
    job: str | None = None
    reply: str = ""
    changes: list[Changed] = []
    not_understood: list[NotUnderstood] = []
    warnings: list[str] = []
    summary: str | None = None
    credits_before: float | None = Field(None, description="null: no limit")
    credits_after: float | None = None
    credits_spent: float | None = None
    routed_to: list[str] = Field([], description="tools that the instruction was for")
    routed: dict[str, Any] = Field({}, description="their results, by tool")
    message: str = ""

    def words(self) -> str:
        zh = tongue_of(self.reply) == "zh"
        missed = [_missed(miss, zh) for miss in self.not_understood if miss.clause not in self.reply]
        spent = None
        if self.credits_before is not None and self.credits_after is not None:
            before, after, used = self.credits_before, self.credits_after, self.credits_spent or 0
            spent = f"Credits: {before:g} before, {after:g} now, {used:g} spent."
            spent = f"积分：之前 {before:g}，现在 {after:g}，用去 {used:g}。" if zh else spent
        named = (
            f"项目：“{self.project.name}”（{self.project.id}）。"
            if zh
            else f'Project: "{self.project.name}" ({self.project.id}).'
        )
        return lines(
            self.reply,
            *missed,
            self.summary,
            spent,
            self.message,
            ASSISTANT if self.not_understood and not self.credits_spent else None,
            None if self.routed else named,
        )


def _missed(miss: NotUnderstood, zh: bool) -> str:
    """A part that was not done, where the reply does not tell of it."""
    if zh:
        return (
            f"未完成：“{miss.clause}”"
            + (f"：{miss.reason}。" if miss.reason else "。")
            + (f"可以说：“{miss.nearest}”。" if miss.nearest else "")
        )
    reason = f" ({miss.reason})" if miss.reason else ""
    return f'Not done: "{miss.clause}"{reason}' + (f'. Try: "{miss.nearest}"' if miss.nearest else "")


def edit_tool(services: Services) -> NemoTool:
    async def edit(
        ctx: Context[Any, Any],
        which: Chosen,
        spend: Agreed,
        instruction: Annotated[
            str,
            Field(description="what the user wants, in their own words and language, with numbers where they gave any"),
        ] = "",
        operations: Annotated[
            list[Operation],
            Field(max_length=200, description="exact edits, applied all or none, before the instruction"),
        ] = [],  # noqa: B006 - the SDK reads the default for the schema; nothing changes it
        project: ProjectArg = None,
        wait_seconds: WaitArg = None,
    ) -> EditResult:
        """Make or change the film: length, seconds per photo, order, transitions, frame or platform, titles, logo, music, motion.
        The first edit puts all uploaded photos and clips on the timeline. Give the user's words as instruction; use
        operations where you know exactly what should happen. Answers with what changed and what was not understood. If
        status is running, call wait with the job."""
        if len(instruction) > LONGEST_INSTRUCTION:
            raise BadInput(
                f"The instruction has {len(instruction)} characters; {LONGEST_INSTRUCTION} is the limit.",
                "Say it in several edits.",
            )
        if not instruction.strip() and not operations:
            raise BadInput(
                "The instruction is empty.",
                'Say what the film should become, for example "a 30-second slideshow with smooth transitions".',
            )
        agreed_to(spend, "spend more credits")
        project = chosen_of(which)
        asked = await about_credits(services, project)
        wanted = route(instruction)
        if (many := several(wanted.instruction)) is not None:
            raise await _for_batch(services, project, many, instruction)
        before = await services.projects.current_id()
        found = await services.projects.resolve(project)
        report = reporter(ctx)
        tools: list[str] = list(dict.fromkeys("get_state" if name == "history" else name for name in wanted.routes))
        result = EditResult(status="completed", project=ref(found), routed_to=tools)
        rest = list(wanted.routes)
        if wanted.instruction or operations:
            params = {
                "instruction": wanted.instruction,
                "operations": [operation.model_dump(mode="json", exclude_none=True) for operation in operations],
                # In the job, so that it happens even when nobody waits for the edit any more.
                "then": [name for name in rest if name == "export"],
                **({AGREED: asked.spent} if asked is not None else {}),
            }
            job = await begin(services, "edit", found.id, params)
            snapshot = await follow(services, part(report, 0, 0.3) if rest else report, job.id, wait_seconds)
            try:
                result = edit_result(snapshot, ref(found), tools)
            except JobFailed:
                if project == NEW and not await services.projects.pool(found.id):
                    await discard(services, found, before)
                raise
            then_job = _then(snapshot.job)
            if then_job:
                rest.remove("export")
                await _exported(services, part(report, 0.3, 1), result, then_job, wait_seconds)
            elif result.status != "completed":
                return result
        for name in rest:
            zh = tongue_of(instruction) == "zh"
            await _call(services, report, name, result, project=found.id, wait_seconds=wait_seconds, zh=zh)
        return result

    return make_tool(
        edit,
        title="Edit the film",
        open_world=True,
        asks={"which": which_project(services), "spend": whether_to_spend(services)},
    )


def _then(job: Job) -> str | None:
    """The export that an edit began when it was done."""
    then: str | None = (job.result or {}).get("then_job")
    return then


async def edit_outcome(
    services: Services, snapshot: Snapshot, project: ProjectRef, report: Report | None, wait_seconds: float
) -> EditResult:
    """The result of an edit that is done, with that of the export that it began, which is waited for a bounded time.

    Raises:
        JobFailed: the edit failed or was cancelled.
    """
    then = _then(snapshot.job)
    result = edit_result(snapshot, project, ["export"] if then else [])
    if then:
        await _exported(services, report, result, then, wait_seconds)
    return result


async def _for_batch(services: Services, project: str | None, many: Several, instruction: str) -> BadInput:
    """The answer to a wish for several films: an edit changes one, and the call that makes them is said as it has to be."""
    found = None if project == NEW else await services.projects.peek(project)
    pool = await services.projects.pool(found.id) if found else []
    media = [file.path for file in pool if file.path]
    if many.each == "folder":
        media = sorted({str(Path(path).parent) for path in media})
    call = {"items": [{"media": media or ["<the photos, or their folder>"], "instruction": instruction}]}
    gone = [file.name for file in pool if not file.path]
    more = f" Add the addresses of {', '.join(gone[:5])} to its media." if gone and many.each == "photo" else ""
    count = sum(file.kind != "audio" and bool(file.path) for file in pool)
    films = f"{count} films here" if many.each == "photo" and count else "several films"
    said = f"batch({', '.join(f'{key}={json.dumps(value, ensure_ascii=False)}' for key, value in call.items())})"
    if tongue_of(instruction) == "zh":
        each = "每张照片" if many.each == "photo" else "每个文件夹"
        number = f"（这里共{count}部）" if many.each == "photo" and count else ""
        also = f"并把 {'、'.join(gone[:5])} 的网址加到 media 里。" if more else ""
        return BadInput(
            f"这是要{each}各做一部影片{number}，而一次编辑只改一部。没有任何改动。", f"请调用 {said}。{also}"
        )
    return BadInput(
        f"This asks for one film for each {many.each} ({films}), and an edit changes one film. Nothing was changed.",
        f"Call {said}.{more}",
    )


def edit_result(snapshot: Snapshot, project: ProjectRef, routes: list[str] | None = None) -> EditResult:
    """The result of an edit job as it stands. Raises JobFailed when it failed or was cancelled."""
    job = snapshot.job
    if job.status in ("failed", "cancelled"):
        failed = JobFailed(job, project)
        if failed.more.get("not_understood") and not failed.more.get("credits_spent"):
            failed.next_step = failed.next_step or ASSISTANT
        raise failed
    if job.status != "completed":
        words = running(job.id, job.status, job.progress, job.message, job.elapsed_seconds, snapshot.idle_seconds)
        return EditResult(status=job.status, job=job.id, project=project, message=words, routed_to=routes or [])
    data = {key: value for key, value in (job.result or {}).items() if key in EditResult.model_fields}
    return EditResult.model_validate(
        {**data, "status": "completed", "job": job.id, "project": project, "routed_to": routes or []}
    )


async def _exported(
    services: Services, report: Report | None, result: EditResult, job: str, wait_seconds: float | None
) -> None:
    snapshot = await follow(services, report, job, wait_seconds)
    try:
        _carry(result, "export", export_result(services, snapshot, result.project))
    except JobFailed as error:
        # The edit is done all the same, and must not be asked for again.
        _refused(result, "export", error)


async def _call(
    services: Services,
    report: Report,
    name: Route,
    result: EditResult,
    *,
    project: str,
    wait_seconds: float | None,
    zh: bool,
) -> None:
    """Do what the instruction asked another tool for."""
    match name:
        case "export":
            job = await start_export(services, await services.projects.by_id(project))
            await _exported(services, report, result, job.id, wait_seconds)
        case "credits":
            _carry(result, name, await read_credits(services))
        case "get_state" | "history":
            state = await read_state(services, await services.projects.by_id(project), history=name == "history")
            _carry(result, "get_state", state)
        case "upload_images":
            add = "要添加文件，请调用 upload_images，给出本机路径或网址。"
            _point(
                result,
                add if zh else "To add files, call upload_images with their paths on this machine or their URLs.",
            )
        case "preview":
            _point(result, "要看影片，请调用 preview。" if zh else "To look at the film, call preview.")


def _point(result: EditResult, words: str) -> None:
    result.reply = lines(result.reply, words)


def _refused(result: EditResult, name: str, error: JobFailed) -> None:
    """The other tool failed: that is the call's failure only when there was no edit."""
    if not result.job:
        raise error
    done = (
        "修改已完成，但后面的操作失败了："
        if tongue_of(result.reply) == "zh"
        else f"The edit is done, but the {name} failed: "
    )
    words = f"{done}{error} {error.next_step}".strip()
    result.routed[name] = {"status": "failed", "message": str(error), "next_step": error.next_step}
    result.message = lines(result.message, words)


def _carry(result: EditResult, name: str, other: Result) -> None:
    """Put another tool's result into this one, in words and as data."""
    result.routed[name] = other.model_dump(mode="json")
    result.message = lines(result.message, other.words())
    if isinstance(other, ExportResult) and other.status != "completed":
        result.status, result.job = other.status, other.job
