"""Sheets of outsiders: every encoding, separator and workbook, and files that were cut."""

import io
from datetime import date, datetime

import openpyxl
from hypothesis import given
from hypothesis import strategies as st

from megler.exchange.sheets import read_sheets

CELLS = st.text(
    st.characters(codec="cp1252", exclude_categories=["C", "Z"]), min_size=1, max_size=8
)
SAFE = CELLS.filter(lambda t: not set(t) & set(',;\t|"') and not t.startswith("\ufeff"))


@given(
    st.lists(st.tuples(SAFE, SAFE, SAFE), min_size=3, max_size=8),
    st.sampled_from(",;\t|"),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_rows_go_out_and_in_again(
    rows: list[tuple[str, str, str]], separator: str, encoding: str
) -> None:
    text = "".join(separator.join(row) + "\r\n" for row in rows)
    sheets, problems = read_sheets(text.encode(encoding))
    assert problems == []
    assert list(sheets[0].rows) == rows


def test_windows_text_is_read() -> None:
    assert read_sheets("a;b\nÅse;–\n".encode("cp1252"))[0][0].rows[1] == ("Åse", "–")


def test_a_workbook_gives_each_sheet_with_plain_days_and_numbers() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Pending business"])
    sheet.append(["Policy", "DOB", "Face", "At"])
    sheet.append(
        [12345678, date(1979, 2, 11), 500000.5, datetime.fromisoformat("2026-03-01T09:30")]
    )
    book.create_sheet("Notes").append(["x", "y"])
    out = io.BytesIO()
    book.save(out)
    sheets, problems = read_sheets(out.getvalue())
    assert problems == []
    assert [s.name for s in sheets] == ["Sheet", "Notes"]
    assert sheets[0].rows[2] == ("12345678", "1979-02-11", "500000.5", "2026-03-01 09:30")


def test_a_workbook_that_was_cut_is_refused_whole() -> None:
    book = openpyxl.Workbook()
    out = io.BytesIO()
    book.save(out)
    sheets, problems = read_sheets(out.getvalue()[:-200])
    assert (sheets, [p.code for p in problems]) == ([], ["sheet_broken"])


def test_a_text_that_was_cut_loses_the_row_that_is_not_whole() -> None:
    sheets, problems = read_sheets(b"a,b,c\n1,2,3\n4,5,6\n7,8")
    assert len(sheets[0].rows) == 3
    assert [(p.code, p.where) for p in problems] == [("sheet_cut", "file line 4")]


def test_what_is_no_sheet_says_so() -> None:
    assert [p.code for p in read_sheets(b" ")[1]] == ["sheet_empty"]
    assert [p.code for p in read_sheets(b"a\0b\n")[1]] == ["sheet_not_text"]


def test_merged_cells_lines_and_hidden_sheets_of_a_workbook_are_kept() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ["Pending business"],
        ["Policy", "", "Insured"],
        ["N1", "x", "APS\nEKG"],
        ["", "y", ""],
    ):
        sheet.append(row)
    for merged in ("A1:C1", "A2:B2", "A3:A4"):
        sheet.merge_cells(merged)
    hidden = book.create_sheet("Codes")
    hidden.append(["UW", "In underwriting"])
    hidden.sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    sheets, _problems = read_sheets(out.getvalue())
    assert sheets[0].rows == (
        ("Pending business",), ("Policy", "Policy", "Insured"), ("N1", "x", "APS\nEKG"), ("N1", "y"),
    )  # fmt: skip
    assert [s.is_hidden for s in sheets] == [False, True]


def test_a_line_that_names_the_separator_is_no_row() -> None:
    sheets, problems = read_sheets(b"sep=;\r\nPolicy;Note\r\nN1;a, b, c\r\n")
    assert (problems, sheets[0].rows[0], sheets[0].lines) == ([], ("Policy", "Note"), (2, 3))
