"""Filters, adjustments and fades, measured on the frames of finished films."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from nemovideo_mcp.studio.render import planes
from nemovideo_mcp.studio.render.look import RECIPES, graded
from nemovideo_mcp.timeline.model import FILTERS, Fade, Look

if TYPE_CHECKING:
    from support.render import Kit

pytest_plugins = ["support.render"]
pytestmark = pytest.mark.anyio

SIZE = (320, 180)


def chart() -> planes.Planes:
    """Every luma from black to white across, and colours from grey to strong down."""
    y, u, v = planes.blank(*SIZE)
    y[:] = np.linspace(16, 235, SIZE[0]).round().astype(np.uint8)[None]
    u[:] = np.linspace(128, 90, SIZE[1] // 2).round().astype(np.uint8)[:, None]
    v[:] = np.linspace(128, 200, SIZE[1] // 2).round().astype(np.uint8)[:, None]
    return y, u, v


def look(**given: Any) -> planes.Planes:
    return graded(chart(), Look(**given))


def test_every_filter_has_a_recipe_and_keeps_to_the_range_of_video() -> None:
    assert set(RECIPES) == set(FILTERS)
    for name in FILTERS:
        y, u, v = look(filter=name, brightness=0.5, contrast=1, saturation=1, warmth=1, sharpen=1)
        assert 16 <= y.min() <= y.max() <= 235, name
        assert 16 <= min(u.min(), v.min()) <= max(u.max(), v.max()) <= 240, name


def test_a_look_of_no_strength_changes_nothing() -> None:
    assert graded(source := chart(), Look()) is source
    for name in FILTERS:
        for made, was in zip(look(filter=name, strength=0), chart(), strict=True):
            assert np.abs(made.astype(int) - was).max() <= 1, name


@pytest.mark.parametrize("name", ["black_white", "noir"])
def test_black_and_white_has_no_colour_at_all(name: str) -> None:
    _, u, v = look(filter=name)
    assert (u == 128).all()
    assert (v == 128).all()


def test_sepia_is_one_warm_tint() -> None:
    _, u, v = look(filter="sepia")
    middle = u[:, 60:100], v[:, 60:100]
    assert middle[0].max() < 122
    assert middle[1].min() > 132
    assert np.ptp(u[:, 80]) <= 1


def test_warm_and_cool_go_opposite_ways_and_leave_black_and_white_neutral() -> None:
    grey = 0, slice(60, 100)
    for name, sign in (("warm", 1), ("cool", -1)):
        _, u, v = look(filter=name)
        assert ((v[grey].astype(int) - 128) * sign > 1).all()
        assert ((u[grey].astype(int) - 128) * sign < -1).all()
        for end in (0, -1):
            assert abs(int(u[0, end]) - 128) <= 1
            assert abs(int(v[0, end]) - 128) <= 1


def test_vivid_strengthens_colours_and_leaves_greys_grey() -> None:
    _, _, before = chart()
    _, u, v = look(filter="vivid")
    assert v[60, 80] > before[60, 80] + 5
    assert (u[0] == 128).all()
    assert (v[0] == 128).all()


def test_light_goes_up_and_down_without_losing_black_and_white() -> None:
    plain = chart()[0].astype(int)
    brighter, darker = look(brightness=0.5)[0].astype(int), look(brightness=-0.5)[0].astype(int)
    assert brighter[0, 160] > plain[0, 160] + 15
    assert darker[0, 160] < plain[0, 160] - 15
    for made in (brighter, darker):
        assert (made[0, 0], made[0, -1]) == (16, 235)
        assert (np.diff(made[0]) >= 0).all()
    harder, softer = look(contrast=0.6)[0].astype(int), look(contrast=-0.6)[0].astype(int)
    assert harder[0, 240] - harder[0, 80] > plain[0, 240] - plain[0, 80] + 15
    assert softer[0, 240] - softer[0, 80] < plain[0, 240] - plain[0, 80] - 15


async def test_a_film_is_graded_where_its_clips_say_so(kit: Kit) -> None:
    red = kit.picture("red.png", (200, 60, 40))
    film = await kit.render(kit.film(replace(kit.clip(red), look=Look(filter="black_white")), kit.clip(red, id="b")))
    assert np.ptp(film.color(5)) < 3
    assert np.abs(film.color(15) - (200, 60, 40)).max() < 8


async def test_a_video_is_graded_too(kit: Kit) -> None:
    video = kit.video("red.mp4", [(200, 60, 40)] * 10)
    film = await kit.render(kit.film(replace(kit.clip(video), look=Look(filter="black_white"))))
    assert all(np.ptp(film.color(n)) < 3 for n in range(10))


async def test_a_vignette_darkens_the_corners_and_not_the_middle(kit: Kit) -> None:
    grey = kit.picture("grey.png", (150, 150, 150))
    film = await kit.render(kit.film(replace(kit.clip(grey, motion="zoom_in"), look=Look(vignette=0.8))))
    for n in (0, 9):
        assert abs(film.color(n)[0] - 150) < 4
        assert film.color(n, 0, 0)[0] < 90
        assert film.color(n, 1, 1)[0] < 90


async def test_the_film_comes_out_of_its_colour_and_goes_into_it(kit: Kit) -> None:
    grey = kit.picture("grey.png", (150, 150, 150))
    plan = kit.film(
        kit.clip(grey, 3000), fade_in=Fade(duration_ms=1000), fade_out=Fade(duration_ms=1000, color="#ffffff")
    )
    film = await kit.render(plan)
    light = [float(film.color(n).mean()) for n in range(30)]
    assert light[0] < 3
    assert light[:11] == sorted(light[:11])
    assert all(abs(value - 150) < 3 for value in light[11:18])
    assert light[19:] == sorted(light[19:])
    assert light[-1] > 250


async def test_fades_of_a_short_film_share_it(kit: Kit) -> None:
    grey = kit.picture("grey.png", (150, 150, 150))
    plan = kit.film(kit.clip(grey, 1000), fade_in=Fade(duration_ms=5000), fade_out=Fade(duration_ms=5000))
    film = await kit.render(plan)
    assert film.color(0).max() < 3
    assert film.color(9).max() < 3
    assert film.color(5).mean() > 120
