"""Media by URL: what is fetched, and what never is."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import anyio
import anyio.abc
import pytest

from nemovideo_mcp.studio.fetch import Fetcher, is_public
from nemovideo_mcp.studio.policy import Policy
from nemovideo_mcp.studio.refusals import Refused

if TYPE_CHECKING:
    from support.studio import World

pytest_plugins = ["support.studio"]
pytestmark = pytest.mark.anyio


@asynccontextmanager
async def web(*answers: bytes) -> AsyncIterator[int]:
    """A web server that gives these answers, one for each connection; its port."""
    waiting = list(answers)

    async def handle(stream: Any) -> None:
        async with stream:
            asked = b""
            while b"\r\n\r\n" not in asked:
                asked += await stream.receive()
            await stream.send(waiting.pop(0))

    listener = await anyio.create_tcp_listener(local_host="127.0.0.1", local_port=0)
    async with listener, anyio.create_task_group() as group:
        group.start_soon(listener.serve, handle)
        yield listener.extra(anyio.abc.SocketAttribute.local_port)
        group.cancel_scope.cancel()


def ok(content: bytes, *, length: bool = True) -> bytes:
    head = b"HTTP/1.1 200 OK\r\nConnection: close\r\n" + (b"Content-Length: %d\r\n" % len(content) if length else b"")
    return head + b"\r\n" + content


def to(location: str) -> bytes:
    return f"HTTP/1.1 302 Found\r\nLocation: {location}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode()


async def test_an_allowed_host_is_fetched_and_redirects_are_followed(near: World) -> None:
    answers = to("/b/%E5%A4%8F.jpg"), ok(near.photo(1))
    async with web(*answers) as port, near.open(allowed_hosts=[f"127.0.0.1:{port}"]) as api:
        path = f"/api/upload-video/nemo_agent/me/{api.session}"
        answer = await api.post(path, {"urls": [f"http://127.0.0.1:{port}/a.jpg?secret=1"], "source_type": "url"})
    (stored,) = answer.json()["data"]["files"]
    assert (stored["filename"], stored["file_type"], stored["width"]) == ("a.jpg", "image", 96)


async def test_a_redirect_to_a_private_host_is_refused(near: World) -> None:
    for target in (
        "http://localhost/x.jpg",
        "http://169.254.169.254/latest",
        "http://[::ffff:127.0.0.1]/",
        "file:///etc/x",
    ):
        async with web(to(target)) as port, near.open(allowed_hosts=[f"127.0.0.1:{port}"]) as api:
            path = f"/api/upload-video/nemo_agent/me/{api.session}"
            answer = await api.post(path, {"urls": [f"http://127.0.0.1:{port}/a.jpg?key=secret"]})
        assert (answer.status_code, answer.json()["code"]) == (400, 400), target
        assert "secret" not in answer.text


@pytest.mark.parametrize("length", [True, False])
async def test_too_large_a_file_is_4002_whether_it_says_so_or_not(near: World, length: bool) -> None:
    policy = Policy(max_upload_bytes=100_000)
    async with web(ok(bytes(300_000), length=length)) as port, near.open(policy, allowed_hosts=["127.0.0.1"]) as api:
        path = f"/api/upload-video/nemo_agent/me/{api.session}"
        answer = await api.post(path, {"urls": [f"http://127.0.0.1:{port}/big.jpg"]})
    assert answer.json()["code"] == 4002
    assert "big.jpg" in answer.json()["message"]


async def test_what_is_no_media_is_4001(near: World) -> None:
    async with web(ok(b"<html>not a picture</html>")) as port, near.open(allowed_hosts=["127.0.0.1"]) as api:
        path = f"/api/upload-video/nemo_agent/me/{api.session}"
        answer = await api.post(path, {"urls": [f"http://127.0.0.1:{port}/page.jpg"]})
    assert answer.json()["code"] == 4001
    assert "page.jpg" in answer.json()["message"]


@pytest.mark.parametrize(
    ("answer", "word"),
    [
        (b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", "404"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\nConnection: close\r\n\r\nhalf", "connection"),
        (b"nonsense\r\n\r\n", "connection"),
    ],
    ids=["404", "cut off", "no http"],
)
async def test_what_does_not_come_is_400_and_says_why(tmp_path: Path, answer: bytes, word: str) -> None:
    # Twice: a connection that breaks before an answer may be tried once more.
    async with web(answer, answer) as port:
        with pytest.raises(Refused, match=word) as refused:
            await Fetcher(["127.0.0.1"]).fetch(f"http://127.0.0.1:{port}/a.jpg?key=secret", tmp_path / "a", 1000)
    assert refused.value.code == 400
    assert "secret" not in refused.value.message


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2606:4700::1111", True),
        ("127.0.0.1", False),
        ("10.0.0.1", False),
        ("192.168.0.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("fc00::1", False),
        ("::ffff:127.0.0.1", False),
        ("64:ff9b::7f00:1", False),
        ("2002:7f00:1::", False),
    ],
)
def test_which_addresses_are_public(address: str, public: bool) -> None:
    assert is_public(address) is public
