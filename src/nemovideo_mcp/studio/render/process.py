"""The parent's side: starts a worker, listens to it, and ends it when the caller no longer waits. Loads no decoder.

The worker's stdin is its lifeline: it closes with this process, however this process ends, and the worker ends with it.
"""

import base64
import inspect
import json
import logging
import signal
import subprocess
import sys
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from itertools import pairwise
from typing import Any, TypeAlias

import anyio
from anyio.abc import Process

from nemovideo_mcp.studio.render.job import FramesJob, JoinJob, PieceJob, RenderError, RenderJob, RenderResult
from nemovideo_mcp.studio.render.machine import cores
from nemovideo_mcp.timeline import draft
from nemovideo_mcp.timeline.time import frame_at

OnProgress = Callable[[float, str], Awaitable[None] | None]
"""Takes the progress, 0 to 1 and never falling, and a message for a person; may be async."""

Message: TypeAlias = dict[str, Any]

_WORKER = "nemovideo_mcp.studio.render.worker"
_STDERR_LINES = 40
_GOODBYE_SECONDS = 5
_LOW_PRIORITY: int = getattr(subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0)
"""Of Windows; elsewhere the worker itself makes room for others."""
_CORES = 6
"""Cores to a piece."""
_LEAST_FRAMES = 240
"""A piece shorter than this would spend its time on starting."""
_PIECES_SHARE = 0.95
"""The progress when all pieces are made."""

log = logging.getLogger(__name__)


async def render(job: RenderJob, on_progress: OnProgress | None = None) -> RenderResult:
    """Makes the film in a process of its own. Cancelling the call kills that process and leaves no half file.

    Raises:
        RenderError: the film cannot be made; the reason says why.
    """

    async def pass_on(message: Message) -> None:
        if on_progress is not None:
            said = on_progress(message["progress"], message["message"])
            if inspect.isawaitable(said):
                await said

    pieces = in_pieces(job)
    try:
        if pieces:
            return await _joined(job, pieces, pass_on)
        last = await _ask({"render": job.model_dump(mode="json")}, pass_on)
        return RenderResult.model_validate(last["result"])
    finally:
        # A worker removes its own half file; a killed one cannot.
        for path in (job.partial, *(piece.partial for piece in pieces)):
            with suppress(OSError):
                path.unlink()


