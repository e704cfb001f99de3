"""Whether a part of an English instruction tells something ("my mom turns 70") or wishes for something, and where the two
meet in one breath ("my mom turns 70 so I need ...", "the video is noisy please mute it").

Works on the tokens as they were written, before the words that say nothing are left out, as those carry the mood.
"""

from collections.abc import Sequence

from nemovideo_mcp.studio.editor.tokens import Token

_SUBJECTS = frozenset(
    "im ive you i we he she they it this that these those there everyone everybody people someone nobody nothing "
    "i've we've they've i'm we're he's she's "
    "they're it's that's there's i'll we'll he'll she'll they'll you'll you've you're i'd we'd he'd she'd they'd".split()
)
_ARTICLES = frozenset("my our his her their your the this that these those a an some all both".split())
_FILLERS = frozenset(
    "and but so well oh hey hi hello ok okay also because since as cause cuz now sorry actually honestly basically plus just yeah yes "
    "unfortunately hmm um uh ugh btw by way anyway otherwise".split()
)
_ADVERBS = frozenset(
    "really just still also always never already only simply probably actually kinda sort kind of so even all both truly sadly now "
    "then maybe definitely not quite almost".split()
)
_WISHES = frozenset(
    "want wants wanted need needs wish wishes would should must could can may might let prefer please 'd i'd we'd he'd she'd they'd ought "
    "shall gotta wanna".split()
)
"""Verbs and helpers by which a subject wishes for something."""
_ORDERS = frozenset("can could would will please let lets let's make how what".split())
_HELPLESS = frozenset(
    "can't cannot couldn't cant won't wouldn't don't doesn't didn't isn't aren't wasn't weren't hasn't haven't hadn't".split()
)
_FINITE = frozenset(
    "is are was were am has had have does did looks look seems seem feels feel felt sounds sound turned turns makes made gets got keeps kept goes "
    "went comes came hates hate loves love likes hurts happens happened says said thinks thought knows knew asked told complained complains turned married "
    "moved died passed gave took found forgot lost ends ended stops stopped starts started begins began runs jumps changes drowns distracts bothers annoys covers hides blocks "
    "disappears vanishes flashes flies rushes races zips whizzes passes stands sits go fly run pass come race whizz take sit hang stand look sound seem feel belongs matters misses missed fits lives works graduates retires celebrates arrives leaves wears shows can't cannot cant doesn't "
    "isn't aren't wasn't weren't didn't don't hasn't haven't won't couldn't hurts lags flickers drags jumped hangs".split()
)
_MOST_BEFORE = 6
"""Words of a subject at most: "the second picture of my brother and me"."""


def words_of(tokens: Sequence[Token]) -> list[str]:
    """The words as they were written, in small letters, also where several are one token."""
    return [word for token in tokens for word in token.text.lower().replace("’", "'").split()]


def tells(tokens: Sequence[Token]) -> bool:
    """Whether a part tells how something is or was, and neither orders nor wishes."""
    words = words_of(tokens)
    while (
        words
        and words[0] in _FILLERS
        and tokens[0].kind != "SHOWN"
        and not (words[0] == "just" and words[1:2] == ["straight"])
    ):
        words = words[1:]
    if not words or words[0] in _ORDERS:
        return False
    if words[0] in _SUBJECTS and not (
        words[0] in ("this", "that", "these", "those") and words[1:2] and words[1] not in _FINITE
    ):
        return _told(words)
    if words[0] in _ARTICLES or tokens[0].kind in _NAMES:
        return _verb_follows(words[1:])
    return False


_PAST = frozenset("was were had did went took came got made taken wasn't weren't didn't".split())


def recalls(tokens: Sequence[Token]) -> bool:
    """Whether it tells of what was: "the light was so cold that day"."""
    return tells(tokens) and bool(set(words_of(tokens)) & _PAST)


