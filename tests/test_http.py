"""The server on a network: who is let in, how films reach those who share no disk with it, and what is refused."""

from __future__ import annotations

import json
import os
import re
import socket
from pathlib import Path
from typing import Any

import httpx
import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from mcp import MCPError

from nemovideo_mcp.cli.http import CannotServe, address_of, public_url, verifier_of
from nemovideo_mcp.server.http.films import LINK_SECONDS, Links, link_key
from nemovideo_mcp.server.http.limits import Buckets
from nemovideo_mcp.server.http.oauth import IssuerTokens, tenant_of
from nemovideo_mcp.server.http.tokens import TokenFile, TokenFileError, add_token
from nemovideo_mcp.studio.app import Studio
from nemovideo_mcp.studio.server import listening
from support.hosts import TINY, Host, settings_in
from support.web import Site, inline, site

pytestmark = pytest.mark.anyio

HELLO = {
    "jsonrpc": "2.0",
    "id": 1,
    "method": "initialize",
    "params": {"protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": {"name": "t", "version": "1"}},
}
ACCEPT = {"Accept": "application/json, text/event-stream"}


async def film(host: Host) -> dict[str, Any]:
    await host.call("upload_images", files=inline("red", "blue"), project="new")
    await host.call("edit", instruction="1 second long")
    return await host.call("export", resolution=TINY, wait_seconds=60)


async def test_a_film_is_made_of_files_inside_the_call_and_fetched_with_the_link_or_the_token(tmp_path: Path) -> None:
    with site(tmp_path, "anna", "bob") as here:
        async with here.host("anna") as host:
            made = await film(host)
            assert made["path"] is None
            assert made["file_uri"] is None
            state = await host.call("get_state")
            (row,) = state["exports"]
            assert (row["path"], row["url"].partition("?")[0]) == (None, made["url"].partition("?")[0])
            read = await host.client.read_resource(f"nemovideo://exports/{made['export']}")
            assert read.contents[0].mime_type == "video/mp4"
        whole = here.ask("GET", made["url"])
        assert whole.status_code == 200
        assert whole.headers["content-type"] == "video/mp4"
        assert whole.headers["content-disposition"].startswith("attachment; filename")
        assert whole.content[4:8] == b"ftyp"
        assert len(whole.content) == made["size_bytes"]
        part = here.ask("GET", made["url"], headers={"Range": "bytes=4-7"})
        assert (part.status_code, part.content) == (206, b"ftyp")
        assert part.headers["content-range"] == f"bytes 4-7/{made['size_bytes']}"
        assert here.ask("HEAD", made["url"]).headers["content-length"] == str(made["size_bytes"])
        bare = made["url"].partition("?")[0]
        assert here.ask("GET", bare, "anna").content == whole.content
        assert here.ask("GET", bare).status_code == 401
        assert here.ask("GET", bare, "bob").status_code == 404
    assert [path.name for path in (tmp_path / "films" / "anna").iterdir()] == ["Film 1.mp4"]


async def test_a_link_opens_one_film_of_one_identity_until_it_is_out_of_date_or_the_identity_is_locked_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with site(tmp_path, "anna", "bob") as here:
        async with here.host("anna") as host:
            url = (await film(host))["url"]
        assert here.ask("GET", url).status_code == 200
        for other in (url.replace("by=anna", "by=bob"), url[:-1], url.replace("video_", "video_2"), f"{url}é"):
            assert here.ask("GET", other).status_code == 401
        later = re.sub(r"until=(\d+)", lambda until: f"until={int(until[1]) + 1}", url)
        assert here.ask("GET", later).status_code == 401
        old = Links(here.url, link_key(tmp_path / "data" / "link_key"))
        with monkeypatch.context() as then:
            then.setattr("nemovideo_mcp.server.http.films.time.time", lambda: 1_000_000.0 - LINK_SECONDS)
            out_of_date = old.link("anna", url.split("/films/")[1].partition("/")[0], "Film 1.mp4")
        answer = here.ask("GET", out_of_date)
        assert (answer.status_code, "get_state" in answer.text) == (403, True)
        lines = (tmp_path / "tokens").read_text().splitlines()
        (tmp_path / "tokens").write_text("\n".join(line for line in lines if not line.startswith("anna")))
        assert here.ask("GET", url).status_code == 401
        assert here.ask("POST", "/mcp", "anna", json=HELLO, headers=ACCEPT).status_code == 401
        assert here.ask("POST", "/mcp", "bob", json=HELLO, headers=ACCEPT).status_code == 200


