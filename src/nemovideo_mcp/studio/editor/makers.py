"""Asks → typed operations: looks, transitions, motion, relative lengths, pieces and templates."""

from math import copysign
from typing import Any

from nemovideo_mcp.studio.editor.asks import Ask
from nemovideo_mcp.studio.editor.manners import SLIGHT, STRONG
from nemovideo_mcp.studio.editor.pieces import PIECES
from nemovideo_mcp.studio.editor.scene import WAYS, Builder, Refused, Scene
from nemovideo_mcp.studio.editor.tokens import Token
from nemovideo_mcp.studio.editor.transitions import TRANSITIONS
from nemovideo_mcp.timeline.model import Look
from nemovideo_mcp.timeline.operations import (
    ApplyTemplate,
    BaseOperation,
    CutOnBeats,
    KeepClips,
    OrderClips,
    RemoveClips,
    SetClipLength,
    SetClipVolume,
    SetFade,
    SetFit,
    SetLook,
    SetMotion,
    SetMusic,
    SetSpeed,
    SetTotalLength,
    SetTransition,
    ShuffleClips,
    SortClips,
)
from nemovideo_mcp.timeline.operations.base import counted

STEP = 0.2
"""How much "more contrast" is, of the whole range; "a bit" is half of it, "much" twice."""

SOFTER = 0.7
"""The factor of clips that sound "quieter", as of music: 3 dB less."""

_ADJUSTED = ("brightness", "contrast", "saturation", "warmth", "vignette", "sharpen", "blur")
_SIGNED = ("brightness", "contrast", "saturation", "warmth")


def _look(ask: Ask, scene: Scene) -> list[BaseOperation]:
    clips = scene.clips(ask)
    manners = [part.value for part in ask.slots["parts"] if part.kind == "MANNER"]
    if manners and manners[0]["filter"] is None and clips is None and manners[0]["template"]:
        return [ApplyTemplate(template=manners[0]["template"])]
    first = scene.clip((clips or [1])[0]).look if scene.film.numbered() else Look()
    values, reset = _graded(ask.slots["parts"], first)
    return [SetLook(**values, reset=reset, clips=clips)]


def _graded(parts: list[Token], before: Look) -> tuple[dict[str, Any], bool]:
    """What the words say about the picture, in their order: amounts belong to the property next to them."""
    values: dict[str, Any] = {}
    reset = False
    way: float | None = None
    degree = 1.0
    field: str | None = None
    amount: float | None = None
    strength_said = False
    graded: float | None = None
    bare: str | None = None
    for part in parts:
        match part.kind:
            case "FILTER":
                values["filter"] = part.value
                field, amount = "strength", None
            case "MANNER":
                if part.value["filter"] is None:
                    raise Refused("unknown")
                values["filter"] = part.value["filter"]
                field = "strength"
            case "RESETLOOK":
                reset = True
            case "ADJ":
                name, step = part.value
                step = -step if way is not None and way < 0 else step  # "less bright"
                if amount is not None:  # "50% brighter"
                    step, amount = copysign(amount, step), None
                values[name] = _bounded(name, getattr(before, name) + step * degree)
                field, way, degree = name, None, 1.0
                graded = step
            case "PROP":
                field, graded = part.value, None
                if amount is not None and field not in values:
                    values[field], amount = _bounded(field, amount), None
                elif way is not None:
                    values[field], graded, way = (
                        _stepped(field, before, way * degree),
                        way,
                        None,
                    )  # "lower the contrast by 10%"
                    degree = 1.0
                else:
                    values.setdefault(field, 0.3 if field not in _SIGNED else None)
                    bare = field
            case "STRENGTH" if field in _ADJUSTED:
                pass  # "a vignette with 30% intensity"
            case "STRENGTH":
                strength_said, field = True, "strength"
            case "PERCENT" | "NUM":
                number = (
                    part.value if part.kind == "PERCENT" else part.value / 100 if abs(part.value) > 1 else part.value
                )
                if field is None and part.kind == "NUM":
                    raise Refused("how_much")  # "make 3 warmer": a photo, not 3 %
                if field is None:
                    amount = number
                elif graded is not None and field in values:  # "darker by 20%"
                    values[field] = _bounded(field, getattr(before, field) + copysign(number, graded))
                elif field in _SIGNED and way is not None:
                    values[field] = _bounded(field, getattr(before, field) + (number if way > 0 else -number))
                else:
                    values[field] = _bounded(field, number)
            case "MORE" | "LOUDER" | "LESS" | "QUIETER":
                way = 1.0 if part.kind in ("MORE", "LOUDER") else -1.0
                if field in _ADJUSTED and (values.get(field, 0) is None or field == bare):
                    values[field], graded, way = _stepped(field, before, way * degree), way, None
            case "DEGREE" | "INTENSITY":
                degree = part.value if part.kind == "DEGREE" else (SLIGHT if part.value < 1 else STRONG)
                if field in _ADJUSTED and field in values and isinstance(values[field], float):
                    values[field] = _bounded(field, values[field] * degree)
                elif field == "strength" and "filter" in values:
                    values["strength"] = 0.5 if degree < 1 else 1.0
    if values.get("filter") == "black_white" and "saturation" in values:
        del values["saturation"]  # "desaturate it to black and white"
    if strength_said and "strength" not in values:
        raise Refused("how_much")
    if any(value is None for value in values.values()) or not (values or reset):
        raise Refused("how_much")
    return values, reset


