"""Calls that the tools' own schemas allow, and frames that nothing allows: each is answered, in words, and tells nothing.

`--calls` says how many are tried; `scripts/acceptance` tries ten thousand.
"""

from __future__ import annotations

import json
import random
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from support.hosts import draw
from support.raw import HELLO, INITIALIZED, raw_host
from support.schemas import allowed
from support.web import site

SLOWEST = 30.0
"""Seconds that an answer may take: far above any that was seen, far below for ever."""
SECRET = "nmv_usr_fuzz-s3cret"

Ask = Callable[[dict[str, Any]], dict[str, Any]]
"""A request into an answer."""


@contextmanager
def stdio(folder: Path) -> Iterator[Ask]:
    with raw_host(folder, NEMO_ALLOWED_DIRS=str(folder / "photos"), NEMO_WAIT_SECONDS="0.05") as host:
        host.open()

        def ask(request: dict[str, Any]) -> dict[str, Any]:
            host.frame(request)
            return host.answer(request["id"])

        yield ask


@contextmanager
def http(folder: Path) -> Iterator[Ask]:
    with site(folder, "anna", allowed_dirs=(folder / "photos",), wait_seconds=0.05, http_rate=10_000) as here:
        accept = {"Accept": "application/json, text/event-stream"}
        opened = here.ask("POST", "/mcp", "anna", json=HELLO, headers=accept)
        accept["Content-Type"] = "application/json"
        session = {**accept, "Mcp-Session-Id": opened.headers["mcp-session-id"]}
        here.ask("POST", "/mcp", "anna", json=INITIALIZED, headers=session)

        def ask(request: dict[str, Any]) -> dict[str, Any]:
            # As bytes: httpx would not send infinities.
            answer = here.ask("POST", "/mcp", "anna", content=json.dumps(request).encode(), headers=session)
            assert answer.status_code == 200, answer.text
            assert here.tokens["anna"] not in answer.text
            data = [line[6:] for line in answer.text.split("\n") if line.startswith("data: ")]
            found: dict[str, Any] = json.loads(data[-1] if data else answer.text)
            return found

        yield ask


TRANSPORTS = {"stdio": stdio, "http": http}


def some(calls: int) -> Callable[[Any], Any]:
    """So many examples, the same in every run."""

    def marked(test: Any) -> Any:
        checks = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]
        # Without shrinking: the server remembers what was asked before, and a smaller example costs minutes.
        made = settings(
            max_examples=calls, deadline=None, database=None, phases=[Phase.generate], suppress_health_check=checks
        )
        return seed(20_261_125)(made(test))

    return marked


def request(id: int, tool: str, arguments: Any) -> dict[str, Any]:
    return {"jsonrpc": "2.0", "id": id, "method": "tools/call", "params": {"name": tool, "arguments": arguments}}


def odd_words(folder: Path) -> st.SearchStrategy[str]:
    """Words that a hostile caller would try: other people's files, ways out of a folder, addresses of the inside."""
    known = [
        "/etc/passwd", "~/.ssh/id_rsa", f"{folder}/data/server.db", f"{folder}/photos/../secret/1-blue.jpg",
        f"{folder}/photos/link.jpg", f"{folder}/photos/*", f"{folder}/photos", "file:///etc/hosts", "../../..", "\\\\host\\share\\a.jpg",
        "http://127.0.0.1:1/a.jpg", "http://169.254.169.254/latest/meta-data", "http://[::1]/", "https://a@b/c.jpg", "gopher://x",
        "new", "null", "1", "", " ", "\x00", "\u202eexe.gpj", "😀" * 50, "%00", "$(id)", "'; DROP TABLE jobs; --", "{}", "[1]",
        "make it 1 second long", "export", "credits", "show tracks", "delete photo 1 and export", "film_zzzzzzzzzz", "edit_zzzzzzzzzz",
        "mp4", "draft", "720p", "99999x99999", "-1x-1", "tiktok", "a.mp4", "../a.mp4", "CON", "a" * 300,
    ]  # fmt: skip
    return st.sampled_from(known) | st.text(max_size=40)


def changed(value: Any, words: st.SearchStrategy[str], draw: st.DrawFn) -> Any:
    """Arguments with some of their strings replaced by odd ones, and renders kept small."""
    if isinstance(value, str):
        return draw(words) if draw(st.booleans()) else value
    if isinstance(value, list):
        return [changed(part, words, draw) for part in value[:5]]
    if isinstance(value, dict):
        return {name: changed(part, words, draw) for name, part in value.items()}
    return value


@st.composite
def calls(
    draw: st.DrawFn, tools: list[tuple[str, st.SearchStrategy[Any], list[str]]], folder: Path
) -> tuple[str, dict[str, Any]]:
    """A tool and arguments that its schema allows, bent in one way or another."""
    tool, fitting, names = tools[draw(st.integers(0, len(tools) - 1))]
    arguments = draw(fitting)
    words = odd_words(folder)
    arguments = changed(arguments, words, draw)
    for name in names:
        # Optional arguments are rare in what a schema allows, and where the interesting things are.
        if name not in arguments and draw(st.integers(0, 3)) == 0:
            arguments[name] = draw(words | st.lists(words, max_size=2) | st.none() | st.integers() | st.floats())
    if draw(st.integers(0, 19)) == 0:
        arguments[draw(words)] = draw(words)
    if isinstance(arguments.get("wait_seconds"), (int, float)) or tool in ("wait", "export", "batch", "edit"):
        arguments["wait_seconds"] = draw(st.sampled_from([0, 0.01, 0.05]))
    return tool, arguments


PATH = re.compile(r"/(?:etc|home|root|usr|var|tmp|work|opt|proc|private|Users)(?:/[^\s\"'\\,;:)]+)+")


