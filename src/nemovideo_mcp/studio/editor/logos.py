"""Asks → typed operations about pictures over the film: logos and watermarks."""

from typing import Any

from nemovideo_mcp.studio.editor import lexicon
from nemovideo_mcp.studio.editor.asks import Ask
from nemovideo_mcp.studio.editor.manners import BIGGER
from nemovideo_mcp.studio.editor.scene import Builder, Refused, Scene
from nemovideo_mcp.studio.editor.titles import timed, window_of
from nemovideo_mcp.timeline.layout import overlay_box
from nemovideo_mcp.timeline.model import Media, Overlay
from nemovideo_mcp.timeline.operations import BaseOperation, RemoveOverlays, SetOverlay
from nemovideo_mcp.timeline.operations.base import pick

_CORNERS = ("top_left", "top_right", "bottom_left", "bottom_right")
_HALF = 0.5
"""How opaque "transparent" leaves a picture when nobody said."""
_WATERMARK = "watermark"


def _set(ask: Ask, scene: Scene) -> list[BaseOperation]:
    """All that was said but the time, which is settled when the film has its length (`_timed`)."""
    slots = ask.slots
    name = _meant(ask, scene)
    if name is not None and "kind" in slots and not slots["adds"] and _lies_alone(scene, name):
        return _change(ask, scene)  # "use brand.png as the logo": instead of the one that is there
    there = next((o for o in scene.film.overlays if name in (None, o.name)), None)
    if "plain" in slots and not (isinstance(slots["media"][0], str) and _plainly(slots)):
        raise Refused("unknown")  # "put photo 2 in the middle" may be said of the order
    if there is None and any(part.kind in _RELATIVE for part in slots.get("parts", ())):
        raise Refused("no_overlay")
    given = _look(slots, there or _overlay(scene, name), scene)
    if there is None and slots.get("kind") == _WATERMARK:
        given.setdefault("opacity", _HALF)
    if not given and name is None:
        if timed(slots):
            return []
        raise Refused("how_much")
    return [SetOverlay(media=name, **given)]


def _lies_alone(scene: Scene, name: str) -> bool:
    """Whether one other picture lies over the film."""
    return len(scene.film.overlays) == 1 and scene.film.overlays[0].name.casefold() != name.casefold()


def _plainly(slots: dict[str, Any]) -> bool:
    return slots["position"] in _CORNERS or lexicon.is_logo(slots["media"])


def _timed(ask: Ask, scene: Scene) -> list[BaseOperation]:
    name = _meant(ask, scene)
    if not any(name in (None, o.name) for o in scene.film.overlays):
        return []  # why it is not there has been said
    slots = ask.slots
    if slots.get("whole"):
        return [SetOverlay(media=name, start_seconds=0)]
    times = window_of(slots, scene)
    if set(slots) & {"start"} and "long" not in slots:
        times = {"start_seconds": times["start_seconds"]}
    return [SetOverlay(media=name, **times)]


def _change(ask: Ask, scene: Scene) -> list[BaseOperation]:
    """``replace the logo with logo2.png``: another picture at the same place and time."""
    if not scene.film.overlays:
        return _set(ask, scene)
    old, name = scene.film.overlays[-1], _meant(ask, scene)
    look: dict[str, Any] = {"position": old.position, "at": old.at, "size": old.size, "opacity": old.opacity}
    if old.end_offset_ms is not None and old.duration_ms is not None:
        end = old.end_offset_ms + old.duration_ms
        look |= {"start_seconds": old.end_offset_ms / 1000, "end_seconds": end / 1000, "from_end": True}
    elif old.start_ms or old.duration_ms is not None:
        look["start_seconds"] = old.start_ms / 1000
        if old.duration_ms is not None:
            look["end_seconds"] = (old.start_ms + old.duration_ms) / 1000
    return [RemoveOverlays(media=old.name), SetOverlay(media=name, **look)]


