"""How Chinese grades a word: 亮一点, 再亮些, 更亮, 亮点儿 are one wish, built here from the word alone. Only data.

What comes before (再, 更) and behind (一点, 些, 点儿) is optional and says no more than the comparative of English does;
稍微 and 一点点 do say how much and stay words of their own.
"""

from collections.abc import Iterator
from typing import Any

from nemovideo_mcp.studio.editor.manners import FASTER, LONGER, SHORTER, SLOWER

_BEFORE = ("", "再", "更", "更加", "再更", "还要", "要更", "再给我", "比较", "尽量")
_BEHIND = ("", "一点", "一点点", "一点儿", "点", "点点", "点儿", "些", "一些", "一丢丢", "一丢", "丢丢", "一丁点", "得多", "一下下")
_VERBS = ("调", "弄", "变", "提", "搞", "放", "整", "改", "做", "设")
_BARE_VERBS = ("调", "弄", "变", "提")
"""Verbs that stand before a word without any grade: 调亮. 做短 begins 做短视频, 变冷 begins 变冷色."""
_BARE_WORDS = frozenset("亮 响 长 短 快 慢 大 小 高 低 多 少".split())
_ELSEWHERE = ("放大", "放小")
"""What these are is not a grade: a picture is zoomed into."""

GRADED: tuple[tuple[str, Any, str, bool], ...] = (
    ("ADJ", ("brightness", 0.2), "亮|加亮|明亮|光亮|亮堂|亮亮|亮亮的", True),
    ("ADJ", ("brightness", -0.2), "暗|昏暗|暗沉", True),
    ("ADJ", ("saturation", 0.2), "鲜艳|艳|鲜亮|鲜活|浓郁|饱和", False),
    ("ADJ", ("saturation", -0.2), "淡|素|素净", False),
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


def forms() -> Iterator[tuple[str, str, Any]]:
    """Every graded form with its concept and value."""
    for concept, value, words, alone in GRADED:
        for word in words.split("|"):
            for before in _BEFORE:
                for behind in _BEHIND:
                    if before or behind or alone:
                        yield f"{before}{word}{behind}", concept, value
            for verb in _VERBS:
                bare = verb in _BARE_VERBS and word in _BARE_WORDS
                if f"{verb}{word}" not in _ELSEWHERE:
                    yield from ((f"{verb}{word}{behind}", concept, value) for behind in _BEHIND if behind or bare)
