"""Media by URL: http and https, public addresses only, at most so many bytes, streamed to disk.

A studio runs on the user's machine, inside their network: a URL must not become a way to reach what only they can reach.
The address that was checked is the one that is connected to, on every redirect anew, so a name cannot change in between.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Collection
from pathlib import Path
from urllib.parse import unquote

import anyio
import httpx

from nemovideo_mcp.studio.multipart import Spooled, clean_name
from nemovideo_mcp.studio.refusals import bad_request, too_large

CONNECT_SECONDS, READ_SECONDS, WHOLE_SECONDS = 15.0, 60.0, 600.0
MAX_REDIRECTS = 5
_WRITE_BYTES = 512 * 1024

_NAT64 = ipaddress.ip_network("64:ff9b::/96")


class Fetcher:
    """Fetches the media of URLs. ``allowed_hosts`` may be private: ``host`` or ``host:port``."""

    def __init__(self, allowed_hosts: Collection[str] = ()) -> None:
        self._allowed = frozenset(host.lower() for host in allowed_hosts)

    async def fetch(self, url: str, target: Path, max_bytes: int) -> Spooled:
        """The file behind ``url``, written to ``target``.

        Raises:
            Refused: 400, the URL is not one that may be fetched, or nothing came; 4002, it is too large.
        """
        name = clean_name(unquote(_parsed(url).path))
        shown = _shown(_parsed(url))
        timeout = httpx.Timeout(READ_SECONDS, connect=CONNECT_SECONDS)
        transport = _PublicTransport(self._allowed)
        async with httpx.AsyncClient(
            transport=transport, timeout=timeout, follow_redirects=True, max_redirects=MAX_REDIRECTS, trust_env=False
        ) as client:
            try:
                # httpx's timeouts are for single reads: a trickle would keep within them for ever.
                with anyio.fail_after(WHOLE_SECONDS):
                    await _get(client, url, target, name, max_bytes)
            except TimeoutError:
                raise bad_request(f"{shown} could not be fetched: it took too long.") from None
            except (httpx.HTTPError, httpx.InvalidURL) as error:
                raise bad_request(f"{shown} could not be fetched: {_said(error)}.") from None
        return Spooled(name, target)


async def _get(client: httpx.AsyncClient, url: str, target: Path, name: str, max_bytes: int) -> None:
    async with client.stream("GET", url, headers={"Accept": "image/*, video/*, audio/*, */*"}) as response:
        if response.status_code != 200:
            raise bad_request(f"{_shown(httpx.URL(url))} answered with HTTP {response.status_code}.")
        await _save(response, target, name, max_bytes)


async def _save(response: httpx.Response, target: Path, name: str, max_bytes: int) -> None:
    announced = response.headers.get("Content-Length", "")
    if announced.isdecimal() and int(announced) > max_bytes:
        raise too_large(name, max_bytes)
    size = 0
    async with await anyio.open_file(target, "wb") as file:
        async for chunk in response.aiter_bytes(_WRITE_BYTES):
            size += len(chunk)
            # The header may be missing or wrong, and a compressed body may unpack to anything.
            if size > max_bytes:
                raise too_large(name, max_bytes)
            await file.write(chunk)


class _PublicTransport(httpx.AsyncHTTPTransport):
    """Connects to an address that was looked up and found public. The client comes here for every redirect."""

    def __init__(self, allowed: Collection[str]) -> None:
        super().__init__(retries=1)
        self._allowed = allowed

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        url = request.url
        if url.scheme not in ("http", "https") or not url.host:
            raise bad_request(f"{_shown(url)} is neither an http nor an https address.")
        if not {url.host.lower(), f"{url.host}:{url.port or (443 if url.scheme == 'https' else 80)}"} & set(
            self._allowed
        ):
            address = await _public_address(url)
            # The name still goes into the Host header (set already) and into TLS, which checks the certificate for it.
            request.extensions = {**request.extensions, "sni_hostname": url.host}
            request.url = url.copy_with(host=address)
        try:
            return await super().handle_async_request(request)
        finally:
            request.url = url


async def _public_address(url: httpx.URL) -> str:
    try:
        found = await anyio.getaddrinfo(url.host, url.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise bad_request(f"{_shown(url)} could not be fetched: there is no such host.") from None
    addresses = [str(entry[4][0]) for entry in found]
    if not addresses or not all(is_public(address) for address in addresses):
        raise bad_request(
            f"{_shown(url)} is on a private network. Only public addresses are fetched; "
            "save the file and upload it, or allow the host in NEMO_ALLOWED_HOSTS."
        )
    return addresses[0]


def is_public(address: str) -> bool:
    """Whether an IP address is reachable for anybody: not private, loopback, link-local, multicast or a way around that."""
    ip = ipaddress.ip_address(address.split("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is None and ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return ip.is_global and not ip.is_multicast


def _parsed(url: str) -> httpx.URL:
    try:
        parsed = httpx.URL(url.strip())
    except httpx.InvalidURL:
        raise bad_request("One of the urls is not a URL.") from None
    if parsed.scheme not in ("http", "https") or not parsed.host:
        raise bad_request(f"{_shown(parsed)} is neither an http nor an https address.")
    return parsed


def _shown(url: httpx.URL) -> str:
    # Without the query and the user: presigned links carry secrets there.
    return f"{url.scheme}://{url.host}{url.path}" if url.host else "The address"


def _said(error: Exception) -> str:
    if isinstance(error, httpx.TimeoutException):
        return "it did not answer in time"
    if isinstance(error, httpx.TooManyRedirects):
        return "it redirects too often"
    return "the connection failed"
