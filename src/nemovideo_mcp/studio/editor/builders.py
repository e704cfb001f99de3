"""Asks → typed operations. One small function for each topic; `BUILDERS` is their table."""

from typing import Any, cast

from nemovideo_mcp.studio.editor import makers
from nemovideo_mcp.studio.editor.asks import Ask
from nemovideo_mcp.studio.editor.cards import CARDS
from nemovideo_mcp.studio.editor.logos import LOGOS
from nemovideo_mcp.studio.editor.quantities import AtMost
from nemovideo_mcp.studio.editor.scene import Builder, Refused, Scene
from nemovideo_mcp.studio.editor.titles import TITLES
from nemovideo_mcp.timeline.operations import (
    AddClips,
    BaseOperation,
    MoveClip,
    RemoveClips,
    RemoveMusic,
    RemoveOverlays,
    ReplaceClip,
    Restore,
    ReverseClips,
    SetCanvas,
    SetClipLength,
    SetMusic,
    SetTotalLength,
    SwapClips,
)
from nemovideo_mcp.timeline.operations.base import counted
from nemovideo_mcp.timeline.operations.canvas import SHORT_SIDE, size_of
from nemovideo_mcp.timeline.time import to_ms

QUIETER = 0.7
"""The factor of "quieter": 3 dB less, the least that everyone hears. "Louder" is its inverse."""

DEFAULT_MOOD = "upbeat"
"""The built-in music of "add music" when no song was uploaded."""

_RATIOS = ("16:9", "9:16", "1:1", "4:5", "5:4", "4:3", "3:4", "3:2", "2:3", "21:9")


def _total(ask: Ask, scene: Scene) -> list[BaseOperation]:
    seconds = ask.slots["seconds"]
    if isinstance(seconds, AtMost) and scene.film.duration_ms <= to_ms(seconds):
        raise Refused("within")
    return [SetTotalLength(seconds=seconds)]


def _each(ask: Ask, scene: Scene) -> list[BaseOperation]:
    seconds, clips = ask.slots["seconds"], scene.clips(ask)
    if isinstance(seconds, AtMost):
        there = [(n, clip.duration_ms) for n, clip in enumerate(scene.film.clips, 1) if clips is None or n in clips]
        clips = [number for number, length in there if length > to_ms(seconds)]
        if not clips:
            raise Refused("within")
        clips = clips if len(clips) < len(scene.film.clips) else None
    return [SetClipLength(seconds=seconds, clips=clips)]


def _slice(ask: Ask, scene: Scene) -> list[BaseOperation]:
    if ask.slots["count"] != 1:
        raise Refused("unknown")
    return _each(ask, scene)


def _lengths(ask: Ask, scene: Scene) -> list[BaseOperation]:
    """``每张按5、3、3、3、6秒``: one length for each clip, in their order."""
    lengths = ask.slots["lengths"]
    if len(lengths) != len(scene.film.clips):
        raise Refused("lengths", str(len(scene.film.clips)))
    return [SetClipLength(seconds=seconds, clips=[number]) for number, seconds in enumerate(lengths, 1)]


def canvas_values(slots: dict[str, Any]) -> dict[str, Any]:
    """The values of `SetCanvas` for what was said about the frame."""
    values: dict[str, Any] = {key: slots[key] for key in ("ratio", "platform", "resolution", "fps") if key in slots}
    if "size" in slots:
        width, height = slots["size"]
        for ratio in _RATIOS:
            for name, short in SHORT_SIDE.items():
                if size_of(cast(Any, ratio), short) == (width, height):
                    return values | {"ratio": ratio, "resolution": name}
        if width % 2 or height % 2 or not 64 <= min(width, height) <= max(width, height) <= 4096:
            raise Refused("resolution")
        return {k: v for k, v in values.items() if k not in ("ratio", "platform")} | {"width": width, "height": height}
    if values.get("ratio", "16:9") not in _RATIOS:
        raise Refused("ratio")
    if values.get("resolution", "720p") not in SHORT_SIDE:
        raise Refused("resolution")
    if values.get("fps", 30) not in (24, 25, 30, 50, 60):
        raise Refused("fps")
    return values


def _canvas(ask: Ask, scene: Scene) -> list[BaseOperation]:
    return [SetCanvas(**canvas_values(ask.slots))]


