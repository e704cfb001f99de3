"""Which asks are carried out: contradictions settled, wishes about the frame put together, and the order of work."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import combinations, pairwise
from typing import Any

from nemovideo_mcp.studio.editor import circumstances_zh
from nemovideo_mcp.studio.editor.asks import BLOCKING, REFUSED, Ask, Reading
from nemovideo_mcp.studio.editor.builders import BUILDERS
from nemovideo_mcp.studio.editor.explained import explained
from nemovideo_mcp.studio.editor.remains import circumstances, held, left_texts, seeming
from nemovideo_mcp.studio.editor.selections import Rule, has_rule
from nemovideo_mcp.studio.editor.titles import timed
from nemovideo_mcp.studio.editor.troubles import Trouble, plainer

_FRAME = ("ratio", "platform", "resolution", "size", "fps")


def choose(readings: list[Reading], text: str) -> tuple[list[Ask], list[Trouble], set[int]]:
    """The asks to carry out in the order of the instruction, the troubles, and the clauses that ask for a film at all."""
    asks: list[Ask] = []
    troubles: list[Trouble] = []
    wishes: set[int] = set()
    _spared(readings)
    seems = seeming(readings)
    _shared(readings)
    _scoped(readings)
    _same_cuts(readings)
    _left_over(readings)
    explained(readings)
    for number, reading in enumerate(readings):
        good, bad = _of_clause(readings, number, text)
        bad = [plainer(trouble, reading) for trouble in bad]
        if reading.passing:
            good, bad = [], [Trouble(number, reading.text, "unknown", "reason" if reading.reason else "", passing=True)]
        if good and number and reading.clause.joined and _in_turns(readings[number - 1]):
            bad.append(Trouble(number, reading.text, "guarded", readings[number - 1].text, _topic(reading)))
            good = []
        if good and number + 1 < len(readings) and _exception(readings[number + 1]):
            bad.append(Trouble(number, reading.text, "guarded", readings[number + 1].text, _topic(reading)))
            good = []
        asks += [ask for ask in good if ask.topic in BUILDERS]
        troubles += bad
        some = any(reading.clause.tokens[at].kind == "REF" for at in reading.left)
        if reading.film and not reading.blocked and not some:
            wishes.add(number)
    read = {ask.clause for ask in asks}
    asks, contradictions = _settled(_remedied(asks, readings), readings)
    wishes -= {trouble.clause for trouble in contradictions}
    asks = _timed_last(_one_number(_one_sort(_one_music(_one_frame(asks)))))
    plain = {number for number in wishes if not readings[number].left}
    told = circumstances(readings, read | plain)
    noted = [Trouble(number, readings[number].raw, "unknown", passing=True) for number in sorted(told | seems)]
    troubles = [_topical(trouble) for trouble in troubles if trouble.clause not in told]
    return asks, [*noted, *troubles, *contradictions], wishes


_FAMILY = {
    **dict.fromkeys(("total", "each", "slice", "length", "relative", "speed", "shave"), "pace"),
    **dict.fromkeys(("music", "volume", "unmusic", "no_music", "musicset"), "sound"),
    **dict.fromkeys(("title", "retitle", "restyle", "untitle", "no_title"), "words"),
}
_THINNING = ("remove", "keep", "replace", "trim")


def _topical(trouble: Trouble) -> Trouble:
    """``甲方要1080x1350``: who wishes it is noted."""
    named = trouble.key == "part" and circumstances_zh.topical(trouble.text)
    return replace(trouble, passing=True) if named else trouble


_REACH = 40
"""Wishes on either side that one is held against, so that the work stays linear."""


def _remedied(asks: list[Ask], readings: list[Reading]) -> list[Ask]:
    """``it's too dark, make it brighter``, ``too long, remove the last two``: a complaint beside its remedy is the reason for it."""
    return [
        ask
        for at, ask in enumerate(asks)
        if not any(
            (ask.complains and _remedy(ask, other, readings))
            or _exactly(ask, other)
            or _said_twice(ask, other)
            or _one_fit(ask, other, readings)
            for other in asks[max(0, at - _REACH) : at + _REACH]
        )
    ]


