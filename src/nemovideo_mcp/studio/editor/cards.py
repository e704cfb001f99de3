"""Asks → typed operations about cards: title cards, end cards, chapter cards."""

from collections.abc import Sequence
from typing import Any

from nemovideo_mcp.studio.editor.asks import Ask
from nemovideo_mcp.studio.editor.scene import Builder, Refused, Scene
from nemovideo_mcp.studio.editor.tokens import Token
from nemovideo_mcp.timeline.cards import cards, words_of
from nemovideo_mcp.timeline.operations import BaseOperation, RemoveCards, RemoveTexts, SetCard, SetText
from nemovideo_mcp.timeline.operations.cards import pick_cards

_CREATING = ("create", "generate", "build", "produce", "做", "做一个", "做个", "来一个", "制作", "生成")
"""Verbs of making that ask for something new; "make the end card say …" speaks of one that is there."""
_GROUND = ("BACKGROUND", "BOX", "CARD")
_LETTERS = ("TITLE", "FONTWORD")
_LINKS = ("IN", "BE", "LOOKWORD", "MAKE", "USE", "ON")
_PUTS = ("put", "place", "stick", "放", "放上")
"""Verbs of adding that also move what is there."""
_BLANK = ("blank", "#000000", "#ffffff")


def _card(ask: Ask, scene: Scene) -> list[BaseOperation]:
    parts: list[Token] = [*ask.slots["parts"]]
    card = next(part for part in parts if part.kind == "CARD")
    quotes = [part.value for part in parts if part.kind == "QUOTE"]
    given = _look(parts, bool(quotes))
    if quotes:
        given["text"] = "\n".join(quotes)
    for part in parts:
        if part.kind == "DUR":
            given["seconds"] = part.value
        elif part.kind == "FONT":
            given["font"] = part.value
    place = _place(parts, card, scene)
    _all_read(parts, given)
    if _pictured(parts):
        given["photo"] = _behind(parts, card, place, scene)
    adding = ("ADD", "STARTWITH", "ENDWITH", *(("SHOW",) if quotes else ()))
    adds = any(
        (p.kind in adding and (bool(quotes) or p.text.lower() not in _PUTS)) or p.text.lower() in _CREATING
        for p in parts
    )
    moves = any(p.kind == "MOVE" or p.text.lower() in _PUTS for p in parts)
    blank = card.value in _BLANK or any(part.kind == "BLANK" for part in parts)
    there = [] if adds or card.value in _BLANK else _meant(card.value, scene, None if moves else place)
    if "bigger" in ask.slots:
        return _sized(ask, there, scene)
    if there:
        moved = {"after": place} if moves and place is not None else {}
        if "rel" in ask.slots:
            return [SetCard(card=number, seconds=_longer(ask, number, scene)) for number in there]
        if not {**given, **moved}:
            raise Refused("how_much")
        return [SetCard(card=number, **given, **moved) for number in there]
    if not adds and "text" not in given and not blank:
        raise Refused("no_card")
    if "text" not in given and not blank:
        raise Refused("no_words")
    if card.value in _BLANK[1:]:
        given.setdefault("background", card.value)
    return [SetCard(after=_default(card.value) if place is None else place, **given)]


def _meant(value: Any, scene: Scene, place: int | None = None) -> list[int]:
    """The numbers of the cards that are there and meant; ``place`` is the number of the clip before it ("the card after photo 3")."""
    there = cards(scene.film)
    count, last = len(there), len(scene.film.clips) - 1
    if isinstance(value, tuple) and value[0] == "says":
        words = [words_of(scene.film, scene.film.clips[index]) for index in there]
        return [n for n, text in enumerate(words, 1) if text is not None and text.text.startswith(value[1])][-1:]
    if isinstance(value, tuple) and value[0] == "count":
        if value[1] != count:
            raise Refused("which_card" if count else "no_card")
        return list(range(1, count + 1))
    if isinstance(value, tuple):
        return list(value)
    if value == "all":
        return list(range(1, count + 1))
    if value == "start":
        return [1] if there and there[0] == 0 else []
    if value == "end":
        return [count] if there and there[-1] == last else []
    if count > 1 and place is not None:
        numbers = [sum(i < at for i in scene.film.numbered()) for at in there]
        wanted = len(scene.film.numbered()) if place == -1 else place
        return [n for n, follows in enumerate(numbers, 1) if follows == wanted]
    if count > 1:
        raise Refused("which_card")
    return [1] if count else []


def _default(value: Any) -> int:
    return -1 if value == "end" or value == (-1,) else 0


def _place(parts: Sequence[Token], card: Token, scene: Scene) -> int | None:
    """The number of the clip that the card follows: 0 the start, -1 the end; None: it was not said."""
    for at, part in enumerate(parts):
        before = parts[at - 1].kind if at else ""
        after = parts[at + 1].kind if at + 1 < len(parts) else ""
        if part.kind == "CUTS":
            return min(scene.numbers(part.value))
        if part.kind == "REF" and "AFTER" in (before, after):
            return scene.one(part.value)
        if part.kind == "REF" and "BEFORE" in (before, after):
            return scene.one(part.value) - 1
    if any(part.kind in ("START", "STARTWITH", "FIRST") for part in parts):
        return 0
    return -1 if any(part.kind in ("END", "ENDWITH", "LAST") for part in parts) else None


def _pictured(parts: Sequence[Token]) -> bool:
    """Whether a photo is to be behind the words: a blurred one, or one that is spoken of as the background."""
    blurred = any(part.kind == "BLUR" or (part.kind == "ADJ" and part.value[0] == "blur") for part in parts)
    return blurred or (_behind_words(parts) is not None and any(part.kind == "BACKGROUND" for part in parts))


