"""Each call of the API through the client: what goes out, what comes back, what is repeated, what is never shown."""

import logging
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from nemovideo_mcp.api import errors
from nemovideo_mcp.client import Attribution, Backoff, FixedToken, NemoVideoClient
from nemovideo_mcp.client.calls import CALLS
from nemovideo_mcp.client.retry import RULES
from support.backend import BEARER, JPEG, Backend, error
from support.clients import AT_ONCE, ATTRIBUTION, client_of
from support.sockets import refused_port, saying

pytestmark = pytest.mark.anyio

CREDITS = "GET /api/credits/balance/simple"
CREATE = "POST /api/tasks/me/with-session/nemo_agent"
SUBMIT = "POST /api/render/proxy/lambda"
UPLOAD = "POST /api/upload-video/nemo_agent/me/s1"


@pytest.fixture
def backend() -> Backend:
    return Backend()


@pytest.fixture
async def client(backend: Backend) -> AsyncIterator[NemoVideoClient]:
    async with client_of(backend) as client:
        yield client


async def drain(client: NemoVideoClient) -> str:
    async with client.chat("s1", "shorter") as stream:
        async for _ in stream:
            pass
        return stream.reply.text


EVERY_CALL: dict[str, Callable[[NemoVideoClient, Path], Awaitable[Any]]] = {
    "create_session": lambda client, _: client.create_session("de", "Lofoten"),
    "claim_token": lambda client, _: client.claim_token("t1", "s1"),
    "chat": lambda client, _: drain(client),
    "upload_urls": lambda client, _: client.upload_urls("s1", ["https://example.com/a.jpg"]),
    "upload_files": lambda client, folder: client.upload_files("s1", [_file(folder)]),
    "credits": lambda client, _: client.credits(),
    "state": lambda client, _: client.state("s1"),
    "submit_render": lambda client, _: client.submit_render("r1", "s1", {"t": []}, {"format": "mp4"}),
    "render": lambda client, _: client.render("r1"),
    "cancel_render": lambda client, _: client.cancel_render("r1"),
    "download": lambda client, folder: client.download(None, "r1", folder / "film.mp4"),
    "projects": lambda client, _: client.projects(),
    "rename_project": lambda client, _: client.rename_project("s1", "New"),
    "delete_project": lambda client, _: client.delete_project("s1"),
    "preview": lambda client, _: client.preview("s1", [0.5]),
    "versions": lambda client, _: client.versions("s1"),
    "restore_version": lambda client, _: client.restore_version("s1", 1),
}


def _file(folder: Path) -> Path:
    path = folder / "a.jpg"
    path.write_bytes(b"a photo")
    return path


@pytest.mark.parametrize("name", EVERY_CALL)
async def test_every_call_carries_the_token_and_the_three_attribution_headers(
    name: str, client: NemoVideoClient, backend: Backend, tmp_path: Path
) -> None:
    await EVERY_CALL[name](client, tmp_path)
    (seen,) = backend.seen
    assert seen.headers["authorization"] == f"Bearer {BEARER}"
    assert seen.headers["x-skill-source"] == "image-to-video-converter"
    assert seen.headers["x-skill-version"] == "1.2.3"
    assert seen.headers["x-skill-platform"] == "cursor"
    assert BEARER not in seen.path


async def test_the_answers_are_read_and_keep_what_is_not_known(client: NemoVideoClient) -> None:
    session = await client.create_session("de", "Lofoten")
    assert (session.session_id, session.capabilities) == ("s1", ["operations"])
    assert session.model_extra == {"newer": 1}
    assert (await client.claim_token("t1", "s1")).claim_token.get_secret_value() == "clm_abc"
    assert (await client.credits()).available == 90
    assert (await client.state("s1")).state.draft == {"t": []}
    assert [project.name for project in await client.projects()] == ["Lofoten"]
    assert [version.n for version in await client.versions("s1")] == [0, 1]
    assert await client.preview("s1") == JPEG


