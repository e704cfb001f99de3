"""Whether a backend did what typed operations asked of it, as far as its drafts show.

Each operation is tried on what the draft told before; what should be there then is looked for in the draft that there is now.
What a draft does not show is said to be so, never guessed. What has changed and was not asked for is named.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from nemovideo_mcp.timeline.checks import CHECKS
from nemovideo_mcp.timeline.diff import differences
from nemovideo_mcp.timeline.difference import Aspect, Difference, Line, lines, listed
from nemovideo_mcp.timeline.findings import Finding, Scene, State
from nemovideo_mcp.timeline.foreign import label, readable
from nemovideo_mcp.timeline.model import Media, Timeline
from nemovideo_mcp.timeline.operations import BaseOperation, OperationError, lay_out
from nemovideo_mcp.timeline.operations.base import NoSuchClip, counted
from nemovideo_mcp.timeline.outline import Outline, outline

Draft = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of one operation."""

    operation: BaseOperation
    findings: tuple[Finding, ...]

    @property
    def state(self) -> State:
        """``different`` also when a part is done and a part is not."""
        seen = {one.state for one in self.findings} - {"unseen"}
        return "unseen" if not seen else next(iter(seen)) if len(seen) == 1 else "different"


@dataclass(frozen=True, slots=True)
class Checked:
    """A verdict for each operation; what changed beside them, in sentences; what changed and has no known meaning."""

    verdicts: tuple[Verdict, ...]
    unasked: tuple[Line, ...]
    unknown: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """A draft and the canvas of its state."""

    draft: Draft | None
    canvas: Draft | None = None

    def told(self) -> Outline:
        return outline(self.draft, self.canvas)


def check(
    operations: Sequence[BaseOperation],
    before: Seen,
    after: Seen,
    pool: Sequence[Media],
    past: Sequence[Draft] = (),
) -> Checked:
    """``pool`` are the files that were uploaded; ``past`` the drafts before earlier edits, for going back, the latest first."""
    old, now = before.told(), after.told()
    steps = _tried(operations, old, pool)
    end = steps[-1][1] if steps else readable(old, pool)
    verdicts = []
    for operation, (was, will, refused) in zip(operations, steps, strict=True):
        scene = Scene(was=was, will=will, end=end, old=old, now=now, pool=pool, refused=refused)
        if operation.op == "restore":
            found: Iterable[Finding] = [_restored(before, after, past)]
        else:
            found = CHECKS[operation.op](operation, scene)
        findings = tuple(found)
        if refused and operation.op != "restore" and all(one.state == "unseen" for one in findings):
            findings = (Finding(what="refused", state="unseen", got=refused),)
        verdicts.append(Verdict(operation, findings))
    changed = differences(before.draft, after.draft, before.canvas, after.canvas)
    beside = [] if any(op.op == "restore" for op in operations) else list(_beside(operations, steps, old, changed))
    return Checked(
        tuple(verdicts),
        lines(one for one in beside if one.aspect != "field"),
        lines(one for one in changed if one.aspect == "field"),
    )


def missing(operations: Sequence[BaseOperation], before: Seen, pool: Sequence[Media]) -> str | None:
    """Why operations cannot be meant for this film: they name a clip by a number that it has not got. None: they can.

    Looked at as far as each one before could be tried: what nobody here can foresee is for the backend to say.
    """
    told = before.told()
    film = readable(told, pool)
    if not film.clips or told.others:
        return None
    for operation in operations:
        try:
            film = operation.apply(film, pool).film
        except NoSuchClip as error:
            return str(error)
        except OperationError:
            return None
    return None


Tried = tuple[Timeline, Timeline, str]
"""The film before an operation and after it, and why it could not be tried."""


def _tried(operations: Sequence[BaseOperation], old: Outline, pool: Sequence[Media]) -> list[Tried]:
    film = readable(old, pool)
    if not film.clips and any(operation.needs_clips for operation in operations):
        film = lay_out(film, pool)
    steps: list[Tried] = []
    for operation in operations:
        try:
            after, refused = operation.apply(film, pool).film, ""
        except OperationError as error:
            # The draft of somebody else may hold more than it tells.
            after, refused = film, str(error)
        steps.append((film, after, refused))
        film = after
    return steps


def _restored(before: Seen, after: Seen, past: Sequence[Draft]) -> Finding:
    if not differences(before.draft, after.draft, before.canvas, after.canvas):
        return Finding(what="restored", state="not_done")
    known = any(not differences(draft, after.draft) for draft in past)
    return Finding(what="restored", state="done" if known else "unseen")


