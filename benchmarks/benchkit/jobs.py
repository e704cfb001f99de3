"""The films that are rendered: what a user of a slideshow maker asks for, from pictures that `material` draws."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from benchkit import material
from nemovideo_mcp.studio.render.job import Quality, RenderJob
from nemovideo_mcp.timeline import draft
from nemovideo_mcp.timeline.model import Canvas, Clip, Fit, Motion, Music, Text, Timeline, Transition

FPS = 30
CROSSFADE_MS = 600


@dataclass(frozen=True)
class Film:
    """A film of whole-frame length, its files, and whether its photos move."""

    name: str
    timeline: Timeline
    files: dict[str, Path]

    def job(self, output: Path, quality: Quality = "standard") -> RenderJob:
        return RenderJob(draft=draft.encode(self.timeline), files=self.files, output=output, quality=quality)


def slideshow(
    name: str,
    paths: list[Path],
    frames: int,
    *,
    size: tuple[int, int] = (1920, 1080),
    motion: Motion | None = None,
    fit: Fit | None = None,
    title: str = "Summer Journey 2026",
    song: Path | None = None,
) -> Film:
    """Each file for an equal part of the film, crossfades between them, a title over the first three seconds."""
    total = frames * 1000 // FPS
    cuts = [round(total * i / len(paths)) for i in range(len(paths) + 1)]
    clips = tuple(
        _clip(i, path, end - start, motion, fit)
        for i, (path, (start, end)) in enumerate(zip(paths, pairwise(cuts), strict=True))
    )
    timeline = Timeline(
        canvas=Canvas(width=size[0], height=size[1], fps=FPS),
        clips=clips,
        texts=(Text(id="t", text=title, duration_ms=min(3000, total), position="bottom"),) if title else (),
        music=(Music(id="m", media="song", name="song.wav"),) if song else (),
    )
    files = {f"p{i}": path for i, path in enumerate(paths)}
    return Film(name, timeline, files | ({"song": song} if song else {}))


def _clip(i: int, path: Path, duration_ms: int, motion: Motion | None, fit: Fit | None) -> Clip:
    return Clip(
        id=f"c{i}",
        media=f"p{i}",
        name=path.name,
        kind="video" if path.suffix == ".mp4" else "image",
        duration_ms=duration_ms,
        transition_in=Transition(duration_ms=CROSSFADE_MS) if i else None,
        motion=motion or "auto",
        fit=fit or "auto",
    )


KINDS: dict[str, tuple[Callable[[int], material.Picture], ...]] = {
    "textured": (material.landscape,),
    "scenes": (material.scene,),
    "smooth": (material.sky,),
    "portraits": (material.portrait,),
    "photos": (material.photo,),
    "graphics": (material.slide,),
    "stills": (material.photo, material.portrait, material.slide),
}
"""Kinds of picture that encoders treat differently. ``stills`` stand still, the others move."""


def of_kind(kind: str, frames: int, folder: Path) -> Film:
    """A short film of one kind: three photos, or four for ``photos``."""
    paths: list[Path] = []
    for draw in KINDS[kind]:
        paths += material.drawn(draw, (4 if kind == "photos" else 3) // len(KINDS[kind]), folder)
    return slideshow(kind, paths, frames, motion="none" if kind == "stills" else None)
