"""The backend believes that there is a screen. What describes the content is kept; what describes the screen is dropped."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Action = Literal["export", "state", "credits", "edit"]

_GUI: tuple[tuple[Action | None, tuple[str, ...]], ...] = (
    ("export", ("export button", "click export", "导出按钮", "点击导出", "点击“导出”", "download button")),
    ("credits", ("check your account", "check account", "billing page", "account page", "账户页面", "充值页面")),
    ("edit", ("drag ", "drag-and-drop", "drag and drop", "拖拽", "拖动")),
    ("state", ("preview in timeline", "preview it in the timeline", "open the timeline", "timeline panel", "打开")),
    (
        None,
        (
            "click ",
            "tap the",
            "press the",
            "点击",
            "右侧面板",
            "in the panel",
            "on the right panel",
            "the sidebar",
        ),
    ),
)
"""Words that speak of the screen, and the call that does what they ask for."""

_SENTENCE = re.compile(r"[^.!?。！？\n]+(?:[.!?]+(?=\s|$)|[。！？]|\.(?=\S)[^.!?。！？\n]*)*\s*|\n+")


@dataclass(frozen=True, slots=True)
class Screenless:
    """A text without its screen, and what the backend wanted the user to do there."""

    text: str
    wants: tuple[Action, ...] = ()


def translate(text: str) -> Screenless:
    """Drop the sentences about buttons, panels and dragging; keep the others as they are."""
    kept: list[str] = []
    wants: list[Action] = []
    for sentence in _SENTENCE.findall(text):
        lower = sentence.lower()
        hit = next((rule for rule in _GUI if any(word in lower for word in rule[1])), None)
        if hit is None:
            kept.append(sentence)
        elif hit[0] is not None and hit[0] not in wants:
            wants.append(hit[0])
    return Screenless("".join(kept).strip(), tuple(wants))
