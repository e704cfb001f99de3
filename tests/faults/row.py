"""A row of the table: a fault, where it strikes, and everything that must come of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from faults.cloud import Cloud
from nemovideo_mcp.server.results import Status
from support.proxy import Strike

Act = Literal[
    "edit", "two edits", "edit, then edit", "export", "export, then export", "upload", "upload two", "upload url",
    "credits", "get_state", "two credits", "cancel edit", "cancel export", "kill edit", "kill export", "kill upload",
    "two servers export", "two servers edit", "two servers sign in", "two servers take up", "export to a full disk", "export past a limit",
]  # fmt: skip
"""What the host does; `faults.acts` has a function for each. What stands before a comma has to succeed."""

Backing = Callable[[], Cloud] | Literal["studio", "adk"]
"""The backend behind the proxy: a scripted cloud, the real studio, or a server on the Agent Development Kit."""

EDITS = frozenset(act for act in get_args(Act) if re.search(r"\bedits?\b", act))


@dataclass(frozen=True, kw_only=True)
class Row:
    """``says`` are words that must be in the answer, ``hides`` words that must not.

    ``job`` is the status that the journal has for the job at the end, None when there must be no job; ``saved`` are facts of
    its checkpoint. ``counts`` are numbers of `faults.stage.Stage.counts`: of an edit, ``sent`` (the messages that the backend
    behind the proxy got) is always among them.
    """

    id: str
    fault: str
    act: Act
    says: tuple[str, ...]
    error: bool
    where: str = ""
    hides: tuple[str, ...] = ()
    strikes: tuple[Strike, ...] = ()
    backend: Backing = Cloud
    job: Status | None = None
    saved: Mapping[str, Any] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)
    story: str = "chunks"
    """What the model says behind the Agent Development Kit; see `support.adk`."""
    address: Literal["", "refused", "unknown host", "plain answered to tls", "self-signed"] = ""
    """How the backend cannot even be reached."""
    tokens: Literal["", "fixed", "anonymous"] = ""
    """``anonymous`` is what the studio takes; else the user's own."""
    clock_ahead: float = 0.0
    """How far this machine's clock is ahead, in seconds."""
    before: Literal["", "token expires", "session is gone", "session and file are gone", "an edit was left behind"] = ""
    """What happens between the preparations and the act."""
    options: Mapping[str, Any] = field(default_factory=dict)
    """Of the server's options."""
    clocks: tuple[float, float] = (20.0, 15.0)
    """The longest that a chat may take, in all and in silence; in seconds."""
    patience: float | None = None
    """The longest wait for an answer's bytes, in seconds, where that of the client is too long for a test."""
    wait: float = 25.0
    """How long the tool waits for its job, in seconds."""
    max_event_bytes: int = 8 * 1024 * 1024
    known: str = ""
    """Why this row fails today; it has to be mended, and fails the suite as soon as it is."""

    @property
    def place(self) -> str:
        """Where it strikes, in words."""
        if self.where:
            return self.where
        return "; ".join(_place(strike) for strike in self.strikes)


def _place(strike: Strike) -> str:
    first = {1: "first", 2: "second", 3: "third"}.get(strike.nth, f"{strike.nth}th")
    if strike.times > 100:
        often = f"from the {first} on" if strike.nth > 1 else "every time"
    elif strike.times > 1:
        often = f"{strike.times} times from the {first} on"
    else:
        often = first
    return f"`{strike.call}`, {often}"
