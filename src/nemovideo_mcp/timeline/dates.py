"""When photos were taken: how dates are compared, and how people write them.

A date is ISO 8601 as its camera's clock showed it, with the offset from UTC where the camera knew it: ``2024-07-01T12:00:00+02:00``.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Literal

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def moment(taken_at: str | None) -> datetime | None:
    """The date as a value; None where there is none, or one that cannot be."""
    try:
        return datetime.fromisoformat(taken_at) if taken_at else None
    except ValueError:
        return None


def comparable(dates: Mapping[str, datetime]) -> tuple[dict[str, datetime], bool]:
    """Dates that can be put in order: moments where all know their offset, else what the clocks showed; and whether some do not."""
    offsets = [date.tzinfo is not None for date in dates.values()]
    if all(offsets):
        return {name: date.astimezone(UTC) for name, date in dates.items()}, False
    return {name: date.replace(tzinfo=None) for name, date in dates.items()}, any(offsets)


def day(date: datetime, language: Literal["en", "zh"]) -> str:
    """The day as people write it: ``1 July 2024``, which is read the same everywhere, or ``2024年7月1日``."""
    if language == "zh":
        return f"{date.year}年{date.month}月{date.day}日"
    return f"{date.day} {_MONTHS[date.month - 1]} {date.year}"


def names(items: Iterable[str], shown: int = 5) -> str:
    """A list for a sentence: ``a.jpg, b.jpg and 3 more``."""
    found = list(items)
    return ", ".join(found[:shown]) + (f" and {len(found) - shown} more" if len(found) > shown else "")
