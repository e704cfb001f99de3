"""Parts that are not done because another part says what is wished: a complaint before its remedy, a reason before "so"."""

from nemovideo_mcp.studio.editor.asks import Reading
from nemovideo_mcp.studio.editor.builders import BUILDERS
from nemovideo_mcp.studio.editor.selections import Rule, has_rule

_MATTERS = {
    "MUSIC": "sound", "SONG": "sound", "SOUND": "sound", "VOLUME": "sound", "TITLE": "words", "CAPTION": "words", "QUOTE": "words",
    "TRANSITION": "cuts", "CROSSFADE": "cuts", "ALL_CUTS": "cuts", "FADE": "cuts", "TKIND": "cuts", "CUT": "cuts", **dict.fromkeys(("SHAPE", "RATIO", "RES", "SIZE"), "frame"),
    **dict.fromkeys(("BARS", "BORDER", "CROP", "TRIMWORD"), "fit"), **dict.fromkeys(("MOTION", "ZOOM_IN", "ZOOM_OUT", "PAN"), "motion"),
    "SHOWN": "words", "LOGO": "logo", "LOOKWORD": "look",
}  # fmt: skip
_OF_MATTER = {
    **dict.fromkeys(("music", "volume", "unmusic", "no_music", "musicset", "sound"), "sound"),
    **dict.fromkeys(("title", "retitle", "restyle", "untitle", "no_title", "lower", "captions"), "words"),
    "transition": "cuts", "canvas": "frame", "fit": "fit", "motion": "motion", "look": "look", "unlook": "look", "template": "look",
    **dict.fromkeys(("overlay", "overlay_gone", "overlay_changed"), "logo"),
}  # fmt: skip
"""What a thing and a topic are about, so that a complaint is seen beside its remedy."""


_VAGUELY = frozenset("REF UNKNOWN LOOKWORD LONG SIZE_WORD DEGREE GUARD DET MANNER".split())


def explained(readings: list[Reading]) -> None:
    """``the song drowns everything, put it at 20%``: what is told of a thing right before a wish about it is the reason."""
    for number, reading in enumerate(readings):
        clause = reading.clause
        asks_why = clause.tokens[0].kind == "GUARD" and clause.tokens[0].text.lower() in ("why", "who", "what")
        if _reasons(readings, number) or _likens(readings, number) or _not_but(readings, number):
            reading.passing = True
            continue
        vague = {
            token.kind for token in clause.tokens
        } <= _VAGUELY and not reading.asks  # "the 3rd photo needs a good long look"
        if reading.passing or not (clause.tells or asks_why or vague) or (reading.asks and not reading.left):
            continue
        wish = next((r for r in readings[number + 1 : number + 3] if not r.passing), None)
        hated = any(token.kind in ("DISLIKE", "UNKNOWN", "NOT") for token in clause.tokens)
        if (wish is None or wish.left) and number and hated:  # "fill the screen, i hate those black bars"
            wish = readings[number - 1]
        if wish is None or wish.left or wish.blocked or not any(ask.topic in BUILDERS for ask in wish.asks):
            continue
        mine = {_MATTERS[token.kind] for token in clause.tokens if token.kind in _MATTERS}
        named = [token.value for token in clause.tokens if token.kind == "REF" and not has_rule(token.value)]
        about = {_OF_MATTER.get(ask.topic) for ask in wish.asks}
        clips = [
            ask.slots.get("clips", ask.slots.get("clip", ask.slots.get("media", ask.slots.get("both"))))
            for ask in wish.asks
        ]
        others = any(t.kind in ("REST", "NEW") or (t.kind == "REF" and has_rule(t.value)) for t in clause.tokens)
        general = others or any(
            token.kind in ("FILM", "CLIP", "ALL_CLIPS", "EVERYTHING", "LOOKWORD") for token in clause.tokens
        )
        heard = "sound" in about and any(isinstance(value[0], Rule) and value[0].kind == "video" for value in named)
        same = (mine and mine <= about) or (named and (named[0] in clips or (heard and not mine)))
        loose = (
            general
            and not mine
            and not named
            and (asks_why or wish.clause.sentence == clause.sentence)
            and (others or not any(clips))
        )
        if (same or loose) and not any(token.complains for token in clause.tokens):
            reading.passing = True


def _done(reading: Reading) -> bool:
    return not (reading.left or reading.blocked or reading.passing) and any(
        ask.topic in BUILDERS for ask in reading.asks
    )


def _reasons(readings: list[Reading], number: int) -> bool:
    """``I want people to have time to look, so 8 seconds for every photo``: what is not understood before "so" is the reason."""
    reading = readings[number]
    follows = readings[number + 1] if number + 1 < len(readings) else None
    if (
        follows is None
        or not follows.clause.so
        or not _done(follows)
        or any(ask.topic in BUILDERS for ask in reading.asks)
    ):
        return False
    ours = {"REF", "QUOTE", "DUR", "PERCENT", "SONG", "FILE", "CLOUD", "LATER", "REMOVE", "ADD", "NOT"}
    return bool(reading.left) and not {token.kind for token in reading.clause.tokens} & ours


def _not_but(readings: list[Reading], number: int) -> bool:
    """``not 20 but 25 seconds``: the second says what is meant."""
    tokens = readings[number].clause.tokens
    follows = readings[number + 1] if number + 1 < len(readings) else None
    old = (
        tokens[0].text.lower() == "not"
        and len(tokens) > 1
        and {t.kind for t in tokens[1:]} <= {"NUM", "DUR", "COLOR", "PERCENT", "REF", "SHAPE"}
    )
    return old and follows is not None and follows.clause.but and _done(follows)


def _likens(readings: list[Reading], number: int) -> bool:
    """``like an old newspaper, black and white``: the look that is named right behind it says it."""
    tokens = readings[number].clause.tokens
    likened = tokens[0].text.lower() == "like" and {token.kind for token in tokens[1:]} <= {
        "UNKNOWN",
        "DET",
        "OF",
        "IN",
    }
    follows = readings[number + 1] if number + 1 < len(readings) else None
    looks = ("look", "transition", "motion", "fit", "template")
    named = follows is not None and _done(follows) and any(ask.topic in looks for ask in follows.asks)
    return likened and len(tokens) > 1 and named
