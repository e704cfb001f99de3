"""What changed between two drafts, in words: how a silent edit is reported."""

from collections.abc import Mapping
from typing import Any

from nemovideo_mcp.timeline.outline import ClipRow, MusicRow, Outline, OverlayRow, TextRow, outline
from nemovideo_mcp.timeline.time import clock, spoken


def diff(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> tuple[str, ...]:
    """The differences between two drafts, each one sentence. Empty when nothing that we can see has changed.

    A change in a part whose meaning is not known is said as such, so a changed draft never reads as an unchanged one.
    """
    if (before or {}) == (after or {}):
        return ()
    old, new = outline(before), outline(after)
    lines = [
        *_canvas(old, new), *_clips(old, new), *_overlays(old, new), *_texts(old, new), *_music(old, new)
    ]  # fmt: skip
    for way, before_ms, now_ms in (("in", old.fade_in_ms, new.fade_in_ms), ("out", old.fade_out_ms, new.fade_out_ms)):
        if before_ms != now_ms:
            lines.append(
                f"The film now fades {way} over {spoken(now_ms)}." if now_ms else f"The film no longer fades {way}."
            )
    if old.duration_ms != new.duration_ms and new.duration_ms is not None:
        was = f", was {spoken(old.duration_ms)}" if old.duration_ms else ""
        lines.append(f"The film is now {spoken(new.duration_ms)} long{was}.")
    return tuple(lines) or ("The project changed in a way that its draft does not explain.",)


def _canvas(old: Outline, new: Outline) -> list[str]:
    if (old.width, old.height) != (new.width, new.height) and new.width and new.height and (old.clips or old.width):
        return [f"The frame is now {new.width}×{new.height} pixels."]
    return []


def _clips(old: Outline, new: Outline) -> list[str]:
    def name(clip: ClipRow) -> str:
        return clip.name or f"clip {clip.index}"

    lines: list[str] = []
    before, after = [_key(c) for c in old.clips], [_key(c) for c in new.clips]
    added = [c for c in new.clips if _key(c) not in before]
    removed = [c for c in old.clips if _key(c) not in after]
    for label, rows in (("Added", added), ("Removed", removed)):
        if rows:
            shown = ", ".join(name(c) for c in rows[:5]) + (f" and {len(rows) - 5} more" if len(rows) > 5 else "")
            lines.append(f"{label} {len(rows)} clip{'s' if len(rows) != 1 else ''}: {shown}.")
    kept_before = [key for key in before if key in after]
    kept_after = [key for key in after if key in before]
    moved = kept_before != kept_after
    if moved:
        lines.append("The order is now " + ", ".join(name(c) for c in new.clips[:10]) + ".")
    was = {_key(c): c for c in old.clips}
    said: dict[str, list[str]] = {}
    for clip in new.clips:
        if (earlier := was.get(_key(clip))) is not None:
            for change in _clip(earlier, clip, moved):
                said.setdefault(change, []).append(name(clip))
    for change, names in said.items():
        who = "Every clip" if len(names) == len(new.clips) > 1 else ", ".join(names[:5])
        more = f" and {len(names) - 5} more" if len(names) > 5 and who != "Every clip" else ""
        lines.append(f"{who}{more}: {change}.")
    return lines


def _clip(old: ClipRow, new: ClipRow, moved: bool) -> list[str]:
    """What changed in one clip. When clips have moved, transitions and motion follow from the places and are no news."""
    changes: list[str] = []
    if old.duration_ms != new.duration_ms and new.duration_ms is not None:
        changes.append(f"now {spoken(new.duration_ms)} long")
    if moved:
        return changes
    if (old.transition_kind, old.transition_ms) != (new.transition_kind, new.transition_ms) and new.index > 1:
        length = f" of {spoken(new.transition_ms)}" if new.transition_ms else ""
        changes.append(f"now comes in with a {new.transition_kind or 'plain cut'}{length}")
    for field in ("motion", "fit", "filter"):
        if getattr(old, field) != getattr(new, field):
            changes.append(f"{field} is now {(getattr(new, field) or 'none').replace('_', ' ')}")
    was, now = dict(old.details), dict(new.details)
    for name in (*now, *(name for name in was if name not in now)):
        if was.get(name) != now.get(name):
            what = {"in": "beginning in the file", "strength": "strength of motion"}.get(name, name)
            changes.append(f"{what} is now {now.get(name, 'as usual')}")
    return changes


def _key(clip: ClipRow) -> str:
    # An id that became free may be given again, to another picture.
    return f"{clip.id}:{clip.name}" if clip.id else f"{clip.name}#{clip.index}"


def _overlays(old: Outline, new: Outline) -> list[str]:
    def name(row: OverlayRow) -> str:
        return row.name or "a picture"

    was = {row.id: row for row in old.overlays if row.id}
    lines = []
    for row in new.overlays:
        earlier = was.get(row.id) if row.id else None
        if earlier is None and row in old.overlays:
            continue
        if earlier is None or earlier.name != row.name:
            where = f" at the {row.position.replace('_', ' ')}" if row.position else ""
            lines.append(f"Added the overlay {name(row)}{where}.")
            continue
        # One that lasts to the end of the film ends elsewhere when that does: no news.
        last = (earlier.end_ms, row.end_ms) == (old.duration_ms, new.duration_ms)
        if parts := _overlay(earlier, row, earlier.end_ms == row.end_ms or last):
            lines.append(f"The overlay {name(row)}: {', '.join(parts)}.")
    kept = {(row.id, row.name) for row in new.overlays if row.id}
    gone = [row for row in old.overlays if row not in new.overlays and (row.id, row.name) not in kept]
    return lines + [f"Removed the overlay {name(row)}." for row in gone]


def _overlay(old: OverlayRow, new: OverlayRow, same_end: bool) -> list[str]:
    parts = []
    if old.position != new.position:
        parts.append(f"place is now {(new.position or '').replace('_', ' ')}")
    if old.opacity != new.opacity and new.opacity is not None:
        parts.append(f"opacity is now {round(new.opacity * 100)}%")
    if old.start_ms != new.start_ms or not same_end:
        parts.append("shown at another time")
    was, now = dict(old.details), dict(new.details)
    return parts + [
        f"{name} is now {now.get(name, 'as usual')}"
        for name in dict.fromkeys((*now, *was))
        if was.get(name) != now.get(name)
    ]


def _texts(old: Outline, new: Outline) -> list[str]:
    def said(row: TextRow) -> str:
        if row.start_ms is None or row.end_ms is None:
            return f'"{row.text or ""}"'
        return f'"{row.text or ""}" ({clock(row.start_ms)}-{clock(row.end_ms)}s)'

    was = {row.id: row for row in old.texts if row.id}
    lines, changed = [], set()
    for row in new.texts:
        earlier = was.get(row.id) if row.id else None
        if row in old.texts:
            continue
        if earlier is None or earlier.text != row.text:
            lines.append(f"Added the title {said(row)}.")
            continue
        changed.add(row.id)
        lines.append(f"The title {said(row)}: {', '.join(_text(earlier, row)) or 'changed'}.")
    gone = [row for row in old.texts if row not in new.texts and row.id not in changed]
    return lines + [f"Removed the title {said(row)}." for row in gone]


def _text(old: TextRow, new: TextRow) -> list[str]:
    parts = [
        f"{name} is now {str(now).replace('_', ' ')}"
        for name, before, now in (("place", old.position, new.position), ("colour", old.color, new.color))
        if before != now
    ]
    if (old.start_ms, old.end_ms) != (new.start_ms, new.end_ms):
        parts.append("shown at another time")
    was, now = dict(old.details), dict(new.details)
    return parts + [
        f"{name} is now {now.get(name, 'as usual').replace('_', ' ')}"
        for name in dict.fromkeys((*now, *was))
        if was.get(name) != now.get(name)
    ]


def _music(old: Outline, new: Outline) -> list[str]:
    def said(row: MusicRow) -> str:
        volume = f" at {round(row.volume * 100)}%" if row.volume is not None else ""
        return f"{row.name or 'a sound'}{volume}"

    lines = [f"Added music: {said(row)}." for row in new.music if row not in old.music]
    return lines + [f"Removed music: {said(row)}." for row in old.music if row not in new.music]
