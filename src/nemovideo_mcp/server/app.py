"""The server: tools and resources around one `Services`, which is entered by whoever made it."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

import mcp_types as types
from mcp.server.caching import CacheableMethod, CacheHint
from mcp.server.lowlevel.helper_types import ReadResourceContents
from mcp.server.mcpserver import Context, MCPServer
from mcp.server.subscriptions import InMemorySubscriptionBus
from mcp.shared.exceptions import MCPError
from mcp.shared.subscriptions import ResourcesListChanged, ResourceUpdated
from mcp_types import INVALID_PARAMS, CallToolResult, Icon
from pydantic import AnyUrl

from nemovideo_mcp import __version__
from nemovideo_mcp.media.sniff import HEAD_BYTES, sniff
from nemovideo_mcp.server.calls import Cancellation
from nemovideo_mcp.server.completion import add_completion
from nemovideo_mcp.server.connections import Subscriptions
from nemovideo_mcp.server.resources import EXPORTS, PROJECTS, add_resources, complete_resource, resources_there_are
from nemovideo_mcp.server.services import Services
from nemovideo_mcp.server.tasks import Tasks, only_for_hosts_of_tasks

if TYPE_CHECKING:
    from nemovideo_mcp.server.tooling import NemoTool

NAME = "nemovideo"

_TRIANGLE = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><rect width="8" height="8" rx="2" fill="#325bd7"/>'
    b'<path d="M3 2l3.5 2L3 6z" fill="#fff"/></svg>'
)
ICON = f"data:image/svg+xml;base64,{base64.b64encode(_TRIANGLE).decode()}"
"""A white triangle that plays, on blue. It is short, for in the newest protocol every answer carries it."""

INSTRUCTIONS = """\
Turns photos, clips and music into a finished film on the user's machine.
1. upload_images with files of the user's machine (or URLs). A new film: project="new". Later calls mean the project last used; \
every answer names it, so name it yourself when chats may mix.
2. edit with the user's wish in their own words, numbers included. What not_understood names, say \
as operations where they can and edits are free; tell the user the rest.
3. preview to look, edit again as needed.
4. export, and tell the user the path.
A status of running is normal: call wait with the job until it ends. Never repeat an edit that is running or uncertain."""

AFAR = """
This server is not the user's machine: upload by urls or small files, and give the user the url of the film, from which they \
download it."""


CACHE_HINTS: dict[CacheableMethod, CacheHint] = {
    # What the server can do does not change while it runs; what it has made does, and is told to subscribers.
    "server/discover": CacheHint(ttl_ms=3_600_000, scope="public"),
    "tools/list": CacheHint(ttl_ms=3_600_000, scope="public"),
    "prompts/list": CacheHint(ttl_ms=3_600_000, scope="public"),
    "resources/templates/list": CacheHint(ttl_ms=3_600_000, scope="public"),
    "resources/list": CacheHint(ttl_ms=0, scope="private"),
    "resources/read": CacheHint(ttl_ms=0, scope="private"),
}


class NemoServer(MCPServer[None]):
    """The SDK's server, with tools and prompts that are loaded and built when the first host asks for them.

    They are most of what this server adds to a bare one's start, and nobody needs them for the handshake.
    """

    def __init__(self, services: Services, **options: Any) -> None:
        super().__init__(NAME, **options)
        self._services = services
        self._prompted = False

    @cached_property
    def tools(self) -> dict[str, NemoTool]:
        from nemovideo_mcp.server.tools import all_tools

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
        ] + await super().list_tools()

    async def list_resources(self) -> list[types.Resource]:
        return await super().list_resources() + await resources_there_are(self._services)

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
            from nemovideo_mcp.server.prompts import add_prompts

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
    ) -> CallToolResult | types.InputRequiredResult:
        tool = self.tools.get(name)
        if tool is not None:
            return await tool.run(arguments, context or Context(mcp_server=self))
        if name in {tool.name for tool in await super().list_tools()}:
            return await super().call_tool(name, arguments, context)
        raise MCPError(INVALID_PARAMS, f"There is no tool {name!r}. There are {', '.join(self.tools)}.")


async def _complete_prompt(services: Services, name: str, argument: types.CompletionArgument) -> list[str] | None:
    from nemovideo_mcp.server.prompts import complete_prompt

    return await complete_prompt(services, name, argument)


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
        instructions=f"{INSTRUCTIONS}{AFAR if options.remote else ''}\nBackend in use: {options.backend}. {options.backend_hint}".strip(),
        version=__version__,
        icons=[Icon(src=ICON, mime_type="image/svg+xml", sizes=["any"])],
        subscriptions=bus,
        extensions=[Tasks(services)],
        middleware=[Cancellation(services), only_for_hosts_of_tasks],
        cache_hints=CACHE_HINTS,
        log_level="WARNING",
    )
    add_resources(server, services)
    add_completion(server, prompts=partial(_complete_prompt, services), resources=partial(complete_resource, services))
    subscriptions = Subscriptions(server)

    async def changed(uri: str) -> None:
        await bus.publish(ResourceUpdated(uri=uri))
        if uri == PROJECTS or uri.startswith(EXPORTS):
            await bus.publish(ResourcesListChanged())
        await subscriptions.updated(uri)

    services.changed = changed
    return server
