"""Text → tokens: quotes, numbers and their units, ratios, sizes, file names, and the words of the lexicon.

One pass from left to right. The patterns have no nested repeats and each position is looked at a bounded number of times,
so the time is linear in the text.
"""

import re
from collections.abc import Iterable

from nemovideo_mcp.studio.editor import circumstances_zh, lexicon, nicknames, onscreen, unquoted
from nemovideo_mcp.studio.editor.quantities import combine
from nemovideo_mcp.studio.editor.tokens import Token
from nemovideo_mcp.timeline.tongue import tongue_of

QUOTES = {
    '"': '"', "“": "”“\"", "”": "”\"", "„": "“”\"", "‘": "’", "«": "»", "»": "«", "「": "」", "『": "』", "《": "》",
    "【": "】", "'": "'", "`": "`", "‹": "›",
}  # fmt: skip
LONGEST_QUOTE = 600
LONGEST_SINGLE = 200
"""Characters between single quotation marks, which apostrophes look like."""

_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0x2019: 0x27, 0x2018: 0x2018}
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_HAN_NUMBER = re.compile(r"(?:一两|[零〇一二两三四五六七八九十百])(?:[零〇一二三四五六七八九十百]|(?<=[百千])两){0,7}")
_PIECES = re.compile(
    r"(?P<PATH>(?<![^\s(（])(?:~|\.{1,2})?/[A-Za-z_][^\s,;，。；、\"”)）]{0,300}|(?<!\S)[A-Za-z]:\\[^\s,;，。；、\"”]{1,300})|"
    r"(?P<FILE>[A-Za-z0-9_][A-Za-z0-9_\-]{0,80}\.(?:mp3|wav|m4a|aac|flac|ogg|oga|opus|jpe?g|png|gif|webp|heic|mp4|mov|avi|webm|mkv)(?![A-Za-z0-9]))"
    r"|(?P<HEX>\#(?:[0-9A-Fa-f]{6}|[0-9A-Fa-f]{3})(?![0-9A-Za-z]))"
    r"|(?P<HASH>\#\d{1,2}(?!\d))"
    r"|(?P<PAIR>\d{1,5}(?::|比|\s?[x×*]\s?)\d{1,5}(?![\dA-Za-z]))"
    r"|(?P<RES>(?:480|720|1080|1440|2160)[pP](?![A-Za-z0-9])|[248][kK](?![A-Za-z0-9]))"
    r"|(?P<MINSEC>\d{1,3}(?:m|min)\d{1,2}s?(?![A-Za-z0-9]))"
    r"|(?P<ORD>\d{1,4}(?:st|nd|rd|th)(?![A-Za-z0-9]))"
    r"|(?P<NUM>\d{1,9}(?:\.\d{1,6})?|\.\d{1,6})"
    r"|(?P<SEP>[,;!?\n。，；、！？…]|\.(?!\w))"
    r"|(?P<DASH>[-–—~～])"
    r"|(?P<SIGN>[%&+:])",
)
_AUDIO = (".mp3", ".wav", ".m4a", ".aac", ".flac", ".ogg", ".oga", ".opus")
RATIOS = frozenset(("16:9", "9:16", "1:1", "4:5", "5:4", "4:3", "3:4", "21:9", "2:3", "3:2", "16:10", "2:1", "1:2"))


def tokenize(text: str, names: Iterable[str] = (), texts: Iterable[str] = ()) -> list[Token]:
    """The tokens of an instruction. ``names`` are file names that are known and stay in one piece, ``texts`` the words that
    are on the screen."""
    files = [name for name in names if "." in name]
    scanned = _scan(text, files, [old for old in texts if old.strip()])
    return combine(_words(nicknames.read(scanned, nicknames.words_of(files))))


