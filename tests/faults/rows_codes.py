"""Every code of the API page, in every call where it can occur, at a first and at a later step; and answers in odd forms."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from faults.row import Act, Row
from support.faults import Say, code
from support.proxy import Strike

ALWAYS = 1000
SCOPE = "The token lacks the scope"
WORDS: dict[int, tuple[str, ...]] = {
    1001: ("token", "NEMO_TOKEN"),
    1002: ("gone",),
    2001: ("no credits left", "top up"),
    4001: ("mp4", "heic"),
    4002: ("compress or trim", "200 MB"),
    402: ("register or upgrade", "buying credits will not help"),
    403: ("scope",),
    404: ("does not know",),
    429: ("too many requests",),
    503: ("problem of its own",),
}
"""What the user is told of each code, whichever call it came from."""


@dataclass(frozen=True)
class At:
    """A code in a call. ``sent``: how many messages the backend has got by then; None where no edit is made."""

    number: int
    call: str
    act: Act
    nth: int = 1
    sent: int | None = None
    out: int | None = None
    says: tuple[str, ...] | None = None
    error: bool = True
    job: str | None = "failed"
    status: int = 200
    message: str = ""
    known: str = ""

    def row(self) -> Row:
        step = "first" if self.nth == 1 else "later"
        counts: dict[str, int] = {}
        if self.sent is not None:
            counts = {"sent": self.sent, "out": self.sent if self.out is None else self.out}
        return Row(
            id=f"{self.number}-{self.call}-{step}",
            fault=f"code {self.number}",
            act=self.act,
            strikes=(Strike(self.call, code(self.number, self.message, status=self.status), self.nth, ALWAYS),),
            says=WORDS[self.number] if self.says is None else self.says,
            error=self.error,
            job=self.job,  # type: ignore[arg-type]
            counts=counts,
            known=self.known,
        )


DONE_ALL_THE_SAME: dict[str, Any] = {
    "says": ("It is all set.",),
    "error": False,
    "job": "completed",
    "sent": 1,
}
"""The message was answered: what fails afterwards takes nothing from the edit."""

MATRIX: tuple[At, ...] = (
    # 1001: a token that the user gave is never replaced.
    At(1001, "create_session", "edit", sent=0, status=401),
    At(1001, "state", "edit", sent=0),
    At(1001, "state", "edit", nth=2, **DONE_ALL_THE_SAME),
    At(1001, "credits", "edit", sent=0),
    At(1001, "credits", "edit", nth=2, **DONE_ALL_THE_SAME),
    At(1001, "chat", "edit", sent=0, out=1, status=401),
    At(1001, "chat", "two edits", nth=2, sent=1, out=2),
    At(1001, "upload", "upload"),
    At(1001, "submit_render", "export"),
    At(1001, "render", "export", status=401),
    At(1001, "render", "export", nth=2),
    # 1002
    At(1002, "chat", "edit", sent=0, out=1),
    At(1002, "state", "edit", nth=2, **DONE_ALL_THE_SAME),
    At(1002, "submit_render", "export"),
    # 2001
    At(2001, "chat", "edit", sent=0, out=1),
    At(2001, "chat", "two edits", nth=2, sent=1, out=2),
    # 4001 and 4002: one bad file never loses the others.
    At(4001, "upload", "upload", job="completed"),
    At(4001, "upload", "upload two", nth=2, says=("Stored 1 file", "mp4", "heic"), error=False, job="completed"),
    At(4002, "upload", "upload", job="completed"),
    At(4002, "upload", "upload two", nth=2, says=("Stored 1 file", "compress or trim"), error=False, job="completed"),
    At(4001, "upload", "upload url", job="completed"),
    # 402: not about credits.
    At(402, "submit_render", "export", status=402),
    # 403: the scope is named, nothing is repeated.
    At(403, "state", "get_state", message=f"{SCOPE} read.", says=("scope", "read"), job=None, status=403),
    At(403, "chat", "edit", sent=0, out=1, message=f"{SCOPE} write.", says=("scope", "write"), status=403),
    At(403, "chat", "two edits", nth=2, sent=1, out=2, message=f"{SCOPE} write.", says=("scope", "write"), status=403),
    At(403, "upload", "upload", message=f"{SCOPE} upload.", says=("scope", "upload"), status=403),
    At(403, "submit_render", "export", message=f"{SCOPE} render.", says=("scope", "render"), status=403),
    At(403, "render", "export", nth=2, message=f"{SCOPE} render.", says=("scope", "render"), status=403),
    At(403, "state", "edit", nth=2, **DONE_ALL_THE_SAME),
    # 404
    At(404, "render", "export", nth=2, status=404),
    # 429: a chat message is not sent again even here.
    At(429, "create_session", "edit", sent=0, status=429),
    At(429, "state", "edit", sent=0, status=429),
    At(429, "state", "edit", nth=2, **DONE_ALL_THE_SAME),
    At(429, "credits", "credits", job=None, status=429),
    At(429, "chat", "edit", sent=0, out=1, status=429),
    At(429, "chat", "two edits", nth=2, sent=1, out=2, status=429),
    At(429, "upload", "upload", status=429),
    At(429, "submit_render", "export", status=429),
    At(429, "render", "export", nth=2, status=429),
    # 5xx
    At(503, "create_session", "edit", sent=0, status=503),
    At(503, "state", "edit", sent=0, status=503),
    At(503, "state", "edit", nth=2, **DONE_ALL_THE_SAME),
    At(503, "credits", "edit", sent=0, status=503),
    At(503, "credits", "edit", nth=2, **DONE_ALL_THE_SAME),
    At(503, "upload", "upload", status=503),
    At(503, "submit_render", "export", status=503),
    At(503, "render", "export", nth=2, status=503),
)


def passing(id: str, fault: str, act: Act, strike: Strike, *says: str, **more: Any) -> Row:
    """A fault that is over before the user hears of it."""
    return Row(id=id, fault=fault, act=act, strikes=(strike,), says=says, error=False, **more)


def codes() -> tuple[Row, ...]:
    rows = [at.row() for at in MATRIX]
    seen: dict[str, int] = {}
    unique = []
    for at, row in zip(MATRIX, rows, strict=True):
        seen[row.id] = seen.get(row.id, 0) + 1
        # Two rows of one call differ in what is done.
        unique.append(row if seen[row.id] == 1 else replace(row, id=f"{row.id}-{at.act.replace(' ', '-')}"))
    return tuple(unique)


ROWS: tuple[Row, ...] = (
    *codes(),
    passing(
        "429-then-fine",
        "code 429 with Retry-After, then fine",
        "credits",
        Strike("credits", code(429, status=429, retry_after=0)),
        "90 credits",
    ),
    passing(
        "429-message-retry-after",
        "code 429 without Retry-After on the state, then fine",
        "edit",
        Strike("state", code(429, status=429)),
        "It is all set.",
        job="completed",
        counts={"sent": 1, "out": 1},
    ),
    Row(
        id="429-days",
        fault="code 429 with a Retry-After of two days",
        act="credits",
        strikes=(Strike("credits", code(429, status=429, retry_after=172_800), times=ALWAYS),),
        says=("try again in 2.0 days",),
        error=True,
    ),
    passing(
        "503-then-fine",
        "status 503 three times, then fine",
        "edit",
        Strike("state", code(503, status=503), times=3),
        "It is all set.",
        job="completed",
        counts={"sent": 1, "out": 1},
    ),
    Row(
        id="500-once",
        fault="status 500 once on a safe call",
        act="credits",
        strikes=(Strike("credits", code(500, "Boom", status=500)),),
        says=("90 credits",),
        error=False,
    ),
    Row(
        id="success-false",
        fault='status 200 with {"success": false}',
        act="credits",
        strikes=(Strike("credits", Say(200, b'{"success": false, "message": "Not today."}'), times=ALWAYS),),
        says=("Not today.",),
        error=True,
    ),
    Row(
        id="success-true",
        fault='status 200 with {"success": true, "data": ...} instead of the envelope',
        act="credits",
        strikes=(Strike("credits", Say(200, b'{"success": true, "data": {"available": 7, "total": 9}}')),),
        says=("7 credits available of 9",),
        error=False,
    ),
    Row(
        id="half-an-answer",
        fault="an answer without what the API promises",
        act="edit",
        strikes=(Strike("create_session", Say(200, b'{"code": 0, "data": {"task_id": "t1"}}'), times=ALWAYS),),
        says=("does not fit", "session_id"),
        error=True,
        job="failed",
        counts={"sent": 0, "out": 0},
    ),
)
