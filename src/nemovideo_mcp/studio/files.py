"""Where the studio's files lie: spooled uploads, media by their content, finished films, locks."""

from __future__ import annotations

import secrets
import shutil
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from nemovideo_mcp.media.formats import FILM_FORMATS, FilmFormat

ABANDONED_SECONDS = 24 * 3600.0
"""A spooled upload older than this belongs to a process that died: no upload takes a day."""


@dataclass(frozen=True, slots=True)
class Files:
    """The folders below the studio's data folder."""

    root: Path

    @property
    def database(self) -> Path:
        return self.root / "studio.sqlite3"

    @property
    def spool(self) -> Path:
        return self.root / "spool"

    def prepare(self) -> None:
        """Make the folders, and clear away what dead processes left in the spool."""
        for folder in (self.root, self.spool, self.root / "media", self.root / "films", self.root / "locks"):
            folder.mkdir(parents=True, exist_ok=True)
        oldest = time.time() - ABANDONED_SECONDS
        for folder in self.spool.iterdir():
            if folder.is_dir() and folder.stat().st_mtime < oldest:
                shutil.rmtree(folder, ignore_errors=True)

    def new_spool(self) -> Path:
        """A fresh folder for the files of one upload call."""
        folder = self.spool / secrets.token_hex(8)
        folder.mkdir(parents=True)
        return folder

    def media(self, sha256: str, suffix: str) -> Path:
        """Where the content of this hash lies; ``suffix`` has its dot."""
        return self.root / "media" / sha256[:2] / f"{sha256}{suffix}"

    def adopt(self, spooled: Path, sha256: str, suffix: str) -> None:
        """Take a spooled file into the store, unless its content is there already."""
        target = self.media(sha256, suffix)
        if target.exists():
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        spooled.rename(target)

    def film(self, render_id: str, format: FilmFormat = "mp4") -> Path:
        """Where the finished film of a render lies. Render ids are safe as file names (see `routes.renders`)."""
        return self.root / "films" / f"{render_id}.{format}"

    def films(self, render_id: str) -> list[Path]:
        """Where it may lie when its format is not known."""
        return [self.film(render_id, format) for format in FILM_FORMATS]

    def leftovers(self, render_id: str) -> list[Path]:
        """What an interrupted render may have left: its growing film and a finished one that was not noted yet."""
        films = self.films(render_id)
        return [*films, *films[0].parent.glob(f".{render_id}.*part")]

    def lock(self, session_id: str) -> Path:
        """The lock of a session's exports."""
        return self.root / "locks" / f"{session_id}.lock"


def remove(paths: Iterable[Path]) -> None:
    """Remove files that may be gone already."""
    for path in paths:
        path.unlink(missing_ok=True)
