"""FastMCP's client (`pip install fastmcp`): python examples/frameworks/with_fastmcp.py FOLDER_OF_PHOTOS"""

from __future__ import annotations

import asyncio
import os
import sys

from fastmcp import Client
from fastmcp.client.transports import StdioTransport
from scripted import Call, next_step, show


async def main(photos: str) -> None:
    server = StdioTransport("nemovideo-mcp", [], env=dict(os.environ), keep_alive=False)
    answers: list[object] = []
    async with Client(server, progress_handler=show) as client:
        while isinstance(step := next_step(photos, answers), Call):
            print(f"→ {step.tool}", flush=True)
            # A tool that fails raises ToolError with what to do next.
            result = await client.call_tool(step.tool, step.arguments)
            answers.append(result.structured_content)
    print(step)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
