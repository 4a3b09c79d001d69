"""Rows as files: what went in is read out by others, and nothing becomes a formula."""

import csv
import io
import json
import tracemalloc
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl
from hypothesis import given
from hypothesis import strategies as st

from megler.exchange.tables import Row, csv_pieces, guarded, json_pieces, xlsx_pieces

COLUMNS = ["name", "amount", "on", "is"]
ROW: Row = ('Åse, "Hope"\nx', Decimal("-5.10"), date(2026, 3, 2), True)
TEXTS = st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=30)


def whole(pieces: Iterator[bytes]) -> bytes:
    return b"".join(pieces)


@given(st.lists(TEXTS, max_size=6))
def test_csv_is_read_as_it_was_written_and_no_cell_is_a_formula(texts: list[str]) -> None:
    content = whole(csv_pieces(["text", "n"], [(text, 1) for text in texts])).decode("utf-8-sig")
    read = list(csv.reader(io.StringIO(content, newline="")))
    assert [row[0].replace("'", "") for row in read[1:]] == [t.replace("'", "") for t in texts]
    assert not any(row[0].lstrip(" ")[:1] in set("=+-@\t\r＝＋－＠") for row in read[1:] if row[0])


def test_the_usual_tricks_are_led_by_an_apostrophe_and_numbers_are_not() -> None:
    tricks = ["=1+1", "+1", "-1+1", "@SUM(A1)", "\t=1", "  =HYPERLINK(1)", "\n=1"]
    assert all(guarded(trick) == f"'{trick}" for trick in tricks)
    assert guarded("Ola;=1+1") == "Ola;'=1+1"
    assert guarded('Ola\n"@SUM(A1)') == "Ola\n\"'@SUM(A1)"
    assert guarded("a; b - c") == "a; b - c"
    assert [guarded(Decimal("-1.50")), guarded(-3)] == ["-1.50", "-3"]


def test_json_is_a_list_of_objects_with_amounts_as_texts() -> None:
    read = json.loads(whole(json_pieces(COLUMNS, [ROW, ROW])))
    expected = {"name": ROW[0], "amount": "-5.10", "on": "2026-03-02", "is": True}
    assert read == [expected, expected]
    assert json.loads(whole(json_pieces(COLUMNS, []))) == []


@given(TEXTS)
def test_a_workbook_holds_texts_as_texts(text: str) -> None:
    content = whole(xlsx_pieces(["text", "n", "b"], [(text, Decimal("1.25"), False)]))
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert sheet is not None
    cell, number, flag = sheet["A2"], sheet["B2"], sheet["C2"]
    assert (number.value, flag.value) == (1.25, False)
    assert (cell.value or "") == text.replace("\ufffe", "").replace("\uffff", "")
    assert cell.data_type in {"s", "inlineStr", "n"} if not text else cell.data_type != "f"


def test_a_full_sheet_goes_on_in_the_next() -> None:
    content = whole(xlsx_pieces(["n"], ((n,) for n in range(7)), rows_max=4))
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert [sheet.max_row for sheet in book] == [4, 4, 2]
    assert openpyxl.load_workbook(io.BytesIO(whole(xlsx_pieces(["n"], [])))).active


def test_however_many_rows_the_memory_is_bounded() -> None:
    at = datetime(2026, 3, 2, tzinfo=UTC)
    for writer in (csv_pieces, json_pieces, xlsx_pieces):
        rows = (("Kari Hope", Decimal(n), at, True) for n in range(8_000))
        tracemalloc.start()
        longest = max(len(piece) for piece in writer(COLUMNS, rows))
        _now, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert longest < 200_000
        assert peak < 2_000_000