async def test_the_requests_are_those_of_the_api_page(client: NemoVideoClient, backend: Backend) -> None:
    await client.create_session("de", "Lofoten")
    await client.upload_urls("s1", ["https://example.com/a.jpg"])
    await client.submit_render("r9", "s1", {"t": [1]}, {"format": "mp4", "quality": "high"})
    await drain(client)
    async with client.chat("s1", "", operations=[{"kind": "reverse"}]):
        pass
    assert [seen.json for seen in backend.seen] == [
        {"task_name": "Lofoten", "language": "de"},
        {"urls": ["https://example.com/a.jpg"], "source_type": "url"},
        {"id": "r9", "sessionId": "s1", "draft": {"t": [1]}, "output": {"format": "mp4", "quality": "high"}},
        {
            "app_name": "nemo_agent",
            "user_id": "me",
            "session_id": "s1",
            "new_message": {"parts": [{"text": "shorter"}]},
        },
        {
            "app_name": "nemo_agent",
            "user_id": "me",
            "session_id": "s1",
            "new_message": {"parts": [{"text": ""}]},
            "custom_metadata": {"operations": [{"kind": "reverse"}]},
        },
    ]
    assert backend.seen[-1].headers["accept"] == "text/event-stream"


async def test_a_render_is_read_in_both_forms(client: NemoVideoClient, backend: Backend) -> None:
    done = await client.render("r1")
    assert (done.status, done.progress, done.output.url) == ("completed", 1, "/films/r1.mp4")
    flat = {"status": "completed", "progress": 0.5, "output": {"url": "u", "size": 9, "duration": 3}, "error": None}
    backend.script("GET /api/render/proxy/lambda/r2", JSONResponse(flat))
    other = await client.render("r2")
    assert (other.id, other.output.size, other.progress) == ("r2", 9, 0.5)
    backend.script("POST /api/render/proxy/lambda/r2/cancel", JSONResponse({"success": True}))
    assert (await client.cancel_render("r2")).status == "cancelled"


@pytest.mark.parametrize("nonsense", [{"status": "singing"}, {"status": "pending", "progress": "much"}, [], 7])
async def test_a_render_answer_of_neither_form_is_a_bad_answer(
    client: NemoVideoClient, backend: Backend, nonsense: object
) -> None:
    backend.script("GET /api/render/proxy/lambda/r1", JSONResponse(nonsense))
    with pytest.raises(errors.BadAnswer):
        await client.render("r1")


@pytest.mark.parametrize("bad", ["", "..", "."])
async def test_an_id_that_would_lead_to_another_route_is_refused(
    client: NemoVideoClient, backend: Backend, bad: str
) -> None:
    with pytest.raises(errors.BadInput):
        await client.state(bad)
    assert backend.seen == []


async def test_an_id_stays_one_part_of_the_path() -> None:
    paths: list[bytes] = []

    def answer(request: httpx.Request) -> httpx.Response:
        paths.append(request.url.raw_path)
        return httpx.Response(200, json={"data": {"session_id": "s"}, "code": 0})

    async with client_of(transport=httpx.MockTransport(answer)) as client:
        await client.state("../a?b#c")
    assert paths == [b"/api/state/nemo_agent/me/..%2Fa%3Fb%23c/latest"]


# Errors ---------------------------------------------------------------------------------------------------------------

