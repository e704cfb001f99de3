"""What an edit came to where the backend does not say it itself: read off the drafts before and after it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, cast

from nemovideo_mcp.api.capabilities import Capability
from nemovideo_mcp.api.errors import BadInput
from nemovideo_mcp.server.jobs.runner import Run
from nemovideo_mcp.timeline.check_words import Language, Report, change, in_language, report
from nemovideo_mcp.timeline.checked import Seen, check, missing
from nemovideo_mcp.timeline.diff import differences, lines
from nemovideo_mcp.timeline.model import Media, MediaKind
from nemovideo_mcp.timeline.operations import Operation, parse
from nemovideo_mcp.timeline.tongue import tongue_of

if TYPE_CHECKING:
    from nemovideo_mcp.server.projects import PoolFile, Project
    from nemovideo_mcp.server.services import Services

MOST_CHANGES = 60
"""Changes that a result lists one by one."""
MOST_SAID = 12
"""Changes that a reply names."""

Draft = dict[str, Any]


def language_of(services: Services, run: Run) -> Language:
    """The language in which the backend is spoken to and the edit is told of: that of the words, else of the project."""
    words = run.params.get("instruction") or ""
    if not words.strip():
        return "zh" if services.options.language.lower().startswith("zh") else "en"
    return tongue_of(words)


def said_operations(run: Run, project: Project) -> list[Operation]:
    """The operations of an edit that go to the backend as sentences, because it takes no others."""
    raw = run.params.get("operations") or []
    return parse(raw) if raw and not project.can(Capability.OPERATIONS) else []


def changed(services: Services, run: Run, after: Draft | None, canvas: Draft | None) -> list[dict[str, Any]]:
    """What is different from before the edit, each one a change as results hold it."""
    language = language_of(services, run)
    before = run.checkpoint.get("draft_before")
    # A process of an earlier version has kept no canvas.
    found = lines(differences(before, after, run.checkpoint.get("canvas_before", canvas), canvas))
    told = [change(in_language(line, language)) for line in found[:MOST_CHANGES]]
    if len(found) > MOST_CHANGES:
        more = len(found) - MOST_CHANGES
        told.append({"text": f"另有 {more} 处改动。" if language == "zh" else f"And {more} more changes."})
    return told


def in_words(changes: Sequence[dict[str, Any]], language: Language = "en") -> str:
    """Changes as a reply tells them: as many as a reader takes in."""
    left = len(changes) - MOST_SAID
    more = "" if left <= 0 else f"另有 {left} 处改动。" if language == "zh" else f" And {left} more changes."
    return ("" if language == "zh" else " ").join(change["text"] for change in changes[:MOST_SAID]) + more


async def verified(
    services: Services, run: Run, project: Project, after: Draft | None, canvas: Draft | None
) -> Report | None:
    """What the draft shows of each operation that was said to the backend; None when none was."""
    operations = said_operations(run, project)
    if not operations:
        return None
    pool = await _pool(services, project)
    jobs = await services.journal.of_project(project.id)
    past = [job.checkpoint["draft_before"] for job in jobs if job.id != run.id and job.checkpoint.get("draft_before")]
    before = Seen(run.checkpoint.get("draft_before"), run.checkpoint.get("canvas_before", canvas))
    found = check(operations, before, Seen(after, canvas), pool, past)
    return report(found, language_of(services, run), alone=not run.params.get("instruction"))


async def refuse_missing(
    services: Services, run: Run, project: Project, draft: Draft | None, canvas: Draft | None
) -> None:
    """
    Raises:
        BadInput: an operation names a clip that is not there. Nothing was sent, so nothing was charged.
    """
    if why := missing(said_operations(run, project), Seen(draft, canvas), await _pool(services, project)):
        raise BadInput(f"{why} Nothing was sent.", "get_state shows the clips and their numbers.")


async def _pool(services: Services, project: Project) -> list[Media]:
    return [_media(file) for file in await services.projects.pool(project.id)]


def _media(file: PoolFile) -> Media:
    kind = cast("MediaKind", file.kind if file.kind in ("image", "video", "audio") else "image")
    return Media(
        id=file.name,
        name=file.name,
        kind=kind,
        width=file.width or 0,
        height=file.height or 0,
        duration_ms=file.duration_ms or 0,
    )
