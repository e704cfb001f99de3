"""Which photos are meant where Chinese leaves the word out: 把2和4调个位置, 最后那张, 头一张, 第三张换到第四张的时候.

Each step gives the tokens as `references` reads them; all look a bounded number of tokens around.
"""

from dataclasses import replace

from nemovideo_mcp.studio.editor.selections import Rule
from nemovideo_mcp.studio.editor.tokens import ENDS, NOTHING, Token, chinese, joined, kinds


def pointed(tokens: list[Token]) -> list[Token]:
    """The tokens with every photo named by a word for photos."""
    for step in (_onwards, _order, _side_by_side, _bare_numbers, _those, _moments):
        tokens = step(tokens)
    return tokens


_SLOWER = 1
"""Factors of a length above this are slower, below it faster."""


def moving(tokens: list[Token]) -> list[Token]:
    """视频前面3秒, 视频放慢一倍 in a film of photos with one video: the video is meant, not the film."""
    out: list[Token] = []
    for at, token in enumerate(tokens):
        ahead = at + 2 if kinds(tokens, at + 1, "NOISE|POLITE|ONLY|SHOW|KEEP") else at + 1
        edge = kinds(tokens, ahead, "FIRST|LAST|BEFORE|AFTER|START|END", "DUR")
        pace = kinds(tokens, ahead, "RELATIVE", "TIMES") or kinds(tokens, ahead, "SLOWMO|TIMELAPSE")
        if (
            token.kind == "FILM"
            and chinese(token)
            and token.text in ("视频", "那段视频", "这段视频")
            and (edge or pace)
        ):
            out.append(replace(token, kind="VIDEO_CLIP"))
        elif token.kind == "TIMES" and kinds(out, len(out) - 2, "VIDEO_CLIP|NOISE|POLITE", "RELATIVE"):
            slower = out[-1].value[1] > _SLOWER
            out[-1] = replace(out[-1], kind="SLOWMO" if slower and token.value == 2 else "TIMELAPSE", value=None)
            out += [] if slower and token.value == 2 else [token]
        else:
            out.append(token)
    return out


def _onwards(tokens: list[Token]) -> list[Token]:
    """从第三张开始都黑白: that photo and all behind it, where something is said of them."""
    out: list[Token] = []
    at = 0
    while at < len(tokens):
        if kinds(tokens, at, "FROM", "ORD", "CLIP", "START") and chinese(tokens[at]):
            ahead = at + 4
            while kinds(tokens, ahead, "NOISE|POLITE|ALL|EACH"):
                ahead += 1
            said = ahead < len(tokens) and tokens[ahead].kind not in (*ENDS, "SHOW", "MOVE", "ADD")
            if said and tokens[at + 1].value > 1:
                rule = Rule("after", others=(int(tokens[at + 1].value) - 1,))
                out.append(joined("REF", tokens[at : at + 4], (rule,)))
                at += 4
                continue
        out.append(tokens[at])
        at += 1
    return out


def _order(tokens: list[Token]) -> list[Token]:
    """按5 4 3 2 1的顺序放: the numbers behind the word for the order, as the references read them."""
    for at, token in enumerate(tokens):
        start = at - 1 if kinds(tokens, at - 1, "NOISE") else at
        first = start
        while kinds(tokens, first - 1, "NUM") or (
            kinds(tokens, first - 1, "COMMA") and kinds(tokens, first - 2, "NUM")
        ):
            first -= 1
        if token.kind == "ORDER" and sum(t.kind == "NUM" for t in tokens[first:start]) > 2:
            return [*tokens[:first], token, *tokens[first:start], *tokens[at + 1 :]]
    return tokens


_THOSE = frozenset("那张 这张 那一张 这一张".split())