def _said_twice(ask: Ask, other: Ask) -> bool:
    """``keep 1 and 3, delete the rest``; ``fill the screen, no black bars``; ``nothing cropped, white background``: one of
    the two says it all."""
    gone = ("remove", "unwanted")
    if ask.topic == "remove" and other.topic in gone and other is not ask and other.clause < ask.clause:
        return not ask.then and bool(ask.slots["clips"] == other.slots["clips"])  # "i don't need photo 2, delete it"
    if ask.topic in gone and other.topic == "keep":
        return bool(ask.slots["clips"] == (Rule("except", others=other.slots["clips"]),))
    elsewhere = "clips" in other.slots and other.slots["clips"] != ask.slots.get("clips")
    if ask.topic != "fit" or other.topic != "fit" or other is ask or elsewhere:
        return False
    colored = "background" in other.slots and "background" not in ask.slots and "clips" not in ask.slots
    whole = "whole" in ask.slots and other.slots.get("fit") in ("blur", "contain") and "whole" not in other.slots
    later = not other.slots.get("weak") or (other.clause, other.first) > (ask.clause, ask.first)
    return (
        (bool(ask.slots.get("weak")) and later)
        or (whole and later)
        or (colored and ask.slots.get("fit") in ("blur", "contain"))
    )


def _one_fit(ask: Ask, other: Ask, readings: list[Reading]) -> bool:
    """``no cropping on photo 4, I'd rather have black bars there``: how it is shown whole is said by the second."""
    whole = any(token.kind in ("CONTAIN", "CROP") for token in readings[ask.clause].clause.tokens)
    later = ask.topic == other.topic == "fit" and other.clause - ask.clause == 1 and ask.slots.get("fit") == "blur"
    return (
        later and whole and ask.slots.get("clips") == other.slots.get("clips") and other.slots.get("fit") == "contain"
    )


def _only_vivid(ask: Ask) -> bool:
    """``make the colours more vibrant``."""
    more = any(part.kind == "MORE" for part in ask.slots["parts"])
    return more and [part.value for part in ask.slots["parts"] if part.kind == "FILTER"] == ["vivid"]


def _exactly(ask: Ask, other: Ask) -> bool:
    """``a bit shorter, 15 seconds``: the second says how much."""
    by = other.topic in (*_THINNING, "shave") and other.clause == ask.clause and other.first > ask.first
    vague = ask.topic == "relative" and not ask.slots.keys() & {"delta", "by", "times", "half", "share"}
    if vague and by:
        return True  # "shorter by removing photo 4"
    if ask.topic == other.topic == "look" and other.clause == ask.clause + 1 and _only_vivid(ask):
        return _graded(other) == {"saturation"} and ask.slots.get("clips") == other.slots.get("clips")
    precise = other.topic == "relative" and bool(other.slots.keys() & {"delta", "by", "times", "half", "share"})
    exact = ("length",) if "clips" in ask.slots else ("total", "each", "slice")
    later = (ask.clause, ask.first) < (other.clause, other.first) and other.clause - ask.clause <= 1
    same = later and (other.topic in exact or precise)
    return vague and same and ask.slots.get("clips") == other.slots.get("clips")


_APART = 3
"""Parts between a complaint about a clip and its remedy at most."""


