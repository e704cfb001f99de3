"""Runs the official suite against the product's server with the fixtures, and says how it went.

    python -m conformance.suite FOLDER [SCENARIO]

FOLDER keeps what npm installs. A failure that is expected stands in the file `expected-…yaml` of that release of the suite,
with its reason; one that no longer fails is a failure too. It exits with 1 when anything is not as expected.
"""

from __future__ import annotations

import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

NODE = "24.21.0"
OLDEST_NODE = 22
PACKAGE = "@modelcontextprotocol/conformance"
INSTALL_SECONDS, RUN_SECONDS = 180, 120


@dataclass(frozen=True)
class Round:
    """One run of the suite. Without a version every scenario runs at its newest, and those of extensions run as well."""

    suite: str
    version: str | None


ROUNDS = (
    Round("0.1.16", "2025-11-25"),
    Round("0.2.0-alpha.12", "2025-11-25"),
    Round("0.2.0-alpha.12", "2026-07-28"),
    Round("0.2.0-alpha.12", None),
)


def npm(folder: Path, package: str) -> Path:
    """The folder of modules with a package in it, installed if need be.

    Raises:
        SystemExit: npm is missing, or could not install it.
    """
    there = folder / re.sub(r"[^\w.-]+", "_", package.lstrip("@"))
    done = there / ".installed"
    if not done.exists():
        command = shutil.which("npm")
        if command is None:
            sys.exit("npm is needed and was not found. Install Node.js (any version that has npm) and run this again.")
        print(f"Installing {package} (once)", file=sys.stderr)
        flags = ["--no-save", "--no-audit", "--no-fund", "--loglevel=error"]
        try:
            subprocess.run(
                [command, "install", "--prefix", str(there), *flags, package], check=True, timeout=INSTALL_SECONDS
            )
        except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
            sys.exit(f"{package} could not be installed. npm needs the registry that it is set up for.")
        done.touch()
    return there / "node_modules"


def node(folder: Path) -> str:
    """A Node.js that is new enough for the suite: the machine's own, else one from npm."""
    own = shutil.which("node")
    if own is not None:
        version = subprocess.run([own, "--version"], capture_output=True, text=True, timeout=20, check=True).stdout
        if int(version.strip().lstrip("v").split(".")[0]) >= OLDEST_NODE:
            return own
    system = {"Windows": "win", "Darwin": "darwin"}.get(platform.system(), "linux")
    arm = platform.machine().lower() in ("arm64", "aarch64")
    # The names under which the project `node` of npm publishes the binaries.
    package = f"{'node-bin' if system == 'darwin' and arm else 'node'}-{system}-{'arm64' if arm else 'x64'}"
    return str(npm(folder, f"{package}@{NODE}") / package / "bin" / ("node.exe" if system == "win" else "node"))


@contextmanager
def server() -> Iterator[str]:
    """The address of the server, which runs while the block does."""
    with tempfile.TemporaryDirectory(prefix="conformance-", ignore_cleanup_errors=True) as folder:
        paths = [str(Path(__file__).parents[2] / "src"), str(Path(__file__).parents[1])]
        process = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-m", "conformance", folder],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
        )
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip()
        finally:
            process.stdin.close()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            process.stdout.close()


def run(node: str, modules: Path, url: str, round: Round, scenario: str | None, folder: Path) -> tuple[str, bool]:
    """One round: its row of the table, and whether all was as expected."""
    what = ["--scenario", scenario] if scenario else ["--suite", "all"]
    version = ["--spec-version", round.version] if round.version else []
    known = Path(__file__).with_name(f"expected-{round.suite}.yaml")
    expected = [] if scenario else ["--expected-failures", str(known)]
    command = [node, str(modules / PACKAGE / "dist" / "index.js"), "server", "--url", url, *what, *version, *expected]
    results = folder / f"{round.suite}-{round.version}"
    try:
        done = subprocess.run(
            [*command, "--output-dir", str(results)],
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=RUN_SECONDS,
        )
        good, words = done.returncode == 0, done.stdout + done.stderr
    except subprocess.TimeoutExpired as error:
        good, words = False, f"{error}\n{error.stdout!r}"
    scenarios, passed, warned, failed = 0, 0, [], []
    for path in sorted(results.glob("**/checks.json")):
        checks = json.loads(path.read_text(encoding="utf-8"))
        states = [check["status"] for check in checks]
        name = re.sub(r"^server-|-\d{4}-\d\d-\d\dT.*$", "", path.parent.name)
        scenarios += 1
        passed += states.count("SUCCESS")
        warned += [name] if "WARNING" in states else []
        failed += [name] if "FAILURE" in states else []
    if not good:
        print(words[-6000:], file=sys.stderr)
    row = f"{round.suite:<15} {round.version or 'each newest':<12} {scenarios:>9} {passed:>7} {len(failed):>7}"
    return f"{row}  {', '.join([*failed, *(f'{name} (warning)' for name in warned)])}", good and scenarios > 0


def main(folder: Path, scenario: str | None = None) -> int:
    folder.mkdir(parents=True, exist_ok=True)
    binary = node(folder)
    suites = {round.suite: npm(folder, f"{PACKAGE}@{round.suite}") for round in ROUNDS}
    rounds = [Round(ROUNDS[-1].suite, None)] if scenario else list(ROUNDS)
    all_good = True
    print(f"{'suite':<15} {'protocol':<12} scenarios  passed  failed")
    with server() as url, tempfile.TemporaryDirectory() as results:
        for round in rounds:
            row, good = run(binary, suites[round.suite], url, round, scenario, Path(results))
            print(row.rstrip(), flush=True)
            all_good = all_good and good
    return 0 if all_good else 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), *sys.argv[2:3]))
