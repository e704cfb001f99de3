"""The same stream from the real server of the Agent Development Kit."""

from __future__ import annotations

from typing import Any

from faults.row import Row
from support.faults import Cut, inside, past
from support.proxy import Strike

WORD = "做好了".encode()
SEEN = ("the edit was done", "Urban Dreams")


def adk(id: str, fault: str, *says: str, story: str = "chunks", **more: Any) -> Row:
    given: dict[str, Any] = {"where": "`chat`, in the stream", "counts": {"sent": 1, "out": 1}, **more}
    return Row(
        id=f"adk-{id}",
        fault=fault,
        act="edit",
        backend="adk",
        story=story,
        says=says,
        error=False,
        job="completed",
        saved={"sent": True},
        **given,
    )


ROWS: tuple[Row, ...] = (
    adk(
        "chunks",
        "partial chunks, then the whole text again",
        "The film is ready. 做好了",
        hides=("做好了The film", "做好了\n\nThe film"),
    ),
    adk(
        "two-stages",
        "text in chunks, a tool call and its result, text in chunks",
        "The raw video is ready.",
        "The film is ready. 做好了",
        story="chunks, tool, chunks",
        hides=("add_title",),
    ),
    adk("silent", "a tool call and its result, and no text", 'Added the title "Urban Dreams"', story="silent tool"),
    adk("error", "the model's own error inside the stream", "The model is overloaded", *SEEN, story="error inside"),
    adk("crash", "the agent crashes inside the stream", "The model is gone", *SEEN, story="crash"),
    adk(
        "cut-after-tool-call",
        "the stream is cut after a tool call",
        *SEEN,
        story="chunks, tool, chunks",
        strikes=(Strike("chat", Cut(past(b"functionCall"))),),
    ),
    adk(
        "cut-inside-character",
        "the stream is cut inside a multi-byte character of the text",
        *SEEN,
        strikes=(Strike("chat", Cut(inside(WORD, 4), "closed")),),
    ),
    adk(
        "cut-before-whole",
        "the stream is cut after the last chunk, before the whole text",
        "Urban Dreams",
        strikes=(Strike("chat", Cut(past(WORD))),),
    ),
)
