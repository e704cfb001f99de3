"""A timeline from what any draft tells, for trying edits on: what is not told has the usual value.

Nothing made of it is ever sent anywhere: a draft is somebody else's, and only they know what the rest of it means.
"""

from collections.abc import Sequence

from nemovideo_mcp.timeline.model import (
    DEFAULT_CLIP_MS,
    DEFAULT_TRANSITION_MS,
    POSITIONS,
    TEXT_STYLES,
    Beside,
    Canvas,
    Clip,
    Fade,
    Media,
    Music,
    Overlay,
    Position,
    Text,
    TextStyle,
    Timeline,
    Transition,
)
from nemovideo_mcp.timeline.outline import ClipRow, MusicRow, Outline, TextRow


def label(name: str | None) -> str:
    """A name as it is compared: whatever the case, and without the ending of a file."""
    stem, dot, ending = (name or "").strip().casefold().rpartition(".")
    return stem if dot and stem and ending.isalnum() and len(ending) <= 4 else (name or "").strip().casefold()


def readable(told: Outline, pool: Sequence[Media]) -> Timeline:
    """The film that an outline tells of, its clips called ``c1``, ``c2``, … and linked to the files of their names."""
    by_name = {label(media.name): media for media in reversed(pool)}
    plain = Canvas()
    return Timeline(
        canvas=Canvas(width=told.width or plain.width, height=told.height or plain.height, fps=told.fps or plain.fps),
        fade_in=Fade(duration_ms=told.fade_in_ms) if told.fade_in_ms else None,
        fade_out=Fade(duration_ms=told.fade_out_ms) if told.fade_out_ms else None,
        clips=tuple(_clip(row, by_name.get(label(row.name)), row is told.clips[0]) for row in told.clips),
        texts=tuple(_text(row, number, told) for number, row in enumerate(told.texts, 1)),
        overlays=tuple(
            Overlay(
                id=f"o{number}",
                media=by_name[label(row.name)].id if label(row.name) in by_name else "",
                name=row.name or "",
            )
            for number, row in enumerate(told.overlays, 1)
        ),
        music=tuple(_music(row, number) for number, row in enumerate(told.music, 1)),
    )


def _clip(row: ClipRow, media: Media | None, first: bool) -> Clip:
    video = row.kind == "video" or (media is not None and media.kind == "video")
    transition = Transition(
        kind=row.transition_kind or "crossfade", duration_ms=row.transition_ms or DEFAULT_TRANSITION_MS
    )
    return Clip(
        id=f"c{row.index}",
        media=media.id if media else "",
        name=row.name or f"clip {row.index}",
        kind="card" if row.kind == "card" else "video" if video else "image",
        duration_ms=row.duration_ms or DEFAULT_CLIP_MS,
        width=media.width if media else 0,
        height=media.height if media else 0,
        transition_in=transition if not first and row.transition_kind else None,
        beside=Beside(media="", name=beside) if (beside := dict(row.details).get("beside")) else None,
    )


def _text(row: TextRow, number: int, told: Outline) -> Text:
    card = next((c.index for c in told.clips if c.kind == "card" and c.id and c.id == row.raw.get("clip")), None)
    start = row.start_ms or 0
    length = row.end_ms - start if row.end_ms is not None else 3000
    style: TextStyle = next((known for known in TEXT_STYLES if known == dict(row.details).get("style")), "title")
    place: Position = next((known for known in POSITIONS if known == row.position), "center")
    return Text(
        id=f"t{number}",
        text=row.text or "",
        start_ms=start,
        duration_ms=max(1, length),
        style=style,
        position=place,
        clip=f"c{card}" if card else None,
    )


def _music(row: MusicRow, number: int) -> Music:
    return Music(
        id=f"m{number}",
        media="",
        name=row.name or "music",
        start_ms=row.start_ms or 0,
        volume=0.8 if row.volume is None else row.volume,
    )