def _those(tokens: list[Token]) -> list[Token]:
    """最后那张, 日落那张: what stands before says which one; 前面3秒 are the first ones."""
    out: list[Token] = []
    ordered = False
    for at, token in enumerate(tokens):
        ordered = ordered or token.kind in ("FIRST", "BEFORE", "ORD")
        named = kinds(out, len(out) - 1, "FIRST|LAST|ORD|FILE|NEW") or kinds(out, len(out) - 2, "FILE", "NOISE")
        if token.kind == "IT" and token.text in _THOSE and named:
            out += [] if out[-1].kind in ("FILE", "NOISE") else [replace(token, kind="CLIP")]
        elif token.kind == "PLACE" and token.text in ("中间", "当中") and _two(out):
            out.append(replace(token, kind="BETWEEN", value=None))
        elif token.kind in ("FIRST", "LAST") and len(token.text) > 1 and token.text.endswith("张"):
            out += [token, Token("CLIP", "", token.end, token.end)]  # 头一张, 打头那张
        elif token.text == "重复" and kinds(tokens, at + 1, "POLITE") and tokens[at + 1].text == "了":
            out.append(replace(token, kind="UNKNOWN"))  # 第二张重复了 tells how it is
        elif token.kind == "SWAP" and token.text.endswith("顺序") and kinds(tokens, at + 1, "COLON|NUM|COMMA"):
            out.append(replace(token, kind="ORDER"))
        elif token.kind == "STATIC" and token.text in _UNTOUCHED and _of_the_rest(out):
            out.append(replace(token, kind="UNCHANGED"))  # 其他的不动
        elif token.kind == "STATIC" and token.text in _UNTOUCHED and _but_the_video(out):
            out[-1:] = [replace(out[-1], kind="REST"), replace(token, kind="UNCHANGED")]
        elif token.text in _SPOTS and kinds(out, len(out) - 1, "DUR"):
            out[-1] = replace(out[-1], kind="POINT")  # 10秒的地方
        elif token.text == "放" and kinds(tokens, at + 1, "NUM", "STEP"):
            out.append(replace(token, kind="SHOW"))  # 放两遍
        elif (
            token.kind in ("LAST", "END")
            and kinds(out, len(out) - 2, "SHOW", "TO")
            and not kinds(tokens, at + 1, "CLIP|NUM")
        ):
            # 标题停留到最后
            out[-1:] = [] if kinds(out, len(out) - 3, "WHOLE") else [replace(token, kind="WHOLE")]
        elif token.kind == "BESIDE" and kinds(out, len(out) - 1, "BESIDE"):
            continue
        elif token.text == "头" and kinds(tokens, at + 1, "NUM", "CLIP"):
            out.append(replace(token, kind="FIRST"))  # 头两张
        elif token.kind == "EACH_IN_TURN":
            words = any(t.kind in ("QUOTES", "QUOTE") for t in tokens[at + 1 : at + 4])
            out += [] if words else [replace(token, kind="GUARD")]
        elif token.text in _BEHIND_GRADES and kinds(
            out,
            len(out) - 1,
            # How much bigger a logo gets is told by "a bit"; how far a picture is zoomed is not.
            "MANNER|FILTER|SMOOTH|OPAQUE|CLEAR" if kinds(out, len(out) - 2, "LOGO") else _GRADED,
        ):
            continue  # 活泼点的
        elif token.kind == "START" and token.text in _EDGES and kinds(tokens, at + 1, "DUR"):
            out.append(replace(token, kind="FIRST"))
        elif token.kind == "END" and token.text in _EDGES and kinds(tokens, at + 1, "DUR"):
            out.append(replace(token, kind="LAST"))
        elif (
            token.text == "放"
            and kinds(out, len(out) - 1, "NOT")
            and not kinds(tokens, at + 1, "TO|START|END|FIRST|LAST|IN")
        ):
            out.append(replace(token, kind="SHOW"))  # 最后一张别放了
        elif token.text in ("像", "就像") and kinds(tokens, at + 1, "MANNER|FILTER"):
            continue
        elif token.text == "后面" and ordered and _rest(tokens, at, out):
            out.append(replace(token, kind="REST"))
        elif token.kind == "FILM" and kinds(tokens, at + 1, "LAST|AFTER", "DUR") and chinese(tokens[at + 1]):
            continue  # 视频最后两秒: of the film, and no length of it
        elif token.kind == "EACH" and kinds(tokens, at + 1, "TRANSITION"):
            continue  # 每个转场: all of them
        elif token.kind == "COLOR" and _before_words(tokens, at):
            continue  # 写金色的“再见”: its colour is said behind it
        elif token.kind == "QUOTE" and (color := _color_of(tokens, at)):
            out += [token, color]
        elif token.text in ("前面", "前") and kinds(tokens, at + 1, "DUR"):
            out[len(out) - kinds(out, len(out) - 1, "START") :] = [replace(token, kind="FIRST")]
        elif token.text in ("后面", "后") and kinds(tokens, at + 1, "DUR"):
            out.append(replace(token, kind="LAST"))
        else:
            out.append(token)
    return out


_UNTOUCHED = frozenset("不动 别动 不要动 不用动 不要动了 别动了 保持不动 静止不动".split())
_SPOTS = frozenset("的地方 地方 的时间点".split())


def _of_the_rest(out: list[Token]) -> bool:
    """Whether all others are spoken of right before."""
    near = [t.kind for t in out[-4:] if t.kind not in (*NOTHING, "CLIP", "MAKE")]
    return bool(near) and near[-1] in ("REST", "EVERYTHING", "NEW")


