"""Words that go with the clips: captions, numbers, and subtitles."""

from dataclasses import replace
from typing import Literal

from pydantic import Field

from nemovideo_mcp.timeline.dates import day, moment, names
from nemovideo_mcp.timeline.model import MIN_CLIP_MS, Position, Text, Timeline
from nemovideo_mcp.timeline.operations.base import (
    Clips,
    OperationError,
    Pool,
    Step,
    fresh_id,
    named,
    number_of,
    pick,
    plural,
)
from nemovideo_mcp.timeline.operations.texts import TextLook, look_words
from nemovideo_mcp.timeline.subtitles import SubtitleError, parse
from nemovideo_mcp.timeline.time import spoken


class CaptionClips(TextLook):
    """Words on each clip for as long as it is shown: given ones, its number, file name, date taken or place (from the photo's text)."""

    op: Literal["caption_clips"] = "caption_clips"
    captions: list[str] | None = Field(None, min_length=1, description="one for each clip, in order")
    use: Literal["number", "file_name", "date", "place", "date_place"] = Field(
        "number", description="where no captions are given"
    )
    language: Literal["en", "zh"] = Field("en", description="of dates")
    clips: Clips | None = None

    def apply(self, film: Timeline, pool: Pool) -> Step:
        chosen = pick(film, self.clips)
        if not chosen:
            raise OperationError("There are no clips to put words on.")
        words = self.captions or [self._label(film, index, pool) for index in chosen]
        if len(words) != len(chosen):
            raise OperationError(f"There are {plural(len(words), 'caption')} for {plural(len(chosen))}.")
        silent = [film.clips[index].name for index, said in zip(chosen, words, strict=True) if not said]
        if len(silent) == len(chosen):
            raise OperationError(_NOTHING[self.use])
        what, place = ("Captions", "bottom") if self.captions else _KINDS[self.use]
        given = {"position": place, **self.look()}
        ids = [text.id for text in film.texts]
        mine = {film.clips[index].id for index in chosen}
        # A clip has one caption at a place: a new one takes the place of the old.
        kept = [
            t for t in film.texts if not (t.clip in mine and t.style == "caption" and t.position == given["position"])
        ]
        made = []
        for (start, clip), index in zip(film.placed(), range(len(film.clips)), strict=True):
            if index not in chosen or not words[chosen.index(index)]:
                continue
            ids.append(fresh_id("t", ids))
            text = Text(
                id=ids[-1], text=words[chosen.index(index)], start_ms=start, duration_ms=clip.duration_ms,
                style="caption", clip=clip.id, **given,
            )  # fmt: skip
            made.append(text)
        said = (
            f"{what} on {named(film, [i for i, words in zip(chosen, words, strict=True) if words])}{look_words(given)}."
        )
        step = self.done(replace(film, texts=(*kept, *made)), said, None, [w for w in words if w])
        if not silent:
            return step
        lacking = {"date": "date", "place": "place in words"}.get(self.use, "date or place")
        return replace(step, warnings=(*step.warnings, f"No {lacking} in {names(silent)}: left without."))

    def _label(self, film: Timeline, index: int, pool: Pool) -> str:
        """What is said on a clip; nothing where its file does not tell."""
        clip = film.clips[index]
        match self.use:
            case "number":
                return str(number_of(film, index))
            case "file_name":
                return clip.name.rsplit(".", 1)[0] or str(number_of(film, index))
        media = next((m for m in pool if m.id == clip.media), None)
        date = moment(media.taken_at) if media else None
        place = media.place if media and self.use != "date" else None
        said = day(date, self.language) if date and self.use != "place" else None
        return " · ".join(part for part in (place, said) if part)


_KINDS: dict[str, tuple[str, Position]] = {
    "number": ("Numbers", "bottom_right"), "file_name": ("File names", "bottom"), "date": ("Dates", "bottom_right"),
    "place": ("Places", "bottom_left"), "date_place": ("Places and dates", "bottom_left"),
}  # fmt: skip
_NOWHERE = (
    "None of these photos says in words where it was taken (IPTC or XMP: city, country). Coordinates are not looked up: that would "
    "take the network. Give the words as captions."
)
_NOTHING = {
    "date": "None of these photos says when it was taken. Give the words as captions.",
    "place": _NOWHERE,
    "date_place": _NOWHERE,
}


class AddSubtitles(TextLook):
    """Show subtitles from the text of an SRT or WebVTT file."""

    op: Literal["add_subtitles"] = "add_subtitles"
    text: str = Field(min_length=1, max_length=200_000, description="SRT or WebVTT")

    def apply(self, film: Timeline, pool: Pool) -> Step:
        try:
            cues = parse(self.text)
        except SubtitleError as error:
            raise OperationError(f"The subtitles cannot be read: {error}") from None
        inside = [cue for cue in cues if cue.start_ms < film.duration_ms - MIN_CLIP_MS]
        if not inside:
            raise OperationError(f"All subtitles begin after the film's end at {spoken(film.duration_ms)}.")
        ids = [text.id for text in film.texts]
        given = {"position": "bottom", **self.look()}
        texts = [text for text in film.texts if text.style != "subtitle"]
        for cue in inside:
            ids.append(fresh_id("t", ids))
            length = max(MIN_CLIP_MS, min(cue.end_ms, film.duration_ms) - cue.start_ms)
            texts.append(
                Text(id=ids[-1], text=cue.text, start_ms=cue.start_ms, duration_ms=length, style="subtitle", **given)
            )
        said = f"{plural(len(inside), 'subtitle')} from {spoken(inside[0].start_ms)} to {spoken(inside[-1].end_ms)}."
        step = self.done(replace(film, texts=tuple(texts)), said, None, len(inside))
        late = len(cues) - len(inside)
        more = (f"{plural(late, 'subtitle')} after the film's end left out.",) if late else ()
        return replace(step, warnings=(*step.warnings, *more))
