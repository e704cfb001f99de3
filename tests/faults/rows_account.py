"""Credits, tokens, clocks and sessions that run out."""

from __future__ import annotations

from functools import partial
from typing import Any

from faults.cloud import Cloud
from faults.row import Row
from support.faults import Drop, code
from support.proxy import Strike

ALWAYS = 1000
DAY = 86_400.0


def sign_in(id: str, fault: str, **more: Any) -> Row:
    return Row(**{"id": id, "fault": fault, "tokens": "anonymous", "act": "credits", **more})


ROWS: tuple[Row, ...] = (
    Row(
        id="no-credits-to-begin-with",
        fault="0 credits before the edit",
        where="`credits`, before the message",
        act="edit",
        backend=partial(Cloud, credits=0),
        says=("no credits left", "the edit was not sent", "top up"),
        error=True,
        job="failed",
        counts={"sent": 0, "out": 0},
    ),
    Row(
        id="no-credits-anonymous",
        fault="0 credits before the edit of an anonymous user",
        where="`credits`, before the message",
        act="edit",
        tokens="anonymous",
        backend=partial(Cloud, credits=0),
        says=("the edit was not sent", "register?bind=anon_1"),
        error=True,
        job="failed",
        counts={"sent": 0, "out": 0},
    ),
    sign_in(
        "2001-anonymous",
        "code 2001 for an anonymous user",
        act="edit",
        strikes=(Strike("chat", code(2001)),),
        says=("no credits left", "register?bind=anon_1"),
        error=True,
        job="failed",
        counts={"sent": 0, "out": 1},
    ),
    sign_in(
        "token-expired-read",
        "an anonymous token is refused in mid-project (1001)",
        strikes=(Strike("credits", code(1001, status=401)),),
        says=("90 credits",),
        error=False,
        counts={"sign-ins": 2},
    ),
    sign_in(
        "token-expired-message",
        "an anonymous token is refused in mid-project: the message is refused before a stream begins, and said with a new one",
        act="edit",
        strikes=(Strike("chat", code(1001, status=401)),),
        says=("It is all set.",),
        error=False,
        job="completed",
        saved={"sent": True},
        counts={"sent": 1, "out": 2, "sign-ins": 2},
    ),
    sign_in(
        "token-refused-for-good",
        "every anonymous token is refused",
        act="edit",
        strikes=(Strike("chat", code(1001, status=401), times=ALWAYS),),
        says=("token", "try again later"),
        error=True,
        job="failed",
        counts={"sent": 0, "out": 2, "sign-ins": 2},
    ),
    Row(
        id="studio-token-expires",
        fault="the token expires in mid-project, on the real studio",
        where="every call of an edit",
        act="edit",
        backend="studio",
        before="token expires",
        says=("Film set to 2 s",),
        error=False,
        job="completed",
        counts={"sent": 1, "out": 1, "sign-ins": 1},
    ),
    Row(
        id="studio-session-gone",
        fault="the session is gone (1002), on the real studio: a new one, with the media again",
        where="`state`, first",
        act="edit",
        backend="studio",
        before="session is gone",
        says=("timeline there is gone", "1 of 1 files again"),
        error=True,
        job="failed",
        counts={"sent": 0, "out": 0, "sessions": 1, "uploads": 1},
    ),
    Row(
        id="studio-session-and-file-gone",
        fault="the session is gone (1002), and so is the photo on this machine",
        where="`state`, first",
        act="edit",
        backend="studio",
        before="session and file are gone",
        says=("timeline there is gone", "Not sent again: 1-red.jpg"),
        error=True,
        job="failed",
        counts={"sent": 0, "out": 0, "sessions": 1, "uploads": 0},
    ),
    Row(
        id="studio-session-gone-then-edit",
        fault="the session is gone (1002), and the next edit is of the new one",
        where="`state`, first",
        act="edit, then edit",
        backend="studio",
        before="session is gone",
        says=("Film set to 2 s",),
        error=False,
        job="completed",
        counts={"sent": 1, "out": 1, "sessions": 1, "uploads": 1},
    ),
    sign_in(
        "sign-in-429",
        "code 429 on the sign-in, then fine",
        strikes=(Strike("anonymous_token", code(429, status=429)),),
        says=("90 credits",),
        error=False,
        counts={"sign-ins": 2},
    ),
    sign_in(
        "sign-in-429-for-days",
        "the client's anonymous token was given out already: code 429 for three days",
        strikes=(Strike("anonymous_token", code(429, status=429, retry_after=259_200), times=ALWAYS),),
        says=("3.0 days",),
        error=True,
        counts={"sign-ins": 1},
    ),
    sign_in(
        "sign-in-400",
        "code 400 on the sign-in: no client id",
        strikes=(Strike("anonymous_token", code(400, "X-Client-Id is missing.", status=400), times=ALWAYS),),
        says=("client",),
        error=True,
    ),
    sign_in(
        "sign-in-lost",
        "the connection is reset when the token was given out",
        strikes=(Strike("anonymous_token", Drop(delivered=True)),),
        says=("connection", "broke"),
        error=True,
        counts={"sign-ins": 1},
    ),
    sign_in(
        "sign-in-429-always",
        "code 429 on the sign-in, every time, without a Retry-After",
        strikes=(Strike("anonymous_token", code(429, status=429), times=ALWAYS),),
        says=("too many requests",),
        error=True,
        counts={"sign-ins": 2},
    ),
    sign_in(
        "clock-ahead",
        "this machine's clock is 8 days ahead of `expires_at`: every new token looks expired",
        where="`anonymous_token`",
        act="two credits",
        backend=partial(
            Cloud, anonymous={"token": "nmv_usr_sEcReT-0123456789", "user_id": "anon_1", "expires_at": 1_000_000_000}
        ),
        clock_ahead=8 * DAY,
        says=("90 credits",),
        error=False,
        counts={"sign-ins": 1},
    ),
    sign_in(
        "clock-behind",
        "this machine's clock is behind: a token that has expired looks good",
        act="two credits",
        clock_ahead=-8 * DAY,
        strikes=(Strike("credits", code(1001, status=401), nth=2),),
        says=("90 credits",),
        error=False,
        counts={"sign-ins": 2},
    ),
    sign_in(
        "two-servers-sign-in",
        "two servers start at once on one data folder",
        where="`anonymous_token`",
        act="two servers sign in",
        says=("90 credits",),
        error=False,
        counts={"sign-ins": 1},
    ),
)
