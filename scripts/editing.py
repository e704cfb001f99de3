"""`docs/editing.md`, from the tables of operations and of the grammar: `python scripts/editing.py` writes it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

ROOT = Path(__file__).resolve().parent.parent
DOCUMENT = ROOT / "docs" / "editing.md"

if str(ROOT / "src") not in sys.path:
    sys.path.insert(0, str(ROOT / "src"))

from nemovideo_mcp.studio.editor import builders, makers, manners, transitions  # noqa: E402 - found by the lines above
from nemovideo_mcp.studio.editor.words import NEAREST, REASONS  # noqa: E402
from nemovideo_mcp.timeline import operations as ops  # noqa: E402
from nemovideo_mcp.timeline.operations.say import say  # noqa: E402

SRT = "1\n00:00:00,500 --> 00:00:02,000\nHello\n"
EXAMPLES: tuple[ops.BaseOperation, ...] = (
    ops.SetCanvas(ratio="9:16"),
    ops.SetCanvas(platform="tiktok"),
    ops.SetTotalLength(seconds=30),
    ops.SetTotalLength(by_seconds=5),
    ops.SetClipLength(seconds=6, clips=[2]),
    ops.SetClipLength(times=2, clips=[1]),
    ops.SetSpeed(speed=0.5, clips=[3]),
    ops.AddClips(),
    ops.RemoveClips(clips=[2, 4]),
    ops.KeepClips(clips=[1, 2, 3]),
    ops.DuplicateClips(clips=[2]),
    ops.ReplaceClip(clip=2, media="beach.jpg"),
    ops.SplitClip(clip=3),
    ops.TrimClip(clip=3, from_seconds=1, to_seconds=4),
    ops.MoveClip(clip=5, to=1),
    ops.SwapClips(first=1, second=3),
    ops.OrderClips(order=[3, 1, 2]),
    ops.ReverseClips(),
    ops.ShuffleClips(),
    ops.SortClips(),
    ops.SortClips(by="date", descending=True),
    ops.PairPhotos(left=2, right=3),
    ops.UnpairPhotos(),
    ops.SetTransition(kind="crossfade", seconds=0.8),
    ops.SetTransition(kind="wipe_left", cuts=[1]),
    ops.SetMotion(motion="zoom_in", clips=[2]),
    ops.SetFit(fit="blur"),
    ops.SetLook(filter="black_white", clips=[2]),
    ops.SetLook(brightness=0.2, contrast=0.1),
    ops.SetFade(out_seconds=1.5),
    ops.AddText(text="Summer", position="bottom", color="#ffff00"),
    ops.SetText(which="Summer", color="#ff0000"),
    ops.RemoveTexts(),
    ops.SetCard(text="Our Trip", after=0, background="#000000"),
    ops.SetCard(text="Chapter 2", after=3, photo=4, seconds=2),
    ops.SetCard(card=1, background="#0000ff"),
    ops.RemoveCards(cards=[1]),
    ops.CaptionClips(use="number"),
    ops.CaptionClips(use="date"),
    ops.AddSubtitles(text=SRT),
    ops.SetOverlay(media="logo.png", position="top_right", opacity=0.5, end_seconds=10),
    ops.SetOverlay(size=0.2),
    ops.RemoveOverlays(),
    ops.SetMusic(mood="calm", volume=0.3),
    ops.RemoveMusic(),
    ops.CutOnBeats(),
    ops.SetClipVolume(volume=0.3, clips=[3]),
    ops.ApplyTemplate(template="cinematic"),
    ops.Restore(),
    ops.Restore(to="before", part="titles"),
)
"""Of each operation, one or two."""

HEAD = """\
# The editing language

Written by `scripts/editing.py` from the tables of operations and words; do not edit it here.

`edit` takes plain words (English or Chinese) and typed operations. Both lead to the same {count} operations. The words below
are one exact way of saying each; people's own ways are read too: short, misspelt, several wishes at once, in any order of
words. What is not understood, or cannot be done, is reported part by part and nothing is guessed for it.

