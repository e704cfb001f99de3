"""Careful turns as plain ones: "move it to the first position", "fade it in over 1 second", "each of the two photos for 3 seconds".

One pass over the tokens before clauses are told apart. A rule looks at a token and its neighbours and gives the tokens that stand
in the place of the first so many, or nothing where it does not hold; each looks at one part of the sentence at most.
"""

from dataclasses import replace

from nemovideo_mcp.studio.editor.manners import SLOWER
from nemovideo_mcp.studio.editor.neighbours import ENDS, Found, Rule, before_in, rest_of, rewritten
from nemovideo_mcp.studio.editor.selections import Rule as Selected
from nemovideo_mcp.studio.editor.tokens import Token, joined, kinds

Turn = Found | None
_ENDS = (*ENDS, "PURPOSE")
_WORDS = "TITLE|CAPTION|SUBTITLE|LOWER_THIRD|END_CARD"
_SPOKEN = frozenset(_WORDS.split("|"))
_FAR = 16
"""Tokens of a part that a rule looks at."""


def plainer(tokens: list[Token]) -> list[Token]:
    """The tokens of an instruction with careful turns as the plain ones that the grammar knows."""
    return rewritten(tokens, _RULES, _announced(tokens))


def _before(out: list[Token]) -> str:
    return out[-1].kind if out else "STOP"


def _said(token: Token, *words: str) -> bool:
    return token.text.lower() in words


def _part(tokens: list[Token], at: int) -> list[Token]:
    """The tokens up to the end of the part, so many at most."""
    return rest_of(tokens, at, _FAR, _ENDS)


def _so_far(out: list[Token]) -> list[Token]:
    """The tokens of the part before this one, the nearest first."""
    return before_in(out, _FAR, _ENDS)[::-1]


_ANNOUNCING = frozenset(
    "MAKE ADD USE SHOW AFTER STEP DET TO FILM IT OF IN ON NUM COUNT UNKNOWN FOR CLIP NEW REST SIZE_WORD LESS WITH_PREP".split()
)
_ANNOUNCED = frozenset(("CAPTION", "TITLE", "TRANSITION", "KIND"))


def _announced(tokens: list[Token]) -> int:
    """Where the order begins behind "Please make the following changes:"."""
    for at, token in enumerate(tokens[:12]):
        if token.kind == "COLON" or (token.kind == "STOP" and token.text in ":\n"):
            said = {t.kind for t in tokens[:at]}
            usual = all(t.value == "bottom" for t in tokens[:at] if t.kind == "PLACE")
            follows = "STEP" in said or (said & _ANNOUNCED and "AFTER" in said and usual)
            film = "FILM" in said and at < 9 and said & {"UNKNOWN", "KIND"} and not said & {"NUM", "COUNT"}
            follows = follows or film  # "the user wants a memorial video: ..."
            return at + 1 if follows and said <= _ANNOUNCING | _ANNOUNCED | {"PLACE"} else 0
        if token.kind in ("STOP", "COMMA"):
            break
    return 0


def _next_announced(tokens: list[Token], at: int, out: list[Token]) -> Turn:
    """``Two small adjustments: …`` behind a stop."""
    begun = _announced(tokens[at + 1 : at + 14])
    return ([tokens[at]], 1 + begun) if begun else None


_SAYS_NOTHING = {
    ("OFSONG", "BEATS"), ("EFFECTS", "MOTION"), ("MOTION", "ANIM"), ("OVERLAY", "TITLE"), ("FONTWORD", "FONT"), ("EFFECTS", "TKIND"), ("EFFECTS", "ANIM"),
    ("ENDWITH", "END"), ("LENGTH", "LENGTH"), ("DESCENDING", "DESCENDING"), ("ASCENDING", "ASCENDING"), ("REVERSE", "DESCENDING"),
}  # fmt: skip
"""What says nothing behind another: "the beat of the music", "motion effects", "a typewriter animation", "a serif typeface"."""


def _nothing(tokens: list[Token], at: int, out: list[Token]) -> Turn:
    return ([], 1) if (tokens[at].kind, _before(out)) in _SAYS_NOTHING else None


