"""The resources: projects, a film's summary, draft and preview, finished films."""

from __future__ import annotations

import json
from collections.abc import Awaitable
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import anyio
from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ResourceError, ResourceNotFoundError
from mcp_types import Annotations, CompletionArgument, Resource

from nemovideo_mcp.api.errors import BadInput, NemoError
from nemovideo_mcp.media.formats import FORMATS
from nemovideo_mcp.server.places import placed, told
from nemovideo_mcp.server.projects import Project
from nemovideo_mcp.server.services import Services

_T = TypeVar("_T")

MOST_BYTES = 32 * 1024 * 1024
"""A film that is larger is named by its path only: a host would have to hold it in memory whole."""
MOST_LISTED = 50
"""Projects, and films, in one list of resources: the last used and the latest. The others are read by their ids."""

PROJECTS = "nemovideo://projects"
EXPORTS = "nemovideo://exports/"

_FOR_BOTH = Annotations(audience=["user", "assistant"], priority=0.5)
_FOR_MODELS = Annotations(audience=["assistant"], priority=0.3)
_FOR_USERS = Annotations(audience=["user"], priority=1.0)


def add_resources(server: MCPServer[None], services: Services) -> None:
    async def found(id: str) -> Project:
        try:
            return await services.projects.by_id(id)
        except BadInput as error:
            raise ResourceNotFoundError(f"{error} {error.next_step}") from None

    @server.resource(PROJECTS, name="projects", title="Projects", mime_type="application/json", annotations=_FOR_BOTH)
    async def projects() -> str:
        """All projects, the last used first."""
        rows = await services.projects.all()
        current = await services.projects.current_id()
        return _json({"current": current, "projects": [{"id": row.id, "name": row.name} for row in rows]})

    @server.resource(f"{PROJECTS}/{{id}}/timeline", title="Timeline", mime_type="text/plain", annotations=_FOR_BOTH)
    async def timeline(id: str) -> str:
        """A film's timeline in words: the summary and a line for each clip."""
        project = await found(id)
        return await _answered(_timeline(services, project))

    @server.resource(f"{PROJECTS}/{{id}}/draft", title="Draft", mime_type="application/json", annotations=_FOR_MODELS)
    async def draft(id: str) -> str:
        """A film's draft as the backend keeps it."""
        project = await found(id)
        return _json((await _answered(services.draft(project)))[0] or {})

    @server.resource(f"{PROJECTS}/{{id}}/preview.jpg", title="Preview", mime_type="image/jpeg", annotations=_FOR_BOTH)
    async def preview(id: str) -> bytes:
        """A contact sheet of a film's frames."""
        from nemovideo_mcp.server.tools.preview import read_preview

        project = await found(id)
        return (await _answered(read_preview(services, project, None)))[0]

    @server.resource(f"{EXPORTS}{{id}}", title="Finished film", mime_type="video/mp4", annotations=_FOR_USERS)
    async def export(id: str) -> bytes:
        """A finished film."""
        rows = await services.journal.exports(id=id)
        if not rows:
            raise ResourceNotFoundError(f"There is no finished film {id}. get_state lists them.")
        path = anyio.Path(rows[0]["path"])
        if not await path.exists():
            where = told(services.options, Path(path), "its place")
            raise ResourceNotFoundError(f"The film is no longer at {where}; call export again.")
        size = (await path.stat()).st_size
        if size > MOST_BYTES:
            film = placed(services.options, rows[0])
            place = film["path"] or film.get("url")
            raise ResourceError(f"The film has {size / 1e6:.0f} MB, too much to send; open it at {place}.")
        return await path.read_bytes()


async def _timeline(services: Services, project: Project) -> str:
    # The tools are loaded when the first of them is asked for: a host waits for the start.
    from nemovideo_mcp.server.tools.get_state import read_state

    return (await read_state(services, project)).words()


async def resources_there_are(services: Services) -> list[Resource]:
    """The films that can be read: each project's timeline, and what was exported."""
    names = {project.id: project for project in await services.projects.all()}
    found = [
        Resource(
            uri=f"{PROJECTS}/{project.id}/timeline",
            name=project.name,
            title=f"{project.name} (timeline)",
            description="The film's timeline in words.",
            mime_type="text/plain",
            annotations=_dated(_FOR_BOTH, project.updated),
        )
        for project in list(names.values())[:MOST_LISTED]
    ]
    for row in (await services.journal.exports())[:MOST_LISTED]:
        if row["project"] in names:
            found.append(
                Resource(
                    uri=f"{EXPORTS}{row['id']}",
                    name=Path(row["path"]).name,
                    title=f"{names[row['project']].name} (film)",
                    description=f"A finished film, {row['duration_seconds']:g} s.",
                    mime_type=FORMATS[row.get("format") or "mp4"].mime,
                    size=row["size_bytes"],
                    annotations=_dated(_FOR_USERS, row["created"]),
                )
            )
    return found


async def complete_resource(services: Services, template: str, argument: CompletionArgument) -> list[str] | None:
    """Ids for a template's variable: those that begin with what is typed, or belong to a project whose name has it."""
    typed = argument.value.casefold()
    projects = await services.projects.all()
    if argument.name != "id":
        return None
    if template.startswith(EXPORTS):
        names = {project.id: project.name for project in projects}
        ids = [
            (row["id"], names[row["project"]]) for row in await services.journal.exports() if row["project"] in names
        ]
    elif template.startswith(PROJECTS):
        ids = [(project.id, project.name) for project in projects]
    else:
        return None
    return [id for id, name in ids if id.startswith(typed) or typed in name.casefold()]


def _dated(annotations: Annotations, seconds: float) -> Annotations:
    when = datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    return annotations.model_copy(update={"last_modified": when})


async def _answered(work: Awaitable[_T]) -> _T:
    """What a read gives, its failure in words."""
    try:
        return await work
    except NemoError as error:
        raise ResourceError(f"{error} {error.next_step}".strip()) from None


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)
