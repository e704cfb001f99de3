"""What people say about a slideshow, and the timeline that they get."""

from typing import Any

import pytest

from nemovideo_mcp.studio.editor import Outcome, edit, edit_operations
from nemovideo_mcp.timeline.history import History, Version
from nemovideo_mcp.timeline.model import Media, Timeline
from nemovideo_mcp.timeline.operations import OperationError, RemoveClips, SetTotalLength, lay_out

PHOTOS = [Media(id=f"m{i}", name=f"p{i}.jpg", kind="image", width=4000, height=3000) for i in range(1, 6)]
POOL = [*PHOTOS, Media(id="s1", name="song.mp3", kind="audio", duration_ms=60_000)]


def facts(film: Timeline) -> dict[str, Any]:
    """The film as short facts, each of which a case may state."""
    cuts = [clip.transition_in for clip in film.clips[1:]]
    music = film.music[0] if film.music else None
    return {
        "total": film.duration_ms,
        "each": [clip.duration_ms for clip in film.clips],
        "order": "".join(clip.name[1] for clip in film.clips),
        "fades": [cut.duration_ms if cut else 0 for cut in cuts],
        "frame": (film.canvas.width, film.canvas.height),
        "fps": film.canvas.fps,
        "titles": [(t.text, t.start_ms, t.start_ms + t.duration_ms) for t in film.texts],
        "place": [t.position for t in film.texts],
        "color": [t.color for t in film.texts],
        "music": (music.name, music.volume, music.fade_in_ms, music.fade_out_ms) if music else None,
        "motion": [clip.motion for clip in film.clips],
        "fit": [clip.fit for clip in film.clips],
    }


WIDE, TALL, SQUARE = (1920, 1080), (1080, 1920), (1080, 1080)
LAID = facts(lay_out(Timeline(), POOL))

