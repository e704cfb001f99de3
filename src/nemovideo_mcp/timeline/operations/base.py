"""What every operation is: a typed edit with one pure function from a timeline to the next one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field, GetJsonSchemaHandler, ValidationError
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema
from typing_extensions import TypeAliasType

from nemovideo_mcp.timeline.model import MIN_CLIP_MS, Clip, Media, Timeline, Transition
from nemovideo_mcp.timeline.time import spoken

Pool = Sequence[Media]
"""The project's media, in upload order."""

# Named, so that the schema holds each of them once.
Clips = TypeAliasType(
    "Clips", Annotated[list[int], Field(min_length=1, description="numbers from 1, -1 the last; left out: all")]
)
Share = TypeAliasType("Share", Annotated[float, Field(ge=0, le=1)])
Signed = TypeAliasType("Signed", Annotated[float, Field(ge=-1, le=1)])
Color = TypeAliasType("Color", Annotated[str, Field(pattern="^#[0-9a-fA-F]{6}$")])
Point = TypeAliasType(
    "Point",
    Annotated[
        tuple[Share, Share],
        Field(description="fractions of width and height"),
    ],
)


SELF_EVIDENT = frozenset(
    "remove_clips keep_clips swap_clips move_clip reverse_clips shuffle_clips remove_music remove_texts remove_overlays replace_clip unpair_photos "
    "set_canvas set_motion set_music add_text add_clips".split()
)
"""Operations whose names say what they do: their schemas need no sentence."""


class OperationError(ValueError):
    """An edit that cannot be made. The text says why and what would work; nothing was changed."""


class NoSuchClip(OperationError):
    """There is no clip of that number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing that an edit did: in words for a person, and as values before and after for a program."""

    operation: str
    text: str
    clause: str | None = None
    before: Any = None
    after: Any = None


@dataclass(frozen=True, slots=True)
class Step:
    """The timeline after an operation, what to tell about it, and what had to give way for it."""

    film: Timeline
    change: Change
    warnings: tuple[str, ...] = ()


class BaseOperation(BaseModel):
    """A typed edit. Clips are counted from 1; -1 is the last one."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)
    needs_clips: ClassVar[bool] = True
    """Whether the operation means something only when the timeline has clips."""

    op: str

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Lean: models pay for every word in every chat. What may be left out is not said to be null as well."""
        made = handler(schema)
        whole = handler.resolve_ref_schema(made)
        for name, field in whole.get("properties", {}).items():
            kinds = [kind for kind in field.get("anyOf", ()) if kind != {"type": "null"}]
            if len(kinds) == 1:
                del field["anyOf"]
                field.update({**kinds[0], **field})
            if field.get("default", 0) in (None, False) or name == "op":
                field.pop("default", None)
            field.pop("title", None)
            if "const" in field or "enum" in field:
                field.pop("type", None)
            if field.get("maximum", 0) > 100:
                del field["maximum"]
            if "maximum" not in field and not field.get("minimum", 0):
                field.pop("minimum", None)
            for obvious in ("minLength", "maxLength", "minItems", "exclusiveMinimum"):
                field.pop(obvious, None)
        if "op" in whole.get("properties", {}):
            whole["required"] = ["op", *whole.get("required", ())]
        # Unknown fields are refused all the same, with words that name them.
        whole.pop("additionalProperties", None)
        whole.pop("title", None)
        if whole.get("properties", {}).get("op", {}).get("const") in SELF_EVIDENT:
            whole.pop("description", None)
        return made

    def one_of(self, *names: str) -> None:
        """
        Raises:
            ValueError: not exactly one of these fields is given.
        """
        if sum(getattr(self, name) is not None for name in names) != 1:
            raise ValueError(f"{self.op} needs exactly one of {', '.join(names[:-1])} and {names[-1]}.")

    def some_of(self, *names: str) -> None:
        """
        Raises:
            ValueError: none of these fields is given.
        """
        if all(getattr(self, name) is None for name in names):
            raise ValueError(f"{self.op} needs at least one of {', '.join(names)}.")

    def apply(self, film: Timeline, pool: Pool) -> Step:
        """The timeline with this edit made.

        Raises:
            OperationError: it cannot be made on this timeline.
        """
        raise NotImplementedError  # every operation has its own; the test of the table calls each one

    def done(self, film: Timeline, text: str, before: Any = None, after: Any = None) -> Step:
        """The step to ``film``, settled: windows inside the film, transitions no longer than their clips."""
        settled, warnings = settle(film)
        change = Change(operation=self.op, text=text, before=_plain(before), after=_plain(after))
        return Step(settled, change, warnings)


