"""What a clause says beside its wish and takes nothing from it: for whom, for what day, why, in what manner of speaking.

A clause that is not read completely is read again without its circumstances; where that leaves nothing over, the wish is done
and the reply tells what was left aside. No number, no name of a clip, no negation and no word of ours is ever part of one,
nor what could narrow down which clips are meant ("the photos with the dog", "the wedding part").
"""

import re
from collections.abc import Iterator, Sequence

from nemovideo_mcp.studio.editor.tokens import Token, kinds

_QUIET = frozenset("UNKNOWN DET AUDIENCE IT TO OF AS KIND COLON DEGREE LATER_DAY".split())
"""What a circumstance may be made of beside the word that opens it."""
_CLAUSAL = _QUIET | frozenset(
    "ON IN AT FOR ALL USE MAKE SHOW CLIP FILM EVERYTHING FACE BE COMES WITH_PREP OUT GUARD MORE FRAME_WORD CAMERA DASH".split()
)
"""What a purpose or a reason may be made of: "so everyone can see it on the big screen"."""
_PARTS = frozenset(
    "part parts section sections scene scenes bit bits moment moments portion segment segments area areas corner corners edge edges side sides "
    "one ones half sky grass water face faces eyes hair skin foreground background ones row group rows page pages chapter chapters beginning ending middle "
    "intro outro start end dog cat voice singing sound lyrics chorus verse drop".split()
)
"""Nouns that say which part of the film or of a picture is meant."""
_DAYS = re.compile(
    r"(?:mon|tues?|wednes|thurs?|fri|satur|sun)days?|january|february|march|april|june|july|august|september|october|november|december|"
    r"today|tonight|tomorrow|yesterday|weekend|week|month|year|evening|morning|afternoon|noon|night|birthday|party|wedding|anniversary|"
    r"graduation|funeral|ceremony|reception|school|church|class|office|work|meeting|reunion|christmas|easter|halloween|thanksgiving|lunch|dinner|"
    r"breakfast|conference|event|fair|booth|shop|store|home|retirement|celebration|memorial|service|service|baptism|shower|recital|prom|holiday|holidays|vacation|trip"
)
_PURPOSES = frozenset(
    "watch celebrate surprise impress read see enjoy remember honor honour thank match suit recognise recognize follow notice understand "
    "keep post send print hang frame save fit catch grab breathe sink digest process appreciate absorb register admire savor savour take look "
    "please cheer attract bore distract".split()
)
_NAMED = ("CLIP", "ALL_CLIPS", "REF", "FILM", "VIDEO_CLIP", "TITLE", "MUSIC", "TRANSITION", "COUNT")
"""What a preposition with it tells which one is meant."""
_PLAIN_ADVERB = re.compile(r"[a-z]{3,20}ly")
_NOT_PLAIN = frozenset(
    "only barely hardly scarcely nearly partially partly monthly weekly daily early family reply apply supply fly july italy ally separately alternately individually respectively consecutively".split()
)
_LONGEST = 12
"""Tokens of a circumstance at most."""
MOST = 6
"""Circumstances of a clause at most."""


def harmless(tokens: Sequence[Token]) -> bool:
    """Whether these tokens could be a purpose or a reason: they hold nothing that is ours."""
    kinds = ("UNKNOWN" if token.text.lower() == "one" else token.kind for token in tokens)
    return 0 < len(tokens) <= _LONGEST and all(kind in _CLAUSAL for kind in kinds) and not _narrowing(tokens[1:])


def _narrowing(tokens: Sequence[Token]) -> bool:
    return any(token.text.lower() in _PARTS for token in tokens if token.kind != "IT")


def without(
    tokens: Sequence[Token], left: Sequence[int], whole: bool = False
) -> tuple[tuple[Token, ...], list[tuple[int, int]]] | None:
    """The tokens without their circumstances, and where these began and ended; None where there are none.

    ``left`` are the tokens that could not be read: a circumstance holds one of them. ``whole``: what is wished is said of the whole
    film, so that "in the lobby" cannot tell which part of it is meant.
    """
    spans = [span for span in _spans(tokens, whole) if any(span[0] <= at < span[1] for at in left)]
    if not spans or len(spans) > MOST:
        return None
    gone = {at for start, end in spans for at in range(start, end)}
    kept = tuple(token for at, token in enumerate(tokens) if at not in gone)
    return (kept, spans) if kept else None


def all_of(tokens: Sequence[Token]) -> bool:
    """Whether a clause is nothing but circumstances: ``for our anniversary``."""
    covered = sum(end - start for start, end in _spans(tokens))
    return 0 < covered == len(tokens)


