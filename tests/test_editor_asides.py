"""What is told beside a wish: it is done without it and said so, and nothing that could change the film is left aside."""

import pytest

from language.stage import FILMS, HISTORY
from nemovideo_mcp.studio.editor import Outcome, edit, moods, senses
from nemovideo_mcp.studio.editor.clauses import split
from nemovideo_mcp.studio.editor.lexer import tokenize


def said(text: str, film: str = "plain") -> Outcome:
    return edit(text, *FILMS[film], HISTORY)


@pytest.mark.parametrize(
    ("text", "done", "told"),
    [
        ("the pictures go by way too quickly for my parents", ["set_clip_length"], "for my parents"),
        ("write the number on each picture so my students can refer to them", ["caption_clips"], "so my students can refer to"),
        ("make it vertical for the lobby of our school", ["set_canvas"], "for the lobby of our school"),
        ("make it 40 seconds on sunday", ["set_total_length"], "on sunday"),
        ("could you get rid of the second picture, she hates it", ["remove_clips"], "she hates it"),
        ("my grandma turns 80 on sunday, make it one minute long", ["set_total_length"], "my grandma turns 80 on sunday"),
        ("the film is for my sister's wedding. use romantic music", ["set_music"], "for my sister's wedding"),
        ("I am 82 and not good with computers. make it 40 seconds", ["set_total_length"], "not good with computers"),
        ("a little warmer please, the light was so cold that day", ["set_look"], "light was so cold that day"),
        ("please use 4:3, we'll show it on an old projector", ["set_canvas"], "show it on an old projector"),
    ],
)  # fmt: skip
def test_a_circumstance_is_left_aside_and_told(text: str, done: list[str], told: str) -> None:
    outcome = said(text)
    assert [change.operation for change in outcome.changes] == done, outcome.reply
    assert not outcome.missed, outcome.missed
    assert any(note.startswith("Not taken into account: ") and told in note for note in outcome.warnings), (
        outcome.warnings
    )
    assert "Not taken into account" in outcome.reply


@pytest.mark.parametrize(
    "text",
    [
        "delete the photo with the dog",
        "make the photos with grandma brighter",
        "make it black and white where my brother is",
        "remove the photos for my aunt and uncle",
        "brighten the kitchen part",
        "zoom in on the dog",
        "make it 20 seconds without the singing",
        "blur the photos of the children",
        "make the wedding part slower",
        "use music like the one at our wedding",
        "make the photos for grandma brighter",
        "delete the ugly one",
        "brighten the dark ones",
        "make the blurry pictures shorter",
        "remove all the black and white photos",
        "some of the pictures should zoom in",
        "a few photos should be longer",
        "not all of them should be black and white",
        "anything but black and white",
        "the portrait ones should be cropped",
        "stronger colours for the sunset photo",
        "the man in photo 3 is my father",
        "I'm not in the mood for photo 1",
        "it's for a party",
        "that's better, thank you",
        "we have five photos and a song",
    ],
)
def test_what_could_tell_which_clips_are_meant_is_never_left_aside(text: str) -> None:
    outcome = said(text)
    assert not outcome.applied, outcome.reply
    assert outcome.missed


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("make it 20 seconds. photo 2 is blurry", "photo 2 is blurry"),
        ("make it 20 seconds, and the music is awful", "music is awful"),
        ("my mom turns 70 on Saturday", "mom turns 70"),
        ("she hates it", "she hates it"),
        ("everything feels a bit rushed", "rushed"),
    ],
)
def test_a_complaint_without_a_remedy_and_a_telling_without_a_wish_are_asked_about(text: str, asked: str) -> None:
    assert any(asked in missed.clause for missed in said(text).missed), said(text).reply


@pytest.mark.parametrize(
    ("text", "film", "done"),
    [
        ("the song drowns everything, put it at 20 percent", "dressed", ["set_music"]),
        ("number three is blurry, I don't want it in there", "plain", ["remove_clips"]),
        ("that intro text is way off, it should read Hi everyone", "dressed", ["set_text"]),
        ('Hello isn\'t right, it should be "Goodbye"', "dressed", ["set_text"]),
        ("the title stays too long, 2 seconds are enough", "dressed", ["set_text"]),
        ("fill the frame completely, I don't want borders", "plain", ["set_fit"]),
        ("these are all so dark... can they be brighter?", "plain", ["set_look"]),
    ],
)
def test_a_complaint_beside_its_remedy_is_the_reason_for_it(text: str, film: str, done: list[str]) -> None:
    outcome = said(text, film)
    assert [change.operation for change in outcome.changes] == done, outcome.reply
    assert not outcome.missed, outcome.missed


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("throw away all pictures but the first two", "12"),
        ("pictures 2 to 4 are duplicates, get rid of them", "15"),
        ("only the first three matter, the others can be dropped", "123"),
        ("we only need pictures two three and four drop the rest", "234"),
        ("take the dog picture out, that's number 3", "1245"),
        ("lose photo 2, it's a duplicate of photo 1", "1345"),
        ("photos 3, 4 and 5 have to leave", "12"),
        ("start with the sunset, it's the fifth picture", "51234"),
        ("the bride should come first, that's picture 4", "41235"),
        ("make 3 the first and 1 the third", "32145"),
        ("the pictures should go 5 4 3 2 1", "54321"),
        ("flip the order of two and three", "13245"),
        ("put the group photo, number 5, at the very beginning", "51234"),
    ],
)
def test_what_is_left_is_what_was_meant(text: str, left: str) -> None:
    assert "".join(clip.name[1] for clip in said(text).film.clips) == left


