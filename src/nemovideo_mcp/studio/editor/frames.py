"""The grammar's second part: what can be said in any order, as frames (see `matcher`). Rows are as in `phrases`.

``needed ; allowed``: what stands around is the same for most: the verbs and little words of both languages.
"""

from typing import Any

from nemovideo_mcp.studio.editor import cardwords
from nemovideo_mcp.studio.editor.phrase import Phrase
from nemovideo_mcp.studio.editor.selections import Rule

_LITTLE = "MAKE ADD USE SHOW BE IN AT FOR FROM TO OF ON WITH_PREP AS COLON IT FILM ALL DET OUT SAY LONG COUNT WHOLE"
_CLIPS = f"{_LITTLE} EVERYTHING CLIP ALL_CLIPS EACH"


def _rows(topic: str, around: str, *patterns: str, level: int = 0, **says: Any) -> list[Phrase]:
    return [
        Phrase(f"& {pattern if ';' in pattern else pattern + ' ;'} ; {around}", topic, says, level)
        for pattern in patterns
    ]


_MUCH = "PERCENT|NUM|MORE|LESS|DEGREE|LOUDER|QUIETER|INTENSITY|STRENGTH"
LOOKS = [
    *_rows("look", f"{_CLIPS} LOOKWORD FRAME_WORD COLORS", f"FILTER|ADJ|PROP|RESETLOOK*:parts ; {_MUCH}*:parts REF:clips LOOKWORD", "KEEP RESETLOOK*:parts REF:clips ;"),
    *_rows("look", f"{_CLIPS} LOOKWORD", f"LOOKWORD MANNER*:parts ; {_MUCH}*:parts REF:clips"),
    *_rows("look", f"{_CLIPS} LOOKWORD", f"MANNER*:parts REF:clips ; {_MUCH}*:parts"),
    *_rows("unlook", "MAKE USE DET", "USE|MAKE|REMOVE FILTER|LOOKWORD*:parts OFF", "FILTER|LOOKWORD*:parts OFF"),
    *_rows("unlook", f"{_CLIPS}", "REMOVE|NOT FILTER|PROP|LOOKWORD|EFFECTS*:parts ; FILTER|PROP*:parts REF:clips"),
    *_rows(
        "template", f"{_LITTLE} LOOKWORD TEMPLATE_WORD ALL_CLIPS",
        "MANNER:manner ; MORE DEGREE LOOKWORD TEMPLATE_WORD SMOOTH", "MANNER:manner TEMPLATE_WORD ; MUSIC:music", "MANNER:manner MATCHED:music ; TEMPLATE_WORD LOOKWORD",
    ),
    *_rows("filmfade", f"{_LITTLE} CLIP FADE STARTWITH ENDWITH", "STARTWITH|ENDWITH FILM_FADE*:ways ; DUR:seconds"),
    *_rows("filmfade", f"{_LITTLE} CLIP FADE FRAME_WORD", "FILM_FADE*:ways ; DUR:seconds END START FIRST LAST"),
    *_rows("filmfade", f"{_LITTLE} FADE", "FADE_OUT COLOR:color ; DUR:seconds END", "FADE OUT COLOR:color ; DUR:seconds", way="out"),
    *_rows("filmfade", f"{_LITTLE}", "FADE_IN COLOR:color ; DUR:seconds START", way="in"),
    *_rows("filmfade", "ADD USE MAKE AT ON TO FILM WITH_PREP OF", "FADE END|LAST ; DUR:seconds COLOR:color FILM", "FADE_OUT END|LAST ; DUR:seconds COLOR:color FILM", way="out"),
    *_rows("filmfade", "ADD USE MAKE AT ON TO FILM OF", "START FADE_IN END FADE_OUT", way="both"),
    *_rows("filmfade", "ADD USE MAKE AT ON TO FILM WITH_PREP OF", "FADE START ; DUR:seconds COLOR:color FILM", "FADE_IN START|FIRST ; DUR:seconds COLOR:color FILM", way="in"),
    *_rows("filmfade", f"{_LITTLE}", "FADE_OUT FILM ; COLOR:color DUR:seconds END", "FADE FILM OUT ; COLOR:color DUR:seconds END", way="out"),
    *_rows("filmfade", f"{_LITTLE}", "FADE_IN FILM ; COLOR:color DUR:seconds START", "FADE FILM IN ; COLOR:color DUR:seconds START", way="in"),
    *_rows("filmfade", f"{_LITTLE}", "FADE_BOTH FILM ; DUR:seconds", "FADE FILM INOUT ; DUR:seconds", "FADE_BOTH COLOR:color ; DUR:seconds", way="both"),
    *_rows("unfade", f"{_LITTLE} FILM", "REMOVE|NOT FADE_OUT ; FILM", "REMOVE|NOT FILM FADE_OUT", way="out"),
    *_rows("unfade", f"{_LITTLE} FILM", "REMOVE|NOT FADE_IN ; FILM", "REMOVE|NOT FILM FADE_IN", way="in"),
    *_rows("unfade", f"{_LITTLE} FILM", "REMOVE|NOT FADE_BOTH|FADE|FILM_FADE", way="both"),
]  # fmt: skip

