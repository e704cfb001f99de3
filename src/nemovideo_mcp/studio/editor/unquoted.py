"""Words for the screen that stand without quotation marks: ``title: Summer``, ``add a title saying hi mom``, 加标题我的夏天.

What follows is taken as words only where it cannot be read as something else: "change the title to red" is a colour.
"""

import re
from collections.abc import Iterable

from nemovideo_mcp.studio.editor import lexicon
from nemovideo_mcp.studio.editor.tokens import Token

LONGEST = 600
MOST_TEXTS = 40
"""Texts of the film that are looked for in an instruction."""
_OPEN = r"(?=[^\s\"“”'‘「『《«:：])"
_NOUN = r"(?:title|text(?!\soverlays?)|heading|headline|caption|wording|words)"
_COLON = re.compile(
    r"(?:\b(?:titt?le|text|caption|heading|end card|end title|closing text|closing title|end text|final text)|标题|文字|片名)\s?(?:is\s?)?:\s?(?!(?:it|this|that|they)\s(?:should|must|needs|has|is)\b)(?=[^\s\"“”'‘「『《«])",
    re.IGNORECASE,
)
_COLON_LATER = re.compile(
    rf"\b(?:{_NOUN}|letters|lettering)\s[a-z ]{{1,40}}:\s?(?=[^\s\"“”'‘「『《«])|(?:标题|文字)[^，。:：\s]{{1,8}}:\s?(?=[^\s\"“”'‘「『《«])",
    re.IGNORECASE,
)
"""``put a title at the start: Summer in Rome``."""
_WITH = re.compile(
    r"\b(?i:finish|finishes|end|ends|close|closes|wrap up|start|starts|begin|begins|open|opens)(?i:\sit)?\s(?i:with)\s(?=[A-Z])"
)
"""``finish with The End``."""
_HAN_WRITE = re.compile(
    r"(?:写上|写着|打上|(?<=[头尾后面上下部间])写(?!着)|(?<=最后|片尾|结尾|末尾|开头|片头)显示(?!\d|照片|图|第|[一二三四五六七八九十两])|(?<=最后|片尾|结尾|末尾|开头|片头)打出)(?:一句|几个字|一行字|一行)?\s?(?!名字|日期|时间|地点|标题|文字|文案|字幕|歌词|编号|序号|文件|说明)(?=[^\s\"“”'‘「『《«:：，。])"
)
_SAYS = re.compile(
    r"\b(?:title|text|caption|heading|card|slide|screen)\s(?:[a-z0-9 ]{0,30}\s)?(?:saying|that says|that reads|reading|called|says|with the words|with the text)\s(?=[^\s\"“”'‘「『《«])",
    re.IGNORECASE,
)
"""``a title saying happy birthday mom``: what is said needs no quotation marks."""
_NAMED = re.compile(
    r"\b(?:(?i:add|put|insert|write|use|make)\s(?:(?i:a|the|an)\s)?(?i:title|heading)|(?i:change|rename|set|update|make)\s(?:(?i:the|my|our)\s)?(?i:title|heading)\s(?i:to)|(?i:rename|retitle)\s(?:(?i:the|my|our)\s)?(?i:title|heading|film|video))\s"
    r"(?!(?i:slides?|cards?|screens?|case|text|page)\b)(?=[A-Z][^\s]{0,40}(?:\s|[,.!?;]|$))"
)
"""``add title Hello World``: words that begin with capital letters name it."""
_PUT = re.compile(
    r"\b(?i:put|write|add|stick|slap)\s(?=[A-Z][\w'&!?]{0,40}(?:\s[\w&'!?]{1,40}){0,16}\s(?i:on|over|at|in|across)\b)"
)
"""``put Happy Birthday Anna on the first photo``."""
_NAME = re.compile(
    r"\b(?i:put|write|add|stick|show|place|have)\s(?i:(?:her|his|my|our|their|the|its|a)\s)?(?i:names?|words?|message|greeting|line|phrase|sign)\s(?=[A-Z][\w'&]{0,40})"
)
"""``put her name Rosa on the first picture``."""
_WITH_WORDS = re.compile(
    r"\b(?i:with the (?:words?|text|line|phrase|message|title|caption|sentence))\s(?=[A-Z][\w'&]{0,40})"
)
"""``finish it off with the words See you``."""
_CALLED_SO = re.compile(r"\b(?i:name|title|slogan|motto|tagline|company),\s(?=[A-Z][^,.\n]{1,60},)")
"""``put my shop name, Blumen Huber, in the corner``."""
_THE_NOUN = re.compile(
    r"\b(?i:(?:have|show|let|put|make)\s(?:the|a)\s(?:text|words?|line|phrase|message))\s(?=[A-Z][\w'&]{0,40})"
)
"""``have the text Merry Xmas fly in``."""
_LET_SAY = re.compile(
    r"\b(?i:could|can|make|let|have|may)\s(?i:it|this|the title|the text|the film|the video)\s(?i:say|read)\s(?=[^\s\"“”'‘「『《«:：])"
)
"""``could it say Summer 2023 at the start``."""
_ALSO_PUT = re.compile(
    r"\band\s(?=[A-Z][\w'&!?]{0,40}(?:\s[\w&'!?]{1,40}){0,8}\s(?i:on|over)\s(?i:the|photo|picture|pic|image|slide)\b)"
)
"""``put One on the first and Two on the third``."""
_TO = re.compile(
    rf"\b(?:change|rename|set|update|make|edit|switch)\s(?:the\s|my\s|our\s)?{_NOUN}\s(?:to|into)\s(?:say\s|read\s)?{_OPEN}",
    re.IGNORECASE,
)
"""``change the title to our summer in greece``."""
_THE_WORDS = re.compile(
    rf"\b(?:(?:add|write|put|show|include)\s(?:a\s|the\s)?(?:words?|text|phrase|message|caption|title|heading)(?!\s(?:slides?|cards?|screens?|page|style|overlays?|layers?|boxes|box)\b)|(?:{_NOUN}|it|that)\s(?:should|needs to|must|has to|to)\s(?:now\s)?(?:say|read|be(?=\s(?-i:[A-Z])))|write)\s{_OPEN}",
    re.IGNORECASE,
)
"""``add the words thank you at the end``, ``the title should say Welcome``, ``write happy birthday on photo 1``."""
_POINTING = frozenset(
    "under below beneath for on to in at with the a an my our your some it this that each their its his her something down out saying".split()
)
_HAN_NAMED = re.compile(
    r"(?:加|写|打|放|配|来|取|起)(?:上|个|一个|一|入|上个)?(?:大)?(?:标题|片名|文字|字|title)(?:叫|叫做|写|写上|写着|为|是|内容是)?\s?(?=[^\s\"“”'‘「『《«:：，。])"
)
_HAN_TO = re.compile(
    r"(?:标题|片名|文字|字幕|文案)(?:文字|内容)?(?:改成|改为|换成|换为|变成|改叫|写成|设为|改|叫做|叫|取名)\s?(?=[^\s\"“”'‘「『《«:：，。])"
)
"""加标题我的夏天, 把标题改成我们的夏天."""
_HAN_MENDED = re.compile(
    r"(?:标题|片名|文字|字幕|字|名字|名称)[^，。,\n]{0,6}(?:错|不对|有误|打错|写错|改)[^，。,\n]{0,3}[，,\s]\s?(?:应该)?(?:要)?(?:是|改成|改为|换成|写成)\s?(?=[^\s\"“”'‘「『《«:：，。])"
)
"""字写错了，改成大家好."""
_CAPTIONS = re.compile(
    r"(?:\bcaptions|\blabels|配文|图注|说明文字|说明|字幕)\s?:\s?(?=[^\s\"“”'‘「『《«])", re.IGNORECASE
)
"""``captions: Paris, Rome, London``."""
_EACH_CAPTION = re.compile(
    r"\b(?:(?:captions?|labels?|text)\s(?:under|below|on|for|to|beneath)\s(?:each|every|all|the)|(?:caption|label|title)\s(?:each|every|all|the|my|our|these))\s(?:the\s)?(?:photos?|pictures?|images?|pics?|slides?)\s?:\s?(?=[^\s\"“”'‘「『《«])",
    re.IGNORECASE,
)
"""``put a caption under each photo: A, B, C``."""
_HAN_LIST = re.compile(
    r"(?:(?:依次|分别|按顺序|挨个|逐张|一张一张|各自)(?:写上?|写着|打上|标上|标注?|加上?文字|加字|配上文字|配上|配文|配字|写字|显示|是|为|叫)"
    r"|(?:取|起)个?名字?(?:是|为|叫)?"
    r"|(?:字幕|配文|说明|图注|文字)(?:依次|分别)?(?:是|为|写|用))\s?[:：]?\s?(?=[^\s\"“”'‘「『《«:：，。\d第])"
)
"""每张照片依次写上：春天、夏天, 字幕依次是早上、中午、晚上."""
_UNDER = re.compile(
    r"\b(?:under|below|beneath|on)\s(?:(?:each|every|all|the|my|our|these|of)\s){1,3}(?:photos?|pictures?|images?|pics?|slides?|ones?)\s[a-z' ]{0,30}:\s?(?=[^\s\"“”'‘「『《«])",
    re.IGNORECASE,
)
"""``under the pictures I would like: Anna, Ben, Clara``."""
_CAPTION_LIST = re.compile(r"\b(?:(?i:add|use|put|with|write)\s(?:(?i:the)\s)?)(?i:captions|labels)\s(?=[A-Z])")
"""``add captions Paris, Rome and London to the photos``."""
_CAPTIONED = re.compile(
    r"(?:photo|picture|pic|image|slide|clip)\s\d{1,2}\s?:\s?(?=[^\s\"“”'‘「『《«\d])", re.IGNORECASE
)
"""``caption photo 1: Arrival, photo 2: Dinner``, where captions are spoken of."""
_CAPITALS = re.compile(
    r"[A-Z][\w'&!?]{0,40}(?: (?:(?:of|the|and|in|to|for|a|on|at|with) ){0,2}[A-Z0-9&][\w'&!?]{0,40}){0,12}"
)
_END = re.compile(
    r"[,;\n。，；]|\.(?!\w)| (?:across|along|near|towards?) the (?:top|bottom|middle|center|centre|left|right)\b| on (?:it|them|top|screen|the (?:screen|video|film|movie|slideshow))\b| over (?:it|them)\b| up top\b"
    r"| in (?:[a-z]+ ){1,3}(?:letters?|lettering|font|type|text|writing|colou?rs?)\b| as (?:the|a) (?:title|heading|caption)\b"
    r"| and (?:then )?(?:the |a |some |my |our |another |its )?(?:nice |background |opening |calm |happy |soft |upbeat |romantic |gentle |other )?(?:music|song|track|tune|soundtrack|title|caption|photos?|pictures?|pics|images|video|transitions?|volume|logo|sound|first|last|rest)\b"
    r"| for the (?:first|last)\b| from \d| (?:at|on|to|in) the (?:top|bottom|start|end|center|centre|middle|beginning|left|right|corner|upper|lower)\b"
    r"| (?:after|before|between) (?:the )?(?:photos?|pics?|pictures?|images?|clips?|first|last|second|third|#?\d)\b"
    r"| (?:on|over|to) (?:the )?(?:photo|first|last|second|third|pic|every|each|all)\b| and (?:then )?(?:add|make|put|set|remove|zoom|use|delete|change|also|move|turn|sort|shuffle|swap|speed|slow|crop|blur|give|replace|reverse|mute|lower|insert|include|apply|fade|crossfade|can you|could you|please)\b"
    r"| and (?:then )?(?:play|have|let|keep|start|end|finish|show) (?:the|a|an|some|my|our|with|it|them|all|each|every|happy|calm|soft|music)\b"
    r"| in (?:red|white|black|blue|yellow|green|gold|pink|orange|purple|big|small|bold|the)\b| for \d| please\b| pls\b"
    r"|(?:吧|，|。|谢谢|放在|放到|显示|在(?:顶部|底部|开头|结尾|中间|左|右))"
)
_PIECES = re.compile(r"\s?[,;/|，、；]\s?|\s-\s")
_STYLE = frozenset(
    "COLOR PLACE SIZE_WORD BIGGER FONT FONTWORD DUR NUM ANIM BOX STROKE ALIGN MORE LESS ON IN AT TO AS FOR AND THEN COMMA DEGREE SHOW RELATIVE "
    "START END FIRST LAST WHOLE TITLE CAPTION MOTION FADE FADE_IN FADE_OUT BE MUSIC ORD_MARK USE REMOVE MOVE NEW ONLY FILENAME NUMBERING OFF LOOKWORD "
    "SIZE_TO BEFORE AFTER MAKE NOT FILTER CLIP ADD STOP TOO UNIT CUT BACKGROUND EFFECTS TRANSITION EVERYTHING UNCHANGED COMES ALL".split()
)
"""Kinds of words that say how a title looks or where it stands, or that begin something else: none of them begins a title."""