DONE: list[tuple[str, dict[str, Any]]] = [
    ("convert five product photos in JPG format into a 1080p MP4", {"frame": WIDE}),
    ("turn these photos into a 30-second slideshow video with smooth transitions", {"total": 30_000, "fades": [800] * 4}),
    ("turning photo collections into shareable slideshow videos for marketers, social media creators, photographers", {}),
    ("make it 45 seconds long", {"total": 45_000}),
    ("total length 1 minute", {"total": 60_000}),
    ("30-second slideshow", {"total": 30_000}),
    ("Make it 30s", {"total": 30_000}),
    ("make a video 1m30 long", {"total": 90_000}),
    ("make it half a minute", {"total": 30_000}),
    ("make it two and a half minutes", {"total": 150_000}),
    ("total duration: 1:30", {"total": 90_000}),
    ("one minute and a half", {"total": 90_000}),
    ("make it twenty-five seconds long", {"total": 25_000}),
    ("make it one hundred and twenty seconds long", {"total": 120_000}),
    ("shorten it to 12 seconds", {"total": 12_000}),
    ("it should last 30 seconds", {"total": 30_000}),
    ("set the length of the video to 40 s", {"total": 40_000}),
    ("the video should be 20 seconds", {"total": 20_000}),
    ("I'd like a slideshow of 40 seconds please", {"total": 40_000}),
    ("can you make a 2 min film from these pictures?", {"total": 120_000}),
    ("hey, can you turn my wedding photos into a one minute video? thanks!", {"total": 60_000}),
    ("30 seconds in total", {"total": 30_000}),
    ("20 seconds, no, 30 seconds", {"total": 30_000}),
    ("make it 20 seconds. Actually make it 30 seconds", {"total": 30_000}),
    ("总长30秒", {"total": 30_000}),
    ("做成一个30秒的视频", {"total": 30_000}),
    ("请帮我把这些照片做成一分半的视频", {"total": 90_000}),
    ("时长改成45秒", {"total": 45_000}),
    ("半分钟", {"total": 30_000}),
    ("二十秒，不对，三十秒", {"total": 30_000}),
    ("把视频缩短到12秒", {"total": 12_000}),
    ("做一个1分30秒的幻灯片", {"total": 90_000}),
    ("3 seconds per photo", {"each": [3000] * 5}),
    ("each photo 2s", {"each": [2000] * 5}),
    ("show every picture for 2.5 seconds", {"each": [2500] * 5}),
    ("each photo should last 3 seconds", {"each": [3000] * 5}),
    ("the photos should each last 3 seconds", {"each": [3000] * 5}),
    ("make a 15 second video with 3 seconds per photo", {"each": [3000] * 5}),
    ("每张3秒", {"each": [3000] * 5}),
    ("每张照片显示2.5秒", {"each": [2500] * 5}),
    ("3秒一张", {"each": [3000] * 5}),
    ("photo 2 for 6 seconds", {"each": [4000, 6000, 4000, 4000, 4000]}),
    ("the second and fourth photos for 5 s", {"each": [4000, 5000, 4000, 5000, 4000]}),
    ("show photos 2-4 for 3 seconds each", {"each": [4000, 3000, 3000, 3000, 4000]}),
    ("make the last photo 5 seconds long", {"each": [4000, 4000, 4000, 4000, 5000]}),
    ("the first three photos for 2 seconds", {"each": [2000, 2000, 2000, 4000, 4000]}),
    ("make a 30 second slideshow with photo 2 for 6 seconds", {"each": [6000] * 5}),
    ("a 20 second video, photo 1 for 8 seconds", {"each": [8000, 3000, 3000, 3000, 3000]}),
    ("第2张显示6秒", {"each": [4000, 6000, 4000, 4000, 4000]}),
    ("前三张每张2秒", {"each": [2000, 2000, 2000, 4000, 4000]}),
    ("0.5s crossfades", {"fades": [500] * 4}),
    ("add crossfades of 1 second", {"fades": [1000] * 4}),
    ("crossfades of 0.8 seconds", {"fades": [800] * 4}),
    ("fade between the photos", {}),
    ("use a 1 second dissolve between photos 2 and 3", {"fades": [600, 1000, 600, 600]}),
    ("no transitions", {"fades": [0] * 4}),
    ("hard cuts", {"fades": [0] * 4}),
    ("remove the transitions", {"fades": [0] * 4}),
    ("without music and transitions", {"fades": [0] * 4}),
    ("平滑过渡", {"fades": [800] * 4}),
    ("交叉淡化1秒", {"fades": [1000] * 4}),
    ("不要转场", {"fades": [0] * 4}),
    ("make it 9:16", {"frame": TALL}),
    ("9x16", {"frame": TALL}),
    ("4:5", {"frame": (1080, 1350)}),
    ("make it square", {"frame": SQUARE}),
    ("vertical video for TikTok", {"frame": TALL}),
    ("portrait", {"frame": TALL}),
    ("for YouTube", {"frame": WIDE}),
    ("make it for Instagram reels", {"frame": TALL}),
    ("square video for Instagram", {"frame": SQUARE}),
    ("720p", {"frame": (1280, 720)}),
    ("make it 4k vertical", {"frame": (2160, 3840)}),
    ("1920x1080", {"frame": WIDE}),
    ("60 fps", {"fps": 60}),
    ("竖屏", {"frame": TALL}),
    ("改成9：16", {"frame": TALL}),
    ("方形", {"frame": SQUARE}),
    ("做成小红书的视频", {"frame": (1080, 1440)}),
    ("做一个抖音竖屏视频，30秒", {"frame": TALL, "total": 30_000}),
    ("B站横屏", {"frame": WIDE}),
    ("move photo 5 to the front", {"order": "51234"}),
    ("move the first photo to the end", {"order": "23451"}),
    ("move photo 5 to position 2", {"order": "15234"}),
    ("move photo 1 before photo 3", {"order": "21345"}),
    ("move photo 5 before photo 3", {"order": "12534"}),
    ("move photo 5 after photo 1", {"order": "15234"}),
    ("put photo 3 first", {"order": "31245"}),
    ("swap 1 and 3", {"order": "32145"}),
    ("swap photo 1 with photo 3", {"order": "32145"}),
    ("swap the first and last photo", {"order": "52341"}),
    ("reverse the order", {"order": "54321"}),
    ("remove photo 2", {"order": "1345"}),
    ("delete the last photo", {"order": "1234"}),
    ("delete photos 2 and 4", {"order": "135"}),
    ("delete 2-4", {"order": "15"}),
    ("delete photo 2 and photo 4", {"order": "135"}),
    ("remove p2.jpg", {"order": "1345"}),
    ("delete photo 2, move photo 3 to the front", {"order": "3145"}),
    ("delete photo 2, then delete photo 2", {"order": "145"}),
    ("add the new photos", {}),
    ("add p2.jpg", {}),
    ("把第3张移到最前面", {"order": "31245"}),
    ("把第2张移到第4张后面", {"order": "13425"}),
    ("交换第1张和第3张", {"order": "32145"}),
    ("第1张和第2张互换", {"order": "21345"}),
    ("倒序", {"order": "54321"}),
    ("删除第2张", {"order": "1345"}),
    ("删除最后一张和第一张", {"order": "234"}),
    ("删掉照片2、4", {"order": "135"}),
    ("加上新照片", {}),
    ('add a title "Summer"', {"titles": [("Summer", 0, 3000)]}),
    ('add a title "Summer" for the first 4 seconds', {"titles": [("Summer", 0, 4000)]}),
    ('add a title "Summer" from 0 to 2 seconds', {"titles": [("Summer", 0, 2000)]}),
    ('title "Bye" at the end', {"titles": [("Bye", 17_000, 20_000)]}),
    ('add a title "X" for 5 s starting at 2 s', {"titles": [("X", 2000, 7000)]}),
    ('add a title "X" on photo 3', {"titles": [("X", 8000, 12_000)]}),
    ("add a title “Don’t stop” at the bottom", {"titles": [("Don’t stop", 0, 3000)], "place": ["bottom"]}),
    ("title 'It's here' top left in yellow", {"titles": [("It's here", 0, 3000)], "place": ["top_left"], "color": ["#ffff00"]}),
    ('title "A" in #ff0', {"titles": [("A", 0, 3000)], "color": ["#ffff00"]}),
    ("title: Summer 2024", {"titles": [("Summer 2024", 0, 3000)]}),
    ('title "delete photo 2, make it 5 s"', {"titles": [("delete photo 2, make it 5 s", 0, 3000)]}),
    ('the title "A" at the start and the title "B" at the end', {"titles": [("A", 0, 3000), ("B", 17_000, 20_000)]}),
    ('add a title "S", in red, for 2 seconds', {"titles": [("S", 0, 2000)], "color": ["#ff0000"]}),
    ("标题“夏日旅行”，显示前3秒", {"titles": [("夏日旅行", 0, 3000)]}),
    ("标题「夏日」 黄色 底部 显示2秒", {"titles": [("夏日", 0, 2000)], "color": ["#ffff00"], "place": ["bottom"]}),
    ("在开头3秒显示标题《夏日》", {"titles": [("夏日", 0, 3000)]}),
    ("最后5秒显示“再见”", {"titles": [("再见", 15_000, 20_000)]}),
    ("add music at 30%", {"music": ("song.mp3", 0.3, 500, 2000)}),
    ("use song.mp3 as background music at 40% volume with a 3 second fade out", {"music": ("song.mp3", 0.4, 500, 3000)}),
    ("music volume 20%", {"music": ("song.mp3", 0.2, 500, 2000)}),
    ('add music "song.mp3" at volume 50', {"music": ("song.mp3", 0.5, 500, 2000)}),
    ("add music with a fade in of 1 second and a fade out of 3 seconds", {"music": ("song.mp3", 0.8, 1000, 3000)}),
    ("背景音乐音量30%，淡出3秒", {"music": ("song.mp3", 0.3, 500, 3000)}),
    ("加背景音乐，音量百分之三十", {"music": ("song.mp3", 0.3, 500, 2000)}),
    ("no zoom", {"motion": ["none"] * 5}),
    ("no motion", {"motion": ["none"] * 5}),
    ("zoom in on photo 2", {"motion": ["auto", "zoom_in", "auto", "auto", "auto"]}),
    ("make every photo zoom in", {"motion": ["zoom_in"] * 5}),
    ("ken burns effect", {}),
    ("静止", {"motion": ["none"] * 5}),
    ("放大第2张", {"motion": ["auto", "zoom_in", "auto", "auto", "auto"]}),
    ("fill the frame", {"fit": ["fill"] * 5}),
    ("blurred background", {"fit": ["blur"] * 5}),
    ("black bars", {"fit": ["contain"] * 5}),
    ("don't crop", {"fit": ["blur"] * 5}),
    ("模糊背景", {"fit": ["blur"] * 5}),
    ("30 seconds, crossfades, 1:1, music at 30%", {"total": 30_000, "frame": SQUARE, "music": ("song.mp3", 0.3, 500, 2000)}),
    ("30s 9:16 crossfade 1s", {"total": 30_000, "frame": TALL, "fades": [1000] * 4}),
    ("30秒竖屏视频平滑过渡", {"total": 30_000, "frame": TALL, "fades": [800] * 4}),
    (
        "把这些照片做成30秒的视频，平滑过渡，标题“夏日”显示前3秒，背景音乐音量30%，淡出3秒",
        {"total": 30_000, "fades": [800] * 4, "titles": [("夏日", 0, 3000)], "music": ("song.mp3", 0.3, 500, 3000)},
    ),
]  # fmt: skip