CODES: list[tuple[Response, type[errors.NemoError]]] = [
    (error(1001), errors.Unauthorized),
    (error(1010), errors.Unauthorized),
    (error(1011), errors.Unauthorized),
    (error(0, status=401), errors.Unauthorized),
    (error(1002), errors.SessionNotFound),
    (error(2001), errors.NoCredits),
    (error(4001), errors.UnsupportedFile),
    (error(4002), errors.FileTooLarge),
    (error(0, status=413), errors.FileTooLarge),
    (error(400, status=400, message="X-Client-Id is missing"), errors.ClientIdMissing),
    (error(402), errors.PlanRequired),
    (error(0, status=402), errors.PlanRequired),
    (error(403, message="needs scope render"), errors.ScopeMissing),
    (error(0, status=404), errors.NotFound),
    (error(429), errors.RateLimited),
    (error(500, status=500), errors.BackendFault),
    (HTMLResponse("<h1>Bad Gateway</h1>", 502), errors.BackendFault),
    (error(9999, message="something new"), errors.ApiError),
    (JSONResponse({"success": False, "message": "no"}), errors.ApiError),
    (HTMLResponse("<h1>Log in to the hotel's network</h1>"), errors.BadAnswer),
    (JSONResponse({"code": 0, "data": {"available": "many"}}), errors.BadAnswer),
    (Response(b"\xff\xfe{", media_type="application/json"), errors.BadAnswer),
    (RedirectResponse("https://elsewhere.test/api"), errors.BadAnswer),
]


@pytest.mark.parametrize(("answer", "kind"), CODES, ids=lambda value: getattr(value, "__name__", ""))
async def test_each_code_is_its_own_error_with_a_next_step(
    client: NemoVideoClient, backend: Backend, answer: Response, kind: type[errors.NemoError]
) -> None:
    backend.script(CREDITS, *[answer] * 4)
    with pytest.raises(errors.NemoError) as caught:
        await client.credits()
    assert type(caught.value) is kind
    assert str(caught.value)
    assert caught.value.next_step or kind is errors.ApiError


async def test_no_connection_is_unreachable_and_certain() -> None:
    async with client_of(url=f"http://127.0.0.1:{refused_port()}") as client:
        with pytest.raises(errors.Unreachable) as caught:
            await client.create_session()
    assert not caught.value.uncertain


async def test_a_connection_that_breaks_is_unreachable_and_uncertain() -> None:
    async with saying(b"HTTP/1.1 200 OK\r\ncontent-length: 90\r\n\r\n{") as url, client_of(url=url) as client:
        with pytest.raises(errors.Unreachable) as caught:
            await client.create_session()
    assert caught.value.uncertain


@pytest.mark.parametrize(
    "url", ["", "ftp://x", "nemovideo.ai", "https://me:pw@x.test", "https://x.test?a=b", "https://"]
)
def test_an_address_that_is_none_is_refused_at_once(url: str) -> None:
    with pytest.raises(errors.BadInput):
        client_of(url=url)


# Repetitions ----------------------------------------------------------------------------------------------------------


def failing(backend: Backend, *failures: Exception) -> httpx.MockTransport:
    """A transport that fails so many times before it passes requests on; it counts them in ``seen``."""
    left = list(failures)
    inner = httpx.ASGITransport(app=backend.app)

    async def handle(request: httpx.Request) -> httpx.Response:
        if left:
            await request.aread()
            raise left.pop(0)
        return await inner.handle_async_request(request)

    return httpx.MockTransport(handle)


def test_every_call_has_its_line_in_the_retry_table() -> None:
    assert {call.name for call in CALLS} == set(RULES)
    assert RULES["chat"] == {}


@pytest.mark.parametrize("status", [502, 503, 504])
async def test_a_safe_call_is_asked_again_up_to_three_times(
    client: NemoVideoClient, backend: Backend, status: int
) -> None:
    backend.script(CREDITS, *[error(0, status=status)] * 3)
    assert (await client.credits()).available == 90
    backend.script(CREDITS, *[error(0, status=status)] * 4)
    with pytest.raises(errors.BackendFault):
        await client.credits()
    assert len(backend.seen) == 8


async def test_different_failures_share_one_allowance(backend: Backend) -> None:
    transport = failing(backend, httpx.ConnectError(""), httpx.ReadError(""))
    backend.script(CREDITS, *[error(0, status=503)] * 2)
    async with client_of(transport=transport) as client:
        with pytest.raises(errors.BackendFault):
            await client.credits()
    assert len(backend.seen) == 2


