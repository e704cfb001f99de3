"""Chinese words that are built of parts: graded ones (亮一点, 再亮些, 更亮), verbs with what completes them (删掉, 放到, 加上), shades.

What comes before a grade (再, 更) and behind it (一点, 些, 点儿) is optional and says no more than the comparative of English
does. What is written in the tables of words itself wins over what is built here.
"""

from collections.abc import Iterator
from itertools import product
from typing import Any

from nemovideo_mcp.studio.editor.manners import FASTER, LONGER, SHORTER, SLOWER

_BEFORE = ("", "再", "更", "更加", "再更", "还要", "要更", "再给我", "比较", "尽量")
_BEHIND = (
    "",
    "一点",
    "一点点",
    "一点儿",
    "点",
    "点点",
    "点儿",
    "些",
    "一些",
    "一丢丢",
    "一丢",
    "丢丢",
    "一丁点",
    "得多",
    "一下下",
)
_VERBS = ("调", "弄", "变", "提", "搞", "放", "整", "改", "做", "设", "关", "开", "拧")
_BARE_VERBS = ("调", "弄", "变", "提")
"""Verbs that stand before a word without any grade: 调亮. 做短 begins 做短视频, 变冷 begins 变冷色."""
_BARE_WORDS = frozenset("亮 响 长 短 快 慢 大 小 高 低 多 少 艳".split())
_ELSEWHERE = ("放大", "放小")
"""What these are is not a grade: a picture is zoomed into."""

GRADED: tuple[tuple[str, Any, str, bool], ...] = (
    ("ADJ", ("brightness", 0.2), "亮|加亮|明亮|光亮|亮堂|亮亮|亮亮的", True),
    ("ADJ", ("brightness", -0.2), "暗|昏暗|暗沉", True),
    ("ADJ", ("saturation", 0.2), "鲜艳|艳|鲜亮|鲜活|浓郁|饱和", False),
    ("ADJ", ("saturation", -0.2), "淡|变淡|调淡|素|素净", False),
    ("ADJ", ("warmth", 0.2), "暖|暖和", False),
    ("ADJ", ("warmth", -0.2), "冷|冷清", False),
    ("ADJ", ("sharpen", 0.4), "清晰|清楚|锐利|锐", False),
    ("ADJ", ("blur", 0.4), "模糊|朦胧", False),
    ("RELATIVE", ("length", LONGER), "长|加长|久|长久|长点时间|久点时间", False),
    ("RELATIVE", ("length", SHORTER), "短", False),
    ("RELATIVE", ("speed", FASTER), "快|加快|紧凑|利索|紧凑点", False),
    ("RELATIVE", ("speed", SLOWER), "慢|缓|慢慢来", False),
    ("LOUDER", None, "大声|响|响亮", True),
    ("QUIETER", None, "小声|轻声|轻", True),
    ("MORE", None, "大|加大|高|加高|多|强", False),
    ("LESS", None, "小|低|少|弱", False),
)
"""Concept, value, the words, and whether a word alone, without any grade, says the same already."""


COMPLETED: tuple[tuple[str, str, str], ...] = (
    ("REMOVE", "删|去|拿|剪|砍|扔|丢|撤|弄|抹|踢|割", "掉|走|掉了"),
    ("REMOVE", "删|扔|撤|砍", "了|去"),
    (
        "MAKE",
        "做|弄|搞|改|换|变|调|设|转|整|剪|拼",
        "成|成个|成一个|为|到|下|一下|个|得|成了|作",
    ),
    (
        "ADD",
        "加|添|放|打|写|配|来|插|贴|安|补|搭|塞|嵌",
        "上|个|一个|点|一点|段|一段|首|一首|句|一句|行|一行|些|一些|入|进|进去|上去|上个|上一个|上一句|上点|进来|张|一张",
    ),
    ("MOVE", "放|移|挪|搬|提|排|摆|拖|弄|换|插|移动", "到|在|去|到了|回"),
    ("MOVE", "打|贴|印|盖|标|挂|叠|摞|安", "在"),
    ("ADD", "加|写|添|补", "在"),
    (
        "SWAP",
        "换|调|互换|对调|交换|调换|倒",
        "个位置|下位置|一下位置|个个儿|个顺序|下顺序|一下顺序|一换|个个|个地方|过来|一下",
    ),
    ("SHOW", "停|显示|展示|待|留|停留|播放|播", "个|够|满"),
)
"""Concept, verbs, and what may complete each of them."""

