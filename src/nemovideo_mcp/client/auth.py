"""Where the bearer token comes from: the user, or the anonymous path with a client id that is kept for ever."""

from __future__ import annotations

import json
import logging
import math
import os
import re
import secrets
import time
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

import anyio
from anyio.to_thread import run_sync
from filelock import FileLock, Timeout
from pydantic import SecretStr

from nemovideo_mcp.api.errors import BadAnswer, BadInput, RateLimited
from nemovideo_mcp.api.models import AnonymousToken
from nemovideo_mcp.client.errors import duration

logger = logging.getLogger("nemovideo_mcp.client")

Mint = Callable[[str], Awaitable[AnonymousToken]]
"""Asks the backend for an anonymous token of a client id."""

LIFETIME_SECONDS = 7 * 24 * 3600
"""How long an anonymous token lives when the answer does not say (the API page's figure)."""
MARGIN_SECONDS = 60
"""A token that ends sooner than this is not used any more: the call has to get there first, and clocks differ."""

_TOKEN = re.compile(r'[^\s"\\\x00-\x20\x7f-\U0010ffff]+')


class TokenSource(Protocol):
    """What the client asks for a token. ``refused_advice`` is the next step when the token is refused for good."""

    refused_advice: str

    @property
    def user_id(self) -> str | None:
        """The anonymous user's id, for the registration link; None for a registered user, or before the first call."""

    async def token(self, origin: str, mint: Mint) -> SecretStr:
        """The token for calls to this origin."""

    async def renew(self, origin: str, mint: Mint, refused: SecretStr) -> SecretStr | None:
        """Another token in place of one that was refused, or None where it may not be replaced."""


class FixedToken:
    """A token that the user gave: used as it is, never replaced."""

    refused_advice = "Put a valid token into NEMO_TOKEN, or remove it to use a free anonymous one."
    user_id: str | None = None

    def __init__(self, token: str | SecretStr) -> None:
        """Raises: BadInput, when it cannot be a token; the text does not show it."""
        raw = token.get_secret_value() if isinstance(token, SecretStr) else token
        if not _TOKEN.fullmatch(raw.strip()):
            raise BadInput(
                "The token is empty or holds characters that no token has.",
                "Copy the token again, in one piece, into NEMO_TOKEN.",
            )
        self._token = SecretStr(raw.strip())

    def __repr__(self) -> str:
        return "FixedToken(***)"

    async def token(self, origin: str, mint: Mint) -> SecretStr:
        return self._token

    async def renew(self, origin: str, mint: Mint, refused: SecretStr) -> SecretStr | None:
        return None


@dataclass(frozen=True, slots=True)
class _Kept:
    """A token as it lies in the token file. ``expires_at`` is in seconds since the epoch."""

    token: SecretStr
    user_id: str
    expires_at: float
    origin: str
    client_id: str

    def serves(self, origin: str, now: float) -> bool:
        return self.origin == origin and now < self.expires_at - MARGIN_SECONDS

    def dump(self) -> str:
        return json.dumps(
            {
                "token": self.token.get_secret_value(),
                "user_id": self.user_id,
                "expires_at": self.expires_at,
                "origin": self.origin,
                "client_id": self.client_id,
            }
        )

    @classmethod
    def load(cls, text: str) -> _Kept | None:
        try:
            raw: Any = json.loads(text)
            token = str(raw["token"])
            if not _TOKEN.fullmatch(token):
                return None
            expires_at = float(raw["expires_at"])
            return cls(SecretStr(token), str(raw["user_id"]), expires_at, raw["origin"], raw["client_id"])
        except (ValueError, KeyError, TypeError):
            return None


