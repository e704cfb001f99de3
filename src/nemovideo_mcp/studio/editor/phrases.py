"""The grammar: what can be said, as a table. A row is a pattern of concepts, the topic that it is about, and what it says.

Topics with a ``+`` are additions: they belong to another phrase near them (the colour of a title, the volume of music).
``level`` tells how sure a phrase is beside words that were not understood: 2 stands whatever else its clause holds, 1 stands
when the unknown words come before it, 0 only alone ("delete the photo with the dog" must not delete anything).
"""

from typing import Any

from nemovideo_mcp.studio.editor.frames import FRAMES
from nemovideo_mcp.studio.editor.matcher import first_kinds
from nemovideo_mcp.studio.editor.phrase import SOFT, Phrase
from nemovideo_mcp.studio.editor.turns import ROWS


def _rows(topic: str, *patterns: str, level: int = 1, **says: Any) -> list[Phrase]:
    return [Phrase(pattern, topic, says, level) for pattern in patterns]


_MAKE = "MAKE|RESIZE|SHOW"
_TO = "TO|AT|FOR|OF|IN|BE|AS|LENGTH|MAKE|COLON|RESIZE|SHOW|ON"
_TRANSITION = "TRANSITION|CROSSFADE"

LENGTHS = [
    *_rows("total", "DUR:seconds LONG? CLIP|COUNT? ~ FILM", level=2),
    *_rows("total", "FILM BE|OF|FOR|WITH_PREP|IN|SHOW* DUR:seconds LONG?"),
    *_rows(
        "total",
        f"{_MAKE}? IT|FILM|WHOLE {_TO}* DUR:seconds LONG|LENGTH?",
        "MAKE|RESIZE? TO? DUR:seconds LONG",
        "MAKE|RESIZE TO|BE|IN* DUR:seconds LONG|LENGTH? OF? FILM?",
        "IT|FILM LAST FOR? DUR:seconds",
        f"FILM? ALL? LENGTH|LONG FILM? OF? IT|FILM? {_TO}* DUR:seconds LONG?",
        "DUR:seconds IN? LONG|LENGTH",
        "DUR:seconds OF FILM",
        "RESIZE LENGTH OF? FILM? TO DUR:seconds",
        "RUN FOR? DUR:seconds LONG?",
        level=0,
    ),
    *_rows("bare", "DUR:seconds", level=0),
    *_rows(
        "each",
        "DUR:seconds FOR|ON|PER? EACH CLIP?",
        "MAKE IT|FILM BE|TO? DUR:seconds FOR|ON|PER? EACH CLIP",
        f"SHOW? EACH CLIP|NUM? {_TO}* DUR:seconds LONG? EACH?",
        "SHOW? EACH CLIP? LAST|BE FOR? DUR:seconds",
        "ALL_CLIPS|CLIP|COUNT EACH LAST|BE? FOR? DUR:seconds",
        f"SHOW|MAKE? ALL_CLIPS {_TO}* DUR:seconds LONG? EACH?",
        f"SHOW|MAKE? DET? CLIP|COUNT {_TO}* DUR:seconds EACH",
        f"CLIP LENGTH {_TO}* DUR:seconds EACH?",
        f"{_MAKE}? LENGTH OF|FOR? EACH|ALL_CLIPS CLIP? {_TO}* DUR:seconds",
        "EACH CLIP SHOW FOR? DUR:seconds",
        "DUR:seconds CLIP",
        "DUR:seconds FOR ALL_CLIPS",
        level=0,
    ),
    *_rows(
        "each",
        "RESIZE|TRIMWORD EACH CLIP? LESS? TO DUR:seconds",
        "RESIZE|TRIMWORD ALL_CLIPS|CLIP LESS? TO DUR:seconds EACH?",
        level=0,
    ),
    *_rows("length", "RESIZE|TRIMWORD REF:clips LESS? TO DUR:seconds EACH?", level=0),
    *_rows("slice", "DUR:seconds COUNT:count", "COUNT:count SHOW|BE? DUR:seconds", level=0),  # 3秒一张
    *_rows(
        "length",
        f"{_MAKE}? REF:clips {_TO}* DUR:seconds LONG? EACH?",
        f"{_MAKE}? REF:clips EACH CLIP|NUM? {_TO}* DUR:seconds",
        f"{_MAKE}? LENGTH OF? REF:clips {_TO}* DUR:seconds",
        "DUR:seconds FOR|ON REF:clips",
        level=0,
    ),
]

