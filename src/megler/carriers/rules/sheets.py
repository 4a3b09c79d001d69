"""Reading a CSV file of an edition strictly: UTF-8, comma, one header, every row as long as it."""

import csv
import io
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from megler.carriers.rules.columns import Column, Figures, column_of, figures_of
from megler.carriers.rules.place import place, shown
from megler.vocabulary.problems import Problem

LARGEST_FILE = 64 * 1024 * 1024
LONGEST_LINE = 100_000
MOST_COLUMNS = 2000
LARGE = 1 << 22
"""From so many bytes on the compiled pass reads a file; below, loading it costs more."""
MANY = 100
"""So many problems of one code are told for one file; the rest are counted."""
_FULL = re.compile(rb"[^\r\n\t ,;]")


@dataclass(frozen=True, slots=True)
class Sheet:
    """The cells of a file by column. `rows` holds each line's row number in the file.

    Columns that were read as figures stand in `figures` instead.
    """

    file: str
    columns: Mapping[str, Sequence[str]]
    rows: Sequence[int]
    figures: Mapping[str, Figures] = field(default_factory=dict)

    def texts(self, column: str) -> Column:
        """The texts of a column."""
        return column_of(self.columns[column])

    def figures_of(self, column: str) -> Figures:
        """The figures of a column."""
        return self.figures[column] if column in self.figures else figures_of(self.texts(column))

    def place(self, index: int, column: str = "") -> str:
        """The `where` of the cell at `index` of a column."""
        return place(self.file, self.rows[index], column)


def read_text(file: str, content: bytes) -> tuple[str | None, list[Problem]]:
    """The text of a file that must be UTF-8 without byte order mark; None when it is not text."""
    if not _FULL.search(content):
        return None, [Problem("empty_file", file, f"{len(content)} bytes", "a header and rows")]
    if len(content) > LARGEST_FILE:
        return None, [Problem("file_too_large", file, str(len(content)), str(LARGEST_FILE))]
    if content[:2] in (b"\xff\xfe", b"\xfe\xff") or content[:4] == b"\x00\x00\xfe\xff":
        return None, [Problem("wrong_encoding", file, "UTF-16 or UTF-32", "UTF-8")]
    if b"\x00" in content:
        line = content.count(b"\n", 0, content.index(b"\x00")) + 1
        utf16 = content.count(b"\x00") > len(content) // 4
        found = "UTF-16 without mark" if utf16 else "NUL byte"
        return None, [Problem("wrong_encoding", place(file, line), found, "UTF-8")]
    problems = []
    if content.startswith(b"\xef\xbb\xbf"):
        problems.append(Problem("byte_order_mark", file, "EF BB BF", "UTF-8 without mark"))
        content = content[3:]
    try:
        return content.decode("utf-8"), problems
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        found = f"byte {content[error.start]:02X}"
        return None, [*problems, Problem("wrong_encoding", place(file, line), found, "UTF-8")]


def read_sheet(
    file: str,
    content: bytes,
    required: Sequence[str],
    optional: Sequence[str] = (),
    figures: Sequence[str] = (),
) -> tuple[Sheet | None, list[Problem]]:
    """A CSV file with exactly the `required` columns, and any of the `optional`, in any order.

    None when the header is unusable; otherwise the whole rows, with the faulty ones told and left
    out. Columns of `figures` are read as such where that is faster.
    """
    sheet = _scanned(file, content, required, optional, figures) if len(content) >= LARGE else None
    if sheet:
        return sheet, []
    text, problems = read_text(file, content)
    if text is None:
        return None, problems
    plain = _plain_columns(text)
    if plain and set(required) <= set(plain) <= {*required, *optional}:
        rows = range(2, len(next(iter(plain.values()))) + 2)
        return Sheet(file, {n: column_of(cells) for n, cells in plain.items()}, rows), problems
    lines, faults = _lines(file, text)
    if not lines:
        return None, problems + faults
    return sheet_of(file, lines, (required, optional), problems + faults)


def sheet_of(
    file: str,
    lines: Sequence[list[str]],
    wanted: tuple[Sequence[str], Sequence[str]],
    problems: list[Problem],
    refused: Collection[int] = (),
) -> tuple[Sheet | None, list[Problem]]:
    """The sheet that lines of cells make, the first the header, as `read_sheet` answers it.

    `wanted` are the required and the optional columns, `problems` those told already; rows whose
    numbers are `refused` are left out.
    """
    (required, optional), header = wanted, lines[0]
    if len(header) > MOST_COLUMNS:
        found = f"{len(header)} columns"
        allowed = " ".join([*required, *optional])
        return None, [*problems, Problem("too_many_columns", place(file, 1), found, allowed)]
    faults = _header_faults(file, header, required, optional)
    problems = [*problems, *faults]
    if any(f.code != "unknown_column" for f in faults):
        return None, problems
    numbers, kept, faults = _whole_rows(file, lines, len(header), refused)
    problems += faults
    if not kept and not faults and not refused:
        problems.append(Problem("no_rows", file, "header only", "rows"))
    columns = dict(zip(header, map(list, zip(*kept, strict=True)), strict=True)) if kept else {}
    names = [name for name in header if name in {*required, *optional}]
    known = {name: column_of(columns.get(name, [])) for name in names}
    return Sheet(file, known, numbers), capped(problems, file)


