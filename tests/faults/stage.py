"""What a row is played on: a backend, our proxy before it, and servers of ours as its clients, on one data folder."""

from __future__ import annotations

import json
import sqlite3
import ssl
import subprocess
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import time
from typing import Any

import anyio
import httpx
import pytest
from starlette.types import ASGIApp, Receive, Scope, Send

from faults.cloud import Cloud, film
from faults.row import Row
from nemovideo_mcp.client import AnonymousTokens, Attribution, Backoff, ChatClocks, FixedToken, NemoVideoClient
from nemovideo_mcp.studio.app import Studio
from nemovideo_mcp.studio.render.job import RenderJob, RenderResult
from nemovideo_mcp.studio.server import listening
from support.backend import BEARER
from support.hosts import Host, draw, in_memory
from support.proxy import Proxy, proxied
from support.sockets import refused_port, serving

QUICK = {"recover_first_seconds": 0.02, "recover_every_seconds": 0.02, "poll_seconds": 0.02}
AT_ONCE = Backoff(first=0.01, jitter=0, rate_limited=0.01)
WEB = "https://nemovideo.com"


@dataclass
class Stage:
    """``url`` is what the servers take for the backend."""

    row: Row
    folder: Path
    url: str
    proxy: Proxy
    cloud: Cloud | None = None
    tally: Tally | None = None
    returned: list[str] = field(default_factory=list)
    """Everything that a tool said, for the search for tokens."""

    @asynccontextmanager
    async def host(self) -> AsyncIterator[Host]:
        """A server in this process, with the row's settings."""
        more = {**QUICK, "origin": self.url, "backend": "cloud", "web_url": WEB, **self.row.options}
        async with in_memory(self.folder, self._client, **more) as host:
            yield host

    @asynccontextmanager
    async def _client(self) -> AsyncIterator[NemoVideoClient]:
        row = self.row
        anonymous = AnonymousTokens(
            client_id_file=self.folder / "config" / "client_id",
            legacy_client_id_file=None,
            token_file=self.folder / "data" / "anonymous_token.json",
            clock=lambda: time() + row.clock_ahead,
        )
        async with NemoVideoClient(
            base_url=self.url,
            tokens=anonymous if self.anonymous else FixedToken(BEARER),
            attribution=Attribution(version="0"),
            transport=Impatient(row.patience) if row.patience else None,
            clocks=ChatClocks(*row.clocks),
            backoff=AT_ONCE,
            max_event_bytes=row.max_event_bytes,
        ) as client:
            yield client

    def begin(self) -> None:
        """The preparations are over: break what the row breaks, and count from here."""
        self.proxy.arm(self.row.strikes)

    @property
    def anonymous(self) -> bool:
        return (self.row.tokens or ("anonymous" if self.row.backend == "studio" else "fixed")) == "anonymous"

    @property
    def films(self) -> Path:
        return self.folder / "films"

    def photos(self, *names: str) -> list[str]:
        return draw(self.folder / "photos", *names, size=(96, 64))

    def counts(self) -> dict[str, int]:
        """What happened how often. ``sent`` and ``renders`` are the backend's own figures."""
        out, arrived = self.proxy.out, self.proxy.arrived
        if self.cloud is not None:
            sent, renders = self.cloud.messages, len(self.cloud.rendered)
        else:
            assert self.tally is not None
            sent, renders = self.tally.messages, self.tally.renders
        return {
            "sent": sent,
            "out": out["chat"],
            "renders": renders,
            "submits": out["submit_render"],
            "cancels": arrived["cancel_render"],
            "sign-ins": out["anonymous_token"],
            "sessions": arrived["create_session"],
            "uploads": arrived["upload"],
            "states": out["state"],
            "fallbacks": out["download"],
            "ranges": sum("range" in seen.headers for seen in self.cloud.seen) if self.cloud is not None else 0,
            "at once": self.cloud.most_at_once if self.cloud is not None else 0,
            "renders at once": self.cloud.most_renders_at_once if self.cloud is not None else 0,
            "films": len([path for path in self.films.glob("*") if not path.name.startswith(".")]),
        }

    def remains(self) -> list[str]:
        """Unfinished files where films belong."""
        return [path.name for path in self.films.glob(".*")]

    def jobs(self) -> list[dict[str, Any]]:
        """The journal, the latest job last, as any other process would read it."""
        file = self.folder / "data" / "server.db"
        if not file.exists():
            return []
        with sqlite3.connect(file) as db:
            assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            rows = db.execute("SELECT id, kind, status, checkpoint FROM jobs ORDER BY created").fetchall()
        return [{"id": r[0], "kind": r[1], "status": r[2], "checkpoint": json.loads(r[3])} for r in rows]

    def written(self) -> bytes:
        """Everything in the data folder but the one file that is there to hold the token."""
        files = [path for path in (self.folder / "data").rglob("*") if path.is_file()]
        return b"".join(path.read_bytes() for path in files if path.name != "anonymous_token.json")

    def secrets(self) -> list[bytes]:
        """The tokens of this stage."""
        found = [BEARER.encode()]
        kept = self.folder / "data" / "anonymous_token.json"
        if kept.exists():
            found.append(json.loads(kept.read_text())["token"].encode())
        return found


