"""A host that takes tasks: it follows each one to its end and keeps what it saw."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Literal

import anyio
from mcp.client import ClaimContext, ClientExtension, ClientSession, ResultClaim
from mcp_types import CallToolResult, Request, RequestParams, Result

from nemovideo_mcp.server.tasks import TASKS


class CreatedTask(Result):
    result_type: Literal["task"]
    task_id: str
    status: str
    ttl_ms: int | None
    poll_interval_ms: int


class TaskParams(RequestParams):
    task_id: str
    input_responses: dict[str, Any] | None = None


class TaskRequest(Request[TaskParams, str]):
    name_param = "taskId"


class AnyResult(Result):
    model_config = {"extra": "allow"}


async def ask(session: ClientSession, method: str, task: str, **more: Any) -> dict[str, Any]:
    """The answer to a request about a task, as it came."""
    request = TaskRequest(method=method, params=TaskParams(task_id=task, **more))
    answer = await session.send_request(request, AnyResult)
    return answer.model_dump(by_alias=True, mode="json", exclude_none=True, exclude={"meta"})


class TaskHost(ClientExtension):
    """``then`` is done when a job of the kind ``of`` has become a task; ``seen`` are the tasks as they were answered, one after the other."""

    identifier = TASKS

    def __init__(self, then: Callable[[ClientSession, str], Awaitable[None]] | None = None, of: str = "export") -> None:
        self.then, self.of = then, of
        self.created: list[CreatedTask] = []
        self.seen: list[dict[str, Any]] = []

    def claims(self) -> Sequence[ResultClaim[Any]]:
        return (ResultClaim(result_type="task", model=CreatedTask, resolve=self._follow),)

    async def _follow(self, task: CreatedTask, ctx: ClaimContext) -> CallToolResult:
        self.created.append(task)
        if self.then is not None and task.task_id.startswith(f"{self.of}_"):
            await self.then(ctx.session, task.task_id)
        while True:
            answer = await ask(ctx.session, "tasks/get", task.task_id)
            self.seen.append(answer)
            await self.told(ctx.session, answer)
            if answer["status"] == "completed":
                return CallToolResult.model_validate(answer["result"])
            if answer["status"] in ("failed", "cancelled"):
                return CallToolResult(content=[], structured_content={"status": answer["status"]}, is_error=True)
            await anyio.sleep(0.02)

    async def told(self, session: ClientSession, task: dict[str, Any]) -> None:
        """What the host does about a task as it stands; nothing here."""
