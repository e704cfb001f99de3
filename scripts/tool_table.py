"""The README's tool table, from the server itself: `python scripts/tool_table.py` writes it where its markers are."""

from __future__ import annotations

import re
from pathlib import Path

from nemovideo_mcp.cli.compose import services_of
from nemovideo_mcp.server.tools import all_tools
from nemovideo_mcp.settings import Settings

README = Path(__file__).resolve().parent.parent / "README.md"
BEGIN, END = "<!-- tools: begin -->", "<!-- tools: end -->"


def table() -> str:
    """A row for each tool: name with parameters, and the first sentence of its description."""
    rows = ["| Tool | Parameters | What it does |", "| --- | --- | --- |"]
    for tool in all_tools(services_of(Settings.load({}))):
        parameters = ", ".join(f"`{name}`" for name in tool.parameters.get("properties", {})) or "none"
        first = re.split(r"(?<=[.:])\s", " ".join(tool.description.split()), maxsplit=1)[0].rstrip(":") or ""
        rows.append(f"| `{tool.name}` | {parameters} | {first} |")
    return "\n".join(rows)


def filled(readme: str) -> str:
    """The README with the table of today between its markers."""
    before, rest = readme.split(BEGIN)
    _, after = rest.split(END)
    return f"{before}{BEGIN}\n{table()}\n{END}{after}"


if __name__ == "__main__":
    README.write_text(filled(README.read_text(encoding="utf-8")), encoding="utf-8")