async def test_a_session_is_made_again_only_when_nothing_was_sent(backend: Backend) -> None:
    async with client_of(transport=failing(backend, httpx.ConnectError(""), httpx.ConnectTimeout(""))) as client:
        await client.create_session()
    async with client_of(transport=failing(backend, httpx.ReadTimeout(""))) as client:
        with pytest.raises(errors.TimedOut):
            await client.create_session()
    backend.script(CREATE, error(0, status=503))
    async with client_of(backend) as client:
        with pytest.raises(errors.BackendFault):
            await client.create_session()
    assert len(backend.seen) == 2


@pytest.mark.parametrize(
    "failure", [httpx.ConnectError(""), httpx.ReadError(""), httpx.ReadTimeout(""), httpx.RemoteProtocolError("")]
)
async def test_a_chat_message_is_never_repeated(backend: Backend, failure: httpx.TransportError) -> None:
    async with client_of(transport=failing(backend, failure)) as client:
        with pytest.raises(errors.NemoError) as caught:
            await drain(client)
    assert isinstance(
        caught.value, errors.Unreachable if isinstance(failure, httpx.ConnectError) else errors.Interrupted
    )
    assert caught.value.uncertain is not isinstance(failure, httpx.ConnectError)
    assert backend.seen == []


@pytest.mark.parametrize("answer", [error(429), error(0, status=503), error(2001), HTMLResponse("x", 502)])
async def test_a_chat_message_that_was_refused_is_not_repeated(backend: Backend, answer: Response) -> None:
    backend.script("POST /run_sse", answer)
    async with client_of(backend) as client:
        with pytest.raises(errors.ApiError) as caught:
            await drain(client)
    assert len(backend.seen) == 1
    assert caught.value.uncertain is isinstance(caught.value, errors.BackendFault)


async def test_a_render_whose_answer_was_lost_is_sent_with_the_same_id_and_a_duplicate_means_accepted(
    backend: Backend,
) -> None:
    backend.script(SUBMIT, error(0, status=504), error(409, status=409, message="duplicate id"))
    async with client_of(transport=failing(backend, httpx.ReadError(""))) as client:
        render = await client.submit_render("r1", "s1", {"t": []}, {})
    assert render.status == "completed"
    assert [seen.json["id"] for seen in backend.seen[:2]] == ["r1", "r1"]
    assert backend.seen[2].path == "/api/render/proxy/lambda/r1"


async def test_a_rate_limit_is_waited_for_once_and_as_long_as_it_says(backend: Backend) -> None:
    pauses = Backoff(rate_limited=0.01)
    backend.script(UPLOAD, error(429), error(429))
    async with NemoVideoClient(
        base_url="http://api.test",
        tokens=FixedToken(BEARER),
        attribution=ATTRIBUTION,
        transport=httpx.ASGITransport(app=backend.app),
        backoff=pauses,
    ) as client:
        with pytest.raises(errors.RateLimited):
            await client.upload_urls("s1", ["https://example.com/a.jpg"])
        assert len(backend.seen) == 2
        backend.script(CREDITS, error(429, status=429, Retry_After="0"))
        assert (await client.credits()).available == 90
        backend.script(CREDITS, error(429, status=429, Retry_After="432000"))
        with pytest.raises(errors.RateLimited) as caught:
            await client.credits()
    assert caught.value.next_step == "Try again in 5.0 days."
    assert len(backend.seen) == 5


def test_pauses_grow_to_a_bound_and_spread_by_their_jitter() -> None:
    backoff = Backoff(first=1, factor=2, most=5, jitter=0.25)
    rule = RULES["state"]
    failure = next(iter(rule))
    for repetition, middle in enumerate([1, 2, 4, 5, 5]):
        pauses = [backoff.pause(failure, errors.Unreachable(""), repetition) or 0 for _ in range(50)]
        assert all(middle * 0.75 <= pause <= middle * 1.25 for pause in pauses)
        assert len(set(pauses)) > 40