def _position(tokens: list[Token], at: int, out: list[Token]) -> Turn:
    """``to the first position``, ``position it at the top``."""
    if _before(out) in ("FIRST", "LAST", "ORD") and not kinds(tokens, at + 1, "NUM|CLIP"):
        return [], 1
    if _before(out) in _ENDS and kinds(tokens, at + 1, "IT|TITLE|QUOTE|LOGO|CAPTION|OWN"):
        return [replace(tokens[at], kind="MOVE")], 1
    return None


def _mark(tokens: list[Token], at: int, out: list[Token]) -> Turn:
    """``from the 20-second mark``."""
    return ([], 1) if _said(tokens[at], "mark", "point") and _before(out) == "DUR" else None


def _fade_it_in(tokens: list[Token], at: int, out: list[Token]) -> Turn:
    if not kinds(tokens, at + 1, "IT|MUSIC|SONG|TITLE", "IN|OUT"):
        return None
    return [joined(f"FADE_{tokens[at + 2].kind}", [tokens[at], tokens[at + 2]]), tokens[at + 1]], 3


def _to_the_music(tokens: list[Token], at: int, out: list[Token]) -> Turn:
    """``add a fade-in to the music``."""
    fades = _before(out) in ("FADE_IN", "FADE_OUT", "FADE_BOTH")
    return ([replace(tokens[at], kind="MUSIC")], 1) if fades and _said(tokens[at], "to the music") else None


def _of_the_music(tokens: list[Token], at: int, out: list[Token]) -> Turn:
    """``the volume of the music``, ``the fade-out of the song``, ``20 seconds into the song``."""
    if _said(tokens[at], "into the song", "into the track", "into the music") and _before(out) == "DUR":
        return [replace(tokens[at], kind="INTO_SONG")], 1
    of_it = _before(out) in ("VOLUME", "FADE_IN", "FADE_OUT", "FADE_BOTH", "MUSIC")
    return ([replace(tokens[at], kind="MUSIC")], 1) if of_it else None


def _every_cut(tokens: list[Token], at: int, out: list[Token]) -> Turn:
    """``at every cut``."""
    if not kinds(tokens, at + 1, "TRIMWORD|CUT") or not _said(tokens[at + 1], "cut", "cuts"):
        return None
    return [joined("ALL_CUTS", tokens[at : at + 2])], 2


def _each_of(tokens: list[Token], at: int, out: list[Token]) -> Turn:
    """``each of the two photos``."""
    if kinds(tokens, at + 1, "OF", "IT") and _said(tokens[at + 2], "them", "these", "those"):
        return [tokens[at], replace(tokens[at + 2], kind="CLIP")], 3
    noun = at + 2
    while kinds(tokens, noun, "DET|NOISE|NUM") and noun < at + 5:
        noun += 1
    held = kinds(tokens, at + 1, "OF") and kinds(tokens, noun, "CLIP")
    return ([tokens[at], tokens[noun]], noun + 1 - at) if held else None


def _long_each(tokens: list[Token], at: int, out: list[Token]) -> Turn:
    """``6 seconds per photo with crossfades of 1.5 seconds``: two wishes."""
    timed = _before(out) == "DUR" and kinds(
        tokens, at + 1, "CLIP", "USE|WITH_PREP", "CROSSFADE|TRANSITION|TKIND|SMOOTH"
    )
    end = tokens[at + 1].end if timed else 0
    return ([*tokens[at : at + 2], Token("COMMA", ",", end, end)], 2) if timed else None


def _one(tokens: list[Token], at: int, out: list[Token]) -> Turn:
    """``each one``."""
    return ([], 1) if _said(tokens[at], "one") and _before(out) == "EACH" else None


def _both(tokens: list[Token], at: int, out: list[Token]) -> Turn:
    used = 2 if kinds(tokens, at + 1, "CLIP") else 1
    return [joined("ALL_CLIPS" if used == 2 else "BOTH", tokens[at : at + used], 2)], used


