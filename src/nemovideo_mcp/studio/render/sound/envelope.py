"""Gains that move smoothly."""

import numpy as np
import numpy.typing as npt

Decibels = npt.NDArray[np.float64]


class Slopes:
    """Turns the gains allowed in cells of time (dB, at most 0) into gains that never jump.

    What comes out is nowhere above what is allowed, sinks by ``down`` dB a cell, in time for what comes ``ahead`` cells
    later, and rises by ``up`` dB a cell. It comes out ``ahead`` cells late.
    """

    def __init__(self, *, down: float, up: float, ahead: int) -> None:
        self._down, self._up, self._ahead = down, up, ahead
        self._waiting: Decibels = np.empty(0)
        self._last = 0.0

    def push(self, allowed: Decibels) -> Decibels:
        """Takes the next cells; gives those that are decided."""
        self._waiting = np.concatenate([self._waiting, allowed])
        return self._pop(max(0, self._waiting.size - self._ahead))

    def finish(self) -> Decibels:
        """What is left when no more cells come."""
        return self._pop(self._waiting.size)

    def _pop(self, count: int) -> Decibels:
        if not count:
            return np.empty(0)
        at = np.arange(self._waiting.size)
        # The least of each cell and those behind it, each lifted by the slope that leads down to it …
        sinking = np.minimum.accumulate((self._waiting + self._down * at)[::-1])[::-1] - self._down * at
        # … and the same forwards.
        rising = np.minimum(sinking[:count] - self._up * at[:count], self._last + self._up)
        made: Decibels = np.minimum(0.0, np.minimum.accumulate(rising) + self._up * at[:count])
        self._waiting = self._waiting[count:]
        self._last = float(made[-1])
        return made
