"""The sentences of `say` in Chinese."""

from collections.abc import Callable, Sequence
from typing import Any

PLATFORMS = {
    "youtube": "YouTube", "bilibili": "哔哩哔哩", "tiktok": "TikTok", "douyin": "抖音", "kuaishou": "快手", "reels": "Reels",
    "shorts": "Shorts", "stories": "stories", "snapchat": "Snapchat", "instagram": "Instagram",
    "instagram_square": "instagram square", "facebook": "Facebook", "x": "推特", "linkedin": "LinkedIn",
    "pinterest": "Pinterest", "xiaohongshu": "小红书", "wechat_channels": "视频号",
}  # fmt: skip
TRANSITIONS = {
    "none": "硬切", "varied": "多种转场", "crossfade": "交叉淡化", "fade_black": "闪黑", "fade_white": "闪白", "luma": "亮度渐变",
    "blur": "模糊转场", "pixelate": "像素化", "zoom_in": "放大转场", "zoom_out": "缩小转场", "circle_open": "圆形展开",
    "circle_close": "圆形收缩", "diamond_open": "菱形展开", "diamond_close": "菱形收缩", "clock": "时钟擦除", "blinds": "百叶窗",
    "blinds_vertical": "垂直百叶窗", "checker": "棋盘", "doors": "开门", "doors_vertical": "垂直开门",
}  # fmt: skip
_BASES = {"wipe": "擦除", "slide": "滑动", "push": "推移", "cover": "覆盖"}
_WAYS = {
    "left": "向左", "right": "向右", "up": "向上", "down": "向下", "up_left": "向左上", "up_right": "向右上",
    "down_left": "向左下", "down_right": "向右下",
}  # fmt: skip
TRANSITIONS |= {f"{base}_{way}": f"{words}{_BASES[base]}" for base in _BASES for way, words in _WAYS.items()}
MOTIONS = {"auto": "变化的运镜", "none": "静止", "zoom_in": "慢慢放大", "zoom_out": "慢慢缩小"} | {
    f"pan_{way}": f"{words}平移" for way, words in _WAYS.items()
}
FITS = {"auto": "自动适配", "fill": "填满画面", "contain": "留黑边", "blur": "模糊背景"}
FILTERS = {
    "none": "无滤镜", "black_white": "黑白滤镜", "sepia": "棕褐色滤镜", "vintage": "复古滤镜", "warm": "暖色滤镜", "cool": "冷色滤镜",
    "vivid": "鲜艳滤镜", "faded": "褪色滤镜", "cinematic": "电影感滤镜", "noir": "黑色电影滤镜",
}  # fmt: skip
FIELDS = {
    "brightness": "亮度", "contrast": "对比度", "saturation": "饱和度", "warmth": "色温", "vignette": "暗角", "sharpen": "锐化",
    "blur": "模糊度",
}  # fmt: skip
STYLES = {
    "title": "标题",
    "subtitle": "字幕",
    "caption": "说明文字",
    "lower_third": "人名条",
    "end_card": "片尾文字",
    "card": "卡片",
}
PLACES = {
    "center": "居中", "top": "顶部", "bottom": "底部", "left": "左侧", "right": "右侧", "top_left": "左上角", "top_right": "右上角",
    "bottom_left": "左下角", "bottom_right": "右下角",
}  # fmt: skip
FONTS = {"sans": "黑体", "serif": "宋体"}
ANIMATIONS = {"none": "无动画", "fade": "渐显", "rise": "上升", "typewriter": "打字机"}
ALIGNS = {"auto": "自动对齐", "left": "左对齐", "center": "居中对齐", "right": "右对齐"}
MOODS = {
    "upbeat": "欢快", "calm": "平静", "lofi": "低保真", "cinematic": "电影感", "acoustic": "原声吉他", "corporate": "商务",
    "happy": "快乐", "romantic": "浪漫",
}  # fmt: skip
TEMPLATES = {
    "energetic": "动感", "calm": "平静", "cinematic": "电影感", "romantic": "浪漫", "vintage": "复古", "corporate": "商务",
    "polished": "精致",
}  # fmt: skip
PARTS = {
    "titles": "标题", "music": "音乐", "transitions": "转场", "looks": "滤镜", "motion": "运镜", "length": "时长", "order": "顺序",
    "frame": "画面比例", "overlays": "标志", "cards": "卡片",
}  # fmt: skip


