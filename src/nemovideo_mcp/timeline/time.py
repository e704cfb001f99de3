"""Time on the timeline: whole milliseconds, and how they become frames and words.

Milliseconds are what the draft format carries. Frames exist only where a film is rendered: every boundary is rounded
from its absolute time, never summed up from rounded lengths, so that rounding cannot drift.
"""

from decimal import ROUND_HALF_UP, Decimal


def to_ms(seconds: float) -> int:
    """Seconds to whole milliseconds, halves away from zero."""
    return int((Decimal(str(seconds)) * 1000).to_integral_value(ROUND_HALF_UP))


def to_seconds(ms: int) -> float:
    """Milliseconds to seconds, exact to the millisecond."""
    return ms / 1000


def frame_at(ms: int, fps: int) -> int:
    """The frame boundary nearest to an absolute time: round half up of ``ms * fps / 1000``."""
    return (2 * ms * fps + 1000) // 2000


def spoken(ms: int) -> str:
    """A length as a person writes it: ``0.6 s``, ``30 s``, ``2 min 5 s``."""
    if ms >= 120_000:
        minutes, rest = divmod(ms, 60_000)
        return f"{minutes} min" + (f" {_number(rest)} s" if rest else "")
    return f"{_number(ms)} s"


def clock(ms: int) -> str:
    """A point in time for a summary: ``0``, ``2.5``, ``95``; seconds without a unit."""
    return _number(ms)


def _number(ms: int) -> str:
    # Two decimals are finer than a frame at 60 fps; more would be noise to a reader.
    return f"{ms / 1000:.2f}".rstrip("0").rstrip(".")