@dataclass(slots=True)
class AnonymousTokens:
    """Anonymous tokens, one at a time, shared by every call and every process that uses the same files.

    ``client_id_file`` holds a UUID and nothing else. ``legacy_client_id_file`` (the vendor's own path) is read first and
    never written, ``client_id`` wins over both. ``token_file`` is JSON with mode 0600.
    """

    client_id_file: Path
    legacy_client_id_file: Path | None
    token_file: Path
    client_id: str | None = None
    clock: Callable[[], float] = time.time
    refused_advice: str = "Try again later, or get a token of your own and put it into NEMO_TOKEN."
    _kept: _Kept | None = field(default=None, init=False, repr=False)
    _trusted: SecretStr | None = field(default=None, init=False, repr=False)
    """A token that is used until it is refused, whatever this machine's clock says about it."""
    _lock: anyio.Lock = field(default_factory=anyio.Lock, init=False, repr=False)

    @property
    def user_id(self) -> str | None:
        return self._kept.user_id if self._kept else None

    async def token(self, origin: str, mint: Mint) -> SecretStr:
        """The token kept for this origin, or a new one once there is none or it has expired.

        One that looks expired when there is no other to be had is used all the same: the clock may be wrong.

        Raises:
            BadInput: the folder of the client id or of the token cannot be written.
            RateLimited: this client id has had its token; ``next_step`` says when there is another.
            NemoError: whatever ``mint`` raises.
        """
        async with self._lock:
            if self._kept is None or not self._serves(self._kept, origin):
                self._kept = await self._load_or_mint(origin, mint, refused=None)
            return self._kept.token

    async def renew(self, origin: str, mint: Mint, refused: SecretStr) -> SecretStr | None:
        """A new token with the same client id, unless another call or process has fetched one already."""
        async with self._lock:
            if self._kept is None or self._kept.token == refused:
                self._kept = await self._load_or_mint(origin, mint, refused=refused)
            return self._kept.token

    async def _load_or_mint(self, origin: str, mint: Mint, refused: SecretStr | None) -> _Kept:
        async with _between_processes(self.token_file):
            kept = await run_sync(self._read)
            client_id = await run_sync(self._own_client_id)
            ours = kept if kept and (kept.client_id, kept.origin) == (client_id, origin) else None
            if ours is not None and ours.token != refused and self._serves(ours, origin):
                return ours
            try:
                answer = await mint(client_id)
            except RateLimited as error:
                if ours is not None and ours.token != refused:
                    self._trusted = ours.token
                    return ours
                raise self._none_left(error, ours) from None
            if not _TOKEN.fullmatch(answer.token.get_secret_value()):
                raise BadAnswer("The anonymous token that the backend gave out cannot be one.")
            expires_at = _epoch(answer.expires_at, self.clock())
            fresh = _Kept(answer.token, answer.user_id, expires_at, origin, client_id)
            # A token that is lost here is a week's quota lost, so not even a cancellation stops the writing.
            with anyio.CancelScope(shield=True):
                await run_sync(self._keep, fresh)
            return fresh

    def _serves(self, kept: _Kept, origin: str) -> bool:
        return kept.serves(origin, self.clock()) or (kept.origin == origin and kept.token == self._trusted)

    def _none_left(self, error: RateLimited, last: _Kept | None) -> RateLimited:
        """The refusal of a token, saying when the next one can be had."""
        wait = error.retry_after
        if wait is None and last is not None and 0 < last.expires_at - self.clock() <= LIFETIME_SECONDS:
            # The quota lasts as long as the token that used it up.
            wait = last.expires_at - self.clock()
        when = f"in {duration(wait)}" if wait else f"in at most {duration(LIFETIME_SECONDS)}"
        error.next_step = (
            f"The next anonymous token can be had {when}. To go on now, put a token of your own into NEMO_TOKEN."
        )
        return error

    def _read(self) -> _Kept | None:
        try:
            return _Kept.load(self.token_file.read_text("utf-8"))
        except (OSError, UnicodeDecodeError):
            return None

    def _keep(self, kept: _Kept) -> None:
        try:
            _write_atomically(self.token_file, kept.dump())
        except OSError as error:
            # The token is good for this process all the same.
            logger.warning("The anonymous token could not be kept: %s", error.strerror)

    def _own_client_id(self) -> str:
        if self.client_id:
            return _uuid(self.client_id) or self.client_id
        for path in (self.legacy_client_id_file, self.client_id_file):
            with suppress(OSError, UnicodeDecodeError):
                if path is not None and (found := _uuid(path.read_text("utf-8"))):
                    return found
        fresh = str(uuid.uuid4())
        try:
            _write_atomically(self.client_id_file, fresh)
        except OSError as error:
            raise _unwritable(self.client_id_file, error) from None
        return fresh


def _uuid(text: str) -> str | None:
    try:
        return str(uuid.UUID(text.strip()))
    except ValueError:
        return None


def _epoch(expires_at: datetime | float | None, now: float) -> float:
    """Seconds since the epoch, whether the answer gave a date, seconds or milliseconds."""
    match expires_at:
        case None:
            seconds = math.nan
        case datetime():
            seconds = expires_at.replace(tzinfo=expires_at.tzinfo or UTC).timestamp()
        case _:
            seconds = expires_at / 1000 if expires_at > 1e11 else expires_at
    # A new token that is over already speaks of a clock that is wrong here or there, and so does not say how long it lives.
    return seconds if seconds > now + MARGIN_SECONDS else now + LIFETIME_SECONDS


def _write_atomically(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _unwritable(path: Path, error: OSError) -> BadInput:
    return BadInput(
        f"The folder {path.parent} cannot be written ({error.strerror}), and the sign-in has to be kept there.",
        "Make that folder writable, or put a token of your own into NEMO_TOKEN.",
    )


@asynccontextmanager
async def _between_processes(path: Path) -> AsyncIterator[None]:
    """One process at a time. The lock is asked for again and again instead of waited for, so that a cancel gets through."""
    # Taken in one worker thread and given back in another.
    lock = FileLock(path.with_name(f"{path.name}.lock"), thread_local=False)
    try:
        await run_sync(lambda: path.parent.mkdir(parents=True, exist_ok=True, mode=0o700))
        while True:
            with suppress(Timeout):
                await run_sync(lambda: lock.acquire(blocking=False))
                break
            await anyio.sleep(0.05)
    except OSError as error:
        raise _unwritable(path, error) from None
    try:
        yield
    finally:
        with anyio.CancelScope(shield=True):
            await run_sync(lock.release)
