"""The reasons of operations, which are in English, for a reader of Chinese."""

import re

_TEMPLATES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), chinese)
    for pattern, chinese in (
        (r"There is no clip (-?\d+): the timeline has (\d+) clips?.*", r"没有第\1张：时间线上共有\2张"),
        (r"There is no music in this project.*", "项目里没有音乐，请先上传一首（mp3、wav、m4a 或 aac）"),
        (
            r'No uploaded music is called "(.*)"; there is (.*)\. Upload it first\.',
            r"没有上传过名为“\1”的音乐；现有：\2",
        ),
        (r'No uploaded photo or video is called "(.*)"\..*', r"没有上传过名为“\1”的照片或视频"),
        (r"There is no music on the timeline to remove\.", "时间线上没有音乐可去掉"),
        (r"There is no such title to remove.*", "没有这个标题可去掉"),
        (r"Everything that was uploaded is on the timeline already.*", "上传的素材都已在时间线上，请先上传更多"),
        (r"That would remove every clip.*", "这会删掉全部画面，请至少保留一张"),
        (r"A transition needs two clips.*", "转场至少需要两张照片"),
        (r"A clip cannot be swapped with itself.*", "一张照片不能和自己交换"),
        (r"The film would be (.*) long; the limit is (.*)\.", r"影片会有 \1 长，上限是 \2"),
        (
            r"(.*) is too short for (\d+) clips?: each needs at least (.*), so (.*) in all.*",
            r"\1 太短：共\2张，每张至少 \3，合计至少 \4",
        ),
        (r"The text would start at (.*), after the film's end at (.*)\.", r"标题从 \1 开始，已超过影片结尾 \2"),
        (r"The text would be shown from (.*) to (.*): give it more time\.", r"标题显示时间（\1 到 \2）太短"),
        (r"The video clips hold only (.*); they cannot be stretched to (.*)\. .*", r"视频素材只有 \1，无法拉长到 \2"),
        (r"There is no such picture over the film to remove.*", "画面上没有这张叠加图片"),
        (r"There is no picture over the film to change.*", "画面上还没有叠加图片；请说出要叠加的已上传文件名"),
        (r"(.*) is no picture: only pictures can lie over the film\.", r"\1 不是图片：只有图片可以叠加在画面上"),
        (r'No uploaded picture is called "(.*)"\..*', r"没有上传过名为“\1”的图片"),
        (r"(.*) is the only picture of the film: .*", r"\1 是影片唯一的画面，没有可叠加的对象；请先上传照片"),
        (r"The picture would be shown from (.*) to (.*): .*", r"叠加图片的显示时间（\1 到 \2）不在影片之内或太短"),
        (r"None of (?:the|these) photos says when it was taken\..*", "没有一张照片带有拍摄时间"),
        (
            r"None of these photos says in words where.*",
            "没有一张照片用文字写明拍摄地点（IPTC 或 XMP 的城市、国家）；坐标不会被查询，因为那需要联网。请直接给出说明文字",
        ),
        (r"No date in (.*): left at the end, in the old order\.", r"\1 没有拍摄时间，按原顺序排在最后"),
        (r"Some photos do not say their time zone: .*", "有些照片没有时区信息，按相机时钟排序"),
        (r"No date in (.*): left without\.", r"\1 没有拍摄时间，未加文字"),
        (r"No place in words in (.*): left without\.", r"\1 没有文字地点，未加文字"),
        (r"No date or place in (.*): left without\.", r"\1 没有拍摄时间和地点，未加文字"),
        (r"There is no card (-?\d+): the film has (\d+) cards?\.", r"没有卡片\1：影片里共有\2张卡片"),
        (r"The film has no card\.", "影片里没有卡片"),
        (
            r"(.*) is a video: only a photo can be blurred behind the words of a card\.",
            r"\1 是视频：只有照片可以模糊后作为卡片背景",
        ),
        (r"The card has no words; say which ones it should show\.", "卡片没有文字，请说明要显示什么"),
        (r"The words of the (.*) are hard to read: (.*) on (.*)\.", r"卡片文字不易看清：\2 与背景 \3 太接近"),
        (r"There is nothing to undo.*", "没有可以撤销的修改"),
        (r"There is nothing to redo.*", "没有可以重做的修改"),
        (r"There are no clips to put words on\.", "没有可以加文字的画面"),
        (r'"(.*)" are the words of a card: .*', r"“\1”是卡片上的文字，随卡片一起显示；请修改卡片"),
        (r"There is no beginning to go back to\.", "没有可以回到的开头"),
        (r"There is no version (\d+); the last one is (\d+)\.", r"没有第\1个版本；最新的是第\2个"),
        (r"No edit has changed the titles\.", "还没有修改过标题"),
        (r"No edit has changed the music\.", "还没有修改过音乐"),
        (r"No edit has changed the (.*)\.", "这一项还没有修改过"),
        (r"There is no history here to go back in\.", "这里没有可以回退的历史"),
        (r'"(.*)" is not on the timeline: it has (\d+) clips?\.', r"“\1”不在时间线上：时间线上共有\2张"),
        (r"The order must name each of the (\d+) clips? once\.", r"顺序里\1张照片每张都要出现一次"),
        (r"(\d+) transitions? shortened to (.*) to fit the clips\.", r"有\1处转场缩短到 \2，因为照片的时长不够"),
        (r"The music (.*) now starts at 0 s: the film is only (.*) long\.", r"音乐 \1 改为从头开始：影片只有 \2"),
        (r'The text "(.*)" now ends with the film, at (.*)\.', r"文字“\1”改为在影片结束（\2）时消失"),
        (r'The (?:.*) "(.*)" lies over another one at the .*\.', r"文字“\1”和同一位置的另一段文字重叠"),
        (r"There are (\d+) captions? for (\d+) clips?\.", r"有\1段说明文字，照片有\2张，数目不一致"),
        (r"All subtitles begin after the film's end at (.*)\.", r"所有字幕都在影片结束（\1）之后"),
        (r"(\d+) subtitles? after the film's end left out\.", r"影片结束之后的\1条字幕没有加入"),
        (r"The subtitles cannot be read: .*", "字幕内容无法读取"),
        (r"There is no video among .*", "其中没有视频片段，照片没有速度和原声可调"),
        (r"The film is (.*) long; that would leave nothing of it\.", r"影片只有 \1，这样就什么都不剩了"),
        (r"(.*) would be shown for less than (.*)\.", r"\1 的显示时间会少于 \2"),
        (
            r"(\d+) video clips? left as long as the material: it is shorter than (.*)\.",
            r"\1段视频保持素材原长：素材短于 \2",
        ),
        (r"(.*) is only (.*) long; it cannot begin at (.*)\.", r"\1 只有 \2，不能从 \3 开始"),
        (r"The music would begin at (.*), after the film's end\.", r"音乐从 \1 开始，已超过影片结尾"),
        (r"There is no music whose beats the cuts could follow.*", "还没有音乐，无法卡点，请先加音乐"),
        (r"The beats of (.*) are not known, so the cuts stay where they are\.", r"不知道 \1 的节拍，切点保持不变"),
        (r"Clip number (-?\d+) is past the end: the timeline has (\d+) clips?\.", r"没有第\1个位置：时间线上共有\2张"),
        (r'"(.*)" means (\d+) pictures?\. Name one of them\.', r"“\1”指的是\2张图片，请说出其中一张"),
        (r"Clip (\d+) is (.*) long; it cannot be split at (.*)\.", r"第\1张长 \2，不能在 \3 处分割"),
        (
            r"Clip (\d+) is (.*) long; nothing would be left from (.*) to (.*)\.",
            r"第\1张长 \2，\3 到 \4 之间什么都没有",
        ),
        (r"A photo cannot stand beside itself.*", "一张照片不能和自己并排"),
        (r"(.*) cannot be paired: only single photos stand side by side\.", r"\1 不能并排：只有单张照片可以并排"),
        (r"There are no neighbouring portraits alike.*", "没有可以并排的相邻竖图"),
        (r"No photos stand side by side there\.", "那里没有并排的照片"),
        (r"There is no such title to change.*", "没有这个标题可修改"),
        (r"There is no cut (-?\d+): the film has (\d+) cuts?\.", r"没有第\1个切点：影片共有\2个切点"),
        (r"(.*) now ends with the film, at (.*)\.", r"\1 改为在影片结束（\2）时消失"),
        (r"(\w+) must be more than (.*)\.", r"\1 必须大于 \2"),
        (r"(\w+) must be at least (.*)\.", r"\1 至少为 \2"),
        (r"(\w+) must be at most (.*)\.", r"\1 最多为 \2"),
    )
)
_TIMES = re.compile(r" ?(?:(\d+) min ?)?(?:(\d+(?:\.\d+)?) s\b)?(?<=[ns]) ?")
_FIELDS = {"seconds": "秒数", "volume": "音量", "fade_out_seconds": "淡出秒数", "fade_in_seconds": "淡入秒数"}
LONGEST = 400


def _in_units(match: "re.Match[str]") -> str:
    """``1 min 30 s`` as 1分30秒."""
    minutes, seconds = match.groups()
    if minutes is None and seconds is None:
        return match.group()
    return (f"{minutes}分" if minutes else "") + (f"{seconds}秒" if seconds else "")


def note(english: str, language: str) -> str:
    """A warning in the reader's language, a whole sentence; English where no translation is known."""
    said = why(english, language)
    return english if said == why(english, "en") else f"{said}。"


def why(english: str, language: str) -> str:
    """The reason in the reader's language, without its full stop; English where no translation is known."""
    english = re.sub(r"(\d)\.0(?=\D|$)", r"\1", english.strip()[:LONGEST])
    if language == "zh":
        for pattern, chinese in _TEMPLATES:
            match = pattern.fullmatch(english)
            if match:
                words = _TIMES.sub(_in_units, match.expand(chinese))
                return next((words.replace(k, v, 1) for k, v in _FIELDS.items() if words.startswith(k)), words)
    return english.removesuffix(".")