@pytest.mark.parametrize(
    ("text", "lengths"),
    [
        ("picture 4 disappears before I can look at it, 3 seconds more", [4, 4, 4, 7, 4]),
        ("the 3rd photo needs a good long look, ten seconds", [4, 4, 10, 4, 4]),
        ("the last photo is boring so cut it short, 2 seconds", [4, 4, 4, 4, 2]),
        ("every transition 2 seconds please", [4, 4, 4, 4, 4]),
        ("the photos should last longer, no idea how much. six seconds would be fine", [6, 6, 6, 6, 6]),
    ],
)
def test_a_length_behind_a_photo_is_that_photos(text: str, lengths: list[int]) -> None:
    assert [clip.duration_ms / 1000 for clip in said(text).film.clips] == lengths


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("the slideshow is 5 seconds too long", 15),
        ("it's a long story, 25 seconds", 25),
        ("not 20 but 25 seconds", 25),
        ("forget the 20 seconds, I want 30", 30),
        ("I only have 25 seconds of airtime", 25),
        ("could it be twice as long as it is now", 40),
        ("it should be something like 30 seconds or so", 30),
        ("keep each picture up for about six seconds", 30),
    ],
)
def test_the_film_is_as_long_as_was_meant(text: str, seconds: float) -> None:
    assert said(text).film.duration_ms == seconds * 1000


@pytest.mark.parametrize(
    ("text", "tells"),
    [
        ("my mom turns 70 on saturday", True),
        ("she hates it", True),
        ("I forgot the beach picture", True),
        ("you can barely see it", True),
        ("the second photo is my favourite", True),
        ("we can hear the wind", True),
        ("I want it slower", False),
        ("I don't want it there", False),
        ("the title should be red", False),
        ("can you make it brighter", False),
        ("make it brighter", False),
        ("you can delete photo 2", False),
    ],
)
def test_telling_and_wishing_are_told_apart(text: str, tells: bool) -> None:
    assert moods.tells(tokenize(text)) is tells


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("the rocket photo should last longer", "BE"),
        ("put photo 1 last", "LAST"),
        ("the last photo", "LAST"),
        ("keep each picture up for four seconds", "SHOW"),
        ("keep only photo 2", "KEEP"),
        ("until second 8", "UNTIL"),
        ("the second photo", "ORD"),
        ("it is still too dark", "TOO"),
        ("keep the pictures still", "STATIC"),
        ("every change between pictures", "TRANSITION"),
        ("when it goes from one picture to the next", "ALL_CUTS"),
        ("cool it down a little", "ADJ"),
        ("make it look like the 1920s", "FILTER"),
        ("these go by so fast", "TOO"),
        ("1080 by 1350 pixels", "SIZE"),
    ],
)
def test_a_word_is_what_its_neighbours_make_of_it(text: str, kinds: str) -> None:
    assert kinds in [token.kind for token in senses.told_apart(tokenize(text))]


def test_a_telling_and_a_wish_in_one_breath_are_two_parts() -> None:
    for text in (
        "my mom turns 70 on Saturday so I need this to be 20 seconds",
        "the video has terrible noise please turn its sound off",
        "stop the pictures from moving around it makes grandma dizzy",
        "we only need pictures two three and four drop the rest",
    ):
        assert len(split(tokenize(text))) == 2, text


def test_the_video_is_the_moving_clip_where_only_a_clip_can_be_meant() -> None:
    for text, operation in (
        ("throw away the first 3 seconds of the video", "trim_clip"),
        ("begin with the video", "move_clip"),
        ("turn off the sound of the video", "set_clip_volume"),
        ("the video twice as fast please", "set_speed"),
    ):
        assert [change.operation for change in said(text, "mixed").changes] == [operation], text
    assert [change.operation for change in said("make the video 30 seconds long", "mixed").changes] == [
        "set_total_length"
    ]


def test_a_telling_as_long_as_an_instruction_may_be_takes_linear_work() -> None:
    for piece in ("so my x ", "for my x ", "it makes x ", "as ", "1, "):
        text = (piece * 10_000)[:9_999]
        assert edit(text, *FILMS["plain"], HISTORY).reply
