"""The table of words: concept → words, separated by ``|``. Only data."""

from typing import Any

from nemovideo_mcp.timeline.operations.canvas import Platform

ENGLISH: dict[str, str] = {
    # Words without a meaning of their own for an edit.
    "POLITE": "please|pls|plz|kindly|thanks|thank you|thank you very much|thanks a lot|thx|cheers|hi|hello|hey|ok|okay|"
    "yes|yeah|sure|great|perfect|good|now|also|as well|well|so|could you|can you|would you|will you|can we|could we|"
    "i want you to|i'd like you to|i would like you to|i need you to|go ahead|help me|for me|dear|nemo|nemovideo|"
    "next|finally|first of all|lastly|let's|lets|alright|if you can|if possible|"
    "i want|i need|i'd like|i would like|we want|we need|we'd like|i wish|i|we|me|us|you|want|need|would like|let|"
    "and so on|it's|that's|there|here",
    "NOISE": "a|an|the|some|just|simply|really|very|quite|bit|about|around|approximately|roughly|exactly|nice|nicely|"
    "beautiful|lovely|pretty|simple|shareable|all in one|which|that|is|are|be|been|being|should|must|shall|has|have|had|"
    "will|would|can|could|to be|do|does|together|own|single|one single|complete|finished|uploaded|i uploaded|"
    "i just uploaded|i've uploaded|attached|given|available|existing|quality|high quality|"
    "automatically|of mine|of ours|out|effect|style|format|file|screen|whole of",
    "DET": "these|those|my|our|your|his|her",
    "KIND": "product|wedding|birthday|holiday|vacation|travel|trip|family|party|summer|winter|spring|autumn|christmas|"
    "promo|promotional|marketing|memory|school|graduation|baby|real estate|property|food|fashion|photo|picture|image|"
    "collection|collections|album|set|gallery|batch",
    "AUDIENCE": "marketer|social media creator|content creator|creator|photographer|influencer|social media|customer|"
    "client|friend|family and friends|everyone|everybody|business|small business|teacher|student|blogger|seller|"
    "brand|designer|agency|agencies|sharing|posting|social media manager|my family|my friends|my team",
    # Things.
    "FILM": "video|film|movie|slideshow|slide show|slideshow video|slide-show|montage|presentation|footage|mp4|mp4 video|"
    "mp4 file|mp4 format|h264|timeline",
    "CLIP": "photo|picture|image|pic|slide|clip|img|photograph|shot|photo collection|picture collection|photo album",
    "PICTURE_FORMAT": "jpg|jpeg|png|heic|webp|jpg format|jpeg format|png format",
    "OTHER_FORMAT": "webm|mov|avi|mkv|gif|animated gif|prores|hevc|h265|av1|webm format|mov format|gif format",
    "IT": "it|this|this one|the thing|them",
    "ORDER": "order|sequence",
    "FIRST": "first|very first",
    "LAST": "last|final|very last",
    "TITLE": "title|text|heading|headline|caption|opening title|title text|words",
    "MUSIC": "music|song|soundtrack|bgm|background music|background track|background song|audio|audio track|music track|"
    "tune|background audio",
    "VOLUME": "volume|loudness|level|gain",
    "TRANSITION": "transition|transition effect",
    "MOTION": "motion|movement|zoom|zooming|animation|moving|camera movement|camera motion|panning|zooms",
    "FRAME_WORD": "frame|aspect ratio|aspect|ratio|canvas|resolution|size|orientation|dimension|frame rate|shape",
    # Doing.
    "MAKE": "make|make it last|have it last|let it last|create|turn|turning|convert|converting|build|produce|set|change|transform|transforming|combine|"
    "compile|stitch|edit|get|give|adjust|making|creating|switch to|go for|lay out|assemble|put together|merge",
    "GENERATE": "generate|generating",
    "RESIZE": "shorten|lengthen|extend|stretch|trim|cut down|reduce|cut it down|resize|limit",
    "ADD": "add|write|type|adding|insert|include|put in|append|add in|adding in|bring in|put",
    "USE": "use|using|take|taking|play|apply|with|by using|through|via|featuring|including",
    "REMOVE": "remove|removing|delete|deleting|drop|take out|take away|take off|get rid of|erase|discard|cut out|lose",
    "SHOW": "show|display|keep on screen|hold|showing|displaying|shown|displayed|appear|appearing|appears|visible|on screen",
    "SAY": "saying|says|say|reading|reads|called|named|with the words|with the text|that says|that reads|with text",
    "MOVE": "move|shift|bring|send|place|relocate",
    "SWAP": "swap|exchange|switch|interchange|swap places of|swap the places of",
    "REVERSE": "reverse|invert|backwards|reversed|reverse order|flip the order|turn around|other way round",
    "BE": "lasts|lasting|running|run|runs|to last|should last|stay|stays",
    "LENGTH": "length|duration|runtime|running time|total length|total duration|overall length|video length|"
    "total time|film length|total runtime|time",
    "LONG": "long|in length|in total|total|overall|altogether|in all|in duration|in all",
    "EACH": "each|every|per|apiece",
    "ALL": "all|all of|whole|entire|all the",
    "NEW": "new|newly uploaded|new ones|rest of|remaining|other new|newly added|rest|latest|missing",
    "MUTE": "mute|silence|muted|silent",
    "FADE_OUT": "fade out|fades out|fading out|fadeout|fade-out|faded out",
    "FADE_IN": "fade in|fades in|fading in|fadein|fade-in|faded in",
    "FADE_BOTH": "fade in and out|fades in and out|fade in and fade out|fade in/out|fading in and out",
    "CROSSFADE": "crossfade|cross fade|crossfading|dissolve|cross dissolve|crossdissolve|fade transition|"
    "fading transition|fade effect transition|crossfade transition|cross fade transition|dissolve transition|"
    "cross dissolve transition",
    "SMOOTH": "smooth|smoothly|soft|gentle|seamless|silky|smoother",
    "CUT": "hard cut|straight cut|plain cut|cuts|simple cut|jump cut|direct cut|clean cut",
    "STATIC": "static|still|stationary|hold still|stand still|motionless",
    "KEN_BURNS": "ken burns|ken burns effect|gentle motion|slow motion effect|subtle motion|camera motion",
    "ZOOM_IN": "zoom in|zooming in|zoom into|slowly zoom in|slow zoom in|zoom-in|zoom effect",
    "ZOOM_OUT": "zoom out|zooming out|slowly zoom out|slow zoom out|zoom-out",
    "PAN": "pan|pan to",
    "FILL": "fill the frame|fill the screen|fill frame|fill screen|crop to fill|full screen|fullscreen|fill",
    "BLUR": "blurred background|blurry background|blur background|background blur|blur the background|blurred sides|"
    "blurred backdrop|blurred edges|blurred bars|fit with blur",
    "BARS": "black bar|letterbox|letterboxing|letterboxed|pillarbox|black border|black edges|black sides",
    "CROP": "crop|cropping|cut off|crop them|crop the photos|crop anything|be cropped|cropped",
    # Little words that tell the parts apart.
    "IN": "in|within",
    "AT": "at",
    "FOR": "for|during",
    "FROM": "from",
    "TO": "to|into|until|till|through|thru|onto",
    "OF": "of",
    "ON": "on|over|across",
    "WITH_PREP": "by",
    "AS": "as",
    "BETWEEN": "between|in between",
    "BEFORE": "before|in front of|ahead of",
    "AFTER": "after|behind|following",
    "AND": "and|plus|but|along with|together with|as well as|&|+",
    "THEN": "then|and then|after that|afterwards|next up",
    "START_AT": "starting at|starting from|beginning at|starts at|start at|beginning from",
    "START": "start|beginning|front|opening|very beginning|very start|intro",
    "END": "end|ending|very end|back|outro|closing",
    "WHOLE": "throughout|the whole time|whole time|the entire time|all the way through|throughout the video|"
    "the whole video|the entire video|for the whole video|during the whole video|throughout the film|the whole film",
    "POSITION": "position|place number|spot|slot|number|no.|pos",
    "HALF": "half",
    "PCT": "percent|per cent|%|pct",
    "FPS_UNIT": "fps|frames per second|frames a second|frame per second",
    # Words that change the sense of all around them.
    "NOT": "no|not|without|don't|do not|dont|never|doesn't|shouldn't|can't|cannot|avoid|none|nothing|isn't|"
    "no more|not any|stop|aren't|won't",
    "CORRECTION": "actually|i mean|sorry|scratch that|wait|no wait|correction|on second thought|oops|no sorry|i meant|"
    "rather|make that",
    # What this editor does not do.
    "EXPORT": "export|exporting|download|render it|send me the video|send me the film|save it|save the video|export it|"
    "export the video|download it|render the video|render|send it to me",
    "ACCOUNT": "credits do i have|my credits|credit balance|balance|credits left|upload|status|show tracks|preview",
    "BACKGROUND": "background|backdrop",
}

