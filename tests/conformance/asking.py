"""Fixtures that ask the host: in the middle of a call in the older protocols, by `InputRequiredResult` in the newest."""

from __future__ import annotations

from typing import Any, Literal

from mcp.server.mcpserver import Context, MCPServer
from mcp.shared.exceptions import MCPError
from mcp_types import (
    INVALID_PARAMS,
    MISSING_REQUIRED_CLIENT_CAPABILITY,
    ClientCapabilities,
    CreateMessageRequest,
    CreateMessageRequestParams,
    CreateMessageResult,
    ElicitRequest,
    ElicitRequestFormParams,
    ElicitResult,
    InputRequest,
    InputRequiredResult,
    ListRootsRequest,
    ListRootsResult,
    MissingRequiredClientCapabilityErrorData,
    SamplingCapability,
    SamplingMessage,
    TextContent,
)
from pydantic import BaseModel, Field, JsonValue

Asking = str | InputRequiredResult


def form(message: str, name: str, type: str = "string") -> ElicitRequest:
    schema: dict[str, Any] = {"type": "object", "properties": {name: {"type": type}}, "required": [name]}
    return ElicitRequest(params=ElicitRequestFormParams(message=message, requested_schema=schema))


def sampling(text: str, max_tokens: int = 100) -> CreateMessageRequest:
    message = SamplingMessage(role="user", content=TextContent(type="text", text=text))
    return CreateMessageRequest(params=CreateMessageRequestParams(messages=[message], max_tokens=max_tokens))


def answered(ctx: Context[Any, Any], key: str, name: str | None = None) -> str | None:
    """The host's answer to a question, as text; None when there is none yet.

    Raises:
        MCPError: the answer is not one.
    """
    answer = (ctx.input_responses or {}).get(key)
    if answer is None:
        return None
    if isinstance(answer, ElicitResult) and name is not None and name in (answer.content or {}):
        return str((answer.content or {})[name])
    if isinstance(answer, CreateMessageResult) and isinstance(answer.content, TextContent):
        return answer.content.text
    if isinstance(answer, ListRootsResult):
        return ", ".join(str(root.uri) for root in answer.roots)
    raise MCPError(INVALID_PARAMS, f"The answer to {key!r} does not fit the question.")


def ask(state: str | None = None, /, **requests: InputRequest) -> InputRequiredResult:
    return InputRequiredResult(input_requests=requests, request_state=state)


class User(BaseModel):
    username: str = Field(description="User's response")
    email: str = Field(description="User's email address")


class Defaults(BaseModel):
    name: str = "John Doe"
    age: int = 30
    score: float = 95.5
    status: str = Field("active", json_schema_extra={"enum": ["active", "inactive", "pending"]})
    verified: bool = True


def _titled(*names: str) -> list[JsonValue]:
    return [{"const": name, "title": name.capitalize()} for name in names]


class Enums(BaseModel):
    untitledSingle: str = Field(json_schema_extra={"enum": ["option1", "option2", "option3"]})
    titledSingle: str = Field(json_schema_extra={"oneOf": _titled("value1", "value2", "value3")})
    legacyEnum: str = Field(
        json_schema_extra={"enum": ["opt1", "opt2", "opt3"], "enumNames": ["Option One", "Option Two", "Option Three"]}
    )
    untitledMulti: list[Literal["option1", "option2", "option3"]]
    titledMulti: list[str] = Field(json_schema_extra={"items": {"anyOf": _titled("value1", "value2", "value3")}})


def add_asking(server: MCPServer[None]) -> None:
    add_questions_in_a_call(server)
    add_questions_as_results(server)


def add_questions_in_a_call(server: MCPServer[None]) -> None:
    @server.tool()
    async def test_sampling(prompt: str, ctx: Context[Any, Any]) -> str:
        """Asks the host's model."""
        message = SamplingMessage(role="user", content=TextContent(type="text", text=prompt))
        result = await ctx.session.create_message([message], max_tokens=100, related_request_id=ctx.request_id)
        return f"LLM response: {result.content.text if result.content.type == 'text' else ''}"

    async def elicited(ctx: Context[Any, Any], message: str, schema: type[BaseModel]) -> str:
        result = await ctx.elicit(message, schema)
        content = result.data.model_dump_json() if result.action == "accept" else "{}"
        return f"Elicitation completed: action={result.action}, content={content}"

    @server.tool()
    async def test_elicitation(message: str, ctx: Context[Any, Any]) -> str:
        """Asks the user."""
        return await elicited(ctx, message, User)

    @server.tool()
    async def test_elicitation_sep1034_defaults(ctx: Context[Any, Any]) -> str:
        """Asks the user, with defaults."""
        return await elicited(ctx, "Please fill this in", Defaults)

    @server.tool()
    async def test_elicitation_sep1330_enums(ctx: Context[Any, Any]) -> str:
        """Asks the user to choose."""
        return await elicited(ctx, "Please choose", Enums)


