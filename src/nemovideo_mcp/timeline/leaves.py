"""What is different between two JSON values, leaf by leaf: for the parts of a draft whose meaning is not known."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

Path = tuple[str | int, ...]

LONGEST = 60
"""Characters of a value that a sentence shows."""


class _Missing:
    def __repr__(self) -> str:
        return "nothing"


MISSING: Any = _Missing()
"""The value of a field that is not there."""


def leaves(old: Any, new: Any, path: Path = ()) -> Iterator[tuple[Path, Any, Any]]:
    """The path of each value that is different, with what it was and what it is; `MISSING` where it is not there."""
    if _keyed(old) and _keyed(new):
        yield from _keys(old, new, path)
    elif isinstance(old, (list, tuple)) and isinstance(new, (list, tuple)):
        for index in range(max(len(old), len(new))):
            yield from leaves(_at(old, index), _at(new, index), (*path, index))
    elif not _same(old, new):
        yield path, old, new


def _keyed(value: Any) -> bool:
    return value is MISSING or isinstance(value, Mapping)


def _keys(old: Any, new: Any, path: Path) -> Iterator[tuple[Path, Any, Any]]:
    was: Mapping[str, Any] = {} if old is MISSING else old
    now: Mapping[str, Any] = {} if new is MISSING else new
    if not was and not now and old is not new and (old is MISSING or new is MISSING):
        yield path, old, new  # an empty object that came or went
    for key in dict.fromkeys((*now, *was)):
        yield from leaves(was.get(key, MISSING), now.get(key, MISSING), (*path, key))


def _at(values: Any, index: int) -> Any:
    return values[index] if index < len(values) else MISSING


def _same(old: Any, new: Any) -> bool:
    # In JSON true is not 1, but 1 is 1.0.
    return bool(old == new) and isinstance(old, bool) == isinstance(new, bool)


def spelt(path: Path) -> str:
    """A path as people write it: ``style.points[0].x``."""
    said = ""
    for part in path:
        said += f"[{part}]" if isinstance(part, int) else f".{part}" if said else part
    return said


def shown(value: Any) -> str:
    """A value as JSON, cut where it gets long; ``nothing`` where there is none."""
    if value is MISSING:
        return "nothing"
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
