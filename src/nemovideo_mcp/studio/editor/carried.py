"""What a clause takes over from the one before it: its verb, the clip that it speaks of, and what "it" stands for."""

from collections.abc import Sequence
from dataclasses import replace

from nemovideo_mcp.studio.editor import apposed, cardwords, chains, lexicon, retakes, topics
from nemovideo_mcp.studio.editor.clauses import Clause
from nemovideo_mcp.studio.editor.selections import Rule, has_rule
from nemovideo_mcp.studio.editor.tokens import Token
from nemovideo_mcp.studio.editor.topics import DOING, OF_PICTURES

_CARRIED_KINDS = "MUSIC TITLE CROSSFADE TRANSITION MOTION ZOOM_IN KEN_BURNS BARS REF DET CLIP QUOTE CAPTION SUBTITLE FILTER LOOKWORD PROP"
_CARRIED = frozenset(_CARRIED_KINDS.split())


def carry(clauses: list[Clause], said: Clause | None = None) -> list[Clause]:
    """``remove the title and the music``: the verb counts for both. ``said`` is what the instruction before spoke of.

    What only gives a reason ("it's too dark" behind "remove photo 2") asks for nothing and is left out.
    """
    out: list[Clause] = []
    before = said
    why = False
    clauses = apposed.apposed(chains.spread(clauses))
    for number, clause in enumerate(clauses):
        follows = clauses[number + 1] if number + 1 < len(clauses) else None
        if before and out and out[-1] is before and _titled(before, clause):
            quote = next(t for t in clause.tokens if t.kind == "QUOTE")
            out[-1] = before = replace(before, tokens=(*before.tokens, quote))
            continue
        if (
            before
            and {t.kind for t in clause.tokens} <= {"NEW", "IT"}
            and clause.tokens[0].text.lower().startswith("just")
            and any(t.kind == "REF" for t in before.tokens)
        ):
            continue  # "I forgot the beach pic, just uploaded it"
        if before and {t.kind for t in clause.tokens} == {"BESIDE"} and any(t.kind == "BESIDE" for t in before.tokens):
            continue  # "photos 4 and 5 next to each other, like one screen"
        if before and out and out[-1] is before and _copy_of(before, clause):
            out[-1] = before = replace(
                before, tokens=(*before.tokens, *(t for t in clause.tokens if t.kind in ("START", "END")))
            )
            continue
        if before and out and out[-1] is before and (_same_manner(before, clause) or _the_rest_of_it(before, clause)):
            continue
        clause = _whom(before, clause) if before else clause
        kinds_here = {t.kind for t in clause.tokens}
        if (
            before
            and out
            and kinds_here <= _ALL_THERE_IS
            and not any(t.kind == "REF" for t in before.tokens)
            and not clause.joined
        ):
            continue  # "make it sepia, all of them"
        if (
            kinds_here == {"NUM"}
            and len(clause.tokens) > 2
            and follows
            and any(t.kind == "NUMBERING" for t in follows.tokens)
        ):
            continue  # "one two three, put those numbers on the pictures"
        if (
            before
            and out
            and out[-1] is before
            and [t.kind for t in clause.tokens] == ["NUM"]
            and apposed.forgotten(before)
        ):
            past = next(t for t in before.tokens if t.kind == "DUR")  # "forget the 20 seconds, I want 30"
            scale = 60 if past.value % 60 == 0 and "min" in past.text.lower() else 1
            seconds = replace(clause.tokens[0], kind="DUR", value=clause.tokens[0].value * scale)
            clause = replace(clause, tokens=(seconds,))
            out.pop()
            before = out[-1] if out else said
        if (
            before
            and [t.kind for t in clause.tokens] == ["NUM"]
            and any(t.kind in ("TRANSITION", "CROSSFADE") for t in before.tokens)
        ):
            number_said = clause.tokens[0]  # "the transitions last too long, 0.3 is plenty"
            clause = (
                replace(clause, tokens=(replace(number_said, kind="DUR"),)) if 0 < number_said.value <= 3 else clause
            )
        kinds_here = {t.kind for t in clause.tokens}
        if (
            before
            and out
            and out[-1] is before
            and kinds_here == {"MUSIC"}
            and any(t.kind in ("LOUDER", "QUIETER") for t in before.tokens)
        ):
            continue  # "turn it down a little, the music"
        if before and out and out[-1] is before and {"SKIP", "IT"} <= kinds_here <= {"SKIP", "IT", "SONG", "REMOVE"}:
            long = next((t for t in before.tokens if t.kind == "DUR"), None)
            if long is not None and any(t.kind in ("OFSONG", "MUSIC") for t in before.tokens):
                skip = next(t for t in clause.tokens if t.kind == "SKIP")
                clause = replace(
                    clause, tokens=(skip, long, Token("OFSONG", "of the song", long.end, long.end)), start=before.start
                )
                out.pop()  # "the first 15 seconds of the song are boring, skip them"
        thing = _announces(before, clause) if before and out and out[-1] is before else None
        if thing is not None:
            at = next(i for i, t in enumerate(clause.tokens) if t.kind == "IT")
            clause = replace(clause, tokens=(*clause.tokens[:at], thing, *clause.tokens[at + 1 :]), start=before.start)  # type: ignore[union-attr]
            out.pop()
        if before and out and out[-1] is before and apposed.worded_anew(before, clause):
            old = next(t for t in before.tokens if t.kind in ("SHOWN", "TITLE"))
            quote = next(t for t in clause.tokens if t.kind == "QUOTE")
            verb = Token("MAKE" if old.kind == "SHOWN" else "REPLACE", "change", old.start, old.start)
            clause = replace(clause, tokens=(verb, old, quote), start=before.start)
            out.pop()
        elif before and out and out[-1] is before and apposed.long_enough(before, clause):
            title = next(t for t in before.tokens if t.kind == "TITLE")
            show = Token("SHOW", "show", title.end, title.end)
            clause = replace(
                clause, tokens=(title, show, next(t for t in clause.tokens if t.kind == "DUR")), start=before.start
            )
            out.pop()
        anew = retakes.corrected(before, clause) if before and out and out[-1] is before else None
        if anew is not None:
            out[-1] = before = anew
            continue
        if before and out and out[-1] is before and topics.adds_to(before, clause):
            out[-1] = before = replace(
                before, tokens=(*before.tokens, *(t for t in clause.tokens if t.kind in topics.ADDED))
            )
            continue
        whole = topics.completed(before, clause) if before and out and out[-1] is before else None
        if whole is not None:
            out[-1] = before = whole
            continue
        clause = retakes.with_verb(_owned(before, clause, out), follows, _CARRIED)
        chain = chains.chained(out, clause) if before and out and out[-1] is before else clause
        if isinstance(chain, tuple):
            out[-1] = before = chain[0]
            continue
        here = _taken_over(before, chain) if before else clause
        if chain is not clause and any(t.kind == "IT" for t in here.tokens):
            here = _taken_over(before, clause) if before else clause
        here = _what_is_left(before, _said_first(here)) if before else _said_first(here)
        topic = retakes.spoken_of(before) if before and out and out[-1] is before else None
        if topic and not clause.joined and clause.sentence == before.sentence:  # type: ignore[union-attr]
            if any(t.kind == "IT" for t in clause.tokens) and here.tokens != clause.tokens:
                out.pop()
            elif {t.kind for t in clause.tokens} <= _SAID_OF_A_CLIP - {"IT"}:
                out.pop()
                here = replace(clause, tokens=(topic, *clause.tokens), start=topic.start)
        why = len(clauses) > 1 and (
            clause.reason
            or (follows is not None and _leads_to(clause, follows))
            or (before is not None and _tells_why(before, clause))
            or (why and clause.joined and _calm(clause))
        )
        why = why and not (
            clause.tells and {"QUOTE", "SPAN"} <= {t.kind for t in clause.tokens}
        )  # words with their time
        if clause.reason and len(clauses) == 1:
            first = clause.tokens[0]
            here = replace(here, tokens=(Token("GUARD", first.text, first.start, first.end), *here.tokens))
        here = _pointed(here)
        if not why:
            out.append(here)
        before = (
            here
            if not why or before is None or any(t.kind == "REF" or t.kind in _THINGS for t in here.tokens)
            else before
        )
    return out


