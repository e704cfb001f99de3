"""What Chinese messages tell beside what they ask: 给我妈看的, 周六是我妈60大寿, 老人家看着头晕, 方便学生认.

Such words change nothing of what is asked. Those that stand inside a clause are one ``ASIDE`` token (`spans`); a clause that
only tells how things are (`states`) is reported as left aside, where the clause beside it is done. Words that could narrow
down which clips are meant are never left aside: neither numbers of photos, nor a negation of a wish, nor a verb of editing.
"""

import re

_KIN = (
    "妈妈|爸爸|爸妈|父母|爷爷奶奶|爷爷|奶奶|外公|外婆|姥姥|姥爷|老人家|老人|长辈|老妈|老爸|婆婆|公公|丈母娘|岳母|岳父|舅舅|阿姨|叔叔|"
    "孩子们|孩子|小孩子|小孩|小朋友们|小朋友|宝宝|宝贝|娃娃|娃儿|娃|儿子|女儿|闺女|孙子|孙女|老婆|老公|媳妇|对象|男朋友|女朋友|男友|女友|"
    "闺蜜|朋友们|朋友|同学们|同学|室友|同事们|同事|老师们|老师|老板娘|老板|领导|经理|主管|客户|甲方|顾客|客人|粉丝|家里人|家人|亲戚|姐姐|妹妹|"
    "哥哥|弟弟|大家|别人|人家|班主任|家长们|家长|学生们|学生|员工|队友|球队|新娘|新郎|新人|主播|网友|观众|评委|导师|邻居|狗狗|猫咪|主子"
)
_ONE_CHARACTER = "妈|爸|哥|姐|弟|妹|婆|公|娘|爹|爷|奶|家|班|店|公司|单位|学校|团队"
PERSON = rf"(?:(?:我们|咱们|我|咱|俺|你|他|她)(?:的)?(?:{_KIN}|{_ONE_CHARACTER})|{_KIN})(?:他们|她们|们)?"
_WHEN = (
    r"今天|今晚|明天|明晚|明早|后天|昨天|前天|上次|这周|本周|下周|上周|这个月|下个月|上个月|这个?周末|周末|月底|年底|今年|去年|明年|"
    r"(?:下|这|上)?(?:个)?(?:周|星期|礼拜)[一二三四五六日天末]|上午|下午|早上|中午|晚上|待会儿?|等会儿?|一会儿?要|马上要|过几天|前几天|前两天|国庆|五一|春节|过年|"
    r"中秋|元旦|端午|情人节|母亲节|父亲节|儿童节|六一|教师节|圣诞节?|双十一|双11|618|暑假|寒假|\d{1,2}[月号日](?:\d{1,2}[号日])?"
)
_EVENT = (
    "生日|大寿|寿宴|婚礼|结婚|订婚|求婚|毕业|满月|百天|百日|周岁|周年|纪念日|开业|上新|新品|促销|活动|聚会|聚餐|旅游|旅行|出游|露营|开学|年会|"
    "运动会|家长会|班会|班级|演出|比赛|答辩|汇报|面试|退休|搬家|乔迁|团建|军训|升学|庆生|庆功|发布会|展会|跨年|过年|春节|节日|母亲节|父亲节"
)
_ENDED = r"(?=$|[，。,.!！?？;；、\s])"
_DOES = r"做|弄|剪|整|搞|帮|配|来|加|把|想|要|放|用|换|调|改|删|打|写|拼|合|，|,|\s"
_BEFORE = r"(?:(?<=^)|(?<=[，。,.!！?？;；\s]))"