CHINESE: dict[str, str] = {
    "POLITE": "请|帮我|帮忙|帮|麻烦|麻烦你|谢谢|谢谢你|多谢|你好|您好|好的|好|吧|呢|啊|哦|吗|可以吗|可以|能不能|我想|我要|我想要|"
    "想要|我希望|希望|需要|我|你|您|给我|给|为我|能|能否|一下|也|都|还|就|了|一起|另外|此外|请你|请帮我|麻烦帮我|哈|嘛|啦",
    "NOISE": "去|应该|的|一只|地|得|个|一个|一段|一部|一条|这|那|这个|那个|这个视频的|为|有|是|里|里面|中|上|下|来|大约|大概|左右|约|"
    "一些|整|自动|制作|漂亮|好看|简单|格式|效果|文件|风格|以|会|要|屏幕|成片|处|面|着|段|整个的|片|条|部|首|位|钟|上传|上传的|完整",
    "DET": "这些|那些|我的|我们的|这几|这组|这批|几",
    "KIND": "产品|商品|婚礼|生日|旅行|旅游|家庭|假期|宣传|宝宝|毕业|美食|电子|音乐相册",
    "AUDIENCE": "营销人员|创作者|社交媒体创作者|摄影师|博主|客户|朋友|家人|大家|朋友圈",
    "FILM": "视频|影片|短片|幻灯片|幻灯片视频|幻灯片影片|短视频|电影|片子|相册|整个视频|整部影片|全片|相册视频|幻灯|整个影片",
    "CLIP": "照片|图片|相片|图像|图|张|幅|片段|张照片|张图片|张图",
    "IT": "它|它们|这个视频|这段视频|这部影片",
    "ORDER": "顺序|次序|排列|排序",
    "TITLE": "标题|文字|文本|片头标题|标题文字|片名",
    "MUSIC": "音乐|背景音乐|配乐|歌曲|歌|背景乐|背景音|音频",
    "VOLUME": "音量|音乐声音|音乐的声音|背景音乐声音|背景音乐的声音|声音大小|响度",
    "TRANSITION": "过渡|转场|过渡效果|转场效果|切换效果|切换",
    "MOTION": "动画|运动|缩放|移动效果|动效|运镜|动态效果|镜头运动",
    "FRAME_WORD": "画面比例|比例|分辨率|画幅|尺寸|画面|帧率|宽高比|画质|清晰度|屏",
    "MAKE": "做|做成|制作成|变成|转成|转换成|转为|转换为|制作|生成|合成|弄成|弄|让|使|把|将|设为|设成|设置为|设置成|设置|调到|调成|"
    "调整到|调整为|改|改成|改为|变为|换成|做一个|做个|来一个|剪成|拼成|调为|剪辑成|控制在|设定为|调",
    "RESIZE": "缩短|延长|拉长|压缩|缩短到|延长到|缩短为|延长为|拉长到|缩短至|延长至|压缩到",
    "ADD": "加|加上|添加|加入|插入|配上|配|放上|叠加|增加|加个|加一个|添上|写上|打上|配个|来点|加点",
    "USE": "用|使用|采用|带|带有|带上|应用|播放",
    "REMOVE": "删除|删掉|去掉|移除|去除|删|拿掉|取消|删去|清除|关掉|不要了",
    "SHOW": "显示|展示|停留|出现|持续|播|呈现|显示时间",
    "SAY": "内容为|内容是|写着|写|叫|叫做|名为|内容",
    "MOVE": "放|移到|移动到|移至|放到|放在|挪到|移|移动|排到|移动至|挪|排在|摆到|提到",
    "SWAP": "交换|互换|对调|调换|对换|换位|交换位置|互换位置|调换位置|对调位置",
    "REVERSE": "倒序|反转|逆序|反过来|倒过来|颠倒|倒着排|倒序排列|倒序播放|反序|反向排列",
    "LENGTH": "时长|长度|总长|总长度|总时长|总共|一共|全长|视频时长|视频长度|片长|共|时间",
    "LONG": "长|总计|合计|这么长",
    "EACH": "每|每一|各|每个",
    "ALL": "所有|全部|全|整个|全体",
    "NEW": "新|新的|剩下的|其余的|其他的|剩余的|新上传的|新上传|新加的|新增的|其余|剩下",
    "MUTE": "静音",
    "FADE_OUT": "淡出|渐弱|淡出效果",
    "FADE_IN": "淡入|渐强|淡入效果",
    "FADE_BOTH": "淡入和淡出|淡入淡出|淡入及淡出",
    "CROSSFADE": "交叉淡化|交叉叠化|叠化|溶解|交叉溶解|淡化|交叉淡入淡出|交叉渐变|渐变过渡|淡入淡出转场|淡入淡出效果|淡入淡出的效果|淡入淡出过渡|淡化转场|淡化过渡|"
    "叠化转场|溶解转场|交叉淡化转场|交叉淡化过渡|叠化过渡",
    "SMOOTH": "平滑|柔和|流畅|自然|顺滑|丝滑",
    "CUT": "硬切|直切|直接切换|直接切|硬切换|跳切",
    "STATIC": "静止|静态|固定|不动|静止不动|保持静止",
    "KEN_BURNS": "肯伯恩斯|肯·伯恩斯|肯伯恩斯效果",
    "ZOOM_IN": "放大|镜头推近|镜头拉近|推近|推进|拉近|慢慢放大|缓慢放大|逐渐放大",
    "ZOOM_OUT": "缩小|镜头拉远|拉远|慢慢缩小|缓慢缩小|逐渐缩小",
    "PAN": "平移|摇镜|向|往",
    "FILL": "填满|铺满|充满|全屏|填满画面|铺满画面|铺满屏幕|填满屏幕|充满画面|占满",
    "BLUR": "模糊背景|背景模糊|虚化背景|背景虚化|模糊的背景|毛玻璃背景",
    "BARS": "黑边|黑条|留黑边",
    "CROP": "裁剪|裁切|裁掉|剪裁|被裁剪",
    "IN": "在|于",
    "FROM": "从|自",
    "TO": "到|至|成",
    "ON": "对",
    "FOR": "适合|适用于|用于|发到|发布到|发在",
    "AS": "作为|当作|当|做为|作",
    "BETWEEN": "之间",
    "BEFORE": "前面|之前|前",
    "AFTER": "后面|之后|后|以后",
    "AND": "和|并|与|及|以及|并且|还有|跟|同时|而且|但|但是|加之",
    "THEN": "然后|再|接着|之后再|随后|最后再|然后再|接下来",
    "START": "开头|最前面|最前|开始|片头|第一位|首位|最开头|最开始|开端|开场",
    "END": "末尾|结尾|最后面|片尾|末位|最末|结束|最末尾|尾部|最后一位|最尾|结束时|最后位置",
    "LAST": "最后|最后的|末",
    "WHOLE": "全程|整段|从头到尾|一直|始终|自始至终|整个过程|整个视频期间",
    "POSITION": "位置|第几|号",
    "HALF": "半",
    "PCT": "％|个百分点",
    "PCT_OF": "百分之",
    "FPS_UNIT": "帧|帧每秒|帧率",
    "ORD_MARK": "第",
    "FROM_LAST": "倒数",
    "NOT": "不要|别|不|不用|无|没有|不需要|不加|不想|不想要|不能|没|不必|不带|勿|请勿|禁止|不再|不使用|避免|不许|不得|不可以|无需",
    "CORRECTION": "不对|不是|说错了|更正|我是说|应该是|算了|搞错了|等等|哦不|改一下",
    "EXPORT": "导出|下载|输出|渲染|发给我|保存|导出视频|把视频发给我",
    "ACCOUNT": "积分|余额|状态|预览|上传照片|额度|积分余额",
    "BACKGROUND": "背景",
}