_ALL_THERE_IS = frozenset(("ALL", "IT", "ALL_CLIPS", "EACH", "CLIP", "EVERYTHING", "OF"))
_OTHER_THINGS = frozenset(("FILM", "MUSIC", "TITLE", "TRANSITION", "ALL_CLIPS", "REF", "MOTION", "EVERYTHING", "QUOTE"))


def _calm(clause: Clause) -> bool:
    """Whether a clause neither asks for anything with a verb nor speaks of a thing of its own."""
    return not {t.kind for t in clause.tokens} & (DOING | _OTHER_THINGS)


def _tells_why(before: Clause, clause: Clause) -> bool:
    """``remove photo 2, it's too dark``: why it goes."""
    goes = before.tokens[0].kind == "NOT" or any(
        t.kind in ("REMOVE", "REPLACE", "OFF", "INSTEAD") for t in before.tokens
    )
    told = clause.states or any(
        t.complains or t.text.lower().startswith(("too", "太", "有点", "有些", "偏")) for t in clause.tokens
    )
    return goes and told and not clause.but and _calm(clause)


def _pointed(clause: Clause) -> Clause:
    """``make that one sepia`` where nothing was said that it could be: not all of them."""
    if any(t.kind in ("FILM", "TITLE", "CAPTION", "MUSIC") for t in clause.tokens):
        return clause
    tokens = tuple(
        replace(t, kind="WHICH") if t.kind == "IT" and t.text.lower().endswith(_ONE) else t for t in clause.tokens
    )
    return replace(clause, tokens=tokens)


_ONE = ("one", "photo", "picture", "pic", "image", "clip", "slide", "这张", "那张", "一张", "它俩")


