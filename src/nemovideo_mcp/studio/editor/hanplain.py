"""Turns of careful Chinese that say the same as plainer ones, token by token, before clauses are told apart.

将第三张图片的时长增加到8秒 sets a length, 其余位置的转场 are the other cuts, 从第1秒显示到第5秒 is a span. One pass; each rule looks at a few
neighbours, so the time is linear. A rule gives the tokens that stand in the place of the first so many; nothing when it does not hold.
"""

from collections.abc import Sequence
from dataclasses import replace

from nemovideo_mcp.studio.editor import hanlooks, hanthings, hantimes
from nemovideo_mcp.studio.editor.hanparts import ENDS, part, rest
from nemovideo_mcp.studio.editor.neighbours import Found, Rule, rewritten
from nemovideo_mcp.studio.editor.tokens import Token, joined, kinds

_TELLING = frozenset(("DUR", "QUOTE", "PERCENT", "REF", "ORD", "RATIO", "FILE", "SONG", "TKIND", "COLOR"))
_MOTIONS = frozenset("ZOOM_IN ZOOM_OUT PAN STATIC KEN_BURNS SLOWZOOM CAMERA".split())
_ORDERS = frozenset(
    "LENGTH EACH MAKE ADD USE ALL ALL_CLIPS CLIP MUSIC TRANSITION FRAME_WORD CROSSFADE REMOVE DUR".split()
)
_MADE_INTO = (
    "制作成",
    "做成",
    "合成",
    "剪成",
    "拼成",
    "剪辑成",
    "生成",
    "制成",
    "合成为",
    "转换成",
    "变成",
    "制作",
    "剪辑为",
    "制作为",
    "合并成",
    "合并为",
    "转成",
    "转换为",
    "转为",
)
_SPREAD = ("DUR", "PERCENT", "QUOTE", "FILTER", "COLOR", "PLACE", "TIMES")
_NOUNS = frozenset(
    "REST ORDER MUSIC TITLE TRANSITION LENGTH POSITION FILM FRAME_WORD ALL KEEP CROSSFADE MOTION CLIP ALLTEXTS STEP LOOKWORD EVERYTHING EFFECTS PART SHOW NEW SOUND".split()
)