def _remedy(complaint: Ask, other: Ask, readings: list[Reading]) -> bool:
    if other.complains or abs(other.clause - complaint.clause) > _APART or other is complaint:
        return False
    mine, clips = complaint.slots.get("clips"), other.slots.get("clips", other.slots.get("clip"))
    if abs(other.clause - complaint.clause) > 1 and (mine is None or mine != clips):
        return False
    tokens = readings[complaint.clause].clause.tokens
    film = any(token.kind in ("FILM", "ALL_CLIPS", "CLIP", "EVERYTHING") for token in tokens)
    if other.topic in _THINNING:
        return clips == mine if mine else not film or _FAMILY.get(complaint.topic) == "pace"
    if (mine and clips and mine != clips) or (clips and film):
        return False
    family = _FAMILY.get(complaint.topic)
    if complaint.topic == other.topic == "transition":
        return True  # 转场太快了，慢一点
    if complaint.topic == "look" and other.topic == "look":
        wanted = _graded(complaint)
        return bool(wanted) and wanted <= _graded(other)
    if family == "pace" and other.topic == "transition":
        return not film and bool(other.slots.keys() & {"rel", "pace", "seconds"})
    return family is not None and family == _FAMILY.get(other.topic)


def _graded(ask: Ask) -> set[str]:
    """The properties of the picture that an ask speaks of."""
    return {
        part.value if part.kind == "PROP" else part.value[0]
        for part in ask.slots["parts"]
        if part.kind in ("ADJ", "PROP")
    }


def _in_turns(reading: Reading) -> bool:
    """``alternate zoom in and zoom out``: what is joined to turns that are not understood is one of them."""
    return any(reading.clause.tokens[at].kind == "EVERY_OTHER" for at in reading.left)


_SPARING = ("look", "unlook", "motion", "fit", "relative", "number")


def _spared(readings: list[Reading]) -> None:
    """``black and white but leave photo 2 alone``, ``黑白，但第二张不要``: what is left as it is, is left out of what was said
    of all before. Where that cannot be, neither is done."""
    for number, reading in enumerate(readings[1:], 1):
        for kept in reading.asks:
            if not _sparing(kept, reading):
                continue
            before = [ask for ask in readings[number - 1].asks if "clips" not in ask.slots]
            clips = kept.slots["clips"]
            kept.topic = "kept"
            if all(ask.topic in _SPARING for ask in before):
                for ask in before:
                    ask.slots["clips"] = (Rule("except", others=clips),)
            else:
                reading.held_back = readings[number - 1].held_back = True


_OF_A_CLIP = ("look", "unlook", "motion", "fit", "length", "speed")
_ALL_OF_THEM = ("ALL_CLIPS", "ALL", "EACH", "EVERYTHING", "FILM", "REST")


def _scoped(readings: list[Reading]) -> None:
    """``set photo 1 to 5 seconds with a slow zoom in``: what a clause says of a clip, all of it is said of."""
    for reading in readings:
        mine = [ask for ask in reading.asks if ask.topic in _OF_A_CLIP]
        named = [ask.slots["clips"] for ask in mine if "clips" in ask.slots]
        refs = [t for t in reading.clause.tokens if t.kind == "REF"]
        wide = any(t.kind in _ALL_OF_THEM for t in reading.clause.tokens)
        if len(refs) != 1 or len(set(map(str, named))) != 1 or wide:
            continue
        for ask in mine:
            ask.slots.setdefault("clips", named[0])


def _same_cuts(readings: list[Reading]) -> None:
    """``a different transition between images 2 and 3: a wipe``: the second says which one."""
    asks = [(reading, ask) for reading in readings for ask in reading.asks if ask.topic == "transition"]
    for (first, open_ask), (_, ask) in pairwise(asks):
        which = open_ask.slots.get("kind") in (None, "varied") and "kind" in ask.slots and "cuts" not in ask.slots
        if which and "cuts" in open_ask.slots and ask.clause - open_ask.clause <= 1:
            ask.slots["cuts"] = open_ask.slots["cuts"]
            first.asks.remove(open_ask)


def _shared(readings: list[Reading]) -> None:
    """``increase the saturation by 25% and sharpen by 20% on images 2 to 4``: the clips at the end are those of both."""
    for before, reading in pairwise(readings):
        looks = [ask for ask in (*before.asks, *reading.asks) if ask.topic == "look"]
        if not reading.clause.joined or len(looks) != 2 or len(before.asks) != 1 or len(reading.asks) != 1:
            continue
        tokens = reading.clause.tokens
        behind = len(tokens) > 2 and tokens[-1].kind == "REF" and tokens[-2].kind in ("ON", "FOR", "IN", "OF", "TO")
        if behind and "clips" not in looks[0].slots and looks[1].slots.get("clips") == tokens[-1].value:
            looks[0].slots["clips"] = tokens[-1].value


