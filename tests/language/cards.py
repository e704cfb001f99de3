"""Title cards, end cards and chapter cards: clips with a background of their own."""

from language.stage import Row
from nemovideo_mcp.timeline.operations import (
    AddText,
    BaseOperation,
    DuplicateClips,
    KeepClips,
    MoveClip,
    RemoveCards,
    RemoveClips,
    RemoveTexts,
    ReverseClips,
    SetCard,
    SetClipLength,
    SetLook,
    SetMusic,
    SetText,
    SetTotalLength,
    SetTransition,
)

WHITE, BLACK, BLUE, RED = "#ffffff", "#000000", "#0000ff", "#ff0000"

NEW: list[tuple[str, list[BaseOperation]]] = [
    ("add a title card saying 'Our Trip' on a black background", [SetCard(text="Our Trip", background=BLACK)]),
    ("start with a title card 'X'", [SetCard(text="X")]),
    ("end card 'Thanks for watching' with a white background", [SetCard(text="Thanks for watching", after=-1, background=WHITE)]),
    ('title screen "Summer"', [SetCard(text="Summer")]),
    ('can you add an intro card that says "Welcome"?', [SetCard(text="Welcome")]),
    ('opening slide "Hello"', [SetCard(text="Hello")]),
    ("closing slide 'Bye bye'", [SetCard(text="Bye bye", after=-1)]),
    ("outro 'Thanks for watching'", [SetCard(text="Thanks for watching", after=-1)]),
    ('credits screen "Made by Anna"', [SetCard(text="Made by Anna", after=-1)]),
    ("put a blue slide with 'Chapter 2' after photo 3", [SetCard(text="Chapter 2", after=3, background=BLUE)]),
    ('insert a card "Part 2" between photos 2 and 3', [SetCard(text="Part 2", after=2)]),
    ('add a chapter card "Day 2" before photo 4 in red', [SetCard(text="Day 2", after=3, color=RED)]),
    ("add a slide that says Chapter One after photo 2", [SetCard(text="Chapter One", after=2)]),
    ('title card "Trip" for 2 seconds', [SetCard(text="Trip", seconds=2)]),
    ('a 5 second title card "Trip"', [SetCard(text="Trip", seconds=5)]),
    ("title card 'Trip', white text on a green background", [SetCard(text="Trip", color=WHITE, background="#008000")]),
    ('black title card "Noir" with red text', [SetCard(text="Noir", background=BLACK, color=RED)]),
    ("title card 'Our Trip' with subtitle 'Summer 2024'", [SetCard(text="Our Trip\nSummer 2024")]),
    ("title card 'Our Trip' and the subtitle 'Summer 2024'", [SetCard(text="Our Trip\nSummer 2024")]),
    ("title card 'Our Trip' over a blurred photo 2", [SetCard(text="Our Trip", photo=2)]),
    ("title card 'Our Trip' with a blurred background", [SetCard(text="Our Trip", photo=1)]),
    ("end card 'Bye' on a blurred photo", [SetCard(text="Bye", after=-1, photo=5)]),
    ('title card "A" with a gradient from blue to purple', [SetCard(text="A", background=BLUE, gradient="#800080")]),
    ('end with "Thank you" on a black background', [SetCard(text="Thank you", after=-1, background=BLACK)]),
    ("the end should say 'Thank you' on black", [SetCard(text="Thank you", after=-1, background=BLACK)]),
    ("add a black screen at the end for 2 seconds", [SetCard(after=-1, background=BLACK, seconds=2)]),
    ('title card "Hi" in serif font', [SetCard(text="Hi", font="serif")]),
    ('make a 20 second video with a title card "Hi" and an end card "Bye"', [SetCard(text="Hi"), SetCard(text="Bye", after=-1), SetTotalLength(seconds=20)]),
    ("title card 'Hello', 3 seconds per photo, upbeat music", [SetCard(text="Hello"), SetClipLength(seconds=3), SetMusic(mood="upbeat")]),
    ("片头字幕卡 '旅行'", [SetCard(text="旅行")]),
    ("黑底白字的片头 '旅行日记'", [SetCard(text="旅行日记", background=BLACK, color=WHITE)]),
    ("片尾卡片“谢谢”", [SetCard(text="谢谢", after=-1)]),
    ("结尾加一个白色背景的 '谢谢观看'", [SetCard(text="谢谢观看", after=-1, background=WHITE)]),
    ("在第三张后面插入一张写着“休息一下”的卡片", [SetCard(text="休息一下", after=3)]),
    ("加一张片头卡片“夏日”，黑色背景", [SetCard(text="夏日", background=BLACK)]),
    ("片头加一张标题卡“我们的旅行”，显示2秒", [SetCard(text="我们的旅行", after=0, seconds=2)]),
    ("片尾卡“再见”，白底黑字", [SetCard(text="再见", after=-1, background=WHITE, color=BLACK)]),
    ("最后加一个黑屏2秒", [SetCard(after=-1, background=BLACK, seconds=2)]),
]  # fmt: skip
"""Of a film without cards."""

