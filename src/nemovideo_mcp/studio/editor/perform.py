"""Asks → a film: each ask becomes operations on the film so far; one that cannot be made is reported and the rest goes on."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from pydantic import ValidationError

from nemovideo_mcp.studio.editor import reply, translate, words
from nemovideo_mcp.studio.editor.asks import Ask, Reading
from nemovideo_mcp.studio.editor.builders import BUILDERS
from nemovideo_mcp.studio.editor.plan import staged
from nemovideo_mcp.studio.editor.scene import Refused, Scene
from nemovideo_mcp.timeline.history import History
from nemovideo_mcp.timeline.model import MIN_CLIP_MS, Media, Timeline
from nemovideo_mcp.timeline.operations import (
    BaseOperation,
    Change,
    OperationError,
    Restore,
    SetClipLength,
    Step,
    problem,
)
from nemovideo_mcp.timeline.time import spoken, to_ms


class NeedsHistory(Exception):
    """The instruction goes back in the film's history: it has to be read again with that at hand."""


@dataclass(slots=True)
class Work:
    """The film as it grows, and what to tell about it. Changes and failures carry the number of their clause."""

    film: Timeline
    language: str
    changes: list[tuple[int, Change]] = field(default_factory=list)
    failures: list[tuple[int, str, str, str | None]] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    history: History | None = None
    restored: int | None = None
    """The version that was gone back to."""
    joined: bool = False
    """Whether something was to be added that laying out had put there already."""


def perform(
    asks: list[Ask],
    readings: list[Reading],
    film: Timeline,
    pool: Sequence[Media],
    language: str,
    fresh: bool,
    history: History | None = None,
) -> Work:
    """The asks carried out. ``fresh``: the film was laid out for this instruction, so every upload is in it.

    Raises:
        NeedsHistory: an ask goes back in the history, and none was given.
    """
    work, base = Work(film, language, history=history), film
    for ask in staged(asks):
        clause = _said_in(ask, readings)
        try:
            scene = Scene(work.film, work.film if ask.then else base, pool, language)
            if fresh and _laid_out(ask, film):
                work.joined = True
                continue
            _consistent(ask, asks, work.film, readings)
            _apply(work, BUILDERS[ask.topic][1](ask, scene), ask, clause, pool)
            base = work.film if ask.topic == "recall" else base
        except Refused as error:
            _fail(work, ask, clause, words.reason(error.key, language, error.words), error.key)
        except ValidationError as error:
            _fail(work, ask, clause, translate.why(problem(error), language))
        except OperationError as error:
            _fail(work, ask, clause, translate.why(str(error), language))
    _keep_total(work, asks, pool)
    return work


def _laid_out(ask: Ask, film: Timeline) -> bool:
    """Whether laying out the uploads has already put on the timeline what this ask adds."""
    names = {clip.name for clip in film.clips}
    return ask.topic == "add" or (ask.topic == "join" and "at" not in ask.slots and names >= set(ask.slots["media"]))


def _consistent(ask: Ask, asks: list[Ask], film: Timeline, readings: list[Reading]) -> None:
    """A length of the film and one for each photo must agree, and a vague pace takes nothing from a length that was said.

    Raises:
        Refused: they do not.
    """
    totals = [a for a in asks if a.topic == "total"]
    each = [a for a in asks if a.topic in ("each", "slice")]
    if totals and film.clips and _paces(ask):
        raise Refused("paced", f'"{readings[totals[0].clause].text}"')
    if not (ask in totals + each and totals and each and film.clips):
        return
    alone = sum(clip.duration_ms for clip in film.clips if clip.kind == "card") / 1000
    if abs(totals[0].slots["seconds"] - alone - each[0].slots["seconds"] * len(film.numbered())) > 0.001:
        other = each[0] if ask in totals else totals[0]
        raise Refused("contradictory", f'"{readings[other.clause].text}"')


def _paces(ask: Ask) -> bool:
    """``15 seconds, a bit faster``: how fast, of the whole film, without saying how much."""
    told = ask.slots.keys() & {"clips", "each", "by", "times", "half", "share", "delta"}
    return ask.topic == "relative" and ask.slots.get("rel", ("",))[0] == "speed" and not told and not ask.then


