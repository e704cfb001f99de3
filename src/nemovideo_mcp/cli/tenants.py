"""The backend of several identities: one studio with one queue of renders, in which each has an account, or the one cloud account."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import anyio
import anyio.abc

from nemovideo_mcp.cli.compose import client_of, options_of, studio_account, studio_of, token_source
from nemovideo_mcp.server.http.app import NOBODY
from nemovideo_mcp.server.http.films import Links
from nemovideo_mcp.server.services import Services
from nemovideo_mcp.settings import Settings

if TYPE_CHECKING:
    from nemovideo_mcp.client import NemoVideoClient
    from nemovideo_mcp.studio.app import Studio


def tenants_folder(settings: Settings) -> Path:
    """Where the records of the identities lie, a folder for each."""
    return settings.data_dir / "tenants"


class Household:
    """Makes the services of identities. Enter it before the first is used; the studio is opened when one needs it."""

    def __init__(self, settings: Settings, links: Links, *, shared: bool) -> None:
        """``shared``: there are tokens, so the users are several, and on other machines."""
        self._settings = settings
        self._links = links
        self._shared = shared
        self._account = token_source(settings) if settings.uses_cloud else None
        self._studio: Studio | None = None
        self._opening = anyio.Lock()
        self._group: anyio.abc.TaskGroup | None = None

    async def __aenter__(self) -> Household:
        self._group = await anyio.create_task_group().__aenter__()
        return self

    async def __aexit__(self, *exc: Any) -> None:
        assert self._group is not None
        self._group.cancel_scope.cancel()
        await self._group.__aexit__(None, None, None)

    def services_of(self, identity: str) -> Services:
        """The services of an identity, not entered yet."""
        settings = self._settings
        options = options_of(settings, local_paths=settings.allowed_dirs is not None)
        folder = settings.data_dir
        if identity != NOBODY:
            folder = tenants_folder(settings) / identity
        options = replace(
            options,
            data_dir=folder,
            output_dir=settings.output_dir / identity,
            inline_files=True,
            remote=self._shared,
            film_link=partial(self._links.link, identity),
            own_account=not (self._shared and settings.uses_cloud),
        )
        return Services(options, partial(self._client, folder))

    @asynccontextmanager
    async def _client(self, folder: Path) -> AsyncIterator[NemoVideoClient]:
        if self._account is not None:
            async with client_of(self._settings, self._account) as client:
                yield client
            return
        assert self._group is not None
        async with self._opening:
            if self._studio is None:
                self._studio = await self._group.start(self._keep_studio)
        account = studio_account(self._settings.data_dir / "studio" if folder == self._settings.data_dir else folder)
        async with client_of(self._settings, account, self._studio) as client:
            yield client

    async def _keep_studio(self, *, task_status: anyio.abc.TaskStatus[Studio]) -> None:
        async with studio_of(self._settings, "the server's folder" if self._shared else "") as studio:
            task_status.started(studio)
            await anyio.sleep_forever()
