"""Completion: what a host may offer its user while they fill in a variable, a function for each kind of reference."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from mcp.server.mcpserver import MCPServer
from mcp_types import (
    Completion,
    CompletionArgument,
    CompletionContext,
    PromptReference,
    ResourceTemplateReference,
)

Offer = Callable[[str, CompletionArgument], Awaitable[list[str] | None]]
"""Given a prompt's name or a template's address, and the argument as far as it is typed: what it may become, best first.
None: it knows nothing of that."""

MOST = 100
"""Values in one answer; the protocol allows no more."""


def add_completion(server: MCPServer[None], *, prompts: Offer | None = None, resources: Offer | None = None) -> None:
    @server.completion()  # type: ignore[no-untyped-call, untyped-decorator]
    async def complete(
        ref: PromptReference | ResourceTemplateReference,
        argument: CompletionArgument,
        context: CompletionContext | None,
    ) -> Completion:
        offer, name = (prompts, ref.name) if isinstance(ref, PromptReference) else (resources, ref.uri)
        values = (await offer(name, argument) if offer else None) or []
        return Completion(values=values[:MOST], total=len(values), has_more=len(values) > MOST)