def _size(token: Token) -> Token:
    return replace(token, kind="SIZEOF") if _said(token, "size") else token


def _look_of(tokens: list[Token], at: int, out: list[Token]) -> Turn:
    """``the font of the title``, ``its size``, ``1.4x size``."""
    if kinds(tokens, at + 1, "OF", _WORDS):
        return [tokens[at + 2], _size(tokens[at])], 3
    near = _before(out) in (*_SPOKEN, "FONTWORD", "OWN", "TIMES", "PERCENT", "QUOTE")
    return ([_size(tokens[at])], 1) if near and _said(tokens[at], "size") else None


def _called(tokens: list[Token], at: int, out: list[Token]) -> Turn:
    """``add the text "Anna" as a lower third``: that counts, and not the "text" before the words."""
    if not kinds(tokens, at + 1, _WORDS) or _before(out) != "QUOTE":
        return None
    quote = out.pop()
    if out and out[-1].kind in _SPOKEN:
        out.pop()
    return [tokens[at + 1], quote], 2


def _while(tokens: list[Token], at: int, out: list[Token]) -> Turn:
    """``while the second photo is on screen``, ``up to 2x``."""
    if _said(tokens[at], "up to") and kinds(tokens, at + 1, "TIMES"):
        return [replace(tokens[at], kind="TO")], 1
    part = _part(tokens, at + 1)
    shown = len(part) > 1 and part[-1].kind == "SHOW"
    plain = {t.kind for t in part[:-1]} <= {"CLIP", "ORD", "FIRST", "LAST", "NUM", "FILE", "BE"}
    if shown and plain and _said(tokens[at], "while", "whenever", "as long as"):
        return [replace(tokens[at], kind="ON")], 1
    return None


_DONE = ("added", "changed", "applied", "made", "set", "taken", "introduced", "inserted", "put in", "uploaded")


def _was_added(tokens: list[Token], at: int, out: list[Token]) -> Turn:
    """``before the title was added``."""
    part = _part(tokens, at)
    if len(part) != 2 or not _said(part[0], "was", "were") or not _said(part[1], *_DONE):
        return None
    dated = any(t.kind in ("BEFORE", "AFTER", "BACK_TO", "BACK_BEFORE", "BYDATE", "DATE") for t in _so_far(out))
    return ([], 2) if dated else None


def _speed_it_up(tokens: list[Token], at: int, out: list[Token]) -> Turn:
    here = tokens[at]
    if not _said(here, "speed it up", "slow it down"):
        return None
    return [replace(here, text=here.text.replace(" it", "")), Token("IT", "it", here.start, here.end)], 1


_OF_A_FILM = frozenset(
    "DUR SHAPE RATIO FILM KIND PLATFORM RES SMOOTH USE WITH_PREP FROM OF DET CLIP ALL NUM SIZE FOR TO CROSSFADE TRANSITION MANNER MUSIC".split()
)


def _generate(tokens: list[Token], at: int, out: list[Token]) -> Turn:
    """``generate a 30-second slideshow from these photos``, ``生成一个30秒的横屏视频``: to make one of what is there."""
    here = tokens[at]
    said = here.text.lower().startswith(("generate", "create", "produce", "生成", "创作"))
    part = _part(tokens, at + 1)
    film = any(t.kind in ("FILM", "SHAPE") for t in part) and {t.kind for t in part} <= _OF_A_FILM
    measured = any(t.kind in ("DUR", "SHAPE", "RATIO", "PLATFORM", "CLIP") for t in part)
    return ([replace(here, kind="MAKE", value=None)], 1) if said and film and measured else None


def _gentle(tokens: list[Token], at: int, out: list[Token]) -> Turn:
    """``gentle Ken Burns motion``."""
    moves = kinds(tokens, at + 1, "KEN_BURNS|MOTION|ZOOM_IN|ZOOM_OUT|PAN")
    return (
        ([replace(tokens[at], kind="INTENSITY", value=0.6)], 1)
        if moves and _said(tokens[at], "gentle", "subtle", "soft")
        else None
    )


