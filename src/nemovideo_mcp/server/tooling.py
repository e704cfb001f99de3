"""The one wrapper around all tools: arguments checked and mended, errors put into words, results into content.

The SDK drops unknown arguments silently, shows schema errors as raw pydantic text, puts "Error executing tool" before a
deliberate error and says nothing of any other. A `CallToolResult` with ``is_error`` arrives as it is, so that is used.
"""

from __future__ import annotations

import difflib
import json
import logging
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Mapping
from typing import Annotated, Any, get_type_hints

from mcp.server.mcpserver.context import Context
from mcp.server.mcpserver.exceptions import ToolError
from mcp.server.mcpserver.resolve import Resolve, resolve_arguments
from mcp.server.mcpserver.tools import Tool
from mcp.shared.exceptions import MCPError
from mcp_types import CallToolResult, InputRequiredResult, TextContent, ToolAnnotations
from pydantic import PrivateAttr, ValidationError

from nemovideo_mcp.api.errors import NemoError
from nemovideo_mcp.server.results import Result
from nemovideo_mcp.timeline.operations import problem

log = logging.getLogger("nemovideo_mcp.tools")

_FRAME = 'The frame is set with edit, for example instruction="make it vertical, 9:16".'
_ELSEWHERE = dict.fromkeys(("aspect", "aspect_ratio", "ratio", "orientation"), _FRAME)
"""Arguments that models like to give to the wrong tool, and where the thing is done."""


class NemoTool(Tool):
    """A tool whose every answer, good or bad, is written for the model that called it."""

    _without: dict[str, str] = PrivateAttr(default_factory=dict)

    async def run(
        self, arguments: dict[str, Any], context: Context[Any, Any], convert_result: bool = False
    ) -> CallToolResult | InputRequiredResult:
        try:
            # Not the SDK's own validation: it reads every string as JSON, and a project may be called "null".
            validated = self.fn_metadata.arg_model.model_validate(self._mended(arguments)).model_dump_one_level()
        except ValidationError as error:
            return failure(f"{self.name} cannot use these arguments: {problem(error)}", self._takes())
        except ToolError as error:
            return failure(str(error), self._takes())
        try:
            known: dict[str, Any] = {self.context_kwarg: context} if self.context_kwarg else {}
            if self.resolved_params:
                asked = await resolve_arguments(self.resolved_params, self.resolver_plans, validated, context)
                if isinstance(asked, InputRequiredResult):
                    return asked
                known |= asked
            result: Result = await self.fn(**validated, **known)
        except MCPError:
            raise
        except ToolError as error:
            # An answer to a question that is not one.
            log.warning("%s: %s", self.name, error)
            return failure("Nothing was done: the answer to a question could not be read.", "Try again.")
        except NemoError as error:
            return failure_of(error)
        except Exception:
            log.exception("tool %s crashed", self.name)
            return failure(
                f"Something went wrong inside the server while it did {self.name}; the details are in its log.",
                "Try again; if it happens again, please report it.",
            )
        return answer_of(result)

    def _mended(self, arguments: dict[str, Any]) -> dict[str, Any]:
        """The arguments with a lone value where a list is meant made a list, and a list in JSON read.

        Raises:
            ToolError: there is an argument that the tool does not have.
        """
        fields = self.parameters.get("properties", {})
        for name in arguments:
            if name not in fields:
                near = difflib.get_close_matches(name, fields, 1, 0.6)
                hint = self._without.get(name) or _ELSEWHERE.get(name) or (f"Did you mean {near[0]!r}?" if near else "")
                raise ToolError(f"{self.name} has no argument {name!r}. {hint}".strip())
        return {name: _listed(value) if _is_list(fields[name]) else value for name, value in arguments.items()}

    def _takes(self) -> str:
        return f"{self.name} takes: {', '.join(self.parameters.get('properties', {})) or 'nothing'}."


def _listed(value: Any) -> Any:
    """Hosts give a list as it is, as JSON in a string, or a lone item of it."""
    if isinstance(value, str) and value.lstrip()[:1] in ("[", "{"):
        try:
            value = json.loads(value)
        except (ValueError, RecursionError):
            return [value]
    return [value] if isinstance(value, (str, int, float, dict)) and not isinstance(value, bool) else value


def _is_list(schema: dict[str, Any]) -> bool:
    return schema.get("type") == "array" or any(s.get("type") == "array" for s in schema.get("anyOf", ()))


