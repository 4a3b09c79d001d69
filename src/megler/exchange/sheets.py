"""Sheets of outsiders, CSV and Excel, as rows of plain text: every encoding and separator seen.

A cell is its text: a day as 2026-03-01, a whole number without a point, lines of a cell as lines; a
merged cell says the same everywhere. Nothing is understood here; what a column means is the reader's
to say.
"""

import csv
import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from megler.vocabulary.problems import Problem, Severity

SEPARATORS = ",;\t|"
ROWS_MAX, COLUMNS_MAX, CELL_MAX = 500_000, 300, 4_000
UNPACKED_MAX = 400_000_000
"""Bytes of a workbook's parts together, unpacked: half a million rows have about 200 million."""
MERGED_MAX = 200
"""Rows of one merged cell, beyond which it is a decoration."""
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_MIDNIGHT = time()
_NAMED_SEPARATOR = re.compile(r"sep=([,;\t|])\r?\n", re.IGNORECASE)
"""The first line by which Excel is told what stands between the cells."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its name, and its rows of cells, blank ones at the end left out.

    `lines` numbers the rows as people see them, from 1. `is_ended`: its last line is ended as every
    other one; a text without that may have been cut. `is_hidden`: of a workbook, not shown there.
    """

    name: str
    rows: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...]
    separator: str = ""
    encoding: str = ""
    is_ended: bool = True
    is_hidden: bool = False


def is_workbook(data: bytes) -> bool:
    """Whether a file is Excel's, by its first bytes."""
    return data.startswith((_ZIP, _OLE))


def read_sheets(data: bytes, name: str = "file") -> tuple[list[Sheet], list[Problem]]:
    """Every sheet of a file; none, with why, when it is no sheet. A text has one.

    A text that was cut within its last row loses that row, and a warning says so.

    >>> read_sheets(b"Policy;Status\\nN1;Approved\\n")[0][0].rows
    (('Policy', 'Status'), ('N1', 'Approved'))
    """
    if not data.strip():
        return [], [Problem("sheet_empty", name, "0 bytes", "CSV, XLSX")]
    if is_workbook(data):
        return _workbook(data, name)
    return _text(data, name)


def _workbook(data: bytes, name: str) -> tuple[list[Sheet], list[Problem]]:
    if problem := _too_large(data, name):
        return [], [problem]
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        read = [(about, _cells(book, about.name)) for about in book.sheets_metadata]
    except (CalamineError, OSError, ValueError) as error:
        return [], [Problem("sheet_broken", name, str(error)[:120], "a whole workbook")]
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        return [], [Problem("sheet_broken", name, "", "a whole workbook")]
    found, problems = [], []
    for about, cells in read:
        rows, wrong = _bounded(cells, f"{name} {about.name}")
        problems += wrong
        if rows and not wrong:
            lines, kept = zip(*rows, strict=True)
            hidden = about.visible != SheetVisibleEnum.Visible
            found.append(Sheet(about.name, kept, lines, is_hidden=hidden))
    if not found and not problems:
        problems.append(Problem("sheet_empty", name, "no rows", "rows"))
    return found, problems


