"""Cards as pictures: their ground, their words, and how they come and go."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pytest

from nemovideo_mcp.studio.render import planes
from nemovideo_mcp.studio.render.compose import Compositor
from nemovideo_mcp.studio.render.film import prepared
from nemovideo_mcp.studio.render.job import RenderError
from nemovideo_mcp.studio.render.planes import Planes
from nemovideo_mcp.timeline.model import Fade, Media, Timeline
from nemovideo_mcp.timeline.operations import SetCard, SetText, SetTransition, apply_all
from support import golden

if TYPE_CHECKING:
    from support.render import Kit

pytest_plugins = ["support.render"]

WIDE, TALL, SQUARE = (320, 180), (180, 320), (240, 240)


@pytest.fixture
def meadow(kit: Kit) -> str:
    """A photo: bright sky over green."""
    picture = np.zeros((180, 320, 3), np.uint8)
    picture[:90], picture[90:] = (200, 225, 255), (40, 140, 40)
    return kit.picture("meadow.jpg", picture)


def carded(kit: Kit, photo: str, *operations: Any, size: tuple[int, int] = WIDE) -> Timeline:
    film = kit.film(kit.clip(photo, 2000), size=size)
    return apply_all(film, operations, [Media(id=photo, name=photo, kind="image", width=320, height=180)])[0]


def drawn(kit: Kit, film: Timeline, *numbers: int) -> list[Planes]:
    """Frames of the film, as the encoder gets them."""
    timeline, plan = prepared(kit.job(film))
    out = []
    with Compositor(plan, timeline.texts, kit.files, ahead=False) as compositor:
        for n in numbers:
            out.append(planes.blank(plan.canvas.width, plan.canvas.height))
            compositor.draw(n, out[-1])
    return out


def ink(frame: Planes, ground: float) -> npt.NDArray[np.bool_]:
    """Where something stands out from a ground of that luma."""
    return np.asarray(np.abs(frame[0].astype(np.float32) - ground) > 40)


@pytest.mark.parametrize("size", [WIDE, TALL, SQUARE], ids=["wide", "tall", "square"])
@pytest.mark.parametrize(
    ("name", "card"),
    [
        ("black", SetCard(text="Our Trip\nSummer 2024")),
        ("white", SetCard(text="谢谢观看", background="#ffffff")),
        ("gradient", SetCard(text="مرحبا\nشكرا", background="#1e3a8a", gradient="#0b3d2e")),
        ("long", SetCard(text="A title that is far too long for one line of any card", background="#ffd166")),
    ],
)
def test_a_card_looks_as_it_did(kit: Kit, meadow: str, name: str, card: SetCard, size: tuple[int, int]) -> None:
    (frame,) = drawn(kit, carded(kit, meadow, card, size=size), 15)
    golden.check("cards", f"{name}-{'x'.join(map(str, size))}", frame)
    # Words keep away from the edges, and stand in the middle.
    ground = float(np.median(frame[0]))
    if name != "gradient":
        rows, columns = (np.flatnonzero(ink(frame, ground).any(axis=axis)) for axis in (1, 0))
        width, height = size
        assert min(rows) >= height * 0.05
        assert min(columns) >= width * 0.05
        assert abs(min(columns) + max(columns) - width) <= 4
        assert abs(min(rows) + max(rows) - height) <= 0.12 * height


def test_a_photo_behind_words_is_out_of_focus_and_dark_enough_for_white(kit: Kit, meadow: str) -> None:
    (frame,) = drawn(kit, carded(kit, meadow, SetCard(text=".", photo=1)), 15)
    sky, grass = frame[0][10:30, :40].mean(), frame[0][-30:-10, :40].mean()
    assert sky < 140
    assert grass < sky
    # The horizon is no edge any more.
    steps = np.abs(np.diff(frame[0][:, :40].mean(axis=1)))
    assert steps.max() < 6


def test_the_words_of_a_card_go_with_it_through_a_transition(kit: Kit, meadow: str) -> None:
    film = carded(
        kit, meadow, SetCard(text="Hello", seconds=2, background="#ffffff"), SetTransition(kind="push_left", seconds=1)
    )
    still, pushed = drawn(kit, film, 12, 19)
    columns = [np.flatnonzero(ink(frame, 235)[:, :160].any(axis=0)) for frame in (still, pushed)]
    assert columns[0].size
    assert min(columns[1]) < min(columns[0]) - 60


def test_words_come_in_and_stay_until_the_card_is_gone(kit: Kit, meadow: str) -> None:
    film = carded(kit, meadow, SetCard(text="Hello", seconds=2))
    first, there, last = (ink(frame, 16).sum() for frame in drawn(kit, film, 0, 10, 16))
    assert first < there / 4
    assert last == there


def test_words_that_were_told_how_to_go_do_so(kit: Kit, meadow: str) -> None:
    film = carded(
        kit, meadow, SetCard(text="Hello", seconds=2), SetTransition(kind="none"), SetText(which="Hello", leave="fade")
    )
    there, last = (ink(frame, 16).sum() for frame in drawn(kit, film, 10, 19))
    assert last < there / 4


@pytest.mark.anyio
async def test_a_film_that_begins_and_ends_with_black_cards_is_made_and_is_not_taken_for_a_broken_one(
    kit: Kit, meadow: str
) -> None:
    film = carded(kit, meadow, SetCard(text="I", seconds=1), SetCard(after=-1, seconds=1, background="#000000"))
    made = await kit.render(replace(film, fade_out=Fade(duration_ms=500)))
    assert made.result.frames == len(made.frames) == 40
    assert made.color(39).max() < 8
    assert made.color(20).max() > 100
    assert made.result.notes == ()


def test_a_card_is_drawn_once_while_nothing_moves(kit: Kit, meadow: str) -> None:
    film = carded(kit, meadow, SetCard(text="Hello", seconds=3), SetTransition(kind="none"))
    timeline, plan = prepared(kit.job(film))
    with Compositor(plan, timeline.texts, kit.files, ahead=False) as compositor:
        assert compositor.until(15) == 30


@pytest.mark.anyio
async def test_a_card_needs_no_file_and_one_with_a_photo_needs_that(kit: Kit, meadow: str) -> None:
    film = carded(kit, meadow, SetCard(text="A", seconds=1, photo=1))
    kit.files = {}
    with pytest.raises(RenderError, match="the file of card 1"):
        await kit.render(film)
