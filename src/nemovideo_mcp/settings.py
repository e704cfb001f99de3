"""Everything that the environment and the command line may set, read once into one frozen object.

This is the only reader of the environment. Nothing else looks at it, and nothing is read at import.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, get_args

import platformdirs
from pydantic import SecretStr

APP = "nemovideo"
CLOUD_API = "https://mega-api-prod.nemovideo.ai"
CLOUD_WEB = "https://nemovideo.com"

Backend = Literal["auto", "cloud", "studio"]
LOG_LEVELS = ("debug", "info", "warning", "error", "critical")


class SettingsError(ValueError):
    """A setting has a value that cannot be; the text names the variable and what it takes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Times are in seconds. See the table in the README for what each one means."""

    backend: Backend = "auto"
    token: SecretStr | None = None
    api_url: str = CLOUD_API
    api_url_given: bool = False
    web_url: str = CLOUD_WEB
    client_id: str | None = None
    platform: str = "unknown"
    language: str = "en"
    data_dir: Path = field(default_factory=lambda: Path(platformdirs.user_data_dir(APP, appauthor=False)))
    config_dir: Path = field(default_factory=lambda: Path(platformdirs.user_config_dir(APP, appauthor=False)))
    vendor_client_id: Path = field(default_factory=lambda: Path.home() / ".config" / "nemovideo" / "client_id")
    output_dir: Path = field(default_factory=lambda: Path(platformdirs.user_videos_dir()) / "NemoVideo")
    allowed_dirs: tuple[Path, ...] | None = None
    allowed_hosts: tuple[str, ...] = ()
    keep_location: bool = False
    wait_seconds: float = 40
    poll_seconds: float | None = None
    recover_first_seconds: float | None = None
    recover_every_seconds: float | None = None
    silence_seconds: float = 600
    chat_seconds: float = 900
    still_working_seconds: float = 120
    ask_credits_spent: float | None = None
    ask_credits_below: float | None = None
    log: str = "warning"

    @property
    def uses_cloud(self) -> bool:
        """``auto`` is the cloud only when the user pointed at it: nothing leaves the machine unless they asked."""
        if self.backend == "auto":
            return self.token is not None or self.api_url_given
        return self.backend == "cloud"

    @classmethod
    def load(cls, environ: Mapping[str, str] | None = None, **overrides: Any) -> Settings:
        """Settings from the environment; ``overrides`` (the command line) win where they are not None.

        Raises:
            SettingsError: a variable has a value that cannot be.
        """
        env = os.environ if environ is None else environ
        found: dict[str, Any] = {}
        for variable, (name, read) in _VARIABLES.items():
            raw = env.get(variable, "").strip()
            if raw:
                try:
                    found[name] = read(raw)
                except ValueError as error:
                    raise SettingsError(f"{variable} {error}") from None
        found["api_url_given"] = "api_url" in found
        found.setdefault("platform", _platform(Path(__file__)))
        found.update({name: value for name, value in overrides.items() if value is not None})
        return cls(**found)


def _platform(installed: Path) -> str:
    where = installed.as_posix()
    return "clawhub" if "/.clawhub/" in where else "cursor" if "/.cursor/skills/" in where else "unknown"


def _seconds(raw: str) -> float:
    try:
        value = float(raw)
    except ValueError:
        value = -1
    if not 0 <= value <= 86_400:
        raise ValueError(f"must be a number of seconds from 0 to 86400, not {raw!r}.")
    return value


def _credits(raw: str) -> float:
    try:
        value = float(raw)
    except ValueError:
        value = 0
    if not 0 < value < 1e9:
        raise ValueError(f"must be a number of credits above 0, not {raw!r}.")
    return value


def _choice(choices: tuple[str, ...]) -> Any:
    def read(raw: str) -> str:
        if raw.lower() not in choices:
            raise ValueError(f"must be one of {', '.join(choices)}, not {raw!r}.")
        return raw.lower()

    return read


def _yes(raw: str) -> bool:
    if raw.lower() not in ("0", "1", "no", "yes", "false", "true"):
        raise ValueError(f"must be 0 or 1, not {raw!r}.")
    return raw.lower() in ("1", "yes", "true")


def _url(raw: str) -> str:
    if not raw.startswith(("http://", "https://")):
        raise ValueError("must be an http or https address.")
    return raw.rstrip("/")


def _folder(raw: str) -> Path:
    return Path(raw).expanduser().absolute()


def _folders(raw: str) -> tuple[Path, ...]:
    return tuple(_folder(part) for part in raw.split(os.pathsep) if part.strip())


def _names(raw: str) -> tuple[str, ...]:
    return tuple(part.strip().lower() for part in raw.split(",") if part.strip())


_VARIABLES: dict[str, tuple[str, Any]] = {
    "NEMO_BACKEND": ("backend", _choice(get_args(Backend))),
    "NEMO_TOKEN": ("token", SecretStr),
    "NEMO_API_URL": ("api_url", _url),
    "NEMO_WEB_URL": ("web_url", _url),
    "NEMO_CLIENT_ID": ("client_id", str),
    "SKILL_SOURCE": ("platform", str),
    "NEMO_LANGUAGE": ("language", str),
    "NEMO_DATA_DIR": ("data_dir", _folder),
    "NEMO_OUTPUT_DIR": ("output_dir", _folder),
    "NEMO_ALLOWED_DIRS": ("allowed_dirs", _folders),
    "NEMO_ALLOWED_HOSTS": ("allowed_hosts", _names),
    "NEMO_KEEP_LOCATION": ("keep_location", _yes),
    "NEMO_WAIT_SECONDS": ("wait_seconds", _seconds),
    "NEMO_POLL_SECONDS": ("poll_seconds", _seconds),
    "NEMO_RECOVER_FIRST_SECONDS": ("recover_first_seconds", _seconds),
    "NEMO_RECOVER_EVERY_SECONDS": ("recover_every_seconds", _seconds),
    "NEMO_SILENCE_SECONDS": ("silence_seconds", _seconds),
    "NEMO_CHAT_SECONDS": ("chat_seconds", _seconds),
    "NEMO_STILL_WORKING_SECONDS": ("still_working_seconds", _seconds),
    "NEMO_ASK_CREDITS_SPENT": ("ask_credits_spent", _credits),
    "NEMO_ASK_CREDITS_BELOW": ("ask_credits_below", _credits),
    "NEMO_LOG": ("log", _choice(LOG_LEVELS)),
}
