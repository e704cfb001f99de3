"""The draft codec: the wire's ``t``/``tt``/``sg`` JSON to a `Timeline` and back.

Known by the API: ``t`` tracks, ``tt`` track type (0 video, 1 audio, 7 text), ``sg`` segments, ``d`` length in ms, ``m``
metadata (``title``, ``width``, ``height``). The other names inside a segment are the studio's own. Whatever else a draft
holds is kept and written back where it was, so a draft from elsewhere survives the round trip.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from nemovideo_mcp.timeline import fields
from nemovideo_mcp.timeline.fields import DraftError
from nemovideo_mcp.timeline.model import (
    ALIGNS,
    ANIMATIONS,
    FILTERS,
    FITS,
    FONTS,
    MOTIONS,
    POSITIONS,
    TEXT_STYLES,
    Beside,
    Canvas,
    Clip,
    Extra,
    Fade,
    Look,
    Music,
    Overlay,
    Text,
    Timeline,
    Transition,
)

VIDEO, AUDIO, TEXT = 0, 1, 7
OVERLAY = -1
"""The overlays: no type of the API's, but a second track of pictures (``VIDEO``) that says by its ``role`` what it is."""

OVERLAY_ROLE = "overlay"

Draft = dict[str, Any]


def is_exportable(draft: Mapping[str, Any] | None) -> bool:
    """A draft can be exported when it has a track with at least one segment."""
    tracks = (draft or {}).get("t")
    return isinstance(tracks, list) and any(isinstance(t, dict) and t.get("sg") for t in tracks)


def encode(timeline: Timeline) -> Draft:
    """The draft of a timeline. Empty tracks are left out."""
    tracks: list[dict[str, Any]] = []
    for kind, segments in (
        (VIDEO, [_clip_out(start, clip) for start, clip in timeline.placed()]),
        (OVERLAY, [_overlay_out(overlay, timeline) for overlay in timeline.overlays]),
        (AUDIO, [_music_out(music, timeline) for music in timeline.music]),
        (TEXT, [_text_out(text) for text in timeline.texts]),
    ):
        if segments:
            typed = {"tt": VIDEO, "role": OVERLAY_ROLE} if kind == OVERLAY else {"tt": kind}
            tracks.append({**timeline.track_extra.get(kind, {}), **typed, "sg": segments})
    canvas = timeline.canvas
    meta: dict[str, Any] = {"width": canvas.width, "height": canvas.height, "fps": canvas.fps}
    for name, fade in (("fade_in", timeline.fade_in), ("fade_out", timeline.fade_out)):
        if fade is not None:
            meta[name] = {**fade.extra, "d": fade.duration_ms, "color": fade.color}
    return {
        **{k: v for k, v in timeline.extra.items() if k != "m"},
        "t": [*tracks, *(dict(track) for track in timeline.tracks)],
        "d": timeline.duration_ms,
        "m": {**timeline.extra.get("m", {}), **meta},
    }


def decode(draft: Mapping[str, Any]) -> Timeline:
    """The timeline of a draft that the studio can render.

    Raises:
        DraftError: a known field has a type or a value that cannot be.
    """
    clips: tuple[Clip, ...] = ()
    overlays: tuple[Overlay, ...] = ()
    texts: list[Text] = []
    music: list[Music] = []
    others: list[Mapping[str, Any]] = []
    track_extra: dict[int, Extra] = {}
    seen: set[int] = set()
    for index, track in enumerate(fields.listed(draft, "t", "draft")):
        where = f"track {index + 1}"
        if not isinstance(track, dict):
            raise DraftError(f"{where} is not an object")
        kind = track_kind(track)
        segments = fields.listed(track, "sg", where)
        if not all(isinstance(segment, dict) for segment in segments):
            raise DraftError(f"{where} holds a segment that is not an object")
        if kind in seen or kind not in (VIDEO, OVERLAY, AUDIO, TEXT):
            # A second track of a kind is carried along as it is: there is one of each here.
            others.append(track)
            continue
        seen.add(kind)
        if kind == VIDEO:
            clips = tuple(_clip_in(segment, f"{where}, clip {i + 1}") for i, segment in enumerate(segments))
        elif kind == OVERLAY:
            overlays = tuple(_overlay_in(segment, f"{where}, overlay {i + 1}") for i, segment in enumerate(segments))
        elif kind == AUDIO:
            music = [_music_in(segment, f"{where}, sound {i + 1}") for i, segment in enumerate(segments)]
        else:
            texts = [_text_in(segment, f"{where}, text {i + 1}") for i, segment in enumerate(segments)]
        unknown = fields.unknown(track, "tt", "sg", *(("role",) if kind == OVERLAY else ()))
        if unknown:
            track_extra[kind] = unknown
    meta = fields.mapped(draft, "m", "draft")
    extra = dict(fields.unknown(draft, "t", "d", "m"))
    if rest := fields.unknown(meta, "width", "height", "fps", "fade_in", "fade_out"):
        extra["m"] = dict(rest)
    return Timeline(
        canvas=canvas_of(draft),
        fade_in=_fade_in(meta, "fade_in"),
        fade_out=_fade_in(meta, "fade_out"),
        clips=clips,
        overlays=overlays,
        texts=tuple(texts),
        music=tuple(music),
        tracks=tuple(others),
        track_extra=MappingProxyType(track_extra),
        extra=MappingProxyType(extra),
    )


