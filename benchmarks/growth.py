"""Whether a server that runs for long grows: edits and exports in one process, with its memory, files and tasks along the way.

    python benchmarks/growth.py [--edits 1000] [--exports 100]

Linux only: it reads /proc. Exports are tiny films, so that the server and not the renderer is what is looked at; its workers are
processes of their own and do not count.
"""

from __future__ import annotations

import argparse
import asyncio
import tempfile
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from mcp import Client

from nemovideo_mcp.cli.compose import services_of
from nemovideo_mcp.server.app import create_server
from nemovideo_mcp.settings import Settings

ROWS = 10


def row(done: int) -> str:
    status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    memory = int(status["VmRSS"].split()[0]) / 1024
    files = len(list(Path("/proc/self/fd").iterdir()))
    return f"  {done:>6} {memory:>8.1f} MB {files:>6} files {len(asyncio.all_tasks()):>5} tasks {status['Threads'].strip():>5} threads"


async def call(client: Client, tool: str, **arguments: Any) -> dict[str, Any]:
    result = await client.call_tool(tool, arguments)
    if result.is_error or result.structured_content is None:
        raise SystemExit(f"{tool} failed: {result.content}")
    answer: dict[str, Any] = result.structured_content
    return answer


async def grow(folder: Path, edits: int, exports: int) -> None:
    for number in range(2):
        picture = np.full((90, 160, 3), 80 * number + 40, np.uint8)
        cv2.imwrite(str(folder / f"{number}.png"), picture)
    settings = Settings(data_dir=folder / "data", output_dir=folder / "films", poll_seconds=0.05)
    async with services_of(settings) as services, Client(create_server(services)) as client:
        await call(client, "upload_images", paths=[str(folder)])
        for title, count, tool, arguments in (
            ("edits", edits, "edit", {}),
            ("exports", exports, "export", {"resolution": "160x128", "quality": "draft", "wait_seconds": 600}),
        ):
            print(f"{title}\n{row(0)}")
            for number in range(1, count + 1):
                if tool == "edit":
                    arguments = {"instruction": f"make it {1 + number % 2} seconds long"}
                await call(client, tool, **arguments)
                if number % max(1, count // ROWS) == 0:
                    print(row(number), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--edits", type=int, default=1000)
    parser.add_argument("--exports", type=int, default=100)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(grow(Path(folder), options.edits, options.exports))


if __name__ == "__main__":
    main()
