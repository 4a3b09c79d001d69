"""A table by workbook is the table by CSV: the same cells, rows and problems."""

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from megler.carriers.rules import workbooks
from megler.carriers.rules.checks import check_edition
from megler.carriers.rules.workbooks import read_workbook, sheet_in, workbook_lines
from tests.carriers.books import problems, replaced, term_book, told, with_cell
from tests.carriers.rules.areas import area_book
from tests.carriers.rules.books import as_workbook, workbook

GOOD = b"a,b\n1,0.94\n40,2\n"
BOOK = workbook({"S": GOOD})


def codes(content: bytes, sheet: str = "") -> list[tuple[str, str]]:
    return [(p.code, p.where) for p in read_workbook("t.xlsx", content, sheet, ["a", "b"])[1]]


def changed(change: Callable[[Any], None], content: bytes = GOOD) -> bytes:
    return workbook({"S": content}, lambda book: change(book["S"]))


@pytest.mark.parametrize("files", [term_book(), area_book()])
def test_an_edition_by_workbook_builds_the_same_tables(files: dict[str, bytes]) -> None:
    edition, tables, _ = check_edition(files)
    again, found, faults = check_edition(as_workbook(files))
    assert faults == []
    assert edition is not None
    assert again is not None
    assert again.products == edition.products
    for name, table in tables.items():
        assert found[name].axes == table.axes
        assert found[name].texts == table.texts
        cells = range(table.cells.size)
        assert [found[name].figure(i) for i in cells] == [table.figure(i) for i in cells]


@pytest.mark.parametrize(
    ("row", "column", "text"),
    [(7, "preferred", "0"), (7, "standard", "O.81"), (7, "standard", ""), (7, "sex", "Male"),
     (7, "sex", "male "), (7, "age", "99"), (7, "age", "21.5"), (7, "amount_from", "x"),
     (7, "preferred", "0.1234567"), (10, "preferred", "0.55"), (9, "amount_to", "99999"),
     (9, "standard", "1234567890123")],
)  # fmt: skip
def test_what_is_wrong_is_told_alike(row: int, column: str, text: str) -> None:
    spoilt = with_cell(term_book(), "base.csv", row, column, text)
    by_csv = [(p.code, p.where, p.found, p.expected) for p in problems(spoilt)]
    by_workbook = [(p.code, p.where, p.found, p.expected) for p in problems(as_workbook(spoilt))]
    assert by_csv
    assert by_workbook == [(c, w.replace("base.csv", "rates.xlsx base"), *r) for c, w, *r in by_csv]


FIGURES = st.from_regex(r"(0|[1-9][0-9]{0,7})(\.[0-9]{0,5}[1-9])?", fullmatch=True)


@settings(max_examples=30, deadline=None)
@given(st.lists(FIGURES, min_size=1, max_size=20))
def test_every_figure_that_is_typed_is_read_as_typed(cells: list[str]) -> None:
    content = "a,b\n" + "".join(f"{i},{cell}\n" for i, cell in enumerate(cells))
    sheet, _ = read_workbook("t.xlsx", workbook({"S": content.encode()}), "", ["a", "b"])
    assert sheet is not None
    assert sheet.columns["b"] == cells


def test_text_stays_as_it_was_typed() -> None:
    content = workbook({"S": b"a,b\n01001,0.940\n"}, numbers=False)
    assert workbook_lines(content, "") == [["a", "b"], ["01001", "0.940"]]


def test_each_table_reads_its_own_sheet_and_without_a_name_the_first() -> None:
    content = workbook({"One": b"a,b\n1,2\n", "Two": b"a,b\n3,4\n"})
    found = [
        sheet_in(name, content, ["a", "b"])[0] for name in ("t.xlsx", "t.xlsx One", "t.xlsx Two")
    ]
    assert [sheet and list(sheet.columns["a"]) for sheet in found] == [["1"], ["1"], ["3"]]
    assert found[2]
    assert found[2].place(0, "b") == "t.xlsx Two row 2 column b"
    assert codes(content, "Three") == [("unknown_sheet", "t.xlsx")]


def set_cell(place: str, value: object, **more: object) -> Callable[[Any], None]:
    def change(sheet: Any) -> None:
        sheet[place] = value
        for name, of in more.items():
            setattr(sheet[place], name, of)

    return change


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (set_cell("B3", date(2026, 1, 2)), [("date_cell", "t.xlsx row 3 column b")]),
        (set_cell("B3", datetime(2026, 1, 2, 3)), [("date_cell", "t.xlsx row 3 column b")]),  # noqa: DTZ001
        (set_cell("B3", time(3, 4)), [("date_cell", "t.xlsx row 3 column b")]),
        (set_cell("B3", True), [("logical_cell", "t.xlsx row 3 column b")]),
        (set_cell("B3", "#DIV/0!", data_type="e"), [("error_cell", "t.xlsx row 3 column b")]),
        (set_cell("B3", "=A2*2"), [("formula_without_value", "t.xlsx row 3 column b")]),
        (lambda s: s.merge_cells("A2:A3"), [("merged_cells", "t.xlsx row 2 column a")]),
        (lambda s: setattr(s.row_dimensions[3], "hidden", True), [("hidden_cells", "t.xlsx row 3")]),
        (lambda s: setattr(s.column_dimensions["B"], "hidden", True),
         [("hidden_cells", "t.xlsx row 1 column b")]),
        (lambda s: s.insert_rows(3), [("blank_row", "t.xlsx row 3")]),
        (set_cell("D2", 7), [("unnamed_column", "t.xlsx row 1"), ("unnamed_column", "t.xlsx row 1")]),
        (set_cell("C1", "c"), [("unknown_column", "t.xlsx row 1")]),
        (set_cell("A1", None), [("missing_column", "t.xlsx row 1"), ("unnamed_column", "t.xlsx row 1")]),
        (lambda s: s.insert_rows(1), [("missing_column", "t.xlsx row 1")] * 2
         + [("unnamed_column", "t.xlsx row 1")] * 2),
        (lambda s: s.delete_rows(1, 3), [("empty_file", "t.xlsx")]),
        (lambda s: s.delete_rows(2, 2), [("no_rows", "t.xlsx")]),
    ],
)  # fmt: skip
def test_what_a_sheet_hides_is_named(
    change: Callable[[Any], None], expected: list[tuple[str, str]]
) -> None:
    assert codes(changed(change)) == expected