async def test_without_a_good_token_nothing_is_answered_but_that_the_server_is_well(tmp_path: Path) -> None:
    with site(tmp_path, "anna") as here:
        assert here.ask("GET", "/healthz").json()["status"] == "ok"
        for headers in ({}, {"Authorization": "Bearer nmh_wrong"}, {"Authorization": "Basic YTpi"}):
            answer = here.ask("POST", "/mcp", json=HELLO, headers={**ACCEPT, **headers})
            assert answer.status_code == 401
            assert answer.headers["www-authenticate"].startswith("Bearer ")
        token = here.tokens["anna"]
        assert here.ask("POST", f"/mcp?access_token={token}", json=HELLO, headers=ACCEPT).status_code == 401
    assert not (tmp_path / "data" / "tenants").exists()


async def test_a_session_of_one_identity_is_not_there_for_another(tmp_path: Path) -> None:
    with site(tmp_path, "anna", "bob") as here:
        opened = here.ask("POST", "/mcp", "anna", json=HELLO, headers=ACCEPT)
        session = {"Mcp-Session-Id": opened.headers["mcp-session-id"], **ACCEPT}
        ping = {"jsonrpc": "2.0", "id": 2, "method": "ping"}
        made_up = {**session, "Mcp-Session-Id": "0" * 32}
        stolen = here.ask("POST", "/mcp", "bob", json=ping, headers=session)
        unknown = here.ask("POST", "/mcp", "bob", json=ping, headers=made_up)
        assert (stolen.status_code, stolen.text) == (unknown.status_code, unknown.text)
        assert stolen.status_code == 404
        assert here.ask("POST", "/mcp", "anna", json=ping, headers=session).status_code == 200


async def answers(host: Host, ids: dict[str, str]) -> dict[str, str]:
    """What every tool and resource that takes an id answers to these, the ids taken out."""
    project, job, export = ids["project"], ids["job"], ids["export"]
    calls: list[tuple[str, dict[str, Any]]] = [
        ("upload_images", {"files": inline("green"), "project": project}),
        ("edit", {"instruction": "9 seconds long", "project": project}),
        ("edit", {"instruction": "show tracks", "project": project}),
        ("get_state", {"project": project}),
        ("export", {"project": project}),
        ("preview", {"project": project}),
        ("projects", {"action": "open", "project": project}),
        ("projects", {"action": "rename", "project": project, "name": "Mine"}),
        ("projects", {"action": "delete", "project": project}),
        ("wait", {"job": job}),
        ("cancel", {"job": job}),
        ("wait", {"job": ids["batch"]}),
    ]
    said = {}
    for number, (tool, arguments) in enumerate(calls):
        said[f"{number} {tool}"] = (await host.client.call_tool(tool, arguments)).model_dump_json()
    for uri in (*(f"projects/{project}/{part}" for part in ("timeline", "draft", "preview.jpg")), f"exports/{export}"):
        try:
            said[uri] = (await host.client.read_resource(f"nemovideo://{uri}")).model_dump_json()
        except MCPError as error:
            said[uri] = f"{error.error.code} {error.error.message}"
    blank = re.compile("|".join(re.escape(id) for id in ids.values()))
    return {blank.sub("…", name): blank.sub("…", text) for name, text in said.items()}


async def test_the_ids_of_another_identity_are_answered_like_ids_that_do_not_exist(tmp_path: Path) -> None:
    with site(tmp_path, "anna", "bob") as here:
        async with here.host("anna") as anna:
            made = await film(anna)
            batch = await anna.call("batch", items=[{"media": ["https://127.0.0.1/a.jpg"]}], wait_seconds=0)
            ids = {
                "project": made["project"]["id"],
                "job": made["job"],
                "export": made["export"],
                "batch": batch["job"],
            }
            before = await anna.call("get_state", project=ids["project"])
        async with here.host("bob") as bob:
            theirs = await answers(bob, ids)
            none = await answers(bob, {name: f"{id[:-3]}zzz" for name, id in ids.items()})
            assert theirs == none
            assert all('"is_error":true' in text or text[0] == "-" for text in theirs.values()), theirs
            listed = await bob.client.call_tool("projects", {})
            assert ids["project"] not in listed.model_dump_json()
            resource = await bob.client.read_resource("nemovideo://projects")
            assert ids["project"] not in resource.model_dump_json()
        async with here.host("anna") as anna:
            after = await anna.call("get_state", project=ids["project"])
        for state in (before, after):
            state["exports"][0].pop("url")  # signed anew for each answer
        assert after == before


