"""The renderer's process: one job in as a line of JSON on stdin, lines of JSON out on stdout.

In: ``{"render": RenderJob}``, ``{"piece": PieceJob}``, ``{"join": JoinJob}`` or ``{"frames": FramesJob}``. Out: ``{"progress",
"message"}`` any number of times, then ``{"result"}``, ``{"notes"}``, ``{"frames": [base64]}`` or ``{"error"}``. Stdin stays open: it is the lifeline. When it ends, the parent is
gone, and this process ends at once, wherever it is.
"""

import base64
import json
import os
import threading
import time
import traceback
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO, TypeAlias

from nemovideo_mcp.studio.render.job import FramesJob, JoinJob, PieceJob, RenderError, RenderJob

_EVERY = 0.1
"""Seconds between reports."""
_NICE = 10
"""A film's process is that much nicer than its parent (POSIX, of 19): on an idle machine it is as fast as any."""


Job: TypeAlias = RenderJob | PieceJob | JoinJob | FramesJob

_JOBS: dict[str, type[Job]] = {"render": RenderJob, "piece": PieceJob, "join": JoinJob, "frames": FramesJob}


def main() -> None:
    # Libraries print; what they print must not get between our lines.
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    ((what, asked),) = json.loads(_line()).items()
    job = _JOBS[what].model_validate(asked)
    partial = None if isinstance(job, FramesJob) else job.partial
    if partial is not None and hasattr(os, "nice"):
        # Films take minutes and all cores: who works at this machine, and who asks this server, goes before. Somebody waits for
        # frames. On Windows the parent gives the priority.
        os.nice(_NICE)
    threading.Thread(target=_lifeline, args=(partial,), daemon=True).start()
    _say(out, **_answer(job, out))
    # Without waiting for threads: whatever they still do is of no use now.
    os._exit(0)


def _answer(job: Job, out: BinaryIO) -> dict[str, Any]:
    try:
        # Imported late: a missing or broken library is then an error with words, not a silent death.
        from nemovideo_mcp.studio.render import film

        match job:
            case FramesJob():
                return {"frames": [base64.b64encode(jpeg).decode() for jpeg in film.frames(job)]}
            case PieceJob():
                return {"notes": film.render_piece(job, _Reporter(out))}
            case JoinJob():
                return {"result": film.join(job, _Reporter(out)).model_dump()}
            case RenderJob():
                return {"result": film.render(job, _Reporter(out)).model_dump()}
    except RenderError as error:
        return {"error": error.reason}
    except MemoryError:
        return {"error": "There is not enough memory for this film; choose a lower resolution."}
    except Exception as error:
        traceback.print_exc()
        return {"error": f"The renderer failed: {type(error).__name__}: {error}."}


class _Reporter:
    """Says how far the film is, not more often than anyone can read."""

    def __init__(self, out: BinaryIO) -> None:
        self._out, self._said = out, 0.0

    def __call__(self, progress: float, message: str) -> None:
        now = time.monotonic()
        if progress >= 1 or now - self._said >= _EVERY:
            self._said = now
            _say(self._out, progress=round(progress, 4), message=message)


def _say(out: BinaryIO, **fields: Any) -> None:
    out.write(json.dumps(fields).encode() + b"\n")
    out.flush()


def _line() -> bytes:
    """The first line of stdin, read without a buffer that the lifeline would have to share."""
    parts = b""
    while not parts.endswith(b"\n"):
        part = os.read(0, 1 << 16)
        if not part:
            os._exit(1)
        parts += part
    return parts


def _lifeline(partial: Path | None) -> None:
    with suppress(OSError):
        while os.read(0, 1024):
            pass
    if partial is not None:
        # Windows does not remove an open file; what is left there is named so that anyone may.
        with suppress(OSError):
            partial.unlink()
    os._exit(1)


if __name__ == "__main__":
    main()
