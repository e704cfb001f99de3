"""The command line: the stdio server by default, and what else there is to start."""

from __future__ import annotations

import argparse
import sys
from typing import Any

import anyio

from nemovideo_mcp import __version__
from nemovideo_mcp.cli.compose import log_to_stderr, services_of
from nemovideo_mcp.settings import Settings, SettingsError


def main(argv: list[str] | None = None) -> None:
    """Run a command; exits with 0, or with 1 and one readable line, or with 2 for a wrong command line."""
    arguments = _parsed(_parser(), argv)
    try:
        settings = Settings.load(data_dir=arguments.data_dir, output_dir=getattr(arguments, "output_dir", None))
        log_to_stderr(settings.log)
        code = arguments.run(arguments, settings)
    except SettingsError as error:
        _fail(str(error))
    except KeyboardInterrupt:
        sys.exit(130)
    sys.exit(code or 0)


def _parsed(parser: argparse.ArgumentParser, argv: list[str] | None) -> argparse.Namespace:
    """The arguments; options may also stand between the photos and the instruction, which argparse alone does not take."""
    arguments, more = parser.parse_known_args(argv)
    if more and ("inputs" not in arguments or any(word.startswith("-") for word in more)):
        parser.error(f"unrecognized arguments: {' '.join(more)}")
    if more:
        arguments.inputs += more
    return arguments


def _parser() -> argparse.ArgumentParser:
    from pathlib import Path

    from nemovideo_mcp.media.formats import FILM_FORMATS

    parser = argparse.ArgumentParser(
        prog="nemovideo-mcp",
        description="Turns photos and a sentence into a finished film. Without a command it is the MCP server over stdio.",
    )
    parser.add_argument("--version", action="version", version=f"nemovideo-mcp {__version__}")
    parser.add_argument("--data-dir", type=Path, help="where projects and jobs are kept (NEMO_DATA_DIR)")
    parser.set_defaults(run=_stdio)
    commands = parser.add_subparsers(title="commands", metavar="")

    serve = commands.add_parser("serve", help="the MCP server, over stdio or HTTP")
    serve.add_argument("--http", action="store_true", help="Streamable HTTP instead of stdio")
    serve.add_argument("--host", default="127.0.0.1", help="loopback only (default 127.0.0.1)")
    serve.add_argument("--port", type=int, default=8765, help="default 8765; 0 takes a free one")
    serve.set_defaults(run=_serve)

    make = commands.add_parser(
        "make",
        help="make a film now",
        usage='nemovideo-mcp make PHOTOS… "instruction" [-o out.mp4] [--audio song.mp3]',
        description="Upload the photos, do what the instruction says, export, and print where the film is.",
    )
    make.add_argument(
        "inputs", nargs="+", metavar="PHOTOS… instruction", help="files, folders or patterns, then the instruction"
    )
    make.add_argument("-o", "--output", type=Path, help="where to put the film")
    make.add_argument("--audio", action="append", default=[], metavar="SONG", help="music to upload with the photos")
    make.add_argument(
        "--quality", default="high", choices=("draft", "standard", "high"), help="draft, standard or high (default)"
    )
    make.add_argument("--format", choices=FILM_FORMATS, help="what to make; the ending of -o, else mp4")
    make.add_argument("--resolution", help="720p, 1080p, 4k or WxH in pixels; the film's own size by default")
    make.add_argument("--fps", type=int, help="24, 25, 30, 50 or 60; the film's own by default")
    make.add_argument("--preset", help="lay it out for a platform and keep its limits: tiktok, reels, youtube, x, …")
    make.add_argument(
        "--poster", nargs="?", const=True, type=float, metavar="SECONDS", help="also a JPEG still beside the film"
    )
    make.set_defaults(run=_make)
    _add_batch(commands)

    studio = commands.add_parser("studio", help="the embedded backend over HTTP")
    studio.add_argument("--host", default="127.0.0.1", help="loopback only (default 127.0.0.1)")
    studio.add_argument("--port", type=int, default=8766, help="default 8766; 0 takes a free one")
    studio.add_argument("--credits", type=int, help="credits of each user; unlimited by default")
    studio.set_defaults(run=_studio)

    doctor = commands.add_parser("doctor", help="check the set-up and say how to mend it")
    doctor.set_defaults(run=_doctor)
    return parser


