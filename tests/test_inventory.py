"""The tools as hosts list them: each as it was agreed on, and all by the same rules."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from support.hosts import in_memory

pytestmark = pytest.mark.anyio

FOLDER = Path(__file__).parent / "golden" / "tools"
"""After a change that is meant they are written anew: NEMO_GOLDEN=write pytest tests/test_inventory.py -n 0"""

UNIT_IN_NAME = re.compile(
    r"(^|_)(seconds|ms|bytes|fps|percent|count|number|index|degrees|photos?|clips?|times?|credits|after|before|spent)(_|$)"
)
"""Names that say what they count. `before`, `after` and `spent` are of credits, or of a change in the unit of its operation."""
UNIT_IN_WORDS = re.compile(
    r"\b(s|seconds|ms|pixels|px|frames|dB|LUFS|bytes|credits|from 1|number|0-1|0 to 1|0\.|percent|degrees|times|1 is|24)\b|%"
)

WITHOUT_UNIT = {"order", "left", "right", "second", "steps", "version", "seed", "more_from", "already_there", "poster"}
"""Numbers that count clips, versions or files, as their names say where they stand; `poster` says in words what it takes."""
PIXELS = {"width", "height"}

OTHER_TOOLS_ANSWERS = {("edit", "routed"), ("wait", "result"), ("cancel", "result")}
"""What another tool answers, told by that tool's own schema: told again it would cost models 3,000 tokens in every chat."""


@pytest.fixture(scope="module")
async def tools(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """Every tool by its name, as the protocol carries it."""
    async with in_memory(tmp_path_factory.mktemp("inventory")) as host:
        listed = (await host.client.list_tools()).tools
    return {tool.name: tool.model_dump(by_alias=True, mode="json", exclude_none=True) for tool in listed}


def written(tool: dict[str, Any]) -> str:
    return json.dumps(tool, indent=1, ensure_ascii=False) + "\n"


def schemas(schema: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], dict[str, Any]]]:
    """Every schema inside a schema, with the names of the fields that lead to it."""
    if isinstance(schema, list):
        for part in schema:
            yield from schemas(part, path)
    elif isinstance(schema, dict):
        yield path, schema
        for key, value in schema.items():
            if key in ("properties", "$defs"):
                for name, part in value.items():
                    yield from schemas(part, (*path, name))
            elif key == "items":
                # What is said of a list is said of what is in it.
                yield from schemas({"description": schema.get("description", ""), **value}, path)
            elif key not in ("const", "enum", "default", "required"):
                yield from schemas(value, path)


async def test_every_tool_is_as_it_was_agreed_on(tools: dict[str, dict[str, Any]]) -> None:
    if os.environ.get("NEMO_GOLDEN") == "write":
        FOLDER.mkdir(parents=True, exist_ok=True)
        for path in FOLDER.glob("*.json"):
            path.unlink()
        for name, tool in tools.items():
            (FOLDER / f"{name}.json").write_text(written(tool), encoding="utf-8", newline="\n")
    agreed = {path.stem: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.json")}
    now = {name: written(tool) for name, tool in tools.items()}
    changed = [name for name in {**agreed, **now} if agreed.get(name) != now.get(name)]
    assert not changed, "If that is meant, write them anew (see FOLDER) and look at what has changed."


async def test_every_tool_says_what_it_is_and_what_it_does_to_the_world(tools: dict[str, dict[str, Any]]) -> None:
    for name, tool in tools.items():
        assert re.fullmatch(r"[a-z_]{3,20}", name)
        assert re.fullmatch(r"[A-Z][\w ,]{4,40}", tool["title"]), name
        assert 40 < len(tool["description"]) < 600, name
        assert tool["description"].endswith("."), name
        hints = tool["annotations"]
        assert {"readOnlyHint", "destructiveHint", "idempotentHint", "openWorldHint"} <= set(hints), name
        assert hints["title"] == tool["title"]
        assert not (hints["readOnlyHint"] and hints["destructiveHint"]), name


async def test_every_argument_is_described_and_nothing_else_is_taken(tools: dict[str, dict[str, Any]]) -> None:
    for name, tool in tools.items():
        for argument, schema in tool["inputSchema"].get("properties", {}).items():
            assert schema.get("description") or "enum" in schema or "items" in schema, (name, argument)
        assert tool["inputSchema"]["additionalProperties"] is False, name


async def test_no_result_has_a_dict_of_anything(tools: dict[str, dict[str, Any]]) -> None:
    for name, tool in tools.items():
        for path, schema in schemas(tool["outputSchema"]):
            kinds = schema.get("type", [])
            if "object" in ([kinds] if isinstance(kinds, str) else kinds) and "properties" not in schema:
                assert (name, path[-1]) in OTHER_TOOLS_ANSWERS, (name, path)


async def test_every_number_has_a_unit_or_a_range_in_its_name_or_its_description(
    tools: dict[str, dict[str, Any]],
) -> None:
    bare = set()
    for name, tool in tools.items():
        for path, schema in schemas({"in": tool["inputSchema"], "out": tool["outputSchema"]}):
            kinds = schema.get("type", [])
            numeric = {"number", "integer"} & set([kinds] if isinstance(kinds, str) else kinds)
            if not numeric or not path or UNIT_IN_NAME.search(path[-1]) or path[-1] in WITHOUT_UNIT | PIXELS:
                continue
            bounded = {"minimum", "maximum"} <= set(schema) or {"exclusiveMinimum", "maximum"} <= set(schema)
            if not bounded and not UNIT_IN_WORDS.search(schema.get("description", "")):
                bare.add((name, ".".join(path)))
    assert not bare, "\n".join(map(str, sorted(bare)))
