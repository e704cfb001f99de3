"""One frame of the film, into the encoder's own memory."""

from collections.abc import Mapping
from itertools import chain
from pathlib import Path
from types import TracebackType

import cv2

from nemovideo_mcp.studio.render import planes
from nemovideo_mcp.studio.render.look import darkened, vignette
from nemovideo_mcp.studio.render.overlay import overlaid
from nemovideo_mcp.studio.render.plan import Plan
from nemovideo_mcp.studio.render.planes import Planes
from nemovideo_mcp.studio.render.sampling import Scratch
from nemovideo_mcp.studio.render.sources import Gallery
from nemovideo_mcp.studio.render.text import titles, yuv
from nemovideo_mcp.studio.render.transitions import blend_for
from nemovideo_mcp.timeline.model import Overlay, Text


class Compositor:
    """Draws frames in any order; in the film's order, ``ahead`` loads each photo while the one before is shown."""

    def __init__(
        self,
        plan: Plan,
        texts: tuple[Text, ...],
        files: Mapping[str, Path],
        *,
        ahead: bool,
        overlays: tuple[Overlay, ...] = (),
    ) -> None:
        canvas = plan.canvas
        self._plan = plan
        cards = {placed.clip.id: placed for placed in plan.placed if placed.clip.kind == "card"}
        made = titles(texts, canvas, overlays, cards)
        self._titles = [title for title in made if title.card is None]
        self._in_cards = {p.index: [title for title in made if title.card == p.index] for p in cards.values()}
        self._sheets = [planes.blank(canvas.width, canvas.height) for _ in range(2 if self._in_cards else 0)]
        self._overlaid = overlaid(overlays, files, canvas, plan.frames)
        self._gallery = Gallery(plan, files, ahead=ahead)
        self._scratch = Scratch(canvas.width, canvas.height), Scratch(canvas.width, canvas.height)

    def __enter__(self) -> "Compositor":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._gallery.__exit__(kind, error, trace)

    @property
    def notes(self) -> tuple[str, ...]:
        """What could not be drawn as asked."""
        words = chain(self._titles, *self._in_cards.values())
        drawn = [part.notes for part in words] + [part.notes for part in self._overlaid]
        return (*dict.fromkeys(note for notes in drawn for note in notes), *self._gallery.notes)

    def until(self, n: int) -> int:
        """The first frame after ``n`` that may look different from it."""
        shot = self._plan.at(n)
        if shot.into is not None or not self._gallery.get(shot.clip).still:
            return n + 1
        words = [*self._titles, *self._in_cards.get(shot.clip, [])]
        titles, dips = [title.until(n) for title in words], (dip.until(n) for dip in self._plan.dips)
        return min([self._plan.until(n), *titles, *dips, *(overlay.until(n) for overlay in self._overlaid)])

    def draw(self, n: int, out: Planes) -> None:
        """Frame ``n`` of the film.

        Raises:
            RenderError: a file that it needs cannot be used.
        """
        shot = self._plan.at(n)
        picture = self._picture(shot.clip, n, 0)
        if shot.into is None:
            planes.copy(picture, out)
        else:
            coming = self._picture(shot.into, n, 1)
            blend_for(shot.kind)(picture, coming, shot.progress, out)
        for title in self._titles:
            title.dim(n, out)
        # Never dimmed, and never over the words.
        for overlay in self._overlaid:
            overlay.draw(n, out)
        for title in self._titles:
            title.write(n, out)
        for dip in self._plan.dips:
            if share := dip.share(n):
                for plane, value in zip(out, yuv(dip.color), strict=True):
                    cv2.addWeighted(plane, 1 - share, plane, 0, value * share, dst=plane)

    def _picture(self, index: int, n: int, side: int) -> Planes:
        """What a clip shows at frame ``n``; ``side`` is 0 for the clip that is there or goes, 1 for the one that comes."""
        picture = self._gallery.at(index, n, self._scratch[side])
        strength = vignette(self._plan.placed[index].clip.look)
        picture = darkened(picture, strength) if strength else picture
        if not self._in_cards.get(index):
            return picture
        # A card's words belong to its picture: a transition moves both.
        planes.copy(picture, self._sheets[side])
        for title in self._in_cards[index]:
            title.draw(n, self._sheets[side])
        return self._sheets[side]
