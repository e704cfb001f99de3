"""The sentences of a difference in Chinese. One that has no translation here stays as it is: it names fields of a draft."""

import re

from nemovideo_mcp.timeline.operations import say_zh

_VALUES = {
    **say_zh.TRANSITIONS,
    **say_zh.MOTIONS,
    **say_zh.FITS,
    **say_zh.FILTERS,
    **say_zh.PLACES,
    "plain_cut": "硬切",
}
_NAMES = {
    "motion": "运镜", "fit": "适配方式", "filter": "滤镜", "speed": "速度", "what stands beside it": "并排的照片", "volume": "音量",
    "focus": "焦点", "background": "背景", "second colour": "渐变色", "strength of motion": "运镜强度", "beginning in the file": "素材起点", "place": "位置",
    "colour": "颜色", "style": "样式", "font": "字体", "size": "字号", "align": "对齐", "stroke": "描边", "box": "底框", "enter": "入场动画",
    "leave": "出场动画", "offset": "歌曲起点", "loops": "循环", "ducks": "自动压低", "seed": "变化",
}  # fmt: skip

_KINDS = {"title": "标题", "music": "音乐", "overlay": "叠加图"}
_PATTERNS: tuple[tuple[str, str], ...] = (
    (r"Added music: (?P<a>.*?)(?: at (?P<p>\d+%))?\.", "加了音乐：{a}{p}。"),
    (r"Removed music: (?P<a>.*?)(?: at (?P<p>\d+%))?\.", "去掉了音乐：{a}{p}。"),
    (r"Added the title (?P<a>.*)\.", "加了标题{a}。"),
    (r"Removed the title (?P<a>.*)\.", "去掉了标题{a}。"),
    (r"Added the overlay (?P<a>.*?)(?: at the (?P<v>[a-z ]+))?\.", "加了叠加图：{a}{v}。"),
    (r"Removed the overlay (?P<a>.*)\.", "去掉了叠加图：{a}。"),
    (r"Added (?P<n>\d+) cards?\.", "加入了{n}张卡片。"),
    (r"Removed (?P<n>\d+) cards?\.", "去掉了{n}张卡片。"),
    (r"Added (?P<n>\d+) clips?: (?P<a>.*)\.", "加入了{n}个画面：{a}。"),
    (r"Removed (?P<n>\d+) clips?: (?P<a>.*)\.", "删除了{n}个画面：{a}。"),
    (r"The order is now (?P<a>.*)\.", "现在的顺序：{a}。"),
    (r"The film is now (?P<t>[\d. mins]+) long(?:, was (?P<u>[\d. mins]+))?\.", "影片现在{t}{u}。"),
    (r"The frame is now (?P<a>.*) pixels\.", "画面现在是{a}像素。"),
    (r"The film now has (?P<n>\d+) frames a second\.", "影片现在每秒{n}帧。"),
    (r"The film no longer fades in\.", "影片不再淡入。"),
    (r"The film no longer fades out\.", "影片不再淡出。"),
    (r"The film now fades in.* over (?P<t>[\d. mins]+)\.", "影片现在淡入{t}。"),
    (r"The film now fades out.* over (?P<t>[\d. mins]+)\.", "影片现在淡出{t}。"),
    (r"(?P<who>.*): now (?P<t>[\d. mins]+) long\.", "{who}：现在{t}。"),
    (
        r"(?P<who>.*): now comes in with a (?P<v>.*?)(?: of (?P<t>[\d. mins]+))?\.",
        "{who}：之前的转场现在是{v}{t}。",
    ),
    (r"(?P<who>.*): now says (?P<a>.*)\.", "{who}：文字现在是{a}。"),
    (r"(?P<who>.*): now from (?P<a>[\d.]+) to (?P<b>[\d.]+) s\.", "{who}：现在从{a}到{b}秒。"),
    (r"(?P<who>.*): now at (?P<a>[\d.]+%)\.", "{who}：音量现在{a}。"),
    (r"(?P<who>.*): (?P<name>[a-z ]+) is now (?P<v>.*)\.", "{who}：{name}现在是{v}。"),
    (r"Field (?P<a>\S+) of (?P<who>.*): (?P<f>.*) → (?P<g>.*)\.", "{who}的字段 {a}：{f} → {g}。"),
)


def chinese(sentence: str) -> str:
    """A sentence of `difference.lines` in Chinese; as it is where there is none for it."""
    for pattern, template in _PATTERNS:
        if match := re.fullmatch(pattern, sentence, re.DOTALL):
            return template.format(**{name: _part(name, value) for name, value in match.groupdict("").items()})
    return sentence


def _part(name: str, value: str) -> str:
    match name:
        case "t":
            return _time(value)
        case "u":
            return f"（原来{_time(value)}）" if value else ""
        case "v":
            return "、".join(_value(one) for one in value.split(", "))
        case "p":
            return f"（音量{value}）" if value else ""
        case "f" | "g":
            return "无" if value == "nothing" else value
        case "name":
            return _NAMES.get(value, value)
        case "who":
            who = re.sub(r"^(The|the) (title|music|overlay) ?", lambda m: _KINDS[m[2]], value)
            return {"Every clip": "所有画面", "every clip": "所有画面", "the film": "影片"}.get(who, who)
    return value


def _value(words: str) -> str:
    if words == "as usual":
        return "默认"
    if words.startswith("at "):
        return f"强度{words[3:]}"
    name, _, amount = words.partition(" ")
    if name in say_zh.FIELDS and amount:
        return say_zh.FIELDS[name] + amount
    plain = words.removeprefix("the ").removesuffix(" filter").replace(" and ", " ").replace(" ", "_")
    return {"no": "无滤镜"}.get(plain) or _VALUES.get(plain, words)


def _time(value: str) -> str:
    return value.replace(" min", "分").replace(" s", "秒").replace(" ", "")
