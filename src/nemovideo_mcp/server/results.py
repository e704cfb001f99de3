"""What the tools answer: typed, and each able to say itself in words for hosts that read only text."""

from __future__ import annotations

from typing import Literal

from mcp_types import ContentBlock, TextContent
from pydantic import BaseModel, ConfigDict, Field

Status = Literal["queued", "running", "completed", "uncertain", "failed", "cancelled"]


class Result(BaseModel):
    """A tool's structured answer. `words` is the same for a reader."""

    model_config = ConfigDict(extra="forbid")

    def words(self) -> str:
        raise NotImplementedError  # each result has its own

    def more_content(self) -> list[ContentBlock]:
        """Content beside the text: images and links."""
        return []

    def content(self) -> list[ContentBlock]:
        return [TextContent(type="text", text=self.words()), *self.more_content()]


class ProjectRef(BaseModel):
    """The project that a result is about."""

    id: str
    name: str


class Skipped(BaseModel):
    name: str
    reason: str


class Stored(BaseModel):
    name: str
    kind: str
    size_bytes: int | None = None
    width: int | None = Field(None, description="pixels, upright")
    height: int | None = None
    duration_seconds: float | None = Field(None, description="clips and songs")
    taken_at: str | None = None


class NotUnderstood(BaseModel):
    clause: str
    reason: str = ""
    nearest: str | None = Field(None, description="a phrasing that works")


Value = str | float | list[str | float] | None
"""What was there before a change, or is after it: a number, words, or a list of them, one for each clip."""


class Changed(BaseModel):
    text: str
    clause: str | None = None
    operation: str | None = None
    before: Value = None
    after: Value = None


class JobRow(BaseModel):
    job: str
    kind: str
    status: Status
    progress: float = Field(description="0-1")
    message: str = ""
    elapsed_seconds: float = 0


def lines(*parts: str | None) -> str:
    return "\n".join(part for part in parts if part)


def running(job: str, status: str, progress: float, message: str, elapsed: float, idle: float) -> str:
    """How an unfinished job is reported: what it does, for how long, when it last gave a sign, and what to call next."""
    sign = f", last sign of life {idle:.0f} s ago" if idle >= 5 else ""
    state = "not certain yet" if status == "uncertain" else f"{round(progress * 100)}% done"
    return (
        f"Still at work ({state}, {elapsed:.0f} s so far{sign}): {message}\n"
        f'The work goes on by itself. Call wait(job="{job}") to follow it.'
    )
