"""SubRip (SRT) and WebVTT texts to cues.

Both are blocks divided by blank lines: an optional number or name, a line of times, then words. Times are
``hh:mm:ss,mmm`` (SRT) or ``[hh:]mm:ss.mmm`` (WebVTT, https://www.w3.org/TR/webvtt1/); what follows the second time on its
line (WebVTT's settings) and tags inside the words are left out.
"""

import re
from dataclasses import dataclass

_TIME = r"(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2})[.,](\d{1,3})"
_ARROW = re.compile(rf"\s*{_TIME}\s*-->\s*{_TIME}(?:\s|$)")
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,80}>|<\d[^<>]{0,20}>|\{\\[^{}]{0,80}\}")
MOST = 5000


class SubtitleError(ValueError):
    """A text that holds no subtitles, or one whose times cannot be: which."""


@dataclass(frozen=True, slots=True)
class Cue:
    """Words from ``start_ms`` to ``end_ms``, ms from the start of the film."""

    start_ms: int
    end_ms: int
    text: str


def parse(text: str) -> list[Cue]:
    """The cues in the order of their times.

    Raises:
        SubtitleError: there is none, there are more than `MOST`, or one ends before it begins.
    """
    cues: list[Cue] = []
    words: list[str] | None = None
    times = (0, 0)
    for line in [*text.lstrip("\ufeff").splitlines(), ""]:
        arrow = _ARROW.match(line) if "-->" in line else None
        if arrow:
            times, words = (_ms(arrow.groups()[:4]), _ms(arrow.groups()[4:])), []
            if times[1] <= times[0]:
                raise SubtitleError(f'a subtitle ends before it begins: "{line.strip()[:60]}".')
        elif words is not None and line.strip():
            words.append(_TAG.sub("", line).strip())
        elif words is not None:
            said = "\n".join(word for word in words if word)[:500]
            if said:
                cues.append(Cue(*times, said))
            words = None
    if not cues:
        raise SubtitleError("there is no line of times such as 00:00:01,000 --> 00:00:03,000.")
    if len(cues) > MOST:
        raise SubtitleError(f"{len(cues)} subtitles; {MOST} is the limit.")
    return sorted(cues, key=lambda cue: (cue.start_ms, cue.end_ms))


def _ms(parts: tuple[str | None, ...]) -> int:
    hours, minutes, seconds, part = parts
    fraction = int((part or "0").ljust(3, "0"))
    return ((int(hours or 0) * 60 + int(minutes or 0)) * 60 + int(seconds or 0)) * 1000 + fraction
