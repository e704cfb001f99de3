"""Chinese sentences name their subject once: what the parts behind a comma or 并 are said of.

将第3张移到开头，时长设为5秒 speaks of that photo twice, 转场改为叠化，时长0.8秒 of the transitions, 添加音乐，结尾淡出3秒 of the music. Only parts of the same
sentence, without a subject of their own, and only of what can be said of that subject.
"""

from dataclasses import replace

from nemovideo_mcp.studio.editor.clauses import Clause
from nemovideo_mcp.studio.editor.manners import BIGGER
from nemovideo_mcp.studio.editor.selections import Rule
from nemovideo_mcp.studio.editor.tokens import Token

_LITTLE = frozenset("MAKE BE TO IN AT USE AS FOR ADD ON EACH IT ALL DEGREE COLON".split())
_OWN_LENGTHS = (
    "时长",
    "长度",
    "时间",
    "持续时间",
    "持续时长",
    "时间长度",
    "转场时长",
    "过渡时长",
    "过渡时间",
    "转场时间",
)
_OF_PHOTOS = ("停留时长", "显示时长", "展示时长", "播放时长", *_OWN_LENGTHS)
_TURNS = frozenset("TRANSITION CROSSFADE TKIND".split())
_FADES = frozenset("FADE_IN FADE_OUT FADE_BOTH".split())
_SUNG = frozenset("MUSIC SONG VOLUME SKIP".split())
_WRITTEN = frozenset("TITLE QUOTE CAPTION LOWER_THIRD END_CARD OLD_WORDS".split())
_GRADED = frozenset("FILTER MANNER PAN ZOOM_IN ZOOM_OUT KEN_BURNS MOTION PROP".split())
_NEAR = 12
"""Parts of a sentence that are looked back at."""
_NAMED = frozenset("FILM REF ALL_CLIPS EACH".split()) | _TURNS | _SUNG | _WRITTEN
_OTHERS = frozenset(
    "FILM FRAME_WORD ALL_CLIPS CLIP EVERYTHING TITLE QUOTE CAPTION LOGO LOWER_THIRD END_CARD SOUND REF".split()
)
_OF_A_CLIP = frozenset(
    "DUR LONG FILTER ADJ PROP PERCENT MORE LESS INTENSITY ZOOM_IN ZOOM_OUT SLOWZOOM PAN PLACE STATIC KEN_BURNS SHOW MUTE SPEED TIMES SLOWMO "
    "LENGTH LOOKWORD STRENGTH DELTA RELATIVE CAMERA BEGIN NUM MOTION FOCUS RESIZE".split()
)
_ONLY_JOINED = frozenset("FILL BLUR BARS CONTAIN BORDER MOVE START END FIRST LAST REMOVE DUPLICATE".split())
"""What is said of a clip, and what of it only where 并 joins the parts: otherwise it speaks of the film."""
_FITTED = frozenset("CONTAIN FILL BLUR BARS".split())
_OF_A_LOGO = frozenset("WIDTH STRENGTH OPAQUE CLEAR PERCENT PLACE".split())


