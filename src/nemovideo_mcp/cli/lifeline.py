"""The stdio server ends with its stdin, even when its host never reads stdout."""

from __future__ import annotations

import codecs
import os
import threading
import time

GRACE_SECONDS = 3.0
"""How long an orderly end may take; the host is gone, and what is unfinished is in the journal."""


def end_with_stdin() -> None:
    """Watch stdin for its end, and end the process when it has not ended by itself soon after.

    A thread that writes to a full pipe cannot be cancelled, so a server whose host stopped reading would wait for ever. The
    watcher must see the end of the real stdin, so it hands the bytes on through a pipe that takes the place of fd 0.
    """
    source = os.dup(0)
    reading, writing = os.pipe()
    os.dup2(reading, 0)
    os.close(reading)
    threading.Thread(target=_hand_on, args=(source, writing), daemon=True, name="stdin").start()


def _hand_on(source: int, writing: int) -> None:
    begun = False
    try:
        while chunk := os.read(source, 65_536):
            # Some editors and shells put a mark of the byte order before the first line, which then is no JSON.
            view = memoryview(chunk if begun else chunk.removeprefix(codecs.BOM_UTF8))
            begun = True
            while view:
                view = view[os.write(writing, view) :]
    except OSError:
        pass  # a broken stdin is an ended one
    os.close(writing)
    time.sleep(GRACE_SECONDS)
    os._exit(0)
