"""`serve --http`: the MCP server over Streamable HTTP, for this machine alone or, with tokens, for a network."""

from __future__ import annotations

import gc
import ipaddress
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import anyio

from nemovideo_mcp.cli.tenants import Household, tenants_folder
from nemovideo_mcp.server.http.app import MCP_PATH, NOBODY, Doors, Verifier, http_app
from nemovideo_mcp.server.http.films import Links, link_key
from nemovideo_mcp.server.http.oauth import IssuerTokens
from nemovideo_mcp.server.http.tenants import Tenants
from nemovideo_mcp.server.http.tokens import TokenFile, TokenFileError
from nemovideo_mcp.settings import Settings

if TYPE_CHECKING:
    from starlette.applications import Starlette

LOOPBACK_NAMES = ("127.0.0.1", "localhost", "[::1]")
GRACE_SECONDS = 3
"""How long answers that are under way may take when the server stops; jobs are in the journal and go on at the next start, and
calls that wait for one are told so at once."""
MOST_CONNECTIONS = 2_000


class CannotServe(ValueError):
    """It would not be safe, or cannot be; the text says why and what to do."""


def address_of(host: str, tokens: bool) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    """The address to listen on.

    Raises:
        CannotServe: it is none, or other machines reach it and there are no tokens.
    """
    try:
        address = ipaddress.ip_address("127.0.0.1" if host == "localhost" else host.strip("[]"))
    except ValueError:
        raise CannotServe(
            f"{host} is no address to listen on. Use --host 127.0.0.1, or an address of this machine."
        ) from None
    if not address.is_loopback and not tokens:
        raise CannotServe(
            f"{host} can be reached from other machines, and there are no tokens to keep strangers out. "
            "Make one (nemovideo-mcp token NAME --token-file FILE) and serve with --token-file FILE, name an OAuth issuer "
            "with --issuer, or use --host 127.0.0.1."
        )
    return address


def bind(address: ipaddress.IPv4Address | ipaddress.IPv6Address, port: int) -> socket.socket:
    """A listening socket. Raises CannotServe when the port cannot be had."""
    family = socket.AF_INET6 if address.version == 6 else socket.AF_INET
    # The protocol by its number: asyncio turns Nagle's delay (40 ms for each answer) off only where it sees TCP named.
    bound = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if sys.platform != "win32":
            bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind((str(address), port))
        bound.listen(128)
    except (OSError, OverflowError) as error:
        bound.close()
        why = getattr(error, "strerror", None) or "the port must be from 0 to 65535"
        raise CannotServe(f"Port {port} on {address} cannot be used: {why}. Choose another with --port.") from None
    bound.setblocking(False)
    return bound


def verifier_of(settings: Settings, url: str) -> Verifier | None:
    """Who may come in; None: there are no tokens.

    Raises:
        CannotServe: the settings name something that cannot be used.
    """
    if settings.http_tokens is not None and settings.http_issuer is not None:
        raise CannotServe("There is a token file and an OAuth issuer. Use one of them.")
    if settings.http_tokens is not None:
        try:
            return TokenFile(settings.http_tokens)
        except TokenFileError as error:
            raise CannotServe(str(error)) from None
    if settings.http_issuer is not None:
        issuer = urlsplit(settings.http_issuer)
        local = issuer.scheme == "http" and _is_loopback_name(issuer.hostname)
        if not issuer.hostname or (issuer.scheme != "https" and not local):
            raise CannotServe(f"The OAuth issuer must be an https address, not {settings.http_issuer}.")
        return IssuerTokens(settings.http_issuer, url + MCP_PATH)
    return None


def public_url(settings: Settings, bound: socket.socket) -> str:
    """The server's address as its users see it. Raises CannotServe when nobody can know it."""
    if settings.http_url is not None:
        return settings.http_url
    address, port = bound.getsockname()[:2]
    if ipaddress.ip_address(address).is_unspecified:
        raise CannotServe(
            "At which address will it be reached? Films are fetched from there, and requests that name another host are "
            "refused. Say it with --public-url, for example --public-url https://films.example.com"
        )
    return f"http://[{address}]:{port}" if ":" in address else f"http://{address}:{port}"


