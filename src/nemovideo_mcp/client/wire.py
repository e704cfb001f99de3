"""One request after another: where it goes, what it carries, what its answer says, and whether it is repeated."""

from __future__ import annotations

import json as jsonlib
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any, TypeVar

import anyio
import httpx
from anyio.to_thread import run_sync
from pydantic import SecretStr

from nemovideo_mcp.api.errors import (
    ApiError,
    BadAnswer,
    BadInput,
    NemoError,
    RateLimited,
    Unauthorized,
    Unreachable,
    error_for,
)
from nemovideo_mcp.api.models import AnonymousToken, read, unwrap
from nemovideo_mcp.client.attribution import Attribution
from nemovideo_mcp.client.auth import TokenSource
from nemovideo_mcp.client.calls import ANONYMOUS_TOKEN, Call
from nemovideo_mcp.client.errors import duration, guard_foreign_logs, masked, retry_after, translated
from nemovideo_mcp.client.multipart import FilesBody
from nemovideo_mcp.client.observe import Watched
from nemovideo_mcp.client.retry import Backoff, Repetitions

_T = TypeVar("_T")
MAX_REDIRECTS = 5
CONNECT_SECONDS = 15.0
WRITE_SECONDS = 60.0


class Wire:
    """The HTTP under the client. It alone knows the origin, and adds the token and the attribution to calls there."""

    def __init__(
        self,
        *,
        base_url: str,
        tokens: TokenSource,
        attribution: Attribution,
        transport: httpx.AsyncBaseTransport | None = None,
        backoff: Backoff | None = None,
    ) -> None:
        self._base = _base(base_url)
        self._tokens = tokens
        self._attribution = attribution.headers()
        self._transport = transport
        self._backoff = backoff or Backoff()
        self._http: httpx.AsyncClient | None = None
        self._opening = anyio.Lock()
        guard_foreign_logs()

    @property
    def origin(self) -> str:
        """Scheme, host and port: what the token belongs to."""
        return _origin(self._base)

    async def open(self) -> httpx.AsyncClient:
        """The one httpx client. Reading the system's certificates takes 70 ms, hence late and in a thread."""
        async with self._opening:
            if self._http is None:
                http = await run_sync(
                    lambda: httpx.AsyncClient(transport=self._transport, headers={"User-Agent": "nemovideo-mcp"})
                )
                self._http = await http.__aenter__()
            return self._http

    async def aclose(self) -> None:
        if self._http is not None:
            http, self._http = self._http, None
            await http.__aexit__(None, None, None)

    def url(self, path_or_url: str) -> httpx.URL:
        """An absolute address: a path is one of the API's own.

        Raises:
            BadAnswer: it is neither.
        """
        if path_or_url.startswith("/") and not path_or_url.startswith("//"):
            return httpx.URL(f"{str(self._base).rstrip('/')}{path_or_url}")
        with translated():
            return httpx.URL(f"{str(self._base).rstrip('/')}/").join(path_or_url)

    async def call(
        self,
        call: Call,
        *,
        json: Any = None,
        body: FilesBody | None = None,
        headers: Mapping[str, str] | None = None,
        **ids: str,
    ) -> Any:
        """What the answer holds, out of its envelope; None for an empty one.

        Raises:
            ApiError: the backend said no.
            Unreachable: there was no connection or no answer, repetitions included.
            BadAnswer: the answer is not JSON.
        """
        return await self._read(call, payload_of, ids, json=json, body=body, headers=headers)

    async def image(self, call: Call, *, json: Any = None, **ids: str) -> bytes:
        """The bytes of an answer that is an image. Raises as ``call`` does."""
        return await self._read(call, _image_of, ids, json=json)

    async def _read(
        self,
        call: Call,
        reader: Callable[[httpx.Response], Awaitable[_T]],
        ids: Mapping[str, str],
        *,
        json: Any = None,
        body: FilesBody | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> _T:
        url = self.url(call.path(**ids))

        async def once(token: SecretStr | None, attempt: int) -> _T:
            sent = self.exchange(call, url, token, attempt, json=json, body=body, headers=headers)
            try:
                async with sent as response:
                    return await reader(response)
            except Unreachable as error:
                if body is not None and not body.whole:
                    error.uncertain = False
                raise

        return await self.perform(call, once)

    async def perform(self, call: Call, once: Callable[[SecretStr | None, int], Awaitable[_T]]) -> _T:
        """Do something with a token; again with a new one after a refusal, and as often as the retry table says."""
        repetitions = Repetitions(call, self._backoff)
        attempt, token, renewed = 1, await self._token(call), False
        while True:
            refused: Unauthorized | None = None
            try:
                return await once(token, attempt)
            except Unauthorized as error:
                refused = error
            except NemoError as error:
                failure = error
            if refused is not None:
                # Refused before anything was done, so even a chat message may be said again.
                token = None if renewed or token is None else await self._token(call, refused=token)
                if token is None:
                    if renewed:
                        refused.next_step = self._tokens.refused_advice
                    raise refused
                renewed = True
                continue
            pause = repetitions.pause_after(failure)
            if pause is None:
                raise _told(failure)
            attempt += 1
            await anyio.sleep(pause)

    async def _token(self, call: Call, refused: SecretStr | None = None) -> SecretStr | None:
        """What the call is signed with. The sign-in has repetitions of its own, so its failures are not the call's."""
        if call is ANONYMOUS_TOKEN:
            return None
        try:
            if refused is not None:
                return await self._tokens.renew(self.origin, self.mint, refused)
            return await self._tokens.token(self.origin, self.mint)
        except NemoError as error:
            # Whatever became of the sign-in, the call itself was not sent.
            error.uncertain = False
            raise

    async def mint(self, client_id: str) -> AnonymousToken:
        """``POST /api/auth/anonymous-token`` for this client id."""
        return read(AnonymousToken, await self.call(ANONYMOUS_TOKEN, headers={"X-Client-Id": client_id}))

    @asynccontextmanager
    async def exchange(
        self,
        call: Call,
        url: httpx.URL,
        token: SecretStr | None,
        attempt: int,
        *,
        json: Any = None,
        body: FilesBody | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> AsyncIterator[httpx.Response]:
        """One request and its open answer, watched: one line in the log, one span.

        Raises:
            NemoError: any failure, also one of reading the answer inside the block.
        """
        if url.scheme not in ("http", "https") or not url.host:
            # An in-process transport would take it for one of its own.
            raise BadAnswer("An address that is not http or https.")
        http = await self.open()
        timeout = httpx.Timeout(CONNECT_SECONDS, read=call.read_seconds, write=WRITE_SECONDS)
        watched = Watched(call, attempt)
        try:
            with translated():
                request = http.build_request(
                    call.method,
                    url,
                    headers={**(headers or {}), **(body.headers if body else {}), **self._own_headers(url, token)},
                    json=json,
                    content=body,
                    timeout=timeout,
                )
                response = await http.send(request, stream=True, follow_redirects=False)
                watched.answered(response.status_code)
                try:
                    yield response
                finally:
                    # Also when this is cancelled: an answer left open holds its connection.
                    with anyio.move_on_after(5, shield=True):
                        await response.aclose()
        except NemoError as error:
            watched.failed(error)
            if isinstance(error, ApiError):
                masked(error, token.get_secret_value() if token else None)
            raise
        finally:
            watched.end()

    @asynccontextmanager
    async def get(
        self,
        call: Call,
        url: httpx.URL,
        token: SecretStr | None,
        attempt: int,
        *,
        headers: Mapping[str, str] | None = None,
    ) -> AsyncIterator[httpx.Response]:
        """A GET that follows redirects. Each hop carries the token only if that hop is the API's own origin."""
        sent = {"Accept-Encoding": "identity", **(headers or {})}
        for _ in range(MAX_REDIRECTS + 1):
            async with self.exchange(call, url, token, attempt, headers=sent) as response:
                if not response.has_redirect_location:
                    yield response
                    return
                with translated():
                    url = url.join(response.headers["location"])
        raise BadAnswer("The address leads from one redirect to the next without end.")

    def _own_headers(self, url: httpx.URL, token: SecretStr | None) -> dict[str, str]:
        if token is None or _origin(url) != self.origin:
            return {}
        return {"Authorization": f"Bearer {token.get_secret_value()}", **self._attribution}


async def payload_of(response: httpx.Response) -> Any:
    """What a JSON answer holds.

    Raises:
        ApiError: its status or its envelope says that it failed.
        BadAnswer: it is a redirect or not JSON.
    """
    content = await response.aread()
    status, pause = response.status_code, retry_after(response)
    if response.is_redirect:
        raise BadAnswer(
            "The backend sends this call to another address.", "Check NEMO_API_URL: it must be the API itself."
        )
    if not content and status < 400:
        return None
    try:
        payload = jsonlib.loads(content)
    except (ValueError, RecursionError):
        payload = None
        if status < 400:
            raise BadAnswer("The backend's answer is not JSON.") from None
    if status >= 400 and not isinstance(payload, Mapping):
        raise error_for(0, status=status, retry_after=pause)
    return unwrap(payload, status=status, retry_after=pause)


async def _image_of(response: httpx.Response) -> bytes:
    if response.is_success and response.headers.get("content-type", "").startswith("image/"):
        return await response.aread()
    await payload_of(response)
    raise BadAnswer("The backend answered with something that is not an image.")


def _told(error: NemoError) -> NemoError:
    """The error as the caller gets it: a rate limit says when to come back."""
    if isinstance(error, RateLimited) and error.retry_after:
        error.next_step = f"Try again in {duration(error.retry_after)}."
    return error


def _origin(url: httpx.URL) -> str:
    port = url.port or {"http": 80, "https": 443}.get(url.scheme)
    return f"{url.scheme}://{url.host}:{port}"


def _base(base_url: str) -> httpx.URL:
    try:
        url = httpx.URL(base_url.strip())
    except httpx.InvalidURL:
        url = httpx.URL("")
    # A user and password in it would take the place of the token.
    if url.scheme not in ("http", "https") or not url.host or url.userinfo or url.query:
        raise BadInput(
            "The API's address is not an http or https address without a user name and without a query.",
            "Correct NEMO_API_URL, or remove it.",
        )
    return url