def _is_removal(said: str) -> bool:
    """``I don't want it``, ``that one can't stay``: a clip goes; ``but not photo 2`` spares it."""
    return (
        "want" in said
        or "need" in said
        or "belong" in said
        or said in ("can't", "cannot", "shouldn't", "should not", "isn't", "mustn't", "can not")
    )


def _left_over(readings: list[Reading]) -> None:
    """``…保留，其余删除``: the rest of what was not understood is not taken away."""
    for before, reading in pairwise(readings):
        gone = any(ask.topic == "remove" and has_rule(ask.slots["clips"]) for ask in reading.asks)
        if gone and before.blocked and before.clause.sentence == reading.clause.sentence:
            reading.held_back = True


def _sparing(ask: Ask, reading: Reading) -> bool:
    clips = ask.slots.get("clips")
    if not clips or not all(isinstance(clip, int) for clip in clips):
        return False
    if any(token.kind == "NOT" and _is_removal(token.text.lower()) for token in reading.clause.tokens):
        return ask.topic == "kept"  # "photo 3 is blurry, I don't want it"
    shown = any(token.kind in ("SHOW", "USE", "ADD") for token in reading.clause.tokens)
    return ask.topic == "kept" or (ask.topic == "unwanted" and (reading.clause.but or not shown))


def _exception(reading: Reading) -> bool:
    """``but not the dog``, ``but leave photo 3 alone``: an exception that is not understood holds back what it is made from."""
    kept = any(ask.topic == "kept" for ask in reading.asks)
    but = reading.clause.but or any(t.kind == "EXCEPT" for t in reading.clause.tokens)
    spared = any(t.kind in ("NOT", "KEEP", "ONLY", "EXCEPT") for t in reading.clause.tokens)
    named = any(t.kind in ("REF", "EXCEPT") for t in reading.clause.tokens)
    done = any(ask.topic in BUILDERS and held(reading, ask) for ask in reading.asks) and not reading.blocked
    return but and spared and named and not kept and not done


def _of_clause(readings: list[Reading], number: int, text: str) -> tuple[list[Ask], list[Trouble]]:
    reading = readings[number]
    left = left_texts(reading, text)
    blocked = reading.blocked
    if blocked:
        tokens = reading.clause.tokens
        words = [tokens[i].text for i in reading.left if tokens[i].kind in BLOCKING]
        words = words or [token.text for token in tokens if token.kind == "REF"]
        topic = "export" if blocked == "export" else _topic(reading)
        held_up = [at for ask in reading.asks for at in ask.slots.get("elsewhere", ())]
        more = [Trouble(at, readings[at].text, "of_it", reading.text) for at in held_up]
        return [], [Trouble(number, reading.text, blocked, ", ".join(words[:3]), topic), *more]
    refused = [ask for ask in reading.asks if ask.topic in REFUSED]
    others = [ask for ask in reading.asks if ask.topic not in REFUSED]
    good = [ask for ask in others if held(reading, ask)]
    troubles: list[Trouble] = []
    for ask in others:
        if ask not in good:  # what other parts say of it is not done either
            troubles += [Trouble(at, readings[at].text, "of_it", reading.text) for at in ask.slots.get("elsewhere", ())]
    troubles += [Trouble(number, part.text, "genre") for ask in good for part in ask.slots.get("genre", ())]
    useful = [ask for ask in good if ask.topic in BUILDERS or ask.topic in ("wish", "format", "described", "kept")]
    if refused:
        whole = not useful
        for ask in refused[:1] if whole else refused:
            token = reading.clause.tokens
            said = reading.text if whole else text[token[ask.first].start : token[-1 if left else ask.last - 1].end]
            troubles.append(Trouble(number, said.strip(), ask.topic, topic=_instead(ask.topic)))
        if len(good) < len(others) and not whole:
            troubles.append(Trouble(number, reading.text, "beside", left[0] if left else "", _topic(reading)))
        return good, troubles
    if len(good) < len(others):
        tokens, dropped = reading.clause.tokens, min(ask.first for ask in others if ask not in good)
        behind = bool(useful) and all(ask.last <= dropped for ask in good)
        said = text[tokens[dropped].start : tokens[-1].end].strip() if behind else reading.text
        troubles.append(Trouble(number, said, "beside", left[0] if left else "", _topic(reading)))
    elif left:
        alone = not useful and not reading.film
        troubles += [Trouble(number, reading.text, "unknown", topic=_topic(reading))] if alone else []
        troubles += [] if alone else [Trouble(number, piece, "part") for piece in left]
    return good, troubles


