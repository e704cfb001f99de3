"""A session that the backend no longer knows (1002): a new one, the media sent again, and plain words about what is gone."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING

import anyio

from nemovideo_mcp.api.errors import NemoError
from nemovideo_mcp.server.projects import PoolFile, Project

if TYPE_CHECKING:
    from nemovideo_mcp.server.services import Services

log = logging.getLogger("nemovideo_mcp.server")


class SessionLost(NemoError):
    """The backend had forgotten the project. It has a new session now; the text says what is in it and what is not."""


async def begin_again(services: Services, lost: Project) -> SessionLost:
    """Give a project a new session with its media, as far as the files are still on this machine.

    Returns the error to raise: what was asked was not done, for the timeline that it was about is gone.
    """
    async with services.linking(lost.id):
        project = await services.projects.by_id(lost.id)
        if project.session_id != lost.session_id:
            return SessionLost("The backend had forgotten this project; it was begun again a moment ago.", _NEXT)
        client = await services.client()
        session = await client.create_session(language=services.options.language, name=project.name)
        project = await services.projects.link(
            project.id, session.session_id, session.task_id, session.capabilities, instead_of=lost.session_id
        )
        pool = await services.projects.pool(project.id)
        await services.projects.empty_pool(project.id)
        back, gone = await _sent_again(services, project, pool)
    parts = ["The backend no longer knows this project: its timeline there is gone, and nothing of this call was done."]
    if back:
        parts.append(f"A new session has {back} of {len(pool)} files again.")
    if gone:
        parts.append(f"Not sent again: {', '.join(gone)}; upload them again.")
    if project.summary:
        parts.append(f"The film was: {project.summary}")
    await services.projects.remember(project.id, "")
    return SessionLost(" ".join(parts), _NEXT)


_NEXT = "Say again what film it should be."


async def _sent_again(services: Services, project: Project, pool: list[PoolFile]) -> tuple[int, list[str]]:
    """Upload the files that are still there; how many, and the names of the others."""
    assert project.session_id is not None
    client = await services.client()
    back, gone = 0, []
    for file in pool:
        path = Path(file.path) if file.path else None
        if path is None or not await _same(path, file):
            gone.append(file.name)
            continue
        try:
            await client.upload_files(project.session_id, [path])
        except NemoError as error:
            log.warning("a file could not be sent again: %s", error)
            gone.append(file.name)
        else:
            await services.projects.add_to_pool(project.id, file)
            back += 1
    return back, gone


async def _same(path: Path, file: PoolFile) -> bool:
    try:
        return (await anyio.Path(path).stat()).st_size == file.size
    except OSError:
        return False
