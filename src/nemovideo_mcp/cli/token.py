"""`token`: lets somebody in over HTTP."""

from __future__ import annotations

import sys
from pathlib import Path

from nemovideo_mcp.server.http.tokens import TokenFileError, add_token


def token(file: Path, identity: str) -> int:
    """Print a new token; only its hash is kept. Returns 1, with a line on stderr, when it cannot be made."""
    try:
        made = add_token(file, identity)
    except TokenFileError as error:
        print(f"nemovideo-mcp: {error}", file=sys.stderr)
        return 1
    print(made)
    print(
        f"This is the token of {identity}; it is shown only now. Its hash is in {file}: take the line away to lock {identity} out.\n"
        f'Hosts send it as "Authorization: Bearer …". Serve with: nemovideo-mcp serve --http --token-file {file}',
        file=sys.stderr,
    )
    return 0
