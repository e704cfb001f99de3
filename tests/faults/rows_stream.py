"""The stream of a message: where it breaks, what is in it, and what is not."""

from __future__ import annotations

import json
from functools import partial
from typing import Any

from faults.cloud import AFTER, BEFORE, BOTH_STAGES, DONE, Cloud
from faults.row import Row
from support.faults import Cut, Retell, Say, after, inside, past
from support.proxy import Strike

SENT = {"sent": True}
WORD = "做好了"
CHINESE = f'data: {{"text": "{WORD}"}}\n\n'.encode()
TOOL = b'data: {"type": "tool_call", "name": "add_title", "args": {}}\n\n'
TOOL_DONE = b'data: {"type": "tool_result", "name": "add_title", "result": {}}\n\n'
APOLOGY = b'data: {"text": "I encountered a temporary issue, please try again."}\n\n'


def adk(text: str, *, partial: bool = False, **more: Any) -> bytes:
    event = {"content": {"role": "model", "parts": [{"text": text}]}, "partial": partial, **more}
    return f"data: {json.dumps(event)}\n\n".encode()


def saying(*chunks: bytes, **more: Any) -> partial[Cloud]:
    return partial(Cloud, chunks=list(chunks), **more)


def done(id: str, fault: str, *says: str, hides: tuple[str, ...] = (), **more: Any) -> Row:
    """An edit that is carried out all the same; the message goes out once."""
    given: dict[str, Any] = {"where": "`chat`, in the stream", "counts": {"sent": 1, "out": 1}, **more}
    return Row(
        id=id, fault=fault, act="edit", says=says, hides=hides, error=False, job="completed", saved=SENT, **given
    )


def lost(id: str, fault: str, *says: str, **more: Any) -> Row:
    """An edit of which nothing is to be seen; the message went out once and is not sent again."""
    given: dict[str, Any] = {"where": "`chat`, in the stream", "counts": {"sent": 1, "out": 1}, **more}
    return Row(id=id, fault=fault, act="edit", says=says, error=True, job="failed", saved=SENT, **given)


NOT_AGAIN = ("not sent again", "may or may not have been charged")
SEEN = ("the edit was done", "Urban Dreams")