def chained(out: list[Clause], clause: Clause) -> Clause | tuple[Clause, bool]:
    """The part with its subject, or ``(before, True)``: the part before with what this one adds to it. ``out`` are the parts before."""
    before = out[-1]
    if clause.sentence != before.sentence or not _chinese(clause):
        return clause
    said = {t.kind for t in clause.tokens} - _LITTLE
    made = {t.kind for t in before.tokens}
    things = next(
        (
            found
            for one in reversed(out[-6:])
            if one.sentence == clause.sentence and (found := {t.kind for t in one.tokens} & _NAMED)
        ),
        set(),
    )
    length = next((t for t in clause.tokens if t.kind == "DUR"), None)
    named = next((t.text for t in clause.tokens if t.kind == "LENGTH"), "")
    if said == {"LENGTH", "DUR"} and named in _OWN_LENGTHS and length is not None and "DUR" not in made:
        if made & _TURNS or (made & {"FILM_FADE", *_FADES} and not made & _WRITTEN):
            return replace(before, tokens=(*before.tokens, length)), True
        if things & _WRITTEN:
            return replace(clause, tokens=(Token("SHOW", named, length.start, length.start), length))
    if said in ({"ZOOM_IN"}, {"ZOOM_OUT"}) and things & _WRITTEN and not things & {"REF"}:
        size = next(t for t in clause.tokens if t.kind in said)
        return replace(
            clause, tokens=(replace(size, kind="BIGGER", value=BIGGER if said == {"ZOOM_IN"} else 1 / BIGGER),)
        )  # 移到左上角，并缩小
    if said == {"STRENGTH", "PERCENT"} and made & _GRADED and not made & {"MUSIC", "LOGO"}:
        return replace(
            before, tokens=(*before.tokens, *(t for t in clause.tokens if t.kind in said))
        ), True  # 应用复古滤镜，强度70%
    if said == {"DIRECTION", "PLACE"} and made & {"TKIND", "PAN", "TRANSITION"}:
        return replace(before, tokens=(*before.tokens, *(t for t in clause.tokens if t.kind == "PLACE"))), True
    if "ALIKE" in said or (
        said == {"DUR"} and any(t.kind == "EACH" for t in clause.tokens) and made & {"FILM_FADE", *_FADES}
    ):
        return _alike(out, clause)
    if made & {"LOGO", "OVERLAY"} and said & {"WIDTH", "STRENGTH", "OPAQUE", "CLEAR"} and said <= _OF_A_LOGO:
        return replace(before, tokens=(*before.tokens, *(t for t in clause.tokens if t.kind in said))), True
    if (
        said in ({"MANNER"}, {"MANNER", "MORE"}, {"MANNER", "LOOKWORD"})
        and "MUSIC" in made
        and not made & {"MANNER", "SONG", "QUOTE", "REMOVE", "NOT"}
    ):
        return replace(
            before, tokens=(*before.tokens, *(t for t in clause.tokens if t.kind == "MANNER"))
        ), True  # 添加音乐，风格为温馨
    if (
        said == {"SHOW", "DUR"}
        and length is not None
        and made & (_TURNS | {"FILM_FADE"})
        and not made & {"DUR", *_WRITTEN}
    ):
        return replace(before, tokens=(*before.tokens, length)), True
    if said == {"UNCHANGED"}:
        return before, True  # 用beach.jpg替换第1张，保持原有时长
    if (
        said in ({"LESS", "PERCENT"}, {"MORE", "PERCENT"})
        and things & _SUNG
        and any(t.kind == "TO" for t in clause.tokens)
    ):
        first = clause.tokens[0]
        return replace(
            clause, tokens=(Token("VOLUME", "音量", first.start, first.start), *clause.tokens)
        )  # 音量过大，请降至15%
    if said == {"MATCHED"} and "MANNER" in made:
        return replace(before, tokens=(*before.tokens, *(t for t in clause.tokens if t.kind == "MATCHED"))), True
    if said == {"PLACE"} and made & {"TKIND", "PAN"} and "PLACE" not in made:
        return replace(before, tokens=(*before.tokens, *(t for t in clause.tokens if t.kind == "PLACE"))), True
    if said == {"VOLUME", "PERCENT"} and made == {"KEEP", "SOUND"}:
        sound = (replace(t, kind="SOUND") if t.kind == "VOLUME" else t for t in clause.tokens)
        return replace(clause, tokens=tuple(sound))  # 保留原声，音量60%
    if said == {"STEP", "DUR"} and length is not None and made & _TURNS and "DUR" not in made:
        return replace(before, tokens=(*before.tokens, length)), True  # 每次约1秒
    if said in ({"START"}, {"END"}) and "ADD" in made and any(t.kind == "AS" for t in clause.tokens):
        return before, True  # 作为开场
    if said == {"SEED", "NUM"} and "SHUFFLE" in made:
        return replace(before, tokens=(*before.tokens, *(t for t in clause.tokens if t.kind in said))), True
    if said in ({"MOVE", "START"}, {"MOVE", "FIRST"}, {"START"}) and {"ADD", "NEW"} <= made:
        edge = next(t for t in clause.tokens if t.kind in ("START", "FIRST"))
        return replace(before, tokens=(*before.tokens, edge)), True  # 加入新照片，并将其放在第一位
    if said in ({"MOVE", "END"}, {"MOVE", "START"}, {"END"}, {"START"}) and "DUPLICATE" in made:
        edge = next(t for t in clause.tokens if t.kind in ("START", "END"))
        return replace(before, tokens=(*before.tokens, edge)), True  # 复制一份并放到末尾
    if said == {"REMOVE"} and (made & {"NOT", "REMOVE", "DISLIKE"}) and len(before.tokens) > 1:
        return before, True  # 标题不再需要，请移除
    if (
        said <= {"QUOTE", "REF"}
        and [t.kind for t in clause.tokens] == ["REF", "QUOTE"]
        and "QUOTE" in made
        and "REF" in made
    ):
        first = clause.tokens[0]
        verb = Token("CAPTION", "说明", first.start, first.start)
        return replace(clause, tokens=(verb, *clause.tokens)) if "CAPTION" in made else clause
    if made & _SUNG and not made & {"TITLE", "QUOTE", "SOUND"}:
        return _of_music(clause, said)
    here = _of_the_clip(before, clause, said)
    if here is clause and said == {"LENGTH", "DUR"} and named in _OWN_LENGTHS and made & {"REF", "BESIDE"}:
        unclear = (replace(t, kind="GUARD") if t.kind == "LENGTH" else t for t in clause.tokens)
        return replace(clause, tokens=tuple(unclear))  # 第1张和第3张并排，时长6秒
    return here