class Impatient(httpx.AsyncHTTPTransport):
    """The network, for a client whose own patience a test has not got."""

    def __init__(self, seconds: float) -> None:
        super().__init__()
        self._seconds = seconds

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        asked = request.extensions.get("timeout", {})
        short = {name: None if value is None else min(value, self._seconds) for name, value in asked.items()}
        request.extensions = {**request.extensions, "timeout": short}
        return await super().handle_async_request(request)


@dataclass
class Tally:
    """Counts at the studio's door."""

    messages: int = 0
    renders: int = 0

    def before(self, app: ASGIApp) -> ASGIApp:
        async def counted(scope: Scope, receive: Receive, send: Send) -> None:
            if scope["type"] == "http" and scope["path"] == "/run_sse":
                self.messages += 1
            await app(scope, receive, send)

        return counted

    async def render(self, job: RenderJob, on_progress: Callable[[float, str], None], /) -> RenderResult:
        """A renderer that has its film ready."""
        self.renders += 1
        on_progress(0.5, "Half way")
        await anyio.Path(job.output).write_bytes(film())
        return RenderResult(
            duration_ms=2000, frames=20, fps=10, width=256, height=144, size_bytes=len(film()), has_audio=False
        )


@asynccontextmanager
async def staged(row: Row, folder: Path) -> AsyncIterator[Stage]:
    """The row's backend behind the proxy; nothing is broken yet but what the row's address breaks."""
    async with AsyncExitStack() as stack:
        cloud = tally = None
        if row.backend == "studio":
            tally = Tally()
            studio = await stack.enter_async_context(
                Studio(folder / "studio", renderer=tally.render, look_seconds=0.05, heartbeat_seconds=0.05)
            )
            studio.app.add_middleware(tally.before)
            backend = await stack.enter_async_context(listening(studio))
        elif row.backend == "adk":
            from support.adk import adk_cloud

            cloud, app = adk_cloud(folder, row.story)
            backend = stack.enter_context(serving(app))
        else:
            cloud = row.backend()
            backend = stack.enter_context(serving(cloud.app))
        tls = certified(folder) if row.address == "self-signed" else None
        url, proxy = await stack.enter_async_context(proxied(backend, tls))
        if row.address == "refused":
            url = f"http://127.0.0.1:{refused_port()}"
        elif row.address == "unknown host":
            # A name that is reserved for having no address (RFC 2606).
            url = "http://api.invalid"
        elif row.address == "plain answered to tls":
            url = url.replace("http://", "https://")
        yield Stage(row, folder, url, proxy, cloud, tally)


def certified(folder: Path) -> ssl.SSLContext:
    """A certificate for this machine that nobody has signed."""
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    request = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    files = ["-keyout", str(key), "-out", str(certificate), "-subj", "/CN=localhost", "-days", "1"]
    try:
        subprocess.run([*request, *files], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("there is no openssl here to make a certificate")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return context
