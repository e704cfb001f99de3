"""`credits`: what is left, and what to do when it runs out."""

from __future__ import annotations

from pydantic import Field

from nemovideo_mcp.server.results import ProjectRef, Result
from nemovideo_mcp.server.services import Services
from nemovideo_mcp.server.tooling import NemoTool, make_tool
from nemovideo_mcp.server.tools.common import ref


class CreditsResult(Result):
    project: ProjectRef | None = None
    available: float | None = Field(description="credits; null: no limit")
    frozen: float | None = Field(description="credits that running work has reserved")
    total: float | None = Field(description="credits")
    backend: str
    advice: str

    def words(self) -> str:
        if self.available is None:
            return f"No limit on credits. {self.advice}"
        frozen = f", {self.frozen:g} reserved by running work" if self.frozen else ""
        return f"{self.available:g} credits available of {self.total:g}{frozen}. {self.advice}"


async def read_credits(services: Services) -> CreditsResult:
    options = services.options
    client = await services.client()
    credits = await client.credits()
    current = await services.projects.current_id()
    project = ref(await services.projects.by_id(current)) if current else None
    if credits.unlimited:
        advice = f"The backend in use is the {options.backend}: edits and exports cost nothing. {options.backend_hint}"
        return CreditsResult(
            project=project, available=None, frozen=None, total=None, backend=options.backend, advice=advice.strip()
        )
    if credits.available > 0:
        advice = "An editing session costs about 50 credits, a generated clip about 100; exports are free."
    elif options.web_url is None:
        advice = "Start the studio with more credits."
    elif user := client.user_id:
        advice = f"Register for more: {options.web_url}/register?bind={user}"
    else:
        advice = f"Top up at {options.web_url}."
    return CreditsResult(
        project=project,
        available=credits.available,
        frozen=credits.frozen,
        total=credits.total,
        backend=options.backend,
        advice=advice,
    )


def credits_tool(services: Services) -> NemoTool:
    async def credits() -> CreditsResult:
        """How many credits are left, and what to do when they run out."""
        return await read_credits(services)

    return make_tool(credits, title="Credits", read_only=True, idempotent=True, open_world=True)
