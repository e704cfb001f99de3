"""Everything that can go wrong between us and a backend, as one tree.

    NemoError
    ├── BadInput             what was asked cannot be done as asked; nothing was sent or written
    ├── NotCapable           this backend cannot do it
    ├── Unreachable          no connection, or it broke
    │   └── TimedOut         the backend did not answer in time
    ├── Interrupted          a chat stream broke off; the message may have been carried out
    ├── BadAnswer            an answer that is not of the contract
    ├── RenderFailed         the backend could not render the film
    └── ApiError             the backend said no; one class for each code of the contract
        ├── Unauthorized     1001, 1010, 1011, HTTP 401
        ├── SessionNotFound  1002
        ├── NoCredits        2001
        ├── UnsupportedFile  4001
        ├── FileTooLarge     4002
        ├── ClientIdMissing  400 without a client id
        ├── PlanRequired     402
        ├── ScopeMissing     403
        ├── NotFound         404
        ├── DuplicateRender  409, or a message that says so
        ├── RateLimited      429
        └── BackendFault     5xx

Each error says what happened (`str(error)`) and what to do next (`next_step`). None ever holds a token.
"""

from __future__ import annotations

from typing import Any

FORMATS = "mp4, mov, avi, webm, mkv, jpg, png, gif, webp, heic, mp3, wav, m4a, aac"
"""The file formats that the API accepts."""
MAX_UPLOAD_BYTES = 200 * 1024 * 1024
"""The largest file that the API accepts, in bytes."""


class NemoError(Exception):
    """The root: what happened, and what to do next."""

    next_step: str = ""
    uncertain: bool = False
    """True when the request may have been carried out although it failed: look before asking again."""

    def __init__(self, message: str, next_step: str | None = None, *, uncertain: bool | None = None) -> None:
        super().__init__(message)
        if next_step is not None:
            self.next_step = next_step
        if uncertain is not None:
            self.uncertain = uncertain


class BadInput(NemoError):
    """The request cannot be carried out as it was made. Nothing was sent, spent or written."""


class NotCapable(NemoError):
    """The backend in use has no such ability."""


class Unreachable(NemoError):
    """The backend could not be reached, or the connection broke."""

    next_step = "Check the internet connection and try again; nothing was lost."


class TimedOut(Unreachable):
    """The backend did not answer in time."""

    next_step = "Try again in a minute."


class Interrupted(NemoError):
    """A chat stream broke off before its end: the message may or may not have been carried out. It is not sent again."""

    uncertain = True
    next_step = "Read the state to see what was done before asking again."


class BadAnswer(NemoError):
    """The backend answered with something that is not of the contract."""

    next_step = "Try again; if it stays so, the backend may have changed: update nemovideo-mcp."


class RenderFailed(NemoError):
    """The film could not be rendered."""


class ApiError(NemoError):
    """The backend refused. ``code`` is the contract's code, ``status`` the HTTP status."""

    default = "The backend refused the request."

    def __init__(
        self,
        message: str = "",
        *,
        code: int = 0,
        status: int = 200,
        details: dict[str, Any] | None = None,
        next_step: str | None = None,
    ) -> None:
        super().__init__(message or self.default, next_step)
        self.code = code
        self.status = status
        self.details = details or {}


class Unauthorized(ApiError):
    default = "The token is not valid or has expired."
    next_step = "Put a valid token into NEMO_TOKEN, or remove it to use a free anonymous one."


class SessionNotFound(ApiError):
    default = "This project's session no longer exists on the backend; its timeline is gone."
    next_step = 'Start again with project="new" and upload the files again.'


class NoCredits(ApiError):
    default = "There are no credits left."
    next_step = "Register or top up to go on."


class UnsupportedFile(ApiError):
    default = "The backend does not accept this kind of file."
    next_step = f"Use one of: {FORMATS}."


class FileTooLarge(ApiError):
    default = "The file is too large."
    next_step = "Compress or trim it: the limit is 200 MB."


class ClientIdMissing(ApiError):
    default = "The request carried no client id."
    next_step = "Try again."


class PlanRequired(ApiError):
    default = "Exporting is blocked by the plan. This is not about credits."
    next_step = "Register or upgrade to unlock export; buying credits will not help."


class ScopeMissing(ApiError):
    default = "The token may not do this."
    next_step = "Use a token that has the scope (read, write, upload, render or *)."


class NotFound(ApiError):
    default = "The backend does not know this."
    next_step = "List what there is and name one of those."


class DuplicateRender(ApiError):
    default = "A render with this id was accepted before."
    next_step = "Ask for its status."


class RateLimited(ApiError):
    """``retry_after`` is in seconds, when the backend said."""

    default = "Too many requests."
    next_step = "Wait half a minute and try again."

    def __init__(self, message: str = "", *, retry_after: float | None = None, **more: Any) -> None:
        super().__init__(message, **more)
        self.retry_after = retry_after


class BackendFault(ApiError):
    default = "The backend has a problem of its own."
    next_step = "Try again in a minute."


_BY_CODE: dict[int, type[ApiError]] = {
    1001: Unauthorized,
    1010: Unauthorized,
    1011: Unauthorized,
    401: Unauthorized,
    1002: SessionNotFound,
    2001: NoCredits,
    4001: UnsupportedFile,
    4002: FileTooLarge,
    402: PlanRequired,
    403: ScopeMissing,
    404: NotFound,
    409: DuplicateRender,
    413: FileTooLarge,
    415: UnsupportedFile,
    429: RateLimited,
}


def error_for(
    code: int,
    message: str = "",
    *,
    status: int = 200,
    details: dict[str, Any] | None = None,
    retry_after: float | None = None,
) -> ApiError:
    """The error of a code or an HTTP status. The code of the body, when there is one, says more than the status."""
    kind = _BY_CODE.get(code) or _BY_CODE.get(status)
    if kind is None and "client" in message.lower() and 400 in (code, status):
        kind = ClientIdMissing
    if kind is None and "duplicate" in message.lower():
        kind = DuplicateRender
    if kind is RateLimited:
        return RateLimited(message, code=code, status=status, details=details, retry_after=retry_after)
    if kind is None and (status >= 500 or 500 <= code < 600):
        kind = BackendFault
    return (kind or ApiError)(message, code=code, status=status, details=details)
