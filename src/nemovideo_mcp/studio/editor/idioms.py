"""The table of words, third part: what is said in several words, or said otherwise than the two parts before have it. Only data.

These win over the words of `manners` where both know one.
"""

from typing import Any

from nemovideo_mcp.studio.editor.manners import FASTER, LONGER, SHORTER, SLOWER


def _shown(*ways: str) -> str:
    things = "them|it|everything|the photos|the pictures|the images|photos|pictures|each photo|every photo|all photos|all of them"
    return "|".join(f"show {thing} {way}" for thing in things.split("|") for way in ways)


ENGLISH: dict[str, str] = {
    "REST": "everything else|anything else|nothing else|all else|all the rest|the other stuff|other things|other stuff",
    "ONLY": "keep just|only keep just",
    "SKIP": "begin after|begin at|start after|starts after|should begin after|come in after|comes in after",
    "FINE": "is fine|are fine|is good|are good|is ok|is okay|are ok|is great|are great|is perfect|are perfect|looks fine|is alright|is nice|can stay|is lovely|works well",
    "HALF": "into two parts|into two pieces|in two pieces|into two halves|into halves",
    "LENGTH": "the time of|the time for|display time|showing time|time per photo|time each photo is shown",
    "NEW": "newly uploaded one|new one|new picture|new pictures|latest one|latest photo|one i just uploaded|ones i just uploaded|photo i just uploaded|photos i just uploaded|one i just added",
    "NOT": "w o",
    "USE": "w|wiht|wth|witht",
    "AND": "adn|nad|andd|annd",
    "FRAME_WORD": "of the screen|of the frame|on the screen|of the picture",
    "STEP": "tweaks|fixes|requests|small changes|quick changes|changes please|little things",
    "QUIETER": "softer|gentler|more softly|lower in volume|turn it down a notch",
    "RESAY": "should say|should read|needs to say|must say|has to say|to say|to read|should now say|should be called|ought to say",
    "BEFORE": "right before|just before|directly before|immediately before|straight before",
    "AFTER": "right after|just after|straight after|directly after|immediately after|right behind|directly behind",
    "CROSSFADE": "fade in between|fades in between|fade in between them|use fades|use simple fades|simple fades|just fades|nice fades|normal fades|regular fades|basic fades|plain fades|fade from one photo to another|fade from one picture to another|fade from one to another|fade from photo to photo|fade from picture to picture|fade from one image to the next|fade into each other|fade into one another|blend into each other|blend into one another|dissolve into each other|dissolve into one another|melt into each other|flow into each other|fade from one to the next|"
    "fade from one photo to the next|fade from one picture to the next|fade into the next|fade into the next one|dissolve into the next|blend together|melt together|fade one into the other|fade over into each other|blend into the next|crossfade into each other|fade softly into each other|fade smoothly into each other|fades into the next",
    "HALVED": "half as loud|half volume|half the volume|halve the volume|halve the music volume",
    "EACH": "eech|eahc|eatch|evry|evrey|apiece",
    "FONTLESS": "bold|boldface|italic|italics|underline|underlined|drop shadow|shadow|shadows|text shadow|cursive|handwritten|handwriting|calligraphy|comic sans|times new roman|gothic|script font",
    "VARIED": "mix|mix of different|a mix of|varying|all sorts of",
    "LOOP": "repeat the music|repeat the song|repeat the track|play on repeat|on repeat|keep the music going|keep the music playing|play the music in a loop|play in a loop|in a loop|play the song in a loop",
    "RESETLOOK": "go back to the original colors|go back to the original colours|back to the original colors|back to the original colours|go back to color|go back to colour|original color|original colour|put the color back|put the colour back|put the colors back|bring the color back|bring the colors back|bring back the color|bring back the colors|bring back the colour|back to color|back to colour|back in color|back in colour|in color again|in colour again",
    "BLUR": "blur behind|blurred copy behind|blur in the background|blurry version behind|blurred version behind|blurred photo behind|blurry edges|blurry sides|blur the sides|blur the edges|blur the bars",
    "MUSIC": "another song|another track|another tune|other music|some other music|other song|new music|new song|different music|different song|different track|another music|a different tune|piece of music|music piece|song choice|choice of music|music in the video",
    "CONTAIN": "don't cut off the heads|dont cut off the heads|don't cut off heads|don't cut the heads off|don't cut anything off|don't cut off anything|do not cut anything off|without cutting anything off|without cutting off anything|nothing cut off|nothing is cut off|don't crop the heads|don't cut off people's heads|don't cut off our heads|don't cut off any heads|"
    + _shown("completely", "fully", "whole", "in full", "entirely", "uncut", "in their entirety", "as a whole"),
    "FILL": "fill the whole screen|fill the entire screen|fill the whole frame|fill the entire frame|fill up the screen|fill up the frame|fill the full screen|fill my screen|cover the whole screen",
    "CUT": "cut straight|cut straight from one photo to the next|cut directly|cut straight to the next photo|cut from one photo to the next|cut straight to the next|cut directly from one photo to the next",
    "UNDO": "go back to the previous version|back to the previous version|previous version|go back to the last version|go to the previous version|restore the previous version|forget the last thing|forget the last change|forget the last one|forget that last change|forget what i just said|ignore the last thing|ignore the last change|scrap the last change|scrap that last change|undo what you just did|undo what you did|put it back|put it back how it was|put it back to how it was|change it back|set it back|go back to how it was|go back to the way it was|back to how it was|back to the way it was|undo my last change|undo the last step|undo the last edit",
    "END_CARD": "end with a card|ends with a card|end on a card|finish with a card|close with a card|end it with a card|end with a text card|end with a closing card",
    "BEATS": "in time with the music|in time to the music|in sync with the music|in sync with the beat|in rhythm with the music|in rhythm|match the music|match the beat|matches the music|matches the beat|with the beat|with the rhythm|to the beat of the music|on the beat of the music|with the beat of the music|to the rhythm of the music|sync to the beat|sync with the beat|sync the photos to the beat|sync the pictures to the beat|sync the cuts to the beat|sync photos to the beat|sync photos with the music|sync it to the music|sync it with the music|sync it to the beat|sync everything to the music|sync everything to the beat",
    "GENRE": "piano|jazz|jazzy|rock|rock n roll|hip hop|hip-hop|rap|classical|classical music|electronic|edm|techno|reggae|blues|funk|disco|violin|strings|sad|melancholic|scary|spooky|"
    "creepy|horror|country music|pop music|latin|christmas music|christmas songs|trap|indie|k-pop|kpop|salsa|punk|heavy metal|opera|drums|drum and bass|saxophone|harp|flute|ukulele|synth|synthwave|trending|viral|trending sound",
    "GUARD": "compared to|compared with|in comparison to|in comparison with|relative to|all the way|all the way down|all the way up|to the max|as possible|as much as possible|zoom in and out|zoom in and zoom out|zooming in and out|zoom in then out",
    "EXCEPT": "everywhere but|everywhere except|all of them except|them all except|every one except|all of them but|everyone but|bar",
    "AGAIN": "again|once more|one more time|a second time",
    "ENDWITH": "finish with|finishes with|close with|closes with|wrap up with|finish it with|finish off with|end off with|end it with|end it on|finish on",
    "STARTWITH": "begin with|begins with|open with|opens with|kick off with|start off with|start it with|start out with|start it off with",
    "DISLIKE": "i don't like|don't like|do not like|hate|i hate|dislike|not a fan of|don't love|can't stand",
    "SORTNAME": "alphabetical order|in alphabetical order|a to z order|a-z order",
    "SWAP": "switch places of|switch the places of|trade|trade places of|switch around|swap around|swap the order of|swap positions of|swap the positions of",
    "END": "closer|closing shot|closing picture|closing slide|final shot|last spot",
    "START": "frnt|fornt|opener|first shot|opening shot|opening picture|opening slide|opening one|very first one",
    "CLIP": "foto|fotos|pix|piccy|pictire|picure|snap|snapshot",
    "POLITE": "needed|necessary|required|anymore|any more|any longer|maybe|i'd like it if|it'd be nice if|it would be nice if|it would be great if|it would be cool if|would it be possible to|is there a way to|i'd love to have|i'd love to see|i would like to have|i'd like to have|i would like to see|i'd like to see|i want to have|we'd love|could you maybe|can you maybe|could you also|can you also|could you please|can you please|please also|"
    "go with|let's go with|how about|what about|i'd rather|i would rather|i'd rather have|rather have|quick one|quick question|one more thing|one thing|isn't it|isnt it|aren't they|don't you think|don't you|possibly|perhaps|potentially|any|if possible please|enough|is enough|will do|would be enough|should do|would be great|would be nice|would be perfect|thank you so much|thanks so much|so much|many thanks|much appreciated|appreciate it|shud|under it|under the video|underneath|underneath it|behind it|that's all|thats all|that is all|that's it|if that's ok|if that is ok|"
    "when you get a chance|whenever you can|real quick|super|totally|basically|honestly|literally|lol|haha|xd|tho|though|"
    "no worries|my bad|if u can|if that works|would love|i'd love|i'd love it if you could|i was wondering if you could|"
    "do you mind|would you mind|feel free to|i'll need|we'll need|i'd prefer|i prefer|prefer|gotta|need to|want to|have to|wants to|"
    "ready|by any chance|asap|amazing job|love it|i love it|looks great|looks good|that's great|cool thanks|awesome thanks|ta|"
    "don't worry|as a start|for starters|at the same time|while you're at it|oh and|oh",
    "NOISE": "sum|completely|entirely|hte|teh|th|feels|feels like|feeling|seems|seems to be|sounds|sounds like|so it is|so that it is|so it's|the whole thing in",
    "REMOVE": "throw|bin|trash|get rid|cut away|take down|do away with|rip out",
    "BECAUSE": "because|because of|cause|cuz|coz|since|as it is|as it's|given that|bc|b/c",
    "INSTEAD": "instead of|in place of|rather than",
    "PUBLISH": "post it|post this|post them|post|publish|publish it|publish this|upload it|upload this|upload it to|share it|share this|share|send it|send this|send this to|send it to|"
    "email it|email|tweet it|tweet|livestream|go live",
    "FOR": "fit|fit my|fit on|fits my|fits on|fitting|sized for|i'll post it|i will post it|we'll post it|going to post|gonna post it|gonna post|plan to post|planning to post it|want to post it|want to post this|"
    "want to share it|want to publish it|can post it|can share it|to post|to post it|to share|for posting|for posting it|for posting on|for upload|for uploading to|"
    "wanna post it|wanna post this|wanna post|so i can post it|that i can post|i can post|goes to|going to|going on|meant for|intended for|suitable for|optimized for|optimised for|made for",
    "EVERYTHING": "everywhere|all over",
    "UNCHANGED": "don't touch|do not touch|dont touch|as it is|as is|as they are|the same|unchanged|alone|untouched|as before|how it is|the way it is|as it was|same as before|same as now|like it is|like they are|where they are|where it is",
    "VIDEO_CLIP": "video clip|video clips|videos|moving clip|moving clips|video part|video parts|video footage|clips that are videos|video file|video files|video recording|video recordings",
    "LOWER": "further down|move down|lower down",
    "HIGHER": "further up|higher up",
    "SLOWZOOM": "zoom slowly in|zoom slowly into|zoom slowly in on|zoom gently into|zoom gently in on|zoom slowly on|slow zoom|slow zooms|subtle zoom|gentle zoom|slow zoom effect|subtle zoom effect|gentle zoom effect|slight zoom",
    "IT": "make that one|make that photo|make that picture|make that pic|make that image|make that clip|make that slide|that one|that photo|that picture|that pic|that image|this photo|this picture|this pic|this image|the same photo|the same one|that clip|this clip|that slide|same one",
    "TIME_WORD": "screen time|time on screen|on-screen time",
    "MORE": "bump|bump up the|up the|boost the|pump up|ramp up",
    "SHOW": "can we see|could we see|can i see|to see|to see more of|be up|stay up|stay up for|be up for|are up for|up for|be on screen|stay on screen|stays on screen|be shown|be visible|hang on|linger on|pause on|stay on|dwell on",
    "ADD": "ad sum|call it|call the video|call the film|call the slideshow|call this|name it|name the video|name the film|name the slideshow|title it|title the video|entitle it|ad a|ad an|ad the|ad some|ad text|ad title|ad music|at a title|overlay the text|jot down|set to play",
    "MAKE": "aim for|shoot for|mkae|maek|amke|mak|chnage|fix|spend|have it be|i'd make it|rework|put it in|have it in|bring it to|bring it down to|get it down to|get it to|take it to|keep it to|keep it at|cap it at|trim down to|cut down to|shrink it to|boil it down to",
    "SHUFFLE": "mix them up|mix it up|mix 'em up|mix those up|mix the photos up|mix up the photos|in any order|random shuffle",
    "REVERSE": "opposite order|in the opposite order|in opposite order|inverse order|the other way|play them backwards|show them backwards|play them in reverse|show them in reverse|run them backwards|backward|in reverse|last to first|from last to first|back to front|flip the order around|flip the order|turn the order around|the other way around|the other way round",
    "TIMES_UNIT": "times as",
    "OFF": "off|away|off of",
    "TOO": "a tad too|a little bit too|kinda too|kind of too|just too|really too|still too|waaay too|wayyy too",
    "CAPTION": "caption|captions|label|labels|captioned|photo captions|captioning",
    "MOTION": "bit of movement|some movement|movement|motions|camera moves|camera move",
    "PAN": "drift|drift to|drifts|glide|glide to|float|scroll|scroll to",
    "KEN_BURNS": "zooming and panning|panning and zooming|pan and zoom|pans and zooms|zoom and pan|zooms and pans",
    "FIRST": "frist|fisrt|firts",
    "LAST": "lsat|alst|lats",
    "MOVE": "moov|mvoe|moev|movve",
    "CLOUD": "write a poem|write me a poem|a poem|write a story|write a script|write lyrics|lipsynced|unblur|deblur|enhance faces|ai enhance|ai video|ai style|ghibli|ghibli style|pixar|pixar style|claymation|cartoonify|cartoonize|anime style|avatar of me|"
    "come alive|come to life|blink|smile|wave|open her eyes|open his eyes|close your eyes|make me look|thinner|slimmer|younger|older|face lift|smooth my skin|smooth skin|"
    "skin smoothing|remove wrinkles|wrinkles|acne|pimples|red eyes|red eye|swap faces|swap our faces|swap the faces|replace the sky|change the sky|sky replacement|"
    "extend the picture|fill in the background|restore the photo|restore the old photo|restore the photos|colourise|colorise|noise reduction|remove the noise|text-to-video|"
    "text to video|image to video|img2vid|text to image|speech to text|what they say|what is said|from the speech|spoken words|subtitles from the audio|"
    "subtitles for the speech|transcript|voice clone|my voice|robot voice|read it out|read it aloud|read aloud|read the title aloud|say it out loud|"
    "blur the faces|blur faces|blur out the faces|blur her face|blur his face|blur the face|blur the license plate|super resolution|upscaled|upscaling|upscale",
    "LATER": "glitch|vhs|film grain|grain|light leaks|light leak|fireworks|fireflies|hearts|heart|snow|rain|sparkle|bokeh|neon|speech bubble|speech bubbles|emojis|gif stickers|stickers|arrow|arrows|"
    "fps counter|subscribe button|like button|sound effects|sound effect|sfx|whoosh|applause|cheering|camera shutter|shutter sound|drone|boomerang|reverse the audio|split the audio|"
    "tilt shift|fisheye|mirrored|flipped|flip|crop out|straighten|straighten the horizon|de-noise|remove noise|stabilization|stabilised|stabilized|360|vr",
}

