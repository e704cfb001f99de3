"""Which tool an instruction is for. Only what is *nothing but* a request for another tool goes there; all else is an edit.

"export", "send me the video" and "how many credits do I have" are routed, whole or as a clause of a longer instruction;
"add end credits", "title 'Download now'" and "white balance" are edits. Words in quotes never count.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Route = Literal["export", "credits", "history", "get_state", "upload_images", "preview"]

_QUOTES = {'"': '"', "“": "”", "‘": "’", "「": "」", "『": "』", "《": "》", "«": "»"}


def _words_of(text: str) -> frozenset[str]:
    return frozenset(text.split())


_FILLER = _words_of(
    "please pls now just then ok okay thanks thank you kindly finally can could would will i want need to like me us my "
    "the this that it a an for as in of and so let's lets go ahead "
    "请 帮我 一下 吧 了 谢谢 现在 然后 最后 再 把 我 想 要 给我"
)
_FILM = _words_of("video film movie slideshow clip file mp4 result project 视频 影片 成片 文件 它")
_VERBS: dict[Route, frozenset[str]] = {
    "export": _words_of(
        "export render download save deliver send finalize finalise output 导出 下载 渲染 发给我 保存 输出"
    ),
    "credits": _words_of("credits credit balance 积分 余额 点数"),
    "history": _words_of(
        "history versions changes edits changed edited change do "
        "历史 历史记录 修改记录 编辑记录 版本 版本历史 修改 改动 改了 改过 做了 做过"
    ),
    "get_state": _words_of("status state timeline tracks progress long 状态 时间线 轨道 进度 多长"),
    "upload_images": _words_of("upload 上传"),
    "preview": _words_of("preview 预览"),
}
_ASKING: dict[Route, frozenset[str]] = {
    "export": _words_of("high quality final finished 1080p hd to disk out 高清 最终"),
    "credits": _words_of(
        "how many much do have left remaining check show what's what is are there account current "
        "还有 多少 查 查询 查看 剩余 剩 我的 账户 我还有"
    ),
    "history": _words_of(
        "show see list view check get what's what which is are was were has have did i we made so far all edit version change "
        "timeline up to 显示 查看 看 看看 查询 列出 什么 哪些 之前 以前 过 的 都 地方 我 时间线"
    ),
    "get_state": _words_of("show check what's what is are current get see list how 查看 显示 看看 看 当前 的 查询"),
    "upload_images": _words_of(
        "photos photo images image pictures picture files some more these other 照片 图片 文件 素材 一些 更多"
    ),
    "preview": _words_of("show see get make 看 看看"),
}
_OBJECT_NEEDED = _words_of("save send output deliver 发给我 保存 输出")
"""Verbs that are a request for the film only together with it: "save" alone could mean anything."""

_HISTORY = _words_of("history versions changes edits 历史 历史记录 修改记录 编辑记录 版本历史 版本")
_HAPPENED = _words_of("changed edited did 改了 改过 做了 做过 修改 改动")
_WHICH = _words_of("what what's which 什么 哪些")
"""The history is meant by its names, or by asking what was done; "change it" asks for an edit."""

_SPLIT = re.compile(r"[,;.!?\n，。；！？、]+|\s{1,4}(?:and then|and|then|also)\s{1,4}|(?:然后|并且|接着|再)")
_BLANKS = re.compile(r"[^\S\n]{2,}")
_WORD = re.compile(r"[a-z0-9']+|[\u3400-\u9fff]+")


@dataclass(frozen=True, slots=True)
class Routed:
    """The part that is an edit (empty when there is none), and the tools that were asked for beside it, in order."""

    instruction: str
    routes: tuple[Route, ...] = ()


def route(instruction: str) -> Routed:
    """Split an instruction into the edit and what is for other tools."""
    instruction = _BLANKS.sub(" ", instruction)
    hidden = hide_quotes(instruction)
    kept: list[str] = []
    routes: list[Route] = []
    at = 0
    separator = ""
    for start, end, next_separator in _clauses(hidden):
        found = _route_of(hidden[start:end])
        if found is None:
            kept += [separator if kept else "", instruction[start:end]]
        elif found not in routes:
            routes.append(found)
        separator = next_separator
        at = end
    assert at <= len(instruction)
    if not routes:
        return Routed(instruction.strip())
    return Routed("".join(kept).strip(" ,;，；、\n"), tuple(routes))


def _clauses(hidden: str) -> list[tuple[int, int, str]]:
    clauses = []
    start = 0
    for mark in _SPLIT.finditer(hidden):
        # A point inside a number or a name ends nothing.
        if mark.group() == "." and hidden[mark.end() : mark.end() + 1].isalnum():
            continue
        clauses.append((start, mark.start(), hidden[mark.start() : mark.end()]))
        start = mark.end()
    clauses.append((start, len(hidden), ""))
    return [clause for clause in clauses if hidden[clause[0] : clause[1]].strip()]


def hide_quotes(text: str) -> str:
    """The text with quoted words (and lone surrogates of them) blanked out by a mark that no word list has."""
    out = []
    closing = ""
    for index, char in enumerate(text):
        if closing:
            out.append("\x01")
            if char == closing:
                closing = ""
        elif char in _QUOTES and _QUOTES[char] in text[index + 1 :]:
            closing = _QUOTES[char]
            out.append("\x01")
        elif char == "'" and not text[index - 1 : index].isalnum() and "'" in text[index + 1 :]:
            # An apostrophe inside a word opens nothing.
            closing = char
            out.append("\x01")
        else:
            out.append(char)
    return "".join(out)


def _route_of(clause: str) -> Route | None:
    if "\x01" in clause or len(clause) > 80:
        return None
    words = _words(clause.lower())
    for name, verbs in _VERBS.items():
        if not any(word in verbs for word in words):
            continue
        allowed = _FILLER | _FILM | verbs | _ASKING[name]
        if not all(word in allowed for word in words):
            continue
        said = [word for word in words if word in verbs]
        if name == "export" and all(word in _OBJECT_NEEDED for word in said) and not any(w in _FILM for w in words):
            continue
        asked = any(word in _WHICH for word in words) and any(word in _HAPPENED for word in words)
        if said == ["long"] and "how" not in words:
            continue  # "make it long" and the like ask for an edit
        if name == "history" and not asked and not any(word in _HISTORY for word in words):
            continue
        return name
    return None


def _words(clause: str) -> list[str]:
    """English words, and Chinese runs cut along the word lists, the longest first; what fits none stays a word."""
    words: list[str] = []
    for run in _WORD.findall(clause):
        if run[0] < "\u3400":
            words.append(run)
            continue
        while run:
            part = next((run[:n] for n in range(min(4, len(run)), 0, -1) if run[:n] in _CHINESE), run[0])
            words.append(part)
            run = run[len(part) :]
    return words


_CHINESE = {
    word for words in (_FILLER, _FILM, *_VERBS.values(), *_ASKING.values()) for word in words if word[0] >= "\u3400"
}