def _alike(out: list[Clause], clause: Clause) -> Clause | tuple[Clause, bool]:
    """``均为0.8秒``: each part of the sentence that speaks of such a thing gets it."""
    value = next((t for t in clause.tokens if t.kind in ("DUR", "PLACE", "COLOR")), None)
    if value is None:
        return clause
    wanted = _TURNS | {"FILM_FADE", *_FADES, "REF"} if value.kind == "DUR" else _WRITTEN
    changed = False
    for at in range(len(out) - 1, max(-1, len(out) - _NEAR), -1):
        one = out[at]
        if one.sentence != clause.sentence:
            break
        kinds = {t.kind for t in one.tokens}
        if kinds & wanted and value.kind not in kinds:
            out[at] = replace(one, tokens=(*one.tokens, value))
            changed = True
    return (out[-1], True) if changed else clause


def spread(clauses: list[Clause]) -> list[Clause]:
    """``第2张和第3张的时长分别设为4秒和6秒``: a part for each of the clips."""
    out: list[Clause] = []
    for clause in clauses:
        values = next((t for t in clause.tokens if t.kind == "SPREAD"), None)
        subject = [t for t in clause.tokens if t.kind == "REF"]
        if values is None:
            out.append(clause)
        elif len(subject) != 1 or len(subject[0].value) != len(values.value):
            out.append(
                replace(clause, tokens=tuple(replace(t, kind="GUARD") if t is values else t for t in clause.tokens))
            )
        else:
            for one, value in zip(subject[0].value, values.value, strict=True):
                tokens = tuple(
                    replace(t, value=(one,)) if t is subject[0] else value if t is values else t for t in clause.tokens
                )
                out.append(replace(clause, tokens=tokens))
    return out


def _chinese(clause: Clause) -> bool:
    return any("一" <= t.text[:1] <= "鿿" for t in clause.tokens)


