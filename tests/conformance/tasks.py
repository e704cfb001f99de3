"""Fixtures that are tasks: kinds of jobs of their own, on the same journal and through the same extension as the product's."""

from __future__ import annotations

from typing import Any

import anyio
from mcp.server.mcpserver import Context, MCPServer, require_client_extension
from mcp_types import InputRequiredResult
from pydantic import BaseModel

from conformance.asking import answered, ask, form
from nemovideo_mcp.api.errors import NemoError
from nemovideo_mcp.server.calls import begin
from nemovideo_mcp.server.jobs.runner import Run
from nemovideo_mcp.server.results import Status
from nemovideo_mcp.server.services import Services
from nemovideo_mcp.server.tasks import TASKS
from nemovideo_mcp.server.tools.common import follow


class JobAnswer(BaseModel):
    job: str
    status: Status
    message: str


async def slow_compute(run: Run) -> dict[str, Any]:
    await anyio.sleep(run.params["seconds"])
    return {"message": f"done {run.params['label']}"}


async def failing_job(run: Run) -> dict[str, Any]:
    await anyio.sleep(1)
    raise NemoError("boom", "Do not call it again.")


async def protocol_error_job(run: Run) -> dict[str, Any]:
    await anyio.sleep(1)
    raise RuntimeError("panic")


async def confirm_delete(run: Run) -> dict[str, Any]:
    request = form(f"Delete {run.params['filename']}?", "confirm", "boolean")
    answers = await run.ask({f"{run.id}-confirm": dumped(request)}, "Waiting for an answer…")
    return {"message": f"answered: {answers}"}


async def multi_input(run: Run) -> dict[str, Any]:
    requests = {
        f"{run.id}-name": dumped(form("Your name?", "name")),
        f"{run.id}-confirm": dumped(form("Sure?", "confirm", "boolean")),
    }
    return {"message": f"answered: {await run.ask(requests, 'Waiting for two answers…')}"}


async def greet_later(run: Run) -> dict[str, Any]:
    await anyio.sleep(1)
    return {"message": f"Hello, {run.params['name']}!"}


WORK = {
    work.__name__: work
    for work in (slow_compute, failing_job, protocol_error_job, confirm_delete, multi_input, greet_later)
}


def dumped(request: BaseModel) -> dict[str, Any]:
    return request.model_dump(by_alias=True, mode="json", exclude_none=True)


def add_tasks(server: MCPServer[None], services: Services) -> None:
    async def run(kind: str, **params: Any) -> JobAnswer:
        job = await begin(services, kind, None, params)
        snapshot = await follow(services, None, job.id, 30)
        return JobAnswer(job=job.id, status=snapshot.job.status, message=snapshot.job.message)

    @server.tool(structured_output=False)
    def greet(name: str) -> str:
        """No task."""
        return f"Hello, {name}!"

    @server.tool(name="slow_compute")
    async def slow(seconds: float, label: str = "") -> JobAnswer:
        """Works for some seconds."""
        return await run("slow_compute", seconds=seconds, label=label)

    @server.tool(name="failing_job")
    async def failing(ctx: Context[Any, Any]) -> JobAnswer:
        """Fails; only as a task."""
        require_client_extension(ctx.request_context, TASKS)
        return await run("failing_job")

    @server.tool(name="protocol_error_job")
    async def protocol_error() -> JobAnswer:
        """Crashes."""
        return await run("protocol_error_job")

    @server.tool(name="confirm_delete")
    async def confirm(filename: str) -> JobAnswer:
        """Asks while it works."""
        return await run("confirm_delete", filename=filename)

    @server.tool(name="multi_input")
    async def multi() -> JobAnswer:
        """Asks two questions while it works."""
        return await run("multi_input")

    @server.tool()
    async def test_tool_with_task(ctx: Context[Any, Any]) -> JobAnswer | InputRequiredResult:
        """Asks first, then becomes a task."""
        require_client_extension(ctx.request_context, TASKS)
        name = answered(ctx, "user_name", "name")
        if name is None:
            return ask("asked", user_name=form("What is your name?", "name"))
        return await run("greet_later", name=name)
