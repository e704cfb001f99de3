"""Chinese as it is spoken: what each mechanism of the grammar reads, what it must not, and that replies are Chinese throughout."""

import ast
import re
from pathlib import Path

import pytest

from language.stage import FILMS, HISTORY
from nemovideo_mcp.studio.editor import Outcome, edit, translate
from nemovideo_mcp.timeline.draft import encode
from nemovideo_mcp.timeline.operations import (
    AddText,
    BaseOperation,
    CaptionClips,
    MoveClip,
    OrderClips,
    RemoveClips,
    Restore,
    SetCanvas,
    SetClipLength,
    SetClipVolume,
    SetFade,
    SetFit,
    SetLook,
    SetMotion,
    SetMusic,
    SetText,
    SetTotalLength,
    SetTransition,
    SwapClips,
    TrimClip,
    apply_all,
)
from nemovideo_mcp.timeline.outline import outline
from nemovideo_mcp.timeline.summary import summarize
from nemovideo_mcp.timeline.tongue import tongue_of
from support.hosts import draw, in_memory

pytestmark = pytest.mark.anyio
ROOT = Path(__file__).resolve().parent.parent


def said(instruction: str, film: str = "plain") -> Outcome:
    start, pool = FILMS[film]
    return edit(instruction, start, pool, HISTORY)


def done(instruction: str, *operations: BaseOperation, film: str = "plain") -> Outcome:
    """The outcome, after a look that it is exactly these operations with nothing missed."""
    start, pool = FILMS[film]
    outcome = said(instruction, film)
    assert outcome.film == apply_all(start, operations, pool)[0], outcome.reply
    assert not outcome.missed, outcome.reply
    return outcome


def refused(instruction: str, film: str = "plain") -> Outcome:
    outcome = said(instruction, film)
    assert not outcome.applied, outcome.reply
    assert outcome.missed
    return outcome


@pytest.mark.parametrize("words", ["亮一点", "再亮些", "更亮", "调亮", "弄亮点儿"])
def test_every_grade_of_a_word_is_one_wish(words: str) -> None:
    done(f"画面{words}", SetLook(brightness=0.2))


def test_a_little_bit_is_less_than_a_bit() -> None:
    done("画面亮一点点", SetLook(brightness=0.1))


@pytest.mark.parametrize(
    ("words", "seconds"),
    [("五六秒", 5.5), ("2、3秒", 2.5), ("两三秒", 2.5), ("十来秒", 10), ("2到3秒", 2.5), ("三秒左右", 3)],
)
def test_a_length_between_two_is_the_middle_of_them(words: str, seconds: float) -> None:
    done(f"每张{words}", SetClipLength(seconds=seconds))


def test_photos_between_two_numbers_are_not_guessed() -> None:
    refused("删掉第五六张")


@pytest.mark.parametrize("words", ["不超过15秒", "总共不要超过15s", "整个视频控制在15秒以内", "最多15秒"])
def test_a_limit_shortens_what_is_longer(words: str) -> None:
    done(words, SetTotalLength(seconds=15))


def test_a_limit_that_holds_changes_nothing_and_says_so() -> None:
    outcome = said("竖屏，最多30秒")
    assert outcome.film == apply_all(FILMS["plain"][0], [SetCanvas(ratio="9:16")], FILMS["plain"][1])[0]
    assert [(missed.clause, missed.reason, missed.nearest) for missed in outcome.missed] == [
        ("30秒", "本来就没有超过", None)
    ]


@pytest.mark.parametrize(
    ("words", "operations"),
    [
        (
            "把第三张删掉吧竖屏就行了每张3秒",
            [RemoveClips(clips=[3]), SetCanvas(ratio="9:16"), SetClipLength(seconds=3)],
        ),
        (
            "前三张每张2秒后面的都4秒",
            [SetClipLength(seconds=2, clips=[1, 2, 3]), SetClipLength(seconds=4, clips=[4, 5])],
        ),
        ("第三张糊了不要了", [RemoveClips(clips=[3])]),
        ("要方的 每张两秒", [SetCanvas(ratio="1:1"), SetClipLength(seconds=2)]),
    ],
)
def test_what_is_said_without_commas_is_taken_apart(words: str, operations: list[BaseOperation]) -> None:
    done(words, *operations)


