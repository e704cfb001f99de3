"""How long a host waits for the answer to `initialize`: this server beside a bare `MCPServer`, interleaved in one run.

    python benchmarks/startup.py [--rounds 15]

Each round starts both as processes of their own, over stdio, and stops the clock when the answer's line arrives. Byte code is
written as in a normal installation.
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


def answer_ms(command: list[str], env: dict[str, str]) -> float:
    """Milliseconds from starting the process to its answer to `initialize`."""
    began = time.perf_counter()
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=env
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps(INITIALIZE).encode() + b"\n")
        process.stdin.flush()
        line = process.stdout.readline()
        took = (time.perf_counter() - began) * 1000
        process.stdin.close()
    if json.loads(line)["result"]["serverInfo"]["name"] not in ("bare", "nemovideo"):
        raise SystemExit(f"unexpected answer: {line!r}")
    return took


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=15)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder:
        env = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE" and not k.startswith("NEMO_")}
        env |= {"NEMO_DATA_DIR": folder, "NEMO_OUTPUT_DIR": folder}
        ours, bare = [sys.executable, "-m", "nemovideo_mcp"], [sys.executable, "-c", BARE]
        answer_ms(ours, env), answer_ms(bare, env)  # the first start of each writes the byte code
        times = [(answer_ms(ours, env), answer_ms(bare, env)) for _ in range(rounds)]
    mine, theirs = ([pair[i] for pair in times] for i in (0, 1))
    more = [a - b for a, b in times]
    print(f"initialize, {rounds} interleaved rounds, median (min-max) in ms")
    for name, values in (("nemovideo-mcp", mine), ("bare MCPServer", theirs), ("difference", more)):
        print(f"  {name:<15} {statistics.median(values):7.0f} ({min(values):.0f}-{max(values):.0f})")
    print(f"  ratio of medians {statistics.median(mine) / statistics.median(theirs):.2f}")


if __name__ == "__main__":
    main()
