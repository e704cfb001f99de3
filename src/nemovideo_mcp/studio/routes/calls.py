"""What all calls share: the envelope, the bearer, bodies."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse

from nemovideo_mcp.studio.accounts import Accounts
from nemovideo_mcp.studio.refusals import bad_request, bad_token

ATTRIBUTION = ("X-Skill-Source", "X-Skill-Version", "X-Skill-Platform")
"""The headers without which an export is refused."""

MAX_BODY_BYTES = 16 * 1024 * 1024
"""Of a JSON body: the draft of a film of thousands of clips is about a megabyte."""
MAX_NAME = 200


def ok(data: Any) -> JSONResponse:
    return JSONResponse({"code": 0, "message": "ok", "data": data})


async def user_of(request: Request, accounts: Accounts) -> str:
    """The id of the user whose bearer token the call carries.

    Raises:
        Refused: 1001 under HTTP 401.
    """
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not secret.strip():
        raise bad_token()
    return await accounts.user_of(secret.strip())


async def json_body(request: Request) -> dict[str, Any]:
    """The body as a JSON object; an empty body is an empty one.

    Raises:
        Refused: 400.
    """
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BODY_BYTES:
            raise bad_request("The body is too large.")
    if not body:
        return {}
    try:
        parsed = json.loads(bytes(body), parse_constant=_no_constant)
        if b"\\ud" in body.lower():
            # Half a surrogate pair is a character that can be neither stored nor sent on.
            json.dumps(parsed, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        raise bad_request("The body is not JSON.") from None
    if not isinstance(parsed, dict):
        raise bad_request("The body is not a JSON object.")
    return parsed


def _no_constant(name: str) -> None:
    # Python reads NaN and Infinity, which JSON does not have, and nothing behind here expects them.
    raise ValueError(name)


def text_of(body: dict[str, Any], key: str, default: str | None = None, *, longest: int = MAX_NAME) -> str:
    """A field that is text and not blank.

    Raises:
        Refused: 400.
    """
    value = body.get(key, default)
    if not isinstance(value, str) or not value.strip():
        raise bad_request(f"{key} is missing.")
    if len(value) > longest:
        raise bad_request(f"{key} is too long: at most {longest} characters.")
    return value.strip()


def iso(epoch_seconds: float) -> str:
    """ISO 8601 in UTC."""
    return datetime.fromtimestamp(epoch_seconds, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
