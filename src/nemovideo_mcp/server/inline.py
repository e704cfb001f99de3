"""Small files that come inside a call: from hosts that share no disk with the server."""

from __future__ import annotations

import base64
import binascii
import shutil
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from nemovideo_mcp.api.errors import BadInput
from nemovideo_mcp.media.sniff import HEAD_BYTES, sniff
from nemovideo_mcp.server.files import Refused, safe_stem
from nemovideo_mcp.server.ids import mint

MOST_FILES = 20
MOST_BYTES = 10_000_000
"""Of one file, decoded. The limit of a request's body bounds them together."""


class InlineFile(BaseModel):
    """A file inside the call."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field(max_length=200, description="such as beach.jpg")
    data: str = Field(description="base64")


def keep(files: list[InlineFile], folder: Path) -> tuple[list[Path], list[Refused]]:
    """Write the files below ``folder``, each under its own name, as far as they are media; and what is refused.

    Raises:
        BadInput: they are too many.
    """
    if len(files) > MOST_FILES:
        raise BadInput(f"{len(files)} files are too many for one call.", f"Send at most {MOST_FILES} at a time.")
    kept: list[Path] = []
    refused: list[Refused] = []
    for file in files:
        found = _decoded(file)
        if isinstance(found, str):
            refused.append(Refused(file.name or "a file without a name", found))
            continue
        data, suffix = found
        # A folder for each: two may be called the same, and an upload reports them by name.
        place = folder / mint("in")
        place.mkdir(parents=True)
        path = place / f"{safe_stem(_stem(file.name))}{suffix}"
        path.write_bytes(data)
        kept.append(path)
    return kept, refused


def forget(folder: Path) -> None:
    """Remove what was kept."""
    shutil.rmtree(folder, ignore_errors=True)


def _decoded(file: InlineFile) -> tuple[bytes, str] | str:
    """The content and the suffix that goes with it, or why it is refused."""
    text = file.data.strip()
    if text.startswith("data:"):
        text = text.partition(",")[2]
    if len(text) > MOST_BYTES * 4 / 3 + 4:
        return f"it is larger than {MOST_BYTES / 1e6:g} MB, the limit of a file inside a call; give its URL"
    try:
        data = base64.b64decode("".join(text.split()), validate=True)
    except (binascii.Error, ValueError):
        return "its data is not base64"
    known = sniff(data[:HEAD_BYTES])
    if known is None:
        return "its content is not a photo, a clip or a song"
    return data, known.suffix


def _stem(name: str) -> str:
    # Whatever the host's system calls a path: only the last part is the file's name.
    return Path(name.replace("\\", "/")).stem.lstrip(".") or "file"
