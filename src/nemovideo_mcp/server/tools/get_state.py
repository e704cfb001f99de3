"""`get_state`: what the film is made of, what is running, what is finished."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Annotated

from pydantic import BaseModel, Field, PrivateAttr

from nemovideo_mcp.server.asking import Chosen, chosen_of, which_project
from nemovideo_mcp.server.history import VersionRow, read_history, told, wish_of
from nemovideo_mcp.server.jobs.journal import Job
from nemovideo_mcp.server.places import placed
from nemovideo_mcp.server.projects import Project
from nemovideo_mcp.server.results import JobRow, ProjectRef, Result, Status, Stored, lines
from nemovideo_mcp.server.services import Services
from nemovideo_mcp.server.tooling import NemoTool, make_tool
from nemovideo_mcp.server.tools.common import ProjectArg, ref, stored
from nemovideo_mcp.timeline.outline import Outline, cards
from nemovideo_mcp.timeline.summary import summarize

ROWS = 50
"""Clips, files, titles and songs in one answer as data; with more than that, the film is told in pages."""
ROWS_IN_WORDS = 20
"""Clips in one answer in words: with these a common film is told in under 2 kB."""
NAMES_IN_WORDS = 10


class CanvasSize(BaseModel):
    """Pixels, and frames per second."""

    width: int | None
    height: int | None
    fps: int | None


class TransitionRow(BaseModel):
    kind: str
    seconds: float | None


class ClipOut(BaseModel):
    index: int | None = Field(description="from 1; null for a card")
    name: str | None
    kind: str | None
    start_seconds: float | None
    duration_seconds: float | None
    transition_in: TransitionRow | None
    motion: str | None
    fit: str | None
    filter: str | None


class TextOut(BaseModel):
    text: str | None
    start_seconds: float | None
    end_seconds: float | None
    position: str | None
    color: str | None


class OverlayOut(BaseModel):
    name: str | None
    start_seconds: float | None
    end_seconds: float | None
    position: str | None
    opacity: float | None = Field(description="0-1")


class MusicOut(BaseModel):
    name: str | None
    volume: float | None = Field(description="0-1")
    start_seconds: float | None
    end_seconds: float | None
    fade_in_seconds: float | None
    fade_out_seconds: float | None


class ExportRow(BaseModel):
    export: str
    path: str | None = None
    url: str | None = None
    duration_seconds: float | None = None
    width: int | None = None
    height: int | None = None
    size_bytes: int | None = None


class EditRow(BaseModel):
    """An edit, and what it cost; null: no limit, or not known."""

    job: str
    instruction: str
    status: Status
    credits_before: float | None = None
    credits_after: float | None = None
    credits_spent: float | None = None


class StateResult(Result):
    project: ProjectRef
    backend: str
    summary: str
    canvas: CanvasSize
    duration_seconds: float | None
    clips: list[ClipOut] = []
    clip_count: int = 0
    file_count: int = 0
    more_from: int | None = Field(None, description="first of the next page")
    overlays: list[OverlayOut] = []
    texts: list[TextOut] = []
    music: list[MusicOut] = []
    media: list[Stored] = []
    jobs: list[JobRow] = []
    exports: list[ExportRow] = []
    history: list[EditRow] = Field([], description="edits, the latest first")
    versions: list[VersionRow] | None = None
    web_url: str | None = Field(None, description="opens the project in a browser")
    _first: int = PrivateAttr(1)

    def words(self) -> str:
        size = f"{self.canvas.width}×{self.canvas.height}" if self.canvas.width and self.canvas.height else None
        facts = ", ".join(
            part
            for part in (
                size,
                f"{self.canvas.fps} fps" if self.canvas.fps else None,
                f"{self.duration_seconds:g} s" if self.duration_seconds is not None else None,
            )
            if part
        )
        shown = self.clips[:ROWS_IN_WORDS]
        last = self._first + len(shown) - 1 if shown else 0
        return lines(
            f'Project "{self.project.name}" ({self.project.id}), backend: {self.backend}.',
            self.summary,
            facts,
            *(told(self.versions) if self.versions is not None else (_clip_line(clip) for clip in shown)),
            f"… and {self.clip_count - last} more clips: get_state(first={last + 1})"
            if self.clip_count > last > 0 and self.versions is None
            else None,
            self._files(),
            *(f"Job {job.job}: {job.status}, {job.message}" for job in self.jobs if job.status in _OPEN),
            *(f"Film: {film.path or film.url}" for film in self.exports[:3]),
            f"In the browser: {self.web_url}" if self.web_url else None,
        )

    def _files(self) -> str:
        if not self.media:
            return "No files yet." if not self.file_count else f"{self.file_count} files were uploaded."
        names = [file.name for file in self.media[:NAMES_IN_WORDS]]
        more = f" and more, {self.file_count} files" if self.file_count > len(names) else ""
        return f"Uploaded: {', '.join(names)}{more}"


_OPEN = ("queued", "running", "uncertain")


def _clip_line(clip: ClipOut) -> str:
    span = ""
    if clip.start_seconds is not None and clip.duration_seconds is not None:
        span = f" {clip.start_seconds:g}-{round(clip.start_seconds + clip.duration_seconds, 3):g} s"
    more = ", ".join(
        part
        for part in (
            f"{clip.transition_in.kind.replace('_', ' ')} in" if clip.transition_in else None,
            clip.motion.replace("_", " ") if clip.motion and clip.motion != "none" else None,
            {"blur": "whole over a blur", "contain": "whole with bars"}.get(clip.fit or ""),
            clip.filter,
        )
        if part
    )
    number = "" if clip.index is None else f"{clip.index}. "
    return f"  {number}{clip.name or 'clip'}{span}{f' ({more})' if more else ''}"


def _seconds(ms: int | None) -> float | None:
    return None if ms is None else ms / 1000


async def read_state(services: Services, project: Project, first: int = 1, *, history: bool = False) -> StateResult:
    """The film from clip and file number ``first`` on, as many as fit in one answer."""
    draft, canvas = await services.draft(project)
    film = services.outline(project, draft, canvas)
    pool, jobs, exports = await services.records(project)
    state = StateResult(
        project=ref(project),
        backend=services.options.backend,
        summary=summarize(film),
        canvas=CanvasSize(width=film.width, height=film.height, fps=film.fps),
        duration_seconds=_seconds(film.duration_ms),
        **_rows(film, first),
        clip_count=len(film.clips),
        file_count=len(pool),
        more_from=first + ROWS if max(len(film.clips), len(pool)) >= first + ROWS else None,
        media=[stored(file) for file in pool[first - 1 : first - 1 + ROWS]],
        jobs=[job_row(services.jobs.now(job)) for job in jobs if job.kind != "upload" or not job.ended],
        exports=[
            ExportRow.model_validate(
                {
                    "export": row["id"],
                    **{k: v for k, v in placed(services.options, row).items() if k in ExportRow.model_fields},
                }
            )
            for row in exports[:ROWS]
        ],
        history=[
            _edit_row(job.id, job.status, job.texts["params"] or "{}", job.texts["result"])
            for job in jobs
            if job.kind == "edit"
        ],
        versions=await read_history(services, project) if history else None,
        web_url=await services.web_link(project),
    )
    state._first = first
    return state


@lru_cache(maxsize=1024)
def _edit_row(id: str, status: Status, params: str, result: str | None) -> EditRow:
    """Of the journal's texts: each of the latest edits is told again at every look, and stays as it was."""
    told = json.loads(result) if result else {}
    costs = {name: told.get(name) for name in ("credits_before", "credits_after", "credits_spent")}
    return EditRow(job=id, instruction=wish_of(json.loads(params))[:200], status=status, **costs)