**Cards** (title cards, end cards, chapter cards) are clips of their own: words on a colour, on a gradient, or on a blurred photo.
They have no number among the clips: "photo 2" and `clips: [2]` are the second photo, whatever cards there are, and "card 2" is the
second card. When the photos are sorted, shuffled, moved or removed the cards stay where they are, so a title card stays first and an
end card last; what is added at the end comes before an end card. "3 seconds per photo" leaves cards as long as they are, and a length
of the whole film is shared by the photos. A card goes with its words: "remove the title" takes the title card away. Words that are
said to stand at the start or the end ("title 'X'", "end with 'Thanks'") lie over the photo; a *card*, *screen* or *slide*, and words
with a background of their own, become a card.
"""


def document() -> str:
    """The whole document, as it should be today."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    kinds: tuple[type[ops.BaseOperation], ...] = get_args(get_args(ops.Operation)[0])
    yield HEAD.format(count=len(kinds))
    yield "## Operations\n"
    for kind in kinds:
        name = kind.model_fields["op"].default
        yield f"### `{name}`\n"
        yield f"{' '.join((kind.__doc__ or '').split())}\n"
        fields = kind.model_json_schema(ref_template="{model}").get("properties", {})
        if len(fields) > 1:
            yield "| Field | Takes |\n| --- | --- |"
            yield from (f"| `{field}` | {_takes(schema)} |" for field, schema in fields.items() if field != "op")
            yield ""
        for example in (e for e in EXAMPLES if e.op == name):
            yield f"- {_cell(say(example))}"
            yield f"- {_cell(say(example, 'zh'))}"
            yield f"- `{example.model_dump_json(exclude_defaults=True, exclude={'op'})}`\n"
    yield from _factors()
    yield "## What is said when something cannot be done\n"
    yield "| English | 中文 |\n| --- | --- |"
    for english, chinese in dict.fromkeys(REASONS.values()):
        if "{words}" not in (english, chinese):
            yield f"| {_cell(english)} | {_cell(chinese)} |"
    yield "\n## Phrasings that are offered\n"
    yield "| English | 中文 |\n| --- | --- |"
    for english, chinese in NEAREST.values():
        yield f"| {_cell(english)} | {_cell(chinese)} |"


def _factors() -> Iterator[str]:
    yield "## How much relative wishes are\n"
    yield "| Said | Means |\n| --- | --- |"
    rows = (
        ("longer, shorter", f"× {manners.LONGER:g}, × {manners.SHORTER:.2f} of the length"),
        ("faster, slower", f"× {manners.FASTER:g}, × {manners.SLOWER:g} of the length"),
        ("a bit …, much …", f"the factor to the power of {manners.SLIGHT:g} and {manners.STRONG:g}; of a look, so many times it"),
        ("bigger, smaller", f"× {manners.BIGGER:g} and its inverse of the type"),
        ("quieter, louder", f"× {builders.QUIETER:g} and its inverse of the volume"),
        ("low, full volume", "30%, 100%"),
        ("more, less (contrast, …)", f"{makers.STEP:.0%} of the range"),
        ("smooth, quick, slow (transitions)", f"{transitions.SMOOTH_SECONDS:g} s, {transitions.QUICK_SECONDS:g} s, {transitions.SLOW_SECONDS:g} s"),
    )  # fmt: skip
    for said, means in rows:
        yield f"| {said} | {means} |"
    yield ""


def _takes(schema: dict[str, Any]) -> str:
    parts = [schema.get("description", "")]
    if "enum" in schema:
        parts.append(", ".join(f"`{value}`" for value in schema["enum"]))
    low, high = schema.get("minimum"), schema.get("maximum")
    if low is not None or high is not None:
        parts.append(f"{'' if low is None else f'{low:g}'} to {'' if high is None else f'{high:g}'}".strip())
    if "$ref" in schema:
        parts.append(schema["$ref"].lower())
    elif "type" in schema and "enum" not in schema:
        parts.append(schema["type"])
    return _cell("; ".join(part for part in parts if part))


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ⏎ ")


if __name__ == "__main__":
    DOCUMENT.write_text(document(), encoding="utf-8")
    print(f"{DOCUMENT.relative_to(ROOT)}: {len(EXAMPLES)} examples")
