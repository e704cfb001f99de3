"""A tolerant reading of any draft, for telling people what is in it.

The studio's drafts say everything; a cloud draft says what the API documents and little more. What a draft does not tell
is ``None`` here, never a guess: the one thing derived is where clips of a picture track start, because they abut.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from nemovideo_mcp.timeline import draft as codec
from nemovideo_mcp.timeline.draft import LOOK_FIELDS, DraftError, decode
from nemovideo_mcp.timeline.layout import fit_of, motions_of
from nemovideo_mcp.timeline.looks import described


@dataclass(frozen=True, slots=True, kw_only=True)
class ClipRow:
    index: int
    """Its place on the track, from 1."""
    number: int | None = None
    """From 1, as a person counts; None for a card, which has no number among the clips."""
    id: str | None = None
    name: str | None = None
    kind: str | None = None
    start_ms: int | None = None
    duration_ms: int | None = None
    transition_kind: str | None = None
    transition_ms: int | None = None
    motion: str | None = None
    fit: str | None = None
    filter: str | None = None
    details: tuple[tuple[str, str], ...] = ()
    """What else was set on it, by name: speed, beside, volume, focus, background, strength, in."""
    raw: Mapping[str, Any] = field(default_factory=dict, compare=False, repr=False)
    """The segment as it came."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextRow:
    id: str | None = None
    text: str | None = None
    start_ms: int | None = None
    end_ms: int | None = None
    position: str | None = None
    color: str | None = None
    details: tuple[tuple[str, str], ...] = ()
    """What else was set on it, by name: style, font, size, at, align, stroke, box, enter, leave."""
    raw: Mapping[str, Any] = field(default_factory=dict, compare=False, repr=False)
    """The segment as it came."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OverlayRow:
    id: str | None = None
    name: str | None = None
    start_ms: int | None = None
    end_ms: int | None = None
    position: str | None = None
    opacity: float | None = None
    details: tuple[tuple[str, str], ...] = ()
    """What else was set on it, by name: size, at."""
    raw: Mapping[str, Any] = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class MusicRow:
    id: str | None = None
    name: str | None = None
    volume: float | None = None
    start_ms: int | None = None
    end_ms: int | None = None
    fade_in_ms: int | None = None
    fade_out_ms: int | None = None
    details: tuple[tuple[str, str], ...] = ()
    """What else was set on it, by name: offset, loops, ducks, seed."""
    raw: Mapping[str, Any] = field(default_factory=dict, compare=False, repr=False)
    """The segment as it came."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    width: int | None = None
    height: int | None = None
    fps: int | None = None
    duration_ms: int | None = None
    fade_in_ms: int | None = None
    fade_out_ms: int | None = None
    fade_in_color: str | None = None
    fade_out_color: str | None = None
    clips: tuple[ClipRow, ...] = ()
    overlays: tuple[OverlayRow, ...] = ()
    texts: tuple[TextRow, ...] = ()
    music: tuple[MusicRow, ...] = ()
    others: tuple[Any, ...] = ()
    """Tracks of types that we do not know, and further picture tracks, as they came."""

    @property
    def other_tracks(self) -> int:
        return len(self.others)

    @property
    def track_count(self) -> int:
        return sum(bool(rows) for rows in (self.clips, self.overlays, self.music, self.texts)) + self.other_tracks


def cards(film: Outline) -> dict[int, str]:
    """The cards by their ``index``, each with its words, if it has any."""
    words = {text.raw.get("clip"): text.text or "" for text in film.texts if text.raw.get("clip") is not None}
    return {row.index: " / ".join(words.get(row.id, "").split("\n")) for row in film.clips if row.kind == "card"}


def outline(draft: Mapping[str, Any] | None, canvas: Mapping[str, Any] | None = None) -> Outline:
    """What a draft tells. ``canvas`` is the state's ``canvas_config``, used where the draft has no size of its own."""
    draft = draft or {}
    meta = _mapping(draft.get("m"))
    canvas = canvas or {}
    clips: list[ClipRow] = []
    overlays: list[OverlayRow] = []
    texts: list[TextRow] = []
    music: list[Mapping[str, Any]] = []
    others: list[Any] = []
    for track in _listed(draft.get("t")):
        segments = [_mapping(s) for s in _listed(_mapping(track).get("sg"))]
        match codec.track_kind(_mapping(track)):
            case codec.VIDEO if not clips:
                clips = _clips(segments)
            case codec.OVERLAY:
                overlays += [_overlay(s) for s in segments]
            case codec.AUDIO:
                music += segments
            case codec.TEXT:
                texts += [_text(s) for s in segments]
            case _:
                others.append(track)
    duration = _ms(draft.get("d"))
    if duration is None and clips and all(c.duration_ms is not None for c in clips):
        duration = sum(c.duration_ms or 0 for c in clips)
    return Outline(
        width=_ms(meta.get("width")) or _ms(canvas.get("width")),
        height=_ms(meta.get("height")) or _ms(canvas.get("height")),
        fps=_ms(meta.get("fps")) or _ms(canvas.get("fps")),
        duration_ms=duration,
        fade_in_ms=_ms(_mapping(meta.get("fade_in")).get("d")),
        fade_out_ms=_ms(_mapping(meta.get("fade_out")).get("d")),
        fade_in_color=_text_of(_mapping(meta.get("fade_in")).get("color")),
        fade_out_color=_text_of(_mapping(meta.get("fade_out")).get("color")),
        clips=tuple(_resolved(clips, draft)),
        overlays=tuple(overlays),
        texts=tuple(texts),
        music=tuple(_music(segment, duration) for segment in music),
        others=tuple(others),
    )


