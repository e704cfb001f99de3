"""The prompts: what a person picks from a menu, and what a model is then told to do, tool by tool, with their arguments."""

from __future__ import annotations

import difflib
import json
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Annotated, Any, get_args

from mcp.server.mcpserver import Context, MCPServer
from mcp.server.mcpserver.prompts import Prompt
from mcp.server.mcpserver.prompts.base import Message
from mcp.shared.exceptions import MCPError
from mcp_types import INVALID_PARAMS, CompletionArgument, InputRequiredResult
from pydantic import Field, ValidationError

from nemovideo_mcp.server.projects import NEW
from nemovideo_mcp.server.services import Services
from nemovideo_mcp.timeline.model import FILTERS, MOODS, TRANSITIONS
from nemovideo_mcp.timeline.operations import (
    AddText,
    ApplyTemplate,
    BaseOperation,
    SetCanvas,
    SetMusic,
    SetTotalLength,
    SetTransition,
    problem,
)
from nemovideo_mcp.timeline.operations.canvas import Platform
from nemovideo_mcp.timeline.operations.grade import SetLook
from nemovideo_mcp.timeline.operations.templates import Template

LONGEST = 20_000
"""Characters of an argument."""
LOOKS: tuple[str, ...] = (*(f for f in FILTERS if f != "none"), *(t for t in get_args(Template) if t not in FILTERS))
CHOICES: dict[str, tuple[str, ...]] = {
    "platform": get_args(Platform),
    "transition": ("none", "varied", *TRANSITIONS),
    "mood": MOODS,
    "look": LOOKS,
    "seconds": ("15", "30", "60", "90"),
}
"""What an argument of this name may be, the usual first; of ``seconds`` these are only the usual ones."""

Photos = Annotated[str, Field(description="files, folders, patterns or URLs, separated by commas or line breaks")]
Seconds = Annotated[str, Field(description="length of the whole film in seconds")]
PlatformArg = Annotated[str, Field(description="where the film will be shown, such as tiktok or youtube")]
TransitionArg = Annotated[str, Field(description="between photos, such as crossfade")]
Mood = Annotated[str, Field(description="of built-in music, such as calm")]
LookArg = Annotated[str, Field(description="a filter or a manner, such as vintage or cinematic")]
Project = Annotated[str, Field(description='id or exact name; "new" (if left out) for a new film')]

_RULES = """\
An answer whose status is "running" is normal: call wait with its job until it ends. Never send an edit again that is running \
or uncertain. Tell me, in my own language, what was skipped and everything in not_understood and warnings."""


class CheckedPrompt(Prompt):
    """A prompt whose bad arguments are refused with words for a person."""

    async def render(
        self, arguments: dict[str, Any] | None, context: Context[Any, Any]
    ) -> list[Message] | InputRequiredResult:
        given = {name: str(value).strip() for name, value in (arguments or {}).items()}
        known = {argument.name: bool(argument.required) for argument in self.arguments or ()}
        for name, value in given.items():
            if name not in known:
                raise refused(f"{self.name} has no argument {name!r}; it takes {', '.join(known)}.")
            if len(value) > LONGEST:
                raise refused(f"{name} has {len(value)} characters; {LONGEST} is the limit.")
        if missing := [name for name, required in known.items() if required and not given.get(name)]:
            raise refused(f"{self.name} needs {' and '.join(missing)}.")
        return await super().render({name: value for name, value in given.items() if value}, context)


def refused(words: str) -> MCPError:
    return MCPError(INVALID_PARAMS, words)


def slideshow(
    photos: Photos,
    seconds: Seconds = "",
    platform: PlatformArg = "",
    transition: TransitionArg = "",
    mood: Mood = "",
    look: LookArg = "",
    title: Annotated[str, Field(description="words at the beginning")] = "",
    project: Project = NEW,
) -> str:
    """Photos become a slideshow with transitions, music and a title."""
    operations = _film(seconds, platform, transition, mood, look)
    if title:
        operations.append(_made(AddText, text=title))
    wish = _exactly(operations) or 'instruction="a slideshow with smooth transitions"'
    return _steps(
        "Make a slideshow of my photos with the nemovideo tools, in these steps:",
        _upload(photos, project),
        f"edit(project=ID, {wish}). It puts all photos on the timeline in the order of their upload.",
        *_look_again("Is every photo the right way up, is nothing that matters cut off, can the words be read?"),
        _export(platform),
    )


