"""What a sheet of a workbook hides from the figures that are read from it.

A cell's value does not tell that nobody sees its row, that it shows as a percentage, that it is an
error, or a formula that was never reckoned. The sheet's XML does (ECMA-376 part 1, 18.3 and 18.8).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINKS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_REL_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_WORTH_A_LOOK = re.compile(rb"""\st=["']e["']|<(?:\w+:)?f[\s/>]|\shidden=["'](?:1|t)""")
_CELL = re.compile(rb"""<(?:\w+:)?c\s[^>]*?\br=["']([A-Z]{1,3})[0-9]+["']""")
_ANY_CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
_ROW = re.compile(rb"""<(?:\w+:)?row\s[^>]*?\br=["']([0-9]+)["']""")
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_PERCENT_FORMATS = {"9", "10"}
_MOST_HIDDEN = 2000
Cell = tuple[int, int]
"""Row and column of a cell, the first being 1."""


@dataclass(slots=True)
class Marks:
    """Rows and columns that are hidden, and cells that do not hold what they seem to."""

    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    errors: dict[Cell, str] = field(default_factory=dict)
    formulas: dict[Cell, str] = field(default_factory=dict)
    percents: set[Cell] = field(default_factory=set)


def sheet_file(parts: Mapping[str, bytes], name: str) -> str:
    """The part of a workbook that holds a sheet. Raises KeyError when there is none."""
    sheets = _tree(parts["xl/workbook.xml"]).iter(f"{_MAIN}sheet")
    wanted = {one.get("name"): one.get(_REL_ID) for one in sheets}[name]
    links = _tree(parts["xl/_rels/workbook.xml.rels"]).iter(f"{_LINKS}Relationship")
    target = {str(link.get("Id")): str(link.get("Target")) for link in links}[str(wanted)]
    return target.removeprefix("/") if target.startswith("/") else f"xl/{target}"


def area(sheet: bytes) -> tuple[int, int] | None:
    """How many rows and columns the cells of a sheet span; None when a cell does not say its place.

    A single cell at the far end makes a sheet of seventeen thousand million cells.
    """
    columns = _CELL.findall(sheet)
    if len(columns) != len(_ANY_CELL.findall(sheet)):
        return None
    rows = max((int(row) for row in _ROW.findall(sheet)), default=0)
    return rows, max((column_number(one.decode()) for one in set(columns)), default=0)


def column_number(letters: str) -> int:
    """The number of a column, the first being 1.

    >>> column_number("AB")
    28
    """
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def marks_in(sheet: bytes, styles: bytes) -> Marks:
    """What is hidden in a sheet; looked at cell by cell only when there is anything."""
    percents = _percent_styles(styles)
    styled = b"|".join(b"%d" % style for style in sorted(percents))
    shown_so = percents and re.search(rb"""\ss=["'](?:%s)["']""" % styled, sheet)
    if not shown_so and not _WORTH_A_LOOK.search(sheet):
        return Marks()
    return _looked_at(sheet, percents)


def _looked_at(sheet: bytes, percents: set[int]) -> Marks:
    marks = Marks()
    for element in _elements(sheet):
        hidden = element.get("hidden") in ("1", "true")
        if element.tag == _MAIN + "row" and hidden:
            marks.hidden_rows.append(int(element.get("r", "0")))
        elif element.tag == _MAIN + "col" and hidden:
            low, high = int(element.get("min", "1")), int(element.get("max", "1"))
            marks.hidden_columns += range(low, min(high, low + _MOST_HIDDEN) + 1)
        elif element.tag == _MAIN + "c":
            _look_at_cell(element, percents, marks)
    return marks


def _look_at_cell(element: Element, percents: set[int], marks: Marks) -> None:
    place = _REFERENCE.fullmatch(element.get("r", ""))
    if not place:
        return
    cell = int(place[2]), column_number(place[1])
    value, formula = element.findtext(f"{_MAIN}v"), element.find(f"{_MAIN}f")
    if element.get("t") == "e":
        marks.errors[cell] = value or "error"
    elif formula is not None and not value:
        marks.formulas[cell] = f"={formula.text or ''}"
    elif value and int(element.get("s", "0")) in percents and element.get("t", "n") == "n":
        marks.percents.add(cell)


def _elements(sheet: bytes) -> Iterator[Element]:
    """The elements of a sheet one by one, rows forgotten when seen."""
    _refuse_doctype(sheet)
    for _, element in ElementTree.iterparse(BytesIO(sheet)):  # noqa: S314 (no DOCTYPE, no entities)
        yield element
        if element.tag == _MAIN + "row":
            element.clear()


def _percent_styles(styles: bytes) -> set[int]:
    """The cell styles that show a figure as a percentage."""
    if not styles:
        return set()
    tree = _tree(styles)
    formats = set(_PERCENT_FORMATS)
    formats |= {
        str(one.get("numFmtId"))
        for one in tree.iter(f"{_MAIN}numFmt")
        if "%" in one.get("formatCode", "")
    }
    cells = tree.find(f"{_MAIN}cellXfs")
    found = [] if cells is None else cells.findall(f"{_MAIN}xf")
    return {i for i, one in enumerate(found) if one.get("numFmtId") in formats}


def _tree(part: bytes) -> Element:
    _refuse_doctype(part)
    return ElementTree.fromstring(part)  # noqa: S314 (no DOCTYPE, no entities)


def _refuse_doctype(part: bytes) -> None:
    """No workbook has a DOCTYPE, which could declare entities. Raises ValueError."""
    if b"<!DOCTYPE" in part or b"\x00" in part:
        raise ValueError("a DOCTYPE, or text that is not UTF-8")
