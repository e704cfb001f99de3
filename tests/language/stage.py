"""The films that the corpus speaks to, and how an answer is judged."""

from __future__ import annotations

from dataclasses import dataclass

from nemovideo_mcp.studio.editor import Outcome, edit
from nemovideo_mcp.timeline.history import History, Version
from nemovideo_mcp.timeline.model import Media, Timeline
from nemovideo_mcp.timeline.operations import AddText, BaseOperation, Restore, SetCard, SetMusic, apply_all, lay_out

PHOTOS = [Media(id=f"m{i}", name=f"p{i}.jpg", kind="image", width=4000, height=3000) for i in range(1, 6)]
SONG = Media(id="s1", name="song.mp3", kind="audio", duration_ms=60_000)
VIDEO = Media(id="v1", name="clip.mp4", kind="video", width=1920, height=1080, duration_ms=8000)
LATE = Media(id="m9", name="beach.jpg", kind="image", width=4000, height=3000)

POOL = [*PHOTOS, SONG]
PLAIN = lay_out(Timeline(), POOL)
DRESSED = apply_all(PLAIN, [AddText(text="Hello"), SetMusic(volume=0.5)], POOL)[0]
MIXED = lay_out(Timeline(), [*PHOTOS[:2], VIDEO])

NAMES = ("astronaut.jpg", "chelsea_the_cat.jpg", "coffee.jpg", "IMG_0004_rocket.jpg", "日落.jpg")
NAMED = [Media(id=f"n{i}", name=name, kind="image", width=1600, height=900) for i, name in enumerate(NAMES, 1)]
WORDED = apply_all(
    lay_out(Timeline(), NAMED),
    [AddText(text="Coffee"), AddText(text="Only $5", style="lower_third", start_seconds=4, end_seconds=8)],
    NAMED,
)[0]
CARDED = apply_all(PLAIN, [SetCard(text="Our Trip"), SetCard(text="Bye", after=-1)], POOL)[0]

FILMS: dict[str, tuple[Timeline, list[Media]]] = {
    "plain": (PLAIN, POOL),
    "dressed": (DRESSED, POOL),
    "mixed": (MIXED, [*PHOTOS[:2], VIDEO, SONG]),
    "silent": (PLAIN, PHOTOS),
    "late": (PLAIN, [*POOL, LATE]),
    "named": (lay_out(Timeline(), NAMED), [*NAMED, SONG]),
    "worded": (WORDED, NAMED),
    "carded": (CARDED, POOL),
}
"""By name: five photos; the same with a title and music; two photos and a video; without a song; with a photo not in the film yet;
photos with names that say what they show; the same with a title and a lower third; five photos
between a title card and an end card."""

HISTORY = History(
    [
        Version(n=0, instruction="", film=Timeline()),
        Version(n=1, instruction="make a slideshow", film=PLAIN),
        Version(n=2, instruction="title 'Hello'", film=apply_all(PLAIN, [AddText(text="Hello")], POOL)[0]),
        Version(n=3, instruction="music at 50%", film=DRESSED),
    ]
)


@dataclass(frozen=True)
class Row:
    """What is said to which film, the edits that a reasonable person expects of it, and the clauses that must be reported."""

    said: str
    expected: tuple[BaseOperation, ...]
    missed: tuple[str, ...] = ()
    film: str = "plain"

    @property
    def clauses(self) -> int:
        return max(1, len(self.expected)) + len(self.missed)


def on(film: str, rows: list[tuple[str, list[BaseOperation]]]) -> list[Row]:
    return [Row(said, tuple(expected), film=film) for said, expected in rows]


@dataclass(frozen=True)
class Verdict:
    """``unasked``: something was done that nobody asked for. ``silent``: something asked was not done and not reported."""

    right: int
    unasked: bool
    silent: bool
    told: str


def judge(row: Row) -> Verdict:
    film, pool = FILMS[row.film]
    outcome = edit(row.said, film, pool, HISTORY)
    wanted = film
    for operation in row.expected:
        back = isinstance(operation, Restore)
        wanted = operation.restored(HISTORY)[0].film if back else operation.apply(wanted, pool).film  # type: ignore[attr-defined]
    reported = [m.clause for m in outcome.missed]
    named = sum(any(part in clause for clause in reported) for part in row.missed)
    told = f"{row.said!r}: {_told(outcome)}"
    if outcome.film == wanted:
        done = max(1, len(row.expected)) if row.expected or not outcome.applied else 0
        extra = bool(reported) and not row.missed
        right = done + named - extra
        return Verdict(
            max(0, right), unasked=outcome.applied and not row.expected, silent=named < len(row.missed), told=told
        )
    made = bool(outcome.changes)
    return Verdict(named if not made else 0, unasked=made, silent=not reported and not made, told=told)


def _told(outcome: Outcome) -> str:
    changes = [change.text for change in outcome.changes]
    return f"{changes} missed={[(m.clause, m.reason[:60]) for m in outcome.missed]}"
