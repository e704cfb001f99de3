"""The grammar's third part: how it is said at home. Rows are as in `phrases`; they are tried behind those of `frames`."""

from typing import Any

from nemovideo_mcp.studio.editor.manners import SHORTER
from nemovideo_mcp.studio.editor.phrase import Phrase

_LITTLE = "MAKE ADD USE SHOW BE IN AT FOR FROM TO OF ON WITH_PREP AS COLON IT FILM ALL DET OUT SAY LONG COUNT WHOLE"
_CUTS = "MAKE ADD USE SHOW BE IN AT FOR FROM TO OF ON AS IT ALL DET CLIP EACH TRANSITION ALL_CUTS BETWEEN LOOKWORD COMES EVERYTHING EFFECTS"


def _rows(topic: str, around: str, *patterns: str, level: int = 0, **says: Any) -> list[Phrase]:
    return [Phrase(f"& {p if ';' in p else p + ' ;'} ; {around}", topic, says, level) for p in patterns]


def _lines(topic: str, *patterns: str, level: int = 0, **says: Any) -> list[Phrase]:
    return [Phrase(pattern, topic, says, level) for pattern in patterns]


CUTS = [
    *_rows("transition", _CUTS, "NOT EFFECTS ALL_CUTS", kind="none"),
    *_rows("transition", _CUTS, "EACH TRANSITION VARIED ; DUR:seconds", "ALL_CUTS VARIED ; DUR:seconds", "EACH TRANSITION ANOTHER", kind="varied"),
    *_rows("transition", _CUTS, "FILM_FADE:fade ALL_CUTS ; DEGREE", "BLACKNESS:fade ALL_CUTS ; DEGREE DUR:seconds", "BLACKNESS:fade CUTS:cuts ; DEGREE DUR:seconds"),
    *_rows("transition", _CUTS, "FILM_FADE:fade CUTS:cuts ; DUR:seconds", "TKIND:kind CUTS:cuts ; DUR:seconds PLACE:dir NEW CLIP"),
    *_lines("transition", "CROSSFADE TKIND:kind"),
    *_lines("transition", "EACH TRANSITION BE|MAKE|TO* DUR:seconds LONG?"),
    *_rows("transition", f"{_CUTS} CROSSFADE FADE CUT", "TKIND:kind ; DUR:seconds CUTS:cuts PLACE:dir INTENSITY:pace"),
    *_rows("transition", f"{_CUTS} NEW", "EACH CROSSFADE ; INTENSITY:pace", kind="crossfade"),
    *_rows("motion", f"{_CUTS} SMOOTH FACE AUDIENCE DET", "SLOWZOOM FACE ; REF:clips", "SLOWZOOM AUDIENCE ; FACE", motion="zoom_in", strength=0.6),
    *_rows("motion", f"{_CUTS} SMOOTH FACE AUDIENCE DET", "ZOOM_IN FACE ; REF:clips INTENSITY:pace", motion="zoom_in"),
    *_lines("motion", "MOVE CLIP|ALL_CLIPS DEGREE", "MOVE CLIP|ALL_CLIPS INTENSITY:pace", motion="auto"),
    *_lines("motion", "DEGREE MOTION ON|FOR|IN? EACH|ALL_CLIPS|CLIP? CLIP?", motion="auto"),
    *_rows("motion", f"{_CUTS} CAMERA ACROSS", "PAN FROM PLACE PLACE:pan ; REF:clips INTENSITY:pace", "PAN FROM PLACE TO PLACE:pan ; REF:clips INTENSITY:pace"),
    *_rows("transition", f"{_CUTS} NEW", "EACH TKIND:kind ; DUR:seconds PLACE:dir INTENSITY:pace"),
    *_rows("motion", f"{_CUTS} FROM", "NOT CLIP|ALL_CLIPS FROM MOTION|MOVE", "NOT REF:clips FROM MOTION|MOVE", "NOT MOTION CLIP|ALL_CLIPS", motion="none"),
]  # fmt: skip

