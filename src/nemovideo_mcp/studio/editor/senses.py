"""Words that are one thing here and another there, told by their neighbours before anything is read: "last" lasts or is the last,
"like" is a hedge or a likeness, "second" counts or measures, "keep" shows or spares, "right" is a side or only close.

One pass over the tokens as they were written; each rule looks at a few neighbours, so the time is linear. A rule gives the tokens
that stand in the place of the first so many; nothing when it does not hold.
"""

from collections.abc import Sequence

from nemovideo_mcp.studio.editor import senses_looks as looks
from nemovideo_mcp.studio.editor import senses_place as place
from nemovideo_mcp.studio.editor import senses_talk as talk
from nemovideo_mcp.studio.editor import senses_time as time
from nemovideo_mcp.studio.editor import senses_which as which
from nemovideo_mcp.studio.editor.neighbours import Rule, rewritten
from nemovideo_mcp.studio.editor.tokens import Token


def told_apart(tokens: Sequence[Token]) -> list[Token]:
    """The tokens with each of the words above as what it is here."""
    return rewritten(tokens, _RULES)


_RULES: dict[str, tuple[Rule, ...]] = {
    "SHAPE": (which.which_look,),
    "FIRST": (which.which_title,),
    "FOR": (which.during,),
    "AT": (which.during,),
    "CLIP": (place.slide_them,),
    "LONG": (talk.cut_short,),
    "RELATIVE": (talk.cut_short,),
    "LAST": (which.which_title, time.lasts,),
    "SPEED": (looks.speed_up,),
    "AFTER": (place.after_the_last,),
    "AND": (which.all_but,),
    "BE": (place.goes_at,),
    "TKIND": (place.over_one,),
    "QUIETER": (looks.quieter_at_end,),
    "COLOR": (looks.grey,),
    "ADJ": (which.which_look, looks.shade,),
    "DUPLICATE": (talk.no_order,),
    "MANNER": (talk.praise,),
    "PLATFORM": (talk.cut_short, talk.a_story,),
    "GUARD": (place.from_below, talk.like_kind, place.up_to, talk.soft_something, time.than_now, talk.something_looking, time.something, talk.likeness, time.likened, talk.or_something, place.where_it_is, time.utmost),
    "ONLY": (time.only_matters, time.only_have, time.only_then, talk.instead_just),
    "AS": (time.as_now,),
    "DUR": (time.decade,),
    "INTENSITY": (looks.intense_colors,),
    "SAY": (time.for_example,),
    "POSITION": (which.time_slot, which.position_number,),
    "KEEP": (which.leave_out, time.kept_on),
    "SHOW": (time.kept_on,),
    "STATIC": (looks.still,),
    "ORD": (which.which_title, time.moment_of, time.of_a_second),
    "UNIT": (time.moment_of,),
    "PLACE": (place.not_right, place.close_by, place.higher),
    "MORE": (place.corner, place.higher, time.up_on_screen, place.close_by),
    "LESS": (place.corner, place.higher, place.close_by),
    "START": (which.end_photo,),
    "END": (which.end_photo,),
    "FILTER": (which.which_look, looks.cool_down,),
    "LOOKWORD": (looks.color_word, looks.tone, looks.look_like, looks.color_out),
    "NOT": (which.not_all, talk.no_order, which.whole_heads, looks.not_loud),
    "DET": (talk.reported,),
    "BORDER": (place.bars_at_sides,),
    "DESCENDING": (place.backwards,),
    "UNCHANGED": (time.as_now,),
    "ON": (place.close_by,),
    "IN": (time.deep_in,),
    "TO": (time.until, time.into_the_film),
    "FROM": (place.panned_from, place.one_to_the_next,),
    "NUM": (place.frames, place.one_to_the_next, time.more_times, time.size_by, time.one_to_five),
    "SPAN": (place.from_to,),
    "STEP": (place.a_change, time.half_the_time, place.changes),
    "MAKE": (place.a_change, place.changes,),
    "SWAP": (place.a_change, place.changes,),
    "MOVE": (looks.bring, place.from_side, place.changes),
    "TRIMWORD": (place.changes,),
    "CUT": (place.changes,),
    "UNKNOWN": (talk.cut_short, place.from_below, talk.reported, time.seconds_from, talk.slip, place.changes, place.close_by, time.up_on_screen, looks.fine, which.end_photo, looks.rise),
    "POLITE": (place.at_once, talk.so_it_says, place.next_one, which.just_want, talk.instead_just, looks.so_much, place.there, talk.so_that, place.close_by, time.up_on_screen),
    "NOISE": (which.some_of, place.at_once, talk.completely, talk.instead_just, looks.so_much, talk.so_that, time.only_then, time.up_on_screen),
    "COMES": (place.goes_at, talk.so_that,),
    "SKIP": (time.skipped,),
    "RESAY": (talk.to_read,),
    "REMOVE": (which.drop_the_rest, which.dropped),
    "ANIM": (looks.rise,),
    "DEGREE": (looks.so_much, place.close_by),
    "OUT": (time.up_on_screen,),
    "USE": (time.until,),
}  # fmt: skip
"""The rules of each kind of token, in the order in which they are tried."""
