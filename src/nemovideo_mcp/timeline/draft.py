"""The draft codec: the wire's ``t``/``tt``/``sg`` JSON to a `Timeline` and back.

Known by the API: ``t`` tracks, ``tt`` track type (0 video, 1 audio, 7 text), ``sg`` segments, ``d`` length in ms, ``m``
metadata (``title``, ``width``, ``height``). The other names inside a segment are the studio's own. Whatever else a draft
holds is kept and written back where it was, so a draft from elsewhere survives the round trip.
"""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, TypeVar

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
    Text,
    Timeline,
    Transition,
)

VIDEO, AUDIO, TEXT = 0, 1, 7

Draft = dict[str, Any]

_T = TypeVar("_T")


class DraftError(ValueError):
    """A draft that cannot be read: which part, and what is wrong with it."""


def is_exportable(draft: Mapping[str, Any] | None) -> bool:
    """A draft can be exported when it has a track with at least one segment."""
    tracks = (draft or {}).get("t")
    return isinstance(tracks, list) and any(isinstance(t, dict) and t.get("sg") for t in tracks)


def encode(timeline: Timeline) -> Draft:
    """The draft of a timeline. Empty tracks are left out."""
    tracks: list[dict[str, Any]] = []
    for kind, segments in (
        (VIDEO, [_clip_out(start, clip) for start, clip in timeline.placed()]),
        (AUDIO, [_music_out(music, timeline) for music in timeline.music]),
        (TEXT, [_text_out(text) for text in timeline.texts]),
    ):
        if segments:
            tracks.append({**timeline.track_extra.get(kind, {}), "tt": kind, "sg": segments})
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
    texts: list[Text] = []
    music: list[Music] = []
    others: list[Mapping[str, Any]] = []
    track_extra: dict[int, Extra] = {}
    seen: set[int] = set()
    for index, track in enumerate(_list(draft, "t", "draft")):
        where = f"track {index + 1}"
        if not isinstance(track, dict):
            raise DraftError(f"{where} is not an object")
        kind = track.get("tt")
        segments = _list(track, "sg", where)
        if not all(isinstance(segment, dict) for segment in segments):
            raise DraftError(f"{where} holds a segment that is not an object")
        if kind in seen or kind not in (VIDEO, AUDIO, TEXT):
            # A second track of a kind is carried along as it is: there is one picture, one music and one text track here.
            others.append(track)
            continue
        seen.add(kind)
        if kind == VIDEO:
            clips = tuple(_clip_in(segment, f"{where}, clip {i + 1}") for i, segment in enumerate(segments))
        elif kind == AUDIO:
            music = [_music_in(segment, f"{where}, sound {i + 1}") for i, segment in enumerate(segments)]
        else:
            texts = [_text_in(segment, f"{where}, text {i + 1}") for i, segment in enumerate(segments)]
        unknown = _unknown(track, "tt", "sg")
        if unknown:
            track_extra[kind] = unknown
    meta = _object(draft, "m", "draft")
    extra = dict(_unknown(draft, "t", "d", "m"))
    if rest := _unknown(meta, "width", "height", "fps", "fade_in", "fade_out"):
        extra["m"] = dict(rest)
    plain = Canvas()
    return Timeline(
        canvas=Canvas(
            width=_int(meta, "width", "draft", plain.width, 16, 8192),
            height=_int(meta, "height", "draft", plain.height, 16, 8192),
            fps=_int(meta, "fps", "draft", plain.fps, 1, 120),
        ),
        fade_in=_fade_in(meta, "fade_in"),
        fade_out=_fade_in(meta, "fade_out"),
        clips=clips,
        texts=tuple(texts),
        music=tuple(music),
        tracks=tuple(others),
        track_extra=MappingProxyType(track_extra),
        extra=MappingProxyType(extra),
    )


def _fade_in(meta: Mapping[str, Any], name: str) -> Fade | None:
    raw = meta.get(name)
    if raw is None:
        return None
    if not isinstance(raw, dict):
        raise DraftError(f"{name} is not an object")
    return Fade(
        duration_ms=_int(raw, "d", name, 1000, 1),
        color=_str(raw, "color", name, "#000000"),
        extra=_unknown(raw, "d", "color"),
    )


LOOK_FIELDS = (
    "filter", "strength", "brightness", "contrast", "saturation", "warmth", "vignette", "sharpen", "blur",
)  # fmt: skip


def _look_out(look: Look) -> dict[str, Any]:
    plain = Look()
    named = {name: getattr(look, name) for name in LOOK_FIELDS if getattr(look, name) != getattr(plain, name)}
    return {**look.extra, **named}


