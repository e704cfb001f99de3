"""`batch`: many films from a folder of folders, from photos, or from a table, going on where it stopped."""

from __future__ import annotations

import io
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Literal

import anyio
import anyio.to_thread
from filelock import FileLock, Timeout
from rich.console import Console

from nemovideo_mcp.api.errors import NemoError
from nemovideo_mcp.cli.batch.ledger import REPORT, SHEET, Ledger, LedgerError, fingerprint, taken
from nemovideo_mcp.cli.batch.plan import Plan, PlanError, plan_of
from nemovideo_mcp.cli.batch.run import Batch, Todo, look
from nemovideo_mcp.cli.batch.show import Show, print_table
from nemovideo_mcp.cli.batch.table import is_table
from nemovideo_mcp.cli.compose import options_of, services_of
from nemovideo_mcp.server.services import Services
from nemovideo_mcp.settings import Settings

INTERRUPTED = 130


def batch(
    settings: Settings,
    inputs: Sequence[str],
    output: Path | None,
    each: Literal["photo", "folder"] | None,
    common: Mapping[str, str],
    *,
    again: bool = False,
    keep_going: bool = True,
    dry_run: bool = False,
) -> int:
    """Make the films; 0 when all are ready, 1 when one is not, 130 after Ctrl-C.

    ``inputs`` are what to make films of, and last the instruction; a table may have it in its rows. ``common`` are cells
    that hold for all films.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A console or a pipe of another encoding shows a mark where it has no letter.
            stream.reconfigure(errors="replace")
    console = Console(stderr=True)
    named, instruction = _parted(inputs)
    try:
        plan = plan_of(named, instruction, each, common, options_of(settings))
        folder = _folder(plan, output, settings)
        ledger = Ledger.open(folder, plan.source)
        lock = FileLock(settings.data_dir / "locks" / f"batch-{fingerprint(str(folder))}.lock")
        Path(lock.lock_file).parent.mkdir(parents=True, exist_ok=True)
        with lock.acquire(timeout=0):
            code = anyio.run(partial(_run, settings, plan, ledger, again=again, keep_going=keep_going, dry_run=dry_run))
    except Timeout:
        return _fail(console, [f"Another run is making the films in {folder} now; wait for it, or stop it."])
    except PlanError as error:
        count = len(error.problems)
        tail = ["Nothing was begun."] if count == 1 else [f"{count} things are wrong; nothing was begun."]
        return _fail(console, [*error.problems, *(tail if count > 1 else [])])
    except (LedgerError, NemoError) as error:
        return _fail(console, [f"{error} {getattr(error, 'next_step', '')}".strip()])
    except OSError as error:
        return _fail(console, [f"{error.filename or 'A file'} cannot be used: {error.strerror}."])
    except KeyboardInterrupt:
        return _interrupted(console, ledger)
    return code


def _parted(inputs: Sequence[str]) -> tuple[list[str], str]:
    """What is named, and the instruction, which is last. A table alone has it in its rows."""
    alone = len(inputs) == 1
    if alone or (is_table(Path(inputs[-1])) and Path(inputs[-1]).exists()):
        return list(inputs), ""
    return list(inputs[:-1]), inputs[-1]


def _folder(plan: Plan, output: Path | None, settings: Settings) -> Path:
    """Where the films go: the folder that was named, else one in the films folder that no other batch has."""
    if output is not None:
        return output.expanduser().absolute()
    folder, number = settings.output_dir / plan.stem, 2
    while taken(folder, plan.source):
        folder, number = settings.output_dir / f"{plan.stem} ({number})", number + 1
    return folder.absolute()


async def _run(settings: Settings, plan: Plan, ledger: Ledger, *, again: bool, keep_going: bool, dry_run: bool) -> int:
    services = services_of(settings)
    with Console(stderr=True).status("Looking at the photos…"):
        todos = await anyio.to_thread.run_sync(
            partial(look, plan.films, ledger, services, again=again), abandon_on_cancel=True
        )
    ready = [todo for todo in todos if todo.standing == "ready"]
    show = Show(len(todos), len(ready))
    for note in plan.notes:
        show.line(note, "yellow")
    show.line(_beforehand(todos, ready, ledger.folder), whole=True)
    if dry_run:
        for todo in todos:
            words = " (ready)" if todo.standing == "ready" else ""
            count = len(todo.record["inputs"]) or len(todo.film.media)
            files = f"{count} file{'' if count == 1 else 's'}"
            show.line(f"  {todo.film.filename}{words}: {files}: {todo.film.instruction}")
        return 0
    ledger.backend = services.options.backend
    batch = Batch(services, ledger, show, again=again, keep_going=keep_going)
    async with services:
        if len(ready) < len(todos):
            await _credits(services, show)
        with show:
            await batch.run(todos)
    return _report(ledger, show, batch.stopped)


def _beforehand(todos: Sequence[Todo], ready: Sequence[Todo], folder: Path) -> str:
    count = f"{len(todos)} film{'' if len(todos) == 1 else 's'}"
    if len(ready) == len(todos):
        return f"{count}, all ready and unchanged, in {folder}. To make them anew: --again."
    begun = sum(todo.standing == "unfinished" for todo in todos)
    go_on = f" ({begun} begun before)" if begun else ""
    there = f": {len(ready)} ready and unchanged, {len(todos) - len(ready)} to make" if ready else " to make"
    return f"{count}{there}{go_on}, into {folder}"


async def _credits(services: Services, show: Show) -> None:
    """What is left to spend, where there is a limit. Raises NemoError when the backend cannot be asked."""
    credits = await (await services.client()).credits()
    if not credits.unlimited:
        show.line(
            f"Each film is an edit that spends credits; {credits.available:g} are available. Exporting costs none."
        )


def _report(ledger: Ledger, show: Show, stopped: str | None) -> int:
    records = list(ledger.records.values())
    if wrong := ledger.save_sheet():
        show.line(wrong, "yellow")
    print_table(records)
    ready = sum(record["status"] == "ready" for record in records)
    spent = sum(record.get("credits_spent") or 0 for record in records)
    cost = f" They took {spent:g} credits." if spent else ""
    show.line(
        f"{ready} of {len(records)} films are ready.{cost} The report: {ledger.folder / REPORT} and {SHEET}", whole=True
    )
    if stopped:
        show.line(f"Stopped early: {stopped}", "red")
    if ready < len(records):
        show.line("Run the same command again to make what is missing; nothing is made or paid twice.")
    return 0 if ready == len(records) else 1


def _interrupted(console: Console, ledger: Ledger) -> int:
    ready = sum(record["status"] == "ready" for record in ledger.records.values())
    for record in ledger.records.values():
        if record["status"] == "running":
            record |= {"status": "left", "error": "Stopped in the middle."}
    if ledger.records:
        with suppress(LedgerError):
            ledger.save("stopped")
        ledger.save_sheet()
    count = f" {ready} of {len(ledger.records)} films are ready." if ledger.records else ""
    console.print(f"Stopped.{count} Run the same command again to go on.", highlight=False, markup=False)
    return INTERRUPTED


def _fail(console: Console, lines: Sequence[str]) -> int:
    for line in lines:
        console.print(
            f"nemovideo-mcp: {' '.join(line.split())}", style="red", highlight=False, markup=False, soft_wrap=True
        )
    return 1