TRANSITIONS = [
    *_rows(
        "transition",
        "ADD|USE|MAKE? DUR:seconds LONG? OF? ~ SMOOTH? CROSSFADE TRANSITION?",
        f"ADD|USE? ~ SMOOTH? CROSSFADE TRANSITION? {_TO}* DUR:seconds LONG?",
        "ADD|USE|MAKE? ~ SMOOTH? CROSSFADE TRANSITION?",
        "TRANSITION BE|AS|MAKE|TO|COLON|USE? CROSSFADE",
        f"TRANSITION BE|AS|MAKE|TO|COLON|USE? CROSSFADE {_TO}* DUR:seconds",
        "LENGTH OF? CROSSFADE TO|COLON|MAKE|BE* DUR:seconds",
        kind="crossfade",
    ),
    *_rows(
        "transition",
        "ADD|USE|MAKE? SMOOTH TRANSITION",
        "ADD|USE? DUR:seconds LONG? OF? SMOOTH TRANSITION",
        f"ADD|USE? SMOOTH TRANSITION {_TO}* DUR:seconds",
        "MAKE? TRANSITION MAKE|BE? SMOOTH",
        kind="crossfade",
        smooth=True,
    ),
    *_rows(
        "transition",
        f"{_MAKE}? TRANSITION LENGTH? {_TO}* DUR:seconds LONG?",
        "MAKE|ADD|USE? DUR:seconds LONG? OF? TRANSITION",
        f"LENGTH OF? TRANSITION {_TO}* DUR:seconds",
    ),
    *_rows("transition", "ADD|USE TRANSITION", kind="crossfade"),
    *_rows("transition", "ADD|USE|MAKE? SMOOTH FADE", kind="crossfade", smooth=True, level=0),
    *_rows("smooth", "MAKE|SHOW? IT|FILM|CLIP|ALL_CLIPS? MORE? SMOOTH DEGREE?", level=0),
    *_rows(
        "transition",
        f"NOT ADD|USE|MAKE|SHOW? SMOOTH? {_TRANSITION} TRANSITION?",
        f"REMOVE ALL? SMOOTH? {_TRANSITION} TRANSITION?",
        f"{_TRANSITION} REMOVE|NOT",
        "ADD|USE|MAKE? CUT",
        kind="none",
        level=0,
    ),
    *_rows("+cuts", "AT|ON|IN? CUTS:cuts", level=0),
    *_rows("+all_cuts", "AT|ON|IN? ALL_CUTS", level=0),
]

CANVAS = [
    *_rows("canvas", "FRAME_WORD|IN|FOR|TO|MAKE|AS|OF|BE|USE|COLON* RATIO:ratio FRAME_WORD|VERSION?", level=2),
    *_rows("canvas", "FRAME_WORD|IN|FOR|TO|MAKE|AS|OF|USE|COLON* SHAPE:ratio FRAME_WORD|FILM|VERSION*", level=2),
    *_rows("canvas", "FRAME_WORD|IN|FOR|TO|MAKE|AS|ON|USE|COLON* PLATFORM:platform FILM|FRAME_WORD|VERSION*", level=2),
    *_rows("canvas", "FRAME_WORD|IN|FOR|TO|MAKE|AS|AT|USE|COLON* RES:resolution FRAME_WORD|VERSION?", level=2),
    *_rows("canvas", "FRAME_WORD|IN|FOR|TO|MAKE|AS|AT|USE|COLON* SIZE:size FRAME_WORD?", level=2),
    *_rows("canvas", "FRAME_WORD|IN|FOR|TO|MAKE|AS|AT|USE|COLON* FPS:fps FRAME_WORD?", level=2),
    *_rows("described", "SHAPE CLIP"),
]

