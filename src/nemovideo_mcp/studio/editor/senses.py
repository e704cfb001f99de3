"""Words that are one thing here and another there, told by their neighbours before anything is read: "last" lasts or is the last,
"like" is a hedge or a likeness, "second" counts or measures, "keep" shows or spares, "right" is a side or only close.

One pass over the tokens as they were written; each rule looks at a few neighbours, so the time is linear. A rule gives the tokens
that stand in the place of the first so many; nothing when it does not hold.
"""

from collections.abc import Callable, Sequence

from nemovideo_mcp.studio.editor import senses_looks as looks
from nemovideo_mcp.studio.editor import senses_place as place
from nemovideo_mcp.studio.editor import senses_time as time
from nemovideo_mcp.studio.editor.neighbours import Found
from nemovideo_mcp.studio.editor.tokens import Token


def told_apart(tokens: Sequence[Token]) -> list[Token]:
    """The tokens with each of the words above as what it is here."""
    out: list[Token] = []
    at = 0
    while at < len(tokens):
        rule = _RULES.get(tokens[at].kind)
        found = next((found for one in rule if (found := one(tokens, at, out)) is not None), None) if rule else None
        if found is None:
            out.append(tokens[at])
            at += 1
        else:
            out += found[0]
            at += found[1]
    return out


Rule = Callable[[Sequence[Token], int, list[Token]], Found | None]
_RULES: dict[str, tuple[Rule, ...]] = {
    "SHAPE": (place.which_look,),
    "FIRST": (place.which_title,),
    "FOR": (place.during,),
    "AT": (place.during,),
    "LAST": (place.which_title, time.lasts,),
    "SPEED": (looks.speed_up,),
    "AFTER": (place.after_the_last,),
    "AND": (place.all_but,),
    "BE": (place.goes_at,),
    "TKIND": (place.over_one,),
    "QUIETER": (looks.quieter_at_end,),
    "COLOR": (looks.grey,),
    "ADJ": (place.which_look, looks.shade,),
    "DUPLICATE": (looks.no_order,),
    "MANNER": (looks.praise,),
    "PLATFORM": (looks.a_story,),
    "GUARD": (looks.like_kind, place.up_to, looks.soft_something, time.than_now, looks.something_looking, time.something, looks.likeness, time.likened, looks.or_something, place.where_it_is, time.utmost),
    "ONLY": (time.only_matters, time.only_have, time.only_then, looks.instead_just),
    "AS": (time.as_now,),
    "DUR": (time.decade,),
    "INTENSITY": (looks.intense_colors,),
    "SAY": (time.for_example,),
    "POSITION": (place.time_slot, place.position_number,),
    "KEEP": (place.leave_out, time.kept_on),
    "SHOW": (time.kept_on,),
    "STATIC": (looks.still,),
    "ORD": (place.which_title, time.moment_of, time.of_a_second),
    "UNIT": (time.moment_of,),
    "PLACE": (place.not_right, place.close_by, place.higher),
    "MORE": (place.corner, place.higher, time.up_on_screen, place.close_by),
    "LESS": (place.corner, place.higher, place.close_by),
    "START": (place.end_photo,),
    "END": (place.end_photo,),
    "FILTER": (place.which_look, looks.cool_down,),
    "LOOKWORD": (looks.color_word, looks.tone, looks.look_like, looks.color_out),
    "NOT": (place.not_all, looks.no_order, place.whole_heads, looks.not_loud),
    "DET": (looks.reported,),
    "BORDER": (place.bars_at_sides,),
    "DESCENDING": (place.backwards,),
    "UNCHANGED": (time.as_now,),
    "ON": (place.close_by,),
    "IN": (time.deep_in,),
    "TO": (time.until, time.into_the_film),
    "FROM": (place.one_to_the_next,),
    "NUM": (place.frames, place.one_to_the_next, time.more_times, time.size_by, time.one_to_five),
    "SPAN": (place.from_to,),
    "STEP": (place.a_change, time.half_the_time, place.changes),
    "MAKE": (place.a_change, place.changes,),
    "SWAP": (place.a_change, place.changes,),
    "MOVE": (looks.bring, place.from_side, place.changes),
    "TRIMWORD": (place.changes,),
    "CUT": (place.changes,),
    "UNKNOWN": (looks.reported, time.seconds_from, looks.slip, place.changes, place.close_by, time.up_on_screen, looks.fine, place.end_photo, looks.rise),
    "POLITE": (place.at_once, looks.so_it_says, place.next_one, place.just_want, looks.instead_just, looks.so_much, place.there, looks.so_that, place.close_by, time.up_on_screen),
    "NOISE": (place.some_of, place.at_once, looks.completely, looks.instead_just, looks.so_much, looks.so_that, time.only_then, time.up_on_screen),
    "COMES": (place.goes_at, looks.so_that,),
    "SKIP": (time.skipped,),
    "RESAY": (looks.to_read,),
    "REMOVE": (place.drop_the_rest, place.dropped),
    "ANIM": (looks.rise,),
    "DEGREE": (looks.so_much, place.close_by),
    "OUT": (time.up_on_screen,),
    "USE": (time.until,),
}  # fmt: skip
"""The rules of each kind of token, in the order in which they are tried."""