CHINESE: dict[str, str] = {
    "BORDER": "边上|旁边|四周|周围|两边|两侧|上下两边|左右两边|边条颜色|边条|边框|四边",
    "UNKNOWN": "投影仪|投影机|投屏|的地方|的时间点|名字|公司名字|公司名|店名|店的名字|姓名|人名|重点|分钟数|全景|全家福|全身|全家|大小姐|上新|新人|新品|新娘|新郎|新年|新家|新店|新房|新生|大家庭|好友|好评|中秋|中学|中国|上海|上学|下课|下班|下雪|下雨|对象|对联|过年|过期|会议|会员|会场|有人|有狗|有猫|里程|地点名|为什么|以为|以前|以后再说|来宾|去年|能量|首饰|首页|首都|种类|位于|字母|字典|图书|图案|图纸|水彩|白酒|白云|黑板|黑人|红包|红酒|红烧|绿植|绿茶|蓝天|黄河|黄山|金鱼|快递|快餐|快手号|慢性|长辈|长城|长沙|短袖|大学|大使|大爷|大妈|小学|小吃|小姐|小店|小区|小伙|小红|小明|高中|高铁|高考|低价|多肉|少年|强者|弱者",
    "BESIDE": "合并到一个画面|合到一个画面|合并成一张|合成一张|拼成一张|合在一起|合到一起|同时放|同时出现|同时显示|一起放|一起出现|一起显示|放一起|同屏|一左一右|左右各一张|一边一张|各占一半|拼在一起|拼一起|放到一起|放一个画面里|放一个画面|放在一个画面里|放在一个画面|一个画面里|同一个画面|并排|左右并排|并排显示|放在一起|分屏|双屏|并列|并排放|左右放",
    "INSTEAD": "顶上|顶替|替上|来顶上|代替|替代|取代|来代替|而不是",
    "REPLACE": "换|换首|换一首|换个|更换",
    "USE": "选|选用|选择",
    "FIRST": "首张|首图|首个",
    "MAKE": "补|弄对|调对|改对|设对|弄合适|调合适|适配一下|适配|搞对|弄好|调好|填上|填充|填补|补上|填满空白|开到|开成|拉到|推到|打到",
    "FILM": "风景片|宣传片|纪录片|纪念片|生日片|婚礼片|婚礼视频|生日视频|mv视频|合集|集锦|混剪|影集|纪念册|回忆录|小视频|小短片|小片子|vlog视频",
    "LACKS": "不够|不太|不怎么|不是很|不大|还不够|不是太",
    "EACH_IN_TURN": "分别|依次|按顺序|挨个",
    "MOMENT": "的时候|时候|那一下|那会儿|的那一刻|的瞬间|衔接处|交接处|衔接的地方|交接的地方",
    "BARS": "白边|空边|留空|空白边|空着的边|黑边|黑条|留黑边|留空边|留白边|两边黑的|上下黑的|上下留黑边|上下黑边|左右黑边|两边留黑边",
    "VARIED": "不一样的|不一样|不重样|各不相同|各不一样|换着来|轮着来|换着用|随机|不同的|不同|多种|各种|多样的|多样|变化的|多种多样的|花样多一点",
    "CAPTION": "取个名|取名|起个名|起名|起个名字|取个名字|标签|小标签|说明文字|说明|图注|配文|图说|注释|小字",
    "ONCE": "放完一遍|放一遍就停|播完一遍|只放一遍|只播一遍|放一遍就行|只放一次|只循环一次|只播一次|音乐只播一次|不循环|不要循环|播放一次",
    "NOT": "别再|不要再|甭|甭再|莫|莫要|别给我|不要给我|别搞|别弄|别整",
    "LONG": "长|总计|合计|这么长|久",
    "GUARD": "是不是|有没有|是否|多大|多久|不要超过|别超过|不能超过|不可以超过|不得超过|不要多于|别多于|最多|至多|顶多|最长|之内|内",
    "FINE": "不错|挺好|很好|没问题|可以的|很棒|挺好的|很好看|挺好看",
    "FADE_OUT": "慢慢变小|逐渐变小|渐渐变小|慢慢减弱|逐渐减弱|慢慢消失|渐渐消失|慢慢淡出|逐渐淡出",
    "FADE_IN": "慢慢变大|逐渐变大|渐渐变大|慢慢淡入|逐渐淡入",
    "QUIETER": "再小声一点|再小声点|再轻一点|再轻点|再小点声|声音太大|音量太大|声音大了|太吵|吵|声音有点大",
    "LOUDER": "再大声一点|再大声点|再响一点|再响点|声音太小|音量太小|声音小了|声音有点小",
    "ADD": "随便给个|随便给|随便来个|随便来首|随便来点|随便配个|随便配首|随便配|随便选个|随便选首|随便加个|随便放个|随便放首|随便找首|随便找个|给个|给首|给段|给来个|给来首|上面写|上面写上|上写|上写上|上面加|上面加上",
    "BEFORE": "前头|前边", "AFTER": "后头|后边",
    "NEW": "新传的|新发的|刚发的|后来传的|又传的|新加进来的|新拍的|刚又传的|刚上传的|刚才上传的|刚传的|刚加的",
    "AGAIN": "再来一遍|再放一遍|再出现一次|再显示一次",
    "CROP": "裁",
    "DISLIKE": "不喜欢|不太喜欢|讨厌|不好看|不太好看|难看",
    "TRANSITION": "切换的时候|换图的时候|换照片的时候|图片切换|照片切换|切图|切图的时候|转场的时候|过渡的时候|过渡方式|转场方式|切换方式|衔接|照片衔接",
    "LOWER": "往下挪挪|往下移移|往下挪|往下靠|往下一些|往下点|往下一点|往下移一点|下移一点|往下挪一点|低一点的位置",
    "HIGHER": "往上挪挪|往上移移|往上挪|往上靠|往上一些|往上点|往上一点|往上移一点|上移一点|往上挪一点",
    "END": "快放完的时候|快结束的时候|快结束时|结束的时候|快完的时候|收尾的时候|最后的时候|末了|临近结束|快到结尾",
    "POLITE": "普通|普普通通|一般|搞定|弄完|搞完|放完|播完|结束掉|完事|讲完|细节|看细节|看清细节|看清楚|看得清|那里|这里|那块|那边|这块|这边|那儿|这儿|宁可|宁愿|干脆|索性|直接|自动|自己|统一成|尽量|尽可能|够了|就够了|足够|就够|够|就成|得了|呗|咯|喽|哟|呀|为好|来着|诶|呐|哒|滴|叭|欸|哎呀|哈哈|哈哈哈|嘻嘻|哈喽|嗨|亲亲|老铁|兄弟|姐妹|师傅|大佬|小编|客服|"
    "那种感觉|那种感觉的|那个感觉|的样子|那味儿|那个味|那个味儿|那味|快到了|马上就|快点弄|急急急|在线等|拜托了|辛苦啦|谢了|谢谢哈|谢谢啊|多谢哈|感谢|感激不尽|"
    "好吗|好不好|行么|可以不|可以么|成不|如何|怎么样|看看|看一下|瞧瞧|再说|差不多|上下|大致|大概其|估计|大约莫|将近|接近|也就|好听|好听的|动听|动听的|统一|统统|一律|就行|就行了|就可以|就可以了|就好|就好了|行|行吗|行不行|吧吧|谢啦|谢谢啦|麻烦了|辛苦了|亲|宝|老师|帮个忙|顺便|最好|的话|那种|这种|那样|这样|弄得|看着|的感觉|试试|试一下|"
    "能帮我|可不可以|可否|方便的话|我觉得|我感觉|觉得|其实|所以|因此|目前|现在|发现|咋|嗯|哎|唉|拜托|多谢啦|多谢了|一点点就好",
    "NOISE": "我传的|传的|我发的|发你的|给你的|我给的|我发给你的|我上传的|做个前后对比|做个对比|前后对比|形成对比|对比一下|一遍|一点的|掉|一句|一行|一句话|几个字|几张|一首|首|种",
    "BECAUSE": "因为|由于|毕竟|理由是|原因是",
    "PUBLISH": "发布|发出去|发给|分享给|分享到|上传到|发送给|发邮件|投稿",
    "FOR": "发布到|发到|发在|发朋友圈|发朋友圈用|发抖音用|想发|要发|用来发|发",
    "IT": "这一张|那张|那一张|同一张|刚才那张|刚那张|它俩|这张",
    "RESIZE": "砍|砍到|砍成|砍掉|剪到|剪短到|缩到|压到|减到|缩短成|剪短|剪短成|缩短|延长|拉长|压缩|缩短到|延长到|缩短为|延长为|拉长到|缩短至|延长至|压缩到",
    "REST": "后面的|后面几张|后几张|后面的照片|别的|其他东西|其他地方|其他内容|别的地方|其他的都|其它的|其余的都",
    "UNCHANGED": "不变|照旧|原样|保持原样|保持不变|不改|不要改|别改|不用改|不用动|维持不变|维持原样|照原样|不要变|别变|一样|不受影响|保留原样",
    "VIDEO_CLIP": "视频片段|视频素材|视频部分|那段视频|视频段|视频那段|视频那部分|动态片段",
    "TOO": "有点太|有些太|稍微有点太|有点儿太|过分|偏|有点|有些|有点儿|稍微有点|稍稍有点|显得太|显得有点",
    "MORE": "再长|多留|多待|再多停|再多|多给|多",
    "LESS": "再短|降|降一点|降一些|减|减去|减掉|少停|少留|少放|少显示|少",
    "CAMERA": "镜头|画面镜头",
    "STARTWITH": "先放|先播|先播放|先显示|先上|开头用|开头放|片头放|第一个放",
    "RESETLOOK": "彩色|彩色的|恢复原来的颜色|恢复彩色|变回彩色|还原成彩色|改回彩色|原来的颜色|恢复原来的色彩|恢复成彩色|还原色彩|还原颜色|恢复原色|原色|恢复颜色|重置滤镜|重置颜色",
    "START_OVER": "恢复到最初|回到最初|恢复最初|回到最开始|恢复到最开始|恢复到最初的样子|回到最初的样子|恢复最初的版本|重新开始|重来|从头开始|从头来|全部重来|清空|全部重置|重置",
    "HALVED": "小一半|声音小一半|音量小一半|音量减半|声音减半|音量降一半|声音降一半|调小一半|音量调低一半|音量降低一半",
    "NUMBERING": "编上号|编号码|编个号|标上号|标上序号|标上数字|标序号|写上编号|写上序号|加上号码|加上编号|加上序号|标上编号|打上编号|编号|序号",
    "CONTAIN": "完整露出来|完整露出|露出全部|全部露出来|完整地露出来|不要被裁掉|不要裁掉|别裁掉|不要被裁|别被裁|不被裁掉|不要切掉|别切掉|不要被切掉|显示全|显示全部内容|完整地显示|完整呈现|全部显示出来|显示完全|不要被裁剪|完整显示|完整展示|显示完整|不裁剪|不要裁剪|不要裁切|不裁切|别裁剪",
    "GENRE": "钢琴|钢琴曲|爵士|爵士乐|摇滚|摇滚乐|嘻哈|说唱|古典|古典乐|古典音乐|电子乐|电音|流行|流行歌|流行音乐|民谣|古风|古筝|小提琴|悲伤|伤感|恐怖|抖音热门|热门|圣诞|戏曲|二胡|笛子",
    "BEATS": "踩着点切|踩着点|踩点切|跟着鼓点|卡着点|卡着节奏|卡着节拍|卡点切|跟着音乐节奏|跟着音乐的节奏|按音乐节奏|按音乐的节奏|按照音乐节奏|随着音乐节奏|随音乐节奏|根据音乐节奏|配合音乐节奏|跟着音乐|跟着音乐走|跟着节拍走|跟上音乐节奏|跟音乐节奏|跟上节奏|合着音乐",
    "AS": "按|按照|照着|依照|作为|当作|当|做为|作",
    "STEP": "遍|回",
    "MOVE": "放放|挪挪|移移|靠靠|提提|应该在|要在|得在|紧跟在|跟在|接在|挨着|摆在|插在|排在|搁在|搁到|紧接在|紧接着|移过去|移过来|移动过去",
    "WHOLE": "全程|整段|从头到尾|从头放到尾|从头播到尾|一直|始终|自始至终|整个过程|整个视频期间|全程都|一直都|从始至终",
    "LENGTH": "总时间|总的时间|整体时间|整体时长|全片时长",
    "ENDWITH": "结束用|以它结尾|压轴用|最后放|最后用|结尾用|结尾放|片尾放|片尾用|收尾用",
    "UNDO": "往回退|倒退|后退|退|往回撤|倒回|倒回去|退回去|退回来|撤回去|撤|恢复成刚才的样子|恢复到刚才的样子|恢复刚才的样子|恢复成之前的样子|恢复到之前的样子|恢复之前的样子|变回刚才的样子|变回之前的样子|改回刚才的|改回之前的|刚才那步不要了|上一步不要了|刚才的不要了|刚才那个不要了|刚才改的不要了|撤销刚才的|撤销刚刚的|撤销刚才|撤回刚才的|取消刚才的|取消刚才的修改|撤销上次|撤销上次的|撤销前面的|改回来|改回去|变回去|退回上一步|返回上一版|恢复上一步",
    "STATIC": "不要动效|不用动效|不加动效|没有动效|不要动态效果|不要动画|不要动画效果|不用动画|别动|不许动|不要动来动去|别乱动|不动的|静止的",
    "SHUFFLE": "顺序打乱|打乱照片|打乱一下|随机一下|随便排",
    "REVERSE": "顺序反过来放|顺序倒过来放|顺序反过来排|顺序倒过来排|顺序反过来播放|反过来放|倒过来放|反过来播|反过来排|倒过来排|倒序放|倒着排列|反过来播放|倒过来播放|倒着放一遍|倒着播放|倒着放|倒着播|倒着来|从后往前放|从后往前播|反着放|反着来|倒一下顺序|顺序反过来|顺序倒过来",
    "FILENAME": "照片的名字|图片的名字|照片名字|图片名字|照片的文件名|文件的名字|文件名|照片名|文件名称",
    "SHOW": "留给|停|停留时间|展示时间|播放时间|待|留",
    "ONLY": "就留|就要|只留下|只用|只放|只剩",
    "REMOVE": "删了|去了|不要啦|别要了|别要|不需要了|去除掉|剔除|撤下|拿走|弄掉|抹掉|剪掉|砍掉",
    "CLOUD": "写一首诗|写首诗|写诗|变年轻|变瘦|瘦脸|磨皮|去皱纹|祛痘|眨眼|微笑|笑一下|动起来|活起来|会动|修复老照片|老照片修复|上色|换天空|天空替换|换脸|配个音|读出来|念出来|朗诵|抠出来|抠像|抠人|抠|去人|"
    "识别语音|生成字幕|自动生成字幕|自动加字幕|说的话|转文字|清晰修复|超分|提升画质|画质增强|高清修复|去模糊|智能|背景换成|换个背景|把背景换|去掉路人|去路人|吉卜力|漫画风|手绘风|口播|音色|数字人",
    "LATER": "故障风|胶片颗粒|颗粒|漏光|烟花|爱心|下雪|雪花|下雨|闪光|音效|掌声|箭头|气泡|转圈|翻转|水平翻转|鱼眼",
}  # fmt: skip

