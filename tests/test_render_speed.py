"""What the renderer saves work on must not be seen: pictures that stay, and films made in pieces side by side."""

from __future__ import annotations

import os
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import anyio
import av
import numpy as np
import pytest
import skimage.data

from nemovideo_mcp.studio.render import process
from nemovideo_mcp.studio.render.job import RenderError
from nemovideo_mcp.timeline.model import Music, Text, Timeline, Transition
from support.processes import alive, linux, until, workers_of

if TYPE_CHECKING:
    from support.render import Kit

pytest_plugins = ["support.render"]
pytestmark = pytest.mark.anyio

data: Any = skimage.data

RED, GREEN, BLUE = (200, 30, 30), (30, 160, 40), (30, 40, 200)


def keys(path: Path) -> list[float]:
    """The times of a film's key frames in seconds, in order."""
    with av.open(str(path)) as container:
        return sorted(
            float(packet.pts * packet.time_base)
            for packet in container.demux(video=0)
            if packet.is_keyframe and packet.pts is not None and packet.time_base is not None
        )


def stills(kit: Kit, ms: int = 4000) -> Timeline:
    """Three photos that stand still, with a crossfade and a plain cut, and a title over the first."""
    noise = np.kron(np.random.default_rng(1).integers(60, 200, (9, 16, 3)), np.ones((20, 20, 1))).astype(np.uint8)
    clips = [
        kit.clip(kit.picture(name, pixels), ms)
        for name, pixels in (("a.png", noise), ("b.png", GREEN), ("c.png", BLUE))
    ]
    clips[1] = replace(clips[1], transition_in=Transition(duration_ms=600))
    return kit.film(*clips, texts=(Text(id="t", text="Hello", start_ms=500, duration_ms=2000),))


async def test_a_photo_that_stands_still_is_shown_for_its_time_and_what_follows_comes_when_it_should(kit: Kit) -> None:
    film = await kit.render(stills(kit))
    assert len(film.frames) == 120
    # Once the encoder has made the best of a picture, nothing changes any more, bit by bit.
    for first, last in ((56, 80), (93, 120)):
        assert all(np.array_equal(film.frames[first], frame) for frame in film.frames[first:last]), (first, last)
    # The title is in at 0.9 s and goes at 2.1 s; the crossfade is over at 4.3 s.
    for first, last in ((9, 21), (25, 37), (43, 80)):
        assert all(np.abs(film.frames[last - 1].astype(int) - frame).mean() < 1 for frame in film.frames[first:last])
    assert not np.array_equal(film.frames[2], film.frames[20])
    assert np.abs(film.color(60, 0.1, 0.1) - GREEN).max() < 6
    assert np.abs(film.color(79) - GREEN).max() < 6
    assert np.abs(film.color(80) - BLUE).max() < 6
    # Eased: 3t² - 2t³ of the 3.5 parts in 6.
    part = 3 * (3.5 / 6) ** 2 - 2 * (3.5 / 6) ** 3
    shared = film.color(30, 0.1, 0.1) * (1 - part) + film.color(60, 0.1, 0.1) * part
    assert np.abs(film.color(40, 0.1, 0.1) - shared).max() < 8


async def test_holding_a_photo_for_a_minute_takes_hardly_more_room_than_for_four_seconds(kit: Kit) -> None:
    short = (await kit.render(stills(kit))).path.stat().st_size
    long = await kit.render(stills(kit, 60_000))
    assert len(long.frames) == 1800
    # 30 bytes for a picture, and as many in the tables of the file.
    assert long.path.stat().st_size - short < 1680 * 60


async def test_a_player_can_jump_to_a_place_every_few_seconds_however_long_photos_stay(kit: Kit) -> None:
    for film in (stills(kit, 35_000), kit.film(*(kit.clip(kit.picture(f"{i}.png", RED), 4000) for i in range(12)))):
        made = await kit.render(film)
        ends = [*keys(made.path), film.duration_ms / 1000]
        assert max(b - a for a, b in pairwise(ends)) <= 12, ends


async def test_a_key_frame_stands_where_another_scene_begins_but_not_at_every_flicker(kit: Kit) -> None:
    photos = (data.coffee(), data.rocket(), data.astronaut())
    names = [kit.picture(f"{i}.png", photo) for i, photo in enumerate(photos)]
    cuts = [kit.clip(names[i % 3], 1000, id=str(i), motion="zoom_in") for i in range(4)]
    made = await kit.render(kit.film(*cuts, fps=10))
    assert keys(made.path) == [0, 1, 2, 3]
    soft = replace(cuts[1], transition_in=Transition(duration_ms=600))
    made = await kit.render(kit.film(cuts[0], soft, fps=10))
    assert keys(made.path) == [0]
    flicker = [kit.clip(names[i % 2], 100, id=str(i)) for i in range(40)]
    made = await kit.render(kit.film(*flicker, fps=10))
    assert len(keys(made.path)) <= 8


@pytest.mark.parametrize("pieces", [2, 5])
async def test_a_film_made_in_pieces_is_the_film_made_in_one(kit: Kit, pieces: int) -> None:
    plan = replace(stills(kit), music=(Music(id="m", media=kit.song(), name="song", fade_in_ms=0, fade_out_ms=0),))
    plan = plan.with_clips(tuple(replace(clip, motion="zoom_in") for clip in plan.clips))
    whole, joined = await kit.render(plan), await kit.render(plan, pieces=pieces)
    assert joined.result == whole.result.model_copy(update={"size_bytes": joined.result.size_bytes})
    assert len(joined.frames) == len(whole.frames) == 120
    for a, b in zip(whole.frames, joined.frames, strict=True):
        assert np.abs(a.astype(int) - b).mean() < 3
    assert whole.sound is not None
    assert joined.sound is not None
    assert np.array_equal(whole.sound, joined.sound)


async def test_progress_of_pieces_rises_and_ends_at_one(kit: Kit) -> None:
    said: list[float] = []
    await process.render(kit.job(stills(kit), pieces=3), lambda progress, _: said.append(progress))
    assert said == sorted(said)
    assert said[-1] == 1


async def test_the_piece_that_fails_ends_the_others_and_is_named(kit: Kit) -> None:
    film = stills(kit, 60_000)
    film = film.with_clips(tuple(replace(clip, motion="zoom_in") for clip in film.clips))
    (kit.folder / "c.png").write_bytes((kit.folder / "c.png").read_bytes()[:60])
    film = film.with_clips((*film.clips[:2], replace(film.clips[2], width=320, height=180)))
    with pytest.raises(RenderError, match=r"clip 3 \(c\.png\)"):
        await process.render(kit.job(film, pieces=3))
    assert left(kit.folder) == []


@linux
async def test_cancelling_ends_every_piece_and_leaves_nothing(kit: Kit) -> None:
    film = stills(kit, 60_000)
    film = film.with_clips(tuple(replace(clip, motion="zoom_in") for clip in film.clips))
    started = anyio.Event()
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(process.render, kit.job(film, pieces=3), lambda *_: started.set())
        with anyio.fail_after(20):
            await started.wait()
        workers = workers_of(os.getpid())
        tasks.cancel_scope.cancel()
    assert len(workers) == 3
    await until(lambda: not any(alive(pid) for pid in workers))
    assert left(kit.folder) == []


def left(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if path.name.startswith(".") or path.suffix == ".mp4"]