def _add_batch(commands: Any) -> None:
    from pathlib import Path

    from nemovideo_mcp.media.formats import FILM_FORMATS

    batch = commands.add_parser(
        "batch",
        help="make many films, and go on where it stopped",
        usage='nemovideo-mcp batch FOLDER "instruction" | FOLDER --each photo "instruction" | jobs.csv | jobs.yaml',
        description="One film for each folder in FOLDER, for each photo, or for each row of a table with the columns folder, "
        "instruction, output, format, aspect, music, … Run it again to go on: films that are ready and whose photos and words "
        "are unchanged are left as they are. In an instruction {name} stands for the film's name.",
    )
    batch.add_argument(
        "inputs",
        nargs="+",
        metavar="FOLDER… instruction",
        help="folders, photos or a table, then the instruction for all films",
    )
    batch.add_argument("-o", "--output", type=Path, metavar="FOLDER", help="where to put the films and report.json")
    batch.add_argument("--each", choices=("photo", "folder"), help="a film for each photo, or each folder")
    batch.add_argument("--audio", metavar="SONG", help="music for all films")
    batch.add_argument("--aspect", help="16:9, 9:16, 1:1, … or vertical, horizontal, square")
    batch.add_argument("--quality", choices=("draft", "standard", "high"), help="draft, standard or high (default)")
    batch.add_argument("--format", choices=FILM_FORMATS, help="mp4 by default")
    batch.add_argument("--resolution", help="720p, 1080p, 4k or WxH in pixels; each film's own size by default")
    batch.add_argument("--fps", help="24, 25, 30, 50 or 60; the films' own by default")
    batch.add_argument("--preset", help="lay them out for a platform and keep its limits: tiktok, reels, youtube, x, …")
    batch.add_argument("--again", action="store_true", help="make all films anew")
    batch.add_argument(
        "--continue-on-error",
        action=argparse.BooleanOptionalAction,
        default=True,
        help="go on with the other films when one fails (default)",
    )
    batch.add_argument("--dry-run", action="store_true", help="check everything and say what would be made")
    batch.set_defaults(run=_batch)


def _fail(message: str) -> None:
    print(f"nemovideo-mcp: {message}", file=sys.stderr)
    sys.exit(1)


def _stdio(arguments: argparse.Namespace, settings: Settings) -> int:
    from nemovideo_mcp.cli.lifeline import end_with_stdin
    from nemovideo_mcp.server.app import create_server

    end_with_stdin()

    async def run() -> None:
        async with services_of(settings) as services:
            await create_server(services).run_stdio_async()

    anyio.run(run)
    return 0


def _serve(arguments: argparse.Namespace, settings: Settings) -> int:
    if not arguments.http:
        return _stdio(arguments, settings)
    from nemovideo_mcp.cli.http import serve_http

    return serve_http(settings, arguments.host, arguments.port)


def _make(arguments: argparse.Namespace, settings: Settings) -> int:
    from nemovideo_mcp.cli.make import make

    wishes = {name: getattr(arguments, name) for name in ("format", "quality", "resolution", "fps", "preset", "poster")}
    return make(settings, arguments.inputs, arguments.output, arguments.audio, wishes)


def _batch(arguments: argparse.Namespace, settings: Settings) -> int:
    from pathlib import Path

    from nemovideo_mcp.cli.batch import batch

    options = {
        name: getattr(arguments, name) for name in ("aspect", "quality", "format", "resolution", "fps", "preset")
    }
    song = arguments.audio and str(Path(arguments.audio).expanduser().absolute())
    common = {name: value for name, value in {**options, "music": song}.items() if value is not None}
    return batch(
        settings,
        arguments.inputs,
        arguments.output,
        arguments.each,
        common,
        again=arguments.again,
        keep_going=arguments.continue_on_error,
        dry_run=arguments.dry_run,
    )


def _studio(arguments: argparse.Namespace, settings: Settings) -> int:
    from nemovideo_mcp.cli.studio import serve_studio

    return serve_studio(settings, arguments.host, arguments.port, arguments.credits)


def _doctor(arguments: argparse.Namespace, settings: Settings) -> int:
    from nemovideo_mcp.cli.doctor import doctor

    return doctor(settings)
