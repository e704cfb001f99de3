"""What the instruction before spoke of, so that "it" and "that one" can stand for it in the next one."""

from collections.abc import Sequence
from dataclasses import replace

from nemovideo_mcp.studio.editor import carried
from nemovideo_mcp.studio.editor.clauses import Clause, split
from nemovideo_mcp.studio.editor.lexer import tokenize
from nemovideo_mcp.studio.editor.selections import resolve
from nemovideo_mcp.studio.editor.tokens import Token
from nemovideo_mcp.timeline.history import History, Version
from nemovideo_mcp.timeline.model import Media, Timeline
from nemovideo_mcp.timeline.operations.base import counted

_SUBJECTS = frozenset("REF MUSIC SONG TITLE QUOTE CARD TRANSITION CROSSFADE TKIND".split())
_SAID_OF_THINGS = frozenset(
    "REMOVE MOVE FILTER ADJ PROP MANNER ZOOM_IN ZOOM_OUT PAN STATIC LOUDER QUIETER COLOR BIGGER SIZE_WORD MUTE FADE_OUT SPLIT DUPLICATE "
    "RELATIVE DUR DELTA TIMES MORE LESS RESETLOOK OFF FADE FADE_IN PLACE TKIND CROSSFADE".split()
)
_OF_FILMS = frozenset(("RELATIVE", "DUR", "DELTA", "TIMES"))
"""What "it" alone, in an instruction of its own, is told of as the film."""
_DEEPEST = 5
"""Instructions that may each speak of "it" before one names the thing."""


def asks_for_memory(clauses: Sequence[Clause]) -> bool:
    """Whether "it" in an instruction may be something that was said before it."""
    if not clauses:
        return False
    named = False
    for clause in clauses:
        kinds = {token.kind for token in clause.tokens}
        if "IT" in kinds and not named and kinds & _SAID_OF_THINGS:
            named_it = any(t.kind == "IT" and t.text.lower() not in carried.FILM_TOO for t in clause.tokens)
            return named_it or bool(kinds & _SAID_OF_THINGS - _OF_FILMS)
        named = named or bool(kinds & _SUBJECTS)
    return False


def last_said(
    history: History | None, film: Timeline, pool: Sequence[Media], clauses: Sequence[Clause] = ()
) -> Clause | None:
    """The last clause before this instruction that named something, its clips as they are numbered now.

    "It" reaches back to the instruction before only, "that photo" some further.
    """
    far = any(t.kind == "IT" and t.text.lower() not in carried.FILM_TOO for clause in clauses for t in clause.tokens)
    if history is None or not history.versions or history.versions[-1].film != film:
        return None
    versions = list(history.versions)
    for back in range(_DEEPEST if far else 1):
        found = _spoken(versions[: len(versions) - back], pool, _DEEPEST, film)
        if found is not None:
            return found
    return None


def _spoken(versions: list[Version], pool: Sequence[Media], deep: int, now: Timeline) -> Clause | None:
    if len(versions) < 2 or not deep or versions[-1].restores is not None:
        return None
    before = versions[-2].film
    clauses = split(tokenize(versions[-1].instruction[:2000], [media.name for media in pool]))
    earlier = _spoken(versions[:-1], pool, deep - 1, before) if asks_for_memory(clauses) else None
    for clause in reversed(carried.carry(clauses, earlier)):
        if any(token.kind in _SUBJECTS for token in clause.tokens):
            tokens = tuple(_numbered(token, before, now) for token in clause.tokens)
            return replace(clause, tokens=tokens, sentence=-1, joined=False, then=False)
    return None


def _numbered(token: Token, before: Timeline, now: Timeline) -> Token:
    """A reference with the numbers that its clips have now."""
    if token.kind != "REF":
        return token
    ids, clips = [clip.id for clip in counted(now)], counted(before)
    found: list[int | str] = []
    for want in resolve(token.value, [clip.kind for clip in clips], [clip.name for clip in clips]):
        if isinstance(want, str):
            found.append(want)
        elif -len(clips) <= want <= len(clips) and want:
            here = clips[want - 1 if want > 0 else want].id
            found += [ids.index(here) + 1] if here in ids else []
    return replace(token, value=tuple(found)) if found else replace(token, kind="GONE")
