"""``NemoVideoClient``: one method for each call of the API, whichever backend answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import httpx

from nemovideo_mcp.api.capabilities import UPLOAD_POSITION
from nemovideo_mcp.api.errors import BadAnswer, DuplicateRender
from nemovideo_mcp.api.models import (
    AGENT,
    AnonymousToken,
    ClaimToken,
    Credits,
    Render,
    Session,
    State,
    StudioProject,
    StudioVersion,
    Upload,
    read,
)
from nemovideo_mcp.client import calls
from nemovideo_mcp.client.attribution import Attribution
from nemovideo_mcp.client.auth import TokenSource
from nemovideo_mcp.client.download import Download, download
from nemovideo_mcp.client.multipart import FilePart, FilesBody, OnBytes
from nemovideo_mcp.client.retry import Backoff
from nemovideo_mcp.client.sse import MAX_EVENT_BYTES
from nemovideo_mcp.client.stream import ChatClocks, ChatStream
from nemovideo_mcp.client.wire import Wire


class NemoVideoClient:
    """The NemoVideo API over any httpx transport: the network, or the studio in this process.

    Every method raises only errors of ``api.errors``, repeats itself as the table in ``retry`` says, and is safe to use
    from several tasks at once. The token shows in none of its errors, logs and reprs.
    """

    def __init__(
        self,
        *,
        base_url: str,
        tokens: TokenSource,
        attribution: Attribution,
        transport: httpx.AsyncBaseTransport | None = None,
        clocks: ChatClocks | None = None,
        backoff: Backoff | None = None,
        max_event_bytes: int = MAX_EVENT_BYTES,
    ) -> None:
        """Raises: BadInput, when ``base_url`` is not an address of the web. Nothing is opened yet."""
        self._tokens = tokens
        self._transport = transport
        self._clocks = clocks or ChatClocks()
        self._max_event_bytes = max_event_bytes
        self._wire = Wire(
            base_url=base_url, tokens=tokens, attribution=attribution, transport=transport, backoff=backoff
        )

    def __repr__(self) -> str:
        return f"NemoVideoClient({self._wire.origin}, {self._tokens!r})"

    async def __aenter__(self) -> Self:
        # A transport that was given may hold tasks, which belong to the task that enters it.
        if self._transport is not None:
            await self._wire.open()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._wire.aclose()

    @property
    def origin(self) -> str:
        """Scheme, host and port of the API."""
        return self._wire.origin

    @property
    def user_id(self) -> str | None:
        """The anonymous user's id (known after the first call), for the registration link; None for a registered one."""
        return self._tokens.user_id

    async def anonymous_token(self, client_id: str) -> AnonymousToken:
        """A new anonymous token; there is one for each client id in 7 days. Calls fetch theirs by themselves."""
        return await self._wire.mint(client_id)

    async def create_session(self, language: str = "en", name: str = "project") -> Session:
        """A new project. ``language`` is the ISO code of the user's language."""
        body = {"task_name": name, "language": language}
        return read(Session, await self._wire.call(calls.CREATE_SESSION, json=body))

    async def claim_token(self, task_id: str, session_id: str) -> ClaimToken:
        """What opens this project in a browser, and nothing else."""
        body = {"task_id": task_id, "session_id": session_id}
        return read(ClaimToken, await self._wire.call(calls.CLAIM_TOKEN, json=body))

    def chat(self, session_id: str, text: str, operations: Sequence[Mapping[str, Any]] | None = None) -> ChatStream:
        """A message to the backend's agent, sent once when the stream is entered.

        ``operations`` are typed edits for a backend that is capable of them.
        """
        message: dict[str, Any] = {
            "app_name": AGENT,
            "user_id": "me",
            "session_id": session_id,
            "new_message": {"parts": [{"text": text}]},
        }
        if operations is not None:
            message["custom_metadata"] = {"operations": [dict(operation) for operation in operations]}
        return ChatStream(self._wire, message, self._clocks, self._max_event_bytes)

    async def upload_files(
        self,
        session_id: str,
        paths: Sequence[Path | FilePart],
        on_bytes: OnBytes | None = None,
        *,
        position: int | None = None,
    ) -> Upload:
        """Send files to the project's media pool, in one request, streamed from disk. ``FilePart`` gives another name.

        ``position`` sorts them in the pool where the backend has ``upload_order``; else they follow what has arrived.

        Raises:
            BadInput: no files, or one that cannot be read.
            UnsupportedFile, FileTooLarge: the backend refuses one.
        """
        body = await FilesBody.of(paths, on_bytes)
        headers = None if position is None else {UPLOAD_POSITION: str(position)}
        return read(Upload, await self._wire.call(calls.UPLOAD, body=body, headers=headers, session=session_id))

    async def upload_urls(self, session_id: str, urls: Sequence[str]) -> Upload:
        """Let the backend fetch files from the web."""
        body = {"urls": list(urls), "source_type": "url"}
        return read(Upload, await self._wire.call(calls.UPLOAD, json=body, session=session_id))

    async def credits(self) -> Credits:
        return read(Credits, await self._wire.call(calls.CREDITS))

    async def state(self, session_id: str) -> State:
        """The project as it is now. Raises: SessionNotFound."""
        return read(State, await self._wire.call(calls.STATE, session=session_id))

    async def submit_render(
        self, render_id: str, session_id: str, draft: Mapping[str, Any], output: Mapping[str, Any]
    ) -> Render:
        """Render a draft under an id of the caller's. Doing it twice with one id renders once.

        Raises:
            PlanRequired: the plan does not export.
        """
        body = {"id": render_id, "sessionId": session_id, "draft": dict(draft), "output": dict(output)}
        try:
            return _render(await self._wire.call(calls.SUBMIT_RENDER, json=body), render_id, status="pending")
        except DuplicateRender:
            # An earlier answer was lost on the way; that submit was accepted.
            pass
        return await self.render(render_id)

    async def render(self, render_id: str) -> Render:
        """How far a render is. A failed one is an answer, not an error."""
        return _render(await self._wire.call(calls.RENDER, render=render_id), render_id)

    async def cancel_render(self, render_id: str) -> Render:
        """Stop a waiting render; a running one too where the backend has ``cancel_running``."""
        payload = await self._wire.call(calls.CANCEL_RENDER, render=render_id)
        return _render(payload, render_id, status="cancelled")

    async def download(
        self,
        url: str | None,
        render_id: str,
        target: Path,
        on_bytes: OnBytes | None = None,
        *,
        keep_partial: bool = False,
    ) -> Download:
        """Save a finished film: from its ``url`` (absolute or of the API), else through the render's download route.

        It is written to a hidden name beside ``target`` first, and goes on from what a killed process left under that name.
        With ``keep_partial`` that is left there by a failure or a cancellation too (``discard_partial`` removes it).
        What exists is never overwritten: the film is then called ``name (2)``, see the result's ``path``.

        Raises:
            BadInput: the folder cannot be written, or its disk is full or too small.
            Unreachable: it broke off again and again, or its checksum was wrong each time.
        """
        sources = [(calls.OUTPUT, url)] if url else []
        sources.append((calls.DOWNLOAD, calls.DOWNLOAD.path(render=render_id)))
        return await download(self._wire, sources, target, on_bytes, render_id=render_id, keep_partial=keep_partial)

    async def projects(self) -> list[StudioProject]:
        """Capability ``projects``."""
        return [read(StudioProject, row) for row in _rows(await self._wire.call(calls.PROJECTS), "projects")]

    async def rename_project(self, session_id: str, name: str) -> None:
        """Capability ``projects``."""
        await self._wire.call(calls.RENAME_PROJECT, json={"name": name}, session=session_id)

    async def delete_project(self, session_id: str) -> None:
        """Capability ``projects``."""
        await self._wire.call(calls.DELETE_PROJECT, session=session_id)

    async def preview(self, session_id: str, times: Sequence[float] | None = None) -> bytes:
        """Capability ``preview``: a JPEG of the film at these times (seconds), or of the whole as a contact sheet."""
        body = {} if times is None else {"times": list(times)}
        return await self._wire.image(calls.PREVIEW, json=body, session=session_id)

    async def versions(self, session_id: str) -> list[StudioVersion]:
        """Capability ``versions``."""
        payload = await self._wire.call(calls.VERSIONS, session=session_id)
        return [read(StudioVersion, row) for row in _rows(payload, "versions")]

    async def restore_version(self, session_id: str, version: int) -> None:
        """Capability ``versions``: what was version ``version`` becomes the newest."""
        await self._wire.call(calls.RESTORE_VERSION, session=session_id, version=str(version))


def _render(payload: Any, render_id: str, **defaults: str) -> Render:
    """``defaults``: what a bare acknowledgement means."""
    if payload is None and defaults:
        payload = {}
    if not isinstance(payload, Mapping):
        raise BadAnswer("The backend's answer about a render is not an object.")
    return Render.parse({"id": render_id, **defaults, **payload})


def _rows(payload: Any, key: str) -> list[Any]:
    rows = payload.get(key) if isinstance(payload, Mapping) else payload
    if not isinstance(rows, list):
        raise BadAnswer(f"The backend's list of {key} is not a list.")
    return rows