def canvas_of(draft: Mapping[str, Any]) -> Canvas:
    """The frame of a draft alone. Raises DraftError."""
    meta, plain = fields.mapped(draft, "m", "draft"), Canvas()
    return Canvas(
        width=fields.whole(meta, "width", "draft", plain.width, 16, 8192),
        height=fields.whole(meta, "height", "draft", plain.height, 16, 8192),
        fps=fields.whole(meta, "fps", "draft", plain.fps, 1, 120),
    )


def track_kind(track: Mapping[str, Any]) -> Any:
    """The type of a track: as it says, or `OVERLAY`."""
    kind = track.get("tt")
    return OVERLAY if kind == VIDEO and track.get("role") == OVERLAY_ROLE else kind


def _fade_in(meta: Mapping[str, Any], name: str) -> Fade | None:
    raw = meta.get(name)
    if raw is None:
        return None
    if not isinstance(raw, dict):
        raise DraftError(f"{name} is not an object")
    return Fade(
        duration_ms=fields.whole(raw, "d", name, 1000, 1),
        color=fields.text(raw, "color", name, "#000000"),
        extra=fields.unknown(raw, "d", "color"),
    )


LOOK_FIELDS = (
    "filter", "strength", "brightness", "contrast", "saturation", "warmth", "vignette", "sharpen", "blur",
)  # fmt: skip


def _look_out(look: Look) -> dict[str, Any]:
    plain = Look()
    named = {name: getattr(look, name) for name in LOOK_FIELDS if getattr(look, name) != getattr(plain, name)}
    return {**look.extra, **named}


def _look_in(raw: Mapping[str, Any], where: str) -> Look:
    if not raw:
        return Look()  # most clips have none
    plain, signed = Look(), ("brightness", "contrast", "saturation", "warmth")
    return Look(
        filter=fields.one_of(raw, "filter", where, "none", FILTERS),
        extra=fields.unknown(raw, *LOOK_FIELDS),
        **{
            name: fields.bounded(raw, name, where, getattr(plain, name), -1 if name in signed else 0)
            for name in LOOK_FIELDS[1:]
        },
    )  # fmt: skip


_CLIP = (
    "id", "media", "kind", "st", "d", "in", "volume", "transition", "motion", "fit",
    "strength", "focus", "background", "gradient", "beside", "speed", "look",
)  # fmt: skip


def _clip_out(start: int, clip: Clip) -> dict[str, Any]:
    meta = {"title": clip.name}
    sizes = {"width": clip.width, "height": clip.height} if clip.width and clip.height else {}
    out = {
        **fields.rest(clip.extra),
        "id": clip.id,
        "media": clip.media,
        "kind": clip.kind,
        "st": start,
        "d": clip.duration_ms,
        "m": {**clip.extra.get("m", {}), **meta, **sizes},
        "motion": clip.motion,
        "fit": clip.fit,
    }
    if clip.kind == "video" or clip.in_ms or clip.volume != 1:
        out |= {"in": clip.in_ms, "volume": clip.volume}
    if (transition := clip.transition_in) is not None:
        out["transition"] = {**transition.extra, "kind": transition.kind, "d": transition.duration_ms}
    out |= {
        name: value
        for name, value in (("strength", clip.strength), ("speed", clip.speed), ("look", _look_out(clip.look)))
        if value not in (1.0, {})
    }
    if clip.focus is not None:
        out["focus"] = list(clip.focus)
    out |= {name: value for name in ("background", "gradient") if (value := getattr(clip, name)) is not None}
    if (beside := clip.beside) is not None:
        out["beside"] = {
            **beside.extra, "media": beside.media, "title": beside.name, "width": beside.width, "height": beside.height
        }  # fmt: skip
    return out