def product_video(
    photos: Photos,
    product: Annotated[str, Field(description="its name, as it should be shown")],
    points: Annotated[str, Field(description="what speaks for it, separated by semicolons")] = "",
    call_to_action: Annotated[str, Field(description="words at the end, such as a price or an address")] = "",
    seconds: Seconds = "15",
    platform: PlatformArg = "",
    mood: Mood = "upbeat",
    look: LookArg = "",
    project: Project = NEW,
) -> str:
    """Photos of a product become a short advertisement: its name, what speaks for it, what to do next."""
    operations = _film(seconds, platform, "", mood, look)
    operations.append(_made(AddText, text=product))
    if call_to_action:
        end = {"style": "end_card", "start_seconds": 0, "end_seconds": 3, "from_end": True}
        operations.append(_made(AddText, text=call_to_action, **end))
    said = [point.strip() for point in points.split(";") if point.strip()]
    claims = (
        f"get_state(project=ID) for the time of each clip. Then one edit with an add_text operation (style lower_third, the start and "
        f"end of a clip that shows it) for each of: {_json(said)}. Use these words and no others: claim nothing that I did not."
        if said
        else ""
    )
    return _steps(
        f"Make a product video of {_json(product)} with the nemovideo tools, in these steps:",
        _upload(photos, project),
        f"edit(project=ID, {_exactly(operations)}).",
        *([claims] if claims else ()),
        *_look_again("Is the product whole in every picture, can the words be read, do none lie over one another?"),
        _export(platform),
    )


def batch(
    folders: Annotated[
        str, Field(description="one for each film, or one whose subfolders are the films; commas between")
    ],
    instruction: Annotated[str, Field(description="what each film should be, with numbers")],
    platform: PlatformArg = "",
) -> str:
    """Several folders become several films, each by the same instruction."""
    where = _listed(folders)
    preset = f", preset={_json(_choice('platform', platform))}" if platform else ""
    if len(where) == 1:
        items = f'[{{"media": [SUBFOLDER], "instruction": {_json(instruction)}, "name": ITS NAME}}, …]'
        first = (
            f"Find the subfolders of {_json(where[0])}: each becomes one film; without any, the folder itself is the one film. If you "
            "cannot list folders, ask me for their names. Tell me how many films that makes before you begin more than 10."
        )
        call = f"batch(items={items}{preset}), one item for each."
    else:
        names = [path.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1] for path in where]
        rows = [
            {"media": [path], "instruction": instruction, "name": name} for path, name in zip(where, names, strict=True)
        ]
        first, call = "", f"batch(items={_json(rows)}{preset})."
    return _steps(
        "Make several films with the nemovideo tools, in these steps:",
        *([first] if first else ()),
        call,
        "wait(job=ITS JOB) until it has ended, telling me now and then how many are ready.",
        "Report: a line for each film with its path, or why it failed. For a film that failed, mend the cause with me and make it "
        "alone: never run the whole batch again.",
    )


def improve_instruction(
    instruction: Annotated[str, Field(description="what you want, as you would say it")],
    project: Annotated[str, Field(description="id or exact name; the film last used if left out")] = "",
) -> str:
    """A vague wish becomes an instruction with numbers and names, which works better."""
    which = f"project={_json(project)}" if project else ""
    call = f"edit({f'{which}, ' if which else ''}instruction=THE NEW ONE)"
    return f"""\
Improve this instruction for a film, then carry it out: {_json(instruction)}

1. get_state({which}), to know which photos, titles and music there are.
2. Rewrite the instruction so that it can be carried out exactly. Concrete instructions work better:
   - a length in seconds for the film or for each photo ("30 seconds in all", not "short");
   - the frame as a ratio or a platform ("9:16 for TikTok", not "for my phone");
   - transitions by name and length ("crossfades of 0.8 s", not "smooth");
   - music by file or mood, with a volume ("calm music at 40%, fade out 2 s", not "nice music");
   - words in quotation marks with their time and place ("title “Summer” for 3 s at the bottom");
   - clips by number or file name ("remove photo 2", not "remove the bad one");
   - colours by a filter or a percentage ("warm filter, saturation +20%", not "prettier").
   Keep every wish that is in it and add none. Where a choice is mine (words, which song), ask me, two questions at most. Keep my language.
3. Show me the new instruction beside the old one.
4. When I agree: {call}, then preview, and tell me what was done and what was not.

{_RULES}"""


PROMPTS: dict[str, tuple[str, Callable[..., str]]] = {
    "slideshow": ("Slideshow from photos", slideshow),
    "product_video": ("Product video", product_video),
    "batch": ("Several films at once", batch),
    "improve_instruction": ("Improve an instruction", improve_instruction),
}
"""Each prompt's title, and the function that writes its message."""


