"""`make`: photos and a sentence to a file, as an MCP client of the server in this process."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import anyio
from mcp import Client
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

from nemovideo_mcp.cli.batch import batch
from nemovideo_mcp.cli.compose import services_of
from nemovideo_mcp.media.formats import FILM_FORMATS
from nemovideo_mcp.server.app import create_server
from nemovideo_mcp.server.several import several
from nemovideo_mcp.settings import Settings

LONG = 3600.0
"""Seconds to wait in one call: nobody else cuts this one off."""


class MakeError(Exception):
    """Something was wrong; the text is the one line that the user sees."""


def make(
    settings: Settings, inputs: Sequence[str], output: Path | None, audio: Sequence[str], wishes: Mapping[str, Any]
) -> int:
    """Make a film; 0 when it is there, 1 and a line on stderr when not.

    ``wishes`` are arguments of the ``export`` tool. Without a ``format`` among them the ending of ``output`` names it.
    """
    console = Console(stderr=True)
    try:
        if len(inputs) < 2:
            raise MakeError('Give photos and then an instruction, for example: make *.jpg "a 30-second slideshow".')
        wishes = {key: value for key, value in wishes.items() if value is not None}
        if several(inputs[-1]) is not None:
            return _many(settings, inputs, output, audio, wishes)
        if output is not None:
            wishes["format"] = _format_of(output, wishes.get("format"))
            if "poster" in wishes and output.with_suffix(".jpg").exists():
                raise MakeError(f"{output.with_suffix('.jpg')} is there already and is not overwritten.")
        path, poster = anyio.run(_make, settings, list(inputs[:-1]), inputs[-1], list(audio), wishes, console)
        if output is not None:
            path = _moved(path, output)
            poster = _moved(poster, output.with_suffix(".jpg")) if poster else None
        if poster is not None:
            console.print(f"Poster: {poster}", highlight=False, markup=False, soft_wrap=True)
    except MakeError as error:
        console.print(
            f"nemovideo-mcp: {' '.join(str(error).split())}", style="red", highlight=False, markup=False, soft_wrap=True
        )
        return 1
    except BaseExceptionGroup as group:
        found = group.subgroup(MakeError)
        if found is None:
            raise
        leaf: BaseException = found
        while isinstance(leaf, BaseExceptionGroup):
            leaf = leaf.exceptions[0]
        console.print(
            f"nemovideo-mcp: {' '.join(str(leaf).split())}", style="red", highlight=False, markup=False, soft_wrap=True
        )
        return 1
    print(path)
    return 0


def _many(
    settings: Settings, inputs: Sequence[str], output: Path | None, audio: Sequence[str], wishes: Mapping[str, Any]
) -> int:
    """ "One video for each photo" is a batch, whoever is asked for it.

    Raises:
        MakeError: it is asked into one file, or with several songs.
    """
    if output is not None:
        raise MakeError(f"This asks for several films, and {output} is one file. Use batch, with -o FOLDER.")
    if len(audio) > 1:
        raise MakeError("This asks for several films; give one song for them all.")
    common = {key: str(value) for key, value in wishes.items()}
    if audio:
        common["music"] = str(Path(audio[0]).expanduser().absolute())
    return batch(settings, inputs, None, None, common)


def _format_of(output: Path, asked: str | None) -> str:
    """The format that a film at that path has.

    Raises:
        MakeError: it cannot be put there, or its ending says something else than was asked for.
    """
    format = output.suffix.lower().lstrip(".")
    if format not in FILM_FORMATS:
        raise MakeError(f"{output} must end in one of {', '.join(f'.{name}' for name in FILM_FORMATS)}.")
    if asked not in (None, format):
        raise MakeError(f"{output} is called {format} and was asked for as {asked}; make them the same.")
    if output.exists():
        raise MakeError(f"{output} is there already and is not overwritten; choose another name.")
    if not output.parent.is_dir():
        raise MakeError(f"The folder {output.parent} does not exist.")
    return format


def _moved(path: Path, output: Path) -> Path:
    """The film at the place that was asked for, taken by creating it so that nothing is replaced."""
    try:
        output.open("xb").close()
        shutil.move(path, output)
    except OSError as error:
        raise MakeError(f"The film is at {path}; it could not be moved to {output}: {error.strerror}.") from None
    return output.absolute()


async def _make(
    settings: Settings, photos: list[str], instruction: str, audio: list[str], wishes: dict[str, Any], console: Console
) -> tuple[Path, Path | None]:
    """The film, and its poster where one was asked for."""
    bar = Progress(
        TextColumn("{task.description:<10}"),
        BarColumn(),
        TaskProgressColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[message]}"),
        console=console,
    )

    def say(line: str) -> None:
        bar.console.print(line, highlight=False, markup=False, soft_wrap=True)

    async with services_of(settings) as services, Client(create_server(services)) as client:
        with bar:
            # The songs first: an answer about very many files tells of the first.
            uploaded = await _call(
                client, bar, "Photos", "upload_images", {"paths": [*audio, *photos], "project": "new"}
            )
            project = uploaded["project"]["id"]
            for skipped in uploaded["skipped"]:
                say(f"Skipped {skipped['name']}: {skipped['reason']}")
            if more := uploaded["skipped_count"] - len(uploaded["skipped"]):
                say(f"Skipped {more} more")
            songs = _stored_songs(audio, uploaded)
            arguments = {"instruction": instruction, "project": project, "wait_seconds": LONG}
            edited = await _call(client, bar, "Edit", "edit", arguments)
            done, film = edited["changes"], edited["routed"].get("export")
            state = await _call(client, bar, "", "get_state", {"project": project})
            if songs and not state["music"]:
                # The song was named on the command line: the instruction need not ask for it as well.
                music = {
                    "operations": [{"op": "set_music", "media": songs[0]}],
                    "project": project,
                    "wait_seconds": LONG,
                }
                done += (await _call(client, bar, "Music", "edit", music))["changes"]
                film = None
            for change in done:
                say(change["text"])
            for missed in edited["not_understood"]:
                nearest = f' Try: "{missed["nearest"]}".' if missed["nearest"] else ""
                say(f'Not done: "{missed["clause"]}": {missed["reason"]}.{nearest}')
            for warning in edited["warnings"]:
                say(f"Note: {warning}")
            # An export that the instruction asked for is an MP4 of the film's own size.
            if film is None or wishes.keys() - {"quality", "format"} or wishes.get("format", "mp4") != "mp4":
                arguments = {**wishes, "project": project, "wait_seconds": LONG}
                film = await _call(client, bar, "Film", "export", arguments)
        for warning in film["warnings"]:
            say(f"Note: {warning}")
        say(f"{film['duration_seconds']:g} s, {film['width']}×{film['height']}, {film['size_bytes'] / 1e6:.1f} MB")
    return Path(film["path"]), Path(film["poster"]) if film["poster"] else None


def _stored_songs(audio: Sequence[str], uploaded: dict[str, Any]) -> list[str]:
    """The names of the songs, as they are called in the project.

    Raises:
        MakeError: one of them could not be used: a film without the song that was named is not what was asked for.
    """
    names = {Path(song).name for song in audio}
    for skipped in uploaded["skipped"]:
        if Path(skipped["name"]).name in names and "already" not in skipped["reason"]:
            raise MakeError(f"The song {Path(skipped['name']).name} cannot be used: {skipped['reason']}.")
    return [file["name"] for file in uploaded["stored"] if file["name"] in names and file["kind"] == "audio"]


async def _call(client: Client, bar: Progress, title: str, tool: str, arguments: dict[str, Any]) -> dict[str, Any]:
    task = bar.add_task(title, total=100, message="", visible=bool(title))

    async def report(progress: float, total: float | None, message: str | None) -> None:
        line = " ".join((message or "").split())
        bar.update(task, completed=progress, message=line if len(line) <= 60 else line[:59] + "…")

    result = await client.call_tool(tool, arguments, progress_callback=report)
    if result.is_error or result.structured_content is None:
        text = " ".join(block.text for block in result.content if block.type == "text")
        raise MakeError(text)
    bar.update(task, completed=100, message="")
    data: dict[str, Any] = result.structured_content
    return data
