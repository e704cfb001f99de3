"""What the editor says about what it did not do: reasons, and phrasings that work, in both languages."""

import difflib

from nemovideo_mcp.studio.editor import lexicon

REASONS: dict[str, tuple[str, str]] = {
    "unknown": ("I did not understand this, so nothing was done for it", "没有听懂这一句，所以没有为它做任何改动"),
    "part": ("I did not understand these words; the rest was done", "没有听懂这几个字；其余部分已完成"),
    "beside": (
        'I did not understand "{words}", and it may change what is meant, so nothing was done for this',
        "没有听懂“{words}”，它可能改变意思，所以这一句没有执行",
    ),
    "of_it": (
        'this belongs to "{words}", which was not done',
        "这属于“{words}”，而那一句没有执行",
    ),
    "negated": ("it says what not to do; say what it should be instead", "这一句说的是不要什么；请说明应该怎样"),
    "guarded": (
        'this editor cannot weigh what is meant by "{words}"; say exactly what to do',
        "这一句带有条件或选择（{words}），本编辑器无法判断；请直接说明要做什么",
    ),
    "choice": (
        "it leaves a choice ({words}); say the one that you want",
        "这一句留了选择（{words}）；请直接说要哪一个",
    ),
    "condition": (
        "it holds a condition ({words}), and this editor cannot judge whether it is met; say what to do",
        "这一句带有条件（{words}），本编辑器无法判断是否成立；请直接说明要做什么",
    ),
    "music_or_look": (
        'it may be said of the music or of the look; say "happier music" or "a happier look", with the word that you mean',
        "可能指音乐，也可能指画面风格；请说明是哪一个",
    ),
    "twice": (
        "it may mean that each photo is shown twice or that each stays twice as long",
        "可能是每张放两遍，也可能是每张停留两倍时间",
    ),
    "turned": (
        "photos are shown as they are: this editor cannot turn, flip or mirror one; turn the file and upload it again",
        "照片按原样显示，本编辑器不能旋转、翻转或镜像；请把文件转好后重新上传",
    ),
    "effects": (
        "there are no stickers, particles or drawn effects; a picture of your own (PNG) can lie over the film",
        "没有贴纸、粒子或绘制效果；可以把自己的图片（PNG）叠加在画面上",
    ),
    "many_at_once": (
        "two photos side by side are the most that one picture of the film shows",
        "一个画面里最多并排显示两张照片",
    ),
    "open_quote": ("a quotation mark is not closed", "引号没有成对"),
    "contradictory": ("this contradicts {words}; neither was done", "与{words}矛盾，两者都没有执行"),
    "paced": (
        "the film is as long as {words} says; say another length for another pace",
        "影片总长已由{words}定下；要改变节奏，请说别的总长",
    ),
    "cloud": (
        "that takes AI, which is the work of the NemoVideo cloud; the local studio edits what you uploaded and generates nothing",
        "这需要 NemoVideo 云端；本地工作室只编辑已上传的素材，不生成内容",
    ),
    "later": ("the local studio cannot do that", "本地工作室还不能做这件事"),
    "poster": (
        "a still of the film is made with it: export with poster, true or the seconds that it shows",
        "封面图在导出时生成：export 的 poster 参数，true 或秒数",
    ),
    "how_much": ("how much is not said; give a number", "没有说明多少；请给出数值"),
    "direction": ("this transition has no direction", "这种转场没有方向"),
    "which_logo": (
        "it is not clear which picture is meant; upload it and name its file",
        "不清楚是哪张图片；请上传并说出文件名",
    ),
    "no_overlay": (
        "no picture lies over the film yet; name the uploaded file to lay over it (taking one out of a photo is the work of the "
        "NemoVideo cloud)",
        "影片上还没有叠加图片；请说出要叠加的已上传文件（去除照片里的水印需要 NemoVideo 云端）",
    ),
    "file_name": ("name the uploaded file to show instead", "请说出要换成的已上传文件名"),
    "srt": (
        "the words of the subtitles are needed: give them as SRT or WebVTT in the operation add_subtitles",
        "需要字幕内容：请用 add_subtitles 操作给出 SRT 或 WebVTT 文本",
    ),
    "whole_edits": (
        "going back takes back a whole edit; say what to remove instead",
        "撤销会取消整次修改；请直接说明要去掉什么",
    ),
    "which_clip": ("it is not clear which photo is meant; say its number", "不清楚指的是哪一张；请说明是第几张"),
    "two_parts": ("a clip is split in two; split a part again for more", "一次只能分成两段；需要更多可再分割"),
    "keep_one": (
        'it may mean that only this one stays, or that it is not to be touched; say "keep only photo {words}" for the first',
        "可能是只留这一张，也可能是不要动它；如果是前者，请说“只保留第{words}张”",
    ),
    "question": (
        "this is a question; say what to do, or ask for the state",
        "这是一个问题；请说要做什么，或查询状态",
    ),
    "statement": ("it tells how something is; say what is to change", "这一句只是说明情况；请说要改什么"),
    "music_there": (
        "there is music already; name the song or the mood to change to",
        "已经有音乐了；请说要换成哪首或哪种风格",
    ),
    "lengths": ("there are {words} clips; give one length for each", "共有{words}张，请给每张一个时长"),
    "none_there": ("there was none, so nothing had to be taken away", "本来就没有，无需去掉"),
    "within": ("it is no longer than that already", "本来就没有超过"),
    "percent": ("the volume is a share: say it in percent", "音量请用百分比来说"),
    "edge": ("the words are at the edge of the frame already", "文字已经在画面边缘了"),
    "no_clips": ("there is no such clip in this film", "影片里没有这样的画面"),
    "genre": (
        "the built-in music is upbeat, happy, calm, lofi, cinematic, acoustic, corporate or romantic; upload a song of another kind",
        "内置音乐有：欢快、快乐、平静、低保真、电影感、吉他、商务、浪漫；其他类型请上传歌曲",
    ),
    "font": (
        "the typefaces are serif and sans; size, colour, outline and place of the words can be set",
        "字体有衬线（宋体）和无衬线（黑体）；可以设置字号、颜色、描边和位置",
    ),
    "publish": (
        "the studio makes the film and cannot post it; export it, then upload the file",
        "本地工作室只制作影片，不能发布；请先导出，再自行上传",
    ),
    "no_history": ("{words}", "{words}"),
    "which": (
        "it is not clear whether the film or the title is meant; name the one you mean",
        "不清楚指的是影片还是标题；请说明",
    ),
    "export": (
        "exporting is a step of its own; a platform or a format is told to the export itself",
        "导出是单独的一步；平台和格式在导出时指定",
    ),
    "account": ("that is not an edit; ask for it on its own", "这不是编辑；请单独提出"),
    "unreverse": ("only the order of the photos can be reversed", "只能把照片的顺序倒过来"),
    "upload": ("there are no photos yet: upload photos first", "还没有照片：请先上传照片"),
    "language": (
        "the local studio understands English and Chinese; say it in one of them, or use typed operations",
        "本地工作室只懂中文和英文；请用其中一种语言，或使用操作（operations）",
    ),
    "empty": ("the instruction is empty; say what to do", "指令是空的；请说明要做什么"),
    "long": ("an instruction may have at most {words} characters", "一条指令最多 {words} 个字符"),
    "parts": (
        "an instruction may have at most {words} parts; say it in several edits",
        "一条指令最多 {words} 句；请分几次说",
    ),
    "already": ("the photos are on the timeline already; say what to change", "照片已经在时间线上了；请说明要改什么"),
    "nothing": ("there is none, so nothing has to be taken away", "本来就没有，无需去掉"),
    "no_words": ("the title has no words; put them in quotation marks", "标题没有文字；请把文字放在引号里"),
    "no_card": (
        "there is no such card; put the words of a new one in quotation marks",
        "没有这张卡片；新卡片的文字请放在引号里",
    ),
    "which_card": (
        "there are several cards; say its number, or title card or end card",
        "有多张卡片；请说明是第几张卡片，或片头卡、片尾卡",
    ),
    "gradient": ("a gradient goes from one colour to another; name both", "渐变需要两种颜色；请都说出来"),
    "cuts": ("a transition lies between two neighbours", "转场只能在相邻的两张之间"),
    "one_clip": ("one clip can be moved at a time", "一次只能移动一张"),
    "two_clips": ("exactly two clips are needed for this; name them by number", "这需要正好两张；请说明是第几张"),
    "ratio": (
        "the shapes are 16:9, 9:16, 1:1, 4:5, 5:4, 4:3, 3:4, 3:2, 2:3 and 21:9",
        "可用比例：16:9、9:16、1:1、4:5、5:4、4:3、3:4、3:2、2:3、21:9",
    ),
    "resolution": (
        "the sizes are 480p, 720p, 1080p, 1440p, 4k, or even numbers of pixels from 64 to 4096",
        "可用清晰度：480p、720p、1080p、1440p、4k，或 64 到 4096 之间的偶数像素",
    ),
    "fps": ("the frame rates are 24, 25, 30, 50 and 60", "可用帧率：24、25、30、50、60"),
    "gone": ("clip {words} was removed by the same instruction", "第{words}张已在同一条指令中删除"),
    "no_such_title": ("there is no title, or more than one, to change", "没有标题，或有多个标题，无法修改"),
    "no_music_yet": ("there is no music whose volume could change", "还没有音乐，无法调整音量"),
    "pan": ("a picture can move left, right, up or down", "画面只能向左、右、上、下移动"),
    "more": ("and {words} more parts were not done either", "另有 {words} 处也没有执行"),
}