_NAMES = (
    "UNKNOWN", "AUDIENCE", "REF", "CLIP", "MUSIC", "TITLE", "FILM", "POSITION", "FILE", "ORD", "FIRST", "LAST", "SHAPE", "RATIO", "TRANSITION", "CROSSFADE",
    "MOTION", "LOGO", "SHOWN", "REST", "NEW", "SOUND", "VOLUME", "BARS", "BORDER", "LOOKWORD", "VIDEO_CLIP", "SONG", "FONTWORD", "CAPTION", "ALL_CLIPS",
)  # fmt: skip
"""Kinds that a sentence which tells of something can begin with."""


def _told(words: list[str]) -> bool:
    """Whether what follows a pronoun is no wish: "I want it slower" is one, "I forgot the beach" is none."""
    subject, rest = words[0], words[1:]
    if subject in ("i'd", "we'd", "he'd", "she'd", "they'd"):
        return False
    while rest and rest[0] in _ADVERBS:
        rest = rest[1:]
    if not rest:
        return False
    if rest[0] in _HELPLESS and rest[1:] and (rest[1] in _WISHES or rest[1:3] == ["really", "want"]):
        return False  # "I don't want it there"
    if subject.endswith(("'m", "'re", "'s", "'ve")):
        return not set(rest[:2]) & {"need", "supposed", "meant"}
    if subject in ("nobody", "nothing", "no-one"):
        return True
    if rest[0] in _WISHES:
        if rest[0] in ("can", "could") and rest[1:2] and rest[1] in ("hear", "see", "smell", "notice", "tell"):
            return subject not in ("you", "it")  # "we can hear the wind"
        follows = rest[1] if len(rest) > 1 else ""
        return rest[0] in ("can", "could", "would", "should") and follows in _IN_VAIN
    return True


_IN_VAIN = ("not", "barely", "hardly", "never", "scarcely", "almost")


def _verb_follows(words: list[str]) -> bool:
    for word in words[:_MOST_BEFORE]:
        if word in _WISHES:
            return False
        if word in _FINITE:
            return True
    return False


_PLEASE = frozenset(
    (
        "please",
        "pls",
        "plz",
        "can you",
        "could you",
        "would you",
        "can we",
        "could we",
        "so can you",
        "could you please",
        "can you please",
    )
)
_RUN_ON = frozenset(
    "makes made looks is was feels seems hurts hates loves bothers gets it's he's she's they're hate don't doesn't isn't was were".split()
)
_PRONOUNS = frozenset("its it it's he he's she she's they they're i we nobody everyone that's".split())
_LEADING = frozenset(
    "so that if when where as like because make let have think until till whenever than what how before after sure way think believe "
    "while since unless and or but of with on in to for at from want need see does is was do did can could would should will the a how whether "
    "date day order moment place once everything something anything all thing one way which who whom".split()
)
"""Words behind which a subject does not begin a sentence of its own."""


def run_ons(tokens: Sequence[Token], ends: tuple[str, ...]) -> list[Token]:
    """The tokens with a comma where a telling and a wish meet without one. ``ends`` are the kinds that divide parts."""
    out: list[Token] = []
    part: list[Token] = []
    for at, token in enumerate(tokens):
        if token.kind in ends:
            part = []
        elif part and _meets(part, tokens, at):
            if token.text.lower() == "so":
                out.append(Token("COMMA", token.text, token.start, token.end))
                part = []
                continue
            out.append(Token("COMMA", "", token.start, token.start))
            part = [token]
        else:
            part.append(token)
        out.append(token)
    return out


LONGEST_TELLING = 24
"""Tokens of a telling at most; longer ones are left in one part, which keeps the work linear."""


