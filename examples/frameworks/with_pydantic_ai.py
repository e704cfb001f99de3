"""Pydantic AI (`pip install "pydantic-ai-slim[mcp]"`): python examples/frameworks/with_pydantic_ai.py FOLDER_OF_PHOTOS

Give `Agent` a model such as "anthropic:claude-sonnet-4-5" instead of the scripted one, and say what the film should be.
"""

from __future__ import annotations

import asyncio
import os
import sys

from fastmcp.client.transports import StdioTransport
from pydantic_ai import Agent
from pydantic_ai.mcp import MCPToolset
from pydantic_ai.messages import ModelMessage, ModelResponse, TextPart, ToolCallPart, ToolReturnPart
from pydantic_ai.models.function import AgentInfo, FunctionModel
from scripted import WISH, next_step, show


def model(photos: str) -> FunctionModel:
    async def respond(messages: list[ModelMessage], info: AgentInfo) -> ModelResponse:
        parts = [part for message in messages for part in message.parts]
        step = next_step(photos, [part.content for part in parts if isinstance(part, ToolReturnPart)])
        if isinstance(step, str):
            return ModelResponse([TextPart(step)])
        assert step.tool in {tool.name for tool in info.function_tools}
        print(f"→ {step.tool}", flush=True)
        return ModelResponse([ToolCallPart(step.tool, step.arguments)])

    return FunctionModel(respond)


async def main(photos: str) -> None:
    server = StdioTransport("nemovideo-mcp", [], env=dict(os.environ), keep_alive=False)
    tools = MCPToolset(server, progress_handler=show, include_instructions=True)
    agent = Agent(model(photos), toolsets=[tools])
    async with agent:
        result = await agent.run(f"Make {WISH} of the photos in {photos}.")
    print(result.output)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
