"""The transport that calls an ASGI application in this process, against small applications."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import anyio
import anyio.lowlevel
import httpx
import pytest

from nemovideo_mcp.studio.transport import ASGIApp, StreamingASGITransport

pytestmark = pytest.mark.anyio


def client_of(app: ASGIApp) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=StreamingASGITransport(app), base_url="http://studio")


async def start(send: Any, status: int = 200) -> None:
    await send({"type": "http.response.start", "status": status, "headers": [(b"x-from", b"app")]})


async def test_a_chunk_arrives_while_the_application_is_still_at_work() -> None:
    go_on = anyio.Event()

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await start(send)
        await send({"type": "http.response.body", "body": b"first", "more_body": True})
        await go_on.wait()
        await send({"type": "http.response.body", "body": b"last"})

    async with client_of(app) as client, client.stream("GET", "/") as response:
        chunks = response.aiter_raw()
        assert await anext(chunks) == b"first"
        go_on.set()
        assert [chunk async for chunk in chunks] == [b"last"]
        assert response.headers["x-from"] == "app"


async def test_a_request_body_is_streamed_in() -> None:
    seen: list[bytes] = []
    sent = 0

    async def app(scope: Any, receive: Any, send: Any) -> None:
        while True:
            message = await receive()
            seen.append(message["body"])
            # Not one chunk has been asked for ahead of time.
            assert sent <= len(seen)
            if not message["more_body"]:
                break
        await start(send)
        await send({"type": "http.response.body", "body": b"ok"})

    async def body() -> AsyncIterator[bytes]:
        nonlocal sent
        for number in range(50):
            sent += 1
            yield b"%d" % number

    async with client_of(app) as client:
        assert (await client.post("/", content=body())).text == "ok"
    assert b"".join(seen) == b"".join(b"%d" % number for number in range(50))


async def test_the_scope_says_what_was_asked_for() -> None:
    scopes: list[Any] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        scopes.append(scope)
        await start(send, 204)
        await send({"type": "http.response.body"})

    async with client_of(app) as client:
        answer = await client.request("PATCH", "/a%20b/夏?x=1&y=%2F", headers={"X-Thing": "v"})
    (scope,) = scopes
    assert answer.status_code == 204
    assert (scope["method"], scope["path"], scope["query_string"]) == ("PATCH", "/a b/夏", b"x=1&y=%2F")
    assert scope["raw_path"] == b"/a%20b/%E5%A4%8F"
    assert (b"x-thing", b"v") in scope["headers"]
    assert (scope["scheme"], scope["server"]) == ("http", ("studio", 80))


async def test_closing_the_response_ends_the_call() -> None:
    ended: list[str] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await start(send)
        await send({"type": "http.response.body", "body": b"x", "more_body": True})
        try:
            await anyio.sleep_forever()
        finally:
            ended.append("cancelled")

    async with client_of(app) as client:
        async with client.stream("GET", "/") as response:
            await anext(response.aiter_raw())
            assert ended == []
        assert ended == ["cancelled"]


async def test_an_application_that_listens_hears_that_the_client_has_gone() -> None:
    heard: list[str] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await receive()
        await start(send)
        await send({"type": "http.response.body", "body": b"x", "more_body": True})
        try:
            heard.append((await receive())["type"])
        except asyncio.CancelledError:
            heard.append((await receive())["type"])
            raise

    async with client_of(app) as client, client.stream("GET", "/") as response:
        await anext(response.aiter_raw())
    assert heard == ["http.disconnect"]


async def test_closing_the_client_ends_all_calls() -> None:
    running = 0

    async def app(scope: Any, receive: Any, send: Any) -> None:
        nonlocal running
        running += 1
        try:
            await start(send)
            await anyio.sleep_forever()
        finally:
            running -= 1

    client = client_of(app)
    for _ in range(3):
        await client.send(client.build_request("GET", "/"), stream=True)
    assert running == 3
    await client.aclose()
    assert running == 0


async def test_a_caller_that_gives_up_takes_the_call_with_it() -> None:
    ended = anyio.Event()

    async def app(scope: Any, receive: Any, send: Any) -> None:
        try:
            await anyio.sleep_forever()
        finally:
            ended.set()

    async with client_of(app) as client:
        with anyio.move_on_after(0.01) as scope:
            await client.get("/")
        assert scope.cancelled_caught
        with anyio.fail_after(5):
            await ended.wait()


async def test_a_failure_before_the_answer_is_a_500() -> None:
    async def failing(scope: Any, receive: Any, send: Any) -> None:
        raise ValueError("secret")

    async def silent(scope: Any, receive: Any, send: Any) -> None:
        return

    for app in (failing, silent):
        async with client_of(app) as client:
            answer = await client.get("/")
        assert answer.status_code == 500
        assert "secret" not in answer.text


async def test_a_failure_within_the_answer_breaks_the_stream() -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        await start(send)
        await send({"type": "http.response.body", "body": b"half", "more_body": True})
        raise ValueError("broken")

    async with client_of(app) as client:
        with pytest.raises(httpx.RemoteProtocolError):
            await client.get("/")


async def test_a_slow_reader_holds_the_application_back() -> None:
    sent = 0

    async def app(scope: Any, receive: Any, send: Any) -> None:
        nonlocal sent
        await start(send)
        for _ in range(1000):
            await send({"type": "http.response.body", "body": b"x" * 1000, "more_body": True})
            sent += 1
        await send({"type": "http.response.body"})

    async with client_of(app) as client, client.stream("GET", "/") as response:
        chunks = response.aiter_raw()
        await anext(chunks)
        for _ in range(50):
            await anyio.lowlevel.checkpoint()
        assert sent < 20
        assert len(b"".join([chunk async for chunk in chunks])) == 999_000


async def test_many_calls_run_side_by_side() -> None:
    arrived = 0
    everybody = anyio.Event()

    async def app(scope: Any, receive: Any, send: Any) -> None:
        nonlocal arrived
        arrived += 1
        if arrived == 20:
            everybody.set()
        await everybody.wait()
        await start(send)
        await send({"type": "http.response.body", "body": scope["path"].encode()})

    answers: list[str] = []

    async def get(client: httpx.AsyncClient, number: int) -> None:
        answers.append((await client.get(f"/{number}")).text)

    async with client_of(app) as client:
        with anyio.fail_after(5):
            async with anyio.create_task_group() as group:
                for number in range(20):
                    group.start_soon(get, client, number)
    assert sorted(answers) == sorted(f"/{number}" for number in range(20))
