"""The client of the official SDK (`pip install mcp`, 2.x): python examples/frameworks/with_mcp.py FOLDER_OF_PHOTOS"""

from __future__ import annotations

import asyncio
import os
import sys

from mcp import Client, StdioServerParameters
from scripted import Call, next_step, show


async def main(photos: str) -> None:
    # Without `env` the server gets little of the environment, and none of its settings.
    server = StdioServerParameters(command="nemovideo-mcp", env=dict(os.environ))
    answers: list[object] = []
    async with Client(server) as client:
        while isinstance(step := next_step(photos, answers), Call):
            print(f"→ {step.tool}", flush=True)
            result = await client.call_tool(step.tool, step.arguments, progress_callback=show)
            answers.append([part.text for part in result.content if part.type == "text"])
    print(step)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