def _look_in(raw: Mapping[str, Any], where: str) -> Look:
    signed = ("brightness", "contrast", "saturation", "warmth")
    return Look(
        filter=_one_of(raw, "filter", where, "none", FILTERS),
        extra=_unknown(raw, *LOOK_FIELDS),
        **{
            name: _float(raw, name, where, getattr(Look(), name), -1 if name in signed else 0)
            for name in LOOK_FIELDS[1:]
        },
    )  # fmt: skip


_CLIP = (
    "id", "media", "kind", "st", "d", "in", "volume", "transition", "motion", "fit",
    "strength", "focus", "background", "beside", "speed", "look",
)  # fmt: skip


def _clip_out(start: int, clip: Clip) -> dict[str, Any]:
    meta = {"title": clip.name}
    sizes = {"width": clip.width, "height": clip.height} if clip.width and clip.height else {}
    out = {
        **_rest(clip.extra),
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
    if clip.background is not None:
        out["background"] = clip.background
    if (beside := clip.beside) is not None:
        out["beside"] = {
            **beside.extra, "media": beside.media, "title": beside.name, "width": beside.width, "height": beside.height
        }  # fmt: skip
    return out


def _clip_in(segment: Mapping[str, Any], where: str) -> Clip:
    meta = _object(segment, "m", where)
    raw = segment.get("transition")
    transition = None
    if raw is not None:
        if not isinstance(raw, dict):
            raise DraftError(f"{where}: the transition is not an object")
        transition = Transition(
            kind=_str(raw, "kind", where, "crossfade"),
            duration_ms=_int(raw, "d", where, 0, 0),
            extra=_unknown(raw, "kind", "d"),
        )
    return Clip(
        id=_str(segment, "id", where, ""),
        media=_str(segment, "media", where, ""),
        name=_str(meta, "title", where, ""),
        kind=_one_of(segment, "kind", where, "image", ("image", "video")),
        duration_ms=_int(segment, "d", where, 0, 1),
        width=_int(meta, "width", where, 0, 0),
        height=_int(meta, "height", where, 0, 0),
        in_ms=_int(segment, "in", where, 0, 0),
        volume=_float(segment, "volume", where, 1.0),
        transition_in=transition,
        motion=_one_of(segment, "motion", where, "auto", ("auto", *MOTIONS)),
        fit=_one_of(segment, "fit", where, "auto", ("auto", *FITS)),
        strength=_float(segment, "strength", where, 1.0, 0, 2),
        focus=_point(segment, "focus", where),
        background=_str(segment, "background", where, "") or None,
        beside=_beside_in(segment, where),
        speed=_float(segment, "speed", where, 1.0, 0.1, 10),
        look=_look_in(_object(segment, "look", where), where),
        extra=_extra(segment, _CLIP, meta, ("title", "width", "height")),
    )


def _beside_in(segment: Mapping[str, Any], where: str) -> Beside | None:
    if not (raw := _object(segment, "beside", where)):
        return None
    return Beside(
        media=_str(raw, "media", where, ""),
        name=_str(raw, "title", where, ""),
        width=_int(raw, "width", where, 0, 0),
        height=_int(raw, "height", where, 0, 0),
        extra=_unknown(raw, "media", "title", "width", "height"),
    )


_MUSIC = (
    "id", "media", "st", "d", "to_end", "volume", "fade_in", "fade_out", "offset", "loops", "ducks", "seed",
)  # fmt: skip


def _music_out(music: Music, timeline: Timeline) -> dict[str, Any]:
    return {
        **_rest(music.extra),
        "id": music.id,
        "media": music.media,
        "st": music.start_ms,
        "d": max(0, timeline.music_end_ms(music) - music.start_ms) if music.duration_ms is None else music.duration_ms,
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
    meta = _object(segment, "m", where)
    return Music(
        id=_str(segment, "id", where, ""),
        media=_str(segment, "media", where, ""),
        name=_str(meta, "title", where, ""),
        start_ms=_int(segment, "st", where, 0, 0),
        duration_ms=None if segment.get("to_end") is True else _int(segment, "d", where, 0, 1),
        volume=_float(segment, "volume", where, 1.0),
        fade_in_ms=_int(segment, "fade_in", where, 0, 0),
        fade_out_ms=_int(segment, "fade_out", where, 0, 0),
        offset_ms=_int(segment, "offset", where, 0, 0),
        loops=segment.get("loops") is not False,
        ducks=segment.get("ducks") is not False,
        seed=_int(segment, "seed", where, 0, 0),
        extra=_extra(segment, _MUSIC, meta, ("title",)),
    )


_TEXT_STYLED = ("style", "font", "size", "align", "stroke", "box", "enter", "leave")
_TEXT = ("id", "st", "d", "position", "color", "end_offset", "at", "clip", *_TEXT_STYLED)


def _text_out(text: Text) -> dict[str, Any]:
    anchored = {} if text.end_offset_ms is None else {"end_offset": text.end_offset_ms}
    plain = Text(id="", text="")
    styled = {name: getattr(text, name) for name in _TEXT_STYLED if getattr(text, name) != getattr(plain, name)}
    place = {} if text.at is None else {"at": list(text.at)}
    return {
        **_rest(text.extra),
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
    meta = _object(segment, "m", where)
    return Text(
        id=_str(segment, "id", where, ""),
        text=_str(meta, "title", where, ""),
        start_ms=_int(segment, "st", where, 0, 0),
        duration_ms=_int(segment, "d", where, 0, 1),
        position=_one_of(segment, "position", where, "center", POSITIONS),
        color=_str(segment, "color", where, "#ffffff"),
        style=_one_of(segment, "style", where, "title", TEXT_STYLES),
        font=_one_of(segment, "font", where, "sans", FONTS),
        size=_float(segment, "size", where, 1.0, 0.3, 3),
        at=_point(segment, "at", where),
        align=_one_of(segment, "align", where, "auto", ALIGNS),
        stroke=_str(segment, "stroke", where, "") or None,
        box=_str(segment, "box", where, "") or None,
        enter=_one_of(segment, "enter", where, None, ANIMATIONS),
        leave=_one_of(segment, "leave", where, None, ANIMATIONS),
        end_offset_ms=None if segment.get("end_offset") is None else _int(segment, "end_offset", where, 0),
        clip=_str(segment, "clip", where, "") or None,
        extra=_extra(segment, _TEXT, meta, ("title",)),
    )


def _rest(extra: Extra) -> dict[str, Any]:
    return {k: v for k, v in extra.items() if k != "m"}


def _extra(
    segment: Mapping[str, Any], known: Sequence[str], meta: Mapping[str, Any], known_meta: Sequence[str]
) -> Extra:
    extra = dict(_unknown(segment, *known, "m"))
    if rest := _unknown(meta, *known_meta):
        extra["m"] = dict(rest)
    return MappingProxyType(extra)


def _unknown(source: Mapping[str, Any], *known: str) -> Extra:
    return MappingProxyType({k: v for k, v in source.items() if k not in known})


def _list(source: Mapping[str, Any], key: str, where: str) -> list[Any]:
    return _typed(source, key, where, [], lambda v: v if isinstance(v, list) else None, "a list")


def _object(source: Mapping[str, Any], key: str, where: str) -> dict[str, Any]:
    return _typed(source, key, where, {}, lambda v: v if isinstance(v, dict) else None, "an object")


def _str(source: Mapping[str, Any], key: str, where: str, default: str) -> str:
    return _typed(source, key, where, default, lambda v: v if isinstance(v, str) else None, "text")


def _int(
    source: Mapping[str, Any], key: str, where: str, default: int, least: int = 0, most: int = 10**9
) -> int:  # fmt: skip
    def whole(value: Any) -> int | None:
        fits = isinstance(value, (int, float)) and not isinstance(value, bool) and value == value
        return round(value) if fits and least <= value <= most else None

    return _typed(source, key, where, default, whole, f"a number from {least} to {most}")


def _float(source: Mapping[str, Any], key: str, where: str, default: float, least: float = 0, most: float = 1) -> float:
    def bounded(value: Any) -> float | None:
        fits = isinstance(value, (int, float)) and not isinstance(value, bool) and least <= value <= most
        return float(value) if fits else None

    return _typed(source, key, where, default, bounded, f"a number from {least:g} to {most:g}")


def _point(source: Mapping[str, Any], key: str, where: str) -> tuple[float, float] | None:
    def fractions(value: Any) -> tuple[float, float] | None:
        if not isinstance(value, (list, tuple)) or len(value) != 2:
            return None
        pair = {"x": value[0], "y": value[1]}
        return _float(pair, "x", where, 0.5), _float(pair, "y", where, 0.5)

    return _typed(source, key, where, None, fractions, "two numbers from 0 to 1")


def _one_of(source: Mapping[str, Any], key: str, where: str, default: Any, choices: Sequence[str]) -> Any:
    return _typed(source, key, where, default, lambda v: v if v in choices else None, "one of " + ", ".join(choices))


def _typed(
    source: Mapping[str, Any], key: str, where: str, default: _T, read: Callable[[Any], _T | None], form: str
) -> _T:
    if source.get(key) is None:
        return default
    value = read(source[key])
    if value is None:
        raise DraftError(f"{where}: {key!r} is not {form}")
    return value
