"""The calls of the API as data: name, method, route, and how long the answer may take."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from nemovideo_mcp.api.errors import BadInput
from nemovideo_mcp.api.models import AGENT


@dataclass(frozen=True, slots=True)
class Call:
    """One call. ``route`` is a template: it is what the log shows. ``read_seconds`` is the longest wait between bytes."""

    name: str
    method: str
    route: str
    read_seconds: float | None = 60.0

    def path(self, **ids: str) -> str:
        """The route with its ids filled in.

        Raises:
            BadInput: an id that could lead to another route.
        """
        for name, value in ids.items():
            if value in ("", ".", ".."):
                raise BadInput(f"{value!r} is not a {name.replace('_', ' ')} id.")
        return self.route.format(**{name: quote(value, safe="") for name, value in ids.items()})


ANONYMOUS_TOKEN = Call("anonymous_token", "POST", "/api/auth/anonymous-token")
CREATE_SESSION = Call("create_session", "POST", f"/api/tasks/me/with-session/{AGENT}")
CLAIM_TOKEN = Call("claim_token", "POST", "/api/auth/claim-token")
# A stream may be silent for longer than any socket's patience: it has clocks of its own.
CHAT = Call("chat", "POST", "/run_sse", read_seconds=None)
# The backend looks into the files, or fetches them, before it answers.
UPLOAD = Call("upload", "POST", f"/api/upload-video/{AGENT}/me/{{session}}", read_seconds=300.0)
CREDITS = Call("credits", "GET", "/api/credits/balance/simple")
STATE = Call("state", "GET", f"/api/state/{AGENT}/me/{{session}}/latest")
SUBMIT_RENDER = Call("submit_render", "POST", "/api/render/proxy/lambda")
RENDER = Call("render", "GET", "/api/render/proxy/lambda/{render}")
CANCEL_RENDER = Call("cancel_render", "POST", "/api/render/proxy/lambda/{render}/cancel")
DOWNLOAD = Call("download", "GET", "/api/render/proxy/{render}/download")
OUTPUT = Call("output", "GET", "(output.url)")

PROJECTS = Call("projects", "GET", "/api/studio/projects")
RENAME_PROJECT = Call("rename_project", "PATCH", "/api/studio/projects/{session}")
DELETE_PROJECT = Call("delete_project", "DELETE", "/api/studio/projects/{session}")
PREVIEW = Call("preview", "POST", "/api/studio/preview/{session}")
VERSIONS = Call("versions", "GET", "/api/studio/versions/{session}")
RESTORE_VERSION = Call("restore_version", "POST", "/api/studio/versions/{session}/{version}/restore")

CALLS = (
    ANONYMOUS_TOKEN, CREATE_SESSION, CLAIM_TOKEN, CHAT, UPLOAD, CREDITS, STATE, SUBMIT_RENDER, RENDER, CANCEL_RENDER,
    DOWNLOAD, OUTPUT, PROJECTS, RENAME_PROJECT, DELETE_PROJECT, PREVIEW, VERSIONS, RESTORE_VERSION,
)  # fmt: skip
