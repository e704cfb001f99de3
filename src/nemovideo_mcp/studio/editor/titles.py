"""Asks → typed operations about words on the screen: titles, captions, numbers, subtitles, and how they look."""

import re
from collections.abc import Sequence
from typing import Any

from nemovideo_mcp.studio.editor.asks import Ask
from nemovideo_mcp.studio.editor.scene import Builder, Refused, Scene
from nemovideo_mcp.timeline.cards import cards, words_of
from nemovideo_mcp.timeline.model import Text, Timeline
from nemovideo_mcp.timeline.operations import (
    AddSubtitles,
    AddText,
    BaseOperation,
    CaptionClips,
    RemoveTexts,
    SetText,
)
from nemovideo_mcp.timeline.operations.base import pick

_OUTLINE, _PLATE = "#000000", "#000000"
"""The colour of an outline or a plate when nobody said."""
_ROLES = {
    "CAPTION": "caption",
    "NUMBERING": "caption",
    "DATE": "caption",
    "WHERE": "caption",
    "DATE_PLACE": "caption",
    "SUBTITLE": "subtitle",
    "LOWER_THIRD": "lower_third",
    "END_CARD": "end_card",
}
_LOOKS = ("position", "color", "bigger", "size", "font", "stroke", "box", "align", "enter", "leave", "x")


def _look(ask: Ask, old: Text | None = None) -> dict[str, Any]:
    """What was said of how words look, as the fields of an operation."""
    slots = ask.slots
    given: dict[str, Any] = {key: slots[key] for key in ("position", "color", "font") if key in slots}
    if "x" in slots:
        given["at"] = (slots["x"], slots["y"])
    size = slots.get("size")
    if "grow" in slots or "shrink" in slots:
        size = (old.size if old else 1.0) * (1 + slots.get("grow", 0) - slots.get("shrink", 0))
    if "bigger" in slots:
        size = (old.size if old else 1.0) * slots["bigger"] ** slots.get("degree", 1.0)
    if size is not None:
        given["size"] = round(max(0.3, min(3.0, size)), 2)
    if "stroke" in slots:
        given["stroke"] = slots["stroke"] if str(slots["stroke"]).startswith("#") else _OUTLINE
    if "box" in slots:
        given["box"] = slots["box"] if str(slots["box"]).startswith("#") else _PLATE
    if "align" in slots:
        if slots["align"] not in ("auto", "left", "center", "right"):
            raise Refused("unknown")
        given["align"] = slots["align"]
    for key in ("enter", "leave"):
        if key in slots:
            given[key] = "fade" if slots[key] in ("FADE", "FADE_IN", "FADE_OUT") else slots[key]
    if "fade_in" in slots or "fades" in slots:
        given["enter"] = "fade"
    if "fade_out" in slots or "fades" in slots:
        given["leave"] = "fade"
    return given


def _title(ask: Ask, scene: Scene) -> list[BaseOperation]:
    slots = ask.slots
    adds = slots.get("adds", False)
    if not slots.get("text"):
        dressed = {topic for topic, _ in slots.get("added", ())} & {"+stroke", "+box", "+enter", "+leave"}
        if not scene.film.texts or (adds and not dressed):  # "add an outline to the title" adds no title
            raise Refused("no_words")
        return _restyle(ask, scene)
    there = [t for t in scene.film.texts if t.text.casefold() == slots["text"].casefold()]
    if there and not adds and (_look(ask) or timed(slots)):
        return _restyle(ask, scene, slots["text"])
    if there and not adds and scene.language == "zh":
        raise Refused("unknown")  # Hello on the screen is spoken of, and no other one is wished for
    style = slots.get("style", "title")
    window = window_of(slots, scene)
    if style == "end_card" and not timed({key: value for key, value in slots.items() if key != "long"}):
        window = {"start_seconds": 0, "end_seconds": slots.get("long", 3.0), "from_end": True}
    if style == "caption" and "clips" in slots and len(scene.numbers(slots["clips"])) == 1:
        return [CaptionClips(captions=[slots["text"]], clips=scene.numbers(slots["clips"]), **_plain(_look(ask)))]
    return [AddText(text=slots["text"], style=style, **window, **_look(ask))]


def _plain(look: dict[str, Any]) -> dict[str, Any]:
    if set(look) - {"position", "color", "size", "box"}:
        raise Refused("unknown")
    return look


def timed(slots: dict[str, Any]) -> bool:
    """Whether a time was said."""
    return any(
        key in slots for key in ("clips", "whole", "first", "last", "edge", "span", "start", "long", "until", "onward")
    )


