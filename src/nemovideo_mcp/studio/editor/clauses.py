"""The parts of an instruction that stand for themselves: split at commas, stops, "and", "then", 然后, 并.

Quotes, spans of time, numbers and lists of clips are single tokens by now, so nothing inside them is ever split.
"""

import re
from bisect import bisect_left
from dataclasses import dataclass, replace

from nemovideo_mcp.studio.editor import asides, cardwords, cuts, hanplain, moods, plainly, references, senses, spoken
from nemovideo_mcp.studio.editor.manners import BIGGER, FASTER, SHORTER, SLOWER
from nemovideo_mcp.studio.editor.selections import has_rule
from nemovideo_mcp.studio.editor.tokens import Token, kinds

_BULLET = re.compile(r"[-–—*•·]|\(?\d{1,2}[).、]")
_SPLITS = ("AND", "THEN", "COMMA", "STOP", "CORRECTION", "BECAUSE", "PURPOSE")
_VERBS = "MAKE|ADD|REMOVE|MOVE|SWAP|SORT|SHUFFLE|REVERSE|REPLACE|RESIZE"
_EMPTY = ("NOISE", "POLITE", "ASIDE")


@dataclass(frozen=True, slots=True)
class Clause:
    """``then``: it follows the ones before it, so it counts the clips as they left them. ``corrects``: it takes back
    what was said before about the same thing. ``joined``: by "and" to the clause before. ``sentence`` counts full stops,
    ``start`` is where it begins in the text, ``but``
    whether it takes something out of what was said before. ``states``: it says how something is ("it's blurry"), ``reason``:
    it begins with "because"."""

    tokens: tuple[Token, ...]
    then: bool = False
    corrects: bool = False
    sentence: int = 0
    joined: bool = False
    start: int = 0
    but: bool = False
    states: bool = False
    reason: bool = False
    item: bool = False
    """Whether it is an item of a list."""
    tells: bool = False
    """Whether it tells of something and wishes for nothing ("my mom turns 70")."""
    so: bool = False
    """Whether it begins with "so": what is told before it is the reason."""
    recalls: bool = False
    """Whether it tells of what was ("the light was cold that day")."""


def split(tokens: list[Token]) -> list[Clause]:
    """The clauses that say something, in order."""
    tokens = senses.told_apart(moods.run_ons(spoken.heard(tokens), _SPLITS))
    clauses: list[Clause] = []
    current: list[Token] = []
    telling = _tellings(tokens)
    reasoned = [t.start for i, t in enumerate(tokens) if t.text.lower() == "so" and _begins(tokens, i)]
    then = corrects = linked = but = reason = item = False
    sentence = 0
    asked = _questions(tokens)
    states = [token.start for token in tokens if token.text.lower() in _COPULAS]

    def close(end: int) -> None:
        nonlocal then, corrects, linked, but, reason, item
        if current:
            start = clauses[-1].tokens[-1].end if clauses else 0
            stated = any(start <= at < end for at in states)
            found = tuple(cuts.beside(current))
            if any(t.kind in ("TKIND", "CROSSFADE", "FILM_FADE", "CUT", "BLACKNESS") for t in found):
                found = tuple(t for i, t in enumerate(found) if not (t.kind == "ONLY" and kinds(found, i + 1, "CUTS")))
            if any(start <= at < end for at in asked):
                found = (Token("QUESTION", "?", current[0].start, current[0].start), *found)
            told = [past for first, last, past in telling if first <= current[0].start < last]
            clauses.append(
                Clause(
                    found,
                    then,
                    corrects,
                    sentence,
                    linked,
                    current[0].start,
                    but,
                    stated,
                    reason,
                    item,
                    bool(told),
                    bisect_left(reasoned, start) < bisect_left(reasoned, current[0].start),
                    any(told),
                )
            )
            current.clear()
            then = corrects = linked = but = reason = item = False

    for token in references.find(cardwords.find(_prepared(tokens))):
        if token.kind not in _SPLITS:
            if token.kind == "REF" and has_rule(token.value) and current and current[-1].kind == "EACH":
                current.pop()  # "every photo except the last"
            current.append(token)
            continue
        close(token.start)
        then = then or token.kind == "THEN"
        corrects = corrects or token.kind == "CORRECTION"
        linked = linked or token.kind == "AND" or token.value == "、"
        but = but or token.text.lower() in ("but", "但", "但是", "不过")
        reason = reason or token.kind == "BECAUSE"
        sentence += token.kind == "STOP"
        item = item or (token.kind == "STOP" and _BULLET.fullmatch(token.text.strip()) is not None)
    close(tokens[-1].end + 1 if tokens else 0)
    return clauses