THERE: list[tuple[str, list[BaseOperation]]] = [
    ("make the title card blue", [SetCard(card=1, background=BLUE)]),
    ("change the end card to 'The End'", [SetCard(card=-1, text="The End")]),
    ("remove the title card", [RemoveCards(cards=[1])]),
    ("remove the end card", [RemoveCards(cards=[2])]),
    ("get rid of both cards", [RemoveCards()]),
    ("delete all cards", [RemoveCards()]),
    ("make the end card 5 seconds long", [SetCard(card=2, seconds=5)]),
    ("title card text in yellow", [SetCard(card=1, color="#ffff00")]),
    ("make the title card bigger", [SetText(which="Our Trip", size=1.3)]),
    ("move the title card to the end", [SetCard(card=1, after=-1)]),
    ("move card 2 after photo 3", [SetCard(card=2, after=3)]),
    ("remove card 2", [RemoveCards(cards=[2])]),
    ('change the title card to say "Paris"', [SetCard(card=1, text="Paris")]),
    ("把片头卡片改成红色", [SetCard(card=1, background=RED)]),
    ("去掉片尾卡片", [RemoveCards(cards=[2])]),
    ("片尾卡片改成“完”", [SetCard(card=2, text="完")]),
    ("所有卡片显示2秒", [SetCard(card=1, seconds=2), SetCard(card=2, seconds=2)]),
    # Photos are counted without the cards.
    ("make photo 2 black and white", [SetLook(filter="black_white", clips=[2])]),
    ("delete photo 1", [RemoveClips(clips=[1])]),
    ("make it 30 seconds", [SetTotalLength(seconds=30)]),
    ("3 seconds per photo", [SetClipLength(seconds=3)]),
    ("make the last photo 6 seconds", [SetClipLength(seconds=6, clips=[5])]),
    ("reverse the order", [ReverseClips()]),
    ("move photo 5 to the start", [MoveClip(clip=5, to=1)]),
    ("keep only photos 1 and 2", [KeepClips(clips=[1, 2])]),
    ("wipe between photos 2 and 3", [SetTransition(kind="wipe_left", cuts=[2])]),
    ("duplicate photo 3", [DuplicateClips(clips=[3])]),
    ("add 'Hi' on photo 2", [AddText(text="Hi", start_seconds=7, end_seconds=11)]),
    ("change the title to 'Rome'", [SetText(which="Our Trip", text="Rome")]),
    ("remove all text", [RemoveTexts()]),
    ("第二张改成黑白", [SetLook(filter="black_white", clips=[2])]),
    ("删除最后一张", [RemoveClips(clips=[5])]),
]  # fmt: skip
"""Of five photos between a title card "Our Trip" and an end card "Bye"."""

WORDS: list[tuple[str, list[BaseOperation]]] = [
    ("title 'X'", [AddText(text="X")]),
    ("end with 'Thanks'", [AddText(text="Thanks", style="end_card", end_seconds=3, from_end=True)]),
    ("closing title 'The End'", [AddText(text="The End", style="end_card", end_seconds=3, from_end=True)]),
    ("add 'Hi' on the first slide", [AddText(text="Hi", end_seconds=4)]),
]
"""Words over the photos, which are no cards."""

REFUSED: list[tuple[str, str, str]] = [
    ("plain", "add a title card", "title card"),
    ("plain", "make the title card blue", "title card"),
    ("carded", "remove card 5", "card 5"),
    ("carded", "make the card blue", "card blue"),
    ("carded", "make the end card a gradient", "gradient"),
]

ROWS = [
    *(Row(said, tuple(expected)) for said, expected in (*NEW, *WORDS)),
    *(Row(said, tuple(expected), film="carded") for said, expected in THERE),
    *(Row(said, (), (part,), film) for film, said, part in REFUSED),
]
