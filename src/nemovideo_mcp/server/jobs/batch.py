"""The work of a batch: several films, each with its own media, instruction and project. One that fails stops no other.

What every other film would fail of as well (no credits, a plan, a token, no way to the backend) ends the batch: what is
left is not begun.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import anyio

from nemovideo_mcp.api.errors import BadInput, NemoError
from nemovideo_mcp.server.asking import Sure, about_credits, form
from nemovideo_mcp.server.ids import mint
from nemovideo_mcp.server.jobs.edit import changed_since
from nemovideo_mcp.server.jobs.runner import Run
from nemovideo_mcp.server.parts import is_url
from nemovideo_mcp.server.uploads import upload

if TYPE_CHECKING:
    from nemovideo_mcp.server.projects import Project
    from nemovideo_mcp.server.services import Services

ENDS_ALL = frozenset(("NoCredits", "PlanRequired", "Unauthorized", "ScopeMissing", "Unreachable", "NotAgreed"))
"""Errors that are not about one film."""
_WISHES = ("format", "quality", "resolution", "fps", "preset", "filename", "folder")
_KEPT = ("uploaded", "skipped", "edit_job", "reply", "not_understood", "changes", "edit_warnings", "credits_spent")
"""What of a film that was not finished is still good when it is tried again."""


class NotAgreed(NemoError):
    """Credits have passed a threshold of the settings, and nobody has agreed to spend more."""


class _StepFailed(NemoError):
    """An edit or export of a film failed; ``kind`` is its error's name."""

    def __init__(self, message: str, next_step: str, kind: str) -> None:
        super().__init__(message, next_step)
        self.kind = kind


async def run_batch(services: Services, run: Run) -> dict[str, Any]:
    """``params``: ``items`` and what all are exported as (``format``, ``quality``, ``resolution``, ``fps``, ``preset``,
    ``filename``, ``folder``). An item has ``project``, ``media``, ``instruction``, and perhaps ``operations``, ``music`` (a
    song's path) and ``before``: the record of a batch that did not finish it, see `carried`. ``asks``: whether its host can be asked meanwhile.

    The checkpoint has one record an item: how far it is, its jobs, its end. A new process goes on from there.
    """
    items: list[dict[str, Any]] = run.params["items"]
    done: list[dict[str, Any]] = run.checkpoint.get("items") or [
        {**item.get("before", {}), "status": "queued"} for item in items
    ]
    await run.save(items=done)
    stopped: str | None = run.checkpoint.get("stopped")
    await run.tell(0.0, f"{len(items)} film{'' if len(items) == 1 else 's'} to make…")
    for number, item in enumerate(items):
        if done[number]["status"] in ("completed", "failed") or stopped:
            continue
        try:
            record = await _film(services, run, item, number, done)
        except NemoError as error:
            kind = getattr(error, "kind", type(error).__name__)
            words = f"{error} {error.next_step}".strip()
            record = {**done[number], "status": "failed", "error": words, "error_type": kind}
            stopped = words if kind in ENDS_ALL else None
        done[number] = record
        await run.save(items=done, stopped=stopped)
    status = "completed" if any(record["status"] == "completed" for record in done) else "failed"
    rows = [{**_about(item), **record} for item, record in zip(items, done, strict=True)]
    return {"status": status, "items": rows, "stopped": stopped}


def carried(record: dict[str, Any]) -> dict[str, Any]:
    """What trying a film again can begin with: what is uploaded is not sent again, what is edited is not paid again."""
    if record.get("error_type") == "SessionLost":
        return {}
    kept = {key: record[key] for key in _KEPT if key in record}
    if "edit_job" in kept and "reply" not in kept:
        # It did not end well. After a broken stream it may have been done all the same: that is looked at first.
        edit = kept.pop("edit_job")
        kept |= {"doubtful": edit} if record.get("error_type") == "Interrupted" else {}
    return kept


def _about(item: dict[str, Any]) -> dict[str, Any]:
    return {"project": item["project"], "instruction": item["instruction"]}


