"""Cards: clips with a background of their own and words in it. What they say, what they are called, and the colour of their words."""

import re
from collections.abc import Sequence

from nemovideo_mcp.timeline.model import Clip, Text, Timeline

DEFAULT_CARD_MS = 3000
DEFAULT_GROUND = "#000000"
LIGHT, DARK = "#ffffff", "#000000"

READABLE = 3.0
"""The contrast of large words with what is behind them, at least: WCAG 2.2, 1.4.3 (level AA)."""
HARD_TO_READ = 2.0
"""The contrast below which the owner is told."""


def cards(film: Timeline) -> tuple[int, ...]:
    """The indexes of the cards among the clips; people count them from 1."""
    return tuple(index for index, clip in enumerate(film.clips) if clip.kind == "card")


def words_of(film: Timeline, card: Clip) -> Text | None:
    """The words in a card; None: it is blank."""
    return next((text for text in film.texts if text.clip == card.id and text.style == "card"), None)


def called(film: Timeline, index: int) -> str:
    """What people call the card at an index, by its place."""
    if index == 0:
        return "title card"
    return "end card" if index == len(film.clips) - 1 else "card"


def numbers(film: Timeline) -> list[int]:
    """The number of each clip from 1, cards counted by themselves."""
    counts = {True: 0, False: 0}
    found = []
    for clip in film.clips:
        counts[clip.kind == "card"] += 1
        found.append(counts[clip.kind == "card"])
    return found


def label(clip: Clip, number: int, name: str = "") -> str:
    """How a clip is called in an error; ``name`` is that of the picture that is meant, if it has two."""
    if clip.kind == "card":
        return f"card {number}"
    return f"clip {number} ({name or clip.name or clip.media})"


def ink_on(card: Clip) -> str:
    """The colour in which words can be read on a card: white, or black where white has too little contrast."""
    if card.media:
        return LIGHT
    light, dark = legible(LIGHT, card), legible(DARK, card)
    # White on a full colour looks right long before it has the greater contrast.
    return LIGHT if light >= READABLE or light >= dark else DARK


def legible(ink: str, card: Clip) -> float:
    """The contrast of a colour with a card's ground, in the middle of which words stand: 1 to 21 (WCAG 2.2, contrast ratio)."""
    grounds = [_rgb(ground) for ground in (card.background or DEFAULT_GROUND, card.gradient) if ground]
    middle = [sum(part) / len(grounds) for part in zip(*grounds, strict=True)]
    low, high = sorted((_luminance(_rgb(ink)), _luminance(middle)))
    return (high + 0.05) / (low + 0.05)


def _rgb(color: str) -> list[float]:
    # A draft from elsewhere may name colours in its own way.
    digits = color if re.fullmatch(r"#[0-9a-fA-F]{6}", color) else DARK
    return [int(digits[at : at + 2], 16) / 255 for at in (1, 3, 5)]


def _luminance(parts: Sequence[float]) -> float:
    """Relative luminance of sRGB (WCAG 2.2)."""
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def ground_words(card: Clip, picture: str = "") -> str:
    """What is behind a card's words, in words; ``picture`` is the name of its media."""
    if card.media:
        return f"a blurred {picture or 'photo'}"
    ground = card.background or DEFAULT_GROUND
    return f"{ground} to {card.gradient}" if card.gradient else ground