_GREETINGS = frozenset("hello hi hey thanks thank welcome good great happy love dear".split())
_HAN_GREETINGS = ("你好", "您好", "谢谢", "谢谢你", "谢谢大家", "大家好")
_THINGS = frozenset("CLIP NUM ORD FIRST LAST MUSIC FADE FADE_IN FADE_OUT TRANSITION FILTER COLOR CROSSFADE CUT".split())
"""What a film can begin or end with that is no words."""


def forms(plain: str) -> dict[int, "re.Match[str]"]:
    """Where words without quotation marks begin, and the form that announces them."""
    found: dict[int, re.Match[str]] = {}
    captions = (_CAPTIONED,) if re.search(r"\b(?:caption|label|text)s?\b", plain, re.IGNORECASE) else ()
    for form in (
        *captions,
        *((_ALSO_PUT,) if _PUT.search(plain) else ()),
        _NAME,
        _WITH_WORDS,
        _LET_SAY,
        _CALLED_SO,
        _THE_NOUN,
        _UNDER,
        _HAN_WRITE,
        _HAN_LIST,
        _HAN_MENDED,
        _WITH,
        _COLON_LATER,
        _THE_WORDS,
        _HAN_NAMED,
        _HAN_TO,
        _TO,
        _PUT,
        _COLON,
        _SAYS,
        _NAMED,
        _CAPTIONS,
        _CAPTION_LIST,
        _EACH_CAPTION,
    ):
        found |= {match.end(): match for match in form.finditer(plain)}
    return found


