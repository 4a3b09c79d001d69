"""Records of a CSV text, beside Python's own reader, whole and cut anywhere."""

import csv
import io
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from megler.quoting.rules.bulk.lines import cells_of, records

TEXTS = st.text(alphabet='ab,"\n', max_size=40)
TABLES = st.lists(st.lists(TEXTS, min_size=2, max_size=4), min_size=1, max_size=6)


def written(table: list[list[str]]) -> bytes:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerows(table)
    return buffer.getvalue().encode()


def cut(data: bytes, *, last: bool = True) -> list[bytes]:
    places = [0, *records(data, last=last).ends.tolist()]
    return [data[a:b] for a, b in pairwise(places)]


@given(TABLES)
def test_what_a_writer_wrote_is_read_cell_by_cell(table: list[list[str]]) -> None:
    data = written(table)
    found = records(data)
    assert [[c.decode() for c in cells_of(one)] for one in cut(data)] == table
    assert found.cells.tolist() == [len(row) for row in table]
    assert found.plain


@given(TABLES, st.data())
def test_a_text_cut_anywhere_gives_the_same_records(
    table: list[list[str]], data: st.DataObject
) -> None:
    text = written(table)
    at = data.draw(st.integers(0, len(text)))
    first = cut(text[:at], last=False)
    done = sum(map(len, first))
    assert [*first, *cut(text[done:])] == cut(text)


@given(st.text(alphabet='a,"\n', max_size=30))
def test_any_text_is_cut_without_losing_a_byte(text: str) -> None:
    data = text.encode()
    assert b"".join(cut(data)) == data


@given(st.text(alphabet='a,"\n', max_size=30))
def test_the_fast_way_is_taken_only_where_it_agrees_with_the_slow(text: str) -> None:
    data = text.encode()
    found = records(data)
    if found.plain:
        assert found.cells.tolist() == [len(cells_of(one)) for one in cut(data)]
        assert all(one.count(b'"') % 2 == 0 for one in cut(data))


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (b'5" tall,x\ny,z\n', [[b'5" tall', b"x"], [b"y", b"z"]]),
        (b'a,b "c"\nd,"e\nf"\n', [[b"a", b'b "c"'], [b"d", b"e\nf"]]),
        (b'"a" b,c\r\nd,e\r\n', [[b"a b", b"c"], [b"d", b"e"]]),
        (b'a,"never closed\nb,c', [[b"a", b"never closed\nb,c"]]),
    ],
)
def test_quotes_in_odd_places_are_read_as_spreadsheets_do(
    text: bytes, rows: list[list[bytes]]
) -> None:
    assert not records(text).plain
    assert [cells_of(one) for one in cut(text)] == rows
