"""Careful Chinese turns about transitions and the looks of pictures, as plainer ones; see `hanplain`."""

from collections.abc import Sequence
from dataclasses import replace

from nemovideo_mcp.studio.editor.hanparts import ENDS, part, rest
from nemovideo_mcp.studio.editor.neighbours import Found
from nemovideo_mcp.studio.editor.tokens import Token, joined, kinds

_RAISED = (
    "增加",
    "延长",
    "提高",
    "提升",
    "减少",
    "缩短",
    "降低",
    "加长",
    "调高",
    "调低",
    "压缩",
    "拉长",
    "增至",
    "上调",
    "下调",
    "调大",
    "调小",
    "减小",
    "增大",
    "加",
)
_SIGNED = ("brightness", "contrast", "saturation", "warmth")


def changed_to(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``时长增加到8秒`` sets it; ``饱和度降低到80%`` leaves so much of it."""
    here = tokens[at]
    if not here.text.startswith(_RAISED) or not kinds(tokens, at + 1, "TO|MAKE"):
        return None
    if kinds(tokens, at + 2, "DUR"):
        return [replace(here, kind="MAKE")], 2
    if kinds(tokens, at + 2, "TIMES") and any(t.kind == "SPEED" for t in out[-4:]):
        return [], 2
    if kinds(tokens, at + 2, "PERCENT") and kinds(out, len(out) - 1, "STRENGTH"):
        return [], 2  # 动效强度降低到50%
    if kinds(tokens, at + 2, "PERCENT") and out and out[-1].kind == "PROP" and out[-1].value in _SIGNED:
        share = tokens[at + 2]
        if share.value < 0:
            return [share], 3  # 调低到-20%
        less = here.kind == "LESS"
        if (less and 0 < share.value < 1) or share.value > 1:
            return [replace(share, value=round(share.value - 1, 4))], 3
        return None if less else ([share], 3)
    return None


def twice(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``动感（upbeat）``, ``缩小（拉远）``, ``白边（白色）``: the same in other words."""
    here = tokens[at]
    if not out or out[-1].end == here.start or out[-1].kind != here.kind or out[-1].value != here.value:
        return None
    return [], 1


def other_cuts(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``其余位置的转场``: the other cuts."""
    here = at + 1
    while kinds(tokens, here, "USE|MAKE|BE|ALL"):
        here += 1
    between = any(t.kind == "BETWEEN" for t in out[-24:])
    if here > at + 1 and between and kinds(tokens, here, "CROSSFADE|TKIND|CUT|PUSHED"):
        return [joined("OTHER_CUTS", tokens[at : at + 1])], 1  # 第3张和第4张之间不要转场，其余使用叠化
    here = at + 1
    while kinds(tokens, here, "POSITION|CLIP|BETWEEN|ALL"):
        here += 1
    if not kinds(tokens, here, "TRANSITION|CROSSFADE"):
        return None
    if any(t.kind == "UNCHANGED" for t in rest(tokens, here)):
        return [tokens[at]], here + 1 - at  # 其余转场保持不变
    return [joined("OTHER_CUTS", tokens[at:here]), tokens[here]], here + 1 - at


def beside_before(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``在第3张与前一张照片之间``: before it."""
    other = at + 1
    if not kinds(tokens, other, "OTHER_ONE|NEXT_ONE"):
        return None
    end = other + 1 + (1 if kinds(tokens, other + 1, "CLIP") else 0)
    if not kinds(tokens, end, "BETWEEN"):
        return None
    before = part(out)
    for i in range(len(before)):
        if before[i].kind == "IN":
            del out[len(out) - len(before) + i]
            break
    kind = "BEFORE" if tokens[other].kind == "OTHER_ONE" else "AFTER"
    return [joined(kind, tokens[at : end + 1])], end + 1 - at


def pushed(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``左推``: a push to the left."""
    here = tokens[at]
    kind, way = here.value
    return [replace(here, kind="TKIND", value=kind), replace(here, kind="PLACE", value=way)], 1


def warmer(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``色调偏暖一点``: it is to be so; 画面偏暖 complains."""
    here = tokens[at]
    wished = kinds(tokens, at + 1, "DEGREE") or kinds(out, len(out) - 1, "MAKE|DEGREE")
    if here.text not in ("偏暖", "偏冷") or not wished:
        return None
    return [replace(here, value=(here.value[0], -here.value[1]), complains=False, text=here.text[1:])], 1


def a_bit_twice(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``稍微偏暖一点``: one degree, said twice."""
    return (
        ([], 1)
        if len(out) > 1
        and out[-2].kind == "DEGREE"
        and out[-2].value == tokens[at].value
        and out[-1].kind in ("ADJ", "BIGGER", "RELATIVE", "LOUDER", "QUIETER")
        else None
    )


def each_cut(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``每个转场0.5秒``."""
    return (
        ([], 1)
        if not tokens[at].text.isascii()
        and kinds(tokens, at + 1, "TRANSITION|CROSSFADE")
        and any(t.kind == "DUR" for t in rest(tokens, at))
        else None
    )


def sides_twice(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``两侧的空白区域``; the edges where nothing is filled are only where something is."""
    near = {t.kind for t in (*part(out), *rest(tokens, at + 1))}
    if tokens[at].text in ("四周", "周围", "上下左右", "上下两侧", "左右两侧") and not near & {
        "BLUR",
        "COLOR",
        "SIDES",
        "BARS",
        "FILL",
        "BACKGROUND",
    }:
        return [], 1  # 画面四周添加暗角
    return ([], 1) if kinds(out, len(out) - 1, "BORDER") else None


def direction(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``滑动（方向向左）``; ``方向改为竖屏``."""
    near = {t.kind for t in (*part(out), *rest(tokens, at + 1))}
    return ([], 1) if near & {"TKIND", "PAN", "SHAPE", "RATIO", "CAMERA", "MOTION"} else None


def exchanged(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``将交叉溶解改为擦除转场``: the transitions, whatever they are."""
    here = at + (2 if kinds(tokens, at + 1, "TRANSITION") else 1)
    changed = kinds(tokens, here, "MAKE|REPLACE") and tokens[here].text.startswith(("改", "换", "替", "更", "变"))
    other = kinds(tokens, here + 1, "TKIND|CROSSFADE|PUSHED|DUR|CUT")
    return ([replace(tokens[at], kind="TRANSITION", value=None)], here - at) if changed and other else None


def exposed(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``曝光过度``: too bright."""
    here = tokens[at]
    if kinds(tokens, at + 1, "DEGREE") and here.text[0] in "略较稍":
        return [replace(here, kind="ADJ", value=(here.value[0], -here.value[1]))], 1  # 略暗一点: a wish
    return [replace(here, kind="ADJ", complains=True)], 1


def none(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``所有转场设为无``, ``背景音乐：无``."""
    last = at + 1 == len(tokens) or tokens[at + 1].kind in ENDS
    if (
        tokens[at].text not in ("无", "没有")
        or not last
        or not kinds(out, len(out) - 2, "TRANSITION|FILTER|LOOKWORD|MOTION|MUSIC|TITLE|CROSSFADE", "MAKE|COLON|USE|BE")
    ):
        return None
    out.pop()
    return [replace(tokens[at], kind="REMOVE")], 1


def blurred_behind(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``背景使用模糊填充``."""
    here = at + 1
    while kinds(tokens, here, "USE|MAKE|BE"):
        here += 1
    return ([], here - at) if kinds(tokens, here, "BLUR") else None


def same_frame(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    return ([], 1) if kinds(out, len(out) - 1, "BESIDE") else None


def lowered_to(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``减少暗角强度到20%``, ``提高亮度至120%``."""
    here = at + 2
    if not kinds(tokens, at + 1, "PROP"):
        return None
    here += 1 if kinds(tokens, here, "STRENGTH") else 0
    if not kinds(tokens, here, "TO", "PERCENT"):
        return None
    found = changed_to([*tokens[: at + 1], *tokens[here : here + 2]], at, [*out, tokens[at + 1]])
    percent = found[0] if found else [tokens[here + 1]]
    return [tokens[at + 1], *percent], here + 2 - at


def in_brackets(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``蓝色（#3366FF）``: exactly."""
    if out and out[-1].kind == "COLOR" and tokens[at].text.startswith("#") and out[-1].end < tokens[at].start:
        out.pop()
        return [tokens[at]], 1
    return None


def black_both(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``开头和结尾各加1秒的黑场淡入淡出``: the film's; at the cuts a dip to black."""
    here = tokens[at]
    ends = any(t.kind in ("START", "END", "FILM", "BOTH_ENDS") for t in out[-8:]) or kinds(out, len(out) - 1, "DUR")
    cuts = any(t.kind in ("TRANSITION", "ALL_CUTS", "BETWEEN") for t in (*part(out), *rest(tokens, at + 1)))
    if ends and not cuts:
        return [replace(here, kind="FADE_BOTH", value=None), replace(here, kind="COLOR")], 1
    kind = "fade_black" if here.value == "#000000" else "fade_white"
    return [replace(here, kind="TKIND", value=kind)], 1


def soft_cut(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``柔和的淡入淡出过渡``: smooth, and no template."""
    soft = tokens[at].text.startswith(("柔和", "平滑", "自然", "轻柔"))
    cut = kinds(tokens, at + 1, "CROSSFADE|TKIND|TRANSITION|FADE_BOTH")
    return ([replace(tokens[at], kind="SMOOTH", value=None)], 1) if soft and cut else None


def fill_color(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``背景填充色改为米色``."""
    return (
        ([tokens[at]], 2)
        if kinds(tokens, at + 1, "LOOKWORD") and any(t.kind in ("COLOR", "SIDES") for t in rest(tokens, at))
        else None
    )


def pace_of_cuts(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``转场速度加快``."""
    return ([], 1) if kinds(out, len(out) - 1, "TRANSITION|CROSSFADE") and kinds(tokens, at + 1, "RELATIVE") else None


def all_cuts_but(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``除了第一个转场外，其余转场…``: the other cuts."""
    here = at + 1
    if not kinds(tokens, here, "ORD|FIRST|LAST", "TRANSITION"):
        return None
    number = {"FIRST": 1, "LAST": -1}.get(tokens[here].kind) or int(tokens[here].value)
    end = here + 2
    while kinds(tokens, end, "UNKNOWN|EXCEPT|COMMA|REST|NEW|POSITION|ALL") and end < here + 8:
        end += 1
    if not kinds(tokens, end, "TRANSITION"):
        return None
    return [joined("CUTS", tokens[at:end], ("others", "cut", number)), tokens[end]], end + 1 - at


def between_the_rest(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``在剩下的图片之间``: between all that there are by then."""
    return ([], 1) if kinds(tokens, at + 1, "CLIP", "BETWEEN") and not tokens[at].text.isascii() else None


def risen(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``亮度上升5%``: more of it, and no way to enter."""
    grows = (
        tokens[at].text == "上升"
        and kinds(out, len(out) - 1, "PROP|VOLUME|MUSIC")
        and kinds(tokens, at + 1, "PERCENT|TO")
    )
    return ([replace(tokens[at], kind="MORE", value=None)], 1) if grows else None


def several_looks(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``亮度、对比度和饱和度都提高10%``: each of them."""
    looks, here = [tokens[at]], at + 1
    while kinds(tokens, here, "AND|COMMA", "PROP") and len(looks) < 8:
        looks.append(tokens[here + 1])
        here += 2
    while kinds(tokens, here, "EACH|ALIKE|ALL"):
        here += 1
    if len(looks) < 2 or not kinds(tokens, here, "MORE|LESS", "PERCENT"):
        return None
    return [token for look in looks for token in (look, tokens[here], tokens[here + 1])], here + 2 - at


def frame_rate(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``帧率设为24fps``: a property of the frame."""
    return ([replace(tokens[at], kind="FRAME_WORD")], 1) if tokens[at].text.endswith("帧率") else None