REFUSED: list[tuple[str, str, dict[str, Any] | None]] = [
    ("turn these photos into a 30-second slideshow with a dog singing", "singing", {"total": 30_000}),
    ("做成30秒的视频，加一只唱歌的狗", "加一只唱歌的狗", {"total": 30_000}),
    ("make it 20 seconds and export it", "export it", {"total": 20_000}),
    ("no zoom and crossfades", "crossfades", {"motion": ["none"] * 5}),
    ("add thrilling music", "thrilling", {"music": ("song.mp3", 0.8, 500, 2000)}),
    ('add a title "X" and make it 5 seconds', "make it 5 seconds", {"titles": [("X", 0, 3000)]}),
    ("make a short video", "a short", {}),
    ("delete photo 2 and remove the cat", "remove the cat", {"order": "1345"}),
    *(
        (text, text, None)
        for text in (
            "don't make it 30 seconds", "不要做成30秒", "delete photo 9", "delete five photos", "delete the photo with the dog",
            "delete the last photo with a dog", "make the dog 30 seconds long",
            "add a voice-over", "remove photo 2's background", "去掉第2张的背景", "配音", "make it 0 seconds long",
            "make it ten hours long", "make it -5 seconds long", "total length 0 seconds", "no title", "不要背景音乐",
            "crossfades only between the sunset photos", "crossfades or cuts", "use crossfades except after photo 2",
            "at most 30 seconds", "20-30 seconds long", "7:3", "export it", "导出", "quieter music", "去掉音乐",
            "set the music to 150%", "add a title", "what is the length of the video", "3 photos per second",
            "add subtitles", "make it yellow", "asdf qwer", "hello",
            'add a title "unclosed, delete photo 2', "写真を30秒の動画にして", "сделай видео 30 секунд", "make photo 2 vertical",
            "make a video from photos 2 and 4", "make music 30 seconds long",
            "Transforme ces photos en un diaporama de 30 secondes avec des transitions douces", "reverse the video",
            "Mach ein Video mit 30 Sekunden", 'title "X" at the end starting at 90 s', "30-second crossfades maybe later",
        )
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), DONE, ids=[text for text, _ in DONE])
def test_an_instruction_does_what_it_says_and_nothing_else(text: str, expected: dict[str, Any]) -> None:
    outcome = edit(text, Timeline(), POOL)
    assert outcome.applied, outcome.reply
    assert not outcome.missed
    got = facts(outcome.film)
    assert {key: got[key] for key in expected} == expected
    # What was not spoken of is as laying out left it; lengths and windows move together.
    moved = {"each", "total"} if {"each", "total"} & expected.keys() else set()
    moved |= {"each", "total", "fades", "motion", "fit"} if "order" in expected else set()
    moved |= {"place", "color"} if "titles" in expected else set()
    others = got.keys() - expected.keys() - moved
    assert {key: got[key] for key in others} == {key: LAID[key] for key in others}