def _leads_to(clause: Clause, follows: Clause) -> bool:
    """``photo 2 is ugly, delete it``, ``i don't like photo 3, take it out``."""
    if _plainly_cut(clause, follows):
        return True
    told = any(t.kind == "DISLIKE" for t in clause.tokens) or (
        clause.states and {t.kind for t in clause.tokens} <= {"REF", "UNKNOWN", "IT", "TOO", "DEGREE", "GUARD"}
    )
    kinds = [t.kind for t in follows.tokens]
    # "not too long, 20 seconds": the second says what is wished.
    long = {t.kind for t in clause.tokens} <= {"FILM", "IT", "NOT", "RELATIVE", "GUARD", "MAKE", "LONG", "BE"}
    if clause.tokens[-1].kind in ("RELATIVE", "LONG") and long and any(t.kind == "NOT" for t in clause.tokens):
        return "DUR" in kinds and not {"REF", "TITLE", "MUSIC"} & set(kinds)
    if any(t.kind == "DISLIKE" for t in clause.tokens) and of_one_thing(clause, follows):
        return True  # "i don't like the transitions, just cut"
    named = {t.kind for t in clause.tokens} & _NAMED_THINGS
    other = named and bool(set(kinds) & _OF_THE_FILM) and not set(kinds) & named
    if any(t.kind == "DISLIKE" for t in clause.tokens) and kinds[0] in ("MAKE", "REPLACE", "USE") and not other:
        return True
    old = {t.kind for t in clause.tokens}
    other = any(t.text.lower().startswith(_OTHER) or t.kind in ("VARIED", "NEW", "REPLACE") for t in clause.tokens)
    if other and "MUSIC" in old <= _ANOTHER_SONG and {"MANNER", "SONG", "GENRE"} & set(kinds):
        return True  # "a different song, maybe something acoustic"
    if clause.states and old & {"CROP", "TRIMWORD"} and {"CONTAIN", "BLUR", "FILL"} & set(kinds):
        return True  # "the heads are cut off, show the whole picture"
    if set(kinds) <= {"UNDO", "IT"} and "UNDO" in kinds and old <= _SAID_OF_BEFORE:
        return True  # "that was wrong, undo it"
    if (
        (clause.states or clause.tells)
        and old & {"GUARD", "UNKNOWN"}
        and not old & DOING
        and of_one_thing(clause, follows)
    ):
        return True  # "the transitions are too flashy, use simple fades"
    goes = kinds == ["REMOVE"] or ("IT" in kinds and bool({"REMOVE", "REPLACE", "OUT", "OFF"} & set(kinds)))
    return told and goes


def _plainly_cut(clause: Clause, follows: Clause) -> bool:
    """``no fancy effects when it goes from one picture to the next, just straight cuts``."""
    old, new = {t.kind for t in clause.tokens}, {t.kind for t in follows.tokens}
    cuts = old & {"TRANSITION", "ALL_CUTS", "EFFECTS", "TKIND", "CROSSFADE"} and old <= {
        "NOT", "MANNER", "TRANSITION", "ALL_CUTS", "EFFECTS", "TKIND", "CROSSFADE", "UNKNOWN", "DET", "ON", "VARIED"
    }  # fmt: skip
    return (
        clause.tokens[0].kind == "NOT"
        and bool(cuts)
        and bool(new & {"CUT", "CROSSFADE", "TKIND", "FADE"})
        and "NOT" not in new
    )


_NAMED_THINGS = frozenset("MUSIC SONG TITLE REF TRANSITION CROSSFADE MOTION ZOOM_IN ZOOM_OUT BARS LOGO".split())
_OF_THE_FILM = frozenset("DUR SHAPE RATIO PLATFORM RES FPS LONG".split())
"""What a film is wished to be: no remedy for the music that is not liked."""
_SAID_OF_BEFORE = frozenset("UNKNOWN IT BEFORE AFTER MANNER GUARD TOO DEGREE MORE NOT DISLIKE FINE STEP CHANGE".split())
_OTHER = ("another ", "other ", "different ", "new ", "some other ", "a different ")
_ANOTHER_SONG = frozenset("VARIED NEW REST REPLACE SWAP MUSIC MAKE USE ADD DET".split())
_FAMILIES = tuple(
    frozenset(family.split())
    for family in (
        "TRANSITION CROSSFADE TKIND CUT FADE",
        "MUSIC SONG MANNER GENRE",
        "TITLE CAPTION QUOTE FONT FONTWORD",
        "MOTION ZOOM_IN ZOOM_OUT PAN STATIC KEN_BURNS SLOWZOOM",
        "BARS BORDER BLUR FILL CONTAIN CROP",
        "FILTER LOOKWORD ADJ RESETLOOK MANNER",
        "ORDER SHUFFLE SORT REVERSE ORDERLIST",
    )
)


def of_one_thing(clause: Clause, follows: Clause) -> bool:
    old, new = {t.kind for t in clause.tokens}, {t.kind for t in follows.tokens}
    return "NOT" not in new and any(old & family and new & family for family in _FAMILIES)


