"""Chinese as it is spoken into a telephone: no commas, lengths that are limits or between two, 再 before a grade.

Works on tokens before clauses are split and before the words that say nothing are dropped. Each step looks a bounded number
of tokens ahead, so the time is linear.
"""

from collections.abc import Callable
from dataclasses import replace

from nemovideo_mcp.studio.editor.quantities import AtMost
from nemovideo_mcp.studio.editor.tokens import Token, kinds

_ENDS = ("COMMA", "STOP", "AND", "THEN", "CORRECTION", "BECAUSE")
_FINAL = frozenset("吧 啦 呢 嘛 哈 呀 哦 喔 噢 咯 喽 吗 啊 哟 呗 吧吧 行吗 行不行 好不好 可以吗 好吗 吧谢谢".split())
"""Particles at the end of a sentence; what follows one begins anew."""
_ENOUGH = frozenset(
    "就行 就行了 就可以 就可以了 就好 就好了 可以了 就够 就够了 足够了 不要了 别要了 就成 就成了 即可 为好 不需要了".split()
)
_NOTHING = ("POLITE", "NOISE", "ASIDE")
_LIMITS = frozenset("不超过 不要超过 别超过 不能超过 最多 至多 顶多 不得超过 不可以超过 最长 不要多于 别多于 上限".split())
_LIMITS_BEHIND = frozenset(("以内", "之内", "内", "以下"))


def heard(tokens: list[Token]) -> list[Token]:
    """The tokens with the pauses that a speaker makes as commas, and lengths as they are meant."""
    if not any(_han(token) for token in tokens):
        return tokens
    steps: tuple[Callable[[list[Token]], list[Token]], ...] = (_limits, _between, _side_by_side, _bare_numbers, _those, _moments, _sounds, _colored, _further, _pauses, _turns)
    for step in steps:
        tokens = step(tokens)
    return tokens


def _han(token: Token) -> bool:
    return "一" <= token.text[:1] <= "鿿"


def _limits(tokens: list[Token]) -> list[Token]:
    """不超过15秒, 15秒以内: the length with the mark that it is a limit."""
    out: list[Token] = []
    for at, token in enumerate(tokens):
        if token.text in _LIMITS and (kinds(tokens, at + 1, "DUR") or kinds(tokens, at + 1, "NOISE", "DUR")):
            continue
        if token.text in _LIMITS_BEHIND and kinds(out, len(out) - 1, "DUR"):
            out[-1] = replace(out[-1], value=AtMost(out[-1].value), end=token.end)
            continue
        before = [t.text for t in tokens[max(0, at - 2) : at]]
        limited = token.kind == "DUR" and (
            before[-1:] and before[-1] in _LIMITS or (len(before) > 1 and before[0] in _LIMITS and tokens[at - 1].kind == "NOISE")
        )
        out.append(replace(token, value=AtMost(token.value)) if limited else token)
    return out


_THOSE = frozenset("那张 这张 那一张 这一张".split())


def _those(tokens: list[Token]) -> list[Token]:
    """最后那张, 日落那张: what stands before says which one; 前面3秒 are the first ones."""
    out: list[Token] = []
    for at, token in enumerate(tokens):
        named = kinds(out, len(out) - 1, "FIRST|LAST|ORD|FILE|NEW") or kinds(out, len(out) - 2, "FILE", "NOISE")
        if token.kind == "IT" and token.text in _THOSE and named:
            out += [] if out[-1].kind in ("FILE", "NOISE") else [replace(token, kind="CLIP")]
        elif token.kind == "PLACE" and token.text in ("中间", "当中") and _two(out):
            out.append(replace(token, kind="BETWEEN", value=None))
        elif token.kind == "START" and token.text in _EDGES and kinds(tokens, at + 1, "DUR"):
            out.append(replace(token, kind="FIRST"))
        elif token.kind == "END" and token.text in _EDGES and kinds(tokens, at + 1, "DUR"):
            out.append(replace(token, kind="LAST"))
        elif token.text == "放" and kinds(out, len(out) - 1, "NOT") and not kinds(tokens, at + 1, "TO|START|END|FIRST|LAST|IN"):
            out.append(replace(token, kind="SHOW"))  # 最后一张别放了
        elif token.text in ("像", "就像") and kinds(tokens, at + 1, "MANNER|FILTER"):
            continue
        elif token.text == "后面" and _rest(tokens, at, out):
            out.append(replace(token, kind="REST"))
        elif token.kind == "EACH" and kinds(tokens, at + 1, "TRANSITION"):
            continue  # 每个转场: all of them
        elif token.kind == "COLOR" and _before_words(tokens, at):
            continue  # 写金色的“再见”: its colour is said behind it
        elif token.kind == "QUOTE" and (color := _color_of(tokens, at)):
            out += [token, color]
        elif token.text in ("前面", "前") and kinds(tokens, at + 1, "DUR"):
            out.append(replace(token, kind="FIRST"))
        elif token.text in ("后面", "后") and kinds(tokens, at + 1, "DUR"):
            out.append(replace(token, kind="LAST"))
        else:
            out.append(token)
    return out