def _meets(part: list[Token], tokens: Sequence[Token], at: int) -> bool:
    if len(part) > LONGEST_TELLING:
        return False
    said = tokens[at].text.lower()
    if tokens[at].kind in _ANEW and _orders(part) and at + 1 < len(tokens) and tokens[at + 1].kind in _OBJECTS:
        return True
    if said == "so" and _wishes(tokens, at + 1):
        return tells(part)
    if (
        said == "just"
        and at + 1 < len(tokens)
        and tokens[at + 1].kind in ("MAKE", "ADD", "USE", "REMOVE", "MOVE", "KEEP", "SHOW")
        and tells(part)
    ):
        return True
    if said in _PLEASE and at + 1 < len(tokens) and tokens[at + 1].kind not in ends_of_wish:
        return tells(part)
    first = said.split(" ")[0]
    if first in _PRONOUNS and words_of(part[-1:])[-1:] and words_of(part[-1:])[-1] not in _LEADING:
        if (
            first == "its"
            and at + 1 < len(tokens)
            and (
                tokens[at + 1].kind in ("ADJ", "TOO", "DEGREE", "NOT")
                or words_of(tokens[at + 1 : at + 2])[:1] in (["so"], ["too"], ["really"])
            )
        ):
            return not tells(part) and len(part) > 1
        if first in ("i", "we", "nobody") and words_of(tokens[at + 1 : at + 3])[:1] in (
            ["can"],
            ["can't"],
            ["cannot"],
            ["could"],
            ["hardly"],
            ["barely"],
        ):
            return tells([*tokens[at : at + 4]]) and len(part) > 1
        follows = [*said.split(" ")[1:], *words_of(tokens[at + 1 : at + 3])]
        if not tells(part) and (first.endswith(("'s", "'re")) or (follows and follows[0] in _RUN_ON)):
            return len(part) > 1 and not (
                first == "it" and part[-1].kind in ("MAKE", "ADD", "USE", "SHOW", "MOVE", "KEEP")
            )
    return False


_ANEW = ("REMOVE", "SWAP", "REPLACE", "SHUFFLE")
_OBJECTS = (
    "NOISE",
    "DET",
    "REST",
    "NUM",
    "CLIP",
    "TITLE",
    "MUSIC",
    "EACH",
    "ALL",
    "QUOTE",
    "ORD",
    "FIRST",
    "LAST",
    "EVERYTHING",
)
_BEGUN = ("NUM", "CLIP", "MUSIC", "TITLE", "FILM", "QUOTE", "DUR", "START", "END", "REST", "FILTER", "FILE")


def _orders(part: list[Token]) -> bool:
    """``we only need pictures two and four drop the rest``: a wish that is complete where the next verb begins."""
    if not all(token.text.isascii() for token in part):
        return False
    verbs = any(
        token.kind in ("ONLY", "KEEP", "MAKE", "REMOVE", "ADD", "MOVE", "SHOW", "USE", "DISLIKE") for token in part[:-1]
    )
    return (
        verbs
        and part[-1].kind in _BEGUN
        and part[0].kind not in ("FOR", "ON", "AT", "IN", "TO", "AFTER", "BEFORE", "FROM", "GUARD")
    )


ends_of_wish = ("COMMA", "STOP", "AND", "THEN", "COLON", "DUR", "NUM")


def _wishes(tokens: Sequence[Token], at: int) -> bool:
    words = words_of(tokens[at : at + 3])
    if not words:
        return False
    if words[0] in ("the", "it", "this", "my", "our") and bool(
        {*words_of(tokens[at : at + 6])} & {"should", "must", "needs", "has"}
    ):
        return True
    return (
        words[0] in _ORDERS
        or (words[0] in ("i", "we", "i'd", "we'd", "you") and bool({*words} & _WISHES))
        or tokens[at].kind
        in (
            "REMOVE",
            "ADD",
            "MAKE",
            "MOVE",
            "SWAP",
            "REPLACE",
            "NOT",
            "KEEP",
            "USE",
            "SHOW",
            "RESIZE",
            "TRIMWORD",
            "NUM",
            "RATIO",
            "SHAPE",
        )
    )
