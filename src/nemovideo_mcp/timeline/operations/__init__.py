"""Typed edits: one class each, with one pure function timeline → timeline. This union is the table of them all."""

from collections.abc import Iterable, Sequence
from typing import Annotated, Any

from pydantic import Field, TypeAdapter

from nemovideo_mcp.timeline.model import Timeline
from nemovideo_mcp.timeline.operations.arrange import KeepClips, OrderClips, ReverseClips, ShuffleClips, SortClips
from nemovideo_mcp.timeline.operations.base import (
    BaseOperation,
    Change,
    OperationError,
    Pool,
    Step,
    problem,
)
from nemovideo_mcp.timeline.operations.canvas import SetCanvas
from nemovideo_mcp.timeline.operations.captions import AddSubtitles, CaptionClips
from nemovideo_mcp.timeline.operations.cards import RemoveCards, SetCard
from nemovideo_mcp.timeline.operations.grade import SetFade, SetLook
from nemovideo_mcp.timeline.operations.length import SetClipLength, SetSpeed, SetTotalLength
from nemovideo_mcp.timeline.operations.look import SetFit, SetMotion
from nemovideo_mcp.timeline.operations.music import CutOnBeats, RemoveMusic, SetClipVolume, SetMusic
from nemovideo_mcp.timeline.operations.order import AddClips, MoveClip, RemoveClips, SwapClips, lay_out
from nemovideo_mcp.timeline.operations.overlays import RemoveOverlays, SetOverlay
from nemovideo_mcp.timeline.operations.pieces import (
    DuplicateClips,
    PairPhotos,
    ReplaceClip,
    SplitClip,
    TrimClip,
    UnpairPhotos,
)
from nemovideo_mcp.timeline.operations.recall import Restore
from nemovideo_mcp.timeline.operations.templates import ApplyTemplate
from nemovideo_mcp.timeline.operations.texts import AddText, RemoveTexts, SetText
from nemovideo_mcp.timeline.operations.transitions import SetTransition

Operation = Annotated[
    SetCanvas
    | SetTotalLength
    | SetClipLength
    | SetSpeed
    | AddClips
    | RemoveClips
    | KeepClips
    | DuplicateClips
    | ReplaceClip
    | SplitClip
    | TrimClip
    | MoveClip
    | SwapClips
    | OrderClips
    | ReverseClips
    | ShuffleClips
    | SortClips
    | PairPhotos
    | UnpairPhotos
    | SetTransition
    | SetMotion
    | SetFit
    | SetLook
    | SetFade
    | AddText
    | SetText
    | RemoveTexts
    | SetCard
    | RemoveCards
    | CaptionClips
    | AddSubtitles
    | SetOverlay
    | RemoveOverlays
    | SetMusic
    | RemoveMusic
    | SetClipVolume
    | CutOnBeats
    | ApplyTemplate
    | Restore,
    Field(discriminator="op"),
]

_operations: TypeAdapter[list[Operation]] = TypeAdapter(list[Operation])


def parse(raw: Any) -> list[Operation]:
    """Operations from JSON values.

    Raises:
        pydantic.ValidationError: one of them is not an operation; `problem` puts it into words.
    """
    return _operations.validate_python(raw)


def apply_all(film: Timeline, operations: Iterable[BaseOperation], pool: Pool) -> tuple[Timeline, list[Step]]:
    """All operations one after the other, or none.

    Raises:
        OperationError: one of them cannot be made; the text says which.
    """
    steps: list[Step] = []
    for operation in operations:
        step = operation.apply(film, pool)
        film = step.film
        steps.append(step)
    return film, steps


__all__ = [
    "AddClips", "AddSubtitles", "AddText", "ApplyTemplate", "BaseOperation", "CaptionClips", "Change", "CutOnBeats", "DuplicateClips",
    "KeepClips", "MoveClip", "Operation", "OperationError", "OrderClips", "PairPhotos", "Pool", "RemoveCards", "RemoveClips",
    "RemoveMusic", "RemoveOverlays", "RemoveTexts", "ReplaceClip", "Restore", "ReverseClips", "Sequence", "SetCanvas", "SetCard", "SetClipLength",
    "SetClipVolume", "SetFade", "SetFit", "SetLook", "SetMotion", "SetMusic", "SetOverlay", "SetSpeed", "SetText", "SetTotalLength",
    "SetTransition", "ShuffleClips", "SortClips", "SplitClip", "Step", "SwapClips", "TrimClip", "UnpairPhotos",
    "apply_all", "lay_out", "parse", "problem",
]  # fmt: skip
