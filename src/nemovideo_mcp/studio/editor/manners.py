"""More of the table of words: looks, manners, motion, type, pieces and history. Only data.

These win over the words of `vocabulary` where both know one.
"""

from typing import Any


def _asked(word: str) -> str:
    who = "they were|it was|each photo was|every photo was|each picture was|each one was|the photos were|the pictures were|photos were"
    return "|".join(f"{word} {subject} taken" for subject in who.split("|"))


ENGLISH: dict[str, str] = {
    "FILM": "whole thing|entire thing|vid|vids|reel film|slide deck|photo video|picture video|clip show",
    "TOO": "too|way too|far too|a bit too|a little too|much too|not so|not that|not quite so|not as",
    "CAMERA": "camera|the camera",
    "RENAME": "rename",
    "COMES": "comes|come|goes|go",
    "EFFECTS": "effects|all effects|visual effects",
    "POLITE": "u|ur|yo|bro|dude|man|hey there|instead|as before|my friend|buddy|quickly please|if you don't mind|kind of|sort of|for now|just now|"
    "you know|hmm|um|uh|maybe you could|try to|we'll|i'll|i'm|gonna|wanna|let me|have|got|then also|additionally|furthermore|i think|"
    "i guess|this time|once|fix it|fix that|or so|is it possible to|it possible to|everything looks good|nice work|good job|both",
    "LOOKWORD": "filter|look|tone|color grade|colour grade|grading|grade|lut|tint|tones|treatment|color effect|vibe|feel|feeling|mood|"
    "atmosphere|touch|colors|colours|color|colour|theme",
    "TEMPLATE_WORD": "template|preset|package|style template",
    "MORE": "more|up|increase|boost|raise|higher|bump up|extra|stronger|add more|crank up|increased",
    "LESS": "less|down|lower|decrease|weaker|reduced|tone down|fewer|dial down",
    "RESETLOOK": "in colour|in color|coloured|colored|in full colour|in full color|reset the colours|reset the colors|original colors|original colours|natural colors|natural colours|reset the look|"
    "reset colors|reset filters|back to original colors|as photographed|reset the filters|normal colors|normal colours|undo the filter",
    "STRENGTH": "strength|intensity|amount|opacity",
    "TRANSITION": "transition|transition effect|scene change",
    "VARIED": "random|different|varied|mixed|various|variety of|mix of|all kinds of|randomly|diverse|assorted",
    "CUTWORD": "cut number|at cuts|at cut",
    "FADE": "fade|fades|fading",
    "OUT": "out",
    "FACE": "faces|face|people|person|subject|main subject|persons|subjects",
    "CONTAIN": "whole picture|whole photo|entire photo|entire picture|whole image|entire image|full photo|full picture|uncropped|"
    "fit to frame|fit the frame|fit inside the frame|no cropping|without cropping|show everything|fully visible|whole photos|entire photos|whole pictures",
    "AUTOFIT": "automatic fit|auto fit|default fit",
    "FOCUS": "focus on|focus|keep in view|centre on|center on|focal point|crop to|anchor",
    "BORDER": "bars|bar|borders|border|side bars|margins|frame border|sides|edges",
    "ACROSS": "across|horizontally",
    "DOWNWARD": "down vertically|vertically",
    "CAPTION": "caption|captions|label",
    "LOWER_THIRD": "lower third|lower thirds|name tag|nameplate|name bar",
    "END_CARD": "end card|end title|closing title|end credits|closing card|outro text|final title|end screen|credits|closing credits|"
    "ending text|closing text|end text|outro card|end message|final card|end cards|ending title",
    "SUBTITLE": "subtitle|subtitles|closed captions|subs|these subtitles",
    "ALLTEXTS": "all texts|all text|all the text|every text|all titles|all the titles|texts|all words|text style",
    "NUMBERING": "numbering|numbers|number the|number each|number all|number every|number them|photo numbers|a number|page numbers|counter",
    "FILENAME": "file name|filename|file names|filenames|their file names|its file name|its own file name|its name|its own name|their names|photo names|file name captions",
    "STROKE": "outline|outlined|stroke|contour|outlined in|with outline|text outline|dark outline|thin outline",
    "BOX": "plate|box|text box|plate of|text background|background box|banner|backing|boxed|background plate",
    "SIZE_TO": "text size|font size|type size|letter size",
    "ALIGNMENT": "text alignment|alignment|align|aligned",
    "ENTER": "entering by|entering|entrance|comes in|coming in|animate in|appearing with|enters",
    "LEAVE": "leaving by|leaving|goes out|going out|animate out|disappear|disappears|exit|leaves",
    "ANIMATED": "animated|animate|with animation|text animation",
    "FONTWORD": "font|typeface|typography|lettering|letters",
    "DUCKING": "duck|ducking|duck the|lower it when someone speaks|lower it under speech|softer under speech",
    "LOOP": "loop|looping|looped|loops",
    "ONCE": "play the music once|play once|only once|no loop|don't loop|without looping|no repeat|don't repeat",
    "SKIP": "skip|skip the first|start the song|start the music|begin the music|begin the song|music starts|music begins|song starts|"
    "music begins after|start music|begins after|the music starts",
    "OFSONG": "of the song|of the music|into the song|into the music|in the song|in the track|of the track|of it",
    "SOUND": "original sound|original audio|clip sound|video sound|video audio|clip audio|camera sound|sound of the video|"
    "sound of the clips|sound of the clip|sound of|sound|original sound of|own sound|audio of the video|clips' sound|videos' sound|audio from the video",
    "TIMES_UNIT": "x|times",
    "SPEED": "speed|playback speed|tempo|playback|pace",
    "SLOWMO": "slow motion|slowmo|slow-mo|slow mo|slowmotion",
    "TIMELAPSE": "timelapse|time lapse|fast forward|hyperlapse",
    "SHUFFLE": "shuffle|randomize|randomise|mix up|scramble|jumble|random order|shuffled|shuffle up|mix up the order|in a random order|random sequence",
    "SEED": "seed",
    "SORT": "sort|sorted|arrange|arranged|reorder|organize|organise|rearrange|order the|ordered",
    "NAME": "name|names|alphabetical|alphabetically|filename order|by file name|alphabetical order|by name|file name order|a to z|a-z|numerically",
    "UPLOADORDER": "upload order|by upload|upload time|order of upload|order they were uploaded|as uploaded|original order|order i uploaded",
    "DATE": "date stamp|date watermark|time stamp|timestamp|date label|date|date taken|capture date|time taken|date it was taken|date they were taken|exif date|date of capture|shooting date",
    "WHEN": _asked("when"),
    "WHERE": _asked("where")
    + "|location|location name|place name|the place|its place|place of capture|shooting location|city name",
    "DATE_PLACE": "date and place|date and location|place and date|location and date|dates and places|dates and locations|"
    "when and where|" + _asked("when and where"),
    "BYDATE": "by date|by date taken|by capture date|by time taken|by exif date|by when they were taken|chronological|"
    "chronologically|chronological order|by the date|by time|in the order they were taken|order they were taken",
    "NEWEST": "reverse chronological|reverse chronological order|in reverse chronological order|newest first|newest photos first|newest pictures first|latest photos first|latest first|most recent first|newest to oldest|from newest to oldest|newest",
    "OLDEST": "oldest first|oldest photos first|oldest pictures first|earliest first|oldest to newest|from oldest to newest|oldest",
    "DESCENDING": "descending|descending order|in descending order|reverse alphabetical|z to a|z-a|backwards",
    "ASCENDING": "ascending|ascending order|in ascending order",
    "KEEP": "keep|leave|retain",
    "ONLY": "only|just the|nothing but|only the",
    "EXCEPT": "except|except for|all but|apart from|other than|excluding|but not|everything but|everything except|save for|excluded",
    "EVERYTHING": "everything|all of it|everything else",
    "REST": "rest|others|other ones|other photos|other pictures|remaining|remaining ones|remaining photos|rest of|rest of them|other",
    "EVERY_OTHER": "every other|alternate",
    "ODD": "odd|odd numbered|odd-numbered",
    "EVEN": "even|even numbered|even-numbered|every second|every 2nd",
    "DUPLICATE": "repeat|duplicate|copy|double up|show again|duplicate of",
    "REPLACE": "replace|substitute|swap out|exchange for",
    "SPLIT": "split|cut in two|cut in half|split in two|divide|split in half|cut into two|halve",
    "TRIMWORD": "trim|cut|cut off|shave|crop the length|chop",
    "OFF": "off|away",
    "BESIDE": "together on one screen|on one screen|on the same screen|in one frame|side by side|next to each other|beside each other|next to|beside|split screen|side-by-side|one next to the other|pair|pair up|together on screen|diptych",
    "UNPAIR": "unpair|take apart|no split screen|no longer side by side|not side by side|separate the pair|stop pairing|unpaired|separate again",
    "UNDO": "undo|revert|undo that|undo it|take that back|take it back|roll back|step back|reverse that|go back|undo this|go back one step|undo the last change",
    "REDO": "redo|redo that|redo it|undo the undo|bring it back",
    "START_OVER": "go back to the original|back to the original|original version|first version|start over|start from scratch|start again|begin again|reset everything|reset the film|reset the video|reset it all|clear everything|"
    "from scratch|reset all|undo everything|undo all|discard everything|wipe everything|start fresh",
    "BACK_BEFORE": "go back to before|back to before|restore before|revert to before|how it was before|the way it was before|undo back to before|as it was before",
    "BACK_TO": "go back to|back to|restore|return to|revert to|roll back to|restore to|recover|go to",
    "VERSION": "version|revision|v",
    "POSTER": "poster|poster image|thumbnail|thumbnail image|cover image|cover picture|still image",
    "OVERLAY": "overlay|overlaid|superimpose|superimposed|overlay image|image overlay",
    "CLEAR": "transparent|transparency|see through|see-through",
    "WIDTH": "width|wide|of the width|of the frame width|of its width",
    "CORNER": "corner|corners",
    "STEP": "step|steps|change|changes|edit|edits|thing|action|last change|time|times back",
    "BEATS": "cut to the beat|cut on the beat|cuts on the beat|cuts to the beat|cuts on beat|cuts on the beats|cuts to the music|cuts to the rhythm|cut on beat|cut to the music|cut to the rhythm|sync the photos with the music|sync the photos to the music|sync the cuts to the music|sync with the music|on the beat|to the beat|beat|beats|beat sync|beat-synced|to the rhythm|with the music beat|sync to the music|match the beat|on beat|to the music",
    "LATER": "sticker|emoji|voice|gradient|grid|collage|picture in picture|white balance|pip|"
    "confetti|sparkles|particles|snow effect|rain effect|lens flare|green screen|chroma key|mask|countdown|timer|progress bar|map|"
    "stabilize|stabilise|denoise|hdr|3d|rotate|rotation|mirror|flip horizontally|tilt|shake|qr code|hashtag",
    "CLOUD": "ai|ai generated|ai-generated|voiceover|voice over|voice-over|narration|narrate|narrator|lip sync|lip-sync|lipsync|"
    "translate|translation|dub|dubbing|background removal|talking head|avatar|text to speech|tts|"
    "deepfake|face swap|upscale|colorize|animate the faces|clone|remove the people|speech|generated music|ai music|ai voice|sing|sings|"
    "sing my name|singing|generate an image|generate images|generate a|generate music|cut out the background|"
    "remove the cat|remove the person|remove people|erase the|object removal|retouch|"
    "make her smile|make him smile|open their eyes|cartoon|anime|animate the photo|bring to life|dance|dancing|"
    "transcribe|transcription|auto captions|automatic subtitles|auto subtitles|speak|say hello|talk|talking|restore old|colourize|inpaint|"
    "outpaint|expand the image|generate",
    "GUARD": "if|unless|or|instead of|rather than|how|what|why|when|where|whether|who|under|less than|more than|at least|"
    "at most|up to|maximum|minimum|max|min length|no more than|no longer than|like|every third|than|while|pretend|minus|"
    "ago|cancel|how long|how many|nobody|not more than|something|anything|whatever|somehow|should i|which one|which photo",
    "FRAME_WORD": "frame|aspect ratio|aspect|ratio|canvas|resolution|size|orientation|dimension|frame rate|shape|format for|video format|quality|px|pixels",
    "MUTE": "mute|silence|muted|silent|no volume",
    "ADD": "add|write|type|adding|insert|include|put in|append|add in|adding in|bring in|put|throw in|slap|stick|place|drop in|attach",
    "REMOVE": "remove|removing|delete|deleting|drop|take out|take away|take off|get rid of|erase|discard|cut out|lose|clear|strip|"
    "kick out|toss|turn off|disable|throw out|throw away|ditch|rid of|remove all|delete all|scrap|exclude|kill|leave out|leave off",
    "MAKE": "make|make it last|have it last|let it last|create|turn|turning|convert|converting|build|produce|set|change|transform|transforming|combine|"
    "compile|stitch|edit|get|give|adjust|making|creating|switch to|go for|lay out|assemble|put together|merge|modify|update|style|"
    "do|render as|format|reformat|turned into|made into|generate a video|crop it to|crop to",
    "RESIZE": "shorten|lengthen|extend|stretch|cut down|reduce|cut it down|resize|limit|bring down|cut the length|prolong|squeeze|trim it|trim it down",
    "MOVE": "move|shift|bring|send|relocate|drag|reposition",
    "MUSIC": "music|song|soundtrack|bgm|background music|background track|background song|audio|audio track|music track|tune|background audio|"
    "track|beats music|music bed|tunes|background tune",
    "INOUT": "in and out",
    "TITLE": "title|text|heading|headline|opening title|title text|words|title card|wording|intro title|intro text|opening text|title screen|main title|company name|brand name|channel name|slogan|tagline|motto",
    "IT": "it|this|this one|the thing|them|that|they|those ones|these ones",
    "NEW": "new|newly uploaded|new ones|other new|newly added|latest|missing|new photos|just uploaded",
    "ZOOM_IN": "zoom in|zooming in|zoom into|slowly zoom in|slow zoom in|zoom-in|zoom effect|zoom in effect|push in|zooms in",
    "ZOOM_OUT": "zoom out|zooming out|slowly zoom out|slow zoom out|zoom-out|pull out|zooms out|pull back",
    "STATIC": "static|still|stationary|hold still|stand still|motionless|not move|stop moving|frozen|freeze|keep still|stay still",
    "KEN_BURNS": "ken burns|ken burns effect|gentle motion|slow motion effect|subtle motion|camera motion|kenburns|ken-burns",
    "PAN": "pan|pan to|panning|pans|moving pan",
    "LOUDER": "louder|turn it up|loud|crank it up|turn up",
    "QUIETER": "quieter|less loud|turn it down|quiet|softly|more quiet|turn down",
}