NEAREST: dict[str, tuple[str, str]] = {
    "total": ("make it 30 seconds long", "总长30秒"),
    "each": ("3 seconds per photo", "每张3秒"),
    "length": ("show photo 2 for 6 seconds", "第2张显示6秒"),
    "transition": ("crossfades of 0.8 seconds", "交叉淡化0.8秒"),
    "canvas": ("make it 9:16", "改成9:16"),
    "fps": ("30 fps", "30帧"),
    "resolution": ("make it 1080p", "1080p"),
    "doubled": ("make it twice as long", "总长变成两倍"),
    "beside": ("show photos 2 and 3 side by side", "第2张和第3张并排"),
    "instead_file": ("replace photo 2 with turned.jpg", "把第2张替换为 turned.jpg"),
    "move": ("move photo 3 to the front", "把第3张移到最前面"),
    "swap": ("swap photos 1 and 3", "交换第1张和第3张"),
    "reverse": ("reverse the order", "照片倒序"),
    "remove": ("delete photo 2", "删除第2张"),
    "add": ("add the new photos", "加上新照片"),
    "title": ('add a title "Summer" for the first 3 seconds', "加标题“夏日”，显示前3秒"),
    "card": ('add a title card "Summer" on a black background', "加一张片头卡片“夏日”，黑色背景"),
    "uncard": ("remove the title card", "去掉片头卡片"),
    "untitle": ("remove the title", "去掉标题"),
    "music": ("add music at 30% volume", "加背景音乐，音量30%"),
    "unmusic": ("remove the music", "去掉音乐"),
    "motion": ("zoom in on photo 2", "放大第2张"),
    "fit": ("blurred background", "模糊背景"),
    "look": ("make photo 2 black and white", "第2张改成黑白"),
    "template": ("use the cinematic template", "用电影感模板"),
    "relative": ("make it 5 seconds longer", "延长5秒"),
    "filmfade": ("fade to black at the end", "影片淡出到黑"),
    "restyle": ("make the title bigger", "标题大一点"),
    "number": ("number the photos", "给照片加编号"),
    "sort": ("sort the photos by name", "照片按名称排序"),
    "dates": ("show the date on each photo", "在每张照片上显示日期"),
    "replace": ("replace photo 2 with beach.jpg", "把第2张替换为 beach.jpg"),
    "pair": ("show photos 2 and 3 side by side", "第2张和第3张并排"),
    "overlay": ("add logo.png in the bottom right corner at 50% opacity", "把 logo.png 放在右下角，半透明"),
    "recall": ("undo", "撤销"),
    "export": ("export", "导出"),
    "wish": ("turn these photos into a 30-second slideshow", "把这些照片做成30秒的视频"),
}