def _these_two(tokens: list[Token], at: int, out: list[Token]) -> Turn:
    """``put these two side by side``: all that there is, and it has to be two."""
    two = (
        tokens[at].value == 2
        and kinds(tokens, at + 1, "BESIDE")
        and _before(out) in ("DET", "IT", "ADD", "SHOW", "MAKE", "MOVE")
    )
    if not two:
        return None
    if _before(out) in ("DET", "IT"):
        out.pop()
    return [replace(tokens[at], kind="REF", value=(Selected("every", step=1, first=1),))], 1


def _trim_it(tokens: list[Token], at: int, out: list[Token]) -> Turn:
    """``… in the video clip and trim it to 6 seconds``: the clip, and no film."""
    here = tokens[at]
    if not here.text.lower().endswith(" it") or not any(t.kind == "VIDEO_CLIP" for t in out[-_FAR:]):
        return None
    return [replace(here, kind="TRIMWORD", text=here.text[:-3]), Token("IT", "it", here.start, here.end)], 1


def _its_audio(tokens: list[Token], at: int, out: list[Token]) -> Turn:
    """``mute the clip's audio``: its own sound."""
    owned = _before(out) in ("CLIP", "VIDEO_CLIP", "FILM", "FILE", "OWN")
    return ([replace(tokens[at], kind="SOUND")], 1) if owned and _said(tokens[at], "audio", "audio track") else None


def _of_the_film(tokens: list[Token], at: int, out: list[Token]) -> Turn:
    """``move it to the beginning of the film``."""
    moved = any(t.kind == "MOVE" for t in _so_far(out))
    return ([tokens[at]], 3) if moved and kinds(tokens, at + 1, "OF", "FILM") else None


def _version_of(tokens: list[Token], at: int, out: list[Token]) -> Turn:
    """``version 1 of the slideshow``."""
    counted = _before(out) == "NUM" and len(out) > 1 and out[-2].kind == "VERSION"
    return ([], 2) if counted and kinds(tokens, at + 1, "FILM") else None


def _appears(tokens: list[Token], at: int, out: list[Token]) -> Turn:
    """``let it appear at 1 second``: no film does."""
    seen = at + 1 < len(tokens) and _said(
        tokens[at + 1], "appear", "appears", "show up", "pop up", "come in", "comes in"
    )
    return (
        ([replace(tokens[at + 1], kind="ENTER")], 2) if seen and kinds(tokens, at + 2, "AT|AFTER|FROM", "DUR") else None
    )


def _shown_it(tokens: list[Token], at: int, out: list[Token]) -> Turn:
    """``add a title and show it for 5 seconds``: the words that the sentence makes."""
    titled = any(t.kind in ("QUOTE", *_SPOKEN) for t in out[-_FAR:]) and not any(
        t.kind in ("CLIP", "FILE", "FILM") for t in out[-_FAR:]
    )
    meant = titled and kinds(tokens, at + 1, "IT", "FOR", "DUR") and len(_part(tokens, at)) <= 4
    return ([tokens[at], *tokens[at + 2 : at + 4]], 4) if meant else None


def _that_frame(tokens: list[Token], at: int, out: list[Token]) -> Turn:
    return ([tokens[at]], 2) if _said(tokens[at], "this", "that") and kinds(tokens, at + 1, "FRAME_WORD") else None


def _hex(tokens: list[Token], at: int, out: list[Token]) -> Turn:
    """``in a pink color (#FFC0CB)``: the numbers say which pink."""
    exact = any(t.kind == "COLOR" and t.text.startswith("#") for t in _part(tokens, at + 1)[:3])
    return ([], 1) if exact and not tokens[at].text.startswith("#") else None


def _letters(tokens: list[Token], at: int, out: list[Token]) -> Turn:
    """``in letters of 1.3 times the usual size``."""
    used = 2 if kinds(tokens, at + 1, "OF", "TIMES|PERCENT") else 1
    return (
        ([], used)
        if _said(tokens[at], "letters", "type", "lettering") and kinds(tokens, at + used, "TIMES|PERCENT")
        else None
    )


