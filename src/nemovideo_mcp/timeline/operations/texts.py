"""Words over the picture."""

from dataclasses import replace
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator
from typing_extensions import TypeAliasType

from nemovideo_mcp.timeline.model import (
    MIN_CLIP_MS,
    Align,
    Animation,
    Font,
    Position,
    Text,
    TextStyle,
    Timeline,
)
from nemovideo_mcp.timeline.operations import cards
from nemovideo_mcp.timeline.operations.base import (
    BaseOperation,
    Color,
    OperationError,
    Point,
    Pool,
    Step,
    fresh_id,
    plural,
)
from nemovideo_mcp.timeline.time import clock, spoken, to_ms

DEFAULT_TEXT_MS = 3000
SpokenStyle = Literal["title", "subtitle", "caption", "lower_third", "end_card"]
"""The styles of words over the film; those in a card come with it."""
STYLE_WORDS: dict[TextStyle, str] = {
    "title": "title",
    "subtitle": "subtitle",
    "caption": "caption",
    "lower_third": "lower third",
    "end_card": "end title",
    "card": "card",
}
STYLE_PLACE: dict[SpokenStyle, Position] = {
    "title": "center",
    "subtitle": "bottom",
    "caption": "bottom",
    "lower_third": "bottom_left",
    "end_card": "center",
}
"""Where words of a style stand when nobody said."""
_FREE: tuple[Position, ...] = ("center", "bottom", "top")
"""Where a title goes when its own place is taken at that time: the first of these that is not."""


# Named, so that the schema holds each of them once.
Place = TypeAliasType("Place", Position)
Style = TypeAliasType(
    "Style", Annotated[SpokenStyle, Field(description="end_card: closing words over the picture; see set_card, too")]
)
Moves = TypeAliasType("Moves", Animation)


class TextLook(BaseOperation):
    """How words look; what is left out is the style's."""

    position: Place | None = None
    color: Color | None = None
    size: float | None = Field(None, ge=0.3, le=3, description="1 is the style's")
    box: Color | None = Field(None, description="plate behind")

    def look(self) -> dict[str, Any]:
        """The fields of `Text` that are given."""
        names = ("position", "at", "color", "font", "size", "align", "stroke", "box", "enter", "leave")
        all_of_them: dict[str, Any] = {name: getattr(self, name, None) for name in names}
        given = {name: value for name, value in all_of_them.items() if value is not None}
        for name in ("color", "stroke", "box"):
            if name in given:
                given[name] = given[name].lower()
        if "position" in given and "at" not in given:
            given["at"] = None
        return given


def look_words(given: dict[str, Any], white: bool = False) -> str:
    """The looks that were given, in words, each after a comma."""
    said = []
    for name, value in given.items():
        match name:
            case "position":
                said.append("" if value == "center" else f" at the {value.replace('_', ' ')}")
            case "at":
                said.append(f" at {value[0]:.0%} across and {value[1]:.0%} down" if value else "")
            case "color":
                said.append("" if value == "#ffffff" and not white else f", {value}")
            case "size":
                said.append(f", {value:g}× size")
            case "stroke":
                said.append(f", outlined in {value}")
            case "box":
                said.append(f", on a plate of {value}")
            case "font":
                said.append(f", {value}")
            case "align":
                said.append(f", aligned {value}")
            case "enter" | "leave":
                said.append(f", {value} at the {'start' if name == 'enter' else 'end'}")
    return "".join(said)


class FullLook(TextLook):
    at: Point | None = Field(None, description="middle of the words; wins over position")
    font: Font | None = None
    align: Align | None = None
    stroke: Color | None = Field(None, description="outline")
    enter: Moves | None = None
    leave: Moves | None = None


class AddText(FullLook):
    """Show words over the film."""

    op: Literal["add_text"] = "add_text"
    text: str = Field(min_length=1, max_length=500)
    style: Style = "title"
    start_seconds: float = Field(0, ge=0)
    end_seconds: float | None = Field(None, gt=0, description="3 s after the start if left out")
    from_end: bool = Field(False, description="times count back from the end")

    def apply(self, film: Timeline, pool: Pool) -> Step:
        start = to_ms(self.start_seconds)
        end = to_ms(self.end_seconds) if self.end_seconds is not None else start + DEFAULT_TEXT_MS
        total = film.duration_ms
        if end - start < MIN_CLIP_MS:
            raise OperationError(f"The text would be shown from {spoken(start)} to {spoken(end)}: give it more time.")
        if start >= total:
            raise OperationError(f"The text would start at {spoken(start)}, after the film's end at {spoken(total)}.")
        offset = start if self.from_end else None
        if self.from_end:
            start, end = max(0, total - end), total - start
        taken = {t.position for t in film.texts if t.start_ms < end and start < t.start_ms + t.duration_ms}
        wanted = STYLE_PLACE[self.style]
        free = [spot for spot in (wanted, *_FREE) if spot not in taken]
        place: Position = self.position or (free[0] if free and self.at is None else wanted)
        given = {"color": "#ffffff", **self.look(), "position": place}
        text = Text(
            id=fresh_id("t", (t.id for t in film.texts)),
            text=self.text,
            start_ms=start,
            duration_ms=end - start,
            style=self.style,
            end_offset_ms=offset,
            **given,
        )
        step = self.done(replace(film, texts=(*film.texts, text)), "")
        made = step.film.texts[-1]
        window = f"{clock(made.start_ms)} to {clock(made.start_ms + made.duration_ms)} s"
        what = STYLE_WORDS[self.style].capitalize()
        said = f'{what} "{made.text}" from {window}{look_words(given)}.'
        crowded = place in taken and self.at is None
        overlap = f'The {STYLE_WORDS[self.style]} "{made.text}" lies over another one at the {place.replace("_", " ")}.'
        warnings = (*step.warnings, overlap) if crowded else step.warnings
        return replace(step, change=replace(step.change, text=said, after=made.text), warnings=warnings)