_PUT = "MOVE|ADD|MAKE|USE|SHOW"
ORDER = [
    *_rows("move", f"{_PUT} REF:clip {_PUT}|TO|AT|IN|ON* START|FIRST OF? FILM?", to=1, level=0),
    *_rows(
        "move",
        "REF:clip TO|MOVE START|FIRST",
        "MAKE? REF:clip MOVE TO? BEFORE|START",
        "REF:clip AT|BE* FIRST|START",
        "FROM REF:clip START",
        to=1,
        level=0,
    ),
    *_rows("move", f"{_PUT} REF:clip {_PUT}|TO|AT|IN|ON* END|LAST OF? FILM?", to=-1, level=0),
    *_rows(
        "move",
        "REF:clip TO|MOVE END|LAST",
        "MAKE? REF:clip MOVE TO? AFTER|END|LAST",
        "REF:clip AT|BE* LAST|END",
        to=-1,
        level=0,
    ),
    *_rows(
        "move",
        f"{_PUT}? REF:clip {_PUT}|TO|AT|IN* POSITION NUM:to",
        "MOVE REF:clip TO|MOVE* NUM:to",
        f"{_PUT} REF:clip {_PUT}|TO|AT|IN* ORD:to POSITION?",
        "REF:clip MOVE TO* NUM|ORD:to POSITION?",
        "MAKE? REF:clip COMES AT|IN|TO* ORD:to POSITION?",
        "REF:clip ORD:to",
        level=0,
    ),
    *_rows("move", "MAKE|MOVE? REF:clip MOVE|TO* REF:to POSITION?", level=0),
    *_rows("move", "MAKE|SHOW? REF:clip COMES|BE|MOVE? CUTS:between", level=0),
    *_rows(
        "move", f"{_PUT}? REF:clip COMES? BEFORE REF:before", f"{_PUT}? REF:clip {_PUT}|TO* REF:before BEFORE", level=0
    ),
    *_rows("move", f"{_PUT}? REF:clip COMES? AFTER REF:after", f"{_PUT}? REF:clip {_PUT}|TO* REF:after AFTER", level=0),
    *_rows(
        "swap",
        "SWAP REF:both ORDER?",
        "SWAP REF:both WITH_PREP|USE|FOR|TO REF:other",
        "MAKE? REF:both SWAP",
        "SWAP ORDER|POSITION OF? REF:both",
        level=0,
    ),
    *_rows(
        "reverse",
        "MAKE|SHOW|USE? REVERSE CLIP|ALL_CLIPS|DET* ORDER? OF? CLIP|ALL_CLIPS?",
        "MAKE? CLIP|ALL_CLIPS? ORDER MAKE? REVERSE",
        "SHOW|MAKE? DET? CLIP|ALL_CLIPS|IT IN|MAKE|SHOW* REVERSE ORDER?",
        "IN REVERSE ORDER?",
        level=0,
    ),
    *_rows("unreverse", "REVERSE FILM|IT", "SHOW|MAKE? FILM IN|SHOW* REVERSE", level=0),
    *_rows("kept", "KEEP REF:clips AS IT?", level=0),
    *_rows("remove", "SKIP REF:clips", "KEEP REF:clips OUT OF? FILM|IT?", level=0),
    *_rows("remove", "REMOVE REF:clips REMOVE|OFF|OUT?", "MAKE? REF:clips REMOVE FROM? FILM?", level=0),
    *_rows(
        "add",
        "ADD|USE ALL? DET? NEW FILM|CLIP|ALL_CLIPS|COUNT? TO? FILM?",
        "MAKE NEW CLIP|COUNT ADD TO? FILM?",
        level=0,
    ),
    *_rows("join", "ADD REF:media TO? FILM?", "MAKE REF:media ADD TO? FILM?", level=0),
    *_rows("join", "ADD REF:media TO|AT|IN|AS* POSITION NUM:at", "ADD|USE REF:media AS REF:place", level=0),
    *_rows(
        "join",
        "AT|IN? REF:place POSITION ADD REF:media",
        "MAKE? REF:media ADD|MOVE TO|AT|IN* REF:place POSITION",
        "MAKE REF:media ADD TO? AS REF:place",
        level=0,
    ),
]