_CUTS = "MAKE ADD USE SHOW BE IN AT FOR FROM TO OF ON AS COLON IT ALL DET LONG COUNT CLIP ALL_CLIPS EACH EVERYTHING TRANSITION ALL_CUTS SMOOTH CUTWORD BETWEEN FADE LENGTH PAN"
TRANSITIONS = [
    *_rows("transition", _CUTS, "TKIND:kind MORE ; DUR:seconds CUTS:cuts INTENSITY:pace", dir="top"),
    *_rows("transition", _CUTS, "TKIND:kind LESS ; DUR:seconds CUTS:cuts INTENSITY:pace", dir="bottom"),
    *_rows("transition", _CUTS, "TKIND:kind FROM:source PLACE:dir ; DUR:seconds CUTS:cuts INTENSITY:pace"),
    *_rows("transition", _CUTS, "CLIP FROM:source PLACE:dir TRANSITION ; DUR:seconds", "CLIP PLACE:dir TRANSITION ; DUR:seconds CUTS:cuts", kind="slide"),
    *_rows("transition", _CUTS, "TKIND:kind ; TRANSITION PLACE:dir DUR:seconds CUTS:cuts INTENSITY:pace ZOOM_IN ZOOM_OUT"),
    *_rows("transition", _CUTS, "FILM_FADE:fade TRANSITION|ALL_CUTS ; DUR:seconds INTENSITY:pace", "FILM_FADE:fade CUTS:cuts ; DUR:seconds"),
    *_rows("transition", _CUTS, "ZOOM_IN TRANSITION ; DUR:seconds CUTS:cuts INTENSITY:pace", kind="zoom_in"),
    *_rows("transition", _CUTS, "ZOOM_OUT TRANSITION ; DUR:seconds CUTS:cuts INTENSITY:pace", kind="zoom_out"),
    *_rows("transition", _CUTS, "BLUR TRANSITION ; DUR:seconds CUTS:cuts", "ADJ TRANSITION ; DUR:seconds CUTS:cuts", kind="blur"),
    *_rows("transition", _CUTS, "REPLACE TRANSITION|FADE|CROSSFADE CUT", kind="none"),
    *_rows("transition", _CUTS, "REPLACE TRANSITION|FADE|CROSSFADE TKIND:kind ; PLACE:dir DUR:seconds"),
    *_rows("transition", _CUTS, "FADE_BOTH ALL_CUTS|TRANSITION ; DUR:seconds", "FADE_BOTH CUTS:cuts ; DUR:seconds", kind="crossfade"),
    *_rows("transition", _CUTS, "VARIED TRANSITION ; DUR:seconds CUTS:cuts INTENSITY:pace", kind="varied"),
    *_rows("transition", _CUTS, "CROSSFADE ; TRANSITION DUR:seconds CUTS:cuts INTENSITY:pace", kind="crossfade"),
    *_rows("transition", _CUTS, "FADE TRANSITION|ALL_CUTS ; DUR:seconds INTENSITY:pace", "FADE CUTS:cuts ; DUR:seconds", kind="crossfade"),
    *_rows("transition", _CUTS, "TRANSITION INTENSITY:pace ; CUTS:cuts", "TRANSITION RELATIVE:rel ; CUTS:cuts DEGREE:degree", "CROSSFADE RELATIVE:rel ; DEGREE:degree"),
    *_rows("transition", f"{_CUTS} RESIZE", "TRANSITION DUR:seconds ; CUTS:cuts LENGTH RESIZE LAST", "CROSSFADE LAST DUR:seconds", "RESIZE|LESS|MORE CROSSFADE TO DUR:seconds"),
    *_rows("transition", _CUTS, "CUT ; CUTS:cuts TRANSITION", "CUTS:cuts NOT|REMOVE TRANSITION|CROSSFADE|FADE", "NOT TRANSITION|FADE CUTS:cuts ; CUT", "REMOVE TRANSITION CUTS:cuts", "CUT NOT TRANSITION ; CUTS:cuts", kind="none"),
]  # fmt: skip

_MOVES = f"{_CLIPS} ACROSS CAMERA MOTION FACE SMOOTH KEN_BURNS"
MOTIONS = [
    *_rows("motion", _MOVES, "PAN MORE ; CAMERA REF:clips INTENSITY:pace PERCENT:strength STRENGTH", pan="top"),
    *_rows("motion", _MOVES, "PAN LESS ; CAMERA REF:clips INTENSITY:pace PERCENT:strength STRENGTH", pan="bottom"),
    *_rows("motion", _MOVES, "ZOOM_IN ; CAMERA REF:clips INTENSITY:pace PERCENT:strength STRENGTH MORE:more LESS:less DEGREE:degree", motion="zoom_in"),
    *_rows("motion", _MOVES, "ZOOM_OUT ; CAMERA REF:clips INTENSITY:pace PERCENT:strength STRENGTH MORE:more LESS:less DEGREE:degree", motion="zoom_out"),
    *_rows("motion", _MOVES, "PAN PLACE:pan ; CAMERA REF:clips INTENSITY:pace PERCENT:strength STRENGTH", "PAN FROM PLACE TO PLACE:pan ; REF:clips INTENSITY:pace", "PAN PLACE TO PLACE:pan ; REF:clips INTENSITY:pace"),
    *_rows("motion", _MOVES, "KEN_BURNS ; REF:clips INTENSITY:pace PERCENT:strength STRENGTH", "VARIED MOTION ; REF:clips INTENSITY:pace PERCENT:strength STRENGTH", motion="auto"),
    *_rows("motion", _MOVES, "MOTION|KEN_BURNS MORE|LESS|INTENSITY|RELATIVE:pace ; REF:clips DEGREE:degree", "MOTION PERCENT:strength ; REF:clips STRENGTH", "MOTION REF:clips ADD|USE ; INTENSITY:pace"),
    *_rows("motion", _MOVES, "ADD|USE MOTION DEGREE", "DEGREE OF MOTION", motion="auto"),
    *_rows("motion", f"{_MOVES} MOVE", "CAMERA MOVE PLACE:pan ; REF:clips INTENSITY:pace", "REF:clips MOVE PLACE:pan INTENSITY:pace ;"),
    *_rows("motion", _MOVES, "SLOWZOOM ; REF:clips PERCENT:strength STRENGTH", motion="zoom_in", strength=0.6),
    *_rows("motion", _MOVES, "START|STARTWITH SLOWZOOM ; REF:clips", motion="zoom_in", strength=0.6, clips=(1,)),
    *_rows("motion", _MOVES, "START|STARTWITH ZOOM_IN ; REF:clips INTENSITY:pace", motion="zoom_in", clips=(1,)),
    *_rows("motion", _MOVES, "END|ENDWITH ZOOM_IN ; REF:clips INTENSITY:pace", motion="zoom_in", clips=(-1,)),
    *_rows("motion", _MOVES, "END|ENDWITH ZOOM_OUT ; REF:clips INTENSITY:pace", motion="zoom_out", clips=(-1,)),
    *_rows("motion", _MOVES, "STATIC ; REF:clips KEEP", "CLIP|ALL_CLIPS|EACH NOT MOVE", "NOT MOVE CLIP|ALL_CLIPS", "NOT MOVE REF:clips", "NOT|REMOVE MOTION|ZOOM_IN|ZOOM_OUT|KEN_BURNS|PAN ; REF:clips", motion="none"),
]  # fmt: skip

