"""What the documents say is what the project does."""

from __future__ import annotations

import importlib.util
import json
import re
from pathlib import Path
from types import ModuleType

from nemovideo_mcp import settings

ROOT = Path(__file__).resolve().parent.parent


def script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "scripts" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_readmes_tool_table_is_the_servers() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert script("tool_table").filled(readme) == readme, "run: python scripts/tool_table.py"


def test_every_setting_is_in_the_readme_and_no_other() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    named = set(re.findall(r"^\| `(NEMO_[A-Z_]+|SKILL_SOURCE)`", readme, re.MULTILINE))
    assert named == set(settings._VARIABLES)


def test_every_file_that_the_readme_links_to_is_there() -> None:
    for document in ("README.md", "CONTRIBUTING.md"):
        text = (ROOT / document).read_text(encoding="utf-8")
        for target in re.findall(r"\]\((?!https?://|#)([^)#]+)", text):
            assert (ROOT / target).exists(), f"{document}: {target}"


def test_the_host_configurations_start_the_server() -> None:
    for path in (ROOT / "examples" / "hosts").glob("*.json"):
        servers = json.loads(path.read_text())
        (entry,) = (servers.get("mcpServers") or servers["servers"]).values()
        assert entry["command"] == "nemovideo-mcp", path.name