def _scan(text: str, names: list[str], texts: list[str]) -> list[Token]:
    plain = text.translate(_WIDE)
    known = _known_names(plain, names)
    titles = unquoted.forms(plain) | unquoted.renamed(plain, texts)
    items = _items(plain)
    chinese = tongue_of(plain) == "zh"
    asides = circumstances_zh.spans(plain) if chinese else {}
    shown = {} if chinese else unquoted.on_screen(text, plain, texts)
    named = onscreen.shown(plain, texts) if chinese else {}
    updated = onscreen.updated(plain, texts) if chinese else {}
    cues = _CUES.search(plain) if "-->" in plain else None
    tokens: list[Token] = []
    at = 0
    while at < len(plain):
        if cues is not None and at == cues.start():
            while tokens and tokens[-1].kind in ("STOP", "COLON"):
                tokens.pop()
            tokens.append(Token("CUES", text[at:], at, len(text), text[at:].strip()))
            break
        if at in items:
            tokens.append(Token("STOP", plain[at : items[at]], at, items[at]))
            at = items[at]
            continue
        spoken_of = onscreen.tokens(text, at, named, updated, tokens, at in titles)
        if spoken_of:
            tokens += spoken_of
            at = spoken_of[-1].end
            continue
        token = (
            shown.get(at)
            or (unquoted.words(text, plain, at, titles[at]) if at in titles else None)
            or _named(text, at, known)
            or _quote(text, plain, at)
            or (_aside(text, at, *asides[at]) if at in asides else None)
            or _piece(plain, at)
            or _han(plain, at)
            or _word(plain, at)
        )
        if token is None:
            at += 2 if _possessive(plain, at) else 1
            continue
        tokens.append(token)
        at = token.end
        if token.kind == "QUOTE" and (many := _SO_MANY.match(plain, at)):
            size = {"大": 1.4, "小": 0.7}.get(many[1] or many[2] or "")
            tokens += [Token("SIZE_WORD", many.group(), at, many.end(), size)] if size else []
            at = many.end()
    return tokens


_SO_MANY = re.compile(
    r"\s?(?:(?:这|那)?(?:[一二两三四五六七八九十几]{1,2}|\d{1,2})个(大|小)?字|(?:的)?字样|这(?:句|段)话|几个(大|小)?字)"
)
"""What counts the words for the screen behind them: “新品上市”四个大字."""


_CUES = re.compile(
    r"(?:WEBVTT[^\n]{0,200}\n\s{0,20})?(?:\d{1,4}[ \t]{0,9}\r?\n)?\d{1,2}:\d\d(?::\d\d)?[,.]\d{3}[ \t]{0,9}-->"
)
"""Where the subtitles of an SRT or WebVTT file begin that are written into the instruction; they go on to its end."""
_BULLET = re.compile(r"^[ \t]{0,8}(?:[-–—*•·]|\(?\d{1,2}[).、])(?=\s|[一-鿿])", re.MULTILINE)
_NUMBERED = re.compile(r"(?<=\s)\(?\d{1,2}\)(?=\s)")


_MARKED = re.compile(r"(?:^|(?<=[:;。\n\s]))(?:[(]?\d{1,2}[)](?=\s?[一-鿿])|[①-⑳])")
"""``：1）画面改为竖屏；2）…``, ``①…②…``."""


def _items(plain: str) -> dict[int, int]:
    """Where the marks of a list begin and end: ``- vertical``, ``1) remove photo 2 2) add music``."""
    found = {match.start(): match.end() for match in _BULLET.finditer(plain)}
    if re.match(r"\s{0,8}\(?1\)", plain):
        found |= {match.start(): match.end() for match in _NUMBERED.finditer(plain)}
    if re.search(r"[(]?1[)]\s?[一-鿿]|①", plain):
        found |= {match.start(): match.end() for match in _MARKED.finditer(plain)}
    return found


def _possessive(plain: str, at: int) -> bool:
    """The ``'s`` of "photo 2's": not a unit of time."""
    return plain[at : at + 2] == "'s" and at > 0 and plain[at - 1].isdigit() and not plain[at + 2 : at + 3].isalnum()


def _aside(text: str, at: int, end: int, told: bool) -> Token:
    return Token("ASIDE", text[at:end], at, end, told)


def _known_names(plain: str, names: list[str]) -> dict[int, tuple[str, int]]:
    """Where names of files stand: the name, and how many characters it takes there."""
    found: dict[int, tuple[str, int]] = {}
    for stem, name in nicknames.stems_of(names).items():
        found |= {match.start(): (name, len(stem)) for match in re.finditer(re.escape(stem), plain)}
    lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in plain)
    for name in sorted(names, key=len):
        wanted = "".join(c.lower() if len(c.lower()) == 1 else c for c in name.translate(_WIDE))
        at = lowered.find(wanted)
        while at >= 0:
            before = plain[at - 1] if at else " "
            if not (before.isascii() and before.isalnum() and wanted[0].isascii()):
                found[at] = (name, len(name))
            at = lowered.find(wanted, at + len(wanted))
    return found


def _named(text: str, at: int, known: dict[int, tuple[str, int]]) -> Token | None:
    if at not in known:
        return None
    name, length = known[at]
    return _file(name, text[at : at + length], at)


