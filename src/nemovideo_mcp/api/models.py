"""What travels: the answers of the API as pydantic models. Fields that we do not know are kept."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal, TypeVar

from pydantic import AliasChoices, BaseModel, ConfigDict, Field, SecretStr, ValidationError

from nemovideo_mcp.api.errors import BadAnswer, error_for

_Model = TypeVar("_Model", bound=BaseModel)

AGENT = "nemo_agent"
"""The name of the backend's agent, a part of several paths."""


class Answer(BaseModel):
    model_config = ConfigDict(extra="allow", populate_by_name=True)


class AnonymousToken(Answer):
    """``POST /api/auth/anonymous-token``. The token is masked wherever the answer is printed."""

    token: SecretStr
    user_id: str
    credits: float = 0
    expires_at: datetime | float | None = None


class Session(Answer):
    """``POST /api/tasks/me/with-session/nemo_agent``."""

    task_id: str
    session_id: str
    user_id: str | None = None
    capabilities: list[str] = Field(default_factory=list)


class ClaimToken(Answer):
    """``POST /api/auth/claim-token``: opens the project in a browser and nothing else. ``expires_in`` is in seconds."""

    claim_token: SecretStr
    expires_in: float | None = None


class UploadedFile(Answer):
    """One file of an upload answer. ``duration`` is in seconds."""

    filename: str
    file_type: Literal["image", "video", "audio"] | str = "image"
    cdn_url: str | None = None
    duration: float | None = None
    width: int | None = None
    height: int | None = None
    fps: float | None = None
    hash: str | None = None


class Upload(Answer):
    files: list[UploadedFile] = Field(default_factory=list)
    session_state_applied: bool | None = None


class Credits(Answer):
    """``frozen`` is what running work has reserved. ``unlimited`` is the studio's word for having no limit."""

    available: float
    frozen: float = 0
    total: float = 0
    unlimited: bool = False


class ProjectState(Answer):
    """The ``state`` of a session. What a backend leaves out is null here."""

    draft: dict[str, Any] | None = None
    video_infos: list[dict[str, Any]] | None = None
    canvas_config: dict[str, Any] | None = None
    generated_media: Any = None
    video_analyses: Any = None


class State(Answer):
    session_id: str
    task_id: str | None = None
    task_name: str | None = None
    state: ProjectState = Field(default_factory=ProjectState)


class RenderOutput(Answer):
    """Where the film is, and what it is as far as the backend says. ``duration`` is in seconds, ``size`` in bytes, ``width`` and
    ``height`` in pixels; ``audio``: whether it has sound."""

    url: str | None = None
    duration: float | None = None
    size: int | None = None
    width: int | None = None
    height: int | None = None
    fps: float | None = None
    frames: int | None = None
    audio: bool | None = None


class Render(Answer):
    """A render job, whichever of its two forms the backend answered with. ``progress`` is from 0 to 1."""

    id: str | None = None
    status: Literal["pending", "processing", "completed", "failed", "cancelled"] = "pending"
    progress: float = 0
    output: RenderOutput = Field(default_factory=RenderOutput)
    error: str | None = None
    message: str | None = None
    notes: list[str] = Field(default_factory=list)
    """What could not be drawn as asked; the studio's."""

    @classmethod
    def parse(cls, payload: Mapping[str, Any]) -> Render:
        """Read either form: top level with ``output``, or inside ``data`` with ``outputUrl``.

        Raises:
            BadAnswer: it is of neither form.
        """
        raw = dict(payload)
        output = raw.get("output")
        raw["output"] = dict(output) if isinstance(output, Mapping) else {}
        if url := raw.pop("outputUrl", None):
            raw["output"]["url"] = url
        raw["status"] = _STATUS.get(str(raw.get("status", "pending")).lower(), raw.get("status"))
        if isinstance(raw.get("error"), dict):
            raw["error"] = raw["error"].get("message") or str(raw["error"])
        raw["progress"] = _fraction(raw.get("progress"))
        return read(cls, raw)


def _fraction(progress: Any) -> Any:
    """From 0 to 1: some deployments count to 1, others to 100. What is no number is left for the model to refuse."""
    try:
        value = float(progress or 0)
    except (TypeError, ValueError):
        return progress
    return value / 100 if value > 1 else value


_STATUS = {
    "queued": "pending", "waiting": "pending", "rendering": "processing", "running": "processing",
    "done": "completed", "success": "completed", "error": "failed", "canceled": "cancelled",
}  # fmt: skip


class StudioProject(Answer):
    """A row of the studio's project list. Times are ISO 8601 in UTC."""

    session_id: str
    task_id: str | None = None
    name: str = Field("", validation_alias=AliasChoices("name", "task_name"))
    updated: datetime | None = None


class StudioVersion(Answer):
    """A version of a timeline in the studio: number 0 is the empty one. ``created`` is ISO 8601 in UTC.

    ``restores`` is the version whose film this is again, when it came of going back or forth.
    """

    n: int = Field(validation_alias=AliasChoices("n", "version"))
    instruction: str = ""
    created: datetime | None = None
    summary: str = ""
    restores: int | None = None


def read(model: type[_Model], payload: Any) -> _Model:
    """A model from a payload.

    Raises:
        BadAnswer: the payload lacks what the contract promises; the text names the fields, never their values.
    """
    try:
        return model.model_validate(payload)
    except ValidationError as error:
        fields = ", ".join(".".join(map(str, e["loc"])) or "the whole" for e in error.errors(include_input=False))
        raise BadAnswer(f"The backend's answer does not fit {model.__name__}: {fields}.") from None


def unwrap(payload: Any, *, status: int = 200, retry_after: float | None = None) -> Any:
    """What an answer holds, out of its envelope: ``{"code": 0, "data": …}``, ``{"success": true, "data": …}``, or bare.

    Raises:
        ApiError: the envelope or the HTTP status says that it failed, whatever the other one says.
    """
    body = payload if isinstance(payload, Mapping) else {}
    code = _code(body.get("code"))
    message = _message(body)
    details = body.get("data") if isinstance(body.get("data"), dict) else {}
    if status >= 400 or code not in (0, 200) or body.get("success") is False:
        raise error_for(code, message, status=status, details=dict(details or {}), retry_after=retry_after)
    if "data" in body and ("code" in body or "success" in body):
        return body["data"]
    return payload


def _code(value: Any) -> int:
    """An envelope's code; 0 where there is none, -1 for something that is no code."""
    if value is None:
        return 0
    try:
        return int(str(value)[:9]) if not isinstance(value, float) else int(value)
    except (ValueError, OverflowError):
        return -1


def _message(body: Mapping[str, Any]) -> str:
    for key in ("message", "error", "detail", "msg"):
        value = body.get(key)
        if isinstance(value, dict):
            value = value.get("message")
        if isinstance(value, str) and value:
            return value[:500]
    return ""
