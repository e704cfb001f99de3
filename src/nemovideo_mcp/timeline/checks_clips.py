"""What operations on the clips can be recognised by: which there are, their order, length, cuts, movement and colours."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace
from typing import Any

from nemovideo_mcp.timeline.findings import (
    NEAR_LENGTH,
    NEAR_SHARE,
    NONE,
    Finding,
    Scene,
    State,
    as_number,
    number,
    of_clips,
    on_timeline,
    seconds,
    word,
)
from nemovideo_mcp.timeline.foreign import label
from nemovideo_mcp.timeline.model import FILTERS, FITS, MOTIONS, TRANSITIONS, Clip
from nemovideo_mcp.timeline.operations.base import counted
from nemovideo_mcp.timeline.outline import ClipRow


def _near(length: float | None) -> float:
    return max(0.05, (length or 0) * NEAR_LENGTH)


def film_length(op: Any, scene: Scene) -> Iterator[Finding]:
    asked = seconds(scene.end.duration_ms) if not scene.refused else None
    if op.seconds is None and scene.old.duration_ms is None:
        asked = None  # nobody knows what "twice as long" comes to
    yield _length("length", op.seconds, asked, seconds(scene.now.duration_ms), seconds(scene.old.duration_ms))


def clip_length(op: Any, scene: Scene) -> Iterable[Finding]:
    def finding(clip: Clip, got: Any, was: Any) -> Finding:
        told = op.seconds is not None or was is not None
        asked = seconds(clip.duration_ms) if told else None
        return _length("clip_length", op.seconds, asked, as_number(got), as_number(was))

    return of_clips(scene, scene.chosen(op.clips), lambda row: seconds(row.duration_ms), finding, "clip_length")


def _length(what: str, said: float | None, comes_to: float | None, got: float | None, was: float | None) -> Finding:
    """A length is right when it is the one that was said, or what that comes to together with the other operations."""
    found = [number(what, asked, got, was, _near(asked)) for asked in (said, comes_to) if asked is not None]
    return next((one for one in found if one.state == "done"), found[0] if found else number(what, None, got, was))


def trim(op: Any, scene: Scene) -> Iterable[Finding]:
    def look(clip: Clip, got: Any, was: Any) -> Finding:
        return number(
            "clip_length", seconds(clip.duration_ms), as_number(got), as_number(was), _near(seconds(clip.duration_ms))
        )

    return of_clips(scene, scene.chosen([op.clip]), lambda row: seconds(row.duration_ms), look, "clip_length")


def _detail(name: str) -> Callable[[ClipRow], str | None]:
    return lambda row: dict(row.details).get(name)


def _share(name: str, what: str, asked: float, clips: list[Clip], scene: Scene) -> list[Finding]:
    """A number among a clip's settings; one that is not told where others are is the usual one, 1."""

    def finding(clip: Clip, got: Any, was: Any) -> Finding:
        return number(what, asked, _or_usual(got, 1.0), _or_usual(was, 1.0), NEAR_SHARE)

    return of_clips(scene, clips, _detail(name), finding, what)


def _or_usual(value: Any, usual: float) -> float | None:
    return usual if value == NONE else as_number(value)


def membership(op: Any, scene: Scene) -> Iterator[Finding]:
    """Which clips there are."""
    if scene.refused:
        yield Finding(what="count", state="unseen")
    elif not scene.named:
        yield number("count", len(scene.end.clips), len(scene.now.clips), len(scene.old.clips))
    else:
        was, will = (Counter(clip.name for clip in film.clips) for film in (scene.was, scene.will))
        there = [label(row.name) for row in scene.now.clips]
        wanted = [label(clip.name) for clip in scene.end.clips]
        yield from on_timeline([*(will - was), *(was - will)], there, wanted)


def order(op: Any, scene: Scene) -> Iterator[Finding]:
    """The order of the clips that should be there and are."""
    if not scene.named or scene.refused:
        yield Finding(what="order", state="unseen")
        return
    names = {label(clip.name): clip.name for clip in scene.end.clips}
    there = [label(row.name) for row in scene.now.clips]
    asked = [name for name in (label(clip.name) for clip in scene.end.clips) if name in there]
    got = [name for name in there if name in names]
    was = [name for name in (label(row.name) for row in scene.old.clips) if name in got]
    state: State = "done" if got == asked else "not_done" if got == was else "different"
    if op.op == "shuffle_clips" and got != was:
        state = "done"  # any other order is one
    called = [[names[name] for name in row if name in names] for row in (asked, got, was)]
    yield Finding(what="order", state=state, asked=called[0], got=called[1], was=called[2])