def _aiming(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``，营造温馨的氛围`` behind a wish: what it is for."""
    after = rest(tokens, at + 1)
    if not out or out[-1].kind not in ("COMMA", "AND") or not after or not {t.kind for t in after} <= _AIMED:
        return [replace(tokens[at], kind="UNKNOWN")], 1
    return [joined("WHY", tokens[at : at + 1 + len(after)], "aim")], 1 + len(after)


def _and_take(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``并将“A”改为…``: and, and what is taken."""
    here = tokens[at]
    taken = here.text.endswith(("将", "把")) and kinds(tokens, at + 1, "QUOTE|TITLE|LOWER_THIRD|CAPTION|END_CARD")
    return ([here, Token("MAKE", here.text[-1], here.end - 1, here.end)], 1) if taken else None


_AIMS = ("使", "以", "使得", "令", "从而", "让", "营造", "突出", "增强")
_AIMED = frozenset(
    "MANNER MORE DEGREE FRAME_WORD FILM LOOKWORD CLIP UNKNOWN SMOOTH EFFECTS ALL IT BEATS ADJ FILTER TRANSITION MOTION FACE SPEED AUDIENCE COLOR CLOUD TITLE MUSIC SOUND".split()
)


def plainer(tokens: list[Token]) -> list[Token]:
    """The tokens of an instruction with careful Chinese turns as the plain ones that the grammar knows."""
    return rewritten(tokens, _RULES, _announced(tokens))


def _announced(tokens: list[Token]) -> int:
    """Where the order begins behind 请进行以下修改：."""
    for at, token in enumerate(tokens[:12]):
        if token.kind == "COLON" or (token.kind == "STOP" and token.text in ":\n"):
            said = {t.kind for t in tokens[:at]}
            return at + 1 if "BELOW" in said and not said & _TELLING else 0
        if token.kind in ("STOP", "COMMA"):
            break
    return 0


def _colon(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``统一调色：亮度降低10%``, ``制作竖屏短视频：总时长18秒``: what is announced is said behind the colon."""
    if not _chinese(tokens, at):
        return None
    said = {t.kind for t in part(out)}
    follows = rest(tokens, at + 1)
    heading = len(part(out)) == 1 and bool(follows)
    if (
        heading
        and said == {"LENGTH"}
        and follows[0].kind
        in ("EACH", "ALL", "REF", "ORD", "ORD_MARK", "FIRST", "LAST", "CLIP", "REST", "MAKE", "EXCEPT")
    ):
        out.pop()
        return [], 1  # 时长：每张3秒
    if heading and said == {"MOTION"} and {t.kind for t in follows} & _MOTIONS:
        out.pop()
        return [], 1
    if (
        heading
        and said & {"ORDER", "FRAME_WORD", "LOOKWORD", "STEP"}
        and follows[0].kind
        in ("MAKE", "REVERSE", "SHUFFLE", "MOVE", "SWAP", "FILL", "BLUR", "CONTAIN", "ALL", "REF", "ORD")
    ):
        out.pop()
        return [], 1
    titled = kinds(out, len(out) - 1, "TITLE|LOWER_THIRD|END_CARD|CAPTION")
    if titled and kinds(follows, 0, "TITLE|SAY|LOOKWORD|FONTWORD", "MAKE|BE|USE"):
        return [], 2  # 调整标题：内容改为“…”
    if (
        said
        and said <= {"LOOKWORD", "FILTER", "MAKE", "ALL", "ALL_CLIPS", "CLIP", "FILM"}
        and follows
        and follows[0].kind in ("PROP", "ADJ")
    ):
        while out and out[-1].kind not in ENDS:
            out.pop()
        return [], 1
    if (
        ("FILM" in said or "SHAPE" in said)
        and len(follows) > 1
        and follows[0].kind in _ORDERS
        and not said & {"QUOTE", "TITLE"}
    ):
        return [replace(tokens[at], kind="COMMA")], 1
    return None


def _chinese(tokens: Sequence[Token], at: int) -> bool:
    return any("一" <= t.text[:1] <= "鿿" for t in (*tokens[max(0, at - 2) : at], *tokens[at + 1 : at + 3]))


def _last_of_all(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``最后每张照片停留2.5秒``, ``最后，将…``: lastly."""
    if tokens[at].text != "最后" or (out and out[-1].kind not in ("STOP", "COMMA", "AND", "THEN")):
        return None
    if kinds(tokens, at + 1, "COMMA"):
        return [Token("THEN", "最后", tokens[at].start, tokens[at].end)], 2
    if kinds(tokens, at + 1, "TRANSITION|MUSIC") and tokens[at].end != tokens[at + 1].start:
        return None  # 最后一个转场
    if kinds(
        tokens, at + 1, "EACH|MAKE|ADD|REMOVE|ALL|USE|MUSIC|TRANSITION|LENGTH|FRAME_WORD|ORD_MARK|ORD|FILM|IN"
    ) and not kinds(tokens, at + 1, "ADD", "QUOTE|CARD"):
        return [Token("THEN", "最后", tokens[at].start, tokens[at].end)], 1
    return None


def _made_of(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``将所有照片制作成一个30秒的竖屏视频``: what the film is made of, and then the film."""
    if tokens[at].text.removesuffix("一个").removesuffix("一段") not in _MADE_INTO:
        return None
    before = part(out)
    whole = (
        bool(before)
        and {t.kind for t in before} <= {"MAKE", "ALL", "CLIP", "DET", "NEW", "IT", "NUM"}
        and any(t.kind in ("CLIP", "DET", "IT") for t in before)
    )
    film = any(t.kind == "FILM" for t in rest(tokens, at + 1)) or any(
        t.text in ("竖屏视频", "横屏视频") for t in rest(tokens, at + 1)
    )
    if not whole or not film:
        return None
    del out[len(out) - len(before) :]
    return [replace(tokens[at], kind="MAKE")], 1


def _published(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``适合抖音发布的短视频``: what it is for."""
    return ([], 1) if tokens[at].text.startswith("发布") and kinds(out, len(out) - 2, "FOR", "PLATFORM") else None


def _respective(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``分别``: each its own; with several values it is not read."""
    first = next((i for i in range(at + 1, min(at + 8, len(tokens))) if tokens[i].kind in _SPREAD), 0)
    if first:
        values = [tokens[first]]
        end = first + 1
        while kinds(tokens, end, "AND|COMMA", tokens[first].kind):
            values.append(tokens[end + 1])
            end += 2
        if len(values) > 1:
            return [*tokens[at + 1 : first], joined("SPREAD", tokens[first:end], tuple(values))], end - at
    many: dict[str, int] = {}
    for token in tokens[at + 1 : at + 16]:
        if token.kind == "STOP":
            break
        many[token.kind] = many.get(token.kind, 0) + 1
    several = max((many.get(kind, 0) for kind in ("DUR", "PERCENT", "COLOR", "FILTER", "PLACE")), default=0)
    return ([replace(tokens[at], kind="GUARD")], 1) if several > 1 else ([], 1)


def _start_of(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``在片头前3秒``: the first three seconds."""
    return ([], 1) if kinds(tokens, at + 1, "FIRST", "DUR") else None


def _of_the_film(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``视频开头``: the start; ``在全片底部显示文字``: the whole time."""
    follows = rest(tokens, at + 1)
    said = {t.kind for t in follows}
    if kinds(tokens, at + 1, "START|END|LAST|FIRST") and not said & {"FADE_IN", "FADE_OUT", "FADE_BOTH"}:
        return [], 1
    whole = tokens[at].text in ("全片", "整个视频", "整部影片", "整个影片", "整段视频", "整部视频", "全片全程")
    if (
        whole
        and said & {"SHOW", "ADD", "LOGO"}
        and said & {"QUOTE", "TITLE", "LOGO", "FILE", "WATERMARK"}
        and not kinds(tokens, at + 1, "MAKE")
    ):
        return [replace(tokens[at], kind="WHOLE")], 1
    return None


def _unchanged(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``其余顺序不变``, ``其他设置保持不变``: what is not spoken of stays."""
    before = part(out)
    general = any(t.kind in ("REST", "EVERYTHING", "NEW") for t in before)
    if (
        not general
        or not {t.kind for t in before} <= _NOUNS | {"UNKNOWN"}
        or (at + 1 < len(tokens) and tokens[at + 1].kind not in ENDS)
    ):
        return None
    if len(before) < 2 or all(t.kind in ("CLIP", "REST") for t in before):
        return None
    del out[len(out) - len(before) :]
    return [Token("REST", "其余", before[0].start, before[0].end), tokens[at]], 1


def _avoided(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``，以免人脸被裁切``: why."""
    after = rest(tokens, at + 1)
    if (
        not out
        or out[-1].kind != "COMMA"
        or not after
        or any(t.kind in ("DUR", "QUOTE", "PERCENT", "REF") for t in after)
    ):
        return None
    return [joined("WHY", tokens[at : at + 1 + len(after)], "aim")], 1 + len(after)


def _listed(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``2、每张照片停留4秒``: the mark of an item."""
    first = not out or out[-1].kind == "STOP"
    return (
        ([], 2)
        if first
        and kinds(tokens, at + 1, "COMMA")
        and tokens[at + 1].value == "、"
        and not kinds(tokens, at + 2, "NUM|ORD")
        else None
    )


def _alike(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``均为0.8秒``, ``均位于左下角``: of all that the sentence spoke of; elsewhere it says nothing."""
    after = rest(tokens, at + 1)
    alone = {t.kind for t in part(out)} <= {"LENGTH", "POSITION"} and {t.kind for t in after} <= {
        "DUR",
        "PLACE",
        "MOVE",
        "MAKE",
        "IN",
        "SHOW",
        "FRAME_WORD",
        "COLOR",
        "FONTWORD",
        "BE",
        "LENGTH",
    }
    return None if alone and any(t.kind in ("DUR", "PLACE", "COLOR") for t in after) else ([], 1)


def _afterwards(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``画面改为竖屏后，…``, ``交换位置后，…``."""
    before = part(out)
    doing = ("MAKE", "ADD", "REMOVE", "MOVE", "USE", "SWAP", "REVERSE", "SHUFFLE", "SORT")
    nouns = ("CLIP", "NUM", "ORD", "FILE", "DUR", "QUOTE", "LAST", "FIRST", "POINT")
    done = any(t.kind in doing for t in before) and len(before) > 1
    return ([], 1) if kinds(tokens, at + 1, "COMMA") and done and before[-1].kind not in nouns else None


def _aim(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``使画面更有动感`` behind a wish: what it is for."""
    here = tokens[at]
    if here.text not in _AIMS or not out or out[-1].kind not in ("COMMA", "AND") or out[-1].value == "、":
        return None
    after = rest(tokens, at + 1)
    more = any((t.kind == "MORE" and t.text == "更") or t.text.startswith("更") for t in after) or here.text in (
        "营造",
        "突出",
        "增强",
    )
    plain = here.text == "让" and any(t.kind == "DEGREE" for t in after)
    if not after or not more or plain or not {t.kind for t in after} <= _AIMED:
        return None
    return [joined("WHY", tokens[at : at + 1 + len(after)], "aim")], 1 + len(after)


def _below(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    return [replace(tokens[at], kind="GUARD")], 1


_RULES: dict[str, tuple[Rule, ...]] = {
    "FPS_UNIT": (hanlooks.frame_rate,),
    "FIRST": (hantimes.first_of_all,),
    "BOTH": (hantimes.both_named,),
    "MOVE": (hantimes.set_at,),
    "PROP": (hanlooks.several_looks,),
    "BOX": (hanthings.colored,),
    "STROKE": (hanthings.colored,),
    "THEN": (_and_take,),
    "TO": (hantimes.until_then,),
    "AIMING": (_aiming,),
    "TITLE": (hanthings.shown_words, hanthings.words_of_it),
    "SPEED": (hanlooks.pace_of_cuts,),
    "ENTER": (hanthings.on_appearing,),
    "BLACK_BOTH": (hanlooks.black_both,),
    "ORD": (hantimes.second_to_second, hantimes.numbered_version),
    "EXCEPT": (hanlooks.all_cuts_but, hantimes.all_but),
    "KEEP": (hantimes.kept_at,),
    "TRIMWORD": (hantimes.extracted,),
    "ADD": (hanthings.styled,),
    "COLON": (_colon,), "BEFORE": (hantimes.first_seconds,), "AFTER": (hantimes.first_seconds, _afterwards), "OWN": (hantimes.own,), "IN": (hantimes.in_it, hantimes.split_at, hantimes.shown_span), "FILM": (_of_the_film,), "EACH": (hanthings.fades_each, hanthings.captioned, hanlooks.each_cut), "DEGREE": (hanlooks.a_bit_twice,), "POSITION": (hanthings.position, hantimes.swapped_places),
    "LAST": (_last_of_all,), "MORE": (hanlooks.lowered_to, hanlooks.changed_to), "LESS": (hanlooks.lowered_to, hanlooks.changed_to), "RESIZE": (hanthings.longer_fade, hantimes.kept_to, hanlooks.changed_to, hanthings.fade_lasts, hantimes.set_to), "ONLY": (hantimes.only_so_long,), "LOUDNESS": (hanthings.too_loud,), "POSTPONED": (hanthings.postponed,), "VOLUME": (hanthings.sound_of_video,), "FROM": (hantimes.by_letters, hantimes.from_here_on, hantimes.from_to, hanthings.song_begins, hantimes.shown_span), "AT": (hantimes.shown_span,),
    "POINT": (hantimes.shown_span,), "MANNER": (hanlooks.soft_cut, hanlooks.twice, hanthings.more_exactly), "TKIND": (hanlooks.exchanged, hanlooks.twice), "CROSSFADE": (hanlooks.exchanged, hanlooks.twice), "COLOR": (hanlooks.in_brackets, hanlooks.twice), "ZOOM_OUT": (hanthings.bigger, hanlooks.twice), "ZOOM_IN": (hanthings.bigger, hanlooks.twice), "PLATFORM": (hanlooks.twice,),
    "MAKE": (hantimes.kept_to, hantimes.exchanged_clip, _aim, _made_of, hanthings.fade_lasts), "REST": (hantimes.behind_it, hanlooks.between_the_rest, hantimes.rest_of_it, hanlooks.other_cuts, hantimes.other_photos), "NEW": (hantimes.behind_it, hanlooks.between_the_rest, hantimes.rest_of_it, hanthings.new_words, hanlooks.other_cuts, hantimes.other_photos), "AND": (_and_take, hanlooks.beside_before), "PUSHED": (hanlooks.pushed,), "SIDES": (hanthings.sides,),
    "REVERSE": (hantimes.sorted_down,), "START": (hanthings.both_ends, _start_of), "INOUT_ANIM": (hanthings.inout,), "MOTION": (hanthings.animated,), "ANIM": (hanlooks.risen, hanthings.fading), "QUOTE": (hanthings.renamed,), "FILE": (hantimes.named_file,),
    "AS": (hantimes.as_first,), "SLOWMO": (hantimes.slow_twice,), "PUBLISH": (_published,), "RESPECTIVE": (_respective,), "ADJ": (hanlooks.warmer,), "BESIDE": (hanlooks.same_frame,), "BELOW": (_below,), "LENGTH": (hantimes.half_of_all, hantimes.so_long, hanthings.fade_time), "SHOW": (hantimes.shown_until, hantimes.twice_as_long, hanthings.fade_time, hanthings.styled), "REMOVE": (hanthings.not_looped,), "LOGO": (hanthings.written_mark,), "END": (hanthings.before_the_end,), "REPLACE": (hanthings.song_exchanged,), "COMMA": (hantimes.only_this_time,), "ALIKE": (_alike,), "NOT": (hanlooks.none,), "BOTH_ENDS": (hanthings.at_both_ends,), "BACKGROUND": (hanlooks.fill_color, hanlooks.blurred_behind), "SUBTITLE": (hanthings.caption_of_one,), "STOP": (hanthings.of_the_words,), "WIDTH": (hanthings.share_of_width,), "EXPOSED": (hanlooks.exposed,), "BETWEEN": (hantimes.spanned,), "SKIP": (hanthings.begins_at,), "DIRECTION": (hanlooks.direction,), "AVOIDED": (_avoided,), "FONTWORD": (hanthings.color_of_words,), "SIZE_TO": (hanthings.color_of_words,), "PLACE": (hantimes.in_between, hantimes.those_between, hanthings.centred), "VERSION": (hantimes.before_version,), "UNCHANGED": (hantimes.stays_so_long, _unchanged), "NUM": (hantimes.these_two, _listed, hantimes.listed_order), "CROP": (hantimes.cropped_in_time,), "BORDER": (hanlooks.sides_twice,), "NOISE": (_aim,), "UNKNOWN": (hantimes.swapped_places, hantimes.from_then, hantimes.within_the_first, hantimes.but_these, _aim),
}  # fmt: skip
"""The rules of each kind of token, in the order in which they are tried."""
