"""Words → operations → the next version of a film. Pure: nothing is read or written.

The way of an instruction, in this order:

- ``lexer`` makes tokens; the words are in tables (``vocabulary``, ``manners``, ``idioms``, ``sayings``, ``formal``, ``careful``, ``cardwords``, ``built``),
  numbers with their units in ``quantities``, words for the screen in ``unquoted`` and ``onscreen``.
- ``spoken``, ``moods`` and ``senses`` tell words apart by their neighbours; ``hanplain`` and ``plainly`` say careful turns plainly.
- ``references`` and ``selections`` find the clips that are meant, ``clauses`` splits, ``carried`` completes a part by the one before it.
- ``phrases``, ``frames`` and ``turns`` are the grammar as tables; ``matcher`` reads them, ``asks`` has what each part wishes, ``circumstances`` and
  ``passing`` what is only told.
- ``plan`` settles contradictions, ``builders`` and their like make typed operations, ``perform`` applies them, ``reply`` tells about it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from nemovideo_mcp.studio.editor import memory, plain, pointing, reply, senses_which, words
from nemovideo_mcp.studio.editor.asks import Reading, read
from nemovideo_mcp.studio.editor.clauses import split
from nemovideo_mcp.studio.editor.language import language_of
from nemovideo_mcp.studio.editor.lexer import tokenize
from nemovideo_mcp.studio.editor.perform import NeedsHistory, Work, perform
from nemovideo_mcp.studio.editor.plan import choose
from nemovideo_mcp.studio.editor.troubles import Trouble
from nemovideo_mcp.timeline.history import History
from nemovideo_mcp.timeline.model import Media, Timeline
from nemovideo_mcp.timeline.operations import BaseOperation, Change, OperationError, Restore, apply_all, lay_out

LONGEST = 20_000
"""Characters of an instruction at most; nobody says more about one film."""
MOST_CLAUSES = 500
"""Parts of an instruction at most: they are compared with one another, and nobody says more about one film."""
MOST_MISSED = 30
"""Parts not done that are listed one by one."""


@dataclass(frozen=True)
class Missed:
    """A part of an instruction that was not done: why, and the nearest phrasing that works."""

    clause: str
    reason: str
    nearest: str | None


@dataclass(frozen=True)
class Outcome:
    """The film after an instruction (the same one when ``applied`` is false) and what to tell about it."""

    film: Timeline
    changes: tuple[Change, ...]
    missed: tuple[Missed, ...]
    warnings: tuple[str, ...]
    reply: str
    applied: bool
    restores: int | None = None
    """The version whose film this is again, when the instruction did nothing but go back or forth."""


def edit(instruction: str, film: Timeline, pool: Sequence[Media], history: History | None = None) -> Outcome:
    """The film with an instruction carried out as one version: what was understood and is possible is done, the rest is
    reported part by part. ``history`` is needed for "undo" and the like only.

    Raises:
        NeedsHistory: the instruction goes back in the history or speaks of "it", and none was given.
    """
    if len(instruction) > LONGEST:
        return _nothing(film, instruction[:80] + "…", "long", "en", words=str(LONGEST))
    tokens = tokenize(instruction, [media.name for media in pool], [text.text for text in film.texts])
    if sum(clip.kind == "video" for clip in film.clips) == 1 < len(film.clips):
        tokens = senses_which.moving(pointing.moving(tokens))
    language = language_of(instruction, tokens)
    if language == "unknown":
        return _nothing(film, instruction.strip(), "language", "en", nearest=words.example("wish", "en"))
    clauses = split(tokens)
    if not clauses:
        empty = "unknown" if instruction.strip() else "empty"
        return _nothing(film, instruction.strip(), empty, language, nearest=words.example("wish", language))
    if len(clauses) > MOST_CLAUSES:
        return _nothing(film, instruction[:80] + "…", "parts", language, words=str(MOST_CLAUSES))
    if not film.clips and not any(media.kind != "audio" for media in pool):
        return _nothing(film, instruction.strip(), "upload", language)
    if history is None and film.clips and memory.asks_for_memory(clauses):
        raise NeedsHistory
    said = memory.last_said(history, film, pool, clauses)
    asides = [token.text for token in tokens if token.kind == "ASIDE" and token.value]
    readings = read(clauses, instruction, said)
    for reading in readings[:1]:
        reading.aside = (*reading.aside, *asides)
    return _carry_out(readings, instruction, film, pool, language, history)


def edit_operations(
    operations: Sequence[BaseOperation], film: Timeline, pool: Sequence[Media], history: History | None = None
) -> Outcome:
    """The film with typed operations made: all, or none. An empty timeline is laid out first where one needs clips.

    Raises:
        OperationError: one of them cannot be made; nothing was changed.
        NeedsHistory: one of them goes back in the history, and none was given.
    """
    if any(isinstance(operation, Restore) for operation in operations):
        return _restored(operations, history)
    fresh = not film.clips and any(op.needs_clips for op in operations) and any(m.kind != "audio" for m in pool)
    start = lay_out(film, pool) if fresh else film
    after, steps = apply_all(start, operations, pool)
    told = [replace(step.change, text=plain.colors_named(step.change.text, "en")) for step in steps]
    made = plain.settled(told, after)
    changes = (_layout_change(start, "en", made), *made) if fresh else tuple(made)
    warnings = tuple(dict.fromkeys(warning for step in steps for warning in step.warnings))
    if not steps:
        return Outcome(film, (), (), (), "Nothing was changed.", False)
    said = reply.compose([change.text for change in changes], (), warnings, "en")
    return Outcome(after, changes, (), warnings, said, True)


def _restored(operations: Sequence[BaseOperation], history: History | None) -> Outcome:
    if history is None:
        raise NeedsHistory
    operation = operations[0]
    if len(operations) > 1 or not isinstance(operation, Restore):
        raise OperationError("restore stands alone: other edits follow in a call of their own.")
    step, version = operation.restored(history)
    said = reply.compose([step.change.text], (), (), "en", not step.film.clips)
    return Outcome(step.film, (step.change,), (), (), said, True, version.n if operation.walks else None)


def _layout_change(film: Timeline, language: str, others: Iterable[Change]) -> Change:
    said = reply.laid_out(film, language, [change.operation for change in others])
    return Change(operation="lay_out", text=said, before=0, after=len(film.clips))


def _nothing(
    film: Timeline, clause: str, key: str, language: str, words: str = "", nearest: str | None = None
) -> Outcome:
    missed = Missed(clause, _reason(key, language, words), nearest)
    said = reply.compose((), [(missed.clause, missed.reason, missed.nearest)], (), language)
    return Outcome(film, (), (missed,), (), said, False)


def _reason(key: str, language: str, said: str = "") -> str:
    return words.reason(key, language, said)


def _carry_out(
    readings: list[Reading],
    text: str,
    film: Timeline,
    pool: Sequence[Media],
    language: str,
    history: History | None,
) -> Outcome:
    asks, troubles, wishes = choose(readings, text)
    start = film if film.clips else lay_out(film, pool)
    fresh = not film.clips
    work = perform(asks, readings, start, pool, language, fresh, history)
    wish = bool(wishes - {number for number, *_ in work.failures})
    applied = bool(work.changes) or (fresh and (wish or work.joined))
    if applied:
        reasons = [t.text for t in troubles if t.passing and t.words == "reason"]
        noted = [t.text for t in troubles if t.passing and t.words != "reason"]
        noted += [part for r in readings for part in r.aside]
        troubles = [t for t in troubles if not t.passing]
    else:
        noted = reasons = []
        troubles = [replace(t, key="unknown") if t.key == "part" else t for t in troubles]
    more = max(0, len(troubles) - MOST_MISSED)
    numbered = [(t.clause, _missed(t, readings, language)) for t in troubles[:MOST_MISSED]]
    numbered += [(number, Missed(clause, why, near)) for number, clause, why, near in work.failures]
    missed = list(dict.fromkeys(m for _, m in sorted(numbered, key=lambda pair: pair[0])))
    if more:
        missed.append(Missed("…", _reason("more", language, str(more)), None))
    if not applied and not missed:
        key = "nothing" if work.warnings else "already" if wish else "unknown"
        near = None if key == "nothing" else words.example("total", language)
        missed = [Missed(text.strip()[:200], _reason(key, language), near)]
    changes = plain.settled([change for _, change in sorted(work.changes, key=lambda pair: pair[0])], work.film)
    if applied and fresh and not (changes and all(change.operation == "restore" for change in changes)):
        changes.insert(0, _layout_change(start, language, changes))
    warnings = (
        [
            *_respelt(readings, language),
            *_counted(readings, start, language),
            *_formats(readings, language),
            *_posted(readings, language),
            *_left_aside(noted, reasons, language),
            *work.warnings,
        ]
        if applied
        else []
    )
    return _outcome(film, work, changes, missed, list(dict.fromkeys(warnings)), language, applied)


def _outcome(
    film: Timeline,
    work: Work,
    changes: list[Change],
    missed: list[Missed],
    warnings: list[str],
    language: str,
    applied: bool,
) -> Outcome:
    said = reply.compose(
        [c.text for c in changes],
        [(m.clause, m.reason, m.nearest) for m in missed],
        warnings,
        language,
        not work.film.clips,
    )
    only = all(change.operation == "restore" for change in changes)
    restores = work.restored if applied and only else None
    return Outcome(
        work.film if applied else film, tuple(changes), tuple(missed), tuple(warnings), said, applied, restores
    )


def _respelt(readings: list[Reading], language: str) -> list[str]:
    """A note for each word that was taken for another one."""
    words = [(t.text, t.read_as) for r in readings for t in r.clause.tokens if t.read_as]
    if not words:
        return []
    said = ", ".join(f'"{text}" as "{read}"' for text, read in dict.fromkeys(words))
    return [f"Read {said}."] if language == "en" else [f"把 {said} 理解为近似的词。"]


def _missed(trouble: Trouble, readings: list[Reading], language: str) -> Missed:
    reading = readings[trouble.clause]
    near = words.example(trouble.topic, language) if trouble.topic else None
    if near is None and trouble.key not in ("cloud", "later", "account", "undo", "question"):
        tokens = [reading.clause.tokens[i] for i in reading.left]
        unknown = [token.text for token in tokens if token.kind == "UNKNOWN"]
        kinds = [token.kind for token in tokens if token.kind != "UNKNOWN"]
        near = words.nearest(kinds, unknown, language)
    near = None if near == trouble.text else near
    return Missed(trouble.text, _reason(trouble.key, language, trouble.words), near)


def _counted(readings: list[Reading], start: Timeline, language: str) -> list[str]:
    """A warning when the photos that were spoken of ("five photos") are not as many as there are."""
    have = len(start.numbered())
    spoken = [
        t.value for r in readings for t in r.clause.tokens if t.kind == "COUNT" or (t.kind == "ALL_CLIPS" and t.value)
    ]
    used = any(ask.topic == "slice" for r in readings for ask in r.asks)
    if not spoken or used or spoken[0] == have:
        return []
    if language == "zh":
        return [f"提到了 {spoken[0]} 张照片，实际有 {have} 张，全部使用。"]
    return [f"You spoke of {spoken[0]} photos; there are {have}, and all are used."]


def _posted(readings: list[Reading], language: str) -> list[str]:
    """发布到抖音 may be what the film is for, or an order to post it: the frame is set, and what is left is said."""
    order = any(r.clause.tokens[0].kind == "FOR" and r.clause.tokens[0].text.startswith("发布") for r in readings)
    return ["本地工作室不能发布；请先导出，再自行上传。"] if order and language == "zh" else []


def _left_aside(noted: list[str], reasons: list[str], language: str) -> list[str]:
    """What was told beside the wishes and is in no change, and what was told as the reason of one."""
    zh = language == "zh"
    notes = []
    for said, english, chinese in (
        (noted, "Not taken into account", "没有纳入考虑"),
        (reasons, "Taken as a reason, not as a wish", "当作原因，没有另作改动"),
    ):
        parts = list(dict.fromkeys(part if len(part) <= 80 else part[:77] + "…" for part in said))[:MOST_MISSED]
        if parts and zh:
            notes.append(f"{chinese}：" + "、".join(f"“{part}”" for part in parts) + "。")
        elif parts:
            notes.append(f"{english}: " + ", ".join(f'"{part}"' for part in parts) + ".")
    return notes


def _formats(readings: list[Reading], language: str) -> list[str]:
    if not any(ask.topic == "format" for r in readings for ask in r.asks):
        return []
    return ["文件格式在导出时选择。" if language == "zh" else "The file format is chosen at export."]


__all__ = ["Missed", "NeedsHistory", "Outcome", "edit", "edit_operations"]