@pytest.mark.parametrize(("text", "part", "expected"), REFUSED, ids=[text for text, _, _ in REFUSED])
def test_what_cannot_be_done_is_reported_and_changes_nothing(
    text: str, part: str, expected: dict[str, Any] | None
) -> None:
    outcome = edit(text, Timeline(), POOL)
    assert any(missed.clause == part for missed in outcome.missed), outcome.missed
    assert all(missed.reason for missed in outcome.missed)
    if expected is None:
        assert not outcome.applied
        assert outcome.film == Timeline()
        assert outcome.changes == ()
    else:
        got = facts(outcome.film)
        assert {key: got[key] for key in expected} == expected


def said(text: str, film: Timeline) -> Outcome:
    return edit(text, film, POOL)


def test_a_follow_up_changes_the_film_that_is_there() -> None:
    film = said('30-second slideshow with music at 50% and a title "A" at the top', Timeline()).film
    assert said("make it 20 seconds", film).film.duration_ms == 20_000
    assert said("quieter music", film).film.music[0].volume == 0.35
    assert said("音乐大一点", film).film.music[0].volume == pytest.approx(0.714)
    assert said("no music", film).film.music == ()
    assert said("remove the title and the music", film).film.texts == ()
    changed = said('change the title to "B"', film).film.texts
    assert [(t.text, t.position) for t in changed] == [("B", "top")]


