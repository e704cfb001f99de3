"""A table of films: CSV as people and Excel write it, or YAML. What is wrong in it is said with its line, all at once."""

from __future__ import annotations

import csv
import difflib
import io
import locale
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

COLUMNS: dict[str, str] = {
    "folder": "folder|folders|media|photos|pictures|images|path|source|input|文件夹|照片|素材|目录|路径|相册",
    "instruction": "instruction|instructions|prompt|text|words|wish|edit|指令|要求|说明|描述|文案",
    "name": "name|output|output name|file|filename|file name|film|title of file|名称|文件名|输出|输出文件|片名",
    "format": "format|type|格式",
    "quality": "quality|质量|画质",
    "resolution": "resolution|size|分辨率|清晰度|尺寸",
    "fps": "fps|frame rate|帧率",
    "preset": "preset|platform|平台|预设",
    "aspect": "aspect|aspect ratio|ratio|shape|orientation|比例|画幅|宽高比|方向",
    "music": "music|audio|song|音乐|背景音乐|歌曲|配乐",
    "each": "each|one for each|per|每个|拆分",
}
"""The columns, and what people call them."""
_CALLED = {word: column for column, words in COLUMNS.items() for word in words.split("|")}
_FILMS = ("films", "jobs", "items", "videos", "batch", "影片", "视频")
LARGEST = 5_000_000
"""Bytes of a table: a hundred thousand rows."""
SUFFIXES = (".csv", ".tsv", ".txt", ".yaml", ".yml")
_SHEETS = (".xlsx", ".xls", ".ods", ".numbers")


class TableError(Exception):
    """What is wrong with a table: one line for each."""

    def __init__(self, *problems: str) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Row:
    """One film's line. ``cells`` are by column, as they were written; several folders stand in lines of their own."""

    line: int
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """``common`` are cells that hold for all rows, ``notes`` what a reader should know."""

    rows: tuple[Row, ...]
    common: dict[str, str]
    notes: tuple[str, ...] = ()


def is_table(path: Path) -> bool:
    return path.suffix.lower() in (*SUFFIXES, *_SHEETS)


def read_table(path: Path) -> Table:
    """The rows of a CSV or YAML file.

    Raises:
        TableError: it cannot be read, or rows of it cannot.
    """
    if path.suffix.lower() in _SHEETS:
        raise TableError(f'{path.name} is a spreadsheet: save it as "CSV UTF-8" and give that.')
    try:
        if path.stat().st_size > LARGEST:
            raise TableError(
                f"{path.name} has {path.stat().st_size / 1e6:.0f} MB; a table has {LARGEST / 1e6:.0f} at most."
            )
        raw = path.read_bytes()
    except OSError as error:
        raise TableError(f"{path} cannot be read: {error.strerror}.") from None
    text, note = decoded(raw)
    table = _yaml(text, path.name) if path.suffix.lower() in (".yaml", ".yml") else _csv(text, path.name)
    if not table.rows:
        raise TableError(f"{path.name} names no films.")
    notes = [f"{path.name} is read as {note}; save it as UTF-8 if names look wrong."] if note else []
    return Table(table.rows, table.common, (*notes, *table.notes))


def decoded(raw: bytes) -> tuple[str, str | None]:
    """The text of a file, and the encoding's name where it had to be guessed.

    Excel writes UTF-8 and UTF-16 with a mark, and its plain CSV in the code page of the machine, which has none.
    """
    for mark, name in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if raw.startswith(mark):
            return raw.decode(name, errors="replace"), None
    for name in ("utf-8", locale.getencoding()):
        try:
            return raw.decode(name), None
        except (UnicodeDecodeError, LookupError):
            continue
    if _looks_chinese(raw):
        return raw.decode("gb18030", errors="replace"), "GB18030"
    return raw.decode("cp1252", errors="replace"), "Windows-1252"


def _looks_chinese(raw: bytes) -> bool:
    """Whether it reads as GB18030 and its characters are mostly everyday ones (GB 2312, level 1: rows 0xB0 to 0xD7)."""
    try:
        raw.decode("gb18030")
    except UnicodeDecodeError:
        return False
    pairs = re.findall(rb"[\x81-\xfe][\x40-\x7e\x80-\xfe]", raw)
    common = sum(0xB0 <= pair[0] <= 0xD7 or 0xA1 <= pair[0] <= 0xA3 for pair in pairs)
    return bool(pairs) and common >= 0.8 * len(pairs)


