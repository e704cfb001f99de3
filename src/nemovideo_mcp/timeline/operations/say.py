"""Each operation as one exact sentence, in English and in Chinese.

A backend that takes only words gets these, and the studio's own grammar reads them back as the operation that they came
from: a test composes operations, says them and reads them in both languages.
"""

from collections.abc import Callable, Sequence
from typing import Any, Literal

from nemovideo_mcp.timeline.operations import say_zh
from nemovideo_mcp.timeline.operations.base import BaseOperation
from nemovideo_mcp.timeline.operations.texts import DEFAULT_TEXT_MS, STYLE_WORDS


def say(operation: BaseOperation, language: Literal["en", "zh"] = "en") -> str:
    """The operation as a sentence with every value in it."""
    words = _ENGLISH if language == "en" else say_zh.CHINESE
    said = words[operation.op](operation)
    return f"{said}." if language == "en" else f"{said}。"


def _clips(numbers: Sequence[int] | None) -> str:
    if numbers is None:
        return "every clip"
    if len(numbers) == 1:
        return _clip(numbers[0])
    return "clips " + ", ".join(_place(number) for number in numbers)


def _clip(number: int) -> str:
    return "the last clip" if number == -1 else f"clip {_place(number)}"


def _place(number: int) -> str:
    return f"{number}" if number > 0 else "the last" if number == -1 else f"{-number} from the end"


def _for(numbers: Sequence[int] | None) -> str:
    return f" on {_clips(numbers)}"


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def _signed(value: float) -> str:
    return f"{value * 100:+g}%"


def _share(value: float) -> str:
    return f"{round(value * 100, 2):g}%"


def _canvas(op: Any) -> str:
    what = _joined(
        f"aspect ratio {op.ratio}" if op.ratio else "",
        f"the format for {'twitter' if op.platform == 'x' else op.platform.replace('_', ' ')}" if op.platform else "",
        f"resolution {op.resolution}" if op.resolution else "",
        f"size {op.width}x{op.height}" if op.width else "",
        f"{op.fps} frames per second" if op.fps else "",
    )
    return f"Set the video to {what}"


def _total(op: Any) -> str:
    if op.seconds is not None:
        return f"Make the whole video exactly {op.seconds:g} seconds long"
    if op.times is not None:
        return f"Make the whole video {op.times:g} times as long"
    return f"Make the whole video {abs(op.by_seconds):g} seconds {'longer' if op.by_seconds >= 0 else 'shorter'}"


def _length(op: Any) -> str:
    each = "" if op.clips is not None and len(op.clips) == 1 else " each"
    if op.seconds is not None:
        return f"Show {_clips(op.clips)} for {op.seconds:g} seconds{each}"
    if op.times is not None:
        return f"Make {_clips(op.clips)} {op.times:g} times as long"
    return f"Make {_clips(op.clips)} longer by {op.by_seconds:g} seconds" if op.by_seconds >= 0 else (
        f"Make {_clips(op.clips)} shorter by {-op.by_seconds:g} seconds"
    )  # fmt: skip


def _add(op: Any) -> str:
    what = ", ".join(op.media) if op.media else "all the new photos"
    return f"Add {what} to the video{f' as clip {op.at}' if op.at else ''}"


def _trim(op: Any) -> str:
    end = f"to {op.to_seconds:g} seconds" if op.to_seconds is not None else "to its end"
    return f"Trim {_clip(op.clip)} from {op.from_seconds:g} {end}"


def _transition(op: Any) -> str:
    where = f" at cuts {', '.join(map(str, op.cuts))}" if op.cuts else " between all clips"
    long = f" of {op.seconds:g} seconds" if op.seconds else ""
    if op.kind == "none":
        return f"Use plain cuts{where}"
    if op.kind is None:
        return f"Make the transitions {op.seconds or 0.6:g} seconds long{where}"
    name = "varied transitions" if op.kind == "varied" else f"{op.kind.replace('_', ' ')} transitions"
    return f"Use {name}{long}{where}"


def _motion(op: Any) -> str:
    how = {"none": "no motion", "auto": "varied motion", None: "motion"}.get(op.motion) or (
        f"{op.motion.replace('_', ' ')} motion"
    )
    much = f" of {_share(op.strength)} strength" if op.strength is not None else ""
    return f"Use {how}{much}{_for(op.clips)}"


def _fit(op: Any) -> str:
    how = {
        "auto": "the automatic fit",
        "fill": "fill the frame",
        "contain": "bars",
        "blur": "a blurred background",
    }
    return (
        "Use "
        + _joined(
            how[op.fit] if op.fit else "",
            f"bars in {op.background}" if op.background else "",
            f"the focus at {_share(op.focus[0])} across {_share(op.focus[1])} vertically" if op.focus else "",
        ).replace(", ", " with ")
        + _for(op.clips)
    )


