"""The chat: a message becomes operations, the operations a new version, and all of it a stream of events.

The work belongs to the studio, not to the connection: a client that loses the stream finds in the state what was done,
as it does with the cloud.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Protocol
from weakref import WeakValueDictionary

import anyio
import anyio.abc
import anyio.to_thread
from anyio.streams.memory import MemoryObjectReceiveStream, MemoryObjectSendStream
from pydantic import ValidationError

from nemovideo_mcp.api.capabilities import APPLY_OPERATIONS
from nemovideo_mcp.studio import adk
from nemovideo_mcp.studio.accounts import Accounts, Reservation
from nemovideo_mcp.studio.editor import NeedsHistory, Outcome
from nemovideo_mcp.studio.projects import Conflict, Projects
from nemovideo_mcp.studio.refusals import Refused
from nemovideo_mcp.timeline.draft import decode, encode
from nemovideo_mcp.timeline.history import History
from nemovideo_mcp.timeline.history import Version as PastVersion
from nemovideo_mcp.timeline.model import Media, Timeline
from nemovideo_mcp.timeline.operations import BaseOperation, Change, OperationError, parse, problem

EVENTS_AHEAD = 64
"""More events than one message makes: the work never waits for a reader."""

_log = logging.getLogger(__name__)


class Editor(Protocol):
    """Words and typed operations to a new timeline. Pure, and called in threads; `studio.editor` is the real one."""

    def edit(self, instruction: str, film: Timeline, pool: Sequence[Media], history: History | None = None) -> Outcome:
        """
        Raises:
            NeedsHistory: the instruction goes back in the history, and none was given.
        """
        ...

    def edit_operations(
        self,
        operations: Sequence[BaseOperation],
        film: Timeline,
        pool: Sequence[Media],
        history: History | None = None,
    ) -> Outcome:
        """
        Raises:
            OperationError: one of them cannot be made; nothing is.
            NeedsHistory: as in `edit`.
        """
        ...


@dataclass(frozen=True, slots=True)
class Message:
    """What the user wants of one session: plain words, typed operations, or both. ``operations`` are JSON values."""

    user_id: str
    session_id: str
    text: str
    operations: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class Edit:
    """What a message did to a timeline. ``not_understood`` holds ``clause``, ``reason`` and ``nearest``."""

    film: Timeline
    applied: bool
    reply: str
    changes: tuple[Change, ...] = ()
    not_understood: tuple[dict[str, Any], ...] = ()
    warnings: tuple[str, ...] = ()
    restores: int | None = None

    def response(self) -> dict[str, Any]:
        """As the function response of the stream."""
        changes = [
            {"clause": c.clause, "operation": c.operation, "text": c.text, "before": c.before, "after": c.after}
            for c in self.changes
        ]
        return {
            "applied": self.applied,
            "changes": changes,
            "not_understood": list(self.not_understood),
            "warnings": list(self.warnings),
        }


class Agent:
    """Answers messages in the studio's task group; those of one session one after the other."""

    def __init__(
        self,
        accounts: Accounts,
        projects: Projects,
        editor: Editor,
        start_soon: Callable[..., object],
        heartbeat_seconds: float,
    ) -> None:
        self._accounts = accounts
        self._projects = projects
        self._editor = editor
        self._start_soon = start_soon
        self._heartbeat_seconds = heartbeat_seconds
        self._locks: WeakValueDictionary[str, anyio.Lock] = WeakValueDictionary()

    async def answer(self, message: Message) -> AsyncIterator[bytes]:
        """Begin the work; the server-sent events that it will make, with heartbeats while there is nothing else to say.

        Raises:
            Refused: 2001, there are no credits for an edit.
        """
        reservation = await self._accounts.reserve(message.user_id)
        events, stream = anyio.create_memory_object_stream[bytes](EVENTS_AHEAD)
        self._start_soon(self._work, message, reservation, _Speaker(events))
        return self._with_heartbeats(stream)

    async def _with_heartbeats(self, stream: MemoryObjectReceiveStream[bytes]) -> AsyncIterator[bytes]:
        with stream:
            while True:
                event = adk.HEARTBEAT
                with anyio.move_on_after(self._heartbeat_seconds):
                    try:
                        event = await stream.receive()
                    except anyio.EndOfStream:
                        return
                yield event

    async def _work(self, message: Message, reservation_id: str, speaker: _Speaker) -> None:
        invocation = adk.Invocation()
        call_id = "call_" + secrets.token_hex(8)
        with speaker:
            args = {"instruction": message.text, "operations": list(message.operations)}
            try:
                speaker.say(invocation.call(call_id, APPLY_OPERATIONS, args))
                async with self._accounts.settling(reservation_id) as reservation:
                    edit = await self._edit(message, reservation)
            except Refused as refused:
                speaker.say(adk.failure(refused.code, refused.message))
            except Exception as error:
                _log.exception("An edit failed")
                speaker.say(adk.failure(500, f"The edit failed and nothing was changed ({type(error).__name__})."))
            else:
                speaker.say(invocation.response(call_id, APPLY_OPERATIONS, edit.response()))
                if edit.reply:
                    speaker.say(invocation.text(edit.reply))

    async def _edit(self, message: Message, reservation: Reservation) -> Edit:
        lock = self._locks.get(message.session_id)
        if lock is None:
            lock = self._locks[message.session_id] = anyio.Lock()
        async with lock:
            while True:
                version = await self._projects.latest(message.session_id)
                pool = [stored.media for stored in await self._projects.media(message.session_id)]
                film = decode(version.draft)
                # Pure work: a cancelled one may run to its end unseen.
                try:
                    edit = await anyio.to_thread.run_sync(
                        self._apply, message, film, pool, None, abandon_on_cancel=True
                    )
                except NeedsHistory:
                    history = await self._history(message.session_id)
                    edit = await anyio.to_thread.run_sync(
                        self._apply, message, film, pool, history, abandon_on_cancel=True
                    )
                if not edit.applied:
                    return edit
                said = message.text or " ".join(change.text for change in edit.changes)
                try:
                    await self._projects.add_version(
                        message.session_id, version.n, said, encode(edit.film), edit.restores
                    )
                except Conflict:
                    # Another process edited in between: the same words on what is there now.
                    continue
                reservation.charge()
                return edit

    async def _history(self, session_id: str) -> History:
        versions = await self._projects.versions(session_id)
        return History(
            [PastVersion(n=v.n, instruction=v.instruction, film=decode(v.draft), restores=v.restores) for v in versions]
        )

    def _apply(self, message: Message, film: Timeline, pool: list[Media], history: History | None) -> Edit:
        done = Edit(film, applied=False, reply="")
        if message.operations:
            done = self._apply_operations(message, film, pool, history)
            if not done.applied:
                return done
        if not message.text.strip():
            return done
        outcome = self._editor.edit(message.text, done.film, pool, history)
        missed = tuple({"clause": m.clause, "reason": m.reason, "nearest": m.nearest} for m in outcome.missed)
        return Edit(
            film=outcome.film if outcome.applied else done.film,
            applied=done.applied or outcome.applied,
            reply="\n\n".join(reply for reply in (done.reply, outcome.reply) if reply),
            changes=(*done.changes, *outcome.changes),
            not_understood=missed,
            warnings=(*done.warnings, *outcome.warnings),
            restores=None if done.applied else outcome.restores,
        )

    def _apply_operations(self, message: Message, film: Timeline, pool: list[Media], history: History | None) -> Edit:
        operations: list[BaseOperation] = []
        for number, raw in enumerate(message.operations, 1):
            try:
                operations += parse([raw])
            except ValidationError as error:
                return _refused(message, film, number, raw, problem(error))
        try:
            outcome = self._editor.edit_operations(operations, film, pool, history)
        except OperationError as error:
            number = self._culprit(operations, film, pool, history)
            return _refused(message, film, number, message.operations[number - 1], str(error))
        return Edit(
            outcome.film, outcome.applied, outcome.reply, outcome.changes, (), outcome.warnings, outcome.restores
        )

    def _culprit(
        self, operations: Sequence[BaseOperation], film: Timeline, pool: list[Media], history: History | None
    ) -> int:
        """The number, from 1, of the operation that cannot be made: the first whose run-up cannot be either."""
        for number in range(1, len(operations)):
            try:
                self._editor.edit_operations(operations[:number], film, pool, history)
            except OperationError:
                return number
        return len(operations)


def _refused(message: Message, film: Timeline, number: int, raw: Any, reason: str) -> Edit:
    name = raw.get("op") if isinstance(raw, dict) and isinstance(raw.get("op"), str) else None
    clause = f"operation {number} ({name})" if name else f"operation {number}"
    warnings = ("The instruction was not tried, because the operations could not be made.",)
    return Edit(
        film=film,
        applied=False,
        reply=f"Nothing was changed. {clause[0].upper()}{clause[1:]}: {reason}",
        not_understood=({"clause": clause, "reason": reason, "nearest": None},),
        warnings=warnings if message.text.strip() else (),
    )


class _Speaker:
    """Says events to a reader who may have left."""

    def __init__(self, events: MemoryObjectSendStream[bytes]) -> None:
        self._events = events

    def __enter__(self) -> _Speaker:
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc_value: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._events.close()

    def say(self, event: bytes) -> None:
        try:
            self._events.send_nowait(event)
        except anyio.BrokenResourceError:
            return