_WITH, _BEING = "ADD|USE|WITH_PREP|IN|ON|MAKE", "IN|OF|TO|AS|BE|USE|MAKE|COLON"
TEXTS = [
    # Before the titles: of equally long readings the first one counts.
    *_rows(
        "retitle",
        "RENAME|REPLACE|SWAP TITLE TO|USE|WITH_PREP|FOR|BE* QUOTE:text",
        "MAKE TITLE TO|MAKE|COLON* QUOTE:text",
        "TITLE MAKE TO? QUOTE:text",
        level=0,
    ),
    *_rows(
        "title",
        "ADD|SHOW|MAKE|USE? TITLE BE|OF|SAY|AS|COLON|MAKE|SHOW* QUOTE:text",
        "ADD|SHOW|MAKE|USE? QUOTE:text AS|MAKE|FOR TITLE",
        "ADD|SHOW|SAY QUOTE:text TITLE?",
        "REF:clips ADD|SAY|SHOW TITLE? COLON? QUOTE:text",
    ),
    *_rows("title", "REF:clips COLON QUOTE:text", style="caption"),
    *_rows("title", "ADD|SHOW|MAKE|USE? TITLE SHOW?"),
    *_rows("title", "MAKE? TITLE ZOOM_IN", bigger=1.3, level=0),
    *_rows("title", "MAKE? TITLE ZOOM_OUT", bigger=1 / 1.3, level=0),
    *_rows(
        "untitle",
        "REMOVE ALL? DET? TITLE QUOTE:text",
        "REMOVE QUOTE:text TITLE?",
        "MAKE? TITLE REMOVE",
        "MAKE? TITLE QUOTE:text REMOVE",
        level=0,
    ),
    *_rows("no_title", "NOT ADD|SHOW|USE|MAKE? TITLE", level=0),
    *_rows("+text", "SAY|OF|COLON* QUOTE:text", level=0),
    *_rows("+window", "ONLY? FOR|IN|DURING|AT? SHOW? FIRST DUR:first OF? FILM?", level=0),
    *_rows("+window", "ONLY? IN|AT? SHOW? BEFORE|START DUR:first", level=0),
    *_rows("+window", "ONLY? FOR|IN|AT? SHOW? LAST|END DUR:last OF? FILM?", level=0),
    *_rows("+window", "ONLY? FROM|FOR|AT|SHOW|IN* SPAN:span", level=0),
    *_rows("+window", "ONLY? FOR|SHOW DUR:long", "ONLY? SHOW MAKE|TO|FOR* DUR:long LONG?", level=0),
    *_rows("+window", "ONLY? AT|IN? POINT:start ON|START?", level=0),
    *_rows("+window", "ONLY? AT|START_AT|FROM|IN START? DUR:start ON|START*", level=0),
    *_rows("+window", "ONLY? AT|IN|FROM|TO|ON? START OF? FILM?", edge="start", level=0),
    *_rows("+window", "ONLY? AT|IN|TO|ON? END OF? FILM?", "ONLY? IN|AT|ON|SHOW LAST", edge="end", level=0),
    *_rows("+window", "SHOW? WHOLE", "FOR? ALL|WHOLE FILM|LENGTH", whole=True, level=0),
    *_rows("+place", "AT|IN|ON|TO|MAKE|MOVE|ADD? PLACE:position CORNER? OF? FRAME_WORD|FILM?", level=0),
    *_rows("+place", "AT|IN|ON? PLACE:position OF REF:clips", level=0),
    *_rows("+color", "IN|MAKE|BE? COLOR:color", level=0),
    *_rows("+color", "IN|MAKE|BE? COLOR:color TITLE? ON COLOR:box BACKGROUND|BOX?", level=0),
    *_rows("+box", "ON COLOR:box BACKGROUND?", level=0),
    *_rows(
        "+color", "USE? COLOR:color TITLE COLOR:box BOX", "USE? COLOR:box BOX COLOR:color TITLE", level=0
    ),  # 白字黑底
    *_rows("+box", f"{_WITH}* BOX {_BEING}* COLOR:box", f"{_WITH}* COLOR:box BOX", level=0),
    *_rows("+stroke", f"{_WITH}* STROKE {_BEING}* COLOR:stroke", f"{_WITH}* COLOR:stroke STROKE", level=0),
    *_rows("+clips", "ON|FOR|OF|TO|IN|FROM REF:clips", level=0),
    *_rows("+all", "ON|FOR|OF|TO|IN|FROM ALL_CLIPS", "ON|FOR EACH CLIP", level=0),
]

