"""The reply for a person: what was done, with numbers; what was not, and why; what could come next."""

from collections.abc import Callable, Collection, Sequence
from typing import Any

from nemovideo_mcp.studio.editor import plain
from nemovideo_mcp.timeline.cards import called, cards, words_of
from nemovideo_mcp.timeline.model import Timeline
from nemovideo_mcp.timeline.operations import BaseOperation, say_zh
from nemovideo_mcp.timeline.operations.base import number_of
from nemovideo_mcp.timeline.operations.say import say
from nemovideo_mcp.timeline.time import clock, spoken

SHOWN = 5
"""Parts not done that the reply names; the structured result has them all."""


NEXT_STEPS = 2
"""Phrasings that work which the reply offers; the structured result has one for each part."""


def _time(ms: int) -> str:
    return spoken(ms).replace(" min", "分").replace(" s", "秒").replace(" ", "")


def _which(numbers: Sequence[int] | None) -> str:
    if numbers is None:
        return "全部画面"
    return "、".join("最后一张" if n == -1 else f"第{n}张" for n in numbers)


def _canvas(op: Any, before: Timeline, after: Timeline) -> str:
    frame = after.canvas
    rate = f"，每秒{frame.fps}帧" if frame.fps != before.canvas.fps else ""
    return f"画面设为 {frame.width}×{frame.height}{rate}。"


_PLACES = {
    "top": "顶部", "bottom": "底部", "left": "左侧", "right": "右侧", "top_left": "左上角", "top_right": "右上角",
    "bottom_left": "左下角", "bottom_right": "右下角",
}  # fmt: skip


def _text(op: Any, before: Timeline, after: Timeline) -> str:
    made = after.texts[-1]
    where = f"，{_PLACES[made.position]}" if made.position != "center" else ""
    color = "" if made.color == "#ffffff" else f"，{made.color}"
    color += f"，{made.size:g}倍字号" if made.size != 1 else ""
    color += f"，{say_zh.FONTS[made.font]}" if made.font != "sans" else ""
    color += f"，描边{made.stroke}" if made.stroke else ""
    color += f"，底框{made.box}" if made.box else ""
    return f"加了{say_zh.STYLES[made.style]}“{made.text}”，{clock(made.start_ms)}–{clock(made.start_ms + made.duration_ms)}秒{where}{color}。"


def _restyled(op: Any, before: Timeline, after: Timeline) -> str:
    made = [new for old, new in zip(before.texts, after.texts, strict=True) if old != new] or after.texts
    names = "、".join(f"“{text.text}”" for text in made[:3]) + ("等" if len(made) > 3 else "")
    new = made[0]
    parts = (
        f"改成“{op.text}”" if op.text is not None else "",
        f"作为{say_zh.STYLES[op.style]}" if op.style else "",
        f"显示{clock(new.start_ms)}–{clock(new.start_ms + new.duration_ms)}秒"
        if op.start_seconds is not None or op.end_seconds is not None
        else "",
        *say_zh.text_look(op),
    )
    old = "、".join(
        f"“{text.text}”" for text in before.texts if op.which and op.which.casefold() in text.text.casefold()
    )
    said = "，".join(part for part in parts if part)
    return f"{old if op.text is not None and old else names}：{said}。"


def _subtitled(op: Any, before: Timeline, after: Timeline) -> str:
    shown = [text for text in after.texts if text.style == "subtitle"]
    end = max(text.start_ms + text.duration_ms for text in shown)
    return f"加了{len(shown)}条字幕，{clock(shown[0].start_ms)}–{clock(end)}秒。"


