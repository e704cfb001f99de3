"""What a check found, in sentences for a person, in English and in Chinese; and as the parts of an edit's report."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from nemovideo_mcp.timeline.checked import Checked, Verdict
from nemovideo_mcp.timeline.diff_zh import chinese
from nemovideo_mcp.timeline.difference import Line, listed
from nemovideo_mcp.timeline.findings import NONE, Finding
from nemovideo_mcp.timeline.operations import say_zh
from nemovideo_mcp.timeline.operations.say import say
from nemovideo_mcp.timeline.time import clock, spoken, to_ms

Language = Literal["en", "zh"]

_LENGTHS = frozenset(
    "length clip_length transition_length fade_in fade_out music_fade_in music_fade_out music_start".split()
)
_SHARES = frozenset(
    "volume music_volume overlay_opacity overlay_size motion_strength strength brightness contrast saturation warmth vignette sharpen blur".split()
)
_TITLED = frozenset("time position at color size font align stroke box enter leave style".split())
"""What is set on titles: they are told of with their words in quotes."""

WHAT: dict[str, tuple[str, str]] = {
    "length": ("the length of the film", "影片时长"),
    "clip_length": ("the length of {who}", "{who}的时长"),
    "count": ("the number of clips", "画面数量"),
    "times": ("the number of times that {who} is shown", "{who}出现的次数"),
    "order": ("the order of the clips", "画面顺序"),
    "transition": ("the transition into {who}", "{who}之前的转场"),
    "transition_length": ("the length of the transition into {who}", "{who}之前转场的时长"),
    "cuts": ("whether the cuts are on the beat", "画面是否卡点"),
    "motion": ("the motion of {who}", "{who}的运镜"),
    "motion_strength": ("the strength of motion of {who}", "{who}的运镜强度"),
    "fit": ("the fit of {who}", "{who}的适配方式"),
    "background": ("the background of {who}", "{who}的背景"),
    "focus": ("the focus of {who}", "{who}的焦点"),
    "filter": ("the filter of {who}", "{who}的滤镜"),
    "strength": ("the strength of the filter of {who}", "{who}的滤镜强度"),
    **{name: (f"the {name} of {{who}}", f"{{who}}的{words}") for name, words in say_zh.FIELDS.items()},
    "fade_in": ("the fade in of the film", "影片淡入"),
    "fade_out": ("the fade out of the film", "影片淡出"),
    "speed": ("the speed of {who}", "{who}的速度"),
    "volume": ("the volume of {who}", "{who}的音量"),
    "size_of_frame": ("the size of the frame", "画面尺寸"),
    "ratio": ("the shape of the frame", "画面比例"),
    "resolution": ("the shorter side of the frame in pixels", "画面短边像素"),
    "fps": ("the number of frames a second", "帧率"),
    "title": ("which titles there are", "有哪些标题"),
    "time": ("the time of the title {who}", "标题{who}的时间"),
    "position": ("the place of the title {who}", "标题{who}的位置"),
    "at": ("the place of the title {who}", "标题{who}的位置"),
    "color": ("the colour of the title {who}", "标题{who}的颜色"),
    "size": ("the size of the title {who}", "标题{who}的字号"),
    "font": ("the font of the title {who}", "标题{who}的字体"),
    "align": ("the alignment of the title {who}", "标题{who}的对齐"),
    "stroke": ("the outline of the title {who}", "标题{who}的描边"),
    "box": ("the plate behind the title {who}", "标题{who}的底框"),
    "enter": ("how the title {who} comes", "标题{who}的入场动画"),
    "leave": ("how the title {who} goes", "标题{who}的出场动画"),
    "style": ("the style of the title {who}", "标题{who}的样式"),
    "overlay_place": ("the place of the overlay {who}", "叠加图{who}的位置"),
    "overlay_opacity": ("the opacity of the overlay {who}", "叠加图{who}的不透明度"),
    "overlay_size": ("the width of the overlay {who}", "叠加图{who}的宽度"),
    "overlay_time": ("the time of the overlay {who}", "叠加图{who}的时间"),
    "subtitles": ("the number of subtitles", "字幕数量"),
    "music": ("the music", "音乐"),
    "mood": ("the music", "音乐"),
    "music_volume": ("the volume of the music", "音乐音量"),
    "music_fade_in": ("the fade in of the music", "音乐淡入"),
    "music_fade_out": ("the fade out of the music", "音乐淡出"),
    "music_start": ("the start of the music", "音乐的开始时间"),
    "music_offset": ("where in the song the music begins", "歌曲的起点"),
    "music_loop": ("whether the music repeats", "音乐是否循环"),
    "music_duck": ("whether the music gets softer under clips", "音乐是否自动压低"),
    "music_seed": ("the variation of the music", "音乐的变化"),
}
_ZH = {
    "transition": say_zh.TRANSITIONS, "motion": say_zh.MOTIONS, "fit": say_zh.FITS, "filter": say_zh.FILTERS,
    "position": say_zh.PLACES, "overlay_place": say_zh.PLACES, "font": say_zh.FONTS, "align": say_zh.ALIGNS, "enter": say_zh.ANIMATIONS,
    "leave": say_zh.ANIMATIONS, "mood": say_zh.MOODS, "style": say_zh.STYLES,
}  # fmt: skip


MOST_UNKNOWN = 40
"""Changes without a meaning that a report lists one by one: bookkeeping can touch every clip."""


@dataclass(frozen=True, slots=True)
class Report:
    """The parts of an edit's report: JSON values, what is right in sentences, and the reply's lines."""

    changes: list[dict[str, Any]]
    not_done: list[dict[str, Any]]
    warnings: list[str]
    right: list[str]
    lines: list[str]


def report(checked: Checked, language: Language, *, alone: bool = True) -> Report:
    """``alone``: nothing but the operations was asked for, so every other change came unasked."""
    zh = language == "zh"
    made = Report([], [], [], [], [])
    for verdict in checked.verdicts:
        _tell(verdict, made, language)
    unasked, unknown = ([in_language(line, language) for line in found] for found in (checked.unasked, checked.unknown))
    for line in unasked:
        made.changes.append(change(line))
        if alone:
            made.warnings.append(
                f"没有要求但也改了：{line.text}" if zh else f"Changed without being asked for: {line.text}"
            )
    made.changes.extend(change(line) for line in unknown[:MOST_UNKNOWN])
    if unknown:
        rest = listed([line.text.rstrip(".。") for line in unknown])
        made.lines.append(f"其他改动：{rest}。" if zh else f"Also changed, meaning unknown here: {rest}.")
    made.lines[:0] = _reply(made, zh)
    return made


def in_language(line: Line, language: Language) -> Line:
    return replace(line, text=chinese(line.text)) if language == "zh" else line


def _tell(verdict: Verdict, made: Report, language: Language) -> None:
    zh = language == "zh"
    clause = say(verdict.operation, language)
    seen = [one for one in verdict.findings if one.state != "unseen"]
    text = _sentence(seen, language)
    if verdict.state == "not_done":
        made.not_done.append({"clause": clause, "reason": text.rstrip(".。"), "nearest": None})
    elif seen:
        was, got = ([_plain(getattr(one, name)) for one in seen] for name in ("was", "got"))
        values = {"before": was[0], "after": got[0]} if len(seen) == 1 else {"before": was, "after": got}
        made.changes.append({"clause": clause, "operation": verdict.operation.op, "text": text, **values})
    if right := [one for one in seen if one.state == "done"]:
        made.right.append(_sentence(right, language))
    if verdict.state == "different":
        wrong = _sentence([one for one in seen if one.state != "done"], language)
        made.warnings.append(f"与要求不同：“{clause}”：{wrong}" if zh else f'Not as asked: "{clause}" {wrong}')
    if unseen := [one for one in verdict.findings if one.state == "unseen"]:
        text = _sentence(unseen, language)
        made.warnings.append(f"无法核对：“{clause}”：{text}" if zh else f'Could not be checked: "{clause}" {text}')


def _reply(made: Report, zh: bool) -> list[str]:
    said = []
    if made.right:
        said.append(("已核对：" if zh else "Checked on the timeline: ") + ("" if zh else " ").join(made.right))
    for miss in made.not_done:
        clause, reason = miss["clause"], miss["reason"]
        said.append(f"未完成：“{clause}”：{reason}。" if zh else f'Not done: "{clause}" {_upper(reason)}.')
    return [*said, *((f"注意：{warning}" if zh else f"Note: {warning}") for warning in made.warnings)]


def change(line: Line) -> dict[str, Any]:
    """A sentence about a difference as a change in an edit's result."""
    return {
        "clause": None,
        "operation": None,
        "text": line.text,
        "before": _plain(line.before),
        "after": _plain(line.after),
    }