FITS = [
    *_rows("fit", f"{_CLIPS} FRAME_WORD BARS BORDER", "BARS|BORDER|BACKGROUND COLOR:background ; REF:clips BACKGROUND", fit="contain"),
    *_rows("fit", f"{_CLIPS} FRAME_WORD", "BARS|BORDER ; REF:clips", fit="contain"),
    *_rows("fit", f"{_CLIPS} FRAME_WORD", "REMOVE BARS ; BORDER", fit="auto", weak=True),
    *_rows("fit", f"{_CLIPS} FRAME_WORD", "BLUR BARS|BORDER ; REF:clips", "BLUR NOT BARS|BORDER ; REF:clips", fit="blur"),
    *_rows("fit", f"{_CLIPS} FRAME_WORD", "FILL NOT BARS|BORDER ; REF:clips", fit="fill"),
    *_rows("fit", f"{_CLIPS} FRAME_WORD", "CONTAIN BARS ; REF:clips CONTAIN", fit="contain"),
    *_rows("fit", f"{_CLIPS} FRAME_WORD", "CONTAIN BLUR ; REF:clips CONTAIN BORDER", fit="blur"),
    *_rows("fit", f"{_CLIPS} FRAME_WORD", "CONTAIN ; REF:clips CONTAIN", "CONTAIN NOT CROP ; REF:clips", "NOT CROP ; REF:clips", fit="blur", whole=True, weak=True),
    *_rows("fit", f"{_CLIPS} FRAME_WORD CROP", "FILL ; REF:clips", "CROP FRAME_WORD ; REF:clips", "CROP FILL ; REF:clips", fit="fill"),
    *_rows("fit", f"{_CLIPS} FRAME_WORD", "BLUR ; REF:clips", "BLUR AFTER CLIP|ALL_CLIPS|IT", "BLUR AFTER REF:clips", fit="blur"),
    *_rows("fit", f"{_CLIPS} FRAME_WORD", "AUTOFIT ; REF:clips", fit="auto"),
    *_rows("fit", f"{_CLIPS} FRAME_WORD", "FOCUS PLACE:focus ; REF:clips", "FOCUS PERCENT:x ACROSS PERCENT:y DOWNWARD ; REF:clips", "FOCUS ACROSS PERCENT:x DOWNWARD PERCENT:y ; REF:clips", "FOCUS FILL ACROSS PERCENT:x DOWNWARD PERCENT:y ; REF:clips"),
]  # fmt: skip

_LENGTHS = f"{_CLIPS} LENGTH WHOLE RESIZE SPEED COMES"
RELATIVE = [
    *_rows("speed", f"{_CLIPS} TO", "TIMES:times SPEED RELATIVE ; REF:clips", "HALF:half SPEED RELATIVE ; REF:clips"),
    *_rows("relative", _LENGTHS, "LENGTH RELATIVE:rel ; REF:clips DEGREE:degree EACH:each ALL_CLIPS:each CLIP:each"),
    *_rows("relative", _LENGTHS, "DELTA:delta ; REF:clips EACH:each ALL_CLIPS:each CLIP:each DEGREE"),
    *_rows(
        "relative",
        _LENGTHS,
        "RELATIVE:rel ; REF:clips DUR:by PERCENT:share TIMES:times DEGREE:degree MORE EACH:each ALL_CLIPS:each CLIP:each HALF:half SPEED",
    ),
    *_rows(
        "relative",
        _LENGTHS,
        "SPEED LOUDER|MORE ; REF:clips DEGREE:degree EACH:each ALL_CLIPS:each",
        rel=("speed", 1 / 1.25),
    ),
    *_rows(
        "relative",
        _LENGTHS,
        "SPEED QUIETER|LESS ; REF:clips DEGREE:degree EACH:each ALL_CLIPS:each",
        rel=("speed", 1.25),
    ),
    *_rows(
        "relative",
        _LENGTHS,
        "TIMES:times LONG|LENGTH|RESIZE ; REF:clips EACH:each ALL_CLIPS:each CLIP:each",
        rel=("length", 1.2),
    ),
    *_rows(
        "relative",
        _LENGTHS,
        "HALF:half LENGTH ; REF:clips EACH:each ALL_CLIPS:each",
        "HALF:half LONG ; REF:clips EACH:each",
        rel=("length", 1 / 1.2),
    ),
    *_rows(
        "relative", _LENGTHS, "TIMES:times INTENSITY:pace ; REF:clips EACH:each ALL_CLIPS:each", rel=("speed", 1 / 1.25)
    ),
    *_rows(
        "relative",
        _CLIPS.replace(" TO ", " "),
        "RESIZE BY|WITH_PREP DUR:by ; REF:clips",
        "RESIZE DUR:by ; FILM REF:clips EACH:each ALL_CLIPS:each LESS MORE",
    ),
    *_rows(
        "relative",
        _LENGTHS,
        "MORE LENGTH|TIME_WORD|STEP REF:clips ; DEGREE:degree",
        "MORE LENGTH|TIME_WORD|STEP EACH|ALL_CLIPS:each ; DEGREE:degree",
        rel=("length", 1.2),
    ),
    *_rows(
        "relative",
        _LENGTHS,
        "LESS LENGTH|TIME_WORD|STEP REF:clips ; DEGREE:degree",
        "LESS LENGTH|TIME_WORD|STEP EACH|ALL_CLIPS:each ; DEGREE:degree",
        rel=("length", 1 / 1.2),
    ),
    *_rows(
        "relative",
        "IT FILM DET OF IN",
        "TRIMWORD|SPLIT IT|FILM HALF",
        "TRIMWORD LENGTH HALF",
        "RESIZE HALF",
        half=0.5,
        rel=("length", 1 / 1.2),
    ),
    *_rows(
        "relative",
        "TO ON OF DET",
        "ADD DUR:by ; FILM REF:clips EACH:each ALL_CLIPS:each LENGTH",
        "ADD MORE DUR:by ; FILM REF:clips EACH:each ALL_CLIPS:each LENGTH",
    ),
    *_rows(
        "relative",
        "OF FROM DET",
        "USE|REMOVE|TRIMWORD|MAKE DUR:by OFF ; REF:clips EACH:each ALL_CLIPS:each LENGTH FILM",
        "REMOVE DUR:by FROM ; REF:clips EACH:each ALL_CLIPS:each FILM",
        more="LESS",
    ),
    *_rows(
        "shave",
        "OF FROM DET AT IN FILM IT OFF",
        "TRIMWORD|REMOVE|RESIZE|USE LAST DUR:seconds",
        "TRIMWORD|REMOVE|RESIZE|USE DUR:seconds END",
        side="end",
    ),
    *_rows(
        "shave",
        "OF FROM DET AT IN FILM IT OFF",
        "TRIMWORD|REMOVE|RESIZE|USE FIRST DUR:seconds",
        "TRIMWORD|REMOVE|RESIZE|USE DUR:seconds START",
        side="start",
    ),
    *_rows("relative", _LENGTHS, "DUR:by MORE|LESS:more ; REF:clips FILM EACH:each ALL_CLIPS:each LENGTH"),
    *_rows("speed", f"{_CLIPS}", "TIMES:times SPEED ; REF:clips", "HALF:half SPEED ; REF:clips"),
    *_rows("speed", f"{_CLIPS}", "SLOWMO ; REF:clips", times=0.5),
    *_rows("speed", f"{_CLIPS}", "TIMELAPSE TIMES:times ; REF:clips"),
    *_rows("speed", f"{_CLIPS}", "TIMELAPSE ; REF:clips", times=4.0),
    *_rows(
        "total",
        "OF IN",
        "MAKE|MOVE|USE|SHOW IT|FILM|WHOLE LESS|MORE TO DUR:seconds ; WHOLE FILM",
        "DUR:seconds VERSION",
        "MAKE IT|FILM LAST DUR:seconds ; FOR LONG LENGTH",
        "KEEP|TRIMWORD IT|FILM|WHOLE DUR:seconds ; AT TO LONG ALL",
    ),
    *_rows("length", "AT TO OF", "KEEP REF:clips SHOW DUR:seconds ; FOR", "KEEP REF:clips MORE FOR DUR:seconds"),
    *_rows("relative", "ON FOR SHOW BE OF", "KEEP REF:clips RELATIVE:rel ; DEGREE:degree"),
    *_rows(
        "relative",
        "IT FILM DET OF IN",
        "TRIMWORD|SPLIT IT|FILM HALF",
        "TRIMWORD LENGTH HALF",
        "RESIZE HALF",
        "SPLIT LENGTH|FILM",
        half=0.5,
        rel=("length", 1 / 1.2),
    ),
]

