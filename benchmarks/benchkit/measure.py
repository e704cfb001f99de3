"""Figures of a piece of work: time on the wall, time of all cores."""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable, Mapping
from typing import NamedTuple


class Took(NamedTuple):
    """Seconds on the wall, and of all cores together (this process and its ended children)."""

    wall: float
    cpu: float


def timed(work: Callable[[], object]) -> Took:
    wall, cpu = time.perf_counter(), sum(os.times()[:4])
    work()
    return Took(time.perf_counter() - wall, sum(os.times()[:4]) - cpu)


def interleaved(runs: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, list[Took]]:
    """Each run once a round, so that whatever else the machine does hits all alike."""
    took: dict[str, list[Took]] = {what: [] for what in runs}
    for _ in range(rounds):
        for what, run in runs.items():
            took[what].append(timed(run))
    return took


def ratio(base: list[Took], other: list[Took], frames: tuple[int, int] = (1, 1)) -> float:
    """How many times as fast as ``base`` the other is, the median over the rounds; ``frames`` are what each made."""
    return statistics.median((b.wall / frames[0]) / (o.wall / frames[1]) for b, o in zip(base, other, strict=True))
