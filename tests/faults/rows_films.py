"""Exports: renders that go wrong, and films that do not arrive."""

from __future__ import annotations

import base64
from functools import partial
from typing import Any

from faults.cloud import ADDRESS, PENDING, READY, Cloud, Walk, film
from faults.row import Act, Row
from support.faults import PAGE, Cut, Drop, Retell, Say, after, code
from support.proxy import Strike

ALWAYS = 1000
FAILED = {"status": "failed", "progress": 40, "error": "The renderer ran out of memory"}
NO_ADDRESS = {"status": "completed", "progress": 100, "output": {}}
READY_TEXT = ("The film is ready", "opened and checked")
ONE_FILM = {"renders": 1, "films": 1}
HALF = len(film()) // 2


def walking(*walks: Walk, **more: Any) -> partial[Cloud]:
    return partial(Cloud, walks=walks, **more)


def made(id: str, fault: str, act: Act = "export", **more: Any) -> Row:
    """The film is made all the same, once."""
    given: dict[str, Any] = {"where": "", "counts": ONE_FILM, "says": READY_TEXT, **more}
    return Row(id=id, fault=fault, act=act, error=False, job="completed", **given)


def missed(id: str, fault: str, *says: str, **more: Any) -> Row:
    """There is no film, and no part of one."""
    given: dict[str, Any] = {"counts": {"renders": 1, "films": 0}, "act": "export", **more}
    return Row(id=id, fault=fault, says=says, error=True, job="failed", **given)