SOFT_MUSIC = {"template": "calm", "mood": "calm", "filter": None}
"""What "soft music" and "gentle music" are; of transitions the same words speak of their length."""

MUSIC = [
    *_rows(
        "music",
        "ADD|USE|MAKE? SONG:media AS|MAKE|FOR|TO MUSIC",
        "ADD|USE|MAKE? QUOTE:media AS|MAKE|FOR MUSIC",
        "ADD|USE|MAKE? MUSIC COLON|USE|OF|FROM|BE? SONG|QUOTE:media",
        "MAKE? MUSIC MAKE|TO* SONG:media",
        "ADD|USE|MAKE SONG:media",
        "ADD|USE ~ DET? MUSIC",
        "MAKE SONG:media MAKE? MUSIC",
        "ADD|USE|MAKE DET? MUSIC AS|FOR|IN BACKGROUND|MUSIC",
        "ADD|USE|MAKE DET? MUSIC AS|MAKE|FOR|TO DET? MUSIC",
    ),
    *_rows("music", "ADD|USE|MAKE? ALL? SMOOTH MUSIC", manner=SOFT_MUSIC, level=0),
    *_rows("music", "MUSIC VOLUME?", level=0),
    *_rows(
        "volume",
        "MAKE? VOLUME OF? MUSIC? TO|AT|MAKE|BE|COLON* PERCENT:volume",
        "MAKE? VOLUME OF? MUSIC? TO|AT|MAKE|BE|COLON* NUM:level",
        "MAKE|QUIETER|LOUDER|MORE|LESS|USE|ADD? MUSIC VOLUME TO|AT|MAKE|BE|COLON|QUIETER|LOUDER|MORE|LESS* PERCENT:volume",
        "MAKE|QUIETER|LOUDER|MORE|LESS|USE|ADD? MUSIC VOLUME TO|AT|MAKE|BE|COLON|QUIETER|LOUDER|MORE|LESS* NUM:level",
        "MAKE MUSIC TO|AT|MAKE* PERCENT:volume VOLUME?",
        "QUIETER|LOUDER|MORE|LESS MUSIC VOLUME? TO PERCENT:volume",
        level=0,
    ),
    *_rows("volume", "MAKE? DET? MUSIC VOLUME? MAKE|BE? QUIETER", "MAKE? QUIETER MUSIC VOLUME?", louder=False, level=0),
    *_rows("volume", "QUIETER VOLUME OF? MUSIC?", "MAKE? VOLUME MAKE? QUIETER", louder=False, level=0),
    *_rows("volume", "MAKE? DET? MUSIC VOLUME? MAKE|BE? LOUDER", "MAKE? LOUDER MUSIC VOLUME?", louder=True, level=0),
    *_rows("volume", "LOUDER VOLUME OF? MUSIC?", "MAKE? VOLUME MAKE? LOUDER", louder=True, level=0),
    *_rows("unmusic", "REMOVE ALL? DET? MUSIC", "MAKE? MUSIC REMOVE", level=0),
    *_rows("no_music", "NOT ADD|USE|MAKE|SHOW? MUSIC", level=0),
    *_rows("volume", "MUTE MUSIC", "MAKE? MUSIC MUTE", volume=0, level=0),
    *_rows("+volume", "AT|TO|OF|IN|USE* VOLUME? OF|TO|AT|COLON* PERCENT:volume VOLUME?", level=0),
    *_rows("+fade_out", "USE|ADD? DUR:fade_out LONG? FADE_OUT AT? END?", level=0),
    *_rows("+fade_out", f"USE|ADD? FADE_OUT {_TO}* DUR:fade_out AT? END?", level=0),
    *_rows("+fade_out", "USE|ADD? FADE_OUT AT? END?", fade_out=2.0, level=0),
    *_rows("+fade_in", "USE|ADD? DUR:fade_in LONG? FADE_IN", f"USE|ADD? FADE_IN {_TO}* DUR:fade_in", level=0),
    *_rows("+fade_in", "USE|ADD? FADE_IN", fade_in=2.0, level=0),
    *_rows("+fades", "USE|ADD? DUR:fades LONG? FADE_BOTH", f"USE|ADD? FADE_BOTH {_TO}* DUR:fades", level=0),
    *_rows("+fades", "USE|ADD? FADE_BOTH", fades=2.0, level=0),
]