def _clip_in(segment: Mapping[str, Any], where: str) -> Clip:
    meta = fields.mapped(segment, "m", where)
    raw = segment.get("transition")
    transition = None
    if raw is not None:
        if not isinstance(raw, dict):
            raise DraftError(f"{where}: the transition is not an object")
        transition = Transition(
            kind=fields.text(raw, "kind", where, "crossfade"),
            duration_ms=fields.whole(raw, "d", where, 0, 0),
            extra=fields.unknown(raw, "kind", "d"),
        )
    return Clip(
        id=fields.text(segment, "id", where, ""),
        media=fields.text(segment, "media", where, ""),
        name=fields.text(meta, "title", where, ""),
        kind=fields.one_of(segment, "kind", where, "image", ("image", "video", "card")),
        duration_ms=fields.whole(segment, "d", where, 0, 1),
        width=fields.whole(meta, "width", where, 0, 0),
        height=fields.whole(meta, "height", where, 0, 0),
        in_ms=fields.whole(segment, "in", where, 0, 0),
        volume=fields.bounded(segment, "volume", where, 1.0),
        transition_in=transition,
        motion=fields.one_of(segment, "motion", where, "auto", ("auto", *MOTIONS)),
        fit=fields.one_of(segment, "fit", where, "auto", ("auto", *FITS)),
        strength=fields.bounded(segment, "strength", where, 1.0, 0, 2),
        focus=fields.point(segment, "focus", where),
        background=fields.text(segment, "background", where, "") or None,
        gradient=fields.text(segment, "gradient", where, "") or None,
        beside=_beside_in(segment, where),
        speed=fields.bounded(segment, "speed", where, 1.0, 0.1, 10),
        look=_look_in(fields.mapped(segment, "look", where), where),
        extra=fields.extra_of(segment, _CLIP, meta, ("title", "width", "height")),
    )


def _beside_in(segment: Mapping[str, Any], where: str) -> Beside | None:
    if not (raw := fields.mapped(segment, "beside", where)):
        return None
    return Beside(
        media=fields.text(raw, "media", where, ""),
        name=fields.text(raw, "title", where, ""),
        width=fields.whole(raw, "width", where, 0, 0),
        height=fields.whole(raw, "height", where, 0, 0),
        extra=fields.unknown(raw, "media", "title", "width", "height"),
    )


_OVERLAY = ("id", "media", "kind", "st", "d", "to_end", "position", "at", "size", "opacity", "end_offset")


def _overlay_out(overlay: Overlay, timeline: Timeline) -> dict[str, Any]:
    lasts = overlay.duration_ms
    sizes = {"width": overlay.width, "height": overlay.height} if overlay.width and overlay.height else {}
    return {
        **fields.rest(overlay.extra),
        "id": overlay.id,
        "media": overlay.media,
        "kind": "image",
        "st": overlay.start_ms,
        "d": max(0, timeline.end_ms(overlay) - overlay.start_ms) if lasts is None else lasts,
        "to_end": lasts is None,
        "m": {**overlay.extra.get("m", {}), "title": overlay.name, **sizes},
        "position": overlay.position,
        "opacity": overlay.opacity,
        **({} if overlay.at is None else {"at": list(overlay.at)}),
        **({} if overlay.size is None else {"size": overlay.size}),
        **({} if overlay.end_offset_ms is None else {"end_offset": overlay.end_offset_ms}),
    }


def _overlay_in(segment: Mapping[str, Any], where: str) -> Overlay:
    meta = fields.mapped(segment, "m", where)
    return Overlay(
        id=fields.text(segment, "id", where, ""),
        media=fields.text(segment, "media", where, ""),
        name=fields.text(meta, "title", where, ""),
        width=fields.whole(meta, "width", where, 0, 0),
        height=fields.whole(meta, "height", where, 0, 0),
        position=fields.one_of(segment, "position", where, "bottom_right", POSITIONS),
        at=fields.point(segment, "at", where),
        size=None if segment.get("size") is None else fields.bounded(segment, "size", where, 1.0, 0.01),
        opacity=fields.bounded(segment, "opacity", where, 1.0),
        start_ms=fields.whole(segment, "st", where, 0, 0),
        duration_ms=None if segment.get("to_end") is True else fields.whole(segment, "d", where, 0, 1),
        end_offset_ms=None if segment.get("end_offset") is None else fields.whole(segment, "end_offset", where, 0),
        extra=fields.extra_of(segment, _OVERLAY, meta, ("title", "width", "height")),
    )