def _stepped(field: str, before: Look, way: float) -> float:
    return _bounded(field, getattr(before, field) + STEP * way)


def _bounded(field: str, value: float) -> float:
    low = -1.0 if field in _SIGNED else 0.0
    return round(max(low, min(1.0, value)), 3)


def _unlook(ask: Ask, scene: Scene) -> list[BaseOperation]:
    clips = scene.clips(ask)
    if any(part.kind == "EFFECTS" for part in ask.slots["parts"]):
        return [SetLook(reset=True, clips=clips)]
    fields = {part.value for part in ask.slots["parts"] if part.kind == "PROP"}
    if fields:
        return [SetLook(**dict.fromkeys(fields, 0.0), clips=clips)]
    return [SetLook(filter="none", clips=clips)]


def _template(ask: Ask, scene: Scene) -> list[BaseOperation]:
    template, mood = ask.slots["manner"]["template"], ask.slots["manner"]["mood"]
    if template is None and scene.film.music:
        return [SetMusic(mood=mood)]  # "switch to lofi" is said of music
    if template is None:
        raise Refused("unknown")
    return [ApplyTemplate(template=template, music="music" in ask.slots)]


def _film_fade(ask: Ask, scene: Scene) -> list[BaseOperation]:
    slots = ask.slots
    seconds = slots.get("seconds", 1.0)
    ways = [token.value for token in slots["ways"]] if "ways" in slots else [slots["fade"]] if "fade" in slots else []
    if not ways:
        color = slots.get("color", "#000000")
        ways = [(way, color) for way in ("in", "out") if slots["way"] in (way, "both")]
    if len({color for _, color in ways}) == 1 and len(ways) > 1:
        return [SetFade(in_seconds=seconds, out_seconds=seconds, color=ways[0][1])]
    return [SetFade(**{f"{way}_seconds": seconds}, color=color) for way, color in ways]


def _no_fade(ask: Ask, scene: Scene) -> list[BaseOperation]:
    way = ask.slots["way"]
    there = {"in": scene.film.fade_in, "out": scene.film.fade_out}
    if way == "both" and not any(there.values()) and any(clip.transition_in for clip in scene.film.clips):
        return [SetTransition(kind="none")]  # "no fades" in a film whose only fades are at the cuts
    gone = {f"{name}_seconds": 0 for name, fade in there.items() if way in (name, "both") and fade is not None}
    return [SetFade(**gone)] if gone else []


def _motion(ask: Ask, scene: Scene) -> list[BaseOperation]:
    slots = ask.slots
    motion = slots.get("motion")
    if "pan" in slots:
        way = WAYS.get(slots["pan"])
        if way is None:
            raise Refused("pan")
        motion = f"pan_{way}"
    strength = slots.get("strength")
    pace = slots.get("pace")
    if isinstance(pace, str):  # MORE or LESS, as a kind
        strength = {"MORE": 1.5, "LESS": 0.6}.get(pace)
    elif isinstance(pace, tuple):  # faster, slower
        strength = 1.5 if pace[1] < 1 else 0.6
    elif pace is not None:
        strength = pace
    for key, value in (("more", 1.5), ("less", 0.6)):
        if key in slots:
            strength = value
    if strength is not None:
        strength = min(2.0, strength)
    if motion is None and strength is None:
        motion = "auto"
    return [SetMotion(motion=motion, strength=strength, clips=scene.clips(ask))]


_FOCUS = {"left": (0.2, 0.5), "right": (0.8, 0.5), "center": (0.5, 0.5), "top": (0.5, 0.2), "bottom": (0.5, 0.8)} | {
    f"{y}_{x}": (a, b) for y, b in (("top", 0.2), ("bottom", 0.8)) for x, a in (("left", 0.2), ("right", 0.8))
}


def _fit(ask: Ask, scene: Scene) -> list[BaseOperation]:
    slots = ask.slots
    focus = _FOCUS[slots["focus"]] if "focus" in slots else (slots["x"], slots["y"]) if "x" in slots else None
    return [SetFit(fit=slots.get("fit"), focus=focus, background=slots.get("background"), clips=scene.clips(ask))]


