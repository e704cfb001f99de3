"""`projects`: list, open, create, rename, delete."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from nemovideo_mcp.api.capabilities import Capability
from nemovideo_mcp.api.errors import BadInput, NemoError
from nemovideo_mcp.server.asking import (
    Agreed,
    Chosen,
    agreed_to,
    chosen_of,
    whether_to_delete,
    which_project,
)
from nemovideo_mcp.server.projects import Project
from nemovideo_mcp.server.results import ProjectRef, Result, lines
from nemovideo_mcp.server.services import Services
from nemovideo_mcp.server.tooling import NemoTool, make_tool
from nemovideo_mcp.server.tools.common import ProjectArg, discard, ref


class ProjectRow(BaseModel):
    id: str
    name: str
    updated: str = Field(description="ISO 8601, UTC")


class ProjectsResult(Result):
    project: ProjectRef | None = None
    projects: list[ProjectRow] = []
    current: str | None = Field(None, description="id of the project that calls mean without project")
    message: str = ""

    def words(self) -> str:
        rows = [f"  {'→' if row.id == self.current else ' '} {row.name} ({row.id})" for row in self.projects[:50]]
        return lines(self.message, "Projects, the last used first:" if rows else "There are no projects yet.", *rows)


def projects_tool(services: Services) -> NemoTool:
    async def projects(
        which: Chosen,
        sure: Agreed,
        action: Literal["list", "open", "create", "rename", "delete"] = "list",
        name: Annotated[str | None, Field(description="new name; for open and delete also the project's name")] = None,
        project: ProjectArg = None,
    ) -> ProjectsResult:
        """List, open, create, rename or delete projects. Each film is a project; deleting one removes its media and
        timeline for good, exported films stay."""
        await _adopt(services)
        project = chosen_of(which)
        match action:
            case "list":
                return await _listing(services, "")
            case "create":
                made = await services.projects.create(name)
                return await _listing(services, f'Made "{made.name}"; it is the current project.', made)
            case "open":
                found = await services.projects.resolve(_named(project or name, "open"))
                return await _listing(services, f'"{found.name}" is the current project.', found)
            case "rename":
                if not name:
                    raise BadInput(
                        "No new name was given.", 'Call projects(action="rename", project=…, name="New name").'
                    )
                found = await services.projects.resolve(project)
                renamed = await _rename(services, found, name)
                return await _listing(services, f'"{found.name}" is now called "{renamed.name}".', renamed)
            case "delete":
                found = await services.projects.find(_named(project or name, "delete"))
                agreed_to(sure, f'delete "{found.name}"')
                await discard(services, found)
                return await _listing(services, f'Deleted "{found.name}". Exported films stay where they are.')

    return make_tool(
        projects,
        title="Projects",
        destructive=True,
        open_world=True,
        asks={"which": which_project(services), "sure": whether_to_delete(services)},
    )


def _named(wanted: str | None, action: str) -> str:
    if not wanted or not wanted.strip():
        raise BadInput(f"Which project should be {action}ed?".replace("eed", "ed"), "Give its id or name as project.")
    return wanted.strip()


async def _listing(services: Services, message: str, project: Project | None = None) -> ProjectsResult:
    rows = await services.projects.all()
    current = await services.projects.current_id()
    if message:
        await services.announce("nemovideo://projects")
    return ProjectsResult(
        project=ref(project) if project else next((ref(row) for row in rows if row.id == current), None),
        projects=[
            ProjectRow(
                id=row.id,
                name=row.name,
                updated=datetime.fromtimestamp(row.updated, UTC).isoformat(timespec="seconds"),
            )
            for row in rows
        ],
        current=current,
        message=message,
    )


async def _adopt(services: Services) -> None:
    """Take up projects that a backend able to list them has and we have not, for instance of a shared studio."""
    known = await services.projects.all()
    able = next((row.capabilities for row in known if row.can(Capability.PROJECTS)), None)
    if able is None:
        return
    for row in await (await services.client()).projects():
        await services.projects.adopt(row.session_id, row.task_id, row.name, able)


async def _rename(services: Services, project: Project, name: str) -> Project:
    renamed = await services.projects.rename(project.id, name)
    if project.can(Capability.PROJECTS) and project.session_id is not None:
        try:
            await (await services.client()).rename_project(project.session_id, renamed.name)
        except NemoError:
            await services.projects.rename(project.id, project.name)
            raise
    return renamed
