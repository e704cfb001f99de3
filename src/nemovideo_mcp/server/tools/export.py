"""`export`: the film as a file on the user's machine."""

from __future__ import annotations

import difflib
import re
from typing import Annotated, Any

from mcp.server.mcpserver.context import Context
from mcp_types import Annotations, ContentBlock, ResourceLink
from pydantic import Field

from nemovideo_mcp.api.errors import BadInput
from nemovideo_mcp.media.formats import FILM_FORMATS, FORMATS
from nemovideo_mcp.media.presets import PRESETS
from nemovideo_mcp.server.asking import Chosen, chosen_of, which_project
from nemovideo_mcp.server.calls import begin
from nemovideo_mcp.server.files import bare_name
from nemovideo_mcp.server.jobs.export import exportable
from nemovideo_mcp.server.jobs.journal import Job
from nemovideo_mcp.server.jobs.output import output_of, poster_times
from nemovideo_mcp.server.jobs.runner import Snapshot
from nemovideo_mcp.server.progress import reporter
from nemovideo_mcp.server.projects import Project
from nemovideo_mcp.server.results import ProjectRef, Result, Status, lines, running
from nemovideo_mcp.server.services import Services
from nemovideo_mcp.server.tooling import NemoTool, make_tool
from nemovideo_mcp.server.tools.common import JobFailed, ProjectArg, WaitArg, follow, ref

QUALITIES = ("draft", "standard", "high")
FormatArg = Annotated[str, Field(description="mp4, mov, webm, mkv, avi or gif (small, silent)")]
PresetArg = Annotated[
    str | None,
    Field(
        description="lay it out for a platform and keep its limits: tiktok, reels, shorts, youtube, instagram, "
        "instagram_square, x, xiaohongshu, wechat_channels, whatsapp…"
    ),
]


class ExportResult(Result):
    status: Status
    project: ProjectRef
    job: str
    path: str | None = Field(None, description="where the film is on the user's machine")
    file_uri: str | None = None
    size_bytes: int | None = None
    duration_seconds: float | None = None
    width: int | None = Field(None, description="pixels")
    height: int | None = None
    fps: float | None = None
    format: str | None = None
    sha256: str | None = None
    export: str | None = Field(None, description="id; nemovideo://exports/{id} is the film")
    poster: str | None = Field(None, description="path of the still")
    poster_seconds: float | None = None
    warnings: list[str] = []
    message: str = ""

    def words(self) -> str:
        if self.path is None:
            return lines(self.message, f'Project: "{self.project.name}" ({self.project.id}).')
        return lines(
            f"The film is ready: {self.path}",
            f"{self.duration_seconds:g} s, {self.width}×{self.height}, {(self.size_bytes or 0) / 1e6:.1f} MB; "
            "it was opened and checked.",
            f"A still of it at {self.poster_seconds:g} s: {self.poster}" if self.poster is not None else None,
            *(f"Note: {warning}" for warning in self.warnings),
            f'Project: "{self.project.name}" ({self.project.id}).',
        )

    def more_content(self) -> list[ContentBlock]:
        if self.path is None or self.export is None:
            return []
        return [
            ResourceLink(
                type="resource_link",
                uri=f"nemovideo://exports/{self.export}",
                name=re.split(r"[/\\]", self.path)[-1],
                title=f"{self.project.name} (film)",
                mime_type=FORMATS[self.format or "mp4"].mime,
                size=self.size_bytes,
                annotations=Annotations(audience=["user"], priority=1.0),
            )
        ]


async def start_export(
    services: Services,
    project: Project,
    format: str = "mp4",
    quality: str = "high",
    resolution: str | None = None,
    filename: str | None = None,
    fps: int | None = None,
    preset: str | None = None,
    poster: bool | float | None = None,
) -> Job:
    """An export job, once it is known that it can be done.

    Raises:
        NemoError: it cannot; nothing was started.
    """
    params = parse_wish(format, quality, resolution, fps, preset)
    if filename is not None:
        params["filename"] = bare_name(filename, f".{params['format']}")
    project, _, film = await exportable(services, project)
    output_of(params, film, project)
    if poster is not None and poster is not False:
        params["poster"] = poster
        # An empty timeline is laid out by the backend: how long it will be is not known yet.
        if film.clips:
            poster_times(poster, film)
    return await begin(services, "export", project.id, params)