_MARKS = tuple("\"“'‘「『《")
_CHANGE = r"(?:(?:\b(?:change|replace|swap|rename|correct|edit|switch)\s(?:the\s)?(?:title\s|text\s|word\s|words\s)?)|把(?:标题|文字)?)[\"“'‘「『]?"
_HAN_INTO = r"(?:这几个字|这行字|这个标题|那个标题)?\s?(?:改成|换成|改为|替换成|替换为|写成)\s?"
_INTO = r"[\"”'’」』]?\s?(?:to|with|by|into|for|改成|换成|改为|替换成|替换为)\s?"


def renamed(plain: str, texts: Iterable[str]) -> dict[int, "re.Match[str]"]:
    """``change Hello to Goodbye`` where a title says Hello: the old words and the new ones."""
    found: dict[int, re.Match[str]] = {}
    for old in sorted(set(texts), key=len)[-MOST_TEXTS:]:
        words = re.escape(old[:LONGEST])
        form = re.compile(f"({_CHANGE})({words})({_INTO})", re.IGNORECASE)
        bare = re.compile(rf"((?<![A-Za-z“\"]))({words})({_HAN_INTO})", re.IGNORECASE)
        for match in (*form.finditer(plain), *bare.finditer(plain)):
            found |= {match.start(2) - (match.group(1)[-1:] in _MARKS): match, match.end(3): match}
    return found