def _overlay(op: Any, before: Timeline, after: Timeline) -> str:
    told = []
    for overlay in after.overlays:
        if overlay in before.overlays:
            continue
        new = all(overlay.media != old.media for old in before.overlays)
        times = overlay.start_ms > 0 or after.end_ms(overlay) < after.duration_ms
        if not new and all(value is None for value in (op.position, op.at, op.size, op.opacity)):
            told.append(f"{overlay.name} 显示{clock(overlay.start_ms)}–{clock(after.end_ms(overlay))}秒。")
            continue
        x, y = overlay.at or (0.0, 0.0)
        parts = (
            f"横向{x:.0%}、纵向{y:.0%}处" if overlay.at else _PLACES.get(overlay.position, "居中"),
            f"宽{round(overlay.size * 100, 1):g}%" if overlay.size is not None else "",
            f"不透明度{round(overlay.opacity * 100)}%" if overlay.opacity != 1 else "",
            f"{clock(overlay.start_ms)}–{clock(after.end_ms(overlay))}秒" if times else "",
        )
        said = "，".join(part for part in parts if part)
        gone = (
            f"它不再是照片之一；影片现在{_time(after.duration_ms)}。"
            if new and len(after.clips) < len(before.clips)
            else ""
        )
        told.append(f"{overlay.name} {'叠加在画面上' if new else '现在'}：{said}。{gone}")
    return "".join(told) or "没有变化。"


def _card(op: Any, before: Timeline, after: Timeline) -> str:
    old = {clip.id for clip in before.clips}
    ids = [before.clips[i].id for i in cards(before)]
    changed = None if op.card is None else ids[op.card - 1 if op.card > 0 else op.card]
    index = next(
        i for i in cards(after) if after.clips[i].id == changed or (changed is None and after.clips[i].id not in old)
    )
    card, words = after.clips[index], words_of(after, after.clips[index])
    name = {"title card": "片头卡片", "end card": "片尾卡片"}.get(called(after, index), "卡片")
    said = "“" + " / ".join(words.text.split("\n")) + "”" if words else ""
    picture = next((c.name for c in after.clips if c.kind == "image" and c.media == card.media), "照片")
    follows = number_of(after, index - 1) if name == "卡片" and after.clips[index - 1].kind != "card" else 0
    parts = [_time(card.duration_ms), f"在第{follows}张后面" if follows else ""]
    parts.append(f"背景是模糊的 {picture}" if card.media else f"背景 {card.background or '#000000'}")
    parts.append(f"渐变到 {card.gradient}" if card.gradient else "")
    parts.append(f"文字 {words.color}" if words else "")
    parts.append(say_zh.FONTS[op.font] if op.font else "")
    whole = f"；影片现在{_time(after.duration_ms)}" if after.duration_ms != before.duration_ms else ""
    verb = "改好了" if card.id in old else "加了"
    return f"{verb}{name}{said}：{'，'.join(part for part in parts if part)}{whole}。"


def _music(op: Any, before: Timeline, after: Timeline) -> str:
    music = after.music[0]
    name = f"：{say_zh.MOODS[op.mood]}" if op.mood in say_zh.MOODS else f" {music.name}"
    fades = f"，淡入{_time(music.fade_in_ms)}，淡出{_time(music.fade_out_ms)}"
    return f"背景音乐{name}，音量{round(music.volume * 100)}%{fades}。"


_CHINESE: dict[str, Callable[[Any, Timeline, Timeline], str]] = {
    "set_canvas": _canvas,
    "set_total_length": lambda op, before, after: f"总长设为{_time(after.duration_ms)}。",
    "set_clip_length": lambda op, before, after: f"{say(op, 'zh').rstrip('。')}；影片现在{_time(after.duration_ms)}。",
    "add_clips": lambda op, before, after: f"加入了{len(after.clips) - len(before.clips)}个素材。",
    "remove_clips": lambda op, before, after: f"删除了{_which(op.clips)}；影片现在{_time(after.duration_ms)}。",
    "move_clip": lambda op, before, after: f"把{_which([op.clip])}移到了{_which([op.to])}的位置。",
    "swap_clips": lambda op, before, after: f"交换了第{op.first}张和第{op.second}张。",
    "reverse_clips": lambda op, before, after: f"{len(after.numbered())}张照片已倒序。",
    "set_card": _card,
    "remove_cards": lambda op, before, after: (
        f"去掉了{len(before.clips) - len(after.clips)}张卡片；影片现在{_time(after.duration_ms)}。"
    ),
    "add_text": _text,
    "set_text": _restyled,
    "add_subtitles": _subtitled,
    "remove_texts": lambda op, before, after: f"去掉了{len(before.texts) - len(after.texts)}个标题。",
    "set_music": _music,
    "restore": lambda op, before, after: (
        f"已回到之前的版本：{len(after.numbered())}个画面"
        f"{f'和{len(cards(after))}张卡片' if cards(after) else ''}，{_time(after.duration_ms)}。"
    ),
    "shuffle_clips": lambda op, before, after: f"已打乱{len(after.numbered())}个画面的顺序。",
    "set_overlay": _overlay,
    "remove_overlays": lambda op, before, after: (
        f"画面上不再有 {'、'.join(o.name for o in before.overlays if o not in after.overlays)}。"
    ),
    "remove_music": lambda op, before, after: "去掉了音乐。",
}