def which(numbers: Sequence[int] | None) -> str:
    """How clips are called: 第2张、最后一张, 所有片段."""
    if numbers is None:
        return "所有片段"
    return "、".join(one(number) for number in numbers)


def one(number: int) -> str:
    return f"第{number}张" if number > 0 else "最后一张" if number == -1 else f"倒数第{-number}张"


def _share(value: float) -> str:
    return f"{round(value * 100, 2):g}%"


def _joined(*parts: str) -> str:
    return "，".join(part for part in parts if part)


def _canvas(op: Any) -> str:
    return "把视频设为" + "，".join(
        part
        for part in (
            f"比例{op.ratio}" if op.ratio else "",
            PLATFORMS[op.platform] if op.platform else "",
            f"清晰度{op.resolution}" if op.resolution else "",
            f"尺寸{op.width}x{op.height}" if op.width else "",
            f"每秒{op.fps}帧" if op.fps else "",
        )
        if part
    )


def _total(op: Any) -> str:
    if op.seconds is not None:
        return f"总长{op.seconds:g}秒"
    if op.times is not None:
        return f"总长变为原来的{op.times:g}倍"
    return f"视频{'延长' if op.by_seconds >= 0 else '缩短'}{abs(op.by_seconds):g}秒"


def _length(op: Any) -> str:
    if op.seconds is not None:
        return (
            f"{which(op.clips)}每张显示{op.seconds:g}秒"
            if op.clips is None
            else f"{which(op.clips)}显示{op.seconds:g}秒"
        )
    if op.times is not None:
        return f"{which(op.clips)}的时长变为原来的{op.times:g}倍"
    return f"{which(op.clips)}{'延长' if op.by_seconds >= 0 else '缩短'}{abs(op.by_seconds):g}秒"


def _add(op: Any) -> str:
    what = "、".join(op.media) if op.media else "新照片"
    return f"加入{what}{f'作为第{op.at}张' if op.at else ''}"


def _trim(op: Any) -> str:
    end = f"到{op.to_seconds:g}秒" if op.to_seconds is not None else "到结尾"
    return f"截取{one(op.clip)}从{op.from_seconds:g}秒{end}"


def _transition(op: Any) -> str:
    where = "切点" + "、".join(map(str, op.cuts)) if op.cuts else "所有片段之间"
    long = f"{op.seconds:g}秒" if op.seconds and op.kind != "none" else ""
    name = TRANSITIONS[op.kind] if op.kind else "转场时长"
    return f"{where}用{name}{long}" if op.kind else f"{where}的{name}为{long}"


def _motion(op: Any) -> str:
    much = f"强度{_share(op.strength)}" if op.strength is not None else ""
    return f"{which(op.clips)}用{MOTIONS[op.motion] if op.motion else '运镜'}{much}"


def _fit(op: Any) -> str:
    return f"{which(op.clips)}用" + "".join(
        (
            FITS[op.fit] if op.fit else "",
            f"边条颜色{op.background}" if op.background else "",
            f"焦点在横向{_share(op.focus[0])}纵向{_share(op.focus[1])}" if op.focus else "",
        )
    )


def _look(op: Any) -> str:
    parts = ["还原色彩"] if op.reset else []
    for name, value in op.given().items():
        if name == "filter":
            parts.append(FILTERS[str(value)])
        elif name == "strength":
            parts.append(f"滤镜强度{_share(float(value))}")
        else:
            parts.append(f"{FIELDS[name]}{float(value) * 100:+g}%")
    return f"{which(op.clips)}用{'加'.join(parts)}"


def _fade(op: Any) -> str:
    parts = []
    for word, link, seconds in (("淡入", "从", op.in_seconds), ("淡出", "到", op.out_seconds)):
        if seconds is not None:
            parts.append(f"影片{link}{op.color}{word}{seconds:g}秒" if seconds else f"影片不要{word}")
    return _joined(*parts)


