"""The server: tools and resources around one `Services`, which is entered by whoever made it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property, partial
from typing import Any

import mcp_types as types
from mcp.server.lowlevel.helper_types import ReadResourceContents
from mcp.server.mcpserver import Context, MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.server.subscriptions import InMemorySubscriptionBus
from mcp.shared.exceptions import MCPError
from mcp.shared.subscriptions import ResourceUpdated
from mcp_types import CallToolResult
from pydantic import AnyUrl

from nemovideo_mcp import __version__
from nemovideo_mcp.media.sniff import HEAD_BYTES, sniff
from nemovideo_mcp.server.completion import add_completion
from nemovideo_mcp.server.prompts import add_prompts, complete_prompt
from nemovideo_mcp.server.resources import EXPORTS, add_resources
from nemovideo_mcp.server.services import Services
from nemovideo_mcp.server.tooling import NemoTool
from nemovideo_mcp.server.tools import all_tools

NAME = "nemovideo"

INSTRUCTIONS = """\
Turns photos, clips and music into a finished film on the user's machine.
1. upload_images with files of the user's machine (or URLs). A new film: project="new". Later calls mean the project last used; \
every answer names it, so name it yourself when chats may mix.
2. edit with the user's wish in their own words, numbers included. Read not_understood and tell the user.
3. preview to look, edit again as needed.
4. export, and tell the user the path.
A status of running is normal: call wait with the job until it ends. Never repeat an edit that is running or uncertain."""


class NemoServer(MCPServer[None]):
    """The SDK's server, with tools and prompts that are built when the first host asks for them.

    Their schemas take a third of what this server adds to a bare one's start, and nobody needs them for the handshake.
    """

    def __init__(self, services: Services, **options: Any) -> None:
        super().__init__(NAME, **options)
        self._services = services
        self._prompted = False

    @cached_property
    def tools(self) -> dict[str, NemoTool]:
        return {tool.name: tool for tool in all_tools(self._services)}

    async def list_tools(self) -> list[types.Tool]:
        return [
            types.Tool(
                name=tool.name,
                title=tool.title,
                description=tool.description,
                input_schema=tool.parameters,
                output_schema=tool.output_schema,
                annotations=tool.annotations,
            )
            for tool in self.tools.values()
        ]

    async def read_resource(
        self, uri: AnyUrl | str, context: Context[None, Any] | None = None
    ) -> Iterable[ReadResourceContents] | types.InputRequiredResult:
        contents = await super().read_resource(uri, context)
        if not str(uri).startswith(EXPORTS) or isinstance(contents, types.InputRequiredResult):
            return contents
        # One template stands for films of all formats, and has one type.
        return [replace(content, mime_type=_type_of(content)) for content in contents]

    async def list_prompts(self) -> list[types.Prompt]:
        if not self._prompted:
            self._prompted = True
            add_prompts(self)
        return await super().list_prompts()

    async def get_prompt(
        self, name: str, arguments: dict[str, Any] | None = None, context: Context[None, Any] | None = None
    ) -> types.GetPromptResult | types.InputRequiredResult:
        names = [prompt.name for prompt in await self.list_prompts()]
        if name not in names:
            raise MCPError(types.INVALID_PARAMS, f"There is no prompt {name!r}. There are {', '.join(names)}.")
        return await super().get_prompt(name, arguments, context)

    async def call_tool(
        self, name: str, arguments: dict[str, Any], context: Context[None, Any] | None = None
    ) -> CallToolResult:
        tool = self.tools.get(name)
        if tool is None:
            raise ToolError(f"Unknown tool: {name}. There are {', '.join(self.tools)}.")
        return await tool.run(arguments, context or Context(mcp_server=self))


def _type_of(content: ReadResourceContents) -> str | None:
    found = sniff(content.content[:HEAD_BYTES]) if isinstance(content.content, bytes) else None
    return found.mime if found else content.mime_type


def create_server(services: Services) -> MCPServer[None]:
    """A server over services. It may be entered more than once; the services stay the owner's."""
    options = services.options
    bus = InMemorySubscriptionBus()
    server = NemoServer(
        services,
        title="NemoVideo",
        description="Photos and a sentence in, a finished film out.",
        instructions=f"{INSTRUCTIONS}\nBackend in use: {options.backend}. {options.backend_hint}".strip(),
        version=__version__,
        subscriptions=bus,
        log_level="WARNING",
    )
    add_resources(server, services)
    add_completion(server, prompts=partial(complete_prompt, services))

    async def changed(uri: str) -> None:
        await bus.publish(ResourceUpdated(uri=uri))

    services.changed = changed
    return server