FADES = [
    *_lines("filmfade", "AT|IN|ON? END|START OF? FILM? CLIP|FILM? FILM_FADE:fade"),
    *_lines("filmfade", "AT|IN|ON? END OF? FILM? CLIP|FILM? FADE_OUT TO? COLOR:color", way="out"),
    *_lines("filmfade", "AT|IN|ON? START OF? FILM? CLIP|FILM? FADE_IN FROM? COLOR:color", way="in"),
    *_rows("filmfade", f"{_LITTLE} CLIP", "FILM_FADE*:ways LAST DUR:seconds ;"),
    *_rows("filmfade", f"{_LITTLE} CLIP", "FADE_OUT COLOR:color END ; DUR:seconds", way="out"),
]  # fmt: skip

FITS = [
    *_lines("fit", "NOT BORDER|BARS", fit="fill", weak=True),
]  # fmt: skip

CLIPS = [
    *_lines("move", "REF:clip USE|MAKE? FIRST", "FIRST REF:clip", to=1),
    *_lines("move", "REF:clip BE|COMES? LAST", "LAST REF:clip", to=-1),
    *_lines("move", "REF:clip BE|COMES|SHOW* BEFORE REF:before"),
    *_lines("move", "REF:clip BE|COMES|SHOW* AFTER REF:after"),
    *_rows("relative", "FOR IN ON BE", "SHOW REF:clips LESS ; DEGREE:degree", rel=("length", SHORTER)),
    *_lines("move", "MOVE|ADD REF:clip TO REF:to POSITION?", "IN REF:before BEFORE ADD|MOVE REF:clip", "IN REF:after AFTER ADD|MOVE REF:clip"),
    *_lines("move", "MOVE|ADD? REF:clip ALL_CUTS:middle", "MOVE|ADD? REF:clip COMES|BE|MOVE|IN* PLACE:middle"),
    *_rows("speed", "TO AT OF MAKE USE", "INTENSITY REF:clips HALF:half SPEED"),
    *_lines("move", "REF:clip COMES|BE|MOVE* AT|TO|IN? END|LAST", to=-1),
    *_lines("move", "REF:clip COMES|BE|MOVE* AT|TO|IN? START|FIRST", to=1),
    *_lines("order", "NEW? ORDERLIST:order", "COMES ORDERLIST:order"),
    *_lines("duplicate", "SHOW|USE|ADD|DUPLICATE|MAKE REF:clips AGAIN? AFTER REF:behind", "DUPLICATE REF:clips AFTER REF:behind"),
    *_lines("duplicate", "REF:clips IN IT? TIMES:shows", "REF:clips COMES|SHOW IN? TIMES:shows"),
    *_rows("split", f"{_LITTLE} CLIP AFTER", "SPLIT|TRIMWORD REF:clip DUR:at AFTER"),
    *_rows("relative", "FROM OF DET IN TO", "TRIMWORD|MAKE|SPLIT|RESIZE REF:clips LENGTH HALF ;", half=0.5, rel=("length", SHORTER)),
    *_lines("relative", "TRIMWORD|KEEP REF:clips RELATIVE:rel", "TRIMWORD|KEEP IT|FILM RELATIVE:rel"),
    *_rows("relative", "TO ON OF DET", "ADD DUR:by WHOLE ; FILM"),
    *_rows("relative", "OF DET", "TRIMWORD|REMOVE|RESIZE DUR:by FROM EACH|ALL_CLIPS:each ; CLIP", "TRIMWORD|REMOVE DUR:by OFF EACH|ALL_CLIPS:each ; CLIP", more="LESS"),
    *_lines("trim", "SHOW|USE|KEEP ONLY DUR:upto OF|FROM REF:clip", "ONLY SHOW|USE|KEEP? DUR:upto OF|FROM REF:clip"),
    *_rows("trim", "OF FROM DET IN ONLY", "USE|KEEP|SHOW|ONLY SPAN:span REF:clip"),
    *_lines("duplicate", "REF:clips COMES|SHOW|BE? AGAIN AFTER REF:behind"),
    *_rows("pair", f"{_LITTLE} BESIDE CLIP ALL_CLIPS", "BESIDE REF:both ; REF:other"),
    *_lines("keep", "KEEP ONLY:only REF:clips MATTERS"),
    *_lines("kept", "REF:clips SHOW|BE? UNCHANGED", "REST|NEW SHOW|BE? UNCHANGED"),
    *_lines("remove", "REF:clips OUT", "REF:clips OFF"),
    *_lines("kept", "REF:clips MAY BE? UNCHANGED", "REST|NEW MAY BE? UNCHANGED"),
    *_lines("kept", "REF:clips MAY BE|MOVE|KEEP|MOTION|SHOW?", "REST|NEW MAY BE|MOVE|KEEP|MOTION|SHOW?"),
    *_rows("relative", "OF FROM DET LONG", "TRIMWORD|REMOVE|MAKE|USE|RESIZE DUR:by OFF LONG|FILM|LENGTH", more="LESS"),
    *_rows("duplicate", "AT TO IN ON", "SHOW|USE|ADD|DUPLICATE|MAKE REF:clips COPIES:copies ; START:edge END:edge LAST:edge"),
    *_rows("trim", "OF FROM DET IN", "USE|KEEP|SHOW|ONLY FIRST DUR:upto REF:clip ; ONLY", "ONLY FIRST DUR:upto REF:clip ; USE KEEP SHOW"),
    *_lines("add", "ADD|MOVE|USE NEW AFTER REF:after", "ADD|MOVE|USE NEW TO? AFTER REF:after"),
    *_lines("add", "ADD|MOVE|USE NEW BEFORE REF:before", "NEW COMES|BE? BEFORE REF:before"),
    *_lines("add", "NEW COMES|BE? AFTER REF:after"),
    *_lines("add", "ADD|MOVE|USE NEW CLIP? AT|TO|IN* START|FIRST", "NEW COMES|BE|AT|TO* FIRST|START", to=1),
    *_lines("add", "ADD|MOVE|USE NEW CLIP? AT|TO|IN* END|LAST", "NEW COMES|BE|AT|TO* LAST|END"),
    *_rows("unwanted", "FILM IT IN TO OF DET AT ON", "NOT REF:clips ; USE SHOW BE"),
    *_rows("each", "FOR ALL OF IN LONG", "EACH DUR:seconds NEW CLIP", "NEW CLIP EACH DUR:seconds"),
    *_lines("each", "MAKE|SWAP CLIP|ALL_CLIPS? EACH DUR:seconds LONG?", "CLIP|ALL_CLIPS SWAP EACH DUR:seconds"),
    *_lines("reverse", "REVERSE", "SORT|MAKE IT|CLIP|ALL_CLIPS? REVERSE"),
    *_lines("sort", "NEWEST AT? END|LAST", by="date"),
    *_lines("sort", "OLDEST AT? END|LAST", by="date", descending=True),
    *_lines("order", "REF:order IN IT? ORDER"),
    *_lines("add", "ADD|MOVE|USE NEW CUTS:between"),
    *_lines("kept", "KEEP ALL_CLIPS", "ALL_CLIPS|CLIP KEEP RESETLOOK", "VOLUME|MUSIC|TITLE|TRANSITION|ORDER|LENGTH|MOTION|SOUND KEEP? UNCHANGED"),
    *_lines("move", "MAKE? REF:clip SHIFT:shift NUM:by", "MAKE? REF:clip SHIFT:shift"),
    *_rows("kept", "DET OF", "REF:clips BE", "REST|NEW BE", "REST|NEW UNCHANGED ; BE"),
]  # fmt: skip

