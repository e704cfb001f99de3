"""Chinese as it is spoken into a telephone: no commas, lengths that are limits or between two, 再 before a grade.

Works on tokens before clauses are split and before the words that say nothing are dropped. Each step looks a bounded number
of tokens ahead, so the time is linear.
"""

from dataclasses import replace

from nemovideo_mcp.studio.editor import pointing
from nemovideo_mcp.studio.editor.manners import BIGGER
from nemovideo_mcp.studio.editor.quantities import AtMost
from nemovideo_mcp.studio.editor.tokens import ENDS, NOTHING, Token, chinese, kinds

_FINAL = frozenset("吧 啦 呢 嘛 哈 呀 哦 喔 噢 咯 喽 吗 啊 哟 呗 吧吧 行吗 行不行 好不好 可以吗 好吗 吧谢谢".split())
"""Particles at the end of a sentence; what follows one begins anew."""
_ENOUGH = frozenset(
    "就行 就行了 就可以 就可以了 就好 就好了 可以了 就够 就够了 足够了 不要了 别要了 就成 就成了 即可 为好 不需要了".split()
)
_LIMITS = frozenset(
    "不超过 不要超过 别超过 不能超过 最多 至多 顶多 不得超过 不可以超过 最长 不要多于 别多于 上限".split()
)
_LIMITS_BEHIND = frozenset(("以内", "之内", "内", "以下"))


def heard(tokens: list[Token]) -> list[Token]:
    """The tokens with the pauses that a speaker makes as commas, and lengths as they are meant."""
    if not any(chinese(token) for token in tokens):
        return tokens
    tokens = pointing.pointed(_between(_limits(tokens)))
    return _turns(_pauses(_further(_colored(_sounds(tokens)))))


def _limits(tokens: list[Token]) -> list[Token]:
    """不超过15秒, 15秒以内: the length with the mark that it is a limit."""
    out: list[Token] = []
    for at, token in enumerate(tokens):
        if token.text in _LIMITS and (kinds(tokens, at + 1, "DUR") or kinds(tokens, at + 1, "NOISE", "DUR")):
            continue
        if token.text in _LIMITS_BEHIND and kinds(out, len(out) - 1, "DUR"):
            out[-1] = replace(out[-1], value=AtMost(out[-1].value), end=token.end)
            continue
        back = at - 2 if kinds(tokens, at - 1, "NOISE") else at - 1
        limited = token.kind == "DUR" and back >= 0 and tokens[back].text in _LIMITS
        out.append(replace(token, value=AtMost(token.value)) if limited else token)
    return out


def _sounds(tokens: list[Token]) -> list[Token]:
    """慢慢变小声 speaks of the music, where nothing else is named that sounds."""
    out: list[Token] = []
    named = False
    for at, token in enumerate(tokens):
        named = (named or token.kind in ("MUSIC", "SOUND", "SONG")) and token.kind not in ENDS
        if token.kind in ("FADE_OUT", "FADE_IN") and any(c in token.text for c in "声响") and not named:
            out.append(Token("MUSIC", "", token.start, token.start))
        out.append(token)
        song = (
            token.kind in ("REPLACE", "ADD")
            and token.text.endswith("首")
            and not kinds(tokens, at + 1, "MUSIC|NOISE|GENRE|SONG|MANNER")
        )
        if song and not named:
            out.append(Token("MUSIC", "", token.end, token.end))  # 换一首
    return out


_LENGTHY = frozenset("EACH LENGTH LONG SLICE".split())


def _between(tokens: list[Token]) -> list[Token]:
    """每张2到3秒, 做个20-30秒的视频: a length between the two, not a span of the film."""
    out = list(tokens)
    for at, token in enumerate(tokens):
        if token.kind != "SPAN" or token.text.startswith(("从", "第", "from", "From")):
            continue
        near = {t.kind for t in tokens[max(0, at - 3) : at]}
        film = kinds(tokens, at + 1, "FILM") or kinds(tokens, at + 1, "NOISE", "FILM")
        hedged = kinds(tokens, at + 1, "NOISE") and tokens[at + 1].text in ("左右", "的样子")
        if near & _LENGTHY or film or hedged:
            out[at] = replace(token, kind="DUR", value=(token.value[0] + token.value[1]) / 2)
    return out


_THINGS = frozenset(
    "MUSIC SONG TITLE CAPTION SUBTITLE TRANSITION CROSSFADE FILM CLIP ALL_CLIPS LOOKWORD PROP FRAME_WORD VOLUME SOUND LOGO EACH ORD NUM".split()
)
_FIRST_OF_ALL = frozenset((*_THINGS, *NOTHING, "DET", "IT", "MAKE", "BACKGROUND", "UNKNOWN", "ORD_MARK"))
_TO_THE_MIDDLE = ("再", "再给我", "再帮我")


