"""How each style of words is set: one row of a table for each, in the terms of typography.

Lengths are in ems, which is to say in type sizes, unless said otherwise.
"""

from dataclasses import dataclass

from nemovideo_mcp.timeline.model import Animation, TextStyle


@dataclass(frozen=True, slots=True, kw_only=True)
class Shadow:
    """What sets letters off from the picture: a soft shadow, and a faint line around them for what is as light as they are."""

    blur: float = 0.2
    drop: float = 0.05
    alpha: float = 0.55
    edge: float = 0.02
    edge_alpha: float = 0.35


@dataclass(frozen=True, slots=True, kw_only=True)
class Plate:
    """A rounded plate behind the words; ``bar`` is the width of the stripe at its beginning."""

    color: str | None = None
    """None: dark under light letters, light under dark ones."""
    alpha: float = 1.0
    pad_x: float = 0.5
    pad_y: float = 0.36
    radius: float = 0.22
    bar: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """``size`` is the type size in parts of the frame's short side; ``weight`` the one of OpenType (400 regular, 700 bold);
    ``optical`` the size in points that letters are cut for; ``upright`` how much larger the type is in upright frames, which are
    watched on phones; ``room`` the widest line in parts of the frame's width, and
    ``lines`` how many there may be before the words are set smaller. Paragraphs after the first are ``second`` times as
    large, at ``second_weight``. Times in ms.
    """

    size: float
    weight: int
    optical: float = 32
    tracking: float = 0.0
    leading: float = 1.2
    upright: float = 1.0
    room: float = 1.0
    lines: int = 3
    second: float = 1.0
    second_weight: int | None = None
    shadow: Shadow = Shadow()
    plate: Plate | None = None
    dim: float = 0.0
    """How dark the whole picture becomes behind the words, 0 to 1."""
    enter: Animation = "fade"
    leave: Animation = "fade"
    enter_ms: int = 400
    leave_ms: int = 400


BOX = Plate()
"""What a text that asks for a box gets."""

STYLES: dict[TextStyle, Style] = {
    "title": Style(size=0.094, weight=700, tracking=-0.018, leading=1.14, enter="rise", room=0.94),
    "subtitle": Style(
        size=0.058,
        upright=1.15,
        weight=560,
        optical=24,
        tracking=-0.004,
        leading=1.28,
        room=0.86,
        shadow=Shadow(alpha=0.72, edge=0.03, edge_alpha=0.45),
    ),
    "caption": Style(
        size=0.05,
        upright=1.25,
        weight=600,
        optical=18,
        leading=1.26,
        lines=2,
        room=0.84,
        # Captions are read, not looked at: a hard edge serves them better than a soft one.
        shadow=Shadow(blur=0.13, drop=0.03, alpha=0.75, edge=0.05, edge_alpha=0.6),
        enter_ms=160,
        leave_ms=160,
    ),
    "lower_third": Style(
        size=0.054,
        upright=1.15,
        weight=700,
        optical=24,
        tracking=-0.006,
        leading=1.3,
        lines=2,
        room=0.62,
        second=0.74,
        second_weight=450,
        plate=Plate(alpha=0.72, pad_x=0.62, pad_y=0.46, radius=0.14, bar=0.11),
        enter="rise",
        enter_ms=500,
    ),
    "end_card": Style(
        size=0.1,
        weight=350,
        tracking=-0.012,
        leading=1.22,
        lines=4,
        room=0.84,
        second=0.5,
        second_weight=400,
        shadow=Shadow(alpha=0.35, edge_alpha=0.15),
        dim=0.5,
        enter_ms=900,
        leave_ms=700,
    ),
    "card": Style(
        size=0.14,
        weight=700,
        tracking=-0.02,
        leading=1.12,
        upright=1.1,
        lines=3,
        room=0.8,
        second=0.42,
        second_weight=400,
        enter="rise",
        enter_ms=700,
        # The words go where their card goes.
        leave="none",
    ),
}

NO_SHADOW = Shadow(alpha=0, edge=0, edge_alpha=0)
"""On a colour of its own nothing has to be set off: the words of a card that has no picture."""
