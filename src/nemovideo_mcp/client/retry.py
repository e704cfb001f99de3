"""Which call may be repeated, on which failure, how often, and after how long. Everything that is not here propagates."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto
from types import MappingProxyType

from nemovideo_mcp.api.errors import BackendFault, NemoError, RateLimited, TimedOut, Unreachable
from nemovideo_mcp.client.calls import Call


class Failure(Enum):
    """The failures after which a repetition can be right."""

    NO_CONNECTION = auto()
    """Nothing was sent: refused, unknown host, TLS, no connection in time."""
    LOST = auto()
    """The connection broke after something was sent: the call may have been carried out."""
    TIMEOUT = auto()
    """The call was sent and no answer came in time."""
    BUSY = auto()
    """502, 503, 504."""
    FAULT = auto()
    """500, or any other fault of the backend's own: it may be of this request, so once is enough."""
    TOLD_TO_WAIT = auto()
    """429 with ``Retry-After``."""
    RATE_LIMITED = auto()
    """429 without it."""


Rule = Mapping[Failure, int]
"""How many times a call may be repeated on each failure."""

NEVER: Rule = MappingProxyType({})
# What a backend refused or never saw can be said again, whatever the call does.
UNSEEN: Rule = MappingProxyType({Failure.NO_CONNECTION: 3, Failure.TOLD_TO_WAIT: 1, Failure.RATE_LIMITED: 1})
SAFE: Rule = MappingProxyType(
    {
        Failure.NO_CONNECTION: 3,
        Failure.LOST: 3,
        Failure.TIMEOUT: 1,
        Failure.BUSY: 3,
        Failure.FAULT: 1,
        Failure.TOLD_TO_WAIT: 3,
        Failure.RATE_LIMITED: 1,
    }
)

RULES: Mapping[str, Rule] = MappingProxyType(
    {
        # Sending a message twice can charge twice; a dropped one is resolved by reading the state.
        "chat": NEVER,
        # Each answer costs something that cannot be had back: a quota, a session, room in the media pool.
        "anonymous_token": UNSEEN,
        "create_session": UNSEEN,
        "upload": UNSEEN,
        "claim_token": UNSEEN,
        "cancel_render": UNSEEN,
        "rename_project": UNSEEN,
        "delete_project": UNSEEN,
        "restore_version": UNSEEN,
        # The render's id is ours: sent again it is either new to the backend or a duplicate, which means accepted.
        "submit_render": SAFE,
        "credits": SAFE,
        "state": SAFE,
        "render": SAFE,
        "download": SAFE,
        "output": SAFE,
        "projects": SAFE,
        "preview": SAFE,
        "versions": SAFE,
    }
)


def classify(error: NemoError) -> Failure | None:
    """Which of the failures this is, or None for one after which nothing is repeated."""
    match error:
        case RateLimited():
            return Failure.RATE_LIMITED if error.retry_after is None else Failure.TOLD_TO_WAIT
        case Unreachable() if not error.uncertain:
            return Failure.NO_CONNECTION
        case TimedOut():
            return Failure.TIMEOUT
        case Unreachable():
            return Failure.LOST
        case BackendFault() if {error.status, error.code} & {502, 503, 504}:
            return Failure.BUSY
        case BackendFault():
            return Failure.FAULT
    return None


@dataclass(frozen=True, slots=True)
class Backoff:
    """The pauses, in seconds: ``first * factor ** n`` up to ``most``, each longer or shorter by up to ``jitter`` of itself."""

    first: float = 0.5
    factor: float = 2.0
    most: float = 8.0
    jitter: float = 0.25
    rate_limited: float = 30.0
    """After a 429 that does not say how long."""
    patience: float = 60.0
    """A longer ``Retry-After`` is told to the caller instead of being waited for."""

    def pause(self, failure: Failure, error: NemoError, repetition: int) -> float | None:
        """How long to wait before the ``repetition``-th (from 0), or None where that is too long."""
        if failure is Failure.RATE_LIMITED:
            return self.rate_limited
        if failure is Failure.TOLD_TO_WAIT:
            asked = error.retry_after if isinstance(error, RateLimited) else None
            return asked if asked is not None and asked <= self.patience else None
        pause = min(self.first * self.factor**repetition, self.most)
        return pause * (1 + self.jitter * random.uniform(-1, 1))


class Repetitions:
    """Counts the failures of one call."""

    def __init__(self, call: Call, backoff: Backoff) -> None:
        self._rule = RULES[call.name]
        self._backoff = backoff
        self._seen: Counter[Failure] = Counter()
        self._limited = False

    def pause_after(self, error: NemoError) -> float | None:
        """How many seconds to wait before the call is repeated, or None when it is not."""
        failure = classify(error)
        if failure is None:
            return None
        # Failures of different kinds share one allowance, or a flapping backend would be asked ten times.
        repetition = self._seen.total()
        self._seen[failure] += 1
        if failure in (Failure.RATE_LIMITED, Failure.TOLD_TO_WAIT):
            # Both are a 429, so that a call which is repeated after one at all is not repeated after one of each.
            if self._limited and self._rule.get(Failure.TOLD_TO_WAIT, 0) <= 1:
                return None
            self._limited = True
        if self._seen[failure] > self._rule.get(failure, 0) or repetition >= max(self._rule.values(), default=0):
            return None
        return self._backoff.pause(failure, error, repetition)
