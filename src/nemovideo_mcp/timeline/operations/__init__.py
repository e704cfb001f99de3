"""Typed edits: one class each, with one pure function timeline → timeline. This union is the table of them all."""

from collections.abc import Iterable, Sequence
from typing import Annotated, Any

from pydantic import Field, TypeAdapter

from nemovideo_mcp.timeline.model import Timeline
from nemovideo_mcp.timeline.operations.base import (
    BaseOperation,
    Change,
    OperationError,
    Pool,
    Step,
    problem,
)
from nemovideo_mcp.timeline.operations.canvas import SetCanvas
from nemovideo_mcp.timeline.operations.grade import SetFade, SetLook
from nemovideo_mcp.timeline.operations.length import SetClipLength, SetTotalLength
from nemovideo_mcp.timeline.operations.look import SetFit, SetMotion
from nemovideo_mcp.timeline.operations.music import RemoveMusic, SetMusic
from nemovideo_mcp.timeline.operations.order import (
    AddClips,
    MoveClip,
    RemoveClips,
    ReverseClips,
    SwapClips,
    lay_out,
)
from nemovideo_mcp.timeline.operations.texts import AddText, RemoveTexts
from nemovideo_mcp.timeline.operations.transitions import SetTransition

Operation = Annotated[
    SetCanvas
    | SetTotalLength
    | SetClipLength
    | AddClips
    | RemoveClips
    | MoveClip
    | SwapClips
    | ReverseClips
    | SetTransition
    | SetMotion
    | SetFit
    | SetLook
    | SetFade
    | AddText
    | RemoveTexts
    | SetMusic
    | RemoveMusic,
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
    "AddClips", "AddText", "BaseOperation", "Change", "MoveClip", "Operation", "OperationError", "Pool", "RemoveClips",
    "RemoveMusic", "RemoveTexts", "ReverseClips", "Sequence", "SetCanvas", "SetClipLength", "SetFade", "SetFit", "SetLook", "SetMotion",
    "SetMusic", "SetTotalLength", "SetTransition", "Step", "SwapClips", "apply_all", "lay_out", "parse", "problem",
]  # fmt: skip