def _clips(segments: list[Mapping[str, Any]]) -> list[ClipRow]:
    rows: list[ClipRow] = []
    at: int | None = 0
    number = 0
    for index, segment in enumerate(segments, 1):
        start = _ms(segment.get("st"))
        start = at if start is None else start
        length = _ms(segment.get("d"))
        transition = _mapping(segment.get("transition"))
        card = segment.get("kind") == "card"
        number += not card
        rows.append(
            ClipRow(
                index=index,
                number=None if card else number,
                id=_text_of(segment.get("id")),
                name=_text_of(_mapping(segment.get("m")).get("title")),
                kind=_text_of(segment.get("kind")),
                start_ms=start,
                duration_ms=length,
                transition_kind=_text_of(transition.get("kind")),
                transition_ms=_ms(transition.get("d")),
                motion=_text_of(segment.get("motion")),
                fit=_text_of(segment.get("fit")),
                filter=_text_of(segment.get("filter")) or _look(_mapping(segment.get("look"))),
                details=_details(segment, _CLIP_DETAILS),
                raw=segment,
            )
        )
        at = None if start is None or length is None else start + length
    return rows


def _look(look: Mapping[str, Any]) -> str | None:
    """The studio's looks; those of others may be anything."""
    known = {
        name: value
        for name, value in look.items()
        if name in LOOK_FIELDS and (isinstance(value, str) if name == "filter" else _is_number(value))
    }
    return described(known) if known else None


def _resolved(rows: list[ClipRow], draft: Mapping[str, Any]) -> list[ClipRow]:
    """``auto`` is a way of saying it to the renderer; a reader is told what it comes to."""
    if not any("auto" in (row.motion, row.fit) for row in rows):
        return rows
    try:
        timeline = decode(draft)
    except DraftError:
        return rows
    motions = motions_of(timeline)
    return [
        replace(row, motion=motions[i], fit=fit_of(timeline.clips[i], timeline.canvas)) for i, row in enumerate(rows)
    ]


def _text(segment: Mapping[str, Any]) -> TextRow:
    start, end = _window(segment)
    return TextRow(
        id=_text_of(segment.get("id")),
        text=_text_of(_mapping(segment.get("m")).get("title")) or _text_of(segment.get("text")),
        start_ms=start,
        end_ms=end,
        position=_text_of(segment.get("position")),
        color=_text_of(segment.get("color")),
        details=_details(segment, _TEXT_DETAILS),
        raw=segment,
    )


def _overlay(segment: Mapping[str, Any]) -> OverlayRow:
    start, end = _window(segment)
    opacity = segment.get("opacity")
    return OverlayRow(
        id=_text_of(segment.get("id")),
        name=_text_of(_mapping(segment.get("m")).get("title")),
        start_ms=start,
        end_ms=end,
        position=_text_of(segment.get("position")),
        opacity=float(opacity) if isinstance(opacity, (int, float)) and not isinstance(opacity, bool) else None,
        details=_details(segment, ("size", "at")),
        raw=segment,
    )


def _music(segment: Mapping[str, Any], film_ms: int | None) -> MusicRow:
    start, end = _window(segment)
    if end is not None and film_ms:
        end = min(end, film_ms)  # sound ends with the picture
    volume = segment.get("volume")
    return MusicRow(
        id=_text_of(segment.get("id")),
        name=_text_of(_mapping(segment.get("m")).get("title")),
        volume=float(volume) if isinstance(volume, (int, float)) and not isinstance(volume, bool) else None,
        start_ms=start,
        end_ms=end,
        fade_in_ms=_ms(segment.get("fade_in")),
        fade_out_ms=_ms(segment.get("fade_out")),
        details=_details(segment, _MUSIC_DETAILS),
        raw=segment,
    )


_CLIP_DETAILS = ("speed", "beside", "volume", "focus", "background", "gradient", "strength", "in")
_TEXT_DETAILS = ("style", "font", "size", "at", "align", "stroke", "box", "enter", "leave")
_MUSIC_DETAILS = ("offset", "loops", "ducks", "seed")


def _details(segment: Mapping[str, Any], names: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """The fields that are there, each as short words."""
    found = []
    for name in names:
        value = segment.get(name)
        if isinstance(value, Mapping):
            value = _text_of(value.get("title")) or _text_of(value.get("media"))
        if isinstance(value, (list, tuple)):
            value = " × ".join(f"{part:g}" for part in value if isinstance(part, (int, float)))
        if value is not None and value != "" and isinstance(value, (str, int, float)):
            said = (
                f"{value:g}" if isinstance(value, (int, float)) and not isinstance(value, bool) else str(value).lower()
            )
            found.append((name, said if isinstance(value, (bool, int, float)) else str(value)))
    return tuple(found)


def _window(segment: Mapping[str, Any]) -> tuple[int | None, int | None]:
    start, length = _ms(segment.get("st")), _ms(segment.get("d"))
    return start, None if start is None or length is None else start + length


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _listed(value: Any) -> Sequence[Any]:
    return value if isinstance(value, (list, tuple)) else ()


def _text_of(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) < 1e12


def _ms(value: Any) -> int | None:
    return round(value) if _is_number(value) and value >= 0 else None


__all__ = ["ClipRow", "MusicRow", "Outline", "OverlayRow", "TextRow", "cards", "outline"]