def _spans(tokens: Sequence[Token], whole: bool = False) -> Iterator[tuple[int, int]]:
    at = 0
    while at < len(tokens):
        end = _end(tokens, at, whole)
        if end > at:
            yield at, end
            at = end
        else:
            at += 1


def _end(tokens: Sequence[Token], at: int, whole: bool = False) -> int:
    """Where the circumstance that begins here ends; ``at`` itself when none does."""
    here = tokens[at]
    said = here.text.lower()
    if here.kind == "WHY" and here.value == "aim":
        return at + 1  # 使画面更有动感
    if not said.isascii():
        return at
    if here.kind == "WHY":
        return len(tokens) if harmless(tokens[at + 1 : at + _LONGEST + 2]) else at
    if (
        here.kind == "GUARD"
        and said in ("when", "while", "once", "whenever")
        and at
        and _someone(tokens[at + 1 : at + 2])
    ):
        return len(tokens) if harmless(tokens[at + 1 : at + _LONGEST + 2]) else at
    if (
        here.kind == "GUARD"
        and said == "like"
        and at
        and tokens[at + 1 : at + 2]
        and tokens[at + 1].kind in ("IN", "ON", "AT", "FROM")
    ):
        end = at + 2  # "like in powerpoint", "like on a typewriter"
        while end < len(tokens) and end - at < _LONGEST and tokens[end].kind in _QUIET | {"ANIM", "FILM", "DET"}:
            end += 1
        return end if end == len(tokens) and end > at + 2 else at
    if here.kind == "FOR" or said == "for":
        return _adjunct(
            tokens, at, at > 0 and tokens[at - 1].kind in ("CLIP", "ALL_CLIPS", "REF", "TITLE", "QUOTE", "MUSIC")
        )
    if (
        here.kind == "OF"
        and at
        and tokens[at - 1].kind == "DUR"
        and at + 2 == len(tokens)
        and tokens[at + 1].kind == "UNKNOWN"
    ):
        return at + 2  # "20 seconds of airtime"
    if here.kind in ("ON", "AT", "WITH_PREP", "IN", "BEFORE", "AFTER"):
        end = _adjunct(tokens, at, at > 0 and tokens[at - 1].kind in ("CLIP", "ALL_CLIPS"))
        return end if whole or any(_DAYS.fullmatch(token.text.lower()) for token in tokens[at + 1 : end]) else at
    if here.kind == "TO" and said == "to" and at and _purpose(tokens, at):
        end = at + 1
        while (
            end < len(tokens)
            and end - at < _LONGEST
            and tokens[end].kind in _CLAUSAL - {"SHOW", "MAKE", "USE"} | {"UNKNOWN"}
        ):
            end += 1
        return end if not _narrowing(tokens[at + 1 : end]) else at
    if here.kind == "UNKNOWN" and (_DAYS.fullmatch(said) and said.endswith(("day", "night", "morrow"))):
        return at + 1
    if here.kind == "UNKNOWN" and _PLAIN_ADVERB.fullmatch(said) and said not in _NOT_PLAIN:
        return at + 1
    return at


def _someone(tokens: Sequence[Token]) -> bool:
    return bool(tokens) and (
        tokens[0].kind in ("DET", "UNKNOWN", "AUDIENCE") or tokens[0].text.lower() in ("they", "everyone")
    )


def _adjunct(tokens: Sequence[Token], at: int, behind_noun: bool) -> int:
    """The end of "for my parents" and the like; behind the name of clips it must be the end of the clause, as in the middle it may
    tell which ("make the photos for grandma brighter")."""
    end = at + 1
    while end < len(tokens) and end - at < _LONGEST and tokens[end].kind in _QUIET:
        end += 1
    if kinds(tokens, end, "ORD", "UNKNOWN") and _DAYS.fullmatch(tokens[end + 1].text.lower()):
        end += 2  # "for my grandma's 80th birthday"
    inner = tokens[at + 1 : end]
    named = any(token.kind in ("UNKNOWN", "AUDIENCE", "KIND") for token in inner)
    selects = (
        end < len(tokens) and tokens[end].kind in _NAMED and tokens[end - 1].kind != "COLON"
    )  # "for the sunset photo"
    if not named or selects or _narrowing(inner) or (behind_noun and end < len(tokens)):
        return at
    return end


def _purpose(tokens: Sequence[Token], at: int) -> bool:
    """``too small to read``, ``to surprise my wife``."""
    if at + 1 == len(tokens):
        return False
    verb = tokens[at + 1].text.lower()
    much = any(token.complains or token.kind == "TOO" for token in tokens[:at])
    return tokens[at + 1].kind == "UNKNOWN" and (verb in _PURPOSES or much)