class SetText(FullLook):
    """Change texts that are there: words, look or time."""

    op: Literal["set_text"] = "set_text"
    which: str | None = Field(None, description="words of the text; all texts if left out")
    text: str | None = Field(None, min_length=1, max_length=500, description="new words")
    style: Style | None = None
    start_seconds: float | None = Field(None, ge=0)
    end_seconds: float | None = Field(None, gt=0)
    from_end: bool = False

    @model_validator(mode="after")
    def _asks_for_something(self) -> "SetText":
        if not self.look():
            self.some_of("text", "style", "start_seconds", "end_seconds")
        return self

    def apply(self, film: Timeline, pool: Pool) -> Step:
        chosen = matching(film, self.which)
        if not chosen:
            have = ", ".join(f'"{t.text}"' for t in film.texts) or "none"
            raise OperationError(f"There is no such title to change; the film has {have}.")
        texts = list(film.texts)
        for index in chosen:
            texts[index] = self._changed(texts[index], film.duration_ms)
        names = ", ".join(f'"{film.texts[i].text}"' for i in chosen[:3]) + (" and more" if len(chosen) > 3 else "")
        step = self.done(replace(film, texts=tuple(texts)), "")
        made = step.film.texts[chosen[0]]
        said = look_words(self.look(), white=True).lstrip(", ")
        words = f'now says "{self.text}"' if self.text else ""
        timed = self.start_seconds is not None or self.end_seconds is not None
        window = f"from {clock(made.start_ms)} to {clock(made.start_ms + made.duration_ms)} s" if timed else ""
        style = f"as {STYLE_WORDS[self.style]}" if self.style else ""
        parts = ", ".join(
            part for part in (words, style, window, said or ("" if self.text or timed else "centred")) if part
        )
        before = [film.texts[i].text for i in chosen]
        change = replace(
            step.change, text=f"{names}: {parts}.", before=before, after=[step.film.texts[i].text for i in chosen]
        )
        return replace(step, change=change)

    def _changed(self, old: Text, total: int) -> Text:
        given = self.look()
        if self.text is not None:
            given["text"] = self.text
        if old.style == "card" and (self.style or self.start_seconds is not None or self.end_seconds is not None):
            raise OperationError(
                f'"{old.text}" are the words of a card: they are shown with it and as long as it is. Change the card.'
            )
        if self.style is not None:
            given["style"] = self.style
        if self.start_seconds is None and self.end_seconds is None:
            return replace(old, **given)
        start = to_ms(self.start_seconds or 0)
        end = to_ms(self.end_seconds) if self.end_seconds is not None else start + old.duration_ms
        if end - start < MIN_CLIP_MS or start >= total:
            raise OperationError(f"The text would be shown from {spoken(start)} to {spoken(end)}: give it more time.")
        offset = start if self.from_end else None
        if self.from_end:
            start, end = max(0, total - end), total - start
        window: dict[str, Any] = {"start_ms": start, "duration_ms": end - start, "end_offset_ms": offset, "clip": None}
        return replace(old, **given, **window)


def matching(film: Timeline, which: str | None, style: TextStyle | None = None) -> list[int]:
    """The indexes of the texts that are these words, else of those that hold them, of this style."""
    wanted = which.casefold() if which is not None else ""
    of_style = [i for i, text in enumerate(film.texts) if style is None or text.style == style]
    exact = [i for i in of_style if film.texts[i].text.casefold() == wanted]
    return exact or [i for i in of_style if wanted in film.texts[i].text.casefold()]


class RemoveTexts(BaseOperation):
    """Take texts away: all, or those with these words or of this style. A card goes with its words."""

    op: Literal["remove_texts"] = "remove_texts"
    text: str | None = Field(None, description="words of the text")
    style: Style | None = None

    def apply(self, film: Timeline, pool: Pool) -> Step:
        gone = matching(film, self.text, self.style)
        kept = tuple(t for index, t in enumerate(film.texts) if index not in gone)
        if not gone:
            have = ", ".join(f'"{t.text}"' for t in film.texts) or "none"
            raise OperationError(f"There is no such title to remove; the film has {have}.")
        ids = [film.texts[index].id for index in gone]
        behind = {film.texts[index].clip for index in gone if film.texts[index].style == "card"}
        if blank := tuple(index for index, clip in enumerate(film.clips) if clip.id in behind):
            return cards.without(self, film, blank, ids)
        before = [t.text for t in film.texts]
        text = f"Removed {plural(len(gone), STYLE_WORDS[self.style] if self.style else 'title')}."
        return self.done(replace(film, texts=kept), text, before, [t.text for t in kept])