def _further(tokens: list[Token]) -> list[Token]:
    """音乐再调小声一点: behind a thing that nothing has been said of yet, 再 is "more", not "then"."""
    out: list[Token] = []
    start = 0
    for at, token in enumerate(tokens):
        if token.text in _TO_THE_MIDDLE and token.kind == "THEN" and len(out) > start:
            said = {t.kind for t in out[start:]}
            if said <= _FIRST_OF_ALL and said & _THINGS and not kinds(tokens, at + 1, "|".join(ENDS)):
                continue
        out.append(token)
        if token.kind in ENDS:
            start = len(out)
    return out


_EDGED = frozenset(("黑边", "白边"))


_GRADED = "ADJ|LOUDER|QUIETER|RELATIVE|BIGGER|FILTER|INTENSITY|LONG|SIZE_WORD|MANNER"
_OF_SIZE = ("大", "小", "大点", "小点", "大一点", "小一点", "大些", "小些", "大一些", "小一些")
_LINES = (480, 720, 1080, 1440, 2160)
"""Lines of the usual resolutions."""


def _title_before(out: list[Token]) -> bool:
    back = len(out) - 1
    while back >= 0 and len(out) - back < 4 and out[back].kind == "NOISE":
        back -= 1
    return kinds(out, back, "TITLE") and out[back].text not in ("字", "文字")


def _colored(tokens: list[Token]) -> list[Token]:
    """黄色的字, where nothing else is said: the colour of the words that are spoken of; their 黑边 is an outline."""
    out: list[Token] = []
    words = False
    lacking = quoted = False
    for at, token in enumerate(tokens):
        quoted = (quoted or token.kind == "QUOTE") and token.kind not in ENDS
        if token.kind == "LACKS":
            lacking = kinds(tokens, at + 1, _GRADED)
            out += [] if lacking else [replace(token, kind="GUARD")]
            continue
        if lacking:
            token, lacking = replace(token, complains=True), False  # 不够亮 asks for brighter
        if token.text == "不" and token.kind == "NOT" and kinds(tokens, at + 1, f"{_GRADED}|UNKNOWN|POLITE"):
            token = replace(token, kind="GUARD")  # 第一张不亮 tells how it is
        if (
            token.kind in ("MORE", "LESS")
            and quoted
            and token.text.endswith(_OF_SIZE)
            and not kinds(tokens, at + 1, "DUR|SHOW")
        ):
            token = replace(token, kind="BIGGER", value=BIGGER if token.kind == "MORE" else 1 / BIGGER)
        if token.kind == "MORE" and token.text.startswith("多") and words and _length_ahead(tokens, at - 1):
            token = replace(token, kind="GUARD")  # 标题多显示两秒: than what is not weighed
        if (
            token.kind == "REMOVE"
            and kinds(out, len(out) - 1, "QUOTE")
            and kinds(tokens, at + 1, "MAKE|REPLACE", "QUOTE")
        ):
            out[-1] = replace(out[-1], kind="OLD_WORDS")
            continue  # 把Hello去掉换成“你好”
        if token.kind == "MOVE" and kinds(out, len(out) - 1, "PLACE") and out[-1].text[0] in "往向":
            continue  # 往下放放
        if token.kind == "NUM" and token.value in _LINES and kinds(out, len(out) - 1, "FRAME_WORD"):
            token = replace(token, kind="RES", value=f"{token.value}p")
        if token.kind == "TITLE" and token.text in ("字", "文字") and _title_before(out):
            token = replace(token, kind="NOISE")  # 标题里的字
        if token.kind in ("MORE", "LESS") and (
            kinds(out, len(out) - 1, "SIZE_TO") or kinds(out, len(out) - 2, "SIZE_TO", "MAKE")
        ):
            out[-1 if out[-1].kind == "SIZE_TO" else -2 :] = [
                replace(token, kind="BIGGER", value=BIGGER if token.kind == "MORE" else 1 / BIGGER)
            ]
            continue  # 字号加大
        if token.text == "换" and token.kind == "REPLACE" and kinds(tokens, at + 1, "COLOR"):
            token = replace(token, kind="MAKE")
        if token.text in ("打", "印", "标", "题") and kinds(tokens, at + 1, "QUOTE|QUOTES|COLOR"):
            token = replace(token, kind="ADD")
        if words and token.text in _EDGED and not kinds(out, len(out) - 1, "NOT|REMOVE"):
            token = replace(token, kind="STROKE", value="#000000" if "黑" in token.text else "#ffffff")
        words = (words or token.kind in ("TITLE", "SUBTITLE", "CAPTION", "QUOTE", "FONTWORD")) and token.kind != "STOP"
        alone = kinds(tokens, at + 1, "|".join(ENDS)) or at + 1 == len(tokens)
        color = kinds(out, len(out) - 1, "COLOR") or kinds(out, len(out) - 2, "COLOR", "NOISE")
        if token.kind == "TITLE" and token.text in ("字", "文字", "大字") and color and alone:
            back = len(out) - 1 - (out[-1].kind == "NOISE")
            if back == 0 or out[back - 1].kind in (*ENDS, "USE", "MAKE", "POLITE"):
                continue
        out.append(token)
    return out


