from megler.carriers.rules.marks import Marks, area, column_number, marks_in

NAMESPACE = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
STYLES = (
    b"<styleSheet " + NAMESPACE + b'><numFmts><numFmt numFmtId="164" formatCode="0.0%"/></numFmts>'
    b'<cellXfs><xf numFmtId="0"/><xf numFmtId="9"/><xf numFmtId="164"/></cellXfs></styleSheet>'
)


def sheet(body: bytes) -> bytes:
    return b"<worksheet " + NAMESPACE + b">" + body + b"</worksheet>"


def row(cells: bytes) -> bytes:
    return sheet(b'<sheetData><row r="2">' + cells + b"</row></sheetData>")


def test_columns_are_counted_as_spreadsheets_letter_them() -> None:
    assert [column_number(c) for c in ("A", "Z", "AA", "AZ", "BA", "XFD")] == [
        1,
        26,
        27,
        52,
        53,
        16384,
    ]


def test_the_area_of_a_sheet_spans_its_outermost_cells() -> None:
    assert area(row(b'<c r="A2"/><c s="1" r="AB2"/>')) == (2, 28)
    assert area(sheet(b"")) == (0, 0)
    assert area(row(b"<c/>")) is None


def test_a_plain_sheet_has_no_marks() -> None:
    assert marks_in(row(b'<c r="A2" s="0"><v>1</v></c>'), STYLES) == Marks()


def test_percentages_are_known_by_their_style() -> None:
    cells = b'<c r="A2" s="1"><v>1</v></c><c r="B2" s="2"><v>1</v></c><c r="C2" s="0"><v>1</v></c>'
    assert marks_in(row(cells), STYLES).percents == {(2, 1), (2, 2)}
    assert marks_in(row(cells), b"") == Marks()


def test_a_formula_with_its_value_is_no_mark_and_one_without_is() -> None:
    cells = b'<c r="A2"><f>B2*2</f><v>4</v></c><c r="B2"><f>C2</f></c><c r="C2"><f>D2</f><v/></c>'
    assert marks_in(row(cells), b"").formulas == {(2, 2): "=C2", (2, 3): "=D2"}


def test_errors_and_what_is_hidden_are_found() -> None:
    content = sheet(
        b'<cols><col min="2" max="3" hidden="1"/></cols><sheetData>'
        b'<row r="5" hidden="true"><c r="A5" t="e"><v>#N/A</v></c></row></sheetData>'
    )
    found = marks_in(content, b"")
    assert (found.hidden_columns, found.hidden_rows) == ([2, 3], [5])
    assert found.errors == {(5, 1): "#N/A"}
