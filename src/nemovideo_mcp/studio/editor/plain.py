"""What makes a report plain to a person: colours by their names, and no length of the film that did not last."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

import webcolors

from nemovideo_mcp.studio.editor import lexicon
from nemovideo_mcp.timeline.model import Timeline
from nemovideo_mcp.timeline.operations import Change
from nemovideo_mcp.timeline.time import spoken

_COLOR = re.compile(r"\"[^\"]*\"|“[^”]*”|(?P<hex>#[0-9a-f]{6})(?![0-9a-f])")
_LENGTH = re.compile(r"[;；] ?(?:the film is now (?P<en>[\d. mins]+) long|影片现在(?P<zh>[\d.分秒]+))(?=[.。])")


def colors_named(text: str, language: str) -> str:
    """The text with the colours that have a name called by it. Words in quotation marks stay as they are."""
    names = _names(language)
    return _COLOR.sub(lambda found: names.get(found["hex"] or "", found[0]), text)


@cache
def _names(language: str) -> dict[str, str]:
    """Colours by their value: those of CSS with the words apart (``dark blue``), or the Chinese words that are understood."""
    if language == "zh":
        said = ((value, word) for word, (kind, value) in lexicon.HAN.items() if kind == "COLOR" and word.endswith("色"))
        return dict(reversed(list(said)))
    names = {webcolors.name_to_hex(name): name for name in webcolors.names("css3")}
    apart = {
        word.replace(" ", ""): word for word, (kind, _) in lexicon.WORDS.items() if kind == "COLOR" and " " in word
    }
    return {value: apart.get(name, name) for value, name in names.items()}


def settled(changes: Sequence[Change], film: Timeline) -> list[Change]:
    """The changes with the film's length said once, by the last that knows it: lengths that others changed after are left out."""
    final = spoken(film.duration_ms)
    chinese = final.replace(" min", "分").replace(" s", "秒").replace(" ", "")
    told = False
    out: list[Change] = []
    for change in reversed(changes):
        if out and out[-1].operation == change.operation and _short(out[-1]) == _short(change):
            continue  # "slow motion, half speed": said twice, done once
        if out and out[-1].operation == change.operation == "set_music":
            out[-1] = replace(out[-1], before=change.before)
            continue  # "upbeat but quiet": the last one says all that the music is now
        if out and out[-1].operation == change.operation == "set_text" and _what(out[-1]) == _what(change):
            out[-1] = _together(change, out[-1])
            continue
        found = _LENGTH.search(change.text)
        if found:
            right = (found["en"] == final or found["zh"] == chinese) and not told
            told = told or right
            change = change if right else replace(change, text=_short(change))
        out.append(change)
    return out[::-1]


def _short(change: Change) -> str:
    """What it did without the film's length."""
    return _LENGTH.sub("", change.text)


def _what(change: Change) -> str:
    """What was done to words, without the words."""
    return re.sub(r"^[“\"].*[”\"](?: and more|等)?(?=[:：])", "", change.text)


def _together(first: Change, rest: Change) -> Change:
    """The same done to several texts, told as one change."""
    before, after = [*first.before, *rest.before], [*first.after, *rest.after]
    chinese = first.text.startswith("“")
    some = [f"“{text}”" if chinese else f'"{text}"' for text in after[:3]]
    more = ("等" if chinese else " and more") if len(after) > 3 else ""
    return replace(
        first, text=f"{('、' if chinese else ', ').join(some)}{more}{_what(rest)}", before=before, after=after
    )