_EVERY = "ON|FOR|OF|TO? ALL_CLIPS|EACH|DET|CLIP|FILM*"
LOOK = [
    *_rows("motion", "NOT USE|ADD|MAKE? MOTION|KEN_BURNS|ZOOM_IN|ZOOM_OUT", "REMOVE ALL? MOTION|KEN_BURNS", motion="none"),
    *_rows("motion", f"MAKE|SHOW? {_EVERY} STATIC CLIP?", "MOTION REMOVE", motion="none", level=0),
    *_rows("motion", "ADD|USE|MAKE? KEN_BURNS MOTION?", "ADD|USE MOTION", motion="auto"),
    *_rows("motion", "MAKE? EACH|ALL_CLIPS CLIP? ZOOM_IN", motion="zoom_in", level=0),
    *_rows("motion", "MAKE? EACH|ALL_CLIPS CLIP? ZOOM_OUT", motion="zoom_out", level=0),
    *_rows("motion", "ADD|USE|MAKE? ZOOM_IN", motion="zoom_in", level=0),
    *_rows("motion", "ADD|USE|MAKE? ZOOM_OUT", motion="zoom_out", level=0),
    *_rows("motion", "ADD|USE|MAKE? ZOOM_IN ON|TO|FOR? ALL_CLIPS|CLIP", motion="zoom_in", level=0),
    *_rows("motion", "ADD|USE|MAKE? ZOOM_OUT ON|TO|FOR|OF|FROM? ALL_CLIPS|CLIP", motion="zoom_out", level=0),
    *_rows("motion", "ADD|USE|MAKE? ZOOM_IN ON|TO|FOR? REF:clips", "MAKE? REF:clips ZOOM_IN", motion="zoom_in", level=0),
    *_rows(
        "motion", "ADD|USE|MAKE? ZOOM_OUT ON|TO|FOR|OF|FROM? REF:clips", "MAKE? REF:clips ZOOM_OUT", motion="zoom_out",
        level=0,
    ),
    *_rows("motion", "MAKE? REF:clips STATIC", "MAKE? STATIC REF:clips", motion="none", level=0),
    *_rows("motion", "MAKE|SHOW? CLIP|ALL_CLIPS|EACH TO? MOVE DEGREE|ACROSS?", motion="auto", level=0),
    *_rows("motion", "MAKE|SHOW? CLIP|ALL_CLIPS|EACH TO? MOVE INTENSITY:pace", motion="auto", level=0),
    *_rows("motion", "PAN ACROSS|ON|OF* ALL_CLIPS|CLIP|EACH", "PAN ACROSS|ON|OF* REF:clips", pan="right", level=0),
    *_rows("motion", "PAN TO? PLACE:pan PAN? ON|TO? ALL_CLIPS?", "MAKE? REF:clips PAN TO? PLACE:pan PAN?", level=0),
    *_rows("motion", "PAN PLACE:pan ON|OF REF:clips", level=0),
    *_rows("fit", f"MAKE? {_EVERY} FILL FRAME_WORD?", fit="fill", level=0),
    *_rows("fit", "ADD|USE|MAKE? BLUR", fit="blur"),
    *_rows("fit", "ADD|USE|MAKE? BARS", fit="contain", level=0),
    *_rows("fit", "NOT USE|ADD|SHOW|MAKE? BARS", "REMOVE BARS", fit="auto", weak=True, level=0),
    *_rows("fit", "NOT USE|MAKE? CROP ALL_CLIPS|CLIP|DET|IT*", fit="blur", level=0),
    *_rows("fit", "MAKE? REF:clips FILL", fit="fill", level=0),
    *_rows("fit", "ADD|USE|MAKE? BLUR ON|FOR REF:clips", fit="blur", level=0),
]  # fmt: skip