def _relative(ask: Ask, scene: Scene) -> list[BaseOperation]:
    """``longer``, ``a bit faster``, ``twice as long``, ``5 seconds shorter``: of the film, of some clips, or of each."""
    slots = ask.slots
    clips = scene.clips(ask)
    what, factor = slots.get("rel", ("length", 1.0))
    factor = 1 / factor if slots.get("pace", 1.0) < 1 else factor  # "twice as slow"
    shorter = factor < 1 or slots.get("more") == "LESS"
    by = None
    if "delta" in slots:
        unit, value, what = slots["delta"]
        if unit == "DUR":
            by = value
        else:
            factor = 1 + value
    elif "by" in slots:
        by = -slots["by"] if shorter else slots["by"]
    elif "times" in slots or "half" in slots:
        times = slots.get("times", 0.5)
        factor = 1 / times if shorter and times > 1 else times
        if what == "speed":  # "twice as fast", "slow it down by half": how many times as fast, or as slow
            factor = min(times, 1 / times) if shorter else max(times, 1 / times)
    elif "share" in slots:
        factor = 1 - slots["share"] if shorter else 1 + slots["share"]
    elif "degree" in slots:
        factor = factor ** slots["degree"]
    if factor <= 0:
        raise Refused("how_much")
    moving = [
        i + 1
        for i, clip in enumerate(counted(scene.film))
        if clip.kind == "video" and (clips is None or i + 1 in clips)
    ]
    if what == "speed" and moving and clips is not None and len(moving) == len(clips):
        speed = scene.clip(moving[0]).speed / factor
        return [SetSpeed(speed=round(max(0.1, min(10.0, speed)), 3), clips=clips)]
    values: dict[str, Any] = {"by_seconds": by} if by is not None else {"times": round(factor, 4)}
    if clips is not None or "each" in slots:
        return [SetClipLength(**values, clips=clips)]
    return [SetTotalLength(**values)]


def _speed(ask: Ask, scene: Scene) -> list[BaseOperation]:
    times = ask.slots.get("times", 0.5)
    clips = scene.clips(ask)
    if not any(clip.kind == "video" for clip in scene.film.clips) and clips is None:
        return [SetTotalLength(times=round(1 / times, 4))]
    return [SetSpeed(speed=times, clips=clips)]


def _shuffle(ask: Ask, scene: Scene) -> list[BaseOperation]:
    return [ShuffleClips(seed=int(ask.slots.get("seed", 1)))]


def _sort(ask: Ask, scene: Scene) -> list[BaseOperation]:
    return [SortClips(by=ask.slots["by"], descending="descending" in ask.slots)]


def _order(ask: Ask, scene: Scene) -> list[BaseOperation]:
    return [OrderClips(order=scene.numbers(ask.slots["order"]))]


def _unwanted(ask: Ask, scene: Scene) -> list[BaseOperation]:
    return [RemoveClips(clips=scene.numbers(ask.slots["clips"]))]


def _keep(ask: Ask, scene: Scene) -> list[BaseOperation]:
    clips = scene.numbers(ask.slots["clips"])
    if len(clips) == 1 and "only" not in ask.slots:  # "keep photo 2" may spare it as well as throw away the others
        raise Refused("keep_one", str(clips[0]))
    return [KeepClips(clips=clips)]


def _music_set(ask: Ask, scene: Scene) -> list[BaseOperation]:
    if not scene.film.music:
        raise Refused("no_music_yet")
    slots = ask.slots
    return [
        SetMusic(
            loop=slots.get("loop"), duck=slots.get("duck"), offset_seconds=slots.get("offset"),
            start_seconds=slots.get("begin"),
        )
    ]  # fmt: skip


def _sound(ask: Ask, scene: Scene) -> list[BaseOperation]:
    clips, slots = scene.clips(ask), ask.slots
    if (
        scene.language == "en"
        and scene.film.music
        and clips is None
        and not any(clip.kind == "video" for clip in scene.film.clips)
    ):
        now = scene.film.music[0].volume  # photos make no sound: the music is what is heard
        factor = (1 / SOFTER if slots.get("way") == "LOUDER" else SOFTER) ** slots.get("degree", 1.0)
        return [SetMusic(volume=slots.get("volume", round(min(1.0, now * factor), 3)))]
    volume = slots.get("volume")
    if volume is None:
        there = [
            c.volume for i, c in enumerate(counted(scene.film), 1) if c.kind == "video" and (not clips or i in clips)
        ]
        factor = (1 / SOFTER if slots["way"] == "LOUDER" else SOFTER) ** slots.get("degree", 1.0)
        volume = round(min(1.0, max(there, default=1.0) * factor), 3)
    return [SetClipVolume(volume=volume, clips=clips)]


def _beats(ask: Ask, scene: Scene) -> list[BaseOperation]:
    return [CutOnBeats()]


MAKERS: dict[str, tuple[int, Builder]] = {
    "keep": (1, _keep), "unwanted": (1, _unwanted), "order": (1, _order), "shuffle": (1, _shuffle), "sort": (1, _sort),
    "template": (2, _template), "speed": (3, _speed), "relative": (4, _relative),
    "motion": (6, _motion), "fit": (6, _fit), "look": (6, _look), "unlook": (6, _unlook),
    "filmfade": (6, _film_fade), "unfade": (6, _no_fade), "musicset": (11, _music_set), "sound": (6, _sound),
    "beats": (12, _beats), **PIECES, **TRANSITIONS,
}  # fmt: skip
"""Topic → (stage, builder)."""