CHINESE: dict[str, str] = {
    "TOO": "太|太过|过于|不要那么|不要这么|没那么|别那么|别这么|不那么",
    "SWAP": "换一下|换一下位置|换个位置|位置互换|换位置|互换一下|交换一下",
    "POLITE": "每秒|麻烦帮忙|给我来|咱们|我们|一点儿吧|看起来|看上去|整体|感觉|整个画面|搞|整成|那就|先|都要|都给|谢|辛苦|全都|全部都",
    "LOOKWORD": "滤镜|色调|调色|色彩|风格滤镜|质感|氛围|颜色|色",
    "LOUDER": "大声一点|响一点|大声点|大声|更响|太小声",
    "QUIETER": "小声一点|轻一点|小声点|小声|轻点|更轻|太大声|太响",
    "TEMPLATE_WORD": "模板|模版|预设|风格模板",
    "MORE": "多停|多停留|多显示|多放|太小|大一点|大点|再大点|调大|大一些|调大一点|增大|加一点|大些|调高一点|再大一点|增加|提高|加强|增强|更|调高|加大|提升|更多|多一点|高一点|高一些|强一点|多一些",
    "LESS": "太大|小一点|小点|再小点|调小|小一些|调小一点|小些|调低一点|再小一点|减少|降低|减弱|调低|弱一点|少一点|低一点|低一些|少一些|减小",
    "RESETLOOK": "还原色彩|还原颜色|恢复原色|原色|恢复颜色|重置滤镜|重置颜色",
    "STRENGTH": "强度|力度|程度|滤镜强度|不透明度",
    "VARIED": "随机|不同的|不同|多种|各种|多样的|多样|变化的|多种多样的",
    "TRANSITION": "过渡|转场|过渡效果|转场效果|切换效果|切换|转场时长|的转场时长",
    "CUTWORD": "切点",
    "FACE": "人脸|脸|主体|人物",
    "CONTAIN": "完整显示|完整展示|显示完整|不裁剪|不要裁剪|不要裁切|不裁切|别裁剪",
    "AUTOFIT": "自动适配",
    "FOCUS": "焦点在|焦点|对焦|聚焦|保留画面",
    "BORDER": "边条颜色|边条|边框|两边|两侧",
    "ACROSS": "横向",
    "DOWNWARD": "纵向",
    "CAPTION": "说明文字|说明|图注|配文|图说",
    "LOWER_THIRD": "人名条|名字条|下三分之一|姓名条",
    "END_CARD": "片尾文字|片尾标题|片尾字幕|结束语|片尾卡|结尾文字|结尾标题",
    "SUBTITLE": "字幕",
    "ALLTEXTS": "所有文字|全部文字|所有标题|全部标题",
    "NUMBERING": "编号|序号|标号|加编号|数字编号",
    "FILENAME": "文件名|照片名|文件名称",
    "STROKE": "描边|轮廓|描边颜色",
    "BOX": "底|底框|文字底色|文字背景|底色|背景框|底板",
    "SIZE_TO": "字号|字体大小|文字大小",
    "ALIGNMENT": "对齐",
    "ENTER": "入场|进场|出现方式",
    "LEAVE": "出场|退场",
    "FONTWORD": "字体|字体用",
    "DUCKING": "避让|音乐避让|自动压低",
    "LOOP": "循环|音乐循环|循环播放",
    "ONCE": "只播一次|音乐只播一次|不循环|不要循环|播放一次",
    "SKIP": "跳过歌曲前|跳过前|跳过|音乐从",
    "OFSONG": "歌曲的|歌曲里",
    "SOUND": "原声|视频原声|原声音量|视频声音|原视频声音|视频的声音|声音",
    "TIMES_UNIT": "倍",
    "SPEED": "速度|播放速度|速|节奏速度",
    "SLOWMO": "慢动作|慢镜头|慢放",
    "TIMELAPSE": "延时|快进",
    "SHUFFLE": "打乱|随机排列|随机顺序|乱序|打乱顺序|随机排序|洗牌",
    "SEED": "种子",
    "SORT": "排序|排列|整理|排一下|重新排列|重新排序|排",
    "NAME": "名称|按名称|按名字|文件名顺序|按文件名|文件名排序",
    "UPLOADORDER": "上传顺序|按上传顺序|原来的顺序|原顺序",
    "DATE": "日期|拍摄时间|拍摄日期|拍摄的日期|拍摄的时间|日期水印|时间水印|时间戳|拍照日期|拍照时间",
    "WHERE": "拍摄地点|拍摄的地点|地点|拍摄地|在哪里拍的|在哪拍的|拍摄位置|地名",
    "DATE_PLACE": "日期和地点|拍摄日期和地点|拍摄的日期和地点|拍摄的时间和地点|地点和日期|时间和地点|日期地点|拍摄时间和地点",
    "BYDATE": "时间顺序|按时间顺序|按日期|按时间|按拍摄时间|按拍摄日期|按照时间|按照日期|时间先后|按时间先后|按时间先后顺序|按拍摄先后|按拍摄日期顺序|按拍摄时间顺序",
    "NEWEST": "按时间倒序|时间倒序|按日期倒序|按拍摄时间倒序|最新的在前|从新到旧|由新到旧|新的在前|最近的在前",
    "OLDEST": "最早的在前|从旧到新|由旧到新|从早到晚|由早到晚|旧的在前",
    "DESCENDING": "降序|从后往前|从大到小",
    "ASCENDING": "升序|从小到大",
    "KEEP": "保留|留下|留着|保持",
    "ONLY": "只|仅|只要|只留|只有|仅仅",
    "EXCEPT": "除了|除外|除|以外|之外|除去",
    "EVERYTHING": "一切",
    "REST": "其余|剩下的|其余的|其他的|剩余的|剩下|其他|其它|其他照片|其余照片",
    "EVERY_OTHER": "每隔一张|隔一张",
    "ODD": "奇数|奇数张|单数张",
    "EVEN": "偶数|偶数张|双数张",
    "DUPLICATE": "复制|重复一遍|再来一张|重复",
    "REPLACE": "替换|替换为|替换成|换掉|替换掉",
    "SPLIT": "分割|拆分|切成两段|切成两半|分成两段|切开",
    "TRIMWORD": "截取|剪掉|裁掉|截掉|剪去",
    "BESIDE": "并排|左右并排|并排显示|放在一起|分屏|双屏|并列",
    "UNPAIR": "取消并排|不要并排|分开显示|拆开",
    "UNDO": "撤销|回退|上一步|撤回|取消上一步|撤销上一步|返回上一步|退回",
    "REDO": "重做|恢复撤销|取消撤销",
    "START_OVER": "重新开始|重来|从头开始|从头来|全部重来|清空|全部重置|重置",
    "BACK_TO": "回到|恢复到|还原到|退回到|返回|返回到|恢复|还原",
    "VERSION": "版本|版",
    "POSTER": "封面|封面图|海报|缩略图|封面图片",
    "CLEAR": "透明度|透明",
    "WIDTH": "宽度|宽|大小",
    "CORNER": "角落|一角",
    "STEP": "步|修改|操作|次修改|次",
    "BEATS": "卡点|踩点|跟着节奏|按节奏|跟节奏|跟着节拍|按节拍|节拍|节奏",
    "LATER": "贴纸|拼图|画中画|特效|倒放|旋转|镜像|防抖|降噪|进度条|倒计时|表情|绿幕|地图|弹幕|蒙版",
    "CLOUD": "人工智能|配音|旁白|翻译|口型|对口型|抠图|去背景|数字人|换脸|语音|朗读|生成图片|生成一张|"
    "智能生成|唱歌|跳舞|解说|换背景|动漫|卡通|美颜|修图|上色|变声|自动字幕|语音识别|生成|去掉路人|消除|唱|说话|让照片动起来|扩图",
    "GUARD": "如果|除非|或者|或|而不是|多少|什么|为什么|怎么|哪|不超过|至少|最多|以内|以上|以下|像|不少于|超过|每隔|代替|多长|几张|"
    "几秒|低于|高于|少于|多于|大于|小于|当时|假如|要是",
    "TITLE": "标题|文字|文本|片头标题|标题文字|片名|大标题|片头文字|字",
    "MUTE": "静音|关掉声音|没有声音|无声",
    "ZOOM_IN": "放大|镜头推近|镜头拉近|推近|推进|拉近|慢慢放大|缓慢放大|逐渐放大|放大效果",
    "MAKE": "做|做成|制作成|变成|转成|转换成|转为|转换为|制作|合成|弄成|弄|让|使|把|将|设为|设成|设置为|设置成|设置|调到|调成|"
    "调整到|调整为|改|改成|改为|变为|换成|做一个|做个|来一个|剪成|拼成|调为|剪辑成|控制在|设定为|调|修改|变为原来的|变成原来的|改为原来的|改成原来的|原来的|调整|更改为|更改|变|调得",
    "REMOVE": "删除|删掉|去掉|移除|去除|删|拿掉|取消|删去|清除|关掉|不要了|去掉所有|删除所有|撤掉|关闭",
    "CLIP": "照片|图片|相片|图像|图|张|幅|片段|张照片|张图片|张图|画面里|张的",
    "RESIZE": "缩短|延长|拉长|压缩|缩短到|延长到|缩短为|延长为|拉长到|缩短至|延长至|压缩到",
    "STATIC": "静止|静态|固定|不动|静止不动|保持静止|不要动",
    "MOTION": "动画|运动|缩放|移动效果|动效|运镜|动态效果|镜头运动|运镜效果",
}

