"""A file while it comes in: under a hidden name that follows from its target, so that a later call can go on with it."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import secrets
import shutil
import stat
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path

from nemovideo_mcp.api.errors import BadInput

_MB = 1000 * 1000
_READ_BYTES = 1024 * 1024
_FLUSH_BYTES = 16 * 1024 * 1024
_BEYOND = 1 << 62
"""Where Windows' lock lies: it locks bytes, and those of the file itself have to stay readable."""


@dataclass(frozen=True, slots=True)
class Identity:
    """What tells whether the rest of a file may be put behind the beginning that is here. It holds no address.

    ``source`` is the name of the call that it came from, ``length`` is in bytes, ``etag`` is a strong one, ``modified``
    the ``Last-Modified`` as it was said, ``sha256`` in hex what the server says that the whole has.
    """

    render_id: str
    source: str
    length: int | None = None
    etag: str | None = None
    modified: str | None = None
    sha256: str | None = None

    @classmethod
    def load(cls, path: Path) -> Identity | None:
        """The identity that was kept; None for none, or one that a killed process left half written."""
        try:
            raw = json.loads(path.read_text("utf-8"))
            found = cls(**raw)
            length_fits = found.length is None or (type(found.length) is int and found.length > 0)
            texts = (found.render_id, found.source, found.etag or "", found.modified or "", found.sha256 or "")
            return found if length_fits and all(isinstance(text, str) for text in texts) else None
        except (OSError, ValueError, TypeError):
            return None


@dataclass
class Partial:
    """The bytes of one file so far. All of its methods block, and raise OSError where the disk does.

    It is called ``.name.part`` beside its target, with what it is in ``.name.part.json``. One call at a time holds it;
    another one for the same target at that moment gets a name of its own that nobody goes on with.
    """

    target: Path
    size: int = 0
    identity: Identity | None = None
    _fd: int = field(default=-1, repr=False)
    _path: Path = field(init=False)
    _hash: hashlib._Hash | None = field(default=None, init=False, repr=False)
    _flushing: int = field(default=0, init=False, repr=False)

    def __post_init__(self) -> None:
        self._path = partial_path(self.target)

    def open(self, render_id: str) -> None:
        """Take the file, and go on with what it holds if that is of this render."""
        self.target.parent.mkdir(parents=True, exist_ok=True)
        fd = _taken(self._path)
        if fd is None:
            self._path = self._path.with_name(f".{self.target.name.lstrip('.')}.{secrets.token_hex(4)}.part")
            fd = os.open(self._path, _FLAGS | os.O_EXCL, 0o666)
        self._fd = fd
        self.identity = Identity.load(self._sidecar)
        there = os.fstat(fd).st_size
        known = self.identity
        if known is None or known.render_id != render_id or there > (known.length or there):
            self.restart(None)
            return
        self.size = os.lseek(fd, 0, os.SEEK_END)
        if known.sha256:
            os.lseek(fd, 0, os.SEEK_SET)
            self._hash = hashlib.sha256()
            while data := os.read(fd, _READ_BYTES):
                self._hash.update(data)

    def restart(self, identity: Identity | None) -> None:
        """From the first byte again. ``identity`` is of what will come, None when a rest of that cannot be asked for."""
        os.ftruncate(self._fd, 0)
        os.lseek(self._fd, 0, os.SEEK_SET)
        self.size = self._flushing = 0
        self.identity = identity
        self._hash = hashlib.sha256() if identity and identity.sha256 else None
        if identity is None:
            self._sidecar.unlink(missing_ok=True)
        else:
            self._sidecar.write_text(json.dumps(asdict(identity)), "utf-8")

    def check_space(self, length: int) -> None:
        """Raises: BadInput, when the disk has no room for what is missing of ``length`` bytes."""
        missing = length - self.size - shutil.disk_usage(self.target.parent).free
        if missing > 0:
            raise BadInput(
                f"The film has {length / _MB:,.1f} MB, and the disk that holds {self.target.parent} "
                f"lacks {missing / _MB:,.1f} MB for it.",
                "Free some space there and export again, or choose another folder (NEMO_OUTPUT_DIR).",
            )

    def write(self, chunks: Sequence[bytes]) -> None:
        for chunk in chunks:
            view = memoryview(chunk)
            while view:
                view = view[os.write(self._fd, view) :]
            if self._hash:
                self._hash.update(chunk)
            self.size += len(chunk)
        if self.size - self._flushing >= _FLUSH_BYTES:
            self._flush()

    def intact(self) -> bool:
        """Whether it is what the server said that it has; where it said nothing, it cannot be told."""
        return self._hash is None or self.identity is None or self._hash.hexdigest() == self.identity.sha256

    def _flush(self) -> None:
        """Let the system begin to write to the disk what has come: then little is left to wait for at the end."""
        if hasattr(os, "posix_fadvise"):
            with suppress(OSError):
                os.posix_fadvise(self._fd, self._flushing, self.size - self._flushing, os.POSIX_FADV_DONTNEED)
        self._flushing = self.size

    def publish(self) -> Path:
        """Give the file its name, or ``name (2)`` and so on where that is taken."""
        os.fsync(self._fd)
        if sys.platform == "win32":
            # It moves no open file.
            self._close()
        # First, so that no death in between leaves it in the folder for good.
        self._sidecar.unlink(missing_ok=True)
        names = _names(self.target)
        while not _moved_to_new(self._path, path := next(names)):
            pass
        _sync_folder(path.parent)
        return path

    def close(self, *, keep: bool) -> None:
        """Let go of what is left; nothing is, after ``publish``. ``keep``: a later call may go on with it."""
        if self._fd < 0:
            return
        if not (keep and self.size and self.identity and self._path == partial_path(self.target)):
            # While it is locked: afterwards it may be another call's already.
            if sys.platform == "win32":
                self._close()
            with suppress(OSError):
                if self._own():
                    self._sidecar.unlink(missing_ok=True)
                    self._path.unlink()
        self._close()

    @property
    def _sidecar(self) -> Path:
        return self._path.with_name(f"{self._path.name}.json")

    def _own(self) -> bool:
        """Whether the name still means this file: after ``publish`` it may be another call's."""
        return self._fd < 0 or _same(self._fd, self._path)

    def _close(self) -> None:
        if self._fd >= 0:
            fd, self._fd = self._fd, -1
            os.close(fd)