def _of_music(clause: Clause, said: set[str]) -> Clause:
    first = clause.tokens[0]
    music = Token("MUSIC", "音乐", first.start, first.start)
    meant = {"FILM"} if clause.joined and clause.tokens[0].kind == "IN" else set()
    if said & _FADES and said - meant <= _FADES | {"START", "END", "DUR", "LAST", "FIRST"}:
        kept = tuple(t for t in clause.tokens if t.kind in _FADES or t.kind == "DUR")
        return replace(clause, tokens=(music, *kept))  # 结尾淡出3秒
    point = next((t for t in clause.tokens if t.kind == "POINT"), None)
    if (
        point is not None
        and "START" in said
        and said <= {"FROM", "FILM", "POINT", "START", "SHOW", "START_AT", "AFTER"}
    ):
        begin = (Token("SKIP", "从", first.start, first.start), replace(point, kind="DUR"))
        return replace(clause, tokens=(music, *begin))  # 从视频第2秒开始播放
    return clause


def _of_the_clip(before: Clause, clause: Clause, said: set[str]) -> Clause:
    subjects = [t for t in before.tokens if t.kind == "REF"]
    made = {t.kind for t in before.tokens}
    if made & {"LOGO", "OVERLAY"}:
        return clause
    if (
        not subjects
        or not said
        or made
        & {"REMOVE", "KEEP", "ONLY", "BESIDE"}
        - ({"KEEP", "ONLY", "REMOVE"} if made & {"DUR", *_GRADED, "STATIC"} else set())
    ):
        return clause
    moved = before.tokens[0].kind == "MAKE" and "MOVE" in made
    new = [t for t in subjects if len(t.value) == 1 and isinstance(t.value[0], str)]
    if (
        made & {"ADD", "REPLACE"}
        and len(new) == 1
        and len(subjects) > 1
        and said <= _OF_A_CLIP
        and not made & _WRITTEN
        and _own_length(clause)
    ):
        here = replace(new[0], start=clause.tokens[0].start, end=clause.tokens[0].start)
        return replace(clause, tokens=(here, *(t for t in clause.tokens if t.kind != "IT")), then=True)
    if len(subjects) > 1 and not moved:
        if clause.joined and said <= _OF_A_CLIP and not made & _WRITTEN and _own_length(clause):
            guard = Token("GUARD", "并", clause.tokens[0].start, clause.tokens[0].start)
            return replace(clause, tokens=(guard, *clause.tokens))  # of which of them?
        return clause
    first = clause.tokens[0]
    subject = subjects[0]
    fits = _FITTED & made and said <= _FITTED | {"BORDER", "COLOR", "BACKGROUND"} and said & {"BORDER", "BACKGROUND"}
    if fits and len(subjects) == 1 and not made & _WRITTEN:
        here = replace(subject, start=first.start, end=first.start)
        return replace(clause, tokens=(here, *clause.tokens))  # 第3张完整显示，两侧使用模糊背景
    of_music = any(t.kind == "VOLUME" and t.text.startswith(("音乐", "背景", "配乐")) for t in clause.tokens)
    if said == {"VOLUME", "PERCENT"} and _moving(subject) and not of_music:
        sound = tuple(replace(t, kind="SOUND") if t.kind == "VOLUME" else t for t in clause.tokens)
        return replace(clause, tokens=(*sound, replace(subject, start=first.start, end=first.start)))
    if made & _WRITTEN or not said <= _OF_A_CLIP | (_ONLY_JOINED if clause.joined else frozenset()):
        return clause
    if not _own_length(clause) or ("REMOVE" in made and said <= _GRADED | {"LOOKWORD"}):
        return clause
    it = Token("IT", "它们" if len(subject.value) > 1 else "它", first.start, first.start)
    return replace(clause, tokens=(it, *(t for t in clause.tokens if t.kind != "IT")))


def _own_length(clause: Clause) -> bool:
    """Whether a length that is named can be a clip's: 总时长 is the film's."""
    return all(t.text in _OF_PHOTOS for t in clause.tokens if t.kind == "LENGTH")


def _moving(subject: Token) -> bool:
    return any(
        (isinstance(want, Rule) and want.kind == "video")
        or (isinstance(want, str) and want.lower().endswith((".mp4", ".mov", ".webm", ".mkv", ".avi")))
        for want in subject.value
    )