_CUTS: tuple[Aspect, ...] = ("transition", "motion", "fit")
_PLACES: tuple[Aspect, ...] = ("clips", "order", "pair", *_CUTS)
TOUCHED: dict[str, tuple[Aspect, ...]] = {
    "set_canvas": ("frame", "fit"),
    "set_total_length": ("length", "piece", "speed"),
    "set_clip_length": ("length", "piece"),
    "set_speed": ("speed", "length"),
    "trim_clip": ("length", "piece"),
    "split_clip": ("length", "piece", *_PLACES),
    **dict.fromkeys(
        ("add_clips", "remove_clips", "keep_clips", "duplicate_clips", "replace_clip", "pair_photos", "unpair_photos"),
        _PLACES,
    ),
    **dict.fromkeys(
        ("move_clip", "swap_clips", "order_clips", "reverse_clips", "shuffle_clips", "sort_clips"), ("order", *_CUTS)
    ),
    "set_transition": ("transition",),
    "set_motion": ("motion",),
    "set_fit": ("fit",),
    "set_look": ("look",),
    "set_fade": ("fade",),
    **dict.fromkeys(("add_text", "set_text", "remove_texts", "caption_clips", "add_subtitles"), ("title",)),
    **dict.fromkeys(("set_card", "remove_cards"), ("title", "length", *_PLACES)),
    "set_music": ("music",),
    "remove_music": ("music",),
    "set_clip_volume": ("sound",),
    "set_overlay": ("overlay", "length", *_PLACES),
    "remove_overlays": ("overlay",),
    "cut_on_beats": ("length", "piece"),
    "apply_template": ("transition", "motion", "look", "fade"),
}
"""What an operation may change. A film that has other clips, or lasts longer, has another length and its titles other times."""


def _beside(
    operations: Sequence[BaseOperation], steps: Sequence[Tried], old: Outline, changed: Iterable[Difference]
) -> Iterator[Difference]:
    """The changes that no operation asked for."""
    if not operations:
        return
    touched: set[Aspect] = set()
    clips: set[tuple[Aspect, str]] = set()
    for operation, (was, will, _) in zip(operations, steps, strict=True):
        aspects: set[Aspect] = set(TOUCHED[operation.op])
        if _cards(was) != _cards(will):
            aspects |= {"clips", "length"}  # a card goes with its words
        if getattr(operation, "music", False) is True:
            aspects.add("music")
        names = _about(operation, was)
        if names is None:
            touched.update(aspects)
        else:
            clips.update((aspect, name) for aspect in aspects for name in names)
    first, last = steps[0][0], steps[-1][1]
    resized = bool(touched & {"length", "clips"}) or any(aspect in ("length", "clips") for aspect, _ in clips)
    for one in changed:
        if one.aspect == "clips":
            yield from _other_clips(one, first, last, bool(old.clips))
        elif one.aspect == "title":
            if not _title_asked(one, first, last, "title" in touched, resized):
                yield one
        elif resized and _follows(one):
            continue
        elif one.aspect not in touched and (one.aspect, label(one.name)) not in clips and one.aspect != "field":
            yield one


def _follows(one: Difference) -> bool:
    """Whether a change follows from another length of the film: its own, when its music plays, transitions that had to give way."""
    if one.aspect == "length":
        return not one.name
    if one.aspect == "transition":
        return str(one.before).partition(" of ")[0] == str(one.after).partition(" of ")[0]
    return one.aspect in ("music", "overlay") and isinstance(one.after, list)


def _about(operation: BaseOperation, film: Timeline) -> set[str] | None:
    """The names of the clips that an operation is about; None where it is about the film."""
    numbers: Any = getattr(operation, "clips", None)
    if operation.op in ("remove_clips", "keep_clips", "duplicate_clips", "unpair_photos", "caption_clips"):
        return None
    if operation.op == "trim_clip":
        numbers = [getattr(operation, "clip", None)]
    if cuts := getattr(operation, "cuts", None):
        numbers = [cut + 1 for cut in cuts]
    if not isinstance(numbers, list):
        return None
    clips = counted(film)
    at = [number - 1 if number > 0 else len(clips) + number for number in numbers]
    return {label(clips[index].name) for index in at if 0 <= index < len(clips)}


def _other_clips(one: Difference, first: Timeline, last: Timeline, laid_out: bool) -> Iterator[Difference]:
    """The clips among those added or removed that should not have been."""
    was, will = ([label(clip.name) for clip in film.clips] for film in (first, last))
    added = one.after is not None
    if added and not laid_out:
        return  # the first edit puts the uploads on the timeline
    # What a backend calls its cards is its own affair.
    cards = _cards(last) - _cards(first)
    names = []
    for name in one.after if added else one.before:
        more = will.count(label(name)) - was.count(label(name))
        if not (more > 0 if added else more < 0):
            names.append(name)
    names = names[abs(cards) :] if (cards > 0) == added else names
    if names:
        said = f"{'Added' if added else 'Removed'} {len(names)} clip{'s' if len(names) > 1 else ''}: {listed(names)}."
        yield replace(one, said=said, before=None if added else names, after=names if added else None)


def _cards(film: Timeline) -> int:
    return len(film.clips) - len(film.numbered())


def _title_asked(one: Difference, first: Timeline, last: Timeline, titles: bool, resized: bool) -> bool:
    if one.name:  # a change of one that was there
        return titles or (resized and isinstance(one.after, list))
    added = one.after is not None
    words = " ".join(str(one.after if added else one.before).split())
    was, will = (sum(" ".join(text.text.split()) == words for text in film.texts) for film in (first, last))
    return titles and (will > was if added else will < was)
