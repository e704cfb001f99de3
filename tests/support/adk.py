"""A backend whose chat is the real server of Google's Agent Development Kit, with a model that says what a test wants.

The ADK is where the form of the event stream comes from. It sends partial chunks only when a request says
``streaming: true``, which the NemoVideo request does not: the door below puts it in. All other calls are the scripted
cloud's. Needs the package ``google-adk``.
"""

from __future__ import annotations

import json
import logging
import warnings
from collections.abc import AsyncGenerator
from importlib import import_module
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from faults.cloud import Cloud
from nemovideo_mcp.api.models import AGENT
from support.backend import Seen

WHOLE = "The film is ready. 做好了"
CHUNKS = ("The film ", "is ready. ", "做好了")
STORIES = ("chunks", "chunks, tool, chunks", "silent tool", "error inside", "crash")
"""What the model can be told to do."""


def adk_cloud(folder: Path, story: str = "chunks") -> tuple[Cloud, Starlette]:
    """The cloud, whose record is filled, and the application to serve."""
    cloud = Cloud()
    door = _Door(cloud, _adk_app(folder, story))
    app = cloud.app
    app.add_middleware(door.before)
    return cloud, app


class _Door:
    """Lets the chat through to the ADK, with streaming forced and the cloud's record kept."""

    def __init__(self, cloud: Cloud, adk: ASGIApp) -> None:
        self._cloud = cloud
        self._adk = adk

    def before(self, app: ASGIApp) -> ASGIApp:
        async def entered(scope: Scope, receive: Receive, send: Send) -> None:
            if scope["type"] != "http" or scope["path"] != "/run_sse":
                await app(scope, receive, send)
                return
            request = Request(scope, receive)
            body = await request.body()
            self._cloud.seen.append(Seen("POST", "/run_sse", dict(request.headers), body))
            forced = json.dumps({**json.loads(body), "streaming": True}).encode()
            headers = [(name, value) for name, value in scope["headers"] if name != b"content-length"]
            sized = [*headers, (b"content-length", str(len(forced)).encode())]
            said = False

            async def again() -> Message:
                nonlocal said
                if said:
                    return await receive()
                said = True
                return {"type": "http.request", "body": forced, "more_body": False}

            await self._adk({**scope, "headers": sized}, again, send)

        return entered


def _adk_app(folder: Path, story: str) -> ASGIApp:
    with warnings.catch_warnings():
        # The package warns of its own experimental parts while it is imported.
        warnings.simplefilter("ignore")
        # By name, for the type checker has the package on some machines and not on others.
        agents, models, genai = (import_module(f"google.{name}") for name in ("adk.agents", "adk.models", "genai"))
        server = import_module("google.adk.cli.fast_api")
        loading = import_module("google.adk.cli.utils.base_agent_loader")
        types = genai.types

        def text(words: str, *, partial: bool) -> Any:
            content = types.Content(role="model", parts=[types.Part(text=words)])
            return models.LlmResponse(content=content, partial=partial)

        def call() -> Any:
            part = types.Part(function_call=types.FunctionCall(name="add_title", args={"title": "Urban Dreams"}))
            return models.LlmResponse(content=types.Content(role="model", parts=[part]), partial=False)

        def add_title(title: str) -> dict[str, str]:
            """Adds a title to the film."""
            return {"added": title}

        class Scripted(models.BaseLlm):  # type: ignore[misc, name-defined]
            """Says its story, chunk by chunk and then whole, as a streaming model does."""

            async def generate_content_async(self, llm_request: Any, stream: bool = False) -> AsyncGenerator[Any, None]:
                assert stream, "the request did not ask for streaming"
                answered = any(part.function_response for item in llm_request.contents for part in item.parts or ())
                if "tool" in story and not answered:
                    if story.startswith("chunks"):
                        yield text("The raw video ", partial=True)
                        yield text("is ready.", partial=True)
                        yield text("The raw video is ready.", partial=False)
                    yield call()
                    return
                if story == "error inside":
                    yield models.LlmResponse(error_code="RESOURCE_EXHAUSTED", error_message="The model is overloaded")
                    return
                if story == "crash":
                    raise RuntimeError("The model is gone")
                if story == "silent tool":
                    yield text("", partial=False)
                    return
                for chunk in CHUNKS:
                    yield text(chunk, partial=True)
                yield text(WHOLE, partial=False)

        class Loader(loading.BaseAgentLoader):  # type: ignore[misc, name-defined]
            def load_agent(self, agent_name: str) -> Any:
                return agents.LlmAgent(name=AGENT, model=Scripted(model="scripted"), tools=[add_title])

            def list_agents(self) -> list[str]:
                return [AGENT]

        logging.getLogger("google_adk").setLevel(logging.CRITICAL)
        place = folder / "agents"
        place.mkdir()
        app: ASGIApp = server.get_fast_api_app(
            agents_dir=str(place),
            agent_loader=Loader(),
            session_service_uri="memory://",
            artifact_service_uri="memory://",
            use_local_storage=False,
            auto_create_session=True,
            web=False,
        )
        return app
