"""What each clip shows at a frame, and the store that loads clips just before they are needed."""

from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import Protocol

from nemovideo_mcp.media.errors import MediaError
from nemovideo_mcp.studio.render import decode, motion, planes
from nemovideo_mcp.studio.render.fit import fitted, wanted_size
from nemovideo_mcp.studio.render.footage import Footage
from nemovideo_mcp.studio.render.job import RenderError
from nemovideo_mcp.studio.render.look import graded
from nemovideo_mcp.studio.render.motion import Scratch
from nemovideo_mcp.studio.render.plan import Placed, Plan
from nemovideo_mcp.studio.render.planes import Planes
from nemovideo_mcp.timeline.model import Canvas


class Source(Protocol):
    """A clip that can be drawn at any frame where it can be seen; the planes are valid until the next call."""

    still: bool
    """Whether it looks the same at every frame."""

    def at(self, n: int, scratch: Scratch) -> Planes: ...

    def close(self) -> None: ...


class Photo:
    """A photo, moving or not."""

    def __init__(self, path: Path, placed: Placed, canvas: Canvas) -> None:
        frame = (canvas.width, canvas.height)
        seconds = (placed.last - placed.first) / canvas.fps
        self._placed = placed
        self._frame = frame
        self._density = motion.density(placed.motion, placed.fit, seconds)
        working = (_even(frame[0] * self._density), _even(frame[1] * self._density))
        raw = decode.photo(path, lambda width, height: wanted_size(placed.fit, (width, height), working))
        raw = graded(raw, placed.clip.look)
        picture = fitted(placed.fit, raw, working)
        overhang = motion.overhang(picture, frame, self._density)
        self._move = motion.move_for(placed.motion, placed.fit, seconds, overhang)
        self._size = planes.size(picture)
        self.still = self._move.still
        if self.still:
            self._planes = planes.middle(picture, *frame)
        else:
            self._planes = motion.with_margin(picture)

    def at(self, n: int, scratch: Scratch) -> Planes:
        if self.still:
            return self._planes
        placed = self._placed
        t = (n - placed.first) / max(1, placed.last - placed.first - 1)
        return scratch.sample(self._planes, motion.window_at(self._move, t, self._frame, self._size, self._density))

    def close(self) -> None:
        """Nothing is open."""


class Video:
    """A piece of a video at the film's frame rate; before its piece it holds the first frame, after its end the last."""

    still = False

    def __init__(self, path: Path, placed: Placed, canvas: Canvas) -> None:
        self._placed = placed
        self._canvas = canvas
        self._frame = (canvas.width, canvas.height)
        self._footage = Footage(path, self._fitted, self._laid)

    def at(self, n: int, scratch: Scratch) -> Planes:
        clip, fps = self._placed.clip, self._canvas.fps
        begin, end = clip.in_ms / 1000, (clip.in_ms + clip.duration_ms) / 1000 - 0.5 / fps
        seconds = begin + (n + 0.5 - self._placed.start) / fps
        # The handles of a transition must not show what was cut away: they hold the first and the last frame.
        return self._footage.at(max(begin, min(seconds, end)))

    def close(self) -> None:
        self._footage.close()

    def _fitted(self, width: int, height: int) -> tuple[int, int]:
        return wanted_size(self._placed.fit, (width, height), self._frame)

    def _laid(self, picture: Planes) -> Planes:
        laid = planes.middle(fitted(self._placed.fit, picture, self._frame), *self._frame)
        return graded(laid, self._placed.clip.look)


class Gallery:
    """The sources of a film. With ``ahead``, the next clip is loaded in a thread while this one is shown."""

    def __init__(self, plan: Plan, files: Mapping[str, Path], *, ahead: bool) -> None:
        self._plan, self._files, self._ahead = plan, files, ahead
        self._loading: dict[int, Future[Source]] = {}
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="photos")

    def __enter__(self) -> "Gallery":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pool.shutdown(wait=True, cancel_futures=True)
        self._keep(range(0))

    def get(self, index: int) -> Source:
        """The source of the clip at ``index``.

        Raises:
            RenderError: its file cannot be used; the reason names it.
        """
        # In a transition the clip before and the clip after are asked for in turn: neither may push out the third.
        self._keep(range(index - 1, index + 3))
        source = self._load(index)
        if self._ahead and index + 1 < len(self._plan.placed):
            self._load(index + 1)
        return source.result()

    def _load(self, index: int) -> Future[Source]:
        if index not in self._loading:
            self._loading[index] = self._pool.submit(self._open, self._plan.placed[index])
        return self._loading[index]

    def _open(self, placed: Placed) -> Source:
        kind = Video if placed.clip.kind == "video" else Photo
        try:
            return kind(self._files[placed.clip.media], placed, self._plan.canvas)
        except MediaError as error:
            raise RenderError(f"The film cannot be rendered: {placed.label} {error.reason}.") from error
        except OSError as error:
            raise RenderError(f"The film cannot be rendered: {placed.label} cannot be read: {error}.") from error

    def _keep(self, indexes: range) -> None:
        for index in [i for i in self._loading if i not in indexes]:
            future = self._loading.pop(index)
            if not future.cancel() and future.exception() is None:
                future.result().close()


def _even(value: float) -> int:
    return round(value / 2) * 2
