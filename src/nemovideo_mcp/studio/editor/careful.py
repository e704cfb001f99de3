"""Careful Chinese, as a host's model writes it: its words, and turns that say the same as plainer ones.

`plainer` rewrites such turns, token by token, before clauses are told apart, as `formal` does for both languages: 将第三张图片的时长增加到8秒
sets a length, 其余位置的转场 are the other cuts, 从第1秒显示到第5秒 is a span. These words win over those of `formal`.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from nemovideo_mcp.studio.editor import manners
from nemovideo_mcp.studio.editor.tokens import Token, joined, kinds

ENGLISH: dict[str, str] = {}
CHINESE: dict[str, str] = {
    "NOISE": "确保|请确保|务必|务必确保|保证|以确保|以保证|确认|使得|从而|以便|现有|现有的|现在的|当前|当前的|目前的|已有|已有的|原有|原有的|已经|已上传|已上传的|我上传的|用户上传的|"
    "用户|用户希望|用户想|用户想要|用户要求|用户需要|用户觉得|用户认为|用户反馈|用户提到|客户希望|客户觉得|依次|逐一|逐张|按顺序依次|平均|首先|其次|进行|执行|同步地|方式|形式|模式|"
    "一定的|适当|适当地|适度|相应|相应地|对应|对应的|各自|所|精确|精确地|准确|准确地|严格|严格地|精准|副本|复制的图片|复制的照片|复制出的图片|其副本|连接|衔接|相连|即可|将会|仍|仍然|继续|整体上|风格的|样式|类型|进行播放|来|填充|画面内|画面里|镜头里|共计|设定|粗体|加粗|粗体字|加粗的|粗体的|醒目的|醒目|清晰的|处理|期间|期间内|播放期间|按顺序|按照顺序|任何|音量适中|最近的|最近|强度适中|速度适中|力度适中|适中",
    "POLITE": "平均分配时间|平均分配|均匀分配|时间平均分配|均分时长|平均分配时长|平均分配显示时间|平均分配显示时长|均匀分配时间|请帮我|请帮忙|请您|请先|请再|烦请|请为|请对|请在|请给|请把|感谢|最终",
    "STEP": "编辑|剪辑操作|编辑操作|剪辑",
    "BELOW": "以下|如下|下列|下面的|下述",
    "OWN": "其|它的|它们的|该图的|该照片的|该图片的|该张的|该片段的",
    "IT": "该图片|该照片|该图|该张|该张照片|该张图片|该片段|此图片|此照片|此张|这张图片|这张照片|这一张照片|这一张图片|这张图|那张图片|那张照片|该视频片段|其上|它上面",
    "BOTH": "两者|二者|两张都|这两张|这两张图片|这两张照片|两张图片都|两张照片都",
    "REST": "剩余|剩余的|余下|余下的|剩下的其他|其他所有|其余所有|所有其他|所有其余|其它所有",
    "THEN": "随后再|在此之后|之后再将|最后一步|接下来再|其后|紧接着|再将|再把",
    "AND": "并将|并把|并对|并为|并给|并让|并使|并且将|同时将|同时为|同时把|同时对|同时让|与此同时|以及将",
    "FRAME_WORD": "帧率|视频帧率|画布|画布比例|画布尺寸|视频比例|视频画幅|画面尺寸|视频尺寸|画面宽高比|视频分辨率|输出分辨率|输出比例|整个画面|整个屏幕|画面方向|视频画面|画面设置",
    "FOR": "适配|适应|适用于|以适配|以适应|用于发布到|用于在|适合在|适合发布到|适合发布在|用于|适合于",
    "PUBLISH": "发布到我的|发布至|直接发布|自动发布|直接发布到|直接上传到",
    "ONCE": "仅播放一次",
    "USE": "套用|运用|采取|施加|施加了|启用|选用|采用",
    "LENGTH": "总播放时长|视频总时长|整体时长|影片总时长|成片时长|全片时长|总体时长|全片总时长|影片时长|播放时长|展示时长|停留时长|显示时长|持续时间|持续时长|时间长度",
    "SHOW": "停留|显示|展示|持续显示|停留显示|播放显示|展示时间为|显示时间为|持续|定格|停驻",
    "TRANSITION": "图片切换时|照片切换时|图片之间切换时|图片切换|照片切换|图片切换时间|照片切换时间|每次转场|每个转场|每处转场|每一个转场|每一次转场|各转场|各个转场|每次过渡|每个过渡|画面切换|镜头切换|场景切换|切换方式|转场方式|转场动画|转场特效|过渡动画|切换动画|过渡方式|转场过渡|过渡转场|转场类型",
    "CROSSFADE": "交叉溶解转场|交叉溶解过渡|交叉溶解效果|交叉叠化转场|交叉叠化过渡|交叉叠化效果|叠化效果|溶解效果|溶解过渡|交叉淡化效果|交叉淡出淡入|柔和的交叉淡化|淡化效果|交叉淡入淡出转场|交叉淡入淡出效果|叠化转场效果|交叉淡化转场效果|交叉溶解转场效果|淡入淡出转场效果|淡入淡出的转场|淡入淡出的转场效果|渐变转场|淡入淡出的过渡|淡入淡出式转场",
    "CUT": "直接硬切|硬切转场|硬切方式|直接跳转|直接切换画面|直接衔接|无缝硬切|无转场直接切换",
    "MOVE": "移到|移动到|移至|移动至|置于|位于|居于|放置于|放置在|放置到|安放在|移动位置到|挪到|挪至|排在|排到|移往",
    "REMOVE": "移除掉|去除掉|全部移除|全部删除|全部取消|全部去掉|全部清除|不再需要|停用|不再显示|清空所有|移除所有|清除所有|取消所有",
    "ADD": "插入到|添加到|添加至|插入至|加入到|追加|追加到|新增|叠加|叠加显示|加上|附加",
    "BOX": "底色|背景底色|文字底色|底框|背景条|半透明底|底板",
    "TITLE": "片头标题文字|主标题|大标题|开场标题|开场文字|片头字幕|文字标题|文本标题|文案|文字内容|标题内容|标题文案|文字叠加|叠加文字|文字层|文字图层|标题卡",
    "CAPTION": "说明文字|图片说明|照片说明|文字说明|图片标注|字幕说明|照片标注|图片描述|底部说明|标注文字|注释|标注|说明标签",
    "LOWER_THIRD": "下三分之一字幕条|下三分之一字幕|下三分之一标题|字幕条|人名条字幕|底部字幕条|信息条|名条|下方三分之一字幕条",
    "END_CARD": "片尾卡片|片尾字卡|片尾文案|结束卡片|结束字幕|结尾字幕|片尾语|结尾语|片尾结束语|片尾画面|结束画面|片尾页|结尾卡片|尾卡",
    "ALLTEXTS": "所有标题和文字|所有文字和标题|全部文字内容|所有字幕和标题|所有文字内容|所有叠加文字",
    "NUMBERING": "数字编号|顺序编号|照片编号|图片编号|顺序号|页码|编号标注",
    "FILENAME": "文件名称标注|各自的文件名|对应的文件名|其文件名",
    "CONTAIN": "等比缩放|等比例缩放|保持比例缩放|按比例缩放|不被裁切|不会被裁切|不被裁剪|不会被裁剪|避免裁剪|避免裁切|避免被裁剪|避免被裁切|避免图片被裁剪|避免照片被裁剪|避免画面被裁切|不进行裁剪|不做裁剪|无裁剪|不裁剪画面|完整保留画面|完整可见|完整显示画面|完整显示每张图片|完整显示整张图片|"
    "适应画面|适应屏幕|适应画布|等比缩放适应|全部可见|完整呈现画面|完整展示画面|图片完整可见|不出现裁切|不得裁剪|不要被裁切|不要对图片进行裁剪|保持完整显示|完整保留|保持完整|不要裁切",
    "BLUR": "用模糊背景填充|模糊背景填充|背景模糊填充|模糊填充|高斯模糊背景|用模糊的背景填充|以模糊背景填充|模糊画面填充|模糊版背景|虚化背景填充|模糊放大的背景|填充模糊背景|填充模糊的背景|用模糊的画面填充|毛玻璃填充",
    "BORDER": "四周|周围|上下两侧|左右两侧|上下左右|空白处|空白区域|空白部分|留白处|留白部分|留白区域|多余区域|剩余区域|边缘空白|两侧空白|空白边缘",
    "FILL": "裁剪填满|裁剪填充|裁切填充|裁剪以填满|裁剪并填满|填充画面|填充整个画面|填充屏幕|填充满画面|铺满整个画面|铺满整个屏幕|填满整个画面|填满整个屏幕|铺满全屏|填满全屏|占满整个画面|占满屏幕|裁剪填满画面|裁剪填满屏幕|裁剪填满整个画面|裁切填满画面|覆盖整个画面|充满整个画面|充满屏幕|充满整个屏幕|铺满画布|填满画布|裁剪铺满|裁剪铺满画面",
    "SLOWZOOM": "缓慢放大|缓慢放大效果|缓慢推近|缓慢推进|缓慢推近效果|慢速放大|缓缓放大|缓慢的放大|缓慢的放大效果|缓慢的推近|缓慢的推近效果|缓慢拉近|缓缓推近",
    "ZOOM_IN": "推近效果|放大动效|推进效果|放大动画|镜头推进|推镜头|推镜|镜头推进效果",
    "ZOOM_OUT": "拉远效果|缩小效果|缩小动画|拉远动画|拉镜头|拉镜|镜头拉远效果|拉出",
    "PAN": "平移效果|平移动画|平移运镜|横移|摇移|平移镜头",
    "KEN_BURNS": "肯伯恩斯动效|肯·伯恩斯效果|肯·伯恩斯动效|肯伯恩斯动画|缩放平移效果|缩放和平移效果|缓慢缩放平移",
    "MOTION": "动画效果|运动效果|镜头运动效果|动态动画|缩放动画|动效效果|缩放效果|画面运动|画面动效",
    "STATIC": "保持静止|静止显示|静态显示|静态展示|不使用动效|不添加动效|不加任何动效|无动效|保持静态|静止不动|固定不动",
    "EFFECTS": "滤镜和调色|滤镜与调色|所有滤镜和调色",
    "RESETLOOK": "恢复原始颜色|恢复原始色彩|还原原始色彩|还原原始颜色|恢复为原始颜色|恢复为彩色|恢复原本的颜色|还原为原色",
    "UNCHANGED": "保持现状|不作改动|不做改动|不做修改|不作修改|不做任何修改|不做任何改动|不作任何改动|维持现状|不予改动|保持当前设置|保持原来的设置|保持原时长|保持原有时长|保持原始时长|维持原时长|时长保持不变|时长不变|保持原样不变",
    "BEATS": "与音乐节拍同步|和音乐节拍同步|跟音乐节拍同步|与节拍同步|与音乐节奏同步|与音乐同步|和音乐同步|卡点到音乐节拍|卡在音乐节拍上|卡在节拍上|与音乐节拍对齐|与节拍对齐|对齐音乐节拍|对齐节拍|匹配音乐节拍|匹配节拍|"
    "踩在节拍上|踩在音乐节拍上|按照音乐节拍|按照节拍|按音乐节拍|跟随音乐节拍|跟随音乐节奏|跟随节拍|配合音乐节拍|配合节拍|随音乐节拍|契合音乐节拍|与音乐节奏匹配|与音乐的节拍同步|和节拍同步|与音乐的节奏同步|根据音乐节拍|随节拍|与节奏同步|贴合音乐节拍|贴合节拍|卡点切换|节拍卡点|音乐卡点|卡点剪辑",
    "BESIDE": "并排显示在同一画面|左右并排显示在同一画面|显示在同一画面|放在同一画面|同屏显示|同屏并排显示|左右并排展示|并排展示|并排放置|左右分屏显示|分屏显示|左右分屏|并排显示在一个画面|并列显示|显示在同一屏|拼在同一画面",
    "SPLIT": "分割成两段|分割为两段|分割成两部分|分割为两部分|拆分成两段|拆分为两段|切分成两段|切分为两段|一分为二|切分|拆成两段|剪成两段|剪断|分成两部分",
    "TRIMWORD": "裁剪掉|剪裁掉|截取|截去|裁去|剪短掉",
    "DUPLICATE": "复制一份|复制一遍|复制一次|再复制一份",
    "SHUFFLE": "随机打乱|打乱为随机顺序|打乱播放顺序|随机打乱顺序|打乱所有图片的顺序|随机重排|随机播放顺序",
    "REVERSE": "顺序反转|顺序倒转|反转顺序|颠倒顺序|倒转|倒序排列|反转排列|按相反顺序|以相反顺序|相反的顺序|相反顺序|完全反转|倒序播放|整体倒序",
    "BYDATE": "按拍摄时间先后|按拍摄时间的先后顺序|按照拍摄时间|按照拍摄日期|按照拍摄时间顺序|按照拍摄时间先后|按照拍摄时间先后顺序|按照拍摄日期顺序|根据拍摄时间|根据拍摄日期|依照拍摄时间|按拍摄的时间|按拍摄的先后顺序|拍摄时间顺序|拍摄日期顺序|按拍摄时间升序|拍摄时间先后顺序",
    "NAME": "按照文件名|按照文件名称|按文件名称|根据文件名|按照名称|按文件名字|按照文件名顺序|文件名字母顺序|按文件名字母顺序",
    "NEWEST": "从最新到最旧|最新的排在最前|由近到远|从晚到早|由晚到早|从最近到最早",
    "OLDEST": "从最早到最晚|从最早到最新|最早的排在最前|从先到后",
    "SORT": "排列顺序|重新排列顺序|重新排序为|排序方式|进行排序|重新排列为|排序为|排列成|排列为",
    "UNDO": "撤销上一步操作|撤销上一次修改|撤销上一次编辑|撤销上一次操作|撤销刚才的修改|撤销刚才的操作|撤销最近一次修改|撤销最近一次操作|撤销最近的修改|撤回上一步操作|取消上一次修改|恢复到上一个版本|回退到上一个版本|回到上一个版本|恢复上一个版本|撤销前一步|撤销前一次修改|恢复到上一版",
    "REDO": "重做刚才撤销的操作|重做撤销的操作|重新应用撤销的操作|恢复刚才撤销的操作|恢复被撤销的修改|重做上一步|重做上一步操作",
    "START_OVER": "恢复到初始版本|恢复到最初版本|恢复初始状态|恢复到初始状态|还原到初始状态|撤销所有修改|撤销全部修改|撤销所有编辑|放弃所有修改|还原到最初版本|回到最初版本|回到初始版本|全部撤销|撤销所有操作|取消所有修改",
    "BACK_TO": "恢复至|还原至|回退到|回退至|回滚到|退回至",
    "BACK_BEFORE": "",
    "DUCKING": "自动降低音乐音量|自动压低音乐|自动压低背景音乐|自动降低背景音乐音量|人声避让|语音避让|避让人声",
    "LOOP": "循环播放音乐|音乐循环播放|背景音乐循环播放|循环至结束|循环播放至结束|循环播放直到结束",
    "OFSONG": "前奏|歌曲前奏|的前奏|音乐前奏",
    "SKIP": "跳过歌曲的前|跳过音乐前|跳过音乐的前|跳过歌曲开头的|跳过音乐开头的|跳过开头的|跳过开头|跳过前面的|跳过歌曲开头",
    "SOUND": "原声音频|原始声音|原始音频|原音|视频原音|片段原声|片段声音|视频音频|视频音量|片段音量|原视频音量|自带声音|自带音频|视频的音量",
    "VOLUME": "音乐音量|背景音乐音量|配乐音量|背景音量|播放音量|音量大小|音乐的音量",
    "MUSIC": "背景配乐|背景歌曲|音频轨道|音乐轨道|配乐音乐|轻音乐",
    "FONTLESS": "斜体|手写体|艺术字|书法字体|楷体|毛笔字|阴影|投影|下划线",
    "ENTER": "入场动画|入场方式|入场效果|出现动画|进入动画|进场动画|出现时|入场时|进场方式",
    "LEAVE": "消失|隐去|出场动画|退场动画|离场动画|消失动画|出场方式|退场方式|消失时|出场时|退场时|离场",
    "INOUT_ANIM": "出现和消失时|出现与消失时|入场和出场|入场与出场|入场和退场|入场与退场|进场和出场|进出场|出入场|入出场|出现和消失|出现及消失时|入场和离场",
    "CORNER": "角|一角|角落处",
    "OTHER_ONE": "前一张|上一张|前一个",
    "NEXT_ONE": "后一张|下一张|后一个",
    "RESPECTIVE": "分别",
    "ALIKE": "均|均为|都为|皆为|均设为|均设置为|均使用|皆",
    "SEED": "随机种子|种子数|随机种子数",
    "FROM": "由",
    "FOCUS": "焦点设在|焦点设为|焦点设置在|焦点设置为|焦点位于|焦点放在|焦点为|画面焦点|画面焦点设在|画面焦点在|焦点移到|裁剪焦点|裁剪焦点设在|裁剪焦点在|焦点对准",
    "BOTH_ENDS": "首尾|头尾|首尾两端|开头结尾|首尾处|开头和结尾处|首尾各",
    "AVOIDED": "以免|防止|免得|以防",
    "DIRECTION": "方向|运动方向|移动方向|滑动方向|转场方向|方向为|方向设为",
    "FPS_UNIT": "帧/秒|帧每秒",
    "EDGE_WHITE": "",
    "GENRE": "摇滚风格|爵士风格|古典风格|电子风格|嘻哈风格|民谣风格|流行风格|中国风|国风|爵士钢琴",
    "LATER": "飘雪|落雪|雪花飘落|飘落|粒子|光晕|镜头光晕|闪烁|抖动|水波纹|胶片划痕|老电影划痕|烟雾|动态贴纸|顺时针旋转|逆时针旋转|水平镜像|垂直翻转",
    "CLOUD": "抠除|抠图处理|语音解说|语音旁白|配音解说|旁白配音|识别语音|语音转文字|自动识别|生成旁白|生成配音|人像分割|背景替换|替换背景|更换背景",
    "POSTER": "视频封面|封面帧",
    "EXPORT": "导出为|导出成|导出最终视频|渲染导出|输出为|生成最终文件|导出成片",
    "VERSION": "版本号",
}  # fmt: skip
CHINESE = {kind: words for kind, words in CHINESE.items() if words}

_RIGHT = "从左向右|从左至右|自左向右|由左向右|由左至右|由左到右|自左至右|从左侧向右侧|从左侧到右侧|从左边到右边|向右侧|向右方|往右侧"
_LEFT = "从右向左|从右至左|自右向左|由右向左|由右至左|由右到左|自右至左|从右侧向左侧|从右侧到左侧|从右边到左边|向左侧|向左方|往左侧"
_DOWN = "从上向下|从上至下|从上到下|从上往下|自上而下|由上至下|由上到下|自上至下|由上向下|向下方"
_UP = "从下向上|从下至上|从下到上|从下往上|自下而上|由下至上|由下到上|自下至上|由下向上|向上方"
VALUES: dict[str, dict[str, Any]] = {
    "PLACE": {
        _RIGHT: "right",
        _LEFT: "left",
        _DOWN + "|底部居中|下方居中|底部中央|底部中间|下方中央|画面底部|画面下方|屏幕底部|屏幕下方|底部位置|画面最下方": "bottom",
        _UP + "|顶部居中|上方居中|顶部中央|顶部中间|上方中央|画面顶部|画面上方|屏幕顶部|屏幕上方|顶部位置|画面最上方": "top",
        "画面中央|画面正中|画面正中央|画面中心|画面中间|屏幕中央|屏幕中间|屏幕中心|正中央|居中位置|画面居中|水平垂直居中|居中显示|正中位置": "center",
        "画面左上角|屏幕左上角|左上角位置": "top_left",
        "画面右上角|屏幕右上角|右上角位置": "top_right",
        "画面左下角|屏幕左下角|左下角位置": "bottom_left",
        "画面右下角|屏幕右下角|右下角位置": "bottom_right",
        "向右上方|向右上角": "top_right",
        "向左上方|向左上角": "top_left",
        "向右下方|向右下角": "bottom_right",
        "向左下方|向左下角": "bottom_left",
        "画面左侧|屏幕左侧": "left",
        "画面右侧|屏幕右侧": "right",
    },
    "SIDES": {"白边|白色边框|白色边条|白色留边|白色背景|白色底|纯白背景": "#ffffff", "黑色边框|黑色边条|黑色背景|纯黑背景": "#000000"},
    "TKIND": {
        "黑场|黑场淡入淡出|淡入黑场|渐隐为黑|经黑场过渡|黑场切换": "fade_black",
        "白场|白场切换|白场转场|闪白转场": "fade_white",
        "圆形展开转场|圆形打开|圆形揭示": "circle_open",
        "推入转场|推移转场|推动": "push",
        "擦除转场": "wipe",
        "滑动转场|滑入|滑入转场|滑动切换": "slide",
        "覆盖转场": "cover",
        "百叶窗转场": "blinds",
        "像素化转场|马赛克转场": "pixelate",
        "时钟转场": "clock",
    },
    "PUSHED": {"左推": ("push", "left"), "右推": ("push", "right"), "上推": ("push", "top"), "下推": ("push", "bottom"),
               "左滑": ("slide", "left"), "右滑": ("slide", "right"), "上滑": ("slide", "top"), "下滑": ("slide", "bottom"),
               "左擦除": ("wipe", "left"), "右擦除": ("wipe", "right")},
    "FILM_FADE": {
        "黑屏淡出|淡出到黑屏|淡出至黑屏|淡出至黑|淡出到黑场|淡出至黑场|淡出至黑色|渐隐至黑|渐隐到黑|渐隐至黑色|渐变为黑色|渐变到黑色|淡出为黑色|淡出为黑场|逐渐淡出到黑色|淡出黑场|渐黑淡出|以黑场淡出|黑场淡出": ("out", "#000000"),
        "淡出到白场|淡出至白色|淡出至白场|淡出为白色|白场淡出": ("out", "#ffffff"),
        "黑屏淡入|黑场渐入|从黑场渐入|由黑场淡入|由黑色淡入|自黑场淡入|从黑屏淡入|从黑色渐入|从黑渐显": ("in", "#000000"),
        "从白场淡入|由白场淡入|由白色淡入|从白色渐入": ("in", "#ffffff"),
    },
    "ADJ": {
        "提亮画面|增亮|提升亮度": ("brightness", 0.2),
        "压暗画面": ("brightness", -0.2),
        "偏暖色|调暖|更暖一些|暖色一些": ("warmth", 0.2),
        "偏冷色|调冷|更冷一些|冷色一些": ("warmth", -0.2),
    },
    "PROP": {"色彩饱和度|颜色饱和度|画面饱和度": "saturation", "画面亮度|整体亮度": "brightness", "画面对比度|整体对比度": "contrast", "色彩温度|画面色温": "warmth",
             "暗角效果|四角暗角|边缘暗角": "vignette", "清晰锐度|锐化程度|锐化效果": "sharpen", "模糊程度|模糊效果": "blur"},
    "SHAPE": {"竖屏格式|竖屏比例|竖屏模式|竖版格式|竖向|竖屏视频": "9:16", "横屏格式|横屏比例|横屏模式|横版格式|横屏视频": "16:9", "方形画面|正方形画面|方形比例|方形格式|正方形比例": "1:1"},
    "ANIM": {"打字机动画|打字机动效|逐字打出|逐字出现|逐字显示": "typewriter", "上升动画|向上升起|上浮|上浮动画|由下升起": "rise", "淡入动画|淡出动画|渐显动画|渐隐动画|淡入淡出动画": "fade"},
    "FONT": {"宋体字体|有衬线字体": "serif", "无衬线字体|黑体字体": "sans"},
    "SIZE_WORD": {"较大|较大的|较大字号|大号字体|大尺寸": 1.4, "较小|较小的|较小字号|小号字体": 0.7},
    "EXPOSED": {"曝光过度|过曝|过亮|过于明亮": ("brightness", -0.2), "曝光不足|欠曝|过暗|过于昏暗|昏暗": ("brightness", 0.2)},
    "TIMES": {"两倍速": 2.0},
    "BIGGER": {"小字号|字号较小|字号偏小": 1 / manners.BIGGER, "字号较大|字号偏大": manners.BIGGER},
}  # fmt: skip
_STYLED = {
    words: value
    for words, value in manners.VALUES["MANNER"].items()
    if any("一" <= c <= "鿿" for c in words)
}
VALUES["MANNER"] = {
    "|".join(
        f"{word}{tail}"
        for word in words.split("|")
        if "一" <= word[0] <= "鿿" and not word.endswith(("的", "感", "点"))
        for tail in ("风格", "风格的", "氛围", "氛围的")
    ): value
    for words, value in _STYLED.items()
} | {"复古风格|复古风|怀旧风格": {"template": "vintage", "mood": "acoustic", "filter": "vintage"}}
"""复古风格 as 复古."""

_ENDS = ("COMMA", "STOP", "AND", "THEN", "CORRECTION", "BECAUSE", "PURPOSE")
Rule = Callable[[Sequence[Token], int, list[Token]], "tuple[list[Token], int] | None"]


def plainer(tokens: list[Token]) -> list[Token]:
    """The tokens of an instruction with careful Chinese turns as the plain ones that the grammar knows."""
    out: list[Token] = []
    at = _announced(tokens)
    while at < len(tokens):
        rules = _RULES.get(tokens[at].kind, ())
        found = next((found for rule in rules if (found := rule(tokens, at, out)) is not None), None)
        if found is None:
            out.append(tokens[at])
            at += 1
        else:
            out += found[0]
            at += found[1]
    return out


def _part(out: Sequence[Token]) -> list[Token]:
    """The tokens before in the same part, the nearest last."""
    found: list[Token] = []
    for token in reversed(out[-_NEAR:]):
        if token.kind in _ENDS:
            break
        found.append(token)
    return found[::-1]


def _rest(tokens: Sequence[Token], at: int) -> list[Token]:
    """The next tokens of the same part."""
    found: list[Token] = []
    for token in tokens[at : at + _NEAR]:
        if token.kind in _ENDS:
            break
        found.append(token)
    return found


_NEAR = 12
"""Tokens that a rule looks at on either side."""
_TELLING = frozenset(("DUR", "QUOTE", "PERCENT", "REF", "ORD", "RATIO", "FILE", "SONG", "TKIND", "COLOR"))


def _announced(tokens: list[Token]) -> int:
    """Where the order begins behind 请进行以下修改：."""
    for at, token in enumerate(tokens[:12]):
        if token.kind == "COLON" or (token.kind == "STOP" and token.text in ":\n"):
            said = {t.kind for t in tokens[:at]}
            return at + 1 if "BELOW" in said and not said & _TELLING else 0
        if token.kind in ("STOP", "COMMA"):
            break
    return 0


def _colon(tokens: Sequence[Token], at: int, out: list[Token]) -> tuple[list[Token], int] | None:
    """``统一调色：亮度降低10%``, ``制作竖屏短视频：总时长18秒``: what is announced is said behind the colon."""
    if not _chinese(tokens, at):
        return None
    said = {t.kind for t in _part(out)}
    follows = _rest(tokens, at + 1)
    heading = len(_part(out)) == 1 and bool(follows)
    if heading and said == {"LENGTH"} and follows[0].kind in ("EACH", "ALL", "REF", "ORD", "ORD_MARK", "FIRST", "LAST", "CLIP", "REST", "MAKE", "EXCEPT"):
        out.pop()
        return [], 1  # 时长：每张3秒
    if heading and said == {"MOTION"} and {t.kind for t in follows} & _MOTIONS:
        out.pop()
        return [], 1
    if heading and said & {"ORDER", "FRAME_WORD", "LOOKWORD", "STEP"} and follows[0].kind in ("MAKE", "REVERSE", "SHUFFLE", "MOVE", "SWAP", "FILL", "BLUR", "CONTAIN", "ALL", "REF", "ORD"):
        out.pop()
        return [], 1
    if said and said <= {"LOOKWORD", "FILTER", "MAKE", "ALL", "ALL_CLIPS", "CLIP", "FILM"} and follows and follows[0].kind in ("PROP", "ADJ"):
        while out and out[-1].kind not in _ENDS:
            out.pop()
        return [], 1
    if ("FILM" in said or "SHAPE" in said) and len(follows) > 1 and follows[0].kind in _ORDERS and not said & {"QUOTE", "TITLE"}:
        return [replace(tokens[at], kind="COMMA")], 1
    return None


_MOTIONS = frozenset("ZOOM_IN ZOOM_OUT PAN STATIC KEN_BURNS SLOWZOOM CAMERA".split())
_ORDERS = frozenset("LENGTH EACH MAKE ADD USE ALL ALL_CLIPS CLIP MUSIC TRANSITION FRAME_WORD CROSSFADE REMOVE DUR".split())


def _chinese(tokens: Sequence[Token], at: int) -> bool:
    return any("一" <= t.text[:1] <= "鿿" for t in (*tokens[max(0, at - 2) : at], *tokens[at + 1 : at + 3]))


def _first_seconds(tokens: Sequence[Token], at: int, out: list[Token]) -> tuple[list[Token], int] | None:
    """``前3秒``: the first three seconds."""
    if tokens[at].text == "前" and kinds(tokens, at + 1, "DUR") and kinds(out, len(out) - 1, "START"):
        out.pop()
        return [replace(tokens[at], kind="FIRST")], 1  # 在片头前3秒
    if tokens[at].text not in ("前", "后") or not kinds(tokens, at + 1, "DUR") or kinds(out, len(out) - 1, "END|START"):
        return None
    kind = "FIRST" if tokens[at].text == "前" else "LAST"
    return [replace(tokens[at], kind=kind)], 1


def _own(tokens: Sequence[Token], at: int, out: list[Token]) -> tuple[list[Token], int] | None:
    """``将其移到开头``: it; ``其亮度``: its."""
    here = tokens[at]
    if kinds(tokens, at + 1, _PROPERTIES):
        return None
    return [replace(here, kind="IT", text="它" if here.text == "其" else here.text)], 1


_PROPERTIES = "PROP|LENGTH|SHOW|LOOKWORD|FONTWORD|SIZE_TO|POSITION|VOLUME|SOUND|SPEED|STRENGTH|TITLE|COLOR|BACKGROUND|MOTION|ADJ|MUSIC|TRANSITION|ORDER"


def _in_it(tokens: Sequence[Token], at: int, out: list[Token]) -> tuple[list[Token], int] | None:
    """``在该照片上显示标题``: on it."""
    if tokens[at].text != "在" or not kinds(tokens, at + 1, "IT|OWN"):
        return None
    it = replace(tokens[at + 1], kind="IT")
    return [replace(tokens[at], kind="ON"), it], 2


def _position(tokens: Sequence[Token], at: int, out: list[Token]) -> tuple[list[Token], int] | None:
    """``位置移到画面顶部``, ``位置：左上角``: where it is said of is moved."""
    follows = next((i for i in range(at + 1, min(at + 5, len(tokens))) if tokens[i].kind not in ("MOVE", "MAKE", "COLON", "IN", "TO", "BE", "FRAME_WORD")), at)
    if tokens[at].text not in ("位置",) or not kinds(tokens, follows, "PLACE"):
        return None
    return [replace(tokens[at], kind="MOVE")], follows - at


def _last_of_all(tokens: Sequence[Token], at: int, out: list[Token]) -> tuple[list[Token], int] | None:
    """``最后每张照片停留2.5秒``, ``最后，将…``: lastly."""
    if tokens[at].text != "最后" or (out and out[-1].kind not in ("STOP", "COMMA", "AND", "THEN")):
        return None
    if kinds(tokens, at + 1, "COMMA"):
        return [Token("THEN", "最后", tokens[at].start, tokens[at].end)], 2
    if kinds(tokens, at + 1, "TRANSITION|MUSIC") and tokens[at].end != tokens[at + 1].start:
        return None  # 最后一个转场
    if kinds(tokens, at + 1, "EACH|MAKE|ADD|REMOVE|ALL|USE|MUSIC|TRANSITION|LENGTH|FRAME_WORD|ORD_MARK|ORD|FILM|IN") and not kinds(tokens, at + 1, "ADD", "QUOTE"):
        return [Token("THEN", "最后", tokens[at].start, tokens[at].end)], 1
    return None


_RAISED = ("增加", "延长", "提高", "提升", "减少", "缩短", "降低", "加长", "调高", "调低", "压缩", "拉长", "增至", "上调", "下调", "调大", "调小", "减小", "增大", "加")


def _changed_to(tokens: Sequence[Token], at: int, out: list[Token]) -> tuple[list[Token], int] | None:
    """``时长增加到8秒`` sets it; ``饱和度降低到80%`` leaves so much of it."""
    here = tokens[at]
    if not here.text.startswith(_RAISED) or not kinds(tokens, at + 1, "TO|MAKE"):
        return None
    if kinds(tokens, at + 2, "DUR"):
        return [replace(here, kind="MAKE")], 2
    if kinds(tokens, at + 2, "TIMES") and any(t.kind == "SPEED" for t in out[-4:]):
        return [], 2
    if kinds(tokens, at + 2, "PERCENT") and out and out[-1].kind == "PROP" and out[-1].value in _SIGNED:
        share = tokens[at + 2]
        less = here.kind == "LESS"
        if less and 0 < share.value < 1 or share.value > 1:
            return [replace(share, value=round(share.value - 1, 4))], 3
        return None if less else ([share], 3)
    return None


_SIGNED = ("brightness", "contrast", "saturation", "warmth")


def _fade_lasts(tokens: Sequence[Token], at: int, out: list[Token]) -> tuple[list[Token], int] | None:
    """``将结尾淡出延长至5秒``: the fade, not the film."""
    fades = any(t.kind in ("FADE_OUT", "FADE_IN", "FADE_BOTH", "FILM_FADE") for t in _part(out))
    if not fades or not kinds(tokens, at + 1, "DUR") or not tokens[at].text.endswith(("到", "至", "为", "成")):
        return None
    return [], 1


def _shown_span(tokens: Sequence[Token], at: int, out: list[Token]) -> tuple[list[Token], int] | None:
    """``从第1秒显示到第5秒``, ``从第2秒开始显示，到第6秒结束``: a span."""
    here = at + (1 if tokens[at].kind in ("FROM", "AT", "IN", "START_AT") else 0)
    if here == at and not (tokens[at].kind == "POINT"):
        return None
    if not kinds(tokens, here, "POINT|DUR"):
        return None
    first = tokens[here]
    end = here + 1
    while kinds(tokens, end, "SHOW|START|ON|USE|COMMA|ADD|MOVE") and end - here < 5 and not (tokens[end].kind == "COMMA" and not kinds(tokens, end + 1, "TO|POINT")):
        end += 1
    if not kinds(tokens, end, "TO", "POINT|DUR") or tokens[end + 1].value <= first.value:
        return None
    last = tokens[end + 1]
    used = end + 2
    while kinds(tokens, used, "END|SHOW|LEAVE") and used < end + 4:
        used += 1
    span = joined("SPAN", tokens[at : end + 2], (first.value, last.value))
    show = Token("SHOW", "显示", first.start, first.start)
    return [show, span], used - at


def _twice(tokens: Sequence[Token], at: int, out: list[Token]) -> tuple[list[Token], int] | None:
    """``动感（upbeat）``, ``缩小（拉远）``, ``白边（白色）``: the same in other words."""
    here = tokens[at]
    if not out or out[-1].end == here.start or out[-1].kind != here.kind or out[-1].value != here.value:
        return None
    return [], 1


def _made_of(tokens: Sequence[Token], at: int, out: list[Token]) -> tuple[list[Token], int] | None:
    """``将所有照片制作成一个30秒的竖屏视频``: what the film is made of, and then the film."""
    if tokens[at].text not in _MADE_INTO:
        return None
    part = _part(out)
    whole = bool(part) and {t.kind for t in part} <= {"MAKE", "ALL", "CLIP", "DET", "NEW", "IT", "NUM"} and any(t.kind in ("CLIP", "DET", "IT") for t in part)
    film = any(t.kind == "FILM" for t in _rest(tokens, at + 1)) or any(t.text in ("竖屏视频", "横屏视频") for t in _rest(tokens, at + 1))
    if not whole or not film:
        return None
    del out[len(out) - len(part) :]
    return [replace(tokens[at], kind="MAKE")], 1


_MADE_INTO = ("制作成", "做成", "合成", "剪成", "拼成", "剪辑成", "生成", "制成", "合成为", "转换成", "变成", "制作", "剪辑为", "制作为", "合并成", "合并为", "转成", "转换为", "转为")


def _other_cuts(tokens: Sequence[Token], at: int, out: list[Token]) -> tuple[list[Token], int] | None:
    """``其余位置的转场``: the other cuts."""
    here = at + 1
    while kinds(tokens, here, "POSITION|CLIP|BETWEEN|ALL"):
        here += 1
    if not kinds(tokens, here, "TRANSITION|CROSSFADE"):
        return None
    if any(t.kind == "UNCHANGED" for t in _rest(tokens, here)):
        return [tokens[at]], here + 1 - at  # 其余转场保持不变
    return [joined("OTHER_CUTS", tokens[at:here]), tokens[here]], here + 1 - at


def _other_photos(tokens: Sequence[Token], at: int, out: list[Token]) -> tuple[list[Token], int] | None:
    """``其余四张照片``: the others."""
    if kinds(tokens, at + 1, "NUM", "CLIP") and not tokens[at].text.isascii():
        return [tokens[at], tokens[at + 2]], 3
    return None


def _beside_before(tokens: Sequence[Token], at: int, out: list[Token]) -> tuple[list[Token], int] | None:
    """``在第3张与前一张照片之间``: before it."""
    other = at + 1
    if not kinds(tokens, other, "OTHER_ONE|NEXT_ONE"):
        return None
    end = other + 1 + (1 if kinds(tokens, other + 1, "CLIP") else 0)
    if not kinds(tokens, end, "BETWEEN"):
        return None
    part = _part(out)
    for i in range(len(part)):
        if part[i].kind == "IN":
            del out[len(out) - len(part) + i]
            break
    kind = "BEFORE" if tokens[other].kind == "OTHER_ONE" else "AFTER"
    return [joined(kind, tokens[at : end + 1])], end + 1 - at


def _pushed(tokens: Sequence[Token], at: int, out: list[Token]) -> tuple[list[Token], int] | None:
    """``左推``: a push to the left."""
    here = tokens[at]
    kind, way = here.value
    return [replace(here, kind="TKIND", value=kind), replace(here, kind="PLACE", value=way)], 1


def _words_in(out: list[Token]) -> bool:
    """Whether the sentence so far speaks of words on the screen, and of no photos behind them."""
    for token in reversed(out[-24:]):
        if token.kind == "STOP" or token.kind in ("CLIP", "ALL_CLIPS", "CONTAIN"):
            return False
        if token.kind in ("TITLE", "QUOTE", "CAPTION", "END_CARD", "FONTWORD", "LOWER_THIRD"):
            return True
    return False


def _sides(tokens: Sequence[Token], at: int, out: list[Token]) -> tuple[list[Token], int] | None:
    """``白边``: bars, and their colour."""
    here = tokens[at]
    if _words_in(out) or any(t.kind in ("TITLE", "QUOTE", "CAPTION", "END_CARD", "FONTWORD") for t in _rest(tokens, at)):
        return [replace(here, kind="COLOR"), replace(here, kind="BOX", value=None)], 1
    used = 2 if kinds(tokens, at + 1, "COLOR") and tokens[at + 1].value == here.value else 1
    while out and out[-1].kind in ("BORDER", "SHOW", "IN"):
        out.pop()
    return [replace(here, kind="BORDER", value=None), replace(here, kind="COLOR")], used


def _sorted_down(tokens: Sequence[Token], at: int, out: list[Token]) -> tuple[list[Token], int] | None:
    """``按文件名倒序排列``: sorted, the other way round."""
    by = any(t.kind in ("NAME", "BYDATE", "DATE", "UPLOADORDER", "FILENAME") for t in (*_part(out), *_rest(tokens, at + 1)))
    return [replace(tokens[at], kind="SORT"), replace(tokens[at], kind="DESCENDING")] and ([replace(tokens[at], kind="DESCENDING"), replace(tokens[at], kind="SORT")], 1) if by else None


def _both_ends(tokens: Sequence[Token], at: int, out: list[Token]) -> tuple[list[Token], int] | None:
    """``开头和结尾各淡入淡出2秒``."""
    if not kinds(tokens, at + 1, "AND", "END"):
        return None
    here = at + 3
    while kinds(tokens, here, "IN|AT|EACH|ADD|USE|MAKE|ON"):
        here += 1
    return ([], here - at) if kinds(tokens, here, "FADE_BOTH") else None


def _inout(tokens: Sequence[Token], at: int, out: list[Token]) -> tuple[list[Token], int] | None:
    """``出现和消失时都使用淡入淡出动画``."""
    fades = any(t.kind == "FADE_BOTH" or (t.kind == "ANIM" and t.value == "fade") for t in _rest(tokens, at + 1))
    if not fades:
        return [replace(tokens[at], kind="GUARD")], 1
    return [], 1


def _animated(tokens: Sequence[Token], at: int, out: list[Token]) -> tuple[list[Token], int] | None:
    """``淡入淡出动画``, ``打字机动画``."""
    return ([], 1) if kinds(out, len(out) - 1, "FADE_BOTH|FADE_IN|FADE_OUT|ANIM|KEN_BURNS|SLOWZOOM|PAN") and tokens[at].text in ("动画", "动效", "动画效果") else None


def _fading(tokens: Sequence[Token], at: int, out: list[Token]) -> tuple[list[Token], int] | None:
    """``淡入淡出动画`` of words: in and out."""
    if "淡入淡出" not in tokens[at].text:
        return None
    return [replace(tokens[at], kind="FADE_BOTH", value=None)], 1


def _renamed(tokens: Sequence[Token], at: int, out: list[Token]) -> tuple[list[Token], int] | None:
    """``将文字“A”改为“B”``: words that are there, and new ones."""
    if kinds(tokens, at + 1, "TITLE|SAY|RESAY", "MAKE|REPLACE", "QUOTE") and tokens[at + 1].text in ("内容", "文字", "文字内容", "文案"):
        tokens = [*tokens[: at + 1], *tokens[at + 2 : at + 4]]
        found = _renamed(tokens, at, out)
        return (found[0], found[1] + 1) if found else None
    if not kinds(tokens, at + 1, "MAKE|REPLACE|SWAP", "QUOTE") and not kinds(tokens, at + 1, "MAKE|REPLACE", "TO|MAKE|COLON", "QUOTE"):
        return None
    if not tokens[at + 1].text.startswith(("改", "换", "替", "更", "变", "修", "调")):
        return None
    while out and out[-1].kind in ("TITLE", "LOWER_THIRD", "CAPTION", "SUBTITLE", "END_CARD", "SHOW"):
        out.pop()
    if not out or out[-1].kind != "MAKE":
        out.append(Token("MAKE", "把", tokens[at].start, tokens[at].start))
    return [replace(tokens[at], kind="OLD_WORDS"), replace(tokens[at + 1], kind="MAKE")], 2


def _named_file(tokens: Sequence[Token], at: int, out: list[Token]) -> tuple[list[Token], int] | None:
    """``日落照片`` is 日落.jpg; ``新上传的beach.jpg`` is that file."""
    if kinds(out, len(out) - 1, "NEW"):
        out.pop()
    while kinds(out, len(out) - 1, "CLIP") and kinds(out, len(out) - 2, "NEW"):
        del out[-2:]
    return ([tokens[at]], 2) if kinds(tokens, at + 1, "CLIP") and tokens[at + 1].text in ("照片", "图片", "图", "相片", "图像") else None


def _as_first(tokens: Sequence[Token], at: int, out: list[Token]) -> tuple[list[Token], int] | None:
    """``添加到视频开头作为第一张``: said twice."""
    placed = [t for t in _part(out) if t.kind in ("START", "END")]
    here = at + 1
    if not placed:
        return None
    if kinds(tokens, here, "LAST") or kinds(tokens, here, "ORD|FIRST"):
        here += 1
        while kinds(tokens, here, "NUM|CLIP"):
            here += 1
        return [], here - at
    return None


def _slow_twice(tokens: Sequence[Token], at: int, out: list[Token]) -> tuple[list[Token], int] | None:
    """``以0.5倍速慢放``: said twice."""
    return ([], 1) if kinds(out, len(out) - 2, "TIMES", "SPEED") else None


def _published(tokens: Sequence[Token], at: int, out: list[Token]) -> tuple[list[Token], int] | None:
    """``适合抖音发布的短视频``: what it is for."""
    return ([], 1) if tokens[at].text.startswith("发布") and kinds(out, len(out) - 2, "FOR", "PLATFORM") else None


_SPREAD = ("DUR", "PERCENT", "QUOTE", "FILTER", "COLOR", "PLACE", "TIMES")


def _respective(tokens: Sequence[Token], at: int, out: list[Token]) -> tuple[list[Token], int] | None:
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


def _warmer(tokens: Sequence[Token], at: int, out: list[Token]) -> tuple[list[Token], int] | None:
    """``色调偏暖一点``: it is to be so; 画面偏暖 complains."""
    here = tokens[at]
    wished = kinds(tokens, at + 1, "DEGREE") or kinds(out, len(out) - 1, "MAKE|DEGREE")
    if here.text not in ("偏暖", "偏冷") or not wished:
        return None
    return [replace(here, value=(here.value[0], -here.value[1]), complains=False, text=here.text[1:])], 1


def _of_the_film(tokens: Sequence[Token], at: int, out: list[Token]) -> tuple[list[Token], int] | None:
    """``视频开头``: the start; ``在全片底部显示文字``: the whole time."""
    follows = _rest(tokens, at + 1)
    said = {t.kind for t in follows}
    if kinds(tokens, at + 1, "START|END") and not said & {"FADE_IN", "FADE_OUT", "FADE_BOTH"}:
        return [], 1
    whole = tokens[at].text in ("全片", "整个视频", "整部影片", "整个影片", "整段视频", "整部视频", "全片全程")
    if whole and said & {"SHOW", "ADD", "LOGO"} and said & {"QUOTE", "TITLE", "LOGO", "FILE", "WATERMARK"} and not kinds(tokens, at + 1, "MAKE"):
        return [replace(tokens[at], kind="WHOLE")], 1
    return None


def _captioned(tokens: Sequence[Token], at: int, out: list[Token]) -> tuple[list[Token], int] | None:
    """``为每张图片添加说明文字：…``: captions are for all."""
    noun = at + 1
    if not kinds(tokens, noun, "CLIP") or _part(out):
        return None
    rest = _rest(tokens, noun + 1)
    listed = kinds(rest, 0, "ADD", "CAPTION") or kinds(rest, 0, "ADD", "PLACE", "CAPTION")
    return ([], 2) if listed and any(t.kind == "COLON" for t in rest) else None


def _split_at(tokens: Sequence[Token], at: int, out: list[Token]) -> tuple[list[Token], int] | None:
    """``在第3秒处将clip.mp4分割成两段``."""
    timed = kinds(tokens, at + 1, "POINT|DUR") or kinds(tokens, at + 1, "FIRST|LAST|START|END", "DUR")
    return ([], 1) if timed and any(t.kind in ("SPLIT", "FILM_FADE") for t in _rest(tokens, at)) else None


def _a_bit_twice(tokens: Sequence[Token], at: int, out: list[Token]) -> tuple[list[Token], int] | None:
    """``稍微偏暖一点``: one degree, said twice."""
    return ([], 1) if len(out) > 1 and out[-2].kind == "DEGREE" and out[-2].value == tokens[at].value and out[-1].kind in ("ADJ", "BIGGER", "RELATIVE", "LOUDER", "QUIETER") else None


def _color_of_words(tokens: Sequence[Token], at: int, out: list[Token]) -> tuple[list[Token], int] | None:
    """``字体颜色为白色``, ``字号放大``."""
    if kinds(tokens, at + 1, "LOOKWORD", "COLOR") or kinds(tokens, at + 1, "LOOKWORD", "MAKE|BE|USE|COLON", "COLOR"):
        return [], 1
    here = at + (2 if kinds(tokens, at + 1, "MAKE") else 1)
    if tokens[at].kind == "SIZE_TO" and kinds(tokens, here, "ZOOM_IN|ZOOM_OUT|MORE|LESS", "PERCENT"):
        share = tokens[here + 1].value
        factor = 1 + share if tokens[here].kind in ("ZOOM_IN", "MORE") else 1 - share
        return [replace(tokens[here], kind="BIGGER", value=max(0.1, factor))], here + 2 - at
    if kinds(tokens, here, "ZOOM_IN|ZOOM_OUT|MORE|LESS") and not kinds(tokens, here + 1, "PERCENT|TO|TIMES|NUM") and tokens[at].kind == "SIZE_TO":
        grows = tokens[here].kind in ("ZOOM_IN", "MORE")
        return [replace(tokens[here], kind="BIGGER", value=manners.BIGGER if grows else 1 / manners.BIGGER)], here + 1 - at
    return None


def _centred(tokens: Sequence[Token], at: int, out: list[Token]) -> tuple[list[Token], int] | None:
    """``画面底部居中``: at the bottom, which is in the middle from side to side."""
    if kinds(tokens, at + 1, "PLACE") and tokens[at + 1].text in ("居中", "中央", "居中显示", "正中") and tokens[at].value in ("top", "bottom"):
        return [tokens[at]], 2
    return None


def _swapped_places(tokens: Sequence[Token], at: int, out: list[Token]) -> tuple[list[Token], int] | None:
    """``交换第2张和第4张图片的位置``; ``添加标题之前的版本``."""
    swaps = any(t.kind == "SWAP" for t in out[-_NEAR:]) and (at + 1 == len(tokens) or tokens[at + 1].kind in _ENDS or kinds(tokens, at + 1, "SWAP"))
    return ([], 1) if tokens[at].text == "位置" and swaps else None


def _before_version(tokens: Sequence[Token], at: int, out: list[Token]) -> tuple[list[Token], int] | None:
    return ([], 1) if kinds(out, len(out) - 1, "BEFORE") else None


_NOUNS = frozenset("REST ORDER MUSIC TITLE TRANSITION LENGTH POSITION FILM FRAME_WORD ALL KEEP CROSSFADE MOTION CLIP ALLTEXTS STEP LOOKWORD EVERYTHING EFFECTS PART SHOW NEW SOUND".split())


def _unchanged(tokens: Sequence[Token], at: int, out: list[Token]) -> tuple[list[Token], int] | None:
    """``其余顺序不变``, ``其他设置保持不变``: what is not spoken of stays."""
    part = _part(out)
    general = any(t.kind in ("REST", "EVERYTHING", "NEW") for t in part)
    if not general or not {t.kind for t in part} <= _NOUNS | {"UNKNOWN"} or (at + 1 < len(tokens) and tokens[at + 1].kind not in _ENDS):
        return None
    if len(part) < 2 or all(t.kind in ("CLIP", "REST") for t in part):
        return None
    del out[len(out) - len(part) :]
    return [Token("REST", "其余", part[0].start, part[0].end), tokens[at]], 1


def _listed_order(tokens: Sequence[Token], at: int, out: list[Token]) -> tuple[list[Token], int] | None:
    """``按照5、4、3、2、1的顺序``."""
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


def _but_these(tokens: Sequence[Token], at: int, out: list[Token]) -> tuple[list[Token], int] | None:
    """``除最后一张外``."""
    opened = any(t.kind == "EXCEPT" for t in _part(out))
    return ([replace(tokens[at], kind="EXCEPT")], 1) if tokens[at].text == "外" and opened else None


def _from_to(tokens: Sequence[Token], at: int, out: list[Token]) -> tuple[list[Token], int] | None:
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
    return ([], 2) if here > at + 2 and kinds(tokens, here, value) and (value != "DUR" or not kinds(tokens, at + 2, "TO")) else None


def _cropped_in_time(tokens: Sequence[Token], at: int, out: list[Token]) -> tuple[list[Token], int] | None:
    """``将视频片段裁剪为第2秒至第6秒``: trimmed."""
    moving = any(t.kind == "VIDEO_CLIP" or (t.kind == "FILE" and str(t.value).lower().endswith((".mp4", ".mov", ".webm"))) for t in _part(out) + _rest(tokens, at))
    timed = any(t.kind in ("SPAN", "DUR", "POINT") for t in tokens[at : at + 8])
    return ([replace(tokens[at], kind="TRIMWORD")], 1) if moving and timed else None


def _each_cut(tokens: Sequence[Token], at: int, out: list[Token]) -> tuple[list[Token], int] | None:
    """``每个转场0.5秒``."""
    return ([], 1) if not tokens[at].text.isascii() and kinds(tokens, at + 1, "TRANSITION|CROSSFADE") and any(t.kind == "DUR" for t in _rest(tokens, at)) else None


def _sides_twice(tokens: Sequence[Token], at: int, out: list[Token]) -> tuple[list[Token], int] | None:
    """``两侧的空白区域``; the edges where nothing is filled are only where something is."""
    near = {t.kind for t in (*_part(out), *_rest(tokens, at + 1))}
    if tokens[at].text in ("四周", "周围", "上下左右", "上下两侧", "左右两侧") and not near & {"BLUR", "COLOR", "SIDES", "BARS", "FILL", "BACKGROUND"}:
        return [], 1  # 画面四周添加暗角
    return ([], 1) if kinds(out, len(out) - 1, "BORDER") else None


def _direction(tokens: Sequence[Token], at: int, out: list[Token]) -> tuple[list[Token], int] | None:
    """``滑动（方向向左）``; ``方向改为竖屏``."""
    near = {t.kind for t in (*_part(out), *_rest(tokens, at + 1))}
    return ([], 1) if near & {"TKIND", "PAN", "SHAPE", "RATIO", "CAMERA", "MOTION"} else None


def _exchanged(tokens: Sequence[Token], at: int, out: list[Token]) -> tuple[list[Token], int] | None:
    """``将交叉溶解改为擦除转场``: the transitions, whatever they are."""
    here = at + (2 if kinds(tokens, at + 1, "TRANSITION") else 1)
    changed = kinds(tokens, here, "MAKE|REPLACE") and tokens[here].text.startswith(("改", "换", "替", "更", "变"))
    other = kinds(tokens, here + 1, "TKIND|CROSSFADE|PUSHED|DUR|CUT")
    return ([replace(tokens[at], kind="TRANSITION", value=None)], here - at) if changed and other else None


def _avoided(tokens: Sequence[Token], at: int, out: list[Token]) -> tuple[list[Token], int] | None:
    """``，以免人脸被裁切``: why."""
    rest = _rest(tokens, at + 1)
    if not out or out[-1].kind != "COMMA" or not rest or any(t.kind in ("DUR", "QUOTE", "PERCENT", "REF") for t in rest):
        return None
    return [joined("WHY", tokens[at : at + 1 + len(rest)], "aim")], 1 + len(rest)


def _fade_time(tokens: Sequence[Token], at: int, out: list[Token]) -> tuple[list[Token], int] | None:
    """``淡入时间设为2秒`` is the fade's; ``标题的显示时长改为5秒`` the title's."""
    if tokens[at].text.startswith(("总", "全", "视频", "影片", "整", "成片", "片")):
        return None
    if kinds(out, len(out) - 1, "FADE_IN|FADE_OUT|FADE_BOTH|FILM_FADE"):
        return [], 1
    here = at + 1
    while kinds(tokens, here, "MAKE|BE|TO|COLON|RESIZE|MORE|LESS"):
        here += 1
    worded = any(t.kind in ("TITLE", "QUOTE", "CAPTION", "END_CARD", "LOWER_THIRD", "SUBTITLE", "LOGO") for t in _part(out))
    timed = kinds(tokens, here, "DUR") and not any(t.kind in ("RESIZE", "MORE", "LESS") and not t.text.endswith(("到", "至", "为")) and not kinds(tokens, here - 1, "TO") for t in tokens[at + 1 : here])
    if worded and timed:
        return [replace(tokens[at], kind="SHOW")], here - at
    return None


def _not_looped(tokens: Sequence[Token], at: int, out: list[Token]) -> tuple[list[Token], int] | None:
    """``关闭背景音乐的循环``, ``移除音乐的淡出效果``: a property of the music, and not the music."""
    if not kinds(tokens, at + 1, "MUSIC"):
        return None
    if kinds(tokens, at + 2, "LOOP"):
        return [replace(tokens[at], kind="ONCE"), tokens[at + 1]], 3
    if kinds(tokens, at + 2, "FADE_IN|FADE_OUT|FADE_BOTH"):
        fade = tokens[at + 2]
        return [tokens[at + 1], fade, Token("DUR", "0秒", fade.end, fade.end, 0)], 3
    return ([replace(tokens[at], kind="GUARD")], 1) if kinds(tokens, at + 2, "VOLUME|DUCKING|SPEED|BEATS|PERCENT") else None


def _written_mark(tokens: Sequence[Token], at: int, out: list[Token]) -> tuple[list[Token], int] | None:
    """``添加水印“@旅行日记”``: a mark of words."""
    return ([replace(tokens[at], kind="TITLE", value=None)], 1) if kinds(tokens, at + 1, "QUOTE") and not str(tokens[at + 1].value).lower().endswith((".png", ".jpg", ".webp", ".jpeg")) else None


def _song_begins(tokens: Sequence[Token], at: int, out: list[Token]) -> tuple[list[Token], int] | None:
    """``音乐从第5秒开始播放``, ``从歌曲的第20秒开始播放``."""
    song = kinds(tokens, at + 1, "MUSIC|OFSONG")
    here = at + (2 if song or kinds(tokens, at + 1, "FILM") else 1)
    heard = any(t.kind in ("MUSIC", "SONG") for t in _part(out)) or song
    if not heard or not kinds(tokens, here, "POINT", "START|SHOW|USE"):
        return None
    end = here + 1
    while kinds(tokens, end, "START|SHOW|USE|ADD"):
        end += 1
    length = replace(tokens[here], kind="DUR")
    begin = [replace(tokens[at], kind="SKIP"), length]
    if song:
        return [*begin, Token("OFSONG", "歌曲的", length.end, length.end)], end - at
    return begin, end - at


def _begins_at(tokens: Sequence[Token], at: int, out: list[Token]) -> tuple[list[Token], int] | None:
    """``音乐从第5秒开始播放``: the music waits until then."""
    if tokens[at].text != "音乐从" or not kinds(tokens, at + 1, "POINT"):
        return None
    end = at + 2
    while kinds(tokens, end, "START|SHOW|USE|ADD"):
        end += 1
    return [replace(tokens[at], kind="MUSIC"), replace(tokens[at], kind="SKIP"), replace(tokens[at + 1], kind="DUR")], end - at


def _before_the_end(tokens: Sequence[Token], at: int, out: list[Token]) -> tuple[list[Token], int] | None:
    """``在结束前3秒淡出``: over the last three seconds."""
    if kinds(tokens, at + 1, "BEFORE", "DUR") and any(t.kind in ("FADE_OUT", "FILM_FADE", "FADE") for t in _rest(tokens, at + 3)):
        while kinds(out, len(out) - 1, "IN|AT"):
            out.pop()
        return [tokens[at + 2]], 3
    return None


def _song_exchanged(tokens: Sequence[Token], at: int, out: list[Token]) -> tuple[list[Token], int] | None:
    """``将背景音乐替换为song.mp3``."""
    before = kinds(out, len(out) - 1, "MUSIC") and kinds(tokens, at + 1, "SONG")
    behind = kinds(tokens, at + 1, "MUSIC", "SONG") or kinds(tokens, at + 1, "OWN", "MUSIC", "SONG")
    return ([replace(tokens[at], kind="MAKE")], 1) if before or behind else None


def _only_this_time(tokens: Sequence[Token], at: int, out: list[Token]) -> tuple[list[Token], int] | None:
    """``裁剪视频片段，仅保留第1秒到第4秒``: one wish."""
    here = at + 1
    while kinds(tokens, here, "ONLY|KEEP|USE"):
        here += 1
    cut = kinds(_part(out), 0, "TRIMWORD", "VIDEO_CLIP|FILE") and len(_part(out)) == 2
    return ([], here - at) if cut and here > at + 1 and kinds(tokens, here, "SPAN|FIRST|LAST|DUR|FROM") else None


def _listed(tokens: Sequence[Token], at: int, out: list[Token]) -> tuple[list[Token], int] | None:
    """``2、每张照片停留4秒``: the mark of an item."""
    first = not out or out[-1].kind == "STOP"
    return ([], 2) if first and kinds(tokens, at + 1, "COMMA") and tokens[at + 1].value == "、" and not kinds(tokens, at + 2, "NUM|ORD") else None


def _those_between(tokens: Sequence[Token], at: int, out: list[Token]) -> tuple[list[Token], int] | None:
    """``中间的图片每张3秒``: the others."""
    many = tokens[at].text in ("中间", "中间的") and kinds(tokens, at + 1, "CLIP") and kinds(tokens, at + 2, "EACH|ALIKE|ALL")
    return ([replace(tokens[at], kind="REST", value=None)], 1) if many else None


def _alike(tokens: Sequence[Token], at: int, out: list[Token]) -> tuple[list[Token], int] | None:
    """``均为0.8秒``, ``均位于左下角``: of all that the sentence spoke of; elsewhere it says nothing."""
    rest = _rest(tokens, at + 1)
    alone = {t.kind for t in _part(out)} <= {"LENGTH", "POSITION"} and {t.kind for t in rest} <= {"DUR", "PLACE", "MOVE", "MAKE", "IN", "SHOW", "FRAME_WORD", "COLOR", "FONTWORD", "BE", "LENGTH"}
    return None if alone and any(t.kind in ("DUR", "PLACE", "COLOR") for t in rest) else ([], 1)


def _exposed(tokens: Sequence[Token], at: int, out: list[Token]) -> tuple[list[Token], int] | None:
    """``曝光过度``: too bright."""
    return [replace(tokens[at], kind="ADJ", complains=True)], 1


def _spanned(tokens: Sequence[Token], at: int, out: list[Token]) -> tuple[list[Token], int] | None:
    """``5秒到9秒之间``."""
    return ([], 1) if kinds(out, len(out) - 1, "SPAN") else None


def _share_of_width(tokens: Sequence[Token], at: int, out: list[Token]) -> tuple[list[Token], int] | None:
    """``大小为画面宽度的15%``: the width, said once."""
    here = at + 1
    while kinds(tokens, here, "FRAME_WORD|FILM|MAKE|BE"):
        here += 1
    return ([], here - at) if kinds(tokens, here, "WIDTH", "PERCENT") else None


def _none(tokens: Sequence[Token], at: int, out: list[Token]) -> tuple[list[Token], int] | None:
    """``所有转场设为无``, ``背景音乐：无``."""
    last = at + 1 == len(tokens) or tokens[at + 1].kind in _ENDS
    if tokens[at].text not in ("无", "没有") or not last or not kinds(out, len(out) - 2, "TRANSITION|FILTER|LOOKWORD|MOTION|MUSIC|TITLE|CROSSFADE", "MAKE|COLON|USE|BE"):
        return None
    out.pop()
    return [replace(tokens[at], kind="REMOVE")], 1


def _at_both_ends(tokens: Sequence[Token], at: int, out: list[Token]) -> tuple[list[Token], int] | None:
    """``首尾各淡入淡出2秒``."""
    fades = any(t.kind in ("FADE_BOTH", "FILM_FADE") for t in _rest(tokens, at))
    used = 2 if kinds(tokens, at + 1, "EACH") else 1
    return ([], used) if fades else ([replace(tokens[at], kind="GUARD")], 1)


def _blurred_behind(tokens: Sequence[Token], at: int, out: list[Token]) -> tuple[list[Token], int] | None:
    """``背景使用模糊填充``."""
    here = at + 1
    while kinds(tokens, here, "USE|MAKE|BE"):
        here += 1
    return ([], here - at) if kinds(tokens, here, "BLUR") else None


def _caption_of_one(tokens: Sequence[Token], at: int, out: list[Token]) -> tuple[list[Token], int] | None:
    """``为第1张照片添加字幕“…”``: a caption, where it is no file of subtitles."""
    plain = kinds(tokens, at + 1, "QUOTE") and "-->" not in str(tokens[at + 1].value)
    one = any(t.kind in ("CLIP", "FILE", "IT") for t in _part(out))
    return ([replace(tokens[at], kind="CAPTION")], 1) if plain and one else None


def _of_the_words(tokens: Sequence[Token], at: int, out: list[Token]) -> tuple[list[Token], int] | None:
    """``标题文字：“秋日”；位置：左上角；颜色：橙色``: one title."""
    if tokens[at].text not in (";", "；", "\n") or not _words_in(out) or not kinds(tokens, at + 1, "POSITION|LOOKWORD|SIZE_TO|FONTWORD|LENGTH|SHOW|ENTER|LEAVE|STROKE|BOX", "COLON"):
        return None
    heading = tokens[at + 1].kind
    comma = replace(tokens[at], kind="COMMA", value=None)
    if heading == "POSITION":
        return [comma, replace(tokens[at + 1], kind="MOVE")], 3
    return [comma, *([] if heading in ("LOOKWORD", "FONTWORD", "LENGTH", "SHOW") else [tokens[at + 1]])], 3


_AIMS = ("使", "以", "使得", "令", "从而", "让", "营造", "突出", "增强")
_AIMED = frozenset("MANNER MORE DEGREE FRAME_WORD FILM LOOKWORD CLIP UNKNOWN SMOOTH EFFECTS ALL IT BEATS ADJ FILTER TRANSITION MOTION FACE SPEED AUDIENCE COLOR CLOUD TITLE MUSIC SOUND".split())


def _aim(tokens: Sequence[Token], at: int, out: list[Token]) -> tuple[list[Token], int] | None:
    """``使画面更有动感`` behind a wish: what it is for."""
    here = tokens[at]
    if here.text not in _AIMS or not out or out[-1].kind not in ("COMMA", "AND") or out[-1].value == "、":
        return None
    rest = _rest(tokens, at + 1)
    more = any(t.kind == "MORE" and t.text == "更" or t.text.startswith("更") for t in rest) or here.text in ("营造", "突出", "增强")
    plain = here.text == "让" and any(t.kind == "DEGREE" for t in rest)
    if not rest or not more or plain or not {t.kind for t in rest} <= _AIMED:
        return None
    return [joined("WHY", tokens[at : at + 1 + len(rest)], "aim")], 1 + len(rest)


def _same_frame(tokens: Sequence[Token], at: int, out: list[Token]) -> tuple[list[Token], int] | None:
    return ([], 1) if kinds(out, len(out) - 1, "BESIDE") else None


def _below(tokens: Sequence[Token], at: int, out: list[Token]) -> tuple[list[Token], int] | None:
    return [replace(tokens[at], kind="GUARD")], 1


_RULES: dict[str, tuple[Rule, ...]] = {
    "COLON": (_colon,), "BEFORE": (_first_seconds,), "AFTER": (_first_seconds,), "OWN": (_own,), "IN": (_in_it, _split_at, _shown_span), "FILM": (_of_the_film,), "EACH": (_captioned, _each_cut), "DEGREE": (_a_bit_twice,), "POSITION": (_position, _swapped_places),
    "LAST": (_last_of_all,), "MORE": (_changed_to,), "LESS": (_changed_to,), "RESIZE": (_changed_to, _fade_lasts), "FROM": (_from_to, _song_begins, _shown_span), "AT": (_shown_span,),
    "POINT": (_shown_span,), "MANNER": (_twice,), "TKIND": (_exchanged, _twice), "CROSSFADE": (_exchanged, _twice), "COLOR": (_twice,), "ZOOM_OUT": (_twice,), "ZOOM_IN": (_twice,), "PLATFORM": (_twice,),
    "MAKE": (_aim, _made_of, _fade_lasts), "REST": (_other_cuts, _other_photos), "NEW": (_other_cuts, _other_photos), "AND": (_beside_before,), "PUSHED": (_pushed,), "SIDES": (_sides,),
    "REVERSE": (_sorted_down,), "START": (_both_ends,), "INOUT_ANIM": (_inout,), "MOTION": (_animated,), "ANIM": (_fading,), "QUOTE": (_renamed,), "FILE": (_named_file,),
    "AS": (_as_first,), "SLOWMO": (_slow_twice,), "PUBLISH": (_published,), "RESPECTIVE": (_respective,), "ADJ": (_warmer,), "BESIDE": (_same_frame,), "BELOW": (_below,), "LENGTH": (_fade_time,), "SHOW": (_fade_time,), "REMOVE": (_not_looped,), "LOGO": (_written_mark,), "END": (_before_the_end,), "REPLACE": (_song_exchanged,), "COMMA": (_only_this_time,), "ALIKE": (_alike,), "NOT": (_none,), "BOTH_ENDS": (_at_both_ends,), "BACKGROUND": (_blurred_behind,), "SUBTITLE": (_caption_of_one,), "STOP": (_of_the_words,), "WIDTH": (_share_of_width,), "EXPOSED": (_exposed,), "BETWEEN": (_spanned,), "SKIP": (_begins_at,), "DIRECTION": (_direction,), "AVOIDED": (_avoided,), "FONTWORD": (_color_of_words,), "SIZE_TO": (_color_of_words,), "TITLE": (_color_of_words,), "PLACE": (_those_between, _centred), "VERSION": (_before_version,), "UNCHANGED": (_unchanged,), "NUM": (_listed, _listed_order), "CROP": (_cropped_in_time,), "BORDER": (_sides_twice,), "NOISE": (_aim,), "UNKNOWN": (_but_these, _aim),
}  # fmt: skip
"""The rules of each kind of token, in the order in which they are tried."""
