"""How long a word of the backend takes to the host: from the event leaving the backend's socket to the progress notification.

    python benchmarks/events.py [--events 400]

A backend in this process streams events over loopback, each with the moment it was sent; the server is a process of its own,
over stdio, as a host starts it. Both ends read the same clock.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from pathlib import Path

import uvicorn
from mcp import Client
from mcp.client.stdio import StdioServerParameters
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

PAUSE_SECONDS = 0.02
"""Between events: a backend talks in sentences, not in floods."""


def backend(events: int) -> Starlette:
    async def stream() -> AsyncIterator[bytes]:
        for _ in range(events):
            await asyncio.sleep(PAUSE_SECONDS)
            said = {"type": "text", "content": f"sent at {time.perf_counter_ns()}"}
            yield b"data: " + json.dumps(said).encode() + b"\n\n"

    async def answer(request: Request) -> Response:
        path = request.url.path
        if path == "/run_sse":
            return StreamingResponse(stream(), media_type="text/event-stream")
        data: dict[str, object] = {"available": 100, "total": 100}
        if "with-session" in path:
            data = {"task_id": "t", "session_id": "s"}
        elif "/state/" in path:
            data = {
                "session_id": "s",
                "state": {"draft": {"t": [{"tt": 0, "sg": [{"d": time.time_ns() % 10_000 + 1}]}]}},
            }
        return JSONResponse({"code": 0, "data": data})

    return Starlette(routes=[Route("/{path:path}", answer, methods=["GET", "POST"])])


async def measure(events: int, folder: Path) -> list[float]:
    """Milliseconds from the backend to the host, for each event that was told."""
    server = uvicorn.Server(uvicorn.Config(backend(events), port=0, log_level="warning"))
    serving = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    took: list[float] = []

    async def heard(progress: float, total: float | None, message: str | None) -> None:
        if message and message.startswith("sent at "):
            took.append((time.perf_counter_ns() - int(message.removeprefix("sent at "))) / 1e6)

    env = {
        "NEMO_DATA_DIR": str(folder),
        "NEMO_OUTPUT_DIR": str(folder),
        "NEMO_TOKEN": "nmv_usr_benchmark",
        "NEMO_API_URL": f"http://127.0.0.1:{port}",
        "NEMO_WAIT_SECONDS": "600",
    }
    command = StdioServerParameters(command=sys.executable, args=["-m", "nemovideo_mcp"], env=env)
    async with Client(command) as client:
        await client.call_tool("edit", {"instruction": "a film"}, progress_callback=heard)
    server.should_exit = True
    await serving
    return took


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=400)
    events = parser.parse_args().events
    with tempfile.TemporaryDirectory() as folder:
        took = sorted(asyncio.run(measure(events, Path(folder))))
    print(f"{len(took)} of {events} events told")
    print(f"p50 {statistics.median(took):.2f} ms, p99 {took[int(len(took) * 0.99)]:.2f} ms, most {took[-1]:.2f} ms")


if __name__ == "__main__":
    main()
