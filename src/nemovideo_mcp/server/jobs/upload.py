"""The work of an upload: in the journal before the first byte is sent, and begun again by the next process if need be."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nemovideo_mcp.server.jobs.runner import Run
from nemovideo_mcp.server.uploads import upload

if TYPE_CHECKING:
    from nemovideo_mcp.server.services import Services


async def run_upload(services: Services, run: Run) -> dict[str, Any]:
    """``params``: ``paths``, ``urls``, ``inline`` (paths of files that were kept). Files that are in the project already are not sent again, so it may run twice."""
    project = await services.projects.by_id(run.project)
    inline = [Path(path) for path in run.params.get("inline", ())]
    outcome = await upload(services, project, run.params["paths"], run.params["urls"], run.tell, inline)
    return {
        "stored": [asdict(file) for file in outcome.stored],
        "skipped": [{"name": file.name, "reason": file.reason} for file in outcome.skipped],
        "already_there": outcome.already_there,
    }