_UP, _DOWN = 1.2, 1 / 1.2
LONGER, SHORTER, FASTER, SLOWER = 1.2, 1 / 1.2, 1 / 1.25, 1.25
"""Factors of a length: "longer" is a fifth more, "faster" plays in four fifths of the time."""
BIGGER = 1.3
"""The factor of a bigger type."""
SLIGHT, STRONG = 0.5, 2.0
"""What "a bit" and "much" make of a relative wish."""


def _manner(template: str | None = None, mood: str | None = None, filter: str | None = None) -> dict[str, str | None]:
    return {"template": template, "mood": mood, "filter": filter}


VALUES: dict[str, dict[str, Any]] = {
    "FILTER": {
        "black and white|b w|b & w|b and w|bw|black & white|monochrome|grayscale|greyscale|black n white|black white|mono|黑白|单色|黑白色|黑白滤镜|灰度": "black_white",
        "sepia|brownish|棕褐色|棕色调|棕褐色滤镜|茶色": "sepia",
        "warm|warm tone|warm colors|warm colours|golden hour|暖色|暖色调|暖色滤镜|暖调": "warm",
        "cool|cold|cool tone|bluish|冷色|冷色调|冷色滤镜|冷调": "cool",
        "vivid|vibrant|colorful|colourful|saturated|more colorful|鲜艳|鲜艳的|鲜艳滤镜|艳丽": "vivid",
        "faded|matte|washed out|褪色|褪色滤镜|哑光|淡雅": "faded",
        "noir|film noir|黑色电影|黑色电影滤镜": "noir",
        "no filter|without filter|no filters|without filters|remove the filter|remove filter|remove the filters|"
        "remove all filters|无滤镜|去掉滤镜|不要滤镜|取消滤镜": "none",
        "vintage filter|retro filter|old photo|old film|old photos|复古滤镜|老照片": "vintage",
        "cinematic filter|电影感滤镜": "cinematic",
    },
    "ADJ": {
        "brighter|bright|lighter|lighten|brighten|brighten up|亮一点|亮一些|更亮|亮点|明亮|调亮|提亮|变亮|调亮一点|亮": ("brightness", 0.2),
        "darker|dark|darken|dim|dimmer|暗一点|暗一些|更暗|暗点|调暗|变暗|调暗一点|暗": ("brightness", -0.2),
        "contrasty|punchier|高对比度": ("contrast", 0.2),
        "flatter|低对比度": ("contrast", -0.2),
        "more color|more colour|more colourful|more colorful|more saturated|鲜艳一点|鲜艳一些|更鲜艳": ("saturation", 0.2),
        "desaturated|desaturate|less saturated|less colorful|muted colors|muted colours|淡一点|素一点": ("saturation", -0.2),
        "warmer|暖一点|暖一些|更暖|暖点": ("warmth", 0.2),
        "cooler|colder|冷一点|冷一些|更冷|冷点": ("warmth", -0.2),
        "sharper|sharpen|crisper|crisp|锐化一下|更清晰|清晰一点": ("sharpen", 0.4),
        "blurry|blurrier|blurred|blur|out of focus|变模糊|模糊一点|模糊": ("blur", 0.4),
    },
    "PROP": {
        "brightness|exposure|亮度|曝光": "brightness",
        "contrast|对比度|反差": "contrast",
        "saturation|color saturation|colour saturation|饱和度|色彩饱和度": "saturation",
        "warmth|temperature|color temperature|colour temperature|色温": "warmth",
        "vignette|vignetting|dark corners|dark edges|暗角|晕影": "vignette",
        "sharpness|锐度|锐化|清晰度调整": "sharpen",
        "blur amount|模糊度": "blur",
    },
    "MANNER": {
        "upbeat|欢快|轻快": _manner("energetic", "upbeat"),
        "energetic|dynamic|lively|punchy|exciting|powerful|high energy|action packed|活力|动感|有活力|激情|动感的|带劲|劲爆|提神": _manner("energetic", "upbeat"),
        "fun|happy|happier|more cheerful|cheerful|joyful|playful|funky|快乐|开心|有趣|活泼": _manner("energetic", "happy"),
        "calm|calmer|more calm|gentler|relaxing|peaceful|chill|soothing|dreamy|relaxed|calming|ambient|mellow|平静|舒缓|轻柔|安静|宁静|放松|柔美": _manner("calm", "calm"),
        "lofi|lo-fi|lo fi|低保真": _manner(None, "lofi"),
        "cinematic|epic|dramatic|movie-like|film-like|hollywood|filmic|movielike|电影感|大片感|大片|史诗|史诗感|电影": _manner("cinematic", "cinematic", "cinematic"),
        "romantic|love|sweet|tender|浪漫|温馨|甜蜜|温情": _manner("romantic", "romantic", "warm"),
        "vintage|retro|nostalgic|old school|old-school|oldschool|antique|复古|怀旧": _manner("vintage", "acoustic", "vintage"),
        "corporate|business-like|professional|serious|clean|formal|slick|商务|专业|正式|商业": _manner("corporate", "corporate"),
        "acoustic|guitar|acoustic guitar|原声吉他|吉他": _manner(None, "acoustic"),
        "polished|better|nicer|prettier|more beautiful|awesome|amazing|more professional looking|fancy|fancier|stylish|elegant|"
        "cooler looking|pop|stunning|improve|enhance|spice up|jazz up|impressive|高级|精致|更好看|好看一点|好看点|更好|漂亮一点|美化|优化|精美|高级感|高大上": _manner("polished", "happy"),
    },
    "INTENSITY": {
        "slow|slowly|subtle|subtly|slight|lightly|slower motion|缓慢|慢慢|轻微|缓缓": 0.6,
        "fast|quick|quickly|strong|strongly|intense|snappy|rapid|bold|快速|强烈|剧烈|快": 1.6,
    },
    "DEGREE": {
        "a lil|lil|a tiny bit|a smidge|a bit|bit|a little|little|slightly|a touch|somewhat|a tad|tad|a little bit|稍微|略微|略|有点|一点|一点点|一些": SLIGHT,
        "much|a lot|way|lots|significantly|considerably|a whole lot|very much|far|大幅|很多|非常|特别|大大": STRONG,
    },
    "RELATIVE": {
        "too short|太短|longer|long longer|长一点|更长|长一些|长点|再长一点|再长点": ("length", LONGER),
        "太长|shorter|short shorter|短一点|更短|短一些|短点|再短一点|再短点": ("length", SHORTER),
        "太慢|faster|quicker|faster cuts|quicker cuts|speed up|speed it up|speed this up|pick up the pace|faster pace|speedier|快一点|更快|快一些|快点|加速|加快|再快一点|再快点": ("speed", FASTER),
        "太快|slower|slower cuts|slow down|slow it down|slow this down|slower pace|慢一点|更慢|慢一些|慢点|减速|放慢|再慢一点|再慢点": ("speed", SLOWER),
    },
    "TIMES": {
        "double|twice|twofold|两倍|一倍|2倍|翻倍|加倍": 2.0,
        "triple|three times|thrice|三倍": 3.0,
        "by half|一半|减半": 0.5,
    },
    "BIGGER": {
        "bigger|larger|enlarge|大一号|再大一号|更大|变大|再大一点|大字号": BIGGER,
        "smaller|tinier|小一号|再小一号|更小|变小|再小一点": 1 / BIGGER,
    },
    "SIZE_WORD": {
        "big|large|大字|大号|大大的|大大": 1.4,
        "huge|very big|very large|giant|enormous|超大|巨大": 2.0,
        "small|小字|小号": 0.7,
        "tiny|very small|微小": 0.5,
    },
    "LOGO": {
        "logo|logos|company logo|brand logo|brand mark|channel logo|logo image|标志|徽标|台标|角标|商标|标识|logo图|公司logo|公司标志|品牌logo|品牌标志": "logo",
        "watermark|watermarks|watermarked|watermarking|水印|加水印|打水印|打上水印": "watermark",
    },
    "OPAQUE": {
        "semi transparent|semi-transparent|semitransparent|half transparent|half-transparent|translucent|half opacity|半透明": 0.5,
        "faint|faintly|淡淡": 0.3,
        "opaque|fully opaque|solid|不透明": 1.0,
    },
    "FONT": {
        "serif|serif font|elegant font|classic font|宋体|衬线|衬线体|衬线字体": "serif",
        "sans|sans serif|sans-serif|sans font|sans serif font|modern font|helvetica|arial|黑体|无衬线|无衬线体": "sans",
    },
    "ANIM": {
        "typewriter|typewriter effect|typing effect|typed|打字机|打字机效果|打字效果": "typewriter",
        "rise|rising|rises|slide up|上升|升起": "rise",
        "fade animation|渐显|渐隐": "fade",
        "no animation|without animation|无动画": "none",
    },
    "ALIGN": {
        "left aligned|left-aligned|align left|aligned left|左对齐|靠左": "left",
        "right aligned|right-aligned|align right|aligned right|右对齐|靠右": "right",
        "center aligned|centre aligned|align center|center-aligned|居中对齐": "center",
        "auto aligned|自动对齐": "auto",
    },
    "FILM_FADE": {
        "fade to black|out to black|fades to black|fade out to black|fading to black|fade into black|淡出到黑|淡出到黑色|黑场结尾|渐黑|淡出至黑": ("out", "#000000"),
        "fade to white|out to white|fades to white|fade out to white|淡出到白|淡出到白色|渐白": ("out", "#ffffff"),
        "fade from black|in from black|fade in from black|fades in from black|fading in from black|从黑场淡入|从黑色淡入|黑场淡入|黑场开头|淡入黑场": ("in", "#000000"),
        "fade from white|in from white|fade in from white|从白色淡入|白场淡入": ("in", "#ffffff"),
    },
    "TKIND": {
        "wipe|wiping|wipes|擦除": "wipe",
        "slide transition|sliding|sliding transition|slide transitions|slide-in|slide over|slide effect|滑动": "slide",
        "slide up transition": "slide_up",
        "slide down transition": "slide_down",
        "push|pushing|push transition|推移|推入": "push",
        "cover|cover transition|覆盖": "cover",
        "circle|iris|circle transition|circle open|circle reveal|circle wipe|iris wipe|circular wipe|circular|圆形|圆形展开|圈出": "circle_open",
        "circle close|圆形收缩": "circle_close",
        "diamond|diamond open|菱形|菱形展开": "diamond_open",
        "diamond close|菱形收缩": "diamond_close",
        "clock|clock wipe|radial wipe|时钟|时钟擦除": "clock",
        "blinds|venetian blinds|百叶窗": "blinds",
        "blinds vertical|vertical blinds|垂直百叶窗": "blinds_vertical",
        "checker|checkerboard|棋盘|棋盘格": "checker",
        "doors|door|barn doors|doors open|开门": "doors",
        "doors vertical|垂直开门": "doors_vertical",
        "pixelate|pixelated|pixelation|pixel|mosaic|像素化|马赛克": "pixelate",
        "luma|luminance|luma fade|亮度渐变": "luma",
        "blur transition|blurry transition|blur transitions|模糊转场|模糊过渡": "blur",
        "dip to black|fade through black|fade black|闪黑|黑场过渡|黑场转场": "fade_black",
        "dip to white|flash|white flash|fade through white|fade white|闪白|白场过渡": "fade_white",
        "zoom transition|zoom transitions|zooming transition|zoom in transitions|zoom in transition|缩放转场|放大转场|推拉": "zoom_in",
        "zoom out transition|zoom out transitions|缩小转场": "zoom_out",
    },
    "PART": {
        "titles|title": "titles",
    },
    "PLACE": {
        "upwards|to the top|向上|往上": "top",
        "downwards|to the bottom|向下|往下": "bottom",
        "to the left|leftwards|leftward|from right to left|right to left|向左|往左|从右到左|从右往左": "left",
        "to the right|rightwards|rightward|from left to right|left to right|向右|往右|从左到右|从左往右": "right",
        "at the top left|in the top left|top left of|up left|to the top left|向左上": "top_left",
        "at the top right|in the top right|up right|to the top right|向右上": "top_right",
        "at the bottom left|in the bottom left|down left|to the bottom left|向左下": "bottom_left",
        "at the bottom right|in the bottom right|down right|to the bottom right|向右下": "bottom_right",
    },
}  # fmt: skip
del VALUES["PART"]
