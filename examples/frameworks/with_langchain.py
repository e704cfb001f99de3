"""LangChain and LangGraph (`pip install langchain langchain-mcp-adapters`): python examples/frameworks/with_langchain.py FOLDER_OF_PHOTOS

Give `create_agent` a model such as "anthropic:claude-sonnet-4-5" instead of the scripted one, and say what the film should be.
"""

from __future__ import annotations

import asyncio
import os
import sys
from typing import Any
from uuid import uuid4

from langchain.agents import create_agent
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage, ToolMessage
from langchain_core.outputs import ChatGeneration, ChatResult
from langchain_mcp_adapters.callbacks import CallbackContext, Callbacks
from langchain_mcp_adapters.client import MultiServerMCPClient
from langchain_mcp_adapters.tools import load_mcp_tools
from scripted import WISH, next_step, show


async def tell(progress: float, total: float | None, message: str | None, context: CallbackContext) -> None:
    await show(progress, total, message)


class ScriptedModel(BaseChatModel):
    photos: str
    _llm_type = "scripted"

    def bind_tools(self, tools: Any, **options: Any) -> ScriptedModel:
        return self

    def _generate(self, messages: list[BaseMessage], *args: Any, **options: Any) -> ChatResult:
        step = next_step(self.photos, [message.content for message in messages if isinstance(message, ToolMessage)])
        if isinstance(step, str):
            answer = AIMessage(step)
        else:
            print(f"→ {step.tool}", flush=True)
            call = {"name": step.tool, "args": step.arguments, "id": str(uuid4())}
            answer = AIMessage("", tool_calls=[call])
        return ChatResult(generations=[ChatGeneration(message=answer)])


async def main(photos: str) -> None:
    server = {"transport": "stdio", "command": "nemovideo-mcp", "args": [], "env": dict(os.environ)}
    callbacks = Callbacks(on_progress=tell)
    client = MultiServerMCPClient({"nemovideo": server}, callbacks=callbacks)
    # One session for the whole conversation; `client.get_tools()` starts a server for each call.
    async with client.session("nemovideo") as session:
        tools = await load_mcp_tools(session, callbacks=callbacks, server_name="nemovideo")
        agent = create_agent(ScriptedModel(photos=photos), tools)
        answer = await agent.ainvoke({"messages": [("user", f"Make {WISH} of the photos in {photos}.")]})
    print(answer["messages"][-1].text)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