@pytest.mark.parametrize(
    ("words", "operation"),
    [
        ("最后那张放到最前面", MoveClip(clip=5, to=1)),
        ("头一张停5秒", SetClipLength(seconds=5, clips=[1])),
        ("把2和4调个位置", SwapClips(first=2, second=4)),
        ("只留1、3、5，其他的不要", RemoveClips(clips=[2, 4])),
        ("1和2删掉", RemoveClips(clips=[1, 2])),
        ("删掉后面两张", RemoveClips(clips=[4, 5])),
        ("第三张换到第四张的时候闪一下白", SetTransition(kind="fade_white", cuts=[3])),
        ("第一张跟第二张中间加个叠化效果", SetTransition(kind="crossfade", cuts=[1])),
    ],
)
def test_photos_are_found_where_the_word_is_left_out(words: str, operation: BaseOperation) -> None:
    done(words, operation)


def test_a_file_is_called_by_its_name_and_that_one() -> None:
    done("日落那张放第一个", MoveClip(clip=5, to=1), film="named")
    refused("合照那张放第一个", film="named")


@pytest.mark.parametrize(
    ("words", "operations", "aside"),
    [
        ("给我妈看的，每张5秒", [SetClipLength(seconds=5)], "给我妈看的"),
        ("周六是我妈60大寿，做成竖屏", [SetCanvas(ratio="9:16")], "周六是我妈60大寿"),
        ("老人家看着头晕，照片别动来动去的", [SetMotion(motion="none")], "老人家看着头晕"),
        ("每张3秒，方便学生认", [SetClipLength(seconds=3)], "方便学生认"),
        ("甲方要1080x1350的尺寸", [SetCanvas(width=1080, height=1350)], "甲方"),
        ("第五张我最喜欢，给它8秒", [SetClipLength(seconds=8, clips=[5])], "第五张我最喜欢"),
        ("宝宝三岁生日做个竖屏的视频", [SetCanvas(ratio="9:16")], "宝宝三岁生日"),
        ("店里招人，做成竖屏", [SetCanvas(ratio="9:16")], "店里招人"),
    ],
)
def test_what_is_told_beside_a_wish_is_noted_and_not_missed(
    words: str, operations: list[BaseOperation], aside: str
) -> None:
    outcome = done(words, *operations)
    assert any(aside in warning for warning in outcome.warnings), outcome.warnings


@pytest.mark.parametrize(
    "words",
    [
        "把有狗的那张删掉",
        "删掉我妈的照片",
        "第二张的路人去掉",
        "给我妈美颜",
        "给他戴个帽子",
        "把小明的脸挡住",
        "我想要个酷炫的开场",
        "我妈生日快到了",
    ],
)
def test_words_that_narrow_or_wish_are_never_left_aside(words: str) -> None:
    refused(words)


def test_a_wish_that_cannot_be_done_is_reported_beside_one_that_is() -> None:
    outcome = said("每张3秒，把路人打印出来")
    assert outcome.applied
    assert [missed.clause for missed in outcome.missed] == ["把路人打印出"]


@pytest.mark.parametrize(
    ("words", "operation", "film"),
    [
        ("谁让你加字的，去掉", None, "dressed"),
        ("字看不清，给它加个黑色描边", SetText(which="Hello", stroke="#000000"), "dressed"),
        ("音乐太吵了 调到两成", SetMusic(volume=0.2), "dressed"),
        ("那个hello挡住娃的脸了，挪到下面去", SetText(which="Hello", position="bottom"), "dressed"),
        ("字写错了，改成大家好", SetText(which="Hello", text="大家好"), "dressed"),
        ("转场太拖了，0.3秒就行", SetTransition(seconds=0.3), "plain"),
        ("照片切换太生硬了，加个淡入淡出吧", SetTransition(kind="crossfade"), "plain"),
        ("第一张是全景，镜头往右慢慢移过去", SetMotion(motion="pan_right", strength=0.6, clips=[1]), "plain"),
        ("第四张别裁，宁可上下留黑边", SetFit(fit="contain", clips=[4]), "plain"),
        ("结尾淡出到白色，两秒", SetFade(out_seconds=2, color="#ffffff"), "plain"),
        ("那首歌不喜欢，换成舒缓的", SetMusic(mood="calm"), "dressed"),
    ],
)
def test_a_clause_that_names_nothing_speaks_of_what_was_told_before(
    words: str, operation: BaseOperation | None, film: str
) -> None:
    outcome = done(words, *([operation] if operation else []), film=film) if operation else said(words, film)
    assert outcome.applied
    if operation is None:
        assert not outcome.film.texts
        assert not outcome.missed


