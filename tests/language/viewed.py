"""What was said to the server by somebody who then watched the films, and came out wrong or not at all at first."""

from language.stage import Row
from nemovideo_mcp.timeline.operations import (
    AddText,
    ApplyTemplate,
    BaseOperation,
    CaptionClips,
    MoveClip,
    RemoveClips,
    SetClipLength,
    SetLook,
    SetMotion,
    SetMusic,
    SetText,
    SetTransition,
    SwapClips,
)

PARTS: list[tuple[str, str, list[BaseOperation], tuple[str, ...]]] = [
    ("named", "画面亮一些，第二张除外", [SetLook(brightness=0.2, clips=[1, 3, 4, 5])], ()),
    ("named", "make everything black and white, photo 2 excluded", [SetLook(filter="black_white", clips=[1, 3, 4, 5])], ()),
    ("named", "总长30秒，第二张除外", [], ("第二张除外",)),
    ("named", "30 seconds, except photo 2", [], ("except photo 2",)),
    (
        "named", "title card 'Best Coffee' in white on dark blue, lower third 'Only $4.99' on photo 2",
        [
            AddText(text="Best Coffee", color="#ffffff", box="#00008b"),
            AddText(text="Only $4.99", style="lower_third", start_seconds=4, end_seconds=8),
        ],
        (),
    ),
    ("named", "title 'Hi' in yellow on black", [AddText(text="Hi", color="#ffff00", box="#000000")], ()),
    ("named", "circle wipes", [SetTransition(kind="circle_open")], ()),
    ("named", "swap the cat and the coffee", [SwapClips(first=2, second=3)], ()),
    ("named", "put the rocket last", [MoveClip(clip=4, to=5)], ()),
    ("named", "the rocket should come second", [MoveClip(clip=4, to=2)], ()),
    ("named", "delete the photo with the cat", [RemoveClips(clips=[2])], ()),
    ("named", "make the rocket photo black and white", [SetLook(filter="black_white", clips=[4])], ()),
    ("named", "the cat is too dark", [SetLook(brightness=0.2, clips=[2])], ()),
    ("named", "make the coffee 6 seconds", [SetClipLength(seconds=6, clips=[3])], ()),
    ("named", "zoom in on the rocket", [SetMotion(motion="zoom_in", clips=[4])], ()),
    ("named", "caption the cat 'Chelsea'", [CaptionClips(captions=["Chelsea"], clips=[2])], ()),
    ("named", "把日落放到最前面", [MoveClip(clip=5, to=1)], ()),
    ("named", "delete the photo with the dog", [], ("dog",)),
    ("named", "remove the cat from photo 3", [], ("cat",)),
    ("named", "make the cat dance", [], ("dance",)),
    ("named", "use my song as background", [SetMusic()], ()),
    ("named", "use my song as background music", [SetMusic()], ()),
    ("named", "add some music, 换个好听的", [SetMusic()], ("换个",)),
    ("named", "make it calmer", [ApplyTemplate(template="calm")], ()),
    ("named", "write a poem about my cat", [], ("poem",)),
    ("named", "what can you do?", [], ("what can you do",)),
    ("named", "加轻快的音乐，音乐声音小一点", [SetMusic(mood="upbeat"), SetMusic(volume=0.56)], ()),
    ("named", "the end should say 'Thank you' on black", [AddText(text="Thank you", style="end_card", box="#000000", start_seconds=0, end_seconds=3, from_end=True)], ()),
    ("worded", "make the title light blue with a dark outline", [SetText(which="Coffee", color="#add8e6", stroke="#000000")], ()),
    ("worded", "make the lower third yellow and bigger", [SetText(which="Only $5", color="#ffff00", size=1.3)], ()),
    (
        "named", "add my company name 'Blue Whale' at the bottom left the whole time, small",
        [AddText(text="Blue Whale", position="bottom_left", size=0.7, end_seconds=20)],
        (),
    ),
]  # fmt: skip
"""Film, instruction, what is done of it, and the parts that are reported."""

ROWS: list[Row] = [Row(said, tuple(done), parts, film) for film, said, done, parts in PARTS]