def make_tool(
    fn: Callable[..., Awaitable[Result]],
    *,
    title: str,
    read_only: bool = False,
    destructive: bool = False,
    idempotent: bool = False,
    open_world: bool = False,
    asks: Mapping[str, Callable[..., Any]] | None = None,
    description: str | None = None,
    without: Mapping[str, str] | None = None,
) -> NemoTool:
    """A tool of an async function: its docstring is the description, its parameters the schema, its result the output.

    ``asks`` names the parameters that no model fills in, and the resolvers that do; see `server/asking.py`. ``without`` are
    parameters that this server does not offer, and what is said to somebody who gives one all the same.
    """
    hints = get_type_hints(fn, include_extras=True) if asks else {}
    for name, resolver in (asks or {}).items():
        fn.__annotations__[name] = Annotated[hints[name], Resolve(resolver)]
    tool = NemoTool.from_function(
        fn,
        title=title,
        description=" ".join((description or fn.__doc__ or "").split()),
        annotations=ToolAnnotations(
            title=title,
            read_only_hint=read_only,
            destructive_hint=destructive,
            idempotent_hint=idempotent,
            open_world_hint=open_world,
        ),
        structured_output=True,
    )
    assert isinstance(tool, NemoTool)
    tool.parameters = {**_untitled(tool.parameters), "additionalProperties": False}
    tool._without = dict(without or {})
    for name in tool._without:
        kind = tool.parameters["properties"].pop(name).get("items", {}).get("$ref", "").rpartition("/")[2]
        tool.parameters.get("$defs", {}).pop(kind, None)
    if not tool.parameters.get("$defs", True):
        del tool.parameters["$defs"]
    for field in tool.parameters.get("properties", {}).values():
        _may_be_left_out(field)
    tool.parameters = _inlined(tool.parameters)
    output = _inlined(_told(_untitled(tool.fn_metadata.output_schema or {})))
    # A failed call answers with its error instead of these fields, and some hosts check that against the schema too.
    tool.fn_metadata.output_schema = {k: v for k, v in output.items() if k not in ("required", "additionalProperties")}
    return tool


def _untitled(schema: Any) -> Any:
    """A schema without the titles that pydantic makes of the field names: models pay for every word in every chat."""
    if isinstance(schema, list):
        return [_untitled(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        key: {name: _untitled(part) for name, part in value.items()}
        if key in ("properties", "$defs")
        else _untitled(value)
        for key, value in schema.items()
        # The discriminator is OpenAPI's; in JSON Schema the constant of each kind says the same.
        if not (key == "title" and isinstance(value, str)) and key != "discriminator"
    }


def _inlined(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema with each definition that is used once where it is used: shorter, and easier on hosts that resolve no references."""
    definitions: dict[str, Any] = schema.get("$defs", {})
    uses = Counter(_references(schema))
    once = {name for name in definitions if uses[name] == 1}

    def put(part: Any) -> Any:
        if isinstance(part, list):
            return [put(one) for one in part]
        if not isinstance(part, dict):
            return part
        name = _name_of(part.get("$ref"))
        if name in once:
            return {**put(definitions[name]), **{key: put(value) for key, value in part.items() if key != "$ref"}}
        return {key: put(value) for key, value in part.items()}

    kept = {name: put(part) for name, part in definitions.items() if name not in once}
    whole = {key: put(value) for key, value in schema.items() if key != "$defs"}
    return {**whole, "$defs": kept} if kept else whole


def _references(schema: Any) -> Iterator[str]:
    if isinstance(schema, list):
        for part in schema:
            yield from _references(part)
    elif isinstance(schema, dict):
        if name := _name_of(schema.get("$ref")):
            yield name
        for part in schema.values():
            yield from _references(part)


def _name_of(reference: Any) -> str:
    return reference.removeprefix("#/$defs/") if isinstance(reference, str) else ""


def _told(schema: Any) -> Any:
    """The schema of an answer without what only one who asks needs: defaults, and what is required, for all is there. A value
    or null is said in fewest words."""
    if isinstance(schema, list):
        return [_told(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    kinds = [set(kind) for kind in schema.get("anyOf", ())]
    if kinds and all(kind == {"type"} for kind in kinds):
        types = [kind["type"] for kind in schema["anyOf"]]
        schema = {"type": types, **{key: value for key, value in schema.items() if key != "anyOf"}}
    named = ("properties", "$defs")
    return {
        key: {name: _told(part) for name, part in value.items()} if key in named else _told(value)
        for key, value in schema.items()
        if key not in ("default", "required")
    }


def _may_be_left_out(field: dict[str, Any]) -> None:
    """An argument that may be left out is not said to be null as well; null is taken all the same."""
    kinds = [kind for kind in field.get("anyOf", ()) if kind != {"type": "null"}]
    if len(kinds) == 1 and field.get("default", 0) is None:
        del field["anyOf"], field["default"]
        field.update({**kinds[0], **field})


def answer_of(result: Result) -> CallToolResult:
    """A result as a host gets it: words, images and links, and the same as data."""
    structured = result.model_dump(mode="json", by_alias=True)
    failed = structured.get("status") == "failed"
    return CallToolResult(content=result.content(), structured_content=structured, is_error=failed)


def failure(message: str, next_step: str = "", **more: Any) -> CallToolResult:
    """A failed call: what happened, and what to do next, in words and as data."""
    text = f"{message} {next_step}".strip()
    structured = {"status": "failed", "error": {"message": message, "next_step": next_step}, **more}
    return CallToolResult(content=[TextContent(type="text", text=text)], structured_content=structured, is_error=True)


def failure_of(error: NemoError) -> CallToolResult:
    return failure(str(error), error.next_step, **getattr(error, "more", {}))
