"""nemovideo-mcp: photos and a sentence in, a finished film out, through MCP."""

__version__ = "0.1.0"