def _look(op: Any) -> str:
    given = op.given()
    parts = []
    for name, value in given.items():
        if name == "filter":
            parts.append("no filter" if value == "none" else f"the {str(value).replace('_', ' and ')} filter")
        elif name == "strength":
            parts.append(f"filter strength {_share(float(value))}")
        else:
            parts.append(f"{name} {_signed(float(value))}")
    reset = "Reset the colours" + (" and use " if parts else "") if op.reset else "Use "
    return reset + " with ".join(parts) + _for(op.clips)


def _fade(op: Any) -> str:
    parts = []
    for way, link, seconds in (("in", "from", op.in_seconds), ("out", "to", op.out_seconds)):
        if seconds is not None:
            parts.append(f"fade {way} {link} {op.color} over {seconds:g} seconds" if seconds else f"no fade {way}")
    said = ", ".join(parts)
    return f"Let the film {said}"


def _text_look(op: Any) -> str:
    get = {name: getattr(op, name, None) for name in ("position", "at", "font", "align", "stroke", "enter", "leave")}
    return "".join(
        part
        for part in (
            f" at the {get['position'].replace('_', ' ')}" if get["position"] else "",
            f" at {_share(get['at'][0])} across {_share(get['at'][1])} vertically" if get["at"] else "",
            f" in the colour {op.color}" if op.color else "",
            f" in {get['font']} font" if get["font"] else "",
            f" at text size {_share(op.size)}" if op.size is not None else "",
            f" with text alignment {get['align']}" if get["align"] else "",
            f" with outline {get['stroke']}" if get["stroke"] else "",
            f" on a plate of {op.box}" if op.box else "",
            f" entering by {get['enter']}" if get["enter"] else "",
            f" leaving by {get['leave']}" if get["leave"] else "",
        )
    )


def _span(op: Any, default: float | None = None) -> str:
    if op.start_seconds is None and op.end_seconds is None:
        return ""
    start = op.start_seconds or 0
    end = op.end_seconds if op.end_seconds is not None else start + default if default else None
    window = f"from {start:g} to {end:g} seconds" if end is not None else f"starting at {start:g} seconds"
    return f" {window}{' before the end' if op.from_end else ''}"


def _text(op: Any) -> str:
    return f'Add the {STYLE_WORDS[op.style]} "{op.text}"{_span(op, DEFAULT_TEXT_MS / 1000)}{_text_look(op)}'


def _set_text(op: Any) -> str:
    which = f'text "{op.which}"' if op.which is not None else "all texts"
    words = f' to say "{op.text}"' if op.text is not None else ""
    style = f" as {STYLE_WORDS[op.style]}" if op.style else ""
    return f"Change {which}{words}{style}{_span(op)}{_text_look(op)}"


def _untext(op: Any) -> str:
    what = f"{STYLE_WORDS[op.style]}s" if op.style else "titles" if op.text is None else "text"
    return f'Remove the {what} "{op.text}"' if op.text is not None else f"Remove all {what}"


def _captions(op: Any) -> str:
    if op.captions:
        return "Add the captions " + ", ".join(f'"{c}"' for c in op.captions) + _for(op.clips) + _text_look(op)
    return f"{_CAPTIONS[op.use]}{_for(op.clips)}{_text_look(op)}"


_CAPTIONS = {
    "number": "Add numbers", "file_name": "Add file names as captions", "date": "Add the date taken as caption",
    "place": "Add the location as caption", "date_place": "Add date and location as caption",
}  # fmt: skip


def _card(op: Any) -> str:
    name = "end card" if op.after == -1 else "title card" if not op.after else "card"
    words = f' "{op.text}"' if op.text is not None else ""
    begin = f"Add {'an' if name == 'end card' else 'a'}{'' if words else ' blank'} {name}{words}"
    place = f" after {_clip(op.after)}" if op.after not in (None, 0, -1) else ""
    if op.card is not None:
        begin = "Change" if op.after is None else "Move"
        begin += " the last card" if op.card == -1 else f" card {_place(op.card)}"
        place = {0: " to the start", -1: " to the end"}.get(op.after, place) + (f" to say{words}" if words else "")
    return begin + "".join(
        (
            place,
            f" for {op.seconds:g} seconds" if op.seconds is not None else "",
            f" with background {op.background}" if op.background else "",
            f" with gradient {op.gradient}" if op.gradient else "",
            f" over {_clip(op.photo)} blurred" if op.photo else "",
            f" with words in {op.color}" if op.color else "",
            f" in {op.font} font" if op.font else "",
        )
    )