_CALLED = rf"\b(?:{_NOUN}|word|phrase|line)\s"
_IS_NOW = r"\b(?:it's|it is|its|should be|should say|is now|make it|make that|must be|change it to|says?)\s(?:now\s)?"


def _spoken_of(plain: str, said: str) -> "Iterable[re.Match[str]]":
    """``keep hello on screen``, ``Hello should sit lower``: words of the film called by themselves."""
    verbs = r"(?:take|get|make|give|turn|keep|move|put|show|leave|hold|delete|remove|behind|under|around|enlarge|shrink|shift|place)\s(?:the\s)?"
    after = r"(?=\s(?:isn't|is not|was|looks|doesn't|off|away|out|should|has to|must|needs to|could|can|is|on screen|on the screen|bigger|smaller|lower|higher|in (?:red|white|blue|yellow|gold|black|green)|for|until|through|at the|in the|to the|so)\b)"
    ends = r"(?=\s?(?:[,.!;]|$))"
    yield from re.finditer(rf"\b{verbs}({said})(?:{after}|{ends})", plain, re.IGNORECASE)
    yield from re.finditer(rf"(?:^|[,.;]\s|\band\s)({said}){after}", plain, re.IGNORECASE)


def on_screen(text: str, plain: str, texts: Iterable[str]) -> dict[int, Token]:
    """``the word Coffee`` where a title says Coffee; ``it's Only $7 now`` where one says "Only $5"."""
    found: dict[int, Token] = {}
    for old in sorted(set(texts), key=len)[-MOST_TEXTS:]:
        said = re.escape(old[:LONGEST])
        for match in (*re.finditer(rf"{_CALLED}({said})(?!\w)", plain), *_spoken_of(plain, said)):
            found[match.start(1)] = Token(
                "SHOWN", text[match.start(1) : match.end(1)], match.start(1), match.end(1), old
            )
        if re.search(r"[$€£¥]\s?\d", old):
            for match in re.finditer(r"\b(?:the|that)\s(price)\b", plain, re.IGNORECASE):
                found[match.start(1)] = Token(
                    "SHOWN", text[match.start(1) : match.end(1)], match.start(1), match.end(1), old
                )
        if re.search(r"\d", old) and re.search(r"[^\W\d]{3}", old):
            other = re.sub(r"\d+", r"\\d+", said)
            for match in re.finditer(rf"{_IS_NOW}({other})(?!\w)", plain):
                new = text[match.start(1) : match.end(1)]
                if new != old:
                    found[match.start(1)] = Token("NEW_WORDS", new, match.start(1), match.end(1), (old, new))
    return found


