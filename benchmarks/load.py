"""A hundred hosts at once: how fast the server answers beside a bare one with a single trivial tool, while it renders.

    python benchmarks/load.py [--sessions 100] [--rate 20] [--seconds 10] [--rounds 2]

Both servers are processes of their own on loopback, and two films are rendered all the time (at low priority, as films are), so
both bear the same load; they take turns. The hosts are in this process. Calls are mixed: mostly get_state, some of every other kind that neither renders nor spends.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import anyio
import httpx2
from PIL import Image

from nemovideo_mcp.server.http.tokens import add_token

BARE = """
import sys
import uvicorn
from mcp.server.mcpserver import MCPServer

server = MCPServer("bare", log_level="WARNING")

@server.tool()
async def get_state() -> str:
    return "ready"

config = uvicorn.Config(server.streamable_http_app(), log_config=None, access_log=False, port=0)

class Announcing(uvicorn.Server):
    async def startup(self, sockets=None):
        await super().startup(sockets)
        port = self.servers[0].sockets[0].getsockname()[1]
        print(f"http://127.0.0.1:{port}/mcp", file=sys.stderr, flush=True)

Announcing(config).run()
"""
"""The SDK's own server, as plain as its documents make one."""

MIX: list[tuple[str, dict[str, Any]]] = [
    *[("get_state", {})] * 12,
    *[("projects", {})] * 3,
    *[("credits", {})] * 2,
    ("edit", {"operations": [{"op": "set_total_length", "seconds": 12}]}),
    ("wait", {"job": "", "wait_seconds": 0}),
    ("edit", {"instruction": "show tracks"}),
]
VERSION = "2025-11-25"


@contextmanager
def started(*command: str, **env: str) -> Iterator[str]:
    """The address that a server prints, while it runs."""
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env={**os.environ, **env})
    assert process.stderr is not None
    try:
        line = process.stderr.readline()
        yield next(word for word in line.split() if word.startswith("http://"))
    finally:
        process.terminate()
        print(process.stderr.read(), file=sys.stderr, end="")
        process.wait(20)