def _topic(reading: Reading) -> str | None:
    for ask in reading.asks:
        if ask.topic in BUILDERS:
            return ask.topic
    return None


def _instead(topic: str) -> str | None:
    return {"export": "export", "unreverse": "reverse"}.get(topic)


def keys(ask: Ask) -> list[tuple[str, Any]]:
    """What an ask sets: a name for the thing, and the value. Two asks that set one thing differently contradict."""
    slots = ask.slots
    match ask.topic:
        case "total":
            return [("total", slots["seconds"])]
        case "each" | "slice":
            return [("each", slots["seconds"])]
        case "length":
            return [(f"length {clip}", slots["seconds"]) for clip in slots["clips"]]
        case "transition":
            return [(f"transition {slots.get('cuts')}", (slots.get("kind"), slots.get("seconds"), slots.get("smooth")))]
        case "canvas":
            return [(key, slots[key]) for key in _FRAME if key in slots]
        case "motion" | "fit":
            value = (
                slots.get("motion")
                or slots.get("fit")
                or slots.get("pan")
                or slots.get("focus")
                or slots.get("background")
            )
            what = "focus" if "focus" in slots and "fit" not in slots else ask.topic
            return [(f"{what} {clip}", value) for clip in slots.get("clips", ("all",))]
        case "music" | "volume" | "unmusic" | "no_music":
            gone = ask.topic in ("unmusic", "no_music")
            said = [("volume", slots.get("volume", slots.get("level")))] if {"volume", "level"} & slots.keys() else []
            return [("music", "none" if gone else "some"), *said]
        case "overlay" if "position" in slots:
            return [(f"overlay {slots.get('media')}", slots["position"])]
        case "title" | "no_title":
            return [("titles", "none" if ask.topic == "no_title" else "some")]
        case "look":
            filters = [part.value for part in slots["parts"] if part.kind == "FILTER"]
            return [(f"filter {clip}", value) for value in filters for clip in slots.get("clips", ("all",))]
        case "template":
            return [("template", slots["manner"]["template"])]
        case "relative" if "rel" in slots and not slots.keys() & {"delta", "by"}:
            what, factor = slots["rel"]
            return [(f"{what} {clip}", factor > 1) for clip in slots.get("clips", ("all",))]
        case "recall":
            return [("recall", slots["to"])]
        case "reverse" | "shuffle":
            return [(ask.topic, slots.get("seed"))]
    return []


