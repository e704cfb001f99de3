"""The grammar's third part: how it is said at home. Rows are as in `phrases`; they are tried behind those of `frames`."""

from typing import Any

from nemovideo_mcp.studio.editor.phrase import Phrase

_LITTLE = "MAKE ADD USE SHOW BE IN AT FOR FROM TO OF ON WITH_PREP AS COLON IT FILM ALL DET OUT SAY LONG COUNT WHOLE"
_CUTS = "MAKE ADD USE SHOW BE IN AT FOR FROM TO OF ON AS IT ALL DET CLIP EACH TRANSITION ALL_CUTS BETWEEN LOOKWORD COMES EVERYTHING EFFECTS"


def _rows(topic: str, around: str, *patterns: str, level: int = 0, **says: Any) -> list[Phrase]:
    return [Phrase(f"& {p if ';' in p else p + ' ;'} ; {around}", topic, says, level) for p in patterns]


def _lines(topic: str, *patterns: str, level: int = 0, **says: Any) -> list[Phrase]:
    return [Phrase(pattern, topic, says, level) for pattern in patterns]


CUTS = [
    *_rows("transition", _CUTS, "NOT EFFECTS ALL_CUTS", kind="none"),
    *_rows("transition", _CUTS, "EACH TRANSITION VARIED", "ALL_CUTS VARIED", "EACH TRANSITION ANOTHER", kind="varied"),
    *_rows("transition", _CUTS, "FILM_FADE:fade ALL_CUTS ; DEGREE", "BLACKNESS:fade ALL_CUTS ; DEGREE DUR:seconds", "BLACKNESS:fade CUTS:cuts ; DEGREE DUR:seconds"),
    *_rows("motion", f"{_CUTS} FROM", "NOT CLIP|ALL_CLIPS FROM MOTION|MOVE", "NOT REF:clips FROM MOTION|MOVE", "NOT MOTION CLIP|ALL_CLIPS", motion="none"),
]  # fmt: skip

CLIPS = [
    *_lines("move", "REF:clip USE|MAKE? FIRST", "FIRST REF:clip", to=1),
    *_lines("move", "REF:clip BE|COMES? LAST", "LAST REF:clip", to=-1),
    *_lines("move", "MOVE|ADD REF:clip TO REF:to POSITION?"),
    *_rows("duplicate", "AT TO IN ON", "SHOW|USE|ADD|DUPLICATE|MAKE REF:clips COPIES:copies ; START:edge END:edge LAST:edge"),
    *_rows("trim", "OF FROM DET IN", "USE|KEEP|SHOW|ONLY FIRST DUR:upto REF:clip ; ONLY", "ONLY FIRST DUR:upto REF:clip ; USE KEEP SHOW"),
    *_lines("add", "ADD|MOVE|USE NEW AFTER REF:after", "ADD|MOVE|USE NEW TO? AFTER REF:after"),
    *_lines("add", "ADD|MOVE|USE NEW BEFORE REF:before", "NEW COMES|BE? BEFORE REF:before"),
    *_lines("add", "NEW COMES|BE? AFTER REF:after"),
    *_lines("add", "ADD|MOVE|USE NEW CLIP? AT|TO|IN* START|FIRST", "NEW COMES|BE|AT|TO* FIRST|START", to=1),
    *_lines("add", "ADD|MOVE|USE NEW CLIP? AT|TO|IN* END|LAST", "NEW COMES|BE|AT|TO* LAST|END"),
    *_rows("unwanted", "FILM IT IN TO OF DET AT ON", "NOT REF:clips ; USE SHOW BE"),
    *_rows("each", "FOR ALL OF IN LONG", "EACH DUR:seconds NEW CLIP", "NEW CLIP EACH DUR:seconds", "TRANSITION CLIP EACH DUR:seconds", "MAKE|SWAP|TRANSITION EACH DUR:seconds", "CLIP|ALL_CLIPS SWAP|TRANSITION EACH DUR:seconds"),
    *_lines("reverse", "REVERSE"),
    *_rows("kept", "DET OF", "REF:clips BE", "REST|NEW BE", "REST|NEW UNCHANGED ; BE"),
]  # fmt: skip

WORDS = [
    *_lines("title", "AT|IN|ON? END OF? FILM|IT? IT|TITLE? SAY|RESAY|ADD|SHOW QUOTE:text", style="end_card"),
    *_lines("title", "AT|IN|ON? START OF? FILM|IT? IT|TITLE? SAY|RESAY|ADD|SHOW QUOTE:text", edge="start"),
    *_lines("title", "IT TO? START|STARTWITH USE|SAY? TITLE? QUOTE:text"),
    *_lines("title", "IT TO? END|ENDWITH USE|SAY? TITLE? QUOTE:text", style="end_card"),
    *_rows("restyle", "DET IT TITLE CAPTION BE IN TO", "MAKE|MOVE|SHOW|USE|ADD SHOWN:which", "SHOWN:which"),
    *_lines("untitle", "REMOVE ALL? DET? TITLE|CAPTION? SHOWN:text"),
    *_lines("retitle", "REPLACE|SWAP|MAKE|RENAME TITLE|CAPTION? SHOWN:which TO|USE|FOR|WITH_PREP|MAKE* QUOTE:text"),
    *_lines("title", "ADD|SHOW|MAKE|USE? DET? NAME QUOTE:text"),
    *_lines("retitle", "IT|TITLE|BE|MAKE|TO|SAY|RESAY* NEW_WORDS:renamed"),
    *_lines("+window", "SHOW|BE|ON* UNTIL DUR|POINT:until", "SHOW|BE|ON* UNTIL AT? POINT|DUR:until"),
    *_lines("+window", "SHOW|BE|ON* UNTIL END OF? FILM?", until="end"),
    *_lines("+window", "COMES|START|ENTER|SHOW|IN* AFTER|FROM|AT|START_AT DUR|POINT:start ON|START?", "SKIP DUR:start"),
    *_lines("+window", "LEAVE|REMOVE|OFF|COMES* AFTER DUR:long", "LEAVE AT DUR|POINT:until"),
    *_lines("+window", "DUR:long AFTER LEAVE|REMOVE"),
    *_lines("retitle", "IT RESAY QUOTE:text", "RESAY QUOTE:text"),
    *_lines("+window", "FROM|START_AT DUR|POINT:start UNTIL|TO END OF? FILM?", until="end"),
    *_lines("+window", "FROM POINT|DUR:start TO|UNTIL POINT|DUR:until"),
    *_rows("title", "MAKE MOVE USE ADD SHOW BE DET ON", "IT LOWER ; DEGREE", down=True),
    *_rows("number", f"{_LITTLE} CLIP ALL_CLIPS EACH SAY CAPTION TITLE SUBTITLE", "NAME OF EACH CLIP ; REF:clips PLACE:position", "NAME EACH CLIP ; PLACE:position", use="file_name"),
]  # fmt: skip

SOUNDS = [
    *_rows("musicset", "MAKE USE IN AT SHOW TO", "MUSIC START|START_AT|COMES|USE AFTER DUR:begin", "START|START_AT|USE MUSIC AFTER DUR:begin", "MUSIC SKIP DUR:begin"),
    *_rows("sound", "USE MAKE DET IT FROM OF", "MUTE REF:clips SOUND ;", volume=0.0),
]  # fmt: skip

ROWS: tuple[Phrase, ...] = tuple(row for part in (CUTS, CLIPS, WORDS, SOUNDS) for row in part)