def _file(name: str, text: str, at: int) -> Token:
    kind = "SONG" if name.lower().endswith(_AUDIO) else "FILE"
    return Token(kind, text, at, at + len(text), name)


def _quote(text: str, plain: str, at: int) -> Token | None:
    opener = text[at]
    if opener not in QUOTES:
        return None
    single = opener in "'‘`"
    if single and at and text[at - 1].isalnum() and not _HAN.match(text[at - 1]):
        return None  # an apostrophe inside a word or at its end
    stop = min(len(text), at + (LONGEST_SINGLE if single else LONGEST_QUOTE))
    end = _closing(text, at, stop, single)
    if end > 0:
        inner = text[at + 1 : end].strip()
        return Token("QUOTE" if inner else "EMPTY_QUOTE", text[at : end + 1], at, end + 1, inner)
    if single:
        return None
    # What follows an open quotation mark may be a title or an order: neither is guessed.
    line = plain.find("\n", at, stop)
    end = line if line >= 0 else stop
    return Token("OPEN_QUOTE", text[at:end], at, end)


def _closing(text: str, at: int, stop: int, single: bool) -> int:
    """Where the quote that opens at ``at`` closes, or -1. An apostrophe inside a word closes nothing."""
    found = []
    for closer in QUOTES[text[at]]:
        end = text.find(closer, at + 1, stop)
        while single and end > 0 and end + 1 < len(text) and text[end + 1].isalnum() and not _HAN.match(text[end + 1]):
            end = text.find(closer, end + 1, stop)
        if end > 0:
            found.append(end)
    return min(found, default=-1)


def _piece(plain: str, at: int) -> Token | None:
    match = _PIECES.match(plain, at)
    if match is None:
        return None
    kind, text = str(match.lastgroup), match.group()
    end = match.end()
    match kind:
        case "FILE":
            return _file(text, text, at)
        case "HEX":
            digits = text[1:] if len(text) == 7 else "".join(2 * c for c in text[1:])
            return Token("COLOR", text, at, end, "#" + digits.lower())
        case "HASH":
            return Token("REF", text, at, end, (int(text[1:]),))
        case "PAIR":
            return _pair(text, at, end)
        case "RES":
            return Token("RES", text, at, end, {"2160p": "4k"}.get(text.lower(), text.lower()))
        case "MINSEC":
            minutes, seconds = re.split(r"m(?:in)?", text.rstrip("s"), maxsplit=1)
            return Token("DUR", text, at, end, int(minutes) * 60 + int(seconds))
        case "ORD":
            return Token("ORD", text, at, end, int(text[:-2]))
        case "NUM":
            return Token("NUM", text, at, end, float(text) if "." in text else int(text))
        case "PATH":
            return Token("NOISE", text, at, end)
        case "SIGN":
            named = {"%": "PCT", "&": "AND", "+": "AND", ":": "COLON"}
            return Token(named[text], text, at, end)
        case "SEP":
            return Token("COMMA" if text in ",，、" else "STOP", text, at, end, "、" if text == "、" else None)
        case _:
            return Token("DASH", text, at, end)


def _pair(text: str, at: int, end: int) -> Token:
    compact = re.sub(r"\s", "", text)
    first, second = re.split(r"[:x×*比]", compact)
    ratio = f"{int(first)}:{int(second)}"
    if ratio in RATIOS and not (":" in compact and len(second) == 2 and second.startswith("0")):
        return Token("RATIO", text, at, end, ratio)
    if ":" in compact and len(second) == 2 and int(second) < 60:
        return Token("DUR", text, at, end, int(first) * 60 + int(second))
    kind = "SIZE" if min(int(first), int(second)) >= 100 else "RATIO"
    return Token(kind, text, at, end, (int(first), int(second)) if kind == "SIZE" else ratio)


def _han(plain: str, at: int) -> Token | None:
    known = None
    for length in range(min(lexicon.LONGEST_HAN, len(plain) - at), 0, -1):
        known = lexicon.HAN.get(plain[at : at + length])
        if known and not (length > 1 and _side(plain, at + length - 1)):
            break
    number = _HAN_NUMBER.match(plain, at)
    counted = number and plain[at - 1 : at] == "第"  # 第一个转场: not the article 一个
    if number and (not known or counted or length < len(number.group())):
        about = _between(number.group())
        kind, value = ("NUM", han_number(number.group())) if about is None else ("ABOUT", about)
        return Token(kind, number.group(), at, number.end(), value)
    if known:
        return Token(known[0], plain[at : at + length], at, at + length, known[1])
    return Token("UNKNOWN", plain[at], at, at + 1) if _HAN.match(plain[at]) else None


