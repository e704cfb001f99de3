"""What a builder sees: the film so far, the film that the speaker counts in, and the uploads."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from nemovideo_mcp.studio.editor.asks import Ask
from nemovideo_mcp.studio.editor.selections import Rule, resolve
from nemovideo_mcp.timeline.model import Clip, Media, Timeline
from nemovideo_mcp.timeline.operations import BaseOperation, OperationError
from nemovideo_mcp.timeline.operations.base import counted, number_of, pick, plural

WAYS = {
    "left": "left", "right": "right", "top": "up", "bottom": "down", "top_left": "up_left", "top_right": "up_right",
    "bottom_left": "down_left", "bottom_right": "down_right",
}  # fmt: skip
"""Where a thing moves that is said to go to a place of the frame."""


class Refused(Exception):
    """An ask that cannot become an operation: the key of the reason (see `words`), and what to put into it."""

    def __init__(self, key: str, words: str = "") -> None:
        self.key, self.words = key, words
        super().__init__(key)


@dataclass(frozen=True, slots=True)
class Scene:
    """The film as the instruction has made it so far, and ``base``, the film whose clips the speaker counts; the ``language`` that is spoken."""

    film: Timeline
    base: Timeline
    pool: Sequence[Media]
    language: str = "en"

    def numbers(self, wanted: Sequence[int | str | Rule]) -> list[int]:
        """Clip numbers of the film for numbers (and file names) that the speaker used.

        Raises:
            OperationError: there is no such clip.
            Refused: the clip was removed by the same instruction.
        """
        there, spoken_of = counted(self.film), counted(self.base)
        ids = [clip.id for clip in there]
        found: list[int] = []
        for want in resolve(wanted, [clip.kind for clip in spoken_of], [clip.name for clip in spoken_of]):
            if isinstance(want, str):
                mine = [i for i, clip in enumerate(there) if clip.name.casefold() == want.casefold()]
                if not mine:
                    raise OperationError(f'"{want}" is not on the timeline: it has {plural(len(ids))}.')
                found += [i + 1 for i in mine]
                continue
            (index,) = pick(self.base, [want])
            if self.base.clips[index].id not in ids:
                raise Refused("gone", str(number_of(self.base, index)))
            found.append(ids.index(self.base.clips[index].id) + 1)
        if not found:
            raise Refused("no_clips")
        return list(dict.fromkeys(found))

    def one(self, wanted: Sequence[int | str | Rule]) -> int:
        """The number of the only clip that is meant.

        Raises:
            Refused: there are several, or none.
        """
        numbers = self.numbers(wanted)
        if len(numbers) != 1:
            raise Refused("one_clip")
        return numbers[0]

    def clips(self, ask: Ask) -> list[int] | None:
        """The clips that an ask names; the photos alone where it says "photos" in a film that has videos; None for all."""
        if "clips" in ask.slots:
            return self.numbers(ask.slots["clips"])
        there = counted(self.film)
        photos = [n for n, clip in enumerate(there, 1) if clip.kind == "image"]
        return photos if "photos" in ask.slots and 0 < len(photos) < len(there) else None

    def clip(self, number: int) -> Clip:
        """The clip of a number, from 1."""
        return self.film.clips[pick(self.film, [number])[0]]


Builder = Callable[[Ask, Scene], list[BaseOperation]]