_INSIDE = tuple(
    re.compile(pattern)
    for pattern in (
        # 给我妈看的, 给客户看, 给孩子们做个…: for whom
        rf"(?:要|是|用来|专门)?给(?:{PERSON})(?:看看|看|用|欣赏|过生日|庆生|祝寿|(?:当|做|作为|留|留个|做个|准备)?[^，。,.\s]{{0,4}}(?:礼物|惊喜|纪念|留念|贺礼))?(?:的|用的|用)?(?!的|脸|头|眼|那|这|戴|穿|化|换|美|P|p)",
        # 发家长群用, 发到班级群里的
        r"(?:要|准备|打算|用来|方便)?发(?:到|在|给)?(?:[家长班级公司工作同学亲友微信]{1,4}群|群)(?:里|里面)?(?:用的|用|的)?",
        rf"(?:要|准备|打算)?发给(?:{PERSON})(?:看看|看|用)?的",
        # 老板说logo放右下角: who says it
        rf"{_BEFORE}(?:{PERSON})(?:刚才|刚刚|又|还|都|总|老)?(?:说了?|让我们?|让|叫我们?|要我们?|喊我们?|讲|觉得|认为|建议|要求|吩咐|希望|交代|反馈)(?:，|,|:|要|想要|想)?(?=[^，。,.!？?\s])",
        # 标上数字方便大家投票: what for
        rf"(?:方便|便于|好让|以便)(?:{PERSON})[^，。,.\s]{{0,8}}(?=$|[，。,.])",
        # 像ppt那种: where something was seen
        r"(?:就)?像(?:ppt|PPT|幻灯片|抖音|快手|剪映|美图|电视|手机|别人|网上|人家|之前|上次|那种|综艺|新闻|广告|朋友圈)(?:里|上|里面|上面)?(?:的)?(?:那个|那种|那样|一样)?(?:的)?",
        # 宝宝三岁生日做个片子, 我妈生日用的
        rf"{_BEFORE}(?:(?:{_WHEN}|{PERSON})(?:是|的|快|要|过|[0-9一二三四五六七八九十]{{1,3}}(?:岁|周岁|周年)?)*){{1,3}}(?:{_EVENT})(?:的时候|那天|当天|要用的|用的|用|的)?(?={_DOES}|$)",
    )
)


_SPEECH = re.compile(r"说|让|叫|喊|要我|讲|觉得|认为|建议|要求|吩咐|希望|交代|反馈")


def spans(plain: str) -> dict[int, tuple[int, bool]]:
    """Where asides inside a clause begin: where they end, and whether they are worth telling (who said it is not)."""
    return {
        match.start(): (match.end(), not _SPEECH.search(match.group()))
        for form in _INSIDE
        for match in form.finditer(plain)
        if match.group()
    }


