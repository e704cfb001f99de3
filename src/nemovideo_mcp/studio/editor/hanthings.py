"""Careful Chinese turns about titles, music and logos, as plainer ones; see `hanplain`."""

from collections.abc import Sequence
from dataclasses import replace

from nemovideo_mcp.studio.editor import manners
from nemovideo_mcp.studio.editor.hanparts import moving, part, rest
from nemovideo_mcp.studio.editor.neighbours import Found
from nemovideo_mcp.studio.editor.tokens import Token, kinds


def position(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``位置移到画面顶部``, ``位置：左上角``: where it is said of is moved."""
    follows = next(
        (
            i
            for i in range(at + 1, min(at + 5, len(tokens)))
            if tokens[i].kind not in ("MOVE", "MAKE", "COLON", "IN", "TO", "BE", "FRAME_WORD")
        ),
        at,
    )
    if tokens[at].text not in ("位置",) or not kinds(tokens, follows, "PLACE"):
        return None
    return [replace(tokens[at], kind="MOVE")], follows - at


def fade_lasts(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``将结尾淡出延长至5秒``: the fade, not the film."""
    fades = any(t.kind in ("FADE_OUT", "FADE_IN", "FADE_BOTH", "FILM_FADE") for t in part(out))
    if not fades or not kinds(tokens, at + 1, "DUR") or not tokens[at].text.endswith(("到", "至", "为", "成")):
        return None
    return [], 1


def _words_in(out: list[Token]) -> bool:
    """Whether the sentence so far speaks of words on the screen, and of no photos behind them."""
    for token in reversed(out[-24:]):
        if token.kind == "STOP" or token.kind in ("CLIP", "ALL_CLIPS", "CONTAIN"):
            return False
        if token.kind in ("TITLE", "QUOTE", "CAPTION", "END_CARD", "FONTWORD", "LOWER_THIRD"):
            return True
    return False


def sides(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``白边``: bars, and their colour."""
    here = tokens[at]
    if _words_in(out) or any(t.kind in ("TITLE", "QUOTE", "CAPTION", "END_CARD", "FONTWORD") for t in rest(tokens, at)):
        return [replace(here, kind="COLOR"), replace(here, kind="BOX", value=None)], 1
    used = 2 if kinds(tokens, at + 1, "COLOR") and tokens[at + 1].value == here.value else 1
    while out and out[-1].kind in ("BORDER", "SHOW", "IN"):
        out.pop()
    return [replace(here, kind="BORDER", value=None), replace(here, kind="COLOR")], used


def both_ends(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``开头和结尾各淡入淡出2秒``."""
    if not kinds(tokens, at + 1, "AND", "END"):
        return None
    here = at + 3
    while kinds(tokens, here, "IN|AT|EACH|ADD|USE|MAKE|ON|DUR"):
        here += 1
    kept = [t for t in tokens[at + 3 : here] if t.kind == "DUR"]
    return (kept, here - at) if kinds(tokens, here, "FADE_BOTH|BLACK_BOTH") else None


def inout(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``出现和消失时都使用淡入淡出动画``."""
    fades = any(t.kind == "FADE_BOTH" or (t.kind == "ANIM" and t.value == "fade") for t in rest(tokens, at + 1))
    if not fades:
        return [replace(tokens[at], kind="GUARD")], 1
    return [], 1


def animated(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``淡入淡出动画``, ``打字机动画``."""
    return (
        ([], 1)
        if kinds(out, len(out) - 1, "FADE_BOTH|FADE_IN|FADE_OUT|ANIM|KEN_BURNS|SLOWZOOM|PAN")
        and tokens[at].text in ("动画", "动效", "动画效果")
        else None
    )


def fading(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``淡入淡出动画`` of words: in and out."""
    if "淡入淡出" not in tokens[at].text:
        return None
    return [replace(tokens[at], kind="FADE_BOTH", value=None)], 1


def renamed(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``将文字“A”改为“B”``: words that are there, and new ones."""
    if kinds(tokens, at + 1, "TITLE|SAY|RESAY", "MAKE|REPLACE", "QUOTE") and tokens[at + 1].text in (
        "内容",
        "文字",
        "文字内容",
        "文案",
    ):
        tokens = [*tokens[: at + 1], *tokens[at + 2 : at + 4]]
        found = renamed(tokens, at, out)
        return (found[0], found[1] + 1) if found else None
    if not kinds(tokens, at + 1, "MAKE|REPLACE|SWAP", "QUOTE") and not kinds(
        tokens, at + 1, "MAKE|REPLACE", "TO|MAKE|COLON", "QUOTE"
    ):
        return None
    if not tokens[at + 1].text.startswith(("改", "换", "替", "更", "变", "修", "调")):
        return None
    while out and out[-1].kind in ("TITLE", "LOWER_THIRD", "CAPTION", "SUBTITLE", "END_CARD", "SHOW"):
        out.pop()
    if not out or out[-1].kind != "MAKE":
        out.append(Token("MAKE", "把", tokens[at].start, tokens[at].start))
    return [replace(tokens[at], kind="OLD_WORDS"), replace(tokens[at + 1], kind="MAKE")], 2


def captioned(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``为每张图片添加说明文字：…``: captions are for all."""
    noun = at + 1
    if not kinds(tokens, noun, "CLIP") or part(out):
        return None
    after = rest(tokens, noun + 1)
    listed = kinds(after, 0, "ADD", "CAPTION") or kinds(after, 0, "ADD", "PLACE", "CAPTION")
    return ([], 2) if listed and any(t.kind == "COLON" for t in after) else None


def color_of_words(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``字体颜色为白色``, ``字号放大``."""
    colored = kinds(tokens, at + 1, "LOOKWORD", "COLOR") or kinds(
        tokens, at + 1, "LOOKWORD", "MAKE|BE|USE|COLON", "COLOR"
    )
    if colored and not any(t.kind == "CARD" for t in out[-6:]):  # a card has a colour of its own
        return [], 1
    here = at + (2 if kinds(tokens, at + 1, "MAKE") else 1)
    if tokens[at].kind == "SIZE_TO" and kinds(tokens, here, "ZOOM_IN|ZOOM_OUT|MORE|LESS", "PERCENT"):
        share = tokens[here + 1].value
        factor = 1 + share if tokens[here].kind in ("ZOOM_IN", "MORE") else 1 - share
        return [replace(tokens[here], kind="BIGGER", value=max(0.1, factor))], here + 2 - at
    if tokens[at].kind == "SIZE_TO" and kinds(tokens, here, "ZOOM_IN|ZOOM_OUT|MORE|LESS", "TIMES"):
        return [replace(tokens[here], kind="BIGGER", value=tokens[here + 1].value)], here + 2 - at
    if (
        kinds(tokens, here, "ZOOM_IN|ZOOM_OUT|MORE|LESS")
        and not kinds(tokens, here + 1, "PERCENT|TO|TIMES|NUM")
        and tokens[at].kind == "SIZE_TO"
    ):
        grows = tokens[here].kind in ("ZOOM_IN", "MORE")
        return [
            replace(tokens[here], kind="BIGGER", value=manners.BIGGER if grows else 1 / manners.BIGGER)
        ], here + 1 - at
    return None


def centred(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``画面底部居中``: at the bottom, which is in the middle from side to side."""
    if (
        kinds(tokens, at + 1, "PLACE")
        and tokens[at + 1].text in ("居中", "中央", "居中显示", "正中")
        and tokens[at].value in ("top", "bottom")
    ):
        return [tokens[at]], 2
    return None


def fade_time(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``淡入时间设为2秒`` is the fade's; ``标题的显示时长改为5秒`` the title's."""
    if tokens[at].text.startswith(("总", "全", "视频", "影片", "整", "成片", "片")):
        return None
    if kinds(out, len(out) - 1, "FADE_IN|FADE_OUT|FADE_BOTH|FILM_FADE"):
        return [], 1
    here = at + 1
    while kinds(tokens, here, "MAKE|BE|TO|COLON|RESIZE|MORE|LESS"):
        here += 1
    worded = any(
        t.kind in ("TITLE", "QUOTE", "CAPTION", "END_CARD", "LOWER_THIRD", "SUBTITLE", "LOGO") for t in part(out)
    )
    timed = kinds(tokens, here, "DUR") and not any(
        t.kind in ("RESIZE", "MORE", "LESS")
        and not t.text.endswith(("到", "至", "为"))
        and not kinds(tokens, here - 1, "TO")
        for t in tokens[at + 1 : here]
    )
    if worded and timed:
        return [replace(tokens[at], kind="SHOW")], here - at
    return None


def not_looped(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``关闭背景音乐的循环``, ``移除音乐的淡出效果``: a property of the music, and not the music."""
    if not kinds(tokens, at + 1, "MUSIC"):
        return None
    if kinds(tokens, at + 2, "LOOP"):
        return [replace(tokens[at], kind="ONCE"), tokens[at + 1]], 3
    if kinds(tokens, at + 2, "FADE_IN|FADE_OUT|FADE_BOTH"):
        fade = tokens[at + 2]
        return [tokens[at + 1], fade, Token("DUR", "0秒", fade.end, fade.end, 0)], 3
    return (
        ([replace(tokens[at], kind="GUARD")], 1)
        if kinds(tokens, at + 2, "VOLUME|DUCKING|SPEED|BEATS|PERCENT")
        else None
    )


def written_mark(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``添加水印“@旅行日记”``: a mark of words."""
    return (
        ([replace(tokens[at], kind="TITLE", value=None)], 1)
        if kinds(tokens, at + 1, "QUOTE")
        and not str(tokens[at + 1].value).lower().endswith((".png", ".jpg", ".webp", ".jpeg"))
        else None
    )


def song_begins(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``音乐从第5秒开始播放``, ``从歌曲的第20秒开始播放``."""
    song = kinds(tokens, at + 1, "MUSIC|OFSONG")
    here = at + (2 if song or kinds(tokens, at + 1, "FILM") else 1)
    heard = any(t.kind in ("MUSIC", "SONG") for t in part(out)) or song
    if not heard or not kinds(tokens, here, "POINT", "START|SHOW|USE"):
        return None
    end = here + 1
    while kinds(tokens, end, "START|SHOW|USE|ADD"):
        end += 1
    length = replace(tokens[here], kind="DUR")
    begin = [replace(tokens[at], kind="SKIP"), length]
    if song:
        if kinds(out, len(out) - 1, "MUSIC"):
            out.pop()  # 背景音乐从歌曲第30秒处开始
        return [*begin, Token("OFSONG", "歌曲的", length.end, length.end)], end - at
    return begin, end - at


def begins_at(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``音乐从第5秒开始播放``: the music waits until then."""
    if tokens[at].text != "音乐从" or not kinds(tokens, at + 1, "POINT"):
        return None
    end = at + 2
    while kinds(tokens, end, "START|SHOW|USE|ADD"):
        end += 1
    return [
        replace(tokens[at], kind="MUSIC"),
        replace(tokens[at], kind="SKIP"),
        replace(tokens[at + 1], kind="DUR"),
    ], end - at


def before_the_end(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``在结束前3秒淡出``: over the last three seconds."""
    if kinds(tokens, at + 1, "BEFORE", "DUR") and any(
        t.kind in ("FADE_OUT", "FILM_FADE", "FADE") for t in rest(tokens, at + 3)
    ):
        while kinds(out, len(out) - 1, "IN|AT"):
            out.pop()
        return [tokens[at + 2]], 3
    return None


def song_exchanged(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``将背景音乐替换为song.mp3``."""
    if kinds(out, len(out) - 1, "TITLE|CAPTION|LOWER_THIRD|END_CARD") and kinds(tokens, at + 1, "QUOTE"):
        return [replace(tokens[at], kind="MAKE")], 1  # 将标题替换为“欢度国庆”
    before = kinds(out, len(out) - 1, "MUSIC") and kinds(tokens, at + 1, "SONG")
    behind = kinds(tokens, at + 1, "MUSIC", "SONG") or kinds(tokens, at + 1, "OWN", "MUSIC", "SONG")
    return ([replace(tokens[at], kind="MAKE")], 1) if before or behind else None


def share_of_width(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``大小为画面宽度的15%``: the width, said once."""
    here = at + 1
    while kinds(tokens, here, "FRAME_WORD|FILM|MAKE|BE"):
        here += 1
    return ([], here - at) if kinds(tokens, here, "WIDTH", "PERCENT") else None


def at_both_ends(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``首尾各淡入淡出2秒``."""
    fades = any(t.kind in ("FADE_BOTH", "FILM_FADE") for t in rest(tokens, at))
    used = 2 if kinds(tokens, at + 1, "EACH") else 1
    return ([], used) if fades else ([replace(tokens[at], kind="GUARD")], 1)


def caption_of_one(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``为第1张照片添加字幕“…”``: a caption, where it is no file of subtitles."""
    plain = kinds(tokens, at + 1, "QUOTE") and "-->" not in str(tokens[at + 1].value)
    one = any(t.kind in ("CLIP", "FILE", "IT") for t in part(out))
    return ([replace(tokens[at], kind="CAPTION")], 1) if plain and one else None


def of_the_words(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``标题文字：“秋日”；位置：左上角；颜色：橙色``: one title."""
    if (
        tokens[at].text not in (";", "；", "\n")
        or not _words_in(out)
        or not kinds(tokens, at + 1, "POSITION|LOOKWORD|SIZE_TO|FONTWORD|LENGTH|SHOW|ENTER|LEAVE|STROKE|BOX", "COLON")
    ):
        return None
    heading = tokens[at + 1].kind
    comma = replace(tokens[at], kind="COMMA", value=None)
    if heading == "POSITION":
        return [comma, replace(tokens[at + 1], kind="MOVE")], 3
    return [comma, *([] if heading in ("LOOKWORD", "FONTWORD", "LENGTH", "SHOW") else [tokens[at + 1]])], 3


def more_exactly(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``轻松的原声吉他风格``: an instrument tells more than a mood."""
    precise = tokens[at].value["template"] is None
    if (
        precise
        and kinds(out, len(out) - 1, "MANNER")
        and any(t.kind == "MUSIC" for t in (*part(out), *rest(tokens, at)))
    ):
        out.pop()
        return [tokens[at]], 1
    return None


def too_loud(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``音量过大``."""
    if kinds(tokens, at + 1, "PERCENT"):
        return [], 1  # 音量偏低（30%）
    heard = any(t.kind in ("VOLUME", "MUSIC", "SOUND") for t in part(out))
    return [replace(tokens[at], kind=tokens[at].value if heard else "GUARD", value=None, complains=True)], 1


def postponed(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``音乐延后3秒开始播放``."""
    heard = any(t.kind in ("MUSIC", "SONG") for t in part(out))
    if not heard or not kinds(tokens, at + 1, "DUR"):
        return [replace(tokens[at], kind="UNKNOWN")], 1
    end = at + 2
    while kinds(tokens, end, "START|SHOW|USE|ADD|AFTER"):
        end += 1
    return [replace(tokens[at], kind="SKIP"), tokens[at + 1]], end - at


def sound_of_video(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``将clip.mp4的音量调整为50%``: its sound, and not the music."""
    return ([replace(tokens[at], kind="SOUND")], 1) if out and moving(out[-1]) else None


_STYLES = "COLOR|STROKE|FONT|SIZE_WORD|BIGGER|PLACE|ANIM|FONTWORD|FRAME_WORD|BOX"


def styled(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``给第2张加上白色描边的文字“我爱你”``: the words first, and then how they look."""
    end = at + 1
    while kinds(tokens, end, _STYLES) and end - at < 6:
        end += 1
    owned = any(t.kind in ("CLIP", "FILE", "IT") for t in part(out))
    if end == at + 1 or not owned or not kinds(tokens, end, "TITLE|CAPTION", "QUOTE"):
        return None
    return [tokens[at], tokens[end], tokens[end + 1], *tokens[at + 1 : end]], end + 2 - at


def fades_each(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``淡入淡出各0.5秒``: not each photo."""
    fades = kinds(out, len(out) - 1, "FADE_BOTH|FADE_IN|FADE_OUT|FILM_FADE") and kinds(tokens, at + 1, "DUR")
    return ([], 1) if fades else None


def new_words(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``添加新标题“重阳节”``."""
    plain = tokens[at].text in ("新", "新的") and kinds(tokens, at + 1, "TITLE|CAPTION|END_CARD|LOWER_THIRD")
    return ([], 1) if plain else None


def bigger(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``标题放大1.5倍``."""
    worded = any(t.kind in ("TITLE", "QUOTE", "CAPTION", "LOWER_THIRD", "FONTWORD") for t in part(out))
    to = 1 if kinds(tokens, at + 1, "TO|MAKE") else 0
    if not worded or not kinds(tokens, at + 1 + to, "TIMES"):
        return None
    return [replace(tokens[at], kind="BIGGER", value=tokens[at + 1 + to].value)], 2 + to


def on_appearing(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``在第2张照片出现时``: on it."""
    return ([], 1) if tokens[at].text.endswith("时") and kinds(out, len(out) - 1, "CLIP|FILE|NUM") else None


def longer_fade(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``延长淡出至4秒``."""
    return ([], 1) if kinds(tokens, at + 1, "FADE_IN|FADE_OUT|FADE_BOTH", "TO|MAKE|DUR") else None


def words_of_it(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``人名条文字颜色``: the words of it."""
    role = kinds(out, len(out) - 1, "LOWER_THIRD|CAPTION|END_CARD|SUBTITLE")
    looks = kinds(tokens, at + 1, "LOOKWORD|FONTWORD|SIZE_TO|COLOR")
    return (
        ([], 1)
        if role and (looks or tokens[at].text.endswith("颜色")) and tokens[at].text.startswith(("文字", "文本", "字"))
        else None
    )


def colored(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``描边改成红色``: a red outline."""
    changed = kinds(tokens, at + 1, "MAKE", "COLOR") and tokens[at].value is None and not tokens[at].text.isascii()
    return ([tokens[at + 2], tokens[at]], 3) if changed else None


def shown_words(tokens: Sequence[Token], at: int, out: list[Token]) -> Found | None:
    """``把“Only $5”移到左上角``: which words, and not new ones."""
    bare = not tokens[at].text and kinds(out, len(out) - 1, "MAKE")
    return ([], 1) if bare and kinds(tokens, at + 1, "QUOTE", "MOVE|MAKE|SHOW") else None
