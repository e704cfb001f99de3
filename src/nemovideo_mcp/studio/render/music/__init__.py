"""Music by our own code: composed by rules and a seed, played by instruments made of sines and noise. No recordings."""

from collections.abc import Iterator
from itertools import chain

from nemovideo_mcp.studio.render.music.play import played
from nemovideo_mcp.studio.render.music.score import Score
from nemovideo_mcp.studio.render.sound.heard import Heard, listen
from nemovideo_mcp.studio.render.sound.samples import RATE, Samples
from nemovideo_mcp.timeline.model import Mood
from nemovideo_mcp.timeline.music_plan import make_music_plan

_MEASURED = 90.0
"""Seconds that are played before their loudness is told: all parts of the form, and less memory than a picture."""


def music(mood: Mood, seed: int, count: int) -> Iterator[Samples]:
    """``count`` samples of music in blocks, from its beginning to its end; the same for the same seed."""
    return played(Score(make_music_plan(mood, seed, count / RATE)), count)


def composed(mood: Mood, seed: int, count: int, skip: int = 0) -> tuple[Iterator[Samples], Heard]:
    """``count`` samples of music to its end, begun ``skip`` samples behind its beginning, and what it sounds like."""
    stream = _without(music(mood, seed, skip + count), skip)
    first: list[Samples] = []

    def kept() -> Iterator[Samples]:
        for block in stream:
            first.append(block)
            yield block

    heard = listen(kept(), _MEASURED)
    return chain(first, stream), heard


def _without(stream: Iterator[Samples], skip: int) -> Iterator[Samples]:
    for block in stream:
        cut = min(skip, block.shape[1])
        skip -= cut
        yield block[:, cut:]
