"""The values of a draft's JSON, each read with its form checked; what is not known is kept apart.

``where`` names the part of the draft in the errors. Each reader takes a missing or null value for the default.

Raises (every reader):
    DraftError: the value has another form.
"""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, TypeVar

from nemovideo_mcp.timeline.model import Extra

_T = TypeVar("_T")


class DraftError(ValueError):
    """A draft that cannot be read: which part, and what is wrong with it."""


def rest(extra: Extra) -> dict[str, Any]:
    return {k: v for k, v in extra.items() if k != "m"}


def extra_of(
    segment: Mapping[str, Any], known: Sequence[str], meta: Mapping[str, Any], known_meta: Sequence[str]
) -> Extra:
    extra = dict(unknown(segment, *known, "m"))
    if rest := unknown(meta, *known_meta):
        extra["m"] = dict(rest)
    return MappingProxyType(extra)


def unknown(source: Mapping[str, Any], *known: str) -> Extra:
    return MappingProxyType({k: v for k, v in source.items() if k not in known})


def listed(source: Mapping[str, Any], key: str, where: str) -> list[Any]:
    return _typed(source, key, where, [], lambda v: v if isinstance(v, list) else None, "a list")


def mapped(source: Mapping[str, Any], key: str, where: str) -> dict[str, Any]:
    return _typed(source, key, where, {}, lambda v: v if isinstance(v, dict) else None, "an object")


def text(source: Mapping[str, Any], key: str, where: str, default: str) -> str:
    return _typed(source, key, where, default, lambda v: v if isinstance(v, str) else None, "text")


def whole(source: Mapping[str, Any], key: str, where: str, default: int, least: int = 0, most: int = 10**9) -> int:
    def read(value: Any) -> int | None:
        fits = isinstance(value, (int, float)) and not isinstance(value, bool) and value == value
        return round(value) if fits and least <= value <= most else None

    return _typed(source, key, where, default, read, f"a number from {least} to {most}")


def bounded(
    source: Mapping[str, Any], key: str, where: str, default: float, least: float = 0, most: float = 1
) -> float:
    def read(value: Any) -> float | None:
        fits = isinstance(value, (int, float)) and not isinstance(value, bool) and least <= value <= most
        return float(value) if fits else None

    return _typed(source, key, where, default, read, f"a number from {least:g} to {most:g}")


def point(source: Mapping[str, Any], key: str, where: str) -> tuple[float, float] | None:
    def fractions(value: Any) -> tuple[float, float] | None:
        if not isinstance(value, (list, tuple)) or len(value) != 2:
            return None
        pair = {"x": value[0], "y": value[1]}
        return bounded(pair, "x", where, 0.5), bounded(pair, "y", where, 0.5)

    return _typed(source, key, where, None, fractions, "two numbers from 0 to 1")


def one_of(source: Mapping[str, Any], key: str, where: str, default: Any, choices: Sequence[str]) -> Any:
    return _typed(source, key, where, default, lambda v: v if v in choices else None, "one of " + ", ".join(choices))


def _typed(
    source: Mapping[str, Any], key: str, where: str, default: _T, read: Callable[[Any], _T | None], form: str
) -> _T:
    if source.get(key) is None:
        return default
    value = read(source[key])
    if value is None:
        raise DraftError(f"{where}: {key!r} is not {form}")
    return value