def _owned(before: Clause | None, clause: Clause, so_far: Sequence[Clause] = ()) -> Clause:
    """``its contrast`` behind photo 2 is photo 2's; "both" are the two that were named last."""
    refs = [t for t in before.tokens if t.kind == "REF"] if before else []
    named = sum(len(t.value) for t in refs)
    things = before is not None and any(t.kind in _THINGS for t in before.tokens)
    words = before is not None and any(t.kind in _WORDS for t in before.tokens)
    moving = before is not None and any(t.kind in ("REF", "SLOWMO", "SPEED", "CLIP", "SOUND") for t in before.tokens)
    owned = moving and any(t.kind == "OWN" for t in clause.tokens)
    out: list[Token] = []
    for token in clause.tokens:
        if token.kind == "OWN" and any(t.kind in _THINGS or t.kind == "REF" for t in out):
            continue  # "make the title smaller, 0.7 times its size"
        if token.kind == "OWN":
            owner = refs[0].value if len(refs) == 1 and not things else None
            if owner is not None:
                out.append(replace(token, kind="REF", value=owner))
            elif before is not None and any(_THINGS.get(t.kind) == "MUSIC" for t in before.tokens):
                out.append(replace(token, kind="MUSIC"))
        elif token.kind == "VOLUME" and owned and not things:
            out.append(replace(token, kind="SOUND"))  # "its volume" behind a clip
        elif token.kind in ("BOTH", "ALL_CLIPS") and token.value == 2 and named == 2:
            out.append(replace(token, kind="REF", value=tuple(n for t in refs for n in t.value)))
        elif token.kind == "BETWEENS":
            edges = {n for c in so_far[-4:] for t in c.tokens if t.kind == "REF" for n in t.value}
            ends = edges == {1, -1}  # "the first 5 seconds, the last 6, the photos in between 3"
            out.append(
                replace(token, kind="REF", value=(Rule("except", others=(1, -1)),))
                if ends
                else replace(token, kind="WHICH")
            )
        elif token.kind != "BOTH" or (words and len(clause.tokens) > 1):
            out.append(token)
    return replace(clause, tokens=tuple(out)) if out else clause


def _what_is_left(before: Clause, clause: Clause) -> Clause:
    """``delete photos 2 and 4, then reverse the rest``: all that is there by then."""
    if not any(t.kind in ("REMOVE", "KEEP", "ONLY") for t in before.tokens):
        return clause
    if not {t.kind for t in clause.tokens} & {"REVERSE", "SHUFFLE", "SORT"}:
        return clause
    tokens = tuple(
        replace(t, kind="ALL_CLIPS", value=None) if t.kind == "REF" and has_rule(t.value) else t for t in clause.tokens
    )
    return replace(clause, tokens=tokens)


def _titled(before: Clause, clause: Clause) -> bool:
    """``add a title? it should say Welcome``: the words of a title that was asked for."""
    first = [t.kind for t in before.tokens]
    return first == ["ADD", "TITLE"] and {"IT", "QUOTE"} <= {t.kind for t in clause.tokens} <= {
        "IT",
        "QUOTE",
        "RESAY",
        "SAY",
        "MAKE",
    }


def _the_rest_of_it(before: Clause, clause: Clause) -> bool:
    """``drop the first 2 seconds of the clip and keep the rest of it``: nothing more is wished."""
    cut = any(t.kind in ("TRIMWORD", "REMOVE", "SKIP") for t in before.tokens) and any(
        t.kind == "DUR" for t in before.tokens
    )
    (keep, *more) = clause.tokens
    return cut and keep.kind == "KEEP" and all(t.kind in ("REST", "OF", "IT", "NEW", "REF") for t in more)


def _whom(before: Clause, clause: Clause) -> Clause:
    """``all but photo 3, which should get the vivid filter``: what is said of the clip before it."""
    named = [t for t in before.tokens if t.kind == "REF"]
    if clause.tokens[0].kind != "WHO" or not named or len(clause.tokens) < 2:
        return clause
    (value, *_), last = named[-1].value, named[-1]
    others = value.others if isinstance(value, Rule) and value.kind == "except" else last.value
    tokens = tuple(t for t in clause.tokens[1:] if t.kind != "INSTEAD")
    return replace(clause, tokens=(replace(last, value=others), *tokens))


def _copy_of(before: Clause, clause: Clause) -> bool:
    """``duplicate photo 1 and place the copy at the end``."""
    kinds = {t.kind for t in clause.tokens}
    doubled = any(t.kind == "DUPLICATE" for t in before.tokens)
    return (
        doubled
        and bool(kinds & {"START", "END"})
        and kinds <= {"ADD", "MOVE", "DUPLICATE", "AT", "TO", "IN", "START", "END"}
    )


def _same_manner(before: Clause, clause: Clause) -> bool:
    """``music that is calm and relaxing``: two words for one mood."""
    (manner, *more) = clause.tokens
    if more or manner.kind != "MANNER" or not clause.joined or not any(t.kind == "MUSIC" for t in before.tokens):
        return False
    return any(t.kind == "MANNER" and t.value["mood"] == manner.value["mood"] for t in before.tokens)


