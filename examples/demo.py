"""From photos and a sentence to a film, through MCP: starts the server as a host does and calls its tools.

python examples/demo.py [PHOTOS] [--say INSTRUCTION] [--output FOLDER]
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from pathlib import Path
from typing import Any

import anyio
from mcp import Client, MCPError, StdioServerParameters
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

PHOTOS = Path(__file__).resolve().parent / "photos"
INSTRUCTION = "turn these photos into a 30-second slideshow video with smooth transitions"
UNFINISHED = ("queued", "running")

console = Console(highlight=False, soft_wrap=True)


class Failure(Exception):
    """A tool said no, in words for the user."""


async def call(client: Client, label: str, tool: str, **arguments: Any) -> dict[str, Any]:
    """Calls a tool and follows its job to the end, with one bar for all of it.

    A long call comes back while its job still runs: then `wait` takes over. Answers are in ``structured_content``.
    """
    columns = (TextColumn("{task.fields[label]:<10}"), BarColumn(30), TaskProgressColumn(), TimeElapsedColumn())
    with Progress(*columns, TextColumn("{task.description}"), console=console) as bars:
        bar = bars.add_task("", label=label, total=None)

        async def show(progress: float, total: float | None, message: str | None) -> None:
            bars.update(bar, completed=progress, total=total, description=message or "")

        async def ask(tool: str, arguments: dict[str, Any]) -> dict[str, Any]:
            result = await client.call_tool(tool, arguments, progress_callback=show)
            if result.is_error:
                words = " ".join(part.text for part in result.content if part.type == "text")
                raise Failure(" ".join(words.split()))
            return dict(result.structured_content or {})

        answer = await ask(tool, arguments)
        while answer.get("status") in UNFINISHED:
            answer = await ask("wait", {"job": answer["job"]})
        if answer.get("status", "completed") != "completed":
            raise Failure(str(answer.get("message") or answer.get("reply") or f"{tool} {answer['status']}"))
        bars.update(bar, completed=1, total=1, description="")
    # `wait` answers with the job, and what the tool would have said is inside.
    return answer["result"] if isinstance(answer.get("result"), dict) else answer


async def make(client: Client, photos: Path, instruction: str) -> None:
    stored = await call(client, "Uploading", "upload_images", paths=[str(photos)], project="new")
    for skipped in stored["skipped"]:
        console.print(f"  skipped {skipped['name']}: {skipped['reason']}", markup=False)
    project = stored["project"]["id"]
    edited = await call(client, "Editing", "edit", instruction=instruction, project=project)
    for line in filter(None, (edited["reply"], edited["summary"])):
        console.print(f"  {line}", markup=False)
    film = await call(client, "Exporting", "export", project=project)
    seconds, megabytes = film["duration_seconds"], film["size_bytes"] / 1e6
    console.print(f"\n{film['path']}", style="bold", markup=False)
    console.print(
        f"{film['width']}x{film['height']}, {seconds:g} s, {megabytes:.1f} MB\n{film['file_uri']}", markup=False
    )


def server(output: Path | None) -> StdioServerParameters:
    """What a host's configuration file says: the command, and the settings in its environment."""
    command = shutil.which("nemovideo-mcp", path=Path(sys.executable).parent)
    if command is None:
        raise Failure("nemovideo-mcp is not installed for this Python. scripts/demo installs it and starts this file.")
    settings = {"NEMO_OUTPUT_DIR": str(output.resolve())} if output else {}
    return StdioServerParameters(command=command, env={**os.environ, **settings})


async def run(photos: Path, instruction: str, output: Path | None) -> str | None:
    """What went wrong, in a line; None when the film is there."""
    problem: str | None = None
    try:
        async with Client(server(output)) as client:
            try:
                await make(client, photos, instruction)
            except (Failure, MCPError) as error:
                problem = str(error)
    except* Failure as group:
        problem = str(group.exceptions[0])
    except* (MCPError, OSError):
        problem = problem or "The server did not start or broke off; what it wrote above says why."
    return problem


def main() -> None:
    parser = argparse.ArgumentParser(description="Makes a film of photos through the MCP server.")
    parser.add_argument("photos", nargs="?", type=Path, default=PHOTOS, help="a folder (default: %(default)s)")
    parser.add_argument("--say", default=INSTRUCTION, metavar="INSTRUCTION", help='default: "%(default)s"')
    parser.add_argument(
        "--output", type=Path, metavar="FOLDER", help="where the film goes (default: your videos folder)"
    )
    options = parser.parse_args()
    try:
        problem = anyio.run(run, options.photos.resolve(), options.say, options.output)
    except KeyboardInterrupt:
        problem = "Stopped."
    if problem:
        sys.exit(problem)


if __name__ == "__main__":
    main()