def window_of(slots: dict[str, Any], scene: Scene) -> dict[str, Any]:
    """The time window of a title or an overlay, in seconds."""
    total = scene.film.duration_ms / 1000
    long = slots.get("long", 3.0)
    if "clips" in slots:
        chosen = sorted(pick(scene.film, scene.numbers(slots["clips"])))
        if chosen != list(range(chosen[0], chosen[0] + len(chosen))):
            raise Refused("one_clip")
        starts = [*scene.film.starts(), scene.film.duration_ms]
        first, end = starts[chosen[0]] / 1000, starts[chosen[-1] + 1] / 1000
        return {"start_seconds": first, "end_seconds": min(end, first + slots["long"]) if "long" in slots else end}
    if slots.get("whole"):
        return {"start_seconds": 0, "end_seconds": total}
    if "first" in slots:
        return {"start_seconds": 0, "end_seconds": slots["first"]}
    if "last" in slots or slots.get("edge") == "end":
        return {"start_seconds": 0, "end_seconds": slots.get("last", long), "from_end": True}
    if "span" in slots:
        back = {"from_end": True} if slots.get("back") else {}
        return {"start_seconds": slots["span"][0], "end_seconds": slots["span"][1], **back}
    start = slots.get("start", 0)
    if "onward" in slots:  # "from the second photo on"
        return {"start_seconds": scene.film.starts()[scene.one(slots["onward"]) - 1] / 1000, "end_seconds": total}
    if "until" in slots:
        return {"start_seconds": start, "end_seconds": total if slots["until"] == "end" else slots["until"]}
    return {"start_seconds": start, "end_seconds": start + long}


def _restyle(ask: Ask, scene: Scene, which: str | None = None) -> list[BaseOperation]:
    """Change how a text that is there looks: the one that was named, the only one, or the last that was added."""
    texts = scene.film.texts
    bound = [text for text in texts if text.style == "caption"]
    if (ask.topic == "title" or "noun" in ask.slots) and which is None and len(bound) > 1 and len(bound) == len(texts):
        ask.slots.setdefault("role", "CAPTION")  # "captions: ... . Use white text"
    if ask.slots.get("role") in _SEVERAL and (captions := _captions_there(ask, texts)):
        one = [_look(ask, old) for old in captions]
        if not all(one) or timed(ask.slots):
            raise Refused("how_much")
        if len(captions) == len(texts) and all(look == one[0] for look in one):
            return [SetText(**one[0])]
        return [SetText(which=old.text, **look) for old, look in zip(captions, one, strict=True)]
    which = which or ask.slots.get("which") or _of_role(ask, texts)
    if not texts or (which and not any(which.casefold() in text.text.casefold() for text in texts)):
        raise Refused("no_such_title")
    everything = ask.slots.get("all")
    target = next((t for t in texts if which and which.casefold() in t.text.casefold()), texts[-1])
    if which is None and not everything and ask.topic != "restyle":
        loose = [t for t in texts if t.clip is None]
        titles = [t for t in loose if t.style == "title"] or loose or in_cards(scene.film)
        if len(titles) > 1:
            raise Refused("no_such_title")
        target = titles[0] if titles else texts[-1]
    look = _look(ask, target)
    window = window_of(ask.slots, scene) if timed(ask.slots) else {}
    if "long" in window and target.end_offset_ms is None:
        window = {"start_seconds": target.start_ms / 1000, "end_seconds": target.start_ms / 1000 + ask.slots["long"]}
    if set(ask.slots) & {"long"} and not set(ask.slots) & {"start", "span", "first", "last", "edge", "whole", "clips"}:
        back = target.end_offset_ms is not None
        begin = (target.end_offset_ms or 0) if back else target.start_ms
        window = {"start_seconds": begin / 1000, "end_seconds": begin / 1000 + ask.slots["long"], "from_end": back}
    if "until" in ask.slots and "start" not in ask.slots:
        window["start_seconds"] = target.start_ms / 1000
    if not look and not window:
        raise Refused("how_much")
    name = None if everything else which or target.text
    return [SetText(which=name, **look, **window)]


def in_cards(film: Timeline) -> list[Text]:
    """The words of the title card; of all cards where there is none."""
    found = [words for index in cards(film) if (words := words_of(film, film.clips[index])) is not None]
    return found[:1] if film.clips and film.clips[0].kind == "card" else found


_SEVERAL = ("CAPTION", "SUBTITLE")
"""Words that come one for each photo or sentence: what is said of "the captions" is said of all of them."""


def _captions_there(ask: Ask, texts: Sequence[Text]) -> list[Text]:
    """The captions or the subtitles, also where they are called by the other name; else the only words there are."""
    mine = _ROLES[ask.slots["role"]]
    for styles in ((mine,), ("caption", "subtitle")):
        found = [text for text in texts if text.style in styles]
        if found:
            return list({text.text: text for text in found}.values())
    return list(texts) if len(texts) == 1 else []


