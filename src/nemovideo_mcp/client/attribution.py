"""Who is calling: the three headers without which the backend answers an export with 402."""

from __future__ import annotations

import re
from dataclasses import dataclass

_NOT_IN_A_HEADER = re.compile(r"[^\x21-\x7e]+")


@dataclass(frozen=True, slots=True)
class Attribution:
    """``version`` is this package's version, ``platform`` where it was installed from (``clawhub``, ``cursor``, …)."""

    version: str
    platform: str = "unknown"
    source: str = "image-to-video-converter"

    def headers(self) -> dict[str, str]:
        """The three headers. What cannot stand in a header becomes a hyphen, and nothing at all becomes ``unknown``."""
        values = {"X-Skill-Source": self.source, "X-Skill-Version": self.version, "X-Skill-Platform": self.platform}
        return {name: _NOT_IN_A_HEADER.sub("-", value.strip()) or "unknown" for name, value in values.items()}
