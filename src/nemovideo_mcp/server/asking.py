"""What a person should decide: which project is meant, whether one goes for good, whether more credits are spent.

The questions are resolvers of the SDK: it asks in the middle of a call in the older protocols, and by a result that asks in
the newest. Where the host cannot ask, each has an answer of its own: an ambiguous name and credits are refused in words
that the model can put to its user; a project is deleted, for the call says so and hosts are told that it destroys.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from mcp.server.elicitation import AcceptedElicitation, render_elicitation_schema
from mcp.server.mcpserver.context import Context
from mcp.server.mcpserver.resolve import Elicit, ElicitationResult
from mcp_types import ElicitRequest, ElicitRequestFormParams
from pydantic import BaseModel, Field, JsonValue, create_model

from nemovideo_mcp.api.errors import BadInput, NemoError
from nemovideo_mcp.server.projects import NEW, Project
from nemovideo_mcp.server.routing import route
from nemovideo_mcp.server.services import Services

MOST_CHOICES = 20

AGREED = "agreed_at_spent"
"""In the parameters of an edit that the user was asked about: what the project had spent then."""


class Declined(NemoError):
    """The user was asked, and did not agree."""


class Which(BaseModel):
    """The project that a call means: what was given, or an id that the user chose."""

    project: str | None


class Sure(BaseModel):
    sure: bool = Field(title="Go on", description="Whether to go on.")


Chosen = ElicitationResult[Which]
Agreed = ElicitationResult[Sure]


def can_ask(ctx: Context[Any, Any]) -> bool:
    """Whether the host of a call shows its user a form."""
    capabilities = ctx.client_capabilities
    asks = capabilities.elicitation if capabilities else None
    return asks is not None and (asks.form is not None or asks.url is None)


def chosen_of(answer: ElicitationResult[Which]) -> str | None:
    """The project that was chosen. Raises Declined when the user chose none."""
    if isinstance(answer, AcceptedElicitation):
        return answer.data.project
    raise Declined("Nothing was done: the user was asked which project is meant, and chose none.", "Ask them.")


def agreed_to(answer: ElicitationResult[Sure], to: str) -> bool:
    """Whether the user was asked and agreed. Raises Declined when they did not."""
    if isinstance(answer, AcceptedElicitation) and answer.data.sure:
        return True
    raise Declined(f"Nothing was done: the user was asked whether to {to}, and did not agree.", "Do not try again.")


def which_project(services: Services) -> Callable[..., Awaitable[Which | Elicit[Which]]]:
    """A resolver for tools with a ``project``: asks which is meant when several fit a name and none is called that."""

    async def which(ctx: Context[Any, Any], project: str | None) -> Which | Elicit[Which]:
        wanted = (project or "").strip()
        if not wanted or wanted == NEW:
            return Which(project=project)
        with suppress(BadInput):
            await services.projects.find(wanted)
            return Which(project=project)
        rows = await services.projects.all()
        called = [row for row in rows if row.name.casefold() == wanted.casefold()]
        fitting = called or [row for row in rows if wanted.casefold() in row.name.casefold()]
        if len(fitting) < 2:
            return Which(project=project)
        if not can_ask(ctx):
            listed = ", ".join(f'"{row.name}" ({row.id})' for row in fitting[:MOST_CHOICES])
            raise BadInput(f'Several projects fit "{wanted}": {listed}.', "Ask the user, then name one by its id.")
        return Elicit(f'Several projects fit "{wanted}". Which one is meant?', _choice(fitting[:MOST_CHOICES]))

    return which


def _choice(rows: list[Project]) -> type[Which]:
    options: list[JsonValue] = [{"const": row.id, "title": row.name} for row in rows]
    field = Field(title="Project", json_schema_extra={"oneOf": options})
    return create_model("Which", __base__=Which, project=(str, field))


def whether_to_delete(services: Services) -> Callable[..., Awaitable[Sure | Elicit[Sure]]]:
    """A resolver for `projects`: asks before a project goes for good."""

    async def sure(ctx: Context[Any, Any], action: str, name: str | None, project: str | None) -> Sure | Elicit[Sure]:
        wanted = (project or name or "").strip()
        if action != "delete" or not wanted or not can_ask(ctx):
            return Sure(sure=True)
        found = await services.projects.find(wanted)
        files = len(await services.projects.pool(found.id))
        what = f"its {files} file{'s' if files != 1 else ''} and its timeline"
        return Elicit(f'Delete "{found.name}" with {what} for good? Exported films stay.', Sure)

    return sure


def whether_to_spend(services: Services) -> Callable[..., Awaitable[Sure | Elicit[Sure]]]:
    """A resolver for `edit`: asks when credits have passed a threshold of the settings."""

    async def spend(
        ctx: Context[Any, Any], instruction: str, operations: list[Any], project: str | None
    ) -> Sure | Elicit[Sure]:
        if not operations and not route(instruction).instruction:
            return Sure(sure=True)
        question = await about_credits(services, project)
        if question is None:
            return Sure(sure=True)
        if can_ask(ctx):
            return Elicit(f"{question.words} Go on with this edit?", Sure)
        asked = (project, instruction, repr(operations))
        if asked in services.asked:
            services.asked.discard(asked)
            return Sure(sure=True)
        services.asked.add(asked)
        raise BadInput(
            f"{question.words} So the edit was not sent.",
            "Ask the user. If they agree, call edit again with the same words.",
        )

    return spend


def form(message: str, schema: type[BaseModel]) -> dict[str, Any]:
    """A question as a task puts it to its host."""
    params = ElicitRequestFormParams(message=message, requested_schema=render_elicitation_schema(schema))
    return ElicitRequest(params=params).model_dump(by_alias=True, mode="json", exclude_none=True)


@dataclass(frozen=True, slots=True)
class AboutCredits:
    """A question, and what the project had spent when it was asked."""

    words: str
    spent: float


async def about_credits(services: Services, project: str | None) -> AboutCredits | None:
    """What there is to ask about credits before an edit; None when no threshold is set or passed, or it was agreed to."""
    options = services.options
    if options.ask_spent is None and options.ask_below is None:
        return None
    id = project if project and project != NEW else await services.projects.current_id()
    edits = []
    if id is not None and project != NEW:
        found = await services.projects.find(id)
        edits = [job for job in await services.journal.of_project(found.id, limit=1000) if job.kind == "edit"]
    spent = sum((job.result or {}).get("credits_spent") or 0 for job in edits)
    if options.ask_spent is not None:
        agreed = max((job.params[AGREED] for job in edits if AGREED in job.params), default=0)
        if spent - agreed >= options.ask_spent:
            return AboutCredits(f"This project has spent {spent:g} credits.", spent)
    if options.ask_below is None:
        return None
    credits = await (await services.client()).credits()
    if credits.unlimited or credits.available >= options.ask_below:
        return None
    for job in edits:
        if AGREED in job.params:
            return None
        if ((job.result or {}).get("credits_after") or 0) >= options.ask_below:
            break
    return AboutCredits(f"{credits.available:g} credits are left.", spent)
