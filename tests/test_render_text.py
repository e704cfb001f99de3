"""Words over the picture, measured on the pixels that they leave on it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
import pytest
from bidi import get_display
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from nemovideo_mcp.media import fonts
from nemovideo_mcp.media.typeset import bidi, clusters
from nemovideo_mcp.media.typeset.shape import typesetter
from nemovideo_mcp.studio.render import planes
from nemovideo_mcp.studio.render.job import RenderError
from nemovideo_mcp.studio.render.text import Title, titles, wrap, yuv
from nemovideo_mcp.timeline.model import ALIGNS, ANIMATIONS, POSITIONS, TEXT_STYLES, Animation, Canvas, Position, Text
from support.emoji import COLORS, FAMILY, GIRL, GRIN, MAN, emoji_font

Grey = npt.NDArray[np.float64]
WIDE = (640, 360)
GROUNDS = {"black": 16, "white": 235}
LONG = 20_000
"""A time that leaves room for every animation, in ms; at ten frames a second, frame 100 is the middle."""


def text(words: str, **given: Any) -> Text:
    plain: dict[str, Any] = {"duration_ms": LONG, "enter": "none", "leave": "none"}
    return Text(id="t", text=words, **(plain | given))


def film_of(*texts: Text, size: tuple[int, int] = WIDE, fps: int = 10) -> list[Title]:
    return titles(texts, Canvas(width=size[0], height=size[1], fps=fps))


def drawn(*given: Title, n: int = 100, size: tuple[int, int] = WIDE, ground: int = 16) -> planes.Planes:
    """Frame ``n`` of the texts over a plain ground."""
    out = planes.blank(*size, (ground, 128, 128))
    for title in given:
        title.draw(n, out)
    return out


def luma(words: str, *, canvas: tuple[int, int] = WIDE, ground: int = 16, **given: Any) -> Grey:
    return drawn(*film_of(text(words, **given), size=canvas), size=canvas, ground=ground)[0].astype(float)


def box(ink: npt.NDArray[np.bool_]) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of what is there."""
    rows, columns = np.nonzero(ink)
    return int(columns.min()), int(rows.min()), int(columns.max()) + 1, int(rows.max()) + 1


def cropped(values: Grey) -> Grey:
    left, top, right, bottom = box(values > 125)
    return values[top:bottom, left:right]


def place_of(letter: str, words: str, **given: Any) -> float:
    """Where in the words a letter is found by its shape, in pixels from the left."""
    shape, whole = cropped(luma(letter, **given)), luma(words, **given)
    match = cv2.matchTemplate(whole.astype(np.float32), shape.astype(np.float32), cv2.TM_CCOEFF_NORMED)
    assert match.max() > 0.8, f"{letter} is not to be seen in {words}"
    return float(np.unravel_index(match.argmax(), match.shape)[1])


def gaps(values: Grey) -> int:
    """How many empty columns part the ink into pieces."""
    columns = (values > 125).any(axis=0)
    return int((np.diff(np.flatnonzero(columns)) > 1).sum())


# Scripts


@pytest.mark.parametrize(
    ("words", "order"),
    [("שמל", "למש"), ("abשg", "abשg"), ("Hתחל7", "H7לחת"), ("תחל H7", "H7לחת")],
)
def test_hebrew_stands_from_right_to_left_and_what_is_mixed_into_it_does_not(words: str, order: str) -> None:
    found = [place_of(letter, words) for letter in order.replace(" ", "")]
    assert found == sorted(found)


DIRECTIONS = "abאבגابث١٢12 .,:+-%$€()[]!?\u0301\u05b0"


@given(st.text(DIRECTIONS, min_size=1, max_size=16))
@settings(max_examples=300, deadline=None)
def test_letters_of_both_directions_stand_in_the_order_of_the_unicode_algorithm(words: str) -> None:
    base = bidi.base(words)
    ours = "".join(words[i] for i in bidi.visual(bidi.levels(words, base)))
    # The reference also turns brackets round, which HarfBuzz does when it shapes.
    turned = str.maketrans("[]()", "((((")
    assert ours.translate(turned) == get_display(words).translate(turned)