def _plain(value: Any) -> Any:
    """A value as a report may hold it: a number, words, or a list of them."""
    if isinstance(value, dict):
        return [f"{name} {part}" for name, part in value.items()]
    if isinstance(value, (list, tuple)):
        return [
            " ".join(map(str, part)) if isinstance(part, tuple) else "none" if part is None else part for part in value
        ]
    return value


def plural(count: int, noun: str = "clip") -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


def pick(film: Timeline, numbers: Iterable[int] | None) -> tuple[int, ...]:
    """Clip numbers as people count (1 is the first, -1 the last) to indexes from 0; ``None`` is every clip.
    Cards have no number, and what is done to every clip is not done to them.

    Raises:
        NoSuchClip: there is no clip of that number.
    """
    counted = film.numbered()
    if numbers is None:
        return counted
    return tuple(dict.fromkeys(counted[_index(number, len(counted))] for number in numbers))


def _index(number: int, count: int) -> int:
    index = number - 1 if number > 0 else count + number
    if number == 0 or not 0 <= index < count:
        have = f"the timeline has {plural(count)}, numbered 1 to {count}" if count else "the timeline has no clips"
        raise NoSuchClip(f"There is no clip {number}: {have}.")
    return index


def named(film: Timeline, indexes: Sequence[int]) -> str:
    """How a selection of clips is called in a report."""
    counted = film.numbered()
    if len(indexes) == len(counted):
        return "every clip" if len(indexes) > 1 else "the clip"
    return ("clip " if len(indexes) == 1 else "clips ") + ", ".join(str(counted.index(index) + 1) for index in indexes)


def number_of(film: Timeline, index: int) -> int:
    """The number of the clip at an index, as people count."""
    return film.numbered().index(index) + 1


def counted(film: Timeline) -> list[Clip]:
    """The clips that have a number, in their order."""
    return [film.clips[index] for index in film.numbered()]


def how_many(film: Timeline) -> str:
    """``5 clips and a card``."""
    count = len(film.numbered())
    more = len(film.clips) - count
    return plural(count) + (f" and {'a card' if more == 1 else plural(more, 'card')}" if more else "")


def reordered(film: Timeline, clips: Sequence[Clip]) -> Timeline:
    """The film with its numbered clips in this order; its cards stay where they are: the first one first, the last one last."""
    following = iter(clips)
    return relay(film, [clip if clip.kind == "card" else next(following) for clip in film.clips])


def relay(film: Timeline, clips: Sequence[Clip]) -> Timeline:
    """The film with these clips in this order. Transitions stay with the cuts, not with the clips that move."""
    cuts = [clip.transition_in for clip in film.clips[1:]]
    spare = cuts[-1] if cuts else (None if film.clips[1:] else Transition())
    laid = [
        replace(clip, transition_in=None if i == 0 else cuts[i - 1] if i <= len(cuts) else spare)
        for i, clip in enumerate(clips)
    ]
    return film.with_clips(tuple(laid))


def fresh_id(prefix: str, used: Iterable[str]) -> str:
    """The next id of the form ``c7`` that is not in use."""
    numbers = [int(u[len(prefix) :]) for u in used if u.startswith(prefix) and u[len(prefix) :].isdecimal()]
    return f"{prefix}{max(numbers, default=0) + 1}"


