"""Results stay small, however long a film is."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from support.hosts import in_memory

pytestmark = pytest.mark.anyio


def photos(folder: Path, count: int) -> list[str]:
    folder.mkdir(parents=True)
    for number in range(count):
        Image.new("RGB", (32, 18), (number, 255 - number, 7)).save(folder / f"IMG_2026{number:04}_holiday.png")
    return [str(folder)]


async def test_a_common_film_is_told_in_two_kilobytes(tmp_path: Path) -> None:
    async with in_memory(tmp_path) as host:
        await host.call("upload_images", paths=photos(tmp_path / "photos", 15))
        edited = await host.call("edit", instruction='45 seconds long, zoom in on every photo, title "Summer"')
        result = await host.client.call_tool("get_state", {})
        project = edited["project"]["id"]
        read = await host.client.read_resource(f"nemovideo://projects/{project}/timeline")
    assert len(edited["summary"].encode()) < 2000
    assert len(result.content[0].text.encode()) < 2000  # type: ignore[union-attr]
    assert len(read.contents[0].text.encode()) < 2000  # type: ignore[union-attr]


async def test_a_long_film_is_told_in_pages(tmp_path: Path) -> None:
    async with in_memory(tmp_path) as host:
        stored = await host.client.call_tool("upload_images", {"paths": photos(tmp_path / "photos", 60)})
        assert stored.structured_content is not None
        assert (len(stored.structured_content["stored"]), stored.structured_content["stored_count"]) == (50, 60)
        assert " and 40 more\n" in stored.content[0].text  # type: ignore[union-attr]
        assert len(stored.model_dump_json()) < 12_000
        await host.call("edit", instruction="180 seconds long")
        result = await host.client.call_tool("get_state", {})
        state = result.structured_content
        assert state is not None
        assert (len(state["clips"]), state["clip_count"], len(state["media"]), state["file_count"]) == (50, 60, 50, 60)
        assert "… and 40 more clips: get_state(first=21)" in result.content[0].text  # type: ignore[union-attr]
        rest = await host.call("get_state", first=state["more_from"])
        assert [clip["index"] for clip in rest["clips"]] == list(range(51, 61))
        assert len(rest["media"]) == 10
        assert rest["more_from"] is None
        beyond = await host.call("get_state", first=1000)
        assert (beyond["clips"], beyond["clip_count"]) == ([], 60)
        preview = await host.client.call_tool("preview", {})
        assert len(preview.model_dump_json()) < 1_000_000
