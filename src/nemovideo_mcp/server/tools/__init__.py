"""The tools of the server, a file each. `TOOLS` is the inventory, in the order in which a host lists them."""

from nemovideo_mcp.server.services import Services
from nemovideo_mcp.server.tooling import NemoTool
from nemovideo_mcp.server.tools.batch import batch_tool
from nemovideo_mcp.server.tools.credits import credits_tool
from nemovideo_mcp.server.tools.edit import edit_tool
from nemovideo_mcp.server.tools.export import export_tool
from nemovideo_mcp.server.tools.get_state import get_state_tool
from nemovideo_mcp.server.tools.jobs import cancel_tool, wait_tool
from nemovideo_mcp.server.tools.preview import preview_tool
from nemovideo_mcp.server.tools.projects import projects_tool
from nemovideo_mcp.server.tools.upload_images import upload_images_tool

TOOLS = (
    upload_images_tool,
    edit_tool,
    get_state_tool,
    credits_tool,
    export_tool,
    preview_tool,
    projects_tool,
    batch_tool,
    wait_tool,
    cancel_tool,
)


def all_tools(services: Services) -> list[NemoTool]:
    return [tool(services) for tool in TOOLS]
