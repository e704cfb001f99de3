"""Transitions: a table from kind to one small function of two frames and a progress.

A transition writes into ``out`` the picture between ``a`` (progress 0) and ``b`` (progress 1), all three as planes.
"""

from collections.abc import Callable

import cv2

from nemovideo_mcp.studio.render.planes import Planes

Blend = Callable[[Planes, Planes, float, Planes], None]


def crossfade(a: Planes, b: Planes, progress: float, out: Planes) -> None:
    """One picture shines through the other."""
    for plane_a, plane_b, plane in zip(a, b, out, strict=True):
        cv2.addWeighted(plane_a, 1 - progress, plane_b, progress, 0, dst=plane)


TRANSITIONS: dict[str, Blend] = {"crossfade": crossfade}


def blend_for(kind: str) -> Blend:
    """The transition of that name; a draft from elsewhere may hold one that is not known here, and gets a crossfade."""
    return TRANSITIONS.get(kind, crossfade)