async def test_the_same_works_for_both_eras_and_sessions_are_bounded(tmp_path: Path) -> None:
    with site(tmp_path, "anna", "bob", http_sessions=2) as here:
        statuses = [here.ask("POST", "/mcp", "anna", json=HELLO, headers=ACCEPT).status_code for _ in range(3)]
        assert statuses == [200, 200, 503]
        # The limit is each identity's own, and the era without sessions has none.
        assert here.ask("POST", "/mcp", "bob", json=HELLO, headers=ACCEPT).status_code == 200
        async with here.host("anna") as host:
            assert (await host.call("projects"))["projects"] == []
            tools = (await host.client.list_tools()).tools
    # As in `test_server`, with the files that may come inside a call.
    assert sum(len(tool.model_dump_json(by_alias=True, exclude_none=True)) for tool in tools) / 4 < 9_500


async def test_bodies_hosts_pages_and_rates_are_bounded(tmp_path: Path) -> None:
    with site(tmp_path, "anna", http_body_mb=1, http_rate=1) as here:
        big = {**HELLO, "junk": "x" * 1_100_000}
        assert here.ask("POST", "/mcp", "anna", json=big, headers=ACCEPT).status_code == 413
        named = {**ACCEPT, "Host": "rebound.example"}
        assert here.ask("POST", "/mcp", "anna", json=HELLO, headers=named).status_code == 421
        assert here.ask("GET", "/healthz", headers={"Host": "10.1.2.3"}).status_code == 200
        page = {**ACCEPT, "Origin": "https://evil.example"}
        assert here.ask("POST", "/mcp", "anna", json=HELLO, headers=page).status_code == 403
        asked = [here.ask("POST", "/mcp", "anna", json=HELLO, headers=ACCEPT) for _ in range(12)]
        slowed = [answer for answer in asked if answer.status_code == 429]
        assert asked[0].status_code == 200
        assert slowed
        assert 1 <= int(slowed[0].headers["retry-after"]) <= 2
        # Strangers cannot use up what is another's.
        assert {here.ask("POST", "/mcp", json=HELLO, headers=ACCEPT).status_code for _ in range(3)} == {401, 429}


def test_a_bucket_fills_again_at_its_rate_and_buckets_do_not_pile_up() -> None:
    now = 0.0
    buckets = Buckets(2, clock=lambda: now)
    assert [buckets.take("a") for _ in range(21)] == [None] * 20 + [1]
    assert buckets.take("b") is None
    now = 1.0
    assert [buckets.take("a") for _ in range(3)] == [None, None, 1]
    for number in range(25_000):
        now += 0.01
        assert buckets.take(str(number)) is None
    assert len(buckets._levels) <= 10_000


async def test_a_server_for_this_machine_asks_for_no_token_and_names_both_path_and_link(tmp_path: Path) -> None:
    with site(tmp_path) as here:
        async with here.host() as host:
            made = await film(host)
        assert Path(made["path"]).exists()
        assert here.ask("GET", made["url"]).status_code == 200
        bare = here.ask("GET", made["url"].partition("?")[0])
        assert (bare.status_code, "get_state" in bare.text) == (403, True)


async def test_files_inside_a_call_are_bounded_checked_and_gone_with_their_project(tmp_path: Path) -> None:
    good = inline("red")[0]
    files = [
        {**good, "name": "../../../etc/cron.d/a.sh"},
        {"name": "b.jpg", "data": "!!!"},
        {"name": "c.jpg", "data": "aGVsbG8="},
        {"name": "d.jpg", "data": "A" * 13_400_000},
        {"name": "e.png", "data": f"data:image/jpeg;base64,{inline('blue')[0]['data']}"},
    ]
    with site(tmp_path, "anna") as here:
        async with here.host("anna") as host:
            answer = await host.call("upload_images", files=files)
            assert [file["name"] for file in answer["stored"]] == ["a.jpg", "e.jpg"]
            assert [file["name"] for file in answer["skipped"]] == ["b.jpg", "c.jpg", "d.jpg"]
            assert "10 MB" in answer["skipped"][2]["reason"]
            text = await host.fail("upload_images", files=[good] * 21)
            assert "at most 20" in text
            text = await host.fail("upload_images", paths=["/etc/passwd"])
            assert "over HTTP" in text
            assert "files" in text
            kept = tmp_path / "data" / "tenants" / "anna" / "inline"
            assert len(list(kept.rglob("*.jpg"))) == 2
            await host.call("projects", action="delete", project=answer["project"]["id"])
            assert list(kept.rglob("*.jpg")) == []


