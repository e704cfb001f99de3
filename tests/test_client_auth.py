"""The anonymous sign-in: one client id for ever, one token at a time, one request for it."""

import json
import stat
import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path

import anyio
import pytest
from starlette.responses import JSONResponse

from nemovideo_mcp.api import errors
from nemovideo_mcp.client import AnonymousTokens
from support.backend import BEARER, Backend, error
from support.clients import client_of

pytestmark = pytest.mark.anyio

TOKEN_PATH = "/api/auth/anonymous-token"
CREDITS = "GET /api/credits/balance/simple"
NOW = 1_800_000_000.0


class Home:
    """A user's folders, and token sources on them as different processes would have them."""

    def __init__(self, folder: Path) -> None:
        self.client_id = folder / "config" / "client_id"
        self.legacy = folder / "nemovideo" / "client_id"
        self.token = folder / "data" / "token.json"
        self.now = NOW

    def tokens(self, client_id: str | None = None) -> AnonymousTokens:
        return AnonymousTokens(self.client_id, self.legacy, self.token, client_id=client_id, clock=lambda: self.now)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


@pytest.fixture
def backend() -> Backend:
    return Backend()


def use(backend: Backend, token: str, **more: object) -> None:
    """Let the next anonymous token be this one."""
    data = {"token": token, "user_id": "anon_2", "credits": 100, **more}
    backend.script(f"POST {TOKEN_PATH}", JSONResponse({"code": 0, "data": data}))


def sent(backend: Backend) -> list[str]:
    return [seen.headers["authorization"] for seen in backend.seen if "authorization" in seen.headers]


async def test_the_first_call_fetches_a_token_with_a_new_client_id_and_nothing_else(
    home: Home, backend: Backend
) -> None:
    async with client_of(backend, tokens=home.tokens()) as client:
        await client.credits()
        assert client.user_id == "anon_1"
    (asked,) = backend.asked(TOKEN_PATH)
    assert asked.headers["x-client-id"] == home.client_id.read_text() == str(uuid.UUID(home.client_id.read_text()))
    assert asked.body == b""
    assert not {"authorization", "x-skill-source", "x-skill-version", "x-skill-platform"} & set(asked.headers)
    assert sent(backend) == [f"Bearer {BEARER}"]


async def test_ten_calls_at_once_make_one_request_for_a_token(home: Home, backend: Backend) -> None:
    async with client_of(backend, tokens=home.tokens()) as client, anyio.create_task_group() as tasks:
        for _ in range(10):
            tasks.start_soon(client.credits)
    assert len(backend.asked(TOKEN_PATH)) == 1
    assert sent(backend) == [f"Bearer {BEARER}"] * 10


async def test_several_processes_at_once_make_one_request_for_a_token(home: Home, backend: Backend) -> None:
    async def process() -> None:
        async with client_of(backend, tokens=home.tokens()) as client:
            await client.credits()

    async with anyio.create_task_group() as tasks:
        for _ in range(4):
            tasks.start_soon(process)
    assert len(backend.asked(TOKEN_PATH)) == 1
    assert len(sent(backend)) == 4


async def test_the_token_is_kept_for_the_user_alone_and_used_again(home: Home, backend: Backend) -> None:
    for _ in range(2):
        async with client_of(backend, tokens=home.tokens()) as client:
            await client.credits()
    assert len(backend.asked(TOKEN_PATH)) == 1
    assert stat.S_IMODE(home.token.stat().st_mode) == 0o600
    kept = json.loads(home.token.read_text())
    assert (kept["user_id"], kept["origin"]) == ("anon_1", "http://api.test:80")
    assert sorted(path.name for path in home.token.parent.iterdir() if path.suffix != ".lock") == ["token.json"]