OTHERS = [
    *_rows(
        "wish",
        "MAKE|GENERATE|ADD|USE* DET|ALL|CLIP|ALL_CLIPS|COUNT|FROM|OF|TO|WITH_PREP|IN|PICTURE_FORMAT|IT|NEW* FILM FILM?",
        level=2,
    ),
    *_rows("format", "IN|AS|TO|FOR|MAKE* OTHER_FORMAT FILM?"),
    *_rows(
        "cloud",
        "REMOVE|MAKE|REPLACE REF|CLIP|ALL_CLIPS|IT|DET|OF|FROM* BACKGROUND OF|FROM|DET* REF|CLIP|ALL_CLIPS|IT?",
        level=0,
    ),
    *_rows("cloud", "ADD|USE|MAKE|NOT|REMOVE|GENERATE|SHOW? CLOUD", level=0),
    *_rows("later", "ADD|USE|MAKE|NOT|REMOVE|SHOW? LATER", level=0),
    *_rows("publish", "PUBLISH IT|FILM|TO|ON|FOR|AT|IN|DET* PLATFORM|AUDIENCE?", level=0),
    *_rows("keep", "ONLY:only REF:clips", level=0),
    *_rows("musicset", "MUSIC SKIP AFTER? DUR:begin", level=0),
    *_rows("recall", "BACK_TO? VERSION NUM:version", to="version", level=0),
    *_rows("+desc", "DESCENDING:descending", level=0),
    *_rows("poster", "ADD|USE|MAKE|NOT|REMOVE|SHOW|GENERATE|EXPORT? POSTER", level=0),
    *_rows("export", "EXPORT IT|FILM|TO|AS|FROM* FILM?", level=0),
    *_rows("account", "SHOW? ACCOUNT", level=0),
]

TABLE: tuple[Phrase, ...] = (
    *(row for part in (LENGTHS, TRANSITIONS, CANVAS, ORDER, TEXTS, MUSIC, LOOK, OTHERS) for row in part),
    *FRAMES,
    *ROWS,
)


def _index() -> dict[str, tuple[Phrase, ...]]:
    table: dict[str, list[Phrase]] = {}
    for phrase in TABLE:
        for kind in first_kinds(phrase.pattern):
            table.setdefault(kind, []).append(phrase)
    return {kind: tuple(rows) for kind, rows in table.items()}


BY_FIRST = _index()
"""The phrases that can begin with a kind of token, in the order of the table."""

__all__ = ["BY_FIRST", "SOFT", "TABLE", "Phrase"]
