"""The prompts through an MCP client of either era: what a model is told, what is refused, what is offered while typing."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from mcp import Client
from mcp.shared.exceptions import MCPError
from mcp_types import INVALID_PARAMS, PromptReference, ResourceTemplateReference, TextContent

from nemovideo_mcp.server.app import create_server
from nemovideo_mcp.timeline.operations import parse
from support.hosts import draw, in_memory
from test_server import PARAMETERS

pytestmark = pytest.mark.anyio


@pytest.fixture(params=["auto", "legacy"])
async def client(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Client]:
    async with in_memory(tmp_path) as host:
        assert host.services is not None
        await host.services.projects.create("Lofoten")
        async with Client(create_server(host.services), mode=request.param) as client:
            yield client


async def told(client: Client, name: str, **arguments: str) -> str:
    (message,) = (await client.get_prompt(name, arguments)).messages
    assert message.role == "user"
    assert isinstance(message.content, TextContent)
    return message.content.text


def operations(text: str) -> list[dict[str, Any]]:
    """The operations that a message gives, checked as the tool would."""
    found = json.JSONDecoder().raw_decode(text[text.index("operations=") + len("operations=") :])[0]
    assert [operation.op for operation in parse(found)] == [row["op"] for row in found]
    return list(found)


async def test_every_prompt_has_a_title_and_says_what_its_arguments_are(client: Client) -> None:
    prompts = (await client.list_prompts()).prompts
    assert [prompt.name for prompt in prompts] == ["slideshow", "product_video", "batch", "improve_instruction"]
    for prompt in prompts:
        assert prompt.title
        assert prompt.description
        assert all(argument.description for argument in prompt.arguments or ())
        assert [argument.name for argument in prompt.arguments or () if argument.required]


async def test_a_slideshow_goes_from_the_upload_to_the_file_with_what_was_asked_for(client: Client) -> None:
    wishes = {"seconds": "30 s", "platform": "TikTok", "transition": "wipe left", "mood": "calm", "look": "vintage"}
    text = await told(client, "slideshow", photos="~/trip, https://example.org/a.jpg", title='"Été" 24', **wishes)
    calls = ["upload_images(", "edit(", "preview(", "another edit", "export("]
    places = [text.index(call) for call in calls]
    assert places == sorted(places)
    assert 'upload_images(project="new", paths=["~/trip"], urls=["https://example.org/a.jpg"])' in text
    assert operations(text) == [
        {"op": "set_canvas", "platform": "tiktok"},
        {"op": "set_total_length", "seconds": 30},
        {"op": "set_look", "filter": "vintage"},
        {"op": "set_transition", "kind": "wipe_left"},
        {"op": "set_music", "mood": "calm"},
        {"op": "add_text", "text": '"Été" 24'},
    ]
    assert 'export(project=ID, preset="tiktok")' in text
    assert "call wait with its job" in text


async def test_a_product_video_claims_what_was_said_and_nothing_else(client: Client) -> None:
    text = await told(
        client,
        "product_video",
        photos="shoe.jpg",
        product="Runner",
        points="light; 200 g",
        call_to_action="$99",
        look="energetic",
    )
    assert [row["op"] for row in operations(text)] == [
        "set_total_length", "apply_template", "set_music", "add_text", "add_text",
    ]  # fmt: skip
    assert '["light", "200 g"]' in text
    assert "claim nothing that I did not" in text


async def test_a_batch_is_one_film_for_each_folder(client: Client) -> None:
    text = await told(client, "batch", folders="/a/one\n/a/two/", instruction="20 seconds", platform="youtube")
    found = json.JSONDecoder().raw_decode(text[text.index("items=") + 6 :])[0]
    assert found == [
        {"media": ["/a/one"], "instruction": "20 seconds", "name": "one"},
        {"media": ["/a/two/"], "instruction": "20 seconds", "name": "two"},
    ]
    assert 'preset="youtube"' in text
    assert "subfolders" in await told(client, "batch", folders="/a", instruction="20 seconds")


async def test_an_instruction_is_improved_before_it_is_carried_out(client: Client) -> None:
    text = await told(client, "improve_instruction", instruction="make it nicer", project="Lofoten")
    assert '"make it nicer"' in text
    assert 'get_state(project="Lofoten")' in text
    assert text.index("Show me") < text.index("edit(project=")


async def test_prompts_call_only_tools_that_there_are(client: Client) -> None:
    given = {"photos": "a", "product": "b", "folders": "c", "instruction": "d"}
    for prompt in (await client.list_prompts()).prompts:
        names = {argument.name for argument in prompt.arguments or () if argument.required}
        text = await told(client, prompt.name, **{name: value for name, value in given.items() if name in names})
        called = re.findall(r"(\w+)\((\w+)=", text)
        assert called
        for tool, parameter in called:
            assert parameter in PARAMETERS[tool], (tool, parameter)


@pytest.mark.parametrize(
    ("name", "arguments", "words"),
    [
        ("slideshow", {}, "slideshow needs photos."),
        ("slideshow", {"photos": " , "}, "No file or folder is named."),
        ("slideshow", {"photos": "a", "platform": "tiktak"}, "There is no platform 'tiktak'. Use perhaps tiktok."),
        ("slideshow", {"photos": "a", "seconds": "soon"}, "seconds must be a number such as 30, not 'soon'."),
        ("slideshow", {"photos": "a", "seconds": "0"}, "Seconds must be more than 0."),
        ("slideshow", {"photos": "a", "seconds": "nan"}, "Seconds"),
        ("slideshow", {"photos": "a", "mood": "zzz"}, "Use one of upbeat, calm"),
        ("slideshow", {"photos": "a", "colour": "red"}, "slideshow has no argument 'colour'; it takes photos"),
        ("slideshow", {"photos": "a" * 20_001}, "20000 is the limit"),
        ("product_video", {"photos": "a"}, "product_video needs product."),
        ("batch", {"folders": "a", "instruction": "b", "platform": "moon"}, "There is no platform 'moon'"),
        ("sing", {}, "There is no prompt 'sing'. There are slideshow,"),
    ],
)
async def test_a_bad_argument_is_refused_with_what_would_do(
    client: Client, name: str, arguments: dict[str, str], words: str
) -> None:
    with pytest.raises(MCPError) as refusal:
        await client.get_prompt(name, arguments)
    assert refusal.value.error.code == INVALID_PARAMS
    assert words in refusal.value.error.message


@pytest.mark.parametrize(
    ("name", "argument", "typed", "first"),
    [
        ("slideshow", "platform", "ti", ["tiktok"]),
        ("slideshow", "transition", "Wipe U", ["wipe_up", "wipe_up_left", "wipe_up_right"]),
        ("slideshow", "mood", "", ["upbeat", "calm"]),
        ("slideshow", "look", "c", ["cool", "cinematic"]),
        ("slideshow", "project", "", ["new", "Lofoten"]),
        ("improve_instruction", "project", "foten", ["Lofoten"]),
        ("slideshow", "photos", "", []),
        ("sing", "mood", "", []),
    ],
)
async def test_arguments_are_offered_while_they_are_typed(
    client: Client, name: str, argument: str, typed: str, first: list[str]
) -> None:
    found = (await client.complete(PromptReference(name=name), {"name": argument, "value": typed})).completion
    assert found.values[: len(first)] == first
    assert bool(found.values) == bool(first)
    assert found.total == len(found.values)


async def test_the_calls_of_a_prompt_do_what_they_say(tmp_path: Path) -> None:
    async with in_memory(tmp_path) as host:
        photos = draw(tmp_path / "photos", "red", "green")
        text = await told(host.client, "slideshow", photos=json.dumps(photos), seconds="6", look="romantic", title="Hi")
        stored = await host.call("upload_images", project="new", paths=photos)
        made = await host.call("edit", project=stored["project"]["id"], operations=operations(text))
        state = await host.call("get_state")
    assert made["not_understood"] == []
    assert (state["duration_seconds"], state["texts"][0]["text"]) == (6.0, "Hi")


async def test_a_template_of_resources_is_no_prompt(client: Client) -> None:
    found = await client.complete(ResourceTemplateReference(uri="nothing://{id}"), {"name": "id", "value": ""})
    assert found.completion.values == []
