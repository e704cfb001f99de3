"""Every transition, on pictures whose every point is known, and in finished films."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from nemovideo_mcp.studio.render import planes
from nemovideo_mcp.studio.render.transitions import TRANSITIONS, blend_for
from nemovideo_mcp.timeline.model import TRANSITIONS as KINDS
from nemovideo_mcp.timeline.model import Transition

if TYPE_CHECKING:
    from support.render import Kit

pytest_plugins = ["support.render"]

SIZES = [(320, 180), (180, 320), (128, 96), (66, 50)]
DIPS = ("fade_black", "fade_white")
MOVES = [kind for kind in KINDS if kind.startswith(("slide", "push", "cover"))]
FROM = {"left": (0.95, 0.5), "right": (0.05, 0.5), "up": (0.5, 0.95), "down": (0.5, 0.05)}
FROM |= {"up_left": (0.95, 0.95), "up_right": (0.05, 0.95), "down_left": (0.95, 0.05), "down_right": (0.05, 0.05)}
"""Where the new picture is seen first."""

A, B = (60, 90, 200), (180, 160, 70)


def flat(values: tuple[int, int, int], size: tuple[int, int] = (320, 180)) -> planes.Planes:
    return planes.blank(*size, values)


def between(kind: str, progress: float, size: tuple[int, int] = (320, 180)) -> planes.Planes:
    """The blend of two plain pictures, drawn over garbage."""
    out = flat((255, 7, 9), size)
    blend_for(kind)(flat(A, size), flat(B, size), progress, out)
    return out


def share(picture: planes.Planes) -> float:
    """How much of the frame shows the second picture, by its colour (which no shadow changes)."""
    return float((picture[1].astype(float) - A[1]).mean() / (B[1] - A[1]))


def test_every_kind_that_a_draft_can_name_is_there() -> None:
    assert set(TRANSITIONS) == set(KINDS)
    assert len(TRANSITIONS) >= 24
    assert blend_for("a kind from elsewhere") is TRANSITIONS["crossfade"]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("kind", KINDS)
def test_it_begins_with_the_one_picture_and_ends_with_the_other(kind: str, size: tuple[int, int]) -> None:
    for progress, wanted in ((0.0, A), (1.0, B)):
        for plane, value in zip(between(kind, progress, size), wanted, strict=True):
            assert np.abs(plane.astype(int) - value).max() <= 2, (kind, progress)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in DIPS])
def test_the_second_picture_only_gains_and_no_other_colour_appears(kind: str) -> None:
    before = -0.01
    for step in range(1, 20):
        made = between(kind, step / 20)
        assert share(made) >= before - 0.02
        before = share(made)
        for plane, a, b in zip(made[1:], A[1:], B[1:], strict=True):
            assert min(a, b) - 3 <= plane.min() <= plane.max() <= max(a, b) + 3
    assert 0.25 < share(between(kind, 0.5)) < 0.75


@pytest.mark.parametrize(("kind", "level"), [("fade_black", 16), ("fade_white", 235)])
def test_a_dip_is_all_of_its_colour_in_the_middle(kind: str, level: int) -> None:
    y, u, v = between(kind, 0.5)
    assert (y == level).all()
    assert (u == 128).all()
    assert (v == 128).all()


@pytest.mark.parametrize("kind", [k for k in KINDS if k.startswith(("wipe", "slide", "push", "cover"))])
def test_it_goes_where_its_name_says(kind: str) -> None:
    x, y = FROM[kind.partition("_")[2]]
    picture = between(kind, 0.3)[1].astype(float)
    height, width = picture.shape

    def at(x: float, y: float) -> float:
        return float(picture[round(y * (height - 1)), round(x * (width - 1))])

    assert abs(at(x, y) - B[1]) < 8
    assert abs(at(1 - x, 1 - y) - A[1]) < 8


def stripes(size: tuple[int, int], upright: bool) -> planes.Planes:
    """A picture in which every column (or row) of luma has its own value."""
    made = flat((0, 128, 128), size)
    ramp = np.linspace(20, 230, size[0] if upright else size[1]).astype(np.uint8)
    made[0][:] = ramp[None] if upright else ramp[:, None]
    return made


@pytest.mark.parametrize("kind", MOVES)
def test_what_moves_moves_and_what_lies_still_lies_still(kind: str) -> None:
    size = (320, 180)
    across = kind.endswith(("left", "right"))
    old, new, out = stripes(size, across), flat((120, *B[1:]), size), flat((255, 7, 9), size)
    blend_for(kind)(old, new, 0.4, out)
    still = out[1] == 128
    moved = int(
        np.abs(out[0].astype(int) - old[0].astype(int))[2:-2][:, 2:-2][
            np.kron(still, np.ones((2, 2)))[2:-2, 2:-2] > 0
        ].mean()
    )
    assert (moved > 20) == (not kind.startswith("cover"))


@pytest.mark.parametrize(
    "kind", [k for k in KINDS if k not in (*MOVES, *DIPS, "crossfade", "zoom_in", "zoom_out", "blur", "pixelate")]
)
def test_an_edge_is_soft_and_its_colour_goes_with_its_light(kind: str) -> None:
    y, u, _ = between(kind, 0.45, (640, 360))
    mixed = (y > A[0] + 10) & (y < B[0] - 10)
    assert 0.002 < mixed.mean() < 0.8
    light = (y.astype(float) - A[0]) / (B[0] - A[0])
    color = np.kron((u.astype(float) - A[1]) / (B[1] - A[1]), np.ones((2, 2)))
    assert np.abs(light - color).mean() < 0.02


@pytest.mark.parametrize("kind", ["blur", "pixelate", "zoom_in", "zoom_out"])
def test_what_hides_an_exchange_shows_one_picture_before_and_after(kind: str) -> None:
    light = [share(between(kind, step / 20)) for step in range(1, 20)]
    assert max(light[:8]) < 0.01
    assert min(light[11:]) > 0.99


def test_a_pixelation_turns_over_block_by_block() -> None:
    y = between("pixelate", 0.5)[0]
    assert {*np.unique(y)} == {A[0], B[0]}, "no block is half one and half the other"


@pytest.mark.anyio
@pytest.mark.parametrize("kind", ["push_left", "circle_open", "fade_white", "pixelate"])
async def test_a_film_has_the_transition_that_its_draft_names(kit: Kit, kind: str) -> None:
    red, blue = kit.picture("red.png", (200, 30, 30)), kit.picture("blue.png", (30, 40, 200))
    clips = kit.clip(red), replace(kit.clip(blue), transition_in=Transition(kind=kind, duration_ms=800))
    film = await kit.render(kit.film(*clips))
    assert np.abs(film.color(5) - (200, 30, 30)).max() < 8
    assert np.abs(film.color(15) - (30, 40, 200)).max() < 8
    # 0.6 s to 1.4 s: frames 6 to 13; the two that lie around its middle.
    middle = (film.frames[9].astype(int) + film.frames[10]) // 2
    if kind == "fade_white":
        assert middle.min() > 190
    else:
        assert 60 < middle[..., 0].mean() < 170
        assert 60 < middle[..., 2].mean() < 170