_ORDER = f"{_LITTLE} CLIP ALL_CLIPS ORDER EACH MOVE NEW WITH_PREP"
ORDERS = [
    *_rows("move", f"{_ORDER}", "START BE|USE|WITH_PREP REF:clip", "REF:clip COMES FIRST", "COMES REF:clip START", to=1),
    *_rows("move", "MAKE FILM IT", "STARTWITH REF:clip", to=1),
    *_rows("move", "MAKE FILM IT", "ENDWITH REF:clip", to=-1),
    *_rows("move", "TO IN AT MAKE USE SHOW ADD MOVE", "MOVE|ADD|MAKE REF:clip CUTS:between", "IN CUTS:between ADD REF:clip"),
    *_rows("duplicate", "AT TO IN ON", "SHOW|ADD|USE|MAKE REF:clips AGAIN ; START:edge END:edge LAST:edge"),
    *_rows("sort", "MAKE IN ADD BY IT CLIP", "SORTNAME ; SORT DESCENDING:descending ASCENDING REVERSE:descending NAME FILENAME", by="name"),
    *_rows("remove", "OF FILM", "USE REF:clips OUT"),
    *_rows("move", _ORDER, "END BE|USE|WITH_PREP REF:clip", "REF:clip COMES LAST", to=-1),
    *_rows("lengths", f"{_CLIPS} LENGTH SHOW EACH_IN_TURN MOVE", "DURS:lengths ; EACH CLIP ALL_CLIPS LENGTH AS"),
    *_rows("no_music", "DET", "MUSIC NOT"),
    *_rows("shuffle", _ORDER, "SHUFFLE ; SEED NUM:seed VARIED", "VARIED ORDER"),
    *_rows("sort", _ORDER, "SORT|ORDER NAME ; DESCENDING:descending ASCENDING REVERSE:descending FILENAME", "NAME ORDER ; DESCENDING:descending ASCENDING REVERSE:descending", "SORT FILENAME ; DESCENDING:descending ASCENDING", by="name"),
    *_rows("sort", _ORDER, "SORT|ORDER DESCENDING:descending ; NAME", by="name"),
    *_rows("sort", _ORDER, "UPLOADORDER ; SORT DESCENDING:descending ASCENDING ORDER", by="upload"),
    *_rows("sort", _ORDER, "BYDATE ; SORT DESCENDING:descending ASCENDING ORDER REVERSE:descending", "SORT|ORDER DATE ; DESCENDING:descending ASCENDING REVERSE:descending", "NEWEST:descending ; SORT DATE BYDATE ORDER", "OLDEST ; SORT DATE BYDATE ORDER", by="date"),
    *_rows("order", _ORDER, "ORDERLIST:order ; SORT", "ORDER ORDERLIST:order ; SORT", "SORT ORDERLIST:order ;"),
    *_rows("reverse", "USE SHOW DET ORDER OF IN", "USE|SHOW|MAKE CLIP|ALL_CLIPS REVERSE|DESCENDING"),
    *_rows("each", "FOR ALL CLIP", "EACH MOVE DUR:seconds", "ALL_CLIPS|CLIP SHOW DUR:seconds"),
    *_rows("length", "FOR", "REF:clips MOVE DUR:seconds"),
    *_rows("unwanted", "FILM IT IN TO OF DET", "NOT SHOW|USE|ADD REF:clips", "NOT REF:clips"),
    *_rows("replace", f"{_ORDER} START END", "USE|SHOW|ADD REF:media INSTEAD REF:clip", "INSTEAD REF:clip REF:media"),
    *_rows("kept", "FILM AT IN ON OF", "KEEP REST|EVERYTHING|NEW ; UNCHANGED CLIP", "REST|EVERYTHING|NEW UNCHANGED ; KEEP BE SHOW", "NOT MAKE REST|EVERYTHING|NEW", "EVERYTHING NOT MAKE", "REST|EVERYTHING|NEW STATIC"),
    *_rows("kept", "DET OF IT ON", "MUSIC|TITLE|TRANSITION|CROSSFADE|FILM|MOTION|ORDER|REST|EVERYTHING|NEW|LENGTH FINE", "MUSIC|SONG|TITLE|TRANSITION|MOTION|ORDER|LENGTH UNCHANGED"),
    *_rows("kept", "DET", "KEEP FILM|MUSIC|TITLE|TRANSITION|CROSSFADE|ORDER|MOTION UNCHANGED"),
    *_rows("kept", "CLIP BE OUT", "KEEP REF:clips UNCHANGED", "REF:clips UNCHANGED", "REF:clips FINE", "NOT MAKE REF:clips"),
    *_rows("keep", f"{_ORDER} RESIZE", "TRIMWORD|LESS|RESIZE FILM|IT TO REF:clips", only=True),
    *_rows("keep", _ORDER, "KEEP REF:clips ; ONLY:only", "ONLY:only REF:clips KEEP", "ONLY:only USE|SHOW REF:clips"),
    *_rows("duplicate", _ORDER, "DUPLICATE REF:clips ; AGAIN VARIED TIMES:times NUM:copies STEP START:edge END:edge LAST:edge"),
    *_rows("duplicate", "BE", "SHOW|USE REF:clips TIMES:shows", "SHOW REF:clips NUM:shows STEP"),
    *_rows("kept", f"{_LITTLE} FADE_OUT", "KEEP MUSIC|TITLE|TRANSITION|CROSSFADE|MOTION|ORDER|SOUND ;"),
    *_rows("replace", _ORDER, "REPLACE REF:clip REF:media ; WITH_PREP"),
    *_rows("split", f"{_LITTLE} CLIP", "SPLIT REF:clip ; DUR|POINT:at HALF PLACE NUM", "TRIMWORD REF:clip HALF|TIMES", "TRIMWORD|SPLIT REF:clip TO NUM:parts ; CLIP"),
    *_rows("trim", f"{_LITTLE} CLIP ONLY", "TRIMWORD|RESIZE|LESS REF:clip TO FIRST DUR:keep"),
    *_rows("trim", f"{_LITTLE} CLIP OFF REMOVE", "TRIMWORD|RESIZE|REMOVE FIRST DUR:head REF:clip", "TRIMWORD|RESIZE|REMOVE START DUR:head REF:clip"),
    *_rows("trim", f"{_LITTLE} CLIP OFF REMOVE", "TRIMWORD|RESIZE|REMOVE LAST|END DUR:tail REF:clip"),
    *_rows("trim", "SHOW OF", "FILM KEEP|TRIMWORD|ONLY FIRST DUR:keep", clip=(Rule("video"),)),
    *_rows("add", "AT IN ON TO MAKE USE CLIP IT", "ADD|MOVE NEW AFTER REF:after", "ADD|MOVE NEW REF:after AFTER"),
    *_rows("add", "AT IN ON TO MAKE USE CLIP IT", "ADD|MOVE NEW BEFORE REF:before", "ADD|MOVE NEW REF:before BEFORE"),
    *_rows("trim", f"{_LITTLE} CLIP", "TRIMWORD|USE|KEEP|SHOW REF:clip SPAN:span ; ONLY", "TRIMWORD REF:clip FROM DUR|NUM:head END"),
    *_rows("trim", f"{_LITTLE} CLIP ONLY", "TRIMWORD|KEEP|USE|SHOW REF:clip FIRST DUR:keep ; KEEP"),
    *_rows("length", f"{_LITTLE}", "TRIMWORD REF:clips DUR:seconds ; EACH"),
    *_rows("pair", f"{_ORDER} AND", "BESIDE REF:both ; REF:other"),
    *_rows("unpair", _ORDER, "UNPAIR ; REF:clips ALL_CLIPS"),
    *_rows("pairall", _ORDER, "BESIDE SHAPE ; CLIP"),
]  # fmt: skip