def add_prompts(server: MCPServer[None]) -> None:
    for name, (title, write) in PROMPTS.items():
        server.add_prompt(CheckedPrompt.from_function(write, name=name, title=title))


async def complete_prompt(services: Services, name: str, argument: CompletionArgument) -> list[str] | None:
    """What an argument of a prompt may become: what begins with the words typed so far, then what holds them."""
    if name not in PROMPTS:
        return None
    if argument.name == "project":
        values: Iterable[str] = (NEW, *(project.name for project in await services.projects.all()))
        values = list(values)[1:] if name == "improve_instruction" else values
    else:
        values = CHOICES.get(argument.name, ())
    typed = _plain(argument.value)
    fits = [value for value in values if typed in _plain(value)]
    return sorted(fits, key=lambda value: not _plain(value).startswith(typed))


def _plain(value: str) -> str:
    return "_".join(value.strip().casefold().replace("-", " ").replace("_", " ").split())


def _choice(name: str, value: str) -> str:
    """
    Raises:
        MCPError: it is none of the choices; the text names the nearest, or all.
    """
    plain = _plain(value)
    if plain in CHOICES[name]:
        return plain
    near = difflib.get_close_matches(plain, CHOICES[name], 3, 0.6)
    raise refused(
        f"There is no {name} {value!r}. Use {'perhaps ' if near else 'one of '}{', '.join(near or CHOICES[name])}."
    )


def _film(seconds: str, platform: str, transition: str, mood: str, look: str) -> list[BaseOperation]:
    """The edits that make the film what was asked for.

    Raises:
        MCPError: an argument is not what it should be.
    """
    made: list[BaseOperation] = []
    if platform:
        made.append(_made(SetCanvas, platform=_choice("platform", platform)))
    if seconds:
        number = seconds.casefold().removesuffix("seconds").removesuffix("sec").removesuffix("s").strip()
        try:
            made.append(_made(SetTotalLength, seconds=float(number)))
        except ValueError:
            raise refused(f"seconds must be a number such as 30, not {seconds!r}.") from None
    if look and _choice("look", look) in FILTERS:
        made.append(_made(SetLook, filter=_choice("look", look)))
    elif look:
        made.append(_made(ApplyTemplate, template=_choice("look", look)))
    if transition:
        made.append(_made(SetTransition, kind=_choice("transition", transition)))
    if mood:
        made.append(_made(SetMusic, mood=_choice("mood", mood)))
    return made


def _made(of: type[BaseOperation], /, **values: Any) -> BaseOperation:
    try:
        return of.model_validate(values)
    except ValidationError as error:
        words = problem(error)
        raise refused(words[:1].upper() + words[1:]) from None


def _exactly(operations: Sequence[BaseOperation]) -> str:
    rows = [
        {"op": operation.op, **operation.model_dump(mode="json", exclude_defaults=True)} for operation in operations
    ]
    whole = [
        {name: int(v) if isinstance(v, float) and v.is_integer() else v for name, v in row.items()} for row in rows
    ]
    return f"operations={_json(whole)}" if rows else ""


def _listed(text: str) -> list[str]:
    """Paths and URLs out of one argument: a JSON list, or separated by commas and line breaks."""
    try:
        found = json.loads(text)
    except ValueError:
        found = None
    rows = found if isinstance(found, list) else text.replace("\n", ",").split(",")
    named = [row.strip().strip("\"'") for row in map(str, rows) if row.strip()]
    if not named:
        raise refused("No file or folder is named.")
    return named


def _upload(photos: str, project: str) -> str:
    files = _listed(photos)
    urls = [name for name in files if name.lower().startswith(("http://", "https://"))]
    paths = [name for name in files if name not in urls]
    named = "".join(f", {kind}={_json(rows)}" for kind, rows in (("paths", paths), ("urls", urls)) if rows)
    return (
        f"upload_images(project={_json(project)}{named}). Take the project's id from the answer: it is ID in the calls below. If "
        "nothing was stored, ask me where the files are, and stop."
    )


def _look_again(question: str) -> tuple[str, str]:
    return (
        f"preview(project=ID), and look. {question}",
        "Where something is wrong, another edit that changes only that, then preview again. Ask me where it is a matter of taste.",
    )


def _export(platform: str) -> str:
    preset = f", preset={_json(_choice('platform', platform))}" if platform else ""
    return f"export(project=ID{preset}), and tell me the path, the length and the size of the film."


def _steps(head: str, *steps: str) -> str:
    numbered = "\n".join(f"{number}. {step}" for number, step in enumerate(steps, 1))
    return f"{head}\n{numbered}\n\n{_RULES}"


_json = partial(json.dumps, ensure_ascii=False)