async def test_answers_to_other_machines_name_no_folder_of_this_one(tmp_path: Path) -> None:
    with site(tmp_path, "anna") as here:
        (tmp_path / "films").write_text("a file is where the folder should be")
        async with here.host("anna") as host:
            await host.call("upload_images", files=inline("red"))
            text = await host.fail("export", resolution=TINY, wait_seconds=60)
            assert "cannot be saved in the server's folder" in text
            assert str(tmp_path) not in text
            assert host.client.instructions is not None
            assert "url of the film" in host.client.instructions


@pytest.mark.parametrize(
    ("host", "words"),
    [
        ("0.0.0.0", "no tokens to keep strangers out"),
        ("192.168.1.5", "no tokens to keep strangers out"),
        ("example.com", "no address"),
    ],
)
def test_a_network_without_tokens_is_not_served(host: str, words: str) -> None:
    with pytest.raises(CannotServe, match=words):
        address_of(host, tokens=False)
    if words != "no address":
        assert str(address_of(host, tokens=True)) == host


def test_settings_that_do_not_go_together_are_refused_in_words(tmp_path: Path) -> None:
    add_token(tmp_path / "tokens", "anna")
    both = settings_in(tmp_path, http_tokens=tmp_path / "tokens", http_issuer="https://issuer.example")
    with pytest.raises(CannotServe, match="Use one of them"):
        verifier_of(both, "https://here.example")
    with pytest.raises(CannotServe, match="must be an https address"):
        verifier_of(settings_in(tmp_path, http_issuer="http://issuer.example"), "https://here.example")
    with pytest.raises(CannotServe, match="cannot be read"):
        verifier_of(settings_in(tmp_path, http_tokens=tmp_path / "nothing"), "https://here.example")
    with socket.create_server(("0.0.0.0", 0)) as everywhere, pytest.raises(CannotServe, match="--public-url"):
        public_url(settings_in(tmp_path), everywhere)


async def test_a_token_is_kept_as_its_hash_and_a_file_that_others_may_write_is_not_trusted(tmp_path: Path) -> None:
    path = tmp_path / "tokens"
    token = add_token(path, "anna")
    second = add_token(path, "anna")
    assert token not in path.read_text()
    tokens = TokenFile(path)
    for made in (token, second):
        found = await tokens.verify_token(made)
        assert found is not None
        assert (found.client_id, found.token) == ("anna", "")
    assert await tokens.verify_token(token[:-1]) is None
    path.write_text(f"# a note\n\nanna {token}\n")
    with pytest.raises(TokenFileError) as refused:
        TokenFile(path)
    assert "Line 3" in str(refused.value)
    assert token not in str(refused.value)
    assert await tokens.verify_token(token) is None
    for name in ("Anna", "../anna", "a" * 65, "con", ""):
        with pytest.raises(TokenFileError, match="cannot be an identity"):
            add_token(tmp_path / "more", name)
    if os.name == "posix":
        add_token(tmp_path / "open", "anna")
        (tmp_path / "open").chmod(0o666)
        with pytest.raises(TokenFileError, match="chmod 600"):
            TokenFile(tmp_path / "open")


ISSUER = "https://issuer.example/realm"
KEY = ec.generate_private_key(ec.SECP256R1())
HERE = "https://here.example/mcp"


def issued(key: Any = KEY, headers: dict[str, Any] | None = None, algorithm: str = "ES256", **claims: Any) -> str:
    full = {"iss": ISSUER, "aud": HERE, "sub": "user 1", "exp": 4_000_000_000, "client_id": "host", **claims}
    kept = {name: value for name, value in full.items() if value is not None}
    return jwt.encode(kept, key, algorithm=algorithm, headers={"kid": "k1", **(headers or {})})


class Issuer(httpx.MockTransport):
    """An authorization server that publishes one key."""

    def __init__(self, **metadata: str) -> None:
        self.asked: list[str] = []
        self.metadata = {"issuer": ISSUER, "jwks_uri": f"{ISSUER}/keys", **metadata}
        super().__init__(self._answer)

    def _answer(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request.url.path)
        if request.url.path == "/realm/.well-known/openid-configuration":
            return httpx.Response(200, json=self.metadata)
        if request.url.path == "/realm/keys":
            key = json.loads(jwt.algorithms.ECAlgorithm.to_jwk(KEY.public_key()))
            return httpx.Response(200, json={"keys": [{**key, "kid": "k1", "use": "sig"}]})
        return httpx.Response(404)


