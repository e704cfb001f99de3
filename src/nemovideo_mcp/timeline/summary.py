"""The timeline in one line, in the form that people who use NemoVideo know.

``Timeline (3 tracks): 1. Video: city timelapse (0-10s) 2. BGM: Lo-fi (0-10s, 35%) 3. Title: "Urban Dreams" (0-3s)``
"""

from nemovideo_mcp.timeline.outline import Outline
from nemovideo_mcp.timeline.time import clock
from nemovideo_mcp.timeline.tongue import Tongue

NAMES_SHOWN = 3
TITLES_SHOWN = 5
"""More of them, captions and subtitles, are counted."""


def summarize(film: Outline, tongue: Tongue = "en") -> str:
    """The summary line of a film; a sentence that says so when there is nothing on the timeline yet."""
    if tongue == "zh":
        return _in_chinese(film)
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


_MOODS = {
    "upbeat": "欢快", "happy": "快乐", "calm": "平静", "lofi": "低保真", "cinematic": "电影感", "acoustic": "吉他", "corporate": "商务",
    "romantic": "浪漫",
}  # fmt: skip
"""Built-in music by its name."""
_PLACES = {
    "top": "上方", "bottom": "下方", "center": "中间", "left": "左侧", "right": "右侧", "top_left": "左上角", "top_right": "右上角",
    "bottom_left": "左下角", "bottom_right": "右下角",
}  # fmt: skip


def _in_chinese(film: Outline) -> str:
    """``时间线（3条轨道）：1. 照片：a.jpg、b.jpg（0–10秒） 2. 音乐：song.mp3（0–10秒，35%） 3. 标题：“夏天”（0–3秒）``"""
    if not film.track_count:
        return "时间线是空的。"
    parts: list[str] = []
    if film.clips:
        names = [clip.name or "片段" for clip in film.clips]
        several = f"{len(names)}个画面，{names[0]} 到 {names[-1]}"
        shown = "、".join(names) if len(names) <= NAMES_SHOWN else several
        label = "照片" if {clip.kind for clip in film.clips} == {"image"} else "画面"
        parts.append(f"{label}：{shown}{_span(0, film.duration_ms)}")
    for overlay in film.overlays:
        faint = f"{round(overlay.opacity * 100)}%" if overlay.opacity not in (None, 1) else ""
        place = _PLACES.get(overlay.position or "", "") if "at" not in dict(overlay.details) else ""
        more = "，".join(part for part in (place, faint) if part)
        parts.append(f"叠加：{overlay.name or '图片'}{_span(overlay.start_ms, overlay.end_ms, more)}")
    for music in film.music:
        volume = f"{round(music.volume * 100)}%" if music.volume is not None else ""
        name = _MOODS.get(music.name or "", music.name or "音乐")
        parts.append(f"音乐：{name}{_span(music.start_ms, music.end_ms, volume)}")
    if len(film.texts) > TITLES_SHOWN:
        first, last = film.texts[0], film.texts[-1]
        window = _span(first.start_ms, last.end_ms)
        parts.append(f"文字：{len(film.texts)}段，“{first.text or ''}”到“{last.text or ''}”{window}")
    else:
        parts += [f"文字：“{text.text or ''}”{_span(text.start_ms, text.end_ms)}" for text in film.texts]
    if film.other_tracks:
        parts.append(f"其他轨道：{film.other_tracks}")
    lines = " ".join(f"{number}. {part}" for number, part in enumerate(parts, 1))
    return f"时间线（{film.track_count}条轨道）：{lines}"


def _span(start: int | None, end: int | None, more: str = "") -> str:
    span = f"{clock(start)}–{clock(end)}秒" if start is not None and end is not None else ""
    inside = "，".join(part for part in (span, more) if part)
    return f"（{inside}）" if inside else ""
