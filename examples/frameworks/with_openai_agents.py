"""The OpenAI Agents SDK (`pip install openai-agents`): python examples/frameworks/with_openai_agents.py FOLDER_OF_PHOTOS

Leave out `model` (and the line about tracing) to use OpenAI's instead of the scripted one, and say what the film should be.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator
from typing import Any
from uuid import uuid4

from agents import Agent, Model, ModelResponse, Runner, Usage, set_tracing_disabled
from agents.mcp import MCPServerStdio
from mcp_types import ProgressNotification
from openai.types.responses import ResponseFunctionToolCall, ResponseOutputMessage, ResponseOutputText
from scripted import WISH, next_step, show


async def tell(message: Any) -> None:
    if isinstance(message, ProgressNotification):
        await show(message.params.progress, message.params.total, message.params.message)


class ScriptedModel(Model):
    def __init__(self, photos: str) -> None:
        self.photos = photos

    async def get_response(self, system_instructions: Any, input: Any, *args: Any, **options: Any) -> ModelResponse:
        asked = [] if isinstance(input, str) else input
        step = next_step(self.photos, [item["output"] for item in asked if item.get("type") == "function_call_output"])
        output: ResponseOutputMessage | ResponseFunctionToolCall
        if isinstance(step, str):
            text = ResponseOutputText(type="output_text", text=step, annotations=[])
            output = ResponseOutputMessage(
                id=uuid4().hex, type="message", role="assistant", status="completed", content=[text]
            )
        else:
            print(f"→ {step.tool}", flush=True)
            output = ResponseFunctionToolCall(
                type="function_call", call_id=uuid4().hex, name=step.tool, arguments=json.dumps(step.arguments)
            )
        return ModelResponse(output=[output], usage=Usage(), response_id=None)

    def stream_response(self, *args: Any, **options: Any) -> AsyncIterator[Any]:
        raise NotImplementedError("This model answers in one piece: use Runner.run.")


async def main(photos: str) -> None:
    set_tracing_disabled(True)
    server = MCPServerStdio(
        {"command": "nemovideo-mcp", "env": dict(os.environ)},
        # Calls are given up after 5 seconds otherwise, and an edit or a film may take longer.
        client_session_timeout_seconds=120,
        # A call has progress if it says by which token to tell of it.
        tool_meta_resolver=lambda call: {"progressToken": uuid4().hex},
        message_handler=tell,
    )
    async with server:
        agent = Agent("Film maker", model=ScriptedModel(photos), mcp_servers=[server])
        result = await Runner.run(agent, f"Make {WISH} of the photos in {photos}.")
    print(result.final_output)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