def text_look(op: Any) -> list[str]:
    """How words are to look, part by part."""
    get = {name: getattr(op, name, None) for name in ("position", "at", "font", "align", "stroke", "enter", "leave")}
    said = (
        f"放在{PLACES[get['position']]}" if get["position"] else "",
        f"放在横向{_share(get['at'][0])}纵向{_share(get['at'][1])}" if get["at"] else "",
        f"颜色{op.color}" if op.color else "",
        f"字体{FONTS[get['font']]}" if get["font"] else "",
        f"字号{_share(op.size)}" if op.size is not None else "",
        ALIGNS[get["align"]] if get["align"] else "",
        f"描边{get['stroke']}" if get["stroke"] else "",
        f"底框{op.box}" if op.box else "",
        f"入场{ANIMATIONS[get['enter']]}" if get["enter"] else "",
        f"出场{ANIMATIONS[get['leave']]}" if get["leave"] else "",
    )
    return [part for part in said if part]


def _text_look(op: Any) -> str:
    return "".join(text_look(op))


def _span(op: Any, default: float | None = None) -> str:
    if op.start_seconds is None and op.end_seconds is None:
        return ""
    start = op.start_seconds or 0
    end = op.end_seconds if op.end_seconds is not None else start + default if default else None
    window = f"{start:g}到{end:g}秒" if end is not None else f"从{start:g}秒开始"
    return f"显示{'倒数' if op.from_end else ''}{window}"


def _text(op: Any) -> str:
    return f"加{STYLES[op.style]}“{op.text}”{_span(op, 3)}{_text_look(op)}"


def _set_text(op: Any) -> str:
    target = f"文字“{op.which}”" if op.which is not None else "所有文字"
    words = f"改成“{op.text}”" if op.text is not None else ""
    style = f"作为{STYLES[op.style]}" if op.style else ""
    return f"修改{target}{words}{style}{_span(op)}{_text_look(op)}"


def _untext(op: Any) -> str:
    what = STYLES[op.style] if op.style else "文字"
    return f"去掉{what}“{op.text}”" if op.text is not None else f"去掉所有{what}"


def _captions(op: Any) -> str:
    if op.captions:
        return f"{which(op.clips)}加说明文字" + "、".join(f"“{c}”" for c in op.captions) + _text_look(op)
    return f"{which(op.clips)}加{_CAPTIONS[op.use]}{_text_look(op)}"


_CAPTIONS = {
    "number": "编号",
    "file_name": "文件名",
    "date": "拍摄日期",
    "place": "拍摄地点",
    "date_place": "拍摄日期和地点",
}


def card(number: int) -> str:
    return f"卡片{number}" if number > 0 else "最后一张卡片" if number == -1 else f"倒数第{-number}张卡片"


def _card(op: Any) -> str:
    places = {0: "开头", -1: "结尾"}
    place = places.get(op.after or 0) or f"{one(op.after)}后面"
    words = f"“{op.text}”" if op.text is not None else ""
    if op.card is None:
        begin = f"在{place}加一张{'' if words else '空白'}卡片{words}"
    else:
        moved = "" if op.after is None else f"移到{place}"
        begin = f"修改{card(op.card)}{moved}{f'改成{words}' if words else ''}"
    return begin + "".join(
        (
            f"显示{op.seconds:g}秒" if op.seconds is not None else "",
            f"背景颜色{op.background}" if op.background else "",
            f"渐变到{op.gradient}" if op.gradient else "",
            f"背景用{one(op.photo)}模糊" if op.photo else "",
            f"文字颜色{op.color}" if op.color else "",
            f"字体{FONTS[op.font]}" if op.font else "",
        )
    )


def _overlay(op: Any) -> str:
    return (f"加{op.media}作为标志" if op.media else "标志") + "".join(
        (
            f"放在{PLACES[op.position]}" if op.position else "",
            f"放在横向{_share(op.at[0])}纵向{_share(op.at[1])}" if op.at else "",
            f"宽度{_share(op.size)}" if op.size is not None else "",
            f"不透明度{_share(op.opacity)}" if op.opacity is not None else "",
            _span(op),
        )
    )


