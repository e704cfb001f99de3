"""Conversations: instructions one after the other, where "it" and "that one" stand for what the one before spoke of."""

from nemovideo_mcp.timeline.operations import (
    AddText,
    BaseOperation,
    CaptionClips,
    MoveClip,
    RemoveClips,
    RemoveMusic,
    RemoveTexts,
    SetCanvas,
    SetClipLength,
    SetLook,
    SetMotion,
    SetMusic,
    SetText,
    SetTotalLength,
    SetTransition,
    SwapClips,
)

TALKS: list[list[tuple[str, list[BaseOperation]]]] = [
    [
        ("captions: A, B, C, D, E", [CaptionClips(captions=["A", "B", "C", "D", "E"])]),
        ("make the captions bigger and yellow, at the bottom", [SetText(size=1.3, color="#ffff00", position="bottom")]),
        ("title 'Trip'", [AddText(text="Trip")]),
        ("make the captions smaller", [SetText(which=one, size=1.0) for one in "ABCDE"]),
        ("move the captions to the top", [SetText(which=one, position="top") for one in "ABCDE"]),
    ],
    [
        ("make photo 3 black and white", [SetLook(filter="black_white", clips=[3])]),
        ("make it a bit brighter", [SetLook(brightness=0.1, clips=[3])]),
        ("move it to the front", [MoveClip(clip=3, to=1)]),
        ("delete it", [RemoveClips(clips=[1])]),
    ],
    [
        ("zoom in on photo 2", [SetMotion(motion="zoom_in", clips=[2])]),
        ("make that one sepia", [SetLook(filter="sepia", clips=[2])]),
        ("make it longer", [SetTotalLength(times=1.2)]),
        ("make that photo longer", [SetClipLength(times=1.2, clips=[2])]),
    ],
    [
        ("add calm music at 40%", [SetMusic(mood="calm", volume=0.4)]),
        ("fade it out over 4 seconds", [SetMusic(fade_out_seconds=4)]),
        ("remove it", [RemoveMusic()]),
    ],
    [
        ('add a title "Summer"', [AddText(text="Summer")]),
        ("make it red", [SetText(which="Summer", color="#ff0000")]),
        ("make it bigger and put it at the bottom", [SetText(which="Summer", size=1.3, position="bottom")]),
        ("remove it", [RemoveTexts()]),
    ],
    [
        ("use wipe transitions", [SetTransition(kind="wipe_left")]),
        ("make them slower", [SetTransition(seconds=0.75)]),
        ("remove them", [SetTransition(kind="none")]),
    ],
    [
        ('caption photo 2 "Rome"', [CaptionClips(captions=["Rome"], clips=[2])]),
        ("make it yellow", [SetText(which="Rome", color="#ffff00")]),
    ],
    [
        ("swap photo 1 and 2", [SwapClips(first=1, second=2)]),
        ("make them black and white", [SetLook(filter="black_white", clips=[2, 1])]),
    ],
    [
        ("make it vertical", [SetCanvas(ratio="9:16")]),
        ("shorter", [SetTotalLength(times=0.8333)]),
        ("make that one sepia", []),
    ],
    [
        ("make photo 2 brighter", [SetLook(brightness=0.2, clips=[2])]),
        ("make it blue", []),
        ("undo the title", []),
    ],
    [
        ("第二张改成黑白", [SetLook(filter="black_white", clips=[2])]),
        ("再把它放到最后", [MoveClip(clip=2, to=-1)]),
        ("它太暗了", [SetLook(brightness=0.2, clips=[5])]),
        ("删掉它", [RemoveClips(clips=[5])]),
    ],
    [
        ("加点欢快的音乐", [SetMusic(mood="upbeat")]),
        ("把它调小一点", [SetMusic(volume=0.56)]),
        ("去掉它", [RemoveMusic()]),
    ],
]
"""What is said, and the edits that are expected; none: nothing is done, and it is said why."""
