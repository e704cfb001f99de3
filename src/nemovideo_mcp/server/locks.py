"""A lock for something of a project, held by one task of one process on a data folder at a time."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import anyio
from filelock import FileLock, Timeout

LOOK_SECONDS = 0.1
"""How often a lock that another process holds is tried again."""


class SharedLock:
    """An async context manager. A process that dies lets go of it: the system does that."""

    def __init__(self, path: Path) -> None:
        self._here = anyio.Lock()
        self._file = FileLock(path, thread_local=False)

    def taken(self) -> bool:
        """Whether a task of this process holds it."""
        return self._here.locked()

    async def __aenter__(self) -> None:
        await self._here.acquire()
        try:
            while True:
                try:
                    self._file.acquire(timeout=0)
                    return
                except Timeout:
                    await anyio.sleep(LOOK_SECONDS)
        except BaseException:
            self._here.release()
            raise

    async def __aexit__(self, *exc: Any) -> None:
        self._file.release()
        self._here.release()