def _plain(value: Any) -> Any:
    """A value as a report may hold it: a number, words, or a list of them."""
    if isinstance(value, (list, tuple)):
        return [
            part if isinstance(part, (str, int, float)) else "none" if part is None else str(part) for part in value
        ]
    return value if value is None or isinstance(value, (str, int, float)) else str(value)


def _sentence(found: Iterable[Finding], language: Language) -> str:
    """The findings as one sentence."""
    zh = language == "zh"
    found = list(found)
    hidden = list(dict.fromkeys(_subject(one, zh) for one in found if _hidden(one)))
    parts = list(dict.fromkeys(_said(one, zh) for one in found if not _hidden(one)))
    if hidden:
        parts.append("时间线没有显示" + "、".join(hidden) if zh else f"the timeline does not show {', '.join(hidden)}")
    if not parts:
        return ""
    return "；".join(parts) + "。" if zh else _upper("; ".join(parts)) + "."


def _hidden(one: Finding) -> bool:
    """Whether the draft shows nothing that could be compared."""
    return one.state == "unseen" and one.what in WHAT and (one.got is None or one.asked is None)


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:] if text.startswith(("the ", "where ", "which ", "whether ", "how ")) else text


def _said(one: Finding, zh: bool) -> str:
    if one.what == "refused":
        return str(one.got).rstrip(".")
    if one.what.endswith(("there", "gone")) or one.what in ("restored", "cuts"):
        return _presence(one, zh)
    subject = _subject(one, zh)
    asked, got = _value(one, one.asked, zh), _value(one, one.got, zh)
    match one.state:
        case "done":
            near = "" if asked == got or one.asked is None else f"（要求{asked}）" if zh else f" ({asked} asked for)"
            return f"{subject}为{got}{near}" if zh else f"{subject} is {got}{near}"
        case "not_done":
            return f"{subject}仍是{got}，不是{asked}" if zh else f"{subject} is still {got}, not {asked}"
        case "different":
            return f"{subject}是{got}，不是{asked}" if zh else f"{subject} is {got}, not {asked}"
    if zh:
        return f"{subject}在时间线上是“{got}”，无法与“{asked}”比较"
    return f'{subject} is called "{got}" there, which cannot be compared with {asked}'


