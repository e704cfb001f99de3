"""From what was named to what each of several films is made of: a film for each photo, or for each folder."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from nemovideo_mcp.server.files import SUFFIXES, Refused, find_files, kind_of, readable, subfolders, url_name
from nemovideo_mcp.server.options import Options
from nemovideo_mcp.server.several import Each


@dataclass(frozen=True, slots=True)
class Part:
    """One film of several: what it is called, and its media as paths and addresses."""

    name: str
    media: tuple[str, ...]


def is_url(media: str) -> bool:
    return media.strip().lower().startswith(("http://", "https://"))


def parts_of(media: Sequence[str], each: Each, options: Options) -> tuple[list[Part], list[Refused]]:
    """What the films are made of, in natural order, and what is in none of them.

    Raises:
        BadInput: local files are switched off here.
    """
    urls = [name.strip() for name in media if is_url(name)]
    paths = [name for name in media if not is_url(name)]
    return _photos(paths, urls, options) if each == "photo" else _folders(paths, urls, options)


def _photos(paths: Sequence[str], urls: Sequence[str], options: Options) -> tuple[list[Part], list[Refused]]:
    """A film for each photo or clip. Songs go into every one of them. A folder of folders gives what is in those."""
    wanted = [str(inner) for path in paths for inner in _with_subfolders(path, options)]
    files, refused = find_files(wanted, options)
    songs = tuple(str(file) for file in files if kind_of(file) == "audio")
    pictures = [file for file in files if str(file) not in songs]
    parts = [Part(file.stem, (str(file), *songs)) for file in pictures]
    parts += [Part(Path(url_name(url)).stem, (url, *songs)) for url in urls]
    return parts, refused


def _with_subfolders(path: str, options: Options) -> list[Path | str]:
    inner = [folder for folder in subfolders(path, options) if has_pictures(folder, options)]
    return [*([path] if not inner or has_pictures(path, options) else []), *inner]


def _folders(paths: Sequence[str], urls: Sequence[str], options: Options) -> tuple[list[Part], list[Refused]]:
    """A film for each folder: those inside a folder that was named, else that one; files count by the folder they are in."""
    parts: list[Part] = []
    refused = [Refused(url_name(url), "an address lies in no folder; give it to a film of its own") for url in urls]
    loose: dict[Path, list[str]] = {}
    for path in paths:
        if not Path(path.strip()).expanduser().is_dir():
            files, bad = find_files([path], options)
            refused += bad
            for file in files:
                loose.setdefault(file.parent, []).append(str(file))
            continue
        inner = subfolders(path, options)
        good = [folder for folder in inner if has_pictures(folder, options)]
        if not good:
            files, bad = find_files([path], options)
            refused += bad
            parts += [Part(_called(path), (path,))] if any(kind_of(file) != "audio" for file in files) else []
            continue
        parts += [Part(folder.name, (str(folder),)) for folder in good]
        refused += [
            Refused(readable(folder.name), "there are no photos or clips that can be used in this folder")
            for folder in inner
            if folder not in good
        ]
        if own := sum(1 for _ in pictures_in(path, options)):
            count = f"{own} file{'' if own == 1 else 's'}"
            refused.append(Refused(_called(path), f"{count} directly in it, beside the folders"))
    parts += [Part(folder.name or "film", tuple(files)) for folder, files in loose.items()]
    return parts, refused


def _called(path: str) -> str:
    """A folder's own name, also for ``.`` and ``~``."""
    return Path(path.strip()).expanduser().resolve().name or "films"


def pictures_in(path: Path | str, options: Options) -> Iterator[Path]:
    """The photos and clips directly in a folder."""
    files, _ = find_files([str(path)], options)
    return (file for file in files if kind_of(file) != "audio")


def has_pictures(path: Path | str, options: Options) -> bool:
    return next(pictures_in(path, options), None) is not None


def name_of(media: Iterable[str]) -> str | None:
    """What a film of these is called when nobody says: after its one folder or file. Nothing is looked at on the disk: whether
    it may be is not decided yet."""
    names = list(media)
    if len(names) != 1 or (not is_url(names[0]) and any(mark in names[0] for mark in "*?[")):
        return None
    path = PurePath(url_name(names[0]) if is_url(names[0]) else names[0].strip())
    name = path.stem if path.suffix.lower() in SUFFIXES else path.name
    return None if name in ("", "..", "~") else name