ROWS: tuple[Row, ...] = (
    done(
        "cut-before-first-event",
        "the stream is cut before its first event",
        *SEEN,
        strikes=(Strike("chat", Cut(after(0))),),
    ),
    lost(
        "cut-before-first-event-nothing",
        "the stream is cut before its first event, and the backend did nothing",
        *NOT_AGAIN,
        backend=saying(DONE, after=BEFORE, cost=0),
        strikes=(Strike("chat", Cut(after(0))),),
    ),
    lost(
        "cut-before-first-event-charged",
        "the stream is cut before its first event; nothing changed, but credits are gone",
        "not sent again",
        "credits before: 90, now: 80",
        backend=saying(DONE, after=BEFORE),
        strikes=(Strike("chat", Cut(after(0))),),
    ),
    done(
        "cut-inside-event",
        "the stream is cut inside an event, with a reset",
        *SEEN,
        strikes=(Strike("chat", Cut(inside(b"all set", 2))),),
    ),
    done(
        "closed-inside-event",
        "the stream is closed inside an event, as if all had been said",
        *SEEN,
        strikes=(Strike("chat", Cut(inside(b"all set", 2), "finished")),),
    ),
    done(
        "cut-inside-character",
        "the stream is cut inside a multi-byte character",
        *SEEN,
        backend=saying(CHINESE, late=2),
        strikes=(Strike("chat", Cut(inside(WORD.encode(), 4), "closed")),),
    ),
    done(
        "cut-after-tool-call",
        "the stream is cut after a tool call",
        *SEEN,
        backend=saying(TOOL, TOOL_DONE, DONE, late=1),
        strikes=(Strike("chat", Cut(past(b"tool_call"))),),
    ),
    done(
        "cut-after-text",
        "the stream is cut after the text",
        "Urban Dreams",
        strikes=(Strike("chat", Cut(past(b"It is all set."))),),
    ),
    done(
        "closed-after-tool-call",
        "the stream ends after a tool call, as if all had been said",
        "Urban Dreams",
        backend=saying(TOOL, TOOL_DONE, DONE),
        strikes=(Strike("chat", Cut(past(b"tool_call"), "finished")),),
    ),
    done(
        "studio-cut-after-tool-call",
        "the studio's stream is cut after its tool call",
        "the edit was done",
        backend="studio",
        strikes=(Strike("chat", Cut(past(b"functionCall"))),),
    ),
    done(
        "studio-cut-inside-event",
        "the studio's stream is cut inside its report",
        "the edit was done",
        backend="studio",
        strikes=(Strike("chat", Cut(inside(b"functionResponse", 9), "closed")),),
    ),
    Row(
        id="cut-second-message",
        fault="the stream is cut before its first event",
        act="two edits",
        backend=saying(DONE, late=0),
        strikes=(Strike("chat", Cut(after(0)), nth=2),),
        says=("not sent again", "may or may not have been charged"),
        error=True,
        job="failed",
        saved=SENT,
        counts={"sent": 2, "out": 2},
    ),
    lost(
        "heartbeats-only",
        "nothing but heartbeats, for longer than the clock of silence",
        *NOT_AGAIN,
        backend=saying(then="heartbeats", after=BEFORE),
        clocks=(10, 0.3),
    ),
    done(
        "heartbeats-only-done",
        "nothing but heartbeats, for longer than the clock of silence; the edit is done",
        *SEEN,
        backend=saying(then="heartbeats"),
        clocks=(10, 0.3),
    ),
    lost(
        "silence",
        "silence after the first event, for longer than the clock of silence",
        *NOT_AGAIN,
        backend=saying(TOOL, then="hang", after=BEFORE),
        clocks=(10, 0.3),
    ),
    done(
        "too-long",
        "a stream that goes on for longer than a chat may take in all",
        *SEEN,
        backend=saying(DONE, then="heartbeats"),
        clocks=(0.4, 5),
    ),
    Row(
        id="uncertain-meanwhile",
        fault="the stream is cut, and it is not known yet what came of it",
        where="`chat`, in the stream; the answer to a short wait",
        act="edit",
        strikes=(Strike("chat", Cut(after(0))),),
        options={"recover_first_seconds": 60},
        wait=0.5,
        says=("not certain yet", "not sent twice"),
        error=False,
        job="uncertain",
        saved=SENT,
        counts={"sent": 1, "out": 1},
    ),
    Row(
        id="edit-after-uncertain",
        fault="an edit is asked for while it is not known what came of the one before",
        where="`chat`, in the stream; the next edit",
        act="edit, then edit",
        strikes=(Strike("chat", Cut(after(0))),),
        options={"recover_first_seconds": 60},
        wait=0.5,
        says=("waiting for the edit before this one",),
        error=False,
        job="running",
        counts={"sent": 1, "out": 1},
    ),
    done(
        "silent-edit",
        "the stream ends without a word (about 30 % of edits)",
        'Added the title "Urban Dreams"',
        backend=saying(b": working\n\n"),
    ),
    lost(
        "silent-nothing",
        "the stream ends without a word, and nothing has changed",
        "timeline is as it was",
        "credits before: 90, now: 80",
        backend=saying(after=BEFORE),
    ),
    done(
        "two-stages",
        "the backend works in two stages: the raw video, then music and title of its own accord",
        "raw video",
        "calm music",
        "Lo-fi",
        backend=saying(adk("The raw video is ready."), TOOL, TOOL_DONE, adk("I added calm music."), after=BOTH_STAGES),
    ),
    done(
        "duplicate-text",
        "partial chunks, then the whole text again",
        "The film is ready.",
        hides=("The film is The film is", "ready.The film", "ready.\n\nThe film"),
        backend=saying(adk("The film is ", partial=True), adk("ready.", partial=True), adk("The film is ready.")),
    ),
    done(
        "chunks-without-whole",
        "partial chunks, and never the whole text",
        "The film is ready.",
        backend=saying(adk("The film is ", partial=True), adk("ready.", partial=True)),
    ),
    done(
        "answer-then-error",
        "an error object inside a 200 stream, after a normal answer",
        "Urban Dreams",
        backend=saying(DONE, b'data: {"error": "The model is overloaded", "code": 503}\n\n'),
    ),
    done(
        "temporary-issue",
        'a closing "I encountered a temporary issue" after a normal answer',
        "It is all set.",
        hides=("temporary issue",),
        backend=saying(DONE, APOLOGY),
    ),
    done(
        "text-and-call",
        "one event holds text and a function call",
        "The film is ready.",
        backend=saying(
            b'data: {"content": {"parts": [{"text": "The film is ready."}, {"functionCall": {"name": "x"}}]}}\n\n'
        ),
    ),
    done(
        "unknown-events",
        "events of kinds that nobody knows",
        "It is all set.",
        backend=saying(b'event: mood\ndata: {"type": "aura", "level": 9}\n\n', b"data: [1, 2]\n\n", DONE),
    ),
    done("bad-json", "an event that is not JSON", "It is all set.", backend=saying(b"data: {broken\n\n", DONE)),
    done(
        "bad-utf8",
        "an event that is not UTF-8",
        "Film set to 2 s",
        backend="studio",
        strikes=(Strike("chat", Retell(before=b'data: {"text": "\xff\xfe"}\n\n')),),
    ),
    done(
        "huge-event",
        "an event larger than the bound",
        *SEEN,
        backend=saying(b'data: {"text": "' + b"x" * 300_000 + b'"}\n\n'),
        max_event_bytes=100_000,
    ),
    done(
        "huge-line-without-end",
        "an event that never ends",
        *SEEN,
        backend=saying(b"data: " + b"x" * 300_000, then="hang"),
        max_event_bytes=100_000,
    ),
    done(
        "wrong-type",
        "the stream comes as text/plain",
        *SEEN,
        strikes=(Strike("chat", Retell((("content-type", "text/plain"),))),),
    ),
    done(
        "json-for-stream",
        "an empty JSON answer where a stream should be",
        *SEEN,
        backend=saying(late=1),
        strikes=(Strike("chat", Retell((("content-type", "application/json"),), body=b"{}")),),
    ),
    Row(
        id="error-object",
        fault="an error object inside a 200 stream",
        where="`chat`, in the stream",
        act="edit",
        backend=saying(
            TOOL, b'data: {"error": "The model is overloaded", "errorCode": "UNAVAILABLE"}\n\n', after=BEFORE
        ),
        says=("The model is overloaded",),
        error=True,
        job="failed",
        saved=SENT,
        counts={"sent": 1, "out": 1},
    ),
    Row(
        id="envelope-in-stream",
        fault="the envelope of code 2001 inside a 200 stream",
        where="`chat`, in the stream",
        act="edit",
        backend=saying(b'data: {"code": 2001, "message": "No credits left."}\n\n', after=BEFORE),
        says=("no credits left", "top up"),
        error=True,
        job="failed",
        saved=SENT,
        counts={"sent": 1, "out": 1},
    ),
    Row(
        id="error-after-work",
        fault="an error object inside a 200 stream, after a tool call that changed the film",
        where="`chat`, in the stream",
        act="edit",
        backend=saying(TOOL, TOOL_DONE, b'data: {"error": "The model is overloaded", "code": 503}\n\n', after=AFTER),
        says=("The model is overloaded", "Urban Dreams"),
        error=False,
        job="completed",
        saved=SENT,
        counts={"sent": 1, "out": 1},
    ),
    Row(
        id="envelope-for-stream",
        fault="status 200 with the envelope of code 2001 instead of a stream",
        act="edit",
        strikes=(Strike("chat", Say(200, b'{"code": 2001, "message": "No credits left."}')),),
        says=("no credits left", "top up"),
        error=True,
        job="failed",
        saved=SENT,
        counts={"sent": 0, "out": 1},
    ),
)
