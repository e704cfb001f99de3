"""Cards: title cards, end cards and chapter cards, which have a background of their own."""

from dataclasses import replace
from typing import Any, Literal

from pydantic import Field, model_validator

from nemovideo_mcp.timeline.cards import (
    DEFAULT_CARD_MS,
    DEFAULT_GROUND,
    HARD_TO_READ,
    called,
    cards,
    ground_words,
    ink_on,
    legible,
    words_of,
)
from nemovideo_mcp.timeline.model import MAX_FILM_MS, MIN_CLIP_MS, Clip, Font, Look, Text, Timeline, Transition
from nemovideo_mcp.timeline.operations.base import (
    BaseOperation,
    Clips,
    Color,
    OperationError,
    Pool,
    Step,
    fresh_id,
    number_of,
    pick,
    plural,
)
from nemovideo_mcp.timeline.time import spoken, to_ms

LONGEST = MAX_FILM_MS // 1000


class SetCard(BaseOperation):
    """Add a card (words on a background of their own), or change one. Cards do not count as clips."""

    op: Literal["set_card"] = "set_card"
    card: int | None = Field(None, description="number of the card to change, -1 the last; left out: a new one")
    text: str | None = Field(None, min_length=1, max_length=500, description="further lines are smaller")
    after: int | None = Field(None, ge=-1, description="clip before it; 0: the start (a new one), -1: the end")
    seconds: float | None = Field(None, ge=MIN_CLIP_MS / 1000, le=LONGEST, description="3 if left out")
    background: Color | None = None
    gradient: Color | None = Field(None, description="second colour")
    photo: int | None = Field(None, description="clip whose blurred picture is the background")
    color: Color | None = Field(None, description="of the words; a readable one if left out")
    font: Font | None = None

    @model_validator(mode="after")
    def _asks_for_something(self) -> "SetCard":
        moved = () if self.card is None else ("after",)
        self.some_of("text", "seconds", "background", "gradient", "photo", "color", "font", *moved)
        if self.photo is not None and (self.background or self.gradient):
            raise ValueError("set_card takes a photo or colours for the background, not both.")
        return self

    def apply(self, film: Timeline, pool: Pool) -> Step:
        step = self._new(film) if self.card is None else self._change(film)
        after = step.film
        if after.duration_ms > MAX_FILM_MS:
            raise OperationError(
                f"The film would be {spoken(after.duration_ms)} long; the limit is {spoken(MAX_FILM_MS)}."
            )
        return step

    def _new(self, film: Timeline) -> Step:
        card = Clip(
            id=fresh_id("c", (clip.id for clip in film.clips)),
            media="",
            name="card",
            kind="card",
            duration_ms=DEFAULT_CARD_MS,
            motion="none",
            fit="fill",
            background=DEFAULT_GROUND,
        )
        after, index = _put(film, self._dressed(film, card), self._place(film, 0 if self.after is None else self.after))
        if index == 0 and film.clips:
            after = _behind(film, after)
        after = self._said(film, after, index)
        blank = "" if self.text else "blank "
        return self._told(film, after, index, f"Added {_article(blank + called(after, index))}")

    def _change(self, film: Timeline) -> Step:
        (index,) = pick_cards(film, [self.card or 0])
        old = film.clips[index]
        card = self._dressed(film, old)
        if self.after is None:
            after = film.with_clips(tuple(card if clip is old else clip for clip in film.clips))
        else:
            place = self._place(film, self.after)
            after, index = _put(_taken(film, [index]), card, place - (index < place))
        after = self._said(film, after, index)
        return self._told(film, after, index, f"The {called(after, index)}")

    def _place(self, film: Timeline, number: int) -> int:
        """The index that a card gets behind the clip of a number."""
        if number == 0:
            return 0
        return len(film.clips) if number == -1 else pick(film, [number])[0] + 1

    def _dressed(self, film: Timeline, card: Clip) -> Clip:
        """The card with the length and the background that were asked for."""
        given: dict[str, Any] = {}
        if self.seconds is not None:
            given["duration_ms"] = to_ms(self.seconds)
        if self.photo is not None:
            clip = film.clips[pick(film, [self.photo])[0]]
            if clip.kind == "video":
                raise OperationError(f"{clip.name} is a video: only a photo can be blurred behind the words of a card.")
            given |= {"media": clip.media, "background": None, "gradient": None, "look": clip.look}
        elif self.background or self.gradient:
            background = (self.background or card.background or DEFAULT_GROUND).lower()
            gradient = self.gradient.lower() if self.gradient else None
            given |= {
                "media": "",
                "background": background,
                "gradient": gradient,
                "look": Look(),
            }
        return replace(card, **given)

    def _said(self, before: Timeline, film: Timeline, index: int) -> Timeline:
        """The film with the words of the card at ``index`` as they were asked for, in a colour that can be read."""
        card = film.clips[index]
        old = next((clip for clip in before.clips if clip.id == card.id), None)
        words = words_of(film, card)
        said = (("text", self.text), ("font", self.font))
        given: dict[str, Any] = {name: value for name, value in said if value is not None}
        if self.color is not None:
            given["color"] = self.color.lower()
        elif words is None or (old is not None and words.color == ink_on(old)):
            given["color"] = ink_on(card)
        if words is None:
            if self.text is None:
                if self.color or self.font:
                    raise OperationError("The card has no words; say which ones it should show.")
                return film
            new = Text(id=fresh_id("t", (t.id for t in film.texts)), style="card", clip=card.id, **given)
            return replace(film, texts=(*film.texts, new))
        return replace(film, texts=tuple(replace(t, **given) if t is words else t for t in film.texts))

    def _told(self, before: Timeline, film: Timeline, index: int, begin: str) -> Step:
        step = self.done(film, "")
        card = step.film.clips[index]
        words = words_of(step.film, card)
        said = f' "{_line(words.text)}"' if words else ""
        picture = next((c.name for c in film.clips if c.kind == "image" and c.media == card.media), "")
        ground = ground_words(card, picture)
        parts = [
            spoken(card.duration_ms),
            f"{words.color} on {ground}" if words else ground,
            f"in {self.font}" if self.font else "",
            f"after clip {number_of(film, index - 1)}" if _between(film, index) else "",
        ]
        whole = f"; the film is now {spoken(film.duration_ms)} long" if film.duration_ms != before.duration_ms else ""
        text = f"{begin}{said}: {', '.join(part for part in parts if part)}{whole}."
        change = replace(step.change, text=text, after=words.text if words else None)
        faint = words is not None and not card.media and legible(words.color, card) < HARD_TO_READ
        note = f"The words of the {called(film, index)} are hard to read: {words.color if words else ''} on {ground}."
        return replace(step, change=change, warnings=(*step.warnings, note) if faint else step.warnings)