def _settled(asks: list[Ask], readings: list[Reading]) -> tuple[list[Ask], list[Trouble]]:
    """Without the asks that a later one corrects, that repeat another, or that contradict one another."""
    last: dict[str, tuple[Any, Ask]] = {}
    gone: set[int] = set()
    clash: dict[int, Ask] = {}
    lengths = [ask for ask in asks if ask.topic in ("total", "each", "slice")]
    for old, new in combinations(lengths, 2):
        # "30 seconds long. No, 5 seconds per photo": the film's length and the photos' set one thing.
        if (old.topic == "total") != (new.topic == "total") and _corrected(readings, old.clause, new.clause):
            gone.add(id(old))
    for ask in asks:
        for key, value in keys(ask):
            if key in last and last[key][1] is not ask:
                old_value, old = last[key]
                if old_value == value:
                    if ask.topic not in ("title", "music", "volume", "canvas") and len(keys(ask)) == 1:
                        gone.add(id(ask))
                elif _corrected(readings, old.clause, ask.clause) or (old.topic, ask.topic) == ("unmusic", "music"):
                    gone.add(id(old))  # "take out the song and use something calm": instead of it
                elif not _refines(key, old_value, value):
                    clash[id(old)], clash[id(ask)] = ask, old
            last[key] = (value, ask)
    kept = [ask for ask in asks if id(ask) not in gone and (id(ask) not in clash or id(clash[id(ask)]) in gone)]
    troubles = [
        Trouble(ask.clause, readings[ask.clause].text, "contradictory", f'"{readings[other.clause].text}"', ask.topic)
        for ask in asks
        if id(ask) not in gone and (other := clash.get(id(ask))) is not None and id(other) not in gone
    ]
    return kept, troubles


def _corrected(readings: list[Reading], first: int, second: int) -> bool:
    return any(reading.clause.corrects for reading in readings[first + 1 : second + 1])


def _refines(key: str, old: Any, new: Any) -> bool:
    """``smooth transitions, crossfades of 1 s``: the second says more of the same."""
    same = key.startswith("transition") and (old[0] == new[0] or None in (old[0], new[0]))
    return same and (old[1] is None or new[1] is None)


def _one_frame(asks: list[Ask]) -> list[Ask]:
    """Everything that was said about the frame as one ask, where the first of it was said."""
    frames = [ask for ask in asks if ask.topic == "canvas"]
    for ask in frames[1:]:
        frames[0].slots |= {key: value for key, value in ask.slots.items() if key not in frames[0].slots}
        frames[0].slots.setdefault("clauses", []).append(ask.clause)
    return [ask for ask in asks if ask.topic != "canvas" or ask is frames[0]]


def _one_music(asks: list[Ask]) -> list[Ask]:
    """``add music, volume 30%``: the volume belongs to the music that is added."""
    music = [ask for ask in asks if ask.topic == "music"]
    if len(music) != 1:
        return asks
    kept = []
    for ask in asks:
        values = {k: v for k, v in ask.slots.items() if k != "added"}
        if {"volume", "level"} & values.keys():
            values.pop("louder", None)  # "very quiet please, like 15%"
        if ask.topic == "volume" and "louder" not in values and not values.keys() & music[0].slots.keys():
            music[0].slots |= values
            music[0].slots.setdefault("clauses", []).append(ask.clause)
        else:
            kept.append(ask)
    return kept


def _one_sort(asks: list[Ask]) -> list[Ask]:
    """``sort by date, newest first``: the second says more of the first."""
    last = {ask.slots["by"]: ask for ask in asks if ask.topic == "sort"}
    return [ask for ask in asks if ask.topic != "sort" or ask is last[ask.slots["by"]]]


def _one_number(asks: list[Ask]) -> list[Ask]:
    """``number the photos and put the numbers at the top``: the second says more of the first."""
    kept: list[Ask] = []
    for ask in asks:
        same = (a for a in kept if ask.topic == a.topic == "number" and ask.slots["use"] == a.slots["use"])
        first = next(same, None)
        if first is not None and "clips" not in ask.slots:
            first.slots |= {key: value for key, value in ask.slots.items() if key != "added"}
            first.slots.setdefault("clauses", []).append(ask.clause)
        else:
            kept.append(ask)
    return kept


def _timed_last(asks: list[Ask]) -> list[Ask]:
    """The time of an overlay as an ask of its own: it counts in a film that has its length."""
    late = [replace(ask, topic="overlay_timed") for ask in asks if ask.topic == "overlay" and timed(ask.slots)]
    return [*asks, *late]


def staged(asks: Iterable[Ask]) -> list[Ask]:
    """In the order of work; within a stage as they were said."""
    return sorted(asks, key=lambda ask: BUILDERS[ask.topic][0])
