"""The HTTP face of the studio: every call of the API, one file for each of its nouns."""

from __future__ import annotations

import errno
import logging
import sqlite3

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response

from nemovideo_mcp.studio.refusals import Refused
from nemovideo_mcp.studio.routes.auth import AuthRoutes
from nemovideo_mcp.studio.routes.chat import ChatRoutes
from nemovideo_mcp.studio.routes.extensions import ExtensionRoutes
from nemovideo_mcp.studio.routes.renders import RenderRoutes
from nemovideo_mcp.studio.routes.sessions import SessionRoutes
from nemovideo_mcp.studio.routes.uploads import UploadRoutes
from nemovideo_mcp.studio.services import Services

_log = logging.getLogger(__name__)

_NO_SPACE = {errno.ENOSPC, errno.EDQUOT}
_CLIENT_GONE = 499


def application(services: Services) -> Starlette:
    """The ASGI application that answers with these services."""
    rooms = (AuthRoutes, SessionRoutes, ChatRoutes, UploadRoutes, RenderRoutes, ExtensionRoutes)
    return Starlette(
        routes=[route for room in rooms for route in room(services).routes()],
        exception_handlers={
            Refused: _refused,
            HTTPException: _http,
            ClientDisconnect: _gone,
            OSError: _storage,
            sqlite3.Error: _storage,
            Exception: _fault,
        },
    )


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, Refused)
    return JSONResponse(error.body(), error.status, error.headers)


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    message = f"There is no call {request.method} {request.url.path}." if error.status_code == 404 else error.detail
    return JSONResponse(Refused(error.status_code, message).body(), error.status_code, error.headers)


async def _gone(request: Request, error: Exception) -> Response:
    # Nobody is there to read it; the call just ends without being a fault.
    return Response(status_code=_CLIENT_GONE)


async def _storage(request: Request, error: Exception) -> Response:
    full = isinstance(error, OSError) and error.errno in _NO_SPACE
    if full or (isinstance(error, sqlite3.Error) and "disk is full" in str(error)):
        message = "The disk is full: the studio cannot write to its data folder. Make room and try again."
        return JSONResponse(Refused(507, message).body(), 507)
    _log.error("The studio's data folder could not be used", exc_info=error)
    reason = error.strerror if isinstance(error, OSError) else str(error)
    return JSONResponse(Refused(500, f"The studio's data folder could not be used: {reason}.").body(), 500)


async def _fault(request: Request, error: Exception) -> Response:
    return JSONResponse(Refused(500, "The studio has a problem of its own; its log says more.").body(), 500)