def partial_path(target: Path) -> Path:
    """Where the beginning of ``target`` lies while it comes in."""
    return target.with_name(f".{target.name.lstrip('.')}.part")


def discard_partial(target: Path) -> None:
    """Remove what a download to ``target`` that nobody will go on with has left, unless one is at it now."""
    fd = None
    with suppress(OSError):
        if partial_path(target).exists():
            fd = _taken(partial_path(target))
    if fd is not None:
        Partial(target, _fd=fd).close(keep=False)


_FLAGS = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


def _taken(path: Path) -> int | None:
    """The file, open and locked, or None while another call has it. The system lets go of it when the process dies."""
    while True:
        fd = os.open(path, _FLAGS, 0o666)
        try:
            if not _locked(fd):
                os.close(fd)
                return None
            if _same(fd, path):
                if os.fstat(fd).st_nlink == 1:
                    return fd
                # A process died between the two steps of publishing: this is a finished film by another name.
                path.unlink()
        except BaseException:
            os.close(fd)
            raise
        os.close(fd)


def _same(fd: int, path: Path) -> bool:
    try:
        mine, there = os.fstat(fd), os.lstat(path)
    except OSError:
        return False
    return stat.S_ISREG(there.st_mode) and os.path.samestat(mine, there)


if sys.platform == "win32":
    import msvcrt

    def _locked(fd: int) -> bool:
        os.lseek(fd, _BEYOND, os.SEEK_SET)
        try:
            msvcrt.locking(fd, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        finally:
            os.lseek(fd, 0, os.SEEK_SET)
        return True
else:
    import fcntl

    def _locked(fd: int) -> bool:
        try:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:
            # A file system without locks: the journal's own lock for each job has to do.
            return True
        return True


def _sync_folder(folder: Path) -> None:
    """The new name is on the disk when its folder is; where folders cannot be opened, the system sees to it."""
    with suppress(OSError):
        fd = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(fd)
        finally:
            os.close(fd)


def _names(target: Path) -> Iterator[Path]:
    yield target
    number = 2
    while True:
        yield target.with_name(f"{target.stem} ({number}){target.suffix}")
        number += 1


def _moved_to_new(source: Path, target: Path) -> bool:
    """Rename in one step; False, and nothing is changed, when the target exists."""
    try:
        # A hard link is the one rename that POSIX refuses when the target exists.
        target.hardlink_to(source)
    except FileExistsError:
        return False
    except OSError:
        # No hard links here (FAT, some network drives): reserve the name, then replace our own empty file.
        try:
            target.touch(exist_ok=False)
        except FileExistsError:
            return False
        source.replace(target)
    else:
        source.unlink()
    return True


def unwritable(target: Path, error: OSError) -> BadInput:
    """What the disk's refusal means to a user."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return BadInput(f"The disk that holds {target.parent} is full.", "Free some space there and export again.")
    return BadInput(
        f"The film cannot be written to {target.parent}: {error.strerror}.",
        "Choose a folder that can be written (NEMO_OUTPUT_DIR).",
    )
