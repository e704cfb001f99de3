"""The path policy: which local files and which addresses a call may name, and how films are called on disk."""

from __future__ import annotations

import glob
import ipaddress
import os
import re
import shutil
import stat
import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

from nemovideo_mcp.api.errors import FORMATS, MAX_UPLOAD_BYTES, BadInput
from nemovideo_mcp.media.formats import FORMATS as KNOWN
from nemovideo_mcp.media.sniff import HEAD_BYTES, foreign, sniff
from nemovideo_mcp.server.options import Options

SUFFIXES = frozenset(known.suffix for known in KNOWN.values()) | {".jpeg", ".heif", ".oga", ".opus"}
"""How files of media end; what they are is told by their content alone."""

SANDBOX_FOLDERS = ("/mnt/data", "/mnt/user-data", "/mnt/", "/home/claude", "/tmp/outputs", "sandbox:")
"""Where chat hosts keep attachments: on their machines, not on this one."""


@dataclass(frozen=True, slots=True)
class Refused:
    """Something that was named and is not taken, and why."""

    name: str
    reason: str


def find_files(wanted: Sequence[str], options: Options) -> tuple[list[Path], list[Refused]]:
    """The media files that paths, folders and patterns mean, in natural order, and what is refused.

    Folders give the media directly inside them. Nothing is opened but to look at its first bytes.

    Raises:
        BadInput: local files are switched off here.
    """
    if wanted and not options.local_paths:
        raise BadInput(
            "Files of this machine cannot be read over HTTP.",
            "Give URLs instead, or set NEMO_ALLOWED_DIRS to the folders that may be read.",
        )
    found: dict[Path, Path] = {}
    refused: list[Refused] = []
    for raw in wanted:
        try:
            hits = _outside(raw, options) or list(_expand(raw, options))
        except (OSError, RuntimeError, ValueError) as error:
            # An unknown ~user, a name that is too long, a circle of links.
            why = getattr(error, "strerror", None) or str(error)
            hits = [Refused(raw[:200], f"this path cannot be followed: {why}")]
        for hit in hits:
            if isinstance(hit, Refused):
                refused.append(hit)
            elif reason := _refusal(hit, options):
                refused.append(Refused(readable(hit.name), reason))
            else:
                found.setdefault(hit.resolve(), hit)
    return list(found.values()), refused


def readable(name: str) -> str:
    """A name as text: on Linux it may hold bytes that are none."""
    return name.encode(errors="replace").decode()


_OUTSIDE = "it is outside the folders that NEMO_ALLOWED_DIRS allows"


def _outside(raw: str, options: Options) -> list[Path | Refused]:
    """A refusal of what lies outside the allowed folders, said before anything there is looked at."""
    if options.allowed_dirs is None:
        return []
    path = _path_of(raw)
    # The folders of a pattern up to its first wildcard.
    known = Path(*takewhile(lambda part: not glob.has_magic(part), path.parts))
    if not any(_within(known.resolve(), folder) for folder in options.allowed_dirs):
        return [Refused(raw[:200], _OUTSIDE)]
    return []


def _path_of(raw: str) -> Path:
    text = raw.strip()
    if text.lower().startswith("file://"):
        return Path(url2pathname(urlsplit(text).path))
    return Path(text).expanduser()


def natural(name: str) -> list[tuple[int, int, str]]:
    """A sort key that puts ``IMG_9`` before ``IMG_10``."""
    return [
        (1, int(part), "") if part.isdecimal() else (0, 0, part.casefold()) for part in re.split(r"(\d{1,18})", name)
    ]


def _expand(raw: str, options: Options) -> Iterator[Path | Refused]:
    text = raw.strip()
    if not text:
        yield Refused(raw, "the path is empty")
        return
    if "\x00" in text:
        yield Refused(text.replace("\x00", "?"), "the path holds a zero character")
        return
    path = _path_of(raw)
    if path.is_dir():
        yield from _inside(path)
    elif path.exists() or path.is_symlink():
        yield path
    elif glob.has_magic(text):
        hits = sorted((Path(hit) for hit in glob.iglob(str(path))), key=lambda p: natural(p.name))
        # A pattern takes what is media and leaves the rest, as a shell user expects of *.*
        folders = options.allowed_dirs
        inside = [hit for hit in hits if folders is None or any(_within(hit.resolve(), folder) for folder in folders)]
        media = [hit for hit in inside if hit.is_file() and kind_of(hit)]
        yield from media
        if not media:
            yield Refused(raw, "no photo, clip or song matches this pattern")
    else:
        yield Refused(raw, _missing(text, path))