def test_brackets_around_hebrew_open_towards_it() -> None:
    left, right = cropped(luma("(")), cropped(luma(")"))
    whole = cropped(luma("(שלום)"))
    for side, shape in ((whole[:, : left.shape[1]], left), (whole[:, -right.shape[1] :], right)):
        height = min(len(side), len(shape))
        assert np.abs(side[-height:] - shape[-height:]).mean() < 40


def test_arabic_letters_join() -> None:
    joined, apart = luma("سلم"), luma("س\u200cل\u200cم")
    assert gaps(joined) == 0
    assert gaps(apart) == 2
    assert cropped(joined).shape[1] < 0.9 * cropped(apart).shape[1]


def test_marks_of_devanagari_and_thai_stand_on_their_letters() -> None:
    # The sign for i is written after its consonant and stands before it; Thai vowels take no room on the line.
    assert place_of("ग", "गि") > place_of("ग", "ग") - 1
    assert cropped(luma("ที่")).shape[1] < 1.15 * cropped(luma("ท")).shape[1]
    assert cropped(luma("ที่")).shape[0] > 1.3 * cropped(luma("ท")).shape[0]


def test_han_characters_have_the_forms_of_their_language() -> None:
    first = [luma(words, position="left")[:, :80] for words in ("骨のの", "骨头头", "骨頭頭")]
    for i, one in enumerate(first):
        for other in first[i + 1 :]:
            assert np.abs(one - other).max() > 100


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ("夏天", "zh-Hans"), ("云南的夏天", "zh-Hans"), ("臺灣環島", "zh-Hant"), ("東京の夏", "ja"), ("桜", "ja"),
        ("제주도", "ko"), ("大韓民國 여름", "ko"), ("Summer", None), ("", None),
    ],
)  # fmt: skip
def test_the_language_of_han_characters_is_told_from_the_words(words: str, language: str | None) -> None:
    assert fonts.language(words) == language


@pytest.mark.parametrize(
    "words",
    ["Ágústa Þórðar", "Đường về nhà ở Huế", "Лето", "Ελλάδα", "云南", "臺灣", "夏の海", "제주도", "مراكش ١٢٣", "תֵּל אָבִיב", "เชียงใหม่",
     "जयपुर", "বাংলা", "தமிழ்", "తెలుగు", "ગુજરાતી", "ਪੰਜਾਬੀ", "ಕನ್ನಡ", "മലയാളം", "සිංහල", "ខ្មែរ", "ລາວ", "မြန်မာ", "ქართული",
     "Հայերեն", "አማርኛ", "→ ★ © ™ € № ½ °"],
)  # fmt: skip
def test_every_script_has_a_font(words: str) -> None:
    (title,) = film_of(text(words))
    assert title.notes == ()
    assert drawn(title)[0].max() > 220


def test_one_line_takes_each_piece_from_the_font_that_has_it() -> None:
    (title,) = film_of(text("Tokyo 東京 دبي Αθήνα", size=0.7))
    assert title.notes == ()
    for letter in ("東", "T", "ή"):
        place_of(letter, "Tokyo 東京 دبي Αθήνα", size=0.7)


def test_characters_that_no_font_has_are_left_out_and_said_to_be() -> None:
    (title,) = film_of(text("Sun\ue123"))
    assert "\\ue123" in title.notes[0]
    assert np.array_equal(drawn(title)[0], luma("Sun"))
    (nothing,) = film_of(text("\ue123\U0010fffd"))
    assert drawn(nothing)[0].max() == 16
    assert nothing.until(5) > LONG


@pytest.mark.parametrize("words", ["", " \n\t ", "\u202e\u200b\x00\ufeff", "\ud800"])
def test_words_without_anything_to_see_leave_the_picture_alone(words: str) -> None:
    assert drawn(*film_of(text(words)))[0].max() == 16


def test_a_font_package_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "find_spec", lambda name: None)
    fonts.packaged.cache_clear()
    typesetter.cache_clear()
    with pytest.raises(
        RenderError, match='The title "Summer" cannot be drawn: the font package fontpkg-inter is missing'
    ):
        film_of(text("Summer"))


# Emoji