def check(answer: dict[str, Any], asked: list[str], folder: Path) -> None:
    """What holds for every answer; ``asked`` is what was asked so far, which may be named again."""
    text = json.dumps(answer, ensure_ascii=False)
    for word in ("Traceback", "Error executing tool", 'File \\"', SECRET, "errors.pydantic.dev"):
        assert word not in text, text[:2_000]
    allowed = (str(folder / "photos"), str(folder / "films"))
    for path in (found.rstrip(".…") for found in PATH.findall(text)):
        assert path.startswith(allowed) or any(path in words for words in reversed(asked)), path
    result = answer.get("result")
    if result is None:
        assert answer["error"]["message"]
        return
    assert result["content"][0]["text"].strip()
    if result["isError"]:
        assert result["structuredContent"]["status"] in ("failed", "cancelled"), result
        assert "inside the server" not in result["content"][0]["text"], (asked[-1], text[:2_000])


@pytest.mark.parametrize("over", TRANSPORTS)
def test_any_call_is_answered_in_words_and_tells_nothing_that_it_should_not(
    tmp_path: Path, over: str, pytestconfig: pytest.Config
) -> None:
    draw(tmp_path / "photos", "red", size=(64, 36))
    (outside,) = draw(tmp_path / "secret", "blue", size=(64, 36))
    (tmp_path / "photos" / "link.jpg").symlink_to(outside)
    with TRANSPORTS[over](tmp_path) as ask:
        listed = ask({"jsonrpc": "2.0", "id": 1, "method": "tools/list"})["result"]["tools"]
        tools = [
            (tool["name"], allowed(tool["inputSchema"]), list(tool["inputSchema"]["properties"])) for tool in listed
        ]
        number = 1
        asked: list[str] = []

        @some(max(1, pytestconfig.getoption("--calls") // 2))
        @given(calls(tools, tmp_path))
        def every(call: tuple[str, Any]) -> None:
            nonlocal number
            number += 1
            tool, arguments = call
            began = time.monotonic()
            asked.append(json.dumps(arguments, ensure_ascii=False))
            answer = ask(request(number, tool, arguments))
            assert time.monotonic() - began < SLOWEST, call
            check(answer, asked, tmp_path)
            job = ((answer.get("result") or {}).get("structuredContent") or {}).get("job")
            if tool in ("export", "batch") and isinstance(job, str):
                # What would be rendered is beside the point here.
                check(ask(request(-number, "cancel", {"job": job})), asked, tmp_path)

        every()
        assert number > pytestconfig.getoption("--calls") // 2, "fewer were tried than were asked for"
        # It was no other project's file that came in, and nobody's that was not allowed.
        for row in ask(request(0, "projects", {}))["result"]["structuredContent"]["projects"]:
            media = ask(request(number + 1, "get_state", {"project": row["id"]}))["result"]["structuredContent"][
                "media"
            ]
            assert {file["name"] for file in media} <= {"1-red.jpg"}


def bent(chance: random.Random, raw: bytes) -> bytes:
    """A frame with bytes lost, doubled, changed or moved."""
    kept = bytearray(raw)
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(kept)) if kept else 0
        match chance.randrange(5):
            case 0:
                del kept[at : at + chance.randint(1, 8)]
            case 1:
                kept[at:at] = kept[at : at + chance.randint(1, 30)]
            case 2:
                kept[at : at + 1] = bytes([chance.randrange(256)])
            case 3:
                kept[at:at] = chance.choice(
                    [b'"', b"{", b"}", b"[", b"]", b":", b",", b"null", b"1e999", b"\\ud800", b"\xff"]
                )
            case _:
                kept = kept[:at] + kept[at:][::-1] if chance.random() < 0.2 else kept
    # A line's end would make two lines of it.
    return bytes(kept).replace(b"\n", b" ").replace(b"\r", b" ")


FRAMES = [
    HELLO,
    {"jsonrpc": "2.0", "id": 1, "method": "tools/list"},
    {"jsonrpc": "2.0", "id": 2, "method": "resources/read", "params": {"uri": "nemovideo://projects"}},
    {"jsonrpc": "2.0", "id": 3, "method": "ping"},
    {"jsonrpc": "2.0", "method": "notifications/cancelled", "params": {"requestId": 1, "reason": "so"}},
    request(4, "get_state", {}),
    {**request(5, "wait", {"job": "edit_zzzzzzzzzz"}), "_meta": {"progressToken": 1}},
    request(6, "projects", {"action": "create", "name": "x"}),
]


def test_bent_frames_over_stdio_do_not_keep_the_server_from_hearing_the_next(
    tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    chance = random.Random(11)
    with raw_host(tmp_path) as host:
        host.open()
        for number in range(pytestconfig.getoption("--calls")):
            host.send(bent(chance, json.dumps(chance.choice(FRAMES)).encode()) + b"\n")
            if number % 20 == 19:
                host.frame({"jsonrpc": "2.0", "id": f"alive {number}", "method": "ping"})
                assert host.answer(f"alive {number}")["result"] == {}


def test_bent_frames_over_http_are_refused_and_never_the_servers_fault(
    tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    chance = random.Random(12)
    with site(tmp_path, "anna", http_rate=10_000, http_sessions=10_000) as here:
        for _ in range(pytestconfig.getoption("--calls") // 4):
            body = bent(chance, json.dumps(chance.choice(FRAMES)).encode())
            headers = {"Accept": "application/json, text/event-stream", "Content-Type": "application/json"}
            answer = here.ask("POST", "/mcp", "anna", content=body, headers=headers)
            assert answer.status_code < 500, (body, answer.text)
            assert "Traceback" not in answer.text
            assert here.tokens["anna"] not in answer.text
        assert here.ask("GET", "/healthz").status_code == 200
