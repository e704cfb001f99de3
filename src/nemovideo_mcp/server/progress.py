"""From a job's telling to MCP progress notifications: strictly increasing, each with words for a person."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from mcp.server.mcpserver.context import Context

Report = Callable[[float, str], Awaitable[None]]

STEP = 0.01
"""The least step, in percent: the protocol wants every notification to be further than the one before."""


def reporter(ctx: Context[Any, Any]) -> Report:
    """A function that reports progress (0 to 1, with a message) to the host that made this call."""
    last = -STEP
    said: tuple[float, str] | None = None

    async def report(progress: float, message: str) -> None:
        nonlocal last, said
        if (progress, message) == said:
            return
        said = (progress, message)
        # Words that are new are told even when the number stands still; the end is left for the result.
        last = min(max(progress * 100, last + STEP), 99.99) if last < 99.99 - STEP else last + STEP / 100
        await ctx.report_progress(round(last, 4), 100, message)

    return report


def part(report: Report, start: float, end: float) -> Report:
    """The report of a stage: its 0 to 1 lies between ``start`` and ``end`` of the whole."""

    async def report_part(progress: float, message: str) -> None:
        await report(start + (end - start) * progress, message)

    return report_part