def _csv(text: str, name: str) -> Table:
    text = text.replace("\x00", "")
    first, _, rest = text.partition("\n")
    skipped = 0
    if found := re.fullmatch(r'"?sep=(.)"?', first.strip(), re.IGNORECASE):
        text, skipped, mark = rest, 1, found[1]
    else:
        mark = _separator(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    rows: list[Row] = []
    columns: list[str | None] = []
    notes: list[str] = []
    problems: list[str] = []
    before = skipped
    try:
        for cells in reader:
            line, before = before + 1, reader.line_num + skipped
            if not any(cell.strip() for cell in cells):
                continue
            if not columns:
                columns, notes = _columns(cells, name, line)
            elif any(cell.strip() for cell in cells[len(columns) :]):
                problems.append(_too_many(name, line, mark))
            else:
                rows.append(Row(line, {c: v.strip() for c, v in zip(columns, cells, strict=False) if c and v.strip()}))
    except csv.Error as error:
        problems.append(f"{name}, line {before + 1}: it cannot be read ({error}).")
    if problems:
        raise TableError(*problems)
    return Table(tuple(rows), {}, tuple(notes))


def _too_many(name: str, line: int, mark: str) -> str:
    said = {",": "a comma", ";": "a semicolon", "\t": "a tab"}.get(mark, repr(mark))
    return (
        f"{name}, line {line}: there are more cells than columns; a cell with {said} in it must stand in "
        'quotation marks ("…").'
    )


def _separator(text: str) -> str:
    """What parts the cells: the mark that makes the most of the first line known columns."""
    first = next((line for line in text.splitlines() if line.strip()), "")

    def known(mark: str) -> int:
        return sum(_column(cell) is not None for cell in next(csv.reader([first], delimiter=mark), []))

    return max((",", ";", "\t", "|", "，"), key=known)


def _column(cell: str) -> str | None:
    return _CALLED.get(re.sub(r"[\s_-]+", " ", cell.strip().strip("\ufeff").lower()))


def _columns(cells: list[str], name: str, line: int) -> tuple[list[str | None], list[str]]:
    """The columns that the first line names.

    Raises:
        TableError: there is none for the folder, or one that is misspelt or twice there.
    """
    found = [_column(cell) for cell in cells]
    if "folder" not in found:
        raise TableError(
            f"{name}, line {line}: the first line must name the columns, and one of them is folder. For example: "
            "folder,instruction,output"
        )
    problems = [p for cell, column in zip(cells, found, strict=True) if not column and (p := _misspelt(cell))]
    problems += [
        f'there are two columns for "{column}".'
        for column in dict.fromkeys(found)
        if column and found.count(column) > 1
    ]
    if problems:
        raise TableError(*(f"{name}, line {line}: {problem}" for problem in problems))
    unused = [cell.strip() for cell, column in zip(cells, found, strict=True) if column is None and cell.strip()]
    return found, [f"{name}: not used: {', '.join(unused)}."] if unused else []


def _misspelt(word: str) -> str | None:
    near = difflib.get_close_matches(word.strip().lower(), _CALLED, 1, 0.75)
    return f'there is no column "{word.strip()}". Did you mean "{near[0]}"?' if near else None


def _yaml(text: str, name: str) -> Table:
    """The entries of a list, or of ``films`` in a mapping whose other keys hold for all of them.

    Values are taken as they are written: in YAML, ``9:16`` would be the number 556 and ``no`` would be false.
    """
    try:
        root = yaml.compose(text, Loader=yaml.BaseLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f", line {mark.line + 1}" if mark else ""
        raise TableError(f"{name}{where}: this is not YAML: {getattr(error, 'problem', None) or error}.") from None
    common: dict[str, str] = {}
    entries = root
    if isinstance(root, yaml.MappingNode):
        entries = next((value for key, value in root.value if key.value in _FILMS), None)
        rest = [(key, value) for key, value in root.value if key.value not in _FILMS]
        folders = next((value for key, value in rest if key.value and _column(str(key.value)) == "folder"), None)
        if entries is None and folders is not None:
            # No list of films: each folder is one, with everything else for all of them.
            rest = [(key, value) for key, value in rest if value is not folders]
            one = yaml.SequenceNode(tag="", value=[folders], start_mark=folders.start_mark)
            entries = folders if isinstance(folders, yaml.SequenceNode) else one
        common = _cells(rest, name)
    if not isinstance(entries, yaml.SequenceNode):
        raise TableError(
            f"{name}: give a list of films, or films: with a list below it. For example: - folder: trips/rome"
        )
    rows, problems = [], []
    for entry in entries.value:
        line = entry.start_mark.line + 1
        try:
            if isinstance(entry, yaml.MappingNode):
                rows.append(Row(line, _cells(entry.value, name)))
            elif isinstance(entry, yaml.ScalarNode) and entry.value.strip():
                rows.append(Row(line, {"folder": entry.value.strip()}))
            else:
                problems.append(f"{name}, line {line}: this is no film; give folder: and instruction:.")
        except TableError as error:
            problems += error.problems
    if problems:
        raise TableError(*problems)
    return Table(tuple(rows), common)


def _cells(pairs: list[tuple[yaml.Node, yaml.Node]], name: str) -> dict[str, str]:
    cells: dict[str, str] = {}
    problems: list[str] = []
    for key, value in pairs:
        word = key.value if isinstance(key, yaml.ScalarNode) else "?"
        column, where = _column(word), f"{name}, line {key.start_mark.line + 1}"
        texts = list(_texts(value))
        if column is None:
            problems.append(f"{where}: {_misspelt(word) or _unknown(word)}")
        elif column in cells:
            problems.append(f'{where}: "{word}" is given twice.')
        elif None in texts:
            problems.append(f'{where}: "{word}" takes a text{" or a list of texts" if column == "folder" else ""}.')
        elif words := "\n".join(text.strip() for text in texts if text and text.strip()):
            cells[column] = words
    if problems:
        raise TableError(*problems)
    return cells


def _unknown(word: str) -> str:
    return f'there is no key "{word}". There are {", ".join(COLUMNS)}.'


def _texts(node: yaml.Node) -> Iterator[str | None]:
    """The text or texts of a value; None for what is neither."""
    if isinstance(node, yaml.ScalarNode):
        yield None if node.tag == "null" else node.value
    elif isinstance(node, yaml.SequenceNode):
        for part in node.value:
            yield part.value if isinstance(part, yaml.ScalarNode) else None
    else:
        yield None
