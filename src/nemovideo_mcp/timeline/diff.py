"""What is different between two drafts, as data and in words: how a silent edit is reported.

What is known is said as people say it. Whatever else has changed is said by its name in the draft, so that no change of any
value goes unsaid, in drafts of ours and of others. What only follows from another change is no news: a clip that starts later
because the one before it got longer, a motion that the renderer chooses by the clip's place.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from nemovideo_mcp.timeline.diff_rows import clips, music, overlays, titles
from nemovideo_mcp.timeline.difference import Difference, field, lines
from nemovideo_mcp.timeline.draft import AUDIO, OVERLAY, TEXT, VIDEO, track_kind
from nemovideo_mcp.timeline.leaves import MISSING, Path, leaves
from nemovideo_mcp.timeline.outline import Outline, outline
from nemovideo_mcp.timeline.time import spoken

Draft = Mapping[str, Any]

UNEXPLAINED = "The project changed in a way that its draft does not explain."
TRACKS = {VIDEO: "picture track", AUDIO: "sound track", TEXT: "title track", OVERLAY: "overlay track"}


def diff(before: Draft | None, after: Draft | None) -> tuple[str, ...]:
    """The differences between two drafts, each one sentence. Empty only when nothing has changed."""
    return tuple(line.text for line in lines(differences(before, after)))


def differences(
    before: Draft | None, after: Draft | None, canvas_before: Draft | None = None, canvas_after: Draft | None = None
) -> tuple[Difference, ...]:
    """Each difference between two drafts by itself. The canvases are those of the states, for drafts that hold no size.

    A change in a part whose meaning is not known is one as well, so a changed draft never reads as an unchanged one.
    """
    before, after = before or {}, after or {}
    old, new = outline(before, canvas_before), outline(after, canvas_after)
    if next(leaves(before, after), None) is None:
        return tuple(_frame(old, new))
    found = [
        *_frame(old, new),
        *clips(old.clips, new.clips),
        *overlays(old.overlays, new.overlays, old.duration_ms != new.duration_ms),
        *titles(old.texts, new.texts),
        *music(old.music, new.music, old.duration_ms != new.duration_ms),
        *_fades(old, new),
        *_length(old, new),
        *_tracks(before, after),
        *(_rest(before, after, old, new) if before else ()),
    ]
    return tuple(found) or (Difference(aspect="field", said=UNEXPLAINED),)


def _frame(old: Outline, new: Outline) -> Iterator[Difference]:
    if not (old.clips or old.width):
        return
    size, was = (new.width, new.height), (old.width, old.height)
    if size != was and all(size):
        said = f"The frame is now {new.width}×{new.height} pixels."
        yield Difference(aspect="frame", said=said, before=_size(*was), after=_size(*size))
    if old.fps != new.fps and new.fps and old.fps:
        said = f"The film now has {new.fps} frames a second."
        yield Difference(aspect="frame", said=said, before=old.fps, after=new.fps)


def _size(width: int | None, height: int | None) -> str | None:
    return f"{width}x{height}" if width and height else None


def _fades(old: Outline, new: Outline) -> Iterator[Difference]:
    for way, link, was, now in (
        ("in", "from", (old.fade_in_ms, old.fade_in_color), (new.fade_in_ms, new.fade_in_color)),
        ("out", "to", (old.fade_out_ms, old.fade_out_color), (new.fade_out_ms, new.fade_out_color)),
    ):
        if was == now:
            continue
        color = f" {link} {now[1]}" if now[1] and was[1] != now[1] else ""
        said = (
            f"The film now fades {way}{color} over {spoken(now[0])}." if now[0] else f"The film no longer fades {way}."
        )
        yield Difference(aspect="fade", said=said, before=seconds(was[0]), after=seconds(now[0]))


def _length(old: Outline, new: Outline) -> Iterator[Difference]:
    if old.duration_ms == new.duration_ms or new.duration_ms is None:
        return
    was = f", was {spoken(old.duration_ms)}" if old.duration_ms else ""
    said = f"The film is now {spoken(new.duration_ms)} long{was}."
    yield Difference(aspect="length", said=said, before=seconds(old.duration_ms), after=seconds(new.duration_ms))


def seconds(ms: int | None) -> float | None:
    return None if ms is None else ms / 1000


def _tracks(before: Draft, after: Draft) -> Iterator[Difference]:
    """What is new on tracks as such: the first picture track, sounds and titles speak of their segments by themselves."""
    old, new = _by_kind(before), _by_kind(after)
    for kind in dict.fromkeys((*new, *old)):
        was, now = old.get(kind, []), new.get(kind, [])
        for number in range(max(len(was), len(now))):
            one = was[number] if number < len(was) else None
            two = now[number] if number < len(now) else None
            ours = kind in (AUDIO, TEXT, OVERLAY) or (kind == VIDEO and number == 0)
            name = TRACKS.get(kind, f"track of type {kind}") + (f" {number + 1}" if number else "")
            if one is None or two is None:
                if not ours or not (one or two or {}).get("sg"):
                    yield Difference(aspect="field", said=f"{'Added' if one is None else 'Removed'} a {name}.")
                continue
            skip = {"sg"} if ours else set()
            for path, a, b in leaves(_without(one, skip), _without(two, skip)):
                yield field(path, a, b, f"the {name}")


def _by_kind(draft: Draft) -> dict[Any, list[Mapping[str, Any]]]:
    found: dict[Any, list[Mapping[str, Any]]] = {}
    tracks = draft.get("t")
    for track in tracks if isinstance(tracks, list) else ():
        if isinstance(track, Mapping):
            kind = track_kind(track)
            found.setdefault(kind if isinstance(kind, (int, str)) else str(kind), []).append(track)
    return found


def _without(source: Draft, names: set[str]) -> Draft:
    return {name: value for name, value in source.items() if name not in names}


def _rest(before: Draft, after: Draft, old: Outline, new: Outline) -> Iterator[Difference]:
    """The fields of the draft itself that the sentences above have not spoken of."""
    spoken_of: dict[Path, bool] = {
        ("d",): old.duration_ms != new.duration_ms and new.duration_ms is not None,
        ("m", "width"): all((new.width, new.height)) and old.width != new.width,
        ("m", "height"): all((new.width, new.height)) and old.height != new.height,
        ("m", "fps"): bool(old.fps and new.fps) and old.fps != new.fps,
        ("m", "fade_in", "d"): old.fade_in_ms != new.fade_in_ms,
        ("m", "fade_out", "d"): old.fade_out_ms != new.fade_out_ms,
        ("m", "fade_in", "color"): old.fade_in_color != new.fade_in_color,
        ("m", "fade_out", "color"): old.fade_out_color != new.fade_out_color,
    }
    empty = not (old.clips or old.width)
    for path, a, b in leaves(_without(before, {"t"}), _without(after, {"t"})):
        known = path in spoken_of
        if spoken_of.get(path) or (known and empty and a is MISSING):
            continue
        yield field(path, a, b, "the film")


__all__ = ["UNEXPLAINED", "Draft", "diff", "differences", "lines", "seconds"]