@pytest.fixture(params=["layers", "bitmaps"])
def squares(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The machine's emoji are coloured squares."""
    yield from machine_with(monkeypatch, str(emoji_font(tmp_path / "emoji.ttf", request.param)))


@pytest.fixture
def no_emoji(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    yield from machine_with(monkeypatch)


def machine_with(monkeypatch: pytest.MonkeyPatch, *files: str) -> Iterator[None]:
    monkeypatch.setattr(fonts, "EMOJI_FILES", files)
    fonts.color_emoji.cache_clear()
    yield
    fonts.color_emoji.cache_clear()


def shades(frame: planes.Planes) -> set[str]:
    """The names of the emoji whose colour fills a part of the frame."""
    found = set()
    for name, color in COLORS.items():
        y, u, v = yuv("#{:02x}{:02x}{:02x}".format(*color))
        same = (np.abs(frame[1].astype(float) - u) < 3) & (np.abs(frame[2].astype(float) - v) < 3)
        if (same & (np.abs(frame[0][::2, ::2].astype(float) - y) < 4)).sum() > 40:
            found.add(name)
    return found


@pytest.mark.usefixtures("squares")
def test_emoji_have_their_colours_whatever_colour_the_words_have() -> None:
    (title,) = film_of(text(f"Hi {GRIN}{MAN}{GIRL}", color="#00ffff"))
    assert title.notes == ()
    assert shades(drawn(title)) == {"grin", "man", "girl"}


@pytest.mark.usefixtures("squares")
def test_a_family_of_emoji_is_one_picture() -> None:
    assert shades(drawn(*film_of(text(FAMILY)))) == {"family"}
    assert shades(drawn(*film_of(text(FAMILY * 40)))) == {"family"}, "over several lines too"
    typed = film_of(text(FAMILY * 2, enter="typewriter"))
    assert {frozenset(shades(drawn(*typed, n=n))) for n in range(10)} <= {frozenset(), frozenset({"family"})}


@pytest.mark.usefixtures("squares")
def test_emoji_that_the_machine_does_not_have_in_colour_are_named() -> None:
    (title,) = film_of(text(f"{GRIN} 🇫🇷"))
    assert len(title.notes) == 1
    assert "does not have 🇫🇷" in title.notes[0]
    assert "grin" in shades(drawn(title))


@pytest.mark.usefixtures("squares")
def test_emoji_are_faded_with_the_words() -> None:
    title = film_of(text(GRIN, enter="fade"))
    blue = [int(drawn(*title, n=n)[1].min()) for n in range(-1, 6)]
    assert blue[0] == 128
    assert blue == sorted(blue, reverse=True)
    assert blue[-1] < 60


@pytest.mark.usefixtures("no_emoji")
def test_without_a_colour_font_emoji_are_line_drawings_and_that_is_said() -> None:
    family, flag = "👨\u200d👩\u200d👧", "🇫🇷"
    (title,) = film_of(text(f"Hi {GRIN} {family} {flag}"))
    assert len(title.notes) == 1
    assert all(part in title.notes[0] for part in ("no colour emoji font", GRIN, family, flag))
    frame = drawn(title)
    assert (frame[1] == 128).all()
    shapes = [cropped(luma(emoji)) for emoji in (GRIN, "❤️", flag)]
    assert all(shape.size > 400 for shape in shapes)
    first, second, _ = (cv2.resize(shape, (40, 40)) for shape in shapes)
    assert not np.array_equal(first, second), "they are not all one box"
    assert cropped(luma(family)).shape[1] < 1.3 * cropped(luma(GRIN)).shape[1]


# Place


SCRIPTS = (
    "abcdefgh WXYZ .,-",
    "你好世界，。旅行",
    "かなカナ。っ",
    "한국어 여행",
    "مرحبا بالعالم ",
    "שלום עולם ",
    "ไทยที่ก็",
    "नमस्ते ",
    "😀❤️🇫🇷",
    "\n",
)
sentences = st.one_of(
    *(st.text(alphabet, min_size=1, max_size=60) for alphabet in SCRIPTS[:-1]),
    st.text("".join(SCRIPTS), min_size=1, max_size=220),
)
CANVASES = [(320, 180), (180, 320), (200, 200)]


@given(
    words=sentences,
    style=st.sampled_from(TEXT_STYLES),
    position=st.sampled_from(POSITIONS),
    at=st.none() | st.tuples(st.floats(0, 1), st.floats(0, 1)),
    size=st.floats(0.3, 3),
    canvas=st.sampled_from(CANVASES),
)
@settings(max_examples=80, deadline=None)
def test_no_letter_is_outside_the_safe_area(
    words: str, style: Any, position: Position, at: Any, size: float, canvas: tuple[int, int]
) -> None:
    frame = luma(words, style=style, position=position, at=at, size=size, canvas=canvas)
    ink = frame > 100
    assume(ink.any())
    left, top, right, bottom = box(ink)
    assert left >= canvas[0] * 0.05 - 2
    assert right <= canvas[0] * 0.95 + 2
    assert top >= canvas[1] * 0.05 - 2
    assert bottom <= canvas[1] * 0.95 + 2


@given(words=st.text(max_size=80), style=st.sampled_from(TEXT_STYLES))
@settings(max_examples=100, deadline=None)
def test_any_characters_at_all_can_be_drawn_or_are_reported(words: str, style: Any) -> None:
    (title,) = film_of(text(words, style=style), size=(320, 180))
    inked = drawn(title, size=(320, 180))[0].max() > 16
    assert inked or title.notes or not any(c.isalnum() for c in words)


@pytest.mark.parametrize("position", POSITIONS)
def test_short_words_stand_where_they_were_put(position: Position) -> None:
    left, top, right, bottom = box(luma("Hi", position=position) > 125)
    x, y = (left + right) / 2 / WIDE[0], (top + bottom) / 2 / WIDE[1]
    assert ("left" in position, "right" in position) == (x < 0.3, x > 0.7)
    assert ("top" in position, "bottom" in position) == (y < 0.3, y > 0.7)
    if "left" in position:
        assert abs(left - 32) < 6
    if "right" in position:
        assert abs(right - 608) < 6


@pytest.mark.parametrize("at", [(0.3, 0.4), (0.62, 0.71)])
def test_the_middle_of_the_words_is_at_the_point_that_was_named(at: tuple[float, float]) -> None:
    left, top, right, bottom = box(luma("HHH", at=at, position="top_left") > 125)
    assert abs((left + right) / 2 - at[0] * WIDE[0]) < 3
    assert abs((top + bottom) / 2 - at[1] * WIDE[1]) < 6


@pytest.mark.parametrize("align", ALIGNS)
def test_lines_are_aligned_as_asked(align: Any) -> None:
    frame = luma("HHHHHHHHHH\nHHH", align=align) > 125
    rows = np.flatnonzero(frame.any(axis=1))
    cut = rows[np.argmax(np.diff(rows))] + 1
    first, second = box(frame[:cut]), box(frame[cut:])
    assert (abs(first[0] - second[0]) < 3) == (align == "left")
    assert (abs(first[2] - second[2]) < 3) == (align == "right")
    if align in ("center", "auto"):
        assert abs((first[0] + first[2]) - (second[0] + second[2])) < 5


def test_a_larger_size_is_larger_until_the_frame_is_full() -> None:
    heights = [cropped(luma("HHH", size=size)).shape[0] for size in (0.5, 1, 2, 3)]
    assert heights == sorted(heights)
    assert abs(heights[1] - 2 * heights[0]) <= 3
    assert cropped(luma("H" * 18, size=3)).shape[1] <= WIDE[0] * 0.9 + 2


def lines(words: str, room: float) -> list[str]:
    """The words wrapped where each cluster is one wide."""
    return wrap.lines(words, fonts.language(words), room, lambda piece: float(len(clusters.split(piece))))


def test_lines_are_even_and_break_where_a_reader_pauses() -> None:
    assert lines("one two three four five six", 16) == ["one two three", "four five six"]
    assert lines("We left at dawn, the valley was asleep", 24) == ["We left at dawn,", "the valley was asleep"]
    assert lines("今日は天気がとても良いです", 8) == ["今日は天気が", "とても良いです"]
    assert lines("제주도에서 보낸 여름 방학", 9) == ["제주도에서 보낸", "여름 방학"]
    thai = lines("ฤดูร้อนที่เชียงใหม่สวยงามมาก", 10)
    assert len(thai) > 1
    assert not any(line[0] in "ะาำ" for line in thai)


PIECES = ["旅", "行。", "「山", "水」、", "やっ", "コーヒー", "は！？", "（東", "京）", " a b ", "“好”"]


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=30).map("".join), st.integers(8, 20))
@settings(max_examples=200, deadline=None)
def test_no_line_begins_with_a_full_stop_or_ends_with_an_opening_bracket(words: str, room: int) -> None:
    words = " ".join(words.split())
    found = lines(words, room)
    assert "".join(found).replace(" ", "") == words.replace(" ", "")
    for line in found:
        assert len(line) <= room
        assert line[0] not in "、。！？」）”ーっ"
        assert line[-1] not in "「（“"


