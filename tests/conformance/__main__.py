"""The product's server with the suite's fixtures beside its tools, over Streamable HTTP on a free port of this machine.

    python -m conformance FOLDER

It prints its address, keeps its records in FOLDER, and ends with its standard input.
"""

from __future__ import annotations

import socket
import sys
from pathlib import Path

import anyio
import uvicorn
from mcp.server.mcpserver import MCPServer
from mcp_types import EmptyResult, SetLevelRequestParams

from conformance.asking import add_asking
from conformance.content import add_content
from conformance.events import Events
from conformance.tasks import WORK, add_tasks
from nemovideo_mcp.cli.compose import log_to_stderr, open_client, options_of
from nemovideo_mcp.server.app import create_server
from nemovideo_mcp.server.services import Services
from support.hosts import settings_in


async def serve(folder: Path) -> None:
    settings = settings_in(folder)
    bound = socket.create_server(("127.0.0.1", 0))
    async with Services(options_of(settings), lambda: open_client(settings), WORK) as services:
        server = create_server(services)
        add_content(server)
        add_asking(server)
        add_tasks(server, services)
        add_levels(server)
        # Streams that a client closes on purpose are gone on with: the one scenario that needs it is of 2025-11-25.
        app = server.streamable_http_app(event_store=Events(), retry_interval=100)
        config = uvicorn.Config(app, log_config=None, access_log=False, timeout_graceful_shutdown=1)
        http = uvicorn.Server(config)
        print(f"http://127.0.0.1:{bound.getsockname()[1]}/mcp", flush=True)
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(http.serve, [bound])
            await anyio.to_thread.run_sync(sys.stdin.read, abandon_on_cancel=True)
            http.should_exit = True


def add_levels(server: MCPServer[None]) -> None:
    async def set_level(ctx: object, params: SetLevelRequestParams) -> EmptyResult:
        return EmptyResult()

    server._lowlevel_server.add_request_handler("logging/setLevel", SetLevelRequestParams, set_level)


if __name__ == "__main__":
    # One fixture crashes on purpose; its traceback is no news.
    log_to_stderr("critical")
    anyio.run(serve, Path(sys.argv[1]))
