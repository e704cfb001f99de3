"""What operations on titles can be recognised by: their words, and the settings that were asked for."""

from collections.abc import Iterable, Iterator
from typing import Any

from nemovideo_mcp.timeline.findings import NEAR_TIME, Finding, Scene, State, as_number, number, together, word
from nemovideo_mcp.timeline.model import FONTS, POSITIONS, TEXT_STYLES, Text
from nemovideo_mcp.timeline.operations.texts import matching
from nemovideo_mcp.timeline.outline import TextRow
from nemovideo_mcp.timeline.subtitles import SubtitleError, parse


def texts_there(op: Any, scene: Scene) -> Iterator[Finding]:
    """Titles that an operation adds or changes: their words, and of each the settings that were asked for."""
    before = {text.id: text for text in scene.was.texts}
    made = [text for text in scene.will.texts if before.get(text.id) != text]
    if op.op == "set_text":
        same = {scene.was.texts[i].id for i in matching(scene.was, op.which)}
        made = [text for text in scene.will.texts if text.id in same]
    if scene.refused and op.op == "add_text":
        made = [Text(id="", text=op.text)]
    ends = {text.id: text for text in scene.end.texts}
    found: list[Finding] = []
    for text in made:
        if text.id and text.id not in ends:
            continue  # a later operation took it away again
        text = ends.get(text.id, text)
        row = _row_of(text.text, scene.now.texts)
        if row is None:
            found.append(Finding(what="title_there", state="not_done", who=(text.text,)))
            continue
        if op.op != "set_text" or op.text is not None:
            found.append(Finding(what="title_there", state="done", got=text.text, who=(text.text,)))
        found += _text_settings(
            op, text, row, _row_of(before[text.id].text, scene.old.texts) if text.id in before else None
        )
    yield from together(found) or [Finding(what="title", state="unseen")]


def cards_there(op: Any, scene: Scene) -> Iterator[Finding]:
    """A card that is added or changed: by its words, and by what a draft that knows cards tells of it."""
    before = {clip.id: clip for clip in scene.was.clips}
    words = {text.clip: text for text in scene.will.texts if text.style == "card"}
    for card in scene.will.clips:
        if card.kind != "card" or (before.get(card.id) == card and words.get(card.id) in scene.was.texts):
            continue
        text = words.get(card.id)
        if text is None:
            yield number("count", len(scene.end.clips), len(scene.now.clips), len(scene.old.clips))
            continue
        row = _row_of(text.text, scene.now.texts)
        if row is None:
            yield Finding(what="title_there", state="not_done", who=(text.text,))
            continue
        if op.text is not None:
            yield Finding(what="title_there", state="done", got=text.text, who=(text.text,))
        clip = next((c for c in scene.now.clips if c.kind == "card" and c.id == row.raw.get("clip")), None)
        for what, asked, got in (
            ("clip_length", op.seconds, clip and clip.duration_ms and clip.duration_ms / 1000),
            ("background", op.background, clip and _detail(clip.details, "background")),
            ("color", op.color, row.color),
            ("font", op.font, _detail(row.details, "font")),
        ):
            if asked is None:
                continue
            if what == "clip_length":
                yield number(what, asked, as_number(got), None, NEAR_TIME, (text.text,))
            else:
                yield word(what, asked.lower(), None if got is None else str(got), None, FONTS, (text.text,))


def _detail(details: tuple[tuple[str, str], ...], name: str) -> str | None:
    return dict(details).get(name)


def cards_gone(op: Any, scene: Scene) -> Iterator[Finding]:
    left = {text.text for text in scene.end.texts}
    gone = [text.text for text in scene.was.texts if text.style == "card" and text.text not in left]
    for words in dict.fromkeys(gone):
        there = _row_of(words, scene.now.texts) is not None
        yield Finding(what="title_gone", state="not_done" if there else "done", was=words, who=(words,))
    if not gone:
        yield number("count", len(scene.end.clips), len(scene.now.clips), len(scene.old.clips))


def _row_of(words: str, rows: Iterable[TextRow]) -> TextRow | None:
    return next((row for row in rows if " ".join((row.text or "").split()) == " ".join(words.split())), None)


def _text_settings(op: Any, text: Text, row: TextRow, old: TextRow | None) -> Iterator[Finding]:
    who = (text.text,)
    if getattr(op, "start_seconds", None) or getattr(op, "end_seconds", None) is not None:
        asked = [text.start_ms / 1000, (text.start_ms + text.duration_ms) / 1000]
        got = None if row.start_ms is None or row.end_ms is None else [row.start_ms / 1000, row.end_ms / 1000]
        was = (
            None
            if old is None or old.start_ms is None or old.end_ms is None
            else [old.start_ms / 1000, old.end_ms / 1000]
        )
        right = got is not None and all(abs(a - b) <= NEAR_TIME for a, b in zip(asked, got, strict=True))
        state: State = "unseen" if got is None else "done" if right else "not_done" if got == was else "different"
        yield Finding(what="time", state=state, asked=asked, got=got, was=was, who=who)
    known = {"position": POSITIONS, "font": FONTS, "style": TEXT_STYLES}
    given = {**op.look(), **({"style": op.style} if getattr(op, "style", None) and op.op == "set_text" else {})}
    for name, asked in given.items():
        if asked is None or (op.op == "add_text" and name == "position" and op.position is None):
            continue
        got_so, was_so = (_setting(one, name) for one in (row, old))
        if name == "size":
            yield number("size", asked, as_number(got_so), as_number(was_so), 0.05, who)
        else:
            said = " × ".join(f"{part:g}" for part in asked) if name == "at" else str(asked)
            hexes = (got_so,) if got_so and got_so.startswith("#") else ()
            yield word(name, said, got_so, was_so, (*known.get(name, ()), *hexes), who)


def _setting(row: TextRow | None, name: str) -> str | None:
    if row is None:
        return None
    return {"position": row.position, "color": row.color}.get(name) or dict(row.details).get(name)


def texts_gone(op: Any, scene: Scene) -> Iterator[Finding]:
    left = {text.id for text in scene.will.texts}
    gone = [text.text for text in scene.was.texts if text.id not in left]
    if op.style is not None and op.text is None and not any(dict(row.details).get("style") for row in scene.old.texts):
        yield Finding(what="title", state="unseen" if scene.now.texts else "done", got="none")
        return
    kept = [text.text for text in scene.end.texts]
    if scene.refused and op.text is not None:
        gone = [op.text]
    found = []
    for words in dict.fromkeys(gone):
        if words not in kept:
            there = _row_of(words, scene.now.texts) is not None
            found.append(Finding(what="title_gone", state="not_done" if there else "done", was=words, who=(words,)))
    yield from found or [Finding(what="title", state="unseen" if scene.now.texts else "done", got="none")]


def subtitles(op: Any, scene: Scene) -> Iterator[Finding]:
    try:
        cues = parse(op.text)
    except SubtitleError:
        yield Finding(what="subtitles", state="unseen")
        return
    inside = [cue for cue in cues if not scene.end.duration_ms or cue.start_ms < scene.end.duration_ms]
    there = sum(_row_of(cue.text, scene.now.texts) is not None for cue in inside)
    was = sum(_row_of(cue.text, scene.old.texts) is not None for cue in inside)
    yield number("subtitles", len(inside), there, was)