def _stretch(tokens: list[Token], at: int, out: list[Token]) -> Turn:
    """``extend the title so that it stays until 6 seconds``."""
    words = kinds(tokens, at + 1, f"QUOTE|SHOWN|{_WORDS}")
    return (
        ([replace(tokens[at], kind="MAKE")], 1)
        if words and not any(t.kind == "DUR" for t in _part(tokens, at))
        else None
    )


def _by_so_much(tokens: list[Token], at: int, out: list[Token]) -> Turn:
    """``extend the time of each photo by 1.5 seconds``: more of it, or less."""
    part = _part(tokens, at)
    much = any(kinds(part, i, "WITH_PREP", "DUR") and _said(part[i], "by") for i in range(1, len(part)))
    if not much or not any(t.kind in ("LENGTH", "CLIP", "FILM", "IT", "ALL") for t in part):
        return None
    if _said(tokens[at], "extend", "lengthen", "prolong"):
        return [replace(tokens[at], kind="MORE")], 1
    return ([replace(tokens[at], kind="LESS")], 1) if _said(tokens[at], "shorten", "reduce") else None


def _into_the_film(tokens: list[Token], at: int, out: list[Token]) -> Turn:
    """``2 seconds into the video``."""
    if not _said(tokens[at], "into") or _before(out) != "DUR" or not kinds(tokens, at + 1, "FILM"):
        return None
    return [joined("INTO_FILM", tokens[at : at + 2])], 2


def _slow_pace(tokens: list[Token], at: int, out: list[Token]) -> Turn:
    """``slow the overall pacing so the video runs 40 seconds``."""
    here = tokens[at]
    if not _said(here, "slow") or _before(out) not in _ENDS or not kinds(tokens, at + 1, "SPEED"):
        return None
    comma = [Token("COMMA", ",", here.end, here.end)] if kinds(tokens, at + 2, "FILM|IT", "BE|SHOW|LAST", "DUR") else []
    return [replace(here, kind="RELATIVE", value=("speed", SLOWER)), *comma], 2


def _soft(tokens: list[Token], at: int, out: list[Token]) -> Turn:
    """``soft background music``."""
    soft = tokens[at].text.lower().startswith("soft") and kinds(tokens, at + 1, "MUSIC")
    return ([replace(tokens[at], kind="SMOOTH", text="soft", value=None)], 1) if soft else None


def _fit(tokens: list[Token], at: int, out: list[Token]) -> Turn:
    fits = _said(tokens[at], "fit") and _before(out) in _ENDS
    return ([replace(tokens[at], kind="MAKE")], 1) if fits else None


def _new_one(tokens: list[Token], at: int, out: list[Token]) -> Turn:
    """``drop the title and add a new one, "Iceland"``."""
    spoken = any(t.kind in _SPOKEN for t in out[-_FAR:])
    held = spoken and _before(out) == "ADD" and kinds(tokens, at + 1, "COMMA", "QUOTE")
    return ([replace(tokens[at], kind="TITLE")], 2) if held else None


def _bold(tokens: list[Token], at: int, out: list[Token]) -> Turn:
    """Titles are set in bold."""
    return ([], 1) if _said(tokens[at], "bold", "boldface") else None


_MEANS = (
    "increasing",
    "extending",
    "lengthening",
    "shortening",
    "reducing",
    "adjusting",
    "decreasing",
    "changing",
    "slowing",
    "showing",
)
_PACE = frozenset("MORE LESS RESIZE RELATIVE LENGTH EACH CLIP ALL OF SHOW FOR LONG IT DET SPEED".split())


def _means(tokens: list[Token], at: int, out: list[Token]) -> Turn:
    """``by increasing the display time of each photo`` only tells how a length comes about."""
    part = _part(tokens, at + 1)
    if not _said(tokens[at], "by") or len(part) < 2 or part[0].text.lower().split()[0] not in _MEANS:
        return None
    return ([], 1 + len(part)) if {t.kind for t in part[1:]} <= _PACE else None


