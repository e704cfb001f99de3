"""What the routes work with. Built by `app.Studio`, which owns all of it."""

from __future__ import annotations

from dataclasses import dataclass

from nemovideo_mcp.studio.accounts import Accounts
from nemovideo_mcp.studio.agent import Agent
from nemovideo_mcp.studio.fetch import Fetcher
from nemovideo_mcp.studio.files import Files
from nemovideo_mcp.studio.policy import Policy
from nemovideo_mcp.studio.preview import Previewer
from nemovideo_mcp.studio.projects import Projects
from nemovideo_mcp.studio.render_records import RenderRecords
from nemovideo_mcp.studio.renders import RenderQueue


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    policy: Policy
    files: Files
    accounts: Accounts
    projects: Projects
    records: RenderRecords
    queue: RenderQueue
    agent: Agent
    fetcher: Fetcher
    previewer: Previewer