def _cells(book: CalamineWorkbook, title: str) -> list[list[str]]:
    """The cells of a sheet as text; what is merged is said in each of its cells, save over a whole title."""
    sheet = book.get_sheet_by_name(title)
    rows = [[said(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        if top >= len(rows) or left >= len(rows[top]) or bottom - top > MERGED_MAX:
            continue
        text = rows[top][left]
        if bottom == top and sum(1 for cell in rows[top] if cell) < 2:
            continue
        for row in rows[top : bottom + 1]:
            row[left : right + 1] = [text] * (min(right + 1, len(row)) - left)
    return rows


def _too_large(data: bytes, name: str) -> Problem | None:
    """A workbook that unpacks to more than any list of policies; told before it is unpacked."""
    if not data.startswith(_ZIP):
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            size = sum(part.file_size for part in packed.infolist())
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        return Problem("sheet_broken", name, str(error)[:120], "a whole workbook")
    if size > UNPACKED_MAX:
        return Problem("sheet_too_large", name, f"{size:,} bytes", f"at most {UNPACKED_MAX:,}")
    return None


def said(cell: Any) -> str:
    """A cell of a workbook as text.

    >>> said(1200.0), said(datetime(2026, 3, 1)), said(True), said(" a\\n b ")
    ('1200', '2026-03-01', 'yes', 'a\\nb')
    """
    match cell:
        case bool():
            return "yes" if cell else "no"
        case float() if cell.is_integer() and abs(cell) < 1e15:
            return str(int(cell))
        case datetime() if cell.time() == _MIDNIGHT:
            return cell.date().isoformat()
        case datetime():
            return cell.isoformat(sep=" ", timespec="minutes")
        case date() | time() | timedelta():
            return str(cell)
    return lined("" if cell is None else str(cell))


def lined(text: str) -> str:
    """A text without the blanks that say nothing; its lines stay lines."""
    if "\n" not in text and "\r" not in text:
        return " ".join(text.split())
    return "\n".join(filter(None, (" ".join(line.split()) for line in text.splitlines())))


def _text(data: bytes, name: str) -> tuple[list[Sheet], list[Problem]]:
    text, encoding = _decoded(data)
    if "\0" in text:
        return [], [Problem("sheet_not_text", name, "NUL", "CSV, XLSX")]
    named = _NAMED_SEPARATOR.match(text)
    separator = named[1] if named else separator_of(text)
    ended = text.endswith(("\n", "\r"))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    csv.field_size_limit(1_000_000)
    try:
        given = list(_numbered(reader))[1 if named else 0 :]
    except csv.Error as error:
        return [], [Problem("sheet_broken", f"{name} line {reader.line_num}", str(error)[:80])]
    rows, problems = _bounded([row for _line, row in given], name)
    if problems:
        return [], problems
    numbered = [(given[i - 1][0], row) for i, row in rows]
    if not ended and _is_cut(numbered, text):
        line, last = numbered.pop()
        told = separator.join(last)[:80]
        problems.append(
            Problem("sheet_cut", f"{name} line {line}", told, "", severity=Severity.WARNING)
        )
    if not numbered:
        return [], [*problems, Problem("sheet_empty", name, "no rows", "rows")]
    lines, kept = zip(*numbered, strict=True)
    return [Sheet("", kept, lines, separator, encoding, ended)], problems


def _decoded(data: bytes) -> tuple[str, str]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace"), encoding
    for encoding in ("utf-8", "cp1252"):
        try:
            return data.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1"), "latin-1"


def separator_of(text: str, most: int = 50) -> str:
    """What stands between the cells: what cuts most lines into the same number of pieces.

    >>> separator_of("a;b;c\\n1,5;2;3\\n")
    ';'
    """
    head = text[:20_000]
    best = (0.0, ",")
    for separator in SEPARATORS:
        rows = csv.reader(io.StringIO(head, newline=""), delimiter=separator)
        widths: Counter[int] = Counter()
        try:
            for row, _ in zip(rows, range(most), strict=False):
                widths[len(row)] += 1
        except csv.Error:
            continue
        del widths[0], widths[1]
        if widths:
            width, count = max(widths.items(), key=lambda one: (one[1], one[0]))
            best = max(best, (count + width / 1000, separator), key=lambda one: one[0])
    return best[1]


def _numbered(reader: Any) -> Iterator[tuple[int, list[str]]]:
    line = 1
    for row in reader:
        yield line, [lined(cell) for cell in row]
        line = reader.line_num + 1


def _bounded(
    rows: Iterable[Sequence[str]], where: str
) -> tuple[list[tuple[int, tuple[str, ...]]], list[Problem]]:
    """Rows that say something, each with its number from 1; or why they are too many."""
    found = []
    for number, row in enumerate(rows, 1):
        if number > ROWS_MAX:
            return [], [
                Problem("sheet_too_large", where, f"over {ROWS_MAX:,} rows", f"{ROWS_MAX:,}")
            ]
        kept = list(row)
        while kept and not kept[-1]:
            kept.pop()
        if len(kept) > COLUMNS_MAX:
            told = f"{len(kept):,} columns"
            return [], [Problem("sheet_too_large", f"{where} row {number}", told, f"{COLUMNS_MAX}")]
        if kept:
            found.append((number, tuple(cell[:CELL_MAX] for cell in kept)))
    return found, []


def _is_cut(rows: Sequence[tuple[int, tuple[str, ...]]], text: str) -> bool:
    """Whether the last row stops short: in quotes, or with fewer cells than the others usually have."""
    if len(rows) < 3:
        return False
    last = rows[-1][1]
    fewest = min(len(row) for _line, row in rows[-min(len(rows), 200) : -1])
    return len(last) < fewest or text.count('"') % 2 == 1
