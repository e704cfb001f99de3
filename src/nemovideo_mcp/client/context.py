"""For whom a call is made: set by the caller, shown in the call's log line and span."""

from __future__ import annotations

from contextvars import ContextVar

job_id: ContextVar[str | None] = ContextVar("nemovideo_job_id", default=None)
"""The job that the calls of this task belong to, or None."""