def _announces(clause: Clause, follows: Clause | None) -> Token | None:
    """``fix the title, it should say Hallo``: the thing that is only named before it is spoken of as "it"."""
    if clause.tells and not any(t.complains for t in clause.tokens):  # "that text is way off, it should read Hi"
        things = [
            t for t in clause.tokens if t.kind in ("TITLE", "MUSIC", "TRANSITION", "BARS", "REF", "QUOTE", "FILM")
        ]
        if (
            follows is not None
            and len(things) == 1
            and things[0].kind in ("TITLE", "MUSIC", "TRANSITION")
            and not follows.joined
        ):
            said = {t.kind for t in follows.tokens} - _LITTLE - {"IT", "TO", "UNTIL", "DEGREE", "START", "END"}
            meant = any(t.kind == "IT" for t in follows.tokens[:3]) and said and said <= _SAID_OF[things[0].kind]
            return things[0] if meant else None
        new = [t for t in clause.tokens if t.kind == "NEW"]
        if follows is not None and len(new) == 1 and not things and any(t.kind == "IT" for t in follows.tokens[:3]):
            return new[0]  # "I have added another picture, put it at the end"
    kinds_said = {t.kind for t in clause.tokens}
    if {"OUT", "PLACE", "TITLE"} <= kinds_said <= {"OUT", "PLACE", "TITLE", "MAKE", "MOVE", "OF", "USE", "IT"}:
        moved = (
            follows is not None
            and any(t.kind == "IT" for t in follows.tokens[:3])
            and any(t.kind == "PLACE" for t in follows.tokens)
        )
        return (
            next(t for t in clause.tokens if t.kind == "TITLE") if moved else None
        )  # "get the title out of the middle, put it top right"
    told = (
        "MAKE",
        "FOR",
        *(("UNKNOWN", "TOO", "DEGREE", "GUARD", "RESAY", "ON", "IN", "AT", "BORDER") if clause.states else ()),
    )
    things = [t for t in clause.tokens if t.kind not in told]
    if len(things) != 1 or things[0].kind not in ("TITLE", "MUSIC", "TRANSITION", "BARS") or follows is None:
        return None
    pronouns = any(t.kind == "IT" for t in follows.tokens[:3])
    return things[0] if pronouns and not follows.joined and follows.sentence - clause.sentence <= 1 else None


def _said_first(clause: Clause) -> Clause:
    """``"Hello" in the top right corner``: words to show, before how."""
    first = clause.tokens[0]
    if first.kind != "QUOTE" or len(clause.tokens) == 1:
        return clause
    if sum(t.kind == "QUOTE" for t in clause.tokens) > 1 and any(
        t.kind in ("MAKE", "REPLACE", "RENAME") for t in clause.tokens
    ):
        return clause  # “再见”改成“下次见” where nothing says so
    return replace(clause, tokens=(Token("ADD", "add", first.start, first.start), *clause.tokens))


_OF_ONE_CLIP = frozenset("FILTER PROP LOOKWORD MOTION ZOOM_IN KEN_BURNS".split())
_SET_TO = ("PERCENT", "MAKE", "TO", "BIGGER")
_GRADES = frozenset("FILTER ADJ PROP MORE LESS DEGREE PERCENT INTENSITY".split())


def _half(clause: Clause, split: Token) -> Clause:
    """``split photo 3 and make the second half black and white``: the clip behind it by then."""
    for at in range(len(clause.tokens) - 1):
        first, half = clause.tokens[at : at + 2]
        number = {"FIRST": 0, "LAST": 1}.get(first.kind, first.value - 1 if first.kind == "ORD" else None)
        if half.kind == "HALF" and number in (0, 1) and len(split.value) == 1 and isinstance(split.value[0], int):
            part = replace(first, kind="REF", value=(split.value[0] + number,), end=half.end)
            return replace(clause, tokens=(*clause.tokens[:at], part, *clause.tokens[at + 2 :]), then=True)
    return clause


