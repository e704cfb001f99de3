"""Parts that only name what another part leaves open: the photo between commas, the new words, the length that is enough."""

from dataclasses import replace

from nemovideo_mcp.studio.editor.clauses import Clause


def worded_anew(before: Clause, clause: Clause) -> bool:
    """``Hello isn't right, it should be "Goodbye"``."""
    named = {t.kind for t in before.tokens} & {"SHOWN", "TITLE"}
    wrong = before.tells and bool(named) and not {t.kind for t in before.tokens} & (DOING | {"QUOTE", "REF"})
    said = {t.kind for t in clause.tokens}
    return wrong and {"IT", "QUOTE"} <= said <= {"IT", "QUOTE", "BE", "RESAY", "SAY", "MAKE", "TO"}


def long_enough(before: Clause, clause: Clause) -> bool:
    """``the title stays too long, 2 seconds are enough``."""
    long = any(t.complains and t.kind == "RELATIVE" for t in before.tokens) and any(
        t.kind == "TITLE" for t in before.tokens
    )
    said = {t.kind for t in clause.tokens}
    return (
        long
        and "DUR" in said <= {"DUR", "FINE", "BE", "MAKE", "FOR"}
        and not {t.kind for t in before.tokens} & {"REF", "MUSIC"}
    )


def forgotten(clause: Clause) -> bool:
    said = {t.kind for t in clause.tokens}
    words = {t.text.lower() for t in clause.tokens}
    return "DUR" in said <= {"DUR", "UNKNOWN", "NOT", "DET"} and bool(words & {"forget", "not", "ignore"})


def _someone_placed(clause: Clause) -> bool:
    said = [t.kind for t in clause.tokens]
    return (
        said[0] in ("UNKNOWN", "DET")
        and "UNKNOWN" in said
        and set(said) <= {"UNKNOWN", "DET", "COMES", "BE", "AT", "TO", "IN", "FIRST", "LAST", "START", "END", "REMOVE"}
        and len(set(said) & {"FIRST", "LAST", "START", "END", "REMOVE"}) == 1
    )


def _noun_of(clause: Clause) -> tuple[int, int] | None:
    """Where the one photo of a clause stands that is called by what it shows: "the dog picture"."""
    kinds_of = [t.kind for t in clause.tokens]
    if kinds_of[:2] in (["START", "USE"], ["END", "USE"]) and kinds_of[2:] and set(kinds_of[2:]) <= {"UNKNOWN", "DET"}:
        return 2, len(kinds_of)
    if (
        kinds_of[0] in ("STARTWITH", "ENDWITH", "REMOVE", "ZOOM_IN", "ZOOM_OUT")
        and "UNKNOWN" in kinds_of[1:]
        and set(kinds_of[1:]) <= {"UNKNOWN", "DET", "ON"}
    ):
        return kinds_of.index("UNKNOWN"), len(kinds_of)  # "start with the sunset, it's the fifth picture"
    if (
        kinds_of.count("CLIP") != 1
        or "REF" in kinds_of
        or clause.tokens[0].kind in ("UNKNOWN", "DET", "CLIP", "KIND", "GUARD")
    ):
        return None
    end = kinds_of.index("CLIP")
    at = end
    while at > 1 and kinds_of[at - 1] in ("UNKNOWN", "DET", "KIND"):
        at -= 1
    single = not clause.tokens[end].text.lower().endswith("s")
    return (at, end + 1) if at < end and single and "UNKNOWN" not in kinds_of[:at] + kinds_of[end + 1 :] else None


_PLACING = ("AT", "TO", "IN", "ON", "BEFORE", "AFTER", "FIRST", "LAST", "PLACE", "START", "END")


def apposed(clauses: list[Clause]) -> list[Clause]:
    """``put the group photo, number 5, at the very beginning``: the photo that is meant, between commas."""
    out: list[Clause] = []
    for number, clause in enumerate(clauses):
        follows = clauses[number + 1] if number + 1 < len(clauses) else None
        between = follows is not None and follows.tokens[0].kind in _PLACING and not follows.joined
        alone = out and [t.kind for t in clause.tokens] == ["REF"] and not clause.joined and not between
        if alone and _noun_of(out[-1]) is not None:
            at, end = _noun_of(out[-1])  # type: ignore[misc]
            old = out[-1].tokens  # "take the dog picture out, that's number 3"
            out[-1] = replace(out[-1], tokens=(*old[:at], clause.tokens[0], *old[end:]))
            continue
        person = out and [t.kind for t in clause.tokens] == ["REF"] and not clause.joined and _someone_placed(out[-1])
        if person:  # "the bride should come first, that's picture 4"
            out[-1] = replace(
                out[-1], tokens=(clause.tokens[0], *(t for t in out[-1].tokens if t.kind not in ("UNKNOWN", "DET")))
            )
            continue
        named = len(out) > 1 and [t.kind for t in out[-1].tokens] in (["REF"], ["QUOTE"]) and not out[-1].joined
        verb, *rest = out[-2].tokens if named else (None,)
        placed = clause.tokens[0].kind in _PLACING and not clause.joined
        if (
            verb is not None
            and verb.kind in ("ADD", "MOVE")
            and rest
            and {t.kind for t in rest} <= {"CLIP", "UNKNOWN", "DET", "KIND", "NAME", "TITLE"}
            and placed
        ):
            clip = out.pop()
            out[-1] = replace(out[-1], tokens=(verb, *clip.tokens, *clause.tokens))
            continue
        out.append(clause)
    return out


DOING = frozenset(("MAKE", "ADD", "USE", "REMOVE", "MOVE", "SWAP", "KEEP", "SHOW", "RESIZE", "REPLACE", "TRIMWORD"))
