"""Reading a sheet of a workbook (XLSX) as if it were a CSV file: the same cells, rows and problems.

A figure is its shortest decimal form: 0.94 is `0.94`, 40.0 is `40`. What a spreadsheet shows in
another way than it stores it is named, never guessed.
"""

import io
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from xml.etree.ElementTree import ParseError

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    SheetMetadata,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from megler.carriers.rules.layout import WORKBOOK
from megler.carriers.rules.marks import Cell, Marks, area, marks_in, sheet_file
from megler.carriers.rules.place import place, shown
from megler.carriers.rules.sheets import MANY, Sheet, more, read_sheet, sheet_of
from megler.vocabulary.problems import Problem

LARGEST_UNPACKED = 256 * 1024 * 1024
MOST_PARTS = 2000
MOST_CELLS = 20_000_000
_OLD_OR_LOCKED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LARGEST_EXACT = 10**15
Fault = tuple[str, str, str]
"""Code, found and expected of a cell that is not read."""


def sheet_in(
    file: str,
    content: bytes,
    required: Sequence[str],
    optional: Sequence[str] = (),
    figures: Sequence[str] = (),
) -> tuple[Sheet | None, list[Problem]]:
    """What a file holds: a CSV file's rows, or those of a workbook's sheet (`rates.xlsx Rates`).

    As `read_sheet` answers it; without the name of a sheet it is the first.
    """
    name, _, sheet = file.partition(" ")
    if name.endswith(WORKBOOK):
        return read_workbook(file, content, sheet, required, optional)
    return read_sheet(file, content, required, optional, figures)


def read_workbook(
    name: str,
    content: bytes,
    sheet: str,
    required: Sequence[str],
    optional: Sequence[str] = (),
) -> tuple[Sheet | None, list[Problem]]:
    """A sheet (empty: the first) with exactly the `required` columns, as `read_sheet` answers it.

    `name` is how problems call it. Rows with a cell that cannot be read are told and left out.
    """
    lines, refused, problems = _opened(name, content, sheet)
    if not lines:
        return None, problems
    return sheet_of(name, lines, (required, optional), problems, refused)


def workbook_lines(content: bytes, sheet: str) -> list[list[str]]:
    """The rows of a sheet (empty: the first) as texts; none when it cannot be read."""
    return _opened("", content, sheet)[0]


Opened = tuple[list[list[str]], frozenset[int], list[Problem]]
"""The rows of a sheet, the numbers of those that cannot be read, and what is wrong."""


def _opened(name: str, content: bytes, sheet: str) -> Opened:
    parts, problem = _parts(name, content)
    if problem:
        return [], frozenset(), [problem]
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        chosen, problem = _chosen(name, book, sheet)
        if chosen is None or problem:
            return [], frozenset(), [problem] if problem else []
        return _read(name, book, parts, chosen)
    except (CalamineError, ParseError, KeyError, ValueError) as error:
        return [], frozenset(), [_broken(name, str(error))]


def _chosen(
    name: str, book: CalamineWorkbook, sheet: str
) -> tuple[SheetMetadata | None, Problem | None]:
    """The sheet of a name, or the first."""
    sheets = [m for m in book.sheets_metadata if m.typ is SheetTypeEnum.WorkSheet]
    found = next((m for m in sheets if m.name == sheet or not sheet), None)
    if found is None:
        known = " | ".join(m.name for m in sheets)[:160]
        return None, Problem("unknown_sheet", name, shown(sheet), known)
    return found, None


def _read(
    name: str, book: CalamineWorkbook, parts: Mapping[str, bytes], chosen: SheetMetadata
) -> Opened:
    xml = parts[sheet_file(parts, chosen.name)]
    size = area(xml)
    if size is None:
        return [], frozenset(), [_broken(name, "cells without a reference")]
    if size[0] * size[1] > MOST_CELLS:
        problem = Problem("table_too_large", name, str(size[0] * size[1]), str(MOST_CELLS))
        return [], frozenset(), [problem]
    marks = marks_in(xml, parts.get("xl/styles.xml", b""))
    read = book.get_sheet_by_name(chosen.name)
    lines, faults = _lines(read, marks)
    if not lines:
        return [], frozenset(), [Problem("empty_file", name, "no cells", "a header and rows")]
    problems = _hidden(name, lines[0], marks, chosen.visible is SheetVisibleEnum.Visible)
    problems += _merged(name, read, lines[0])
    problems += _strange(name, lines[0], faults)
    return lines, frozenset(row for row, _ in faults), problems


