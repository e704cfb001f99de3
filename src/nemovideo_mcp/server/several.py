"""Whether words ask for several films: "one video for each photo", 每个文件夹一个视频. An edit makes one film; a batch makes many.

Only what says so plainly counts, outside quotation marks: "show each photo for 3 seconds" is about one film.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from nemovideo_mcp.server.routing import hide_quotes

Each = Literal["photo", "folder"]


@dataclass(frozen=True, slots=True)
class Several:
    """A film for each what, and the instruction that is left for every one of them."""

    each: Each
    instruction: str


_PHOTO = r"(?:photo(?:graph)?s?|pictures?|images?|pics?|files?)"
_FOLDER = r"(?:sub-?folders?|folders?|(?:sub-?)?director(?:y|ies)|albums?)"
_NOUN = rf"(?:(?:single|individual|uploaded|one)\s)?(?:of\s(?:the|my|these|those|our)\s)?(?P<noun>{_PHOTO}|{_FOLDER})"
_FILM = r"(?:videos?|films?|movies?|slide\s?shows?|reels?|vids?|mp4s?)"
_FILMS = r"(?:videos|films|movies|slide\s?shows|reels|vids|mp4s)"
_ONE = r"(?:one|an?|1|single|separate|individual|different|own|distinct)"
_WORD = r"(?!(?:with|and|of|for|from|to|in|the|each|every|per)\b)[\w:.'’-]{1,20}"
_MID = rf"(?:{_WORD}\s){{0,6}}"
_EVERY = r"(?:(?:for|of|from|out\sof)\s(?:each|every)(?:\sone)?|per)"
_THE = r"(?:the|my|these|those|our)"
_VERB = r"(?:make|create|do|build|produce|generate|render|cut|i\swant|give\sme)"

_ENGLISH = (
    # a (10 second) video for each photo; videos for each photo; split into one video per photo
    rf"\b(?:(?P<verb>split|divide|turn|cut|break)(?:\s(?:it|them|this|these))?(?:\sup)?\sinto\s)?"
    rf"(?P<film>(?:{_ONE}\s{_MID}{_FILM}|{_MID}{_FILMS}))(?:\seach)?,?\s{_EVERY}\s{_NOUN}\b",
    # videos for all my folders; 10 videos from these 10 photos
    rf"\b(?P<film>{_MID}{_FILMS})\sfor\sall\s(?:{_THE}\s)?{_NOUN}\b",
    rf"\b(?P<film>(?P<count>\d{{1,3}})\s{_MID}{_FILMS})\s(?:from|of|out\sof)\s(?:{_THE}\s)?(?P=count)\s{_NOUN}\b",
    # for each photo, make a video
    rf"\bfor\s(?:each|every)(?:\sone)?\s{_NOUN}(?:\s(?:in|inside|of)(?:\s\w{{1,15}}){{1,4}}?)?,?\s(?P<film>{_VERB}\s(?:me\s)?{_ONE}\s{_MID}{_FILM})\b",
    # each photo as its own video; turn every photo into a 5 second video
    rf"\b(?:(?P<verb>turn|make|give|convert|transform|process|do)\s)?(?:each|every)\s{_NOUN}\s(?:(?:as|into|becomes?|gets?|has|is|should\s(?:be|become|get|have))\s)?"
    rf"(?:its\sown|an?|one|their\sown)\s(?P<film>{_MID}{_FILM})\b",
    # make 3 videos, one per photo
    rf"\b(?P<film>{_MID}{_FILMS})\b[^,;.]{{0,60}}[,:;(\s-]{{1,3}}one\s(?:for\s(?:each|every)|per)\s{_NOUN}\b\)?",
    # one photo per video
    rf"\bone\s{_NOUN}\s(?:per|for\seach|for\severy|in\seach|in\severy)\s(?P<film>{_FILM})\b",
    # separate videos (of these photos); one video each
    rf"\b(?P<film>(?:separate|individual|single)\s{_MID}{_FILMS})\b(?:\s(?:of|from|for|out\sof)\s(?:all\s)?{_THE}\s{_NOUN}\b)?",
    rf"\b(?P<film>(?:one|an?|1)\s{_MID}{_FILM})\seach\b(?=\s*(?:$|[,;.!]))",
)
"""Not compiled here: that takes 10 ms, and a server starts more often than somebody asks for several films."""
_NOT = re.compile(
    r"(?:\b(?:not|don['’]?t|no|never|instead\sof|rather\sthan)\b[^,;.]{0,20}|(?:不要|不是|不用|别|而不)[^，。；]{0,6})$",
    re.IGNORECASE,
)
_UNSAID = re.compile(r"\b(?:separate|individual|distinct|different|own|single)\s", re.IGNORECASE)
_OF_EACH_FILM = (
    # "10 seconds each" beside "one video per folder" is each film's length, not each photo's.
    (re.compile(rf"((?:\d[\d.]*|\w+)[\s-]?(?:s|secs?|seconds?|min|mins|minutes?))(?:\slong)?\seach\b(?!\s{_PHOTO})", re.I), r"\1 long"),
    (re.compile(rf"(^|[,;.]\s*)each(?:\s(?:one|video|film))?\s(?!{_PHOTO}|of\b)(?:is\s|lasts?\s|lasting\s|being\s)?", re.I), r"\1"),
)  # fmt: skip

_ZH_NOUN = (
    r"(?:[张個个幅张張]\s?)?(?:的)?(?P<noun>照片|图片|圖片|相片|图|圖|子?文件夹|子?資料夾|子?目录|相册|相簿|张|張)"
)
_ZH_FILM = r"(?:短?(?:视频|視頻|影片|片子|短片|电影|電影)|幻灯片)"
_ZH_ONE = r"(?:一|1|单独一|獨立一|独立一)?\s?(?:个|個|条|條|部|段|支)"
_ZH_MAKE = r"(?:对应|做成|制作成|生成为|剪成|变成|转成|做|制作|製作|生成|剪辑|剪|出|配|导出|输出)"
_ZH_APART = r"(?:都|各自|各|分别|分別|单独|單獨|独立)"
_CHINESE = (
    rf"(?<!用)(?:请|帮我|分别|分別|逐一|给|为|把|将|对|让)*(?<!用)(?:每一?|各){_ZH_NOUN}(?:里的照片|中的照片|的照片)?{_ZH_APART}*"
    rf"(?:{_ZH_MAKE}{_ZH_ONE}?|{_ZH_APART}?{_ZH_ONE})(?P<film>[^，。；,;、\x01]{{0,14}}?{_ZH_FILM})",
    rf"(?:把?(?:照片|图片))?(?:一|1)\s?{_ZH_NOUN}{_ZH_MAKE}?(?:一|1)(?:个|個|条|條|部|段)(?P<film>[^，。；,;、\x01]{{0,14}}?{_ZH_FILM})",
    rf"一(?P<noun>图|照片|文件夹|目录|相册)一(?P<film>{_ZH_FILM})",
    rf"按照?(?P<noun>照片|图片|子?文件夹|目录|相册){_ZH_APART}*{_ZH_MAKE}?{_ZH_ONE}?(?P<film>[^，。；,;、\x01]{{0,14}}?{_ZH_FILM})",
    rf"(?:把|将)?(?:这些|所有)?(?P<noun>照片|图片|子?文件夹|目录|相册)(?:分别|分別|各自?|单独){_ZH_MAKE}{_ZH_ONE}?"
    rf"(?P<film>[^，。；,;、\x01]{{0,14}}?{_ZH_FILM})",
)
_ZH_OF_EACH_FILM = (
    (re.compile(r"每[个個条條部段](?:视频|視頻|影片|片子|短片)?(?:都)?(?:是|为|长|要)?\s?(\d+(?:\.\d+)?\s?(?:秒|分钟|分鐘))"), r"总长\1"),
    (re.compile(r"每[个個条條部段](?:视频|視頻|影片|片子|短片)?都"), ""),
)  # fmt: skip
_BARE = re.compile(
    rf"(?:please|{_VERB}|me|some|a|an|one|1|\d{{1,4}}|the|of|from|these|my|those|{_FILM}|{_PHOTO}|{_FOLDER}|turn|into|all|in|this|"
    r"请|帮我|给我|做|做成|一个|个|视频|影片|[\s,.;:!，。；！、-])*",
    re.IGNORECASE,
)
"""What is left when the words said nothing but that there shall be films."""
LONGEST = 20_000
_FOLDERS = re.compile(rf"\b{_FOLDER}\b|文件夹|資料夾|目录|相册|相簿", re.IGNORECASE)


def several(instruction: str) -> Several | None:
    """What several films an instruction asks for, or None when it is about one."""
    text = " ".join(instruction[:LONGEST].split())
    hidden = hide_quotes(text)
    for pattern in (*_ENGLISH, *_CHINESE):
        found = re.search(pattern, hidden, re.IGNORECASE)
        if found is not None and not _NOT.search(hidden[: found.start()]):
            return Several(_each(found, hidden), _left(text, hidden, found, chinese=pattern in _CHINESE))
    return None


def _each(found: re.Match[str], hidden: str) -> Each:
    noun = found.groupdict().get("noun") or hidden
    return "folder" if _FOLDERS.search(noun) else "photo"


def _left(text: str, hidden: str, found: re.Match[str], *, chinese: bool) -> str:
    """The instruction with the words for several films taken out, and what was said of such a film kept."""
    start, end = found.span("film")
    film = text[start:end]
    if chinese:
        film = re.sub("^(?:单独|独立|獨立|各自)的?", "", film)
        film = "" if re.fullmatch(_ZH_FILM, film) else f"做一个{film}"
    else:
        film = _UNSAID.sub("", film)
        film = re.sub(r"^(?:one|1)\s", "a ", film)
        if not re.match(rf"an?\s|{_VERB}\s|{_FILMS}$|.*\s{_FILMS}$", film, re.IGNORECASE):
            film = f"a {film}"
        film = f"make {film}" if found.groupdict().get("verb") and found.start() else film
    before, after = text[: found.start()].rstrip(), text[found.end() :]
    rest = f"{before}{'' if chinese else ' '}{film}{after}".strip()
    for pattern, words in _ZH_OF_EACH_FILM if chinese else _OF_EACH_FILM:
        rest = _outside_quotes(pattern, words, rest)
    rest = rest.strip(" ,;:.，。；、-")
    return "" if _BARE.fullmatch(hide_quotes(rest)) else rest


def _outside_quotes(pattern: re.Pattern[str], words: str, text: str) -> str:
    hidden = hide_quotes(text)
    out, at = [], 0
    for found in pattern.finditer(hidden):
        out += [text[at : found.start()], found.expand(words)]
        at = found.end()
    return "".join([*out, text[at:]])
