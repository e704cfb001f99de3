"""The studio on a socket, for those who share one on this machine and for tests of its HTTP face."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import AsyncIterator, Generator
from contextlib import asynccontextmanager, contextmanager

import anyio
import anyio.abc
import uvicorn
from starlette.middleware.trustedhost import TrustedHostMiddleware

from nemovideo_mcp.studio.app import Studio

GRACE_SECONDS = 2
"""How long calls that are under way may go on when the server stops."""
BACKLOG = 128


class NotLoopback(ValueError):
    """A studio must not listen on a network: it has no accounts to protect, anybody gets an anonymous token."""


@asynccontextmanager
async def listening(studio: Studio, host: str = "127.0.0.1", port: int = 0) -> AsyncIterator[str]:
    """Serve an entered studio on a loopback address within this block; its base URL. Port 0 takes a free one.

    Raises:
        NotLoopback: the host is not this machine itself.
        OSError: the port is taken.
    """
    with _bound(host, port) as bound:
        name, number = bound.getsockname()[:2]
        shown = f"[{name}]" if ":" in name else name
        # A page in a browser can name its own host and point it at 127.0.0.1; this is how it is told apart.
        app = TrustedHostMiddleware(
            studio.app, ["localhost", "127.0.0.1", "::1", "[::1]", name.lower()], www_redirect=False
        )
        config = uvicorn.Config(
            app, log_config=None, access_log=False, lifespan="off", ws="none", timeout_graceful_shutdown=GRACE_SECONDS
        )
        server = _Server(config)
        failed: Exception | None = None
        async with anyio.create_task_group() as group:
            group.start_soon(_run, server, bound)
            try:
                # Connections are taken from here on: the socket listens, and uvicorn finds them when it is up.
                yield f"http://{shown}:{number}"
            except Exception as error:
                # Carried out of the task group, which would wrap it.
                failed = error
            finally:
                server.should_exit = True
        if failed is not None:
            raise failed


async def _run(server: uvicorn.Server, bound: socket.socket) -> None:
    # A cancelled uvicorn would leave its connections to the loop; told to end, it closes them within its grace.
    with anyio.CancelScope(shield=True):
        await server.serve([bound])


async def serve(
    studio: Studio,
    host: str = "127.0.0.1",
    port: int = 0,
    *,
    task_status: anyio.abc.TaskStatus[str] = anyio.TASK_STATUS_IGNORED,
) -> None:
    """Serve an entered studio until cancelled; ``task_status`` gets the base URL, once connections are taken.

    Raises:
        NotLoopback: the host is not this machine itself.
        OSError: the port is taken.
    """
    async with listening(studio, host, port) as url:
        task_status.started(url)
        await anyio.sleep_forever()


class _Server(uvicorn.Server):
    @contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        # Signals belong to the program, not to a part of it; the block's end stops the server.
        yield


@contextmanager
def _bound(host: str, port: int) -> Generator[socket.socket, None, None]:
    address = "127.0.0.1" if host == "localhost" else host.strip("[]")
    try:
        loopback = ipaddress.ip_address(address).is_loopback
    except ValueError:
        loopback = False
    if not loopback:
        raise NotLoopback(f"The studio listens on this machine only, not on {host}: use 127.0.0.1, ::1 or localhost.")
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    # The protocol by its number: asyncio turns Nagle's delay (40 ms for each answer) off only where it sees TCP named.
    with socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP) as bound:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind((address, port))
        bound.listen(BACKLOG)
        bound.setblocking(False)
        yield bound