def _of_role(ask: Ask, texts: Sequence[Text]) -> str | None:
    """The words of the last text that plays the named part ("the lower third").

    Raises:
        Refused: there is none.
    """
    if "role" not in ask.slots:
        return None
    style = _ROLES[ask.slots["role"]]
    found = [text.text for text in texts if text.style == style]
    if not found:
        raise Refused("no_such_title")
    return found[-1]


_ROWS = ("top", "center", "bottom")


def _lower(ask: Ask, scene: Scene) -> list[BaseOperation]:
    """The title one row of the nine fields further down or up."""
    if not scene.film.texts:
        raise Refused("no_such_title")
    target = scene.film.texts[-1]
    row, _, column = target.position.partition("_")
    if row in ("left", "right"):
        row, column = "center", row
    at = _ROWS.index(row) + (1 if ask.slots["down"] else -1)
    if not 0 <= at < len(_ROWS):
        raise Refused("edge")
    place: Any = f"{_ROWS[at]}_{column}" if column and _ROWS[at] != "center" else column or _ROWS[at]
    return [SetText(which=target.text, position=place)]


def _retitle(ask: Ask, scene: Scene) -> list[BaseOperation]:
    if "renamed" in ask.slots:
        old, new = ask.slots["renamed"]
        return [SetText(which=old, text=new, **_look(ask))]
    which = ask.slots.get("which")
    if ask.slots.get("all"):
        if "text" in ask.slots:
            raise Refused("no_such_title")
        return _restyle(ask, scene)
    if not scene.film.texts:
        return _title(ask, scene)
    if which is None and any(t.text.casefold() == ask.slots["text"].casefold() for t in scene.film.texts):
        return _restyle(ask, scene, ask.slots["text"])  # "make the text "Only $5" red": the words that are there
    window = window_of(ask.slots, scene) if timed(ask.slots) else {}
    if which is not None:
        return [SetText(which=which, text=ask.slots["text"], **_look(ask), **window)]
    loose = [t for t in scene.film.texts if t.clip is None and t.style != "subtitle"]
    titles = [t for t in loose if t.style == "title"] or loose or in_cards(scene.film)
    if len(titles) != 1:
        raise Refused("no_such_title")
    (old,) = titles
    return [SetText(which=old.text, text=ask.slots["text"], **_look(ask, old), **window)]


def _untitle(ask: Ask, scene: Scene) -> list[BaseOperation]:
    style: Any = _ROLES.get(ask.slots.get("role", ""))
    said = " ".join(token.text.lower() for token in ask.slots.get("said", ()))
    several = re.search(r"\ball\b|s$|所有|全部", said)
    if cards(scene.film) and "text" not in ask.slots and style is None and "said" in ask.slots and not several:
        # One title of a film that has cards: the one over the photos, else the title card.
        loose = any(text.clip is None and text.style == "title" for text in scene.film.texts)
        return [
            RemoveTexts(style="title") if loose else RemoveTexts(text=words.text) for words in in_cards(scene.film)[:1]
        ]
    return [RemoveTexts(text=ask.slots.get("text"), style=style)]


def _no_title(ask: Ask, scene: Scene) -> list[BaseOperation]:
    return [RemoveTexts()] if scene.film.texts else []


def _number(ask: Ask, scene: Scene) -> list[BaseOperation]:
    look = _look(ask)
    there = [text for text in scene.film.texts if text.clip is not None and text.text.strip().isdigit()]
    if ask.slots["use"] == "number" and there and look and "clips" not in ask.slots:  # "make the numbers bigger"
        return [SetText(which=text.text, **_look(ask, text)) for text in there]
    language: Any = scene.language
    return [CaptionClips(use=ask.slots["use"], language=language, clips=scene.clips(ask), **_plain(_look(ask)))]


def _captions(ask: Ask, scene: Scene) -> list[BaseOperation]:
    return [CaptionClips(captions=list(ask.slots["captions"]), clips=scene.clips(ask), **_plain(_look(ask)))]


def _subtitles(ask: Ask, scene: Scene) -> list[BaseOperation]:
    if "srt" not in ask.slots:
        raise Refused("srt")
    if "-->" not in ask.slots["srt"]:  # words without times: one subtitle
        return [AddText(text=ask.slots["srt"], style="subtitle", **window_of(ask.slots, scene), **_look(ask))]
    return [AddSubtitles(text=ask.slots["srt"], **_plain(_look(ask)))]


TITLES: dict[str, tuple[int, Builder]] = {
    "untitle": (7, _untitle), "no_title": (7, _no_title), "retitle": (7, _retitle), "title": (8, _title),
    "number": (8, _number), "captions": (8, _captions), "subtitles": (8, _subtitles), "restyle": (9, _restyle),
    "lower": (9, _lower),
}  # fmt: skip
"""Topic → (stage, builder)."""
