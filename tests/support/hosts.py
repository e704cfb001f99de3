"""Hosts for tests: MCP clients of a server in memory and over stdio, with folders of their own."""

from __future__ import annotations

import math
import os
import socket
import struct
import sys
import wave
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import anyio
import uvicorn
from mcp import Client
from mcp.client.stdio import StdioServerParameters
from PIL import Image

from nemovideo_mcp.cli.compose import open_client, options_of
from nemovideo_mcp.client import Attribution, Backoff, FixedToken, NemoVideoClient
from nemovideo_mcp.server.app import create_server
from nemovideo_mcp.server.options import Options
from nemovideo_mcp.server.services import Services
from nemovideo_mcp.settings import Settings

OpenClient = Callable[[], AbstractAsyncContextManager[NemoVideoClient]]

TINY = "256x144"
"""A film size that renders in no time."""


def settings_in(folder: Path, **more: Any) -> Settings:
    """Settings with every folder inside ``folder``, and nothing of the machine's environment."""
    return Settings(
        **{
            "data_dir": folder / "data",
            "config_dir": folder / "config",
            "output_dir": folder / "films",
            "vendor_client_id": folder / "vendor" / "client_id",
            "poll_seconds": 0.05,
            **more,
        }
    )


@dataclass
class Host:
    """A connected host: ``call`` gives the structured answer of a tool that must succeed, ``fail`` the text of one that must not."""

    client: Client
    services: Services | None = None

    async def call(self, tool: str, **arguments: Any) -> dict[str, Any]:
        result = await self.client.call_tool(tool, arguments)
        assert not result.is_error, result.content[0].text  # type: ignore[union-attr]
        answer: dict[str, Any] | None = result.structured_content
        assert answer is not None
        return answer

    async def call_any(self, tool: str, **arguments: Any) -> dict[str, Any]:
        """The structured answer, whether it is good or bad news."""
        answer: dict[str, Any] | None = (await self.client.call_tool(tool, arguments)).structured_content
        assert answer is not None
        return answer

    async def services_link(self) -> None:
        """Give the current project its session on the backend, as an upload would."""
        assert self.services is not None
        await self.services.with_session(await self.services.projects.resolve(None))

    async def fail(self, tool: str, **arguments: Any) -> str:
        result = await self.client.call_tool(tool, arguments)
        assert result.is_error, result.structured_content
        assert result.structured_content is not None
        assert result.structured_content["status"] in ("failed", "cancelled")
        text: str = result.content[0].text  # type: ignore[union-attr]
        assert "Traceback" not in text
        assert "Error executing tool" not in text
        return text


@asynccontextmanager
async def in_memory(
    folder: Path, open_it: OpenClient | None = None, *, hosted: Any = None, **more: Any
) -> AsyncIterator[Host]:
    """A host of a server in this process, over the studio unless another client is given.

    ``more`` goes into the options of the server, ``hosted`` into those of the host.
    """
    settings = settings_in(folder)
    options: Options = replace(options_of(settings), **more)
    services = Services(options, open_it or (lambda: open_client(settings)))
    async with services, Client(create_server(services), **(hosted or {})) as client:
        yield Host(client, services)


@asynccontextmanager
async def over_http(
    folder: Path, open_it: OpenClient | None = None, *, hosted: Any = None, **more: Any
) -> AsyncIterator[Host]:
    """Like `in_memory`, with the server behind a socket of this machine."""
    settings = settings_in(folder)
    services = Services(replace(options_of(settings), **more), open_it or (lambda: open_client(settings)))
    app = create_server(services).streamable_http_app()
    server = uvicorn.Server(uvicorn.Config(app, log_level="critical", timeout_graceful_shutdown=1))
    async with services, anyio.create_task_group() as tasks:
        listener = socket.create_server(("127.0.0.1", 0))
        tasks.start_soon(server.serve, [listener])
        try:
            async with Client(f"http://127.0.0.1:{listener.getsockname()[1]}/mcp", **(hosted or {})) as client:
                yield Host(client, services)
        finally:
            server.should_exit = True


@asynccontextmanager
async def over_stdio(folder: Path, *, hosted: Any = None, **env: str) -> AsyncIterator[Host]:
    """A host that starts the server as a process of its own."""
    variables = {
        "NEMO_DATA_DIR": str(folder / "data"),
        "NEMO_OUTPUT_DIR": str(folder / "films"),
        "NEMO_POLL_SECONDS": "0.05",
        "HOME": str(folder),
        # The SDK hands on few variables; this one says which source is tested.
        **({"PYTHONPATH": os.environ["PYTHONPATH"]} if "PYTHONPATH" in os.environ else {}),
        **env,
    }
    command = StdioServerParameters(command=sys.executable, args=["-m", "nemovideo_mcp"], env=variables)
    async with Client(command, **(hosted or {})) as client:
        yield Host(client)


def over(url: str) -> OpenClient:
    """A client of a scripted backend that lists no capabilities: the cloud as it is."""

    @asynccontextmanager
    async def opened() -> AsyncIterator[NemoVideoClient]:
        async with NemoVideoClient(
            base_url=url,
            tokens=FixedToken("nmv_usr_test"),
            attribution=Attribution(version="0"),
            backoff=Backoff(first=0, rate_limited=0),
        ) as client:
            yield client

    return opened


COLORS = {"red": (200, 30, 30), "green": (30, 160, 60), "blue": (40, 60, 200)}


def draw(folder: Path, *names: str, size: tuple[int, int] = (640, 360)) -> list[str]:
    """Plain pictures called after their colours, as paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for number, name in enumerate(names, 1):
        path = folder / f"{number}-{name}.jpg"
        Image.new("RGB", size, COLORS[name]).save(path, quality=95)
        paths.append(str(path))
    return paths


def song(path: Path, seconds: float = 2.0) -> str:
    """A tone as a WAV file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    rate = 22_050
    with wave.open(str(path), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(rate)
        samples = (int(12_000 * math.sin(2 * math.pi * 440 * n / rate)) for n in range(int(rate * seconds)))
        out.writeframes(b"".join(struct.pack("<h", sample) for sample in samples))
    return str(path)
