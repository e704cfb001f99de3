"""The server over HTTP, in this process and on a real socket, and hosts that come with a token or without."""

from __future__ import annotations

import base64
import io
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import httpx
import httpx2
from mcp import Client
from mcp.client.streamable_http import streamable_http_client
from PIL import Image

from nemovideo_mcp.cli.http import application, doors_of
from nemovideo_mcp.server.http.app import Verifier
from nemovideo_mcp.server.http.tokens import add_token
from support.hosts import COLORS, Host, settings_in
from support.sockets import serving


@dataclass
class Site:
    """A served server. ``tokens`` are the bearer tokens by identity."""

    url: str
    tokens: dict[str, str] = field(default_factory=dict)
    client: httpx.Client = field(default_factory=httpx.Client)

    @property
    def mcp(self) -> str:
        return f"{self.url}/mcp"

    def headers(self, identity: str | None) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.tokens[identity]}"} if identity else {}

    @asynccontextmanager
    async def host(self, identity: str | None = None) -> AsyncIterator[Host]:
        """A host that is connected."""
        async with (
            httpx2.AsyncClient(headers=self.headers(identity), timeout=60) as http,
            Client(streamable_http_client(self.mcp, http_client=http)) as client,
        ):
            yield Host(client)

    def ask(self, method: str, path: str, identity: str | None = None, **more: Any) -> httpx.Response:
        """A plain request; ``path`` may be a whole URL."""
        headers = {**self.headers(identity), **more.pop("headers", {})}
        url = path if path.startswith("http") else self.url + path
        return self.client.request(method, url, headers=headers, timeout=30, **more)


@contextmanager
def site(folder: Path, *identities: str, verifier: Verifier | None = None, **more: Any) -> Iterator[Site]:
    """A server with a token for each identity; without identities it asks for none. ``more`` goes into the settings."""
    tokens = {name: add_token(folder / "tokens", name) for name in identities}
    settings = settings_in(folder, http_tokens=folder / "tokens" if tokens else None, **more)
    listener = socket.create_server(("127.0.0.1", 0))
    doors = doors_of(settings, listener)
    if verifier is not None:
        doors = replace(doors, verifier=verifier)
    with httpx.Client() as client, serving(application(settings, doors), listener) as url:
        yield Site(url, tokens, client)


def inline(*colors: str, size: tuple[int, int] = (320, 180)) -> list[dict[str, str]]:
    """Plain pictures as files inside a call."""
    files = []
    for color in colors:
        kept = io.BytesIO()
        Image.new("RGB", size, COLORS[color]).save(kept, "JPEG")
        files.append({"name": f"{color}.jpg", "data": base64.b64encode(kept.getvalue()).decode()})
    return files