def test_contradictions_are_reported_and_neither_side_is_done() -> None:
    for text in ("make it 20 seconds and 30 seconds", "16:9 and 9:16", "每张照片显示3秒，总长60秒"):
        outcome = edit(text, Timeline(), POOL)
        assert len(outcome.missed) == 2
        assert not outcome.applied


def test_without_photos_the_editor_asks_for_them() -> None:
    outcome = edit("make it 30 seconds long", Timeline(), [])
    assert not outcome.applied
    assert "upload photos first" in outcome.missed[0].reason


def test_without_music_in_the_pool_the_studio_plays_its_own_and_says_so() -> None:
    outcome = edit("add music at 30%", Timeline(), PHOTOS)
    assert outcome.film.music[0].media == "built-in:upbeat"
    assert "Built-in upbeat music at 30%" in outcome.reply
    assert "no music" in edit("music volume 30%", Timeline(), PHOTOS).missed[0].reason


def test_a_wrong_number_of_photos_is_a_warning() -> None:
    assert edit("convert five product photos into an MP4", Timeline(), PHOTOS).warnings == ()
    assert "there are 4" in edit("convert five product photos into an MP4", Timeline(), PHOTOS[:4]).warnings[0]


def test_another_output_format_is_left_to_the_export() -> None:
    assert "chosen at export" in edit("make a slideshow in webm", Timeline(), POOL).warnings[0]


def test_the_reply_is_in_the_language_of_the_instruction_and_names_no_button() -> None:
    english, chinese = edit("30-second slideshow", Timeline(), POOL), edit("做成30秒的视频", Timeline(), POOL)
    assert "Laid out 5 photos, crossfades of 0.6 s. Film set to 30 s" in english.reply
    assert "总长设为30秒" in chinese.reply
    assert "button" not in english.reply
    assert not any("a" <= c <= "z" for c in chinese.reply)


def test_changes_come_in_the_order_of_the_clauses_and_carry_them() -> None:
    outcome = edit("crossfades of 1 s, make it 40 seconds long, delete photo 1", Timeline(), POOL)
    assert [change.clause for change in outcome.changes] == [
        None, "crossfades of 1 s", "make it 40 seconds long", "delete photo 1"
    ]  # fmt: skip


def test_typed_operations_are_all_or_nothing() -> None:
    outcome = edit_operations([SetTotalLength(seconds=30)], Timeline(), POOL)
    assert outcome.film.duration_ms == 30_000
    assert [change.operation for change in outcome.changes] == ["lay_out", "set_total_length"]
    with pytest.raises(OperationError):
        edit_operations([SetTotalLength(seconds=30), RemoveClips(clips=[9])], Timeline(), POOL)


