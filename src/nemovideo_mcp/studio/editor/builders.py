"""Asks → typed operations. One small function for each topic; `BUILDERS` is their table."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, cast

from nemovideo_mcp.studio.editor.asks import Ask
from nemovideo_mcp.timeline.model import Media, Timeline
from nemovideo_mcp.timeline.operations import (
    AddClips,
    AddText,
    BaseOperation,
    MoveClip,
    OperationError,
    RemoveClips,
    RemoveMusic,
    RemoveTexts,
    ReverseClips,
    SetCanvas,
    SetClipLength,
    SetFit,
    SetMotion,
    SetMusic,
    SetTotalLength,
    SetTransition,
    SwapClips,
)
from nemovideo_mcp.timeline.operations.base import pick, plural
from nemovideo_mcp.timeline.operations.canvas import SHORT_SIDE, size_of

SMOOTH_SECONDS = 0.8
"""How long the crossfades of "smooth transitions" are: a little more than the 0.6 s of a plain crossfade."""
QUIETER = 0.7
"""The factor of "quieter": 3 dB less, the least that everyone hears. "Louder" is its inverse."""

_RATIOS = ("16:9", "9:16", "1:1", "4:5", "4:3", "3:4", "21:9")


class Refused(Exception):
    """An ask that cannot become an operation: the key of the reason (see `words`), and what to put into it."""

    def __init__(self, key: str, words: str = "") -> None:
        self.key, self.words = key, words
        super().__init__(key)


@dataclass(frozen=True, slots=True)
class Scene:
    """The film as the instruction has made it so far, and ``base``, the film whose clips the speaker counts."""

    film: Timeline
    base: Timeline
    pool: Sequence[Media]

    def numbers(self, wanted: Sequence[int | str]) -> list[int]:
        """Clip numbers of the film for numbers (and file names) that the speaker used.

        Raises:
            OperationError: there is no such clip.
            Refused: the clip was removed by the same instruction.
        """
        ids = [clip.id for clip in self.film.clips]
        found: list[int] = []
        for want in wanted:
            if isinstance(want, str):
                mine = [i for i, clip in enumerate(self.film.clips) if clip.name.casefold() == want.casefold()]
                if not mine:
                    raise OperationError(f'"{want}" is not on the timeline: it has {plural(len(ids))}.')
                found += [i + 1 for i in mine]
                continue
            (index,) = pick(self.base, [want])
            if self.base.clips[index].id not in ids:
                raise Refused("gone", str(index + 1))
            found.append(ids.index(self.base.clips[index].id) + 1)
        return list(dict.fromkeys(found))

    def clips(self, ask: Ask) -> list[int] | None:
        return self.numbers(ask.slots["clips"]) if "clips" in ask.slots else None


Builder = Callable[[Ask, Scene], list[BaseOperation]]


def _total(ask: Ask, scene: Scene) -> list[BaseOperation]:
    return [SetTotalLength(seconds=ask.slots["seconds"])]


def _each(ask: Ask, scene: Scene) -> list[BaseOperation]:
    return [SetClipLength(seconds=ask.slots["seconds"])]


def _slice(ask: Ask, scene: Scene) -> list[BaseOperation]:
    if ask.slots["count"] != 1:
        raise Refused("unknown")
    return _each(ask, scene)


def _length(ask: Ask, scene: Scene) -> list[BaseOperation]:
    return [SetClipLength(seconds=ask.slots["seconds"], clips=scene.clips(ask))]


def _transition(ask: Ask, scene: Scene) -> list[BaseOperation]:
    kind, cuts = ask.slots["kind"], None
    if "cuts" in ask.slots:
        numbers = sorted(scene.numbers(ask.slots["cuts"]))
        if len(numbers) < 2 or numbers != list(range(numbers[0], numbers[0] + len(numbers))):
            raise Refused("cuts")
        cuts = numbers[:-1]
    seconds = ask.slots.get("seconds", SMOOTH_SECONDS if ask.slots.get("smooth") else None)
    if kind == "none":
        return [SetTransition(kind="none", cuts=cuts)]
    return [SetTransition(seconds=seconds, cuts=cuts)]


def canvas_values(slots: dict[str, Any]) -> dict[str, Any]:
    """The values of `SetCanvas` for what was said about the frame."""
    values: dict[str, Any] = {key: slots[key] for key in ("ratio", "platform", "resolution", "fps") if key in slots}
    if "size" in slots:
        width, height = slots["size"]
        for ratio in _RATIOS:
            for name, short in SHORT_SIDE.items():
                if size_of(cast(Any, ratio), short) == (width, height):
                    return values | {"ratio": ratio, "resolution": name}
        raise Refused("resolution")
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
    source = scene.numbers(ask.slots["clip"])
    if len(source) != 1:
        raise Refused("one_clip")
    (here,) = source
    to = ask.slots.get("to")
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


def _swap(ask: Ask, scene: Scene) -> list[BaseOperation]:
    numbers = scene.numbers((*ask.slots["both"], *ask.slots.get("other", ())))
    if len(numbers) != 2:
        raise Refused("two_clips")
    return [SwapClips(first=numbers[0], second=numbers[1])]


def _reverse(ask: Ask, scene: Scene) -> list[BaseOperation]:
    return [ReverseClips()]


def _remove(ask: Ask, scene: Scene) -> list[BaseOperation]:
    return [RemoveClips(clips=scene.numbers(ask.slots["clips"]))]


def _add(ask: Ask, scene: Scene) -> list[BaseOperation]:
    return [AddClips()]


def _join(ask: Ask, scene: Scene) -> list[BaseOperation]:
    names = ask.slots["media"]
    if not all(isinstance(name, str) for name in names):
        raise Refused("unknown")
    return [AddClips(media=list(names), at=ask.slots.get("at"))]


def _title(ask: Ask, scene: Scene) -> list[BaseOperation]:
    slots = ask.slots
    if not slots.get("text"):
        raise Refused("no_words")
    return [AddText(text=slots["text"], **_window(slots, scene), **_look(ask))]


def _look(ask: Ask) -> dict[str, Any]:
    """What was said of a title's place and colour."""
    return {key: ask.slots[key] for key in ("position", "color") if key in ask.slots}