def test_a_percentage_is_told_as_it_shows() -> None:
    content = changed(set_cell("B3", 0.0525, number_format="0.00%"))
    assert workbook_lines(content, "")[2] == ["40", "5.25%"]
    spoilt = as_workbook(term_book(), lambda b: set_cell("F7", 0.81, number_format="0%")(b["base"]))
    assert told(spoilt) == [("percent_sign", "rates.xlsx base row 7 column standard")]


def test_a_hidden_sheet_is_refused() -> None:
    sheets = {"S": GOOD, "Seen": GOOD}
    content = workbook(sheets, lambda book: setattr(book["S"], "sheet_state", "hidden"))
    assert codes(content) == codes(content, "S") == [("hidden_cells", "t.xlsx")]
    assert codes(content, "Seen") == []


def test_a_row_with_a_date_is_told_once() -> None:
    spoilt = as_workbook(term_book(), lambda b: set_cell("F7", date(2026, 1, 2))(b["base"]))
    assert told(spoilt) == [("date_cell", "rates.xlsx base row 7 column standard")]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "broken_workbook"),
        (b"a,b\n1,2\n", "broken_workbook"),
        (workbook({"S": GOOD})[:900], "broken_workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "locked_workbook"),
    ],
)
def test_what_is_no_workbook_is_one_clear_problem(content: bytes, code: str) -> None:
    assert codes(content) == [(code, "t.xlsx")]
    head = replaced(term_book(), "edition.toml", "base.csv", "base.xlsx")["edition.toml"]
    assert told({"edition.toml": head, "base.xlsx": content}) == [(code, "base.xlsx")]


def repacked(content: bytes, part: str, new: bytes) -> bytes:
    """The workbook with one part replaced."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package,
    ):
        for name in old.namelist():
            package.writestr(name, new if name == part else old.read(name))
    return out.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
_NAMESPACE = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def cells(body: bytes) -> bytes:
    return b"<worksheet " + _NAMESPACE + b"><sheetData>" + body + b"</sheetData></worksheet>"


@pytest.mark.parametrize(
    ("part", "new", "code"),
    [
        (SHEET, b"", "broken_workbook"),
        (SHEET, cells(b'<row r="1"><c><v>1</v></c></row>'), "broken_workbook"),
        (SHEET, cells(b'<row r="1"><c r="A1"><v>1</v></c></row>'
                      b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'), "table_too_large"),
        (SHEET, b'<!DOCTYPE x [<!ENTITY a "b">]>' + cells(b'<row r="1" hidden="1"><c r="A1"/></row>'),
         "broken_workbook"),
        ("xl/workbook.xml", b"<a/>", "broken_workbook"),
        ("xl/_rels/workbook.xml.rels", b"<a/>", "broken_workbook"),
    ],
)  # fmt: skip
def test_a_hostile_workbook_is_one_clear_problem(part: str, new: bytes, code: str) -> None:
    found = codes(repacked(workbook({"S": GOOD}), part, new))
    assert [c for c, _ in found] == [code]


def test_a_workbook_that_unpacks_to_too_much_is_refused_unread(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    content = repacked(workbook({"S": GOOD}), "docProps/app.xml", bytes(100_000))
    assert codes(content) == []
    monkeypatch.setattr(workbooks, "LARGEST_UNPACKED", 100_000)
    assert codes(content) == [("package_too_large", "t.xlsx")]


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_no_change_of_bytes_makes_it_raise(data: st.DataObject) -> None:
    content = bytearray(BOOK)
    for _ in range(data.draw(st.integers(1, 5))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    read_workbook("t.xlsx", bytes(content), "", ["a", "b"])


def test_a_correction_may_stand_in_a_workbook() -> None:
    files = as_workbook(term_book())
    files["edition.toml"] += b"""
[[correction]]
file = "rates.xlsx base"
row = 2
column = "preferred"
published = "6"
stands = "0.6"
because = "decimal point slipped"
"""
    assert told(files) == []
    wrong = replaced(files, "edition.toml", '"0.6"', '"0.7"')
    assert told(wrong) == [("correction_not_made", "rates.xlsx base row 2 column preferred")]
