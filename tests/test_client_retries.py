"""Every call and every failure: how often it goes out. The table here is the API page's, said a second time."""

from collections import Counter
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from nemovideo_mcp.api import errors
from nemovideo_mcp.client import NemoVideoClient
from nemovideo_mcp.client.calls import CALLS
from support.backend import FILM
from support.clients import client_of

pytestmark = pytest.mark.anyio

Act = Callable[[NemoVideoClient, Path], Awaitable[Any]]


async def chat(client: NemoVideoClient) -> None:
    async with client.chat("s1", "shorter") as stream:
        async for _ in stream:
            pass


async def upload(client: NemoVideoClient, folder: Path) -> None:
    (folder / "a.jpg").write_bytes(b"a photo")
    await client.upload_files("s1", [folder / "a.jpg"])


ACTS: dict[str, Act] = {
    "anonymous_token": lambda client, _: client.anonymous_token("00000000-0000-0000-0000-000000000000"),
    "create_session": lambda client, _: client.create_session(),
    "claim_token": lambda client, _: client.claim_token("t1", "s1"),
    "chat": lambda client, _: chat(client),
    "upload": upload,
    "credits": lambda client, _: client.credits(),
    "state": lambda client, _: client.state("s1"),
    "submit_render": lambda client, _: client.submit_render("r1", "s1", {}, {}),
    "render": lambda client, _: client.render("r1"),
    "cancel_render": lambda client, _: client.cancel_render("r1"),
    "download": lambda client, folder: client.download(None, "r1", folder / "film.mp4"),
    "output": lambda client, folder: client.download("/film.mp4", "r1", folder / "film.mp4"),
    "projects": lambda client, _: client.projects(),
    "rename_project": lambda client, _: client.rename_project("s1", "New"),
    "delete_project": lambda client, _: client.delete_project("s1"),
    "preview": lambda client, _: client.preview("s1"),
    "versions": lambda client, _: client.versions("s1"),
    "restore_version": lambda client, _: client.restore_version("s1", 1),
}

FAILURES: dict[str, Callable[[], httpx.Response]] = {}


def raising(error: Exception) -> Callable[[], httpx.Response]:
    def fail() -> httpx.Response:
        raise error

    return fail


FAILURES = {
    "refused": raising(httpx.ConnectError("refused")),
    "connect timeout": raising(httpx.ConnectTimeout("")),
    "reset": raising(httpx.ReadError("")),
    "hung up": raising(httpx.RemoteProtocolError("")),
    "read timeout": raising(httpx.ReadTimeout("")),
    "write timeout": raising(httpx.WriteTimeout("")),
    "500": lambda: httpx.Response(500),
    "502": lambda: httpx.Response(502, text="<h1>Bad Gateway</h1>"),
    "503": lambda: httpx.Response(503, json={"code": 503}),
    "504": lambda: httpx.Response(504),
    "code 503": lambda: httpx.Response(200, json={"code": 503}),
    "429": lambda: httpx.Response(429),
    "429 at once": lambda: httpx.Response(429, headers={"Retry-After": "0"}),
    "429 for days": lambda: httpx.Response(429, headers={"Retry-After": "259200"}),
    "code 429": lambda: httpx.Response(200, json={"code": 429}),
    "400": lambda: httpx.Response(400, json={"code": 400, "message": "no"}),
    "401": lambda: httpx.Response(401),
    "402": lambda: httpx.Response(402),
    "403": lambda: httpx.Response(403),
    "404": lambda: httpx.Response(404),
    "code 1002": lambda: httpx.Response(200, json={"code": 1002}),
    "code 2001": lambda: httpx.Response(200, json={"code": 2001}),
    "code 4001": lambda: httpx.Response(200, json={"code": 4001}),
    "no JSON": lambda: httpx.Response(200, text="<h1>Sign in</h1>", headers={"content-type": "text/html"}),
}

ONCE = dict.fromkeys(FAILURES, 1)
SAID_AGAIN = ONCE | {"refused": 4, "connect timeout": 4, "429": 2, "429 at once": 2, "code 429": 2}
"""What was refused, or never arrived, can be said again; what may have been done cannot."""
ASKED_AGAIN = SAID_AGAIN | {
    "reset": 4, "hung up": 4, "read timeout": 2, "write timeout": 2, "500": 2, "502": 4, "503": 4, "504": 4,
    "code 503": 4, "429 at once": 4,
}  # fmt: skip
"""What changes nothing, or is known by an id of ours."""

ASKING = {"credits", "state", "submit_render", "render", "download", "output", "projects", "preview", "versions"}
TIMES = {
    name: ONCE if name == "chat" else ASKED_AGAIN if name in ASKING else SAID_AGAIN
    for name in ACTS
}  # fmt: skip
PATHS = {"output": "/film.mp4", "anonymous_token": "/api/auth/anonymous-token"}


def test_every_call_is_here() -> None:
    assert set(ACTS) == {call.name for call in CALLS}


@pytest.mark.parametrize("failure", FAILURES)
@pytest.mark.parametrize("name", ACTS)
async def test_a_call_that_fails_again_and_again_goes_out_as_often_as_the_table_says(
    name: str, failure: str, tmp_path: Path
) -> None:
    sent: Counter[str] = Counter()

    async def answer(request: httpx.Request) -> httpx.Response:
        await request.aread()
        sent[request.url.path] += 1
        if name == "output" and request.url.path != "/film.mp4":
            return httpx.Response(200, content=FILM, headers={"content-type": "video/mp4"})
        return FAILURES[failure]()

    async with client_of(transport=httpx.MockTransport(answer)) as client:
        if name == "output":
            await ACTS[name](client, tmp_path)
        else:
            with pytest.raises(errors.NemoError) as caught:
                await ACTS[name](client, tmp_path)
            assert str(caught.value)
    times = sent["/film.mp4"] if name == "output" else sent.total()
    assert times == TIMES[name][failure]


@pytest.mark.parametrize("failure", [failure for failure in FAILURES if ASKED_AGAIN[failure] > 1])
@pytest.mark.parametrize("name", sorted(ASKING - {"output"}))
async def test_one_failure_of_a_safe_call_is_not_seen_by_its_caller(name: str, failure: str, tmp_path: Path) -> None:
    first = [FAILURES[failure]]

    async def answer(request: httpx.Request) -> httpx.Response:
        await request.aread()
        if first:
            return first.pop()()
        if name == "download":
            return httpx.Response(200, content=FILM, headers={"content-type": "video/mp4"})
        if name == "preview":
            return httpx.Response(200, content=b"jpeg", headers={"content-type": "image/jpeg"})
        data = {"available": 1, "session_id": "s1", "status": "pending", "projects": [], "versions": []}
        return httpx.Response(200, json={"code": 0, "data": data})

    async with client_of(transport=httpx.MockTransport(answer)) as client:
        await ACTS[name](client, tmp_path)


async def test_two_kinds_of_429_are_still_one_repetition_of_what_costs_something() -> None:
    answers = [FAILURES["429"], FAILURES["429 at once"], FAILURES["429"]]
    async with client_of(transport=httpx.MockTransport(lambda _: answers.pop(0)())) as client:
        with pytest.raises(errors.RateLimited):
            await client.create_session()
    assert len(answers) == 1
