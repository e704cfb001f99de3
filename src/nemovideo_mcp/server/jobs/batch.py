"""The work of a batch: several films, each with its own media, instruction and project. One that fails stops no other."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import anyio

from nemovideo_mcp.api.errors import NemoError
from nemovideo_mcp.server.ids import mint
from nemovideo_mcp.server.jobs.runner import Run
from nemovideo_mcp.server.uploads import upload

if TYPE_CHECKING:
    from nemovideo_mcp.server.services import Services


async def run_batch(services: Services, run: Run) -> dict[str, Any]:
    """``params``: ``items`` (each ``project``, ``media``, ``instruction``), ``format``, ``quality``, ``resolution``, ``preset``.

    The checkpoint has one record an item: how far it is, its jobs, its end. A new process goes on from there.
    """
    items: list[dict[str, Any]] = run.params["items"]
    done: list[dict[str, Any]] = run.checkpoint.get("items") or [{"status": "queued"} for _ in items]
    await run.save(items=done)
    for number, item in enumerate(items):
        if done[number]["status"] in ("completed", "failed"):
            continue
        try:
            record = await _film(services, run, item, number, done)
        except NemoError as error:
            record = {**done[number], "status": "failed", "error": f"{error} {error.next_step}".strip()}
        done[number] = record
        await run.save(items=done)
    finished = sum(record["status"] == "completed" for record in done)
    status = "completed" if finished else "failed"
    return {"status": status, "items": [{**_about(item), **record} for item, record in zip(items, done, strict=True)]}


def _about(item: dict[str, Any]) -> dict[str, Any]:
    return {"project": item["project"], "instruction": item["instruction"]}


async def _film(
    services: Services, run: Run, item: dict[str, Any], number: int, done: list[dict[str, Any]]
) -> dict[str, Any]:
    record = done[number]
    record["status"] = "running"
    total, name = len(run.params["items"]), item["project"]["name"]

    async def tell(stage: float, words: str) -> None:
        await run.tell((number + stage) / total, f"{name} ({number + 1} of {total}): {words}")

    project = await services.projects.by_id(item["project"]["id"])
    if not record.get("uploaded"):
        await tell(0.0, "uploading…")
        urls = [m for m in item["media"] if m.lower().startswith(("http://", "https://"))]
        paths = [m for m in item["media"] if m not in urls]
        stored = await upload(services, project, paths, urls)
        record |= {"uploaded": True, "skipped": [{"name": s.name, "reason": s.reason} for s in stored.skipped]}
        if not stored.stored and not stored.already_there:
            reasons = "; ".join(f"{s.name}: {s.reason}" for s in stored.skipped)
            raise NemoError(f"None of its media could be used. {reasons}")
        await run.save(items=done)
    steps: list[tuple[str, dict[str, Any], float, float]] = [
        ("export", {key: run.params.get(key) for key in ("format", "quality", "resolution", "preset")}, 0.35, 1.0)
    ]
    if item["instruction"].strip():
        steps.insert(0, ("edit", {"instruction": item["instruction"], "operations": []}, 0.1, 0.35))
    for kind, params, start, end in steps:
        if f"{kind}_job" not in record:
            record[f"{kind}_job"] = mint(kind)
            await run.save(items=done)
        await services.jobs.start(kind, project.id, params, record[f"{kind}_job"])
        record |= await _outcome(
            services, run, record[f"{kind}_job"], lambda p, m, a=start, b=end: tell(a + (b - a) * p, m)
        )
    return {**record, "status": "completed"}


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
        error = job.error or {"message": f"its {job.kind} was {job.status}", "next_step": ""}
        raise NemoError(error["message"], error["next_step"])
    result = job.result or {}
    if job.kind == "edit":
        return {"reply": result.get("reply"), "not_understood": result.get("not_understood", [])}
    return {key: result.get(key) for key in ("export", "path", "duration_seconds", "size_bytes")}