WORDS = [
    *_lines("title", "AT|IN|ON? END OF? FILM|IT? IT|TITLE? SAY|RESAY|ADD|SHOW QUOTE:text", style="end_card"),
    *_lines("title", "AT|IN|ON? START OF? FILM|IT? IT|TITLE? SAY|RESAY|ADD|SHOW QUOTE:text", edge="start"),
    *_lines("title", "IT TO? START|STARTWITH USE|SAY? TITLE? QUOTE:text"),
    *_lines("title", "IT TO? END|ENDWITH USE|SAY? TITLE? QUOTE:text", style="end_card"),
    *_rows("restyle", "DET IT TITLE CAPTION BE IN TO AFTER ON AT OF", "MAKE|MOVE|SHOW|USE|ADD SHOWN:which", "SHOWN:which"),
    *_lines("restyle", "AFTER|ON|BEFORE|OF|IN|AT* TITLE? SHOWN:which IT?"),
    *_lines("kept", "KEEP TITLE? SHOWN"),
    *_lines("untitle", "USE|MAKE TITLE? SHOWN:text OFF|OUT"),
    *_lines("untitle", "REMOVE ALL? DET? TITLE|CAPTION? SHOWN:text"),
    *_lines("retitle", "REPLACE|SWAP|MAKE|RENAME TITLE|CAPTION? SHOWN:which TO|USE|FOR|WITH_PREP|MAKE* QUOTE:text"),
    *_lines("title", "ADD|SHOW|MAKE|USE? DET? NAME QUOTE:text"),
    *_lines("retitle", "IT|TITLE|BE|MAKE|TO|SAY|RESAY* NEW_WORDS:renamed"),
    *_lines("+window", "SHOW|BE|ON* UNTIL DUR|POINT:until", "SHOW|BE|ON* UNTIL AT? POINT|DUR:until"),
    *_lines("+window", "SHOW|BE|ON* UNTIL END OF? FILM?", until="end"),
    *_lines("+window", "COMES|START|ENTER|SHOW|IN* AFTER|FROM|AT|START_AT DUR|POINT:start ON|START*", "SKIP DUR:start"),
    *_lines("+window", "LEAVE|REMOVE|OFF|COMES* AFTER DUR:long", "LEAVE AT DUR|POINT:until"),
    *_lines("+window", "DUR:long AFTER LEAVE|REMOVE"),
    *_lines("title", "AT|IN|ON? START COLON? TITLE? QUOTE:text", edge="start"),
    *_lines("title", "AT|IN|ON? END|LAST COLON? TITLE? QUOTE:text", edge="end"),
    *_lines("title", "AT|IN|ON? PLACE:position COLON? TITLE? QUOTE:text"),
    *_rows("restyle", "MAKE BE USE DET IN", "FONTWORD BIGGER:bigger ; DEGREE:degree", "FONTWORD SIZE_WORD:size", "FONTWORD COLOR:color"),
    *_lines("retitle", "SAY|ADD|USE|SHOW|MAKE QUOTE:text INSTEAD QUOTE:which", "SAY|ADD|USE|SHOW|MAKE? QUOTE:text INSTEAD SHOWN:which"),
    *_lines("+window", "FROM REF:onward ON?", "FROM|START_AT REF:onward ON"),
    *_lines("+window", "LEAVE AFTER|AT NUM:until"),
    *_lines("+clips", "ON|FOR|OF|TO|IN ALL REF:clips"),
    *_lines("title", "REF:clips MAKE|BE|SAY|USE|TITLE|CAPTION|RESAY* QUOTE:text"),
    *_lines("title", "LASTTHING BE? TITLE|SAY|RESAY* QUOTE:text", style="end_card"),
    *_lines("title", "FIRSTTHING BE? TITLE|SAY|RESAY* QUOTE:text"),
    *_lines("title", "REF:clips SAY|USE|TITLE|CAPTION|RESAY* QUOTE:text ON? IT?"),
    *_lines("+color", "IN|USE|WITH_PREP? SIZE_WORD:size COLOR:color FONTWORD", "IN|USE|WITH_PREP? COLOR:color SIZE_WORD:size FONTWORD", "IN|USE|WITH_PREP? COLOR:color FONTWORD"),
    *_lines("+size", "IN|USE|WITH_PREP? SIZE_WORD:size FONTWORD"),
    *_lines("+box", "ADD|MAKE|USE? COLOR:box BOX AFTER|ON|AROUND", "ADD|MAKE|USE? BOX:box AFTER|AROUND"),
    *_rows("number", f"{_LITTLE} CLIP ALL_CLIPS EACH SAY CORNER", "NUMBERING CORNER ; REF:clips", use="number"),
    *_lines("+stroke", "MAKE|ADD FONTWORD COLOR:stroke STROKE"),
    *_lines("+box", "MAKE|ADD FONTWORD COLOR:box BOX"),
    *_lines("retitle", "IT RESAY QUOTE:text", "RESAY QUOTE:text"),
    *_lines("+window", "FROM|START_AT DUR|POINT:start UNTIL|TO END OF? FILM?", until="end"),
    *_lines("+window", "FROM POINT|DUR:start TO|UNTIL POINT|DUR:until"),
    *_rows("title", "MAKE MOVE USE ADD SHOW BE DET ON", "IT LOWER ; DEGREE", down=True),
    *_rows("number", f"{_LITTLE} CLIP ALL_CLIPS EACH SAY CAPTION TITLE SUBTITLE", "NAME OF EACH CLIP ; REF:clips PLACE:position", "NAME EACH CLIP ; PLACE:position", use="file_name"),
]  # fmt: skip