def _but_the_video(out: list[Token]) -> bool:
    """照片每张2秒，视频不动: the video beside photos that something was said of."""
    return kinds(out, len(out) - 1, "FILM") and out[-1].text == "视频" and any(t.kind == "EACH" for t in out[-12:])


_GRADED = "MANNER|FILTER|SMOOTH|OPAQUE|CLEAR|ZOOM_IN|ZOOM_OUT"
_BEHIND_GRADES = frozenset("点 点儿 些 一点 一些 一点点 一点儿".split())
_EDGES = frozenset("开头 片头 开始 最开始 最前面 结尾 片尾 末尾 最后面 结束".split())


def _rest(tokens: list[Token], at: int, out: list[Token]) -> bool:
    """前两张黑白，后面恢复彩色: all that come after the first ones."""
    first = not out or out[-1].kind in (*ENDS, *NOTHING)
    return first and not kinds(tokens, at + 1, "NUM|DUR|CLIP|NOISE|ORD|IT|TO")


def _before_words(tokens: list[Token], at: int) -> bool:
    return chinese(tokens[at]) and (kinds(tokens, at + 1, "QUOTE") or kinds(tokens, at + 1, "NOISE", "QUOTE"))


def _color_of(tokens: list[Token], at: int) -> Token | None:
    """The colour that stands right before words for the screen."""
    back = at - 2 if kinds(tokens, at - 1, "NOISE") else at - 1
    return tokens[back] if kinds(tokens, back, "COLOR") and chinese(tokens[back]) else None


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
        counted = kinds(out, len(out) - 1, "CLIP|ORD_MARK|ORD")
        end, many = _listed(tokens, at) if not counted else (at, 0)
        if not many:
            out.append(tokens[at])
            at += 1
            continue
        told = kinds(tokens, end, "NUM", "CLIP") and tokens[end].value == many > 1
        if told or _photos(tokens, end, many, out):
            out.append(Token("CLIP", "", tokens[at].start, tokens[at].start))
        out += [token for token in tokens[at:end] if token.kind != "CLIP"]
        at = end + (2 if told else 0)
    return out


def _photos(tokens: list[Token], end: int, many: int, out: list[Token]) -> bool:
    """Whether a list of numbers that ends at ``end`` names photos: by what was said before it, or by what is done to it."""
    last = out[-1] if out else None
    verb = last is not None and last.kind in ("ONLY", "KEEP", "REMOVE", "SWAP")
    if last is None or last.kind in (*ENDS, *NOTHING):
        side = kinds(tokens, end, "PLACE") and tokens[end].value != "center"
        ahead = end + 1 if kinds(tokens, end, "POLITE|ALL|NOISE") else end
        if many > 1 and kinds(tokens, ahead, _SAID_OF_NUMBERS) and not side:
            return True
    if verb and many > 1 and not kinds(tokens, end, _COUNTED):
        return True
    taken = last is not None and last.text in _TAKEN
    return taken and (kinds(tokens, end, _DONE_TO_CLIPS) or kinds(tokens, end, "NOISE|POLITE|DET", _DONE_TO_CLIPS))


_SAID_OF_NUMBERS = "REMOVE|SWAP|BESIDE|BETWEEN|PLACE|KEEP|FILTER|ADJ"


def _side_by_side(tokens: list[Token]) -> list[Token]:
    """一三并排: two figures that are no number of their own are two photos."""
    out: list[Token] = []
    for at, token in enumerate(tokens):
        if kinds(tokens, at - 2, "CLIP", "NUM", "CLIP", "NUM", "BESIDE|SWAP"):
            out.append(Token("AND", "", token.start, token.start))  # 图1图2并排
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
    for token in tokens:
        if token.kind != "MOMENT":
            out.append(token)
            continue
        link = next((i for i in range(len(out) - 1, max(-1, len(out) - 8), -1) if out[i].kind in _CHANGES), None)
        pair = (
            link is not None
            and kinds(out, len(out) - 1, "CLIP")
            and any(t.kind in ("ORD", "FIRST", "LAST") for t in out[link:])
        )
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
        if not (
            kinds(tokens, end, "AND|COMMA|TO|DASH", "NUM")
            and (tokens[end].value == "、" or tokens[end].kind != "COMMA")
        ):
            break
        if kinds(tokens, end + 2, _COUNTED) and not kinds(tokens, end + 2, "CLIP"):
            break
        end += 1
    if many > 2 and kinds(tokens, end, "CLIP") and tokens[end].text == "张":
        return end + 1, many  # 2、3、4张都去掉
    return (end, many) if many and not kinds(tokens, end, _COUNTED) else (at, 0)