def said(operation: BaseOperation, english: str, before: Timeline, after: Timeline, language: str) -> str:
    """What an operation did, in the language of the instruction; ``english`` is its own text."""
    return plain.colors_named(english if language != "zh" else _in_chinese(operation, before, after), language)


def _in_chinese(operation: BaseOperation, before: Timeline, after: Timeline) -> str:
    words = _CHINESE.get(operation.op)
    if words:
        return words(operation, before, after)
    photos = all(clip.kind == "image" for clip in after.clips if clip.kind != "card")
    return say(operation, "zh").replace("所有片段", "所有照片") if photos else say(operation, "zh")


LENGTHS = frozenset(("set_total_length", "set_clip_length"))
"""Operations whose report says how long the clips are."""


CUTS = frozenset(("set_transition", "apply_template"))
"""Operations whose report says what the cuts are."""


def laid_out(film: Timeline, language: str, told: Collection[str] = ()) -> str:
    """What laying out a film did. ``told`` are the operations that are reported beside it: what they changed is theirs to say."""
    count = len(film.clips)
    lengths = set() if LENGTHS & set(told) else {clip.duration_ms for clip in film.clips}
    cut = film.clips[1].transition_in if count > 1 and not CUTS & set(told) else None
    photos = all(clip.kind == "image" for clip in film.clips)
    if language == "zh":
        each = f"，每张{_time(min(lengths))}" if len(lengths) == 1 else ""
        fade = f"，交叉淡化{_time(cut.duration_ms)}" if cut else ""
        return f"排好了{count}{'张照片' if photos else '个素材'}{each}{fade}。"
    noun = ("photo" if photos else "clip") + ("" if count == 1 else "s")
    each = f", {spoken(min(lengths))}{' each' if count > 1 else ''}" if len(lengths) == 1 else ""
    fade = f", crossfades of {spoken(cut.duration_ms)}" if cut else ""
    return f"Laid out {count} {noun}{each}{fade}."


def compose(
    done: Sequence[str],
    missed: Sequence[tuple[str, str, str | None]],
    warnings: Sequence[str],
    language: str,
    empty: bool = False,
) -> str:
    """The whole reply. ``missed`` are clause, reason and nearest phrasing; ``empty``: nothing is on the timeline."""
    zh = language == "zh"
    lines = (
        [("" if zh else " ").join(dict.fromkeys(done))]
        if done
        else ["没有任何改动。" if zh else "Nothing was changed."]
    )
    steps = list(dict.fromkeys(near for *_, near in missed[:SHOWN] if near))[:NEXT_STEPS]
    for clause, why, nearest in missed[:SHOWN]:
        near = nearest if nearest in steps else None
        steps = [step for step in steps if step != near]  # each is offered once
        quoted = clause if len(clause) <= 80 else clause[:77] + "…"
        if zh:
            lines.append(f"未完成：“{quoted}”：{why}。" + (f"可以说：“{near}”。" if near else ""))
        else:
            lines.append(f'Not done: "{quoted}": {why}.' + (f' Try: "{near}".' if near else ""))
    if len(missed) > SHOWN:
        rest = len(missed) - SHOWN
        lines.append(f"另有 {rest} 处未完成。" if zh else f"{rest} more parts were not done.")
    lines += [f"注意：{w}" if zh else f"Note: {w}" for w in warnings]
    if done and empty:
        lines.append(
            "时间线是空的；说出想要的影片，照片会重新排上。"
            if zh
            else "Nothing is on the timeline now; say what the film should become, and the photos are laid out anew."
        )
    elif done:
        lines.append(
            "可以先预览，满意后说“导出”。"
            if zh
            else 'Ask for a preview to look at it, or say "export" when you like it.'
        )
    return "\n".join(lines)
