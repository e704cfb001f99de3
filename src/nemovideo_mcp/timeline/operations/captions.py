"""Words that go with the clips: captions, numbers, and subtitles."""

from dataclasses import replace
from typing import Literal

from pydantic import Field

from nemovideo_mcp.timeline.model import MIN_CLIP_MS, Text, Timeline
from nemovideo_mcp.timeline.operations.base import Clips, OperationError, Pool, Step, fresh_id, named, pick, plural
from nemovideo_mcp.timeline.operations.texts import TextLook, look_words
from nemovideo_mcp.timeline.subtitles import SubtitleError, parse
from nemovideo_mcp.timeline.time import spoken


class CaptionClips(TextLook):
    """Words on each clip for as long as it is shown: given ones, its number, or its file name."""

    op: Literal["caption_clips"] = "caption_clips"
    captions: list[str] | None = Field(None, min_length=1, description="one for each clip, in order")
    use: Literal["number", "file_name"] = Field("number", description="where no captions are given")
    clips: Clips | None = None

    def apply(self, film: Timeline, pool: Pool) -> Step:
        chosen = pick(film, self.clips)
        words = self.captions or [_label(film, index, self.use) for index in chosen]
        if len(words) != len(chosen):
            raise OperationError(f"There are {plural(len(words), 'caption')} for {plural(len(chosen))}.")
        numbers = self.captions is None and self.use == "number"
        given = {"position": "bottom_right" if numbers else "bottom", **self.look()}
        ids = [text.id for text in film.texts]
        mine = {film.clips[index].id for index in chosen}
        # A clip has one caption at a place: a new one takes the place of the old.
        kept = [
            t for t in film.texts if not (t.clip in mine and t.style == "caption" and t.position == given["position"])
        ]
        made = []
        for (start, clip), index in zip(film.placed(), range(len(film.clips)), strict=True):
            if index not in chosen:
                continue
            ids.append(fresh_id("t", ids))
            text = Text(
                id=ids[-1], text=words[chosen.index(index)], start_ms=start, duration_ms=clip.duration_ms,
                style="caption", clip=clip.id, **given,
            )  # fmt: skip
            made.append(text)
        what = "Numbers" if numbers else "File names" if self.captions is None else "Captions"
        said = f"{what} on {named(film, chosen)}{look_words(given)}."
        return self.done(replace(film, texts=(*kept, *made)), said, None, list(words))


def _label(film: Timeline, index: int, use: str) -> str:
    name = film.clips[index].name.rsplit(".", 1)[0]
    return str(index + 1) if use == "number" else name or str(index + 1)


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
