"""How often one may ask: a bucket of tokens for each identity, filled again at a steady rate."""

from __future__ import annotations

import math
import time
from collections.abc import Callable

BURST_SECONDS = 10.0
"""A bucket holds what flows into it in this time: hosts ask in bursts, at the opening of a chat above all."""
MOST_BUCKETS = 10_000


class Buckets:
    """``rate`` is in requests a second, for each key."""

    def __init__(self, rate: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._rate = rate
        self._size = max(1.0, rate * BURST_SECONDS)
        self._clock = clock
        self._levels: dict[str, tuple[float, float]] = {}

    def take(self, key: str) -> int | None:
        """None when the request may pass, else after how many seconds to come again."""
        now = self._clock()
        level, then = self._levels.get(key, (self._size, now))
        level = min(self._size, level + (now - then) * self._rate)
        if level < 1:
            self._levels[key] = (level, now)
            return math.ceil((1 - level) / self._rate)
        if key not in self._levels and len(self._levels) >= MOST_BUCKETS:
            self._forget(now)
        self._levels[key] = (level - 1, now)
        return None

    def _forget(self, now: float) -> None:
        """Drop the buckets that are full again; if none is, all: better that than to grow without end."""
        kept = {k: (n, t) for k, (n, t) in self._levels.items() if n + (now - t) * self._rate < self._size}
        self._levels = kept if len(kept) < MOST_BUCKETS else {}