def _move(ask: Ask, scene: Scene) -> list[BaseOperation]:
    if "middle" in ask.slots:  # "the video between the two photos"
        count = len(scene.film.numbered())
        if (
            count % 2 == 0
            or ask.slots["middle"] not in (None, "ALL_CUTS", "center")
            or (ask.slots["middle"] != "center" and count != 3)
        ):
            raise Refused("cuts")
        return [MoveClip(clip=scene.one(ask.slots["clip"]), to=(count + 1) // 2)]
    if "between" in ask.slots:
        pair = sorted(scene.numbers(ask.slots["between"]))
        if len(pair) != 2 or pair[1] != pair[0] + 1:
            raise Refused("cuts")
        ask.slots["after"] = ask.slots["between"][:1]
    names = [n for n in ask.slots["clip"] if isinstance(n, str)]
    new = {m.name.casefold() for m in scene.pool} - {c.name.casefold() for c in scene.film.clips}
    if names and all(name.casefold() in new for name in names):
        return [AddClips(media=names, at=_joins_at(ask, scene))]
    source = scene.numbers(ask.slots["clip"])
    if len(source) > 1 and ask.slots.get("to") in (1, -1):
        return _moved_together(source, ask.slots["to"], len(scene.film.numbered()))
    if len(source) != 1:
        raise Refused("one_clip")
    (here,) = source
    to = ask.slots.get("to")
    if "shift" in ask.slots:  # 后移一位
        to = max(1, min(len(scene.film.clips), here + ask.slots["shift"] * int(ask.slots.get("by", 1))))
    if isinstance(to, tuple) and (name := _upload(to, scene)):  # "change photo 4 to beach.jpg"
        return [ReplaceClip(clip=here, media=name)]
    for key, later in (("before", 0), ("after", 1)):
        if key in ask.slots:
            anchor = scene.numbers(ask.slots[key])
            if len(anchor) != 1 or anchor == source:
                raise Refused("one_clip")
            # The clip leaves its place first, so the anchor may move up by one.
            to = anchor[0] + later - (1 if here < anchor[0] else 0)
    if isinstance(to, tuple):
        if len(to) != 1:
            raise Refused("one_clip")
        to = scene.numbers(to)[0]
    return [MoveClip(clip=here, to=cast(int, to))]


def _upload(wanted: tuple[Any, ...], scene: Scene) -> str | None:
    """The name of the one upload that is meant and not on the timeline."""
    shown = {clip.name.casefold() for clip in scene.film.clips}
    new = len(wanted) == 1 and isinstance(wanted[0], str) and wanted[0].casefold() not in shown
    return wanted[0] if new else None


def _moved_together(source: list[int], to: int, count: int) -> list[BaseOperation]:
    """Several clips to the start or the end, in the order that they have."""
    source = sorted(source)
    if (
        to == 1
    ):  # the last of them first: each goes before the one that was moved before it, and so shifts those that follow
        return [MoveClip(clip=number + later, to=1) for later, number in enumerate(reversed(source))]
    return [MoveClip(clip=number - earlier, to=count) for earlier, number in enumerate(source)]


def _joins_at(ask: Ask, scene: Scene) -> int | None:
    """Where an upload that is not in the film yet is put: its number from 1, or ``None`` for the end."""
    if "between" in ask.slots:
        pair = sorted(n for n in ask.slots["between"] if isinstance(n, int))
        if len(pair) != 2 or pair[1] != pair[0] + 1:
            raise Refused("cuts")
        return scene.one((pair[0],)) + 1
    for key, later in (("before", 0), ("after", 1)):
        if key in ask.slots:
            return scene.one(ask.slots[key]) + later
    to = ask.slots.get("to")
    if isinstance(to, tuple):
        to = scene.one(to)
    return to if to and to > 0 else None


def _swap(ask: Ask, scene: Scene) -> list[BaseOperation]:
    both = (*ask.slots["both"], *ask.slots.get("other", ()))
    shown = {clip.name.casefold() for clip in scene.film.clips}
    new = [name for name in both if isinstance(name, str) and name.casefold() not in shown]
    if len(both) == 2 and len(new) == 1:  # "swap photo 2 for beach.jpg"
        return [ReplaceClip(clip=scene.one([n for n in both if n != new[0]]), media=new[0])]
    numbers = scene.numbers(both)
    if len(numbers) != 2:
        raise Refused("two_clips")
    return [SwapClips(first=numbers[0], second=numbers[1])]


def _reverse(ask: Ask, scene: Scene) -> list[BaseOperation]:
    return [ReverseClips()]


def _remove(ask: Ask, scene: Scene) -> list[BaseOperation]:
    over = {overlay.name for overlay in scene.film.overlays}
    if over.issuperset(ask.slots["clips"]):
        return [RemoveOverlays(media=name) for name in ask.slots["clips"]]
    return [RemoveClips(clips=scene.numbers(ask.slots["clips"]))] if _there(ask, scene) else []


def _there(ask: Ask, scene: Scene) -> bool:
    """Whether any of the clips is still there: "the odd ones can go, so 1, 3 and 5 out" says it twice."""
    spoken_of = counted(scene.base)
    numbers = [n for n in ask.slots["clips"] if isinstance(n, int) and 0 < n <= len(spoken_of)]
    left = {clip.id for clip in scene.film.clips}
    return len(numbers) < len(ask.slots["clips"]) or any(spoken_of[n - 1].id in left for n in numbers)


def _add(ask: Ask, scene: Scene) -> list[BaseOperation]:
    return [AddClips(at=_joins_at(ask, scene))]


def _join(ask: Ask, scene: Scene) -> list[BaseOperation]:
    names = ask.slots["media"]
    if not all(isinstance(name, str) for name in names):
        raise Refused("unknown")
    at = ask.slots.get("at")
    if "place" in ask.slots:  # "insert it as the second image"
        (place,) = ask.slots["place"] if len(ask.slots["place"]) == 1 else (None,)
        if not isinstance(place, int):
            raise Refused("unknown")
        at = None if place == -1 else place
    return [AddClips(media=list(names), at=at)]


def _music(ask: Ask, scene: Scene) -> list[BaseOperation]:
    slots = ask.slots
    old = scene.film.music[0].volume if scene.film.music else None
    songs = any(m.kind == "audio" for m in scene.pool)
    volume = slots.get("volume")
    if "level" in slots:  # "volume 0.3" and "volume 30" both mean 30 %
        if 1 < slots["level"] <= 10:  # of ten, or of a hundred?
            raise Refused("percent")
        volume = slots["level"] / 100 if slots["level"] > 1 else slots["level"]
    factor = _louder(slots)
    if factor is not None:
        if old is None:
            raise Refused("no_music_yet")
        volume = round(min(1.0, old * factor), 3)
    elif ask.topic == "volume" and old is None and not songs:
        raise Refused("no_music_yet")
    mood = (slots.get("manner") or {}).get("mood")
    if "manner" in slots and mood is None:
        raise Refused("unknown")
    if ask.topic == "music" and mood is None and "media" not in slots and old is None and not songs:
        mood = DEFAULT_MOOD
    told = slots.keys() & {
        "media",
        "volume",
        "level",
        "fade_in",
        "fade_out",
        "fades",
        "loop",
        "duck",
        "seed",
        "manner",
        "offset",
        "begin",
    }
    if ask.topic == "music" and old is not None and not told and factor is None and ask.level == 0:
        raise Refused("music_there")
    return [
        SetMusic(
            media=slots.get("media"),
            mood=mood,
            volume=volume,
            fade_in_seconds=slots.get("fade_in", slots.get("fades")),
            fade_out_seconds=slots.get("fade_out", slots.get("fades")),
            offset_seconds=slots.get("offset"),
            start_seconds=slots.get("begin"),
            loop=slots.get("loop"),
            duck=slots.get("duck"),
            seed=slots.get("seed"),
        )
    ]


def _louder(slots: dict[str, Any]) -> float | None:
    """What the volume is to be multiplied by, when that was said."""
    if "times" in slots:
        times, down = float(slots["times"]), slots.get("way") in ("LESS", "QUIETER")
        if "way" not in slots or (times < 1) == down:
            return times
        return 1 / times if down else 1 + times
    if "half" in slots:
        return 0.5
    if "by" in slots and "way" in slots:
        by: float = slots["by"]
        return 1 + by if slots["way"] in ("LOUDER", "MORE") else max(0.0, 1 - by)
    if "bigger" in slots:
        return _louder({"louder": slots["bigger"] > 1, "degree": slots.get("degree", 1.0)})
    if "louder" in slots:
        factor = 1 / QUIETER if slots["louder"] else QUIETER
        return cast(float, factor ** float(slots.get("degree", 1.0)))
    return None


def _unmusic(ask: Ask, scene: Scene) -> list[BaseOperation]:
    return [RemoveMusic()]


def _no_music(ask: Ask, scene: Scene) -> list[BaseOperation]:
    return [RemoveMusic()] if scene.film.music else []


_PARTS = {
    "TITLE": "titles", "ALLTEXTS": "titles", "MUSIC": "music", "TRANSITION": "transitions", "CROSSFADE": "transitions",
    "FILTER": "looks", "LOOKWORD": "looks", "MOTION": "motion", "LENGTH": "length", "ORDER": "order", "FRAME_WORD": "frame",
    "start": "cards", "end": "cards", "any": "cards", "all": "cards", "OVERLAY": "overlays", "logo": "overlays", "watermark": "overlays",
}  # fmt: skip


def _recall(ask: Ask, scene: Scene) -> list[BaseOperation]:
    slots = ask.slots
    steps, part = int(slots.get("steps", 1)), _PARTS.get(slots.get("part", ""), "looks" if "part" in slots else None)
    version = int(slots["version"]) if "version" in slots else None
    return [Restore(to=slots["to"], steps=steps, version=version, part=cast(Any, part))]


BUILDERS: dict[str, tuple[int, Builder]] = {
    "add": (1, _add), "join": (1, _join), "remove": (1, _remove), "move": (1, _move), "swap": (1, _swap),
    "reverse": (1, _reverse), "canvas": (2, _canvas), "total": (3, _total), "each": (3, _each), "slice": (3, _slice),
    "length": (4, _each), "lengths": (4, _lengths), "unmusic": (9, _unmusic), "no_music": (9, _no_music), "music": (10, _music),
    "volume": (11, _music),
    "recall": (0, _recall),
    **makers.MAKERS,
    **TITLES,
    **LOGOS,
    **CARDS,
}  # fmt: skip
"""Topic → (stage, builder). Stages run in this order, so that a title finds the film at its final length."""
