"""`serve --http`: the MCP server over Streamable HTTP, on this machine only."""

from __future__ import annotations

import socket
import sys

import anyio

from nemovideo_mcp.cli.compose import services_of
from nemovideo_mcp.server.app import create_server
from nemovideo_mcp.settings import Settings


def loopback(host: str) -> str | None:
    """The address of a host that is this machine itself, else None."""
    # Exactly these: for them the SDK also turns away requests that a web page sends under another host's name.
    return {"localhost": "127.0.0.1", "127.0.0.1": "127.0.0.1", "::1": "::1", "[::1]": "::1"}.get(host)


def bind(host: str, port: int) -> socket.socket | str:
    """A listening socket on a loopback address, or why there is none, in words."""
    address = loopback(host)
    if address is None:
        return (
            f"{host} can be reached from other machines, and this server has no tokens yet to keep strangers out. "
            "Use --host 127.0.0.1."
        )
    bound = socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET, socket.SOCK_STREAM)
    try:
        if sys.platform != "win32":
            bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind((address, port))
        bound.listen(128)
    except (OSError, OverflowError) as error:
        bound.close()
        why = getattr(error, "strerror", None) or "the port must be from 0 to 65535"
        return f"Port {port} on {address} cannot be used: {why}. Choose another with --port."
    bound.setblocking(False)
    return bound


def serve_http(settings: Settings, host: str, port: int) -> int:
    """Serve until interrupted. Local files can be named only when NEMO_ALLOWED_DIRS is set."""
    bound = bind(host, port)
    if isinstance(bound, str):
        print(f"nemovideo-mcp: {bound}", file=sys.stderr)
        return 1
    import uvicorn

    async def run() -> None:
        async with services_of(settings, local_paths=settings.allowed_dirs is not None) as services:
            app = create_server(services).streamable_http_app(host=str(bound.getsockname()[0]))
            config = uvicorn.Config(app, log_config=None, access_log=False, timeout_graceful_shutdown=3)
            name = f"[{bound.getsockname()[0]}]" if bound.family == socket.AF_INET6 else bound.getsockname()[0]
            print(f"MCP over HTTP at http://{name}:{bound.getsockname()[1]}/mcp", file=sys.stderr, flush=True)
            await uvicorn.Server(config).serve([bound])

    anyio.run(run)
    return 0