_ORDERS = frozenset("MAKE ADD USE SHOW REMOVE MOVE RESIZE EACH FOR SWAP".split())


def _colon(tokens: list[Token], at: int, out: list[Token]) -> Turn:
    """``add subtitles in white: "Hello"``, ``slow down the pace: show each photo for 6 seconds``, ``durations: photo 1 for 3 s``."""
    before, after = _so_far(out), _part(tokens, at + 1)
    if not before:
        return [], 1
    if any(t.kind == "RELATIVE" for t in before) and after and after[0].kind == "DUR":
        return [replace(tokens[at], kind="COMMA")], 1  # "a slower pace: 6 seconds per photo"
    several = kinds(tokens, at + 2, "COMMA|AND", "QUOTE") or kinds(tokens, at + 2, "COMMA", "AND", "QUOTE")
    if kinds(tokens, at + 1, "QUOTE") and not several:
        noun = next((i for i, t in enumerate(before) if t.kind in _SPOKEN), 0)
        if noun and not any(t.kind in ("QUOTE", "QUOTES") for t in before[:noun]):
            out.insert(len(out) - noun, tokens[at + 1])
            return [], 2
    if (
        len(before) > 1
        and len(after) > 2
        and after[0].kind in _ORDERS
        and not any(t.kind == "QUOTE" for t in after[:2])
    ):
        return [replace(tokens[at], kind="COMMA")], 1
    if [t.kind for t in before] == ["LENGTH"] and after and after[0].kind in ("CLIP", "ORD", "FIRST"):
        out.pop()
        return [], 1
    return None


_GERUNDS = {
    **dict.fromkeys(("raising", "increasing", "boosting", "turning up"), "MORE"),
    **dict.fromkeys(("lowering", "decreasing", "reducing", "turning down"), "LESS"),
}


def _by_raising(tokens: list[Token], at: int, out: list[Token]) -> Turn:
    """``more vibrant by raising the saturation by 25%``: an order of its own that says how."""
    part = _part(tokens, at + 1)
    way = _GERUNDS.get(part[0].text.lower()) if part else None
    if not _said(tokens[at], "by") or way is None or not any(t.kind == "PERCENT" for t in part):
        return None
    return [replace(tokens[at], kind="COMMA"), replace(part[0], kind=way)], 2


def _keep_at(tokens: list[Token], at: int, out: list[Token]) -> Turn:
    """``keep the volume at 50%``: what is kept at a value is set to it."""
    part = _part(tokens, at + 1)
    set_to = any(kinds(part, i, "AT|TO", "PERCENT|DUR") for i in range(1, len(part)))
    return ([replace(tokens[at], kind="MAKE")], 1) if set_to else None


def _run(tokens: list[Token], at: int, out: list[Token]) -> Turn:
    """``open on photo 4 and run for one minute``: the film runs, no photo does."""
    runs = tokens[at].text.lower().startswith("run") and _before(out) in _ENDS and kinds(tokens, at + 1, "DUR|FOR")
    return ([replace(tokens[at], kind="RUN")], 1) if runs else None


def _end_of_row(tokens: list[Token], at: int, out: list[Token]) -> Turn:
    """``the opening image``, ``the closing shot``."""
    if not kinds(tokens, at + 1, "CLIP") or not _said(tokens[at], "opening", "closing"):
        return None
    return [replace(tokens[at], kind="FIRST" if _said(tokens[at], "opening") else "LAST")], 1


def _down_to(tokens: list[Token], at: int, out: list[Token]) -> Turn:
    """``trim it down to the first three photos``."""
    trimmed = _said(tokens[at], "down") and any(t.kind == "TRIMWORD" for t in _so_far(out))
    return ([], 1) if trimmed and kinds(tokens, at + 1, "TO", "FIRST|LAST|CLIP|ORD") else None


def _at_width(tokens: list[Token], at: int, out: list[Token]) -> Turn:
    """``at 20% of the frame's width``."""
    return ([], 1) if kinds(tokens, at + 1, "PERCENT", "WIDTH") else None