def _behind_words(parts: Sequence[Token]) -> Token | None:
    """The photo that is named and is no place."""
    for at, part in enumerate(parts):
        beside = {parts[i].kind for i in (at - 1, at + 1) if 0 <= i < len(parts)}
        if part.kind == "REF" and not beside & {"AFTER", "BEFORE"}:
            return part
    return None


_SHADES = ("dark", "light", "bright", "暗", "亮", "明亮")


def _all_read(parts: Sequence[Token], given: dict[str, Any]) -> None:
    """
    Raises:
        Refused: there is something among the parts that a card cannot have, and that must not be dropped without a word.
    """
    count = {kind: sum(part.kind == kind for part in parts) for kind in ("DUR", "REF", "FONT", "CARD", "BIGGER")}
    looks = [part for part in parts if part.kind == "ADJ" and part.value[0] != "blur"]
    boxed = any(part.kind == "BOX" for part in parts) and "background" not in given
    if count["DUR"] > 1 or count["REF"] > 2 or count["FONT"] > 1 or count["CARD"] > 1 or boxed:
        raise Refused("unknown")
    if any(part.value[0] != "brightness" or part.text.lower() not in _SHADES for part in looks):
        raise Refused("unknown")
    if _behind_words(parts) is not None and not _pictured(parts):
        raise Refused("unknown")  # "title card 'X' on photo 2": over it, or behind it?


def _behind(parts: Sequence[Token], card: Token, place: int | None, scene: Scene) -> int:
    """The number of the photo that is blurred behind the words: the one that is named, or the one beside the card."""
    if (photo := _behind_words(parts)) is not None:
        return scene.one(photo.value)
    at = _default(card.value) if place is None else place
    return at if at > 0 else 1 if at == 0 else len(scene.film.numbered())


def _look(parts: list[Token], worded: bool) -> dict[str, Any]:
    """The colours: each belongs to the ground or to the letters, by the word before it that has none yet, or the one behind."""
    found: dict[str, Any] = {}
    loose: list[str] = []
    graded = any(part.kind == "GRADIENT" for part in parts)
    taken: set[int] = set()
    for at, part in enumerate(parts):
        if part.kind == "ADJ" and part.value[0] == "brightness":
            found.setdefault("background", "#000000" if part.value[1] < 0 else "#ffffff")
        if part.kind != "COLOR":
            continue
        if at and parts[at - 1].kind == "GRADIENT":
            loose.append(part.value)
            continue
        noun = at - 1
        while noun > 0 and parts[noun].kind in _LINKS:
            noun -= 1
        if noun < 0 or noun in taken or parts[noun].kind not in ("BACKGROUND", "BOX", *_LETTERS):
            behind = at + 1 < len(parts) and parts[at + 1].kind in (*_GROUND, *_LETTERS)
            noun = at + 1 if behind else max(0, noun)
        kind = "" if noun in taken or parts[noun].value in _BLANK else parts[noun].kind
        taken.add(noun)
        if kind in _GROUND:
            found["background"] = part.value
        elif kind in _LETTERS:
            found["color"] = part.value
        elif graded:
            loose.append(part.value)
        elif worded and at and parts[at - 1].kind == "IN":
            found["color"] = part.value
        else:
            found["background"] = part.value
    if len(loose) > 2 or (graded and not loose):
        raise Refused("gradient")
    if loose:
        found["gradient"] = loose[-1]
        if len(loose) > 1:
            found["background"] = loose[0]
    return found


def _longer(ask: Ask, number: int, scene: Scene) -> float:
    """``make the title card a bit longer``: its seconds."""
    clip = scene.film.clips[pick_cards(scene.film, [number])[0]]
    factor: float = ask.slots["rel"][1] ** ask.slots.get("degree", 1.0)
    return round(clip.duration_ms / 1000 * factor, 1)


def _sized(ask: Ask, there: list[int], scene: Scene) -> list[BaseOperation]:
    """``make the title card bigger``: its words."""
    made: list[BaseOperation] = []
    for number in there:
        words = words_of(scene.film, scene.film.clips[pick_cards(scene.film, [number])[0]])
        if words is not None:
            size = words.size * ask.slots["bigger"] ** ask.slots.get("degree", 1.0)
            made.append(SetText(which=words.text, size=round(max(0.3, min(3.0, size)), 2)))
    if not made:
        raise Refused("no_card")
    return made


def _uncard(ask: Ask, scene: Scene) -> list[BaseOperation]:
    parts: list[Token] = ask.slots["parts"]
    card = next(part for part in parts if part.kind == "CARD")
    # 去掉所有 and "remove all" are verbs of one word.
    whole = any(p.kind == "REMOVE" and ("all" in p.text.lower().split() or "所有" in p.text) for p in parts)
    value = "all" if whole and card.value == "any" else card.value
    if there := _meant(value, scene, _place(parts, card, scene)):
        return [RemoveCards(cards=there)]
    if value not in ("start", "end"):
        raise Refused("no_card")
    # People call words over a photo a card, too.
    style: Any = "end_card" if card.value == "end" else "title"
    if any(text.style == style for text in scene.film.texts):
        return [RemoveTexts(style=style)]
    return []


CARDS: dict[str, tuple[int, Builder]] = {"card": (2, _card), "uncard": (2, _uncard)}
"""Topic → (stage, builder): after the clips are in order, before the film gets its length, for a card keeps its own."""