_TOLD = "EACH REF:clips CAPTION TITLE CORNER PLACE:position"
_WORDS = f"{_LITTLE} CLIP ALL_CLIPS EACH SAY"
TEXTS = [
    *_rows("title", _LITTLE, "MOVE TITLE", "KEEP TITLE SHOW"),
    *_rows("restyle", f"{_LITTLE} RESIZE MORE", "TITLE LENGTH DUR:long"),
    *_rows("restyle", "DET IT ALL", "MAKE|MOVE QUOTE:which", "MOVE QUOTE:which TITLE|CAPTION", "MAKE|MOVE LOWER_THIRD|END_CARD|CAPTION|SUBTITLE:role"),
    *_rows("restyle", f"{_LITTLE} ALL", "CAPTION|SUBTITLE:role BIGGER:bigger ; DEGREE:degree"),
    *_rows("restyle", f"{_LITTLE} ALL FONTWORD", "CAPTION|SUBTITLE:role MORE ; DEGREE:degree", bigger=1.3),
    *_rows("restyle", f"{_LITTLE} ALL FONTWORD", "CAPTION|SUBTITLE:role LESS ; DEGREE:degree", bigger=1 / 1.3),
    *_rows("title", "DET", "MAKE QUOTE:text TITLE"),
    *_rows("retitle", "MAKE TO", "TITLE RESAY QUOTE:text", "MAKE TITLE RESAY QUOTE:text"),
    *_rows("title", "MAKE IT", "ENDWITH QUOTE:text ; TITLE", style="end_card"),
    *_rows("title", "MAKE IT", "STARTWITH QUOTE:text ; TITLE"),
    *_rows("lower", "MAKE ADD MOVE USE SHOW BE DET", "TITLE LOWER ; DEGREE", down=True),
    *_rows("lower", "MAKE ADD MOVE USE SHOW BE DET", "TITLE HIGHER ; DEGREE", down=False),
    *_rows("retitle", "MAKE IN TITLE DET COLON", "REPLACE|SWAP|MAKE OLD_WORDS:which TO|USE|FOR|WITH_PREP|MAKE|REPLACE QUOTE:text", "REPLACE|SWAP|MAKE OLD_WORDS:which QUOTE:text"),
    *_rows("retitle", "USE AS DET TITLE", "MAKE|REPLACE|RENAME|SWAP LOWER_THIRD|CAPTION|SUBTITLE|END_CARD|TITLE QUOTE:which TO QUOTE:text"),
    *_rows("retitle", "USE AS DET UNKNOWN SHOWN IN OF TITLE LOWER_THIRD CAPTION", "MAKE|REPLACE|RENAME|SWAP TITLE|LOWER_THIRD|CAPTION|SUBTITLE|END_CARD|QUOTE FROM QUOTE:which TO QUOTE:text ; TITLE"),
    *_rows("title", "ADD USE SHOW TO ON AT IN", "LAST|END ADD|SHOW|SAY QUOTE:text ; TITLE", edge="end"),
    *_rows("title", "ADD USE SHOW TO ON AT IN", "FIRST|START ADD|SHOW|SAY QUOTE:text ; TITLE", edge="start"),
    *_rows("title", f"{_LITTLE} FONTWORD", "TITLE|CAPTION SIZEOF MORE|RESIZE PERCENT:grow"),
    *_rows("title", f"{_LITTLE} FONTWORD", "TITLE|CAPTION SIZEOF LESS PERCENT:shrink"),
    *_rows("title", f"{_LITTLE} FONTWORD", "TITLE|CAPTION|FONTWORD MORE ; DEGREE:degree", bigger=1.3),
    *_rows("title", f"{_LITTLE} FONTWORD", "TITLE|CAPTION|FONTWORD LESS ; DEGREE:degree", bigger=1 / 1.3),
    *_rows("number", _WORDS, "NUMBERING ; REF:clips CAPTION TITLE PLACE:position EACH CLIP", use="number"),
    *_rows("number", _WORDS, "FILENAME ; REF:clips CAPTION TITLE PLACE:position EACH CLIP", use="file_name"),
    *_rows("number", _WORDS, f"ADD|SHOW|USE DATE ; {_TOLD}", f"DATE CAPTION ; {_TOLD}", f"WHEN ; {_TOLD}", use="date"),
    *_rows("number", _WORDS, f"WHERE ; {_TOLD}", use="place"),
    *_rows("number", _WORDS, f"DATE_PLACE ; {_TOLD}", use="date_place"),
    *_rows("captions", f"{_WORDS} ORDER", "CAPTION|TITLE|SUBTITLE QUOTES:captions ; REF:clips EACH"),
    *_rows("subtitles", f"{_LITTLE} AFTER TITLE CAPTION", "SUBTITLE|CAPTION|TITLE CUES:srt", "CUES:srt"),
    *_rows("subtitles", f"{_LITTLE}", "SUBTITLE ; QUOTE:srt"),
    *_rows("title", f"{_WORDS}", "CAPTION QUOTE:text ; PLACE:position COLOR:color", "REF:clips CAPTION QUOTE:text ; PLACE:position COLOR:color", "REF:clips PLACE:position ADD|SAY QUOTE:text", style="caption"),
    *_rows("title", f"{_WORDS}", "LOWER_THIRD QUOTE:text", style="lower_third"),
    *_rows("title", f"{_WORDS} END", "END_CARD QUOTE:text", style="end_card"),
    *_rows("title", f"{_LITTLE}", "END BE|USE|WITH_PREP|SAY|RESAY QUOTE:text", style="end_card"),
    *_rows("retitle", f"{_LITTLE} SAY", "ALLTEXTS ; QUOTE:text", all=True),
    *_rows("untitle", f"{_LITTLE}", "REMOVE|NOT CAPTION|SUBTITLE|LOWER_THIRD|END_CARD|NUMBERING|DATE|WHERE|DATE_PLACE:role ; QUOTE:text", "REMOVE|NOT DATE|WHERE|DATE_PLACE:role CAPTION", "REMOVE|NOT*:said ALLTEXTS|TITLE*:said", "USE|MAKE TITLE|ALLTEXTS|CAPTION OFF|OUT", "TITLE OFF|OUT"),
    *_rows("+size", "MAKE IN AT BE FONTWORD TO", "ZOOM_IN|BIGGER|MORE|SIZE_TO TIMES:size ;"),
    *_rows("+window", "SHOW IN ON", "WHOLE LAST|END ; TO", whole=True),
    *_rows("+window", "SHOW AT", "DUR:start INTO_FILM"),
    *_rows("+size", "MAKE IN AT BE FONTWORD USE", "BIGGER:bigger ; DEGREE:degree", "TIMES:bigger BIGGER|SIZE_WORD ; AS", "BIGGER TIMES|PERCENT:size SIZEOF ; AT OF TO", "TIMES|PERCENT:size SIZEOF ; AT OF LESS MORE TO", "MORE|RESIZE SIZEOF PERCENT:grow ; WITH_PREP", "LESS SIZEOF PERCENT:shrink ; WITH_PREP", "SIZEOF PERCENT|NUM:size ; TO", "SIZE_WORD:size ; FONTWORD", "SIZE_TO PERCENT:size ; TO"),
    *_rows("+font", "MAKE IN USE AS TO BE", "FONT:font ; FONTWORD"),
    *_rows("+stroke", "MAKE USE IN OF BE TO WITH_PREP ON ADD TITLE IT", "STROKE:stroke"),
    *_rows("+box", "MAKE USE IN OF BE TO ON ADD TITLE IT", "BOX:box"),
    *_rows("+align", "MAKE USE IN OF BE TO", "ALIGN:align", "ALIGNMENT ALIGN|PLACE:align"),
    *_rows("+enter", "USE MAKE BE IN AS WITH_PREP TO", "ENTER ANIM|FADE|FADE_IN:enter", "ANIM:enter ; ANIMATED"),
    *_rows("+enter", "USE MAKE ADD", "ANIMATED", enter="rise"),
    *_rows("+leave", "USE MAKE BE IN AS WITH_PREP", "LEAVE ANIM|FADE|FADE_OUT:leave"),
    *_rows("+at", "AT ON MAKE MOVE", "PERCENT:x ACROSS PERCENT:y DOWNWARD", "ACROSS PERCENT:x DOWNWARD PERCENT:y"),
    *_rows("+place", "AT IN ON TO OF FRAME_WORD CORNER", "MOVE|ADD|MAKE|USE|SHOW IT PLACE:position"),
    *_rows("+color", "IN MAKE USE BE TO AS", "LOOKWORD COLOR:color", "FONTWORD COLOR:color"),
]  # fmt: skip