def _music(op: Any) -> str:
    what = f"用{MOODS[op.mood]}音乐" if op.mood else f"用{op.media}作为背景音乐" if op.media else "加音乐"
    return _joined(
        what,
        f"音量{_share(op.volume)}" if op.volume is not None else "",
        f"淡入{op.fade_in_seconds:g}秒" if op.fade_in_seconds is not None else "",
        f"淡出{op.fade_out_seconds:g}秒" if op.fade_out_seconds is not None else "",
        f"跳过歌曲前{op.offset_seconds:g}秒" if op.offset_seconds is not None else "",
        f"音乐从影片{op.start_seconds:g}秒开始" if op.start_seconds is not None else "",
        "" if op.loop is None else "音乐循环" if op.loop else "音乐只播一次",
        "" if op.duck is None else "音乐避让" if op.duck else "音乐不避让",
        f"音乐编号{op.seed}" if op.seed is not None else "",
    )


def _recall(op: Any) -> str:
    steps = f"{op.steps}步" if op.steps > 1 else ""
    return {
        "undo": f"撤销{steps}",
        "redo": f"重做{steps}",
        "start": "重新开始",
        "version": f"回到版本{op.version}",
        "before": f"回到加{PARTS[op.part]}之前" if op.part else "",
    }[op.to]


_ORDERS = {"name": "名称", "date": "拍摄日期", "upload": "上传顺序"}

CHINESE: dict[str, Callable[[Any], str]] = {
    "set_canvas": _canvas,
    "set_total_length": _total,
    "set_clip_length": _length,
    "set_speed": lambda op: f"{which(op.clips)}用{op.speed:g}倍速",
    "add_clips": _add,
    "remove_clips": lambda op: f"删除{which(op.clips)}",
    "keep_clips": lambda op: f"只保留{which(op.clips)}",
    "duplicate_clips": lambda op: f"复制{which(op.clips)}{f'{op.copies}次' if op.copies > 1 else ''}",
    "replace_clip": lambda op: f"把{one(op.clip)}替换为{op.media}",
    "split_clip": lambda op: f"把{one(op.clip)}{f'在{op.at_seconds:g}秒处' if op.at_seconds else ''}分割",
    "trim_clip": _trim,
    "move_clip": lambda op: f"把{one(op.clip)}移到{one(op.to)}",
    "swap_clips": lambda op: f"交换{one(op.first)}和{one(op.second)}",
    "order_clips": lambda op: f"照片顺序改为{'、'.join(map(str, op.order))}",
    "reverse_clips": lambda op: "照片倒序",
    "shuffle_clips": lambda op: f"打乱照片顺序{f'种子{op.seed}' if op.seed != 1 else ''}",
    "sort_clips": lambda op: f"照片按{_ORDERS[op.by]}{'降序' if op.descending else ''}排序",
    "pair_photos": lambda op: f"{one(op.left)}和{one(op.right)}并排" if op.left else "竖版照片并排",
    "cut_on_beats": lambda op: "按音乐节拍卡点",
    "unpair_photos": lambda op: f"{which(op.clips)}取消并排",
    "set_transition": _transition,
    "set_motion": _motion,
    "set_fit": _fit,
    "set_look": _look,
    "set_fade": _fade,
    "add_text": _text,
    "set_text": _set_text,
    "remove_texts": _untext,
    "set_card": _card,
    "remove_cards": lambda op: f"去掉{'、'.join(map(card, op.cards)) if op.cards else '所有卡片'}",
    "caption_clips": _captions,
    "add_subtitles": lambda op: f"加字幕“{op.text}”{_text_look(op)}",
    "set_overlay": _overlay,
    "remove_overlays": lambda op: f"去掉标志{op.media or ''}",
    "set_music": _music,
    "remove_music": lambda op: "去掉背景音乐",
    "set_clip_volume": lambda op: f"{which(op.clips)}的原声音量{_share(op.volume)}",
    "apply_template": lambda op: f"用{TEMPLATES[op.template]}模板{'带音乐' if op.music else ''}",
    "restore": _recall,
}
