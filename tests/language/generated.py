"""Operations of every kind with any values, for saying them and reading them back."""

from typing import Any, get_args

from hypothesis import strategies as st

from nemovideo_mcp.timeline import operations as ops
from nemovideo_mcp.timeline.model import FILTERS, FITS, MOODS, MOTIONS, POSITIONS, TRANSITIONS
from nemovideo_mcp.timeline.operations import BaseOperation
from nemovideo_mcp.timeline.operations.canvas import Platform, Ratio, Resolution
from nemovideo_mcp.timeline.operations.templates import Template

tenths = st.integers(2, 80).map(lambda n: n / 10)
clip = st.integers(1, 5)
clips = st.lists(clip, min_size=1, max_size=3, unique=True)
some = st.none() | clips
cuts = st.none() | st.lists(st.integers(1, 4), min_size=1, max_size=3, unique=True)
percent = st.integers(1, 100).map(lambda n: n / 100)
signed = st.integers(-100, 100).filter(bool).map(lambda n: n / 100)
colors = st.sampled_from(["#ff0000", "#00ff7f", "#123456"])
words = st.sampled_from(["Hello", "Make it 5 s, please", "夏天 2024", "Don’t stop"])
places = st.none() | st.sampled_from(POSITIONS)
two = st.lists(clip, min_size=2, max_size=2, unique=True)


