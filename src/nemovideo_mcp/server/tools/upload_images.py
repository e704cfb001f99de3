"""`upload_images`: files of this machine and addresses into a project's media."""

from __future__ import annotations

from typing import Annotated, Any

import anyio.to_thread
from mcp.server.mcpserver.context import Context
from pydantic import Field

from nemovideo_mcp.api.errors import BadInput
from nemovideo_mcp.server.asking import Chosen, chosen_of, which_project
from nemovideo_mcp.server.calls import begin
from nemovideo_mcp.server.inline import MOST_FILES, InlineFile, keep
from nemovideo_mcp.server.jobs.journal import Job
from nemovideo_mcp.server.progress import reporter
from nemovideo_mcp.server.projects import NEW, PoolFile
from nemovideo_mcp.server.results import ProjectRef, Result, Skipped, Status, Stored, lines, running
from nemovideo_mcp.server.services import Services
from nemovideo_mcp.server.tooling import NemoTool, make_tool
from nemovideo_mcp.server.tools.common import JobFailed, ProjectArg, discard, follow, ref, stored

ROWS = 50
"""Files in one answer; get_state pages through all that are stored."""
ROWS_IN_WORDS = 20


class UploadResult(Result):
    status: Status = "completed"
    project: ProjectRef | None = Field(description="null: no new project was made, for nothing could be stored")
    stored: list[Stored] = []
    stored_count: int = Field(0, description="files; the first 50 are told")
    skipped: list[Skipped] = []
    skipped_count: int = 0
    already_there: int = Field(0, description="files in the project before this call")
    job: str | None = None
    message: str = ""

    def words(self) -> str:
        if self.message:
            return lines(self.message, f'Project: "{self.project.name}" ({self.project.id}).' if self.project else None)
        before = f" ({self.already_there} were there before)" if self.already_there else ""
        stored = f"Stored {self.stored_count} file{'' if self.stored_count == 1 else 's'}{before}: " + ", ".join(
            _described(file) for file in self.stored[:ROWS_IN_WORDS]
        )
        if self.stored_count > ROWS_IN_WORDS:
            stored += f" and {self.stored_count - ROWS_IN_WORDS} more"
        return lines(
            stored if self.stored else f"Nothing new was stored{before}.",
            *(f"Skipped {file.name}: {file.reason.rstrip('.')}." for file in self.skipped[:ROWS_IN_WORDS]),
            f"Skipped {self.skipped_count - ROWS_IN_WORDS} more." if self.skipped_count > ROWS_IN_WORDS else None,
            f'Project: "{self.project.name}" ({self.project.id}).' if self.project else None,
        )


_FROM_AFAR = """Put photos, video clips and music into a project, up to 200 MB each (jpg, png, webp, heic, gif, mp4, mov, avi,
webm, mkv, mp3, wav, m4a, aac). Start a new film with project="new". Each file is reported: stored, or skipped and why.
Prefer urls; files is for small ones that you have yourself."""
_SOURCES = {
    "paths": "paths on this machine (files, folders or patterns)",
    "urls": "public URLs",
    "files": "small files as base64",
}
_OFF = {
    "paths": "Files of this machine cannot be read over HTTP: give urls or files, or set NEMO_ALLOWED_DIRS to the folders "
    "that may be read.",
    "files": "Give paths: this server runs on the user's machine.",
}


def _described(file: Stored) -> str:
    size = f" {file.width}×{file.height}" if file.width and file.height else ""
    length = f" {file.duration_seconds:g} s" if file.duration_seconds else ""
    return f"{file.name} ({file.kind}{size}{length})"


def upload_images_tool(services: Services) -> NemoTool:
    options = services.options
    there = {"paths": options.local_paths, "urls": True, "files": options.inline_files}
    sources = [name for name in _SOURCES if there[name]]

    async def upload_images(
        ctx: Context[Any, Any],
        which: Chosen,
        paths: Annotated[
            list[str],
            Field(description="files, folders or patterns such as ~/Pictures/trip/*.jpg on the user's machine"),
        ] = [],  # noqa: B006 - the SDK reads the default for the schema; nothing changes it
        urls: Annotated[list[str], Field(description="public http(s) addresses")] = [],  # noqa: B006
        files: Annotated[
            list[InlineFile], Field(max_length=MOST_FILES, description="small files themselves, up to 10 MB each")
        ] = [],  # noqa: B006
        project: ProjectArg = None,
    ) -> UploadResult:
        """Put photos, video clips and music into a project, up to 200 MB each (jpg, png, webp, heic, gif, mp4, mov, avi,
        webm, mkv, mp3, wav, m4a, aac). Start a new film with project="new". Each file is reported: stored, or skipped
        and why. Files that the user attached to the chat are not on their machine: ask where the files are saved."""
        if not paths and not urls and not files:
            raise BadInput("No files were named.", f"Give {' or '.join(_SOURCES[name] for name in sources)}.")
        before = await services.projects.current_id()
        found = await services.projects.resolve(chosen_of(which))
        kept, refused = await anyio.to_thread.run_sync(keep, files, services.inline_folder(found.id))
        params = {"paths": paths, "urls": urls, "inline": [str(path) for path in kept]}
        job = await begin(services, "upload", found.id, params)
        snapshot = await follow(services, reporter(ctx), job.id, None)
        job = snapshot.job
        if not job.ended:
            words = running(job.id, job.status, job.progress, job.message, job.elapsed_seconds, snapshot.idle_seconds)
            return UploadResult(status=job.status, project=ref(found), job=job.id, message=words)
        empty = project == NEW and not (job.result or {}).get("stored")
        if empty:
            # A new project that got nothing would only be in the way.
            await discard(services, found, before)
        if job.status != "completed":
            raise JobFailed(job, None if empty else ref(found))
        result = upload_result(job, ref(found))
        result.skipped += [Skipped(name=file.name, reason=file.reason) for file in refused]
        result.skipped_count += len(refused)
        if refused and not result.stored:
            result.status = "failed"
        if empty:
            result.project = None
        return result

    return make_tool(
        upload_images,
        title="Upload photos, clips and music",
        open_world=True,
        idempotent=True,
        asks={"which": which_project(services)},
        description=_FROM_AFAR if services.options.inline_files else None,
        without={name: _OFF[name] for name in _OFF if name not in sources},
    )


def upload_result(job: Job, project: ProjectRef) -> UploadResult:
    """The result of an upload that has ended well."""
    outcome = job.result or {}
    there = all("in the project already" in skipped["reason"] for skipped in outcome["skipped"])
    return UploadResult(
        status="completed" if outcome["stored"] or there else "failed",
        project=project,
        stored=[stored(PoolFile(**file)) for file in outcome["stored"][:ROWS]],
        stored_count=len(outcome["stored"]),
        skipped=[Skipped(**skipped) for skipped in outcome["skipped"][:ROWS]],
        skipped_count=len(outcome["skipped"]),
        already_there=outcome["already_there"],
        job=job.id,
    )
