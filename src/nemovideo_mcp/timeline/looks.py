"""Looks in words."""

from collections.abc import Mapping


def described(given: Mapping[str, str | float]) -> str:
    """A look in words: ``black and white, contrast +20%``."""
    parts = []
    for name, value in given.items():
        if name == "filter":
            words = {"none": "no filter", "black_white": "black and white"}
            parts.append(words.get(str(value), f"the {value} filter"))
        elif name == "strength":
            parts.append(f"at {float(value):.0%}")
        else:
            sign = "+" if name in ("brightness", "contrast", "saturation", "warmth") else ""
            parts.append(f"{name} {float(value):{sign}.0%}")
    return ", ".join(parts)
