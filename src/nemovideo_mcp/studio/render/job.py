"""What a render is asked for and what it gives back. Light: imported by the server's process."""

import uuid
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from nemovideo_mcp.media.formats import FilmFormat

Quality = Literal["draft", "standard", "high"]


class RenderError(Exception):
    """A render that failed. ``reason`` is a sentence for the film's owner: what happened, and what to do if it is known."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class RenderJob(BaseModel):
    """One film to make.

    ``draft`` is a draft as `timeline.draft.encode` writes it; ``files`` says where each media id of it lies. ``width``,
    ``height`` (pixels) and ``fps`` override the draft's canvas; the layout is done for the size that comes out.
    ``max_bitrate`` (bits a second, over any second or two) and ``max_bytes`` limit the file, pictures and sound together.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    draft: dict[str, Any]
    files: dict[str, Path]
    output: Path
    format: FilmFormat = "mp4"
    quality: Quality = "high"
    width: int | None = Field(default=None, ge=16, le=8192)
    height: int | None = Field(default=None, ge=16, le=8192)
    fps: int | None = Field(default=None, ge=1, le=120)
    max_bitrate: int | None = Field(default=None, gt=0)
    max_bytes: int | None = Field(default=None, gt=0)
    title: str = ""
    """Goes into the file's metadata; empty for none."""
    pieces: int | None = Field(default=None, ge=1, le=64)
    """How many processes work on the film side by side; None leaves it to the machine."""
    token: str = Field(default_factory=lambda: uuid.uuid4().hex[:8])

    @property
    def partial(self) -> Path:
        """Where the film grows until it is finished: beside the output, so that the last step is a rename."""
        return self.output.with_name(f".{self.token}.part")


class PieceJob(BaseModel):
    """The pictures of a film from frame ``first`` up to ``last``, as one of the pieces that are made side by side."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    film: RenderJob
    first: int = Field(ge=0)
    last: int = Field(gt=0)
    of: int = Field(default=1, ge=1)
    """How many pieces there are."""

    @property
    def partial(self) -> Path:
        return self.film.output.with_name(f".{self.film.token}.{self.first}.part")


class JoinJob(BaseModel):
    """A film of pieces that are finished, in their order; its sound is made now."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    film: RenderJob
    pieces: tuple[PieceJob, ...]

    @property
    def partial(self) -> Path:
        return self.film.partial


class RenderResult(BaseModel):
    """A finished film. ``notes`` are for its owner: what could not be done as asked."""

    model_config = ConfigDict(frozen=True)

    duration_ms: int
    frames: int
    fps: int
    width: int
    height: int
    size_bytes: int
    has_audio: bool
    notes: tuple[str, ...] = ()


class FramesJob(BaseModel):
    """Single frames of a film, as JPEG, for a preview."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    film: RenderJob
    times_ms: tuple[int, ...]
    max_width: int = Field(ge=16, le=8192)
