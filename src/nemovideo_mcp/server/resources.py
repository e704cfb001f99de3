"""The resources: projects, a film's summary, draft and preview, finished films."""

from __future__ import annotations

import json
from collections.abc import Awaitable
from pathlib import Path
from typing import TypeVar

import anyio
from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ResourceError, ResourceNotFoundError

from nemovideo_mcp.api.errors import BadInput, NemoError
from nemovideo_mcp.server.places import placed, told
from nemovideo_mcp.server.projects import Project
from nemovideo_mcp.server.services import Services
from nemovideo_mcp.server.tools.get_state import read_state
from nemovideo_mcp.server.tools.preview import read_preview

_T = TypeVar("_T")

MOST_BYTES = 32 * 1024 * 1024
"""A film that is larger is named by its path only: a host would have to hold it in memory whole."""


EXPORTS = "nemovideo://exports/"


def add_resources(server: MCPServer[None], services: Services) -> None:
    async def found(id: str) -> Project:
        try:
            return await services.projects.by_id(id)
        except BadInput as error:
            raise ResourceNotFoundError(f"{error} {error.next_step}") from None

    @server.resource("nemovideo://projects", title="Projects", mime_type="application/json")
    async def projects() -> str:
        """All projects, the last used first."""
        rows = await services.projects.all()
        current = await services.projects.current_id()
        return _json({"current": current, "projects": [{"id": row.id, "name": row.name} for row in rows]})

    @server.resource("nemovideo://projects/{id}/timeline", title="Timeline", mime_type="text/plain")
    async def timeline(id: str) -> str:
        """A film's timeline in words: the summary and a line for each clip."""
        project = await found(id)
        return await _answered(_timeline(services, project))

    @server.resource("nemovideo://projects/{id}/draft", title="Draft", mime_type="application/json")
    async def draft(id: str) -> str:
        """A film's draft as the backend keeps it."""
        project = await found(id)
        return _json((await _answered(services.draft(project)))[0] or {})

    @server.resource("nemovideo://projects/{id}/preview.jpg", title="Preview", mime_type="image/jpeg")
    async def preview(id: str) -> bytes:
        """A contact sheet of a film's frames."""
        project = await found(id)
        return (await _answered(read_preview(services, project, None)))[0]

    @server.resource(f"{EXPORTS}{{id}}", title="Finished film", mime_type="video/mp4")
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
    return (await read_state(services, project)).words()


async def _answered(work: Awaitable[_T]) -> _T:
    """What a read gives, its failure in words."""
    try:
        return await work
    except NemoError as error:
        raise ResourceError(f"{error} {error.next_step}".strip()) from None


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)
