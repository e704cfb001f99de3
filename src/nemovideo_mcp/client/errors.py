"""Foreign errors become ours here and nowhere else, without URLs, headers or tokens."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx

from nemovideo_mcp.api.errors import ApiError, BadAnswer, NemoError, TimedOut, Unreachable

_TOKEN = re.compile(r"\b(?:nmv_[a-z]+|clm)_[\w\-.]+")
_MASK = "***"


@contextmanager
def translated() -> Iterator[None]:
    """Errors of httpx that are raised inside leave as errors of the tree.

    Raises:
        Unreachable, TimedOut: no connection, or it broke; ``uncertain`` when something may have been sent.
        BadAnswer: the answer cannot be read.
    """
    try:
        yield
    except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError) as foreign:
        ours = _translate(foreign)
        try:
            raise ours from None
        finally:
            # ``from None`` only hides it: the foreign error would still hold the request, and with it the token.
            ours.__context__ = None


def _translate(error: Exception) -> NemoError:
    match error:
        case httpx.ConnectTimeout() | httpx.PoolTimeout():
            return TimedOut("The backend did not accept a connection in time.")
        case httpx.TimeoutException():
            return TimedOut("The backend did not answer in time.", uncertain=True)
        case httpx.ConnectError():
            # The text comes from the system (name unknown, refused, certificate) and holds no URL.
            return Unreachable(f"The backend cannot be reached: {mask(str(error)) or 'no connection'}.")
        case httpx.ProxyError():
            return Unreachable("The proxy did not let the connection through.")
        case httpx.UnsupportedProtocol() | httpx.InvalidURL():
            return BadAnswer("An address that is not http or https.")
        case httpx.DecodingError():
            return BadAnswer("The backend's answer is not encoded as it says.", uncertain=True)
        case httpx.LocalProtocolError():
            return Unreachable("The request could not be sent as HTTP.")
    return Unreachable("The connection to the backend broke.", uncertain=True)


def mask(text: str, secret: str | None = None) -> str:
    """The text without the given secret, and without anything that has the form of a token."""
    if secret:
        text = text.replace(secret, _MASK)
    return _TOKEN.sub(_MASK, text)


def masked(error: ApiError, secret: str | None) -> ApiError:
    """The same error, with the token gone from the words of a backend that repeats it."""
    error.args = tuple(mask(arg, secret) if isinstance(arg, str) else arg for arg in error.args)
    if error.details:
        text = json.dumps(error.details, default=str)
        if (clean := mask(text, secret)) != text:
            error.details = json.loads(clean)
    return error


def retry_after(response: httpx.Response) -> float | None:
    """``Retry-After`` in seconds, from either of its two forms (RFC 9110, 10.2.3), or None."""
    value = response.headers.get("retry-after", "").strip()
    if value.isascii() and value.isdecimal():
        return float(value[:9])
    try:
        when = parsedate_to_datetime(value)
    except ValueError:
        return None
    return max(0.0, (when.replace(tzinfo=when.tzinfo or UTC) - datetime.now(UTC)).total_seconds())


def duration(seconds: float) -> str:
    """A wait as a person says it."""
    if seconds >= 172_800:
        return f"{seconds / 86_400:.1f} days"
    if seconds >= 7200:
        return f"{seconds / 3600:.1f} hours"
    return f"{seconds / 60:.0f} minutes" if seconds >= 120 else f"{seconds:.0f} seconds"


class _NoQueries(logging.Filter):
    """httpx logs whole URLs at INFO; the query of a presigned link is as good as a password."""

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, tuple):
            record.args = tuple(
                str(arg.copy_with(query=None, fragment=None, userinfo=b"")) if isinstance(arg, httpx.URL) else arg
                for arg in record.args
            )
        return True


_NO_QUERIES = _NoQueries()


def guard_foreign_logs() -> None:
    """Keep queries out of httpx's own log lines. Calling it again changes nothing."""
    logging.getLogger("httpx").addFilter(_NO_QUERIES)
