"""What the studio can do beyond the API: projects, previews, versions."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from nemovideo_mcp.studio.projects import Conflict, Project, Version
from nemovideo_mcp.studio.refusals import not_found
from nemovideo_mcp.studio.routes.calls import iso, json_body, ok, text_of, user_of
from nemovideo_mcp.studio.services import Services
from nemovideo_mcp.timeline.outline import outline
from nemovideo_mcp.timeline.summary import summarize

PREVIEW_TIMES = "X-Preview-Times"
"""The header of a preview with the times of its frames, in seconds, separated by commas."""


class ExtensionRoutes:
    def __init__(self, services: Services) -> None:
        self._services = services

    def routes(self) -> list[Route]:
        return [
            Route("/api/studio/projects", self.list_projects, methods=["GET"]),
            Route("/api/studio/projects/{session_id}", self.rename, methods=["PATCH"]),
            Route("/api/studio/projects/{session_id}", self.delete, methods=["DELETE"]),
            Route("/api/studio/preview/{session_id}", self.preview, methods=["POST"]),
            Route("/api/studio/versions/{session_id}", self.versions, methods=["GET"]),
            Route("/api/studio/versions/{session_id}/{n:int}/restore", self.restore, methods=["POST"]),
        ]

    async def list_projects(self, request: Request) -> Response:
        user_id = await user_of(request, self._services.accounts)
        projects = await self._services.projects.of_user(user_id)
        return ok({"projects": [_project_out(project) for project in projects]})

    async def rename(self, request: Request) -> Response:
        project = await self._project(request)
        name = text_of(await json_body(request), "name")
        return ok(_project_out(await self._services.projects.rename(project.user_id, project.session_id, name)))

    async def delete(self, request: Request) -> Response:
        project = await self._project(request)
        await self._services.queue.cancel_session(project.session_id)
        await self._services.projects.delete(project.user_id, project.session_id)
        return ok({"session_id": project.session_id, "deleted": True})

    async def preview(self, request: Request) -> Response:
        project = await self._project(request)
        times = (await json_body(request)).get("times")
        version = await self._services.projects.latest(project.session_id)
        pool = await self._services.projects.media(project.session_id)
        sheet, shown = await self._services.previewer.sheet(version.draft, pool, times)
        headers = {PREVIEW_TIMES: ",".join(f"{seconds:g}" for seconds in shown)}
        return Response(sheet, media_type="image/jpeg", headers=headers)

    async def versions(self, request: Request) -> Response:
        project = await self._project(request)
        versions = await self._services.projects.versions(project.session_id)
        current = versions[-1].n
        rows = [_version_out(version, project, current) for version in versions]
        return ok({"current": current, "versions": rows})

    async def restore(self, request: Request) -> Response:
        """The old draft becomes a new version, so that going back can itself be undone."""
        project = await self._project(request)
        n: int = request.path_params["n"]
        while True:
            versions = await self._services.projects.versions(project.session_id)
            old = next((version for version in versions if version.n == n), None)
            if old is None:
                raise not_found(f"There is no version {n}: the versions go from 0 to {versions[-1].n}.")
            try:
                made = await self._services.projects.add_version(
                    project.session_id, versions[-1].n, f"restore version {n}", old.draft
                )
            except Conflict:
                continue
            return ok({**_version_out(made, project, made.n), "restored": n, "draft": made.draft})

    async def _project(self, request: Request) -> Project:
        user_id = await user_of(request, self._services.accounts)
        return await self._services.projects.get(user_id, request.path_params["session_id"])


def _project_out(project: Project) -> dict[str, Any]:
    return {
        "session_id": project.session_id,
        "task_id": project.task_id,
        "name": project.name,
        "language": project.language,
        "created": iso(project.created),
        "updated": iso(project.updated),
    }


def _version_out(version: Version, project: Project, current: int) -> dict[str, Any]:
    seen = outline(version.draft)
    return {
        "n": version.n,
        "instruction": version.instruction,
        # The empty timeline is as old as its project.
        "created": iso(version.created or project.created),
        "summary": summarize(seen),
        "duration": (seen.duration_ms or 0) / 1000,
        "current": version.n == current,
        "restores": version.restores,
    }