def _said_in(ask: Ask, readings: list[Reading]) -> str:
    numbers = dict.fromkeys([ask.clause, *ask.slots.get("clauses", ())])
    return ", ".join(readings[number].text for number in numbers)


def _fail(work: Work, ask: Ask, clause: str, why: str, key: str = "") -> None:
    near = words.example(key if key in ("fps", "resolution") else _topic(ask), work.language)
    near = None if key == "within" else near  # nothing is left to be said
    work.failures.append((ask.clause, clause, why, None if near == clause else near))


def _topic(ask: Ask) -> str:
    same = {
        "slice": "each",
        "join": "add",
        "volume": "music",
        "retitle": "title",
        "no_title": "untitle",
        "no_music": "unmusic",
        "overlay_timed": "overlay",
        "overlay_gone": "overlay",
        "overlay_changed": "overlay",
    }
    if ask.slots.get("use") in ("date", "place", "date_place"):
        return ""  # what the photos do not tell cannot be said in other words
    return same.get(ask.topic, ask.topic)


def _apply(work: Work, operations: list[BaseOperation], ask: Ask, clause: str, pool: Sequence[Media]) -> None:
    """All operations of one ask, or none."""
    if not operations and not ask.topic.startswith("overlay"):  # the time of an overlay is an ask of its own
        note = words.reason("none_there", work.language)
        work.warnings.append(f"“{clause}”：{note}。" if work.language == "zh" else f'"{clause}": {note}.')
    film = work.film
    changes: list[tuple[int, Change]] = []
    warnings: list[str] = []
    for operation in operations:
        step = _recalled(work, operation) if isinstance(operation, Restore) else operation.apply(film, pool)
        text = reply.said(operation, step.change.text, film, step.film, work.language)
        changes.append((ask.clause, replace(step.change, text=text, clause=clause)))
        warnings += [translate.note(warning, work.language) for warning in step.warnings]
        film = step.film
    work.film = film
    work.changes += changes
    work.warnings += warnings


def _recalled(work: Work, operation: Restore) -> Step:
    if work.history is None:
        raise NeedsHistory
    step, version = operation.restored(work.history)
    work.restored = version.n if operation.walks else None
    return step


def _keep_total(work: Work, asks: list[Ask], pool: Sequence[Media]) -> None:
    """``a 30-second film with photo 2 for 6 seconds``: the other photos share what is left of the 30 seconds."""
    totals = [ask for ask in asks if ask.topic == "total"]
    changed = any(c.operation == "set_clip_length" for _, c in work.changes)
    if not totals or not changed or not any(c.operation == "set_total_length" for _, c in work.changes):
        return
    total = to_ms(totals[0].slots["seconds"])
    named = {n for _, c in work.changes if c.operation == "set_clip_length" for n in _named(asks, work.film)}
    numbers = {index: number for number, index in enumerate(work.film.numbered(), 1)}
    others = [i for i, n in numbers.items() if n not in named and work.film.clips[i].kind == "image"]
    rest = total - sum(clip.duration_ms for i, clip in enumerate(work.film.clips) if i not in others)
    if work.film.duration_ms != total and others and rest >= MIN_CLIP_MS * len(others):
        share, film = rest // len(others), work.film
        extra = rest - share * len(others)
        for index in others:
            length = share + (extra if index == others[-1] else 0)
            film = SetClipLength(seconds=length / 1000, clips=[numbers[index]]).apply(film, pool).film
        work.film = film
    if work.film.duration_ms != total:
        asked, got = spoken(total), spoken(work.film.duration_ms)
        zh = work.language == "zh"
        work.warnings.append(
            f"影片是 {got} 而不是 {asked}，因为单张的时长也有要求。"
            if zh
            else f"The film is {got} long, not {asked}: the lengths asked for single photos do not add up to it."
        )


def _named(asks: list[Ask], film: Timeline) -> set[int]:
    """The clips whose length was asked for, by number; all of them for "3 seconds per photo"."""
    if any(ask.topic in ("each", "slice") for ask in asks):
        return set(range(1, len(film.numbered()) + 1))
    found: set[int] = set()
    for ask in asks:
        if ask.topic == "length":
            found |= {n if n > 0 else len(film.numbered()) + n + 1 for n in ask.slots["clips"] if isinstance(n, int)}
    return found
