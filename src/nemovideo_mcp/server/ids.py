"""Ids that the server mints: short enough to say, long enough never to meet."""

import secrets

_ALPHABET = "23456789abcdefghjkmnpqrstvwxyz"
"""No letters or digits that are read as one another."""


def mint(prefix: str) -> str:
    """A new id such as ``edit_k3v9x2mw7q``: ten characters of 30, so 49 bits."""
    return f"{prefix}_" + "".join(secrets.choice(_ALPHABET) for _ in range(10))