_SQUARE, _WIDE, _TALL = "1:1", "16:9", "9:16"

_PLATFORMS: dict[str, Platform] = {
    "youtube|yt|油管": "youtube",
    "bilibili|b站|哔哩哔哩|B站": "bilibili",
    "tiktok|tik tok": "tiktok",
    "douyin|抖音": "douyin",
    "reels|reel|reel for insta|reel for instagram|reel for ig|reels for instagram|reel on instagram|instagram reel|instagram reels|ig reels|insta reels|facebook reels": "reels",
    "shorts|youtube shorts|youtube short|yt shorts": "shorts",
    "story|stories|instagram story|instagram stories|ig story|ig stories": "stories",
    "instagram|ig|insta|instagram feed|instagram post": "instagram",
    "instagram square|square instagram|instagram square post|square instagram post": "instagram_square",
    "facebook|fb": "facebook",
    "pinterest|pin": "pinterest",
    "linkedin|linked in": "linkedin",
    "twitter|x.com|tweet|推特": "x",
    "snapchat|snap": "snapchat",
    "kuaishou|快手": "kuaishou",
    "xiaohongshu|rednote|red note|xhs|小红书": "xiaohongshu",
    "wechat channels|wechat channel|微信视频号|视频号": "wechat_channels",
}

VALUES: dict[str, dict[str, Any]] = {
    "UNIT": {
        "s|sec|secs|second|seconds|秒|秒钟": 1,
        "m|min|mins|minute|minutes|分|分钟": 60,
        "h|hr|hrs|hour|hours|小时|个小时|钟头": 3600,
        "ms|millisecond|milliseconds|msec|毫秒": 0.001,
    },
    "NUM": {
        "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
        "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
        "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fourty": 40,
        "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100, "couple of": 2,
    },
    "ORD": {
        "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10,
        "second to last|second last|next to last|last but one|penultimate": -2,
        "eleventh": 11, "twelfth": 12,
    },
    "SHAPE": {
        "square|square format|方形|正方形|方的": _SQUARE,
        "vertical|portrait|upright|vertical format|portrait mode|竖屏|竖版|竖着|纵向|竖": _TALL,
        "landscape|horizontal|widescreen|wide screen|landscape mode|横屏|横版|横向|宽屏|横": _WIDE,
    },
    "PLATFORM": dict(_PLATFORMS),
    "RES": {
        "full hd|fullhd|fhd|full-hd|全高清": "1080p",
        "ultra hd|uhd|超高清": "4k",
        "hd ready": "720p",
    },
    "PLACE": {
        "top|at the top|upper|top of|top center|top centre|top middle|顶部|上方|顶端|上面|上部": "top",
        "bottom|at the bottom|lower|bottom center|bottom centre|bottom middle|底部|下方|底端|下面|下部|下边": "bottom",
        "center|centre|middle|centered|centred|in the middle|in the center|中间|居中|中央|正中|正中间|中心": "center",
        "left|left side|on the left|左边|左侧|左": "left",
        "right|right side|on the right|右边|右侧|右": "right",
        "top left|upper left|top left corner|upper left corner|左上角|左上": "top_left",
        "top right|upper right|top right corner|upper right corner|右上角|右上": "top_right",
        "bottom left|lower left|bottom left corner|lower left corner|左下角|左下": "bottom_left",
        "bottom right|lower right|bottom right corner|lower right corner|右下角|右下": "bottom_right",
    },
    "COLOR": {
        "white|白色|白": "#ffffff", "black|黑色|黑": "#000000", "red|红色|红": "#ff0000", "green|绿色|绿": "#008000",
        "blue|蓝色|蓝": "#0000ff", "yellow|黄色|黄": "#ffff00", "orange|橙色|橘色": "#ffa500", "pink|粉色|粉红色": "#ffc0cb",
        "purple|紫色|紫": "#800080", "gold|golden|金色": "#ffd700", "silver|银色": "#c0c0c0", "gray|grey|灰色": "#808080",
        "cyan|青色": "#00ffff", "brown|棕色|褐色": "#a52a2a", "magenta|品红色": "#ff00ff", "navy|深蓝色": "#000080",
        "turquoise|绿松石色": "#40e0d0", "teal": "#008080", "lime": "#00ff00", "beige|米色": "#f5f5dc",
    },
}  # fmt: skip
"""Words that carry a value: seconds of a unit, numbers, shapes, platforms, places on the frame, CSS colours."""

_FOREIGN_WORDS = (
    "le la les des une un du avec et pour mes ces dans sur est pas que qui ou der die das und mit ein eine "
    "einen für von zu ist nicht meine diese aus bitte mach mache el los las con para una mis estas y en por "
    "del hacer haz il gli di che per della con queste mie fai crea um uma com para os as meus estas fazer faça "
    "het een van en met voor niet deze mijn maak se och med som av til og det jeg af på i w z na do dla moje "
    "te oraz stwórz bir bu için ile ve de secondes sekunden segundos secondi seconden diaporama durée vidéo"
)
FOREIGN = frozenset(_FOREIGN_WORDS.split())
"""Small, frequent words of other languages in Latin letters: how a sentence that is not English is told."""