def test_the_words_on_the_screen_are_called_by_themselves() -> None:
    done("“Coffee”挪到上面去", SetText(which="Coffee", position="top"), film="worded")
    done("Coffee这几个字放大到1.5倍", SetText(which="Coffee", size=1.5), film="worded")
    done("coffee那张删掉", RemoveClips(clips=[3]), film="worded")
    refused("“再见”改成“下次见”", film="dressed")


@pytest.mark.parametrize("lead", ["字幕依次是：", "每张照片下面依次写上", "每张配个说明，分别是"])
def test_captions_are_a_list_without_quotation_marks(lead: str) -> None:
    words = ["早上", "中午", "晚上", "我", "全家福"]
    done(lead + "、".join(words), CaptionClips(captions=words))


def test_an_exception_behind_transitions_is_never_done_to_all() -> None:
    outcome = said("转场都用闪白，除了最后一个")
    kinds = [clip.transition_in.kind if clip.transition_in else None for clip in outcome.film.clips[1:]]
    assert kinds[:3] == ["fade_white"] * 3 or not outcome.applied
    assert kinds[3] != "fade_white"


def test_what_is_not_shown_any_more_is_removed() -> None:
    done("最后一张别放了", RemoveClips(clips=[5]))
    assert not said("第二张重复了，删一张").applied


@pytest.mark.parametrize(
    ("words", "operation", "film"),
    [
        ("第一张不够亮，再亮20%", SetLook(brightness=0.2, clips=[1]), "plain"),
        ("从第三张开始都黑白", SetLook(filter="black_white", clips=[3, 4, 5]), "plain"),
        ("第四张有点暗，提亮一下，其他的不动", SetLook(brightness=0.2, clips=[4]), "plain"),
        ("Hello改成哈喽", SetText(which="Hello", text="哈喽"), "dressed"),
        ("照片每张2秒，视频不动", SetClipLength(seconds=2, clips=[1, 2]), "mixed"),
        ("那段视频太长了，只要前4秒", TrimClip(clip=3, from_seconds=0, to_seconds=4), "mixed"),
        ("2、3、4张都去掉", RemoveClips(clips=[2, 3, 4]), "plain"),
        ("标题挡脸了，往下放放", SetText(which="Hello", position="bottom"), "dressed"),
        ("照片顺序按3、1、5、2、4来", OrderClips(order=[3, 1, 5, 2, 4]), "plain"),
    ],
)
def test_what_would_be_read_as_something_worse_is_read_as_it_is_meant(
    words: str, operation: BaseOperation, film: str
) -> None:
    done(words, operation, film=film)


@pytest.mark.parametrize("words", ["第一张不亮", "标题多显示两秒", "第三张不怎么清楚的那种"])
def test_what_only_sounds_like_a_wish_changes_nothing(words: str) -> None:
    refused(words, "dressed")


def test_a_list_of_lengths_is_one_for_each_photo_and_never_the_last_of_them() -> None:
    lengths = [SetClipLength(seconds=s, clips=[n]) for n, s in enumerate((5, 3, 3, 3, 6), 1)]
    done("每张的时间按5、3、3、3、6秒来", *lengths)
    refused("每张按5、3、6秒来")
    done("头两张快一点，一秒一张", SetClipLength(seconds=1, clips=[1, 2]))


def test_of_several_titles_the_one_that_was_named_is_meant() -> None:
    outcome = said("“Only $5”移到左上角，字改红", "worded")
    assert [(text.text, text.color) for text in outcome.film.texts][1] == ("Only $5", "#ff0000")


def test_a_property_goes_down_by_a_share() -> None:
    done("对比度降10%", SetLook(contrast=-0.1))


def test_a_look_is_not_a_template_for_what_it_would_seem() -> None:
    done("色调暖一些，看着温馨", SetLook(warmth=0.2))


@pytest.mark.parametrize("words", ["取消", "刚才改的撤了", "退一步"])
def test_the_last_edit_is_taken_back_in_the_words_of_a_chat(words: str) -> None:
    outcome = said(words, "dressed")
    assert outcome.film == Restore().restored(HISTORY)[0].film
    assert not outcome.missed, outcome.reply


def test_the_sound_of_a_video_is_turned_down() -> None:
    outcome = said("视频原声小一点", "mixed")
    assert not outcome.missed, outcome.reply
    assert outcome.film.clips[2].volume < FILMS["mixed"][0].clips[2].volume
    done("视频里风声太大了，把视频的声音关掉", SetClipVolume(volume=0.0), film="mixed")