def _begins(tokens: list[Token], at: int) -> bool:
    return at == 0 or tokens[at].kind == "COMMA" or tokens[at - 1].kind in _SPLITS


def _tellings(tokens: list[Token]) -> list[tuple[int, int, bool]]:
    """Where the parts begin and end that tell of something, and whether of what was."""
    found: list[tuple[int, int, bool]] = []
    part: list[Token] = []
    for token in [*tokens, None]:
        if token is not None and token.kind not in _SPLITS:
            part.append(token)
            continue
        if part and moods.tells(part):
            found.append((part[0].start, part[-1].end, moods.recalls(part)))
        part = []
    return found


def _questions(tokens: list[Token]) -> list[int]:
    """Where questions begin that ask how something is: "is it black and white?" is no order."""
    found = []
    for at, token in enumerate(tokens):
        first = at == 0 or tokens[at - 1].kind in _SPLITS
        if first and token.text.lower() in ("is", "are", "was", "were", "does", "did", "do", "has", "am"):
            end = next((t for t in tokens[at : at + 40] if t.kind == "STOP"), None)
            if end is not None and end.text == "?":
                found.append(token.start)
    return found


_QUESTIONS = ("多长", "多久", "多少", "什么", "为什么", "几张", "几秒", "是不是", "有没有")


def asking(token: Token, at: int) -> bool:
    """``how long is it``, ``what can you do``, 视频多长: a question, and no condition."""
    said = token.text.lower()
    return said in _QUESTIONS or (at <= 2 and said.split()[0] in ("how", "what", "why", "who"))


_COPULAS = frozenset(
    ("it's", "its", "is", "are", "was", "were", "that's", "they're", "they are", "looks", "look", "seems", "很", "太")
)
_DEGREES = frozenset(
    ("really", "very", "quite", "so", "pretty", "bit", "kind of", "sort of", "super", "just", "a", "still")
)
_AS_IT_IS = frozenset(
    (
        "dark",
        "dull",
        "pale",
        "bland",
        "dim",
        "bright",
        "light",
        "blurry",
        "blurred",
        "out of focus",
        "loud",
        "quiet",
        "long",
        "short",
        "fast",
        "quick",
        "slow",
        "washed out",
        "faded",
        "flat",
        "cold",
        "grey",
        "gray",
        "暗",
        "亮",
        "模糊",
    )
)
"""Words in the form that tells how something is, not how it should be ("darker", "make it dark")."""


_TELL_HOW = ("it's", "its", "is", "are", "was", "looks", "that's", "they're", "seem", "seems", "feel", "feels", "很")
_SUBJECTS = ("CLIP", "ALL_CLIPS", "FILM", "LOOKWORD", "COLORS", "IT", "FILE", "ALL")


def _told(tokens: list[Token]) -> list[Token]:
    """``photo 2 is really dark`` complains, ``photo 2 is dark`` only tells: neither wishes for dark photos."""
    out = list(tokens)
    for at, token in enumerate(tokens):
        if token.text.lower() not in _TELL_HOW and not (
            token.text.lower() == "look" and at and tokens[at - 1].kind in _SUBJECTS
        ):
            continue
        after = at + 1
        while after < len(tokens) and (
            tokens[after].text.lower() in _DEGREES or tokens[after].kind in ("DEGREE", "ALL")
        ):
            after += 1
        if after < len(tokens) and tokens[after].text.lower() in _AS_IT_IS:
            here = tokens[after]
            if after > at + 1 or token.text == "很":
                out[after - 1 if after > at + 1 else at] = Token(
                    "TOO", tokens[after - 1].text, tokens[after - 1].start, tokens[after - 1].end
                )
            else:
                out[after] = replace(here, kind="UNKNOWN")
    return out