_EDGES = frozenset("开头 片头 开始 最开始 最前面 结尾 片尾 末尾 最后面 结束".split())


def _rest(tokens: list[Token], at: int, out: list[Token]) -> bool:
    """前两张黑白，后面恢复彩色: all that come after the first ones."""
    first = not out or out[-1].kind in (*_ENDS, *_NOTHING)
    named = any(t.kind in ("FIRST", "BEFORE", "ORD") for t in out)
    return first and named and not kinds(tokens, at + 1, "NUM|DUR|CLIP|NOISE|ORD|IT|TO")


def _before_words(tokens: list[Token], at: int) -> bool:
    return _han(tokens[at]) and (kinds(tokens, at + 1, "QUOTE") or kinds(tokens, at + 1, "NOISE", "QUOTE"))


def _color_of(tokens: list[Token], at: int) -> Token | None:
    """The colour that stands right before words for the screen."""
    back = at - 2 if kinds(tokens, at - 1, "NOISE") else at - 1
    return tokens[back] if kinds(tokens, back, "COLOR") and _han(tokens[back]) else None


def _two(out: list[Token]) -> bool:
    """Whether two clips are named just before: 第一张跟第二张, 二和三."""
    near = [t.kind for t in out[-7:]]
    link = next((i for i in range(len(near) - 1, -1, -1) if near[i] == "AND" or out[i - len(near)].value == "、"), None)
    numbers = ("NUM", "ORD", "FIRST", "LAST", "FILE")
    return link is not None and any(k in numbers for k in near[:link]) and any(k in numbers for k in near[link:])


_TAKEN = frozenset(("把", "将"))
_DONE_TO_CLIPS = "REMOVE|MOVE|SWAP|MAKE|ADD|SHOW|BESIDE|DUPLICATE|ZOOM_IN|ZOOM_OUT|FILTER|ADJ|TRIMWORD|REVERSE|STATIC"
_COUNTED = "UNIT|CLIP|PCT|TIMES_UNIT|STEP|FPS_UNIT|POSITION|TRANSITION|FILM|HALF|UNKNOWN"


def _bare_numbers(tokens: list[Token]) -> list[Token]:
    """把2和4调个位置, 只留1、3、5, 四和五两张: numbers of photos, written without the word."""
    out: list[Token] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        end, many = _listed(tokens, at) if token.kind == "NUM" and not kinds(out, len(out) - 1, "CLIP|ORD_MARK|ORD") else (at, 0)
        if many:
            told = kinds(tokens, end, "NUM", "CLIP") and tokens[end].value == many > 1
            first = not out or out[-1].kind in (*_ENDS, *_NOTHING)
            begins = first and many > 1 and kinds(tokens, end, "REMOVE|SWAP|BESIDE|BETWEEN|PLACE|KEEP|FILTER|ADJ") and not (
                kinds(tokens, end, "PLACE") and tokens[end].value != "center"
            )
            taken = bool(out) and (out[-1].text in _TAKEN or out[-1].kind in ("ONLY", "KEEP", "REMOVE", "SWAP"))
            behind = kinds(tokens, end, _DONE_TO_CLIPS) or kinds(tokens, end, "NOISE|POLITE|DET", _DONE_TO_CLIPS)
            alone = out and out[-1].kind in ("ONLY", "KEEP", "REMOVE", "SWAP") and many > 1 and not kinds(tokens, end, _COUNTED)
            if told or begins or (taken and behind and (many > 1 or out[-1].text in _TAKEN)) or alone:
                out.append(Token("CLIP", "", token.start, token.start))
                out += tokens[at:end]
                at = end + (2 if told else 0)
                continue
        out.append(token)
        at += 1
    return out