def _taken_over(before: Clause, clause: Clause) -> Clause:
    halved = [t for t in before.tokens if t.kind == "REF"] if any(t.kind == "SPLIT" for t in before.tokens) else []
    if len(halved) == 1:
        clause = _half(clause, halved[0])
    if (meant := topics.taken_over(before, clause)) is not clause:
        return meant
    bare = len(clause.tokens) <= 2 and all(t.kind in _CARRIED for t in clause.tokens)
    way = next((t for t in before.tokens if t.kind in ("MORE", "LESS")), None)
    of_the_look = clause.tokens[0].kind == "PROP" and {t.kind for t in clause.tokens} <= {
        "PROP",
        "DEGREE",
        "PERCENT",
        "WITH_PREP",
        "ON",
        "OF",
        "FOR",
        "IN",
        "REF",
        "CLIP",
        "ALL_CLIPS",
        "EACH",
    }
    if way and clause.joined and of_the_look and any(t.kind == "PROP" for t in before.tokens):
        return replace(clause, tokens=(way, *clause.tokens))  # "increase the contrast and the saturation"
    if bare and clause.joined and before.tokens[0].kind == "KEEP" and not any(t.kind == "REF" for t in before.tokens):
        return replace(clause, tokens=(before.tokens[0], *clause.tokens))  # 保留音乐和转场
    if bare and clause.joined and before.tokens[0].kind in ("NOT", "REMOVE"):
        verb = before.tokens[0]
        owner = [t for t in before.tokens if t.kind == "REF"]
        if len(owner) == 1 and {t.kind for t in clause.tokens} <= _OF_ONE_CLIP and verb.kind == "REMOVE":
            return replace(clause, tokens=(verb, owner[0], *clause.tokens))  # 去掉第3张照片的暗角和滤镜
        if verb.text.lower() == "no":  # "no zoom and crossfades": with or without crossfades?
            verb = replace(verb, kind="GUARD")
        return replace(clause, tokens=(verb, *clause.tokens))
    if (
        any(t.kind == "FILM_FADE" for t in before.tokens)
        and len(clause.tokens) > 1
        and clause.tokens[1].kind == "COLOR"
    ):
        way, color = clause.tokens[:2]  # "fade from black at the start and to white at the end"
        known = lexicon.meaning(f"fade {way.text} {color.text}".lower())
        if known is not None and known[0] == "FILM_FADE":
            return replace(clause, tokens=(replace(way, kind="FILM_FADE", value=known[1]), *clause.tokens[2:]))
    quoted = any(t.kind == "QUOTE" for t in before.tokens)
    if (
        clause.joined
        and quoted
        and [t.kind for t in clause.tokens[:2]] in (["QUOTE", "ON"], ["REF", "QUOTE"], ["QUOTE"])
    ):
        first = clause.tokens[0]  # "put "A" on photo 1 and "B" on photo 2", "caption photo 2 "A" and photo 3 "B""
        verb = next((t for t in before.tokens if t.kind == "CAPTION"), Token("ADD", "add", 0, 0))
        verb = Token(verb.kind, verb.text, first.start, first.start)
        return replace(clause, tokens=(verb, *clause.tokens))
    subjects = [t for t in before.tokens if t.kind == "REF"]
    kinds = {t.kind for t in clause.tokens}
    complained = any(t.complains or "太" in t.text for t in before.tokens) and "IT" not in kinds
    graded = kinds <= _GRADES or (complained and kinds <= _SAID_OF_A_CLIP)
    if graded and clause.sentence == before.sentence and _of_the_same(before, clause):
        return replace(clause, tokens=(subjects[0], *clause.tokens))  # 第四张太暗了，亮一点
    cut_off = before.states and len(subjects) == 1 and {t.kind for t in before.tokens} & {"CROP", "TRIMWORD"}
    if cut_off and kinds & {"CONTAIN", "BLUR", "FILL"} and "REF" not in kinds:
        return replace(clause, tokens=(subjects[0], *clause.tokens))
    if (
        any(t.complains or "太" in t.text for t in before.tokens)
        and kinds <= {"RELATIVE", "DEGREE", "MAKE", "IT"}
        and not clause.joined
    ):
        noun = next((t for t in before.tokens if t.kind in ("TRANSITION", "CROSSFADE")), None)
        if noun is not None:  # 转场太快了，慢一点
            return replace(clause, tokens=(noun, *(t for t in clause.tokens if t.kind != "IT")))
    alike = clause.tokens[0].text.lower() == "with" and kinds <= _SAID_OF_A_CLIP | _WITH_IT and "USE" in kinds | {"USE"}
    if (
        alike
        and clause.sentence == before.sentence
        and len(subjects) == 1
        and not {t.kind for t in before.tokens} & _MADE_OTHER - {"MOVE"}
    ):
        return replace(clause, tokens=(subjects[0], *clause.tokens))  # "photo 4 for 7 seconds, with no motion"
    if kinds <= {"LENGTH", "RELATIVE", "DEGREE"} and {"LENGTH", "RELATIVE"} <= kinds and not clause.joined:
        noun = next((t for t in before.tokens if t.kind in ("TRANSITION", "CROSSFADE")), None)
        if noun is not None:  # 换成擦除的转场，时间短一点
            return replace(clause, tokens=(noun, *(t for t in clause.tokens if t.kind != "LENGTH")))
    if {t.kind for t in clause.tokens} in ({"FADE_OUT"}, {"FADE_IN"}) and clause.joined:
        noun = next((t for t in before.tokens if t.kind == "MUSIC"), None)
        if noun is not None and not any(t.kind in ("TITLE", "FILM", "CLIP") for t in before.tokens):
            return replace(clause, tokens=(noun, *clause.tokens))  # "the music should get quieter and stop softly"
    things = {_THINGS[t.kind] for t in before.tokens if t.kind in ("MUSIC", "TITLE", "SOUND")}
    graded_here = {t.kind for t in clause.tokens} & {"MORE", "LESS", "PERCENT", "BIGGER"}
    grades = {"MORE", "LESS", "DEGREE", *(_SET_TO if before.sentence >= 0 and topics.in_chinese(clause) else ())}
    if graded_here and kinds <= grades and len(things) == 1 and (not clause.joined or clause.but):
        noun = next(t for t in before.tokens if t.kind in ("MUSIC", "TITLE", "SOUND"))
        return replace(clause, tokens=(noun, *clause.tokens))  # 音乐太吵了，小一点
    manner = [t.kind for t in clause.tokens]
    if manner == ["MAKE", "MANNER"] and any(t.kind == "FILTER" for t in before.tokens):
        verb, word = clause.tokens  # 黑白的不好看，换成复古
        return replace(clause, tokens=(verb, replace(word, kind="FILTER", value=word.value["filter"])))
    if (
        clause.joined
        and [t.kind for t in clause.tokens] == ["MANNER"]
        and any(t.kind == "FILTER" for t in before.tokens)
    ):
        word = clause.tokens[0]  # "warm and vintage": two filters, not a template
        return replace(clause, tokens=(replace(word, kind="FILTER", value=word.value["filter"]),))
    if [t.kind for t in clause.tokens] == ["REMOVE"] and not subjects:
        named = [t for t in before.tokens if t.kind in ("TITLE", "MUSIC", "LOGO", "TRANSITION", "SUBTITLE", "CAPTION")]
        asked = before.tokens[0].kind in ("GUARD", "QUESTION")
        if len(named) == 1 and (asked or not {t.kind for t in before.tokens} & DOING):
            return replace(clause, tokens=(*clause.tokens, named[0]))  # "who put that text there? delete"
    if (
        [t.kind for t in clause.tokens] == ["REMOVE"]
        and len(subjects) == 1
        and not {t.kind for t in before.tokens} & DOING
    ):
        return replace(clause, tokens=(*clause.tokens, subjects[0]))  # 第二张我不喜欢，去掉
    vague = {t.kind for t in before.tokens} <= _VAGUELY
    told = len(subjects) == 1 and not clause.joined and clause.sentence == before.sentence
    told = told and (before.tells or (vague and len(before.tokens) > 1))
    if told and kinds <= _PACED and not {t.kind for t in before.tokens} & (DOING | {"DUR", "TITLE", "MUSIC", "QUOTE"}):
        return replace(
            clause, tokens=(subjects[0], *clause.tokens)
        )  # "picture 4 disappears before I see it, 3 seconds more"
    if clause.joined and clause.sentence == before.sentence and _of_the_same(before, clause):
        subject = next(t for t in before.tokens if t.kind == "REF")
        return replace(clause, tokens=(subject, *clause.tokens))
    return _of_the_thing(before, _referred(before, clause))