class RemoveCards(BaseOperation):
    """Take cards away, with their words."""

    op: Literal["remove_cards"] = "remove_cards"
    cards: Clips | None = None

    def apply(self, film: Timeline, pool: Pool) -> Step:
        gone = pick_cards(film, self.cards)
        return without(self, film, gone, [])


def without(operation: BaseOperation, film: Timeline, gone: tuple[int, ...], texts: list[str]) -> Step:
    """The step to the film without the cards at these indexes and the texts of these ids; a card goes with its words.

    Raises:
        OperationError: nothing would be left.
    """
    if len(gone) == len(film.clips):
        raise OperationError("That would remove every clip and leave no film. Keep at least one.")
    after = _taken(film, gone)
    ids = {film.clips[index].id for index in gone}
    kept = tuple(text for text in film.texts if text.clip not in ids and text.id not in texts)
    names = " and ".join(f"the {called(film, index)}" for index in gone) if len(gone) < 3 else plural(len(gone), "card")
    others = len(film.texts) - len(kept) - sum(words_of(film, film.clips[index]) is not None for index in gone)
    more = f" and {plural(others, 'title')}" if others else ""
    text = f"Removed {names}{more}; the film is now {spoken(after.duration_ms)} long."
    before = [t.text for t in film.texts]
    return operation.done(replace(after, texts=kept), text, before, [t.text for t in kept])


def pick_cards(film: Timeline, numbers: list[int] | None) -> tuple[int, ...]:
    """Numbers of cards (1 is the first, -1 the last) to indexes of clips; ``None`` is every card.

    Raises:
        OperationError: there is no such card.
    """
    there = cards(film)
    if not there:
        raise OperationError("The film has no card.")
    if numbers is None:
        return there
    for number in numbers:
        if number == 0 or not -len(there) <= number <= len(there):
            raise OperationError(f"There is no card {number}: the film has {plural(len(there), 'card')}.")
    return tuple(dict.fromkeys(there[number - 1 if number > 0 else number] for number in numbers))


def _put(film: Timeline, card: Clip, index: int) -> tuple[Timeline, int]:
    """The film with a card at ``index``, and where it is. The other cuts stay as they are; its own are as those beside them."""
    clips = list(film.clips)
    usual = clips[-1].transition_in if len(clips) > 1 else Transition() if clips else None
    if index == 0 and clips:
        usual = clips[1].transition_in if len(clips) > 1 else usual
        clips[0] = replace(clips[0], transition_in=usual)
    elif index < len(clips):
        usual = clips[index].transition_in
    clips.insert(index, replace(card, transition_in=usual if index else None))
    return film.with_clips(tuple(clips)), index


def _behind(before: Timeline, film: Timeline) -> Timeline:
    """The film with the words that were over its photos still over them, now that a card stands before them."""
    later = film.duration_ms - before.duration_ms
    loose = (t.clip is None and t.end_offset_ms is None for t in film.texts)
    moved = (replace(t, start_ms=t.start_ms + later) if free else t for t, free in zip(film.texts, loose, strict=True))
    return replace(film, texts=tuple(moved))


def _taken(film: Timeline, gone: tuple[int, ...] | list[int]) -> Timeline:
    return film.with_clips(tuple(clip for index, clip in enumerate(film.clips) if index not in gone))


def _between(film: Timeline, index: int) -> bool:
    return 0 < index < len(film.clips) - 1 and film.clips[index - 1].kind != "card"


def _article(name: str) -> str:
    return f"an {name}" if name[0] in "aeiou" else f"a {name}"


def _line(text: str) -> str:
    return " / ".join(line.strip() for line in text.splitlines() if line.strip())
