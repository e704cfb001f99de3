"""Resources: what is listed, how its variables are completed, who is told of changes, in both eras."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

import anyio
import pytest
from mcp.client import IncomingMessage
from mcp.shared.exceptions import MCPError
from mcp_types import Resource, ResourceTemplate, ResourceTemplateReference, ResourceUpdatedNotification

from support.hosts import TINY, Host, draw, in_memory, over_http, over_stdio

pytestmark = pytest.mark.anyio

DEADLINE = 30.0


async def film(host: Host, folder: Path) -> dict[str, Any]:
    await host.call("upload_images", paths=draw(folder / "photos", "red", "green"))
    await host.call("edit", instruction="1 second long")
    return await host.call("export", resolution=TINY, wait_seconds=60)


async def test_films_are_listed_with_their_size_their_date_and_whom_they_are_for(tmp_path: Path) -> None:
    async with in_memory(tmp_path) as host:
        made = await film(host, tmp_path)
        listed = {resource.uri: resource for resource in (await host.client.list_resources()).resources}
        templates = (await host.client.list_resource_templates()).resource_templates
        read = await host.client.read_resource(f"nemovideo://exports/{made['export']}")
        result = await host.client.call_tool("wait", {"job": made["job"]})
    assert list(listed) == [
        "nemovideo://projects",
        f"nemovideo://projects/{made['project']['id']}/timeline",
        f"nemovideo://exports/{made['export']}",
    ]
    entry = listed[f"nemovideo://exports/{made['export']}"]
    assert (entry.name, entry.size, entry.mime_type) == ("Film 1.mp4", made["size_bytes"], "video/mp4")
    assert entry.annotations is not None
    assert entry.annotations.audience == ["user"]
    assert entry.annotations.last_modified is not None
    assert entry.annotations.last_modified.endswith("Z")
    assert len(base64.b64decode(read.contents[0].blob)) == made["size_bytes"]  # type: ignore[union-attr]
    (link,) = [block for block in result.content if block.type == "resource_link"]
    assert (link.uri, link.size) == (entry.uri, entry.size)
    assert link.annotations is not None
    assert link.annotations.audience == ["user"]
    described: list[Resource | ResourceTemplate] = [*listed.values(), *templates]
    for resource in described:
        assert resource.title
        assert resource.description
        assert resource.mime_type
        assert resource.annotations is not None


async def test_ids_are_completed_from_what_is_typed_of_them_or_of_the_films_name(tmp_path: Path) -> None:
    async with in_memory(tmp_path) as host:
        ids = {}
        for name in ("Summer 2026", "Winter"):
            ids[name] = (await host.call("projects", action="create", name=name))["project"]["id"]

        async def offered(template: str, typed: str, name: str = "id") -> list[str]:
            ref = ResourceTemplateReference(type="ref/resource", uri=template)
            return (await host.client.complete(ref, {"name": name, "value": typed})).completion.values

        timeline = "nemovideo://projects/{id}/timeline"
        assert await offered(timeline, "") == [ids["Winter"], ids["Summer 2026"]]
        assert await offered(timeline, ids["Winter"][:9]) == [ids["Winter"]]
        assert await offered(timeline, "summ") == [ids["Summer 2026"]]
        assert await offered(timeline, "spring") == []
        assert await offered("nemovideo://exports/{id}", "") == []
        assert await offered("other://{id}", "") == []
        assert await offered(timeline, "", "name") == []


async def test_a_resource_that_is_not_there_is_an_error_that_names_it(tmp_path: Path) -> None:
    async with in_memory(tmp_path) as host:
        for uri in ("nemovideo://projects/film_none/timeline", "nemovideo://exports/video_none", "nemovideo://nothing"):
            with pytest.raises(MCPError) as missing:
                await host.client.read_resource(uri)
            assert missing.value.error.code == -32602
            assert missing.value.error.data == {"uri": uri}


async def test_who_listens_is_told_of_the_films_that_they_asked_for_and_of_new_ones(tmp_path: Path) -> None:
    async with in_memory(tmp_path) as host:
        await host.call("upload_images", paths=draw(tmp_path / "photos", "red", "green"))
        project = (await host.call("get_state"))["project"]["id"]
        timeline = f"nemovideo://projects/{project}/timeline"
        async with host.client.listen(resources_list_changed=True, resource_subscriptions=[timeline]) as events:
            await host.call("edit", instruction="1 second long")
            with anyio.fail_after(DEADLINE):
                assert timeline in str(await anext(events))
            await host.call("projects", action="create", name="Another")
            with anyio.fail_after(DEADLINE):
                assert "ResourcesListChanged" in str(await anext(events))


@pytest.mark.filterwarnings("ignore::mcp.shared.exceptions.MCPDeprecationWarning")
@pytest.mark.parametrize("transport", [over_stdio, over_http], ids=["stdio", "http"])
async def test_hosts_of_the_older_protocols_subscribe_until_they_have_had_enough(
    tmp_path: Path, transport: Any
) -> None:
    told: list[str] = []

    async def hear(message: IncomingMessage) -> None:
        if isinstance(message, ResourceUpdatedNotification):
            told.append(str(message.params.uri))

    async with transport(tmp_path, hosted={"mode": "legacy", "message_handler": hear}) as host:
        await host.call("upload_images", paths=draw(tmp_path / "photos", "red", "green"))
        project = (await host.call("get_state"))["project"]["id"]
        timeline = f"nemovideo://projects/{project}/timeline"
        capabilities = host.client.server_capabilities
        assert capabilities.resources is not None
        assert capabilities.resources.subscribe is True
        await host.client.subscribe_resource(timeline)
        await host.call("edit", instruction="4 seconds long")
        with anyio.fail_after(DEADLINE):
            while timeline not in told:
                await anyio.sleep(0.01)
        await host.client.unsubscribe_resource(timeline)
        told.clear()
        await host.call("edit", instruction="5 seconds long")
        # An answer comes after what was sent before it.
        await host.call("get_state")
        assert told == []