class Host:
    """A session of a host. It is spoken to in plain requests, so that what is measured is the server and not its client."""

    def __init__(self, http: httpx2.AsyncClient, url: str, token: str) -> None:
        self._http, self._url = http, url
        accept = "application/json, text/event-stream"
        self._headers = {"Accept": accept, "Authorization": f"Bearer {token}"}

    async def open(self) -> None:
        hello = {"protocolVersion": VERSION, "capabilities": {}, "clientInfo": {"name": "load", "version": "1"}}
        answer = await self._post({"jsonrpc": "2.0", "id": 0, "method": "initialize", "params": hello})
        self._headers |= {"Mcp-Session-Id": answer.headers["mcp-session-id"], "Mcp-Protocol-Version": VERSION}
        await self._post({"jsonrpc": "2.0", "method": "notifications/initialized"})

    async def close(self) -> None:
        await self._http.delete(self._url, headers=self._headers)

    async def call(self, tool: str, arguments: dict[str, Any]) -> dict[str, Any]:
        """The structured answer. Raises RuntimeError when the call failed."""
        params = {"name": tool, "arguments": arguments}
        answer = await self._post({"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params})
        (line,) = [line for line in answer.text.split("\n") if line.startswith("data: {") and '"id":1' in line]
        result = json.loads(line[6:]).get("result", {"isError": True})
        if result.get("isError"):
            raise RuntimeError(f"{tool}: {line[:300]}")
        return result.get("structuredContent") or {}

    async def _post(self, frame: dict[str, Any]) -> httpx2.Response:
        answer = await self._http.post(self._url, json=frame, headers=self._headers)
        answer.raise_for_status()
        return answer


def picture(folder: Path, number: int) -> str:
    path = folder / f"{number}.jpg"
    Image.effect_noise((1600, 900), 40 + number).convert("RGB").save(path)
    return str(path)


@contextmanager
def rendering(folder: Path, photos: list[str]) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Two films in the making, by processes of their own."""
    makes = []
    for number in (1, 2):
        wish = ["make", *photos, "900 seconds long, zoom in on every photo", "-o", str(folder / f"{number}.mp4")]
        env = {"NEMO_DATA_DIR": str(folder / f"make{number}"), "NEMO_OUTPUT_DIR": str(folder)}
        command = [sys.executable, "-m", "nemovideo_mcp", *wish]
        makes.append(
            subprocess.Popen(command, env={**os.environ, **env}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        )
    try:
        # Reading the photos and starting are not what is meant to go on meanwhile, nor at low priority.
        while len({path.relative_to(folder).parts[0] for path in folder.glob("make*/studio/**/*.part")}) < len(makes):
            if any(make.poll() is not None for make in makes):
                raise SystemExit("a film ended before it was rendered")
            time.sleep(0.2)
        yield makes
    finally:
        for make in makes:
            make.terminate()
            make.wait(20)


async def load(url: str, token: str, args: argparse.Namespace, mix: list[tuple[str, dict[str, Any]]]) -> list[float]:
    """Milliseconds of each get_state, ``args.rate`` calls a second in all, one session after the other.

    Raises:
        SystemExit: a call failed.
    """
    chance = random.Random(1)
    took: list[float] = []
    failed: list[str] = []

    async def ask(host: Host, tool: str, arguments: dict[str, Any]) -> None:
        began = time.perf_counter()
        try:
            await host.call(tool, arguments)
        except Exception as error:
            failed.append(f"{tool}: {type(error).__name__}: {error}")
        if tool == "get_state":
            took.append((time.perf_counter() - began) * 1000)

    limits = httpx2.Limits(max_connections=None, max_keepalive_connections=args.sessions)
    async with httpx2.AsyncClient(timeout=60, limits=limits) as http:
        hosts = [Host(http, url, token) for _ in range(args.sessions)]
        for host in hosts:
            await host.open()
        async with anyio.create_task_group() as calls:
            start = time.perf_counter()
            for number in range(round(args.rate * args.seconds)):
                await anyio.sleep(max(0.0, start + number / args.rate - time.perf_counter()))
                tool, arguments = chance.choice(mix)
                calls.start_soon(ask, hosts[number % len(hosts)], tool, arguments)
        for host in hosts:
            await host.close()
    for words in failed[:5]:
        print(words, file=sys.stderr)
    print(f"{len(took)} of get_state, {len(failed)} of all calls failed")
    if failed:
        raise SystemExit(1)
    return took


def told(name: str, took: list[float]) -> tuple[float, float]:
    ordered = sorted(took)
    middle, late = statistics.median(ordered), ordered[int(len(ordered) * 0.99)]
    print(f"{name}: p50 {middle:.1f} ms, p99 {late:.1f} ms")
    return middle, late


async def measure(args: argparse.Namespace, folder: Path) -> None:
    token = add_token(folder / "tokens", "load")
    photos = [picture(folder, number) for number in range(6)]
    env = {"NEMO_DATA_DIR": str(folder / "data"), "NEMO_OUTPUT_DIR": str(folder / "films")}
    env |= {"NEMO_ALLOWED_DIRS": str(folder), "NEMO_HTTP_TOKENS": str(folder / "tokens")}
    with (
        started(sys.executable, "-m", "nemovideo_mcp", "serve", "--http", "--port", "0", **env) as ours,
        started(sys.executable, "-c", BARE) as bare,
    ):
        async with httpx2.AsyncClient(timeout=60) as http:
            first = Host(http, ours, token)
            await first.open()
            await first.call("upload_images", {"paths": photos})
            job = (await first.call("edit", {"instruction": "12 seconds long"}))["job"]
        mix = [(tool, {k: job if k == "job" else v for k, v in arguments.items()}) for tool, arguments in MIX]
        with rendering(folder, photos) as makes:
            base, here = [], []
            for _ in range(args.rounds):
                base += await load(bare, token, args, [("get_state", {})])
                here += await load(ours, token, args, mix)
            print(f"{sum(make.poll() is None for make in makes)} renders were running to the end")
    before, after = told("bare", base), told("nemovideo-mcp", here)
    print(
        f"get_state: {after[0] / before[0]:.1f} times the bare server's p50, {after[1] / before[1]:.1f} times its p99"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sessions", type=int, default=100)
    parser.add_argument("--rate", type=float, default=20, help="calls a second, of all hosts together")
    parser.add_argument("--seconds", type=float, default=10, help="of each server in a round")
    parser.add_argument("--rounds", type=int, default=2)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        anyio.run(measure, args, Path(folder))


if __name__ == "__main__":
    main()