def _side_by_side(tokens: list[Token]) -> list[Token]:
    """一三并排: two figures that are no number of their own are two photos."""
    out: list[Token] = []
    for at, token in enumerate(tokens):
        pair = token.kind == "NUM" and len(token.text) == 2 and all(c in _FIGURES for c in token.text)
        if pair and kinds(tokens, at + 1, "BESIDE|SWAP") and not kinds(out, len(out) - 1, "ORD_MARK"):
            middle = token.start + 1
            first, second = (_FIGURES.index(c) + 1 for c in token.text)
            out += [
                replace(token, text=token.text[0], end=middle, value=first),
                Token("AND", "", middle, middle),
                replace(token, text=token.text[1], start=middle, value=second),
            ]
            continue
        out.append(token)
    return out


_FIGURES = "一二三四五六七八九"


def _moments(tokens: list[Token]) -> list[Token]:
    """第三张换到第四张的时候: the cut between the two; of other moments 的时候 says nothing more."""
    out: list[Token] = []
    for at, token in enumerate(tokens):
        if token.kind != "MOMENT":
            out.append(token)
            continue
        link = next((i for i in range(len(out) - 1, max(-1, len(out) - 8), -1) if out[i].kind in _CHANGES), None)
        pair = link is not None and kinds(out, len(out) - 1, "CLIP") and any(t.kind in ("ORD", "FIRST", "LAST") for t in out[link:])
        if pair and link is not None and kinds(out, link - 1, "CLIP"):
            out[link] = replace(out[link], kind="AND", value="、")
            out.append(replace(token, kind="BETWEEN"))
        elif not kinds(out, len(out) - 1, "TRANSITION|START|END|LAST|FIRST|BETWEEN"):
            out.append(replace(token, kind="GUARD"))
    return out


_CHANGES = ("MOVE", "TO", "SWAP", "MAKE", "TRANSITION", "SHOW", "ADD")


def _listed(tokens: list[Token], at: int) -> tuple[int, int]:
    """Where a list of whole numbers that begins here ends, and how many there are; none where a unit follows the last."""
    end, many = at, 0
    while kinds(tokens, end, "NUM") and tokens[end].value == int(tokens[end].value) and 0 < tokens[end].value < 100:
        many += 1
        end += 1
        if not (kinds(tokens, end, "AND|COMMA|TO|DASH", "NUM") and (tokens[end].value == "、" or tokens[end].kind != "COMMA")):
            break
        if kinds(tokens, end + 2, _COUNTED) and not kinds(tokens, end + 2, "CLIP"):
            break
        end += 1
    return (end, many) if many and not kinds(tokens, end, _COUNTED) else (at, 0)


def _sounds(tokens: list[Token]) -> list[Token]:
    """慢慢变小声 speaks of the music, where nothing else is named that sounds."""
    out: list[Token] = []
    named = False
    for token in tokens:
        named = (named or token.kind in ("MUSIC", "SOUND", "SONG")) and token.kind not in _ENDS
        if token.kind in ("FADE_OUT", "FADE_IN") and any(c in token.text for c in "声响") and not named:
            out.append(Token("MUSIC", "", token.start, token.start))
        out.append(token)
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


_THINGS = frozenset("MUSIC SONG TITLE CAPTION SUBTITLE TRANSITION CROSSFADE FILM CLIP ALL_CLIPS LOOKWORD PROP FRAME_WORD VOLUME SOUND LOGO EACH ORD NUM".split())
_FIRST_OF_ALL = frozenset((*_THINGS, *_NOTHING, "DET", "IT", "MAKE", "BACKGROUND", "UNKNOWN", "ORD_MARK"))
_TO_THE_MIDDLE = ("再", "再给我", "再帮我")


