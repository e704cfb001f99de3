"""How long a host waits for the answer to `initialize`, and then for the tools: this server beside a bare `MCPServer`.

    python benchmarks/startup.py [--rounds 15]

Each round starts both as processes of their own, over stdio, one after the other, and stops the clock when an answer's line
arrives. Byte code is written as in a normal installation.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time

BARE = "from mcp.server.mcpserver import MCPServer; MCPServer('bare').run()"
INITIALIZE = {
    "jsonrpc": "2.0",
    "id": 1,
    "method": "initialize",
    "params": {
        "protocolVersion": "2025-11-25",
        "capabilities": {},
        "clientInfo": {"name": "benchmark", "version": "1"},
    },
}


INITIALIZED = {"jsonrpc": "2.0", "method": "notifications/initialized"}
LIST = {"jsonrpc": "2.0", "id": 2, "method": "tools/list"}


def answers_ms(command: list[str], env: dict[str, str]) -> tuple[float, float]:
    """Milliseconds from starting the process to its answer to `initialize`, and to `tools/list` right after it."""
    began = time.perf_counter()
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=env
    ) as process:

        def ask(*frames: object) -> tuple[float, bytes]:
            assert process.stdin is not None
            assert process.stdout is not None
            process.stdin.write(b"".join(json.dumps(frame).encode() + b"\n" for frame in frames))
            process.stdin.flush()
            line = process.stdout.readline()
            return (time.perf_counter() - began) * 1000, line

        greeted, line = ask(INITIALIZE)
        listed, _ = ask(INITIALIZED, LIST)
        assert process.stdin is not None
        process.stdin.close()
    if json.loads(line)["result"]["serverInfo"]["name"] not in ("bare", "nemovideo"):
        raise SystemExit(f"unexpected answer: {line!r}")
    return greeted, listed


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=15)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder:
        env = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE" and not k.startswith("NEMO_")}
        env |= {"NEMO_DATA_DIR": folder, "NEMO_OUTPUT_DIR": folder}
        ours, bare = [sys.executable, "-m", "nemovideo_mcp"], [sys.executable, "-c", BARE]
        answers_ms(ours, env), answers_ms(bare, env)  # the first start of each writes the byte code
        times = [(answers_ms(ours, env), answers_ms(bare, env)) for _ in range(rounds)]
    print(f"{rounds} interleaved rounds, median (min-max) in ms")
    for which, name in enumerate(("initialize", "tools/list after it")):
        mine, theirs = ([pair[server][which] for pair in times] for server in (0, 1))
        more = [a - b for a, b in zip(mine, theirs, strict=True)]
        print(f"{name}: ratio of medians {statistics.median(mine) / statistics.median(theirs):.2f}")
        for row, values in (("nemovideo-mcp", mine), ("bare MCPServer", theirs), ("difference", more)):
            print(f"  {row:<15} {statistics.median(values):7.0f} ({min(values):.0f}-{max(values):.0f})")


if __name__ == "__main__":
    main()