def _subject(one: Finding, zh: bool) -> str:
    template = WHAT[one.what][1 if zh else 0]
    return template.format(who="\x01").replace("\x01", _who(one, zh))


def _who(one: Finding, zh: bool) -> str:
    names: Sequence[str] = one.who
    if one.what in _TITLED or one.what.startswith("title"):
        names = [f"“{name}”" if zh else f'"{name}"' for name in names]
    return listed(list(names)) or ("该画面" if zh else "the clip")


def _presence(one: Finding, zh: bool) -> str:
    who, done = _who(one, zh), one.state == "done"
    if one.what.startswith("music"):
        who = ("音乐" if zh else "the music ") + (listed(list(one.who)) if one.who else "")
    elif one.what.startswith("overlay"):
        who = ("叠加图" if zh else "the overlay ") + (listed(list(one.who)) if one.who else "")
    elif one.what.startswith("title"):
        who = ("标题" if zh else "the title ") + who
    who = who.strip()
    if one.what.endswith("there"):
        return f"{who}{'已' if done else '不'}在时间线上" if zh else f"{who} is {'' if done else 'not '}on the timeline"
    if one.what.endswith("gone"):
        if zh:
            return f"{who}{'已不在' if done else '仍在'}时间线上"
        return f"{who} is {'no longer' if done else 'still'} on the timeline"
    if one.what == "cuts" and one.state == "not_done":
        return "画面时长没有变化" if zh else "the cuts are where they were"
    if one.what == "cuts":
        return "画面时长有变化，但看不出是否卡点" if zh else "the cuts have moved; whether onto the beat cannot be seen"
    return {
        "done": "影片已回到之前的样子" if zh else "the film is as it was before an earlier edit",
        "not_done": "影片没有变化" if zh else "the film is as it was before this edit",
    }.get(
        one.state,
        "影片有变化，但看不出是哪个版本" if zh else "the film has changed; which version it is cannot be seen",
    )


def _value(one: Finding, value: Any, zh: bool) -> str:
    if value is None:
        return "未显示" if zh else "not shown"
    if value == NONE:
        return "无" if zh else "none"
    if isinstance(value, bool):
        return str(value).lower()
    if one.what == "time" and isinstance(value, (list, tuple)):
        window = "–".join(clock(to_ms(part)) for part in value)
        return f"{window}秒" if zh else f"{window} s"
    if isinstance(value, (list, tuple)):
        return ("、" if zh else ", ").join(map(str, value[:10])) + (" …" if len(value) > 10 else "")
    if isinstance(value, (int, float)):
        return _number(one.what, value, zh)
    words = str(value)
    called = str(_ZH.get(one.what, {}).get(words, words)) if zh else words
    return called if one.what in ("music", "mood", "ratio") else called.replace("_", " ")


def _number(what: str, value: float, zh: bool) -> str:
    if what in _LENGTHS:
        length = spoken(to_ms(value))
        return length.replace(" min", "分").replace(" s", "秒") if zh else length
    if what in _SHARES:
        return f"{round(value * 100, 1):g}%"
    return f"{value:g}×" if what in ("speed", "size") else f"{value:g}"
