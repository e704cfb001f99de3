"""A row of the grammar, and the words that say nothing beside one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Phrase:
    """``level`` tells how sure it is beside words that were not understood; see `phrases`."""

    pattern: str
    topic: str
    says: Mapping[str, Any] = field(default_factory=dict)
    level: int = 1


_SOFT_KINDS = (
    "MAKE ADD USE SHOW BE FILM CLIP ALL_CLIPS COUNT IT DET IN AT FOR FROM TO OF ON WITH_PREP AS COLON DASH "
    "AUDIENCE ALL BOTH PICTURE_FORMAT FRAME_WORD DEGREE OUT EVERYTHING"
)
SOFT = frozenset(_SOFT_KINDS.split())
"""What may be left over beside a phrase that was understood without changing its sense."""
