from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from megler.carriers.rules.columns import EMPTY, ODD, Figures, column_of, figures_of

CELLS = st.lists(
    st.sampled_from(["1", "0.50", "0", "", "12.345678", "1,5", "x", "007"]), max_size=9
)
FIGURES = st.from_regex(r"(0|[1-9][0-9]{0,11})(\.[0-9]{1,6})?", fullmatch=True)


@given(st.lists(st.text(max_size=2), max_size=9))
def test_a_column_is_the_cells_it_was_made_of(cells: list[str]) -> None:
    column = column_of(cells)
    assert column == cells
    assert list(column) == cells
    assert len(set(column.texts)) == len(column.texts)
    assert column_of(column) is column


def test_a_part_of_a_column_is_a_column() -> None:
    assert column_of(["a", "b", "a"])[1:] == ["b", "a"]
    assert column_of(["a", "b", "a"])[-1] == "a"


def test_the_faults_of_texts_are_told_row_by_row() -> None:
    column = column_of(["1", "x", "1", "y", "x"])
    found = column.faults(lambda text: None if text == "1" else ("bad", text))
    assert found == [(1, "x", ("bad", "x")), (3, "y", ("bad", "y")), (4, "x", ("bad", "x"))]


@given(CELLS)
def test_figures_give_back_every_cell_as_it_stands(cells: list[str]) -> None:
    figures = figures_of(column_of(cells))
    assert [figures.text(row) for row in range(len(cells))] == cells


@given(st.lists(FIGURES, min_size=1, max_size=6))
def test_figures_are_scaled_exactly(cells: list[str]) -> None:
    figures = figures_of(column_of(cells))
    found = figures.scaled(figures.scale, -1)
    assert [Decimal(int(n)).scaleb(-figures.scale) for n in found] == [Decimal(c) for c in cells]


def test_what_is_no_figure_is_missing() -> None:
    figures = figures_of(column_of(["1.5", "", "x", "2"]))
    assert figures.decimals.tolist() == [1, EMPTY, ODD, 0]
    assert figures.scaled(1, -1).tolist() == [15, -1, -1, 20]


@pytest.mark.parametrize(
    ("zero", "empty", "rows"),
    [
        (False, False, [1, 2, 3]),
        (True, False, [2, 3]),
        (False, True, [1, 3]),
        (True, True, [3]),
    ],
)
def test_zero_and_empty_cells_are_faults_where_they_are_not_allowed(
    zero: bool, empty: bool, rows: list[int]
) -> None:
    figures = figures_of(column_of(["1.5", "0.00", "", "x"]))
    assert [row for row, _, _ in figures.faults(zero, empty)] == rows


def test_a_figure_of_twelve_and_six_digits_fits() -> None:
    figures = Figures(np.array([10**18 - 1]), np.array([6], np.uint8))
    assert figures.text(0) == "999999999999.999999"
    assert figures.scaled(6, -1).tolist() == [10**18 - 1]
