"""Killing a server at random points of its work, and looking at what the next one makes of it."""

from __future__ import annotations

import json
import os
import random
import select
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from support.hosts import draw


class Server:
    """A stdio server spoken to in raw frames, so that it can be killed between any two bytes."""

    def __init__(self, folder: Path) -> None:
        env = {name: value for name, value in os.environ.items() if not name.startswith("NEMO_")}
        env |= {
            "NEMO_DATA_DIR": str(folder / "data"),
            "NEMO_OUTPUT_DIR": str(folder / "films"),
            "NEMO_POLL_SECONDS": "0.05",
            "NEMO_RECOVER_FIRST_SECONDS": "0.05",
            "NEMO_RECOVER_EVERY_SECONDS": "0.05",
        }
        self.process = subprocess.Popen(
            [sys.executable, "-m", "nemovideo_mcp"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=env,
        )
        self._next = 0
        hello = {"protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}}
        self.answer(self.ask("initialize", hello))
        self._write({"jsonrpc": "2.0", "method": "notifications/initialized"})

    def ask(self, method: str, params: dict[str, Any]) -> int:
        self._next += 1
        self._write({"jsonrpc": "2.0", "id": self._next, "method": method, "params": params})
        return self._next

    def start(self, tool: str, **arguments: Any) -> int:
        return self.ask("tools/call", {"name": tool, "arguments": arguments})

    def call(self, tool: str, **arguments: Any) -> dict[str, Any]:
        answer: dict[str, Any] = self.answer(self.start(tool, **arguments))["result"]
        return answer

    def answer(self, id: int, seconds: float = 60) -> dict[str, Any]:
        deadline = time.monotonic() + seconds
        assert self.process.stdout is not None
        while time.monotonic() < deadline:
            line = self.process.stdout.readline()
            assert line, "the server is gone"
            frame: dict[str, Any] = json.loads(line)
            if frame.get("id") == id:
                return frame
        raise AssertionError("no answer in time")

    def answered_within(self, seconds: float) -> bool:
        """Whether anything was answered in that time: the moment in which the kill falls."""
        assert self.process.stdout is not None
        return bool(select.select([self.process.stdout], [], [], seconds)[0])

    def kill(self) -> None:
        self.process.kill()
        self._end()

    def close(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.close()
        self._end()

    def _end(self) -> None:
        self.process.wait(10)
        for pipe in (self.process.stdin, self.process.stdout):
            assert pipe is not None
            with suppress(BrokenPipeError):
                pipe.close()

    def _write(self, frame: dict[str, Any]) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(frame).encode() + b"\n")
        self.process.stdin.flush()


STEPS = ("upload", "edit", "export")


def killed_at(folder: Path, seed: int) -> str:
    """Do a step, kill the server at a random moment of it, start another, and check what has become of everything.

    Returns a line on what happened.
    """
    chance = random.Random(seed)
    step = STEPS[seed % len(STEPS)]
    photos = draw(folder / "photos", "red", "green", "blue", size=(1600, 900))
    server = Server(folder)
    if step != "upload":
        server.call("upload_images", paths=photos)
    if step == "export":
        server.call("edit", instruction="6 seconds long")
    calls: dict[str, dict[str, Any]] = {
        "upload": {"tool": "upload_images", "paths": photos},
        "edit": {"tool": "edit", "instruction": "9 seconds long"},
        "export": {"tool": "export", "resolution": "640x360"},
    }
    server.start(**calls[step])
    moment = chance.uniform(0, {"upload": 1.2, "edit": 0.4, "export": 2.5}[step])
    server.answered_within(moment)
    server.kill()
    return f"{step} killed after {moment * 1000:.0f} ms: {_aftermath(folder, photos, step)}"


def _aftermath(folder: Path, photos: list[str], step: str) -> str:
    server = Server(folder)
    try:
        state = server.call("get_state")["structuredContent"]
        for job in state["jobs"]:
            ended = server.call("wait", job=job["job"], wait_seconds=60)["structuredContent"]
            assert ended["status"] in ("completed", "failed", "cancelled"), ended
            if ended["status"] == "failed":
                assert len(ended["message"]) > 20, ended
        state = server.call("get_state")["structuredContent"]
        names = [file["name"] for file in state["media"]]
        assert len(names) == len(set(names)) <= len(photos), names
        if step == "export":
            films = [path for path in (folder / "films").glob("*") if path.is_file()]
            assert [str(film) for film in films] == [row["path"] for row in state["exports"]], films
            assert len(films) <= 1, "rendered twice"
        # It works on: the same can be asked again and is done.
        server.call("upload_images", paths=photos)
        edited = server.call("edit", instruction="3 seconds long")["structuredContent"]
        assert edited["status"] == "completed", edited
        statuses = [f"{job['kind']} {job['status']}" for job in state["jobs"]]
        return ", ".join(statuses) or "nothing was left"
    finally:
        server.close()
