"""What an onlooker sees of a call: one log line and one OpenTelemetry span, with the same fields and no secret."""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING

from nemovideo_mcp.api.errors import NemoError
from nemovideo_mcp.client.calls import Call
from nemovideo_mcp.client.context import job_id

if TYPE_CHECKING:
    from opentelemetry.trace import Span

logger = logging.getLogger("nemovideo_mcp.client")


class Watched:
    """One request. The fields are the method, the route's template (so no id and no query), the status, the duration, the
    attempt and the job; a failure is named by its class, for its words are the backend's.

    The log record carries them as attributes too. Without an OpenTelemetry SDK the span is none.
    """

    def __init__(self, call: Call, attempt: int) -> None:
        self._call = call
        self._attempt = attempt
        self._job = job_id.get()
        self._began = time.monotonic()
        self._status: int | None = None
        self._failure: str | None = None
        self._span = self._start()

    def answered(self, status: int) -> None:
        """The head of the answer is here."""
        self._status = status

    def failed(self, error: NemoError) -> None:
        """It, or reading its answer, failed."""
        self._failure = type(error).__name__

    def end(self) -> None:
        """Say what was seen. A request that neither answered nor failed was abandoned."""
        milliseconds = round((time.monotonic() - self._began) * 1000)
        seen = (self._status and str(self._status), self._failure)
        outcome = " ".join(word for word in seen if word) or "abandoned"
        fields = {
            "method": self._call.method,
            "route": self._call.route,
            "status": self._status,
            "failure": self._failure,
            "duration_ms": milliseconds,
            "attempt": self._attempt,
            "job_id": self._job,
        }
        job = f" job {self._job}" if self._job else ""
        logger.info(
            "%s %s %s %d ms attempt %d%s",
            self._call.method, self._call.route, outcome, milliseconds, self._attempt, job, extra=fields,
        )  # fmt: skip
        self._finish(outcome, milliseconds)

    def _start(self) -> Span:
        # 30 ms that a start without any call does not need.
        from opentelemetry import trace

        # Not made the current one: a chat's stream may be closed in another context than it was opened in.
        span = trace.get_tracer("nemovideo_mcp.client").start_span(
            f"{self._call.method} {self._call.route}", kind=trace.SpanKind.CLIENT
        )
        if span.is_recording():
            span.set_attribute("http.request.method", self._call.method)
            span.set_attribute("url.template", self._call.route)
            span.set_attribute("nemovideo.attempt", self._attempt)
            if self._job:
                span.set_attribute("nemovideo.job_id", self._job)
        return span

    def _finish(self, outcome: str, milliseconds: int) -> None:
        if self._span.is_recording():
            from opentelemetry.trace import StatusCode

            if self._status is not None:
                self._span.set_attribute("http.response.status_code", self._status)
            self._span.set_attribute("nemovideo.duration_ms", milliseconds)
            if self._failure or self._status is None:
                self._span.set_attribute("error.type", self._failure or outcome)
                self._span.set_status(StatusCode.ERROR)
        self._span.end()