def _missing(text: str, path: Path) -> str:
    if text.startswith(SANDBOX_FOLDERS):
        return (
            "this path belongs to the chat's own sandbox, which this server cannot see; the file must be on this machine: "
            "ask the user where it is saved (for example ~/Pictures), or give a URL"
        )
    if not path.is_absolute():
        return "there is no such file here; give the full path, for example ~/Pictures/beach.jpg"
    return "there is no such file on this machine"


def subfolders(raw: str, options: Options) -> list[Path]:
    """The folders directly in one that was named, in natural order: those that are not hidden and may be read.

    Empty when it is no folder, or none may be looked into.
    """
    if not options.local_paths or _outside(raw, options):
        return []
    try:
        entries = sorted(_path_of(raw).iterdir(), key=lambda path: natural(path.name))
        return [e for e in entries if e.is_dir() and not _hidden(e) and not _outside(str(e), options)]
    except (OSError, RuntimeError, ValueError):
        return []


def _inside(folder: Path) -> Iterator[Path | Refused]:
    try:
        entries = sorted(folder.iterdir(), key=lambda p: natural(p.name))
    except OSError:
        yield Refused(folder.name, "this folder cannot be read; check its permissions")
        return
    files = [entry for entry in entries if not entry.name.startswith(".") and entry.is_file()]
    # What is called like a photo and is none is not passed over in silence.
    media = [entry for entry in files if kind_of(entry) or entry.suffix.lower() in SUFFIXES]
    if media:
        yield from media
    else:
        yield Refused(folder.name, "there are no photos, clips or songs in this folder")


def _refusal(path: Path, options: Options) -> str | None:
    try:
        real = path.resolve(strict=True)
        info = real.stat()
    except (OSError, RuntimeError):  # RuntimeError: links that go in a circle
        return "this file cannot be read; check that it exists and its permissions"
    if readable(str(path)) != str(path):
        return "its name or its folder's holds bytes that are no text; rename it"
    if options.allowed_dirs is not None and not any(_within(real, folder) for folder in options.allowed_dirs):
        return _OUTSIDE
    if _hidden(path) or _hidden(real):
        return "hidden files and files in hidden folders are not read"
    if not stat.S_ISREG(info.st_mode):
        return "this is not a file"
    if info.st_size == 0:
        return "the file is empty (0 bytes)"
    if info.st_size > MAX_UPLOAD_BYTES:
        return f"the file is {info.st_size / 1e6:.0f} MB; the limit is 200 MB: compress or trim it"
    if not os.access(real, os.R_OK):
        return "this file cannot be read; check its permissions"
    if kind_of(real) is None:
        if (what := _foreign(real)) is not None:
            return f"it is {what}"
        return f"its content is not a photo, a clip or a song (accepted: {FORMATS})"
    return None


def _within(path: Path, folder: Path) -> bool:
    return path.is_relative_to(folder.resolve())


def _hidden(path: Path) -> bool:
    # Only what the user's own tree hides counts: a home below a dotted mount point is not hidden from its owner.
    try:
        parts: Iterable[str] = path.absolute().relative_to(Path.home()).parts
    except ValueError:
        parts = (path.name,)
    return any(part.startswith(".") and part not in (".", "..") for part in parts)


def kind_of(path: Path) -> str | None:
    """``image``, ``video`` or ``audio`` by the first bytes of a file; None when it is neither or cannot be read."""
    try:
        with path.open("rb") as file:
            known = sniff(file.read(HEAD_BYTES))
    except OSError:
        return None
    return known.kind if known else None


