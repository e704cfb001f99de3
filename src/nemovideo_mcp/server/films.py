"""The films of a batch, from what was asked: common words and own ones put together, "one for each" made into as many."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from nemovideo_mcp.api.errors import BadInput
from nemovideo_mcp.server.files import Refused
from nemovideo_mcp.server.options import Options
from nemovideo_mcp.server.parts import name_of, parts_of
from nemovideo_mcp.server.routing import route
from nemovideo_mcp.server.several import Each, several

MOST_FILMS = 100
"""Films of one batch."""
LONGEST_INSTRUCTION = 20_000
"""Characters, common and own words together."""
LONGEST_NAME = 90
"""Characters of a film's name, so that a number may follow."""
NAME = "{name}"
"""In an instruction it stands for the film's name."""
_HAN = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody asked for: one film, or one for each photo or folder. ``each`` beside the words that say so."""

    media: tuple[str, ...]
    instruction: str = ""
    name: str | None = None
    each: Each | None = None


@dataclass(frozen=True, slots=True)
class Film:
    """One film to make. ``name`` is None where nothing gives it one."""

    media: tuple[str, ...]
    instruction: str
    name: str | None

    def told(self, name: str) -> str:
        """The instruction with a name put in."""
        return self.instruction.replace(NAME, name)


def wanted_films(
    wanted: Sequence[Wanted], common: str, options: Options, most: int = MOST_FILMS
) -> tuple[list[Film], list[Refused]]:
    """The films, in order, and what was named and is in none of them.

    Raises:
        BadInput: they are too many, an instruction is too long, or local files are switched off here.
    """
    films: list[Film] = []
    unused: list[Refused] = []
    for item in wanted:
        some, refused = films_of(item, common, options)
        films += some
        unused += refused
    if len(films) > most:
        raise BadInput(f"{len(films)} films are too many for one batch.", f"Give at most {most} at a time.")
    return films, unused


def films_of(item: Wanted, common: str, options: Options) -> tuple[list[Film], list[Refused]]:
    """The films that one wish means. Raises BadInput as `wanted_films` does."""
    whole, own = several(common), several(item.instruction)
    each = item.each or (own.each if own else None) or (whole.each if whole else None)
    words = joined(whole.instruction if whole else common, own.instruction if own else item.instruction)
    if len(words) > LONGEST_INSTRUCTION:
        raise BadInput(
            f"The instruction has {len(words)} characters; {LONGEST_INSTRUCTION} is the limit.",
            "Say it in fewer words.",
        )
    if each is None:
        return [Film(item.media, words, item.name or _short(name_of(item.media)))], []
    parts, refused = parts_of(item.media, each, options)
    named = f"{item.name} - " if item.name else ""
    return [Film(part.media, words, _short(f"{named}{part.name}")) for part in parts], refused


def joined(common: str, own: str) -> str:
    """Both as one instruction, in which the own words win where the two do not agree.

    A correction, as people say one: both backends read it so, and what does not contradict stays.
    """
    # Films are exported anyway; "then export" would be one export too many.
    common, own = (route(words).instruction for words in (common.strip(), own.strip()))
    if not common or not own:
        return common or own
    zh = _HAN.search(own) is not None
    end = "" if common[-1] in ".!?。！？" else "。" if zh else "."
    return f"{common}{end}{'不对，' if zh else ' Actually, '}{own}"


def _short(name: str | None) -> str | None:
    clean = " ".join((name or "").split())[:LONGEST_NAME].strip()
    # "new" is no name for a project.
    return f"{clean} film" if clean.casefold() == "new" else clean or None
