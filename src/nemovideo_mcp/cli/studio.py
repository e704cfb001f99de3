"""`studio`: the embedded backend over HTTP, for several servers of this machine and for a look at it."""

from __future__ import annotations

import sys

import anyio

from nemovideo_mcp.settings import Settings
from nemovideo_mcp.studio.app import Studio
from nemovideo_mcp.studio.policy import Policy
from nemovideo_mcp.studio.server import NotLoopback, listening


def serve_studio(settings: Settings, host: str, port: int, credits: int | None) -> int:
    """Serve until interrupted; 1 and a line on stderr when it cannot be started."""

    async def run() -> None:
        studio = Studio(settings.data_dir / "studio", Policy(credits=credits), allowed_hosts=settings.allowed_hosts)
        async with studio, listening(studio, host, port) as url:
            print(f"The studio is at {url}", file=sys.stderr)
            print(f"Point servers at it with NEMO_API_URL={url}", file=sys.stderr, flush=True)
            await anyio.sleep_forever()

    try:
        anyio.run(run)
    except (NotLoopback, ValueError) as error:
        print(f"nemovideo-mcp: {error}", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"nemovideo-mcp: Port {port} on {host} cannot be used: {error.strerror or error}.", file=sys.stderr)
        return 1
    return 0
