"""Careful Chinese turns about clips and time, as plainer ones; see `hanplain`."""

from collections.abc import Sequence
from dataclasses import replace

from nemovideo_mcp.studio.editor.hanparts import ENDS, NEAR, moving, part, rest
from nemovideo_mcp.studio.editor.neighbours import Found
from nemovideo_mcp.studio.editor.tokens import Token, joined, kinds

_PROPERTIES = "PROP|LENGTH|SHOW|LOOKWORD|FONTWORD|SIZE_TO|POSITION|VOLUME|SOUND|SPEED|STRENGTH|TITLE|COLOR|BACKGROUND|MOTION|ADJ|MUSIC|TRANSITION|ORDER"


def first_seconds(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``前3秒``: the first three seconds."""
    if tokens[at].text == "前" and kinds(tokens, at + 1, "DUR") and kinds(out, len(out) - 1, "START"):
        out.pop()
        return [replace(tokens[at], kind="FIRST")], 1  # 在片头前3秒
    if tokens[at].text not in ("前", "后") or not kinds(tokens, at + 1, "DUR") or kinds(out, len(out) - 1, "END|START"):
        return None
    kind = "FIRST" if tokens[at].text == "前" else "LAST"
    return [replace(tokens[at], kind=kind)], 1


def own(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``将其移到开头``: it; ``其亮度``: its."""
    here = tokens[at]
    if kinds(tokens, at + 1, _PROPERTIES):
        return None
    return [replace(here, kind="IT", text="它" if here.text == "其" else here.text)], 1


def in_it(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``在该照片上显示标题``: on it."""
    if tokens[at].text != "在" or not kinds(tokens, at + 1, "IT|OWN"):
        return None
    it = replace(tokens[at + 1], kind="IT")
    return [replace(tokens[at], kind="ON"), it], 2


def shown_span(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``从第1秒显示到第5秒``, ``从第2秒开始显示，到第6秒结束``: a span."""
    here = at + (1 if tokens[at].kind in ("FROM", "AT", "IN", "START_AT") else 0)
    if here == at and tokens[at].kind != "POINT":
        return None
    if not kinds(tokens, here, "POINT|DUR"):
        return None
    first = tokens[here]
    end = here + 1
    while (
        kinds(tokens, end, "SHOW|START|ON|USE|COMMA|ADD|MOVE")
        and end - here < 5
        and not (tokens[end].kind == "COMMA" and not kinds(tokens, end + 1, "TO|POINT"))
    ):
        end += 1
    if end > here + 1 and tokens[end - 1].text.endswith("到") and kinds(tokens, end, "POINT"):
        tokens = [*tokens[:end], Token("TO", "到", tokens[end].start, tokens[end].start), *tokens[end:]]
        found = shown_span(tokens, at, out)
        return (found[0], found[1] - 1) if found else None
    if not kinds(tokens, end, "TO", "POINT|DUR") or tokens[end + 1].value <= first.value:
        return None
    last = tokens[end + 1]
    used = end + 2
    while kinds(tokens, used, "END|SHOW|LEAVE") and used < end + 4:
        used += 1
    span = joined("SPAN", tokens[at : end + 2], (first.value, last.value))
    show = Token("SHOW", "显示", first.start, first.start)
    return [show, span], used - at


def other_photos(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``其余四张照片``: the others."""
    if kinds(tokens, at + 1, "NUM", "CLIP") and not tokens[at].text.isascii():
        return [tokens[at], tokens[at + 2]], 3
    return None


def sorted_down(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``按文件名倒序排列``: sorted, the other way round."""
    by = ("NAME", "BYDATE", "DATE", "UPLOADORDER", "FILENAME")
    if not any(t.kind in by for t in (*part(out), *rest(tokens, at))):
        return None
    return [replace(tokens[at], kind="DESCENDING"), replace(tokens[at], kind="SORT")], 1


def named_file(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``日落照片`` is 日落.jpg; ``新上传的beach.jpg`` is that file."""
    if kinds(out, len(out) - 1, "NEW"):
        out.pop()
    while kinds(out, len(out) - 1, "CLIP") and kinds(out, len(out) - 2, "NEW"):
        del out[-2:]
    if kinds(out, len(out) - 1, "ADD") and kinds(tokens, at + 1, "ORD") and tokens[at + 1].text.startswith("第"):
        return [tokens[at], Token("AS", "为", tokens[at].end, tokens[at].end + 1)], 1  # 添加beach.jpg为第3张
    return (
        ([tokens[at]], 2)
        if kinds(tokens, at + 1, "CLIP") and tokens[at + 1].text in ("照片", "图片", "图", "相片", "图像")
        else None
    )


def as_first(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``添加到视频开头作为第一张``: said twice."""
    placed = [t for t in part(out) if t.kind in ("START", "END")]
    here = at + 1
    if not placed:
        return None
    if kinds(tokens, here, "LAST") or kinds(tokens, here, "ORD|FIRST"):
        here += 1
        while kinds(tokens, here, "NUM|CLIP"):
            here += 1
        return [], here - at
    return None


def slow_twice(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``以0.5倍速慢放``: said twice."""
    return ([], 1) if kinds(out, len(out) - 2, "TIMES", "SPEED") else None


def split_at(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``在第3秒处将clip.mp4分割成两段``."""
    timed = kinds(tokens, at + 1, "POINT|DUR") or kinds(tokens, at + 1, "FIRST|LAST|START|END", "DUR")
    return ([], 1) if timed and any(t.kind in ("SPLIT", "FILM_FADE") for t in rest(tokens, at)) else None


def swapped_places(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``交换第2张和第4张图片的位置``; ``添加标题之前的版本``."""
    swaps = any(t.kind == "SWAP" for t in out[-NEAR:]) and (
        at + 1 == len(tokens) or tokens[at + 1].kind in ENDS or kinds(tokens, at + 1, "SWAP")
    )
    return ([], 1) if tokens[at].text.endswith("位置") and swaps else None


def before_version(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    return ([], 1) if kinds(out, len(out) - 1, "BEFORE") else None


def listed_order(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``按照5、4、3、2、1的顺序``."""
    if kinds(out, len(out) - 2, "NUM", "COMMA|AND|DASH"):
        return None  # the list was looked at from its first number
    numbers = [tokens[at].value]
    here = at + 1
    while kinds(tokens, here, "COMMA|AND|DASH", "NUM") and len(numbers) < 500:
        numbers.append(tokens[here + 1].value)
        here += 2
    if len(numbers) < 3 or not kinds(tokens, here, "ORDER|SORT") or any(n != int(n) for n in numbers):
        return None
    while out and out[-1].kind == "UNKNOWN" and out[-1].text in "按照依以":
        out.pop()
    while kinds(tokens, here, "ORDER|SORT|SHOW|USE"):
        here += 1
    return [joined("ORDERLIST", tokens[at:here], tuple(int(n) for n in numbers))], here - at


def but_these(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``除最后一张外``."""
    opened = any(t.kind == "EXCEPT" for t in out[-NEAR:])
    return ([replace(tokens[at], kind="EXCEPT")], 1) if tokens[at].text == "外" and opened else None


def from_to(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``从50%降至20%``, ``从3秒改为5秒``: what it was before says nothing."""
    value = tokens[at + 1].kind if at + 1 < len(tokens) else ""
    if value in ("RATIO", "SHAPE", "RES", "FPS", "TKIND", "CROSSFADE", "FILTER", "COLOR", "FONT", "PLATFORM", "MANNER"):
        here = at + 2 + (1 if kinds(tokens, at + 2, "TRANSITION|LOOKWORD|FRAME_WORD") else 0)
        if kinds(tokens, here, "MAKE|REPLACE") and tokens[here].text.startswith(("改", "换", "替", "更", "变", "调")):
            return [], here - at  # 比例从16:9改为9:16
    if value not in ("DUR", "PERCENT", "TIMES"):
        return None
    here = at + 2
    while kinds(tokens, here, "MAKE|LESS|MORE|RESIZE|TO|QUIETER|LOUDER|REPLACE"):
        here += 1
    return (
        ([], 2)
        if here > at + 2 and kinds(tokens, here, value) and (value != "DUR" or not kinds(tokens, at + 2, "TO"))
        else None
    )


def cropped_in_time(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``将视频片段裁剪为第2秒至第6秒``: trimmed."""
    named = any(moving(t) for t in (*part(out), *rest(tokens, at)))
    timed = any(t.kind in ("SPAN", "DUR", "POINT") for t in tokens[at : at + 8])
    return ([replace(tokens[at], kind="TRIMWORD")], 1) if named and timed else None


def only_this_time(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``裁剪视频片段，仅保留第1秒到第4秒``: one wish."""
    here = at + 1
    while kinds(tokens, here, "ONLY|KEEP|USE"):
        here += 1
    cut = kinds(part(out), 0, "TRIMWORD", "VIDEO_CLIP|FILE") and len(part(out)) == 2
    return ([], here - at) if cut and here > at + 1 and kinds(tokens, here, "SPAN|FIRST|LAST|DUR|FROM") else None


def those_between(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``中间的图片每张3秒``: the others."""
    many = (
        tokens[at].text in ("中间", "中间的")
        and kinds(tokens, at + 1, "CLIP")
        and kinds(tokens, at + 2, "EACH|ALIKE|ALL")
    )
    return ([replace(tokens[at], kind="REST", value=None)], 1) if many else None


def spanned(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``5秒到9秒之间``."""
    return ([], 1) if kinds(out, len(out) - 1, "SPAN") else None


def kept_to(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``将视频片段缩短至前4秒``: so much is kept."""
    to = tokens[at].text.endswith(("至", "到", "为", "成")) or kinds(tokens, at + 1, "TO|MAKE")
    here = at + (2 if kinds(tokens, at + 1, "TO|MAKE") else 1)
    if tokens[at].kind == "MAKE" and not (tokens[at].text.startswith(("剪", "裁")) and any(map(moving, part(out)))):
        return None
    edge = kinds(tokens, here, "FIRST|LAST", "DUR") or (
        kinds(tokens, here, "BEFORE|AFTER", "DUR") and tokens[here].text in ("前", "后")
    )
    return ([replace(tokens[at], kind="KEEP")], here - at) if to and edge else None


def only_so_long(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``每张只停留1.5秒``."""
    return ([], 1) if part(out) and kinds(tokens, at + 1, "SHOW", "DUR") else None


def so_long(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``以2.8秒的时长展示``."""
    return (
        ([], 1)
        if kinds(out, len(out) - 1, "DUR")
        and kinds(tokens, at + 1, "SHOW")
        and tokens[at].text in ("时长", "长度", "时间")
        else None
    )


def stays_so_long(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``保持总时长20秒不变``: it is so long."""
    before = part(out)
    if not ({"LENGTH", "DUR"} <= {t.kind for t in before}):
        return None
    for i in range(len(out) - len(before), len(out)):
        if out[i].kind == "KEEP":
            out[i] = replace(out[i], kind="MAKE")
    return [], 1


def half_of_all(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``显示时长设为总时长的一半``: of another length, which is not worked out."""
    other = any(t.kind in ("LENGTH", "SHOW", "CLIP") for t in part(out)) and kinds(tokens, at + 1, "TIMES|PERCENT|HALF")
    return ([replace(tokens[at], kind="GUARD")], 1) if other and tokens[at].text.startswith(("总", "全")) else None


def from_here_on(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``照片从第2张开始每张显示4秒``: that one and all behind it."""
    end = at + 2
    while kinds(tokens, end, "CLIP"):
        end += 1
    numbered = kinds(tokens, at + 1, "ORD") and end > at + 2 and isinstance(tokens[at + 1].value, int)
    if (
        not numbered
        or not kinds(tokens, end, "START")
        or not any(t.kind in ("EACH", "ALIKE", "ALL") for t in rest(tokens, end))
    ):
        return None
    number = tokens[at + 1]
    if number.value < 2:
        return [], end + 1 - at
    while kinds(out, len(out) - 1, "CLIP"):
        out.pop()
    before = replace(number, value=number.value - 1)
    first = tokens[at]
    every = [replace(first, kind="ALL"), replace(first, kind="CLIP"), replace(first, kind="AFTER"), before]
    return [*every, *tokens[at + 2 : end]], end + 1 - at


def extracted(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``截取视频片段的前3秒``: that is what is kept."""
    if tokens[at].text != "截取":
        return None
    after = rest(tokens, at + 1)
    edge = next(
        (i for i, t in enumerate(after) if t.kind in ("FIRST", "LAST", "BEFORE", "AFTER", "START", "END")), None
    )
    if edge is None or edge + 1 >= len(after) or after[edge + 1].kind != "DUR":
        return None
    kept = after[edge].kind in ("FIRST", "START") or after[edge].text == "前"
    return [replace(tokens[at], kind="KEEP" if kept else "GUARD")], 1


def rest_of_it(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``第2秒到第5秒的部分保留，其余删除``: the rest of that clip."""
    near: list[Token] = []
    for token in reversed(out[-2 * NEAR :]):
        if token.kind == "STOP":
            break
        near.append(token)
    trims = any(t.kind in ("KEEP", "TRIMWORD", "ONLY") for t in near) and any(t.kind in ("SPAN", "DUR") for t in near)
    if not trims or not any(moving(t) for t in near) or not kinds(tokens, at + 1, "REMOVE"):
        return None
    if kinds(out, len(out) - 1, "COMMA|AND"):
        out.pop()
    return [], 2


def kept_at(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``画面比例保持16:9``."""
    at_value = kinds(tokens, at + 1, "PERCENT|DUR") and kinds(out, len(out) - 1, "VOLUME|LENGTH|MUSIC|STRENGTH|SOUND")
    framed = kinds(tokens, at + 1, "RATIO|SHAPE|RES|FPS|SIZE")
    return ([replace(tokens[at], kind="MAKE")], 1) if framed or at_value else None


def all_but(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``所有图片（第1张除外）``."""
    if tokens[at].text not in ("除外", "以外", "之外", "不计"):
        return None
    first = len(out)
    while (kinds(out, first - 1, "ORD|NUM|CLIP|LAST|FIRST|AND|COMMA") and not kinds(out, first - 1, "COMMA")) or (
        kinds(out, first - 1, "COMMA") and out[first - 1].value == "、"
    ):
        first -= 1
    while first < len(out) and out[first].kind not in ("ORD", "LAST", "FIRST"):
        first += 1
    if first == len(out) or not kinds(out, first - 1, "CLIP") or not any(t.kind == "ALL" for t in out[:first][-3:]):
        return None
    out.insert(first, replace(tokens[at], kind="EXCEPT"))
    return [], 1


def numbered_version(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``恢复到第2个版本``."""
    if not kinds(tokens, at + 1, "VERSION") or not kinds(out, len(out) - 1, "BACK_TO|UNDO"):
        return None
    return [tokens[at + 1], replace(tokens[at], kind="NUM")], 2


def twice_as_long(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``展示时间翻倍``: the time, and not how often it is shown."""
    timed = tokens[at].text.endswith(("时间", "时长")) and kinds(tokens, at + 1, "TIMES")
    return ([replace(tokens[at], kind="LENGTH")], 1) if timed else None


def within_the_first(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``在开头5秒内``."""
    first = tokens[at].text == "内" and kinds(out, len(out) - 2, "START|FIRST|LAST|END", "DUR")
    return ([], 1) if first else None


def exchanged_clip(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``将第5张照片换成beach.jpg``."""
    other = tokens[at].text.startswith("换") and kinds(tokens, at + 1, "FILE") and kinds(out, len(out) - 1, "CLIP|FILE")
    return ([replace(tokens[at], kind="REPLACE")], 1) if other else None


def second_to_second(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``第2至第6秒``."""
    if not kinds(tokens, at + 1, "TO|DASH", "POINT") or tokens[at + 2].value <= tokens[at].value:
        return None
    return [joined("SPAN", tokens[at : at + 3], (tokens[at].value, tokens[at + 2].value))], 3


def from_then(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``从第4秒起``."""
    return (
        ([replace(tokens[at], kind="START")], 1)
        if tokens[at].text == "起" and kinds(out, len(out) - 1, "POINT|DUR")
        else None
    )


def by_letters(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``按文件名从Z到A``."""
    if kinds(tokens, at + 1, "UNKNOWN", "TO") and tokens[at + 1].text.upper() == "Z":
        return [joined("DESCENDING", tokens[at : at + 3])], 3  # the A is left out as an article
    if kinds(tokens, at + 1, "TO", "UNKNOWN") and tokens[at + 2].text.upper() == "Z":
        return [joined("ASCENDING", tokens[at : at + 3])], 3
    return None


def until_then(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``显示到第5秒``: from the start until then."""
    alone = kinds(tokens, at + 1, "POINT") and kinds(out, len(out) - 1, "SHOW")
    begun = any(t.kind in ("FROM", "POINT", "SPAN", "START", "START_AT") for t in part(out))
    return ([replace(tokens[at], kind="UNTIL")], 1) if alone and not begun and not tokens[at].text.isascii() else None


def in_between(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``第2张照片和第3张照片中间``: between them."""
    near = out[-8:]
    two = sum(t.kind in ("ORD", "FILE") for t in near) > 1 and any(t.kind == "AND" for t in near)
    noun = kinds(out, len(out) - 1, "CLIP|FILE")
    return (
        ([replace(tokens[at], kind="BETWEEN", value=None)], 1) if tokens[at].text == "中间" and two and noun else None
    )


def set_to(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``把每张照片延长到5秒``: so long, and not so much longer."""
    to = tokens[at].text.endswith(("到", "至", "为", "成")) and kinds(tokens, at + 1, "DUR")
    clips = any(t.kind in ("EACH", "CLIP", "FILE", "IT") for t in part(out))
    return ([replace(tokens[at], kind="MAKE")], 1) if to and clips else None


def shown_until(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``显示到第5秒``, where the verb holds the preposition."""
    if not tokens[at].text.endswith("到") or not kinds(tokens, at + 1, "POINT"):
        return None
    found = until_then([*tokens[: at + 1], Token("TO", "到", 0, 0), *tokens[at + 1 :]], at + 1, [*out, tokens[at]])
    return ([tokens[at], Token("UNTIL", "到", tokens[at].end, tokens[at].end)], 1) if found else None


def behind_it(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``移到第1张照片的后面``: a place, and not the others."""
    kind = {"后面": "AFTER", "前面": "BEFORE"}.get(tokens[at].text)
    placed = kinds(out, len(out) - 1, "CLIP|FILE") and any(t.kind in ("MOVE", "ADD", "MAKE") for t in part(out))
    return ([replace(tokens[at], kind=kind)], 1) if kind and placed and not kinds(tokens, at + 1, "CLIP") else None


def set_at(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``音量调至15%``: set, and not moved."""
    value = tokens[at].text in ("调至", "调到", "移至") and kinds(tokens, at + 1, "PERCENT|DUR|NUM|RATIO")
    return ([replace(tokens[at], kind="MAKE")], 1) if value else None


def these_two(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``coffee.jpg和日落.jpg这两张照片``: counted, as they were named."""
    named = kinds(out, len(out) - 1, "FILE") and kinds(tokens, at + 1, "CLIP")
    several = sum(t.kind == "FILE" for t in out[-12:]) == tokens[at].value
    return ([], 2) if named and several and not tokens[at].text.isascii() else None


def both_named(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``coffee.jpg和日落.jpg这两张``: as they were named."""
    return ([], 1) if kinds(out, len(out) - 1, "FILE") and any(t.kind == "AND" for t in out[-3:]) else None


def first_of_all(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``在片头前3秒``."""
    if tokens[at].text == "前" and kinds(tokens, at + 1, "DUR") and kinds(out, len(out) - 1, "START"):
        out.pop()
        return [tokens[at]], 1
    return None
