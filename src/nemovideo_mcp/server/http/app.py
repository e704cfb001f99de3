"""The ASGI application: who asks (bearer tokens), whether they may, and whose server answers."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Protocol

from mcp.server.auth.middleware.auth_context import AuthContextMiddleware
from mcp.server.auth.middleware.bearer_auth import AuthenticatedUser, BearerAuthBackend, RequireAuthMiddleware
from mcp.server.auth.provider import TokenVerifier
from mcp.server.auth.routes import build_resource_metadata_url, create_protected_resource_routes
from mcp.server.transport_security import TransportSecurityMiddleware, TransportSecuritySettings
from pydantic import AnyHttpUrl
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.authentication import AuthenticationMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from nemovideo_mcp import __version__
from nemovideo_mcp.api.errors import NemoError
from nemovideo_mcp.server.http.films import PREFIX, Links, film_response
from nemovideo_mcp.server.http.limits import Buckets
from nemovideo_mcp.server.http.oauth import tenant_of
from nemovideo_mcp.server.http.tenants import Tenants

MCP_PATH = "/mcp"
HEALTH_PATH = "/healthz"
NOBODY = ""
"""The tenant of a server without tokens: whoever reaches this machine's loopback address."""
_NO_RECORDS = "The records of this server cannot be used at present."
_OUT_OF_DATE = "This link is out of date. get_state gives a new one."


class Verifier(TokenVerifier, Protocol):
    """Who a token is of, and whether an identity is still let in."""

    def knows(self, identity: str) -> bool: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Doors:
    """How the server is reached, and what it asks of those who knock. ``rate`` is in requests a second for each identity.

    ``verifier`` is None where no token is needed; ``issuer`` is the authorization server that gives tokens out, if one does.
    """

    url: str
    hosts: tuple[str, ...]
    verifier: Verifier | None = None
    issuer: str | None = None
    rate: float = 50

    def security(self) -> TransportSecuritySettings:
        """The hosts that requests may name, and the web pages that they may come from: this server's own."""
        named = [form for host in self.hosts for form in (host, f"{host}:*")]
        return TransportSecuritySettings(
            allowed_hosts=named,
            allowed_origins=[f"{scheme}://{name}" for name in named for scheme in ("http", "https")],
        )


def http_app(
    doors: Doors,
    tenants: Tenants,
    links: Links,
    lifespan: Callable[[Starlette], AbstractAsyncContextManager[None]] | None = None,
) -> Starlette:
    """The application. ``lifespan`` is entered inside that of the server's runner and must enter the tenants."""
    routes = [Route(HEALTH_PATH, _health, methods=["GET"])]
    mcp: ASGIApp = _Mcp(tenants)
    metadata = None
    middleware = [Middleware(_Hosts, doors.security())]
    if doors.verifier is not None:
        if doors.issuer is not None:
            resource = AnyHttpUrl(doors.url + MCP_PATH)
            metadata = build_resource_metadata_url(resource)
            routes += create_protected_resource_routes(resource, [AnyHttpUrl(doors.issuer)], resource_name="NemoVideo")
        mcp = RequireAuthMiddleware(mcp, [], metadata)
        middleware += [
            Middleware(AuthenticationMiddleware, backend=BearerAuthBackend(doors.verifier)),
            Middleware(AuthContextMiddleware),
        ]
    films = _Films(tenants, links, doors.verifier, metadata)
    middleware.append(Middleware(_Rates, doors.rate, doors.verifier is not None))
    routes += [Route(MCP_PATH, mcp), Route(f"{PREFIX}/{{export}}/{{name:path}}", films, methods=["GET"])]
    return Starlette(routes=routes, middleware=middleware, lifespan=lifespan)


async def _health(request: Request) -> Response:
    return JSONResponse({"status": "ok", "version": __version__}, headers={"Cache-Control": "no-store"})


def tenant_in(scope: Scope) -> str:
    user = scope.get("user")
    return tenant_of(user.access_token) if isinstance(user, AuthenticatedUser) else NOBODY


class _Hosts:
    """Requests that name another host are turned away: a web page may have pointed its own name at this machine."""

    def __init__(self, app: ASGIApp, security: TransportSecuritySettings) -> None:
        self._app = app
        self._check = TransportSecurityMiddleware(security)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        # What watches the server's health asks by any name, and learns nothing.
        if scope["type"] == "http" and scope["path"] != HEALTH_PATH:
            refusal = await self._check.validate_request(Request(scope))
            if refusal is not None:
                await refusal(scope, receive, send)
                return
        await self._app(scope, receive, send)


class _Rates:
    """Each identity has its rate; those who show no token that is good share a tenth of it by their address."""

    def __init__(self, app: ASGIApp, rate: float, tokens: bool) -> None:
        self._app = app
        self._tokens = tokens
        self._known = Buckets(rate)
        self._strangers = Buckets(rate / 10)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"] != HEALTH_PATH:
            if not self._tokens or isinstance(scope.get("user"), AuthenticatedUser):
                seconds = self._known.take(tenant_in(scope))
            else:
                seconds = self._strangers.take((scope.get("client") or ("",))[0])
            if seconds is not None:
                words = f"Too many requests; come again in {seconds} s."
                await PlainTextResponse(words, 429, {"Retry-After": str(seconds)})(scope, receive, send)
                return
        await self._app(scope, receive, send)


class _Mcp:
    def __init__(self, tenants: Tenants) -> None:
        self._tenants = tenants

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            tenant = await self._tenants.of(tenant_in(scope))
        except NemoError:
            # Its text names folders of this machine; the log has it.
            await PlainTextResponse(_NO_RECORDS, 503)(scope, receive, send)
            return
        async with tenant.in_use():
            await tenant.server.session_manager.handle_request(scope, receive, send)


class _Films:
    """A finished film: to its owner's token, or to a link that this server signed."""

    def __init__(self, tenants: Tenants, links: Links, verifier: Verifier | None, metadata: AnyHttpUrl | None) -> None:
        self._tenants = tenants
        self._links = links
        self._verifier = verifier
        self._with_token = RequireAuthMiddleware(self._own, [], metadata)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        asked = Request(scope).query_params
        by, until, signature = (asked.get(name, "") for name in ("by", "until", "signature"))
        if self._links.signed(by, scope["path_params"]["export"], until, signature) and self._let_in(by):
            if int(until) < time.time():
                await PlainTextResponse(_OUT_OF_DATE, 403)(scope, receive, send)
            else:
                await self._send(by, scope, receive, send)
        elif self._verifier is not None:
            await self._with_token(scope, receive, send)
        else:
            await PlainTextResponse("This is no link of this server. get_state gives one.", 403)(scope, receive, send)

    def _let_in(self, identity: str) -> bool:
        return self._verifier is None or self._verifier.knows(identity)

    async def _own(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._send(tenant_in(scope), scope, receive, send)

    async def _send(self, identity: str, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            tenant = await self._tenants.of(identity)
            async with tenant.in_use():
                response = await film_response(tenant.services, **scope["path_params"])
                await response(scope, receive, send)
        except NemoError:
            await PlainTextResponse(_NO_RECORDS, 503)(scope, receive, send)
