"""What is different in the clips, the titles and the sounds of two films."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from nemovideo_mcp.timeline.difference import WHO, Aspect, Difference, field, listed
from nemovideo_mcp.timeline.draft import LOOK_FIELDS
from nemovideo_mcp.timeline.leaves import Path, leaves
from nemovideo_mcp.timeline.outline import ClipRow, MusicRow, OverlayRow, TextRow
from nemovideo_mcp.timeline.time import clock, spoken

_Row = TypeVar("_Row", ClipRow, TextRow, MusicRow, OverlayRow)
Key = Callable[[Any], Any]

LOOKS: dict[str, Aspect] = {"motion": "motion", "fit": "fit", "filter": "look"}
DETAILS: dict[str, tuple[Aspect, str]] = {
    "speed": ("speed", "speed"),
    "beside": ("pair", "what stands beside it"),
    "volume": ("sound", "volume"),
    "focus": ("fit", "focus"),
    "background": ("fit", "background"),
    "gradient": ("fit", "second colour"),
    "strength": ("motion", "strength of motion"),
    "in": ("piece", "beginning in the file"),
}
"""The further settings of a clip: what they are about, and how they are called."""


def matched(old: Sequence[_Row], new: Sequence[_Row], *keys: Key) -> dict[int, int]:
    """Which row was which: indexes of ``new`` to indexes of ``old``, by the first key that fits, rows alike in their order."""
    found: dict[int, int] = {}
    for key in keys:
        free: dict[Any, list[int]] = {}
        for index, row in enumerate(old):
            if index not in found.values() and (value := key(row)) is not None:
                free.setdefault(value, []).append(index)
        for index, row in enumerate(new):
            if index not in found and free.get(key(row)):
                found[index] = free[key(row)].pop(0)
    return found


def clips(old: Sequence[ClipRow], new: Sequence[ClipRow]) -> Iterator[Difference]:
    was = matched(old, new, lambda row: (row.id, row.name) if row.id else None, lambda row: (row.name,))
    for label, rows, aside in (
        ("Added", [row for index, row in enumerate(new) if index not in was], (0, 1)),
        ("Removed", [row for index, row in enumerate(old) if index not in was.values()], (1, 0)),
    ):
        cards = [clip_name(row) for row in rows if row.kind == "card"]
        if cards:
            said = f"{label} {len(cards)} card{'s' if len(cards) != 1 else ''}."
            yield Difference(
                aspect="clips", said=said, before=cards if aside[0] else None, after=cards if aside[1] else None
            )
        rows = [row for row in rows if row.kind != "card"]
        if rows:
            names = [clip_name(row) for row in rows]
            said = f"{label} {len(rows)} clip{'s' if len(rows) != 1 else ''}: {listed(names)}."
            yield Difference(
                aspect="clips", said=said, before=names if aside[0] else None, after=names if aside[1] else None
            )
    places = [was[index] for index in sorted(was)]
    moved = places != sorted(places)
    if moved:
        said = "The order is now " + ", ".join(clip_name(row) for row in new[:10]) + "."
        yield Difference(aspect="order", said=said, before=_names(old), after=_names(new))
    for index in range(len(new)):
        if index in was:
            yield from _clip(old, was[index], new, index, moved)
    if moved and len(old) == len(new):
        # A transition belongs to its place when the clips change theirs.
        for one, two in zip(old[1:], new[1:], strict=True):
            yield from _transition(one, two, len(new))


def clip_name(row: ClipRow) -> str:
    return row.name or f"clip {row.index}"


def _names(rows: Iterable[ClipRow]) -> list[str]:
    return [clip_name(row) for row in rows]


def _clip(old: Sequence[ClipRow], at: int, new: Sequence[ClipRow], index: int, moved: bool) -> Iterator[Difference]:
    """What changed in one clip."""
    was, now = old[at], new[index]
    name, of = clip_name(now), len(new)

    def change(aspect: Aspect, said: str, before: Any, after: Any) -> Difference:
        return Difference(aspect=aspect, said=f"{WHO}: {said}.", name=name, of=of, before=before, after=after)

    # A clip that comes to the first place, or leaves it, has no cut to compare.
    cut = not moved and (at == 0) == (index == 0)
    if was.duration_ms != now.duration_ms and now.duration_ms is not None:
        yield change("length", f"now {spoken(now.duration_ms)} long", _s(was.duration_ms), _s(now.duration_ms))
    if was.start_ms != now.start_ms and now.start_ms is not None and _gap(old, at) != _gap(new, index):
        yield change("piece", f"now starts at {spoken(now.start_ms)}", _s(was.start_ms), _s(now.start_ms))
    if cut:
        yield from _transition(was, now, of)
    for what, aspect in LOOKS.items():
        before, after = getattr(was, what), getattr(now, what)
        # What the renderer chooses by the clip's place is no news, unless it is chosen no more.
        chosen = was.raw.get(what) == now.raw.get(what) == "auto"
        if (before != after and not chosen) or _named_otherwise(was, now, what):
            yield change(aspect, f"{what} is now {(after or 'none').replace('_', ' ')}", before, after)
    for what, (aspect, words) in DETAILS.items():
        was_so, now_so = dict(was.details).get(what), dict(now.details).get(what)
        if was_so != now_so:
            yield change(aspect, f"{words} is now {now_so or 'as usual'}", was_so, now_so)
    yield from _rest(was.raw, now.raw, _told_of_clip(was, now, cut), name, of)


def _named_otherwise(was: ClipRow, now: ClipRow, what: str) -> bool:
    """Whether the draft has another word for a setting that may have come to the same before: ``auto``."""
    old, new = was.raw.get(what), now.raw.get(what)
    return isinstance(old, str) and isinstance(new, str) and old != new


def _told_of_clip(was: ClipRow, now: ClipRow, cut: bool) -> dict[Path, bool]:
    """The fields of a clip that have a meaning here, and whether their change has been told (or need not be)."""
    details = {what: dict(was.details).get(what) != dict(now.details).get(what) for what in DETAILS}
    return {
        ("d",): was.duration_ms != now.duration_ms and now.duration_ms is not None,
        ("st",): was.start_ms != now.start_ms,
        ("m", "title"): was.name != now.name,
        ("transition", "kind"): was.transition_kind != now.transition_kind or not cut,
        ("transition", "d"): was.transition_ms != now.transition_ms or not cut,
        ("motion",): was.motion != now.motion or _named_otherwise(was, now, "motion"),
        ("fit",): was.fit != now.fit or _named_otherwise(was, now, "fit"),
        ("filter",): was.filter != now.filter,
        **{("look", what): was.filter != now.filter for what in LOOK_FIELDS},
        **{(what,): changed for what, changed in details.items()},
        **{("beside", part): details["beside"] for part in ("title", "media", "width", "height")},
    }


def _gap(rows: Sequence[ClipRow], index: int) -> int | None:
    """From the end of the clip before to the start of this one, in ms; where that is not known, the start itself."""
    before, start = rows[index - 1] if index else None, rows[index].start_ms
    if before is None or before.start_ms is None or before.duration_ms is None or start is None:
        return start
    return start - before.start_ms - before.duration_ms


def _transition(old: ClipRow, new: ClipRow, of: int) -> Iterator[Difference]:
    was, now = (old.transition_kind, old.transition_ms), (new.transition_kind, new.transition_ms)
    if was == now:
        return
    length = f" of {spoken(now[1])}" if now[1] else ""
    kind = (now[0] or "plain cut").replace("_", " ")
    said = f"{WHO}: now comes in with a {kind}{length}."
    values = [f"{(a or 'none').replace('_', ' ')}{f' of {spoken(b)}' if b else ''}" for a, b in (was, now)]
    yield Difference(aspect="transition", said=said, name=clip_name(new), of=of, before=values[0], after=values[1])


def _rest(
    old: Mapping[str, Any], new: Mapping[str, Any], told: Mapping[Path, bool], name: str, of: int = 0
) -> Iterator[Difference]:
    """What has changed in a segment beside what was told."""
    for path, before, after in leaves(old, new):
        # A part of a value that was told as a whole: the two numbers of a focus.
        if not (told.get(path) or (isinstance(path[-1], int) and told.get(path[:-1]))):
            yield field(path, before, after, name, of)


def overlays(old: Sequence[OverlayRow], new: Sequence[OverlayRow], resized: bool) -> Iterator[Difference]:
    """``resized``: the film has another length, and with it what lasts to its end."""
    was = matched(old, new, lambda row: (row.id, row.name) if row.id else None, lambda row: (row.name,))
    for index, row in enumerate(new):
        if index in was:
            yield from _overlay(old[was[index]], row, resized)
        else:
            where = f" at the {row.position.replace('_', ' ')}" if row.position else ""
            said = f"Added the overlay {row.name or 'picture'}{where}."
            yield Difference(aspect="overlay", said=said, after=row.name or "")
    for index, row in enumerate(old):
        if index not in was.values():
            said = f"Removed the overlay {row.name or 'picture'}."
            yield Difference(aspect="overlay", said=said, before=row.name or "")


def _overlay(was: OverlayRow, now: OverlayRow, resized: bool) -> Iterator[Difference]:
    name = f"overlay {now.name or ''}".strip()
    old, new = dict(was.details), dict(now.details)
    pairs: dict[str, tuple[Any, Any]] = {
        "position": (was.position, now.position),
        "opacity": (was.opacity, now.opacity),
    }
    pairs |= {what: (old.get(what), new.get(what)) for what in dict.fromkeys((*new, *old))}
    for what, (before, after) in pairs.items():
        if before != after:
            called = {"position": "place", "at": "place"}.get(what, what)
            value = f"{after:.0%}" if isinstance(after, float) else str(after or "as usual").replace("_", " ")
            said = f"The {WHO}: {called} is now {value}."
            yield Difference(aspect="overlay", said=said, name=name, before=before, after=after)
    timed = (was.start_ms, was.end_ms) != (now.start_ms, now.end_ms) and None not in (now.start_ms, now.end_ms)
    if timed and not (resized and was.start_ms == now.start_ms):
        said = f"The {WHO}: now from {clock(now.start_ms or 0)} to {clock(now.end_ms or 0)} s."
        windows = [[_s(row.start_ms), _s(row.end_ms)] for row in (was, now)]
        yield Difference(aspect="overlay", said=said, name=name, before=windows[0], after=windows[1])
    told: dict[Path, bool] = {
        ("st",): timed,
        ("d",): timed,
        ("m", "title"): was.name != now.name,
        **{(what,): a != b for what, (a, b) in pairs.items()},
    }
    yield from _rest(was.raw, now.raw, told, f"the {name}")


def titles(old: Sequence[TextRow], new: Sequence[TextRow]) -> Iterator[Difference]:
    was = matched(
        old,
        new,
        lambda row: (row.id, row.text) if row.id else None,
        lambda row: row.id,
        lambda row: (row.text, row.start_ms) if row.text else None,
        lambda row: row.text,
    )
    for index, row in enumerate(new):
        if index in was:
            yield from _title(old[was[index]], row)
        else:
            yield Difference(aspect="title", said=f"Added the title {_words(row)}.", after=row.text or "")
    for index, row in enumerate(old):
        if index not in was.values():
            yield Difference(aspect="title", said=f"Removed the title {_words(row)}.", before=row.text or "")


def _words(row: TextRow) -> str:
    if row.start_ms is None or row.end_ms is None:
        return f'"{row.text or ""}"'
    return f'"{row.text or ""}" ({clock(row.start_ms)}-{clock(row.end_ms)}s)'


def _title(was: TextRow, now: TextRow) -> Iterator[Difference]:
    name = f'title "{was.text or ""}"'
    changes: list[tuple[str, Any, Any, str]] = []
    if was.text != now.text:
        changes.append(("words", was.text, now.text, f'now says "{now.text or ""}"'))
    window = (was.start_ms, was.end_ms), (now.start_ms, now.end_ms)
    if window[0] != window[1] and now.start_ms is not None and now.end_ms is not None:
        said = f"now from {clock(now.start_ms)} to {clock(now.end_ms)} s"
        changes.append(("time", [_s(ms) for ms in window[0]], [_s(ms) for ms in window[1]], said))
    old, new = dict(was.details), dict(now.details)
    pairs = {"position": (was.position, now.position), "color": (was.color, now.color)}
    pairs |= {what: (old.get(what), new.get(what)) for what in dict.fromkeys((*new, *old))}
    for what, (before, after) in pairs.items():
        if before != after:
            called = {"position": "place", "color": "colour", "at": "place"}.get(what, what)
            changes.append((what, before, after, f"{called} is now {(after or 'as usual').replace('_', ' ')}"))
    for _, before, after, said in changes:
        yield Difference(aspect="title", said=f"The {WHO}: {said}.", name=name, before=before, after=after)
    timed = any(what == "time" for what, *_ in changes)
    told: dict[Path, bool] = {
        ("st",): timed,
        ("d",): timed,
        ("m", "title"): was.text != now.text,
        ("text",): was.text != now.text,
        **{(what,): a != b for what, (a, b) in pairs.items()},
    }
    yield from _rest(was.raw, now.raw, told, f"the {name}")


def _s(ms: int | None) -> float | None:
    return None if ms is None else ms / 1000


def music(old: Sequence[MusicRow], new: Sequence[MusicRow], resized: bool) -> Iterator[Difference]:
    """``resized``: the film has another length, and with it what lasts to its end."""
    was = matched(old, new, lambda row: (row.id, row.name) if row.id else None, lambda row: (row.name,))
    for index, row in enumerate(new):
        if index in was:
            yield from _music(old[was[index]], row, resized)
        else:
            yield Difference(aspect="music", said=f"Added music: {_sound(row)}.", after=row.name)
    for index, row in enumerate(old):
        if index not in was.values():
            yield Difference(aspect="music", said=f"Removed music: {_sound(row)}.", before=row.name)


def _sound(row: MusicRow) -> str:
    volume = f" at {round(row.volume * 100)}%" if row.volume is not None else ""
    return f"{row.name or 'a sound'}{volume}"


def _music(was: MusicRow, now: MusicRow, resized: bool) -> Iterator[Difference]:
    name = f"music {now.name or ''}".strip()
    to_end = resized and was.raw.get("to_end") is now.raw.get("to_end") is True
    changes: list[tuple[Any, Any, str]] = []
    if was.volume != now.volume:
        said = "volume is now as usual" if now.volume is None else f"now at {round(now.volume * 100, 1):g}%"
        changes.append((was.volume, now.volume, said))
    timed = (
        (was.start_ms, was.end_ms) != (now.start_ms, now.end_ms) and now.start_ms is not None and now.end_ms is not None
    )
    if timed and not (to_end and was.start_ms == now.start_ms):
        said = f"now from {clock(now.start_ms or 0)} to {clock(now.end_ms or 0)} s"
        changes.append(([_s(was.start_ms), _s(was.end_ms)], [_s(now.start_ms), _s(now.end_ms)], said))
    for way, one, two in (("in", was.fade_in_ms, now.fade_in_ms), ("out", was.fade_out_ms, now.fade_out_ms)):
        if one != two:
            said = f"now fades {way} over {spoken(two)}" if two else f"no longer fades {way}"
            changes.append((_s(one), _s(two), said))
    was_so, now_so = dict(was.details), dict(now.details)
    pairs = {what: (was_so.get(what), now_so.get(what)) for what in dict.fromkeys((*now_so, *was_so))}
    for what, (a, b) in pairs.items():
        if a != b:
            changes.append((a, b, f"{what} is now {b or 'as usual'}"))
    for before, after, said in changes:
        yield Difference(aspect="music", said=f"The {WHO}: {said}.", name=name, before=before, after=after)
    told: dict[Path, bool] = {
        ("st",): timed,
        ("d",): timed,
        ("m", "title"): was.name != now.name,
        ("volume",): was.volume != now.volume,
        ("fade_in",): was.fade_in_ms != now.fade_in_ms,
        ("fade_out",): was.fade_out_ms != now.fade_out_ms,
        **{(what,): a != b for what, (a, b) in pairs.items()},
    }
    yield from _rest(was.raw, now.raw, told, f"the {name}")