@pytest.mark.parametrize(
    "expires_at",
    [
        NOW + 3600,
        (NOW + 3600) * 1000,
        datetime.fromtimestamp(NOW + 3600, UTC).isoformat(),
        (datetime.fromtimestamp(NOW, UTC) + timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M:%S"),
    ],
    ids=["seconds", "milliseconds", "ISO", "ISO without zone"],
)
async def test_a_token_is_used_until_it_expires_and_renewed_with_the_same_client_id(
    home: Home, backend: Backend, expires_at: object
) -> None:
    use(backend, "first", expires_at=expires_at)
    use(backend, "second", expires_at=expires_at)
    async with client_of(backend, tokens=home.tokens()) as client:
        await client.credits()
        home.now += 3500
        await client.credits()
        home.now += 100
        await client.credits()
    assert sent(backend) == ["Bearer first", "Bearer first", "Bearer second"]
    assert len({seen.headers["x-client-id"] for seen in backend.asked(TOKEN_PATH)}) == 1


async def test_a_token_is_not_used_at_another_origin(home: Home, backend: Backend) -> None:
    use(backend, "first")
    use(backend, "second")
    for url in ("http://one.test", "http://two.test"):
        async with client_of(tokens=home.tokens(), transport=None, backend=backend, url=url) as client:
            await client.credits()
    assert sent(backend) == ["Bearer first", "Bearer second"]


@pytest.mark.parametrize("refusal", [error(1001), error(1010), error(1011), error(0, status=401)])
async def test_a_refused_token_is_renewed_once_and_the_call_repeated(
    home: Home, backend: Backend, refusal: JSONResponse
) -> None:
    use(backend, "first")
    use(backend, "second")
    backend.script(CREDITS, refusal)
    async with client_of(backend, tokens=home.tokens()) as client:
        assert (await client.credits()).available == 90
    assert sent(backend) == ["Bearer first", "Bearer second"]
    assert json.loads(home.token.read_text())["token"] == "second"


async def test_a_second_refusal_is_the_end_and_does_not_speak_of_a_token_that_was_never_set(
    home: Home, backend: Backend
) -> None:
    backend.script(CREDITS, error(1001), error(1001))
    use(backend, "first")
    use(backend, "second")
    async with client_of(backend, tokens=home.tokens()) as client:
        with pytest.raises(errors.Unauthorized) as caught:
            await client.credits()
    assert len(backend.asked(TOKEN_PATH)) == 2
    assert "remove it" not in caught.value.next_step


async def test_ten_refusals_at_once_renew_once(home: Home, backend: Backend) -> None:
    use(backend, "first")
    use(backend, "second")
    async with client_of(backend, tokens=home.tokens()) as client:
        await client.credits()
        backend.script(CREDITS, *[error(1001)] * 10)
        async with anyio.create_task_group() as tasks:
            for _ in range(10):
                tasks.start_soon(client.credits)
    assert len(backend.asked(TOKEN_PATH)) == 2


async def test_a_chat_refused_before_its_stream_began_is_said_again_with_the_new_token(
    home: Home, backend: Backend
) -> None:
    use(backend, "first")
    use(backend, "second")
    backend.script("POST /run_sse", error(1010, status=401))
    async with client_of(backend, tokens=home.tokens()) as client, client.chat("s1", "shorter") as stream:
        async for _ in stream:
            pass
    assert stream.reply.text == "Done."
    assert sent(backend) == ["Bearer first", "Bearer second"]


async def test_a_chat_refused_inside_its_stream_is_not_said_again(home: Home, backend: Backend) -> None:
    backend.chunks = [b'data: {"text": "I begin."}\n\n', b'data: {"code": 1001, "message": "expired"}\n\n']
    async with client_of(backend, tokens=home.tokens()) as client, client.chat("s1", "shorter") as stream:
        with pytest.raises(errors.Unauthorized, match="expired"):
            async for _ in stream:
                pass
    assert len(backend.asked("/run_sse")) == 1
    assert stream.reply.text == "I begin."


async def test_the_vendors_client_id_is_read_first_and_never_written(home: Home, backend: Backend) -> None:
    vendors = str(uuid.uuid4())
    home.legacy.parent.mkdir()
    home.legacy.write_text(f"{vendors}\n")
    async with client_of(backend, tokens=home.tokens()) as client:
        await client.credits()
    assert backend.seen[0].headers["x-client-id"] == vendors
    assert home.legacy.read_text() == f"{vendors}\n"
    assert not home.client_id.exists()


async def test_a_client_id_given_by_the_user_wins_and_has_a_token_of_its_own(home: Home, backend: Backend) -> None:
    given = str(uuid.uuid4())
    for client_id in (None, given):
        async with client_of(backend, tokens=home.tokens(client_id)) as client:
            await client.credits()
    assert [seen.headers["x-client-id"] for seen in backend.asked(TOKEN_PATH)] == [home.client_id.read_text(), given]


@pytest.mark.parametrize("garbage", ["", "{", '{"token": 1}', "[]", '{"token": "a b", "expires_at": 9e99}', "\udcff"])
async def test_a_broken_token_file_is_replaced(home: Home, backend: Backend, garbage: str) -> None:
    home.token.parent.mkdir()
    home.token.write_bytes(garbage.encode("utf-8", "surrogateescape"))
    async with client_of(backend, tokens=home.tokens()) as client:
        await client.credits()
    assert json.loads(home.token.read_text())["token"] == BEARER


async def test_a_quota_that_is_used_up_is_asked_for_twice_and_then_says_when_the_next_one_comes(
    home: Home, backend: Backend
) -> None:
    backend.script(f"POST {TOKEN_PATH}", error(429), error(429, status=429, Retry_After="259200"))
    async with client_of(backend, tokens=home.tokens()) as client:
        with pytest.raises(errors.RateLimited) as caught:
            await client.credits()
    assert len(backend.asked(TOKEN_PATH)) == 2
    assert "can be had in 3.0 days" in caught.value.next_step


async def test_a_folder_that_cannot_be_written_is_said_before_a_quota_is_spent(home: Home, backend: Backend) -> None:
    home.token.parent.write_text("a file where a folder should be")
    async with client_of(backend, tokens=home.tokens()) as client:
        with pytest.raises(errors.BadInput, match="cannot be written"):
            await client.credits()
    assert backend.seen == []


async def test_the_token_shows_in_no_repr(home: Home, backend: Backend) -> None:
    tokens = home.tokens()
    async with client_of(backend, tokens=tokens) as client:
        await client.credits()
        assert BEARER not in f"{client!r} {tokens!r}"


# Quotas and clocks ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("limited", [error(429), error(429, status=429, Retry_After="0")])
async def test_the_calls_own_repetitions_do_not_multiply_those_of_the_sign_in(
    home: Home, backend: Backend, limited: JSONResponse
) -> None:
    backend.script(f"POST {TOKEN_PATH}", *[limited] * 9)
    async with client_of(backend, tokens=home.tokens()) as client:
        with pytest.raises(errors.RateLimited) as caught:
            await client.credits()
    assert len(backend.asked(TOKEN_PATH)) == 2
    assert "in at most 7.0 days" in caught.value.next_step
    assert sent(backend) == []


async def test_after_its_last_token_a_client_is_told_when_that_ones_week_is_over(home: Home, backend: Backend) -> None:
    use(backend, "first", expires_at=NOW + 3 * 86400)
    async with client_of(backend, tokens=home.tokens()) as client:
        await client.credits()
        backend.script(CREDITS, error(1001))
        backend.script(f"POST {TOKEN_PATH}", error(429), error(429))
        with pytest.raises(errors.RateLimited) as caught:
            await client.credits()
    assert "in 3.0 days" in caught.value.next_step
    assert "NEMO_TOKEN" in caught.value.next_step


async def test_a_token_that_looks_expired_is_used_on_when_there_is_no_other(home: Home, backend: Backend) -> None:
    use(backend, "first", expires_at=NOW + 3600)
    async with client_of(backend, tokens=home.tokens()) as client:
        await client.credits()
        home.now += 7200
        backend.script(f"POST {TOKEN_PATH}", error(429), error(429))
        await client.credits()
        await client.credits()
        assert sent(backend) == ["Bearer first"] * 3
        assert len(backend.asked(TOKEN_PATH)) == 3
        backend.script(CREDITS, error(1001))
        use(backend, "second")
        await client.credits()
    assert sent(backend)[-2:] == ["Bearer first", "Bearer second"]


@pytest.mark.parametrize("expires_at", [NOW - 86400, NOW + 10, 0, (NOW - 86400) * 1000])
async def test_a_new_token_that_is_over_already_is_used_until_it_is_refused(
    home: Home, backend: Backend, expires_at: float
) -> None:
    use(backend, "first", expires_at=expires_at)
    for _ in range(2):
        async with client_of(backend, tokens=home.tokens()) as client:
            await client.credits()
            await client.credits()
    assert sent(backend) == ["Bearer first"] * 4
    assert len(backend.asked(TOKEN_PATH)) == 1


async def test_a_token_is_renewed_once_for_a_call_also_when_the_call_is_repeated(home: Home, backend: Backend) -> None:
    for token in ("first", "second", "third"):
        use(backend, token)
    backend.script(CREDITS, error(1001), error(0, status=503), error(1001))
    async with client_of(backend, tokens=home.tokens()) as client:
        with pytest.raises(errors.Unauthorized):
            await client.credits()
    assert sent(backend) == ["Bearer first", "Bearer second", "Bearer second"]


async def test_a_sign_in_that_was_lost_does_not_make_the_chat_uncertain(home: Home, backend: Backend) -> None:
    backend.script(f"POST {TOKEN_PATH}", error(0, status=503))
    async with client_of(backend, tokens=home.tokens()) as client:
        with pytest.raises(errors.BackendFault) as caught:
            async with client.chat("s1", "shorter"):
                pass
    assert not caught.value.uncertain
    assert backend.asked("/run_sse") == []