def test_a_length_before_with_is_the_films_and_paths_are_not_read_as_wishes() -> None:
    song = Media(id="s", name="song.mp3", kind="audio", duration_ms=60_000)
    done = edit("6 seconds with music", Timeline(), [*POOL, song])
    assert (done.film.duration_ms, len(done.film.music), done.missed) == (6000, 1, ())
    done = edit(
        "a 20-second film of the photos in ~/Pictures/my-trip, no transitions, title 'Lofoten'", Timeline(), POOL
    )
    assert (done.film.duration_ms, done.film.texts[0].text, done.missed) == (20_000, "Lofoten", ())


@pytest.mark.parametrize("change", ["change the title to 'New'", "标题改成“New”，放在上面"])
def test_changing_the_title_replaces_it(change: str) -> None:
    film = edit("title 'Old' for the first 2 seconds in yellow", Timeline(), POOL).film
    (text,) = edit(change, film, POOL).film.texts
    assert (text.text, text.duration_ms, text.color) == ("New", 2000, "#ffff00")
    assert text.position == ("top" if "上面" in change else "center")


def test_titles_at_the_same_time_do_not_lie_over_each_other() -> None:
    film = edit("title 'A'", Timeline(), POOL).film
    done = edit("add a title 'B'", film, POOL)
    assert [text.position for text in done.film.texts] == ["center", "bottom"]
    over = edit("add a title 'C' in the center", film, POOL)
    assert any("lies over another" in warning for warning in over.warnings)


def test_a_title_at_the_end_stays_at_the_end() -> None:
    film = edit("10 seconds long, add text 'The End' for the last 3 seconds", Timeline(), POOL).film
    longer = edit("make it 40 seconds long", film, POOL).film
    assert [(t.start_ms, t.duration_ms) for t in longer.texts] == [(37_000, 3000)]


def test_a_report_says_the_films_length_once_and_as_it_is_in_the_end() -> None:
    film = lay_out(Timeline(), POOL)
    said = edit("first photo 6 seconds, the rest 2 seconds each", film, POOL).reply
    assert "22 s" not in said
    assert said.count("the film is now 14 s long") == 1
    assert "Clips 2, 3, 4, 5 set to 2 s" in said
    chinese = edit("第1张6秒，删除第2张，总长15秒", film, POOL).reply
    assert "影片现在" not in chinese
    assert "总长设为15秒" in chinese


def test_a_report_calls_colours_by_their_names_and_leaves_the_users_words_alone() -> None:
    film = lay_out(Timeline(), POOL)
    said = edit("add a title '#ff0000 day' in dark blue", film, POOL).reply
    assert 'Title "#ff0000 day"' in said
    assert ", dark blue" in said
    assert "红色" in edit("加标题“你好”，红色", film, POOL).reply
    assert "#123456" in edit("title 'Hi' in #123456", film, POOL).reply


def test_going_back_to_an_empty_timeline_offers_no_export() -> None:
    laid = lay_out(Timeline(), POOL)
    history = History([Version(n=0, instruction="", film=Timeline()), Version(n=1, instruction="10 s", film=laid)])
    english, chinese = (edit(wish, laid, POOL, history).reply for wish in ("undo", "撤销"))
    assert "export" not in english
    assert "laid out anew" in english
    assert "导出" not in chinese
    assert edit("重做", laid, POOL, history).missed[0].reason == "没有可以重做的修改"


def test_a_question_is_called_one() -> None:
    film = lay_out(Timeline(), POOL)
    for wish in ("what can you do?", "视频多长"):
        (missed,) = edit(wish, film, POOL).missed
        assert "question" in missed.reason or "问题" in missed.reason
        assert missed.nearest is None


def test_what_is_done_to_several_captions_at_once_is_told_as_one_change() -> None:
    film = edit("captions: Morning, Noon, Evening, Night, Dawn", lay_out(Timeline(), PHOTOS), PHOTOS).film

    told = edit("make the captions yellow", edit("title 'Day'", film, PHOTOS).film, PHOTOS)
    chinese = edit("字幕换成黄色", edit("title 'Day'", film, PHOTOS).film, PHOTOS)

    assert [change.text for change in told.changes] == ['"Morning", "Noon", "Evening" and more: yellow.']
    assert [change.text for change in chinese.changes] == ["“Morning”、“Noon”、“Evening”等：颜色黄色。"]
    assert [text.color for text in told.film.texts] == ["#ffff00"] * 5 + ["#ffffff"]