ROWS: tuple[Row, ...] = (
    made("render-fine", "none: the film as it should come", where="nowhere", backend="studio"),
    made(
        "render-enveloped",
        "render answers in their other form",
        where="`render`",
        backend=partial(Cloud, enveloped=True),
    ),
    Row(
        id="render-stuck",
        fault="the render stays pending",
        where="`render`, every time",
        act="export",
        backend=walking((PENDING,)),
        wait=0.5,
        says=("still at work", "call wait("),
        error=False,
        job="running",
        counts={"renders": 1, "films": 0, "submits": 1},
    ),
    missed(
        "render-failed",
        "the render fails",
        "ran out of memory",
        where="`render`",
        backend=walking((PENDING, FAILED)),
    ),
    made(
        "render-failed-then-fine",
        "the render fails; exporting again is fine",
        "export, then export",
        where="`render`",
        backend=walking((PENDING, FAILED), (PENDING, READY)),
        counts={"renders": 2, "films": 1, "submits": 2},
    ),
    made(
        "render-no-address",
        "the render is completed without a URL",
        where="`render`",
        backend=walking((PENDING, NO_ADDRESS)),
        counts={**ONE_FILM, "fallbacks": 1},
    ),
    made(
        "render-address-dead",
        "the film's URL is dead (404)",
        strikes=(Strike("output", code(404, status=404), times=ALWAYS),),
        counts={**ONE_FILM, "fallbacks": 1},
    ),
    made(
        "render-address-page",
        "the film's URL leads to an HTML page",
        strikes=(Strike("output", Say(200, b"<html>Sign in</html>", "text/html"), times=ALWAYS),),
        counts={**ONE_FILM, "fallbacks": 1},
    ),
    made(
        "render-address-nowhere",
        "the film's URL has a host that does not exist",
        where="`output`",
        backend=walking((PENDING, {**READY, "output": {"url": "https://cdn.invalid/a.mp4"}})),
        counts={**ONE_FILM, "fallbacks": 1},
    ),
    missed(
        "render-nowhere",
        "neither the URL nor the download route gives the film",
        "problem of its own",
        strikes=(Strike("output", code(404, status=404), times=ALWAYS), Strike("download", PAGE, times=ALWAYS)),
    ),
    made(
        "submit-lost",
        "the connection is reset when the render was accepted: the same id again, and a duplicate means accepted",
        strikes=(Strike("submit_render", Drop(delivered=True)),),
        counts={**ONE_FILM, "submits": 2},
    ),
    made(
        "submit-not-arrived",
        "the connection is reset before the render was seen: the same id again",
        strikes=(Strike("submit_render", Drop()),),
        counts={**ONE_FILM, "submits": 2},
    ),
    made(
        "submit-503",
        "status 503 on the submit, then fine",
        strikes=(Strike("submit_render", code(503, status=503)),),
        counts={**ONE_FILM, "submits": 2},
    ),
    made(
        "submit-duplicate",
        "a duplicate render id: it is polled",
        strikes=(
            Strike("submit_render", Drop(delivered=True)),
            Strike("submit_render", code(400, "duplicate render id", status=400), nth=2),
        ),
        counts={**ONE_FILM, "submits": 2},
    ),
    made(
        "submit-duplicate-failed",
        "a submit is lost, its id is a duplicate, and that render has failed: a new id, once",
        where="`submit_render`, then `render`",
        backend=walking((FAILED,), (PENDING, READY)),
        strikes=(Strike("submit_render", Drop(delivered=True)),),
        counts={"renders": 2, "films": 1, "submits": 3},
    ),
    made(
        "submit-duplicate-unknown",
        "a duplicate render id that the status call does not know: a new id, once",
        where="`submit_render`, then `render`",
        strikes=(Strike("submit_render", code(409, "duplicate render id")),),
        counts={**ONE_FILM, "submits": 2},
    ),
    made(
        "poll-reset",
        "the connection is reset while the render is followed",
        strikes=(Strike("render", Drop(), times=2),),
    ),
    made(
        "poll-away",
        "the network is away for a while as the render is followed",
        strikes=(Strike("render", Drop(), times=12),),
    ),
    made(
        "download-half",
        "the download is cut at 50 %, with a reset",
        strikes=(Strike("output", Cut(after(HALF))),),
    ),
    made(
        "download-half-closed",
        "the download is cut at 50 %, as if it were whole; its length was promised",
        strikes=(Strike("output", Cut(after(HALF), "closed")),),
    ),
    made(
        "download-continued",
        "the download is cut at 50 %, and the backend can give the rest",
        backend=partial(Cloud, ranges=True),
        strikes=(Strike("output", Cut(after(HALF))),),
        counts={**ONE_FILM, "ranges": 1},
    ),
    made(
        "download-changed",
        "the download is cut at 50 %, and there is another film at its address when the rest is asked for",
        backend=partial(Cloud, ranges=True, editions=(bytes(len(film())), film())),
        strikes=(Strike("output", Cut(after(HALF))),),
    ),
    made(
        "download-damaged-once",
        "the film arrives in full length, and its checksum is not the one that was sent with it",
        strikes=(Strike("output", Retell((("repr-digest", f"sha-256=:{base64.b64encode(bytes(32)).decode()}:"),))),),
    ),
    made(
        "download-half-always",
        "the download from the film's URL is cut at 50 % every time",
        strikes=(Strike("output", Cut(after(HALF)), times=ALWAYS),),
        counts={**ONE_FILM, "fallbacks": 1},
    ),
    made(
        "download-failed-then-asked-again",
        "the render is completed, nothing of it can be fetched, and the film is asked for again: it is fetched, not made anew",
        act="export, then export",
        strikes=(Strike("output", code(404, status=404)), Strike("download", code(404, status=404))),
        counts={**ONE_FILM, "submits": 1},
    ),
    missed(
        "download-half-everywhere",
        "every download is cut at 50 %",
        "broke",
        strikes=(
            Strike("output", Cut(after(HALF)), times=ALWAYS),
            Strike("download", Cut(after(HALF)), times=ALWAYS),
        ),
    ),
    missed(
        "download-damaged",
        "the film arrives in full length, and is no film",
        "call export again",
        where="`output`",
        backend=partial(Cloud, film=bytes(5000)),
    ),
    missed(
        "download-shorter",
        "the film arrives and lasts less than the backend said",
        "2.00 s where 9.00 s",
        where="`output`",
        backend=walking((PENDING, {**READY, "output": {"url": ADDRESS, "duration": 9.0}})),
    ),
    missed(
        "download-too-short",
        "the film arrives with fewer bytes than the backend's size",
        "bytes",
        where="`output`",
        backend=walking((PENDING, {**READY, "output": {"url": ADDRESS, "duration": 2.0, "size": len(film()) + 1}})),
    ),
    missed(
        "download-empty",
        "the film arrives empty",
        "empty",
        where="`output` and `download`",
        backend=partial(Cloud, film=b""),
    ),
    made(
        "download-of-no-length",
        "the film comes without its length",
        strikes=(Strike("output", Retell(without=("content-length",))),),
    ),
    missed(
        "disk-small",
        "the disk has less room than the film's length, as its download begins",
        "disk",
        "free some space",
        where="the file system",
        act="export to a full disk",
        backend=partial(Cloud, film=bytes(64 * 1024 * 1024)),
    ),
    missed(
        "disk-full",
        "the disk fills up under a download of unknown length",
        "disk",
        "full",
        where="the file system",
        act="export to a full disk",
        backend=partial(Cloud, film=bytes(64 * 1024 * 1024)),
        strikes=tuple(
            Strike(call, Retell(without=("content-length",)), times=ALWAYS) for call in ("output", "download")
        ),
    ),
    missed(
        "file-limit",
        "a file may not grow past a limit (RLIMIT_FSIZE)",
        "cannot be written",
        where="the file system",
        act="export past a limit",
        backend=partial(Cloud, film=bytes(4 * 1024 * 1024)),
    ),
)