_OVER = f"{_LITTLE} DET CLIP ALL_CLIPS EACH EVERYTHING MOVE CORNER LOOKWORD"
_FAINT = "PERCENT|STRENGTH|OPAQUE|CLEAR|WIDTH|FRAME_WORD|ACROSS|DOWNWARD|BIGGER|SIZE_WORD|DEGREE|ZOOM_IN|ZOOM_OUT|MORE|LESS|TIMES*:parts PLACE:position"
# Without the words that put something on a photo: "my logo on the first photo".
_BESIDE = "MAKE ADD USE SHOW BE WITH_PREP AS COLON IT FILM ALL DET ALL_CLIPS EACH CLIP EVERYTHING MOVE LOOKWORD"
LOGOS = [
    *_rows("overlay", _BESIDE, "LOGO:kind REF:media ; OVERLAY OPAQUE|SIZE_WORD*:parts"),
    *_rows("overlay", _OVER, f"LOGO:kind REF:media PLACE:position ; {_FAINT} OVERLAY ONLY"),
    *_rows("overlay", f"{_BESIDE} AT", "LOGO:kind REF:media STRENGTH|OPAQUE|CLEAR*:parts ; PERCENT|SIZE_WORD*:parts OVERLAY ONLY"),
    *_rows("overlay", _OVER, f"LOGO:kind ; {_FAINT} OVERLAY ONLY", f"OVERLAY REF:media ; {_FAINT}"),
    *_rows("overlay", _OVER, f"ADD|MOVE|SHOW|USE REF:media PLACE:position ; {_FAINT}", plain=True),
    *_rows("overlay_changed", _OVER, "REPLACE LOGO REF:media"),
    *_rows("overlay_gone", _OVER, "REMOVE LOGO ; REF:media"),
    *_rows("overlay_gone", _OVER, "NOT LOGO", declined=True),
    *_rows("title", _LITTLE, "OVERLAY QUOTE:text ; TITLE PLACE:position COLOR:color"),
    *_rows("+opacity", "MAKE IN AT BE USE TO OF", "STRENGTH|OPAQUE|CLEAR|WIDTH*:faint ; PERCENT*:faint"),
]  # fmt: skip