async def _film(
    services: Services, run: Run, item: dict[str, Any], number: int, done: list[dict[str, Any]]
) -> dict[str, Any]:
    record = done[number]
    record["status"] = "running"
    total, name = len(run.params["items"]), item["project"]["name"]
    prefix = f"{name} ({number + 1} of {total}): " if total > 1 else ""

    async def tell(stage: float, words: str) -> None:
        await run.tell((number + stage) / total, f"{prefix}{words}")

    project = await services.projects.by_id(item["project"]["id"])
    if not record.get("uploaded"):
        await _uploaded(services, project, item, record, tell)
        await run.save(items=done)
    steps: list[tuple[str, dict[str, Any], float, float]] = [
        ("export", {key: run.params.get(key) for key in _WISHES}, 0.35, 1.0)
    ]
    edit = await _edit_of(services, project, item)
    if edit and not await _done_after_all(services, project, record):
        if "edit_job" not in record:
            await _agreed(services, run, project)
        steps.insert(0, ("edit", edit, 0.1, 0.35))
    for kind, params, start, end in steps:
        if f"{kind}_job" not in record:
            record[f"{kind}_job"] = mint(kind)
            await run.save(items=done)
        await services.jobs.start(kind, project.id, params, record[f"{kind}_job"])
        record |= await _outcome(
            services, run, record[f"{kind}_job"], lambda p, m, a=start, b=end: tell(a + (b - a) * p, m)
        )
        await run.save(items=done)
    return {**record, "status": "completed"}


async def _agreed(services: Services, run: Run, project: Project) -> None:
    """Ask about credits where a threshold of the settings is passed: once in a batch, if its host can be asked.

    Raises:
        NotAgreed: the user did not agree, or cannot be asked.
    """
    question = await about_credits(services, project.id)
    if question is None:
        return
    if not run.params.get("asks"):
        raise NotAgreed(f"{question.words} So nothing more was sent.", "Ask the user.")
    key = f"{run.id}-credits"
    answer = (await run.ask({key: form(f"{question.words} Go on with the batch?", Sure)}, "Waiting for an answer…"))[
        key
    ]
    if not (answer.get("action") == "accept" and (answer.get("content") or {}).get("sure")):
        raise NotAgreed(f"{question.words} The user was asked, and did not agree to go on.")


async def _uploaded(
    services: Services, project: Project, item: dict[str, Any], record: dict[str, Any], tell: Any
) -> None:
    """
    Raises:
        BadInput: there is nothing to make a film of, or the song cannot be used.
    """
    await tell(0.0, "Uploading…")
    songs = [item["music"]] if item.get("music") else []
    urls = [m for m in item["media"] if is_url(m)]
    paths = [m for m in item["media"] if not is_url(m)] + songs
    stored = await upload(services, project, paths, urls, lambda p, m: tell(0.1 * p, m))
    # What a process before this one had sent is no news; the same photo twice in a folder is.
    reasons = [(s.name, s.reason) for s in stored.skipped if s.reason != "it is in the project already"]
    if not any(file.kind != "audio" for file in await services.projects.pool(project.id)):
        raise BadInput(f"None of its media could be used. {'; '.join(f'{name}: {why}' for name, why in reasons)}")
    record |= {"uploaded": True, "skipped": [{"name": name, "reason": why} for name, why in reasons]}


async def _edit_of(services: Services, project: Project, item: dict[str, Any]) -> dict[str, Any] | None:
    """The parameters of a film's edit, None when nothing was asked of it."""
    operations = list(item.get("operations") or ())
    if item.get("music"):
        pool = await services.projects.pool(project.id)
        name = next((file.name for file in pool if file.kind == "audio" and file.path == item["music"]), None)
        if name is None:
            raise BadInput(f"The song {item['music']} cannot be used.", "Name another one.")
        operations.append({"op": "set_music", "media": name})
    if not operations and not item["instruction"].strip():
        return None
    return {"instruction": item["instruction"], "operations": operations}


async def _done_after_all(services: Services, project: Project, record: dict[str, Any]) -> bool:
    """Whether an edit whose stream broke was carried out: then asking again would pay twice."""
    doubtful = record.pop("doubtful", None)
    if doubtful is None or not (changes := await changed_since(services, project, doubtful)):
        return False
    record["reply"] = f"The connection had broken, but the edit was done: {' '.join(changes)}"
    return True


async def _outcome(services: Services, run: Run, id: str, report: Any) -> dict[str, Any]:
    """What a child job came to, in the words of a batch report. Raises NemoError when it failed."""
    try:
        job = (await services.jobs.watch(id, math.inf, report)).job
    except anyio.get_cancelled_exc_class():
        if run.cancelled:
            with anyio.CancelScope(shield=True):
                await services.jobs.cancel(id)
        raise
    if job.status != "completed":
        error = job.error or {"message": f"Its {job.kind} was {job.status}.", "next_step": "", "type": "Cancelled"}
        raise _StepFailed(error["message"], error["next_step"], error.get("type", ""))
    result = job.result or {}
    if job.kind == "edit":
        return {key: result.get(key) for key in ("reply", "credits_spent")} | {
            "not_understood": result.get("not_understood", []),
            "changes": [change["text"] for change in result.get("changes", ())],
            "edit_warnings": result.get("warnings", []),
        }
    keys = ("path", "duration_seconds", "size_bytes", "width", "height", "sha256", "warnings")
    return {key: result.get(key) for key in keys}