_MUSIC = (
    "id", "media", "st", "d", "to_end", "volume", "fade_in", "fade_out", "offset", "loops", "ducks", "seed",
)  # fmt: skip


def _music_out(music: Music, timeline: Timeline) -> dict[str, Any]:
    return {
        **fields.rest(music.extra),
        "id": music.id,
        "media": music.media,
        "st": music.start_ms,
        "d": max(0, timeline.end_ms(music) - music.start_ms) if music.duration_ms is None else music.duration_ms,
        "to_end": music.duration_ms is None,
        "m": {**music.extra.get("m", {}), "title": music.name},
        "volume": music.volume,
        "fade_in": music.fade_in_ms,
        "fade_out": music.fade_out_ms,
        **({"offset": music.offset_ms} if music.offset_ms else {}),
        **({} if music.loops else {"loops": False}),
        **({} if music.ducks else {"ducks": False}),
        **({"seed": music.seed} if music.seed else {}),
    }


def _music_in(segment: Mapping[str, Any], where: str) -> Music:
    meta = fields.mapped(segment, "m", where)
    return Music(
        id=fields.text(segment, "id", where, ""),
        media=fields.text(segment, "media", where, ""),
        name=fields.text(meta, "title", where, ""),
        start_ms=fields.whole(segment, "st", where, 0, 0),
        duration_ms=None if segment.get("to_end") is True else fields.whole(segment, "d", where, 0, 1),
        volume=fields.bounded(segment, "volume", where, 1.0),
        fade_in_ms=fields.whole(segment, "fade_in", where, 0, 0),
        fade_out_ms=fields.whole(segment, "fade_out", where, 0, 0),
        offset_ms=fields.whole(segment, "offset", where, 0, 0),
        loops=segment.get("loops") is not False,
        ducks=segment.get("ducks") is not False,
        seed=fields.whole(segment, "seed", where, 0, 0),
        extra=fields.extra_of(segment, _MUSIC, meta, ("title",)),
    )


_TEXT_STYLED = ("style", "font", "size", "align", "stroke", "box", "enter", "leave")
_TEXT = ("id", "st", "d", "position", "color", "end_offset", "at", "clip", *_TEXT_STYLED)


def _text_out(text: Text) -> dict[str, Any]:
    anchored = {} if text.end_offset_ms is None else {"end_offset": text.end_offset_ms}
    plain = Text(id="", text="")
    styled = {name: getattr(text, name) for name in _TEXT_STYLED if getattr(text, name) != getattr(plain, name)}
    place = {} if text.at is None else {"at": list(text.at)}
    return {
        **fields.rest(text.extra),
        "id": text.id,
        "st": text.start_ms,
        "d": text.duration_ms,
        "m": {**text.extra.get("m", {}), "title": text.text},
        "position": text.position,
        "color": text.color,
        **place,
        **styled,
        **anchored,
        **({} if text.clip is None else {"clip": text.clip}),
    }


def _text_in(segment: Mapping[str, Any], where: str) -> Text:
    meta = fields.mapped(segment, "m", where)
    return Text(
        id=fields.text(segment, "id", where, ""),
        text=fields.text(meta, "title", where, ""),
        start_ms=fields.whole(segment, "st", where, 0, 0),
        duration_ms=fields.whole(segment, "d", where, 0, 1),
        position=fields.one_of(segment, "position", where, "center", POSITIONS),
        color=fields.text(segment, "color", where, "#ffffff"),
        style=fields.one_of(segment, "style", where, "title", TEXT_STYLES),
        font=fields.one_of(segment, "font", where, "sans", FONTS),
        size=fields.bounded(segment, "size", where, 1.0, 0.3, 3),
        at=fields.point(segment, "at", where),
        align=fields.one_of(segment, "align", where, "auto", ALIGNS),
        stroke=fields.text(segment, "stroke", where, "") or None,
        box=fields.text(segment, "box", where, "") or None,
        enter=fields.one_of(segment, "enter", where, None, ANIMATIONS),
        leave=fields.one_of(segment, "leave", where, None, ANIMATIONS),
        end_offset_ms=None if segment.get("end_offset") is None else fields.whole(segment, "end_offset", where, 0),
        clip=fields.text(segment, "clip", where, "") or None,
        extra=fields.extra_of(segment, _TEXT, meta, ("title",)),
    )


__all__ = [
    "AUDIO", "LOOK_FIELDS", "OVERLAY", "TEXT", "VIDEO", "Draft", "DraftError", "canvas_of", "decode", "encode", "is_exportable", "track_kind",
]  # fmt: skip