def _prepared(tokens: list[Token]) -> list[Token]:
    """Without the words that say nothing; descriptions of the photos and the film ("product photos") told apart."""
    tokens = [_correction(tokens, at) for at in range(len(tokens))]
    tokens = _purposes(plainly.plainer(hanplain.plainer([t for t in _told(tokens) if t.kind not in _EMPTY])))
    kept = _too(asides.without(tokens, _SPLITS))
    if [token.text for token in kept] == ["取消"]:
        kept = [replace(kept[0], kind="UNDO")]
    if kinds(kept, 0, "NUM|COUNT", "STEP", "COLON"):  # "3 changes: ..."
        del kept[:3]
    starts = {i for i in range(len(kept)) if i == 0 or kept[i - 1].kind in _SPLITS}
    kept = [t for i, t in enumerate(kept) if not (i in starts and t.kind == "FIRST" and kinds(kept, i + 1, _VERBS))]
    # "only change the length" limits nothing that is asked for.
    kept = [
        t
        for i, t in enumerate(kept)
        if not (t.kind == "ONLY" and kinds(kept, i + 1, "MAKE|REMOVE|MOVE|SWAP|RESIZE|FILTER"))
    ]
    kept = [t for i, t in enumerate(kept) if not (t.kind == "FINE" and i and kept[i - 1].kind == "DUR")]
    out = list(kept)
    for at in range(len(kept) - 1, -1, -1):
        here = kept[at]
        follows = out[at + 1].kind if at + 1 < len(out) else ""
        if here.kind == "KIND":
            described = follows in ("CLIP", "FILM", "DESCRIPTION")
            out[at] = Token("DESCRIPTION" if described else "UNKNOWN", here.text, here.start, here.end)
    for at, here in enumerate(out):
        # "these sunset photos": the photos are all there are, whatever they show.
        if here.kind in ("DET", "NUM"):
            count = 0
            while count < 3 and kinds(out, at + 1 + count, "UNKNOWN|DESCRIPTION|SHAPE"):
                count += 1
            if count and kinds(out, at + 1 + count, "CLIP") and (here.kind == "DET" or kinds(out, at - 1, "DET")):
                for i in range(at + 1, at + 1 + count):
                    out[i] = Token("DESCRIPTION", out[i].text, out[i].start, out[i].end)
    for at in range(1, len(out)):  # "the title lower" speaks of its place, "lower the music" of how much
        if out[at].text.lower() in ("lower", "higher") and out[at - 1].kind in ("TITLE", "CAPTION"):
            out[at] = replace(out[at], kind=out[at].text.upper())
    # A description between a number and its noun would hide "five photos".
    return [t for t in out if t.kind != "DESCRIPTION"]


_DOING = (
    "SORT",
    "TRIMWORD",
    "MAKE",
    "SHOW",
    "USE",
    "CLIP",
    "ALL",
    "ORDER",
    "FILM",
    "IT",
    "CROP",
    "MOVE",
    "VIDEO_CLIP",
    "NUM",
    "ORD",
    "FIRST",
    "LAST",
)


def _purposes(tokens: list[Token]) -> list[Token]:
    """``reorder the images so that the sequence is 3, 1, 2``: what says nothing without its purpose is one part with it."""
    out: list[Token] = []
    begun = 0
    joined = False
    for token in tokens:
        if token.kind == "PURPOSE" and all(t.kind in _DOING for t in out[begun:]):
            joined = True
            continue
        if joined and token.kind in ("IT", "COMES", "BE", "SHOW") and out[-1].kind != "PURPOSE":
            continue  # "move photo 5 so that it comes right after photo 1"
        joined = False
        out.append(token)
        if token.kind in _SPLITS:
            begun = len(out)
    return out


