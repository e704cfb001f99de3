"""The look of transitions, filters, fits and words: each as it was when somebody last looked at it."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pytest
import skimage.data

from nemovideo_mcp.studio.render import planes
from nemovideo_mcp.studio.render.fit import fitted, wanted_size
from nemovideo_mcp.studio.render.look import graded
from nemovideo_mcp.studio.render.text import titles
from nemovideo_mcp.studio.render.transitions import blend_for
from nemovideo_mcp.timeline.model import FILTERS, FITS, TEXT_STYLES, TRANSITIONS, Canvas, Fit, Font, Look, Text
from support import golden

data: Any = skimage.data
FRAME = (320, 180)
WORDS = {
    "latin": "Summer in Reykjavík\nTen days, Ágúst 2024",
    "chinese": "云南的夏天，从大理开始",
    "japanese": "夏の終わり、海辺の町で",
    "korean": "제주도에서 보낸 여름",
    "arabic": "صيف 2024 في مراكش",
    "hebrew": "קיץ 2024 (תל אביב)",
    "thai": "ฤดูร้อนที่เชียงใหม่",
    "hindi": "जयपुर में गर्मियाँ",
}


@cache
def photo(name: str, size: tuple[int, int] = FRAME, fit: Fit = "fill") -> planes.Planes:
    array = np.asarray(getattr(data, name)())
    width, height = wanted_size(fit, (array.shape[1], array.shape[0]), size)
    return planes.middle(fitted(fit, planes.from_rgb(array, width, height), size), *size)


@pytest.mark.parametrize("kind", TRANSITIONS)
def test_the_middle_of_a_transition(kind: str) -> None:
    out = planes.blank(*FRAME)
    blend_for(kind)(photo("coffee"), photo("rocket"), 0.5, out)
    golden.check("transitions", kind, out)


@pytest.mark.parametrize("name", FILTERS)
def test_a_filter(name: Any) -> None:
    golden.check("filters", name, graded(photo("chelsea"), Look(filter=name)))


@pytest.mark.parametrize("fit", FITS)
def test_a_fit(fit: Fit) -> None:
    golden.check("fits", fit, photo("rocket", FRAME, fit))
    golden.check("fits", f"{fit}-upright", photo("rocket", FRAME[::-1], fit))


@pytest.mark.parametrize("style", TEXT_STYLES)
def test_a_text_style(style: Any) -> None:
    for name, size in (("wide", FRAME), ("upright", FRAME[::-1])):
        for font in ("sans", "serif"):
            golden.check(
                "texts", f"{style}-{font}-{name}", words(Text(id="t", text=WORDS["latin"], style=style), size, font)
            )


@pytest.mark.parametrize("script", WORDS)
def test_a_script(script: str) -> None:
    golden.check("texts", script, words(Text(id="t", text=WORDS[script], size=1.4), FRAME))


def words(text: Text, size: tuple[int, int], font: Font = "sans") -> planes.Planes:
    """The text over a photo, once it has come."""
    out = planes.blank(*size)
    planes.copy(photo("coffee", size), out)
    given = Text(id="t", text=text.text, style=text.style, size=text.size, font=font, duration_ms=4000)
    (title,) = titles([given], Canvas(width=size[0], height=size[1], fps=10))
    title.draw(20, out)
    return out