def doors_of(settings: Settings, bound: socket.socket) -> Doors:
    """How the server is reached. Raises CannotServe when the settings do not go together."""
    url = public_url(settings, bound)
    address = bound.getsockname()[0]
    named = urlsplit(url).netloc.rpartition("@")[2]
    host = named if named.endswith("]") else named.rpartition(":")[0] or named
    names = [host, *settings.http_hosts]
    if ipaddress.ip_address(address).is_loopback:
        names += LOOPBACK_NAMES
    return Doors(
        url=url,
        hosts=tuple(dict.fromkeys(names)),
        verifier=verifier_of(settings, url),
        issuer=settings.http_issuer,
        rate=settings.http_rate,
    )


def application(settings: Settings, doors: Doors) -> Starlette:
    """The ASGI application with everything behind it; its lifespan opens and closes all of that.

    Raises:
        CannotServe: the data folder cannot be written.
    """
    try:
        links = Links(doors.url, link_key(settings.data_dir / "link_key"))
    except OSError as error:
        raise CannotServe(f"The data folder {settings.data_dir} cannot be used: {error.strerror}.") from None
    household = Household(settings, links, shared=doors.verifier is not None)
    tenants = Tenants(
        household.services_of,
        doors.security(),
        most_sessions=settings.http_sessions,
        most_bytes=int(settings.http_body_mb * 1e6),
    )

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with household, tenants:
            if doors.verifier is None:
                await tenants.of(NOBODY)
            else:
                await tenants.resume(tenants_folder(settings))
            yield

    app = http_app(doors, tenants, links, lifespan)
    app.state.stop_waiting = tenants.stop_waiting
    return app


def _is_loopback_name(host: str | None) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host or "").is_loopback
    except ValueError:
        return False


def _made_ready(settings: Settings) -> None:
    """Load what the first calls need before anybody calls, and put it out of the garbage collector's sight.

    None of it is ever garbage, and a full collection over these hundred thousand objects holds up all hosts for a tenth of a
    second.
    """
    import nemovideo_mcp.client
    import nemovideo_mcp.server.jobs.batch
    import nemovideo_mcp.server.jobs.edit
    import nemovideo_mcp.server.jobs.export
    import nemovideo_mcp.server.jobs.upload
    import nemovideo_mcp.server.prompts
    import nemovideo_mcp.server.tools

    if not settings.uses_cloud:
        import nemovideo_mcp.studio.app  # noqa: F401
    gc.collect()
    gc.freeze()


def serve_http(settings: Settings, host: str, port: int) -> int:
    """Serve until interrupted. Local files can be named only when NEMO_ALLOWED_DIRS is set."""
    try:
        tokens = settings.http_tokens is not None or settings.http_issuer is not None
        bound = bind(address_of(host, tokens), port)
        doors = doors_of(settings, bound)
        app = application(settings, doors)
    except CannotServe as error:
        print(f"nemovideo-mcp: {error}", file=sys.stderr)
        return 1
    _made_ready(settings)
    import uvicorn

    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        lifespan="on",
        ws="none",
        server_header=False,
        limit_concurrency=MOST_CONNECTIONS,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )
    print(f"MCP over HTTP at {doors.url}{MCP_PATH}", file=sys.stderr, flush=True)
    if (
        doors.verifier is not None
        and doors.url.startswith("http://")
        and not _is_loopback_name(urlsplit(doors.url).hostname)
    ):
        print(
            "Tokens and films cross the network in clear: put a proxy with TLS before this server, and name its https "
            "address with --public-url.",
            file=sys.stderr,
            flush=True,
        )

    class Server(uvicorn.Server):
        async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
            # Or they would be cut off without an answer when the time of grace is over.
            app.state.stop_waiting()
            await super().shutdown(sockets)

    anyio.run(Server(config).serve, [bound])
    return 0
