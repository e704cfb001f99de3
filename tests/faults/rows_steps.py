"""Ends in the middle: jobs that are cancelled, processes that are killed, and two servers at once."""

from __future__ import annotations

from functools import partial
from typing import Any

from faults.cloud import BEFORE, DONE, PENDING, READY, Cloud, film
from faults.row import Row
from support.faults import Hold, Slow, after, past
from support.proxy import Strike

TOOL = b'data: {"type": "tool_call", "name": "add_title", "args": {}}\n\n'

HALF = len(film()) // 2
SENT = {"sent": True}


def cancelled(id: str, fault: str, strike: Strike, **more: Any) -> Row:
    given: dict[str, Any] = {"says": ("cancelled",), "act": "cancel edit", **more}
    return Row(id=id, fault=fault, strikes=(strike,), error=False, job="cancelled", **given)


def killed(id: str, fault: str, strike: Strike, *says: str, error: bool = False, **more: Any) -> Row:
    """The process that did it is killed; the next server says what came of it."""
    given: dict[str, Any] = {"job": "failed" if error else "completed", **more}
    return Row(id=id, fault=fault, strikes=(strike,), says=says, error=error, **given)


ROWS: tuple[Row, ...] = (
    cancelled(
        "cancel-before-session",
        "the edit is cancelled while the session is made",
        Strike("create_session", Hold()),
        counts={"sent": 0, "out": 0},
    ),
    cancelled(
        "cancel-before-message",
        "the edit is cancelled while the state before it is read",
        Strike("state", Hold()),
        counts={"sent": 0, "out": 0},
    ),
    cancelled(
        "cancel-sending",
        "the edit is cancelled when its message is out and nothing has come back",
        Strike("chat", Hold()),
        says=("cancelled", "may"),
        saved=SENT,
        counts={"sent": 1, "out": 1},
    ),
    cancelled(
        "cancel-in-stream",
        "the edit is cancelled in the middle of the stream",
        Strike("chat", Hold(past(b"tool_call"))),
        backend=partial(Cloud, chunks=[TOOL, DONE]),
        says=("cancelled", "may"),
        saved=SENT,
        counts={"sent": 1, "out": 1},
    ),
    cancelled(
        "cancel-after-stream",
        "the edit is cancelled while the state after it is read",
        Strike("state", Hold(), nth=2),
        says=("cancelled", "may"),
        saved=SENT,
        counts={"sent": 1, "out": 1},
    ),
    cancelled(
        "cancel-submit",
        "the export is cancelled while the render is submitted",
        Strike("submit_render", Hold()),
        act="cancel export",
        counts={"renders": 1, "films": 0, "cancels": 1},
    ),
    cancelled(
        "cancel-render",
        "the export is cancelled while the render is followed",
        Strike("render", Hold()),
        act="cancel export",
        backend=partial(Cloud, walks=((PENDING,),)),
        counts={"renders": 1, "films": 0, "cancels": 1},
    ),
    cancelled(
        "cancel-download",
        "the export is cancelled in the middle of the download",
        Strike("output", Hold(after(HALF))),
        act="cancel export",
        counts={"renders": 1, "films": 0},
    ),
    killed(
        "kill-before-message",
        "the process is killed while the state before the edit is read: the edit was not sent, and is sent now",
        Strike("state", Hold()),
        "It is all set.",
        act="kill edit",
        counts={"sent": 1, "out": 1},
    ),
    killed(
        "kill-sending",
        "the process is killed when the message is out and nothing has come back",
        Strike("chat", Hold()),
        "the edit was done",
        "Urban Dreams",
        act="kill edit",
        saved=SENT,
        counts={"sent": 1, "out": 1},
    ),
    killed(
        "kill-sending-nothing",
        "the process is killed when the message is out; the backend did nothing with it",
        Strike("chat", Hold()),
        "not sent again",
        "may or may not have been charged",
        act="kill edit",
        error=True,
        backend=partial(Cloud, after=BEFORE),
        saved=SENT,
        counts={"sent": 1, "out": 1},
    ),
    killed(
        "kill-in-stream",
        "the process is killed in the middle of the stream",
        Strike("chat", Hold(past(b"tool_call"))),
        "the edit was done",
        act="kill edit",
        backend=partial(Cloud, chunks=[TOOL, DONE]),
        saved=SENT,
        counts={"sent": 1, "out": 1},
    ),
    killed(
        "kill-after-stream",
        "the process is killed while the state after the edit is read",
        Strike("state", Hold(), nth=2),
        "Urban Dreams",
        act="kill edit",
        saved=SENT,
        counts={"sent": 1, "out": 1},
    ),
    killed(
        "kill-submit",
        "the process is killed when the render was submitted, before its answer",
        Strike("submit_render", Hold()),
        "The film is ready",
        act="kill export",
        counts={"renders": 1, "films": 1},
    ),
    killed(
        "kill-render",
        "the process is killed while the render is followed",
        Strike("render", Hold()),
        "The film is ready",
        act="kill export",
        backend=partial(Cloud, walks=((PENDING, PENDING, READY),)),
        counts={"renders": 1, "films": 1, "submits": 1},
    ),
    killed(
        "kill-download",
        "the process is killed in the middle of the download",
        Strike("output", Hold(after(HALF))),
        "The film is ready",
        act="kill export",
        counts={"renders": 1, "films": 1, "submits": 1},
    ),
    killed(
        "kill-upload",
        "the process is killed in the middle of an upload; the same is asked of the next one",
        Strike("upload", Hold()),
        "1-red.jpg",
        act="kill upload",
    ),
    Row(
        id="two-servers-edit",
        fault="two servers on one data folder edit one project at once: one waits for the other",
        where="`chat`",
        act="two servers edit",
        backend=partial(Cloud, linger=0.4),
        says=("Urban Dreams",),
        error=False,
        job="completed",
        counts={"sent": 2, "out": 2, "at once": 1},
    ),
    Row(
        id="two-servers-take-up",
        fault="two servers find the edit that a dead process left: one of them resolves it",
        where="after the message",
        act="two servers take up",
        before="an edit was left behind",
        says=("not sent again",),
        error=True,
        job="failed",
        counts={"sent": 0, "out": 0, "states": 5},
    ),
    Row(
        id="two-edits-at-once",
        fault="two edits of one project, the first of them slow",
        where="`chat`",
        act="edit, then edit",
        strikes=(Strike("chat", Slow(wait=1.0)),),
        wait=0.1,
        says=("Waiting for the edit before this one",),
        error=False,
        job="running",
        counts={"sent": 1, "out": 1},
    ),
    Row(
        id="two-exports-at-once",
        fault="two exports of one project, the first of them still rendered: they are queued",
        where="`render`",
        act="export, then export",
        backend=partial(Cloud, walks=((PENDING,),)),
        wait=0.3,
        says=("Waiting for the export before this one",),
        error=False,
        job="running",
        counts={"renders": 1, "films": 0},
    ),
    Row(
        id="two-servers-export",
        fault="two servers on one data folder export one project at once: one waits for the other",
        where="`render`",
        act="two servers export",
        backend=partial(Cloud, walks=((PENDING, PENDING, PENDING, READY),)),
        says=("The film is ready",),
        error=False,
        job="completed",
        counts={"renders": 2, "films": 2, "renders at once": 1},
    ),
)