_SHADES = ("深", "浅", "淡", "大", "纯", "鲜", "亮", "暗")
HUES: tuple[tuple[str, str], ...] = (
    ("红", "#ff0000"), ("绿", "#008000"), ("蓝", "#0000ff"), ("黄", "#ffff00"), ("白", "#ffffff"), ("黑", "#000000"),
    ("紫", "#800080"), ("粉", "#ffc0cb"), ("橙", "#ffa500"), ("橘", "#ffa500"), ("灰", "#808080"), ("棕", "#a52a2a"), ("金", "#ffd700"), ("银", "#c0c0c0"),
)  # fmt: skip
"""Characters of colours, with the colour of CSS that each is. A shade of one keeps its hue where CSS has no name for it."""
SHADED = {
    "深蓝": "#00008b", "深红": "#8b0000", "深绿": "#006400", "深灰": "#a9a9a9", "浅蓝": "#add8e6", "淡蓝": "#add8e6", "浅绿": "#90ee90",
    "淡绿": "#90ee90", "浅黄": "#ffffe0", "淡黄": "#ffffe0", "浅灰": "#d3d3d3", "淡灰": "#d3d3d3", "浅粉": "#ffb6c1", "淡粉": "#ffb6c1",
    "浅紫": "#e6e6fa", "淡紫": "#e6e6fa", "深紫": "#4b0082", "金黄": "#ffd700", "橘黄": "#ffa500", "橘红": "#ff4500", "橙红": "#ff4500",
    "天蓝": "#87ceeb", "粉红": "#ffc0cb", "玫红": "#ff1493", "桃红": "#ff69b4", "酒红": "#800000", "墨绿": "#006400", "草绿": "#7cfc00",
    "米白": "#f5f5dc", "奶白": "#fffdd0", "乳白": "#fffff0", "银白": "#c0c0c0", "湖蓝": "#4682b4", "宝蓝": "#4169e1", "藏蓝": "#000080",
}  # fmt: skip
"""Shades that have a colour of CSS of their own."""


def _product(*parts: str) -> Iterator[str]:
    """Every way to take one of each part; parts are divided by ``|``, an empty one may be left out."""
    return ("".join(found) for found in product(*(part.split("|") for part in parts)))


