"""The form that sound has in the renderer."""

from nemovideo_mcp.media.sound import Samples

RATE = 48_000
"""Samples a second, stereo."""
BLOCK = 1024
"""Samples of a block: one AAC frame."""


def samples_of(ms: int) -> int:
    """Milliseconds in samples."""
    return ms * RATE // 1000


__all__ = ["BLOCK", "RATE", "Samples", "samples_of"]