_PACED = frozenset("DUR MORE LESS DEGREE RELATIVE DELTA LONG FOR".split())
"""What is said of how long something is shown."""
_PACED = frozenset("DUR MORE LESS DEGREE RELATIVE DELTA LONG FOR".split())
"""What is said of how long something is shown."""
_VAGUELY = frozenset("REF UNKNOWN LOOKWORD LONG SIZE_WORD DEGREE GUARD DET MANNER".split())
_SAID_OF: dict[str, frozenset[str]] = {
    "MUSIC": frozenset(
        "AGAIN DUR ON REMOVE OFF LOUDER QUIETER VOLUME MUTE FADE_OUT FADE_IN FADE_BOTH FADE OUT PERCENT LOOP ONCE NOT END START AFTER INTO_FILM".split()
    ),
    "TITLE": frozenset(
        "OUT RESAY QUOTE REMOVE OFF BIGGER SIZE_WORD COLOR PLACE FONT FONTWORD STROKE BOX ANIM ALIGN MOVE ON".split()
    ),
    "SOUND": frozenset("REMOVE OFF LOUDER QUIETER PERCENT MUTE".split()),
    "TRANSITION": frozenset("REMOVE OFF RELATIVE DUR EACH SMOOTH INTENSITY LONG LENGTH TKIND CROSSFADE".split()),
}  # fmt: skip
"""What can be said of music, of a title, of transitions that are called "it" or "them"."""
_LITTLE = frozenset("IT MAKE USE BE AT TO IN OF AS MORE LESS DEGREE SHOW ADD".split())
_THINGS = {
    "MUSIC": "MUSIC", "SONG": "MUSIC", "TITLE": "TITLE", "QUOTE": "TITLE", "TRANSITION": "TRANSITION",
    "CROSSFADE": "TRANSITION", "TKIND": "TRANSITION", "SOUND": "SOUND", "SKIP": "MUSIC",
}  # fmt: skip


def _of_the_thing(before: Clause, clause: Clause) -> Clause:
    """``the music is too loud, turn it off``: "it" is the music."""
    if (card := cardwords.of_it(before.tokens, clause.tokens)) is not None:
        return replace(clause, tokens=card)
    at = next((i for i, t in enumerate(clause.tokens) if t.kind == "IT"), None)
    things = {_THINGS[t.kind] for t in before.tokens if t.kind in _THINGS}
    if at is None or len(things) != 1:
        return clause
    (thing,) = things
    said = {t.kind for t in clause.tokens} - _LITTLE
    much = thing in ("MUSIC", "TITLE") and any(t.kind in ("MORE", "LESS") for t in clause.tokens)
    if (
        thing == "MUSIC"
        and "DUR" in said
        and not said & {"FADE", "FADE_OUT", "FADE_IN", "FADE_BOTH", "INTO_FILM", "AFTER"}
    ):
        return clause
    if not (said or much) or not said <= _SAID_OF[thing]:
        return clause
    apart = before.sentence < 0 or any(t.complains for t in before.tokens) or bool(said & {"REMOVE", "OFF"})
    apart = apart or (topics.in_chinese(before) and not {t.kind for t in before.tokens} & (DOING | {"QUOTE"}))
    if thing == "TITLE" and not apart:
        return clause  # its looks are added to the title that the sentence makes
    here = clause.tokens[at]
    if thing == "TRANSITION" and not (said & {"REMOVE"} or here.text.lower() in _SEVERAL):
        return clause  # "use crossfades and make it 20 seconds": the film
    meant = Token(thing, here.text, here.start, here.end)
    return replace(clause, tokens=(*clause.tokens[:at], meant, *clause.tokens[at + 1 :]))