def _one(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.sampled_from(sorted(fields)).flatmap(lambda name: st.fixed_dictionaries({name: fields[name]}))


def _made(
    of: type[BaseOperation], values: st.SearchStrategy[dict[str, Any]], /, **more: st.SearchStrategy[Any]
) -> st.SearchStrategy[BaseOperation]:
    return st.builds(lambda a, b: of(**a, **b), values, st.fixed_dictionaries(dict(more)))


nothing: st.SearchStrategy[dict[str, Any]] = st.just({})
EVERY: dict[str, st.SearchStrategy[BaseOperation]] = {
    "set_canvas": _made(ops.SetCanvas, _one(ratio=st.sampled_from(get_args(Ratio)), platform=st.sampled_from(get_args(Platform)), resolution=st.sampled_from(get_args(Resolution)), fps=st.sampled_from([24, 25, 30, 50, 60]))),
    "set_total_length": _made(ops.SetTotalLength, _one(seconds=st.integers(5, 600), by_seconds=st.integers(-9, 60).filter(bool), times=st.sampled_from([0.5, 1.5, 2, 3.0]))),
    "set_clip_length": _made(ops.SetClipLength, _one(seconds=tenths, by_seconds=st.integers(1, 9), times=st.sampled_from([0.5, 1.5, 2, 3.0])), clips=some),
    "set_speed": _made(ops.SetSpeed, nothing, speed=st.sampled_from([0.5, 1.5, 2.0, 4.0]), clips=st.just([6])),
    "remove_clips": _made(ops.RemoveClips, nothing, clips=clips),
    "keep_clips": _made(ops.KeepClips, nothing, clips=clips),
    "duplicate_clips": _made(ops.DuplicateClips, nothing, clips=clips, copies=st.integers(1, 5)),
    "replace_clip": _made(ops.ReplaceClip, nothing, clip=clip, media=st.sampled_from(["p1.jpg", "p4.jpg"])),
    "split_clip": _made(ops.SplitClip, nothing, clip=clip, at_seconds=st.none() | st.sampled_from([0.5, 1.5, 2])),
    "trim_clip": _made(ops.TrimClip, nothing, clip=clip, from_seconds=st.sampled_from([0, 0.5, 1]), to_seconds=st.none() | st.sampled_from([2, 3.5])).filter(lambda op: getattr(op, "from_seconds") or getattr(op, "to_seconds")),  # noqa: B009
    "move_clip": _made(ops.MoveClip, nothing, clip=clip, to=clip),
    "swap_clips": two.map(lambda pair: ops.SwapClips(first=pair[0], second=pair[1])),
    "order_clips": st.permutations([1, 2, 3, 4, 5, 6]).map(lambda order: ops.OrderClips(order=list(order))),
    "reverse_clips": st.just(ops.ReverseClips()),
    "shuffle_clips": _made(ops.ShuffleClips, nothing, seed=st.integers(1, 99)),
    "sort_clips": _made(ops.SortClips, nothing, by=st.sampled_from(["name", "upload", "date"]), descending=st.booleans()),
    "pair_photos": two.map(lambda pair: ops.PairPhotos(left=pair[0], right=pair[1])),
    "set_transition": _made(ops.SetTransition, nothing, kind=st.sampled_from(["none", "varied", *TRANSITIONS]), seconds=st.none() | tenths.filter(lambda n: n < 4), cuts=cuts),
    "set_motion": _made(ops.SetMotion, nothing, motion=st.sampled_from(["auto", *MOTIONS]), strength=st.none() | st.sampled_from([0.5, 1.5]), clips=some).filter(lambda op: getattr(op, "motion") != "none" or getattr(op, "strength") is None),  # noqa: B009
    "set_fit": _made(ops.SetFit, nothing, fit=st.sampled_from(["auto", *FITS]), clips=some),
    "set_fit focus": _made(ops.SetFit, nothing, focus=st.tuples(percent, percent), clips=some),
    "set_fit background": _made(ops.SetFit, nothing, fit=st.just("contain"), background=colors, clips=some),
    "set_look": _made(ops.SetLook, nothing, filter=st.sampled_from(FILTERS), clips=some),
    "set_look strength": _made(ops.SetLook, nothing, filter=st.sampled_from(FILTERS[1:]), strength=percent, clips=some),
    "set_look adjusted": _made(ops.SetLook, nothing, brightness=signed, contrast=signed, vignette=percent, clips=some),
    "set_fade": _made(ops.SetFade, _one(in_seconds=tenths, out_seconds=tenths), color=st.sampled_from(["#000000", "#ffffff", "#ff0000"])),
    "add_text": _made(ops.AddText, nothing, text=words, style=st.sampled_from(["title", "lower_third"]), start_seconds=st.integers(0, 4), end_seconds=st.integers(5, 12), position=places, color=colors, size=st.none() | st.sampled_from([0.5, 1.5, 2]), font=st.none() | st.sampled_from(["sans", "serif"]), stroke=st.none() | colors, box=st.none() | colors, enter=st.none() | st.sampled_from(["fade", "rise", "typewriter"])),
    "set_text": _made(ops.SetText, nothing, which=st.just("Hello"), position=places, color=colors),
    "remove_texts": st.just(ops.RemoveTexts()),
    "set_card": _made(ops.SetCard, nothing, text=words, after=st.sampled_from([0, 2, 4, -1]), seconds=st.none() | tenths, background=st.none() | colors, color=st.none() | colors, font=st.none() | st.sampled_from(["sans", "serif"])),
    "set_card gradient": _made(ops.SetCard, nothing, text=words, after=st.sampled_from([0, 2, -1]), background=st.none() | colors, gradient=colors, color=st.none() | colors),
    "set_card photo": _made(ops.SetCard, nothing, text=words, after=st.sampled_from([0, 2, -1]), photo=clip),
    "set_card blank": _made(ops.SetCard, nothing, after=st.sampled_from([0, 2, -1]), seconds=st.none() | tenths, background=colors),
    "set_card changed": _made(ops.SetCard, _one(text=words, seconds=tenths, background=colors, color=colors, photo=clip, gradient=colors, after=st.sampled_from([0, 2, -1]), font=st.just("serif")), card=st.sampled_from([1, 2, 3, -1])),
    "remove_cards": _made(ops.RemoveCards, nothing, cards=st.none() | st.lists(st.sampled_from([1, 2, 3]), min_size=1, max_size=3, unique=True) | st.just([-1])),
    "caption_clips": _made(ops.CaptionClips, nothing, use=st.sampled_from(["number", "file_name", "place"]), clips=some),
    "set_overlay": _made(ops.SetOverlay, nothing, media=st.sampled_from(["logo.png", "p4.jpg"]), position=places, size=st.none() | percent, opacity=st.none() | percent, end_seconds=st.none() | st.integers(5, 12), start_seconds=st.none() | st.integers(1, 4)),
    "set_overlay changed": _made(ops.SetOverlay, _one(position=st.sampled_from(POSITIONS), at=st.tuples(percent, percent), size=percent, opacity=percent), start_seconds=st.none() | st.integers(0, 4)),
    "remove_overlays": _made(ops.RemoveOverlays, nothing, media=st.none() | st.just("logo.png")),
    "set_music": _made(ops.SetMusic, _one(mood=st.sampled_from(MOODS), media=st.just("song.mp3")), volume=st.none() | percent, fade_in_seconds=st.none() | tenths, fade_out_seconds=st.none() | tenths),
    "cut_on_beats": st.just(ops.CutOnBeats()),
    "remove_music": st.just(ops.RemoveMusic()),
    "set_clip_volume": _made(ops.SetClipVolume, nothing, volume=percent, clips=st.just([6])),
    "apply_template": _made(ops.ApplyTemplate, nothing, template=st.sampled_from(get_args(Template)), music=st.booleans()),
    "restore": _made(ops.Restore, _one(to=st.sampled_from(["undo", "redo", "start"]))),
    "restore version": _made(ops.Restore, nothing, to=st.just("version"), version=st.integers(0, 2)),
    "restore before": _made(ops.Restore, nothing, to=st.just("before"), part=st.sampled_from(["titles", "cards"])),
}  # fmt: skip
"""By operation (and what is varied of it)."""
