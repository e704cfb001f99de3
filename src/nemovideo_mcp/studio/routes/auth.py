"""Anonymous tokens, claim tokens, credits."""

from __future__ import annotations

import secrets

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from nemovideo_mcp.studio.policy import UNLIMITED_CREDITS
from nemovideo_mcp.studio.refusals import bad_request
from nemovideo_mcp.studio.routes.calls import iso, json_body, ok, text_of, user_of
from nemovideo_mcp.studio.services import Services

MAX_CLIENT_ID = 200


class AuthRoutes:
    def __init__(self, services: Services) -> None:
        self._services = services

    def routes(self) -> list[Route]:
        return [
            Route("/api/auth/anonymous-token", self.anonymous_token, methods=["POST"]),
            Route("/api/auth/claim-token", self.claim_token, methods=["POST"]),
            Route("/api/credits/balance/simple", self.credits, methods=["GET"]),
        ]

    async def anonymous_token(self, request: Request) -> Response:
        client_id = request.headers.get("X-Client-Id", "").strip()
        if not client_id or len(client_id) > MAX_CLIENT_ID:
            raise bad_request("The header X-Client-Id with the client id is missing.")
        token = await self._services.accounts.issue(client_id)
        limit = self._services.policy.credits
        data = {
            "token": token.secret,
            "user_id": token.user_id,
            "credits": UNLIMITED_CREDITS if limit is None else limit,
            "unlimited": limit is None,
            "expires_at": iso(token.expires),
        }
        return ok(data)

    async def claim_token(self, request: Request) -> Response:
        """The studio has no pages to open, so the token is good for nothing here; the call answers as the API does."""
        user_id = await user_of(request, self._services.accounts)
        body = await json_body(request)
        project = await self._services.projects.get(user_id, text_of(body, "session_id"))
        if text_of(body, "task_id") != project.task_id:
            raise bad_request("task_id is not the task of this session.")
        token = "clm_" + secrets.token_urlsafe(24)
        return ok({"claim_token": token, "expires_in": int(self._services.policy.claim_lifetime_seconds)})

    async def credits(self, request: Request) -> Response:
        """Without a limit the numbers are `UNLIMITED_CREDITS` and ``unlimited`` is true: the API has no word for it."""
        balance = await self._services.accounts.balance(await user_of(request, self._services.accounts))
        data = {
            "available": balance.available,
            "frozen": balance.frozen,
            "total": balance.total,
            "unlimited": balance.unlimited,
        }
        return ok(data)
