"""The rooms of the package and which way imports may point between them."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import nemovideo_mcp

PACKAGE = "nemovideo_mcp"
SOURCE = Path(nemovideo_mcp.__file__).parent
MODULES = sorted(SOURCE.rglob("*.py"))

ROOMS: dict[str, set[str]] = {
    "server": {"client", "media", "api", "timeline"},
    "studio": {"media", "api", "timeline"},
    "client": {"api", "timeline"},
    "media": {"timeline"},
    "api": {"timeline"},
    "timeline": set(),
}
"""A room, and the rooms that it may import from besides itself."""

COMPOSITION_ROOT = {"__init__.py", "__main__.py", "cli.py", "cli", "services.py", "settings.py"}
"""What may lie beside the rooms. These alone may import everything."""

MAY_USE_MCP = {"server"}
HEAVY = ("av", "numpy", "cv2", "PIL", "pillow_heif", "uharfbuzz", "budoux")
READS_ENVIRONMENT: set[str] = set()
"""Modules besides settings.py that may touch the environment, as paths in the package: only to hand it to a child."""


def name_of(path: Path) -> str:
    return path.relative_to(SOURCE).as_posix()


def imports(path: Path) -> Iterator[str]:
    """The full dotted names that a module imports, wherever in it the import stands."""
    inside = [PACKAGE, *path.relative_to(SOURCE).parts]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"), str(path))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = inside[: -node.level] if node.level else []
            origin = ".".join([*base, *([node.module] if node.module else [])])
            yield from (f"{origin}.{alias.name}" for alias in node.names)


def room_of(dotted: str) -> str | None:
    """The room of ours that an imported name lies in: ``None`` for other packages and for the version."""
    parts = dotted.split(".")
    if parts[0] != PACKAGE or len(parts) == 1 or parts[1] == "__version__":
        return None
    return parts[1]


def all_modules(of: str = "") -> list[Path]:
    return [path for path in MODULES if name_of(path).startswith(of)]


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_imports_point_only_downwards(path: Path) -> None:
    room = name_of(path).split("/")[0]
    if room in COMPOSITION_ROOT:
        return
    assert room in ROOMS, f"{name_of(path)} is in no room of the architecture"
    reached = {dotted: room_of(dotted) for dotted in imports(path)}
    wrong = [dotted for dotted, other in reached.items() if other is not None and other not in {room, *ROOMS[room]}]
    assert not wrong, f"{room} may import only from {sorted(ROOMS[room]) or 'nothing of ours'}"


@pytest.mark.parametrize("path", all_modules("studio/render/"), ids=name_of)
def test_the_renderer_does_not_know_the_studio_around_it(path: Path) -> None:
    own = f"{PACKAGE}.studio.render"
    wrong = [name for name in imports(path) if room_of(name) == "studio" and not f"{name}.".startswith(f"{own}.")]
    assert not [name for name in wrong if name != own]


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_only_the_server_and_the_command_line_speak_mcp(path: Path) -> None:
    room = name_of(path).split("/")[0]
    if room in COMPOSITION_ROOT or room in MAY_USE_MCP:
        return
    assert not [name for name in imports(path) if name.split(".")[0] in ("mcp", "mcp_types")]


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_only_settings_reads_the_environment(path: Path) -> None:
    if name_of(path) == "settings.py" or name_of(path) in READS_ENVIRONMENT:
        return
    names = {"environ", "environb", "getenv", "getenvb", "putenv", "unsetenv"}
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = [
        f"line {node.lineno}: os.{node.attr}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and node.attr in names
        and isinstance(node.value, ast.Name)
        and node.value.id == "os"
    ]
    found += [name for name in imports(path) if name in {f"os.{n}" for n in names}]
    assert not found


def test_every_room_is_there_and_nothing_else_lies_beside_them() -> None:
    beside = {path.name for path in SOURCE.iterdir() if path.name not in ("__pycache__", "py.typed")}
    assert beside - COMPOSITION_ROOT == set(ROOMS)


@pytest.mark.parametrize("module", ["nemovideo_mcp.cli", "nemovideo_mcp.server.app"])
def test_starting_the_server_imports_nothing_heavy(module: str) -> None:
    """A host waits for this import; pixels are imported when there are pixels."""
    code = f"import sys, {module}; print(*[m for m in {HEAVY!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == []


@pytest.mark.parametrize("room", ["timeline", "api"])
def test_the_pure_rooms_reach_for_no_input_and_no_output(room: str) -> None:
    outside = {
        "os",
        "io",
        "pathlib",
        "socket",
        "subprocess",
        "sqlite3",
        "httpx",
        "anyio",
        "asyncio",
        "tempfile",
        *HEAVY,
    }
    used = {(name_of(path), name) for path in all_modules(f"{room}/") for name in imports(path)}
    assert not [(path, name) for path, name in used if name.split(".")[0] in outside]
