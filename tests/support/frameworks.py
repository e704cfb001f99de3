"""Lets clients and agents that others wrote make a film, and checks the file: `examples/frameworks`, each in an environment of its own.

    python -m support.frameworks ROOT [NAME...]

Packages come from PyPI and npm once, into ROOT/.frameworks; the runs themselves find no network. It exits with 1 when one failed.
"""

from __future__ import annotations

import importlib.metadata
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import venv
from dataclasses import dataclass
from pathlib import Path

from conformance.suite import node, npm
from nemovideo_mcp.media.errors import MediaError
from nemovideo_mcp.media.verify import verify

INSTALL_SECONDS, RUN_SECONDS = 600, 120
BIN = "Scripts" if os.name == "nt" else "bin"
CALLS = ("upload_images", "edit", "preview", "export", "wait")
"""What each has to call, `wait` as often as it takes."""
TOLD = ("upload_images", "edit", "wait")
"""Calls that take long enough to be told about while they run."""


@dataclass(frozen=True)
class Framework:
    """An example, the package that it shows, what else is installed beside it; what it has to call, and to tell about."""

    example: str
    package: str
    beside: tuple[str, ...] = ()
    calls: tuple[str, ...] = CALLS
    told: tuple[str, ...] = TOLD


FRAMEWORKS = (
    Framework("with_mcp.py", f"mcp=={importlib.metadata.version('mcp')}"),
    Framework("with_fastmcp.py", "fastmcp==4.2.3"),
    Framework("with_fastmcp_tasks.py", "fastmcp-tasks==4.1.4", ("fastmcp==4.1.4",), CALLS[:-1], ("export",)),
    Framework("with_pydantic_ai.py", "pydantic-ai-slim[mcp]==2.68.0"),
    Framework("with_openai_agents.py", "openai-agents==0.24.0"),
    Framework("with_langchain.py", "langchain-mcp-adapters==0.3.2", ("langchain==1.5.2",)),
    Framework("with_typescript_sdk.mjs", "@modelcontextprotocol/sdk@1.32.2"),
    Framework("with_typescript_client.mjs", "@modelcontextprotocol/client@2.4.0"),
)


class Failure(Exception):
    """A framework did not do the whole job."""


def environment(folder: Path, packages: tuple[str, ...]) -> Path:
    """The Python of an environment with these packages, made if need be.

    Raises:
        SystemExit: they could not be installed.
    """
    there = folder / re.sub(r"\W+", "_", packages[0])
    python, done, wanted = (
        there / BIN / ("python.exe" if os.name == "nt" else "python"),
        there / ".installed",
        " ".join(packages),
    )
    if not done.exists() or done.read_text(encoding="utf-8") != wanted:
        print(f"Installing {wanted} (once)", file=sys.stderr)
        venv.create(there, clear=True, symlinks=os.name != "nt")
        pip = [sys.executable, "-m", "pip", "--python", str(python), "install", "-qq", "--disable-pip-version-check"]
        try:
            subprocess.run([*pip, *packages], check=True, timeout=INSTALL_SECONDS)
        except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
            sys.exit(f"{wanted} could not be installed. pip needs the registry that it is set up for.")
        done.write_text(wanted, encoding="utf-8")
    return python


def command(framework: Framework, root: Path) -> list[str]:
    """What starts the example, with everything that it needs installed."""
    folder, example = root / ".frameworks", root / "examples" / "frameworks" / framework.example
    if example.suffix == ".py":
        return [str(environment(folder, (framework.package, *framework.beside))), str(example)]
    there = npm(folder, framework.package).parent
    # Node looks for packages beside the file that names them.
    for path in example.parent.glob("*.mjs"):
        shutil.copy(path, there)
    return [node(root / ".conformance"), str(there / example.name)]


def settings(folder: Path) -> dict[str, str]:
    """The environment of a run: this checkout's server, a studio of its own, and no network for anybody."""
    kept = {name: value for name, value in os.environ.items() if not name.upper().startswith("NEMO_")}
    nowhere = dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"), "http://127.0.0.1:9")
    return {
        **kept,
        **nowhere,
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")]),
        "PYTHONIOENCODING": "utf-8",
        "NEMO_BACKEND": "studio",
        "NEMO_DATA_DIR": str(folder / "data"),
        "NEMO_OUTPUT_DIR": str(folder / "films"),
    }


def check(lines: list[str], framework: Framework, films: Path) -> str:
    """What was made, in a few words.

    Raises:
        Failure: a call is missing, was not told about while it ran, or the film is not what was asked for.
    """
    calls: list[str] = []
    signs: dict[str, int] = {}
    for line in lines:
        if line.startswith("→ "):
            calls.append(line[2:])
        elif calls and re.match(r" *(\d+%)?  \S", line):
            signs[calls[-1]] = signs.get(calls[-1], 0) + 1
    if tuple(dict.fromkeys(calls)) != framework.calls:
        raise Failure(f"It called {', '.join(calls) or 'nothing'}.")
    if silent := [name for name in framework.told if signs.get(name, 0) < 2]:
        raise Failure(f"It showed no progress of {', '.join(silent)}.")
    path = Path(lines[-1].removeprefix("The film is ready: "))
    if path.parent != films:
        raise Failure(f"Its last words are not where the film is: {lines[-1]}")
    try:
        film = verify(
            path, format="mp4", width=320, height=180, duration_ms=6000, exact=True, expect_picture_at=(1500, 4500)
        )
    except MediaError as error:
        raise Failure(f"The film {error.reason}.") from error
    return f"{sum(signs.values()):>3} signs of progress, {film.duration_ms / 1000:g} s of {film.width}x{film.height}"


def run(framework: Framework, root: Path, photos: Path) -> str:
    """Runs an example; what was made.

    Raises:
        Failure: it did not do the whole job; with what it said.
    """
    started = command(framework, root)
    with tempfile.TemporaryDirectory(prefix="frameworks-", ignore_cleanup_errors=True) as name:
        folder = Path(name).resolve()
        begun = time.monotonic()
        try:
            done = subprocess.run(
                [*started, str(photos)],
                capture_output=True,
                encoding="utf-8",
                timeout=RUN_SECONDS,
                cwd=folder,
                env=settings(folder),
            )
        except subprocess.TimeoutExpired as error:
            raise Failure(f"It took more than {RUN_SECONDS} s.\n{error.stdout!r}\n{error.stderr!r}") from error
        said = f"{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
        if done.returncode:
            raise Failure(f"It ended with {done.returncode}.\n{said}")
        try:
            return f"{check(done.stdout.splitlines(), framework, folder / 'films')}, {time.monotonic() - begun:.0f} s"
        except Failure as failure:
            raise Failure(f"{failure}\n{said}") from failure


def main(root: Path, names: list[str]) -> int:
    photos = root / ".frameworks" / "photos"
    draw = [sys.executable, str(root / "examples" / "draw_photos.py"), str(photos), "--size", "0.15"]
    subprocess.run(draw, check=True, stdout=subprocess.DEVNULL, timeout=RUN_SECONDS)
    failed = 0
    for framework in FRAMEWORKS:
        if names and not any(name in framework.example for name in names):
            continue
        try:
            words = run(framework, root, photos)
        except Failure as failure:
            failed, words = failed + 1, f"FAILED: {failure}"
        print(f"{framework.example:<27} {framework.package:<35} {words}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).resolve(), sys.argv[2:]))
