"""Clients with everything that tests do not care about filled in."""

from __future__ import annotations

import httpx

from nemovideo_mcp.client import Attribution, Backoff, ChatClocks, FixedToken, NemoVideoClient, TokenSource
from support.backend import BEARER, Backend

AT_ONCE = Backoff(first=0, jitter=0, rate_limited=0)
"""Repetitions without pauses."""
ATTRIBUTION = Attribution("1.2.3", "cursor")


def client_of(
    backend: Backend | None = None,
    *,
    url: str = "http://api.test",
    tokens: TokenSource | None = None,
    transport: httpx.AsyncBaseTransport | None = None,
    clocks: ChatClocks | None = None,
    max_event_bytes: int = 8 * 1024 * 1024,
) -> NemoVideoClient:
    """A client of a backend in this process, of a transport, or, with ``url`` alone, of the network."""
    if backend is not None:
        transport = httpx.ASGITransport(app=backend.app)
    return NemoVideoClient(
        base_url=url,
        tokens=tokens or FixedToken(BEARER),
        attribution=ATTRIBUTION,
        transport=transport,
        clocks=clocks,
        backoff=AT_ONCE,
        max_event_bytes=max_event_bytes,
    )
