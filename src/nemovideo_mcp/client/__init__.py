"""The API's client. It does not know which backend it talks to: that is its transport's business."""

from nemovideo_mcp.client.attribution import Attribution
from nemovideo_mcp.client.auth import AnonymousTokens, FixedToken, TokenSource
from nemovideo_mcp.client.client import NemoVideoClient
from nemovideo_mcp.client.download import Download
from nemovideo_mcp.client.multipart import FilePart
from nemovideo_mcp.client.partial import discard_partial
from nemovideo_mcp.client.retry import Backoff
from nemovideo_mcp.client.stream import ChatClocks, ChatStream

__all__ = [
    "AnonymousTokens",
    "Attribution",
    "Backoff",
    "ChatClocks",
    "ChatStream",
    "Download",
    "FilePart",
    "FixedToken",
    "NemoVideoClient",
    "TokenSource",
    "discard_partial",
]