_SAID_OF_A_CLIP_KINDS = "DUR LONG FILTER ADJ PROP PERCENT MORE LESS DEGREE STATIC ZOOM_IN ZOOM_OUT PAN PLACE FILL BLUR BARS EACH INTENSITY RELATIVE TIMES FOR IN TO USE MAKE IT LOOKWORD BE"
_SAID_OF_A_CLIP = frozenset(_SAID_OF_A_CLIP_KINDS.split())

_WITH_IT = frozenset("NOT MOTION SLOWZOOM KEN_BURNS WITH_PREP STRENGTH".split())
"""What can be said of a clip behind "with"."""

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


_OF_A_CLIP_KINDS = "FOCUS SLOWZOOM SLOWMO CONTAIN CAMERA STRENGTH LENGTH OFF AS COMES FROM ONLY NOT MUTE SOUND VOLUME SPEED ON OF AT ADD OUT REMOVE MOVE START END FIRST LAST SHOW DUPLICATE SPLIT KEN_BURNS MOTION DELTA RELATIVE KEEP RESIZE TRIMWORD"
_OF_CLIPS = _SAID_OF_A_CLIP | frozenset(_OF_A_CLIP_KINDS.split())
_ON_CLIPS = frozenset(("ADD", "TITLE", "CAPTION", "QUOTE", "COLOR", "SAY"))
"""What can be said of "it", a clip, and what can be put on it."""
_GONE = frozenset(("REMOVE", "KEEP", "DUPLICATE", "SPLIT"))
"""What leaves no clip, or several, behind that "it" could be."""
_MOVED = frozenset(("MOVE", "SWAP"))
_WORDS = frozenset(("TITLE", "CAPTION", "QUOTE"))


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
    behind = clause.tokens[pronouns[0] - 1] if pronouns[0] > 0 else None
    upon = behind is not None and (behind.kind == "ON" or behind.text.lower() == "give")
    swapped = frozenset(("SWAP", "REF", "USE", "WITH_PREP")) if "SWAP" in said else frozenset()
    if not said <= (_OF_CLIPS | _ON_CLIPS if upon else _OF_CLIPS) | swapped:
        return clause
    made = {t.kind for t in before.tokens}
    placed = ("REPLACE" in made and len(subjects) == 2) or {"ADD", "AS"} <= made  # "replace photo 4 with beach.jpg"
    taken = before.tokens[0].text in ("把", "将") and "MOVE" in made  # 把第5张移到第2张的位置
    several = len(subjects) > 1 and not placed and not taken  # "put photo 2 before photo 1 and zoom in on it"
    held = any(t.text.lower() in ("hold", "held") for t in clause.tokens)
    if made & _WORDS and not said & OF_PICTURES and not held:
        return clause
    trimmed = ("KEEP" in made and "DUR" in made) or bool(
        made & {"ZOOM_IN", "ZOOM_OUT", "MOTION", "FILTER", "PROP", "PAN"}
    )
    if (made & _GONE and not trimmed) or (made & _MOVED and not _as_many(clause.tokens[pronouns[0]], subjects[0])):
        return clause
    at = pronouns[0]
    here, subject = clause.tokens[at], subjects[0]
    if "REPLACE" in made and placed and isinstance(subject.value[0], str):
        subject = replace(subject, value=subjects[1].value)  # the name that stands there by then
    if "BESIDE" in made:
        placed, subject = True, replace(subject, value=subject.value[:1])  # two photos are one clip by then
    length = bool(said & {"DUR", "RELATIVE", "DELTA", "LONG", "TIMES"})
    if length and before.sentence < 0 and here.text.lower() in FILM_TOO:
        return clause  # in an instruction of its own, "make it longer" speaks of the film
    unclear = (
        several
        or (made & _MOVED and before.then)
        or (
            length
            and "SHOW" not in said
            and (clause.sentence != before.sentence or "REPLACE" in made)
            and here.text.lower() in FILM_TOO
        )
    )
    meant = Token("GUARD" if unclear else "REF", here.text, here.start, here.end, subject.value)
    # The number is the one of the part before: clips are counted as they were then.
    then = (clause.then or placed) and not made & _MOVED
    return replace(clause, tokens=(*clause.tokens[:at], meant, *clause.tokens[at + 1 :]), then=then)


_SEVERAL = ("them", "they", "those", "these", "它们")
FILM_TOO = ("it", "this", "that", "它")


def _as_many(pronoun: Token, subject: Token) -> bool:
    """Whether "it" stands beside one clip and "them" beside several: "swap 1 and 2 and make it faster" means the film."""
    several = pronoun.text.lower() in _SEVERAL
    return several == (len(subject.value) > 1)