_SONGS = f"{_LITTLE} MUSIC CLIP LOOKWORD MORE"
SOUNDS = [
    *_rows("music", f"{_SONGS} VARIED NEW START VOLUME DEGREE", "MANNER:manner MUSIC ; PERCENT:volume GENRE*:genre", "MANNER:manner GENRE*:genre ;"),
    *_rows("music", f"{_SONGS} VARIED NEW START VOLUME", "MANNER:manner BEATS ; PERCENT:volume"),
    *_rows("music", "DET IT", "REPLACE|SWAP MUSIC"),
    *_rows("music", f"{_SONGS}", "REPLACE MANNER:manner MUSIC", "REPLACE|SWAP MUSIC MANNER:manner"),
    *_rows("music", f"{_SONGS}", "POSITION NUM:seed MUSIC"),
    *_rows("music", f"{_SONGS} START FROM START_AT", "ADD|USE SONG:media FROM|START_AT DUR:offset ; PERCENT:volume"),
    *_rows("unmusic", "DET ALL", "USE|MAKE|TRIMWORD|CUT MUSIC OFF|OUT", "TRIMWORD|CUT MUSIC", "REMOVE MUSIC OFF|OUT", "MUSIC OFF"),
    *_rows("genre", "ADD USE MAKE REPLACE TO IN FOR AS ALL DET MORE DEGREE", "GENRE ; MUSIC"),
    *_rows("musicset", _SONGS, "MUSIC FROM POINT:offset MOVE|SHOW ; START"),
    *_rows("musicset", _SONGS, "MUSIC FROM POINT:begin ; START", "SKIP POINT:begin ; START MUSIC"),
    *_rows("musicset", _SONGS, "MUSIC START|START_AT DUR:offset OFSONG", "START|START_AT MUSIC DUR:offset OFSONG"),
    *_rows("volume", _SONGS, "HALF:half LOUDER ; MUSIC", "TIMES:times LOUDER ; MUSIC"),
    *_rows("musicset", f"{_SONGS} SKIP START START_AT", "SKIP|START|START_AT DUR:begin INTO_FILM ; MUSIC"),
    *_rows("music", f"{_SONGS} START START_AT SKIP", "SKIP|START|START_AT DUR:offset INTO_SONG ; MUSIC", "MUSIC DUR:offset INTO_SONG ; START PERCENT:volume"),
    *_rows("musicset", _SONGS, "LOOP ; MUSIC", loop=True),
    *_rows("musicset", _SONGS, "ONCE ; MUSIC", "NOT LOOP ; MUSIC ONCE", loop=False),
    *_rows("musicset", _SONGS, "DUCKING ; MUSIC", duck=True),
    *_rows("musicset", _SONGS, "NOT DUCKING ; MUSIC", duck=False),
    *_rows("musicset", f"{_SONGS} FIRST", "SKIP DUR:offset ; OFSONG", "SKIP DUR:offset OFSONG"),
    *_rows("musicset", f"{_SONGS} SKIP START START_AT", "MUSIC DUR:begin FILM START", "SKIP AFTER DUR:begin", "SKIP FILM DUR:begin START"),
    *_rows("volume", f"{_SONGS}", "MUSIC|VOLUME TO PERCENT:volume ; LESS LOUDER QUIETER VOLUME MUSIC", "MUSIC|VOLUME TO NUM:level ; LESS LOUDER QUIETER VOLUME MUSIC", "MUSIC|VOLUME BIGGER:bigger ; DEGREE:degree VOLUME"),
    *_rows("volume", "DET OF", "SPLIT MUSIC|VOLUME ; VOLUME MUSIC", half=0.5),
    *_rows("volume", f"{_SONGS} LESS QUIETER RESIZE", "HALVED ; MUSIC VOLUME", half=0.5),
    *_rows("volume", f"{_SONGS}", "TIMES:times VOLUME LESS|QUIETER|LOUDER|MORE:way ; MUSIC", "TIMES:times MUSIC LESS|QUIETER|LOUDER|MORE:way"),
    *_rows("volume", f"{_SONGS}", "TIMES:times VOLUME ; MUSIC", "HALF:half VOLUME ; MUSIC", "MUSIC|VOLUME LOUDER|QUIETER|MORE|LESS:way PERCENT:by ; DEGREE VOLUME MUSIC"),
    *_rows("volume", f"{_SONGS}", "MUSIC|VOLUME LOUDER|MORE ; VOLUME MUSIC DEGREE:degree", "LOUDER ; DEGREE:degree", louder=True),
    *_rows("volume", f"{_SONGS}", "MUSIC|VOLUME QUIETER|LESS ; VOLUME MUSIC DEGREE:degree", "QUIETER ; DEGREE:degree", louder=False),
    *_rows("volume", f"{_SONGS}", "REMOVE|NOT FADE_IN MUSIC", fade_in=0.0),
    *_rows("volume", f"{_SONGS}", "REMOVE|NOT FADE_OUT MUSIC", fade_out=0.0),
    *_rows("volume", f"{_SONGS} END LAST", "FADE MUSIC OUT ; DUR:fade_out END", "FADE_OUT MUSIC ; DUR:fade_out END LAST", fade_out=2.0),
    *_rows("volume", f"{_SONGS} START", "FADE MUSIC IN ; DUR:fade_in", "FADE_IN MUSIC ; DUR:fade_in START", fade_in=2.0),
    *_rows("volume", f"{_SONGS}", "FADE_BOTH MUSIC ; DUR:fades", "FADE MUSIC INOUT ; DUR:fades", fades=2.0),
    *_rows("sound", f"{_LITTLE} VOLUME CLIP ALL_CLIPS EACH", "SOUND PERCENT:volume ; REF:clips"),
    *_rows("sound", "VOLUME CLIP ALL_CLIPS OF MAKE DET BE", "SOUND QUIETER|LOUDER|MORE|LESS:way ; REF:clips DEGREE:degree"),
    *_rows("sound", "VOLUME CLIP ALL_CLIPS OF MAKE", "SOUND TO|AT PERCENT:volume ; REF:clips LESS MORE QUIETER LOUDER"),
    *_rows("sound", "OF MAKE USE CLIP DET FROM", "SOUND OFF ; REF:clips", "USE|MAKE SOUND OFF ; REF:clips", volume=0.0),
    *_rows("sound", f"{_LITTLE} VOLUME CLIP ALL_CLIPS EACH", "MUTE SOUND ; REF:clips", "REMOVE|NOT SOUND ; REF:clips", "MUTE REF:clips", "MUTE FILM", "MUTE CLIP|ALL_CLIPS", volume=0.0),
    *_rows("beats", f"{_LITTLE} MUSIC CLIP ALL_CLIPS CUT TRANSITION TRIMWORD EACH", "BEATS", "TRIMWORD|CUT|SWAP|TRANSITION|CLIP|ALL_CLIPS BEATS"),
]  # fmt: skip

