"""Every known form of stream event, its decoding and its fold."""

import json
from functools import reduce
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nemovideo_mcp.api.errors import ApiError, BackendFault, NoCredits, Unauthorized
from nemovideo_mcp.api.events import (
    ErrorEvent,
    Event,
    Heartbeat,
    Reply,
    TextEvent,
    ToolCall,
    ToolResult,
    UnknownEvent,
    decode,
    fold,
)


def adk(*parts: dict[str, Any], **more: Any) -> str:
    return json.dumps({"content": {"role": "model", "parts": list(parts)}, "author": "nemo_agent", **more})


def replied(*data: str) -> Reply:
    return reduce(fold, (event for line in data for event in decode("", line)), Reply())


CALL = {"functionCall": {"id": "c1", "name": "cut", "args": {"at": 3}}}
RESULT = {"functionResponse": {"id": "c1", "name": "cut", "response": {"ok": True}}}


@pytest.mark.parametrize(
    ("data", "events"),
    [
        (adk({"text": "Hello"}), (TextEvent("Hello"),)),
        (adk({"text": "Hel"}, partial=True), (TextEvent("Hel", partial=True),)),
        (adk(CALL), (ToolCall("cut", {"at": 3}, "c1"),)),
        (adk(RESULT), (ToolResult("cut", {"ok": True}, "c1"),)),
        (adk({"text": "Now"}, CALL), (TextEvent("Now"), ToolCall("cut", {"at": 3}, "c1"))),
        (adk({"function_call": {"name": "cut"}}), (ToolCall("cut"),)),
        (adk({"text": "hm, let me see", "thought": True}, {"text": "Yes"}), (TextEvent("Yes"),)),
        ('{"type": "text", "content": "Hi"}', (TextEvent("Hi"),)),
        ('{"text": "Hi"}', (TextEvent("Hi"),)),
        ('{"type": "tool_call", "name": "cut", "args": {"at": 3}}', (ToolCall("cut", {"at": 3}),)),
        ('{"type": "tool_result", "name": "cut", "result": [1]}', (ToolResult("cut", [1]),)),
        ('{"type": "heartbeat"}', (Heartbeat(),)),
        ("", (Heartbeat(),)),
        ("  \n ", (Heartbeat(),)),
        ("not json", (UnknownEvent("not json"),)),
        ("[1, 2]", (UnknownEvent("[1, 2]"),)),
        ('{"turnComplete": true}', (UnknownEvent('{"turnComplete": true}'),)),
        ('{"content": {"parts": ["?"]}}', (UnknownEvent('{"content": {"parts": ["?"]}}'),)),
    ],
)
def test_every_known_form_is_decoded_and_the_others_are_kept(data: str, events: tuple[Event, ...]) -> None:
    assert decode("", data) == events


def test_an_event_named_heartbeat_is_one_whatever_it_says() -> None:
    assert decode("heartbeat", '{"text": "tick"}') == (Heartbeat(),)


@pytest.mark.parametrize(
    ("data", "kind", "says"),
    [
        ('{"error": "the model is tired"}', ApiError, "the model is tired"),
        ('{"error": {"code": 2001, "message": "empty"}}', NoCredits, "empty"),
        ('{"code": 2001, "message": "no credits"}', NoCredits, "no credits"),
        ('{"code": "1001", "message": "who?"}', Unauthorized, "who?"),
        ('{"code": -1, "message": "odd"}', ApiError, "odd"),
        ('{"type": "error", "content": "broken"}', ApiError, "broken"),
        ('{"type": "error", "code": 503, "message": "busy"}', BackendFault, "busy"),
        ('{"errorCode": "SAFETY", "errorMessage": "blocked"}', ApiError, "blocked"),
        ('{"errorCode": "MALFORMED_FUNCTION_CALL"}', ApiError, "MALFORMED_FUNCTION_CALL"),
    ],
)
def test_failures_inside_the_stream_become_the_right_error(data: str, kind: type[ApiError], says: str) -> None:
    (event,) = decode("", data)
    assert isinstance(event, ErrorEvent)
    assert type(event.error) is kind
    assert str(event.error) == says


def test_an_envelope_that_says_success_is_no_failure() -> None:
    assert decode("", '{"code": 0, "text": "Hi"}') == (TextEvent("Hi"),)


@given(st.text(), st.one_of(st.text(), st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(
        ["type", "text", "content", "parts", "partial", "code", "error", "message", "functionCall", "name", "args", "id"]
    ) | st.text(), inner),
).map(json.dumps)))  # fmt: skip
def test_nothing_that_a_backend_says_makes_decoding_or_folding_fail(name: str, data: str) -> None:
    events = decode(name, data)
    assert events
    assert isinstance(reduce(fold, events, Reply()).text, str)


def test_a_code_of_ten_thousand_digits_is_no_code() -> None:
    assert isinstance(decode("", json.dumps({"code": "9" * 10_000}))[0], UnknownEvent)


def test_chunks_and_the_whole_that_repeats_them_are_shown_once() -> None:
    reply = replied(
        adk({"text": "I made "}, partial=True),
        adk({"text": "a film."}, partial=True),
        adk({"text": "I made a film."}, CALL),
        adk(RESULT),
    )
    assert reply.text == "I made a film."
    assert reply.result_of("cut") == {"ok": True}


def test_chunks_without_a_whole_are_not_lost() -> None:
    assert replied(adk({"text": "I made "}, partial=True), adk({"text": "a film."}, partial=True)).text == (
        "I made a film."
    )


def test_both_stages_of_the_backend_are_reported() -> None:
    assert replied('{"text": "The cut is ready."}', '{"text": "Music added."}').text == (
        "The cut is ready.\n\nMusic added."
    )


def test_a_trailing_temporary_issue_is_noise_after_an_answer_and_the_answer_where_there_is_none() -> None:
    noise = '{"text": "I encountered a temporary issue. Please try again."}'
    assert replied('{"text": "Done."}', noise).text == "Done."
    assert replied(noise).text.startswith("I encountered")


def test_unknown_events_are_counted() -> None:
    assert replied("?", '{"text": "Done."}', "!").unknown == 2
