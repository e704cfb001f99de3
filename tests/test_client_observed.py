"""What an onlooker sees of the client: one log line and one span a call, for its job, and never a secret."""

import logging
from pathlib import Path

import anyio
import pytest
from opentelemetry import trace

from nemovideo_mcp.api import errors
from nemovideo_mcp.client.context import job_id
from support.backend import BEARER, Backend, error
from support.clients import client_of
from support.sockets import refused_port
from support.tracing import SeenTracer

pytestmark = pytest.mark.anyio

CREDITS = "GET /api/credits/balance/simple"


@pytest.fixture
def tracer(monkeypatch: pytest.MonkeyPatch) -> SeenTracer:
    tracer = SeenTracer()
    monkeypatch.setattr(trace, "get_tracer", lambda *_, **__: tracer)
    return tracer


async def test_a_span_says_what_the_log_line_says(tracer: SeenTracer, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "nemovideo_mcp.client")
    backend = Backend()
    backend.script(CREDITS, error(0, status=503))
    job_id.set("edit_7")
    async with client_of(backend) as client:
        await client.credits()
    job_id.set(None)
    lines = [record for record in caplog.records if record.name == "nemovideo_mcp.client"]
    assert [line.getMessage().split(" ms ")[1] for line in lines] == ["attempt 1 job edit_7", "attempt 2 job edit_7"]
    fields = ("method", "route", "status", "failure", "attempt", "job_id")
    route = "/api/credits/balance/simple"
    assert [tuple(vars(line)[name] for name in fields) for line in lines] == [
        ("GET", route, 503, "BackendFault", 1, "edit_7"),
        ("GET", route, 200, None, 2, "edit_7"),
    ]
    for span, line in zip(tracer.spans, lines, strict=True):
        assert (span.name, span.kind, span.ended) == (CREDITS, trace.SpanKind.CLIENT, 1)
        seen = vars(line)
        assert span.attributes.pop("error.type", None) == seen["failure"]
        assert span.attributes == {
            "http.request.method": "GET",
            "url.template": route,
            "http.response.status_code": seen["status"],
            "nemovideo.duration_ms": seen["duration_ms"],
            "nemovideo.attempt": seen["attempt"],
            "nemovideo.job_id": "edit_7",
        }
    assert [span.status for span in tracer.spans] == [trace.StatusCode.ERROR, None]


async def test_calls_of_several_jobs_at_once_are_told_apart(tracer: SeenTracer) -> None:
    async with client_of(Backend()) as client, anyio.create_task_group() as tasks:

        async def work(job: str) -> None:
            job_id.set(job)
            await client.credits()

        for job in ("a", "b"):
            tasks.start_soon(work, job)
    assert {span.attributes["nemovideo.job_id"] for span in tracer.spans} == {"a", "b"}


async def test_a_call_without_an_answer_is_told_by_its_failure(tracer: SeenTracer) -> None:
    async with client_of(url=f"http://127.0.0.1:{refused_port()}") as client:
        with pytest.raises(errors.Unreachable):
            await client.create_session()
    assert len(tracer.spans) == 4
    assert all(span.attributes["error.type"] == "Unreachable" and span.ended == 1 for span in tracer.spans)
    assert [span.attributes["nemovideo.attempt"] for span in tracer.spans] == [1, 2, 3, 4]


async def test_a_chat_that_is_left_in_another_task_ends_its_span(tracer: SeenTracer) -> None:
    async with client_of(Backend()) as client:
        stream = client.chat("s1", "shorter")
        await stream.__aenter__()
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(stream.__aexit__, None, None, None)
    (span,) = tracer.spans
    assert (span.name, span.ended) == ("POST /run_sse", 1)


async def test_a_span_holds_no_token_no_query_and_no_id(tracer: SeenTracer, tmp_path: Path) -> None:
    backend = Backend()
    backend.script(CREDITS, error(1001, message=f"{BEARER} is bad"))
    async with client_of(backend) as client:
        with pytest.raises(errors.Unauthorized):
            await client.credits()
        await client.state("s1-is-an-id")
        await client.download("http://api.test/films/r1.mp4?signature=sEcReT", "r1", tmp_path / "a.mp4")
    everything = str([(span.name, span.attributes) for span in tracer.spans])
    assert not [word for word in (BEARER, "signature", "s1-is-an-id", "r1", "?") if word in everything]
    assert {span.attributes["url.template"] for span in tracer.spans} >= {"(output.url)"}