def _parts(name: str, content: bytes) -> tuple[dict[str, bytes], Problem | None]:
    """The parts of the workbook that are read besides its cells, once all are seen to be honest."""
    if content.startswith(_OLD_OR_LOCKED):
        found = "a password, or a format before 2007"
        return {}, Problem("locked_workbook", name, found, "a workbook (.xlsx) without password")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            entries = package.infolist()
            if sum(e.file_size for e in entries) > LARGEST_UNPACKED or len(entries) > MOST_PARTS:
                expected = f"{LARGEST_UNPACKED} bytes unpacked"
                return {}, Problem("package_too_large", name, "", expected)
            if len({e.filename for e in entries}) < len(entries):
                return {}, _broken(name, "a part twice")
            parts = {e.filename: package.read(e) for e in entries}
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, EOFError) as error:
        return {}, _broken(name, str(error))
    except (RuntimeError, NotImplementedError) as error:
        found, expected = shown(str(error)), "a workbook (.xlsx) without password"
        return {}, Problem("locked_workbook", name, found, expected)
    return parts, None


def _broken(name: str, found: str) -> Problem:
    return Problem("broken_workbook", name, shown(found), "a workbook (.xlsx)")


def _lines(sheet: CalamineSheet, marks: Marks) -> tuple[list[list[str]], dict[Cell, Fault]]:
    """The cells as a CSV file would hold them, from the first row on, and those not to be read."""
    faults: dict[Cell, Fault] = {}
    for cell, found in marks.errors.items():
        faults[cell] = ("error_cell", found, "a value")
    for cell, found in marks.formulas.items():
        faults[cell] = ("formula_without_value", found, "the value that it yields")
    lines = []
    for number, row in enumerate(sheet.to_python(skip_empty_area=False), start=1):
        line = []
        for column, value in enumerate(row, start=1):
            line.append(_text(value))
            if isinstance(value, bool):
                faults[number, column] = ("logical_cell", line[-1], "a figure or text")
            elif isinstance(value, date | time | timedelta):
                faults[number, column] = ("date_cell", line[-1], "a figure, or text such as '1-2")
        lines.append(line)
    for number, column in marks.percents:
        if number <= len(lines) and column <= len(lines[number - 1]):
            line = lines[number - 1]
            line[column - 1] = f"{_hundredfold(line[column - 1])}%"
    return lines, faults


def _text(value: object) -> str:
    """A value as a CSV file would hold it.

    >>> [_text(value) for value in (40.0, 0.94, 1e-07, "0.940", "")]
    ['40', '0.94', '0.0000001', '0.940', '']
    """
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        if abs(value) < _LARGEST_EXACT and value == int(value):
            return str(int(value))
        digits = repr(value)
        return format(Decimal(digits), "f") if "e" in digits else digits
    if isinstance(value, datetime):
        return value.isoformat(" ")
    return str(value)


def _hundredfold(text: str) -> str:
    try:
        return format(Decimal(text).scaleb(2).normalize(), "f")
    except ArithmeticError:
        return text


def _hidden(name: str, header: Sequence[str], marks: Marks, visible: bool) -> list[Problem]:
    """What nobody sees must not be priced."""
    if not visible:
        return [Problem("hidden_cells", name, "a hidden sheet", "a sheet that is shown")]
    rows = [
        Problem("hidden_cells", place(name, row), "a hidden row", "shown, or taken out")
        for row in marks.hidden_rows[:MANY]
    ]
    columns = [
        Problem(
            "hidden_cells",
            place(name, 1, _titled(header, column)),
            "a hidden column",
            "shown, or taken out",
        )
        for column in marks.hidden_columns
        if column <= len(header)
    ]
    return rows + columns + more("hidden_cells", name, len(marks.hidden_rows))


def _merged(name: str, sheet: CalamineSheet, header: Sequence[str]) -> list[Problem]:
    found = sheet.merged_cell_ranges or []
    return [
        Problem(
            "merged_cells",
            place(name, top + 1, _titled(header, left + 1)),
            f"{bottom - top + 1} rows, {right - left + 1} columns in one",
            "each cell by itself",
        )
        for (top, left), (bottom, right) in found[:MANY]
    ] + more("merged_cells", name, len(found))


def _strange(name: str, header: Sequence[str], faults: Mapping[Cell, Fault]) -> list[Problem]:
    return [
        Problem(code, place(name, row, _titled(header, column)), shown(found), expected)
        for (row, column), (code, found, expected) in sorted(faults.items())
    ]


def _titled(header: Sequence[str], column: int) -> str:
    """What a column is called: its title, or its number where it has none."""
    title = header[column - 1] if column <= len(header) else ""
    return title or str(column)