def _window(slots: dict[str, Any], scene: Scene) -> dict[str, Any]:
    """The time window of a title, in seconds."""
    total = scene.film.duration_ms / 1000
    long = slots.get("long", 3.0)
    if "clips" in slots:
        chosen = sorted(n - 1 for n in scene.numbers(slots["clips"]))
        if chosen != list(range(chosen[0], chosen[0] + len(chosen))):
            raise Refused("one_clip")
        starts = [*scene.film.starts(), scene.film.duration_ms]
        return {"start_seconds": starts[chosen[0]] / 1000, "end_seconds": starts[chosen[-1] + 1] / 1000}
    if slots.get("whole"):
        return {"start_seconds": 0, "end_seconds": total}
    if "first" in slots:
        return {"start_seconds": 0, "end_seconds": slots["first"]}
    if "last" in slots or slots.get("edge") == "end":
        return {"start_seconds": 0, "end_seconds": slots.get("last", long), "from_end": True}
    if "span" in slots:
        return {"start_seconds": slots["span"][0], "end_seconds": slots["span"][1]}
    start = slots.get("start", 0)
    return {"start_seconds": start, "end_seconds": start + long}


def _retitle(ask: Ask, scene: Scene) -> list[BaseOperation]:
    if not scene.film.texts:
        return _title(ask, scene)
    if len(scene.film.texts) > 1:
        raise Refused("no_such_title")
    (old,) = scene.film.texts
    kept = {"position": old.position, "color": old.color, **_look(ask)}
    if old.end_offset_ms is None:
        start, end = old.start_ms, old.start_ms + old.duration_ms
    else:
        start, end = old.end_offset_ms, old.end_offset_ms + old.duration_ms
    window = {"start_seconds": start / 1000, "end_seconds": end / 1000, "from_end": old.end_offset_ms is not None}
    return [RemoveTexts(), AddText(text=ask.slots["text"], **window, **kept)]


def _untitle(ask: Ask, scene: Scene) -> list[BaseOperation]:
    return [RemoveTexts(text=ask.slots.get("text"))]


def _no_title(ask: Ask, scene: Scene) -> list[BaseOperation]:
    return [RemoveTexts()] if scene.film.texts else []


def _music(ask: Ask, scene: Scene) -> list[BaseOperation]:
    slots = ask.slots
    old = scene.film.music[0].volume if scene.film.music else None
    volume = slots.get("volume")
    if "level" in slots:  # "volume 0.3" and "volume 30" both mean 30 %
        volume = slots["level"] / 100 if slots["level"] > 1 else slots["level"]
    if "louder" in slots:
        if old is None:
            raise Refused("no_music_yet")
        volume = round(min(1.0, old / QUIETER if slots["louder"] else old * QUIETER), 3)
    elif ask.topic == "volume" and old is None and not any(m.kind == "audio" for m in scene.pool):
        raise Refused("no_music_yet")
    return [
        SetMusic(
            media=slots.get("media"),
            volume=volume,
            fade_in_seconds=slots.get("fade_in", slots.get("fades")),
            fade_out_seconds=slots.get("fade_out", slots.get("fades")),
        )
    ]


def _unmusic(ask: Ask, scene: Scene) -> list[BaseOperation]:
    return [RemoveMusic()]


def _no_music(ask: Ask, scene: Scene) -> list[BaseOperation]:
    return [RemoveMusic()] if scene.film.music else []


_PANS = {"left": "pan_left", "right": "pan_right", "top": "pan_up", "bottom": "pan_down"}


def _motion(ask: Ask, scene: Scene) -> list[BaseOperation]:
    motion = ask.slots.get("motion") or _PANS.get(ask.slots["pan"])
    if motion is None:
        raise Refused("pan")
    return [SetMotion(motion=motion, clips=scene.clips(ask))]


def _fit(ask: Ask, scene: Scene) -> list[BaseOperation]:
    return [SetFit(fit=ask.slots["fit"], clips=scene.clips(ask))]


BUILDERS: dict[str, tuple[int, Builder]] = {
    "add": (1, _add), "join": (1, _join), "remove": (1, _remove), "move": (1, _move), "swap": (1, _swap),
    "reverse": (1, _reverse), "canvas": (2, _canvas), "total": (3, _total), "each": (3, _each), "slice": (3, _slice),
    "length": (4, _length), "transition": (5, _transition), "motion": (6, _motion), "fit": (6, _fit),
    "untitle": (7, _untitle), "no_title": (7, _no_title), "retitle": (7, _retitle), "title": (8, _title),
    "unmusic": (9, _unmusic), "no_music": (9, _no_music), "music": (10, _music), "volume": (11, _music),
}  # fmt: skip
"""Topic → (stage, builder). Stages run in this order, so that a title finds the film at its final length."""
