"""How the studio says no: one exception for each refusal of the contract, turned into an answer in one place (`routes`)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from nemovideo_mcp.api.errors import FORMATS


class Refused(Exception):
    """The call is refused. ``code`` goes into the envelope, ``status`` is the HTTP status.

    The API answers its own four-digit codes under HTTP 200, but for 1001.
    """

    def __init__(
        self, code: int, message: str, *, status: int | None = None, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.status = status if status is not None else (code if 400 <= code < 600 else 200)
        self.headers = dict(headers or {})

    def body(self) -> dict[str, Any]:
        return {"code": self.code, "message": self.message, "data": None}


def bad_request(message: str) -> Refused:
    return Refused(400, message)


def bad_token() -> Refused:
    return Refused(1001, "The token is not valid or has expired.", status=401, headers={"WWW-Authenticate": "Bearer"})


def no_session() -> Refused:
    return Refused(1002, "Session not found.")


def no_credits(cost: int, available: int) -> Refused:
    return Refused(2001, f"Not enough credits: an edit costs {cost}, and {available} are left.")


def unsupported(name: str, reason: str) -> Refused:
    return Refused(4001, f"{name} {reason}. Accepted: {FORMATS}.")


def too_large(name: str, limit: int) -> Refused:
    mb = 1024 * 1024
    shown = f"{limit // mb} MB" if limit >= mb else f"{limit} bytes"
    return Refused(4002, f"{name} is too large: the limit is {shown} for each file.")


def plan_required(reason: str) -> Refused:
    return Refused(402, reason)


def not_found(what: str) -> Refused:
    return Refused(404, what)


def duplicate_render(id: str) -> Refused:
    return Refused(409, f"duplicate render id: {id} was accepted before.")


def too_many_tokens(retry_after: float) -> Refused:
    seconds = max(1, round(retry_after))
    message = f"Too many tokens for this client. The next one can be had in {seconds} s."
    return Refused(429, message, headers={"Retry-After": str(seconds)})
