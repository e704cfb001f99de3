"""The chat stream: events as they come, one clock for silence and one for all, and a connection that is closed."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from itertools import pairwise
from typing import Any

import anyio
import anyio.to_thread
import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.responses import HTMLResponse, JSONResponse, Response

from nemovideo_mcp.api import errors
from nemovideo_mcp.api.events import Event, Heartbeat, TextEvent, ToolCall, ToolResult, UnknownEvent
from nemovideo_mcp.client import ChatClocks, ChatStream, NemoVideoClient
from nemovideo_mcp.client.sse import Framer
from support.backend import BEARER, Backend, error
from support.clients import client_of
from support.sockets import saying, serving

pytestmark = pytest.mark.anyio

HEAD = b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n"
HELLO = b'data: {"text": "Hello"}\n\n'


def streaming(*chunks: bytes | Exception | float) -> httpx.MockTransport:
    """A transport whose answer is these chunks; a number is a pause in seconds, an error breaks the connection."""

    async def body() -> AsyncIterator[bytes]:
        for chunk in chunks:
            if isinstance(chunk, Exception):
                raise chunk
            if isinstance(chunk, bytes):
                yield chunk
            else:
                await anyio.sleep(chunk)

    headers = {"content-type": "text/event-stream; charset=utf-8"}
    return httpx.MockTransport(lambda _: httpx.Response(200, headers=headers, content=body()))


@asynccontextmanager
async def chat(*chunks: bytes | Exception | float, **more: Any) -> AsyncIterator[ChatStream]:
    async with client_of(transport=streaming(*chunks), **more) as client, client.chat("s1", "shorter") as stream:
        yield stream


async def said(*chunks: bytes | Exception | float, **more: Any) -> list[Event]:
    async with chat(*chunks, **more) as stream:
        return [event async for event in stream]


STREAM = (
    ": connected\n\n"
    'data: {"content": {"role": "model", "parts": [{"text": "I make "}]}, "partial": true}\n\n'
    'data: {"content": {"role": "model", "parts": [{"text": "a film. 做好了"}]}, "partial": true}\r\n\r\n'
    "event: heartbeat\ndata: {}\n\n"
    "data:\n\n"
    'data: {"content": {"parts": [{"text": "I make a film. 做好了"}, '
    '{"functionCall": {"id": "1", "name": "cut", "args": {}}}]}}\n\n'
    'id: 7\rdata: {"type": "tool_result", "name": "cut",\rdata: "result": 3}\r\r'
    "data: {broken\n\n"
    'data: {"type": "text", "content": "Second stage."}\n\n'
    'data: {"text": "I encountered a temporary issue."}'
).encode()

EVENTS: list[Event] = [
    Heartbeat(),
    TextEvent("I make ", partial=True),
    TextEvent("a film. 做好了", partial=True),
    Heartbeat(),
    Heartbeat(),
    TextEvent("I make a film. 做好了"),
    ToolCall("cut", {}, "1"),
    ToolResult("cut", 3),
    UnknownEvent("{broken"),
    TextEvent("Second stage."),
    TextEvent("I encountered a temporary issue."),
]


async def test_a_stream_of_every_form_is_folded_into_a_reply() -> None:
    async with chat(STREAM) as stream:
        assert [event async for event in stream] == EVENTS
        assert [event async for event in stream] == []
    assert stream.reply.text == "I make a film. 做好了\n\nSecond stage."
    assert (stream.reply.unknown, stream.reply.result_of("cut")) == (1, 3)


@given(st.lists(st.integers(0, len(STREAM)), max_size=40))
def test_the_events_are_the_same_however_the_bytes_are_cut(cuts: list[int]) -> None:
    framer, edges = Framer(), [0, *sorted(cuts), len(STREAM)]
    pieces = [STREAM[a:b] for a, b in pairwise(edges)]
    assert [event for piece in pieces for event in framer.feed(piece)] + list(framer.end()) == EVENTS


@given(st.lists(st.binary(max_size=200)))
def test_no_bytes_make_the_framer_fail(pieces: list[bytes]) -> None:
    framer = Framer()
    for piece in pieces:
        list(framer.feed(piece))
    list(framer.end())


async def test_bytes_that_are_not_utf8_spoil_their_own_event_only() -> None:
    events = await said(b'data: {"text": "\xff"}\n\n', HELLO)
    assert isinstance(events[0], UnknownEvent)
    assert events[1:] == [TextEvent("Hello")]


async def test_a_byte_order_mark_is_not_part_of_the_first_event() -> None:
    assert await said(b"\xef\xbb\xbf", HELLO) == [TextEvent("Hello")]


@pytest.mark.parametrize("chunks", [[b"data: " + b"x" * 5000 + b"\n\n"], [b"data: x\n"] * 5000, [b"x" * 100] * 50])
async def test_an_event_beyond_the_bound_ends_the_stream_after_the_events_before_it(chunks: list[bytes]) -> None:
    async with chat(HELLO + chunks[0], *chunks[1:], max_event_bytes=1000) as stream:
        assert await anext(stream) == TextEvent("Hello")
        with pytest.raises(errors.Interrupted, match="too large"):
            await anext(stream)
    assert stream.reply.text == "Hello"


async def test_an_error_event_is_raised_after_the_events_before_it_and_without_the_token() -> None:
    failure = f'data: {{"code": 2001, "message": "no credits for {BEARER}", "data": {{"t": "{BEARER}"}}}}\n\n'
    async with chat(HELLO + failure.encode() + HELLO) as stream:
        assert await anext(stream) == TextEvent("Hello")
        with pytest.raises(errors.NoCredits) as caught:
            await anext(stream)
        assert [event async for event in stream] == []
    assert (str(caught.value), caught.value.details) == ("no credits for ***", {"t": "***"})
    assert stream.reply.error is caught.value


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (error(1002), errors.SessionNotFound),
        (error(2001), errors.NoCredits),
        (error(0, status=404), errors.NotFound),
        (JSONResponse({"detail": "busy"}, 503), errors.BackendFault),
        (JSONResponse({"code": 0, "data": {}}), errors.BadAnswer),
        (HTMLResponse("<h1>Welcome</h1>"), errors.BadAnswer),
        (Response("data: {}\n\n", media_type="text/plain"), errors.BadAnswer),
    ],
)
async def test_an_answer_that_is_no_stream_is_the_error_that_it_says(
    answer: Response, kind: type[errors.NemoError]
) -> None:
    backend = Backend()
    backend.script("POST /run_sse", answer)
    async with client_of(backend) as client:
        with pytest.raises(errors.NemoError) as caught:
            async with client.chat("s1", "shorter"):
                pass
    assert type(caught.value) is kind
    assert caught.value.uncertain is (kind in (errors.BadAnswer, errors.BackendFault))
    assert len(backend.seen) == 1


# Ends -----------------------------------------------------------------------------------------------------------------


async def test_a_lost_connection_is_an_interruption_after_the_events_before_it() -> None:
    async with chat(HELLO, httpx.ReadError("gone")) as stream:
        assert await anext(stream) == TextEvent("Hello")
        with pytest.raises(errors.Interrupted) as caught:
            await anext(stream)
        assert [event async for event in stream] == []
    assert caught.value.uncertain
    assert stream.reply.text == "Hello"


@pytest.mark.parametrize(
    "cut",
    [
        b"transfer-encoding: chunked\r\n\r\n19\r\n" + HELLO[:10],
        b"transfer-encoding: chunked\r\n\r\n19\r\n" + HELLO + b"\r\n",
        b'connection: close\r\n\r\ndata: {"text": "\xe5\x81',
        b"connection: close\r\n\r\n" + HELLO + b'data: {"tex',
    ],
    ids=["inside a chunk", "between chunks", "inside a character", "inside an event"],
)
async def test_a_stream_cut_on_the_wire_is_an_interruption(cut: bytes) -> None:
    async with saying(HEAD + cut) as url, client_of(url=url) as client, client.chat("s1", "shorter") as stream:
        with pytest.raises(errors.Interrupted):
            async for _ in stream:
                pass


async def test_a_hang_up_before_the_headers_is_an_interruption() -> None:
    async with saying(b"") as url, client_of(url=url) as client:
        with pytest.raises(errors.Interrupted):
            async with client.chat("s1", "shorter"):
                pass


async def test_a_stream_that_closes_without_a_word_is_an_empty_reply() -> None:
    nothing = HEAD + b"connection: close\r\n\r\n"
    async with saying(nothing) as url, client_of(url=url) as client, client.chat("s1", "shorter") as stream:
        assert [event async for event in stream] == []
    assert stream.reply.text == ""


# Clocks ---------------------------------------------------------------------------------------------------------------

BEATS = [part for _ in range(60) for part in (0.005, b": beat\n\n")]


@pytest.mark.parametrize("quiet", [[30.0], BEATS, [part for _ in range(60) for part in (0.005, b"data:\n\n")]])
async def test_silence_and_heartbeats_alone_run_into_the_clock_of_silence(quiet: list[bytes | float]) -> None:
    clocks = ChatClocks(total_seconds=20, silence_seconds=0.1)
    with anyio.fail_after(5):
        async with chat(HELLO, *quiet, HELLO, clocks=clocks) as stream:
            with pytest.raises(errors.Interrupted, match="nothing but heartbeats"):
                async for _ in stream:
                    pass
    assert stream.reply.text == "Hello"


async def test_events_and_a_long_event_on_its_way_hold_the_clock_of_silence_back() -> None:
    slowly = [part for _ in range(15) for part in (0.01, b"x" * 300)]
    events = [part for _ in range(15) for part in (0.01, HELLO)]
    clocks = ChatClocks(total_seconds=20, silence_seconds=0.1)
    got = await said(*events, b'data: {"text": "', *slowly, b'"}\n\n', clocks=clocks)
    assert got == [TextEvent("Hello")] * 15 + [TextEvent("x" * 4500)]


async def test_a_slow_reader_is_no_silence_of_the_backend() -> None:
    async with chat(HELLO, HELLO, clocks=ChatClocks(total_seconds=20, silence_seconds=0.02)) as stream:
        async for _ in stream:
            await anyio.sleep(0.03)
    assert stream.reply.text == "Hello\n\nHello"


async def test_the_clock_of_all_fires_in_the_middle_of_talk() -> None:
    talk = [part for _ in range(200) for part in (0.005, HELLO)]
    with pytest.raises(errors.Interrupted, match="longer than"):
        await said(*talk, clocks=ChatClocks(total_seconds=0.1, silence_seconds=20))


async def test_the_clock_runs_while_the_headers_are_waited_for() -> None:
    async def never(request: httpx.Request) -> httpx.Response:
        await anyio.sleep_forever()
        raise AssertionError

    clocks = ChatClocks(total_seconds=20, silence_seconds=0.05)
    async with client_of(transport=httpx.MockTransport(never), clocks=clocks) as client:
        with pytest.raises(errors.Interrupted):
            async with client.chat("s1", "shorter"):
                pass


# Over a real socket ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def server() -> Iterator[tuple[Backend, str]]:
    backend = Backend()
    with serving(backend.app) as url:
        yield backend, url


async def closed(backend: Backend) -> bool:
    return await anyio.to_thread.run_sync(backend.stream_closed.wait, 5)


async def test_events_arrive_while_the_work_goes_on_and_leaving_early_closes_the_connection(
    server: tuple[Backend, str],
) -> None:
    backend, url = server
    backend.chunks, backend.then = [HELLO], "hang"
    backend.stream_closed.clear()
    async with client_of(url=url) as client:
        with anyio.fail_after(5):
            async with client.chat("s1", "shorter") as stream:
                assert await anext(stream) == TextEvent("Hello")
                assert not backend.stream_closed.is_set()
        assert await closed(backend)
        assert (await client.credits()).available == 90


@pytest.mark.parametrize("way", ["error", "cancel", "timeout"])
async def test_however_a_stream_is_left_its_connection_is_closed(server: tuple[Backend, str], way: str) -> None:
    backend, url = server
    backend.chunks, backend.then = [HELLO], "heartbeats"
    backend.stream_closed.clear()
    clocks = ChatClocks(total_seconds=20, silence_seconds=0.5 if way == "timeout" else 20)
    async with client_of(url=url, clocks=clocks) as client:
        await _leave(client, way)
        assert await closed(backend)


async def _leave(client: NemoVideoClient, way: str) -> None:
    async def listen() -> None:
        async with client.chat("s1", "shorter") as stream:
            async for _ in stream:
                if way == "error":
                    raise ZeroDivisionError

    if way == "cancel":
        with anyio.move_on_after(0.1):
            await listen()
        return
    with pytest.raises(ZeroDivisionError if way == "error" else errors.Interrupted):
        await listen()
