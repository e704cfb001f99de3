"""The server: tools and resources around one `Services`, which is entered by whoever made it."""

from __future__ import annotations

from mcp.server.mcpserver import MCPServer
from mcp.server.subscriptions import InMemorySubscriptionBus
from mcp.shared.subscriptions import ResourceUpdated

from nemovideo_mcp import __version__
from nemovideo_mcp.server.resources import add_resources
from nemovideo_mcp.server.services import Services
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


def create_server(services: Services) -> MCPServer[None]:
    """A server over services. It may be entered more than once; the services stay the owner's."""
    options = services.options
    bus = InMemorySubscriptionBus()
    server: MCPServer[None] = MCPServer(
        NAME,
        title="NemoVideo",
        description="Photos and a sentence in, a finished film out.",
        instructions=f"{INSTRUCTIONS}\nBackend in use: {options.backend}. {options.backend_hint}".strip(),
        version=__version__,
        tools=list(all_tools(services)),
        subscriptions=bus,
        log_level="WARNING",
    )
    add_resources(server, services)

    async def changed(uri: str) -> None:
        await bus.publish(ResourceUpdated(uri=uri))

    services.changed = changed
    return server
