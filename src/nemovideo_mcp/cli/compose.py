"""The composition root: which backend there is, and the services around it."""

from __future__ import annotations

import logging
import sqlite3
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from nemovideo_mcp import __version__
from nemovideo_mcp.api.errors import NemoError
from nemovideo_mcp.server.options import Options
from nemovideo_mcp.server.services import Services
from nemovideo_mcp.settings import Settings

if TYPE_CHECKING:
    from nemovideo_mcp.client import NemoVideoClient, TokenSource
    from nemovideo_mcp.studio.app import Studio

STUDIO_ORIGIN = "http://studio.local"
"""The embedded studio's address: it is never resolved, the requests stay in this process."""

STUDIO_HINT = (
    "Films are made on this machine, free and offline. For the NemoVideo cloud set NEMO_TOKEN (or NEMO_BACKEND=cloud)."
)
CLOUD_HINT = "Media and instructions go to the NemoVideo cloud. To stay on this machine set NEMO_BACKEND=studio."


def options_of(settings: Settings, *, local_paths: bool = True) -> Options:
    """What the server is told of the settings."""
    cloud = settings.uses_cloud
    slow = (30.0, 30.0, 60.0) if cloud else (0.5, 1.0, 1.0)
    poll, first, every = (
        default if given is None else given
        for given, default in zip(
            (settings.poll_seconds, settings.recover_first_seconds, settings.recover_every_seconds), slow, strict=True
        )
    )
    return Options(
        backend="cloud" if cloud else "studio",
        backend_hint=CLOUD_HINT if cloud else STUDIO_HINT,
        origin=settings.api_url if cloud else STUDIO_ORIGIN,
        web_url=settings.web_url if cloud else None,
        language=settings.language,
        data_dir=settings.data_dir,
        output_dir=settings.output_dir,
        allowed_dirs=settings.allowed_dirs,
        allowed_hosts=settings.allowed_hosts,
        local_paths=local_paths,
        # To the embedded studio nothing is sent anywhere.
        remove_location=cloud and not settings.keep_location,
        wait_seconds=settings.wait_seconds,
        poll_seconds=poll,
        recover_first_seconds=first,
        recover_every_seconds=every,
        still_working_seconds=settings.still_working_seconds,
        ask_spent=settings.ask_credits_spent,
        ask_below=settings.ask_credits_below,
    )


def token_source(settings: Settings) -> TokenSource:
    """The user's token as it is, else an anonymous one, fetched when it is first needed."""
    from nemovideo_mcp.client import AnonymousTokens, FixedToken

    if settings.uses_cloud and settings.token is not None:
        return FixedToken(settings.token)
    if settings.uses_cloud:
        return AnonymousTokens(
            client_id_file=settings.config_dir / "client_id",
            legacy_client_id_file=settings.vendor_client_id,
            token_file=settings.data_dir / "anonymous_token.json",
            client_id=settings.client_id,
        )
    # The studio's own accounts have nothing to do with the cloud's.
    return AnonymousTokens(
        client_id_file=settings.data_dir / "studio" / "client_id",
        legacy_client_id_file=None,
        token_file=settings.data_dir / "studio" / "token.json",
    )


@asynccontextmanager
async def open_client(settings: Settings) -> AsyncIterator[NemoVideoClient]:
    """The client of the chosen backend; an embedded studio runs as long as it is open.

    Client and studio are imported here: nothing needs them before the first call, and a host waits for the start.
    """
    from nemovideo_mcp.client import Attribution, ChatClocks, NemoVideoClient

    common = {
        "tokens": token_source(settings),
        "attribution": Attribution(version=__version__, platform=settings.platform),
        "clocks": ChatClocks(total_seconds=settings.chat_seconds, silence_seconds=settings.silence_seconds),
    }
    if settings.uses_cloud:
        async with NemoVideoClient(base_url=settings.api_url, **common) as client:  # type: ignore[arg-type]
            yield client
        return
    from nemovideo_mcp.studio.app import Studio
    from nemovideo_mcp.studio.transport import StreamingASGITransport

    folder = settings.data_dir / "studio"
    async with (
        _started(Studio(folder, allowed_hosts=settings.allowed_hosts), folder) as studio,
        NemoVideoClient(base_url=STUDIO_ORIGIN, transport=StreamingASGITransport(studio.app), **common) as client,  # type: ignore[arg-type]
    ):
        yield client


@asynccontextmanager
async def _started(studio: Studio, folder: Path) -> AsyncIterator[Studio]:
    """The studio at work.

    Raises:
        NemoError: its folder cannot be used; it says why.
    """
    from nemovideo_mcp.studio.database import NewerData

    async with AsyncExitStack() as stack:
        try:
            await stack.enter_async_context(studio)
        except NewerData as error:
            raise NemoError(str(error), "Update nemovideo-mcp, or set NEMO_DATA_DIR to another folder.") from error
        except (OSError, sqlite3.Error) as error:
            why = getattr(error, "strerror", None) or str(error)
            raise NemoError(
                f"The studio cannot work in {folder}: {why}.",
                "Free some space there, or set NEMO_DATA_DIR to a folder that can be written.",
            ) from error
        yield studio


def services_of(settings: Settings, *, local_paths: bool = True) -> Services:
    """The services of a server, not entered yet."""
    return Services(options_of(settings, local_paths=local_paths), lambda: open_client(settings))


def log_to_stderr(level: str) -> None:
    """Logs go to stderr: over stdio, stdout is the protocol's."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    # The client logs a line for each call itself; httpx would log addresses with their queries.
    for noisy in ("httpx", "httpcore"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