_TOPIC_OF: dict[str, str] = {
    "DUR": "total", "LENGTH": "total", "LONG": "total", "RESIZE": "total", "EACH": "each", "TRANSITION": "transition",
    "CROSSFADE": "transition", "SMOOTH": "transition", "OTHER_KIND": "transition", "CUT": "transition",
    "CUTS": "transition", "RATIO": "canvas", "SHAPE": "canvas", "PLATFORM": "canvas", "RES": "canvas", "SIZE": "canvas",
    "FPS": "canvas", "MOVE": "move", "SWAP": "swap", "ORDER": "reverse", "REVERSE": "reverse", "REMOVE": "remove",
    "NEW": "add", "CARD": "card", "TITLE": "title", "QUOTE": "title", "COLOR": "title", "PLACE": "title", "SPAN": "total", "SAY": "title",
    "MUSIC": "music", "SONG": "music", "VOLUME": "music", "PERCENT": "music", "FADE_OUT": "music", "FADE_IN": "music",
    "QUIETER": "music", "LOUDER": "music", "MUTE": "unmusic", "MOTION": "motion", "ZOOM_IN": "motion",
    "FILTER": "look", "ADJ": "look", "PROP": "look", "MANNER": "template", "RELATIVE": "relative", "SORT": "sort",
    "NUMBERING": "number", "DATE": "dates", "WHERE": "dates", "BYDATE": "sort", "BIGGER": "restyle", "REPLACE": "replace", "BESIDE": "pair", "UNDO": "recall", "VERSION": "recall",
    "LOGO": "overlay", "OVERLAY": "overlay", "FILM_FADE": "filmfade", "TKIND": "transition", "CAPTION": "title", "FONT": "restyle",
    "ZOOM_OUT": "motion", "PAN": "motion", "STATIC": "motion", "BARS": "fit", "CROP": "fit", "FILL": "fit", "BLUR": "fit",
    "EXPORT": "export", "FILM": "wish", "REF": "length",
}  # fmt: skip

_ENGLISH_WORDS = [word for word in lexicon.WORDS if len(word) > 3 and lexicon.WORDS[word][0] in _TOPIC_OF]
LOOKED_AT = 6
"""Words that are compared with the vocabulary at most: comparing is slow, and more would not help a reader."""


def reason(key: str, language: str, words: str = "") -> str:
    return REASONS[key][language == "zh"].format(words=words)


def example(topic: str, language: str) -> str | None:
    pair = NEAREST.get(topic)
    return pair[language == "zh"] if pair else None


def nearest(kinds: list[str], unknown: list[str], language: str) -> str | None:
    """The phrasing that works and is nearest to what was said: by what was recognised, else by words of similar spelling."""
    for kind in kinds:
        if kind in _TOPIC_OF and kind not in ("FILM", "REF"):
            return example(_TOPIC_OF[kind], language)
    for word in unknown[:LOOKED_AT]:
        close = difflib.get_close_matches(word.lower()[:30], _ENGLISH_WORDS, n=1, cutoff=0.8)
        if close and word.isascii():
            return example(_TOPIC_OF[lexicon.WORDS[close[0]][0]], language)
    for kind in kinds:
        if kind in _TOPIC_OF:
            return example(_TOPIC_OF[kind], language)
    return None