_BACK = "IT FILM OF DET LAST STEP MAKE TO THEN THE CHANGE ALL ACCOUNT"
RECALL = [
    *_rows("recall", _BACK, "UNDO ; NUM:steps TIMES:steps", to="undo"),
    *_rows("recall", _BACK, "REDO ; NUM:steps TIMES:steps", to="redo"),
    *_rows("recall", f"{_BACK} START", "START_OVER", to="start"),
    *_rows("recall", f"{_BACK} AT IN", "BACK_TO|UNDO START", to="start"),
    *_rows("recall", _BACK, "BACK_TO|UNDO VERSION NUM:version", to="version"),
    *_rows("recall", f"{_BACK} ADD BACK_TO VERSION", "BACK_BEFORE TITLE|MUSIC|TRANSITION|CROSSFADE|FILTER|LOOKWORD|MOTION|LENGTH|ORDER|FRAME_WORD|ALLTEXTS|LOGO|OVERLAY|CARD:part", "BACK_TO|UNDO BEFORE TITLE|MUSIC|TRANSITION|CROSSFADE|FILTER|LOOKWORD|MOTION|LENGTH|ORDER|FRAME_WORD|ALLTEXTS|LOGO|OVERLAY|CARD:part", to="before"),
]  # fmt: skip

FRAMES: tuple[Phrase, ...] = tuple(
    row
    for part in (RECALL, cardwords.FRAMES, LOOKS, TRANSITIONS, MOTIONS, FITS, RELATIVE, ORDERS, TEXTS, LOGOS, SOUNDS)
    for row in part
)
