"""Lets the scanners that others wrote look at the server: each in an environment of its own, none with a key or an account.

    python -m support.scanners ROOT

Packages come from PyPI once, into ROOT/.frameworks; the scanners themselves find no network, but for pip-audit, whose data is
there. They look at a server that means harm as well. It exits with 1 for a finding that `docs/security.md` does not answer, and
for planted harm that is not found.
"""

from __future__ import annotations

import importlib.metadata
import json
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import anyio
from mcp import Client, StdioServerParameters

from support.frameworks import environment, settings
from support.planted import planted
from support.sockets import serving
from support.web import site

CISCO, SNYK, AUDIT = "cisco-ai-mcp-scanner==4.8.7", "snyk-agent-scan==0.6.9", "pip-audit==2.10.1"
SECONDS = 180
ANSWERED = {"MCPS-001"}
"""Checks whose finding is answered in docs/security.md."""
OURS = StdioServerParameters(command="nemovideo-mcp")
PLANTED = StdioServerParameters(command=sys.executable, args=["-m", "support.planted"])
WEAK = "pillow==9.0.0"
"""A package with known weaknesses."""

Look = tuple[str, int, list[str]]
"""What was looked at, how many of it, and the findings."""


def tool(root: Path, package: str, name: str) -> str:
    """The command of a scanner, installed if need be."""
    python = environment(root / ".frameworks", (package,))
    return str(python.with_name(f"{name}.exe" if os.name == "nt" else name))


def said(command: list[str], env: dict[str, str], *, good: tuple[int, ...] = (0,)) -> Any:
    """What a command answers in JSON.

    Raises:
        SystemExit: it failed.
    """
    done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=SECONDS, env=env)
    if done.returncode not in good:
        sys.exit(f"{' '.join(command)} ended with {done.returncode}.\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}")
    return json.loads(done.stdout)


async def prompts(server: StdioServerParameters, env: dict[str, str]) -> dict[str, Any]:
    """A server's prompts as it lists them."""
    async with Client(server.model_copy(update={"env": env})) as client:
        return (await client.list_prompts()).model_dump(mode="json", by_alias=True, exclude_none=True)


def cisco(root: Path, folder: Path, env: dict[str, str]) -> Iterator[Look]:
    """Our server: tools and prompts over stdio, the rest over HTTP, with a token and without."""
    with site(folder / "site", "anna") as served:
        yield from looks(root, folder, env, OURS, served.mcp, ["--bearer-token", served.tokens["anna"]])


def harm(root: Path, folder: Path, env: dict[str, str]) -> Iterator[Look]:
    """The server that means harm: a finding for each look at it that finds less than was planted."""
    env = env | {"PYTHONPATH": str(Path(__file__).parents[1])}
    with serving(planted().streamable_http_app(), socket.create_server(("127.0.0.1", 0))) as url:
        for what, count, found in looks(root, folder, env, PLANTED, f"{url}/mcp", []):
            missed = [] if len(found) >= count else [f"Of {count} planted {what} it found {len(found)}: {found}"]
            yield f"planted {what}", count, missed


def looks(
    root: Path, folder: Path, env: dict[str, str], server: StdioServerParameters, url: str, come_in: list[str]
) -> Iterator[Look]:
    scanner = [tool(root, CISCO, "mcp-scanner"), "--analyzers", "yara,schema", "--raw"]
    given = [f"--stdio-env={name}={env[name]}" for name in env if name.startswith("NEMO_") or name == "PYTHONPATH"]
    started = ["--stdio-command", server.command, *(f"--stdio-arg={arg}" for arg in server.args), *given]
    found = said([*scanner, "stdio", *started], env)
    yield "tools", len(found), unsafe(found)
    listed = folder / "prompts.json"
    listed.write_text(json.dumps(anyio.run(prompts, server, env)), encoding="utf-8")
    found = said([*scanner, "static", "--prompts", str(listed)], env)
    yield "prompts", len(found), unsafe(found)
    at = ["--server-url", url]
    found = said([*scanner, "instructions", *at, *come_in], env)
    yield "instructions", 1, unsafe(found if isinstance(found, list) else [found])
    found = said([*scanner, "resources", *at, *come_in, "--mime-types", "application/json,text/plain"], env)
    yield "resources", len(found), unsafe(found)
    found = said([*scanner, "protocol", *at], env)["findings"]
    yield "protocol", 1, [f["summary"] for f in found if f["details"]["check_id"] not in ANSWERED]


def unsafe(found: list[dict[str, Any]]) -> list[str]:
    """What is not safe, or was not looked at to the end."""
    return [json.dumps(one) for one in found if not one["is_safe"] or one["status"] != "completed"]


def snyk(root: Path, folder: Path, env: dict[str, str]) -> Iterator[Look]:
    """What it could read of the server that the example's configuration starts; it looks for threats only with an account."""
    config = root / "examples" / "hosts" / "claude_desktop_config.json"
    command = [tool(root, SNYK, "snyk-agent-scan"), "inspect", "--json", "--ci", "--no-skills"]
    run = ["--dangerously-run-mcp-servers", "--storage-file", str(folder / "snyk"), str(config)]
    for seen in said([*command, *run], env).values():
        for server in seen["servers"]:
            for kind in ("tools", "prompts", "resources", "resource_templates"):
                count = len((server["signature"] or {}).get(kind) or ())
                missing = [] if count else [f"It read no {kind}: {server['error'] or seen['error']}"]
                yield kind.replace("_", " "), count, missing


def audit(root: Path, folder: Path) -> Iterator[Look]:
    """Known weaknesses of what is installed. A weak package is asked about first: not every registry has that data."""
    command = [tool(root, AUDIT, "pip-audit"), "--format", "json", "--progress-spinner", "off"]
    one = folder / "one.txt"
    one.write_text(f"{WEAK}\n", encoding="utf-8")
    asked = ["--disable-pip", "--no-deps", "--requirement", str(one)]
    env, good = dict(os.environ), (0, 1)
    (weak,) = said([*command, *asked], env, good=good)["dependencies"]
    if "skip_reason" in weak:
        print(f"{AUDIT:<29} nothing: the registry that pip is set up for has no data of weaknesses", flush=True)
        return
    yield "planted packages", 1, [] if weak["vulns"] else [f"It found no weakness in {WEAK}."]
    where = str(importlib.metadata.distribution("pillow").locate_file(""))
    found = said([*command, "--path", where], env, good=good)["dependencies"]
    known = [json.dumps(package) for package in found if package.get("vulns")]
    yield "packages", sum("skip_reason" not in package for package in found), known


def main(root: Path) -> int:
    failed = 0
    with tempfile.TemporaryDirectory(prefix="scanners-", ignore_cleanup_errors=True) as name:
        folder = Path(name).resolve()
        # The scanners keep things at home, and one of them looks for other hosts' configurations there.
        home = {"HOME": str(folder), "USERPROFILE": str(folder), "LITELLM_LOCAL_MODEL_COST_MAP": "True"}
        env = {**settings(folder), **home, "NO_PROXY": "127.0.0.1"}
        rounds = (
            (CISCO, cisco(root, folder, env)),
            (CISCO, harm(root, folder, env)),
            (SNYK, snyk(root, folder, env)),
            (AUDIT, audit(root, folder)),
        )
        for package, seen in rounds:
            for what, count, findings in seen:
                failed += len(findings) + (not count)
                good = "found" if what.startswith("planted") else "clean"
                words = good if not findings else "\n".join(["NOT AS IT SHOULD BE", *findings])
                print(f"{package:<29} {count:>3} {what:<20} {words}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).resolve()))