def add_questions_as_results(server: MCPServer[None]) -> None:
    @server.tool(structured_output=False)
    def test_input_required_result_elicitation(ctx: Context[Any, Any]) -> Asking:
        """Asks for a name."""
        name = answered(ctx, "user_name", "name")
        return f"Hello, {name}!" if name is not None else ask(user_name=form("What is your name?", "name"))

    @server.tool(structured_output=False)
    def test_streaming_elicitation(ctx: Context[Any, Any]) -> Asking:
        """Asks for a name."""
        return test_input_required_result_elicitation(ctx)

    @server.tool(structured_output=False)
    def test_input_required_result_sampling(ctx: Context[Any, Any]) -> Asking:
        """Asks the host's model."""
        said = answered(ctx, "capital_question")
        return said if said is not None else ask(capital_question=sampling("What is the capital of France?"))

    @server.tool(structured_output=False)
    def test_input_required_result_list_roots(ctx: Context[Any, Any]) -> Asking:
        """Asks for the roots."""
        roots = answered(ctx, "client_roots")
        return f"Roots: {roots}" if roots is not None else ask(client_roots=ListRootsRequest())

    @server.tool(structured_output=False)
    def test_input_required_result_request_state(ctx: Context[Any, Any]) -> Asking:
        """Asks, and knows its question again."""
        if answered(ctx, "confirm", "ok") is not None and ctx.request_state == "asked":
            return "state-ok"
        return ask("asked", confirm=form("Please confirm", "ok", "boolean"))

    @server.tool(structured_output=False)
    def test_input_required_result_tampered_state(ctx: Context[Any, Any]) -> Asking:
        """Asks, and refuses a state that it did not give."""
        return test_input_required_result_request_state(ctx)

    @server.tool(structured_output=False)
    def test_input_required_result_multiple_inputs(ctx: Context[Any, Any]) -> Asking:
        """Asks three questions at once."""
        said = [answered(ctx, "user_name", "name"), answered(ctx, "greeting"), answered(ctx, "client_roots")]
        if None not in said:
            return f"{said[1]}, {said[0]}; {said[2]}"
        return ask(
            "asked",
            user_name=form("What is your name?", "name"),
            greeting=sampling("Generate a greeting", 50),
            client_roots=ListRootsRequest(),
        )

    @server.tool(structured_output=False)
    def test_input_required_result_multi_round(ctx: Context[Any, Any]) -> Asking:
        """Asks twice."""
        name, color = answered(ctx, "step1", "name"), answered(ctx, "step2", "color")
        if color is not None and ctx.request_state:
            return f"{ctx.request_state} likes {color}."
        if name is not None:
            return ask(name, step2=form("Step 2: What is your favorite color?", "color"))
        return ask("nobody", step1=form("Step 1: What is your name?", "name"))

    @server.tool(structured_output=False)
    def test_input_required_result_capabilities(ctx: Context[Any, Any]) -> Asking:
        """Asks only what the host can answer."""
        able = ctx.client_capabilities or ClientCapabilities()
        requests: dict[str, InputRequest] = {}
        if able.sampling is not None:
            requests["capital_question"] = sampling("What is the capital of France?")
        if able.elicitation is not None:
            requests["user_name"] = form("What is your name?", "name")
        return ask(None, **requests) if requests else "There is nobody to ask."

    @server.tool()
    def test_missing_capability(ctx: Context[Any, Any]) -> str:
        """Needs a host that samples."""
        able = ctx.client_capabilities or ClientCapabilities()
        if able.sampling is None:
            data = MissingRequiredClientCapabilityErrorData(
                required_capabilities=ClientCapabilities(sampling=SamplingCapability())
            )
            raise MCPError(
                MISSING_REQUIRED_CLIENT_CAPABILITY,
                "This tool needs a host that can sample.",
                data.model_dump(by_alias=True, mode="json", exclude_none=True),
            )
        return "Done."

    @server.prompt()
    def test_input_required_result_prompt(ctx: Context[Any, Any]) -> Asking:
        """A prompt that asks."""
        context = answered(ctx, "user_context", "context")
        if context is None:
            return ask(user_context=form("What context should the prompt use?", "context"))
        return f"Use this context: {context}"
