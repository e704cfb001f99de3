"""Tokens of an OAuth authorization server: signed JWTs (RFC 9068), checked with the keys that the issuer publishes."""

from __future__ import annotations

import hashlib
import logging
import time
from typing import Any

import anyio
import httpx
import jwt
from mcp.server.auth.provider import AccessToken

log = logging.getLogger("nemovideo_mcp.http")

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
"""Signatures with a public key only: the keys are public, so an HMAC over one of them would prove nothing."""
KEYS_SECONDS = 3600.0
"""How long the issuer's keys are used before they are fetched again."""
AGAIN_SECONDS = 30.0
"""The least time between two fetches: tokens with made-up keys must not make this server a nuisance to the issuer."""
LONGEST_TOKEN = 16_384
LARGEST_ANSWER = 1_000_000
LEEWAY_SECONDS = 30
"""By how much two machines' clocks may differ."""


class IssuerTokens:
    """A verifier of tokens for the SDK. ``audience`` is this server's own address, for which a token must have been made."""

    def __init__(self, issuer: str, audience: str, transport: httpx.AsyncBaseTransport | None = None) -> None:
        self._issuer = issuer
        self._audiences = [audience, audience.rstrip("/") + "/"]
        self._transport = transport
        self._keys: dict[str | None, Any] = {}
        self._fetched = -KEYS_SECONDS
        self._fetching = anyio.Lock()

    async def verify_token(self, token: str) -> AccessToken | None:
        if len(token) > LONGEST_TOKEN:
            return None
        try:
            header = jwt.get_unverified_header(token)
            if header.get("alg") not in ALGORITHMS:
                return None
            key = await self._key(header.get("kid"))
            if key is None:
                return None
            claims = jwt.decode(
                token,
                key,
                algorithms=list(ALGORITHMS),
                issuer=self._issuer,
                audience=self._audiences,
                leeway=LEEWAY_SECONDS,
                options={"require": ["exp", "iss", "aud", "sub"]},
            )
        except (jwt.PyJWTError, ValueError) as error:
            # The kind of the error only: its text may quote the token.
            log.info("a token was refused: %s", type(error).__name__)
            return None
        client = claims.get("client_id") or claims.get("azp") or claims["sub"]
        scopes = claims.get("scope") or claims.get("scp") or ""
        return AccessToken(
            token="",
            client_id=str(client),
            scopes=scopes.split() if isinstance(scopes, str) else [str(scope) for scope in scopes],
            expires_at=int(claims["exp"]) + LEEWAY_SECONDS,
            subject=claims["sub"],
            claims={"iss": self._issuer},
        )

    def knows(self, identity: str) -> bool:
        """Whom the issuer still lets in, only its next token tells."""
        return True

    async def _key(self, id: str | None) -> Any:
        """The issuer's key of this id, fetched when it is not known or old; None when there is none."""
        async with self._fetching:
            age = time.monotonic() - self._fetched
            if age >= KEYS_SECONDS or (id not in self._keys and age >= AGAIN_SECONDS):
                self._fetched = time.monotonic()
                try:
                    self._keys = await self._published()
                except (httpx.HTTPError, jwt.PyJWTError, ValueError, KeyError, TypeError) as error:
                    # Keys that were good stay good while the issuer is away.
                    log.error("the keys of %s cannot be had: %s", self._issuer, error)
        return self._keys.get(id)

    async def _published(self) -> dict[str | None, Any]:
        async with httpx.AsyncClient(transport=self._transport, timeout=10, follow_redirects=False) as client:
            address = (await self._metadata(client))["jwks_uri"]
            keys = jwt.PyJWKSet.from_dict(await _json(client, address)).keys
        signing = [key for key in keys if key.public_key_use in (None, "sig")]
        found: dict[str | None, Any] = {key.key_id: key for key in signing}
        if len(signing) == 1:
            found[None] = signing[0]  # a token that names no key means the only one
        return found

    async def _metadata(self, client: httpx.AsyncClient) -> dict[str, Any]:
        """The issuer's own description (RFC 8414, else OpenID Connect Discovery)."""
        url = httpx.URL(self._issuer)
        path = url.path.rstrip("/")
        places = [
            url.copy_with(path=f"/.well-known/oauth-authorization-server{path}"),
            url.copy_with(path=f"{path}/.well-known/openid-configuration"),
        ]
        for place in places[:-1]:
            try:
                return self._own(await _json(client, place))
            except (httpx.HTTPError, ValueError):
                continue
        return self._own(await _json(client, places[-1]))

    def _own(self, metadata: dict[str, Any]) -> dict[str, Any]:
        if metadata.get("issuer") != self._issuer:
            raise ValueError("the metadata is another issuer's")
        return metadata


async def _json(client: httpx.AsyncClient, url: httpx.URL | str) -> dict[str, Any]:
    answer = await client.get(url)
    answer.raise_for_status()
    if len(answer.content) > LARGEST_ANSWER:
        raise ValueError("the answer is too large")
    found = answer.json()
    if not isinstance(found, dict):
        raise ValueError("the answer is no object")
    return found


def tenant_of(token: AccessToken) -> str:
    """The name of the folder in which all that is an identity's lies: the same person, whichever client they use."""
    if token.subject is None:
        return token.client_id
    issuer = (token.claims or {}).get("iss", "")
    return "user-" + hashlib.sha256(f"{issuer}\n{token.subject}".encode()).hexdigest()[:32]
