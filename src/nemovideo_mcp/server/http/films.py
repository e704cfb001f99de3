"""Finished films for those who share no disk with the server: an address on it, for their token or signed for a day.

A person clicks a link in a chat, and a browser sends no bearer token. So the links that results give are signed: they open
one film of one identity, for a day, and say nothing else. A program may leave the signature out and send its token.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import secrets
import time
from pathlib import Path
from urllib.parse import quote, urlencode

import anyio
from starlette.responses import FileResponse, PlainTextResponse, Response

from nemovideo_mcp.media.formats import FORMATS
from nemovideo_mcp.server.places import file_name
from nemovideo_mcp.server.services import Services

LINK_SECONDS = 24 * 3600
PREFIX = "/films"


class Links:
    """Makes and checks signed addresses below ``base``, this server's address as its users see it, without a last slash."""

    def __init__(self, base: str, key: bytes) -> None:
        self._base = base
        self._key = key

    def link(self, tenant: str, export: str, name: str) -> str:
        """Where a browser fetches the film within the next day."""
        until = int(time.time()) + LINK_SECONDS
        query = urlencode({"by": tenant, "until": until, "signature": self._signature(tenant, export, until)})
        return f"{self._base}{PREFIX}/{quote(export)}/{quote(name)}?{query}"

    def signed(self, tenant: str, export: str, until: str, signature: str) -> bool:
        """Whether this server made the link, be it still good or not."""
        if not (until.isascii() and until.isdecimal() and len(until) < 12):
            return False
        return hmac.compare_digest(self._signature(tenant, export, int(until)).encode(), signature.encode())

    def _signature(self, tenant: str, export: str, until: int) -> str:
        made = hmac.digest(self._key, f"{tenant}\n{export}\n{until}".encode(), hashlib.sha256)
        # 128 bits: a model has to copy them.
        return base64.urlsafe_b64encode(made[:16]).rstrip(b"=").decode()


def link_key(path: Path) -> bytes:
    """The key of the links, made when there is none; without it old links are worth nothing.

    Raises:
        OSError: the data folder cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(secrets.token_bytes(32))
    try:
        # Two servers may start at once on one folder: the first to link wins.
        path.hardlink_to(fresh)
    except FileExistsError:
        pass
    except OSError:
        # A file system without links.
        if not path.exists():
            fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)
    return path.read_bytes()


async def film_response(services: Services, export: str, name: str) -> Response:
    """The film, or its poster where that is named, as a download, whole or a range of it; 404 when there is none."""
    rows = await services.journal.exports(id=export)
    path = Path(rows[0]["path"]) if rows else None
    if rows and (poster := rows[0].get("poster")) is not None and file_name(poster) == name:
        path = Path(poster)
    if path is None or not await anyio.Path(path).is_file():
        return PlainTextResponse("There is no such film. get_state lists those that there are.", 404)
    known = FORMATS.get(path.suffix.lstrip(".").lower())
    return FileResponse(
        path,
        media_type=known.mime if known else "application/octet-stream",
        filename=path.name,
        content_disposition_type="attachment",
        headers={
            "Cache-Control": "private, max-age=0, must-revalidate",
            "X-Content-Type-Options": "nosniff",
            # Where a page would open it after all, it may do nothing.
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "Referrer-Policy": "no-referrer",
        },
    )