_ORDERS = re.compile(
    r"^(?:你们?|您|请|麻烦|帮|给(?!力)|把|让(?!人|大家|观众)|将|加|换|改(?!了|变了)|删|去掉|做|弄|整(?!体|个)|搞|配(?!乐|音)|放(?!学|假|寒假|暑假)|调|来(?!不及)|用|再|别|不要|不用|不许|想|要(?!是)|我要(?!看|用|发|过|结|毕|上|开|回|去|办|交)|我想|我希望|"
    r"希望|需要|能|可以|设|移|挪|切(?!换)|剪|拼|转(?!场)|翻|打|写|标(?!题)|画(?!面|质|风|幅)|抠|磨|修|P|p|撤|退(?!休)|恢复|取消|生成|导出|只(?!是|有)|全|每|第|自动|智能|顺便|另外|应该|最好|记得|统一)"
)
"""How a clause begins that asks for something."""
_WISHES = re.compile(
    r"想要|希望|要求|想把|想让|想加|想换|把|让(?!人|大家|观众|你|我妈|我爸)|帮|给.{1,6}(?:加|换|配|做|P|戴|画)|应该|最好|要(?!是|用|交|走|来|去|看|发|过|开|生|结|毕|上|退|回|办|参|展|投|汇|比|演|到|拍|考|搬|娶|嫁|升|出)|"
    r"能不能|可以.{0,4}(?:吗|么)|改成|换成|变成|弄成|做成|设成|调成|调到|放到|挪到|移到|删|加上|加个|加一|去掉|剪掉|关掉|自动|打印|下载|发布|上传|翻译|识别|生成|美颜|抠|修图|P图|磨皮|瘦|配音|旋转|翻转|镜像"
)
"""Words of wishes anywhere in a clause."""
_CLIPS = re.compile(
    r"第\s?[0-9一二三四五六七八九十两]+(?:张|个|幅)?|[0-9一二三四五六七八九十两]+\s?(?:张|秒|倍|帧|%|分钟)|[0-9]+\s?(?:s|S)\b|每张|除了|前[一二三两几0-9]+张?|后[一二三两几0-9]+张?|(?:最后|头)一张|(?:最后|这|那)那?张"
)
_PLACES = "店里|店里头|学校|家里|公司|单位|班里|班上|厂里|村里|网上|手机|电脑|电视|投影仪?|大屏幕?|会场|现场|教室|酒店|医院|幼儿园|小区|群里|朋友圈里|客厅"
_SUBJECT = rf"{PERSON}|{_WHEN}|{_PLACES}|我们|咱们|咱|我|谁|它俩|它们|它|他们|他|她们|她|这些|那些|这都|这个|那个|这|那"
_TELLS = re.compile(
    rf"^(?:那|就|主要|因为|毕竟|其实|反正|本来|原来|然后|刚才|刚刚|之前)*(?:{_SUBJECT})"
    rf"|^(?:{_EVENT})|(?:{_EVENT})(?:快|要|就)?(?:到|来|开始)?了$"
    r"|^(?:让人|让大家|让观众|方便|省得|免得|不然|否则|为了|好让|这样|毕竟|反正|主要|因为|急|在线等|第一次|不太会|不会|不懂|拜托|虽然|谁)"
    r"|^(?:有个|有种|有点|那种|有一种)[^，。]{1,10}(?:感觉|味道|氛围|样子|意思)$|(?:够了|可以了|没问题|挺好的?|不错|很满意)$"
    r"|^[^，。]{1,10}(?<![不应使采])用的?$|是[^，。]{1,14}的$|^是[^，。]{1,14}$"
)
_DID = re.compile(r"^(?:我们|我|刚刚|刚才|刚|又|已经|昨天|今天|才){1,3}(?:上传|传|发|拍|买|选|挑|拿|放)(?:了|过)")
"""What somebody did, whatever is counted in it."""
_MILD = re.compile(
    r"^(?:别|不要|不用|别整|别弄|别搞|不要弄|不要整)(?:得|的)?(?:太|那么|这么|过于)?(?:花里胡哨|花哨|花|夸张|复杂|乱|难看|突兀|离谱|过分|死板|单调|随便|生硬|土|俗|幼稚|快|慢|长|短|大|小|吵|闹|突然|急|亮|暗)(?:了|就行|就好)?$"
)
"""How it should not turn out: nothing that an edit could do."""
_COMPLAINS = re.compile(
    r"太|偏|有点|有些|糊了|错了|不对|被.{0,3}(?:切|裁|挡|遮)|挡|遮|没用|突然|乱|丑|难看|[看听]不[清见过懂]|对不上|盖住|压过|看着|看起来|不好看|不清楚|不明显|厉害|听着|犯困|碍眼|挡|发黄|发灰|泛黄|发白|过曝|不协调|不搭|没意思|单调|"
    r"改了|变了|涨了|降了|(?<![要去掉])了[啊呀哦呢]?$|不舒服|难受|费劲|别扭|吵|闷|拖|累|乎乎|漆漆|蒙蒙|沉沉|土|俗|反了|颠倒|重复|晃眼|刺眼|刺耳"
)


def states(said: str) -> bool:
    """Whether a clause only tells how things are around the film: who it is for, what day it is, why."""
    plain = _named_once(said)
    if (_DID.match(plain) and not _WISHES.search(plain)) or _MILD.match(plain):
        return True
    if not plain or _ORDERS.search(plain) or _WISHES.search(plain) or _CLIPS.search(plain):
        return False
    return bool(_TELLS.search(plain))


_TOPIC = re.compile(rf"(?:{_SUBJECT})(?:的)?(?:{_PLACES})?(?:那边|这边|里|上)?(?:都)?(?:要求|要|说)?")


def topical(said: str) -> bool:
    """Whether words that were left over before a wish only name who or what it is for: 甲方, 学校投影仪."""
    return bool(_TOPIC.fullmatch(said.strip()))


def _named_once(said: str) -> str:
    """The clause without the photo that it begins with: 第五张我最喜欢."""
    plain = (
        said.strip("，。,.!！?？;；、 　啊呀呢吧哈")
        .removeprefix("了")
        .replace("一张接一张", "")
        .replace("一张一张", "")
    )
    named = _CLIPS.match(plain)
    return plain[named.end() :] if named else plain


def complains(said: str) -> bool:
    """Whether a clause tells what is wrong, and leaves to another one what is to be done about it."""
    plain = _named_once(said)
    if not plain or _ORDERS.search(plain) or _WISHES.search(plain) or _CLIPS.search(plain):
        return False
    return bool(_COMPLAINS.search(plain))