def settle(film: Timeline) -> tuple[Timeline, tuple[str, ...]]:
    """The film with everything inside its bounds, and a warning for each thing that had to give way.

    A transition takes half of its length from each side, so it is at most as long as the shorter of its two clips: then
    the two transitions of a clip never meet. Texts and music lie inside the film.
    """
    warnings: list[str] = []
    clips: list[Clip] = []
    shortened: list[int] = []
    for index, clip in enumerate(film.clips):
        transition = clip.transition_in
        if index == 0:
            transition = None
        elif transition is not None:
            most = min(clip.duration_ms, film.clips[index - 1].duration_ms)
            if transition.duration_ms > most:
                transition = replace(transition, duration_ms=most)
                shortened.append(most)
        clips.append(clip if transition is clip.transition_in else replace(clip, transition_in=transition))
    if shortened:
        warnings.append(
            f"{plural(len(shortened), 'transition')} shortened to {spoken(min(shortened))} to fit the clips."
        )
    length = sum(clip.duration_ms for clip in clips)
    texts = []
    windows = {clip.id: (start, clip.duration_ms) for start, clip in film.with_clips(tuple(clips)).placed()}
    for text in film.texts:
        if text.clip is not None and clips:
            # It belongs to a clip: goes where that goes, and with it.
            if text.clip in windows:
                texts.append(replace(text, start_ms=windows[text.clip][0], duration_ms=windows[text.clip][1]))
        elif length and text.end_offset_ms is not None:
            # It belongs to the end, and goes where the end goes.
            kept = min(text.duration_ms, length)
            start = max(0, length - text.end_offset_ms - kept)
            texts.append(replace(text, start_ms=start, duration_ms=min(kept, length - start)))
        elif length and text.start_ms + text.duration_ms > length:
            kept = min(text.duration_ms, length)
            # A text that begins in the film ends with it; one that begins after the end moves to the end.
            start = text.start_ms if text.start_ms < length - MIN_CLIP_MS else length - kept
            moved = replace(text, start_ms=start, duration_ms=min(kept, length - start))
            warnings.append(f'The text "{text.text}" now ends with the film, at {spoken(length)}.')
            texts.append(moved)
        else:
            texts.append(text)
    overlays = []
    for overlay in film.overlays:
        kept = length if overlay.duration_ms is None else min(overlay.duration_ms, length)
        if length and overlay.end_offset_ms is not None:
            start = max(0, length - overlay.end_offset_ms - kept)
            overlay = replace(overlay, start_ms=start, duration_ms=min(kept, length - start))
        elif length and overlay.start_ms >= length:
            overlay = replace(overlay, start_ms=length - kept)
            warnings.append(f"{overlay.name} now ends with the film, at {spoken(length)}.")
        overlays.append(overlay)
    music = []
    for piece in film.music:
        if length and piece.start_ms >= length:
            warnings.append(f"The music {piece.name} now starts at 0 s: the film is only {spoken(length)} long.")
            piece = replace(piece, start_ms=0)
        music.append(piece)
    settled = replace(film, clips=tuple(clips), overlays=tuple(overlays), texts=tuple(texts), music=tuple(music))
    return settled, tuple(warnings)


def problem(error: ValidationError) -> str:
    """A validation error as one sentence for a reader: which field, and what it must be."""
    first = error.errors(include_url=False, include_context=True, include_input=False)[0]
    where = ""
    for part in first["loc"]:
        where += f"[{part}]" if isinstance(part, int) else f".{part}" if where else str(part)
    limits = first.get("ctx", {})
    match first["type"]:
        case "greater_than":
            what = f"must be more than {limits['gt']:g}"
        case "greater_than_equal":
            what = f"must be at least {limits['ge']:g}"
        case "less_than_equal":
            what = f"must be at most {limits['le']:g}"
        case "literal_error":
            what = f"must be one of {limits['expected']}"
        case "union_tag_invalid":
            what = f"cannot be {limits['tag']!r}: there are {limits['expected_tags']}"
        case "extra_forbidden":
            what = "is not known here"
        case "missing":
            what = "is missing"
        case "value_error":
            return str(limits["error"])
        case _:
            what = first["msg"][:1].lower() + first["msg"][1:]
    return f"{where or 'the value'} {what}."
