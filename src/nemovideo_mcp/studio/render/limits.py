"""How large a film may be: the frame of a GIF, and the bits a second that keep a film within what its platform takes. Light."""

from nemovideo_mcp.media.formats import FilmFormat
from nemovideo_mcp.media.presets import CONTAINER, LEAST_BITS, sound_bits
from nemovideo_mcp.studio.render.job import Quality, RenderError, RenderJob
from nemovideo_mcp.timeline.model import Canvas

GIF_FRAMES: dict[Quality, tuple[int, int]] = {"draft": (360, 10), "standard": (480, 12), "high": (640, 15)}
"""The longer side of a GIF in pixels and its frames a second, at most, unless others are asked for."""
GIF_MOST_SIDE, GIF_MOST_FPS, GIF_MOST_MS = 1280, 30, 60_000
"""What can be asked for: above that a GIF is larger than any film, and browsers do not keep up with it."""
GIF_LARGE = 25_000_000
"""Bytes from which on a GIF is said to be large."""

LIMITED: tuple[FilmFormat, ...] = ("mp4", "mov", "mkv")
"""The formats that can be kept below a bit rate and a size."""

SOUND_BITS: dict[FilmFormat, int] = {
    "mp4": 256_000, "mov": 256_000, "mkv": 256_000, "webm": 160_000, "avi": 192_000,
}  # fmt: skip
"""Bits a second of the sound, where a format has some."""


def canvas_of(
    canvas: Canvas, format: FilmFormat, quality: Quality, width: int | None, height: int | None, fps: int | None
) -> Canvas:
    """The frame that comes out, with even sides as 4:2:0 video needs them: what is asked for, else the film's; a GIF's is small.

    Raises:
        RenderError: it is more than a GIF can be.
    """
    wide, high, rate = width or canvas.width, height or canvas.height, fps or canvas.fps
    if format == "gif":
        side, most = GIF_FRAMES[quality]
        if width is None and (longer := max(wide, high)) > side:
            wide, high = round(wide * side / longer), round(high * side / longer)
        rate = fps or min(canvas.fps, most)
        if max(wide, high) > GIF_MOST_SIDE or rate > GIF_MOST_FPS:
            raise RenderError(
                f"A GIF can have {GIF_MOST_SIDE} pixels on its longer side and {GIF_MOST_FPS} frames a second at most, not "
                f"{wide}x{high} at {rate}; ask for less, or for webm or mp4."
            )
    return Canvas(width=max(2, wide // 2 * 2), height=max(2, high // 2 * 2), fps=rate)


def check_length(format: FilmFormat, duration_ms: int) -> None:
    """
    Raises:
        RenderError: it is too long for the format.
    """
    if format == "gif" and duration_ms > GIF_MOST_MS:
        raise RenderError(
            f"A GIF can last {GIF_MOST_MS // 1000} s at most and the film lasts {duration_ms / 1000:g} s; shorten it, or "
            "export it as webm or mp4."
        )


def sound_of(job: RenderJob, canvas: Canvas, frames: int) -> int:
    """The bits a second of the film's sound: fewer where little is allowed for a long film."""
    return sound_bits(job.max_bytes, frames / canvas.fps, SOUND_BITS.get(job.format, 0))


def ceiling(job: RenderJob, canvas: Canvas, frames: int, pieces: int = 1) -> int | None:
    """The most bits a second that the pictures may take so that the film keeps to the job's limits; None without limits.

    Each of the ``pieces`` may be ahead of this rate by what it makes in a second, so that much is set aside.

    Raises:
        RenderError: so little is left that the film would be no pleasure.
    """
    if job.max_bitrate is None and job.max_bytes is None:
        return None
    seconds, sound = frames / canvas.fps, sound_of(job, canvas, frames)
    rates = [] if job.max_bitrate is None else [job.max_bitrate - sound]
    if job.max_bytes is not None:
        rates.append(int((job.max_bytes * 8 * CONTAINER - sound * seconds) / (seconds + pieces)))
    rate = min(rates)
    least = round(LEAST_BITS * canvas.width * canvas.height * canvas.fps)
    if rate < least:
        limit = (
            f"{job.max_bytes / 1e6:g} MB" if job.max_bytes and rate == rates[-1] else f"{job.max_bitrate} bits a second"
        )
        raise RenderError(
            f"{seconds:.0f} s of {canvas.width}x{canvas.height} at {canvas.fps} frames a second do not fit into {limit} in "
            "good quality; make the film shorter, or choose a lower resolution."
        )
    return rate
