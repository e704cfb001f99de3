"""Asks → typed operations about single clips: copies, pieces, pairs, and what is cut off the ends of the film."""

from nemovideo_mcp.studio.editor.asks import Ask
from nemovideo_mcp.studio.editor.scene import Builder, Refused, Scene
from nemovideo_mcp.timeline.model import MIN_CLIP_MS
from nemovideo_mcp.timeline.operations import (
    BaseOperation,
    DuplicateClips,
    MoveClip,
    PairPhotos,
    RemoveClips,
    ReplaceClip,
    SetClipLength,
    SplitClip,
    TrimClip,
    UnpairPhotos,
)
from nemovideo_mcp.timeline.operations.base import counted
from nemovideo_mcp.timeline.time import to_ms


def _duplicate(ask: Ask, scene: Scene) -> list[BaseOperation]:
    slots = ask.slots
    copies = int(slots["shows"]) - 1 if "shows" in slots else int(slots.get("copies", slots.get("times", 1)))
    clips = scene.numbers(slots["clips"])
    made: list[BaseOperation] = [DuplicateClips(clips=clips, copies=copies)]
    if "behind" in slots:  # "show photo 2 again after photo 5": the copy is behind its own photo first
        anchor = scene.one(slots["behind"])
        if len(clips) != 1 or copies != 1:
            raise Refused("one_clip")
        if anchor != clips[0]:
            made.append(MoveClip(clip=clips[0] + 1, to=anchor + 1))
        return made
    if "edge" in slots:
        if len(clips) != 1 or copies != 1:
            raise Refused("one_clip")
        made.append(MoveClip(clip=clips[0] + 1, to=1 if slots["edge"] == "START" else -1))
    return made


def _replace(ask: Ask, scene: Scene) -> list[BaseOperation]:
    media, clip = ask.slots["media"], ask.slots["clip"]
    if isinstance(clip[0], str) and not isinstance(media[0], str):  # "instead of photo 3 use beach.jpg"
        media, clip = clip, media
    if len(media) != 1 or not isinstance(media[0], str):
        raise Refused("file_name")
    return [ReplaceClip(clip=scene.one(clip), media=media[0])]


def _split(ask: Ask, scene: Scene) -> list[BaseOperation]:
    if ask.slots.get("parts", 2) != 2:
        raise Refused("two_parts")
    return [SplitClip(clip=scene.one(ask.slots["clip"]), at_seconds=ask.slots.get("at"))]


def _trim(ask: Ask, scene: Scene) -> list[BaseOperation]:
    slots = ask.slots
    clip = scene.one(slots["clip"])
    if "span" in slots:
        return [TrimClip(clip=clip, from_seconds=slots["span"][0], to_seconds=slots["span"][1])]
    if "keep" in slots:
        return [TrimClip(clip=clip, from_seconds=0, to_seconds=slots["keep"])]
    if "head" in slots:
        return [TrimClip(clip=clip, from_seconds=slots["head"])]
    if "upto" in slots:
        return [TrimClip(clip=clip, to_seconds=slots["upto"])]
    left = scene.clip(clip).duration_ms / 1000 - slots["tail"]
    if left <= 0:
        raise Refused("how_much")
    return [TrimClip(clip=clip, to_seconds=left)]


def _pair(ask: Ask, scene: Scene) -> list[BaseOperation]:
    numbers = scene.numbers((*ask.slots["both"], *ask.slots.get("other", ())))
    if len(numbers) != 2:
        raise Refused("two_clips")
    return [PairPhotos(left=numbers[0], right=numbers[1])]


def _unpair(ask: Ask, scene: Scene) -> list[BaseOperation]:
    return [UnpairPhotos(clips=scene.clips(ask))]


def _pair_all(ask: Ask, scene: Scene) -> list[BaseOperation]:
    return [PairPhotos()]


def _shave(ask: Ask, scene: Scene) -> list[BaseOperation]:
    """``trim 5 s off the end``: the last 5 s of the film go, whole clips and then a part of the next one."""
    back = ask.slots["side"] == "end"
    left = to_ms(ask.slots["seconds"])
    order = list(enumerate(counted(scene.film), 1))
    gone: list[int] = []
    for number, clip in reversed(order) if back else order:
        if clip.duration_ms - left >= MIN_CLIP_MS or not left:
            break
        gone.append(number)
        left = max(0, left - clip.duration_ms)
    if len(gone) == len(order):
        raise Refused("how_much")
    made: list[BaseOperation] = [RemoveClips(clips=sorted(gone))] if gone else []
    if left:
        made.append(_shaved(scene, len(order) - len(gone) if back else 1, number, left, back))
    return made


def _shaved(scene: Scene, place: int, number: int, left: int, back: bool) -> BaseOperation:
    """The operation that takes ``left`` ms off the clip that was number ``number`` and is at ``place`` now."""
    clip = scene.clip(number)
    if clip.kind == "image":
        return SetClipLength(by_seconds=-left / 1000, clips=[place])
    kept = (clip.duration_ms - left) / 1000
    return TrimClip(clip=place, to_seconds=kept) if back else TrimClip(clip=place, from_seconds=left / 1000)


PIECES: dict[str, tuple[int, Builder]] = {
    "pair": (1, _pair), "unpair": (1, _unpair), "pairall": (1, _pair_all), "duplicate": (1, _duplicate),
    "replace": (1, _replace), "split": (1, _split), "trim": (1, _trim), "shave": (4, _shave),
}  # fmt: skip
"""Topic → (stage, builder)."""