def test_words_for_the_screen_keep_their_colour_and_their_count() -> None:
    done("最后写金色的“再见”两个大字", AddText(text="再见", from_end=True, end_seconds=3, color="#ffd700", size=1.4))


@pytest.mark.parametrize(
    "piece", ["1、", "1, 2, ", "吧", "后面", "我妈的", "发给我妈", "依次是a", "太亮了", "第一张和", "周六是"]
)
def test_repeated_chinese_is_answered_with_little_work(piece: str) -> None:
    assert said((piece * 6_000)[:5_999]).reply


def _said_by_operations() -> list[str]:
    """Every reason and every warning of the operations, with values in the place of what they are about."""
    found: list[str] = []
    for path in sorted((ROOT / "src/nemovideo_mcp/timeline/operations").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            told = getattr(getattr(node.func, "value", None), "id", "") in ("warnings", "notes")
            if name == "OperationError" or (name == "append" and told):
                found += _filled(node.args[0])
    return found


def _filled(said: ast.expr) -> list[str]:
    if isinstance(said, ast.Constant):
        return [str(said.value)]
    if not isinstance(said, ast.JoinedStr):
        return []
    parts = []
    for part in said.values:
        value = part.value if isinstance(part, ast.FormattedValue) else None
        name = getattr(getattr(value, "func", None), "id", "")
        if isinstance(part, ast.Constant):
            parts.append(str(part.value))
        elif name == "plural" and isinstance(value, ast.Call):
            noun = (
                str(value.args[1].value) if len(value.args) > 1 and isinstance(value.args[1], ast.Constant) else "clip"
            )
            parts.append(f"3 {noun}s")
        else:
            parts.append("1 min 30 s" if name == "spoken" else "7")
    return ["".join(parts)]


def test_every_reason_and_warning_of_an_operation_has_a_chinese_one() -> None:
    told = _said_by_operations()
    assert len(told) > 50
    english = [text for text in told if not re.search("[一-鿿]", translate.why(text, "zh"))]
    assert not english, english
    ends = translate.why('The text "Hello" now ends with the film, at 1 min 2.5 s.', "zh")
    assert ends == "文字“Hello”改为在影片结束（1分2.5秒）时消失"


def test_the_summary_line_is_chinese_for_chinese() -> None:
    film, pool = FILMS["dressed"]
    shown = outline(encode(film), None)
    assert summarize(shown, "zh") == (
        "时间线（3条轨道）：1. 照片：5个画面，p1.jpg 到 p5.jpg（0–20秒） 2. 音乐：song.mp3（0–20秒，50%） 3. 文字：“Hello”（0–3秒）"
    )
    many = apply_all(film, [CaptionClips(use="number"), AddText(text="完", start_seconds=10)], pool)[0]
    assert "文字：7段，“Hello”到“" in summarize(outline(encode(many), None), "zh")
    assert summarize(outline({}, None), "zh") == "时间线是空的。"


@pytest.mark.parametrize(
    ("text", "tongue"), [("标题写“Hello World”", "zh"), ('title "夏天"', "en"), ("把 video 调快", "zh")]
)
def test_a_person_is_answered_in_the_language_that_they_wrote_in(text: str, tongue: str) -> None:
    assert tongue_of(text) == tongue


LATIN = re.compile(r"[A-Za-z]{4,}")


async def test_all_of_a_reply_to_chinese_is_chinese(tmp_path: Path) -> None:
    paths = draw(tmp_path / "photos", "red", "green", "blue")
    async with in_memory(tmp_path) as host:
        await host.call("upload_images", paths=paths)
        told = []
        for instruction in (
            "给我妈看的，做成20秒竖屏，配轻快的音乐",
            "做成10秒，标题“夏天”显示20秒，把路人P掉",
            "预览一下",
        ):
            result = await host.client.call_tool("edit", {"instruction": instruction})
            told.append(result.content[0].text.split("For the assistant")[0])  # type: ignore[union-attr]
        for instruction in ("重做", "每张照片做一个视频"):
            told.append((await host.fail("edit", instruction=instruction)).split("For the assistant")[0])
    for text in told:
        plain = re.sub(r"[\w-]+\.jpg|（film_\w+）|“Film 1”|batch\(.*\)|preview|media", "", text)
        assert not LATIN.search(plain), text
