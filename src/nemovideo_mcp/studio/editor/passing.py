"""Parts that wish for nothing: they tell of somebody, of what was, or go on with what was told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nemovideo_mcp.studio.editor import circumstances

if TYPE_CHECKING:
    from nemovideo_mcp.studio.editor.asks import Reading

_TOLD = frozenset(
    "MOVE STEP UNKNOWN DET AUDIENCE KIND IT NUM TO OF ON IN AT FOR AS USE MAKE SHOW DISLIKE NOT GUARD FACE COMES BE WITH_PREP DEGREE MORE ORD ALL OUT FROM AFTER BEFORE WHY LOUDER INTENSITY AGAIN".split()
)
"""What a clause may be made of that tells of something outside the film."""
_OF_WHAT_WAS = _TOLD | frozenset(
    "ADJ FILTER LOOKWORD TOO MANNER SIZE_WORD LONG CLIP FILM ALL_CLIPS DATE WHERE CAMERA EACH INTENSITY COLOR SHAPE FIRST LAST".split()
)
_ADJECTIVES = ("SIZE_WORD", "COLOR", "MANNER", "FILTER", "ADJ", "LONG")
_OF_WHAT_IS = (_TOLD - {"NOT", "DISLIKE", "GUARD"}) | frozenset((*_ADJECTIVES, "FACE"))
_ABOUT = frozenset(("CLIP", "FILM", "ALL_CLIPS", "COUNT", "DATE", "PICTURE_FORMAT"))
_OF_ORIGIN = ("from", "of", "taken", "shot", "made", "for")


def in_passing(reading: Reading) -> bool:
    """``my grandma turns 80``, ``she hates it``, ``for our anniversary``: nothing is wished for."""
    tokens = reading.clause.tokens
    past = reading.clause.recalls and bool(reading.left) and tokens[0].kind == "UNKNOWN"
    if past and {token.kind for token in tokens} <= _OF_WHAT_WAS:
        return True
    if reading.additions or any(ask.topic not in ("unwanted", "kept", "cloud", "later") for ask in reading.asks):
        return False
    if any(ask.topic in ("cloud", "later") for ask in reading.asks) and not (
        reading.clause.tells and tokens[0].kind in ("UNKNOWN", "FACE", "AUDIENCE", "DET")
    ):
        return False
    if circumstances.all_of(tokens):
        return True
    said = {token.kind for token in tokens} - {"CLOUD", "LATER"}
    told = _TOLD | _ABOUT if any(token.text.lower() in _OF_ORIGIN for token in tokens) else _TOLD
    if reading.clause.tells and "UNKNOWN" in said <= _OF_WHAT_IS and tokens[0].kind in ("UNKNOWN", "DET", *_ADJECTIVES):
        return True  # "the big day is tomorrow"
    if reading.clause.recalls and said <= _OF_WHAT_WAS:
        return True
    return reading.clause.tells and said <= told and (len(tokens) > 1 or said <= {"UNKNOWN"})


def goes_on(readings: list[Reading], number: int) -> bool:
    """``I am 82 and not good with computers``, ``from 0:30 on, not from its beginning``: more of the same breath."""
    reading, before = readings[number], readings[number - 1]
    kinds = [token.kind for token in reading.clause.tokens]
    first = reading.clause.tokens[0].text.lower()
    told_of = (
        first == "not"
        and set(kinds) & {"MUSIC", "TITLE"}
        and {"FROM", "START"} <= set(kinds) <= _CONTRAST | {"MUSIC", "TITLE"}
    )
    if told_of and not before.left:
        return True  # "from 0:30 on, not from its beginning"
    nouns = {"MUSIC", "SONG", "TITLE", "CLIP", "FILM", "VIDEO_CLIP", "LOGO", "UNKNOWN", "DET", "NUM", "COUNT"}
    if (
        before.clause.tells
        and reading.clause.joined
        and set(kinds) <= nouns
        and not reading.additions
        and _no_wish(before)
    ):
        return True  # "we have five photos and a song"
    if any(ask.topic not in ("unwanted", "kept") for ask in reading.asks):
        return False
    if kinds == ["NOT", "CLIP"] and any(ask.topic == "keep" for ask in before.asks) and not before.left:
        return True  # "show only that, no photos"
    if reading.additions and len(reading.left) < len(kinds):
        return False
    if before.passing and reading.clause.joined and set(kinds) <= _TOLD:
        return True
    if before.left or not before.asks or not reading.left:
        return False
    sung = (
        any(ask.topic == "music" for ask in before.asks)
        and kinds[0] == "NOT"
        and {"GENRE", "MANNER", "UNKNOWN"} & set(kinds)
    )
    if sung and set(kinds) <= {"NOT", "GENRE", "MANNER", "TOO", "DEGREE", "UNKNOWN", "MUSIC"}:
        return True  # "calm music, nothing sad"
    return first == "not" and set(kinds) <= _CONTRAST and len(kinds) > 1


def _no_wish(reading: Reading) -> bool:
    return reading.passing or not any(ask.topic not in ("wish", "described") for ask in reading.asks)


_CONTRAST = frozenset(
    "NOT OWN FROM START END DET IT TOO LOUDER QUIETER INTENSITY RELATIVE LONG BIGGER SIZE_WORD GUARD DUR NUM PERCENT AT IN ON OF UNKNOWN ADJ".split()
)
