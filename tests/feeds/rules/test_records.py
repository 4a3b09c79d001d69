"""Where a record stands in its file."""

from hypothesis import given
from hypothesis import strategies as st

from megler.feeds.rules.records import LINES_A_SHEET, place_of


@given(st.integers(0, 300), st.integers(1, LINES_A_SHEET - 1))
def test_a_line_names_its_sheet_and_its_row_there(sheet: int, row: int) -> None:
    told = place_of(sheet * LINES_A_SHEET + row)
    assert told == (f"{sheet + 1}: {row}" if sheet else str(row))