SOUNDS = [
    *_rows("music", "ADD USE AT MAKE", "SONG:media HALVED", volume=0.5),
    *_rows("musicset", "MAKE USE IN AT SHOW TO", "MUSIC START|START_AT|COMES|USE AFTER DUR:begin", "START|START_AT|USE MUSIC AFTER DUR:begin", "MUSIC SKIP DUR:begin"),
    *_rows("musicset", "USE SHOW MAKE ON IN OFSONG", "MUSIC FROM|START_AT DUR|POINT:offset"),
    *_rows("musicset", "MAKE IT ON", "NOT USE|ADD MUSIC AGAIN", "NOT MUSIC AGAIN", loop=False),
    *_rows("sound", "VOLUME CLIP ALL_CLIPS OF MAKE DET BE", "SOUND LESS ; DEGREE:degree REF:clips", way="QUIETER"),
    *_rows("sound", "VOLUME CLIP ALL_CLIPS OF MAKE DET BE", "SOUND MORE ; DEGREE:degree REF:clips", way="LOUDER"),
    *_rows("volume", "MAKE BE", "MUSIC|VOLUME LOUDER|QUIETER|MORE|LESS AT|TO PERCENT:volume ; DEGREE VOLUME", "MUSIC|VOLUME LOUDER|QUIETER|MORE|LESS AT|TO NUM:level ; DEGREE VOLUME"),
    *_rows("volume", "MAKE USE FOR ON AT TO OF SHOW", "FADE MUSIC IN INTENSITY ; DUR:fade_in START", "FADE_IN MUSIC INTENSITY ; DUR:fade_in START", fade_in=2.0),
    *_rows("volume", "MAKE USE FOR ON AT TO OF SHOW", "FADE MUSIC OUT INTENSITY ; DUR:fade_out END", "FADE_OUT MUSIC INTENSITY ; DUR:fade_out END", fade_out=2.0),
    *_lines("music", "ADD|USE|MAKE? MANNER MANNER:manner MUSIC"),
    *_rows("volume", "OF IN AT BE USE", "MUSIC END FADE ; INTENSITY DUR:fade_out", "MUSIC ENDWITH FADE ; INTENSITY DUR:fade_out", fade_out=2.0),
    *_rows("sound", "DET", "MUTE IT ;", volume=0.0),
    *_rows("musicset", "MAKE USE IN AT SHOW TO", "MUSIC COMES AFTER DUR:begin"),
    *_rows("sound", "USE MAKE DET IT FROM OF", "MUTE REF:clips SOUND ;", volume=0.0),
]  # fmt: skip

LOGOS = [
    *_rows("overlay", f"{_LITTLE} CORNER", "REF:media PLACE:position PERCENT*:parts ; STRENGTH|OPAQUE|CLEAR*:parts", plain=True),
]  # fmt: skip

ROWS: tuple[Phrase, ...] = tuple(row for part in (CUTS, FADES, FITS, CLIPS, WORDS, SOUNDS, LOGOS) for row in part)
