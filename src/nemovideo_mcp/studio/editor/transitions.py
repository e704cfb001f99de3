"""Asks → typed operations about what happens at the cuts."""

from nemovideo_mcp.studio.editor.asks import Ask
from nemovideo_mcp.studio.editor.scene import WAYS, Builder, Refused, Scene
from nemovideo_mcp.studio.editor.selections import Rule
from nemovideo_mcp.timeline.model import DEFAULT_TRANSITION_MS
from nemovideo_mcp.timeline.operations import BaseOperation, SetTransition

SMOOTH_SECONDS = 0.8
"""How long the crossfades of "smooth transitions" are: a little more than the 0.6 s of a plain crossfade."""
QUICK_SECONDS, SLOW_SECONDS = 0.3, 1.2
"""Transitions of a quick and a slow pace."""

_OPPOSITE = {"left": "right", "right": "left", "top": "bottom", "bottom": "top"}
_DIRECTED = ("wipe", "slide", "push", "cover")


def _transition(ask: Ask, scene: Scene) -> list[BaseOperation]:
    slots = ask.slots
    if "cuts" not in slots and any(isinstance(clip, Rule) for clip in slots.get("clips", ())):
        raise Refused("cuts")  # "wipes for all of them except the last": of which cuts?
    kind, cuts = slots.get("kind"), _cuts(ask, scene)
    if "source" in slots:  # "from the right" goes to the left
        slots = slots | {"dir": _OPPOSITE.get(slots["dir"], slots["dir"])}
    if "fade" in slots:
        kind = "fade_black" if slots["fade"][1] == "#000000" else "fade_white"
    if kind in _DIRECTED:
        way = WAYS.get(slots.get("dir", "left"))
        if way is None or (kind != "wipe" and "_" in way):
            raise Refused("pan")
        kind = f"{kind}_{way}"
    elif "dir" in slots:
        raise Refused("direction")
    if kind == "none":
        return [SetTransition(kind="none", cuts=cuts)]
    seconds = slots.get("seconds", SMOOTH_SECONDS if slots.get("smooth") else None)
    if "pace" in slots:
        seconds = QUICK_SECONDS if slots["pace"] > 1 else SLOW_SECONDS
    if "rel" in slots and "seconds" not in slots:  # "speed up the transitions to 0.3 seconds"
        there = [c.transition_in.duration_ms for c in scene.film.clips if c.transition_in] or [DEFAULT_TRANSITION_MS]
        factor = slots["rel"][1] ** slots.get("degree", 1.0) if slots["rel"][0] == "length" else slots["rel"][1]
        seconds = round(max(0.1, max(there) / 1000 * factor), 2)
    return [SetTransition(kind=kind, seconds=seconds, cuts=cuts)]


def _cuts(ask: Ask, scene: Scene) -> list[int] | None:
    """The cuts that are meant, by their own numbers or by the clips beside them."""
    if "cuts" not in ask.slots:
        return None
    said = ask.slots["cuts"]
    count = len(scene.film.numbered()) - 1
    if said and said[0] == "cut":
        return [number if number > 0 else count + 1 + number for number in said[1:]]
    if said and said[0] == "others":
        named = _cuts(Ask("", {"cuts": said[1:]}, 0, 0, 0, 0), scene) if said[1:] else []
        return [number for number in range(1, count + 1) if number not in (named or [])]
    if said and said[0] in ("into", "after"):
        number = scene.one(said[1:]) - (said[0] == "into")
        if not 1 <= number <= count:
            raise Refused("cuts")
        return [number]
    numbers = sorted(scene.numbers(said))
    if len(numbers) < 2 or numbers != list(range(numbers[0], numbers[0] + len(numbers))):
        raise Refused("cuts")
    return numbers[:-1]


TRANSITIONS: dict[str, tuple[int, Builder]] = {"transition": (5, _transition)}
"""Topic → (stage, builder)."""
