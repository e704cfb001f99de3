"""The frames of a film, composed by our own renderer and kept in a file: every encoder gets the very same ones."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
from av.video.frame import VideoFrame

from benchkit.jobs import Film
from nemovideo_mcp.studio.render.compose import Compositor
from nemovideo_mcp.studio.render.film import prepared
from nemovideo_mcp.studio.render.planes import tag, views

_MARK = b"FRAME\n"


class Ready:
    """Frames in YUV4MPEG2, which FFmpeg reads too, mapped into memory: those in use come from the page cache."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with path.open("rb") as file:
            head = file.readline()
        fields = {field[:1]: field[1:] for field in head.decode().split()[1:]}
        self.width, self.height, self.fps = int(fields["W"]), int(fields["H"]), int(fields["F"].split(":")[0])
        size = self.width * self.height * 3 // 2
        kind = np.dtype([("mark", f"S{len(_MARK)}"), ("pixels", np.uint8, (self.height * 3 // 2, self.width))])
        self._frames = np.memmap(path, kind, "r", len(head))["pixels"]
        assert self._frames[0].size == size

    def __len__(self) -> int:
        return len(self._frames)

    def array(self, n: int) -> npt.NDArray[np.uint8]:
        """Frame ``n``, the planes below one another (height · 3/2 × width)."""
        return np.asarray(self._frames[n])

    def frames(self) -> list[VideoFrame]:
        """All frames in memory, as an encoder takes them: 3 MB each at 1080p."""
        return list(self.each())

    def each(self) -> Iterator[VideoFrame]:
        for n in range(len(self)):
            frame = VideoFrame.from_ndarray(np.ascontiguousarray(self.array(n)), "yuv420p")
            tag(frame)
            frame.pts = n
            yield frame


def ready(film: Film, folder: Path) -> Ready:
    """The film's frames, composed once and found again while its draft and files are the same."""
    job = film.job(folder / "unused.mp4")
    stamps = sorted((key, path.name, path.stat().st_size) for key, path in film.files.items())
    key = hashlib.sha256(repr((job.draft, stamps)).encode()).hexdigest()[:12]
    path = folder / f"{film.name}-{key}.y4m"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        partial = path.with_suffix(".part")
        _compose(film, partial)
        partial.replace(path)
    return Ready(path)


def _compose(film: Film, path: Path) -> None:
    timeline, plan = prepared(film.job(path))
    canvas = plan.canvas
    frame = VideoFrame(canvas.width, canvas.height, "yuv420p")
    with Compositor(plan, timeline.texts, film.files, ahead=True) as compositor, path.open("wb") as file:
        file.write(f"YUV4MPEG2 W{canvas.width} H{canvas.height} F{canvas.fps}:1 Ip A1:1 C420mpeg2\n".encode())
        for n in range(plan.frames):
            compositor.draw(n, views(frame))
            file.write(_MARK)
            for plane in views(frame):
                file.write(plane.tobytes())
