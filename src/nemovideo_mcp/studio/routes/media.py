"""A stored file on the wire."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request

from nemovideo_mcp.studio.projects import StoredMedia


def file_out(request: Request, session_id: str, media: StoredMedia) -> dict[str, Any]:
    """As the API describes a file (``duration`` in s), with what the studio knows besides: id, format, size in bytes, when and where
    it was taken."""
    return {
        "id": media.id,
        "filename": media.name,
        "file_type": media.kind,
        "cdn_url": f"{request.base_url}api/studio/media/{session_id}/{media.id}",
        "duration": media.media.duration_ms / 1000,
        "width": media.width,
        "height": media.height,
        "fps": media.fps,
        "hash": media.sha256,
        "size": media.size,
        "format": media.format,
        "already_there": media.already_there,
        "taken_at": media.taken_at,
        "place": media.place,
    }