# Secrets --------------------------------------------------------------------------------------------------------------


def everything_in(error: BaseException) -> str:
    chain = ""
    seen: BaseException | None = error
    while seen is not None:
        chain += f"{seen!r} {seen} {vars(seen)}"
        seen = seen.__cause__ or seen.__context__
    return chain + "".join(traceback.format_exception(error))


async def test_a_token_of_the_user_that_is_bad_says_so_and_is_not_replaced(
    client: NemoVideoClient, backend: Backend
) -> None:
    backend.script(CREDITS, error(1001, status=401, message=f"token {BEARER} is not known"))
    with pytest.raises(errors.Unauthorized) as caught:
        await client.credits()
    assert "NEMO_TOKEN" in caught.value.next_step
    assert str(caught.value) == "token *** is not known"
    assert BEARER not in everything_in(caught.value)
    assert len(backend.seen) == 1
    assert client.user_id is None


@pytest.mark.parametrize("failure", [httpx.ConnectError("refused"), httpx.ReadTimeout("late"), httpx.ReadError("cut")])
async def test_no_error_leads_back_to_the_request_that_holds_the_token(failure: httpx.TransportError) -> None:
    async def fail(request: httpx.Request) -> httpx.Response:
        failure.request = request
        raise failure

    async with client_of(transport=httpx.MockTransport(fail)) as client:
        with pytest.raises(errors.Unreachable) as caught:
            await client.credits()
    links: list[BaseException | None] = [caught.value, caught.value.__cause__, caught.value.__context__]
    assert not any(isinstance(link, httpx.HTTPError) for link in links)
    assert BEARER not in everything_in(caught.value)


async def test_the_log_says_one_line_a_call_and_no_secrets(
    backend: Backend, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    caplog.set_level(logging.DEBUG)
    backend.script(CREDITS, error(0, status=503))
    async with client_of(backend) as client:
        await client.credits()
        await client.state("s1-is-an-id")
        await client.download("http://api.test/films/r1.mp4?signature=sEcReT", "r1", tmp_path / "a.mp4")
        assert BEARER not in repr(client)
    ours = [record.getMessage() for record in caplog.records if record.name == "nemovideo_mcp.client"]
    assert [line.split(" ms ")[0].rsplit(" ", 1)[0] for line in ours] == [
        "GET /api/credits/balance/simple 503 BackendFault",
        "GET /api/credits/balance/simple 200",
        "GET /api/state/nemo_agent/me/{session}/latest 200",
        "GET (output.url) 200 BadAnswer",
        "GET /api/render/proxy/{render}/download 200",
    ]
    assert [line.rsplit(" ", 1)[1] for line in ours[:2]] == ["1", "2"]
    everything = "\n".join(record.getMessage() for record in caplog.records)
    assert BEARER not in everything
    assert "signature" not in everything


@pytest.mark.parametrize("token", ["", "  ", "two words", "line\nbreak", 'quoted"', "über"])
def test_what_cannot_be_a_token_is_refused_without_being_shown(token: str) -> None:
    with pytest.raises(errors.BadInput) as caught:
        FixedToken(token)
    assert not token.strip() or token not in str(caught.value)


def test_the_token_is_masked_wherever_its_source_is_printed() -> None:
    tokens = FixedToken(f" {BEARER}\n")
    assert BEARER not in f"{tokens!r} {tokens} {vars(tokens)}"


def test_attribution_can_always_stand_in_a_header() -> None:
    headers = Attribution("0.1 beta", "Löwe\r\nX-Evil: 1", "").headers()
    assert headers == {"X-Skill-Source": "unknown", "X-Skill-Version": "0.1-beta", "X-Skill-Platform": "L-we-X-Evil:-1"}


async def test_the_client_can_be_opened_again_after_it_was_closed(backend: Backend) -> None:
    client = client_of(backend)
    for _ in range(2):
        async with client:
            await client.credits()
    assert AT_ONCE.first == 0