def _scanned(
    file: str,
    content: bytes,
    required: Sequence[str],
    optional: Sequence[str],
    figures: Sequence[str],
) -> Sheet | None:
    """A large sheet that is faultless in form, by the compiled pass; None: look closer."""
    if len(content) > LARGEST_FILE or b"\x00" in content or not _is_utf8(content):
        return None
    start = content.find(b"\n", 0, LONGEST_LINE) + 1
    header = _header(content[:start].decode())
    if len(set(header)) < len(header) or len(header) > MOST_COLUMNS:
        return None
    if not set(required) <= set(header) <= {*required, *optional}:
        return None
    from megler.carriers.rules.scanning import scan  # compiled: loaded where it is worth it

    scanned = scan(content, start, header, {*required, *optional}, figures)
    if scanned is None:
        return None
    return Sheet(file, scanned.columns, range(2, scanned.rows + 2), scanned.figures)


def _is_utf8(content: bytes) -> bool:
    if content.isascii():
        return True
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _header(line: str) -> list[str]:
    """The names in a header line; empty when it cannot be read."""
    try:
        return next(csv.reader([line], strict=True), [])
    except csv.Error:
        return []


def _plain_columns(text: str) -> dict[str, list[str]] | None:
    """The columns of a faultless sheet without quotes, fast; None when it needs a closer look."""
    text = text.replace("\r\n", "\n").removesuffix("\n") + "\n"
    header = text[: text.index("\n")].split(",")
    width = len(header)
    if '"' in text or "\r" in text or len(set(header)) < width or width > MOST_COLUMNS:
        return None
    data = np.frombuffer(text.encode(), np.uint8)
    ends = data[(data == ord(",")) | (data == ord("\n"))]
    if len(ends) % width or len(ends) == width:
        return None
    grid = ends.reshape(-1, width) == ord("\n")
    if not grid[:, -1].all() or grid[:, :-1].any():
        return None
    cells = text.replace("\n", ",").split(",")
    columns = {name: cells[i:-1:width][1:] for i, name in enumerate(header)}
    blank = all("" in cells or any(not c.strip() for c in cells) for cells in columns.values())
    return None if blank else columns


def _lines(file: str, text: str) -> tuple[list[list[str]], list[Problem]]:
    first = text.split("\n", 1)[0][:LONGEST_LINE]
    separator = next((s for s in ";\t|" if s in first), None)
    if separator and "," not in first:
        return [], [Problem("wrong_separator", place(file, 1), repr(separator), "','")]
    lines: list[list[str]] = []
    try:
        lines.extend(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        found = shown(str(error))
        return [], [Problem("broken_csv", place(file, len(lines) + 1), found, "quoted CSV")]
    return lines, []


def _header_faults(
    file: str, header: list[str], required: Sequence[str], optional: Sequence[str]
) -> list[Problem]:
    at = place(file, 1)
    allowed = " ".join([*required, *optional])
    problems = [Problem("missing_column", at, "", name) for name in required if name not in header]
    for i, name in enumerate(header):
        if not name.strip():
            problems.append(Problem("unnamed_column", at, f"column {i + 1}", allowed))
        elif name in header[:i]:
            problems.append(Problem("duplicate_column", at, shown(name), "each column once"))
        elif name not in required and name not in optional:
            near = name.strip().lower().replace(" ", "_")
            expected = near if near in {*required, *optional} else allowed
            problems.append(Problem("unknown_column", at, shown(name), expected))
    return problems


def _whole_rows(
    file: str, lines: Sequence[list[str]], width: int, refused: Collection[int]
) -> tuple[list[int], list[list[str]], list[Problem]]:
    blank = any(line.count("") == width for line in lines)
    if not refused and not blank and all(len(line) == width for line in lines):
        return list(range(2, len(lines) + 1)), list(lines[1:]), []
    rows, kept, problems = [], [], []
    for number, line in enumerate(lines[1:], start=2):
        if not any(cell.strip() for cell in line):
            problems.append(Problem("blank_row", place(file, number), "", "a row of figures"))
        elif len(line) != width:
            found, expected = f"{len(line)} cells", f"{width} cells"
            problems.append(Problem("ragged_row", place(file, number), found, expected))
        elif number not in refused:
            rows.append(number)
            kept.append(line)
    return rows, kept, problems


def capped(problems: list[Problem], file: str) -> list[Problem]:
    """The problems with at most `MANY` of each code, and one more that counts the rest."""
    told: dict[str, int] = {}
    kept = []
    for problem in problems:
        told[problem.code] = told.get(problem.code, 0) + 1
        if told[problem.code] <= MANY:
            kept.append(problem)
    for code, count in told.items():
        kept += more(code, file, count)
    return kept


def more(code: str, file: str, count: int) -> list[Problem]:
    """What tells how many of `count` problems of a code are left out; empty when none are."""
    return [Problem("and_more", file, f"{count - MANY} more", code)] if count > MANY else []