def _further(tokens: list[Token]) -> list[Token]:
    """音乐再调小声一点: behind a thing that nothing has been said of yet, 再 is "more", not "then"."""
    out: list[Token] = []
    start = 0
    for at, token in enumerate(tokens):
        if token.text in _TO_THE_MIDDLE and token.kind == "THEN" and len(out) > start:
            said = {t.kind for t in out[start:]}
            if said <= _FIRST_OF_ALL and said & _THINGS and not kinds(tokens, at + 1, "|".join(_ENDS)):
                continue
        out.append(token)
        if token.kind in _ENDS:
            start = len(out)
    return out


_EDGED = frozenset(("黑边", "白边"))


def _colored(tokens: list[Token]) -> list[Token]:
    """黄色的字, where nothing else is said: the colour of the words that are spoken of; their 黑边 is an outline."""
    out: list[Token] = []
    words = False
    for at, token in enumerate(tokens):
        if words and token.text in _EDGED and not kinds(out, len(out) - 1, "NOT|REMOVE"):
            token = replace(token, kind="STROKE", value="#000000" if "黑" in token.text else "#ffffff")
        words = (words or token.kind in ("TITLE", "SUBTITLE", "CAPTION", "QUOTE", "FONTWORD")) and token.kind != "STOP"
        alone = kinds(tokens, at + 1, "|".join(_ENDS)) or at + 1 == len(tokens)
        color = kinds(out, len(out) - 1, "COLOR") or kinds(out, len(out) - 2, "COLOR", "NOISE")
        if token.kind == "TITLE" and token.text in ("字", "文字", "大字") and color and alone:
            back = len(out) - 1 - (out[-1].kind == "NOISE")
            if back == 0 or out[back - 1].kind in (*_ENDS, "USE", "MAKE", "POLITE"):
                continue
        out.append(token)
    return out


def _pauses(tokens: list[Token]) -> list[Token]:
    """A comma behind 吧, 啦, 就行了 and behind a complaint (太吵了), where more follows."""
    out: list[Token] = []
    for at, token in enumerate(tokens):
        out.append(token)
        if at + 1 < len(tokens) and tokens[at + 1].kind not in _ENDS:
            follows = tokens[at + 1]
            final = token.kind == "POLITE" and (token.text in _FINAL or token.text in _ENOUGH)
            final = final and follows.text not in _FINAL and not kinds(tokens, at - 1, "UNKNOWN")
            turned = token.text == "了" and kinds(tokens, at - 1, "UNKNOWN") and kinds(tokens, at + 1, "REMOVE|REPLACE")
            if (final and _says(out)) or turned or (token.text == "了" and _complaint(tokens, at)) or _apart(out, follows):
                out.append(Token("COMMA", "", token.end, token.end))
    return out


_CLOSED = frozenset("DUR PERCENT RES SHAPE RATIO PLATFORM FPS QUOTE QUOTES ADJ LOUDER QUIETER MORE LESS REMOVE FADE_OUT FADE_IN UNKNOWN".split())
_CLOSING = frozenset(("了", "的", "吧", "啊", "哈", "呢", "掉"))


def _apart(out: list[Token], follows: Token) -> bool:
    """Whether a space between two Chinese words is a pause: behind what closes a wish, 音乐太吵了 调到两成."""
    last = out[-1]
    spaced = last.end < follows.start and _han(follows) and bool(last.text) and "一" <= last.text[-1] <= "鿿"
    return spaced and (last.text[-1] in _CLOSING or last.kind in _CLOSED) and _says(out)


def _says(out: list[Token]) -> bool:
    """Whether anything was said since the last pause."""
    for token in reversed(out):
        if token.kind in _ENDS:
            return False
        if token.kind not in _NOTHING:
            return True
    return False


def _complaint(tokens: list[Token], at: int) -> bool:
    """Whether the 了 at a place ends 太吵了, 有点暗了."""
    for back in range(at - 1, max(-1, at - 4), -1):
        if tokens[back].kind in _ENDS:
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
        if token.kind in _ENDS:
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
        if token.kind in _ENDS:
            return False
        if token.kind == "DUR":
            return True
    return False