VALUES: dict[str, dict[str, Any]] = {
    "PLACE": {
        "上头|上边|顶上方": "top", "下头|底下|最下面|最底下|最下方": "bottom", "正当中|当中|最中间": "center",
        "放下面|放在下面|放底部|放下方": "bottom",
        "放上面|放在上面|放顶部|放上方": "top",
    },
    "FILTER": {
        "小清新|清新|日系|文艺|小清新风|日系风": "faded",
        "sunset look|sunset tones|sunset colors|sunset colours|golden look|sunny look|warm look": "warm",
        "blackandwhite|black&white|b+w|b n w|bnw": "black_white",
    },
    "PERCENT": {"low volume|quiet volume|low level|小音量|低音量": 0.3, "full volume|maximum volume|max volume|最大音量|最大声|最大|最响|最高音量|拉满|最大的音量": 1.0},
    "RES": {"hd|in hd|high definition|高清": "1080p"},
    "TKIND": {
        "闪一下白|白闪|闪白光|闪一下白光|白光一闪|闪一道白光|白色闪一下": "fade_white", "闪一下黑|黑一下|黑闪|黑屏一下|黑场一下": "fade_black",
        "推走|推开|推着走|推过去|推进来|顶走|推出去|推着": "push", "滑进来|滑入|滑过去|滑出来|滑走|划过去|划走|滑过来|飞进来|飞入|移进来|滑出": "slide",
        "擦掉|擦过去|刷过去|抹过去|扫过去|擦过|擦出来|刷一下": "wipe", "圆圈|圆圈展开|圆圈扩散|圆圈打开|圆形打开|圈圈|圆形扩散": "circle_open",
        "时钟转|钟表|像时钟一样|像钟表一样|扇形|扇形展开": "clock", "对开门|像门一样打开|像开门一样|开门效果|双开门|左右打开": "doors", "像素|像素风|马赛克效果": "pixelate",
        "circle wipe|iris wipe|circular wipe|round wipe": "circle_open", "diamond wipe": "diamond_open", "swipe|swiping|swipes": "slide",
    },
    "PLATFORM": {
        "whatsapp status|whatsapp story|whatsapp|fb story|facebook story|facebook stories|phone wallpaper": "stories",
        "linkedin post": "linkedin",
        "facebook post|fb post|facebook feed": "facebook",
    },
    "DUR": {
        "a second long|about a second long|a second or so": 1,
        "a full second|one full second|a whole second|full second": 1,
        "quarter of a minute|a quarter of a minute|quarter minute": 15, "three quarters of a minute": 45, "half min|half a min": 30,
        "couple of minutes": 120, "one and a half minutes|a minute and half": 90,
    },
    "ADJ": {
        "压暗|弄暗": ("brightness", -0.2),
        "加亮|打亮|弄亮": ("brightness", 0.2),
        "太鲜艳|太饱和|太艳": ("saturation", -0.2),
        "亮一点点|亮一丢丢|再亮一点点|亮一丁点|调亮一点点": ("brightness", 0.1),
        "暗一点点|暗一丢丢|再暗一点点|暗一丁点|调暗一点点": ("brightness", -0.1),
        "暖一点点|再暖一点点": ("warmth", 0.1), "冷一点点|再冷一点点": ("warmth", -0.1),
        "鲜艳一点点|再鲜艳一点点": ("saturation", 0.1), "淡一点点|再淡一点点": ("saturation", -0.1),
        "dull|bland|dreary|lifeless|pale": ("saturation", -0.2),
        "太冷|偏冷": ("warmth", 0.2),
        "太暖|偏暖": ("warmth", -0.2),
        "low contrast|lower contrast|softer contrast": ("contrast", -0.2),
        "high contrast|strong contrast|stronger contrast|punchy contrast|higher contrast": ("contrast", 0.2),
        "boost the colours|boost the colors|boost colors|boost colours|colors pop|colours pop|richer colors|richer colours|"
        "stronger colors|stronger colours|bolder colors|bolder colours|颜色更鲜艳|颜色鲜艳一点|色彩鲜艳一点": ("saturation", 0.2),
    },
    "SHAPE": {
        "ultra wide|ultrawide|ultra-wide|cinemascope|cinema format|cinematic ratio|超宽屏|宽银幕": "21:9",
        "tall|taller|tall format|phone format|phone screen|phone sized|full phone screen|手机竖屏|竖的|竖着的|竖起来": "9:16",
        "wide format|wide screen format|tv format|for tv|for the tv|横着|横的|横过来": "16:9",
    },
    "FILM_FADE": {
        "start from black|starts from black|start with black|begin from black|begin with black|open from black|start on black|start in black|start black|begin in black|begins with black|从黑屏开始|黑屏开始|开头黑屏|从黑开始": ("in", "#000000"),
        "start from white|starts from white|start with white|begin from white|begin with white|open from white|start on white": ("in", "#ffffff"),
        "end in black|ends in black|end on black|ends on black|end with black|ends with black|end to black|finish in black|finish on black|end black|close to black|黑屏结束|以黑屏结束|结尾黑屏": ("out", "#000000"),
        "end in white|ends in white|end on white|ends on white|end with white|finish on white": ("out", "#ffffff"),
    },
    "RELATIVE": {
        "短一点点": ("length", SHORTER),
        "长一点点": ("length", LONGER),
        "快一点点": ("speed", FASTER),
        "慢一点点": ("speed", SLOWER),
        "up the pace|hurry it up|snappier|zippier|quicken|quicken it|quick up|节奏快一点|节奏快点|节奏加快|节奏快些|加快节奏|放快|快些|再快些": ("speed", FASTER),
        "slow it all down|slower paced|take it slower|节奏慢一点|节奏慢点|节奏放慢|放慢节奏|慢些|再慢些|放慢速度|减慢": ("speed", SLOWER),
        "lengthier|a longer time|linger|linger longer|stay a while|for longer|停久一点|久一点|再久一点|更久|长些|停留久一点|久些|久点|多停一会儿|多留一会儿|多待一会儿|多放一会儿|多显示一会儿|停一会儿|多停会儿|多停一下|一会儿": ("length", LONGER),
        "a shorter time|for less time|briefer|短些": ("length", SHORTER),
    },
    "MANNER": {
        "emotional|touching|heartfelt|sentimental|heartwarming|heart-warming|intimate|cozy|cosy|lovey|wedding-like|感人|动人|深情|抒情|暖心|温柔": {"template": "romantic", "mood": "romantic", "filter": "warm"},
        "like a wedding film|like a wedding video|like a love story|like a romance": {"template": "romantic", "mood": "romantic", "filter": "warm"},
        "like an old movie|like an old film|like an old home movie|like an old home video|like it's from the 70s|like it's from the 80s|like from the 70s|like from the 80s|old timey|old-timey|like a polaroid|老电影|复古风|怀旧风|胶片感|胶片风|港风|年代感|老照片的感觉|复古感": {"template": "vintage", "mood": "acoustic", "filter": "vintage"},
        "like a movie|like a film|like a real movie|like a movie trailer|like a film trailer|like a trailer|like in the movies|like a hollywood movie|inspiring|inspirational|motivational|uplifting|orchestral|"
        "grand|majestic|heroic|励志|震撼|大气|壮观|气势": {"template": "cinematic", "mood": "cinematic", "filter": "cinematic"},
        "like a music video|catchy|peppy|bouncy|groovy|fast paced|fast-paced|rhythmic|带感|节奏感强|有节奏感": {"template": "energetic", "mood": "upbeat", "filter": None},
        "happier|funnier|jollier|sunnier|merrier": {"template": "energetic", "mood": "happy", "filter": None},
        "livelier|peppier|catchier|zingier|more lively|interesting and fun": {"template": "energetic", "mood": "upbeat", "filter": None},
        "calmer|quieter mood|mellower|dreamier|gentler mood": {"template": "calm", "mood": "calm", "filter": None},
        "sweeter|cuter|cute": {"template": "romantic", "mood": "romantic", "filter": "warm"},
        "a film look|a movie look|a film feel|a movie feel": {"template": "cinematic", "mood": "cinematic", "filter": "cinematic"},
        "interesting|engaging|attractive|appealing|eye-catching|eye catching|spice it up|do your magic|work your magic|special|wow|more lovely|lovelier|快美化|更吸引人|吸引人|好看些|漂亮些|精彩|更精彩": {"template": "polished", "mood": "happy", "filter": None},
        "童趣|童真|俏皮|feel good|feel-good|cheery|joyous|joyfull|festive|喜庆|喜悦|欢乐|愉快|高兴": {"template": "energetic", "mood": "happy", "filter": None},
        "serene|tranquil|meditative|restful|zen|unobtrusive|comforting|安详|恬静|柔和的|悠扬|静谧": {"template": "calm", "mood": "calm", "filter": None},
        "folk|folksy|unplugged": {"template": None, "mood": "acoustic", "filter": None},
        "laid back|laidback|laid-back|easygoing|soft and calm|轻松|悠闲|治愈|安逸": {"template": "calm", "mood": "calm", "filter": None},
        "hype|hyped|party|lit|banging|热血|燃|嗨|热闹": {"template": "energetic", "mood": "upbeat", "filter": None},
    },
}  # fmt: skip
