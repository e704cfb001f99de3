"""The tasks extension (SEP-2663): for hosts that declare it, the jobs of this server are tasks.

A task is a job: its id is the job's, its life the journal's, so it outlives the call, the connection and the process. A
call whose jobs end at once is answered as usual; any other is answered with the task. Hosts that do not declare the
extension keep the bounded wait and the `wait` tool.

Source: https://modelcontextprotocol.io/seps/2663-tasks-extension
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from mcp.server.context import CallNext, HandlerResult, ServerRequestContext
from mcp.server.extension import Extension, MethodBinding
from mcp.server.mcpserver import require_client_extension
from mcp.shared.exceptions import MCPError
from mcp.shared.inbound import MCP_NAME_HEADER, decode_header_value
from mcp_types import (
    HEADER_MISMATCH,
    INTERNAL_ERROR,
    INVALID_PARAMS,
    CallToolRequestParams,
    CallToolResult,
    RequestParams,
)
from mcp_types.version import MODERN_PROTOCOL_VERSIONS

from nemovideo_mcp.api.errors import BadInput, NemoError
from nemovideo_mcp.server.calls import current_call
from nemovideo_mcp.server.jobs.journal import OPEN, Job
from nemovideo_mcp.server.jobs.runner import Crashed, Snapshot
from nemovideo_mcp.server.services import Services

TASKS = "io.modelcontextprotocol/tasks"

AT_ONCE_SECONDS = 0.5
"""A call whose jobs end within this is answered with its result."""
KEPT_MS = 7 * 24 * 3600 * 1000
"""How long a task can be asked for at least; nothing is thrown away before its project is."""
LEAST_POLL_MS, MOST_POLL_MS = 500, 10_000


class TaskParams(RequestParams):
    task_id: str


class UpdateParams(TaskParams):
    input_responses: dict[str, Any] = {}


class Tasks(Extension):
    """`tools/call` answers with tasks; `tasks/get`, `tasks/update` and `tasks/cancel` follow, answer and stop them."""

    identifier = TASKS

    def __init__(self, services: Services) -> None:
        self._services = services

    def methods(self) -> Sequence[MethodBinding]:
        modern = frozenset(MODERN_PROTOCOL_VERSIONS)
        return (
            MethodBinding("tasks/get", TaskParams, self._get, modern),
            MethodBinding("tasks/update", UpdateParams, self._update, modern),
            MethodBinding("tasks/cancel", TaskParams, self._cancel, modern),
        )

    async def intercept_tool_call(
        self, params: CallToolRequestParams, ctx: ServerRequestContext[Any, Any], call_next: CallNext
    ) -> HandlerResult:
        call = current_call()
        if call is None or not declares_tasks(ctx):
            return await call_next(ctx)
        call.patience = AT_ONCE_SECONDS
        result = await call_next(ctx)
        if not call.jobs or not isinstance(result, CallToolResult) or not _is_running(result):
            return result
        # The job is in the journal since it began: whoever asks for the task from now on finds it.
        return {"resultType": "task", **self._task(await self._services.jobs.look(call.jobs[0]))}

    async def _get(self, ctx: ServerRequestContext[Any, Any], params: TaskParams) -> HandlerResult:
        return await self._detailed(await self._find(ctx, params))

    async def _update(self, ctx: ServerRequestContext[Any, Any], params: UpdateParams) -> HandlerResult:
        found = await self._find(ctx, params)
        await self._services.jobs.answer(found.job.id, params.input_responses)
        return {"resultType": "complete"}

    async def _cancel(self, ctx: ServerRequestContext[Any, Any], params: TaskParams) -> HandlerResult:
        found = await self._find(ctx, params)
        try:
            await self._services.jobs.stop(found.job.id)
        except BadInput as error:
            raise MCPError(code=INTERNAL_ERROR, message=f"{error} {error.next_step}".strip()) from None
        return {"resultType": "complete"}

    async def _find(self, ctx: ServerRequestContext[Any, Any], params: TaskParams) -> Snapshot:
        """The job of a task.

        Raises:
            MCPError: the host does not declare the extension, its headers name another task, or there is none such.
        """
        require_client_extension(ctx, TASKS)
        headers = getattr(ctx.request, "headers", None)
        # Over HTTP the task is named in a header too, for whatever routes the request (SEP-2243).
        if headers is not None and decode_header_value(headers.get(MCP_NAME_HEADER)) != params.task_id:
            raise MCPError(HEADER_MISMATCH, f"The {MCP_NAME_HEADER} header does not name the task {params.task_id!r}.")
        try:
            return await self._services.jobs.look(params.task_id)
        except BadInput:
            raise MCPError(code=INVALID_PARAMS, message=f"There is no task {params.task_id!r}.") from None

    def _task(self, snapshot: Snapshot) -> dict[str, Any]:
        """A task as it stands, without its result."""
        job = snapshot.job
        poll = self._services.options.poll_seconds * 1000
        return {
            "taskId": job.id,
            "status": "working",
            "statusMessage": job.message,
            "createdAt": _iso(job.created),
            "lastUpdatedAt": _iso(job.updated),
            "ttlMs": KEPT_MS,
            "pollIntervalMs": round(min(max(poll, LEAST_POLL_MS), MOST_POLL_MS)),
        }

    async def _detailed(self, snapshot: Snapshot) -> dict[str, Any]:
        """A task with what goes with its status: the result, the error, or what is asked of the host."""
        # The tools are loaded when the first of them is asked for: a host waits for the start.
        from nemovideo_mcp.server.tooling import answer_of, failure_of
        from nemovideo_mcp.server.tools.outcomes import outcome

        job, task = snapshot.job, self._task(snapshot)
        if snapshot.asked:
            return {**task, "status": "input_required", "inputRequests": snapshot.asked}
        if not job.ended:
            return task
        if job.status == "cancelled":
            return {**task, "status": "cancelled"}
        if _crashed(job):
            return {**task, "status": "failed", "error": {"code": INTERNAL_ERROR, "message": job.message}}
        try:
            result = answer_of(await outcome(self._services, snapshot))
        except NemoError as error:
            result = failure_of(error)
        if _is_running(result):
            # The edit is done, and the export that it asked for goes on.
            text = result.content[0].text if result.content and result.content[0].type == "text" else job.message
            return {**task, "statusMessage": text}
        return {
            **task,
            "status": "completed",
            "result": result.model_dump(by_alias=True, mode="json", exclude_none=True),
        }


async def only_for_hosts_of_tasks(ctx: ServerRequestContext[Any, Any], call_next: CallNext) -> HandlerResult:
    """Middleware: a host that asks to be told of tasks declares that it takes them. Being told is not offered: tasks are polled."""
    wanted = (ctx.params or {}).get("notifications") if ctx.method == "subscriptions/listen" else None
    if isinstance(wanted, Mapping) and wanted.get("taskIds"):
        require_client_extension(ctx, TASKS)
    return await call_next(ctx)


def declares_tasks(ctx: ServerRequestContext[Any, Any]) -> bool:
    """Whether the host of a request takes tasks: it says so, in a protocol that has extensions."""
    capabilities = ctx.session.client_capabilities
    declared = capabilities.extensions if capabilities else None
    return ctx.protocol_version in MODERN_PROTOCOL_VERSIONS and TASKS in (declared or {})


def _is_running(result: CallToolResult) -> bool:
    return not result.is_error and (result.structured_content or {}).get("status") in OPEN


def _crashed(job: Job) -> bool:
    return job.error is not None and job.error["type"] == Crashed.__name__


def _iso(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