_INVERSE = {
    "LOUDER": "QUIETER", "QUIETER": "LOUDER", "BIGGER": "BIGGER", "ADJ": "ADJ", "INTENSITY": "RELATIVE", "LONG": "RELATIVE",
    "SIZE_WORD": "BIGGER",
}  # fmt: skip
_PACE = {
    "fast": ("speed", SLOWER), "quick": ("speed", SLOWER), "quickly": ("speed", SLOWER), "rapid": ("speed", SLOWER),
    "slow": ("speed", FASTER), "slowly": ("speed", FASTER), "long": ("length", SHORTER), "快": ("speed", SLOWER), "长": ("length", SHORTER), "久": ("length", SHORTER),
}  # fmt: skip
"""What a pace or a length that is too much asks for; "too strong" asks for nothing that is known."""


_TOO_GRADED = {
    "warm": ("warmth", -0.2),
    "cool": ("warmth", 0.2),
    "vivid": ("saturation", -0.2),
    "faded": ("saturation", 0.2),
}


_TINTS = {"#ffff00": -0.2, "#ffa500": -0.2, "#ff0000": -0.2, "#ffd700": -0.2, "#0000ff": 0.2, "#00ffff": 0.2}
"""What is done for a picture that is "too yellow" or "too blue": the other way in warmth."""


def _too(tokens: list[Token]) -> list[Token]:
    """``too dark``, ``not so dark`` ask for brighter, ``too loud`` for quieter; what else is too much is not guessed. At an
    end it is "also"."""
    out: list[Token] = []
    at = 0
    while at < len(tokens):
        here = tokens[at]
        if here.kind != "TOO":
            out.append(here)
        elif kinds(tokens, at + 1, "FILTER") and tokens[at + 1].value in _TOO_GRADED:
            follows = tokens[at + 1]
            out.append(replace(follows, kind="ADJ", start=here.start, value=_TOO_GRADED[follows.value], complains=True))
            at += 1
        elif (
            out
            and out[-1].kind == "DUR"
            and kinds(tokens, at + 1, "LONG|RELATIVE")
            and tokens[at + 1].text.lower() in ("long", "longer")
        ):
            long = out.pop()  # "the slideshow is 5 seconds too long"
            out.append(replace(long, kind="DELTA", end=tokens[at + 1].end, value=("DUR", -long.value, "length")))
            at += 1
        elif kinds(tokens, at + 1, "COLOR") and tokens[at + 1].value in _TINTS:
            follows = tokens[at + 1]
            out.append(
                replace(follows, kind="ADJ", start=here.start, value=("warmth", _TINTS[follows.value]), complains=True)
            )
            at += 1
        elif kinds(tokens, at + 1, "|".join(_INVERSE)) and not (
            _INVERSE[tokens[at + 1].kind] == "RELATIVE" and tokens[at + 1].text.lower() not in _PACE
        ):
            follows = tokens[at + 1]
            value = _PACE.get(follows.text.lower(), follows.value)
            if follows.kind == "ADJ":
                value = (value[0], -value[1])
            elif follows.kind == "BIGGER":
                value = 1 / value
            elif follows.kind == "SIZE_WORD":
                value = 1 / BIGGER if value > 1 else BIGGER
            out.append(replace(follows, kind=_INVERSE[follows.kind], start=here.start, value=value, complains=True))
            at += 1
        elif at + 1 < len(tokens) and not kinds(tokens, at + 1, "|".join(_SPLITS)):
            out.append(replace(here, kind="GUARD"))
        at += 1
    return out


def _correction(tokens: list[Token], at: int) -> Token:
    """``no, make it 20 seconds``: a "no" that stands alone takes back what was said."""
    token = tokens[at]
    if token.kind == "NOT" and token.text.lower() in ("no", "不"):
        alone = at == 0 or tokens[at - 1].kind in ("COMMA", "STOP", "DASH", "AND", "CORRECTION")
        if at and tokens[at - 1].kind == "COMMA" and kinds(tokens, at + 1, "QUOTE"):  # title "Hi", no "Hello"
            return Token("CORRECTION", token.text, token.start, token.end)
        if alone and kinds(tokens, at + 1, "COMMA|STOP|DASH|CORRECTION"):
            return Token("CORRECTION", token.text, token.start, token.end)
    return token