def _foreign(path: Path) -> str | None:
    try:
        with path.open("rb") as file:
            return foreign(file.read(HEAD_BYTES))
    except OSError:
        return None


def check_url(raw: str, options: Options) -> str | None:
    """Why an address is refused before anything is fetched, or None. The backend checks again when it connects."""
    try:
        parts = urlsplit(raw.strip())
        host, _ = parts.hostname, parts.port
    except ValueError:
        return "this is not an address"
    if parts.scheme not in ("http", "https") or not host:
        return "only http and https addresses can be fetched"
    if parts.username or parts.password:
        return "addresses with a user name or a password in them are not fetched"
    if host.lower() in options.allowed_hosts:
        return None
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        private = (
            host.lower().rstrip(".").endswith(("localhost", ".local", ".internal", ".home.arpa")) or "." not in host
        )
    else:
        private = not address.is_global
    if private:
        return "this address is private; only public ones are fetched (or hosts named in NEMO_ALLOWED_HOSTS)"
    return None


def url_name(raw: str) -> str:
    """What a URL is called in a report: its last part, without the query, which may hold a signature."""
    try:
        parts = urlsplit(raw)
        return Path(parts.path).name or parts.hostname or "url"
    except ValueError:
        return "url"


LONGEST_NAME = 200
"""Bytes of a file's name; file systems take 255, and a number or a hidden prefix may have to be added."""
_RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}


def bare_name(filename: str, suffix: str) -> str:
    """A file name that a user chose, with the right ending.

    Raises:
        BadInput: it is a path, hidden, or no name on one of the systems we run on.
    """
    name = filename.strip()
    stem = name[: -len(suffix)] if name.lower().endswith(suffix) else name
    bad = re.search(r'[/\\:*?"<>|\x00-\x1f]', name)
    if (
        bad
        or not stem.strip(" .")
        or name.startswith(".")
        or len(name.encode()) > LONGEST_NAME
        or stem.split(".")[0].lower() in _RESERVED
    ):
        raise BadInput(
            f"{filename!r} cannot be a file name.",
            "Give a bare name such as holiday.mp4; the folder is set by NEMO_OUTPUT_DIR.",
        )
    if re.search(r"\.(mp4|mov|avi|webm|mkv|gif)$", stem, re.IGNORECASE):
        raise BadInput(
            f"{filename!r} names another format than the film has.", f"End it with {suffix} or leave that out."
        )
    return stem.rstrip(" .") + suffix


def safe_stem(name: str) -> str:
    """A project's name as a file name: what no file system takes is replaced."""
    clean = re.sub(r'[/\\:*?"<>|\x00-\x1f]+', " ", name)
    clean = " ".join(clean.split()).strip(" .")
    clean = clean.encode()[: LONGEST_NAME - 20].decode(errors="ignore").strip(" .")
    return f"{clean} film" if clean.split(".")[0].lower() in _RESERVED else clean or "film"


def free_path(folder: Path, name: str) -> Path:
    """The path for a new file: ``name``, or ``name (2)`` and so on when it is taken. Nothing is overwritten."""
    path = folder / name
    number = 2
    while path.exists():
        path = folder / f"{Path(name).stem} ({number}){Path(name).suffix}"
        number += 1
    return path


def check_output(folder: Path, least_free: int = 50_000_000) -> None:
    """See that a film can be saved before it is rendered.

    Raises:
        BadInput: the folder cannot be made or written, or has less than ``least_free`` bytes left.
    """
    probe = folder / f".nemovideo-{uuid.uuid4().hex}.tmp"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe.write_bytes(b"")
        probe.unlink(missing_ok=True)
        free = shutil.disk_usage(folder).free
    except OSError as error:
        raise BadInput(
            f"Films cannot be saved in {folder}: {error.strerror or 'it cannot be written'}.",
            "Set NEMO_OUTPUT_DIR to a folder that can be written.",
        ) from None
    if free < least_free:
        raise BadInput(
            f"The disk with {folder} has only {free / 1e6:.0f} MB left.",
            "Free some space, or set NEMO_OUTPUT_DIR to a folder on another disk.",
        )