def _uncard(op: Any) -> str:
    if op.cards is None:
        return "Remove all cards"
    return "Remove " + ", ".join("the last card" if number == -1 else f"card {_place(number)}" for number in op.cards)


def _subtitles(op: Any) -> str:
    return f'Add these subtitles "{op.text}"{_text_look(op)}'


def _overlay(op: Any) -> str:
    what = f"Add {op.media} as a logo" if op.media else "Show the logo"
    return what + "".join(
        (
            f" at the {op.position.replace('_', ' ')}" if op.position else "",
            f" at {_share(op.at[0])} across {_share(op.at[1])} vertically" if op.at else "",
            f" with width {_share(op.size)}" if op.size is not None else "",
            f" with opacity {_share(op.opacity)}" if op.opacity is not None else "",
            _span(op),
        )
    )


def _music(op: Any) -> str:
    more = _joined(
        f"volume {_share(op.volume)}" if op.volume is not None else "",
        f"fade in {op.fade_in_seconds:g} seconds" if op.fade_in_seconds is not None else "",
        f"fade out {op.fade_out_seconds:g} seconds" if op.fade_out_seconds is not None else "",
        f"skip {op.offset_seconds:g} seconds of the song" if op.offset_seconds is not None else "",
        f"music begins after {op.start_seconds:g} seconds" if op.start_seconds is not None else "",
        "" if op.loop is None else "loop the music" if op.loop else "play the music once",
        "" if op.duck is None else "duck the music" if op.duck else "no ducking",
        f"music number {op.seed}" if op.seed is not None else "",
    )
    what = f"Use {op.mood} music" if op.mood else f"Use {op.media} as background music" if op.media else "Use music"
    return f"{what}{', ' + more if more else ''}"


def _recall(op: Any) -> str:
    steps = f" {op.steps} steps" if op.steps > 1 else ""
    return {
        "undo": f"Undo{steps}",
        "redo": f"Redo{steps}",
        "start": "Start over",
        "version": f"Go back to version {op.version}",
        "before": f"Go back to before the {op.part}",
    }[op.to]


_ENGLISH: dict[str, Callable[[Any], str]] = {
    "set_canvas": _canvas,
    "set_total_length": _total,
    "set_clip_length": _length,
    "set_speed": lambda op: f"Play {_clips(op.clips)} at {op.speed:g}x speed",
    "add_clips": _add,
    "remove_clips": lambda op: f"Remove {_clips(op.clips)} from the video",
    "keep_clips": lambda op: f"Keep only {_clips(op.clips)}",
    "duplicate_clips": lambda op: f"Duplicate {_clips(op.clips)}{f' {op.copies} times' if op.copies > 1 else ''}",
    "replace_clip": lambda op: f"Replace {_clip(op.clip)} with {op.media}",
    "split_clip": lambda op: f"Split {_clip(op.clip)}{f' at {op.at_seconds:g} seconds' if op.at_seconds else ''}",
    "trim_clip": _trim,
    "move_clip": lambda op: f"Move {_clip(op.clip)} to position {_place(op.to)}",
    "swap_clips": lambda op: f"Swap {_clip(op.first)} and {_clip(op.second)}",
    "order_clips": lambda op: f"Put the clips in the order {', '.join(map(str, op.order))}",
    "reverse_clips": lambda op: "Reverse the order of all clips",
    "shuffle_clips": lambda op: f"Shuffle the clips{f' with seed {op.seed}' if op.seed != 1 else ''}",
    "sort_clips": lambda op: (
        f"Sort the clips by {'date taken' if op.by == 'date' else op.by}{' in descending order' if op.descending else ''}"
    ),
    "pair_photos": lambda op: (
        f"Show {_clip(op.left)} and {_clip(op.right)} side by side" if op.left else "Pair the portrait photos"
    ),
    "cut_on_beats": lambda op: "Cut on the beat of the music",
    "unpair_photos": lambda op: f"Unpair {_clips(op.clips)}",
    "set_transition": _transition,
    "set_motion": _motion,
    "set_fit": _fit,
    "set_look": _look,
    "set_fade": _fade,
    "add_text": _text,
    "set_text": _set_text,
    "remove_texts": _untext,
    "set_card": _card,
    "remove_cards": _uncard,
    "caption_clips": _captions,
    "add_subtitles": _subtitles,
    "set_overlay": _overlay,
    "remove_overlays": lambda op: f"Remove the logo{f' {op.media}' if op.media else ''}",
    "set_music": _music,
    "remove_music": lambda op: "Remove the background music",
    "set_clip_volume": lambda op: f"Set the original sound of {_clips(op.clips)} to {_share(op.volume)}",
    "apply_template": lambda op: f"Use the {op.template} template{' with music' if op.music else ''}",
    "restore": _recall,
}
