"""What ``auto`` means: the fit and the motion of a clip, from its shape and its place."""

from nemovideo_mcp.timeline.model import Canvas, Clip, Fit, Motion, Timeline

MOTION_CYCLE: tuple[Motion, ...] = ("zoom_in", "pan_right", "zoom_out", "pan_left")
"""Neighbours differ, and a pan is answered by one in the other direction."""
TALL_CYCLE: tuple[Motion, ...] = ("zoom_in", "pan_up", "zoom_out", "pan_down")
"""For pictures that are taller than the frame: their hidden part is above and below."""

MAX_CROP = 0.35
"""A picture is cropped to fill the frame while at most this part of it is lost; else it is shown whole over a blur."""


def fit_of(clip: Clip, canvas: Canvas) -> Fit:
    """How the clip meets the frame: cropped to fill it, or whole over a blurred copy of itself."""
    if clip.fit != "auto":
        return clip.fit
    if not clip.width or not clip.height:
        return "fill"
    picture, frame = clip.width / clip.height, canvas.width / canvas.height
    lost = 1 - min(picture, frame) / max(picture, frame)
    return "fill" if lost <= MAX_CROP else "blur"


def motion_of(index: int, timeline: Timeline) -> Motion:
    """The movement of the clip at ``index`` (from 0). Video moves by itself and gets none."""
    clip = timeline.clips[index]
    if clip.motion != "auto":
        return clip.motion
    if clip.kind == "video":
        return "none"
    canvas = timeline.canvas
    tall = clip.width and clip.height and clip.width / clip.height < canvas.width / canvas.height
    if fit_of(clip, canvas) != "fill":
        # A whole picture must stay whole: it only breathes.
        return "zoom_in" if index % 2 == 0 else "zoom_out"
    cycle = TALL_CYCLE if tall else MOTION_CYCLE
    return cycle[index % len(cycle)]