PHRASES: tuple[tuple[str, Any, tuple[str, ...]], ...] = (
    (
        "FILM_FADE",
        ("in", "#ffffff"),
        ("从|由|", "白屏|白场|纯白", "|中|里", "慢慢|渐渐|逐渐|", "亮起来|淡入|渐显|出现|浮现|开始"),
    ),
    ("FILM_FADE", ("out", "#000000"), ("黑屏|黑场", "淡出|渐出|收尾|结束")),
    ("FILM_FADE", ("out", "#ffffff"), ("白屏|白场", "淡出|渐出|收尾|结束")),
    ("DUPLICATE", None, ("复制|拷贝|克隆|再来|再复制", "一份|一张|一个|一下|出一张|出来一张")),
    ("CONTAIN", None, ("别|不要|不能|不|别给我", "拉伸变形|拉伸|变形|压扁|拉变形|拉长变形|变扁|被拉伸", "|了")),
    ("TITLE", None, ("字体|文字|标题|字幕|字|标题文字", "|的", "颜色")),
    ("RELATIVE", ("speed", FASTER), ("节奏|速度", "太|有点|有些|偏|还是|", "慢", "|了|了点|了一点")),
    ("RELATIVE", ("speed", SLOWER), ("节奏|速度", "太|有点|有些|偏|还是|", "快", "|了|了点|了一点")),
    (
        "UNDO",
        None,
        (
            "刚才|刚刚|上一步|上次|前面|之前|上一个|刚",
            "改的|弄的|做的|那个|的|那步|那一步|的修改|的操作|加的|调的|搞的|",
            "撤了|撤掉|撤回|撤销|撤回来|不要了|不算|作废|还原|退回去|退了|不对撤回|取消掉|取消",
        ),
    ),
    (
        "REDO",
        None,
        (
            "刚才|刚刚|刚|",
            "撤销|撤回|撤掉",
            "的|那步|的那步|的那个|",
            "恢复|还原|恢复一下|拿回来|恢复回来|弄回来|找回来",
        ),
    ),
    (
        "REVERSE",
        None,
        (
            "顺序|照片顺序|",
            "反一下|倒一下|掉个头|调个头|前后颠倒|反向|倒一倒|整个倒过来|反着来一遍|颠倒一下|前后对调",
            "|放|播|排",
        ),
    ),
    (
        "POLITE",
        None,
        (
            "才|这样才|这样更|会更|看着更|显得更|比较|更",
            "好看|好玩|有感觉|行|对|像样|高级|热闹|带劲|舒服|显眼|醒目|专业|有气氛|有意思|过瘾|合适|协调|搭|有味道|有范",
            "|了|些|点|一点",
        ),
    ),
    (
        "FILM_FADE",
        ("in", "#000000"),
        (
            "从|由|",
            "黑屏|黑场|黑色|全黑|纯黑",
            "|中|里",
            "慢慢|渐渐|逐渐|缓缓|",
            "亮起来|变亮|亮起|淡入|渐显|出现|浮现|淡出来|显现",
        ),
    ),
    (
        "FILM_FADE",
        ("out", "#000000"),
        (
            "慢慢|渐渐|逐渐|缓缓|慢慢地|",
            "变黑|黑掉|黑下去|暗下去|淡出到黑|渐黑|淡到黑|黑下来|暗下来|黑屏|淡黑|变成黑屏|变黑屏",
            "结束|收尾|",
        ),
    ),
    (
        "STATIC",
        None,
        (
            "别|不要|不用|不许|别再|不要再|别老|不要老|别老是|不|别让它",
            "动来动去|晃来晃去|乱动|乱晃|晃|晃动|晃悠|推来推去|来回动|缩放|缩来缩去|跳来跳去",
            "|的|了",
        ),
    ),
    (
        "FADE_OUT",
        None,
        (
            "慢慢|逐渐|渐渐|缓缓|一点点|一点一点|越来越",
            "变|调|降|减|",
            "小声|弱|轻|没|消失|收|收掉|收住|收尾|低|小下去|弱下去|降下去|安静下来|停",
            "|的|了",
        ),
    ),
    (
        "FADE_IN",
        None,
        ("慢慢|逐渐|渐渐|缓缓|一点点|一点一点|越来越", "变|调|升|", "大声|响|强|响起来", "|的|了"),
    ),
    ("NUMBERING", None, ("标|编|加|打|写|排|注|标注", "个|上|上个|一个|下|一下|", "号|序号|编号|数字|号码|顺序号|序")),
    ("BLUR", None, ("虚化|模糊掉|打模糊|做虚化|虚掉", "|一下|处理|了|背景")),
    ("PAN", None, ("扫|摇|划|横扫", "过|过去|一遍|一圈")),
    (
        "CAPTION",
        None,
        (
            "依次|分别|按顺序|挨个|逐张|一张一张|各自",
            "写|写上|写着|打上|标上|标|标注|加上文字|加文字|加字|配上|配文|配字|写字|配上文字|显示",
            "|：",
        ),
    ),
    (
        "FIRST",
        None,
        ("头|打头|打头的|排头|开头|最前面|最前|最开头|最开始|开始", "那张|那一张|的那张|这张|的这张|一张|的第一张|张"),
    ),
    ("LAST", None, ("末尾|结尾|最后面|最末|压轴|收尾|垫底|最后|末", "那张|那一张|的那张|这张|的这张|的一张|张")),
)
"""Concept, value, and the parts of which each word takes one."""


def forms() -> Iterator[tuple[str, str, Any]]:
    """Every built word with its concept and value."""
    yield from _completed()
    for concept, value, parts in PHRASES:
        yield from ((word, concept, value) for word in _product(*parts))
    yield from _shades()
    yield from _grades()


def _completed() -> Iterator[tuple[str, str, Any]]:
    for concept, verbs, behind in COMPLETED:
        for verb in verbs.split("|"):
            yield from ((verb + more, concept, None) for more in behind.split("|"))


def _shades() -> Iterator[tuple[str, str, Any]]:
    plain = {f"{shade}{hue}": value for hue, value in HUES for shade in _SHADES}
    for word, value in (dict(HUES) | plain | SHADED).items():
        yield from ((f"{word}{end}", "COLOR", value) for end in ("色", "色的", "的") if end != "的" or len(word) > 1)
    yield from ((word, "COLOR", value) for word, value in SHADED.items())
    yield from ((f"{hue}的", "COLOR", value) for hue, value in HUES)


def _grades() -> Iterator[tuple[str, str, Any]]:
    for concept, value, words, alone in GRADED:
        for word in words.split("|"):
            for before in _BEFORE:
                for behind in _BEHIND:
                    if before or behind or alone:
                        yield f"{before}{word}{behind}", concept, value
            for verb in _VERBS:
                bare = verb in _BARE_VERBS and (word in _BARE_WORDS or len(word) > 1)
                if f"{verb}{word}" not in _ELSEWHERE:
                    yield from ((f"{verb}{word}{behind}", concept, value) for behind in _BEHIND if behind or bare)