def test_a_word_that_is_too_long_for_a_line_is_broken() -> None:
    assert lines("Donaudampfschiffahrt ahoi", 8) == ["Donaudam", "pfschiff", "ahrt", "ahoi"]


def test_texts_at_one_place_and_time_make_way_for_each_other() -> None:
    for place in ("bottom", "top", "center"):
        both = [text("First words", position=place), text("Second words", position=place, style="caption")]
        inks = [drawn(title)[0] > 60 for title in film_of(*both)]
        assert not (inks[0] & inks[1]).any(), place
        later = [both[0], replace(both[1], start_ms=LONG)]
        alone = film_of(replace(both[1], start_ms=LONG))
        assert np.array_equal(drawn(film_of(*later)[1], n=210)[0], drawn(*alone, n=210)[0]), "not if they never meet"


# Looks


@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("style", TEXT_STYLES)
@pytest.mark.parametrize("color", ["#ffffff", "#101010"])
def test_words_can_be_read_on_snow_and_at_night(style: Any, ground: str, color: str) -> None:
    """The letters differ in luma from what is right beside them, whatever lies under them."""
    frames = {
        shade: luma("Reading", style=style, color=color, canvas=(960, 540), ground=value)
        for shade, value in GROUNDS.items()
    }
    value = yuv(color)[0]
    letters = (np.abs(frames["black"] - value) < 12) & (np.abs(frames["white"] - value) < 12)
    assert letters.sum() > 300
    kernel = np.ones((3, 3), np.uint8)
    near = cv2.dilate(letters.astype(np.uint8), kernel, iterations=2).astype(bool)
    beside = cv2.dilate(near.astype(np.uint8), kernel, iterations=1).astype(bool) & ~near
    assert abs(frames[ground][letters].mean() - frames[ground][beside].mean()) > 65


