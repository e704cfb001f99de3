"""What a clause takes over from the one before it: its verb, the clip that it speaks of, and what "it" stands for."""

from dataclasses import replace

from nemovideo_mcp.studio.editor.clauses import Clause
from nemovideo_mcp.studio.editor.tokens import Token

_QUOTED = frozenset(("QUOTE",))
_CARRIED_KINDS = "MUSIC TITLE CROSSFADE TRANSITION MOTION ZOOM_IN KEN_BURNS BARS REF DET CLIP QUOTE CAPTION SUBTITLE FILTER LOOKWORD PROP"
_CARRIED = frozenset(_CARRIED_KINDS.split())


def carry(clauses: list[Clause]) -> list[Clause]:
    """``remove the title and the music``: the verb counts for both."""
    out: list[Clause] = []
    for clause in clauses:
        before = out[-1] if out else None
        bare = len(clause.tokens) <= 2 and all(t.kind in _CARRIED for t in clause.tokens)
        if before and bare and clause.joined and before.tokens[0].kind in ("NOT", "REMOVE"):
            verb = before.tokens[0]
            if verb.text.lower() == "no":  # "no zoom and crossfades": with or without crossfades?
                verb = replace(verb, kind="GUARD")
            clause = replace(clause, tokens=(verb, *clause.tokens))
        elif (
            before and clause.joined and clause.tokens[0].kind == "QUOTE" and _QUOTED & {t.kind for t in before.tokens}
        ):
            first = clause.tokens[0]  # "put "A" on photo 1 and "B" on photo 2"
            clause = replace(clause, tokens=(Token("ADD", "add", first.start, first.start), *clause.tokens))
        elif before and clause.joined and clause.sentence == before.sentence and _of_the_same(before, clause):
            subject = next(t for t in before.tokens if t.kind == "REF")
            clause = replace(clause, tokens=(subject, *clause.tokens))
        elif before:
            clause = _referred(before, clause)
        out.append(clause)
    return out


_SAID_OF_A_CLIP_KINDS = "DUR LONG FILTER ADJ PROP PERCENT MORE LESS DEGREE STATIC ZOOM_IN ZOOM_OUT PAN PLACE FILL BLUR BARS EACH INTENSITY RELATIVE TIMES FOR IN TO USE MAKE IT LOOKWORD BE"
_SAID_OF_A_CLIP = frozenset(_SAID_OF_A_CLIP_KINDS.split())

_MADE_OTHER = frozenset(
    ("REMOVE", "MOVE", "SWAP", "KEEP", "DUPLICATE", "REPLACE", "SPLIT", "TITLE", "CAPTION", "QUOTE")
)
"""After these a bare quality ("and 5 seconds") is not said of the same clip."""


def _of_the_same(before: Clause, clause: Clause) -> bool:
    """``make photo 2 black and white and 5 seconds long``: what follows is said of photo 2 as well."""
    subjects = [t for t in before.tokens if t.kind == "REF"]
    if len(subjects) != 1 or any(t.kind not in _SAID_OF_A_CLIP for t in clause.tokens):
        return False
    verbs = {t.kind for t in before.tokens} - {"REF"}
    made = not verbs & _MADE_OTHER
    # "make it vertical" speaks of the film; "make it 5 seconds" after a clip speaks of the clip.
    return made and not any(t.kind in ("SHAPE", "RATIO", "PLATFORM") for t in clause.tokens)


_OF_A_CLIP_KINDS = (
    "ON OF AT ADD REMOVE MOVE START END FIRST LAST SHOW DUPLICATE SPLIT KEN_BURNS MOTION DELTA RELATIVE KEEP"
)
_OF_CLIPS = _SAID_OF_A_CLIP | frozenset(_OF_A_CLIP_KINDS.split())
_ON_CLIPS = frozenset(("ADD", "TITLE", "CAPTION", "QUOTE", "COLOR", "SAY"))
"""What can be said of "it", a clip, and what can be put on it."""
_GONE = frozenset(("REMOVE", "KEEP", "DUPLICATE", "SPLIT"))
"""What leaves no clip, or several, behind that "it" could be."""
_MOVED = frozenset(("MOVE", "SWAP"))
_WORDS = frozenset(("TITLE", "CAPTION", "QUOTE"))
_OF_PICTURES = frozenset(("ZOOM_IN", "ZOOM_OUT", "PAN", "MOTION", "KEN_BURNS", "BLUR", "FILL", "STATIC", "FILTER"))
"""What is said of pictures only, not of the words on them."""


def _referred(before: Clause, clause: Clause) -> Clause:
    """``make photo 2 brighter and zoom in on it``: "it" is photo 2, where all of the clause can be said of a clip.

    A length behind a full stop ("Make photo 2 sepia. Make it 20 seconds") may be the film's or the photo's: it is left
    to be reported.
    """
    subjects = [t for t in before.tokens if t.kind == "REF"]
    pronouns = [at for at, t in enumerate(clause.tokens) if t.kind == "IT"]
    said = {t.kind for t in clause.tokens} - {"IT"}
    if not subjects or len(pronouns) != 1:
        return clause
    upon = pronouns[0] > 0 and clause.tokens[pronouns[0] - 1].kind == "ON"
    if not said <= (_OF_CLIPS | _ON_CLIPS if upon else _OF_CLIPS):
        return clause
    made = {t.kind for t in before.tokens}
    several = len(subjects) > 1 or "REPLACE" in made  # "put photo 2 before photo 1 and zoom in on it"
    if made & _WORDS and not said & _OF_PICTURES:
        return clause
    if made & _GONE or (made & _MOVED and not _as_many(clause.tokens[pronouns[0]], subjects[0])):
        return clause
    at = pronouns[0]
    here, subject = clause.tokens[at], subjects[0]
    length = bool(said & {"DUR", "RELATIVE", "DELTA", "LONG"})
    unclear = several or (made & _MOVED and before.then) or (length and clause.sentence != before.sentence)
    meant = Token("GUARD" if unclear else "REF", here.text, here.start, here.end, subject.value)
    # The number is the one of the part before: clips are counted as they were then.
    then = clause.then and not made & _MOVED
    return replace(clause, tokens=(*clause.tokens[:at], meant, *clause.tokens[at + 1 :]), then=then)


def _as_many(pronoun: Token, subject: Token) -> bool:
    """Whether "it" stands beside one clip and "them" beside several: "swap 1 and 2 and make it faster" means the film."""
    several = pronoun.text.lower() in ("them", "they", "those", "these", "它们")
    return several == (len(subject.value) > 1)
