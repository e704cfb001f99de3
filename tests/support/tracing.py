"""An OpenTelemetry tracer that remembers its spans, on the API alone: the SDK is not ours to bring."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from opentelemetry import trace


class SeenSpan(trace.NonRecordingSpan):
    """``attributes`` and ``status`` as they were set; ``ended`` counts."""

    def __init__(self, name: str, kind: trace.SpanKind) -> None:
        super().__init__(trace.INVALID_SPAN_CONTEXT)
        self.name, self.kind = name, kind
        self.attributes: dict[str, Any] = {}
        self.status: Any = None
        self.ended = 0

    def is_recording(self) -> bool:
        return not self.ended

    def set_attribute(self, key: str, value: Any) -> None:
        self.attributes[key] = value

    def set_status(self, status: Any, description: str | None = None) -> None:
        self.status = status

    def end(self, end_time: int | None = None) -> None:
        self.ended += 1


@dataclass
class SeenTracer(trace.Tracer):
    spans: list[SeenSpan] = field(default_factory=list)

    def start_span(self, name: str, *_: Any, kind: trace.SpanKind = trace.SpanKind.INTERNAL, **__: Any) -> trace.Span:
        self.spans.append(SeenSpan(name, kind))
        return self.spans[-1]

    @contextmanager
    def _current(self, name: str, *_: Any, **more: Any) -> Iterator[trace.Span]:
        yield self.start_span(name, **more)

    start_as_current_span: Any = _current