def split(op: Any, scene: Scene) -> Iterator[Finding]:
    yield number("count", len(scene.end.clips), len(scene.now.clips), len(scene.old.clips))


def transitions(op: Any, scene: Scene) -> Iterator[Finding]:
    shots = counted(scene.was)
    clips = [shots[cut] for cut in op.cuts if 0 < cut < len(shots)] if op.cuts else [*scene.was.clips[1:]]
    if op.kind == "varied":
        kinds = sorted({row.transition_kind for row in scene.now.clips if row.transition_kind})
        state: State = "done" if len(kinds) > 1 else "different" if kinds else "unseen"
        yield Finding(what="transition", state=state, asked="varied", got=", ".join(kinds) or None)
    elif op.kind is not None:
        found = _called("transition", op.kind, clips, lambda row: row.transition_kind, scene, TRANSITIONS)
        if op.kind == NONE and all(one.got is None for one in found):
            # A draft without a transition anywhere has none at these cuts.
            found = [replace(one, state="done", asked=NONE, got=NONE) for one in found]
        yield from found
    if op.seconds is not None and op.kind != NONE:

        def long(clip: Clip, got: Any, was: Any) -> Finding:
            asked = seconds(clip.transition_in.duration_ms) if clip.transition_in else op.seconds
            return number("transition_length", asked, as_number(got), as_number(was), max(0.05, op.seconds * 0.1))

        yield from of_clips(scene, clips, lambda row: seconds(row.transition_ms), long, "transition_length")


def motion(op: Any, scene: Scene) -> Iterator[Finding]:
    clips = scene.chosen(op.clips)
    if op.motion == "auto":
        yield Finding(what="motion", state="unseen", asked="auto", who=tuple(clip.name for clip in clips))
    elif op.motion is not None:
        yield from _called("motion", op.motion, clips, lambda row: row.motion, scene, MOTIONS)
    if op.strength is not None:
        yield from _share("strength", "motion_strength", op.strength, clips, scene)


def fit(op: Any, scene: Scene) -> Iterator[Finding]:
    clips = scene.chosen(op.clips)
    if op.fit == "auto":
        yield Finding(what="fit", state="unseen", asked="auto", who=tuple(clip.name for clip in clips))
    elif op.fit is not None:
        yield from _called("fit", op.fit, clips, lambda row: row.fit, scene, FITS)
    if op.background is not None:
        yield from _called("background", op.background, clips, _detail("background"), scene)
    if op.focus is not None:
        asked = " × ".join(f"{part:g}" for part in op.focus)
        yield from _called("focus", asked, clips, _detail("focus"), scene)


def _called(
    what: str,
    asked: str,
    clips: list[Clip],
    get: Callable[[ClipRow], str | None],
    scene: Scene,
    known: Collection[str] = (),
) -> list[Finding]:
    return of_clips(scene, clips, get, lambda clip, got, was: word(what, asked, got, was, known), what)


def look(op: Any, scene: Scene) -> Iterator[Finding]:
    given = op.given()
    for name, asked in given.items():
        yield from _graded(name, asked, scene.chosen(op.clips), scene)
    if op.reset and not given:
        yield Finding(what="filter", state="unseen", who=tuple(clip.name for clip in scene.chosen(op.clips)))


def _graded(name: str, asked: Any, clips: list[Clip], scene: Scene) -> list[Finding]:
    usual = 1.0 if name == "strength" else 0.0

    def read(row: ClipRow) -> Any:
        graded = row.raw.get("look")
        return (graded if isinstance(graded, dict) else row.raw).get(name)

    def finding(clip: Clip, got: Any, was: Any) -> Finding:
        if name == "filter":
            now, then = (None if value is None else str(value) for value in (got, was))
            return word("filter", asked, now, then, FILTERS)
        return number(name, asked, _or_usual(got, usual), _or_usual(was, usual), NEAR_SHARE)

    return of_clips(scene, clips, read, finding, name)


def _videos(op: Any, scene: Scene) -> list[Clip]:
    """Those of the clips that are videos; all of them where the draft tells of none what it is."""
    clips = scene.chosen(op.clips)
    return [clip for clip in clips if clip.kind == "video"] or clips


def speed(op: Any, scene: Scene) -> Iterable[Finding]:
    return _share("speed", "speed", op.speed, _videos(op, scene), scene)


def clip_volume(op: Any, scene: Scene) -> Iterable[Finding]:
    return _share("volume", "volume", op.volume, _videos(op, scene), scene)