def test_a_box_and_an_outline_have_the_colours_that_were_asked_for() -> None:
    canvas = (1280, 720)
    given = text("HHH", box="#2040c0", stroke="#c02020", color="#f0e020", size=2.0)
    frame = drawn(*film_of(given, size=canvas), size=canvas)
    for color, least in (("#2040c0", 4000), ("#c02020", 400), ("#f0e020", 1000)):
        same = [np.abs(plane.astype(float) - value) <= 2 for plane, value in zip(frame, yuv(color), strict=True)]
        assert (same[0][::2, ::2] & same[1] & same[2]).sum() >= least, color


def test_a_box_holds_the_words_and_its_corners_are_round() -> None:
    frame = luma("Words", box="#808080", color="#ffffff", style="caption")
    plate, letters = box(frame > 60), box(frame > 200)
    assert plate[0] < letters[0] - 4
    assert plate[2] > letters[2] + 4
    assert plate[1] < letters[1] - 2
    assert plate[3] > letters[3] + 2
    assert frame[plate[1], plate[0]] < 40
    assert frame[plate[1], (plate[0] + plate[2]) // 2] > 60


def test_serif_and_sans_are_different_faces() -> None:
    assert np.abs(luma("Hamburg") - luma("Hamburg", font="serif")).mean() > 1


def test_a_lower_third_has_a_stripe_on_the_side_where_reading_begins() -> None:
    for words, edge in (("Anna Lind\nPhotographer", 0), ("אנה לינד\nצלמת", 1)):
        frame = luma(words, style="lower_third", canvas=(1280, 720), ground=128)
        plate = box(np.abs(frame - 128) > 20)
        row = frame[(plate[1] + plate[3]) // 2, plate[0] : plate[2]]
        assert row[[2, -3][edge]] > 200
        assert row[[-3, 2][edge]] < 100


def test_only_the_surroundings_of_the_words_change() -> None:
    frame = luma("Words", style="title", ground=128)
    assert (frame[:90] == 128).all()
    assert (frame[270:] == 128).all()
    assert (frame[:, :120] == 128).all()


# Movement


def there(kind: Animation, side: str, words: str = "Summer", fps: int = 30) -> list[planes.Planes]:
    """The frames in which the words come, or go: the first without them, the last with all of them."""
    given = {"enter": kind, "leave": "none"} if side == "enter" else {"enter": "none", "leave": kind}
    titled = film_of(text(words, start_ms=1000, **given), fps=fps)
    if side == "enter":
        return [drawn(*titled, n=n) for n in range(fps - 1, 2 * fps)]
    last = fps + LONG * fps // 1000
    return [drawn(*titled, n=n) for n in range(last, last - fps, -1)]


@pytest.mark.parametrize("side", ["enter", "leave"])
@pytest.mark.parametrize("kind", ANIMATIONS)
def test_words_come_from_nothing_and_are_all_there_at_the_end(kind: Animation, side: str) -> None:
    frames = there(kind, side)
    light = [float(frame[0].mean()) for frame in frames]
    assert light[0] == 16
    assert np.array_equal(frames[-1][0], luma("Summer"))
    assert all(b >= a - 0.02 for a, b in pairwise(light))
    steps = len({round(value, 3) for value in light})
    assert steps == 2 if kind == "none" else steps > 5


@pytest.mark.parametrize(("side", "sign"), [("enter", 1), ("leave", -1)])
def test_rising_words_move_by_parts_of_a_pixel_and_slow_down(side: str, sign: int) -> None:
    frames = [frame[0].astype(float) - 16 for frame in there("rise", side)[2:]]
    rows = np.arange(WIDE[1])
    heights = [float((frame.sum(axis=1) * rows).sum() / frame.sum()) for frame in frames]
    moves = [(a - b) * sign for a, b in pairwise(heights)]
    assert all(move > -0.05 for move in moves)
    assert sum(moves) > 3
    assert moves[0] > moves[3] > moves[6] > 0.01
    assert any(0.02 < move < 0.5 for move in moves), "they do not step"


@pytest.mark.parametrize("words", ["Typing away", "سلام عليكم", "देवनागरी", "e\u0301a\u0302o\u0308"])
def test_typed_words_appear_letter_by_letter_and_none_changes_afterwards(words: str) -> None:
    frames = [frame[0].astype(int) for frame in there("typewriter", "enter", words)]
    seen = [frame > 160 for frame in frames]
    for before, after in pairwise(seen):
        assert not (before & ~after).any()
    shown = [int(ink.sum()) for ink in seen]
    # What takes no room of its own, a space, is typed without being seen.
    assert len(clusters.split(words)) - 1 <= len(set(shown)) <= len(clusters.split(words)) + 1


def test_typing_begins_where_reading_does() -> None:
    for words, right in (("Typing", False), ("שלום", True)):
        frames = [frame[0] > 160 for frame in there("typewriter", "enter", words)]
        first = next(box(ink) for ink in frames if ink.any())
        whole = box(frames[-1])
        assert (abs(first[2] - whole[2]) < 3) == right
        assert (abs(first[0] - whole[0]) < 3) == (not right)


@given(
    style=st.sampled_from(TEXT_STYLES),
    enter=st.none() | st.sampled_from(ANIMATIONS),
    leave=st.none() | st.sampled_from(ANIMATIONS),
    start=st.integers(0, 900),
    length=st.integers(1, 3000),
    fps=st.sampled_from([10, 24, 30]),
)
@settings(max_examples=60, deadline=None)
def test_frames_up_to_the_one_where_something_may_change_are_the_same(
    style: Any, enter: Any, leave: Any, start: int, length: int, fps: int
) -> None:
    size = (160, 90)
    words = Text(id="t", text="Hi 你好", style=style, enter=enter, leave=leave, start_ms=start, duration_ms=length)
    (title,) = film_of(words, size=size, fps=fps)
    last = (start + length) * fps // 1000 + 4
    n = 0
    while n < last:
        held = drawn(title, n=n, size=size, ground=90)
        until = title.until(n)
        assert until > n
        for other in {n + 1, (n + until) // 2, until - 1} if until < last else range(n + 1, last):
            if n < other < until:
                assert all(
                    np.array_equal(a, b) for a, b in zip(held, drawn(title, n=other, size=size, ground=90), strict=True)
                )
        n = until
