"""What a draft shows of something that was asked for: done, not done, done otherwise, or nothing at all."""

from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from nemovideo_mcp.timeline.foreign import label
from nemovideo_mcp.timeline.model import Clip, Media, Timeline
from nemovideo_mcp.timeline.operations import OperationError
from nemovideo_mcp.timeline.operations.base import pick
from nemovideo_mcp.timeline.outline import ClipRow, Outline

State = Literal["done", "not_done", "different", "unseen"]
"""``unseen``: the draft does not show it, or has a word of its own for it."""

NONE = "none"
"""A setting that this draft shows elsewhere, and not here."""

NEAR_LENGTH = 0.02
"""A length is as asked when it is this near, as a part of it: backends cut on frames and round the share of each photo."""
NEAR_TIME = 0.25
"""Seconds that a title may come earlier or later."""
NEAR_SHARE = 0.02
"""For volumes, strengths and the like, from 0 to 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that was asked for, as the draft shows it. Times are in seconds; ``who`` are the clips or titles it is about."""

    what: str
    state: State
    asked: Any = None
    got: Any = None
    was: Any = None
    who: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """The film before an operation, after it, and after all of them, as far as they could be tried; and what the drafts tell.

    ``refused`` is why the operation could not be tried on what the draft tells, when it could not.
    """

    was: Timeline
    will: Timeline
    end: Timeline
    old: Outline
    now: Outline
    pool: Sequence[Media]
    refused: str = ""

    @property
    def named(self) -> bool:
        """Whether every clip has a name in the draft."""
        return all(row.name for row in (*self.old.clips, *self.now.clips))

    def rows(self) -> dict[str, ClipRow]:
        """What the draft shows now of each clip of the film as it should be, by the clip's id."""
        if not self.named:
            alike = len(self.end.clips) == len(self.now.clips)
            return {c.id: row for c, row in zip(self.end.clips, self.now.clips, strict=True)} if alike else {}
        free: dict[str, list[ClipRow]] = {}
        for row in self.now.clips:
            free.setdefault(label(row.name), []).append(row)
        return {clip.id: free[label(clip.name)].pop(0) for clip in self.end.clips if free.get(label(clip.name))}

    def before(self, clip: Clip) -> ClipRow | None:
        """What the draft showed of a clip."""
        return next(
            (row for row in self.old.clips if f"c{row.index}" == clip.id and row.name in (clip.name, None)), None
        )

    def chosen(self, numbers: Iterable[int] | None) -> list[Clip]:
        """The clips that an operation is about. None where there is no such number."""
        try:
            return [self.was.clips[index] for index in pick(self.was, numbers)]
        except OperationError:
            return []


def number(
    what: str, asked: float | None, got: float | None, was: float | None, near: float = 0.0, who: tuple[str, ...] = ()
) -> Finding:
    """A number, as good as right when it has changed to within ``near`` of the one that was asked for."""
    state: State = "different"
    if asked is None or got is None:
        state = "unseen"
    elif abs(asked - got) < 1e-6:
        state = "done"
    elif was is not None and abs(got - was) < 1e-6:
        state = "not_done"
    elif abs(asked - got) <= near + 1e-6:
        state = "done"
    return Finding(what=what, state=state, asked=asked, got=got, was=was, who=who)


def word(
    what: str, asked: str, got: str | None, was: str | None, known: Collection[str] = (), who: tuple[str, ...] = ()
) -> Finding:
    """A value with a name. One that is neither what was asked for nor ``known`` may be the draft's own word for it."""
    state: State = "unseen"
    if got is not None:
        if _plain(got) == _plain(asked):
            state = "done"
        elif was is not None and _plain(got) == _plain(was):
            state = "not_done"
        elif _plain(got) in {_plain(name) for name in (*known, NONE)}:
            state = "different"
    return Finding(what=what, state=state, asked=asked, got=got, was=was, who=who)


def seconds(ms: int | None) -> float | None:
    return None if ms is None else ms / 1000


def as_number(value: Any) -> float | None:
    """A number out of a row's words; None where there is none."""
    try:
        return float(value)
    except (TypeError, ValueError):
        return None


def _plain(value: str) -> str:
    return value.strip().casefold().replace(" ", "_").replace("-", "_")


def of_clips(
    scene: Scene,
    clips: Sequence[Clip],
    get: Callable[[ClipRow], Any],
    finding: Callable[[Clip, Any, Any], Finding],
    what: str,
) -> list[Finding]:
    """A finding for the clips that are still on the timeline, told together where they are alike.

    ``get`` reads the setting off a row; ``finding`` makes one of the clip as it should be, what there is and what there was.
    """
    ids = {clip.id for clip in clips}
    rows = scene.rows()
    told = any(get(row) is not None for row in (*scene.old.clips, *scene.now.clips))
    found = []
    for clip in scene.end.clips:
        if clip.id not in ids or (row := rows.get(clip.id)) is None:
            continue
        earlier = scene.before(clip)
        was = get(earlier) if earlier is not None else None
        got = get(row)
        empty = NONE if told else None
        one = finding(clip, empty if got is None else got, empty if was is None and earlier is not None else was)
        found.append(replace(one, who=(clip.name,)))
    return together(found) or [Finding(what=what, state="unseen", who=tuple(clip.name for clip in clips))]


def together(found: Iterable[Finding]) -> list[Finding]:
    """Findings that are alike but for the clip, as one."""
    groups: dict[Hashable, list[Finding]] = {}
    for one in found:
        groups.setdefault((one.what, one.state, str(one.asked), str(one.got)), []).append(one)
    return [replace(group[0], who=tuple(name for one in group for name in one.who)) for group in groups.values()]


def on_timeline(names: Iterable[str], there: Sequence[str], wanted: Sequence[str]) -> Iterator[Finding]:
    """Whether clips are there, each as often as it should be. ``there`` and ``wanted`` are names as `label` makes them."""
    for name in dict.fromkeys(names):
        have, need = there.count(label(name)), wanted.count(label(name))
        what = "gone" if not need else "there" if need == 1 else "times"
        yield Finding(what=what, state="done" if have == need else "not_done", asked=need, got=have, who=(name,))
