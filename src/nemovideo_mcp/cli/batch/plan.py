"""The films that a command line asks for, each checked before the first is begun, with names that no two share."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from nemovideo_mcp.api.errors import BadInput, NemoError
from nemovideo_mcp.cli.batch.ledger import source_of
from nemovideo_mcp.cli.batch.table import Row, TableError, is_table, read_table
from nemovideo_mcp.media.formats import FILM_FORMATS
from nemovideo_mcp.server.files import find_files, kind_of, readable, safe_stem, subfolders
from nemovideo_mcp.server.films import Film, Wanted, films_of, joined
from nemovideo_mcp.server.options import Options
from nemovideo_mcp.server.parts import has_pictures, is_url, pictures_in
from nemovideo_mcp.server.several import Each, several
from nemovideo_mcp.server.tools.export import parse_wish

_T = TypeVar("_T")

RATIOS = ("16:9", "9:16", "1:1", "4:5", "5:4", "4:3", "3:4", "3:2", "2:3", "21:9")
_SHAPES = {
    **dict.fromkeys(("vertical", "portrait", "upright", "竖屏", "竖版", "纵向"), "9:16"),
    **dict.fromkeys(("horizontal", "landscape", "wide", "widescreen", "横屏", "横版", "横向"), "16:9"),
    **dict.fromkeys(("square", "方形", "正方形"), "1:1"),
}
_EACH: dict[str, Each] = {
    **dict.fromkeys(("photo", "photos", "picture", "image", "file", "照片", "图片"), "photo"),
    **dict.fromkeys(("folder", "folders", "subfolder", "directory", "文件夹", "目录"), "folder"),
}


class PlanError(Exception):
    """What is wrong with what was asked: one line for each. Nothing was begun."""

    def __init__(self, *problems: str) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """One film: its name (of the file too, without the ending), what it is made of and what of it."""

    name: str
    media: tuple[str, ...]
    instruction: str
    wish: Mapping[str, Any]
    aspect: str | None = None
    music: str | None = None

    @property
    def filename(self) -> str:
        return f"{self.name}.{self.wish['format']}"

    @property
    def operations(self) -> list[dict[str, Any]]:
        return [{"op": "set_canvas", "ratio": self.aspect}] if self.aspect else []


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """``source`` is what was named, as absolute paths: a rerun is known by it. ``stem`` is what its folder is called after."""

    source: tuple[str, ...]
    stem: str
    films: tuple[Planned, ...]
    notes: tuple[str, ...] = ()


@dataclass(slots=True)
class _Draft:
    """A film before it has its name."""

    film: Film
    wish: dict[str, Any]
    aspect: str | None
    music: str | None


@dataclass(slots=True)
class _Found:
    drafts: list[_Draft] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def plan_of(
    inputs: Sequence[str], instruction: str, each: Each | None, common: Mapping[str, str], options: Options
) -> Plan:
    """The films of a folder of folders, of several folders or files, or of a table. ``common`` are cells for all of them.

    Raises:
        PlanError: something of it cannot be; every row that is wrong is named.
    """
    paths = [Path(name).expanduser() for name in inputs]
    found = _Found()
    if len(paths) == 1 and is_table(paths[0]) and not paths[0].is_dir():
        _from_table(paths[0], instruction, each, common, options, found)
    else:
        _from_folders(inputs, instruction, each, common, options, found)
    if found.problems:
        raise PlanError(*found.problems)
    if not found.drafts:
        raise PlanError("There is nothing to make films of.", *found.notes)
    first = paths[0].resolve()
    alone = len(paths) == 1
    stem = first.name if alone and first.is_dir() else first.stem if alone and is_table(first) else first.parent.name
    source = tuple(name if is_url(name) else str(Path(name).expanduser().resolve()) for name in inputs)
    return Plan(source=source, stem=safe_stem(stem), films=_named(found), notes=tuple(found.notes))


def _from_folders(
    inputs: Sequence[str],
    instruction: str,
    each: Each | None,
    common: Mapping[str, str],
    options: Options,
    found: _Found,
) -> None:
    said = several(instruction)
    each = each or (said.each if said else None)
    if not instruction.strip():
        found.problems.append(
            'Say what the films should become, for example: batch FOLDER "20 seconds, crossfades, music".'
        )
        return
    missing = [n for n in inputs if not is_url(n) and not re.search(r"[*?\[]", n) and not Path(n).expanduser().exists()]
    if missing:
        found.problems += [f"{name}: there is no such file or folder." for name in missing]
        return
    folders = [name for name in inputs if Path(name).expanduser().is_dir()]
    others = [name for name in inputs if name not in folders]
    wanted: list[Wanted]
    if each is not None:
        wanted = [Wanted(tuple(inputs), each=each)]
    elif len(folders) == 1 and not others:
        wanted = _of_one(folders[0], instruction, options, found)
    else:
        loose = [str(file) for file in find_files([o for o in others if not is_url(o)], options)[0]] if others else []
        if loose or any(map(is_url, others)):
            found.problems.append(
                f"{(loose or others)[0]} is a file. For a film of each photo say --each photo; for one film of all of them "
                "use make."
            )
        wanted = [Wanted((name,)) for name in folders if has_pictures(name, options)]
        found.notes += [
            f"Not used: {n}: there are no photos or clips in it." for n in folders if not has_pictures(n, options)
        ]
    for item in wanted:
        _add(item, instruction, common, options, found, "")


def _of_one(folder: str, instruction: str, options: Options, found: _Found) -> list[Wanted]:
    """One film for each folder in a folder."""
    if any(has_pictures(inner, options) and not source_of(inner) for inner in subfolders(folder, options)):
        return [Wanted((folder,), each="folder")]
    count = sum(1 for _ in pictures_in(folder, options))
    if not count:
        found.problems.append(f"{folder} has no photos or clips, and no folders with any.")
        return []
    found.problems.append(
        f"{folder} has no folders in it, but {count} photo{'s' if count > 1 else ''} or clips. For one film of them all: "
        f'nemovideo-mcp make "{folder}" "{instruction}". For a film of each one: nemovideo-mcp batch "{folder}" '
        f'"{instruction}" --each photo'
    )
    return []


def _from_table(
    path: Path, instruction: str, each: Each | None, common: Mapping[str, str], options: Options, found: _Found
) -> None:
    try:
        table = read_table(path)
    except TableError as error:
        found.problems += error.problems
        return
    found.notes += table.notes
    base = path.resolve().parent
    words = joined(instruction, table.common.get("instruction", ""))
    for row in table.rows:
        _from_row(row, f"{path.name}, line {row.line}", base, words, each, {**common, **table.common}, options, found)


def _from_row(
    row: Row,
    where: str,
    base: Path,
    words: str,
    each: Each | None,
    common: Mapping[str, str],
    options: Options,
    found: _Found,
) -> None:
    cells = {**{key: value for key, value in common.items() if key != "instruction"}, **row.cells}
    own = row.cells.get("instruction", "")
    problems: list[str] = []
    if not words.strip() and not own.strip():
        problems.append('there is no instruction; give one here, or one for all after the file\'s name ("…").')
    if not cells.get("folder"):
        problems.append("the folder is missing.")
    media = tuple(_there(part.strip(), base) for part in re.split(r"[\n|]", cells.get("folder", "")) if part.strip())
    if said := cells.get("each"):
        each = _EACH.get(said.strip().lower())
        if each is None:
            problems.append(f'each takes photo or folder, not "{said}".')
    if cells.get("music"):
        cells["music"] = _there(cells["music"], base)
    if problems:
        found.problems += [f"{where}: {problem}" for problem in problems]
        return
    _add(Wanted(media, own, cells.get("name"), each), words, cells, options, found, f"{where}: ")


def _there(name: str, base: Path) -> str:
    """A path as the table means it: from the folder that the table is in."""
    if is_url(name):
        return name
    path = base / Path(name).expanduser()
    if "\\" in name and not path.exists() and (base / name.replace("\\", "/")).exists():
        return str(base / name.replace("\\", "/"))  # written on Windows, read elsewhere
    return str(path)


def _add(item: Wanted, words: str, cells: Mapping[str, str], options: Options, found: _Found, where: str) -> None:
    """Check a wish and take its films, or its problems."""
    problems: list[str] = []

    def tried(check: Callable[[], _T]) -> _T | None:
        try:
            return check()
        except NemoError as error:
            problems.append(f"{where}{error} {error.next_step}".strip())
            return None

    fps = tried(lambda: _fps(cells.get("fps")))
    wish = tried(lambda: _wish(cells, item.name, fps))
    aspect = tried(lambda: _aspect(cells.get("aspect")))
    music = tried(lambda: _music(cells.get("music"), options))
    films = tried(lambda: _films(item, words, options, found, where))
    found.problems += problems
    if not problems:
        found.drafts += [_Draft(film, wish or {}, aspect, music) for film in films or ()]


def _films(item: Wanted, words: str, options: Options, found: _Found, where: str) -> list[Film]:
    """
    Raises:
        BadInput: there is nothing in what was named that a film could show.
    """
    films, unused = films_of(item, words, options)
    good, reasons = [], [f"{name.name}: {name.reason.rstrip('.')}" for name in unused]
    for film in films:
        if any(source_of(name) for name in film.media if not is_url(name)):
            reasons.append(f"{film.name}: it holds the films of a batch")
            continue
        files, refused = find_files([name for name in film.media if not is_url(name)], options)
        if any(map(is_url, film.media)) or any(kind_of(file) != "audio" for file in files):
            good.append(film)
        else:
            reasons += [f"{name.name}: {name.reason.rstrip('.')}" for name in refused]
            reasons += _inner(film, options)
    if not good:
        raise BadInput(f"{'; '.join(dict.fromkeys(reasons)) or 'there is nothing in it'}.", "")
    found.notes += [f"{where}Not used: {reason}." for reason in reasons]
    return good


def _inner(film: Film, options: Options) -> Iterable[str]:
    for name in film.media:
        count = sum(has_pictures(inner, options) for inner in subfolders(name, options)) if not is_url(name) else 0
        if count:
            yield f"it has {count} folders with photos in it: name one, or say each: folder"


def _fps(said: str | None) -> int | None:
    if said is not None and not said.strip().isdecimal():
        raise BadInput(f'"{said}" is no frame rate.', "Use 24, 25, 30, 50 or 60.")
    return int(said) if said else None


def _wish(cells: Mapping[str, str], name: str | None, fps: int | None) -> dict[str, Any]:
    """What a film is exported as. Raises BadInput."""
    ending = Path(name).suffix.lower().lstrip(".") if name else ""
    format = cells.get("format")
    if ending in FILM_FORMATS:
        if format and format.strip().lower().lstrip(".") != ending:
            raise BadInput(f"{name} is called {ending} and asked for as {format}; make them the same.", "")
        format = ending
    if name and re.search(r"[/\\]", name):
        raise BadInput(f'"{name}" is a path.', "Give a bare name; all films go into one folder (-o).")
    return parse_wish(
        format or "mp4",
        cells.get("quality") or "high",
        cells.get("resolution"),
        fps,
        cells.get("preset"),
    )


def _aspect(said: str | None) -> str | None:
    if not said:
        return None
    ratio = re.sub(r"\s*[:：xX×/]\s*", ":", said.strip().lower())
    ratio = _SHAPES.get(ratio, ratio)
    if ratio not in RATIOS:
        raise BadInput(f'"{said}" is no shape.', f"Use one of {', '.join(RATIOS)}, vertical, horizontal or square.")
    return ratio


def _music(said: str | None, options: Options) -> str | None:
    if not said:
        return None
    files, refused = find_files([said], options)
    songs = [file for file in files if kind_of(file) == "audio"]
    if len(songs) != 1:
        why = refused[0].reason if refused else "it is not one song"
        raise BadInput(f"The song {Path(said).name} cannot be used: {why}.", "")
    return str(songs[0].absolute())


def _named(found: _Found) -> tuple[Planned, ...]:
    """The films with names that are good on every system, and numbered where two would be the same."""
    taken: set[str] = set()
    films = []
    for draft in found.drafts:
        stem = _stem(draft.film.name or "film")
        name, number = stem, 2
        while name.casefold() in taken:
            name, number = f"{stem} ({number})", number + 1
        taken.add(name.casefold())
        films.append(
            Planned(
                name=name,
                media=tuple(m if is_url(m) else str(Path(m).expanduser().absolute()) for m in draft.film.media),
                # A title shows what the folder is called, whatever its file had to be called.
                instruction=draft.film.told(draft.film.name or name),
                wish=draft.wish,
                aspect=draft.aspect,
                music=draft.music,
            )
        )
    return tuple(films)


def _stem(name: str) -> str:
    plain = unicodedata.normalize("NFC", readable(name))
    ending = rf"\.({'|'.join(FILM_FORMATS)})"
    plain = re.sub(rf"{ending}$", "", plain, flags=re.IGNORECASE)
    # A stem that still ends like a film would be taken for its format.
    plain = re.sub(rf"{ending}$", r" \1", plain, flags=re.IGNORECASE)
    return safe_stem(plain)
