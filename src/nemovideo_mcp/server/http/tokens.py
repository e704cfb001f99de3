"""Bearer tokens from a file: a line for each, with the identity and the hash of the token, never the token itself."""

from __future__ import annotations

import hashlib
import hmac
import logging
import os
import re
import secrets
from pathlib import Path

from mcp.server.auth.provider import AccessToken

log = logging.getLogger("nemovideo_mcp.http")

IDENTITY = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
"""Identities name folders, also where file systems do not tell upper from lower case."""
RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}
_LINE = re.compile(rf"({IDENTITY.pattern})\s+sha256:([0-9a-f]{{64}})")
_OTHERS_WRITE = 0o022


class TokenFileError(ValueError):
    """The file cannot be used; the text says why and how to mend it."""


def is_identity(name: str) -> bool:
    return IDENTITY.fullmatch(name) is not None and name not in RESERVED


class TokenFile:
    """A verifier of tokens for the SDK. A line that is added or taken away counts from the next request on."""

    def __init__(self, path: Path) -> None:
        """
        Raises:
            TokenFileError: the file cannot be read, others may write it, or a line is none.
        """
        self._path = path
        self._stamp = _stamp(path)
        self._known = read_tokens(path)
        if not self._known:
            raise TokenFileError(f"{path} holds no token yet. Make one: nemovideo-mcp token NAME --token-file {path}")

    async def verify_token(self, token: str) -> AccessToken | None:
        self._look()
        presented = hashlib.sha256(token.encode()).digest()
        found: str | None = None
        # All are compared, each in constant time: how long it takes says nothing of which one was near.
        for digest, identity in self._known:
            if hmac.compare_digest(digest, presented):
                found = identity
        # The token is not kept: what is asked later is whose it was.
        return AccessToken(token="", client_id=found, scopes=[]) if found is not None else None

    def knows(self, identity: str) -> bool:
        """Whether this identity still has a token."""
        self._look()
        return any(known == identity for _, known in self._known)

    def _look(self) -> None:
        stamp = _stamp(self._path)
        if stamp == self._stamp:
            return
        self._stamp = stamp
        try:
            self._known = read_tokens(self._path)
        except TokenFileError as error:
            # Nobody is let in on the word of a file that cannot be read.
            log.error("all requests are refused: %s", error)
            self._known = []


def _stamp(path: Path) -> tuple[int, int] | None:
    try:
        info = path.stat()
    except OSError:
        return None
    return info.st_mtime_ns, info.st_size


def read_tokens(path: Path) -> list[tuple[bytes, str]]:
    """The hashes and their identities, of which one may have several.

    Raises:
        TokenFileError: the file cannot be read, others may write it, or a line is none.
    """
    try:
        mode = path.stat().st_mode
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or "it is not text"
        raise TokenFileError(f"The token file {path} cannot be read: {why}.") from None
    if os.name == "posix" and mode & _OTHERS_WRITE:
        raise TokenFileError(
            f"The token file {path} can be written by others, who could let themselves in. Mend it: chmod 600 {path}"
        )
    found = []
    for number, line in enumerate(lines, 1):
        text = line.strip()
        if not text or text.startswith("#"):
            continue
        match = _LINE.fullmatch(text)
        if match is None or not is_identity(match[1]):
            # Not the line itself: it may hold a token in clear.
            raise TokenFileError(
                f"Line {number} of {path} is not a name and the hash of a token. "
                "Make lines with: nemovideo-mcp token NAME"
            )
        found.append((bytes.fromhex(match[2]), match[1]))
    return found


def add_token(path: Path, identity: str) -> str:
    """A new token for an identity, its hash written to the file; the token is nowhere else than in the answer.

    Raises:
        TokenFileError: the name cannot be an identity, or the file cannot be used.
    """
    if not is_identity(identity):
        raise TokenFileError(
            f"{identity!r} cannot be an identity. Use 1 to 64 of a-z, 0-9, - and _, beginning with a letter or digit."
        )
    token = "nmh_" + secrets.token_urlsafe(32)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # Others never had a chance to read it: the mode is there from the first moment.
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(descriptor, "a+", encoding="utf-8") as file:
            read_tokens(path)
            file.seek(0)
            text = file.read()
            gap = "" if not text or text.endswith("\n") else "\n"
            # 256 random bits need no slow hash.
            file.write(f"{gap}{identity} sha256:{hashlib.sha256(token.encode()).hexdigest()}\n")
    except OSError as error:
        raise TokenFileError(f"The token file {path} cannot be written: {error.strerror}.") from None
    return token
