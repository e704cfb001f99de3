"""What the server needs to know of the settings: the composition root fills it in."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Times are in seconds."""

    backend: str
    """How the backend is called to the user: ``cloud`` or ``studio``. Nothing is decided by it; capabilities decide."""
    backend_hint: str = ""
    """One sentence on how to change the backend."""
    origin: str = ""
    """Keeps the projects of different backends apart in one data folder."""
    web_url: str | None = None
    """Base of browser links; None where projects cannot be opened in a browser."""
    language: str = "en"
    data_dir: Path
    output_dir: Path
    allowed_dirs: tuple[Path, ...] | None = None
    allowed_hosts: tuple[str, ...] = ()
    local_paths: bool = True
    """Whether tools may read files of this machine at all."""
    remove_location: bool = False
    """Whether the place is taken out of photos before they are sent."""
    wait_seconds: float = 40
    poll_seconds: float = 0.5
    recover_first_seconds: float = 30
    recover_every_seconds: float = 60
    recover_looks: int = 5
    still_working_seconds: float = 120
    ask_spent: float | None = None
    """Credits that a project may spend before the user is asked, and again after as many; None: never."""
    ask_below: float | None = None
    """Credits left below which the user is asked before an edit; None: never."""
