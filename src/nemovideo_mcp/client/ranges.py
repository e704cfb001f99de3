"""Ranges and checksums of HTTP as far as a download needs them (RFC 9110, 13.1.5 and 14; RFC 9530). Pure."""

from __future__ import annotations

import base64
import binascii
import re

import httpx

from nemovideo_mcp.client.calls import Call
from nemovideo_mcp.client.partial import Identity

_CONTENT_RANGE = re.compile(r"bytes\s+(?:([0-9]{1,18})-[0-9]{1,18}|\*)/([0-9]{1,18}|\*)", re.IGNORECASE)
_STRONG_ETAG = re.compile(r'"[\x21\x23-\x7e]*"')
_SHA256_ETAG = re.compile(r'"sha-?256[:=-]([0-9a-f]{64})"', re.IGNORECASE)
_SHA256_FIELD = re.compile(r"(?:^|,)\s*sha-256=:?([A-Za-z0-9+/]{43}=):?\s*(?:,|;|$)", re.IGNORECASE)


def rest_headers(identity: Identity | None, size: int, call: Call) -> dict[str, str]:
    """What asks for the rest behind ``size`` bytes; nothing where only the whole can be asked for.

    Without a validator, the length and the render have to do: then only at the source that the beginning came from.
    """
    if identity is None or size == 0:
        return {}
    wanted = {"Range": f"bytes={size}-"}
    if identity.etag:
        return {**wanted, "If-Range": identity.etag}
    if identity.source != call.name:
        return {}
    return {**wanted, "If-Range": identity.modified} if identity.modified else wanted


def continues(response: httpx.Response, identity: Identity | None, size: int, call: Call) -> bool:
    """Whether a 206 is the rest behind ``size`` bytes of that file: not every server heeds ``If-Range``."""
    found = content_range(response)
    if identity is None or found is None or found[0] != size or _encoded(response):
        return False
    if None not in (found[1], identity.length) and found[1] != identity.length:
        return False
    etag, modified = _etag(response), response.headers.get("last-modified")
    if etag and identity.etag:
        return etag == identity.etag
    if modified and identity.modified and modified != identity.modified:
        return False
    return identity.source == call.name and found[1] == identity.length


def identity_of(response: httpx.Response, render_id: str, call: Call) -> Identity | None:
    """What a whole answer says about the file, or None where its rest could not be recognised."""
    if _encoded(response):
        return None
    length, etag = length_of(response, 0), _etag(response)
    if not length:
        # A stream without its length may end anywhere, so what came of it is no known part of anything.
        return None
    return Identity(render_id, call.name, length, etag, response.headers.get("last-modified"), _sha256(response))


def length_of(response: httpx.Response, begin: int) -> int | None:
    """How long the whole file is, in bytes, as far as the answer says. ``begin``: where the answer begins in it."""
    if begin and (found := content_range(response)) and found[1] is not None:
        return found[1]
    promised = response.headers.get("content-length", "")
    return begin + int(promised) if promised.isdecimal() and not _encoded(response) else None


def content_range(response: httpx.Response) -> tuple[int | None, int | None] | None:
    """``Content-Range`` as first byte and length of the whole, each None where it is not said; None for none."""
    match = _CONTENT_RANGE.fullmatch(response.headers.get("content-range", "").strip())
    if match is None:
        return None
    first, whole = match.groups()
    return (int(first) if first else None, int(whole) if whole != "*" else None)


def _etag(response: httpx.Response) -> str | None:
    value = response.headers.get("etag", "").strip()
    return value if _STRONG_ETAG.fullmatch(value) else None


def _encoded(response: httpx.Response) -> bool:
    return response.headers.get("content-encoding", "identity").strip().lower() not in ("", "identity")


def _sha256(response: httpx.Response) -> str | None:
    """The whole file's SHA-256 in hex, where the server gives one.

    An ETag counts only when it says that it is one: 64 hexadecimal digits alone can be the hash of anything.
    """
    if match := _SHA256_ETAG.fullmatch(response.headers.get("etag", "").strip()):
        return match[1].lower()
    for name in ("repr-digest", "content-digest", "digest"):
        if match := _SHA256_FIELD.search(response.headers.get(name, "")):
            return _hex(match[1])
    # Of a file that was stored in parts it is a checksum of checksums, with the number of parts behind it.
    stored = response.headers.get("x-amz-checksum-sha256", "")
    return None if "-" in stored else _hex(stored)


def _hex(encoded: str) -> str | None:
    try:
        raw = base64.b64decode(encoded, validate=True)
    except (ValueError, binascii.Error):
        return None
    return raw.hex() if len(raw) == 32 else None