def in_pieces(job: RenderJob) -> tuple[PieceJob, ...]:
    """The pieces to make the film of, side by side, each in a process of its own; none when one process does it all.

    x264 shares a picture of 1080p out to some six cores; of those that are left, each six can work on another piece.
    """
    try:
        film = draft.decode(job.draft)
    except draft.DraftError:
        # The worker says what is wrong with it.
        return ()
    if job.format == "gif":
        # Its colours are chosen over a whole scene, and it is small.
        return ()
    frames = frame_at(film.duration_ms, job.fps or film.canvas.fps)
    count = min(job.pieces or cores() // _CORES, frames // (_LEAST_FRAMES if job.pieces is None else 1))
    if count < 2:
        return ()
    edges = [round(i * frames / count) for i in range(count + 1)]
    return tuple(PieceJob(film=job, first=first, last=last, of=count) for first, last in pairwise(edges))


async def _joined(
    job: RenderJob, pieces: Sequence[PieceJob], on_progress: Callable[[Message], Awaitable[None]]
) -> RenderResult:
    """The film made of its pieces; the first that fails ends the others."""
    done = dict.fromkeys((piece.first for piece in pieces), 0.0)
    notes: dict[int, list[str]] = {}
    failure: RenderError | None = None

    async def make(piece: PieceJob) -> None:
        async def pass_on(message: Message) -> None:
            done[piece.first] = message["progress"] * (piece.last - piece.first) / pieces[-1].last
            await on_progress({"progress": _PIECES_SHARE * sum(done.values()), "message": message["message"]})

        nonlocal failure
        try:
            last = await _ask({"piece": piece.model_dump(mode="json")}, pass_on)
            notes[piece.first] = last["notes"]
        except RenderError as error:
            failure = failure or error
            tasks.cancel_scope.cancel()

    async def finish(message: Message) -> None:
        progress = _PIECES_SHARE + (1 - _PIECES_SHARE) * message["progress"]
        await on_progress({"progress": progress, "message": message["message"]})

    async with anyio.create_task_group() as tasks:
        for piece in pieces:
            tasks.start_soon(make, piece)
    if failure is not None:
        raise failure
    last = await _ask({"join": JoinJob(film=job, pieces=tuple(pieces)).model_dump(mode="json")}, finish)
    result = RenderResult.model_validate(last["result"])
    told = dict.fromkeys(note for first in sorted(notes) for note in notes[first])
    return result.model_copy(update={"notes": tuple(dict.fromkeys([*told, *result.notes]))})


async def frames(job: RenderJob, times_ms: Sequence[int], max_width: int = 1280) -> list[bytes]:
    """JPEGs of the film at these times (ms), in this order, drawn exactly as the film would be, at most ``max_width`` wide.

    Raises:
        RenderError: a frame cannot be drawn; the reason says why.
    """
    request = FramesJob(film=job, times_ms=tuple(times_ms), max_width=max_width)
    last = await _ask({"frames": request.model_dump(mode="json")}, None)
    return [base64.b64decode(jpeg) for jpeg in last["frames"]]


async def _ask(request: Message, on_progress: Callable[[Message], Awaitable[None]] | None) -> Message:
    """Runs a worker for one request; its last message. The worker is gone when this returns or raises."""
    # -P: modules in the working directory must not be taken for ours.
    command = [sys.executable, "-P", "-m", _WORKER]
    process = await anyio.open_process(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        creationflags=0 if "frames" in request else _LOW_PRIORITY,
    )
    tail: deque[str] = deque(maxlen=_STDERR_LINES)
    answer: Message = {}
    try:
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(_drain, process, tail)
            try:
                answer = await _converse(process, request, on_progress)
            except Exception as error:
                # Carried out of the task group, which would wrap it.
                answer = {"raised": error}
            else:
                # It ends by itself now. (A kill that crosses its end costs asyncio the exit code.)
                with anyio.move_on_after(_GOODBYE_SECONDS):
                    await process.wait()
            _kill(process)
    finally:
        with anyio.CancelScope(shield=True):
            _kill(process)
            code = await process.wait()
            await process.aclose()
    if "raised" in answer:
        raise answer["raised"]
    if "error" in answer:
        log.info("render failed: %s\n%s", answer["error"], "\n".join(tail))
        raise RenderError(answer["error"])
    if not answer:
        raise RenderError(_death(code, tail))
    return answer


async def _converse(
    process: Process, request: Message, on_progress: Callable[[Message], Awaitable[None]] | None
) -> Message:
    """Asks, and listens up to the message that is no progress; an empty one when the worker ends without."""
    assert process.stdin is not None
    assert process.stdout is not None
    # A worker that died before it could listen says so by its exit.
    with suppress(anyio.BrokenResourceError, anyio.ClosedResourceError, OSError):
        await process.stdin.send(json.dumps(request).encode() + b"\n")
    rest = b""
    async for chunk in process.stdout:
        *lines, rest = (rest + chunk).split(b"\n")
        for line in lines:
            message: Message = json.loads(line)
            if "progress" not in message:
                return message
            if on_progress is not None:
                await on_progress(message)
    # Its output has ended: it is ending by itself, and its exit code tells why.
    await process.wait()
    return {}


async def _drain(process: Process, tail: deque[str]) -> None:
    """Keeps the end of what the worker prints; unread, it would fill the pipe and stop the worker."""
    assert process.stderr is not None
    rest = b""
    async for chunk in process.stderr:
        *lines, rest = (rest + chunk).split(b"\n")
        tail.extend(line.decode(errors="replace") for line in lines)


def _kill(process: Process) -> None:
    if process.returncode is None:
        with suppress(ProcessLookupError):
            process.kill()


def _death(code: int, tail: deque[str]) -> str:
    """What to say of a worker that ended without a word. What it printed goes to the log, not to the reader."""
    log.warning("render worker ended with %s\n%s", code, "\n".join(tail))
    if code >= 0:
        return f"The renderer ended unexpectedly (exit code {code}); try again, and see the log if it does so again."
    try:
        name = signal.Signals(-code).name
    except ValueError:
        name = f"signal {-code}"
    if name == "SIGKILL":
        return "The renderer was killed (SIGKILL), perhaps for want of memory; try again at a lower resolution."
    return f"The renderer crashed ({name}), perhaps on a damaged file; try again without the file added last."
