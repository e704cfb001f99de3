"""What a model would do, without a model: the examples need neither a key nor a network, and do the same every time.

It knows what a model knows: the wish, and what the tools have answered, as the framework puts it before a model.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

WISH = "a 6-second film, 320x180, smooth transitions, the title 'Autumn' for the first 2 seconds"


@dataclass(frozen=True)
class Call:
    tool: str
    arguments: dict[str, Any]


def next_step(photos: str, answers: Sequence[Any]) -> Call | str:
    """The next call after these answers, oldest first, in words or as data; in the end the last words, with the film's path.

    Raises:
        ValueError: an answer has not what the next step needs; it should say what went wrong.
    """
    told = [_words(answer) for answer in answers]
    if not told:
        return Call("upload_images", {"paths": [photos], "project": "new"})
    if running := re.search(r'Call wait\(job="(\w+)"\)', told[-1]):
        return Call("wait", {"job": running[1]})
    done = sum("Call wait(" not in answer for answer in told)
    if done < 4:
        project = _found(r"\b(film_\w+)", told[-1])
        if done == 1:
            return Call("edit", {"instruction": WISH, "project": project})
        if done == 2:
            return Call("preview", {"project": project})
        # Not waited for, to show what happens when a film takes longer than a host waits for an answer.
        return Call("export", {"project": project, "quality": "draft", "wait_seconds": 0})
    return "The film is ready: " + _found(r"(?m)^(?:The film is ready: )?(\S.*\.mp4)$", told[-1])


async def show(progress: float, total: float | None, message: str | None) -> None:
    """A line for each sign of progress."""
    print(f"{100 * progress / (total or 100):3.0f}%  {message or ''}", flush=True)


def _words(answer: Any) -> str:
    """Every string in an answer, a line each: some frameworks show a model the words of an answer, some its data."""
    if isinstance(answer, dict):
        answer = list(answer.values())
    return "\n".join(map(_words, answer)) if isinstance(answer, list) else answer if isinstance(answer, str) else ""


def _found(pattern: str, text: str) -> str:
    match = re.search(pattern, text)
    if match is None:
        raise ValueError(text)
    return match[1]
