"""A stdio server spoken to in raw bytes, by a host that may do anything; it is never waited for without end."""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

HELLO = {
    "jsonrpc": "2.0",
    "id": 0,
    "method": "initialize",
    "params": {"protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": {"name": "raw", "version": "1"}},
}
INITIALIZED = {"jsonrpc": "2.0", "method": "notifications/initialized"}
PATIENCE = 60.0
"""Seconds; only a server that hangs is waited for so long."""


class RawHost:
    """``send`` writes bytes as they are, ``answer`` gives the next frame with an id (of a request, or null)."""

    def __init__(self, folder: Path, **env: str) -> None:
        variables = {name: value for name, value in os.environ.items() if not name.startswith("NEMO_")}
        variables |= {
            "NEMO_DATA_DIR": str(folder / "data"),
            "NEMO_OUTPUT_DIR": str(folder / "films"),
            "NEMO_POLL_SECONDS": "0.05",
            **env,
        }
        self._log = (folder / "log").open("wb")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "nemovideo_mcp"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            env=variables,
        )
        self._lines: queue.Queue[bytes] = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()
        self._next = 0

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._lines.put(line)
        self._lines.put(b"")

    def send(self, raw: bytes) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(raw)
        self.process.stdin.flush()

    def frame(self, frame: dict[str, Any], end: str = "\n") -> None:
        self.send((json.dumps(frame) + end).encode())

    def answer(self, id: int | str | None) -> dict[str, Any]:
        """The answer to a request; notifications and other answers before it are passed over."""
        while True:
            line = self._lines.get(timeout=PATIENCE)
            assert line, "the server is gone"
            frame: dict[str, Any] = json.loads(line)
            if "method" not in frame and frame.get("id") == id:
                return frame

    def ask(self, method: str, **params: Any) -> dict[str, Any]:
        self._next += 1
        self.frame({"jsonrpc": "2.0", "id": self._next, "method": method, "params": params})
        return self.answer(self._next)

    def call(self, tool: str, arguments: dict[str, Any]) -> dict[str, Any]:
        return self.ask("tools/call", name=tool, arguments=arguments)

    def open(self, mark: bytes = b"", end: str = "\n") -> dict[str, Any]:
        self.send(mark)
        self.frame(HELLO, end)
        answer = self.answer(0)
        self.frame(INITIALIZED, end)
        return answer

    def close(self) -> int:
        """Close stdin; the exit code."""
        assert self.process.stdin is not None
        with suppress(BrokenPipeError):
            self.process.stdin.close()
        code = self.process.wait(20)
        assert self.process.stdout is not None
        self.process.stdout.close()
        self._log.close()
        return code


@contextmanager
def raw_host(folder: Path, **env: str) -> Iterator[RawHost]:
    """A host whose server is gone afterwards, and must have gone by itself."""
    folder.mkdir(parents=True, exist_ok=True)
    host = RawHost(folder, **env)
    try:
        yield host
    except BaseException:
        host.process.kill()
        raise
    finally:
        code = host.close()
    assert code == 0
    assert b"Traceback" not in (folder / "log").read_bytes(), (folder / "log").read_text(errors="replace")