def test_a_song_that_is_set_and_turned_down_in_one_breath_is_told_once() -> None:
    told = edit("music upbeat but quiet", lay_out(Timeline(), PHOTOS), PHOTOS)

    assert [change.text for change in told.changes] == [
        "Built-in upbeat music at 56%, fading in over 0.5 s and out over 2 s."
    ]


CUES = "1\n00:00:01,000 --> 00:00:04,000\nIt was cold.\n\n2\n00:00:05,000 --> 00:00:08,000\nThen the sun came out."


@pytest.mark.parametrize(
    ("said", "reply"),
    [
        (f"Add these subtitles:\n{CUES}", "2 subtitles from 1 s to 8 s."),
        (f"Make it 25 seconds. Add the following subtitles:\n\n{CUES}", "2 subtitles from 1 s to 8 s."),
        (f"加上这些字幕：\n{CUES}", "加了2条字幕，1–8秒。"),
        ("WEBVTT\n\n00:01.000 --> 00:04.000\nHi", "1 subtitle from 1 s to 4 s."),
    ],
)
def test_subtitles_can_stand_in_the_instruction_as_they_stand_in_their_file(said: str, reply: str) -> None:
    outcome = edit(said, lay_out(Timeline(), PHOTOS), PHOTOS)

    assert reply in outcome.reply
    assert not outcome.missed
    assert outcome.film.texts[0].start_ms == 1000


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("lower the brightness by 20%", ("brightness", -0.2)),
        ("increase the contrast by 10%", ("contrast", 0.1)),
        ("reduce the saturation by 30%", ("saturation", -0.3)),
        ("decrease the color temperature by 15%", ("warmth", -0.15)),
        ("the brightness should be lowered by 5%", ("brightness", -0.05)),
        ("set the brightness to 20%", ("brightness", 0.2)),
        ("把亮度降低20%", ("brightness", -0.2)),
        ("饱和度提高30%", ("saturation", 0.3)),
    ],
)
def test_what_is_lowered_by_a_share_gets_less_of_it(said: str, value: tuple[str, float]) -> None:
    film = edit(said, lay_out(Timeline(), PHOTOS), PHOTOS).film

    name, much = value
    assert [round(getattr(clip.look, name), 3) for clip in film.clips] == [much] * 5


def test_numbers_that_are_there_are_changed_and_not_put_there_twice() -> None:
    film = edit("number the photos", lay_out(Timeline(), PHOTOS), PHOTOS).film
    kept = edit("only photos 1, 2 and 4", film, PHOTOS).film

    changed = edit("make the numbers bigger and put them top left", kept, PHOTOS, History([])).film

    assert [(text.text, text.position, text.size) for text in changed.texts] == [
        (number, "top_left", 1.3) for number in ("1", "2", "4")
    ]


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("generate a 30-second slideshow from these photos", 30),
        ("请生成一个30秒的横屏视频", 30),
        ("make a 25 second video for my grandma's 80th birthday", 25),
        ("The user would like a slower pace: 6 seconds per photo", 30),
    ],
)
def test_a_film_that_is_to_be_generated_is_made_of_the_photos(said: str, seconds: int) -> None:
    outcome = edit(said, lay_out(Timeline(), PHOTOS), PHOTOS)

    assert outcome.film.duration_ms == seconds * 1000
    assert not outcome.missed


@pytest.mark.parametrize("said", ["generate a video of a dog", "生成一张小狗的照片"])
def test_what_is_not_there_is_not_generated(said: str) -> None:
    outcome = edit(said, lay_out(Timeline(), PHOTOS), PHOTOS)

    assert not outcome.applied
    assert outcome.missed


def test_these_two_are_all_there_is_and_have_to_be_two() -> None:
    two = edit("put these two side by side", Timeline(), PHOTOS[:2])
    five = edit("put these two side by side", Timeline(), PHOTOS)

    assert len(two.film.clips) == 1
    assert not five.applied
    assert "exactly two clips" in five.reply
