"""The timeline in one line, in the form that people who use NemoVideo know.

``Timeline (3 tracks): 1. Video: city timelapse (0-10s) 2. BGM: Lo-fi (0-10s, 35%) 3. Title: "Urban Dreams" (0-3s)``
"""

from nemovideo_mcp.timeline.outline import Outline
from nemovideo_mcp.timeline.time import clock

NAMES_SHOWN = 3
TITLES_SHOWN = 5
"""More of them, captions and subtitles, are counted."""


def summarize(film: Outline) -> str:
    """The summary line of a film; a sentence that says so when there is nothing on the timeline yet."""
    if not film.track_count:
        return "The timeline is empty."
    parts: list[str] = []
    if film.clips:
        shots = [clip for clip in film.clips if clip.kind != "card"]
        label = "Photos" if {clip.kind for clip in shots} == {"image"} else "Video"
        names = [clip.name or "clip" for clip in shots]
        shown = ", ".join(names[:NAMES_SHOWN])
        if len(names) > NAMES_SHOWN:
            shown = f"{len(names)} clips, {names[0]} to {names[-1]}"
        if count := len(film.clips) - len(shots):
            shown += f"{' and ' if shots else ''}{'a card' if count == 1 else f'{count} cards'}"
        parts.append(f"{label}: {shown}{_window(0, film.duration_ms)}")
    for overlay in film.overlays:
        faint = f"{round(overlay.opacity * 100)}%" if overlay.opacity not in (None, 1) else ""
        place = (overlay.position or "").replace("_", " ") if "at" not in dict(overlay.details) else ""
        more = ", ".join(part for part in (place, faint) if part)
        parts.append(f"Overlay: {overlay.name or 'picture'}{_window(overlay.start_ms, overlay.end_ms, more)}")
    for music in film.music:
        volume = f"{round(music.volume * 100)}%" if music.volume is not None else ""
        parts.append(f"BGM: {music.name or 'music'}{_window(music.start_ms, music.end_ms, volume)}")
    if len(film.texts) > TITLES_SHOWN:
        first, last = film.texts[0], film.texts[-1]
        window = _window(first.start_ms, last.end_ms)
        parts.append(f'Titles: {len(film.texts)}, "{first.text or ""}" to "{last.text or ""}"{window}')
    else:
        parts += [
            f"{'Card' if ('style', 'card') in text.details else 'Title'}: "
            f'"{" / ".join((text.text or "").splitlines())}"{_window(text.start_ms, text.end_ms)}'
            for text in film.texts
        ]
    if film.other_tracks:
        parts.append(f"Other tracks: {film.other_tracks}")
    count = film.track_count
    lines = " ".join(f"{number}. {part}" for number, part in enumerate(parts, 1))
    return f"Timeline ({count} track{'s' if count != 1 else ''}): {lines}"


def _window(start: int | None, end: int | None, more: str = "") -> str:
    span = f"{clock(start)}-{clock(end)}s" if start is not None and end is not None else ""
    inside = ", ".join(part for part in (span, more) if part)
    return f" ({inside})" if inside else ""