def words(text: str, plain: str, at: int, form: "re.Match[str]") -> Token | None:
    """The words that begin here as one token, or ``None`` when they are no words for the screen."""
    new = plain[form.end(3) : form.end(3) + 12] if form.re.groups == 3 else ""
    known = next((lexicon.HAN[new[:n]] for n in range(len(new), 0, -1) if new[:n] in lexicon.HAN), None)
    if known is not None and known[0] not in ("POLITE", "NOISE", "UNKNOWN") and not _free(new, False):
        return None  # 把标题“Coffee”改成白色
    if form.re.groups == 3 and at < form.end(2):
        end = form.end(2) + (at < form.start(2))
        return Token("OLD_WORDS", text[at:end], at, end, form.group(2))
    if form.re.groups == 3 and plain[at : at + 1] in _MARKS:
        return None  # the new words have quotation marks
    stop = _END.search(plain, at, at + LONGEST)
    end = stop.start() if stop else min(len(text), at + LONGEST)
    if form.re is _HAN_LIST:
        return _han_list(text, plain, at)
    if form.re in (_CAPTIONS, _CAPTION_LIST, _EACH_CAPTION, _UNDER):
        return _captions(text, plain, at, form.re is _CAPTION_LIST)
    if form.re in (_NAMED, _PUT, _WITH, _NAME, _ALSO_PUT, _WITH_WORDS, _CALLED_SO, _THE_NOUN):
        named = _CAPITALS.match(plain, at)
        end = named.end() if named else at
    said = text[at:end].strip()
    han = form.re in (_HAN_TO, _HAN_NAMED, _HAN_WRITE) or (
        form.re in (_COLON, _COLON_LATER) and "一" <= said[:1] <= "鿿"
    )
    if (han or form.re is not _NAME) and any(mark in said for mark in ('"', "“", "”", "「", "『")):
        return None  # 改为两行“Hello”, 标题：内容改为“Hello”, "text changes: title "Lisbon""
    if form.group().lower() == "write " and not (
        stop
        and stop.group().startswith(
            (" on ", " over ", " at ", " in ", " across ", " along ", " near ", " toward", " up ")
        )
    ):
        return None  # "write a poem" is another kind of wish
    if form.re is _COLON and _only_style(said):
        return None  # "title: smaller, white, at the top"
    if form.re is _THE_WORDS and said.split(" ", 1)[0].lower() in _POINTING:
        return None
    if not said or (
        form.re in (_TO, _PUT, _WITH, _THE_WORDS, _HAN_WRITE, _HAN_NAMED, _HAN_TO, _HAN_MENDED, _CAPTIONED)
        and not _free(plain[at:end], form.re in (_PUT, _WITH))
    ):
        return None
    return Token("QUOTE", text[at:end], at, end, said)


