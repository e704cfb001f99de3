"""What each operation can be recognised by in a draft: a table from its name to a function that looks."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from nemovideo_mcp.timeline import checks_clips, checks_texts
from nemovideo_mcp.timeline.findings import (
    NEAR_SHARE,
    NEAR_TIME,
    Finding,
    Scene,
    State,
    as_number,
    number,
    seconds,
    word,
)
from nemovideo_mcp.timeline.foreign import label
from nemovideo_mcp.timeline.model import POSITIONS
from nemovideo_mcp.timeline.operations.canvas import PLATFORM_RATIO, SHORT_SIDE

NEAR_SHAPE = 0.02
"""A frame has the shape that was asked for when it is this near, as a part of it."""

Check = Callable[[Any, Scene], Iterable[Finding]]


def canvas(op: Any, scene: Scene) -> Iterator[Finding]:
    now, old = scene.now, scene.old
    size = (now.width, now.height)
    ratio = op.ratio or (PLATFORM_RATIO[op.platform] if op.platform else None)
    if op.width:
        yield word(
            "size_of_frame",
            f"{op.width}x{op.height}",
            _size(*size),
            _size(old.width, old.height),
            (_size(*size) or "",),
        )
    if ratio:
        w, h = map(int, ratio.split(":"))
        shape, was = (a / b if a and b else None for a, b in (size, (old.width, old.height)))
        one = number("ratio", w / h, shape, was, w / h * NEAR_SHAPE)
        yield Finding(what="ratio", state=one.state, asked=ratio, got=_size(*size), was=_size(old.width, old.height))
    if op.resolution:
        short, before = (min(a, b) if a and b else None for a, b in (size, (old.width or 0, old.height or 0)))
        yield number("resolution", SHORT_SIDE[op.resolution], short, before, 2)
    if op.fps:
        yield number("fps", op.fps, now.fps, old.fps, 0.5)


def _size(width: int | None, height: int | None) -> str | None:
    return f"{width}x{height}" if width and height else None


def fade(op: Any, scene: Scene) -> Iterator[Finding]:
    told = any(ms is not None for film in (scene.old, scene.now) for ms in (film.fade_in_ms, film.fade_out_ms))
    for what, asked, was, got in (
        ("fade_in", op.in_seconds, scene.old.fade_in_ms, scene.now.fade_in_ms),
        ("fade_out", op.out_seconds, scene.old.fade_out_ms, scene.now.fade_out_ms),
    ):
        if asked is not None:
            yield number(what, asked, seconds(got) if got is not None or not told else 0.0, seconds(was) or 0.0, 0.05)


def music(op: Any, scene: Scene) -> Iterator[Finding]:
    now, old = (film.music[0] if film.music else None for film in (scene.now, scene.old))
    if now is None:
        yield Finding(what="music_there", state="not_done", who=tuple(filter(None, (op.media or op.mood,))))
        return
    if op.media is not None:
        same = label(now.name) == label(op.media)
        state: State = "done" if same else "not_done" if old and old.name == now.name else "different"
        yield Finding(what="music", state=state, asked=op.media, got=now.name, was=old and old.name)
    elif op.mood is not None:
        yield word("mood", op.mood, now.name or "", old.name if old else None)
    for what, asked, got, was, near in (
        ("music_volume", op.volume, now.volume, old.volume if old else None, NEAR_SHARE),
        ("music_fade_in", op.fade_in_seconds, seconds(now.fade_in_ms), seconds(old.fade_in_ms) if old else None, 0.05),
        (
            "music_fade_out",
            op.fade_out_seconds,
            seconds(now.fade_out_ms),
            seconds(old.fade_out_ms) if old else None,
            0.05,
        ),
        ("music_start", op.start_seconds, seconds(now.start_ms), seconds(old.start_ms) if old else None, NEAR_TIME),
    ):
        if asked is not None:
            yield number(what, asked, got, was, near)
    for what in ("offset_seconds", "loop", "duck", "seed"):
        if getattr(op, what) is not None:
            yield Finding(what=f"music_{what.split('_')[0]}", state="unseen", asked=getattr(op, what))
    if op.media is op.mood is None and all(v is None for v in (op.volume, op.fade_in_seconds, op.fade_out_seconds)):
        yield Finding(what="music", state="done" if old is None else "unseen", got=now.name)


def overlay(op: Any, scene: Scene) -> Iterator[Finding]:
    """The pictures over the film that are laid there or changed, with the settings that were asked for."""
    names = {label(op.media)} if op.media else {label(one.name) for one in scene.will.overlays}
    rows = {label(row.name): row for row in scene.now.overlays}
    before = {label(row.name): row for row in scene.old.overlays}
    for name in sorted(names):
        row, was = rows.get(name), before.get(name)
        if row is None:
            yield Finding(what="overlay_there", state="not_done", who=(op.media or name,))
            continue
        who = (row.name or name,)
        if op.media:
            yield Finding(what="overlay_there", state="done", got=row.name, who=who)
        if op.position is not None:
            yield word("overlay_place", op.position, row.position, was.position if was else None, POSITIONS, who)
        if op.opacity is not None:
            yield number("overlay_opacity", op.opacity, row.opacity, was.opacity if was else None, NEAR_SHARE, who)
        if op.size is not None:
            sizes = [as_number(dict(one.details).get("size")) if one else None for one in (row, was)]
            yield number("overlay_size", op.size, sizes[0], sizes[1], NEAR_SHARE, who)
        for what in ("at", "start_seconds", "end_seconds"):
            if getattr(op, what) is not None:
                yield Finding(what="overlay_time" if "seconds" in what else "overlay_place", state="unseen", who=who)
    if not names:
        yield Finding(what="overlay_place", state="unseen")


def no_overlay(op: Any, scene: Scene) -> Iterator[Finding]:
    left = {label(one.name) for one in scene.will.overlays}
    rows = {label(row.name) for row in scene.now.overlays}
    gone = [one.name for one in scene.was.overlays if label(one.name) not in left]
    for name in gone:
        yield Finding(what="overlay_gone", state="not_done" if label(name) in rows else "done", who=(name,))
    if not gone:
        yield Finding(what="overlay_gone", state="not_done" if rows else "done", who=tuple(sorted(rows)))


def no_music(op: Any, scene: Scene) -> Iterator[Finding]:
    there = tuple(row.name or "" for row in scene.now.music)
    names = there or tuple(row.name or "" for row in scene.old.music)
    yield Finding(what="music_gone", state="not_done" if there else "done", who=tuple(name for name in names if name))


def on_beats(op: Any, scene: Scene) -> Iterator[Finding]:
    lengths = [[row.duration_ms for row in film.clips] for film in (scene.old, scene.now)]
    yield Finding(what="cuts", state="unseen" if lengths[0] != lengths[1] else "not_done")


def template(op: Any, scene: Scene) -> Iterator[Finding]:
    for part in op.operations(scene.was):
        yield from CHECKS[part.op](part, scene)


CHECKS: dict[str, Check] = {
    "set_canvas": canvas,
    "set_total_length": checks_clips.film_length,
    "set_clip_length": checks_clips.clip_length,
    "set_speed": checks_clips.speed,
    "add_clips": checks_clips.membership,
    "remove_clips": checks_clips.membership,
    "keep_clips": checks_clips.membership,
    "duplicate_clips": checks_clips.membership,
    "replace_clip": checks_clips.membership,
    "split_clip": checks_clips.split,
    "trim_clip": checks_clips.trim,
    "move_clip": checks_clips.order,
    "swap_clips": checks_clips.order,
    "order_clips": checks_clips.order,
    "reverse_clips": checks_clips.order,
    "shuffle_clips": checks_clips.order,
    "sort_clips": checks_clips.order,
    "pair_photos": checks_clips.membership,
    "unpair_photos": checks_clips.membership,
    "set_transition": checks_clips.transitions,
    "set_motion": checks_clips.motion,
    "set_fit": checks_clips.fit,
    "set_look": checks_clips.look,
    "set_fade": fade,
    "add_text": checks_texts.texts_there,
    "set_text": checks_texts.texts_there,
    "remove_texts": checks_texts.texts_gone,
    "set_card": checks_texts.cards_there,
    "remove_cards": checks_texts.cards_gone,
    "caption_clips": checks_texts.texts_there,
    "add_subtitles": checks_texts.subtitles,
    "set_music": music,
    "remove_music": no_music,
    "set_clip_volume": checks_clips.clip_volume,
    "set_overlay": overlay,
    "remove_overlays": no_overlay,
    "cut_on_beats": on_beats,
    "apply_template": template,
}
"""Going back (``restore``) is recognised by the drafts before earlier edits, see `checked`."""