def _pauses(tokens: list[Token]) -> list[Token]:
    """A comma behind 吧, 啦, 就行了 and behind a complaint (太吵了), where more follows."""
    out: list[Token] = []
    for at, token in enumerate(tokens):
        out.append(token)
        if at + 1 < len(tokens) and tokens[at + 1].kind not in ENDS:
            follows = tokens[at + 1]
            final = token.kind == "POLITE" and (token.text in _FINAL or token.text in _ENOUGH)
            final = final and follows.text not in _FINAL and not kinds(tokens, at - 1, "UNKNOWN")
            turned = token.text == "了" and kinds(tokens, at - 1, "UNKNOWN") and kinds(tokens, at + 1, "REMOVE|REPLACE")
            if (
                (final and _says(out))
                or turned
                or (token.text == "了" and _complaint(tokens, at))
                or _apart(out, follows)
            ):
                out.append(Token("COMMA", "", token.end, token.end))
    return out


_CLOSED = frozenset(
    "DUR PERCENT RES SHAPE RATIO PLATFORM FPS QUOTE QUOTES ADJ LOUDER QUIETER MORE LESS REMOVE DISLIKE FADE_OUT FADE_IN UNKNOWN".split()
)
_CLOSING = frozenset(("了", "的", "吧", "啊", "哈", "呢", "掉"))


def _apart(out: list[Token], follows: Token) -> bool:
    """Whether a space between two Chinese words is a pause: behind what closes a wish, 音乐太吵了 调到两成."""
    last = out[-1]
    spaced = last.end < follows.start and chinese(follows) and bool(last.text) and "一" <= last.text[-1] <= "鿿"
    return spaced and (last.text[-1] in _CLOSING or last.kind in _CLOSED) and _says(out)


def _says(out: list[Token]) -> bool:
    """Whether anything was said since the last pause."""
    for token in reversed(out[-_LOOKED_BACK:]):
        if token.kind in ENDS:
            return False
        if token.kind not in NOTHING:
            return True
    return False


_LOOKED_BACK = 40
"""Tokens that are looked at for whether anything was said."""


def _complaint(tokens: list[Token], at: int) -> bool:
    """Whether the 了 at a place ends 太吵了, 有点暗了."""
    for back in range(at - 1, max(-1, at - 4), -1):
        if tokens[back].kind in ENDS:
            return False
        if tokens[back].kind == "TOO" or tokens[back].text.startswith(("太", "有点")):
            return not kinds(tokens, at + 1, "DEGREE")
    return False


_SUBJECTS = "ORD_MARK|ORD|FIRST|LAST|REST|EACH|ALL|ALL_CLIPS|LENGTH|TRANSITION|TITLE|MUSIC|BEFORE|AFTER|FROM_LAST|NEW"


def _turns(tokens: list[Token]) -> list[Token]:
    """前三张每张2秒后面的都4秒: a length that something was given, and then another thing that is given one."""
    out: list[Token] = []
    subject = given = False
    for at, token in enumerate(tokens):
        if token.kind in ENDS:
            subject = given = False
        elif given and kinds(tokens, at, _SUBJECTS) and _length_ahead(tokens, at):
            out.append(Token("COMMA", "", token.start, token.start))
            given = False
        out.append(token)
        subject = subject or kinds(tokens, at, _SUBJECTS)
        given = (given or (token.kind == "DUR" and subject)) and token.kind != "TO"
    return out


def _length_ahead(tokens: list[Token], at: int) -> bool:
    """Whether a length of its own follows before the part ends."""
    for token in tokens[at + 1 : at + 8]:
        if token.kind in ENDS:
            return False
        if token.kind == "DUR":
            return True
    return False