def _remove(ask: Ask, scene: Scene) -> list[BaseOperation]:
    if not scene.film.overlays:
        if "declined" in ask.slots:
            return []
        raise Refused("no_overlay")
    return [RemoveOverlays(media=_meant(ask, scene) if "media" in ask.slots else None)]


def _meant(ask: Ask, scene: Scene) -> str | None:
    """The name of the picture that is meant; None: the one that lies over the film already."""
    if (said := ask.slots.get("media")) is not None:
        if len(said) != 1 or not isinstance(said[0], (str, int)):
            raise Refused("which_logo")
        if isinstance(said[0], str):
            return said[0]
        number = said[0]
        return scene.base.clips[pick(scene.base, [number])[0]].name if _is_clip(number, scene) else str(number)
    if scene.film.overlays:
        return None
    named = [media.name for media in scene.pool if media.kind == "image" and lexicon.is_logo([media.name])]
    if len(named) != 1:
        raise Refused("which_logo")
    return named[0]


def _is_clip(number: int, scene: Scene) -> bool:
    scene.numbers([number])
    return True


def _overlay(scene: Scene, name: str | None) -> Overlay:
    """The overlay that a picture would become."""
    media = next((m for m in scene.pool if m.name == name), Media(id="", name="", kind="image"))
    return Overlay(id="", media=media.id, name=media.name, width=media.width, height=media.height)


def _look(slots: dict[str, Any], old: Overlay, scene: Scene) -> dict[str, Any]:
    """What was said of how it looks, as fields of the operation. A number belongs to the property beside it."""
    given: dict[str, Any] = {"position": slots["position"]} if "position" in slots else {}
    number = times = None
    field: str | None = None
    factor, degree = slots.get("bigger", slots.get("size")), slots.get("degree", 1.0)
    found: dict[str, float] = {"x": slots["x"], "y": slots["y"]} if "x" in slots else {}
    for part in (*slots.get("parts", ()), *slots.get("faint", ())):
        match part.kind:
            case "PERCENT":
                if field is not None:
                    found[field], field = part.value, None
                else:
                    number = part.value
            case "TIMES":
                times = part.value
            case "BIGGER" | "SIZE_WORD":
                factor = part.value
            case "ZOOM_IN" | "MORE":
                factor = BIGGER
            case "ZOOM_OUT" | "LESS":
                factor = 1 / BIGGER
            case "DEGREE":
                degree = part.value
            case "OPAQUE" if number is None:
                found["opacity"] = part.value
            case _:
                name = _FIELDS[part.kind]
                if number is not None:
                    found[name], number = number, None
                else:
                    field = name
    if number is not None:
        found["opacity"] = number
    if "frame" in found:
        found.setdefault("size", found.pop("frame"))
    if field == "clear":
        found["opacity"] = _HALF
    elif field not in (None, "frame"):
        raise Refused("how_much")
    if "clear" in found:
        found["opacity"] = 1 - found.pop("clear")
    if "x" in found and "y" in found:
        given["at"] = (found.pop("x"), found.pop("y"))
    if times is not None and factor is None:
        raise Refused("how_much")
    if factor is not None:
        if times is not None:
            factor, degree = times if factor > 1 else 1 / times, 1.0
        now = overlay_box(old, scene.film.canvas)[2] / scene.film.canvas.width
        found["size"] = max(0.01, min(1.0, round(now * factor**degree, 3)))
    return given | found


_RELATIVE = ("BIGGER", "ZOOM_IN", "ZOOM_OUT", "MORE", "LESS", "TIMES")
_FIELDS = {
    "STRENGTH": "opacity", "OPAQUE": "opacity", "CLEAR": "clear", "WIDTH": "size", "FRAME_WORD": "frame", "ACROSS": "x",
    "DOWNWARD": "y",
}  # fmt: skip

LOGOS: dict[str, tuple[int, Builder]] = {
    "overlay": (0, _set), "overlay_changed": (0, _change), "overlay_gone": (0, _remove), "overlay_timed": (8, _timed),
}  # fmt: skip
"""Topic → (stage, builder). A picture leaves the clips before they are sorted and given their lengths, and gets its time afterwards."""
