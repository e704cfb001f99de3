"""What the studio allows: credits, plan, token quota, limits. Everything is free and unlimited unless somebody says otherwise."""

from __future__ import annotations

from dataclasses import dataclass

from nemovideo_mcp.media.formats import MAX_BYTES

DAY = 86_400.0

UNLIMITED_CREDITS = 1_000_000
"""What the credit calls answer when there is no limit: the wire has only numbers, so ``unlimited: true`` goes with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """The rules of one studio. Times are in seconds.

    Each user starts with ``credits`` (None: no limit). An edit reserves ``edit_cost`` while it runs and is charged when it
    made a version; an export costs nothing. ``tokens_per_client`` anonymous tokens are issued to one client id within
    ``token_window_seconds`` (None: no quota).
    """

    credits: int | None = None
    edit_cost: int = 10
    plan_allows_export: bool = True
    tokens_per_client: int | None = None
    token_window_seconds: float = 7 * DAY
    token_lifetime_seconds: float = 7 * DAY
    claim_lifetime_seconds: float = DAY
    reservation_seconds: float = 15 * 60
    """How long the credits of an edit stay reserved when the process that ran it died: no chat lasts longer."""
    max_upload_bytes: int = MAX_BYTES

    def __post_init__(self) -> None:
        if self.credits is not None and self.credits < 0:
            raise ValueError("credits must be at least 0.")
        if self.edit_cost < 0:
            raise ValueError("edit_cost must be at least 0.")
        if self.max_upload_bytes < 1:
            raise ValueError("max_upload_bytes must be at least 1.")