def _in_turns(tokens: list[Token], at: int, out: list[Token]) -> Turn:
    """``alternate the motion: zoom in on photo 1, zoom out on photo 2``: which turns is said behind the colon."""
    return (
        ([], 3)
        if _before(out) in _ENDS and kinds(tokens, at + 1, "MOTION|TRANSITION|LOOKWORD|FILTER", "COLON")
        else None
    )


def _placed(tokens: list[Token], at: int, out: list[Token]) -> Turn:
    """``placed at the top``."""
    return (
        ([], 1)
        if _said(tokens[at], "placed", "positioned", "located", "situated") and kinds(tokens, at + 1, "PLACE")
        else None
    )


def _starting(tokens: list[Token], at: int, out: list[Token]) -> Turn:
    """``music starting 20 seconds into the song``."""
    return (
        ([replace(tokens[at], kind="START")], 1)
        if _said(tokens[at], "starting") and kinds(tokens, at + 1, "DUR")
        else None
    )


def _shape(tokens: list[Token], at: int, out: list[Token]) -> Turn:
    """``widescreen cinema format (21:9)``: the numbers say it."""
    said = any(t.kind in ("RATIO", "SIZE") for t in (*_part(tokens, at), *_so_far(out)))
    return ([], 1) if said else None


def _middle(tokens: list[Token], at: int, out: list[Token]) -> Turn:
    """``at the top center``."""
    edge = bool(out) and out[-1].kind == "PLACE" and out[-1].value in ("top", "bottom")
    return ([], 1) if edge and tokens[at].value == "center" else None


def _in_the_background(tokens: list[Token], at: int, out: list[Token]) -> Turn:
    """``acoustic music in the background at 50%``."""
    sung = any(t.kind in ("MUSIC", "SONG") for t in _so_far(out))
    return (
        ([], 2)
        if sung and kinds(tokens, at + 1, "BACKGROUND") and kinds(tokens, at + 2, "AT|WITH_PREP|USE|FOR")
        else None
    )


_RULES: dict[str, tuple[Rule, ...]] = {
    "POSITION": (_position,), "UNKNOWN": (_mark, _was_added, _starting, _placed), "BE": (_run,), "SHOW": (_run, _shown_it), "COMES": (_run,), "SHAPE": (_shape,), "IN": (_in_the_background,), "FADE": (_fade_it_in,), "BEATS": (_to_the_music,), "OFSONG": (_nothing, _of_the_music),
    "EFFECTS": (_nothing,), "MOTION": (_nothing,), "OVERLAY": (_nothing,), "FONTWORD": (_nothing, _letters, _look_of), "LOOKWORD": (_look_of,), "FRAME_WORD": (_look_of,),
    "EACH": (_every_cut, _long_each, _each_of), "ALL": (_every_cut,), "NUM": (_one, _these_two), "BOTH": (_both,), "AS": (_called,), "GUARD": (_while,), "RELATIVE": (_speed_it_up,),
    "START": (_of_the_film, _end_of_row), "END": (_of_the_film, _end_of_row), "IT": (_that_frame, _appears), "RESIZE": (_trim_it, _by_so_much, _stretch),
    "COLOR": (_hex,), "TO": (_into_the_film,), "INTENSITY": (_slow_pace,),
    "BLUR": (_soft,), "FOR": (_fit,), "NEW": (_new_one,), "FONTLESS": (_bold,), "WITH_PREP": (_means, _by_raising), "COLON": (_colon,),
    "STOP": (_next_announced,),
    "CLOUD": (_generate,),
    "SMOOTH": (_gentle,),
    "MUSIC": (_its_audio,),
    "PLACE": (_middle,),
    "AT": (_at_width,),
    "OF": (_version_of,),
    "LENGTH": (_nothing,),
    "DESCENDING": (_nothing,),
    "ASCENDING": (_nothing,),
    "EVERY_OTHER": (_in_turns,),
    "LESS": (_down_to,), "KEEP": (_keep_at,),
}  # fmt: skip
"""The rules of each kind of token, in the order in which they are tried."""
