"""The compiled pass reads what the careful reading reads, or nothing."""

import csv
import io

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from megler.carriers.rules import scanning
from megler.carriers.rules.columns import column_of, figures_of
from megler.carriers.rules.scanning import Scanned, scan

HEADER = ["a", "b", "value"]


def scanned(body: str) -> Scanned | None:
    return scan(b"a,b,value\n" + body.encode(), 10, HEADER, {"a", "b"}, {"value"})


def carefully(body: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(body, newline="")))


def test_texts_and_figures_are_read() -> None:
    found = scanned("x,1,0.50\ny,1,12\nx,2,0.000001\n")
    assert found is not None
    assert found.rows == 3
    assert found.columns["a"] == ["x", "y", "x"]
    assert found.columns["b"] == ["1", "1", "2"]
    assert found.figures["value"].mantissas.tolist() == [50, 12, 1]
    assert found.figures["value"].decimals.tolist() == [2, 0, 6]


@pytest.mark.parametrize(
    "body",
    ["x,1\n", "x,1,2,3\n", "x,1,2\n\n", "x,1,2\n,,\n", 'x,1,"2\n', 'x,1,"2"3\n', "x\ry,1,2\n",
     'x"y,1,2\n', "", "x,1,2\n , ,\n"],
)  # fmt: skip
def test_what_is_not_faultless_in_form_is_left_to_careful_reading(body: str) -> None:
    assert scanned("x,1,2\n" + body if body else "") is None


def test_more_texts_than_fit_are_left_to_careful_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    body = "".join(f"t{i},{i % 3},1\n" for i in range(40))
    monkeypatch.setattr(scanning, "FEW_SLOTS", 16)
    found = scanned(body)
    assert found is not None
    assert found.columns["a"] == [f"t{i}" for i in range(40)]
    monkeypatch.setattr(scanning, "MANY_SLOTS", 64)
    assert scanned(body) is None


def test_too_many_cells_that_are_no_figure_are_left_to_careful_reading() -> None:
    assert scanned("x,1,y\n" * scanning.MOST_ODD) is not None
    assert scanned("x,1,y\n" * (scanning.MOST_ODD + 9)) is None


CELL = st.one_of(
    st.sampled_from(
        ["", "x", "preferred_plus_tobacco", "0", "1.50", "0.000", "100000", "1e5", " "]
    ),
    st.from_regex(r"(0|[1-9][0-9]{0,11})(\.[0-9]{1,6})?", fullmatch=True),
    st.from_regex(r"[0-9]{0,14}(\.[0-9]{0,8})?", fullmatch=True),
    st.text(st.sampled_from('ab,"\r\n.0æ-é '), max_size=20),
)
ROWS = st.lists(st.lists(CELL, min_size=3, max_size=3), min_size=1, max_size=12)


@settings(max_examples=200, deadline=None)
@given(ROWS, st.sampled_from(["\n", "\r\n"]), st.booleans(), st.integers(1, 60), st.booleans())
@example([["x", "1", "0.50"]] * 12, "\n", False, 7, True)
def test_it_reads_what_careful_reading_reads_in_any_number_of_parts(
    rows: list[list[str]], line_end: str, quoted: bool, part: int, ended: bool
) -> None:
    out = io.StringIO()
    csv.writer(
        out, lineterminator=line_end, quoting=csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL
    ).writerows(rows)
    body = out.getvalue() if ended else out.getvalue().removesuffix(line_end)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(scanning, "SMALLEST_PART", part)
        patch.setattr(scanning, "CORES", 3)
        found = scanned(body)
    if found is None:
        return
    expected = carefully(body)
    assert found.rows == len(expected)
    for i, name in enumerate(("a", "b")):
        assert found.columns[name] == [row[i] for row in expected]
    figures, careful = found.figures["value"], figures_of(column_of(row[2] for row in expected))
    assert figures.decimals.tolist() == careful.decimals.tolist()
    assert figures.mantissas.tolist() == careful.mantissas.tolist()
    assert figures.odd == careful.odd


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.lists(st.sampled_from(["x", "1", "0.50", "a b"]), min_size=3, max_size=3), min_size=1
    )
)
def test_faultless_rows_are_always_read(rows: list[list[str]]) -> None:
    assert scanned("".join(",".join(row) + "\n" for row in rows)) is not None
