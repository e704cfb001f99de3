"""Where things are for the user: paths on the same machine, addresses on another."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from nemovideo_mcp.server.options import Options


def placed(options: Options, film: dict[str, Any]) -> dict[str, Any]:
    """A record of a finished film with the places where its user can get it: ``path`` and ``file_uri``, ``url``, or both."""
    path, export = film.get("path"), film.get("export") or film.get("id")
    if path is None:
        return film
    found = dict(film)
    poster = film.get("poster")
    if options.remote:
        found |= {"path": None, "file_uri": None, "poster": None}
        if poster is not None and options.film_link is not None and export is not None:
            found["poster"] = options.film_link(export, file_name(poster))
    if options.film_link is not None and export is not None:
        found["url"] = options.film_link(export, file_name(path))
    return found


def file_name(path: str) -> str:
    """The last part of a path of any system."""
    return re.split(r"[/\\]", path)[-1]


def told(options: Options, folder: Path, words: str) -> str:
    """A folder of this machine as the user is told of it: ``words`` to somebody on another."""
    return words if options.remote else str(folder)
