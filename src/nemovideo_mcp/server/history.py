"""The history of a film: the versions that its backend keeps, or else the edits that were made from here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import BaseModel, ValidationError

from nemovideo_mcp.api.capabilities import Capability
from nemovideo_mcp.server.jobs.journal import Job
from nemovideo_mcp.server.projects import Project
from nemovideo_mcp.server.services import Services
from nemovideo_mcp.timeline.operations import parse
from nemovideo_mcp.timeline.operations.say import say

SHOWN = 20
"""Versions in one answer, the latest."""

KEPT = 'Say "undo", "redo", "go back to version 2" or "go back to before the music"; nothing is lost by it.'
NOT_KEPT = (
    'This backend keeps no versions that can be named: these are the edits made from here. "undo" is said to it like any other '
    "wish; get_state then shows what came of it."
)


class VersionRow(BaseModel):
    """A version, or an edit."""

    version: int | None = None
    instruction: str
    summary: str = ""
    current: bool = False
    restores: int | None = None

    def words(self) -> str:
        name = f"  Version {self.version}" if self.version is not None else "  Edit"
        again = f", version {self.restores} again" if self.restores is not None else ""
        said = f": “{self.instruction}”" if self.instruction else ": before the first edit" if not self.version else ""
        return f"{name}{' (now' + again + ')' if self.current else f' ({again[2:]})' if again else ''}{said}. {self.summary}"


async def read_history(services: Services, project: Project) -> list[VersionRow]:
    """The latest versions, the oldest of them first.

    Raises:
        SessionLost: the backend had forgotten the project; it has a new session now.
    """
    if project.session_id is None:
        return []
    if not project.can(Capability.VERSIONS):
        return _edits(await services.journal.of_project(project.id))
    async with services.kept(project):
        kept = await (await services.client()).versions(project.session_id)
    last = max((version.n for version in kept), default=0)
    return [
        VersionRow(
            version=version.n,
            instruction=_short(version.instruction),
            summary=_short(version.summary),
            current=version.n == last,
            restores=version.restores,
        )
        for version in kept[-SHOWN:]
    ]


def _edits(jobs: Sequence[Job]) -> list[VersionRow]:
    """The edits of the journal that came to an end, as far as their receipts tell of them."""
    done = [job for job in jobs if job.kind == "edit" and job.status == "completed"][:SHOWN]
    return [
        VersionRow(
            instruction=_short(wish_of(job.params)),
            summary=_short((job.result or {}).get("summary") or ""),
            current=job is done[0],
        )
        for job in reversed(done)
    ]


def wish_of(params: Mapping[str, Any]) -> str:
    """What an edit was asked for, of the parameters of its job: the operations as sentences, and the words."""
    said = params.get("instruction") or ""
    try:
        operations = [say(operation) for operation in parse(params.get("operations") or [])]
    except ValidationError:  # of an earlier version of this program
        operations = [f"{step.get('op')}." for step in params["operations"]]
    return " ".join([*operations, *([said] if said else ())])


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 160 else line[:159] + "…"


def told(rows: Sequence[VersionRow]) -> list[str]:
    """The history in lines for a person, with how to go back in it."""
    if not rows:
        return ["Nothing has been edited yet."]
    first = rows[0].version
    earlier = f"  … and {first} earlier versions" if first else None
    kept = rows[0].version is not None
    return [*([earlier] if earlier else ()), *(row.words() for row in rows), KEPT if kept else NOT_KEPT]