_LIST_END = re.compile(r"[\n。;]|\.(?!\w)| (?:to|on|for|below|under) (?:the|my|our|each|all|every|these)\b")
_SENTENCE_END = re.compile(r"[\n。]|\.(?!\w)")
_NAMES = re.compile(r"\s?,\s?(?:and\s)?|\sand\s")
MOST_WORDS = 4
"""Words of a caption in a list that no colon announces; what is longer may be another wish."""


def _captions(text: str, plain: str, at: int, names: bool) -> Token | None:
    stop = (_LIST_END if names else _SENTENCE_END).search(plain, at, at + LONGEST)
    end = stop.start() if stop else min(len(text), at + LONGEST)
    if any(mark in text[at:end] for mark in _MARKS[1:]):
        return None  # 说明：第1张“抵达”，第2张“老城区”
    said = tuple(piece.strip() for piece in (_NAMES if names else _PIECES).split(text[at:end]) if piece.strip())
    if names and not (len(said) > 1 and all(p[0].isupper() and len(p.split()) <= MOST_WORDS for p in said)):
        return None
    return Token("QUOTES", text[at:end], at, end, said) if said else None


_ITEMS = re.compile(r"\s?[、,，/；;]\s?|\s(?=[一-鿿])")
LONGEST_ITEM = 14
"""Characters of a caption in a list without quotation marks."""


_NO_WISH = frozenset("ALL AND KIND AUDIENCE START END NOISE POLITE PLACE TITLE COLOR FOR IN LAST FIRST NEW".split())


def _wishes(item: str) -> bool:
    """Whether an item of a list begins another wish, and is no caption: 字体大一点 behind 春天、夏天."""
    return _first_han(item) in _STYLE - _NO_WISH or bool(re.match(r"字|标题|音乐|颜色|位置|放在|显示", item))


def _han_list(text: str, plain: str, at: int) -> Token | None:
    """早上、中午、晚上: the words up to what begins with a word of ours or is too long for a caption."""
    stop = re.compile(r"[\n。!！?？]").search(plain, at, at + LONGEST)
    end = stop.start() if stop else min(len(text), at + LONGEST)
    said: list[str] = []
    begin = last = at
    for cut in (*_ITEMS.finditer(plain, at, end), None):
        here = cut.start() if cut else end
        item = text[begin:here].strip(" ，,、：:")
        if not item or len(item) > LONGEST_ITEM or (said and _wishes(item)):
            break
        said.append(item)
        last, begin = here, cut.end() if cut else end
    if len(said) == 1 and re.search("和|跟|与", said[0]):
        said = re.split("和|跟|与", said[0])
    return Token("QUOTES", text[at:last], at, last, tuple(said)) if len(said) > 1 else None


def _free(said: str, whole: bool) -> bool:
    """Whether the words are none of style or place: by the first of them, or (``whole``) by any."""
    if "一" <= said[0] <= "鿿":
        kind = _first_han(said)
        filler = said in lexicon.HAN and kind in ("POLITE", "NOISE") and said not in _HAN_GREETINGS
        return said in _HAN_GREETINGS or (kind not in _STYLE and not filler)
    known = [lexicon.meaning(word.strip(".,!?'").lower()) for word in said.split()]
    kinds = [meaning[0] if meaning else "UNKNOWN" for meaning in known]
    if whole:
        return "UNKNOWN" in kinds or not set(kinds) & _THINGS
    stylish = [kind in _STYLE for kind in kinds]
    greets = said.split()[0].lower() in _GREETINGS
    begins = greets or (kinds[0] not in _STYLE and kinds[0] not in ("POLITE", "NOISE"))
    article = said.split()[0].lower() in ("the", "a", "an")
    return not all(stylish) and (begins or (article and "UNKNOWN" in kinds))


def _only_style(said: str) -> bool:
    known = [lexicon.meaning(word.strip(".,!?'").lower()) for word in said.split()]
    return said.isascii() and all(meaning and meaning[0] in _LOOKS_OF_WORDS for meaning in known)


_LOOKS_OF_WORDS = frozenset("BIGGER SIZE_WORD COLOR PLACE FONT FONTWORD MORE LESS DEGREE ALIGN STROKE BOX".split())


def _first_han(said: str) -> str:
    for length in range(min(lexicon.LONGEST_HAN, len(said)), 0, -1):
        if said[:length] in lexicon.HAN:
            return lexicon.HAN[said[:length]][0]
    return "UNKNOWN"