def parse_wish(
    format: str, quality: str, resolution: str | None = None, fps: int | None = None, preset: str | None = None
) -> dict[str, Any]:
    """What a film is to be exported as, for the parameters of a job.

    Raises:
        BadInput: there is no such thing, or one excludes the other.
    """
    format, quality = format.strip().lower().lstrip("."), quality.strip().lower()
    if format not in FILM_FORMATS:
        raise BadInput(f"Films cannot be exported as {format}.", f"Use one of {', '.join(FILM_FORMATS)}.")
    if quality not in QUALITIES:
        raise BadInput(f"There is no quality {quality!r}.", f"Use one of {', '.join(QUALITIES)}.")
    if fps is not None and not 10 <= fps <= (30 if format == "gif" else 60):
        raise BadInput(f"A film cannot have {fps} frames a second.", "Use 24, 25, 30, 50 or 60; for a gif 10 to 30.")
    params: dict[str, Any] = {"format": format, "quality": quality, "resolution": parse_resolution(resolution)}
    if fps is not None:
        params["fps"] = fps
    if preset is not None:
        params["preset"] = _platform(preset, params)
    return params


def _platform(raw: str, params: dict[str, Any]) -> str:
    name = re.sub(r"[\s-]+", "_", raw.strip().lower())
    preset = PRESETS.get(name)
    if preset is None:
        near = difflib.get_close_matches(name, PRESETS, 1)
        raise BadInput(f"There is no preset {raw!r}.", f"Use one of {', '.join(near or PRESETS)}.")
    if params["format"] not in ("mp4", "mov"):
        raise BadInput(f"{name} takes no {params['format']}.", "Use mp4 or mov with a preset.")
    if "x" in (params["resolution"] or ""):
        raise BadInput("A preset sets the shape of the film.", "With a preset, resolution is 720p, 1080p or 4k.")
    if params.get("fps", 0) > preset.fps:
        raise BadInput(f"{name} takes {preset.fps} frames a second at most.", "Leave fps out, or ask for fewer.")
    return name


def parse_resolution(raw: str | None) -> str | None:
    if raw is None:
        return None
    name = raw.strip().lower().replace("×", "x").replace(" ", "")
    if name in ("720p", "1080p", "4k"):
        return name
    size = re.fullmatch(r"(\d{2,5})x(\d{2,5})", name)
    if size is None:
        raise BadInput(f"{raw!r} is not a resolution.", "Use 720p, 1080p, 4k, or width x height such as 1080x1920.")
    width, height = int(size[1]), int(size[2])
    if width % 2 or height % 2 or not (128 <= width <= 4096 and 128 <= height <= 4096):
        raise BadInput(
            f"A film cannot be {width}x{height} pixels.", "Use even numbers from 128 to 4096, for example 1080x1920."
        )
    return name


def export_result(snapshot: Snapshot, project: ProjectRef) -> ExportResult:
    """The result of an export job as it stands. Raises JobFailed when it failed or was cancelled."""
    job = snapshot.job
    if job.status in ("failed", "cancelled"):
        raise JobFailed(job, project)
    if job.status != "completed":
        words = running(job.id, job.status, job.progress, job.message, job.elapsed_seconds, snapshot.idle_seconds)
        return ExportResult(status=job.status, job=job.id, project=project, message=words)
    return ExportResult.model_validate({"status": "completed", "job": job.id, "project": project, **(job.result or {})})


def export_tool(services: Services) -> NemoTool:
    async def export(
        ctx: Context[Any, Any],
        which: Chosen,
        format: FormatArg = "mp4",
        quality: Annotated[str, Field(description="draft, standard or high")] = "high",
        resolution: Annotated[
            str | None, Field(description="720p, 1080p, 4k or WxH in pixels; the film's own size if left out")
        ] = None,
        filename: Annotated[
            str | None, Field(description="bare name; the project's name if left out. Nothing is overwritten")
        ] = None,
        fps: Annotated[int | None, Field(description="24, 25, 30, 50 or 60")] = None,
        preset: PresetArg = None,
        poster: Annotated[
            bool | float | None, Field(description="also a JPEG still beside the film: true, or the s it shows")
        ] = None,
        project: ProjectArg = None,
        wait_seconds: WaitArg = None,
    ) -> ExportResult:
        """Render the film, save it on the user's machine and check the file. Answers with its path: tell the user. Exporting
        costs no credits. If status is running, call wait with the job."""
        found = await services.projects.resolve(chosen_of(which), new=False)
        job = await start_export(services, found, format, quality, resolution, filename, fps, preset, poster)
        return export_result(await follow(services, reporter(ctx), job.id, wait_seconds), ref(found))

    return make_tool(export, title="Export the film", open_world=True, asks={"which": which_project(services)})
