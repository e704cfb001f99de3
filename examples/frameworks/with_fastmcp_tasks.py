"""FastMCP's client with tasks (`pip install fastmcp fastmcp-tasks`): python examples/frameworks/with_fastmcp_tasks.py FOLDER_OF_PHOTOS

A film is rendered as a task (the extension of SEP-2663): the call is over at once, and its end is looked for when there is time.
"""

from __future__ import annotations

import asyncio
import os
import sys

from fastmcp import Client
from fastmcp.client.transports import StdioTransport
from fastmcp_tasks import call_tool_task
from scripted import Call, next_step, show


async def main(photos: str) -> None:
    server = StdioTransport("nemovideo-mcp", [], env=dict(os.environ), keep_alive=False)
    answers: list[object] = []
    async with Client(server, progress_handler=show) as client:
        while isinstance(step := next_step(photos, answers), Call):
            print(f"→ {step.tool}", flush=True)
            if step.tool == "export":
                task = await call_tool_task(client, step.tool, step.arguments)
                while (state := await task.status()).status == "working":
                    print(f"      {state.status_message}", flush=True)
                    await asyncio.sleep((state.poll_interval_ms or 1000) / 1000)
                result = await task.result()
            else:
                # What the server makes a task of because it takes long is waited for to its end.
                result = await client.call_tool(step.tool, step.arguments)
            answers.append(result.structured_content)
    print(step)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