async def test_a_jwt_of_the_issuer_for_this_server_lets_its_user_in_and_no_other_does() -> None:
    issuer = Issuer()
    tokens = IssuerTokens(ISSUER, HERE, issuer)
    found = await tokens.verify_token(issued(scope="films more"))
    assert found is not None
    assert (found.client_id, found.subject, found.scopes, found.token) == ("host", "user 1", ["films", "more"], "")
    # The person counts, whichever client they come with; folders hold no name.
    again = await tokens.verify_token(issued(client_id="another host"))
    assert again is not None
    assert tenant_of(again) == tenant_of(found)
    assert re.fullmatch("user-[0-9a-f]{32}", tenant_of(found))
    other = ec.generate_private_key(ec.SECP256R1())
    bad = [
        issued(aud="https://elsewhere.example/mcp"),
        issued(iss="https://evil.example"),
        issued(exp=1_000_000_000),
        issued(exp=None),
        issued(sub=None),
        issued(aud=None),
        issued(key=other),
        issued(headers={"kid": "k2"}),
        issued(key="secret" * 8, algorithm="HS256"),
        jwt.encode({"iss": ISSUER, "aud": HERE, "sub": "1", "exp": 4_000_000_000}, "", algorithm="none"),
        "not.a.jwt",
        "x" * 20_000,
        "",
    ]
    assert [await tokens.verify_token(token) for token in bad] == [None] * len(bad)
    # A key that nobody knows does not make this server ask the issuer again and again.
    assert issuer.asked.count("/realm/keys") == 1


async def test_the_metadata_of_another_issuer_is_not_believed() -> None:
    assert await IssuerTokens(ISSUER, HERE, Issuer(issuer="https://evil.example")).verify_token(issued()) is None


async def test_an_oauth_resource_server_says_where_its_tokens_come_from(tmp_path: Path) -> None:
    tokens = IssuerTokens(ISSUER, HERE, Issuer())
    with site(tmp_path, verifier=tokens, http_issuer=ISSUER, http_url="https://here.example") as here:
        named = {"Host": "here.example"}
        refused = here.ask("POST", "/mcp", json=HELLO, headers={**ACCEPT, **named})
        assert refused.status_code == 401
        place = "https://here.example/.well-known/oauth-protected-resource/mcp"
        assert f'resource_metadata="{place}"' in refused.headers["www-authenticate"]
        told = here.ask("GET", place.removeprefix("https://here.example"), headers=named).json()
        assert told["resource"] == HERE
        assert told["authorization_servers"] == [ISSUER]
        there = Site(here.url, {"user": issued()})
        async with there.host("user") as host:
            assert (await host.call("projects"))["projects"] == []
    assert len(list((tmp_path / "data" / "tenants").glob("user-*/server.db"))) == 1


async def test_a_server_that_is_stopped_leaves_its_jobs_to_the_next_one_whoevers_they_are(tmp_path: Path) -> None:
    with site(tmp_path, "anna") as here:
        token = here.tokens["anna"]
        async with here.host("anna") as host:
            await host.call("upload_images", files=inline("red", "blue", size=(640, 360)))
            await host.call("edit", instruction="20 seconds long")
            left = await host.call("export", resolution="640x360", wait_seconds=0)
            assert left["status"] in ("queued", "running")
    assert not list((tmp_path / "films").glob("*/*.mp4"))
    assert not list((tmp_path / "data").rglob("*.db-wal")), "the records were not closed"
    # The job goes on before anybody asks for it.
    with site(tmp_path, "bob") as here:
        here.tokens["anna"] = token
        async with here.host("anna") as host:
            ended = await host.call("wait", job=left["job"], wait_seconds=60)
    assert ended["status"] == "completed"
    assert ended["result"]["url"]


async def test_identities_of_one_cloud_account_do_not_see_each_others_projects_there(tmp_path: Path) -> None:
    async with Studio(tmp_path / "backend") as studio, listening(studio) as url:
        with site(tmp_path, "anna", "bob", backend="cloud", api_url=url) as here:
            async with here.host("anna") as anna, here.host("bob") as bob:
                made = await anna.call("upload_images", files=inline("red"))
                await bob.call("upload_images", files=inline("blue"))
                listed = await bob.call("projects")
                assert made["project"]["id"] not in str(listed)
                assert len(listed["projects"]) == 1
