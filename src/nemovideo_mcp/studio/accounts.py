"""Who may do what: users, their tokens and their credits."""

from __future__ import annotations

import hashlib
import secrets
import sqlite3
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

import anyio

from nemovideo_mcp.studio.database import Database
from nemovideo_mcp.studio.policy import UNLIMITED_CREDITS, Policy
from nemovideo_mcp.studio.refusals import bad_token, no_credits, too_many_tokens


@dataclass(frozen=True, slots=True)
class Token:
    """A fresh token, in clear for the last time. ``expires`` is in epoch seconds."""

    secret: str
    user_id: str
    expires: float

    def __repr__(self) -> str:
        return f"Token(user_id={self.user_id!r}, expires={self.expires!r})"


@dataclass(frozen=True, slots=True)
class Balance:
    """Credits of a user: free ones, reserved ones, and both together."""

    available: int
    frozen: int
    unlimited: bool

    @property
    def total(self) -> int:
        return self.available if self.unlimited else self.available + self.frozen


class Reservation:
    """Credits that are held for a running edit. They are given back unless `charge` was called."""

    def __init__(self) -> None:
        self.charged = False

    def charge(self) -> None:
        self.charged = True


class Accounts:
    def __init__(self, database: Database, policy: Policy, now: Callable[[], float] = time.time) -> None:
        self._database = database
        self._policy = policy
        self._now = now

    async def issue(self, client_id: str) -> Token:
        """A token for the user of this client id; the same client id is always the same user.

        Raises:
            Refused: 429, the client has had its tokens for now.
        """
        user_id = "anon_" + hashlib.sha256(client_id.encode()).hexdigest()[:24]
        now = self._now()
        token = Token("nmv_usr_" + secrets.token_urlsafe(32), user_id, now + self._policy.token_lifetime_seconds)

        def work(db: sqlite3.Connection) -> None:
            db.execute("INSERT OR IGNORE INTO users (id, created) VALUES (?, ?)", (user_id, now))
            self._check_quota(db, user_id, now)
            # Kept for the quota as long as its window, after that an expired token is nothing but clutter.
            outlived = now - self._policy.token_window_seconds
            db.execute("DELETE FROM tokens WHERE expires <= ? AND created <= ?", (now, outlived))
            row = (_hash(token.secret), user_id, now, token.expires)
            db.execute("INSERT INTO tokens (hash, user_id, created, expires) VALUES (?, ?, ?, ?)", row)

        await self._database.run(work)
        return token

    def _check_quota(self, db: sqlite3.Connection, user_id: str, now: float) -> None:
        quota, window = self._policy.tokens_per_client, self._policy.token_window_seconds
        if quota is None:
            return
        query = "SELECT created FROM tokens WHERE user_id = ? AND created > ? ORDER BY created DESC LIMIT ?"
        issued = [row["created"] for row in db.execute(query, (user_id, now - window, max(1, quota)))]
        if len(issued) >= quota:
            raise too_many_tokens(issued[-1] + window - now if issued else window)

    async def user_of(self, secret: str) -> str:
        """The id of the user whose token this is.

        Raises:
            Refused: 1001, there is no such token or it has expired.
        """
        key = _hash(secret)
        query = "SELECT user_id, expires FROM tokens WHERE hash = ?"
        row = await self._database.read(lambda db: db.execute(query, (key,)).fetchone())
        if row is None or row["expires"] <= self._now():
            raise bad_token()
        return str(row["user_id"])

    async def balance(self, user_id: str) -> Balance:
        return await self._database.read(lambda db: self._balance(db, user_id))

    def _balance(self, db: sqlite3.Connection, user_id: str) -> Balance:
        query = "SELECT coalesce(sum(amount), 0) AS held FROM reservations WHERE user_id = ? AND expires > ?"
        held: int = db.execute(query, (user_id, self._now())).fetchone()["held"]
        if self._policy.credits is None:
            return Balance(UNLIMITED_CREDITS, 0, unlimited=True)
        spent: int = db.execute("SELECT spent FROM users WHERE id = ?", (user_id,)).fetchone()["spent"]
        return Balance(max(0, self._policy.credits - spent - held), held, unlimited=False)

    async def reserve(self, user_id: str) -> str:
        """Hold the credits of one edit; the id of the reservation, for `settle`.

        Raises:
            Refused: 2001, there are not enough.
        """
        id, cost = secrets.token_hex(8), self._policy.edit_cost
        if self._policy.credits is None:
            return id
        expires = self._now() + self._policy.reservation_seconds

        def work(db: sqlite3.Connection) -> None:
            available = self._balance(db, user_id).available
            if available < cost or available == 0:
                raise no_credits(cost, available)
            db.execute("DELETE FROM reservations WHERE expires <= ?", (self._now(),))
            row = (id, user_id, cost, expires)
            db.execute("INSERT INTO reservations (id, user_id, amount, expires) VALUES (?, ?, ?, ?)", row)

        await self._database.run(work)
        return id

    @asynccontextmanager
    async def settling(self, reservation_id: str) -> AsyncIterator[Reservation]:
        """Within this block the edit runs; at its end the reserved credits are charged or given back."""
        reservation = Reservation()
        try:
            yield reservation
        finally:
            # Also when the studio stops in the middle: the credits must not stay frozen.
            with anyio.CancelScope(shield=True):
                await self._database.run(lambda db: _settle(db, reservation_id, charge=reservation.charged))


def _settle(db: sqlite3.Connection, reservation_id: str, *, charge: bool) -> None:
    row = db.execute("SELECT user_id, amount FROM reservations WHERE id = ?", (reservation_id,)).fetchone()
    if row is None:
        return
    db.execute("DELETE FROM reservations WHERE id = ?", (reservation_id,))
    if charge:
        db.execute("UPDATE users SET spent = spent + ? WHERE id = ?", (row["amount"], row["user_id"]))


def _hash(secret: str) -> str:
    # A token is 256 random bits, so a plain hash is as good as a slow one.
    return hashlib.sha256(secret.encode()).hexdigest()