def job_row(job: Job) -> JobRow:
    return JobRow(
        job=job.id,
        kind=job.kind,
        status=job.status,
        progress=round(job.progress, 3),
        message=job.message,
        elapsed_seconds=job.elapsed_seconds,
    )


def _rows(film: Outline, first: int) -> dict[str, list[BaseModel]]:
    named = cards(film)
    numbers = {index: number for number, index in enumerate(named, 1)}
    return {
        "clips": [
            ClipOut(
                index=clip.number,
                name=f"card {numbers[clip.index]}: {named[clip.index] or 'blank'}"
                if clip.index in named
                else clip.name,
                kind=clip.kind,
                start_seconds=_seconds(clip.start_ms),
                duration_seconds=_seconds(clip.duration_ms),
                transition_in=TransitionRow(kind=clip.transition_kind, seconds=_seconds(clip.transition_ms))
                if clip.transition_kind
                else None,
                motion=clip.motion,
                fit=clip.fit,
                filter=clip.filter,
            )
            for clip in film.clips[first - 1 : first - 1 + ROWS]
        ],
        "overlays": [
            OverlayOut(
                name=overlay.name,
                start_seconds=_seconds(overlay.start_ms),
                end_seconds=_seconds(overlay.end_ms),
                position=overlay.position,
                opacity=overlay.opacity,
            )
            for overlay in film.overlays[:ROWS]
        ],
        "texts": [
            TextOut(
                text=text.text,
                start_seconds=_seconds(text.start_ms),
                end_seconds=_seconds(text.end_ms),
                position=text.position,
                color=text.color,
            )
            for text in film.texts[:ROWS]
        ],
        "music": [
            MusicOut(
                name=music.name,
                volume=music.volume,
                start_seconds=_seconds(music.start_ms),
                end_seconds=_seconds(music.end_ms),
                fade_in_seconds=_seconds(music.fade_in_ms),
                fade_out_seconds=_seconds(music.fade_out_ms),
            )
            for music in film.music[:ROWS]
        ],
    }


def get_state_tool(services: Services) -> NemoTool:
    async def get_state(
        which: Chosen,
        project: ProjectArg = None,
        history: Annotated[bool, Field(description="versions too")] = False,
        first: Annotated[int, Field(ge=1, description="number of the first clip and file to list")] = 1,
    ) -> StateResult:
        """The film as it stands: clips, titles, music, uploaded files, running jobs and finished films."""
        found = await services.projects.resolve(chosen_of(which), new=False)
        return await read_state(services, found, first, history=history)

    return make_tool(
        get_state,
        title="State of the film",
        read_only=True,
        idempotent=True,
        open_world=True,
        asks={"which": which_project(services)},
    )