_SIDES = re.compile("[上下左右][面方边部侧]")


def _side(plain: str, at: int) -> bool:
    """Whether the last character of a word begins a place: 写上 before 面."""
    return bool(_SIDES.match(plain, at))


_ABOUT = re.compile(r"([二三四五六七八九]?十)?([一二两三四五六七八])([二两三四五六七八九])(十?)")


def _between(text: str) -> float | None:
    """五六, 十七八, 三四十: between two neighbouring numbers, the middle of them; None for any other number."""
    match = _ABOUT.fullmatch(text)
    if match is None or (match[1] and match[4]):
        return None
    low, high = han_number(match[2]), han_number(match[3])
    if high != low + 1 and (low, high) != (3, 5):
        return None
    middle = (low + high) / 2
    return middle * 10 if match[4] else middle + (han_number(match[1]) if match[1] else 0)


def han_number(text: str) -> int:
    """A number in Chinese figures below 1000: 三十, 两百五十, 一百零五."""
    digits = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
    total = current = 0
    if not any(c in "十百" for c in text):
        return int("".join(str(digits[c]) for c in text))
    for c in text:
        if c in "十百":
            total += (current or 1) * (10 if c == "十" else 100)
            current = 0
        else:
            current = digits[c]
    return total + current


def _word(plain: str, at: int) -> Token | None:
    """A run of letters, with the apostrophes inside it; not Chinese, which has no spaces."""
    end = at
    while end < len(plain) and end - at < 80:
        c = plain[end]
        inner = c == "'" and end > at and end + 1 < len(plain) and plain[end + 1].isalpha()
        if not (inner or ((c.isalpha() or c.isdigit()) and not _HAN.match(c))):
            break
        end += 1
    numbered = _NUMBERED_CLIP.fullmatch(plain[at:end].lower())
    end = at + len(numbered.group(1)) if numbered else end  # "photo2"
    return Token("WORD", plain[at:end], at, end) if end > at else None


_NUMBERED_CLIP = re.compile(r"(photos?|pics?|pictures?|images?|img|clips?|slides?|fotos?)\d{1,3}")


def _words(tokens: list[Token]) -> list[Token]:
    """Each run of words as concepts, the longest known phrase first."""
    tokens = [t for i, t in enumerate(tokens) if not (t.kind == "DASH" and _hyphen(tokens, i))]
    out: list[Token] = []
    at = 0
    while at < len(tokens):
        if tokens[at].kind != "WORD":
            out.append(tokens[at])
            at += 1
            continue
        token, used = _concept(tokens, at)
        out.append(token)
        at += used
    return out


def _hyphen(tokens: list[Token], at: int) -> bool:
    """Whether the dash joins two words, or a number and a word: ``cross-fade``, ``30-second``."""
    if not 0 < at < len(tokens) - 1:
        return False
    before, dash, after = tokens[at - 1 : at + 2]
    return before.end == dash.start and dash.end == after.start and after.kind == "WORD"


def _spelt(token: Token) -> str:
    """The word in small letters, a misspelt one as it was meant."""
    lowered = token.text.lower()
    if lowered in lexicon.PARTS or lexicon.meaning(lowered):
        return lowered
    return lexicon.meant(lowered) or lowered


def _concept(tokens: list[Token], at: int) -> tuple[Token, int]:
    first = tokens[at]
    lowered = _spelt(first)
    if lowered in lexicon.STARTS or lowered.removesuffix("s") in lexicon.STARTS:
        run: list[Token] = []
        for token in tokens[at : at + lexicon.LONGEST_PHRASE]:
            if token.kind != "WORD" and token.text != "&":
                break
            run.append(token)
        for count in range(len(run), 1, -1):
            phrase = " ".join(_spelt(token) for token in run[:count])
            known = lexicon.meaning(phrase)
            if known:
                slips = any(_spelt(token) != token.text.lower() for token in run[:count])
                read = phrase if slips else None
                return Token(known[0], phrase, first.start, run[count - 1].end, known[1], read), count
    known = lexicon.meaning(lowered)
    if known:
        read = lowered if lowered != first.text.lower() else None
        return Token(known[0], first.text, first.start, first.end, known[1], read), 1
    return Token("UNKNOWN", first.text, first.start, first.end), 1
